//! What every object has: the rows of `object`.

use super::kernels::{del_attribute, get_attribute, set_attribute};
use super::reduce;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Kind, MethodDef, Value};
use crate::protocol::special::{self, Special};
use crate::protocol::{format, hash, repr};
use crate::raise;
use crate::types::class::ops as class;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::list::ops as list;
use crate::types::list::sort;
use crate::types::module;
use crate::types::{args, slots};
use crate::vm::{Raised, Vm};

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc }),*]
    };
}

/// Rows.
pub const METHODS: &[MethodDef] = rows! {
    "__repr__" Conv::Wrap0(repr::default), "Return repr(self).";
    "__str__" Conv::Wrap0(repr::repr), "Return str(self).";
    "__hash__" Conv::Wrap0(|vm, v| {
        let h = match v.kind() {
            Some(_) => hash::identity_hash(vm, v)?,
            None => hash::hash_plain(vm, v)?,
        };
        vm.new_int(h as i64)
    }), "Return hash(self).";
    "__eq__" Conv::Wrap1(|_, a, b| Ok(if a == b { Value::TRUE } else { Value::NOT_IMPLEMENTED })), "Return self==value.";
    "__ne__" Conv::Wrap1(not_equal), "Return self!=value.";
    "__lt__" Conv::Wrap1(|_, _, _| Ok(Value::NOT_IMPLEMENTED)), "Return self<value.";
    "__le__" Conv::Wrap1(|_, _, _| Ok(Value::NOT_IMPLEMENTED)), "Return self<=value.";
    "__gt__" Conv::Wrap1(|_, _, _| Ok(Value::NOT_IMPLEMENTED)), "Return self>value.";
    "__ge__" Conv::Wrap1(|_, _, _| Ok(Value::NOT_IMPLEMENTED)), "Return self>=value.";
    "__getattribute__" Conv::Wrap1(get_attribute), "The attribute of a name.";
    "__setattr__" Conv::WrapN(2, 2, |vm, o, a| {
        no_class(vm, o, "__setattr__")?;
        set_attribute(vm, o, a)
    }), "Bind an attribute.";
    "__delattr__" Conv::Wrap1(|vm, o, name| {
        no_class(vm, o, "__delattr__")?;
        del_attribute(vm, o, name)
    }), "Remove an attribute.";
    "__init__" Conv::WrapKw(init), "Set up the new object.";
    "__format__" Conv::One(format_method), "Return the object in the form the specification asks for.";
    "__dir__" Conv::NoArgs(dir), "The names of its attributes.";
    "__sizeof__" Conv::NoArgs(size_of), "Bytes of memory it takes.";
    "__reduce__" Conv::NoArgs(reduce::plain), "What makes it again.";
    "__reduce_ex__" Conv::One(reduce::plain_ex), "What makes it again, for a protocol.";
};
/// Rows whose receiver is the class.
pub const CLASS_METHODS: &[MethodDef] = rows! {
    "__init_subclass__" Conv::NoArgs(|_, _| Ok(Value::NONE)), "Called when a class derives from this one.";
    "__subclasshook__" Conv::Pos(0, u8::MAX, |_, _, _| Ok(Value::NOT_IMPLEMENTED)), "Whether a class counts as derived from this one.";
};

fn not_equal(vm: &mut Vm, a: Value, b: Value) -> R {
    // The opposite of what the class's own `__eq__` says.
    let r = match special::find(vm, a, Special::Eq)? {
        Some(f) => special::call(vm, f, a, &[b])?,
        None => Value::NOT_IMPLEMENTED,
    };
    if r == Value::NOT_IMPLEMENTED {
        return Ok(r);
    }
    Ok(Value::bool(!crate::protocol::truth::is_true(vm, r)?))
}

/// `object`'s own slots do not write to classes.
fn no_class(vm: &mut Vm, o: Value, what: &str) -> Result<(), Raised> {
    if o.is_kind(Kind::Class) {
        return Err(raise!(
            vm,
            TypeError,
            "can't apply this {what} to type object"
        ));
    }
    Ok(())
}

fn init(vm: &mut Vm, o: Value, a: Args<'_>) -> R {
    if o.is_user() {
        return crate::types::class::make::object_init(vm, o, a);
    }
    let c = vm.class_of(o);
    let overrides = slots::slots_of(c).iter().any(|g| g.contains(&"__init__"));
    if !a.is_empty() && (overrides || c == ClassId::Object) {
        return Err(raise!(
            vm,
            TypeError,
            "object.__init__() takes exactly one argument (the instance to initialize)"
        ));
    }
    Ok(Value::NONE)
}

fn format_method(vm: &mut Vm, v: Value, spec: Value) -> R {
    if !spec.is_kind(Kind::Str) {
        let t = args::kind_name(vm, spec);
        return Err(raise!(
            vm,
            TypeError,
            "__format__() argument must be str, not {t}"
        ));
    }
    format::format_plain(vm, v, spec)
}

/// The cell of its layout, and the items behind it or in its buffer.
fn size_of(vm: &mut Vm, v: Value) -> R {
    let items = match v.kind() {
        Some(Kind::Tuple | Kind::List | Kind::Dict) => {
            let each = if v.is_kind(Kind::Dict) { 24 } else { 8 };
            crate::protocol::item::len(vm, v)? * each
        }
        Some(Kind::Str) => crate::types::str::ops::bytes(vm, v).map_or(0, <[u8]>::len),
        _ => 0,
    };
    let n = vm.heap.cell_bytes(v) + items;
    vm.new_int(n as i64)
}

/// The names that a class and those it derives from define, added to `d`.
pub fn merge_class(vm: &mut Vm, d: crate::object::Gc<DictObj>, c: Value) -> Result<(), Raised> {
    let mro = class::mro_of(vm, c)?;
    let mut i = 0;
    while let Some(k) = mro.get(vm).get(i) {
        let own = class::own_dict(vm, k)?;
        dict::merge(vm, d, own, true)?;
        i += 1;
    }
    Ok(())
}

/// `object.__dir__(o)`, and what the classes that have their own do: the names of the attributes, in
/// no order.
fn dir(vm: &mut Vm, o: Value) -> R {
    let d = vm.new_dict()?;
    if o.is_kind(Kind::Class) {
        merge_class(vm, d, o)?;
    } else {
        let key = vm.intern("__dict__")?;
        if let Some(own) = crate::protocol::attr::optional(vm, o, key)?
            && let Some(own) = own.cast::<DictObj>()
        {
            dict::merge(vm, d, own, true)?;
        }
        if !o.is_kind(Kind::Module) {
            let key = vm.special(Special::Class)?;
            let c = crate::protocol::attr::optional(vm, o, key)?.unwrap_or(Value::NONE);
            if c.is_kind(Kind::Class) {
                merge_class(vm, d, c)?;
            }
        }
    }
    Ok(list::from_iterable(vm, d.value())?.value())
}

/// `dir(o)`: the names, sorted.
pub fn sorted_dir(vm: &mut Vm, o: Value) -> R {
    let names = match special::find(vm, o, Special::Dir)? {
        Some(f) if !special::is_builtin_slot(vm, f) => {
            let all = special::call(vm, f, o, &[])?;
            list::from_iterable(vm, all)?.value()
        }
        _ => {
            let said = match module::dict_of(vm, o) {
                Some(d) => module::own_dir(vm, d)?,
                None => None,
            };
            match said {
                Some(all) => list::from_iterable(vm, all)?.value(),
                None => dir(vm, o)?,
            }
        }
    };
    if let Some(l) = names.cast() {
        sort::sort(vm, l, None, false)?;
    }
    Ok(names)
}
