//! Showing frames that run natively: after [`show`] every Python frame is on the VM stack, its variables
//! and position written, as if the interpreter ran it.
//!
//! Only exits know where a native frame's values are. So each activation of native code that waits in
//! a call is let out of that call, on a copy of its stack (`native::callout`): its frames leave one after the other,
//! and `leave` takes a note of what they stored. From the notes frames are made and put where
//! they belong in the chain of the VM stack, detached ones, because other frames lie there already.
//! Nothing in the originals has changed; but each is told, when its call ends, to leave (`shown`), since
//! what can be seen of its variables from now on is what the interpreter's frame has.
#![allow(unsafe_code)]

use super::caught;
use super::reify::{make_tuples, write};
use crate::interp::frame::FramePtr;
use crate::jit::lower::{FrameMeta, Loc};
use crate::jit::native::callout::{Activation, Callout, Moved, bytes, replay};
use crate::jit::native::exec_of_word;
use crate::jit::native::unit::Unit;
use crate::jit::stats::JitStats;
use crate::object::Value;
use crate::raise;
use crate::vm::{Raised, Vm};

/// What the native frames of one activation say, the innermost first.
#[derive(Default)]
pub struct Notes {
    moved: Moved,
    frames: Vec<Note>,
    words: Vec<u64>,
    failed: bool,
}

struct Note {
    unit: *const Unit,
    site: u64,
    /// Index of its first word.
    words: usize,
}

impl Notes {
    /// Takes a note of a frame. Runs on the copy of its stack: it must not raise, panic or collect.
    ///
    /// # Safety
    /// The frame is one of the unit, at one of its sites, and has stored its words.
    pub unsafe fn take(&mut self, unit: &Unit, site: u64, words: *const u64) {
        let Some((of, chain)) = unit.site(site) else {
            self.failed = true;
            return;
        };
        let tuples = unit.tuples(of);
        let all = chain.iter().flat_map(|m| m.slots.iter().chain(&m.stack));
        let all = all.chain(tuples.iter().flat_map(|t| &t.items));
        let n = all.map(|l| match l {
            Loc::Stored(_, i) => *i as usize + 1,
            Loc::Empty | Loc::Const(_) => 0,
        });
        let made = tuples.iter().map(|t| t.at as usize + 1);
        let n = n.chain(made).max().unwrap_or(0);
        if self.words.try_reserve(n).is_err() || self.frames.try_reserve(1).is_err() {
            self.failed = true;
            return;
        }
        self.frames.push(Note {
            unit,
            site,
            words: self.words.len(),
        });
        let from = self.moved.moved(words as usize) as *const u64;
        for i in 0..n {
            // SAFETY: the exit stored that many words (contract).
            self.words.push(unsafe { *from.add(i) });
        }
    }
}

/// An activation whose frames are to be put in.
struct Found<'a> {
    activation: &'a Activation,
    notes: Notes,
    /// The innermost of the frames made; when there is none, what the activation was entered on.
    top: Option<FramePtr>,
    /// How many they are, that one included.
    frames: u32,
}

/// See `jit::show::show`.
///
/// # Errors
/// MemoryError: nothing has changed.
pub fn show(vm: &mut Vm) -> Result<(), Raised> {
    match Activation::current(vm) {
        // What is made for the frames is in no root before they are in the chain.
        Some(a) if !a.shown.get() => crate::gc::held(vm, show_all),
        Some(_) | None => Ok(()),
    }
}

fn show_all(vm: &mut Vm) -> Result<(), Raised> {
    let mut all = found(vm)?;
    let mut at = 0;
    while at < all.len() {
        if let Err(r) = make(vm, &mut all[at]) {
            for f in &all[..=at] {
                vm.drop_detached(f.top, f.activation.innermost());
            }
            return Err(r);
        }
        at += 1;
    }
    // All are made: from here on nothing fails.
    let (mut above, mut below) = (None, vm.stack.top_frame());
    for f in &all {
        let base = f.activation.innermost();
        while let Some(x) = below
            && below != base
        {
            above = below;
            below = x.prev();
        }
        vm.insert_detached(above, f.top, base);
        f.activation.shown.set(true);
        let mut at = f.top;
        for i in (0..f.frames).rev() {
            let Some(x) = at else { break };
            caught::bind_frame(vm, f.activation.depth + i, x);
            if i == 0 && f.activation.own().is_none() {
                // The next activation's frames lie under it.
                above = at;
            }
            at = x.prev();
        }
    }
    Ok(())
}

/// The activations not shown, the innermost first, with the notes of their frames.
fn found<'a>(vm: &mut Vm) -> Result<Vec<Found<'a>>, Raised> {
    let mut all: Vec<Found<'a>> = Vec::new();
    let mut newest = vm.jit.callout.get();
    let mut at = Activation::newest(vm);
    while let Some(a) = at
        && !a.shown.get()
    {
        let Some(c) = a.callout(newest) else {
            return Err(raise!(
                vm,
                SystemError,
                "native code is not in a call that may look at frames"
            ));
        };
        let notes = let_out(vm, a, c)?;
        if all.try_reserve(1).is_err() {
            return Err(vm.raise_memory());
        }
        all.push(Found {
            activation: a,
            notes,
            top: a.innermost(),
            frames: 0,
        });
        newest = a.callout_before();
        at = a.outer();
    }
    Ok(all)
}

/// Lets the frames of an activation leave on a copy of their stack.
fn let_out(vm: &mut Vm, a: &Activation, c: &Callout) -> Result<Notes, Raised> {
    let size = bytes(a, c);
    if vm.heap.account(size).is_err() && !(vm.make_room(size) && vm.heap.account(size).is_ok()) {
        return Err(vm.raise_memory());
    }
    let mut notes = Notes::default();
    let p = &raw mut notes;
    let before = vm.jit.notes.get();
    std::hint::black_box(std::ptr::from_mut(vm));
    let noted = &vm.jit.notes;
    // SAFETY: the helper behind the callout is what called us; `leave` finds the notes and takes
    // them, which raises nothing.
    let r = unsafe {
        replay(a, c, |m| {
            (*p).moved = m;
            noted.set(p as usize);
        })
    };
    vm.jit.notes.set(before);
    std::hint::black_box(std::ptr::from_mut(vm));
    vm.heap.unaccount(size);
    std::hint::black_box(p);
    match r {
        Ok(()) if !notes.failed => Ok(notes),
        Ok(()) | Err(false) => Err(vm.raise_memory()),
        Err(true) => Err(raise!(
            vm,
            SystemError,
            "the machine stack of native code is not as expected"
        )),
    }
}

/// Makes the frames of an activation, and writes them. They are not in the chain yet.
fn make(vm: &mut Vm, found: &mut Found<'_>) -> Result<(), Raised> {
    let mut own = found.activation.own();
    let Notes { frames, words, .. } = &mut found.notes;
    for note in frames.iter().rev() {
        // SAFETY: a unit with a native frame lives.
        let unit = unsafe { &*note.unit };
        let Some((site, chain)) = unit.site(note.site) else {
            continue;
        };
        let words = words[note.words..].as_mut_ptr();
        // SAFETY: `take` copied the words of this site, these included. Nothing is collected (`show`) before
        // the frames that hold the tuples are in the chain.
        unsafe { make_tuples(vm, words, unit.tuples(site)) }?;
        for m in chain.iter().rev() {
            let f = match own.take() {
                Some(f) => f,
                None => detached(vm, unit, m, found.top)?,
            };
            // SAFETY: `take` copied the words of this site.
            unsafe { write(vm, words, f, m) };
            found.top = Some(f);
            found.frames += 1;
            JitStats::bump(&vm.jit.stats.shown);
        }
    }
    Ok(())
}

fn detached(
    vm: &mut Vm,
    unit: &Unit,
    m: &FrameMeta,
    below: Option<FramePtr>,
) -> Result<FramePtr, Raised> {
    match (Value::from_bits(m.code), exec_of_word(m.code)) {
        (Some(code), Some(exec)) => vm.new_detached(exec, code, unit.globals, below),
        _ => Err(raise!(
            vm,
            SystemError,
            "native code shows a frame without code"
        )),
    }
}
