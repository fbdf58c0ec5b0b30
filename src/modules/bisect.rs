//! `_bisect`: searching and inserting in sorted sequences by halving.

use crate::object::method::R;
use crate::object::{Args, Conv, MethodDef, Value};
use crate::protocol::compare::{self, CmpOp};
use crate::protocol::{attr, item, truth};
use crate::raise;
use crate::types::args;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::str::adjust::ssize;
use crate::vm::{Raised, Vm};

/// Which side of equal items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

macro_rules! rows {
    ($($name:literal $f:ident $text:literal $side:ident, $doc:literal;)*) => {
        &[$(MethodDef {
            name: $name,
            conv: Conv::Kw(|vm, _, a| $f(vm, $text, a, Side::$side)),
            doc: $doc,
        }),*]
    };
}
/// Rows.
pub const FUNCTIONS: &[MethodDef] = rows! {
    "bisect_right" search "bisect_right" Right, "Return where a value belongs, after equal items.";
    "bisect" search "bisect_right" Right, "The same as bisect_right().";
    "insort_right" insert "insort_right" Right, "Insert a value where it belongs, after equal items.";
    "insort" insert "insort_right" Right, "The same as insort_right().";
    "bisect_left" search "bisect_left" Left, "Return where a value belongs, before equal items.";
    "insort_left" insert "insort_left" Left, "Insert a value where it belongs, before equal items.";
};

/// The sequence, the value, and where it belongs.
fn place(vm: &mut Vm, name: &str, a: Args<'_>, side: Side) -> Result<(Value, Value, i64), Raised> {
    let [seq, x, lo, hi] = args::parse(vm, name, a, ["a", "x", "lo", "hi"], 2, 4)?;
    let (seq, x) = (seq.unwrap_or(Value::NONE), x.unwrap_or(Value::NONE));
    let mut lo = match lo {
        Some(n) => ssize(vm, n)?,
        None => 0,
    };
    let mut hi = match hi {
        Some(n) => ssize(vm, n)?,
        None => -1,
    };
    if lo < 0 {
        return Err(raise!(vm, ValueError, "lo must be non-negative"));
    }
    if hi == -1 {
        hi = i64::try_from(item::len(vm, seq)?).unwrap_or(i64::MAX);
    }
    while lo < hi {
        let mid = lo + (hi - lo) / 2;
        let v = match seq.exact::<ListObj>() {
            Some(l) => list::get_item(vm, l, mid)?,
            None => {
                let i = vm.new_int(mid)?;
                item::get_item(vm, seq, i)?
            }
        };
        let (p, q) = match side {
            Side::Right => (x, v),
            Side::Left => (v, x),
        };
        let r = compare::rich_compare(vm, CmpOp::Lt, p, q)?;
        match truth::is_true(vm, r)? == (side == Side::Right) {
            true => hi = mid,
            false => lo = mid + 1,
        }
        vm.poll()?;
    }
    Ok((seq, x, lo))
}
fn search(vm: &mut Vm, name: &str, a: Args<'_>, side: Side) -> R {
    let (_, _, at) = place(vm, name, a, side)?;
    vm.new_int(at)
}
fn insert(vm: &mut Vm, name: &str, a: Args<'_>, side: Side) -> R {
    let (seq, x, at) = place(vm, name, a, side)?;
    match seq.exact::<ListObj>() {
        Some(l) => list::insert(vm, l, at, x)?,
        None => {
            let f = vm.intern("insert")?;
            let f = attr::get_attr(vm, seq, f)?;
            let at = vm.new_int(at)?;
            vm.call(f, Args::pos(&[at, x]))?;
        }
    }
    Ok(Value::NONE)
}
