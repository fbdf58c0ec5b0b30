//! Class objects: what a class is, what it and its bases define, who is an instance of it.
//!
//! Builtin classes are made from the static tables when first asked for, their dict on the first
//! lookup of an attribute; they never change. Classes of programs are made by `make`.
//!
//! [`lookup`] remembers what it found (`cache`), under the class's version and the name; a change to
//! a class gives it and every class below it a new version.

use super::shape::ShapeObj;
use super::value::ClassObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Header, Kind, MethodDef, Slot, Value};
use crate::protocol::special::Special;
use crate::raise;
use crate::types;
use crate::types::builtin::value::MethodDescrObj;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::instance::ops as instance;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use crate::types::weak;
use crate::vm::{Raised, Vm};
use std::borrow::Cow;
use std::cell::Cell;

impl Vm {
    /// The class object of a builtin class.
    #[inline]
    pub fn class_object(&mut self, id: ClassId) -> R {
        if let Some(c) = self.classes[id as usize].get() {
            return Ok(c);
        }
        self.make_class_object(id)
    }
    #[cold]
    fn make_class_object(&mut self, id: ClassId) -> R {
        let version = self.new_version();
        let c = self.alloc(ClassObj {
            h: Header::new(Kind::Class, ClassId::Type as u32),
            id,
            user: false,
            has_dict: false,
            has_weakref: types::takes_weakrefs(id),
            adds_slots: false,
            abstract_: Cell::new(false),
            finalizes: Cell::new(false),
            inline: Cell::new(0),
            nslots: 0,
            made: Cell::new(0),
            version: Cell::new(version),
            dict: Slot::new(None),
            name: Slot::new(None),
            qualname: Slot::new(None),
            bases: Slot::new(None),
            mro: Slot::new(None),
            base: Slot::new(None),
            below: Slot::new(None),
            root: Slot::new(None),
            dictful: Slot::new(None),
        })?;
        self.classes[id as usize].write(&self.heap, Some(c.value()));
        Ok(c.value())
    }
    /// Whether `v` is an instance of a builtin class, or of one derived from it.
    #[inline]
    pub fn is_a(&self, v: Value, id: ClassId) -> bool {
        match v.is_user() {
            false => self.class_of(v).is_subclass(id),
            true => instance::class_of(self, v).is_some_and(|c| derives(self, c, id)),
        }
    }
    /// The name of the class of `v` as error texts show it (`tp_name`): with the module, where CPython
    /// writes the class in C outside `builtins`.
    pub fn type_name(&self, v: Value) -> Cow<'static, str> {
        match instance::class_of(self, v) {
            Some(c) => name_of(self, c),
            None => types::c_name(self.class_of(v)),
        }
    }
    /// The class if a program did not make it: what the value is exactly.
    #[inline]
    pub fn exact_class(&self, v: Value) -> Option<ClassId> {
        (!v.is_user()).then(|| self.class_of(v))
    }
}

/// `type(v)`
#[inline]
pub fn type_of(vm: &mut Vm, v: Value) -> R {
    if v.is_user()
        && let Some(c) = instance::class_of(vm, v)
    {
        return Ok(c);
    }
    let id = vm.class_of(v);
    vm.class_object(id)
}
/// The builtin class that a class object is, or derives from.
pub fn id_of(vm: &Vm, v: Value) -> Option<ClassId> {
    v.get::<ClassObj>(vm).map(|c| c.id)
}
/// The builtin class that a class object is.
pub fn builtin_of(vm: &Vm, v: Value) -> Option<ClassId> {
    v.get::<ClassObj>(vm).filter(|c| !c.user).map(|c| c.id)
}
/// `__name__` of a class.
pub fn name_of(vm: &Vm, c: Value) -> Cow<'static, str> {
    match c.get::<ClassObj>(vm) {
        Some(o) => match o.name.get() {
            Some(n) => Cow::Owned(vm.text(n)),
            None => Cow::Borrowed(o.id.name()),
        },
        None => Cow::Borrowed("?"),
    }
}
/// `type(v).__name__`
pub fn short_name(vm: &Vm, v: Value) -> Cow<'static, str> {
    match instance::class_of(vm, v) {
        Some(c) => name_of(vm, c),
        None => Cow::Borrowed(vm.class_of(v).name()),
    }
}
/// The name that CPython's `tp_name` is: with the module for builtin classes outside `builtins`.
pub fn full_name_of(vm: &Vm, c: Value) -> String {
    match builtin_of(vm, c) {
        Some(id) => types::full_name(id),
        None => name_of(vm, c).into_owned(),
    }
}
/// `module.qualname` of a class, for `repr`: the module is left out where it is `builtins`.
///
/// # Errors
/// MemoryError.
pub fn shown_name(vm: &mut Vm, c: Value) -> Result<String, Raised> {
    let Some(o) = c.get::<ClassObj>(vm) else {
        return Ok(String::new());
    };
    if !o.user {
        return Ok(types::full_name(o.id));
    }
    let q = o.qualname.get_or_none();
    let q = vm.text(q);
    let d = c
        .get::<ClassObj>(vm)
        .and_then(|c| c.dict.get())
        .and_then(Value::cast);
    let m = match d {
        Some(d) => dict::get_name(vm, d, "__module__")?,
        None => None,
    };
    Ok(match m.filter(|m| m.is_kind(Kind::Str)) {
        Some(m) if vm.text(m) != "builtins" => format!("{}.{q}", vm.text(m)),
        // Without a module it is not the qualified name that is shown.
        _ => name_of(vm, c).into_owned(),
    })
}

/// The dict of a builtin class's own methods and constants.
///
/// # Errors
/// MemoryError.
pub fn dict_of(vm: &mut Vm, id: ClassId) -> Result<Gc<DictObj>, Raised> {
    let class = vm.class_object(id)?;
    let have = class.get::<ClassObj>(vm).and_then(|c| c.dict.get());
    if let Some(d) = have.and_then(|d| d.cast::<DictObj>()) {
        return Ok(d);
    }
    let d = vm.new_dict()?;
    dict::set_name(vm, d, "__doc__", Value::NONE)?;
    for def in types::methods_of(id) {
        let c = match def.conv.is_slot() {
            true => ClassId::WrapperDescriptor,
            false => ClassId::MethodDescriptor,
        };
        set_descriptor(vm, d, id, def, c)?;
    }
    for name in types::slots::slots_of(id).iter().copied().flatten() {
        if let Some(def) = types::slots::row(id, name) {
            set_descriptor(vm, d, id, def, ClassId::WrapperDescriptor)?;
        }
    }
    for def in types::class_methods_of(id) {
        set_descriptor(vm, d, id, def, ClassId::ClassMethodDescriptor)?;
    }
    for def in types::static_methods_of(id) {
        let f = types::builtin::methods::new(vm, def, Some(class), None)?;
        let s = types::descr::value::new_static(vm, f)?;
        dict::set_name(vm, d, def.name, s)?;
    }
    for g in types::getters_of(id) {
        let s = types::descr::value::new(vm, g, id)?;
        dict::set_name(vm, d, g.name, s)?;
    }
    if types::constructor_of(id).is_some() {
        let new = &types::slots::kernels::NEW;
        let f = types::builtin::methods::new(vm, new, Some(class), None)?;
        dict::set_name(vm, d, "__new__", f)?;
    }
    if !types::hashable(id) {
        dict::set_name(vm, d, "__hash__", Value::NONE)?;
    }
    if let Some(c) = class.get::<ClassObj>(vm) {
        c.dict.write(&vm.heap, Some(d.value()));
    }
    Ok(d)
}

fn set_descriptor(
    vm: &mut Vm,
    d: Gc<DictObj>,
    owner: ClassId,
    def: &'static MethodDef,
    class: ClassId,
) -> Result<(), Raised> {
    let m = vm.alloc(MethodDescrObj {
        h: Header::new(Kind::MethodDescr, class as u32),
        def,
        class: owner,
    })?;
    dict::set_name(vm, d, def.name, m.value())
}

/// The dict of any class's own attributes.
///
/// # Errors
/// MemoryError.
pub fn own_dict(vm: &mut Vm, c: Value) -> Result<Gc<DictObj>, Raised> {
    let Some(o) = c.get::<ClassObj>(vm) else {
        return vm.new_dict();
    };
    match o.dict.get().and_then(Value::cast) {
        Some(d) => Ok(d),
        None => {
            let id = o.id;
            dict_of(vm, id)
        }
    }
}

/// `__mro__`: a tuple of classes.
///
/// # Errors
/// MemoryError.
pub fn mro_of(vm: &mut Vm, c: Value) -> Result<Gc<TupleObj>, Raised> {
    let Some(o) = c.cast::<ClassObj>() else {
        return Err(raise!(vm, SystemError, "not a class"));
    };
    if let Some(t) = o.get(vm).mro.get().and_then(Value::cast) {
        return Ok(t);
    }
    let l = vm.new_list(&[])?;
    let mut i = o.get(vm).id;
    loop {
        let k = vm.class_object(i)?;
        list::push(vm, l, k)?;
        if i == ClassId::Object {
            break;
        }
        let next = i.base();
        // Where a class has two bases, both have the same one.
        if let Some(second) = o.get(vm).id.second_base().filter(|s| s.base() == next)
            && o.get(vm).id.base() == i
        {
            let k = vm.class_object(second)?;
            list::push(vm, l, k)?;
        }
        i = next;
    }
    let t = vm.tuple_of_list(l)?;
    o.get(vm).mro.write(&vm.heap, Some(t.value()));
    Ok(t)
}
/// `__bases__`
///
/// # Errors
/// MemoryError.
pub fn bases_of(vm: &mut Vm, c: Value) -> R {
    let Some(o) = c.cast::<ClassObj>() else {
        return vm.new_tuple(&[]);
    };
    if let Some(t) = o.get(vm).bases.get() {
        return Ok(t);
    }
    let id = o.get(vm).id;
    let t = match id {
        ClassId::Object => vm.new_tuple(&[])?,
        _ => {
            let b = vm.class_object(id.base())?;
            match id.second_base() {
                Some(c) => {
                    let c = vm.class_object(c)?;
                    vm.new_tuple(&[b, c])?
                }
                None => vm.new_tuple(&[b])?,
            }
        }
    };
    o.get(vm).bases.write(&vm.heap, Some(t));
    Ok(t)
}

/// What the class or a base defines under a name; no descriptor is called. `name` is a str.
///
/// # Errors
/// MemoryError.
pub fn lookup(vm: &mut Vm, c: Value, name: Value) -> Result<Option<Value>, Raised> {
    let Some(o) = c.get::<ClassObj>(vm) else {
        return Ok(None);
    };
    let version = o.version.get();
    if let Some(found) = vm.method_cache.get(version, name) {
        return Ok(found);
    }
    let found = lookup_slow(vm, c, name)?;
    // A name that is not interned may be another's tomorrow.
    if name
        .get::<StrObj>(vm)
        .is_some_and(|s| s.is_interned() && !name.is_user())
    {
        vm.method_cache.put(version, name, found);
    }
    Ok(found)
}
fn lookup_slow(vm: &mut Vm, c: Value, name: Value) -> Result<Option<Value>, Raised> {
    let mro = mro_of(vm, c)?;
    let mut i = 0;
    while let Some(k) = mro.get(vm).get(i) {
        let d = own_dict(vm, k)?;
        if let Some(v) = dict::get_str(vm, d, name) {
            return Ok(Some(v));
        }
        i += 1;
    }
    Ok(None)
}
/// As [`lookup`], and the class that defines it.
///
/// # Errors
/// MemoryError.
pub fn lookup_in(vm: &mut Vm, c: Value, name: Value) -> Result<Option<(Value, Value)>, Raised> {
    let mro = mro_of(vm, c)?;
    let mut i = 0;
    while let Some(k) = mro.get(vm).get(i) {
        let d = own_dict(vm, k)?;
        if let Some(v) = dict::get_str(vm, d, name) {
            return Ok(Some((k, v)));
        }
        i += 1;
    }
    Ok(None)
}

/// The class has changed: what was found in it and in the classes below is void.
///
/// # Errors
/// MemoryError.
pub fn modified(vm: &mut Vm, c: Value) -> Result<(), Raised> {
    let mark = vm.new_version();
    renew(vm, c, mark)
}
/// Gives the class and those below it versions from `mark` on. One that has such a version was reached
/// along another path: a hierarchy of diamonds has exponentially many.
fn renew(vm: &mut Vm, c: Value, mark: u64) -> Result<(), Raised> {
    let v = vm.new_version();
    match c.get::<ClassObj>(vm) {
        Some(o) if o.version.get() < mark => o.version.set(v),
        _ => return Ok(()),
    }
    let below = subclasses(vm, c)?;
    let mut i = 0;
    while let Some(s) = below.get(vm).items.get(i) {
        if s.get::<ClassObj>(vm).is_some_and(|o| o.user) {
            crate::gc::with_stack(vm, |vm| renew(vm, s, mark))?;
        }
        i += 1;
    }
    Ok(())
}

/// The classes right below, as a list: builtin ones, then those of programs.
///
/// # Errors
/// MemoryError.
pub fn subclasses(vm: &mut Vm, c: Value) -> Result<Gc<ListObj>, Raised> {
    let l = vm.new_list(&[])?;
    if let Some(id) = builtin_of(vm, c) {
        for &s in ClassId::ALL {
            if s != ClassId::Object && (s.base() == id || s.second_base() == Some(id)) {
                let o = vm.class_object(s)?;
                list::push(vm, l, o)?;
            }
        }
    }
    let below = c.get::<ClassObj>(vm).and_then(|c| c.below.get());
    if let Some(b) = below.and_then(|b| b.cast::<ListObj>()) {
        let mut i = 0;
        while let Some(r) = b.get(vm).items.get(i) {
            if let Some(s) = weak::methods::referent(vm, r) {
                list::push(vm, l, s)?;
            }
            i += 1;
        }
    }
    Ok(l)
}
/// Enters a class among those right below `base`.
///
/// # Errors
/// MemoryError.
pub fn add_below(vm: &mut Vm, base: Value, c: Value) -> Result<(), Raised> {
    let Some(o) = base.cast::<ClassObj>() else {
        return Ok(());
    };
    let l = match o.get(vm).below.get().and_then(|l| l.cast::<ListObj>()) {
        Some(l) => l,
        None => {
            let l = vm.new_list(&[])?;
            o.get(vm).below.write(&vm.heap, Some(l.value()));
            l
        }
    };
    let r = weak::methods::construct(vm, ClassId::WeakRef, Args::pos(&[c]))?;
    // A place whose class is gone is taken again.
    let n = list::len(vm, l);
    for i in 0..n {
        let old = l.get(vm).items.get(i).unwrap_or(Value::NONE);
        if weak::methods::referent(vm, old).is_none() {
            list::put(vm, l, i, r);
            return Ok(());
        }
    }
    list::push(vm, l, r)
}
/// Takes a class out of those right below `base`.
pub fn remove_below(vm: &mut Vm, base: Value, c: Value) {
    let l = base.get::<ClassObj>(vm).and_then(|o| o.below.get());
    let Some(l) = l.and_then(|l| l.cast::<ListObj>()) else {
        return;
    };
    let n = list::len(vm, l);
    for i in 0..n {
        let r = l.get(vm).items.get(i).unwrap_or(Value::NONE);
        if weak::methods::referent(vm, r) == Some(c) {
            list::remove_at(vm, l, i);
            return;
        }
    }
}

/// Whether the class derives from a builtin one, or is it.
pub fn derives(vm: &Vm, c: Value, id: ClassId) -> bool {
    let Some(o) = c.get::<ClassObj>(vm) else {
        return false;
    };
    if !o.user || id == ClassId::Object {
        return o.id.is_subclass(id);
    }
    // Not by the layout `o.id`: `__bases__` may name another class of the same one since.
    match o.mro.get().and_then(|m| m.get::<TupleObj>(vm)) {
        Some(m) => m.iter().any(|k| builtin_of(vm, k) == Some(id)),
        // While it is being made: along the bases.
        None => o.base.get().is_some_and(|base| derives(vm, base, id)),
    }
}
/// Whether class `a` is `b` or derives from it (`PyType_IsSubtype`).
pub fn is_subtype(vm: &Vm, a: Value, b: Value) -> bool {
    if a == b {
        return true;
    }
    let Some(o) = b.get::<ClassObj>(vm) else {
        return false;
    };
    if !o.user {
        return derives(vm, a, o.id);
    }
    let Some(o) = a.get::<ClassObj>(vm).filter(|o| o.user) else {
        return false;
    };
    match o.mro.get().and_then(|m| m.get::<TupleObj>(vm)) {
        Some(m) => m.iter().any(|k| k == b),
        // While it is being made: along the bases.
        None => o.base.get().is_some_and(|base| is_subtype(vm, base, b)),
    }
}
/// Whether `v` is an instance of the class or of one below it (`PyObject_TypeCheck`).
pub fn is_instance_of(vm: &Vm, v: Value, c: Value) -> bool {
    if v.is_user() {
        return instance::class_of(vm, v).is_some_and(|k| is_subtype(vm, k, c));
    }
    match builtin_of(vm, c) {
        Some(id) => vm.class_of(v).is_subclass(id),
        None => false,
    }
}

/// `type(c)`'s builtin layout: whether the object's class is `type` itself.
fn is_plain_class(vm: &Vm, c: Value) -> bool {
    c.is_kind(Kind::Class) && !c.is_user() && vm.class_of(c) == ClassId::Type
}

/// What one class, or each of a (nested) tuple in turn, says.
fn any_of(
    vm: &mut Vm,
    x: Value,
    class_or_tuple: Value,
    place: &str,
    ask: fn(&mut Vm, Value, Value) -> Result<bool, Raised>,
) -> Result<bool, Raised> {
    let Some(t) = class_or_tuple.cast::<TupleObj>() else {
        return ask(vm, x, class_or_tuple);
    };
    let depth = vm.depth.get();
    vm.enter_recursive(place)?;
    vm.depth.set(depth + 1);
    let mut r = Ok(false);
    let mut i = 0;
    while let Some(c) = t.get(vm).get(i) {
        r = crate::gc::with_stack(vm, |vm| any_of(vm, x, c, place, ask));
        if !matches!(r, Ok(false)) {
            break;
        }
        i += 1;
    }
    vm.depth.set(depth);
    r
}

/// `isinstance(v, class_or_tuple)`
///
/// # Errors
/// TypeError when something else stands there; what `__instancecheck__` raises.
pub fn is_instance(vm: &mut Vm, v: Value, class_or_tuple: Value) -> Result<bool, Raised> {
    any_of(
        vm,
        v,
        class_or_tuple,
        " in __instancecheck__",
        |vm, v, c| {
            if type_of(vm, v)? == c {
                return Ok(true);
            }
            if is_plain_class(vm, c) {
                return plain_is_instance(vm, v, c);
            }
            match special(vm, c, "__instancecheck__", v)? {
                Some(r) => Ok(r),
                None => plain_is_instance(vm, v, c),
            }
        },
    )
}
/// Asks a class's metaclass.
fn special(vm: &mut Vm, c: Value, name: &str, x: Value) -> Result<Option<bool>, Raised> {
    let name = vm.intern(name)?;
    let Some(f) = crate::protocol::attr::lookup_special(vm, c, name)? else {
        return Ok(None);
    };
    let r = crate::protocol::nested(vm, " in __instancecheck__", |vm| {
        vm.call(f, Args::pos(&[x]))
    })?;
    crate::protocol::truth::is_true(vm, r).map(Some)
}
/// `type.__instancecheck__`, and what has no class's (`recursive_isinstance`).
///
/// # Errors
/// TypeError when `c` is no class and has no `__bases__`.
pub fn plain_is_instance(vm: &mut Vm, v: Value, c: Value) -> Result<bool, Raised> {
    let key = vm.special(Special::Class)?;
    if c.is_kind(Kind::Class) {
        if is_instance_of(vm, v, c) {
            return Ok(true);
        }
        if !v.is_user() {
            return Ok(false);
        }
        // It may say that it is of another class.
        let said = crate::protocol::attr::optional(vm, v, key)?;
        return Ok(said.is_some_and(|k| k.is_kind(Kind::Class) && is_subtype(vm, k, c)));
    }
    check_bases(vm, c, "isinstance() arg 2 must be a type or tuple of types")?;
    match crate::protocol::attr::optional(vm, v, key)? {
        Some(k) => abstract_subclass(vm, k, c),
        None => Ok(false),
    }
}
/// `issubclass(c, class_or_tuple)`
///
/// # Errors
/// TypeError when something else stands there; what `__subclasscheck__` raises.
pub fn is_subclass(vm: &mut Vm, c: Value, class_or_tuple: Value) -> Result<bool, Raised> {
    any_of(
        vm,
        c,
        class_or_tuple,
        " in __subclasscheck__",
        |vm, c, of| {
            if is_plain_class(vm, of) {
                if c == of {
                    return Ok(true);
                }
                return plain_is_subclass(vm, c, of);
            }
            match special(vm, of, "__subclasscheck__", c)? {
                Some(r) => Ok(r),
                None => plain_is_subclass(vm, c, of),
            }
        },
    )
}
/// `type.__subclasscheck__`, and what has no class's.
///
/// # Errors
/// TypeError when one is no class and has no `__bases__`.
pub fn plain_is_subclass(vm: &mut Vm, c: Value, of: Value) -> Result<bool, Raised> {
    if c.is_kind(Kind::Class) && of.is_kind(Kind::Class) {
        return Ok(is_subtype(vm, c, of));
    }
    check_bases(vm, c, "issubclass() arg 1 must be a class")?;
    check_bases(
        vm,
        of,
        "issubclass() arg 2 must be a class or tuple of classes",
    )?;
    abstract_subclass(vm, c, of)
}
fn bases(vm: &mut Vm, c: Value) -> Result<Option<Gc<TupleObj>>, Raised> {
    let key = vm.intern("__bases__")?;
    let b = crate::protocol::attr::optional(vm, c, key)?;
    Ok(b.and_then(Value::cast))
}
fn check_bases(vm: &mut Vm, c: Value, text: &str) -> Result<(), Raised> {
    match bases(vm, c)? {
        Some(_) => Ok(()),
        None => Err(vm.raise(ClassId::TypeError, text)),
    }
}
/// Goes up `__bases__`, whatever has them.
fn abstract_subclass(vm: &mut Vm, c: Value, of: Value) -> Result<bool, Raised> {
    if c == of {
        return Ok(true);
    }
    let Some(b) = bases(vm, c)? else {
        return Ok(false);
    };
    let mut i = 0;
    while let Some(k) = b.get(vm).get(i) {
        if crate::protocol::nested(vm, " in __issubclass__", |vm| abstract_subclass(vm, k, of))? {
            return Ok(true);
        }
        i += 1;
    }
    Ok(false)
}

/// The shape behind a number in a header, as native code and caches name it.
pub fn shape_of(vm: &Vm, number: u32) -> Option<Gc<ShapeObj>> {
    vm.heap.shape(number)?.cast()
}
