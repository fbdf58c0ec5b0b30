//! What serde knows goes in and comes out; what does not fit says so; what is hostile ends.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use taipan::{Context, Engine, Error, Object, Serde};

#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
enum Shape {
    Nothing,
    Circle(f64),
    Line((i32, i32), (i32, i32)),
    Box { w: u8, h: u8 },
}

#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
struct Meters(f32);

#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
struct Pair(i8, String);

#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
struct Plan {
    name: String,
    shapes: Vec<Shape>,
    by_number: BTreeMap<i64, Option<char>>,
    by_pair: BTreeMap<(i8, bool), Meters>,
    tags: BTreeSet<String>,
    big: i128,
    bigger: u128,
    pair: Pair,
    nothing: (),
    #[serde(default)]
    later: Option<u16>,
}

fn plan() -> Plan {
    Plan {
        name: "p\u{1F40D}".into(),
        shapes: vec![
            Shape::Nothing,
            Shape::Circle(1.5),
            Shape::Line((0, 1), (-2, 3)),
            Shape::Box { w: 1, h: 255 },
        ],
        by_number: [(1 << 60, Some('x')), (-1, None)].into(),
        by_pair: [((1, true), Meters(0.5))].into(),
        tags: ["a".into(), "b".into()].into(),
        big: i128::MIN,
        bigger: u128::MAX,
        pair: Pair(-3, "q".into()),
        nothing: (),
        later: Some(7),
    }
}

#[test]
fn everything_goes_in_and_comes_back() {
    let mut e = Engine::new();
    e.set_global("p", Serde(plan())).unwrap();
    assert_eq!(e.get_global::<Serde<Plan>>("p").unwrap().0, plan());
    let text: String = e.eval("str(list(p.values()))").unwrap();
    assert_eq!(
        text,
        "['p\u{1F40D}', ['Nothing', {'Circle': 1.5}, {'Line': ((0, 1), (-2, 3))}, {'Box': {'w': 1, 'h': 255}}], \
         {-1: None, 1152921504606846976: 'x'}, {(1, True): 0.5}, ['a', 'b'], \
         -170141183460469231731687303715884105728, 340282366920938463463374607431768211455, (-3, 'q'), None, 7]"
    );
    let json =
        read::<serde_json::Value>(&mut e, "{'a': [1, 2.5, None, True, 'x'], 'b': {}}").unwrap();
    assert_eq!(
        json,
        serde_json::json!({"a": [1, 2.5, null, true, "x"], "b": {}})
    );
}

/// An expression, read as T.
fn read<T: DeserializeOwned>(e: &mut Engine, expression: &str) -> Result<T, Error> {
    e.eval::<Serde<T>>(expression).map(|s| s.0)
}

#[test]
fn other_forms_are_read() {
    let mut e = Engine::new();
    let e = &mut e;
    assert_eq!(read::<(i8, f64)>(e, "[1, 2]").unwrap(), (1, 2.0));
    assert_eq!(read::<Vec<u8>>(e, "(1, 2)").unwrap(), [1, 2]);
    assert_eq!(read::<BTreeSet<u8>>(e, "{3, 2}").unwrap(), [2, 3].into());
    assert_eq!(read::<String>(e, "'x'").unwrap(), "x");
    assert_eq!(
        read::<Shape>(e, "{'Nothing': None}").unwrap(),
        Shape::Nothing
    );
    assert_eq!(
        read::<Shape>(e, "{'Line': [(1, 2), [3, 4]]}").unwrap(),
        Shape::Line((1, 2), (3, 4))
    );
    let class = "
class Box:
    def __init__(self): self.w, self.h = 1, 2
class Slots:
    __slots__ = 'w', 'h'
";
    e.run(class, "c.py").unwrap();
    assert_eq!(
        read::<Shape>(e, "{'Box': Box()}").unwrap(),
        Shape::Box { w: 1, h: 2 }
    );
    assert_eq!(
        read::<BTreeMap<String, i64>>(e, "Box()").unwrap(),
        [("h".into(), 2), ("w".into(), 1)].into()
    );
    assert!(read::<BTreeMap<String, i64>>(e, "Slots()").is_err());
}

fn wrong<T: DeserializeOwned + Debug>(e: &mut Engine, expression: &str) -> String {
    read::<T>(e, expression).unwrap_err().to_string()
}

#[test]
fn what_does_not_fit_says_what_and_where() {
    let mut e = Engine::new();
    let e = &mut e;
    assert_eq!(wrong::<u8>(e, "300"), "expected u8, got 300 (int)");
    assert_eq!(wrong::<i64>(e, "'x'"), "expected i64, got 'x' (str)");
    assert_eq!(
        wrong::<Vec<i8>>(e, "[1, 2.5]"),
        "expected i8, got 2.5 (float)"
    );
    assert_eq!(
        wrong::<(i8, i8)>(e, "(1, 2, 3)"),
        "expected fewer items, got tuple"
    );
    assert_eq!(
        wrong::<(i8, i8)>(e, "(1,)"),
        "expected a tuple of size 2, got tuple"
    );
    assert_eq!(
        wrong::<Shape>(e, "'Square'"),
        "expected one of Nothing, Circle, Line, Box, got 'Square' (str)"
    );
    assert_eq!(
        wrong::<Shape>(e, "{'Circle': 1, 'Box': 2}"),
        "expected fewer items, got dict"
    );
    assert_eq!(
        wrong::<Shape>(e, "{'Box': {'w': 1}}"),
        "expected a field 'h', got dict"
    );
    assert_eq!(
        wrong::<Shape>(e, "5"),
        "expected a variant's name, or a dict from one to what it holds, got 5 (int)"
    );
    assert_eq!(
        wrong::<u128>(e, "2 ** 200"),
        "expected an int of 128 bits, got int"
    );
    assert_eq!(
        wrong::<String>(e, "'\\ud800'"),
        "expected a str without lone surrogates, got '\\ud800' (str)"
    );
    assert_eq!(
        wrong::<serde_json::Value>(e, "len"),
        "expected a value of plain data, got builtin_function_or_method"
    );
    let unhashable: BTreeMap<Vec<i64>, i64> = [(vec![1], 2)].into();
    let error = e.set_global("m", Serde(unhashable)).unwrap_err();
    assert_eq!(error.type_name(), Some("TypeError"));
    assert_eq!(e.eval::<i64>("1 + 1").unwrap(), 2);
}

#[test]
fn values_that_hold_themselves_end() {
    let mut e = Engine::new();
    e.run("a = []\na.append(a)\nd = {}\nd['d'] = d", "a.py")
        .unwrap();
    let e = &mut e;
    for x in ["a", "d"] {
        assert!(
            wrong::<serde_json::Value>(e, x)
                .starts_with("expected a value that is nested less deeply")
        );
    }
    // 2 ** 40 items in all.
    e.run("b = [0]\nfor _ in range(40): b = [b, b]", "b.py")
        .unwrap();
    e.set_deadline(Some(
        std::time::Instant::now() + std::time::Duration::from_millis(200),
    ))
    .unwrap();
    assert!(matches!(
        read::<serde_json::Value>(e, "b").map(|_| ()),
        Err(Error::Terminated(_)) | Err(Error::Python(_))
    ));
}

#[test]
#[cfg_attr(miri, ignore = "a million values")]
fn what_is_handed_over_is_charged_meanwhile() {
    let mut e = Engine::builder().max_memory(16 << 20).build().unwrap();
    e.run("x = ['y' * 1000] * 1000\nx = [x] * 1000", "x.py")
        .unwrap();
    let before = e.memory();
    let error = e.get_global::<Vec<Vec<String>>>("x").unwrap_err();
    assert_eq!(error.type_name(), Some("MemoryError"));
    let error = read::<serde_json::Value>(&mut e, "x").unwrap_err();
    assert_eq!(error.type_name(), Some("MemoryError"));
    assert_eq!(e.eval::<Vec<String>>("x[0]").unwrap().len(), 1000);
    e.collect();
    assert!(e.memory() <= before + (64 << 10), "{} {before}", e.memory());

    // Into a host function, too; and what it was given then is the host's.
    e.register("take", |x: Vec<Vec<String>>| x.len()).unwrap();
    let error = e.run("take(x)", "t.py").unwrap_err();
    assert_eq!(error.type_name(), Some("MemoryError"));
    let seen = "
n = 0
for i in range(200):
    n += take(x[:4])
";
    e.run(seen, "s.py").unwrap();
    assert_eq!(e.get_global::<i64>("n").unwrap(), 800);
}

#[test]
#[cfg_attr(miri, ignore = "ints of megabytes")]
fn big_ints_are_charged_too() {
    let mut e = Engine::builder().max_memory(16 << 20).build().unwrap();
    e.run("x = [1 << (8 << 20)] * 100000", "x.py").unwrap();
    let error = e.get_global::<Vec<num_bigint::BigInt>>("x").unwrap_err();
    assert_eq!(error.type_name(), Some("MemoryError"));
    assert_eq!(
        e.eval::<num_bigint::BigInt>("x[0]").unwrap().bits(),
        (8 << 20) + 1
    );
    assert_eq!(
        e.eval::<i64>("x[0]").unwrap_err().to_string(),
        "expected i64, got int"
    );
}

/// A large type that little is said of.
#[derive(Deserialize, Default, Debug)]
#[serde(default)]
struct Large {
    #[allow(dead_code)] // for its size
    all: [[u64; 32]; 4],
}

#[test]
fn what_an_item_takes_in_rust_is_charged() {
    let mut e = Engine::builder().max_memory(16 << 20).build().unwrap();
    let error = read::<Vec<Large>>(&mut e, "[{}] * 100000").unwrap_err();
    assert_eq!(error.type_name(), Some("MemoryError"));
    assert_eq!(read::<Vec<Large>>(&mut e, "[{}] * 10").unwrap().len(), 10);
}

#[test]
fn what_nobody_wants_is_not_looked_at() {
    let mut e = Engine::new();
    let class = "
class Box:
    def __init__(self):
        self.w, self.h = 1, 2
        self.parent = self
        self.paint = print
        self.id = 1 << 200
        self.title = chr(0xd800)
        self.z = 2j
";
    e.run(class, "c.py").unwrap();
    assert_eq!(
        read::<Shape>(&mut e, "{'Box': Box()}").unwrap(),
        Shape::Box { w: 1, h: 2 }
    );
}

/// Panics when it is read.
#[derive(Debug)]
struct Fragile;
impl<'de> Deserialize<'de> for Fragile {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Fragile, D::Error> {
        String::deserialize(d)?;
        panic!("it broke")
    }
}

#[test]
fn a_panic_in_a_conversion_takes_no_memory_for_good() {
    let mut e = Engine::builder().max_memory(16 << 20).build().unwrap();
    e.register("take", |_: Serde<Fragile>| ()).unwrap();
    let source = "
text = 'x' * 1000000
for i in range(100):
    try:
        take(text)
    except RuntimeError as e:
        said = str(e)
";
    e.run(source, "p.py").unwrap();
    assert_eq!(
        e.get_global::<String>("said").unwrap(),
        "host function 'take' panicked: it broke"
    );
    e.run("text = None", "p.py").unwrap();
    e.collect();
    assert!(e.memory() < 1 << 20, "{}", e.memory());
}

/// Keeps the list that it fills on the heap of Rust, where the collector does not look.
struct Boxed(Vec<u64>);
impl Serialize for Boxed {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeSeq;
        let mut seq = Box::new(s.serialize_seq(None)?);
        for n in &self.0 {
            seq.serialize_element(&format!("number {n}"))?;
        }
        (*seq).end()
    }
}

#[test]
fn nothing_is_collected_while_a_value_is_made() {
    let mut e = Engine::builder().max_memory(4 << 20).build().unwrap();
    e.register("len_of", |all: Vec<String>| all.len()).unwrap();
    // Garbage fills the heap, so that there is reason to collect in the middle.
    let garbage = "
def fill(n):
    for i in range(n):
        a = [[i], str(i) * 20]
fill(20000)
";
    for _ in 0..20 {
        e.run(garbage, "g.py").unwrap();
        let made = e.call::<usize>("len_of", (Serde(Boxed((0..3000).collect())),));
        match made {
            Ok(n) => assert_eq!(n, 3000),
            Err(error) => assert_eq!(error.type_name(), Some("MemoryError")),
        }
    }
}

#[test]
fn host_functions_take_and_give_them() {
    let mut e = Engine::new();
    e.register("turn", |Serde(s): Serde<Shape>| match s {
        Shape::Box { w, h } => Serde(Shape::Box { w: h, h: w }),
        s => Serde(s),
    })
    .unwrap();
    e.register("keep", |c: &mut Context<'_>, o: Object| {
        o.extract::<Serde<Pair>>(c).map(|Serde(p)| p.1)
    })
    .unwrap();
    assert_eq!(
        e.eval::<String>("str(turn({'Box': {'w': 1, 'h': 2}})) + keep((1, 'z'))")
            .unwrap(),
        "{'Box': {'w': 2, 'h': 1}}z"
    );
    let error = e.run("turn({'Box': {'w': 1}})", "t.py").unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("TypeError: turn() argument 1: expected a field 'h', got dict\n"),
        "{error}"
    );
}
