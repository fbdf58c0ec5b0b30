//! The library in the binary: when an import takes a module from it, and what such a module says of
//! itself.

use std::process::Command;

fn taipan(args: &[&str], dir: &std::path::Path) -> (String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_taipan"))
        .env_clear()
        .current_dir(dir)
        .args(args)
        .output()
        .expect("starts");
    (
        String::from_utf8_lossy(&out.stdout).into_owned(),
        String::from_utf8_lossy(&out.stderr).into_owned(),
    )
}

fn scratch(name: &str) -> std::path::PathBuf {
    let dir = std::env::temp_dir().join(format!("taipan-frozen-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

#[test]
fn a_module_of_the_library_has_no_file_and_is_not_builtin() {
    let dir = scratch("spec");
    let program = "import sys, keyword as k\n\
        print(k, k.__spec__.origin, k.__spec__.has_location, hasattr(k, '__file__'))\n\
        print(k.__name__, repr(k.__package__), 'keyword' in sys.builtin_module_names)\n\
        print(sys.modules['keyword'] is k)";
    let (out, err) = taipan(&["-c", program], &dir);
    assert_eq!(
        out, "<module 'keyword' (frozen)> frozen False False\nkeyword '' False\nTrue\n",
        "{err}"
    );
}

#[test]
fn a_file_of_the_path_comes_before_the_library() {
    let dir = scratch("path");
    std::fs::write(dir.join("keyword.py"), "kwlist = 'mine'\n").unwrap();
    let (out, err) = taipan(&["-c", "import keyword; print(keyword.kwlist)"], &dir);
    assert_eq!(out, "mine\n", "{err}");
}

#[test]
fn a_traceback_shows_the_lines_of_the_library() {
    let dir = scratch("lines");
    let (_, err) = taipan(&["-c", "import stat; stat.filemode('no')"], &dir);
    let (_, rest) = err
        .split_once("  File \"<frozen stat>\", line ")
        .expect(&err);
    let mut lines = rest.lines();
    assert!(lines.next().unwrap().ends_with(", in filemode"), "{err}");
    let shown = lines.next().unwrap().trim();
    let source = include_str!("../src/modules/lib/stat.py");
    assert!(source.lines().any(|l| l.trim() == shown), "{err}");
}

#[test]
fn a_package_of_the_path_hides_the_submodules_too() {
    let dir = scratch("package");
    std::fs::create_dir_all(dir.join("collections")).unwrap();
    std::fs::write(dir.join("collections/__init__.py"), "").unwrap();
    let (_, err) = taipan(&["-c", "import collections.abc"], &dir);
    assert!(
        err.ends_with("ModuleNotFoundError: No module named 'collections.abc'\n"),
        "{err}"
    );
}

#[test]
fn the_library_needs_no_files() {
    let mut engine = taipan::Engine::builder().build().expect("an engine");
    let f = engine.run(
        "import keyword\nok = keyword.iskeyword('for')\nassert ok\n",
        "m.py",
    );
    assert!(f.is_ok(), "{f:?}");
}

/// Every source of the library is a row of the table, and every row has its source.
#[test]
fn the_table_names_every_source() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/modules");
    let table = std::fs::read_to_string(root.join("frozen.rs")).unwrap();
    let mut todo = vec![root.join("lib")];
    while let Some(dir) = todo.pop() {
        for entry in std::fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|e| e == "py") {
                let name = path.strip_prefix(root.join("lib")).unwrap();
                let name = format!("\"{}\"", name.to_string_lossy());
                assert!(table.contains(&name), "{name} is no row");
            }
        }
    }
}
