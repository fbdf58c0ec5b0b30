//! Text encodings of files: bytes ↔ WTF-8.

use crate::code::utf8;
use crate::code::wtf8::{code_points, push_code_point};

/// An encoding.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Encoding {
    #[default]
    Utf8,
    Ascii,
    Latin1,
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
    /// The encoding of a name, in any of its usual spellings.
    pub fn named(name: &str) -> Option<Encoding> {
        let plain: String = name
            .chars()
            .map(|c| match c {
                ' ' | '_' => '-',
                c => c.to_ascii_lowercase(),
            })
            .collect();
        Some(match plain.as_str() {
            "utf-8" | "utf8" | "u8" | "utf" | "cp65001" => Encoding::Utf8,
            "ascii" | "us-ascii" | "646" => Encoding::Ascii,
            "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "l1" | "8859" => Encoding::Latin1,
            _ => return None,
        })
    }
    /// As the errors call it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "latin-1",
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
        if std::str::from_utf8(text).is_ok() && (self.encoding == Encoding::Utf8 || text.is_ascii())
        {
            out.extend_from_slice(text);
            return Ok(());
        }
        let (refused, reason): (fn(u32) -> bool, _) = match self.encoding {
            Encoding::Utf8 => (|c| (0xD800..0xE000).contains(&c), "surrogates not allowed"),
            Encoding::Ascii => (|c| c >= 128, "ordinal not in range(128)"),
            Encoding::Latin1 => (|c| c >= 256, "ordinal not in range(256)"),
        };
        for (i, c) in code_points(text).enumerate() {
            if !refused(c) {
                match self.encoding {
                    Encoding::Utf8 => push_code_point(out, c),
                    Encoding::Ascii | Encoding::Latin1 => out.push(c as u8),
                }
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
                OnError::Replace => out.push(b'?'),
                OnError::BackslashReplace => {
                    let spelt = match c {
                        0..0x100 => format!("\\x{c:02x}"),
                        0x100..0x1_0000 => format!("\\u{c:04x}"),
                        _ => format!("\\U{c:08x}"),
                    };
                    out.extend_from_slice(spelt.as_bytes());
                }
            }
        }
        Ok(())
    }
}
