//! Sources that are no text.

use crate::code::wtf8::code_points;
use crate::object::{ClassId, Value};
use crate::types::str::ops as strings;
use crate::vm::{Raised, Vm};

/// The UnicodeEncodeError of a str with lone surrogates.
pub fn surrogates(vm: &mut Vm, v: Value) -> Raised {
    let bytes = strings::bytes(vm, v).unwrap_or_default();
    let lone = |c: &u32| (0xD800..0xE000).contains(c);
    let start = code_points(bytes).take_while(|c| !lone(c)).count();
    let n = code_points(bytes).skip(start).take_while(lone).count();
    let made = (|| {
        let encoding = vm.new_str("utf-8")?;
        let reason = vm.new_str("surrogates not allowed")?;
        let start_v = vm.new_int(start as i64)?;
        let end = vm.new_int((start + n) as i64)?;
        vm.new_exception(
            ClassId::UnicodeEncodeError,
            &[encoding, v, start_v, end, reason],
        )
    })();
    match made {
        Ok(e) => vm.raise_value(e),
        Err(r) => r,
    }
}
