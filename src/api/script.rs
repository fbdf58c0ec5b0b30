//! Source compiled once.

use super::convert::FromPy;
use super::inside::{self, Python};
use super::{Error, Namespace, Object};
use crate::code::object::CodeObject;
use crate::compile::{Mode, compile};
use crate::types::code::value::CodeObj;
use std::sync::Arc;

/// Compiled source, of no engine yet: it may be loaded in many, on many threads.
///
/// ```
/// # fn main() -> Result<(), taipan::Error> {
/// use taipan::{Code, Engine};
///
/// let code = Code::expression("price * n")?;
/// let totals: Vec<_> = (1..4)
///     .map(|n| {
///         let code = code.clone();
///         std::thread::spawn(move || -> Result<f64, taipan::Error> {
///             let mut engine = Engine::new();
///             engine.set_global("price", 2.5)?;
///             engine.set_global("n", n)?;
///             code.load(&mut engine)?.eval(&mut engine)
///         })
///     })
///     .map(|t| t.join().unwrap().unwrap())
///     .collect();
/// assert_eq!(totals, [2.5, 5.0, 7.5]);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Code(Arc<CodeObject>);

impl Code {
    /// Compiles a program. The memory that this takes is of no engine: what is not trusted is compiled by
    /// [`Engine::compile`](super::Engine::compile), which charges it.
    ///
    /// # Errors
    /// The source does not compile.
    pub fn new(source: &str, filename: &str) -> Result<Code, Error> {
        Ok(Code(compile(source, filename, Mode::Exec)?))
    }
    /// Compiles an expression.
    ///
    /// # Errors
    /// As [`new`](Code::new).
    pub fn expression(source: &str) -> Result<Code, Error> {
        let source = source.trim_start_matches([' ', '\t']);
        Ok(Code(compile(source, "<string>", Mode::Eval)?))
    }
    /// Makes an engine's own of it.
    ///
    /// # Errors
    /// Memory is short.
    pub fn load(&self, python: &mut impl Python) -> Result<Script, Error> {
        let code = self.0.clone();
        inside::object(python, |vm, _| {
            Ok(crate::types::code::ops::new(vm, code)?.value())
        })
        .map(Script)
    }
    /// The code object itself.
    #[doc(hidden)]
    pub fn object(&self) -> &Arc<CodeObject> {
        &self.0
    }
}
impl From<Arc<CodeObject>> for Code {
    fn from(c: Arc<CodeObject>) -> Code {
        Code(c)
    }
}

/// Code in an engine, to be run often: what its runs learn, and the native code that becomes of it, stays.
///
/// ```
/// # fn main() -> Result<(), taipan::Error> {
/// let mut engine = taipan::Engine::new();
/// let rule = engine.compile("n += step", "rule.py")?;
/// engine.run("n = 0; step = 3", "start.py")?;
/// for _ in 0..1000 {
///     rule.run(&mut engine)?;
/// }
/// assert_eq!(engine.get_global::<i64>("n")?, 3000);
/// let tenant = taipan::Namespace::new(&mut engine, "tenant")?;
/// tenant.set(&mut engine, "n", 1)?;
/// tenant.set(&mut engine, "step", 1)?;
/// rule.run_in(&mut engine, &tenant)?;
/// assert_eq!(tenant.get::<i64>(&mut engine, "n")?, 2);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Script(Object);

impl Script {
    pub(super) fn new(code: Object) -> Script {
        Script(code)
    }
    /// Runs it as `__main__`.
    ///
    /// # Errors
    /// It raises, a limit stops it, or it is of another engine.
    pub fn run(&self, python: &mut impl Python) -> Result<(), Error> {
        self.eval(python)
    }
    /// The value of an expression, with the names of `__main__`; that of a program is None.
    ///
    /// # Errors
    /// As [`run`](Script::run), and when the value does not convert.
    pub fn eval<T: FromPy>(&self, python: &mut impl Python) -> Result<T, Error> {
        python.enter(|vm, globals| {
            let code = inside::own::<CodeObj>(vm, &self.0)?;
            Ok(crate::interp::run_module(vm, code, globals)?)
        })
    }
    /// Runs it in a namespace.
    ///
    /// # Errors
    /// As [`run`](Script::run).
    pub fn run_in(&self, python: &mut impl Python, names: &Namespace) -> Result<(), Error> {
        self.eval_in(python, names)
    }
    /// The value of an expression in a namespace.
    ///
    /// # Errors
    /// As [`eval`](Script::eval).
    pub fn eval_in<T: FromPy>(
        &self,
        python: &mut impl Python,
        names: &Namespace,
    ) -> Result<T, Error> {
        names.enter(python, |vm, names| {
            let code = inside::own::<CodeObj>(vm, &self.0)?;
            Ok(crate::interp::run_module(vm, code, names)?)
        })
    }
}
