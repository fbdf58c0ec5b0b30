//! Calls that pause when their fuel is used up.

use super::convert::Refused;
use super::inside;
use super::{CallArgs, Engine, Error, FromPy};
use crate::gc::pause::Run;
use crate::object::{Gc, Value};
use crate::types::dict::value::DictObj;
use crate::vm::{Terminate, Vm};

/// How far a call came.
///
/// ```
/// # fn main() -> Result<(), taipan::Error> {
/// # use taipan::{Engine, Progress};
/// let mut engine = Engine::new();
/// let begun = engine.start_run("n = 1", "short.py", 100)?;
/// assert!(matches!(begun, Progress::Done(())));
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub enum Progress<'e, T: 'static> {
    /// It has ended, with this.
    Done(T),
    /// Its fuel is used up.
    Paused(Paused<'e, T>),
}

/// A call whose fuel was used up in the middle. It holds the engine: nothing else can be asked of it until the call
/// has ended. Dropped, the call ends there as by any limit: no `except`, no `finally` runs.
///
/// It stays on the thread where it began, and must be dropped (forgotten, it leaves the engine
/// [poisoned](Error::Poisoned)).
///
/// ```
/// # fn main() -> Result<(), taipan::Error> {
/// # use taipan::{Engine, Progress};
/// let mut engine = Engine::new();
/// match engine.start_run("print('begun')\nwhile True: pass", "loop.py", 100)? {
///     Progress::Done(()) => unreachable!(),
///     Progress::Paused(mut call) => {
///         assert_eq!(call.take_output(), "begun\n");
///         assert!(call.fuel() >= 100);
///         // Given up: it ends where it is.
///         drop(call);
///     }
/// }
/// assert_eq!(engine.eval::<i64>("6 * 7")?, 42);
/// # Ok(()) }
/// ```
pub struct Paused<'e, T: 'static> {
    engine: &'e mut Engine,
    run: Run<Result<T, Error>>,
    /// The engine's own limit, for when the call has ended.
    limit: Option<u64>,
    ended: bool,
}

impl Engine {
    /// Calls a global function with so many units of fuel ([`Builder::max_fuel`](super::Builder::max_fuel) says what
    /// they are). When they are used up the call pauses, wherever it is: in a loop, a generator, a
    /// sort's key, a class's body, an import. Other limits end it as ever. Where a function of the host is being called
    /// it cannot pause: it ends with [`Terminate::Fuel`]. The engine's own limit ([`set_fuel`](Engine::set_fuel)) is put
    /// aside until the call has ended; what the call burnt counts then. [`Builder::max_time`](super::Builder::max_time)
    /// holds for each part of it.
    ///
    /// Native code that counts fuel is other code than that which does not: an engine that does both in turn, where it
    /// has no limit of its own, compiles anew each time. Give it a limit ([`set_fuel`](Engine::set_fuel)), however large.
    ///
    /// ```
    /// # fn main() -> Result<(), taipan::Error> {
    /// use taipan::{Engine, Progress};
    /// let mut engine = Engine::new();
    /// engine.run("def total(n): return sum([i * i for i in range(n)])", "work.py")?;
    /// let mut slices = 1;
    /// let mut at = engine.start::<i64>("total", (1000,), 300)?;
    /// let total = loop {
    ///     match at {
    ///         Progress::Done(n) => break n,
    ///         Progress::Paused(call) => at = call.resume(300)?,
    ///     }
    ///     slices += 1;
    /// };
    /// assert_eq!((total, slices), (332_833_500, 7));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`call`](Engine::call).
    pub fn start<T: FromPy + 'static>(
        &mut self,
        name: &str,
        args: impl CallArgs + 'static,
        fuel: u64,
    ) -> Result<Progress<'_, T>, Error> {
        let name = name.to_owned();
        self.begin(fuel, move |vm, globals| {
            inside::call_name(vm, globals, &name, args)
        })
    }

    /// Runs source text as `__main__`, with so many units of fuel: see [`start`](Engine::start).
    ///
    /// ```
    /// # fn main() -> Result<(), taipan::Error> {
    /// # use taipan::{Engine, Progress};
    /// # let mut engine = Engine::new();
    /// let begun = engine.start_run("while True: pass", "loop.py", 100)?;
    /// assert!(matches!(begun, Progress::Paused(_)));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`run`](Engine::run).
    pub fn start_run(
        &mut self,
        source: &str,
        filename: &str,
        fuel: u64,
    ) -> Result<Progress<'_, ()>, Error> {
        let (source, filename) = (source.to_owned(), filename.to_owned());
        self.begin(fuel, move |vm, globals| {
            inside::run_in(vm, globals, &source, &filename)
        })
    }

    fn begin<T: FromPy + 'static>(
        &mut self,
        fuel: u64,
        f: impl FnOnce(&mut Vm, Gc<DictObj>) -> Result<Value, Refused> + 'static,
    ) -> Result<Progress<'_, T>, Error> {
        if self.entered {
            return Err(Error::Poisoned);
        }
        let globals = self.globals.clone();
        let run = Run::new(&mut self.vm, move |vm| {
            vm.handles.drain();
            // It stays for as long as the engine does.
            let Some(g) = globals.value(vm).and_then(Value::cast) else {
                return Err(Error::ForeignObject);
            };
            let given = f(vm, g);
            inside::finished(vm, given)
        });
        let Ok(run) = run else {
            return Err(Error::Terminated(Terminate::Memory));
        };
        self.entered = true;
        self.vm.begin_anew();
        let limit = self.vm.fuel.limit();
        self.set_fuel(Some(fuel));
        Paused {
            engine: self,
            run,
            limit,
            ended: false,
        }
        .go_on()
    }
}

impl<'e, T: FromPy + 'static> Paused<'e, T> {
    /// Goes on with so many more units of fuel.
    ///
    /// ```
    /// # fn main() -> Result<(), taipan::Error> {
    /// # use taipan::{Engine, Progress};
    /// let mut engine = Engine::new();
    /// let Progress::Paused(call) = engine.start_run("n = 0\nwhile n < 50: n += 1", "n.py", 20)? else {
    ///     unreachable!()
    /// };
    /// assert!(matches!(call.resume(100)?, Progress::Done(())));
    /// assert_eq!(engine.get_global::<i64>("n")?, 50);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As the call that was begun.
    pub fn resume(self, fuel: u64) -> Result<Progress<'e, T>, Error> {
        // From the old limit, not from what is burnt: what it paused for was charged already.
        let all = &self.engine.vm.fuel;
        all.set_limit(all.limit().map(|l| l.saturating_add(fuel)));
        self.go_on()
    }
    fn go_on(mut self) -> Result<Progress<'e, T>, Error> {
        let run = &mut self.run;
        let timed = self.engine.arm()?;
        let r = run.resume(&mut self.engine.vm);
        self.engine.disarm(timed);
        match r {
            None => Ok(Progress::Paused(self)),
            Some(r) => {
                self.over();
                r.map(Progress::Done)
            }
        }
    }
    /// What `print` wrote so far: see [`Engine::take_output`].
    ///
    /// ```
    /// # fn main() -> Result<(), taipan::Error> {
    /// # use taipan::{Engine, Progress};
    /// # let mut engine = Engine::new();
    /// let begun = engine.start_run("print('begun')\nwhile True: pass", "loop.py", 100)?;
    /// let Progress::Paused(mut call) = begun else { unreachable!() };
    /// assert_eq!(call.take_output(), "begun\n");
    /// # Ok(()) }
    /// ```
    pub fn take_output(&mut self) -> String {
        self.engine.take_output()
    }
    /// Fuel that the engine has burnt so far, the unit that the call paused for included.
    ///
    /// ```
    /// # fn main() -> Result<(), taipan::Error> {
    /// # use taipan::{Engine, Progress};
    /// # let mut engine = Engine::new();
    /// let begun = engine.start_run("while True: pass", "loop.py", 100)?;
    /// let Progress::Paused(call) = begun else { unreachable!() };
    /// assert_eq!(call.fuel(), 101);
    /// # Ok(()) }
    /// ```
    pub fn fuel(&self) -> u64 {
        self.engine.fuel()
    }
}

impl<T: 'static> Paused<'_, T> {
    /// The call has ended, and the engine is free.
    fn over(&mut self) {
        self.ended = true;
        self.engine.vm.fuel.set_limit(self.limit);
        self.engine.vm.begin_anew();
        self.engine.entered = false;
    }
}

impl<T: 'static> Drop for Paused<'_, T> {
    fn drop(&mut self) {
        // A panic that came out of it leaves the engine as it is: poisoned.
        if self.ended || std::thread::panicking() {
            return;
        }
        // What it ends with is the limit's error.
        let _ = self.run.end(&mut self.engine.vm);
        self.over();
    }
}

impl<T: 'static> std::fmt::Debug for Paused<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Paused")
    }
}
