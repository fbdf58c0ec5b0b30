//! The bytes of a source → its text: byte order mark, PEP 263's declaration, UTF-8.

use super::error::{CompileError, ErrorKind};
use super::lines::LineIndex;
use crate::code::charmap::UNDEFINED;
use crate::code::encoding::Encoding;
use std::borrow::Cow;

/// Where the bytes come from: CPython words its errors differently.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    File,
    /// An argument of `compile()`, `exec()` or `eval()`.
    Argument,
}

/// The text of a source.
///
/// # Errors
/// It declares an encoding that is not known, or is not in its encoding.
pub fn decode<'a>(
    bytes: &'a [u8],
    filename: &str,
    origin: Origin,
) -> Result<Cow<'a, str>, CompileError> {
    let (body, mark) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(b) => (b, true),
        None => (bytes, false),
    };
    // The tokenizer has not begun when the declaration is wrong.
    let start = (origin == Origin::File) as u32;
    let declared = declaration(body).map(|n| (normal_name(&n), n));
    let encoding = match &declared {
        None => Encoding::Utf8,
        Some((name, shown)) => match known(name) {
            Some(e) if e != Encoding::Utf8 && mark => {
                let msg = format!("encoding problem: {name} with BOM");
                return Err(error(filename, start, 0, msg));
            }
            Some(e) => e,
            None => {
                let what = match origin {
                    Origin::File => "encoding problem",
                    Origin::Argument => "unknown encoding",
                };
                return Err(error(filename, start, 0, format!("{what}: {shown}")));
            }
        },
    };
    // A file's reader fails as a whole, an argument's with the words of the codec.
    let undecoded = |codec: &str, at: usize, why: &str| match origin {
        Origin::File => {
            let name = declared.as_ref().map_or(codec, |(name, _)| name);
            error(filename, start, 0, format!("encoding problem: {name}"))
        }
        Origin::Argument => {
            let byte = body[at];
            let msg =
                format!("'{codec}' codec can't decode byte {byte:#04x} in position {at}: {why}");
            error(filename, 0, 0, msg)
        }
    };
    match encoding {
        Encoding::Latin1 => Ok(body.iter().map(|&b| b as char).collect::<String>().into()),
        Encoding::Charmap(m) => match m.decode(body) {
            Ok(text) => Ok(text.into()),
            Err(at) => Err(undecoded("charmap", at, UNDEFINED)),
        },
        Encoding::Ascii => match body.iter().position(|b| !b.is_ascii()) {
            None => utf8(body, filename, origin, true),
            Some(at) => Err(undecoded("ascii", at, "ordinal not in range(128)")),
        },
        _ => utf8(body, filename, origin, declared.is_some()),
    }
}

/// How many bytes of text a byte becomes at most, and whether the encoding that is declared writes ASCII otherwise.
pub fn growth(bytes: &[u8]) -> (usize, bool) {
    let declared = declaration(bytes).and_then(|n| known(&normal_name(&n)));
    match declared {
        Some(Encoding::Latin1) => (2, false),
        Some(Encoding::Charmap(m)) => {
            let same = |b: u8| m.decode(&[b]).is_ok_and(|s| s.as_bytes() == [b]);
            (3, !(0..128).all(same))
        }
        Some(_) | None => (1, false),
    }
}

fn error(filename: &str, line: u32, col: u32, msg: String) -> CompileError {
    CompileError {
        kind: ErrorKind::Syntax,
        msg,
        filename: filename.into(),
        line,
        col,
        text: None,
    }
}

/// The name in a comment `coding[:=] name` on one of the first two lines; the second counts
/// only where the first holds no code.
fn declaration(src: &[u8]) -> Option<String> {
    let mut lines = src.split(|&b| b == b'\n').take(2);
    let first = lines.next()?;
    if let Some(n) = in_line(first) {
        return Some(n);
    }
    let code = first
        .iter()
        .find(|b| !matches!(b, b' ' | b'\t' | b'\x0c' | b'\r'));
    if code.is_some_and(|&b| b != b'#') {
        return None;
    }
    in_line(lines.next()?)
}

fn in_line(line: &[u8]) -> Option<String> {
    let at = line
        .iter()
        .position(|b| !matches!(b, b' ' | b'\t' | b'\x0c'))?;
    if line[at] != b'#' {
        return None;
    }
    let mut rest = &line[at..];
    while let Some(i) = rest.windows(6).position(|w| w == b"coding") {
        rest = &rest[i + 6..];
        if let Some(b':' | b'=') = rest.first() {
            let name = rest[1..].iter().skip_while(|b| matches!(b, b' ' | b'\t'));
            let name: String = name
                .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
                .map(|&b| b as char)
                .collect();
            if !name.is_empty() {
                return Some(name);
            }
        }
    }
    None
}

/// As CPython's tokenizer names it: the usual spellings of two encodings become one.
fn normal_name(name: &str) -> String {
    let n: String = name
        .chars()
        .take(12)
        .map(|c| match c {
            '_' => '-',
            c => c.to_ascii_lowercase(),
        })
        .collect();
    let is = |what: &str| n == what || n.starts_with(&format!("{what}-"));
    if is("utf-8") {
        "utf-8".into()
    } else if is("latin-1") || is("iso-8859-1") || is("iso-latin-1") {
        "iso-8859-1".into()
    } else {
        name.into()
    }
}

/// The encoding of a name, where sources have it.
fn known(name: &str) -> Option<Encoding> {
    Encoding::of_name(name).filter(|e| {
        use Encoding::{Ascii, Charmap, Latin1, Utf8, Utf8Sig};
        matches!(e, Utf8 | Utf8Sig | Ascii | Latin1 | Charmap(_))
    })
}

fn utf8<'a>(
    src: &'a [u8],
    filename: &str,
    origin: Origin,
    declared: bool,
) -> Result<Cow<'a, str>, CompileError> {
    let bad = match std::str::from_utf8(src) {
        Ok(s) => return Ok(s.into()),
        Err(e) => e.valid_up_to(),
    };
    let line = 1 + src[..bad].iter().filter(|&&b| b == b'\n').count() as u32;
    if origin == Origin::File && !declared {
        let msg = format!(
            "Non-UTF-8 code starting with '\\x{:02x}' in file {filename} on line {line}, but no encoding \
             declared; see http://python.org/dev/peps/pep-0263/ for details",
            src[bad]
        );
        return Err(error(filename, line, 0, msg));
    }
    // A byte for each byte that is not UTF-8, so that places stay what they are.
    let text = patched(src);
    let mut bads = Vec::new();
    let mut at = 0;
    while let Err(e) = std::str::from_utf8(&src[at..]) {
        let here = at + e.valid_up_to();
        let n = e.error_len().unwrap_or(src.len() - here).max(1);
        bads.push(here);
        at = here + n;
    }
    let lines = LineIndex::new(&text);
    let mut bads = bads.into_iter().peekable();
    let mut scan = Scan { src, at: 0 };
    while let Some(&b) = bads.peek() {
        let Some((start, end, what)) = scan.next() else {
            break;
        };
        if b < start {
            break;
        }
        if end <= b {
            continue;
        }
        match what {
            What::Comment => while bads.next_if(|&b| b < end).is_some() {},
            What::String => {
                let (first, col) = place(&text, &lines, start);
                let token = &src[start..end];
                let msg = if is_bytes(token) {
                    "bytes can only contain ASCII literal characters.".into()
                } else {
                    let open = start + opening(token);
                    format!("(unicode error) {}", explain(&src[open..], b - open))
                };
                return Err(error(filename, first, col, msg));
            }
        }
    }
    let Some(b) = bads.next() else {
        return Ok(text.into());
    };
    let (line, col) = place(&text, &lines, b);
    let mut e = error(
        filename,
        line,
        col,
        "invalid character in identifier".into(),
    );
    let start = lines.start(line) as usize;
    let end = src[start..]
        .iter()
        .position(|&b| b == b'\n')
        .map_or(src.len(), |n| start + n);
    e.text = Some(String::from_utf8_lossy(&src[start..end]).into_owned() + "\n");
    Err(e)
}

/// What a byte may lie in, besides code.
#[derive(Clone, Copy)]
enum What {
    Comment,
    String,
}

/// The comments and string literals of a source, in order.
struct Scan<'a> {
    src: &'a [u8],
    at: usize,
}
impl Scan<'_> {
    fn next(&mut self) -> Option<(usize, usize, What)> {
        let src = self.src;
        while let Some(&c) = src.get(self.at) {
            let start = self.at;
            match c {
                b'#' => {
                    let n = src[start..].iter().position(|&b| b == b'\n');
                    self.at = n.map_or(src.len(), |n| start + n);
                    return Some((start, self.at, What::Comment));
                }
                b'"' | b'\'' => {
                    self.string(c);
                    let prefix = src[..start].iter().rev();
                    let n = prefix.take_while(|b| b.is_ascii_alphabetic()).count();
                    return Some((start - n, self.at, What::String));
                }
                _ => self.at += 1,
            }
        }
        None
    }
    /// Goes behind the literal whose first quote is here.
    fn string(&mut self, quote: u8) {
        let rest = &self.src[self.at..];
        let three = rest.len() > 2 && rest[1] == quote && rest[2] == quote;
        let mut i = if three { 3 } else { 1 };
        while let Some(&c) = rest.get(i) {
            i += match c {
                b'\\' => 2,
                b'\n' if !three => break,
                c if c != quote => 1,
                _ if !three => {
                    i += 1;
                    break;
                }
                _ if rest[i..].starts_with(&[quote; 3]) => {
                    i += 3;
                    break;
                }
                _ => 1,
            };
        }
        self.at += i.min(rest.len());
    }
}

/// Line and column (both from 1) of a byte.
fn place(text: &str, lines: &LineIndex, pos: usize) -> (u32, u32) {
    let line = lines.line(pos as u32);
    let start = lines.start(line) as usize;
    (line, text[start..pos].chars().count() as u32 + 1)
}

/// The source with a control character for each byte that is not UTF-8.
fn patched(src: &[u8]) -> String {
    let mut out = String::with_capacity(src.len());
    for chunk in src.utf8_chunks() {
        out.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|_| out.push('\x1A'));
    }
    out
}

fn is_bytes(token: &[u8]) -> bool {
    let prefix = token.iter().take_while(|b| b.is_ascii_alphabetic());
    prefix.into_iter().any(|b| matches!(b, b'b' | b'B'))
}

/// Bytes of a literal's prefix and quotes.
fn opening(token: &[u8]) -> usize {
    let prefix = token.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let rest = &token[prefix..];
    let three = rest.len() >= 6 && rest[..3].iter().all(|&b| b == rest[0]);
    prefix + if three { 3 } else { 1 }
}

/// What CPython's UTF-8 decoder says of the bytes at `at`.
pub fn explain(bytes: &[u8], at: usize) -> String {
    let rest = &bytes[at..];
    let first = rest.first().copied().unwrap_or(0);
    let want = match first {
        0xC2..=0xDF => 1,
        0xE0..=0xEF => 2,
        0xF0..=0xF4 => 3,
        _ => 0,
    };
    let mut good = 0;
    while good < want {
        let Some(&b) = rest.get(1 + good) else { break };
        let range = match (good, first) {
            (0, 0xE0) => 0xA0..=0xBF,
            (0, 0xED) => 0x80..=0x9F,
            (0, 0xF0) => 0x90..=0xBF,
            (0, 0xF4) => 0x80..=0x8F,
            _ => 0x80..=0xBF,
        };
        // A literal ends at its quote.
        if !range.contains(&b) {
            break;
        }
        good += 1;
    }
    let ended = matches!(rest.get(1 + good), None | Some(b'"' | b'\''));
    let reason = match want {
        0 => "invalid start byte",
        _ if ended => "unexpected end of data",
        _ => "invalid continuation byte",
    };
    if good == 0 {
        format!("'utf-8' codec can't decode byte {first:#04x} in position {at}: {reason}")
    } else {
        let last = at + good;
        format!("'utf-8' codec can't decode bytes in position {at}-{last}: {reason}")
    }
}
