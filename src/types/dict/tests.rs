//! The dict against the obvious one.

use super::ops;
use crate::object::Value;
use crate::vm::{Config, Vm};

fn vm() -> Box<Vm> {
    let mut vm = Vm::new(Config::default());
    crate::builtins::install(&mut vm).unwrap();
    vm
}
fn n(i: i64) -> Value {
    Value::int_unchecked(i)
}

#[test]
fn behaves_like_a_list_of_pairs() {
    let mut vm = vm();
    let vm = &mut *vm;
    let d = vm.new_dict().unwrap();
    let mut model: Vec<(i64, i64)> = Vec::new();
    let mut seed = 12345u64;
    for step in 0..20_000 {
        seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        let k = (seed >> 33) as i64 % 300;
        match (seed >> 60) % 4 {
            0 | 1 => {
                ops::set(vm, d, n(k), n(step)).unwrap();
                match model.iter_mut().find(|m| m.0 == k) {
                    Some(m) => m.1 = step,
                    None => model.push((k, step)),
                }
            }
            2 => {
                let had = ops::del(vm, d, n(k)).unwrap();
                assert_eq!(had, model.iter().any(|m| m.0 == k));
                model.retain(|m| m.0 != k);
            }
            _ => {
                let got = ops::pop_last(vm, d);
                assert_eq!(got, model.pop().map(|m| (n(m.0), n(m.1))));
            }
        }
        assert_eq!(ops::len(vm, d), model.len());
        if step % 97 == 0 {
            let mut pos = 0;
            for m in &model {
                assert_eq!(ops::next_item(vm, d, &mut pos), Some((n(m.0), n(m.1))));
                assert_eq!(ops::get(vm, d, n(m.0)).unwrap(), Some(n(m.1)));
            }
            assert_eq!(ops::next_item(vm, d, &mut pos), None);
        }
    }
}

#[test]
fn cells_of_a_namespace() {
    let mut vm = vm();
    let vm = &mut *vm;
    let d = vm.new_dict().unwrap();
    ops::make_namespace(vm, d);
    let x = vm.intern("x").unwrap();
    assert!(ops::global_cell(vm, d, x).unwrap().is_none());
    ops::set(vm, d, x, n(1)).unwrap();
    let version = d.get(vm).keys_version.get();
    let c = ops::global_cell(vm, d, x).unwrap().unwrap();
    ops::set(vm, d, x, n(2)).unwrap();
    assert_eq!(c.get(vm).value.get(), Some(n(2)));
    assert_eq!(ops::get_str(vm, d, x), Some(n(2)));
    assert_eq!(d.get(vm).keys_version.get(), version);
    assert!(ops::del(vm, d, x).unwrap());
    assert_eq!(c.get(vm).value.get(), None);
    ops::set(vm, d, x, n(3)).unwrap();
    assert_eq!(c.get(vm).value.get(), None);
    let c2 = ops::global_cell(vm, d, x).unwrap().unwrap();
    assert!(c2.value() != c.value());
    ops::clear(vm, d);
    assert_eq!(c2.get(vm).value.get(), None);
}

#[test]
fn strings_are_found_by_text() {
    let mut vm = vm();
    let vm = &mut *vm;
    let d = vm.new_dict().unwrap();
    for i in 0..100 {
        let k = vm.new_str(&format!("key{i}")).unwrap();
        ops::set(vm, d, k, n(i)).unwrap();
    }
    for i in 0..100 {
        let k = vm.new_str(&format!("key{i}")).unwrap();
        assert_eq!(ops::get_str(vm, d, k), Some(n(i)));
        let k = vm.intern(&format!("key{i}")).unwrap();
        assert_eq!(ops::get_str(vm, d, k), Some(n(i)));
    }
}
