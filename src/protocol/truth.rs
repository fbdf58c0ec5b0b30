//! Truth.

use crate::object::{Gc, Kind, Value};
use crate::types::bytes::value::BytesObj;
use crate::types::complex::value::ComplexObj;
use crate::types::deque::value::DequeObj;
use crate::types::descr::value::proxied;
use crate::types::dict::value::{DictObj, DictViewObj};
use crate::types::list::value::ListObj;
use crate::types::range::value::RangeObj;
use crate::types::set::value::SetObj;
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// `bool(v)`
///
/// # Errors
/// What `__bool__` or `__len__` raise.
#[inline]
pub fn is_true(vm: &mut Vm, v: Value) -> Result<bool, Raised> {
    if let Some(b) = v.as_bool() {
        return Ok(b);
    }
    if let Some(i) = v.as_small_int() {
        return Ok(i != 0);
    }
    if v.is_user() {
        return super::user::is_true(vm, v);
    }
    if v.is_kind(Kind::MappingProxy) {
        // It has a length; whether what it shows is true, nobody asks.
        return Ok(super::item::len(vm, v)? != 0);
    }
    Ok(is_true_slow(vm, v))
}
/// The same by the layout.
pub fn is_true_plain(vm: &Vm, v: Value) -> bool {
    match crate::types::int::ops::get(vm, v) {
        Some(i) => i.small() != Some(0),
        None => is_true_slow(vm, v),
    }
}

fn is_true_slow(vm: &Vm, v: Value) -> bool {
    if let Some(f) = v.as_float() {
        return f != 0.0;
    }
    match v.kind() {
        None => !v.is_none(),
        Some(Kind::FloatBox) => v
            .get::<crate::types::float::value::FloatObj>(vm)
            .is_some_and(|f| f.value != 0.0),
        Some(Kind::Str) => v.get::<StrObj>(vm).is_some_and(|s| s.len != 0),
        Some(Kind::Tuple) => v.get::<TupleObj>(vm).is_some_and(|t| t.len != 0),
        Some(Kind::List) => v.get::<ListObj>(vm).is_some_and(|l| !l.items.is_empty()),
        Some(Kind::Dict) => v.get::<DictObj>(vm).is_some_and(|d| d.used.get() != 0),
        Some(Kind::MappingProxy) => is_true_slow(vm, proxied(vm, v)),
        Some(Kind::DictView) => v
            .get::<DictViewObj>(vm)
            .and_then(|o| o.dict.get())
            .and_then(Gc::<DictObj>::from_value)
            .is_some_and(|d| d.get(vm).used.get() != 0),
        Some(Kind::Range) => v
            .get::<RangeObj>(vm)
            .is_some_and(|r| r.length.get_or_none() != Value::int_unchecked(0)),
        Some(Kind::Set) => v.get::<SetObj>(vm).is_some_and(|s| s.used.get() != 0),
        Some(Kind::Deque) => v.get::<DequeObj>(vm).is_some_and(|d| d.len.get() != 0),
        Some(Kind::ByteArray | Kind::Memory) => {
            crate::types::bytes::buffer::read(vm, v).is_none_or(|b| !b.is_empty())
        }
        Some(Kind::Bytes) => v.get::<BytesObj>(vm).is_some_and(|b| b.len != 0),
        Some(Kind::Complex) => v
            .get::<ComplexObj>(vm)
            .is_some_and(|c| c.re != 0.0 || c.im != 0.0),
        // An int object does not fit 49 bits, so it is not 0.
        Some(_) => true,
    }
}
