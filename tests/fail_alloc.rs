//! An allocation of the engine that fails, each in turn, over programs of `tests/lang`: what comes out is
//! MemoryError and nothing else, the engine goes on, and nothing is left behind, neither in its heap nor in the
//! process's.
//!
//! The programs catch nothing that MemoryError is one of, so a run ends as it does without a failure (somebody
//! could do without the memory) or with MemoryError. Where a program makes more than [`ALL`] allocations the first
//! [`FIRST`] fail in turn, and [`SPREAD`] more spread evenly over the rest; `TAIPAN_FAIL_ALLOC_ALL=1` fails each.
//! `TAIPAN_FAIL_ALLOC=walrus` takes the programs of that name.

mod counting;

use counting::held;
use std::sync::Arc;
use taipan::code::object::CodeObject;
use taipan::compile::{Mode, compile};
use taipan::jit::give_back_tools;
use taipan::{Engine, Error, JitMode};

const ALL: u64 = 120;
const FIRST: u64 = 40;
const SPREAD: u64 = 60;

const PROGRAMS: [&str; 56] = [
    "annotations",
    "arith_float",
    "arith_int",
    "arith_mixed",
    "assign_forms",
    "attr_errors",
    "bigint",
    "bool_ops",
    "call_forms",
    "class_basic",
    "class_changes",
    "class_exceptions",
    "class_hooks",
    "class_iteration",
    "class_meta",
    "class_operators",
    "class_property",
    "class_slots",
    "closures",
    "compare_chain",
    "comp_list",
    "compare_types",
    "constants",
    "decorators",
    "dict_ops",
    "eval_order",
    "except_name",
    "finally_overrides",
    "float_repr",
    "for_else",
    "fstrings",
    "func_attrs",
    "func_defaults",
    "func_kwargs",
    "gen_basic",
    "gen_hot_types",
    "gen_expr",
    "gen_send",
    "hot_nested",
    "import_from",
    "inplace",
    "lambda_forms",
    "list_mutate_iter",
    "list_ops",
    "mod_abc_super",
    "params_all_kinds",
    "print_forms",
    "range_forms",
    "scopes",
    "set_order",
    "stop_iteration",
    "str_methods",
    "str_ops",
    "tuple_ops",
    "unpack_display",
    "walrus",
];

/// After each failure this runs as ever.
const CHECK: &str = "
class _C:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return self.x == o.x
    def __hash__(self): return hash(self.x)
def _check():
    d = {_C(i): str(i) for i in range(20)}
    try:
        d[_C(99)]
    except KeyError as e:
        d[_C(99)] = type(e).__name__
    return sorted(d.values())[-1] + f'{sum(len(v) for v in d.values()):>5}' + str(2 ** 70 // 3)
";
const CHECKED: &str = "KeyError   38393530540239137101141";

/// Leaves nothing of a program in `__main__`.
const CLEAR: &str = "
for _k in [k for k in globals() if k not in _keep]:
    del globals()[_k]
__annotations__.clear()
";

struct Bench {
    engine: Engine,
    program: Arc<CodeObject>,
    clear: Arc<CodeObject>,
}

impl Bench {
    fn new(text: &str, name: &str, jit: JitMode) -> Bench {
        let mut engine = Engine::builder().jit(jit).build().unwrap();
        engine.run(CHECK, "check.py").unwrap();
        let keep = "_k = None\n_keep = {'_keep', '_k', *globals()}\n";
        engine.run(keep, "keep.py").unwrap();
        let code = |text, name| compile(text, name, Mode::Exec).unwrap();
        Bench {
            engine,
            program: code(text, name),
            clear: code(CLEAR, "clear.py"),
        }
    }
    /// How a run ends, what it prints, and how many allocations it made. `fail` is the one that fails.
    fn run(&mut self, fail: u64) -> (String, String, u64) {
        self.engine.vm().heap.fail_alloc_at(fail);
        let r = self.engine.run_code(self.program.clone());
        let n = self.engine.vm().heap.allocations();
        self.engine.vm().heap.fail_alloc_at(0);
        self.engine.run_code(self.clear.clone()).unwrap();
        let end = match r {
            Ok(()) => "ok".to_owned(),
            Err(Error::Python(e)) => e.type_name.clone(),
            Err(e) => format!("{e:?}"),
        };
        (end, self.engine.take_output(), n)
    }
    /// Bytes of what is alive once the program is gone.
    fn level(&mut self) -> isize {
        for _ in 0..2 {
            // What a collection finds has its last wishes granted by the next run.
            self.engine.run_code(self.clear.clone()).unwrap();
            self.engine.collect();
        }
        let heap = &self.engine.vm().heap;
        (heap.stats().live + heap.bytes_beside_cells()) as isize
    }
}

/// Which allocations of `n` fail.
fn chosen(n: u64, most: (u64, u64)) -> Vec<u64> {
    let (first, spread) = most;
    if n <= ALL || std::env::var_os("TAIPAN_FAIL_ALLOC_ALL").is_some() {
        return (1..=n).collect();
    }
    let rest = n - first;
    let mut all: Vec<u64> = (1..=first).collect();
    all.extend((0..spread).map(|i| first + 1 + i * rest / spread));
    all
}

/// What is wrong with the failures of one program, and how many there were.
fn judge(name: &str, jit: JitMode, most: (u64, u64), wrong: &mut Vec<String>) -> u64 {
    let path = format!("{}/tests/lang/{name}.py", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    // What the process keeps for every engine, frozen modules that the program imports among it.
    Bench::new(&text, name, jit).run(0);
    give_back_tools();
    let before = held();
    let mut failures = 0;
    {
        let mut b = Bench::new(&text, name, jit);
        let (end, out, _) = b.run(0);
        // What is made once: by the program, and by an exception that nothing catches.
        for k in [0, 5, 9, 17] {
            b.run(k);
        }
        for _ in 0..20 {
            b.engine.call::<String>("_check", ()).unwrap();
        }
        // What one run leaves for good: names of shapes, interned text.
        let first = b.level();
        for _ in 0..4 {
            b.run(0);
        }
        let before = b.level();
        let each = (before - first).max(0) / 4;
        let (_, _, n) = b.run(u64::MAX);
        let ks = chosen(n, most);
        for &k in &ks {
            let (e, o, _) = b.run(k);
            let absorbed = e == end && o == out;
            if !(absorbed || e == "MemoryError") {
                wrong.push(format!("{name} ({jit:?}): allocation {k} of {n}: {e}\n{o}"));
            }
            let errors = b.engine.take_errors();
            if errors.contains("Error") && !errors.contains("MemoryError") {
                wrong.push(format!(
                    "{name} ({jit:?}): allocation {k} of {n} says {errors}"
                ));
            }
            match b.engine.call::<String>("_check", ()) {
                Ok(s) if s == CHECKED => {}
                other => wrong.push(format!(
                    "{name} ({jit:?}): after allocation {k} of {n}: {other:?}"
                )),
            }
        }
        failures += ks.len() as u64;
        let (e, o, _) = b.run(0);
        if (e, o) != (end, out) {
            wrong.push(format!("{name} ({jit:?}): not as before afterwards"));
        }
        let grown = b.level() - before;
        let runs = ks.len() as isize + 2;
        // A table of the engine's own may have grown once.
        if grown > each * runs + 2048 {
            wrong.push(format!(
                "{name} ({jit:?}): {grown} bytes left in the heap after {runs} runs, {each} by each that does not fail"
            ));
        }
    }
    give_back_tools();
    let left = held() - before - text.capacity() as isize;
    if left > 256 {
        wrong.push(format!(
            "{name} ({jit:?}): {left} bytes left in the process"
        ));
    }
    failures
}

/// Every `of`-th program, from the `part`-th.
fn programs(part: usize, of: usize, jit: JitMode, most: (u64, u64)) {
    let (mut wrong, mut failures) = (Vec::new(), 0);
    let only = std::env::var("TAIPAN_FAIL_ALLOC").unwrap_or_default();
    for name in PROGRAMS.iter().skip(part).step_by(of) {
        if !only.is_empty() && !name.contains(&only) {
            continue;
        }
        failures += judge(name, jit, most, &mut wrong);
    }
    println!("{jit:?}: {failures} allocations failed");
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn only_memory_error_comes_out_of_even_programs() {
    programs(0, 2, JitMode::Off, (FIRST, SPREAD));
}
#[test]
fn only_memory_error_comes_out_of_odd_programs() {
    programs(1, 2, JitMode::Off, (FIRST, SPREAD));
}
#[test]
fn only_memory_error_comes_out_of_native_code() {
    programs(0, 3, JitMode::Always, (4, 12));
}

#[test]
fn an_engine_that_cannot_be_made_says_so() {
    let mut counted = Engine::builder().fail_alloc_at(u64::MAX).build().unwrap();
    let n = counted.vm().heap.allocations();
    assert!(n > 100, "{n}");
    drop(counted);
    let before = held();
    for k in 1..=n {
        match Engine::builder().fail_alloc_at(k).build() {
            Ok(mut e) => assert_eq!(e.eval::<i64>("6 * 7").unwrap(), 42, "{k}"),
            Err(Error::Python(e)) => assert_eq!(e.type_name, "MemoryError", "{k}"),
            Err(Error::Terminated(taipan::Terminate::Memory)) => {}
            Err(e) => panic!("{k}: {e:?}"),
        }
    }
    let left = held() - before;
    assert!(left <= 256, "{left} bytes left in the process");
}
