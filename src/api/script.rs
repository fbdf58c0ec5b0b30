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
    /// ```
    /// use taipan::Engine;
    /// use taipan::Code;
    /// let code = Code::new("answer = 42", "a.py")?;
    /// let mut engine = Engine::new();
    /// code.load(&mut engine)?.run(&mut engine)?;
    /// assert_eq!(engine.get_global::<i64>("answer")?, 42);
    /// assert!(Code::new("1 +", "bad.py").is_err());
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// The source does not compile.
    pub fn new(source: &str, filename: &str) -> Result<Code, Error> {
        Ok(Code(compile(source, filename, Mode::Exec)?))
    }
    /// Compiles an expression.
    ///
    /// ```
    /// use taipan::Engine;
    /// let code = taipan::Code::expression("2 ** 10")?;
    /// let mut engine = Engine::new();
    /// assert_eq!(code.load(&mut engine)?.eval::<i64>(&mut engine)?, 1024);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`new`](Code::new).
    pub fn expression(source: &str) -> Result<Code, Error> {
        let source = source.trim_start_matches([' ', '\t']);
        Ok(Code(compile(source, "<string>", Mode::Eval)?))
    }
    /// Makes an engine's own of it.
    ///
    /// ```
    /// use taipan::Engine;
    /// let code = taipan::Code::expression("'x' * 3")?;
    /// for mut engine in [Engine::new(), Engine::new()] {
    ///     let script = code.load(&mut engine)?;
    ///     assert_eq!(script.eval::<String>(&mut engine)?, "xxx");
    /// }
    /// # Ok::<(), taipan::Error>(())
    /// ```
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
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// let script = engine.compile("print('ran')", "r.py")?;
    /// script.run(&mut engine)?;
    /// script.run(&mut engine)?;
    /// assert_eq!(engine.take_output(), "ran\nran\n");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// It raises, a limit stops it, or it is of another engine.
    pub fn run(&self, python: &mut impl Python) -> Result<(), Error> {
        self.eval(python)
    }
    /// The value of an expression, with the names of `__main__`; that of a program is None.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// let script = engine.compile_expression("len(word)")?;
    /// engine.set_global("word", "python")?;
    /// assert_eq!(script.eval::<i64>(&mut engine)?, 6);
    /// # Ok::<(), taipan::Error>(())
    /// ```
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
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// let names = taipan::Namespace::new(&mut engine, "own")?;
    /// let script = engine.compile("x = 1", "x.py")?;
    /// script.run_in(&mut engine, &names)?;
    /// assert_eq!(names.get::<i64>(&mut engine, "x")?, 1);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`run`](Script::run).
    pub fn run_in(&self, python: &mut impl Python, names: &Namespace) -> Result<(), Error> {
        self.eval_in(python, names)
    }
    /// The value of an expression in a namespace.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// let names = taipan::Namespace::new(&mut engine, "own")?;
    /// names.set(&mut engine, "x", 5)?;
    /// let script = engine.compile_expression("x * x")?;
    /// assert_eq!(script.eval_in::<i64>(&mut engine, &names)?, 25);
    /// # Ok::<(), taipan::Error>(())
    /// ```
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
