//! LOAD_NAME, STORE_NAME, DELETE_NAME, IMPORT_*, SETUP_ANNOTATIONS, PRINT_EXPR: module code.

use super::Builder;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::Val;
use crate::object::Value;

impl Builder<'_> {
    fn namespace(&mut self) -> Val {
        let ns = self.env.namespace();
        self.word(ns)
    }

    /// LOAD_NAME
    pub(super) fn load_name(&mut self, i: u32) {
        if self.load_cached() {
            return;
        }
        let ns = self.namespace();
        let globals = self.env.globals();
        let globals = self.word(globals);
        let name = self.name(i);
        self.rt_push(0, InstData::new(Op::RtLoadName, &[ns, globals]).imm(name));
    }

    /// STORE_NAME
    pub(super) fn store_name(&mut self, i: u32) {
        if self.store_cached() {
            return;
        }
        let ns = self.namespace();
        let name = self.name(i);
        let v = self.top(1)[0];
        self.rt(1, InstData::new(Op::RtStoreName, &[ns, v]).imm(name));
        self.drop(1);
    }

    /// DELETE_NAME
    pub(super) fn delete_name(&mut self, i: u32) {
        let ns = self.namespace();
        let name = self.name(i);
        self.rt(0, InstData::new(Op::RtDeleteName, &[ns]).imm(name));
    }

    /// IMPORT_NAME: level, fromlist.
    pub(super) fn import_name(&mut self, i: u32) {
        let globals = self.env.globals();
        let globals = self.word(globals);
        let locals = match self.env.namespace() {
            0 => Value::NONE.bits(),
            ns => ns,
        };
        let locals = self.word(locals);
        let name = self.name(i);
        let all = self.top(2);
        let d = InstData::new(Op::RtImportName, &[globals, locals, all[0], all[1]]).imm(name);
        self.rt_push(2, d);
    }

    /// IMPORT_FROM: the module stays.
    pub(super) fn import_from(&mut self, i: u32) {
        let name = self.name(i);
        let all = self.top(1);
        self.rt_push(0, InstData::new(Op::RtImportFrom, &all).imm(name));
    }

    /// IMPORT_STAR
    pub(super) fn import_star(&mut self) {
        let ns = self.namespace();
        let m = self.top(1)[0];
        self.rt(1, InstData::new(Op::RtImportStar, &[ns, m]));
        self.drop(1);
    }

    /// SETUP_ANNOTATIONS
    pub(super) fn setup_annotations(&mut self) {
        let ns = self.namespace();
        self.rt(0, InstData::new(Op::RtAnnotations, &[ns]));
    }

    /// LOAD_BUILD_CLASS
    pub(super) fn load_build_class(&mut self) {
        let globals = self.env.globals();
        let globals = self.word(globals);
        self.rt_push(0, InstData::new(Op::RtBuildClass, &[globals]));
    }

    /// LOAD_CLASSDEREF
    pub(super) fn load_class_deref(&mut self, i: u32) {
        let ns = self.namespace();
        let cell = self.cell(i);
        let code = self.env.code();
        let code = self.word(code);
        let d = InstData::new(Op::RtClassDeref, &[ns, cell, code]).imm(Imm::Idx(i));
        self.rt_push(0, d);
    }

    /// PRINT_EXPR
    pub(super) fn print_expr(&mut self) {
        let all = self.top(1);
        self.rt(1, InstData::new(Op::RtPrintExpr, &all));
        self.drop(1);
    }
}
