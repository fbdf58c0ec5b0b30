//! What an engine may reach of the system that it runs on. It starts with nothing: each capability is
//! granted by name, and refused by a PermissionError that [`Vm::denied`](super::Vm) remembers, so that the
//! command line can tell a program that the sandbox stopped.

use super::{Raised, Vm};
use crate::object::{ClassId, Value};
use std::ffi::OsString;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

macro_rules! capabilities {
    ($($name:ident $text:literal $doc:literal;)*) => {
        /// What may be granted.
        ///
        /// ```
        /// use taipan::Engine;
        /// use taipan::{Capability, Error};
        /// let mut engine = Engine::new();
        /// let Err(Error::Python(e)) = engine.run("open('x')", "o.py") else { panic!() };
        /// assert!(e.denied && e.message.contains(Capability::Files.name()));
        /// # Ok::<(), taipan::Error>(())
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum Capability { $(#[doc = $doc] $name),* }

        impl Capability {
            /// Every one.
            pub const ALL: &'static [Capability] = &[$(Capability::$name),*];
            /// What it is called in the message of a refusal.
            pub const fn name(self) -> &'static str {
                match self { $(Capability::$name => $text),* }
            }
        }
    };
}
capabilities! {
    Stdin "standard input" "Reading `sys.stdin`, `input()`.";
    Clock "the clock" "`time.time()` and its like, and waiting.";
    Random "randomness" "`os.urandom`, and seeds that nobody chose.";
    Environment "the environment" "`os.environ`.";
    Files "files" "`open`, and what `os` does with paths.";
    Imports "imports from files" "Modules that lie in `sys.path`, which programs may change: any file can be run as Python. Those built in need no grant.";
    Processes "processes" "Starting, signalling and ending processes, numbers of users and of the machine.";
}

/// A set of capabilities.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Grants(u8);

impl Grants {
    /// None.
    pub const NONE: Grants = Grants(0);
    /// All.
    pub const ALL: Grants = Grants((1 << Capability::ALL.len()) - 1);
    /// Whether it is granted.
    #[inline]
    pub const fn has(self, c: Capability) -> bool {
        self.0 & 1 << c as u8 != 0
    }
    /// Grants it, or takes it back.
    pub fn set(&mut self, c: Capability, on: bool) {
        let bit = 1 << c as u8;
        match on {
            true => self.0 |= bit,
            false => self.0 &= !bit,
        }
    }
}
impl std::fmt::Debug for Grants {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all = Capability::ALL.iter().filter(|c| self.has(**c));
        f.debug_set().entries(all).finish()
    }
}

/// Fills bytes with random ones.
pub type Fill = Box<dyn FnMut(&mut [u8]) + Send>;
/// Time since 1970.
pub type Clock = Box<dyn FnMut() -> Duration + Send>;

/// Where what is granted comes from: the process, where the embedder gave nothing.
#[derive(Default)]
pub struct Host {
    pub stdin: Option<Box<dyn Read + Send>>,
    pub clock: Option<Clock>,
    pub random: Option<Fill>,
    pub environment: Option<Vec<(OsString, OsString)>>,
}

/// Runs what the embedder gave. A panic in it is an error here: it must not go through Python frames.
///
/// # Errors
/// What it gives; an error for a panic.
pub fn guarded<T>(f: impl FnOnce() -> std::io::Result<T>) -> std::io::Result<T> {
    catch_unwind(AssertUnwindSafe(f))
        .unwrap_or_else(|_| Err(std::io::Error::other("the host panicked")))
}

impl Host {
    /// The variables, those of the process unless others were given.
    pub fn environment(&self) -> Vec<(OsString, OsString)> {
        match &self.environment {
            Some(all) => all.clone(),
            None => std::env::vars_os().collect(),
        }
    }
    /// The time since 1970.
    ///
    /// # Errors
    /// The embedder's clock panicked.
    pub fn now(&mut self) -> std::io::Result<Duration> {
        match &mut self.clock {
            Some(f) => guarded(|| Ok(f())),
            None => Ok(SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default()),
        }
    }
    /// Random bytes.
    ///
    /// # Errors
    /// The system has none.
    pub fn fill(&mut self, out: &mut [u8]) -> std::io::Result<()> {
        match &mut self.random {
            Some(f) => guarded(|| {
                f(out);
                Ok(())
            }),
            None => std::fs::File::open("/dev/urandom")?.read_exact(out),
        }
    }
}

impl Vm {
    /// The bytes of a source file, for the lines that a traceback or a warning shows. A program can name any file as
    /// the source of its code: so this needs the grant of files, and no file that never ends is read.
    pub fn source_file(&self, path: &str) -> Option<Vec<u8>> {
        const MOST: u64 = 16 << 20;
        if path.starts_with('<') || !self.config.grants.has(Capability::Files) {
            return None;
        }
        let m = std::fs::metadata(path).ok()?;
        (m.is_file() && m.len() <= MOST).then(|| std::fs::read(path).ok())?
    }
    /// Makes sure of a capability.
    ///
    /// # Errors
    /// PermissionError: it was not granted. `file` names what was asked for.
    pub fn require(&mut self, c: Capability, file: Option<Value>) -> Result<(), Raised> {
        match self.config.grants.has(c) {
            true => Ok(()),
            false => Err(self.refuse(c, file)),
        }
    }
    /// What is being raised may come of a capability that was not granted: so it is remembered.
    pub fn mark_denied(&mut self, c: Capability) {
        if !self.config.grants.has(c) {
            self.denied.write(&self.heap, self.exc.get());
        }
    }
    #[cold]
    fn refuse(&mut self, c: Capability, file: Option<Value>) -> Raised {
        let made = (|| {
            let number = self.new_int(i64::from(libc::EPERM))?;
            let text = self.new_str(&format!("{} not granted to this engine", c.name()))?;
            let args = [number, text, file.unwrap_or(Value::NONE)];
            let n = 2 + usize::from(file.is_some());
            self.new_exception(ClassId::PermissionError, &args[..n])
        })();
        match made {
            Ok(e) => {
                self.denied.write(&self.heap, Some(e));
                self.raise_value(e)
            }
            Err(r) => r,
        }
    }
}
