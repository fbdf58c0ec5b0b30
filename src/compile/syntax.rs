//! The parser's errors in CPython 3.8's words and places.
//!
//! ruff goes on after an error and reports many; CPython stops at its first. Its tokenizer and
//! grammar come first (in the order of the text), and only a source without such errors gets to
//! the checks of its tree: targets, argument order, f-strings, escapes. The same order here.

use super::error::ErrorKind;
use super::lines::LineIndex;
use super::lower::{Fail, Shown};
use super::tree::Loc;
use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_ast::{self as ast, Expr, Mod};
use ruff_python_parser::{
    InterpolatedStringErrorType as Field, LexicalErrorType as Lex, ParseError, ParseErrorType as P,
    Parsed, UnsupportedSyntaxError, UnsupportedSyntaxErrorKind, parse_expression,
};
use ruff_text_size::{Ranged, TextRange};

const INVALID: &str = "invalid syntax";
const EOF: &str = "unexpected EOF while parsing";

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
    fn fail(&self, kind: ErrorKind, pos: usize, msg: impl Into<String>) -> Fail {
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

    /// An error of the checks CPython makes on its tree.
    fn tree_error(&self, e: &ParseError) -> Fail {
        let range = e.location;
        let pos = range.start().to_usize();
        let syntax = |pos, msg: &str| self.fail(ErrorKind::Syntax, pos, msg);
        if let Some(string) = self.fstring_at(range) {
            return self.field(e, string);
        }
        match &e.error {
            P::InvalidAssignmentTarget
            | P::InvalidAugmentedAssignmentTarget
            | P::InvalidDeleteTarget => {
                let at = self.target_start(pos).unwrap_or(pos);
                syntax(at, &self.target(&e.error, range))
            }
            P::InvalidNamedAssignmentTarget => syntax(pos, &self.target(&e.error, range)),
            P::OtherError(m) if m.starts_with("Only single target") => {
                syntax(pos, &m.replacen('O', "o", 1))
            }
            P::OtherError(_) => {
                let text = &self.src[pos..range.end().to_usize()];
                match text {
                    "True" | "False" | "None" => syntax(pos, &format!("cannot assign to {text}")),
                    _ => syntax(
                        pos,
                        "expression cannot contain assignment, perhaps you meant \"==\"?",
                    ),
                }
            }
            P::InvalidAnnotatedAssignmentTarget => syntax(pos, "illegal target for annotation"),
            P::NonDefaultParamAfterDefaultParam => {
                let at = self.first_param(pos).unwrap_or(pos);
                syntax(at, "non-default argument follows default argument")
            }
            P::PositionalAfterKeywordArgument => {
                syntax(pos, "positional argument follows keyword argument")
            }
            P::PositionalAfterKeywordUnpacking => syntax(
                pos,
                "positional argument follows keyword argument unpacking",
            ),
            P::InvalidArgumentUnpackingOrder => {
                let msg = "iterable argument unpacking follows keyword argument unpacking";
                syntax(pos, msg)
            }
            P::ExpectedKeywordParam => syntax(pos, "named arguments must follow bare *"),
            P::InvalidStarredExpressionUsage => {
                let after = self.src[range.end().to_usize()..].trim_start();
                if after.starts_with('=') && !after.starts_with("==") {
                    return syntax(pos, "starred assignment target must be in a list or tuple");
                }
                syntax(pos, "can't use starred expression here")
            }
            P::UnparenthesizedGeneratorExpression => {
                syntax(pos, "Generator expression must be parenthesized")
            }
            P::IterableUnpackingInComprehension => {
                syntax(pos, "iterable unpacking cannot be used in comprehension")
            }
            P::Lexical(Lex::InvalidByteLiteral) => {
                let at = self.string_start(pos);
                syntax(at, "bytes can only contain ASCII literal characters.")
            }
            P::Lexical(_) => {
                let at = self.string_start(pos);
                syntax(at, &self.escape(at, pos))
            }
            _ => syntax(pos, INVALID),
        }
    }

    /// Every statement, outer ones first.
    fn each_statement(&self, f: &mut dyn FnMut(&ast::Stmt)) {
        let mut work: Vec<&ast::Stmt> = match self.tree {
            Mod::Module(m) => m.body.iter().rev().collect(),
            Mod::Expression(_) => Vec::new(),
        };
        while let Some(s) = work.pop() {
            f(s);
            let mut push = |list| work.extend(backwards(list));
            match s {
                ast::Stmt::FunctionDef(x) => push(&x.body),
                ast::Stmt::ClassDef(x) => push(&x.body),
                ast::Stmt::With(x) => push(&x.body),
                ast::Stmt::For(x) => {
                    push(&x.body);
                    push(&x.orelse);
                }
                ast::Stmt::While(x) => {
                    push(&x.body);
                    push(&x.orelse);
                }
                ast::Stmt::If(x) => {
                    push(&x.body);
                    for c in &x.elif_else_clauses {
                        push(&c.body);
                    }
                }
                ast::Stmt::Try(x) => {
                    push(&x.body);
                    for ast::ExceptHandler::ExceptHandler(h) in &x.handlers {
                        push(&h.body);
                    }
                    push(&x.orelse);
                    push(&x.finalbody);
                }
                _ => {}
            }
        }
    }

    /// The start of the whole target that has something wrong inside.
    fn target_start(&self, pos: usize) -> Option<usize> {
        let mut found = None;
        let mut look = |e: &dyn Ranged| {
            if (e.start().to_usize()..=e.end().to_usize()).contains(&pos) {
                found = Some(e.start().to_usize());
            }
        };
        self.each_statement(&mut |s| match s {
            ast::Stmt::Assign(a) => a.targets.iter().for_each(|t| look(t)),
            ast::Stmt::AugAssign(a) => look(&*a.target),
            ast::Stmt::For(f) => look(&*f.target),
            ast::Stmt::Delete(d) => {
                if let (Some(a), Some(b)) = (d.targets.first(), d.targets.last()) {
                    look(&TextRange::new(a.start(), b.end()));
                }
            }
            ast::Stmt::With(w) => w.items.iter().for_each(|i| look(i)),
            _ => {}
        });
        found
    }

    /// The first parameter of the list a parameter stands in.
    fn first_param(&self, pos: usize) -> Option<usize> {
        let mut depth = 0;
        let mut first = None;
        for t in self
            .tokens
            .iter()
            .rev()
            .filter(|t| t.start().to_usize() < pos)
        {
            match t.kind() {
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth += 1,
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                    if depth == 0 {
                        return first;
                    }
                    depth -= 1;
                }
                TokenKind::Lambda if depth == 0 => return first,
                _ => {}
            }
            if depth == 0 && !t.kind().is_trivia() {
                first = Some(t.start().to_usize());
            }
        }
        None
    }

    /// `cannot assign to …`, `cannot delete …`, with CPython's name for what stands there.
    fn target(&self, error: &P, range: TextRange) -> String {
        let text = &self.src[range.start().to_usize()..range.end().to_usize()];
        // In brackets, so that an expression over several lines is one.
        let what = match parse_expression(&format!("({text})")) {
            Ok(p) => expression_name(p.expr()),
            Err(_) => None,
        };
        let Some(what) = what else {
            return INVALID.into();
        };
        match error {
            P::InvalidNamedAssignmentTarget => {
                format!("cannot use assignment expressions with {what}")
            }
            P::InvalidDeleteTarget => format!("cannot delete {what}"),
            P::InvalidAugmentedAssignmentTarget if matches!(what, "list" | "tuple") => {
                "illegal expression for augmented assignment".into()
            }
            _ if what == "yield expression" => "assignment to yield expression not possible".into(),
            _ => format!("cannot assign to {what}"),
        }
    }

    /// The start of the string (or run of strings side by side) around a place.
    fn string_start(&self, pos: usize) -> usize {
        let mut start = None;
        let mut depth = 0;
        for t in self.tokens {
            if t.start().to_usize() > pos {
                break;
            }
            match t.kind() {
                TokenKind::String | TokenKind::Unknown if depth == 0 => {
                    start.get_or_insert(t.start().to_usize());
                }
                TokenKind::FStringStart => {
                    depth += 1;
                    start.get_or_insert(t.start().to_usize());
                }
                TokenKind::FStringEnd => depth -= 1,
                k if depth == 0 && !k.is_trivia() => start = None,
                _ => {}
            }
        }
        let at = start.unwrap_or(pos);
        // A string with a bad escape is no token; its quote and prefix are looked for.
        if at != pos || start.is_some() {
            let b = self.src.as_bytes();
            if matches!(b.get(at), Some(b'\'' | b'"'))
                || b.get(at).is_some_and(u8::is_ascii_alphabetic)
            {
                return at;
            }
        }
        let line = self.lines.start(self.lines.line(pos as u32)) as usize;
        self.src[line..pos].find(['\'', '"']).map_or(at, |i| {
            let text = &self.src[line..line + i];
            line + text
                .trim_end_matches(|c: char| "rRbBuUfF".contains(c))
                .len()
        })
    }

    /// What is wrong with the escapes of the string that starts at `at`.
    fn escape(&self, at: usize, pos: usize) -> String {
        let text = &self.src[at..];
        let body = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let quotes = if body.starts_with("'''") || body.starts_with("\"\"\"") {
            3
        } else {
            1
        };
        let body = body.get(quotes..).unwrap_or("");
        let limit = (pos.saturating_sub(at) + 12).min(body.len());
        let (from, to, what) = bad_escape(body, limit);
        let place = if from == to {
            format!("byte 0x5c in position {from}")
        } else {
            format!("bytes in position {from}-{to}")
        };
        format!("(unicode error) 'unicodeescape' codec can't decode {place}: {what}")
    }

    /// The outermost f-string around a place.
    fn fstring_at(&self, range: TextRange) -> Option<TextRange> {
        let mut depth = 0;
        let mut start = None;
        for t in self.tokens {
            match t.kind() {
                TokenKind::FStringStart => {
                    if depth == 0 {
                        if t.start() > range.start() {
                            return None;
                        }
                        start = Some(t.start());
                    }
                    depth += 1;
                }
                TokenKind::FStringEnd => {
                    depth -= 1;
                    if let Some(s) = start.filter(|_| depth == 0)
                        && range.start() < t.end()
                    {
                        return Some(TextRange::new(s, t.end()));
                    }
                }
                _ => {}
            }
        }
        // After an error in a field, the parser may not see the end of the string.
        let end = (self.src.len() as u32).into();
        start.filter(|_| depth > 0).map(|s| TextRange::new(s, end))
    }

    /// An error inside an f-string. CPython compiles each field as a source of its own.
    fn field(&self, e: &ParseError, string: TextRange) -> Fail {
        let at = self.string_start(string.start().to_usize());
        let pos = e.location.start().to_usize();
        let syntax = |msg: &str| self.fail(ErrorKind::Syntax, at, msg);
        if let P::FStringError(f) | P::Lexical(Lex::FStringError(f)) = &e.error
            && !matches!(f, Field::UnclosedLbrace)
        {
            return syntax(field_error(f));
        }
        if matches!(e.error, P::Lexical(Lex::UnicodeError)) {
            return syntax(&self.escape(string.start().to_usize(), pos));
        }
        let inside = self.tokens.iter().filter(|t| {
            t.start() >= string.start() && t.end() <= string.end() && !t.kind().is_trivia()
        });
        // The field the error is in: from its brace to its end.
        let mut open = Vec::new();
        let mut end = None;
        for t in inside {
            let here = t.start().to_usize();
            match t.kind() {
                _ if end.is_some() => break,
                TokenKind::Lbrace if here <= pos => open.push(t.end().to_usize()),
                TokenKind::Rbrace if here < pos => {
                    open.pop();
                }
                TokenKind::Rbrace | TokenKind::Exclamation | TokenKind::Colon if here >= pos => {
                    end = Some(here);
                }
                _ => {}
            }
        }
        let (Some(&from), Some(to)) = (open.last(), end) else {
            return syntax("f-string: expecting '}'");
        };
        let text = self.src.get(from..to).unwrap_or("");
        if text.trim().is_empty() {
            return syntax("f-string: empty expression not allowed");
        }
        let col = self.src.get(from..pos).map_or(0, |t| t.chars().count()) as u32 + 2;
        let mut f = syntax(if pos >= to { EOF } else { INVALID });
        f.shown = Some(Box::new(Shown {
            filename: Some("<fstring>"),
            line: 1,
            col,
            text: format!("({text})\n"),
        }));
        f
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

/// Statements in reverse, to be pushed on a stack.
fn backwards(list: &[ast::Stmt]) -> impl Iterator<Item = &ast::Stmt> {
    list.iter().rev()
}

fn field_error(f: &Field) -> &'static str {
    match f {
        Field::UnclosedLbrace => "f-string: expecting '}'",
        Field::InvalidConversionFlag | Field::ConversionFlagNotImmediatelyAfterExclamation => {
            "f-string: invalid conversion character: expected 's', 'r', or 'a'"
        }
        Field::SingleRbrace => "f-string: single '}' is not allowed",
        Field::UnterminatedString | Field::NewlineInFormatSpec => {
            "EOL while scanning string literal"
        }
        Field::UnterminatedTripleQuotedString => "EOF while scanning triple-quoted string literal",
        Field::LambdaWithoutParentheses => INVALID,
    }
}

/// The first escape that does not decode: its first and last position, counted as CPython's
/// decoder does (every other than ASCII character is ten bytes there), and what is wrong.
fn bad_escape(body: &str, limit: usize) -> (usize, usize, &'static str) {
    let mut at = 0;
    let mut chars = body.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if i > limit {
            break;
        }
        if c != '\\' {
            at += if c.is_ascii() { 1 } else { 10 };
            continue;
        }
        let Some((_, kind)) = chars.next() else { break };
        let rest = &body[(i + 1 + kind.len_utf8()).min(body.len())..];
        let (want, what) = match kind {
            'x' => (2, "truncated \\xXX escape"),
            'u' => (4, "truncated \\uXXXX escape"),
            'U' => (8, "truncated \\UXXXXXXXX escape"),
            'N' => {
                let Some(name) = rest.strip_prefix('{') else {
                    return (at, at + 1, "malformed \\N character escape");
                };
                let Some(end) = name.find('}') else {
                    return (
                        at,
                        at + 2 + name.len().min(limit),
                        "malformed \\N character escape",
                    );
                };
                if parse_expression(&format!("'\\N{{{}}}'", &name[..end])).is_err() {
                    return (at, at + 3 + end, "unknown Unicode character name");
                }
                at += 2;
                continue;
            }
            _ => {
                at += 1 + if kind.is_ascii() { 1 } else { 10 };
                continue;
            }
        };
        let digits = rest
            .bytes()
            .take(want)
            .take_while(u8::is_ascii_hexdigit)
            .count();
        if digits < want {
            return (at, at + 1 + digits, what);
        }
        if u32::from_str_radix(&rest[..want], 16).is_ok_and(|c| c > 0x10FFFF) {
            return (at, at + 1 + want, "illegal Unicode character");
        }
        at += 2;
    }
    (at, at, "\\ at end of string")
}

/// CPython's name for a kind of expression.
fn expression_name(e: &Expr) -> Option<&'static str> {
    Some(match e {
        Expr::Call(_) => "function call",
        Expr::Lambda(_) => "lambda",
        Expr::If(_) => "conditional expression",
        Expr::Compare(_) => "comparison",
        Expr::BoolOp(_) | Expr::BinOp(_) | Expr::UnaryOp(_) => "operator",
        Expr::Generator(_) => "generator expression",
        Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
        Expr::Await(_) => "await expression",
        Expr::ListComp(_) => "list comprehension",
        Expr::SetComp(_) => "set comprehension",
        Expr::DictComp(_) => "dict comprehension",
        Expr::Dict(_) => "dict display",
        Expr::Set(_) => "set display",
        Expr::FString(_) | Expr::TString(_) => "f-string expression",
        Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::NumberLiteral(_) => "literal",
        Expr::BooleanLiteral(b) if b.value => "True",
        Expr::BooleanLiteral(_) => "False",
        Expr::NoneLiteral(_) => "None",
        Expr::EllipsisLiteral(_) => "Ellipsis",
        Expr::Named(_) => "named expression",
        Expr::Attribute(_) => "attribute",
        Expr::Subscript(_) => "subscript",
        Expr::Starred(_) => "starred",
        Expr::List(_) => "list",
        Expr::Tuple(_) => "tuple",
        Expr::Name(_) | Expr::Slice(_) | Expr::IpyEscapeCommand(_) => return None,
    })
}
