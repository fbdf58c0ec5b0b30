//! Names apart from those of `__main__`.

use super::convert::{CallArgs, FromPy, IntoPy, Refused};
use super::function::Function;
use super::host::{HostFn, host_function};
use super::inside::{self, Python};
use super::{Error, Object};
use crate::object::{Gc, Value};
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::vm::Vm;

/// The names of a program of its own: programs that run in different namespaces of one engine do not see each other's
/// globals. They share the builtins, the modules and the limits; what must not is given an engine of its own.
///
/// ```
/// # fn main() -> Result<(), taipan::Error> {
/// use taipan::{Engine, Namespace};
///
/// let mut engine = Engine::new();
/// let red = Namespace::new(&mut engine, "red")?;
/// let blue = Namespace::new(&mut engine, "blue")?;
/// for (names, factor) in [(&red, 2), (&blue, 3)] {
///     names.set(&mut engine, "factor", factor)?;
///     names.run(&mut engine, "def scaled(n): return n * factor", "scale.py")?;
/// }
/// assert_eq!(red.call::<i64>(&mut engine, "scaled", (7,))?, 14);
/// assert_eq!(blue.eval::<String>(&mut engine, "f'{__name__} {scaled(7)}'")?, "blue 21");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Namespace(Object);

impl Namespace {
    /// A new one, with the builtins; `name` is its `__name__`.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// let names = taipan::Namespace::new(&mut engine, "own")?;
    /// assert_eq!(names.eval::<String>(&mut engine, "__name__")?, "own");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// Memory is short.
    pub fn new(python: &mut impl Python, name: &str) -> Result<Namespace, Error> {
        inside::object(python, |vm, _| {
            let d = vm.new_dict()?;
            let n = vm.intern(name)?;
            dict::set_name(vm, d, "__name__", n)?;
            crate::interp::ops::global::give_builtins(vm, d)?;
            Ok(d.value())
        })
        .map(Namespace)
    }
    /// Of a dict.
    pub(super) fn of(dict: Object) -> Namespace {
        Namespace(dict)
    }

    /// Runs `f` inside the engine with these names.
    pub(super) fn enter<T: FromPy>(
        &self,
        python: &mut impl Python,
        f: impl FnOnce(&mut Vm, Gc<DictObj>) -> Result<Value, Refused>,
    ) -> Result<T, Error> {
        python.enter(|vm, _| {
            let names = inside::own(vm, &self.0)?;
            f(vm, names)
        })
    }

    /// Runs source text. Globals stay for the next call.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Namespace;
    /// let names = Namespace::new(&mut engine, "own")?;
    /// names.run(&mut engine, "x = [1]", "a.py")?;
    /// names.run(&mut engine, "x.append(2)", "b.py")?;
    /// assert_eq!(names.get::<Vec<i64>>(&mut engine, "x")?, [1, 2]);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Engine::run`](super::Engine::run), and when this is of another engine.
    pub fn run(&self, python: &mut impl Python, source: &str, filename: &str) -> Result<(), Error> {
        self.enter(python, |vm, names| {
            inside::run_in(vm, names, source, filename)
        })
    }
    /// The value of an expression.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Namespace;
    /// let names = Namespace::new(&mut engine, "own")?;
    /// names.set(&mut engine, "x", 20)?;
    /// assert_eq!(names.eval::<i64>(&mut engine, "x + 1")?, 21);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`run`](Namespace::run), and when the value does not convert.
    pub fn eval<T: FromPy>(&self, python: &mut impl Python, expression: &str) -> Result<T, Error> {
        self.enter(python, |vm, names| inside::eval_in(vm, names, expression))
    }
    /// Calls a global function, or any callable.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Namespace;
    /// let names = Namespace::new(&mut engine, "own")?;
    /// names.run(&mut engine, "def f(x): return -x", "f.py")?;
    /// assert_eq!(names.call::<i64>(&mut engine, "f", (3,))?, -3);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Engine::call`](super::Engine::call).
    pub fn call<T: FromPy>(
        &self,
        python: &mut impl Python,
        name: &str,
        args: impl CallArgs,
    ) -> Result<T, Error> {
        self.enter(python, |vm, names| inside::call_name(vm, names, name, args))
    }
    /// A name here, or a builtin.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Namespace;
    /// let names = Namespace::new(&mut engine, "own")?;
    /// names.set(&mut engine, "x", 1)?;
    /// assert_eq!(names.get::<i64>(&mut engine, "x")?, 1);
    /// assert!(engine.get_global::<i64>("x").is_err());
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is none of this name, or it does not convert.
    pub fn get<T: FromPy>(&self, python: &mut impl Python, name: &str) -> Result<T, Error> {
        self.enter(python, |vm, names| inside::lookup(vm, names, name))
    }
    /// Sets a name.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Namespace;
    /// let names = Namespace::new(&mut engine, "own")?;
    /// names.set(&mut engine, "who", "me")?;
    /// assert_eq!(names.eval::<String>(&mut engine, "who * 2")?, "meme");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// Memory is short, or the value is an object of another engine.
    pub fn set(
        &self,
        python: &mut impl Python,
        name: &str,
        value: impl IntoPy,
    ) -> Result<(), Error> {
        self.enter(python, |vm, names| inside::set_name(vm, names, name, value))
    }
    /// Makes a Rust function a name here: see [`Engine::register`](super::Engine::register).
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Namespace;
    /// let names = Namespace::new(&mut engine, "own")?;
    /// names.register(&mut engine, "cube", |n: i64| n * n * n)?;
    /// assert_eq!(names.eval::<i64>(&mut engine, "cube(3)")?, 27);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// Memory is short.
    pub fn register<Form>(
        &self,
        python: &mut impl Python,
        name: &str,
        f: impl HostFn<Form>,
    ) -> Result<(), Error> {
        self.enter(python, |vm, names| {
            // A module's functions say where they are from.
            let within = dict::get_name(vm, names, "__name__")?.unwrap_or(Value::NONE);
            let f = host_function(vm, name, within, f)?;
            inside::set_name(vm, names, name, inside::Made(f))
        })
    }
    /// A function with types: see [`Engine::function`](super::Engine::function).
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Namespace;
    /// let names = Namespace::new(&mut engine, "own")?;
    /// names.run(&mut engine, "def f(x): return x / 2", "f.py")?;
    /// let half = names.function::<(f64,), f64>(&mut engine, "f")?;
    /// assert_eq!(half.call(&mut engine, (3.0,))?, 1.5);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is nothing of this name, or it is not callable.
    pub fn function<A: CallArgs, T: FromPy>(
        &self,
        python: &mut impl Python,
        name: &str,
    ) -> Result<Function<A, T>, Error> {
        self.enter(python, |vm, names| {
            let f = inside::lookup(vm, names, name)?;
            inside::callable(vm, f)
        })
        .map(Function::new)
    }
    /// The names as a dict.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Namespace;
    /// let names = Namespace::new(&mut engine, "own")?;
    /// names.set(&mut engine, "x", 1)?;
    /// assert!(names.dict().contains(&mut engine, "x")?);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn dict(&self) -> &Object {
        &self.0
    }
}
