//! `with`: every way into and out of it, in every mode, against CPython 3.8 (`tests/with/bless.py`).
//!
//! There are no classes yet, so the manager is a function object: its class is given `__enter__` and
//! `__exit__` here, behind the program's back.

use std::sync::{Arc, Mutex};
use taipan::object::ClassId;
use taipan::types::class::ops as class;
use taipan::types::dict::ops as dict;
use taipan::types::dict::value::DictObj;
use taipan::types::module;
use taipan::{Engine, JitMode};

const MANAGER: &str = "
log = []
def enter(m):
    log.append('+' + m.name)
    if m.swallow == 'no entry':
        raise RuntimeError(m.name)
    return m.name
def leave(m, t, v, tb):
    log.append('-' + m.name)
    if t is not None:
        log.append((t.__name__, repr(v), type(v) is t, tb is v.__traceback__))
    if m.swallow == 'raise':
        raise LookupError(m.name)
    return m.swallow
def cm(name, swallow=False):
    def manager(): pass
    manager.name = name
    manager.swallow = swallow
    return manager
";

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);
impl std::io::Write for Shared {
    fn write(&mut self, b: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("one thread").extend_from_slice(b);
        Ok(b.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn run(mode: JitMode, stress: bool) -> (String, u64) {
    let out = Shared::default();
    let mut e = Engine::builder()
        .jit(mode)
        .gc_stress(stress)
        .count(true)
        .stdout(out.clone())
        .build()
        .expect("an engine");
    e.run(MANAGER, "manager.py").expect("the manager");
    let vm = e.vm();
    let modules = vm.modules.get().and_then(|m| m.cast::<DictObj>());
    let modules = modules.expect("sys.modules");
    let main = dict::get_name(vm, modules, "__main__").expect("it is asked");
    let main = module::dict_of(vm, main.expect("__main__")).expect("its dict");
    for (special, name) in [("__enter__", "enter"), ("__exit__", "leave")] {
        let f = dict::get_name(vm, main, name).expect("it is asked");
        let d = class::dict_of(vm, ClassId::Function).expect("the class's dict");
        dict::set_name(vm, d, special, f.expect("it is defined")).expect("room for a name");
    }
    e.run(include_str!("with/program.py"), "program.py")
        .expect("the program ends well");
    let text = out.0.lock().expect("one thread").clone();
    let native = e.stats().native.get();
    (String::from_utf8(text).expect("text"), native)
}

#[test]
fn every_way_into_and_out_of_with() {
    let golden = include_str!("with/golden.txt");
    for mode in [JitMode::Off, JitMode::On, JitMode::Always, JitMode::Stress] {
        let (out, native) = run(mode, false);
        assert_eq!(out, golden, "{mode:?}");
        let may = Engine::native_code_available().is_ok() && mode != JitMode::Off;
        assert_eq!(native > 0, may, "{mode:?}");
    }
}

#[test]
fn under_gc_stress() {
    let golden = include_str!("with/golden.txt");
    for mode in [JitMode::Off, JitMode::Always] {
        assert_eq!(run(mode, true).0, golden, "{mode:?}");
    }
}
