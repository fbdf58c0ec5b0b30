//! Shapes: which attributes an instance has, in which order. A shape belongs to a class; adding an
//! attribute leads to the next shape, and two instances that gained the same attributes in the same
//! order share theirs. Deleting one, or looking at `__dict__`, gives the instance a dict instead
//! (`dictful`).

use super::value::ClassObj;
use crate::object::header::FLAG_B;
use crate::object::{ClassId, Gc, Header, Kind, Object, Slot, Tracer, Value};
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::str::value::StrObj;
use crate::vm::{Raised, Vm};
use std::cell::Cell;

/// A shape. No program sees one.
#[repr(C)]
pub struct ShapeObj {
    pub h: Header,
    pub class: Slot,
    /// The shape without its last attribute, and that attribute's name.
    pub parent: Slot,
    pub name: Slot,
    /// Names to indices, where there are many.
    pub table: Slot,
    /// The next shapes: one, or a dict of them by the added name.
    pub next: Slot,
    /// What instances carry in their header.
    pub number: u32,
    /// Attributes.
    pub len: u32,
    /// Instances keep their attributes in a dict.
    pub dictful: bool,
    /// Of a root: shapes made below it.
    pub made: Cell<u32>,
}
impl Object for ShapeObj {
    const KIND: Kind = Kind::Shape;
    const RELEASES: bool = true;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [
            &self.class,
            &self.parent,
            &self.name,
            &self.table,
            &self.next,
        ] {
            t.slot(s);
        }
    }
    fn release(&mut self, heap: &crate::gc::Heap) {
        heap.set_shape(self.number, None);
    }
}

/// More attributes than this, and an instance gets a dict.
const MAX_LEN: u32 = 64;
/// More shapes of one class than this, and instances that need another get a dict.
const MAX_SHAPES: u32 = 512;
/// Up to here names are compared one by one.
const SHORT: u32 = 12;

/// Makes a shape.
///
/// # Errors
/// MemoryError.
pub fn new(
    vm: &mut Vm,
    class: Value,
    parent: Option<Gc<ShapeObj>>,
    name: Option<Value>,
    dictful: bool,
) -> Result<Gc<ShapeObj>, Raised> {
    let number = vm.with_room(8, |vm| vm.heap.next_shape())?;
    let len = parent.map_or(0, |p| p.get(vm).len + 1);
    let s = vm.alloc(ShapeObj {
        h: Header::new(Kind::Shape, ClassId::Object as u32),
        class: Slot::of(class),
        parent: Slot::new(parent.map(Gc::value)),
        name: Slot::new(name),
        table: Slot::new(None),
        next: Slot::new(None),
        number,
        len,
        dictful,
        made: Cell::new(0),
    })?;
    vm.heap.set_shape(number, Some(s.value()));
    Ok(s)
}

/// The shape of instances of `class` without attributes of their own.
///
/// # Errors
/// MemoryError.
pub fn root(vm: &mut Vm, class: Gc<ClassObj>) -> Result<Gc<ShapeObj>, Raised> {
    if let Some(s) = class.get(vm).root.get().and_then(Value::cast) {
        return Ok(s);
    }
    let s = new(vm, class.value(), None, None, false)?;
    class.get(vm).root.write(&vm.heap, Some(s.value()));
    Ok(s)
}
/// That of instances with a dict.
///
/// # Errors
/// MemoryError.
pub fn dictful(vm: &mut Vm, class: Gc<ClassObj>) -> Result<Gc<ShapeObj>, Raised> {
    if let Some(s) = class.get(vm).dictful.get().and_then(Value::cast) {
        return Ok(s);
    }
    let s = new(vm, class.value(), None, None, true)?;
    class.get(vm).dictful.write(&vm.heap, Some(s.value()));
    Ok(s)
}

/// Whether two strs are equal.
fn same(vm: &Vm, a: Value, b: Value) -> bool {
    if a == b {
        return true;
    }
    match (a.get::<StrObj>(vm), b.get::<StrObj>(vm)) {
        // Of interned ones there is one each.
        (Some(x), Some(y)) if x.h.has(FLAG_B) && y.h.has(FLAG_B) => false,
        (Some(x), Some(y)) => x.as_bytes() == y.as_bytes(),
        _ => false,
    }
}

/// The index of an attribute.
pub fn index_of(vm: &Vm, s: Gc<ShapeObj>, name: Value) -> Option<usize> {
    let mut at = s;
    loop {
        let o = at.get(vm);
        if let Some(t) = o.table.get().and_then(|t| t.cast::<DictObj>()) {
            return dict::get_str(vm, t, name)
                .and_then(Value::as_small_int)
                .map(|i| i as usize);
        }
        if same(vm, o.name.get()?, name) {
            return Some(o.len as usize - 1);
        }
        at = o.parent.get()?.cast()?;
    }
}

/// The names, in order, as a list.
///
/// # Errors
/// MemoryError.
pub fn names(
    vm: &mut Vm,
    s: Gc<ShapeObj>,
) -> Result<Gc<crate::types::list::value::ListObj>, Raised> {
    let l = vm.new_list(&[])?;
    let mut at = Some(s);
    while let Some(s) = at {
        if let Some(n) = s.get(vm).name.get() {
            crate::types::list::ops::push(vm, l, n)?;
        }
        at = s.get(vm).parent.get().and_then(Value::cast);
    }
    let items = l.get(vm).items.cells();
    for i in 0..items.len() / 2 {
        items[i].swap(&items[items.len() - 1 - i]);
    }
    Ok(l)
}

/// The shape with one attribute more; none where a dict is better.
///
/// # Errors
/// MemoryError.
pub fn with(vm: &mut Vm, s: Gc<ShapeObj>, name: Value) -> Result<Option<Gc<ShapeObj>>, Raised> {
    let next = s.get(vm).next.get();
    if let Some(n) = next.and_then(|n| n.cast::<ShapeObj>()) {
        if n.get(vm).name.get().is_some_and(|k| same(vm, k, name)) {
            return Ok(Some(n));
        }
    } else if let Some(d) = next.and_then(|n| n.cast::<DictObj>())
        && let Some(n) = dict::get_str(vm, d, name)
    {
        return Ok(n.cast());
    }
    let class = s.get(vm).class.get_or_none();
    let Some(c) = class.cast::<ClassObj>() else {
        return Ok(None);
    };
    let root = root(vm, c)?;
    let made = root.get(vm).made.get();
    if s.get(vm).len >= MAX_LEN || made >= MAX_SHAPES || !name.is_kind(Kind::Str) || name.is_user()
    {
        return Ok(None);
    }
    root.get(vm).made.set(made + 1);
    let n = new(vm, class, Some(s), Some(name), false)?;
    if n.get(vm).len.is_multiple_of(SHORT) {
        let table = vm.new_dict()?;
        let all = names(vm, n)?;
        let mut i = 0;
        while let Some(k) = all.get(vm).items.get(i) {
            dict::set(vm, table, k, Value::int_unchecked(i as i64))?;
            i += 1;
        }
        n.get(vm).table.write(&vm.heap, Some(table.value()));
    }
    match next {
        None => s.get(vm).next.write(&vm.heap, Some(n.value())),
        Some(one) if one.is_kind(Kind::Shape) => {
            let d = vm.new_dict()?;
            let k = one
                .get::<ShapeObj>(vm)
                .map_or(Value::NONE, |o| o.name.get_or_none());
            dict::set(vm, d, k, one)?;
            dict::set(vm, d, name, n.value())?;
            s.get(vm).next.write(&vm.heap, Some(d.value()));
        }
        Some(d) => {
            if let Some(d) = d.cast() {
                dict::set(vm, d, name, n.value())?;
            }
        }
    }
    Ok(Some(n))
}
