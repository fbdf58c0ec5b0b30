//! What a program calls to make the iterators.

use super::choose;
use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Value};
use crate::protocol::iter::get_iter;
use crate::protocol::special::{self, Special};
use crate::protocol::{number, repr};
use crate::raise;
use crate::types::class::ops as class;
use crate::types::instance::ops as instance;
use crate::types::int::ops as int;
use crate::types::iter::make::raw;
use crate::types::iter::value::IterObj;
use crate::types::list::ops as list;
use crate::types::str::adjust::ssize;
use crate::types::{args, tuple};
use crate::vm::{Raised, Vm};

/// Whether it is a number in the sense of `PyNumber_Check`.
fn is_number(vm: &mut Vm, v: Value) -> Result<bool, Raised> {
    if v.is_float() || int::is_int(v) || vm.class_of(v) == ClassId::Complex {
        return Ok(true);
    }
    if !v.is_user() {
        return Ok(false);
    }
    for s in [Special::Index, Special::Int, Special::Float] {
        if special::find(vm, v, s)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Makes an iterator of a class; the rest of the constructors are in the files of their kind.
pub fn construct(vm: &mut Vm, c: ClassId, a: Args<'_>) -> R {
    let name = c.name();
    match c {
        ClassId::Count => count(vm, a),
        ClassId::Repeat => repeat(vm, a),
        ClassId::Accumulate => accumulate(vm, a),
        ClassId::ISlice => islice(vm, a),
        ClassId::ZipLongest => zip_longest(vm, a),
        ClassId::GroupBy => super::group::construct(vm, a),
        ClassId::Grouper => super::group::construct_group(vm, a),
        ClassId::Tee => super::tee::construct(vm, a),
        ClassId::TeeData => super::tee::construct_data(vm, a),
        ClassId::Combinations
        | ClassId::CombinationsWithReplacement
        | ClassId::Permutations
        | ClassId::Product => choose::construct(vm, c, a),
        ClassId::Compress => {
            let [data, sel] = args::parse(vm, name, a, ["data", "selectors"], 2, 2)?;
            let data = get_iter(vm, data.unwrap_or(Value::NONE))?;
            let sel = get_iter(vm, sel.unwrap_or(Value::NONE))?;
            raw(vm, c, [Some(data), Some(sel), None], 0, 0)
        }
        ClassId::Cycle => {
            args::no_keywords(vm, name, a)?;
            args::arity(vm, name, a, 1, 1)?;
            let it = get_iter(vm, a[0])?;
            let saved = vm.new_list(&[])?.value();
            raw(vm, c, [Some(it), Some(saved), None], 0, 0)
        }
        ClassId::Chain => {
            args::no_keywords(vm, name, a)?;
            let all = vm.new_tuple(a.positional())?;
            let it = get_iter(vm, all)?;
            raw(vm, c, [Some(it), None, None], 0, 0)
        }
        // A function, then what it is asked about.
        _ => {
            args::no_keywords(vm, name, a)?;
            args::arity(vm, name, a, 2, 2)?;
            let it = get_iter(vm, a[1])?;
            raw(vm, c, [Some(it), Some(a[0]), None], 0, 0)
        }
    }
}

/// `chain.from_iterable(iterable)`; a derived class's `__init__` is not called.
pub fn from_iterable(vm: &mut Vm, c: Value, v: Value) -> R {
    let it = get_iter(vm, v)?;
    let made = raw(vm, ClassId::Chain, [Some(it), None, None], 0, 0)?;
    match c.cast() {
        Some(k) if class::builtin_of(vm, c).is_none() => instance::adopt(vm, made, k),
        _ => Ok(made),
    }
}

fn count(vm: &mut Vm, a: Args<'_>) -> R {
    let [start, step] = args::parse(vm, "count", a, ["start", "step"], 0, 2)?;
    for n in [start, step].into_iter().flatten() {
        if !is_number(vm, n)? {
            return Err(raise!(vm, TypeError, "a number is required"));
        }
    }
    let one = Value::int_unchecked(1);
    let (start, step) = (
        start.unwrap_or(Value::int_unchecked(0)),
        step.unwrap_or(one),
    );
    let by_one = int::is_int(step) && int::to_i64(vm, step) == Some(1);
    let first = match int::is_int(start) && by_one {
        true => int::to_i64(vm, start).filter(|n| *n != i64::MAX),
        false => None,
    };
    match first {
        Some(n) => raw(vm, ClassId::Count, [Some(step), None, None], n, 0),
        None => raw(vm, ClassId::Count, [Some(step), Some(start), None], 0, 0),
    }
}
fn repeat(vm: &mut Vm, a: Args<'_>) -> R {
    let [v, n] = args::parse(vm, "repeat", a, ["object", "times"], 1, 2)?;
    let n = match n {
        Some(n) => ssize(vm, n)?.max(0),
        None => -1,
    };
    raw(vm, ClassId::Repeat, [v, None, None], n, 0)
}
/// `repeat.__length_hint__()`
pub fn repeat_hint(vm: &mut Vm, it: Value) -> R {
    match it.get::<IterObj>(vm).map_or(0, |o| o.i.get()) {
        -1 => Err(raise!(vm, TypeError, "len() of unsized object")),
        n => vm.new_int(n),
    }
}
fn accumulate(vm: &mut Vm, a: Args<'_>) -> R {
    let names = ["iterable", "func", "initial"];
    let [it, f, initial] = args::parse(vm, "accumulate", a, names, 1, 2)?;
    let it = get_iter(vm, it.unwrap_or(Value::NONE))?;
    let initial = initial.filter(|v| !v.is_none());
    let pending = initial.is_some() as i64;
    let f = f.filter(|f| !f.is_none());
    raw(vm, ClassId::Accumulate, [Some(it), f, initial], pending, 0)
}

/// A place of `islice`; `None` for what is no index.
fn place(vm: &mut Vm, v: Value) -> Result<Option<i64>, Raised> {
    match number::as_index_i64(vm, v, ClassId::OverflowError) {
        Ok(n) => Ok(Some(n)),
        Err(r) => {
            vm.catch(r, ClassId::BaseException)?;
            Ok(None)
        }
    }
}
fn islice(vm: &mut Vm, a: Args<'_>) -> R {
    const RANGE: &str = "must be None or an integer: 0 <= x <= sys.maxsize.";
    args::no_keywords(vm, "islice", a)?;
    args::arity(vm, "islice", a, 2, 4)?;
    let given = |i: usize| a.get(i).filter(|v| !v.is_none());
    let (first, last) = match a.len() {
        2 => (None, given(1)),
        _ => (given(1), given(2)),
    };
    let mut start = 0;
    if let Some(v) = first {
        start = place(vm, v)?.unwrap_or(-1);
    }
    let mut stop = None;
    if let Some(v) = last {
        match place(vm, v)? {
            None | Some(-1) => {
                return Err(raise!(vm, ValueError, "Stop argument for islice() {RANGE}"));
            }
            n => stop = n,
        }
    }
    if start < 0 || stop.is_some_and(|n| n < 0) {
        return Err(raise!(vm, ValueError, "Indices for islice() {RANGE}"));
    }
    let mut step = 1;
    if let Some(v) = given(3) {
        step = place(vm, v)?.unwrap_or(-1);
    }
    if step < 1 {
        return Err(raise!(
            vm,
            ValueError,
            "Step for islice() must be a positive integer or None."
        ));
    }
    let it = get_iter(vm, a[0])?;
    let stop = match stop {
        Some(n) => Some(vm.new_int(n)?),
        None => None,
    };
    let step = vm.new_int(step)?;
    raw(vm, ClassId::ISlice, [Some(it), stop, Some(step)], 0, start)
}
fn zip_longest(vm: &mut Vm, a: Args<'_>) -> R {
    let mut fill = Value::NONE;
    if a.nkw() > 0 {
        let k = args::kwname(vm, a, 0);
        if a.nkw() > 1 || args::text(vm, k) != "fillvalue" {
            return Err(raise!(
                vm,
                TypeError,
                "zip_longest() got an unexpected keyword argument"
            ));
        }
        fill = a.kw_values()[0];
    }
    let its = vm.new_list(&[])?;
    for &v in a.positional() {
        let it = get_iter(vm, v)?;
        list::push(vm, its, it)?;
    }
    let all = Some(its.value());
    raw(
        vm,
        ClassId::ZipLongest,
        [all, Some(fill), None],
        a.len() as i64,
        0,
    )
}

/// A tuple of what an iterable gives.
pub fn pool(vm: &mut Vm, v: Value) -> R {
    tuple::ops::from_iterable(vm, v)
}

/// Appends the text of `count` and `repeat`.
///
/// # Errors
/// What `__repr__` of a value raises.
pub fn repr_into(vm: &mut Vm, it: Gc<IterObj>, out: &mut Vec<u8>) -> Result<(), Raised> {
    let v = it.value();
    let name = class::short_name(vm, v);
    out.extend_from_slice(name.as_bytes());
    out.push(b'(');
    let o = it.get(vm);
    let (a, b, i) = (o.a.get_or_none(), o.b.get(), o.i.get());
    crate::protocol::nested(vm, " while getting the repr of an object", |vm| {
        if vm.class_of(v) == ClassId::Repeat {
            repr::repr_into(vm, a, out)?;
            if i >= 0 {
                out.extend_from_slice(format!(", {i}").as_bytes());
            }
            return Ok(());
        }
        match b {
            None => out.extend_from_slice(i.to_string().as_bytes()),
            Some(n) => {
                repr::repr_into(vm, n, out)?;
                if !(int::is_int(a) && int::to_i64(vm, a) == Some(1)) {
                    out.extend_from_slice(b", ");
                    repr::repr_into(vm, a, out)?;
                }
            }
        }
        Ok(())
    })?;
    out.push(b')');
    Ok(())
}
