//! What native code calls: ONE table of helpers, each a row.
//!
//! A helper takes the Vm and some words and returns (payload, status). Its body is an ordinary
//! function (`ops`) over the same protocol functions that the interpreter calls; how words become
//! its parameters, and its result a pair, follows from their types. No Rust panic crosses
//! native code: it becomes a SystemError.
//!
//! A helper is entered through a thunk, which notes where native code waits (`native::callout`): the
//! helper, or what it calls, may look at the frames. Rows marked `plain` never do, and have none.
//!
//! Each helper can be called in a convention that keeps every register: what an inner loop holds in
//! registers would otherwise be spilled for a call on its cold paths, or in the loop around it.
#![allow(unsafe_code)]

mod attr;
mod catch;
mod generator;
mod ops;
mod taking;
mod unpack;

use attr::*;
use catch::*;
use generator::*;
pub use ops::box_int;
use ops::*;
use taking::take_item;
pub use taking::{FLOAT, INT, Taking, giving_to};
use unpack::*;

use crate::jit::lower::status;
use crate::jit::native::callout::is_shown;
use crate::jit::watch;
use crate::object::Value;
use crate::vm::{Raised, Vm};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Two words in two registers, on every C convention we serve.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    pub payload: u64,
    pub status: u64,
}

impl Pair {
    pub const fn new(payload: u64, status: u64) -> Pair {
        Pair { payload, status }
    }
}

/// A parameter of a helper.
trait Word {
    /// The word, as native code passes it for this type.
    fn from_word(w: u64) -> Self;
}
impl Word for u64 {
    fn from_word(w: u64) -> u64 {
        w
    }
}
impl Word for i64 {
    fn from_word(w: u64) -> i64 {
        w as i64
    }
}
impl Word for f64 {
    fn from_word(w: u64) -> f64 {
        f64::from_bits(w)
    }
}
impl Word for Value {
    fn from_word(w: u64) -> Value {
        // 0 never comes where a value is expected; None is a safe answer if it did.
        Value::from_bits(w).unwrap_or(Value::NONE)
    }
}
impl Word for Option<Value> {
    fn from_word(w: u64) -> Option<Value> {
        Value::from_bits(w)
    }
}

/// Words in native code's frame that a helper reads: address, then count.
#[derive(Clone, Copy)]
struct Items(*const u64);
impl Word for Items {
    fn from_word(w: u64) -> Items {
        Items(w as *const u64)
    }
}
impl Items {
    /// The values. None of the words is 0: the op's operands are values.
    fn values<'a>(self, n: u64) -> &'a [Value] {
        // SAFETY: native code stored `n` values there before the call, and its frame outlives it.
        unsafe { std::slice::from_raw_parts(self.0 as *const Value, n as usize) }
    }
    /// The plain words.
    fn words<'a>(self, n: u64) -> &'a [u64] {
        // SAFETY: as above.
        unsafe { std::slice::from_raw_parts(self.0, n as usize) }
    }
}

/// Words in native code's frame that a helper writes. What `take` gives is its result.
#[derive(Clone, Copy)]
struct Out(*mut u64);
/// Results in an [`Out`]: how many, and whether the last is pushed first.
struct Many {
    out: Out,
    n: usize,
    reversed: bool,
}
impl Word for Out {
    fn from_word(w: u64) -> Out {
        Out(w as *mut u64)
    }
}
impl Out {
    fn set(self, i: usize, v: Value) {
        // SAFETY: native code reserved as many words as the op has results, and asks for no more.
        unsafe { self.0.add(i).write(v.bits()) }
    }
    fn clear(self, i: usize) {
        // SAFETY: as above.
        unsafe { self.0.add(i).write(0) }
    }
    /// Its first `n` words are results; pushed in this order.
    fn many(self, n: usize) -> Many {
        Many {
            out: self,
            n,
            reversed: false,
        }
    }
}

/// The result of a helper.
trait Give: Sized {
    fn give(self, vm: &mut Vm) -> Pair;
    /// As `give`, to a native frame that must not go on.
    fn show(self, vm: &mut Vm) -> Pair;
    /// Whoever must not go on could not be told: how the call ends instead.
    fn lost(self, instead: Pair) -> Pair {
        instead
    }
}
impl Give for u64 {
    fn give(self, _: &mut Vm) -> Pair {
        Pair::new(self, status::OK)
    }
    /// The helpers of entries and polls: leave.
    fn show(self, _: &mut Vm) -> Pair {
        Pair::new(1, status::OK)
    }
    fn lost(self, _: Pair) -> Pair {
        Pair::new(1, status::OK)
    }
}
impl Give for Pair {
    fn give(self, _: &mut Vm) -> Pair {
        self
    }
    /// A helper that always raises, or that has seen to it itself.
    fn show(self, _: &mut Vm) -> Pair {
        thrown(self)
    }
}
impl<T: Payload> Give for Result<T, Raised> {
    fn give(self, vm: &mut Vm) -> Pair {
        match self {
            Ok(v) => Pair::new(v.payload(), status::OK),
            Err(r) => raised(vm, r),
        }
    }
    fn show(self, vm: &mut Vm) -> Pair {
        match self.and_then(|v| v.show(vm)) {
            Ok(p) => p,
            Err(r) => thrown(raised(vm, r)),
        }
    }
}
trait Payload {
    fn payload(self) -> u64;
    /// What `leave` needs to finish the operation in the interpreter's frame.
    fn show(self, vm: &mut Vm) -> Result<Pair, Raised>;
}
impl Payload for Value {
    fn payload(self) -> u64 {
        self.bits()
    }
    fn show(self, _: &mut Vm) -> Result<Pair, Raised> {
        Ok(Pair::new(self.bits(), status::BOXED))
    }
}
impl Payload for Option<Value> {
    fn payload(self) -> u64 {
        self.map_or(0, Value::bits)
    }
    fn show(self, _: &mut Vm) -> Result<Pair, Raised> {
        Ok(match self {
            Some(v) => Pair::new(v.bits(), status::BOXED),
            None => Pair::new(0, status::ENDED),
        })
    }
}
impl Payload for bool {
    fn payload(self) -> u64 {
        self as u64
    }
    fn show(self, _: &mut Vm) -> Result<Pair, Raised> {
        Ok(Pair::new(self as u64, status::TRUTH))
    }
}
impl Payload for () {
    fn payload(self) -> u64 {
        0
    }
    fn show(self, _: &mut Vm) -> Result<Pair, Raised> {
        Ok(Pair::new(0, status::NOTHING))
    }
}
impl Payload for Many {
    fn payload(self) -> u64 {
        0
    }
    /// The exit stores the frame's values where the results are.
    fn show(self, vm: &mut Vm) -> Result<Pair, Raised> {
        // SAFETY: native code's frame has room for the results, which its helper has just written.
        let words = unsafe { std::slice::from_raw_parts_mut(self.out.0, self.n) };
        if self.reversed {
            words.reverse();
        }
        let t = vm.new_tuple(Items(self.out.0).values(self.n as u64))?;
        Ok(Pair::new(t.bits(), status::MANY))
    }
}

/// What a native frame is told that may not handle the exception itself.
pub fn thrown(p: Pair) -> Pair {
    match p.status {
        status::RAISED => Pair::new(0, status::THROWN),
        _ => p,
    }
}

/// The pair of a call that raised: the exception stays in the Vm.
pub fn raised(vm: &Vm, _r: Raised) -> Pair {
    let st = if vm.is_terminating() {
        status::TERMINATE
    } else {
        status::RAISED
    };
    Pair::new(0, st)
}

/// Runs a helper's body; a panic becomes a SystemError.
///
/// # Safety
/// `vm` is the engine that native code runs in, and nobody else uses it during the call.
pub(super) unsafe fn enter(vm: *mut Vm, f: impl FnOnce(&mut Vm) -> Pair) -> Pair {
    // SAFETY: the contract; native code holds no reference to the Vm.
    let vm = unsafe { &mut *vm };
    match catch_unwind(AssertUnwindSafe(|| f(&mut *vm))) {
        Ok(p) => p,
        Err(_) => {
            let r = crate::raise!(vm, SystemError, "internal error in the engine");
            let p = raised(vm, r);
            if is_shown(vm) { thrown(p) } else { p }
        }
    }
}

macro_rules! count {
    () => { 0 };
    ($a:ident $($rest:ident)*) => { 1 + count!($($rest)*) };
}
/// Addresses of a helper, ordinary and quiet: of the thunk in front of it, or for one that looks at no
/// frame its own.
macro_rules! thunk {
    ($quiet:expr, $helper:ident($($p:ident)*) plain) => {
        if $quiet { quiet!($helper($($p)*)) } else { $helper as *const () as usize }
    };
    ($quiet:expr, $helper:ident($($p:ident)*)) => {{
        #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
        {
            // SAFETY: calls the helper with the words it was called with, and keeps the registers.
            #[unsafe(naked)]
            unsafe extern "C" fn thunk(vm: *mut Vm, $($p: u64),*) -> Pair {
                crate::thunk_vm!(helper, $helper)
            }
            if $quiet { quiet!(thunk($($p)*)) } else { thunk as *const () as usize }
        }
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        { let _ = $quiet; $helper as *const () as usize }
    }};
}
/// The same around another thunk or a plain helper: keeps every register, and leaves the pair in
/// `vm.jit.answer`.
macro_rules! quiet {
    ($inner:ident($($p:ident)*)) => {{
        #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
        {
            // SAFETY: calls `inner` with the words it was called with, and keeps all registers.
            #[unsafe(naked)]
            unsafe extern "C" fn quiet(vm: *mut Vm, $($p: u64),*) {
                crate::quiet_asm!($inner)
            }
            quiet as *const () as usize
        }
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        { $inner as *const () as usize }
    }};
}
/// How a helper ends: one that looks at no frame never runs when frames are shown, and changes nothing.
macro_rules! end {
    ($vm:ident, $r:ident, plain) => {
        $r.give($vm)
    };
    ($vm:ident, $r:ident,) => {
        end($vm, $r)
    };
}
fn end<R: Give>(vm: &mut Vm, r: R) -> Pair {
    if let Err(e) = watch::settle(vm) {
        let instead = raised(vm, e);
        return r.lost(instead);
    }
    if is_shown(vm) { r.show(vm) } else { r.give(vm) }
}
macro_rules! helpers {
    ($($(#[$doc:meta])* $name:ident = $f:ident($($p:ident)*) $($plain:ident)?;)*) => {
        /// A function that native code calls.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Helper { $($(#[$doc])* $name),* }
        impl Helper {
            pub const ALL: &'static [Helper] = &[$(Helper::$name),*];
            /// Words it takes after the Vm.
            pub const fn arity(self) -> usize {
                match self { $(Helper::$name => count!($($p)*)),* }
            }
            /// Its address: `extern "C" fn(*mut Vm, words…) -> Pair`. A quiet one keeps every register,
            /// also those that hold arguments, and leaves the pair in `vm.jit.answer`.
            pub fn address(self, quiet: bool) -> usize {
                match self { $(Helper::$name => {
                    unsafe extern "C" fn helper(vm: *mut Vm, $($p: u64),*) -> Pair {
                        // SAFETY: native code calls with its own Vm and the words the row takes.
                        unsafe {
                            enter(vm, |vm| {
                                let r = $f(vm $(, Word::from_word($p))*);
                                end!(vm, r, $($plain)?)
                            })
                        }
                    }
                    thunk!(quiet, helper($($p)*) $($plain)?)
                })* }
            }
        }
    };
}
helpers! {
    /// An int that is not inline, as a value. Cannot fail.
    BoxInt = box_int(i) plain;
    /// Python's `is` of two objects.
    IsSame = is_same(a b) plain;
    /// A range's iterator: next, step, remaining. Cannot fail.
    RangeIter = range_iter(next step left) plain;
    FloatMod = float_mod(a b) plain;
    /// A complex number. Cannot fail.
    NewComplex = new_complex(re im) plain;
    /// Its absolute value; negative when that is too large though the parts are finite.
    Hypot = hypot(re im) plain;
    /// Of a positive number; negative when it is not as `plain_pow` wants it.
    FloatPow = float_pow(a b) plain;
    FloatFloorDiv = float_floordiv(a b) plain;
    /// The entry check failed: 0 to go on all the same. Takes the depth with the new frame, and
    /// with those inlined in it.
    EnterSlow = enter_slow(depth deepest);
    /// The limit word asks for attention at a back edge: 0 to go on.
    PollSlow = poll_slow();
    /// Calls a function that has no native entry now: entry cell; arguments, cells and free variables.
    CallUnit = call_unit(cell args);
    Call = call(callee args n);
    /// The same of a function, not through its open entry.
    CallGeneral = call_general(function args n);
    CallKw = call_kw(callee names args n);
    CallMethod = call_method(lower upper args n);
    Binary = binary(op a b);
    Unary = unary(op a);
    Compare = compare(op a b);
    /// Of two strs. Cannot fail.
    StrCmp = str_cmp(op a b) plain;
    Contains = contains(item container);
    ExcMatch = exc_match(exc classes);
    /// The same of an exception's class; 2: the protocol has to be asked.
    ClassMatches = class_matches(class classes) plain;
    IsInstance = is_instance(o class);
    IsTrue = is_true(v);
    GetItem = get_item(o k);
    /// Of dicts: what is there (or 0), whether it was there and is replaced.
    DictGet = dict_get(o k) plain;
    DictPut = dict_put(o k v) plain;
    /// What is there, or the default; 0: not known.
    DictGetOr = dict_get_or(o k default) plain;
    /// Whether it is in a dict, a set or a str (2: not known).
    Has = has(o k) plain;
    /// Of a range, by an int; 0: the protocol has to be asked.
    RangeGet = range_get(o k) plain;
    /// GetItem of an int.
    GetChar = get_char(o i);
    /// Of a number: its character.
    Chr = chr(i);
    SetItem = set_item(o k v);
    GetSlice = get_slice(o parts n);
    SetSlice = set_slice(o v parts n);
    GetAttr = get_attr(name o);
    SetAttr = set_attr(name o v);
    LoadMethod = load_method(name o out);
    /// Slots and shape of an instance, what is in the first of them.
    NewInstance = new_instance(asked items n) plain;
    /// Its shape, its arguments, what holds its attributes.
    NewException = new_exception(shape args store) plain;
    /// Name, class, object: the function that `super` finds, or 0.
    SuperMethod = super_method(name class o) plain;
    /// A Python function, and what it is bound to.
    BindMethod = bind_method(f o) plain;
    Make = make(site items n);
    GetSite = get_site(site o);
    SetSite = set_site(site o v);
    MethodSite = method_site(site o out);
    LoadGlobal = load_global(name globals);
    StoreGlobal = store_global(name globals v);
    LoadName = load_name(name locals globals);
    StoreName = store_name(name locals v);
    DeleteName = delete_name(name locals);
    GetIter = get_iter(v);
    ForIter = for_iter(it);
    Unpack = unpack(n v out);
    BuildTuple = build_tuple(items n) plain;
    BuildList = build_list(items n) plain;
    BuildMap = build_map(items n);
    BuildConstKeyMap = build_const_key_map(keys items n);
    BuildString = build_string(items n);
    Format = format(flags v spec n);
    MakeFunction = make_function(flags items n);
    ImportName = import_name(name globals locals level fromlist);
    CallEx = call_ex(callee args kwargs n);
    Collect = collect(op items n);
    ListAppend = list_append(to v) plain;
    /// Parts of lists, which nobody but a limit of memory stops.
    ListInsert = list_insert(to v at) plain;
    ListCut = list_cut(of at) plain;
    ListPart = list_part(step of start stop) plain;
    ListMove = list_move(step to from bounds n) plain;
    CallDescr = call_descr(descr items n);
    MakeCell = make_cell(content) plain;
    BindKeywords = bind_keywords(items n) plain;
    Add = add(op to v rest n);
    DelItem = del_item(o k);
    DelAttr = del_attr(name o);
    UnpackEx = unpack_ex(operand v out);
    ImportFrom = import_from(name module);
    ImportStar = import_star(locals module);
    Annotations = annotations(locals);
    BuildClass = build_class(v);
    ClassDeref = class_deref(n locals v a);
    PrintExpr = print_expr(v);
    SetupWith = setup_with(manager out);
    WithStart = with_start(exit tb exc top out);
    /// The exception being handled, or None.
    Handled = handled() plain;
    /// An exception reaches a handler of the last frame of that site of the unit; those before it end.
    Catch = catch(unit site words exc before) plain;
    PopExcept = pop_except(before level depth) plain;
    RestoreTraceback = restore_traceback(tb) plain;
    PopFinally = pop_finally(before top level depth) plain;
    /// As Raise, where the exception is caught in the same unit.
    RaiseHere = raise_here(unit code pc items n);
    /// YIELD_FROM: iterator, value to send.
    Delegate = delegate(it sent out);
    /// A generator that FOR_ITER, or YIELD_FROM, has entered natively did not just yield: payload and status, and its depth.
    ForEnd = for_end(it payload st depth);
    DelegateEnd = delegate_end(it payload st depth out);
    /// Globals, code, qualified name; arguments and cells.
    NewGenerator = new_generator(globals code name items n) plain;
    /// What a generator yields, to who takes it quietly: 0, nothing was done.
    TakeItem = take_item(v) plain;
    Await = await_(place v);
    BeforeAsyncWith = before_async_with(manager out);
    WrapYield = wrap_yield(v) plain;
    AsyncEnded = async_ended(exc) plain;
    /// RAISE_VARARGS: operand, values.
    Raise = raise(count items n);
    /// END_FINALLY that raises: the six slots.
    Reraise = reraise(items n);
}

// A thunk passes on words in registers only, the Vm among them.
const _: () = {
    let mut i = 0;
    while i < Helper::ALL.len() {
        assert!(Helper::ALL[i].arity() < 6);
        i += 1;
    }
};

impl Helper {
    /// The address of what enters a generator: `native::callout::generator_thunk`.
    pub fn generator_address() -> usize {
        crate::jit::native::callout::generator_thunk as *const () as usize
    }
    /// The address of `deopt::reify::leave`, which takes the unit where helpers take the Vm.
    pub fn leave_address() -> usize {
        crate::jit::deopt::reify::leave_thunk as *const () as usize
    }
}
