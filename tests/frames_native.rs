//! Frames that run natively, looked at: what is seen must not depend on the mode, what was looked at goes
//! on in the interpreter, and native code must have run.
#![cfg(feature = "jit")]

use std::io::Write;
use std::sync::{Arc, Mutex};
use taipan::gc::segments;
use taipan::object::{Args, ClassId, Conv, MethodDef, Value};
use taipan::types::dict::ops as dict;
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

/// `look(n)`: name and variables of the n innermost frames, innermost first.
static LOOK: MethodDef = MethodDef {
    name: "look",
    conv: Conv::Pos(0, 1, look),
    doc: "",
};
fn look(vm: &mut Vm, _: Value, a: Args<'_>) -> Result<Value, Raised> {
    taipan::jit::show::show(vm)?;
    let n = a.get(0).and_then(Value::as_small_int).unwrap_or(i64::MAX);
    let all = vm.new_list(&[])?;
    let mut at = vm.stack.top_frame();
    for _ in 0..n {
        let Some(f) = at else { break };
        let d = vm.new_dict()?;
        let code = f.exec().code.clone();
        let names = code
            .varnames
            .iter()
            .chain(&code.cellvars)
            .chain(&code.freevars);
        for (i, name) in names.enumerate() {
            let v = match f.slot(i) {
                Some(v) if i >= f.exec().nlocals as usize => f
                    .cell(i - f.exec().nlocals as usize)
                    .and_then(|c| c.get(vm).value.get())
                    .unwrap_or(v),
                Some(v) => v,
                None => continue,
            };
            let k = vm.intern(&name.to_string())?;
            dict::set(vm, d, k, v)?;
        }
        let name = vm.intern(&code.name.to_string())?;
        let row = vm.new_list(&[name, d.value()])?.value();
        if all.get(vm).items.push(&vm.heap, row).is_err() {
            vm.collect();
            if all.get(vm).items.push(&vm.heap, row).is_err() {
                return Err(vm.raise_memory());
            }
        }
        at = f.prev();
    }
    Ok(all.value())
}

/// What a run gave.
struct Ran {
    out: String,
    error: String,
    shown: u64,
    native: u64,
}

fn run(source: &str, config: Config) -> Ran {
    let out = Out::default();
    let mut vm = Vm::new(config);
    vm.stdout = Box::new(out.clone());
    vm.stderr = Box::new(std::io::stderr());
    let error = segments::entry(&mut vm, |vm| match main(vm, source) {
        Ok(_) => String::new(),
        Err(_) if vm.is_terminating() => "terminated".to_string(),
        Err(r) => match vm.catch(r, ClassId::BaseException) {
            Ok(exc) => taipan::types::exception::print::print_exception(vm, exc),
            Err(_) => "not caught".to_string(),
        },
    });
    assert_eq!(vm.depth.get(), 0);
    assert!(vm.stack.top_frame().is_none());
    Ran {
        out: String::from_utf8_lossy(&out.0.lock().unwrap()).into_owned(),
        error,
        shown: vm.jit.stats.shown.get(),
        native: vm.stats.native.get(),
    }
}

fn main(vm: &mut Vm, source: &str) -> Result<Value, Raised> {
    taipan::builtins::install(vm)?;
    let look = taipan::types::builtin::methods::new(vm, &LOOK, None, None)?;
    if let Some(b) = vm.builtins.get().and_then(Value::cast) {
        let k = vm.intern("look")?;
        dict::set(vm, b, k, look)?;
    }
    let code = taipan::compile::compile(source, "test.py", taipan::compile::Mode::Exec);
    let Ok(code) = code else {
        return Err(vm.raise(ClassId::SyntaxError, "refused"));
    };
    let code = taipan::types::code::ops::new(vm, code)?;
    let name = vm.intern("__main__")?;
    let module = taipan::types::module::new(vm, name, Value::NONE)?;
    let globals = module.get(vm).dict.get().and_then(Value::cast).unwrap();
    if let Some(m) = vm.modules.get().and_then(Value::cast) {
        dict::set(vm, m, name, module.value())?;
    }
    taipan::interp::run_module(vm, code, globals)
}

const MODES: [JitMode; 4] = [JitMode::Off, JitMode::On, JitMode::Always, JitMode::Stress];

/// Runs it in every mode, and under GC stress: the same output and error; gives the run of `always`.
fn same(source: &str) -> Ran {
    same_with(source, Config::default())
}
fn same_with(source: &str, base: Config) -> Ran {
    let want = run(
        source,
        Config {
            jit: JitMode::Off,
            ..base.clone()
        },
    );
    assert!(!want.error.contains("refused"));
    let mut always = None;
    for jit in MODES {
        for gc_stress in [false, true] {
            for seed in [7, 8, 9] {
                if seed != 7 && jit != JitMode::Stress {
                    continue;
                }
                let got = run(
                    source,
                    Config {
                        jit,
                        gc_stress,
                        seed,
                        count: true,
                        ..base.clone()
                    },
                );
                assert_eq!(got.out, want.out, "{jit:?}, GC stress {gc_stress}, {seed}");
                assert_eq!(got.error, want.error, "{jit:?}, GC stress {gc_stress}");
                if jit == JitMode::Always && !gc_stress {
                    always = Some(got);
                }
            }
        }
    }
    let r = always.unwrap();
    assert!(r.native > 0, "nothing ran natively");
    assert!(r.shown > 0, "no native frame was looked at");
    r
}

#[test]
fn three_callers_up() {
    let r = same(
        "
def a(n):
    x = n * 2
    r = look(3)
    x = x + 1
    return r, x
def b(n):
    y = n + 0.5
    r = a(n + 1)
    y = y * 2
    return r, y
def c(n):
    z = n == 3
    w = 'c' * n
    return b(n + 1), z, w
for i in range(6):
    print(c(i))
",
    );
    assert!(r.out.contains("['b', {'n': 4, 'y': 4.5}]"), "{}", r.out);
}

#[test]
fn each_level_of_a_recursion() {
    same(
        "
def down(n, most):
    if n == most:
        seen = [f[1]['n'] for f in look() if f[0] == 'down']
        return seen
    r = down(n + 1, most)
    n = n + 1000
    return r
def fib(n, at):
    if n == at:
        seen = []
        for f in look():
            if f[0] == 'fib':
                seen.append(f[1]['n'])
        return len(seen)
    if n < 2:
        return n
    return fib(n - 1, at) + fib(n - 2, at)
for i in range(3):
    print(down(0, 50))
for i in range(5):
    print(fib(12, -1), fib(12, 3), fib(9, 2))
"
        .replace(
            "[f[1]['n'] for f in look() if f[0] == 'down']",
            "list(map(lambda f: f[1]['n'], list(filter(lambda f: f[0] == 'down', look()))))",
        )
        .as_str(),
    );
}

#[test]
fn across_builtins() {
    same(
        "
def key(x):
    a = x * 3
    if x == 2:
        for f in look(4):
            print(f)
    return -a
def sorter(xs, tag):
    before = tag + '!'
    r = sorted(xs, key=key)
    after = len(r)
    return r, before, after, look(1)
def mapper(xs):
    k = 0.25
    return list(map(lambda x: sorter(xs, 't%d' % x), xs)), k
def top(n):
    xs = [3, 1, 2]
    for i in range(n):
        q = i * i
        r = mapper(xs)
    return r, q
print(top(4))
print(top(4))
",
    );
}

#[test]
fn loops_entered_in_the_middle() {
    same(
        "
def helper(k):
    return look(2)
def loop(n):
    t = 0
    s = ''
    i = 0
    while i < n:
        t = t + i
        if i % 700 == 699:
            seen = helper(i)
            s = s + str(seen[1][1]['t']) + ' '
            t = t + 1
        i = i + 1
    return t, s
print(loop(2500))
x = 0
for j in range(3000):
    x = x + j
    if j % 999 == 5:
        print(look(1), helper(j)[0])
print(x)
",
    );
}

#[test]
fn exceptions_after() {
    let r = same(
        "
def inner(n):
    m = n * 2
    look()
    if n > 3:
        raise ValueError(n)
    return m
def middle(n):
    a = n + 1
    try:
        return inner(a) + 1
    except ValueError as e:
        b = str(e)
        return b, look(2)
    finally:
        a = a + 1
        print('finally', a)
def outer(n):
    c = [n]
    try:
        d = middle(n)
        inner(n + 1)
        return d
    except ValueError:
        return c, look(1)
for i in range(8):
    print(outer(i))
def deep(n):
    if n == 0:
        look()
        return [][1]
    return deep(n - 1) + 1
for i in range(3):
    try:
        deep(5)
    except IndexError:
        print('index')
deep(4)
",
    );
    assert!(r.error.contains("repeated 1 more time"), "{}", r.error);
    assert!(r.error.contains("IndexError: list index out of range"));
}

#[test]
fn variables_of_closures() {
    same(
        "
def make(n):
    def bump():
        nonlocal n
        n = n + 1
        return look(2)
    def twice():
        r = bump()
        q = n
        return r, q, bump()
    return twice
f = make(10)
for i in range(5):
    print(f())
",
    );
}

#[test]
fn operators_that_iterate() {
    same(
        "
def g(x):
    v = x * 7
    look()
    return v
def unpack(n):
    z = n + 1
    a, b, c = map(g, [n, n + 1, z])
    return a, b, c, z
def isin(n):
    z = n + 2
    if n * 7 in map(g, [1, 2, 3]):
        z = z + 100
    no = n not in map(g, [1, 2, 3])
    r = n in map(g, [0]) or z
    return z, no, r
def loop(n):
    t = 0
    for x in map(g, range(n)):
        t = t + x
    return t, look(1)
def method(n):
    z = [n]
    z.sort(key=g)
    return z.count(n), z
def kw(n):
    z = n * 0.5
    r = max(n, 2, key=g)
    return r, z
for i in range(5):
    print(unpack(i), isin(i), loop(i), method(i), kw(i))
",
    );
}

#[test]
fn unbound_variables() {
    same(
        "
def f(n):
    if n > 2:
        late = n
    r = look(1)
    if n > 3:
        return r, late
    soon = 1
    return r, soon
for i in range(6):
    print(f(i))
",
    );
}

#[test]
fn deep_recursion_moves_to_other_stacks() {
    let r = std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(|| {
            let mut out = Vec::new();
            for jit in [JitMode::Off, JitMode::On, JitMode::Always] {
                let r = run(
                    "
def down(n, key):
    if n == 0:
        return len(look())
    if n % 5000 == 0:
        return sorted([n], key=lambda x: down(n - 1, key))[0] + n
    r = down(n - 1, key)
    n = n + 1
    return r
for i in range(120):
    down(3, None)
print(down(40000, None))
",
                    Config {
                        jit,
                        recursion_limit: 100_000,
                        count: true,
                        ..Config::default()
                    },
                );
                assert_eq!(r.error, "");
                out.push(r.out);
                assert!(jit == JitMode::Off || r.shown > 20_000, "{}", r.shown);
            }
            out
        })
        .unwrap()
        .join()
        .unwrap();
    assert!(r.iter().all(|o| *o == r[0]), "{r:?}");
}

#[test]
fn no_memory_to_show() {
    for jit in MODES {
        for cap in [2 << 20, 3 << 20, 4 << 20] {
            let r = run(
                "
def down(n):
    if n == 0:
        return look(3)
    m = n
    return down(n - 1), m
hold = []
try:
    while True:
        hold.append('x' * 20000)
except MemoryError:
    hold.pop()
    hold.pop()
try:
    for i in range(300):
        down(20)
    hold = None
    print('done')
except MemoryError:
    hold = None
    print('done')
for i in range(3):
    r = down(3)
print(r)
",
                Config {
                    jit,
                    max_memory: cap,
                    count: true,
                    ..Config::default()
                },
            );
            // What the dead list holds may still lie on the machine stack.
            let fine = r.error.is_empty() || r.error.ends_with("\nMemoryError\n");
            assert!(fine, "{jit:?} {cap}: {}", r.error);
            assert!(r.out.starts_with("done\n"), "{jit:?} {cap}: {}", r.out);
        }
    }
}

#[test]
fn limits_after_showing() {
    for jit in MODES {
        let mut seen = Vec::new();
        for fuel in (50..2000).step_by(37) {
            let r = run(
                "
def a(n):
    look()
    t = 0
    for i in range(n):
        t = t + i
    return t
def b(n):
    r = a(n)
    try:
        return r + a(n)
    finally:
        print('no')
for i in range(30):
    b(10)
",
                Config {
                    jit,
                    max_fuel: Some(fuel),
                    count: true,
                    ..Config::default()
                },
            );
            seen.push((r.error, r.out.len()));
        }
        assert!(seen.iter().any(|s| s.0 == "terminated"));
    }
}
