//! One row a slot name. A kernel gives NotImplemented where CPython's slot of the receiver's type
//! does not know the other operand.

use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Kind, MethodDef, Value};
use crate::protocol::compare::{self, CmpOp};
use crate::protocol::number::{self, BinOp, UnOp};
use crate::protocol::{attr, hash, item, iter, repr, truth};
use crate::raise;
use crate::types::bytes::buffer;
use crate::types::class::ops as class;
use crate::types::descr::methods as descr;
use crate::types::descr::value::proxied;
use crate::types::descr::{property, zuper};
use crate::types::dict::methods as dict;
use crate::types::dict::{factory, ordered};
use crate::types::int::ops as int;
use crate::types::{args, complex, float, list};
use crate::vm::{Raised, Vm};

/// How far up a number stands; 0 for what is none.
fn rank(vm: &Vm, v: Value) -> u8 {
    if int::is_int(v) {
        return 1;
    }
    match vm.class_of(v) {
        ClassId::Float => 2,
        ClassId::Complex => 3,
        _ => 0,
    }
}
/// `set`, `frozenset`, and the dict views that behave like one.
fn set_like(vm: &Vm, v: Value) -> u8 {
    match vm.class_of(v) {
        ClassId::Set | ClassId::FrozenSet => 1,
        ClassId::DictKeys | ClassId::DictItems | ClassId::OdictKeys | ClassId::OdictItems => 2,
        _ => 0,
    }
}
/// Whether the operators of `a`'s type take `b` as the other operand.
fn takes(vm: &Vm, a: Value, b: Value) -> bool {
    let (r, s) = (rank(vm, a), rank(vm, b));
    if r > 0 {
        return s > 0 && s <= r;
    }
    match set_like(vm, a) {
        1 => set_like(vm, b) == 1,
        2 => true,
        // A sequence adds and repeats: its own error says what it cannot.
        _ => true,
    }
}

/// A complex number has no floor, whatever the other operand is.
fn has_floor(vm: &mut Vm, op: BinOp, a: Value) -> Result<(), Raised> {
    match op {
        BinOp::FloorDiv | BinOp::Mod if rank(vm, a) == 3 => Err(complex::ops::no_floor(vm, op)),
        _another => Ok(()),
    }
}

/// `a.__op__(b)`
fn forward(vm: &mut Vm, op: BinOp, a: Value, b: Value) -> R {
    has_floor(vm, op, a)?;
    if !takes(vm, a, b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    if op == BinOp::Mul && rank(vm, a) == 0 {
        number::index(vm, b)?;
    }
    number::binary_plain(vm, op, a, b)
}
/// `a.__rop__(b)`: `b op a`
fn reflected(vm: &mut Vm, op: BinOp, a: Value, b: Value) -> R {
    has_floor(vm, op, a)?;
    if op == BinOp::Mul && rank(vm, a) == 0 {
        number::index(vm, b)?;
        return number::binary_plain(vm, op, a, b);
    }
    let same = rank(vm, a) > 0 || set_like(vm, a) > 0 || vm.class_of(a) == vm.class_of(b);
    if !same || !takes(vm, a, b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    number::binary_plain(vm, op, b, a)
}
/// `a.__iop__(b)`
fn in_place(vm: &mut Vm, op: BinOp, a: Value, b: Value) -> R {
    if set_like(vm, a) == 1 && set_like(vm, b) != 1 {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    if op == BinOp::Mul {
        number::index(vm, b)?;
    }
    number::inplace_plain(vm, op, a, b)
}
fn power(vm: &mut Vm, a: Value, b: Value, m: Option<Value>, swap: bool) -> R {
    if rank(vm, a) == 2 && m.is_some_and(|m| !m.is_none()) {
        return Err(raise!(
            vm,
            TypeError,
            "pow() 3rd argument not allowed unless all arguments are integers"
        ));
    }
    if !takes(vm, a, b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let m = m.filter(|m| !m.is_none());
    if rank(vm, a) == 3 && m.is_some() {
        return Err(raise!(vm, ValueError, "complex modulo"));
    }
    let (a, b) = if swap { (b, a) } else { (a, b) };
    match m {
        Some(m) if rank(vm, a) == 1 && rank(vm, m) != 1 => Ok(Value::NOT_IMPLEMENTED),
        Some(m) => number::pow3_plain(vm, a, b, m),
        None => number::binary_plain(vm, BinOp::Pow, a, b),
    }
}

/// Whether the type of `a` compares itself with `b` in this way.
fn compares(vm: &Vm, op: CmpOp, a: Value, b: Value) -> bool {
    let equality = matches!(op, CmpOp::Eq | CmpOp::Ne);
    let (r, s) = (rank(vm, a), rank(vm, b));
    if r > 0 {
        return s > 0 && if r == 3 { equality } else { s <= r };
    }
    let (m, n) = (set_like(vm, a), set_like(vm, b));
    if m > 0 {
        return n == 1 || m == n;
    }
    // A key says what is wrong with the other operand.
    if a.is_kind(Kind::KeyWrapper) {
        return true;
    }
    // A bytearray knows whatever has bytes; a memoryview its equal only.
    if a.is_kind(Kind::ByteArray) {
        return buffer::is_buffer(b);
    }
    if a.is_kind(Kind::Memory) {
        return equality && buffer::is_buffer(b);
    }
    if a.kind() != b.kind() {
        return false;
    }
    match a.kind() {
        Some(
            Kind::Dict
            | Kind::Range
            | Kind::Builtin
            | Kind::BoundMethod
            | Kind::Code
            | Kind::WeakRef,
        ) => equality,
        _ => true,
    }
}
fn rich(vm: &mut Vm, op: CmpOp, a: Value, b: Value) -> R {
    if a.is_kind(Kind::MappingProxy) {
        let d = proxied(vm, a);
        return compare::rich_compare(vm, op, d, b);
    }
    if !compares(vm, op, a, b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    compare::compare_plain(vm, op, a, b)
}

/// The name of an attribute.
fn named(vm: &mut Vm, name: Value) -> Result<(), Raised> {
    if name.is_kind(Kind::Str) {
        return Ok(());
    }
    let t = vm.type_name(name);
    Err(raise!(
        vm,
        TypeError,
        "attribute name must be string, not '{t}'"
    ))
}
pub(super) fn get_attribute(vm: &mut Vm, o: Value, name: Value) -> R {
    named(vm, name)?;
    attr::get_attr_plain(vm, o, name)
}
pub(super) fn set_attribute(vm: &mut Vm, o: Value, a: Args<'_>) -> R {
    named(vm, a[0])?;
    attr::store_plain(vm, o, a[0], Some(a[1]))?;
    Ok(Value::NONE)
}
pub(super) fn del_attribute(vm: &mut Vm, o: Value, name: Value) -> R {
    named(vm, name)?;
    attr::store_plain(vm, o, name, None)?;
    Ok(Value::NONE)
}

/// `o.__init__(…)` of the classes that have one of their own.
fn init(vm: &mut Vm, o: Value, a: Args<'_>) -> R {
    match vm.class_of(o) {
        ClassId::List => {
            // Those of a derived class are its own.
            let a = match o.is_user() {
                true => Args::pos(a.positional()),
                false => a,
            };
            args::no_keywords(vm, "list", a)?;
            args::arity(vm, "list", a, 0, 1)?;
            let Some(l) = o.cast() else {
                return Ok(Value::NONE);
            };
            list::ops::clear(vm, l);
            if let Some(v) = a.get(0) {
                list::ops::fill(vm, l, v)?;
            }
        }
        ClassId::ByteArray => crate::types::bytearray::methods::init(vm, o, a)?,
        ClassId::Dict => {
            if let Some(d) = o.cast() {
                dict::update_from(vm, d, "dict", a)?;
            }
        }
        ClassId::Deque => crate::types::deque::methods::init(vm, o, a)?,
        ClassId::DefaultDict => {
            if let Some(d) = o.cast() {
                factory::init(vm, d, a)?;
            }
        }
        ClassId::OrderedDict => ordered::init(vm, o, a)?,
        ClassId::Type => {
            if a.nkw() > 0 && a.len() == 1 {
                return Err(raise!(
                    vm,
                    TypeError,
                    "type.__init__() takes no keyword arguments"
                ));
            }
            if a.len() != 1 && a.len() != 3 {
                return Err(raise!(
                    vm,
                    TypeError,
                    "type.__init__() takes 1 or 3 arguments"
                ));
            }
        }
        c if c.is_exception() => crate::types::exception::methods::init(vm, o, c, a)?,
        // `__new__` has done it all.
        ClassId::WeakRef => args::arity(vm, "__init__", a, 1, 2)?,
        ClassId::Property => property::init(vm, o, a)?,
        ClassId::Super => zuper::init(vm, o, a)?,
        ClassId::StaticMethod => descr::init_func(vm, o, "staticmethod", a)?,
        ClassId::ClassMethod => descr::init_func(vm, o, "classmethod", a)?,
        ClassId::Module => {
            let [name, doc] = args::parse(vm, "module", a, ["name", "doc"], 1, 2)?;
            for (k, v) in [("__name__", name), ("__doc__", doc)] {
                let k = vm.intern(k)?;
                attr::store_plain(vm, o, k, Some(v.unwrap_or(Value::NONE)))?;
            }
        }
        ClassId::Set => {
            args::no_keywords(vm, "set", a)?;
            let name = vm.type_name(o);
            args::arity(vm, &name, a, 0, 1)?;
            if let Some(s) = o.cast() {
                crate::types::set::ops::clear(vm, s);
                if let Some(v) = a.get(0) {
                    crate::types::set::ops::update(vm, s, v)?;
                }
            }
        }
        _ => (),
    }
    Ok(Value::NONE)
}

fn next(vm: &mut Vm, it: Value) -> R {
    match iter::step_plain(vm, it)? {
        Some(v) => Ok(v),
        None => Err(vm.raise_args(ClassId::StopIteration, &[])),
    }
}
fn call(vm: &mut Vm, f: Value, a: Args<'_>) -> R {
    // A chain of `__call__` of `__call__` …: the machine stack may change under it.
    crate::gc::with_stack(vm, |vm| crate::call::dispatch::call_plain(vm, f, a))
}
fn to_int(vm: &mut Vm, v: Value) -> R {
    let v = crate::types::instance::ops::unchanged(vm, v)?;
    match v.as_float() {
        Some(f) => int::from_float(vm, f),
        None if rank(vm, v) == 3 => Err(raise!(vm, TypeError, "can't convert complex to int")),
        None => int::pos(vm, v),
    }
}
fn to_float(vm: &mut Vm, v: Value) -> R {
    if rank(vm, v) == 3 {
        return Err(raise!(vm, TypeError, "can't convert complex to float"));
    }
    let v = crate::types::instance::ops::plain(vm, v)?;
    float::methods::from_value(vm, v).map(Value::float)
}
/// The mapping behind a proxy, whatever class it is of.
fn behind(vm: &Vm, v: Value) -> Option<Value> {
    v.is_kind(Kind::MappingProxy).then(|| proxied(vm, v))
}
fn get_item(vm: &mut Vm, o: Value, k: Value) -> R {
    match behind(vm, o) {
        Some(d) => item::get_item(vm, d, k),
        None => item::get_item_plain(vm, o, k),
    }
}
fn text(vm: &mut Vm, v: Value) -> R {
    match behind(vm, v) {
        Some(d) => repr::str(vm, d),
        None => repr::str_plain(vm, v),
    }
}
fn len(vm: &mut Vm, v: Value) -> R {
    let n = match behind(vm, v) {
        Some(d) => item::len(vm, d)?,
        None => item::len_plain(vm, v)?,
    };
    vm.new_int(n as i64)
}
fn contains(vm: &mut Vm, v: Value, x: Value) -> R {
    Ok(Value::bool(match behind(vm, v) {
        Some(d) => compare::contains(vm, d, x)?,
        None => compare::contains_plain(vm, v, x)?,
    }))
}
fn divmod(vm: &mut Vm, a: Value, b: Value, swap: bool) -> R {
    // A complex number has no floor, whatever the other operand is.
    if rank(vm, a) != 3 && !takes(vm, a, b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (a, b) = if swap { (b, a) } else { (a, b) };
    number::divmod_plain(vm, a, b)
}

macro_rules! table {
    (
        binary { $($bin:literal $rbin:literal $bop:ident;)* }
        in_place { $($inp:literal $iop:ident;)* }
        unary { $($un:literal $uop:ident;)* }
        compare { $($cmp:literal $cop:ident $doc:literal;)* }
        other { $($name:literal $conv:expr, $odoc:literal;)* }
    ) => {
        /// Every slot.
        pub static TABLE: &[MethodDef] = &[
            $(
                MethodDef {
                    name: $bin,
                    conv: Conv::Wrap1(|vm, a, b| forward(vm, BinOp::$bop, a, b)),
                    doc: "The operator with self on the left.",
                },
                MethodDef {
                    name: $rbin,
                    conv: Conv::Wrap1(|vm, a, b| reflected(vm, BinOp::$bop, a, b)),
                    doc: "The operator with self on the right.",
                },
            )*
            $(MethodDef {
                name: $inp,
                conv: Conv::Wrap1(|vm, a, b| in_place(vm, BinOp::$iop, a, b)),
                doc: "The augmented assignment.",
            },)*
            $(MethodDef {
                name: $un,
                conv: Conv::Wrap0(|vm, a| number::unary_plain(vm, UnOp::$uop, a)),
                doc: "The operator with one operand.",
            },)*
            $(MethodDef {
                name: $cmp,
                conv: Conv::Wrap1(|vm, a, b| rich(vm, CmpOp::$cop, a, b)),
                doc: $doc,
            },)*
            $(MethodDef { name: $name, conv: $conv, doc: $odoc },)*
        ];
    };
}
table! {
    binary {
        "__add__" "__radd__" Add;
        "__sub__" "__rsub__" Sub;
        "__mul__" "__rmul__" Mul;
        "__truediv__" "__rtruediv__" TrueDiv;
        "__floordiv__" "__rfloordiv__" FloorDiv;
        "__mod__" "__rmod__" Mod;
        "__lshift__" "__rlshift__" LShift;
        "__rshift__" "__rrshift__" RShift;
        "__and__" "__rand__" And;
        "__xor__" "__rxor__" Xor;
        "__or__" "__ror__" Or;
    }
    in_place {
        "__iadd__" Add;
        "__imul__" Mul;
        "__iand__" And;
        "__ior__" Or;
        "__ixor__" Xor;
        "__isub__" Sub;
    }
    unary {
        "__neg__" Neg;
        "__pos__" Pos;
        "__invert__" Invert;
    }
    compare {
        "__lt__" Lt "Return self<value.";
        "__le__" Le "Return self<=value.";
        "__eq__" Eq "Return self==value.";
        "__ne__" Ne "Return self!=value.";
        "__gt__" Gt "Return self>value.";
        "__ge__" Ge "Return self>=value.";
    }
    other {
        "__pow__" Conv::WrapN(1, 2, |vm, a, r| power(vm, a, r[0], r.get(1), false)), "self to a power, modulo the second argument.";
        "__rpow__" Conv::WrapN(1, 2, |vm, a, r| power(vm, a, r[0], r.get(1), true)), "The value to the power of self.";
        "__divmod__" Conv::Wrap1(|vm, a, b| divmod(vm, a, b, false)), "Quotient and remainder.";
        "__rdivmod__" Conv::Wrap1(|vm, a, b| divmod(vm, a, b, true)), "Quotient and remainder of the value by self.";
        "__abs__" Conv::Wrap0(number::abs_plain), "The absolute value.";
        "__bool__" Conv::Wrap0(|vm, v| Ok(Value::bool(truth::is_true_plain(vm, v)))), "Whether it counts as true.";
        "__int__" Conv::Wrap0(to_int), "As an int.";
        "__float__" Conv::Wrap0(to_float), "As a float.";
        "__index__" Conv::Wrap0(int::pos), "As an int that counts or indexes.";
        "__len__" Conv::Wrap0(len), "How many items there are.";
        "__iter__" Conv::Wrap0(iter::get_iter_plain), "An iterator over the items.";
        "__next__" Conv::Wrap0(next), "The next item; StopIteration at the end.";
        "__contains__" Conv::Wrap1(contains), "Whether the value is in it.";
        "__getitem__" Conv::Wrap1(get_item), "The item at a key or an index.";
        "__setitem__" Conv::WrapN(2, 2, |vm, v, a| {
            item::set_item_plain(vm, v, a[0], a[1])?;
            Ok(Value::NONE)
        }), "Bind the item at a key or an index.";
        "__delitem__" Conv::Wrap1(|vm, v, k| {
            item::del_item_plain(vm, v, k)?;
            Ok(Value::NONE)
        }), "Remove the item at a key or an index.";
        "__hash__" Conv::Wrap0(|vm, v| {
            let h = hash::hash_plain(vm, v)?;
            vm.new_int(h as i64)
        }), "The hash.";
        "__repr__" Conv::Wrap0(repr::repr_plain), "The text that shows it to a programmer.";
        "__str__" Conv::Wrap0(text), "The text that shows it to a reader.";
        "__getattribute__" Conv::Wrap1(get_attribute), "The attribute of a name.";
        "__setattr__" Conv::WrapN(2, 2, set_attribute), "Bind an attribute.";
        "__delattr__" Conv::Wrap1(del_attribute), "Remove an attribute.";
        "__call__" Conv::WrapKw(call), "Call it.";
        "__init__" Conv::WrapKw(init), "Set up the new object.";
        "__get__" Conv::WrapN(1, 2, descr::dunder_get), "What the descriptor gives for an instance of a class.";
        "__set__" Conv::WrapN(2, 2, |vm, d, a| {
            descr::assign(vm, d, a[0], Some(a[1]))?;
            Ok(Value::NONE)
        }), "Bind the described attribute of an instance.";
        "__delete__" Conv::Wrap1(|vm, d, o| {
            descr::assign(vm, d, o, None)?;
            Ok(Value::NONE)
        }), "Remove the described attribute of an instance.";
    }
}

/// The slots of sequences that take a count. CPython reads it in another way, whose error has no name
/// to show.
pub static REPEAT: &[MethodDef] = &[
    MethodDef {
        name: "__mul__",
        conv: Conv::WrapN(1, 1, |vm, a, b| forward(vm, BinOp::Mul, a, b[0])),
        doc: "The operator with self on the left.",
    },
    MethodDef {
        name: "__rmul__",
        conv: Conv::WrapN(1, 1, |vm, a, b| reflected(vm, BinOp::Mul, a, b[0])),
        doc: "The operator with self on the right.",
    },
    MethodDef {
        name: "__imul__",
        conv: Conv::WrapN(1, 1, |vm, a, b| in_place(vm, BinOp::Mul, a, b[0])),
        doc: "The augmented assignment.",
    },
];

/// `__getnewargs__` of what is made from one value: a tuple of it.
pub const GET_NEW_ARGS: MethodDef = MethodDef {
    name: "__getnewargs__",
    conv: Conv::NoArgs(|vm, v| {
        let v = match v.as_bool() {
            Some(b) => Value::int_unchecked(b as i64),
            None => crate::types::instance::ops::unchanged(vm, v)?,
        };
        vm.new_tuple(&[v])
    }),
    doc: "The arguments that make it again.",
};

/// `class.__new__`, whose receiver is the class it belongs to.
pub static NEW: MethodDef = MethodDef {
    name: "__new__",
    conv: Conv::Kw(new),
    doc: "Make a new object of a class.",
};

fn new(vm: &mut Vm, own: Value, a: Args<'_>) -> R {
    let own = class::id_of(vm, own).unwrap_or(ClassId::Object);
    let n = own.name();
    let Some(c) = a.get(0) else {
        return Err(raise!(vm, TypeError, "{n}.__new__(): not enough arguments"));
    };
    let Some(id) = class::id_of(vm, c) else {
        let t = vm.type_name(c);
        return Err(raise!(
            vm,
            TypeError,
            "{n}.__new__(X): X is not a type object ({t})"
        ));
    };
    let s = class::full_name_of(vm, c);
    if !class::derives(vm, c, own) {
        return Err(raise!(
            vm,
            TypeError,
            "{n}.__new__({s}): {s} is not a subtype of {n}"
        ));
    }
    if id != own && !own.is_exception() {
        return Err(raise!(
            vm,
            TypeError,
            "{n}.__new__({s}) is not safe, use {}.__new__()",
            id.name()
        ));
    }
    let rest = match a.kwnames() {
        Some(names) => Args::with_kw(&a.all()[1..], names, a.nkw()),
        None => Args::pos(&a.all()[1..]),
    };
    if class::builtin_of(vm, c).is_none() {
        return crate::types::class::make::new_of(vm, own, c, rest);
    }
    match (crate::types::constructor_of(id), id) {
        // Their items come with `__init__`.
        (
            Some(f),
            ClassId::List
            | ClassId::Dict
            | ClassId::Set
            | ClassId::Deque
            | ClassId::ByteArray
            | ClassId::DefaultDict
            | ClassId::OrderedDict,
        ) => f(vm, id, Args::pos(&[])),
        // As their arguments do, but for those of OSError, which choose the class.
        (Some(_), _) if id.is_exception() && !id.is_subclass(ClassId::OSError) => {
            crate::types::exception::methods::construct_exact(vm, id, rest)
        }
        (Some(f), _) => f(vm, id, rest),
        (None, _) => Err(raise!(vm, TypeError, "cannot create '{s}' instances")),
    }
}
