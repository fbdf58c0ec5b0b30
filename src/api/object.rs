//! What an [`Object`] does.

use super::convert::{CallArgs, FromPy, IntoPy, Refused};
use super::function::Function;
use super::inside::{self, Python};
use super::{Error, Object};
use crate::object::Value;
use crate::protocol::{attr, compare, item, iter, repr, truth};
use crate::vm::{Raised, Vm};
use std::marker::PhantomData;

impl Object {
    /// Runs `f` with the value.
    fn with<T: FromPy>(
        &self,
        python: &mut impl Python,
        f: impl FnOnce(&mut Vm, Value) -> Result<Value, Refused>,
    ) -> Result<T, Error> {
        python.enter(|vm, _| {
            let v = self.into_py(vm)?;
            f(vm, v)
        })
    }
    /// The same where nothing is converted on the way.
    fn plain<T: FromPy>(
        &self,
        python: &mut impl Python,
        f: impl FnOnce(&mut Vm, Value) -> Result<Value, Raised>,
    ) -> Result<T, Error> {
        self.with(python, |vm, v| Ok(f(vm, v)?))
    }

    /// Reads it as a Rust value.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let o: Object = engine.eval("{'a': 1}")?;
    /// let map: std::collections::HashMap<String, i64> = o.extract(&mut engine)?;
    /// assert_eq!(map["a"], 1);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// It does not convert, or is of another engine.
    pub fn extract<T: FromPy>(&self, python: &mut impl Python) -> Result<T, Error> {
        self.with(python, |_, v| Ok(v))
    }

    /// Calls it: the arguments are a tuple of Rust values, with keywords by [`CallArgs::kw`].
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let f: Object = engine.eval("lambda x, y: x - y")?;
    /// assert_eq!(f.call::<i64>(&mut engine, (5, 3))?, 2);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// It raises, a limit stops it, its result does not convert, or it is of another engine.
    pub fn call<T: FromPy>(
        &self,
        python: &mut impl Python,
        args: impl CallArgs,
    ) -> Result<T, Error> {
        python.call_object(self, args)
    }

    /// Calls its method of this name.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let text: Object = engine.eval("'a-b-c'")?;
    /// assert_eq!(text.call_method::<Vec<String>>(&mut engine, "split", ("-",))?, ["a", "b", "c"]);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`call`](Object::call), and when there is none.
    pub fn call_method<T: FromPy>(
        &self,
        python: &mut impl Python,
        name: &str,
        args: impl CallArgs,
    ) -> Result<T, Error> {
        self.with(python, |vm, v| {
            let name = vm.intern(name)?;
            let f = attr::get_attr(vm, v, name)?;
            args.call(vm, f)
        })
    }

    /// A function of these types: see [`Engine::function`](super::Engine::function).
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let f: Object = engine.eval("lambda x: x * 2")?;
    /// let twice = f.function::<(f64,), f64>(&mut engine)?;
    /// assert_eq!(twice.call(&mut engine, (1.5,))?, 3.0);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// It is not callable, or is of another engine.
    pub fn function<A: CallArgs, T: FromPy>(
        &self,
        python: &mut impl Python,
    ) -> Result<Function<A, T>, Error> {
        self.with(python, inside::callable).map(Function::new)
    }

    /// `object.name`
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let z: Object = engine.eval("3 + 4j")?;
    /// assert_eq!(z.attr::<f64>(&mut engine, "imag")?, 4.0);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is no such attribute, or it does not convert.
    pub fn attr<T: FromPy>(&self, python: &mut impl Python, name: &str) -> Result<T, Error> {
        self.plain(python, |vm, v| {
            let name = vm.intern(name)?;
            attr::get_attr(vm, v, name)
        })
    }

    /// `object.name = value`
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// engine.run("class Point: pass", "p.py")?;
    /// let p: Object = engine.call("Point", ())?;
    /// p.set_attr(&mut engine, "x", 3)?;
    /// assert_eq!(p.attr::<i64>(&mut engine, "x")?, 3);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// The object does not let it be set.
    pub fn set_attr(
        &self,
        python: &mut impl Python,
        name: &str,
        value: impl IntoPy,
    ) -> Result<(), Error> {
        self.with(python, |vm, v| {
            let name = vm.intern(name)?;
            let value = value.into_py(vm)?;
            attr::set_attr(vm, v, name, value)?;
            Ok(Value::NONE)
        })
    }

    /// `del object.name`
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// engine.run("class Point: x = 1", "p.py")?;
    /// let class: Object = engine.get_global("Point")?;
    /// class.del_attr(&mut engine, "x")?;
    /// assert!(class.attr::<i64>(&mut engine, "x").is_err());
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is no such attribute, or it stays.
    pub fn del_attr(&self, python: &mut impl Python, name: &str) -> Result<(), Error> {
        self.plain(python, |vm, v| {
            let name = vm.intern(name)?;
            attr::del_attr(vm, v, name)?;
            Ok(Value::NONE)
        })
    }

    /// `object[key]`
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let d: Object = engine.eval("{(1, 2): 'x'}")?;
    /// assert_eq!(d.item::<String>(&mut engine, (1, 2))?, "x");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is no such item, or it does not convert.
    pub fn item<T: FromPy>(&self, python: &mut impl Python, key: impl IntoPy) -> Result<T, Error> {
        self.with(python, |vm, v| {
            let key = key.into_py(vm)?;
            Ok(item::get_item(vm, v, key)?)
        })
    }

    /// `object[key] = value`
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let l: Object = engine.eval("[1, 2, 3]")?;
    /// l.set_item(&mut engine, -1, "last")?;
    /// assert_eq!(l.repr(&mut engine)?, "[1, 2, 'last']");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// The object does not let it be set.
    pub fn set_item(
        &self,
        python: &mut impl Python,
        key: impl IntoPy,
        value: impl IntoPy,
    ) -> Result<(), Error> {
        self.with(python, |vm, v| {
            let (key, value) = (key.into_py(vm)?, value.into_py(vm)?);
            item::set_item(vm, v, key, value)?;
            Ok(Value::NONE)
        })
    }

    /// `del object[key]`
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let l: Object = engine.eval("[1, 2, 3]")?;
    /// l.del_item(&mut engine, 0)?;
    /// assert_eq!(l.repr(&mut engine)?, "[2, 3]");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is no such item, or it stays.
    pub fn del_item(&self, python: &mut impl Python, key: impl IntoPy) -> Result<(), Error> {
        self.with(python, |vm, v| {
            let key = key.into_py(vm)?;
            item::del_item(vm, v, key)?;
            Ok(Value::NONE)
        })
    }

    /// `value in object`
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let all: Object = engine.eval("range(0, 100, 7)")?;
    /// assert!(all.contains(&mut engine, 49)?);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// The object is no container; comparing raises.
    pub fn contains(&self, python: &mut impl Python, value: impl IntoPy) -> Result<bool, Error> {
        self.with(python, |vm, v| {
            let value = value.into_py(vm)?;
            Ok(Value::bool(compare::contains(vm, v, value)?))
        })
    }

    /// `len(object)`
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let all: Object = engine.eval("'four'")?;
    /// assert_eq!(all.len(&mut engine)?, 4);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// It has none.
    #[allow(clippy::len_without_is_empty)] // `truth` is Python's word for it
    pub fn len(&self, python: &mut impl Python) -> Result<usize, Error> {
        self.plain(python, |vm, v| {
            let n = item::len(vm, v)?;
            vm.new_int(i64::try_from(n).unwrap_or(i64::MAX))
        })
    }

    /// `bool(object)`
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let empty: Object = engine.eval("[]")?;
    /// assert!(!empty.truth(&mut engine)?);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// Its `__bool__` raises.
    pub fn truth(&self, python: &mut impl Python) -> Result<bool, Error> {
        self.plain(python, |vm, v| Ok(Value::bool(truth::is_true(vm, v)?)))
    }

    /// `isinstance(object, class)`
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let (five, int): (Object, Object) = engine.eval("(5, int)")?;
    /// assert!(five.is_instance(&mut engine, &int)?);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// `class` is no class, nor a tuple of them.
    pub fn is_instance(&self, python: &mut impl Python, class: &Object) -> Result<bool, Error> {
        self.with(python, |vm, v| {
            let class = class.into_py(vm)?;
            let is = crate::types::class::ops::is_instance(vm, v, class)?;
            Ok(Value::bool(is))
        })
    }

    /// Whether it is None.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let nothing: Object = engine.eval("None")?;
    /// assert!(nothing.is_none(&mut engine)?);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// It is of another engine.
    pub fn is_none(&self, python: &mut impl Python) -> Result<bool, Error> {
        self.plain(python, |_, v| Ok(Value::bool(v == Value::NONE)))
    }

    /// The name of its class.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let o: Object = engine.eval("2.5")?;
    /// assert_eq!(o.type_name(&mut engine)?, "float");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// It is of another engine; memory is short.
    pub fn type_name(&self, python: &mut impl Python) -> Result<String, Error> {
        self.plain(python, |vm, v| {
            let name = vm.type_name(v).to_string();
            vm.new_str(&name)
        })
    }

    /// `repr(object)`
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let o: Object = engine.eval("'a', 1")?;
    /// assert_eq!(o.repr(&mut engine)?, "('a', 1)");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// Its `__repr__` raises.
    pub fn repr(&self, python: &mut impl Python) -> Result<String, Error> {
        self.plain(python, repr::repr)
    }

    /// `str(object)`
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::Object;
    /// let o: Object = engine.eval("ValueError('no')")?;
    /// assert_eq!(o.str(&mut engine)?, "no");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    ///
    /// # Errors
    /// Its `__str__` raises.
    pub fn str(&self, python: &mut impl Python) -> Result<String, Error> {
        self.plain(python, repr::str)
    }

    /// `iter(object)`: what it gives, one after the other, converted.
    ///
    /// ```
    /// # fn main() -> Result<(), taipan::Error> {
    /// let mut engine = taipan::Engine::new();
    /// let squares: taipan::Object = engine.eval("(i * i for i in range(4))")?;
    /// let mut sum = 0;
    /// for n in squares.iter::<i64, _>(&mut engine)? {
    ///     sum += n?;
    /// }
    /// assert_eq!(sum, 14);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// It is not iterable.
    pub fn iter<'e, T: FromPy, P: Python>(
        &self,
        python: &'e mut P,
    ) -> Result<Iter<'e, T, P>, Error> {
        let it = self.plain(python, iter::get_iter)?;
        Ok(Iter {
            python,
            it: Some(it),
            types: PhantomData,
        })
    }
}

/// What an object gives one after the other: see [`Object::iter`]. After an error it has ended.
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// use taipan::Object;
/// let letters: Object = engine.eval("'abc'")?;
/// let all: Result<String, _> = letters.iter::<char, _>(&mut engine)?.collect();
/// assert_eq!(all?, "abc");
/// # Ok::<(), taipan::Error>(())
/// ```
pub struct Iter<'e, T, P> {
    python: &'e mut P,
    it: Option<Object>,
    types: PhantomData<fn() -> T>,
}

impl<T: FromPy, P: Python> Iterator for Iter<'_, T, P> {
    type Item = Result<T, Error>;
    fn next(&mut self) -> Option<Result<T, Error>> {
        let it = self.it.take()?;
        let r = it.plain::<Maybe<T>>(self.python, |vm, v| {
            let next = iter::next(vm, v)?;
            Ok(next.unwrap_or(Value::MARK))
        });
        match r {
            Ok(Maybe(Some(x))) => {
                self.it = Some(it);
                Some(Ok(x))
            }
            Ok(Maybe(None)) => None,
            Err(e) => Some(Err(e)),
        }
    }
}

/// A value, or the mark that there is none.
struct Maybe<T>(Option<T>);
impl<T: FromPy> FromPy for Maybe<T> {
    fn from_py(vm: &mut Vm, v: Value) -> Result<Maybe<T>, Error> {
        match v == Value::MARK {
            true => Ok(Maybe(None)),
            false => T::from_py(vm, v).map(|x| Maybe(Some(x))),
        }
    }
}

impl<T, P> std::fmt::Debug for Iter<'_, T, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Iter")
    }
}
