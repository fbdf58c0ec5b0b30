//! Programs run natively: what they print must not depend on the mode, and the code must have run.
#![cfg(feature = "jit")]

use std::io::Write;
use std::sync::{Arc, Mutex};
use taipan::gc::segments;
use taipan::object::Value;
use taipan::types::dict::ops as dict;
use taipan::vm::{Config, JitMode, Vm};

#[derive(Clone, Default)]
struct Out(Arc<Mutex<Vec<u8>>>);
impl Write for Out {
    fn write(&mut self, b: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(b);
        Ok(b.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What a run gave.
struct Ran {
    out: String,
    /// The traceback, if it ended in an exception; "terminated" if the engine stopped.
    error: String,
    fuel: u64,
    native: u64,
    units: u64,
    exits: Vec<(&'static str, u64)>,
    declined: u64,
    retired: u64,
    stats: Vec<String>,
}

impl Ran {
    fn exits(&self, name: &str) -> u64 {
        self.exits.iter().find(|e| e.0 == name).map_or(0, |e| e.1)
    }
}

fn config(jit: JitMode) -> Config {
    Config {
        jit,
        seed: 7,
        ..Config::default()
    }
}

fn run(source: &str, config: Config) -> Ran {
    let out = Out::default();
    let mut vm = Vm::new(config);
    vm.stdout = Box::new(out.clone());
    vm.stderr = Box::new(std::io::stderr());
    let error = segments::entry(&mut vm, |vm| match main(vm, source) {
        Ok(_) => String::new(),
        Err(_) if vm.is_terminating() => "terminated".to_string(),
        Err(_) => {
            let exc = vm.exc.get().unwrap();
            let r = vm.raised();
            let _ = vm.catch(r, taipan::object::ClassId::BaseException);
            taipan::types::exception::print::print_exception(vm, exc)
        }
    });
    let s = &vm.jit.stats;
    let exits = taipan::jit::deopt::reason::Reason::ALL
        .iter()
        .zip(&s.exits)
        .map(|(r, n)| (r.name(), n.get()))
        .collect();
    Ran {
        out: String::from_utf8(out.0.lock().unwrap().clone()).unwrap(),
        error,
        fuel: vm.fuel.get(),
        native: vm.stats.native.get(),
        units: s.units.get(),
        retired: s.retired.get(),
        exits,
        declined: s.declined.iter().map(|c| c.get()).sum(),
        stats: s.lines(),
    }
}

fn main(vm: &mut Vm, source: &str) -> Result<Value, taipan::vm::Raised> {
    taipan::builtins::install(vm)?;
    let code = taipan::compile::compile(source, "test.py", taipan::compile::Mode::Exec).unwrap();
    let code = taipan::types::code::ops::new(vm, code)?;
    let name = vm.intern("__main__")?;
    let module = taipan::types::module::new(vm, name, Value::NONE)?;
    let globals = module.get(vm).dict.get().and_then(Value::cast).unwrap();
    if let Some(m) = vm.modules.get().and_then(Value::cast) {
        dict::set(vm, m, name, module.value())?;
    }
    taipan::interp::run_module(vm, code, globals)
}

const MODES: [JitMode; 4] = [JitMode::Off, JitMode::On, JitMode::Always, JitMode::Stress];

/// Runs it in every mode, and under GC stress: the same output and error; gives the run of `on`.
fn same(source: &str) -> Ran {
    let want = run(source, config(JitMode::Off));
    let mut on = None;
    for mode in MODES {
        for gc_stress in [false, true] {
            let c = Config {
                gc_stress,
                ..config(mode)
            };
            let got = run(source, c);
            assert_eq!(got.out, want.out, "{mode:?}, GC stress {gc_stress}");
            assert_eq!(got.error, want.error, "{mode:?}, GC stress {gc_stress}");
            if mode == JitMode::On && !gc_stress {
                on = Some(got);
            }
        }
    }
    on.unwrap()
}

const FIB: &str = "
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
";

#[test]
fn fib_runs_natively() {
    let r = same(&format!("{FIB}\nprint(fib(20))\n"));
    assert_eq!(r.out, "6765\n");
    assert!(r.units >= 1, "{:?}", r.stats);
    assert_eq!(r.declined, 0);
}

#[test]
fn calls_and_fuel_are_counted_alike() {
    let source = format!("{FIB}\nfor i in range(15):\n    fib(i)\nprint(fib(16))\n");
    let count = |jit| {
        run(
            &source,
            Config {
                count: true,
                ..config(jit)
            },
        )
    };
    let off = count(JitMode::Off);
    assert_eq!(off.native, 0);
    for mode in MODES {
        let r = count(mode);
        assert_eq!((r.fuel, &r.out), (off.fuel, &off.out), "{mode:?}");
        if mode == JitMode::On {
            assert!(r.native > 2000, "{:?}", r.stats);
        }
    }
}

#[test]
fn ints_overflow_into_big_ints() {
    let r = same(
        "
def f(a, b):
    return a * b + a - b
x = 3
for i in range(300):
    x = f(x, 3) & 0xffffffff
print(x, f(2**62, 4), f(2**40, 2**40), f(-2**63, 1))
s = 0
for i in range(3000):
    s += i * 4611686018427387904
print(s)
",
    );
    assert!(r.exits("Overflow") > 0, "{:?}", r.stats);
}

#[test]
fn recursion_ends_alike() {
    same(
        "
def down(n):
    return down(n + 1) + 1
depth = [0]
def note(n):
    depth[0] = n
    return note(n + 1)
for i in range(3):
    try:
        down(0)
    except RecursionError as e:
        print(e)
    try:
        note(0)
    except RecursionError as e:
        print(e, depth)
down(0)
",
    );
}

#[test]
fn exceptions_pass_native_frames() {
    same(
        "
def g(i):
    if i == 250:
        raise ValueError(i)
    return i
def f(i):
    return g(i) + 1
def h(i):
    try:
        return f(i)
    except ValueError as e:
        print('caught', e)
        return -1
    finally:
        if i > 248:
            print('finally', i)
t = 0
for i in range(300):
    t += h(i)
print(t)
for i in range(300):
    f(i)
",
    );
}

#[test]
fn a_rebound_global_counts_at_the_next_call() {
    let r = same(
        "
def g(i):
    return i
def f(i):
    return g(i) + 1
def other(i):
    return -i
t = 0
for i in range(1000):
    t += f(i)
    if i == 700:
        g = other
    if i == 800:
        g = lambda i: i * 2
print(t)
",
    );
    assert!(r.units > 0);
}

#[test]
fn loops_are_entered_and_left() {
    let r = same(
        "
def f(n):
    t = 0
    for i in range(n):
        for j in range(10):
            if i == 1700 and j == 5:
                t += 0.5
            t += i * j % 7
    return t
print(f(2000))
i = 0
while i < 5000:
    i += 1
print(i)
",
    );
    assert!(r.units >= 2, "{:?}", r.stats);
}

#[test]
fn code_is_freed_with_its_function() {
    let r = run(
        "
for k in range(60):
    def f(n):
        t = 0
        while t < n:
            t += 1
        return t
    for i in range(150):
        f(3)
",
        config(JitMode::On),
    );
    // The module `gc` may not be there yet; what counts is that nothing breaks.
    assert!(r.units > 0, "{} {:?}", r.error, r.stats);
}
