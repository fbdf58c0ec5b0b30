//! What hot loops are made of, by the SSA of the functions that ran natively: parts of lists that are no lists of their
//! own, characters that are not looked up, generators whose functions are not made. What such programs print is
//! compared by `tests/lang/{list_moved,text_walked,genexp_made,dict_keys_hot}.py`.
#![cfg(feature = "jit")]

mod native;

use std::process::Command;
use taipan::{Engine, JitMode};

/// The last SSA that was made of the function `f`, which is called 3000 times with 8.
fn ssa(source: &str) -> String {
    let program = format!("{source}\nfor _ in range(3000): f(8)\n");
    let out = Command::new(env!("CARGO_BIN_EXE_taipan"))
        .args(["--jit=on", "--dump=ssa", "-c", &program])
        .env_clear()
        .output()
        .expect("it runs");
    assert!(out.status.success(), "{out:?}");
    let text = String::from_utf8_lossy(&out.stderr).into_owned();
    let at = text.rfind("func \"f\"");
    let from = &text[at.unwrap_or_else(|| panic!("f is not compiled: {text}"))..];
    // What follows it is of others.
    from.split("\n}").next().unwrap_or(from).to_owned()
}

fn has(source: &str, ops: &[&str], not: &[&str]) {
    let text = ssa(source);
    let there = |op: &&&str| text.contains(&format!("{op} "));
    assert!(ops.iter().all(|op| there(&op)), "{ops:?}: {text}");
    assert!(!not.iter().any(|op| there(&op)), "{not:?}: {text}");
}

#[test]
fn a_part_that_is_assigned_is_no_list() {
    has(
        "def f(k):\n    l = [1] * 9\n    n = l[k] + 3\n    while n:\n        n -= 1\n        l[:n + 1] = l[n::-1]\n    return l",
        &["list_move"],
        &["rt_get_slice", "rt_set_slice", "list_part"],
    );
}
#[test]
fn a_part_of_a_list_is_taken() {
    has(
        "def f(k):\n    l = [1] * 9\n    return l[1:k], l[k:], l[:], l[::-2]",
        &["list_part"],
        &["rt_get_slice"],
    );
}
#[test]
fn pop_and_insert_are_done_natively() {
    has(
        "def f(k):\n    l = [1] * 9\n    l.insert(k, l.pop(0))\n    return l.pop()",
        &["list_cut", "list_insert"],
        &["rt_call_descr", "rt_call_method"],
    );
}
#[test]
fn a_constant_text_is_looked_into_by_its_characters() {
    has(
        "def f(k):\n    t = 'a b'\n    return t[1] in ' \\n', t[k - 8] not in 'xyz'",
        &["rt_in_text"],
        &["rt_contains"],
    );
}
#[test]
fn a_reversed_range_is_an_iterator_at_once() {
    has(
        "def f(k):\n    n = 0\n    for i in reversed(range(1, k)):\n        n += i\n    return n",
        &["range_count"],
        &["rt_call", "rt_get_iter"],
    );
}
#[test]
fn powers_of_floats_and_extremes_of_ints_are_computed() {
    has(
        "def f(k):\n    x = k + 0.5\n    return x ** 0.5 + max(k, 3) + min(k, 4)",
        &["pow_f64", "select_i64"],
        &["rt_binary", "rt_call"],
    );
}
#[test]
fn super_with_a_method_is_not_made() {
    has(
        "class A:\n    def m(self, k):\n        return k\nclass B(A):\n    def m(self, k):\n        return super().m(k + 1)\nb = B()\ndef f(k):\n    return b.m(k)",
        &["super_method"],
        &["rt_call", "rt_load_method", "rt_call_method"],
    );
}
#[test]
fn gets_of_dicts_are_no_calls() {
    has(
        "d = {'a': 1}\ndef f(k):\n    return d.get('a', k) + d.get('b', k)",
        &["rt_dict_get"],
        &["rt_call_descr", "rt_call_method"],
    );
}
#[test]
fn characters_are_walked() {
    has(
        "def f(k):\n    t = 0\n    for c in 'abcdefgh':\n        t += ord(chr(ord(c) + k))\n    return t",
        &["str_byte", "rt_char"],
        &["rt_for_iter", "rt_call"],
    );
}
#[test]
fn lengths_are_read() {
    has(
        "def f(k):\n    return len('abc' * k) + len({k}) + len({k: k})",
        &["rt_len"],
        &["rt_call"],
    );
}
#[test]
fn generator_expressions_make_no_function() {
    has(
        "def f(k):\n    return sum(i * k for i in range(k))",
        &["rt_new_generator"],
        &["rt_make_function"],
    );
}

/// By a counter: keys that are strs and small ints are looked up in dicts by `types::dict::quick`.
#[test]
fn keys_are_looked_up_natively() {
    let source = "
def main(n):
    d = {}
    t = 0
    for i in range(n):
        k = 'abcdefgh'[i & 7]
        if k in d:
            d[k] += i
        else:
            d[k] = i
        if i & 7 in d:
            t += 1
    return d, t
print(main(20000))
";
    let mut r = native::run(source, Engine::builder().jit(JitMode::On));
    assert_eq!(r.error, "");
    let n = r.count("keys", "looked up natively");
    // Two questions, a subscript and a store each time round.
    assert!((70_000..=80_000).contains(&n), "{n}: {:?}", r.all());
}
