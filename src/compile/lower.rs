//! ruff's tree → ours: statements. Expressions are in `lower_expr`.
//!
//! Everything the language of this version leaves out is refused here, by name, so that the
//! passes after this one need not ask. Constants are folded on the way up.

use super::Options;
use super::error::ErrorKind;
use super::fold;
use super::lines::LineIndex;
use super::parts::{A_STATEMENT, Watch};
use super::tree::*;
use crate::code::object::{Const, flags};
use crate::code::wtf8::Wtf8Buf;
use ruff_python_ast as ast;
use ruff_text_size::{Ranged, TextRange};

/// An error on its way out; `compile` makes a `CompileError` of it.
#[derive(Debug)]
pub struct Fail {
    pub kind: ErrorKind,
    pub loc: Loc,
    pub msg: String,
    /// What is shown instead of the line at `loc`.
    pub shown: Option<Box<Shown>>,
}

/// A place and text that CPython shows for an error, where they are not those of the source.
#[derive(Debug)]
pub struct Shown {
    pub filename: Option<&'static str>,
    pub line: u32,
    pub col: u32,
    /// With its line feeds.
    pub text: Option<String>,
}

/// What `from __future__ import` may name, without effect in 3.8.
const FEATURES: [&str; 8] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "generator_stop",
];

fn is_future(i: &ast::StmtImportFrom) -> bool {
    i.level == 0
        && i.module
            .as_ref()
            .is_some_and(|m| m.as_str() == "__future__")
}

/// Shorthand for an error.
pub fn fail<T>(kind: ErrorKind, loc: Loc, msg: impl Into<String>) -> Result<T, Fail> {
    Err(Fail {
        kind,
        loc,
        msg: msg.into(),
        shown: None,
    })
}

/// State of the translation.
pub struct Lower<'a> {
    /// The source, or a part of it.
    pub src: &'a str,
    /// Where that begins.
    pub base: u32,
    /// Of the whole source.
    pub lines: &'a LineIndex,
    pub watch: &'a Watch<'a>,
    pub names: Interner,
    /// What `__debug__` is.
    pub debug: bool,
    /// Decimal digits of a literal, at most; 0 for any number.
    pub max_str_digits: usize,
    /// Bytes that products of constants may still take.
    room: usize,
    /// They were not enough: nothing is multiplied any more, and what comes of it is not used.
    full: bool,
    /// Scopes given out so far; 0 is the module.
    pub scopes: usize,
    /// Added to a node's real line: inside an f-string, lines are CPython's guess.
    pub line_delta: i64,
    /// Inside the braces of an f-string.
    pub in_fstring: bool,
    /// Inside `:=`, which CPython 3.8's folding does not enter.
    pub unfolded: bool,
    /// Bits of `co_flags` that the imports from `__future__` asked for.
    pub future: u32,
    /// Nothing but a docstring and `from __future__` imports came before.
    pub future_ok: bool,
    /// Parentheses after `with` that 3.8 takes for a tuple.
    pub with_tuples: Vec<TextRange>,
}

impl<'a> Lower<'a> {
    /// The state before the first node.
    pub fn new(src: &'a str, lines: &'a LineIndex, options: Options, watch: &'a Watch<'a>) -> Self {
        Lower {
            src,
            base: 0,
            lines,
            watch,
            names: Interner::default(),
            debug: options.optimize == 0,
            max_str_digits: options.max_str_digits as usize,
            room: options.room,
            full: false,
            scopes: 1,
            line_delta: 0,
            in_fstring: false,
            unfolded: false,
            future: 0,
            future_ok: true,
            with_tuples: Vec::new(),
        }
    }

    /// The place of a byte offset in `src`.
    pub fn loc_at(&self, pos: u32) -> Loc {
        let pos = self.base + pos;
        let line = self.lines.line(pos) as i64 + self.line_delta;
        Loc {
            line: line.max(1) as u32,
            pos,
        }
    }

    /// The place where a node starts.
    pub fn loc(&self, node: &impl Ranged) -> Loc {
        self.loc_at(node.start().to_u32())
    }

    /// The next scope's number.
    pub fn new_scope(&mut self) -> ScopeId {
        self.scopes += 1;
        self.scopes - 1
    }

    /// The error for a construct that is not compiled.
    pub fn refuse<T>(&self, node: &impl Ranged, what: &str) -> Result<T, Fail> {
        fail(ErrorKind::Refused, self.loc(node), what)
    }

    /// Folds a node where CPython does.
    pub fn fold(&mut self, e: &mut Expr, f: fn(&mut Expr)) {
        let product = matches!(e.kind, ExprKind::BinOp(_, Operator::Mult, _));
        if self.unfolded || product && self.full {
            return;
        }
        f(e);
        if product && let ExprKind::Const(c) = &e.kind {
            match self.room.checked_sub(c.size()) {
                Some(left) => self.room = left,
                None => self.full = true,
            }
        }
    }

    /// Whether products of constants took more room than there is.
    pub fn is_full(&self) -> bool {
        self.full
    }

    fn syntax<T>(&self, node: &impl Ranged, msg: &str) -> Result<T, Fail> {
        fail(ErrorKind::Syntax, self.loc(node), msg)
    }

    /// The symbol of an identifier.
    pub fn sym(&mut self, id: &ast::Identifier) -> Sym {
        self.names.intern(id.as_str())
    }

    /// The statements of a module, function or class: the first may be a docstring.
    pub fn body(&mut self, body: &[ast::Stmt]) -> Result<Vec<Stmt>, Fail> {
        let is_doc =
            matches!(body.first(), Some(ast::Stmt::Expr(e)) if e.value.is_string_literal_expr());
        let mut out = self.stmts(body)?;
        if !is_doc
            && docstring(&out).is_some()
            && let Some(Stmt {
                loc,
                kind: StmtKind::Expr(e),
            }) = out.first_mut()
        {
            // Folding made a string of it; it must not become a docstring.
            let loc = *loc;
            let value = std::mem::replace(
                e,
                Expr {
                    loc,
                    kind: ExprKind::Const(Const::None),
                },
            );
            e.kind = ExprKind::Joined(vec![value]);
        }
        Ok(out)
    }

    /// Statements in order.
    pub fn stmts(&mut self, body: &[ast::Stmt]) -> Result<Vec<Stmt>, Fail> {
        let mut one = |s| {
            self.watch.did(A_STATEMENT)?;
            self.stmt(s)
        };
        body.iter().map(&mut one).collect()
    }

    fn stmt(&mut self, s: &ast::Stmt) -> Result<Stmt, Fail> {
        let mut loc = self.loc(s);
        self.future_ok &= match s {
            ast::Stmt::ImportFrom(i) => is_future(i),
            ast::Stmt::Expr(e) => e.value.is_string_literal_expr(),
            _ => false,
        };
        let kind = match s {
            ast::Stmt::FunctionDef(f) => {
                self.bindable(&f.name)?;
                loc = self.def_loc(f, f.name.start().to_u32(), f.is_async);
                self.function_def(f)?
            }
            ast::Stmt::ClassDef(c) => {
                self.bindable(&c.name)?;
                loc = self.class_loc(c);
                self.class_def(c)?
            }
            ast::Stmt::Return(r) => StmtKind::Return(self.opt_box(&r.value)?),
            ast::Stmt::Delete(d) => StmtKind::Delete(self.exprs(&d.targets)?),
            ast::Stmt::Assign(a) => {
                let targets = self.exprs(&a.targets)?;
                StmtKind::Assign(targets, self.expr(&a.value)?)
            }
            ast::Stmt::AugAssign(a) => {
                let target = self.expr(&a.target)?;
                StmtKind::AugAssign(target, a.op, self.expr(&a.value)?)
            }
            ast::Stmt::AnnAssign(a) => {
                let target = self.expr(&a.target)?;
                let annotation = self.expr(&a.annotation)?;
                let value = self.opt_box(&a.value)?;
                StmtKind::AnnAssign(Box::new(AnnAssign {
                    target,
                    annotation,
                    value,
                    simple: a.simple,
                }))
            }
            ast::Stmt::For(f) => {
                let target = self.expr(&f.target)?;
                let mut iter = self.expr(&f.iter)?;
                let body = self.stmts(&f.body)?;
                let orelse = self.stmts(&f.orelse)?;
                // A list becomes a tuple where no one can see it; `async for` names its type in an error.
                if !f.is_async {
                    self.fold(&mut iter, fold::fold_iter);
                }
                StmtKind::For(Box::new(For {
                    target,
                    iter,
                    body,
                    orelse,
                    is_async: f.is_async,
                }))
            }
            ast::Stmt::While(w) => {
                let test = self.expr(&w.test)?;
                let body = self.stmts(&w.body)?;
                StmtKind::While(test, body, self.stmts(&w.orelse)?)
            }
            ast::Stmt::If(i) => self.if_stmt(i)?,
            ast::Stmt::With(w) => self.with(w)?,
            ast::Stmt::Raise(r) => {
                let exc = self.opt_box(&r.exc)?;
                StmtKind::Raise(exc, self.opt_box(&r.cause)?)
            }
            ast::Stmt::Try(t) => self.try_stmt(t)?,
            ast::Stmt::Assert(a) => {
                let test = self.expr(&a.test)?;
                StmtKind::Assert(test, self.opt_box(&a.msg)?)
            }
            ast::Stmt::Import(i) => self.import(i)?,
            ast::Stmt::ImportFrom(i) => self.import_from(i)?,
            ast::Stmt::Global(g) => StmtKind::Global(g.names.iter().map(|n| self.sym(n)).collect()),
            ast::Stmt::Nonlocal(g) => {
                StmtKind::Nonlocal(g.names.iter().map(|n| self.sym(n)).collect())
            }
            ast::Stmt::Expr(e) => StmtKind::Expr(self.expr(&e.value)?),
            ast::Stmt::Pass(_) => StmtKind::Pass,
            ast::Stmt::Break(_) => StmtKind::Break,
            ast::Stmt::Continue(_) => StmtKind::Continue,
            // Syntax newer than 3.8: the parser has reported it already.
            ast::Stmt::TypeAlias(_) | ast::Stmt::Match(_) | ast::Stmt::IpyEscapeCommand(_) => {
                return self.syntax(s, "invalid syntax");
            }
        };
        Ok(Stmt { loc, kind })
    }

    /// Where `def`, `class` or `async` stands: ruff's range starts at the first decorator.
    fn def_loc(&self, node: &impl Ranged, name: u32, is_async: bool) -> Loc {
        let start = node.start().to_usize();
        let mut word = self.word_before(start, name as usize);
        if is_async {
            word = self.word_before(start, word);
        }
        self.loc_at(word as u32)
    }

    fn class_loc(&self, c: &ast::StmtClassDef) -> Loc {
        self.def_loc(c, c.name.start().to_u32(), false)
    }

    /// The start of the word that ends before `at`, white space and line joins skipped.
    fn word_before(&self, floor: usize, at: usize) -> usize {
        let b = self.src.as_bytes();
        let mut i = at;
        while i > floor && !b[i - 1].is_ascii_alphabetic() {
            i -= 1;
        }
        while i > floor && b[i - 1].is_ascii_alphabetic() {
            i -= 1;
        }
        i
    }

    fn function_def(&mut self, f: &ast::StmtFunctionDef) -> Result<StmtKind, Fail> {
        let scope = self.new_scope();
        let name = self.sym(&f.name);
        let decorators = f
            .decorator_list
            .iter()
            .map(|d| self.decorator(d))
            .collect::<Result<_, _>>()?;
        let params = self.params(&f.parameters)?;
        let returns = self.opt_box(&f.returns)?;
        let body = self.body(&f.body)?;
        Ok(StmtKind::FunctionDef(Box::new(FunctionDef {
            scope,
            name,
            params,
            returns,
            decorators,
            body,
            is_async: f.is_async,
        })))
    }

    /// A decorator that is a call without arguments stands at its `@`.
    fn decorator(&mut self, d: &ast::Decorator) -> Result<Expr, Fail> {
        self.expr(&d.expression)
    }

    /// Parameters of a function or lambda.
    pub fn params(&mut self, p: &ast::Parameters) -> Result<Params, Fail> {
        let mut out = Params::default();
        for (from, to) in [(&p.posonlyargs, true), (&p.args, false)] {
            for a in from {
                let param = self.param(&a.parameter)?;
                if to {
                    out.posonly.push(param);
                } else {
                    out.args.push(param);
                }
                if let Some(d) = &a.default {
                    out.defaults.push(self.expr(d)?);
                }
            }
        }
        if let Some(v) = &p.vararg {
            out.vararg = Some(self.param(v)?);
        }
        for a in &p.kwonlyargs {
            out.kwonly.push(self.param(&a.parameter)?);
            out.kw_defaults.push(self.opt_box(&a.default)?);
        }
        if let Some(v) = &p.kwarg {
            out.kwarg = Some(self.param(v)?);
        }
        Ok(out)
    }

    fn param(&mut self, p: &ast::Parameter) -> Result<Param, Fail> {
        if p.name.as_str() == "__debug__" {
            return self.syntax(p, "cannot assign to __debug__");
        }
        let name = self.sym(&p.name);
        Ok(Param {
            name,
            annotation: self.opt_box(&p.annotation)?,
        })
    }

    fn class_def(&mut self, c: &ast::StmtClassDef) -> Result<StmtKind, Fail> {
        let scope = self.new_scope();
        let name = self.sym(&c.name);
        let decorators = c
            .decorator_list
            .iter()
            .map(|d| self.decorator(d))
            .collect::<Result<_, _>>()?;
        let (mut bases, mut keywords) = (Vec::new(), Vec::new());
        if let Some(a) = &c.arguments {
            bases = self.exprs(&a.args)?;
            keywords = self.keywords(&a.keywords)?;
        }
        let body = self.body(&c.body)?;
        Ok(StmtKind::ClassDef(Box::new(ClassDef {
            scope,
            name,
            bases,
            keywords,
            decorators,
            body,
        })))
    }

    /// `elif` is an `if` in the `else`, as in CPython's tree.
    fn if_stmt(&mut self, i: &ast::StmtIf) -> Result<StmtKind, Fail> {
        let test = self.expr(&i.test)?;
        let body = self.stmts(&i.body)?;
        let mut arms = Vec::new();
        let mut orelse = Vec::new();
        for c in &i.elif_else_clauses {
            let loc = self.loc(c);
            match &c.test {
                Some(t) => {
                    let t = self.expr(t)?;
                    arms.push((loc, t, self.stmts(&c.body)?));
                }
                None => orelse = self.stmts(&c.body)?,
            }
        }
        while let Some((loc, test, body)) = arms.pop() {
            orelse = vec![Stmt {
                loc,
                kind: StmtKind::If(test, body, orelse),
            }];
        }
        Ok(StmtKind::If(test, body, orelse))
    }

    fn with(&mut self, w: &ast::StmtWith) -> Result<StmtKind, Fail> {
        let Some(first) = w.items.first() else {
            return self.syntax(w, "invalid syntax");
        };
        let paren = self
            .with_tuples
            .iter()
            .find(|r| r.start() >= w.start() && r.start() <= first.start())
            .copied();
        let items = if let Some(paren) = paren {
            if w.items.iter().any(|i| i.optional_vars.is_some()) {
                return self.syntax(w, "invalid syntax");
            }
            let mut elts = Vec::new();
            for i in &w.items {
                elts.push(self.expr(&i.context_expr)?);
            }
            let mut e = Expr {
                loc: self.loc_at(paren.start().to_u32()),
                kind: ExprKind::Tuple(elts, Ctx::Load),
            };
            self.fold(&mut e, fold::fold_tuple);
            vec![(e, None)]
        } else {
            let mut items = Vec::new();
            for i in &w.items {
                let after = self.src[i.end().to_usize()..].trim_start();
                if i.optional_vars.is_some() && after.starts_with(')') {
                    return self.syntax(i, "invalid syntax");
                }
                let e = self.expr(&i.context_expr)?;
                items.push((e, self.opt_box(&i.optional_vars)?));
            }
            items
        };
        Ok(StmtKind::With(Box::new(With {
            items,
            body: self.stmts(&w.body)?,
            is_async: w.is_async,
        })))
    }

    fn try_stmt(&mut self, t: &ast::StmtTry) -> Result<StmtKind, Fail> {
        let body = self.stmts(&t.body)?;
        let mut handlers = Vec::new();
        for ast::ExceptHandler::ExceptHandler(h) in &t.handlers {
            let loc = self.loc(h);
            let class = self.opt_box(&h.type_)?;
            h.name.as_ref().map_or(Ok(()), |n| self.bindable(n))?;
            let name = h.name.as_ref().map(|n| self.sym(n));
            handlers.push(Handler {
                loc,
                class,
                name,
                body: self.stmts(&h.body)?,
            });
        }
        let orelse = self.stmts(&t.orelse)?;
        Ok(StmtKind::Try(Box::new(Try {
            body,
            handlers,
            orelse,
            finalbody: self.stmts(&t.finalbody)?,
        })))
    }

    fn import(&mut self, i: &ast::StmtImport) -> Result<StmtKind, Fail> {
        let mut out = Vec::new();
        for a in &i.names {
            out.push(self.alias(a)?);
        }
        Ok(StmtKind::Import(out))
    }

    fn alias(&mut self, a: &ast::Alias) -> Result<Alias, Fail> {
        self.bindable(a.asname.as_ref().unwrap_or(&a.name))?;
        Ok(Alias {
            name: self.sym(&a.name),
            asname: a.asname.as_ref().map(|n| self.sym(n)),
        })
    }

    /// A name that something is bound to.
    fn bindable(&self, name: &ast::Identifier) -> Result<(), Fail> {
        if name.as_str() == "__debug__" {
            return self.syntax(name, "cannot assign to __debug__");
        }
        Ok(())
    }

    fn import_from(&mut self, i: &ast::StmtImportFrom) -> Result<StmtKind, Fail> {
        if is_future(i) {
            for a in &i.names {
                match a.name.as_str() {
                    "annotations" => self.future |= flags::FUTURE_ANNOTATIONS,
                    "barry_as_FLUFL" => {
                        return self.refuse(a, "from __future__ import barry_as_FLUFL");
                    }
                    "braces" => return self.syntax(i, "not a chance"),
                    name if FEATURES.contains(&name) => {}
                    name => {
                        return self.syntax(i, &format!("future feature {name} is not defined"));
                    }
                }
            }
            if !self.future_ok {
                return self.syntax(
                    i,
                    "from __future__ imports must occur at the beginning of the file",
                );
            }
        }
        let names = i.names.iter().map(|a| self.alias(a));
        let names = names.collect::<Result<_, _>>()?;
        Ok(StmtKind::ImportFrom(Box::new(ImportFrom {
            module: i.module.as_ref().map(|m| self.sym(m)),
            names,
            level: i.level,
        })))
    }

    /// The text of a string literal part. ruff turns lone surrogates into U+FFFD; where it
    /// may have, the part is decoded again from the source.
    pub fn literal_text(
        &self,
        value: &str,
        content: TextRange,
        raw: bool,
        braces: bool,
    ) -> Wtf8Buf {
        if raw || !value.contains('\u{FFFD}') {
            return value.into();
        }
        let text = &self.src[content.start().to_usize()..content.end().to_usize()];
        super::strings::decode(text, braces)
    }
}
