//! Attributes of class objects, assignment to them, and `type(…)`.

use super::value::ClassObj;
use super::{make, mro, ops};
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, Kind, MethodDef, Value};
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::descr::value::new_proxy;
use crate::types::dict::ops as dict;
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use crate::types::{Getter, Setter, module_name};
use crate::vm::{Raised, Vm};

/// Rows.
pub const METHODS: &[MethodDef] = &[
    MethodDef {
        name: "mro",
        conv: Conv::NoArgs(|vm, c| {
            let bases = ops::bases_of(vm, c)?;
            let t = match bases.cast::<TupleObj>() {
                Some(b) => mro::linearise(vm, c, b)?,
                None => ops::mro_of(vm, c)?,
            };
            Ok(crate::types::list::ops::from_iterable(vm, t.value())?.value())
        }),
        doc: "Return the classes in which attributes are looked up, in order.",
    },
    MethodDef {
        name: "__subclasses__",
        conv: Conv::NoArgs(|vm, c| Ok(ops::subclasses(vm, c)?.value())),
        doc: "Return the classes that derive directly from this one.",
    },
    MethodDef {
        name: "__instancecheck__",
        conv: Conv::One(|vm, c, v| Ok(Value::bool(ops::plain_is_instance(vm, v, c)?))),
        doc: "Whether the object is an instance of the class.",
    },
    MethodDef {
        name: "__subclasscheck__",
        conv: Conv::One(|vm, c, s| Ok(Value::bool(ops::plain_is_subclass(vm, s, c)?))),
        doc: "Whether the other class derives from this one.",
    },
    MethodDef {
        name: "__dir__",
        conv: Conv::NoArgs(|vm, c| {
            let d = vm.new_dict()?;
            crate::types::slots::root::merge_class(vm, d, c)?;
            Ok(crate::types::list::ops::from_iterable(vm, d.value())?.value())
        }),
        doc: "The names of its attributes and of those of its bases.",
    },
];
/// Rows whose receiver is the class.
pub const CLASS_METHODS: &[MethodDef] = &[MethodDef {
    name: "__prepare__",
    conv: Conv::Kw(|vm, _, _| Ok(vm.new_dict()?.value())),
    doc: "The namespace in which the body of a class statement runs.",
}];

type Set = fn(&mut Vm, Value, Option<Value>) -> Result<(), Raised>;
const fn with(
    name: &'static str,
    get: fn(&mut Vm, Value) -> Result<Option<Value>, Raised>,
    set: Set,
) -> Getter {
    Getter {
        name,
        get,
        set: Setter::Fn(set),
    }
}
/// Computed attributes.
pub const GETTERS: &[Getter] = &[
    with(
        "__name__",
        |vm, c| match user(vm, c) {
            Some(o) => Ok(o.get(vm).name.get()),
            None => {
                let n = ops::id_of(vm, c).unwrap_or(ClassId::Object).name();
                vm.intern(n).map(Some)
            }
        },
        |vm, c, v| {
            let v = settable(vm, c, "__name__", v)?;
            let Some(s) = v.get::<StrObj>(vm) else {
                let (n, t) = (ops::name_of(vm, c), vm.type_name(v));
                return Err(raise!(
                    vm,
                    TypeError,
                    "can only assign string to {n}.__name__, not '{t}'"
                ));
            };
            if s.as_bytes().contains(&0) {
                return Err(raise!(
                    vm,
                    ValueError,
                    "type name must not contain null characters"
                ));
            }
            if let Some(o) = c.get::<ClassObj>(vm) {
                o.name.write(&vm.heap, Some(v));
            }
            Ok(())
        },
    ),
    with(
        "__qualname__",
        |vm, c| match user(vm, c) {
            Some(o) => Ok(o.get(vm).qualname.get()),
            None => {
                let n = ops::id_of(vm, c).unwrap_or(ClassId::Object).name();
                vm.intern(n).map(Some)
            }
        },
        |vm, c, v| {
            let v = settable(vm, c, "__qualname__", v)?;
            if !v.is_kind(Kind::Str) {
                let (n, t) = (ops::name_of(vm, c), vm.type_name(v));
                return Err(raise!(
                    vm,
                    TypeError,
                    "can only assign string to {n}.__qualname__, not '{t}'"
                ));
            }
            if let Some(o) = c.get::<ClassObj>(vm) {
                o.qualname.write(&vm.heap, Some(v));
            }
            Ok(())
        },
    ),
    with(
        "__module__",
        |vm, c| match user(vm, c) {
            Some(_) => {
                let d = ops::own_dict(vm, c)?;
                match dict::get_name(vm, d, "__module__")? {
                    Some(m) => Ok(Some(m)),
                    None => Err(raise!(vm, AttributeError, "__module__")),
                }
            }
            None => {
                let n = module_name(ops::id_of(vm, c).unwrap_or(ClassId::Object));
                vm.intern(n).map(Some)
            }
        },
        |vm, c, v| {
            let v = settable(vm, c, "__module__", v)?;
            let key = vm.special(Special::Module)?;
            put(vm, c, key, Some(v))
        },
    ),
    Getter::member("__mro__", |vm, c| Ok(Some(ops::mro_of(vm, c)?.value()))),
    with(
        "__bases__",
        |vm, c| ops::bases_of(vm, c).map(Some),
        set_bases,
    ),
    Getter::member("__base__", |vm, c| match user(vm, c) {
        Some(o) => Ok(Some(o.get(vm).base.get_or_none())),
        None => {
            let i = ops::id_of(vm, c).unwrap_or(ClassId::Object);
            if i == ClassId::Object {
                return Ok(Some(Value::NONE));
            }
            vm.class_object(i.base()).map(Some)
        }
    }),
    Getter::computed("__dict__", |vm, c| {
        let d = ops::own_dict(vm, c)?;
        new_proxy(vm, d.value()).map(Some)
    }),
    // The class's own, not inherited.
    with(
        "__doc__",
        |vm, c| {
            let d = ops::own_dict(vm, c)?;
            let found = dict::get_name(vm, d, "__doc__")?.unwrap_or(Value::NONE);
            if user(vm, c).is_some() {
                return crate::types::descr::methods::bind(vm, found, None, Some(c)).map(Some);
            }
            Ok(Some(match found.is_kind(Kind::GetSet) {
                true => Value::NONE,
                false => found,
            }))
        },
        |vm, c, v| {
            let v = settable(vm, c, "__doc__", v)?;
            let key = vm.intern("__doc__")?;
            put(vm, c, key, Some(v))
        },
    ),
    with(
        "__abstractmethods__",
        |vm, c| {
            let d = ops::own_dict(vm, c)?;
            match dict::get_name(vm, d, "__abstractmethods__")? {
                Some(v) if ops::builtin_of(vm, c) != Some(ClassId::Type) => Ok(Some(v)),
                _ => Err(raise!(vm, AttributeError, "__abstractmethods__")),
            }
        },
        |vm, c, v| {
            let abstract_ = match v {
                Some(v) => crate::protocol::truth::is_true(vm, v)?,
                None => false,
            };
            let key = vm.intern("__abstractmethods__")?;
            if v.is_none() {
                let d = ops::own_dict(vm, c)?;
                if dict::get_str(vm, d, key).is_none() {
                    return Err(raise!(vm, AttributeError, "__abstractmethods__"));
                }
            }
            put(vm, c, key, v)?;
            if let Some(o) = c.get::<ClassObj>(vm) {
                o.abstract_.set(abstract_);
            }
            Ok(())
        },
    ),
    Getter::computed("__text_signature__", |_, _| Ok(Some(Value::NONE))),
    Getter::member("__flags__", |vm, c| vm.new_int(flags(vm, c)).map(Some)),
    // CPython's numbers: programs compute limits from them.
    Getter::member("__itemsize__", |vm, c| {
        let size = match ops::id_of(vm, c).unwrap_or(ClassId::Object) {
            ClassId::Int | ClassId::Bool => 4,
            ClassId::Tuple => 8,
            ClassId::Bytes => 1,
            ClassId::Type => 40,
            _ => 0,
        };
        vm.new_int(size).map(Some)
    }),
];

/// `__flags__`, as far as programs ask for them: made by a class statement, open to subclasses,
/// abstract, and of which builtin class.
fn flags(vm: &Vm, c: Value) -> i64 {
    const OF: [(ClassId, u32); 8] = [
        (ClassId::Int, 24),
        (ClassId::List, 25),
        (ClassId::Tuple, 26),
        (ClassId::Bytes, 27),
        (ClassId::Str, 28),
        (ClassId::Dict, 29),
        (ClassId::BaseException, 30),
        (ClassId::Type, 31),
    ];
    let mut bits = 1 << 12 | 1 << 18 | 1 << 19;
    if let Some(o) = user(vm, c) {
        bits |= 1 << 9 | 1 << 10 | 1 << 14;
        bits |= i64::from(o.get(vm).abstract_.get()) << 20;
    }
    let mut id = ops::id_of(vm, c).unwrap_or(ClassId::Object);
    if super::make::is_base(id) {
        bits |= 1 << 10;
    }
    loop {
        if let Some((_, bit)) = OF.iter().find(|(of, _)| *of == id) {
            bits |= 1 << bit;
        }
        if id == ClassId::Object {
            return bits;
        }
        id = id.base();
    }
}

/// Whether CPython's collector knows the class's instances: then another function frees them.
fn collected(vm: &Vm, c: Value) -> bool {
    use ClassId::{Bytes, Complex, Float, Int, Object, Str};
    let Some(o) = c.get::<ClassObj>(vm) else {
        return false;
    };
    let plain = [Object, Int, Float, Complex, Str, Bytes].contains(&o.id);
    !plain || o.user
}

/// The class, if a program made it.
fn user(vm: &Vm, c: Value) -> Option<Gc<ClassObj>> {
    c.cast::<ClassObj>().filter(|o| o.get(vm).user)
}

/// The value to assign, if the class is one that can be changed.
fn settable(vm: &mut Vm, c: Value, name: &str, v: Option<Value>) -> R {
    let n = ops::name_of(vm, c);
    if user(vm, c).is_none() {
        return Err(raise!(vm, TypeError, "can't set {n}.{name}"));
    }
    match v {
        Some(v) => Ok(v),
        None => Err(raise!(vm, TypeError, "can't delete {n}.{name}")),
    }
}

/// Binds or unbinds in the class's dict; whoever remembers what was there forgets it.
fn put(vm: &mut Vm, c: Value, name: Value, v: Option<Value>) -> Result<(), Raised> {
    let d = ops::own_dict(vm, c)?;
    match v {
        Some(v) => dict::set(vm, d, name, v)?,
        None => {
            if !dict::del(vm, d, name)? {
                return Err(vm.raise_args(ClassId::AttributeError, &[name]));
            }
        }
    }
    ops::modified(vm, c)?;
    if vm.text(name) == "__del__" {
        finalizers_changed(vm, c)?;
    }
    Ok(())
}
/// A class may have another `__del__` than before.
fn finalizers_changed(vm: &mut Vm, c: Value) -> Result<(), Raised> {
    let mut changed = Vec::new();
    update_finalizers(vm, c, &mut changed)?;
    if !changed.is_empty() {
        // What is dead already stays as it is; what lives will have something to do.
        vm.collect();
        let made = |v: Value| {
            let class = crate::types::instance::ops::class_of(vm, v);
            class.is_some_and(|c| changed.contains(&c.bits()))
        };
        if vm.heap.add_wishes(made).is_err() {
            return Err(vm.raise_memory());
        }
    }
    Ok(())
}
/// Notes in a class and in those derived from it whether instances have a finaliser; the words of the classes of which
/// they have one now.
fn update_finalizers(vm: &mut Vm, c: Value, changed: &mut Vec<u64>) -> Result<(), Raised> {
    let key = vm.special(Special::Del)?;
    let has = ops::lookup(vm, c, key)?.is_some();
    match c.get::<ClassObj>(vm) {
        // What is the same here is the same below, but for a class with other bases besides: its own
        // path from there is walked.
        Some(o) if o.finalizes.replace(has) == has => return Ok(()),
        Some(_) if has => changed.push(c.bits()),
        _ => {}
    }
    let below = ops::subclasses(vm, c)?;
    let mut i = 0;
    while let Some(s) = below.get(vm).items.get(i) {
        i += 1;
        if user(vm, s).is_some() {
            crate::gc::with_stack(vm, |vm| update_finalizers(vm, s, changed))?;
        }
    }
    Ok(())
}

/// `c.name = v` (`None`: `del c.name`): `type.__setattr__`.
///
/// # Errors
/// TypeError for a builtin class; AttributeError; what a descriptor of the metaclass raises.
pub fn store(vm: &mut Vm, c: Value, name: Value, v: Option<Value>) -> Result<(), Raised> {
    if user(vm, c).is_none() {
        let n = ops::full_name_of(vm, c);
        return Err(raise!(
            vm,
            TypeError,
            "can't set attributes of built-in/extension type '{n}'"
        ));
    }
    let meta = ops::type_of(vm, c)?;
    if let Some(d) = ops::lookup(vm, meta, name)? {
        let data = match d.is_user() {
            true => {
                special::find(vm, d, Special::Set)?.is_some()
                    || special::find(vm, d, Special::Delete)?.is_some()
            }
            false => matches!(d.kind(), Some(Kind::GetSet | Kind::Member | Kind::Property)),
        };
        if data {
            return crate::types::descr::methods::assign(vm, d, c, v);
        }
    }
    let name = crate::types::str::ops::intern(vm, name)?;
    put(vm, c, name, v)
}

/// `c.__bases__ = bases`
fn set_bases(vm: &mut Vm, c: Value, v: Option<Value>) -> Result<(), Raised> {
    let v = settable(vm, c, "__bases__", v)?;
    let n = ops::name_of(vm, c);
    let Some(bases) = v.cast::<TupleObj>() else {
        let t = vm.type_name(v);
        return Err(raise!(
            vm,
            TypeError,
            "can only assign tuple to {n}.__bases__, not {t}"
        ));
    };
    if bases.get(vm).len == 0 {
        return Err(raise!(
            vm,
            TypeError,
            "can only assign non-empty tuple to {n}.__bases__, not ()"
        ));
    }
    let mut i = 0;
    while let Some(b) = bases.get(vm).get(i) {
        i += 1;
        if !b.is_kind(Kind::Class) {
            let t = vm.type_name(b);
            return Err(raise!(
                vm,
                TypeError,
                "{n}.__bases__ must be tuple of classes, not '{t}'"
            ));
        }
        if ops::is_subtype(vm, b, c) {
            return Err(raise!(
                vm,
                TypeError,
                "a __bases__ item causes an inheritance cycle"
            ));
        }
    }
    let Some(o) = c.cast::<ClassObj>() else {
        return Ok(());
    };
    let base = make::best_base(vm, bases)?;
    let old_base = o.get(vm).base.get_or_none();
    let (new, old) = (ops::name_of(vm, base), ops::name_of(vm, old_base));
    if collected(vm, base) != collected(vm, old_base) {
        return Err(raise!(
            vm,
            TypeError,
            "__bases__ assignment: '{new}' deallocator differs from '{old}'"
        ));
    }
    if !make::same_layout(vm, base, old_base) {
        return Err(raise!(
            vm,
            TypeError,
            "__bases__ assignment: '{new}' object layout differs from '{old}'"
        ));
    }
    let old = ops::bases_of(vm, c)?;
    o.get(vm).bases.write(&vm.heap, Some(bases.value()));
    o.get(vm).base.write(&vm.heap, Some(base));
    if let Err(r) = reorder(vm, c) {
        let o = o.get(vm);
        o.bases.write(&vm.heap, Some(old));
        o.base.write(&vm.heap, Some(old_base));
        return Err(r);
    }
    if let Some(old) = old.cast::<TupleObj>() {
        let mut i = 0;
        while let Some(b) = old.get(vm).get(i) {
            ops::remove_below(vm, b, c);
            i += 1;
        }
    }
    let mut i = 0;
    while let Some(b) = bases.get(vm).get(i) {
        ops::add_below(vm, b, c)?;
        i += 1;
    }
    ops::modified(vm, c)?;
    finalizers_changed(vm, c)
}

/// Gives a class, and every class below it, the order that follows from its bases; on an error all
/// keep what they had.
fn reorder(vm: &mut Vm, c: Value) -> Result<(), Raised> {
    let Some(o) = c.cast::<ClassObj>() else {
        return Ok(());
    };
    let before = o.get(vm).mro.get();
    vm.poll()?;
    mro::set(vm, o)?;
    let below = ops::subclasses(vm, c)?;
    let mut i = 0;
    while let Some(s) = below.get(vm).items.get(i) {
        i += 1;
        if user(vm, s).is_some()
            && let Err(r) = crate::gc::with_stack(vm, |vm| reorder(vm, s))
        {
            o.get(vm).mro.write(&vm.heap, before);
            return Err(r);
        }
    }
    Ok(())
}

/// `type(x)`, `type(name, bases, dict)`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let meta = vm.class_object(ClassId::Type)?;
    let made = make::type_new(vm, meta, a)?;
    // A metaclass of a base made it: its `__init__` runs.
    if a.len() == 3 && made.is_user() && made.is_kind(Kind::Class) {
        make::init(vm, made, a)?;
    }
    Ok(made)
}

/// `o.__class__ = c`
///
/// # Errors
/// TypeError when the layouts differ.
pub fn set_class(vm: &mut Vm, o: Value, c: Value) -> Result<(), Raised> {
    let old = ops::type_of(vm, o)?;
    let Some(new) = c.cast::<ClassObj>() else {
        let t = vm.type_name(c);
        return Err(raise!(
            vm,
            TypeError,
            "__class__ must be set to a class, not '{t}' object"
        ));
    };
    let module = |vm: &Vm, c: Value| ops::derives(vm, c, ClassId::Module);
    let modules = module(vm, old) && module(vm, c);
    if !modules && (user(vm, old).is_none() || user(vm, c).is_none()) {
        return Err(raise!(
            vm,
            TypeError,
            "__class__ assignment only supported for heap types or ModuleType subclasses"
        ));
    }
    if !make::same_layout(vm, c, old) {
        let (n, p) = (ops::name_of(vm, c), ops::name_of(vm, old));
        return Err(raise!(
            vm,
            TypeError,
            "__class__ assignment: '{n}' object layout differs from '{p}'"
        ));
    }
    crate::types::instance::ops::change_class(vm, o, new)?;
    if new.get(vm).finalizes.get() {
        vm.with_room(8, |vm| vm.heap.add_wish(o))?;
    }
    Ok(())
}
