//! Calls with `*` and `**`: BUILD_TUPLE_UNPACK_WITH_CALL, BUILD_MAP_UNPACK_WITH_CALL, CALL_FUNCTION_EX.
//! The errors name the callee, which lies below the operands on the stack.

use crate::object::{Args, Gc, Kind, Value};
use crate::protocol::collect::{self, Merged};
use crate::protocol::iter;
use crate::raise;
use crate::types::args::text;
use crate::types::builtin::value::{BoundMethodObj, BuiltinObj};
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::function::value::FunctionObj;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::tuple::ops as tuple;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// A callee as messages show it: `f()`, or `int object`.
pub fn describe(vm: &Vm, callee: Value) -> String {
    if let Some(m) = callee.get::<BoundMethodObj>(vm) {
        let f = m.func.get_or_none();
        if f.is_kind(Kind::Function) || f.is_kind(Kind::Builtin) {
            return describe(vm, f);
        }
    }
    if let Some(f) = callee.get::<FunctionObj>(vm) {
        return format!("{}()", text(vm, f.name.get_or_none()));
    }
    if let Some(b) = callee.get::<BuiltinObj>(vm) {
        return format!("{}()", b.def.name);
    }
    format!("{} object", vm.type_name(callee))
}

fn check_iterable(vm: &mut Vm, callee: Value, v: Value) -> Result<(), Raised> {
    if iter::is_iterable(vm, v)? {
        return Ok(());
    }
    let (f, t) = (describe(vm, callee), vm.type_name(v));
    Err(raise!(
        vm,
        TypeError,
        "{f} argument after * must be an iterable, not {t}"
    ))
}

/// BUILD_TUPLE_UNPACK_WITH_CALL
pub fn tuple_unpack(vm: &mut Vm, callee: Value, parts: &[Value]) -> Result<Value, Raised> {
    let all = vm.new_list(&[])?;
    for &p in parts {
        check_iterable(vm, callee, p)?;
        list::extend(vm, all, p)?;
    }
    list::to_tuple(vm, all)
}

/// BUILD_MAP_UNPACK_WITH_CALL
pub fn map_unpack(vm: &mut Vm, callee: Value, parts: &[Value]) -> Result<Value, Raised> {
    let all = vm.new_dict()?;
    for &p in parts {
        merge(vm, callee, all, p)?;
    }
    Ok(all.value())
}

fn merge(vm: &mut Vm, callee: Value, into: Gc<DictObj>, from: Value) -> Result<(), Raised> {
    match collect::merge_new(vm, into, from)? {
        Merged::All => Ok(()),
        Merged::NoMapping => {
            let (f, t) = (describe(vm, callee), vm.type_name(from));
            Err(raise!(
                vm,
                TypeError,
                "{f} argument after ** must be a mapping, not {t}"
            ))
        }
        // CPython recognises its KeyError only while that is no object yet, and within a handler
        // it becomes one at once, to get its context.
        Merged::Twice(key) if vm.handled.get().is_some() => Err(dict::key_error(vm, key)),
        Merged::Twice(key) => {
            let f = describe(vm, callee);
            Err(if key.is_kind(Kind::Str) {
                let k = text(vm, key);
                raise!(
                    vm,
                    TypeError,
                    "{f} got multiple values for keyword argument '{k}'"
                )
            } else {
                raise!(vm, TypeError, "{f} keywords must be strings")
            })
        }
    }
}

/// The arguments of CALL_FUNCTION_EX as a call takes them: one tuple of values, the last `nkw` of which
/// belong to the names.
pub struct Spread {
    all: Gc<TupleObj>,
    names: Option<Value>,
    nkw: usize,
}

impl Spread {
    pub fn args(&self) -> Args<'_> {
        let all = self.all.as_ref().values();
        match self.names {
            Some(names) => Args::with_kw(all, names, self.nkw),
            None => Args::pos(all),
        }
    }
}

/// Arguments that are copied without a look at the limits.
const FEW: usize = 256;

/// CALL_FUNCTION_EX's operands, checked in CPython's order: the mapping first. Without keywords the
/// tuple is the arguments, so that an empty `**` leaves the fast path open.
pub fn spread(
    vm: &mut Vm,
    callee: Value,
    args: Value,
    kwargs: Option<Value>,
) -> Result<Spread, Raised> {
    let kwargs = match kwargs {
        None => None,
        // A class derived from it may iterate in its own way.
        Some(k) => Some(match k.exact::<DictObj>() {
            Some(d) => d,
            None => {
                let d = vm.new_dict()?;
                merge(vm, callee, d, k)?;
                d
            }
        }),
    };
    let args = match (args.exact::<TupleObj>(), args.exact::<ListObj>()) {
        (Some(t), _) => t,
        // Not by way of a list of its own.
        (None, Some(l)) if list::len(vm, l) <= FEW => {
            vm.burn(list::len(vm, l) as u64)?;
            vm.tuple_of_list(l)?
        }
        (None, _) => {
            check_iterable(vm, callee, args)?;
            let l = list::from_iterable(vm, args)?;
            vm.tuple_of_list(l)?
        }
    };
    let nkw = kwargs.map_or(0, |d| dict::len(vm, d));
    let Some(kwargs) = kwargs.filter(|_| nkw > 0) else {
        return Ok(Spread {
            all: args,
            names: None,
            nkw: 0,
        });
    };
    let npos = args.get(vm).len;
    let all = list::with_capacity(vm, npos.saturating_add(nkw))?;
    let names = list::with_capacity(vm, nkw)?;
    list::extend(vm, all, args.value())?;
    let mut pos = 0;
    while let Some((k, v)) = dict::next_item(vm, kwargs, &mut pos) {
        list::push(vm, names, k)?;
        list::push(vm, all, v)?;
    }
    let nkw = list::len(vm, names);
    Ok(Spread {
        all: vm.tuple_of_list(all)?,
        names: Some(list::to_tuple(vm, names)?),
        nkw,
    })
}

/// Calls with a receiver before the arguments, in a tuple of their own.
pub fn with_receiver(vm: &mut Vm, receiver: Value, args: Args<'_>) -> Result<Spread, Raised> {
    let n = args.all().len();
    let all = tuple::build(vm, n + 1, |_, i| match i {
        0 => Some(receiver),
        _ => args.all().get(i - 1).copied(),
    })?;
    match all.cast() {
        Some(all) => Ok(Spread {
            all,
            names: args.kwnames(),
            nkw: args.nkw(),
        }),
        None => Err(raise!(vm, SystemError, "a tuple is not a tuple")),
    }
}
