//! `__reduce__`: what makes an exception again, for `copy`.

use super::ops;
use super::value::ExceptionObj;
use crate::object::method::R;
use crate::object::{Conv, MethodDef, Value};
use crate::types::class::ops as class;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::instance::ops::end_store;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

const fn row(f: fn(&mut Vm, Value) -> R) -> MethodDef {
    MethodDef {
        name: "__reduce__",
        conv: Conv::NoArgs(f),
        doc: "What makes it again: the class, the arguments, the attributes if there are any.",
    }
}
/// Of BaseException.
pub const PLAIN: MethodDef = row(|vm, e| {
    let (args, state) = (args(vm, e), attributes(vm, e)?);
    made(vm, e, args, state)
});
/// Of ImportError: the name and the path go with the attributes.
pub const IMPORT_ERROR: &[MethodDef] = &[row(|vm, e| {
    let args = args(vm, e);
    let mut state = attributes(vm, e)?;
    let set = |vm: &Vm, name| ops::field(vm, e, name).filter(|v| !v.is_none());
    let (name, path) = (set(vm, "name"), set(vm, "path"));
    if name.is_some() || path.is_some() {
        // The exception's own dict stays as it is.
        let d = match state.and_then(Value::cast::<DictObj>) {
            Some(d) => dict::copy(vm, d)?,
            None => vm.new_dict()?,
        };
        for (key, v) in [("name", name), ("path", path)] {
            if let Some(v) = v {
                dict::set_name(vm, d, key, v)?;
            }
        }
        state = Some(d.value());
    }
    made(vm, e, args, state)
})];
/// Of OSError: the names of files are arguments again.
pub const OS_ERROR: &[MethodDef] = &[row(|vm, e| {
    let mut args = args(vm, e);
    let two = args.get::<TupleObj>(vm).filter(|t| t.len == 2);
    let two = two.map(|t| [t.get(0), t.get(1)].map(|v| v.unwrap_or(Value::NONE)));
    let file = ops::field(vm, e, "filename").filter(|v| !v.is_none());
    if let (Some([number, text]), Some(file)) = (two, file) {
        let second = ops::field(vm, e, "filename2").filter(|v| !v.is_none());
        args = match second {
            Some(other) => vm.new_tuple(&[number, text, file, Value::NONE, other])?,
            None => vm.new_tuple(&[number, text, file])?,
        };
    }
    let state = attributes(vm, e)?;
    made(vm, e, args, state)
})];

fn args(vm: &Vm, e: Value) -> Value {
    let o = e.get::<ExceptionObj>(vm);
    o.map_or(Value::NONE, |o| o.args.get_or_none())
}
/// Its dict, if it has one.
fn attributes(vm: &mut Vm, e: Value) -> Result<Option<Value>, Raised> {
    end_store(vm, e)?;
    Ok(e.get::<ExceptionObj>(vm).and_then(|o| o.dict.get()))
}
fn made(vm: &mut Vm, e: Value, args: Value, state: Option<Value>) -> R {
    let c = class::type_of(vm, e)?;
    match state {
        Some(d) => vm.new_tuple(&[c, args, d]),
        None => vm.new_tuple(&[c, args]),
    }
}
