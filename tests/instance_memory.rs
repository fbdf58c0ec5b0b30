//! A million small instances in a list take less than CPython 3.8 needs for them: 168 bytes each beside the
//! ints (an object of 48 with the collector's 16, a dict of 104 that shares its keys); measured from outside, the
//! process grows by 196 bytes for each.

use taipan::{Engine, JitMode};

/// What CPython 3.8 takes for each instance with two attributes: `sys.getsizeof` of it and of its dict, without
/// the collector's headers.
const CPYTHON: usize = 48 + 104;

const SOURCE: &str = "
class P:
    def __init__(self, x, y):
        self.x = x
        self.y = y
def make(n):
    return [P(i, None) for i in range(n)]
all = make(1000)
";

#[test]
fn a_million_small_instances() {
    const N: usize = 1_000_000;
    for mode in [JitMode::Off, JitMode::On] {
        let mut e = Engine::builder().jit(mode).build().expect("an engine");
        e.run(SOURCE, "test.py").expect("it runs");
        e.run("import gc\ngc.collect()", "test.py")
            .expect("it runs");
        let before = e.vm().heap.bytes();
        e.run(&format!("all = make({N})"), "test.py")
            .expect("it runs");
        e.run("gc.collect()", "test.py").expect("it runs");
        let each = (e.vm().heap.bytes() - before) / N;
        // The list's own 8 bytes, and what its growth leaves free, are in it.
        assert!(each <= CPYTHON / 2, "{mode:?}: {each} bytes each");
        let n: i64 = e.eval("len(all)").expect("a list");
        assert_eq!(n, N as i64);
    }
}
