//! Operators: the general forms, and their specialisation.

use crate::interp::executable::{QInstr, SPEC_BASE, Spec};
use crate::interp::feedback;
use crate::object::{ClassId, Value};
use crate::protocol::compare::{self, CmpOp};
use crate::protocol::number::{self, BinOp};
use crate::types::str::value::StrObj;
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// A binary operation in its general form; specialises the instruction for the next time.
pub fn binary(vm: &mut Vm, i: &QInstr, op: BinOp, inplace: bool, a: Value, b: Value) -> R {
    specialise(i, op, inplace, a, b);
    note_operands(i, a, b);
    let r = if inplace {
        number::inplace(vm, op, a, b)
    } else {
        number::binary(vm, op, a, b)
    };
    if let Ok(v) = &r {
        i.fb.set(i.fb.get() | feedback::bit_of(*v));
    }
    r
}

/// Notes what the operands were, in the two low bytes of `cache1`: the left one's bits, the right one's.
#[inline]
fn note_operands(i: &QInstr, a: Value, b: Value) {
    let bits = feedback::bit_of(a) as u64 | (feedback::bit_of(b) as u64) << 8;
    let more = feedback::operand_bits(a, b);
    i.cache1.set(i.cache1.get() | bits | more);
}

/// Puts a specialised form in place, while the instruction has heat left.
pub fn set_spec(i: &QInstr, s: Spec) {
    let heat = i.heat.get();
    if heat > 0 {
        i.heat.set(heat - 1);
        i.op.set(SPEC_BASE + s as u8);
    }
}

/// Back to the general form.
#[cold]
pub fn despecialise(i: &QInstr) {
    i.op.set(i.opcode() as u8);
}

fn specialise(i: &QInstr, op: BinOp, inplace: bool, a: Value, b: Value) {
    let ints = Value::both_small(a, b);
    let floats = a.is_float() && b.is_float();
    let spec = match (op, inplace, ints, floats) {
        (BinOp::Add, false, true, _) => Spec::ADD_INT,
        (BinOp::Sub, false, true, _) => Spec::SUB_INT,
        (BinOp::Mul, false, true, _) => Spec::MUL_INT,
        (BinOp::Add, true, true, _) => Spec::IADD_INT,
        (BinOp::Sub, true, true, _) => Spec::ISUB_INT,
        (BinOp::Mul, true, true, _) => Spec::IMUL_INT,
        (BinOp::Add, false, _, true) => Spec::ADD_FLOAT,
        (BinOp::Sub, false, _, true) => Spec::SUB_FLOAT,
        (BinOp::Mul, false, _, true) => Spec::MUL_FLOAT,
        (BinOp::Add, true, _, true) => Spec::IADD_FLOAT,
        (BinOp::Sub, true, _, true) => Spec::ISUB_FLOAT,
        (BinOp::Mul, true, _, true) => Spec::IMUL_FLOAT,
        _ => return,
    };
    set_spec(i, spec);
}

/// COMPARE_OP in its general form.
pub fn compare(vm: &mut Vm, i: &QInstr, a: Value, b: Value) -> R {
    match CmpOp::ALL.get(i.arg as usize) {
        Some(op) => {
            note_operands(i, a, b);
            vm.enter_recursive(" in comparison")?;
            if Value::both_small(a, b) {
                set_spec(i, Spec::COMPARE_INT);
            } else if a.is_float() && b.is_float() {
                set_spec(i, Spec::COMPARE_FLOAT);
            } else if matches!(op, CmpOp::Eq | CmpOp::Ne) && same_str(vm, a, b).is_some() {
                set_spec(i, Spec::COMPARE_STR);
            }
            let r = compare::rich_compare(vm, *op, a, b);
            if let Ok(v) = &r {
                i.fb.set(i.fb.get() | feedback::bit_of(*v));
            }
            r
        }
        None => compare_rest(vm, i.arg, a, b).map(Value::bool),
    }
}

/// Whether two strs, of no derived class, are equal.
#[inline]
pub fn same_str(vm: &Vm, a: Value, b: Value) -> Option<bool> {
    let (x, y) = (a.exact::<StrObj>()?, b.exact::<StrObj>()?);
    let (x, y) = (x.get(vm), y.get(vm));
    Some(a == b || (x.len == y.len && x.as_bytes() == y.as_bytes()))
}

/// `in`, `not in`, `is`, `is not`, `exception match`: operands 6 to 10 of COMPARE_OP.
pub fn compare_rest(vm: &mut Vm, arg: u32, a: Value, b: Value) -> Result<bool, Raised> {
    match arg {
        6 => compare::contains(vm, b, a),
        7 => compare::contains(vm, b, a).map(|c| !c),
        8 => Ok(compare::is_same(a, b)),
        9 => Ok(!compare::is_same(a, b)),
        10 => compare::exception_match(vm, a, b),
        _ => Err(vm.raise(ClassId::SystemError, "bad COMPARE_OP operand")),
    }
}
