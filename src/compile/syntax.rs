//! The parser's errors in CPython 3.8's words.

use super::error::ErrorKind;
use super::lines::LineIndex;
use super::lower::Fail;
use super::tree::Loc;
use ruff_python_ast::Expr;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{
    InterpolatedStringErrorType as FString, LexicalErrorType as Lex, ParseError,
    ParseErrorType as P, parse_expression,
};
use ruff_text_size::TextRange;

const INVALID: &str = "invalid syntax";

/// The first of the parser's errors, as CPython says it.
pub fn translate(errors: &[ParseError], src: &str, lines: &LineIndex) -> Option<Fail> {
    let e = errors.iter().min_by_key(|e| e.location.start())?;
    let mut pos = e.location.start().to_u32();
    let (kind, msg) = words(e, src, &mut pos);
    Some(Fail {
        kind,
        loc: Loc {
            line: lines.line(pos),
            pos,
        },
        msg,
    })
}

fn words(e: &ParseError, src: &str, pos: &mut u32) -> (ErrorKind, String) {
    let text = |r: TextRange| {
        src.get(r.start().to_usize()..r.end().to_usize())
            .unwrap_or("")
    };
    let at_end = src[e.location.start().to_usize().min(src.len())..]
        .trim()
        .is_empty();
    let msg: String = match &e.error {
        P::Lexical(l) => return lexical(l, text(e.location), src, pos),
        P::UnexpectedIndentation => return (ErrorKind::Indentation, "unexpected indent".into()),
        P::OtherError(m) if m.starts_with("Expected an indented block") => {
            let msg = if at_end {
                return (ErrorKind::Syntax, "unexpected EOF while parsing".into());
            } else {
                "expected an indented block"
            };
            return (ErrorKind::Indentation, msg.into());
        }
        P::InvalidAssignmentTarget
        | P::InvalidAugmentedAssignmentTarget
        | P::InvalidNamedAssignmentTarget
        | P::InvalidDeleteTarget => target(&e.error, text(e.location)),
        P::InvalidAnnotatedAssignmentTarget => match parse_expression(text(e.location)) {
            Ok(p) if p.expr().is_list_expr() => {
                "only single target (not list) can be annotated".into()
            }
            Ok(p) if p.expr().is_tuple_expr() => {
                "only single target (not tuple) can be annotated".into()
            }
            _ => "illegal target for annotation".into(),
        },
        P::NonDefaultParamAfterDefaultParam => {
            "non-default argument follows default argument".into()
        }
        P::PositionalAfterKeywordArgument => "positional argument follows keyword argument".into(),
        P::PositionalAfterKeywordUnpacking => {
            "positional argument follows keyword argument unpacking".into()
        }
        P::InvalidArgumentUnpackingOrder => {
            "iterable argument unpacking follows keyword argument unpacking".into()
        }
        P::ExpectedKeywordParam => "named arguments must follow bare *".into(),
        P::InvalidStarredExpressionUsage => "can't use starred expression here".into(),
        P::UnparenthesizedGeneratorExpression => {
            "Generator expression must be parenthesized".into()
        }
        P::IterableUnpackingInComprehension => {
            "iterable unpacking cannot be used in comprehension".into()
        }
        P::FStringError(f) => fstring(f),
        P::ExpectedToken {
            found: TokenKind::EndOfFile,
            ..
        } => "unexpected EOF while parsing".into(),
        P::ExpectedExpression
            if at_end
                && src[..e.location.start().to_usize()]
                    .trim_end()
                    .ends_with(['(', '[', '{', ',']) =>
        {
            "unexpected EOF while parsing".into()
        }
        _ => INVALID.into(),
    };
    (ErrorKind::Syntax, msg)
}

fn lexical(l: &Lex, text: &str, src: &str, pos: &mut u32) -> (ErrorKind, String) {
    let rest = &src[(*pos as usize).min(src.len())..];
    let msg = match l {
        Lex::UnclosedStringError | Lex::StringError => {
            let body = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            if body.starts_with("'''") || body.starts_with("\"\"\"") {
                "EOF while scanning triple-quoted string literal"
            } else {
                "EOL while scanning string literal"
            }
        }
        Lex::IndentationError => {
            return (
                ErrorKind::Indentation,
                "unindent does not match any outer indentation level".into(),
            );
        }
        Lex::LineContinuationError => "unexpected character after line continuation character",
        Lex::Eof => "unexpected EOF while parsing",
        Lex::UnrecognizedToken { tok } if !tok.is_ascii() => "invalid character in identifier",
        Lex::UnrecognizedToken { .. } => INVALID,
        Lex::UnicodeError | Lex::MissingUnicodeLbrace | Lex::MissingUnicodeRbrace => {
            return (ErrorKind::Syntax, unicode(text));
        }
        Lex::InvalidByteLiteral => "bytes can only contain ASCII literal characters.",
        Lex::FStringError(f) | Lex::TStringError(f) => return (ErrorKind::Syntax, fstring(f)),
        Lex::OtherError(m) if m.contains("Invalid decimal integer literal") => {
            "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers"
        }
        Lex::OtherError(_) => INVALID,
    };
    (ErrorKind::Syntax, msg.into())
}

/// What is wrong with an escape.
fn unicode(text: &str) -> String {
    let what = match text
        .as_bytes()
        .iter()
        .find(|b| matches!(b, b'x' | b'u' | b'U' | b'N'))
    {
        Some(b'x') => "truncated \\xXX escape",
        Some(b'u') => "truncated \\uXXXX escape",
        Some(b'U') => "truncated \\UXXXXXXXX escape",
        _ => "malformed \\N character escape",
    };
    format!("(unicode error) 'unicodeescape' codec can't decode bytes: {what}")
}

fn fstring(f: &FString) -> String {
    match f {
        FString::UnclosedLbrace => "f-string: expecting '}'",
        FString::InvalidConversionFlag | FString::ConversionFlagNotImmediatelyAfterExclamation => {
            "f-string: invalid conversion character: expected 's', 'r', or 'a'"
        }
        FString::SingleRbrace => "f-string: single '}' is not allowed",
        FString::UnterminatedString | FString::NewlineInFormatSpec => {
            "EOL while scanning string literal"
        }
        FString::UnterminatedTripleQuotedString => {
            "EOF while scanning triple-quoted string literal"
        }
        FString::LambdaWithoutParentheses => INVALID,
    }
    .into()
}

/// `cannot assign to …`, `cannot delete …`, with CPython's name for what stands there.
fn target(error: &P, text: &str) -> String {
    let what = match parse_expression(text) {
        Ok(p) => match p.expr() {
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
            Expr::BooleanLiteral(b) => {
                if b.value {
                    "True"
                } else {
                    "False"
                }
            }
            Expr::NoneLiteral(_) => "None",
            Expr::EllipsisLiteral(_) => "Ellipsis",
            Expr::Named(_) => "named expression",
            Expr::Attribute(_) => "attribute",
            Expr::Subscript(_) => "subscript",
            Expr::Starred(_) => "starred",
            Expr::List(_) => "list",
            Expr::Tuple(_) => "tuple",
            Expr::Name(_) | Expr::Slice(_) | Expr::IpyEscapeCommand(_) => return INVALID.into(),
        },
        Err(_) => return INVALID.into(),
    };
    match error {
        P::InvalidNamedAssignmentTarget => {
            format!("cannot use named assignment with {what}")
        }
        P::InvalidDeleteTarget => format!("cannot delete {what}"),
        P::InvalidAugmentedAssignmentTarget if matches!(what, "list" | "tuple") => {
            format!("'{what}' is an illegal expression for augmented assignment")
        }
        _ => format!("cannot assign to {what}"),
    }
}
