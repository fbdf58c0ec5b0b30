//! Reads the sources: rules that the compiler does not check.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file: its path below the crate, its text, and the same text with comments and the
/// insides of literals blanked (so that columns and lines agree).
struct Source {
    path: String,
    text: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut dirs = vec![root.join("src")];
    let mut all = Vec::new();
    while let Some(d) = dirs.pop() {
        for e in fs::read_dir(&d).unwrap().map(|e| e.unwrap().path()) {
            if e.is_dir() {
                dirs.push(e);
            } else if e.extension().is_some_and(|x| x == "rs") {
                all.push(read(root, e));
            }
        }
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(all.len() > 50, "the sources were not found");
    all
}
fn read(root: &Path, p: PathBuf) -> Source {
    let text = fs::read_to_string(&p).unwrap();
    let code = blank(&text);
    let path = p
        .strip_prefix(root)
        .unwrap()
        .to_string_lossy()
        .replace('\\', "/");
    Source { path, text, code }
}

/// Replaces comments, strings and chars by spaces; line breaks stay.
fn blank(text: &str) -> String {
    let b = text.as_bytes();
    let mut out = b.to_vec();
    let mut wipe = |from: usize, to: usize| {
        for c in &mut out[from..to.min(b.len())] {
            if *c != b'\n' {
                *c = b' ';
            }
        }
    };
    let ident = |c: u8| c.is_ascii_alphanumeric() || c == b'_' || c >= 128;
    let mut i = 0;
    while i < b.len() {
        let start = i;
        let rest = &b[i..];
        if rest.starts_with(b"//") {
            i += rest.iter().position(|&c| c == b'\n').unwrap_or(rest.len());
            wipe(start, i);
        } else if rest.starts_with(b"/*") {
            let mut depth = 0;
            while i < b.len() {
                if b[i..].starts_with(b"/*") {
                    depth += 1;
                    i += 2;
                } else if b[i..].starts_with(b"*/") {
                    depth -= 1;
                    i += 2;
                    if depth == 0 {
                        break;
                    }
                } else {
                    i += 1;
                }
            }
            wipe(start, i);
        } else if let Some((open, hashes)) = raw_string(rest).filter(|_| i == 0 || !ident(b[i - 1]))
        {
            let mut end = vec![b'"'];
            end.resize(1 + hashes, b'#');
            i += open;
            while i < b.len() && !b[i..].starts_with(&end) {
                i += 1;
            }
            i += end.len();
            wipe(start, i);
        } else if b[i] == b'"' {
            i += 1;
            while i < b.len() && b[i] != b'"' {
                i += 1 + (b[i] == b'\\') as usize;
            }
            i += 1;
            wipe(start, i);
        } else if b[i] == b'\'' {
            // A char; otherwise a lifetime or a label, which has no closing quote.
            let close = match rest.get(1) {
                Some(b'\\') => rest.iter().skip(3).position(|&c| c == b'\'').map(|n| n + 3),
                Some(_) => {
                    let n = text[i + 1..].chars().next().map_or(1, char::len_utf8);
                    (rest.get(1 + n) == Some(&b'\'')).then_some(1 + n)
                }
                None => None,
            };
            i += close.map_or(1, |n| n + 1);
            if close.is_some() {
                wipe(start, i);
            }
        } else {
            i += 1;
        }
    }
    String::from_utf8(out).unwrap()
}
/// Length of a raw string's opening and its number of `#`.
fn raw_string(s: &[u8]) -> Option<(usize, usize)> {
    let r = match s {
        [b'r', ..] => 1,
        [b'b', b'r', ..] => 2,
        _ => return None,
    };
    let hashes = s[r..].iter().take_while(|&&c| c == b'#').count();
    (s.get(r + hashes) == Some(&b'"')).then_some((r + hashes + 1, hashes))
}

fn report(rule: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}
fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

#[test]
fn the_lexer_of_this_test_blanks_what_it_should() {
    let t = "a /* x /* y */ z */ b // c\n\"d\\\"e\" r#\"f\"g\"# 'h' 'i '\\'' b\"j\" \u{e4}";
    let words: Vec<String> = blank(t).split_whitespace().map(String::from).collect();
    assert_eq!(words, ["a", "b", "'i", "b", "\u{e4}"]);
}

/// Off-heap containers are not scanned: a value in one dangles after the next collection.
#[test]
fn no_vector_holds_values() {
    let mut found = Vec::new();
    for s in sources() {
        // Tests may: nothing collects while they look.
        let end = s.code.find("#[cfg(test)]").unwrap_or(s.code.len());
        let code: String = s.code[..end].chars().filter(|c| *c != ' ').collect();
        for (i, line) in code.lines().enumerate() {
            for outer in ["Vec<", "VecDeque<", "HashSet<", "BTreeSet<"] {
                for inner in ["Value", "Option<Value>", "(Value,Value)", "Gc<"] {
                    if line.contains(&format!("{outer}{inner}"))
                        && !line.contains(&format!("{outer}{inner}S"))
                    {
                        found.push(format!("{}:{}: {outer}{inner}", s.path, i + 1));
                    }
                }
            }
            if line.contains("SmallVec") {
                found.push(format!("{}:{}: SmallVec", s.path, i + 1));
            }
            for map in ["HashMap<", "BTreeMap<"] {
                let args = line.split(map).nth(1).unwrap_or("");
                let args = args.split('>').next().unwrap_or("");
                if args.split(',').any(|a| a == "Value" || a == "Gc") {
                    found.push(format!("{}:{}: {map}…Value…", s.path, i + 1));
                }
            }
        }
    }
    report("values in off-heap containers (see src/gc/mod.rs)", found);
}

/// Where `unsafe` may stand.
fn may_be_unsafe(path: &str) -> bool {
    let p = path.trim_start_matches("src/").trim_end_matches(".rs");
    [
        "gc",
        "object",
        "interp/frame",
        "interp/run",
        "jit/runtime",
        "jit/native",
        "jit/deopt",
        "api/handle",
        // Calls the code it has made.
        "jit/lower/tests",
    ]
    .iter()
    .any(|a| p == *a || p.starts_with(&format!("{a}/")))
}

#[test]
fn unsafe_stands_where_it_may_and_says_why() {
    let mut found = Vec::new();
    for s in sources() {
        let lines: Vec<&str> = s.text.lines().collect();
        for (at, _) in s.code.match_indices("unsafe") {
            let (before, after) = (&s.code[..at], &s.code[at + 6..]);
            let word = |c: char| c.is_alphanumeric() || c == '_';
            if before.ends_with(word) || after.starts_with(word) {
                continue;
            }
            let line = line_of(&s.code, at);
            if !may_be_unsafe(&s.path) {
                found.push(format!("{}:{line}: not one of the files for it", s.path));
                continue;
            }
            let after = after.trim_start();
            // The type of a function pointer obliges nobody.
            let is_type = ["fn(", "extern \"C\" fn(", "extern         fn("]
                .iter()
                .any(|t| after.starts_with(t));
            if is_type || (after.starts_with("extern") && !after.contains("fn ")) {
                continue;
            }
            // On the line itself, in what stands before it, or first thing in the body.
            let from = line.saturating_sub(13);
            let near = lines[from..(line + 1).min(lines.len())].join("\n");
            if !near.contains("SAFETY:") && !near.contains("# Safety") {
                found.push(format!("{}:{line}: no SAFETY: comment", s.path));
            }
        }
    }
    report("unsafe", found);
}

/// The files that allow `unsafe` are the ones that use it.
#[test]
fn unsafe_is_allowed_where_it_is_used() {
    let mut found = Vec::new();
    for s in sources() {
        let mut uses = s.code.split("allow(unsafe_code)]").skip(1);
        // A module of tests may be given leave from outside.
        if uses.any(|u| !u.trim_start().starts_with("mod tests;")) && !may_be_unsafe(&s.path) {
            found.push(s.path);
        }
    }
    report("allow(unsafe_code) outside the files for it", found);
}

/// The arms of the match whose `{` is at `open`: each pattern with its guard.
fn arms(code: &str, open: usize) -> Vec<(usize, String)> {
    let b = code.as_bytes();
    let mut depth = 0usize;
    let mut arms = Vec::new();
    let mut start = open + 1;
    let mut in_pattern = true;
    let mut i = open;
    while i < b.len() {
        match b[i] {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
                // A block as an arm's body ends it, with or without a comma.
                if depth == 1 && !in_pattern && b[i] == b'}' {
                    let next = code[i + 1..].trim_start();
                    if !next.starts_with(['.', '?', ',']) && !next.starts_with("else") {
                        in_pattern = true;
                        start = i + 1;
                    }
                }
            }
            b',' if depth == 1 && !in_pattern => {
                in_pattern = true;
                start = i + 1;
            }
            b'=' if depth == 1 && in_pattern && b.get(i + 1) == Some(&b'>') => {
                let p = code[start..i]
                    .trim()
                    .trim_start_matches('|')
                    .trim()
                    .to_string();
                arms.push((i, p));
                in_pattern = false;
                i += 1;
            }
            _ => {}
        }
        i += 1;
    }
    arms
}

/// A new row of the opcode table or of the SSA table must break the build wherever it has to be
/// learnt, so no match over them has a wildcard.
#[test]
fn no_wildcard_over_opcodes_or_ssa_ops() {
    let mut found = Vec::new();
    for s in sources() {
        // The tables themselves: there a wildcard reads the row.
        if ["src/code/opcode.rs", "src/jit/ssa/op.rs"].contains(&s.path.as_str()) {
            continue;
        }
        for (at, _) in s.code.match_indices("match ") {
            if s.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let Some(open) = s.code[at..].find('{').map(|n| at + n) else {
                continue;
            };
            let arms = arms(&s.code, open);
            let is_row = |p: &str| {
                p.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
                    .any(|w| w.starts_with("Opcode::") || w.starts_with("Op::"))
            };
            // One row named among other patterns is a question about that row; more are a table.
            let rows: usize = arms.iter().filter(|(_, p)| is_row(p)).count();
            if rows < 2 {
                continue;
            }
            for (at, p) in &arms {
                if p == "_" {
                    found.push(format!("{}:{}", s.path, line_of(&s.code, *at)));
                }
            }
        }
    }
    report("`_ =>` in a match over opcodes or SSA ops", found);
}
