//! The helpers of generators and coroutines.

use super::{Give, Items, Many, Out, Pair, raised, thrown};
use crate::code::opcode::Opcode;
use crate::interp::frame::FramePtr;
use crate::interp::generator::{self, Given};
use crate::interp::ops::coroutine;
use crate::jit::lower::status;
use crate::jit::native::exec_of_word;
use crate::jit::ssa::types::Ty;
use crate::jit::tier;
use crate::object::{ClassId, Value};
use crate::raise;
use crate::types::code::ops as code_ops;
use crate::types::code::value::CodeObj;
use crate::types::generator::agen;
use crate::types::generator::value::GenObj;
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// How a YIELD_FROM went: to its results, and for a frame that must not go on natively.
pub(super) struct Delegated {
    out: Out,
    r: Result<Given, Raised>,
}
impl Give for Delegated {
    fn give(self, vm: &mut Vm) -> Pair {
        match self.r {
            Ok(Given::Yield(v)) => self.out.set(0, v),
            Ok(Given::Return(v)) => {
                self.out.clear(0);
                self.out.set(1, v);
            }
            Err(r) => return raised(vm, r),
        }
        Pair::new(0, status::OK)
    }
    fn show(self, vm: &mut Vm) -> Pair {
        match self.r {
            Ok(Given::Yield(v)) => Pair::new(v.bits(), status::GAVE),
            Ok(Given::Return(v)) => Pair::new(v.bits(), status::RETURNED),
            Err(r) => thrown(raised(vm, r)),
        }
    }
}

pub(super) fn delegate(vm: &mut Vm, it: Value, sent: Value, out: Out) -> Delegated {
    let r = generator::delegate(vm, it, sent);
    Delegated { out, r }
}

pub(super) fn delegate_end(
    vm: &mut Vm,
    it: Value,
    payload: u64,
    st: u64,
    depth: u64,
    out: Out,
) -> Delegated {
    let r = ended(vm, it, Pair::new(payload, st), depth as u32);
    Delegated { out, r }
}
pub(super) fn for_end(
    vm: &mut Vm,
    it: Value,
    payload: u64,
    st: u64,
    depth: u64,
) -> Result<Option<Value>, Raised> {
    match ended(vm, it, Pair::new(payload, st), depth as u32)? {
        Given::Yield(v) => Ok(Some(v)),
        Given::Return(_) => Ok(None),
    }
}

/// A generator whose frame is at this depth has come out of native code so.
fn ended(vm: &mut Vm, it: Value, p: Pair, depth: u32) -> Result<Given, Raised> {
    let Some(g) = it.cast::<GenObj>() else {
        return Err(raise!(vm, SystemError, "native code entered no generator"));
    };
    let went = tier::outcome(vm, FramePtr::of(g), Ty::Val, depth, p);
    generator::went_on(vm, g, depth - 1, went)
}

/// What a call gives of a function of this code that nobody has seen: its arguments, and its cells, are those that
/// the code takes.
pub(super) fn new_generator(
    vm: &mut Vm,
    globals: Value,
    code: Value,
    qualname: Value,
    items: Items,
    n: u64,
) -> R {
    let (Some(exec), Some(of)) = (exec_of_word(code.bits()), code.cast::<CodeObj>()) else {
        return Err(raise!(vm, SystemError, "native code calls no code"));
    };
    let name = code_ops::co_name(vm, of)?;
    let names = (name, qualname);
    let g = generator::make(vm, ClassId::Generator, exec, (code, globals), names)?;
    let f = FramePtr::of(g);
    let (args, cells) = items
        .values(n)
        .split_at((exec.code.total_args() as usize).min(n as usize));
    for (i, v) in args.iter().enumerate() {
        f.set_slot(i, Some(*v));
    }
    for (i, v) in cells.iter().enumerate() {
        f.set_slot(exec.nlocals as usize + i, Some(*v));
    }
    g.get(vm).native.set(tier::start_cell(exec));
    Ok(g.value())
}

/// `place`: the opcode, the one before it, `co_flags`.
pub(super) fn await_(vm: &mut Vm, place: u64, v: Value) -> R {
    match Opcode::from_u8(place as u8) {
        Some(Opcode::GET_AWAITABLE) => {
            let before = Opcode::from_u8((place >> 8) as u8);
            coroutine::get_awaitable_after(vm, before, v)
        }
        Some(Opcode::GET_AITER) => coroutine::get_aiter(vm, v),
        Some(Opcode::GET_ANEXT) => coroutine::get_anext(vm, v),
        Some(Opcode::GET_YIELD_FROM_ITER) => generator::iterator(vm, (place >> 16) as u32, v),
        Some(_) | None => Err(raise!(vm, SystemError, "unknown opcode")),
    }
}

pub(super) fn before_async_with(vm: &mut Vm, manager: Value, out: Out) -> Result<Many, Raised> {
    let (exit, entered) = coroutine::before_with(vm, manager)?;
    out.set(0, exit);
    out.set(1, entered);
    Ok(out.many(2))
}

pub(super) fn wrap_yield(vm: &mut Vm, v: Value) -> R {
    agen::wrap(vm, v)
}

pub(super) fn async_ended(vm: &mut Vm, exc: Value) -> u64 {
    vm.is_a(exc, ClassId::StopAsyncIteration) as u64
}
