//! `str % args`, and `bytes % args`: there, each byte stands for the code point of its number, in
//! the format and in what is put in, and becomes a byte again at the end.

use super::ops as strs;
use crate::code::wtf8::{code_points, decode_at, push_code_point};
use crate::object::{ClassId, Gc, Kind, Value};
use crate::protocol::special::{self, Special};
use crate::protocol::{item, number, repr};
use crate::raise;
use crate::types::bytes::ops as bytes;
use crate::types::float::text::{self, Flags, Style};
use crate::types::int::big::room_bytes;
use crate::types::int::{ops as int, parse};
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm, work};

type R = Result<Value, Raised>;

/// Where the next argument comes from.
struct Source {
    args: Value,
    /// The right operand, when it can be looked up in.
    mapping: Option<Value>,
    /// Next item of the tuple; -2 and -1 are "not used" and "used" of a single argument.
    at: i64,
    len: i64,
    /// Whether bytes are being formatted.
    bytes: bool,
}

impl Source {
    /// What `next` would give, if there is any.
    fn peek(&self, vm: &Vm) -> Option<Value> {
        if self.at >= self.len {
            return None;
        }
        match self.len < 0 {
            true => Some(self.args),
            false => self.args.get::<TupleObj>(vm)?.get(self.at as usize),
        }
    }
    fn next(&mut self, vm: &mut Vm) -> R {
        if self.at < self.len {
            let i = self.at;
            self.at += 1;
            if self.len < 0 {
                return Ok(self.args);
            }
            let item = self
                .args
                .get::<TupleObj>(vm)
                .and_then(|t| t.get(i as usize));
            if let Some(v) = item {
                return Ok(v);
            }
        }
        Err(raise!(
            vm,
            TypeError,
            "not enough arguments for format string"
        ))
    }
}

/// One conversion: `%(key)-08.3f`.
#[derive(Default)]
struct Field {
    left: bool,
    plus: bool,
    blank: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
    kind: u32,
}

/// The format's code points: `get` past its end is an error of the format.
struct Cursor<'a> {
    s: &'a [u8],
    /// Byte and character position.
    at: usize,
    pos: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u32> {
        (self.at < self.s.len()).then(|| decode_at(self.s, self.at).0)
    }
    fn next(&mut self, vm: &mut Vm) -> Result<u32, Raised> {
        if self.at >= self.s.len() {
            return Err(raise!(vm, ValueError, "incomplete format"));
        }
        let (c, w) = decode_at(self.s, self.at);
        self.at += w;
        self.pos += 1;
        Ok(c)
    }
}

/// `format % args`
///
/// # Errors
/// TypeError and ValueError, in CPython's words.
pub fn format(vm: &mut Vm, format: Value, args: Value) -> R {
    let Some(f) = Gc::<StrObj>::from_value(format) else {
        return Err(vm.raise(ClassId::SystemError, "bad argument to str formatting"));
    };
    let text = vm.copied(|vm| f.get(vm).as_bytes())?;
    let out = format_text(vm, &text, args, false)?;
    vm.new_str_wtf8(&out)
}
/// `format % args` of bytes
///
/// # Errors
/// As [`format()`].
pub fn format_of_bytes(vm: &mut Vm, format: Value, args: Value) -> R {
    let text = widen(vm, format)?.unwrap_or_default();
    let out = format_text(vm, &text, args, true)?;
    let out = narrow(&out);
    vm.new_bytes(&out)
}
/// A code point for each byte; `None` for what is no bytes object.
fn widen(vm: &mut Vm, v: Value) -> Result<Option<Vec<u8>>, Raised> {
    let Some(n) = bytes::get(vm, v).map(<[u8]>::len) else {
        return Ok(None);
    };
    room_bytes(vm, n.saturating_mul(2))?;
    let mut out = Vec::with_capacity(n);
    for c in bytes::get(vm, v).unwrap_or_default() {
        push_code_point(&mut out, *c as u32);
    }
    Ok(Some(out))
}
fn narrow(text: &[u8]) -> Vec<u8> {
    code_points(text).map(|c| c as u8).collect()
}

fn format_text(vm: &mut Vm, text: &[u8], args: Value, of_bytes: bool) -> Result<Vec<u8>, Raised> {
    let mut source = match args.get::<TupleObj>(vm) {
        Some(t) => Source {
            args,
            mapping: None,
            at: 0,
            len: t.len as i64,
            bytes: of_bytes,
        },
        None => Source {
            args,
            mapping: is_mapping(vm, args, of_bytes)?.then_some(args),
            at: -2,
            len: -1,
            bytes: of_bytes,
        },
    };
    let mut c = Cursor {
        s: text,
        at: 0,
        pos: 0,
    };
    // Beside the format itself.
    room_bytes(vm, 2 * text.len())?;
    let mut out = Vec::new();
    vm.reserve(&mut out, text.len() + 32)?;
    while c.at < text.len() {
        match text[c.at..].iter().position(|&b| b == b'%') {
            None => {
                vm.extend(&mut out, &text[c.at..])?;
                break;
            }
            Some(n) => {
                let literal = &text[c.at..c.at + n];
                vm.extend(&mut out, literal)?;
                c.pos += strs::count(literal) + 1;
                c.at += n + 1;
            }
        }
        vm.poll()?;
        field(vm, &mut c, &mut source, &mut out)?;
    }
    if source.at < source.len && source.mapping.is_none() {
        let what = if of_bytes { "bytes" } else { "string" };
        return Err(raise!(
            vm,
            TypeError,
            "not all arguments converted during {what} formatting"
        ));
    }
    Ok(out)
}

/// The fields that most formats have: `%s` of a str or a small int, `%d`, `%5d`, `%05d` of a small int. False: it
/// is another, and nothing was done.
fn plain_field(
    vm: &mut Vm,
    c: &mut Cursor<'_>,
    source: &mut Source,
    out: &mut Vec<u8>,
) -> Result<bool, Raised> {
    let rest = &c.s[c.at..];
    let n = rest.iter().take(2).take_while(|b| b.is_ascii_digit());
    let n = n.count();
    let (Some(kind), Some(v)) = (rest.get(n), source.peek(vm)) else {
        return Ok(false);
    };
    let mut digits = [0; repr::DIGITS];
    match (kind, v.as_small_int()) {
        (b's', None) if n == 0 && !source.bytes && v.exact::<StrObj>().is_some() => {
            repr::append(vm, v, out)?;
        }
        (b's', Some(i)) if n == 0 && !source.bytes => {
            vm.enter_recursive(" while getting the str of an object")?;
            vm.extend(out, repr::decimal(i, &mut digits))?;
        }
        (b'd', Some(i)) => {
            let width = rest[..n].iter();
            let width = width.fold(0, |w, d| 10 * w + (d - b'0') as usize);
            let text = repr::decimal(i, &mut digits);
            let fill = width.saturating_sub(text.len());
            match rest[0] {
                b'0' => {
                    let sign = usize::from(i < 0);
                    vm.extend(out, &text[..sign])?;
                    vm.extend(out, &[b'0'; 99][..fill])?;
                    vm.extend(out, &text[sign..])?;
                }
                _no_zeros => {
                    vm.extend(out, &[b' '; 99][..fill])?;
                    vm.extend(out, text)?;
                }
            }
        }
        _ => return Ok(false),
    }
    source.at += 1;
    c.at += n + 1;
    c.pos += n + 1;
    Ok(true)
}

/// Everything behind a `%`.
fn field(
    vm: &mut Vm,
    c: &mut Cursor<'_>,
    source: &mut Source,
    out: &mut Vec<u8>,
) -> Result<(), Raised> {
    if c.peek() == Some(b'%' as u32) {
        c.next(vm)?;
        vm.extend(out, b"%")?;
        return Ok(());
    }
    if plain_field(vm, c, source, out)? {
        return Ok(());
    }
    let mut f = Field::default();
    if c.peek() == Some(b'(' as u32) {
        key(vm, c, source)?;
    }
    let mut ch;
    loop {
        ch = c.next(vm)?;
        match flag(ch) {
            b'-' => f.left = true,
            b'+' => f.plus = true,
            b' ' => f.blank = true,
            b'#' => f.alternate = true,
            b'0' => f.zero = true,
            _ => break,
        }
    }
    if ch == b'*' as u32 {
        let v = source.next(vm)?;
        let n = star(vm, v)?;
        let n = match int::to_i64(vm, n) {
            Some(n) => n,
            None => {
                return Err(raise!(
                    vm,
                    OverflowError,
                    "Python int too large to convert to C ssize_t"
                ));
            }
        };
        f.left |= n < 0;
        f.width = n.unsigned_abs() as usize;
        ch = c.next(vm)?;
    } else {
        let mut w: i64 = 0;
        while let d @ b'0'..=b'9' = flag(ch) {
            w = match w
                .checked_mul(10)
                .and_then(|w| w.checked_add((d - b'0') as i64))
            {
                Some(w) => w,
                None => return Err(raise!(vm, ValueError, "width too big")),
            };
            ch = c.next(vm)?;
        }
        f.width = w as usize;
    }
    if ch == b'.' as u32 {
        ch = c.next(vm)?;
        let mut p: i32 = 0;
        if ch == b'*' as u32 {
            let v = source.next(vm)?;
            let n = star(vm, v)?;
            p = match int::to_i64(vm, n).and_then(|n| i32::try_from(n).ok()) {
                Some(n) => n.max(0),
                None => {
                    return Err(raise!(
                        vm,
                        OverflowError,
                        "Python int too large to convert to C int"
                    ));
                }
            };
            ch = c.next(vm)?;
        } else {
            while let d @ b'0'..=b'9' = flag(ch) {
                p = match p
                    .checked_mul(10)
                    .and_then(|p| p.checked_add((d - b'0') as i32))
                {
                    Some(p) => p,
                    None => return Err(raise!(vm, ValueError, "precision too big")),
                };
                ch = c.next(vm)?;
            }
        }
        f.precision = Some(p as usize);
    }
    if matches!(flag(ch), b'h' | b'l' | b'L') {
        ch = c.next(vm)?;
    }
    f.kind = ch;
    let v = source.next(vm)?;
    room_bytes(
        vm,
        out.len()
            .saturating_add(f.width)
            .saturating_add(f.precision.unwrap_or(0).saturating_mul(2)),
    )?;
    let mut b = Vec::new();
    match flag(ch) {
        b's' | b'b' if source.bytes => match widen(vm, v)? {
            Some(text) => b = text,
            None => {
                let t = vm.type_name(v);
                return Err(raise!(
                    vm,
                    TypeError,
                    "%b requires a bytes-like object, or an object that implements __bytes__, not '{t}'"
                ));
            }
        },
        b's' => repr::str_into(vm, v, &mut b)?,
        b'r' if !source.bytes => repr::repr_into(vm, v, &mut b)?,
        b'a' | b'r' => {
            repr::repr_into(vm, v, &mut b)?;
            b = repr::to_ascii(vm, &b)?;
        }
        b'd' | b'i' | b'u' | b'o' | b'x' | b'X' => {
            integer(vm, v, &f, &mut b)?;
            return number_into(vm, &f, &b, out);
        }
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => {
            let x = match number::as_f64(vm, v) {
                Err(r) if source.bytes => {
                    vm.catch(r, ClassId::Exception)?;
                    let t = vm.type_name(v);
                    return Err(raise!(vm, TypeError, "float argument required, not {t}"));
                }
                x => x?,
            };
            let style = match flag(ch) | 0x20 {
                b'e' => Style::Exp,
                b'f' => Style::Fixed,
                _ => Style::General,
            };
            let flags = Flags {
                alternate: f.alternate,
                upper: (ch as u8).is_ascii_uppercase(),
                ..Flags::default()
            };
            text::write(x, style, f.precision.unwrap_or(6), flags, &mut b);
            return number_into(vm, &f, &b, out);
        }
        b'c' => {
            let code = if source.bytes {
                byte(vm, v)?
            } else {
                character(vm, v)?
            };
            push_code_point(&mut b, code);
            // A precision does not cut a character off.
            return text_into(vm, &f, &b, out);
        }
        _ => {
            let shown = match char::from_u32(ch) {
                Some(s) if (31..126).contains(&ch) => s,
                _ => '?',
            };
            let at = c.pos - 1;
            return Err(raise!(
                vm,
                ValueError,
                "unsupported format character '{shown}' (0x{ch:x}) at index {at}"
            ));
        }
    }
    if let Some(p) = f.precision {
        let end = strs::byte_of_char(&b, p);
        b.truncate(end);
    }
    text_into(vm, &f, &b, out)
}

fn flag(c: u32) -> u8 {
    if c < 128 { c as u8 } else { 0 }
}

/// `(key)`: the field's argument is the mapping's item.
fn key(vm: &mut Vm, c: &mut Cursor<'_>, source: &mut Source) -> Result<(), Raised> {
    let Some(mapping) = source.mapping else {
        return Err(raise!(vm, TypeError, "format requires a mapping"));
    };
    let rest = &c.s[c.at + 1..];
    let mut depth = 1;
    let end = rest.iter().position(|&b| {
        match b {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => (),
        }
        depth == 0
    });
    let Some(end) = end else {
        return Err(raise!(vm, ValueError, "incomplete format key"));
    };
    let k = if source.bytes {
        vm.new_bytes(&narrow(&rest[..end]))?
    } else {
        vm.new_str_wtf8(&rest[..end])?
    };
    c.pos += strs::count(&rest[..end]) + 2;
    c.at += end + 2;
    source.args = item::get_item(vm, mapping, k)?;
    (source.at, source.len) = (-2, -1);
    Ok(())
}

fn star(vm: &mut Vm, v: Value) -> R {
    if int::is_int(v) {
        Ok(v)
    } else {
        Err(raise!(vm, TypeError, "* wants int"))
    }
}

fn character(vm: &mut Vm, v: Value) -> Result<u32, Raised> {
    let v = crate::protocol::user::try_index(vm, v)?;
    if let Some(b) = strs::bytes(vm, v) {
        if !b.is_empty() {
            let (c, w) = decode_at(b, 0);
            if w == b.len() {
                return Ok(c);
            }
        }
    } else if let Some(c) = int::to_i64(vm, v) {
        return match c {
            0..0x11_0000 => Ok(c as u32),
            _ => Err(raise!(vm, OverflowError, "%c arg not in range(0x110000)")),
        };
    }
    Err(raise!(vm, TypeError, "%c requires int or char"))
}

fn byte(vm: &mut Vm, v: Value) -> Result<u32, Raised> {
    if let Some(&[c]) = bytes::get(vm, v) {
        return Ok(c as u32);
    }
    if int::is_int(v) {
        return match int::to_i64(vm, v).and_then(|c| u8::try_from(c).ok()) {
            Some(c) => Ok(c as u32),
            None => Err(raise!(vm, OverflowError, "%c arg not in range(256)")),
        };
    }
    Err(raise!(
        vm,
        TypeError,
        "%c requires an integer in range(256) or a single byte"
    ))
}

/// Whether names are looked up in it: whatever has items by key, but for texts.
fn is_mapping(vm: &mut Vm, v: Value, of_bytes: bool) -> Result<bool, Raised> {
    Ok(match v.kind() {
        Some(Kind::Str) => false,
        Some(Kind::Bytes | Kind::ByteArray) => !of_bytes,
        Some(Kind::Dict | Kind::List | Kind::Range | Kind::Memory | Kind::MappingProxy) => true,
        _ => v.is_user() && special::find(vm, v, Special::GetItem)?.is_some(),
    })
}

/// Whether a program's class makes numbers (`PyNumber_Check`).
fn is_numeric(vm: &mut Vm, v: Value) -> Result<bool, Raised> {
    for s in [Special::Int, Special::Float, Special::Index] {
        if special::find(vm, v, s)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Sign, prefix and digits (as many as the precision asks for) of an int.
fn integer(vm: &mut Vm, v: Value, f: &Field, out: &mut Vec<u8>) -> Result<(), Raised> {
    let kind = flag(f.kind);
    let decimal = matches!(kind, b'd' | b'i' | b'u');
    let made = match v.is_user() && !int::is_int(v) {
        true if decimal && is_numeric(vm, v)? => crate::types::int::methods::from_value(vm, v),
        true if !decimal => crate::protocol::user::try_index(vm, v),
        _ => Ok(v),
    };
    let v = match made {
        Ok(i) => i,
        Err(r) => {
            // The error below says it.
            vm.catch(r, ClassId::TypeError)?;
            v
        }
    };
    let v = if int::is_int(v) {
        v
    } else if let (Some(x), true) = (v.as_float(), decimal) {
        int::from_float(vm, x)?
    } else {
        let (what, t) = (
            if decimal { "a number" } else { "an integer" },
            vm.type_name(v),
        );
        let kind = kind as char;
        return Err(raise!(
            vm,
            TypeError,
            "%{kind} format: {what} is required, not {t}"
        ));
    };
    let (radix, prefix) = match kind {
        b'o' => (8, "0o"),
        b'x' => (16, "0x"),
        b'X' => (16, "0X"),
        _ => (10, ""),
    };
    let mut digits = Vec::new();
    parse::to_radix(vm, v, radix, &mut digits)?;
    if kind == b'X' {
        digits.make_ascii_uppercase();
    }
    let digits = match digits.split_first() {
        Some((b'-', rest)) => {
            out.push(b'-');
            rest
        }
        _ => &digits[..],
    };
    if f.alternate {
        out.extend_from_slice(prefix.as_bytes());
    }
    let zeros = f.precision.unwrap_or(0).saturating_sub(digits.len());
    pad(vm, out, b'0', zeros)?;
    vm.extend(out, digits)
}

/// A number, signed and padded: zeros go between sign or prefix and digits.
fn number_into(vm: &mut Vm, f: &Field, b: &[u8], out: &mut Vec<u8>) -> Result<(), Raised> {
    let (sign, b): (&[u8], &[u8]) = match b.split_first() {
        Some((b'-', rest)) => (b"-", rest),
        _ if f.plus => (b"+", b),
        _ if f.blank => (b" ", b),
        _ => (b"", b),
    };
    let prefixed = f.alternate && matches!(flag(f.kind), b'o' | b'x' | b'X');
    let (prefix, digits) = b.split_at(if prefixed { 2 } else { 0 });
    let n = f
        .width
        .saturating_sub(sign.len() + prefix.len() + digits.len());
    if !f.left && !f.zero {
        pad(vm, out, b' ', n)?;
    }
    vm.extend(out, sign)?;
    vm.extend(out, prefix)?;
    if !f.left && f.zero {
        pad(vm, out, b'0', n)?;
    }
    vm.extend(out, digits)?;
    if f.left {
        pad(vm, out, b' ', n)?;
    }
    Ok(())
}

/// Appends so many of a byte.
fn pad(vm: &mut Vm, out: &mut Vec<u8>, c: u8, n: usize) -> Result<(), Raised> {
    vm.reserve(out, n)?;
    if n <= work::PIECE {
        out.resize(out.len() + n, c);
        return Ok(());
    }
    for done in (0..n).step_by(work::PIECE) {
        out.resize(out.len() + work::PIECE.min(n - done), c);
        vm.poll()?;
    }
    Ok(())
}

fn text_into(vm: &mut Vm, f: &Field, b: &[u8], out: &mut Vec<u8>) -> Result<(), Raised> {
    let n = f.width.saturating_sub(strs::count(b));
    if !f.left {
        pad(vm, out, b' ', n)?;
    }
    vm.extend(out, b)?;
    if f.left {
        pad(vm, out, b' ', n)?;
    }
    Ok(())
}
