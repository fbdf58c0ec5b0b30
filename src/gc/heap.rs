//! Allocation and accounting.
//!
//! What is counted: chunks whole (their headers and free cells too, because that is the memory the
//! process really gives up, and because it keeps the count off the allocation path), large cells
//! with their headers, buffers, and whatever else callers account. `bytes()` is exact at every
//! moment; after a collection it still holds garbage that has not been swept, so a request that
//! does not fit sweeps first and fails then.

use super::block::{
    Block, CHUNK, CLASSES, Chunk, ChunkSet, GRANULE, MAX_SMALL, PAGES, SIZES, State, class_of,
    free_chunk, granules, new_chunk,
};
use super::pages::{alloc_zeroed, dealloc};
use crate::object::header::{FLAG_EXT, FLAG_LARGE};
use crate::object::{ClassId, Gc, Header, Kind, Object, Slot, Value};
use crate::vm::limit::{self, LimitWord};
use std::alloc::Layout;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ptr::{NonNull, null_mut};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The memory cap was reached, or the system has no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoMemory;

/// Free cells of one class that are handed out next; both 0 at first. `cur == end`: none left.
#[repr(C)]
#[derive(Default)]
pub(super) struct Run {
    pub cur: Cell<usize>,
    pub end: Cell<usize>,
}

/// The blocks of one class. A block that is full is in no list until the next collection.
pub(super) struct ClassState {
    /// The block `Run` lies in, and the granule to look on from.
    pub current: Cell<*mut Block>,
    pub scan: Cell<usize>,
    /// Swept, with free cells.
    pub partial: Cell<*mut Block>,
    pub unswept: Cell<*mut Block>,
    /// Blocks of a single page.
    pub pages: Cell<usize>,
}

/// A class gets whole chunks once it has this many blocks of one page.
const FIRST_PAGES: usize = 4;
/// A collection is asked for after this many bytes at least, and once as much was allocated as
/// was live before.
const MIN_THRESHOLD: usize = 4 << 20;
/// What `enter_reserve` opens.
const RESERVE: usize = 64 << 10;
/// Accounted for an identity number.
const ID_BYTES: usize = 24;

/// Stands before a large cell.
#[repr(C, align(16))]
pub(super) struct Large {
    /// Bytes of the cell.
    pub size: usize,
    pub mark: Cell<bool>,
    pub releases: bool,
}
/// A large cell's bytes beside the cell: its header and its row in the table.
const LARGE_EXTRA: usize = size_of::<Large>() + 8;
impl Large {
    pub fn cell(this: *mut Large) -> usize {
        this as usize + size_of::<Large>()
    }
}

/// What the collector has done so far.
#[derive(Default, Clone, Debug)]
pub struct GcStats {
    pub collections: u64,
    /// Collections given up for an interrupt.
    pub abandoned: u64,
    /// Bytes of cells found live by the last one.
    pub live: usize,
    /// Bytes of cells and buffers given back so far.
    pub freed: u64,
    /// The most `bytes()` was when a collection began.
    pub peak: usize,
    pub nanoseconds: u64,
}

impl std::fmt::Display for GcStats {
    /// One line, as `--stats` prints it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mb = |n: u64| n as f64 / (1 << 20) as f64;
        write!(
            f,
            "collections {} ({} abandoned), live {:.1} MiB, freed {:.1} MiB, peak {:.1} MiB, {:.3} s",
            self.collections,
            self.abandoned,
            mb(self.live as u64),
            mb(self.freed),
            mb(self.peak as u64),
            self.nanoseconds as f64 / 1e9,
        )
    }
}

/// An engine's heap.
///
/// `#[repr(C)]` with the runs first, so that native code can allocate inline: see [`run_of`].
#[repr(C)]
pub struct Heap {
    pub(super) runs: [Run; CLASSES],
    pub(super) classes: [ClassState; CLASSES],
    bytes: Cell<usize>,
    cap: Cell<usize>,
    /// Bytes beyond the cap that are open while MemoryError itself is made.
    reserve: Cell<usize>,
    /// Bytes to allocate until a collection is asked for, and how many those were.
    pub(super) budget: Cell<isize>,
    pub(super) threshold: Cell<usize>,
    /// The request was made.
    pub(super) asked: Cell<bool>,
    /// `unaccount` is called by the sweeper.
    pub(super) sweeping: Cell<bool>,
    /// Blocks in the lists of unswept ones.
    pub(super) unswept: Cell<usize>,
    /// Bytes of cells marked by the last collection, and of their chunks.
    pub(super) live_cells: Cell<usize>,
    /// Of those, in bytes, what lives on only for the sake of last wishes: it will be gone after the next
    /// collection. Were it taken for live, a program that only makes what has wishes would wait twice as
    /// long for each collection as for the last.
    pub(super) dying: Cell<usize>,
    /// Chunks with a free page.
    split: Cell<*mut Chunk>,
    pub(super) chunks: RefCell<ChunkSet>,
    pub(super) large: RefCell<Vec<*mut Large>>,
    /// Identity numbers that were given out.
    pub(super) ids: RefCell<HashMap<usize, u64>>,
    /// Weak references by the address of what they refer to (`weak`).
    pub(super) weak: RefCell<HashMap<usize, Vec<usize>>>,
    /// Addresses of the code objects that hold a word the collector is to look after (`weak`).
    pub(super) codes: RefCell<Vec<usize>>,
    /// Shapes by their number less that of the builtin classes; 0 for one that died. Numbers are
    /// not given out again: caches hold them.
    pub(super) shapes: RefCell<Vec<usize>>,
    /// Addresses of the objects that have a last wish, and of those whose time has come (`wish`).
    pub(super) wishes: RefCell<Vec<usize>>,
    pub(super) doomed: RefCell<std::collections::VecDeque<usize>>,
    /// The first of the weak references whose callbacks are still to be called; a root.
    pub weak_pending: crate::object::Slot,
    next_id: Cell<u64>,
    /// Entries the mark stack may hold; smaller in tests.
    pub mark_limit: Cell<usize>,
    /// Sweep at once after marking (stress).
    pub eager: Cell<bool>,
    /// Nothing is collected now: see [`held`](super::held).
    pub(super) held: Cell<bool>,
    /// Memory for the next buffers.
    pub(super) spare: super::spare::Spare,
    limit: Option<Arc<LimitWord>>,
    pub(super) inject: super::inject::Inject,
    pub(super) number: u64,
    pub(super) stats: RefCell<GcStats>,
}

// SAFETY: every pointer in it points at memory that this heap owns alone; it is used by one
// thread at a time (nothing of it is `Sync`).
unsafe impl Send for Heap {}

/// Numbers heaps, so that debug assertions can tell a value of another engine.
static HEAPS: AtomicU64 = AtomicU64::new(1);

/// For native code: offsets in a `Heap` of `cur` and `end` for cells of `size` bytes, at most
/// [`MAX_SMALL`], of a layout without `release`, and the cell's bytes.
/// `p = cur; if p == end → call the allocator; cur = p + bytes`.
pub fn run_of(size: usize) -> (i32, i32, i32) {
    let c = class_of(size.min(MAX_SMALL), false);
    let at = std::mem::offset_of!(Heap, runs) + c * size_of::<Run>();
    (at as i32, at as i32 + 8, (granules(c) * GRANULE) as i32)
}

impl Heap {
    /// An empty heap that may hold `cap` bytes. It owns no memory until something is allocated.
    pub fn new(cap: usize) -> Heap {
        Heap {
            runs: std::array::from_fn(|_| Run::default()),
            classes: std::array::from_fn(|_| ClassState {
                current: Cell::new(null_mut()),
                scan: Cell::new(0),
                partial: Cell::new(null_mut()),
                unswept: Cell::new(null_mut()),
                pages: Cell::new(0),
            }),
            bytes: Cell::new(0),
            cap: Cell::new(cap),
            reserve: Cell::new(0),
            budget: Cell::new(MIN_THRESHOLD.min(cap / 2) as isize),
            threshold: Cell::new(MIN_THRESHOLD.min(cap / 2)),
            asked: Cell::new(false),
            sweeping: Cell::new(false),
            unswept: Cell::new(0),
            live_cells: Cell::new(0),
            dying: Cell::new(0),
            split: Cell::new(null_mut()),
            chunks: RefCell::default(),
            large: RefCell::default(),
            ids: RefCell::default(),
            weak: RefCell::default(),
            codes: RefCell::default(),
            wishes: RefCell::default(),
            doomed: RefCell::default(),
            shapes: RefCell::default(),
            weak_pending: crate::object::Slot::new(None),
            next_id: Cell::new(1),
            mark_limit: Cell::new(usize::MAX),
            eager: Cell::new(false),
            held: Cell::new(false),
            spare: super::spare::Spare::new(),
            limit: None,
            inject: Default::default(),
            number: HEAPS.fetch_add(1, Ordering::Relaxed),
            stats: RefCell::default(),
        }
    }
    /// The same, asking for collections through `limit`.
    pub fn with_limit(cap: usize, limit: Arc<LimitWord>) -> Heap {
        let mut h = Heap::new(cap);
        h.limit = Some(limit);
        h
    }

    // ---- accounting

    /// Bytes in use, every kind.
    pub fn bytes(&self) -> usize {
        self.bytes.get()
    }
    /// The cap on `bytes`.
    pub fn cap(&self) -> usize {
        self.cap.get()
    }
    /// Whether `n` more bytes stay under the cap.
    pub fn has_room(&self, n: usize) -> bool {
        !self.injected() && self.fits(n)
    }
    pub(super) fn fits(&self, n: usize) -> bool {
        self.bytes
            .get()
            .checked_add(n)
            .is_some_and(|b| b <= self.cap.get().saturating_add(self.reserve.get()))
    }
    /// Opens the reserve, for making MemoryError; false when it is open already.
    pub fn enter_reserve(&self) -> bool {
        self.reserve.replace(RESERVE) == 0
    }
    /// Closes the reserve.
    pub fn leave_reserve(&self) {
        self.reserve.set(0);
    }
    /// Reserves `n` bytes against the cap before they are allocated.
    #[inline]
    pub fn account(&self, n: usize) -> Result<(), NoMemory> {
        if self.injected() {
            return Err(NoMemory);
        }
        if !self.fits(n) {
            self.sweep_for(n)?;
        }
        self.bytes.set(self.bytes.get() + n);
        self.charge(n);
        Ok(())
    }
    /// Gives `n` accounted bytes back.
    #[inline]
    pub fn unaccount(&self, n: usize) {
        debug_assert!(n <= self.bytes.get());
        self.bytes.set(self.bytes.get() - n);
        if self.sweeping.get() {
            return;
        }
        // A buffer that comes and goes is no reason to collect.
        let b = self.budget.get().saturating_add(n as isize);
        self.budget.set(b.min(self.threshold.get() as isize));
    }
    #[cold]
    fn sweep_for(&self, n: usize) -> Result<(), NoMemory> {
        self.finish_sweep();
        if self.fits(n) { Ok(()) } else { Err(NoMemory) }
    }
    /// Counts bytes allocated towards the next collection.
    #[inline]
    fn charge(&self, n: usize) {
        let b = self.budget.get().saturating_sub(n as isize);
        self.budget.set(b);
        if b < 0 && !self.asked.get() {
            self.ask();
        }
    }
    #[cold]
    fn ask(&self) {
        self.asked.set(true);
        if let Some(l) = &self.limit {
            l.request(limit::GC);
        }
    }
    /// Sets how much may be allocated before the next collection.
    pub(super) fn set_threshold(&self, live: usize) {
        let room = self.cap.get().saturating_sub(self.bytes.get()) / 2;
        let t = live.max(MIN_THRESHOLD).min(room.max(256 << 10));
        self.threshold.set(t);
    }
    /// Whether a collection would be welcome.
    pub fn wants_collection(&self) -> bool {
        self.budget.get() < 0
    }
    /// Whether marking should be given up: somebody wants the engine to stop.
    pub(super) fn interrupted(&self) -> bool {
        self.limit.as_ref().is_some_and(|l| l.has(limit::INTERRUPT))
    }
    /// What the collector has done.
    pub fn stats(&self) -> GcStats {
        self.stats.borrow().clone()
    }

    // ---- allocation

    /// Makes an object. `init.h` is a header of kind `T::KIND`.
    #[inline(always)]
    pub fn alloc<T: Object>(&self, init: T) -> Result<Gc<T>, NoMemory> {
        const { assert!(size_of::<T>() <= MAX_SMALL && align_of::<T>() <= GRANULE) }
        let p = self.small(const { class_of(size_of::<T>(), T::RELEASES) })?;
        // SAFETY: a fresh cell of at least `T`'s size and alignment.
        Ok(unsafe { self.fill(p, init) })
    }
    /// The same; gives `init` back when there is no memory.
    #[inline(always)]
    pub fn try_alloc<T: Object>(&self, init: T) -> Result<Gc<T>, T> {
        const { assert!(size_of::<T>() <= MAX_SMALL && align_of::<T>() <= GRANULE) }
        match self.small(const { class_of(size_of::<T>(), T::RELEASES) }) {
            // SAFETY: a fresh cell of at least `T`'s size and alignment.
            Ok(p) => Ok(unsafe { self.fill(p, init) }),
            Err(NoMemory) => Err(init),
        }
    }
    /// Makes an object even past the cap, for code that cannot fail there (native code boxing an
    /// int): the next safepoint collects, and whoever allocates then meets the cap.
    #[inline(always)]
    pub fn alloc_always<T: Object>(&self, init: T) -> Gc<T> {
        match self.try_alloc(init) {
            Ok(g) => g,
            Err(init) => self.alloc_past_cap(init),
        }
    }
    #[cold]
    #[inline(never)]
    fn alloc_past_cap<T: Object>(&self, init: T) -> Gc<T> {
        self.ask();
        // Nobody will ask why there was none.
        self.take_injected();
        let cap = self.cap.replace(usize::MAX);
        let made = self.try_alloc(init);
        self.cap.set(cap);
        match made {
            Ok(g) => g,
            // The system itself has no memory left.
            Err(_) => std::alloc::handle_alloc_error(Layout::new::<T>()),
        }
    }
    /// Writes an object into its cell.
    ///
    /// # Safety
    /// `p` is a cell that nobody uses, large enough and aligned for `T`.
    #[inline(always)]
    unsafe fn fill<T: Object>(&self, p: NonNull<u8>, init: T) -> Gc<T> {
        let p = p.as_ptr() as *mut T;
        // SAFETY: by contract. The header is the first field (`Object`'s contract).
        unsafe { p.write(init) };
        Gc::from_new(Value::from_ptr(p as *const Header))
    }
    /// Makes an object with a tail of `n` items of type `U`, zeroed and then filled by `fill`.
    /// `U` is valid when zeroed.
    #[inline]
    pub fn alloc_tail<T: Object, U>(
        &self,
        init: T,
        n: usize,
        fill: impl FnOnce(&mut [U]),
    ) -> Result<Gc<T>, NoMemory> {
        let (p, large) = self.cell_for::<T, U>(n)?;
        // SAFETY: the cell has room for a `T` and `n` times `U` behind it. The tail is zeroed, as a large
        // cell's is, before anything can look at it, so that a panic in `fill` leaves a sound object.
        unsafe {
            let tail = (p.as_ptr() as *mut T).add(1) as *mut U;
            if !large {
                clear(tail as *mut u8, n * size_of::<U>());
            }
            let g = self.fill(p, init);
            if large {
                (*(p.as_ptr() as *mut Header)).set(FLAG_LARGE, true);
            }
            fill(std::slice::from_raw_parts_mut(tail, n));
            Ok(g)
        }
    }
    /// Makes an object with a copy of `items` as its tail.
    #[inline]
    pub fn alloc_copy<T: Object, U: Copy>(&self, init: T, items: &[U]) -> Result<Gc<T>, NoMemory> {
        let (p, large) = self.cell_for::<T, U>(items.len())?;
        // SAFETY: the cell has room for a `T` and the items behind it, and is nobody's source.
        unsafe {
            let tail = (p.as_ptr() as *mut T).add(1) as *mut U;
            copy(items, tail);
            let g = self.fill(p, init);
            if large {
                (*(p.as_ptr() as *mut Header)).set(FLAG_LARGE, true);
            }
            Ok(g)
        }
    }
    /// A cell for a `T` and `n` items; whether it is a large one.
    #[inline]
    fn cell_for<T: Object, U>(&self, n: usize) -> Result<(NonNull<u8>, bool), NoMemory> {
        const { assert!(align_of::<T>() <= GRANULE && size_of::<T>().is_multiple_of(align_of::<U>())) }
        let size = n
            .checked_mul(size_of::<U>())
            .and_then(|t| t.checked_add(size_of::<T>()))
            .ok_or(NoMemory)?;
        if size <= MAX_SMALL {
            Ok((self.small(class_of(size, T::RELEASES))?, false))
        } else {
            Ok((self.new_large(size, T::RELEASES)?, true))
        }
    }
    /// A cell of a class: alloc bit set, contents arbitrary.
    #[inline(always)]
    fn small(&self, class: usize) -> Result<NonNull<u8>, NoMemory> {
        let run = &self.runs[class];
        let p = run.cur.get();
        if p != run.end.get() {
            run.cur.set(p + granules(class) * GRANULE);
            // SAFETY: `cur` lies in a chunk unless it equals `end`.
            return Ok(unsafe { NonNull::new_unchecked(p as *mut u8) });
        }
        self.small_slow(class)
    }
    #[cold]
    #[inline(never)]
    fn small_slow(&self, class: usize) -> Result<NonNull<u8>, NoMemory> {
        if self.injected() {
            return Err(NoMemory);
        }
        self.next_run(class)?;
        self.small(class)
    }
    /// Points the class's run at free cells.
    fn next_run(&self, class: usize) -> Result<(), NoMemory> {
        let st = &self.classes[class];
        loop {
            if let Some(b) = block(st.current.get()) {
                if let Some((from, to)) = b.claim(st.scan.get()) {
                    let base = b.chunk() as *const Chunk as usize;
                    st.scan.set((to - base) / GRANULE);
                    let run = &self.runs[class];
                    run.cur.set(from);
                    run.end.set(to);
                    if self.is_armed() {
                        self.keep_cells(class, 1);
                    }
                    self.charge(run.end.get() - from);
                    return Ok(());
                }
                st.current.set(null_mut());
            }
            let next = if let Some(b) = pop(&st.partial) {
                b
            } else if let Some(b) = pop(&st.unswept) {
                self.sweep_block(b);
                b
            } else {
                match self.new_block(class) {
                    Ok(b) => b,
                    Err(NoMemory) if self.unswept.get() > 0 => {
                        self.finish_sweep();
                        continue;
                    }
                    Err(NoMemory) => return Err(NoMemory),
                }
            };
            st.current.set(next as *const Block as *mut Block);
            st.scan.set(next.start());
        }
    }
    fn new_block(&self, class: usize) -> Result<&Block, NoMemory> {
        let st = &self.classes[class];
        let whole = st.pages.get() >= FIRST_PAGES;
        if whole && let Ok(c) = self.new_chunk() {
            // SAFETY: a chunk of this heap, live while it holds a block.
            let c: &Chunk = unsafe { &*c };
            return c.take(class, PAGES).ok_or(NoMemory);
        }
        if self.split.get().is_null() {
            self.split.set(self.new_chunk()?);
        }
        // SAFETY: chunks in the list are this heap's own and live.
        let c: &Chunk = unsafe { &*self.split.get() };
        let b = c.take(class, 1).ok_or(NoMemory)?;
        if !c.has_free_page() {
            self.split.set(c.next_split.replace(null_mut()));
        }
        st.pages.set(st.pages.get() + 1);
        Ok(b)
    }
    fn new_chunk(&self) -> Result<*mut Chunk, NoMemory> {
        if !self.fits(CHUNK) {
            return Err(NoMemory);
        }
        let mut set = self.chunks.borrow_mut();
        let grown = set.reserve()?;
        self.bytes.set(self.bytes.get() + grown);
        let c = new_chunk(self.number)?;
        self.bytes.set(self.bytes.get() + CHUNK);
        set.insert(c);
        Ok(c)
    }
    /// Gives back a block without live cells, and its chunk with the last of them.
    pub(super) fn free_block(&self, b: &Block) {
        let c = b.chunk();
        let listed = c.has_free_page();
        if !b.is_whole_chunk() {
            let st = &self.classes[b.class()];
            st.pages.set(st.pages.get() - 1);
        }
        c.put_back(b);
        let at = c as *const Chunk as *mut Chunk;
        if !c.is_free() {
            if !listed {
                c.next_split.set(self.split.get());
                self.split.set(at);
            }
            return;
        }
        if listed {
            let mut link = &self.split;
            while link.get() != at {
                // SAFETY: chunks in the list are live; `at` is one of them.
                link = unsafe { &(*link.get()).next_split };
            }
            link.set(c.next_split.get());
        }
        let shrunk = self.chunks.borrow_mut().remove(at);
        self.bytes.set(self.bytes.get() - CHUNK - shrunk);
        free_chunk(at);
    }
    #[cold]
    fn new_large(&self, size: usize, releases: bool) -> Result<NonNull<u8>, NoMemory> {
        let total = size.checked_add(LARGE_EXTRA).ok_or(NoMemory)?;
        let layout = large_layout(size).ok_or(NoMemory)?;
        self.account(total)?;
        let mut table = self.large.borrow_mut();
        let p = match table.try_reserve(1) {
            // SAFETY: the layout's size is not 0.
            Ok(()) => unsafe { alloc_zeroed(layout) as *mut Large },
            Err(_) => null_mut(),
        };
        if p.is_null() {
            self.unaccount(total);
            return Err(NoMemory);
        }
        // SAFETY: fresh memory, large enough for the header and the cell behind it.
        unsafe {
            p.write(Large {
                size,
                mark: Cell::new(false),
                releases,
            });
            table.push(p);
            Ok(NonNull::new_unchecked(Large::cell(p) as *mut u8))
        }
    }
    /// Frees a large cell that has been released already, and is out of the table.
    pub(super) fn free_large(&self, p: *mut Large) {
        // SAFETY: made by `new_large` with this layout; nobody refers to it any more.
        unsafe {
            let size = (*p).size;
            dealloc(
                p as *mut u8,
                Layout::from_size_align_unchecked(size + size_of::<Large>(), GRANULE),
            );
            self.unaccount(size + LARGE_EXTRA);
        }
    }
    /// Takes every run back: afterwards the alloc bits alone say which cells hold objects.
    pub(super) fn flush(&self) {
        for (class, run) in self.runs.iter().enumerate() {
            let (cur, end) = (run.cur.replace(0), run.end.replace(0));
            let st = &self.classes[class];
            if cur != end
                && let Some(b) = block(st.current.get())
            {
                b.unclaim(cur, end);
            }
            st.current.set(null_mut());
        }
    }

    // ---- shapes and extra words

    /// The number of the next shape.
    ///
    /// # Errors
    /// NoMemory past the cap, or when there are 2³² of them.
    pub fn next_shape(&self) -> Result<u32, NoMemory> {
        self.account(8)?;
        let mut t = self.shapes.borrow_mut();
        match u32::try_from(t.len() + ClassId::COUNT) {
            Ok(n) if t.try_reserve(1).is_ok() => {
                t.push(0);
                Ok(n)
            }
            _ => {
                self.unaccount(8);
                Err(NoMemory)
            }
        }
    }
    /// Enters the shape with this number; `None` when it dies.
    pub fn set_shape(&self, number: u32, shape: Option<Value>) {
        if let Some(i) = (number as usize).checked_sub(ClassId::COUNT)
            && let Some(e) = self.shapes.borrow_mut().get_mut(i)
        {
            *e = shape.and_then(Value::as_ptr).map_or(0, |p| p as usize);
        }
    }
    /// The shape with this number; none for that of a builtin class.
    #[inline]
    pub(super) fn shape_at(&self, number: u32) -> Option<*mut Header> {
        let i = (number as usize).checked_sub(ClassId::COUNT)?;
        let a = *self.shapes.borrow().get(i)?;
        (a != 0).then_some(a as *mut Header)
    }
    /// The same as a value.
    #[inline]
    pub fn shape(&self, number: u32) -> Option<Value> {
        Some(Value::from_ptr(self.shape_at(number)?))
    }
    /// Bytes of the cell an object lies in.
    ///
    /// # Safety
    /// `p` points at an object of this heap.
    unsafe fn capacity(&self, p: *mut Header) -> usize {
        // SAFETY: by contract; a large cell lies behind its `Large`, any other in a chunk.
        unsafe {
            if (*p).has(FLAG_LARGE) {
                return (*(p as *mut Large).sub(1)).size;
            }
            let at = p as usize;
            let c = &*((at & !(CHUNK - 1)) as *const Chunk);
            granules(c.block_of(at % CHUNK / GRANULE).class()) * GRANULE
        }
    }
    /// The last word of an object's cell.
    ///
    /// # Safety
    /// `p` points at an object of this heap with `FLAG_EXT`.
    pub(super) unsafe fn last_word(&self, p: *mut Header) -> *const Slot {
        // SAFETY: by contract; cells are multiples of a word.
        unsafe { ((p as usize + self.capacity(p)) as *const Slot).sub(1) }
    }
    /// The extra word of an object.
    pub fn extra(&self, v: Value) -> Option<&Slot> {
        let p = v.as_ptr()?;
        // SAFETY: the value is a live object of this heap; the flag says that the word is there.
        unsafe { (*p).has(FLAG_EXT).then(|| &*self.last_word(p)) }
    }
    /// Moves an object that nobody else refers to into a cell with one more word, which is empty. What
    /// stays behind owns nothing.
    ///
    /// # Errors
    /// NoMemory; the object is as it was.
    pub fn enlarge(&self, v: Value) -> Result<Value, NoMemory> {
        let Some(p) = v.as_ptr() else { return Ok(v) };
        // SAFETY: `p` is a live object; its bytes are copied whole, and the old cell becomes an object
        // without values or buffers, so that what it owned has one owner again.
        unsafe {
            let old = self.capacity(p);
            let size = old + size_of::<Slot>();
            let releases = super::mark::layout_of(p).releases;
            let (to, large) = if size <= MAX_SMALL {
                (self.small(class_of(size, releases))?, false)
            } else {
                (
                    self.new_large(size.next_multiple_of(GRANULE), releases)?,
                    true,
                )
            };
            let to = to.as_ptr() as *mut Header;
            std::ptr::copy_nonoverlapping(p as *const u8, to as *mut u8, old);
            (*to).set(FLAG_LARGE, large);
            let end = to as usize + self.capacity(to);
            std::ptr::write_bytes((to as usize + old) as *mut u8, 0, end - to as usize - old);
            (*to).set(FLAG_EXT, true);
            let was_large = (*p).has(FLAG_LARGE);
            p.write(Header::new(Kind::Plain, ClassId::Object as u32));
            (*p).set(FLAG_LARGE, was_large);
            Ok(Value::from_ptr(to))
        }
    }

    // ---- lookup

    /// The object that address `a` points at or into: no free cell, nothing outside.
    /// Correct only after `flush` and with every block swept.
    pub(super) fn find_cell(&self, a: usize) -> Option<*mut Header> {
        if let Some(c) = self.chunks.borrow().find(a) {
            return c.cell_at(a % CHUNK).map(|p| p as *mut Header);
        }
        let table = self.large.borrow();
        let i = table.partition_point(|&p| Large::cell(p) <= a);
        let p = *table.get(i.checked_sub(1)?)?;
        // SAFETY: rows of the table are live large cells.
        let size = unsafe { (*p).size };
        (a - Large::cell(p) < size).then(|| Large::cell(p) as *mut Header)
    }

    /// The identity number of an object: counted up from 1, never an address.
    pub fn identity(&self, v: Value) -> Result<u64, NoMemory> {
        let Some(p) = v.as_ptr() else {
            // Immediates are their own identity; far above any count.
            return Ok(v.bits());
        };
        let mut ids = self.ids.borrow_mut();
        if let Some(&n) = ids.get(&(p as usize)) {
            return Ok(n);
        }
        self.account(ID_BYTES)?;
        if ids.try_reserve(1).is_err() {
            self.unaccount(ID_BYTES);
            return Err(NoMemory);
        }
        let n = self.next_id.get();
        self.next_id.set(n + 1);
        ids.insert(p as usize, n);
        Ok(n)
    }
    /// Forgets the numbers of objects that died.
    pub(super) fn prune_ids(&self, lives: impl Fn(*mut Header) -> bool) {
        let mut ids = self.ids.borrow_mut();
        let n = ids.len();
        ids.retain(|&a, _| lives(a as *mut Header));
        self.unaccount((n - ids.len()) * ID_BYTES);
    }
}

/// Copies `items` to `to`; up to eight words (a short tuple) one by one: they were stored one by
/// one just before, and a wider load would have to wait until those stores are done (measured:
/// a tuple of two took 7 ns with wide loads or `memcpy`).
///
/// # Safety
/// `to` has room for the items and does not overlap them.
#[inline(always)]
pub(super) unsafe fn copy<U: Copy>(items: &[U], to: *mut U) {
    let (from, n) = (items.as_ptr(), items.len());
    // SAFETY: by contract. The volatile read only keeps the loads from being joined.
    unsafe {
        if size_of::<U>() != 8 || n > 8 {
            std::ptr::copy_nonoverlapping(from, to, n);
        } else {
            for i in 0..n {
                to.add(i).write(from.add(i).read_volatile());
            }
        }
    }
}

/// Zeroes a tail: a short one word by word, up to the end of its last one, which is in its cell (measured: a
/// `memset` of a few bytes took 24 ns where it chooses wide registers).
///
/// # Safety
/// It is the tail of a cell, of `n` bytes.
#[inline(always)]
unsafe fn clear(tail: *mut u8, n: usize) {
    const SHORT: usize = 64;
    const { assert!(SHORT < MAX_SMALL && GRANULE.is_multiple_of(8)) }
    // SAFETY: by contract; cells of that size are whole granules. The volatile writes keep the loop from becoming a
    // `memset`.
    unsafe {
        if n > SHORT || !(tail as usize).is_multiple_of(8) {
            std::ptr::write_bytes(tail, 0, n);
        } else {
            for i in 0..n.div_ceil(8) {
                (tail as *mut u64).add(i).write_volatile(0);
            }
        }
    }
}

/// Bytes of a cell of this class.
pub(super) fn cell_bytes(class: usize) -> usize {
    granules(class) * GRANULE
}

/// The layout of a large cell of `size` bytes with its header.
fn large_layout(size: usize) -> Option<Layout> {
    Layout::from_size_align(size.checked_add(size_of::<Large>())?, GRANULE).ok()
}

/// The block a list's head points at.
pub(super) fn block<'a>(b: *mut Block) -> Option<&'a Block> {
    // SAFETY: heads and `current` point at blocks in use, or are null.
    unsafe { b.as_ref() }
}
/// Takes the first block of a list.
pub(super) fn pop<'a>(head: &Cell<*mut Block>) -> Option<&'a Block> {
    let b = block(head.get())?;
    head.set(b.next.replace(null_mut()));
    Some(b)
}
/// Puts a block in front of a list.
pub(super) fn push(head: &Cell<*mut Block>, b: &Block) {
    b.next.set(head.get());
    head.set(b as *const Block as *mut Block);
}

impl Drop for Heap {
    /// Releases every object and gives the memory back; chunks go to the pool.
    fn drop(&mut self) {
        self.flush();
        self.sweeping.set(true);
        let set = std::mem::take(&mut *self.chunks.borrow_mut());
        for c in set.iter() {
            for b in c.used().filter(|b| b.class() >= SIZES.len()) {
                self.release_cells(c, b, |w| c.alloc.word(w));
            }
        }
        for c in set.iter() {
            for b in c.used() {
                b.set_state(State::Free);
            }
            free_chunk(c as *const Chunk as *mut Chunk);
        }
        let table = std::mem::take(&mut *self.large.borrow_mut());
        for p in table {
            self.release_large(p);
            self.free_large(p);
        }
        self.spare.free();
    }
}
