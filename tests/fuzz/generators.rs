//! Generator functions, and what takes values from them.
//!
//! When an unreachable generator is closed is nobody's business, so that one with `try` or `with` in it is
//! always closed by who made it. A quiet one may be left half way.

use super::base::{Gen, Kind, Scope};
use super::tree::{Expr, Stmt, ex, source, text};

/// A generator function of two arguments.
#[derive(Clone)]
pub struct Maker {
    pub name: String,
    quiet: bool,
    cost: u64,
}

/// `@` is a call of a quiet generator function, `$` a number.
const QUIET: &[&str] = &[
    "sum(@)",
    "len(list(@))",
    "next(@, $)",
    "max(@, default=1)",
    "sum(v * 2 for v in @ if v)",
    "[v for v in @][-1]",
    "tuple(@)[0]",
    "len(dict(zip(@, @)))",
    "($ in @)",
    "any(@)",
    "all(@)",
    "sorted(@)[0]",
    "sum(map(tame, @))",
    "len({v: 1 for v in @})",
    "(lambda *a: len(a))(*@)",
    "next(@)",
    "min(@)",
    "sum(next(v, 1) for v in [@, @])",
    "len([*@, $])",
    "sum(v for v, w in zip(@, range(3)))",
    "[w for v in @ for w in (v, $)][0]",
    "sum(filter(None, @))",
    "next(v for v in @ if v != $)",
    "sum(v - w for v, w in enumerate(@))",
    "(lambda g: next(g) + next(g))(@)",
    "len(tuple(v for v in (w for w in @)))",
    "(lambda g: (next(g), g.send($))[1])(@)",
    "sum(iter(@))",
    "@.send(None)",
    "@.gi_running",
    "len(@.__name__)",
];

/// The same of any of them.
const CLOSED: &[&str] = &[
    "len(list(@))",
    "sum(drain(@, 3))",
    "len(drain(@, 9))",
    "tame(drain(@, 2)[-1])",
    "sum(drain(@, 99))",
    "drain(@, 1)[0]",
    "sum(drain((tame(v) for v in list(@)), 5))",
    "talk(@, 5)",
    "talk(@, 9)",
    "talk(@, 3)",
];

impl Gen {
    fn maker_call(&mut self, s: &mut Scope, m: &Maker) -> Expr {
        let (a, b) = (self.atom(s), self.atom(s));
        ex("$($, $)", [text(m.name.clone()), a, b])
    }

    /// A number from a generator, or any other where none can be had.
    pub fn of_generator(&mut self, s: &mut Scope) -> Expr {
        let Some(m) = self.r.of(&self.makers).cloned() else {
            return self.atom(s);
        };
        if !s.pay(2 * m.cost + 6) {
            return self.atom(s);
        }
        let p = if m.quiet && self.r.percent(70) {
            self.r.pick(QUIET)
        } else {
            self.r.pick(CLOSED)
        };
        let subs: Vec<Expr> = p
            .matches(['@', '$'])
            .collect::<Vec<_>>()
            .into_iter()
            .map(|k| {
                if k == "@" {
                    self.maker_call(s, &m)
                } else {
                    self.atom(s)
                }
            })
            .collect();
        ex(&p.replace('@', "$"), subs)
    }

    /// A loop over a generator.
    pub fn over_generator(&mut self, s: &mut Scope, depth: usize, out: &mut Vec<Stmt>) {
        let Some(m) = self.r.of(&self.makers).cloned() else {
            return self.assign_from(s, out);
        };
        if depth == 0 || s.loops > 2 || !s.pay(m.cost + 2) {
            return self.assign_from(s, out);
        }
        let call = self.maker_call(s, &m);
        let v = self.name("v");
        let mut inner = s.clone();
        inner.loops += 1;
        inner.times *= 6;
        inner.nums.push(v.clone());
        inner.fixed.push(v.clone());
        let it = self.name("it");
        let mut b = self.block(&mut inner, depth - 1);
        let what = self.r.below(6);
        if what == 0 {
            b.push(Stmt::line(format!("x2 = next({it}, 1)")));
        } else if what == 1 {
            b.push(Stmt::line(format!("x2 = {it}.send({v})")));
        }
        s.cost = inner.cost;
        let named = what < 2 || !m.quiet;
        let from = if named {
            out.push(Stmt::simple(ex(&format!("{it} = $"), [call])));
            text(it.clone())
        } else {
            call
        };
        let walk = Stmt::block(ex(&format!("for {v} in $"), [from]), b);
        if m.quiet {
            out.push(walk);
            return;
        }
        out.push(Stmt::block(text("try"), vec![walk]));
        out.push(Stmt::block(
            text("finally"),
            vec![Stmt::line(format!("shut({it})"))],
        ));
    }
    fn assign_from(&mut self, s: &mut Scope, out: &mut Vec<Stmt>) {
        let e = self.of_generator(s);
        out.push(Stmt::simple(ex("x2 = $", [e])));
    }

    /// Inside of a generator.
    pub fn yields(&mut self, s: &mut Scope, out: &mut Vec<Stmt>) {
        let e = self.num(s, 1);
        match self.r.below(14) {
            0..=5 => out.push(Stmt::simple(ex("yield $", [e]))),
            6 | 7 => {
                out.push(Stmt::simple(ex("x1 = yield $", [e])));
                if self.r.percent(70) {
                    out.push(Stmt::block(
                        text("if x1 is None"),
                        vec![Stmt::line("x1 = 2")],
                    ));
                }
            }
            8 => out.push(Stmt::simple(ex("x0 = tame((yield $))", [e]))),
            9 => out.push(Stmt::simple(ex(
                self.r.pick(&[
                    "yield from range(3)",
                    "yield from (1, $)",
                    "yield from [v for v in range(2)]",
                    "yield from (v * $ for v in range(3))",
                    "x1 = yield from (2, 3)",
                    "yield from iter([$])",
                ]),
                [e],
            ))),
            10 | 11 => {
                if let Some(m) = self.r.of(&self.makers).cloned()
                    && s.pay(m.cost + 1)
                {
                    let call = self.maker_call(s, &m);
                    let form = self.r.pick(&["yield from $", "x0 = yield from $"]);
                    // What it is made of may be left half way with it.
                    s.loud |= !m.quiet;
                    out.push(Stmt::simple(ex(form, [call])));
                }
            }
            12 => out.push(Stmt::simple(ex("yield [(yield $), 1][1]", [e]))),
            _ => out.push(Stmt::simple(ex("yield tame($ + (yield 1))", [e]))),
        }
    }

    /// A generator function.
    pub fn maker(&mut self) {
        let name = self.name("gen");
        let mut s = Scope::new(self.taste, [20, 60, 250][self.r.below(3)]);
        s.nums = vec!["n".into(), "a".into(), "x0".into(), "x1".into()];
        s.yields = true;
        s.ret = Some(Kind::Num);
        if self.r.one(2) {
            // No `try`.
            s.trying = 9;
        }
        if self.r.one(3) {
            s.funs = self.some_functions();
        }
        let mut b = vec![Stmt::simple(ex("x0 = x1 = $", [self.number(self.taste)]))];
        match self.r.below(6) {
            0 => {
                let e = self.num(&mut s, 1);
                b.push(Stmt::block(
                    text("for i in range(4)"),
                    vec![Stmt::simple(ex("yield $", [e])), Stmt::line("x0 = x0 + i")],
                ));
            }
            1 => {
                b.push(Stmt::line("i = 0"));
                let mut inner = s.clone();
                inner.times = 5;
                inner.loops = 1;
                let mut w = vec![Stmt::line("i += 1")];
                for _ in 0..1 + self.r.below(2) {
                    self.yields(&mut inner, &mut w);
                    self.stmt(&mut inner, 1, &mut w);
                }
                s.cost = inner.cost + 5;
                s.loud |= inner.loud;
                b.push(Stmt::block(text("while i < 5"), w));
            }
            _ => {}
        }
        for _ in 0..1 + self.r.below(4) {
            if self.r.one(2) {
                self.yields(&mut s, &mut b);
            } else {
                self.stmt(&mut s, 3, &mut b);
            }
        }
        if self.r.one(3) {
            let e = self.num(&mut s, 1);
            b.push(Stmt::simple(ex("return $", [e])));
        }
        // Whatever was chosen, it is a generator.
        b.push(Stmt::line("yield a"));
        let written = source(&b);
        let quiet = !s.loud
            && ["try:", "with ", "shut(", "oops"]
                .iter()
                .all(|w| !written.contains(w));
        self.top
            .push(Stmt::block(text(format!("def {name}(n, a)")), b));
        self.makers.push(Maker {
            name,
            quiet,
            cost: s.cost + 4,
        });
    }
}
