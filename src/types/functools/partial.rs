//! `functools.partial`: a function with some of its arguments given.

use crate::call::spread;
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Header, Kind, MethodDef, Object, Slot, Tracer, Value};
use crate::protocol::repr;
use crate::raise;
use crate::types::builtin::methods::is_callable;
use crate::types::class::ops as class;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::tuple::ops as tuple;
use crate::types::tuple::value::TupleObj;
use crate::types::{Getter, Setter, args};
use crate::vm::{Raised, Vm};

/// A partial.
#[repr(C)]
pub struct PartialObj {
    pub h: Header,
    pub func: Slot,
    /// A tuple.
    pub args: Slot,
    /// A dict.
    pub keywords: Slot,
    /// Its attributes, once it has some.
    pub dict: Slot,
}
impl Object for PartialObj {
    const KIND: Kind = Kind::Partial;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [&self.func, &self.args, &self.keywords, &self.dict] {
            t.slot(s);
        }
    }
}

/// Rows.
pub const METHODS: &[MethodDef] = &[
    MethodDef {
        name: "__reduce__",
        conv: Conv::NoArgs(reduce),
        doc: "What makes it again.",
    },
    MethodDef {
        name: "__setstate__",
        conv: Conv::One(set_state),
        doc: "Become what __reduce__() says.",
    },
];
type Get = fn(&PartialObj) -> &Slot;
/// Computed attributes.
pub const GETTERS: &[Getter] = &[
    Getter {
        name: "func",
        get: |vm, p| Ok(field(vm, p, |p| &p.func)),
        set: Setter::Member,
    },
    Getter {
        name: "args",
        get: |vm, p| Ok(field(vm, p, |p| &p.args)),
        set: Setter::Member,
    },
    Getter {
        name: "keywords",
        get: |vm, p| Ok(field(vm, p, |p| &p.keywords)),
        set: Setter::Member,
    },
    Getter {
        name: "__dict__",
        get: crate::types::instance::DICT.get,
        set: crate::types::instance::DICT.set,
    },
];
fn field(vm: &Vm, p: Value, f: Get) -> Option<Value> {
    p.get::<PartialObj>(vm).map(|p| f(p).get_or_none())
}

/// `partial(func, *args, **keywords)`; a partial of a plain partial is flat.
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    make(vm, a, true)
}
/// The same for a derived class, whose partials stay nested.
pub fn construct_derived(vm: &mut Vm, a: Args<'_>) -> R {
    make(vm, a, false)
}
fn make(vm: &mut Vm, a: Args<'_>, flat: bool) -> R {
    let Some(mut f) = a.get(0) else {
        return Err(raise!(
            vm,
            TypeError,
            "type 'partial' takes at least one argument"
        ));
    };
    let mut given = vm.new_tuple(&a.positional()[1..])?;
    let keywords = vm.new_dict()?;
    if flat
        && let Some(p) = f.exact::<PartialObj>()
        && p.get(vm).dict.get().is_none()
    {
        let o = p.get(vm);
        let (before, named) = (o.args.get_or_none(), o.keywords.get_or_none());
        f = o.func.get_or_none();
        if let (Some(x), Some(y)) = (before.cast::<TupleObj>(), given.cast::<TupleObj>()) {
            given = tuple::concat(vm, x, y)?;
        }
        if let Some(d) = named.cast::<DictObj>() {
            dict::merge(vm, keywords, d, true)?;
        }
    }
    if !is_callable(vm, f)? {
        return Err(raise!(vm, TypeError, "the first argument must be callable"));
    }
    for (i, &v) in a.kw_values().iter().enumerate() {
        let k = args::kwname(vm, a, i);
        dict::set(vm, keywords, k, v)?;
    }
    let p = vm.alloc(PartialObj {
        h: Header::new(Kind::Partial, ClassId::Partial as u32),
        func: Slot::of(f),
        args: Slot::of(given),
        keywords: Slot::of(keywords.value()),
        dict: Slot::new(None),
    })?;
    Ok(p.value())
}

/// Arguments of a call that lie on the machine's stack.
const FEW: usize = 12;

/// `p(…)`
pub fn call(vm: &mut Vm, p: Value, a: Args<'_>) -> R {
    let Some(o) = p.get::<PartialObj>(vm) else {
        return Ok(Value::NONE);
    };
    let f = o.func.get_or_none();
    let (given, named) = (o.args.get_or_none(), o.keywords.get_or_none());
    let n = given.get::<TupleObj>(vm).map_or(0, |t| t.len);
    let plain = named
        .cast::<DictObj>()
        .is_none_or(|d| dict::len(vm, d) == 0);
    let all = a.all().len();
    if plain && n + all <= FEW {
        let mut buf = [Value::NONE; FEW];
        if let Some(t) = given.get::<TupleObj>(vm) {
            buf[..n].copy_from_slice(t.values());
        }
        buf[n..n + all].copy_from_slice(a.all());
        let buf = &buf[..n + all];
        return match a.kwnames() {
            Some(names) => vm.call(f, Args::with_kw(buf, names, a.nkw())),
            None => vm.call(f, Args::pos(buf)),
        };
    }
    let own = vm.new_tuple(a.positional())?;
    let positional = match (given.cast(), own.cast()) {
        (Some(x), Some(y)) => tuple::concat(vm, x, y)?,
        _ => own,
    };
    let keywords = vm.new_dict()?;
    if let Some(d) = named.cast() {
        dict::merge(vm, keywords, d, true)?;
    }
    for (i, &v) in a.kw_values().iter().enumerate() {
        let k = args::kwname(vm, a, i);
        dict::set(vm, keywords, k, v)?;
    }
    let s = spread::spread(vm, f, positional, Some(keywords.value()))?;
    let r = vm.call(f, s.args());
    std::hint::black_box(&s);
    r
}

fn reduce(vm: &mut Vm, p: Value) -> R {
    let c = class::type_of(vm, p)?;
    let Some(o) = p.get::<PartialObj>(vm) else {
        return Ok(Value::NONE);
    };
    let parts = [
        o.func.get_or_none(),
        o.args.get_or_none(),
        o.keywords.get_or_none(),
        o.dict.get_or_none(),
    ];
    let a = vm.new_tuple(&parts[..1])?;
    let state = vm.new_tuple(&parts)?;
    vm.new_tuple(&[c, a, state])
}
fn set_state(vm: &mut Vm, p: Value, state: Value) -> R {
    let parts = state
        .get::<TupleObj>(vm)
        .filter(|t| t.len == 4)
        .map(|t| [0, 1, 2, 3].map(|i| t.get(i).unwrap_or(Value::NONE)));
    let Some([f, given, named, own]) = parts else {
        return Err(raise!(vm, TypeError, "invalid partial state"));
    };
    let fits = is_callable(vm, f)?
        && given.is_kind(Kind::Tuple)
        && (named.is_none() || named.is_kind(Kind::Dict));
    if !fits {
        return Err(raise!(vm, TypeError, "invalid partial state"));
    }
    let given = match given.is_user() {
        true => {
            let l = crate::types::list::ops::from_iterable(vm, given)?;
            crate::types::list::ops::to_tuple(vm, l)?
        }
        false => given,
    };
    let named = match named.cast::<DictObj>() {
        None => vm.new_dict()?.value(),
        Some(d) if named.is_user() => dict::copy(vm, d)?.value(),
        Some(_) => named,
    };
    if let Some(o) = p.get::<PartialObj>(vm) {
        o.func.write(&vm.heap, Some(f));
        o.args.write(&vm.heap, Some(given));
        o.keywords.write(&vm.heap, Some(named));
        o.dict.write(&vm.heap, Some(own).filter(|d| !d.is_none()));
    }
    Ok(Value::NONE)
}

/// Appends the text: the function and what is given.
///
/// # Errors
/// What a `__repr__` raises.
pub fn repr_into(vm: &mut Vm, p: Value, out: &mut Vec<u8>) -> Result<(), Raised> {
    if vm.showing.borrow().contains(&p.bits()) {
        out.extend_from_slice(b"...");
        return Ok(());
    }
    let name = vm.type_name(p).into_owned();
    vm.showing.borrow_mut().push(p.bits());
    let r = crate::protocol::nested(vm, " while getting the repr of an object", |vm| {
        parts_into(vm, p, &name, out)
    });
    vm.showing.borrow_mut().pop();
    r
}
fn parts_into(vm: &mut Vm, p: Value, name: &str, out: &mut Vec<u8>) -> Result<(), Raised> {
    let Some(o) = p.get::<PartialObj>(vm) else {
        return Ok(());
    };
    let (f, given, named) = (
        o.func.get_or_none(),
        o.args.get_or_none(),
        o.keywords.get_or_none(),
    );
    out.extend_from_slice(name.as_bytes());
    out.push(b'(');
    repr::repr_into(vm, f, out)?;
    let mut i = 0;
    while let Some(v) = given.get::<TupleObj>(vm).and_then(|t| t.get(i)) {
        out.extend_from_slice(b", ");
        repr::repr_into(vm, v, out)?;
        vm.poll()?;
        i += 1;
    }
    if let Some(d) = named.cast::<DictObj>() {
        let mut pos = 0;
        while let Some((k, v)) = dict::next_item(vm, d, &mut pos) {
            out.extend_from_slice(b", ");
            repr::str_into(vm, k, out)?;
            out.push(b'=');
            repr::repr_into(vm, v, out)?;
            vm.poll()?;
        }
    }
    out.push(b')');
    Ok(())
}
