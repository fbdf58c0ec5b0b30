//! Statements → instructions.

use super::finally::FKind;
use super::parts::A_STATEMENT;
use super::tree::*;
use super::unit::{Codegen, R, UnitKind, constant_test};
use crate::code::object::Const;
use crate::code::opcode::Opcode::{self, *};

/// Whether a statement list annotates a variable, nested blocks included, functions not.
fn annotates(body: &[Stmt]) -> bool {
    body.iter().any(|s| match &s.kind {
        StmtKind::AnnAssign(_) => true,
        StmtKind::For(f) => annotates(&f.body) || annotates(&f.orelse),
        StmtKind::While(_, a, b) | StmtKind::If(_, a, b) => annotates(a) || annotates(b),
        StmtKind::With(w) => annotates(&w.body),
        StmtKind::Try(t) => {
            annotates(&t.body)
                || annotates(&t.orelse)
                || annotates(&t.finalbody)
                || t.handlers.iter().any(|h| annotates(&h.body))
        }
        StmtKind::FunctionDef(_)
        | StmtKind::ClassDef(_)
        | StmtKind::Return(_)
        | StmtKind::Delete(_)
        | StmtKind::Assign(..)
        | StmtKind::AugAssign(..)
        | StmtKind::Raise(..)
        | StmtKind::Assert(..)
        | StmtKind::Import(_)
        | StmtKind::ImportFrom(_)
        | StmtKind::Global(_)
        | StmtKind::Nonlocal(_)
        | StmtKind::Expr(_)
        | StmtKind::Pass
        | StmtKind::Break
        | StmtKind::Continue => false,
    })
}

/// The in-place form of an operator.
fn inplace(op: Operator) -> Opcode {
    match op {
        Operator::Add => INPLACE_ADD,
        Operator::Sub => INPLACE_SUBTRACT,
        Operator::Mult => INPLACE_MULTIPLY,
        Operator::MatMult => INPLACE_MATRIX_MULTIPLY,
        Operator::Div => INPLACE_TRUE_DIVIDE,
        Operator::Mod => INPLACE_MODULO,
        Operator::Pow => INPLACE_POWER,
        Operator::LShift => INPLACE_LSHIFT,
        Operator::RShift => INPLACE_RSHIFT,
        Operator::BitOr => INPLACE_OR,
        Operator::BitXor => INPLACE_XOR,
        Operator::BitAnd => INPLACE_AND,
        Operator::FloorDiv => INPLACE_FLOOR_DIVIDE,
    }
}

impl Codegen<'_> {
    /// The module's code, in the unit entered for it.
    pub fn module(&mut self, m: &Module) -> R<bool> {
        match m {
            Module::Exec(body) => {
                self.class_or_module_body(body)?;
                Ok(true)
            }
            Module::Single(body) => {
                if annotates(body) {
                    self.op(SETUP_ANNOTATIONS);
                }
                self.interactive = true;
                self.stmts(body)?;
                Ok(true)
            }
            Module::Eval(e) => {
                self.expr(e)?;
                Ok(false)
            }
        }
    }

    fn class_or_module_body(&mut self, body: &[Stmt]) -> R {
        let Some(first) = body.first() else {
            return Ok(());
        };
        if self.u().kind == UnitKind::Module && self.u().line == 0 {
            self.u().line = first.loc.line;
        }
        if annotates(body) {
            self.op(SETUP_ANNOTATIONS);
        }
        let mut rest = body;
        if docstring(body).is_some()
            && self.optimize < 2
            && let StmtKind::Expr(e) = &first.kind
        {
            self.expr(e)?;
            let doc = self.words.doc;
            self.name_op(doc, Ctx::Store)?;
            rest = &body[1..];
        }
        self.stmts(rest)
    }

    /// Statements in order.
    pub fn stmts(&mut self, body: &[Stmt]) -> R {
        body.iter().try_for_each(|s| {
            self.watch.did(A_STATEMENT)?;
            self.stmt(s)
        })
    }

    fn stmt(&mut self, s: &Stmt) -> R {
        let u = self.u();
        u.line = s.loc.line;
        u.pos = s.loc.pos;
        u.line_set = false;
        match &s.kind {
            StmtKind::FunctionDef(f) => self.function_def(f, s.loc),
            StmtKind::ClassDef(c) => self.class_def(c, s.loc),
            StmtKind::Return(v) => self.return_stmt(v.as_ref()),
            StmtKind::Delete(targets) => self.exprs(targets),
            StmtKind::Assign(targets, value) => {
                self.expr(value)?;
                for (i, t) in targets.iter().enumerate() {
                    if i + 1 < targets.len() {
                        self.op(DUP_TOP);
                    }
                    self.expr(t)?;
                }
                Ok(())
            }
            StmtKind::AugAssign(target, op, value) => self.aug_assign(target, *op, value),
            StmtKind::AnnAssign(a) => self.ann_assign(a),
            StmtKind::For(f) if f.is_async => self.async_for(f),
            StmtKind::For(f) => self.for_stmt(f),
            StmtKind::While(test, body, orelse) => self.while_stmt(test, body, orelse),
            StmtKind::If(test, body, orelse) => self.if_stmt(test, body, orelse),
            StmtKind::With(w) => {
                if w.is_async && self.u().kind != UnitKind::AsyncFunction {
                    return self.error("'async with' outside async function");
                }
                self.with_stmt(w, 0)
            }
            StmtKind::Raise(exc, cause) => {
                let mut n = 0;
                for e in exc.iter().chain(cause) {
                    self.expr(e)?;
                    n += 1;
                }
                self.op_arg(RAISE_VARARGS, n);
                Ok(())
            }
            StmtKind::Try(t) => self.try_stmt(t, s.loc),
            StmtKind::Assert(..) if self.optimize > 0 => Ok(()),
            StmtKind::Assert(test, msg) => self.assert_stmt(test, msg.as_ref()),
            StmtKind::Import(list) => self.import(list),
            StmtKind::ImportFrom(i) => self.import_from(i),
            StmtKind::Global(_) | StmtKind::Nonlocal(_) | StmtKind::Pass => Ok(()),
            StmtKind::Expr(e) => self.expr_stmt(e),
            StmtKind::Break => self.break_stmt(),
            StmtKind::Continue => self.continue_stmt(),
        }
    }

    fn expr_stmt(&mut self, e: &Expr) -> R {
        if self.interactive && self.units.len() == 1 {
            self.expr(e)?;
            self.op(PRINT_EXPR);
            return Ok(());
        }
        if e.as_const().is_some() {
            return Ok(());
        }
        self.expr(e)?;
        self.op(POP_TOP);
        Ok(())
    }

    fn aug_assign(&mut self, target: &Expr, op: Operator, value: &Expr) -> R {
        match &target.kind {
            ExprKind::Name(n, _) => {
                self.name_op(*n, Ctx::Load)?;
                self.expr(value)?;
                self.op(inplace(op));
                self.name_op(*n, Ctx::Store)
            }
            ExprKind::Attribute(obj, attr, _) => {
                self.at(target, |c| {
                    c.expr(obj)?;
                    c.op(DUP_TOP);
                    c.op_name(LOAD_ATTR, *attr);
                    Ok(())
                })?;
                self.expr(value)?;
                self.op(inplace(op));
                self.at(target, |c| {
                    c.op(ROT_TWO);
                    c.op_name(STORE_ATTR, *attr);
                    Ok(())
                })
            }
            ExprKind::Subscript(obj, slice, _) => {
                self.at(target, |c| {
                    c.expr(obj)?;
                    c.slice(slice)?;
                    c.op(DUP_TOP_TWO);
                    c.op(BINARY_SUBSCR);
                    Ok(())
                })?;
                self.expr(value)?;
                self.op(inplace(op));
                self.at(target, |c| {
                    c.op(ROT_THREE);
                    c.op(STORE_SUBSCR);
                    Ok(())
                })
            }
            _ => self.error("illegal expression for augmented assignment"),
        }
    }

    fn ann_assign(&mut self, a: &AnnAssign) -> R {
        if let Some(v) = &a.value {
            self.expr(v)?;
            self.expr(&a.target)?;
        }
        let kept = matches!(self.u().kind, UnitKind::Module | UnitKind::Class);
        match &a.target.kind {
            ExprKind::Name(n, _) if a.simple && kept => {
                self.annotation(&a.annotation)?;
                let annotations = self.words.annotations;
                self.op_name(LOAD_NAME, annotations);
                let private = self.u().private;
                let name = self.names.mangle(private, *n);
                self.load_name_const(name);
                self.op(STORE_SUBSCR);
            }
            ExprKind::Attribute(obj, _, _) if a.value.is_none() => self.discard(obj)?,
            ExprKind::Subscript(obj, slice, _) if a.value.is_none() => {
                self.discard(obj)?;
                self.discard_slice(slice)?;
            }
            _ => {}
        }
        if !a.simple && kept {
            self.discard(&a.annotation)?;
        }
        Ok(())
    }

    fn discard(&mut self, e: &Expr) -> R {
        self.expr(e)?;
        self.op(POP_TOP);
        Ok(())
    }

    fn discard_slice(&mut self, s: &Slice) -> R {
        match s {
            Slice::Index(e) => self.discard(e),
            Slice::Range(a, b, c) => {
                for e in a.iter().chain(b).chain(c) {
                    self.discard(e)?;
                }
                Ok(())
            }
            Slice::Ext(list) => list.iter().try_for_each(|s| self.discard_slice(s)),
        }
    }

    fn for_stmt(&mut self, f: &For) -> R {
        let start = self.new_block();
        let cleanup = self.new_block();
        let end = self.new_block();
        self.push_fblock(FKind::For, Some(start), Some(end))?;
        self.expr(&f.iter)?;
        self.op(GET_ITER);
        self.use_next(start);
        self.jump(FOR_ITER, cleanup);
        self.expr(&f.target)?;
        self.stmts(&f.body)?;
        self.jump(JUMP_ABSOLUTE, start);
        self.use_next(cleanup);
        self.pop_fblock();
        self.stmts(&f.orelse)?;
        self.use_next(end);
        Ok(())
    }

    fn async_for(&mut self, f: &For) -> R {
        if self.u().kind != UnitKind::AsyncFunction {
            return self.error("'async for' outside async function");
        }
        let start = self.new_block();
        let except = self.new_block();
        let end = self.new_block();
        self.expr(&f.iter)?;
        self.op(GET_AITER);
        self.use_next(start);
        self.push_fblock(FKind::For, Some(start), Some(end))?;
        self.jump(SETUP_FINALLY, except);
        self.op(GET_ANEXT);
        self.load_const(Const::None);
        self.op(YIELD_FROM);
        self.op(POP_BLOCK);
        self.expr(&f.target)?;
        self.stmts(&f.body)?;
        self.jump(JUMP_ABSOLUTE, start);
        self.pop_fblock();
        self.use_next(except);
        self.op(END_ASYNC_FOR);
        self.stmts(&f.orelse)?;
        self.use_next(end);
        Ok(())
    }

    fn while_stmt(&mut self, test: &Expr, body: &[Stmt], orelse: &[Stmt]) -> R {
        let constant = constant_test(test);
        if constant == Some(false) {
            self.dead_code(|c| {
                c.push_fblock(FKind::While, None, None)?;
                c.stmts(body)?;
                c.pop_fblock();
                Ok(())
            })?;
            return self.stmts(orelse);
        }
        let start = self.new_block();
        let end = self.new_block();
        let anchor = self.new_block();
        self.use_next(start);
        self.push_fblock(FKind::While, Some(start), Some(end))?;
        if constant.is_none() {
            self.jump_if(test, anchor, false)?;
        }
        self.stmts(body)?;
        self.jump(JUMP_ABSOLUTE, start);
        if constant.is_none() {
            self.use_next(anchor);
        }
        self.pop_fblock();
        self.stmts(orelse)?;
        self.use_next(end);
        Ok(())
    }

    fn if_stmt(&mut self, test: &Expr, body: &[Stmt], orelse: &[Stmt]) -> R {
        let end = self.new_block();
        match constant_test(test) {
            Some(false) => {
                self.dead_code(|c| c.stmts(body))?;
                self.stmts(orelse)?;
            }
            Some(true) => {
                self.stmts(body)?;
                self.dead_code(|c| c.stmts(orelse))?;
            }
            None => {
                let next = if orelse.is_empty() {
                    end
                } else {
                    self.new_block()
                };
                self.jump_if(test, next, false)?;
                self.stmts(body)?;
                if !orelse.is_empty() {
                    self.jump(JUMP_FORWARD, end);
                    self.use_next(next);
                    self.stmts(orelse)?;
                }
            }
        }
        self.use_next(end);
        Ok(())
    }

    fn assert_stmt(&mut self, test: &Expr, msg: Option<&Expr>) -> R {
        self.warn_assert(test);
        let end = self.new_block();
        self.jump_if(test, end, true)?;
        let error = self.words.assertion_error;
        self.op_name_raw(LOAD_GLOBAL, error);
        if let Some(m) = msg {
            self.expr(m)?;
            self.op_arg(CALL_FUNCTION, 1);
        }
        self.op_arg(RAISE_VARARGS, 1);
        self.use_next(end);
        Ok(())
    }

    fn import(&mut self, list: &[Alias]) -> R {
        for a in list {
            self.load_const(Const::Int(0.into()));
            self.load_const(Const::None);
            self.op_name(IMPORT_NAME, a.name);
            let text = self.names.name(a.name);
            let mut parts = text.split('.');
            let first = self.names.intern(parts.next().unwrap_or(&text));
            let Some(asname) = a.asname else {
                self.name_op(first, Ctx::Store)?;
                continue;
            };
            // `import a.b.c as d` goes down from a to c.
            let rest: Vec<&str> = parts.collect();
            for (i, p) in rest.iter().enumerate() {
                if i > 0 {
                    self.op(ROT_TWO);
                    self.op(POP_TOP);
                }
                let p = self.names.intern(p);
                self.op_name_raw(IMPORT_FROM, p);
            }
            self.name_op(asname, Ctx::Store)?;
            if !rest.is_empty() {
                self.op(POP_TOP);
            }
        }
        Ok(())
    }

    fn import_from(&mut self, i: &ImportFrom) -> R {
        self.load_const(Const::Int(i.level.into()));
        let names: Box<[Const]> = i
            .names
            .iter()
            .map(|a| Const::Str((&*self.names.name(a.name)).into()))
            .collect();
        self.load_const(Const::Tuple(names));
        let module = i.module.unwrap_or(self.words.empty);
        self.op_name(IMPORT_NAME, module);
        for a in &i.names {
            if &*self.names.name(a.name) == "*" {
                self.op(IMPORT_STAR);
                return Ok(());
            }
            self.op_name(IMPORT_FROM, a.name);
            self.name_op(a.asname.unwrap_or(a.name), Ctx::Store)?;
        }
        self.op(POP_TOP);
        Ok(())
    }

    fn class_def(&mut self, cls: &ClassDef, loc: Loc) -> R {
        self.exprs(&cls.decorators)?;
        let firstline = cls.decorators.first().map_or(loc.line, |d| d.loc.line);
        self.enter(UnitKind::Class, cls.name, cls.scope, firstline);
        let w = self.words;
        self.name_op(w.name, Ctx::Load)?;
        self.name_op(w.module, Ctx::Store)?;
        let qualname = self.u().qualname.clone();
        self.load_const(Const::Str(qualname.into()));
        self.name_op(w.qualname, Ctx::Store)?;
        self.class_or_module_body(&cls.body)?;
        let scope = self.u().scope;
        if self.table.scope(scope).needs_class {
            let cell = self.u().cellvars.get(w.class).unwrap_or(0);
            self.op_arg(LOAD_CLOSURE, cell as usize);
            self.op(DUP_TOP);
            self.name_op(w.classcell, Ctx::Store)?;
        } else {
            self.load_const(Const::None);
        }
        self.op(RETURN_VALUE);
        let (code, _) = self.leave(true)?;
        self.op(LOAD_BUILD_CLASS);
        let name = self.names.name(cls.name);
        self.make_closure(code, 0, &name)?;
        self.load_name_const(cls.name);
        self.call_helper(2, &cls.bases, &cls.keywords)?;
        for _ in &cls.decorators {
            self.op_arg(CALL_FUNCTION, 1);
        }
        self.name_op(cls.name, Ctx::Store)
    }
}
