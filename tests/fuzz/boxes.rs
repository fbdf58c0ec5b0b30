//! Lists, dicts, sets, tuples and texts: their methods, slices, and change while they are walked.

use super::base::{Gen, Kind, Param, Scope};
use super::tree::{Expr, Stmt, ex, parse, text};

/// `@` is the container, `$` a number, `~` a small index.
struct Box {
    name: &'static str,
    make: &'static [&'static str],
    /// Numbers it gives.
    gives: &'static [&'static str],
    does: &'static [&'static str],
    /// What a loop over it may do to it.
    while_walked: &'static [&'static str],
}

const BOXES: &[Box] = &[
    Box {
        name: "lst",
        make: &[
            "[1, 2, 3, 5]",
            "[tame($), 2.5, -1]",
            "list(range(7))",
            "[0] * 5",
            "[v * 2 for v in range(4)]",
            "[]",
            "[tame($)] * 3 + [4]",
            "sorted([3, tame($), 1])",
            "list((4, 9, 2, 7))",
            "[v for v in range(9) if v % 3]",
        ],
        gives: &[
            "@[~]",
            "len(@)",
            "sum(@)",
            "@.count($)",
            "@.index(@[~])",
            "max(@)",
            "min(@)",
            "@.pop()",
            "@.pop(~)",
            "($ in @)",
            "sum(@[~:~])",
            "len(@[::~])",
            "@[$]",
            "sum(@[:~] + @[~:])",
            "len(@ * 2)",
            "(@ < [2, 3])",
            "(@ == @[:])",
            "sum(v * 2 for v in @)",
            "sum(sorted(@)[:2])",
            "len([v for v in @ if v > $])",
            "sum(v * w for v, w in enumerate(@))",
            "sum(v - w for v, w in zip(@, @[1:]))",
            "any(@)",
            "all(@)",
            "len(set(@))",
            "@[~] + @[~]",
            "sum(reversed(@))",
            "(@ or [1])[0]",
            "list(map(tame, @))[0]",
            "@.index($)",
            "@[len(@) - 1]",
            "@.__len__()",
            "sum(filter(None, @))",
            "len(str(@[:2]))",
            "(@ is @.copy())",
            "@[True]",
        ],
        does: &[
            "@.append(tame($))",
            "@.extend((tame($), 2))",
            "@.insert(~, tame($))",
            "@.remove(@[~])",
            "@.reverse()",
            "@.sort()",
            "@.sort(key=lambda v: -v)",
            "@.sort(key=lambda v: v % 3, reverse=True)",
            "@[~] = tame($)",
            "@[~] += 1",
            "@[~:~] = [tame($)]",
            "del @[~]",
            "del @[~:~]",
            "@[::2] = [7]",
            "@ += [3]",
            "@ = @[:9]",
            "@ = @ * 2",
            "@ = @[::-1]",
            "@, x2 = [*@, 3], 4",
            "x0, *w0 = @",
            "*w0, x0 = @",
            "x0, x1, x2 = @",
            "@.clear()",
            "@[~], @[~] = @[~], @[~]",
            "@[$] = 4",
            "del @[::2]",
            "@ = [tame(v) for v in @]",
            "@[1:1] = @",
            "@ += (v for v in range(2))",
            "@ *= 2",
            "@.remove(99)",
            "@.append('t')",
            "@.sort(key=lambda v: @.append(v))",
            "@ = list(dict.fromkeys(@))",
            "@[5:2] = [8, 9]",
            "@[-1:] = ()",
            "@.pop(0)",
            "@ = @ or [6]",
            "del @[9:]",
        ],
        while_walked: &[
            "@.append(v)",
            "@.pop()",
            "@.remove(v)",
            "@.insert(0, v)",
            "del @[0]",
            "@.clear()",
            "@[:] = @[1:]",
            "@[0] = v",
        ],
    },
    Box {
        name: "dct",
        make: &[
            "{'a': 1, 'b': 2}",
            "{1: tame($), 2: 3}",
            "dict(x=1, y=2.5)",
            "{}",
            "{v: v * v for v in range(5)}",
            "dict.fromkeys('abc', 1)",
            "dict([(1, 2), ('k', 3)])",
            "{**{'a': 4}, 0: 1}",
            "dict(zip('ab', (1, 2)), z=5)",
        ],
        gives: &[
            "@[~]",
            "@['a']",
            "@.get('a', $)",
            "@.get(~)",
            "len(@)",
            "sum(@.values())",
            "('a' in @)",
            "($ in @)",
            "@.pop('a', 3)",
            "@.pop(~)",
            "@.setdefault('q', 2)",
            "len(@.items())",
            "@.popitem()[1]",
            "list(@)[~]",
            "list(@.values())[0]",
            "sum(v for v in @.values() if v)",
            "len({**@, 'z': 1})",
            "(@ == @.copy())",
            "len(@.keys() & {'a', 1})",
            "len(@.keys() | {'w'})",
            "len(@.keys() - {'a'})",
            "next(iter(@.values()))",
            "sum(w for v, w in @.items())",
            "len({w: v for v, w in @.items()})",
            "(lambda **k: len(k))(**@)",
            "len(str(@))",
            "dict(@).get('x', 1)",
            "next(reversed(@.values()), 0)",
            "(@.keys() == {'a', 'b'})",
            "(('a', 1) in @.items())",
            "@[$]",
            "min(@.values())",
            "@[1.0]",
            "@[True]",
            "len(list(reversed(@)))",
        ],
        does: &[
            "@['a'] = tame($)",
            "@[~] = tame($)",
            "@[~] += 1",
            "@['a'] += 1",
            "del @['a']",
            "del @[~]",
            "@.update(b=2)",
            "@.update({~: 4})",
            "@.update([(5, 6)])",
            "@.clear()",
            "@ = dict(@, c=3)",
            "@ = {**@}",
            "@.pop('zz')",
            "@[(1, ~)] = 2",
            "@[()] = 1",
            "@[[1]] = 2",
            "@[1.0] = 8",
            "@[tame($)] = 1",
            "@ = {v: 1 for v in list(@)[:6]}",
            "x2 = @.popitem()",
            "note(list(@.items())[:4])",
            "@.update(3)",
            "@.setdefault(3, []).append(1)",
            "x2, *w0 = @",
            "@ = dict(list(@.items())[-8:])",
            "@['k'] = @.get('k', 0) + 1",
            "@.update(@)",
            "@[None] = 3",
            "@.pop(None, 0)",
        ],
        while_walked: &[
            "@[9] = 1",
            "@.pop(v)",
            "@.clear()",
            "@[v] = 5",
            "del @[v]",
            "@.update(zz=1)",
            "@.setdefault('n', 1)",
            "@.popitem()",
        ],
    },
    Box {
        name: "st",
        make: &[
            "{1, 2, 3}",
            "set()",
            "set(range(6))",
            "{v % 4 for v in range(9)}",
            "frozenset((1, 5, 9))",
            "{7, 1, 2.5}",
            "set([7, 7, 8])",
        ],
        gives: &[
            "len(@)",
            "sum(@)",
            "($ in @)",
            "len(@ | {~})",
            "len(@ & {1, ~})",
            "len(@ - {2})",
            "len(@ ^ {3, 70})",
            "max(@)",
            "(@ <= {1, 2, 3})",
            "(@ < @)",
            "(@ == set(@))",
            "@.issubset(range(9))",
            "@.isdisjoint((2, ~))",
            "min(@)",
            "sorted(@)[0]",
            "len(@.union([~], (9,)))",
            "sum(v for v in @ if v > 1)",
            "len(@.intersection(range(4)))",
            "len(frozenset(@))",
            "({1} in @)",
            "([1] in @)",
            "len({v * 2 for v in @})",
            "any(@)",
            "hash(frozenset((1,))) * 0",
        ],
        does: &[
            "@.add(~)",
            "@.add(tame($))",
            "@.discard(~)",
            "@.remove(~)",
            "@ |= {~, 12}",
            "@ &= {1, 2, 3, 5}",
            "@ -= {~}",
            "@.update((~, 11))",
            "@ ^= {~}",
            "@ = set(@)",
            "@.clear()",
            "@.add([1])",
            "@.add(frozenset((1,)))",
            "@ = @ | {40}",
            "note(sorted(@)[:5])",
            "@.difference_update((3,))",
            "@.symmetric_difference_update({1})",
            "@ = {v for v in @ if v != ~}",
            "@.update(3)",
            "@.intersection_update({1, 2})",
            "@ = @.copy()",
        ],
        while_walked: &["@.add(99)", "@.discard(v)", "@.clear()", "@.add(v)"],
    },
    Box {
        name: "tup",
        make: &[
            "(1, 2.5, 3)",
            "()",
            "(tame($),)",
            "tuple(range(4))",
            "(1, (2, 3), 'x')",
            "tuple('abc')",
        ],
        gives: &[
            "@[~]",
            "len(@)",
            "sum(@)",
            "@.index(2.5)",
            "@.count(1)",
            "($ in @)",
            "len(@ + (1,))",
            "len(@ * 2)",
            "(@ < (1, 3))",
            "len(@[~:])",
            "sum(@[::-1])",
            "max(@)",
            "abs(hash(@)) * 0",
            "{@: 3}[@]",
            "(@ == tuple(list(@)))",
            "len(sorted(@))",
        ],
        does: &[
            "@ = (@ + (tame($),))[-5:]",
            "@ = @[::-1]",
            "@[0] = 1",
            "x0, x1 = @",
            "x0, *w0 = @",
            "@ = (*@, 2)[:6]",
            "@ += (1,)",
            "@ = tuple(tame(v) for v in @)",
            "x0, (x1, x2), *w0 = @",
            "note(@[:3])",
            "@ = @[:4]",
        ],
        while_walked: &["@ = ()"],
    },
    Box {
        name: "txt",
        make: &[
            "'ab12'",
            "''",
            "'x,y,z'",
            "'Ünï ß'",
            "'%d' % 5",
            "'12'",
            "'a b  c'",
            "'abc' * 3",
            "f'{7:03}'",
            "'\\u2603x'",
        ],
        gives: &[
            "len(@)",
            "@.find('b')",
            "@.count('x')",
            "len(@.split())",
            "len(@.split(','))",
            "int(@)",
            "float(@)",
            "ord(@[~])",
            "(@ < 'b')",
            "('b' in @)",
            "@.index('b')",
            "@.startswith('a')",
            "@.isdigit()",
            "(@ == 'ab12')",
            "len(@.encode())",
            "len(@[~:~])",
            "@.endswith(('2', 'c'))",
            "@.rfind('c', 1)",
            "len(@.partition(',')[0])",
            "(@ * 2 > @)",
            "abs(hash(@)) * 0",
            "sum(1 for v in @ if v.isalpha())",
            "len(@.join(['p', 'q']))",
            "@.islower()",
            "len(@ + '%5.2f' % 1.5)",
            "(@ % 1 == '')",
            "len(set(@))",
            "len(@.splitlines())",
            "'abc'.find(@)",
            "@.find(@[~:])",
            "len(f'{@!r:>9}')",
            "len(@.replace('a', ''))",
        ],
        does: &[
            "@ = (@ + str(tame($)))[:12]",
            "@ = @.replace('1', 'xy')[:12]",
            "@ = @[::-1]",
            "@ = @.upper()",
            "@ = @.strip('ab')",
            "@ = '%s-%d' % (@[:4], 3)",
            "@ = '{:>6}|{!r}'.format(@[:3], ~)",
            "@ = @.title()",
            "@ = ','.join(@[:5])",
            "@ += 'q'",
            "@ = @[:9]",
            "@ = @.zfill(5)",
            "@ = @.center(7, '*')",
            "@[0] = 'a'",
            "@ = @ + 1",
            "@ = ''.join(sorted(@))",
            "@ = @.lower()",
            // What stands for $ may hold single quotes.
            "@ = f\"\"\"{@[:5]:<8}{tame($):g}\"\"\"[:12]",
            "note(@)",
            "@ = @.swapcase()",
            "x0, x1 = @.split(',')",
            "@ = @.translate({98: 'BB'})[:9]",
            "@ = @.ljust(4, '.')[:9]",
            "@ = ' '.join(v + '!' for v in @.split())[:12]",
            "@ = '%r' % @[:3]",
            "@ = chr(tame($))",
            "@ = @.expandtabs(2)",
            "@ = str(@.encode('utf-8'), 'latin-1')[:9]",
            "@ = @.casefold()",
            "@ = '%x' % tame($)",
        ],
        while_walked: &["@ += 'r'", "@ = 'new'"],
    },
];

fn of_name(name: &str) -> &'static Box {
    BOXES
        .iter()
        .find(|b| name.starts_with(b.name))
        .unwrap_or(&BOXES[0])
}

impl Gen {
    fn box_text(&mut self, s: &mut Scope, pattern: &str, name: &str) -> Expr {
        let mut p = pattern.replace('@', name);
        while p.contains('~') {
            let i = self
                .r
                .pick(&["0", "-1", "1", "2", "-2", "3", "5", "0", "1"]);
            p = p.replacen('~', i, 1);
        }
        let boxes = std::mem::take(&mut s.boxes);
        let subs: Vec<Expr> = (0..p.matches('$').count())
            .map(|_| self.num(s, 1))
            .collect();
        s.boxes = boxes;
        ex(&p, subs)
    }

    /// A container bound to a name.
    pub fn new_box(&mut self, s: &mut Scope, out: &mut Vec<Stmt>) {
        let b = &BOXES[[0, 0, 1, 1, 2, 3, 4][self.r.below(7)]];
        let name = format!("{}{}", b.name, self.r.below(2));
        let make = self.r.pick(b.make);
        let e = self.box_text(s, make, "");
        out.push(Stmt::simple(ex(&format!("{name} = $"), [e])));
        if !s.boxes.contains(&name) {
            s.boxes.push(name);
        }
    }

    /// A number out of a container.
    pub fn of_box(&mut self, s: &mut Scope) -> Expr {
        let name = self.r.of(&s.boxes).cloned().unwrap_or_default();
        if !s.pay(8) {
            return text(format!("len({name})"));
        }
        let p = self.r.pick(of_name(&name).gives);
        self.box_text(s, p, &name)
    }

    pub fn box_stmt(&mut self, s: &mut Scope, depth: usize, out: &mut Vec<Stmt>) {
        let name = self.r.of(&s.boxes).cloned().unwrap_or_default();
        let kind = of_name(&name);
        if !s.pay(6) {
            return;
        }
        match self.r.below(12) {
            0..=2 if depth > 0 && s.loops < 3 => {
                let v = self.name("v");
                let mut inner = s.clone();
                inner.loops += 1;
                inner.times *= 5;
                if inner.pay(2) {
                    inner.nums.push(v.clone());
                    inner.fixed.push(v.clone());
                    let mut b = self.block(&mut inner, depth - 1);
                    if self.r.one(3) {
                        let w = self.r.pick(kind.while_walked).replace('@', &name);
                        let w = w
                            .replace("(v)", &format!("({v})"))
                            .replace("[v]", &format!("[{v}]"));
                        let w = w
                            .replace(", v)", &format!(", {v})"))
                            .replace("= v", &format!("= {v}"));
                        let c = self.cond(&mut inner, 1);
                        let c = ex(&format!("if len({name}) < 12 and $"), [c]);
                        b.push(Stmt::block(c, parse(&w)));
                    }
                    let head = match (kind.name, self.r.below(5)) {
                        ("dct", 0) => format!("for w1, {v} in {name}.items()"),
                        ("dct", 1) => format!("for {v} in {name}.values()"),
                        ("dct", 2) => format!("for {v} in list({name})"),
                        ("lst", 0) => format!("for w1, {v} in enumerate({name})"),
                        ("lst", 1) => format!("for {v} in reversed({name})"),
                        ("lst", 2) => format!("for {v}, w1 in zip({name}, {name}[1:])"),
                        ("st", 0 | 1) => format!("for {v} in sorted({name})"),
                        _ => format!("for {v} in {name}"),
                    };
                    out.push(Stmt::block(text(head), b));
                    s.cost = inner.cost;
                }
            }
            3 => self.new_box(s, out),
            4 => {
                let e = self.of_box(s);
                let x = format!("x{}", self.r.below(3));
                out.push(Stmt::simple(ex(&format!("{x} = $"), [e])));
            }
            _ => {
                let p = self.r.pick(kind.does);
                let e = self.box_text(s, p, &name);
                if [
                    "extend", "append", "* 2", "*= 2", "+=", "insert", "= @", "= [*",
                ]
                .iter()
                .any(|w| p.contains(w))
                {
                    out.push(Stmt::block(
                        text(format!("if len({name}) < 24")),
                        vec![Stmt::simple(e)],
                    ));
                } else {
                    out.push(Stmt::simple(e));
                }
            }
        }
    }

    /// A function about containers.
    pub fn boxes(&mut self) {
        let name = self.name("f");
        let mut s = Scope::new(self.taste, [60, 200, 400][self.r.below(3)]);
        s.nums = vec!["a".into(), "x0".into()];
        s.ret = Some(Kind::Num);
        let mut b = vec![Stmt::simple(ex("x0 = $", [self.number(self.taste)]))];
        for _ in 0..1 + self.r.below(3) {
            self.new_box(&mut s, &mut b);
        }
        if self.r.one(3) {
            s.funs = self.some_functions();
        }
        for _ in 0..2 + self.r.below(4) {
            let depth = self.r.below(3);
            self.box_stmt(&mut s, depth, &mut b);
            if self.r.one(3) {
                self.stmt(&mut s, 1, &mut b);
            }
        }
        if self.r.one(3) {
            let n = self.r.of(&s.boxes).cloned().unwrap_or_default();
            if !n.starts_with("st") && s.pay(3) {
                b.push(Stmt::line(format!("note({n})")));
            }
        }
        let e = self.of_box(&mut s);
        b.push(Stmt::simple(ex("return tame($)", [e])));
        self.top
            .push(Stmt::block(text(format!("def {name}(a)")), b));
        let level = s.level;
        self.funs.push(super::base::Fun {
            name,
            params: vec![Param::plain("a")],
            star: false,
            stars: false,
            ret: Kind::Num,
            cost: s.cost + 2,
            level,
        });
    }
}
