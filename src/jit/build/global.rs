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
        if !self.load_cached() {
            let globals = self.env.globals();
            let globals = self.word(globals);
            let name = self.name(i);
            let d = InstData::new(Op::RtLoadGlobal, &[globals]).imm(name);
            self.rt_push(0, d);
        }
    }

    /// A global, or a name of module code, by the cell that the interpreter found. False: it found none.
    pub(super) fn load_cached(&mut self) -> bool {
        let q = self.q();
        let bet = self.env.speculate() && !self.env.burnt(self.pc, Reason::GlobalChanged);
        let own = self.env.namespace() == self.env.globals();
        let builtin = match q.spec().filter(|_| bet) {
            Some(Spec::LOAD_GLOBAL_CELL) => false,
            Some(Spec::LOAD_GLOBAL_BUILTIN) => true,
            Some(Spec::LOAD_NAME_CELL) if own => false,
            Some(Spec::LOAD_NAME_BUILTIN) if own => true,
            Some(_) | None => return false,
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
        let function = match builtin || self.env.burnt(self.pc, Reason::WrongCallee) {
            true => 0,
            false => self.env.settled(q.cache0.get()),
        };
        let cell = Imm::Const(self.pool(q.cache0.get()));
        let v = if function != 0 {
            let function = Imm::Const(self.pool(function));
            let d = InstData::new(Op::GuardGlobal, &[]).imm(cell).imm(function);
            self.one(d.exit(Reason::WrongCallee, s))
        } else {
            let d = InstData::new(Op::LoadGlobalCell, &[]).imm(cell);
            self.one(d.exit(Reason::GlobalChanged, s))
        };
        self.frame.stack.push(v);
        true
    }

    /// As `load_cached`: stores the topmost value.
    pub(super) fn store_cached(&mut self) -> bool {
        let bet = self.env.speculate() && !self.env.burnt(self.pc, Reason::GlobalChanged);
        let own = self.env.namespace() == self.env.globals();
        match self.q().spec().filter(|_| bet) {
            Some(Spec::STORE_GLOBAL_CELL) => {}
            Some(Spec::STORE_NAME_CELL) if own => {}
            Some(_) | None => return false,
        }
        let s = self.at();
        let v = self.top(1)[0];
        let cell = Imm::Const(self.pool(self.q().cache0.get()));
        let d = InstData::new(Op::StoreGlobalCell, &[v]).imm(cell);
        self.push(d.exit(Reason::GlobalChanged, s));
        self.drop(1);
        true
    }

    /// STORE_GLOBAL
    pub(super) fn store_global(&mut self, i: u32) {
        if self.store_cached() {
            return;
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
