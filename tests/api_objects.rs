//! Handles, keywords, namespaces, scripts: what the host does with Python's objects, in every mode.

mod traceback;

use taipan::{CallArgs, Code, Context, Engine, Error, JitMode, Namespace, Object, Script};
use traceback::last;

#[cfg(not(miri))]
const MODES: [JitMode; 4] = [JitMode::Off, JitMode::On, JitMode::Always, JitMode::Stress];
/// Miri runs no native code: the others would be the same again.
#[cfg(miri)]
const MODES: [JitMode; 1] = [JitMode::Off];

fn engines() -> impl Iterator<Item = Engine> {
    MODES
        .into_iter()
        .map(|m| Engine::builder().jit(m).build().expect("an engine"))
}

#[test]
fn keywords_reach_every_kind_of_parameter() {
    for mut e in engines() {
        let source = "def f(a, b=2, *args, c, d=4, **kw): return repr([a, b, args, c, d, kw])";
        e.run(source, "f.py").unwrap();
        let r: String = e.call("f", (1,).kw("c", 3)).unwrap();
        assert_eq!(r, "[1, 2, (), 3, 4, {}]");
        let r: String = e.call("f", (1, "x", 2.5).kw("d", 5).kw("c", "y")).unwrap();
        assert_eq!(r, "[1, 'x', (2.5,), 'y', 5, {}]");
        let named = [("c", 1), ("a", 2), ("z", 3)];
        let r: String = e.call("f", ().kws(named)).unwrap();
        assert_eq!(r, "[2, 2, (), 1, 4, {'z': 3}]");
        let r: String = e.call("f", vec![1, 2, 3].kw("c", ())).unwrap();
        assert_eq!(r, "[1, 2, (3,), None, 4, {}]");
        let f: Object = e.get_global("f").unwrap();
        assert_eq!(
            last(f.call::<()>(&mut e, (1,))),
            "TypeError: f() missing 1 required keyword-only argument: 'c'"
        );
        assert_eq!(
            last(f.call::<()>(&mut e, (1,).kw("a", 1).kw("c", 1))),
            "TypeError: f() got multiple values for argument 'a'"
        );
        assert_eq!(
            last(f.call::<()>(&mut e, (1,).kw("c", 1).kw("c", 2))),
            "TypeError: got multiple values for keyword argument 'c'"
        );
        let r: String = e.call("str", ().kw("object", 7)).unwrap();
        assert_eq!(r, "7");
    }
}

#[test]
fn attributes_items_and_methods() {
    let source = "
class Point:
    def __init__(self, x, y): self.x, self.y = x, y
    def scaled(self, by, *, shift=0): return Point(self.x * by + shift, self.y * by + shift)
    def __repr__(self): return f'Point({self.x}, {self.y})'
    def __str__(self): return f'<{self.x} {self.y}>'
    def __bool__(self): return self.x != 0
";
    for mut e in engines() {
        e.run(source, "p.py").unwrap();
        let class: Object = e.get_global("Point").unwrap();
        let p: Object = class.call(&mut e, (1, 2)).unwrap();
        let q: Object = p
            .call_method(&mut e, "scaled", (3,).kw("shift", 1))
            .unwrap();
        assert_eq!(q.repr(&mut e).unwrap(), "Point(4, 7)");
        assert_eq!(q.str(&mut e).unwrap(), "<4 7>");
        assert_eq!(q.attr::<i64>(&mut e, "x").unwrap(), 4);
        q.set_attr(&mut e, "x", 0).unwrap();
        assert!(!q.truth(&mut e).unwrap() && p.truth(&mut e).unwrap());
        q.del_attr(&mut e, "x").unwrap();
        assert_eq!(
            last(q.attr::<i64>(&mut e, "x")),
            "AttributeError: 'Point' object has no attribute 'x'"
        );
        assert_eq!(
            last(p.call_method::<()>(&mut e, "nothing", ())),
            "AttributeError: 'Point' object has no attribute 'nothing'"
        );
        assert_eq!(
            last(p.len(&mut e)),
            "TypeError: object of type 'Point' has no len()"
        );
        assert_eq!(p.type_name(&mut e).unwrap(), "Point");
        assert!(p.is_instance(&mut e, &class).unwrap());
        assert!(!class.is_instance(&mut e, &class).unwrap());
        assert!(last(p.is_instance(&mut e, &q)).starts_with("TypeError: isinstance() arg 2"));

        let d: Object = e.eval("{'a': 1}").unwrap();
        d.set_item(&mut e, (1, "t"), &p).unwrap();
        assert_eq!(d.len(&mut e).unwrap(), 2);
        assert!(d.contains(&mut e, (1, "t")).unwrap());
        d.del_item(&mut e, "a").unwrap();
        assert_eq!(last(d.item::<i64>(&mut e, "a")), "KeyError: 'a'");
        let same: Object = d.item(&mut e, (1, "t")).unwrap();
        assert_eq!(same.extract::<()>(&mut e).unwrap(), ());
        assert!(!same.is_none(&mut e).unwrap());
    }
}

#[test]
fn iteration_converts_each_and_ends_after_an_error() {
    let source = "
def gen(n):
    for i in range(n):
        yield i
    raise ValueError('no more')
";
    for mut e in engines() {
        e.run(source, "g.py").unwrap();
        let g: Object = e.call("gen", (300,)).unwrap();
        let mut seen = 0;
        let mut it = g.iter::<i64, _>(&mut e).unwrap();
        let error = loop {
            match it.next() {
                Some(Ok(n)) => {
                    assert_eq!(n, seen);
                    seen += 1;
                }
                Some(Err(e)) => break e,
                None => panic!("it ends with an error"),
            }
        };
        assert_eq!((seen, error.type_name()), (300, Some("ValueError")));
        assert!(it.next().is_none());
        let l: Object = e.eval("[1, None, 'x']").unwrap();
        let all: Vec<Option<i64>> = l
            .iter(&mut e)
            .unwrap()
            .map_while(|x: Result<Option<i64>, _>| x.ok())
            .collect();
        assert_eq!(all, [Some(1), None]);
        let n: Object = e.eval("1").unwrap();
        assert_eq!(
            last(n.iter::<i64, _>(&mut e).map(|_| ())),
            "TypeError: 'int' object is not iterable"
        );
    }
}

#[test]
fn clones_hold_the_same_value_on_any_thread() {
    let mut e = Engine::builder().gc_stress(true).build().unwrap();
    let list: Object = e.eval("['kept']").unwrap();
    let before = e.memory();
    let clones: Vec<Object> = (0..1000).map(|_| list.clone()).collect();
    assert_eq!(e.memory(), before, "a clone is no root of its own");
    drop(list);
    std::thread::spawn(move || {
        for c in clones.into_iter().skip(1) {
            drop(c);
        }
    })
    .join()
    .unwrap();
    e.collect();
    let one: Object = e.eval("['other']").unwrap();
    let two = one.clone();
    drop(one);
    e.collect();
    two.call_method::<()>(&mut e, "append", (1,)).unwrap();
    assert_eq!(two.repr(&mut e).unwrap(), "['other', 1]");
}

#[test]
fn the_last_clone_lets_the_value_go() {
    let mut e = Engine::new();
    e.run(
        "import _weakref\nclass C: pass\nc = C()\nw = _weakref.ref(c)",
        "w.py",
    )
    .unwrap();
    let c: Object = e.get_global("c").unwrap();
    let d = c.clone();
    e.run("del c", "w.py").unwrap();
    drop(c);
    e.collect();
    assert!(!e.eval::<bool>("w() is None").unwrap());
    drop(d);
    e.eval::<()>("None").unwrap();
    e.collect();
    assert!(e.eval::<bool>("w() is None").unwrap());
}

#[test]
fn a_context_does_what_an_engine_does() {
    for mut e in engines() {
        e.register("apply", |c: &mut Context<'_>, f: Object, all: Object| {
            let mut out = Vec::new();
            let items: Vec<Object> = all.iter(c)?.collect::<Result<_, Error>>()?;
            for x in items {
                out.push(f.call::<Object>(c, (&x,).kw("by", 10))?);
            }
            c.set_global("count", out.len())?;
            Ok::<_, Error>(out)
        })
        .unwrap();
        e.run(
            "r = [x for i in range(200) for x in apply(lambda x, by: x * by, (i, 2.5))]",
            "a.py",
        )
        .unwrap();
        assert_eq!(e.eval::<String>("str(r[-2:])").unwrap(), "[1990, 25.0]");
        assert_eq!(e.get_global::<i64>("count").unwrap(), 2);
        assert_eq!(
            last(e.run("apply(lambda x, by: x / 0, [1])", "z.py")),
            "ZeroDivisionError: division by zero"
        );
    }
}

#[test]
fn namespaces_do_not_see_each_other() {
    for mut e in engines() {
        let a = Namespace::new(&mut e, "a").unwrap();
        let b = Namespace::new(&mut e, "b").unwrap();
        let source = "
def total(n):
    s = 0
    for i in range(n):
        s += step
    return s
";
        for (names, step) in [(&a, 2), (&b, 5)] {
            names.run(&mut e, source, "t.py").unwrap();
            names.set(&mut e, "step", step).unwrap();
        }
        for _ in 0..50 {
            assert_eq!(a.call::<i64>(&mut e, "total", (100,)).unwrap(), 200);
            assert_eq!(b.call::<i64>(&mut e, "total", (100,)).unwrap(), 500);
        }
        assert!(matches!(a.get::<i64>(&mut e, "nope"), Err(Error::NoGlobal(n)) if n == "nope"));
        assert!(matches!(
            e.get_global::<i64>("step"),
            Err(Error::NoGlobal(_))
        ));
        let total = a.function::<(i64,), i64>(&mut e, "total").unwrap();
        assert_eq!(total.call(&mut e, (3,)).unwrap(), 6);
        a.register(&mut e, "half", |n: i64| n / 2).unwrap();
        assert_eq!(
            a.eval::<String>(&mut e, "f'{half(8)} {half.__module__} {__name__}'")
                .unwrap(),
            "4 a a"
        );
        assert_eq!(
            last(b.eval::<i64>(&mut e, "half(8)")),
            "NameError: name 'half' is not defined"
        );
        let mut other = Engine::new();
        assert!(matches!(
            a.eval::<i64>(&mut other, "1"),
            Err(Error::ForeignObject)
        ));
    }
}

#[test]
fn scripts_run_often_and_in_any_namespace() {
    let code = Code::new("n += k", "s.py").unwrap();
    for mut e in engines() {
        let s: Script = code.load(&mut e).unwrap();
        e.run("n, k = 0, 2", "m.py").unwrap();
        let names = Namespace::new(&mut e, "x").unwrap();
        names.set(&mut e, "n", 0.5).unwrap();
        names.set(&mut e, "k", 1).unwrap();
        for _ in 0..300 {
            s.run(&mut e).unwrap();
            s.run_in(&mut e, &names).unwrap();
        }
        assert_eq!(e.get_global::<i64>("n").unwrap(), 600);
        assert_eq!(names.get::<f64>(&mut e, "n").unwrap(), 300.5);
        let twice = e.compile_expression(" n * 2").unwrap();
        assert_eq!(twice.eval::<i64>(&mut e).unwrap(), 1200);
        assert_eq!(twice.eval_in::<f64>(&mut e, &names).unwrap(), 601.0);
        assert!(matches!(
            s.run(&mut Engine::new()),
            Err(Error::ForeignObject)
        ));
        assert!(matches!(e.compile("1 +", "bad.py"), Err(Error::Compile(_))));
        assert!(matches!(Code::new("1 +", "bad.py"), Err(Error::Compile(_))));
    }
}

#[test]
fn compiling_is_charged() {
    let mut e = Engine::builder().max_memory(4 << 20).build().unwrap();
    let source = "x = 1\n".repeat(200_000);
    let error = e.run(&source, "big.py").unwrap_err();
    assert_eq!(error.type_name(), Some("MemoryError"));
    assert_eq!(
        e.compile(&source, "big.py").unwrap_err().type_name(),
        Some("MemoryError")
    );
    assert_eq!(e.eval::<i64>("1 + 1").unwrap(), 2);
}

fn shared<T: Send + Sync>() {}

#[test]
fn what_may_cross_threads() {
    shared::<Object>();
    shared::<Code>();
    shared::<Script>();
    shared::<Namespace>();
    shared::<taipan::Function<(i64,), i64>>();
    shared::<taipan::InterruptHandle>();
}
