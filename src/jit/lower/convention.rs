//! How native code is called, and how a call ends.

use crate::jit::ssa::func::Sig;
use crate::jit::ssa::types::Ty;
use cranelift_codegen::ir::{self, AbiParam, Signature, types};
use cranelift_codegen::isa::CallConv;

/// How a native call ended: the second word of every result.
pub mod status {
    /// The payload is the result, in the signature's representation.
    pub const OK: u64 = 0;
    /// An exception is in `vm.exc`.
    pub const RAISED: u64 = 1;
    /// The engine stops.
    pub const TERMINATE: u64 = 2;
    /// The frame was written back; the interpreter goes on with it.
    pub const UNWIND: u64 = 3;
    /// The payload is the result as a value: it is not of the signature's type.
    pub const BOXED: u64 = 4;
    /// Nothing ran: an argument is not of the signature's type.
    pub const MISMATCH: u64 = 5;
    /// As UNWIND, with an exception on its way in the innermost frame.
    pub const THROW: u64 = 6;
    /// As RAISED, and this frame has its traceback entry already.
    pub const RERAISED: u64 = 7;
    /// In the lowest byte: the frame, a generator's, is written and yields the payload. Above it the
    /// instruction.
    pub const YIELD: u64 = 13;

    // What a native frame is told that is on the VM stack already (`deopt::show`): it must not go on,
    // not even in a handler.
    /// As RAISED.
    pub const THROWN: u64 = 8;
    /// The helper has ended; its operation has no result.
    pub const NOTHING: u64 = 9;
    /// Its result is a truth: the payload.
    pub const TRUTH: u64 = 10;
    /// The iterator has ended.
    pub const ENDED: u64 = 11;
    /// The results are in this tuple, in the order in which they are pushed.
    pub const MANY: u64 = 12;
    /// What YIELD_FROM runs has yielded the payload, or returned it.
    pub const GAVE: u64 = 14;
    pub const RETURNED: u64 = 15;

    /// As YIELD, and the generator is as `interp::generator::park` leaves it, but for the chain of frames and what
    /// is handled.
    pub const PARKED: u64 = 16;
}

/// The convention of direct entries: no register is preserved, so a frame saves only what it needs.
pub const DIRECT: CallConv = CallConv::Tail;

/// The CLIF type of a representation.
pub(crate) fn clif(t: Ty) -> ir::Type {
    match t {
        Ty::I64 | Ty::Val => types::I64,
        Ty::F64 => types::F64,
        Ty::Bool => types::I8,
    }
}
/// The type a result of this representation is returned in.
pub(crate) fn ret_type(t: Ty) -> ir::Type {
    match t {
        Ty::I64 | Ty::Val | Ty::Bool => types::I64,
        Ty::F64 => types::F64,
    }
}

/// The signature of a direct entry; `extra` values follow the arguments (cells, free variables). Where fuel is counted
/// what is left goes in behind the depth, and comes out last.
pub(crate) fn direct_sig(sig: &Sig, extra: usize, burns: bool) -> Signature {
    let mut s = Signature::new(DIRECT);
    let fuel = burns.then(|| AbiParam::new(types::I64));
    s.params.push(AbiParam::new(types::I64));
    s.params.extend(fuel);
    s.params
        .extend(sig.params.iter().map(|t| AbiParam::new(clif(*t))));
    s.params
        .extend((0..extra).map(|_| AbiParam::new(types::I64)));
    s.returns.push(AbiParam::new(ret_type(sig.ret)));
    s.returns.push(AbiParam::new(types::I64));
    s.returns.extend(fuel);
    s
}

/// The signature of a frame entry.
pub fn frame_sig(cc: CallConv) -> Signature {
    let mut s = Signature::new(cc);
    s.params = vec![AbiParam::new(types::I64); 2];
    s.returns = vec![AbiParam::new(types::I64); 2];
    s
}
