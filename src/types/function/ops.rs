//! Making functions.

use super::value::FunctionObj;
use crate::object::{ClassId, Gc, Header, Kind, Slot, Value};
use crate::types::code::ops as code_ops;
use crate::types::code::value::CodeObj;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::vm::{Raised, Vm};
use std::cell::Cell;

/// A function without defaults, closure or annotations (`PyFunction_NewWithQualName`): its docstring is
/// the first constant if that is a str, its module what the globals call themselves. Without a
/// `qualname` (`None`) the code's name serves.
pub fn new(
    vm: &mut Vm,
    code: Gc<CodeObj>,
    globals: Value,
    qualname: Value,
) -> Result<Gc<FunctionObj>, Raised> {
    let name = code_ops::co_name(vm, code)?;
    let consts = code_ops::consts(vm, code)?;
    let doc = match consts.get(vm).get(0) {
        Some(d) if d.is_kind(Kind::Str) => d,
        _ => Value::NONE,
    };
    let module = match globals.cast::<DictObj>() {
        Some(g) => {
            let key = match vm.name_key.get() {
                Some(k) => k,
                None => {
                    let k = vm.intern("__name__")?;
                    vm.name_key.write(&vm.heap, Some(k));
                    k
                }
            };
            dict::get_str(vm, g, key)
        }
        None => None,
    };
    let version = vm.new_version();
    vm.alloc(FunctionObj {
        h: Header::new(Kind::Function, ClassId::Function as u32),
        code: Slot::of(code.value()),
        globals: Slot::of(globals),
        defaults: Slot::new(None),
        kwdefaults: Slot::new(None),
        closure: Slot::new(None),
        doc: Slot::of(doc),
        name: Slot::of(name),
        dict: Slot::new(None),
        module: Slot::new(module),
        annotations: Slot::new(None),
        qualname: Slot::of(if qualname.is_none() { name } else { qualname }),
        version: Cell::new(version),
        first: Cell::new(0),
        exec: Cell::new(0),
    })
}
