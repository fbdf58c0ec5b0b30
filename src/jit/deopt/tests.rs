//! Exits out of inlined frames, in hand-written SSA: `f` with `g` inlined in it. No pass inlines yet;
//! the way back is what later passes will rely on.

use crate::api::{Engine, Error};
use crate::jit::ssa::func::Const;
use crate::jit::ssa::{parse::parse, verify::verify};
use crate::jit::tier;
use crate::object::Value;
use crate::types::dict::ops::get_str;
use crate::types::function::value::FunctionObj;
use crate::vm::JitMode;

/// `g` is called, because only what has an Executable is inlined.
const SOURCE: &str = "\
def g(x):
    return x + 1
def f(a):
    return g(a) * 2
g(0)
";

/// `f` and the frame of `g`: the call is instruction 2 of `f`, the addition instruction 2 of `g`.
const INLINED: &str = r#"func "f" function (val) -> val room 1 {
  c0 = object "code f"
  c1 = object "code g"
  f0 = c0 locals 1 cells 0 frees 0 stack 2
  f1 = c1 locals 1 cells 0 frees 0 stack 2
block0(v0: val):
  s0 = state at f0 0 [v0 |]
  enter #0 !Poll s0 @0
  v1 = const_i64 1 @1
  s1 = state in f0 2 [v0 |]
  s2 = state at f1 2 [v0 | v0 v1] parent s1
  v2 = guard_int v0 !NotInt s2 @2
  v3 = add_i64 v2, v1 !Overflow s2 @2
  v4 = const_i64 2 @3
  s3 = state at f0 4 [v0 | v3 v4]
  v5 = mul_i64 v3, v4 !Overflow s3 @4
  v6 = box_i64 v5 @4
  ret v6 @5
}
"#;

/// `g` calls a builtin, which looks at the frames.
const LOOKING: &str = "\
from sys import _getframe as look
def g(x):
    y = x
    return look(x)
def f(a):
    return g(a)
g(0)
";

/// The call of `look` is instruction 4 of `g`.
const INLINED_LOOK: &str = r#"func "f" function (val) -> val room 1 {
  c0 = object "code f"
  c1 = object "code g"
  c2 = object "look"
  f0 = c0 locals 1 cells 0 frees 0 stack 2
  f1 = c1 locals 2 cells 0 frees 0 stack 2
block0(v0: val):
  s0 = state at f0 0 [v0 |]
  enter #0 !Poll s0 @0
  v1 = const_val c2 @4
  s1 = state in f0 2 [v0 |]
  s2 = state in f1 4 [v0 v0 |] parent s1
  v2 = rt_call v1, v0 s2 @4
  ret v2 @3
}
"#;

fn engine() -> Engine {
    engine_of(SOURCE, INLINED)
}

fn engine_of(source: &str, text: &str) -> Engine {
    let mut e = Engine::builder()
        .jit(JitMode::On)
        .build()
        .expect("an engine");
    e.run(source, "inlined.py").expect("it runs");
    e.inside(|vm, globals| {
        let mut named = |name: &str| -> Value {
            let k = vm.intern(name).expect("a name");
            get_str(vm, globals, k).unwrap_or(Value::NONE)
        };
        let (f, g, look) = (named("f"), named("g"), named("look"));
        let code = |v: Value| {
            v.get::<FunctionObj>(vm)
                .and_then(|f| f.code.get())
                .expect("code")
        };
        let mut ssa = parse(text).expect("parses");
        verify(&ssa).expect("verifies");
        for (c, v) in ssa.consts.iter_mut().zip([code(f), code(g), look]) {
            *c = Const::Object {
                bits: v.bits(),
                text: String::new(),
            };
        }
        tier::install_for(vm, f, &ssa);
    });
    e
}

#[test]
fn the_inlined_path_runs() {
    let mut e = engine();
    assert_eq!(e.call::<i64>("f", (5,)).expect("f"), 12);
    assert!(e.vm().jit.stats.exits.iter().all(|n| n.get() == 0));
    assert_eq!(e.vm().jit.stats.entries.get(), 1);
}

#[test]
fn both_frames_are_rebuilt_and_go_on() {
    let mut e = engine();
    // The addition is done by the interpreter in `g`, which returns into `f`.
    assert_eq!(e.call::<f64>("f", (2.5,)).expect("f"), 7.0);
    let big: String = {
        e.run("r = str(f(9223372036854775807))", "<t>")
            .expect("runs");
        e.get_global("r").expect("r")
    };
    assert_eq!(big, "18446744073709551616");
    // Here the outer frame alone is left: the multiplication.
    e.run("r = str(f(4611686018427387904))", "<t>")
        .expect("runs");
    assert_eq!(
        e.get_global::<String>("r").expect("r"),
        "9223372036854775810"
    );
    assert_eq!(e.vm().depth.get(), 0);
    assert!(e.vm().stack.top_frame().is_none());
    assert_eq!(
        e.vm().jit.stats.exits.iter().map(|n| n.get()).sum::<u64>(),
        3
    );
}

#[test]
fn a_traceback_shows_the_inlined_frame() {
    let mut e = engine();
    let text = match e.call::<i64>("f", ("a",)) {
        Err(err @ Error::Python { .. }) => err.to_string(),
        other => panic!("{other:?}"),
    };
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|l| l.starts_with("File"))
        .collect();
    assert_eq!(
        lines,
        [
            "File \"inlined.py\", line 4, in f",
            "File \"inlined.py\", line 2, in g"
        ]
    );
    assert!(
        text.ends_with("TypeError: can only concatenate str (not \"int\") to str\n")
            || text.ends_with("TypeError: can only concatenate str (not \"int\") to str"),
        "{text}"
    );
    assert_eq!(e.vm().depth.get(), 0);
}

#[test]
fn an_inlined_frame_is_shown() {
    let mut e = engine_of(LOOKING, INLINED_LOOK);
    e.run(
        "\
def names(f):
    out = []
    while f:
        out.append((f.f_code.co_name, f.f_lineno, dict(f.f_locals) if f.f_back else None))
        f = f.f_back
    return out
r = str(names(f(0))), str(names(f(1)))
r = ' '.join(r)",
        "t.py",
    )
    .expect("it runs");
    // Both have ended: the last values, the last lines.
    let (g, f) = ("('g', 4, {'x': 0, 'y': 0})", "('f', 6, {'a': 0})");
    let f1 = "('f', 6, {'a': 1})";
    assert_eq!(
        e.get_global::<String>("r").expect("r"),
        format!("[{g}, {f}, ('<module>', 7, None)] [{f1}, ('<module>', 7, None)]")
    );
    let s = &e.vm().jit.stats;
    assert_eq!((s.entries.get(), s.shown.get()), (2, 4));
    assert_eq!(e.vm().depth.get(), 0);
    assert!(e.vm().stack.top_frame().is_none());
}
