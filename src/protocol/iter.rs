//! `iter` and `next`.

use crate::interp::generator::{self, Given};
use crate::object::method::R;
use crate::object::{ClassId, Kind, Value};
use crate::protocol::compare;
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::dict::ordered;
use crate::types::dict::value::DictViewObj;
use crate::types::file;
use crate::types::generator::value::GenObj;
use crate::types::iter::make;
use crate::types::iter::next::iter_next;
use crate::types::iter::sequence_left;
use crate::types::iter::value::IterObj;
use crate::types::list::value::ListObj;
use crate::types::range::ops as range;
use crate::types::range::value::{RangeIterObj, RangeObj};
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// Whether `for` can run over it.
///
/// # Errors
/// MemoryError.
pub fn is_iterable(vm: &mut Vm, v: Value) -> Result<bool, Raised> {
    if v.is_user() {
        return Ok(match special::find(vm, v, Special::Iter)? {
            Some(f) => !f.is_none(),
            None => special::find(vm, v, Special::GetItem)?.is_some(),
        });
    }
    Ok(match v.kind() {
        Some(k) => match k {
            Kind::Str
            | Kind::Tuple
            | Kind::List
            | Kind::Dict
            | Kind::Range
            | Kind::RangeIter
            | Kind::Iter
            | Kind::File
            | Kind::DictView
            | Kind::Set
            | Kind::Bytes
            | Kind::Deque
            | Kind::ByteArray
            | Kind::Memory
            | Kind::MappingProxy => true,
            Kind::Generator => vm.class_of(v) == ClassId::Generator,
            Kind::Free
            | Kind::Int64
            | Kind::BigInt
            | Kind::Function
            | Kind::Builtin
            | Kind::MethodDescr
            | Kind::BoundMethod
            | Kind::Cell
            | Kind::GlobalCell
            | Kind::Code
            | Kind::Exception
            | Kind::Traceback
            | Kind::Class
            | Kind::Module
            | Kind::Plain
            | Kind::Slice
            | Kind::Complex
            | Kind::Frame
            | Kind::Namespace
            | Kind::GetSet
            | Kind::StaticMethod
            | Kind::WeakRef
            | Kind::Lock
            | Kind::Host
            | Kind::Instance
            | Kind::Shape
            | Kind::FloatBox
            | Kind::Member
            | Kind::Property
            | Kind::ClassMethod
            | Kind::Super
            | Kind::TupleGetter
            | Kind::Random
            | Kind::Partial
            | Kind::KeyWrapper
            | Kind::LruCache => false,
        },
        None => false,
    })
}
/// Whether it is an iterator.
///
/// # Errors
/// MemoryError.
pub fn is_iterator(vm: &mut Vm, v: Value) -> Result<bool, Raised> {
    if v.is_user() {
        return Ok(special::find(vm, v, Special::Next)?.is_some());
    }
    Ok(
        matches!(v.kind(), Some(Kind::RangeIter | Kind::Iter | Kind::File))
            || vm.class_of(v) == ClassId::Generator,
    )
}

/// `iter(v)`
pub fn get_iter(vm: &mut Vm, v: Value) -> R {
    match v.is_user() {
        true => super::user::get_iter(vm, v),
        false => get_iter_plain(vm, v),
    }
}
/// The same by the layout.
///
/// # Errors
/// TypeError when it cannot be iterated.
pub fn get_iter_plain(vm: &mut Vm, v: Value) -> R {
    match v.kind() {
        Some(Kind::Iter | Kind::RangeIter) => Ok(v),
        Some(Kind::File) => match file::this(vm, v) {
            Ok(f) if file::is_closed(vm, f) => Err(file::closed(vm, file::CLOSED)),
            r => r.map(|_| v),
        },
        Some(Kind::Generator) if vm.class_of(v) == ClassId::Generator => Ok(v),
        Some(Kind::List) => make::over(vm, ClassId::ListIter, v),
        Some(Kind::Tuple) => make::over(vm, ClassId::TupleIter, v),
        Some(Kind::Str) => make::over(vm, ClassId::StrIter, v),
        Some(Kind::Dict) if vm.class_of(v) == ClassId::OrderedDict => {
            ordered::iterator(vm, v, ordered::KEYS)
        }
        Some(Kind::Dict) => make::over_dict(vm, ClassId::DictKeyIter, v),
        Some(Kind::Deque) => crate::types::deque::methods::iter(vm, ClassId::DequeIter, v),
        Some(Kind::DictView) => {
            let d = v
                .get::<DictViewObj>(vm)
                .map_or(Value::NONE, |w| w.dict.get_or_none());
            let class = vm.class_of(v);
            if let Some(what) = ordered::kind_of_view(class) {
                return ordered::iterator(vm, d, what);
            }
            let class = match class {
                ClassId::DictValues => ClassId::DictValueIter,
                ClassId::DictItems => ClassId::DictItemIter,
                _ => ClassId::DictKeyIter,
            };
            make::over_dict(vm, class, d)
        }
        Some(Kind::Set) => make::over_set(vm, v),
        Some(Kind::Bytes) => make::over(vm, ClassId::BytesIter, v),
        Some(Kind::ByteArray) => make::over(vm, ClassId::ByteArrayIter, v),
        Some(Kind::Memory) => make::sequence(vm, v),
        Some(Kind::MappingProxy) => {
            let d = crate::types::descr::value::proxied(vm, v);
            get_iter(vm, d)
        }
        Some(Kind::Range) => match v.cast::<RangeObj>() {
            Some(r) => range::iter(vm, r),
            None => Ok(Value::NONE),
        },
        _ => {
            let t = vm.type_name(v);
            Err(raise!(vm, TypeError, "'{t}' object is not iterable"))
        }
    }
}

/// The next item of an iterator, or `None` at its end. A StopIteration out of Python code that the
/// iterator calls is its end, as in `for`.
#[inline]
pub fn next(vm: &mut Vm, it: Value) -> Result<Option<Value>, Raised> {
    if let Some(g) = it.cast::<GenObj>()
        && vm.class_of(it) == ClassId::Generator
    {
        return Ok(match generator::resume(vm, g, Value::NONE)? {
            Given::Yield(v) => Some(v),
            Given::Return(_) => None,
        });
    }
    match step(vm, it) {
        Err(r) => {
            vm.catch(r, ClassId::StopIteration)?;
            Ok(None)
        }
        ok => ok,
    }
}

/// The same, but such a StopIteration goes on: `next(it)` shows it as it is.
#[inline]
pub fn step(vm: &mut Vm, it: Value) -> Result<Option<Value>, Raised> {
    match it.is_user() {
        true => super::user::next(vm, it).map(Some),
        false => step_plain(vm, it),
    }
}
/// The same by the layout.
///
/// # Errors
/// TypeError when it is no iterator; what it raises.
#[inline]
pub fn step_plain(vm: &mut Vm, it: Value) -> Result<Option<Value>, Raised> {
    if let Some(r) = it.cast::<RangeIterObj>() {
        return range::iter_next(vm, r);
    }
    if let Some(i) = it.cast::<IterObj>() {
        return iter_next(vm, i);
    }
    if it.is_kind(Kind::File) {
        return file::methods::next(vm, it);
    }
    if let Some(g) = it.cast::<GenObj>()
        && vm.class_of(it) == ClassId::Generator
    {
        return match generator::resume(vm, g, Value::NONE)? {
            Given::Yield(v) => Ok(Some(v)),
            Given::Return(v) if v.is_none() => Ok(None),
            Given::Return(v) => Err(generator::stop(vm, v)),
        };
    }
    let t = vm.type_name(it);
    Err(raise!(vm, TypeError, "'{t}' object is not an iterator"))
}

/// What a body of [`for_each`] wants next.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    Go,
    Stop,
}

/// Runs `f` over the items of an iterable: one unit of fuel and a safepoint for each. A list may change
/// meanwhile, as under `for`.
pub fn for_each(
    vm: &mut Vm,
    v: Value,
    mut f: impl FnMut(&mut Vm, Value) -> Result<Flow, Raised>,
) -> Result<(), Raised> {
    if let Some(l) = v.exact::<ListObj>() {
        let mut i = 0;
        while let Some(x) = l.get(vm).items.get(i) {
            i += 1;
            vm.burn(1)?;
            vm.poll()?;
            if f(vm, x)? == Flow::Stop {
                break;
            }
        }
        return Ok(());
    }
    if let Some(t) = v.exact::<TupleObj>() {
        let mut i = 0;
        while let Some(x) = t.get(vm).get(i) {
            i += 1;
            vm.burn(1)?;
            vm.poll()?;
            if f(vm, x)? == Flow::Stop {
                break;
            }
        }
        return Ok(());
    }
    let it = get_iter(vm, v)?;
    for_rest(vm, it, f)
}
/// Who takes all items of an iterable in turn.
pub trait Taker {
    /// The next one.
    ///
    /// # Errors
    /// What taking it raises.
    fn take(&mut self, vm: &mut Vm, x: Value) -> Result<Flow, Raised>;
    /// The same, and more are wanted, where that runs no Python code, collects nothing and cannot fail. False:
    /// nothing was done. A generator that runs natively goes on at once then: it is not suspended meanwhile, which
    /// nobody can tell.
    fn take_quietly(&mut self, vm: &Vm, x: Value) -> bool;
    /// Where it only adds numbers: native code may do that.
    fn running(&mut self) -> Running {
        Running::None
    }
}
/// The address of a total that floats, or ints that leave it one of 64 bits, are added to while a generator runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Running {
    None,
    Float(usize),
    Int(usize),
}
/// As [`for_each`].
///
/// # Errors
/// As there.
pub fn give_all(vm: &mut Vm, v: Value, taker: &mut impl Taker) -> Result<(), Raised> {
    let generator = v
        .cast::<GenObj>()
        .filter(|_| vm.class_of(v) == ClassId::Generator);
    let Some(g) = generator else {
        return for_each(vm, v, |vm, x| taker.take(vm, x));
    };
    while let Given::Yield(x) = generator::resume_for(vm, g, taker)? {
        vm.burn(1)?;
        vm.poll()?;
        if taker.take(vm, x)? == Flow::Stop {
            break;
        }
    }
    Ok(())
}
/// The same of what is left in an iterator.
///
/// # Errors
/// What it, or `f`, raises.
pub fn for_rest(
    vm: &mut Vm,
    it: Value,
    mut f: impl FnMut(&mut Vm, Value) -> Result<Flow, Raised>,
) -> Result<(), Raised> {
    while let Some(x) = next(vm, it)? {
        vm.burn(1)?;
        vm.poll()?;
        if f(vm, x)? == Flow::Stop {
            break;
        }
    }
    Ok(())
}
/// For those that make room before they take all items: a program's class is asked for its iterator, and then
/// how many items it expects; an iterator by index asks its sequence, which may be a program's.
///
/// # Errors
/// What it, or `f`, raises.
pub fn for_all(
    vm: &mut Vm,
    v: Value,
    f: impl FnMut(&mut Vm, Value) -> Result<Flow, Raised>,
) -> Result<(), Raised> {
    if !v.is_user() {
        if make::asks(vm, v) {
            let left = sequence_left(vm, v);
            super::user::hinted(vm, left)?;
        }
        return for_each(vm, v, f);
    }
    let it = get_iter(vm, v)?;
    super::user::length_hint(vm, v)?;
    for_rest(vm, it, f)
}

/// How many items equal `x`.
pub fn count(vm: &mut Vm, v: Value, x: Value) -> Result<i64, Raised> {
    let mut n = 0;
    for_each(vm, v, |vm, y| {
        n += compare::eq(vm, y, x)? as i64;
        Ok(Flow::Go)
    })?;
    Ok(n)
}

/// Whether some item equals `x`: `in` where a class has no way of its own.
pub fn search(vm: &mut Vm, v: Value, x: Value) -> Result<bool, Raised> {
    let mut found = false;
    for_each(vm, v, |vm, y| {
        found = compare::eq(vm, y, x)?;
        Ok(if found { Flow::Stop } else { Flow::Go })
    })?;
    Ok(found)
}
