//! The loop: fetch, dispatch, tier-up check; nothing else.
//!
//! `run` keeps the frame's registers in locals: `ip` (the instruction being executed), `s` (the top
//! of the value stack), `locals`. They are written back to the frame (`pc`, `depth`) where another
//! frame may start or a tier may take over, and reloaded when a frame is resumed.
#![allow(unsafe_code)]

use super::call::{Called, call, call_ex, call_init, call_kw, call_object, start};
use super::drive::{Stop, given, leave};
use super::executable::{Executable, QInstr, QOp};
use super::frame::{FramePtr, Sp};
use super::generator::{self, Begun, Given};
use super::ops::{self, arith, block, build, coroutine, global, import, name, with};
use super::{attr as sites, feedback, site, trace};
use crate::call::builtin::call_def;
use crate::call::dispatch::{self, count};
use crate::call::make::make_function;
use crate::call::spread;
use crate::code::opcode::Opcode;
use crate::jit::tier::{self, Enter};
use crate::object::header::shape_of;
use crate::object::{Args, ClassId, Gc, Kind, Value};
use crate::protocol::number::{BinOp, UnOp};
use crate::protocol::{attr, collect, format, item, iter, number, truth};
use crate::types::builtin::methods::bind;
use crate::types::builtin::value::BuiltinObj;
use crate::types::class::make;
use crate::types::exception::ops::restore_traceback;
use crate::types::function::value::FunctionObj;
use crate::types::generator::agen;
use crate::types::generator::value::{GenObj, State};
use crate::types::list::ops::wrap_index;
use crate::types::list::value::ListObj;
use crate::types::range::value::RangeIterObj;
use crate::vm::Vm;

/// The site of an instruction whose form says that it has one.
#[inline(always)]
fn site_of(i: &QInstr) -> &sites::Site {
    // SAFETY: `cache1` is the address of a site that the instruction's Executable keeps.
    unsafe { &*(i.cache1.get() as *const sites::Site) }
}

#[inline(always)]
fn index(f: FramePtr, ip: *const QInstr) -> u32 {
    // SAFETY: both point into the frame's instructions.
    unsafe { ip.offset_from(f.exec().instrs.as_ptr()) as u32 }
}

/// The generator that FOR_ITER can resume itself.
#[inline(always)]
fn generator_of(vm: &Vm, it: Value) -> Option<Gc<GenObj>> {
    it.cast::<GenObj>()
        .filter(|_| vm.class_of(it) == ClassId::Generator)
}
/// The generator or coroutine that YIELD_FROM can resume itself.
#[inline(always)]
fn delegate_of(vm: &Vm, it: Value) -> Option<Gc<GenObj>> {
    it.cast::<GenObj>()
        .filter(|_| vm.class_of(it) != ClassId::AsyncGenerator)
}

/// Executes the frame's instructions from its `pc`. `*at` is the instruction it stopped at. `TRACING`: a
/// tracer may be interested in each of them.
pub(super) fn execute<const TRACING: bool>(
    vm: &mut Vm,
    mut f: FramePtr,
    at: &mut *const QInstr,
) -> Stop {
    let mut exec: &Executable;
    let mut first: *const QInstr;
    let mut locals: *mut u64;
    let mut base: usize;
    let mut s: Sp;
    let mut ip: *const QInstr;

    /// Loads the registers of frame `f`.
    macro_rules! load {
        () => {{
            // SAFETY: the frame's code keeps the Executable alive while the frame is pushed.
            exec = unsafe { &*f.exec_ptr() };
            first = exec.instrs.as_ptr();
            locals = f.slots_ptr();
            base = (exec.nlocals + exec.ncells + exec.nfrees) as usize;
            s = Sp(locals.wrapping_add(base + f.depth() as usize));
            ip = f.ip();
        }};
    }
    load!();

    // Native code may go on from an instruction that is entered by a taken back edge only.
    macro_rules! stop {
        ($e:expr) => {{
            *at = ip;
            return $e;
        }};
    }
    macro_rules! tri {
        ($e:expr) => {{
            f.set_ip(ip);
            match $e {
                Ok(v) => v,
                Err(r) => stop!(Stop::Raise(r)),
            }
        }};
    }
    macro_rules! next {
        () => {{
            ip = ip.wrapping_add(1);
            continue;
        }};
    }
    /// A taken jump to instruction `$t`: charges, polls and asks the tier when it goes back.
    macro_rules! jump {
        ($t:expr) => {{
            let to = first.wrapping_add($t as usize);
            if to <= ip {
                tri!(vm.burn(1));
                if vm.limit.is_pending() {
                    tri!(vm.safepoint());
                    if !TRACING && vm.trace.on.get() {
                        ip = to;
                        save!(0);
                        stop!(Stop::Switch)
                    }
                }
                let depth = ((s.0 as usize - locals as usize) / 8 - base) as u32;
                let native = match TRACING {
                    false => tier::on_back_edge(vm, f, $t, depth),
                    true => Enter::Stay,
                };
                match native {
                    Enter::Stay => {}
                    Enter::Resume => stop!(Stop::Switch),
                    Enter::Throw(r) => stop!(Stop::SwitchThrow(r)),
                    Enter::Yield(v, state) => stop!(Stop::Yield(v, state)),
                    Enter::Done(Ok(v)) => stop!(Stop::Return(v)),
                    Enter::Done(Err(r)) => stop!(Stop::Leave(r)),
                }
            }
            ip = to;
            continue;
        }};
    }
    /// The innermost frame, that of a generator which goes on, runs: natively, or in this loop.
    macro_rules! resumed {
        ($f:expr) => {{
            f = $f;
            match tier::on_resume(vm, f) {
                Enter::Stay => {
                    load!();
                    continue;
                }
                // What it delegated to may have set a tracer.
                Enter::Yield(v, state) if vm.trace.on.get() => stop!(Stop::Yield(v, state)),
                Enter::Yield(v, state) => gave!(v, state),
                Enter::Resume => stop!(Stop::Switch),
                Enter::Throw(r) => stop!(Stop::SwitchThrow(r)),
                Enter::Done(Ok(v)) => stop!(Stop::Return(v)),
                Enter::Done(Err(r)) => stop!(Stop::Leave(r)),
            }
        }};
    }
    /// The innermost frame, a generator's that this loop resumed, has yielded: on with the one below.
    macro_rules! gave {
        ($v:expr, $state:expr) => {{
            let Some(up) = given(vm, f, $state) else {
                stop!(Stop::Switch)
            };
            f = up;
            load!();
            // SAFETY: a suspended frame's `ip` is an instruction of its code.
            let i = unsafe { &*ip };
            if i.opcode() == Opcode::YIELD_FROM {
                stop!(Stop::Yield($v, State::Delegating))
            }
            s.push($v);
            i.fb.set(i.fb.get() | feedback::bit_of($v));
            next!()
        }};
    }
    macro_rules! binary {
        ($i:expr, $op:ident, $inplace:literal) => {{
            let (a, b) = (s.peek(2), s.peek(1));
            let r = tri!(arith::binary(vm, $i, BinOp::$op, $inplace, a, b));
            s.drop(1);
            s.set(1, r);
            next!()
        }};
    }
    macro_rules! unary {
        ($i:expr, $op:ident) => {{
            let r = tri!(number::unary(vm, UnOp::$op, s.peek(1)));
            $i.fb.set($i.fb.get() | feedback::bit_of(r));
            s.set(1, r);
            next!()
        }};
    }
    macro_rules! int_op {
        ($i:expr, $f:ident, $op:ident, $inplace:literal) => {{
            let (a, b) = (s.peek(2), s.peek(1));
            if Value::both_small(a, b)
                && let Some(n) = a.small_int_unchecked().$f(b.small_int_unchecked())
            {
                let r = match Value::small_int(n) {
                    Some(v) => v,
                    None => tri!(vm.new_int(n)),
                };
                s.drop(1);
                s.set(1, r);
                next!()
            }
            if !Value::both_small(a, b) {
                arith::despecialise($i);
            }
            binary!($i, $op, $inplace)
        }};
    }
    macro_rules! float_op {
        ($i:expr, $f:tt, $op:ident, $inplace:literal) => {{
            let (a, b) = (s.peek(2), s.peek(1));
            if let (Some(x), Some(y)) = (a.as_float(), b.as_float()) {
                s.drop(1);
                s.set(1, Value::float(x $f y));
                next!()
            }
            arith::despecialise($i);
            binary!($i, $op, $inplace)
        }};
    }
    /// A call's callee and arguments, `$drop` words, are done with: pushes the result, or lets the new
    /// frame run first.
    macro_rules! called {
        ($i:expr, $called:expr, $drop:expr) => {{
            match tri!($called) {
                Called::Value(v) => {
                    s.drop($drop);
                    s.push(v);
                    $i.fb.set($i.fb.get() | feedback::bit_of(v));
                    after_builtin!()
                }
                Called::Traced => {
                    save!($drop);
                    stop!(Stop::Switch)
                }
                Called::Frame(new) => {
                    save!($drop);
                    f = new;
                    load!();
                    continue;
                }
                Called::Throw(r) => {
                    save!($drop);
                    stop!(Stop::SwitchThrow(r))
                }
            }
        }};
    }
    /// A builtin returned; it may have been the one that sets a tracer.
    macro_rules! after_builtin {
        () => {{
            ip = ip.wrapping_add(1);
            if !TRACING && vm.trace.on.get() {
                save!(0);
                stop!(Stop::Switch)
            }
            continue;
        }};
    }
    /// Writes `pc` and `depth` back, as if `$drop` words were popped.
    macro_rules! save {
        ($drop:expr) => {{
            f.set_ip(ip);
            f.set_depth(((s.0 as usize - locals as usize) / 8 - base - ($drop)) as u32);
        }};
    }
    /// A branch on the truth of `$v`, which is popped already if it is to be.
    macro_rules! branch {
        ($i:expr, $v:expr, $when:literal) => {{
            if $v == $when {
                jump!($i.arg)
            }
            next!()
        }};
    }
    /// Replaces the `$n` topmost values by the one that `$e` makes of them.
    macro_rules! make {
        ($n:expr, $e:expr) => {{
            let n = $n as usize;
            let v: Value = tri!($e(vm, s.top(n)));
            s.drop(n);
            s.push(v);
            next!()
        }};
    }
    // Of what is no bool, the type is noted.
    macro_rules! truth_of {
        ($i:expr, $v:expr) => {{
            let v = $v;
            if v == Value::TRUE {
                true
            } else if v == Value::FALSE {
                false
            } else {
                $i.fb.set($i.fb.get() | feedback::bit_of(v));
                tri!(truth::is_true(vm, v))
            }
        }};
    }
    /// A comparison's result is often branched on at once: skips the push, the dispatch and the pop.
    macro_rules! compared {
        ($i:expr, $x:expr, $y:expr) => {{
            let (x, y) = ($x, $y);
            let b = match $i.arg {
                0 => x < y,
                1 => x <= y,
                2 => x == y,
                3 => x != y,
                4 => x > y,
                _ => x >= y,
            };
            s.drop(2);
            // SAFETY: a COMPARE_OP is never the last instruction: the verifier refuses to fall off.
            let n = unsafe { &*ip.wrapping_add(1) };
            if !TRACING && n.op.get() == QOp::POP_JUMP_IF_FALSE as u8 {
                ip = ip.wrapping_add(1);
                branch!(n, b, false)
            }
            s.push(Value::bool(b));
            next!()
        }};
    }

    // The instruction is done once more, in its general form: a tracer was told of it.
    let mut told = false;
    macro_rules! again {
        () => {{
            told = TRACING;
            continue;
        }};
    }

    /// What the instruction was specialised for does not hold: the general form runs.
    macro_rules! relearn {
        ($i:expr) => {{
            arith::despecialise($i);
            again!();
        }};
    }
    /// A call of the function that the instruction knows, whose arguments are its `$n` topmost values and whose
    /// parameters are as many. `$drop` words go.
    macro_rules! call_py {
        ($i:expr, $callee:expr, $n:expr, $drop:expr) => {{
            let callee = $callee;
            if callee.bits() == $i.cache0.get()
                && let Some(func) = callee.cast::<FunctionObj>()
                && func.get(vm).version.get() == $i.cache1.get()
            {
                count(&vm.stats.fast);
                let o = func.get(vm);
                let (exec, code, globals) = (
                    o.exec.get() as *const Executable,
                    o.code.get_or_none(),
                    o.globals.get_or_none(),
                );
                let new = tri!(vm.push_frame(exec, code, globals, None));
                // SAFETY: `$n` values lie on top of the stack; the new frame has as many locals at least, because
                // its argcount is `$n` (checked when the instruction was specialised).
                unsafe { std::ptr::copy_nonoverlapping(s.0.sub($n), new.slots_ptr(), $n) };
                called!($i, start(vm, new), $drop)
            }
            relearn!($i)
        }};
    }
    /// Pushes what a cache holds, or runs the general form.
    macro_rules! push_or_relearn {
        ($i:expr, $found:expr) => {{
            if let Some(v) = $found {
                s.push(v);
                next!()
            }
            relearn!($i)
        }};
    }

    loop {
        if TRACING && !std::mem::take(&mut told) {
            save!(0);
            if !vm.trace.on.get() {
                stop!(Stop::Switch)
            }
            if let Err(r) = trace::instruction(vm, f) {
                ip = f.ip();
                stop!(Stop::Raise(r))
            }
            load!();
        }
        // SAFETY: verified code stays within its instructions, and `op` is only ever set to a QOp.
        let i: &QInstr = unsafe { &*ip };
        let op: QOp = unsafe { std::mem::transmute::<u8, QOp>(i.op.get()) };
        if cfg!(debug_assertions)
            && let Some(c) = &vm.coverage
        {
            c.interp[op as usize].set(1);
        }
        match op {
            QOp::NOP => next!(),
            QOp::LOAD_FAST => {
                // SAFETY: the operand is a local's index.
                let bits = unsafe { *locals.add(i.arg as usize) };
                match Value::from_bits(bits) {
                    Some(v) => s.push(v),
                    None => stop!(Stop::Raise(ops::unbound_local(vm, f, i.arg))),
                }
                next!()
            }
            QOp::STORE_FAST => {
                let v = s.pop();
                // SAFETY: as for LOAD_FAST.
                unsafe { *locals.add(i.arg as usize) = v.bits() };
                next!()
            }
            QOp::DELETE_FAST => {
                if f.slot(i.arg as usize).is_none() {
                    stop!(Stop::Raise(ops::unbound_local(vm, f, i.arg)))
                }
                f.set_slot(i.arg as usize, None);
                next!()
            }
            QOp::LOAD_CONST => {
                match i.cached() {
                    Some(v) => s.push(v),
                    None => s.push(Value::NONE),
                }
                next!()
            }
            QOp::POP_TOP => {
                s.drop(1);
                next!()
            }
            QOp::ROT_TWO => {
                let (a, b) = (s.peek(1), s.peek(2));
                s.set(1, b);
                s.set(2, a);
                next!()
            }
            QOp::ROT_THREE => {
                let (a, b, c) = (s.peek(1), s.peek(2), s.peek(3));
                s.set(1, b);
                s.set(2, c);
                s.set(3, a);
                next!()
            }
            QOp::ROT_FOUR => {
                let (a, b, c, d) = (s.peek(1), s.peek(2), s.peek(3), s.peek(4));
                s.set(1, b);
                s.set(2, c);
                s.set(3, d);
                s.set(4, a);
                next!()
            }
            QOp::DUP_TOP => {
                s.push(s.peek(1));
                next!()
            }
            QOp::DUP_TOP_TWO => {
                let (a, b) = (s.peek(2), s.peek(1));
                s.push(a);
                s.push(b);
                next!()
            }

            QOp::ADD_INT => int_op!(i, checked_add, Add, false),
            QOp::SUB_INT => int_op!(i, checked_sub, Sub, false),
            QOp::MUL_INT => int_op!(i, checked_mul, Mul, false),
            QOp::IADD_INT => int_op!(i, checked_add, Add, true),
            QOp::ISUB_INT => int_op!(i, checked_sub, Sub, true),
            QOp::IMUL_INT => int_op!(i, checked_mul, Mul, true),
            QOp::ADD_FLOAT => float_op!(i, +, Add, false),
            QOp::SUB_FLOAT => float_op!(i, -, Sub, false),
            QOp::MUL_FLOAT => float_op!(i, *, Mul, false),
            QOp::IADD_FLOAT => float_op!(i, +, Add, true),
            QOp::ISUB_FLOAT => float_op!(i, -, Sub, true),
            QOp::IMUL_FLOAT => float_op!(i, *, Mul, true),
            QOp::BINARY_POWER => binary!(i, Pow, false),
            QOp::BINARY_MULTIPLY => binary!(i, Mul, false),
            QOp::BINARY_MATRIX_MULTIPLY => binary!(i, MatMul, false),
            QOp::BINARY_MODULO => binary!(i, Mod, false),
            QOp::BINARY_ADD => binary!(i, Add, false),
            QOp::BINARY_SUBTRACT => binary!(i, Sub, false),
            QOp::BINARY_FLOOR_DIVIDE => binary!(i, FloorDiv, false),
            QOp::BINARY_TRUE_DIVIDE => binary!(i, TrueDiv, false),
            QOp::BINARY_LSHIFT => binary!(i, LShift, false),
            QOp::BINARY_RSHIFT => binary!(i, RShift, false),
            QOp::BINARY_AND => binary!(i, And, false),
            QOp::BINARY_XOR => binary!(i, Xor, false),
            QOp::BINARY_OR => binary!(i, Or, false),
            QOp::INPLACE_POWER => binary!(i, Pow, true),
            QOp::INPLACE_MULTIPLY => binary!(i, Mul, true),
            QOp::INPLACE_MATRIX_MULTIPLY => binary!(i, MatMul, true),
            QOp::INPLACE_MODULO => binary!(i, Mod, true),
            QOp::INPLACE_ADD => binary!(i, Add, true),
            QOp::INPLACE_SUBTRACT => binary!(i, Sub, true),
            QOp::INPLACE_FLOOR_DIVIDE => binary!(i, FloorDiv, true),
            QOp::INPLACE_TRUE_DIVIDE => binary!(i, TrueDiv, true),
            QOp::INPLACE_LSHIFT => binary!(i, LShift, true),
            QOp::INPLACE_RSHIFT => binary!(i, RShift, true),
            QOp::INPLACE_AND => binary!(i, And, true),
            QOp::INPLACE_XOR => binary!(i, Xor, true),
            QOp::INPLACE_OR => binary!(i, Or, true),
            QOp::UNARY_POSITIVE => unary!(i, Pos),
            QOp::UNARY_NEGATIVE => unary!(i, Neg),
            QOp::UNARY_INVERT => unary!(i, Invert),
            QOp::UNARY_NOT => {
                let b = truth_of!(i, s.peek(1));
                s.set(1, Value::bool(!b));
                next!()
            }

            QOp::COMPARE_INT => {
                let (a, b) = (s.peek(2), s.peek(1));
                if Value::both_small(a, b) && vm.depth.get() < vm.recursion_limit.get() {
                    let (x, y) = (a.small_int_unchecked(), b.small_int_unchecked());
                    compared!(i, x, y)
                }
                relearn!(i)
            }
            QOp::COMPARE_FLOAT => {
                let (a, b) = (s.peek(2), s.peek(1));
                if let (Some(x), Some(y)) = (a.as_float(), b.as_float())
                    && vm.depth.get() < vm.recursion_limit.get()
                {
                    compared!(i, x, y)
                }
                relearn!(i)
            }
            QOp::COMPARE_STR => {
                let (a, b) = (s.peek(2), s.peek(1));
                if let Some(same) = arith::same_str(vm, a, b)
                    && vm.depth.get() < vm.recursion_limit.get()
                {
                    compared!(i, same, true)
                }
                relearn!(i)
            }
            QOp::COMPARE_OP => {
                let (a, b) = (s.peek(2), s.peek(1));
                let r = tri!(arith::compare(vm, i, a, b));
                s.drop(1);
                s.set(1, r);
                next!()
            }

            QOp::JUMP_FORWARD | QOp::JUMP_ABSOLUTE => jump!(i.arg),
            QOp::POP_JUMP_IF_FALSE => {
                let b = truth_of!(i, s.peek(1));
                s.drop(1);
                branch!(i, b, false)
            }
            QOp::POP_JUMP_IF_TRUE => {
                let b = truth_of!(i, s.peek(1));
                s.drop(1);
                branch!(i, b, true)
            }
            QOp::JUMP_IF_FALSE_OR_POP => {
                if !truth_of!(i, s.peek(1)) {
                    jump!(i.arg)
                }
                s.drop(1);
                next!()
            }
            QOp::JUMP_IF_TRUE_OR_POP => {
                if truth_of!(i, s.peek(1)) {
                    jump!(i.arg)
                }
                s.drop(1);
                next!()
            }

            QOp::GET_ITER => {
                let it = tri!(iter::get_iter(vm, s.peek(1)));
                i.fb.set(i.fb.get() | feedback::bit_of(it));
                s.set(1, it);
                next!()
            }
            QOp::FOR_RANGE => {
                let it = s.peek(1);
                if let Some(r) = it.get::<RangeIterObj>(vm) {
                    let left = r.remaining.get();
                    if left == 0 {
                        s.drop(1);
                        jump!(i.arg)
                    }
                    let n = r.next.get();
                    r.remaining.set(left - 1);
                    r.next.set(n.wrapping_add(r.step));
                    let v = match Value::small_int(n) {
                        Some(v) => v,
                        None => tri!(vm.new_int(n)),
                    };
                    s.push(v);
                    next!()
                }
                relearn!(i);
            }
            QOp::FOR_ITER => {
                let it = s.peek(1);
                if it.is_kind(Kind::RangeIter) {
                    arith::set_spec(i, super::executable::Spec::FOR_RANGE);
                }
                feedback::note_iterator(vm, i, it);
                if !TRACING
                    && let Some(g) = generator_of(vm, it)
                    && !vm.watched.get()
                {
                    f.set_ip(ip);
                    if let Some(r) = tier::resume_parked(vm, g, Value::NONE) {
                        match tri!(r) {
                            Given::Yield(v) => {
                                i.fb.set(i.fb.get() | feedback::bit_of(v));
                                s.push(v);
                                after_builtin!()
                            }
                            Given::Return(_) => {
                                s.drop(1);
                                jump!(i.arg)
                            }
                        }
                    }
                    match tri!(generator::begin::<true>(vm, g, Value::NONE)) {
                        Begun::Frame(new) => {
                            save!(0);
                            resumed!(new)
                        }
                        Begun::Ended => {
                            s.drop(1);
                            jump!(i.arg)
                        }
                    }
                }
                let next = match TRACING {
                    true => trace::next(vm, f, it),
                    false => iter::next(vm, it),
                };
                match tri!(next) {
                    Some(v) => {
                        i.fb.set(i.fb.get() | feedback::bit_of(v));
                        s.push(v);
                        next!()
                    }
                    None => {
                        s.drop(1);
                        jump!(i.arg)
                    }
                }
            }

            QOp::YIELD_VALUE => {
                if exec.makes == Some(ClassId::AsyncGenerator) {
                    let w = tri!(agen::wrap(vm, s.peek(1)));
                    s.set(1, w);
                }
                let v = s.pop();
                save!(0);
                if TRACING || !f.yields_fast() {
                    stop!(Stop::Yield(v, State::Suspended))
                }
                gave!(v, State::Suspended)
            }
            QOp::YIELD_FROM => {
                let (it, sent) = (s.peek(2), s.peek(1));
                if !TRACING
                    && let Some(g) = delegate_of(vm, it)
                    && !vm.watched.get()
                {
                    match tri!(generator::begin::<true>(vm, g, sent)) {
                        Begun::Frame(new) => {
                            save!(1);
                            resumed!(new)
                        }
                        Begun::Ended => {
                            s.drop(1);
                            s.set(1, Value::NONE);
                            next!()
                        }
                    }
                }
                let given = tri!(generator::delegate(vm, it, sent));
                s.drop(1);
                match given {
                    Given::Yield(v) => {
                        save!(0);
                        stop!(Stop::Yield(v, State::Delegating))
                    }
                    Given::Return(v) => {
                        if TRACING && it.is_kind(Kind::Generator) {
                            tri!(trace::ended(vm, f, v));
                        }
                        s.set(1, v);
                        after_builtin!()
                    }
                }
            }
            QOp::GET_AWAITABLE => {
                f.set_ip(ip);
                let it = tri!(coroutine::get_awaitable(vm, f, s.peek(1)));
                s.set(1, it);
                next!()
            }
            QOp::GET_AITER => {
                let it = tri!(coroutine::get_aiter(vm, s.peek(1)));
                s.set(1, it);
                next!()
            }
            QOp::GET_ANEXT => {
                let next = tri!(coroutine::get_anext(vm, s.peek(1)));
                s.push(next);
                next!()
            }
            QOp::BEFORE_ASYNC_WITH => {
                let (exit, entered) = tri!(coroutine::before_with(vm, s.peek(1)));
                s.set(1, exit);
                s.push(entered);
                next!()
            }
            QOp::END_ASYNC_FOR => {
                f.set_ip(ip);
                let (exc, tb, before) = (s.peek(2), s.peek(3), s.peek(5));
                if let Err(r) = coroutine::ends_loop(vm, exc) {
                    restore_traceback(vm, tb);
                    stop!(Stop::Reraise(r))
                }
                block::restore_handled(vm, before);
                s.drop(7);
                next!()
            }
            QOp::GET_YIELD_FROM_ITER => {
                let it = tri!(generator::iterator(vm, exec.code.flags, s.peek(1)));
                s.set(1, it);
                next!()
            }

            QOp::LOAD_GLOBAL_CELL => push_or_relearn!(i, global::in_cell(vm, i)),
            QOp::LOAD_GLOBAL_BUILTIN => push_or_relearn!(i, global::in_builtins(vm, f, i)),
            QOp::LOAD_GLOBAL => {
                let v = tri!(global::load(vm, f, i));
                s.push(v);
                next!()
            }
            QOp::STORE_GLOBAL_CELL => {
                if global::put_in_cell(vm, i, s.peek(1)) {
                    s.drop(1);
                    next!()
                }
                relearn!(i)
            }
            QOp::STORE_GLOBAL => {
                tri!(global::store_and_cache(vm, f, i, s.peek(1)));
                s.drop(1);
                next!()
            }
            QOp::DELETE_GLOBAL => {
                let name = tri!(ops::name_at(vm, f, i.arg));
                tri!(name::delete(vm, Some(f.globals()), name));
                next!()
            }
            QOp::LOAD_NAME_CELL if global::is_namespace(f) => {
                push_or_relearn!(i, global::in_cell(vm, i))
            }
            QOp::LOAD_NAME_BUILTIN if global::is_namespace(f) => {
                push_or_relearn!(i, global::in_builtins(vm, f, i))
            }
            QOp::LOAD_NAME_CELL | QOp::LOAD_NAME_BUILTIN => push_or_relearn!(i, None),
            QOp::STORE_NAME_CELL => {
                if global::is_namespace(f) && global::put_in_cell(vm, i, s.peek(1)) {
                    s.drop(1);
                    next!()
                }
                relearn!(i)
            }
            // The second time: most names of a module are met once.
            QOp::LOAD_NAME if i.fb.get() != 0 && global::is_namespace(f) => {
                let v = tri!(global::load_name(vm, f, i));
                s.push(v);
                next!()
            }
            QOp::STORE_NAME if i.fb.get() != 0 && global::is_namespace(f) => {
                tri!(global::store_and_cache(vm, f, i, s.peek(1)));
                s.drop(1);
                next!()
            }
            QOp::LOAD_NAME => {
                let name = tri!(ops::name_at(vm, f, i.arg));
                let v = tri!(name::load(vm, f.locals(), f.globals(), name));
                i.fb.set(i.fb.get() | feedback::bit_of(v));
                s.push(v);
                next!()
            }
            QOp::STORE_NAME => {
                let name = tri!(ops::name_at(vm, f, i.arg));
                tri!(name::store(vm, f.locals(), name, s.peek(1)));
                i.fb.set(i.fb.get() | feedback::bit_of(s.peek(1)));
                s.drop(1);
                next!()
            }
            QOp::DELETE_NAME => {
                let name = tri!(ops::name_at(vm, f, i.arg));
                tri!(name::delete(vm, f.locals(), name));
                next!()
            }

            QOp::LOAD_CLOSURE => {
                let c = f.cell(i.arg as usize).map(Gc::value).unwrap_or(Value::NONE);
                s.push(c);
                next!()
            }
            QOp::LOAD_DEREF => {
                match f.cell(i.arg as usize).and_then(|c| c.get(vm).value.get()) {
                    Some(v) => {
                        i.fb.set(i.fb.get() | feedback::bit_of(v));
                        s.push(v)
                    }
                    None => stop!(Stop::Raise(ops::unbound_cell(vm, f, i.arg))),
                }
                next!()
            }
            QOp::LOAD_CLASSDEREF => {
                let cell = f.cell(i.arg as usize).map_or(Value::NONE, Gc::value);
                let n = tri!(name::free_name(vm, f.code(), i.arg));
                let v = tri!(name::class_deref(vm, f.locals(), n, cell));
                s.push(v);
                next!()
            }
            QOp::LOAD_BUILD_CLASS => {
                let v = tri!(name::build_class(vm, f.globals()));
                s.push(v);
                next!()
            }
            QOp::STORE_DEREF => {
                if let Some(c) = f.cell(i.arg as usize) {
                    c.get(vm).value.write(&vm.heap, Some(s.peek(1)));
                }
                s.drop(1);
                next!()
            }
            QOp::DELETE_DEREF => {
                match f.cell(i.arg as usize) {
                    Some(c) if c.get(vm).value.get().is_some() => {
                        c.get(vm).value.write(&vm.heap, None)
                    }
                    _ => stop!(Stop::Raise(ops::unbound_cell(vm, f, i.arg))),
                }
                next!()
            }

            QOp::CALL_PY => {
                let n = i.arg as usize;
                call_py!(i, s.peek(n + 1), n, n + 1)
            }
            QOp::CALL_BOUND => {
                let n = i.arg as usize;
                let callee = s.peek(n + 1);
                if site::is_bound(vm, i, callee) {
                    called!(i, call(vm, callee, Args::pos(s.top(n))), n + 1)
                }
                relearn!(i);
            }
            QOp::CALL_CODE => {
                let n = i.arg as usize;
                let callee = s.peek(n + 1);
                if site::is_code(vm, i, callee) {
                    called!(i, call(vm, callee, Args::pos(s.top(n))), n + 1)
                }
                relearn!(i);
            }
            QOp::CALL_BUILTIN => {
                let n = i.arg as usize;
                let callee = s.peek(n + 1);
                if TRACING {
                    called!(i, call_object(vm, callee, Args::pos(s.top(n))), n + 1)
                }
                if callee.bits() == i.cache0.get()
                    && let Some(b) = callee.get::<BuiltinObj>(vm)
                {
                    count(&vm.stats.builtin);
                    if n == 1 {
                        feedback::note(i, feedback::container_bit(s.peek(1)), 0);
                    }
                    let (def, self_) = (b.def, b.self_.get_or_none());
                    let v = tri!(dispatch::level(vm, |vm| call_def(
                        vm,
                        def,
                        self_,
                        Args::pos(s.top(n))
                    )));
                    i.fb.set(i.fb.get() | feedback::bit_of(v));
                    s.drop(n + 1);
                    s.push(v);
                    after_builtin!()
                }
                relearn!(i);
            }
            QOp::CALL_CLASS if !TRACING && !vm.watched.get() => {
                let n = i.arg as usize;
                let class = s.peek(n + 1);
                if class.bits() == i.cache0.get()
                    && let Some(init) = sites::make(vm, site_of(i))
                {
                    let o = tri!(make::begin(vm, class, s.top(n)));
                    s.set(n + 1, o);
                    let func = match init {
                        sites::Make::Init(func) => func,
                        sites::Make::Nothing => {
                            make::end(vm);
                            s.drop(n);
                            i.fb.set(i.fb.get() | feedback::OTHER);
                            next!()
                        }
                    };
                    match tri!(call_init(vm, func, Args::pos(s.top(n + 1)))) {
                        Called::Value(_) => {
                            s.drop(n);
                            i.fb.set(i.fb.get() | feedback::OTHER);
                            after_builtin!()
                        }
                        Called::Traced => {
                            save!(n);
                            stop!(Stop::Switch)
                        }
                        Called::Frame(new) => {
                            save!(n);
                            f = new;
                            load!();
                            continue;
                        }
                        Called::Throw(r) => {
                            save!(n);
                            stop!(Stop::SwitchThrow(r))
                        }
                    }
                }
                arith::despecialise(i);
                i.cache0.set(0);
                again!();
            }
            QOp::CALL_CLASS => {
                let n = i.arg as usize;
                called!(i, call(vm, s.peek(n + 1), Args::pos(s.top(n))), n + 1)
            }
            QOp::CALL_FUNCTION => {
                let n = i.arg as usize;
                let callee = s.peek(n + 1);
                if !(callee.is_kind(Kind::Class)
                    && i.heat.get() > 0
                    && tri!(sites::learn_class(vm, &exec.sites, i, callee, n)))
                {
                    tri!(site::learn(vm, i, callee, n));
                }
                called!(i, call(vm, callee, Args::pos(s.top(n))), n + 1)
            }
            QOp::CALL_KW_BOUND => {
                let n = i.arg as usize;
                let (callee, names) = (s.peek(n + 2), s.peek(1));
                if site::is_bound(vm, i, callee) {
                    called!(i, call_kw(vm, callee, names, &s.top(n + 1)[..n]), n + 2)
                }
                relearn!(i);
            }
            QOp::CALL_KW_CODE => {
                let n = i.arg as usize;
                let (callee, names) = (s.peek(n + 2), s.peek(1));
                if site::is_code(vm, i, callee) {
                    called!(i, call_kw(vm, callee, names, &s.top(n + 1)[..n]), n + 2)
                }
                relearn!(i);
            }
            QOp::CALL_FUNCTION_KW => {
                let n = i.arg as usize;
                let (callee, names) = (s.peek(n + 2), s.peek(1));
                tri!(site::learn(vm, i, callee, n));
                called!(i, call_kw(vm, callee, names, &s.top(n + 1)[..n]), n + 2)
            }
            QOp::CALL_FUNCTION_EX => {
                let n = (i.arg & 1) as usize;
                let kwargs = (n == 1).then(|| s.peek(1));
                let (callee, args) = (s.peek(n + 2), s.peek(n + 1));
                tri!(site::learn_ex(vm, i, callee, args));
                called!(i, call_ex(vm, callee, args, kwargs), n + 2)
            }
            QOp::LOAD_METHOD_SITE if !TRACING => {
                let o = s.peek(1);
                match sites::load(vm, site_of(i), o) {
                    sites::Load::Method(m, receiver) => {
                        s.set(1, m);
                        s.push(receiver);
                        next!()
                    }
                    sites::Load::Value(v) => {
                        s.set(1, Value::MARK);
                        s.push(v);
                        next!()
                    }
                    sites::Load::Property(_) | sites::Load::Miss => {}
                }
                let name = tri!(ops::name_at(vm, f, i.arg));
                let (callee, receiver) = tri!(attr::load_method(vm, o, name));
                tri!(sites::learn_load(vm, &exec.sites, i, o, name, true));
                s.set(1, receiver.map_or(Value::MARK, |_| callee));
                s.push(receiver.unwrap_or(callee));
                next!()
            }
            QOp::LOAD_METHOD | QOp::LOAD_METHOD_SITE => {
                let o = s.peek(1);
                if op == QOp::LOAD_METHOD
                    && let Some(m) = site::method(vm, i, o)
                {
                    s.set(1, m);
                    s.push(o);
                    next!()
                }
                let name = tri!(ops::name_at(vm, f, i.arg));
                let (callee, receiver) = tri!(attr::load_method(vm, o, name));
                if op == QOp::LOAD_METHOD {
                    if site::is_plain(vm, o) || i.cache1.get() != 0 {
                        site::learn_method(vm, i, o, callee, receiver.is_some());
                    } else {
                        tri!(sites::learn_load(vm, &exec.sites, i, o, name, true));
                    }
                }
                match receiver {
                    Some(r) => {
                        s.set(1, callee);
                        s.push(r);
                    }
                    None => {
                        s.set(1, Value::MARK);
                        s.push(callee);
                    }
                }
                next!()
            }
            // The receiver is the first argument.
            QOp::CALL_METHOD_PY => {
                let n = i.arg as usize;
                call_py!(i, s.peek(n + 2), n + 1, n + 2)
            }
            QOp::CALL_METHOD => {
                let n = i.arg as usize;
                let first = s.peek(n + 2);
                if first == Value::MARK {
                    let callee = s.peek(n + 1);
                    called!(i, call(vm, callee, Args::pos(s.top(n))), n + 2)
                }
                if i.heat.get() > 0
                    && let Some(func) = first.cast::<FunctionObj>()
                {
                    tri!(site::learn_method_call(vm, i, func, n + 1));
                }
                called!(i, call(vm, first, Args::pos(s.top(n + 1))), n + 2)
            }
            QOp::MAKE_FUNCTION => {
                let extra = (i.arg & 15).count_ones() as usize;
                let (qualname, code) = (s.peek(1), s.peek(2));
                let all = s.top(extra + 2);
                let v = tri!(make_function(
                    vm,
                    f.globals(),
                    code,
                    qualname,
                    i.arg,
                    &all[..extra]
                ));
                s.drop(extra + 2);
                s.push(v);
                next!()
            }
            QOp::RETURN_VALUE => {
                let v = s.pop();
                f.set_ip(ip);
                if TRACING || f.returns_slowly() {
                    if !TRACING && v.is_none() && f.inits_fast() {
                        f = leave(vm, f);
                        load!();
                        // SAFETY: as below.
                        let fb = unsafe { &(*ip).fb };
                        fb.set(fb.get() | feedback::OTHER);
                        next!()
                    }
                    stop!(Stop::Return(v))
                }
                f = leave(vm, f);
                load!();
                s.push(v);
                // SAFETY: a caller's `pc` is its call instruction.
                let fb = unsafe { &(*ip).fb };
                fb.set(fb.get() | feedback::bit_of(v));
                next!()
            }

            QOp::BUILD_TUPLE => make!(i.arg, |vm: &mut Vm, all| vm.new_tuple(all)),
            QOp::BUILD_LIST => make!(i.arg, build::list),
            QOp::BUILD_MAP => make!(2 * i.arg, build::map),
            QOp::BUILD_STRING => make!(i.arg, build::string),
            QOp::BUILD_TUPLE_UNPACK => make!(i.arg, collect::tuple_unpack),
            QOp::BUILD_SET => make!(i.arg, collect::build_set),
            QOp::BUILD_SET_UNPACK => make!(i.arg, collect::set_unpack),
            QOp::BUILD_SLICE => {
                make!(if i.arg == 3 { 3 } else { 2 }, collect::build_slice)
            }
            QOp::BUILD_LIST_UNPACK => make!(i.arg, build::list_unpack),
            QOp::BUILD_MAP_UNPACK => make!(i.arg, collect::map_unpack),
            QOp::BUILD_TUPLE_UNPACK_WITH_CALL => {
                let callee = s.peek(i.arg as usize + 1);
                site::learn_parts(vm, i, s.top(i.arg as usize));
                make!(i.arg, |vm, all| spread::tuple_unpack(vm, callee, all))
            }
            QOp::BUILD_MAP_UNPACK_WITH_CALL => {
                let callee = s.peek(i.arg as usize + 2);
                make!(i.arg, |vm, all| spread::map_unpack(vm, callee, all))
            }
            QOp::LIST_APPEND => {
                let to = s.peek(i.arg as usize + 1);
                tri!(collect::list_append(vm, to, s.peek(1)));
                s.drop(1);
                next!()
            }
            QOp::SET_ADD => {
                let to = s.peek(i.arg as usize + 1);
                tri!(collect::set_add(vm, to, s.peek(1)));
                s.drop(1);
                next!()
            }
            QOp::MAP_ADD => {
                let to = s.peek(i.arg as usize + 2);
                tri!(collect::map_add(vm, to, s.peek(2), s.peek(1)));
                s.drop(2);
                next!()
            }
            QOp::BUILD_CONST_KEY_MAP => {
                let n = i.arg as usize;
                let v = tri!(build::const_key_map(vm, s.peek(1), &s.top(n + 1)[..n]));
                s.drop(n + 1);
                s.push(v);
                next!()
            }
            QOp::FORMAT_VALUE => {
                let spec = i.arg & 4 != 0;
                let (v, spec) = if spec {
                    (s.peek(2), Some(s.peek(1)))
                } else {
                    (s.peek(1), None)
                };
                let r = tri!(format::format_value(vm, v, i.arg, spec));
                s.drop(1 + spec.is_some() as usize);
                s.push(r);
                next!()
            }
            QOp::UNPACK_SEQUENCE => {
                feedback::note(i, feedback::container_bit(s.peek(1)), 0);
                tri!(build::unpack(vm, &mut s, i.arg as usize));
                next!()
            }
            QOp::UNPACK_EX => {
                tri!(build::unpack_ex(vm, &mut s, i.arg));
                next!()
            }
            QOp::SUBSCR_LIST_INT => {
                let (o, k) = (s.peek(2), s.peek(1));
                if let (Some(l), Some(n)) =
                    (o.exact::<ListObj>().map(|l| l.as_ref()), k.as_small_int())
                    && let Some(v) = wrap_index(n, l.items.len()).and_then(|n| l.items.get(n))
                {
                    i.fb.set(i.fb.get() | feedback::bit_of(v));
                    s.drop(1);
                    s.set(1, v);
                    next!()
                }
                relearn!(i);
            }
            QOp::BINARY_SUBSCR => {
                let (o, k) = (s.peek(2), s.peek(1));
                feedback::note(i, feedback::container_bit(o), feedback::bit_of(k));
                if let (Some(l), Some(n)) =
                    (o.exact::<ListObj>().map(|l| l.as_ref()), k.as_small_int())
                    && wrap_index(n, l.items.len()).is_some()
                {
                    arith::set_spec(i, super::executable::Spec::SUBSCR_LIST_INT);
                }
                let v = tri!(item::get_item(vm, o, k));
                i.fb.set(i.fb.get() | feedback::bit_of(v));
                s.drop(1);
                s.set(1, v);
                next!()
            }
            QOp::STORE_SUBSCR => {
                let (o, k) = (s.peek(2), s.peek(1));
                feedback::note(i, feedback::container_bit(o), feedback::bit_of(k));
                if let (Some(l), Some(n)) =
                    (o.exact::<ListObj>().map(|l| l.as_ref()), k.as_small_int())
                    && let Some(n) = wrap_index(n, l.items.len())
                {
                    l.items.set(&vm.heap, n, s.peek(3));
                    s.drop(3);
                    next!()
                }
                tri!(item::set_item(vm, o, k, s.peek(3)));
                s.drop(3);
                next!()
            }
            QOp::DELETE_SUBSCR => {
                tri!(item::del_item(vm, s.peek(2), s.peek(1)));
                s.drop(2);
                next!()
            }
            QOp::DELETE_ATTR => {
                let name = tri!(ops::name_at(vm, f, i.arg));
                tri!(attr::del_attr(vm, s.peek(1), name));
                s.drop(1);
                next!()
            }
            QOp::LOAD_ATTR_SITE if !TRACING => {
                let o = s.peek(1);
                match sites::load(vm, site_of(i), o) {
                    sites::Load::Value(v) => {
                        i.fb.set(i.fb.get() | feedback::bit_of(v));
                        s.set(1, v);
                        next!()
                    }
                    sites::Load::Method(m, receiver) => {
                        let v = tri!(bind(vm, m, receiver));
                        i.fb.set(i.fb.get() | feedback::OTHER);
                        s.set(1, v);
                        next!()
                    }
                    sites::Load::Property(getter) => {
                        called!(i, call(vm, getter, Args::pos(&[o])), 1)
                    }
                    sites::Load::Miss => {}
                }
                let name = tri!(ops::name_at(vm, f, i.arg));
                let v = tri!(attr::get_attr(vm, o, name));
                tri!(sites::learn_load(vm, &exec.sites, i, o, name, false));
                i.fb.set(i.fb.get() | feedback::bit_of(v));
                s.set(1, v);
                next!()
            }
            QOp::LOAD_ATTR | QOp::LOAD_ATTR_SITE => {
                let o = s.peek(1);
                let name = tri!(ops::name_at(vm, f, i.arg));
                let v = tri!(attr::get_attr(vm, o, name));
                if op == QOp::LOAD_ATTR {
                    tri!(sites::learn_load(vm, &exec.sites, i, o, name, false));
                }
                i.fb.set(i.fb.get() | feedback::bit_of(v));
                s.set(1, v);
                next!()
            }
            QOp::STORE_ATTR_SITE if tri!(sites::store(vm, site_of(i), s.peek(1), s.peek(2))) => {
                s.drop(2);
                next!()
            }
            QOp::STORE_ATTR | QOp::STORE_ATTR_SITE => {
                let o = s.peek(1);
                let name = tri!(ops::name_at(vm, f, i.arg));
                let before = shape_of(o);
                tri!(attr::set_attr(vm, o, name, s.peek(2)));
                tri!(sites::learn_store(vm, &exec.sites, i, o, name, before));
                s.drop(2);
                next!()
            }
            QOp::IMPORT_NAME => {
                let name = tri!(ops::name_at(vm, f, i.arg));
                let m = tri!(name::import(
                    vm,
                    name,
                    f.globals(),
                    f.locals(),
                    s.peek(1),
                    s.peek(2)
                ));
                s.drop(1);
                s.set(1, m);
                next!()
            }
            QOp::IMPORT_FROM => {
                let name = tri!(ops::name_at(vm, f, i.arg));
                let v = tri!(import::import_from(vm, s.peek(1), name));
                s.push(v);
                next!()
            }
            QOp::IMPORT_STAR => {
                tri!(import::import_star(vm, f.locals(), s.peek(1)));
                s.drop(1);
                next!()
            }
            QOp::SETUP_ANNOTATIONS => {
                tri!(name::setup_annotations(vm, f.locals()));
                next!()
            }
            QOp::PRINT_EXPR => {
                tri!(name::print_expr(vm, s.peek(1)));
                s.drop(1);
                next!()
            }

            QOp::SETUP_WITH => {
                with::note(vm, i, s.peek(1));
                let (exit, entered) = tri!(with::setup(vm, s.peek(1)));
                s.set(1, exit);
                s.push(entered);
                next!()
            }
            QOp::WITH_CLEANUP_START => {
                let (exit, tb, exc, top) = (s.peek(7), s.peek(3), s.peek(2), s.peek(1));
                let (class, result) = tri!(with::start(vm, exit, tb, exc, top));
                s.push(class);
                s.push(result);
                next!()
            }
            QOp::WITH_CLEANUP_FINISH => {
                tri!(with::finish(vm, &mut s));
                next!()
            }
            QOp::SETUP_FINALLY | QOp::SETUP_ASYNC_WITH | QOp::POP_BLOCK => next!(),
            QOp::BEGIN_FINALLY => {
                block::begin_finally(vm, &mut s);
                next!()
            }
            QOp::CALL_FINALLY => {
                block::call_finally(vm, &mut s, index(f, ip) + 1);
                jump!(i.arg)
            }
            QOp::END_FINALLY => {
                let pc = index(f, ip);
                match block::end_finally(vm, &mut s, |to| {
                    exec.verified
                        .end_finally(pc)
                        .is_some_and(|e| e.sites.contains(&to))
                }) {
                    block::Finally::Next => next!(),
                    // Not a back edge, wherever it lies: it returns to where CALL_FINALLY left.
                    block::Finally::Return(to) => {
                        ip = first.wrapping_add(to as usize);
                        continue;
                    }
                    block::Finally::Raise(r) => stop!(Stop::Reraise(r)),
                }
            }
            QOp::POP_FINALLY => {
                block::pop_finally(vm, &mut s, i.arg == 1);
                next!()
            }
            QOp::POP_EXCEPT => {
                let before = s.peek(2);
                block::restore_handled(vm, before);
                s.drop(3);
                next!()
            }
            QOp::RAISE_VARARGS => {
                let n = i.arg as usize;
                let (exc, cause) = match n {
                    0 => (None, None),
                    1 => (Some(s.peek(1)), None),
                    _ => (Some(s.peek(2)), Some(s.peek(1))),
                };
                let reraise = exc.is_none() && vm.handled.get().is_some();
                if reraise {
                    block::raise_again(vm, f, index(f, ip));
                }
                let r = crate::builtins::exceptions::raise(vm, exc, cause);
                if reraise {
                    stop!(Stop::Reraise(r))
                }
                stop!(Stop::Raise(r))
            }

            QOp::NO_OPCODE | QOp::EXTENDED_ARG => {
                // The verifier refuses them; the arm is here so that a new row must choose its place.
                stop!(Stop::Raise(crate::raise!(
                    vm,
                    SystemError,
                    "unknown opcode"
                )))
            }
        }
    }
}
