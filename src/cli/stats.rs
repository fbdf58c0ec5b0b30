//! `--stats`: a table on stderr.

use crate::Engine;

/// One line a counter: name, number.
pub fn table(engine: &mut Engine) -> String {
    let vm = engine.vm();
    let (s, j) = (&vm.stats, &vm.jit.stats);
    let rows: Vec<(&str, String)> = vec![
        ("calls native", s.native.get().to_string()),
        ("calls fast", s.fast.get().to_string()),
        ("calls general", s.general.get().to_string()),
        ("calls builtin", s.builtin.get().to_string()),
        (
            "calls method descriptor",
            s.method_descriptor.get().to_string(),
        ),
        ("calls bound method", s.bound_method.get().to_string()),
        ("calls through eval_frame hook", s.hooked.get().to_string()),
        ("fuel", vm.fuel.get().to_string()),
        ("collections", s.collections.get().to_string()),
        ("heap bytes", vm.heap.bytes().to_string()),
        ("units compiled", j.units.get().to_string()),
        ("units retired", j.retired.get().to_string()),
        ("native code bytes", j.bytes.get().to_string()),
        (
            "compile ms",
            format!("{:.3}", j.compile_us.get() as f64 / 1000.0),
        ),
    ];
    let width = rows.iter().map(|r| r.0.len()).max().unwrap_or(0);
    let mut out = String::from("taipan: statistics\n");
    for (name, n) in rows {
        out += &format!("  {name:width$}  {n:>14}\n");
    }
    if let Err(why) = Engine::native_code_available() {
        out += &format!("  no native code: {why}\n");
    }
    out
}
