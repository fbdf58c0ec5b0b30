//! `format()`: the format mini-language of ints, floats and strings.

use super::repr;
use crate::code::wtf8::push_code_point;
use crate::object::{ClassId, Kind, Value};
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::complex::ops::Complex;
use crate::types::float::text::{self, Flags, Style};
use crate::types::int::big::room_bytes;
use crate::types::int::ops as int;
use crate::types::int::parse;
use crate::types::str::ops as strs;
use crate::types::str::unicode;
use crate::types::str::value::StrObj;
use crate::vm::{Raised, Vm, work};

type R = Result<Value, Raised>;

/// `format(v, spec)`; `spec` is a str.
///
/// # Errors
/// ValueError for a spec the type does not know, TypeError for a type that knows none.
pub fn format(vm: &mut Vm, v: Value, spec: Value) -> R {
    if v.is_user()
        && let Some(r) = by_class(vm, v, spec)?
    {
        return Ok(r);
    }
    format_plain(vm, v, spec)
}
/// What a program's `__format__` gives.
fn by_class(vm: &mut Vm, v: Value, spec: Value) -> Result<Option<Value>, Raised> {
    let Some(r) = special::call_overridden(vm, v, Special::Format, &[spec])? else {
        return Ok(None);
    };
    if r.is_kind(Kind::Str) {
        return Ok(Some(r));
    }
    let t = vm.type_name(r);
    Err(raise!(
        vm,
        TypeError,
        "__format__ must return a str, not {t}"
    ))
}
/// The same by the layout: what the builtin types' `__format__` does.
///
/// # Errors
/// As [`format()`].
pub fn format_plain(vm: &mut Vm, v: Value, spec: Value) -> R {
    let spec = strs::bytes(vm, spec).unwrap_or_default().to_vec();
    if spec.is_empty() {
        return repr::str(vm, v);
    }
    let mut out = Vec::new();
    plain_into(vm, v, &spec, &mut out)?;
    vm.new_str_wtf8(&out)
}

/// FORMAT_VALUE: `flags & 3` converts first (0 not, 1 `str`, 2 `repr`, 3 `ascii`).
///
/// # Errors
/// As [`format()`].
pub fn format_value(vm: &mut Vm, v: Value, flags: u32, spec: Option<Value>) -> R {
    let v = match flags & 3 {
        0 => v,
        1 => repr::str(vm, v)?,
        2 => repr::repr(vm, v)?,
        _ => repr::ascii(vm, v)?,
    };
    match spec {
        None if v.exact::<StrObj>().is_some() => Ok(v),
        None => format_bytes(vm, v, b""),
        Some(s) => format(vm, v, s),
    }
}

/// [`format()`] with the spec as WTF-8 bytes.
///
/// # Errors
/// As [`format()`].
pub fn format_bytes(vm: &mut Vm, v: Value, spec: &[u8]) -> R {
    if spec.is_empty() && !v.is_user() {
        return repr::str(vm, v);
    }
    let mut out = Vec::new();
    format_into(vm, v, spec, &mut out)?;
    vm.new_str_wtf8(&out)
}

/// Appends what [`format_bytes`] gives.
///
/// # Errors
/// As [`format()`].
pub fn format_into(vm: &mut Vm, v: Value, spec: &[u8], out: &mut Vec<u8>) -> Result<(), Raised> {
    if v.is_user() {
        let s = vm.new_str_wtf8(spec)?;
        if let Some(r) = by_class(vm, v, s)? {
            return repr::append(vm, r, out);
        }
    }
    plain_into(vm, v, spec, out)
}
fn plain_into(vm: &mut Vm, v: Value, spec: &[u8], out: &mut Vec<u8>) -> Result<(), Raised> {
    if spec.is_empty() {
        return repr::str_into(vm, v, out);
    }
    let radix = match spec {
        b"d" => 10,
        b"x" => 16,
        b"o" => 8,
        b"b" => 2,
        _ => 0,
    };
    if radix != 0 && v.is_small_int() {
        return parse::to_radix(vm, v, radix, out);
    }
    let v = crate::types::instance::ops::plain(vm, v)?;
    if v.is_kind(Kind::Str) {
        let s = parse_spec(vm, spec, b's', Align::Left)?;
        return string(vm, v, &s, out);
    }
    if let Some(f) = v.as_float() {
        let s = parse_spec(vm, spec, 0, Align::Right)?;
        return match letter(s.kind) {
            0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n' | b'%' => float(vm, f, &s, out),
            _ => Err(unknown_code(vm, s.kind, v)),
        };
    }
    if int::is_int(v) {
        let s = parse_spec(vm, spec, b'd', Align::Right)?;
        return match letter(s.kind) {
            b'b' | b'c' | b'd' | b'o' | b'x' | b'X' | b'n' => integer(vm, v, &s, out),
            b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%' => {
                let f = int::to_float(vm, v)?;
                float(vm, f, &s, out)
            }
            _ => Err(unknown_code(vm, s.kind, v)),
        };
    }
    if let Some(c) = crate::types::complex::ops::get(vm, v) {
        let s = parse_spec(vm, spec, 0, Align::Right)?;
        return match letter(s.kind) {
            0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n' => complex(vm, c, &s, out),
            _ => Err(unknown_code(vm, s.kind, v)),
        };
    }
    let t = vm.type_name(v);
    Err(raise!(
        vm,
        TypeError,
        "unsupported format string passed to {t}.__format__"
    ))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Align {
    Left,
    Right,
    /// Between sign and digits.
    Inner,
    Center,
}

fn align_of(c: u32) -> Option<Align> {
    match letter(c) {
        b'<' => Some(Align::Left),
        b'>' => Some(Align::Right),
        b'=' => Some(Align::Inner),
        b'^' => Some(Align::Center),
        _ => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    None,
    Comma,
    Underscore,
}

struct Spec {
    fill: u32,
    align: Align,
    alternate: bool,
    /// `+`, `-`, blank, or 0.
    sign: u8,
    width: usize,
    group: Group,
    precision: Option<usize>,
    /// The presentation type; 0 when there is none.
    kind: u32,
}

/// An ASCII character; 0xFF for any other.
fn letter(c: u32) -> u8 {
    if c < 128 { c as u8 } else { 0xFF }
}

fn invalid(vm: &mut Vm, msg: &str) -> Raised {
    vm.raise(ClassId::ValueError, msg)
}

/// A character in an error text: as itself, or as its number.
fn shown(c: u32) -> String {
    match char::from_u32(c) {
        Some(ch) if c > 32 && c < 128 => ch.to_string(),
        _ => format!("\\x{c:x}"),
    }
}

#[cold]
fn unknown_code(vm: &mut Vm, kind: u32, v: Value) -> Raised {
    let (c, t) = (shown(kind), vm.type_name(v));
    raise!(
        vm,
        ValueError,
        "Unknown format code '{c}' for object of type '{t}'"
    )
}

/// A decimal number at `at`, digits of any script; `None` when there is none.
fn number(vm: &mut Vm, s: &[u32], at: &mut usize) -> Result<Option<usize>, Raised> {
    let mut n: Option<i64> = None;
    while let Some(d) = s.get(*at).and_then(|&c| unicode::decimal(c)) {
        n = match n
            .unwrap_or(0)
            .checked_mul(10)
            .and_then(|n| n.checked_add(d as i64))
        {
            Some(n) => Some(n),
            None => return Err(invalid(vm, "Too many decimal digits in format string")),
        };
        *at += 1;
    }
    Ok(n.map(|n| n as usize))
}

fn parse_spec(vm: &mut Vm, spec: &[u8], default: u8, align: Align) -> Result<Spec, Raised> {
    let s: Vec<u32> = crate::code::wtf8::code_points(spec).collect();
    let mut f = Spec {
        fill: b' ' as u32,
        align,
        alternate: false,
        sign: 0,
        width: 0,
        group: Group::None,
        precision: None,
        kind: default as u32,
    };
    let mut at = 0;
    let peek = |at: usize| s.get(at).map_or(0, |&c| letter(c));
    let mut aligned = false;
    let mut filled = false;
    if let Some(a) = s.get(1).and_then(|&c| align_of(c)) {
        (f.fill, f.align) = (s[0], a);
        (aligned, filled) = (true, true);
        at = 2;
    } else if let Some(a) = s.first().and_then(|&c| align_of(c)) {
        f.align = a;
        aligned = true;
        at = 1;
    }
    if matches!(peek(at), b'+' | b'-' | b' ') {
        f.sign = peek(at);
        at += 1;
    }
    if peek(at) == b'#' {
        f.alternate = true;
        at += 1;
    }
    if !filled && peek(at) == b'0' {
        f.fill = b'0' as u32;
        if !aligned {
            f.align = Align::Inner;
        }
        at += 1;
    }
    f.width = number(vm, &s, &mut at)?.unwrap_or(0);
    if peek(at) == b',' {
        f.group = Group::Comma;
        at += 1;
    }
    if peek(at) == b'_' {
        if f.group != Group::None {
            return Err(invalid(vm, "Cannot specify both ',' and '_'."));
        }
        f.group = Group::Underscore;
        at += 1;
    }
    if peek(at) == b',' {
        return Err(invalid(vm, "Cannot specify both ',' and '_'."));
    }
    if peek(at) == b'.' {
        at += 1;
        f.precision = number(vm, &s, &mut at)?;
        if f.precision.is_none() {
            return Err(invalid(vm, "Format specifier missing precision"));
        }
    }
    match &s[at..] {
        [] => (),
        &[c] => f.kind = c,
        _ => return Err(invalid(vm, "Invalid format specifier")),
    }
    let group = match f.group {
        Group::None => return Ok(f),
        Group::Comma => ',',
        Group::Underscore => '_',
    };
    match letter(f.kind) {
        b'd' | b'e' | b'f' | b'g' | b'E' | b'G' | b'%' | b'F' | 0 => Ok(f),
        b'b' | b'o' | b'x' | b'X' if f.group == Group::Underscore => Ok(f),
        _ => {
            let c = shown(f.kind);
            Err(raise!(
                vm,
                ValueError,
                "Cannot specify '{group}' with '{c}'."
            ))
        }
    }
}

fn pad(vm: &mut Vm, out: &mut Vec<u8>, fill: u32, n: usize) -> Result<(), Raised> {
    // As a rule; a `memset` of nothing takes its time, too.
    if n == 0 {
        return Ok(());
    }
    let unit = if fill < 128 { 1 } else { 4 };
    vm.reserve(out, n.saturating_mul(unit))?;
    if unit == 1 && n <= work::PIECE {
        out.resize(out.len() + n, fill as u8);
        return Ok(());
    }
    for done in (0..n).step_by(work::PIECE) {
        let some = work::PIECE.min(n - done);
        if fill < 128 {
            out.resize(out.len() + some, fill as u8);
        } else {
            (0..some).for_each(|_| push_code_point(out, fill));
        }
        vm.poll()?;
    }
    Ok(())
}

/// Memory for a field of `width` and `more` characters.
fn room(vm: &mut Vm, s: &Spec, more: usize) -> Result<(), Raised> {
    let unit = if s.fill < 128 { 1 } else { 4 };
    room_bytes(vm, s.width.saturating_mul(unit).saturating_add(more))
}

fn string(vm: &mut Vm, v: Value, s: &Spec, out: &mut Vec<u8>) -> Result<(), Raised> {
    if s.kind != b's' as u32 {
        return Err(unknown_code(vm, s.kind, v));
    }
    if s.sign != 0 {
        return Err(invalid(vm, "Sign not allowed in string format specifier"));
    }
    if s.alternate {
        return Err(invalid(
            vm,
            "Alternate form (#) not allowed in string format specifier",
        ));
    }
    if s.align == Align::Inner {
        return Err(invalid(
            vm,
            "'=' alignment not allowed in string format specifier",
        ));
    }
    let len = strs::bytes(vm, v).map_or(0, <[u8]>::len);
    room(vm, s, len)?;
    let b = strs::bytes(vm, v).unwrap_or_default();
    let (mut n, mut end) = (strs::count(b), b.len());
    if let Some(p) = s.precision
        && p < n
    {
        end = strs::byte_of_char(b, p);
        n = p;
    }
    let total = s.width.saturating_sub(n);
    let left = match s.align {
        Align::Left | Align::Inner => 0,
        Align::Right => total,
        Align::Center => total / 2,
    };
    pad(vm, out, s.fill, left)?;
    vm.reserve(out, end)?;
    vm.working(|vm| {
        let b = strs::bytes(vm, v).unwrap_or_default();
        work::append(vm, out, &b[..end]);
    })?;
    pad(vm, out, s.fill, total - left)
}

fn integer(vm: &mut Vm, v: Value, s: &Spec, out: &mut Vec<u8>) -> Result<(), Raised> {
    if s.precision.is_some() {
        return Err(invalid(
            vm,
            "Precision not allowed in integer format specifier",
        ));
    }
    let kind = letter(s.kind);
    if kind == b'c' {
        return character(vm, v, s, out);
    }
    let (radix, prefix, group) = match kind {
        b'b' => (2, "0b", 4),
        b'o' => (8, "0o", 4),
        b'x' => (16, "0x", 4),
        b'X' => (16, "0X", 4),
        _ => (10, "", 3),
    };
    let mut digits = Vec::new();
    parse::to_radix(vm, v, radix, &mut digits)?;
    if kind == b'X' {
        digits.make_ascii_uppercase();
    }
    let (negative, digits) = match digits.split_first() {
        Some((b'-', rest)) => (true, rest),
        _ => (false, &digits[..]),
    };
    room(vm, s, digits.len() * 2)?;
    let n = Number {
        negative,
        prefix: if s.alternate { prefix } else { "" },
        digits,
        group,
        rest: b"",
    };
    n.write(vm, s, out)
}

fn character(vm: &mut Vm, v: Value, s: &Spec, out: &mut Vec<u8>) -> Result<(), Raised> {
    if s.sign != 0 {
        return Err(invalid(
            vm,
            "Sign not allowed with integer format specifier 'c'",
        ));
    }
    if s.alternate {
        return Err(invalid(
            vm,
            "Alternate form (#) not allowed with integer format specifier 'c'",
        ));
    }
    let c = match int::to_i64(vm, v) {
        Some(c @ 0..0x11_0000) => c as u32,
        Some(_) => {
            return Err(raise!(vm, OverflowError, "%c arg not in range(0x110000)"));
        }
        None => {
            return Err(raise!(
                vm,
                OverflowError,
                "Python int too large to convert to C long"
            ));
        }
    };
    room(vm, s, 4)?;
    let mut b = Vec::new();
    push_code_point(&mut b, c);
    // The character stands where the digits do not: it is never grouped or zero filled.
    let n = Number {
        negative: false,
        prefix: "",
        digits: b"",
        group: 0,
        rest: &b,
    };
    n.write(vm, s, out)
}

fn float(vm: &mut Vm, f: f64, s: &Spec, out: &mut Vec<u8>) -> Result<(), Raised> {
    let mut flags = Flags {
        alternate: s.alternate,
        ..Flags::default()
    };
    let mut value = f;
    let mut precision = s.precision;
    if precision.is_some_and(|p| p > i32::MAX as usize) {
        return Err(invalid(vm, "precision too big"));
    }
    let style = match letter(s.kind) {
        b'e' => Style::Exp,
        b'f' => Style::Fixed,
        b'E' | b'F' | b'G' => {
            flags.upper = true;
            match letter(s.kind) {
                b'E' => Style::Exp,
                b'F' => Style::Fixed,
                _ => Style::General,
            }
        }
        b'%' => {
            value *= 100.0;
            Style::Fixed
        }
        0 => {
            flags.dot_zero = true;
            if precision.is_some() {
                Style::General
            } else {
                precision = Some(0);
                Style::Repr
            }
        }
        _ => Style::General,
    };
    let precision = precision.unwrap_or(6);
    room(vm, s, precision.saturating_add(400).saturating_mul(2))?;
    let mut b = Vec::new();
    text::write(value, style, precision, flags, &mut b);
    if s.kind == b'%' as u32 {
        b.push(b'%');
    }
    let (negative, b) = match b.split_first() {
        Some((b'-', rest)) => (true, rest),
        _ => (false, &b[..]),
    };
    let n = b.iter().take_while(|c| c.is_ascii_digit()).count();
    let (digits, rest) = b.split_at(n);
    Number {
        negative,
        prefix: "",
        digits,
        group: 3,
        rest,
    }
    .write(vm, s, out)
}

/// A complex number: its parts are written without padding, the whole is padded.
fn complex(vm: &mut Vm, c: Complex, s: &Spec, out: &mut Vec<u8>) -> Result<(), Raised> {
    if s.precision.is_some_and(|p| p > i32::MAX as usize) {
        return Err(invalid(vm, "precision too big"));
    }
    if s.fill == b'0' as u32 {
        return Err(invalid(
            vm,
            "Zero padding is not allowed in complex format specifier",
        ));
    }
    if s.align == Align::Inner {
        return Err(invalid(
            vm,
            "'=' alignment flag is not allowed in complex format specifier",
        ));
    }
    let plain = s.kind == 0;
    let (style, default) = match letter(s.kind) {
        b'e' | b'E' => (Style::Exp, 6),
        b'f' | b'F' => (Style::Fixed, 6),
        0 if s.precision.is_none() => (Style::Repr, 0),
        _ => (Style::General, 6),
    };
    let flags = Flags {
        alternate: s.alternate,
        upper: matches!(letter(s.kind), b'E' | b'F' | b'G'),
        ..Flags::default()
    };
    let precision = s.precision.unwrap_or(default);
    room(vm, s, precision.saturating_add(400).saturating_mul(4))?;
    let skip_real = plain && c.re == 0.0 && c.re.is_sign_positive();
    let mut part = Spec {
        fill: b' ' as u32,
        align: Align::Left,
        width: 0,
        ..*s
    };
    let mut b = Vec::new();
    for (f, skipped) in [(c.re, skip_real), (c.im, false)] {
        if skipped {
            continue;
        }
        let mut text = Vec::new();
        text::write(f, style, precision, flags, &mut text);
        let (negative, digits) = match text.split_first() {
            Some((b'-', rest)) => (true, rest),
            _ => (false, &text[..]),
        };
        let n = digits.iter().take_while(|c| c.is_ascii_digit()).count();
        let (digits, rest) = digits.split_at(n);
        Number {
            negative,
            prefix: "",
            digits,
            group: 3,
            rest,
        }
        .write(vm, &part, &mut b)?;
        part.sign = b'+';
    }
    b.push(b'j');
    if plain && !skip_real {
        b.insert(0, b'(');
        b.push(b')');
    }
    let total = s.width.saturating_sub(b.len());
    let left = match s.align {
        Align::Left | Align::Inner => 0,
        Align::Right => total,
        Align::Center => total / 2,
    };
    pad(vm, out, s.fill, left)?;
    vm.extend(out, &b)?;
    pad(vm, out, s.fill, total - left)
}

/// A number in parts: sign, prefix, digits that may be grouped, and what follows them.
struct Number<'a> {
    negative: bool,
    prefix: &'a str,
    digits: &'a [u8],
    group: usize,
    rest: &'a [u8],
}

impl Number<'_> {
    fn write(&self, vm: &mut Vm, s: &Spec, out: &mut Vec<u8>) -> Result<(), Raised> {
        let sign: &[u8] = match (self.negative, s.sign) {
            (true, _) => b"-",
            (false, b'+') => b"+",
            (false, b' ') => b" ",
            (false, _) => b"",
        };
        let others = sign.len() + self.prefix.len() + strs::count(self.rest);
        // Zeros between sign and digits are digits: they are grouped as well.
        let least = if s.fill == b'0' as u32 && s.align == Align::Inner {
            s.width.saturating_sub(others)
        } else {
            0
        };
        let separator = match s.group {
            Group::None => None,
            Group::Comma => Some(b','),
            Group::Underscore => Some(b'_'),
        };
        let grouped = match separator {
            Some(sep) => Some(group(vm, self.digits, sep, self.group, least)?),
            None => None,
        };
        let digits = grouped.as_deref().unwrap_or(self.digits);
        let zeros = match (separator, self.digits.len()) {
            (None, 1..) => least.saturating_sub(self.digits.len()),
            (_, _) => 0,
        };
        let total = s.width.saturating_sub(others + zeros + digits.len());
        let (before, inner, after) = match s.align {
            Align::Left => (0, 0, total),
            Align::Right => (total, 0, 0),
            Align::Inner => (0, total, 0),
            Align::Center => (total / 2, 0, total - total / 2),
        };
        pad(vm, out, s.fill, before)?;
        vm.extend(out, sign)?;
        vm.extend(out, self.prefix.as_bytes())?;
        pad(vm, out, s.fill, inner)?;
        pad(vm, out, b'0' as u32, zeros)?;
        vm.extend(out, digits)?;
        vm.extend(out, self.rest)?;
        pad(vm, out, s.fill, after)
    }
}

/// Digits with separators, and zeros in front until the text is `least` long.
fn group(
    vm: &mut Vm,
    digits: &[u8],
    sep: u8,
    size: usize,
    least: usize,
) -> Result<Vec<u8>, Raised> {
    if digits.is_empty() {
        return Ok(Vec::new());
    }
    let most = digits.len().max(least) / 3 * 4 + 8;
    vm.ensure_room(most)?;
    // From the right, group by group; written backwards.
    let mut out = Vec::with_capacity(most);
    let mut left = digits.len();
    let mut least = least as i64;
    loop {
        let n = size.min((left as i64).max(least).max(1) as usize);
        for k in 0..n {
            out.push(if k < left { digits[left - 1 - k] } else { b'0' });
        }
        left -= n.min(left);
        least -= n as i64;
        if left == 0 && least <= 0 {
            break;
        }
        out.push(sep);
        least -= 1;
        vm.poll()?;
    }
    vm.working(|vm| work::reverse(vm, &mut out))?;
    Ok(out)
}
