//! Raising and catching.

use super::Vm;
use crate::object::{ClassId, Gc, Header, Kind, Slot, Value};
use crate::types::exception::value::ExceptionObj;

/// An exception is on its way: it lies in `vm.exc`. Zero-sized and opaque, so that
/// `Result<Value, Raised>` is one register, and not `Copy`: only [`Vm::catch`] (and the
/// interpreter's unwinder) ends it.
#[must_use]
#[derive(Debug)]
pub struct Raised(());

/// Why the engine stops for good: no handler, `finally` or `__exit__` runs.
///
/// ```
/// use taipan::Engine;
/// use taipan::{Error, Terminate};
/// let mut engine = Engine::builder().max_fuel(1000).build()?;
/// let e = engine.run("while True: pass", "loop.py").unwrap_err();
/// assert!(matches!(e, Error::Terminated(Terminate::Fuel)));
/// # Ok::<(), taipan::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Terminate {
    Interrupted,
    Deadline,
    Fuel,
    /// More was printed than may be.
    Output,
    /// Memory is so short that not even MemoryError could be handled.
    Memory,
}

impl std::fmt::Display for Terminate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Terminate::Interrupted => "interrupted",
            Terminate::Deadline => "the deadline has passed",
            Terminate::Fuel => "out of fuel",
            Terminate::Output => "too much output",
            Terminate::Memory => "out of memory beyond recovery",
        })
    }
}

impl Vm {
    /// Raises a builtin exception with a message.
    #[cold]
    pub fn raise(&mut self, class: ClassId, msg: impl AsRef<str>) -> Raised {
        match self.new_str(msg.as_ref()) {
            Ok(s) => self.raise_args(class, &[s]),
            Err(r) => r,
        }
    }
    /// Raises a builtin exception with these arguments.
    #[cold]
    pub fn raise_args(&mut self, class: ClassId, args: &[Value]) -> Raised {
        match self.new_exception(class, args) {
            Ok(e) => self.raise_value(e),
            Err(r) => r,
        }
    }
    /// Raises an exception object. Its `__context__` becomes the exception being handled.
    #[cold]
    pub fn raise_value(&mut self, exc: Value) -> Raised {
        crate::types::exception::ops::set_context(self, exc);
        self.exc.write(&self.heap, Some(exc));
        Raised(())
    }
    /// Raises again what `take` took, context untouched.
    #[cold]
    pub fn reraise(&mut self, exc: Value) -> Raised {
        self.exc.write(&self.heap, Some(exc));
        Raised(())
    }
    /// Raises MemoryError. The object is preallocated by the heap's reserve: this cannot fail.
    #[cold]
    pub fn raise_memory(&mut self) -> Raised {
        crate::types::exception::ops::raise_memory(self)
    }
    /// Starts a TERMINATE.
    #[cold]
    pub fn raise_terminate(&mut self, why: Terminate) -> Raised {
        let why = self.stopped.get().unwrap_or(why);
        self.stopped.set(Some(why));
        self.limit.request(super::limit::STOPPED);
        self.terminate.set(Some(why));
        Raised(())
    }
    /// After code that may have lost a TERMINATE: raises it again.
    ///
    /// # Errors
    /// The engine is stopping.
    #[inline]
    pub fn check_stopped(&mut self) -> Result<(), Raised> {
        match self.stopped.get() {
            Some(why) => Err(self.raise_terminate(why)),
            None => Ok(()),
        }
    }
    /// What stopped the engine is over: it is entered anew.
    #[inline(always)]
    pub fn begin_anew(&mut self) {
        if self.stopped.get().is_some() || self.terminate.get().is_some() {
            self.forget_the_end();
        }
    }
    #[cold]
    #[inline(never)]
    fn forget_the_end(&mut self) {
        if self.stopped.take().is_some() {
            self.limit.clear(super::limit::STOPPED);
        }
        self.terminate.set(None);
    }
    /// For code that has set `exc` or `terminate` itself (native code's status RAISED).
    pub fn raised(&self) -> Raised {
        debug_assert!(self.exc.get().is_some() || self.terminate.get().is_some());
        Raised(())
    }
    /// Whether what is raised may not be caught.
    pub fn is_terminating(&self) -> bool {
        self.terminate.get().is_some()
    }
    /// The exception, if it is of this class (or one derived from it) and may be caught.
    ///
    /// # Errors
    /// The same `Raised`, otherwise.
    pub fn catch(&mut self, r: Raised, class: ClassId) -> Result<Value, Raised> {
        if self.is_terminating() {
            return Err(r);
        }
        match self.exc.get() {
            Some(e) if self.is_a(e, class) => {
                self.exc.write(&self.heap, None);
                Ok(e)
            }
            _ => Err(r),
        }
    }
    /// Makes an exception object without raising it.
    pub fn new_exception(&mut self, class: ClassId, args: &[Value]) -> Result<Value, Raised> {
        let args = self.new_tuple(args)?;
        let h = Header::new(Kind::Exception, class as u32);
        let init = ExceptionObj::new(h, Slot::of(args), Slot::new(None));
        let e: Gc<ExceptionObj> = self.alloc(init)?;
        crate::types::exception::ops::init_extra(self, e);
        Ok(e.value())
    }
}

/// `raise!(vm, TypeError, "…{}", x)`: raises with a formatted message; evaluates to `Raised`.
#[macro_export]
macro_rules! raise {
    ($vm:expr, $class:ident, $($fmt:tt)+) => {{
        let msg = format!($($fmt)+);
        $vm.raise($crate::object::ClassId::$class, msg)
    }};
}
