//! What the compiler warns of: code that is right, and surely not what was meant.

use super::fstring;
use super::lines::LineIndex;
use super::tree::*;
use super::unit::Codegen;
use crate::code::object::Const;

/// A `SyntaxWarning`, or a `DeprecationWarning`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub line: u32,
    /// Column of what is meant, in code points from 1.
    pub col: u32,
    pub msg: String,
    pub deprecated: bool,
}

/// A line of a source.
pub fn line_of(text: &str, line: u32) -> Option<String> {
    let line = text.lines().nth((line as usize).saturating_sub(1))?;
    Some(format!("{line}\n"))
}

/// The escapes that no literal should have: one of each literal, the first.
pub fn invalid_escapes(source: &str, lines: &LineIndex) -> Vec<Warning> {
    if !source.contains('\\') {
        return Vec::new();
    }
    let mut out = Vec::new();
    for l in fstring::literals(source).iter().filter(|l| !l.raw) {
        let body = source.get(l.body.clone()).unwrap_or_default().as_bytes();
        let mut at = 0;
        while let Some(i) = body[at..].iter().position(|c| *c == b'\\') {
            at += i + 2;
            let Some(&c) = body.get(at - 1) else { break };
            let known = match c {
                b'N' | b'u' | b'U' => !l.bytes,
                b'\n' | b'\\' | b'\'' | b'"' | b'x' | b'0'..=b'7' | 0x80.. => true,
                c => b"abfnrtv".contains(&c),
            };
            if !known {
                let line = lines.line(l.start as u32);
                out.push(Warning {
                    line,
                    col: column(source, lines, line, l.start as u32),
                    msg: format!("invalid escape sequence \\{}", char::from(c)),
                    deprecated: true,
                });
                break;
            }
        }
    }
    out
}
/// The column of a place, in code points from 1.
pub fn column(source: &str, lines: &LineIndex, line: u32, pos: u32) -> u32 {
    let start = lines.start(line) as usize;
    let before = source.get(start..pos as usize);
    before.map_or(0, |b| b.chars().count() as u32 + 1)
}

/// Warnings as CPython prints them, each with its line where there is the file's text.
pub fn warning_text(filename: &str, warnings: &[Warning], file: Option<&str>) -> String {
    let mut out = String::new();
    for w in warnings.iter().filter(|w| !w.deprecated) {
        let (line, msg) = (w.line, &w.msg);
        out.push_str(&format!("{filename}:{line}: SyntaxWarning: {msg}\n"));
        let text = file.and_then(|f| f.lines().nth((line as usize).saturating_sub(1)));
        if let Some(text) = text.map(str::trim).filter(|t| !t.is_empty()) {
            out.push_str(&format!("  {text}\n"));
        }
    }
    out
}

impl Codegen<'_> {
    fn warn(&mut self, msg: String) {
        let (line, pos) = (self.u().line, self.u().pos);
        // The place; `pipeline` makes a column of it.
        self.warnings.push(Warning {
            line,
            col: pos,
            msg,
            deprecated: false,
        });
    }

    /// `assert (test, message)` always holds.
    pub fn warn_assert(&mut self, test: &Expr) {
        let always = match &test.kind {
            ExprKind::Tuple(t, _) => !t.is_empty(),
            _ => false,
        };
        if always {
            self.warn("assertion is always true, perhaps remove parentheses?".into());
        }
    }

    /// `is` and `is not` with a literal.
    pub fn warn_compare(&mut self, left: &Expr, rest: &[(CmpOp, Expr)]) {
        let mut plain = may_be_compared(left);
        for (op, right) in rest {
            let right_plain = may_be_compared(right);
            let (what, instead) = match op {
                CmpOp::Is => ("is", "=="),
                CmpOp::IsNot => ("is not", "!="),
                _ => {
                    plain = right_plain;
                    continue;
                }
            };
            if !plain || !right_plain {
                return self.warn(format!(
                    "\"{what}\" with a literal. Did you mean \"{instead}\"?"
                ));
            }
            plain = right_plain;
        }
    }

    /// A call of what cannot be called.
    pub fn warn_call(&mut self, f: &Expr) {
        if matches!(f.kind, ExprKind::Lambda(_)) {
            return;
        }
        if let Some(t) = type_of(f) {
            self.warn(format!(
                "'{t}' object is not callable; perhaps you missed a comma?"
            ));
        }
    }

    /// A subscript of what has no items, or one that is no index.
    pub fn warn_subscript(&mut self, obj: &Expr, slice: &Slice) {
        let Some(t) = type_of(obj) else { return };
        let no_items = match &obj.kind {
            ExprKind::Const(c) => !matches!(c, Const::Str(_) | Const::Bytes(_) | Const::Tuple(_)),
            ExprKind::Set(_) | ExprKind::Lambda(_) => true,
            ExprKind::Comp(c) => matches!(c.kind, CompKind::Set | CompKind::Generator),
            _ => false,
        };
        if no_items {
            return self.warn(format!(
                "'{t}' object is not subscriptable; perhaps you missed a comma?"
            ));
        }
        let Slice::Index(index) = slice else { return };
        let sequence = match &obj.kind {
            ExprKind::Const(_)
            | ExprKind::Tuple(..)
            | ExprKind::List(..)
            | ExprKind::Joined(_)
            | ExprKind::Formatted(..) => true,
            ExprKind::Comp(c) => matches!(c.kind, CompKind::List),
            _ => false,
        };
        if let Some(i) = type_of(index).filter(|i| sequence && !matches!(*i, "int" | "bool")) {
            self.warn(format!(
                "{t} indices must be integers or slices, not {i}; perhaps you missed a comma?"
            ));
        }
    }
}

/// Whether `is` may have it on a side: all but the literals that are not one object each.
fn may_be_compared(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Const(c) => matches!(c, Const::None | Const::Bool(_) | Const::Ellipsis),
        _ => true,
    }
}

/// The type of what an expression gives, where its form tells.
fn type_of(e: &Expr) -> Option<&'static str> {
    Some(match &e.kind {
        ExprKind::Tuple(..) => "tuple",
        ExprKind::List(..) => "list",
        ExprKind::Dict(_) => "dict",
        ExprKind::Set(_) => "set",
        ExprKind::Lambda(_) => "function",
        ExprKind::Joined(_) | ExprKind::Formatted(..) => "str",
        ExprKind::Comp(c) => match c.kind {
            CompKind::List => "list",
            CompKind::Set => "set",
            CompKind::Dict => "dict",
            CompKind::Generator => "generator",
        },
        ExprKind::Const(c) => match c {
            Const::None => "NoneType",
            Const::Ellipsis => "ellipsis",
            Const::Bool(_) => "bool",
            Const::Int(_) => "int",
            Const::Float(_) => "float",
            Const::Complex(..) => "complex",
            Const::Str(_) => "str",
            Const::Bytes(_) => "bytes",
            Const::Tuple(_) => "tuple",
            Const::FrozenSet(_) => "frozenset",
            Const::Code(_) => "code",
        },
        _ => return None,
    })
}
