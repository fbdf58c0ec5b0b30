//! Displays, f-strings, unpacking.

use crate::interp::frame::Sp;
use crate::object::Value;
use crate::raise;
use crate::types::dict::ops;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// BUILD_LIST
pub fn list(vm: &mut Vm, items: &[Value]) -> Result<Value, Raised> {
    Ok(vm.new_list(items)?.value())
}

/// BUILD_LIST_UNPACK
pub fn list_unpack(vm: &mut Vm, parts: &[Value]) -> Result<Value, Raised> {
    Ok(crate::protocol::collect::list_unpack(vm, parts)?.value())
}

/// BUILD_MAP of `n` pairs, the values given in order key, value, key, value.
pub fn map(vm: &mut Vm, items: &[Value]) -> Result<Value, Raised> {
    let d = vm.new_dict()?;
    for kv in items.chunks_exact(2) {
        ops::set(vm, d, kv[0], kv[1])?;
    }
    Ok(d.value())
}

/// BUILD_CONST_KEY_MAP.
pub fn const_key_map(vm: &mut Vm, keys: Value, values: &[Value]) -> Result<Value, Raised> {
    let n = keys.get::<TupleObj>(vm).map(|t| t.len);
    if n != Some(values.len()) {
        return Err(raise!(
            vm,
            SystemError,
            "bad BUILD_CONST_KEY_MAP keys argument"
        ));
    }
    let d = vm.new_dict()?;
    for (i, v) in values.iter().enumerate() {
        let k = keys
            .get::<TupleObj>(vm)
            .and_then(|t| t.get(i))
            .unwrap_or(Value::NONE);
        ops::set(vm, d, k, *v)?;
    }
    Ok(d.value())
}

/// BUILD_STRING.
pub fn string(vm: &mut Vm, parts: &[Value]) -> Result<Value, Raised> {
    crate::types::str::ops::concat_all(vm, parts)
}

/// UNPACK_SEQUENCE: pops the sequence, pushes its `n` items, the first on top.
pub fn unpack(vm: &mut Vm, s: &mut Sp, n: usize) -> Result<(), Raised> {
    let v = s.peek(1);
    // Tuples and lists of the right length are copied; nothing can run meanwhile.
    let items = crate::protocol::item::unpack(vm, v, n)?;
    s.drop(1);
    for i in (0..n).rev() {
        s.push(items.as_ref().get(i).unwrap_or(Value::NONE));
    }
    Ok(())
}

/// UNPACK_EX: pops the iterable, pushes its items, the first on top; the low byte of `arg` counts those
/// before the starred one, the rest those behind.
pub fn unpack_ex(vm: &mut Vm, s: &mut Sp, arg: u32) -> Result<(), Raised> {
    let (before, after) = ((arg & 0xff) as usize, (arg >> 8) as usize);
    let items = crate::protocol::collect::unpack_ex(vm, s.peek(1), before, after)?;
    s.drop(1);
    for i in (0..=before + after).rev() {
        s.push(items.get(vm).items.get(i).unwrap_or(Value::NONE));
    }
    Ok(())
}
