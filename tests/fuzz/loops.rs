//! Functions with loops of arithmetic at the edges of the types, and loops over lists.

use super::base::{Gen, Kind, Param, Scope, Taste};
use super::tree::{Expr, Stmt, ex, text};

const EDGES: &[&str] = &[
    "2 ** 31", "-2 ** 31", "2 ** 47", "2 ** 48", "-2 ** 48", "2 ** 53", "2 ** 62", "-2 ** 62",
    "2 ** 63", "-2 ** 63", "2 ** 64", "0", "0", "0",
];

impl Gen {
    fn edge(&mut self) -> Expr {
        let e = self.r.pick(EDGES);
        let by = self.r.below(9) as i64 - 4;
        text(format!("({e} + {by})"))
    }
    fn small(&mut self) -> Expr {
        text(
            self.r
                .pick(&[
                    "1", "2", "3", "5", "7", "8", "16", "-1", "-2", "-3", "-7", "63", "64", "255",
                    "1000",
                ])
                .to_string(),
        )
    }

    /// A chain of arithmetic on a counter that begins at an edge: what cannot overflow, and what can.
    pub fn edges(&mut self) {
        let name = self.name("f");
        let n = [5, 12, 40][self.r.below(3)];
        let (lo, step) = (
            self.edge(),
            self.r
                .pick(&["1", "1", "-1", "2", "7", "2 ** 61", "a % 3 + 1"]),
        );
        let mut b = Vec::new();
        let mut names = vec!["i".to_string()];
        for x in ["x", "y", "z", "u"].iter().take(2 + self.r.below(3)) {
            let a = text(self.r.of(&names).cloned().unwrap_or_default());
            let c = match self.r.below(4) {
                0 => self.edge(),
                1 => text(self.r.of(&names).cloned().unwrap_or_default()),
                _ => self.small(),
            };
            let op = self.r.pick(&[
                "$ + $",
                "$ - $",
                "$ + $",
                "$ - $",
                "$ * $",
                "$ // ($)",
                "$ % ($)",
                "$ & $",
                "$ | $",
                "$ ^ $",
                "$ >> ($ & 31)",
                "$ << ($ & 15)",
                "-$ + $",
                "~$ - $",
                "abs($) - $",
                "$ % 100 - ($)",
                "($ & 255) * ($)",
                "min($, $)",
                "max($, $)",
            ]);
            b.push(Stmt::simple(ex(&format!("{x} = {op}"), [a, c])));
            names.push((*x).into());
        }
        for _ in 0..1 + self.r.below(3) {
            let a = text(self.r.of(&names).cloned().unwrap_or_default());
            let c = match self.r.below(3) {
                0 => self.edge(),
                1 => text(self.r.of(&names).cloned().unwrap_or_default()),
                _ => self.small(),
            };
            let test = self.r.pick(&[
                "$ < $",
                "$ >= $",
                "$ == $",
                "$ != $",
                "$ <= $",
                "$ > $",
                "$ % 7 < $",
                "0 <= $ < $",
                "$ & 15 < $",
            ]);
            let then = match self.r.below(4) {
                0 => Stmt::line("s = s - 1"),
                1 => Stmt::line("continue"),
                2 => Stmt::simple(ex(
                    "s = s ^ $",
                    [text(self.r.of(&names).cloned().unwrap_or_default())],
                )),
                _ => Stmt::line("s += x"),
            };
            b.push(Stmt::block(ex(&format!("if {test}"), [a, c]), vec![then]));
        }
        b.push(Stmt::simple(ex(
            self.r.pick(&[
                "s += $",
                "s = (s + $) % 1000003",
                "s = s * 3 - $",
                "s = s + 1 if $ > 0 else s - 1",
            ]),
            [text(names.last().cloned().unwrap_or_default())],
        )));
        b.push(Stmt::block(
            text("if not -BIG < s < BIG"),
            vec![Stmt::line("s = 3")],
        ));
        let mut whole = vec![Stmt::simple(ex("s = $", [self.number(Taste::Small)]))];
        if self.r.one(3) {
            whole.push(Stmt::simple(ex("i = $", [lo])));
            whole.push(Stmt::line(format!("end = i + {n}")));
            b.insert(0, Stmt::line("i += 1"));
            whole.push(Stmt::block(
                text(
                    self.r
                        .pick(&["while i < end", "while i <= end", "while i != end"]),
                ),
                b,
            ));
        } else {
            whole.push(Stmt::simple(ex("lo = $", [lo])));
            whole.push(Stmt::block(
                text(format!("for i in range(lo, lo + ({step}) * {n}, {step})")),
                b,
            ));
        }
        whole.push(Stmt::line(self.r.pick(&[
            "return tame(s)",
            "return tame(s) + a",
            "return tame(s + x)",
        ])));
        self.top
            .push(Stmt::block(text(format!("def {name}(a)")), whole));
        self.made(&name, n as u64 + 2);
    }

    /// Lists filled, read, changed while they are walked, by index and without.
    pub fn walks(&mut self) {
        let name = self.name("f");
        let n = [4, 9, 30][self.r.below(3)];
        let mut s = Scope::new(self.taste, 300);
        s.nums = vec!["a".into(), "s".into()];
        let (p, q) = (self.number(self.taste), self.number(self.taste));
        let make = match self.r.below(5) {
            0 => ex(&format!("l = [$] * {n}"), [p]),
            1 => ex(&format!("l = list(range({n}))"), []),
            2 => ex(&format!("l = [x * $ for x in range({n})]"), [p]),
            3 => ex("l = [a, $, $, a, 3]", [p, q]),
            _ => ex(&format!("l = [$] * {n} + [$]"), [p, q]),
        };
        let start = self.number(Taste::Small);
        let mut whole = vec![Stmt::simple(make), Stmt::simple(ex("s = $", [start]))];
        for _ in 0..1 + self.r.below(3) {
            let mut inner = s.clone();
            let i = self.name("i");
            inner.nums.extend([i.clone(), "l[0]".to_string()]);
            inner.times = n;
            let e = self.num(&mut inner, 2);
            let mut b = Vec::new();
            let head = match self.r.below(5) {
                0 => {
                    b.push(Stmt::simple(ex(&format!("l[{i}] = $"), [e])));
                    b.push(Stmt::line(format!("l[{i}] = tame(l[{i}])")));
                    format!("for {i} in range({n})")
                }
                1 => {
                    b.push(Stmt::simple(ex(&format!("s = tame(s + l[{i}] + $)"), [e])));
                    format!("for {i} in range(len(l))")
                }
                2 => {
                    b.push(Stmt::simple(ex("s = tame(s - $)", [e])));
                    let change = self.r.pick(&[
                        "l.append(s)",
                        "l.pop()",
                        "del l[0]",
                        "l.insert(0, s)",
                        "l[1:3] = [s]",
                        "l = [1]",
                    ]);
                    b.push(Stmt::block(
                        text(format!("if s % 5 == 1 and len(l) < {}", n * 2)),
                        vec![Stmt::line(change)],
                    ));
                    format!("for {i} in l")
                }
                3 => {
                    whole.push(Stmt::line(format!(
                        "{i} = {}",
                        self.r.pick(&["0", "-3", "1", "True"])
                    )));
                    b.push(Stmt::simple(ex(&format!("s = tame(s + l[{i}] * $)"), [e])));
                    b.push(Stmt::line(format!(
                        "{i} += {}",
                        self.r.pick(&["1", "1", "2"])
                    )));
                    format!("while {i} < len(l)")
                }
                _ => {
                    let j = self.name("j");
                    b.push(Stmt::block(
                        text(format!("if l[{i}]")),
                        vec![Stmt::block(
                            text(format!("for {j} in range({i} * {i}, len(l), {i} + 1)")),
                            vec![Stmt::simple(ex(
                                &format!("l[{j}] = $"),
                                [self.number(self.taste)],
                            ))],
                        )],
                    ));
                    b.push(Stmt::line(format!("s = tame(s + l[-1 - {i}])")));
                    format!("for {i} in range({})", n / 2)
                }
            };
            s.cost = inner.cost + n;
            s.level = s.level.max(inner.level);
            whole.push(Stmt::block(text(head), b));
        }
        whole.push(Stmt::line(self.r.pick(&[
            "return s",
            "return tame(s + l[-1])",
            "return s if l else a",
        ])));
        self.top
            .push(Stmt::block(text(format!("def {name}(a)")), whole));
        self.made(&name, s.cost);
    }

    fn made(&mut self, name: &str, cost: u64) {
        self.funs.push(super::base::Fun {
            name: name.into(),
            params: vec![Param::plain("a")],
            star: false,
            stars: false,
            ret: Kind::Num,
            cost: cost + 2,
            level: 0,
        });
    }
}
