//! `dir` and `vars`: what names there are.

use crate::interp::frames;
use crate::object::method::R;
use crate::object::{Args, Value};
use crate::protocol::attr;
use crate::raise;
use crate::types::list;
use crate::types::slots::root;
use crate::vm::Vm;

/// `dir([object])`
pub fn dir(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    if let Some(o) = a.get(0) {
        return root::sorted_dir(vm, o);
    }
    let d = frames::caller_locals(vm)?;
    let l = list::ops::from_iterable(vm, d)?;
    list::sort::sort(vm, l, None, false)?;
    Ok(l.value())
}

/// `vars([object])`
pub fn vars(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let Some(o) = a.get(0) else {
        return frames::caller_locals(vm);
    };
    let name = vm.intern("__dict__")?;
    match attr::optional(vm, o, name)? {
        Some(d) => Ok(d),
        None => Err(raise!(
            vm,
            TypeError,
            "vars() argument must have __dict__ attribute"
        )),
    }
}
