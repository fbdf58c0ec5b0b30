//! UTF-7: what is not plain ASCII stands as UTF-16 in base 64 between `+` and `-`.

use super::decode::Decoder;
use crate::code::wtf8::{decode_at, push_code_point};
use crate::vm::{Raised, Vm};

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn digit(c: u8) -> Option<u32> {
    DIGITS.iter().position(|d| *d == c).map(|i| i as u32)
}
/// Whether a character stands for itself.
fn is_direct(c: u32) -> bool {
    match u8::try_from(c) {
        Ok(b'\t' | b'\n' | b'\r' | b' ') => true,
        Ok(c) => c.is_ascii_graphic() && !matches!(c, b'+' | b'\\' | b'~'),
        Err(_) => false,
    }
}

/// Appends the text, which is WTF-8: lone surrogates are units like any other.
pub fn encode(text: &[u8], out: &mut Vec<u8>) {
    let (mut shifted, mut bits, mut buffer) = (false, 0, 0u64);
    let mut at = 0;
    while at < text.len() {
        let (c, w) = decode_at(text, at);
        at += w;
        if is_direct(c) {
            if shifted {
                if bits > 0 {
                    out.push(DIGITS[(buffer << (6 - bits)) as usize & 63]);
                    (bits, buffer) = (0, 0);
                }
                shifted = false;
                // Where the next character could be a digit, the end must be told.
                if digit(c as u8).is_some() || c == u32::from(b'-') {
                    out.push(b'-');
                }
            }
            out.push(c as u8);
            continue;
        }
        if !shifted {
            if c == u32::from(b'+') {
                out.extend_from_slice(b"+-");
                continue;
            }
            out.push(b'+');
            shifted = true;
        }
        let units = match c.checked_sub(0x1_0000) {
            Some(c) => [Some(0xD800 | c >> 10), Some(0xDC00 | c & 0x3FF)],
            None => [Some(c), None],
        };
        for unit in units.into_iter().flatten() {
            buffer = buffer << 16 | u64::from(unit);
            bits += 16;
            while bits >= 6 {
                bits -= 6;
                out.push(DIGITS[(buffer >> bits) as usize & 63]);
            }
            buffer &= (1 << bits) - 1;
        }
    }
    if bits > 0 {
        out.push(DIGITS[(buffer << (6 - bits)) as usize & 63]);
    }
    if shifted {
        out.push(b'-');
    }
}

impl Decoder<'_> {
    pub(super) fn utf7(&mut self, vm: &mut Vm) -> Result<(), Raised> {
        let (mut at, mut start) = (0, 0);
        let (mut shifted, mut bits, mut buffer) = (false, 0, 0u32);
        // The first of a pair of surrogates.
        let mut high = 0;
        loop {
            let Some(&c) = self.src.get(at) else {
                let unended = shifted && (high != 0 || bits >= 6 || bits > 0 && buffer != 0);
                if !unended {
                    return Ok(());
                }
                (shifted, high) = (false, 0);
                let end = self.src.len();
                at = self.bad(vm, start, end, "unterminated shift sequence")?;
                continue;
            };
            if at & 0xFFFF == 0 {
                vm.poll()?;
            }
            if !shifted {
                match (c, self.src.get(at + 1)) {
                    (b'+', Some(b'-')) => {
                        self.out.push(b'+');
                        at += 2;
                    }
                    (b'+', Some(&d)) if digit(d).is_none() => {
                        at = self.bad(vm, at, at + 2, "ill-formed sequence")?;
                    }
                    (b'+', _) => {
                        (shifted, bits, buffer, high) = (true, 0, 0, 0);
                        start = at;
                        at += 1;
                    }
                    (0x80.., _) => {
                        at = self.bad(vm, at, at + 1, "unexpected special character")?;
                    }
                    _ => {
                        self.out.push(c);
                        at += 1;
                    }
                }
                continue;
            }
            if let Some(d) = digit(c) {
                at += 1;
                buffer = buffer << 6 | d;
                bits += 6;
                if bits >= 16 {
                    bits -= 16;
                    let unit = buffer >> bits;
                    buffer &= (1 << bits) - 1;
                    self.unit_of_utf7(&mut high, unit);
                }
                continue;
            }
            shifted = false;
            if bits >= 6 || bits > 0 && buffer != 0 {
                high = 0;
                let what = match bits >= 6 {
                    true => "partial character in shift sequence",
                    false => "non-zero padding bits in shift sequence",
                };
                at = self.bad(vm, start, at + 1, what)?;
                continue;
            }
            if high != 0 && c < 0x80 && c != b'+' {
                push_code_point(&mut self.out, high);
            }
            high = 0;
            if c == b'-' {
                at += 1;
            }
        }
    }
    fn unit_of_utf7(&mut self, high: &mut u32, unit: u32) {
        if *high != 0 {
            let first = std::mem::take(high);
            if (0xDC00..0xE000).contains(&unit) {
                let c = 0x1_0000 + ((first & 0x3FF) << 10 | unit & 0x3FF);
                push_code_point(&mut self.out, c);
                return;
            }
            push_code_point(&mut self.out, first);
        }
        match (0xD800..0xDC00).contains(&unit) {
            true => *high = unit,
            false => push_code_point(&mut self.out, unit),
        }
    }
}
