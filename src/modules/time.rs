//! `time`.

use crate::object::method::R;
use crate::object::{ClassId, Conv, MethodDef, Value};
use crate::raise;
use crate::types::dict::ops as dict;
use crate::types::int::ops as int;
use crate::types::module;
use crate::vm::{Capability, Raised, Vm};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

macro_rules! clocks {
    ($($name:literal $ns:literal $clock:expr, $doc:literal;)*) => {
        &[$(
            MethodDef {
                name: $name,
                conv: Conv::NoArgs(|vm, _| Ok(Value::float(read(vm, $clock)?.as_secs_f64()))),
                doc: $doc,
            },
            MethodDef {
                name: $ns,
                conv: Conv::NoArgs(|vm, _| {
                    let t = read(vm, $clock)?;
                    int::from_i128(vm, t.as_nanos() as i128)
                }),
                doc: $doc,
            },
        )*
        MethodDef {
            name: "sleep",
            conv: Conv::One(sleep),
            doc: "Wait for a number of seconds.",
        },
        MethodDef {
            name: "clock_gettime",
            conv: Conv::One(|vm, _, id| Ok(Value::float(clock(vm, id)?.as_secs_f64()))),
            doc: "The time of a clock of the system.",
        },
        MethodDef {
            name: "clock_gettime_ns",
            conv: Conv::One(|vm, _, id| {
                let t = clock(vm, id)?;
                int::from_i128(vm, t.as_nanos() as i128)
            }),
            doc: "The time of a clock of the system, in nanoseconds.",
        },
        MethodDef {
            name: "_zone",
            conv: Conv::One(zone),
            doc: "Offset, whether it is summer time, and name of the local zone at a time since 1970; None: read it anew.",
        },
        MethodDef {
            name: "__getattr__",
            conv: Conv::One(calendar),
            doc: "What the calendar has, which few programs need.",
        }]
    };
}

/// Rows.
pub const FUNCTIONS: &[MethodDef] = clocks! {
    "time" "time_ns" None, "Time since 1970.";
    "perf_counter" "perf_counter_ns" Some(since_start), "The finest clock, for measuring.";
    "monotonic" "monotonic_ns" Some(since_start), "A clock that is never set back.";
    "process_time" "process_time_ns" Some(cpu_time), "Processor time of the process.";
    "thread_time" "thread_time_ns" Some(thread_time), "Processor time of the thread.";
};

/// The time by a clock of the process; none: since 1970. A clock that the embedder gave stands for them all.
fn read(vm: &mut Vm, clock: Option<fn() -> Duration>) -> Result<Duration, Raised> {
    vm.require(Capability::Clock, None)?;
    match clock {
        Some(f) if vm.host.clock.is_none() => Ok(f()),
        Some(_) | None => now(vm),
    }
}

fn now(vm: &mut Vm) -> Result<Duration, Raised> {
    let r = vm.host.now();
    r.map_err(|e| crate::types::stream::io_error(vm, e))
}

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

fn thread_time() -> Duration {
    match nix::time::clock_gettime(nix::time::ClockId::CLOCK_THREAD_CPUTIME_ID) {
        Ok(t) => t.into(),
        Err(_) => since_start(),
    }
}

const CLOCKS: [(&str, nix::time::ClockId); 4] = [
    ("CLOCK_REALTIME", nix::time::ClockId::CLOCK_REALTIME),
    ("CLOCK_MONOTONIC", nix::time::ClockId::CLOCK_MONOTONIC),
    (
        "CLOCK_PROCESS_CPUTIME_ID",
        nix::time::ClockId::CLOCK_PROCESS_CPUTIME_ID,
    ),
    (
        "CLOCK_THREAD_CPUTIME_ID",
        nix::time::ClockId::CLOCK_THREAD_CPUTIME_ID,
    ),
];

/// The numbers of the clocks.
///
/// # Errors
/// MemoryError.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    for (name, id) in CLOCKS {
        let n = vm.new_int(i64::from(id.as_raw()))?;
        dict::set_name(vm, d, name, n)?;
    }
    Ok(())
}

fn clock(vm: &mut Vm, id: Value) -> Result<Duration, Raised> {
    let id = crate::protocol::item::as_c_int(vm, id)?;
    // Others are the clocks of other processes and of devices.
    let known = CLOCKS.iter().find(|(_, c)| c.as_raw() == id);
    vm.require(Capability::Clock, None)?;
    let now = match known {
        Some(_) if vm.host.clock.is_some() => return now(vm),
        Some((_, c)) => nix::time::clock_gettime(*c),
        None => Err(nix::errno::Errno::EINVAL),
    };
    match now {
        Ok(t) => Ok(t.into()),
        Err(e) => {
            let e = std::io::Error::from_raw_os_error(e as i32);
            Err(crate::types::stream::os_error(vm, e, None))
        }
    }
}

/// The local zone: that of the environment's TZ, or of the system; UTC where there is none, and for
/// engines that may not look at files.
static ZONE: Mutex<Option<tz::TimeZone>> = Mutex::new(None);

fn zone(vm: &mut Vm, _: Value, at: Value) -> R {
    if !vm.config.grants.has(Capability::Files) {
        return shown_zone(vm, 0, false, "UTC");
    }
    // A panic cannot leave the zone half written.
    let mut kept = ZONE.lock().unwrap_or_else(|e| e.into_inner());
    if at.is_none() {
        *kept = None;
        return Ok(at);
    }
    let zone = kept.get_or_insert_with(|| {
        match std::env::var("TZ") {
            Ok(text) if text.is_empty() => Ok(tz::TimeZone::utc()),
            Ok(text) => tz::TimeZone::from_posix_tz(&text),
            Err(_) => tz::TimeZone::local(),
        }
        .unwrap_or_else(|_| tz::TimeZone::utc())
    });
    let seconds = int::to_i64(vm, at).unwrap_or(0);
    let found = zone.find_local_time_type(seconds).map(|t| {
        let name = match t.time_zone_designation() {
            "" => "UTC".to_owned(),
            name => name.to_owned(),
        };
        (t.ut_offset(), t.is_dst(), name)
    });
    drop(kept);
    match found {
        Ok((offset, summer, name)) => shown_zone(vm, offset, summer, &name),
        Err(_) => shown_zone(vm, 0, false, "UTC"),
    }
}
fn shown_zone(vm: &mut Vm, offset: i32, summer: bool, name: &str) -> R {
    let (offset, name) = (vm.new_int(i64::from(offset))?, vm.new_str(name)?);
    let summer = vm.new_int(i64::from(summer))?;
    vm.new_tuple(&[offset, summer, name])
}

/// `time.__getattr__(name)`: the module `_calendar` is loaded when a program first wants something of it.
fn calendar(vm: &mut Vm, _: Value, name: Value) -> R {
    const NAMES: [&str; 13] = [
        "struct_time",
        "gmtime",
        "localtime",
        "mktime",
        "asctime",
        "ctime",
        "strftime",
        "strptime",
        "tzset",
        "timezone",
        "altzone",
        "daylight",
        "tzname",
    ];
    super::later(vm, "time", "_calendar", &NAMES, name)
}

/// Longest wait between two looks at the limit word.
const SLICE: Duration = Duration::from_millis(10);

fn sleep(vm: &mut Vm, _: Value, v: Value) -> R {
    let v = match v.is_user() {
        true => {
            let class = crate::types::class::ops::type_of(vm, v)?;
            match crate::types::class::ops::derives(vm, class, ClassId::Float) {
                true => crate::types::instance::ops::plain(vm, v)?,
                false => crate::protocol::user::try_index(vm, v)?,
            }
        }
        false => v,
    };
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
    vm.require(Capability::Clock, None)?;
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
