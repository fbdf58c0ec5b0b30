//! Statements.

use super::base::{Gen, Kind, Scope, Taste};
use super::tree::{Expr, Stmt, ex, list, text};

/// Whether a value of it may have many more digits than what it was made of.
fn grows(e: &Expr) -> bool {
    ["*", "<<", "(", "sum"].iter().any(|o| e.has(o))
}

impl Gen {
    pub fn block(&mut self, s: &mut Scope, depth: usize) -> Vec<Stmt> {
        let n = 1 + self.r.below(3);
        let mut out = Vec::new();
        for _ in 0..n {
            self.stmt(s, depth, &mut out);
        }
        out
    }

    /// `x = e`, so that x cannot become arbitrarily big.
    pub fn assign(&mut self, s: &mut Scope, x: &str, e: Expr, out: &mut Vec<Stmt>) {
        if !grows(&e) {
            out.push(Stmt::simple(ex(&format!("{x} = $"), [e])));
            return;
        }
        match self.r.below(4) {
            0 if s.pay(1) => out.push(Stmt::simple(ex(&format!("{x} = tame($)"), [e]))),
            1 => {
                let m = self.r.pick(&[
                    "1000003",
                    "2147483647",
                    "18446744073709551616",
                    "1099511627776",
                ]);
                out.push(Stmt::simple(ex(&format!("{x} = $ % {m}"), [e])));
            }
            _ => {
                let c = match s.taste {
                    Taste::Wild => text("3"),
                    t => self.number(t),
                };
                out.push(Stmt::simple(ex(&format!("{x} = $"), [e])));
                out.push(Stmt::block(
                    text(format!("if not -BIG < {x} < BIG")),
                    vec![Stmt::simple(ex(&format!("{x} = $"), [c]))],
                ));
            }
        }
    }

    fn target(&mut self, s: &mut Scope) -> String {
        let free = s.assignable();
        match self.r.of(&free) {
            Some(n) if !self.r.one(6) => n.clone(),
            _ => {
                let n = format!("x{}", self.r.below(4));
                if !s.nums.contains(&n) {
                    s.nums.push(n.clone());
                }
                n
            }
        }
    }

    fn assignment(&mut self, s: &mut Scope, out: &mut Vec<Stmt>) {
        match self.r.below(12) {
            0..=3 => {
                let free = s.assignable();
                let Some(x) = self.r.of(&free).cloned() else {
                    return self.plain(s, out);
                };
                let op = self
                    .r
                    .pick(&["+", "-", "+", "-", "*", "//", "%", "&", "^", "|", ">>", "/"]);
                let e = self.num(s, 1);
                let grows = op == "*" || grows(&e);
                out.push(Stmt::simple(ex(&format!("{x} {op}= $"), [e])));
                if grows {
                    out.push(Stmt::block(
                        text(format!("if not -BIG < {x} < BIG")),
                        vec![Stmt::line(format!("{x} = 11"))],
                    ));
                }
            }
            4 => {
                let (x, y) = (self.target(s), self.target(s));
                let (a, b) = (self.atom(s), self.atom(s));
                out.push(Stmt::simple(ex(&format!("{x}, {y} = $, $"), [a, b])));
            }
            5 => {
                let w = format!("w{}", self.r.below(3));
                let e = self.any(s, 2);
                out.push(Stmt::simple(ex(&format!("{w} = clip($)"), [e])));
                if !s.anys.contains(&w) {
                    s.anys.push(w);
                }
            }
            6 => {
                let l = format!("l{}", self.r.below(2));
                let n = 1 + self.r.below(4);
                let all: Vec<Expr> = (0..n).map(|_| self.num(s, 1)).collect();
                out.push(Stmt::simple(ex(&format!("{l} = [$]"), [list(all)])));
                if !s.lists.contains(&l) {
                    s.lists.push(l);
                }
            }
            7 if !s.lists.is_empty() => {
                let l = self.r.of(&s.lists).cloned().unwrap_or_default();
                let (i, e) = (self.num(s, 1), self.num(s, 1));
                let i = if self.r.one(4) { i } else { ex("$ & 1", [i]) };
                let op = self.r.pick(&["", "", "+", "-"]);
                let e = match grows(&e) {
                    true => ex("$ % 1000003", [e]),
                    false => e,
                };
                out.push(Stmt::simple(match self.r.below(5) {
                    0 => ex(&format!("if len({l}) < 20: {l}.append($)"), [e]),
                    1 => ex(&format!("{l}[1:2] = [$]"), [e]),
                    _ => ex(&format!("{l}[$] {op}= $"), [i, e]),
                }));
            }
            _ => self.plain(s, out),
        }
    }
    fn plain(&mut self, s: &mut Scope, out: &mut Vec<Stmt>) {
        let e = self.num(s, 2);
        let x = self.target(s);
        self.assign(s, &x, e, out);
    }

    pub fn stmt(&mut self, s: &mut Scope, depth: usize, out: &mut Vec<Stmt>) {
        if !s.objs.is_empty() && self.r.percent(30) {
            return self.object_stmt(s, depth, out);
        }
        if !s.boxes.is_empty() && self.r.percent(30) {
            return self.box_stmt(s, depth, out);
        }
        if s.yields && self.r.percent(30) {
            return self.yields(s, out);
        }
        if !self.makers.is_empty() && self.r.percent(6) {
            return self.over_generator(s, depth, out);
        }
        if depth == 0 {
            return self.assignment(s, out);
        }
        match self.r.below(100) {
            0..=33 => self.assignment(s, out),
            34..=44 => {
                let c = self.cond(s, 2);
                let b = self.block(s, depth - 1);
                out.push(Stmt::block(ex("if $", [c]), b));
                if self.r.one(5) {
                    let c = self.cond(s, 1);
                    let b = self.block(s, depth - 1);
                    out.push(Stmt::block(ex("elif $", [c]), b));
                }
                if self.r.one(2) {
                    let b = self.block(s, depth - 1);
                    out.push(Stmt::block(text("else"), b));
                }
            }
            45..=56 if s.loops < 3 => self.a_loop(s, depth, out),
            57..=68 if s.trying < 3 => self.trial(s, depth, out),
            69..=72 if s.loops > 0 => {
                let c = self.cond(s, 1);
                let w = self.r.pick(&["break", "continue", "continue"]);
                out.push(Stmt::block(ex("if $", [c]), vec![Stmt::line(w)]));
            }
            73..=75 if s.ret.is_some() => {
                let c = self.cond(s, 1);
                let e = self.of_kind(s, s.ret.unwrap_or(Kind::Any), 1);
                out.push(Stmt::block(
                    ex("if $", [c]),
                    vec![Stmt::simple(ex("return $", [e]))],
                ));
            }
            76..=79 => {
                let c = self.cond(s, 1);
                let what = match self.r.below(7) {
                    0 => ex("KeyError($)", [self.atom(s)]),
                    1 => text("IndexError"),
                    2 => text("ZeroDivisionError('z')"),
                    3 => ex("ValueError($, 'v')", [self.atom(s)]),
                    4 => text("TypeError('t') from None"),
                    5 => text("LookupError('l') from ValueError(3)"),
                    _ => text("ValueError"),
                };
                out.push(Stmt::block(
                    ex("if $", [c]),
                    vec![Stmt::simple(ex("raise $", [what]))],
                ));
            }
            80..=83 if s.pay(8) => {
                let e = if self.r.one(3) {
                    self.any(s, 1)
                } else {
                    self.num(s, 1)
                };
                out.push(Stmt::simple(ex("note($)", [e])));
            }
            84 | 85 => {
                // One of them is a lock whose `with` is seen to have ended.
                let v = self.name("k");
                out.push(Stmt::line(format!("{v} = allocate_lock()")));
                let b = self.block(s, depth - 1);
                let head = match self.r.below(3) {
                    0 => format!("with {v} as x3, allocate_lock()"),
                    _ => format!("with {v} as x3"),
                };
                out.push(Stmt::block(text(head), b));
                if s.pay(1) {
                    out.push(Stmt::line(format!("note({v}.locked())")));
                }
            }
            86 => {
                let c = self.cond(s, 1);
                out.push(Stmt::simple(ex("assert $, 'a'", [c])));
            }
            87 => {
                let free = s.assignable();
                if let Some(x) = self.r.of(&free).cloned() {
                    let c = self.cond(s, 1);
                    out.push(Stmt::block(
                        ex("if $", [c]),
                        vec![Stmt::line(format!("del {x}"))],
                    ));
                }
            }
            88..=90 => {
                let (mut x, e) = (self.target(s), self.num(s, 1));
                if x.contains('.') {
                    x = "x3".into();
                }
                let c = self.atom(s);
                out.push(Stmt::block(
                    ex(&format!("if ({x} := $) > $"), [e, c]),
                    vec![Stmt::line(format!("{x} = 1"))],
                ));
            }
            91..=93 => self.inner_function(s, depth, out),
            94 => {
                let (x, y) = (self.target(s), self.target(s));
                let (a, b) = (self.num(s, 1), self.num(s, 1));
                out.push(Stmt::simple(match self.r.below(3) {
                    0 => ex(&format!("{x}, *w0 = $, $, 3"), [a, b]),
                    1 => ex(&format!("({x}, {y}), w1 = ($, $), 2"), [a, b]),
                    _ => ex(&format!("{x} = {y} = $"), [a]),
                }));
            }
            _ => self.assignment(s, out),
        }
    }

    /// A number of rounds that can be paid for.
    pub fn rounds(&mut self, s: &Scope) -> u64 {
        let room = (s.allowed - s.cost.min(s.allowed)) / s.times.max(1) / 3;
        let n = [2, 4, 7, 20, 60, 130, 300, 1100][self.r.below(if s.loops == 0 { 8 } else { 5 })];
        n.min(room.max(1))
    }

    fn a_loop(&mut self, s: &mut Scope, depth: usize, out: &mut Vec<Stmt>) {
        let n = self.rounds(s);
        let i = self.name("i");
        let mut inner = s.clone();
        inner.loops += 1;
        inner.times *= n;
        if !inner.pay(1) {
            return self.assignment(s, out);
        }
        let mut counts = true;
        let head = match self.r.below(10) {
            0..=3 => text(format!("for {i} in range({n})")),
            4 => {
                let lo = self.r.pick(&[
                    "-5",
                    "9223372036854775800",
                    "281474976710650",
                    "-9223372036854775808",
                    "140737488355325",
                    "9223372036854775807",
                ]);
                let step = self.r.pick(&["1", "2", "-1", "3", "2305843009213693951"]);
                text(format!(
                    "for {i} in range({lo}, {lo} + {step} * {n}, {step})"
                ))
            }
            5 => {
                let k = self.r.below(5);
                let all: Vec<Expr> = (0..=k).map(|_| self.number(s.taste)).collect();
                ex(&format!("for {i} in [$]"), [list(all)])
            }
            6 => {
                counts = false;
                let j = self.name("j");
                inner.nums.push(j.clone());
                let e = self.num(s, 1);
                text(format!("for {j}, {i} in enumerate([{}, 2, 5])", e.show()))
            }
            7 if !s.lists.is_empty() => {
                let l = self.r.of(&s.lists).cloned().unwrap_or_default();
                text(format!("for {i} in list({l})"))
            }
            8 => {
                counts = false;
                text(match self.r.below(3) {
                    0 => format!("for {i}, *w2 in [(1, 2.5, 3), 'ab', (2,)]"),
                    1 => format!("for {i} in {{1: 2, 'k': 3}}.items()"),
                    _ => format!("for {i} in zip(range({n}), (1, 2.5))"),
                })
            }
            _ => {
                let start = self.r.pick(&[
                    "0",
                    "0",
                    "281474976710650",
                    "9223372036854775800",
                    "-3",
                    "0.0",
                ]);
                let step = self.r.pick(&["1", "1", "2", "True"]);
                out.push(Stmt::line(format!("{i} = {start}")));
                out.push(Stmt::line(format!("{i}_end = {i} + {n}")));
                inner.fixed.push(i.clone());
                inner.nums.push(i.clone());
                let c = if self.r.one(3) {
                    let c = self.cond(&mut inner, 1);
                    ex(&format!("while {i} < {i}_end and not $"), [c])
                } else {
                    text(format!("while {i} < {i}_end"))
                };
                let mut b = vec![Stmt::line(format!("{i} += {step}"))];
                b.extend(self.block(&mut inner, depth - 1));
                out.push(Stmt::block(c, b));
                s.cost = inner.cost;
                s.level = s.level.max(inner.level);
                return self.maybe_else(s, depth, out);
            }
        };
        inner.fixed.push(i.clone());
        if counts {
            inner.nums.push(i.clone());
        } else {
            inner.anys.push(i.clone());
        }
        let b = self.block(&mut inner, depth - 1);
        out.push(Stmt::block(head, b));
        s.cost = inner.cost;
        s.level = s.level.max(inner.level);
        for x in inner.nums {
            // What the loop bound may be unbound behind it.
            if !s.nums.contains(&x) && self.r.one(3) {
                if inner.fixed.contains(&x) {
                    s.fixed.push(x.clone());
                }
                s.nums.push(x);
            }
        }
        self.maybe_else(s, depth, out);
    }
    fn maybe_else(&mut self, s: &mut Scope, depth: usize, out: &mut Vec<Stmt>) {
        if self.r.one(5) {
            let b = self.block(s, depth - 1);
            out.push(Stmt::block(text("else"), b));
        }
    }

    fn trial(&mut self, s: &mut Scope, depth: usize, out: &mut Vec<Stmt>) {
        s.trying += 1;
        let b = self.block(s, depth - 1);
        out.push(Stmt::block(text("try"), b));
        let ends = self.r.percent(35);
        if !ends || self.r.one(2) {
            for _ in 0..1 + self.r.below(2) {
                let what = self.r.pick(&[
                    "ZeroDivisionError",
                    "(TypeError, ValueError)",
                    "ArithmeticError",
                    "LookupError",
                    "NameError",
                    "Exception",
                    "UnboundLocalError",
                ]);
                let mut b = Vec::new();
                let head = if self.r.one(2) {
                    if s.pay(2) {
                        b.push(Stmt::line(if self.r.one(3) {
                            "note(str(sys.exc_info()[1]))"
                        } else {
                            "oops(e)"
                        }));
                    }
                    format!("except {what} as e")
                } else {
                    format!("except {what}")
                };
                if self.r.percent(70) || b.is_empty() {
                    b.extend(self.block(s, depth - 1));
                }
                if self.r.one(10) {
                    b.push(Stmt::line("raise"));
                }
                out.push(Stmt::block(text(head), b));
            }
            if self.r.one(5) {
                let b = self.block(s, depth - 1);
                out.push(Stmt::block(text("except"), b));
            }
            if self.r.one(5) {
                let b = self.block(s, depth - 1);
                out.push(Stmt::block(text("else"), b));
            }
        }
        if ends {
            let b = self.block(s, depth - 1);
            out.push(Stmt::block(text("finally"), b));
        }
        s.trying -= 1;
    }

    /// A function made where the code runs, maybe a closure that changes what it closes over.
    fn inner_function(&mut self, s: &mut Scope, depth: usize, out: &mut Vec<Stmt>) {
        if s.ret.is_none() || s.loops > 1 {
            return self.assignment(s, out);
        }
        let name = self.name("g");
        let free: Vec<String> = s
            .assignable()
            .into_iter()
            .filter(|n| !n.starts_with('G') && !n.contains('.'))
            .collect();
        let cell = self.r.of(&free).cloned();
        let f = super::base::Fun {
            name: name.clone(),
            params: vec![super::base::Param::plain("q")],
            star: false,
            stars: false,
            ret: Kind::Num,
            cost: 1,
            level: 0,
        };
        let mut inner = Scope::new(s.taste, 0);
        inner.nums = vec!["q".into()];
        match cell {
            Some(c) if self.r.percent(75) => {
                inner.nums.push(c.clone());
                if self.r.one(3) {
                    let e = self.num(&mut inner, 1);
                    out.push(Stmt::simple(ex(&format!("{name} = lambda q: $"), [e])));
                } else {
                    let writes = self.r.percent(60);
                    let mut b = Vec::new();
                    if writes {
                        // It may be bound nowhere: then `nonlocal` would name no variable.
                        out.push(Stmt::line(format!("{c} = {c}")));
                        b.push(Stmt::line(format!("nonlocal {c}")));
                        let e = self.num(&mut inner, 1);
                        self.assign(&mut inner, &c, e, &mut b);
                    }
                    let e = self.num(&mut inner, 1);
                    b.push(Stmt::simple(ex("return $", [e])));
                    out.push(Stmt::block(text(format!("def {name}(q)")), b));
                }
            }
            _ => {
                let b = self.num(&mut inner, 1);
                out.push(Stmt::block(
                    text(format!("def {name}(q)")),
                    vec![Stmt::simple(ex("return $", [b]))],
                ));
            }
        }
        s.funs.push(f.clone());
        if depth > 0 {
            let e = self.call(s, &f, 1);
            let x = self.target(s);
            self.assign(s, &x, e, out);
        }
    }
}
