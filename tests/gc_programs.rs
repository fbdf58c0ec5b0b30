//! The programs of `tests/lang` while the collector is at its worst: at every safepoint, with precise
//! roots only, and under caps that leave no room. (`lang.rs` compares them with CPython; here each is
//! compared with its own undisturbed run.)

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use taipan::compile::{Mode, compile};
use taipan::object::{ClassId, Value};
use taipan::types::exception::print::print_exception;
use taipan::vm::{Config, JitMode, Raised, Vm};

#[derive(Clone, Default)]
struct Out(Arc<Mutex<Vec<u8>>>);
impl Write for Out {
    fn write(&mut self, b: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(b);
        Ok(b.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What a program printed, and the traceback it ended with.
#[derive(PartialEq, Debug)]
struct Outcome {
    out: String,
    err: String,
}

fn start(vm: &mut Vm, source: &str, path: &str) -> Result<Value, Raised> {
    taipan::builtins::install(vm)?;
    module(vm, source, path)
}
fn module(vm: &mut Vm, source: &str, path: &str) -> Result<Value, Raised> {
    let code = compile(source, path, Mode::Exec).expect("the program compiles");
    let code = taipan::types::code::ops::new(vm, code)?;
    let globals = vm.new_dict()?;
    let name = vm.new_str("__main__")?;
    for (key, value) in [
        ("__name__", name),
        ("__builtins__", vm.builtins.get_or_none()),
    ] {
        let key = vm.intern(key)?;
        taipan::types::dict::ops::set(vm, globals, key, value)?;
    }
    taipan::interp::run_module(vm, code, globals)
}

fn run(path: &Path, config: Config) -> Outcome {
    let source = std::fs::read_to_string(path).unwrap();
    let path = path.to_string_lossy();
    let out = Out::default();
    let mut vm = Vm::new(Config {
        jit: JitMode::Off,
        ..config
    });
    vm.stdout = Box::new(out.clone());
    let mut err = String::new();
    taipan::gc::entry(&mut vm, |vm| {
        if let Err(r) = start(vm, &source, &path) {
            let e = vm.catch(r, ClassId::BaseException);
            err = e.map_or("stopped".into(), |e| print_exception(vm, e));
        }
    });
    // What the program held is garbage now: the engine goes on. A tracer that it could not take off any more, and
    // the modules that it imported, would hold its memory, and the next one would run out of it.
    vm.stdout = Box::new(std::io::sink());
    // As whoever enters an engine anew: a program may have ended because there was no memory even for MemoryError.
    vm.begin_anew();
    vm.trace.func.write(&vm.heap, None);
    vm.trace.profile.write(&vm.heap, None);
    vm.rewatch();
    taipan::gc::entry(&mut vm, |vm| {
        if let Some(modules) = vm.modules.get().and_then(Value::cast) {
            taipan::types::dict::ops::clear(vm, modules);
        }
    });
    taipan::gc::collect_idle(&mut vm);
    taipan::gc::entry(&mut vm, |vm| {
        // Interned strings stay where they are, and keep their chunks: they may leave the engine less room than even this
        // takes, and then it has to say so.
        let room = vm.heap.cap() - vm.heap.bytes();
        if let Err(r) = module(vm, "x = [1] * 10\n", "after") {
            let e = vm.catch(r, ClassId::BaseException);
            let why = e.map_or("stopped".into(), |e| print_exception(vm, e));
            let short = why.ends_with("MemoryError\n");
            assert!(
                short && room < 2048,
                "{path}: the engine does not go on: {room}, {why}"
            );
        }
    });
    let out = String::from_utf8_lossy(&out.0.lock().unwrap()).into_owned();
    Outcome { out, err }
}

/// Every program that compiles (`lang.rs` fails on the others), but those that take the collector
/// minutes.
fn programs() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lang");
    let mut all: Vec<PathBuf> = std::fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "py"))
        .filter(|p| {
            let name = p.file_stem().unwrap().to_string_lossy();
            ![
                "bless",
                "recursion_deep",
                "boxes_iter",
                "boxes_list",
                "hot_nested",
            ]
            .contains(&&*name)
        })
        .collect();
    all.retain(|p| compile(&std::fs::read_to_string(p).unwrap(), "", Mode::Exec).is_ok());
    all.sort();
    assert!(all.len() > 50);
    all
}

#[test]
fn collecting_at_every_safepoint_changes_nothing() {
    for p in programs() {
        let calm = run(&p, Config::default());
        for gc_precise in [false, true] {
            let config = Config {
                gc_stress: true,
                gc_precise,
                ..Config::default()
            };
            assert_eq!(run(&p, config), calm, "{p:?}, precise: {gc_precise}");
        }
    }
}

#[test]
fn under_a_cap_a_program_ends_as_ever_or_with_memory_error() {
    let mut short = 0;
    for p in programs() {
        let calm = run(&p, Config::default());
        for kib in [160, 200, 240, 300, 500] {
            let config = Config {
                max_memory: kib << 10,
                ..Config::default()
            };
            let capped = run(&p, config);
            if capped == calm {
                continue;
            }
            short += 1;
            // A program that catches everything may end in its own way.
            let catches = std::fs::read_to_string(&p).unwrap().contains("except");
            let last = capped.err.trim_end().lines().last().unwrap_or("");
            assert!(
                last.starts_with("MemoryError") || catches,
                "{p:?} under {kib} KiB: {last}"
            );
        }
    }
    assert!(short > 5, "no cap was reached");
}

/// In precise mode nothing is collected in Python that runs under a builtin which the host called: the builtin keeps
/// values where the collector does not look. What is being handled while a wish is granted is kept, too.
#[test]
fn what_the_host_calls_is_kept_in_precise_mode() {
    let b = taipan::Engine::builder().jit(JitMode::Off);
    let mut e = b.gc_precise(true).build().unwrap();
    let text = "
import gc
def items():
    for i in range(3):
        gc.collect()
        yield [i, [i] * 3]
class C:
    def __init__(self):
        self.x = [1, 2]
        del self
        gc.collect()
        [[] for i in range(1000)]
class D:
    __del__ = gc.collect
def handled():
    try:
        1 / 0
    except ZeroDivisionError:
        d = D()
        del d
        gc.collect()
        [[] for i in range(1000)]
        raise
";
    e.run(text, "kept.py").unwrap();
    let it: taipan::Object = e.eval("items()").unwrap();
    let all: taipan::Object = e.call("list", (it,)).unwrap();
    e.set_global("all", all).unwrap();
    let said: String = e.eval("repr(all)").unwrap();
    assert_eq!(said, "[[0, [0, 0, 0]], [1, [1, 1, 1]], [2, [2, 2, 2]]]");
    let c: taipan::Object = e.call("C", ()).unwrap();
    e.set_global("c", c).unwrap();
    assert_eq!(e.eval::<String>("repr(c.x)").unwrap(), "[1, 2]");
    let err = e.call::<()>("handled", ()).unwrap_err();
    assert!(
        err.to_string().trim_end().ends_with("division by zero"),
        "{err}"
    );
}
