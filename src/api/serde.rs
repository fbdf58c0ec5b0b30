//! Whatever serde knows, in and out.
//!
//! | serde | Python |
//! |---|---|
//! | unit, `None` | None |
//! | bool, integers up to 128 bits, floats | bool, int, float (an int is read as a float, too) |
//! | char, str | str |
//! | bytes | bytes (bytearray is read, too) |
//! | sequence | list (tuples and sets are read, too) |
//! | tuple, tuple struct | tuple (a list is read, too) |
//! | map | dict |
//! | struct | dict from names (an object of a program's class is read by its `__dict__`) |
//! | newtype struct | what it holds |
//! | enum | the variant's name, or a dict from that to what it holds |

use super::Error;
use super::collections::{bytes_of, item};
use super::convert::{FromPy, IntoPy, Refused, charged, int_of, shown};
use super::engine::error_of;
use crate::gc::segments::stack_is_low;
use crate::object::{Gc, Value};
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::set::ops as set;
use crate::types::set::value::SetObj;
use crate::types::str::value::StrObj;
use crate::vm::{Raised, Vm};
use num_traits::ToPrimitive;
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor};
use serde::ser::{self, Serialize};
use std::fmt;

/// A value that goes in by its [`Serialize`] and comes out by its [`Deserialize`](serde::Deserialize):
///
/// ```
/// # fn main() -> Result<(), taipan::Error> {
/// use serde::{Deserialize, Serialize};
/// use taipan::{Engine, Serde};
///
/// #[derive(Serialize, Deserialize, PartialEq, Debug)]
/// struct Order {
///     item: String,
///     count: u32,
///     note: Option<String>,
/// }
///
/// let mut engine = Engine::new();
/// engine.run("def doubled(order): return {**order, 'count': 2 * order['count']}", "shop.py")?;
/// let order = Order { item: "tea".into(), count: 2, note: None };
/// let Serde(order): Serde<Order> = engine.call("doubled", (Serde(order),))?;
/// assert_eq!(order, Order { item: "tea".into(), count: 4, note: None });
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Serde<T>(pub T);

impl<T: Serialize> IntoPy for Serde<T> {
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        // The host's code may keep a list or a dict that is being filled wherever it likes.
        crate::gc::held(vm, |vm| {
            self.0
                .serialize(Ser { vm })
                .map_err(|e| Refused::Error(e.error()))
        })
    }
}
impl<T: DeserializeOwned> FromPy for Serde<T> {
    fn from_py(vm: &mut Vm, v: Value) -> Result<Serde<T>, Error> {
        let de = De { vm, v, level: 0 };
        T::deserialize(de).map(Serde).map_err(Failed::error)
    }
}

/// What serde passes along.
#[derive(Debug)]
enum Failed {
    Error(Error),
    /// What was wanted; what there was is added where the value is at hand.
    Wanted(String),
}
impl Failed {
    fn of(self, vm: &mut Vm, v: Value) -> Failed {
        match self {
            Failed::Wanted(wanted) => Failed::Error(Error::Convert {
                wanted,
                got: shown(vm, v),
            }),
            e @ Failed::Error(_) => e,
        }
    }
    fn error(self) -> Error {
        match self {
            Failed::Error(e) => e,
            // Of a value of the host that does not serialize.
            Failed::Wanted(wanted) => Error::Convert {
                wanted,
                got: "a value of Rust".into(),
            },
        }
    }
}
impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failed::Error(e) => e.fmt(f),
            Failed::Wanted(w) => write!(f, "expected {w}"),
        }
    }
}
impl std::error::Error for Failed {}
/// What a type's own code says against a value.
fn said(text: impl fmt::Display) -> Failed {
    Failed::Wanted(format!("what its type takes ({text})"))
}
impl ser::Error for Failed {
    fn custom<T: fmt::Display>(text: T) -> Failed {
        said(text)
    }
}
impl de::Error for Failed {
    fn custom<T: fmt::Display>(text: T) -> Failed {
        said(text)
    }
    fn invalid_type(_: de::Unexpected<'_>, wanted: &dyn de::Expected) -> Failed {
        Failed::Wanted(wanted.to_string())
    }
    fn invalid_value(_: de::Unexpected<'_>, wanted: &dyn de::Expected) -> Failed {
        Failed::Wanted(wanted.to_string())
    }
    fn invalid_length(_: usize, wanted: &dyn de::Expected) -> Failed {
        Failed::Wanted(wanted.to_string())
    }
    fn missing_field(name: &'static str) -> Failed {
        Failed::Wanted(format!("a field '{name}'"))
    }
    fn unknown_field(name: &str, _: &'static [&'static str]) -> Failed {
        Failed::Wanted(format!("no field '{name}'"))
    }
    fn unknown_variant(_: &str, all: &'static [&'static str]) -> Failed {
        Failed::Wanted(format!("one of {}", all.join(", ")))
    }
}
/// What was raised is caught here: serde's callers may drop an error.
fn caught<T>(vm: &mut Vm, r: Result<T, Raised>) -> Result<T, Failed> {
    r.map_err(|r| Failed::Error(error_of(vm, r)))
}
fn given(vm: &mut Vm, x: impl IntoPy) -> Result<Value, Failed> {
    x.into_py(vm).map_err(|e| match e {
        Refused::Raised(r) => Failed::Error(error_of(vm, r)),
        Refused::Error(e) => Failed::Error(e),
    })
}

// ---- in

/// Makes values. Nothing is collected meanwhile.
struct Ser<'a> {
    vm: &'a mut Vm,
}

/// A list that grows; what it becomes in the end.
struct SeqSer<'a> {
    vm: &'a mut Vm,
    items: Gc<ListObj>,
    tuple: bool,
    variant: Option<&'static str>,
}
/// A dict that grows.
struct MapSer<'a> {
    vm: &'a mut Vm,
    items: Gc<DictObj>,
    key: Option<Value>,
    variant: Option<&'static str>,
}

/// `{variant: v}`, or `v`.
fn variant_of(vm: &mut Vm, variant: Option<&'static str>, v: Value) -> Result<Value, Failed> {
    let Some(name) = variant else { return Ok(v) };
    let r = vm.new_dict();
    let d = caught(vm, r)?;
    let r = dict::set_name(vm, d, name, v);
    caught(vm, r)?;
    Ok(d.value())
}

impl<'a> Ser<'a> {
    fn items(self, tuple: bool, variant: Option<&'static str>) -> Result<SeqSer<'a>, Failed> {
        let r = self.vm.new_list(&[]);
        let items = caught(self.vm, r)?;
        Ok(SeqSer {
            vm: self.vm,
            items,
            tuple,
            variant,
        })
    }
    fn names(self, variant: Option<&'static str>) -> Result<MapSer<'a>, Failed> {
        let r = self.vm.new_dict();
        let items = caught(self.vm, r)?;
        Ok(MapSer {
            vm: self.vm,
            items,
            key: None,
            variant,
        })
    }
}

macro_rules! plain {
    ($($f:ident $t:ty),*) => {$(
        fn $f(self, x: $t) -> Result<Value, Failed> {
            given(self.vm, x)
        }
    )*};
}

impl<'a> ser::Serializer for Ser<'a> {
    type Ok = Value;
    type Error = Failed;
    type SerializeSeq = SeqSer<'a>;
    type SerializeTuple = SeqSer<'a>;
    type SerializeTupleStruct = SeqSer<'a>;
    type SerializeTupleVariant = SeqSer<'a>;
    type SerializeMap = MapSer<'a>;
    type SerializeStruct = MapSer<'a>;
    type SerializeStructVariant = MapSer<'a>;

    plain! {
        serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_i128 i128, serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64,
        serialize_u128 u128, serialize_f32 f32, serialize_f64 f64, serialize_char char, serialize_str &str
    }
    fn serialize_bytes(self, b: &[u8]) -> Result<Value, Failed> {
        let r = self.vm.new_bytes(b);
        caught(self.vm, r)
    }
    fn serialize_none(self) -> Result<Value, Failed> {
        Ok(Value::NONE)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, x: &T) -> Result<Value, Failed> {
        x.serialize(self)
    }
    fn serialize_unit(self) -> Result<Value, Failed> {
        Ok(Value::NONE)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Failed> {
        Ok(Value::NONE)
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, Failed> {
        given(self.vm, variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        x: &T,
    ) -> Result<Value, Failed> {
        x.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        x: &T,
    ) -> Result<Value, Failed> {
        let v = x.serialize(Ser { vm: self.vm })?;
        variant_of(self.vm, Some(variant), v)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<SeqSer<'a>, Failed> {
        self.items(false, None)
    }
    fn serialize_tuple(self, _: usize) -> Result<SeqSer<'a>, Failed> {
        self.items(true, None)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<SeqSer<'a>, Failed> {
        self.items(true, None)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<SeqSer<'a>, Failed> {
        self.items(true, Some(variant))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<MapSer<'a>, Failed> {
        self.names(None)
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<MapSer<'a>, Failed> {
        self.names(None)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<MapSer<'a>, Failed> {
        self.names(Some(variant))
    }
}

impl SeqSer<'_> {
    fn add<T: Serialize + ?Sized>(&mut self, x: &T) -> Result<(), Failed> {
        let v = x.serialize(Ser { vm: self.vm })?;
        let r = list::push(self.vm, self.items, v);
        caught(self.vm, r)
    }
    fn done(self) -> Result<Value, Failed> {
        let v = match self.tuple {
            true => {
                let r = self.vm.tuple_of_list(self.items);
                caught(self.vm, r)?.value()
            }
            false => self.items.value(),
        };
        variant_of(self.vm, self.variant, v)
    }
}
impl MapSer<'_> {
    fn put(&mut self, k: Value, v: Value) -> Result<(), Failed> {
        let r = dict::set(self.vm, self.items, k, v);
        caught(self.vm, r)
    }
    fn named<T: Serialize + ?Sized>(&mut self, name: &'static str, x: &T) -> Result<(), Failed> {
        let v = x.serialize(Ser { vm: self.vm })?;
        let r = dict::set_name(self.vm, self.items, name, v);
        caught(self.vm, r)
    }
    fn done(self) -> Result<Value, Failed> {
        variant_of(self.vm, self.variant, self.items.value())
    }
}

macro_rules! sequences {
    ($($t:ident $f:ident),*) => {$(
        impl ser::$t for SeqSer<'_> {
            type Ok = Value;
            type Error = Failed;
            fn $f<T: Serialize + ?Sized>(&mut self, x: &T) -> Result<(), Failed> {
                self.add(x)
            }
            fn end(self) -> Result<Value, Failed> {
                self.done()
            }
        }
    )*};
}
sequences!(
    SerializeSeq serialize_element, SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field
);
macro_rules! structs {
    ($($t:ident),*) => {$(
        impl ser::$t for MapSer<'_> {
            type Ok = Value;
            type Error = Failed;
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                x: &T,
            ) -> Result<(), Failed> {
                self.named(name, x)
            }
            fn end(self) -> Result<Value, Failed> {
                self.done()
            }
        }
    )*};
}
structs!(SerializeStruct, SerializeStructVariant);
impl ser::SerializeMap for MapSer<'_> {
    type Ok = Value;
    type Error = Failed;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, x: &T) -> Result<(), Failed> {
        self.key = Some(x.serialize(Ser { vm: self.vm })?);
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, x: &T) -> Result<(), Failed> {
        let v = x.serialize(Ser { vm: self.vm })?;
        match self.key.take() {
            Some(k) => self.put(k, v),
            None => Err(said("a key before each value")),
        }
    }
    fn end(self) -> Result<Value, Failed> {
        self.done()
    }
}

// ---- out

/// Levels of nesting that are read: a list may hold itself.
const DEEPEST: u32 = 500;

/// A value that is read.
struct De<'a> {
    vm: &'a mut Vm,
    v: Value,
    level: u32,
}

/// What is read item by item.
#[derive(Clone, Copy)]
enum Of {
    /// A list or a tuple.
    Items,
    Set(Gc<SetObj>),
    Dict(Gc<DictObj>),
}
struct Walk<'a> {
    vm: &'a mut Vm,
    v: Value,
    of: Of,
    at: usize,
    /// What belongs to the key that was given last.
    value: Option<Value>,
    level: u32,
}

impl<'a> De<'a> {
    fn wrong<T>(self, wanted: &str) -> Result<T, Failed> {
        Err(Failed::Wanted(wanted.into()).of(self.vm, self.v))
    }
    fn walk(self, of: Of) -> Result<Walk<'a>, Failed> {
        if self.level >= DEEPEST || stack_is_low(self.vm) {
            let got = self.vm.type_name(self.v).into();
            return Err(Failed::Error(Error::Convert {
                wanted: "a value that is nested less deeply".into(),
                got,
            }));
        }
        Ok(Walk {
            vm: self.vm,
            v: self.v,
            of,
            at: 0,
            value: None,
            level: self.level + 1,
        })
    }
    fn seq<'de, V: Visitor<'de>>(self, of: Of, visitor: V) -> Result<V::Value, Failed> {
        let mut walk = self.walk(of)?;
        let r = visitor.visit_seq(&mut walk);
        walk.ended(r)
    }
    fn map<'de, V: Visitor<'de>>(self, names: Gc<DictObj>, visitor: V) -> Result<V::Value, Failed> {
        let mut walk = self.walk(Of::Dict(names))?;
        let r = visitor.visit_map(&mut walk);
        walk.ended(r)
    }
    /// The dict that holds the attributes of an object of a program's class.
    fn attributes(&mut self) -> Result<Option<Gc<DictObj>>, Failed> {
        if !self.v.is_user() {
            return Ok(None);
        }
        let r = self.vm.intern("__dict__");
        let name = caught(self.vm, r)?;
        let r = crate::protocol::attr::optional(self.vm, self.v, name);
        Ok(caught(self.vm, r)?.and_then(Value::cast))
    }
}

impl Walk<'_> {
    /// The next item, for what takes so many bytes.
    fn next(&mut self, bytes: usize) -> Result<Option<(Value, Value)>, Failed> {
        charged(self.vm, bytes).map_err(Failed::Error)?;
        Ok(match self.of {
            Of::Items => {
                let x = item(self.vm, self.v, self.at).flatten();
                self.at += 1;
                x.map(|x| (x, x))
            }
            Of::Set(s) => set::next(self.vm, s, &mut self.at).map(|(k, _)| (k, k)),
            Of::Dict(d) => dict::next_item(self.vm, d, &mut self.at),
        })
    }
    fn seed<'de, S: DeserializeSeed<'de>>(&mut self, s: S, v: Value) -> Result<S::Value, Failed> {
        s.deserialize(De {
            vm: self.vm,
            v,
            level: self.level,
        })
    }
    /// Nothing may be left over.
    fn ended<T>(mut self, r: Result<T, Failed>) -> Result<T, Failed> {
        let r = match r {
            Ok(x) => match self.next(0)? {
                None => Ok(x),
                Some(_) => Err(Failed::Wanted("fewer items".into())),
            },
            Err(e) => Err(e),
        };
        r.map_err(|e| e.of(self.vm, self.v))
    }
}

impl<'de> de::SeqAccess<'de> for &mut Walk<'_> {
    type Error = Failed;
    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        s: S,
    ) -> Result<Option<S::Value>, Failed> {
        match self.next(size_of::<S::Value>())? {
            Some((x, _)) => self.seed(s, x).map(Some),
            None => Ok(None),
        }
    }
}
impl<'de> de::MapAccess<'de> for &mut Walk<'_> {
    type Error = Failed;
    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, s: S) -> Result<Option<S::Value>, Failed> {
        match self.next(size_of::<S::Value>())? {
            Some((k, v)) => {
                self.value = Some(v);
                self.seed(s, k).map(Some)
            }
            None => Ok(None),
        }
    }
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, s: S) -> Result<S::Value, Failed> {
        match self.value.take() {
            Some(v) => {
                charged(self.vm, size_of::<S::Value>()).map_err(Failed::Error)?;
                self.seed(s, v)
            }
            None => Err(said("a key before each value")),
        }
    }
}

impl<'de> de::Deserializer<'de> for De<'_> {
    type Error = Failed;

    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        let v = self.v;
        let r = if v == Value::NONE {
            visitor.visit_unit()
        } else if let Some(b) = v.as_bool() {
            visitor.visit_bool(b)
        } else if let Some(f) = v.as_float() {
            visitor.visit_f64(f)
        } else if let Some(i) = int_of(self.vm, v) {
            let wide = i.map_err(|b| (b.to_u64(), b.to_i128(), b.to_u128()));
            match wide {
                Ok(i) => visitor.visit_i64(i),
                Err((Some(i), _, _)) => visitor.visit_u64(i),
                Err((_, Some(i), _)) => visitor.visit_i128(i),
                Err((_, _, Some(i))) => visitor.visit_u128(i),
                Err((None, None, None)) => Err(Failed::Wanted("an int of 128 bits".into())),
            }
        } else if let Some(n) = v.get::<StrObj>(self.vm).map(|s| s.as_bytes().len()) {
            charged(self.vm, n).map_err(Failed::Error)?;
            match v.get::<StrObj>(self.vm).and_then(|s| s.as_str()) {
                Some(s) => visitor.visit_str(s),
                None => Err(Failed::Wanted("a str without lone surrogates".into())),
            }
        } else if let Some(n) = bytes_of(self.vm, v).map(<[u8]>::len) {
            charged(self.vm, n).map_err(Failed::Error)?;
            visitor.visit_bytes(bytes_of(self.vm, v).unwrap_or_default())
        } else if item(self.vm, v, 0).is_some() {
            return self.seq(Of::Items, visitor);
        } else if let Some(s) = v.cast::<SetObj>() {
            return self.seq(Of::Set(s), visitor);
        } else if let Some(d) = v.cast::<DictObj>() {
            return self.map(d, visitor);
        } else if let Some(d) = self.attributes()? {
            return self.map(d, visitor);
        } else {
            Err(Failed::Wanted("a value of plain data".into()))
        };
        r.map_err(|e| e.of(self.vm, v))
    }
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        match self.v == Value::NONE {
            true => visitor.visit_none(),
            false => visitor.visit_some(self),
        }
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failed> {
        visitor.visit_newtype_struct(self)
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        const WANTED: &str = "a variant's name, or a dict from one to what it holds";
        let v = self.v;
        if let Some(s) = v.get::<StrObj>(self.vm).and_then(|s| s.as_str()) {
            let name: StrDeserializer<'_, Failed> = s.into_deserializer();
            let r = visitor.visit_enum(name);
            return r.map_err(|e| e.of(self.vm, v));
        }
        let Some(d) = v.cast::<DictObj>() else {
            return self.wrong(WANTED);
        };
        let mut walk = self.walk(Of::Dict(d))?;
        match walk.next(0)? {
            Some((k, held)) => {
                let variant = Variant {
                    walk: &mut walk,
                    name: k,
                    held,
                };
                let r = visitor.visit_enum(variant);
                walk.ended(r)
            }
            None => Err(Failed::Wanted(WANTED.into()).of(walk.vm, v)),
        }
    }
    /// What nobody wants is not looked at.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_unit()
    }
    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier
    }
}

/// The one item of a dict that stands for a variant.
struct Variant<'a, 'b> {
    walk: &'a mut Walk<'b>,
    name: Value,
    held: Value,
}
impl<'de> de::EnumAccess<'de> for Variant<'_, '_> {
    type Error = Failed;
    type Variant = Self;
    fn variant_seed<S: DeserializeSeed<'de>>(self, s: S) -> Result<(S::Value, Self), Failed> {
        let name = self.walk.seed(s, self.name)?;
        Ok((name, self))
    }
}
impl<'a> Variant<'a, '_> {
    fn held(self) -> De<'a> {
        De {
            vm: self.walk.vm,
            v: self.held,
            level: self.walk.level,
        }
    }
}
impl<'de> de::VariantAccess<'de> for Variant<'_, '_> {
    type Error = Failed;
    fn unit_variant(self) -> Result<(), Failed> {
        match self.held == Value::NONE {
            true => Ok(()),
            false => self.held().wrong("None"),
        }
    }
    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, s: S) -> Result<S::Value, Failed> {
        s.deserialize(self.held())
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Failed> {
        de::Deserializer::deserialize_any(self.held(), visitor)
    }
    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        de::Deserializer::deserialize_any(self.held(), visitor)
    }
}
