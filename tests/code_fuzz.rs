//! Code objects made by programs: `CodeType(...)` and `replace(...)` with random fields, run in `off` and in
//! `always` under limits. Whatever is not proved is refused with a message; both modes say the same.

use taipan::code::object::CodeObject;
use taipan::code::object::Const;
use taipan::compile::{Mode, compile};
use taipan::{Engine, Error, JitMode};

/// Functions whose code is changed.
const BASES: &str = "
def f0(a, b=2):
    return a + b * 3
def f1(n, m=3):
    t = 0
    for i in range(n):
        if i % 2:
            continue
        t += i
    return t, m
def f2(a, b=1):
    def g(x):
        return a + x
    return g(b)
def f3(a, b=0):
    try:
        return a // b
    except ZeroDivisionError as e:
        return str(e)
    finally:
        a = None
def f4(a, b=5):
    r = [a, b, (a, b), {a: b}]
    while b:
        b -= 1
        if b == 2:
            break
    else:
        return None
    x, y = r[0], r[1]
    return f'{x!r:>4} {y}', x < y <= 9
def f5(a, b=7):
    c = b
    return (lambda: a + c)()
";

/// Runs one code object in several ways; what happened is left in `out`.
const HARNESS: &str = "
F = type(f0)
T = type(f0.__code__)
cell = type((lambda v: (lambda: v))(1).__closure__[0])
B = (f0, f1, f2, f3, f4, f5)
def kind(e):
    return type(e).__name__ + ': ' + str(e)
def attempt(make):
    global out
    try:
        c = make()
    except BaseException as e:
        out = 'made ' + kind(e)
        return
    try:
        hash(c), c == c, c == f0.__code__, len(repr(c)) > 0
        c.co_code, c.co_consts, c.co_lnotab, c.co_names
    except BaseException as e:
        out = 'shown ' + kind(e)
        return
    cells = ()
    for n in c.co_freevars:
        cells = cells + (cell(3),)
    try:
        f = F(c, globals(), 'f', (4, 5), cells)
        out = 'ran ' + type(f(7)).__name__
        out = 'ran ' + type(f(7, 1)).__name__
    except BaseException as e:
        out = 'raised ' + kind(e)
";

struct Random(u64);
impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

fn bytes(b: &[u8]) -> String {
    let hex: String = b.iter().map(|b| format!("\\x{b:02x}")).collect();
    format!("b'{hex}'")
}

/// One field and a random value for it.
fn field(r: &mut Random, base: &CodeObject) -> String {
    let number = [
        "0",
        "1",
        "2",
        "3",
        "7",
        "64",
        "1000",
        "-1",
        "2147483647",
        "None",
        "1 << 40",
    ];
    let names = [
        "()",
        "('a',)",
        "('a', 'b')",
        "('x', 'y', 'z')",
        "('a', 'a')",
        "(1,)",
        "['a']",
        "('len',)",
        "('append', 'zip')",
        "('',)",
    ];
    match r.below(14) {
        0..=4 => {
            let mut code = base.code.to_vec();
            for _ in 0..1 + r.below(4) {
                let i = r.below(code.len());
                code[i] = match r.below(3) {
                    0 => r.next() as u8,
                    1 => code[i].wrapping_add(1),
                    _ => (r.next() % 12) as u8,
                };
            }
            if r.below(12) == 0 {
                code.truncate(r.below(code.len() + 1));
            }
            format!("co_code={}", bytes(&code))
        }
        5 => {
            let n = r.below(40);
            let code: Vec<u8> = (0..n).map(|_| r.next() as u8).collect();
            format!("co_code={}", bytes(&code))
        }
        6 => format!(
            "co_consts={}",
            r.pick(&[
                "()",
                "(None,)",
                "([], {}, f0)",
                "(1, 'a', 2.5, None, 3, 4)",
                "(f0.__code__, 'q', f0.__code__)",
                "((), (1, 2), ('a',))",
                "(None, f1.__code__, 'f.<locals>.g', 0, 1)",
                "[]",
                "(print, len, range)"
            ])
        ),
        7 => format!("co_flags={}", {
            let flags = [
                0u64,
                3,
                67,
                66,
                71,
                79,
                19,
                83,
                16 | 67,
                32 | 67,
                1,
                2,
                r.next() & 0x3FF,
            ];
            flags[r.below(flags.len())]
        }),
        8 => format!("co_stacksize={}", r.pick(&number)),
        9 => format!("co_nlocals={}", r.pick(&number)),
        10 => format!(
            "{}={}",
            r.pick(&["co_varnames", "co_names"]),
            r.pick(&names)
        ),
        11 => format!(
            "{}={}",
            r.pick(&["co_freevars", "co_cellvars"]),
            r.pick(&names)
        ),
        12 => format!(
            "{}={}",
            r.pick(&[
                "co_argcount",
                "co_kwonlyargcount",
                "co_posonlyargcount",
                "co_firstlineno"
            ]),
            r.pick(&number)
        ),
        _ => format!(
            "co_lnotab={}",
            bytes(&[r.next() as u8, r.next() as u8, r.next() as u8][..r.below(4)])
        ),
    }
}

fn engine(mode: JitMode) -> Engine {
    let mut e = Engine::builder()
        .jit(mode)
        .max_memory(256 << 20)
        .recursion_limit(200)
        .build()
        .expect("an engine");
    e.run(BASES, "bases").expect("the bases compile");
    e.run(HARNESS, "harness").expect("the harness compiles");
    e
}

/// What a case ends in.
fn outcome(e: &mut Engine, source: &str) -> String {
    e.set_fuel(Some(5_000));
    let text = match e.run(source, "case") {
        Ok(()) => e.get_global::<String>("out").expect("out"),
        Err(Error::Terminated(why)) => format!("stopped: {why:?}"),
        Err(other) => panic!("{source}\n{other}"),
    };
    e.set_fuel(None);
    e.take_output();
    text
}

#[test]
fn random_code_objects_are_refused_or_run() {
    let wanted: u64 = std::env::var("TAIPAN_CODE_FUZZ")
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or(1_500);
    let module = compile(BASES, "bases", Mode::Exec).expect("compiles");
    let bases: Vec<&CodeObject> = module
        .consts
        .iter()
        .filter_map(|c| match c {
            Const::Code(c) => Some(&**c),
            _other => None,
        })
        .collect();
    let modes = if Engine::native_code_available().is_ok() {
        vec![JitMode::Off, JitMode::Always]
    } else {
        vec![JitMode::Off]
    };
    let (mut ran, mut refused) = (0, 0);
    let mut engines: Vec<Engine> = modes.iter().map(|m| engine(*m)).collect();
    for seed in 0..wanted {
        // Bases that a case changed (a cell, a default) are made anew now and then.
        if seed % 250 == 249 {
            engines = modes.iter().map(|m| engine(*m)).collect();
        }
        let mut r = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..4 {
            r.next();
        }
        let i = r.below(bases.len());
        let mut fields: Vec<String> = Vec::new();
        for _ in 0..1 + r.below(3) {
            let f = field(&mut r, bases[i]);
            let name = f.split('=').next().unwrap_or_default().to_owned();
            if !fields.iter().any(|x| x.starts_with(&name)) {
                fields.push(f);
            }
        }
        let source = format!(
            "attempt(lambda: B[{i}].__code__.replace({}))",
            fields.join(", ")
        );
        let got: Vec<String> = engines.iter_mut().map(|e| outcome(e, &source)).collect();
        assert!(
            got.iter().all(|g| *g == got[0]),
            "seed {seed}\n{source}\n{got:#?}"
        );
        match &*got[0] {
            g if g.starts_with("ran") || g.starts_with("stopped") => ran += 1,
            g if g.starts_with("raised") && !g.contains("bad code object") => ran += 1,
            _ => refused += 1,
        }
    }
    println!("{wanted} code objects: {ran} ran, {refused} refused");
    assert!(
        ran > wanted / 10 && refused > wanted / 10,
        "{ran} ran, {refused} refused"
    );
}
