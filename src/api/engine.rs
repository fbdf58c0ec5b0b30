//! `Engine`.

use super::builder::{Builder, Capture, Captured};
use super::convert::{CallArgs, FromPy, IntoPy, Refused, int_of};
use super::error::{Error, Exit, PyError};
use super::function::Function;
use super::handle::VmBox;
use super::host::host_function;
use super::inside::{self, Enter, lookup, python_methods};
use super::{HostFn, InterruptHandle, Namespace, Object, Script};
use crate::code::object::CodeObject;
use crate::compile::{Mode, decode};
use crate::gc::segments;
use crate::object::{Args, ClassId, Gc, Value};
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::value::ExceptionObj;
use crate::vm::alarm::{self, Armed};
use crate::vm::{Raised, Stats, Terminate, Vm, limit};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Bytes of output that are kept for the host, unless it says another number.
const KEPT: u64 = 16 << 20;

fn lock(c: &Captured) -> std::sync::MutexGuard<'_, Vec<u8>> {
    // A panic cannot leave the bytes half written.
    c.lock().unwrap_or_else(|e| e.into_inner())
}

/// A Python of its own: see the [crate](crate)'s page.
///
/// ```
/// use taipan::Engine;
/// let mut engine = Engine::new();
/// engine.run("def hello(who): return f'hello {who}'", "hello.py")?;
/// assert_eq!(engine.call::<String>("hello", ("world",))?, "hello world");
/// # Ok::<(), taipan::Error>(())
/// ```
pub struct Engine {
    pub(super) vm: VmBox,
    /// The namespace of `__main__`.
    pub(super) globals: Object,
    /// What was printed on stdout and stderr, where the host gave no writers.
    captured: [Captured; 2],
    /// How much of that was printed before the host last allowed more.
    uncharged: [usize; 2],
    max_time: Option<Duration>,
    deadline: Option<Armed>,
    /// It is running, or paused, or a panic ended that.
    pub(super) entered: bool,
}

python_methods!(Engine);

impl Default for Engine {
    fn default() -> Engine {
        Engine::new()
    }
}

impl Engine {
    /// An engine with the builtins and an empty `__main__`, without limits but that of recursion.
    ///
    /// ```
    /// use taipan::Engine;
    /// let mut engine = Engine::new();
    /// assert_eq!(engine.eval::<i64>("sum(range(10))")?, 45);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn new() -> Engine {
        match Builder::new().build() {
            Ok(e) => e,
            // Only a cap on memory can refuse, and there is none.
            Err(e) => unreachable!("an engine without limits: {e}"),
        }
    }

    /// An engine with limits and settings.
    ///
    /// ```
    /// use taipan::Engine;
    /// let engine = Engine::builder().max_memory(16 << 20).build()?;
    /// # drop(engine);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn builder() -> Builder {
        Builder::new()
    }

    pub(super) fn build(b: Builder) -> Result<Engine, Error> {
        let mut config = b.config;
        let buffers = b.stdout.is_none() || b.stderr.is_none();
        let unless_told = if buffers { KEPT } else { u64::MAX };
        config.max_output = b.max_output.unwrap_or(unless_told);
        let mut vm = VmBox::new(Vm::new(config));
        let captured: [Captured; 2] = Default::default();
        let into = |at: usize| Box::new(Capture(captured[at].clone()));
        vm.stdout = b.stdout.unwrap_or_else(|| into(0));
        vm.stderr = b.stderr.unwrap_or_else(|| into(1));
        vm.host = b.host;
        vm.argv = b.argv;
        vm.path = b.path;
        let globals = segments::entry(&mut vm, |vm| {
            crate::builtins::install(vm)
                .and_then(|()| main_namespace(vm))
                .map(|d| Object::new(vm, d.value()))
                .map_err(|r| error_of(vm, r))
        })?;
        Ok(Engine {
            vm,
            globals: globals.ok_or(Error::Terminated(Terminate::Memory))?,
            captured,
            uncharged: [0; 2],
            max_time: b.max_time,
            deadline: None,
            entered: false,
        })
    }

    /// Compiles a program to be run often: see [`Script`].
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// let count = engine.compile("n = n + 1", "count.py")?;
    /// engine.set_global("n", 0)?;
    /// for _ in 0..10 {
    ///     count.run(&mut engine)?;
    /// }
    /// assert_eq!(engine.get_global::<i64>("n")?, 10);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// The source does not compile; memory is short.
    pub fn compile(&mut self, source: &str, filename: &str) -> Result<Script, Error> {
        self.compiled(source, filename, Mode::Exec)
    }

    /// Compiles an expression to be evaluated often: see [`Script::eval`].
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// let square = engine.compile_expression("x * x")?;
    /// engine.set_global("x", 12)?;
    /// assert_eq!(square.eval::<i64>(&mut engine)?, 144);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`compile`](Engine::compile).
    pub fn compile_expression(&mut self, source: &str) -> Result<Script, Error> {
        self.compiled(
            source.trim_start_matches([' ', '\t']),
            "<string>",
            Mode::Eval,
        )
    }

    fn compiled(&mut self, source: &str, filename: &str, mode: Mode) -> Result<Script, Error> {
        inside::object(self, |vm, _| {
            let code = inside::compiled(vm, source, filename, mode)?;
            Ok(crate::types::code::ops::new(vm, code)?.value())
        })
        .map(Script::new)
    }

    /// Runs a code object as `__main__`: for this crate's own tools.
    #[doc(hidden)]
    pub fn run_code(&mut self, code: Arc<CodeObject>) -> Result<(), Error> {
        self.enter(|vm, globals| inside::run_code(vm, globals, code))
    }

    /// Runs a file as `__main__`, with `__file__` set.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// let path = std::env::temp_dir().join("taipan-run-file.py");
    /// std::fs::write(&path, "answer = 42")?;
    /// engine.run_file(&path)?;
    /// assert_eq!(engine.get_global::<i64>("answer")?, 42);
    /// # std::fs::remove_file(&path)?;
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`run`](Engine::run), and when the file cannot be read.
    pub fn run_file(&mut self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let bytes = std::fs::read(path)?;
        let name = path.to_string_lossy();
        let text = decode::decode(&bytes, &name, decode::Origin::File)?;
        self.set_global("__file__", &*name)?;
        self.run(&text, &name)
    }

    /// Makes a Rust function a global of `__main__`: a closure of any number of typed arguments up to twelve, whose result
    /// may be a `Result`. One that wants to call back takes a [`Context`](super::Context) first. What it captured
    /// it may change; then a call of it from within itself raises RuntimeError ([`Reentrant`](super::Reentrant) is for
    /// those), as a panic in it does (built with `panic = "abort"` a panic ends
    /// the process, as everywhere: that is not supported).
    ///
    /// ```
    /// # fn main() -> Result<(), taipan::Error> {
    /// let mut engine = taipan::Engine::new();
    /// let mut calls = 0;
    /// engine.register("discount", move |price: f64, percent: i64| {
    ///     calls += 1;
    ///     match percent {
    ///         0..=100 => Ok(price * (100 - percent) as f64 / 100.0),
    ///         _ => Err(taipan::HostError::new("ValueError", "no such discount")),
    ///     }
    /// })?;
    /// assert_eq!(engine.eval::<f64>("discount(8.0, 25)")?, 6.0);
    /// let e = engine.run("discount(8.0, 250)", "shop.py").unwrap_err();
    /// assert!(e.to_string().ends_with("ValueError: no such discount\n"));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Memory is short.
    pub fn register<Form>(&mut self, name: &str, f: impl HostFn<Form>) -> Result<(), Error> {
        self.enter(|vm, globals| {
            let f = host_function(vm, name, Value::NONE, f)?;
            inside::set_name(vm, globals, name, inside::Made(f))
        })
    }

    /// A module that programs can import: made anew, or the one of this name that there is.
    ///
    /// ```
    /// # fn main() -> Result<(), taipan::Error> {
    /// let mut engine = taipan::Engine::new();
    /// engine
    ///     .module("shop")?
    ///     .value("currency", "EUR")?
    ///     .function("twice", |x: i64| 2 * x)?;
    /// let text: String = engine.eval("f'{__import__(\"shop\").twice(21)} {__import__(\"shop\").currency}'")?;
    /// assert_eq!(text, "42 EUR");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Memory is short.
    pub fn module(&mut self, name: &str) -> Result<Module<'_>, Error> {
        let object = inside::object(self, |vm, _| {
            let key = vm.intern(name)?;
            let modules = vm.modules.get().and_then(Value::cast);
            if let Some(d) = modules
                && let Some(m) = dict::get_name(vm, d, name)?
                && let Some(names) = crate::types::module::dict_of(vm, m)
            {
                return Ok(names.value());
            }
            let m = crate::types::module::new(vm, key, Value::NONE)?;
            if let Some(d) = modules {
                dict::set(vm, d, key, m.value())?;
            }
            Ok(m.get(vm).dict.get_or_none())
        })?;
        Ok(Module {
            engine: self,
            names: Namespace::of(object),
        })
    }

    /// A class of exceptions of the host's own, a global of `__main__`: derived from that builtin class.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::HostError;
    /// let no_funds = engine.new_exception("NoFunds", "ValueError")?;
    /// engine.register("pay", move |n: i64| match n {
    ///     0..=100 => Ok(n),
    ///     _ => Err(HostError::of(no_funds.clone(), "the account is empty")),
    /// })?;
    /// engine.run("try: pay(500)\nexcept NoFunds as e: said = str(e)", "pay.py")?;
    /// assert_eq!(engine.get_global::<String>("said")?, "the account is empty");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is no such class to derive from; memory is short.
    pub fn new_exception(&mut self, name: &str, base: &str) -> Result<Object, Error> {
        self.enter(|vm, globals| {
            let base = lookup(vm, globals, base)?;
            let class = vm.class_object(ClassId::Type)?;
            let (n, bases, body) = (vm.intern(name)?, vm.new_tuple(&[base])?, vm.new_dict()?);
            let key = vm.intern("__module__")?;
            let main = vm.intern("__main__")?;
            dict::set(vm, body, key, main)?;
            let c = vm.call(class, Args::pos(&[n, bases, body.value()]))?;
            dict::set_name(vm, globals, name, c)?;
            Ok(c)
        })
    }

    /// A Python function with the types of its arguments and of its result: `engine.function::<(i64, f64), f64>("price")`.
    /// It is looked up once, and calling it makes no tuple of its arguments.
    ///
    /// ```
    /// # fn main() -> Result<(), taipan::Error> {
    /// let mut engine = taipan::Engine::new();
    /// engine.run("def price(n, each): return n * each", "shop.py")?;
    /// let price = engine.function::<(i64, f64), f64>("price")?;
    /// assert_eq!(price.call(&mut engine, (3, 1.5))?, 4.5);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// There is nothing of this name, or it is not callable.
    pub fn function<A: CallArgs, T: FromPy>(
        &mut self,
        name: &str,
    ) -> Result<Function<A, T>, Error> {
        self.enter(|vm, globals| {
            let f = lookup(vm, globals, name)?;
            inside::callable(vm, f)
        })
        .map(Function::new)
    }

    /// Runs `f` inside the engine, with the globals of `__main__`.
    #[cfg(test)]
    pub(crate) fn inside(
        &mut self,
        f: impl FnOnce(&mut Vm, Gc<crate::types::dict::value::DictObj>),
    ) {
        self.enter::<()>(|vm, globals| {
            f(vm, globals);
            Ok(Value::NONE)
        })
        .expect("nothing is raised");
    }

    /// The program has ended: what its objects have left to do is done now. Generators that are suspended in a
    /// `with` or a `try` are closed, coroutines that nobody awaited named.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// engine.run("def g():\n    try: yield\n    finally: print('closed')\nit = g(); next(it)", "g.py")?;
    /// engine.finalize()?;
    /// assert_eq!(engine.take_output(), "closed\n");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// A limit stops it.
    pub fn finalize(&mut self) -> Result<(), Error> {
        self.enter(|vm, _| {
            vm.heap.doom_all();
            crate::interp::wish::grant(vm)?;
            Ok(Value::NONE)
        })
    }

    /// Runs `f` inside the engine, with the globals of `__main__`: for the command line.
    #[cfg(feature = "cli")]
    pub(crate) fn within(
        &mut self,
        f: impl FnOnce(&mut Vm, Gc<DictObj>) -> Result<Value, Raised>,
    ) -> Result<(), Error> {
        self.enter(|vm, globals| {
            f(vm, globals)?;
            Ok(Value::NONE)
        })
    }

    /// Hands an uncaught exception to `sys.excepthook`, which prints it on `sys.stderr` unless the program
    /// has put another there.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Error;
    /// match engine.run("1 / 0", "zero.py") {
    ///     Err(Error::Python(e)) => engine.report(&e)?,
    ///     other => other?,
    /// }
    /// assert!(engine.take_errors().ends_with("ZeroDivisionError: division by zero\n"));
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// A SystemExit that the hook raised; what writing to a replaced `sys.stderr` raised.
    pub fn report(&mut self, e: &PyError) -> Result<(), Error> {
        match &e.object {
            Some(o) => self.enter(|vm, _| {
                let exc = o.into_py(vm)?;
                crate::modules::excepthook::report(vm, exc)?;
                Ok(Value::NONE)
            }),
            None => {
                self.vm.stderr.write_all(e.traceback.as_bytes())?;
                Ok(())
            }
        }
    }

    /// Stops this engine from other threads.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// let handle = engine.interrupt_handle();
    /// std::thread::spawn(move || handle.interrupt()).join().unwrap();
    /// assert!(engine.run("while True: pass", "loop.py").is_err());
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn interrupt_handle(&self) -> InterruptHandle {
        InterruptHandle(self.vm.limit.clone())
    }

    /// Fuel burnt so far.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// engine.set_fuel(Some(1_000_000));
    /// let before = engine.fuel();
    /// engine.run("for i in range(100): pass", "loop.py")?;
    /// assert!((100..200).contains(&(engine.fuel() - before)));
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn fuel(&self) -> u64 {
        self.vm.fuel.get()
    }

    /// Allows this many more units of fuel from now on; None lifts the limit.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// engine.set_fuel(Some(1000));
    /// assert!(engine.run("while True: pass", "loop.py").is_err());
    /// engine.set_fuel(None);
    /// engine.run("for i in range(100_000): pass", "loop.py")?;
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn set_fuel(&mut self, units: Option<u64>) {
        let limit = units.map(|u| self.vm.fuel.get().saturating_add(u));
        self.vm.fuel.set_limit(limit);
    }

    /// Bytes the engine's heap takes now.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// let before = engine.memory();
    /// engine.run("kept = list(range(100_000))", "m.py")?;
    /// assert!(engine.memory() > before + 400_000);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn memory(&self) -> usize {
        self.vm.heap.bytes() - self.vm.idle_bytes()
    }

    /// Collects garbage now.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// engine.run("x = list(range(100_000))\nx = None", "m.py")?;
    /// let before = engine.memory();
    /// engine.collect();
    /// assert!(engine.memory() < before);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn collect(&mut self) {
        crate::gc::collect_idle(&mut self.vm);
    }

    /// Counters of calls and collections: for this crate's own tools.
    #[doc(hidden)]
    pub fn stats(&self) -> &Stats {
        &self.vm.stats
    }

    /// The machinery itself, for this crate's own tools.
    #[doc(hidden)]
    pub fn vm(&mut self) -> &mut Vm {
        &mut self.vm
    }

    /// What `print` wrote since the last time, unless the host gave a writer for it.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// engine.run("print('a', 1)", "p.py")?;
    /// assert_eq!(engine.take_output(), "a 1\n");
    /// assert_eq!(engine.take_output(), "");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn take_output(&mut self) -> String {
        self.take(0)
    }

    /// What was written on `sys.stderr` since the last time, unless the host gave a writer for it.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// engine.run("import sys; sys.stderr.write('oh')", "p.py")?;
    /// assert_eq!(engine.take_errors(), "oh");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn take_errors(&mut self) -> String {
        self.take(1)
    }

    /// What is taken makes room for as much.
    fn take(&mut self, which: usize) -> String {
        let bytes = std::mem::take(&mut *lock(&self.captured[which]));
        // What was printed before the limit was set anew was not charged to it.
        let before = std::mem::take(&mut self.uncharged[which]).min(bytes.len());
        let left = &self.vm.output_left;
        left.set(left.get().saturating_add((bytes.len() - before) as u64));
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Allows this many more bytes of output from now on; None lifts the limit.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// engine.allow_output(Some(3));
    /// assert!(engine.run("print('12345')", "p.py").is_err());
    /// engine.allow_output(None);
    /// engine.run("print('12345')", "p.py")?;
    /// assert_eq!(engine.take_output(), "12312345\n");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn allow_output(&mut self, bytes: Option<u64>) {
        self.uncharged = [0, 1].map(|i| lock(&self.captured[i]).len());
        self.vm.output_left.set(bytes.unwrap_or(u64::MAX));
    }

    /// When the engine is to stop whatever it does, until another time is set; None: never.
    /// [`Builder::max_time`] holds beside it: the earlier one counts.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use std::time::{Duration, Instant};
    /// engine.set_deadline(Some(Instant::now() + Duration::from_millis(20)))?;
    /// let e = engine.run("while True: pass", "loop.py").unwrap_err();
    /// assert_eq!(e.to_string(), "the deadline has passed");
    /// engine.set_deadline(None)?;
    /// engine.run("pass", "p.py")?;
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// The thread that watches the time cannot be started.
    pub fn set_deadline(&mut self, at: Option<Instant>) -> Result<(), Error> {
        self.deadline = None;
        if let Some(at) = at {
            self.deadline = Some(alarm::arm(at, &self.vm.limit)?);
        }
        Ok(())
    }

    /// Whether functions of this build, on this machine, can become native code.
    ///
    /// ```
    /// use taipan::Engine;
    /// if let Err(why) = Engine::native_code_available() {
    ///     println!("everything is interpreted: {why}");
    /// }
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// The reason why not.
    pub fn native_code_available() -> Result<(), &'static str> {
        crate::jit::available()
    }

    /// Begins the time that a call may take.
    pub(super) fn arm(&self) -> Result<Option<Armed>, Error> {
        match self.max_time.and_then(|d| Instant::now().checked_add(d)) {
            Some(at) => Ok(Some(alarm::arm(at, &self.vm.limit)?)),
            None => Ok(None),
        }
    }
    /// Ends it.
    pub(super) fn disarm(&self, armed: Option<Armed>) {
        drop(armed);
        // The other deadline may have passed meanwhile; its request went with this one's.
        let other = self.deadline.as_ref();
        if other.is_some_and(|d| d.at() <= Instant::now()) {
            self.vm.limit.request(limit::DEADLINE);
        }
    }

    /// The boundary: opens a segment, runs, converts the result or the error, and lets go what
    /// other threads dropped.
    #[inline]
    fn enter_untimed<T: FromPy>(
        &mut self,
        f: impl FnOnce(&mut Vm, Gc<DictObj>) -> Result<Value, Refused>,
    ) -> Result<T, Error> {
        let globals = &self.globals;
        // In precise mode this is the one place that is always safe.
        if self.vm.config.gc_precise && self.vm.heap.wants_collection() {
            crate::gc::collect_idle(&mut self.vm);
        }
        if std::mem::replace(&mut self.entered, true) {
            return Err(Error::Poisoned);
        }
        self.vm.begin_anew();
        let r = segments::entry(&mut self.vm, |vm| {
            vm.handles.drain();
            // It was made in `build` and stays for as long as the engine does.
            let Some(g) = globals.value(vm).and_then(Value::cast) else {
                return Err(Error::ForeignObject);
            };
            // What is done here keeps values on the machine stack, which precise mode does not look at: nothing is
            // collected in Python that runs under it, but where `inside::straight` says so.
            let nesting = vm.segments.enter_native();
            let given = f(vm, g);
            let r = inside::finished(vm, given);
            vm.segments.leave_native(nesting);
            r
        });
        self.vm.begin_anew();
        self.entered = false;
        r
    }
}

impl Enter for Engine {
    #[inline]
    fn enter<T: FromPy>(
        &mut self,
        f: impl FnOnce(&mut Vm, Gc<DictObj>) -> Result<Value, Refused>,
    ) -> Result<T, Error> {
        if self.max_time.is_none() {
            return self.enter_untimed(f);
        }
        let armed = self.arm()?;
        let r = self.enter_untimed(f);
        self.disarm(armed);
        r
    }

    /// The same as `enter`, with nothing moved on the way: a closure, and what it gives, are written in words and
    /// read in pairs of words, for which the processor waits longer than for all the rest.
    #[inline]
    fn call_object<A: CallArgs, T: FromPy>(&mut self, f: &Object, args: A) -> Result<T, Error> {
        if self.max_time.is_none() && !self.vm.config.gc_precise && !self.entered {
            let mut open = segments::open_here(&mut self.vm);
            if open.is_roomy() {
                // A panic that comes out of it leaves the engine poisoned.
                self.entered = true;
                return call_inside(open.vm(), &mut self.entered, f, args);
            }
        }
        self.enter(|vm, _| {
            let f = f.into_py(vm)?;
            args.call(vm, f)
        })
    }
}

/// Calls an object; the segment is open. Its values are in its own frame.
#[inline(never)]
fn call_inside<A: CallArgs, T: FromPy>(
    vm: &mut Vm,
    entered: &mut bool,
    f: &Object,
    args: A,
) -> Result<T, Error> {
    vm.begin_anew();
    vm.handles.drain();
    let nesting = vm.segments.enter_native();
    let given = match f.value(vm) {
        Some(f) => args.call(vm, f),
        None => Err(Refused::Error(Error::ForeignObject)),
    };
    if let Ok(v) = given
        && let Some(r) = T::from_word(v)
    {
        vm.segments.leave_native(nesting);
        vm.begin_anew();
        *entered = false;
        return Ok(r);
    }
    let r = inside::finished(vm, given);
    vm.segments.leave_native(nesting);
    vm.begin_anew();
    *entered = false;
    r
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("memory", &self.memory())
            .finish()
    }
}

/// A module that the host makes: see [`Engine::module`].
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// let module = engine.module("shop")?.value("vat", 0.19)?;
/// module.run("def gross(x): return x * (1 + vat)", "shop.py")?;
/// assert_eq!(engine.eval::<f64>("__import__('shop').gross(100)")?, 119.0);
/// # Ok::<(), taipan::Error>(())
/// ```
#[derive(Debug)]
pub struct Module<'e> {
    engine: &'e mut Engine,
    names: Namespace,
}

impl Module<'_> {
    /// Adds a Rust function: see [`Engine::register`].
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// engine.module("m")?.function("twice", |n: i64| 2 * n)?;
    /// assert_eq!(engine.eval::<i64>("__import__('m').twice(4)")?, 8);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// Memory is short.
    pub fn function<Form>(self, name: &str, f: impl HostFn<Form>) -> Result<Self, Error> {
        self.names.register(self.engine, name, f)?;
        Ok(self)
    }
    /// Adds a value.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// engine.module("m")?.value("limits", (1, 10))?;
    /// assert_eq!(engine.eval::<i64>("__import__('m').limits[1]")?, 10);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// Memory is short, or the value is an object of another engine.
    pub fn value(self, name: &str, value: impl IntoPy) -> Result<Self, Error> {
        self.names.set(self.engine, name, value)?;
        Ok(self)
    }
    /// Runs source text in it: functions in Python beside those in Rust.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// engine.module("m")?.run("def half(x): return x / 2", "m.py")?;
    /// assert_eq!(engine.eval::<f64>("__import__('m').half(3)")?, 1.5);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Engine::run`].
    pub fn run(self, source: &str, filename: &str) -> Result<Self, Error> {
        self.names.run(self.engine, source, filename)?;
        Ok(self)
    }
    /// Its names.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// let names = engine.module("m")?.value("x", 1)?.names().clone();
    /// names.set(&mut engine, "x", 2)?;
    /// assert_eq!(engine.eval::<i64>("__import__('m').x")?, 2);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn names(&self) -> &Namespace {
        &self.names
    }
}

/// Makes the module `__main__`; its namespace.
fn main_namespace(vm: &mut Vm) -> Result<Gc<DictObj>, Raised> {
    let name = vm.intern("__main__")?;
    let main = crate::types::module::new(vm, name, Value::NONE)?;
    let globals = main.get(vm).dict.get().and_then(Value::cast);
    let Some(globals) = globals else {
        return Err(vm.raise(ClassId::SystemError, "a module without a namespace"));
    };
    if let Some(modules) = vm.modules.get().and_then(Value::cast) {
        dict::set(vm, modules, name, main.value())?;
        let annotations = vm.new_dict()?.value();
        dict::set_name(vm, globals, "__annotations__", annotations)?;
        if let Some(b) = dict::get_name(vm, modules, "builtins")? {
            dict::set_name(vm, globals, "__builtins__", b)?;
        }
    }
    Ok(globals)
}

/// Ends what is being raised and says what it was.
pub(super) fn error_of(vm: &mut Vm, r: Raised) -> Error {
    if let Some(why) = vm.terminate.take() {
        // What it replaced on its way is gone with it.
        vm.exc.write(&vm.heap, None);
        vm.handled.write(&vm.heap, None);
        vm.depth.set(0);
        return Error::Terminated(why);
    }
    let exc = match vm.catch(r, ClassId::BaseException) {
        Ok(e) => e,
        Err(_) => return Error::Terminated(Terminate::Memory),
    };
    let traceback = crate::types::exception::print::print_exception(vm, exc);
    let message = text_of(vm, exc);
    let code = match exc.get::<ExceptionObj>(vm) {
        Some(e) if vm.is_a(exc, ClassId::SystemExit) => Some(e.extra.get_or_none()),
        Some(_) | None => None,
    };
    let exit = code.map(|c| match int_of(vm, c) {
        Some(Ok(i)) => Exit::Code(i),
        Some(Err(_)) => Exit::Code(-1),
        None if c == Value::NONE => Exit::Code(0),
        None => Exit::Text(text_of(vm, c)),
    });
    // A text that a program made may have run into a limit.
    if let Some(why) = vm.stopped.get() {
        vm.terminate.set(None);
        vm.handled.write(&vm.heap, None);
        return Error::Terminated(why);
    }
    let denied = vm.denied.get() == Some(exc);
    if denied {
        vm.denied.write(&vm.heap, None);
    }
    Error::Python(Box::new(PyError {
        denied,
        type_name: vm.type_name(exc).into(),
        message,
        traceback,
        exit,
        object: Object::new(vm, exc),
    }))
}

/// `str(v)`, or what can be said when that raises.
fn text_of(vm: &mut Vm, v: Value) -> String {
    let text = match crate::protocol::repr::str(vm, v) {
        Ok(s) => s,
        Err(r) => {
            // A limit is remembered: see `Vm::stopped`.
            let _ = vm.catch(r, ClassId::BaseException);
            return "<exception str() failed>".into();
        }
    };
    match text.get::<crate::types::str::value::StrObj>(vm) {
        Some(s) => String::from_utf8_lossy(s.as_bytes()).into_owned(),
        None => String::new(),
    }
}
