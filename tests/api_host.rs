//! What the host hands to programs: functions, modules, exceptions, values of its own types; and the limits that
//! programs meet with.

mod traceback;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use taipan::{
    Bytes, Capability, Context, Engine, Error, HostError, JitMode, Object, Reentrant, Terminate,
};
use traceback::last;

#[cfg(not(miri))]
const MODES: [JitMode; 4] = [JitMode::Off, JitMode::On, JitMode::Always, JitMode::Stress];
/// Miri runs no native code: the others would be the same again.
#[cfg(miri)]
const MODES: [JitMode; 1] = [JitMode::Off];

/// How many: Miri takes seconds for what takes milliseconds.
fn few(usual: usize, under_miri: usize) -> usize {
    if cfg!(miri) { under_miri } else { usual }
}

fn engine(mode: JitMode) -> Engine {
    Engine::builder().jit(mode).build().expect("an engine")
}

#[test]
fn closures_are_called_from_loops_in_every_mode() {
    for mode in MODES {
        let mut e = engine(mode);
        let total = Arc::new(Mutex::new(0i64));
        let t = total.clone();
        e.register("add", |a: i64, b: f64| a as f64 + b).unwrap();
        e.register("note", move |n: i64| *t.lock().unwrap() += n)
            .unwrap();
        e.register("nothing", || ()).unwrap();
        let source = "
def f(n):
    s = 0.0
    for i in range(n):
        s = add(i, s)
        note(i)
    return s, nothing()
r = f(2000)
";
        e.run(source, "m.py").unwrap();
        assert_eq!(e.get_global::<(f64, ())>("r").unwrap(), (1999000.0, ()));
        assert_eq!(*total.lock().unwrap(), 1999000, "{mode:?}");
    }
}

#[test]
fn arguments_that_do_not_fit_are_type_errors() {
    let mut e = Engine::new();
    e.register("half", |n: i8| n / 2).unwrap();
    assert_eq!(
        last(e.run("half('x')", "m")),
        "TypeError: half() argument 1: expected int, got 'x' (str)"
    );
    assert_eq!(
        last(e.run("half(300)", "m")),
        "TypeError: half() argument 1: expected i8, got 300 (int)"
    );
    assert_eq!(
        last(e.run("half()", "m")),
        "TypeError: half() takes 1 argument (0 given)"
    );
    assert_eq!(
        last(e.run("half(n=1)", "m")),
        "TypeError: half() takes no keyword arguments"
    );
}

#[test]
fn a_host_function_shows_itself() {
    let mut e = Engine::new();
    e.register("half", |n: i64| n / 2).unwrap();
    let text: String = e
        .eval("f'{half!r} {half.__name__} {half.__qualname__} {half.__module__} {half.__doc__} {callable(half)}'")
        .unwrap();
    assert_eq!(text, "<host function half> half half None None True");
    assert_eq!(e.eval::<i64>("list(map(half, [8]))[0]").unwrap(), 4);
}

#[test]
fn errors_of_the_host_are_exceptions() {
    let mut e = Engine::new();
    let own = e.new_exception("NoFunds", "ValueError").unwrap();
    let class = Mutex::new(Some(own));
    e.register("fail", move |how: i64| -> Result<i64, HostError> {
        Ok(match how {
            0 => "x".parse::<i64>()?,
            1 => return Err(HostError::new("KeyError", "k")),
            2 => return Err(HostError::new("Nonsense", "k")),
            3 => match class.lock().unwrap().take() {
                Some(c) => return Err(HostError::of(c, "broke")),
                None => 0,
            },
            n => n,
        })
    })
    .unwrap();
    assert_eq!(
        last(e.eval::<i64>("fail(0)")),
        "RuntimeError: invalid digit found in string"
    );
    assert_eq!(last(e.eval::<i64>("fail(1)")), "KeyError: 'k'");
    assert_eq!(
        last(e.eval::<i64>("fail(2)")),
        "SystemError: a host function raised 'Nonsense', which is no builtin: k"
    );
    let caught = "
try:
    fail(3)
except ValueError as e:
    r = type(e) is NoFunds, str(e), e.__class__.__name__
";
    e.run(caught, "m").unwrap();
    assert_eq!(
        e.get_global::<(bool, String, String)>("r").unwrap(),
        (true, "broke".into(), "NoFunds".into())
    );
    assert_eq!(e.eval::<i64>("fail(7)").unwrap(), 7);
}

#[test]
fn a_panic_is_an_exception_and_the_engine_goes_on() {
    for mode in MODES {
        let mut e = engine(mode);
        e.register("boom", |n: i64| {
            assert!(n != 3, "no threes");
            n
        })
        .unwrap();
        let source = "
def f():
    got = []
    for i in range(5):
        try:
            got.append(boom(i))
        except RuntimeError as e:
            got.append(str(e))
    return got
r = f()[3], len(f())
";
        e.run(source, "m").unwrap();
        assert_eq!(
            e.get_global::<(String, i64)>("r").unwrap(),
            ("host function 'boom' panicked: no threes".into(), 5)
        );
    }
}

#[test]
fn the_host_calls_back() {
    for mode in MODES {
        let mut e = engine(mode);
        e.register("apply", |c: &mut Context<'_>, f: Object, n: i64| {
            c.set_global("seen", n)?;
            f.call::<i64>(c, (n,))
        })
        .unwrap();
        e.run(
            "def twice(n):\n    return apply(half, 4 * n)\ndef half(n):\n    if n < 0: raise KeyError(n)\n    return n // 2\n",
            "m",
        )
        .unwrap();
        assert_eq!(e.call::<i64>("twice", (21,)).unwrap(), 42);
        assert_eq!(e.get_global::<i64>("seen").unwrap(), 84);
        // The exception that came through the host is the one that was raised.
        let err = e.call::<i64>("twice", (-1,)).unwrap_err().to_string();
        assert!(err.ends_with("KeyError: -4\n"), "{err}");
        assert!(err.contains("in half") && err.contains("in twice"), "{err}");
    }
}

#[test]
fn a_function_that_changes_what_it_captured_is_not_entered_twice() {
    let mut e = Engine::new();
    e.register("again", |c: &mut Context<'_>| c.eval::<i64>("again()"))
        .unwrap();
    assert_eq!(
        last(e.eval::<i64>("again()")),
        "RuntimeError: host function 'again' is already running"
    );
    e.collect();
    assert_eq!(e.eval::<i64>("1 + 1").unwrap(), 2);
}

#[test]
fn modules_of_the_host() {
    let mut e = Engine::new();
    e.module("shop")
        .unwrap()
        .value("currency", "EUR")
        .unwrap()
        .function("twice", |n: i64| 2 * n)
        .unwrap();
    e.run(
        "import shop\nfrom shop import twice\nr = shop.currency, twice(21), twice.__module__",
        "m",
    )
    .unwrap();
    assert_eq!(
        e.get_global::<(String, i64, String)>("r").unwrap(),
        ("EUR".into(), 42, "shop".into())
    );
}

#[test]
fn typed_functions() {
    for mode in MODES {
        let mut e = engine(mode);
        e.run("def price(n, each): return n * each\nx = 1", "shop.py")
            .unwrap();
        let price = e.function::<(i64, f64), f64>("price").unwrap();
        for i in 0..300 {
            assert_eq!(price.call(&mut e, (i, 0.5)).unwrap(), i as f64 / 2.0);
        }
        let wrong = e.function::<(i64,), i64>("x").map(|_| ()).unwrap_err();
        assert_eq!(wrong.to_string(), "expected a callable, got int");
        let mut other = Engine::new();
        let foreign = price.call(&mut other, (1, 1.0));
        assert!(matches!(foreign, Err(Error::ForeignObject)));
    }
}

#[test]
fn values_go_in_and_come_out() {
    let mut e = Engine::new();
    fn round<T>(e: &mut Engine, v: T, shown: &str)
    where
        T: taipan::IntoPy + taipan::FromPy + Clone + PartialEq + std::fmt::Debug,
    {
        e.set_global("v", v.clone()).unwrap();
        assert_eq!(e.eval::<String>("repr(v)").unwrap(), shown);
        assert_eq!(e.get_global::<T>("v").unwrap(), v);
    }
    round(&mut e, 'é', "'é'");
    round(&mut e, Bytes(b"a\0".to_vec()), "b'a\\x00'");
    round(&mut e, [1i64, 2], "[1, 2]");
    round(&mut e, vec![Some(1.5), None], "[1.5, None]");
    round(&mut e, BTreeMap::from([("a".to_string(), 1u8)]), "{'a': 1}");
    round(&mut e, HashMap::from([(1u64, true)]), "{1: True}");
    round(&mut e, BTreeSet::from([1i64, 2]), "{1, 2}");
    round(&mut e, Duration::from_millis(1500), "1.5");
    round(&mut e, 0.5f32, "0.5");
    round(&mut e, u128::MAX, "340282366920938463463374607431768211455");
    round(
        &mut e,
        (
            1i8, 2i8, 3i8, 4i8, 5i8, 6i8, 7i8, 8i8, 9i8, 10i8, 11i8, 12i8,
        ),
        "(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)",
    );
    let all = [1i64, 2, 3];
    e.set_global("v", &all[1..]).unwrap();
    assert_eq!(e.eval::<String>("repr(v)").unwrap(), "[2, 3]");
    assert_eq!(e.eval::<Bytes>("bytearray(b'x')").unwrap().0, b"x");
    for (text, wanted, got) in [
        ("'ab'", "a str of one character", "'ab' (str)"),
        ("5", "a str of one character", "5 (int)"),
    ] {
        let err = e.eval::<char>(text).unwrap_err().to_string();
        assert_eq!(err, format!("expected {wanted}, got {got}"));
    }
    let err = e.eval::<[i64; 3]>("[1, 2]").unwrap_err().to_string();
    assert_eq!(err, "expected 3 items, got 2");
    let err = e.eval::<Duration>("-1").unwrap_err().to_string();
    assert_eq!(err, "expected seconds, got -1 (int)");
    let err = e.eval::<HashMap<i64, i64>>("object()").unwrap_err();
    assert_eq!(err.to_string(), "expected dict, got object");
}

#[test]
fn an_engine_starts_with_nothing_of_the_system() {
    let mut e = Engine::new();
    // Where `os` has these from: it takes long to import.
    for (what, name) in [
        ("open('/etc/passwd')", "files"),
        ("input()", "standard input"),
        ("__import__('time').time()", "the clock"),
        ("__import__('time').sleep(1)", "the clock"),
        ("__import__('posix').urandom(1)", "randomness"),
        ("__import__('posix').putenv('a', 'b')", "the environment"),
        ("__import__('posix').system('true')", "processes"),
        ("__import__('posix').getpid()", "processes"),
        ("__import__('posix').listdir('/')", "files"),
    ] {
        let Err(Error::Python(err)) = e.run(what, "m") else {
            panic!("{what} is not refused");
        };
        assert!(err.denied, "{what}");
        let text = format!("PermissionError: [Errno 1] {name} not granted to this engine");
        let line = err.traceback.trim_end().lines().last().unwrap();
        assert!(line.starts_with(&text), "{what}: {line}");
    }
    assert_eq!(
        e.eval::<i64>("len(__import__('posix').environ)").unwrap(),
        0
    );
    let Err(Error::Python(err)) = e.run("import nosuch", "m") else {
        panic!("there is no such module");
    };
    assert!(err.denied && err.type_name == "ModuleNotFoundError");
    // What a program catches, or raises itself, is no refusal.
    let own = e.run(
        "try: open('x')\nexcept OSError: pass\nraise PermissionError(1)",
        "m",
    );
    assert!(matches!(own, Err(Error::Python(p)) if !p.denied));
    e.run("print('kept')", "m").unwrap();
    assert_eq!(e.take_output(), "kept\n");
    let chance = "__import__('_random').Random().random()";
    let first: f64 = e.eval(chance).unwrap();
    let mut again = Engine::new();
    let second: f64 = again.eval(chance).unwrap();
    assert_eq!(first, second);
}

#[test]
fn what_is_granted_comes_from_the_host() {
    let mut e = Engine::builder()
        .stdin(&b"one\ntwo\n"[..])
        .clock(|| Duration::from_secs(1000))
        .random(|out| out.fill(7))
        .environment([("HOME", "/nowhere")])
        .build()
        .unwrap();
    e.run(
        "import posix, time\nr = input(), input(), time.time(), posix.urandom(2), posix.environ[b'HOME'].decode(), time.monotonic()",
        "m",
    )
    .unwrap();
    type All = (String, String, f64, Bytes, String, f64);
    let r = e.get_global::<All>("r").unwrap();
    let bytes = Bytes(vec![7, 7]);
    let want = (
        "one".into(),
        "two".into(),
        1000.0,
        bytes,
        "/nowhere".into(),
        1000.0,
    );
    assert_eq!(r, want);
    assert_eq!(
        last(e.eval::<String>("input()")),
        "EOFError: EOF when reading a line"
    );
    let mut files = Engine::builder().grant(Capability::Files).build().unwrap();
    assert!(
        files
            .eval::<bool>("'etc' in __import__('posix').listdir('/')")
            .unwrap()
    );
}

#[test]
#[cfg_attr(miri, ignore = "waits for a clock")]
fn a_deadline_stops_whatever_runs() {
    let endless = [
        "while True: pass",
        "def f():\n    while True: pass\nf()",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass\n    finally: pass",
        "sum(iter(int, 1))",
        "list(map(lambda x: x, iter(int, 1)))",
        "sorted([3, 2, 1] * 100, key=lambda x: [0 for i in range(10**9)])",
        "class C:\n    def __exit__(s, *a): return True\n    def __enter__(s): pass\nwhile True:\n    with C():\n        while True: pass",
        "def g():\n    while True:\n        try: yield\n        except BaseException: pass\nfor x in g(): pass",
        "x = 3\nwhile True: x = x * x % (10 ** 500)",
    ];
    for mode in MODES {
        let mut e = Engine::builder()
            .jit(mode)
            .max_time(Duration::from_millis(60))
            .build()
            .unwrap();
        for source in endless {
            let r = e.run(source, "m");
            assert!(
                matches!(r, Err(Error::Terminated(Terminate::Deadline))),
                "{mode:?} {source}: {r:?}"
            );
            assert_eq!(e.eval::<i64>("6 * 7").unwrap(), 42);
        }
    }
    // One that lies far off disturbs nothing, and a past one stops at once.
    let mut e = Engine::new();
    e.set_deadline(Some(Instant::now() + Duration::from_secs(3600)))
        .unwrap();
    e.run("for i in range(1000): pass", "m").unwrap();
    e.set_deadline(Some(Instant::now())).unwrap();
    let r = e.run("while True: pass", "m");
    assert!(matches!(r, Err(Error::Terminated(Terminate::Deadline))));
    e.set_deadline(None).unwrap();
    e.run("for i in range(1000): pass", "m").unwrap();
}

/// One statement of megabytes is parsed in one piece. Who was stopped meanwhile goes on at once; what the parser takes
/// is charged until it is done, and the next long source waits for that.
#[test]
#[cfg_attr(miri, ignore = "waits for a clock")]
fn a_compilation_that_is_given_up_is_charged_until_it_ends() {
    let source = format!("x = [{}]", "1,".repeat(1 << 20));
    let mut e = Engine::builder().max_memory(1 << 30).build().unwrap();
    e.compile(&source, "big.py").unwrap();
    e.collect();
    let before = e.memory();
    let mut charged = 0;
    for ms in 0..8 {
        let at = Instant::now() + Duration::from_millis(5 * ms);
        e.set_deadline(Some(at)).unwrap();
        let r = e.compile(&source, "big.py");
        if r.is_ok() {
            // A machine that fast ends it in time.
            assert!(ms > 0);
            break;
        }
        assert!(matches!(r, Err(Error::Terminated(Terminate::Deadline))));
        charged = charged.max(e.memory());
        e.set_deadline(None).unwrap();
        assert_eq!(e.eval::<i64>("6 * 7").unwrap(), 42);
    }
    assert!(charged > before + 320 * (1 << 20), "{charged}");
    // It is given back when the thread has ended, whether anybody compiles or not.
    let began = Instant::now();
    while e.memory() > before + (1 << 16) {
        assert!(began.elapsed() < Duration::from_secs(60), "{}", e.memory());
        std::thread::sleep(Duration::from_millis(1));
    }
    e.compile(&source, "big.py").unwrap();
    e.collect();
    assert!(e.memory() <= before + (1 << 16), "{before} {}", e.memory());
}

#[test]
fn a_limit_that_a_call_back_meets_is_not_lost_in_the_host() {
    let mut e = Engine::builder().max_fuel(10_000).build().unwrap();
    e.register("run", |c: &mut Context<'_>| {
        // It takes no notice.
        let _ = c.eval::<()>("[i for i in range(10**9)]");
        let after = c.eval::<i64>("1");
        assert!(matches!(after, Err(Error::Terminated(Terminate::Fuel))));
        1
    })
    .unwrap();
    let r = e.run(
        "try:\n    run()\nexcept BaseException:\n    pass\nprint('on')",
        "m",
    );
    assert!(
        matches!(r, Err(Error::Terminated(Terminate::Fuel))),
        "{r:?}"
    );
    assert_eq!(e.take_output(), "");
    e.set_fuel(None);
    assert_eq!(e.eval::<i64>("1").unwrap(), 1);
}

#[test]
fn output_is_cut_where_its_room_ends() {
    for mode in MODES {
        let mut e = Engine::builder().jit(mode).max_output(10).build().unwrap();
        let r = e.run(
            "try:\n    while True: print('abc')\nfinally:\n    print('x')",
            "m",
        );
        assert!(
            matches!(r, Err(Error::Terminated(Terminate::Output))),
            "{r:?}"
        );
        assert_eq!(e.take_output(), "abc\nabc\nab");
        // What was taken makes room again; standard error counts, too.
        e.run("import sys\nprint('1234')\nsys.stderr.write('56789')", "m")
            .unwrap();
        assert_eq!(
            (e.take_output(), e.take_errors()),
            ("1234\n".into(), "56789".into())
        );
        e.allow_output(None);
        e.run("for i in range(100): print(i)", "m").unwrap();
        assert_eq!(e.take_output().len(), 290);
        // What was printed before less was allowed makes no room.
        e.run("for i in range(100): print(i)", "m").unwrap();
        e.allow_output(Some(5));
        e.run("print(1)", "m").unwrap();
        assert_eq!(e.take_output().len(), 292);
        let r = e.run("print('123456')", "m");
        assert!(
            matches!(r, Err(Error::Terminated(Terminate::Output))),
            "{r:?}"
        );
        assert_eq!(e.take_output(), "12345");
    }
}

#[test]
fn no_line_of_a_file_is_shown_without_the_grant() {
    let source = "
import sys
shown = []
class Err:
    def write(self, text): shown.append(text)
    def flush(self): pass
sys.stderr = Err()
for k in range(20):
    try:
        exec(compile('\\n' * k + '1/0', NAME, 'exec'))
    except ZeroDivisionError:
        sys.excepthook(*sys.exc_info())
    try:
        compile('\\n' * k + '1 is 1', NAME, 'exec')
    except SyntaxError: pass
exec(compile('1/0', NAME, 'exec'))
";
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    for (name, granted) in [
        (file, true),
        (file, false),
        ("/dev/zero", true),
        ("/dev/zero", false),
    ] {
        let mut b = Engine::builder();
        if granted {
            b = b.grant_all();
        }
        let mut e = b.build().unwrap();
        e.set_global("NAME", name).unwrap();
        let text = e.run(source, "m").unwrap_err().to_string();
        let shown = e.eval::<String>("''.join(shown)").unwrap() + &text;
        let seen = shown.contains("name = \"taipan\"") || shown.contains("[package]");
        assert_eq!(seen, granted && name == file, "{name}: {shown}");
    }
}

#[test]
fn whoever_loses_a_limit_meets_it_again() {
    let lost = [
        // The text of an exception runs into it, and printing goes on without.
        "import sys
class E(Exception):
    def __str__(self):
        while True: pass
sys.stderr = None
while True:
    try:
        raise E
    except E:
        sys.excepthook(*sys.exc_info())
        ran.append(1)
",
        // The host panics because of it.
        "
while True:
    try:
        unwrap()
    except Exception:
        ran.append(1)
",
        "
class E(Exception):
    def __str__(self):
        while True: pass
raise E
",
    ];
    for mode in MODES {
        let mut e = engine(mode);
        e.register("unwrap", |c: &mut Context<'_>| {
            c.eval::<i64>("endless()").unwrap()
        })
        .unwrap();
        e.run("ran = []\ndef endless():\n    while True: pass", "m")
            .unwrap();
        for source in lost {
            e.set_deadline(Some(Instant::now() + Duration::from_millis(40)))
                .unwrap();
            let r = e.run(source, "m");
            assert!(
                matches!(r, Err(Error::Terminated(Terminate::Deadline))),
                "{mode:?} {source}: {r:?}"
            );
            // It holds until it is taken back.
            let again = e.run("while True: pass", "m");
            assert!(matches!(again, Err(Error::Terminated(Terminate::Deadline))));
            e.set_deadline(None).unwrap();
            assert_eq!(e.eval::<i64>("len(ran)").unwrap(), 0, "{mode:?} {source}");
        }
        e.interrupt_handle().interrupt();
        let r = e.run(lost[1], "m");
        assert!(matches!(r, Err(Error::Terminated(Terminate::Interrupted))));
        assert_eq!(e.eval::<i64>("1").unwrap(), 1);
    }
}

/// A writer, a reader and a clock of the host that fail in the worst way.
struct Panics;
impl std::io::Write for Panics {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        panic!("no writer")
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
impl std::io::Read for Panics {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        panic!("no reader")
    }
}

#[test]
fn panics_of_writers_and_readers_do_not_go_through_python() {
    for mode in MODES {
        let mut e = Engine::builder()
            .jit(mode)
            .stdout(Panics)
            .stdin(Panics)
            .clock(|| panic!("no clock"))
            .random(|_| panic!("no chance"))
            .build()
            .unwrap();
        e.register("through", |c: &mut Context<'_>, f: Object| {
            f.call::<i64>(c, ())
        })
        .unwrap();
        let source = "
import time, posix
def says(): print('x', flush=True)
def reads(): input()
def reads_on(): import sys; sys.stdin.buffer.read(1)
def waits(): time.time()
def draws(): posix.urandom(1)
got = []
def all():
    for f in says, reads, reads_on, waits, draws, says, reads:
        for how in (lambda: f()), (lambda: through(f)):
            try:
                how()
            except OSError as e:
                got.append(e.errno)
for i in range(n): all()
";
        let n = few(20, 1);
        e.set_global("n", n).unwrap();
        e.run(source, "m").unwrap();
        assert_eq!(
            e.eval::<Vec<i64>>("got").unwrap(),
            vec![5; 14 * n],
            "{mode:?}"
        );
    }
}

#[test]
fn a_refusal_stays_one_through_the_host_and_a_foreign_limit_is_none() {
    let mut e = Engine::new();
    e.register("through", |c: &mut Context<'_>| c.eval::<i64>("open('x')"))
        .unwrap();
    let r = e.run("through()", "m");
    assert!(matches!(r, Err(Error::Python(p)) if p.denied));
    e.register("other", || {
        let mut other = Engine::builder().max_fuel(100).build().unwrap();
        other.eval::<i64>("sum([i for i in range(1000)])")
    })
    .unwrap();
    assert_eq!(last(e.eval::<i64>("other()")), "RuntimeError: out of fuel");
}

#[test]
fn a_function_that_changes_nothing_may_be_entered_while_it_runs() {
    for mode in MODES {
        let mut e = engine(mode);
        e.register(
            "fib",
            Reentrant(|c: &mut Context<'_>, n: i64| match n {
                0 | 1 => Ok(n),
                _ => c.call::<i64>("add", (n - 1, n - 2)),
            }),
        )
        .unwrap();
        e.run("def add(a, b): return fib(a) + fib(b)", "fib.py")
            .unwrap();
        assert_eq!(e.eval::<i64>("fib(15)").unwrap(), 610, "{mode:?}");
        // A panic in the middle leaves it usable.
        e.register(
            "down",
            Reentrant(|c: &mut Context<'_>, n: i64| -> Result<i64, Error> {
                assert!(n > 0, "the ground");
                c.call("again", (n - 1,))
            }),
        )
        .unwrap();
        e.run("def again(n): return down(n)", "down.py").unwrap();
        for _ in 0..3 {
            assert_eq!(
                last(e.eval::<i64>("down(5)")),
                "RuntimeError: host function 'down' panicked: the ground"
            );
        }
        assert_eq!(
            last(e.eval::<i64>("down(10 ** 6)")),
            "RecursionError: maximum recursion depth exceeded"
        );
        assert_eq!(e.eval::<i64>("fib(10)").unwrap(), 55);
    }
}

/// A chain of exceptions is printed as far as memory and time allow: the exception itself always.
#[test]
fn a_long_chain_of_exceptions_is_charged_and_stopped() {
    let n = few(40_000, 300);
    let make = &format!(
        "
e = None
for i in range({n}):
    n = ValueError(i)
    n.__context__ = e
    e = n
"
    );
    let mut e = Engine::builder().max_memory(24 << 20).build().unwrap();
    e.run(make, "m").unwrap();
    let text = e.run("raise e", "m").unwrap_err().to_string();
    assert!(
        text.ends_with(&format!("ValueError: {}\n", n - 1)),
        "{}",
        text.len()
    );
    // Printed whole, chained by a line each, it would take more than is left.
    assert!(text.len() < 24 << 20);
    let mut e = Engine::builder().max_memory(9 << 20).build().unwrap();
    let r = e.run(make, "m").and_then(|()| e.run("raise e", "m"));
    assert!(r.unwrap_err().to_string().len() < 9 << 20);
    assert_eq!(e.eval::<i64>("6 * 7").unwrap(), 42);
}
