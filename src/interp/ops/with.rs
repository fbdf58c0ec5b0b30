//! SETUP_WITH, WITH_CLEANUP_START, WITH_CLEANUP_FINISH.
//!
//! `__exit__` lies below the six slots of the block it ends. It stays there while it is called, so that
//! what unwinding finds is where it was; WITH_CLEANUP_FINISH takes it out and moves the six down.

use super::block;
use crate::interp::executable::QInstr;
use crate::interp::frame::Sp;
use crate::object::{Args, ClassId, Kind, Value};
use crate::protocol::special::Special;
use crate::protocol::{attr, truth};
use crate::types::class::ops as class;
use crate::types::function::value::FunctionObj;
use crate::vm::{Raised, Vm};

/// A special method, looked up on the type.
pub(super) fn special(vm: &mut Vm, o: Value, name: Special) -> Result<Value, Raised> {
    let m = find(vm, o, name)?;
    attr::bind(vm, m, o)
}
fn find(vm: &mut Vm, o: Value, name: Special) -> Result<Value, Raised> {
    let name = vm.special(name)?;
    let c = class::type_of(vm, o)?;
    match class::lookup(vm, c, name)? {
        Some(m) => Ok(m),
        None => Err(vm.raise_args(ClassId::AttributeError, &[name])),
    }
}

/// Notes the shape of the manager, an instance of a program's class, in `cache1`; several: `poly`.
#[inline]
pub fn note(vm: &Vm, i: &QInstr, manager: Value) {
    let shape = match manager.is_kind(Kind::Instance) {
        true => manager.header(vm).map_or(0, |h| h.shape() as u64),
        false => 0,
    };
    match i.cache1.get() {
        0 if shape != 0 => i.cache1.set(shape),
        seen if seen == shape && shape != 0 => {}
        _another => i.poly.set(true),
    }
}

/// SETUP_WITH: `__exit__` of the manager, and what its `__enter__` gave.
pub fn setup(vm: &mut Vm, manager: Value) -> Result<(Value, Value), Raised> {
    let enter = find(vm, manager, Special::Enter)?;
    // A function is called at once: nobody sees it bound.
    let bound = match enter.exact::<FunctionObj>() {
        Some(_) => None,
        None => Some(attr::bind(vm, enter, manager)?),
    };
    let exit = special(vm, manager, Special::Exit)?;
    let entered = match bound {
        Some(m) => vm.call(m, Args::pos(&[]))?,
        None => vm.call(enter, Args::pos(&[manager]))?,
    };
    Ok((exit, entered))
}

/// Whether the topmost of six slots says that no exception entered the block.
pub fn entered_normally(top: Value) -> bool {
    top == Value::MARK || top.as_small_int().is_some()
}

/// WITH_CLEANUP_START: what to push: the exception's class or None, and what `__exit__` returned.
pub fn start(
    vm: &mut Vm,
    exit: Value,
    tb: Value,
    exc: Value,
    top: Value,
) -> Result<(Value, Value), Raised> {
    let args = match entered_normally(top) {
        true => [Value::NONE; 3],
        false => [top, exc, tb],
    };
    let result = vm.call(exit, Args::pos(&args))?;
    Ok((args[0], result))
}

/// Whether the exception ends here: what WITH_CLEANUP_START pushed, and the topmost of the six.
pub fn swallows(vm: &mut Vm, class: Value, result: Value, top: Value) -> Result<bool, Raised> {
    if class.is_none() || entered_normally(top) {
        return Ok(false);
    }
    truth::is_true(vm, result)
}

/// WITH_CLEANUP_FINISH
pub fn finish(vm: &mut Vm, s: &mut Sp) -> Result<(), Raised> {
    let (result, class, top) = (s.peek(1), s.peek(2), s.peek(3));
    let ends = swallows(vm, class, result, top)?;
    s.drop(2);
    if ends {
        let before = s.peek(5);
        block::restore_handled(vm, before);
        s.drop(7);
        block::begin_finally(vm, s);
        return Ok(());
    }
    for i in (1..=6).rev() {
        let v = s.peek(i);
        s.set(i + 1, v);
    }
    s.drop(1);
    Ok(())
}
