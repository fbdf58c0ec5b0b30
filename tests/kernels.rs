//! The operators, conversions and methods of numbers and strings against what CPython 3.8 makes of
//! them: `kernels/*.golden`, written by `kernels/make_goldens.py` (which also says how values are
//! spelled).

use taipan::call;
use taipan::object::{Args, Gc, Value};
use taipan::protocol::compare::{self, CmpOp};
use taipan::protocol::number::{self, BinOp, UnOp};
use taipan::protocol::{format, hash, repr, truth};
use taipan::types::dict::ops as dict;
use taipan::types::dict::value::DictObj;
use taipan::types::list::value::ListObj;
use taipan::types::tuple::value::TupleObj;
use taipan::types::{float, int, str as strs};
use taipan::vm::{Config, Raised, Vm};

type R = Result<Value, Raised>;

/// Reads one value.
struct Reader<'a> {
    s: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn word(&mut self) -> &str {
        let start = self.at;
        while self.at < self.s.len() && !b",:()[]{}\t".contains(&self.s[self.at]) {
            self.at += 1;
        }
        std::str::from_utf8(&self.s[start..self.at]).expect("goldens are ASCII")
    }
    fn value(&mut self, vm: &mut Vm) -> Value {
        let kind = self.s[self.at];
        self.at += 1;
        match kind {
            b'N' => Value::NONE,
            b'T' => Value::TRUE,
            b'F' => Value::FALSE,
            b'i' => {
                let b: num_bigint::BigInt = self.word().parse().expect("an int");
                vm.new_bigint(b).expect("memory")
            }
            b'f' => {
                let bits = u64::from_str_radix(self.word(), 16).expect("a float");
                Value::float(f64::from_bits(bits))
            }
            b's' => {
                let t = unescape(self.word());
                vm.new_str_wtf8(&t).expect("memory")
            }
            b'(' | b'[' => {
                let l = vm.new_list(&[]).expect("memory");
                while !b")]".contains(&self.s[self.at]) {
                    if self.s[self.at] == b',' {
                        self.at += 1;
                    }
                    let v = self.value(vm);
                    taipan::types::list::ops::push(vm, l, v).expect("memory");
                }
                self.at += 1;
                if kind == b'[' {
                    l.value()
                } else {
                    taipan::types::list::ops::to_tuple(vm, l).expect("memory")
                }
            }
            b'{' => {
                let d = vm.new_dict().expect("memory");
                while self.s[self.at] != b'}' {
                    if self.s[self.at] == b',' {
                        self.at += 1;
                    }
                    let k = self.value(vm);
                    self.at += 1;
                    let v = self.value(vm);
                    dict::set(vm, d, k, v).expect("hashable");
                }
                self.at += 1;
                d.value()
            }
            c => panic!("value kind {:?}", c as char),
        }
    }
}

fn unescape(s: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = s;
    while let Some(i) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..i]);
        let n = match rest.as_bytes()[i + 1] {
            b'x' => 2,
            b'u' => 4,
            _ => 8,
        };
        let c = u32::from_str_radix(&rest[i + 2..i + 2 + n], 16).expect("an escape");
        taipan::code::wtf8::push_code_point(&mut out, c);
        rest = &rest[i + 2 + n..];
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

fn parse(vm: &mut Vm, s: &str) -> Value {
    Reader {
        s: s.as_bytes(),
        at: 0,
    }
    .value(vm)
}

fn escape(b: &[u8]) -> String {
    let plain = |c: u32| {
        c < 128
            && ((c as u8).is_ascii_alphanumeric()
                || b" .'<>=+-*/!?_%#&@^~$;\"|`".contains(&(c as u8)))
    };
    taipan::code::wtf8::code_points(b)
        .map(|c| match c {
            c if plain(c) => (c as u8 as char).to_string(),
            0..0x100 => format!("\\x{c:02x}"),
            0x100..0x1_0000 => format!("\\u{c:04x}"),
            _ => format!("\\U{c:08x}"),
        })
        .collect()
}

/// Spells a value.
fn show(vm: &mut Vm, v: Value) -> String {
    if v.is_none() {
        return "N".into();
    }
    if let Some(b) = v.as_bool() {
        return if b { "T".into() } else { "F".into() };
    }
    if let Some(f) = v.as_float() {
        let bits = if f.is_nan() {
            f64::NAN.to_bits()
        } else {
            f.to_bits()
        };
        return format!("f{bits:016x}");
    }
    if let Some(b) = strs::ops::bytes(vm, v) {
        return format!("s{}", escape(b));
    }
    if let Some(i) = int::ops::get(vm, v) {
        return format!("i{}", i.big());
    }
    if let Some(n) = v.get::<TupleObj>(vm).map(|t| t.len) {
        let items: Vec<String> = (0..n)
            .map(|i| {
                let x = v
                    .get::<TupleObj>(vm)
                    .and_then(|t| t.get(i))
                    .expect("an item");
                show(vm, x)
            })
            .collect();
        return format!("({})", items.join(","));
    }
    if let Some(n) = v.get::<ListObj>(vm).map(|l| l.items.len()) {
        let items: Vec<String> = (0..n)
            .map(|i| {
                let x = v
                    .get::<ListObj>(vm)
                    .and_then(|l| l.items.get(i))
                    .expect("an item");
                show(vm, x)
            })
            .collect();
        return format!("[{}]", items.join(","));
    }
    if let Some(d) = Gc::<DictObj>::from_value(v) {
        let mut items = Vec::new();
        let mut pos = 0;
        while let Some((k, x)) = dict::next_item(vm, d, &mut pos) {
            let k = show(vm, k);
            let x = show(vm, x);
            items.push(format!("{k}:{x}"));
        }
        return format!("{{{}}}", items.join(","));
    }
    format!("?{}", vm.type_name(v))
}

fn outcome(vm: &mut Vm, r: R) -> String {
    match r {
        Ok(v) => format!("={}", show(vm, v)),
        Err(_) => {
            let e = vm.exc.get().expect("an exception");
            vm.exc.write(&vm.heap, None);
            let name = vm.type_name(e);
            let text = repr::str(vm, e).expect("an exception's text");
            let text = escape(strs::ops::bytes(vm, text).expect("a str"));
            format!("!{name}|{text}")
        }
    }
}

fn binary(vm: &mut Vm, op: &str, a: Value, b: Value) -> R {
    if op == "divmod" {
        return number::divmod(vm, a, b);
    }
    if let Some(c) = CmpOp::ALL.into_iter().find(|c| c.symbol() == op) {
        return compare::rich_compare(vm, c, a, b);
    }
    let op = BinOp::ALL
        .into_iter()
        .find(|o| o.symbol() == op)
        .expect("an operator");
    number::binary(vm, op, a, b)
}

fn method(vm: &mut Vm, name: &str, args: &[Value]) -> R {
    let class = vm.class_of(args[0]);
    let def = taipan::types::methods_of(class)
        .iter()
        .find(|d| d.name == name)
        .unwrap_or_else(|| panic!("no method {name}"));
    call::builtin::call_def(vm, def, args[0], Args::pos(&args[1..]))
}

fn run(vm: &mut Vm, kind: &str, a: &[Value]) -> R {
    if let Some(op) = kind.strip_prefix('b')
        && kind != "bool"
    {
        return binary(vm, op, a[0], a[1]);
    }
    if let Some(name) = kind.strip_prefix("m:") {
        return method(vm, name, a);
    }
    match kind {
        "u+" => number::unary(vm, UnOp::Pos, a[0]),
        "u-" => number::unary(vm, UnOp::Neg, a[0]),
        "u~" => number::unary(vm, UnOp::Invert, a[0]),
        "abs" => number::abs(vm, a[0]),
        "bool" => truth::is_true(vm, a[0]).map(Value::bool),
        "hash" => {
            let h = hash::hash(vm, a[0])?;
            vm.new_int(h as i64)
        }
        "repr" => repr::repr(vm, a[0]),
        "str" => repr::str(vm, a[0]),
        "ascii" => repr::ascii(vm, a[0]),
        "round" => number::round(vm, a[0], a.get(1).copied().unwrap_or(Value::NONE)),
        "pow3" => number::pow3(vm, a[0], a[1], a[2]),
        "int" => int::methods::construct(vm, taipan::object::ClassId::Int, Args::pos(a)),
        "float" => float::methods::construct(vm, taipan::object::ClassId::Float, Args::pos(a)),
        "fmt" => format::format(vm, a[0], a[1]),
        "in" => compare::contains(vm, a[0], a[1]).map(Value::bool),
        "maketrans" => {
            let def = strs::methods::STATIC_METHODS
                .iter()
                .find(|d| d.name == "maketrans")
                .expect("maketrans");
            call::builtin::call_def(vm, def, Value::NONE, Args::pos(a))
        }
        "format" => template(vm, a),
        _ => panic!("kind {kind}"),
    }
}

/// `a[0].format(*a[1], **a[2])`
fn template(vm: &mut Vm, a: &[Value]) -> R {
    let mut all = [Value::NONE; 32];
    let mut names = [Value::NONE; 32];
    let n = a[1].get::<TupleObj>(vm).map_or(0, |t| t.len);
    for (i, slot) in all.iter_mut().take(n).enumerate() {
        *slot = a[1]
            .get::<TupleObj>(vm)
            .and_then(|t| t.get(i))
            .expect("an item");
    }
    let d = Gc::<DictObj>::from_value(a[2]).expect("a dict");
    let (mut pos, mut k) = (0, 0);
    while let Some((name, v)) = dict::next_item(vm, d, &mut pos) {
        names[k] = name;
        all[n + k] = v;
        k += 1;
    }
    let kwnames = vm.new_tuple(&names[..k])?;
    let args = Args::with_kw(&all[..n + k], kwnames, k);
    strs::template::format(vm, a[0], strs::template::Source::Args(args))
}

fn golden(name: &str) -> String {
    let path = format!("{}/tests/kernels/{name}.golden", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a golden file")
}

/// Runs with an engine, and fails with the first of the complaints.
fn check(config: Config, f: impl FnOnce(&mut Vm, &mut Vec<String>)) {
    let mut vm = Vm::new(config);
    let mut wrong = Vec::new();
    taipan::gc::entry(&mut vm, |vm| f(vm, &mut wrong));
    let n = wrong.len();
    assert!(n == 0, "{n} differ:\n{}", wrong[..n.min(60)].join("\n"));
}

fn lines(name: &str, config: Config) {
    let text = golden(name);
    check(config, |vm, wrong| {
        for line in text.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let (kind, args) = (fields[0], &fields[1..fields.len() - 1]);
            let want = fields[fields.len() - 1];
            let mut a = [Value::NONE; 8];
            for (slot, s) in a.iter_mut().zip(args) {
                *slot = parse(vm, s);
            }
            let r = run(vm, kind, &a[..args.len()]);
            let got = outcome(vm, r);
            if got != want {
                wrong.push(format!("{line}\n    got {got}"));
            }
        }
    });
}

#[test]
fn matrix_of_operators() {
    let text = golden("numbers");
    let values: Vec<&str> = text.lines().filter_map(|l| l.strip_prefix("v\t")).collect();
    check(Config::default(), |vm, wrong| {
        let mut rows = text.lines().filter(|l| !l.starts_with("v\t"));
        while let Some(op) = rows.next().and_then(|l| l.strip_prefix("op\t")) {
            for a in &values {
                let row = rows.next().expect("a row for each value");
                for (b, want) in values.iter().zip(row.split('\t')) {
                    let (x, y) = (parse(vm, a), parse(vm, b));
                    let r = binary(vm, op, x, y);
                    let got = outcome(vm, r);
                    if got != want {
                        wrong.push(format!("{a} {op} {b}\n    want {want}\n    got  {got}"));
                    }
                }
            }
        }
    });
}

#[test]
fn powers_rounding_hashes_and_random_numbers() {
    lines("more", Config::default());
}
#[test]
fn numbers_from_text() {
    lines("parsing", Config::default());
}
#[test]
fn methods_of_strings() {
    lines("strings", Config::default());
}
#[test]
fn format_specs() {
    lines("formats", Config::default());
}
#[test]
fn percent_formatting() {
    lines("percent", Config::default());
}
#[test]
fn templates() {
    lines("templates", Config::default());
}
#[test]
fn containers() {
    lines("containers", Config::default());
}

/// The same with a collection at every safepoint.
#[test]
fn under_collection() {
    for name in ["strings", "percent", "templates", "containers", "parsing"] {
        let config = Config {
            gc_stress: true,
            ..Config::default()
        };
        lines(name, config);
    }
}
