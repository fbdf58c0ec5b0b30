//! The functions of `builtins`.

use super::{namespace, printing};
use crate::call::dispatch::level;
use crate::code::wtf8::{code_points, push_code_point};
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Kind, MethodDef, Value};
use crate::protocol::compare::{self, CmpOp};
use crate::protocol::iter::{self, Flow, Taker};
use crate::protocol::number::{self, BinOp};
use crate::protocol::{attr, hash, item, repr, truth};
use crate::raise;
use crate::types::args;
use crate::types::builtin::methods::is_callable;
use crate::types::class::ops as class;
use crate::types::int::ops as int;
use crate::types::iter::make;
use crate::types::list;
use crate::types::str::value::StrObj;
use crate::vm::{Raised, Vm};

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc }),*]
    };
}

/// Rows.
pub const FUNCTIONS: &[MethodDef] = rows! {
    "__build_class__" Conv::Kw(super::build_class::build_class), "Run the body of a class statement and make the class.";
    "__import__" Conv::Kw(import), "Import a module by name.";
    "abs" Conv::One(|vm, _, v| number::abs(vm, v)), "Return the absolute value.";
    "all" Conv::One(all), "Whether every item is true.";
    "any" Conv::One(any), "Whether some item is true.";
    "ascii" Conv::One(|vm, _, v| repr::ascii(vm, v)), "Return repr() with everything but ASCII escaped.";
    "bin" Conv::One(|vm, _, v| radix(vm, v, 2, "0b")), "Return an int in binary.";
    "callable" Conv::One(|vm, _, v| Ok(Value::bool(is_callable(vm, v)?))), "Whether it can be called.";
    "chr" Conv::One(chr), "Return the character of a code point.";
    "compile" Conv::Kw(super::compile::compile), "Compile a source to a code object.";
    "delattr" Conv::Pos(2, 2, delattr), "Delete an attribute by name.";
    "dir" Conv::Pos(0, 1, namespace::dir), "Return the names of an object's attributes, or those of the scope.";
    "divmod" Conv::Pos(2, 2, |vm, _, a| number::divmod(vm, a[0], a[1])), "Return quotient and remainder.";
    "eval" Conv::Pos(1, 3, super::compile::eval), "Return the value of an expression, given as source or code.";
    "exec" Conv::Pos(1, 3, super::compile::exec), "Run statements, given as source or code.";
    "format" Conv::Pos(1, 2, format), "Return the value in the form the specification asks for.";
    "getattr" Conv::Pos(2, 3, getattr), "Return an attribute by name, or the default.";
    "globals" Conv::NoArgs(globals), "Return the globals of the code that calls.";
    "hasattr" Conv::Pos(2, 2, hasattr), "Whether there is an attribute of this name.";
    "hash" Conv::One(|vm, _, v| {
        let h = hash::hash(vm, v)?;
        vm.new_int(h as i64)
    }), "Return the hash.";
    "hex" Conv::One(|vm, _, v| radix(vm, v, 16, "0x")), "Return an int in hexadecimal.";
    "id" Conv::One(id), "Return a number that no other object has at the same time.";
    "input" Conv::Pos(0, 1, printing::input), "Read a line, after writing the prompt.";
    "isinstance" Conv::Pos(2, 2, |vm, _, a| {
        Ok(Value::bool(class::is_instance(vm, a[0], a[1])?))
    }), "Whether it is an instance of the class, or of one in the tuple.";
    "issubclass" Conv::Pos(2, 2, |vm, _, a| {
        Ok(Value::bool(class::is_subclass(vm, a[0], a[1])?))
    }), "Whether the class derives from the other, or from one in the tuple.";
    "iter" Conv::Pos(1, 2, iter_), "Return an iterator.";
    "len" Conv::One(|vm, _, v| {
        let n = item::len(vm, v)?;
        vm.new_int(n as i64)
    }), "Return how many items there are.";
    "locals" Conv::NoArgs(|vm, _| crate::interp::frames::caller_locals(vm)), "Return the local variables of the code that calls.";
    "max" Conv::Kw(|vm, _, a| level(vm, |vm| extreme(vm, a, "max", CmpOp::Gt))), "Return the greatest item or argument.";
    "min" Conv::Kw(|vm, _, a| level(vm, |vm| extreme(vm, a, "min", CmpOp::Lt))), "Return the least item or argument.";
    "next" Conv::Pos(1, 2, next), "Return the next item of an iterator, or the default at its end.";
    "oct" Conv::One(|vm, _, v| radix(vm, v, 8, "0o")), "Return an int in octal.";
    "open" Conv::Kw(crate::types::file::open::open), "Open a file and return it.";
    "ord" Conv::One(ord), "Return the code point of a character.";
    "pow" Conv::Kw(pow), "Return base ** exp, modulo mod if that is given.";
    "print" Conv::Kw(printing::print), "Write values as text.";
    "repr" Conv::One(|vm, _, v| repr::repr(vm, v)), "Return the text that shows the value to a programmer.";
    "round" Conv::Kw(round), "Round to a number of decimals.";
    "setattr" Conv::Pos(3, 3, setattr), "Assign an attribute by name.";
    "sorted" Conv::Kw(sorted), "Return a sorted list of the items.";
    "sum" Conv::Kw(sum), "Return the sum of start and the items.";
    "vars" Conv::Pos(0, 1, namespace::vars), "Return the dict of an object's attributes, or that of the scope.";
};

fn import(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let names = ["name", "globals", "locals", "fromlist", "level"];
    let [name, globals, _, fromlist, level] = args::parse(vm, "__import__", a, names, 1, 5)?;
    let name = name.unwrap_or(Value::NONE);
    if !name.is_kind(Kind::Str) {
        let t = args::kind_name(vm, name);
        return Err(raise!(
            vm,
            TypeError,
            "__import__() argument 1 must be str, not {t}"
        ));
    }
    let level = match level {
        Some(l) => item::as_c_int_of_format(vm, l)?,
        None => 0,
    };
    let fromlist = fromlist.unwrap_or(Value::NONE);
    crate::modules::import::import(vm, name, globals, fromlist, level)
}

/// Looks for an item of this truth.
struct Search {
    wanted: bool,
    found: bool,
}
impl Taker for Search {
    fn take(&mut self, vm: &mut Vm, x: Value) -> Result<Flow, Raised> {
        self.found = truth::is_true(vm, x)? == self.wanted;
        Ok(match self.found {
            true => Flow::Stop,
            false => Flow::Go,
        })
    }
    fn take_quietly(&mut self, _: &Vm, x: Value) -> bool {
        x == Value::bool(!self.wanted)
    }
}
fn search(vm: &mut Vm, v: Value, wanted: bool) -> Result<bool, Raised> {
    let mut s = Search {
        wanted,
        found: false,
    };
    iter::give_all(vm, v, &mut s)?;
    Ok(s.found)
}
fn all(vm: &mut Vm, _: Value, v: Value) -> R {
    Ok(Value::bool(!search(vm, v, false)?))
}
fn any(vm: &mut Vm, _: Value, v: Value) -> R {
    Ok(Value::bool(search(vm, v, true)?))
}

fn radix(vm: &mut Vm, v: Value, base: u32, prefix: &str) -> R {
    let v = number::index(vm, v)?;
    // A character for each digit, and the str made of them.
    let bits = int::get(vm, v).map_or(0, |i| i.bits());
    crate::types::int::big::room_bytes(vm, (2 * bits / base.ilog2() as u64) as usize)?;
    let mut out = Vec::new();
    if int::get(vm, v).is_some_and(int::Int::is_negative) {
        out.push(b'-');
    }
    out.extend_from_slice(prefix.as_bytes());
    let v = int::abs(vm, v)?;
    crate::types::int::parse::to_radix(vm, v, base, &mut out)?;
    vm.new_str_wtf8(&out)
}

fn chr(vm: &mut Vm, _: Value, v: Value) -> R {
    let c = item::as_c_int(vm, v)?;
    character(vm, c as i64)
}
/// `chr` of an int.
///
/// # Errors
/// OverflowError, ValueError: there is none.
pub fn chr_of(vm: &mut Vm, i: i64) -> R {
    if i32::try_from(i).is_err() {
        let v = vm.new_int(i)?;
        return chr(vm, Value::NONE, v);
    }
    character(vm, i)
}
fn character(vm: &mut Vm, c: i64) -> R {
    match u32::try_from(c).ok().filter(|c| *c < 0x11_0000) {
        // There is one of each, once it was asked for.
        Some(c @ 0..0x80) => vm.new_str_wtf8(&[c as u8]),
        Some(c) => {
            let mut b = Vec::new();
            push_code_point(&mut b, c);
            vm.new_str_wtf8(&b)
        }
        None => Err(raise!(vm, ValueError, "chr() arg not in range(0x110000)")),
    }
}
fn ord(vm: &mut Vm, _: Value, v: Value) -> R {
    let found = v
        .get::<StrObj>(vm)
        .map(|s| (s.chars, code_points(s.as_bytes()).next()))
        .or_else(|| {
            let b = crate::types::bytes::ops::get(vm, v)?;
            Some((b.len(), b.first().map(|c| *c as u32)))
        });
    match found {
        Some((1, Some(c))) => Ok(Value::int_unchecked(c as i64)),
        Some((n, _)) => Err(raise!(
            vm,
            TypeError,
            "ord() expected a character, but string of length {n} found"
        )),
        None => {
            let t = vm.type_name(v);
            Err(raise!(
                vm,
                TypeError,
                "ord() expected string of length 1, but {t} found"
            ))
        }
    }
}

fn format(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let spec = match a.get(1) {
        Some(s) if !s.is_kind(Kind::Str) => {
            let t = args::kind_name(vm, s);
            return Err(raise!(
                vm,
                TypeError,
                "format() argument 2 must be str, not {t}"
            ));
        }
        Some(s) => s,
        None => vm.new_str("")?,
    };
    crate::protocol::format::format(vm, a[0], spec)
}

/// The name of an attribute. It is not interned: that would keep every name ever asked for.
fn attr_name(vm: &mut Vm, v: Value, text: &str) -> R {
    if v.is_kind(Kind::Str) {
        return Ok(v);
    }
    let t = vm.type_name(v);
    Err(raise!(vm, TypeError, "{}", text.replace("{}", &t)))
}
fn getattr(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let name = attr_name(vm, a[1], "getattr(): attribute name must be string")?;
    match a.get(2) {
        Some(default) => Ok(attr::optional(vm, a[0], name)?.unwrap_or(default)),
        None => attr::get_attr(vm, a[0], name),
    }
}
fn hasattr(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let name = attr_name(vm, a[1], "hasattr(): attribute name must be string")?;
    Ok(Value::bool(attr::optional(vm, a[0], name)?.is_some()))
}
fn setattr(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let name = attr_name(vm, a[1], "attribute name must be string, not '{}'")?;
    attr::set_attr(vm, a[0], name, a[2])?;
    Ok(Value::NONE)
}
fn delattr(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let name = attr_name(vm, a[1], "attribute name must be string, not '{}'")?;
    attr::del_attr(vm, a[0], name)?;
    Ok(Value::NONE)
}

fn globals(vm: &mut Vm, _: Value) -> R {
    crate::interp::frames::caller_globals(vm)
}

fn id(vm: &mut Vm, _: Value, v: Value) -> R {
    let n = if v.is_object() {
        vm.identity(v)?
    } else {
        // Immediates are what they are: their word, kept apart from the counter of objects.
        v.bits().rotate_left(16) | 1 << 62
    };
    int::from_u64(vm, n)
}

fn iter_(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    match a.get(1) {
        None => iter::get_iter(vm, a[0]),
        Some(_) if !is_callable(vm, a[0])? => {
            Err(raise!(vm, TypeError, "iter(v, w): v must be callable"))
        }
        Some(sentinel) => make::callable(vm, a[0], sentinel),
    }
}
fn next(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    match iter::step(vm, a[0]) {
        Ok(Some(v)) => Ok(v),
        Ok(None) => match a.get(1) {
            Some(d) => Ok(d),
            None => Err(vm.raise_args(ClassId::StopIteration, &[])),
        },
        Err(r) => match a.get(1) {
            Some(d) => {
                vm.catch(r, ClassId::StopIteration)?;
                Ok(d)
            }
            None => Err(r),
        },
    }
}

/// `min` and `max`.
fn extreme(vm: &mut Vm, a: Args<'_>, name: &str, op: CmpOp) -> R {
    let several = a.len() > 1;
    if a.positional().is_empty() {
        // Keywords alone do not count.
        args::arity(vm, name, a, 1, 1)?;
    }
    let (mut key, mut default) = (None, None);
    for i in 0..a.nkw() {
        args::str_keyword(vm, a, i)?;
        let k = args::kwname(vm, a, i);
        let k = args::text(vm, k);
        match k.as_str() {
            "key" => key = Some(a.kw_values()[i]),
            "default" => default = Some(a.kw_values()[i]),
            _ => {
                return Err(raise!(
                    vm,
                    TypeError,
                    "'{k}' is an invalid keyword argument for {name}()"
                ));
            }
        }
    }
    if several && default.is_some() {
        return Err(raise!(
            vm,
            TypeError,
            "Cannot specify a default for {name}() with multiple positional arguments"
        ));
    }
    let key = key.filter(|k| !k.is_none());
    // (item, what it is compared by); in locals, so that the collector sees them.
    let mut best: Option<(Value, Value)> = None;
    let mut look = |vm: &mut Vm, x: Value| -> Result<Flow, Raised> {
        let k = match key {
            Some(f) => vm.call(f, Args::pos(&[x]))?,
            None => x,
        };
        let better = match best {
            None => true,
            Some((_, b)) => {
                let r = compare::rich_compare(vm, op, k, b)?;
                truth::is_true(vm, r)?
            }
        };
        if better {
            best = Some((x, k));
        }
        Ok(Flow::Go)
    };
    if several {
        for &x in a.positional() {
            vm.poll()?;
            look(vm, x)?;
        }
    } else {
        iter::for_each(vm, a[0], look)?;
    }
    match best.map(|b| b.0).or(default) {
        Some(v) => Ok(v),
        None => Err(raise!(vm, ValueError, "{name}() arg is an empty sequence")),
    }
}

fn pow(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [base, exp, m] =
        args::parse(vm, "pow", a, ["base", "exp", "mod"], 2, 3)?.map(|v| v.unwrap_or(Value::NONE));
    if m.is_none() {
        number::binary(vm, BinOp::Pow, base, exp)
    } else {
        number::pow3(vm, base, exp, m)
    }
}
fn round(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [v, n] =
        args::parse(vm, "round", a, ["number", "ndigits"], 1, 2)?.map(|v| v.unwrap_or(Value::NONE));
    number::round(vm, v, n)
}

fn sorted(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    args::arity(vm, "sorted", a, 1, 1)?;
    let l = list::ops::from_iterable(vm, a[0])?;
    let rest = match a.kwnames() {
        Some(names) => Args::with_kw(a.kw_values(), names, a.nkw()),
        None => Args::pos(&[]),
    };
    // A call of list.sort, and so a level of its own; `max` and `min` are two in CPython as well.
    level(vm, |vm| list::methods::sort(vm, l.value(), rest))?;
    Ok(l.value())
}

fn sum(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    if a.positional().is_empty() && a.nkw() <= 2 {
        return Err(raise!(
            vm,
            TypeError,
            "sum() takes at least 1 positional argument (0 given)"
        ));
    }
    let [v, start] = args::parse(vm, "sum", a, ["", "start"], 1, 2)?;
    let total = start.unwrap_or(Value::int_unchecked(0));
    // What can be iterated is asked first; a list stays one, which is quicker.
    let v = v.unwrap_or(Value::NONE);
    if !iter::is_iterable(vm, v)? {
        return iter::get_iter(vm, v);
    }
    if total.is_kind(Kind::Str) {
        return Err(raise!(
            vm,
            TypeError,
            "sum() can't sum strings [use ''.join(seq) instead]"
        ));
    }
    if total.is_kind(Kind::Bytes) {
        return Err(raise!(
            vm,
            TypeError,
            "sum() can't sum bytes [use b''.join(seq) instead]"
        ));
    }
    if total.is_kind(Kind::ByteArray) {
        return Err(raise!(
            vm,
            TypeError,
            "sum() can't sum bytearray [use b''.join(seq) instead]"
        ));
    }
    super::sum::sum(vm, v, total)
}
