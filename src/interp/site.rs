//! Call sites: what an instruction that calls knows of its callee.
//!
//! It first bets on one function. Is the next callee another function of the same code (a closure or a
//! lambda that is made anew), it bets on the code. After `HEAT` bets it has no one target (`poly`).

use super::executable::{QInstr, Spec};
use super::ops::arith::set_spec;
use crate::call::dispatch::{self, exec_of};
use crate::code::opcode::Opcode;
use crate::object::header::shape_of;
use crate::object::{ClassId, Gc, Kind, Value};
use crate::types::code::value::CodeObj;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::function::value::FunctionObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// Whether the callee is the function that `cache0` and `cache1` say.
#[inline(always)]
pub fn is_bound(vm: &Vm, i: &QInstr, callee: Value) -> bool {
    callee.bits() == i.cache0.get()
        && callee
            .get::<FunctionObj>(vm)
            .is_some_and(|f| f.version.get() == i.cache1.get())
}

/// Whether the callee is a function of the code that `cache0` is.
#[inline(always)]
pub fn is_code(vm: &Vm, i: &QInstr, callee: Value) -> bool {
    callee
        .get::<FunctionObj>(vm)
        .and_then(|f| f.code.get())
        .is_some_and(|c| c.bits() == i.cache0.get())
}

/// Points a CALL_FUNCTION with `n` arguments, or a CALL_FUNCTION_KW, at its callee.
///
/// # Errors
/// SystemError when the callee's code does not verify; MemoryError.
#[inline]
pub fn learn(vm: &mut Vm, i: &QInstr, callee: Value, n: usize) -> Result<(), Raised> {
    if i.heat.get() == 0 {
        i.poly.set(true);
        return Ok(());
    }
    let named = i.opcode() == Opcode::CALL_FUNCTION_KW;
    match callee.cast::<FunctionObj>() {
        Some(func) => function(vm, i, func, named, n),
        None if callee.is_kind(Kind::Builtin) && !named => {
            i.cache0.set(callee.bits());
            set_spec(i, Spec::CALL_BUILTIN);
            Ok(())
        }
        // A class: which one is all that is noted.
        None if callee.is_kind(Kind::Class) && !named && i.cached().is_none_or(|c| c == callee) => {
            i.cache0.set(callee.bits());
            Ok(())
        }
        None => {
            i.poly.set(true);
            Ok(())
        }
    }
}

fn function(
    vm: &mut Vm,
    i: &QInstr,
    func: Gc<FunctionObj>,
    named: bool,
    n: usize,
) -> Result<(), Raised> {
    exec_of(vm, func)?;
    let code = func.get(vm).code.get_or_none();
    let before = i.cached();
    let was = before.and_then(|b| b.cast::<FunctionObj>());
    let same = before == Some(code)
        || was.is_some_and(|w| w != func && w.get(vm).code.get() == Some(code));
    if same {
        let defaults = func.get(vm).defaults.get();
        let n = defaults
            .and_then(|d| d.get::<TupleObj>(vm))
            .map_or(0, |t| t.len);
        i.cache0.set(code.bits());
        i.cache1.set(n as u64);
        set_spec(
            i,
            match named {
                true => Spec::CALL_KW_CODE,
                false => Spec::CALL_CODE,
            },
        );
        return Ok(());
    }
    i.cache0.set(func.value().bits());
    i.cache1.set(func.get(vm).version.get());
    let spec = match named {
        true => Spec::CALL_KW_BOUND,
        false if dispatch::is_fast(vm, func, n) => Spec::CALL_PY,
        false => Spec::CALL_BOUND,
    };
    set_spec(i, spec);
    if spec == Spec::CALL_PY {
        return Ok(());
    }
    keyword_defaults(vm, func, code)
}

/// Native code reads the defaults of keyword-only parameters from cells of their dict.
fn keyword_defaults(vm: &mut Vm, func: Gc<FunctionObj>, code: Value) -> Result<(), Raised> {
    let dict = func.get(vm).kwdefaults.get();
    let (Some(d), Some(c)) = (
        dict.and_then(|d| d.cast::<DictObj>()),
        code.cast::<CodeObj>(),
    ) else {
        return Ok(());
    };
    let (from, n) = match &c.get(vm).code {
        Some(c) => (c.argcount as usize, c.kwonlyargcount as usize),
        None => return Ok(()),
    };
    for k in from..from + n {
        let name = crate::types::code::ops::varname(vm, code, k)?;
        dict::global_cell(vm, d, name)?;
    }
    Ok(())
}

/// Lengths that a site remembers of the tuples that it spreads: one more than the length, 0 not seen yet.
const LENGTH_BITS: u32 = 16;
/// It was no tuple, or of different lengths.
pub const VARIES: u64 = (1 << LENGTH_BITS) - 1;

fn length_of(vm: &Vm, v: Value) -> u64 {
    match v.exact::<TupleObj>() {
        Some(t) => (t.get(vm).len as u64 + 1).min(VARIES),
        None => VARIES,
    }
}
fn join(old: u64, new: u64) -> u64 {
    if old == 0 || old == new { new } else { VARIES }
}
/// What is remembered of the length number `k`.
pub fn length(i: &QInstr, k: usize) -> Option<usize> {
    let n = if i.opcode() == Opcode::CALL_FUNCTION_EX {
        i.cache1.get() >> (64 - LENGTH_BITS)
    } else if k < 4 {
        i.cache1.get() >> (LENGTH_BITS * k as u32) & VARIES
    } else {
        VARIES
    };
    (n != 0 && n != VARIES).then(|| n as usize - 1)
}
/// The number in `cache1` beside the length: the version, or how many defaults there are.
pub fn number(i: &QInstr) -> u64 {
    let all = i.cache1.get();
    if i.opcode() == Opcode::CALL_FUNCTION_EX {
        all << LENGTH_BITS >> LENGTH_BITS
    } else {
        all
    }
}

/// Notes how long the tuples are that BUILD_TUPLE_UNPACK_WITH_CALL spreads, of four at most.
#[inline]
pub fn learn_parts(vm: &Vm, i: &QInstr, parts: &[Value]) {
    let mut all = 0;
    for (k, v) in parts.iter().take(4).enumerate() {
        let by = LENGTH_BITS * k as u32;
        all |= join(i.cache1.get() >> by & VARIES, length_of(vm, *v)) << by;
    }
    i.cache1.set(all);
}

/// Notes what a CALL_FUNCTION_EX calls, and how many arguments it spreads.
///
/// # Errors
/// SystemError when the callee's code does not verify.
#[inline]
pub fn learn_ex(vm: &mut Vm, i: &QInstr, callee: Value, args: Value) -> Result<(), Raised> {
    if i.poly.get() {
        return Ok(());
    }
    let Some(func) = callee.cast::<FunctionObj>() else {
        i.poly.set(true);
        return Ok(());
    };
    let length = join(i.cache1.get() >> (64 - LENGTH_BITS), length_of(vm, args));
    exec_of(vm, func)?;
    let code = func.get(vm).code.get_or_none();
    let before = i.cached();
    let (word, number) = if before == Some(callee) || before.is_none() {
        (callee, func.get(vm).version.get())
    } else {
        let was = before.and_then(|b| b.cast::<FunctionObj>());
        if before != Some(code) && was.is_none_or(|w| w.get(vm).code.get() != Some(code)) {
            let heat = i.heat.get();
            i.heat.set(heat.saturating_sub(1));
            i.poly.set(heat <= 1);
            (callee, func.get(vm).version.get())
        } else {
            let d = func.get(vm).defaults.get();
            let d = d.and_then(|d| d.get::<TupleObj>(vm)).map_or(0, |t| t.len);
            (code, d as u64)
        }
    };
    i.cache0.set(word.bits());
    i.cache1
        .set(length << (64 - LENGTH_BITS) | number << LENGTH_BITS >> LENGTH_BITS);
    Ok(())
}

/// The method that a LOAD_METHOD has found for objects of this class, whose instances have nothing of
/// their own and which nobody changes.
#[inline(always)]
pub fn method(vm: &Vm, i: &QInstr, o: Value) -> Option<Value> {
    let _ = vm;
    if i.cache1.get() != shape_of(o) as u64 + 1 {
        return None;
    }
    i.cached()
}

// The class itself, not the layout, which a subclass shares.
const PLAIN: [ClassId; 6] = [
    ClassId::List,
    ClassId::Dict,
    ClassId::Set,
    ClassId::Str,
    ClassId::Bytes,
    ClassId::Tuple,
];
/// Whether it is of a builtin class whose methods a LOAD_METHOD remembers by itself; those of other objects
/// are for its site (`attr`).
#[inline]
pub fn is_plain(vm: &Vm, o: Value) -> bool {
    vm.exact_class(o).is_some_and(|c| PLAIN.contains(&c))
}

/// Points a CALL_METHOD at the function that it calls with `n` arguments, the receiver among them, if that
/// takes the fast path.
///
/// # Errors
/// SystemError when the function's code does not verify.
pub fn learn_method_call(
    vm: &mut Vm,
    i: &QInstr,
    func: Gc<FunctionObj>,
    n: usize,
) -> Result<(), Raised> {
    if i.heat.get() == super::executable::HEAT {
        i.heat.set(i.heat.get() - 1);
        return Ok(());
    }
    exec_of(vm, func)?;
    if dispatch::is_fast(vm, func, n) {
        i.cache0.set(func.value().bits());
        i.cache1.set(func.get(vm).version.get());
        set_spec(i, Spec::CALL_METHOD_PY);
    }
    Ok(())
}

/// Notes what a LOAD_METHOD has found.
pub fn learn_method(vm: &Vm, i: &QInstr, o: Value, found: Value, bound: bool) {
    let class = vm.exact_class(o);
    let plain = class.is_some_and(|c| PLAIN.contains(&c));
    let class = class.map_or(u64::MAX, |c| c as u64 + 1);
    let other = i.cache1.get() != 0 && i.cache1.get() != class;
    i.poly.set(i.poly.get() || other || !plain);
    if bound && plain && found.is_kind(Kind::MethodDescr) {
        i.cache0.set(found.bits());
        i.cache1.set(class);
    }
}
