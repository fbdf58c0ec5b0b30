//! The programs in one process: Taipan's native code, its interpreter, and the Rust twin.
//!
//! `cargo bench --bench programs`. Inputs come through `black_box`; every result is checked against the
//! twin's. `cargo bench --bench compare` has the other engines, from outside.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;
use taipan::{Engine, JitMode};

mod native;

/// An engine that has run the program once, on a small input.
fn engine(mode: JitMode, program: &str) -> Engine {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/programs");
    let file = dir.join(format!("{program}.py"));
    let source = std::fs::read_to_string(&file).expect("the program");
    let name = file.to_string_lossy().into_owned();
    let mut e = Engine::builder()
        .jit(mode)
        .grant_all()
        .path([dir.to_string_lossy().into_owned()])
        .argv([name.clone(), "3".into()])
        .build()
        .expect("an engine");
    e.run(&source, &name).expect("it runs");
    e
}

fn programs(c: &mut Criterion) {
    for t in native::TWINS {
        let want = (t.work)(t.n);
        let mut g = c.benchmark_group(format!("{}({})", t.program, t.n));
        g.sample_size(10).measurement_time(Duration::from_secs(2));
        g.bench_function("Rust, checked i64", |b| {
            b.iter(|| assert_eq!((t.work)(black_box(t.n)), want))
        });
        for (name, mode) in [("taipan", JitMode::On), ("taipan --jit=off", JitMode::Off)] {
            let mut e = engine(mode, t.program);
            g.bench_function(name, |b| {
                b.iter(|| {
                    let r: i64 = e.call(t.function, (black_box(t.n),)).expect(t.program);
                    assert_eq!(r, want);
                })
            });
        }
        g.finish();
    }
}

criterion_group!(benches, programs);
criterion_main!(benches);
