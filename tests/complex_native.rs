//! Complex numbers whose parts are in registers: by the counters, no object is made where only arithmetic wants it.
#![cfg(feature = "jit")]

use taipan::{Engine, JitMode};

const SOURCE: &str = "\
def inside(n):
    k = 0
    for i in range(n):
        if abs(complex(i * 1e-6, 1.0) * complex(1.0, i * 1e-6) - 1) > 3.0:
            k += 1
    return k
";

fn collections(e: &Engine) -> u64 {
    e.stats().collections.get()
}

#[test]
fn none_is_made() {
    let mut e = Engine::builder()
        .jit(JitMode::On)
        .build()
        .expect("an engine");
    e.run(SOURCE, "test.py").expect("it runs");
    e.run("for i in range(300): inside(50)\n", "warm.py")
        .expect("it runs");
    let before = collections(&e);
    e.run("assert inside(1_000_000) == 0\n", "hot.py")
        .expect("it runs");
    assert_eq!(collections(&e), before);
}
