use super::parse::parse;
use super::verify::verify;

const FIB: &str = r#"func "fib" function (i64) -> i64 {
  c0 = object "code fib"
  c1 = object "cell fib"
  c2 = object "function fib"
  g0 = (i64) -> i64
  f0 = c0 locals 1 cells 0 frees 0 stack 4
block0(v0: i64):
  s0 = state at f0 0 [v0 |]
  enter #0 !Poll s0
  v1 = const_i64 2
  v2 = icmp lt v0, v1 @2
  brif v2, block1(), block2(v0)
block1():
  ret v0
block2(v3: i64):
  s1 = state at f0 6 [v0 |]
  v4 = load_global_cell c1 !GlobalChanged s1 @6
  guard_func_version c2 7 v4 !WrongCallee s1
  v5 = const_i64 1
  v6 = sub_i64 v3, v5 !Overflow s1 @9
  s2 = state in f0 10 [v0 |]
  v7 = call_self v6 s2 @10
  ret v7
}
"#;

#[test]
fn text_is_stable_and_parses_back() {
    let f = parse(FIB).unwrap();
    verify(&f).unwrap();
    assert_eq!(f.to_string(), FIB);
}

#[test]
fn a_state_does_not_outlive_a_write() {
    let bad = FIB.replace(
        "  ret v7\n",
        "  v8 = add_i64 v7, v0 !Overflow s1\n  ret v8\n",
    );
    let e = verify(&parse(&bad).unwrap()).unwrap_err();
    assert!(e.contains("s1 does not hold here"), "{e}");
}

#[test]
fn floats_and_odd_constants_parse_back() {
    let t = r#"func "a \"b\"\n" loop 7 (val) -> val {
  c0 = int -5
  c1 = float -0.0
  c2 = float 1e-7
  c3 = float -nan
  c4 = none
  c5 = empty
  c6 = word 0x1000000000012
block3(v0: val):
  v2 = const_f64 1.5e300
  v3 = const_f64 -inf
  v4 = const_i64 -9223372036854775808
  v5 = const_bool true
  brif v5, block9(v0), block3x()
}
"#;
    assert_eq!(parse(t).unwrap_err().line, 14);
    let t = t.replace("block3x()", "block4()").replace(
        "}\n",
        "block9(v6: val):\n  ret v6\nblock4() cold:\n  ret v0\n}\n",
    );
    let f = parse(&t).unwrap();
    verify(&f).unwrap();
    assert_eq!(f.to_string(), t);
}
