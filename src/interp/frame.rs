//! Frames, and the VM stack most of them lie on.
//!
//! A generator's frame lies in the generator itself (`types::generator`), whatever it does: while it runs it is
//! in the chain of frames like any other, and nothing is copied when it starts, yields or goes on.
#![allow(unsafe_code)]

use super::executable::{Executable, QInstr};
use super::frames;
use crate::object::{Gc, Header, Tracer, Value};
use crate::types::cell::value::CellObj;
use crate::types::generator::value::{GenObj, State};
use crate::vm::Vm;
use std::cell::Cell;

/// What stands before f_localsplus. Native code never looks at it; deopt writes it through
/// [`Vm::push_frame`].
#[repr(C)]
pub struct Frame {
    /// The frame below on the VM stack (the caller, or what ran when Rust called in), or null.
    prev: Cell<*mut Frame>,
    exec: *const Executable,
    /// The CodeObj, which keeps `exec` alive.
    code: Value,
    globals: Value,
    /// The namespace of module code (LOAD_NAME); empty in a function.
    locals: Cell<Option<Value>>,
    /// The instruction it is at. Saved before whatever may raise, call or look at frames.
    ip: Cell<*const QInstr>,
    /// The frame's object (`frames`), or 0.
    object: Cell<u64>,
    /// Values on its stack, saved when the frame calls.
    depth: Cell<u32>,
    slots: u32,
    /// Where the stack's top goes back to: the frame's own start, or the chunk's before it. Or
    /// [`DETACHED`].
    base: usize,
    /// `ENTRY`, `SLOW`, `GENERATOR`, `INIT`.
    flags: Cell<u8>,
}

/// `Frame::base` of a frame that does not lie in a chunk: it was put below others.
const DETACHED: usize = 1;
/// `Frame::base` of a generator's frame.
const IN_GENERATOR: usize = 2;

/// A frame on the VM stack. `Copy`, and valid until the frame is popped: to be used by the code that
/// pushed it, or that the interpreter handed it to, only.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FramePtr(pub(super) *mut Frame);

/// Return leaves `run` for the Rust code that entered it.
const ENTRY: u8 = 1;
/// Return goes through the outer loop of `run`, which looks for tracers.
const SLOW: u8 = 2;
/// The frame lies in a generator.
const GENERATOR: u8 = 4;
/// It runs the `__init__` of an object that the caller has on its stack already: it counts as two levels,
/// and what it returns is None and is not pushed.
const INIT: u8 = 8;

const HEADER: usize = std::mem::size_of::<Frame>() / 8;

/// Where the frame lies in a generator; its slots are the generator's tail.
const IN_GEN_OBJ: usize = std::mem::offset_of!(GenObj, frame);
const _: () = assert!(IN_GEN_OBJ + size_of::<Frame>() == size_of::<GenObj>());

/// Where native code finds what it changes of a generator's frame: offsets from the generator.
pub mod in_generator {
    use super::{Frame, IN_GEN_OBJ};
    use std::mem::offset_of;

    pub const FRAME: usize = IN_GEN_OBJ;
    pub const PREV: usize = IN_GEN_OBJ + offset_of!(Frame, prev);
    pub const GLOBALS: usize = IN_GEN_OBJ + offset_of!(Frame, globals);
    pub const IP: usize = IN_GEN_OBJ + offset_of!(Frame, ip);
    pub const OBJECT: usize = IN_GEN_OBJ + offset_of!(Frame, object);
    pub const DEPTH: usize = IN_GEN_OBJ + offset_of!(Frame, depth);
    pub const FLAGS: usize = IN_GEN_OBJ + offset_of!(Frame, flags);
    /// What the flags are while it runs.
    pub const LINKED: u8 = super::GENERATOR;
}

impl Frame {
    /// The frame of a generator that has not started: `slots` empty words follow it.
    pub fn of_generator(exec: &Executable, code: Value, globals: Value) -> Frame {
        Frame {
            prev: Cell::new(std::ptr::null_mut()),
            exec,
            code,
            globals,
            locals: Cell::new(None),
            ip: Cell::new(exec.instrs.as_ptr()),
            object: Cell::new(0),
            depth: Cell::new(0),
            slots: exec.slots,
            base: IN_GENERATOR,
            flags: Cell::new(GENERATOR),
        }
    }
    /// The CodeObj that it runs.
    pub fn code(&self) -> Value {
        self.code
    }
    /// Shows what a generator's frame holds. While it is suspended, the words above its depth are
    /// what was popped: they are emptied.
    pub fn trace_generator(&self, t: &mut Tracer<'_>, state: State) {
        t.value(self.code);
        t.value(self.globals);
        t.word(self.object.get());
        if let Some(l) = self.locals.get() {
            t.value(l);
        }
        let f = FramePtr(self as *const Frame as *mut Frame);
        let used = match state {
            State::Suspended | State::Delegating => f.stack_base() + f.depth() as usize,
            State::Created | State::Running | State::Finished => self.slots as usize,
        };
        for (i, s) in f.slots().iter().enumerate() {
            if i < used {
                t.word(s.get());
            } else {
                s.set(0);
            }
        }
    }
}

impl FramePtr {
    /// The frame of a generator.
    #[inline(always)]
    pub fn of(g: Gc<GenObj>) -> FramePtr {
        FramePtr((g.value().bits() as usize + IN_GEN_OBJ) as *mut Frame)
    }
    /// The generator that it is the frame of.
    #[inline(always)]
    pub fn generator(self) -> Option<Gc<GenObj>> {
        if !self.is_generator() {
            return None;
        }
        Value::from_ptr((self.0 as usize - IN_GEN_OBJ) as *const Header).cast()
    }
    #[inline(always)]
    pub fn is_generator(&self) -> bool {
        self.get().flags.get() & GENERATOR != 0
    }
    /// A generator's frame that returns or yields to nobody but the loop that resumed it.
    #[inline(always)]
    pub fn yields_fast(&self) -> bool {
        self.get().flags.get() == GENERATOR
    }
    /// Pushes a value on the stack of a frame that is suspended.
    #[inline(always)]
    pub fn push(&self, v: Value) {
        let d = self.depth();
        self.set_slot(self.stack_base() + d as usize, Some(v));
        self.set_depth(d + 1);
    }
    fn get(&self) -> &Frame {
        // SAFETY: the frame is still pushed (contract of FramePtr).
        unsafe { &*self.0 }
    }
    /// First word of f_localsplus.
    #[inline(always)]
    pub fn slots_ptr(self) -> *mut u64 {
        // SAFETY: the slots follow the header in the same chunk.
        unsafe { self.0.add(1) as *mut u64 }
    }
    /// f_localsplus: locals, cells, frees, padded value stack. 0 is empty.
    pub fn slots(&self) -> &[Cell<u64>] {
        // SAFETY: `push` reserved and zeroed that many words behind the header.
        unsafe {
            std::slice::from_raw_parts(
                self.slots_ptr() as *const Cell<u64>,
                self.get().slots as usize,
            )
        }
    }
    /// Slot `i` of f_localsplus.
    pub fn slot(&self, i: usize) -> Option<Value> {
        self.slots().get(i).and_then(|c| Value::from_bits(c.get()))
    }
    /// Stores slot `i`; out of range is ignored (the verifier has proved the indexes).
    #[inline(always)]
    pub fn set_slot(&self, i: usize, v: Option<Value>) {
        if let Some(c) = self.slots().get(i) {
            c.set(v.map_or(0, Value::bits));
        }
    }
    pub fn exec(&self) -> &Executable {
        // SAFETY: `code` keeps the Executable alive, and the frame is a root of `code`.
        unsafe { &*self.get().exec }
    }
    #[inline(always)]
    pub(super) fn exec_ptr(&self) -> *const Executable {
        self.get().exec
    }
    pub fn code(&self) -> Value {
        self.get().code
    }
    #[inline(always)]
    pub fn globals(&self) -> Value {
        self.get().globals
    }
    #[inline(always)]
    pub fn locals(&self) -> Option<Value> {
        self.get().locals.get()
    }
    /// Gives it a namespace: code that is no function's, run as one.
    pub fn set_locals(&self, l: Value) {
        self.get().locals.set(Some(l))
    }
    /// Index of the instruction it is at, where it goes on.
    #[inline(always)]
    pub fn pc(&self) -> u32 {
        let first = self.exec().instrs.as_ptr() as usize;
        ((self.ip() as usize - first) / std::mem::size_of::<QInstr>()) as u32
    }
    #[inline(always)]
    pub fn set_pc(&self, pc: u32) {
        self.set_ip(self.exec().instrs.as_ptr().wrapping_add(pc as usize))
    }
    #[inline(always)]
    pub(super) fn ip(&self) -> *const QInstr {
        self.get().ip.get()
    }
    #[inline(always)]
    pub(super) fn set_ip(&self, ip: *const QInstr) {
        self.get().ip.set(ip)
    }
    /// The frame's object, if it has one.
    #[inline(always)]
    pub fn object(&self) -> Option<Value> {
        Value::from_bits(self.get().object.get())
    }
    /// Gives the frame its object.
    pub fn set_object(&self, o: Value) {
        self.get().object.set(o.bits())
    }
    /// A generator's frame has ended: it holds nothing any more.
    pub fn clear(&self) {
        self.get().object.set(0);
        self.get().locals.set(None);
        self.set_depth(0);
        for s in self.slots() {
            s.set(0);
        }
    }
    /// What a frame object keeps of it while it is pushed.
    pub fn address(&self) -> usize {
        self.0 as usize
    }
    /// The frame at an address that `address` gave; it must still be pushed.
    pub(crate) fn from_address(a: usize) -> FramePtr {
        FramePtr(a as *mut Frame)
    }
    /// Values on its stack.
    #[inline(always)]
    pub fn depth(&self) -> u32 {
        self.get().depth.get()
    }
    #[inline(always)]
    pub fn set_depth(&self, d: u32) {
        self.get().depth.set(d)
    }
    #[inline(always)]
    pub fn is_entry(&self) -> bool {
        self.get().flags.get() & ENTRY != 0
    }
    pub fn set_entry(&self, e: bool) {
        let f = &self.get().flags;
        f.set(if e { f.get() | ENTRY } else { f.get() & !ENTRY })
    }
    /// Whether returning from it is the outer loop's business.
    #[inline(always)]
    pub fn returns_slowly(&self) -> bool {
        self.get().flags.get() != 0
    }
    /// It runs an `__init__` for a call of a class.
    pub fn set_init(&self) {
        let f = &self.get().flags;
        f.set(f.get() | INIT)
    }
    /// Levels of the recursion that it counts for.
    #[inline(always)]
    pub fn levels(&self) -> u32 {
        1 + (self.get().flags.get() & INIT != 0) as u32
    }
    /// An `__init__` that returns to nobody but the loop that called it.
    #[inline(always)]
    pub fn inits_fast(&self) -> bool {
        self.get().flags.get() == INIT
    }
    /// Its return goes through the outer loop.
    pub fn set_slow(&self) {
        let f = &self.get().flags;
        f.set(f.get() | SLOW)
    }
    /// The frame below it.
    pub fn prev(&self) -> Option<FramePtr> {
        let p = self.get().prev.get();
        (!p.is_null()).then_some(FramePtr(p))
    }
    /// The same, for a frame that is not the outermost; that one gives itself.
    pub fn before(self) -> FramePtr {
        self.prev().unwrap_or(self)
    }
    /// Index in f_localsplus of the value stack's first slot.
    pub fn stack_base(&self) -> usize {
        let e = self.exec();
        (e.nlocals + e.ncells + e.nfrees) as usize
    }
    /// The cell or free variable `i`.
    pub fn cell(&self, i: usize) -> Option<Gc<CellObj>> {
        self.slot(self.exec().nlocals as usize + i)
            .and_then(|v| v.cast())
    }
}

/// One run of words. Never moves; freed with the stack.
struct Chunk {
    words: Box<[Cell<u64>]>,
}

/// The VM stack: chunks that never move; a frame lies within one chunk.
pub struct VmStack {
    chunks: Vec<Chunk>,
    /// Chunks in use; those after them are kept for reuse.
    used: Cell<usize>,
    /// Address of the first free word, and the end of the chunk in use.
    top: Cell<usize>,
    end: Cell<usize>,
    frame: Cell<*mut Frame>,
}

/// Words of the first chunk; each later one doubles, up to `MAX_CHUNK`.
const FIRST_CHUNK: usize = 1 << 10;
const MAX_CHUNK: usize = 1 << 20;

impl Default for VmStack {
    fn default() -> Self {
        VmStack {
            chunks: Vec::new(),
            used: Cell::new(0),
            top: Cell::new(0),
            end: Cell::new(0),
            frame: Cell::new(std::ptr::null_mut()),
        }
    }
}

impl VmStack {
    /// Shows every word of every frame: words above a frame's depth may be stale, but they were
    /// roots at every collection since they were written, so they are never dangling.
    pub fn trace(&self, t: &mut Tracer<'_>) {
        let mut at = self.top_frame();
        while let Some(f) = at {
            let h = f.get();
            t.value(h.code);
            t.value(h.globals);
            if let Some(o) = f.object() {
                t.value(o);
            }
            if let Some(g) = f.generator() {
                t.value(g.value());
            }
            if let Some(l) = h.locals.get() {
                t.value(l);
            }
            for s in f.slots() {
                if let Some(v) = Value::from_bits(s.get()) {
                    t.value(v);
                }
            }
            at = f.prev();
        }
    }
    /// Empties the words above each frame's depth, so that what was popped does not live on: for a
    /// collection that a program asked for. Every frame has stored where it is: it is suspended in
    /// a call, or native code has gone on from there and does not read the words again.
    pub fn forget_stale(&self) {
        let mut at = self.top_frame();
        while let Some(f) = at {
            let depth = f.exec().verified.depth.get(f.pc() as usize).copied();
            let from = f.stack_base() + depth.unwrap_or(u32::MAX) as usize;
            for s in f.slots().iter().skip(from) {
                s.set(0);
            }
            at = f.prev();
        }
    }
    /// Where the address of the innermost frame lies.
    pub fn top_address(&self) -> usize {
        std::ptr::from_ref(&self.frame) as usize
    }
    /// The innermost frame on this stack.
    pub fn top_frame(&self) -> Option<FramePtr> {
        let p = self.frame.get();
        (!p.is_null()).then_some(FramePtr(p))
    }

    /// A chunk's first word is never used: `pop_frame` tells by addresses whether a frame was the first of its
    /// chunk, and where two chunks lie side by side the end of one would be the begin of the other.
    fn base_of(&self, chunk: usize) -> usize {
        self.chunks[chunk].words.as_ptr() as usize + 8
    }
    fn end_of(&self, chunk: usize) -> usize {
        self.base_of(chunk) + (self.chunks[chunk].words.len() - 1) * 8
    }

    /// Room for `words` more: the next chunk.
    #[cold]
    fn grow(&mut self, heap: &crate::gc::Heap, words: usize) -> Result<(), crate::gc::NoMemory> {
        let words = words + 1;
        let next = self.used.get();
        if self.chunks.get(next).is_some_and(|c| c.words.len() < words) {
            for c in self.chunks.drain(next..) {
                heap.unaccount(c.words.len() * 8);
            }
        }
        if next == self.chunks.len() {
            let size = (FIRST_CHUNK << next.min(10)).min(MAX_CHUNK).max(words);
            heap.account(size * 8)?;
            let mut words: Vec<Cell<u64>> = Vec::new();
            if words.try_reserve_exact(size).is_err() {
                heap.unaccount(size * 8);
                return Err(crate::gc::NoMemory);
            }
            words.resize(size, Cell::new(0));
            self.chunks.push(Chunk {
                words: words.into_boxed_slice(),
            });
        }
        self.used.set(next + 1);
        self.top.set(self.base_of(next));
        self.end.set(self.end_of(next));
        Ok(())
    }

    /// Gives back the chunks that no frame lies in, but the first: what a deep recursion took.
    pub fn trim(&mut self, heap: &crate::gc::Heap) {
        let keep = self.used.get().max(1).min(self.chunks.len());
        for c in self.chunks.drain(keep..) {
            heap.unaccount(c.words.len() * 8);
        }
    }

    /// Gives the memory of a dying engine back to its heap's account.
    pub fn release(&mut self, heap: &crate::gc::Heap) {
        for c in self.chunks.drain(..) {
            heap.unaccount(c.words.len() * 8);
        }
    }
}

/// As a frame's `prev` has it.
fn word_of(f: Option<FramePtr>) -> *mut Frame {
    f.map_or(std::ptr::null_mut(), |f| f.0)
}

impl Vm {
    /// Pushes a frame with all slots empty.
    ///
    /// # Errors
    /// MemoryError.
    #[allow(clippy::not_unsafe_ptr_arg_deref)] // `exec` is `code`'s own, as with `Gc`'s pointers
    #[inline(always)]
    pub fn push_frame(
        &mut self,
        exec: *const Executable,
        code: Value,
        globals: Value,
        locals: Option<Value>,
    ) -> Result<FramePtr, crate::vm::Raised> {
        // SAFETY: the caller got `exec` from `code`'s CodeObj, which the frame roots.
        let slots = unsafe { (*exec).slots } as usize;
        let words = HEADER + slots;
        let mut base = self.stack.top.get();
        if self.stack.end.get() - base < words * 8 {
            self.grow_stack(words)?;
            if base == 0 {
                // The first chunk stays in use: an engine that is called over and over does not begin anew.
                base = self.stack.top.get();
            }
        }
        let p = self.stack.top.get() as *mut Frame;
        self.stack.top.set(self.stack.top.get() + words * 8);
        // SAFETY: `words` words from p on are free and within the chunk in use.
        unsafe {
            p.write(Frame {
                prev: Cell::new(self.stack.frame.get()),
                exec,
                code,
                globals,
                locals: Cell::new(locals),
                ip: Cell::new((*exec).instrs.as_ptr()),
                object: Cell::new(0),
                depth: Cell::new(0),
                slots: slots as u32,
                base,
                flags: Cell::new(0),
            });
            std::ptr::write_bytes(p.add(1) as *mut u64, 0, slots);
        }
        self.stack.frame.set(p);
        Ok(FramePtr(p))
    }

    #[cold]
    #[inline(never)]
    fn grow_stack(&mut self, words: usize) -> Result<(), crate::vm::Raised> {
        if self.stack.grow(&self.heap, words).is_ok()
            || (self.make_room(words * 8) && self.stack.grow(&self.heap, words).is_ok())
        {
            return Ok(());
        }
        Err(self.raise_memory())
    }

    /// Pops the innermost frame, which is `f`.
    #[inline(always)]
    pub fn pop_frame(&mut self, f: FramePtr) {
        debug_assert!(self.stack.frame.get() == f.0);
        let h = f.get();
        if h.object.get() != 0 {
            frames::retire(self, f);
        }
        let (prev, base) = (h.prev.get(), h.base);
        self.stack.frame.set(prev);
        if base + h.slots as usize * 8 + HEADER * 8 != self.stack.top.get() {
            if base == DETACHED {
                return self.free_detached(f);
            }
            if base == IN_GENERATOR {
                return;
            }
            self.pop_chunk();
        }
        self.stack.top.set(base);
    }

    /// A generator's frame becomes the innermost.
    #[inline(always)]
    pub fn link_frame(&mut self, f: FramePtr) {
        let h = f.get();
        debug_assert!(h.base == IN_GENERATOR);
        h.flags.set(GENERATOR);
        h.prev.set(self.stack.frame.replace(f.0));
    }

    /// Takes a generator's frame, the innermost, from the chain; the frame below.
    #[inline(always)]
    pub fn unlink_frame(&mut self, f: FramePtr) -> FramePtr {
        debug_assert!(self.stack.frame.get() == f.0);
        let prev = f.get().prev.replace(std::ptr::null_mut());
        self.stack.frame.set(prev);
        if prev.is_null() { f } else { FramePtr(prev) }
    }

    /// A frame for code that runs natively, outside the chunks, with all slots empty and `below`
    /// under it. It is in no chain until [`Vm::insert_detached`].
    ///
    /// # Errors
    /// MemoryError.
    #[allow(clippy::not_unsafe_ptr_arg_deref)] // as in `push_frame`
    pub fn new_detached(
        &mut self,
        exec: *const Executable,
        code: Value,
        globals: Value,
        below: Option<FramePtr>,
    ) -> Result<FramePtr, crate::vm::Raised> {
        // SAFETY: as in `push_frame`.
        let slots = unsafe { (*exec).slots };
        let words = HEADER + slots as usize;
        let mut room: Vec<u64> = Vec::new();
        if self.heap.account(words * 8).is_err() {
            return Err(self.raise_memory());
        }
        if room.try_reserve_exact(words).is_err() {
            self.heap.unaccount(words * 8);
            return Err(self.raise_memory());
        }
        room.resize(words, 0);
        let p = Box::into_raw(room.into_boxed_slice()) as *mut Frame;
        // SAFETY: `words` words are ours, of which the frame takes the first.
        unsafe {
            p.write(Frame {
                prev: Cell::new(word_of(below)),
                exec,
                code,
                globals,
                locals: Cell::new(None),
                ip: Cell::new((*exec).instrs.as_ptr()),
                object: Cell::new(0),
                depth: Cell::new(0),
                slots,
                base: DETACHED,
                flags: Cell::new(0),
            });
        }
        Ok(FramePtr(p))
    }

    /// Puts the detached frames from `top` down to the one on `base` between `above` (none: nothing is) and
    /// `base`, which is what lies under `above` (none: nothing does).
    pub fn insert_detached(
        &mut self,
        above: Option<FramePtr>,
        top: Option<FramePtr>,
        base: Option<FramePtr>,
    ) {
        let link = match &above {
            Some(a) => &a.get().prev,
            None => &self.stack.frame,
        };
        debug_assert!(link.get() == word_of(base));
        link.set(word_of(top));
    }

    /// Frees detached frames that were not put in, from `top` down to the one on `base`.
    pub fn drop_detached(&mut self, top: Option<FramePtr>, base: Option<FramePtr>) {
        let mut at = top;
        while let Some(f) = at
            && at != base
        {
            at = f.prev();
            self.free_detached(f);
        }
    }

    #[cold]
    fn free_detached(&mut self, f: FramePtr) {
        let words = HEADER + f.get().slots as usize;
        self.heap.unaccount(words * 8);
        // SAFETY: `new_detached` made it from a box of so many words; nobody uses it any more.
        drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(f.0 as *mut u64, words)) });
    }

    #[cold]
    fn pop_chunk(&mut self) {
        // The frame was the first of its chunk: the one before is in use again, if there is one.
        let used = self.stack.used.get() - 1;
        self.stack.used.set(used);
        self.stack.end.set(match used {
            0 => 0,
            _ => self.stack.end_of(used - 1),
        });
    }
}

/// The top of a frame's value stack while it runs: the next free word.
///
/// Contract: verified code pops nothing that was not pushed and stays within the padded depth;
/// no slot of the stack is 0 below the top.
#[derive(Clone, Copy)]
pub struct Sp(pub *mut u64);

impl Sp {
    #[inline(always)]
    pub fn push(&mut self, v: Value) {
        // SAFETY: within the frame's padded depth (contract).
        unsafe {
            *self.0 = v.bits();
            self.0 = self.0.add(1);
        }
    }
    #[inline(always)]
    pub fn pop(&mut self) -> Value {
        // SAFETY: something was pushed (contract).
        unsafe {
            self.0 = self.0.sub(1);
            value(*self.0)
        }
    }
    /// The value `n` below the top; 1 is the topmost.
    #[inline(always)]
    pub fn peek(&self, n: usize) -> Value {
        // SAFETY: at least `n` values were pushed (contract).
        unsafe { value(*self.0.sub(n)) }
    }
    #[inline(always)]
    pub fn set(&mut self, n: usize, v: Value) {
        // SAFETY: as for `peek`.
        unsafe { *self.0.sub(n) = v.bits() }
    }
    #[inline(always)]
    pub fn drop(&mut self, n: usize) {
        // SAFETY: as for `peek`.
        self.0 = unsafe { self.0.sub(n) };
    }
    /// The topmost `n` values, the deepest first. They lie on the VM stack, which does not move; the
    /// slice must not be used after they are popped and something else was pushed.
    #[inline(always)]
    pub fn top<'a>(&self, n: usize) -> &'a [Value] {
        // SAFETY: `n` nonzero words were pushed; Value has their layout.
        unsafe { std::slice::from_raw_parts(self.0.sub(n) as *const Value, n) }
    }
}

/// A word of the stack as the value it is.
#[inline(always)]
fn value(bits: u64) -> Value {
    debug_assert!(bits != 0);
    // SAFETY: no stack slot below the top is 0 (contract of `Sp`).
    unsafe { Value::from_bits(bits).unwrap_unchecked() }
}
