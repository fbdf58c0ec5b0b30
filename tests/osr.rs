//! Loops are entered in the middle of a run and left again: nested ones settle in one unit or a few, which hold
//! the outer loop and the inner, and do not go to and fro.
#![cfg(feature = "jit")]

mod native;

use native::{Ran, run};
use taipan::{Engine, JitMode};

/// What a run may cost: entries at loops, units, back edges of the interpreter.
struct Most {
    entries: u64,
    units: u64,
    edges: u64,
}
/// Warming up, and a bet or two.
const FEW: Most = Most {
    entries: 3,
    units: 2,
    edges: 2500,
};

fn settles(source: &str, most: Most) -> Ran {
    let off = run(source, Engine::builder().jit(JitMode::Off));
    assert_eq!(off.error, "");
    let mut r = run(source, Engine::builder());
    assert_eq!((&r.out, &r.error), (&off.out, &off.error));
    let all = r.all();
    assert_eq!(r.declined(), [], "{all:?}");
    let entries = r.count("units", "entered at a loop");
    assert!((1..=most.entries).contains(&entries), "{all:?}");
    let units = r.count("units", "compiled");
    assert!((1..=most.units).contains(&units), "{all:?}");
    let edges = r.count("", "back edges interpreted though hot");
    assert!(edges <= most.edges, "{all:?}");
    for mode in [JitMode::Always, JitMode::Stress] {
        let other = run(source, Engine::builder().jit(mode));
        assert_eq!(
            (&other.out, &other.error),
            (&off.out, &off.error),
            "{mode:?}"
        );
    }
    r
}

#[test]
fn inner_and_outer_loop_of_a_function() {
    settles(
        "
def main(n, m):
    t = 0
    for i in range(n):
        for j in range(m):
            t += (i * j) & 3
    return t
print(main(1000, 1000))
",
        FEW,
    );
}

#[test]
fn inner_and_outer_loop_of_a_module() {
    settles(
        "
t = 0
for i in range(1000):
    for j in range(1000):
        t += (i * j) & 3
print(t, i, j)
",
        FEW,
    );
}

/// Loops too short to become hot by themselves.
#[test]
fn short_inner_loops() {
    settles(
        "
def main(n):
    t = 0
    i = 0
    while i < n:
        for j in range(3):
            for k in (1, 2):
                t += i ^ j + k
        i += 1
    return t
print(main(100000))
",
        Most {
            entries: 4,
            units: 3,
            edges: 5000,
        },
    );
}

/// The unit that was entered at the first loop goes on with those after it.
#[test]
fn loops_beside_each_other() {
    settles(
        "
def main(n):
    t = 0
    for i in range(n):
        for j in range(200):
            t += j
        for k in range(200):
            t -= k
        k = 0
        while True:
            k += 1
            if k % 7 == 0:
                continue
            if k > 50:
                break
        else:
            t = None
        t += k
    for i in range(100000):
        t += i
    return t
print(main(500))
",
        Most {
            entries: 30,
            units: 6,
            edges: 8000,
        },
    );
}

/// The outer loop does something new now and then: the inner one is not left for long.
#[test]
fn the_outer_loop_changes_its_mind() {
    settles(
        "
def main(n, m):
    t = 0
    s = []
    for i in range(n):
        for j in range(m):
            t += j & i
        if i == 300:
            t = t / 2
        if i == 600:
            t = int(t)
        if i % 100 == 0:
            s.append(t)
    return t, s
print(main(1000, 300))
",
        Most {
            entries: 60,
            units: 6,
            edges: 20000,
        },
    );
}

#[test]
fn exceptions_in_nested_loops() {
    settles(
        "
def main(n, m):
    t = 0
    for i in range(n):
        try:
            for j in range(m):
                try:
                    if j % 5 == 4:
                        raise KeyError(j)
                    t += 1
                except KeyError as e:
                    t += e.args[0]
                if j == m - 2 and i % 2:
                    raise ValueError
        except ValueError:
            t -= 1
        finally:
            t += 2
    return t
print(main(400, 100))
",
        Most {
            entries: 20,
            units: 4,
            edges: 6000,
        },
    );
}

/// A function with a loop, hot by its calls: the loop's unit, then the function's.
#[test]
fn a_loop_in_a_function_in_a_loop() {
    let mut r = settles(
        "
def inner(m, k):
    t = 0
    for j in range(m):
        t += j * k
    return t
def main(n, m):
    t = 0
    for i in range(n):
        t += inner(m, i)
    return t
print(main(2000, 500))
",
        Most {
            entries: 200,
            units: 6,
            edges: 6000,
        },
    );
    assert_eq!(r.count("exits", "Throw"), 0);
}
