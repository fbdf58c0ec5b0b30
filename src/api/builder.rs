//! How an engine is set up.

use super::{Engine, Error};
use crate::vm::host::Host;
use crate::vm::{Capability, Config, Deopt, Dump, Grants, JitMode};
use std::ffi::OsString;
use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Where output goes that the embedder wants to have as text.
pub(super) type Captured = Arc<Mutex<Vec<u8>>>;

/// Settings of an engine; [`Engine::builder`] starts with those of [`Engine::new`].
pub struct Builder {
    pub(super) config: Config,
    pub(super) stdout: Option<Box<dyn Write + Send>>,
    pub(super) stderr: Option<Box<dyn Write + Send>>,
    pub(super) host: Host,
    pub(super) max_time: Option<Duration>,
    pub(super) max_output: Option<u64>,
    pub(super) argv: Vec<String>,
    pub(super) path: Vec<String>,
}

impl Builder {
    pub(super) fn new() -> Builder {
        Builder {
            config: Config::default(),
            stdout: None,
            stderr: None,
            host: Host::default(),
            max_time: None,
            max_output: None,
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
    pub fn compile_allowance(mut self, time: Duration) -> Builder {
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
    /// The engine's `k`-th allocation fails, once, as if its memory were used up: for tests.
    pub fn fail_alloc_at(mut self, k: u64) -> Builder {
        self.config.fail_alloc_at = Some(k);
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
    /// How long each call of the engine may take, by the clock on the wall; beside it [`Engine::set_deadline`] holds.
    pub fn max_time(mut self, time: Duration) -> Builder {
        self.max_time = Some(time);
        self
    }
    /// Bytes that programs may print, on stdout and stderr together: 16 MiB unless told, or without a limit where both
    /// go to writers that the host gave. [`Engine::allow_output`] allows more.
    pub fn max_output(mut self, bytes: u64) -> Builder {
        self.max_output = Some(bytes);
        self
    }
    /// Where `print` writes. Unless told, into a buffer: [`Engine::take_output`].
    pub fn stdout(mut self, to: impl Write + Send + 'static) -> Builder {
        self.stdout = Some(Box::new(to));
        self
    }
    /// Where `sys.stderr` writes. Unless told, into a buffer: [`Engine::take_errors`].
    pub fn stderr(mut self, to: impl Write + Send + 'static) -> Builder {
        self.stderr = Some(Box::new(to));
        self
    }
    /// What `sys.stdin` and `input()` read. Limits do not reach a reader that waits. Without it, and without
    /// [`grant_all`](Builder::grant_all), they raise PermissionError.
    pub fn stdin(mut self, from: impl Read + Send + 'static) -> Builder {
        self.host.stdin = Some(Box::new(from));
        self.grant(Capability::Stdin)
    }
    /// The clock that every function of `time` reads: the time since 1970. `sleep` waits by the system's. With [`Capability::Clock`] granted
    /// and no such function it is the system's.
    pub fn clock(mut self, now: impl FnMut() -> Duration + Send + 'static) -> Builder {
        self.host.clock = Some(Box::new(now));
        self.grant(Capability::Clock)
    }
    /// What fills bytes for `os.urandom` and for seeds that nobody chose. With [`Capability::Random`]
    /// granted and no such function it is the system; without either, `random` begins with the same seed each time.
    pub fn random(mut self, fill: impl FnMut(&mut [u8]) + Send + 'static) -> Builder {
        self.host.random = Some(Box::new(fill));
        self.grant(Capability::Random)
    }
    /// `os.environ`. With [`Capability::Environment`] granted and no variables given it is the process's; without
    /// either it is empty.
    pub fn environment<K: Into<OsString>, V: Into<OsString>>(
        mut self,
        all: impl IntoIterator<Item = (K, V)>,
    ) -> Builder {
        let all = all.into_iter().map(|(k, v)| (k.into(), v.into()));
        self.host.environment = Some(all.collect());
        self.grant(Capability::Environment)
    }
    /// Lets programs reach this. What is refused raises PermissionError.
    pub fn grant(mut self, what: Capability) -> Builder {
        self.config.grants.set(what, true);
        self
    }
    /// Lets programs do what the process may: only for programs that are trusted.
    pub fn grant_all(mut self) -> Builder {
        self.config.grants = Grants::ALL;
        self
    }
    /// Output goes to the process's stdout and stderr.
    pub fn inherit_output(self) -> Builder {
        self.stdout(std::io::stdout()).stderr(std::io::stderr())
    }
    /// `sys.argv`.
    pub fn argv(mut self, argv: impl IntoIterator<Item = String>) -> Builder {
        self.argv = argv.into_iter().collect();
        self
    }
    /// `sys.flags`.
    #[doc(hidden)]
    pub fn flags(mut self, flags: crate::vm::Flags) -> Builder {
        self.config.flags = flags;
        self
    }
    /// `sys.path`: where modules are looked for, if [`Capability::Imports`] is granted.
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

/// A writer into a buffer.
pub(super) struct Capture(pub Captured);
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
