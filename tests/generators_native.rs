//! Generators go on natively, at entries of their own, in the frame that lies in them: counters and addresses say
//! so. What such programs print is compared by `tests/lang/gen_hot_*.py` and `async_hot.py`.
#![cfg(feature = "jit")]

mod native;

use native::{Ran, run};
use taipan::interp::frame::FramePtr;
use taipan::object::Value;
use taipan::vm::{Raised, Vm};
use taipan::{Engine, JitMode};

const N: u64 = 20_000;

/// Runs `main(N)` of the source, hot; the output, and the fuel burnt, are the interpreter's.
fn hot(source: &str) -> Ran {
    let source = format!("{source}\nprint(main({N}))\n");
    let mut off = run(&source, Engine::builder().jit(JitMode::Off).count(true));
    let mut on = run(&source, Engine::builder().count(true));
    assert_eq!((&on.out, &on.error), (&off.out, &off.error));
    assert_eq!(on.engine.vm().fuel.get(), off.engine.vm().fuel.get());
    assert_eq!(on.declined(), [], "{:?}", on.all());
    on
}

/// Nearly all of `times` resumptions were native, and next to nothing left.
fn resumed(source: &str, times: u64) {
    let mut r = hot(source);
    let n = r.count("units", "entered at a yield");
    assert!(
        n <= times && n + times / 20 > times,
        "{n} of {times}: {:?}",
        r.all()
    );
    let rows = r.engine.vm().jit.rows();
    let exits = rows.iter().filter(|r| r.group == "exits");
    let left: u64 = exits
        .map(|r| match r.number {
            taipan::jit::stats::Number::Count(n) | taipan::jit::stats::Number::Nanos(n) => n,
        })
        .sum();
    assert!(left < 60, "{left} exits: {:?}", r.all());
}

/// Who takes all that a generator yields has it go on without suspending it: nearly all of `times` items.
fn taken(source: &str, times: u64) {
    let mut r = hot(source);
    let n = r.count("items", "taken without a yield");
    assert!(
        n <= times && n + times / 20 > times,
        "{n} of {times}: {:?}",
        r.all()
    );
}

#[test]
fn sums_take_what_generators_yield() {
    taken(
        "def main(n):\n    return sum(i * 2 for i in range(n)), sum(i / 2 for i in range(n))",
        2 * N,
    );
}
#[test]
fn searches_take_what_generators_yield() {
    taken(
        "def main(n):\n    return any(i < 0 for i in range(n)), all(i >= 0 for i in range(n))",
        2 * N,
    );
}
#[test]
fn lists_and_sets_take_what_generators_yield() {
    taken(
        "
def main(n):
    words = 'abcd'
    a = len(set(i & 7 for i in range(n))), sorted(set(words[i & 3] for i in range(n)))
    return a, len(list(i for i in range(n))), len(tuple(i for i in range(n)))
",
        4 * N,
    );
}
/// An item that cannot be taken quietly suspends the generator, and others are taken again.
#[test]
fn what_is_not_quiet_is_yielded() {
    let mut r = hot("
def main(n):
    return sum(10**20 if i == 777 else i for i in range(n)), sum([1] == [] for i in range(n))
");
    let n = r.count("items", "taken without a yield");
    assert!((1..777).contains(&n), "{n}: {:?}", r.all());
}

#[test]
fn for_over_a_generator() {
    resumed(
        "
def g(n):
    for i in range(n):
        yield i * i
def main(n):
    t = 0
    for x in g(n):
        t += x
    return t
",
        N + 1,
    );
}

#[test]
fn an_expression_as_an_argument() {
    resumed("def main(n): return sum(x * x for x in range(n))", N + 1);
    resumed(
        "def main(n): return max(x % 100 for x in range(n)), any(x < 0 for x in range(n))",
        2 * (N + 1),
    );
    resumed(
        "def main(n): return len(''.join('x' for x in range(n))), len(tuple(x for x in range(n)))",
        2 * (N + 1),
    );
}

#[test]
fn delegating() {
    // Each level goes on for each item, and once more at the end.
    resumed(
        "
def g(n):
    yield from range(n)
def h(n):
    yield from g(n)
def main(n):
    return sum(h(n))
",
        2 * (N + 1),
    );
}

#[test]
fn sending() {
    resumed(
        "
def g():
    t = 0
    while True:
        x = yield t
        t += x
def main(n):
    it = g()
    next(it)
    for i in range(n):
        v = it.send(i)
    return v
",
        N + 1,
    );
}

#[test]
fn yielding_in_handlers() {
    resumed(
        "
def g(n):
    for i in range(n):
        try:
            if i & 1:
                raise ValueError
            yield i
        except ValueError:
            yield -i
def main(n):
    return sum(g(n))
",
        N + 1,
    );
}

#[test]
fn coroutines() {
    resumed(
        "
class W:
    def __await__(self):
        yield 1
async def f(w, n):
    for i in range(n):
        await w
    return n
def main(n):
    c = f(W(), n)
    try:
        while True:
            c.send(None)
    except StopIteration as e:
        return e.value
",
        // The coroutine for each item, and what it awaits twice.
        3 * N + 1,
    );
}

thread_local! {
    static SEEN: std::cell::RefCell<Vec<usize>> = const { std::cell::RefCell::new(Vec::new()) };
}

fn record(vm: &mut Vm, f: FramePtr, throwflag: bool) -> Result<Value, Raised> {
    if f.is_generator() {
        SEEN.with(|s| s.borrow_mut().push(f.address()));
    }
    taipan::interp::eval_frame_default(vm, f, throwflag)
}

#[test]
fn the_frame_is_always_the_same() {
    let mut e = Engine::builder().build().expect("built");
    e.vm().set_eval_frame(Some(record));
    let source = "
def g(n):
    x = 0
    while x < n:
        try:
            x += yield x
        except ValueError:
            x += 2
it = g(100)
next(it)
for i in range(20):
    it.send(1)
it.throw(ValueError)
print(sum(1 for _ in range(2)))
";
    // `send(1)` twenty times, one throw: one generator's frame; then the expression's, another.
    e.run(source, "t.py").expect("it runs");
    SEEN.with(|s| {
        let s = s.borrow();
        assert!(s.len() > 22, "{s:?}");
        assert!(s[..22].iter().all(|a| *a == s[0]), "{s:?}");
        assert!(s[22..].iter().all(|a| *a == s[22] && *a != s[0]), "{s:?}");
    });
}

#[test]
fn native_code_writes_the_generators_own_slots() {
    for mode in [JitMode::Off, JitMode::On, JitMode::Always] {
        let b = Engine::builder().jit(mode);
        let mut r = run(
            "
def g():
    x = 0
    while True:
        yield x
        x += 1
it = g()
for _ in range(5000):
    next(it)
",
            b,
        );
        assert_eq!(r.error, "");
        let native = r.count("units", "entered at a yield");
        assert_eq!(mode != JitMode::Off, native > 4000, "{native}");
        let top = r.engine.vm().stack.top_frame().map(|f| f.address());
        r.engine
            .run("next(it)\nvalue = it.gi_frame.f_locals['x']", "t.py")
            .expect("it runs");
        let vm = r.engine.vm();
        assert_eq!(vm.stack.top_frame().map(|f| f.address()), top);
        // The frame's object reads the slots in the generator.
        assert_eq!(r.engine.get_global::<i64>("value").expect("an int"), 5000);
    }
}
