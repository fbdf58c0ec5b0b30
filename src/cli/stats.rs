//! `--stats`: what was run, compiled and collected, as a table or as one JSON object. Both are made of the
//! same rows.

use crate::Engine;
use crate::jit::stats::{Number, Row};
use std::fmt::Write;

/// Every counter.
fn rows(engine: &mut Engine) -> Vec<Row> {
    let vm = engine.vm();
    let s = &vm.stats;
    let calls = |name, n: &std::cell::Cell<u64>| Row::count("calls", name, n.get());
    let mut out = vec![
        calls("native", &s.native),
        calls("fast", &s.fast),
        calls("general", &s.general),
        calls("builtin", &s.builtin),
        calls("method descriptor", &s.method_descriptor),
        calls("bound method", &s.bound_method),
        calls("through eval_frame hook", &s.hooked),
        Row::count("attribute sites", "learnt", s.learnt.get()),
        Row::count("attribute sites", "settled", s.settled.get()),
        Row::count("", "fuel", vm.fuel.get()),
        Row::count("", "collections", s.collections.get()),
        Row::count("", "heap bytes", vm.heap.bytes() as u64),
    ];
    out.extend(vm.jit.rows());
    out
}

/// One line a counter: name, number. Exits that nobody took are left out.
pub fn table(engine: &mut Engine) -> String {
    let rows = rows(engine);
    let shown = rows
        .iter()
        .filter(|r| r.group != "exits" || r.number != Number::Count(0));
    let lines: Vec<(String, String, &str)> = shown
        .map(|r| {
            let name = format!("{} {}", r.group, r.name).trim().to_owned();
            (name, number(r.number), r.what)
        })
        .collect();
    let width = lines.iter().map(|l| l.0.len()).max().unwrap_or(0);
    let mut out = String::from("taipan: statistics\n");
    for (name, n, what) in lines {
        let line = format!("  {name:width$}  {n:>14}  {what}");
        out += line.trim_end();
        out.push('\n');
    }
    if let Err(why) = Engine::native_code_available() {
        out += &format!("  no native code: {why}\n");
    }
    out
}

fn number(n: Number) -> String {
    match n {
        Number::Count(n) => n.to_string(),
        Number::Nanos(ns) => format!("{:.3}", ns as f64 / 1e6),
    }
}

/// One JSON object on one line: a group is an object in it. Spaces in names become `_`.
pub fn json(engine: &mut Engine) -> String {
    let mut out = String::from("{");
    let mut group = "";
    let key = |name: &str| format!("\"{}\": ", name.replace(' ', "_"));
    for r in rows(engine) {
        if r.group != group && !group.is_empty() {
            out.push('}');
        }
        if out.len() > 1 && !out.ends_with('{') {
            out += ", ";
        }
        if r.group != group && !r.group.is_empty() {
            out += &key(r.group);
            out.push('{');
        }
        group = r.group;
        // Writing to a String cannot fail.
        let _ = write!(out, "{}{}", key(r.name), number(r.number));
    }
    if !group.is_empty() {
        out.push('}');
    }
    if let Err(why) = Engine::native_code_available() {
        let _ = write!(out, ", \"no_native_code\": {why:?}");
    }
    out + "}\n"
}
