//! A long source in parts: between them the compiler looks at the limits, which the parser does not know.
//!
//! A source is cut before statements of its top level. Parts that parse, each by itself, are together what the whole is:
//! each begins in the first column with a statement of its own. Where one does not parse, or something is wrong with it,
//! the whole source is parsed at once, and says what.

use super::error::ErrorKind;
use super::lines::LineIndex;
use super::lower::{Fail, Lower};
use super::syntax;
use super::tree::{Loc, Stmt};
use super::{Mode, Options, parser_mode};
use ruff_python_ast::{Mod, PythonVersion};
use ruff_python_parser::{ParseOptions, UnsupportedSyntaxErrorKind, parse_unchecked};
use std::cell::Cell;

/// Bytes of source from which on a part is cut off.
const PART: usize = 1 << 16;
/// Bytes, tokens, statements or instructions between two looks.
const PACE: usize = 1 << 13;

/// What a statement counts there, and an item of a display or an argument.
pub const A_STATEMENT: usize = 64;
pub const AN_ITEM: usize = 16;

/// What a compilation asks now and then whether to go on.
pub struct Watch<'a> {
    goes_on: &'a dyn Fn() -> bool,
    since: Cell<usize>,
    /// A long source is cut.
    cuts: bool,
}

impl<'a> Watch<'a> {
    pub fn new(goes_on: &'a dyn Fn() -> bool) -> Self {
        Watch {
            goes_on,
            since: Cell::new(0),
            cuts: true,
        }
    }
    /// So much more was done.
    ///
    /// # Errors
    /// `ErrorKind::Stopped`, where the compilation is to end.
    #[inline]
    pub fn did(&self, n: usize) -> Result<(), Fail> {
        let since = self.since.get() + n;
        self.since.set(since);
        if since < PACE { Ok(()) } else { self.look() }
    }
    /// Looks.
    ///
    /// # Errors
    /// As [`Watch::did`].
    pub fn look(&self) -> Result<(), Fail> {
        self.since.set(0);
        match (self.goes_on)() {
            true => Ok(()),
            false => Err(stopped()),
        }
    }
}

/// The compilation is to end.
pub fn stopped() -> Fail {
    Fail {
        kind: ErrorKind::Stopped,
        loc: Loc { line: 0, pos: 0 },
        msg: String::new(),
        shown: None,
    }
}

/// Where parts of a source end: before lines that begin a statement of the top level. What looks like one in a string
/// that this scan mistook does no harm: such a part does not parse.
fn cuts(src: &str, watch: &Watch<'_>) -> Result<Vec<usize>, Fail> {
    let b = src.as_bytes();
    let (mut out, mut last) = (Vec::new(), 0);
    let (mut depth, mut decorated) = (0usize, b.first() == Some(&b'@'));
    let (mut at, mut seen) = (0, 0);
    while let Some(&c) = b.get(at) {
        at += 1;
        match c {
            b'#' => at += memchr::memchr(b'\n', &b[at..]).unwrap_or(b.len() - at),
            b'\'' | b'"' => at = string_end(b, at - 1),
            b'\\' => at += 1,
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'\n' if depth == 0 && begins_statement(&b[at..]) => {
                if at - last >= PART && !decorated {
                    out.push(at);
                    last = at;
                }
                decorated = b[at] == b'@';
            }
            _ => (),
        }
        if at - seen > PACE {
            watch.did(at - seen)?;
            seen = at;
        }
    }
    Ok(out)
}

/// Whether a line begins a statement that belongs to none before it.
fn begins_statement(line: &[u8]) -> bool {
    let goes_on = |w: &str| {
        let rest = line.strip_prefix(w.as_bytes());
        rest.is_some_and(|r| {
            !r.first()
                .is_some_and(|c| c.is_ascii_alphanumeric() || *c == b'_')
        })
    };
    match line.first() {
        None | Some(b' ' | b'\t' | b'\x0c' | b'\n' | b'\r' | b'#' | b')' | b']' | b'}') => false,
        Some(_) => !["else", "elif", "except", "finally"]
            .into_iter()
            .any(goes_on),
    }
}

/// The end of a string literal whose first quote is at a place; of one that does not end, that of its line or the text.
fn string_end(b: &[u8], start: usize) -> usize {
    let quote = b[start];
    let long = b[start..].starts_with(&[quote; 3]);
    let mut at = start + if long { 3 } else { 1 };
    loop {
        let rest = b.get(at..).unwrap_or_default();
        let Some(i) = memchr::memchr3(quote, b'\\', b'\n', rest) else {
            return b.len();
        };
        at += i;
        match b[at] {
            b'\\' => at += 2,
            b'\n' if long => at += 1,
            b'\n' => return at,
            _ if !long => return at + 1,
            _ if b[at..].starts_with(&[quote; 3]) => return at + 3,
            _ => at += 1,
        }
    }
}

/// The statements of a long source, part by part. `None`: it is not cut, or has to be parsed at once.
pub fn statements<'s>(
    lower: &mut Lower<'s>,
    source: &'s str,
    options: Options,
) -> Result<Option<Vec<Stmt>>, Fail> {
    let watch = lower.watch;
    if source.len() < 2 * PART || !watch.cuts {
        return Ok(None);
    }
    let mut ends = cuts(source, watch)?;
    if ends.is_empty() {
        return Ok(None);
    }
    ends.push(source.len());
    let mut out: Vec<Stmt> = Vec::new();
    // What is wrong with a tree counts once all text has parsed.
    let mut wrong = None;
    let mut from = 0;
    for to in ends {
        watch.look()?;
        let text = &source[from..to];
        let mode = parser_mode(Mode::Exec);
        let parse = ParseOptions::from(mode).with_target_version(PythonVersion::PY38);
        let parsed = parse_unchecked(text, parse);
        let Mod::Module(m) = parsed.syntax() else {
            return Ok(None);
        };
        if !syntax::is_clean(&parsed, text, &LineIndex::new(text), options) {
            return Ok(None);
        }
        if wrong.is_none() {
            lower.src = text;
            lower.base = from as u32;
            lower.with_tuples.clear();
            for e in parsed.unsupported_syntax_errors() {
                if e.kind == UnsupportedSyntaxErrorKind::ParenthesizedContextManager {
                    lower.with_tuples.push(e.range);
                }
            }
            let part = match out.is_empty() {
                true => lower.body(&m.body),
                false => lower.stmts(&m.body),
            };
            match part {
                Ok(part) => out.extend(part),
                Err(f) if f.kind == ErrorKind::Stopped => return Err(f),
                Err(f) => wrong = Some(f),
            }
        }
        from = to;
    }
    match wrong {
        Some(f) => Err(f),
        None => Ok(Some(out)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Left, Text, compile_by, compile_watched, compile_with};
    use super::*;

    /// A source of some parts, made of statements that a cut must not go through.
    fn long(extra: &str) -> String {
        let some = "if x:\n    y = (1,\n2)\nelse:\n    y = '''\nz = 1\n'''\n\n@f\n@g\n# a comment\ndef h(a):\n    return f\"{a}\\\n\"\n\
            try:\n    pass\nexcept E:\n    w = [\nu, '#', \"\\\"\"]\nfinally:\n    del x\nwith (a, b): pass\nv = 1; u = 2 \\\n+ 3\n\
            class C:\n    '''doc'''\n    a = 1\n    def m(self): return lambda: self\nfor i in x: y\nelse: z\n";
        let mut s =
            String::from("'''The text of the module.'''\nfrom __future__ import annotations\n");
        while s.len() < 3 * PART {
            s.push_str(some);
        }
        s.push_str(extra);
        s.push_str(some);
        s
    }

    /// In parts it becomes what it becomes at once.
    #[test]
    fn parts_make_the_same_code() {
        let on = || true;
        let whole = |s: &str| {
            let mut watch = Watch::new(&on);
            watch.cuts = false;
            compile_by(s.into(), "f", Mode::Exec, Options::default(), &watch).map(|c| c.0)
        };
        let extras = [
            "",
            "é = 1; b'é'\n",
            "return\n",
            "x = = 2\n",
            "nonlocal x\n",
            "def f(): yield x; x = 5 +\n",
            "  x = 1\n",
            "if x:\n\ty\n        z\n",
            "'''",
            "(",
            "x = f'{a b}'\n",
            "from __future__ import braces\n",
            "print('a' 'b'\n'c')\n",
            "@f\n",
            "else: x\n",
            "x = '\n",
            "async def f():\n  await x\n  async for i in x: y\n",
        ];
        for extra in extras {
            let s = long(extra);
            let (a, b) = (
                compile_with(&s, "f", Mode::Exec, Options::default()),
                whole(&s),
            );
            match (&a, &b) {
                (Ok(a), Ok(b)) => assert!(a == b, "{extra:?}"),
                _ => assert_eq!(format!("{a:?}"), format!("{b:?}"), "{extra:?}"),
            }
        }
        let n = cuts(&long(""), &Watch::new(&on)).unwrap_or_default().len();
        assert_eq!(n, 3);
    }

    /// Wherever it is told to stop, it stops; on a thread of its own, too, where there are as many looks at least.
    #[test]
    fn it_stops_at_each_look() {
        let one = format!("x = [{}]\n", "1,".repeat(PART));
        for s in [long(""), one, long("x = = 2\n")] {
            let (looks, most) = (Cell::new(0), Cell::new(0));
            let goes_on = || {
                looks.set(looks.get() + 1);
                looks.get() <= most.get()
            };
            let options = Options::default();
            let here = |n: usize| {
                looks.set(0);
                most.set(n);
                compile_by(
                    s.as_str().into(),
                    "f",
                    Mode::Exec,
                    options,
                    &Watch::new(&goes_on),
                )
            };
            let aside = |n: usize| {
                looks.set(0);
                most.set(n);
                let (text, mut left) = (Text::Str(s.as_str().into()), None);
                let r = compile_watched(text, "f", Mode::Exec, options, &goes_on, &mut left);
                assert!(left.is_none() || looks.get() > n);
                while left.as_ref().is_some_and(|l| !l.is_over()) {
                    left.iter().for_each(Left::wait);
                }
                r
            };
            let (r, all) = (here(usize::MAX), looks.get());
            assert!(all > s.len() / PACE, "{all} looks");
            assert!(r.map(|c| c.0) == aside(usize::MAX).map(|c| c.0));
            assert!(looks.get() >= all);
            for k in (0..all).step_by(all / 20 + 1) {
                for way in [&here as &dyn Fn(usize) -> _, &aside] {
                    let kind = way(k).err().map(|e| e.kind);
                    assert_eq!(kind, Some(ErrorKind::Stopped), "{k} of {all}");
                    assert_eq!(looks.get(), k + 1);
                }
            }
        }
    }
}
