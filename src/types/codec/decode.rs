//! Bytes to text.

use super::{Encoding, Errors, Order, unknown_handler};
use crate::code::charmap::{Charmap, UNDEFINED};
use crate::code::wtf8::{decode_at, push_code_point};
use crate::object::{ClassId, Gc, Value};
use crate::raise;
use crate::types::bytes::value::BytesObj;
use crate::types::int::big::room_bytes;
use crate::types::str::ops as strs;
use crate::vm::{Raised, Vm, work};

type R = Result<Value, Raised>;

/// `b.decode(encoding, errors)`
///
/// # Errors
/// UnicodeDecodeError; LookupError for a handler nobody knows.
pub fn decode(vm: &mut Vm, b: Gc<BytesObj>, encoding: Encoding, errors: &Errors) -> R {
    let all = b.get(vm).as_bytes();
    let n = all.len();
    let narrow = match encoding {
        Encoding::Utf8 | Encoding::Ascii | Encoding::Latin1 => true,
        Encoding::Charmap(m) => m.holds_ascii(),
        Encoding::Utf16(_)
        | Encoding::Utf32(_)
        | Encoding::Utf8Sig
        | Encoding::Utf7
        | Encoding::UnicodeEscape
        | Encoding::RawUnicodeEscape => false,
    };
    if narrow && vm.working(|vm| work::is_ascii(vm, b.get(vm).as_bytes()))? {
        return match b.get(vm).as_bytes() {
            [] => vm.new_str(""),
            &[c] => strs::ascii_char(vm, c),
            _ => strs::build(vm, n, n, true, |vm, t| {
                work::copy(vm, t, b.get(vm).as_bytes());
            }),
        };
    }
    let whole = |vm: &Vm| {
        let all = b.get(vm).as_bytes();
        is_utf8(vm, all).then(|| strs::chars(vm, all))
    };
    if encoding == Encoding::Utf8
        && let Some(chars) = vm.working(whole)?
    {
        return strs::build(vm, n, chars, false, |vm, t| {
            work::copy(vm, t, b.get(vm).as_bytes());
        });
    }
    room_bytes(vm, n.saturating_mul(4))?;
    let src = vm.working(|vm| {
        let mut src = Vec::with_capacity(n);
        work::append(vm, &mut src, b.get(vm).as_bytes());
        src
    })?;
    let mut d = Decoder {
        object: b.value(),
        src,
        encoding,
        errors,
        out: Vec::with_capacity(n),
    };
    match encoding {
        Encoding::Utf8 => d.utf8(vm, 0)?,
        Encoding::Utf8Sig => {
            let mark = if d.src.starts_with(b"\xEF\xBB\xBF") {
                3
            } else {
                0
            };
            d.utf8(vm, mark)?;
        }
        Encoding::Ascii => d.ascii(vm)?,
        Encoding::Latin1 => {
            for c in work::steps(vm, &d.src) {
                push_code_point(&mut d.out, *c as u32);
            }
            vm.poll()?;
        }
        Encoding::Utf16(order) => d.utf16(vm, order)?,
        Encoding::Utf32(order) => d.utf32(vm, order)?,
        Encoding::Utf7 => d.utf7(vm)?,
        Encoding::UnicodeEscape => d.escapes(vm, false)?,
        Encoding::RawUnicodeEscape => d.escapes(vm, true)?,
        Encoding::Charmap(m) => d.charmap(vm, m)?,
    }
    vm.new_str_wtf8(&d.out)
}

/// Whether bytes are UTF-8; it may give up.
pub(super) fn is_utf8(vm: &Vm, mut b: &[u8]) -> bool {
    while b.len() > work::PIECE {
        // The piece ends where a character starts.
        let starts = |i: &usize| b[*i] & 0xC0 != 0x80;
        let Some(end) = (work::PIECE - 4..work::PIECE).rev().find(starts) else {
            return false;
        };
        if vm.gives_up() || std::str::from_utf8(&b[..end]).is_err() {
            return false;
        }
        b = &b[end..];
    }
    std::str::from_utf8(b).is_ok()
}

pub(super) struct Decoder<'a> {
    object: Value,
    pub(super) src: Vec<u8>,
    encoding: Encoding,
    errors: &'a Errors,
    pub(super) out: Vec<u8>,
}

impl Decoder<'_> {
    fn utf8(&mut self, vm: &mut Vm, from: usize) -> Result<(), Raised> {
        let mut at = from;
        while at < self.src.len() {
            // A piece, up to where a character may start.
            let most = (at + work::PIECE).min(self.src.len());
            let starts = |i: &usize| self.src.get(*i).is_none_or(|c| c & 0xC0 != 0x80);
            let end = (most..=self.src.len()).take(4).find(starts).unwrap_or(most);
            let rest = &self.src[at..end];
            let e = match std::str::from_utf8(rest) {
                Ok(_) => {
                    self.out.extend_from_slice(rest);
                    at = end;
                    vm.poll()?;
                    continue;
                }
                Err(e) => e,
            };
            self.out.extend_from_slice(&rest[..e.valid_up_to()]);
            let start = at + e.valid_up_to();
            // What the piece cut off is looked at as a whole.
            let whole = &self.src[start..(start + 4).min(self.src.len())];
            let e = match std::str::from_utf8(whole) {
                Err(e) if e.valid_up_to() == 0 => e,
                Ok(_) | Err(_) => {
                    let (c, w) = decode_at(whole, 0);
                    push_code_point(&mut self.out, c);
                    at = start + w;
                    continue;
                }
            };
            let first = self.src[start];
            at = match e.error_len() {
                None => self.bad(vm, start, self.src.len(), "unexpected end of data")?,
                // No byte that starts a character.
                Some(_) if !(0xC2..0xF5).contains(&first) => {
                    self.bad(vm, start, start + 1, "invalid start byte")?
                }
                Some(n) => self.bad(vm, start, start + n, "invalid continuation byte")?,
            };
        }
        Ok(())
    }
    fn ascii(&mut self, vm: &mut Vm) -> Result<(), Raised> {
        let mut at = 0;
        while let Some(&c) = self.src.get(at) {
            if c < 0x80 {
                self.out.push(c);
                at += 1;
                if at & 0xFFFF == 0 {
                    vm.poll()?;
                }
            } else {
                at = self.bad(vm, at, at + 1, "ordinal not in range(128)")?;
            }
        }
        Ok(())
    }
    fn charmap(&mut self, vm: &mut Vm, m: Charmap) -> Result<(), Raised> {
        let mut at = 0;
        while let Some(&b) = self.src.get(at) {
            at = match m.of_byte(b) {
                Some(c) => {
                    push_code_point(&mut self.out, c);
                    at + 1
                }
                None => self.bad(vm, at, at + 1, UNDEFINED)?,
            };
            if at & 0xFFFF == 0 {
                vm.poll()?;
            }
        }
        Ok(())
    }
    /// The unit of `N` bytes at `at`.
    fn unit<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.src.get(at..at + N)?.try_into().ok()
    }
    fn utf16(&mut self, vm: &mut Vm, order: Order) -> Result<(), Raised> {
        let mut at = 0;
        let mut big = order == Order::Big;
        if order == Order::Marked {
            match self.unit(0) {
                Some([0xFF, 0xFE]) => at = 2,
                Some([0xFE, 0xFF]) => (at, big) = (2, true),
                _ => (),
            }
        }
        self.encoding = Encoding::Utf16(if big { Order::Big } else { Order::Little });
        let read = |b: [u8; 2]| {
            if big {
                u16::from_be_bytes(b)
            } else {
                u16::from_le_bytes(b)
            }
        };
        let len = self.src.len();
        while at < len {
            let Some(u) = self.unit(at).map(read) else {
                at = self.bad(vm, at, len, "truncated data")?;
                continue;
            };
            at = match u {
                0xD800..0xDC00 => match self.unit(at + 2).map(read) {
                    Some(low @ 0xDC00..0xE000) => {
                        let c = (u as u32 & 0x3FF) << 10 | (low as u32 & 0x3FF);
                        push_code_point(&mut self.out, c + 0x1_0000);
                        at + 4
                    }
                    Some(_) => self.bad(vm, at, at + 2, "illegal UTF-16 surrogate")?,
                    None => self.bad(vm, at, len, "unexpected end of data")?,
                },
                0xDC00..0xE000 => self.bad(vm, at, at + 2, "illegal encoding")?,
                _ => {
                    push_code_point(&mut self.out, u as u32);
                    at + 2
                }
            };
            if at & 0xFFFF == 0 {
                vm.poll()?;
            }
        }
        Ok(())
    }
    fn utf32(&mut self, vm: &mut Vm, order: Order) -> Result<(), Raised> {
        let mut at = 0;
        let mut big = order == Order::Big;
        if order == Order::Marked {
            match self.unit(0) {
                Some([0xFF, 0xFE, 0, 0]) => at = 4,
                Some([0, 0, 0xFE, 0xFF]) => (at, big) = (4, true),
                _ => (),
            }
        }
        self.encoding = Encoding::Utf32(if big { Order::Big } else { Order::Little });
        let len = self.src.len();
        while at < len {
            let Some(b) = self.unit::<4>(at) else {
                at = self.bad(vm, at, len, "truncated data")?;
                continue;
            };
            let c = if big {
                u32::from_be_bytes(b)
            } else {
                u32::from_le_bytes(b)
            };
            at = match c {
                0xD800..0xE000 => {
                    let why = "code point in surrogate code point range(0xd800, 0xe000)";
                    self.bad(vm, at, at + 4, why)?
                }
                0..0x11_0000 => {
                    push_code_point(&mut self.out, c);
                    at + 4
                }
                _ => self.bad(vm, at, at + 4, "code point not in range(0x110000)")?,
            };
            if at & 0xFFFF == 0 {
                vm.poll()?;
            }
        }
        Ok(())
    }

    fn raise(&self, vm: &mut Vm, start: usize, end: usize, reason: &str) -> Raised {
        let made = (|| {
            let name = vm.new_str(self.encoding.name())?;
            let reason = vm.new_str(reason)?;
            let start = Value::int_unchecked(start as i64);
            let end = Value::int_unchecked(end as i64);
            Ok([name, self.object, start, end, reason])
        })();
        match made {
            Ok(a) => vm.raise_args(ClassId::UnicodeDecodeError, &a),
            Err(r) => r,
        }
    }
    /// Bytes `start..end` mean nothing: does what is to be done, and says where to go on.
    pub(super) fn bad(
        &mut self,
        vm: &mut Vm,
        start: usize,
        end: usize,
        reason: &str,
    ) -> Result<usize, Raised> {
        vm.poll()?;
        match self.errors {
            Errors::Strict => return Err(self.raise(vm, start, end, reason)),
            Errors::Unknown(name) => return Err(unknown_handler(vm, name)),
            Errors::XmlCharRef => {
                return Err(raise!(
                    vm,
                    TypeError,
                    "don't know how to handle UnicodeDecodeError in error callback"
                ));
            }
            Errors::Ignore => (),
            Errors::Replace => push_code_point(&mut self.out, 0xFFFD),
            Errors::Backslash => {
                for c in &self.src[start..end] {
                    self.out.extend_from_slice(format!("\\x{c:02x}").as_bytes());
                }
            }
            Errors::SurrogateEscape => {
                let high = self.src[start..end].iter().take(4);
                let high = high.take_while(|c| **c >= 0x80).count();
                if high == 0 {
                    return Err(self.raise(vm, start, end, reason));
                }
                for i in start..start + high {
                    push_code_point(&mut self.out, 0xDC00 + self.src[i] as u32);
                }
                return Ok(start + high);
            }
            Errors::SurrogatePass => {
                let Some((c, w)) = self.surrogate(start) else {
                    return Err(self.raise(vm, start, end, reason));
                };
                push_code_point(&mut self.out, c);
                return Ok(start + w);
            }
        }
        Ok(end)
    }
    /// The surrogate at `at`, spelt as any other code point would be, and its width.
    fn surrogate(&self, at: usize) -> Option<(u32, usize)> {
        let (c, w) = match self.encoding {
            Encoding::Utf8 | Encoding::Utf8Sig => match self.unit::<3>(at)? {
                [0xED, b @ 0xA0..0xC0, c @ 0x80..0xC0] => {
                    let low = (b as u32 & 0x3F) << 6 | (c as u32 & 0x3F);
                    (0xD000 | low, 3)
                }
                _ => return None,
            },
            Encoding::Ascii
            | Encoding::Latin1
            | Encoding::Charmap(_)
            | Encoding::Utf7
            | Encoding::UnicodeEscape
            | Encoding::RawUnicodeEscape => return None,
            Encoding::Utf16(Order::Big) => (u16::from_be_bytes(self.unit(at)?) as u32, 2),
            Encoding::Utf16(_) => (u16::from_le_bytes(self.unit(at)?) as u32, 2),
            Encoding::Utf32(Order::Big) => (u32::from_be_bytes(self.unit(at)?), 4),
            Encoding::Utf32(_) => (u32::from_le_bytes(self.unit(at)?), 4),
        };
        (0xD800..0xE000).contains(&c).then_some((c, w))
    }
}
