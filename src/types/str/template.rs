//! `str.format` and `str.format_map`.

use super::ops as strs;
use super::unicode;
use crate::code::wtf8::{code_points, decode_at};
use crate::object::{Args, ClassId, Value};
use crate::protocol::{attr, format, item, repr};
use crate::raise;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// Where fields get their values from.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    Args(Args<'a>),
    /// `format_map`
    Mapping(Value),
}

/// How fields are numbered: decided by the first that is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Undecided,
    Auto(usize),
    Manual,
}

fn invalid(vm: &mut Vm, msg: &str) -> Raised {
    vm.raise(ClassId::ValueError, msg)
}

/// `template.format(…)`
///
/// # Errors
/// ValueError for a malformed template; what looking up, converting and formatting a field raises.
pub fn format(vm: &mut Vm, template: Value, source: Source<'_>) -> R {
    let t = vm.copied(|vm| strs::bytes(vm, template).unwrap_or_default())?;
    // Beside the template itself.
    vm.ensure_room(2 * t.len())?;
    let mut out = Vec::new();
    vm.reserve(&mut out, t.len() + 32)?;
    let mut numbering = Numbering::Undecided;
    expand(vm, &t, source, &mut numbering, 2, &mut out)?;
    vm.new_str_wtf8(&out)
}

/// A replacement field as it is written.
struct Field<'t> {
    name: &'t [u8],
    conversion: u32,
    spec: &'t [u8],
    /// There are fields in the spec.
    nested: bool,
}

fn expand(
    vm: &mut Vm,
    t: &[u8],
    source: Source<'_>,
    numbering: &mut Numbering,
    depth: u32,
    out: &mut Vec<u8>,
) -> Result<(), Raised> {
    if depth == 0 {
        return Err(invalid(vm, "Max string recursion exceeded"));
    }
    let mut at = 0;
    while at < t.len() {
        vm.poll()?;
        let Some(n) = t[at..].iter().position(|c| matches!(c, b'{' | b'}')) else {
            vm.extend(out, &t[at..])?;
            break;
        };
        vm.extend(out, &t[at..at + n])?;
        at += n + 1;
        let brace = t[at - 1];
        if t.get(at) == Some(&brace) {
            vm.extend(out, &[brace])?;
            at += 1;
            continue;
        }
        if brace == b'}' {
            return Err(invalid(vm, "Single '}' encountered in format string"));
        }
        if at == t.len() {
            return Err(invalid(vm, "Single '{' encountered in format string"));
        }
        let f = parse_field(vm, t, &mut at)?;
        let mut v = lookup(vm, f.name, source, numbering)?;
        if f.conversion != 0 {
            v = convert(vm, v, f.conversion)?;
        }
        if f.nested {
            let mut spec = Vec::new();
            expand(vm, f.spec, source, numbering, depth - 1, &mut spec)?;
            format::format_into(vm, v, &spec, out)?;
        } else {
            format::format_into(vm, v, f.spec, out)?;
        }
    }
    Ok(())
}

/// Parses up to and with the closing brace; `at` is behind the opening one.
fn parse_field<'t>(vm: &mut Vm, t: &'t [u8], at: &mut usize) -> Result<Field<'t>, Raised> {
    let start = *at;
    let mut c = 0;
    while *at < t.len() {
        c = t[*at];
        *at += 1;
        match c {
            b'{' => return Err(invalid(vm, "unexpected '{' in field name")),
            b'[' => {
                while *at < t.len() && t[*at] != b']' {
                    *at += 1;
                }
            }
            b'}' | b':' | b'!' => break,
            _ => (),
        }
    }
    let mut f = Field {
        name: &t[start..],
        conversion: 0,
        spec: b"",
        nested: false,
    };
    match c {
        b'}' | b':' | b'!' => f.name = &t[start..*at - 1],
        _ => return Err(invalid(vm, "expected '}' before end of string")),
    }
    if c == b'}' {
        return Ok(f);
    }
    if c == b'!' {
        if *at >= t.len() {
            return Err(invalid(
                vm,
                "end of string while looking for conversion specifier",
            ));
        }
        let (conversion, w) = decode_at(t, *at);
        f.conversion = conversion;
        *at += w;
        if *at < t.len() {
            c = t[*at];
            *at += 1;
            if c == b'}' {
                return Ok(f);
            }
            if c != b':' {
                return Err(invalid(vm, "expected ':' after conversion specifier"));
            }
        }
    }
    let start = *at;
    let mut open = 1;
    while *at < t.len() {
        match t[*at] {
            b'{' => {
                f.nested = true;
                open += 1;
            }
            b'}' => open -= 1,
            _ => (),
        }
        *at += 1;
        if open == 0 {
            f.spec = &t[start..*at - 1];
            return Ok(f);
        }
    }
    Err(invalid(vm, "unmatched '{' in format spec"))
}

fn convert(vm: &mut Vm, v: Value, conversion: u32) -> R {
    match conversion {
        0x72 => repr::repr(vm, v),
        0x73 => repr::str(vm, v),
        0x61 => repr::ascii(vm, v),
        c => {
            let shown = match char::from_u32(c) {
                Some(ch) if c > 32 && c < 127 => ch.to_string(),
                _ => format!("\\x{c:x}"),
            };
            Err(raise!(
                vm,
                ValueError,
                "Unknown conversion specifier {shown}"
            ))
        }
    }
}

/// The name as an index, if it is one.
fn as_index(vm: &mut Vm, name: &[u8]) -> Result<Option<usize>, Raised> {
    if name.is_empty() {
        return Ok(None);
    }
    let mut n: i64 = 0;
    for c in code_points(name) {
        let Some(d) = unicode::decimal(c) else {
            return Ok(None);
        };
        n = match n.checked_mul(10).and_then(|n| n.checked_add(d as i64)) {
            Some(n) => n,
            None => return Err(invalid(vm, "Too many decimal digits in format string")),
        };
    }
    Ok(Some(n as usize))
}

/// `first.attribute[item]…`
fn lookup(vm: &mut Vm, name: &[u8], source: Source<'_>, numbering: &mut Numbering) -> R {
    let end = name
        .iter()
        .position(|c| matches!(c, b'.' | b'['))
        .unwrap_or(name.len());
    let (first, mut rest) = name.split_at(end);
    let mut index = as_index(vm, first)?;
    if first.is_empty() || index.is_some() {
        match (*numbering, first.is_empty()) {
            (Numbering::Manual, true) => {
                return Err(invalid(
                    vm,
                    "cannot switch from manual field specification to automatic field numbering",
                ));
            }
            (Numbering::Auto(_), false) => {
                return Err(invalid(
                    vm,
                    "cannot switch from automatic field numbering to manual field specification",
                ));
            }
            (Numbering::Auto(n), true) => {
                index = Some(n);
                *numbering = Numbering::Auto(n + 1);
            }
            (Numbering::Undecided, true) => {
                index = Some(0);
                *numbering = Numbering::Auto(1);
            }
            (Numbering::Undecided | Numbering::Manual, false) => *numbering = Numbering::Manual,
        }
    }
    let mut v = match (index, source) {
        (Some(i), Source::Args(a)) => match a.get(i) {
            Some(v) => v,
            None => {
                return Err(raise!(
                    vm,
                    IndexError,
                    "Replacement index {i} out of range for positional args tuple"
                ));
            }
        },
        (Some(_), Source::Mapping(_)) => {
            return Err(invalid(vm, "Format string contains positional fields"));
        }
        (None, Source::Args(a)) => keyword(vm, a, first)?,
        (None, Source::Mapping(m)) => {
            let k = vm.new_str_wtf8(first)?;
            item::get_item(vm, m, k)?
        }
    };
    while let Some((&c, tail)) = rest.split_first() {
        let stop = match c {
            b'.' => tail
                .iter()
                .position(|c| matches!(c, b'.' | b'['))
                .unwrap_or(tail.len()),
            b'[' => match tail.iter().position(|&c| c == b']') {
                Some(i) => i,
                None => return Err(invalid(vm, "Missing ']' in format string")),
            },
            _ => {
                return Err(invalid(
                    vm,
                    "Only '.' or '[' may follow ']' in format field specifier",
                ));
            }
        };
        let part = &tail[..stop];
        // An index that is too large is an error even before an empty name is.
        let index = if c == b'[' { as_index(vm, part)? } else { None };
        if part.is_empty() {
            return Err(invalid(vm, "Empty attribute in format string"));
        }
        rest = &tail[stop + (c == b'[') as usize..];
        v = if c == b'.' {
            let name = vm.new_str_wtf8(part)?;
            attr::get_attr(vm, v, name)?
        } else {
            let key = match index {
                Some(i) => vm.new_int(i as i64)?,
                None => vm.new_str_wtf8(part)?,
            };
            item::get_item(vm, v, key)?
        };
    }
    Ok(v)
}

/// The keyword argument of this name.
fn keyword(vm: &mut Vm, a: Args<'_>, name: &[u8]) -> R {
    let found = a
        .kwnames()
        .and_then(|k| k.get::<TupleObj>(vm))
        .and_then(|names| names.iter().position(|k| strs::bytes(vm, k) == Some(name)));
    match found.and_then(|i| a.kw_values().get(i)) {
        Some(v) => Ok(*v),
        None => {
            let k = vm.new_str_wtf8(name)?;
            Err(vm.raise_args(ClassId::KeyError, &[k]))
        }
    }
}
