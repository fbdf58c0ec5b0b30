//! Native code is bounded: in its size, in the time it takes, in how often it is made anew; what is
//! declined is counted by the row of a closed table.
#![cfg(feature = "jit")]

mod native;

use native::run;
use std::time::{Duration, Instant};
use taipan::jit::stats::Declined;
use taipan::{Engine, JitMode};

fn table() -> Vec<&'static str> {
    Declined::ALL.iter().map(|d| d.name()).collect()
}

#[test]
fn the_table_of_declines_is_closed() {
    assert_eq!(table(), ["TooLarge", "Unsettled", "Memory", "Backend"]);
    assert!(table().len() <= 5);
}

#[test]
fn a_huge_function_is_too_large() {
    let source = "
lines = ['    x = x + %d if x < 1000 else x - 3' % i for i in range(4000)]
d = {}
exec('def f(x):\\n' + '\\n'.join(lines) + '\\n    return x\\n', d)
def small(x):
    return x + 1
for i in range(3):
    d['f'](i), small(i)
print(d['f'](1))
";
    let mut off = run(source, Engine::builder().jit(JitMode::Off));
    let mut r = run(source, Engine::builder().jit(JitMode::Always));
    assert_eq!((r.out.clone(), r.error.clone()), (off.out, off.error));
    // Once: it is not tried again.
    assert_eq!(r.declined(), [("TooLarge", 1)]);
    assert_eq!(off.engine.vm().jit.living_units(), 0);
    assert!(r.count("units", "compiled") > 0);
}

/// Each call makes another of its many bets fail, until the patience with it is at its end.
#[test]
fn a_function_whose_bets_keep_failing_is_unsettled() {
    let source = "
def f(k, x):
    if k == 0: return x + x
    %s
    return None
n = 0
for k in range(40):
    for x in (1, 'a', 1.5, [1]):
        for i in range(60):
            n += len(str(f(k, x)))
print(n)
";
    let arms: Vec<String> = (1..40)
        .map(|k| format!("if k == {k}: return (x + x, x * 2)[0]\n    "))
        .collect();
    let source = source.replace("%s", &arms.concat());
    let off = run(&source, Engine::builder().jit(JitMode::Off));
    let mut r = run(&source, Engine::builder().jit(JitMode::Always));
    assert_eq!((r.out.clone(), r.error.clone()), (off.out, off.error));
    assert_eq!(r.declined(), [("Unsettled", 1)], "{:?}", r.all());
    // 24 of the function, and those of the module's loops.
    let units = r.count("units", "compiled");
    assert!(units < 24 + 24 + 12, "{units}");
}

#[test]
fn no_memory_for_code_is_a_row_of_the_table() {
    let source = "
def f(x):
    return x + 1
n = 0
for i in range(300):
    n = f(n)
print(n)
";
    // Less than any unit takes.
    let b = Engine::builder().jit(JitMode::Always).max_code(100);
    let mut r = run(source, b);
    assert_eq!((&*r.out, &*r.error), ("300\n", ""));
    // The module's code, loops included, and the function.
    assert_eq!(r.declined(), [("Memory", 2)], "{:?}", r.all());
    assert_eq!(r.count("units", "compiled"), 0);
    assert_eq!(r.count("native code bytes", "now"), 0);
}

/// What native code takes is part of what the engine takes.
#[test]
fn native_code_counts_against_the_cap() {
    let source = "
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(20))
";
    let [off, mut on] = [JitMode::Off, JitMode::On].map(|m| run(source, Engine::builder().jit(m)));
    assert_eq!(off.out, on.out);
    let code = on.count("native code bytes", "now") as usize;
    assert!(code > 1000, "{code}");
    let (with, without) = (on.engine.memory(), off.engine.memory());
    assert!(with >= without + code, "{with} {without} {code}");
}

/// Types that alternate for good: the code is made anew a few times, and then serves them all.
#[test]
fn recompilation_settles() {
    let source = "
def f(x, y):
    t = x
    for i in range(3):
        t = t + y
    return t
def main(n):
    all = [(1, 2), (1.5, 2.5), ('a', 'b'), ([], [1]), (2**70, 1), (True, 3)]
    for i in range(n):
        for x, y in all:
            f(x, y)
main(500)
";
    let mut few = run(source, Engine::builder().count(true));
    assert_eq!(few.error, "");
    let source = source.replace("main(500)", "main(5000)");
    let mut many = run(&source, Engine::builder().count(true));
    let units = [
        few.count("units", "compiled"),
        many.count("units", "compiled"),
    ];
    assert!(units[0] <= 16 && units[1] <= units[0] + 1, "{units:?}");
    assert_eq!(many.declined(), [], "{:?}", many.all());
    // Native from then on: nearly every call is, and nothing is left any more.
    let native = many.engine.stats().native.get();
    assert!(native > 29_000, "{native} {:?}", many.all());
    let left = |r: &mut native::Ran| -> u64 {
        ["NotInt", "NotFloat", "Overflow", "NotBool"]
            .map(|n| r.count("exits", n))
            .iter()
            .sum()
    };
    let exits = [left(&mut few), left(&mut many)];
    assert!(exits[1] <= exits[0] + 20, "{exits:?}");
}

/// Ten thousand functions, each made, hot and forgotten: code memory does not grow with them.
#[test]
fn ten_thousand_functions_leave_no_code() {
    let source = "
import gc
def make(k):
    d = {}
    exec('def f(x):\\n    return x + %d' % k, d)
    return d['f']
def main(n):
    for k in range(n):
        f = make(k)
        f(1)
        assert f(2) == k + 2
main(10000)
del make, main
gc.collect()
";
    let mut r = run(source, Engine::builder().jit(JitMode::Always));
    assert_eq!(r.error, "");
    let made = r.count("units", "compiled");
    assert!(made >= 20_000, "{:?}", r.all());
    r.engine.collect();
    let (all, most) = (
        r.count("native code bytes", "made"),
        r.count("native code bytes", "most"),
    );
    let now = r.count("native code bytes", "now");
    assert!(most < all / 5, "{:?}", r.all());
    // All of them are gone, also those that were replaced while a native loop ran.
    assert_eq!(
        (now, r.engine.vm().jit.living_units()),
        (0, 0),
        "{:?}",
        r.all()
    );
}

/// More hot functions than there is room for: those called longest ago lose their code, and get it again.
#[test]
fn code_that_is_not_used_makes_room() {
    let source = "
def make(k):
    d = {}
    exec('def f(x):\\n    return (x + %d) * 2 - x' % k, d)
    return d['f']
all = [make(k) for k in range(300)]
def callee(x):
    return x + 1
def often(n):
    t = 0
    for i in range(n):
        t = callee(t)
    return t
n = 0
for k in range(300):
    for i in range(120):
        n += all[k](i)
    n += often(50)
for k in range(300):
    for i in range(120):
        n += all[k](i)
print(n)
";
    let off = run(source, Engine::builder().jit(JitMode::Off));
    const MAX: usize = 64 << 10;
    for mode in [JitMode::On, JitMode::Always] {
        let b = Engine::builder().jit(mode).max_code(MAX).count(true);
        // As much time as it likes: this is about memory.
        let mut r = run(source, b.compile_allowance(Duration::from_secs(1000)));
        assert_eq!((&r.out, &r.error), (&off.out, &off.error));
        assert_eq!(r.declined(), [], "{:?}", r.all());
        assert!(
            r.count("native code bytes", "most") <= MAX as u64,
            "{:?}",
            r.all()
        );
        assert!(
            r.count("native code bytes", "made") > 3 * MAX as u64,
            "{:?}",
            r.all()
        );
        assert!(r.count("units", "evicted") > 100, "{:?}", r.all());
        // What is called natively all the time is not taken for old for long: most calls stay native.
        let native = r.engine.stats().native.get();
        assert!(native > 15_000, "{native} {:?}", r.all());
    }
}

/// A program of lukewarm functions: compiling takes no more than its share of the time.
///
/// What is asserted holds however busy the machine is: the clock only goes on faster than the processor's time.
#[test]
fn compiling_has_a_budget() {
    let source = "
def make(k):
    d = {}
    exec('def f(x):\\n    return (x + %d) * 2 - x' % k, d)
    return d['f']
all = [make(k) for k in range(400)]
n = 0
for f in all:
    for i in range(150):
        n += f(i)
print(n)
";
    let off = run(source, Engine::builder().jit(JitMode::Off));
    let with = |allowance| Engine::builder().compile_allowance(allowance);
    let began = Instant::now();
    let mut r = run(source, with(Duration::ZERO));
    let took = began.elapsed();
    assert_eq!(r.out, off.out);
    let jit = &r.engine.vm().jit;
    let (compiling, longest) = (jit.compile_time(), jit.longest_compile_time());
    assert!(longest > Duration::ZERO);
    // When the last unit was begun, the others had not taken more than the share of the time until then.
    let before = compiling - longest;
    assert!(before <= took / 4, "{before:?} of {took:?}");
    // Where it is put off for once, fewer are made.
    let (put_off, units) = (r.count("units", "put off"), r.count("units", "compiled"));
    assert!(put_off > 0 || units >= 400, "{:?}", r.all());
    // With all the time it wants every one of them is compiled.
    let mut r = run(source, with(Duration::from_secs(1000)));
    assert_eq!(r.count("units", "put off"), 0, "{:?}", r.all());
    assert!(r.count("units", "compiled") >= 400, "{:?}", r.all());
}

/// Time that compiling has taken already counts: what is past the allowance and the share is put off.
#[test]
fn compiling_waits_for_its_share() {
    let source = "
def f(x):
    return x + 1
n = 0
for i in range(20_000):
    n = f(n)
print(n)
";
    const LONG: Duration = Duration::from_secs(1_000_000);
    let after = |allowance: Duration, wait: Duration| {
        let b = Engine::builder().compile_allowance(allowance);
        let mut engine = b.build().expect("an engine");
        // The share is counted from the first thing that is hot.
        engine.run(source, "test.py").expect("it runs");
        let vm = engine.vm();
        let (made, off) = (vm.jit.stats.units.get(), vm.jit.stats.put_off.get());
        vm.jit.charge_compile_time(LONG);
        std::thread::sleep(wait);
        let again = source.replace("x + 1", "x + 2");
        engine.run(&again, "test.py").expect("it runs");
        let s = &engine.vm().jit.stats;
        (s.units.get() - made, s.put_off.get() - off)
    };
    let second = Duration::from_secs(1);
    let (units, put_off) = after(second, Duration::ZERO);
    assert!(units == 0 && put_off > 0, "{units} {put_off}");
    // A third of a second is missing; a quarter of three has gone by.
    let (units, _) = after(LONG - second / 3, second * 3);
    assert!(units > 0);
}
