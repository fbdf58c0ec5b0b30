//! `super`.

use super::value::{ClassMethodObj, StaticMethodObj};
use crate::interp::frames;
use crate::object::method::R;
use crate::object::{Args, ClassId, Header, Kind, Object, Slot, Tracer, Value};
use crate::protocol::{attr, special};
use crate::raise;
use crate::types::builtin::value::MethodDescrObj;
use crate::types::class::ops as class;
use crate::types::class::value::ClassObj;
use crate::types::dict::ops as dict;
use crate::types::instance::ops as instance;
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use crate::types::{Getter, args};
use crate::vm::{Raised, Vm};

/// A view of an object in which lookups begin behind a class.
#[repr(C)]
pub struct SuperObj {
    pub h: Header,
    /// The class, the object, and the class in whose order is looked.
    pub class: Slot,
    pub object: Slot,
    pub start: Slot,
}
impl Object for SuperObj {
    const KIND: Kind = Kind::Super;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [&self.class, &self.object, &self.start] {
            t.slot(s);
        }
    }
}

/// An empty `super`, `staticmethod` or `classmethod`: `__init__` fills it.
///
/// # Errors
/// MemoryError.
pub fn blank(vm: &mut Vm, id: ClassId) -> R {
    match id {
        ClassId::StaticMethod => {
            let d = vm.alloc(StaticMethodObj {
                h: Header::new(Kind::StaticMethod, id as u32),
                func: Slot::new(None),
            })?;
            Ok(d.value())
        }
        ClassId::ClassMethod => {
            let d = vm.alloc(ClassMethodObj {
                h: Header::new(Kind::ClassMethod, id as u32),
                func: Slot::new(None),
            })?;
            Ok(d.value())
        }
        _ => {
            let s = vm.alloc(SuperObj {
                h: Header::new(Kind::Super, ClassId::Super as u32),
                class: Slot::new(None),
                object: Slot::new(None),
                start: Slot::new(None),
            })?;
            Ok(s.value())
        }
    }
}

/// `super(…)`
pub fn construct(vm: &mut Vm, id: ClassId, a: Args<'_>) -> R {
    let s = blank(vm, id)?;
    init(vm, s, a)?;
    Ok(s)
}

/// `s.__init__(…)`: with no arguments it is the class and the first argument of the method that runs.
pub fn init(vm: &mut Vm, s: Value, a: Args<'_>) -> Result<(), Raised> {
    args::no_keywords(vm, "super", a)?;
    args::counted(vm, "super()", a, 0, 2)?;
    let (c, o) = match a.get(0) {
        Some(c) => (c, a.get(1).filter(|o| !o.is_none())),
        None => {
            let (c, o) = frames::caller_method(vm)?;
            (c, Some(o).filter(|o| !o.is_none()))
        }
    };
    if !c.is_kind(Kind::Class) {
        let t = args::kind_name(vm, c);
        return Err(raise!(
            vm,
            TypeError,
            "super() argument 1 must be type, not {t}"
        ));
    }
    let start = match o {
        Some(o) => Some(check(vm, c, o)?),
        None => None,
    };
    if let Some(z) = s.get::<SuperObj>(vm) {
        z.class.write(&vm.heap, Some(c));
        z.object.write(&vm.heap, o);
        z.start.write(&vm.heap, start);
    }
    Ok(())
}

/// The class in whose order is looked (`supercheck`).
fn check(vm: &mut Vm, c: Value, o: Value) -> R {
    if o.is_kind(Kind::Class) && class::is_subtype(vm, o, c) {
        return Ok(o);
    }
    let t = class::type_of(vm, o)?;
    if class::is_subtype(vm, t, c) {
        return Ok(t);
    }
    let key = vm.special(crate::protocol::special::Special::Class)?;
    let said = attr::optional(vm, o, key)?;
    match said.filter(|k| k.is_kind(Kind::Class) && *k != t && class::is_subtype(vm, *k, c)) {
        Some(k) => Ok(k),
        None => Err(raise!(
            vm,
            TypeError,
            "super(type, obj): obj must be an instance or subtype of type"
        )),
    }
}

/// What `super(c, o)` finds, bound; `o` is a class: of its order.
///
/// # Errors
/// What binding raises.
pub fn lookup(vm: &mut Vm, c: Value, o: Value, name: Value) -> Result<Option<Value>, Raised> {
    let start = check(vm, c, o)?;
    find(vm, c, Some(o), start, name)
}
fn find(
    vm: &mut Vm,
    c: Value,
    o: Option<Value>,
    start: Value,
    name: Value,
) -> Result<Option<Value>, Raised> {
    let Some(f) = beyond(vm, c, start, name)? else {
        return Ok(None);
    };
    let o = o.filter(|o| *o != start);
    super::methods::bind(vm, f, o, Some(start)).map(Some)
}
/// What the classes after `c` in the order of `start` have of that name.
fn beyond(vm: &mut Vm, c: Value, start: Value, name: Value) -> Result<Option<Value>, Raised> {
    let mro = class::mro_of(vm, start)?;
    let at = mro.get(vm).iter().position(|k| k == c);
    let mut i = at.map_or(usize::MAX, |i| i + 1);
    while let Some(k) = mro.get(vm).get(i) {
        i += 1;
        let d = class::own_dict(vm, k)?;
        if let Some(f) = dict::get_str(vm, d, name) {
            return Ok(Some(f));
        }
    }
    Ok(None)
}

/// The Python function that `super(c, o)` finds by a name, which is not `__class__`, and binds to `o`: an instance
/// whose class, as all classes that are looked at, a program made. Else `None`.
pub fn function_of(vm: &Vm, c: Value, o: Value, name: Value) -> Option<Value> {
    let start = instance::class_of(vm, o).filter(|_| o.is_user() && !o.is_kind(Kind::Class))?;
    if !class::is_subtype(vm, start, c) {
        return None;
    }
    let mro = start.get::<ClassObj>(vm)?.mro.get()?;
    let mut behind = false;
    for k in mro.get::<TupleObj>(vm)?.iter() {
        if behind {
            let d = k.get::<ClassObj>(vm)?.dict.get()?.cast()?;
            if let Some(f) = dict::get_str(vm, d, name) {
                return (f.is_kind(Kind::Function) && !f.is_user()).then_some(f);
            }
        }
        behind |= k == c;
    }
    None
}

/// Whether it is the name of what a `super` does not look up.
fn names_class(vm: &mut Vm, name: Value) -> Result<bool, Raised> {
    let class = vm.special(special::Special::Class)?;
    // Of interned strs there is one each.
    let interned = name
        .exact::<StrObj>()
        .is_some_and(|s| s.get(vm).is_interned());
    Ok(name == class || !interned && vm.text(name) == "__class__")
}

/// A function, or a method of a builtin class, that `super` finds, and the object that it is to be bound to; `None` for anything else.
///
/// # Errors
/// MemoryError.
pub fn method(vm: &mut Vm, s: Value, name: Value) -> Result<Option<(Value, Value)>, Raised> {
    let Some((c, Some(o), Some(start))) = s
        .exact::<SuperObj>()
        .map(|z| z.get(vm))
        .map(|z| (z.class.get_or_none(), z.object.get(), z.start.get()))
    else {
        return Ok(None);
    };
    if o == start || names_class(vm, name)? {
        return Ok(None);
    }
    let found = beyond(vm, c, start, name)?;
    let unbound = |vm: &Vm, f: Value| match f.kind() {
        Some(Kind::Function) => !f.is_user(),
        Some(Kind::MethodDescr) if vm.class_of(f) != ClassId::ClassMethodDescriptor => {
            let d = f.get::<MethodDescrObj>(vm);
            d.is_some_and(|d| vm.is_a(o, d.class))
        }
        _ => false,
    };
    Ok(found.filter(|f| unbound(vm, *f)).map(|f| (f, o)))
}

/// An attribute of a `super`: `None` where the object is asked in the ordinary way.
///
/// # Errors
/// What binding raises.
pub fn get(vm: &mut Vm, s: Value, name: Value) -> Result<Option<Value>, Raised> {
    if names_class(vm, name)? {
        return Ok(None);
    }
    let Some((c, o, start)) = s
        .get::<SuperObj>(vm)
        .map(|z| (z.class.get_or_none(), z.object.get(), z.start.get()))
    else {
        return Ok(None);
    };
    match start {
        Some(start) => find(vm, c, o, start, name),
        None => Ok(None),
    }
}

/// `s.__get__(o, type)`: an unbound one becomes bound.
///
/// # Errors
/// TypeError when `o` is no instance.
pub fn bind(vm: &mut Vm, s: Value, o: Option<Value>) -> R {
    let Some(z) = s.get::<SuperObj>(vm) else {
        return Ok(s);
    };
    let (c, bound) = (z.class.get_or_none(), z.object.get());
    let (Some(o), None) = (o, bound) else {
        return Ok(s);
    };
    if s.is_user() {
        let t = class::type_of(vm, s)?;
        return vm.call(t, Args::pos(&[c, o]));
    }
    let id = vm.class_of(s);
    construct(vm, id, Args::pos(&[c, o]))
}

fn read(vm: &Vm, s: Value, f: fn(&SuperObj) -> &Slot) -> Option<Value> {
    s.get::<SuperObj>(vm).map(|s| f(s).get_or_none())
}
/// Computed attributes.
pub const GETTERS: &[Getter] = &[
    Getter::member("__thisclass__", |vm, s| Ok(read(vm, s, |s| &s.class))),
    Getter::member("__self__", |vm, s| Ok(read(vm, s, |s| &s.object))),
    Getter::member("__self_class__", |vm, s| Ok(read(vm, s, |s| &s.start))),
];

/// `repr`
///
/// # Errors
/// MemoryError.
pub fn repr(vm: &mut Vm, s: Value) -> R {
    let (c, start) = (
        read(vm, s, |s| &s.class).unwrap_or(Value::NONE),
        read(vm, s, |s| &s.start).unwrap_or(Value::NONE),
    );
    let c = match c.is_kind(Kind::Class) {
        true => class::name_of(vm, c),
        false => "NULL".into(),
    };
    let t = match start.is_kind(Kind::Class) {
        true => format!(
            "<super: <class '{c}'>, <{} object>>",
            class::name_of(vm, start)
        ),
        false => format!("<super: <class '{c}'>, NULL>"),
    };
    vm.new_str(&t)
}
