//! Attributes and methods of instances in native code, told by the counters: what calls there are run natively,
//! and a change of a class in the middle of a hot loop is one exit and a new unit, not a slow loop.
#![cfg(feature = "jit")]

mod native;

use native::{Ran, run};
use taipan::{Engine, JitMode};

const CLASSES: &str = "
class P:
    k = 3
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def get(self):
        return self.x
    def add(self, n):
        self.x = self.x + n
        return self
    @property
    def twice(self):
        return self.x * 2
    @staticmethod
    def one():
        return 1
    @classmethod
    def name(cls):
        return cls.k
class Q(P):
    def get(self):
        return self.x + 1
class S:
    __slots__ = ('a',)
    def __init__(self):
        self.a = 0
";

/// Runs `main(20000)`, hot; the output is the interpreter's.
fn hot(body: &str) -> Ran {
    let source = format!("{CLASSES}{body}\nprint(main(20000))\n");
    let off = run(&source, Engine::builder().jit(JitMode::Off));
    let on = run(&source, Engine::builder().count(true));
    assert_eq!((&on.out, &on.error), (&off.out, &off.error));
    on
}

/// Calls of Python functions that did not run natively, and exits.
fn elsewhere(r: &mut Ran) -> (u64, u64) {
    let other = r.engine.stats().fast.get() + r.engine.stats().general.get();
    let rows = r.engine.vm().jit.rows();
    let exits = rows.iter().filter(|r| r.group == "exits");
    let n = exits
        .map(|r| match r.number {
            taipan::jit::stats::Number::Count(n) | taipan::jit::stats::Number::Nanos(n) => n,
        })
        .sum();
    (other, n)
}

/// The loop, whose rounds call so many functions, stays in native code from the time it is compiled.
fn stays(calls: u64, body: &str) {
    let mut r = hot(body);
    let (other, exits) = elsewhere(&mut r);
    let first = 2100 * calls + 10;
    assert!(other < first, "{other} calls interpreted: {:?}", r.all());
    assert!(exits < 20, "{exits} exits: {:?}", r.all());
}

#[test]
fn methods_are_called_natively() {
    stays(
        2,
        "
def main(n):
    p = P(1, 2)
    t = 0
    for i in range(n):
        t += p.add(1).get()
    return t
",
    );
}

#[test]
fn properties_static_and_class_methods_are_called_natively() {
    stays(
        5,
        "
def main(n):
    p = P(1, 2)
    t = 0
    for i in range(n):
        t += p.twice + p.one() + P.one() + p.name() + P.name() + p.k + P.k
    return t
",
    );
}

#[test]
fn slots_are_read_and_stored() {
    stays(
        0,
        "
def main(n):
    s = S()
    for i in range(n):
        s.a += i
    return s.a
",
    );
}

#[test]
fn several_shapes_at_one_place_settle() {
    let mut r = hot("
def main(n):
    all = [P(1, 2), Q(3, 4), P(5, 6)]
    all[2].z = 0
    t = 0
    for i in range(n):
        p = all[i % 3]
        t += p.x + p.get()
    return t
");
    let (_, exits) = elsewhere(&mut r);
    assert!(exits < 40, "{exits} exits: {:?}", r.all());
}

#[test]
fn a_path_that_comes_late_is_built_when_it_has_been_seen() {
    let mut r = hot("
def main(n):
    p, out = P(1, 2), []
    for i in range(n):
        if i >= 10000:
            for q in (p,):
                q.y = q.get()
                out.append(q.y)
    return len(out), p.y
");
    assert!(r.count("exits", "ColdPath") > 0, "{:?}", r.all());
    assert!(r.count("", "calls inlined") > 0, "{:?}", r.all());
    let (_, exits) = elsewhere(&mut r);
    assert!(exits < 100, "{exits} exits: {:?}", r.all());
}

/// A change in round 10,000 of 20,000: seen at once, and the loop is native again.
fn changes(change: &str) {
    let mut r = hot(&format!(
        "
def main(n):
    p = P(1, 2)
    t = 0
    for i in range(n):
        if i == 10000:
            {change}
        t += p.get() + p.x
        p.y = i
    return t, p.y
"
    ));
    let (_, exits) = elsewhere(&mut r);
    assert!(
        exits > 0 && exits < 60,
        "{change}: {exits} exits: {:?}",
        r.all()
    );
}

#[test]
fn a_method_is_replaced() {
    changes("P.get = lambda self: -self.x");
}
#[test]
fn a_property_hides_an_attribute() {
    changes("P.x = property(lambda self: 7)");
}
#[test]
fn a_property_catches_stores() {
    changes("P.y = property(lambda self: 7, lambda self, v: None)");
}
#[test]
fn the_class_is_another() {
    changes("p.__class__ = Q");
}
#[test]
fn the_object_has_a_method_of_its_own() {
    changes("p.get = lambda: 9");
}
#[test]
fn the_dict_is_taken() {
    changes("p.__dict__");
}

#[test]
fn a_place_that_sees_ever_new_classes_settles_in_the_interpreter() {
    let source = "
def main(n):
    t = 0
    for i in range(n):
        C = type('C', (), {'k': i})
        o = C()
        o.a = i
        t += o.k + o.a
    return t
print(main(300))
";
    let r = run(source, Engine::builder().jit(JitMode::Off));
    assert_eq!(r.error, "");
    let (learnt, settled) = (
        r.engine.stats().learnt.get(),
        r.engine.stats().settled.get(),
    );
    assert!(
        settled >= 3 && learnt < 200,
        "{learnt} learnt, {settled} settled"
    );
}

/// Whether this op has run in native code.
fn runs(op: &str, body: &str) {
    let source = format!("{CLASSES}{body}\nprint(main(20000))\n");
    let off = run(&source, Engine::builder().jit(JitMode::Off));
    let native = Engine::builder().coverage(true);
    let mut on = run(&source, native);
    assert_eq!((&on.out, &on.error), (&off.out, &off.error));
    let lines = on.engine.vm().coverage_lines();
    let want = format!("ssa {op}");
    assert!(lines.contains(&want), "{op} did not run: {lines:#?}");
}

#[test]
fn an_init_that_only_stores_needs_no_frame() {
    runs(
        "rt_new_instance",
        "
def main(n):
    t = 0
    for i in range(n):
        t += P(i, 2).x
    return t
",
    );
}

/// One that calls the next class's through `super()`, too, and exceptions.
#[test]
fn neither_does_one_that_calls_super() {
    const T: &str = "
class E(Exception):
    def __init__(self, x):
        super().__init__(x, 1)
        self.x = x
class F(E):
    pass
class T(P):
    def __init__(self, x):
        super().__init__(x, K)
        self.z = [x]
K = 1
def main(n):
    t = 0
    for i in range(n):
        t += MAKE(i).x
    return t
";
    runs("rt_new_instance", &T.replace("MAKE", "T"));
    runs("rt_new_exception", &T.replace("MAKE", "F"));
}

#[test]
fn other_classes_are_made_by_their_site() {
    runs(
        "rt_make",
        "
class R:
    def __init__(self, x):
        self.x = [x] * 1
def main(n):
    t = 0
    for i in range(n):
        t += R(i).x[0]
    return t
",
    );
}

#[test]
fn super_settles_no_frame() {
    let mut r = hot("
class T(P):
    def __init__(self, x):
        super().__init__(x, 1)
    def get(self):
        return super().get() + 1
def main(n):
    t = 0
    for i in range(n):
        t += T(i).get()
    return t
");
    let shown = r.count("", "native frames shown");
    assert!(shown < 10, "{shown} frames shown: {:?}", r.all());
}

/// Receivers of several classes at one place: each way is native, its method built in; nothing is made anew for ever.
#[test]
fn several_receivers() {
    let mut r = hot("
class R(P):
    def get(self):
        return self.y
class T(P):
    pass
def main(n):
    all = [P(1, 2), Q(3, 4), R(5, 6), T(7, 8)]
    total = 0
    for i in range(n):
        o = all[i & 3]
        total += o.get() + o.twice + o.add(1).y
        o.y = i & 7
    return total
");
    let retired = r.engine.vm().jit.stats.retired.get();
    let (other, exits) = elsewhere(&mut r);
    assert!(retired < 8, "{retired} units went");
    // Before the loop is hot each call enters its unit from the interpreter.
    assert!(other < 8000, "{other} calls of 60000 were not native");
    assert!(exits < 100, "{exits} exits");
}

/// The attributes of functions and exceptions, and the arguments of exceptions.
#[test]
fn attributes_of_functions_are_entries_of_their_dicts() {
    let body = "
def counted(x):
    counted.calls += x
counted.calls = 0
def main(n):
    for i in range(n):
        counted(i)
        counted.last = i
    return counted.calls
";
    let body = &body.replace("counted.calls = 0", "counted.calls = counted.last = 0");
    for op in ["guard_item", "item_get", "item_set"] {
        runs(op, body);
    }
    stays(1, body);
}
#[test]
fn attributes_of_exceptions_are_slots_of_what_holds_them() {
    let body = "
class Problem(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code
def main(n):
    t = 0
    # The first one of its class does not know how much room it needs.
    e = [Problem(k) for k in range(3)][2]
    for i in range(n):
        e.code = i
        t += e.code + len(e.args)
    return t
";
    runs("field_get", body);
    stays(0, body);
}

/// Twelve shapes where a site keeps four: it goes on with those, and asks for the others.
#[test]
fn a_place_that_has_settled_keeps_what_it_knows() {
    let body = "
class T:
    def __init__(self, n):
        self.run()
        self.n = n
    def run(self):
        self.on = True
class A(T): pass
class B(T): pass
class C(T): pass
class D(T): pass
class E(T): pass
class F(T): pass
def main(n):
    t = 0
    for k in range(20):
        all = [A(1), B(2), C(3), D(4), E(5), F(6)]
        for i in range(n // 20):
            p = all[i % 6]
            p.run()
            t += p.n + p.on
    return t
";
    let mut r = hot(body);
    assert!(r.engine.stats().settled.get() > 0);
    for op in ["is_shape", "slot_set", "rt_set_site"] {
        runs(op, body);
    }
    let (other, _) = elsewhere(&mut r);
    assert!(other < 3000, "{other} calls interpreted: {:?}", r.all());
}
