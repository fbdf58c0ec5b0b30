//! Every program of `tests/lang`, in every mode, against what CPython 3.8 does with it.

mod golden;

#[test]
fn off() {
    golden::all("tests/lang", "off", &["--jit=off"]);
}
#[test]
fn on() {
    golden::all("tests/lang", "on", &["--jit=on"]);
}
#[test]
fn always() {
    golden::all("tests/lang", "always", &["--jit=always"]);
}
#[test]
fn stress() {
    golden::all("tests/lang", "stress", &["--jit=stress", "--jit-seed=1"]);
}
#[test]
fn off_gc_stress() {
    golden::all(
        "tests/lang",
        "off, gc stress",
        &["--jit=off", "--gc-stress"],
    );
}
#[test]
fn always_gc_stress() {
    golden::all(
        "tests/lang",
        "always, gc stress",
        &["--jit=always", "--gc-stress"],
    );
}
