//! Texts, bytes, collections and times in and out.

use super::Error;
use super::convert::{FromPy, IntoPy, Refused, charged, wrong};
use crate::object::{ClassId, Gc, Kind, Value};
use crate::types::bytearray::value::ByteArrayObj;
use crate::types::bytes::value::BytesObj;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::list::value::ListObj;
use crate::types::set::ops as set;
use crate::types::set::value::SetObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::Vm;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, Hash};
use std::time::Duration;

/// A str of one character.
impl IntoPy for char {
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        self.encode_utf8(&mut [0; 4]).into_py(vm)
    }
}
impl IntoPy for &mut str {
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        Ok(vm.new_str(self)?)
    }
}
/// From a str of one character.
impl FromPy for char {
    fn from_py(vm: &mut Vm, v: Value) -> Result<char, Error> {
        let text = match v.is_kind(Kind::Str) {
            true => String::from_py(vm, v)?,
            false => return wrong(vm, "a str of one character", v),
        };
        let mut all = text.chars();
        match (all.next(), all.next()) {
            (Some(c), None) => Ok(c),
            _ => wrong(vm, "a str of one character", v),
        }
    }
}

/// Bytes: to and from `bytes`; `bytearray` is read, too. (A `Vec<u8>` is a list of ints, as any other `Vec`.)
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// use taipan::Bytes;
/// engine.set_global("b", Bytes(vec![1, 255]))?;
/// assert_eq!(engine.eval::<Bytes>("b[::-1]")?, Bytes(vec![255, 1]));
/// # Ok::<(), taipan::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Bytes(pub Vec<u8>);
impl IntoPy for Bytes {
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        Ok(vm.new_bytes(&self.0)?)
    }
}
impl FromPy for Bytes {
    fn from_py(vm: &mut Vm, v: Value) -> Result<Bytes, Error> {
        let Some(n) = bytes_of(vm, v).map(<[u8]>::len) else {
            return wrong(vm, "bytes", v);
        };
        charged(vm, n)?;
        Ok(Bytes(bytes_of(vm, v).map_or_else(Vec::new, <[u8]>::to_vec)))
    }
}

/// The bytes of a bytes or bytearray object.
pub(super) fn bytes_of(vm: &Vm, v: Value) -> Option<&[u8]> {
    match v.get::<BytesObj>(vm) {
        Some(b) => Some(b.as_bytes()),
        None => v.get::<ByteArrayObj>(vm).map(|b| b.items.as_slice()),
    }
}

/// A list.
impl<T: IntoPy + Clone> IntoPy for &[T] {
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        list_of(vm, self.iter().cloned())
    }
}
/// A list.
impl<T: IntoPy, const N: usize> IntoPy for [T; N] {
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        list_of(vm, self)
    }
}
/// From a list or a tuple of exactly so many items.
impl<T: FromPy, const N: usize> FromPy for [T; N] {
    fn from_py(vm: &mut Vm, v: Value) -> Result<[T; N], Error> {
        let all = Vec::<T>::from_py(vm, v)?;
        let n = all.len();
        all.try_into().map_err(|_| Error::Convert {
            wanted: format!("{N} items"),
            got: format!("{n}"),
        })
    }
}
/// A new list of these.
pub(super) fn list_of<T: IntoPy>(
    vm: &mut Vm,
    all: impl IntoIterator<Item = T>,
) -> Result<Value, Refused> {
    let list = vm.new_list(&[])?;
    for x in all {
        let v = x.into_py(vm)?;
        crate::types::list::ops::push(vm, list, v)?;
    }
    Ok(list.value())
}
/// Item `i` of a list or tuple: conversions run no Python, but root objects, so that each step looks anew.
pub(super) fn item(vm: &Vm, v: Value, i: usize) -> Option<Option<Value>> {
    if let Some(l) = v.get::<ListObj>(vm) {
        return Some(l.items.cells().get(i).map(|c| c.get()));
    }
    v.get::<TupleObj>(vm).map(|t| t.get(i))
}

fn dict_of<K: IntoPy, V: IntoPy>(
    vm: &mut Vm,
    all: impl IntoIterator<Item = (K, V)>,
) -> Result<Value, Refused> {
    let d = vm.new_dict()?;
    for (k, v) in all {
        let (k, v) = (k.into_py(vm)?, v.into_py(vm)?);
        dict::set(vm, d, k, v)?;
    }
    Ok(d.value())
}
fn each_item<K: FromPy, V: FromPy>(
    vm: &mut Vm,
    v: Value,
    mut f: impl FnMut(K, V),
) -> Result<(), Error> {
    let Some(d) = v.cast::<DictObj>() else {
        return wrong(vm, "dict", v);
    };
    let mut at = 0;
    while let Some((k, v)) = dict::next_item(vm, d, &mut at) {
        charged(vm, size_of::<(K, V)>())?;
        f(K::from_py(vm, k)?, V::from_py(vm, v)?);
    }
    Ok(())
}
/// A dict.
impl<K: IntoPy, V: IntoPy, S> IntoPy for HashMap<K, V, S> {
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        dict_of(vm, self)
    }
}
impl<K: FromPy + Eq + Hash, V: FromPy, S: BuildHasher + Default> FromPy for HashMap<K, V, S> {
    fn from_py(vm: &mut Vm, v: Value) -> Result<Self, Error> {
        let mut out = HashMap::default();
        each_item(vm, v, |k, v| {
            out.insert(k, v);
        })?;
        Ok(out)
    }
}
/// A dict.
impl<K: IntoPy, V: IntoPy> IntoPy for BTreeMap<K, V> {
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        dict_of(vm, self)
    }
}
impl<K: FromPy + Ord, V: FromPy> FromPy for BTreeMap<K, V> {
    fn from_py(vm: &mut Vm, v: Value) -> Result<Self, Error> {
        let mut out = BTreeMap::new();
        each_item(vm, v, |k, v| {
            out.insert(k, v);
        })?;
        Ok(out)
    }
}

fn set_of<T: IntoPy>(vm: &mut Vm, all: impl IntoIterator<Item = T>) -> Result<Value, Refused> {
    let s: Gc<SetObj> = set::new(vm, ClassId::Set)?;
    for x in all {
        let v = x.into_py(vm)?;
        set::add(vm, s, v)?;
    }
    Ok(s.value())
}
fn each_key<T: FromPy>(vm: &mut Vm, v: Value, mut f: impl FnMut(T)) -> Result<(), Error> {
    let Some(s) = v.cast::<SetObj>() else {
        return wrong(vm, "set or frozenset", v);
    };
    let mut at = 0;
    while let Some((k, _)) = set::next(vm, s, &mut at) {
        charged(vm, size_of::<T>())?;
        f(T::from_py(vm, k)?);
    }
    Ok(())
}
/// A set.
impl<T: IntoPy, S> IntoPy for HashSet<T, S> {
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        set_of(vm, self)
    }
}
impl<T: FromPy + Eq + Hash, S: BuildHasher + Default> FromPy for HashSet<T, S> {
    fn from_py(vm: &mut Vm, v: Value) -> Result<Self, Error> {
        let mut out = HashSet::default();
        each_key(vm, v, |x| {
            out.insert(x);
        })?;
        Ok(out)
    }
}
/// A set.
impl<T: IntoPy> IntoPy for BTreeSet<T> {
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        set_of(vm, self)
    }
}
impl<T: FromPy + Ord> FromPy for BTreeSet<T> {
    fn from_py(vm: &mut Vm, v: Value) -> Result<Self, Error> {
        let mut out = BTreeSet::new();
        each_key(vm, v, |x| {
            out.insert(x);
        })?;
        Ok(out)
    }
}

/// Seconds, a float: what `time` and its like take and give.
impl IntoPy for Duration {
    fn into_py(self, _: &mut Vm) -> Result<Value, Refused> {
        Ok(Value::float(self.as_secs_f64()))
    }
}
/// From seconds, an int or a float that is not negative.
impl FromPy for Duration {
    fn from_py(vm: &mut Vm, v: Value) -> Result<Duration, Error> {
        let seconds = f64::from_py(vm, v)?;
        match Duration::try_from_secs_f64(seconds) {
            Ok(d) => Ok(d),
            Err(_) => wrong(vm, "seconds", v),
        }
    }
}
/// From an int or a float: the nearest number of this size.
impl FromPy for f32 {
    fn from_py(vm: &mut Vm, v: Value) -> Result<f32, Error> {
        f64::from_py(vm, v).map(|f| f as f32)
    }
}
