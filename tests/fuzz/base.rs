//! What the generator knows while it writes: random numbers, names in scope, functions, costs.
//!
//! A program ends soon: loops have bounds of their own, a function calls only functions of lower levels
//! (recursion has patterns of its own), and what a statement costs, times how often it runs, is summed up
//! against an allowance.

use super::tree::{Expr, Stmt, text};

/// xorshift64, from a seed of any quality.
pub struct Random(u64);
impl Random {
    pub fn new(seed: u64) -> Random {
        let mut r = Random(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..8 {
            r.next();
        }
        r
    }
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() >> 11) as usize % n.max(1)
    }
    /// Once in `n`.
    pub fn one(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
    pub fn percent(&mut self, n: usize) -> bool {
        self.below(100) < n
    }
    pub fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
    pub fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
}

/// What kinds of numbers a function likes: one kind stays native longer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Taste {
    Small,
    Int,
    Float,
    Mix,
    Wild,
}

/// What a name or a result holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Num,
    Any,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum How {
    PositionOnly,
    Plain,
    KeywordOnly,
}

#[derive(Clone)]
pub struct Param {
    pub name: String,
    pub kind: Kind,
    pub default: bool,
    pub how: How,
}

impl Param {
    pub fn plain(name: &str) -> Param {
        Param {
            name: name.into(),
            kind: Kind::Num,
            default: false,
            how: How::Plain,
        }
    }
}

/// Something that can be called.
#[derive(Clone)]
pub struct Fun {
    pub name: String,
    pub params: Vec<Param>,
    /// It has `*args`, `**kw`.
    pub star: bool,
    pub stars: bool,
    pub ret: Kind,
    /// Fuel of one call, about.
    pub cost: u64,
    /// It calls only those of lower levels.
    pub level: u32,
}

/// Where code is being written.
#[derive(Clone)]
pub struct Scope {
    pub nums: Vec<String>,
    pub anys: Vec<String>,
    /// Lists of numbers.
    pub lists: Vec<String>,
    /// May not be assigned: loop counters, globals that are not declared.
    pub fixed: Vec<String>,
    pub funs: Vec<Fun>,
    pub ret: Option<Kind>,
    pub loops: usize,
    pub trying: usize,
    pub taste: Taste,
    /// How often this place runs for one run of the whole.
    pub times: u64,
    pub cost: u64,
    pub allowed: u64,
    /// Highest level called.
    pub level: u32,
    /// Names of objects, of containers.
    pub objs: Vec<String>,
    pub boxes: Vec<String>,
    /// In a generator; one that is not quiet.
    pub yields: bool,
    pub loud: bool,
}

impl Scope {
    pub fn new(taste: Taste, allowed: u64) -> Scope {
        Scope {
            nums: Vec::new(),
            anys: Vec::new(),
            lists: Vec::new(),
            fixed: Vec::new(),
            funs: Vec::new(),
            ret: None,
            loops: 0,
            trying: 0,
            taste,
            times: 1,
            cost: 0,
            allowed,
            level: 0,
            objs: Vec::new(),
            boxes: Vec::new(),
            yields: false,
            loud: false,
        }
    }
    /// Pays for something that runs once here; whether it can be had.
    pub fn pay(&mut self, cost: u64) -> bool {
        let all = self.cost + self.times * cost;
        if all > self.allowed {
            return false;
        }
        self.cost = all;
        true
    }
    pub fn assignable(&self) -> Vec<String> {
        let free = |n: &&String| !self.fixed.contains(n);
        self.nums.iter().filter(free).cloned().collect()
    }
}

/// Writes one program.
pub struct Gen {
    pub r: Random,
    pub fresh: usize,
    /// Functions of the module.
    pub funs: Vec<Fun>,
    pub top: Vec<Stmt>,
    pub taste: Taste,
    /// CPython cannot be asked: it treats a second RecursionError in its own way.
    pub alone: bool,
    /// Classes, metaclasses and descriptors; functions that work on objects, and what they cost; generator
    /// functions.
    pub classes: Vec<super::classes::Class>,
    pub metas: Vec<String>,
    pub describing: Vec<String>,
    pub users: Vec<(String, u64)>,
    pub makers: Vec<super::generators::Maker>,
}

const SMALL: &[&str] = &[
    "0", "1", "-1", "2", "3", "-3", "5", "7", "10", "-7", "16", "100",
];
const EDGES: &[&str] = &[
    "2147483647",
    "-2147483648",
    "2147483648",
    "4294967295",
    "4294967296",
    "140737488355327",
    "140737488355328",
    "-140737488355328",
    "281474976710655",
    "281474976710656",
    "-281474976710656",
    "-281474976710657",
    "562949953421311",
    "562949953421312",
    "-562949953421313",
    "9007199254740992",
    "9007199254740993",
    "3037000500",
    "4611686018427387903",
    "4611686018427387904",
    "-4611686018427387904",
    "-4611686018427387905",
    "9223372036854775807",
    "-9223372036854775808",
    "-9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "-18446744073709551616",
    "100000000000000000000000000",
];
const FLOATS: &[&str] = &[
    "0.0",
    "-0.0",
    "1.0",
    "-1.5",
    "0.5",
    "2.5",
    "3.0",
    "1e308",
    "-1e308",
    "5e-324",
    "1e-320",
    "1e22",
    "9007199254740992.0",
    "9007199254740994.0",
    "9.223372036854775807e18",
    "-9.223372036854775808e18",
    "INF",
    "-INF",
    "NAN",
];
const NICE: &[&str] = &[
    "0.5", "1.0", "1.5", "-2.25", "0.1", "3.0", "100.0", "1e3", "-0.0",
];
const OTHERS: &[&str] = &[
    "None", "True", "False", "'ab'", "''", "()", "(1, 2.5)", "[3]", "{'k': 1}", "range(3)",
];

impl Gen {
    /// One that has written nothing yet.
    pub fn new(seed: u64) -> Gen {
        let mut g = Gen {
            r: Random::new(seed),
            fresh: 0,
            funs: Vec::new(),
            top: Vec::new(),
            taste: Taste::Small,
            alone: false,
            classes: Vec::new(),
            metas: Vec::new(),
            describing: Vec::new(),
            users: Vec::new(),
            makers: Vec::new(),
        };
        g.taste = g.taste();
        g
    }
    pub fn name(&mut self, kind: &str) -> String {
        self.fresh += 1;
        format!("{kind}{}", self.fresh)
    }
    pub fn taste(&mut self) -> Taste {
        use Taste::{Float, Int, Mix, Small, Wild};
        [Small, Small, Small, Int, Int, Float, Float, Mix, Wild][self.r.below(9)]
    }
    /// A number as source; negative ones in parentheses.
    pub fn number(&mut self, taste: Taste) -> Expr {
        let r = &mut self.r;
        let t = match taste {
            Taste::Small if r.percent(94) => r.pick(SMALL),
            Taste::Small => r.pick(EDGES),
            Taste::Int if r.percent(45) => r.pick(SMALL),
            Taste::Int => r.pick(EDGES),
            Taste::Float if r.percent(60) => r.pick(NICE),
            Taste::Float if r.percent(80) => r.pick(FLOATS),
            Taste::Float => r.pick(SMALL),
            Taste::Mix | Taste::Wild => match r.below(12) {
                0..=3 => r.pick(SMALL),
                4..=6 => r.pick(EDGES),
                7 | 8 => r.pick(FLOATS),
                9 => r.pick(&["True", "False"]),
                10 if taste == Taste::Wild => r.pick(OTHERS),
                _ => r.pick(NICE),
            },
        };
        text(if t.starts_with('-') {
            format!("({t})")
        } else {
            t.to_string()
        })
    }
    /// A literal of any kind.
    pub fn anything(&mut self) -> Expr {
        if self.r.one(2) {
            return self.number(Taste::Wild);
        }
        text(self.r.pick(OTHERS))
    }
}
