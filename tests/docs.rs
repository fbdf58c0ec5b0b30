//! Every public item says what it is, with an example that runs as a doctest.

use std::fs;
use std::path::Path;

/// Where the embedder's items are: the folder, and what it takes from below.
const OF_BELOW: [(&str, &[&str]); 4] = [
    ("src/vm/raise.rs", &["pub enum Terminate"]),
    ("src/vm/host.rs", &["pub enum Capability"]),
    ("src/vm.rs", &["pub enum JitMode"]),
    ("src/compile/error.rs", &["pub struct CompileError"]),
];

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a source file")
}

/// The items of a file whose documentation lacks an example.
fn without_example(text: &str, wanted: impl Fn(&str) -> bool) -> (usize, Vec<String>) {
    let (mut seen, mut bare) = (0, Vec::new());
    let mut doc = String::new();
    let mut depth_of_trait = None;
    for line in text.lines() {
        let code = line.trim_start();
        let indent = line.len() - code.len();
        if depth_of_trait.is_some_and(|d| indent <= d && code.starts_with('}')) {
            depth_of_trait = None;
        }
        if code.starts_with("///") || code.starts_with("#[") {
            doc.push_str(code);
            doc.push('\n');
            continue;
        }
        let is_item = ["fn ", "struct ", "enum ", "trait ", "const "]
            .iter()
            .any(|k| code.strip_prefix("pub ").is_some_and(|c| c.starts_with(k)));
        let of_trait = depth_of_trait.is_some() && code.starts_with("fn ");
        let hidden = doc.contains("#[doc(hidden)]") || doc.contains("#[cfg(test)]");
        if (is_item || of_trait) && !hidden && wanted(code) {
            seen += 1;
            if !doc.contains("```") {
                bare.push(code.to_owned());
            }
        }
        if code.starts_with("pub trait ") && !hidden && code.ends_with('{') {
            depth_of_trait = Some(indent);
        }
        doc.clear();
    }
    (seen, bare)
}

#[test]
fn every_public_item_has_an_example() {
    let mut all = 0;
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api");
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        let (seen, bare) = without_example(&read(&path), |_| true);
        assert!(bare.is_empty(), "{}: {bare:#?}", path.display());
        all += seen;
    }
    for (path, items) in OF_BELOW {
        let (seen, bare) = without_example(&read(path), |code| {
            items.iter().any(|i| code.starts_with(i))
        });
        assert_eq!((seen, bare), (items.len(), Vec::new()), "{path}");
        all += seen;
    }
    assert!(all > 100, "{all} items were found");
}

/// The parts of the engine are public for this repository's tests alone: nobody is shown them.
#[test]
fn what_is_public_is_the_api() {
    let text = read("src/lib.rs");
    let lines: Vec<&str> = text.lines().collect();
    let mut hidden = 0;
    for (i, line) in lines.iter().enumerate() {
        if line.starts_with("pub mod") || line.starts_with("pub use vm::") {
            let above = lines[..i].iter().rev().take_while(|l| l.starts_with("#["));
            assert!(above.clone().any(|l| *l == "#[doc(hidden)]"), "{line}");
            hidden += 1;
        }
        let reaches = line.starts_with("pub ")
            && ![
                "pub mod",
                "pub use api::",
                "pub use vm::",
                "pub use compile::CompileError;",
            ]
            .iter()
            .any(|s| line.starts_with(s));
        assert!(!reaches, "{line}");
    }
    assert!(hidden > 10);
}
