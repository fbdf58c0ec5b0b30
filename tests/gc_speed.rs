//! What allocation and collection cost: `cargo test --release --test gc_speed -- --ignored --nocapture`.

use std::hint::black_box;
use std::time::Instant;
use taipan::gc::{Buf, Heap};
use taipan::object::{ClassId, Header, Kind, Slot, Value};
use taipan::types::int::value::Int64Obj;
use taipan::types::list::value::ListObj;
use taipan::types::tuple::value::TupleObj;
use taipan::vm::limit::LimitWord;
use taipan::vm::{Config, Vm};

fn per<R>(what: &str, n: u64, f: impl FnOnce() -> R) -> R {
    let t = Instant::now();
    let r = f();
    let ns = t.elapsed().as_nanos() as f64 / n as f64;
    println!("{what:40} {ns:9.2} ns");
    r
}

#[test]
#[ignore = "a measurement; wants a release build"]
fn speed() {
    let word = std::sync::Arc::new(LimitWord::new());
    let heap = Heap::with_limit(usize::MAX, word.clone());
    let n = 20_000_000u64;
    let int = || {
        let h = Header::new(Kind::Int64, ClassId::Int as u32);
        heap.alloc(Int64Obj { h, value: 1 << 60 }).unwrap().value()
    };
    let collect = |v: &[Value]| {
        if word.is_pending() {
            word.take();
            heap.collect(|t| v.iter().for_each(|v| t.value(*v)));
        }
    };
    for _ in 0..2 {
        per("Int64, dying at once", n, || {
            for _ in 0..n {
                black_box(int());
                collect(&[]);
            }
        });
        per("tuple of 2, dying at once", n, || {
            for _ in 0..n {
                let h = Header::new(Kind::Tuple, ClassId::Tuple as u32);
                let items = black_box([Value::NONE, Value::TRUE]);
                black_box(heap.alloc_copy(TupleObj { h, len: 2 }, &items).unwrap());
                collect(&[]);
            }
        });
        per("tuple of 2, by alloc_tail", n, || {
            for _ in 0..n {
                let h = Header::new(Kind::Tuple, ClassId::Tuple as u32);
                let items = black_box([Value::NONE, Value::TRUE]);
                let fill = |t: &mut [Slot]| {
                    for (s, v) in t.iter_mut().zip(&items) {
                        *s = Slot::of(*v)
                    }
                };
                black_box(heap.alloc_tail(TupleObj { h, len: 2 }, 2, fill).unwrap());
                collect(&[]);
            }
        });
        per("list of 2 with buffer, dying at once", n / 4, || {
            for _ in 0..n / 4 {
                let l = heap
                    .alloc(ListObj {
                        h: Header::new(Kind::List, ClassId::List as u32),
                        items: Buf::new(),
                    })
                    .unwrap();
                // The heap alone has no `Vm` to borrow from; the list is live, for nothing collects.
                let items = Buf::new();
                items.push(&heap, Value::NONE).unwrap();
                items.push(&heap, Value::NONE).unwrap();
                items.free(&heap);
                black_box(l);
                collect(&[]);
            }
        });
    }
    // A tree of tuples to mark: 2^20 leaves.
    let mut level: Vec<Value> = (0..1 << 20).map(|_| int()).collect();
    while level.len() > 1 {
        level = level
            .chunks(2)
            .map(|c| {
                let h = Header::new(Kind::Tuple, ClassId::Tuple as u32);
                heap.alloc_copy(TupleObj { h, len: 2 }, c).unwrap().value()
            })
            .collect();
    }
    for _ in 0..3 {
        per("mark, an object of 2^21", 1 << 21, || {
            heap.collect(|t| t.value(level[0]))
        });
        per("sweep, the same", 1 << 21, || heap.finish_sweep());
    }
    per("the rest freed", 1 << 21, || {
        heap.collect(|_| ());
        heap.finish_sweep();
    });
    let mut vm = Vm::new(Config::default());
    taipan::gc::entry(&mut vm, |vm| {
        per("Vm::alloc of an int", n, || {
            for i in 0..n {
                black_box(vm.new_int((1 << 60) + i as i64).unwrap());
                let _ = vm.poll();
            }
        });
        per("Vm::new_tuple of 2", n, || {
            for _ in 0..n {
                let items = black_box([Value::NONE, Value::TRUE]);
                black_box(vm.new_tuple(&items).unwrap());
                let _ = vm.poll();
            }
        });
        per("Vm::new_str of 10 bytes", n / 2, || {
            for _ in 0..n / 2 {
                black_box(vm.new_str(black_box("0123456789")).unwrap());
                let _ = vm.poll();
            }
        });
        println!("{:?}", vm.heap.stats());
        per("collection of a small heap", 1000, || {
            for _ in 0..1000 {
                vm.collect();
            }
        });
    });
    per("Vm::new and drop", 1000, || {
        for _ in 0..1000 {
            black_box(Vm::new(Config::default()));
        }
    });
}
