//! What `cmp_to_key` gives: a function that wraps a value, and such a value, which orders as the
//! comparison function says. One layout and one class, as in CPython.

use crate::object::method::R;
use crate::object::{Args, ClassId, Header, Kind, Object, Slot, Tracer, Value};
use crate::protocol::compare::{self, CmpOp};
use crate::protocol::truth;
use crate::raise;
use crate::types::{Getter, Setter, args};
use crate::vm::{Raised, Vm};

/// A key.
#[repr(C)]
pub struct KeyWrapperObj {
    pub h: Header,
    pub compare: Slot,
    /// What is wrapped; the function that wraps has none.
    pub object: Slot,
}
impl Object for KeyWrapperObj {
    const KIND: Kind = Kind::KeyWrapper;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.compare);
        t.slot(&self.object);
    }
}

/// Computed attributes.
pub const GETTERS: &[Getter] = &[Getter {
    name: "obj",
    get: |vm, k| Ok(k.get::<KeyWrapperObj>(vm).map(|k| k.object.get_or_none())),
    set: Setter::MemberFn(|vm, k, v| {
        if let Some(k) = k.get::<KeyWrapperObj>(vm) {
            k.object.write(&vm.heap, v);
        }
        Ok(())
    }),
}];

fn new(vm: &mut Vm, compare: Value, object: Option<Value>) -> R {
    let k = vm.alloc(KeyWrapperObj {
        h: Header::new(Kind::KeyWrapper, ClassId::KeyWrapper as u32),
        compare: Slot::of(compare),
        object: Slot::new(object),
    })?;
    Ok(k.value())
}

/// The one argument.
fn argument(vm: &mut Vm, fname: &str, name: &str, a: Args<'_>) -> R {
    let n = a.all().len();
    if n > 1 {
        let what = match a.positional() {
            [] => "keyword ",
            _ => "",
        };
        return Err(raise!(
            vm,
            TypeError,
            "{fname}() takes at most 1 {what}argument ({n} given)"
        ));
    }
    let [v] = args::parse(vm, fname, a, [name], 1, 1)?;
    Ok(v.unwrap_or(Value::NONE))
}
/// `cmp_to_key(mycmp)`
pub fn cmp_to_key(vm: &mut Vm, a: Args<'_>) -> R {
    let f = argument(vm, "cmp_to_key", "mycmp", a)?;
    new(vm, f, None)
}
/// `K(obj)`
pub fn call(vm: &mut Vm, k: Value, a: Args<'_>) -> R {
    let o = argument(vm, "K", "obj", a)?;
    let f = k
        .get::<KeyWrapperObj>(vm)
        .map_or(Value::NONE, |k| k.compare.get_or_none());
    new(vm, f, Some(o))
}

/// `a op b`, one of which is a key: the comparison function's result is compared with 0.
///
/// # Errors
/// TypeError where the other one is no key; what the function raises.
pub fn compare(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> Result<bool, Raised> {
    let (Some(x), Some(y)) = (a.get::<KeyWrapperObj>(vm), b.get::<KeyWrapperObj>(vm)) else {
        return Err(raise!(vm, TypeError, "other argument must be K instance"));
    };
    let f = x.compare.get_or_none();
    let (Some(x), Some(y)) = (x.object.get(), y.object.get()) else {
        return Err(raise!(vm, AttributeError, "object"));
    };
    let r = vm.call(f, Args::pos(&[x, y]))?;
    let r = compare::rich_compare(vm, op, r, Value::int_unchecked(0))?;
    truth::is_true(vm, r)
}
