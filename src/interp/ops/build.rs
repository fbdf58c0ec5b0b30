//! Displays, f-strings, unpacking.

use crate::interp::frame::Sp;
use crate::object::Value;
use crate::raise;
use crate::types::dict::ops;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

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
