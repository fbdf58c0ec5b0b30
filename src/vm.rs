//! The `Vm`: heap, stacks, limit word, and the hook through which lower layers call Python.
//!
//! This file alone names the state of upper layers (`jit`, `interp`), as fields it does not look
//! into. Everything below `call` reaches Python code through [`Vm::call`].

pub mod alarm;
mod compile;
pub mod coverage;
pub mod fuel;
pub mod host;
pub mod limit;
mod make;
mod raise;
pub mod work;

pub use host::{Capability, Grants};
pub use limit::LimitWord;
pub use raise::{Raised, Terminate};

use crate::gc::Heap;
use crate::object::{Args, ClassId, Slot, Tracer, Value};
use std::cell::Cell;
use std::io::Write;
use std::sync::Arc;

/// What an engine is made with.
#[derive(Clone)]
pub struct Config {
    /// Bytes the heap may hold.
    pub max_memory: usize,
    /// Depth of Python calls: `sys.getrecursionlimit()`.
    pub recursion_limit: u32,
    /// Collect at every safepoint.
    pub gc_stress: bool,
    /// Collect only where no native stack holds values.
    pub gc_precise: bool,
    pub jit: JitMode,
    /// Seed of stress mode's failing guards.
    pub seed: u64,
    /// Guards of native code that fail though nothing is wrong.
    pub deopt: Option<Deopt>,
    /// Units of fuel before the engine stops for good; counted in every mode when `count` is set too.
    pub max_fuel: Option<u64>,
    /// Count calls and fuel, in native code too (`--stats`).
    pub count: bool,
    /// Mark what runs (`Vm::coverage`).
    pub coverage: bool,
    /// Bytes of native code, with what belongs to it, at a time.
    pub max_code: usize,
    /// Compiling may take this long at once, before its share of the time limits it (`jit::tier`).
    pub compile_allowance: std::time::Duration,
    /// What the JIT prints on stderr as it compiles.
    pub dump: Dump,
    /// Write the map through which `perf` names native code.
    pub perf_map: bool,
    /// What programs may reach of the system.
    pub grants: host::Grants,
    /// Bytes that programs may print.
    pub max_output: u64,
    /// The allocation that fails on purpose, counted from the engine's first.
    pub fail_alloc_at: Option<u64>,
    pub flags: Flags,
}

/// What `sys.flags` and its like show: flags of a command line, of which the engine itself obeys
/// `optimize`.
#[derive(Clone, Default, Debug)]
pub struct Flags {
    pub debug: u8,
    pub inspect: bool,
    /// A prompt is shown.
    pub interactive: bool,
    /// 1 leaves out assertions, 2 docstrings, too.
    pub optimize: u8,
    pub dont_write_bytecode: bool,
    pub no_user_site: bool,
    pub no_site: bool,
    pub ignore_environment: bool,
    pub verbose: u8,
    pub bytes_warning: u8,
    pub quiet: bool,
    pub isolated: bool,
    /// `sys.warnoptions` and `sys._xoptions`.
    pub warn: Vec<String>,
    pub xoptions: Vec<String>,
    /// The program is the `__main__` of this directory.
    pub directory: Option<String>,
}

/// Stages of compilation that are printed (`--dump`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Dump {
    /// SSA, as built and after the passes.
    pub ssa: bool,
    pub clif: bool,
    pub asm: bool,
}

/// When native code is made.
///
/// ```
/// use taipan::Engine;
/// use taipan::JitMode;
/// for mode in [JitMode::Off, JitMode::On] {
///     let mut engine = Engine::builder().jit(mode).build()?;
///     assert_eq!(engine.eval::<i64>("sum(range(1000))")?, 499500);
/// }
/// # Ok::<(), taipan::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JitMode {
    Off,
    /// When hot.
    On,
    /// At the first call, and again with feedback at the second.
    Always,
    /// As `Always`, and guards fail at random.
    Stress,
}

/// Which guards fail on request, counted as they are passed, from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deopt {
    /// Each N-th.
    Every(u64),
    /// The K-th, once.
    At(u64),
}

impl Default for Config {
    fn default() -> Self {
        Config {
            max_memory: usize::MAX,
            recursion_limit: 1000,
            gc_stress: false,
            gc_precise: !crate::gc::segments::CONSERVATIVE,
            jit: if cfg!(feature = "jit") {
                JitMode::On
            } else {
                JitMode::Off
            },
            seed: 0,
            deopt: None,
            max_fuel: None,
            count: false,
            coverage: false,
            max_code: 64 << 20,
            compile_allowance: std::time::Duration::from_millis(500),
            dump: Dump::default(),
            perf_map: false,
            grants: host::Grants::NONE,
            max_output: u64::MAX,
            fail_alloc_at: None,
            flags: Flags::default(),
        }
    }
}

/// Calls by path, and what `--stats` prints beside them.
#[derive(Default, Clone, Debug)]
pub struct Stats {
    pub builtin: Cell<u64>,
    pub method_descriptor: Cell<u64>,
    pub bound_method: Cell<u64>,
    /// Looks at the limit word, while `limit::COUNTED` is set.
    pub looks: Cell<u64>,
    pub fast: Cell<u64>,
    pub general: Cell<u64>,
    /// Calls that ran native code, counted when `Config::count` is set.
    pub native: Cell<u64>,
    /// Calls that went through a replaced `eval_frame`.
    pub hooked: Cell<u64>,
    /// Entries that attribute sites made, and sites that settled on the general form.
    pub learnt: Cell<u64>,
    pub settled: Cell<u64>,
    pub collections: Cell<u64>,
}

/// What a program holds of the system outside files of its own classes: `os.open`, `os.putenv`.
#[derive(Default)]
pub struct System {
    pub files: Vec<std::fs::File>,
    /// Changes of the environment; `None` removes.
    pub env: Vec<(std::ffi::OsString, Option<std::ffi::OsString>)>,
}

/// One engine's whole state. It is `Send` by the discipline of `api`: nothing in it is shared but
/// the limit word and the process's code ISA.
pub struct Vm {
    /// Depth of Python frames, native and inlined ones included.
    pub depth: Cell<u32>,
    pub recursion_limit: Cell<u32>,
    /// `sys.get_int_max_str_digits()`: decimal digits of an int's text, at most; 0 for any number.
    pub max_str_digits: Cell<u32>,
    /// Function entries + taken back edges + documented units of builtins, so far.
    pub fuel: fuel::Fuel,
    /// The exception being raised: set exactly while a `Raised` exists.
    pub exc: Slot,
    /// The exception being handled (CPython's `exc_info->exc_value`).
    pub handled: Slot,
    /// Set while a TERMINATE unwinds.
    pub terminate: Cell<Option<Terminate>>,
    /// Why the engine stops, from the first TERMINATE until it is entered anew. Other than `terminate` it outlives
    /// code that drops a `Raised` (a host function may): then the next look at the limit word raises it again.
    pub stopped: Cell<Option<Terminate>>,
    pub limit: Arc<LimitWord>,
    pub heap: Heap,
    pub config: Config,
    pub stats: Stats,
    /// What has run, when `Config::coverage` asks for it.
    pub coverage: Option<Box<coverage::Coverage>>,
    /// Class objects, by `ClassId`, made on first use.
    pub classes: [Slot; ClassId::COUNT],
    /// Interned strings: a dict from str to itself.
    pub interned: Slot,
    /// Containers whose text is being made, the outermost first: words of values that the stack holds.
    pub showing: std::cell::RefCell<Vec<u64>>,
    /// What lookups in classes found.
    pub method_cache: crate::types::class::cache::MethodCache,
    /// Names of special methods, by their number.
    pub specials: [Slot; crate::protocol::special::Special::COUNT],
    /// The str `__name__`: the key under which each function that is made looks for its module.
    pub name_key: Slot,
    /// The empty tuple and the strings of one ASCII character.
    pub empty_tuple: Slot,
    pub chars: [Slot; 128],
    /// The empty bytes object and the empty frozenset.
    pub empty_bytes: Slot,
    pub empty_frozenset: Slot,
    /// Last wishes are being granted.
    pub wishing: Cell<bool>,
    /// `sys.set_asyncgen_hooks`: what is called with each asynchronous generator first, and last.
    pub asyncgen_hooks: [Slot; 2],
    /// The dict of `builtins`, and `sys.modules`.
    pub builtins: Slot,
    pub modules: Slot,
    /// What `gc.isenabled()` says.
    pub gc_enabled: Cell<bool>,
    /// Next of the engine-wide unique numbers (versions).
    pub next_version: Cell<u64>,
    /// Frames and value stacks of the interpreter.
    pub stack: crate::interp::frame::VmStack,
    /// Values that Rust code outside the heap holds on to.
    pub handles: crate::gc::roots::Handles,
    /// Where a run that may pause is left (`gc::pause`); 0: there is none, or it must not be left now.
    pub pause: Cell<usize>,
    /// Machine stacks to scan.
    pub segments: crate::gc::segments::Segments,
    pub jit: crate::jit::State,
    /// The replaced frame evaluator, if any.
    pub eval_frame: Option<crate::interp::EvalFrame>,
    /// The functions of `sys.settrace` and `sys.setprofile`.
    pub trace: crate::interp::trace::TraceState,
    /// Python calls take the slow way: there is an `eval_frame`, or a tracer.
    pub watched: Cell<bool>,
    /// Bytes of the host's memory that a conversion has been charged for so far.
    pub handed: Cell<usize>,
    /// A compilation that was given up and has not ended yet.
    compiler: Option<compile::Leaving>,
    /// Of `Config::max_output`, what is left: see `types::stream`.
    pub output_left: Cell<u64>,
    pub stdout: Box<dyn Write + Send>,
    pub stderr: Box<dyn Write + Send>,
    /// Where what is granted comes from.
    pub host: host::Host,
    /// The last exception by which something was refused for want of a grant.
    pub denied: Slot,
    /// What the program opened in the system, and set for the programs it starts.
    pub system: System,
    pub argv: Vec<String>,
    /// What `sys.path` begins as.
    pub path: Vec<String>,
}

impl Vm {
    /// Calls a callable: the hook through which every layer below `call` reaches Python code.
    ///
    /// # Errors
    /// Whatever the callable raises.
    pub fn call(&mut self, callee: Value, args: Args<'_>) -> Result<Value, Raised> {
        crate::call::dispatch::call(self, callee, args)
    }

    /// Runs a module's code in its namespace: how an import reaches the interpreter.
    ///
    /// # Errors
    /// Whatever the code raises.
    pub fn run_module(
        &mut self,
        code: crate::object::Gc<crate::types::code::value::CodeObj>,
        globals: crate::object::Gc<crate::types::dict::value::DictObj>,
    ) -> Result<Value, Raised> {
        crate::gc::with_stack(self, move |vm| crate::interp::run_module(vm, code, globals))
    }

    /// A safepoint: interrupt, deadline, collection. Loops in builtins call it.
    #[inline]
    pub fn poll(&mut self) -> Result<(), Raised> {
        if self.limit.is_pending() {
            self.poll_slow()
        } else {
            Ok(())
        }
    }

    /// The interpreter's own safepoint: as `poll`, and every value its loop works with lies on
    /// the VM stack, so that in precise mode too a collection may run, if no other activation
    /// is below.
    #[cold]
    pub fn safepoint(&mut self) -> Result<(), Raised> {
        self.segments
            .clean(self.limit.has(limit::GC | limit::STRESS));
        let r = self.poll();
        self.segments.clean(false);
        if r.is_ok() && self.limit.has(limit::WISHES) {
            return crate::interp::wish::grant(self);
        }
        r
    }

    #[cold]
    fn poll_slow(&mut self) -> Result<(), Raised> {
        let p = self.limit.take();
        if p & limit::COUNTED != 0 {
            self.stats.looks.set(self.stats.looks.get() + 1);
        }
        if p & limit::OVERFLOWED != 0 {
            // CPython clears `overflowed` when a frame is left below the mark; nobody can tell the
            // difference before the next frame is entered, which comes here first.
            let limit = self.recursion_limit.get();
            let low = if limit > 200 {
                limit - 50
            } else {
                3 * (limit >> 2)
            };
            if self.depth.get() < low {
                self.limit.clear(limit::OVERFLOWED);
            }
        }
        if p & (limit::INTERRUPT | limit::DEADLINE | limit::STOPPED) != 0 {
            // The engine is to stop: no time for a collection. It is asked for again.
            if p & limit::GC != 0 {
                self.limit.request(limit::GC);
            }
            let why = match p & limit::INTERRUPT {
                0 => Terminate::Deadline,
                _ => Terminate::Interrupted,
            };
            return Err(self.raise_terminate(why));
        }
        if p & (limit::GC | limit::STRESS) != 0 {
            self.collect();
            self.segments.clean(false);
        }
        if p & limit::WISHES != 0 && !self.wishing.get() {
            // Not here: whoever polls does not expect that Python runs.
            self.limit.request(limit::WISHES);
        }
        if p & limit::KEYBOARD != 0 {
            return Err(self.raise_args(ClassId::KeyboardInterrupt, &[]));
        }
        Ok(())
    }

    /// Whether one more level may be entered, without entering it (`Py_EnterRecursiveCall` around
    /// C code that counts as a level: comparisons, calls of classes, repr).
    #[inline(always)]
    pub fn enter_recursive(&mut self, place: &str) -> Result<(), Raised> {
        if self.depth.get() < self.recursion_limit.get() {
            Ok(())
        } else {
            self.recursion_overflow(place)
        }
    }

    /// The level after `depth` is beyond the limit: RecursionError, unless one is just being
    /// handled, which gives 50 levels of grace as in CPython (where 51 abort the process).
    #[cold]
    pub fn recursion_overflow(&mut self, place: &str) -> Result<(), Raised> {
        let limit = self.recursion_limit.get();
        if self.limit.has(limit::OVERFLOWED) && self.depth.get() < limit.saturating_add(50) {
            return Ok(());
        }
        self.limit.request(limit::OVERFLOWED);
        Err(self.raise(
            ClassId::RecursionError,
            format!("maximum recursion depth exceeded{place}"),
        ))
    }

    /// Burns `n` units of fuel.
    #[inline(always)]
    pub fn burn(&mut self, n: u64) -> Result<(), Raised> {
        if self.fuel.burn(n) {
            Ok(())
        } else {
            self.out_of_fuel()
        }
    }
    /// Waits for more where a run may pause; else it ends.
    #[cold]
    #[inline(never)]
    fn out_of_fuel(&mut self) -> Result<(), Raised> {
        while self.fuel.left() < 0 {
            // Finalizers burn none: what they were lent is theirs.
            let may = self.stopped.get().is_none() && !self.wishing.get();
            if !(may && crate::gc::pause::wait(self)) {
                return Err(self.raise_terminate(Terminate::Fuel));
            }
        }
        Ok(())
    }

    /// Collects now. The caller is at a safepoint.
    pub fn collect(&mut self) {
        crate::gc::collect(self);
    }

    /// Shows every precise root to the tracer.
    pub fn trace_roots(&self, t: &mut Tracer<'_>) {
        for s in [
            &self.exc,
            &self.handled,
            &self.interned,
            &self.name_key,
            &self.empty_tuple,
            &self.empty_bytes,
            &self.empty_frozenset,
            &self.builtins,
            &self.modules,
            &self.denied,
            &self.heap.weak_pending,
        ] {
            t.slot(s);
        }
        self.heap.trace_doomed(t);
        t.slots(&self.asyncgen_hooks);
        t.slots(&self.classes);
        t.slots(&self.chars);
        t.slots(&self.specials);
        self.stack.trace(t);
        self.trace.trace(t);
        self.handles.trace(t);
        self.jit.trace(t);
    }

    /// A number no cache of this engine has seen.
    pub fn new_version(&self) -> u64 {
        let v = self.next_version.get();
        self.next_version.set(v + 1);
        v
    }
}

/// Bytes of memory the machine has, where it says so. An engine without a cap stops there: a system
/// that overcommits would give more, and kill the process for using it.
fn machine_memory() -> usize {
    static BYTES: std::sync::OnceLock<usize> = std::sync::OnceLock::new();
    *BYTES.get_or_init(|| {
        std::fs::read_to_string("/proc/meminfo")
            .ok()
            .and_then(|s| {
                let line = s.lines().find_map(|l| l.strip_prefix("MemTotal:"))?;
                line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok()
            })
            .map_or(usize::MAX, |kb| kb.saturating_mul(1024))
    })
}

impl Vm {
    /// A new engine's state: no builtins yet (`builtins::install`).
    pub fn new(config: Config) -> Box<Vm> {
        let limit = Arc::new(LimitWord::new());
        let vm = Box::new(Vm {
            depth: Cell::new(0),
            recursion_limit: Cell::new(config.recursion_limit),
            max_str_digits: Cell::new(crate::compile::MAX_STR_DIGITS),
            fuel: fuel::Fuel::new(config.max_fuel),
            exc: Slot::new(None),
            handled: Slot::new(None),
            terminate: Cell::new(None),
            stopped: Cell::new(None),
            heap: Heap::with_limit(config.max_memory.min(machine_memory()), limit.clone()),
            limit,
            stats: Stats::default(),
            coverage: config.coverage.then(Default::default),
            classes: [const { Slot::new(None) }; ClassId::COUNT],
            interned: Slot::new(None),
            showing: Default::default(),
            method_cache: Default::default(),
            specials: [const { Slot::new(None) }; crate::protocol::special::Special::COUNT],
            name_key: Slot::new(None),
            empty_tuple: Slot::new(None),
            chars: [const { Slot::new(None) }; 128],
            empty_bytes: Slot::new(None),
            empty_frozenset: Slot::new(None),
            wishing: Cell::new(false),
            asyncgen_hooks: [const { Slot::new(None) }; 2],
            builtins: Slot::new(None),
            modules: Slot::new(None),
            gc_enabled: Cell::new(true),
            next_version: Cell::new(1),
            stack: Default::default(),
            handles: Default::default(),
            pause: Cell::new(0),
            segments: Default::default(),
            jit: Default::default(),
            eval_frame: None,
            trace: Default::default(),
            watched: Cell::new(false),
            handed: Cell::new(0),
            compiler: None,
            output_left: Cell::new(config.max_output),
            stdout: Box::new(std::io::sink()),
            stderr: Box::new(std::io::sink()),
            host: Default::default(),
            denied: Slot::new(None),
            system: System::default(),
            argv: Vec::new(),
            path: Vec::new(),
            config,
        });
        if let Some(k) = vm.config.fail_alloc_at {
            vm.heap.fail_alloc_at(k);
        }
        if vm.config.gc_stress {
            vm.limit.request(limit::STRESS);
        }
        vm
    }

    /// Replaces the frame evaluator; the one before. While one is set, native code is not entered.
    pub fn set_eval_frame(
        &mut self,
        hook: Option<crate::interp::EvalFrame>,
    ) -> Option<crate::interp::EvalFrame> {
        let before = std::mem::replace(&mut self.eval_frame, hook);
        self.rewatch();
        before
    }
}

impl Drop for Vm {
    fn drop(&mut self) {
        self.stack.release(&self.heap);
    }
}
