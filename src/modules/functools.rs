//! `_functools`: what the module `functools`, written in Python, takes from the engine.

use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, MethodDef, Value};
use crate::protocol::iter::{self, Flow};
use crate::raise;
use crate::vm::Vm;

/// Rows.
pub const FUNCTIONS: &[MethodDef] = &[MethodDef {
    name: "reduce",
    conv: Conv::Pos(2, 3, reduce),
    doc: "Combine the items from the left with a function of two arguments.",
}];

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
