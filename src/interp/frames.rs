//! Frame objects: who asks for a frame as a value comes here.
//!
//! * [`current`] and [`back`] walk the frames as a program sees them. Before they do, [`settle`] puts
//!   the frames that run natively and are suspended in a call on the VM stack.
//! * A frame object of a frame on the VM stack reads and writes the stack itself. [`retire`], called
//!   when the frame is popped, moves the values into the object.
//! * The dict that `locals()` gives of a function is one for each frame, and filled anew at each call
//!   (`PyFrame_FastToLocals`).

use super::frame::FramePtr;
use crate::code::object::{CodeObject, flags};
use crate::code::wtf8::Wtf8Buf;
use crate::gc::NoMemory;
use crate::object::method::R;
use crate::object::{ClassId, Gc, Kind, Value};
use crate::protocol::item;
use crate::raise;
use crate::types::cell::value::CellObj;
use crate::types::code::ops as code_ops;
use crate::types::code::value::CodeObj;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::value::TracebackObj;
use crate::types::frame::ops;
use crate::types::frame::value::{FrameObj, State};
use crate::types::generator::value as generator;
use crate::vm::{Raised, Vm};

/// Puts every frame that runs natively on the VM stack: the chain of frames is whole then, and stays so
/// for those that are active now.
///
/// # Errors
/// MemoryError.
pub fn settle(vm: &mut Vm) -> Result<(), Raised> {
    crate::jit::show::show(vm)
}

/// An object for a frame that native code has left by an exception: it was never on the VM stack. Its
/// caller is the frame that gets the next line of the traceback. Its slots are empty. Never collects.
///
/// # Errors
/// No memory.
pub fn left(vm: &Vm, of: ops::Of, lasti: u32) -> Result<Gc<FrameObj>, NoMemory> {
    let g = ops::make(&vm.heap, of, State::Dead)?;
    let o = g.get(vm);
    o.lasti.set(lasti as i32);
    o.orphan.set(true);
    Ok(g)
}

/// The object of a frame that ran natively until now is that of this frame on the VM stack.
pub fn attach(vm: &Vm, o: Gc<FrameObj>, f: FramePtr) {
    if f.object().is_none() {
        let value = o.value();
        let o = o.get(vm);
        o.state.set(State::Live);
        o.live.set(f.address());
        f.set_object(value);
    }
}

/// The object of a frame on the VM stack, made if there is none. Not shown yet: its frame may still go
/// on natively. Never collects.
///
/// # Errors
/// No memory.
pub fn object_of(vm: &Vm, f: FramePtr) -> Result<Gc<FrameObj>, NoMemory> {
    if let Some(o) = f.object().and_then(|o| o.cast()) {
        return Ok(o);
    }
    let of = ops::Of {
        code: f.code(),
        globals: f.globals(),
        locals: f.locals(),
    };
    let o = ops::make(&vm.heap, of, State::Live)?;
    o.get(vm).live.set(f.address());
    if let Some(g) = f.generator() {
        o.get(vm).generator.write(&vm.heap, Some(g.value()));
    }
    f.set_object(o.value());
    Ok(o)
}

impl Vm {
    /// The object of a frame on the VM stack, for a program to see.
    ///
    /// # Errors
    /// MemoryError.
    pub fn frame_object(&mut self, f: FramePtr) -> Result<Gc<FrameObj>, Raised> {
        let o = self.with_room(256, |vm| object_of(vm, f))?;
        o.get(self).shown.set(true);
        Ok(o)
    }
}

/// The frame is popped: its object keeps the values, the position and the caller. A caller that runs
/// natively comes to the VM stack if a program may ask for it.
#[cold]
#[inline(never)]
pub fn retire(vm: &mut Vm, f: FramePtr) {
    let Some(g) = f.object().and_then(|o| o.cast::<FrameObj>()) else {
        return;
    };
    let o = g.get(vm);
    o.lasti.set(lasti(vm, g));
    for (i, s) in o.slots().iter().enumerate() {
        s.write(&vm.heap, f.slot(i));
    }
    o.state.set(State::Dead);
    o.live.set(0);
    if o.back.get().is_some() || o.generator.get().is_some() {
        // A generator's frame has a caller only while it runs.
        o.generator.write(&vm.heap, None);
        return;
    }
    let Some(p) = f.prev() else { return };
    if crate::jit::show::calls_natively(vm, p) {
        if vm.exc.get().is_some() || !crate::jit::show::wanted(vm) {
            // A native frame, about to get its line of the traceback: otherwise it would be shown.
            o.orphan.set(true);
            return;
        }
        if let Err(r) = settle(vm) {
            let _ = vm.catch(r, ClassId::BaseException);
            return;
        }
    }
    if let Some(p) = f.prev()
        && let Ok(b) = object_of(vm, p)
    {
        g.get(vm).back.write(&vm.heap, Some(b.value()));
    }
}

/// The frame of an object while it is on the VM stack.
pub fn live(vm: &Vm, o: Gc<FrameObj>) -> Option<FramePtr> {
    let o = o.get(vm);
    (o.state.get() == State::Live).then(|| FramePtr::from_address(o.live.get()))
}

/// The innermost frame: that of the code that called the builtin which asks.
///
/// # Errors
/// MemoryError.
pub fn current(vm: &mut Vm) -> Result<Option<Gc<FrameObj>>, Raised> {
    settle(vm)?;
    match vm.stack.top_frame() {
        Some(f) => vm.frame_object(f).map(Some),
        None => Ok(None),
    }
}

/// `f_back`
///
/// # Errors
/// MemoryError.
pub fn back(vm: &mut Vm, o: Gc<FrameObj>) -> Result<Option<Gc<FrameObj>>, Raised> {
    if o.get(vm).state.get() == State::Live && !o.get(vm).shown.get() {
        show(vm, o)?;
    } else if o.get(vm).generator.get().is_some() {
        // Whoever resumed it this time may run natively.
        settle(vm)?;
    }
    if let Some(b) = o.get(vm).back.get() {
        let b = b.cast::<FrameObj>();
        if let Some(b) = b {
            show(vm, b)?;
        }
        return Ok(b);
    }
    match live(vm, o).and_then(|f| f.prev()) {
        Some(p) => vm.frame_object(p).map(Some),
        None => Ok(None),
    }
}

/// `tb_frame`
///
/// # Errors
/// MemoryError.
pub fn of_traceback(vm: &mut Vm, t: Value) -> R {
    crate::jit::tier::want_frames(vm);
    let frame = |vm: &Vm| t.get::<TracebackObj>(vm).and_then(|t| t.frame.get());
    if let Some(f) = frame(vm).and_then(|f| f.cast()) {
        show(vm, f)?;
        return Ok(f.value());
    }
    // It ran natively when it caught the exception. If it still runs, this gives it its object.
    settle(vm)?;
    let globals = match frame(vm) {
        Some(f) if f.is_kind(Kind::Frame) => return of_traceback(vm, t),
        Some(g) => g,
        None => return Ok(Value::NONE),
    };
    let Some((code, lasti)) = t
        .get::<TracebackObj>(vm)
        .map(|t| (t.code.get_or_none(), t.lasti))
    else {
        return Ok(Value::NONE);
    };
    let module = code
        .get::<CodeObj>(vm)
        .and_then(|c| c.code.as_ref())
        .is_some_and(|c| c.flags & flags::OPTIMIZED == 0);
    // Module code runs once: if it still does, that is the frame.
    let mut at = vm.stack.top_frame().filter(|_| module);
    while let Some(f) = at
        && (f.code() != code || f.globals() != globals)
    {
        at = f.prev();
    }
    if let Some(f) = at {
        let o = vm.frame_object(f)?;
        give(vm, t, o.value());
        return Ok(o.value());
    }
    let of = ops::Of {
        code,
        globals,
        locals: module.then_some(globals),
    };
    let o = vm.with_room(256, |vm| left(vm, of, lasti as u32))?;
    o.get(vm).shown.set(true);
    give(vm, t, o.value());
    Ok(o.value())
}

/// The frame of a traceback's line is this one.
pub fn give(vm: &Vm, t: Value, frame: Value) {
    let Some(t) = t.get::<TracebackObj>(vm) else {
        return;
    };
    t.frame.write(&vm.heap, Some(frame));
    crate::types::exception::ops::link_called(vm, t.next.get(), frame);
}

/// Whether a program may hold the object of this frame.
pub fn is_seen(vm: &Vm, f: FramePtr) -> bool {
    let o = f.object().and_then(|o| o.cast::<FrameObj>());
    o.is_some_and(|o| o.get(vm).shown.get())
}

/// A program gets to see an object that was made for the engine's own use.
///
/// # Errors
/// MemoryError.
pub fn show(vm: &mut Vm, o: Gc<FrameObj>) -> Result<(), Raised> {
    if !o.get(vm).shown.get() {
        settle(vm)?;
        o.get(vm).shown.set(true);
    }
    Ok(())
}

/// `f_lasti`
pub fn lasti(vm: &Vm, o: Gc<FrameObj>) -> i32 {
    if o.get(vm).fresh.get() {
        return -1;
    }
    match live(vm, o) {
        Some(f) => match f.generator().map(|g| g.get(vm).state.get()) {
            Some(generator::State::Created) => -1,
            // As if the instruction before YIELD_FROM had just been executed.
            Some(generator::State::Delegating) => f.exec().start(f.pc()) as i32 - 2,
            _ => f.exec().start(f.pc()) as i32,
        },
        None => o.get(vm).lasti.get(),
    }
}

/// `f_lineno`
pub fn line(vm: &Vm, o: Gc<FrameObj>) -> u32 {
    if o.get(vm).trace.get().is_some() {
        return o.get(vm).line.get();
    }
    let at = lasti(vm, o);
    ops::code(vm, o).map_or(0, |c| c.line_of(at as i64))
}

/// `f_builtins` of code with these globals.
///
/// # Errors
/// MemoryError.
pub fn builtins_of(vm: &mut Vm, globals: Value) -> R {
    let own = match globals.cast::<DictObj>() {
        Some(d) => super::ops::global::builtins_of(vm, d)?,
        None => None,
    };
    match own {
        Some(d) => Ok(d.value()),
        None => Ok(vm.new_dict()?.value()),
    }
}

/// Slot `i` of the frame: locals, cells, free variables.
fn slot(vm: &Vm, o: Gc<FrameObj>, i: usize) -> Option<Value> {
    match live(vm, o) {
        Some(f) => f.slot(i),
        None => o.get(vm).slots().get(i).and_then(|s| s.get()),
    }
}
fn set_slot(vm: &Vm, o: Gc<FrameObj>, i: usize, v: Option<Value>) {
    match live(vm, o) {
        Some(f) => f.set_slot(i, v),
        None => {
            if let Some(s) = o.get(vm).slots().get(i) {
                s.write(&vm.heap, v);
            }
        }
    }
}

/// Names of the variables in the order of the slots: how many are locals, how many are to be shown.
/// The free variables of code that is no function's belong to somebody else's namespace.
fn shown_names(co: &CodeObject) -> (usize, usize) {
    let own = co.nlocals as usize + co.cellvars.len();
    match co.flags & flags::OPTIMIZED {
        0 => (co.nlocals as usize, own),
        _ => (co.nlocals as usize, own + co.freevars.len()),
    }
}
fn name_of(vm: &mut Vm, o: Gc<FrameObj>, co: &CodeObject, i: usize) -> R {
    let n = co.nlocals as usize;
    if i < n {
        let code = o.get(vm).code.get_or_none();
        return code_ops::varname(vm, code, i);
    }
    let i = i - n;
    let name: Option<&Wtf8Buf> = match i.checked_sub(co.cellvars.len()) {
        None => co.cellvars.get(i),
        Some(i) => co.freevars.get(i),
    };
    let s = vm.new_str_wtf8(name.map_or(&[][..], |n| n.as_bytes()))?;
    crate::types::str::ops::intern(vm, s)
}

/// `f_locals`, and what `locals()` gives: the namespace of module code; the one dict of a function's
/// frame, filled with what its variables hold now, those that hold nothing removed.
///
/// # Errors
/// MemoryError; what a namespace that is no dict raises.
pub fn locals_of(vm: &mut Vm, o: Gc<FrameObj>) -> R {
    let Some(co) = ops::code(vm, o) else {
        return Err(raise!(vm, SystemError, "frame without code"));
    };
    let ns = match o.get(vm).locals.get() {
        Some(d) => d,
        None => {
            let d = vm.new_dict()?.value();
            o.get(vm).locals.write(&vm.heap, Some(d));
            d
        }
    };
    let (nlocals, n) = shown_names(&co);
    for i in 0..n {
        let key = name_of(vm, o, &co, i)?;
        let mut v = slot(vm, o, i);
        if i >= nlocals {
            v = v.and_then(|c| c.get::<CellObj>(vm).and_then(|c| c.value.get()));
        }
        match (ns.cast::<DictObj>(), v) {
            (Some(d), Some(v)) => dict::set(vm, d, key, v)?,
            (Some(d), None) => {
                dict::del(vm, d, key)?;
            }
            (None, Some(v)) => item::set_item(vm, ns, key, v)?,
            (None, None) => {}
        }
    }
    Ok(ns)
}

/// Writes the dict of `f_locals` back into the variables, if there is one (`PyFrame_LocalsToFast`): what is
/// missing from it becomes unbound.
///
/// # Errors
/// MemoryError.
pub fn locals_to_slots(vm: &mut Vm, o: Gc<FrameObj>) -> Result<(), Raised> {
    let Some(d) = o.get(vm).locals.get().and_then(|d| d.cast::<DictObj>()) else {
        return Ok(());
    };
    let Some(co) = ops::code(vm, o) else {
        return Ok(());
    };
    let (nlocals, n) = shown_names(&co);
    for i in 0..n {
        let key = name_of(vm, o, &co, i)?;
        let v = dict::get_str(vm, d, key);
        if i < nlocals {
            set_slot(vm, o, i, v);
        } else if let Some(c) = slot(vm, o, i).and_then(|c| c.cast::<CellObj>()) {
            c.get(vm).value.write(&vm.heap, v);
        }
    }
    Ok(())
}

/// The locals of the code that called the builtin which asks: what `locals()` gives and what `exec`, `eval`,
/// `dir()` and `vars()` work on.
///
/// # Errors
/// SystemError when no Python code runs; MemoryError.
pub fn caller_locals(vm: &mut Vm) -> R {
    settle(vm)?;
    let Some(f) = vm.stack.top_frame() else {
        return Err(raise!(vm, SystemError, "frame does not exist"));
    };
    if let Some(d) = f.locals()
        && f.exec().nlocals + f.exec().ncells == 0
    {
        return Ok(d);
    }
    let o = vm.with_room(256, |vm| object_of(vm, f))?;
    locals_of(vm, o)
}

/// The globals of the code that called the builtin which asks.
///
/// # Errors
/// SystemError when no Python code runs.
pub fn caller_globals(vm: &mut Vm) -> R {
    settle(vm)?;
    match vm.stack.top_frame() {
        Some(f) => Ok(f.globals()),
        None => Err(raise!(vm, SystemError, "frame does not exist")),
    }
}

/// What `super()` without arguments means: the class in the cell `__class__`, and the first argument of
/// the function that calls it.
///
/// # Errors
/// RuntimeError where one of them is missing.
pub fn caller_method(vm: &mut Vm) -> Result<(Value, Value), Raised> {
    settle(vm)?;
    let Some(f) = vm.stack.top_frame() else {
        return Err(raise!(vm, RuntimeError, "super(): no current frame"));
    };
    let code = &*f.exec().code;
    if code.argcount == 0 {
        return Err(raise!(vm, RuntimeError, "super(): no arguments"));
    }
    let nlocals = code.nlocals as usize;
    let cell = |v: Option<Value>| {
        v.and_then(|c| c.cast::<crate::types::cell::value::CellObj>())
            .and_then(|c| c.as_ref().value.get())
    };
    let mut first = f.slot(0);
    if first.is_none() {
        // A first argument that inner functions use lies in a cell.
        let at = f.exec().cell2arg.iter().position(|a| *a == 0);
        first = at.and_then(|i| cell(f.slot(nlocals + i)));
    }
    let Some(first) = first else {
        return Err(raise!(vm, RuntimeError, "super(): arg[0] deleted"));
    };
    let at = code
        .freevars
        .iter()
        .position(|n| n.as_bytes() == b"__class__");
    let Some(i) = at else {
        return Err(raise!(
            vm,
            RuntimeError,
            "super(): __class__ cell not found"
        ));
    };
    match cell(f.slot(nlocals + code.cellvars.len() + i)) {
        None => Err(raise!(vm, RuntimeError, "super(): empty __class__ cell")),
        Some(c) if !c.is_kind(crate::object::Kind::Class) => {
            let t = vm.type_name(c);
            Err(raise!(
                vm,
                RuntimeError,
                "super(): __class__ is not a type ({t})"
            ))
        }
        Some(c) => Ok((c, first)),
    }
}
