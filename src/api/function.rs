//! Functions whose types the host has stated.

use super::convert::{CallArgs, FromPy};
use super::inside::Python;
use super::{Error, Object};
use std::marker::PhantomData;

/// A Python function with the types of its arguments and of its result: see
/// [`Engine::function`](super::Engine::function).
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
    /// # Errors
    /// It raises, a limit stops it, its result does not convert, or it is of another engine.
    #[inline]
    pub fn call(&self, python: &mut impl Python, args: A) -> Result<T, Error> {
        self.object.call(python, args)
    }
    /// The function as an object.
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
