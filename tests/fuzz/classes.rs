//! Classes: what they inherit, attributes of every kind, special methods.
//!
//! All classes share a few names, so that taking a class, a base or an attribute away brings another one
//! to light. What a name's code may use is bounded by its place in this order, so that calls end: `_x`,
//! `x` and `y`, `k`, `p` and `q`, `f0`, `f1`, `f2`, operators.

use super::base::{Fun, Gen, Kind, Param, Scope, Taste};
use super::tree::{Expr, Stmt, ex, list, parse, text};

/// The builtin class that a class is built on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Root {
    Object,
    Number,
    Sequence,
    Text,
    Dict,
    Error,
}

#[derive(Clone)]
pub struct Class {
    pub name: String,
    pub root: Root,
    /// The layout of its instances is its own.
    solid: bool,
    /// The metaclass, or nothing.
    meta: String,
}

/// The names of a class's methods and what they take beside `self`.
pub const METHODS: &[&str] = &["f0", "f1", "f2"];

const BINARY: &[&str] = &[
    "add", "sub", "mul", "truediv", "floordiv", "mod", "and", "or", "xor", "lshift", "pow",
    "matmul",
];
const ORDER: &[&str] = &["lt", "le", "gt", "ge", "eq", "ne"];

impl Gen {
    /// An instance, made anew.
    pub fn instance(&mut self, c: &Class) -> Expr {
        let (a, b) = (self.number(self.taste), self.number(self.taste));
        let name = text(c.name.clone());
        match c.root {
            Root::Object if self.r.one(4) => ex("$(y=$)", [name, a]),
            Root::Object if self.r.percent(97) => ex("$($, $)", [name, a, b]),
            Root::Sequence => ex("$([$, $])", [name, a, b]),
            Root::Text => ex("$('ab3')", [name]),
            Root::Dict => ex("$({'x': $, 3: $})", [name, a, b]),
            Root::Number | Root::Error | Root::Object => ex("$($)", [name, a]),
        }
    }

    /// Descriptors and metaclasses, before the classes that use them.
    pub fn describers(&mut self) {
        for _ in 0..self.r.below(3) {
            let name = self.name("D");
            let get = self.r.pick(&[
                "return self.v",
                "return self.v if o is None else o.x + self.v",
                "return self if o is None else self.v * 2",
                "return 5 if o is None else o._x",
                "self.v = tame(self.v + 1)\n        return self.v",
            ]);
            let mut t = format!(
                "class {name}:\n    def __init__(self, v):\n        self.v = v\n    def __get__(self, o, owner=None):\n        {get}\n"
            );
            if self.r.one(2) {
                let set = self.r.pick(&[
                    "self.v = tame(v)",
                    "o.__dict__['k'] = v",
                    "o._x = v",
                    "raise AttributeError('set')",
                ]);
                t += &format!("    def __set__(self, o, v):\n        {set}\n");
            }
            if self.r.one(4) {
                t += "    def __delete__(self, o):\n        self.v = 0\n";
            }
            if self.r.one(3) {
                t += "    def __set_name__(self, owner, name):\n        note(owner.__name__, name)\n";
            }
            self.top.extend(parse(&t));
            self.describing.push(name);
        }
        if self.r.one(3) {
            let name = self.name("M");
            let mut t = format!("class {name}(type):\n    km = 11\n");
            for part in [
                "    @property\n    def mp(cls):\n        return len(cls.__name__)\n",
                "    def __call__(cls, *a, **kw):\n        count(0)\n        return super().__call__(*a, **kw)\n",
                "    def __instancecheck__(cls, o):\n        return type(o).__name__ < cls.__name__\n",
                "    def __getattr__(cls, name):\n        return len(name)\n",
                "    def __setattr__(cls, name, v):\n        count(0)\n        super().__setattr__(name, v)\n",
                "    def __len__(cls):\n        return 3\n",
                "    def __iter__(cls):\n        yield cls.km\n",
                "    def __add__(cls, o):\n        return cls.km\n",
                "    def __new__(m, name, bases, ns, **kw):\n        ns['km'] = len(ns) > 2\n        return super().__new__(m, name, bases, ns)\n",
                "    @classmethod\n    def __prepare__(m, name, bases, **kw):\n        return {'y': len(bases)}\n",
                "    def mro(cls):\n        return super().mro()\n",
            ] {
                if self.r.one(4) {
                    t += part;
                }
            }
            self.top.extend(parse(&t));
            self.metas.push(name);
        }
    }

    /// What a method of this level may use.
    fn of_self(&mut self, level: usize, base: bool) -> Scope {
        let mut s = Scope::new(self.taste, [15, 25, 60, 150, 60][level.min(4)]);
        s.nums = vec!["self.x".into(), "self.y".into(), "a".into()];
        if level > 0 {
            s.nums.push("self.k".into());
            s.fixed.push("self.k".into());
        }
        if level > 1 {
            s.nums.extend(["self.p".to_string(), "self.n".to_string()]);
            if self.r.one(2) {
                s.fixed.push("self.p".into());
            }
        }
        if self.r.one(8) {
            s.nums.push("self.z".into());
        }
        for (i, m) in METHODS.iter().enumerate() {
            // f0 is of level 2, f1 of 3, f2 of 4; operators are above.
            if i + 2 < level {
                s.funs.push(self.method_fun("self", m, i as u32));
            }
        }
        if base && level > 1 && level < 5 && self.r.one(2) {
            s.funs
                .push(self.method_fun("super()", METHODS[level - 2], 0));
        }
        if level > 2 && self.r.one(3) {
            let all = self.some_functions();
            s.funs.extend(all);
        }
        s
    }

    /// A method as something to call.
    pub fn method_fun(&mut self, of: &str, name: &str, level: u32) -> Fun {
        let mut params = vec![Param::plain("a")];
        if name == "f1" {
            let mut b = Param::plain("b");
            b.default = true;
            params.push(b);
        }
        Fun {
            name: format!("{of}.{name}"),
            params,
            star: name == "f2",
            stars: false,
            ret: Kind::Num,
            cost: 8 + 12 * u64::from(level),
            level,
        }
    }

    fn result(&mut self, s: &mut Scope, depth: usize) -> Stmt {
        let e = self.num(s, depth);
        Stmt::simple(match self.r.below(3) {
            0 => ex("return tame($)", [e]),
            _ => ex("return $", [e]),
        })
    }

    /// One of `f0`, `f1`, `f2`.
    fn method(&mut self, i: usize, base: bool, out: &mut Vec<Stmt>) {
        let name = METHODS[i];
        let mut s = self.of_self(i + 2, base);
        let mut head = match name {
            "f0" => "self, a".to_string(),
            "f1" => "self, a, b=2".to_string(),
            _ => "self, a, *rest".to_string(),
        };
        if name == "f1" {
            s.nums.push("b".into());
        }
        if self.r.one(25) {
            head = self
                .r
                .pick(&["self", "self, a, /", "self, *, a=1", "self, a, b"])
                .into();
            if head == "self" {
                s.nums.retain(|n| n != "a" && n != "b");
            } else if !head.ends_with('b') {
                // It may be read, of the module; assigned, an inner function would call it nonlocal.
                s.fixed.push("b".into());
            }
        }
        let kind = self.r.below(20);
        if kind < 2 {
            // Of the class, or of nobody.
            let (deco, first) = [("@staticmethod", ""), ("@classmethod", "cls, ")][kind];
            out.push(Stmt::line(deco));
            head = head.replace("self, ", first).replace("self", "a=3");
            s.funs.clear();
            s.nums = vec!["a".into()];
            s.fixed.clear();
            if kind == 1 {
                s.nums.push("cls.k".into());
                s.fixed.push("cls.k".into());
            }
        }
        s.ret = Some(Kind::Num);
        let mut b = Vec::new();
        if kind == 2 {
            // A generator under a method's name is no number.
            let e = self.num(&mut s, 1);
            b.push(Stmt::simple(ex("yield $", [e])));
        } else {
            for _ in 0..[0, 0, 1, 1, 2][self.r.below(5)] {
                let depth = 1 + self.r.below(2);
                self.stmt(&mut s, depth, &mut b);
            }
            let depth = 1 + self.r.below(2);
            b.push(self.result(&mut s, depth));
        }
        out.push(Stmt::block(text(format!("def {name}({head})")), b));
    }

    fn property(&mut self, name: &str, out: &mut Vec<Stmt>) {
        let mut s = self.of_self(1, false);
        s.nums.retain(|n| n != "a");
        let e = self.num(&mut s, 1);
        if self.r.one(4) {
            out.push(Stmt::simple(ex(
                &format!("{name} = property(lambda self: $)"),
                [e],
            )));
            return;
        }
        out.push(Stmt::line("@property"));
        out.push(Stmt::block(
            text(format!("def {name}(self)")),
            vec![Stmt::simple(ex("return $", [e]))],
        ));
        if self.r.one(2) {
            out.push(Stmt::line(format!("@{name}.setter")));
            let b = self
                .r
                .pick(&["self.x = tame(a)", "self.y = a", "self._x = a", "pass"]);
            out.push(Stmt::block(
                text(format!("def {name}(self, a)")),
                vec![Stmt::line(b)],
            ));
        }
        if self.r.one(5) {
            out.push(Stmt::line(format!("@{name}.deleter")));
            out.push(Stmt::block(
                text(format!("def {name}(self)")),
                vec![Stmt::line("self.x = 0")],
            ));
        }
    }

    /// A special method with one number to work on, or none.
    fn special(&mut self, head: &str, before: &[&str], form: &str, out: &mut Vec<Stmt>) {
        let mut s = self.of_self(5, false);
        if !head.contains(", a") {
            s.nums.retain(|n| n != "a");
        }
        s.ret = Some(Kind::Num);
        let mut b: Vec<Stmt> = parse(&before.join("\n"));
        let e = self.num(&mut s, 2);
        b.push(Stmt::simple(ex(form, [e])));
        out.push(Stmt::block(text(format!("def {head}")), b));
    }

    /// Some special methods.
    fn specials(&mut self, base: bool, out: &mut Vec<Stmt>) {
        let sup = if base && self.r.one(2) {
            "super()"
        } else {
            "object"
        };
        let me = if sup == "object" { "self, " } else { "" };
        for _ in 0..self.r.below(6) {
            match self.r.below(26) {
                0..=5 => {
                    let op = self.r.pick(BINARY);
                    let side = self.r.pick(&["", "", "r", "i"]);
                    let before: &[&str] = match self.r.below(4) {
                        0 => &[
                            "if type(a) not in (int, float):",
                            "    return NotImplemented",
                        ],
                        1 => &["count(a)"],
                        _ => &[],
                    };
                    let form = match (side, self.r.below(12)) {
                        ("i", 0..=6) => {
                            let e = {
                                let mut s = self.of_self(5, false);
                                self.num(&mut s, 1)
                            };
                            let b = vec![
                                Stmt::simple(ex("self.x = tame($)", [e])),
                                Stmt::line("return self"),
                            ];
                            out.push(Stmt::block(text(format!("def __i{op}__(self, a)")), b));
                            continue;
                        }
                        (_, 0) => "return NotImplemented if a else $",
                        (_, 1) => "return type(self)($)",
                        (_, 2) => "return (self, $)[1]",
                        _ => "return $",
                    };
                    self.special(&format!("__{side}{op}__(self, a)"), before, form, out);
                }
                6..=8 => {
                    let op = self.r.pick(ORDER);
                    let form = self.r.pick(&[
                        "return $ > 1",
                        "return $",
                        "return NotImplemented if a else $ < 3",
                    ]);
                    self.special(&format!("__{op}__(self, a)"), &[], form, out);
                    if op == "eq" && self.r.one(2) {
                        self.special("__hash__(self)", &[], "return hash(tame($))", out);
                    }
                }
                9 => {
                    let op = self.r.pick(&["neg", "pos", "invert", "abs", "round"]);
                    self.special(&format!("__{op}__(self)"), &[], "return $", out);
                }
                10 => {
                    let (op, form) = [
                        ("int", "return int(tame($))"),
                        ("index", "return int(tame($)) % 4"),
                        ("float", "return float(tame($))"),
                        ("float", "return $"),
                        ("int", "return $"),
                        ("trunc", "return $"),
                    ][self.r.below(6)];
                    self.special(&format!("__{op}__(self)"), &[], form, out);
                }
                11 => {
                    let form = self.r.pick(&["return $ > 1", "return $ == 2", "return $"]);
                    self.special("__bool__(self)", &[], form, out);
                }
                12 => {
                    let form = if self.r.one(8) {
                        "return $"
                    } else {
                        "return abs(int(tame($))) % 5"
                    };
                    self.special("__len__(self)", &[], form, out);
                }
                13 => self.special("__contains__(self, a)", &[], "return $ < 5", out),
                14 | 15 => {
                    let ends = &[
                        "if type(a) is int and not -3 < a < 4:",
                        "    raise IndexError(a)",
                    ];
                    let form = self.r.pick(&[
                        "return self.x if a == 1 else $",
                        "return $",
                        "return a if type(a) is slice else $",
                    ]);
                    self.special("__getitem__(self, a)", ends, form, out);
                    if self.r.one(2) {
                        let form = self.r.pick(&[
                            "self.y = tame($)",
                            "self.x, self.y = a, v",
                            "raise KeyError($)",
                        ]);
                        self.special("__setitem__(self, a, v)", &[], form, out);
                    }
                    if self.r.one(4) {
                        self.special("__delitem__(self, a)", &[], "self.y = tame($)", out);
                    }
                }
                16 | 17 => match self.r.below(4) {
                    0 => self.special("__iter__(self)", &[], "return iter([self.x, $])", out),
                    1 => {
                        out.extend(parse(
                            "def __iter__(self):\n    self.n = 0\n    return self",
                        ));
                        let ends = &[
                            "self.n = self.n + 1",
                            "if not self.n < 5:",
                            "    raise StopIteration(self.n)",
                        ];
                        self.special("__next__(self)", ends, "return $", out);
                    }
                    2 => self.special(
                        "__iter__(self)",
                        &["for a in range(3):", "    yield a"],
                        "yield $",
                        out,
                    ),
                    _ => self.special(
                        "__iter__(self)",
                        &["yield from (self.x, 2)"],
                        "yield $",
                        out,
                    ),
                },
                18 => {
                    let head = self
                        .r
                        .pick(&["self, a=1", "self, a, *rest", "self, a, b=3"]);
                    self.special(&format!("__call__({head})"), &[], "return $", out);
                }
                19 => {
                    let form = self.r.pick(&["return self", "return $"]);
                    self.special("__enter__(self)", &["count(0)"], form, out);
                    let before: &[&str] = if self.r.one(2) {
                        &["note(t and t.__name__, self.n)"]
                    } else {
                        &[]
                    };
                    let form = self.r.pick(&[
                        "return $ > 1",
                        "self.x = tame($)",
                        "return t is ValueError and $",
                    ]);
                    self.special("__exit__(self, t, a, tb)", before, form, out);
                }
                20 => {
                    let b = self.r.pick(&[
                        "return 3",
                        "return len(name)",
                        "if name in ('z', 'p', 'k'):\n        return 2.5\n    raise AttributeError(name)",
                        "count(0)\n    return type(self).k",
                    ]);
                    out.extend(parse(&format!("def __getattr__(self, name):\n    {b}")));
                }
                21 => {
                    let b = self.r.pick(&[
                        "if name == 'z':\n        return 7\n    ",
                        "count(0)\n    ",
                        "",
                    ]);
                    out.extend(parse(&format!(
                        "def __getattribute__(self, name):\n    {b}return {sup}.__getattribute__({me}name)"
                    )));
                }
                22 => {
                    let b = self.r.pick(&[
                        "count(0)\n    ",
                        "if name == 'y':\n        v = tame(v)\n    ",
                        "if v is None:\n        raise TypeError(name)\n    ",
                    ]);
                    out.extend(parse(&format!(
                        "def __setattr__(self, name, v):\n    {b}{sup}.__setattr__({me}name, v)"
                    )));
                    if self.r.one(3) {
                        out.extend(parse(&format!(
                            "def __delattr__(self, name):\n    count(0)\n    {sup}.__delattr__({me}name)"
                        )));
                    }
                }
                23 => {
                    let (name, form) = [
                        // What `$` says may hold quotes.
                        ("__repr__(self)", "return (lambda v: f'<{self.x} {v}>')($)"),
                        ("__str__(self)", "return 's%r' % ($,)"),
                        ("__format__(self, a)", "return a + str($)"),
                        ("__str__(self)", "return $"),
                        ("__bytes__(self)", "return b'%d' % $"),
                    ][self.r.below(5)];
                    self.special(name, &[], form, out);
                }
                24 => {
                    let b = self.r.pick(&[
                        "super().__init_subclass__()\n    note(cls.__name__, sorted(kw))",
                        "cls.k = tame(cls.k + 1)",
                        "cls.f0 = lambda self, a: a",
                        "super().__init_subclass__(**kw)",
                    ]);
                    out.extend(parse(&format!(
                        "def __init_subclass__(cls, **kw):\n    {b}"
                    )));
                }
                _ => {
                    let (t, form) = [
                        ("__class_getitem__(cls, a)", "return cls.k"),
                        ("__reversed__(self)", "return iter((2, 1))"),
                        ("__missing__(self, a)", "return self.x"),
                        ("__sizeof__(self)", "return 8"),
                        ("__dir__(self)", "return ['x', 'z']"),
                        ("__length_hint__(self)", "return 3"),
                        ("__new__(cls, *a, **kw)", "return super().__new__(cls)"),
                        (
                            "__new__(cls, *a, **kw)",
                            "count(0)\n    return super().__new__(cls, *a)",
                        ),
                        ("__del__(self)", "pass"),
                    ][self.r.below(9)];
                    out.extend(parse(&format!("def {t}:\n    {form}")));
                }
            }
        }
    }

    /// A class; what it is built on comes from the classes before it, newest first, which is always in order.
    pub fn class(&mut self) {
        let name = self.name("C");
        let (mut bases, mut root, mut solid, mut meta): (Vec<String>, _, _, String) =
            (Vec::new(), Root::Object, false, String::new());
        let known = self.classes.clone();
        for c in known.iter().rev() {
            if bases.len() == 2 || !self.r.percent(45) {
                continue;
            }
            if solid && c.solid || !meta.is_empty() && !c.meta.is_empty() && c.meta != meta {
                continue;
            }
            solid |= c.solid;
            if c.root != Root::Object {
                root = c.root;
            }
            if !c.meta.is_empty() {
                meta.clone_from(&c.meta);
            }
            bases.push(c.name.clone());
        }
        let based = !bases.is_empty();
        let mut shown: Vec<Expr> = bases.iter().map(text).collect();
        if !based && self.r.one(5) {
            let (b, r) = [
                ("int", Root::Number),
                ("float", Root::Number),
                ("list", Root::Sequence),
                ("tuple", Root::Sequence),
                ("set", Root::Sequence),
                ("str", Root::Text),
                ("dict", Root::Dict),
                ("ValueError", Root::Error),
                ("KeyError", Root::Error),
            ][self.r.below(9)];
            shown.push(text(b));
            (root, solid) = (r, true);
        }
        if meta.is_empty()
            && self.r.one(4)
            && let Some(m) = self.r.of(&self.metas).cloned()
        {
            shown.push(text(format!("metaclass={m}")));
            meta = m;
        }
        if self.r.one(20) {
            shown.push(text("flag=1"));
        }
        let mut b = Vec::new();
        if self.r.one(6) && (!solid || root == Root::Object && !based) {
            b.push(Stmt::line(self.r.pick(&[
                "__slots__ = ('x', '_x')",
                "__slots__ = ['y', 'x', 'n', '__dict__']",
                "__slots__ = ()",
            ])));
            solid = true;
        } else if !based || self.r.one(4) {
            let (e, f) = (self.number(self.taste), self.number(self.taste));
            b.push(Stmt::simple(ex("x = _x = $", [e])));
            if self.r.percent(80) {
                b.push(Stmt::simple(ex("y = $", [f])));
            }
            b.push(Stmt::line("n = 0"));
        }
        if !based || self.r.one(3) {
            let e = self.number(self.taste);
            let d = self.r.of(&self.describing).cloned();
            b.push(Stmt::simple(match d {
                Some(d) if self.r.percent(40) => ex(&format!("k = {d}($)"), [e]),
                _ => ex("k = $", [e]),
            }));
        }
        if root == Root::Object && (!based || self.r.one(4)) {
            let with_super = based && self.r.one(2);
            let head = self
                .r
                .pick(&["self, x=1, y=2", "self, x=3, y=0.5", "self, x=1, *, y=2"]);
            let mut init = match (with_super, self.r.below(4)) {
                (true, _) => vec![Stmt::line("super().__init__(y, y=x)")],
                (_, 0) => parse("self.y = y\nself.x = x"),
                (_, 1) => parse("self.__dict__.update(x=x, y=y)"),
                _ => parse("self.x = x\nself.y = y"),
            };
            if self.r.one(3) {
                init.push(Stmt::line(self.r.pick(&[
                    "self.n = 0",
                    "self._x = x",
                    "self.__h = x",
                    "self.z = y",
                    "self.k = x",
                ])));
            }
            b.push(Stmt::block(text(format!("def __init__({head})")), init));
        }
        for i in 0..METHODS.len() {
            if !based || self.r.percent(35) {
                self.method(i, based, &mut b);
            }
        }
        for p in ["p", "q"] {
            if !based && p == "p" || self.r.one(4) {
                self.property(p, &mut b);
            }
        }
        if self.r.one(12) {
            b.push(Stmt::line(
                "x = property(lambda self: self._x, lambda self, v: setattr(self, '_x', v))",
            ));
        }
        if self.r.one(8) {
            let d = self.r.pick(&["cell", "a: int = 3", "'doc'"]);
            if d == "cell" {
                b.extend(parse("def cell(self):\n    return __class__.__name__"));
            } else {
                b.insert(0, Stmt::line(d));
            }
        }
        self.specials(based, &mut b);
        let head = if shown.is_empty() {
            text(format!("class {name}"))
        } else {
            ex(&format!("class {name}($)"), [list(shown)])
        };
        self.top.push(Stmt::block(head, b));
        self.classes.push(Class {
            name,
            root,
            solid,
            meta,
        });
    }

    /// A function that works on an object.
    pub fn user(&mut self) {
        let name = self.name("u");
        let taste = self.taste;
        let mut s = Scope::new(taste, 400);
        s.nums = vec!["a".into()];
        s.ret = Some(Kind::Num);
        self.object(&mut s, "o");
        s.funs.extend(self.some_functions());
        let mut b = Vec::new();
        if self.r.one(2) {
            let e = self.number(taste);
            b.push(Stmt::simple(ex("x0 = $", [e])));
            s.nums.push("x0".into());
        }
        for _ in 0..self.r.below(4) {
            let depth = self.r.below(3);
            self.stmt(&mut s, depth, &mut b);
        }
        let e = self.num(&mut s, 2);
        b.push(Stmt::simple(ex("return tame($)", [e])));
        self.top
            .push(Stmt::block(text(format!("def {name}(o, a)")), b));
        self.users.push((name, s.cost + 2));
    }

    /// A name holds an object here.
    pub fn object(&mut self, s: &mut Scope, o: &str) {
        for a in ["x", "y", "k", "p"] {
            if self.r.percent(70) {
                s.nums.push(format!("{o}.{a}"));
                if matches!(a, "k" | "p") && self.r.percent(80) {
                    s.fixed.push(format!("{o}.{a}"));
                }
            }
        }
        for (i, m) in METHODS.iter().enumerate() {
            let f = self.method_fun(o, m, i as u32);
            s.funs.push(f);
        }
        s.objs.push(o.into());
    }

    /// The kinds of numbers classes of this program like.
    pub fn calm(&mut self) {
        if self.taste == Taste::Wild && self.r.one(2) {
            self.taste = Taste::Small;
        }
    }
}
