//! `_functools`: what the module `functools`, written in Python, takes from the engine.

use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, MethodDef, Value};
use crate::protocol::iter::{self, Flow};
use crate::raise;
use crate::types::dict::ops as dict;
use crate::types::functools::key;
use crate::types::module;
use crate::vm::{Raised, Vm};

/// Rows.
pub const FUNCTIONS: &[MethodDef] = &[
    MethodDef {
        name: "reduce",
        conv: Conv::Pos(2, 3, reduce),
        doc: "Combine the items from the left with a function of two arguments.",
    },
    MethodDef {
        name: "cmp_to_key",
        conv: Conv::Kw(|vm, _, a| key::cmp_to_key(vm, a)),
        doc: "Make a key function of a function that compares two values.",
    },
];

/// Binds the classes.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    for c in [ClassId::Partial, ClassId::LruCache] {
        let o = vm.class_object(c)?;
        dict::set_name(vm, d, c.name(), o)?;
    }
    Ok(())
}

fn reduce(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let (f, mut value) = (a[0], a.get(2));
    let items = match iter::get_iter(vm, a[1]) {
        Ok(it) => it,
        Err(r) => {
            vm.catch(r, ClassId::TypeError)?;
            return Err(raise!(
                vm,
                TypeError,
                "reduce() arg 2 must support iteration"
            ));
        }
    };
    iter::for_each(vm, items, |vm, x| {
        value = Some(match value {
            Some(v) => vm.call(f, Args::pos(&[v, x]))?,
            None => x,
        });
        Ok(Flow::Go)
    })?;
    match value {
        Some(v) => Ok(v),
        None => Err(raise!(
            vm,
            TypeError,
            "reduce() of empty sequence with no initial value"
        )),
    }
}
