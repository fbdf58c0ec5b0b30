//! A typed call allocates nothing: not in the engine, not in the host.

mod counting;

use counting::made;
use taipan::{Engine, Function, JitMode};

const SOURCE: &str = "
def price(n, each):
    return n * each + 1.0
def add(a, b):
    return a + b
def more(a):
    return a > 10
";

/// Calls `f` a thousand times when it is warm: allocations of the host, and bytes of the engine.
fn cost<A: taipan::CallArgs, T: taipan::FromPy>(
    e: &mut Engine,
    f: &Function<A, T>,
    args: impl Fn(i64) -> A,
) -> (u64, isize) {
    for i in 0..2000 {
        f.call(e, args(i)).expect("it runs");
    }
    let (before, bytes) = (made(), e.memory() as isize);
    for i in 0..1000 {
        f.call(e, args(i)).expect("it runs");
    }
    (made() - before, e.memory() as isize - bytes)
}

#[test]
fn typed_calls_allocate_nothing() {
    for mode in [JitMode::Off, JitMode::On, JitMode::Always] {
        let mut e = Engine::builder().jit(mode).build().expect("an engine");
        e.run(SOURCE, "m.py").expect("it runs");
        let price = e.function::<(i64, f64), f64>("price").expect("price");
        let add = e.function::<(i64, i64), i64>("add").expect("add");
        let more = e.function::<(i64,), bool>("more").expect("more");
        assert_eq!(
            cost(&mut e, &price, |i| (i, 0.5)),
            (0, 0),
            "price, {mode:?}"
        );
        assert_eq!(cost(&mut e, &add, |i| (i, -i)), (0, 0), "add, {mode:?}");
        assert_eq!(cost(&mut e, &more, |i| (i,)), (0, 0), "more, {mode:?}");
    }
}

#[test]
fn the_count_counts() {
    let mut e = Engine::new();
    e.run("def text(n): return 'x' * 50", "m.py")
        .expect("it runs");
    let text = e.function::<(i64,), String>("text").expect("text");
    let (made, _) = cost(&mut e, &text, |i| (i,));
    assert!(made >= 1000, "{made}");
}
