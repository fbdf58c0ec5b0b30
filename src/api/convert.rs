//! Rust values in and out.

use super::collections::{item, list_of};
use super::engine::error_of;
use super::inside::straight;
use super::{Error, Object};
use crate::call::{dispatch, spread};
use crate::object::{Args, ClassId, Gc, Value};
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::function::value::FunctionObj;
use crate::types::int::value::{BigIntObj, Int64Obj};
use crate::types::list::value::ListObj;
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};
use num_bigint::BigInt;

/// Why a value could not be handed over.
#[doc(hidden)]
pub enum Refused {
    Raised(Raised),
    Error(Error),
}
impl From<Raised> for Refused {
    fn from(r: Raised) -> Refused {
        Refused::Raised(r)
    }
}

/// A Rust value that has a Python form.
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// engine.set_global("all", (1u8, -2.5, "text", Some('c'), vec![true], ()))?;
/// assert_eq!(engine.eval::<String>("repr(all)")?, "(1, -2.5, 'text', 'c', [True], None)");
/// # Ok::<(), taipan::Error>(())
/// ```
pub trait IntoPy {
    /// No code of the host's runs in it.
    #[doc(hidden)]
    const OURS: bool = false;
    #[doc(hidden)]
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused>;
}

/// A Rust value that a Python value may be read as.
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// use std::collections::HashMap;
/// let (n, x, names): (u8, Option<f64>, HashMap<String, Vec<i32>>) =
///     engine.eval("(7, None, {'a': [1, 2]})")?;
/// assert_eq!((n, x, &names["a"][..]), (7, None, &[1, 2][..]));
/// let e = engine.eval::<u8>("300").unwrap_err();
/// assert_eq!(e.to_string(), "expected u8, got 300 (int)");
/// # Ok::<(), taipan::Error>(())
/// ```
pub trait FromPy: Sized {
    /// From a value that lies in its word, without a look at anything else; none: `from_py` is to be asked.
    #[doc(hidden)]
    #[inline(always)]
    fn from_word(_: Value) -> Option<Self> {
        None
    }
    #[doc(hidden)]
    fn from_py(vm: &mut Vm, v: Value) -> Result<Self, Error>;
}

/// The error that names the value, where that needs no Python code, its type, and what was wanted.
#[cold]
pub(super) fn wrong<T>(vm: &mut Vm, wanted: &str, v: Value) -> Result<T, Error> {
    Err(Error::Convert {
        wanted: wanted.into(),
        got: shown(vm, v),
    })
}

/// `'abc' (str)`; of objects whose text a program makes only the type.
pub(super) fn shown(vm: &mut Vm, v: Value) -> String {
    const MOST: usize = 40;
    let kind = vm.type_name(v).to_string();
    let plain = v.is_none() || v.as_bool().is_some() || v.as_float().is_some();
    let small = match v.get::<StrObj>(vm) {
        Some(s) => s.as_bytes().len() <= 4 * MOST,
        None => v.as_small_int().is_some() || v.get::<Int64Obj>(vm).is_some(),
    };
    if v.is_user() || !(plain || small) {
        return kind;
    }
    match crate::protocol::repr::repr(vm, v) {
        Ok(text) => {
            let text = vm.text(text);
            match text.char_indices().nth(MOST) {
                Some((at, _)) => format!("{}… ({kind})", &text[..at]),
                None => format!("{text} ({kind})"),
            }
        }
        Err(r) => {
            // There is no memory for the text.
            let _ = vm.catch(r, crate::object::ClassId::BaseException);
            kind
        }
    }
}

/// The value as an i64 or, when wider, as a big int; None when it is no int.
pub(super) fn int_of(vm: &Vm, v: Value) -> Option<Result<i64, &BigInt>> {
    if let Some(i) = v.as_small_int() {
        return Some(Ok(i));
    }
    if let Some(b) = v.as_bool() {
        return Some(Ok(b as i64));
    }
    if let Some(i) = v.get::<Int64Obj>(vm) {
        return Some(Ok(i.value));
    }
    v.get::<BigIntObj>(vm).map(|b| Err(&b.value))
}

/// Converts; what it took of the host's memory is charged to the engine meanwhile.
#[inline(always)]
pub(super) fn converted<T: FromPy>(vm: &mut Vm, v: Value) -> Result<T, Error> {
    let nesting = vm.segments.nesting();
    let handing = Handing::begin(vm, nesting);
    T::from_py(handing.vm, v)
}

/// A conversion. Its end is a drop, so that the result is written where it is to be.
pub(super) struct Handing<'a> {
    pub vm: &'a mut Vm,
    before: usize,
    pause: usize,
    nesting: u32,
}
impl Handing<'_> {
    /// At its end there is so much native nesting.
    #[inline(always)]
    pub(super) fn begin(vm: &mut Vm, nesting: u32) -> Handing<'_> {
        let before = vm.handed.get();
        // A type of the host's may run code of its own in it, which a call that pauses must not leave behind.
        let pause = vm.pause.replace(0);
        Handing {
            vm,
            before,
            pause,
            nesting,
        }
    }
}
impl Drop for Handing<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        let vm = &mut *self.vm;
        vm.pause.set(self.pause);
        let after = vm.handed.replace(self.before);
        if after != self.before {
            vm.heap.unaccount(after - self.before);
        }
        vm.segments.leave_native(self.nesting);
    }
}

/// Charges what a conversion is about to take of the host's memory, and polls: what a program hands over may be
/// larger by far than what it takes in the engine (a list of the same list a million times).
pub(super) fn charged(vm: &mut Vm, bytes: usize) -> Result<(), Error> {
    if let Err(r) = vm.poll() {
        return Err(error_of(vm, r));
    }
    if vm.heap.account(bytes).is_err() {
        let r = vm.raise_memory();
        return Err(error_of(vm, r));
    }
    vm.handed.set(vm.handed.get() + bytes);
    Ok(())
}

/// An int that is not one of the small ones that fit, or no int.
#[inline(never)]
fn wide<T>(vm: &mut Vm, v: Value, name: &str) -> Result<T, Error>
where
    T: TryFrom<i64> + for<'a> TryFrom<&'a BigInt>,
{
    let fits = match int_of(vm, v) {
        None => return wrong(vm, "int", v),
        Some(Ok(i)) => T::try_from(i).ok(),
        Some(Err(b)) => T::try_from(b).ok(),
    };
    match fits {
        Some(i) => Ok(i),
        None => wrong(vm, name, v),
    }
}

/// As a value, an int that is not one of the small ones.
#[cold]
#[inline(never)]
fn new_wide(vm: &mut Vm, i: i64) -> Result<Value, Refused> {
    Ok(vm.new_int(i)?)
}

macro_rules! ints {
    ($($t:ty)*) => {$(
        impl IntoPy for $t {
            const OURS: bool = true;
            #[inline(always)]
            fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
                match i64::try_from(self) {
                    Ok(i) => match Value::small_int(i) {
                        Some(v) => Ok(v),
                        None => new_wide(vm, i),
                    },
                    Err(_) => Ok(vm.new_bigint(BigInt::from(self))?),
                }
            }
        }
        impl FromPy for $t {
            #[inline(always)]
            fn from_word(v: Value) -> Option<$t> {
                <$t>::try_from(v.as_small_int()?).ok()
            }
            #[inline]
            fn from_py(vm: &mut Vm, v: Value) -> Result<$t, Error> {
                match <$t>::from_word(v) {
                    Some(i) => Ok(i),
                    None => wide(vm, v, stringify!($t)),
                }
            }
        }
    )*};
}
ints!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl IntoPy for BigInt {
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        Ok(vm.new_bigint(self)?)
    }
}
impl FromPy for BigInt {
    fn from_py(vm: &mut Vm, v: Value) -> Result<BigInt, Error> {
        let bytes = match int_of(vm, v) {
            None => return wrong(vm, "int", v),
            Some(Ok(i)) => return Ok(BigInt::from(i)),
            Some(Err(b)) => usize::try_from(b.bits() / 8).unwrap_or(usize::MAX),
        };
        charged(vm, bytes)?;
        match int_of(vm, v) {
            Some(Err(b)) => Ok(b.clone()),
            Some(Ok(_)) | None => wrong(vm, "int", v),
        }
    }
}
impl IntoPy for f64 {
    const OURS: bool = true;
    fn into_py(self, _: &mut Vm) -> Result<Value, Refused> {
        Ok(Value::float(self))
    }
}
/// From a float, or an int that an f64 holds.
impl FromPy for f64 {
    #[inline(always)]
    fn from_word(v: Value) -> Option<f64> {
        v.as_float()
    }
    #[inline]
    fn from_py(vm: &mut Vm, v: Value) -> Result<f64, Error> {
        if let Some(f) = v.as_float() {
            return Ok(f);
        }
        match int_of(vm, v) {
            Some(Ok(i)) => Ok(i as f64),
            Some(Err(b)) => match num_traits::ToPrimitive::to_f64(b) {
                Some(f) if f.is_finite() => Ok(f),
                Some(_) | None => wrong(vm, "float", v),
            },
            None => wrong(vm, "float", v),
        }
    }
}
impl IntoPy for f32 {
    const OURS: bool = true;
    fn into_py(self, _: &mut Vm) -> Result<Value, Refused> {
        Ok(Value::float(self as f64))
    }
}
impl IntoPy for bool {
    const OURS: bool = true;
    fn into_py(self, _: &mut Vm) -> Result<Value, Refused> {
        Ok(Value::bool(self))
    }
}
impl FromPy for bool {
    #[inline(always)]
    fn from_word(v: Value) -> Option<bool> {
        v.as_bool()
    }
    #[inline]
    fn from_py(vm: &mut Vm, v: Value) -> Result<bool, Error> {
        match v.as_bool() {
            Some(b) => Ok(b),
            None => wrong(vm, "bool", v),
        }
    }
}
impl IntoPy for () {
    const OURS: bool = true;
    fn into_py(self, _: &mut Vm) -> Result<Value, Refused> {
        Ok(Value::NONE)
    }
}
/// Any value, which is let go.
impl FromPy for () {
    #[inline(always)]
    fn from_word(_: Value) -> Option<()> {
        Some(())
    }
    fn from_py(_: &mut Vm, _: Value) -> Result<(), Error> {
        Ok(())
    }
}
impl IntoPy for &str {
    const OURS: bool = true;
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        Ok(vm.new_str(self)?)
    }
}
impl IntoPy for String {
    const OURS: bool = true;
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        Ok(vm.new_str(&self)?)
    }
}
impl IntoPy for &String {
    const OURS: bool = true;
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        Ok(vm.new_str(self)?)
    }
}
/// From a str without lone surrogates.
impl FromPy for String {
    fn from_py(vm: &mut Vm, v: Value) -> Result<String, Error> {
        let Some(n) = v.get::<StrObj>(vm).map(|s| s.as_bytes().len()) else {
            return wrong(vm, "str", v);
        };
        charged(vm, n)?;
        match v.get::<StrObj>(vm) {
            None => wrong(vm, "str", v),
            Some(s) => match s.as_str() {
                Some(s) => Ok(s.into()),
                None => Err(Error::Convert {
                    wanted: "text".into(),
                    got: "a str with a lone surrogate".into(),
                }),
            },
        }
    }
}
impl<T: IntoPy> IntoPy for Option<T> {
    const OURS: bool = T::OURS;
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        match self {
            Some(x) => x.into_py(vm),
            None => Ok(Value::NONE),
        }
    }
}
impl<T: FromPy> FromPy for Option<T> {
    #[inline(always)]
    fn from_word(v: Value) -> Option<Option<T>> {
        match v.is_none() {
            true => Some(None),
            false => T::from_word(v).map(Some),
        }
    }
    fn from_py(vm: &mut Vm, v: Value) -> Result<Option<T>, Error> {
        if v == Value::NONE {
            Ok(None)
        } else {
            T::from_py(vm, v).map(Some)
        }
    }
}
/// A list.
impl<T: IntoPy> IntoPy for Vec<T> {
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        list_of(vm, self)
    }
}
/// From a list or a tuple.
impl<T: FromPy> FromPy for Vec<T> {
    fn from_py(vm: &mut Vm, v: Value) -> Result<Vec<T>, Error> {
        let mut out = Vec::new();
        let mut i = 0;
        loop {
            let Some(item) = item(vm, v, i) else {
                return wrong(vm, "list or tuple", v);
            };
            match item {
                Some(x) => {
                    charged(vm, size_of::<T>())?;
                    out.push(T::from_py(vm, x)?);
                }
                None => return Ok(out),
            }
            i += 1;
        }
    }
}
impl IntoPy for &Object {
    const OURS: bool = true;
    #[inline]
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        match self.value(vm) {
            Some(v) => Ok(v),
            None => Err(Refused::Error(Error::ForeignObject)),
        }
    }
}
impl IntoPy for Object {
    const OURS: bool = true;
    fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
        (&self).into_py(vm)
    }
}
impl FromPy for Object {
    fn from_py(vm: &mut Vm, v: Value) -> Result<Object, Error> {
        Object::new(vm, v).ok_or(Error::Terminated(crate::vm::Terminate::Memory))
    }
}

fn tuple_len(vm: &Vm, v: Value) -> Option<usize> {
    v.get::<TupleObj>(vm).map(|t| t.len)
}

/// An argument as a value. A type of the host's may run code of its own in it, which a call that pauses must not leave
/// behind.
#[inline(always)]
fn given<T: IntoPy>(vm: &mut Vm, x: T) -> Result<Value, Refused> {
    if T::OURS {
        return x.into_py(vm);
    }
    let pause = vm.pause.replace(0);
    let r = x.into_py(vm);
    vm.pause.set(pause);
    r
}

/// Arguments of a call: a tuple of up to twelve [`IntoPy`] values or, where their number is known at run time only,
/// a [`Vec`]; with keywords by [`kw`](CallArgs::kw) and [`kws`](CallArgs::kws).
///
/// ```
/// # fn main() -> Result<(), taipan::Error> {
/// use taipan::CallArgs;
///
/// let mut engine = taipan::Engine::new();
/// engine.run("def f(a, *rest, sep='-', **more): return sep.join([a, *rest, *more])", "f.py")?;
/// let text: String = engine.call("f", ("x", "y").kw("sep", "+").kw("z", 1))?;
/// assert_eq!(text, "x+y+z");
/// let text: String = engine.call("f", vec!["x", "y"].kws([("b", 1), ("c", 2)]))?;
/// assert_eq!(text, "x-y-b-c");
/// # Ok(()) }
/// ```
pub trait CallArgs: Sized {
    /// Adds a keyword argument.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::CallArgs;
    /// assert_eq!(engine.call::<Vec<i64>>("sorted", ((2, 3, 1),).kw("reverse", true))?, [3, 2, 1]);
    /// # Ok::<(), taipan::Error>(())
    /// ```
    fn kw<V: IntoPy>(self, name: &str, value: V) -> Keywords<Self, [(&str, V); 1]> {
        self.kws([(name, value)])
    }
    /// Adds keyword arguments.
    ///
    /// ```
    /// # let mut engine = taipan::Engine::new();
    /// use taipan::CallArgs;
    /// let options = [("sep", "-"), ("end", "!")];
    /// engine.call::<()>("print", (1, 2).kws(options))?;
    /// assert_eq!(engine.take_output(), "1-2!");
    /// # Ok::<(), taipan::Error>(())
    /// ```
    fn kws<N: AsRef<str>, V: IntoPy, I: IntoIterator<Item = (N, V)>>(
        self,
        all: I,
    ) -> Keywords<Self, I> {
        Keywords {
            args: self,
            names: all,
        }
    }
    /// Converts them, and calls `f` with them.
    #[doc(hidden)]
    fn call(self, vm: &mut Vm, f: Value) -> Result<Value, Refused> {
        let args = vm.new_list(&[])?;
        let names = vm.new_dict()?;
        self.gather(vm, args, names)?;
        let all = vm.tuple_of_list(args)?;
        let spread = spread::spread(vm, f, all.value(), Some(names.value()))?;
        Ok(vm.call(f, spread.args())?)
    }
    /// Adds them to the positional ones and to the keywords.
    #[doc(hidden)]
    fn gather(self, vm: &mut Vm, args: Gc<ListObj>, names: Gc<DictObj>) -> Result<(), Refused>;
}

/// Arguments with keywords: see [`CallArgs`].
///
/// ```
/// # let mut engine = taipan::Engine::new();
/// use taipan::CallArgs;
/// let args = ("12",).kw("base", 3);
/// assert_eq!(engine.call::<i64>("int", args)?, 5);
/// # Ok::<(), taipan::Error>(())
/// ```
pub struct Keywords<A, I> {
    args: A,
    names: I,
}
impl<A: CallArgs, N: AsRef<str>, V: IntoPy, I: IntoIterator<Item = (N, V)>> CallArgs
    for Keywords<A, I>
{
    fn gather(self, vm: &mut Vm, args: Gc<ListObj>, names: Gc<DictObj>) -> Result<(), Refused> {
        self.args.gather(vm, args, names)?;
        for (name, value) in self.names {
            let name = name.as_ref();
            if dict::get_name(vm, names, name)?.is_some() {
                let message = format!("got multiple values for keyword argument '{name}'");
                return Err(vm.raise(ClassId::TypeError, message).into());
            }
            let value = given(vm, value)?;
            dict::set_name(vm, names, name, value)?;
        }
        Ok(())
    }
}

/// As many as there are.
impl<T: IntoPy> CallArgs for Vec<T> {
    fn gather(self, vm: &mut Vm, args: Gc<ListObj>, _: Gc<DictObj>) -> Result<(), Refused> {
        for x in self {
            let v = given(vm, x)?;
            crate::types::list::ops::push(vm, args, v)?;
        }
        Ok(())
    }
}

macro_rules! tuples {
    ($($n:literal: $($t:ident $i:tt),*;)*) => {$(
        impl<$($t: IntoPy),*> CallArgs for ($($t,)*) {
            #[inline(always)]
            fn call(self, vm: &mut Vm, f: Value) -> Result<Value, Refused> {
                // The array lies on the scanned stack.
                let all: [Value; $n] = [$(given(vm, self.$i)?),*];
                if let Some(f) = f.cast::<FunctionObj>() {
                    // Its frame has them.
                    return Ok(straight(vm, |vm| dispatch::call_function(vm, f, Args::pos(&all)))?);
                }
                Ok(vm.call(f, Args::pos(&all))?)
            }
            #[allow(unused_variables)]
            fn gather(self, vm: &mut Vm, args: Gc<ListObj>, _: Gc<DictObj>) -> Result<(), Refused> {
                $(
                    let v = given(vm, self.$i)?;
                    crate::types::list::ops::push(vm, args, v)?;
                )*
                Ok(())
            }
        }
    )*};
}
macro_rules! tuple_values {
    ($($n:literal: $($t:ident $i:tt),*;)*) => {$(
        impl<$($t: IntoPy),*> IntoPy for ($($t,)*) {
            fn into_py(self, vm: &mut Vm) -> Result<Value, Refused> {
                let all: [Value; $n] = [$(self.$i.into_py(vm)?),*];
                Ok(vm.new_tuple(&all)?)
            }
        }
        impl<$($t: FromPy),*> FromPy for ($($t,)*) {
            fn from_py(vm: &mut Vm, v: Value) -> Result<Self, Error> {
                if tuple_len(vm, v) != Some($n) {
                    return wrong(vm, concat!("a tuple of ", $n), v);
                }
                Ok(($({
                    let item = v.get::<TupleObj>(vm).and_then(|t| t.get($i)).unwrap_or(Value::NONE);
                    $t::from_py(vm, item)?
                },)*))
            }
        }
    )*};
}
/// Calls a macro with the tuples of one item and more.
macro_rules! for_each_tuple {
    ($m:ident $($none:tt)*) => { $m! {
    $($none)*
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
    9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8;
    10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9;
    11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10;
    12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11;
    } };
}
pub(super) use for_each_tuple;
for_each_tuple!(tuples 0: ;);
for_each_tuple!(tuple_values);
