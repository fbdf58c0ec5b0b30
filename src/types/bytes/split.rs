//! Taking bytes apart and putting them together.

use super::buffer::{self as buffers, Buffer};
use super::methods::{buffer, this};
use super::ops;
use crate::object::{Args, Kind, Value};
use crate::protocol::{item, iter};
use crate::raise;
use crate::types::cut::Text;
use crate::types::list::value::ListObj;
use crate::types::str::adjust::ssize;
use crate::types::tuple::value::TupleObj;
use crate::types::{args, list};
use crate::vm::work::{self, Pace};
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// What CPython takes for a blank in bytes.
pub fn is_space(c: u8) -> bool {
    matches!(c, b' ' | 9..=13)
}

/// Receiver, separator, and how many times to split.
type SplitArgs = (Buffer, Option<Buffer>, usize);

fn split_args(vm: &mut Vm, v: Value, a: Args<'_>, name: &str) -> Result<SplitArgs, Raised> {
    let b = this(vm, v)?;
    let [sep, max] = args::parse(vm, name, a, ["sep", "maxsplit"], 0, 2)?;
    let max = match max {
        Some(m) => usize::try_from(ssize(vm, m)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let sep = match sep {
        Some(x) if !x.is_none() => {
            let x = buffer(vm, x)?;
            if x.get(vm).len == 0 {
                return Err(raise!(vm, ValueError, "empty separator"));
            }
            Some(x)
        }
        _ => None,
    };
    Ok((b, sep, max))
}

pub fn split(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let (b, sep, max) = split_args(vm, v, a, "split")?;
    Text::Bytes(b).split(vm, sep.map(Text::Bytes), max)
}

pub fn rsplit(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let (b, sep, max) = split_args(vm, v, a, "rsplit")?;
    Text::Bytes(b).rsplit(vm, sep.map(Text::Bytes), max)
}

pub fn splitlines(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let s = this(vm, v)?;
    let [keep] = args::parse(vm, "splitlines", a, ["keepends"], 0, 1)?;
    let keep = match keep {
        Some(k) => item::as_c_int(vm, k)? != 0,
        None => false,
    };
    Text::Bytes(s).splitlines(vm, keep)
}

/// Item `i` of a list or tuple.
fn item_at(vm: &Vm, v: Value, i: usize) -> Option<Value> {
    match v.get::<ListObj>(vm) {
        Some(l) => l.items.get(i),
        None => v.get::<TupleObj>(vm).and_then(|t| t.get(i)),
    }
}

pub fn join(vm: &mut Vm, v: Value, items: Value) -> R {
    let s = this(vm, v)?;
    let items = match items.kind() {
        Some(Kind::List | Kind::Tuple) if !items.is_user() => items,
        _ if !iter::is_iterable(vm, items)? => {
            return Err(raise!(vm, TypeError, "can only join an iterable"));
        }
        _ => list::ops::from_iterator(vm, items)?.value(),
    };
    let seplen = s.get(vm).len;
    let (mut len, mut n) = (0usize, 0usize);
    while let Some(x) = item_at(vm, items, n) {
        let Some(more) = buffers::read(vm, x).map(<[u8]>::len) else {
            let t = vm.type_name(x);
            return Err(raise!(
                vm,
                TypeError,
                "sequence item {n}: expected a bytes-like object, {t} found"
            ));
        };
        let sep = if n > 0 { seplen } else { 0 };
        match len.checked_add(more).and_then(|l| l.checked_add(sep)) {
            Some(l) => len = l,
            None => return Err(vm.raise_memory()),
        }
        n += 1;
        if n & 0xFFF == 0 {
            vm.poll()?;
        }
    }
    if let (1, Some(x)) = (n, item_at(vm, items, 0))
        && x.is_kind(Kind::Bytes)
    {
        return crate::types::instance::ops::unchanged(vm, x);
    }
    ops::build(vm, len, |vm, t| {
        let sep = s.get(vm).as_bytes();
        let mut to = 0;
        let mut pace = Pace::new(vm);
        for i in 0..n {
            let x = item_at(vm, items, i).and_then(|x| ops::get(vm, x));
            for part in [if i > 0 { sep } else { b"" }, x.unwrap_or_default()] {
                work::copy(vm, &mut t[to..to + part.len()], part);
                to += part.len();
                if !pace.goes_on(part.len()) {
                    return;
                }
            }
        }
    })
}
