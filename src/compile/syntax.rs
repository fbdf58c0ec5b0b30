//! The parser's errors in CPython 3.8's words and places.
//!
//! ruff goes on after an error and reports many; CPython stops at its first. Its tokenizer and
//! grammar come first (in the order of the text), and only a source without such errors gets to
//! the checks of its tree: targets, argument order, f-strings, escapes (`syntax_tree`). The
//! same order here.

use super::error::ErrorKind;
use super::lines::LineIndex;
use super::lower::{Fail, Shown};
use super::syntax_tree::field_error;
use super::tree::Loc;
use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_ast::{self as ast, Mod};
use ruff_python_parser::{
    InterpolatedStringErrorType as Field, LexicalErrorType as Lex, ParseError, ParseErrorType as P,
    Parsed, UnsupportedSyntaxError, UnsupportedSyntaxErrorKind,
};
use ruff_text_size::Ranged;

pub(super) const INVALID: &str = "invalid syntax";
pub(super) const EOF: &str = "unexpected EOF while parsing";

/// A source that did not parse.
pub struct Syntax<'a> {
    pub src: &'a str,
    pub lines: &'a LineIndex,
    pub tokens: &'a [Token],
    pub tree: &'a Mod,
}

/// The error of a source, as CPython says it.
pub fn translate(parsed: &Parsed<Mod>, src: &str, lines: &LineIndex) -> Option<Fail> {
    let s = Syntax {
        src,
        lines,
        tokens: parsed.tokens(),
        tree: parsed.syntax(),
    };
    let errors = parsed.errors();
    // Brackets and tabs are the tokenizer's business; ruff minds neither.
    let brackets = if errors.is_empty() {
        None
    } else {
        s.brackets()
    };
    let tokenizer = brackets
        .into_iter()
        .chain(s.tabs())
        .min_by_key(|f| f.loc.pos);
    let grammar = errors
        .iter()
        .filter(|e| {
            let lexical = matches!(e.error, P::Lexical(_));
            is_grammar(&e.error) && (lexical || s.fstring_at(e.location).is_none())
        })
        .min_by_key(|e| e.location.start());
    if let Some(t) = tokenizer
        && grammar.is_none_or(|g| t.loc.pos <= g.location.start().to_u32())
    {
        return Some(t);
    }
    if let Some(e) = grammar {
        return Some(s.grammar(e));
    }
    let e = errors.iter().min_by_key(|e| e.location.start())?;
    Some(s.tree_error(e))
}

/// Whether CPython's tokenizer or grammar finds the error, not the checks of its tree.
fn is_grammar(e: &P) -> bool {
    match e {
        P::InvalidAssignmentTarget
        | P::InvalidAugmentedAssignmentTarget
        | P::InvalidNamedAssignmentTarget
        | P::InvalidDeleteTarget
        | P::InvalidAnnotatedAssignmentTarget
        | P::NonDefaultParamAfterDefaultParam
        | P::PositionalAfterKeywordArgument
        | P::PositionalAfterKeywordUnpacking
        | P::InvalidArgumentUnpackingOrder
        | P::ExpectedKeywordParam
        | P::InvalidStarredExpressionUsage
        | P::UnparenthesizedGeneratorExpression
        | P::IterableUnpackingInComprehension
        | P::FStringError(_)
        | P::TStringError(_) => false,
        P::Lexical(Lex::FStringError(f)) => matches!(
            f,
            Field::UnterminatedString | Field::UnterminatedTripleQuotedString
        ),
        P::Lexical(l) => !matches!(
            l,
            Lex::UnicodeError
                | Lex::MissingUnicodeLbrace
                | Lex::MissingUnicodeRbrace
                | Lex::InvalidByteLiteral
        ),
        P::OtherError(m) => {
            !m.starts_with("Only single target") && m != "Expected a parameter name"
        }
        _ => true,
    }
}

impl Syntax<'_> {
    pub(super) fn fail(&self, kind: ErrorKind, pos: usize, msg: impl Into<String>) -> Fail {
        let pos = pos.min(self.src.len()) as u32;
        Fail {
            kind,
            loc: Loc {
                line: self.lines.line(pos),
                pos,
            },
            msg: msg.into(),
            shown: None,
        }
    }

    /// An error whose column is the end of its line, where the tokenizer had read to.
    fn at_line_end(&self, kind: ErrorKind, pos: usize, msg: &str) -> Fail {
        let mut f = self.fail(kind, pos, msg);
        let text = self.lines.text(self.src, f.loc.line).unwrap_or("");
        f.shown = Some(Box::new(Shown {
            filename: None,
            line: f.loc.line,
            col: text.chars().count() as u32 + 1,
            text: format!("{text}\n"),
        }));
        f
    }

    /// The source ended too early: shown on the line after the last, which is empty.
    fn at_eof(&self) -> Fail {
        let ended = self.src.is_empty() || self.src.ends_with('\n');
        let last = self.src.lines().next_back().unwrap_or("");
        let mut f = self.fail(ErrorKind::Syntax, self.src.len(), EOF);
        f.shown = Some(Box::new(Shown {
            filename: None,
            line: self.lines.count() + !ended as u32,
            col: last.chars().count() as u32 + 1,
            text: String::new(),
        }));
        f
    }

    /// The first bracket that closes nothing, or another kind than was opened.
    fn brackets(&self) -> Option<Fail> {
        let mut open: Vec<(char, usize)> = Vec::new();
        let mut fstrings = 0;
        for t in self.tokens {
            let at = t.start().to_usize();
            match t.kind() {
                TokenKind::FStringStart => fstrings += 1,
                TokenKind::FStringEnd => fstrings -= 1,
                _ if fstrings > 0 => {}
                TokenKind::Lpar => open.push(('(', at)),
                TokenKind::Lsqb => open.push(('[', at)),
                TokenKind::Lbrace => open.push(('{', at)),
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                    let (close, wants) = match t.kind() {
                        TokenKind::Rpar => (')', '('),
                        TokenKind::Rsqb => (']', '['),
                        _ => ('}', '{'),
                    };
                    let msg = match open.pop() {
                        None => format!("unmatched '{close}'"),
                        Some((o, _)) if o == wants => continue,
                        Some((o, from)) => {
                            let line = self.lines.line(from as u32);
                            let here = self.lines.line(at as u32);
                            let mut msg = format!(
                                "closing parenthesis '{close}' does not match opening parenthesis '{o}'"
                            );
                            if line != here {
                                msg += &format!(" on line {line}");
                            }
                            msg
                        }
                    };
                    return Some(self.fail(ErrorKind::Syntax, at, msg));
                }
                _ => {}
            }
        }
        None
    }

    /// Indentation that means different things for different widths of a tab.
    pub fn tabs(&self) -> Option<Fail> {
        if !self.src.contains('\t') {
            return None;
        }
        let mut stack = vec![(0usize, 0usize)];
        let mut first = true;
        for t in self.tokens {
            match t.kind() {
                TokenKind::Newline => first = true,
                TokenKind::NonLogicalNewline
                | TokenKind::Comment
                | TokenKind::Indent
                | TokenKind::Dedent => {}
                TokenKind::EndOfFile => return None,
                _ if first => {
                    first = false;
                    let at = t.start().to_usize();
                    let line = self.lines.start(self.lines.line(at as u32)) as usize;
                    let text = &self.src[line..];
                    let at = line + text.len() - text.trim_start_matches([' ', '\t', '\x0c']).len();
                    let (mut wide, mut narrow) = (0, 0);
                    for b in self.src.as_bytes()[line..at].iter() {
                        match b {
                            b'\t' => {
                                wide = (wide / 8 + 1) * 8;
                                narrow += 1;
                            }
                            b'\x0c' => (wide, narrow) = (0, 0),
                            _ => {
                                wide += 1;
                                narrow += 1;
                            }
                        }
                    }
                    let error = || {
                        let msg = "inconsistent use of tabs and spaces in indentation";
                        let mut f = self.at_line_end(ErrorKind::Tab, at, msg);
                        // Before whatever the parser says of this line's indentation.
                        f.loc.pos = line as u32;
                        Some(f)
                    };
                    let top = stack.last().copied().unwrap_or((0, 0));
                    if wide > top.0 {
                        if narrow <= top.1 {
                            return error();
                        }
                        stack.push((wide, narrow));
                        continue;
                    }
                    while stack.len() > 1 && stack.last().is_some_and(|s| wide < s.0) {
                        stack.pop();
                    }
                    let top = stack.last().copied().unwrap_or((0, 0));
                    if wide != top.0 {
                        // No level matches: that is another error, found elsewhere.
                        return None;
                    }
                    if narrow != top.1 {
                        return error();
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Whether only white space and comments follow.
    fn nothing_after(&self, pos: usize) -> bool {
        self.src[pos.min(self.src.len())..]
            .lines()
            .all(|l| l.trim().is_empty() || l.trim_start().starts_with('#'))
    }

    /// Brackets open before a place.
    fn open_brackets(&self, pos: usize) -> i32 {
        let before = self
            .tokens
            .iter()
            .take_while(|t| t.start().to_usize() < pos);
        before
            .map(|t| match t.kind() {
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => 1,
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => -1,
                _ => 0,
            })
            .sum()
    }

    /// An error of tokenizer or grammar.
    fn grammar(&self, e: &ParseError) -> Fail {
        let pos = e.location.start().to_usize();
        let syntax = |pos, msg: &str| self.fail(ErrorKind::Syntax, pos, msg);
        match &e.error {
            P::Lexical(l) => self.lexical(l, pos),
            P::UnexpectedIndentation => self.fail(ErrorKind::Indentation, pos, "unexpected indent"),
            P::OtherError(m) if m.starts_with("Expected an indented block") => {
                if self.nothing_after(pos) {
                    return self.at_eof();
                }
                let at = self.next_token(pos);
                self.fail(ErrorKind::Indentation, at, "expected an indented block")
            }
            P::OtherError(m) if m.starts_with("Expected `except`") => {
                let at = self.after_try(pos).unwrap_or(pos);
                if self.nothing_after(at) {
                    return self.at_eof();
                }
                syntax(at, INVALID)
            }
            P::UnparenthesizedTupleExpression => {
                let text = &self.src[pos..e.location.end().to_usize()];
                syntax(pos + text.find(',').unwrap_or(0), INVALID)
            }
            _ => {
                let line_ended = self
                    .tokens
                    .iter()
                    .rev()
                    .any(|t| t.kind() == TokenKind::Newline && t.start().to_usize() < pos)
                    && self.src[..pos].ends_with('\n');
                if self.nothing_after(pos) && (line_ended || self.open_brackets(pos) > 0) {
                    return self.at_eof();
                }
                let word =
                    self.src[..pos].trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
                if self.src[word.len()..].starts_with(|c: char| c.is_ascii_digit())
                    && (self.src[..pos].ends_with('_') || self.src[pos..].starts_with('_'))
                {
                    return self.number(pos);
                }
                let mut f = syntax(pos, INVALID);
                if let Some(msg) = self.old_statement(f.loc.line) {
                    f.msg = msg;
                }
                f
            }
        }
    }

    /// The first thing at or after a place that is neither space nor comment.
    fn next_token(&self, pos: usize) -> usize {
        let mut at = pos;
        for line in self.src[pos..].split_inclusive('\n') {
            let text = line.trim_start();
            if !text.is_empty() && !text.starts_with('#') {
                return at + (line.len() - text.len());
            }
            at += line.len();
        }
        at
    }

    /// Where `except` or `finally` is missing: behind the body of the `try`.
    fn after_try(&self, pos: usize) -> Option<usize> {
        let mut found = None;
        self.each_statement(&mut |s| {
            if let ast::Stmt::Try(t) = s
                && t.start().to_usize() <= pos
                && t.handlers.is_empty()
                && t.finalbody.is_empty()
                && let Some(last) = t.body.last()
            {
                found = Some(self.next_token(last.end().to_usize()));
            }
        });
        found
    }

    /// Statements of Python 2, for which CPython has a word of advice.
    fn old_statement(&self, line: u32) -> Option<String> {
        let text = self.lines.text(self.src, line)?;
        if text.contains('(') {
            return None;
        }
        let text = text.trim_start();
        let after_colon = text.find(':').map(|i| text[i + 1..].trim_start());
        for t in [Some(text), after_colon].into_iter().flatten() {
            if let Some(args) = t.strip_prefix("print ") {
                let args = args.split(';').next().unwrap_or("").trim();
                let end = if args.ends_with(',') {
                    " end=\" \""
                } else {
                    ""
                };
                return Some(format!(
                    "Missing parentheses in call to 'print'. Did you mean print({args}{end})?"
                ));
            }
            if t.starts_with("exec ") {
                return Some("Missing parentheses in call to 'exec'".into());
            }
        }
        None
    }

    fn lexical(&self, l: &Lex, pos: usize) -> Fail {
        let rest = &self.src[pos.min(self.src.len())..];
        match l {
            Lex::UnclosedStringError | Lex::StringError => self.open_string(pos, rest),
            Lex::FStringError(f) | Lex::TStringError(f) => match f {
                Field::UnterminatedString | Field::UnterminatedTripleQuotedString => {
                    // ruff's place is the end; the string is the last one begun.
                    let begun = |t: &&Token| t.kind() == TokenKind::FStringStart;
                    let last = self.tokens.iter().rev().find(begun);
                    let at = last.map_or(pos, |t| t.start().to_usize());
                    self.open_string(at, &self.src[at..])
                }
                _ => self.fail(ErrorKind::Syntax, pos, field_error(f)),
            },
            Lex::IndentationError => self.at_line_end(
                ErrorKind::Indentation,
                pos,
                "unindent does not match any outer indentation level",
            ),
            Lex::LineContinuationError => {
                let msg = "unexpected character after line continuation character";
                self.at_line_end(ErrorKind::Syntax, pos, msg)
            }
            Lex::Eof => self.at_eof(),
            Lex::UnrecognizedToken { tok } if !tok.is_ascii() => {
                self.fail(ErrorKind::Syntax, pos, "invalid character in identifier")
            }
            Lex::OtherError(_) => self.number(pos),
            Lex::UnrecognizedToken { .. }
            | Lex::UnicodeError
            | Lex::MissingUnicodeLbrace
            | Lex::MissingUnicodeRbrace
            | Lex::InvalidByteLiteral => self.fail(ErrorKind::Syntax, pos, INVALID),
        }
    }

    /// A string that does not end. CPython shows all it read, from the string's first line.
    fn open_string(&self, pos: usize, rest: &str) -> Fail {
        let body = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        if !body.starts_with("'''") && !body.starts_with("\"\"\"") {
            return self.at_line_end(ErrorKind::Syntax, pos, "EOL while scanning string literal");
        }
        let msg = "EOF while scanning triple-quoted string literal";
        let mut f = self.fail(ErrorKind::Syntax, pos, msg);
        let start = self.lines.start(f.loc.line) as usize;
        let mut text = self.src[start..].to_owned();
        if !text.ends_with('\n') {
            text.push('\n');
        }
        f.shown = Some(Box::new(Shown {
            filename: None,
            line: self.src.matches('\n').count() as u32 + 2,
            col: text.chars().count() as u32,
            text,
        }));
        f
    }

    /// A number that is none: how far the tokenizer got, and what it wanted.
    fn number(&self, pos: usize) -> Fail {
        // ruff's place may lie inside the number.
        let b = self.src.as_bytes();
        let mut start = pos.min(b.len());
        while start > 0 && (b[start - 1].is_ascii_alphanumeric() || b[start - 1] == b'_') {
            start -= 1;
        }
        let text = &self.src[start..];
        let radix = match text.get(..2) {
            Some("0x" | "0X") => Some(("hexadecimal", 16)),
            Some("0o" | "0O") => Some(("octal", 8)),
            Some("0b" | "0B") => Some(("binary", 2)),
            _ => None,
        };
        let (name, radix, mut read) = match radix {
            Some((name, radix)) => (name, radix, 2),
            None => ("decimal", 10, 0),
        };
        let digits = |at: usize| {
            let rest = text[at..].chars();
            rest.take_while(|c| c.is_digit(radix)).count()
        };
        let msg = loop {
            let n = digits(read);
            read += n;
            if n > 0 && text[read..].starts_with('_') && digits(read + 1) > 0 {
                read += 1;
                continue;
            }
            if text[read..].starts_with('_') {
                read += 1;
                break format!("invalid {name} literal");
            }
            match text[read..].chars().next() {
                Some(c) if radix < 10 && c.is_ascii_digit() => {
                    break format!("invalid digit '{c}' in {name} literal");
                }
                _ if radix == 10 && text.starts_with('0') => {
                    break "leading zeros in decimal integer literals are not permitted; \
                           use an 0o prefix for octal integers"
                        .into();
                }
                _ => break format!("invalid {name} literal"),
            }
        };
        // The column is that of the last character read.
        self.fail(ErrorKind::Syntax, (start + read).saturating_sub(1), msg)
    }
}

/// What CPython 3.8 says to syntax that is newer than it.
pub fn newer(
    e: &UnsupportedSyntaxError,
    parsed: &Parsed<Mod>,
    src: &str,
    lines: &LineIndex,
) -> Fail {
    let s = Syntax {
        src,
        lines,
        tokens: parsed.tokens(),
        tree: parsed.syntax(),
    };
    let pos = e.range.start().to_usize();
    if !matches!(e.kind, UnsupportedSyntaxErrorKind::Pep701FString(_)) {
        return s.fail(ErrorKind::Syntax, pos, INVALID);
    }
    // The parser names the kind only in its text.
    let text = e.to_string();
    let msg = if text.contains("escape sequence") {
        "f-string expression part cannot include a backslash"
    } else if text.contains("comment") {
        "f-string expression part cannot include '#'"
    } else {
        "f-string: expecting '}'"
    };
    s.fail(ErrorKind::Syntax, s.string_start(pos), msg)
}
