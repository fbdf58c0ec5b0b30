//! The rows of bytes' methods, and `bytes()` itself.

use super::buffer::{self, Buffer};
use super::{adjust, hex, ops, search, split};
use crate::object::{Args, ClassId, Conv, Kind, MethodDef, Value};
use crate::protocol::iter::{self, Flow};
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::int::ops as int;
use crate::types::slots::kernels::GET_NEW_ARGS;
use crate::types::{args, codec};
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)* $(..$more:expr;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc },)* $($more),*]
    };
}

/// Methods of bytes.
pub const METHODS: &[MethodDef] = rows! {
    "capitalize" Conv::NoArgs(adjust::capitalize), "First character upper case, the rest lower case.";
    "center" Conv::Pos(1, 2, adjust::center), "Centered in bytes of the given width.";
    "count" Conv::Pos(0, u8::MAX, search::count), "Number of places where the bytes are, not overlapping.";
    "decode" Conv::Kw(decode), "The text that the bytes encode.";
    "endswith" Conv::Pos(0, u8::MAX, search::endswith), "Whether the bytes end with the suffix, or one of a tuple of them.";
    "expandtabs" Conv::Kw(adjust::expandtabs), "Tabs replaced by blanks.";
    "find" Conv::Pos(0, u8::MAX, search::find), "First place of the bytes, or -1.";
    "hex" Conv::Kw(hex::hex), "As hexadecimal digits, perhaps with a separator between groups.";
    "index" Conv::Pos(0, u8::MAX, search::index), "First place of the bytes; ValueError when there is none.";
    "isalnum" Conv::NoArgs(adjust::isalnum), "Whether all are ASCII letters or digits.";
    "isalpha" Conv::NoArgs(adjust::isalpha), "Whether all are ASCII letters.";
    "isascii" Conv::NoArgs(adjust::isascii), "Whether all are ASCII.";
    "isdigit" Conv::NoArgs(adjust::isdigit), "Whether all are ASCII digits.";
    "islower" Conv::NoArgs(adjust::islower), "Whether all letters are lower case.";
    "isspace" Conv::NoArgs(adjust::isspace), "Whether all are blanks.";
    "istitle" Conv::NoArgs(adjust::istitle), "Whether the words start with upper case and go on in lower case.";
    "isupper" Conv::NoArgs(adjust::isupper), "Whether all letters are upper case.";
    "join" Conv::One(split::join), "The bytes of an iterable, with these between them.";
    "ljust" Conv::Pos(1, 2, adjust::ljust), "Left-justified in bytes of the given width.";
    "lower" Conv::NoArgs(adjust::lower), "ASCII letters in lower case.";
    "lstrip" Conv::Pos(0, 1, adjust::lstrip), "Without blanks (or the given bytes) at the start.";
    "partition" Conv::One(search::partition), "What is before the separator, it, and what is after it.";
    "replace" Conv::Pos(2, 3, search::replace), "With the first bytes replaced by the second.";
    "rfind" Conv::Pos(0, u8::MAX, search::rfind), "Last place of the bytes, or -1.";
    "rindex" Conv::Pos(0, u8::MAX, search::rindex), "Last place of the bytes; ValueError when there is none.";
    "rjust" Conv::Pos(1, 2, adjust::rjust), "Right-justified in bytes of the given width.";
    "rpartition" Conv::One(search::rpartition), "As partition(), from the right.";
    "rsplit" Conv::Kw(split::rsplit), "As split(), from the right.";
    "rstrip" Conv::Pos(0, 1, adjust::rstrip), "Without blanks (or the given bytes) at the end.";
    "split" Conv::Kw(split::split), "The parts, cut at the separator or at blanks.";
    "splitlines" Conv::Kw(split::splitlines), "The lines.";
    "startswith" Conv::Pos(0, u8::MAX, search::startswith), "Whether the bytes start with the prefix, or one of a tuple of them.";
    "strip" Conv::Pos(0, 1, adjust::strip), "Without blanks (or the given bytes) at both ends.";
    "swapcase" Conv::NoArgs(adjust::swapcase), "ASCII upper case to lower case and the other way round.";
    "title" Conv::NoArgs(adjust::title), "Words start with upper case and go on in lower case.";
    "translate" Conv::Kw(adjust::translate), "Each byte replaced by the table's, some deleted first.";
    "upper" Conv::NoArgs(adjust::upper), "ASCII letters in upper case.";
    "zfill" Conv::One(adjust::zfill), "With zeros in front, behind the sign, up to the width.";
    ..GET_NEW_ARGS;
};

/// Methods that are called on the class.
pub const CLASS_METHODS: &[MethodDef] = rows! {
    "fromhex" Conv::One(hex::fromhex_of), "The bytes that hexadecimal digits spell.";
};

/// Methods without a receiver.
pub const STATIC_METHODS: &[MethodDef] = rows! {
    "maketrans" Conv::Pos(2, 2, adjust::maketrans), "A table for translate().";
};

/// The receiver.
pub fn this(vm: &mut Vm, v: Value) -> Result<Buffer, Raised> {
    buffer(vm, v)
}
/// An argument that must be bytes.
pub fn buffer(vm: &mut Vm, v: Value) -> Result<Buffer, Raised> {
    buffer::required(vm, v)
}

/// `bytes(source=b'', encoding=…, errors=…)`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let [source, encoding, errors] =
        args::parse(vm, "bytes", a, ["source", "encoding", "errors"], 0, 3)?;
    let told = encoding.is_some() || errors.is_some();
    // The types of the two names are looked at first, the encoding is searched for when needed.
    for (i, v) in [encoding, errors].into_iter().enumerate() {
        if let Some(v) = v {
            crate::types::str::search::str_arg(vm, "bytes", i + 2, v)?;
        }
    }
    let text = source.and_then(|s| s.cast());
    if told || text.is_some() {
        let msg = match (text, encoding) {
            (Some(s), Some(_)) => {
                let (encoding, errors) =
                    codec::arguments(vm, "bytes", encoding, errors, codec::BY_PLACE)?;
                return codec::encode::encode(vm, s, encoding, &errors);
            }
            (Some(_), None) => "string argument without an encoding",
            (None, Some(_)) => "encoding without a string argument",
            (None, None) => "errors without a string argument",
        };
        return Err(vm.raise(ClassId::TypeError, msg));
    }
    let Some(v) = source else {
        return vm.new_bytes(b"");
    };
    if v.is_user() {
        if let Some(r) = special::call_overridden(vm, v, Special::Bytes, &[])? {
            if r.is_kind(Kind::Bytes) {
                return Ok(r);
            }
            let t = vm.type_name(r);
            return Err(raise!(
                vm,
                TypeError,
                "__bytes__ returned non-bytes (type {t})"
            ));
        }
        let i = crate::protocol::user::try_index(vm, v)?;
        if i != v {
            return construct(vm, ClassId::Bytes, Args::pos(&[i]));
        }
    }
    if int::is_int(v) {
        let n = crate::protocol::number::as_index_i64(vm, v, ClassId::OverflowError)?;
        let Ok(n) = usize::try_from(n) else {
            return Err(raise!(vm, ValueError, "negative count"));
        };
        // They are zero already.
        return ops::build(vm, n, |_, _| ());
    }
    from_object(vm, v)
}

/// The bytes of a bytes object or of an iterable of ints.
///
/// # Errors
/// TypeError, ValueError.
pub fn from_object(vm: &mut Vm, v: Value) -> R {
    if v.is_kind(Kind::Bytes) && !v.is_user() {
        return Ok(v);
    }
    if v.is_kind(Kind::Bytes) {
        return crate::types::bytes::ops::fresh(vm, v);
    }
    let frozen = buffer::frozen(vm, v)?;
    if frozen != v {
        return Ok(frozen);
    }
    if v.is_kind(Kind::Str) || !iter::is_iterable(vm, v)? {
        let t = vm.type_name(v);
        return Err(raise!(
            vm,
            TypeError,
            "cannot convert '{t}' object to bytes"
        ));
    }
    let mut out = Vec::new();
    iter::for_all(vm, v, |vm, x| {
        let x = crate::protocol::number::index(vm, x)?;
        let Some(c) = int::to_i64(vm, x).and_then(|i| u8::try_from(i).ok()) else {
            return Err(raise!(vm, ValueError, "bytes must be in range(0, 256)"));
        };
        if out.len() == out.capacity() {
            crate::types::int::big::room_bytes(vm, out.len().saturating_mul(3))?;
        }
        out.push(c);
        Ok(Flow::Go)
    })?;
    vm.new_bytes(&out)
}

pub fn decode(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let [encoding, errors] = args::parse(vm, "decode", a, ["encoding", "errors"], 0, 2)?;
    let (encoding, errors) = codec::arguments(vm, "decode", encoding, errors, codec::BY_NAME)?;
    let Some(b) = buffer::frozen(vm, v)?.cast() else {
        return Err(raise!(vm, SystemError, "bytes are no bytes"));
    };
    codec::decode::decode(vm, b, encoding, &errors)
}
