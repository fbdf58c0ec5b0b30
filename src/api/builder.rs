//! How an engine is set up.

use super::{Engine, Error};
use crate::vm::{Config, Deopt, Dump, JitMode};
use std::io::Write;
use std::sync::{Arc, Mutex};

/// Where output goes that the embedder wants to have as text.
pub(super) type Captured = Arc<Mutex<Vec<u8>>>;

/// Settings of an engine; [`Engine::builder`] starts with those of [`Engine::new`].
pub struct Builder {
    pub(super) config: Config,
    pub(super) stdout: Option<Box<dyn Write + Send>>,
    pub(super) stderr: Option<Box<dyn Write + Send>>,
    pub(super) captured: Option<Captured>,
    pub(super) argv: Vec<String>,
    pub(super) path: Vec<String>,
}

impl Builder {
    pub(super) fn new() -> Builder {
        Builder {
            config: Config::default(),
            stdout: None,
            stderr: None,
            captured: None,
            argv: vec![String::new()],
            path: Vec::new(),
        }
    }
    /// Bytes that everything in the engine may take together. Past it a program gets MemoryError.
    pub fn max_memory(mut self, bytes: usize) -> Builder {
        self.config.max_memory = bytes;
        self
    }
    /// Depth of Python calls: `sys.getrecursionlimit()`. 1000 unless told.
    pub fn recursion_limit(mut self, depth: u32) -> Builder {
        self.config.recursion_limit = depth.max(1);
        self
    }
    /// Units of work (function entries, loop iterations …) after which the engine stops for
    /// good, the same in every mode.
    pub fn max_fuel(mut self, units: u64) -> Builder {
        self.config.max_fuel = Some(units);
        self
    }
    /// When native code is made.
    pub fn jit(mut self, mode: JitMode) -> Builder {
        self.config.jit = mode;
        self
    }
    /// Bytes that native code may take at a time, 64 MiB unless told: past it the functions called longest ago
    /// lose theirs.
    pub fn max_code(mut self, bytes: usize) -> Builder {
        self.config.max_code = bytes;
        self
    }
    /// How long compiling may take, half a second unless told, before it is held to a quarter of the time.
    pub fn compile_allowance(mut self, time: std::time::Duration) -> Builder {
        self.config.compile_allowance = time;
        self
    }
    /// Write `/tmp/perf-PID.map`, through which `perf report` names Python functions that run natively.
    pub fn perf_map(mut self, on: bool) -> Builder {
        self.config.perf_map = on;
        self
    }
    /// Seed of [`JitMode::Stress`].
    pub fn jit_seed(mut self, seed: u64) -> Builder {
        self.config.seed = seed;
        self
    }
    /// Guards of native code that fail though nothing is wrong: for tests.
    pub fn deopt(mut self, which: Option<Deopt>) -> Builder {
        self.config.deopt = which;
        self
    }
    /// Collect at every safepoint: finds values that nothing roots.
    pub fn gc_stress(mut self, on: bool) -> Builder {
        self.config.gc_stress = on;
        self
    }
    /// Collect only where no machine stack holds values.
    pub fn gc_precise(mut self, on: bool) -> Builder {
        self.config.gc_precise = on;
        self
    }
    /// Marks what runs, for the command line's `--coverage`; compiled code is slower for it.
    pub fn coverage(mut self, on: bool) -> Builder {
        self.config.coverage = on;
        self
    }
    /// Count calls and fuel in native code too.
    pub fn count(mut self, on: bool) -> Builder {
        self.config.count = on;
        self
    }
    /// Print what the JIT makes, on the process's stderr.
    pub fn dump(mut self, what: Dump) -> Builder {
        self.config.dump = what;
        self
    }
    /// Where `print` writes. The process's stdout unless told.
    pub fn stdout(mut self, to: impl Write + Send + 'static) -> Builder {
        self.stdout = Some(Box::new(to));
        self
    }
    /// Where `sys.stderr` writes. The process's stderr unless told.
    pub fn stderr(mut self, to: impl Write + Send + 'static) -> Builder {
        self.stderr = Some(Box::new(to));
        self
    }
    /// Keeps what `print` writes for [`Engine::take_output`].
    pub fn capture_output(mut self) -> Builder {
        let buffer = Captured::default();
        self.captured = Some(buffer.clone());
        self.stdout = Some(Box::new(Capture(buffer)));
        self
    }
    /// `sys.argv`.
    pub fn argv(mut self, argv: impl IntoIterator<Item = String>) -> Builder {
        self.argv = argv.into_iter().collect();
        self
    }
    /// Lets programs open files and import modules from `sys.path`. Without it `open` raises
    /// PermissionError, and only builtin modules are found.
    pub fn files(mut self, on: bool) -> Builder {
        self.config.files = on;
        self
    }
    /// `sys.flags`.
    #[doc(hidden)]
    pub fn flags(mut self, flags: crate::vm::Flags) -> Builder {
        self.config.flags = flags;
        self
    }
    /// `sys.path`: where modules are looked for, if [`files`](Builder::files) allows it.
    pub fn path(mut self, path: impl IntoIterator<Item = String>) -> Builder {
        self.path = path.into_iter().collect();
        self
    }
    /// Makes the engine.
    ///
    /// # Errors
    /// The memory allowed does not even hold the builtins.
    pub fn build(self) -> Result<Engine, Error> {
        Engine::build(self)
    }
}

struct Capture(Captured);
impl Write for Capture {
    fn write(&mut self, b: &[u8]) -> std::io::Result<usize> {
        // A panic cannot leave the bytes half written.
        let mut all = self.0.lock().unwrap_or_else(|e| e.into_inner());
        all.extend_from_slice(b);
        Ok(b.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
