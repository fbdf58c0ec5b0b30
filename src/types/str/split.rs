//! Taking strings apart and putting them together.

use super::adjust::{ssize, this};
use super::ops as strs;
use super::value::StrObj;
use crate::object::{Args, ClassId, Gc, Kind, Value};
use crate::protocol::item;
use crate::raise;
use crate::types::cut::Text;
use crate::types::list::value::ListObj;
use crate::types::tuple::value::TupleObj;
use crate::types::{args, list};
use crate::vm::work::{self, Pace};
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// Receiver, separator, and how many times to split.
type SplitArgs = (Gc<StrObj>, Option<Gc<StrObj>>, usize);

fn split_args(vm: &mut Vm, v: Value, a: Args<'_>, name: &str) -> Result<SplitArgs, Raised> {
    let s = this(vm, v)?;
    let [sep, max] = args::parse(vm, name, a, ["sep", "maxsplit"], 0, 2)?;
    let max = match max {
        Some(m) => usize::try_from(ssize(vm, m)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let sep = match sep {
        None => None,
        Some(x) if x.is_none() => None,
        Some(x) => match Gc::<StrObj>::from_value(x) {
            Some(x) if x.get(vm).len == 0 => {
                return Err(raise!(vm, ValueError, "empty separator"));
            }
            Some(x) => Some(x),
            None => {
                let t = vm.type_name(x);
                return Err(raise!(vm, TypeError, "must be str or None, not {t}"));
            }
        },
    };
    Ok((s, sep, max))
}

pub fn split(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let (s, sep, max) = split_args(vm, v, a, "split")?;
    Text::Str(s).split(vm, sep.map(Text::Str), max)
}

pub fn rsplit(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let (s, sep, max) = split_args(vm, v, a, "rsplit")?;
    Text::Str(s).rsplit(vm, sep.map(Text::Str), max)
}

pub fn splitlines(vm: &mut Vm, v: Value, a: Args<'_>) -> R {
    let s = this(vm, v)?;
    let [keep] = args::parse(vm, "splitlines", a, ["keepends"], 0, 1)?;
    let keep = match keep {
        Some(k) => item::as_c_int(vm, k)? != 0,
        None => false,
    };
    Text::Str(s).splitlines(vm, keep)
}

/// Number of items and item `i` of a list or tuple.
fn item_at(vm: &Vm, v: Value, i: usize) -> Option<Value> {
    match v.get::<ListObj>(vm) {
        Some(l) => l.items.get(i),
        None => v.get::<TupleObj>(vm).and_then(|t| t.get(i)),
    }
}

pub fn join(vm: &mut Vm, v: Value, items: Value) -> R {
    let s = this(vm, v)?;
    let items = if matches!(items.kind(), Some(Kind::List | Kind::Tuple)) && !items.is_user() {
        items
    } else {
        match list::ops::from_iterator(vm, items) {
            Ok(l) => l.value(),
            Err(r) => {
                let e = vm.catch(r, ClassId::TypeError)?;
                if crate::protocol::iter::is_iterable(vm, items)? {
                    return Err(vm.reraise(e));
                }
                return Err(raise!(vm, TypeError, "can only join an iterable"));
            }
        }
    };
    let o = s.get(vm);
    let (seplen, sepchars, mut ascii) = (o.len, o.chars, o.is_ascii());
    let (mut len, mut chars, mut n) = (0usize, 0usize, 0usize);
    while let Some(x) = item_at(vm, items, n) {
        let Some(o) = x.get::<StrObj>(vm) else {
            let t = vm.type_name(x);
            return Err(raise!(
                vm,
                TypeError,
                "sequence item {n}: expected str instance, {t} found"
            ));
        };
        let more = if n > 0 { (seplen, sepchars) } else { (0, 0) };
        chars += o.chars + more.1;
        ascii &= o.is_ascii();
        match len.checked_add(o.len).and_then(|l| l.checked_add(more.0)) {
            Some(l) => len = l,
            None => return Err(vm.raise_memory()),
        }
        n += 1;
        if n & 0xFFF == 0 {
            vm.poll()?;
        }
    }
    match n {
        0 => return vm.new_str(""),
        1 => {
            if let Some(x) = item_at(vm, items, 0).filter(|x| !x.is_user()) {
                return Ok(x);
            }
        }
        _ => (),
    }
    strs::build(vm, len, chars, ascii, |vm, t| {
        let sep = s.get(vm).as_bytes();
        let mut to = 0;
        let mut pace = Pace::new(vm);
        for i in 0..n {
            let x = item_at(vm, items, i).and_then(|x| strs::bytes(vm, x));
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
