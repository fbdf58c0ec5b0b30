//! Functions of the host that programs call.

use super::convert::{FromPy, IntoPy, Refused, converted};
use super::inside::{self, Enter, python_methods};
use super::{CallArgs, Error, Object};
use crate::object::{Args, ClassId, Gc, Kind, Value};
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::host::value::HostCall;
use crate::vm::{Raised, Vm};
use std::rc::Rc;

/// The engine, as a host function sees it that runs in it: for calls back into Python.
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// use taipan::{Context, Error, Object};
/// engine.register("twice", |c: &mut Context<'_>, f: Object, x: f64| -> Result<f64, Error> {
///     let once: f64 = f.call(c, (x,))?;
///     f.call(c, (once,))
/// })?;
/// assert_eq!(engine.eval::<f64>("twice(lambda x: x * x, 3)")?, 81.0);
/// # Ok::<(), taipan::Error>(())
/// ```
pub struct Context<'a> {
    vm: &'a mut Vm,
}

python_methods!(Context<'_>);

impl Enter for Context<'_> {
    fn enter<T: FromPy>(
        &mut self,
        f: impl FnOnce(&mut Vm, Gc<DictObj>) -> Result<Value, Refused>,
    ) -> Result<T, Error> {
        if let Some(why) = self.vm.stopped.get() {
            return Err(Error::Terminated(why));
        }
        let Some(globals) = main_globals(self.vm) else {
            return Err(Error::NoGlobal("__main__".into()));
        };
        let depth = self.vm.depth.get();
        let given = f(self.vm, globals);
        let r = inside::finished(self.vm, given);
        self.vm.depth.set(depth);
        r
    }
}

fn main_globals(vm: &mut Vm) -> Option<Gc<DictObj>> {
    let modules = vm.modules.get().and_then(Value::cast)?;
    let main = dict::get_name(vm, modules, "__main__").ok()??;
    crate::types::module::dict_of(vm, main)
}

/// A host function as an object.
pub(super) fn host_function<Form>(
    vm: &mut Vm,
    name: &str,
    module: Value,
    f: impl HostFn<Form>,
) -> Result<Value, Raised> {
    let n = vm.intern(name)?;
    crate::types::host::methods::new(vm, n, module, Value::NONE, f.into_call(name.into()))
}

/// Why a host function fails: what Python sees of it.
///
/// Every error of Rust converts: to a RuntimeError with its text. An [`Error`] that came from Python is raised
/// again as the exception that it was.
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// use taipan::HostError;
/// engine.register("port", |text: String| -> Result<u16, HostError> {
///     match text.parse()? {
///         0 => Err(HostError::new("ValueError", "port 0 is taken")),
///         n => Ok(n),
///     }
/// })?;
/// assert_eq!(engine.eval::<i64>("port('80')")?, 80);
/// let e = engine.run("port('0')", "p.py").unwrap_err();
/// assert_eq!(e.type_name(), Some("ValueError"));
/// let e = engine.run("port('x')", "p.py").unwrap_err();
/// assert_eq!(e.type_name(), Some("RuntimeError"));
/// # Ok::<(), taipan::Error>(())
/// ```
pub struct HostError(Why);

enum Why {
    /// A class by its name, and what it is made with.
    Named(String, String),
    Of(Object, String),
    Error(Error),
}

impl HostError {
    /// An exception of the builtin class of this name: `"ValueError"`. A name that is none gives a SystemError.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::HostError;
    /// engine.register("no", || Err::<(), _>(HostError::new("KeyError", "k")))?;
    /// assert_eq!(engine.run("no()", "n.py").unwrap_err().type_name(), Some("KeyError"));
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn new(class: &str, message: impl Into<String>) -> HostError {
        HostError(Why::Named(class.into(), message.into()))
    }
    /// An exception of this class, one of [`Engine::new_exception`](super::Engine::new_exception) or a program's.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::HostError;
    /// let class = engine.new_exception("Closed", "OSError")?;
    /// engine.register("send", move || Err::<(), _>(HostError::of(class.clone(), "bye")))?;
    /// assert_eq!(engine.run("send()", "s.py").unwrap_err().type_name(), Some("Closed"));
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn of(class: Object, message: impl Into<String>) -> HostError {
        HostError(Why::Of(class, message.into()))
    }
}

impl<E: std::error::Error + 'static> From<E> for HostError {
    fn from(e: E) -> HostError {
        let mut e = Some(e);
        let any: &mut dyn std::any::Any = &mut e;
        match any.downcast_mut::<Option<Error>>().and_then(Option::take) {
            Some(e) => HostError(Why::Error(e)),
            None => {
                let text = e.map_or_else(String::new, |e| e.to_string());
                HostError::new("RuntimeError", text)
            }
        }
    }
}

impl std::fmt::Debug for HostError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Why::Named(class, text) => write!(f, "{class}: {text}"),
            Why::Of(_, text) => write!(f, "exception: {text}"),
            Why::Error(e) => write!(f, "{e:?}"),
        }
    }
}

/// A result of a host function: a value, or a failure.
impl<T: IntoPy, E: Into<HostError>> IntoPy for Result<T, E> {
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        match self {
            Ok(v) => v.into_py(vm),
            Err(e) => Err(raise(vm, e.into()).into()),
        }
    }
}

fn raise(vm: &mut Vm, e: HostError) -> Raised {
    let (class, text) = match e.0 {
        Why::Error(e) => return raise_error(vm, e),
        Why::Named(name, text) => {
            let builtins = vm.builtins.get().and_then(Value::cast);
            let found = match builtins {
                Some(b) => match dict::get_name(vm, b, &name) {
                    Ok(c) => c,
                    Err(r) => return r,
                },
                None => None,
            };
            match found {
                Some(c) => (c, text),
                None => {
                    return vm.raise(
                        ClassId::SystemError,
                        format!("a host function raised '{name}', which is no builtin: {text}"),
                    );
                }
            }
        }
        Why::Of(class, text) => match class.value(vm) {
            Some(c) => (c, text),
            None => return raise_error(vm, Error::ForeignObject),
        },
    };
    let made = vm
        .new_str(&text)
        .and_then(|s| vm.call(class, Args::pos(&[s])));
    match made {
        Ok(e) if e.is_kind(Kind::Exception) => vm.raise_value(e),
        Ok(_) => vm.raise(
            ClassId::TypeError,
            "exceptions must derive from BaseException",
        ),
        Err(r) => r,
    }
}

/// What an error of the engine looks like to the program that called the host function.
fn raise_error(vm: &mut Vm, e: Error) -> Raised {
    match e {
        Error::Python(p) => match p.object.as_ref().and_then(|o| o.value(vm)) {
            Some(exc) => {
                if p.denied {
                    vm.denied.write(&vm.heap, Some(exc));
                }
                vm.reraise(exc)
            }
            None => vm.raise(ClassId::RuntimeError, p.message),
        },
        Error::Terminated(why) if vm.stopped.get().is_some() => vm.raise_terminate(why),
        // Of another engine.
        Error::Terminated(_) | Error::Poisoned => vm.raise(ClassId::RuntimeError, e.to_string()),
        Error::Convert { .. } => vm.raise(ClassId::TypeError, e.to_string()),
        Error::NoGlobal(_) => vm.raise(ClassId::NameError, e.to_string()),
        Error::Compile(_) | Error::ForeignObject | Error::Io(_) => {
            vm.raise(ClassId::RuntimeError, e.to_string())
        }
    }
}

/// A Rust function that programs may call: any of up to twelve arguments that are [`FromPy`], with a result that is
/// [`IntoPy`]; one that wants the engine takes a [`Context`] first.
///
/// `Form` tells the forms apart and is always found by the compiler.
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// engine.register("none", || ())?;
/// engine.register("two", |a: i64, b: Option<String>| (a, b))?;
/// fn named(all: Vec<f64>) -> Result<f64, taipan::HostError> {
///     all.into_iter().reduce(f64::max).ok_or(taipan::HostError::new("ValueError", "empty"))
/// }
/// engine.register("most", named)?;
/// assert_eq!(engine.eval::<f64>("most([1, 3, 2])")?, 3.0);
/// # Ok::<(), taipan::Error>(())
/// ```
pub trait HostFn<Form>: Send + 'static {
    #[doc(hidden)]
    fn into_call(self, name: String) -> HostCall;
}

/// A host function that may be called while it runs, out of the program that it calls: a closure that takes a
/// [`Context`] first and changes nothing that it has captured.
///
/// ```
/// # fn main() -> Result<(), taipan::Error> {
/// use taipan::{Context, Engine, Error, Object, Reentrant};
///
/// let mut engine = Engine::new();
/// // The depth of a tree: each node calls it for its children.
/// engine.register("depth", Reentrant(|c: &mut Context<'_>, node: Object| -> Result<i64, Error> {
///     Ok(1 + node.call_method::<i64>(c, "deepest", ())?)
/// }))?;
/// engine.run(
///     "class Node:\n    def __init__(self, *children): self.children = children\n    \
///      def deepest(self): return max(map(depth, self.children), default=0)",
///     "tree.py",
/// )?;
/// assert_eq!(engine.eval::<i64>("depth(Node(Node(), Node(Node())))")?, 3);
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Reentrant<F>(pub F);

/// The form of a function that takes a [`Context`] first.
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// // Closures that take a `Context` first are of this form; nobody has to name it.
/// engine.register("up", |c: &mut taipan::Context<'_>, n: i64| c.set_global("n", n))?;
/// engine.run("up(5)", "u.py")?;
/// assert_eq!(engine.get_global::<i64>("n")?, 5);
/// # Ok::<(), taipan::Error>(())
/// ```
pub struct WithContext<A>(std::marker::PhantomData<A>);

#[inline(always)]
fn one<T: FromPy>(vm: &mut Vm, name: &str, args: Args<'_>, at: usize) -> Result<T, Raised> {
    match converted(vm, args.all()[at]) {
        Ok(v) => Ok(v),
        Err(e) => Err(misfit(vm, name, at, e)),
    }
}

#[cold]
fn misfit(vm: &mut Vm, name: &str, at: usize, e: Error) -> Raised {
    match e {
        e @ Error::Convert { .. } => vm.raise(
            ClassId::TypeError,
            format!("{name}() argument {}: {e}", at + 1),
        ),
        e => raise_error(vm, e),
    }
}

#[inline(always)]
fn counted(vm: &mut Vm, name: &str, args: Args<'_>, want: usize) -> Result<(), Raised> {
    match args.nkw() == 0 && args.len() == want {
        true => Ok(()),
        false => miscounted(vm, name, args, want),
    }
}

#[cold]
fn miscounted(vm: &mut Vm, name: &str, args: Args<'_>, want: usize) -> Result<(), Raised> {
    crate::types::args::no_keywords(vm, name, args)?;
    let n = args.all().len();
    let s = if want == 1 { "" } else { "s" };
    Err(vm.raise(
        ClassId::TypeError,
        format!("{name}() takes {want} argument{s} ({n} given)"),
    ))
}

#[inline(always)]
fn given(vm: &mut Vm, r: Result<Value, Refused>) -> Result<Value, Raised> {
    match r {
        Ok(v) => Ok(v),
        Err(Refused::Raised(r)) => Err(r),
        Err(Refused::Error(e)) => Err(raise_error(vm, e)),
    }
}

/// A call with a [`Context`].
macro_rules! in_context {
    ($f:expr, $vm:ident, $name:ident, $args:ident, $n:literal, $($t:ident $i:tt),*) => {{
        counted($vm, &$name, $args, $n)?;
        #[allow(non_snake_case)]
        let ($($t,)*) = ($(one::<$t>($vm, &$name, $args, $i)?,)*);
        let r = $f(&mut Context { vm: $vm }, $($t),*);
        // A limit that a call back ran into stops the program whatever the host makes of it.
        $vm.check_stopped()?;
        let r = r.into_py($vm);
        given($vm, r)
    }};
}

macro_rules! host_fns {
    ($($n:literal: $($t:ident $i:tt),*;)*) => {$(
        impl<Func, Ret, $($t: FromPy),*> HostFn<($($t,)*)> for Func
        where
            Func: FnMut($($t),*) -> Ret + Send + 'static,
            Ret: IntoPy,
        {
            fn into_call(mut self, name: String) -> HostCall {
                HostCall::Once(Box::new(move |vm, args| {
                    counted(vm, &name, args, $n)?;
                    let r = self($(one::<$t>(vm, &name, args, $i)?),*).into_py(vm);
                    given(vm, r)
                }))
            }
        }
        impl<Func, Ret, $($t: FromPy),*> HostFn<WithContext<($($t,)*)>> for Func
        where
            Func: FnMut(&mut Context<'_>, $($t),*) -> Ret + Send + 'static,
            Ret: IntoPy,
        {
            fn into_call(mut self, name: String) -> HostCall {
                HostCall::Once(Box::new(move |vm, args| {
                    in_context!(self, vm, name, args, $n, $($t $i),*)
                }))
            }
        }
        impl<Func, Ret, $($t: FromPy),*> HostFn<WithContext<($($t,)*)>> for Reentrant<Func>
        where
            Func: Fn(&mut Context<'_>, $($t),*) -> Ret + Send + 'static,
            Ret: IntoPy,
        {
            fn into_call(self, name: String) -> HostCall {
                HostCall::Shared(Rc::new(move |vm, args| {
                    in_context!((self.0), vm, name, args, $n, $($t $i),*)
                }))
            }
        }
    )*};
}
super::convert::for_each_tuple!(host_fns 0: ;);
