//! The rows of str's methods, and `str()` itself.

use super::adjust::this;
use super::search::{clinic_name, str_arg};
use super::template::{self, Source};
use super::{adjust, case, ops as strs, search, split};
use crate::code::wtf8::{code_points, decode_at, push_code_point};
use crate::object::{Args, ClassId, Conv, Gc, MethodDef, Value};
use crate::protocol::{format, item, repr};
use crate::raise;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::int::ops as int;
use crate::types::{args, codec};
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc }),*]
    };
}

/// Methods of str.
pub const METHODS: &[MethodDef] = rows! {
    "capitalize" Conv::NoArgs(case::capitalize), "First character upper case, the rest lower case.";
    "casefold" Conv::NoArgs(case::casefold), "A version for comparison without regard to case.";
    "center" Conv::Pos(1, 2, adjust::center), "Centered in a string of the given width.";
    "count" Conv::Pos(0, u8::MAX, search::count), "Number of places where the substring is, not overlapping.";
    "encode" Conv::Kw(encode), "The bytes that encode the string.";
    "endswith" Conv::Pos(0, u8::MAX, search::endswith), "Whether the string ends with the suffix, or one of a tuple of them.";
    "expandtabs" Conv::Kw(adjust::expandtabs), "Tabs replaced by blanks.";
    "find" Conv::Pos(0, u8::MAX, search::find), "First place of the substring, or -1.";
    "format" Conv::Kw(format_method), "The string with its replacement fields filled in.";
    "format_map" Conv::One(format_map), "As format(), with a mapping.";
    "index" Conv::Pos(0, u8::MAX, search::index), "First place of the substring; ValueError when there is none.";
    "isalnum" Conv::NoArgs(case::isalnum), "Whether all characters are letters or numbers.";
    "isalpha" Conv::NoArgs(case::isalpha), "Whether all characters are letters.";
    "isascii" Conv::NoArgs(case::isascii), "Whether all characters are ASCII.";
    "isdecimal" Conv::NoArgs(case::isdecimal), "Whether all characters are decimal digits.";
    "isdigit" Conv::NoArgs(case::isdigit), "Whether all characters are digits.";
    "isidentifier" Conv::NoArgs(case::isidentifier), "Whether the string is an identifier.";
    "islower" Conv::NoArgs(case::islower), "Whether all cased characters are lower case.";
    "isnumeric" Conv::NoArgs(case::isnumeric), "Whether all characters are numeric.";
    "isprintable" Conv::NoArgs(case::isprintable), "Whether all characters are printable.";
    "isspace" Conv::NoArgs(case::isspace), "Whether all characters are whitespace.";
    "istitle" Conv::NoArgs(case::istitle), "Whether the words start with upper case and go on in lower case.";
    "isupper" Conv::NoArgs(case::isupper), "Whether all cased characters are upper case.";
    "join" Conv::One(split::join), "The strings of an iterable, with this one between them.";
    "ljust" Conv::Pos(1, 2, adjust::ljust), "Left-justified in a string of the given width.";
    "lower" Conv::NoArgs(case::lower), "In lower case.";
    "lstrip" Conv::Pos(0, 1, adjust::lstrip), "Without whitespace (or the given characters) at the start.";
    "partition" Conv::One(search::partition), "What is before the separator, it, and what is after it.";
    "replace" Conv::Pos(2, 3, search::replace), "With the first substring replaced by the second.";
    "rfind" Conv::Pos(0, u8::MAX, search::rfind), "Last place of the substring, or -1.";
    "rindex" Conv::Pos(0, u8::MAX, search::rindex), "Last place of the substring; ValueError when there is none.";
    "rjust" Conv::Pos(1, 2, adjust::rjust), "Right-justified in a string of the given width.";
    "rpartition" Conv::One(search::rpartition), "As partition(), from the right.";
    "rsplit" Conv::Kw(split::rsplit), "As split(), from the right.";
    "rstrip" Conv::Pos(0, 1, adjust::rstrip), "Without whitespace (or the given characters) at the end.";
    "split" Conv::Kw(split::split), "The words of the string, cut at the separator.";
    "splitlines" Conv::Kw(split::splitlines), "The lines of the string.";
    "startswith" Conv::Pos(0, u8::MAX, search::startswith), "Whether the string starts with the prefix, or one of a tuple of them.";
    "strip" Conv::Pos(0, 1, adjust::strip), "Without whitespace (or the given characters) at both ends.";
    "swapcase" Conv::NoArgs(case::swapcase), "Upper case to lower case and the other way round.";
    "title" Conv::NoArgs(case::title), "Words start with upper case and go on in lower case.";
    "translate" Conv::One(translate), "Each character replaced by what the table has for it.";
    "upper" Conv::NoArgs(case::upper), "In upper case.";
    "zfill" Conv::One(adjust::zfill), "With zeros in front, behind the sign, up to the width.";
    "__getnewargs__" Conv::NoArgs(|vm, v| {
        let v = crate::types::instance::ops::fresh(vm, v)?;
        vm.new_tuple(&[v])
    }), "The arguments that make it again.";
    "__format__" Conv::One(dunder_format), "Formats by a format specification.";
};

/// Methods without a receiver.
pub const STATIC_METHODS: &[MethodDef] = rows! {
    "maketrans" Conv::Pos(1, 3, maketrans), "A table for translate().";
};

/// `str(object='', encoding=…, errors=…)`
pub fn construct(vm: &mut Vm, _class: ClassId, a: Args<'_>) -> R {
    if a.all().len() == 1 && a.nkw() == 0 {
        return repr::str(vm, a[0]);
    }
    // Positional arguments are looked at before the names of keywords are.
    if a.all().len() <= 3 {
        for (i, x) in a.positional().iter().enumerate().skip(1) {
            str_arg(vm, "str", i + 1, *x)?;
        }
    }
    let [object, encoding, errors] =
        args::parse(vm, "str", a, ["object", "encoding", "errors"], 0, 3)?;
    for (i, x) in [encoding, errors].into_iter().enumerate() {
        if let Some(x) = x {
            str_arg(vm, "str", i + 2, x)?;
        }
    }
    let Some(v) = object else {
        return vm.new_str("");
    };
    if encoding.is_none() && errors.is_none() {
        return repr::str(vm, v);
    }
    if let Some(b) = crate::types::bytes::buffer::frozen(vm, v)?.cast() {
        let (encoding, errors) = codec::arguments(vm, "str", encoding, errors, codec::BY_PLACE)?;
        return codec::decode::decode(vm, b, encoding, &errors);
    }
    if strs::bytes(vm, v).is_some() {
        return Err(raise!(vm, TypeError, "decoding str is not supported"));
    }
    let t = args::kind_name(vm, v);
    Err(raise!(
        vm,
        TypeError,
        "decoding to str: need a bytes-like object, {t} found"
    ))
}

fn encode(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let s = this(vm, v)?;
    let [encoding, errors] = args::parse(vm, "encode", a, ["encoding", "errors"], 0, 2)?;
    let (encoding, errors) = codec::arguments(vm, "encode", encoding, errors, codec::BY_NAME)?;
    codec::encode::encode(vm, s, encoding, &errors)
}

fn format_method(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    this(vm, v)?;
    template::format(vm, v, Source::Args(a))
}
fn format_map(vm: &mut Vm, v: Value, mapping: Value) -> R {
    this(vm, v)?;
    template::format(vm, v, Source::Mapping(mapping))
}

/// `__format__` of every type that has one.
pub fn dunder_format(vm: &mut Vm, v: Value, spec: Value) -> R {
    if strs::bytes(vm, spec).is_none() {
        let t = clinic_name(vm, spec);
        return Err(raise!(
            vm,
            TypeError,
            "__format__() argument must be str, not {t}"
        ));
    }
    format::format_plain(vm, v, spec)
}

fn translate(vm: &mut Vm, v: Value, table: Value) -> R {
    let s = this(vm, v)?;
    let n = s.get(vm).len;
    let mut out = Vec::new();
    vm.reserve(&mut out, n)?;
    let mut at = 0;
    loop {
        vm.poll()?;
        let b = s.get(vm).as_bytes();
        if at >= b.len() {
            break;
        }
        let (c, w) = decode_at(b, at);
        at += w;
        // For one character.
        vm.reserve(&mut out, 4)?;
        let to = match item::get_item(vm, table, Value::int_unchecked(c as i64)) {
            Ok(to) => to,
            Err(r) => {
                // What the table does not have stays.
                vm.catch(r, ClassId::LookupError)?;
                push_code_point(&mut out, c);
                continue;
            }
        };
        if to.is_none() {
            continue;
        }
        if strs::bytes(vm, to).is_some() {
            repr::append(vm, to, &mut out)?;
        } else if let Some(i) = int::get(vm, to) {
            match i.small() {
                Some(c @ 0..0x11_0000) => push_code_point(&mut out, c as u32),
                _ => {
                    return Err(raise!(
                        vm,
                        ValueError,
                        "character mapping must be in range(0x110000)"
                    ));
                }
            }
        } else {
            return Err(raise!(
                vm,
                TypeError,
                "character mapping must return integer, None or str"
            ));
        }
    }
    vm.new_str_wtf8(&out)
}

fn maketrans(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let table = vm.new_dict()?;
    if a.len() == 1 {
        let Some(from) = Gc::<DictObj>::from_value(a[0]) else {
            return Err(raise!(
                vm,
                TypeError,
                "if you give only one argument to maketrans it must be a dict"
            ));
        };
        let mut pos = 0;
        while let Some((k, x)) = dict::next_item(vm, from, &mut pos) {
            vm.poll()?;
            let key = match strs::bytes(vm, k) {
                Some(b) if strs::count(b) == 1 => Value::int_unchecked(decode_at(b, 0).0 as i64),
                Some(_) => {
                    return Err(raise!(
                        vm,
                        ValueError,
                        "string keys in translate table must be of length 1"
                    ));
                }
                None if int::is_int(k) => k,
                None => {
                    return Err(raise!(
                        vm,
                        TypeError,
                        "keys in translate table must be strings or integers"
                    ));
                }
            };
            dict::set(vm, table, key, x)?;
        }
        return Ok(table.value());
    }
    let y = str_arg(vm, "maketrans", 2, a[1])?;
    let gone = match a.get(2) {
        Some(z) => Some(str_arg(vm, "maketrans", 3, z)?),
        None => None,
    };
    let Some(x) = Gc::from_value(a[0]) else {
        return Err(raise!(
            vm,
            TypeError,
            "first maketrans argument must be a string if there is a second argument"
        ));
    };
    let chars = |vm: &Vm, s: Gc<super::value::StrObj>| -> Vec<u32> {
        code_points(s.get(vm).as_bytes()).collect()
    };
    let (from, to) = (chars(vm, x), chars(vm, y));
    if from.len() != to.len() {
        return Err(raise!(
            vm,
            ValueError,
            "the first two maketrans arguments must have equal length"
        ));
    }
    let int = |c: u32| Value::int_unchecked(c as i64);
    for (c, d) in from.into_iter().zip(to) {
        dict::set(vm, table, int(c), int(d))?;
    }
    if let Some(z) = gone {
        for c in chars(vm, z) {
            dict::set(vm, table, int(c), Value::NONE)?;
        }
    }
    Ok(table.value())
}
