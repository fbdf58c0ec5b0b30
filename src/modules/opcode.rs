//! `opcode`: the opcode table as Python sees it, and `stack_effect`.

use crate::code::dis::opname;
use crate::code::object::Version;
use crate::code::opcode::{ArgKind, CMP_OPS, HAVE_ARGUMENT, Opcode};
use crate::object::method::R;
use crate::object::{Args, Conv, Gc, MethodDef, Value};
use crate::protocol::item;
use crate::raise;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::list::ops as list;
use crate::types::{args, module};
use crate::vm::{Raised, Vm};

/// Rows.
pub const FUNCTIONS: &[MethodDef] = &[MethodDef {
    name: "stack_effect",
    conv: Conv::Kw(stack_effect),
    doc: "Compute the stack effect of the opcode.",
}];

/// Opcodes by what their operand is.
const LISTS: [(&str, &[ArgKind]); 8] = [
    ("hasconst", &[ArgKind::Const]),
    ("hasname", &[ArgKind::Name]),
    ("hasjrel", &[ArgKind::Rel]),
    ("hasjabs", &[ArgKind::Abs]),
    ("haslocal", &[ArgKind::Local]),
    ("hascompare", &[ArgKind::Compare]),
    ("hasfree", &[ArgKind::Free]),
    ("hasnargs", &[]),
];

/// Binds the tables.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    tables(vm, d)
}

/// Binds the tables in a namespace: `dis` has them, too.
pub fn tables(vm: &mut Vm, d: Gc<DictObj>) -> Result<(), Raised> {
    let names = vm.new_list(&[])?;
    for op in 0..=255 {
        let s = vm.new_str(&opname(Version::V38, op))?;
        list::push(vm, names, s)?;
    }
    dict::set_name(vm, d, "opname", names.value())?;
    let map = vm.new_dict()?;
    for op in definition_order() {
        dict::set_name(vm, map, op.name(), Value::int_unchecked(op as i64))?;
    }
    dict::set_name(vm, d, "opmap", map.value())?;
    for (name, kinds) in LISTS {
        let l = vm.new_list(&[])?;
        for &op in Opcode::ALL.iter().filter(|o| kinds.contains(&o.arg_kind())) {
            list::push(vm, l, Value::int_unchecked(op as i64))?;
        }
        dict::set_name(vm, d, name, l.value())?;
    }
    let l = vm.new_list(&[])?;
    for text in CMP_OPS {
        let s = vm.new_str(text)?;
        list::push(vm, l, s)?;
    }
    let ops = list::to_tuple(vm, l)?;
    dict::set_name(vm, d, "cmp_op", ops)?;
    let numbers = [
        ("HAVE_ARGUMENT", HAVE_ARGUMENT),
        ("EXTENDED_ARG", Opcode::EXTENDED_ARG as u8),
    ];
    for (name, n) in numbers {
        dict::set_name(vm, d, name, Value::int_unchecked(n as i64))?;
    }
    Ok(())
}

/// CPython defines EXTENDED_ARG behind the four after it; `opmap` shows that.
fn definition_order() -> impl Iterator<Item = Opcode> {
    let place = |o: Opcode| match o {
        Opcode::EXTENDED_ARG => (Opcode::LOAD_CLASSDEREF as u8, 1),
        o => (o as u8, 0),
    };
    let mut all = Opcode::ALL.to_vec();
    all.sort_by_key(|o| place(*o));
    all.into_iter()
}

/// `stack_effect(opcode, oparg=None, /, *, jump=None)`
pub fn stack_effect(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let n = a.len();
    if n == 0 {
        return Err(raise!(
            vm,
            TypeError,
            "stack_effect() takes at least 1 positional argument (0 given)"
        ));
    }
    let [op, arg, jump] = args::parse(vm, "stack_effect", a, ["", "", "jump"], 1, 2)?;
    let op = item::as_c_int(vm, op.unwrap_or(Value::NONE))?;
    let arg = arg.filter(|a| !a.is_none());
    let has = op >= HAVE_ARGUMENT as i32;
    let arg = match arg {
        Some(_) if !has => {
            return Err(raise!(
                vm,
                ValueError,
                "stack_effect: opcode does not permit oparg but oparg was specified"
            ));
        }
        None if has => {
            return Err(raise!(
                vm,
                ValueError,
                "stack_effect: opcode requires oparg but oparg was not specified"
            ));
        }
        Some(v) => item::as_c_int(vm, v)?,
        None => 0,
    };
    let jump = match jump.unwrap_or(Value::NONE) {
        Value::NONE => None,
        Value::TRUE => Some(true),
        Value::FALSE => Some(false),
        _ => {
            return Err(raise!(
                vm,
                ValueError,
                "stack_effect: jump must be False, True or None"
            ));
        }
    };
    let op = u8::try_from(op).ok().and_then(Opcode::from_u8);
    // The effects are products of small numbers and the operand: no operand of a real program
    // comes near this.
    let Some(op) = op.filter(|_| (0..1 << 24).contains(&arg)) else {
        return Err(raise!(vm, ValueError, "invalid opcode or oparg"));
    };
    let effect = |jump| op.stack_effect(arg as u32, jump) as i64;
    let n = match jump {
        Some(j) => effect(j),
        None => effect(true).max(effect(false)),
    };
    vm.new_int(n)
}
