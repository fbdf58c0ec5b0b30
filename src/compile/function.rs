//! Functions, lambdas and comprehensions: a unit inside a unit, and the closure made of it.

use super::tree::*;
use super::unit::{Codegen, R, UnitKind};
use super::unparse::unparse;
use crate::code::object::{CodeObject, Const, flags};
use crate::code::opcode::Opcode::*;
use std::sync::Arc;

impl Codegen<'_> {
    /// `def`.
    pub fn function_def(&mut self, f: &FunctionDef, loc: Loc) -> R {
        self.exprs(&f.decorators)?;
        let firstline = f.decorators.first().map_or(loc.line, |d| d.loc.line);
        let mut flags = self.defaults(&f.params)?;
        if self.annotations(&f.params, f.returns.as_ref())? {
            flags |= 4;
        }
        let kind = if f.is_async {
            UnitKind::AsyncFunction
        } else {
            UnitKind::Function
        };
        self.enter(kind, f.name, f.scope, firstline);
        let doc = docstring(&f.body).filter(|_| self.optimize < 2).cloned();
        self.add_const(doc.unwrap_or(Const::None));
        self.arg_counts(&f.params);
        self.stmts(&f.body)?;
        let (code, qualname) = self.leave(true)?;
        self.make_closure(code, flags, &qualname)?;
        for _ in &f.decorators {
            self.op_arg(CALL_FUNCTION, 1);
        }
        self.name_op(f.name, Ctx::Store)
    }

    /// `lambda`.
    pub fn lambda(&mut self, l: &Lambda, loc: Loc) -> R {
        let flags = self.defaults(&l.params)?;
        let name = self.names.intern("<lambda>");
        self.enter(UnitKind::Lambda, name, l.scope, loc.line);
        // No constant at index 0 may look like a docstring.
        self.add_const(Const::None);
        self.arg_counts(&l.params);
        self.expr(&l.body)?;
        let generator = self.table.scope(l.scope).generator;
        if !generator {
            self.op(RETURN_VALUE);
        }
        let (code, qualname) = self.leave(!generator)?;
        self.make_closure(code, flags, &qualname)
    }

    fn arg_counts(&mut self, p: &Params) {
        let u = self.u();
        u.posonlyargcount = p.posonly.len() as u32;
        u.argcount = p.args.len() as u32;
        u.kwonlyargcount = p.kwonly.len() as u32;
    }

    /// Default values on the stack; returns MAKE_FUNCTION's flags for them.
    fn defaults(&mut self, p: &Params) -> R<usize> {
        let mut flags = 0;
        if !p.defaults.is_empty() {
            self.exprs(&p.defaults)?;
            self.op_arg(BUILD_TUPLE, p.defaults.len());
            flags |= 1;
        }
        let mut keys = Vec::new();
        let private = self.u().private;
        for (k, d) in p.kwonly.iter().zip(&p.kw_defaults) {
            if let Some(d) = d {
                let name = self.names.mangle(private, k.name);
                keys.push(Const::Str((&*self.names.name(name)).into()));
                self.expr(d)?;
            }
        }
        if !keys.is_empty() {
            let n = keys.len();
            self.load_const(Const::Tuple(keys.into()));
            self.op_arg(BUILD_CONST_KEY_MAP, n);
            flags |= 2;
        }
        Ok(flags)
    }

    fn annotations(&mut self, p: &Params, returns: Option<&Expr>) -> R<bool> {
        let mut keys = Vec::new();
        let private = self.u().private;
        let params = p
            .args
            .iter()
            .chain(&p.posonly)
            .chain(&p.vararg)
            .chain(&p.kwonly)
            .chain(&p.kwarg);
        let all = params
            .filter_map(|p| p.annotation.as_ref().map(|a| (p.name, a)))
            .chain(returns.map(|r| (self.words.return_, r)));
        for (name, a) in all {
            let name = self.names.mangle(private, name);
            keys.push(Const::Str((&*self.names.name(name)).into()));
            self.annotation(a)?;
        }
        if keys.is_empty() {
            return Ok(false);
        }
        let n = keys.len();
        self.load_const(Const::Tuple(keys.into()));
        self.op_arg(BUILD_CONST_KEY_MAP, n);
        Ok(true)
    }

    /// An annotation that is kept: its value, or its text under `from __future__ import annotations`.
    pub fn annotation(&mut self, e: &Expr) -> R {
        if self.base_flags & flags::FUTURE_ANNOTATIONS == 0 {
            return self.expr(e);
        }
        let text = unparse(e, self.names);
        self.load_const(Const::Str(text.as_str().into()));
        Ok(())
    }

    /// Makes a function of a code object; `flags` say what lies on the stack for it.
    pub fn make_closure(&mut self, code: Arc<CodeObject>, mut flags: usize, qualname: &str) -> R {
        if !code.freevars.is_empty() {
            for name in code.freevars.iter() {
                let sym = self.names.intern(name.as_str().unwrap_or(""));
                let arg = self.closure_index(sym);
                self.op_arg(LOAD_CLOSURE, arg as usize);
            }
            self.op_arg(BUILD_TUPLE, code.freevars.len());
            flags |= 8;
        }
        self.load_const(Const::Code(code));
        self.load_const(Const::Str(qualname.into()));
        self.op_arg(MAKE_FUNCTION, flags);
        Ok(())
    }

    /// A comprehension: a function called with the first iterator.
    pub fn comprehension(&mut self, c: &Comp, loc: Loc) -> R {
        let Some(first) = c.generators.first() else {
            return Ok(());
        };
        let (name, build) = match c.kind {
            CompKind::List => ("<listcomp>", Some(BUILD_LIST)),
            CompKind::Set => ("<setcomp>", Some(BUILD_SET)),
            CompKind::Dict => ("<dictcomp>", Some(BUILD_MAP)),
            CompKind::Generator => ("<genexpr>", None),
        };
        let in_async = self.u().kind == UnitKind::AsyncFunction;
        let name = self.names.intern(name);
        self.enter(UnitKind::Comprehension, name, c.scope, loc.line);
        let is_async = self.table.scope(c.scope).coroutine;
        if is_async && !in_async && c.kind != CompKind::Generator {
            return self.error("asynchronous comprehension outside of an asynchronous function");
        }
        if let Some(b) = build {
            self.op_arg(b, 0);
        }
        self.comp_generator(c, 0)?;
        if build.is_some() {
            self.op(RETURN_VALUE);
        }
        let (code, qualname) = self.leave(true)?;
        self.make_closure(code, 0, &qualname)?;
        self.expr(&first.iter)?;
        self.op(if first.is_async { GET_AITER } else { GET_ITER });
        self.op_arg(CALL_FUNCTION, 1);
        if is_async && c.kind != CompKind::Generator {
            self.op(GET_AWAITABLE);
            self.load_const(Const::None);
            self.op(YIELD_FROM);
        }
        Ok(())
    }

    fn comp_generator(&mut self, c: &Comp, at: usize) -> R {
        let Some(g) = c.generators.get(at) else {
            return Ok(());
        };
        let start = self.new_block();
        let if_cleanup = self.new_block();
        let anchor = self.new_block();
        if at == 0 {
            self.u().argcount = 1;
            self.op_arg(LOAD_FAST, 0);
        } else {
            self.expr(&g.iter)?;
            self.op(if g.is_async { GET_AITER } else { GET_ITER });
        }
        self.use_next(start);
        if g.is_async {
            self.jump(SETUP_FINALLY, anchor);
            self.op(GET_ANEXT);
            self.load_const(Const::None);
            self.op(YIELD_FROM);
            self.op(POP_BLOCK);
        } else {
            self.jump(FOR_ITER, anchor);
        }
        self.expr(&g.target)?;
        for i in &g.ifs {
            self.jump_if(i, if_cleanup, false)?;
        }
        if at + 1 < c.generators.len() {
            self.comp_generator(c, at + 1)?;
        } else {
            self.expr(&c.elt)?;
            match c.kind {
                CompKind::List => self.op_arg(LIST_APPEND, at + 2),
                CompKind::Set => self.op_arg(SET_ADD, at + 2),
                CompKind::Dict => {
                    if let Some(v) = &c.value {
                        self.expr(v)?;
                    }
                    self.op_arg(MAP_ADD, at + 2);
                }
                CompKind::Generator => {
                    self.op(YIELD_VALUE);
                    self.op(POP_TOP);
                }
            }
        }
        self.use_next(if_cleanup);
        self.jump(JUMP_ABSOLUTE, start);
        self.use_next(anchor);
        if g.is_async {
            self.op(END_ASYNC_FOR);
        }
        Ok(())
    }
}
