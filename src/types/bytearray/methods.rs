//! The rows of bytearray's methods, and `bytearray()` itself.

use super::ops;
use super::value::ByteArrayObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, Kind, MethodDef, Value};
use crate::protocol::iter;
use crate::raise;
use crate::types::bytes::{adjust, buffer, hex, methods as bytes, search, split};
use crate::types::class::ops as class;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::str::adjust::ssize;
use crate::types::tuple::value::TupleObj;
use crate::types::{args, codec};
use crate::vm::{Raised, Vm, work};

macro_rules! rows {
    (
        own { $($name:literal $conv:expr, $doc:literal;)* }
        shared0 { $($n0:literal $f0:expr;)* }
        shared1 { $($n1:literal $f1:expr;)* }
        shared { $($np:literal $min:literal $max:expr, $fp:expr;)* }
        shared_kw { $($nk:literal $fk:expr;)* }
    ) => {
        &[
            $(MethodDef { name: $name, conv: $conv, doc: $doc },)*
            $(MethodDef {
                name: $n0,
                conv: Conv::NoArgs(|vm, v| { let r = $f0(vm, v)?; own(vm, v, r) }),
                doc: "As of bytes.",
            },)*
            $(MethodDef {
                name: $n1,
                conv: Conv::One(|vm, v, a| { let r = $f1(vm, v, a)?; own(vm, v, r) }),
                doc: "As of bytes.",
            },)*
            $(MethodDef {
                name: $np,
                conv: Conv::Pos($min, $max, |vm, v, a| { let r = $fp(vm, v, a)?; own(vm, v, r) }),
                doc: "As of bytes.",
            },)*
            $(MethodDef {
                name: $nk,
                conv: Conv::Kw(|vm, v, a| { let r = $fk(vm, v, a)?; own(vm, v, r) }),
                doc: "As of bytes.",
            },)*
        ]
    };
}

/// Methods.
pub const METHODS: &[MethodDef] = rows! {
    own {
        "__alloc__" Conv::NoArgs(alloc), "How many bytes there is room for.";
        "__reduce__" Conv::NoArgs(|vm, b| reduce(vm, b, 2)), "What makes it again.";
        "__reduce_ex__" Conv::Pos(0, 1, reduce_ex), "What makes it again.";
        "append" Conv::One(append), "Add a byte at the end.";
        "clear" Conv::NoArgs(clear), "Remove every byte.";
        "copy" Conv::NoArgs(copy), "Return a copy.";
        "decode" Conv::Kw(bytes::decode), "The text that the bytes encode.";
        "extend" Conv::One(extend), "Add the bytes of an iterable at the end.";
        "hex" Conv::Kw(hex::hex), "As hexadecimal digits, perhaps with a separator between groups.";
        "insert" Conv::Pos(2, 2, insert), "Put a byte before an index.";
        "pop" Conv::Pos(0, 1, pop), "Remove the byte at an index, the last one by default, and return it.";
        "remove" Conv::One(remove), "Remove the first byte of this value.";
        "reverse" Conv::NoArgs(reverse), "Reverse the order of the bytes in place.";
    }
    shared0 {
        "capitalize" adjust::capitalize; "isalnum" adjust::isalnum; "isalpha" adjust::isalpha;
        "isascii" adjust::isascii; "isdigit" adjust::isdigit; "islower" adjust::islower;
        "isspace" adjust::isspace; "istitle" adjust::istitle; "isupper" adjust::isupper;
        "lower" adjust::lower; "swapcase" adjust::swapcase; "title" adjust::title;
        "upper" adjust::upper;
    }
    shared1 {
        "join" split::join; "partition" search::partition; "rpartition" search::rpartition;
        "zfill" adjust::zfill;
    }
    shared {
        "center" 1 2, adjust::center; "count" 0 u8::MAX, search::count;
        "endswith" 0 u8::MAX, search::endswith; "find" 0 u8::MAX, search::find;
        "index" 0 u8::MAX, search::index; "ljust" 1 2, adjust::ljust; "lstrip" 0 1, adjust::lstrip;
        "replace" 2 3, search::replace; "rfind" 0 u8::MAX, search::rfind;
        "rindex" 0 u8::MAX, search::rindex; "rjust" 1 2, adjust::rjust; "rstrip" 0 1, adjust::rstrip;
        "startswith" 0 u8::MAX, search::startswith; "strip" 0 1, adjust::strip;
    }
    shared_kw {
        "expandtabs" adjust::expandtabs; "rsplit" split::rsplit; "split" split::split;
        "splitlines" split::splitlines; "translate" adjust::translate;
    }
};

/// Methods that are called on the class.
pub const CLASS_METHODS: &[MethodDef] = &[MethodDef {
    name: "fromhex",
    conv: Conv::One(fromhex),
    doc: "The bytearray that hexadecimal digits spell.",
}];

fn this(vm: &mut Vm, v: Value) -> Result<Gc<ByteArrayObj>, Raised> {
    match v.cast() {
        Some(b) => Ok(b),
        None => {
            let t = vm.type_name(v);
            Err(raise!(vm, TypeError, "a bytearray is required, not '{t}'"))
        }
    }
}

/// A bytearray of a part.
fn part(vm: &mut Vm, v: Value) -> R {
    match buffer::of(vm, v)? {
        Some(b) => Ok(ops::copy(vm, b)?.value()),
        None => Ok(v),
    }
}
/// What a method of bytes gave for a bytearray: bytes become bytearrays of their own, in the lists and
/// tuples of parts too.
fn own(vm: &mut Vm, receiver: Value, r: Value) -> R {
    if r == receiver || r.is_kind(Kind::Bytes) {
        return part(vm, r);
    }
    if let Some(l) = r.cast::<ListObj>() {
        for i in 0..list::len(vm, l) {
            if let Some(x) = list::item(vm, l, i) {
                let x = part(vm, x)?;
                list::put(vm, l, i, x);
            }
            vm.poll()?;
        }
        return Ok(r);
    }
    let parts = r
        .get::<TupleObj>(vm)
        .filter(|t| t.len == 3)
        .map(|t| [t.get(0), t.get(1), t.get(2)]);
    let Some([Some(a), Some(b), Some(c)]) = parts else {
        return Ok(r);
    };
    let a = part(vm, a)?;
    let b = part(vm, b)?;
    let c = part(vm, c)?;
    vm.new_tuple(&[a, b, c])
}

/// `bytearray(source=b'', encoding=…, errors=…)`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let b = ops::new(vm)?;
    init(vm, b.value(), a)?;
    Ok(b.value())
}
/// `b.__init__(…)`: what was there goes.
///
/// # Errors
/// TypeError, ValueError, those of encoding.
pub fn init(vm: &mut Vm, v: Value, a: Args<'_>) -> Result<(), Raised> {
    let b = this(vm, v)?;
    let [source, encoding, errors] =
        args::parse(vm, "bytearray", a, ["source", "encoding", "errors"], 0, 3)?;
    for (i, v) in [encoding, errors].into_iter().enumerate() {
        if let Some(v) = v {
            crate::types::str::search::str_arg(vm, "bytearray", i + 2, v)?;
        }
    }
    let n = ops::len(vm, b);
    ops::splice(vm, b, 0, n, &[])?;
    let text = source.and_then(|s| s.cast());
    if encoding.is_some() || errors.is_some() || text.is_some() {
        let msg = match (text, encoding) {
            (Some(s), Some(_)) => {
                let (encoding, errors) =
                    codec::arguments(vm, "bytearray", encoding, errors, codec::BY_PLACE)?;
                let made = codec::encode::encode(vm, s, encoding, &errors)?;
                ops::append_buffer(vm, b, made)?;
                return Ok(());
            }
            (Some(_), None) => "string argument without an encoding",
            (None, Some(_)) => "encoding without a string argument",
            (None, None) => "errors without a string argument",
        };
        return Err(vm.raise(ClassId::TypeError, msg));
    }
    let Some(source) = source else {
        return Ok(());
    };
    let counted = crate::protocol::user::try_index(vm, source)?;
    if crate::types::int::ops::is_int(counted) {
        let n = crate::protocol::number::as_index_i64(vm, counted, ClassId::OverflowError)?;
        let Ok(n) = usize::try_from(n) else {
            return Err(raise!(vm, ValueError, "negative count"));
        };
        return ops::zeros(vm, b, n);
    }
    let filled = match buffer::of(vm, source)? {
        Some(from) if from.get(vm).len <= work::PIECE => ops::snapshot(vm, from)?,
        Some(from) => {
            let made = ops::copy(vm, from)?;
            return ops::become_that(vm, b, made);
        }
        None if !iter::is_iterable(vm, source)? => {
            let t = vm.type_name(source);
            return Err(raise!(
                vm,
                TypeError,
                "cannot convert '{t}' object to bytearray"
            ));
        }
        None => ops::collect(vm, source)?,
    };
    let n = ops::len(vm, b);
    ops::splice(vm, b, 0, n, &filled)
}

fn fromhex(vm: &mut Vm, c: Value, text: Value) -> R {
    let made = hex::fromhex(vm, Value::NONE, text)?;
    match class::builtin_of(vm, c) {
        Some(_) => part(vm, made),
        None => vm.call(c, Args::pos(&[made])),
    }
}

fn alloc(vm: &mut Vm, v: Value) -> R {
    let n = this(vm, v)?.get(vm).items.capacity();
    vm.new_int(if n > 0 { n as i64 + 1 } else { 0 })
}
/// The class, the bytes (for old protocols as text), and what else the object has.
fn reduce(vm: &mut Vm, v: Value, protocol: i64) -> R {
    let b = this(vm, v)?;
    let c = class::type_of(vm, v)?;
    let made = if protocol < 3 {
        let text: String = {
            let n = ops::len(vm, b);
            crate::types::int::big::room_bytes(vm, 2 * n)?;
            let bytes = b.get(vm).items.as_slice();
            bytes.iter().map(|c| char::from(*c)).collect()
        };
        let text = vm.new_str(&text)?;
        let encoding = vm.new_str("latin-1")?;
        vm.new_tuple(&[text, encoding])?
    } else {
        let bytes = buffer::frozen(vm, v)?;
        vm.new_tuple(&[bytes])?
    };
    let name = vm.intern("__dict__")?;
    let d = crate::protocol::attr::optional(vm, v, name)?.unwrap_or(Value::NONE);
    vm.new_tuple(&[c, made, d])
}
fn reduce_ex(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let protocol = match a.get(0) {
        Some(p) => i64::from(crate::protocol::item::as_c_int(vm, p)?),
        None => 0,
    };
    reduce(vm, v, protocol)
}

fn append(vm: &mut Vm, v: Value, x: Value) -> R {
    let b = this(vm, v)?;
    let c = ops::byte(vm, x)?;
    ops::may_resize(vm, b)?;
    vm.with_room(1, |vm| b.get(vm).items.push(&vm.heap, c))?;
    Ok(Value::NONE)
}
fn clear(vm: &mut Vm, v: Value) -> R {
    let b = this(vm, v)?;
    let n = ops::len(vm, b);
    ops::splice(vm, b, 0, n, &[])?;
    Ok(Value::NONE)
}
fn copy(vm: &mut Vm, v: Value) -> R {
    let b = this(vm, v)?;
    Ok(ops::copy(vm, b.into())?.value())
}
fn extend(vm: &mut Vm, v: Value, x: Value) -> R {
    let b = this(vm, v)?;
    let more = match buffer::of(vm, x)? {
        Some(from) => ops::snapshot(vm, from)?,
        None if !iter::is_iterable(vm, x)? => {
            let t = vm.type_name(x);
            return Err(raise!(vm, TypeError, "can't extend bytearray with {t}"));
        }
        None => {
            let it = iter::get_iter(vm, x)?;
            crate::protocol::user::length_hint(vm, x)?;
            ops::collect_rest(vm, it)?
        }
    };
    let n = ops::len(vm, b);
    ops::splice(vm, b, n, n, &more)?;
    Ok(Value::NONE)
}
fn insert(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let b = this(vm, v)?;
    let i = ssize(vm, a[0])?;
    let c = ops::byte(vm, a[1])?;
    let n = ops::len(vm, b);
    let at = list::clamp_index(i, n);
    ops::splice(vm, b, at, at, &[c])?;
    Ok(Value::NONE)
}
fn pop(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let b = this(vm, v)?;
    let i = match a.get(0) {
        Some(i) => ssize(vm, i)?,
        None => -1,
    };
    let items = &b.get(vm).items;
    if items.is_empty() {
        return Err(raise!(vm, IndexError, "pop from empty bytearray"));
    }
    let at = list::wrap_index(i, items.len());
    let Some((at, c)) = at.and_then(|at| Some((at, items.get(at)?))) else {
        return Err(raise!(vm, IndexError, "pop index out of range"));
    };
    ops::splice(vm, b, at, at + 1, &[])?;
    Ok(Value::int_unchecked(i64::from(c)))
}
fn remove(vm: &mut Vm, v: Value, x: Value) -> R {
    let b = this(vm, v)?;
    let c = ops::byte(vm, x)?;
    let found = b.get(vm).items.as_slice().iter().position(|x| *x == c);
    let Some(at) = found else {
        return Err(raise!(vm, ValueError, "value not found in bytearray"));
    };
    ops::splice(vm, b, at, at + 1, &[])?;
    Ok(Value::NONE)
}
fn reverse(vm: &mut Vm, v: Value) -> R {
    let b = this(vm, v)?;
    ops::reverse(vm, b)?;
    Ok(Value::NONE)
}
