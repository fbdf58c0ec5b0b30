//! Methods of `dict` and of its views.

use super::ops;
use super::value::DictObj;
use super::view;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, Kind, MethodDef, Value};
use crate::protocol::iter::{self, Flow};
use crate::protocol::{collect, compare, item};
use crate::raise;
use crate::types::iter::make;
use crate::types::iter::next::{zip_pair, zipped};
use crate::types::{args, object, tuple};
use crate::vm::{Raised, Vm};

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)* $(..$more:expr;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc },)* $($more),*]
    };
}

/// Rows.
pub const METHODS: &[MethodDef] = rows! {
    "clear" Conv::NoArgs(clear), "Remove every item.";
    "copy" Conv::NoArgs(copy), "Return a new dict of the same items.";
    "get" Conv::Pos(1, 2, get), "Return the value of a key, or the default.";
    "items" Conv::NoArgs(|vm, d| view::new(vm, ClassId::DictItems, d)), "A view of the items.";
    "keys" Conv::NoArgs(|vm, d| view::new(vm, ClassId::DictKeys, d)), "A view of the keys.";
    "pop" Conv::Pos(1, 2, pop), "Remove a key and return its value, or the default.";
    "popitem" Conv::NoArgs(popitem), "Remove the last item and return it.";
    "setdefault" Conv::Pos(1, 2, setdefault), "Return the value of a key; if it is absent, bind it first.";
    "update" Conv::Kw(update), "Take over items from a mapping or from pairs, then from the keywords.";
    "values" Conv::NoArgs(|vm, d| view::new(vm, ClassId::DictValues, d)), "A view of the values.";
    ..REVERSED;
    ..object::CONTAINS;
    ..object::GET_ITEM;
};
const REVERSED: MethodDef = MethodDef {
    name: "__reversed__",
    conv: Conv::NoArgs(|vm, d| make::over_dict(vm, ClassId::DictReverseKeyIter, d)),
    doc: "Return an iterator from the last key to the first.",
};
/// Slots that are `dict`'s own whatever the receiver derives from: an OrderedDict overrides them.
pub static SLOTS: &[MethodDef] = rows! {
    "__repr__" Conv::Wrap0(crate::protocol::repr::repr_of_dict), "The text that shows it to a programmer.";
    "__eq__" Conv::Wrap1(|vm, a, b| equal(vm, a, b, true)), "Return self==value.";
    "__ne__" Conv::Wrap1(|vm, a, b| equal(vm, a, b, false)), "Return self!=value.";
    "__iter__" Conv::Wrap0(|vm, d| make::over_dict(vm, ClassId::DictKeyIter, d)), "An iterator over the keys.";
    "__init__" Conv::WrapKw(|vm, d, a| {
        let d = this(vm, d)?;
        update_from(vm, d, "dict", a)?;
        Ok(Value::NONE)
    }), "Set up the new object.";
};
/// `dict.__eq__`, `dict.__ne__`
fn equal(vm: &mut Vm, a: Value, b: Value, want: bool) -> R {
    let (Some(x), Some(y)) = (a.cast(), b.cast()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let same = crate::protocol::nested(vm, " in comparison", |vm| ops::equal(vm, x, y))?;
    Ok(Value::bool(same == want))
}
/// Rows whose receiver is the class.
pub const CLASS_METHODS: &[MethodDef] = rows! {
    "fromkeys" Conv::Pos(1, 2, fromkeys), "Return a dict of the keys an iterable gives, with one value.";
};
/// Rows of `dict_values`.
pub const VIEW_METHODS: &[MethodDef] = rows! {
    ..object::REVERSED;
};
/// Rows of `dict_keys` and `dict_items`.
pub const SET_VIEW_METHODS: &[MethodDef] = rows! {
    "isdisjoint" Conv::One(is_disjoint), "Whether nothing the iterable gives is in the view.";
    ..object::REVERSED;
};

fn this(vm: &mut Vm, v: Value) -> Result<Gc<DictObj>, Raised> {
    match v.cast::<DictObj>() {
        Some(d) => Ok(d),
        None => {
            let t = vm.type_name(v);
            Err(raise!(vm, TypeError, "a dict is required, not '{t}'"))
        }
    }
}

/// `dict()`, `dict(mapping)`, `dict(iterable)`, with keywords
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let d = vm.new_dict()?;
    update_from(vm, d, "dict", a)?;
    Ok(d.value())
}

fn clear(vm: &mut Vm, d: Value) -> R {
    let d = this(vm, d)?;
    ops::clear(vm, d);
    Ok(Value::NONE)
}
fn copy(vm: &mut Vm, d: Value) -> R {
    let filled = d.cast().is_some_and(|d| ops::len(vm, d) > 0);
    if filled && collect::plain_dict(vm, d)?.is_none() {
        let made = vm.new_dict()?;
        collect::merge_mapping(vm, made, d, true)?;
        return Ok(made.value());
    }
    let d = this(vm, d)?;
    Ok(ops::copy(vm, d)?.value())
}
fn get(vm: &mut Vm, d: Value, a: Args<'_>) -> R {
    let d = this(vm, d)?;
    Ok(ops::get(vm, d, a[0])?.unwrap_or(a.get(1).unwrap_or(Value::NONE)))
}
fn pop(vm: &mut Vm, d: Value, a: Args<'_>) -> R {
    let d = this(vm, d)?;
    // An empty dict does not ask for the key's hash.
    let found = if ops::len(vm, d) == 0 {
        None
    } else {
        ops::pop(vm, d, a[0])?
    };
    match found.or(a.get(1)) {
        Some(v) => Ok(v),
        None => Err(ops::key_error(vm, a[0])),
    }
}
fn popitem(vm: &mut Vm, d: Value) -> R {
    let d = this(vm, d)?;
    match ops::pop_last(vm, d) {
        Some((k, v)) => vm.new_tuple(&[k, v]),
        None => Err(raise!(vm, KeyError, "popitem(): dictionary is empty")),
    }
}
fn setdefault(vm: &mut Vm, d: Value, a: Args<'_>) -> R {
    let d = this(vm, d)?;
    let v = a.get(1).unwrap_or(Value::NONE);
    let h = crate::protocol::hash::hash(vm, a[0])?;
    if let Some(found) = ops::get_hashed(vm, d, a[0], h)? {
        return Ok(found);
    }
    ops::insert_new(vm, d, a[0], h, v)?;
    Ok(v)
}
fn update(vm: &mut Vm, d: Value, a: Args<'_>) -> R {
    let d = this(vm, d)?;
    update_from(vm, d, "update", a)?;
    Ok(Value::NONE)
}

/// What `dict(…)` and `d.update(…)` take.
pub fn update_from(vm: &mut Vm, d: Gc<DictObj>, fname: &str, a: Args<'_>) -> Result<(), Raised> {
    args::arity(vm, fname, a, 0, 1)?;
    if let Some(v) = a.get(0) {
        // What has no method `keys`, whatever a program does.
        let sequence = matches!(v.kind(), Some(Kind::List | Kind::Tuple | Kind::Iter));
        if sequence && !v.is_user() {
            from_pairs(vm, d, v)?;
            return keywords(vm, d, a);
        }
        match collect::plain_dict(vm, v)? {
            Some(o) => ops::merge(vm, d, o, true)?,
            None => {
                let keys = vm.intern("keys")?;
                match crate::protocol::attr::optional(vm, v, keys)? {
                    Some(_) => {
                        collect::merge_mapping(vm, d, v, true)?;
                    }
                    None => from_pairs(vm, d, v)?,
                }
            }
        }
    }
    keywords(vm, d, a)
}
/// Binds the keywords of such a call.
fn keywords(vm: &mut Vm, d: Gc<DictObj>, a: Args<'_>) -> Result<(), Raised> {
    args::str_keywords(vm, a)?;
    for (i, &v) in a.kw_values().iter().enumerate() {
        let k = args::kwname(vm, a, i);
        ops::set(vm, d, k, v)?;
    }
    Ok(())
}

/// Binds the pairs that an iterable gives.
pub fn from_pairs(vm: &mut Vm, d: Gc<DictObj>, v: Value) -> Result<(), Raised> {
    // The tuples of a `zip` would be seen by nobody.
    if let Some(its) = zipped(vm, v) {
        while let Some([k, x]) = zip_pair(vm, its)? {
            vm.burn(1)?;
            vm.poll()?;
            ops::set(vm, d, k, x)?;
        }
        return Ok(());
    }
    let mut n = 0;
    iter::for_each(vm, v, |vm, pair| {
        let t = if pair.is_kind(Kind::Tuple) && !pair.is_user() {
            pair
        } else if iter::is_iterable(vm, pair)? {
            let l = crate::types::list::ops::from_iterator(vm, pair)?;
            crate::types::list::ops::to_tuple(vm, l)?
        } else {
            return Err(raise!(
                vm,
                TypeError,
                "cannot convert dictionary update sequence element #{n} to a sequence"
            ));
        };
        let t = t.get::<tuple::value::TupleObj>(vm);
        let (len, k, v) = t.map_or((0, None, None), |t| (t.len, t.get(0), t.get(1)));
        let (2, Some(k), Some(v)) = (len, k, v) else {
            return Err(raise!(
                vm,
                ValueError,
                "dictionary update sequence element #{n} has length {len}; 2 is required"
            ));
        };
        ops::set(vm, d, k, v)?;
        n += 1;
        Ok(Flow::Go)
    })
}

fn fromkeys(vm: &mut Vm, class: Value, a: Args<'_>) -> R {
    let v = a.get(1).unwrap_or(Value::NONE);
    if crate::types::class::ops::builtin_of(vm, class) != Some(ClassId::Dict) {
        let d = vm.call(class, Args::pos(&[]))?;
        iter::for_each(vm, a[0], |vm, k| {
            item::set_item(vm, d, k, v)?;
            Ok(Flow::Go)
        })?;
        return Ok(d);
    }
    let d = vm.new_dict()?;
    iter::for_each(vm, a[0], |vm, k| {
        ops::set(vm, d, k, v)?;
        Ok(Flow::Go)
    })?;
    Ok(d.value())
}

fn is_disjoint(vm: &mut Vm, w: Value, other: Value) -> R {
    if w == other {
        return Ok(Value::bool(item::len(vm, w)? == 0));
    }
    // The larger one is asked for the items of the smaller one.
    let (mut small, mut large) = (other, w);
    if compare::is_set_like(vm, other) && item::len(vm, other)? > item::len(vm, w)? {
        (small, large) = (w, other);
    }
    let mut none = true;
    iter::for_each(vm, small, |vm, x| {
        none = !compare::contains(vm, large, x)?;
        Ok(if none { Flow::Go } else { Flow::Stop })
    })?;
    Ok(Value::bool(none))
}
