//! A run that can be left in the middle and gone on with later: it has a machine stack of the engine's own, and
//! pauses by switching away from it. So nothing that runs Python has to know: builtins with callbacks, native code
//! and imports stay where they are.
//!
//! While it is paused nothing else runs in the engine (`api::pause` sees to that), so nothing collects; once it goes
//! on, its stack is a segment like any other. Where a function of the host is below, [`wait`] refuses: the host's
//! frames on our stack must not be left behind.
#![allow(unsafe_code)]

use super::heap::NoMemory;
use super::segments::Place;
use crate::vm::Vm;
use corosensei::stack::DefaultStack;
use corosensei::{Coroutine, CoroutineResult, Yielder};
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// What a paused run is told.
#[derive(Clone, Copy)]
enum Word {
    /// Go on; the engine, for a run that begins.
    On(*mut Vm),
    /// It was given up: unwind.
    End,
}

type Switch = Yielder<Word, ()>;
type Outcome<R> = std::thread::Result<R>;
type Body<R> = Coroutine<Word, (), Outcome<R>, DefaultStack>;

/// A run on a stack of its own.
pub struct Run<R: 'static> {
    /// Leaked where it is dropped in the middle: [`Run::end`] comes first.
    co: Option<ManuallyDrop<Body<R>>>,
    /// Where it stands, from its last pause.
    place: Place,
    /// The number of the heap of its engine.
    heap: u64,
}

impl<R: 'static> Run<R> {
    /// What will run `f`; nothing runs yet, and the engine is not running either.
    ///
    /// # Errors
    /// There is no memory for its stack.
    pub fn new(vm: &mut Vm, f: impl FnOnce(&mut Vm) -> R + 'static) -> Result<Run<R>, NoMemory> {
        let stack = vm.segments.take_stack(&vm.heap)?;
        let place = Place::at_bottom(&stack);
        let co = Coroutine::with_stack(stack, move |switch: &Switch, word| {
            let Word::On(vm) = word else {
                return Err(Box::new("a run that never began") as _);
            };
            // SAFETY: `resume` borrows the engine for as long as this runs; between two of its calls
            // nothing here does.
            let vm = unsafe { &mut *vm };
            let switch = std::ptr::from_ref(switch) as usize;
            vm.pause.set(switch);
            let r = catch_unwind(AssertUnwindSafe(|| f(vm)));
            vm.pause.set(0);
            r
        });
        Ok(Run {
            co: Some(ManuallyDrop::new(co)),
            place,
            heap: vm.heap.number,
        })
    }
    /// Runs until it ends or pauses.
    ///
    /// # Panics
    /// With what it panicked with; when it is another engine's.
    pub fn resume(&mut self, vm: &mut Vm) -> Option<R> {
        let word = Word::On(vm);
        self.switch(vm, word)
    }
    /// Ends it where it is: what waits is told that there is nothing more to wait for.
    ///
    /// # Panics
    /// As [`resume`](Run::resume).
    pub fn end(&mut self, vm: &mut Vm) -> Option<R> {
        if self.co.as_ref().is_some_and(|co| !co.started()) {
            let mut co = ManuallyDrop::into_inner(self.co.take()?);
            co.force_unwind();
            vm.segments.put_stack(&vm.heap, co.into_stack());
            return None;
        }
        self.switch(vm, Word::End)
    }
    fn switch(&mut self, vm: &mut Vm, word: Word) -> Option<R> {
        assert_eq!(vm.heap.number, self.heap, "a run belongs to one engine");
        let mut co = self.co.take()?;
        if !co.started() {
            vm.segments.begin(&self.place);
        }
        self.place.exchange(vm);
        let r = co.resume(word);
        self.place.exchange(vm);
        match r {
            CoroutineResult::Yield(()) => {
                self.co = Some(co);
                None
            }
            CoroutineResult::Return(r) => {
                vm.segments.over();
                let stack = ManuallyDrop::into_inner(co).into_stack();
                vm.segments.put_stack(&vm.heap, stack);
                Some(r.unwrap_or_else(|p| resume_unwind(p)))
            }
        }
    }
}

/// Leaves the run that is paused here, until it is told to go on. False: there is none, or a function of the host is
/// below, or it was given up.
#[cold]
#[inline(never)]
pub fn wait(vm: &mut Vm) -> bool {
    let switch = vm.pause.get();
    if switch == 0 {
        return false;
    }
    // SAFETY: set by the run on whose stack, or one that it went on to, this runs; it lives in a frame below.
    let switch = unsafe { &*(switch as *const Switch) };
    match switch.suspend(()) {
        Word::On(_) => true,
        Word::End => {
            vm.pause.set(0);
            false
        }
    }
}
