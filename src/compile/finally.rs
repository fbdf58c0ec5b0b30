//! `try`, and leaving blocks early.
//!
//! While the body of a loop, `try`, `with` or handler is generated, an `FBlock` stands for it.
//! `break`, `continue` and `return` go through the blocks they leave, from the inside out, and
//! emit what undoes each one: that is `unwind`.

use super::tree::*;
use super::unit::{BlockId, Codegen, R};
use crate::code::object::Const;
use crate::code::opcode::Opcode::*;

/// What a block is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FKind {
    While,
    For,
    /// The body of `try … except`.
    Except,
    /// The body of `try … finally`.
    FinallyTry,
    /// The same, where the `finally` itself may be left by break, continue or return: a
    /// placeholder lies under the block, so that the depth is the same however it is left.
    FinallyTry2,
    /// The body of `finally`.
    FinallyEnd,
    With,
    AsyncWith,
    /// The body of an `except`.
    HandlerCleanup,
}

/// A block that is open where code is generated.
#[derive(Clone, Copy, Debug)]
pub struct FBlock {
    pub kind: FKind,
    /// Where `continue` goes.
    pub start: Option<BlockId>,
    /// Where `break` goes, or the `finally` body. In `FinallyEnd`: cleared when it is left early.
    pub exit: Option<BlockId>,
}

/// CPython's limit on blocks open at one place.
const MAX_BLOCKS: usize = 20;

impl Codegen<'_> {
    /// Opens a block.
    pub fn push_fblock(&mut self, kind: FKind, start: Option<BlockId>, exit: Option<BlockId>) -> R {
        if self.u().fblocks.len() >= MAX_BLOCKS {
            return self.error("too many statically nested blocks");
        }
        self.u().fblocks.push(FBlock { kind, start, exit });
        Ok(())
    }

    /// Closes the innermost block.
    pub fn pop_fblock(&mut self) -> Option<FBlock> {
        self.u().fblocks.pop()
    }

    /// Emits what leaves block number `at` early; `keep_top`: the value to return lies on top.
    pub fn unwind(&mut self, at: usize, keep_top: bool) {
        let block = self.u().fblocks[at];
        match block.kind {
            FKind::While => {}
            FKind::FinallyEnd => {
                self.u().fblocks[at].exit = None;
                self.op_arg(POP_FINALLY, keep_top as usize);
                if keep_top {
                    self.op(ROT_TWO);
                }
                self.op(POP_TOP);
            }
            FKind::For => {
                if keep_top {
                    self.op(ROT_TWO);
                }
                self.op(POP_TOP);
            }
            FKind::Except => self.op(POP_BLOCK),
            FKind::FinallyTry => {
                self.op(POP_BLOCK);
                self.call_finally(block.exit);
            }
            FKind::FinallyTry2 => {
                self.op(POP_BLOCK);
                if keep_top {
                    self.op(ROT_TWO);
                    self.op(POP_TOP);
                    self.call_finally(block.exit);
                } else {
                    self.call_finally(block.exit);
                    self.op(POP_TOP);
                }
            }
            FKind::With | FKind::AsyncWith => {
                self.op(POP_BLOCK);
                if keep_top {
                    self.op(ROT_TWO);
                }
                self.op(BEGIN_FINALLY);
                self.op(WITH_CLEANUP_START);
                if block.kind == FKind::AsyncWith {
                    self.op(GET_AWAITABLE);
                    self.load_const(Const::None);
                    self.op(YIELD_FROM);
                }
                self.op(WITH_CLEANUP_FINISH);
                self.op_arg(POP_FINALLY, 0);
            }
            FKind::HandlerCleanup => {
                if keep_top {
                    self.op(ROT_FOUR);
                }
                if block.exit.is_some() {
                    self.op(POP_BLOCK);
                    self.op(POP_EXCEPT);
                    self.call_finally(block.exit);
                } else {
                    self.op(POP_EXCEPT);
                }
            }
        }
    }

    fn call_finally(&mut self, body: Option<BlockId>) {
        if let Some(b) = body {
            self.jump(CALL_FINALLY, b);
        }
    }

    /// `break`.
    pub fn break_stmt(&mut self) -> R {
        for at in (0..self.u().fblocks.len()).rev() {
            self.unwind(at, false);
            let b = self.u().fblocks[at];
            if matches!(b.kind, FKind::While | FKind::For) {
                if let Some(exit) = b.exit {
                    self.jump(JUMP_ABSOLUTE, exit);
                }
                return Ok(());
            }
        }
        self.error("'break' outside loop")
    }

    /// `continue`.
    pub fn continue_stmt(&mut self) -> R {
        for at in (0..self.u().fblocks.len()).rev() {
            let b = self.u().fblocks[at];
            if matches!(b.kind, FKind::While | FKind::For) {
                if let Some(start) = b.start {
                    self.jump(JUMP_ABSOLUTE, start);
                }
                return Ok(());
            }
            self.unwind(at, false);
        }
        self.error("'continue' not properly in loop")
    }

    /// `return`: a constant is loaded after the blocks are left, anything else before.
    pub fn return_stmt(&mut self, value: Option<&Expr>) -> R {
        let keep = value.is_some_and(|v| v.as_const().is_none());
        if self.scope_block() != super::symtab::Block::Function {
            return self.error("'return' outside function");
        }
        let scope = self.table.scope(self.u().scope);
        if value.is_some() && scope.coroutine && scope.generator {
            return self.error("'return' with value in async generator");
        }
        if let Some(v) = value.filter(|_| keep) {
            self.expr(v)?;
        }
        for at in (0..self.u().fblocks.len()).rev() {
            self.unwind(at, keep);
        }
        match value {
            None => self.load_const(Const::None),
            Some(v) if !keep => self.expr(v)?,
            Some(_) => {}
        }
        self.op(RETURN_VALUE);
        Ok(())
    }

    /// `try`.
    pub fn try_stmt(&mut self, t: &Try, loc: Loc) -> R {
        if t.finalbody.is_empty() {
            self.try_except(t)
        } else {
            self.try_finally(t, loc)
        }
    }

    /// The `finally` body is generated first, to learn whether it can be left early; its
    /// block comes last all the same.
    fn try_finally(&mut self, t: &Try, loc: Loc) -> R {
        let body = self.new_block();
        let end = self.new_block();
        let start = self.u().cur;
        self.use_next(end);
        self.push_fblock(FKind::FinallyEnd, Some(end), Some(end))?;
        self.stmts(&t.finalbody)?;
        self.op(END_FINALLY);
        let left_early = self.u().fblocks.last().is_some_and(|b| b.exit.is_none());
        if left_early {
            self.op(POP_TOP);
        }
        self.pop_fblock();
        let u = self.u();
        let after = u.cur;
        u.cur = start;
        u.blocks[start.0 as usize].next = None;
        u.line_set = false;
        u.line = loc.line;
        u.pos = loc.pos;
        if left_early {
            self.load_const(Const::None);
        }
        self.jump(SETUP_FINALLY, end);
        self.use_next(body);
        let kind = if left_early {
            FKind::FinallyTry2
        } else {
            FKind::FinallyTry
        };
        self.push_fblock(kind, Some(body), Some(end))?;
        if t.handlers.is_empty() {
            self.stmts(&t.body)?;
        } else {
            self.try_except(t)?;
        }
        self.op(POP_BLOCK);
        self.op(BEGIN_FINALLY);
        self.pop_fblock();
        let u = self.u();
        let cur = u.cur.0 as usize;
        u.blocks[cur].next = Some(end);
        u.cur = after;
        Ok(())
    }

    fn try_except(&mut self, t: &Try) -> R {
        let body = self.new_block();
        let mut except = self.new_block();
        let orelse = self.new_block();
        let end = self.new_block();
        self.jump(SETUP_FINALLY, except);
        self.use_next(body);
        self.push_fblock(FKind::Except, Some(body), None)?;
        self.stmts(&t.body)?;
        self.op(POP_BLOCK);
        self.pop_fblock();
        self.jump(JUMP_FORWARD, orelse);
        self.use_next(except);
        for (i, h) in t.handlers.iter().enumerate() {
            if h.class.is_none() && i + 1 < t.handlers.len() {
                return self.error("default 'except:' must be last");
            }
            let u = self.u();
            u.line_set = false;
            u.line = h.loc.line;
            u.pos = h.loc.pos;
            except = self.new_block();
            if let Some(class) = &h.class {
                self.op(DUP_TOP);
                self.expr(class)?;
                self.op_arg(COMPARE_OP, 10);
                self.jump(POP_JUMP_IF_FALSE, except);
            }
            self.op(POP_TOP);
            match h.name {
                Some(name) => self.named_handler(h, name)?,
                None => {
                    let cleanup_body = self.new_block();
                    self.op(POP_TOP);
                    self.op(POP_TOP);
                    self.use_next(cleanup_body);
                    self.push_fblock(FKind::HandlerCleanup, Some(cleanup_body), None)?;
                    self.stmts(&h.body)?;
                    self.op(POP_EXCEPT);
                    self.pop_fblock();
                }
            }
            self.jump(JUMP_FORWARD, end);
            self.use_next(except);
        }
        self.op(END_FINALLY);
        self.use_next(orelse);
        self.stmts(&t.orelse)?;
        self.use_next(end);
        Ok(())
    }

    /// `except E as name`: the name is unbound when the body is left, however it is left.
    fn named_handler(&mut self, h: &Handler, name: Sym) -> R {
        let cleanup_end = self.new_block();
        let cleanup_body = self.new_block();
        self.name_op(name, Ctx::Store)?;
        self.op(POP_TOP);
        self.jump(SETUP_FINALLY, cleanup_end);
        self.use_next(cleanup_body);
        self.push_fblock(FKind::HandlerCleanup, Some(cleanup_body), Some(cleanup_end))?;
        self.stmts(&h.body)?;
        self.op(POP_BLOCK);
        self.op(BEGIN_FINALLY);
        self.pop_fblock();
        self.use_next(cleanup_end);
        self.push_fblock(FKind::FinallyEnd, Some(cleanup_end), None)?;
        self.load_const(Const::None);
        self.name_op(name, Ctx::Store)?;
        self.name_op(name, Ctx::Del)?;
        self.op(END_FINALLY);
        self.op(POP_EXCEPT);
        self.pop_fblock();
        Ok(())
    }

    /// `with`, from item number `at`.
    pub fn with_stmt(&mut self, w: &With, at: usize) -> R {
        let Some((item, target)) = w.items.get(at) else {
            return Ok(());
        };
        let block = self.new_block();
        let finally = self.new_block();
        self.expr(item)?;
        if w.is_async {
            self.op(BEFORE_ASYNC_WITH);
            self.op(GET_AWAITABLE);
            self.load_const(Const::None);
            self.op(YIELD_FROM);
            self.jump(SETUP_ASYNC_WITH, finally);
        } else {
            self.jump(SETUP_WITH, finally);
        }
        self.use_next(block);
        let kind = if w.is_async {
            FKind::AsyncWith
        } else {
            FKind::With
        };
        self.push_fblock(kind, Some(block), Some(finally))?;
        match target {
            Some(t) => self.expr(t)?,
            None => self.op(POP_TOP),
        }
        if at + 1 == w.items.len() {
            self.stmts(&w.body)?;
        } else {
            self.with_stmt(w, at + 1)?;
        }
        self.op(POP_BLOCK);
        self.op(BEGIN_FINALLY);
        self.pop_fblock();
        self.use_next(finally);
        self.push_fblock(FKind::FinallyEnd, Some(finally), None)?;
        self.op(WITH_CLEANUP_START);
        if w.is_async {
            self.op(GET_AWAITABLE);
            self.load_const(Const::None);
            self.op(YIELD_FROM);
        }
        self.op(WITH_CLEANUP_FINISH);
        self.op(END_FINALLY);
        self.pop_fblock();
        Ok(())
    }
}
