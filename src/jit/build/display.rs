//! Displays, f-strings, unpacking, items and attributes: the interpreter's protocol functions.

use super::Builder;
use super::guard::{Is, operands};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::Val;

impl Builder<'_> {
    /// BUILD_TUPLE, BUILD_LIST, BUILD_MAP, BUILD_STRING of the topmost `n` values.
    pub(super) fn build(&mut self, op: Op, n: usize) {
        let all = self.top(n);
        self.rt_push(n, InstData::new(op, &all));
    }

    /// BUILD_CONST_KEY_MAP: values, keys.
    pub(super) fn build_const_key_map(&mut self, n: usize) {
        let mut all = self.top(n + 1);
        if let Some(keys) = all.pop() {
            all.insert(0, keys);
        }
        self.rt_push(n + 1, InstData::new(Op::RtBuildConstKeyMap, &all));
    }

    /// FORMAT_VALUE
    pub(super) fn format_value(&mut self, flags: u32) {
        let n = 1 + (flags & 4 != 0) as usize;
        let all = self.top(n);
        let d = InstData::new(Op::RtFormat, &all).imm(Imm::Idx(flags));
        self.rt_push(n, d);
    }

    /// UNPACK_SEQUENCE: the first item ends on top.
    pub(super) fn unpack_sequence(&mut self, n: u32) {
        let v = self.peek(1);
        if let Some(items) = self.made_of(v).filter(|i| i.len() == n as usize) {
            self.drop(1);
            self.frame.stack.extend(items.iter().rev());
            return;
        }
        if self.seq_unpack(n) {
            return;
        }
        let all = self.top(1);
        let i = self.rt(1, InstData::new(Op::RtUnpack, &all).imm(Imm::Idx(n)));
        let items = self.func.insts[i.index()].results.clone();
        self.drop(1);
        self.frame.stack.extend(items.iter().rev());
    }

    /// BINARY_SUBSCR
    pub(super) fn get_item(&mut self) {
        if self.never(self.q().fb.get()) {
            return self.exit(Reason::ColdPath);
        }
        if let Some(v) = self.item_of() {
            self.drop(2);
            self.frame.stack.push(v);
            return;
        }
        if self.seq_get() {
            return;
        }
        let (holder, key) = operands(self.q());
        let (o, k) = (self.peek(2), self.peek(1));
        if self.is_str(o, holder) && self.is(k, key) == Is::Int {
            let i = self.as_int(k, Is::Int);
            let o = self.boxed(o);
            return self.rt_push(2, InstData::new(Op::RtGetChar, &[o, i]));
        }
        let all = self.top(2);
        self.rt_push(2, InstData::new(Op::RtGetItem, &all));
    }

    /// The item that a constant number picks from a tuple that was made here.
    fn item_of(&self) -> Option<Val> {
        let items = self.made_of(self.peek(2))?;
        let (_, k) = self.func.def(self.peek(1))?;
        let i = (k.op == Op::ConstI64).then(|| k.int())?;
        let n = items.len() as i64;
        let at = usize::try_from(if i < 0 { i + n } else { i }).ok()?;
        items.get(at).copied()
    }

    /// STORE_SUBSCR: value, object, key.
    pub(super) fn set_item(&mut self) {
        if self.seq_set() {
            return;
        }
        let all = self.top(3);
        let args = [all[1], all[2], all[0]];
        self.rt(3, InstData::new(Op::RtSetItem, &args));
        self.drop(3);
    }

    /// BUILD_SET, BUILD_SLICE and unpacking of the topmost `n` values; with the callee for messages,
    /// which lies `callee` below them, if that is not 0.
    pub(super) fn collect(&mut self, n: usize, callee: usize) {
        let mut all = self.top(n);
        if callee > 0 {
            let f = self.peek(n + callee);
            let f = self.boxed(f);
            all.insert(0, f);
        }
        let op = Imm::Opc(self.op());
        self.rt_push(n, InstData::new(Op::RtCollect, &all).imm(op));
    }

    /// LIST_APPEND to the list `depth` below the item.
    pub(super) fn list_append(&mut self, depth: usize) {
        let (list, v) = (self.peek(depth + 1), self.peek(1));
        let list = self.boxed(list);
        let known = self.as_list(list);
        let all = [known.unwrap_or(list), self.boxed(v)];
        let op = match known {
            Some(_) => Op::ListPush,
            None => Op::RtListAppend,
        };
        self.rt(1, InstData::new(op, &all));
        self.drop(1);
    }

    /// SET_ADD, MAP_ADD of the topmost `n` values.
    pub(super) fn add(&mut self, depth: usize, n: usize) {
        let to = self.peek(depth + n);
        let to = self.boxed(to);
        let mut all = self.top(n);
        all.insert(0, to);
        let op = Imm::Opc(self.op());
        self.rt(n, InstData::new(Op::RtAdd, &all).imm(op));
        self.drop(n);
    }

    /// UNPACK_EX: the first item ends on top.
    pub(super) fn unpack_ex(&mut self, arg: u32) {
        let all = self.top(1);
        let parts = (arg & 0xff) + (arg >> 8) + 1;
        let d = InstData::new(Op::RtUnpackEx, &all)
            .imm(Imm::Int(arg as i64))
            .imm(Imm::Idx(parts));
        let i = self.rt(1, d);
        let items = self.func.insts[i.index()].results.clone();
        self.drop(1);
        self.frame.stack.extend(items.iter().rev());
    }

    /// DELETE_SUBSCR
    pub(super) fn del_item(&mut self) {
        let all = self.top(2);
        self.rt(2, InstData::new(Op::RtDelItem, &all));
        self.drop(2);
    }

    /// DELETE_ATTR
    pub(super) fn del_attr(&mut self, i: u32) {
        let name = self.name(i);
        let all = self.top(1);
        self.rt(1, InstData::new(Op::RtDelAttr, &all).imm(name));
        self.drop(1);
    }
}
