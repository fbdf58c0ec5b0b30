//! A program about classes, generators and containers.

use super::base::{Gen, Scope};
use super::program::PRELUDE;
use super::tree::{Stmt, ex, list, parse, text};

/// What these programs have beside the prelude of all.
const HELPERS: &str = "\
import gc
class Boom(ValueError):
    def __init__(self, a=0):
        super().__init__(a)
        self.a = a
def show(v):
    t = type(v)
    if t in (list, tuple):
        return [show(e) for e in v[:6]]
    if t is dict:
        return [(show(k), show(e)) for k, e in list(v.items())[:6]]
    return v if t in (int, float, str, bool, type(None)) else t.__name__
def shut(g):
    for z in range(30):
        try:
            return g.close()
        except RuntimeError as e:
            count(e)
def drain(g, n):
    out = []
    try:
        for v in g:
            out.append(v)
            if len(out) >= n:
                break
    finally:
        shut(g)
    return out
def talk(g, n):
    t = 0
    try:
        for i in range(n):
            try:
                if i % 3 == 1:
                    v = g.send(i)
                elif i % 8 == 6:
                    v = g.throw(ValueError('in'))
                elif i % 8 == 7:
                    v = g.throw(KeyError, 3)
                else:
                    v = next(g)
                t = tame(t + tame(v))
            except StopIteration as e:
                t = tame(t + tame(e.value))
            except Exception as e:
                oops(e)
    finally:
        shut(g)
    return t
def operate(o, a):
    t = 0
    for f in (lambda: o + a, lambda: a - o, lambda: o < a, lambda: o[a], lambda: len(o), lambda: o == a, lambda: o(a)):
        try:
            t = tame(t + tame(f()))
        except (TypeError, LookupError, ArithmeticError, AttributeError) as e:
            t = t + 1
    return t
def state(o):
    try:
        note(type(o).__name__, [(k, show(v)) for k, v in sorted(vars(o).items())])
    except Exception as e:
        note(type(e).__name__, e)
";

impl Gen {
    /// Everything that the program is made of.
    pub fn language(&mut self) {
        self.top = parse(PRELUDE);
        self.top.extend(parse(HELPERS));
        self.calm();
        for name in ["G0", "G1", "G2"] {
            let e = self.number(self.taste);
            self.top.push(Stmt::simple(ex(&format!("{name} = $"), [e])));
        }
        // What a program is about.
        let about = self.r.below(8);
        let classes = [3, 3, 3, 4, 2, 0, 0, 2][about];
        let makers = [0, 0, 1, 1, 2, 3, 1, 2][about];
        let boxes = [0, 1, 0, 1, 1, 0, 3, 2][about];
        for _ in 0..self.r.below(3) {
            self.leaf();
        }
        for _ in 0..boxes {
            self.boxes();
        }
        for _ in 0..makers {
            self.maker();
        }
        if classes > 0 {
            self.describers();
            for _ in 0..1 + self.r.below(classes) {
                self.class();
            }
            for _ in 0..1 + self.r.below(2) {
                self.user();
            }
        }
        let drivers = 1 + self.r.below(2);
        let allowed = if self.r.one(5) { 30_000 } else { 10_000 };
        for _ in 0..drivers {
            self.objects_driver(allowed / drivers as u64);
        }
        self.top
            .extend(parse("print(shown, show(G0), show(G1), show(G2))"));
    }

    /// A loop over objects, until everything is hot; then something changes, and it goes on.
    fn objects_driver(&mut self, allowed: u64) {
        let users = self.users.clone();
        let used: Vec<_> = (0..self.r.below(3))
            .filter_map(|_| self.r.of(&users).cloned())
            .collect();
        let each = used.iter().map(|u| u.1 + 2).sum::<u64>() + 40;
        let n = (allowed / each).clamp(25, [60, 140, 140, 300, 900][self.r.below(5)]);
        let late = n * 2 / 3 + self.r.below(n as usize / 4 + 1) as u64;
        let mut s = Scope::new(self.taste, allowed.max(n * (each + 1)) * 3);
        s.nums = vec!["acc".into(), "i".into()];
        s.fixed = vec!["i".into()];
        s.loops = 1;
        s.times = n;
        s.cost = n;
        s.funs = self.some_functions();
        let mut b = Vec::new();
        let mut head = Vec::new();
        let mut setup = Vec::new();
        if !self.classes.is_empty() {
            let kinds = [1, 1, 2, 3, 6][self.r.below(5)];
            let known = self.classes.clone();
            let mut all = Vec::new();
            for _ in 0..kinds {
                if let Some(c) = self.r.of(&known).cloned() {
                    all.push(self.instance(&c));
                }
            }
            setup.push(Stmt::simple(ex("objs = [$]", [list(all)])));
            b.push(Stmt::line(match self.r.below(4) {
                0 => format!("o = objs[0 if i < {late} else i % len(objs)]"),
                1 => "o = objs[0]".to_string(),
                _ => "o = objs[i % len(objs)]".to_string(),
            }));
            self.object(&mut s, "o");
            if self.r.one(3) {
                // Made in the loop.
                if let Some(c) = self.r.of(&known).cloned() {
                    let e = self.instance(&c);
                    b.push(Stmt::simple(ex("m = $", [e])));
                    self.object(&mut s, "m");
                }
            }
        }
        if self.classes.is_empty() || self.r.one(4) {
            self.new_box(&mut s, &mut setup);
        }
        for (u, _) in &used {
            let a = self.num(&mut s, 0);
            let form = self.r.pick(&[
                "acc = tame(acc + $(o, $))",
                "acc = $(o, $)",
                "acc = acc + $(o, $) % 7",
            ]);
            b.push(Stmt::simple(ex(form, [text(u.clone()), a])));
        }
        for _ in 0..1 + self.r.below(3) {
            match self.r.below(6) {
                0 | 1 if !s.objs.is_empty() => {
                    let e = self.of_object(&mut s);
                    b.push(Stmt::simple(ex("acc = tame($)", [e])));
                }
                2 if !self.makers.is_empty() => self.over_generator(&mut s, 2, &mut b),
                3 if !self.makers.is_empty() => {
                    let e = self.of_generator(&mut s);
                    b.push(Stmt::simple(ex("acc = tame(acc + $)", [e])));
                }
                4 if !self.funs.is_empty() => {
                    if let Some(f) = self.r.of(&self.funs).cloned() {
                        let e = self.call(&mut s, &f, 1);
                        b.push(Stmt::simple(ex("acc = tame(acc - $)", [e])));
                    }
                }
                _ => self.stmt(&mut s, 2, &mut b),
            }
        }
        let o = if s.objs.is_empty() { "Boom" } else { "o" };
        if !self.classes.is_empty() {
            for _ in 0..1 + self.r.below(3) {
                let when = if self.r.percent(60) {
                    late
                } else {
                    self.r.below(n as usize) as u64
                };
                let event = self.mutation(&mut s, o, &mut head);
                let mut at = self.r.below(b.len()) + 1;
                while b.get(at).is_some_and(Stmt::is_clause) {
                    at += 1;
                }
                b.insert(at, Stmt::block(text(format!("if i == {when}")), event));
            }
        }
        b.push(Stmt::block(
            text(format!("if i > {} or i % {} == 0", n - 3, n / 5 + 1)),
            vec![Stmt::line("note(show(acc))")],
        ));
        let handled = |b: Vec<Stmt>| {
            vec![
                Stmt::block(text("try"), b),
                Stmt::block(text("except Exception as e"), vec![Stmt::line("oops(e)")]),
            ]
        };
        let mut whole = head;
        whole.push(Stmt::line("acc = 1"));
        whole.extend(setup);
        if self.r.percent(85) {
            b = handled(b);
        }
        whole.push(Stmt::block(text(format!("for i in range({n})")), b));
        whole.push(Stmt::line("note(show(acc))"));
        if !s.objs.is_empty() {
            whole.extend(parse("for o in objs[:5]:\n    state(o)"));
        }
        let run = self.name("run");
        if self.r.percent(75) {
            self.top
                .push(Stmt::block(text(format!("def {run}()")), whole));
            self.top
                .extend(handled(vec![Stmt::line(format!("{run}()"))]));
        } else {
            whole.retain(|l| !l.head.has("global "));
            self.top.extend(handled(whole));
        }
    }
}
