//! `property`.

use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Header, Kind, MethodDef, Object, Slot, Tracer, Value};
use crate::protocol::attr;
use crate::raise;
use crate::types::{Getter, Setter, args};
use crate::vm::{Raised, Vm};
use std::cell::Cell;

/// A property: three functions and a text.
#[repr(C)]
pub struct PropertyObj {
    pub h: Header,
    pub get: Slot,
    pub set: Slot,
    pub del: Slot,
    pub doc: Slot,
    /// The text is the getter's.
    pub borrowed: Cell<bool>,
}
impl Object for PropertyObj {
    const KIND: Kind = Kind::Property;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [&self.get, &self.set, &self.del, &self.doc] {
            t.slot(s);
        }
    }
}

fn filled(v: Option<Value>) -> Option<Value> {
    v.filter(|v| !v.is_none())
}

/// `property(fget=None, fset=None, fdel=None, doc=None)`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let p = vm.alloc(PropertyObj {
        h: Header::new(Kind::Property, ClassId::Property as u32),
        get: Slot::new(None),
        set: Slot::new(None),
        del: Slot::new(None),
        doc: Slot::new(None),
        borrowed: Cell::new(false),
    })?;
    init(vm, p.value(), a)?;
    Ok(p.value())
}

/// `p.__init__(…)`
pub fn init(vm: &mut Vm, p: Value, a: Args<'_>) -> Result<(), Raised> {
    let names = ["fget", "fset", "fdel", "doc"];
    let [get, set, del, doc] = args::parse(vm, "property", a, names, 0, 4)?.map(filled);
    let Some(o) = p.get::<PropertyObj>(vm) else {
        return Ok(());
    };
    if o.get.get().is_some() || o.set.get().is_some() {
        // What was found through it, in whatever class, is void.
        let object = vm.class_object(ClassId::Object)?;
        crate::types::class::ops::modified(vm, object)?;
    }
    let Some(o) = p.get::<PropertyObj>(vm) else {
        return Ok(());
    };
    o.get.write(&vm.heap, get);
    o.set.write(&vm.heap, set);
    o.del.write(&vm.heap, del);
    o.doc.write(&vm.heap, doc);
    o.borrowed.set(false);
    if let (None, Some(f)) = (doc, get) {
        let name = vm.intern("__doc__")?;
        let found = match attr::lookup(vm, f, name) {
            Ok(d) => d,
            Err(r) => {
                vm.catch(r, ClassId::Exception)?;
                None
            }
        };
        if let Some(d) = found {
            if p.is_user() {
                // A subclass has a dict, where the class's own `__doc__` does not hide the text.
                attr::set_attr(vm, p, name, d)?;
            } else if let Some(o) = p.get::<PropertyObj>(vm) {
                o.doc.write(&vm.heap, filled(Some(d)));
            }
            if let Some(o) = p.get::<PropertyObj>(vm) {
                o.borrowed.set(true);
            }
        }
    }
    Ok(())
}

/// What reading the attribute gives.
///
/// # Errors
/// AttributeError without a getter; what it raises.
pub fn get(vm: &mut Vm, p: Value, o: Value) -> R {
    match p.get::<PropertyObj>(vm).and_then(|p| p.get.get()) {
        Some(f) => vm.call(f, Args::pos(&[o])),
        None => Err(raise!(vm, AttributeError, "unreadable attribute")),
    }
}
/// Binds (or deletes: `None`) the attribute.
///
/// # Errors
/// AttributeError without such a function; what it raises.
pub fn assign(vm: &mut Vm, p: Value, o: Value, v: Option<Value>) -> Result<(), Raised> {
    let f = p.get::<PropertyObj>(vm).and_then(|p| match v {
        Some(_) => p.set.get(),
        None => p.del.get(),
    });
    match (f, v) {
        (Some(f), Some(v)) => vm.call(f, Args::pos(&[o, v]))?,
        (Some(f), None) => vm.call(f, Args::pos(&[o]))?,
        (None, Some(_)) => return Err(raise!(vm, AttributeError, "can't set attribute")),
        (None, None) => return Err(raise!(vm, AttributeError, "can't delete attribute")),
    };
    Ok(())
}

/// A copy with one function changed.
fn with(vm: &mut Vm, p: Value, which: usize, f: Value) -> R {
    let Some(o) = p.get::<PropertyObj>(vm) else {
        return Ok(Value::NONE);
    };
    let mut all = [
        o.get.get_or_none(),
        o.set.get_or_none(),
        o.del.get_or_none(),
        o.doc.get_or_none(),
    ];
    if o.borrowed.get() && !all[0].is_none() {
        // The text is to be the getter's again.
        all[3] = Value::NONE;
    }
    if !f.is_none() {
        all[which] = f;
    }
    let c = crate::types::class::ops::type_of(vm, p)?;
    vm.call(c, Args::pos(&all))
}

/// Rows.
pub const METHODS: &[MethodDef] = &[
    MethodDef {
        name: "getter",
        conv: Conv::One(|vm, p, f| with(vm, p, 0, f)),
        doc: "A property like this one with another getter.",
    },
    MethodDef {
        name: "setter",
        conv: Conv::One(|vm, p, f| with(vm, p, 1, f)),
        doc: "A property like this one with another setter.",
    },
    MethodDef {
        name: "deleter",
        conv: Conv::One(|vm, p, f| with(vm, p, 2, f)),
        doc: "A property like this one with another deleter.",
    },
];

fn read(vm: &Vm, p: Value, f: fn(&PropertyObj) -> &Slot) -> Option<Value> {
    p.get::<PropertyObj>(vm).map(|p| f(p).get_or_none())
}
/// Computed attributes.
pub const GETTERS: &[Getter] = &[
    Getter::member("fget", |vm, p| Ok(read(vm, p, |p| &p.get))),
    Getter::member("fset", |vm, p| Ok(read(vm, p, |p| &p.set))),
    Getter::member("fdel", |vm, p| Ok(read(vm, p, |p| &p.del))),
    Getter {
        name: "__doc__",
        get: |vm, p| Ok(read(vm, p, |p| &p.doc)),
        set: Setter::MemberFn(|vm, p, v| {
            if let Some(p) = p.get::<PropertyObj>(vm) {
                p.doc.write(&vm.heap, filled(v));
            }
            Ok(())
        }),
    },
    Getter {
        name: "__isabstractmethod__",
        get: |vm, p| {
            for f in [
                |p: &PropertyObj| p.get.get(),
                |p: &PropertyObj| p.set.get(),
                |p: &PropertyObj| p.del.get(),
            ] {
                let Some(f) = p.get::<PropertyObj>(vm).and_then(f) else {
                    continue;
                };
                if is_abstract(vm, f)? {
                    return Ok(Some(Value::TRUE));
                }
            }
            Ok(Some(Value::FALSE))
        },
        set: Setter::None,
    },
];

/// Whether a function says that it is abstract.
///
/// # Errors
/// What looking raises, beside AttributeError.
pub fn is_abstract(vm: &mut Vm, f: Value) -> Result<bool, Raised> {
    let name = vm.intern("__isabstractmethod__")?;
    match attr::optional(vm, f, name)? {
        Some(v) => crate::protocol::truth::is_true(vm, v),
        None => Ok(false),
    }
}
