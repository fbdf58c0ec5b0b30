//! Attributes and methods of frames.

use super::value::{FrameObj, State};
use crate::interp::{frames, jump};
use crate::object::method::R;
use crate::object::{Conv, Gc, MethodDef, Slot, Value};
use crate::raise;
use crate::types::{Getter, Setter};
use crate::vm::{Raised, Vm};

type Get = fn(&mut Vm, Value) -> Result<Option<Value>, Raised>;
type Set = fn(&mut Vm, Value, Option<Value>) -> Result<(), Raised>;

const fn field(name: &'static str, get: Get, set: Set) -> Getter {
    Getter {
        name,
        get,
        set: Setter::Fn(set),
    }
}

/// Rows of methods.
pub const METHODS: &[MethodDef] = &[MethodDef {
    name: "clear",
    conv: Conv::NoArgs(clear),
    doc: "Drop the values of the frame's variables, if it has ended.",
}];

/// Computed attributes.
pub const GETTERS: &[Getter] = &[
    Getter::member("f_back", |vm, f| {
        let Some(f) = f.cast() else { return Ok(None) };
        let b = frames::back(vm, f)?;
        Ok(Some(b.map_or(Value::NONE, Gc::value)))
    }),
    Getter::member("f_code", |vm, f| {
        let c = f.get::<FrameObj>(vm).map(|f| f.code.get_or_none());
        Ok(c.map(|c| crate::types::code::ops::original(vm, c)))
    }),
    Getter::member("f_globals", |vm, f| {
        Ok(f.get::<FrameObj>(vm).map(|f| f.globals.get_or_none()))
    }),
    Getter::member("f_builtins", |vm, f| {
        let g = f.get::<FrameObj>(vm).map(|f| f.globals.get_or_none());
        match g {
            Some(g) => frames::builtins_of(vm, g).map(Some),
            None => Ok(None),
        }
    }),
    Getter::member("f_lasti", |vm, f| {
        Ok(f.cast()
            .map(|f| Value::int_unchecked(frames::lasti(vm, f) as i64)))
    }),
    Getter::computed("f_locals", |vm, f| match f.cast() {
        Some(f) => frames::locals_of(vm, f).map(Some),
        None => Ok(None),
    }),
    field(
        "f_lineno",
        |vm, f| {
            Ok(f.cast()
                .map(|f| Value::int_unchecked(frames::line(vm, f) as i32 as i64)))
        },
        |vm, f, v| match (f.cast(), v) {
            (Some(_), None) => Err(raise!(vm, AttributeError, "cannot delete attribute")),
            (Some(f), Some(v)) => jump::set_line(vm, f, v),
            (None, _) => Ok(()),
        },
    ),
    field(
        "f_trace",
        |vm, f| Ok(f.get::<FrameObj>(vm).map(|f| f.trace.get_or_none())),
        |vm, f, v| {
            let Some(f) = f.cast::<FrameObj>() else {
                return Ok(());
            };
            let line = frames::line(vm, f);
            let o = f.get(vm);
            o.line.set(line);
            o.trace.write(&vm.heap, v.filter(|v| !v.is_none()));
            Ok(())
        },
    ),
    field(
        "f_trace_lines",
        |vm, f| {
            Ok(f.get::<FrameObj>(vm)
                .map(|f| Value::bool(f.trace_lines.get())))
        },
        |vm, f, v| {
            let b = flag(vm, v)?;
            if let Some(f) = f.get::<FrameObj>(vm) {
                f.trace_lines.set(b);
            }
            Ok(())
        },
    ),
    field(
        "f_trace_opcodes",
        |vm, f| {
            Ok(f.get::<FrameObj>(vm)
                .map(|f| Value::bool(f.trace_opcodes.get())))
        },
        |vm, f, v| {
            let b = flag(vm, v)?;
            if let Some(f) = f.get::<FrameObj>(vm) {
                f.trace_opcodes.set(b);
            }
            Ok(())
        },
    ),
];

fn flag(vm: &mut Vm, v: Option<Value>) -> Result<bool, Raised> {
    match v.map(Value::as_bool) {
        Some(Some(b)) => Ok(b),
        Some(None) => Err(raise!(vm, TypeError, "attribute value type must be bool")),
        None => Err(raise!(vm, TypeError, "can't delete numeric/char attribute")),
    }
}

fn clear(vm: &mut Vm, f: Value) -> R {
    let Some(o) = f.get::<FrameObj>(vm) else {
        return Ok(Value::NONE);
    };
    // A generator that is not running is closed.
    if let Some(g) = o.generator.get() {
        crate::interp::wish::finalise(vm, g)?;
    }
    let Some(o) = f.get::<FrameObj>(vm) else {
        return Ok(Value::NONE);
    };
    if o.state.get() != State::Dead {
        return Err(raise!(vm, RuntimeError, "cannot clear an executing frame"));
    }
    o.trace.write(&vm.heap, None);
    for s in o.slots() {
        Slot::write(s, &vm.heap, None);
    }
    Ok(Value::NONE)
}
