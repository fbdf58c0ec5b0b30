//! Programs of some hundred lines, written as people write them, in every mode, against CPython 3.8: interpreters,
//! solvers, simulations, parsers, text, schedulers, event loops, graphs, models. Goldens as for `lang.rs`.

mod golden;

#[test]
fn off() {
    golden::all("tests/programs", "off", &["--jit=off"]);
}
#[test]
fn on() {
    golden::all("tests/programs", "on", &["--jit=on"]);
}
#[test]
fn always() {
    golden::all("tests/programs", "always", &["--jit=always"]);
}
#[test]
fn stress() {
    golden::all(
        "tests/programs",
        "stress",
        &["--jit=stress", "--jit-seed=1"],
    );
}
