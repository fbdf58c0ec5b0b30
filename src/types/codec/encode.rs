//! Text to bytes.

use super::decode::is_utf8;
use super::{Encoding, Errors, Order, escape, unknown_handler, utf7};
use crate::code::charmap::UNDEFINED;
use crate::code::wtf8::{decode_at, push_code_point};
use crate::object::{ClassId, Gc, Value};
use crate::types::bytes::ops as bytes;
use crate::types::int::big::room_bytes;
use crate::types::str::value::StrObj;
use crate::vm::{Raised, Vm, work};

type R = Result<Value, Raised>;

impl Encoding {
    /// Whether the encoding has the code point.
    fn takes(self, c: u32) -> bool {
        match self {
            Encoding::Ascii => c < 0x80,
            Encoding::Latin1 => c < 0x100,
            Encoding::UnicodeEscape | Encoding::RawUnicodeEscape => true,
            Encoding::Charmap(m) => m.byte_of(c).is_some(),
            _ => !(0xD800..0xE000).contains(&c),
        }
    }
    fn put(self, c: u32, out: &mut Vec<u8>) {
        match self {
            // (UTF-7 is encoded elsewhere, and misses nothing.)
            Encoding::Utf8 | Encoding::Utf8Sig | Encoding::Utf7 => push_code_point(out, c),
            Encoding::Ascii | Encoding::Latin1 => out.push(c as u8),
            Encoding::Utf16(order) => {
                let mut unit = |u: u16| match order {
                    Order::Big => out.extend_from_slice(&u.to_be_bytes()),
                    Order::Marked | Order::Little => out.extend_from_slice(&u.to_le_bytes()),
                };
                match c.checked_sub(0x1_0000) {
                    None => unit(c as u16),
                    Some(c) => {
                        unit(0xD800 | (c >> 10) as u16);
                        unit(0xDC00 | (c & 0x3FF) as u16);
                    }
                }
            }
            Encoding::Utf32(Order::Big) => out.extend_from_slice(&c.to_be_bytes()),
            Encoding::Utf32(_) => out.extend_from_slice(&c.to_le_bytes()),
            Encoding::UnicodeEscape => escape::put(c, false, out),
            Encoding::RawUnicodeEscape => escape::put(c, true, out),
            Encoding::Charmap(m) => out.extend(m.byte_of(c)),
        }
    }
    fn reason(self) -> &'static str {
        match self {
            Encoding::Ascii => "ordinal not in range(128)",
            Encoding::Latin1 => "ordinal not in range(256)",
            Encoding::Charmap(_) => UNDEFINED,
            _ => "surrogates not allowed",
        }
    }
}

/// `s.encode(encoding, errors)`
///
/// # Errors
/// UnicodeEncodeError; LookupError for a handler nobody knows.
pub fn encode(vm: &mut Vm, s: Gc<StrObj>, encoding: Encoding, errors: &Errors) -> R {
    let ascii = s.get(vm).is_ascii();
    let wide = matches!(encoding, Encoding::Utf16(_) | Encoding::Utf32(_));
    let as_is = match encoding {
        // But for lone surrogates.
        Encoding::Utf8 => ascii || vm.working(|vm| is_utf8(vm, s.get(vm).as_bytes()))?,
        Encoding::Utf8Sig | Encoding::Utf7 | Encoding::UnicodeEscape => false,
        Encoding::Charmap(m) => m.writes_ascii() && ascii,
        _ => ascii && !wide,
    };
    let o = s.get(vm);
    if as_is {
        let n = o.len;
        return bytes::build(vm, n, |vm, t| work::copy(vm, t, s.get(vm).as_bytes()));
    }
    let room = o.len.saturating_add(o.chars.saturating_mul(10));
    room_bytes(vm, room)?;
    let text = vm.working(|vm| {
        let mut text = Vec::with_capacity(s.get(vm).len);
        work::append(vm, &mut text, s.get(vm).as_bytes());
        text
    })?;
    let mut out = Vec::with_capacity(text.len());
    if encoding == Encoding::Utf7 {
        utf7::encode(&text, &mut out);
        return vm.new_bytes(&out);
    }
    match encoding {
        Encoding::Utf8Sig | Encoding::Utf16(Order::Marked) | Encoding::Utf32(Order::Marked) => {
            encoding.put(0xFEFF, &mut out)
        }
        _ => (),
    }
    let (mut at, mut pos) = (0, 0);
    while at < text.len() {
        let (c, w) = decode_at(&text, at);
        if encoding.takes(c) {
            encoding.put(c, &mut out);
            at += w;
            pos += 1;
            if pos & 0xFFFF == 0 {
                vm.poll()?;
            }
            continue;
        }
        let start = pos;
        let mut run = Vec::new();
        while at < text.len() && (run.is_empty() || !wide) {
            let (c, w) = decode_at(&text, at);
            if encoding.takes(c) {
                break;
            }
            run.push(c);
            at += w;
            pos += 1;
        }
        vm.poll()?;
        room_bytes(vm, run.len().saturating_mul(40) + out.len())?;
        let bad = Bad {
            s: s.value(),
            encoding,
            start,
            end: pos,
        };
        bad.handle(vm, &run, errors, &mut out)?;
    }
    vm.new_bytes(&out)
}

/// Code points that the encoding does not have.
struct Bad {
    s: Value,
    encoding: Encoding,
    start: usize,
    end: usize,
}
impl Bad {
    fn raise(&self, vm: &mut Vm) -> Raised {
        let made = (|| {
            let name = vm.new_str(self.encoding.name())?;
            let reason = vm.new_str(self.encoding.reason())?;
            let start = Value::int_unchecked(self.start as i64);
            let end = Value::int_unchecked(self.end as i64);
            Ok([name, self.s, start, end, reason])
        })();
        match made {
            Ok(a) => vm.raise_args(ClassId::UnicodeEncodeError, &a),
            Err(r) => r,
        }
    }
    fn handle(
        mut self,
        vm: &mut Vm,
        run: &[u32],
        errors: &Errors,
        out: &mut Vec<u8>,
    ) -> Result<(), Raised> {
        let wide = matches!(self.encoding, Encoding::Utf16(_) | Encoding::Utf32(_));
        let mut ascii = |text: String| {
            for c in text.chars() {
                self.encoding.put(c as u32, out);
            }
        };
        match errors {
            Errors::Strict => return Err(self.raise(vm)),
            Errors::Unknown(name) => return Err(unknown_handler(vm, name)),
            Errors::Ignore => (),
            Errors::Replace => ascii("?".repeat(run.len())),
            Errors::Backslash => {
                for &c in run {
                    ascii(match c {
                        0..0x100 => format!("\\x{c:02x}"),
                        0x100..0x1_0000 => format!("\\u{c:04x}"),
                        _ => format!("\\U{c:08x}"),
                    });
                }
            }
            Errors::XmlCharRef => {
                for &c in run {
                    ascii(format!("&#{c};"));
                }
            }
            // Where others say how far they came, this names the whole run.
            Errors::SurrogateEscape
                if matches!(self.encoding, Encoding::Charmap(_))
                    && !run.iter().all(|c| (0xDC80..0xDD00).contains(c)) =>
            {
                return Err(self.raise(vm));
            }
            Errors::SurrogateEscape => {
                for &c in run {
                    if !(0xDC80..0xDD00).contains(&c) || wide {
                        return Err(self.raise(vm));
                    }
                    out.push(c as u8);
                    self.start += 1;
                }
            }
            Errors::SurrogatePass => {
                let has = |c: &u32| (0xD800..0xE000).contains(c);
                let known = !matches!(
                    self.encoding,
                    Encoding::Ascii | Encoding::Latin1 | Encoding::Charmap(_)
                );
                if !known || !run.iter().all(has) {
                    return Err(self.raise(vm));
                }
                for &c in run {
                    self.encoding.put(c, out);
                }
            }
        }
        Ok(())
    }
}
