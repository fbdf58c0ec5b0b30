//! Functions whose types the host has stated.

use super::convert::{CallArgs, FromPy};
use super::inside::Python;
use super::{Error, Object};
use std::marker::PhantomData;

/// A Python function with the types of its arguments and of its result: see
/// [`Engine::function`](super::Engine::function).
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// engine.run("def area(w, h): return w * h", "area.py")?;
/// let area: taipan::Function<(f64, f64), f64> = engine.function("area")?;
/// let sum: Result<f64, _> = (1..=3).map(|i| area.call(&mut engine, (i as f64, 2.0))).sum();
/// assert_eq!(sum?, 12.0);
/// # Ok::<(), taipan::Error>(())
/// ```
pub struct Function<A, T> {
    object: Object,
    types: PhantomData<fn(A) -> T>,
}

impl<A: CallArgs, T: FromPy> Function<A, T> {
    pub(super) fn new(object: Object) -> Function<A, T> {
        Function {
            object,
            types: PhantomData,
        }
    }
    /// Calls it.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// let pow = engine.function::<(i64, i64), i64>("pow")?;
    /// assert_eq!(pow.call(&mut engine, (2, 10))?, 1024);
    /// assert!(pow.call(&mut engine, (2, -1)).is_err());
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// It raises, a limit stops it, its result does not convert, or it is of another engine.
    #[inline]
    pub fn call(&self, python: &mut impl Python, args: A) -> Result<T, Error> {
        python.call_object(&self.object, args)
    }
    /// The function as an object.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// let pow = engine.function::<(i64, i64), i64>("pow")?;
    /// assert_eq!(pow.object().clone().attr::<String>(&mut engine, "__name__")?, "pow");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    pub fn object(&self) -> &Object {
        &self.object
    }
}

impl<A, T> Clone for Function<A, T> {
    fn clone(&self) -> Self {
        Function {
            object: self.object.clone(),
            types: PhantomData,
        }
    }
}

impl<A, T> std::fmt::Debug for Function<A, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Function")
    }
}
