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
///
/// ```
/// use taipan::Engine;
/// let mut engine = Engine::builder()
///     .max_memory(64 << 20)
///     .max_time(std::time::Duration::from_secs(1))
///     .build()?;
/// assert_eq!(engine.eval::<i64>("6 * 7")?, 42);
/// # Ok::<(), taipan::Error>(())
/// ```
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
    ///
    /// Objects and native code are charged as they are made; text on its way to an object, and what compiling a source
    /// takes, must fit beside them before it is begun. (From 128 KiB on a source is compiled on a thread of its own: where
    /// a limit ends that, what it takes is charged until the thread has ended, or the engine is gone.) Charged to no engine
    /// is what the compiler of native code keeps for the next unit, about a megabyte: it belongs to the thread, and goes
    /// with it. Not charged are up to 64 KiB of small buffers that wait for their next use.
    ///
    /// ```
    /// use taipan::Engine;
    /// let mut engine = Engine::builder().max_memory(8 << 20).build()?;
    /// let e = engine.run("x = 'a' * (9 << 20)", "big.py").unwrap_err();
    /// assert_eq!(e.type_name(), Some("MemoryError"));
    /// engine.run("x = 'a' * 1000", "small.py")?;
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn max_memory(mut self, bytes: usize) -> Builder {
        self.config.max_memory = bytes;
        self
    }
    /// Depth of Python calls: `sys.getrecursionlimit()`. 1000 unless told.
    ///
    /// ```
    /// use taipan::Engine;
    /// let mut engine = Engine::builder().recursion_limit(50).build()?;
    /// let e = engine.run("def f(): f()\nf()", "deep.py").unwrap_err();
    /// assert_eq!(e.type_name(), Some("RecursionError"));
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn recursion_limit(mut self, depth: u32) -> Builder {
        self.config.recursion_limit = depth.max(1);
        self
    }
    /// Units of work (function entries, loop iterations …) after which the engine stops for
    /// good, the same in every mode.
    ///
    /// ```
    /// use taipan::Engine;
    /// let mut engine = Engine::builder().max_fuel(10_000).build()?;
    /// let e = engine.run("while True: pass", "loop.py").unwrap_err();
    /// assert_eq!(e.to_string(), "out of fuel");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn max_fuel(mut self, units: u64) -> Builder {
        self.config.max_fuel = Some(units);
        self
    }
    /// When native code is made.
    ///
    /// ```
    /// use taipan::Engine;
    /// use taipan::JitMode;
    /// let mut engine = Engine::builder().jit(JitMode::Off).build()?;
    /// assert_eq!(engine.eval::<i64>("1 + 1")?, 2);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn jit(mut self, mode: JitMode) -> Builder {
        self.config.jit = mode;
        self
    }
    /// Bytes that native code may take at a time, 64 MiB unless told: past it the functions called longest ago
    /// lose theirs.
    ///
    /// ```
    /// use taipan::Engine;
    /// let engine = Engine::builder().max_code(1 << 20).build()?;
    /// # drop(engine);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn max_code(mut self, bytes: usize) -> Builder {
        self.config.max_code = bytes;
        self
    }
    /// How long compiling may take, half a second unless told, before it is held to a quarter of the time.
    ///
    /// ```
    /// use taipan::Engine;
    /// let no_wait = std::time::Duration::from_millis(20);
    /// let engine = Engine::builder().compile_allowance(no_wait).build()?;
    /// # drop(engine);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn compile_allowance(mut self, time: Duration) -> Builder {
        self.config.compile_allowance = time;
        self
    }
    /// Write `/tmp/perf-PID.map`, through which `perf report` names Python functions that run natively.
    ///
    /// ```
    /// use taipan::Engine;
    /// let engine = Engine::builder().perf_map(false).build()?;
    /// # drop(engine);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn perf_map(mut self, on: bool) -> Builder {
        self.config.perf_map = on;
        self
    }
    /// Seed of [`JitMode::Stress`].
    #[doc(hidden)]
    pub fn jit_seed(mut self, seed: u64) -> Builder {
        self.config.seed = seed;
        self
    }
    /// Guards of native code that fail though nothing is wrong: for tests.
    #[doc(hidden)]
    pub fn deopt(mut self, which: Option<Deopt>) -> Builder {
        self.config.deopt = which;
        self
    }
    /// Collect at every safepoint: finds values that nothing roots.
    #[doc(hidden)]
    pub fn gc_stress(mut self, on: bool) -> Builder {
        self.config.gc_stress = on;
        self
    }
    /// Collect only where no machine stack holds values.
    #[doc(hidden)]
    pub fn gc_precise(mut self, on: bool) -> Builder {
        self.config.gc_precise = on || !crate::gc::segments::CONSERVATIVE;
        self
    }
    /// The engine's `k`-th allocation fails, once, as if its memory were used up: for tests.
    #[doc(hidden)]
    pub fn fail_alloc_at(mut self, k: u64) -> Builder {
        self.config.fail_alloc_at = Some(k);
        self
    }
    /// Marks what runs, for the command line's `--coverage`; compiled code is slower for it.
    #[doc(hidden)]
    pub fn coverage(mut self, on: bool) -> Builder {
        self.config.coverage = on;
        self
    }
    /// Count calls and fuel in native code too.
    #[doc(hidden)]
    pub fn count(mut self, on: bool) -> Builder {
        self.config.count = on;
        self
    }
    /// Print what the JIT makes, on the process's stderr.
    #[doc(hidden)]
    pub fn dump(mut self, what: Dump) -> Builder {
        self.config.dump = what;
        self
    }
    /// How long each call of the engine may take, by the clock on the wall; beside it [`Engine::set_deadline`] holds.
    ///
    /// ```
    /// use taipan::Engine;
    /// let short = std::time::Duration::from_millis(50);
    /// let mut engine = Engine::builder().max_time(short).build()?;
    /// let e = engine.run("while True: pass", "loop.py").unwrap_err();
    /// assert_eq!(e.to_string(), "the deadline has passed");
    /// assert_eq!(engine.eval::<i64>("1 + 1")?, 2);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn max_time(mut self, time: Duration) -> Builder {
        self.max_time = Some(time);
        self
    }
    /// Bytes that programs may print, on stdout and stderr together: 16 MiB unless told, or without a limit where both
    /// go to writers that the host gave. [`Engine::allow_output`] allows more.
    ///
    /// ```
    /// use taipan::Engine;
    /// let mut engine = Engine::builder().max_output(1000).build()?;
    /// let e = engine.run("while True: print('spam')", "spam.py").unwrap_err();
    /// assert_eq!(e.to_string(), "too much output");
    /// assert_eq!(engine.take_output().len(), 1000);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn max_output(mut self, bytes: u64) -> Builder {
        self.max_output = Some(bytes);
        self
    }
    /// Where `print` writes. Unless told, into a buffer: [`Engine::take_output`].
    ///
    /// ```
    /// use taipan::Engine;
    /// let mut engine = Engine::builder().stdout(std::io::sink()).build()?;
    /// engine.run("print('nobody hears this')", "p.py")?;
    /// assert_eq!(engine.take_output(), "");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn stdout(mut self, to: impl Write + Send + 'static) -> Builder {
        self.stdout = Some(Box::new(to));
        self
    }
    /// Where `sys.stderr` writes. Unless told, into a buffer: [`Engine::take_errors`].
    ///
    /// ```
    /// use taipan::Engine;
    /// let mut engine = Engine::builder().stderr(std::io::sink()).build()?;
    /// engine.run("import sys; print('x', file=sys.stderr)", "p.py")?;
    /// assert_eq!(engine.take_errors(), "");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn stderr(mut self, to: impl Write + Send + 'static) -> Builder {
        self.stderr = Some(Box::new(to));
        self
    }
    /// What `sys.stdin` and `input()` read. Limits do not reach a reader that waits. Without it, and without
    /// [`grant_all`](Builder::grant_all), they raise PermissionError.
    ///
    /// ```
    /// use taipan::Engine;
    /// let mut engine = Engine::builder().stdin(&b"Ada\n36\n"[..]).build()?;
    /// assert_eq!(engine.eval::<(String, i64)>("(input(), int(input()))")?, ("Ada".into(), 36));
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn stdin(mut self, from: impl Read + Send + 'static) -> Builder {
        self.host.stdin = Some(Box::new(from));
        self.grant(Capability::Stdin)
    }
    /// The clock that every function of `time` reads: the time since 1970. `sleep` waits by the system's. With [`Capability::Clock`] granted
    /// and no such function it is the system's.
    ///
    /// ```
    /// use taipan::Engine;
    /// use std::time::Duration;
    /// let mut engine = Engine::builder().clock(|| Duration::from_secs(60)).build()?;
    /// assert_eq!(engine.eval::<f64>("__import__('time').time()")?, 60.0);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn clock(mut self, now: impl FnMut() -> Duration + Send + 'static) -> Builder {
        self.host.clock = Some(Box::new(now));
        self.grant(Capability::Clock)
    }
    /// What fills bytes for `os.urandom` and for seeds that nobody chose. With [`Capability::Random`]
    /// granted and no such function it is the system; without either, `random` begins with the same seed each time.
    ///
    /// ```
    /// use taipan::Engine;
    /// let mut engine = Engine::builder().random(|bytes| bytes.fill(7)).build()?;
    /// assert_eq!(engine.eval::<Vec<u8>>("list(__import__('os').urandom(2))")?, [7, 7]);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn random(mut self, fill: impl FnMut(&mut [u8]) + Send + 'static) -> Builder {
        self.host.random = Some(Box::new(fill));
        self.grant(Capability::Random)
    }
    /// `os.environ`. With [`Capability::Environment`] granted and no variables given it is the process's; without
    /// either it is empty.
    ///
    /// ```
    /// use taipan::Engine;
    /// let mut engine = Engine::builder().environment([("HOME", "/home/ada")]).build()?;
    /// assert_eq!(engine.eval::<String>("__import__('os').environ['HOME']")?, "/home/ada");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn environment<K: Into<OsString>, V: Into<OsString>>(
        mut self,
        all: impl IntoIterator<Item = (K, V)>,
    ) -> Builder {
        let all = all.into_iter().map(|(k, v)| (k.into(), v.into()));
        self.host.environment = Some(all.collect());
        self.grant(Capability::Environment)
    }
    /// Lets programs reach this. What is refused raises PermissionError.
    ///
    /// ```
    /// use taipan::Engine;
    /// use taipan::Capability;
    /// let mut engine = Engine::builder().grant(Capability::Clock).build()?;
    /// assert!(engine.eval::<f64>("__import__('time').time()")? > 0.0);
    /// assert!(engine.run("open('/etc/passwd')", "f.py").is_err());
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn grant(mut self, what: Capability) -> Builder {
        self.config.grants.set(what, true);
        self
    }
    /// Lets programs do what the process may: only for programs that are trusted.
    ///
    /// ```
    /// use taipan::Engine;
    /// let mut engine = Engine::builder().grant_all().build()?;
    /// assert!(engine.eval::<bool>("__import__('os').path.exists('/')")?);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn grant_all(mut self) -> Builder {
        self.config.grants = Grants::ALL;
        self
    }
    /// Output goes to the process's stdout and stderr.
    ///
    /// ```
    /// use taipan::Engine;
    /// let mut engine = Engine::builder().inherit_output().build()?;
    /// engine.run("print('hello')", "hello.py")?;
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn inherit_output(self) -> Builder {
        self.stdout(std::io::stdout()).stderr(std::io::stderr())
    }
    /// `sys.argv`.
    ///
    /// ```
    /// use taipan::Engine;
    /// let args = ["tool.py", "--fast"].map(String::from);
    /// let mut engine = Engine::builder().argv(args).build()?;
    /// assert_eq!(engine.eval::<String>("__import__('sys').argv[1]")?, "--fast");
    /// # Ok::<(), taipan::Error>(())
    /// ```
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
    ///
    /// ```
    /// use taipan::Engine;
    /// use taipan::Capability;
    /// let mut engine = Engine::builder()
    ///     .grant(Capability::Imports)
    ///     .path(["plugins".to_string()])
    ///     .build()?;
    /// assert_eq!(engine.eval::<String>("__import__('sys').path[0]")?, "plugins");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn path(mut self, path: impl IntoIterator<Item = String>) -> Builder {
        self.path = path.into_iter().collect();
        self
    }
    /// Makes the engine.
    ///
    /// ```
    /// use taipan::Engine;
    /// let engine = Engine::builder().build()?;
    /// assert!(engine.memory() < 1 << 20);
    /// assert!(Engine::builder().max_memory(1000).build().is_err());
    /// # Ok::<(), taipan::Error>(())
    /// ```
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
