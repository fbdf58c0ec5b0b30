//! The machine stacks to scan, and moving to another one when the stack runs low.
//!
//! A *segment* is a stretch of machine stack on which the engine's own code runs: from where the
//! host entered it down to where it switched stacks, or is now. The collector reads segments word by
//! word. Frames of host functions that the engine calls lie in them, too: leaving them out would take a
//! spill of the registers at each call of the host, and values that lie there do no harm.
//!
//! * [`entry`] is the way in. Everything that handles a `Value` happens in its closure: a value
//!   made before, or kept after, belongs in a handle.
//! * [`on_big_stack`] goes on elsewhere when [`stack_is_low`].

use super::heap::{Heap, NoMemory};
use super::mark::Tracer;
use crate::vm::limit::GC;
use crate::vm::{Raised, Vm};
use corosensei::stack::{DefaultStack, Stack};
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Whether native stacks can be scanned on this machine. Elsewhere, and in a build for a sanitizer
/// (`--cfg taipan_precise`), collection happens as in precise mode: only where no native stack holds values.
pub const CONSERVATIVE: bool = cfg!(all(
    any(target_arch = "x86_64", target_arch = "aarch64"),
    not(any(miri, taipan_precise))
));

/// Left for the host's and the system's own needs below what we use: signal handlers, a
/// builtin between two checks, printing a panic.
pub const RED_ZONE: usize = 128 << 10;
/// A stack whose bounds nobody tells is taken to reach this far below the entry.
const ASSUMED: usize = 256 << 10;
/// An entry with less than this left goes to a big stack at once.
const TOO_LITTLE: usize = 64 << 10;
/// Guard pages at the low end of a big stack, for any page size in use.
const GUARD: usize = 64 << 10;
/// Big stacks kept for reuse.
const POOL_MAX: usize = 2;

/// Bytes of the first, second … big stack of a chain.
const SIZES: [usize; 3] = [1 << 20, 4 << 20, 16 << 20];

#[derive(Clone, Copy, Default)]
struct Segment {
    high: usize,
    /// 0: the engine runs here now.
    low: usize,
}

/// The segments of an engine, and its big stacks.
#[derive(Default)]
pub struct Segments {
    /// How many there are, and the innermost. The first is opened and closed at each call of the host's, without a
    /// look at the others.
    count: Cell<usize>,
    inner: Cell<Segment>,
    /// Those around it, outermost first. What lies behind the first `count - 1` is over.
    around: RefCell<Vec<Segment>>,
    /// Activations of the interpreter's loop and of native code on all segments.
    nesting: Cell<u32>,
    /// The caller of `poll` keeps no value outside the VM stack: see [`Segments::clean`].
    clean: Cell<bool>,
    /// Big stacks in use, and the lowest and highest address of the innermost.
    big: Cell<usize>,
    bounds: Cell<(usize, usize)>,
    pool: RefCell<Vec<DefaultStack>>,
}

impl Segments {
    /// Opens a segment below `high`. Gives the token `leave` wants.
    #[inline]
    pub fn enter(&self, high: usize) -> usize {
        let n = self.count.get();
        if n > 0 {
            self.put_around(n, high);
        }
        self.inner.set(Segment { high, low: 0 });
        self.count.set(n + 1);
        n
    }
    /// The innermost of `n` segments is around another from now on.
    #[cold]
    #[inline(never)]
    fn put_around(&self, n: usize, high: usize) {
        let mut s = self.inner.get();
        if s.low == 0 {
            // Entered again from a host function, on the same stack.
            debug_assert!(cfg!(miri) || high <= s.high && s.high - high < 1 << 30);
            s.low = high;
        }
        let mut around = self.around.borrow_mut();
        around.truncate(n - 1);
        around.push(s);
    }
    /// Closes the segment that `enter` opened, and any left open inside it.
    #[inline]
    pub fn leave(&self, token: usize) {
        match token {
            0 => self.count.set(0),
            n => self.back_to(n),
        }
    }
    #[cold]
    #[inline(never)]
    fn back_to(&self, n: usize) {
        let mut s = self.inner.get();
        if n < self.count.get() {
            s = self.around.borrow()[n - 1];
            self.count.set(n);
        }
        self.inner.set(Segment { low: 0, ..s });
    }
    /// The innermost segment ends at `low` until the one that is entered next is left.
    pub fn out(&self, low: usize) {
        let s = self.inner.get();
        self.inner.set(Segment { low, ..s });
    }
    /// Segments now; 0 when the engine is not running.
    #[inline]
    pub fn depth(&self) -> usize {
        self.count.get()
    }

    // ---- precise mode

    /// How many activations of the interpreter and of native code there are.
    #[inline]
    pub fn nesting(&self) -> u32 {
        self.nesting.get()
    }
    /// An activation begins. Ends with `leave_native` with the same number.
    #[inline]
    pub fn enter_native(&self) -> u32 {
        self.nesting.replace(self.nesting.get() + 1)
    }
    /// An activation ends, by return or by unwinding.
    #[inline]
    pub fn leave_native(&self, before: u32) {
        self.nesting.set(before)
    }
    /// Says whether the caller keeps every value on the VM stack (or in another precise root)
    /// while it polls: see `Vm::safepoint`.
    pub fn clean(&self, on: bool) {
        self.clean.set(on)
    }
    /// Whether a collection that sees precise roots only would miss nothing.
    pub fn is_precise(&self) -> bool {
        self.clean.get() && self.nesting.get() <= 1
    }

    // ---- big stacks

    pub(super) fn take_stack(&self, heap: &Heap) -> Result<DefaultStack, NoMemory> {
        let size = SIZES[self.big.get().min(SIZES.len() - 1)];
        {
            let mut pool = self.pool.borrow_mut();
            if let Some(i) = pool.iter().position(|s| bytes_of(s) >= size) {
                return Ok(pool.swap_remove(i));
            }
        }
        let s = DefaultStack::new(size).map_err(|_| NoMemory)?;
        // What the system rounded it to is what counts.
        heap.account(bytes_of(&s))?;
        Ok(s)
    }
    pub(super) fn put_stack(&self, heap: &Heap, s: DefaultStack) {
        let mut pool = self.pool.borrow_mut();
        if pool.len() < POOL_MAX {
            pool.push(s);
        } else {
            heap.unaccount(bytes_of(&s));
        }
    }
    /// Gives pooled stacks back to the system.
    pub fn trim(&self, heap: &Heap) {
        for s in self.pool.borrow_mut().drain(..) {
            heap.unaccount(bytes_of(&s));
        }
    }

    // ---- runs that pause

    /// The engine begins to run on a stack of its own, with nothing below.
    pub(super) fn begin(&self, at: &Place) {
        self.enter(at.bounds.1);
    }
    /// That run is over.
    pub(super) fn over(&self) {
        self.leave(0);
        self.leave_native(0);
    }

    // ---- scanning

    /// Shows every word of every segment to the tracer; the innermost from `sp` up.
    fn scan(&self, sp: usize, t: &mut Tracer<'_>) {
        self.words(sp, &mut |w| t.maybe(w));
    }
    /// Every word of every segment; the innermost from `sp` up.
    fn words(&self, sp: usize, f: &mut dyn FnMut(usize)) {
        let n = self.count.get();
        let around = self.around.borrow();
        let all = around.iter().take(n.saturating_sub(1)).copied();
        for s in all.chain((n > 0).then(|| self.inner.get())) {
            let low = if s.low == 0 { sp } else { s.low };
            let mut a = low & !7;
            while a + 8 <= s.high {
                // SAFETY: the segment is mapped stack memory: `low` and `high` were stack pointers
                // of one stack whose frames are still there. The words may be anything, also
                // uninitialised; they are only compared with addresses.
                f(unsafe { word_at(a) });
                a += 8;
            }
        }
    }
}

/// A word of a stack, whatever lies there.
///
/// # Safety
/// It is mapped, and `a` is a multiple of 8.
#[inline(always)]
unsafe fn word_at(a: usize) -> usize {
    // What lies between variables is read, too: a sanitizer is not to see it.
    #[cfg(all(taipan_precise, target_arch = "x86_64"))]
    {
        let w: usize;
        // SAFETY: the caller's promise.
        unsafe {
            std::arch::asm!(
                "mov {w}, [{a}]",
                w = out(reg) w,
                a = in(reg) a,
                options(readonly, nostack, preserves_flags)
            );
        }
        w
    }
    // SAFETY: the caller's promise; volatile, because it may be uninitialised.
    #[cfg(not(all(taipan_precise, target_arch = "x86_64")))]
    unsafe {
        (a as *const usize).read_volatile()
    }
}

fn bytes_of(s: &DefaultStack) -> usize {
    s.base().get() - s.limit().get()
}

/// What belongs to the machine stack that the engine runs on.
pub(super) struct Place {
    limit: usize,
    big: usize,
    bounds: (usize, usize),
}

impl Place {
    /// At the bottom of the first big stack of a chain.
    pub(super) fn at_bottom(stack: &DefaultStack) -> Place {
        let (base, low) = (stack.base().get(), stack.limit().get());
        Place {
            limit: low + GUARD + RED_ZONE,
            big: 1,
            bounds: (low + GUARD, base),
        }
    }
    /// The engine goes on there; what it leaves is kept here.
    pub(super) fn exchange(&mut self, vm: &Vm) {
        self.limit = vm.limit.set_stack_limit(self.limit);
        self.big = vm.segments.big.replace(self.big);
        self.bounds = vm.segments.bounds.replace(self.bounds);
    }
}

/// Room for every register a callee keeps for its caller.
type Registers = [usize; 32];

/// The stack pointer; the callee-saved registers are written to `regs`, which lies on the stack
/// above it.
#[inline(always)]
fn spill(regs: &mut Registers) -> usize {
    let sp: usize;
    // SAFETY: only stores to `regs`, which is large enough.
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    unsafe {
        std::arch::asm!(
            "mov [{r}], rbx",
            "mov [{r} + 8], rbp",
            "mov [{r} + 16], r12",
            "mov [{r} + 24], r13",
            "mov [{r} + 32], r14",
            "mov [{r} + 40], r15",
            "mov [{r} + 48], rdi",
            "mov [{r} + 56], rsi",
            "mov {sp}, rsp",
            r = in(reg) regs.as_mut_ptr(),
            sp = lateout(reg) sp,
            options(nostack, preserves_flags)
        );
    }
    // SAFETY: as above. Windows keeps these vector registers too.
    #[cfg(all(target_arch = "x86_64", windows, not(miri)))]
    unsafe {
        std::arch::asm!(
            "movups [{r} + 64], xmm6",
            "movups [{r} + 80], xmm7",
            "movups [{r} + 96], xmm8",
            "movups [{r} + 112], xmm9",
            "movups [{r} + 128], xmm10",
            "movups [{r} + 144], xmm11",
            "movups [{r} + 160], xmm12",
            "movups [{r} + 176], xmm13",
            "movups [{r} + 192], xmm14",
            "movups [{r} + 208], xmm15",
            r = in(reg) regs.as_mut_ptr(),
            options(nostack, preserves_flags)
        );
    }
    // SAFETY: only stores to `regs`, which is large enough.
    #[cfg(all(target_arch = "aarch64", not(miri)))]
    unsafe {
        std::arch::asm!(
            "stp x19, x20, [{r}]",
            "stp x21, x22, [{r}, #16]",
            "stp x23, x24, [{r}, #32]",
            "stp x25, x26, [{r}, #48]",
            "stp x27, x28, [{r}, #64]",
            "stp x29, x30, [{r}, #80]",
            "stp d8, d9, [{r}, #96]",
            "stp d10, d11, [{r}, #112]",
            "stp d12, d13, [{r}, #128]",
            "stp d14, d15, [{r}, #144]",
            "mov {sp}, sp",
            r = in(reg) regs.as_mut_ptr(),
            sp = lateout(reg) sp,
            options(nostack, preserves_flags)
        );
    }
    #[cfg(any(miri, not(any(target_arch = "x86_64", target_arch = "aarch64"))))]
    {
        sp = regs.as_ptr() as usize;
    }
    std::hint::black_box(&mut *regs);
    sp
}

/// The stack pointer, about.
#[inline(always)]
pub fn stack_pointer() -> usize {
    let sp: usize;
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: reads a register.
    unsafe {
        std::arch::asm!("mov {}, rsp", out(reg) sp, options(nomem, nostack, preserves_flags));
    }
    #[cfg(all(target_arch = "aarch64", not(miri)))]
    // SAFETY: reads a register.
    unsafe {
        std::arch::asm!("mov {}, sp", out(reg) sp, options(nomem, nostack, preserves_flags));
    }
    #[cfg(any(miri, not(any(target_arch = "x86_64", target_arch = "aarch64"))))]
    {
        let here = 0u8;
        sp = std::hint::black_box(&here) as *const u8 as usize;
    }
    sp
}

/// Scans every native stack the engine runs on, this one from here up.
#[inline(never)]
pub(super) fn scan_native(s: &Segments, t: &mut Tracer<'_>) {
    let mut regs: Registers = [0; 32];
    let sp = spill(&mut regs);
    // `regs` lies between `sp` and the segment's end: its words are seen with the rest.
    s.scan(sp.min(regs.as_ptr() as usize), t);
    std::hint::black_box(&mut regs);
}

/// Every word of every native stack, from here up: return addresses are among them.
#[inline(never)]
#[cfg(feature = "jit")]
pub(crate) fn each_word(s: &Segments, f: &mut dyn FnMut(usize)) {
    s.words(stack_pointer(), f);
}

/// Clears the machine stack below the caller's frame, where frames were that have ended: those that come to lie there
/// next have words that nobody writes, and what these named would be kept once more.
#[inline(never)]
pub fn wipe() {
    let mut words = [0_usize; 768];
    std::hint::black_box(&mut words);
}

/// Whether the machine stack has come to its limit: go on with [`on_big_stack`]. Under Miri, which has no stack
/// pointer and switches no stacks, it has not.
#[inline(always)]
pub fn stack_is_low(vm: &Vm) -> bool {
    !cfg!(miri) && stack_pointer() < vm.limit.stack_limit()
}

/// Whether the machine stack has come to its limit, or something is pending: the guard is one word for both.
#[inline(always)]
pub fn is_stopped(vm: &Vm) -> bool {
    match cfg!(miri) {
        true => vm.limit.is_pending(),
        false => stack_pointer() < vm.limit.guard(),
    }
}

/// The API boundary: runs `f` with a segment open and the limit of this thread's stack set.
/// Values that `f` works with are made in it: what it captures *by value* is scanned with it, what
/// it captures by reference to the caller's frame is not.
#[inline(always)]
pub fn entry<R>(vm: &mut Vm, f: impl FnOnce(&mut Vm) -> R) -> R {
    let mut slot = Some(f);
    // The closure, and the values captured in it, may lie above the frame of `open`.
    let captured = std::ptr::from_ref(&slot) as usize + size_of_val(&slot);
    let open = open(vm, captured);
    if open.low
        && let Ok(r) = switch(open.vm, &mut slot)
    {
        return r;
    }
    // Nothing is moved on the way but what the closure has captured and gives: that is where an entry's time went.
    run(open.vm, &mut slot)
}

/// Opens a segment for what the caller calls, which is to keep no value itself: it lies below the caller's frame.
#[inline(always)]
pub fn open_here(vm: &mut Vm) -> Open<'_> {
    let sp = stack_pointer();
    // As a rule nothing is open, the limit is that of this thread's stack, and there is enough left of it.
    let home = HOME.get();
    if vm.segments.depth() == 0
        && home.has(sp)
        && vm.limit.stack_limit() == home.limit
        && !vm.heap.wants_collection()
    {
        let nesting = vm.segments.nesting();
        vm.segments.enter(sp);
        return Open {
            vm,
            token: 0,
            nesting,
            old: home.limit,
            low: false,
        };
    }
    open(vm, sp)
}

/// A segment that is open; dropped, also by a panic, it is closed.
pub struct Open<'a> {
    vm: &'a mut Vm,
    token: usize,
    nesting: u32,
    /// The limit of the stack before.
    old: usize,
    /// There is little left of this one.
    low: bool,
}

#[inline(never)]
fn open(vm: &mut Vm, captured: usize) -> Open<'_> {
    let sp = stack_pointer();
    let high = (captured.max(sp) + 15) & !15;
    let (big_low, big_high) = vm.segments.bounds.get();
    let limit = match thread_stack() {
        // Entered again from a host function on a stack of our own.
        _ if (big_low..big_high).contains(&sp) => big_low + RED_ZONE,
        Some((low, top)) if (low..top).contains(&sp) => low + RED_ZONE,
        // Not the thread's own stack: a stack switched to by the host, of unknown size.
        Some(_) => usize::MAX,
        None => sp.saturating_sub(ASSUMED),
    };
    let low = !cfg!(miri) && limit > sp.saturating_sub(TOO_LITTLE);
    // Without a big stack to go to, half of what the red zone keeps is better than nothing.
    let limit = if low {
        sp.saturating_sub(TOO_LITTLE)
    } else {
        limit
    };
    let old = vm.limit.set_stack_limit(limit);
    let token = vm.segments.enter(high);
    let nesting = vm.segments.nesting();
    if vm.heap.wants_collection() {
        // Asked for while no safepoint could heed it.
        vm.limit.request(GC);
    }
    Open {
        vm,
        token,
        nesting,
        old,
        low,
    }
}

impl Open<'_> {
    #[inline(always)]
    pub fn vm(&mut self) -> &mut Vm {
        self.vm
    }
    /// Whether there is enough left of this stack.
    #[inline(always)]
    pub fn is_roomy(&self) -> bool {
        !self.low
    }
}

impl Drop for Open<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        let s = &self.vm.segments;
        s.leave_native(self.nesting);
        s.leave(self.token);
        if self.token != 0 {
            self.vm.limit.set_stack_limit(self.old);
        }
        // Else it stays: the next entry is on the same thread, as a rule, and sets none then.
    }
}

/// Runs what `switch` was given, in a frame of its own.
#[inline(never)]
fn run<R, F: FnOnce(&mut Vm) -> R>(vm: &mut Vm, slot: &mut Option<F>) -> R {
    let f = slot.take().expect("it runs once");
    f(vm)
}

/// Runs `f` on a stack of the engine's own, larger with each step of a chain. A panic comes out.
///
/// # Errors
/// There is no memory for another stack; `f` was not called.
pub fn on_big_stack<R>(vm: &mut Vm, f: impl FnOnce(&mut Vm) -> R) -> Result<R, NoMemory> {
    switch(vm, &mut Some(f))
}

/// Begins an activation of the interpreter: `f` runs here, or on a big stack when this one has come
/// to its limit.
///
/// # Errors
/// What `f` raises; MemoryError when there is no memory for another stack.
#[inline]
pub fn with_stack<R>(
    vm: &mut Vm,
    f: impl FnOnce(&mut Vm) -> Result<R, Raised>,
) -> Result<R, Raised> {
    // After a panic the entry sets the number right.
    let n = vm.segments.enter_native();
    let r = if stack_is_low(vm) {
        moved(vm, f)
    } else {
        f(vm)
    };
    vm.segments.leave_native(n);
    r
}
#[cold]
#[inline(never)]
fn moved<R>(vm: &mut Vm, f: impl FnOnce(&mut Vm) -> Result<R, Raised>) -> Result<R, Raised> {
    let mut f = Some(f);
    if let Ok(r) = switch(vm, &mut f) {
        return r;
    }
    if vm.make_room(SIZES[0])
        && let Ok(r) = switch(vm, &mut f)
    {
        return r;
    }
    Err(vm.raise_memory())
}

#[inline(never)]
fn switch<R, F: FnOnce(&mut Vm) -> R>(vm: &mut Vm, slot: &mut Option<F>) -> Result<R, NoMemory> {
    let mut stack = vm.segments.take_stack(&vm.heap)?;
    let (base, low) = (stack.base().get(), stack.limit().get());
    let mut regs: Registers = [0; 32];
    let sp = spill(&mut regs).min(regs.as_ptr() as usize);
    // What the switch itself pushes below `sp` are registers of this function, which hold no
    // value; those of its callers are in `regs` or in its frame.
    vm.segments.out(sp);
    let n = vm.segments.big.get();
    vm.segments.big.set(n + 1);
    let bounds = vm.segments.bounds.replace((low + GUARD, base));
    let token = vm.segments.enter(base);
    let old = vm.limit.set_stack_limit(low + GUARD + RED_ZONE);
    let r = corosensei::on_stack(&mut stack, || {
        catch_unwind(AssertUnwindSafe(|| run(vm, slot)))
    });
    vm.limit.set_stack_limit(old);
    vm.segments.leave(token);
    vm.segments.bounds.set(bounds);
    vm.segments.big.set(n);
    vm.segments.put_stack(&vm.heap, stack);
    std::hint::black_box(&mut regs);
    match r {
        Ok(r) => Ok(r),
        Err(p) => resume_unwind(p),
    }
}

/// What an entry on this thread's own stack looks at first.
#[derive(Clone, Copy)]
struct Home {
    /// The stack's limit.
    limit: usize,
    /// The stack pointers at which there is enough left: so many addresses from the first.
    first: usize,
    many: usize,
}

thread_local! {
    /// Asked for once a thread: for the main thread the answer is dear.
    static BOUNDS: Cell<Option<Option<(usize, usize)>>> = const { Cell::new(None) };
    static HOME: Cell<Home> = const { Cell::new(Home { limit: 0, first: 0, many: 0 }) };
}

impl Home {
    fn of(low: usize, top: usize) -> Home {
        let limit = low + RED_ZONE;
        let first = limit + TOO_LITTLE;
        Home {
            limit,
            first,
            many: top.saturating_sub(first),
        }
    }
    #[inline(always)]
    fn has(&self, sp: usize) -> bool {
        sp.wrapping_sub(self.first) < self.many
    }
}

/// Lowest and highest address of this thread's stack, if the system tells.
#[inline]
fn thread_stack() -> Option<(usize, usize)> {
    if let Some(b) = BOUNDS.get() {
        return b;
    }
    #[cold]
    fn ask() -> Option<(usize, usize)> {
        let b = ask_stack();
        BOUNDS.set(Some(b));
        if let Some((low, top)) = b {
            HOME.set(Home::of(low, top));
        }
        b
    }
    ask()
}

#[cfg(all(any(target_os = "linux", target_os = "android"), not(miri)))]
fn ask_stack() -> Option<(usize, usize)> {
    // SAFETY: the calls fill `attr` and the out parameters when they return 0.
    unsafe {
        let mut attr: libc::pthread_attr_t = std::mem::zeroed();
        if libc::pthread_getattr_np(libc::pthread_self(), &mut attr) != 0 {
            return None;
        }
        let (mut low, mut size, mut guard) = (std::ptr::null_mut(), 0, 0);
        let ok = libc::pthread_attr_getstack(&attr, &mut low, &mut size) == 0
            && libc::pthread_attr_getguardsize(&attr, &mut guard) == 0;
        libc::pthread_attr_destroy(&mut attr);
        // Some systems count the guard in, some do not.
        ok.then(|| (low as usize + guard, low as usize + size))
    }
}
#[cfg(all(target_vendor = "apple", not(miri)))]
fn ask_stack() -> Option<(usize, usize)> {
    // SAFETY: plain queries about the calling thread.
    unsafe {
        let me = libc::pthread_self();
        let top = libc::pthread_get_stackaddr_np(me) as usize;
        Some((top - libc::pthread_get_stacksize_np(me), top))
    }
}
#[cfg(any(
    miri,
    not(any(target_os = "linux", target_os = "android", target_vendor = "apple"))
))]
fn ask_stack() -> Option<(usize, usize)> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_lie_in_each_other() {
        let s = Segments::default();
        assert_eq!((s.depth(), s.enter(4000)), (0, 0));
        // Entered again on the same stack, which ends the first; then out to another one.
        assert_eq!(s.enter(3000), 1);
        s.out(2000);
        assert_eq!((s.enter(900), s.depth()), (2, 3));
        let all = |s: &Segments| {
            let around = s.around.borrow();
            let n = s.depth().saturating_sub(1);
            let all = around[..n].iter().copied().chain([s.inner.get()]);
            all.map(|s| (s.high, s.low)).collect::<Vec<_>>()
        };
        assert_eq!(all(&s), [(4000, 3000), (3000, 2000), (900, 0)]);
        s.leave(2);
        assert_eq!(all(&s), [(4000, 3000), (3000, 0)]);
        // What was left open inside is closed with it.
        assert_eq!((s.enter(2500), s.enter(2400)), (2, 3));
        s.leave(1);
        assert_eq!(all(&s), [(4000, 0)]);
        assert_eq!(s.enter(3500), 1);
        assert_eq!(all(&s), [(4000, 3500), (3500, 0)]);
        s.leave(0);
        assert_eq!((s.depth(), s.enter(100), all(&s)), (0, 0, vec![(100, 0)]));
    }
}
