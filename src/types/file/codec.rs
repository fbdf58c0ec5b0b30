//! Text encodings of files: bytes ↔ WTF-8.

use crate::code::charmap::{Charmap, UNDEFINED};
use crate::code::encoding;
use crate::code::utf8;
use crate::code::wtf8::{code_points, push_code_point};

/// An encoding of files: one whose characters each stand for themselves, wherever they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Encoding {
    #[default]
    Utf8,
    Ascii,
    Latin1,
    Charmap(Charmap),
}
/// What is done about bytes that do not decode, or characters that do not encode.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OnError {
    #[default]
    Strict,
    Ignore,
    Replace,
    SurrogateEscape,
    BackslashReplace,
    /// A handler of this engine's that does not exist: found out when it is needed.
    Unknown,
}
/// Both.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Codec {
    pub encoding: Encoding,
    pub errors: OnError,
}

/// Why text or bytes did not convert.
pub struct Failed {
    pub start: usize,
    pub end: usize,
    pub reason: &'static str,
}

impl Encoding {
    /// The encoding of a name, in any of its spellings, if files have it.
    pub fn named(name: &str) -> Option<Encoding> {
        use encoding::Encoding as E;
        match E::of_name(name)? {
            E::Utf8 => Some(Encoding::Utf8),
            E::Ascii => Some(Encoding::Ascii),
            E::Latin1 => Some(Encoding::Latin1),
            E::Charmap(m) => Some(Encoding::Charmap(m)),
            E::Utf8Sig
            | E::Utf16(_)
            | E::Utf32(_)
            | E::Utf7
            | E::UnicodeEscape
            | E::RawUnicodeEscape => None,
        }
    }
    /// As the errors call it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "latin-1",
            Encoding::Charmap(_) => "charmap",
        }
    }
}
impl OnError {
    pub fn named(name: &str) -> OnError {
        match name {
            "strict" => OnError::Strict,
            "ignore" => OnError::Ignore,
            "replace" => OnError::Replace,
            "surrogateescape" => OnError::SurrogateEscape,
            "backslashreplace" => OnError::BackslashReplace,
            _ => OnError::Unknown,
        }
    }
}

impl Codec {
    /// Decodes as much of `b` as is whole characters (all of it when it is the last); how many bytes
    /// those were.
    ///
    /// # Errors
    /// Bytes that the strict handler refuses.
    pub fn decode(self, b: &[u8], last: bool, out: &mut Vec<u8>) -> Result<usize, Failed> {
        let mut at = 0;
        while at < b.len() {
            match self.step(&b[at..], last, out) {
                Ok(0) => break,
                Ok(n) => at += n,
                Err(f) => {
                    return Err(Failed {
                        start: at + f.start,
                        end: at + f.end,
                        reason: f.reason,
                    });
                }
            }
        }
        Ok(at)
    }

    /// Decodes a run of good bytes, or one bad place; 0 when more bytes are needed.
    fn step(self, b: &[u8], last: bool, out: &mut Vec<u8>) -> Result<usize, Failed> {
        let (good, bad) = match self.encoding {
            Encoding::Latin1 => {
                for &c in b {
                    push_code_point(out, c as u32);
                }
                return Ok(b.len());
            }
            Encoding::Charmap(m) => {
                let mut good = 0;
                for c in b.iter().map_while(|c| m.of_byte(*c)) {
                    push_code_point(out, c);
                    good += 1;
                }
                if good > 0 || b.is_empty() {
                    return Ok(good);
                }
                let bad = utf8::Bad {
                    start: 0,
                    end: 1,
                    reason: UNDEFINED,
                };
                (0, Some(bad))
            }
            Encoding::Utf8 => match utf8::first_bad(b) {
                None => (b.len(), None),
                Some(e) => (e.start, Some(e)),
            },
            Encoding::Ascii => match b.iter().position(|c| *c >= 128) {
                None => (b.len(), None),
                Some(i) => (
                    i,
                    Some(utf8::Bad {
                        start: i,
                        end: i + 1,
                        reason: "ordinal not in range(128)",
                    }),
                ),
            },
        };
        out.extend_from_slice(&b[..good]);
        let Some(bad) = bad else { return Ok(good) };
        if !last && bad.end == b.len() && bad.reason == "unexpected end of data" {
            return Ok(good);
        }
        if good > 0 {
            return Ok(good);
        }
        let range = &b[bad.start..bad.end];
        match self.errors {
            OnError::Strict | OnError::Unknown => {
                return Err(Failed {
                    start: bad.start,
                    end: bad.end,
                    reason: bad.reason,
                });
            }
            OnError::Ignore => (),
            OnError::Replace => push_code_point(out, 0xFFFD),
            OnError::SurrogateEscape => {
                for &c in range {
                    push_code_point(out, 0xDC00 + c as u32);
                }
            }
            OnError::BackslashReplace => {
                for c in range {
                    out.extend_from_slice(format!("\\x{c:02x}").as_bytes());
                }
            }
        }
        Ok(bad.end)
    }

    /// Encodes text.
    ///
    /// # Errors
    /// Characters (their indexes) that the strict handler refuses.
    pub fn encode(self, text: &[u8], out: &mut Vec<u8>) -> Result<(), Failed> {
        let as_is = match self.encoding {
            Encoding::Utf8 => std::str::from_utf8(text).is_ok(),
            Encoding::Ascii | Encoding::Latin1 => text.is_ascii(),
            Encoding::Charmap(m) => m.writes_ascii() && text.is_ascii(),
        };
        if as_is {
            out.extend_from_slice(text);
            return Ok(());
        }
        let reason = match self.encoding {
            Encoding::Utf8 => "surrogates not allowed",
            Encoding::Ascii => "ordinal not in range(128)",
            Encoding::Latin1 => "ordinal not in range(256)",
            Encoding::Charmap(_) => UNDEFINED,
        };
        let refused = |c: u32| match self.encoding {
            Encoding::Utf8 => (0xD800..0xE000).contains(&c),
            Encoding::Ascii => c >= 128,
            Encoding::Latin1 => c >= 256,
            Encoding::Charmap(m) => m.byte_of(c).is_none(),
        };
        let put = |c: u32, out: &mut Vec<u8>| match self.encoding {
            Encoding::Utf8 => push_code_point(out, c),
            Encoding::Ascii | Encoding::Latin1 => out.push(c as u8),
            Encoding::Charmap(m) => out.extend(m.byte_of(c)),
        };
        for (i, c) in code_points(text).enumerate() {
            if !refused(c) {
                put(c, out);
                continue;
            }
            match self.errors {
                OnError::SurrogateEscape if (0xDC80..0xDD00).contains(&c) => {
                    out.push((c - 0xDC00) as u8);
                }
                OnError::Strict | OnError::Unknown | OnError::SurrogateEscape => {
                    let more = code_points(text)
                        .skip(i)
                        .take_while(|c| refused(*c))
                        .count();
                    return Err(Failed {
                        start: i,
                        end: i + more,
                        reason,
                    });
                }
                OnError::Ignore => (),
                OnError::Replace => put('?' as u32, out),
                OnError::BackslashReplace => {
                    let spelt = match c {
                        0..0x100 => format!("\\x{c:02x}"),
                        0x100..0x1_0000 => format!("\\u{c:04x}"),
                        _ => format!("\\U{c:08x}"),
                    };
                    spelt.bytes().for_each(|c| put(c as u32, out));
                }
            }
        }
        Ok(())
    }
}
