//! What is done inside an engine, wherever one stands: [`Engine`](super::Engine)'s methods and those of a
//! [`Context`](super::Context) are the same functions.

use super::convert::{CallArgs, FromPy, IntoPy, Refused, converted};
use super::engine::error_of;
use super::{Error, Object};
use crate::code::object::CodeObject;
use crate::compile::{ErrorKind, Mode, Options, Text};
use crate::object::{Gc, Value};
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::syntax;
use crate::vm::Vm;
use std::sync::Arc;

/// An [`Engine`](super::Engine), or the [`Context`](super::Context) of a host function that runs in one: where Python
/// can be run. What [`Object`], [`Namespace`](super::Namespace), [`Script`](super::Script) and
/// [`Function`](super::Function) do takes either.
///
/// ```
/// use taipan::Engine;
/// use taipan::{Error, Object, Python};
/// /// Works in an engine, and in a host function's context.
/// fn total(python: &mut impl Python, all: &Object) -> Result<f64, Error> {
///     all.iter::<f64, _>(python)?.sum()
/// }
/// let mut engine = Engine::new();
/// let all: Object = engine.eval("[1, 2.5]")?;
/// assert_eq!(total(&mut engine, &all)?, 3.5);
/// # Ok::<(), taipan::Error>(())
/// ```
pub trait Python: Enter {}
impl<E: Enter> Python for E {}

/// The way in.
#[doc(hidden)]
pub trait Enter {
    /// Runs `f` inside the engine with the globals of `__main__`, and converts what it gives.
    #[doc(hidden)]
    fn enter<T: FromPy>(
        &mut self,
        f: impl FnOnce(&mut Vm, Gc<DictObj>) -> Result<Value, Refused>,
    ) -> Result<T, Error>;

    /// Calls an object.
    #[doc(hidden)]
    #[inline]
    fn call_object<A: CallArgs, T: FromPy>(&mut self, f: &Object, args: A) -> Result<T, Error> {
        self.enter(|vm, _| {
            let f = f.into_py(vm)?;
            args.call(vm, f)
        })
    }
}

/// What the host gets of what was done.
#[inline(always)]
pub(super) fn finished<T: FromPy>(vm: &mut Vm, r: Result<Value, Refused>) -> Result<T, Error> {
    match r {
        Ok(v) => converted(vm, v),
        Err(Refused::Raised(r)) => Err(error_of(vm, r)),
        Err(Refused::Error(e)) => Err(e),
    }
}

/// Runs what keeps every value on the VM stack: called straight by the host, it may collect in precise mode, too.
#[inline(always)]
pub(super) fn straight<R>(vm: &mut Vm, f: impl FnOnce(&mut Vm) -> R) -> R {
    let before = vm.segments.nesting();
    if before != 1 || vm.stack.top_frame().is_some() {
        return f(vm);
    }
    vm.segments.leave_native(0);
    let r = f(vm);
    vm.segments.leave_native(before);
    r
}

/// A name of these globals, or a builtin.
pub(super) fn lookup(vm: &mut Vm, globals: Gc<DictObj>, name: &str) -> Result<Value, Refused> {
    if let Some(v) = dict::get_name(vm, globals, name)? {
        return Ok(v);
    }
    if let Some(b) = vm.builtins.get().and_then(Value::cast)
        && let Some(v) = dict::get_name(vm, b, name)?
    {
        return Ok(v);
    }
    Err(Refused::Error(Error::NoGlobal(name.into())))
}

/// Calls what has this name.
pub(super) fn call_name(
    vm: &mut Vm,
    globals: Gc<DictObj>,
    name: &str,
    args: impl CallArgs,
) -> Result<Value, Refused> {
    let f = lookup(vm, globals, name)?;
    args.call(vm, f)
}

pub(super) fn set_name(
    vm: &mut Vm,
    globals: Gc<DictObj>,
    name: &str,
    value: impl IntoPy,
) -> Result<Value, Refused> {
    let v = value.into_py(vm)?;
    dict::set_name(vm, globals, name, v)?;
    Ok(Value::NONE)
}

/// Compiles a source; what that takes is charged before it is tried.
pub(super) fn compiled(
    vm: &mut Vm,
    source: &str,
    filename: &str,
    mode: Mode,
) -> Result<Arc<CodeObject>, Refused> {
    let made = vm.compile(Text::Str(source.into()), filename, mode, Options::default())?;
    made.map(|c| c.0).map_err(|e| match e.kind {
        // A limit of the engine, not a fault of the source.
        ErrorKind::Memory | ErrorKind::Stopped => Refused::Raised(syntax::raise(vm, &e)),
        ErrorKind::Syntax
        | ErrorKind::Indentation
        | ErrorKind::Tab
        | ErrorKind::Refused
        | ErrorKind::TooDeep
        | ErrorKind::Value
        | ErrorKind::Overflow => Refused::Error(e.into()),
    })
}

/// Runs code in a namespace.
pub(super) fn run_code(
    vm: &mut Vm,
    globals: Gc<DictObj>,
    code: Arc<CodeObject>,
) -> Result<Value, Refused> {
    let code = crate::types::code::ops::new(vm, code)?;
    Ok(straight(vm, |vm| {
        crate::interp::run_module(vm, code, globals)
    })?)
}

pub(super) fn run_in(
    vm: &mut Vm,
    globals: Gc<DictObj>,
    source: &str,
    filename: &str,
) -> Result<Value, Refused> {
    let code = compiled(vm, source, filename, Mode::Exec)?;
    run_code(vm, globals, code)
}

/// The value of an expression.
pub(super) fn eval_in(
    vm: &mut Vm,
    globals: Gc<DictObj>,
    expression: &str,
) -> Result<Value, Refused> {
    let source = expression.trim_start_matches([' ', '\t']);
    let code = compiled(vm, source, "<string>", Mode::Eval)?;
    run_code(vm, globals, code)
}

/// A callable of this name.
pub(super) fn callable(vm: &mut Vm, f: Value) -> Result<Value, Refused> {
    match crate::types::builtin::methods::is_callable(vm, f)? {
        true => Ok(f),
        false => Err(Refused::Error(Error::Convert {
            wanted: "a callable".into(),
            got: vm.type_name(f).into(),
        })),
    }
}

/// The methods that an engine and a context share, with the globals of `__main__`.
macro_rules! python_methods {
    ($($owner:tt)*) => {
        impl $($owner)* {
            /// Runs source text as `__main__`. Globals stay for the next call.
            ///
            /// ```
            /// # let mut engine = taipan::Engine::new();
            /// engine.run("x = 1", "first.py")?;
            /// engine.run("x += 1", "second.py")?;
            /// assert_eq!(engine.get_global::<i64>("x")?, 2);
            /// # Ok::<(), taipan::Error>(())
            /// ```
            ///
            /// # Errors
            /// The source does not compile, the program raises, or a limit stops it.
            pub fn run(&mut self, source: &str, filename: &str) -> Result<(), Error> {
                self.enter(|vm, globals| inside::run_in(vm, globals, source, filename))
            }

            /// The value of an expression.
            ///
            /// ```
            /// # let mut engine = taipan::Engine::new();
            /// assert_eq!(engine.eval::<Vec<i64>>("[i * i for i in range(4)]")?, [0, 1, 4, 9]);
            /// # Ok::<(), taipan::Error>(())
            /// ```
            ///
            /// # Errors
            /// As [`run`](Self::run), and when the value does not convert.
            pub fn eval<T: FromPy>(&mut self, expression: &str) -> Result<T, Error> {
                self.enter(|vm, globals| inside::eval_in(vm, globals, expression))
            }

            /// Calls a global function (or any callable): the arguments are a tuple of Rust values, with keywords
            /// by [`CallArgs::kw`].
            ///
            /// ```
            /// # let mut engine = taipan::Engine::new();
            /// use taipan::CallArgs;
            /// assert_eq!(engine.call::<i64>("max", (3, 7, 5))?, 7);
            /// assert_eq!(engine.call::<i64>("int", ("ff",).kw("base", 16))?, 255);
            /// # Ok::<(), taipan::Error>(())
            /// ```
            ///
            /// # Errors
            /// It does not exist, it raises, a limit stops it, or its result does not convert.
            pub fn call<T: FromPy>(&mut self, name: &str, args: impl CallArgs) -> Result<T, Error> {
                self.enter(|vm, globals| inside::call_name(vm, globals, name, args))
            }

            /// A global of `__main__`, or a builtin.
            ///
            /// ```
            /// # let mut engine = taipan::Engine::new();
            /// engine.run("limits = (1, 'x')", "l.py")?;
            /// assert_eq!(engine.get_global::<(i64, String)>("limits")?, (1, "x".into()));
            /// assert!(engine.get_global::<i64>("nothing").is_err());
            /// # Ok::<(), taipan::Error>(())
            /// ```
            ///
            /// # Errors
            /// There is none of this name, or it does not convert.
            pub fn get_global<T: FromPy>(&mut self, name: &str) -> Result<T, Error> {
                self.enter(|vm, globals| inside::lookup(vm, globals, name))
            }

            /// Sets a global of `__main__`.
            ///
            /// ```
            /// # let mut engine = taipan::Engine::new();
            /// engine.set_global("rates", vec![0.5, 1.5])?;
            /// assert_eq!(engine.eval::<f64>("sum(rates)")?, 2.0);
            /// # Ok::<(), taipan::Error>(())
            /// ```
            ///
            /// # Errors
            /// Memory is short, or the value is an object of another engine.
            pub fn set_global(&mut self, name: &str, value: impl IntoPy) -> Result<(), Error> {
                self.enter(|vm, globals| inside::set_name(vm, globals, name, value))
            }
        }
    };
}
pub(super) use python_methods;

/// An [`Object`] for what `f` gives.
pub(super) fn object(
    p: &mut impl Python,
    f: impl FnOnce(&mut Vm, Gc<DictObj>) -> Result<Value, Refused>,
) -> Result<Object, Error> {
    p.enter(f)
}

/// The object of the engine that a handle holds, which is of this type.
pub(super) fn own<T: crate::object::Object>(vm: &mut Vm, o: &Object) -> Result<Gc<T>, Refused> {
    let v = o.into_py(vm)?;
    v.cast().ok_or(Refused::Error(Error::ForeignObject))
}

/// A value that is of the engine already.
pub(super) struct Made(pub(super) Value);
impl IntoPy for Made {
    fn into_py(self, _: &mut Vm) -> Result<Value, Refused> {
        Ok(self.0)
    }
}
