//! The open entry of a function's unit: for callers that know of a function only how many arguments it takes,
//! all of them in a row, and nothing of its representations. Native code whose callee is another each time
//! calls it, and so does Rust: no frame is pushed, and what leaves pushes its own, as a frame does that native
//! code has called.
//!
//! `(arguments, depth, function) -> (payload, status)` in the C convention: the arguments are words in the
//! caller's memory, read at once; the result is a value.

use super::{L, import_self, memory, value};
use crate::jit::lower::{Env, status};
use crate::jit::runtime::Helper;
use crate::jit::ssa::func::Func;
use crate::jit::ssa::types::Ty;
use crate::types::function::value::FunctionObj;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    self, AbiParam, Function, InstBuilder, MemFlagsData, Signature, UserFuncName, types,
};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};

/// A function that can be called so.
#[derive(Clone, Copy)]
pub struct Open<'a> {
    /// For each of its cells the parameter that lives in it, or `u32::MAX`.
    pub cells: &'a [u32],
    /// The globals that its unit relies on.
    pub globals: u64,
}

/// The signature of an open entry.
pub fn open_sig(cc: CallConv) -> Signature {
    let mut s = Signature::new(cc);
    s.params = vec![AbiParam::new(types::I64); 3];
    s.returns = vec![AbiParam::new(types::I64); 2];
    s
}

struct Entry<'a> {
    b: FunctionBuilder<'a>,
    env: &'a Env,
    cc: CallConv,
}

impl Entry<'_> {
    fn load(&mut self, p: ir::Value, at: i32) -> ir::Value {
        let flags = MemFlagsData::trusted();
        self.b.ins().load(types::I64, flags, p, at)
    }
    fn iconst(&mut self, x: u64) -> ir::Value {
        self.b.ins().iconst(types::I64, x as i64)
    }
    fn helper(&mut self, h: Helper, args: &[ir::Value]) -> (ir::Value, ir::Value) {
        let mut s = Signature::new(self.cc);
        s.params = vec![AbiParam::new(types::I64); args.len() + 1];
        s.returns = vec![AbiParam::new(types::I64); 2];
        let sig = self.b.import_signature(s);
        let mut all = vec![self.iconst(self.env.vm)];
        all.extend_from_slice(args);
        let callee = self.iconst(h.address(false) as u64);
        let call = self.b.ins().call_indirect(sig, callee, &all);
        let r = self.b.inst_results(call);
        (r[0], r[1])
    }
    /// Goes on where a call ended well, else returns what it ended with.
    fn well(&mut self, payload: ir::Value, st: ir::Value) {
        let (next, out) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(out);
        self.b.ins().brif(st, out, &[], next, &[]);
        self.b.switch_to_block(out);
        let payload = value::to_word(&mut self.b, payload);
        self.b.ins().return_(&[payload, st]);
        self.b.switch_to_block(next);
    }
    /// What a direct entry that returns `t` gave, as a value.
    fn boxed(&mut self, t: Ty, payload: ir::Value) -> ir::Value {
        match t {
            Ty::Val => payload,
            Ty::F64 => value::box_f64(&mut self.b, payload),
            Ty::Bool => {
                let low = self.b.ins().ireduce(types::I8, payload);
                value::box_bool(&mut self.b, low)
            }
            Ty::I64 => {
                let (slow, done) = (self.b.create_block(), self.b.create_block());
                self.b.append_block_param(done, types::I64);
                self.b.set_cold_block(slow);
                let (v, large) = value::small_or_large(&mut self.b, payload);
                self.b.ins().brif(large, slow, &[], done, &[v.into()]);
                self.b.switch_to_block(slow);
                let (v, _) = self.helper(Helper::BoxInt, &[payload]);
                self.b.ins().jump(done, &[v.into()]);
                self.b.switch_to_block(done);
                self.b.block_params(done)[0]
            }
        }
    }
}

/// The open entry of a function whose direct entry is user function 0.
pub(super) fn open_entry(
    func: &Func,
    open: &Open<'_>,
    env: &Env,
    cc: CallConv,
    fctx: &mut FunctionBuilderContext,
    direct: Signature,
) -> L<Function> {
    let mut clif_func = Function::with_name_signature(UserFuncName::user(0, 2), open_sig(cc));
    let mut b = FunctionBuilder::new(&mut clif_func, fctx);
    let callee = import_self(&mut b, 0, direct);
    let entry = b.create_block();
    b.append_block_params_for_function_params(entry);
    b.switch_to_block(entry);
    // What does not fit goes the general way, which sees to it that the bet is known to be lost.
    let general = b.create_block();
    b.set_cold_block(general);
    let p = b.block_params(entry).to_vec();
    let (args, depth, function) = (p[0], p[1], p[2]);
    let mut e = Entry { b, env, cc };
    let have = e.load(function, std::mem::offset_of!(FunctionObj, globals) as i32);
    let want = e.iconst(open.globals);
    let same = e.b.ins().icmp(IntCC::Equal, have, want);
    let next = e.b.create_block();
    e.b.ins().brif(same, next, &[], general, &[]);
    e.b.switch_to_block(next);
    let nargs = func.sig.params.len();
    let params = &func.blocks[func.order[0].index()].params;
    let mut all = vec![depth];
    if env.burns {
        let word = e.iconst(env.fuel);
        all.push(e.load(word, 0));
    }
    for (i, &p) in params[..nargs].iter().enumerate() {
        // A parameter that lives in a cell is the word 0.
        let v = match open.cells.contains(&(i as u32)) {
            true => e.iconst(0),
            false => e.load(args, 8 * i as i32),
        };
        all.push(value::unbox(&mut e.b, func.ty(p), v, general));
    }
    for &arg in open.cells {
        let content = match (arg as usize) < nargs {
            true => e.load(args, 8 * arg as i32),
            false => e.iconst(0),
        };
        let (cell, st) = e.helper(Helper::MakeCell, &[content]);
        e.well(cell, st);
        all.push(cell);
    }
    let frees = params.len() - nargs - open.cells.len();
    if frees > 0 {
        let closure = e.load(function, memory::CLOSURE);
        for i in 0..frees {
            let at = memory::ITEMS as i32 + 8 * i as i32;
            let cell = e.load(closure, at);
            all.push(cell);
        }
    }
    let call = e.b.ins().call(callee, &all);
    let r = e.b.inst_results(call).to_vec();
    let (payload, st) = (r[0], r[1]);
    if let Some(&left) = r.get(2) {
        let word = e.iconst(env.fuel);
        e.b.ins().store(MemFlagsData::trusted(), left, word, 0);
    }
    e.well(payload, st);
    let v = e.boxed(func.sig.ret, payload);
    let ok = e.iconst(status::OK);
    e.b.ins().return_(&[v, ok]);

    e.b.switch_to_block(general);
    let below = e.b.ins().iadd_imm_s(depth, -1);
    let below = e.b.ins().ireduce(types::I32, below);
    let to = e.iconst(env.depth);
    e.b.ins().store(MemFlagsData::trusted(), below, to, 0);
    let n = e.iconst(nargs as u64);
    let (payload, st) = e.helper(Helper::CallGeneral, &[function, args, n]);
    e.b.ins().return_(&[payload, st]);
    let mut b = e.b;
    b.seal_all_blocks();
    b.finalize(super::ir_config(cc));
    Ok(clif_func)
}
