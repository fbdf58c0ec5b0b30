//! Expressions back to text: what annotations become under `from __future__ import annotations`.
//!
//! CPython 3.8's spelling (`ast_unparse.c`), its slips included: `lambda*a: a` has no blank, a
//! single extended slice keeps its comma.

use super::tree::*;
use crate::code::dis;
use crate::code::object::Const;
use crate::code::wtf8::Wtf8Buf;

/// How tightly what stands around binds; what binds less gets parentheses.
type Level = u8;
const TUPLE: Level = 0;
const TEST: Level = 1;
const OR: Level = 2;
const AND: Level = 3;
const NOT: Level = 4;
const CMP: Level = 5;
const EXPR: Level = 6;
const BXOR: Level = 7;
const BAND: Level = 8;
const SHIFT: Level = 9;
const ARITH: Level = 10;
const TERM: Level = 11;
const FACTOR: Level = 12;
const POWER: Level = 13;
const AWAIT: Level = 14;
const ATOM: Level = 15;

/// The text of an annotation.
pub fn unparse(e: &Expr, names: &Interner) -> String {
    let mut p = Printer {
        names,
        out: String::new(),
    };
    p.expr(e, TEST);
    p.out
}

struct Printer<'a> {
    names: &'a Interner,
    out: String,
}

fn operator(op: Operator) -> (&'static str, Level) {
    match op {
        Operator::Add => (" + ", ARITH),
        Operator::Sub => (" - ", ARITH),
        Operator::Mult => (" * ", TERM),
        Operator::MatMult => (" @ ", TERM),
        Operator::Div => (" / ", TERM),
        Operator::Mod => (" % ", TERM),
        Operator::LShift => (" << ", SHIFT),
        Operator::RShift => (" >> ", SHIFT),
        Operator::BitOr => (" | ", EXPR),
        Operator::BitXor => (" ^ ", BXOR),
        Operator::BitAnd => (" & ", BAND),
        Operator::FloorDiv => (" // ", TERM),
        Operator::Pow => (" ** ", POWER),
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => " == ",
        CmpOp::NotEq => " != ",
        CmpOp::Lt => " < ",
        CmpOp::LtE => " <= ",
        CmpOp::Gt => " > ",
        CmpOp::GtE => " >= ",
        CmpOp::Is => " is ",
        CmpOp::IsNot => " is not ",
        CmpOp::In => " in ",
        CmpOp::NotIn => " not in ",
    }
}

impl Printer<'_> {
    fn text(&mut self, s: &str) {
        self.out.push_str(s);
    }
    fn name(&mut self, s: Sym) {
        let name = self.names.name(s);
        self.out.push_str(&name);
    }
    fn constant(&mut self, c: &Const) {
        match c {
            Const::Ellipsis => self.text("..."),
            c => dis::repr(c, &|_| 0, &mut self.out),
        }
    }
    /// What `f` writes, in parentheses where `yes`.
    fn parens(&mut self, yes: bool, f: impl FnOnce(&mut Self)) {
        if yes {
            self.text("(");
        }
        f(self);
        if yes {
            self.text(")");
        }
    }
    fn list(&mut self, items: &[Expr]) {
        for (i, e) in items.iter().enumerate() {
            if i > 0 {
                self.text(", ");
            }
            self.expr(e, TEST);
        }
    }

    fn expr(&mut self, e: &Expr, level: Level) {
        match &e.kind {
            ExprKind::BoolOp(or, values) => {
                let (word, own) = if *or { (" or ", OR) } else { (" and ", AND) };
                self.parens(level > own, |p| {
                    for (i, v) in values.iter().enumerate() {
                        if i > 0 {
                            p.text(word);
                        }
                        p.expr(v, own + 1);
                    }
                });
            }
            ExprKind::Named(target, value) => self.parens(level > TUPLE, |p| {
                p.expr(target, ATOM);
                p.text(":=");
                p.expr(value, ATOM);
            }),
            ExprKind::BinOp(left, op, right) => {
                let (word, own) = operator(*op);
                let power = *op == Operator::Pow;
                self.parens(level > own, |p| {
                    p.expr(left, own + Level::from(power));
                    p.text(word);
                    p.expr(right, own + Level::from(!power));
                });
            }
            ExprKind::UnaryOp(op, operand) => {
                let (word, own) = match op {
                    UnaryOp::Invert => ("~", FACTOR),
                    UnaryOp::Not => ("not ", NOT),
                    UnaryOp::UAdd => ("+", FACTOR),
                    UnaryOp::USub => ("-", FACTOR),
                };
                self.parens(level > own, |p| {
                    p.text(word);
                    p.expr(operand, own);
                });
            }
            ExprKind::Lambda(l) => self.parens(level > TEST, |p| {
                let plain = !l.params.args.is_empty() || !l.params.posonly.is_empty();
                p.text(if plain { "lambda " } else { "lambda" });
                p.params(&l.params);
                p.text(": ");
                p.expr(&l.body, TEST);
            }),
            ExprKind::If(test, yes, no) => self.parens(level > TEST, |p| {
                p.expr(yes, TEST + 1);
                p.text(" if ");
                p.expr(test, TEST + 1);
                p.text(" else ");
                p.expr(no, TEST);
            }),
            ExprKind::Dict(items) => {
                self.text("{");
                for (i, (k, v)) in items.iter().enumerate() {
                    if i > 0 {
                        self.text(", ");
                    }
                    match k {
                        Some(k) => {
                            self.expr(k, TEST);
                            self.text(": ");
                            self.expr(v, TEST);
                        }
                        None => {
                            self.text("**");
                            self.expr(v, EXPR);
                        }
                    }
                }
                self.text("}");
            }
            ExprKind::Set(items) => {
                self.text("{");
                self.list(items);
                self.text("}");
            }
            ExprKind::Comp(c) => self.comprehension(c),
            ExprKind::Await(e) => self.parens(level > AWAIT, |p| {
                p.text("await ");
                p.expr(e, ATOM);
            }),
            ExprKind::Yield(None) => self.text("(yield)"),
            ExprKind::Yield(Some(e)) => {
                self.text("(yield ");
                self.expr(e, TEST);
                self.text(")");
            }
            ExprKind::YieldFrom(e) => {
                self.text("(yield from ");
                self.expr(e, TEST);
                self.text(")");
            }
            ExprKind::Compare(left, rest) => self.parens(level > CMP, |p| {
                p.expr(left, CMP + 1);
                for (op, e) in rest {
                    p.text(comparison(*op));
                    p.expr(e, CMP + 1);
                }
            }),
            ExprKind::Call(f, args, keywords) => self.call(f, args, keywords),
            ExprKind::Formatted(..) | ExprKind::Joined(_) => {
                let mut body = Wtf8Buf::default();
                self.field(e, &mut body);
                self.text("f");
                self.constant(&Const::Str(body));
            }
            ExprKind::Const(c) => self.constant(c),
            ExprKind::Attribute(value, name, _) => {
                self.expr(value, ATOM);
                // `1.real` would be a float.
                let int = matches!(value.as_const(), Some(Const::Int(_)));
                self.text(if int { " ." } else { "." });
                self.name(*name);
            }
            ExprKind::Subscript(value, slice, _) => {
                self.expr(value, ATOM);
                self.text("[");
                self.slice(slice);
                self.text("]");
            }
            ExprKind::Starred(e) => {
                self.text("*");
                self.expr(e, EXPR);
            }
            ExprKind::Name(n, _) => self.name(*n),
            ExprKind::List(items, _) => {
                self.text("[");
                self.list(items);
                self.text("]");
            }
            ExprKind::Tuple(items, _) if items.is_empty() => self.text("()"),
            ExprKind::Tuple(items, _) => self.parens(level > TUPLE, |p| {
                p.list(items);
                if items.len() == 1 {
                    p.text(",");
                }
            }),
        }
    }

    fn comprehension(&mut self, c: &Comp) {
        let (open, close) = match c.kind {
            CompKind::List => ("[", "]"),
            CompKind::Set | CompKind::Dict => ("{", "}"),
            CompKind::Generator => ("(", ")"),
        };
        self.text(open);
        self.expr(&c.elt, TEST);
        if let Some(v) = &c.value {
            self.text(": ");
            self.expr(v, TEST);
        }
        for g in &c.generators {
            self.text(if g.is_async { " async for " } else { " for " });
            self.expr(&g.target, TUPLE);
            self.text(" in ");
            self.expr(&g.iter, TEST + 1);
            for i in &g.ifs {
                self.text(" if ");
                self.expr(i, TEST + 1);
            }
        }
        self.text(close);
    }

    fn call(&mut self, f: &Expr, args: &[Expr], keywords: &[Keyword]) {
        self.expr(f, ATOM);
        if let ([only], []) = (args, keywords)
            && matches!(&only.kind, ExprKind::Comp(c) if c.kind == CompKind::Generator)
        {
            self.expr(only, TEST);
            return;
        }
        self.text("(");
        // In the order they stand, as far as positional and keyword ones go.
        self.list(args);
        for (i, k) in keywords.iter().enumerate() {
            if i > 0 || !args.is_empty() {
                self.text(", ");
            }
            match k.name {
                Some(n) => {
                    self.name(n);
                    self.text("=");
                }
                None => self.text("**"),
            }
            self.expr(&k.value, TEST);
        }
        self.text(")");
    }

    fn slice(&mut self, s: &Slice) {
        match s {
            Slice::Index(e) => self.expr(e, TUPLE),
            Slice::Range(a, b, c) => {
                if let Some(a) = a {
                    self.expr(a, TEST);
                }
                self.text(":");
                if let Some(b) = b {
                    self.expr(b, TEST);
                }
                if let Some(c) = c {
                    self.text(":");
                    self.expr(c, TEST);
                }
            }
            Slice::Ext(dims) => {
                for (i, d) in dims.iter().enumerate() {
                    if i > 0 {
                        self.text(", ");
                    }
                    self.slice(d);
                }
                if dims.len() == 1 {
                    self.text(",");
                }
            }
        }
    }

    fn param(&mut self, p: &Param, default: Option<&Expr>, first: &mut bool) {
        if !std::mem::take(first) {
            self.text(", ");
        }
        self.name(p.name);
        if let Some(d) = default {
            self.text("=");
            self.expr(d, TEST);
        }
    }

    /// Parameters of a lambda: without annotations.
    fn params(&mut self, p: &Params) {
        let mut first = true;
        let n = p.posonly.len() + p.args.len();
        let plain = n - p.defaults.len().min(n);
        for (i, a) in p.posonly.iter().chain(&p.args).enumerate() {
            let default = i.checked_sub(plain).and_then(|i| p.defaults.get(i));
            self.param(a, default, &mut first);
            if i + 1 == p.posonly.len() {
                self.text(", /");
            }
        }
        if p.vararg.is_some() || !p.kwonly.is_empty() {
            if !std::mem::take(&mut first) {
                self.text(", ");
            }
            self.text("*");
            if let Some(v) = &p.vararg {
                self.name(v.name);
            }
        }
        for (i, a) in p.kwonly.iter().enumerate() {
            let default = p.kw_defaults.get(i).and_then(Option::as_ref);
            self.param(a, default, &mut first);
        }
        if let Some(k) = &p.kwarg {
            if !first {
                self.text(", ");
            }
            self.text("**");
            self.name(k.name);
        }
    }

    /// A part of an f-string, as it stands between the quotes.
    fn field(&mut self, e: &Expr, out: &mut Wtf8Buf) {
        match &e.kind {
            ExprKind::Joined(parts) => parts.iter().for_each(|p| self.field(p, out)),
            ExprKind::Const(Const::Str(s)) => {
                for c in s.code_points() {
                    out.push_code_point(c);
                    if c == u32::from(b'{') || c == u32::from(b'}') {
                        out.push_code_point(c);
                    }
                }
            }
            ExprKind::Formatted(value, conversion, spec) => {
                let mut inner = Printer {
                    names: self.names,
                    out: String::new(),
                };
                inner.expr(value, TEST + 1);
                // A brace right after a brace would be a doubled one.
                let brace = inner.out.starts_with('{');
                out.push_str(if brace { "{ " } else { "{" });
                out.push_str(&inner.out);
                match conversion {
                    1 => out.push_str("!s"),
                    2 => out.push_str("!r"),
                    3 => out.push_str("!a"),
                    _ => {}
                }
                if let Some(s) = spec {
                    out.push_str(":");
                    self.field(s, out);
                }
                out.push_str("}");
            }
            _ => {
                let mut inner = Printer {
                    names: self.names,
                    out: String::new(),
                };
                inner.expr(e, TEST);
                out.push_str(&inner.out);
            }
        }
    }
}
