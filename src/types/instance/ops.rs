//! Own attributes of instances, and how instances are made.

use super::value::InstanceObj;
use crate::code::opcode::Opcode;
use crate::object::header::FLAG_USER;
use crate::object::method::R;
use crate::object::{ClassId, Gc, Header, Kind, Slot, Value};
use crate::protocol::special::Special;
use crate::types::class::shape::{self, ShapeObj};
use crate::types::class::value::ClassObj;
use crate::types::code::value::CodeObj;
use crate::types::dict::ops as dict;
use crate::types::dict::ordered;
use crate::types::dict::value::DictObj;
use crate::types::exception::value::ExceptionObj;
use crate::types::float::value::FloatObj;
use crate::types::function::value::FunctionObj;
use crate::types::functools::lru::LruObj;
use crate::types::functools::partial::PartialObj;
use crate::types::int::value::{BigIntObj, Int64Obj};
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::module::value::ModuleObj;
use crate::types::namespace::value::NamespaceObj;
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};
use std::cell::Cell;

/// Where an object keeps its own attributes.
#[derive(Clone, Copy)]
pub enum Own {
    /// It has none.
    Nothing,
    /// In a dict of its layout, made when the first one is bound.
    Layout(Option<Gc<DictObj>>),
    /// An exception of a program's class has its store where others have the dict, until that is wanted.
    Store(Gc<InstanceObj>),
}

/// Where `o` keeps its own attributes.
pub fn own(vm: &Vm, o: Value) -> Own {
    let Some(kind) = o.kind() else {
        return Own::Nothing;
    };
    if kind == Kind::Instance {
        return o.cast().map_or(Own::Nothing, Own::Store);
    }
    if let Some(d) = layout_dict(vm, o) {
        let held = d.get();
        return match held.and_then(Value::cast) {
            Some(s) => Own::Store(s),
            None => Own::Layout(held.and_then(Value::cast)),
        };
    }
    match store(vm, o) {
        Some(s) => Own::Store(s),
        None => Own::Nothing,
    }
}

/// The field of a layout that has a dict of its own.
pub fn layout_dict(vm: &Vm, o: Value) -> Option<&Slot> {
    match o.kind()? {
        Kind::Module => Some(&o.get::<ModuleObj>(vm)?.dict),
        Kind::Namespace => Some(&o.get::<NamespaceObj>(vm)?.dict),
        Kind::Function => Some(&o.get::<FunctionObj>(vm)?.dict),
        Kind::Exception => Some(&o.get::<ExceptionObj>(vm)?.dict),
        Kind::Partial => Some(&o.get::<PartialObj>(vm)?.dict),
        Kind::LruCache => Some(&o.get::<LruObj>(vm)?.dict),
        Kind::Dict if ordered::is_ordered(vm, o) => Some(&o.get::<DictObj>(vm)?.extra),
        _ => None,
    }
}

/// Whether exceptions of this class of a program keep their attributes by shape.
pub fn exception_has_store(c: &ClassObj) -> bool {
    c.user && c.id.is_exception() && c.nslots == 0
}

/// The store of an exception whose first attribute is about to be bound. None: it has no store, but a dict.
///
/// # Errors
/// MemoryError.
pub fn begin_store(vm: &mut Vm, o: Value) -> Result<Option<Gc<InstanceObj>>, Raised> {
    let class = match o.is_kind(Kind::Exception) {
        true => class_of(vm, o).and_then(Value::cast::<ClassObj>),
        false => None,
    };
    let Some(class) = class.filter(|c| exception_has_store(c.get(vm))) else {
        return Ok(None);
    };
    let s = bare(vm, class)?;
    if let Some(d) = layout_dict(vm, o) {
        d.write(&vm.heap, Some(s));
    }
    Ok(s.cast())
}

/// Gives an exception a dict for what is in its store.
///
/// # Errors
/// MemoryError.
pub fn end_store(vm: &mut Vm, o: Value) -> Result<(), Raised> {
    let held = layout_dict(vm, o).and_then(Slot::get);
    if let Some(s) = held.and_then(Value::cast::<InstanceObj>) {
        let d = dict_of(vm, s)?;
        if let Some(to) = layout_dict(vm, o) {
            to.write(&vm.heap, Some(d.value()));
        }
    }
    Ok(())
}

/// What holds the members and the attributes of an instance of a program's class.
pub fn store(vm: &Vm, o: Value) -> Option<Gc<InstanceObj>> {
    if let Some(s) = o.cast::<InstanceObj>() {
        return Some(s);
    }
    vm.heap.extra(o)?.get()?.cast()
}

/// The shape that an object's header names, if a program made its class.
pub fn shape_of(vm: &Vm, o: Value) -> Option<Gc<ShapeObj>> {
    let h = o.header(vm).filter(|h| h.has(FLAG_USER))?;
    vm.heap.shape(h.shape())?.cast()
}

/// The class that a program made for this object.
pub fn class_of(vm: &Vm, o: Value) -> Option<Value> {
    shape_of(vm, o)?.get(vm).class.get()
}

fn members(vm: &Vm, s: Gc<ShapeObj>) -> usize {
    let c = s.get(vm).class.get_or_none();
    c.get::<ClassObj>(vm).map_or(0, |c| c.nslots as usize)
}

/// The attribute in the store.
pub fn get(vm: &Vm, s: Gc<InstanceObj>, name: Value) -> Option<Value> {
    let shape = shape_of(vm, s.value())?;
    if shape.get(vm).dictful {
        let d = s.get(vm).dict.get()?.cast::<DictObj>()?;
        return dict::get_str(vm, d, name);
    }
    let i = shape::index_of(vm, shape, name)? + members(vm, shape);
    at(vm, s, i)
}
/// What lies in slot `i`, behind the object or beyond.
pub fn at(vm: &Vm, s: Gc<InstanceObj>, i: usize) -> Option<Value> {
    let o = s.get(vm);
    match o.slots().get(i) {
        Some(v) => v.get(),
        None => {
            let l = o.dict.get()?.get::<ListObj>(vm)?;
            l.items
                .get(i - o.slots().len())
                .filter(|v| *v != Value::MARK)
        }
    }
}
/// Fills slot `i`.
///
/// # Errors
/// MemoryError.
pub fn put(vm: &mut Vm, s: Gc<InstanceObj>, i: usize, v: Option<Value>) -> Result<(), Raised> {
    let o = s.get(vm);
    if let Some(slot) = o.slots().get(i) {
        slot.write(&vm.heap, v);
        return Ok(());
    }
    let i = i - o.slots().len();
    let l = match o.dict.get().and_then(|l| l.cast::<ListObj>()) {
        Some(l) => l,
        None => {
            let l = vm.new_list(&[])?;
            s.get(vm).dict.write(&vm.heap, Some(l.value()));
            l
        }
    };
    while list::len(vm, l) <= i {
        list::push(vm, l, Value::MARK)?;
    }
    list::put(vm, l, i, v.unwrap_or(Value::MARK));
    Ok(())
}

/// Binds an attribute in the store.
///
/// # Errors
/// MemoryError.
pub fn set(vm: &mut Vm, s: Gc<InstanceObj>, name: Value, v: Value) -> Result<(), Raised> {
    let Some(shape) = shape_of(vm, s.value()) else {
        return Ok(());
    };
    if !shape.get(vm).dictful {
        let first = members(vm, shape);
        if let Some(i) = shape::index_of(vm, shape, name) {
            return put(vm, s, first + i, Some(v));
        }
        if let Some(next) = shape::with(vm, shape, name)? {
            let (number, len) = (next.get(vm).number, next.get(vm).len);
            put(vm, s, first + len as usize - 1, Some(v))?;
            s.get(vm).h.set_shape(number);
            let class = next.get(vm).class.get_or_none();
            if let Some(c) = class.get::<ClassObj>(vm) {
                // The next instance has room for as many.
                let want = (first as u32 + len).min(40);
                if c.inline.get() < want {
                    c.inline.set(want);
                }
            }
            return Ok(());
        }
    }
    let d = dict_of(vm, s)?;
    dict::set(vm, d, name, v)
}

/// Unbinds an attribute in the store; whether there was one.
///
/// # Errors
/// MemoryError.
pub fn del(vm: &mut Vm, s: Gc<InstanceObj>, name: Value) -> Result<bool, Raised> {
    if get(vm, s, name).is_none() {
        return Ok(false);
    }
    let d = dict_of(vm, s)?;
    dict::del(vm, d, name)
}

/// `__dict__`: from now on it holds the attributes.
///
/// # Errors
/// MemoryError.
pub fn dict_of(vm: &mut Vm, s: Gc<InstanceObj>) -> Result<Gc<DictObj>, Raised> {
    let Some(shape) = shape_of(vm, s.value()) else {
        return vm.new_dict();
    };
    if shape.get(vm).dictful {
        if let Some(d) = s.get(vm).dict.get().and_then(Value::cast) {
            return Ok(d);
        }
        let d = vm.new_dict()?;
        s.get(vm).dict.write(&vm.heap, Some(d.value()));
        return Ok(d);
    }
    let first = members(vm, shape);
    let names = shape::names(vm, shape)?;
    let d = vm.new_dict()?;
    let mut i = 0;
    while let Some(k) = names.get(vm).items.get(i) {
        if let Some(v) = at(vm, s, first + i) {
            dict::set(vm, d, k, v)?;
        }
        i += 1;
    }
    be_dictful(vm, s, shape, d)?;
    Ok(d)
}

/// Makes `d` the dict of the attributes.
fn be_dictful(
    vm: &mut Vm,
    s: Gc<InstanceObj>,
    shape: Gc<ShapeObj>,
    d: Gc<DictObj>,
) -> Result<(), Raised> {
    let class = shape.get(vm).class.get_or_none();
    let Some(class) = class.cast::<ClassObj>() else {
        return Ok(());
    };
    let number = shape::dictful(vm, class)?.get(vm).number;
    let first = class.get(vm).nslots as usize;
    let o = s.get(vm);
    for slot in o.slots().iter().skip(first) {
        slot.write(&vm.heap, None);
    }
    o.h.set_shape(number);
    o.dict.write(&vm.heap, Some(d.value()));
    Ok(())
}

/// `o.__dict__ = d`
///
/// # Errors
/// MemoryError.
pub fn set_dict(vm: &mut Vm, s: Gc<InstanceObj>, d: Gc<DictObj>) -> Result<(), Raised> {
    match shape_of(vm, s.value()) {
        Some(shape) => be_dictful(vm, s, shape, d),
        None => Ok(()),
    }
}

/// A bare instance of `class`, whose layout is `object`'s.
///
/// # Errors
/// MemoryError.
pub fn new(vm: &mut Vm, class: Gc<ClassObj>) -> R {
    let o = bare(vm, class)?;
    wish(vm, class, o)?;
    Ok(o)
}

/// An object whose class defines `__del__` has something to do before it dies.
fn wish(vm: &mut Vm, class: Gc<ClassObj>, o: Value) -> Result<(), Raised> {
    if class.get(vm).finalizes.get() {
        vm.with_room(8, |vm| vm.heap.add_wish(o))?;
    }
    Ok(())
}

/// An instance of the shape of that number, with so many slots and these words in the first of them.
///
/// # Errors
/// MemoryError.
pub fn with_slots(vm: &mut Vm, shape: u32, cap: u32, words: &[u64]) -> R {
    let g = vm.with_room(24 + 8 * cap as usize, |vm| {
        let init = InstanceObj {
            h: Header::user(Kind::Instance, shape),
            dict: Slot::new(None),
            cap: Cell::new(cap),
        };
        vm.heap
            .alloc_tail(init, cap as usize, |slots: &mut [Slot]| {
                for (s, w) in slots.iter_mut().zip(words) {
                    *s = Slot::new(Value::from_bits(*w));
                }
            })
    })?;
    Ok(g.value())
}

/// How many attributes the first instance may want: those that the `__init__`s of its classes store.
fn expected(vm: &Vm, class: Gc<ClassObj>) -> u32 {
    const CLASSES: usize = 8;
    const NAMES: usize = 28;
    let mro = class.get(vm).mro.get();
    let mro = mro.and_then(|m| m.get::<TupleObj>(vm));
    let Some(init) = vm.specials[Special::Init as usize].get() else {
        return 0;
    };
    let mut n = 0;
    for c in mro.into_iter().flat_map(|m| m.iter().take(CLASSES)) {
        let d = c.get::<ClassObj>(vm).and_then(|c| c.dict.get()?.cast());
        let f = d.and_then(|d| dict::get_str(vm, d, init));
        let code = f.and_then(|f| f.get::<FunctionObj>(vm)?.code.get());
        let Some(code) = code.and_then(|c| c.get::<CodeObj>(vm)?.code.clone()) else {
            continue;
        };
        let mut seen = [false; NAMES];
        for i in code.code.chunks_exact(2) {
            let stores = i[0] == Opcode::STORE_ATTR as u8;
            if let Some(seen) = seen.get_mut(i[1] as usize).filter(|_| stores) {
                n += !std::mem::replace(seen, true) as u32;
            }
        }
    }
    n.min(NAMES as u32)
}

fn bare(vm: &mut Vm, class: Gc<ClassObj>) -> R {
    let number = shape::root(vm, class)?.get(vm).number;
    let c = class.get(vm);
    let made = c.made.get();
    let mut n = c.inline.get().max(c.nslots);
    if made < 2 {
        c.made.set(made + 1);
        // Nobody knows yet how many it wants.
        if made == 0 && c.has_dict {
            n += expected(vm, class).max(4);
        }
    }
    let init = |_: &Vm| InstanceObj {
        h: Header::user(Kind::Instance, number),
        dict: Slot::new(None),
        cap: Cell::new(n),
    };
    let g = vm.with_room(24 + 8 * n as usize, |vm| {
        vm.heap
            .alloc_tail(init(vm), n as usize, |_: &mut [Slot]| ())
    })?;
    Ok(g.value())
}

/// Makes `o`, a new object of a builtin class that nobody else refers to, an instance of `class`, which
/// derives from that class; values of immutable types are copied.
///
/// # Errors
/// MemoryError.
pub fn adopt(vm: &mut Vm, o: Value, class: Gc<ClassObj>) -> R {
    let number = shape::root(vm, class)?.get(vm).number;
    let needs_store = class.get(vm).has_dict || class.get(vm).nslots > 0;
    let o = own_copy(vm, o)?;
    let needs_store = match layout_dict(vm, o) {
        Some(_) => class.get(vm).nslots > 0,
        None => needs_store,
    };
    let o = match needs_store {
        true => {
            let e = vm.with_room(64, |vm| vm.heap.enlarge(o))?;
            let s = bare(vm, class)?;
            if let Some(w) = vm.heap.extra(e) {
                w.write(&vm.heap, Some(s));
            }
            e
        }
        false => o,
    };
    if let Some(h) = o.header(vm) {
        h.set_shape(number);
        h.set(FLAG_USER, true);
    }
    wish(vm, class, o)?;
    Ok(o)
}

/// An object of its own, where others may share the value.
fn own_copy(vm: &mut Vm, o: Value) -> R {
    if let Some(f) = o.as_float() {
        let b = vm.alloc(FloatObj {
            h: Header::new(Kind::FloatBox, ClassId::Float as u32),
            value: f,
        })?;
        return Ok(b.value());
    }
    if let Some(i) = o.as_small_int() {
        return int_box(vm, i);
    }
    if let Some(b) = o.as_bool() {
        return int_box(vm, b as i64);
    }
    match o.kind() {
        Some(Kind::Int64) => {
            let i = o.get::<Int64Obj>(vm).map_or(0, |i| i.value);
            int_box(vm, i)
        }
        Some(Kind::BigInt) => {
            let Some(b) = o.get::<BigIntObj>(vm) else {
                return Ok(o);
            };
            let (value, bytes) = (b.value.clone(), b.accounted);
            vm.with_room(bytes, |vm| vm.heap.account(bytes))?;
            let made = vm.alloc(BigIntObj {
                h: Header::new(Kind::BigInt, ClassId::Int as u32),
                value,
                accounted: bytes,
            });
            if made.is_err() {
                vm.heap.unaccount(bytes);
            }
            made.map(Gc::value)
        }
        Some(Kind::Str) => {
            let Some(s) = o.cast::<StrObj>() else {
                return Ok(o);
            };
            let n = s.get(vm).len;
            let g = vm.with_room(n, |vm| {
                let s = s.get(vm);
                let init = StrObj {
                    h: Header::new(Kind::Str, ClassId::Str as u32),
                    len: s.len,
                    chars: s.chars,
                    hash: Cell::new(s.hash.get()),
                    index: crate::gc::Buf::new(),
                };
                init.h.set(
                    crate::object::header::FLAG_A,
                    s.h.has(crate::object::header::FLAG_A),
                );
                vm.heap.alloc_copy(init, s.as_bytes())
            })?;
            Ok(g.value())
        }
        Some(Kind::Tuple) => {
            let Some(t) = o.cast::<TupleObj>() else {
                return Ok(o);
            };
            let n = t.get(vm).len;
            let g = vm.with_room(8 * n, |vm| {
                let init = TupleObj {
                    h: Header::new(Kind::Tuple, ClassId::Tuple as u32),
                    len: n,
                };
                vm.heap.alloc_copy(init, t.get(vm).values())
            })?;
            Ok(g.value())
        }
        // `complex(z)` is `z`.
        Some(Kind::Complex) => match crate::types::complex::ops::get(vm, o) {
            Some(c) => vm.new_complex(c.re, c.im),
            None => Ok(o),
        },
        Some(Kind::Bytes) => crate::types::bytes::ops::fresh(vm, o),
        Some(Kind::Set) if vm.class_of(o) == ClassId::FrozenSet => {
            let s = crate::types::set::ops::from_iterable(vm, ClassId::FrozenSet, o)?;
            Ok(s.value())
        }
        _ => Ok(o),
    }
}
/// What an operation gives that leaves a value as it is: of a derived class, a value of the builtin one.
///
/// # Errors
/// MemoryError.
#[inline]
pub fn unchanged(vm: &mut Vm, v: Value) -> R {
    match v.is_user() {
        true => builtin_copy(vm, v),
        false => Ok(v),
    }
}
#[cold]
fn builtin_copy(vm: &mut Vm, v: Value) -> R {
    match v.kind() {
        Some(Kind::Str | Kind::Tuple | Kind::Bytes) => own_copy(vm, v),
        Some(Kind::Set) if vm.class_of(v) == ClassId::FrozenSet => own_copy(vm, v),
        Some(Kind::FloatBox | Kind::Int64 | Kind::BigInt) => plain(vm, v),
        Some(Kind::Complex) => match crate::types::complex::ops::get(vm, v) {
            Some(c) => vm.new_complex(c.re, c.im),
            None => Ok(v),
        },
        _ => Ok(v),
    }
}
/// A copy of the value in an object of its own, of the builtin class.
///
/// # Errors
/// MemoryError.
pub fn fresh(vm: &mut Vm, v: Value) -> R {
    own_copy(vm, v)
}
fn int_box(vm: &mut Vm, i: i64) -> R {
    let b = vm.alloc(Int64Obj {
        h: Header::new(Kind::Int64, ClassId::Int as u32),
        value: i,
    })?;
    Ok(b.value())
}

/// The value of an instance of a class derived from `int` or `float` as the builtin type has it;
/// anything else is itself.
#[inline]
pub fn plain(vm: &mut Vm, v: Value) -> R {
    if !v.is_user() {
        return Ok(v);
    }
    match v.kind() {
        Some(Kind::FloatBox) => Ok(v.get::<FloatObj>(vm).map_or(v, |f| Value::float(f.value))),
        Some(Kind::Int64) => {
            let i = v.get::<Int64Obj>(vm).map_or(0, |i| i.value);
            vm.new_int(i)
        }
        Some(Kind::BigInt) => match v.get::<BigIntObj>(vm).map(|b| b.value.clone()) {
            Some(b) => vm.new_bigint(b),
            None => Ok(v),
        },
        _ => Ok(v),
    }
}

/// Makes `o` an instance of another class of the same layout: its attributes stay.
///
/// # Errors
/// MemoryError.
pub fn change_class(vm: &mut Vm, o: Value, class: Gc<ClassObj>) -> Result<(), Raised> {
    end_store(vm, o)?;
    if !class.get(vm).user {
        if let Some(h) = o.header(vm) {
            h.set_shape(class.get(vm).id as u32);
            h.set(FLAG_USER, false);
        }
        return Ok(());
    }
    let root = shape::root(vm, class)?;
    let number = match store(vm, o).zip(store(vm, o).and_then(|s| shape_of(vm, s.value()))) {
        Some((s, old)) => {
            let number = if old.get(vm).dictful {
                shape::dictful(vm, class)?.get(vm).number
            } else {
                let names = shape::names(vm, old)?;
                let mut at = Some(root);
                let mut i = 0;
                while let Some((k, shape)) = names.get(vm).items.get(i).zip(at) {
                    at = shape::with(vm, shape, k)?;
                    i += 1;
                }
                match at {
                    Some(shape) => shape.get(vm).number,
                    None => {
                        dict_of(vm, s)?;
                        shape::dictful(vm, class)?.get(vm).number
                    }
                }
            };
            s.get(vm).h.set_shape(number);
            match s.value() == o {
                true => number,
                false => root.get(vm).number,
            }
        }
        None => root.get(vm).number,
    };
    if let Some(h) = o.header(vm) {
        h.set_shape(number);
        h.set(FLAG_USER, true);
    }
    Ok(())
}
