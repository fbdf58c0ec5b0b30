//! The errors of f-strings as CPython 3.8 finds them: on the text of the literal, once it is a token and
//! the source around it has no other error. Its way through braces, quotes and brackets is followed
//! step for step, because the order of its checks decides which error is the first.

use super::syntax_tree::escape_error;

/// What is wrong with an f-string.
pub enum Wrong {
    /// A message about the literal as a whole.
    Literal(String),
    /// An expression that does not compile: its text in parentheses.
    Expression(String),
}

/// CPython's limit of brackets inside an expression.
const MAX_BRACKETS: usize = 200;

fn wrong<T>(msg: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong::Literal(msg.into()))
}

/// Checks the text between the quotes; `compiles` says whether an expression in parentheses does.
pub fn check(body: &str, raw: bool, compiles: &mut dyn FnMut(&str) -> bool) -> Result<(), Wrong> {
    let mut scan = Scan {
        text: body.as_bytes(),
        body,
        at: 0,
        raw,
        compiles,
    };
    scan.parts(0)
}

struct Scan<'a> {
    text: &'a [u8],
    body: &'a str,
    at: usize,
    raw: bool,
    compiles: &'a mut dyn FnMut(&str) -> bool,
}

impl Scan<'_> {
    fn here(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }
    fn expecting<T>(&self) -> Result<T, Wrong> {
        wrong("f-string: expecting '}'")
    }

    /// Literal pieces and expressions up to the end, or up to the brace that closes a specification.
    fn parts(&mut self, level: usize) -> Result<(), Wrong> {
        loop {
            if self.literal(level)? {
                continue;
            }
            match self.here() {
                None | Some(b'}') => break,
                Some(_) => self.expression(level)?,
            }
        }
        if level > 0 && self.here() != Some(b'}') {
            return self.expecting();
        }
        Ok(())
    }

    /// A literal piece; true where it ended at a doubled brace.
    fn literal(&mut self, level: usize) -> Result<bool, Wrong> {
        let start = self.at;
        let mut doubled = false;
        let mut end = self.text.len();
        let mut i = self.at;
        while i < self.text.len() {
            let c = self.text[i];
            i += 1;
            let mut c = c;
            if !self.raw && c == b'\\' && i < self.text.len() {
                c = self.text[i];
                i += 1;
                if c == b'N' {
                    if self.text.get(i) == Some(&b'{') {
                        while i < self.text.len() && self.text[i] != b'}' {
                            i += 1;
                        }
                        i = (i + 1).min(self.text.len());
                        continue;
                    }
                    // The decoder will complain.
                    i = self.text.len();
                    break;
                }
            }
            if c == b'{' || c == b'}' {
                if level == 0 {
                    if self.text.get(i) == Some(&c) {
                        end = i;
                        i += 1;
                        doubled = true;
                        break;
                    }
                    if c == b'}' {
                        self.decodes(start, i - 1)?;
                        return wrong("f-string: single '}' is not allowed");
                    }
                }
                i -= 1;
                end = i;
                break;
            }
        }
        if !doubled {
            end = end.min(i);
        }
        self.at = i;
        self.decodes(start, end)?;
        Ok(doubled)
    }

    /// The escapes of a literal piece.
    fn decodes(&self, start: usize, end: usize) -> Result<(), Wrong> {
        let Some(text) = self.body.get(start..end) else {
            return Ok(());
        };
        match escape_error(text) {
            Some(what) if !self.raw => wrong(what),
            Some(_) | None => Ok(()),
        }
    }

    /// An expression in braces, with what may follow it.
    fn expression(&mut self, level: usize) -> Result<(), Wrong> {
        if level >= 2 {
            return wrong("f-string: expressions nested too deeply");
        }
        self.at += 1;
        let start = self.at;
        self.skip_expression()?;
        if self.here().is_none() {
            return self.expecting();
        }
        let text = self.body.get(start..self.at).unwrap_or("");
        if text.chars().all(|c| c.is_ascii_whitespace() || c == '\x0b') {
            return wrong("f-string: empty expression not allowed");
        }
        let source = format!("({text})");
        if !(self.compiles)(&source) {
            return Err(Wrong::Expression(source));
        }
        if self.here() == Some(b'=') {
            self.at += 1;
            while self.here().is_some_and(|c| c.is_ascii_whitespace()) {
                self.at += 1;
            }
        }
        if self.here() == Some(b'!') {
            self.at += 1;
            let Some(c) = self.here() else {
                return self.expecting();
            };
            self.at += 1;
            if !matches!(c, b's' | b'r' | b'a') {
                return wrong("f-string: invalid conversion character: expected 's', 'r', or 'a'");
            }
        }
        if self.here() == Some(b':') {
            self.at += 1;
            if self.here().is_none() {
                return self.expecting();
            }
            self.parts(level + 1)?;
        }
        if self.here() != Some(b'}') {
            return self.expecting();
        }
        self.at += 1;
        Ok(())
    }

    /// Goes to where the expression ends.
    fn skip_expression(&mut self) -> Result<(), Wrong> {
        let mut quote: Option<(u8, bool)> = None;
        let mut open = Vec::new();
        while let Some(c) = self.here() {
            let next = self.text.get(self.at + 1).copied();
            let three = next == Some(c) && self.text.get(self.at + 2) == Some(&c);
            if c == b'\\' {
                return wrong("f-string expression part cannot include a backslash");
            }
            if let Some((q, triple)) = quote {
                if c == q && (!triple || three) {
                    self.at += if triple { 2 } else { 0 };
                    quote = None;
                }
                self.at += 1;
                continue;
            }
            match c {
                b'\'' | b'"' => {
                    quote = Some((c, three));
                    self.at += if three { 2 } else { 0 };
                }
                b'(' | b'[' | b'{' => {
                    if open.len() >= MAX_BRACKETS {
                        return wrong("f-string: too many nested parenthesis");
                    }
                    open.push(c);
                }
                b'#' => return wrong("f-string expression part cannot include '#'"),
                b'!' | b':' | b'}' | b'=' | b'>' | b'<' if open.is_empty() => {
                    let two = next == Some(b'=') && matches!(c, b'!' | b'=' | b'<' | b'>');
                    if two {
                        self.at += 1;
                    } else if next.is_none() || !matches!(c, b'<' | b'>') {
                        break;
                    }
                }
                b')' | b']' | b'}' => {
                    let close = c as char;
                    let opening = match open.pop() {
                        None => return wrong(format!("f-string: unmatched '{close}'")),
                        Some(o) => o,
                    };
                    if !matches!((opening, c), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
                        let o = opening as char;
                        return wrong(format!(
                            "f-string: closing parenthesis '{close}' does not match opening parenthesis '{o}'"
                        ));
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        if quote.is_some() {
            return wrong("f-string: unterminated string");
        }
        match open.last() {
            Some(&o) => wrong(format!("f-string: unmatched '{}'", o as char)),
            None => Ok(()),
        }
    }
}

/// A literal of a source.
pub struct Literal {
    /// Where its prefix starts.
    pub start: usize,
    /// The text between its quotes.
    pub body: std::ops::Range<usize>,
    pub f: bool,
    pub raw: bool,
    pub bytes: bool,
}

/// The string literals of a source, as CPython 3.8's tokenizer cuts them; one that does not end is the
/// last, and not among them.
pub fn literals(src: &str) -> Vec<Literal> {
    let b = src.as_bytes();
    let mut out = Vec::new();
    let mut i = 0;
    while let Some(&c) = b.get(i) {
        match c {
            b'#' => {
                i += b[i..]
                    .iter()
                    .position(|&c| c == b'\n')
                    .unwrap_or(b.len() - i);
            }
            b'"' | b'\'' => {
                let word = b[..i]
                    .iter()
                    .rev()
                    .take_while(|c| c.is_ascii_alphanumeric() || **c == b'_' || **c >= 128)
                    .count();
                let prefix = src[i - word..i].to_ascii_lowercase();
                let known = ["", "r", "u", "b", "f", "br", "rb", "fr", "rf"];
                let start = match known.contains(&prefix.as_str()) {
                    true => i - word,
                    false => i,
                };
                let prefix = if start == i { "" } else { prefix.as_str() };
                let three = b[i..].starts_with(&[c; 3]);
                let open = i + if three { 3 } else { 1 };
                let Some(end) = end_of(b, open, c, three) else {
                    return out;
                };
                let close = if three { 3 } else { 1 };
                out.push(Literal {
                    start,
                    body: open..end - close,
                    f: prefix.contains('f'),
                    raw: prefix.contains('r'),
                    bytes: prefix.contains('b'),
                });
                i = end;
            }
            _ => i += 1,
        }
    }
    out
}

/// The byte behind a literal whose text starts at `i`.
fn end_of(b: &[u8], mut i: usize, quote: u8, three: bool) -> Option<usize> {
    while let Some(&c) = b.get(i) {
        i += match c {
            b'\\' => 2,
            b'\n' if !three => return None,
            c if c != quote => 1,
            _ if !three => return Some(i + 1),
            _ if b[i..].starts_with(&[quote; 3]) => return Some(i + 3),
            _ => 1,
        };
    }
    None
}

/// The source with its f-strings turned into plain strings of the same length; `None` if there are
/// none.
pub fn masked(src: &str, found: &[Literal]) -> Option<String> {
    if !found.iter().any(|l| l.f) {
        return None;
    }
    let mut out = src.as_bytes().to_vec();
    for l in found.iter().filter(|l| l.f) {
        if l.raw {
            out[l.start] = b' ';
            out[l.start + 1] = b'r';
        } else {
            out[l.start] = b'u';
        }
        // Escapes are checked with the f-string; here they would be found twice.
        let mut i = l.body.start;
        while i < l.body.end {
            if out[i] == b'\\' {
                i += 1;
                if !matches!(src.as_bytes()[i], b'\n' | b'\\' | b'\'' | b'"') {
                    out[i - 1] = b'_';
                }
            }
            i += 1;
        }
    }
    String::from_utf8(out).ok()
}
