//! Every crate that is linked in may be used under a licence without copyleft.

use std::process::Command;

const ALLOWED: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "ISC",
    "Zlib",
    "BSL-1.0",
    "CC0-1.0",
    "Unlicense",
    "Unicode-3.0",
    "Unicode-DFS-2016",
];

/// Whether an SPDX expression leaves a choice of allowed licences. `/` is how old crates write OR.
fn allowed(expression: &str) -> bool {
    let text = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace(" WITH ", "\u{1}");
    let words: Vec<String> = text
        .split_whitespace()
        .map(|w| w.replace('\u{1}', " WITH "))
        .collect();
    let mut at = 0;
    let ok = any(&words, &mut at);
    ok && at == words.len()
}
fn any(w: &[String], at: &mut usize) -> bool {
    let mut ok = all(w, at);
    while w.get(*at).is_some_and(|x| x == "OR") {
        *at += 1;
        ok |= all(w, at);
    }
    ok
}
fn all(w: &[String], at: &mut usize) -> bool {
    let mut ok = one(w, at);
    while w.get(*at).is_some_and(|x| x == "AND") {
        *at += 1;
        ok &= one(w, at);
    }
    ok
}
fn one(w: &[String], at: &mut usize) -> bool {
    *at += 1;
    match w.get(*at - 1).map(String::as_str) {
        Some("(") => {
            let ok = any(w, at);
            *at += 1;
            ok && w.get(*at - 1).is_some_and(|x| x == ")")
        }
        Some(name) => ALLOWED.contains(&name),
        None => false,
    }
}

#[test]
fn expressions() {
    assert!(allowed("MIT OR GPL-3.0") && allowed("MIT/Apache-2.0"));
    assert!(allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(allowed(
        "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT"
    ));
    assert!(
        !allowed("GPL-3.0") && !allowed("MIT AND LGPL-3.0") && !allowed("MPL-2.0") && !allowed("")
    );
}

#[test]
fn no_copyleft() {
    let cargo = std::env::var("CARGO").unwrap_or("cargo".into());
    let out = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--locked", "--offline"])
        .args(["--filter-platform", &host()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata");
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let text = String::from_utf8(out.stdout).expect("JSON is UTF-8");
    // Each package begins {"name":…,"version":…,"id":…,"license":…: nothing else has a license.
    let mut n = 0;
    for part in text.split("\"license\":").skip(1) {
        let licence = match part.strip_prefix('"') {
            Some(rest) => &rest[..rest.find('"').expect("closing quote")],
            None => "",
        };
        let before = &text[..text.len() - part.len() - rest_len(&text, part)];
        let name = before.rfind("\"name\":\"").map_or("?", |i| {
            let s = &before[i + 8..];
            &s[..s.find('"').unwrap_or(0)]
        });
        assert!(allowed(licence), "{name}: licence '{licence}'");
        n += 1;
    }
    println!("{n} crates, no copyleft");
    assert!(n > 20);
}

/// Bytes of `text` behind the part.
fn rest_len(text: &str, part: &str) -> usize {
    text.as_ptr() as usize + text.len() - (part.as_ptr() as usize + part.len())
}

/// The target the tests run on, as rustc calls it.
fn host() -> String {
    let out = Command::new(std::env::var("RUSTC").unwrap_or("rustc".into()))
        .arg("-vV")
        .output()
        .expect("rustc -vV");
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let line = text.lines().find_map(|l| l.strip_prefix("host: "));
    line.expect("a host line").into()
}
