//! WTF-8 text: UTF-8 that may also hold lone surrogates, as Python's `str` may.

use std::fmt;

/// An owned WTF-8 string. Always well formed: surrogate *pairs* are stored as one
/// supplementary code point, and lone surrogates as three bytes.
#[derive(Clone, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Wtf8Buf(Vec<u8>);

impl Wtf8Buf {
    /// An empty string.
    pub fn new() -> Self {
        Self::default()
    }
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
    /// As UTF-8, unless it holds a lone surrogate.
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }
    /// Appends a code point, surrogates allowed; a trailing lead surrogate
    /// and a new trail surrogate stay two code points, as they do in Python.
    pub fn push_code_point(&mut self, c: u32) {
        push_code_point(&mut self.0, c);
    }
    /// Appends text.
    pub fn push_str(&mut self, s: &str) {
        self.0.extend_from_slice(s.as_bytes());
    }
    /// Appends another string.
    pub fn push_wtf8(&mut self, s: &Wtf8Buf) {
        self.0.extend_from_slice(&s.0);
    }
    /// Code points, surrogates included.
    pub fn code_points(&self) -> impl Iterator<Item = u32> + '_ {
        code_points(&self.0)
    }
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Wtf8Buf {
    fn from(s: &str) -> Self {
        Wtf8Buf(s.as_bytes().to_vec())
    }
}
impl From<String> for Wtf8Buf {
    fn from(s: String) -> Self {
        Wtf8Buf(s.into_bytes())
    }
}
impl PartialEq<str> for Wtf8Buf {
    fn eq(&self, s: &str) -> bool {
        self.0 == s.as_bytes()
    }
}
impl PartialEq<&str> for Wtf8Buf {
    fn eq(&self, s: &&str) -> bool {
        self.0 == s.as_bytes()
    }
}
impl fmt::Debug for Wtf8Buf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", String::from_utf8_lossy(&self.0))
    }
}
/// Lone surrogates print as U+FFFD.
impl fmt::Display for Wtf8Buf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

/// Appends one code point (at most 0x10FFFF) in generalised UTF-8.
pub fn push_code_point(out: &mut Vec<u8>, c: u32) {
    match c {
        0..0x80 => out.push(c as u8),
        0x80..0x800 => out.extend([0xC0 | (c >> 6) as u8, 0x80 | (c & 0x3F) as u8]),
        0x800..0x1_0000 => out.extend([
            0xE0 | (c >> 12) as u8,
            0x80 | (c >> 6 & 0x3F) as u8,
            0x80 | (c & 0x3F) as u8,
        ]),
        _ => out.extend([
            0xF0 | (c >> 18) as u8,
            0x80 | (c >> 12 & 0x3F) as u8,
            0x80 | (c >> 6 & 0x3F) as u8,
            0x80 | (c & 0x3F) as u8,
        ]),
    }
}

/// Decodes the code point at `i` of well-formed WTF-8: (code point, width).
#[inline]
pub fn decode_at(b: &[u8], i: usize) -> (u32, usize) {
    let c = b[i] as u32;
    let t = |k: usize| (b[i + k] & 0x3F) as u32;
    match c {
        0..0x80 => (c, 1),
        0x80..0xE0 => ((c & 0x1F) << 6 | t(1), 2),
        0xE0..0xF0 => ((c & 0x0F) << 12 | t(1) << 6 | t(2), 3),
        _ => ((c & 0x07) << 18 | t(1) << 12 | t(2) << 6 | t(3), 4),
    }
}

/// The code points of well-formed WTF-8 bytes.
pub fn code_points(b: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut i = 0;
    std::iter::from_fn(move || {
        if i >= b.len() {
            return None;
        }
        let (c, w) = decode_at(b, i);
        i += w;
        Some(c)
    })
}
