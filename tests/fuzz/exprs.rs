//! Expressions.

use super::base::{Fun, Gen, How, Kind, Scope, Taste};
use super::tree::{Expr, ex, list, text};

const COMPARE: &[&str] = &["<", "<=", "==", "!=", ">", ">="];

impl Gen {
    /// A name in scope that holds a number, or a literal.
    pub fn atom(&mut self, s: &Scope) -> Expr {
        if self.r.percent(76)
            && let Some(n) = self.r.of(&s.nums)
        {
            return text(n.clone());
        }
        self.number(s.taste)
    }

    /// A number, as far as anyone can tell.
    pub fn num(&mut self, s: &mut Scope, depth: usize) -> Expr {
        if depth == 0 || self.r.percent(12) {
            return self.atom(s);
        }
        if !s.objs.is_empty() && self.r.percent(30) {
            return self.of_object(s);
        }
        if !s.boxes.is_empty() && self.r.percent(25) {
            return self.of_box(s);
        }
        if !self.makers.is_empty() && s.times < 50 && self.r.percent(5) {
            return self.of_generator(s);
        }
        let d = depth - 1;
        match self.r.below(100) {
            0..=29 => {
                let op = self.r.pick(&["$ + $", "$ - $", "$ + $", "$ - $", "$ * $"]);
                self.two(s, d, op)
            }
            30..=42 => {
                let op = self
                    .r
                    .pick(&["$ // $", "$ % $", "$ / $", "$ // $", "$ % $"]);
                if self.r.one(2) {
                    // By what is not zero: a loop that runs on.
                    let a = self.num(s, d);
                    let b = text(
                        self.r
                            .pick(&["3", "7", "(-3)", "2", "16", "(-1)", "10", "2.5", "(-0.5)"]),
                    );
                    return ex(&format!("({op})"), [a, b]);
                }
                self.two(s, d, op)
            }
            43..=49 if s.taste != Taste::Float || self.r.one(12) => {
                let op = self.r.pick(&["$ & $", "$ | $", "$ ^ $"]);
                self.two(s, d, op)
            }
            50..=54 if s.taste != Taste::Float || self.r.one(12) => {
                let a = self.num(s, d);
                let by = if self.r.one(3) {
                    let v = self.atom(s);
                    ex(self.r.pick(&["($ & 63)", "($ & 7)", "($ % 3)"]), [v])
                } else {
                    text(self.r.pick(&[
                        "1", "3", "15", "31", "47", "48", "62", "63", "64", "70", "(-1)",
                    ]))
                };
                ex(self.r.pick(&["($ << $)", "($ >> $)", "($ >> $)"]), [a, by])
            }
            55..=57 => {
                let a = self.num(s, d);
                ex(
                    self.r.pick(&[
                        "($ ** 2)",
                        "($ ** 3)",
                        "(2 ** ($ & 31))",
                        "($ ** 0.5)",
                        "($ ** 1)",
                    ]),
                    [a],
                )
            }
            58..=62 => {
                let a = self.num(s, d);
                ex(
                    self.r.pick(&["(-$)", "(~$)", "(+$)", "(-$)", "(not $)"]),
                    [a],
                )
            }
            63..=67 => self.cond(s, d),
            68..=72 => {
                let (a, c, b) = (self.num(s, d), self.cond(s, d), self.num(s, d));
                ex("($ if $ else $)", [a, c, b])
            }
            73..=76 => {
                let op = self.r.pick(&["$ and $", "$ or $"]);
                self.two(s, d, op)
            }
            77..=82 => {
                let (a, b) = (self.num(s, d), self.num(s, d));
                match self.r.below(11) {
                    0 | 1 => ex("abs($)", [a]),
                    2 => ex("int($)", [a]),
                    3 => ex("float($)", [a]),
                    4 => ex("bool($)", [a]),
                    5 => ex("min($, $)", [a, b]),
                    6 => ex("max($, $)", [a, b]),
                    7 => ex("divmod($, $)[0]", [a, b]),
                    8 => ex("round($)", [a]),
                    9 => ex("len([$, $])", [a, b]),
                    _ => ex("sum(($, $))", [a, b]),
                }
            }
            83 | 84 => {
                let (a, b, i) = (self.num(s, d), self.num(s, d), self.atom(s));
                match self.r.below(3) {
                    0 => ex("[$, $][$ & 1]", [a, b, i]),
                    1 => ex("($, $)[$ > 3]", [a, b, i]),
                    _ => ex("{0: $, 1: $}[$ % 2]", [a, b, i]),
                }
            }
            85..=87 if !s.lists.is_empty() => {
                let l = self.r.of(&s.lists).cloned().unwrap_or_default();
                let i = self.num(s, d.min(1));
                let i = match self.r.below(4) {
                    0 => i,
                    1 => ex("$ & 3", [i]),
                    2 => ex("$ % len($)", [i, text(l.clone())]),
                    _ => text(self.r.pick(&["0", "-1", "1"])),
                };
                ex("$[$]", [text(l), i])
            }
            88 if s.times < 300 => {
                let v = self.name("c");
                let n = self.r.below(4);
                let mut inner = s.clone();
                inner.nums.push(v.clone());
                inner.times *= n.max(1) as u64;
                let e = self.num(&mut inner, d.min(1));
                s.cost = inner.cost;
                if !s.pay(n as u64) {
                    return self.atom(s);
                }
                ex(&format!("sum([$ for {v} in range({n})])"), [e])
            }
            _ => {
                let funs: Vec<Fun> = s
                    .funs
                    .iter()
                    .filter(|f| f.ret == Kind::Num)
                    .cloned()
                    .collect();
                match self.r.of(&funs).cloned() {
                    Some(f) => self.call(s, &f, d),
                    None => self.num(s, d),
                }
            }
        }
    }
    fn two(&mut self, s: &mut Scope, d: usize, op: &str) -> Expr {
        let (a, b) = (self.num(s, d), self.num(s, d));
        ex(&format!("({op})"), [a, b])
    }

    pub fn cond(&mut self, s: &mut Scope, depth: usize) -> Expr {
        let d = depth.saturating_sub(1);
        let op = self.r.pick(COMPARE);
        match self.r.below(12) {
            0..=5 => self.two(s, d, &format!("$ {op} $")),
            6 => {
                let (a, b, c) = (self.num(s, d), self.num(s, d), self.atom(s));
                let p = self.r.pick(COMPARE);
                ex(&format!("($ {op} $ {p} $)"), [a, b, c])
            }
            7 => {
                let a = self.atom(s);
                let what = self.r.pick(&["None", "True", "False"]);
                let is = self.r.pick(&["is", "is not"]);
                if a.show()
                    .starts_with(|c: char| c.is_ascii_digit() || c == '(')
                {
                    return self.two(s, d, &format!("$ {op} $"));
                }
                ex(&format!("($ {is} {what})"), [a])
            }
            8 => {
                // Two NaNs are the same object here, but not in CPython.
                let a = self.num(s, d);
                ex("($ in (1, 2.0, 7))", [a])
            }
            9 => {
                let a = self.cond(s, d);
                ex("(not $)", [a])
            }
            10 => {
                let m = self.r.pick(&["2", "3", "5", "7"]);
                let a = self.atom(s);
                ex(&format!("($ % {m} == 1)"), [a])
            }
            _ => self.atom(s),
        }
    }

    /// A value of any kind.
    pub fn any(&mut self, s: &mut Scope, depth: usize) -> Expr {
        let d = depth.saturating_sub(1);
        if depth == 0 {
            return match self.r.of(&s.anys) {
                Some(n) if self.r.percent(70) => text(n.clone()),
                _ => self.anything(),
            };
        }
        let (a, b) = (self.any(s, d), self.any(s, d));
        match self.r.below(24) {
            0 | 1 => self.num(s, depth),
            2 => ex("[$, $]", [a, b]),
            3 => ex("($, $)", [a, b]),
            4 => ex("($ + $)", [a, b]),
            5 => ex("($ * 2)", [a]),
            6 => ex("($ == $)", [a, b]),
            7 => ex("($ < $)", [a, b]),
            8 => ex("($ and $)", [a, b]),
            9 => ex("($ or $)", [a, b]),
            10 => ex("str($)", [a]),
            11 => ex(
                "f'{$}'",
                [text(s.nums.first().cloned().unwrap_or_else(|| "7".into()))],
            ),
            12 => ex(
                "$[$]",
                [a, text(self.r.pick(&["0", "-1", "1:", "::-1", "'k'", "5"]))],
            ),
            13 => ex("type($).__name__", [a]),
            14 => ex("{'a': $, **{'k': $}}", [a, b]),
            16 => ex("[(z, $) for z in ($, 2) if z]", [a, b]),
            17 => ex("{z: $ for z in range(3)}", [a]),
            18 => ex("sorted({z % 2 for z in [*range(3), $]})", [a]),
            19 => ex("[(y, z) for y in range(3) for z in range(y) if $]", [a]),
            20 => ex("(lambda *a, **k: (a, sorted(k)))(*[$], q=$)", [a, b]),
            21 => ex("(lambda a, b=2, *c: (a, b, c))(*($, $))", [a, b]),
            22 => ex("max($, *[$])", [a, b]),
            15 => ex("[$, *[$], 1]", [a, b]),
            _ => match self.r.of(&s.funs.clone()) {
                Some(f) => self.call(s, &f.clone(), d),
                None => a,
            },
        }
    }

    pub fn of_kind(&mut self, s: &mut Scope, kind: Kind, depth: usize) -> Expr {
        match kind {
            Kind::Num => self.num(s, depth),
            Kind::Any => self.any(s, depth),
        }
    }

    /// A call in one of the forms that fit; rarely, one that does not.
    pub fn call(&mut self, s: &mut Scope, f: &Fun, depth: usize) -> Expr {
        if !s.pay(f.cost + 1) {
            return self.atom(s);
        }
        s.level = s.level.max(f.level + 1);
        let args = self.arguments(s, f, depth);
        ex("$($)", [text(f.name.clone()), list(args)])
    }

    pub fn arguments(&mut self, s: &mut Scope, f: &Fun, depth: usize) -> Vec<Expr> {
        let wrong = self.r.percent(2);
        let d = depth.min(2);
        let (mut given, mut named) = (Vec::new(), Vec::new());
        // From here on by keyword, or not at all.
        let first_named = match self.r.below(4) {
            0 => self.r.below(f.params.len() + 1),
            _ => f.params.len(),
        };
        for (i, p) in f.params.iter().enumerate() {
            let by_name = p.how == How::KeywordOnly || (i >= first_named && p.how == How::Plain);
            if p.default && self.r.percent(45) {
                if !by_name && p.how != How::KeywordOnly {
                    // What follows must be named.
                    let rest = &f.params[i + 1..];
                    for p in rest.iter().filter(|p| p.how != How::PositionOnly) {
                        if p.default && self.r.one(2) {
                            continue;
                        }
                        let e = self.of_kind(s, p.kind, d.min(1));
                        named.push(ex(&format!("{}=$", p.name), [e]));
                    }
                    break;
                }
                continue;
            }
            let e = self.of_kind(s, p.kind, d);
            if by_name {
                named.push(ex(&format!("{}=$", p.name), [e]));
            } else {
                given.push(e);
            }
        }
        if wrong {
            match self.r.below(4) {
                0 => drop(given.pop()),
                1 => given.push(text("1")),
                2 => named.push(text("zz=1")),
                _ => given.push(text(self.r.pick(&[
                    "*None",
                    "*5",
                    "*(1, 2, 3, 4, 5, 6, 7)",
                ]))),
            }
        }
        if self.r.percent(6) && !given.is_empty() {
            let all = std::mem::take(&mut given);
            let (a, b) = all.split_at(self.r.below(all.len()));
            given.extend(a.iter().cloned());
            given.push(if b.len() == 1 {
                ex("*($,)", [b[0].clone()])
            } else {
                ex("*[$]", [list(b.iter().cloned())])
            });
        } else if f.star && self.r.percent(60) && first_named == f.params.len() {
            let n = self.r.below(3);
            // Only when no default was left out before.
            if given.len()
                == f.params
                    .iter()
                    .filter(|p| p.how != How::KeywordOnly)
                    .count()
            {
                for _ in 0..n {
                    given.push(self.num(s, d.min(1)));
                }
            }
        }
        if f.stars && self.r.percent(60) {
            let e = self.num(s, 0);
            named.push(match self.r.below(3) {
                0 => ex("q=$", [e]),
                1 => ex("**{'q': $, 'r': 2}", [e]),
                _ => ex("**{}", []),
            });
        }
        if named.len() > 1 && self.r.one(2) && !named.last().is_some_and(|n| n.has("**")) {
            named.reverse();
        }
        given.extend(named);
        given
    }
}
