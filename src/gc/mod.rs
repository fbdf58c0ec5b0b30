//! The heap: one per engine, dropped whole; non-moving mark-sweep over size-segregated blocks.
//!
//! The rules everyone else lives by:
//! * **Allocation** takes `&Vm` (or `&Heap`), never collects, and may set the GC-request bit.
//! * **Collection** happens only at safepoints, which take `&mut Vm`: `vm.poll()`, a call into
//!   Python, a large allocation. So a `&T` borrowed from `&Vm` can never dangle.
//! * **Roots**: VM stacks, handles and the Vm's own fields precisely; native stacks conservatively,
//!   over the recorded segments only (interior pointers count, callee-saved registers spilled).
//! * A `Value` in a local variable is safe. In an off-heap container (`Vec`, `HashMap`, a struct on
//!   the Rust heap) it is not: keep it in a heap object or on the VM stack.
//! * Every store of a value into a heap object goes through `Slot::write` or `Buf::set`.
//! * Growing or freeing a buffer is done by code that holds `&mut Vm`; slices handed out are
//!   `&[Cell<T>]` borrowed from `&Vm`. Code that calls back into Python copies values out first
//!   and revalidates afterwards.
//! * Every byte is accounted: cells, buffers, external sizes, big stacks. Over the cap an
//!   allocation fails with [`NoMemory`]; `Vm::with_room` collects, tries again, and raises
//!   MemoryError.
//! * A pointer into a *cell* keeps the object alive; one into a buffer does not keep its owner
//!   alive. Code that hoists a buffer's address over a safepoint keeps the owner in a root or in
//!   a register or stack slot for as long (native code: as an operand of the last use).
//!
//! How a collection goes: [`collect`] → `sweep::prepare_mark` → roots (`Vm::trace_roots`, then
//! `segments::scan_native`) → `mark` → `sweep::after_mark`; blocks are swept as allocation
//! comes to them. `block` says how memory lies, `heap` how a cell is handed out.
#![allow(unsafe_code)]

pub mod block;
pub mod buf;
pub mod heap;
mod inject;
pub mod mark;
mod pages;
pub mod pause;
pub mod roots;
pub mod segments;
mod spare;
pub mod stress;
mod sweep;
pub mod weak;
pub mod wish;

pub use buf::Buf;
pub use heap::{GcStats, Heap, NoMemory};
pub use roots::{DropQueue, HandleId, Handles};
pub use segments::{Segments, entry, on_big_stack, stack_is_low, with_stack};

use crate::vm::{Vm, limit};
use mark::Tracer;
use std::time::Instant;

/// Marks from every root and lets the rest be swept. The caller is at a safepoint.
///
/// Nothing happens outside [`entry`]: nobody would know which stack to scan. In precise mode
/// nothing happens where a native stack may hold values. A request by allocation stays pending then.
pub fn collect(vm: &mut Vm) {
    if vm.heap.held.get() {
        vm.limit.request(limit::GC);
        return;
    }
    let conservative = !vm.config.gc_precise;
    let inside = vm.segments.depth() > 0;
    if inside && (conservative || vm.segments.is_precise()) {
        collect_from(vm, conservative);
    } else if inside && vm.heap.wants_collection() {
        vm.limit.request(limit::GC);
    }
}

/// Runs `f`, which keeps values where the collector does not look: meanwhile nothing is collected, and where memory is
/// short it gets MemoryError. A panic in `f` ends this, too.
pub fn held<R>(vm: &mut Vm, f: impl FnOnce(&mut Vm) -> R) -> R {
    struct Until<'a>(&'a mut Vm, bool);
    impl Drop for Until<'_> {
        fn drop(&mut self) {
            self.0.heap.held.set(self.1);
        }
    }
    let before = vm.heap.held.replace(true);
    let until = Until(vm, before);
    f(until.0)
}

/// Collects between two entries, when nothing but handles and the engine itself holds values.
pub fn collect_idle(vm: &mut Vm) {
    vm.forget_compiler();
    if vm.segments.depth() == 0 {
        collect_from(vm, false);
        vm.heap.finish_sweep();
    }
}

fn collect_from(vm: &mut Vm, stacks: bool) {
    vm.handles.drain();
    vm.segments.trim(&vm.heap);
    vm.stack.trim(&vm.heap);
    vm.heap.eager.set(vm.config.gc_stress);
    vm.method_cache.clear();
    crate::jit::before_collection(vm);
    let vm = &*vm;
    vm.heap.collect(|t| {
        vm.trace_roots(t);
        if stacks {
            segments::scan_native(&vm.segments, t);
            vm.jit.trace_running(&vm.segments, t);
        }
    });
    vm.stats.collections.set(vm.stats.collections.get() + 1);
    if vm.heap.has_doomed() || vm.heap.weak_pending.get().is_some() {
        vm.limit.request(limit::WISHES);
    }
}

impl Heap {
    /// Collects, with the roots that `roots` shows. What `collect` does for a whole engine; alone
    /// it serves tests of the heap.
    pub fn collect(&self, roots: impl FnOnce(&mut Tracer<'_>)) {
        let began = Instant::now();
        {
            let mut s = self.stats.borrow_mut();
            s.peak = s.peak.max(self.bytes());
        }
        self.prepare_mark();
        let mut t = Tracer::new(self);
        roots(&mut t);
        let mut whole = t.drain();
        self.dying.set(0);
        if whole && self.has_wishes() {
            let living = self.marked_bytes();
            self.doom(&mut t);
            whole = t.drain();
            self.dying.set(self.marked_bytes() - living);
        }
        if whole {
            self.clear_weak();
            self.clear_codes();
            self.after_mark();
        } else {
            self.after_abandoned();
        }
        let mut s = self.stats.borrow_mut();
        s.collections += 1;
        s.nanoseconds += began.elapsed().as_nanos() as u64;
    }
}
