//! Small objects made without a call: the heap keeps a run of free cells for each size, and only when that
//! is used up the helper is asked.

use super::{L, Lower, bad};
use crate::gc::heap::run_of;
use crate::jit::opt::sink::MOST;
use crate::jit::runtime::Helper;
use crate::jit::ssa::func::{Imm, InstData};
use crate::object::header::FLAG_USER;
use crate::object::{ClassId, Kind, Object};
use crate::types::builtin::value::BoundMethodObj;
use crate::types::cell::value::CellObj;
use crate::types::exception::value::ExceptionObj;
use crate::types::instance::value::InstanceObj;
use crate::types::int::value::Int64Obj;
use crate::types::tuple::value::TupleObj;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};

// Their cells are those of layouts without `release`.
const _: () = assert!(!TupleObj::RELEASES && !CellObj::RELEASES && !Int64Obj::RELEASES);
// The word that is stored for `cap` reaches to the first slot.
const _: () = assert!(
    !InstanceObj::RELEASES
        && std::mem::offset_of!(InstanceObj, cap) + 8 == size_of::<InstanceObj>()
);

// All of an exception but its header, its arguments and its attributes begins as zeros.
const _: () = assert!(!ExceptionObj::RELEASES && size_of::<ExceptionObj>().is_multiple_of(8));
const _: () = assert!(!BoundMethodObj::RELEASES && size_of::<BoundMethodObj>() == 24);
const ARGS: usize = std::mem::offset_of!(ExceptionObj, args);
const STORE: usize = std::mem::offset_of!(ExceptionObj, dict);

/// Slots of an instance that native code makes, at most.
pub const MOST_SLOTS: usize = 24;

/// The header of an object of a builtin class.
fn header(kind: Kind, class: ClassId) -> i64 {
    class as i64 | (kind as i64) << 32
}

impl Lower<'_> {
    /// A new object of `size` bytes, its header written; goes to `full` where there is no cell at hand.
    fn bump(&mut self, size: usize, header: i64, full: ir::Block) -> ir::Value {
        let (cur, end, bytes) = run_of(size);
        let flags = MemFlagsData::trusted();
        let heap = self.iconst(self.env.heap as i64);
        let p = self.b.ins().load(types::I64, flags, heap, cur);
        let end = self.b.ins().load(types::I64, flags, heap, end);
        let none = self.b.ins().icmp(IntCC::Equal, p, end);
        self.branch_away(none, full);
        let next = self.b.ins().iadd_imm_s(p, bytes as i64);
        self.b.ins().store(flags, next, heap, cur);
        let header = self.iconst(header);
        self.b.ins().store(flags, header, p, 0);
        p
    }

    /// Makes an object of `size` bytes and lets `fill` write what follows its header; where there is no
    /// cell at hand, `call` makes it.
    pub(super) fn make(
        &mut self,
        (size, header): (usize, i64),
        fill: impl FnOnce(&mut Self, ir::Value),
        call: impl FnOnce(&mut Self) -> L<ir::Value>,
    ) -> L<ir::Value> {
        let (full, done) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(full);
        let made = self.b.append_block_param(done, types::I64);
        let p = self.bump(size, header, full);
        fill(self, p);
        self.b.ins().jump(done, &[p.into()]);
        self.b.switch_to_block(full);
        let p = self.quietly(call)?;
        self.b.ins().jump(done, &[p.into()]);
        self.b.switch_to_block(done);
        // The status of the call is known on one of the ways only.
        self.zero = None;
        Ok(made)
    }

    pub(super) fn build_tuple(&mut self, d: &InstData) -> L<()> {
        let n = d.args.len();
        if n == 0 || n > MOST {
            return self.rt_spread(d, Helper::BuildTuple, None, 0);
        }
        let items = (0..n).map(|i| self.arg(d, i)).collect::<L<Vec<_>>>()?;
        let head = size_of::<TupleObj>();
        let what = (head + 8 * n, header(Kind::Tuple, ClassId::Tuple));
        let fill = |l: &mut Self, p: ir::Value| {
            let flags = MemFlagsData::trusted();
            let len = l.iconst(n as i64);
            let at = std::mem::offset_of!(TupleObj, len) as i32;
            l.b.ins().store(flags, len, p, at);
            for (i, x) in items.into_iter().enumerate() {
                l.b.ins().store(flags, x, p, (head + 8 * i) as i32);
            }
        };
        let made = self.make(what, fill, |l| l.rt_call(d, Helper::BuildTuple, None, 0))?;
        self.result(d, made)
    }

    /// An instance of a class that a program made, with the attributes it begins with.
    pub(super) fn new_instance(&mut self, d: &InstData) -> L<()> {
        let Imm::Idx(shape) = d.imms[1] else {
            return bad("rt_new_instance without a shape");
        };
        let cap = self.int_imm(d)?;
        let n = d.args.len();
        if cap < n as i64 || cap > MOST_SLOTS as i64 {
            return bad("rt_new_instance with so many slots");
        }
        let items = (0..n).map(|i| self.arg(d, i)).collect::<L<Vec<_>>>()?;
        let head = size_of::<InstanceObj>();
        let word = shape as i64 | (Kind::Instance as i64) << 32 | (FLAG_USER as i64) << 40;
        let fill = |l: &mut Self, p: ir::Value| {
            let flags = MemFlagsData::trusted();
            let zero = l.iconst(0);
            let at = std::mem::offset_of!(InstanceObj, dict) as i32;
            l.b.ins().store(flags, zero, p, at);
            let at = std::mem::offset_of!(InstanceObj, cap) as i32;
            let cap_ = l.iconst(cap);
            l.b.ins().store(flags, cap_, p, at);
            for i in 0..cap as usize {
                let x = items.get(i).copied().unwrap_or(zero);
                l.b.ins().store(flags, x, p, (head + 8 * i) as i32);
            }
        };
        let what = (head + 8 * cap as usize, word);
        let asked = (cap as u64) << 32 | shape as u64;
        let made = self.make(what, fill, |l| {
            l.rt_call(d, Helper::NewInstance, Some(asked), 0)
        })?;
        self.result(d, made)
    }

    /// An exception that is nothing but its arguments and its attributes.
    pub(super) fn new_exception(&mut self, d: &InstData) -> L<()> {
        let shape = self.idx(d)?;
        let (args, store) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let user = match shape < ClassId::COUNT as u32 {
            true => 0,
            false => FLAG_USER as i64,
        };
        let word = shape as i64 | (Kind::Exception as i64) << 32 | user << 40;
        let fill = |l: &mut Self, p: ir::Value| {
            let flags = MemFlagsData::trusted();
            let zero = l.iconst(0);
            for at in (8..size_of::<ExceptionObj>()).step_by(8) {
                let x = match at {
                    ARGS => args,
                    STORE => store,
                    _other => zero,
                };
                l.b.ins().store(flags, x, p, at as i32);
            }
        };
        let what = (size_of::<ExceptionObj>(), word);
        let made = self.make(what, fill, |l| {
            l.rt_call(d, Helper::NewException, Some(shape as u64), 2)
        })?;
        self.result(d, made)
    }

    pub(super) fn bind_method(&mut self, d: &InstData) -> L<()> {
        let (f, o) = (self.arg(d, 0)?, self.arg(d, 1)?);
        let head = header(Kind::BoundMethod, ClassId::Method);
        let fill = |l: &mut Self, p: ir::Value| {
            let flags = MemFlagsData::trusted();
            let at = std::mem::offset_of!(BoundMethodObj, func) as i32;
            l.b.ins().store(flags, f, p, at);
            let at = std::mem::offset_of!(BoundMethodObj, self_) as i32;
            l.b.ins().store(flags, o, p, at);
        };
        let what = (size_of::<BoundMethodObj>(), head);
        let made = self.make(what, fill, |l| l.rt_call(d, Helper::BindMethod, None, 2))?;
        self.result(d, made)
    }

    pub(super) fn make_cell(&mut self, d: &InstData) -> L<()> {
        let x = self.arg(d, 0)?;
        let what = (size_of::<CellObj>(), header(Kind::Cell, ClassId::Cell));
        let fill = |l: &mut Self, p: ir::Value| {
            let at = std::mem::offset_of!(CellObj, value) as i32;
            l.b.ins().store(MemFlagsData::trusted(), x, p, at);
        };
        let made = self.make(what, fill, |l| l.rt_call(d, Helper::MakeCell, None, 1))?;
        self.result(d, made)
    }

    /// An int of more than 49 bits as a value.
    pub(super) fn make_int64(&mut self, x: ir::Value) -> L<ir::Value> {
        let what = (size_of::<Int64Obj>(), header(Kind::Int64, ClassId::Int));
        let fill = |l: &mut Self, p: ir::Value| {
            let at = std::mem::offset_of!(Int64Obj, value) as i32;
            l.b.ins().store(MemFlagsData::trusted(), x, p, at);
        };
        let zero = self.zero;
        let made = self.make(what, fill, |l| Ok(l.cold_helper(Helper::BoxInt, &[x])?.0))?;
        self.zero = zero;
        Ok(made)
    }
}
