//! How deep a source nests, found from its tokens before it is parsed.
//!
//! The parser, the tree it makes, ours, and every walk over them recurse, and dropping the
//! trees does too. So a bound on the depth is taken first, and the compilation gets a stack
//! that is large enough for it.
//!
//! The bound counts, at each token, the open brackets and everything since that may make the
//! tree deeper (operators, dots, `not`, `lambda`, `if`/`else`, keywords). A comma or a new line
//! starts again from the depth of the bracket around it.

use super::error::ErrorKind;
use super::lower::{Fail, fail};
use super::parts::Watch;
use super::tree::Loc;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer};

/// CPython 3.8's tokenizer stops at this many open brackets.
const MAX_BRACKETS: usize = 200;
/// CPython's limit of indentation levels.
const MAX_INDENT: usize = 100;
/// Beyond it we refuse; CPython's compiler gives up near 3,000.
const MAX_DEPTH: usize = 10_000;

/// What a lambda counts.
const LAMBDA: usize = 10;

/// What an open level is.
#[derive(PartialEq)]
enum Level {
    Bracket,
    FString,
    /// Between `lambda` and its colon: commas there do not end what is before it.
    Lambda,
}

/// The greatest depth of a source, or the error that it is too deep.
pub fn depth(src: &str, watch: &Watch<'_>) -> Result<usize, Fail> {
    let mut lexer = lexer::lex(src, Mode::Module);
    let mut levels: Vec<(Level, usize)> = Vec::new();
    let mut brackets = 0usize;
    let mut depth = 0usize;
    let mut base = 0usize;
    let mut max = 0usize;
    // `elif` arms of the `if` statements that are open, one count for each indentation.
    let mut arms = vec![0usize];
    let mut line = 1u32;
    let mut at_start = true;
    loop {
        let kind = lexer.next_token();
        watch.did(1)?;
        let loc = Loc {
            line,
            pos: u32::MAX,
        };
        let first = at_start;
        at_start = false;
        match kind {
            TokenKind::EndOfFile => break,
            TokenKind::Newline => {
                line += 1;
                depth = base;
                at_start = true;
                if brackets == 0 {
                    levels.clear();
                }
            }
            TokenKind::NonLogicalNewline => {
                line += 1;
                at_start = first;
            }
            TokenKind::Comment => at_start = first,
            TokenKind::Indent => {
                arms.push(0);
                base += 1;
                depth = base;
                at_start = true;
                if arms.len() > MAX_INDENT {
                    return fail(
                        ErrorKind::Indentation,
                        loc,
                        "too many levels of indentation",
                    );
                }
            }
            TokenKind::Dedent => {
                at_start = true;
                base = base.saturating_sub(1);
                if arms.len() > 1 {
                    base = base.saturating_sub(arms.pop().unwrap_or(0));
                }
                depth = base;
            }
            TokenKind::Elif => {
                if let Some(a) = arms.last_mut() {
                    *a += 1;
                    base += 1;
                }
                depth = base;
            }
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                brackets += 1;
                if brackets > MAX_BRACKETS {
                    return fail(ErrorKind::Syntax, loc, "too many nested parentheses");
                }
                depth += 1;
                levels.push((Level::Bracket, depth));
            }
            TokenKind::FStringStart | TokenKind::TStringStart => {
                depth += 1;
                levels.push((Level::FString, depth));
            }
            TokenKind::FStringEnd | TokenKind::TStringEnd => {
                while let Some((l, d)) = levels.pop() {
                    // Strings stand side by side, however many.
                    depth = d - 1;
                    if l == Level::FString {
                        break;
                    }
                    brackets = brackets.saturating_sub((l == Level::Bracket) as usize);
                }
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                while let Some((l, d)) = levels.pop() {
                    depth = d;
                    if l == Level::Bracket {
                        brackets -= 1;
                        break;
                    }
                    if l == Level::FString {
                        levels.push((l, d));
                        break;
                    }
                }
                // The fields of an f-string stand side by side.
                if let Some((Level::FString, d)) = levels.last() {
                    depth = *d;
                }
            }
            TokenKind::Comma => {
                depth = levels.last().map_or(base, |l| l.1);
            }
            TokenKind::Semi if levels.is_empty() => depth = base,
            TokenKind::Lambda => {
                // Each has all names around it in its qualified name.
                depth += LAMBDA;
                levels.push((Level::Lambda, depth));
            }
            TokenKind::Colon => {
                if let Some((Level::Lambda, d)) = levels.last() {
                    depth = *d;
                    levels.pop();
                }
                depth += 1;
            }
            TokenKind::If if first => {
                // A new statement: the arms of the one before it are closed.
                if let Some(a) = arms.last_mut() {
                    base -= (*a).min(base);
                    *a = 0;
                }
                depth = base + 1;
            }
            TokenKind::Name
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::Complex
            | TokenKind::String
            | TokenKind::FStringMiddle
            | TokenKind::TStringMiddle
            | TokenKind::True
            | TokenKind::False
            | TokenKind::None
            | TokenKind::Ellipsis
            | TokenKind::And
            | TokenKind::Or
            | TokenKind::Less
            | TokenKind::Greater
            | TokenKind::EqEqual
            | TokenKind::NotEqual
            | TokenKind::LessEqual
            | TokenKind::GreaterEqual
            | TokenKind::Equal => {}
            _ => depth += 1,
        }
        max = max.max(depth);
        if max > MAX_DEPTH {
            return fail(
                ErrorKind::TooDeep,
                loc,
                "maximum recursion depth exceeded during compilation",
            );
        }
    }
    Ok(max)
}
