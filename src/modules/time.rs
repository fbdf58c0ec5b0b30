//! `time`.

use crate::object::method::R;
use crate::object::{Conv, MethodDef, Value};
use crate::raise;
use crate::types::int::ops as int;
use crate::vm::Vm;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

macro_rules! clocks {
    ($($name:literal $ns:literal $clock:expr, $doc:literal;)*) => {
        &[$(
            MethodDef {
                name: $name,
                conv: Conv::NoArgs(|_, _| Ok(Value::float($clock.as_secs_f64()))),
                doc: $doc,
            },
            MethodDef {
                name: $ns,
                conv: Conv::NoArgs(|vm, _| int::from_i128(vm, $clock.as_nanos() as i128)),
                doc: $doc,
            },
        )*
        MethodDef {
            name: "sleep",
            conv: Conv::One(sleep),
            doc: "Wait for a number of seconds.",
        }]
    };
}

/// Rows.
pub const FUNCTIONS: &[MethodDef] = clocks! {
    "time" "time_ns" SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default(), "Time since 1970.";
    "perf_counter" "perf_counter_ns" since_start(), "The finest clock, for measuring.";
    "monotonic" "monotonic_ns" since_start(), "A clock that is never set back.";
    "process_time" "process_time_ns" cpu_time(), "Processor time of the process.";
};

/// Time since the first look at a clock.
fn since_start() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// Processor time of the process; where the system has no such clock, the time since the first look.
fn cpu_time() -> Duration {
    match nix::time::clock_gettime(nix::time::ClockId::CLOCK_PROCESS_CPUTIME_ID) {
        Ok(t) => t.into(),
        Err(_) => since_start(),
    }
}

/// Longest wait between two looks at the limit word.
const SLICE: Duration = Duration::from_millis(10);

fn sleep(vm: &mut Vm, _: Value, v: Value) -> R {
    let secs = if let Some(f) = v.as_float() {
        if f.is_nan() {
            return Err(raise!(vm, ValueError, "Invalid value NaN (not a number)"));
        }
        f
    } else if let Some(i) = int::get(vm, v) {
        i.to_f64().unwrap_or(f64::INFINITY)
    } else {
        let t = vm.type_name(v);
        return Err(raise!(
            vm,
            TypeError,
            "an integer is required (got type {t})"
        ));
    };
    if secs.abs() >= 9_223_372_036.0 {
        return Err(raise!(
            vm,
            OverflowError,
            "timestamp too large to convert to C _PyTime_t"
        ));
    }
    if secs < 0.0 {
        return Err(raise!(vm, ValueError, "sleep length must be non-negative"));
    }
    let end = Instant::now() + Duration::from_secs_f64(secs);
    loop {
        vm.poll()?;
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(Value::NONE);
        }
        std::thread::sleep(left.min(SLICE));
    }
}
