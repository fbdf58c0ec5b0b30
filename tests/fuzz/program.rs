//! A whole program: what helps it show what it does, functions, and loops that make them hot while
//! arguments, globals and the functions themselves change.

use super::base::{Fun, Gen, Kind, Scope, Taste};
use super::tree::{Expr, Stmt, ex, list, parse, source, text};

/// What every program begins with: printing (not too much of it), bounds, frames.
pub const PRELUDE: &str = "\
import sys
from _thread import allocate_lock
BIG = 1 << 130
INF = 1e308 * 10
NAN = INF - INF
note = print
shown = 0
def tame(x):
    try:
        if -BIG < x < BIG:
            return x
        if x != x:
            return 0.25
        return x % 1000003
    except TypeError:
        return 5
def clip(x):
    if type(x) in (str, list, tuple):
        return x[:9]
    return x if type(x) is dict else tame(x)
def count(x):
    global shown
    shown += 1
def oops(e):
    global shown
    shown += 1
    if shown > 60 and shown % 61:
        return
    at = []
    tb = e.__traceback__
    while tb and len(at) < 9:
        at.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        last = tb.tb_frame
        tb = tb.tb_next
    note(type(e).__name__, e, at, repr(e.__context__), numbers(last))
def numbers(f):
    return [(k, v) for k, v in sorted(f.f_locals.items()) if type(v) in (int, float) and k > 'a']
def where(up):
    f = sys._getframe(up + 1)
    return f.f_code.co_name, f.f_lineno
def names(up):
    return numbers(sys._getframe(up + 1))
";

/// What programs are about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Numbers, functions, loops, exceptions.
    Functions,
    /// Classes, generators, containers.
    Language,
}

impl About {
    pub fn name(self) -> &'static str {
        match self {
            About::Functions => "functions",
            About::Language => "language",
        }
    }
    pub fn of(name: &str) -> Option<About> {
        [About::Functions, About::Language]
            .into_iter()
            .find(|a| a.name() == name)
    }
}

/// The program of this seed: its text, as a tree, and whether CPython may be asked about it.
pub fn program(about: About, seed: u64) -> (Vec<Stmt>, bool) {
    let mut g = Gen::new(seed);
    match about {
        About::Functions => {
            g.top = parse(PRELUDE);
            g.all();
        }
        About::Language => g.language(),
    }
    // Helpers that nothing calls only cost time.
    for name in [
        "operate", "talk", "drain", "shut", "state", "show", "names", "where", "oops", "numbers",
        "count", "clip", "tame",
    ] {
        let (call, def) = (format!("{name}("), format!("def {name}("));
        let text = source(&g.top);
        if text.matches(&call).count() == 1
            && !text.contains(&format!("= {name}\n"))
            && !text.contains(&format!("({name},"))
        {
            g.top.retain(|s| !s.head.has(&def));
        }
    }
    (g.top, g.alone)
}

/// The same as text.
pub fn text_of(about: About, seed: u64) -> String {
    source(&program(about, seed).0)
}

impl Gen {
    fn all(&mut self) {
        for name in ["G0", "G1", "G2"] {
            let e = self.number(self.taste);
            self.top.push(Stmt::simple(ex(&format!("{name} = $"), [e])));
        }
        for _ in 0..2 + self.r.below(3) {
            match self.r.below(20) {
                16 | 17 => self.edges(),
                18 | 19 => self.walks(),
                0..=4 => self.leaf(),
                5..=7 => self.body(),
                8 | 9 => self.shape(),
                10 | 11 => self.closure(),
                12 | 13 => self.recursion(),
                14 => self.apply(),
                _ => self.looker(),
            }
        }
        if self.r.one(8) {
            self.wild_calls();
        }
        let drivers = 1 + self.r.below(2);
        let allowed = if self.r.one(5) { 16_000 } else { 5_000 };
        for _ in 0..drivers {
            self.driver(allowed / drivers as u64);
        }
        if self.r.percent(12) {
            self.deep();
        }
        if self.r.one(4) {
            let mut s = self.at_top(1_000);
            let mut b = Vec::new();
            for _ in 0..1 + self.r.below(3) {
                self.stmt(&mut s, 2, &mut b);
            }
            self.top.extend(b);
        }
        self.top.extend(parse("print(shown, G0, G1, G2)"));
        if self.r.one(4) {
            // It may end with a traceback.
            let mut s = self.at_top(1_000);
            if let Some(f) = self.r.of(&self.funs).cloned() {
                let e = self.call(&mut s, &f, 1);
                self.top.push(Stmt::simple(ex("note($)", [e])));
            }
        }
    }

    fn at_top(&mut self, allowed: u64) -> Scope {
        let mut s = Scope::new(self.taste, allowed);
        s.nums = vec!["G0".into(), "G1".into(), "G2".into()];
        s.funs = self.funs.clone();
        s
    }

    /// A loop that calls functions until they are hot, and goes on when something has changed.
    fn driver(&mut self, allowed: u64) {
        let in_function = self.r.percent(65);
        let mut s = self.at_top(allowed);
        let mut head = Vec::new();
        if in_function {
            s.ret = Some(Kind::Num);
            if self.r.one(2) {
                head.push(Stmt::line("global G0, G1, G2"));
            } else {
                s.fixed = s.nums.clone();
            }
        }
        // What the loop calls, and how often that can be paid for.
        let mut used: Vec<Fun> = Vec::new();
        for _ in 0..1 + self.r.below(3) {
            if let Some(f) = self.r.of(&s.funs) {
                used.push(f.clone());
            }
        }
        let each: u64 = used.iter().map(|f| f.cost + 2).sum::<u64>() + 8;
        let n = (allowed / each).clamp(4, [40, 140, 140, 250, 400, 1300][self.r.below(6)]);
        let late = n * 3 / 4 + self.r.below(n as usize / 5 + 1) as u64;
        let i = self.name("i");
        s.nums.push(i.clone());
        s.nums.push("acc".into());
        s.fixed.push(i.clone());
        s.loops = 1;
        s.times = n;
        s.cost = n;
        s.allowed = allowed.max(n * (each + 1)) * 2;
        let start = self.number(self.taste);
        head.push(Stmt::simple(ex("acc = $", [start])));
        let mut b = Vec::new();
        for f in &used {
            let args: Vec<Expr> = f
                .params
                .iter()
                .map(|p| match p.kind {
                    Kind::Num => self.stream(&i, late),
                    Kind::Any => self.anything(),
                })
                .collect();
            let call = if self.r.percent(70)
                && f.params
                    .iter()
                    .all(|p| p.how != super::base::How::KeywordOnly)
            {
                ex("$($)", [text(f.name.clone()), list(args)])
            } else {
                let saved = std::mem::take(&mut s.funs);
                let all = self.arguments(&mut s, f, 1);
                s.funs = saved;
                ex("$($)", [text(f.name.clone()), list(all)])
            };
            if f.ret == Kind::Any {
                b.push(Stmt::block(
                    text(format!("if {i} % 29 == 3")),
                    vec![Stmt::simple(ex("note($)", [call.clone()]))],
                ));
                b.push(Stmt::block(text("else"), vec![Stmt::simple(call)]));
                continue;
            }
            match self.r.below(6) {
                0 => b.push(Stmt::simple(ex("acc = tame(acc + $)", [call]))),
                1 => b.push(Stmt::simple(ex("acc += $", [call]))),
                2 => {
                    let op = self.r.pick(&["-", "^", "+", "%"]);
                    b.push(Stmt::simple(ex(&format!("acc = tame($ {op} acc)"), [call])));
                }
                3 => b.push(Stmt::simple(ex("acc = $", [call]))),
                4 => {
                    b.push(Stmt::simple(ex("y = $", [call])));
                    b.push(Stmt::block(
                        text("if y != y or y > 100"),
                        vec![Stmt::line("acc = acc + 1")],
                    ));
                }
                _ => b.push(Stmt::simple(ex("acc = (acc + $) % 1000003", [call]))),
            }
        }
        if self.r.one(4) {
            self.stmt(&mut s, 1, &mut b);
        }
        b.push(Stmt::block(
            text(format!(
                "if {i} > {} or {i} % {} == 0",
                n.saturating_sub(3),
                n / 6 + 1
            )),
            vec![Stmt::line("note(acc)")],
        ));
        for _ in 0..self.r.below(3) {
            let mut at = self.r.below(b.len() + 1);
            while b.get(at).is_some_and(Stmt::is_clause) {
                at += 1;
            }
            let when = if self.r.one(2) {
                late
            } else {
                self.r.below(n as usize) as u64
            };
            let event = self.event(in_function, &mut head);
            b.insert(at, Stmt::block(text(format!("if {i} == {when}")), event));
        }
        let caught = self.r.below(3);
        let handler = |b: Vec<Stmt>| {
            vec![
                Stmt::block(text("try"), b),
                Stmt::block(text("except Exception as e"), vec![Stmt::line("oops(e)")]),
            ]
        };
        if caught != 0 {
            b = handler(b);
        }
        let mut whole = head;
        if self.r.one(4) {
            whole.push(Stmt::line(format!("{i} = -1")));
            b.insert(0, Stmt::line(format!("{i} += 1")));
            whole.push(Stmt::block(text(format!("while {i} < {}", n - 1)), b));
        } else {
            whole.push(Stmt::block(text(format!("for {i} in range({n})")), b));
        }
        whole.push(Stmt::line("note(acc)"));
        if caught != 1 {
            whole = handler(whole);
        }
        if in_function {
            let run = self.name("run");
            // `global` comes before everything that uses the name.
            let mut sorted = Vec::new();
            lift_globals(&mut whole, &mut sorted);
            sorted.extend(whole);
            if self.r.one(4) {
                // In a closure: what it uses are free variables.
                self.top
                    .push(Stmt::block(text(format!("def {run}()")), sorted));
                self.top
                    .extend(parse(&format!("for z in range(2):\n    {run}()")));
            } else {
                self.top
                    .push(Stmt::block(text(format!("def {run}()")), sorted));
                self.top.push(Stmt::line(format!("{run}()")));
            }
        } else {
            self.top.extend(whole);
        }
    }

    /// An argument that depends on the round, and may be of another kind late.
    fn stream(&mut self, i: &str, late: u64) -> Expr {
        let (a, b) = (self.number(self.taste), self.number(self.taste));
        let other = {
            let t = self.taste();
            self.number(t)
        };
        let i = text(i);
        match self.r.below(14) {
            0..=3 => i,
            4 => ex("$ + $", [i, a]),
            5 => ex("$ * $", [i, a]),
            6 => ex("$ - 7", [i]),
            7 => ex("$ * 0.5", [i]),
            8 => ex("acc", []),
            9 => ex(&format!("($ if $ < {late} else $)"), [a, i, other]),
            10 => ex(
                &format!("($ if $ < {late} else $ * 0.25)"),
                [i.clone(), i.clone(), i],
            ),
            11 => ex("[$, $][$ % 2]", [a, b, i]),
            12 => ex(&format!("($ if $ != {late} else $)"), [i.clone(), i, other]),
            _ => a,
        }
    }

    /// Something that compiled code relies on changes.
    fn event(&mut self, in_function: bool, head: &mut Vec<Stmt>) -> Vec<Stmt> {
        let g = self.r.pick(&["G0", "G1", "G2"]);
        let all = self.funs.clone();
        let f = self.r.of(&all).cloned();
        let f_name = f.as_ref().map_or("tame".to_string(), |f| f.name.clone());
        // One of the same level and parameters: no cycle of calls comes about.
        let twin = f.as_ref().and_then(|f| {
            let all: Vec<&Fun> = all
                .iter()
                .filter(|o| o.level == f.level && o.ret == f.ret && o.cost <= f.cost * 3)
                .collect();
            self.r.of(&all).map(|o| o.name.clone())
        });
        let twin = twin.unwrap_or(f_name.clone());
        let e = {
            let t = self.taste();
            self.number(t)
        };
        let mut declare = |names: &[&str]| {
            if in_function {
                for n in names {
                    head.insert(0, Stmt::line(format!("global {n}")));
                }
            }
        };
        match self.r.below(15) {
            0 | 1 => {
                declare(&[g]);
                vec![Stmt::simple(ex(&format!("{g} = $"), [e]))]
            }
            2 => {
                declare(&[&f_name]);
                vec![Stmt::line(format!("{f_name} = {twin}"))]
            }
            3 => {
                declare(&[&f_name, &twin]);
                vec![Stmt::line(format!("{f_name}, {twin} = {twin}, {f_name}"))]
            }
            4 | 5 => vec![Stmt::line(format!("{f_name}.__code__ = {twin}.__code__"))],
            6 => vec![Stmt::simple(ex(
                &format!("{f_name}.__defaults__ = ($, 2, 3)"),
                [e],
            ))],
            7 => vec![Stmt::line(format!("{f_name}.__defaults__ = None"))],
            8 => vec![Stmt::simple(ex(
                &format!("{f_name}.__kwdefaults__ = {{'k': $}}"),
                [e],
            ))],
            9 => {
                declare(&["abs"]);
                vec![Stmt::line("abs = tame")]
            }
            10 => {
                declare(&["int"]);
                vec![Stmt::line("int = float")]
            }
            11 => {
                declare(&["len"]);
                vec![Stmt::line("len = lambda x: 2.5")]
            }
            12 => {
                declare(&[g]);
                vec![Stmt::line(format!("del {g}"))]
            }
            13 => vec![Stmt::simple(ex(&format!("globals()['{g}'] = $"), [e]))],
            _ => vec![Stmt::line("raise ValueError('event')")],
        }
    }

    /// Recursion until the limit, caught at the top.
    fn deep(&mut self) {
        let (f, g) = (self.name("deep"), self.name("deep"));
        let k = self.number(Taste::Small).show();
        let code = match self.r.below(12) {
            8 => format!(
                "def {g}(x):\n    return x + 1\ndef {f}(n):\n    count(n)\n    return {k} if n == 0 else {g}({f}(n - 1))"
            ),
            9 => format!(
                "def {g}(x, y=1):\n    count(x)\n    return x - y\ndef {f}(n):\n    return {k} if n == 0 else {f}(n={g}(n))"
            ),
            10 => format!(
                "def {g}(n):\n    def inner(x):\n        return {k} if x == 0 else n + inner(x - 1)\n    return inner(n)\n{f} = lambda n: {g}(n) + 1"
            ),
            11 => format!(
                "def {g}(x):\n    return (lambda y: y)(x)\ndef {f}(n):\n    a = {g}(n)\n    b = {g}(1)\n    return {k} if a == 0 else {f}(a - b)"
            ),
            0 => format!("def {f}(n):\n    count(n)\n    return {k} if n == 0 else {f}(n - 1) + 1"),
            1 => format!(
                "def {f}(n):\n    if n == 0:\n        return {k}\n    return 1 + {g}(n - 1)\ndef {g}(n):\n    return {f}(n - 1) if n else {k}"
            ),
            2 => format!("def {f}(n, a=2):\n    return a if n == 0 else {f}(a=a, n=n - 1)"),
            3 => format!(
                "def {f}(n):\n    for x in range(2):\n        if n == 0:\n            return x\n        n = n - 1 + {f}(n - 1)\n    return n"
            ),
            4 => format!("{f} = lambda n: {k} if n == 0 else {f}(n - 1)"),
            5 => format!("def {f}(n, *a):\n    return {k} if n == 0 else {f}(n - 1, *a)"),
            6 => {
                self.alone = true;
                format!(
                    "def {f}(n):\n    try:\n        return {k} if n == 0 else {f}(n - 1)\n    finally:\n        count(tame(n))"
                )
            }
            _ => {
                self.alone = true;
                format!(
                    "def {f}(n):\n    try:\n        return {k} if n == 0 else {f}(n - 1) + 1\n    except RecursionError as e:\n        count(n)\n        if n % 7 == 0:\n            return 3\n        raise"
                )
            }
        };
        self.top.extend(parse(&code));
        let warm = [3, 40, 150][self.r.below(3)];
        self.top.extend(parse(&format!(
            "for n in range({warm}):\n    {f}(n % 8)\nsys.setrecursionlimit(sys.getrecursionlimit() - 700)\nfor n in (2.5, 10 ** 9, True, 300, 290):\n    shown = 0\n    try:\n        note({f}(n))\n    except RecursionError as e:\n        note(str(e))\n    print(shown)\nsys.setrecursionlimit(sys.getrecursionlimit() + 700)"
        )));
    }
}

/// Takes the `global` lines out of a body.
fn lift_globals(body: &mut Vec<Stmt>, out: &mut Vec<Stmt>) {
    let mut i = 0;
    while i < body.len() {
        if body[i].head.has("global ") && body[i].body.is_none() {
            out.push(body.remove(i));
            continue;
        }
        if let Some(b) = &mut body[i].body {
            lift_globals(b, out);
        }
        i += 1;
    }
}
