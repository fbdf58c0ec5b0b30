//! ruff's tree → ours: expressions, f-strings with the lines CPython 3.8 gives them.

use super::error::ErrorKind;
use super::fold;
use super::lower::{Fail, Lower, fail};
use super::parts::AN_ITEM;
use super::tree::*;
use crate::code::object::Const;
use crate::code::wtf8::Wtf8Buf;
use ruff_python_ast as ast;
use ruff_text_size::Ranged;
use std::collections::HashMap;

fn ctx(c: ast::ExprContext) -> Ctx {
    match c {
        ast::ExprContext::Load | ast::ExprContext::Invalid => Ctx::Load,
        ast::ExprContext::Store => Ctx::Store,
        ast::ExprContext::Del => Ctx::Del,
    }
}

/// The first string of an f-string's concatenation, in which CPython 3.8 looks for fields.
struct FirstString<'s> {
    token: &'s str,
    /// `{text}` → line feeds before its first place. Only for texts without further braces,
    /// and only if there are line feeds at all.
    places: HashMap<&'s str, u32>,
    multiline: bool,
}

impl<'s> FirstString<'s> {
    fn new(token: &'s str) -> Self {
        let multiline = token.contains('\n');
        let mut places = HashMap::new();
        if multiline {
            let (mut lines, mut open) = (0, None);
            for (i, b) in token.bytes().enumerate() {
                match b {
                    b'\n' => lines += 1,
                    b'{' => open = Some((i, lines)),
                    b'}' => {
                        if let Some((from, before)) = open.take() {
                            places.entry(&token[from..=i]).or_insert(before);
                        }
                    }
                    _ => {}
                }
            }
        }
        FirstString {
            token,
            places,
            multiline,
        }
    }

    /// Line feeds before the first `{text}`; 0 if it is not there.
    fn lines_before(&self, text: &str) -> u32 {
        if !self.multiline {
            return 0;
        }
        let braced = format!("{{{text}}}");
        if !text.contains(['{', '}']) {
            return self.places.get(&*braced).copied().unwrap_or(0);
        }
        let at = self.token.find(&braced).unwrap_or(0);
        self.token.as_bytes()[..at]
            .iter()
            .filter(|&&b| b == b'\n')
            .count() as u32
    }
}

/// The pieces of an f-string as they gather: text runs together until a field ends it.
struct Pieces {
    loc: Loc,
    text: Wtf8Buf,
    list: Vec<Expr>,
}

impl Pieces {
    fn new(loc: Loc) -> Self {
        Pieces {
            loc,
            text: Wtf8Buf::new(),
            list: Vec::new(),
        }
    }
    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.list.push(Expr {
                loc: self.loc,
                kind: ExprKind::Const(Const::Str(std::mem::take(&mut self.text))),
            });
        }
    }
    fn finish(mut self) -> Expr {
        self.flush();
        Expr {
            loc: self.loc,
            kind: ExprKind::Joined(self.list),
        }
    }
}

impl Lower<'_> {
    /// Expressions in order.
    pub fn exprs(&mut self, list: &[ast::Expr]) -> Result<Vec<Expr>, Fail> {
        let mut one = |e| {
            self.watch.did(AN_ITEM)?;
            self.expr(e)
        };
        list.iter().map(&mut one).collect()
    }

    /// An expression that may be absent.
    pub fn opt_box(&mut self, e: &Option<Box<ast::Expr>>) -> Result<Option<Expr>, Fail> {
        e.as_ref().map(|e| self.expr(e)).transpose()
    }

    fn boxed(&mut self, e: &ast::Expr) -> Result<Box<Expr>, Fail> {
        self.expr(e).map(Box::new)
    }

    /// One expression, folded.
    pub fn expr(&mut self, e: &ast::Expr) -> Result<Expr, Fail> {
        let loc = self.loc(e);
        let kind = match e {
            ast::Expr::BoolOp(b) => {
                ExprKind::BoolOp(b.op == ast::BoolOp::Or, self.exprs(&b.values)?)
            }
            ast::Expr::Named(n) => {
                let saved = std::mem::replace(&mut self.unfolded, true);
                let target = self.boxed(&n.target)?;
                let value = self.boxed(&n.value)?;
                self.unfolded = saved;
                ExprKind::Named(target, value)
            }
            ast::Expr::BinOp(_) => return self.binop(e),
            ast::Expr::UnaryOp(u) => {
                let arg = self.boxed(&u.operand)?;
                let mut out = Expr {
                    loc,
                    kind: ExprKind::UnaryOp(u.op, arg),
                };
                self.fold(&mut out, fold::fold_unary);
                return Ok(out);
            }
            ast::Expr::Lambda(l) => {
                let scope = self.new_scope();
                let params = match &l.parameters {
                    Some(p) => self.params(p)?,
                    None => Params::default(),
                };
                let body = self.expr(&l.body)?;
                ExprKind::Lambda(Box::new(Lambda {
                    scope,
                    params,
                    body,
                }))
            }
            ast::Expr::If(i) => {
                let test = self.boxed(&i.test)?;
                let body = self.boxed(&i.body)?;
                ExprKind::If(test, body, self.boxed(&i.orelse)?)
            }
            ast::Expr::Dict(d) => {
                let mut items = Vec::with_capacity(d.items.len());
                for i in &d.items {
                    let key = match &i.key {
                        Some(k) => Some(self.expr(k)?),
                        None => None,
                    };
                    items.push((key, self.expr(&i.value)?));
                }
                ExprKind::Dict(items)
            }
            ast::Expr::Set(s) => ExprKind::Set(self.exprs(&s.elts)?),
            ast::Expr::ListComp(c) => self.comp(CompKind::List, &c.elt, None, &c.generators)?,
            ast::Expr::SetComp(c) => self.comp(CompKind::Set, &c.elt, None, &c.generators)?,
            ast::Expr::DictComp(c) => {
                let Some(key) = &c.key else {
                    return fail(
                        ErrorKind::Syntax,
                        loc,
                        "dict unpacking cannot be used in dict comprehension",
                    );
                };
                self.comp(CompKind::Dict, key, Some(&c.value), &c.generators)?
            }
            ast::Expr::Generator(g) => {
                self.comp(CompKind::Generator, &g.elt, None, &g.generators)?
            }
            ast::Expr::Await(a) => ExprKind::Await(self.boxed(&a.value)?),
            ast::Expr::Yield(y) => ExprKind::Yield(self.opt_box(&y.value)?.map(Box::new)),
            ast::Expr::YieldFrom(y) => ExprKind::YieldFrom(self.boxed(&y.value)?),
            ast::Expr::Compare(c) => {
                let left = self.boxed(&c.left)?;
                let mut rest = Vec::with_capacity(c.ops.len());
                for (op, right) in c.ops.iter().zip(&c.comparators) {
                    rest.push((*op, self.expr(right)?));
                }
                let mut out = Expr {
                    loc,
                    kind: ExprKind::Compare(left, rest),
                };
                self.fold(&mut out, fold::fold_compare);
                return Ok(out);
            }
            ast::Expr::Call(c) => return self.call(c, loc),
            ast::Expr::FString(f) => return self.fstring(f, loc),
            ast::Expr::StringLiteral(s) => {
                let mut text = Wtf8Buf::new();
                for part in s.value.as_slice() {
                    let raw = part.flags.prefix().is_raw();
                    let range = part.content_range();
                    text.push_wtf8(&self.literal_text(&part.value, range, raw, false));
                }
                ExprKind::Const(Const::Str(text))
            }
            ast::Expr::BytesLiteral(b) => ExprKind::Const(Const::Bytes(b.value.bytes().collect())),
            ast::Expr::NumberLiteral(n) => ExprKind::Const(self.number(n)?),
            ast::Expr::BooleanLiteral(b) => ExprKind::Const(Const::Bool(b.value)),
            ast::Expr::NoneLiteral(_) => ExprKind::Const(Const::None),
            ast::Expr::EllipsisLiteral(_) => ExprKind::Const(Const::Ellipsis),
            ast::Expr::Attribute(_) => return self.attribute(e),
            ast::Expr::Subscript(s) => {
                let value = self.boxed(&s.value)?;
                let slice = Box::new(self.subscript_slice(&s.slice)?);
                let mut out = Expr {
                    loc,
                    kind: ExprKind::Subscript(value, slice, ctx(s.ctx)),
                };
                self.fold(&mut out, fold::fold_subscript);
                return Ok(out);
            }
            ast::Expr::Starred(s) => ExprKind::Starred(self.boxed(&s.value)?),
            ast::Expr::Name(n) => {
                let c = ctx(n.ctx);
                if n.id.as_str() == "__debug__" {
                    match c {
                        Ctx::Load if self.unfolded => {}
                        Ctx::Load => {
                            return Ok(Expr {
                                loc,
                                kind: ExprKind::Const(Const::Bool(self.debug)),
                            });
                        }
                        Ctx::Store => {
                            return fail(ErrorKind::Syntax, loc, "cannot assign to __debug__");
                        }
                        Ctx::Del => {}
                    }
                }
                ExprKind::Name(self.names.intern(n.id.as_str()), c)
            }
            ast::Expr::List(l) => ExprKind::List(self.exprs(&l.elts)?, ctx(l.ctx)),
            ast::Expr::Tuple(t) => {
                let mut out = Expr {
                    loc,
                    kind: ExprKind::Tuple(self.exprs(&t.elts)?, ctx(t.ctx)),
                };
                self.fold(&mut out, fold::fold_tuple);
                return Ok(out);
            }
            ast::Expr::Slice(_) | ast::Expr::TString(_) | ast::Expr::IpyEscapeCommand(_) => {
                return fail(ErrorKind::Syntax, loc, "invalid syntax");
            }
        };
        Ok(Expr { loc, kind })
    }

    /// Chains of left-associative operators are long: their left spine is walked, not recursed.
    fn binop(&mut self, e: &ast::Expr) -> Result<Expr, Fail> {
        let mut spine = Vec::new();
        let mut at = e;
        while let ast::Expr::BinOp(b) = at {
            spine.push((at, b));
            at = &b.left;
        }
        let mut left = self.expr(at)?;
        while let Some((node, b)) = spine.pop() {
            let right = self.boxed(&b.right)?;
            let mut out = Expr {
                loc: self.loc(node),
                kind: ExprKind::BinOp(Box::new(left), b.op, right),
            };
            self.fold(&mut out, fold::fold_binary);
            left = out;
        }
        Ok(left)
    }

    fn attribute(&mut self, e: &ast::Expr) -> Result<Expr, Fail> {
        let mut spine = Vec::new();
        let mut at = e;
        while let ast::Expr::Attribute(a) = at {
            spine.push(a);
            at = &a.value;
        }
        let mut value = self.expr(at)?;
        while let Some(a) = spine.pop() {
            let name = self.sym(&a.attr);
            let c = ctx(a.ctx);
            if c != Ctx::Load && a.attr.as_str() == "__debug__" {
                return fail(ErrorKind::Syntax, self.loc(a), "cannot assign to __debug__");
            }
            value = Expr {
                loc: self.loc(a),
                kind: ExprKind::Attribute(Box::new(value), name, c),
            };
        }
        Ok(value)
    }

    fn number(&mut self, n: &ast::ExprNumberLiteral) -> Result<Const, Fail> {
        match &n.value {
            ast::Number::Int(i) => {
                if let Some(i) = i.as_i64() {
                    return Ok(Const::Int(i.into()));
                }
                let text = &self.src[n.start().to_usize()..n.end().to_usize()];
                let digits = super::strings::decimal_digits(text);
                if self.max_str_digits != 0 && digits > self.max_str_digits {
                    let msg = format!(
                        "{} - Consider hexadecimal for huge integer literals to avoid decimal \
                         conversion limits.",
                        super::strings::too_many_digits(self.max_str_digits, digits)
                    );
                    return fail(ErrorKind::Syntax, self.loc(n), msg);
                }
                match super::strings::parse_int(text) {
                    Some(i) => Ok(Const::Int(i)),
                    None => fail(ErrorKind::Syntax, self.loc(n), "invalid syntax"),
                }
            }
            ast::Number::Float(f) => Ok(Const::Float(*f)),
            ast::Number::Complex { real, imag } => Ok(Const::Complex(*real, *imag)),
        }
    }

    fn comp(
        &mut self,
        kind: CompKind,
        elt: &ast::Expr,
        value: Option<&ast::Expr>,
        generators: &[ast::Comprehension],
    ) -> Result<ExprKind, Fail> {
        let scope = self.new_scope();
        let elt = self.expr(elt)?;
        let value = value.map(|v| self.expr(v)).transpose()?;
        let mut out = Vec::with_capacity(generators.len());
        for g in generators {
            let target = self.expr(&g.target)?;
            let mut iter = self.expr(&g.iter)?;
            let ifs = self.exprs(&g.ifs)?;
            self.fold(&mut iter, fold::fold_iter);
            out.push(Generator {
                target,
                iter,
                ifs,
                is_async: g.is_async,
            });
        }
        Ok(ExprKind::Comp(Box::new(Comp {
            kind,
            scope,
            elt,
            value,
            generators: out,
        })))
    }

    /// Keyword arguments, each name once.
    pub fn keywords(&mut self, list: &[ast::Keyword]) -> Result<Vec<Keyword>, Fail> {
        let mut out: Vec<Keyword> = Vec::with_capacity(list.len());
        let mut seen = std::collections::HashSet::new();
        for k in list {
            let name = match &k.arg {
                Some(n) => {
                    let sym = self.sym(n);
                    if n.as_str() == "__debug__" {
                        return fail(ErrorKind::Syntax, self.loc(k), "cannot assign to __debug__");
                    }
                    if !seen.insert(sym) {
                        return fail(ErrorKind::Syntax, self.loc(k), "keyword argument repeated");
                    }
                    Some(sym)
                }
                None => None,
            };
            out.push(Keyword {
                name,
                value: self.expr(&k.value)?,
            });
        }
        Ok(out)
    }

    fn call(&mut self, c: &ast::ExprCall, loc: Loc) -> Result<Expr, Fail> {
        let func = self.boxed(&c.func)?;
        let mut args = Vec::with_capacity(c.arguments.args.len());
        for a in &c.arguments.args {
            let mut e = self.expr(a)?;
            if let ast::Expr::Generator(g) = a
                && !g.parenthesized
            {
                // It stands at the call's parenthesis.
                e.loc = self.loc(&c.arguments);
            }
            args.push(e);
        }
        let keywords = self.keywords(&c.arguments.keywords)?;
        Ok(Expr {
            loc,
            kind: ExprKind::Call(func, args, keywords),
        })
    }

    fn subscript_slice(&mut self, s: &ast::Expr) -> Result<Slice, Fail> {
        match s {
            ast::Expr::Slice(_) => self.slice_item(s),
            ast::Expr::Tuple(t)
                if !t.parenthesized && t.elts.iter().any(ast::Expr::is_slice_expr) =>
            {
                let mut out = Vec::new();
                for e in &t.elts {
                    out.push(self.slice_item(e)?);
                }
                Ok(Slice::Ext(out))
            }
            _ => Ok(Slice::Index(self.expr(s)?)),
        }
    }

    fn slice_item(&mut self, s: &ast::Expr) -> Result<Slice, Fail> {
        match s {
            ast::Expr::Slice(x) => {
                let lower = self.opt_box(&x.lower)?;
                let upper = self.opt_box(&x.upper)?;
                Ok(Slice::Range(lower, upper, self.opt_box(&x.step)?))
            }
            _ => Ok(Slice::Index(self.expr(s)?)),
        }
    }

    fn fstring(&mut self, f: &ast::ExprFString, loc: Loc) -> Result<Expr, Fail> {
        let Some(first) = f.value.as_slice().first() else {
            return fail(ErrorKind::Syntax, loc, "invalid syntax");
        };
        let mut pieces = Pieces::new(loc);
        let first = first.range();
        let src = self.src;
        let first = FirstString::new(&src[first.start().to_usize()..first.end().to_usize()]);
        for part in f.value.as_slice() {
            match part {
                ast::FStringPart::Literal(s) => {
                    let raw = s.flags.prefix().is_raw();
                    let text = self.literal_text(&s.value, s.content_range(), raw, false);
                    pieces.text.push_wtf8(&text);
                }
                ast::FStringPart::FString(s) => {
                    let raw = s.flags.prefix().is_raw();
                    self.pieces(&s.elements, raw, &first, &mut pieces, 0)?;
                }
            }
        }
        Ok(pieces.finish())
    }

    fn pieces(
        &mut self,
        elements: &[ast::InterpolatedStringElement],
        raw: bool,
        first: &FirstString<'_>,
        out: &mut Pieces,
        depth: u32,
    ) -> Result<(), Fail> {
        for e in elements {
            match e {
                ast::InterpolatedStringElement::Literal(l) => {
                    let text = self.literal_text(&l.value, l.range, raw, true);
                    out.text.push_wtf8(&text);
                }
                ast::InterpolatedStringElement::Interpolation(i) => {
                    if depth > 1 {
                        return fail(
                            ErrorKind::Syntax,
                            out.loc,
                            "f-string: expressions nested too deeply",
                        );
                    }
                    self.field(i, raw, first, out, depth)?;
                }
            }
        }
        Ok(())
    }

    fn field(
        &mut self,
        i: &ast::InterpolatedElement,
        raw: bool,
        first: &FirstString<'_>,
        out: &mut Pieces,
        depth: u32,
    ) -> Result<(), Fail> {
        if let Some(t) = &i.debug_text {
            out.text.push_str(t.as_str());
        }
        let value = self.field_value(i, first, out.loc)?;
        let spec = match &i.format_spec {
            Some(s) => {
                let mut inner = Pieces::new(out.loc);
                self.pieces(&s.elements, raw, first, &mut inner, depth + 1)?;
                Some(Box::new(inner.finish()))
            }
            None => None,
        };
        let conversion = match i.conversion {
            // `{x=}` shows the repr, unless told otherwise.
            ast::ConversionFlag::None if i.debug_text.is_some() && spec.is_none() => 2,
            ast::ConversionFlag::None => 0,
            ast::ConversionFlag::Str => 1,
            ast::ConversionFlag::Repr => 2,
            ast::ConversionFlag::Ascii => 3,
        };
        out.flush();
        out.list.push(Expr {
            loc: out.loc,
            kind: ExprKind::Formatted(Box::new(value), conversion, spec),
        });
        Ok(())
    }

    /// CPython 3.8 parses the text of a field by itself, and places it by looking for
    /// `{text}` in the first string of an implicit concatenation. Where that is not found
    /// (a conversion, a format or `=` follows, or it stands in another string) the lines
    /// start at the string's own.
    fn field_value(
        &mut self,
        i: &ast::InterpolatedElement,
        first: &FirstString<'_>,
        string: Loc,
    ) -> Result<Expr, Fail> {
        let start = i.start().to_usize() + 1;
        let end = self.field_end(i);
        let found = first.lines_before(&self.src[start..end]);
        let line = string.line as i64 - 1 + found as i64;
        let real = self.lines.line(self.base + start as u32) as i64;
        let saved = (self.line_delta, self.in_fstring);
        self.line_delta = 1 + line - real;
        self.in_fstring = true;
        let value = self.expr(&i.expression);
        (self.line_delta, self.in_fstring) = saved;
        value
    }

    /// Where the text of a field ends: at its `=`, `!`, `:` or `}`.
    fn field_end(&self, i: &ast::InterpolatedElement) -> usize {
        let b = self.src.as_bytes();
        let mut at = i.expression.end().to_usize();
        let stop = i.end().to_usize();
        // Closing parentheses and white space belong to the text.
        while at < stop && !matches!(b[at], b'=' | b'!' | b':' | b'}') {
            at += 1;
        }
        at
    }
}
