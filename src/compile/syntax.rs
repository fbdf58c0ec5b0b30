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
use super::{Mode, Options, fstring, parser_mode};
use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_ast::{self as ast, Mod, PythonVersion};
use ruff_python_parser::{
    InterpolatedStringErrorType as Field, LexicalErrorType as Lex, ParseError, ParseErrorType as P,
    ParseOptions, Parsed, UnsupportedSyntaxError, UnsupportedSyntaxErrorKind, parse_unchecked,
};
use ruff_text_size::Ranged;

pub(super) const INVALID: &str = "invalid syntax";
pub(super) const EOF: &str = "unexpected EOF while parsing";

/// Where an error was found: CPython's parser shows the text it has, the checks of its tree and its
/// compiler look for the line in the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    Parser,
    Tree,
}

/// A source that did not parse.
pub struct Syntax<'a> {
    pub src: &'a str,
    /// The source is an argument of `compile()`, not a file.
    pub argument: bool,
    pub lines: &'a LineIndex,
    pub tokens: &'a [Token],
    pub tree: &'a Mod,
}

/// The first error of a source, as CPython says it; `None` where the parser had no complaint that 3.8 shares.
pub fn first_error(
    parsed: &Parsed<Mod>,
    src: &str,
    lines: &LineIndex,
    options: Options,
    mode: Mode,
) -> Option<(Fail, Stage)> {
    if parses(parsed) {
        let s = Syntax::of(parsed, src, lines, options);
        return s
            .tabs()
            .or_else(|| s.decorators())
            .map(|f| (f, Stage::Parser));
    }
    let found = fstring::literals(src);
    let Some(masked) = fstring::masked(src, &found) else {
        return error_of(parsed, src, lines, options);
    };
    // First what is wrong around the f-strings, then what is inside them.
    let parse = ParseOptions::from(parser_mode(mode)).with_target_version(PythonVersion::PY38);
    let around = parse_unchecked(&masked, parse);
    let outer = error_of(&around, src, lines, options);
    if let Some((_, Stage::Parser)) = &outer {
        return outer;
    }
    let s = Syntax::of(&around, src, lines, options);
    let before = outer.as_ref().map_or(usize::MAX, |o| o.0.loc.pos as usize);
    for l in found.iter().filter(|l| l.f && l.start < before) {
        if let Err(wrong) = fstring::check(&src[l.body.clone()], l.raw, &mut compiles) {
            return Some(s.in_fstring(wrong, l.start));
        }
    }
    outer.or_else(|| error_of(parsed, src, lines, options))
}

fn parses(p: &Parsed<Mod>) -> bool {
    let newer = p.unsupported_syntax_errors().iter();
    p.errors().is_empty() && newer.filter(|e| !allowed(e)).count() == 0
}

/// Whether nothing is wrong with a source before its tree is looked at.
pub fn is_clean(parsed: &Parsed<Mod>, src: &str, lines: &LineIndex, options: Options) -> bool {
    parses(parsed) && first_error(parsed, src, lines, options, Mode::Exec).is_none()
}

/// What 3.8 takes for something else.
fn allowed(e: &UnsupportedSyntaxError) -> bool {
    e.kind == UnsupportedSyntaxErrorKind::ParenthesizedContextManager
}

/// Whether an expression parses.
fn compiles(source: &str) -> bool {
    let mode = parser_mode(Mode::Eval);
    let parse = ParseOptions::from(mode).with_target_version(PythonVersion::PY38);
    let p = parse_unchecked(source, parse);
    p.errors().is_empty() && p.unsupported_syntax_errors().is_empty()
}

fn error_of(
    parsed: &Parsed<Mod>,
    src: &str,
    lines: &LineIndex,
    options: Options,
) -> Option<(Fail, Stage)> {
    let found = translate(parsed, src, lines, options);
    let s = Syntax::of(parsed, src, lines, options);
    if let Some(f) = s.in_grammar(parsed, found.as_ref()) {
        return Some(f);
    }
    let mut newer_ones = parsed.unsupported_syntax_errors().iter();
    let newer_one = newer_ones.find(|e| !allowed(e));
    match (found, newer_one) {
        (Some(f), _) => Some(f),
        (None, Some(e)) => Some(newer(e, parsed, src, lines, options)),
        (None, None) => None,
    }
}

fn translate(
    parsed: &Parsed<Mod>,
    src: &str,
    lines: &LineIndex,
    options: Options,
) -> Option<(Fail, Stage)> {
    let s = Syntax::of(parsed, src, lines, options);
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
    let strings = match errors.len() {
        0 => Vec::new(),
        _some => s.fstrings(),
    };
    let within = |e: &ParseError| {
        let before = strings.partition_point(|f| f.end() <= e.location.start());
        strings
            .get(before)
            .is_some_and(|f| f.start() <= e.location.start())
    };
    let grammar = errors
        .iter()
        .filter(|e| {
            let lexical = matches!(e.error, P::Lexical(_));
            is_grammar(&e.error) && (lexical || !within(e))
        })
        .min_by_key(|e| e.location.start());
    if let Some(t) = tokenizer
        && grammar.is_none_or(|g| t.loc.pos <= g.location.start().to_u32())
    {
        return Some((t, Stage::Parser));
    }
    if let Some(e) = grammar {
        return Some(s.grammar(e));
    }
    let e = errors.iter().min_by_key(|e| e.location.start())?;
    if let Some(at) = s.not_in_grammar(e) {
        return Some((s.fail(ErrorKind::Syntax, at, INVALID), Stage::Parser));
    }
    Some((s.tree_error(e), Stage::Tree))
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

impl<'a> Syntax<'a> {
    fn of(
        parsed: &'a Parsed<Mod>,
        src: &'a str,
        lines: &'a LineIndex,
        options: Options,
    ) -> Syntax<'a> {
        Syntax {
            src,
            argument: options.argument,
            lines,
            tokens: parsed.tokens(),
            tree: parsed.syntax(),
        }
    }

    /// An error of an f-string, at the run of strings it stands in.
    fn in_fstring(&self, wrong: fstring::Wrong, start: usize) -> (Fail, Stage) {
        let at = self.string_start(start);
        let source = match wrong {
            fstring::Wrong::Literal(msg) => {
                return (self.fail(ErrorKind::Syntax, at, msg), Stage::Tree);
            }
            fstring::Wrong::Expression(source) => source,
        };
        let lines = LineIndex::new(&source);
        let options = Options {
            argument: true,
            ..Default::default()
        };
        let mode = parser_mode(Mode::Eval);
        let parse = ParseOptions::from(mode).with_target_version(PythonVersion::PY38);
        let parsed = parse_unchecked(&source, parse);
        let found = first_error(&parsed, &source, &lines, options, Mode::Eval);
        let Some((inner, stage)) = found else {
            return (self.fail(ErrorKind::Syntax, at, INVALID), Stage::Tree);
        };
        let s = Syntax::of(&parsed, &source, &lines, options);
        let inner = super::prompt::at_end(inner, stage, &s, Mode::Eval);
        let mut f = self.fail(inner.kind, at, inner.msg.clone());
        let e = super::report(inner, stage, &source, &lines, "<fstring>".into(), options);
        f.shown = Some(Box::new(Shown {
            filename: Some("<fstring>"),
            line: e.line,
            col: e.col,
            text: e.text,
        }));
        (f, Stage::Parser)
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
            col: text.chars().count() as u32 + (!self.argument || self.has_end(f.loc.line)) as u32,
            text: Some(match self.argument {
                true => self.raw_line(f.loc.line).to_owned(),
                false => format!("{text}\n"),
            }),
        }));
        f
    }

    /// A line with its end, if it has one.
    fn raw_line(&self, line: u32) -> &str {
        super::raw_line(self.src, self.lines, line)
    }
    fn has_end(&self, line: u32) -> bool {
        self.raw_line(line).ends_with('\n')
    }

    /// An error of the tokenizer at a character, which it shows with the line but not its end.
    fn at_char(&self, pos: usize, msg: impl Into<String>) -> Fail {
        let mut f = self.fail(ErrorKind::Syntax, pos, msg);
        let start = self.lines.start(f.loc.line) as usize;
        let col = self.src.get(start..pos).map_or(0, |t| t.chars().count());
        f.shown = Some(Box::new(Shown {
            filename: None,
            line: f.loc.line,
            col: col as u32 + 1,
            text: self.lines.text(self.src, f.loc.line).map(str::to_owned),
        }));
        f
    }

    /// The source ended too early: shown on the line after the last, which is empty.
    pub(super) fn at_eof(&self) -> Fail {
        let ended = self.src.is_empty() || self.src.ends_with('\n');
        let last = self.src.lines().next_back().unwrap_or("");
        let mut f = self.fail(ErrorKind::Syntax, self.src.len(), EOF);
        let shown = if self.argument {
            let last = self.src.split_inclusive('\n').next_back().unwrap_or("");
            Shown {
                filename: None,
                line: self.src.split_inclusive('\n').count() as u32,
                col: last.chars().count() as u32,
                text: Some(last.to_owned()),
            }
        } else {
            Shown {
                filename: None,
                line: self.lines.count() + !ended as u32,
                col: last.chars().count() as u32 + 1,
                text: Some(String::new()),
            }
        };
        f.shown = Some(Box::new(shown));
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
                    return Some(self.at_char(at, msg));
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
    pub(super) fn open_brackets(&self, pos: usize) -> i32 {
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
    fn grammar(&self, e: &ParseError) -> (Fail, Stage) {
        let pos = e.location.start().to_usize();
        if let Some(f) = self.hidden_tree_error(e, pos) {
            return (f, Stage::Tree);
        }
        (self.grammar_error(e, pos), Stage::Parser)
    }

    /// Where CPython's grammar itself stops at what ruff only calls misplaced.
    fn not_in_grammar(&self, e: &ParseError) -> Option<usize> {
        let (pos, end) = (e.location.start().to_usize(), e.location.end().to_usize());
        let text = self.src.get(pos..end)?;
        let before = self.src[..pos].trim_end();
        match &e.error {
            P::InvalidDeleteTarget => {
                let word = text.split(|c: char| !c.is_alphanumeric()).next();
                matches!(word, Some("lambda" | "not")).then_some(pos)
            }
            P::InvalidAssignmentTarget if text.starts_with("yield") => {
                let target = before.ends_with(['=', '(']);
                (!target).then(|| self.next_token(end))
            }
            P::InvalidStarredExpressionUsage => {
                let after = self.next_token(end);
                if before.ends_with(':') && self.open_brackets(pos) > 0 {
                    return Some(pos);
                }
                let double = text.starts_with("**") || before.ends_with('*');
                (double && self.src[after..].starts_with(':')).then_some(after)
            }
            _ => None,
        }
    }

    /// Where CPython's grammar stops, if that is elsewhere than where ruff's parser found its error, or where that had
    /// only something to say about the tree. What a tokenizer finds, or the indentation, is left as it is.
    fn in_grammar(
        &self,
        parsed: &Parsed<Mod>,
        found: Option<&(Fail, Stage)>,
    ) -> Option<(Fail, Stage)> {
        let (at, plain) = match found {
            Some((f, Stage::Parser)) => (f.loc.pos as usize, &*f.msg == INVALID),
            Some((f, Stage::Tree)) => (usize::MAX, f.kind == ErrorKind::Syntax),
            None => (usize::MAX, true),
        };
        let lexical = |e: &ParseError| matches!(e.error, P::Lexical(_));
        if !plain || parsed.errors().iter().any(lexical) {
            return None;
        }
        let expression = matches!(self.tree, Mod::Expression(_));
        let stops = super::grammar::stops_at(self.tokens, expression)?;
        (stops != at).then(|| (self.invalid(stops), Stage::Parser))
    }

    /// A decorator in parentheses: 3.8 wants a name.
    fn decorators(&self) -> Option<Fail> {
        if !self.src.contains("@(") {
            return None;
        }
        let mut wrong: Option<usize> = None;
        self.each_statement(&mut |s| {
            let list = match s {
                ast::Stmt::FunctionDef(f) => &f.decorator_list,
                ast::Stmt::ClassDef(c) => &c.decorator_list,
                _ => return,
            };
            for d in list {
                let at = d.start().to_usize();
                if self.src[at..].starts_with("@(") {
                    wrong = Some(wrong.map_or(at + 1, |w| w.min(at + 1)));
                }
            }
        });
        wrong.map(|at| self.fail(ErrorKind::Syntax, at, INVALID))
    }

    /// What CPython's grammar lets pass, and its tree does not.
    fn hidden_tree_error(&self, e: &ParseError, pos: usize) -> Option<Fail> {
        let syntax = |pos, msg: &str| Some(self.fail(ErrorKind::Syntax, pos, msg));
        let rest = &self.src[pos..];
        if rest.starts_with('*') && self.src[..pos].trim_end().ends_with("del") {
            return syntax(pos, "can't use starred expression here");
        }
        let P::OtherError(m) = &e.error else {
            if matches!(e.error, P::ExpectedToken { .. } | P::ExpectedExpression)
                && AUGMENTED.iter().any(|op| rest.starts_with(op))
                && let Some(start) = self.tuple_before(pos)
            {
                return syntax(start, "illegal expression for augmented assignment");
            }
            return None;
        };
        if m.starts_with("Bytes literal cannot be mixed") {
            return syntax(
                self.string_start(pos),
                "cannot mix bytes and nonbytes literals",
            );
        }
        if m.starts_with("Trailing comma not allowed") {
            let line = self.lines.start(self.lines.line(pos as u32)) as usize;
            let before = &self.src[line..pos];
            let names = before.trim_start().starts_with("from ") && before.contains(" import ");
            let ended = rest[1..].trim_start_matches([' ', '\t']);
            if names && (ended.is_empty() || ended.starts_with(['\n', '#', ';'])) {
                let at = line + before.find(" import ")? + " import ".len();
                let msg = "trailing comma not allowed without surrounding parentheses";
                return syntax(self.next_token(at), msg);
            }
        }
        None
    }

    /// The start of the statement before a place, if that is a bare tuple.
    fn tuple_before(&self, pos: usize) -> Option<usize> {
        let (mut depth, mut comma, mut start) = (0, false, None);
        let before = self.tokens.partition_point(|t| t.start().to_usize() < pos);
        for t in self.tokens[..before].iter().rev() {
            match t.kind() {
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth += 1,
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth -= 1,
                TokenKind::Comma if depth == 0 => comma = true,
                TokenKind::Newline | TokenKind::Semi | TokenKind::Indent | TokenKind::Dedent => {
                    break;
                }
                TokenKind::Equal => return None,
                _ => {}
            }
            if !t.kind().is_trivia() {
                start = Some(t.start().to_usize());
            }
        }
        start.filter(|_| comma)
    }

    fn grammar_error(&self, e: &ParseError, pos: usize) -> Fail {
        let syntax = |pos, msg: &str| self.fail(ErrorKind::Syntax, pos, msg);
        match &e.error {
            P::Lexical(l) => self.lexical(l, pos),
            P::UnexpectedIndentation => self.indent(pos),
            P::OtherError(m) if m.starts_with("Trailing comma not allowed") => {
                let rest = &self.src[pos + 1..];
                let space = rest.len() - rest.trim_start_matches([' ', '\t']).len();
                syntax(pos + 1 + space, INVALID)
            }
            P::OtherError(m) if m.starts_with("Star import must be") => {
                let end = e.location.end().to_usize();
                let star = self.src[pos..end].find('*').map_or(pos, |i| pos + i);
                self.invalid(self.next_token(star + 1))
            }
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
            _ => self.invalid(pos),
        }
    }

    /// The first line of code is indented, or one deeper than the line before it for no reason.
    pub fn indent(&self, pos: usize) -> Fail {
        let line = self.lines.line(pos as u32);
        let text = self.lines.text(self.src, line).unwrap_or("");
        let width = text.len() - text.trim_start_matches([' ', '\t', '\x0c']).len();
        let at = self.lines.start(line) as usize + width.saturating_sub(1);
        self.fail(ErrorKind::Indentation, at, "unexpected indent")
    }

    /// `invalid syntax` at a token, or what CPython says there instead.
    fn invalid(&self, pos: usize) -> Fail {
        let inside = self.src[pos..].starts_with(['\n', '#']) && self.open_brackets(pos) > 0;
        let pos = if inside { self.next_token(pos) } else { pos };
        let syntax = |pos, msg: &str| self.fail(ErrorKind::Syntax, pos, msg);
        {
            {
                let rest = &self.src[pos..];
                // The grammar has `not in`: it fails one token later.
                let after_not = rest
                    .strip_prefix("not")
                    .filter(|r| r.starts_with([' ', '\t']));
                let operand = self.src[..pos].trim_end_matches([' ', '\t']);
                if after_not.is_some()
                    && operand.ends_with(|c: char| {
                        c.is_alphanumeric() || matches!(c, '_' | ')' | ']' | '}' | '"' | '\'')
                    })
                {
                    let at = self.next_token(pos + 3);
                    if !self.src[at..].starts_with("in ") {
                        return syntax(at, INVALID);
                    }
                }
                let line_ended = self
                    .tokens
                    .iter()
                    .rev()
                    .any(|t| t.kind() == TokenKind::Newline && t.start().to_usize() < pos)
                    && self.src[..pos].ends_with('\n');
                let decorator = self.argument
                    && self
                        .lines
                        .text(self.src, self.lines.line(pos as u32))
                        .is_some_and(|l| l.trim_start().starts_with('@') && l.trim().len() > 1);
                if self.nothing_after(pos)
                    && (line_ended || decorator || self.open_brackets(pos) > 0)
                {
                    return self.at_eof();
                }
                let word =
                    self.src[..pos].trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
                let number = &self.src[word.len()..];
                if number.starts_with(|c: char| c.is_ascii_digit()) {
                    let radix = number
                        .get(..2)
                        .is_some_and(|p| matches!(p, "0b" | "0B" | "0o" | "0O"));
                    if self.src[..pos].ends_with('_')
                        || rest.starts_with('_')
                        || (radix && rest.starts_with(|c: char| c.is_ascii_digit()))
                    {
                        return self.number(pos);
                    }
                    let digits = number.trim_start_matches(|c: char| c.is_ascii_digit());
                    let exponent = digits
                        .strip_prefix(['e', 'E'])
                        .and_then(|d| d.strip_prefix(['+', '-']));
                    if exponent.is_some_and(|d| !d.starts_with(|c: char| c.is_ascii_digit())) {
                        let at = word.len() + (number.len() - digits.len()) + 1;
                        return self.at_char(at, "invalid decimal literal");
                    }
                }
                let mut f = syntax(pos, INVALID);
                if let Some(msg) = self.old_statement(f.loc.line) {
                    f.msg = msg;
                }
                f
            }
        }
    }

    /// The last character of the identifier around a place: any character beyond ASCII counts as one of
    /// an identifier's until it is complete.
    fn identifier_end(&self, pos: usize) -> usize {
        let part = |c: &char| c.is_ascii_alphanumeric() || *c == '_' || !c.is_ascii();
        let rest = &self.src[pos..];
        let n: usize = rest.chars().take_while(part).map(char::len_utf8).sum();
        let last = rest[..n].chars().next_back().map_or(0, char::len_utf8);
        pos + n.saturating_sub(last)
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
            Lex::LineContinuationError
                if self.argument
                    && self.has_end(self.lines.line(pos as u32))
                    && self.after_backslash(pos) =>
            {
                self.at_eof()
            }
            Lex::LineContinuationError => {
                let msg = "unexpected character after line continuation character";
                self.at_line_end(ErrorKind::Syntax, pos, msg)
            }
            Lex::Eof => self.at_eof(),
            Lex::UnrecognizedToken { tok } if !tok.is_ascii() => {
                let at = self.identifier_end(pos);
                self.fail(ErrorKind::Syntax, at, "invalid character in identifier")
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
        let ends = self.src.matches('\n').count() as u32;
        let (line, text) = match self.argument {
            true => (
                ends + !self.src.ends_with('\n') as u32,
                self.src[start..].to_owned(),
            ),
            false => (ends + 2, text),
        };
        f.shown = Some(Box::new(Shown {
            filename: None,
            line,
            col: text.chars().count() as u32,
            text: Some(text),
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
            if let Some(behind) = text[read..].strip_prefix('_') {
                read += 1;
                break match behind.chars().next() {
                    Some(c) if radix < 10 && c.is_ascii_digit() => {
                        format!("invalid digit '{c}' in {name} literal")
                    }
                    _ => format!("invalid {name} literal"),
                };
            }
            if radix == 10 && n > 0 && text[read..].starts_with(['e', 'E']) {
                read += 1;
                continue;
            }
            if radix == 10 && text[read..].starts_with(['j', 'J']) {
                // The number is whole; a name stands behind it.
                return self.fail(
                    ErrorKind::Syntax,
                    self.identifier_end(start + read + 1),
                    INVALID,
                );
            }
            match text[read..].chars().next() {
                Some(c) if radix < 10 && c.is_ascii_digit() => {
                    read += (n > 0) as usize;
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
        self.at_char((start + read).saturating_sub(1), msg)
    }

    /// Whether the source ends behind a backslash here.
    fn after_backslash(&self, pos: usize) -> bool {
        let before = self.src[..pos].trim_end_matches('\\');
        let rest = &self.src[before.len()..];
        rest.trim_end_matches('\n') == "\\"
    }
}

/// The in-place operators.
const AUGMENTED: [&str; 13] = [
    "+=", "-=", "*=", "/=", "//=", "%=", "**=", ">>=", "<<=", "&=", "^=", "|=", "@=",
];

/// What CPython 3.8 says to syntax that is newer than it.
fn newer(
    e: &UnsupportedSyntaxError,
    parsed: &Parsed<Mod>,
    src: &str,
    lines: &LineIndex,
    options: Options,
) -> (Fail, Stage) {
    let s = Syntax::of(parsed, src, lines, options);
    let pos = e.range.start().to_usize();
    // The parser names the kind only in its text.
    let text = e.to_string();
    let rest = &src[pos..e.range.end().to_usize().min(src.len())];
    if text.contains("unpacking") && text.contains("comprehension") {
        let (at, msg) = match rest.starts_with("**") {
            true => (
                src[..pos].rfind('{').unwrap_or(pos),
                "dict unpacking cannot be used in dict comprehension",
            ),
            false => (pos, "iterable unpacking cannot be used in comprehension"),
        };
        return (s.fail(ErrorKind::Syntax, at, msg), Stage::Tree);
    }
    if matches!(
        e.kind,
        UnsupportedSyntaxErrorKind::ParenthesizedKeywordArgumentName
    ) {
        let msg = "expression cannot contain assignment, perhaps you meant \"==\"?";
        return (s.fail(ErrorKind::Syntax, pos, msg), Stage::Tree);
    }
    if matches!(e.kind, UnsupportedSyntaxErrorKind::RelaxedDecorator(_)) {
        // A dotted name and one call are all that the grammar has.
        let name = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')));
        return (
            s.fail(ErrorKind::Syntax, pos + name.unwrap_or(0), INVALID),
            Stage::Parser,
        );
    }
    if text.contains("exception types") {
        let at = pos + rest.find(',').unwrap_or(0);
        return (s.fail(ErrorKind::Syntax, at, INVALID), Stage::Parser);
    }
    if !matches!(e.kind, UnsupportedSyntaxErrorKind::Pep701FString(_)) {
        return (s.fail(ErrorKind::Syntax, pos, INVALID), Stage::Parser);
    }
    let msg = if text.contains("escape sequence") {
        "f-string expression part cannot include a backslash"
    } else if text.contains("comment") {
        "f-string expression part cannot include '#'"
    } else {
        "f-string: expecting '}'"
    };
    (
        s.fail(ErrorKind::Syntax, s.string_start(pos), msg),
        Stage::Tree,
    )
}
