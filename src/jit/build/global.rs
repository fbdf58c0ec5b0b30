//! Globals through the cells that the interpreter's caches found, and closure cells.

use super::Builder;
use crate::interp::executable::Spec;
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::Val;

impl Builder<'_> {
    /// LOAD_GLOBAL
    pub(super) fn load_global(&mut self, i: u32) {
        let q = self.q();
        let bet = self.env.speculate() && !self.env.burnt(self.pc, Reason::GlobalChanged);
        let cached = match q.spec() {
            Some(Spec::LOAD_GLOBAL_CELL) if bet => Some(false),
            Some(Spec::LOAD_GLOBAL_BUILTIN) if bet => Some(true),
            Some(_) | None => None,
        };
        let Some(builtin) = cached else {
            let globals = self.env.globals();
            let globals = self.word(globals);
            let name = self.name(i);
            let d = InstData::new(Op::RtLoadGlobal, &[globals]).imm(name);
            return self.rt_push(0, d);
        };
        let s = self.at();
        if builtin {
            let globals = Imm::Const(self.pool(self.env.globals()));
            let version = Imm::Int(q.cache1.get() as i64);
            let d = InstData::new(Op::GuardKeysVersion, &[])
                .imm(globals)
                .imm(version);
            self.push(d.exit(Reason::GlobalChanged, s));
        }
        let cell = Imm::Const(self.pool(q.cache0.get()));
        let d = InstData::new(Op::LoadGlobalCell, &[]).imm(cell);
        let v = self.one(d.exit(Reason::GlobalChanged, s));
        self.frame.stack.push(v);
    }

    /// STORE_GLOBAL
    pub(super) fn store_global(&mut self, i: u32) {
        let bet = self.env.speculate() && !self.env.burnt(self.pc, Reason::GlobalChanged);
        if bet && self.q().spec() == Some(Spec::STORE_GLOBAL_CELL) {
            let s = self.at();
            let v = self.top(1)[0];
            let cell = Imm::Const(self.pool(self.q().cache0.get()));
            let d = InstData::new(Op::StoreGlobalCell, &[v]).imm(cell);
            self.push(d.exit(Reason::GlobalChanged, s));
            return self.drop(1);
        }
        let globals = self.env.globals();
        let globals = self.word(globals);
        let name = self.name(i);
        let v = self.top(1)[0];
        self.rt(1, InstData::new(Op::RtStoreGlobal, &[globals, v]).imm(name));
        self.drop(1);
    }

    /// DELETE_GLOBAL: the globals are the namespace.
    pub(super) fn delete_global(&mut self, i: u32) {
        let globals = self.env.globals();
        let globals = self.word(globals);
        let name = self.name(i);
        self.rt(0, InstData::new(Op::RtDeleteName, &[globals]).imm(name));
    }

    /// The cell or free variable `i`.
    pub(super) fn cell(&mut self, i: u32) -> Val {
        match self.frame.slots[self.nlocals + i as usize].val() {
            Some(v) => v,
            // Cells are made when the frame is; they are never taken away.
            None => self.one(InstData::new(Op::ConstEmpty, &[])),
        }
    }

    /// LOAD_DEREF
    pub(super) fn load_deref(&mut self, i: u32) {
        let c = self.cell(i);
        let v = self.pure(Op::LoadCell, &[c]);
        let v = self.guarded(Op::GuardBound, &[v], Reason::UnboundLocal);
        self.frame.stack.push(v);
    }

    /// STORE_DEREF
    pub(super) fn store_deref(&mut self, i: u32) {
        let c = self.cell(i);
        let v = self.top(1)[0];
        self.push(InstData::new(Op::StoreCell, &[c, v]));
        self.drop(1);
    }

    /// DELETE_DEREF
    pub(super) fn delete_deref(&mut self, i: u32) {
        let c = self.cell(i);
        let v = self.pure(Op::LoadCell, &[c]);
        self.guarded(Op::GuardBound, &[v], Reason::UnboundLocal);
        let empty = self.one(InstData::new(Op::ConstEmpty, &[]));
        self.push(InstData::new(Op::StoreCell, &[c, empty]));
    }
}
