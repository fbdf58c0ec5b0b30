//! Programs run natively: what they print must not depend on the mode, and the code must have run.
#![cfg(feature = "jit")]

use std::io::Write;
use std::sync::{Arc, Mutex};
use taipan::gc::segments;
use taipan::jit::stats::{Declined, Number};
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
    inlined: u64,
    exits: Vec<(&'static str, u64)>,
    declined: u64,
    aarch64: u64,
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
    run_with(source, "test.py", config, |_| (), |_| ())
}

/// Runs with the engine prepared by `before`, and looked at by `after`.
fn run_with(
    source: &str,
    name: &str,
    config: Config,
    before: impl FnOnce(&mut Vm),
    after: impl FnOnce(&mut Vm),
) -> Ran {
    let out = Out::default();
    let mut vm = Vm::new(config);
    vm.stdout = Box::new(out.clone());
    vm.stderr = Box::new(std::io::stderr());
    before(&mut vm);
    let error = segments::entry(&mut vm, |vm| {
        let error = match main(vm, source, name) {
            Ok(_) => String::new(),
            Err(_) if vm.is_terminating() => "terminated".to_string(),
            Err(r) => match vm.catch(r, taipan::object::ClassId::BaseException) {
                Ok(exc) => taipan::types::exception::print::print_exception(vm, exc),
                Err(_) => "not caught".to_string(),
            },
        };
        after(vm);
        error
    });
    let s = &vm.jit.stats;
    let exits = taipan::jit::deopt::reason::Reason::ALL
        .iter()
        .zip(&s.exits)
        .map(|(r, n)| (r.name(), n.get()))
        .collect();
    Ran {
        out: String::from_utf8_lossy(&out.0.lock().unwrap()).into_owned(),
        error,
        fuel: vm.fuel.get(),
        native: vm.stats.native.get(),
        units: s.units.get(),
        inlined: s.inlined.get(),
        retired: s.retired.get(),
        exits,
        declined: Declined::ALL
            .iter()
            .zip(&s.declined)
            .map(|(_, c)| c.get())
            .sum(),
        aarch64: s.aarch64_bytes.get(),
        stats: vm
            .jit
            .rows()
            .iter()
            .filter(|r| r.number != Number::Count(0))
            .map(|r| format!("{} {} {:?}", r.group, r.name, r.number))
            .collect(),
    }
}

fn main(vm: &mut Vm, source: &str, file: &str) -> Result<Value, taipan::vm::Raised> {
    taipan::builtins::install(vm)?;
    let code = taipan::compile::compile(source, file, taipan::compile::Mode::Exec);
    let Ok(code) = code else {
        return Err(vm.raise(taipan::object::ClassId::SyntaxError, "refused"));
    };
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

/// A float argument that was always whole is taken for one, until one is not.
#[test]
fn whole_floats_are_bet_on() {
    let source = |more: &str| {
        format!(
            "def fib(x):\n    return x if x < 2.0 else fib(x - 1.0) + fib(x - 2.0)\n\
             print([fib(16.0) for i in range(9)])\nprint({more}, fib(12.0), fib(-0.0))\n"
        )
    };
    let r = same(&source("fib(2.0)"));
    assert_eq!(r.exits("NotWhole"), 0, "{:?}", r.stats);
    let r = same(&source("[fib(10.5) for i in range(50)]"));
    let lost = r.exits("NotWhole");
    assert!((1..1000).contains(&lost), "{lost} {:?}", r.stats);
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
fn nested_loops_are_compiled_from_the_inside_out() {
    let r = same(
        "
def f(n):
    t = 0
    for i in range(n):
        j = 0
        while j < 30:
            for k in range(30):
                t += i * j - k
            j += 1
    return t
print(f(400))
",
    );
    // Each loop's code ends with it; the jump back of the loop around it counts, and that one is
    // compiled after a few of them. From then on nothing is left before the end.
    let left = r.exits("LoopLeft");
    assert!((3..300).contains(&left), "{:?}", r.exits);
    assert!((3..9).contains(&r.units), "{:?}", r.stats);
    let others: u64 = r.exits.iter().map(|e| e.1).sum();
    assert!(others - left < 10, "{:?}", r.exits);
}

#[test]
fn lists_are_read_and_written_in_native_loops() {
    let r = same(
        "
def f(n):
    l = []
    for i in range(n):
        l.append(i % 100)
    t = 0
    for x in l:
        t += x
    for i in range(len(l)):
        l[i] = l[i] + l[-1 - i]
    for a, b in [(1, 2), (3, 4)] * n:
        t += a * b
    return t, l[5], len(l)
print(f(20000))
i = s = 0
while i < 20000:
    s += i % 7
    i += 1
print(s)
",
    );
    let exits: u64 = r.exits.iter().map(|e| e.1).sum();
    assert!(exits < 40, "{:?}", r.exits);
    assert!(r.units >= 5, "{:?}", r.stats);
}

#[test]
fn code_is_freed_with_its_function() {
    let source = "
def make():
    def f(n):
        t = 0
        while t < n:
            t += 1
        return t
    return f
def main():
    for k in range(60):
        src = 'def'
        for i in range(150):
            make()(3)
main()
";
    // Each engine compiles the same code objects; dropping them frees their units.
    let mut left = (0, 0);
    let r = run_with(
        source,
        "test.py",
        config(JitMode::Always),
        |_| (),
        |vm| {
            vm.collect();
            vm.collect();
            left = (vm.jit.living_units(), vm.heap.bytes());
        },
    );
    assert_eq!(r.error, "");
    assert!(r.units >= 3 && r.retired >= 1, "{:?}", r.stats);
    // Retired units are gone; those of living functions are there.
    assert!(
        left.0 as u64 <= r.units - r.retired,
        "{left:?} {:?}",
        r.stats
    );
}

/// What a unit's code costs is given back when its code object dies.
#[test]
fn code_is_accounted() {
    let one = |jit, calls: u32| {
        let source = format!(
            "def f(n):\n    return n + 1\nfor i in range({calls}):\n    f(i)\ndel f\ni = 0\n"
        );
        let mut bytes = 0;
        let mut units = 0;
        run_with(
            &source,
            "test.py",
            config(jit),
            |_| (),
            |vm| {
                vm.collect();
                vm.collect();
                bytes = vm.heap.bytes();
                units = vm.jit.living_units();
            },
        );
        (bytes, units)
    };
    let (_, units) = one(JitMode::On, 300);
    // The module's code is gone too, and its loop's unit with it.
    assert_eq!(units, 0);
}

#[test]
fn an_interrupt_ends_a_compiled_loop() {
    for (mode, source) in [
        (JitMode::On, "while True: pass"),
        (JitMode::Always, "while True: pass"),
        (JitMode::On, "def f():\n    while True:\n        pass\nf()"),
        (
            JitMode::On,
            "def f(n):\n    return n\nwhile True:\n    try:\n        f(1)\n    except:\n        pass\n    finally:\n        f(2)",
        ),
    ] {
        let mut stop = None;
        let r = run_with(
            source,
            "test.py",
            config(mode),
            |vm| {
                let limit = vm.limit.clone();
                stop = Some(std::thread::spawn(move || {
                    std::thread::sleep(std::time::Duration::from_millis(300));
                    limit.request(taipan::vm::limit::INTERRUPT);
                }));
            },
            |_| (),
        );
        stop.unwrap().join().unwrap();
        assert_eq!(r.error, "terminated");
        assert!(r.units > 0, "{:?}", r.stats);
    }
}

#[test]
fn ctrl_c_is_an_exception_in_a_compiled_loop() {
    let source = "
def f():
    n = 0
    try:
        while True:
            n += 1
    except KeyboardInterrupt:
        return n > 10000
print(f())
while True:
    pass
";
    let mut stop = None;
    let r = run_with(
        source,
        "test.py",
        config(JitMode::On),
        |vm| {
            let limit = vm.limit.clone();
            stop = Some(std::thread::spawn(move || {
                for _ in 0..2 {
                    std::thread::sleep(std::time::Duration::from_millis(300));
                    limit.request(taipan::vm::limit::KEYBOARD);
                }
            }));
        },
        |_| (),
    );
    stop.unwrap().join().unwrap();
    assert_eq!(r.out, "True\n");
    assert!(
        r.error
            .ends_with("line 11, in <module>\nKeyboardInterrupt\n"),
        "{}",
        r.error
    );
}

#[test]
fn functions_call_each_other_natively() {
    let r = same(
        "
def even(n):
    return True if n == 0 else odd(n - 1)
def odd(n):
    return False if n == 0 else even(n - 1)
def h(i):
    return i * 3 % 7
def g(i):
    return h(i) + h(i + 1)
def f(i):
    return g(i) - g(i // 2)
t = 0
for i in range(3000):
    t += f(g(h(i)))
    if even(i % 20):
        t += 1
print(t)
def scale(x, k):
    return x * k
def area(r):
    return scale(r, r) * 3.25
t = 0.0
for i in range(2000):
    t += area(i / 4)
t += area(2) + area(2**70)
print(t)
",
    );
    assert!(r.exits("WrongCallee") == 0, "{:?}", r.stats);
    println!("{:?}", r.stats);
}

#[test]
fn deep_recursion_moves_to_big_stacks() {
    let source = "
def down(n):
    if n == 0:
        return 0
    return down(n - 1) + 1
for i in range(200):
    down(5)
print(down(99000))
def sum_to(n):
    return 0 if n == 0 else n + sum_to(n - 1)
print(sum_to(90000))
";
    for mode in MODES {
        let job = move || {
            let c = Config {
                recursion_limit: 100_000,
                ..config(mode)
            };
            let r = run(source, c);
            assert_eq!(
                (r.out.as_str(), r.error.as_str()),
                ("99000\n4050045000\n", ""),
                "{mode:?}"
            );
        };
        let t = std::thread::Builder::new().stack_size(2 << 20).spawn(job);
        t.unwrap().join().unwrap();
    }
}

#[test]
fn fuel_ends_native_code_at_the_same_count() {
    let source =
        format!("{FIB}\ntry:\n    while True:\n        fib(12)\nfinally:\n    print('never')\n");
    for fuel in [1000, 54_321] {
        for mode in MODES {
            let c = Config {
                max_fuel: Some(fuel),
                ..config(mode)
            };
            let r = run(&source, c);
            assert_eq!(
                (r.error.as_str(), r.out.as_str()),
                ("terminated", ""),
                "{mode:?}"
            );
            assert_eq!(r.fuel, fuel + 1, "{mode:?}");
        }
    }
}

/// Every unit that the programs of `tests/lang` lead to compiles for AArch64, too.
#[test]
fn what_compiles_here_compiles_for_aarch64() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lang");
    let (mut programs, mut units, mut bytes) = (0, 0, 0);
    for e in std::fs::read_dir(dir).unwrap() {
        let path = e.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.extension().is_none_or(|e| e != "py") || name == "bless.py" {
            continue;
        }
        let Ok(source) = std::fs::read_to_string(&path) else {
            continue;
        };
        let r = run_with(
            &source,
            &name,
            config(JitMode::Always),
            |vm| vm.jit.check_aarch64.set(true),
            |_| (),
        );
        assert_eq!(r.declined, 0, "{name}: {:?}", r.stats);
        programs += 1;
        units += r.units;
        bytes += r.aarch64;
    }
    println!(
        "{programs} programs, {units} units, {bytes} bytes of AArch64 code compiled, not executed"
    );
    assert!(programs > 50 && units > 100 && bytes > 10_000);
}

#[test]
fn fib_35_is_29_860_703_calls() {
    let r = run(
        &format!("{FIB}\nprint(fib(35))\n"),
        Config {
            count: true,
            ..config(JitMode::On)
        },
    );
    assert_eq!(r.out, "9227465\n");
    // The module's entry is the one more.
    assert_eq!(r.fuel, 29_860_703 + 1, "{:?}", r.stats);
    assert!(r.native > 29_860_000, "{:?}", r.stats);
    // None in the draft; in what takes its place two, each with two in it, and so on, three deep.
    assert_eq!((r.units, r.inlined), (2, 14), "{:?}", r.stats);
}

/// Who calls it natively asks the interpreter for a draft, and has the better one when it is there.
#[test]
fn a_draft_called_by_a_loop_is_replaced() {
    let r = run(
        &format!(
            "{FIB}
def f(n):
    s = 0
    for i in range(n):
        s += fib(i % 12)
    return s
print(f(20000))
"
        ),
        Config {
            count: true,
            ..config(JitMode::On)
        },
    );
    assert_eq!(r.out, "386545\n");
    assert_eq!(r.units, 3, "{:?}", r.stats);
    // The loop's own copies, and those of what takes the place of the draft.
    assert_eq!(r.inlined, 29, "{:?}", r.stats);
    let entered = |s: &String| {
        let n = s.strip_prefix("units entered Count(")?.strip_suffix(')')?;
        n.parse::<u64>().ok()
    };
    let entries = r.stats.iter().find_map(entered);
    assert!(entries.is_some_and(|n| n < 3_000), "{:?}", r.stats);
}

#[test]
fn three_levels_are_one_loop() {
    let r = same(
        "
def h(x):
    return x // 2 + x % 5
def g(x):
    return h(x) * 3 - h(x + 1)
def f(x):
    return g(x) % 1009 + 1
def nested(n):
    s = 0
    for i in range(n):
        s += f(g(i))
        s -= h(f(i)) % 16
    return s
print(nested(10), nested(5000))
",
    );
    assert_eq!(r.declined, 0);
    assert!(r.inlined >= 10, "{:?}", r.stats);
    // Entered once or twice, and left at the end.
    assert!(r.exits.iter().all(|(_, n)| *n < 8), "{:?}", r.exits);
}

#[test]
fn a_lowered_limit_ends_inlined_calls() {
    let r = same(
        "
import sys
def two():
    return 2
def one(n):
    if n == 500:
        sys.setrecursionlimit(len(sys._getframe().f_code.co_name) + 12)
        sys.setrecursionlimit(12)
    return two()
def f(n):
    t = 0
    for i in range(n):
        t += one(i)
    return t
def deep(k, n):
    return f(n) if k == 0 else deep(k - 1, n)
for k in range(4, 10):
    sys.setrecursionlimit(1000)
    try:
        print(deep(k, 800))
    except RecursionError as e:
        print(k, e)
",
    );
    assert!(r.inlined > 0, "{:?}", r.stats);
}
