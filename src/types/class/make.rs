//! Making classes: `type(name, bases, dict)`, step for step as CPython 3.8's `type_new`, and calling them.

use super::ops;
use super::value::ClassObj;
use super::{mro, shape};
use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Header, Kind, Slot, Value};
use crate::protocol::attr;
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::cell::value::CellObj;
use crate::types::descr::value as descr;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::instance::ops as instance;
use crate::types::list::ops as list;
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use crate::types::{self, args};
use crate::vm::{Raised, Vm};
use std::cell::Cell;

/// Whether a program may derive from a builtin class (`Py_TPFLAGS_BASETYPE`).
pub fn is_base(id: ClassId) -> bool {
    if id.is_exception() {
        return true;
    }
    matches!(
        id,
        ClassId::Object
            | ClassId::Type
            | ClassId::Int
            | ClassId::Float
            | ClassId::Str
            | ClassId::Tuple
            | ClassId::List
            | ClassId::Dict
            | ClassId::Set
            | ClassId::FrozenSet
            | ClassId::Bytes
            | ClassId::ByteArray
            | ClassId::Complex
            | ClassId::Module
            | ClassId::StaticMethod
            | ClassId::ClassMethod
            | ClassId::Property
            | ClassId::Super
            | ClassId::Enumerate
            | ClassId::Zip
            | ClassId::Map
            | ClassId::Filter
            | ClassId::Reversed
            | ClassId::WeakRef
            | ClassId::SimpleNamespace
            | ClassId::Deque
            | ClassId::DefaultDict
            | ClassId::OrderedDict
            | ClassId::Random
            | ClassId::Partial
            | ClassId::LruCache
    ) || types::itertools::is_base(id)
}

/// The class nearest above whose layout a builtin class has (`solid_base`).
fn solid_id(id: ClassId) -> ClassId {
    if id.is_exception() {
        let mut c = id;
        while c != ClassId::BaseException {
            let own = |c: ClassId| {
                !types::exception::ops::fields_of(c).is_empty()
                    || matches!(c, ClassId::StopIteration | ClassId::SystemExit)
            };
            if own(c) && !own(c.base()) {
                return c;
            }
            c = c.base();
        }
        return c;
    }
    id
}
fn solid(vm: &mut Vm, c: Value) -> R {
    let mut c = c;
    loop {
        let Some(o) = c.get::<ClassObj>(vm) else {
            return Ok(c);
        };
        if !o.user {
            let id = solid_id(o.id);
            return vm.class_object(id);
        }
        if o.adds_slots || is_sized(o.id) && added(vm, o).dict {
            return Ok(c);
        }
        c = o.base.get_or_none();
    }
}
/// Whether instances of the class are of different sizes in CPython (`tp_itemsize`): what is added to their layout lies
/// behind the items.
fn is_sized(id: ClassId) -> bool {
    matches!(
        id,
        ClassId::Int | ClassId::Tuple | ClassId::Bytes | ClassId::Type
    )
}
/// What a class that a program made adds to the layout of its base.
#[derive(PartialEq)]
struct Added {
    members: u32,
    dict: bool,
    weakref: bool,
}
fn added(vm: &Vm, c: &ClassObj) -> Added {
    let base = c.base.get_or_none();
    let b = base.get::<ClassObj>(vm);
    let has_dict = |b: &ClassObj| b.has_dict || layout_has_dict(b.id);
    Added {
        members: c.nslots - b.map_or(0, |b| b.nslots),
        dict: c.has_dict && !b.is_some_and(has_dict),
        weakref: c.has_weakref && !b.is_some_and(|b| b.has_weakref),
    }
}
/// The class nearest above, or the class itself, that adds to the layout of its base (`compatible_with_tp_base`).
fn grown(vm: &mut Vm, c: Value) -> R {
    let mut c = c;
    while let Some(o) = c.get::<ClassObj>(vm) {
        if !o.user {
            let id = solid_id(o.id);
            return vm.class_object(id);
        }
        let nothing = Added {
            members: 0,
            dict: false,
            weakref: false,
        };
        if added(vm, o) != nothing {
            break;
        }
        c = o.base.get_or_none();
    }
    Ok(c)
}

/// The base whose layout the new class has (`best_base`).
pub fn best_base(vm: &mut Vm, bases: Gc<TupleObj>) -> R {
    let mut best: Option<(Value, Value)> = None;
    let mut i = 0;
    while let Some(b) = bases.get(vm).get(i) {
        i += 1;
        if !b.is_kind(Kind::Class) {
            return Err(raise!(vm, TypeError, "bases must be types"));
        }
        if ops::builtin_of(vm, b).is_some_and(|id| !is_base(id)) {
            let n = ops::full_name_of(vm, b);
            return Err(raise!(
                vm,
                TypeError,
                "type '{n}' is not an acceptable base type"
            ));
        }
        vm.poll()?;
        let s = solid(vm, b)?;
        best = Some(match best {
            None => (b, s),
            Some((b0, s0)) if ops::is_subtype(vm, s0, s) => (b0, s0),
            Some((_, s0)) if ops::is_subtype(vm, s, s0) => (b, s),
            Some(_) => {
                return Err(raise!(
                    vm,
                    TypeError,
                    "multiple bases have instance lay-out conflict"
                ));
            }
        });
    }
    match best {
        Some((b, _)) => Ok(b),
        None => vm.class_object(ClassId::Object),
    }
}

/// The most derived metaclass among `meta` and those of the bases.
///
/// # Errors
/// TypeError when there is no such one.
pub fn metaclass(vm: &mut Vm, meta: Value, bases: Gc<TupleObj>) -> R {
    let mut winner = meta;
    let mut i = 0;
    while let Some(b) = bases.get(vm).get(i) {
        i += 1;
        let t = ops::type_of(vm, b)?;
        if ops::is_subtype(vm, winner, t) {
            continue;
        }
        if ops::is_subtype(vm, t, winner) {
            winner = t;
            continue;
        }
        return Err(raise!(
            vm,
            TypeError,
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass \
             of the metaclasses of all its bases"
        ));
    }
    Ok(winner)
}

/// `type(x)`, `type(name, bases, dict, **kw)`; `meta` is the class that was called.
///
/// # Errors
/// TypeError, ValueError; what hooks of the bases and of attributes raise.
pub fn type_new(vm: &mut Vm, meta: Value, a: Args<'_>) -> R {
    let plain = ops::builtin_of(vm, meta) == Some(ClassId::Type);
    if plain && a.len() == 1 && a.nkw() == 0 {
        return ops::type_of(vm, a[0]);
    }
    if a.len() != 3 {
        if plain && a.len() != 3 && a.len() + a.nkw() != 3 {
            return Err(raise!(vm, TypeError, "type() takes 1 or 3 arguments"));
        }
        return Err(raise!(
            vm,
            TypeError,
            "type.__new__() takes exactly 3 arguments ({} given)",
            a.len()
        ));
    }
    let want = [ClassId::Str, ClassId::Tuple, ClassId::Dict];
    for (i, w) in want.into_iter().enumerate() {
        if !vm.is_a(a[i], w) {
            let t = args::kind_name(vm, a[i]);
            return Err(raise!(
                vm,
                TypeError,
                "type.__new__() argument {} must be {}, not {t}",
                i + 1,
                w.name()
            ));
        }
    }
    let (name, ns) = (a[0], a[2]);
    let Some(mut bases) = a[1].cast::<TupleObj>() else {
        return Err(raise!(vm, SystemError, "bases are no tuple"));
    };
    if bases.get(vm).len == 0 {
        let o = vm.class_object(ClassId::Object)?;
        let t = vm.new_tuple(&[o])?;
        if let Some(t) = t.cast() {
            bases = t;
        }
    } else {
        let mut i = 0;
        while let Some(b) = bases.get(vm).get(i) {
            i += 1;
            if b.is_kind(Kind::Class) {
                continue;
            }
            let key = vm.special(Special::MroEntries)?;
            if attr::optional(vm, b, key)?.is_some() {
                return Err(raise!(
                    vm,
                    TypeError,
                    "type() doesn't support MRO entry resolution; use types.new_class()"
                ));
            }
        }
        let winner = metaclass(vm, meta, bases)?;
        if winner != meta {
            let new = vm.special(Special::New)?;
            let f = ops::lookup(vm, winner, new)?;
            let own = f.and_then(|f| f.get::<types::builtin::value::BuiltinObj>(vm));
            if !own.is_some_and(|b| std::ptr::eq(b.def, &types::slots::kernels::NEW)) {
                let f = attr::get_attr(vm, winner, new)?;
                return call_with(vm, f, winner, a);
            }
            return build(vm, winner, name, bases, ns, a);
        }
    }
    build(vm, meta, name, bases, ns, a)
}

/// `f(first, *args, **kw)`
///
/// # Errors
/// What the call raises.
pub fn call_with(vm: &mut Vm, f: Value, first: Value, a: Args<'_>) -> R {
    const N: usize = 8;
    let n = a.all().len();
    if n < N {
        let mut buf = [Value::NONE; N];
        buf[0] = first;
        buf[1..=n].copy_from_slice(a.all());
        return match a.kwnames() {
            Some(names) => vm.call(f, Args::with_kw(&buf[..=n], names, a.nkw())),
            None => vm.call(f, Args::pos(&buf[..=n])),
        };
    }
    let m = types::builtin::methods::bind(vm, f, first)?;
    vm.call(m, a)
}

/// What `__slots__` asks for.
struct Slots {
    /// The members, mangled, as a sorted list; none without `__slots__`.
    names: Option<Value>,
    dict: bool,
    weakref: bool,
}

fn slots_of(vm: &mut Vm, name: Value, base: Gc<ClassObj>, d: Gc<DictObj>) -> Result<Slots, Raised> {
    let b = base.get(vm);
    let (may_dict, may_weak) = (!b.has_dict && !layout_has_dict(b.id), !b.has_weakref);
    let sized = is_sized(b.id);
    let key = vm.special(Special::Slots)?;
    let Some(given) = dict::get_str(vm, d, key) else {
        return Ok(Slots {
            names: None,
            dict: may_dict,
            weakref: may_weak && !sized,
        });
    };
    let given = match given.is_kind(Kind::Str) {
        true => vm.new_tuple(&[given])?,
        false => types::tuple::ops::from_iterable(vm, given)?,
    };
    let Some(all) = given.cast::<TupleObj>() else {
        return Err(raise!(vm, SystemError, "slots are no tuple"));
    };
    if all.get(vm).len > 0 && sized {
        let n = ops::name_of(vm, base.value());
        return Err(raise!(
            vm,
            TypeError,
            "nonempty __slots__ not supported for subtype of '{n}'"
        ));
    }
    let names = vm.new_list(&[])?;
    let (mut has_dict, mut has_weak) = (false, false);
    let class = vm.text(name);
    let mut i = 0;
    while let Some(s) = all.get(vm).get(i) {
        i += 1;
        let Some(text) = s.get::<StrObj>(vm).map(|_| vm.text(s)) else {
            let t = vm.type_name(s);
            return Err(raise!(
                vm,
                TypeError,
                "__slots__ items must be strings, not '{t}'"
            ));
        };
        if !s
            .get::<StrObj>(vm)
            .is_some_and(|s| types::str::case::is_identifier(s.as_bytes()))
        {
            return Err(raise!(vm, TypeError, "__slots__ must be identifiers"));
        }
        match text.as_str() {
            "__dict__" => {
                if !may_dict || has_dict {
                    return Err(raise!(
                        vm,
                        TypeError,
                        "__dict__ slot disallowed: we already got one"
                    ));
                }
                has_dict = true;
            }
            "__weakref__" => {
                if !may_weak || has_weak {
                    return Err(raise!(
                        vm,
                        TypeError,
                        "__weakref__ slot disallowed: either we already got one, or \
                         __itemsize__ != 0"
                    ));
                }
                has_weak = true;
            }
            _ => {
                let m = crate::compile::mangle(&class, &text);
                let m = vm.intern(&m)?;
                list::push(vm, names, m)?;
            }
        }
    }
    // Only when all of them are right.
    let mut i = 0;
    while let Some(m) = list::item(vm, names, i) {
        i += 1;
        let text = vm.text(m);
        if dict::get_str(vm, d, m).is_some()
            && !matches!(text.as_str(), "__qualname__" | "__classcell__")
        {
            return Err(raise!(
                vm,
                ValueError,
                "'{text}' in __slots__ conflicts with class variable"
            ));
        }
    }
    types::list::sort::sort(vm, names, None, false)?;
    // Other bases may bring what this one has not.
    Ok(Slots {
        names: Some(names.value()),
        dict: has_dict,
        weakref: has_weak,
    })
}

/// Whether instances of a builtin class have a dict of their layout.
fn layout_has_dict(id: ClassId) -> bool {
    id.is_exception()
        || matches!(
            id,
            ClassId::Module
                | ClassId::Function
                | ClassId::SimpleNamespace
                | ClassId::Type
                | ClassId::OrderedDict
                | ClassId::Partial
                | ClassId::LruCache
        )
}

fn build(vm: &mut Vm, meta: Value, name: Value, bases: Gc<TupleObj>, ns: Value, a: Args<'_>) -> R {
    let base = best_base(vm, bases)?;
    let Some(base) = base.cast::<ClassObj>() else {
        return Err(raise!(vm, SystemError, "base is no class"));
    };
    let Some(ns) = ns.cast::<DictObj>() else {
        return Err(raise!(vm, SystemError, "namespace is no dict"));
    };
    let d = dict::copy(vm, ns)?;
    let mut slots = slots_of(vm, name, base, d)?;
    if slots.names.is_some() {
        // A base beside the one whose layout it is may have a dict or weak references.
        let mut i = 0;
        while let Some(b) = bases.get(vm).get(i) {
            i += 1;
            if let Some(b) = b
                .get::<ClassObj>(vm)
                .filter(|o| o.user && b != base.value())
            {
                slots.dict |= b.has_dict && !base.get(vm).has_dict;
                slots.weakref |= b.has_weakref && !base.get(vm).has_weakref;
            }
        }
    }
    if let Some(bytes) = name.get::<StrObj>(vm)
        && bytes.as_bytes().contains(&0)
    {
        return Err(raise!(
            vm,
            ValueError,
            "type name must not contain null characters"
        ));
    }
    let key = vm.intern("__qualname__")?;
    let qualname = match dict::get_str(vm, d, key) {
        None => name,
        Some(q) if q.is_kind(Kind::Str) => {
            dict::del(vm, d, key)?;
            q
        }
        Some(q) => {
            let t = vm.type_name(q);
            return Err(raise!(
                vm,
                TypeError,
                "type __qualname__ must be a str, not {t}"
            ));
        }
    };
    let nnames = slots
        .names
        .and_then(|l| l.cast())
        .map_or(0, |l| list::len(vm, l));
    let (id, has_dict, has_weakref, nslots, finalizes, abstract_) = {
        let b = base.get(vm);
        (
            b.id,
            b.has_dict || slots.dict,
            b.has_weakref || slots.weakref,
            b.nslots + nnames as u32,
            false,
            false,
        )
    };
    let h = match ops::builtin_of(vm, meta) {
        Some(_) => Header::new(Kind::Class, ClassId::Type as u32),
        None => {
            let Some(m) = meta.cast::<ClassObj>() else {
                return Err(raise!(vm, SystemError, "metaclass is no class"));
            };
            let n = shape::root(vm, m)?.get(vm).number;
            Header::user(Kind::Class, n)
        }
    };
    let version = vm.new_version();
    let c = vm.alloc(ClassObj {
        h,
        id,
        user: true,
        has_dict,
        has_weakref,
        adds_slots: nnames > 0,
        abstract_: Cell::new(abstract_),
        finalizes: Cell::new(finalizes),
        inline: Cell::new(nslots),
        nslots,
        made: Cell::new(0),
        version: Cell::new(version),
        dict: Slot::of(d.value()),
        name: Slot::of(name),
        qualname: Slot::of(qualname),
        bases: Slot::of(bases.value()),
        mro: Slot::new(None),
        base: Slot::of(base.value()),
        below: Slot::new(None),
        root: Slot::new(None),
        dictful: Slot::new(None),
    })?;
    let class = c.value();

    let key = vm.special(Special::Module)?;
    if dict::get_str(vm, d, key).is_none()
        && let Some(m) = caller_module(vm)?
    {
        dict::set(vm, d, key, m)?;
    }
    for (name, make) in [
        (Special::New, descr::new_static as fn(&mut Vm, Value) -> R),
        (Special::InitSubclass, descr::new_class_method),
        (Special::ClassGetItem, descr::new_class_method),
    ] {
        let key = vm.special(name)?;
        if let Some(f) = dict::get_str(vm, d, key)
            .filter(|f| f.exact::<types::function::value::FunctionObj>().is_some())
        {
            let m = make(vm, f)?;
            dict::set(vm, d, key, m)?;
        }
    }
    if let Some(l) = slots.names.and_then(|l| l.cast()) {
        let first = base.get(vm).nslots;
        for i in 0..nnames {
            let n = list::get_item(vm, l, i as i64)?;
            let m = descr::new_member(vm, class, n, first + i as u32)?;
            dict::set(vm, d, n, m)?;
        }
    }
    for (wanted, getter) in [
        (slots.dict, &types::instance::DICT),
        (slots.weakref, &types::instance::WEAKREF),
    ] {
        let key = vm.intern(getter.name)?;
        if wanted && dict::get_str(vm, d, key).is_none() {
            let g = descr::new_of(vm, getter, class)?;
            dict::set(vm, d, key, g)?;
        }
    }
    if dict::get_name(vm, d, "__doc__")?.is_none() {
        dict::set_name(vm, d, "__doc__", Value::NONE)?;
    }
    let (eq, hash) = (vm.special(Special::Eq)?, vm.special(Special::Hash)?);
    if dict::get_str(vm, d, eq).is_some() && dict::get_str(vm, d, hash).is_none() {
        dict::set(vm, d, hash, Value::NONE)?;
    }
    let key = vm.intern("__classcell__")?;
    let cell = dict::get_str(vm, d, key);
    if cell.is_some() {
        dict::del(vm, d, key)?;
    }
    mro::set(vm, c)?;
    let mut i = 0;
    while let Some(b) = bases.get(vm).get(i) {
        ops::add_below(vm, b, class)?;
        i += 1;
    }
    let fin = vm.special(Special::Del)?;
    let fin = ops::lookup(vm, class, fin)?.is_some();
    c.get(vm).finalizes.set(fin);
    if let Some(cell) = cell {
        let Some(x) = cell.get::<CellObj>(vm) else {
            let t = args::kind_name(vm, cell);
            return Err(raise!(
                vm,
                TypeError,
                "type.__new__ argument: __classcell__ must be a nonlocal cell, not <class '{t}'>"
            ));
        };
        x.value.write(&vm.heap, Some(class));
    }
    set_names(vm, class)?;
    init_subclass(vm, c, a)?;
    Ok(class)
}

/// `__name__` of the globals of the code that is running.
fn caller_module(vm: &mut Vm) -> Result<Option<Value>, Raised> {
    if vm.stack.top_frame().is_none() {
        return Ok(None);
    }
    let g = crate::interp::frames::caller_globals(vm)?;
    match g.cast::<DictObj>() {
        Some(d) => dict::get_name(vm, d, "__name__"),
        None => Ok(None),
    }
}

/// Tells each attribute that wants to know its name.
fn set_names(vm: &mut Vm, class: Value) -> Result<(), Raised> {
    let d = ops::own_dict(vm, class)?;
    let d = dict::copy(vm, d)?;
    let mut pos = 0;
    while let Some((k, v)) = dict::next_item(vm, d, &mut pos) {
        if !v.is_user() {
            continue;
        }
        let name = vm.special(Special::SetName)?;
        let Some(f) = crate::protocol::attr::lookup_special(vm, v, name)? else {
            continue;
        };
        if let Err(r) = vm.call(f, Args::pos(&[class, k])) {
            let cause = vm.catch(r, ClassId::BaseException)?;
            let t = vm.type_name(v);
            let k = crate::protocol::repr::repr(vm, k)?;
            let (k, n) = (vm.text(k), ops::name_of(vm, class));
            let msg = vm.new_str(&format!(
                "Error calling __set_name__ on '{t}' instance {k} in '{n}'"
            ))?;
            let e = vm.new_exception(ClassId::RuntimeError, &[msg])?;
            types::exception::methods::set_cause(vm, e, Some(cause));
            if let Some(x) = e.get::<types::exception::value::ExceptionObj>(vm) {
                x.context.write(&vm.heap, Some(cause));
            }
            return Err(vm.reraise(e));
        }
    }
    Ok(())
}

/// `super(class, class).__init_subclass__(**kw)`
fn init_subclass(vm: &mut Vm, c: Gc<ClassObj>, a: Args<'_>) -> Result<(), Raised> {
    let name = vm.special(Special::InitSubclass)?;
    let f = types::descr::zuper::lookup(vm, c.value(), c.value(), name)?;
    let Some(f) = f else { return Ok(()) };
    let kw = match a.kwnames() {
        Some(names) => Args::with_kw(a.kw_values(), names, a.nkw()),
        None => Args::pos(&[]),
    };
    vm.call(f, kw)?;
    Ok(())
}

/// `class(…)`: `type.__call__`.
///
/// # Errors
/// What `__new__` and `__init__` raise.
pub fn call(vm: &mut Vm, class: Value, a: Args<'_>) -> R {
    let Some(o) = class.get::<ClassObj>(vm) else {
        let t = vm.type_name(class);
        return Err(raise!(vm, TypeError, "'{t}' object is not callable"));
    };
    if !o.user {
        let id = o.id;
        return match types::constructor_of(id) {
            Some(f) => f(vm, id, a),
            None => Err(raise!(
                vm,
                TypeError,
                "cannot create '{}' instances",
                types::full_name(id)
            )),
        };
    }
    let key = vm.special(Special::New)?;
    let new = ops::lookup(vm, class, key)?;
    let made = match new {
        Some(f) => match builtin_new(vm, f) {
            Some(id) => new_of(vm, id, class, a)?,
            None => {
                let f = types::descr::methods::bind(vm, f, None, Some(class))?;
                call_with(vm, f, class, a)?
            }
        },
        None => {
            let n = ops::name_of(vm, class);
            return Err(raise!(vm, TypeError, "cannot create '{n}' instances"));
        }
    };
    // `type(x)` and its like return something that is made already.
    if !ops::is_instance_of(vm, made, class) {
        return Ok(made);
    }
    init(vm, made, a)?;
    Ok(made)
}

/// Calls `made.__init__(…)`, which returns None.
///
/// # Errors
/// TypeError when it returns something else; what it raises.
pub fn init(vm: &mut Vm, made: Value, a: Args<'_>) -> Result<(), Raised> {
    let Some(f) = special::find(vm, made, Special::Init)? else {
        return Ok(());
    };
    let r = if f.exact::<types::function::value::FunctionObj>().is_some()
        || special::is_builtin_slot(vm, f)
    {
        call_with(vm, f, made, a)?
    } else {
        let f = attr::bind(vm, f, made)?;
        vm.call(f, a)?
    };
    match r.is_none() {
        true => Ok(()),
        false => Err(bad_init(vm, r)),
    }
}
/// The TypeError of an `__init__` that has returned something.
#[cold]
pub fn bad_init(vm: &mut Vm, v: Value) -> Raised {
    let t = vm.type_name(v);
    raise!(vm, TypeError, "__init__() should return None, not '{t}'")
}

/// Begins a call of a class whose `__new__` is `object`'s, or that of a [`plain_exception`]: the bare object. The
/// call counts as a level, as [`call`] does in `dispatch::level`; [`end`] ends it.
///
/// # Errors
/// RecursionError; MemoryError.
#[inline(always)]
pub fn begin(vm: &mut Vm, class: Value, args: &[Value]) -> R {
    vm.enter_recursive(" while calling a Python object")?;
    let Some(c) = class.cast::<ClassObj>() else {
        return Err(raise!(vm, SystemError, "not a class"));
    };
    let o = match c.get(vm).id {
        ClassId::Object => instance::new(vm, c)?,
        id => new_exception(vm, c, id, args)?,
    };
    vm.depth.set(vm.depth.get() + 1);
    Ok(o)
}
#[inline(never)]
fn new_exception(vm: &mut Vm, c: Gc<ClassObj>, id: ClassId, args: &[Value]) -> R {
    let e = vm.new_exception(id, args)?;
    instance::adopt(vm, e, c)
}
/// Whether instances of the class, which has that layout, are exceptions without members whose `__new__` and
/// `__init__` do nothing but keep their arguments.
pub fn plain_exception(c: &ClassObj) -> bool {
    c.id.is_exception() && c.nslots == 0 && types::exception::ops::fields_of(c.id).is_empty()
}
/// See [`begin`].
#[inline(always)]
pub fn end(vm: &Vm) {
    vm.depth.set(vm.depth.get() - 1);
}

/// Whether it is the `__new__` of a builtin class, and of which.
pub fn builtin_new(vm: &Vm, f: Value) -> Option<ClassId> {
    let b = f.get::<types::builtin::value::BuiltinObj>(vm)?;
    if !std::ptr::eq(b.def, &types::slots::kernels::NEW) {
        return None;
    }
    ops::builtin_of(vm, b.self_.get()?)
}

/// `id.__new__(class, …)` for a class that a program derived from the builtin one.
///
/// # Errors
/// TypeError; what the constructor raises.
pub fn new_of(vm: &mut Vm, id: ClassId, class: Value, a: Args<'_>) -> R {
    let Some(c) = class.cast::<ClassObj>() else {
        return Err(raise!(vm, SystemError, "not a class"));
    };
    if id == ClassId::Type {
        return type_new(vm, class, a);
    }
    if id == ClassId::Object {
        return object_new(vm, c, a);
    }
    let Some(f) = types::constructor_of(id) else {
        let n = ops::name_of(vm, class);
        return Err(raise!(vm, TypeError, "cannot create '{n}' instances"));
    };
    // What comes with `__init__` is left to it.
    let layout = c.get(vm).id;
    let made = match layout {
        ClassId::List
        | ClassId::Dict
        | ClassId::Set
        | ClassId::Property
        | ClassId::Deque
        | ClassId::ByteArray
        | ClassId::DefaultDict
        | ClassId::OrderedDict => f(vm, layout, Args::pos(&[]))?,
        ClassId::Module => types::module::new(vm, Value::NONE, Value::NONE)?.value(),
        ClassId::Super | ClassId::ClassMethod | ClassId::StaticMethod => {
            types::descr::zuper::blank(vm, layout)?
        }
        ClassId::WeakRef => types::weak::methods::unregistered(vm, a)?,
        k if k.is_subclass(ClassId::OSError) => {
            // A derived class is not exchanged for the one its number asks for.
            types::exception::methods::construct_os_error(vm, k, class, a)?
        }
        k if k.is_exception() => types::exception::methods::construct_exact(vm, k, a)?,
        // Keywords are left to the derived class.
        ClassId::Zip
        | ClassId::Map
        | ClassId::Filter
        | ClassId::Reversed
        | ClassId::Random
        | ClassId::Tuple
        | ClassId::Float => f(vm, id, Args::pos(a.positional()))?,
        ClassId::FrozenSet => {
            let name = ops::name_of(vm, class);
            types::args::arity(vm, &name, a, 0, 1)?;
            f(vm, id, Args::pos(a.positional()))?
        }
        ClassId::Partial => types::functools::partial::construct_derived(vm, a)?,
        k if types::itertools::ignores_keywords(k) => f(vm, id, Args::pos(a.positional()))?,
        _ => f(vm, id, a)?,
    };
    // `__str__` and its like may have given an instance of another class.
    let made = instance::unchanged(vm, made)?;
    if layout == ClassId::WeakRef {
        // The referent stays an argument of the call until here.
        let r = instance::adopt(vm, made, c)?;
        types::weak::methods::register(vm, r)?;
        return Ok(r);
    }
    instance::adopt(vm, made, c)
}

fn overrides(vm: &mut Vm, class: Value, s: Special) -> Result<bool, Raised> {
    differs(vm, class, ClassId::Object, s)
}
/// Whether a class has another method than the builtin class that it derives from.
///
/// # Errors
/// MemoryError.
pub fn differs(vm: &mut Vm, class: Value, from: ClassId, s: Special) -> Result<bool, Raised> {
    let name = vm.special(s)?;
    let f = ops::lookup(vm, class, name)?;
    let from = vm.class_object(from)?;
    let own = ops::lookup(vm, from, name)?;
    Ok(f != own)
}

/// `object.__new__(class, …)`
fn object_new(vm: &mut Vm, c: Gc<ClassObj>, a: Args<'_>) -> R {
    if !a.is_empty() {
        if overrides(vm, c.value(), Special::New)? {
            return Err(raise!(
                vm,
                TypeError,
                "object.__new__() takes exactly one argument (the type to instantiate)"
            ));
        }
        if !overrides(vm, c.value(), Special::Init)? {
            let n = ops::name_of(vm, c.value());
            return Err(raise!(vm, TypeError, "{n}() takes no arguments"));
        }
    }
    if c.get(vm).abstract_.get() {
        return Err(is_abstract(vm, c)?);
    }
    let id = c.get(vm).id;
    if id != ClassId::Object {
        let n = ops::name_of(vm, c.value());
        return Err(raise!(
            vm,
            TypeError,
            "object.__new__({n}) is not safe, use {}.__new__()",
            id.name()
        ));
    }
    instance::new(vm, c)
}

fn is_abstract(vm: &mut Vm, c: Gc<ClassObj>) -> Result<Raised, Raised> {
    let key = vm.intern("__abstractmethods__")?;
    let names = attr::get_attr(vm, c.value(), key)?;
    let l = list::from_iterable(vm, names)?;
    types::list::sort::sort(vm, l, None, false)?;
    let mut all = Vec::new();
    let mut i = 0;
    while let Some(n) = l.get(vm).items.get(i) {
        all.push(vm.text(n));
        i += 1;
    }
    let n = ops::name_of(vm, c.value());
    Ok(raise!(
        vm,
        TypeError,
        "Can't instantiate abstract class {n} with abstract methods {}",
        all.join(", ")
    ))
}

/// `object.__init__(o, …)`
///
/// # Errors
/// TypeError for arguments that nobody takes.
pub fn object_init(vm: &mut Vm, o: Value, a: Args<'_>) -> R {
    if a.is_empty() {
        return Ok(Value::NONE);
    }
    let c = ops::type_of(vm, o)?;
    if overrides(vm, c, Special::Init)? {
        return Err(raise!(
            vm,
            TypeError,
            "object.__init__() takes exactly one argument (the instance to initialize)"
        ));
    }
    if !overrides(vm, c, Special::New)? {
        let n = ops::name_of(vm, c);
        return Err(raise!(
            vm,
            TypeError,
            "{n}.__init__() takes exactly one argument (the instance to initialize)"
        ));
    }
    Ok(Value::NONE)
}

/// Whether instances of two classes can take each other's place: `__class__` and `__bases__` ask.
pub fn same_layout(vm: &mut Vm, a: Value, b: Value) -> bool {
    let (Ok(a), Ok(b)) = (grown(vm, a), grown(vm, b)) else {
        return false;
    };
    if a == b {
        return true;
    }
    let (Some(x), Some(y)) = (a.get::<ClassObj>(vm), b.get::<ClassObj>(vm)) else {
        return false;
    };
    if !x.user || !y.user || x.base.get() != y.base.get() {
        return false;
    }
    let more = added(vm, x);
    // CPython looks for the dict where the base's instances end, and for the weak references behind it.
    let found = match more.members {
        0 => !(more.dict && is_sized(x.id)),
        _ => !more.dict && !more.weakref,
    };
    found && more == added(vm, y) && member_names(vm, a) == member_names(vm, b)
}
/// The members that the class itself adds, by slot.
fn member_names(vm: &Vm, c: Value) -> Vec<(u32, String)> {
    let mut all = Vec::new();
    let mut at = Some(c);
    while let Some(o) = at.and_then(|c| c.get::<ClassObj>(vm)) {
        if let Some(d) = o.dict.get().and_then(|d| d.cast::<DictObj>()) {
            let mut pos = 0;
            while let Some((k, v)) = dict::next_item(vm, d, &mut pos) {
                if let Some(m) = v.get::<descr::MemberObj>(vm) {
                    all.push((m.index, vm.text(k)));
                }
            }
        }
        at = o.base.get();
    }
    all.sort();
    all
}
