//! `__build_class__`: what a class statement calls.

use crate::interp;
use crate::object::method::R;
use crate::object::{Args, Gc, Kind, Value};
use crate::protocol::special::{self, Special};
use crate::protocol::{attr, item, repr};
use crate::raise;
use crate::types::args;
use crate::types::cell::value::CellObj;
use crate::types::class::{make, ops as class};
use crate::types::function::value::FunctionObj;
use crate::types::list::ops as list;
use crate::types::list::value::ListObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};

/// `__build_class__(func, name, /, *bases, [metaclass], **kwds)`
pub fn build_class(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    if a.len() < 2 {
        return Err(raise!(
            vm,
            TypeError,
            "__build_class__: not enough arguments"
        ));
    }
    let Some(func) = a[0].cast::<FunctionObj>() else {
        return Err(raise!(
            vm,
            TypeError,
            "__build_class__: func must be a function"
        ));
    };
    let name = a[1];
    if !name.is_kind(Kind::Str) {
        return Err(raise!(
            vm,
            TypeError,
            "__build_class__: name is not a string"
        ));
    }
    let given = vm.new_tuple(&a.positional()[2..])?;
    let bases = resolve(vm, given)?;
    let Some(all) = bases.cast::<TupleObj>() else {
        return Err(raise!(vm, SystemError, "bases are no tuple"));
    };
    let kw = Keywords::new(vm, a)?;
    let mut meta = match kw.metaclass {
        Some(m) => m,
        None => match all.get(vm).get(0) {
            Some(b) => class::type_of(vm, b)?,
            None => vm.class_object(crate::object::ClassId::Type)?,
        },
    };
    let is_class = meta.is_kind(Kind::Class);
    if is_class {
        meta = make::metaclass(vm, meta, all)?;
    }
    let ns = match look(vm, meta, Special::Prepare)? {
        Some(f) => kw.call(vm, f, &[name, bases])?,
        None => vm.new_dict()?.value(),
    };
    if !is_mapping(vm, ns)? {
        let m = match is_class {
            true => class::name_of(vm, meta),
            false => "<metaclass>".into(),
        };
        let t = vm.type_name(ns);
        return Err(raise!(
            vm,
            TypeError,
            "{m}.__prepare__() must return a mapping, not {t}"
        ));
    }
    let cell = interp::run_class_body(vm, func, ns)?;
    if bases != given {
        let key = vm.intern("__orig_bases__")?;
        item::set_item(vm, ns, key, given)?;
    }
    let made = kw.call(vm, meta, &[name, bases, ns])?;
    if made.is_kind(Kind::Class)
        && let Some(c) = cell.get::<CellObj>(vm)
    {
        match c.value.get() {
            Some(k) if k == made => (),
            Some(k) => {
                let (k, n, m) = (
                    repr::repr(vm, k)?,
                    repr::repr(vm, name)?,
                    repr::repr(vm, made)?,
                );
                let (k, n, m) = (vm.text(k), vm.text(n), vm.text(m));
                return Err(raise!(
                    vm,
                    TypeError,
                    "__class__ set to {k} defining {n} as {m}"
                ));
            }
            None => {
                let (n, m) = (repr::repr(vm, name)?, repr::repr(vm, made)?);
                let (n, m) = (vm.text(n), vm.text(m));
                return Err(raise!(
                    vm,
                    RuntimeError,
                    "__class__ not set defining {n} as {m}. Was __classcell__ propagated to type.__new__?"
                ));
            }
        }
    }
    Ok(made)
}

/// An attribute, or none where it is missing.
fn look(vm: &mut Vm, o: Value, s: Special) -> Result<Option<Value>, Raised> {
    let name = vm.special(s)?;
    attr::optional(vm, o, name)
}

fn is_mapping(vm: &mut Vm, v: Value) -> Result<bool, Raised> {
    if v.is_user() {
        return Ok(special::find(vm, v, Special::GetItem)?.is_some());
    }
    Ok(matches!(
        v.kind(),
        Some(
            Kind::Dict
                | Kind::MappingProxy
                | Kind::List
                | Kind::Tuple
                | Kind::Str
                | Kind::Bytes
                | Kind::ByteArray
                | Kind::Memory
                | Kind::Range
        )
    ))
}

/// The bases, those that are no classes replaced by what their `__mro_entries__` gives.
fn resolve(vm: &mut Vm, given: Value) -> R {
    let Some(all) = given.cast::<TupleObj>() else {
        return Ok(given);
    };
    let mut out: Option<Gc<ListObj>> = None;
    let mut i = 0;
    while let Some(b) = all.get(vm).get(i) {
        let entries = match b.is_kind(Kind::Class) {
            true => None,
            false => look(vm, b, Special::MroEntries)?,
        };
        match (entries, out) {
            (None, None) => (),
            (None, Some(l)) => list::push(vm, l, b)?,
            (Some(f), _) => {
                let new = vm.call(f, Args::pos(&[given]))?;
                let Some(t) = new.cast::<TupleObj>() else {
                    return Err(raise!(vm, TypeError, "__mro_entries__ must return a tuple"));
                };
                let l = match out {
                    Some(l) => l,
                    None => {
                        let l = vm.new_list(&all.as_ref().values()[..i])?;
                        out = Some(l);
                        l
                    }
                };
                let mut k = 0;
                while let Some(x) = t.get(vm).get(k) {
                    list::push(vm, l, x)?;
                    k += 1;
                }
            }
        }
        i += 1;
    }
    match out {
        Some(l) => Ok(vm.tuple_of_list(l)?.value()),
        None => Ok(given),
    }
}
/// The keywords of a class statement without `metaclass`.
struct Keywords {
    metaclass: Option<Value>,
    /// A tuple of names, and one of values; they live in local variables.
    names: Value,
    values: Gc<TupleObj>,
}
impl Keywords {
    fn new(vm: &mut Vm, a: Args<'_>) -> Result<Keywords, Raised> {
        let (names, values) = (vm.new_list(&[])?, vm.new_list(&[])?);
        let mut metaclass = None;
        for i in 0..a.nkw() {
            let k = args::kwname(vm, a, i);
            let v = a.kw_values()[i];
            if vm.text(k) == "metaclass" {
                metaclass = Some(v);
            } else {
                list::push(vm, names, k)?;
                list::push(vm, values, v)?;
            }
        }
        Ok(Keywords {
            metaclass,
            names: vm.tuple_of_list(names)?.value(),
            values: vm.tuple_of_list(values)?,
        })
    }
    /// Calls `f` with these arguments and the keywords.
    fn call(&self, vm: &mut Vm, f: Value, pos: &[Value]) -> R {
        let n = self.values.get(vm).len;
        if n == 0 {
            return vm.call(f, Args::pos(pos));
        }
        let l = vm.new_list(pos)?;
        list::extend(vm, l, self.values.value())?;
        let all = vm.tuple_of_list(l)?;
        let r = vm.call(f, Args::with_kw(all.as_ref().values(), self.names, n));
        // The tuple roots the values until here.
        std::hint::black_box(all);
        r
    }
}
