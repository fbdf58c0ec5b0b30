//! The heap on its own: no engine, roots shown by hand.
#![allow(unsafe_code)]

mod counting;

use counting::held;
use std::cell::Cell;
use std::sync::Arc;
use taipan::gc::block::{pool_len, pool_trim};
use taipan::gc::{Buf, Heap, NoMemory};
use taipan::object::{ClassId, Gc, Header, Kind, Slot, Value};
use taipan::types::cell::value::CellObj;
use taipan::types::int::value::{BigIntObj, Int64Obj};
use taipan::types::list::value::ListObj;
use taipan::types::str::value::StrObj;
use taipan::types::tuple::value::TupleObj;
use taipan::vm::limit::{self, LimitWord};

fn int(heap: &Heap, i: i64) -> Result<Value, NoMemory> {
    let h = Header::new(Kind::Int64, ClassId::Int as u32);
    heap.alloc(Int64Obj { h, value: i }).map(Gc::value)
}
fn cell(heap: &Heap, v: Option<Value>) -> Result<Gc<CellObj>, NoMemory> {
    heap.alloc(CellObj {
        h: Header::new(Kind::Cell, ClassId::Cell as u32),
        value: Slot::new(v),
    })
}
fn list(heap: &Heap, items: &[Value]) -> Result<Gc<ListObj>, NoMemory> {
    let l = heap.alloc(ListObj {
        h: Header::new(Kind::List, ClassId::List as u32),
        items: Buf::new(),
    })?;
    at(&l).items.extend_from_slice(heap, items)?;
    Ok(l)
}
fn tuple(heap: &Heap, items: &[Value]) -> Result<Gc<TupleObj>, NoMemory> {
    let h = Header::new(Kind::Tuple, ClassId::Tuple as u32);
    let len = items.len();
    heap.alloc_copy(TupleObj { h, len }, items)
}
fn string(heap: &Heap, s: &str) -> Result<Gc<StrObj>, NoMemory> {
    let init = StrObj {
        h: Header::new(Kind::Str, ClassId::Str as u32),
        len: s.len(),
        chars: s.len(),
        hash: Cell::new(0),
        index: Buf::new(),
    };
    heap.alloc_tail(init, s.len(), |t: &mut [u8]| {
        t.copy_from_slice(s.as_bytes())
    })
}
fn big(heap: &Heap, bits: u64) -> Result<Value, NoMemory> {
    let accounted = bits as usize / 8;
    heap.account(accounted)?;
    let h = Header::new(Kind::BigInt, ClassId::Int as u32);
    let value = num_bigint::BigInt::from(1) << bits;
    heap.alloc(BigIntObj {
        h,
        value,
        accounted,
    })
    .map(Gc::value)
}
/// The object; the tests keep it alive while they look.
fn at<T>(g: &Gc<T>) -> &T
where
    T: taipan::object::Object,
{
    // SAFETY: the value was made from an object of this type, which is alive.
    unsafe { &*(g.value().bits() as *const T) }
}
/// Collects with these roots and sweeps to the end.
fn collect(heap: &Heap, roots: &[Value]) {
    heap.collect(|t| roots.iter().for_each(|v| t.value(*v)));
    heap.finish_sweep();
}

#[test]
fn garbage_with_cycles_runs_in_flat_memory() {
    let word = Arc::new(LimitWord::new());
    let heap = Heap::with_limit(usize::MAX, word.clone());
    let keep = list(&heap, &[]).unwrap();
    let mut peaks = Vec::new();
    let mut peak = 0;
    for i in 0..3_000_000i64 {
        let a = list(&heap, &[keep.value()]).unwrap();
        let b = tuple(&heap, &[a.value(), int(&heap, i << 50).unwrap()]).unwrap();
        at(&a).items.push(&heap, b.value()).unwrap();
        if i % 1000 == 0 {
            string(&heap, &"x".repeat(i as usize % 10_000)).unwrap();
            big(&heap, 5000).unwrap();
        }
        if word.is_pending() {
            assert_eq!(word.take(), limit::GC);
            peak = peak.max(heap.bytes());
            heap.collect(|t| {
                t.value(keep.value());
                t.value(b.value());
            });
            if heap.stats().collections.is_multiple_of(10) {
                peaks.push(peak);
                peak = 0;
            }
        }
    }
    assert!(peaks.len() > 5, "{peaks:?}");
    assert!(peaks.iter().all(|&p| p < 6 << 20), "{peaks:?}");
    collect(&heap, &[]);
    assert_eq!(heap.bytes(), 0);
}

#[test]
fn everything_dropped_gives_every_byte_back() {
    let before = held();
    {
        let heap = Heap::new(usize::MAX);
        assert_eq!((heap.bytes(), held() - before), (0, 0));
        let mut all = Vec::new();
        for n in 0..600 {
            let items: Vec<Value> = (0..n).map(|i| int(&heap, i << 50).unwrap()).collect();
            all.push(tuple(&heap, &items).unwrap().value());
            all.push(list(&heap, &items).unwrap().value());
            all.push(string(&heap, &"s".repeat(n as usize * 7)).unwrap().value());
            all.push(big(&heap, 64 + n as u64 * 100).unwrap());
            heap.identity(all[n as usize]).unwrap();
        }
        let full = heap.bytes();
        collect(&heap, &all);
        assert_eq!(heap.bytes(), full);
        let half: Vec<Value> = all.iter().copied().step_by(2).collect();
        collect(&heap, &half);
        assert!(heap.bytes() < full);
        for (n, v) in half.iter().enumerate().filter(|(n, _)| n % 2 == 0) {
            let t = v.cast::<TupleObj>().unwrap();
            for (i, x) in at(&t).iter().enumerate() {
                assert_eq!(
                    at(&x.cast::<Int64Obj>().unwrap()).value,
                    (i as i64) << 50,
                    "{n}"
                );
            }
        }
        collect(&heap, &[]);
        assert_eq!(heap.bytes(), 0);
        // And with everything still there when the heap goes.
        for n in 0..100 {
            list(&heap, &[Value::NONE; 50]).unwrap();
            string(&heap, &"s".repeat(n * 97)).unwrap();
            big(&heap, 4000).unwrap();
        }
    }
    pool_trim();
    assert_eq!(held(), before);
}

#[test]
fn a_million_links_and_a_full_mark_stack() {
    let heap = Heap::new(usize::MAX);
    let mut v = None;
    for _ in 0..1_000_000 {
        v = Some(cell(&heap, v).unwrap().value());
    }
    let mut wide = Vec::new();
    for _ in 0..100_000 {
        wide.push(
            cell(&heap, Some(int(&heap, 1 << 60).unwrap()))
                .unwrap()
                .value(),
        );
    }
    let wide = list(&heap, &wide).unwrap();
    let roots = [v.unwrap(), wide.value()];
    collect(&heap, &roots);
    let live = heap.stats().live;
    assert!(live >= 16 * 1_200_000);
    // Hardly any stack: what does not fit is found again by looking through the heap.
    heap.mark_limit.set(600);
    collect(&heap, &roots);
    assert_eq!(heap.stats().live, live);
    for c in at(&wide).items.cells() {
        let c = c.get().cast::<CellObj>().unwrap();
        assert!(at(&c).value.get().is_some_and(|v| v.is_kind(Kind::Int64)));
    }
    collect(&heap, &[]);
    assert_eq!(heap.bytes(), 0);
}

#[test]
fn interior_pointers_keep_an_object_and_others_do_not() {
    let heap = Heap::new(usize::MAX);
    let small = tuple(&heap, &[Value::NONE; 9]).unwrap().value();
    let large = string(&heap, &"long ".repeat(5000)).unwrap().value();
    let other = tuple(&heap, &[Value::NONE; 9]).unwrap().value();
    let collect_at = |words: &[usize]| {
        heap.collect(|t| words.iter().for_each(|&w| t.maybe(w)));
        heap.finish_sweep();
        heap.stats().live
    };
    let (s, l) = (small.bits() as usize, large.bits() as usize);
    let n = collect_at(&[s + 87, l + 24_000, 0, 8, usize::MAX, s ^ (1 << 40), 1 << 47]);
    assert_eq!(n, 96);
    assert_eq!(
        at(&large.cast::<StrObj>().unwrap()).as_bytes().len(),
        25_000
    );
    // A freed cell is rejected, and so is the end of a large one.
    assert_eq!(
        collect_at(&[other.bits() as usize, s + 8, l + 25_000 + 4096]),
        96
    );
    let before = heap.bytes();
    assert_eq!(collect_at(&[s]), 96);
    assert_eq!(heap.bytes(), before);
    assert_eq!(collect_at(&[other.bits() as usize]), 0);
    assert_eq!(heap.bytes(), 0);
}

#[test]
fn cells_that_were_never_handed_out_are_not_live() {
    let heap = Heap::new(usize::MAX);
    let a = int(&heap, 1 << 60).unwrap();
    let next = a.bits() as usize + 16;
    heap.collect(|t| {
        t.maybe(next);
        t.value(a)
    });
    assert_eq!(heap.stats().live, 16);
}

#[test]
fn the_cap_is_kept_and_the_heap_goes_on() {
    let cap = 1 << 20;
    let heap = Heap::new(cap);
    let mut all = Vec::new();
    while let Ok(v) = list(&heap, &[Value::NONE; 20]) {
        all.push(v.value());
        assert!(heap.bytes() <= cap);
    }
    assert!(all.len() > 2000, "{}", all.len());
    assert_eq!(string(&heap, &"x".repeat(2 << 20)).err(), Some(NoMemory));
    assert_eq!(heap.account(usize::MAX).err(), Some(NoMemory));
    // An int that native code boxes comes out in any case.
    let full = heap.bytes();
    for i in 0..2000 {
        let h = Header::new(Kind::Int64, ClassId::Int as u32);
        heap.alloc_always(Int64Obj { h, value: i });
    }
    assert!(heap.bytes() < full + (64 << 10) && int(&heap, 1).is_ok());
    collect(&heap, &all);
    assert!(heap.bytes() <= cap);
    // The reserve is for MemoryError.
    assert!(heap.enter_reserve() && !heap.enter_reserve());
    assert!(heap.account(1000).is_ok());
    heap.leave_reserve();
    heap.unaccount(1000);
    // Without a sweep the garbage is still there; a request for memory sweeps.
    heap.collect(|t| t.value(all[0]));
    let l = string(&heap, &"x".repeat(cap / 2)).unwrap();
    assert_eq!(at(&l).len, cap / 2);
    for _ in 0..1000 {
        list(&heap, &[Value::NONE; 20]).unwrap();
    }
    assert_eq!(at(&all[0].cast::<ListObj>().unwrap()).items.len(), 20);
}

#[test]
fn marking_gives_up_for_an_interrupt() {
    let word = Arc::new(LimitWord::new());
    let heap = Heap::with_limit(usize::MAX, word.clone());
    let mut v = None;
    for _ in 0..100_000 {
        v = Some(cell(&heap, v).unwrap().value());
        tuple(&heap, &[Value::NONE]).unwrap();
    }
    let before = heap.bytes();
    word.request(limit::INTERRUPT);
    collect(&heap, &[v.unwrap()]);
    assert_eq!((heap.bytes(), heap.stats().abandoned), (before, 1));
    // The heap is whole: it allocates and collects.
    for i in 0..1000 {
        int(&heap, i << 50).unwrap();
    }
    word.take();
    collect(&heap, &[v.unwrap()]);
    assert!(heap.bytes() < before);
    let mut n = 0;
    while let Some(c) = v {
        n += 1;
        v = at(&c.cast::<CellObj>().unwrap()).value.get();
    }
    assert_eq!(n, 100_000);
}

/// A random graph beside a model of it: what the model reaches is there, unharmed, and counted to
/// the byte; what it does not reach is gone.
#[test]
fn random_graphs_agree_with_a_model() {
    use taipan::gc::block::{GRANULE, class_of, granules};
    let mut seed = 12345u64;
    let mut random = move |n: usize| {
        seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (seed >> 33) as usize % n
    };
    let heap = Heap::new(usize::MAX);
    // By index: the list, its payload's length, and the indexes of the lists it holds.
    type Node = (Gc<ListObj>, usize, Vec<usize>);
    let mut nodes: Vec<Option<Node>> = Vec::new();
    let mut roots: Vec<usize> = Vec::new();
    for round in 0..120 {
        for _ in 0..random(400) {
            let n = match random(20) {
                0 => random(20_000),
                1..8 => random(600),
                _ => random(40),
            };
            let payload = match random(2) {
                0 => string(&heap, &"p".repeat(n)).unwrap().value(),
                _ => tuple(&heap, &vec![Value::int_unchecked(n as i64); n])
                    .unwrap()
                    .value(),
            };
            let id = Value::int_unchecked(nodes.len() as i64);
            let node = list(&heap, &[id, payload]).unwrap();
            nodes.push(Some((node, n, Vec::new())));
            // Garbage of the same sizes between.
            tuple(&heap, &vec![Value::NONE; random(50)]).unwrap();
        }
        let live: Vec<usize> = (0..nodes.len()).filter(|&i| nodes[i].is_some()).collect();
        for _ in 0..random(1 + live.len() * 2) {
            let (a, b) = (live[random(live.len())], live[random(live.len())]);
            let to = nodes[b].as_ref().unwrap().0.value();
            let (from, _, edges) = nodes[a].as_mut().unwrap();
            if random(5) == 0 {
                at(from).items.truncate(2);
                edges.clear();
            } else {
                at(from).items.push(&heap, to).unwrap();
                edges.push(b);
            }
        }
        roots.retain(|_| random(3) > 0);
        if !live.is_empty() {
            (0..random(30)).for_each(|_| roots.push(live[random(live.len())]));
        }
        if random(3) == 0 {
            continue;
        }
        let mut seen = vec![false; nodes.len()];
        let mut work = roots.clone();
        while let Some(i) = work.pop() {
            if !std::mem::replace(&mut seen[i], true) {
                work.extend(&nodes[i].as_ref().unwrap().2);
            }
        }
        heap.mark_limit
            .set(if random(2) == 0 { 100 } else { usize::MAX });
        let values: Vec<Value> = roots
            .iter()
            .map(|&i| nodes[i].as_ref().unwrap().0.value())
            .collect();
        heap.collect(|t| values.iter().for_each(|v| t.value(*v)));
        if random(2) == 0 {
            heap.finish_sweep();
        }
        let cell = |n: usize| granules(class_of(n, false)) * GRANULE;
        let mut bytes = 0;
        for (i, seen) in seen.iter().enumerate() {
            if !seen {
                nodes[i] = None;
                continue;
            }
            let (node, n, edges) = nodes[i].as_ref().unwrap();
            let items = &at(node).items;
            assert_eq!(
                items.get(0),
                Some(Value::int_unchecked(i as i64)),
                "{round}"
            );
            assert_eq!(items.len(), 2 + edges.len());
            bytes += cell(std::mem::size_of::<ListObj>());
            let payload = items.get(1).unwrap();
            let size = if let Some(s) = payload.cast::<StrObj>() {
                assert!(at(&s).as_bytes().iter().all(|&c| c == b'p') && at(&s).len == *n);
                std::mem::size_of::<StrObj>() + n
            } else {
                let t = payload.cast::<TupleObj>().unwrap();
                assert!(at(&t).iter().all(|v| v == Value::int_unchecked(*n as i64)));
                assert_eq!(at(&t).len, *n);
                std::mem::size_of::<TupleObj>() + 8 * n
            };
            bytes += if size <= 2048 { cell(size) } else { 0 };
        }
        assert_eq!(heap.stats().live, bytes, "{round}");
    }
    collect(&heap, &[]);
    assert_eq!(heap.bytes(), 0);
}

#[test]
fn identities_are_counted_and_die_with_their_object() {
    let heap = Heap::new(usize::MAX);
    let a = cell(&heap, None).unwrap().value();
    let b = cell(&heap, None).unwrap().value();
    let (i, j) = (heap.identity(a).unwrap(), heap.identity(b).unwrap());
    assert!(i != j && heap.identity(a) == Ok(i));
    collect(&heap, &[a]);
    assert_eq!(heap.identity(a), Ok(i));
    let c = cell(&heap, None).unwrap().value();
    assert!(![i, j].contains(&heap.identity(c).unwrap()));
    assert_eq!(heap.identity(Value::NONE), heap.identity(Value::NONE));
}

#[test]
fn an_unused_heap_owns_nothing_and_a_small_one_little() {
    let before = held();
    let heap = Heap::new(usize::MAX);
    assert_eq!(held(), before);
    for s in 0..12 {
        int(&heap, 1 << 60).unwrap();
        tuple(&heap, &vec![Value::NONE; s]).unwrap();
        string(&heap, &"a".repeat(s * 10)).unwrap();
    }
    list(&heap, &[]).unwrap();
    assert!(heap.bytes() <= 96 << 10, "{}", heap.bytes());
    assert!(std::mem::size_of::<Heap>() < 8 << 10);
}

#[test]
fn engines_on_two_threads_share_the_pool_only() {
    let work = |seed: i64| {
        let heap = Heap::new(usize::MAX);
        for round in 0..20 {
            let kept: Vec<Value> = (0..5000)
                .map(|i| {
                    let v = int(&heap, (seed + i) << 50).unwrap();
                    tuple(&heap, &[v]).unwrap();
                    v
                })
                .collect();
            collect(&heap, &kept);
            for (i, v) in kept.iter().enumerate() {
                let n = at(&v.cast::<Int64Obj>().unwrap()).value;
                assert_eq!(n, (seed + i as i64) << 50, "{round}");
            }
        }
        collect(&heap, &[]);
        assert_eq!(heap.bytes(), 0);
    };
    std::thread::scope(|s| {
        for seed in 0..4 {
            s.spawn(move || (0..5).for_each(|_| work(seed * 1000)));
        }
    });
    assert!(pool_len() <= 64);
}

#[test]
fn a_heap_moves_between_threads() {
    let heap = Heap::new(usize::MAX);
    let v = tuple(&heap, &[int(&heap, 1 << 60).unwrap()]).unwrap();
    let bits = v.value().bits();
    std::thread::spawn(move || {
        let v = Value::from_bits(bits).unwrap();
        collect(&heap, &[v]);
        let t = v.cast::<TupleObj>().unwrap();
        assert_eq!(
            at(&at(&t).get(0).unwrap().cast::<Int64Obj>().unwrap()).value,
            1 << 60
        );
    })
    .join()
    .unwrap();
}

// ---- with an engine around it

mod engine {
    use super::*;
    use taipan::gc::{collect, collect_idle, entry, on_big_stack, stack_is_low, with_stack};
    use taipan::vm::{Config, Vm};

    fn vm(config: Config) -> Box<Vm> {
        Vm::new(config)
    }
    /// Runs where no earlier call has left a word on the stack that `f` will use.
    #[inline(never)]
    fn deep<R>(f: impl FnOnce() -> R) -> R {
        let mut pad = [0u8; 4096];
        std::hint::black_box(&mut pad);
        f()
    }

    #[test]
    fn a_local_variable_is_a_root() {
        let mut vm = vm(Config::default());
        entry(&mut vm, |vm| {
            let t = vm.new_tuple(&[Value::TRUE]).unwrap();
            let big = vm.new_int(1 << 60).unwrap();
            let s = vm.new_str(&"held in a local only".repeat(1000)).unwrap();
            for _ in 0..5 {
                collect(vm);
                for i in 0..1000 {
                    vm.new_tuple(&[Value::int_unchecked(i)]).unwrap();
                    vm.new_int((1 << 60) + i).unwrap();
                }
            }
            assert_eq!(t.get::<TupleObj>(vm).unwrap().get(0), Some(Value::TRUE));
            assert_eq!(big.get::<Int64Obj>(vm).unwrap().value, 1 << 60);
            assert_eq!(s.get::<StrObj>(vm).unwrap().len, 20_000);
        });
    }

    #[test]
    fn what_nothing_holds_dies() {
        let mut vm = vm(Config::default());
        entry(&mut vm, |vm| {
            deep(|| {
                for i in 0..10_000 {
                    vm.new_tuple(&[Value::int_unchecked(i)]).unwrap();
                }
            });
            collect(vm);
            vm.heap.finish_sweep();
            // A stale word or two may hold a few of them.
            assert!(vm.heap.stats().live < 4096, "{}", vm.heap.stats().live);
            assert_eq!(vm.stats.collections.get(), 1);
        });
    }

    #[test]
    fn handles_are_roots_until_they_go() {
        let mut vm = vm(Config::default());
        let (id, queue) = entry(&mut vm, |vm| {
            let v = vm.new_str(&"s".repeat(100_000)).unwrap();
            (vm.handles.insert(&vm.heap, v).unwrap(), vm.handles.queue())
        });
        entry(&mut vm, collect);
        assert!(vm.heap.bytes() > 100_000);
        let v = vm.handles.get(id).unwrap();
        assert_eq!(v.get::<StrObj>(&vm).unwrap().len, 100_000);
        std::thread::spawn(move || queue.push(id)).join().unwrap();
        entry(&mut vm, collect);
        assert!(vm.heap.bytes() < 100_000);
        assert_eq!(vm.handles.get(id), None);
    }

    /// Goes on until the stack has been switched `switches` times, keeping an object in each frame.
    fn recurse(vm: &mut Vm, depth: i64, switches: &mut u32, want: u32) -> i64 {
        let mine = vm.new_int((1 << 60) + depth).unwrap();
        let below = if *switches == want {
            collect(vm);
            for i in 0..10_000 {
                vm.new_int((1 << 61) + i).unwrap();
            }
            depth
        } else if stack_is_low(vm) {
            *switches += 1;
            on_big_stack(vm, |vm| recurse(vm, depth + 1, switches, want)).unwrap()
        } else {
            recurse(vm, depth + 1, switches, want)
        };
        assert_eq!(mine.get::<Int64Obj>(vm).unwrap().value, (1 << 60) + depth);
        below
    }

    #[test]
    fn deep_recursion_goes_on_on_big_stacks_that_are_scanned() {
        let mut vm = vm(Config::default());
        let before = vm.heap.bytes();
        for _ in 0..3 {
            let depth = entry(&mut vm, |vm| recurse(vm, 0, &mut 0, 4));
            assert!(depth > 20_000, "{depth}");
            assert!(vm.heap.bytes() < before + (64 << 20));
        }
        assert_eq!(vm.segments.depth(), 0);
        entry(&mut vm, collect);
        assert!(vm.heap.bytes() < before + (1 << 20));
    }

    #[test]
    fn activations_move_when_the_stack_is_low_and_fail_without_memory() {
        fn nest(vm: &mut Vm, left: u32) -> Result<u32, taipan::vm::Raised> {
            let mut pad = [left; 1000];
            std::hint::black_box(&mut pad);
            if left == 0 {
                return Ok(vm.segments.nesting());
            }
            with_stack(vm, |vm| nest(vm, left - 1)).map(|n| n + pad[999] - left)
        }
        let run = |max_memory, depth| {
            let mut vm = vm(Config {
                max_memory,
                ..Config::default()
            });
            entry(&mut vm, |vm| match nest(vm, depth) {
                Ok(n) => Some(n),
                Err(r) => {
                    vm.catch(r, ClassId::MemoryError).unwrap();
                    None
                }
            })
        };
        assert_eq!(run(usize::MAX, 20_000), Some(20_000));
        assert_eq!(run(20 << 20, 20_000), None);
        assert_eq!(run(20 << 20, 1000), Some(1000));
    }

    #[test]
    fn tuples_of_every_length_keep_their_items() {
        let mut vm = vm(Config::default());
        entry(&mut vm, |vm| {
            for n in 0..300 {
                let items: Vec<Value> = (0..n).map(Value::int_unchecked).collect();
                let t = vm.new_tuple(&items).unwrap();
                let t = t.get::<TupleObj>(vm).unwrap();
                assert!(t.iter().eq(items.iter().copied()), "{n}");
            }
        });
    }

    #[test]
    fn no_memory_for_a_big_stack_is_an_error() {
        let mut vm = vm(Config {
            max_memory: 600 << 10,
            ..Config::default()
        });
        entry(&mut vm, |vm| {
            assert_eq!(on_big_stack(vm, |_| 1), Err(NoMemory));
        });
    }

    #[test]
    fn panics_come_out_and_leave_the_segments_as_they_were() {
        let mut vm = vm(Config::default());
        let r = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            entry(&mut vm, |vm| {
                let inner = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                    on_big_stack(vm, |vm| entry(vm, |_| std::panic::panic_any(7)))
                }));
                assert!(inner.is_err());
                assert_eq!(vm.segments.depth(), 1);
                collect(vm);
                std::panic::panic_any(8);
            })
        }));
        assert_eq!(
            r.err().and_then(|p| p.downcast_ref::<i32>().copied()),
            Some(8)
        );
        assert_eq!(vm.segments.depth(), 0);
    }

    #[test]
    fn an_entry_within_an_entry_opens_a_segment() {
        let mut vm = vm(Config::default());
        entry(&mut vm, |vm| {
            let mine = vm.new_int(1 << 60).unwrap();
            let outer = vm.limit.stack_limit();
            entry(vm, |vm| {
                assert_eq!((vm.segments.depth(), vm.limit.stack_limit()), (2, outer));
                let theirs = vm.new_int(1 << 61).unwrap();
                collect(vm);
                (0..5000).for_each(|i| _ = vm.new_int((1 << 59) + i).unwrap());
                assert_eq!(theirs.get::<Int64Obj>(vm).unwrap().value, 1 << 61);
            });
            // On another stack, too.
            on_big_stack(vm, |vm| entry(vm, collect)).unwrap();
            assert_eq!(vm.segments.depth(), 1);
            collect(vm);
            (0..5000).for_each(|i| _ = vm.new_int((1 << 59) + i).unwrap());
            assert_eq!(mine.get::<Int64Obj>(vm).unwrap().value, 1 << 60);
        });
    }

    #[test]
    fn a_small_thread_starts_on_a_big_stack() {
        std::thread::Builder::new()
            .stack_size(160 << 10)
            .spawn(|| {
                let mut vm = vm(Config::default());
                let depth = entry(&mut vm, |vm| {
                    assert_eq!(vm.segments.depth(), 2);
                    recurse(vm, 0, &mut 0, 1)
                });
                assert!(depth > 1000, "{depth}");
            })
            .unwrap()
            .join()
            .unwrap();
    }

    #[test]
    fn precise_mode_waits_for_the_boundary() {
        let mut vm = vm(Config {
            gc_precise: true,
            ..Config::default()
        });
        entry(&mut vm, |vm| {
            let n = vm.segments.enter_native();
            let v = vm.new_int(1 << 60).unwrap();
            collect(vm);
            assert_eq!(vm.stats.collections.get(), 0);
            assert!(v.get::<Int64Obj>(vm).is_some());
            vm.segments.clean(true);
            collect(vm);
            vm.segments.clean(false);
            assert_eq!(vm.stats.collections.get(), 1);
            vm.heap.finish_sweep();
            assert_eq!(vm.heap.stats().live, 0);
            vm.segments.leave_native(n);
        });
        // Between entries a collection is made on purpose only.
        collect(&mut vm);
        assert_eq!(vm.stats.collections.get(), 1);
        collect_idle(&mut vm);
        assert_eq!(vm.stats.collections.get(), 2);
    }

    /// Makes tuples that hold each other until there is no memory.
    #[inline(never)]
    fn fill(vm: &mut Vm) {
        let mut last = vm.new_tuple(&[Value::NONE]).unwrap();
        let r = loop {
            match vm.new_tuple(&[last; 40]) {
                Ok(t) => last = t,
                Err(r) => break r,
            }
        };
        let e = vm.catch(r, ClassId::MemoryError).unwrap();
        assert_eq!(vm.class_of(e), ClassId::MemoryError);
        assert!(last.get::<TupleObj>(vm).is_some());
    }

    #[test]
    fn memory_error_is_raised_when_collecting_does_not_help() {
        let mut vm = vm(Config {
            max_memory: 4 << 20,
            ..Config::default()
        });
        entry(&mut vm, |vm| {
            // Garbage alone never fails, however it is made.
            for i in 0..100_000i64 {
                vm.new_list(&[Value::NONE; 30]).unwrap();
                vm.new_int((1 << 60) + i).unwrap();
                if i % 100 == 0 {
                    vm.new_str(&"x".repeat(1 << 20)).unwrap();
                    vm.new_bigint(num_bigint::BigInt::from(1) << 1_000_000)
                        .unwrap();
                }
                assert!(vm.heap.bytes() <= 4 << 20);
            }
            // What is held does.
            (0..3).for_each(|_| deep(|| fill(vm)));
            let r = vm.new_str(&"x".repeat(8 << 20)).unwrap_err();
            vm.catch(r, ClassId::MemoryError).unwrap();
            vm.new_str(&"x".repeat(1 << 20)).unwrap();
        });
    }

    #[test]
    fn a_vm_that_comes_and_goes_leaves_nothing() {
        let make = || {
            let mut vm = vm(Config::default());
            entry(&mut vm, |vm| {
                let l = vm.new_list(&[Value::NONE; 100]).unwrap();
                vm.new_dict().unwrap();
                vm.new_bigint(num_bigint::BigInt::from(1) << 10_000)
                    .unwrap();
                vm.handles.insert(&vm.heap, l.value()).unwrap();
                on_big_stack(vm, |_| ()).unwrap();
                collect(vm);
            });
        };
        make();
        let before = held();
        for _ in 0..50 {
            make();
        }
        assert_eq!(held(), before);
    }
}
