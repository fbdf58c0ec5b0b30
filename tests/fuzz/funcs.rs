//! Functions of the module: leaves, bodies of statements, recursion, makers of closures, parameters of
//! every kind.

use super::base::{Fun, Gen, How, Kind, Param, Scope, Taste};
use super::tree::{Expr, Stmt, ex, parse, text};

/// What one run of a function may cost.
const BODY: u64 = 400;

impl Gen {
    /// Globals that functions read, or declare and write.
    fn globals(&mut self, s: &mut Scope, out: &mut Vec<Stmt>) {
        for g in ["G0", "G1", "G2"] {
            match self.r.below(7) {
                0 => s.nums.push(g.into()),
                1 => {
                    out.push(Stmt::line(format!("global {g}")));
                    s.nums.push(g.into());
                    continue;
                }
                _ => continue,
            }
            s.fixed.push(g.into());
        }
    }
    fn params(&mut self, n: usize, taste: Taste) -> (Vec<Param>, Vec<Expr>) {
        let from = if self.r.one(3) {
            self.r.below(n + 1)
        } else {
            n
        };
        let (mut all, mut shown) = (Vec::new(), Vec::new());
        for (i, name) in ["a", "b", "c", "d"].iter().take(n).enumerate() {
            let mut p = Param::plain(name);
            p.default = i >= from;
            if self.r.one(12) {
                p.kind = Kind::Any;
            }
            shown.push(if p.default {
                let e = self.number(taste);
                ex(&format!("{name}=$"), [e])
            } else {
                text(*name)
            });
            all.push(p);
        }
        (all, shown)
    }
    fn enter(s: &mut Scope, params: &[Param]) {
        for p in params {
            match p.kind {
                Kind::Num => s.nums.push(p.name.clone()),
                Kind::Any => s.anys.push(p.name.clone()),
            }
        }
    }
    fn add(&mut self, name: &str, params: Vec<Param>, ret: Kind, s: &Scope) {
        self.funs.push(Fun {
            name: name.into(),
            params,
            star: false,
            stars: false,
            ret,
            cost: s.cost + 1,
            level: s.level,
        });
    }
    /// Functions to call from the next one: not too many, so that chains get long.
    pub fn some_functions(&mut self) -> Vec<Fun> {
        let n = self.funs.len();
        let from = if self.r.one(3) {
            0
        } else {
            n.saturating_sub(3)
        };
        self.funs[from..].to_vec()
    }

    /// One expression, at most a test before it: what is inlined.
    pub fn leaf(&mut self) {
        let taste = if self.r.percent(70) {
            self.taste
        } else {
            self.taste()
        };
        let name = self.name("f");
        let mut s = Scope::new(taste, BODY);
        let n = 1 + self.r.below(3);
        let (params, shown) = self.params(n, taste);
        Self::enter(&mut s, &params);
        let mut b = Vec::new();
        self.globals(&mut s, &mut b);
        if self.r.percent(60) {
            s.funs = self.some_functions();
        }
        if self.r.one(5) {
            let c = self.cond(&mut s, 1);
            let then = if self.r.one(3) {
                ex(
                    "raise $",
                    [text(self.r.pick(&[
                        "ValueError('leaf')",
                        "KeyError(3)",
                        "IndexError",
                    ]))],
                )
            } else {
                let e = self.num(&mut s, 1);
                ex("return $", [e])
            };
            b.push(Stmt::block(ex("if $", [c]), vec![Stmt::simple(then)]));
        }
        let depth = 1 + self.r.below(2);
        let e = self.num(&mut s, depth);
        if b.is_empty() && self.r.one(5) {
            let head = ex(
                &format!("{name} = lambda $: $"),
                [super::tree::list(shown), e],
            );
            self.top.push(Stmt::simple(head));
        } else {
            let inner = self.number(taste);
            b.push(Stmt::simple(match self.r.below(8) {
                0 => ex("return tame($)", [e]),
                1 => ex("return $ if a != $ else b_unknown", [e, inner]),
                _ => ex("return $", [e]),
            }));
            let head = ex(&format!("def {name}($)"), [super::tree::list(shown)]);
            self.top.push(Stmt::block(head, b));
        }
        self.add(&name, params, Kind::Num, &s);
    }

    /// Statements of every kind.
    pub fn body(&mut self) {
        let taste = if self.r.percent(70) {
            self.taste
        } else {
            self.taste()
        };
        let name = self.name("f");
        let mut s = Scope::new(taste, BODY * (1 + self.r.below(6) as u64));
        let n = self.r.below(4);
        let (params, shown) = self.params(n, taste);
        Self::enter(&mut s, &params);
        let mut b = Vec::new();
        self.globals(&mut s, &mut b);
        s.funs = self.some_functions();
        s.ret = Some(if self.r.one(8) { Kind::Any } else { Kind::Num });
        for x in ["x0", "x1"] {
            if self.r.percent(80) {
                let e = self.number(taste);
                b.push(Stmt::simple(ex(&format!("{x} = $"), [e])));
                s.nums.push(x.into());
            }
        }
        for _ in 0..1 + self.r.below(4) {
            self.stmt(&mut s, 3, &mut b);
        }
        let ret = s.ret.unwrap_or(Kind::Num);
        let e = self.of_kind(&mut s, ret, 2);
        if self.r.one(8) {
            b.push(Stmt::line("note(where(0))"));
        }
        b.push(Stmt::simple(match ret {
            Kind::Num => ex("return tame($)", [e]),
            Kind::Any => ex("return clip($)", [e]),
        }));
        let head = ex(&format!("def {name}($)"), [super::tree::list(shown)]);
        self.top.push(Stmt::block(head, b));
        self.add(&name, params, ret, &s);
    }

    /// Parameters of every kind; it returns what it got.
    pub fn shape(&mut self) {
        let name = self.name("f");
        let (mut params, mut shown, mut names) = (Vec::new(), Vec::new(), Vec::new());
        let only = [0, 0, 1, 2][self.r.below(4)];
        let plain = self.r.below(3);
        let keyword = [0, 0, 1, 2][self.r.below(4)];
        let (star, stars) = (self.r.one(2), self.r.one(3));
        let from = self.r.below(only + plain + 2);
        for (i, n) in ["a", "b", "c", "d"].iter().take(only + plain).enumerate() {
            let default = i >= from;
            let e = self.number(Taste::Small);
            shown.push(if default {
                ex(&format!("{n}=$"), [e])
            } else {
                text(*n)
            });
            params.push(Param {
                name: (*n).into(),
                kind: Kind::Num,
                default,
                how: if i < only {
                    How::PositionOnly
                } else {
                    How::Plain
                },
            });
            names.push(*n);
            if i + 1 == only {
                shown.push(text("/"));
            }
        }
        if star {
            shown.push(text("*args"));
        } else if keyword > 0 {
            shown.push(text("*"));
        }
        for n in ["k", "m"].iter().take(keyword) {
            let default = self.r.one(2);
            let e = self.number(Taste::Small);
            shown.push(if default {
                ex(&format!("{n}=$"), [e])
            } else {
                text(*n)
            });
            params.push(Param {
                name: (*n).into(),
                kind: Kind::Num,
                default,
                how: How::KeywordOnly,
            });
            names.push(*n);
        }
        if stars {
            shown.push(text("**kw"));
        }
        let ret = if self.r.one(2) { Kind::Num } else { Kind::Any };
        let mut s = Scope::new(Taste::Small, BODY);
        s.nums = names.iter().map(|n| (*n).to_string()).collect();
        let mut b = Vec::new();
        let e = match ret {
            Kind::Num => {
                let e = self.num(&mut s, 2);
                match (star, stars) {
                    (true, true) => ex("$ + len(args) + len(kw)", [e]),
                    (true, false) if self.r.one(2) => {
                        s.cost += 3;
                        b.push(Stmt::line("t = 0"));
                        b.push(Stmt::block(
                            text("for x in args"),
                            vec![Stmt::line("t = t + x")],
                        ));
                        ex("$ + t", [e])
                    }
                    (true, false) => ex("$ + sum(args)", [e]),
                    (false, true) => ex("$ + kw.get('q', 1)", [e]),
                    (false, false) => e,
                }
            }
            Kind::Any => {
                let mut all: Vec<Expr> = names.iter().map(|n| text(*n)).collect();
                if star {
                    all.push(text("args"));
                }
                if stars {
                    all.push(text("sorted(kw.items())"));
                }
                ex("[$]", [super::tree::list(all)])
            }
        };
        if self.r.one(5) {
            b.push(Stmt::line("note(sorted(locals()))"));
        }
        b.push(Stmt::simple(ex("return $", [e])));
        let head = ex(&format!("def {name}($)"), [super::tree::list(shown)]);
        if self.r.one(6) {
            // As a closure of a value that does not change.
            let mut inner = vec![Stmt::block(head, {
                b.insert(0, Stmt::line("z = outside"));
                b
            })];
            inner.push(Stmt::line(format!("return {name}")));
            let make = self.name("make");
            self.top
                .push(Stmt::block(text(format!("def {make}(outside)")), inner));
            self.top.push(Stmt::line(format!("{name} = {make}(4)")));
        } else {
            self.top.push(Stmt::block(head, b));
        }
        self.funs.push(Fun {
            name,
            params,
            star,
            stars,
            ret,
            cost: s.cost + 2,
            level: 0,
        });
    }

    /// A maker of closures, and one or two of what it makes.
    pub fn closure(&mut self) {
        let (make, name) = (self.name("make"), self.name("f"));
        let taste = self.taste;
        let mut s = Scope::new(taste, BODY);
        s.nums = vec!["k".into(), "n".into(), "a".into()];
        if self.r.one(3) {
            s.funs = self.some_functions();
        }
        let mut b = Vec::new();
        if self.r.percent(65) {
            b.push(Stmt::line("nonlocal n"));
            let e = self.num(&mut s, 1);
            self.assign(&mut s, "n", e, &mut b);
        }
        if self.r.one(4) {
            let mut inner = Vec::new();
            self.stmt(&mut s, 1, &mut inner);
            // Names that only the inner function has must be bound there.
            b.push(Stmt::line("x0 = x1 = x2 = x3 = 1"));
            b.extend(inner);
        }
        let e = self.num(&mut s, 2);
        b.push(Stmt::simple(ex("return tame($)", [e])));
        let params = if self.r.one(3) {
            let d = self.number(taste);
            ex("a=$", [d])
        } else {
            text("a")
        };
        let default = params.has("=");
        let start = self.number(taste);
        let whole = vec![
            Stmt::simple(ex("n = $", [start])),
            Stmt::block(ex("def inner($)", [params]), b),
            Stmt::line("return inner"),
        ];
        self.top
            .push(Stmt::block(text(format!("def {make}(k)")), whole));
        for i in 0..1 + self.r.below(2) {
            let k = self.number(taste);
            let made = if i == 0 { name.clone() } else { self.name("f") };
            self.top
                .push(Stmt::simple(ex(&format!("{made} = {make}($)"), [k])));
            let mut p = Param::plain("a");
            p.default = default;
            self.add(&made, vec![p], Kind::Num, &s);
        }
    }

    /// A function that calls what it is given.
    pub fn apply(&mut self) {
        let name = self.name("f");
        let near: Vec<Fun> = self
            .funs
            .iter()
            .filter(|f| f.ret == Kind::Num && f.params.iter().filter(|p| !p.default).count() <= 1)
            .cloned()
            .collect();
        if near.is_empty() {
            return self.leaf();
        }
        let via = self.name("via");
        let form = self.r.pick(&[
            "g(a)",
            "g(a) + 1",
            "g(*[a])",
            "g(*(a,), **{})",
            "[g(a), g(a)][1]",
        ]);
        self.top
            .extend(parse(&format!("def {via}(g, a):\n    return {form}")));
        let mut s = Scope::new(self.taste, BODY);
        s.nums = vec!["a".into()];
        let mut b = Vec::new();
        let mut forms = Vec::new();
        for _ in 0..1 + self.r.below(2) {
            if let Some(f) = self.r.of(&near).cloned() {
                if !s.pay(2 * f.cost + 2) {
                    continue;
                }
                s.level = s.level.max(f.level + 1);
                let e = self.num(&mut s, 1);
                forms.push(ex(&format!("{via}({}, $)", f.name), [e]));
            }
        }
        let e = match &forms[..] {
            [] => text("a"),
            [e] => e.clone(),
            [e, o, ..] => ex("$ if a % 3 else $", [e.clone(), o.clone()]),
        };
        b.push(Stmt::simple(ex("return tame($)", [e])));
        self.top
            .push(Stmt::block(text(format!("def {name}(a)")), b));
        self.add(&name, vec![Param::plain("a")], Kind::Num, &s);
    }

    /// Recursion that ends soon: its first argument says how soon.
    pub fn recursion(&mut self) {
        let (f, g) = (self.name("f"), self.name("f"));
        let k = self.number(self.taste).show();
        let j = self.number(self.taste).show();
        let op = self.r.pick(&["+", "-", "+", "*", "^", "%", "//"]);
        let limit = self.r.pick(&["2", "1", "2", "3"]);
        let (code, depth, cost) = match self.r.below(12) {
            0 | 1 => (
                format!(
                    "def {f}(n):\n    if n < {limit}:\n        return {k}\n    return {f}(n - 1) {op} {f}(n - 2)"
                ),
                9,
                110,
            ),
            2 => (
                format!(
                    "def {f}(n):\n    if n == 0:\n        return {k}\n    if n == 1:\n        return {j}\n    return {f}(n - 1) {op} {f}(n - 2)"
                ),
                8,
                70,
            ),
            3 => (
                format!(
                    "def {f}(n):\n    return {f}(n - 1) {op} {f}(n - 2) if n > {limit} else {k}"
                ),
                8,
                70,
            ),
            4 => (
                format!(
                    "def {f}(n, a=1):\n    if n <= 0:\n        return a\n    return {f}(n - 1, tame(a {op} {k}))"
                ),
                20,
                45,
            ),
            5 => (
                format!(
                    "def {f}(n):\n    return {k} if n <= 0 else {g}(n - 1) {op} 1\ndef {g}(n):\n    if n <= 0:\n        return {j}\n    return {f}(n - 1) + {j}"
                ),
                16,
                20,
            ),
            6 => (
                format!(
                    "def {f}(n):\n    if n <= 0.5:\n        return {k}\n    return {f}(n - 1.0) {op} {f}(n - 2.0) + n"
                ),
                8,
                90,
            ),
            7 => (
                format!(
                    "def {g}(m, n):\n    if m == 0:\n        return n + 1\n    if n == 0:\n        return {g}(m - 1, 1)\n    return {g}(m - 1, {g}(m, n - 1))\ndef {f}(n):\n    return {g}(2, n % 3) {op} {k}"
                ),
                5,
                40,
            ),
            8 => (
                format!(
                    "def {g}(x, y, z):\n    if y >= x:\n        return z\n    return {g}({g}(x - 1, y, z), {g}(y - 1, z, x), {g}(z - 1, x, y))\ndef {f}(n):\n    return {g}(n % 5, 2, 0) {op} {k}"
                ),
                5,
                60,
            ),
            9 => (
                format!(
                    "def {f}(n):\n    try:\n        if n < 1:\n            return 1 // n\n        return {f}(n - 1) {op} {f}(n - 2)\n    except ZeroDivisionError:\n        return {k}\n    finally:\n        count(n)"
                ),
                6,
                60,
            ),
            10 => (
                format!(
                    "def {f}(n):\n    def {g}(m):\n        nonlocal n\n        n = n + 1\n        return {k} if m <= 0 else {g}(m - 1) {op} n\n    return {g}(n % 9)"
                ),
                20,
                14,
            ),
            _ => (
                format!(
                    "def {f}(*a, **kw):\n    if a[0] <= 0:\n        return len(a) + len(kw)\n    return {f}(a[0] - 1, *a, **kw) {op} {f}(n=1, *(a[0] - 2,))"
                ),
                6,
                60,
            ),
        };
        self.top.extend(parse(&code));
        let wrap = self.name("f");
        self.top.extend(parse(&format!(
            "def {wrap}(a):\n    return tame({f}({}a % {depth}))",
            if self.r.one(4) { "1 + " } else { "" }
        )));
        let mut s = Scope::new(self.taste, 0);
        s.cost = cost + 3;
        s.level = 1;
        self.add(&wrap, vec![Param::plain("a")], Kind::Num, &s);
    }

    /// A function that looks at frames, its own or its caller's.
    pub fn looker(&mut self) {
        let name = self.name("f");
        let taste = self.taste;
        let mut s = Scope::new(taste, BODY);
        s.nums = vec!["a".into()];
        s.funs = self.some_functions();
        let e = self.num(&mut s, 2);
        let up = self.r.below(2);
        let what = self
            .r
            .pick(&["note(where(U))", "note(names(U))", "note(sorted(locals()))"]);
        let b = vec![
            Stmt::simple(ex("x = $", [e])),
            Stmt::block(
                text(format!("if a % {} == 1", 5 + self.r.below(30))),
                vec![Stmt::line(what.replace('U', &up.to_string()))],
            ),
            Stmt::line("return tame(x)"),
        ];
        self.top
            .push(Stmt::block(text(format!("def {name}(a)")), b));
        s.cost += 3;
        self.add(&name, vec![Param::plain("a")], Kind::Num, &s);
    }
}
