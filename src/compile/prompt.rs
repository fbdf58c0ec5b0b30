//! What is special about `eval` and `single` sources: they need not end in a line feed, and CPython's parser
//! takes an error at their very end for an unfinished source.

use super::error::ErrorKind;
use super::lines::LineIndex;
use super::lower::{Fail, Shown};
use super::syntax::{EOF, INVALID, Stage, Syntax};
use super::{Mode, Options};
use ruff_python_ast::token::TokenKind;
use ruff_python_ast::{Expr, Mod, Stmt};
use ruff_python_parser::Parsed;
use ruff_text_size::Ranged;

/// What is known of a source.
pub fn syntax<'a>(
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

/// The first token that is code.
fn first(parsed: &Parsed<Mod>) -> Option<usize> {
    let code = |k: TokenKind| {
        !k.is_trivia()
            && !matches!(
                k,
                TokenKind::Newline
                    | TokenKind::NonLogicalNewline
                    | TokenKind::Indent
                    | TokenKind::Dedent
                    | TokenKind::EndOfFile
            )
    };
    let token = parsed.tokens().iter().find(|t| code(t.kind()))?;
    Some(token.start().to_usize())
}

/// Errors that are found before the grammar's: an empty source, an expression that is indented.
pub fn before(
    parsed: &Parsed<Mod>,
    src: &str,
    lines: &LineIndex,
    mode: Mode,
    options: Options,
) -> Option<Fail> {
    if mode == Mode::Exec || !options.argument {
        return None;
    }
    let s = syntax(parsed, src, lines, options);
    match first(parsed) {
        None if parsed
            .tokens()
            .iter()
            .any(|t| t.kind() == TokenKind::Unknown) =>
        {
            None
        }
        None => Some(s.at_eof()),
        Some(at) => {
            let start = lines.start(lines.line(at as u32)) as usize;
            let before = &src[start..at];
            let indented = before.trim_start_matches('\x0c').starts_with([' ', '\t']);
            if mode != Mode::Eval {
                return None;
            }
            if indented && before.trim().is_empty() {
                return Some(s.indent(at));
            }
            let star = src[at..].starts_with('*');
            star.then(|| s.fail(ErrorKind::Syntax, at, INVALID))
        }
    }
}

/// The error as it is where its token is the last thing of a source that has no line feed.
pub fn at_end(mut f: Fail, stage: Stage, s: &Syntax<'_>, mode: Mode) -> Fail {
    let unfinished = f.msg == INVALID || f.msg == "expected an indented block";
    if mode == Mode::Exec || stage != Stage::Parser || !unfinished || f.shown.is_some() {
        return f;
    }
    let pos = f.loc.pos as usize;
    if mode == Mode::Eval && f.loc.line > 1 && s.open_brackets(pos) <= 0 {
        let start = s.lines.start(f.loc.line) as usize;
        if s.src[start..].starts_with([' ', '\t']) {
            return s.indent(start);
        }
    }
    if s.src.ends_with('\n') {
        return f;
    }
    if pos >= s.src.len() {
        return s.at_eof();
    }
    let mut tokens = s.tokens.iter();
    let end = tokens
        .find(|t| t.start().to_usize() == pos && t.end().to_usize() > pos)
        .map_or(pos + 1, |t| t.end().to_usize());
    if end >= s.src.len() {
        f.msg = EOF.into();
        f.kind = ErrorKind::Syntax;
    }
    f
}

/// What the grammar of these modes does not have.
pub fn after(
    parsed: &Parsed<Mod>,
    src: &str,
    lines: &LineIndex,
    mode: Mode,
    options: Options,
) -> Option<Fail> {
    let s = syntax(parsed, src, lines, options);
    match (parsed.syntax(), mode) {
        (Mod::Expression(e), Mode::Eval) => {
            let bare = match &*e.body {
                Expr::Yield(_) | Expr::YieldFrom(_) | Expr::Starred(_) => true,
                Expr::Tuple(t) => !t.parenthesized && t.elts.iter().any(Expr::is_starred_expr),
                _ => false,
            };
            let at = e.body.start().to_usize();
            let open = src[..at].trim_end().ends_with('(');
            (bare && !open).then(|| s.fail(ErrorKind::Syntax, at, INVALID))
        }
        (Mod::Module(m), Mode::Single) => single(&m.body, parsed, &s, options),
        _ => None,
    }
}

/// One statement, or simple statements on one line.
fn single(body: &[Stmt], parsed: &Parsed<Mod>, s: &Syntax<'_>, options: Options) -> Option<Fail> {
    let first = body.first()?;
    let compound = matches!(
        first,
        Stmt::FunctionDef(_)
            | Stmt::ClassDef(_)
            | Stmt::If(_)
            | Stmt::While(_)
            | Stmt::For(_)
            | Stmt::With(_)
            | Stmt::Try(_)
    );
    if compound {
        if let Some(next) = body.get(1) {
            let f = s.fail(ErrorKind::Syntax, next.start().to_usize(), INVALID);
            return Some(match options.argument {
                true => at_end(f, Stage::Parser, s, Mode::Single),
                false => f,
            });
        }
        let text = &s.src[first.start().to_usize()..];
        let one_line = !text.contains('\n');
        return (one_line && options.argument).then(|| s.at_eof());
    }
    // The line ends where the first NEWLINE is.
    let mut tokens = parsed.tokens().iter();
    let end = tokens.find(|t| t.kind() == TokenKind::Newline)?;
    let end = end.start().to_usize();
    body.iter().find(|x| x.start().to_usize() > end)?;
    let msg = "multiple statements found while compiling a single statement";
    let mut f = s.fail(ErrorKind::Syntax, end, msg);
    let text = super::raw_line(s.src, s.lines, f.loc.line);
    f.shown = Some(Box::new(Shown {
        filename: None,
        line: f.loc.line,
        col: text.chars().count() as u32,
        text: Some(text.to_owned()),
    }));
    Some(f)
}
