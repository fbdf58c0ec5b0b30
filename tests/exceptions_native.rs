//! Exceptions thrown and caught inside native code stay there: counters say that nothing left it. What the
//! programs print is compared by `tests/lang/raise_hot.py` and `raise_inlined.py`.
#![cfg(feature = "jit")]

mod native;

use native::{Ran, run};
use taipan::{Engine, JitMode};

const N: u64 = 20_000;

/// Runs `main(N)` of the source, hot; the output is what the interpreter prints.
fn hot(source: &str) -> Ran {
    let source = format!("{source}\nprint(main({N}))\n");
    let off = run(&source, Engine::builder().jit(JitMode::Off));
    let mut on = run(&source, Engine::builder().count(true));
    assert_eq!((&on.out, &on.error), (&off.out, &off.error));
    assert_eq!(on.declined(), [], "{:?}", on.all());
    on
}

/// Next to nothing leaves: bets lost while the code settles, and never for an exception.
fn stays(r: &mut Ran) {
    let all = r.all();
    assert_eq!(r.count("exits", "Throw"), 0, "{all:?}");
    let rows = r.engine.vm().jit.rows();
    let exits = rows.iter().filter(|r| r.group == "exits");
    let n: u64 = exits
        .map(|r| match r.number {
            taipan::jit::stats::Number::Count(n) | taipan::jit::stats::Number::Nanos(n) => n,
        })
        .sum();
    assert!(n < 60, "{n} exits: {all:?}");
    // Entered by the calls of the first thousand iterations, then by the loop: it stays in.
    let entered = r.count("units", "entered") + r.count("units", "entered at a loop");
    assert!(entered < 8 * 1000, "{entered} entries: {all:?}");
}

#[test]
fn raise_in_the_same_function() {
    let mut r = hot("
def main(n):
    t = 0
    for i in range(n):
        try:
            if i % 3:
                raise ValueError
            t += 1
        except ValueError:
            t += 10
    return t
");
    stays(&mut r);
}

#[test]
fn raise_with_a_value_and_a_name() {
    let mut r = hot("
def main(n):
    t = 0
    for i in range(n):
        try:
            raise ValueError(i)
        except (KeyError, ValueError) as e:
            t += e.args[0]
    return t
");
    stays(&mut r);
}

/// From a handler, and from a `finally` body, to the handler around them.
#[test]
fn raise_in_a_handler_and_in_a_finally_body() {
    let mut r = hot("
def main(n):
    t = 0
    for i in range(n):
        try:
            try:
                raise KeyError(i)
            except KeyError:
                raise ValueError(i)
            finally:
                t += 1
                if i % 2:
                    raise IndexError(i)
        except ValueError as e:
            t += 10
        except IndexError as e:
            t += 100
    return t
");
    stays(&mut r);
}

#[test]
fn raise_again() {
    let mut r = hot("
def main(n):
    t = 0
    for i in range(n):
        try:
            try:
                raise KeyError(i)
            except KeyError:
                raise
        except KeyError as e:
            t += 1
        try:
            try:
                raise KeyError(i)
            except ValueError:
                t = None
        except KeyError as e:
            t += 2
    return t
");
    stays(&mut r);
}

/// A callee that is too large to be built in, and one that is.
#[test]
fn a_callee_raises() {
    let large = "    if x < 0:\n        x = x + 1 - 2 * x\n".repeat(30);
    let mut r = hot(&format!(
        "
def small(x):
    if x % 2:
        raise ValueError(x)
    return x
def between(x):
    return small(x) + 1
def large(x):
{large}
    if x % 2:
        raise ValueError(x)
    return x
def main(n):
    t = 0
    for i in range(n):
        try:
            t += small(i)
        except ValueError:
            t += 1000
        try:
            t += between(i)
        except ValueError:
            t += 1000
        try:
            t += large(i)
        except ValueError:
            t += 2000
    return t
"
    ));
    stays(&mut r);
    let native = r.engine.stats().native.get();
    assert!(native > 4 * N - 2000, "{native} {:?}", r.all());
}

#[test]
fn what_operations_raise() {
    let mut r = hot("
def main(n):
    d = {'a': 1}
    l = [1, 2]
    t = 0
    for i in range(n):
        try:
            t += d['b' if i % 2 else 'a']
        except KeyError:
            t += 5
        try:
            t += l[i % 5]
        except IndexError:
            t += 7
        try:
            t += 7 // (i % 3)
        except ZeroDivisionError:
            t += 9
        try:
            t += int(7 / (i % 3))
        except ZeroDivisionError:
            t += 11
        try:
            t += 1.0 % (i % 2)
        except ZeroDivisionError:
            t += 13.0
    return t
");
    stays(&mut r);
}

/// Each level of a recursion has a `finally` that the exception passes.
#[test]
fn recursion_unwinds_natively() {
    let mut r = hot("
def down(k):
    if k == 0:
        raise OverflowError
    try:
        return down(k - 1) + 1
    finally:
        k = None
def main(n):
    t = 0
    for i in range(n):
        try:
            down(i % 8)
        except OverflowError:
            t += 1
    return t
");
    stays(&mut r);
}

/// A manager's methods run natively, whether an exception comes or not.
#[test]
fn with_calls_the_methods_of_its_manager() {
    let mut r = hot("
class M:
    def __enter__(self):
        return 1
    def __exit__(self, kind, value, traceback):
        return kind is not None
def main(n):
    t = 0
    m = M()
    for i in range(n):
        with m as one:
            t += one
            if i % 3 == 0:
                raise ValueError
            t += 10
    return t
");
    stays(&mut r);
    let s = r.engine.stats();
    let elsewhere = s.fast.get() + s.general.get();
    assert!(elsewhere < 5000, "{elsewhere} calls of 40000");
}

/// What is asked, and what swallows the answer, is native; who asks is interpreted: the frames of an exception that
/// goes no further know it.
#[test]
fn frames_of_a_swallowed_exception_know_their_caller() {
    let source = "
kept = []
def g(x):
    try:
        return 1 // x
    except ZeroDivisionError as e:
        kept.append(e)
        raise AttributeError
class A:
    def __getattr__(self, n):
        return g(0)
class B:
    def __getattr__(self, n):
        try:
            raise AttributeError
        except AttributeError as e:
            kept.append(e)
            raise
def names(f):
    out = []
    while f is not None:
        out.append(f.f_code.co_name)
        f = f.f_back
    return out
a, b = A(), B()
for i in range(200):
    hasattr(a, 'q'), hasattr(b, 'q')
# The same objects whether one looks for the first time or again.
for again in range(3):
    print([names(e.__traceback__.tb_frame) for e in kept[-2:]])
    hasattr(a, 'q'), hasattr(b, 'q')
";
    let off = run(source, Engine::builder().jit(JitMode::Off));
    let want = "[['g', '__getattr__', '<module>'], ['__getattr__', '<module>']]\n".repeat(3);
    assert_eq!((&*off.out, &*off.error), (&*want, ""));
    let mut on = run(source, Engine::builder().count(true));
    assert_eq!((&*on.out, &*on.error), (&*want, ""));
    let all = on.all();
    assert!(on.count("units", "entered") >= 100, "{all:?}");
    assert_eq!(on.count("units", "entered at a loop"), 0, "{all:?}");
}

/// An exception that is made where it is raised goes to its handler by one op, through inlined functions and
/// `finally` bodies: nothing raises it first.
#[test]
fn what_is_at_hand_goes_straight_to_its_handler() {
    let source = format!(
        "
class E(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code
def check(x):
    if x % 2:
        raise E(x)
    return x
def deep(x, k):
    if k == 0:
        return check(x)
    try:
        return deep(x, k - 1)
    finally:
        k += 1
def main(n):
    t = 0
    for i in range(n):
        try:
            t += deep(i, 2)
        except KeyError:
            t = None
        except E as e:
            t += e.code
    return t
print(main({N}))
"
    );
    let off = run(&source, Engine::builder().jit(JitMode::Off));
    // Where calls are counted, the making of the object is one.
    let mut on = run(&source, Engine::builder().coverage(true));
    assert_eq!((&on.out, &on.error), (&off.out, &off.error));
    let ran = on.engine.vm().coverage_lines();
    let has = |op: &str| ran.contains(&format!("ssa {op}"));
    assert!(has("rt_catch") && !has("rt_raise"), "{ran:#?}");
}

/// One that leaves a `finally` body leaves the unit without a frame being written for the interpreter.
#[test]
fn what_leaves_a_finally_body_writes_no_frame() {
    let large = "    if x < 0:\n        x = x + 1 - 2 * x\n".repeat(30);
    let mut r = hot(&format!(
        "
import sys
def cleans(x, log):
{large}
    try:
        if x % 2:
            raise ValueError(x)
        return x
    finally:
        log[0] += 1
def replaces(x):
{large}
    try:
        raise KeyError(x)
    except KeyError:
        raise LookupError(x)
def main(n):
    t = 0
    log = [0]
    for i in range(n):
        try:
            t += cleans(i, log)
        except ValueError:
            t += 1000
        try:
            t += replaces(i)
        except LookupError as e:
            t += type(e.__context__) is KeyError
        t += sys.exc_info() == (None, None, None)
    return t, log
"
    ));
    stays(&mut r);
    let all = r.all();
    assert!(r.count("", "native frames written back") < 60, "{all:?}");
}

/// One of a builtin class is made without a call.
#[test]
fn exceptions_of_builtin_classes_are_made_natively() {
    let source = "
def main(n):
    t = 0
    for i in range(n):
        try:
            raise LookupError(i)
        except LookupError as e:
            t += e.args[0]
    return t
";
    stays(&mut hot(source));
    let native = Engine::builder().coverage(true);
    let mut on = run(&format!("{source}\nprint(main({N}))\n"), native);
    assert_eq!(on.error, "");
    let lines = on.engine.vm().coverage_lines();
    for op in ["rt_new_exception", "field_get"] {
        assert!(lines.contains(&format!("ssa {op}")), "{op}: {lines:#?}");
    }
}
