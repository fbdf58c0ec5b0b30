//! The errors CPython finds on its tree, when tokenizer and grammar had nothing to say.

use super::error::ErrorKind;
use super::lower::{Fail, Shown};
use super::syntax::{EOF, INVALID, Syntax};
use ruff_python_ast::token::TokenKind;
use ruff_python_ast::{self as ast, Expr, Mod};
use ruff_python_parser::{
    InterpolatedStringErrorType as Field, LexicalErrorType as Lex, ParseError, ParseErrorType as P,
    parse_expression,
};
use ruff_text_size::{Ranged, TextRange};

impl Syntax<'_> {
    /// An error of the checks CPython makes on its tree.
    pub(super) fn tree_error(&self, e: &ParseError) -> Fail {
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
                let starred = self.src[pos..].starts_with('*');
                let whole = self.target_start(pos).filter(|_| !starred);
                let at = whole.unwrap_or(pos);
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
                let after = self.src[range.end().to_usize()..].trim_start_matches([' ', '\t', ')']);
                if after.starts_with('=') && !after.starts_with("==") {
                    return syntax(pos, "starred assignment target must be in a list or tuple");
                }
                syntax(pos, "can't use starred expression here")
            }
            P::UnparenthesizedGeneratorExpression => {
                let mut of_class = false;
                self.each_statement(&mut |s| {
                    if let ast::Stmt::ClassDef(c) = s
                        && let Some(a) = &c.arguments
                    {
                        of_class |= a.range().contains_range(range);
                    }
                });
                if of_class {
                    return syntax(pos, INVALID);
                }
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
    pub(super) fn each_statement(&self, f: &mut dyn FnMut(&ast::Stmt)) {
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
                found = Some(self.before_brackets(e.start().to_usize()));
            }
        };
        self.each_statement(&mut |s| match s {
            ast::Stmt::Assign(a) => a.targets.iter().for_each(|t| look(t)),
            ast::Stmt::AugAssign(a) => look(&*a.target),
            // Each of several targets is one.
            ast::Stmt::For(f) => match &*f.target {
                Expr::Tuple(t) if !t.parenthesized => t.elts.iter().for_each(|e| look(e)),
                target => look(target),
            },
            ast::Stmt::Delete(d) => d.targets.iter().for_each(|t| look(t)),
            ast::Stmt::With(w) => w.items.iter().for_each(|i| look(i)),
            _ => {}
        });
        found
    }

    /// The start of an expression with the parentheses around it.
    fn before_brackets(&self, start: usize) -> usize {
        let mut at = start;
        let before = self
            .tokens
            .partition_point(|t| t.start().to_usize() < start);
        for t in self.tokens[..before].iter().rev() {
            match t.kind() {
                TokenKind::Lpar => at = t.start().to_usize(),
                k if k.is_trivia() || k == TokenKind::NonLogicalNewline => {}
                _ => break,
            }
        }
        at
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
            let starred = self.src[range.start().to_usize()..].starts_with('*');
            return match error {
                P::InvalidDeleteTarget if starred => "can't use starred expression here",
                _ => INVALID,
            }
            .into();
        };
        match error {
            P::InvalidNamedAssignmentTarget => {
                format!("cannot use assignment expressions with {what}")
            }
            P::InvalidDeleteTarget => format!("cannot delete {what}"),
            P::InvalidAugmentedAssignmentTarget if matches!(what, "list" | "tuple") => {
                "illegal expression for augmented assignment".into()
            }
            _ if what == "yield expression"
                && !self.src[..range.start().to_usize()]
                    .trim_end()
                    .ends_with('(') =>
            {
                "assignment to yield expression not possible".into()
            }
            _ => format!("cannot assign to {what}"),
        }
    }

    /// The start of the string (or run of strings side by side) around a place.
    pub(super) fn string_start(&self, pos: usize) -> usize {
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

    /// What is wrong with the escapes of the string around a place, or of one side by side with it.
    fn escape(&self, at: usize, pos: usize) -> String {
        let found = super::fstring::literals(self.src);
        let mut near = found.iter().filter(|l| l.start >= at && l.start <= pos);
        let wrong = near.find_map(|l| {
            let body = self.src.get(l.body.clone())?;
            match l.bytes {
                true => bad_bytes_escape(body),
                false if l.raw => None,
                false => escape_error(body),
            }
        });
        wrong.unwrap_or_else(|| INVALID.into())
    }

    /// The outermost f-string around a place.
    pub(super) fn fstring_at(&self, range: TextRange) -> Option<TextRange> {
        let mut all = self.fstrings().into_iter();
        all.find(|f| f.start() <= range.start() && range.start() < f.end())
    }

    /// Those that lie in no other, in order.
    pub(super) fn fstrings(&self) -> Vec<TextRange> {
        let (mut depth, mut start, mut all) = (0, None, Vec::new());
        for t in self.tokens {
            match t.kind() {
                TokenKind::FStringStart => {
                    if depth == 0 {
                        start = Some(t.start());
                    }
                    depth += 1;
                }
                TokenKind::FStringEnd => {
                    depth -= 1;
                    if let Some(s) = start.filter(|_| depth == 0) {
                        all.push(TextRange::new(s, t.end()));
                    }
                }
                _ => {}
            }
        }
        all
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
            text: Some(format!("({text})")),
        }));
        f
    }
}

/// Statements in reverse, to be pushed on a stack.
fn backwards(list: &[ast::Stmt]) -> impl Iterator<Item = &ast::Stmt> {
    list.iter().rev()
}

pub(super) fn field_error(f: &Field) -> &'static str {
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
fn bad_escape(body: &str) -> Option<(usize, usize, &'static str)> {
    let mut at = 0;
    let mut chars = body.char_indices();
    while let Some((i, c)) = chars.next() {
        if c != '\\' {
            at += if c.is_ascii() { 1 } else { 10 };
            continue;
        }
        let Some((_, kind)) = chars.next() else {
            return Some((at, at, "\\ at end of string"));
        };
        let rest = &body[(i + 1 + kind.len_utf8()).min(body.len())..];
        let (want, what) = match kind {
            'x' => (2, "truncated \\xXX escape"),
            'u' => (4, "truncated \\uXXXX escape"),
            'U' => (8, "truncated \\UXXXXXXXX escape"),
            'N' => {
                let Some(name) = rest.strip_prefix('{') else {
                    return Some((at, at + 1, "malformed \\N character escape"));
                };
                let Some(end) = name.find('}') else {
                    let end = at + 2 + name.len();
                    return Some((at, end, "malformed \\N character escape"));
                };
                if parse_expression(&format!("'\\N{{{}}}'", &name[..end])).is_err() {
                    return Some((at, at + 3 + end, "unknown Unicode character name"));
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
            return Some((at, at + 1 + digits, what));
        }
        if u32::from_str_radix(&rest[..want], 16).is_ok_and(|c| c > 0x10FFFF) {
            return Some((at, at + 1 + want, "illegal Unicode character"));
        }
        at += 2;
    }
    None
}

/// What CPython says of the text of a bytes literal, if it does not decode.
fn bad_bytes_escape(body: &str) -> Option<String> {
    let b = body.as_bytes();
    let mut i = 0;
    while i < b.len() {
        if b[i] != b'\\' {
            i += 1;
            continue;
        }
        if b.get(i + 1) == Some(&b'x') {
            let digits = b[i + 2..].iter().take(2);
            if digits.take_while(|d| d.is_ascii_hexdigit()).count() < 2 {
                return Some(format!("(value error) invalid \\x escape at position {i}"));
            }
        }
        i += 2;
    }
    None
}

/// What CPython's decoder says of the text of a literal, if it does not decode.
pub(super) fn escape_error(body: &str) -> Option<String> {
    let (from, to, what) = bad_escape(body)?;
    let place = if from == to {
        format!("byte 0x5c in position {from}")
    } else {
        format!("bytes in position {from}-{to}")
    };
    Some(format!(
        "(unicode error) 'unicodeescape' codec can't decode {place}: {what}"
    ))
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
