//! Methods of locks.

use super::value::LockObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Header, Kind, MethodDef, Value};
use crate::raise;
use crate::types::args;
use crate::types::int::ops as int;
use crate::vm::{Raised, Vm};
use std::cell::Cell;
use std::time::{Duration, Instant};

/// What the program that has the lock is called: there is one thread.
pub const THREAD: i64 = 1;
/// Longest timeout, in seconds.
pub const TIMEOUT_MAX: f64 = 9_223_372_036.0;
/// Longest wait between two looks at the limit word.
const SLICE: Duration = Duration::from_millis(5);

const ACQUIRE: Conv = Conv::Kw(acquire);
const RELEASE: Conv = Conv::NoArgs(release);
const LOCKED: Conv = Conv::NoArgs(|vm, l| Ok(Value::bool(count(vm, l) > 0)));
const EXIT: Conv = Conv::Pos(0, u8::MAX, |vm, l, _| release(vm, l));

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc }),*]
    };
}

/// Rows of `lock`.
pub const METHODS: &[MethodDef] = rows! {
    "acquire_lock" ACQUIRE, "The same as acquire().";
    "acquire" ACQUIRE, "Take the lock, waiting until it is free; return whether it was taken.";
    "release_lock" RELEASE, "The same as release().";
    "release" RELEASE, "Let go of the lock.";
    "locked_lock" LOCKED, "The same as locked().";
    "locked" LOCKED, "Whether the lock is taken.";
    "__enter__" ACQUIRE, "Take the lock.";
    "__exit__" EXIT, "Let go of the lock.";
};

/// Rows of `RLock`.
pub const REENTRANT: &[MethodDef] = rows! {
    "acquire" ACQUIRE, "Take the lock, once more if it is ours; return whether it was taken.";
    "release" RELEASE, "Let go of the lock once.";
    "_is_owned" LOCKED, "Whether the lock is ours.";
    "__enter__" ACQUIRE, "Take the lock.";
    "__exit__" EXIT, "Let go of the lock.";
};

/// A free lock of a class.
pub fn new(vm: &mut Vm, class: ClassId) -> R {
    let l = vm.alloc(LockObj {
        h: Header::new(Kind::Lock, class as u32),
        count: Cell::new(0),
    })?;
    Ok(l.value())
}

/// `RLock()`
pub fn construct(vm: &mut Vm, class: ClassId, _: Args<'_>) -> R {
    new(vm, class)
}

fn count(vm: &Vm, l: Value) -> u64 {
    l.get::<LockObj>(vm).map_or(0, |l| l.count.get())
}
fn set(vm: &Vm, l: Value, n: u64) {
    if let Some(l) = l.get::<LockObj>(vm) {
        l.count.set(n);
    }
}

/// Seconds to wait; `None`: for ever.
fn timeout(vm: &mut Vm, blocking: bool, v: Option<Value>) -> Result<Option<Duration>, Raised> {
    let secs = match v {
        None => -1.0,
        Some(v) => match v.as_float() {
            Some(f) if f.is_nan() => {
                return Err(raise!(vm, ValueError, "Invalid value NaN (not a number)"));
            }
            Some(f) => f,
            None => match int::get(vm, v) {
                Some(i) => i.to_f64().unwrap_or(f64::INFINITY),
                None => {
                    let t = vm.type_name(v);
                    return Err(raise!(
                        vm,
                        TypeError,
                        "'{t}' object cannot be interpreted as an integer"
                    ));
                }
            },
        },
    };
    if secs.abs() >= TIMEOUT_MAX {
        return Err(raise!(
            vm,
            OverflowError,
            "timestamp too large to convert to C _PyTime_t"
        ));
    }
    if !blocking && secs != -1.0 {
        return Err(raise!(
            vm,
            ValueError,
            "can't specify a timeout for a non-blocking call"
        ));
    }
    if secs < 0.0 && secs != -1.0 {
        return Err(raise!(vm, ValueError, "timeout value must be positive"));
    }
    Ok((secs >= 0.0).then(|| Duration::from_secs_f64(secs)))
}

fn acquire(vm: &mut Vm, l: Value, a: Args<'_>) -> R {
    let [blocking, wait] = args::parse(vm, "acquire", a, ["blocking", "timeout"], 0, 2)?;
    let blocking = match blocking {
        None => true,
        Some(b) => match int::get(vm, b) {
            Some(i) => i.to_f64() != Some(0.0),
            None => {
                let t = vm.type_name(b);
                return Err(raise!(
                    vm,
                    TypeError,
                    "an integer is required (got type {t})"
                ));
            }
        },
    };
    let wait = timeout(vm, blocking, wait)?;
    let n = count(vm, l);
    if n == 0 || vm.class_of(l) == ClassId::RLock {
        set(vm, l, n.saturating_add(1));
        return Ok(Value::TRUE);
    }
    if !blocking {
        return Ok(Value::FALSE);
    }
    // Nobody can let go of it while we wait, but for what runs at a safepoint.
    let end = wait.and_then(|w| Instant::now().checked_add(w));
    loop {
        vm.poll()?;
        if count(vm, l) == 0 {
            set(vm, l, 1);
            return Ok(Value::TRUE);
        }
        let left = end.map_or(SLICE, |e| e.saturating_duration_since(Instant::now()));
        if left.is_zero() {
            return Ok(Value::FALSE);
        }
        std::thread::sleep(left.min(SLICE));
    }
}

fn release(vm: &mut Vm, l: Value) -> R {
    let n = count(vm, l);
    if n > 0 {
        set(vm, l, n - 1);
        return Ok(Value::NONE);
    }
    Err(if vm.class_of(l) == ClassId::RLock {
        raise!(vm, RuntimeError, "cannot release un-acquired lock")
    } else {
        raise!(vm, RuntimeError, "release unlocked lock")
    })
}

/// `<locked _thread.lock object at …>`
pub fn repr(vm: &Vm, l: Value, at: &str) -> String {
    let n = count(vm, l);
    let state = if n > 0 { "locked" } else { "unlocked" };
    match vm.class_of(l) {
        ClassId::RLock => {
            let owner = if n > 0 { THREAD } else { 0 };
            format!("<{state} _thread.RLock object owner={owner} count={n} at {at}>")
        }
        _ => format!("<{state} _thread.lock object at {at}>"),
    }
}
