//! Compiling a source within the engine's limits.
//!
//! What a compilation takes must fit before it is begun, and is gone when it ends: nothing else of the engine runs
//! meanwhile, so it is not accounted. But one that was given up may be at work still, on a thread of its own
//! (`compile::aside`): it is accounted until it ends, and there is never a second.

use super::{Raised, Vm};
use crate::compile::{self, CompileError, Compiled, Left, Mode, Options, Text};

/// A compilation that was given up, and what is accounted for it.
pub struct Leaving {
    left: Left,
    bytes: usize,
}

impl Vm {
    /// Compiles a source: within `options.room`, what there is beyond what compiling it takes.
    ///
    /// # Errors
    /// MemoryError; why the engine stops. Inside: what is wrong with the source.
    pub fn compile(
        &mut self,
        text: Text<'_>,
        filename: &str,
        mode: Mode,
        options: Options,
    ) -> Result<Result<Compiled, CompileError>, Raised> {
        let bound = self.working(|vm| compile::memory_bound(&text, || !vm.gives_up()))?;
        // A short one begins at once, beside one that is leaving: it takes no thread. Who is stopped while it waits has
        // a limit's error, not one of memory.
        if text.bytes().len() >= compile::LONG {
            self.await_compiler();
            self.poll()?;
        }
        self.ensure_room(bound)?;
        self.poll()?;
        let taken = self.heap.bytes().saturating_add(bound);
        let options = Options {
            room: self.heap.cap().saturating_sub(taken),
            ..options
        };
        let mut left = None;
        let goes_on = || !self.gives_up();
        let made = compile::compile_watched(text, filename, mode, options, &goes_on, &mut left);
        if let Some(left) = left {
            // It fitted before, and fits.
            let bytes = self.heap.account(bound).map_or(0, |()| bound);
            self.compiler = Some(Leaving { left, bytes });
        }
        Ok(made)
    }
    /// What is accounted for a compilation that has ended since.
    pub fn idle_bytes(&self) -> usize {
        let over = self.compiler.as_ref().filter(|c| c.left.is_over());
        over.map_or(0, |c| c.bytes)
    }
    /// Gives that back.
    pub fn forget_compiler(&mut self) {
        if self.compiler.as_ref().is_some_and(|c| c.left.is_over())
            && let Some(c) = self.compiler.take()
        {
            self.heap.unaccount(c.bytes);
        }
    }
    /// Waits until a compilation that was given up has ended, or until the engine is to stop.
    #[inline]
    pub fn await_compiler(&mut self) {
        if self.compiler.is_some() {
            self.await_it();
        }
    }
    #[cold]
    fn await_it(&mut self) {
        self.forget_compiler();
        while let Some(c) = &self.compiler {
            if self.gives_up() {
                return;
            }
            c.left.wait();
            self.forget_compiler();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vm::limit;
    use std::sync::mpsc::channel;

    /// What was given up is accounted while it is at work, and whoever needs the room waits for it.
    #[test]
    fn it_is_accounted_until_it_ends() {
        let mut vm = Vm::new(crate::vm::Config::default());
        let before = vm.heap.bytes();
        let (go, gone) = channel::<()>();
        vm.heap.account(1000).unwrap();
        vm.compiler = Some(Leaving {
            left: Left::of(move || assert!(gone.recv().is_ok())),
            bytes: 1000,
        });
        // Who is to stop does not wait.
        vm.limit.request(limit::INTERRUPT);
        vm.await_compiler();
        assert!(vm.compiler.is_some());
        vm.limit.clear(limit::INTERRUPT);
        let go = std::thread::spawn(move || go.send(()));
        assert!(vm.make_room(1 << 20));
        assert!(vm.compiler.is_none());
        assert!(vm.heap.bytes() <= before);
        go.join().unwrap().unwrap();
    }
}
