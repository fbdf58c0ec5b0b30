//! Subscripts, lengths, indices, unpacking.

use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Kind, Value};
use crate::protocol::iter;
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::bytearray::ops as bytearray;
use crate::types::bytearray::value::ByteArrayObj;
use crate::types::bytes::ops as bytes;
use crate::types::bytes::value::BytesObj;
use crate::types::deque::methods as deque;
use crate::types::deque::value::DequeObj;
use crate::types::dict::ops as dict;
use crate::types::dict::value::{DictObj, DictViewObj};
use crate::types::int::ops as int;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::memory::ops as memory;
use crate::types::range::ops as range;
use crate::types::range::value::RangeObj;
use crate::types::set::value::SetObj;
use crate::types::slice::ops::Bounds;
use crate::types::slice::seq as slices;
use crate::types::slice::value::SliceObj;
use crate::types::str::value::StrObj;
use crate::types::tuple::ops as tuple;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// An index into a sequence whose class is called `what` in the text for a wrong type.
fn seq_index(vm: &mut Vm, k: Value, what: &str) -> Result<i64, Raised> {
    let given = k;
    let k = super::user::try_index(vm, k)?;
    if let Some(i) = int::to_i64(vm, k) {
        return Ok(i);
    }
    let t = vm.type_name(given);
    if int::is_int(k) {
        return Err(too_large(vm, &t));
    }
    Err(if what == "string" {
        raise!(vm, TypeError, "string indices must be integers")
    } else {
        raise!(
            vm,
            TypeError,
            "{what} indices must be integers or slices, not {t}"
        )
    })
}
fn too_large(vm: &mut Vm, t: &str) -> Raised {
    raise!(
        vm,
        IndexError,
        "cannot fit '{t}' into an index-sized integer"
    )
}
fn not_index(vm: &mut Vm, v: Value) -> Raised {
    let t = vm.type_name(v);
    raise!(
        vm,
        TypeError,
        "'{t}' object cannot be interpreted as an integer"
    )
}

fn str_item(vm: &mut Vm, s: Gc<StrObj>, i: i64) -> R {
    match list::wrap_index(i, s.get(vm).chars) {
        Some(i) => crate::types::str::ops::char_at(vm, s, i),
        None => Err(raise!(vm, IndexError, "string index out of range")),
    }
}

/// `o[s]`, where `o` has slices.
fn get_slice(vm: &mut Vm, o: Value, s: Gc<SliceObj>) -> Option<R> {
    if let Some(l) = o.cast::<ListObj>() {
        return Some(slices::of_list(vm, l, s));
    }
    if let Some(t) = o.cast::<TupleObj>() {
        return Some(slices::of_tuple(vm, t, s));
    }
    if let Some(t) = o.cast::<StrObj>() {
        return Some(slices::of_str(vm, t, s));
    }
    if let Some(b) = o.cast::<BytesObj>() {
        return Some(slices::of_bytes(vm, b, s));
    }
    if let Some(b) = o.cast::<ByteArrayObj>() {
        return Some(bytearray::get_slice(vm, b, s));
    }
    let r = o.cast::<RangeObj>()?;
    Some(slices::of_range(vm, r, s))
}

/// `o[start:stop:step]`, of these two or three parts. A slice is made where somebody may see it.
///
/// # Errors
/// As [`get_item`], and those of the slice.
pub fn get_slice_of(vm: &mut Vm, o: Value, parts: &[Value]) -> R {
    if !o.is_user()
        && let Some(b) = Bounds::plain(parts)
    {
        if let Some(l) = o.cast::<ListObj>() {
            return slices::part_of_list(vm, l, b);
        }
        if let Some(t) = o.cast::<TupleObj>() {
            return slices::part_of_tuple(vm, t, b);
        }
        if let Some(t) = o.cast::<StrObj>() {
            return slices::part_of_str(vm, t, b);
        }
    }
    let s = super::collect::build_slice(vm, parts)?;
    get_item(vm, o, s)
}
/// `o[start:stop:step] = v`, the same way.
///
/// # Errors
/// As [`set_item`], and those of the slice.
pub fn set_slice_of(vm: &mut Vm, o: Value, parts: &[Value], v: Value) -> Result<(), Raised> {
    if !o.is_user()
        && let Some(l) = o.cast::<ListObj>()
        && let Some(b) = Bounds::plain(parts)
    {
        return slices::assign_part(vm, l, b, v);
    }
    let s = super::collect::build_slice(vm, parts)?;
    set_item(vm, o, s, v)
}

/// `o[k]`
pub fn get_item(vm: &mut Vm, o: Value, k: Value) -> R {
    if o.is_user() && !o.is_kind(Kind::Class) {
        return super::user::get_item(vm, o, k);
    }
    get_item_plain(vm, o, k)
}
/// The same by the layout.
///
/// # Errors
/// IndexError, KeyError, TypeError.
pub fn get_item_plain(vm: &mut Vm, o: Value, k: Value) -> R {
    if let Some(s) = k.cast::<SliceObj>()
        && let Some(r) = get_slice(vm, o, s)
    {
        return r;
    }
    match o.kind() {
        Some(Kind::Bytes) => {
            let i = seq_index(vm, k, "byte")?;
            let b = Gc::<BytesObj>::from_value(o);
            b.map_or(Ok(Value::NONE), |b| bytes::get_item(vm, b, i))
        }
        Some(Kind::List) => {
            let i = seq_index(vm, k, "list")?;
            let l = Gc::<ListObj>::from_value(o);
            l.map_or(Ok(Value::NONE), |l| list::get_item(vm, l, i))
        }
        Some(Kind::Tuple) => {
            let i = seq_index(vm, k, "tuple")?;
            let t = Gc::<TupleObj>::from_value(o);
            t.map_or(Ok(Value::NONE), |t| tuple::get_item(vm, t, i))
        }
        Some(Kind::Str) => {
            let i = seq_index(vm, k, "string")?;
            let s = Gc::<StrObj>::from_value(o);
            s.map_or(Ok(Value::NONE), |s| str_item(vm, s, i))
        }
        Some(Kind::Dict) => match Gc::<DictObj>::from_value(o) {
            Some(d) => match dict::get(vm, d, k)? {
                Some(v) => Ok(v),
                // A class derived from dict may make what is missing.
                None if o.is_user() => {
                    match special::call_overridden(vm, o, Special::Missing, &[k])? {
                        Some(v) => Ok(v),
                        None => missing(vm, o, k),
                    }
                }
                None if !is_plain(vm, o) => missing(vm, o, k),
                None => Err(dict::key_error(vm, k)),
            },
            None => Ok(Value::NONE),
        },
        Some(Kind::Deque) => deque::get_item(vm, o, k),
        Some(Kind::Class) => class_item(vm, o, k),
        Some(Kind::ByteArray) => {
            let i = seq_index(vm, k, "bytearray")?;
            let b = Gc::<ByteArrayObj>::from_value(o);
            b.map_or(Ok(Value::NONE), |b| bytearray::get_item(vm, b, i))
        }
        Some(Kind::Memory) => memory::get_item(vm, o, k),
        Some(Kind::MappingProxy) => {
            let d = crate::types::descr::value::proxied(vm, o);
            get_item(vm, d, k)
        }
        Some(Kind::Range) => {
            let i = super::user::try_index(vm, k)?;
            if !int::is_int(i) {
                seq_index(vm, i, "range")?;
            }
            match Gc::<RangeObj>::from_value(o) {
                Some(r) => range::get_item(vm, r, i),
                None => Ok(Value::NONE),
            }
        }
        _ => {
            let t = vm.type_name(o);
            Err(raise!(vm, TypeError, "'{t}' object is not subscriptable"))
        }
    }
}

/// Whether the class of a dict that no program's class has is `dict`.
fn is_plain(vm: &Vm, d: Value) -> bool {
    vm.class_of(d) == ClassId::Dict
}
/// What a dict without the key gives: a `defaultdict` makes it.
fn missing(vm: &mut Vm, d: Value, k: Value) -> R {
    match vm.class_of(d) {
        ClassId::DefaultDict => crate::types::dict::factory::missing(vm, d, k),
        _ => Err(dict::key_error(vm, k)),
    }
}

/// `C[k]`: the metaclass's `__getitem__`, else the class's `__class_getitem__`.
fn class_item(vm: &mut Vm, c: Value, k: Value) -> R {
    if let Some(f) = special::find(vm, c, Special::GetItem)? {
        return special::call(vm, f, c, &[k]);
    }
    let name = vm.special(Special::ClassGetItem)?;
    match super::attr::optional(vm, c, name)? {
        Some(f) => vm.call(f, Args::pos(&[k])),
        None => {
            let t = vm.type_name(c);
            Err(raise!(vm, TypeError, "'{t}' object is not subscriptable"))
        }
    }
}

/// Items of what has a length are asked for by an index that fits; `what` it does without.
fn no_items(vm: &mut Vm, o: Value, k: Value, what: &str, by_index: &str) -> Raised {
    let t = vm.type_name(o);
    let sequence = matches!(
        o.kind(),
        Some(Kind::Tuple | Kind::Str | Kind::Range | Kind::Bytes | Kind::Set | Kind::DictView)
    );
    if !sequence || !int::is_int(k) {
        return raise!(vm, TypeError, "'{t}' object does not support item {what}");
    }
    if int::to_i64(vm, k).is_none() {
        let k = vm.type_name(k);
        return too_large(vm, &k);
    }
    raise!(vm, TypeError, "'{t}' object {by_index} support item {what}")
}

/// `o[k] = v`
pub fn set_item(vm: &mut Vm, o: Value, k: Value, v: Value) -> Result<(), Raised> {
    match o.is_user() {
        true => super::user::set_item(vm, o, k, Some(v)),
        false => set_item_plain(vm, o, k, v),
    }
}
/// The same by the layout.
///
/// # Errors
/// IndexError, TypeError.
pub fn set_item_plain(vm: &mut Vm, o: Value, k: Value, v: Value) -> Result<(), Raised> {
    if let Some(l) = o.cast::<ListObj>() {
        if let Some(s) = k.cast::<SliceObj>() {
            return slices::assign(vm, l, s, v);
        }
        let i = seq_index(vm, k, "list")?;
        let n = list::len(vm, l);
        return match list::wrap_index(i, n) {
            Some(i) => {
                list::put(vm, l, i, v);
                Ok(())
            }
            None => Err(raise!(vm, IndexError, "list assignment index out of range")),
        };
    }
    if let Some(d) = o.cast::<DictObj>() {
        return dict::set(vm, d, k, v);
    }
    if o.is_kind(Kind::Deque) {
        return deque::store_item(vm, o, k, Some(v));
    }
    if let Some(b) = o.cast::<ByteArrayObj>() {
        return set_byte(vm, b, k, Some(v));
    }
    if o.is_kind(Kind::Memory) {
        return memory::set_item(vm, o, k, v);
    }
    Err(no_items(vm, o, k, "assignment", "does not"))
}

/// `b[k] = v`, `del b[k]` of a bytearray.
fn set_byte(vm: &mut Vm, b: Gc<ByteArrayObj>, k: Value, v: Option<Value>) -> Result<(), Raised> {
    if let Some(s) = k.cast::<SliceObj>() {
        return bytearray::set_slice(vm, b, s, v);
    }
    let i = seq_index(vm, k, "bytearray")?;
    bytearray::set_item(vm, b, i, v)
}

/// `del o[k]`
pub fn del_item(vm: &mut Vm, o: Value, k: Value) -> Result<(), Raised> {
    match o.is_user() {
        true => super::user::set_item(vm, o, k, None),
        false => del_item_plain(vm, o, k),
    }
}
/// The same by the layout.
///
/// # Errors
/// IndexError, KeyError, TypeError.
pub fn del_item_plain(vm: &mut Vm, o: Value, k: Value) -> Result<(), Raised> {
    if let Some(l) = o.cast::<ListObj>() {
        if let Some(s) = k.cast::<SliceObj>() {
            return slices::delete(vm, l, s);
        }
        let i = seq_index(vm, k, "list")?;
        let n = list::len(vm, l);
        return match list::wrap_index(i, n) {
            Some(i) => {
                list::remove_at(vm, l, i);
                Ok(())
            }
            None => Err(raise!(vm, IndexError, "list assignment index out of range")),
        };
    }
    if let Some(d) = o.cast::<DictObj>() {
        return match dict::del(vm, d, k)? {
            true => Ok(()),
            false => Err(dict::key_error(vm, k)),
        };
    }
    if o.is_kind(Kind::Deque) {
        return deque::store_item(vm, o, k, None);
    }
    if let Some(b) = o.cast::<ByteArrayObj>() {
        return set_byte(vm, b, k, None);
    }
    if o.is_kind(Kind::Memory) {
        let what = match memory::look(vm, o)?.readonly {
            true => "cannot modify read-only memory",
            false => "cannot delete memory",
        };
        return Err(vm.raise(ClassId::TypeError, what));
    }
    Err(no_items(vm, o, k, "deletion", "doesn't"))
}

/// `len(v)` where `v` has a length.
pub fn len_hint(vm: &mut Vm, v: Value) -> Option<Result<usize, Raised>> {
    if let Some(l) = v.get::<ListObj>(vm) {
        return Some(Ok(l.items.len()));
    }
    if let Some(t) = v.get::<TupleObj>(vm) {
        return Some(Ok(t.len));
    }
    if let Some(s) = v.get::<StrObj>(vm) {
        return Some(Ok(s.chars));
    }
    if let Some(d) = v.get::<DictObj>(vm) {
        return Some(Ok(d.used.get()));
    }
    if let Some(s) = v.get::<SetObj>(vm) {
        return Some(Ok(s.used.get()));
    }
    if let Some(b) = v.get::<BytesObj>(vm) {
        return Some(Ok(b.len));
    }
    if let Some(d) = v.get::<DequeObj>(vm) {
        return Some(Ok(d.len.get()));
    }
    if let Some(b) = v.get::<ByteArrayObj>(vm) {
        return Some(Ok(b.items.len()));
    }
    if v.is_kind(Kind::Memory) {
        return Some(memory::look(vm, v).map(|l| l.len));
    }
    if let Some(w) = v.get::<DictViewObj>(vm) {
        let d = w.dict.get().and_then(|d| d.get::<DictObj>(vm));
        return Some(Ok(d.map_or(0, |d| d.used.get())));
    }
    if v.is_kind(Kind::MappingProxy) {
        let d = crate::types::descr::value::proxied(vm, v);
        return len_hint(vm, d);
    }
    if let Some(r) = v.get::<RangeObj>(vm) {
        let n = r.length.get_or_none();
        return Some(match int::to_i64(vm, n) {
            Some(n) => Ok(n as usize),
            None => Err(raise!(
                vm,
                OverflowError,
                "Python int too large to convert to C ssize_t"
            )),
        });
    }
    None
}

/// `len(v)`
pub fn len(vm: &mut Vm, v: Value) -> Result<usize, Raised> {
    if v.is_kind(Kind::MappingProxy) {
        return len(vm, crate::types::descr::value::proxied(vm, v));
    }
    match v.is_user() {
        true => super::user::len(vm, v),
        false => len_plain(vm, v),
    }
}
/// The same by the layout.
///
/// # Errors
/// TypeError when it has none.
pub fn len_plain(vm: &mut Vm, v: Value) -> Result<usize, Raised> {
    match len_hint(vm, v) {
        Some(r) => r,
        None => {
            let t = vm.type_name(v);
            Err(raise!(vm, TypeError, "object of type '{t}' has no len()"))
        }
    }
}

/// An integer as an index or a count; OverflowError when it does not fit.
pub fn as_ssize(vm: &mut Vm, v: Value) -> Result<i64, Raised> {
    let v = super::user::try_index(vm, v)?;
    match int::to_i64(vm, v) {
        Some(i) => Ok(i),
        None if int::is_int(v) => Err(raise!(
            vm,
            OverflowError,
            "Python int too large to convert to C ssize_t"
        )),
        None => Err(not_index(vm, v)),
    }
}
/// The value itself, which must be an int or a bool.
pub fn as_int(vm: &mut Vm, v: Value) -> R {
    let v = super::user::try_index(vm, v)?;
    if int::is_int(v) {
        Ok(v)
    } else {
        Err(not_index(vm, v))
    }
}
/// A bound of a slice: out of range is clamped.
pub fn slice_index(vm: &mut Vm, v: Value) -> Result<i64, Raised> {
    let v = super::user::try_index(vm, v)?;
    if let Some(i) = int::to_i64(vm, v) {
        return Ok(i);
    }
    match int::get(vm, v) {
        Some(i) => Ok(if i.is_negative() { i64::MIN } else { i64::MAX }),
        None => Err(raise!(
            vm,
            TypeError,
            "slice indices must be integers or have an __index__ method"
        )),
    }
}
/// An argument that CPython takes as a C `int`.
pub fn as_c_int(vm: &mut Vm, v: Value) -> Result<i32, Raised> {
    c_int(vm, v, false)
}
/// The same as CPython's older functions read their arguments: they say which bound it is beyond.
///
/// # Errors
/// As [`as_c_int`].
pub fn as_c_int_of_format(vm: &mut Vm, v: Value) -> Result<i32, Raised> {
    c_int(vm, v, true)
}
/// An int by `__int__`, which 3.8 still calls where a C int is wanted, with a warning.
fn implicit_int(vm: &mut Vm, v: Value) -> R {
    let t = vm.type_name(v).into_owned();
    let why = format!("an integer is required (got type {t})");
    let Some(f) = special::find(vm, v, Special::Int)?.filter(|_| v.is_user()) else {
        return Err(vm.raise(ClassId::TypeError, why));
    };
    let i = special::call(vm, f, v, &[])?;
    if !int::is_int(i) {
        let t = vm.type_name(i);
        return Err(raise!(vm, TypeError, "__int__ returned non-int (type {t})"));
    }
    super::user::strict_int(vm, "__int__", i)?;
    let text = format!(
        "{why}.  Implicit conversion to integers using __int__ is deprecated, and may be removed in a \
         future version of Python."
    );
    crate::types::exception::warn::warn(vm, ClassId::DeprecationWarning, &text)?;
    Ok(i)
}
fn c_int(vm: &mut Vm, v: Value, by_format: bool) -> Result<i32, Raised> {
    // A float is none, whatever its class defines.
    if v.is_float() || v.is_kind(Kind::FloatBox) {
        return Err(raise!(
            vm,
            TypeError,
            "integer argument expected, got float"
        ));
    }
    let v = super::user::try_index(vm, v)?;
    if v.is_kind(Kind::Complex) && !v.is_user() {
        return Err(raise!(vm, TypeError, "can't convert complex to int"));
    }
    let v = match int::is_int(v) || v.is_bool() {
        true => v,
        false => implicit_int(vm, v)?,
    };
    let long = int::to_i64(vm, v);
    let why = match long.map(i32::try_from) {
        Some(Ok(i)) => return Ok(i),
        _ if !by_format => "Python int too large to convert to C int",
        None => "Python int too large to convert to C long",
        Some(Err(_)) if long.is_some_and(i64::is_negative) => "signed integer is less than minimum",
        Some(Err(_)) => "signed integer is greater than maximum",
    };
    Err(vm.raise(ClassId::OverflowError, why))
}

/// UNPACK_SEQUENCE: exactly `n` items of `v`, as a tuple, or a ValueError.
pub fn unpack(vm: &mut Vm, v: Value, n: usize) -> Result<Gc<TupleObj>, Raised> {
    if let Some(t) = v.exact::<TupleObj>()
        && t.get(vm).len == n
    {
        return Ok(t);
    }
    let items = match v.exact::<ListObj>() {
        Some(l) if list::len(vm, l) == n => l,
        _ => {
            if !iter::is_iterable(vm, v)? {
                let t = vm.type_name(v);
                return Err(raise!(
                    vm,
                    TypeError,
                    "cannot unpack non-iterable {t} object"
                ));
            }
            let it = iter::get_iter(vm, v)?;
            let items = vm.new_list(&[])?;
            for i in 0..n {
                match iter::next(vm, it)? {
                    Some(x) => list::push(vm, items, x)?,
                    None => {
                        return Err(raise!(
                            vm,
                            ValueError,
                            "not enough values to unpack (expected {n}, got {i})"
                        ));
                    }
                }
            }
            if iter::next(vm, it)?.is_some() {
                return Err(raise!(
                    vm,
                    ValueError,
                    "too many values to unpack (expected {n})"
                ));
            }
            items
        }
    };
    let t = list::to_tuple(vm, items)?;
    match t.cast() {
        Some(t) => Ok(t),
        None => Err(raise!(vm, SystemError, "a tuple is not a tuple")),
    }
}

/// Whether `v` is of a class whose instances are sequences in the sense of `reversed`.
pub fn is_sequence(vm: &Vm, v: Value) -> bool {
    matches!(
        vm.class_of(v),
        ClassId::List | ClassId::Tuple | ClassId::Str | ClassId::Range
    )
}
