//! Calls in every way, rightly and wrongly, of functions with every kind of parameter.

use super::base::Gen;
use super::tree::{Expr, Stmt, ex, list, parse, text};

const NAMES: &[&str] = &["a", "b", "c", "d", "k", "m", "zz"];
const SPREAD: &[&str] = &[
    "()",
    "(1,)",
    "(1, 2)",
    "[3, 4, 5]",
    "'xy'",
    "range(2)",
    "{7: 8}",
    "(1,) * 9",
    "{}",
    "iter((5, 6))",
];
const NOT_SPREAD: &[&str] = &["3", "None", "1.5", "len"];
const NOT_MAPS: &[&str] = &[
    "3",
    "None",
    "[1]",
    "'ab'",
    "(('a', 1),)",
    "{1: 2}",
    "{None: 1}",
    "{'a': 1, 3: 2}",
];

impl Gen {
    /// Two functions, a dozen calls, made several times; then their defaults or their code change.
    pub fn wild_calls(&mut self) {
        let from = self.funs.len();
        self.shape();
        self.shape();
        let names: Vec<String> = self.funs[from..].iter().map(|f| f.name.clone()).collect();
        self.top.extend(parse(
            "def attempt(f):\n    try:\n        note(f())\n    except Exception as e:\n        note(type(e).__name__, e)\ndef say(x):\n    note(end='%r ' % (x,))\n    return x",
        ));
        let calls: Vec<Stmt> = (0..12)
            .map(|_| {
                let f = text(self.r.of(&names).cloned().unwrap_or_default());
                let args = self.wild_arguments();
                Stmt::simple(ex("attempt(lambda: $($))", [f, list(args)]))
            })
            .collect();
        self.top.push(Stmt::block(text("def calls()"), calls));
        self.top.extend(parse("for z in range(3):\n    calls()"));
        for _ in 0..2 {
            let f = self.r.of(&names).cloned().unwrap_or_default();
            let g = self.r.of(&names).cloned().unwrap_or_default();
            let what = match self.r.below(8) {
                0 => format!("{f}.__defaults__ = None"),
                1 => format!("{f}.__defaults__ = (7,)"),
                2 => format!("{f}.__defaults__ = (7, 8)"),
                3 => format!("{f}.__defaults__ = ()"),
                4 => format!("{f}.__kwdefaults__ = None"),
                5 => format!("{f}.__kwdefaults__ = {{'k': 5, 'm': 6}}"),
                _ => format!(
                    "try:\n    {f}.__code__ = {g}.__code__\nexcept ValueError as e:\n    note(e)"
                ),
            };
            self.top.extend(parse(&what));
            self.top.push(Stmt::line("calls()"));
        }
    }

    fn wild_value(&mut self) -> Expr {
        let v = text(self.r.pick(&["1", "2", "'s'", "None", "2.5", "()"]));
        if self.r.one(3) { ex("say($)", [v]) } else { v }
    }
    fn wild_map(&mut self) -> Expr {
        if self.r.one(5) {
            return text(self.r.pick(NOT_MAPS));
        }
        let n = self.r.below(4);
        let all: Vec<Expr> = (0..n)
            .map(|_| {
                let (k, v) = (self.r.pick(NAMES), self.wild_value());
                ex(&format!("'{k}': $"), [v])
            })
            .collect();
        ex("{$}", [list(all)])
    }
    /// Positional ones first, stars among them; then keywords, none twice; then maps.
    fn wild_arguments(&mut self) -> Vec<Expr> {
        let n = [0, 1, 1, 2, 3, 4][self.r.below(6)];
        let mut all: Vec<Expr> = (0..n).map(|_| self.wild_value()).collect();
        let plain = self.r.percent(40);
        if !plain {
            for _ in 0..self.r.below(3) {
                let what = if self.r.percent(15) {
                    self.r.pick(NOT_SPREAD)
                } else {
                    self.r.pick(SPREAD)
                };
                all.insert(self.r.below(all.len() + 1), ex("*$", [text(what)]));
            }
        }
        let mut seen = Vec::new();
        for _ in 0..[0, 0, 0, 1, 2, 3][self.r.below(6)] {
            let k = self.r.pick(NAMES);
            if !seen.contains(&k) {
                seen.push(k);
                let v = self.wild_value();
                all.push(ex(&format!("{k}=$"), [v]));
            }
        }
        if !plain {
            for _ in 0..[0, 0, 1, 2][self.r.below(4)] {
                let m = self.wild_map();
                all.push(ex("**$", [m]));
                if self.r.one(3) && !seen.contains(&"y") {
                    seen.push("y");
                    let v = self.wild_value();
                    all.push(ex("y=$", [v]));
                }
            }
        }
        all
    }
}
