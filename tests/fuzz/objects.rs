//! Expressions and statements on objects, and what changes classes while code that relies on them runs.

use super::base::{Gen, Scope};
use super::classes::METHODS;
use super::tree::{Expr, Stmt, ex, parse, text};

/// With a number: `@` is an object.
const VALUES: &[&str] = &[
    "(@ + $)",
    "($ + @)",
    "(@ - $)",
    "($ * @)",
    "(@ * $)",
    "(@ % $)",
    "($ // @)",
    "(@ & $)",
    "($ - @)",
    "(@ | $)",
    "(@ ^ $)",
    "(@ @ $)",
    "($ ^ @)",
    "(@ ** 2)",
    "(@ << 1)",
    "(@ == $)",
    "(@ < $)",
    "(@ >= $)",
    "($ < @)",
    "(@ != $)",
    "($ in @)",
    "@[$]",
    "@[1]",
    "@[0]",
    "@($)",
    "@()",
    "len(@)",
    "(-@)",
    "(~@)",
    "abs(@)",
    "round(@)",
    "int(@)",
    "float(@)",
    "bool(@)",
    "(1 if @ else $)",
    "(not @)",
    "sum(@)",
    "max(@)",
    "next(iter(@))",
    "len(list(@))",
    "sum([v for v in @])",
    "sum(v for v in @ if v)",
    "len(str(@))",
    "getattr(@, 'z', $)",
    "getattr(@, 'x')",
    "hasattr(@, 'z')",
    "type(@).k",
    "@.__class__.k",
    "@.n",
    "type(@).f0(@, $)",
    "(lambda f: f($))(@.f0)",
    "@.__dict__.get('x', $)",
    "len(vars(@))",
    "@.__len__()",
    "isinstance(@, #)",
    "issubclass(type(@), #)",
    "#.k",
    "#.f0(@, $)",
    "#.f1(@, $, b=3)",
    "len(dir(@)) * 0",
    "super(#, @).f0($)",
    "super(#, @).x",
    "#.__dict__.get('k', $)",
    "len(#.__mro__)",
    "@.q",
    "@.z",
    "#.x",
    "[7, 8, 9, 10][@]",
    "range(9)[@]",
    "(@ is None)",
    "(@ == @)",
    "(@ in (1, @))",
    "{1: 2}.get(@, $)",
    "divmod(@, 3)[0]",
    "pow(@, 2)",
    "hash(1)",
    "@.f1.__defaults__[0]",
    "(type(@) is #)",
    "#.n",
    "#.mp",
    "#[$]",
    "#.km",
    "@.__hash__ is None",
    "(@ or $)",
    "(@ and $)",
    "@._x",
    "len([*@])",
    "len((*@, 1))",
    "operate(@, $)",
    "(lambda *a, **k: len(a))(*@)",
    "@.f2($, *@)",
    "@.__eq__(@) is True",
];

/// With a number and a name that may be assigned.
const DOES: &[&str] = &[
    "@.x = $",
    "@.y = $",
    "@.x += $",
    "@.y -= $",
    "@.z = $",
    "@.n += 1",
    "@.x = tame(@.x + 1)",
    "@.p = $",
    "@.k = $",
    "@.k += 1",
    "del @.z",
    "del @.x",
    "del @.k",
    "@[1] = $",
    "@[$] = 2",
    "del @[1]",
    "@[1] += $",
    "setattr(@, 'y', $)",
    "delattr(@, 'z')",
    "@.__dict__['x'] = $",
    "@.w = @",
    "@.w.x = $",
    "@.w = None",
    "x0, x1 = @",
    "x0, *w0 = @",
    "note(str(@))",
    "note(repr(@))",
    "note(f'{@}', '%s' % (@,))",
    "#.k = $",
    "#.k += 1",
    "#.n = $",
    "#.x = $",
    "type(@).n = tame(type(@).n + 1)",
    "note(@ == $, @ is @)",
    "note(sorted(vars(@)))",
    "note(type(@).__name__, [c.__name__ for c in type(@).__mro__])",
    "@.q = $",
    "assert isinstance(@, #)",
    "x2 = [@, $][1]",
    "x2 = {@: $}[@]",
    "x2 = sorted([@, $])[0]",
    "x2 = @.f0",
    "x2 = #($)",
    "note(show(x2))",
    "object.__setattr__(@, 'x', $)",
    "@.__init__($)",
    "note(@.cell())",
];

/// `#` and `%` are classes, `@` an object of the loop, `$` a number. What compiled code and caches rely on.
const EVENTS: &[&str] = &[
    "#.f0 = %.f0",
    "#.f1 = %.f1",
    "#.f2 = %.f2",
    "#.f0 = lambda self, a: $",
    "#.f0 = lambda self, a=3: self.x",
    "del #.f0",
    "del #.f1",
    "del #.k",
    "del #.x",
    "#.k = $",
    "#.k = $",
    "#.x = property(lambda self: $)",
    "#.p = $",
    "#.q = property(lambda self: self.y)",
    "del #.p",
    "#.f0 = staticmethod(lambda a: $)",
    "#.f0 = classmethod(lambda cls, a: cls.k)",
    "#.f1 = 5",
    "#.f0 = #.f1",
    "#.f0 = len",
    "#.f0 = abs",
    "#.__bases__ = (%,)",
    "#.__bases__ = %.__bases__",
    "#.__bases__ = (%, object)",
    "#.__bases__ = #.__bases__[:1]",
    "@.__class__ = #",
    "@.__class__ = #",
    "@.__class__ = %",
    "for v in objs:\n    v.__class__ = #",
    "#.__getattr__ = lambda self, name: $",
    "del #.__getattr__",
    "#.__getattribute__ = object.__getattribute__",
    "#.__getattribute__ = lambda self, name: $",
    "del #.__getattribute__",
    "#.__setattr__ = lambda s, n, v: None",
    "#.__setattr__ = object.__setattr__",
    "del #.__setattr__",
    "#.__add__ = lambda self, a: $",
    "del #.__add__",
    "#.__radd__ = lambda self, a: $",
    "#.__iadd__ = lambda self, a: self",
    "#.__len__ = lambda self: 2",
    "#.__bool__ = lambda self: False",
    "del #.__bool__",
    "#.__eq__ = lambda self, a: True",
    "#.__hash__ = None",
    "#.__hash__ = lambda self: 3",
    "#.__getitem__ = lambda self, a: [3, 4][a]",
    "#.__iter__ = lambda self: iter((1, 2))",
    "del #.__iter__",
    "#.__call__ = lambda self, *a: $",
    "#.__lt__ = lambda self, a: a",
    "#.__init__ = lambda self, *a: None",
    "#.__new__ = lambda cls, *a, **kw: $",
    "#.__index__ = lambda self: 1",
    "#.__int__ = lambda self: 4",
    "#.__contains__ = lambda self, a: a",
    "#.__enter__ = lambda self: self",
    "#.__exit__ = lambda *a: True",
    "#.__repr__ = lambda self: 'r'",
    "#.__str__ = lambda self: 'str'",
    "#.__neg__ = lambda self: $",
    "@.f0 = lambda a: $",
    "@.f1 = abs",
    "@.__dict__ = {'x': $}",
    "@.__dict__.clear()",
    "@.__dict__.update(y=$)",
    "del @.x",
    "@.k = $",
    "@.z = $",
    "del @.__dict__",
    "@.__dict__['f0'] = lambda a: a",
    "@.__dict__['k'] = $",
    "@.__dict__.pop('x')",
    "@.__add__ = lambda a: $",
    "@.p = $",
    "type(@).n = $",
    "type(@).z = $",
    "del type(@).z",
    "#.f1.__code__ = %.f1.__code__",
    "#.f1.__defaults__ = ($,)",
    "#.f0.__code__ = %.f0.__code__",
    "#.__name__ = 'Z'",
    "#.f1.__defaults__ = None",
    "#.__class__ = type",
    "#.__doc__ = 'd'",
    "#.__qualname__ = 'Q'",
    "@.x = 'text'",
    "@.x = None",
    "@.x = @",
    "@.y = [1]",
    "@.x = $",
    "@.y = $",
    "objs.append(#($))",
    "objs[0] = %(1)",
    "# = %",
    "objs.reverse()",
    "class #(%):\n    pass",
    "class #(%):\n    f0 = lambda self, a: $",
    "#.__slots__ = ('v',)",
    "type.__setattr__(#, 'k', $)",
    "#.f2 = %.__dict__['f2']",
    "setattr(#, 'f0', #.__dict__.get('f1'))",
    "#.__mro__ = ()",
    "#.__dict__['k'] = 1",
    "del #.__name__",
    "#.__module__ = 'm'",
    "#.__class__ = %",
    "@.__class__ = 3",
    "@.__class__ = int",
    "#.k = #(2)",
    "#.f0 = @",
    "#.f0 = @.f1",
    "raise Boom(3)",
    "@ = #(4)",
    "tame = abs",
    "len = lambda x: 2.5",
    "#.__sub__ = #.__add__",
    "#.__mul__ = NotImplemented",
    "#.__len__ = None",
    "#.__next__ = lambda s: 1",
    "#.x = #.__dict__.get('p')",
    "#.n = property()",
    "#.y = D",
    "gc.collect()",
];

impl Gen {
    pub fn some_class(&mut self) -> String {
        self.r
            .of(&self.classes)
            .map_or("object".into(), |c| c.name.clone())
    }

    /// Fills in the pattern: objects and classes by name, numbers as parts.
    pub fn filled(&mut self, s: &mut Scope, pattern: &str, o: &str) -> Expr {
        let (c, d) = (self.some_class(), self.some_class());
        // The operator `@` stands between spaces.
        let p = pattern
            .replace(" @ $", "\u{1}")
            .replace('@', o)
            .replace('\u{1}', " @ $")
            .replace('#', &c)
            .replace("(%", &format!("({d}"))
            .replace("= %", &format!("= {d}"));
        let subs: Vec<Expr> = (0..p.matches('$').count())
            .map(|_| {
                let objs = std::mem::take(&mut s.objs);
                let e = self.num(s, 1);
                s.objs = objs;
                e
            })
            .collect();
        ex(&p, subs)
    }

    /// A number that an object gives.
    pub fn of_object(&mut self, s: &mut Scope) -> Expr {
        let o = self.r.of(&s.objs).cloned().unwrap_or_default();
        if !s.pay(12) {
            return text(format!("{o}.x"));
        }
        let p = self.r.pick(VALUES);
        self.filled(s, p, &o)
    }

    /// A statement that does something to an object.
    pub fn object_stmt(&mut self, s: &mut Scope, depth: usize, out: &mut Vec<Stmt>) {
        let o = self.r.of(&s.objs).cloned().unwrap_or_default();
        if !s.pay(10) {
            return;
        }
        match self.r.below(20) {
            0 | 1 if depth > 0 && s.loops < 3 => {
                let v = self.name("v");
                let mut inner = s.clone();
                inner.loops += 1;
                inner.times *= 4;
                inner.nums.push(v.clone());
                inner.fixed.push(v.clone());
                let b = self.block(&mut inner, depth - 1);
                s.cost = inner.cost;
                let f = self
                    .r
                    .pick(&["in @", "in list(@)", "in map(tame, @)", "in (1, *@)"]);
                out.push(Stmt::block(
                    text(format!("for {v} {}", f.replace('@', &o))),
                    b,
                ));
            }
            2 | 3 if depth > 0 => {
                let b = self.block(s, depth - 1);
                let head = self
                    .r
                    .pick(&["with @", "with @ as x3", "with @ as @", "with @, @"]);
                out.push(Stmt::block(text(head.replace('@', &o)), b));
            }
            4 => {
                let op = self.r.pick(&["+", "-", "*", "%", "&", "//"]);
                let e = self.num(s, 0);
                out.push(Stmt::simple(ex(&format!("{o} {op}= $"), [e])));
            }
            5 => {
                // A method in a variable, called in a loop.
                let m = METHODS[self.r.below(3)];
                let (v, n) = (self.name("v"), 1 + self.r.below(6));
                out.extend(parse(&format!(
                    "x2 = {o}.{m}\nfor {v} in range({n}):\n    x3 = x2({v})"
                )));
            }
            _ => {
                let p = self.r.pick(DOES);
                let e = self.filled(s, p, &o);
                out.push(Stmt::simple(e));
            }
        }
    }

    /// A class, or an object, changes.
    pub fn mutation(&mut self, s: &mut Scope, o: &str, head: &mut Vec<Stmt>) -> Vec<Stmt> {
        let p = self.r.pick(EVENTS);
        let e = self.filled(s, p, o);
        let shown = e.show();
        for (start, end) in [("class ", "("), ("", " = ")] {
            // A class of the module is bound anew.
            if let Some(name) = shown.strip_prefix(start).and_then(|t| t.split(end).next())
                && (self.classes.iter().any(|c| c.name == name) || matches!(name, "tame" | "len"))
                && head.iter().all(|h| !h.head.has(name))
            {
                head.push(Stmt::line(format!("global {name}")));
            }
        }
        if shown.contains('\n') {
            return parse(&shown);
        }
        vec![Stmt::simple(e)]
    }
}
