//! `unicode_escape` and `raw_unicode_escape`: text as the literals of source spell it.

use super::decode::Decoder;
use crate::code::wtf8::push_code_point;
use crate::vm::{Raised, Vm};
use ruff_python_ast::Expr;

/// The escapes of one letter, and what they stand for.
const LETTERS: [(u8, u8); 10] = [
    (b'\\', b'\\'),
    (b'\'', b'\''),
    (b'"', b'"'),
    (b'b', 8),
    (b'f', 12),
    (b't', b'\t'),
    (b'n', b'\n'),
    (b'r', b'\r'),
    (b'v', 11),
    (b'a', 7),
];

/// Writes a code point; `raw` escapes only what is beyond Latin-1.
pub(super) fn put(c: u32, raw: bool, out: &mut Vec<u8>) {
    let text = match c {
        0x1_0000.. => format!("\\U{c:08x}"),
        0x100.. => format!("\\u{c:04x}"),
        _ if raw => return out.push(c as u8),
        0x5C => "\\\\".to_owned(),
        9 => "\\t".to_owned(),
        10 => "\\n".to_owned(),
        13 => "\\r".to_owned(),
        0x20..0x7F => return out.push(c as u8),
        _ => format!("\\x{c:02x}"),
    };
    out.extend_from_slice(text.as_bytes());
}

/// The character of a name, by the rules of a literal.
fn named(name: &[u8]) -> Option<u32> {
    let plain = |c: &u8| c.is_ascii_alphanumeric() || matches!(c, b' ' | b'-');
    if name.is_empty() || name.len() > 100 || !name.iter().all(plain) {
        return None;
    }
    let literal = format!("'\\N{{{}}}'", std::str::from_utf8(name).ok()?);
    let parsed = ruff_python_parser::parse_expression(&literal).ok()?;
    match parsed.expr() {
        Expr::StringLiteral(s) => s.value.to_str().chars().next().map(u32::from),
        _ => None,
    }
}

impl Decoder<'_> {
    /// The hexadecimal digits at `at`, at most `most`: their value, and how many there are.
    fn hex(&self, at: usize, most: usize) -> (u32, usize) {
        let digits = self.src.iter().skip(at).take(most);
        let digits = digits.map_while(|c| (*c as char).to_digit(16));
        digits.fold((0, 0), |(v, n), d| (v << 4 | d, n + 1))
    }
    /// Text with the escapes of literals, or with only `\u` and `\U`.
    pub(super) fn escapes(&mut self, vm: &mut Vm, raw: bool) -> Result<(), Raised> {
        let (mut at, mut polled) = (0, 0);
        while let Some(&c) = self.src.get(at) {
            if at - polled > 0xFFFF {
                vm.poll()?;
                polled = at;
            }
            if c != b'\\' {
                push_code_point(&mut self.out, c as u32);
                at += 1;
                continue;
            }
            let start = at;
            let Some(&c) = self.src.get(at + 1) else {
                if raw {
                    self.out.push(b'\\');
                    return Ok(());
                }
                at = self.bad(vm, start, start + 1, "\\ at end of string")?;
                continue;
            };
            let (digits, what) = match c {
                b'u' => (4, "truncated \\uXXXX escape"),
                b'U' => (8, "truncated \\UXXXXXXXX escape"),
                b'x' if !raw => (2, "truncated \\xXX escape"),
                _ if raw => {
                    // The next may begin an escape only if it is no backslash.
                    self.out.push(b'\\');
                    push_code_point(&mut self.out, c as u32);
                    at += 2;
                    continue;
                }
                _ => {
                    at = self.short(vm, start, c)?;
                    continue;
                }
            };
            let (value, n) = self.hex(start + 2, digits);
            let end = start + 2 + n;
            at = match value {
                _ if n < digits => self.bad(vm, start, end, what)?,
                0..0x11_0000 => {
                    push_code_point(&mut self.out, value);
                    end
                }
                _ if raw => self.bad(vm, start, end, "\\Uxxxxxxxx out of range")?,
                _ => self.bad(vm, start, end, "illegal Unicode character")?,
            };
        }
        Ok(())
    }
    /// The escape at `start` whose letter is `c`, none of those with hexadecimal digits.
    fn short(&mut self, vm: &mut Vm, start: usize, c: u8) -> Result<usize, Raised> {
        if let Some((_, v)) = LETTERS.iter().find(|l| l.0 == c) {
            self.out.push(*v);
            return Ok(start + 2);
        }
        match c {
            b'\n' => Ok(start + 2),
            b'0'..=b'7' => {
                let digits = self.src[start + 1..].iter().take(3);
                let digits = digits.take_while(|c| matches!(c, b'0'..=b'7'));
                let (mut v, mut n) = (0, 0);
                for d in digits {
                    v = v << 3 | (d - b'0') as u32;
                    n += 1;
                }
                push_code_point(&mut self.out, v);
                Ok(start + 1 + n)
            }
            b'N' => {
                let rest = &self.src[start + 2..];
                let close = rest.iter().position(|c| *c == b'}');
                let Some(close) = close.filter(|n| *n > 1 && rest[0] == b'{') else {
                    let end = match (rest.first(), close) {
                        (Some(b'{'), None) => self.src.len(),
                        (Some(b'{'), Some(_)) => start + 3,
                        _ => start + 2,
                    };
                    return self.bad(vm, start, end, "malformed \\N character escape");
                };
                let end = start + 3 + close;
                match named(&rest[1..close]) {
                    Some(c) => {
                        push_code_point(&mut self.out, c);
                        Ok(end)
                    }
                    None => self.bad(vm, start, end, "unknown Unicode character name"),
                }
            }
            _ => {
                self.out.push(b'\\');
                push_code_point(&mut self.out, c as u32);
                Ok(start + 2)
            }
        }
    }
}
