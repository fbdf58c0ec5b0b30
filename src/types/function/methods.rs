//! Attributes of functions: the fields of PyFunctionObject, with CPython's checks.

use super::value::FunctionObj;
use crate::object::method::R;
use crate::object::{Args, ClassId, Gc, Kind, Slot, Value};
use crate::raise;
use crate::types::code::ops as code_ops;
use crate::types::code::value::CodeObj;
use crate::types::tuple::value::TupleObj;
use crate::types::{Getter, Setter, args};
use crate::vm::{Raised, Vm};

type Get = fn(&mut Vm, Value) -> Result<Option<Value>, Raised>;
type Set = fn(&mut Vm, Value, Option<Value>) -> Result<(), Raised>;

const fn field(name: &'static str, get: Get, set: Set) -> Getter {
    Getter {
        name,
        get,
        set: Setter::Fn(set),
    }
}

const fn member_field(name: &'static str, get: Get, set: Set) -> Getter {
    Getter {
        name,
        get,
        set: Setter::MemberFn(set),
    }
}

/// Computed attributes.
pub const GETTERS: &[Getter] = &[
    field(
        "__code__",
        |vm, f| {
            let code = read(vm, f, |o| &o.code)?;
            Ok(code.map(|c| code_ops::original(vm, c)))
        },
        set_code,
    ),
    Getter::member("__globals__", |vm, f| read(vm, f, |o| &o.globals)),
    field(
        "__defaults__",
        |vm, f| read(vm, f, |o| &o.defaults),
        set_defaults,
    ),
    field(
        "__kwdefaults__",
        |vm, f| read(vm, f, |o| &o.kwdefaults),
        set_kwdefaults,
    ),
    Getter::member("__closure__", |vm, f| read(vm, f, |o| &o.closure)),
    member_field(
        "__doc__",
        |vm, f| read(vm, f, |o| &o.doc),
        |vm, f, v| write(vm, f, v, |o| &o.doc),
    ),
    field(
        "__name__",
        |vm, f| read(vm, f, |o| &o.name),
        |vm, f, v| {
            let v = checked(vm, v, Kind::Str, "__name__ must be set to a string object")?;
            write(vm, f, v, |o| &o.name)
        },
    ),
    field(
        "__qualname__",
        |vm, f| read(vm, f, |o| &o.qualname),
        |vm, f, v| {
            let v = checked(
                vm,
                v,
                Kind::Str,
                "__qualname__ must be set to a string object",
            )?;
            write(vm, f, v, |o| &o.qualname)
        },
    ),
    member_field(
        "__module__",
        |vm, f| read(vm, f, |o| &o.module),
        |vm, f, v| write(vm, f, v, |o| &o.module),
    ),
    field("__annotations__", annotations, |vm, f, v| {
        let v = v.filter(|v| !v.is_none());
        if v.is_some() {
            checked(
                vm,
                v,
                Kind::Dict,
                "__annotations__ must be set to a dict object",
            )?;
        }
        write(vm, f, v, |o| &o.annotations)
    }),
    field("__dict__", |vm, f| dict_of(vm, f).map(Some), set_dict),
];

fn this(v: Value) -> Option<Gc<FunctionObj>> {
    v.cast()
}
fn read(vm: &mut Vm, f: Value, slot: fn(&FunctionObj) -> &Slot) -> Result<Option<Value>, Raised> {
    Ok(this(f).map(|f| slot(f.get(vm)).get_or_none()))
}
fn write(
    vm: &mut Vm,
    f: Value,
    v: Option<Value>,
    slot: fn(&FunctionObj) -> &Slot,
) -> Result<(), Raised> {
    if let Some(f) = this(f) {
        slot(f.get(vm)).write(&vm.heap, v);
    }
    Ok(())
}
fn checked(vm: &mut Vm, v: Option<Value>, kind: Kind, text: &str) -> Result<Option<Value>, Raised> {
    match v {
        Some(v) if v.is_kind(kind) => Ok(Some(v)),
        _ => Err(raise!(vm, TypeError, "{text}")),
    }
}
/// Caches hold the version: whatever they know about the function ends here.
fn touch(vm: &mut Vm, f: Gc<FunctionObj>) {
    let v = vm.new_version();
    if let Some(first) = f.get(vm).asked_for() {
        crate::jit::watch::function_changes(vm, f.value(), first);
    }
    f.get(vm).change(v);
}

fn set_code(vm: &mut Vm, f: Value, v: Option<Value>) -> Result<(), Raised> {
    let Some(code) = v.and_then(|v| v.cast::<CodeObj>()) else {
        return Err(raise!(
            vm,
            TypeError,
            "__code__ must be set to a code object"
        ));
    };
    let Some(func) = this(f) else { return Ok(()) };
    let want = code.get(vm).code.as_ref().map_or(0, |c| c.freevars.len());
    let have = func
        .get(vm)
        .closure
        .get()
        .and_then(|c| c.get::<TupleObj>(vm))
        .map_or(0, |t| t.len);
    if want != have {
        let name = func.get(vm).name.get_or_none();
        let name = args::text(vm, name);
        return Err(raise!(
            vm,
            ValueError,
            "{name}() requires a code object with {have} free vars, not {want}"
        ));
    }
    func.get(vm).exec.set(0);
    func.get(vm).code.write(&vm.heap, Some(code.value()));
    touch(vm, func);
    Ok(())
}
fn set_defaults(vm: &mut Vm, f: Value, v: Option<Value>) -> Result<(), Raised> {
    let v = v.filter(|v| !v.is_none());
    if v.is_some() {
        checked(
            vm,
            v,
            Kind::Tuple,
            "__defaults__ must be set to a tuple object",
        )?;
    }
    write(vm, f, v, |o| &o.defaults)?;
    this(f).into_iter().for_each(|f| touch(vm, f));
    Ok(())
}
fn set_kwdefaults(vm: &mut Vm, f: Value, v: Option<Value>) -> Result<(), Raised> {
    let v = v.filter(|v| !v.is_none());
    if v.is_some() {
        checked(
            vm,
            v,
            Kind::Dict,
            "__kwdefaults__ must be set to a dict object",
        )?;
    }
    write(vm, f, v, |o| &o.kwdefaults)?;
    this(f).into_iter().for_each(|f| touch(vm, f));
    Ok(())
}
/// Made on the first look, as CPython does.
fn annotations(vm: &mut Vm, f: Value) -> Result<Option<Value>, Raised> {
    let Some(f) = this(f) else { return Ok(None) };
    if let Some(d) = f.get(vm).annotations.get() {
        return Ok(Some(d));
    }
    let d = vm.new_dict()?.value();
    f.get(vm).annotations.write(&vm.heap, Some(d));
    Ok(Some(d))
}
/// `__dict__`, made on first need.
pub fn dict_of(vm: &mut Vm, f: Value) -> R {
    let Some(f) = this(f) else {
        return Ok(Value::NONE);
    };
    if let Some(d) = f.get(vm).dict.get() {
        return Ok(d);
    }
    let d = vm.new_dict()?.value();
    f.get(vm).dict.write(&vm.heap, Some(d));
    Ok(d)
}
fn set_dict(vm: &mut Vm, f: Value, v: Option<Value>) -> Result<(), Raised> {
    match v {
        None => Err(raise!(vm, TypeError, "cannot delete __dict__")),
        Some(d) if d.is_kind(Kind::Dict) => write(vm, f, Some(d), |o| &o.dict),
        Some(d) => {
            let t = vm.type_name(d);
            Err(raise!(
                vm,
                TypeError,
                "__dict__ must be set to a dictionary, not a '{t}'"
            ))
        }
    }
}

/// `function(code, globals, name=None, argdefs=None, closure=None)`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let names = ["code", "globals", "name", "argdefs", "closure"];
    let [code, globals, name, defaults, closure] =
        args::parse(vm, "function", a, names, 2, 5)?.map(|v| v.unwrap_or(Value::NONE));
    let Some(code) = code.cast::<CodeObj>() else {
        let t = args::kind_name(vm, code);
        return Err(raise!(
            vm,
            TypeError,
            "function() argument 'code' must be code, not {t}"
        ));
    };
    if !globals.is_kind(Kind::Dict) {
        let t = args::kind_name(vm, globals);
        return Err(raise!(
            vm,
            TypeError,
            "function() argument 'globals' must be dict, not {t}"
        ));
    }
    let ok = |v: Value, k: Kind| v.is_none() || v.is_kind(k);
    if !ok(name, Kind::Str) {
        return Err(raise!(vm, TypeError, "arg 3 (name) must be None or string"));
    }
    if !ok(defaults, Kind::Tuple) {
        return Err(raise!(
            vm,
            TypeError,
            "arg 4 (defaults) must be None or tuple"
        ));
    }
    let nfree = code.get(vm).code.as_ref().map_or(0, |c| c.freevars.len());
    if !closure.is_kind(Kind::Tuple) {
        if nfree > 0 && closure.is_none() {
            return Err(raise!(vm, TypeError, "arg 5 (closure) must be tuple"));
        }
        if !closure.is_none() {
            return Err(raise!(
                vm,
                TypeError,
                "arg 5 (closure) must be None or tuple"
            ));
        }
    }
    let cells = closure.get::<TupleObj>(vm).map_or(0, |t| t.len);
    if cells != nfree {
        let n = code_ops::co_name(vm, code)?;
        let n = args::text(vm, n);
        return Err(raise!(
            vm,
            ValueError,
            "{n} requires closure of length {nfree}, not {cells}"
        ));
    }
    let bad = closure
        .get::<TupleObj>(vm)
        .and_then(|t| t.iter().find(|c| !c.is_kind(Kind::Cell)));
    if let Some(bad) = bad {
        let t = vm.type_name(bad);
        return Err(raise!(
            vm,
            TypeError,
            "arg 5 (closure) expected cell, found {t}"
        ));
    }
    let f = super::ops::new(vm, code, globals, Value::NONE)?;
    let o = f.get(vm);
    if !name.is_none() {
        o.name.write(&vm.heap, Some(name));
    }
    let some = |v: Value| (!v.is_none()).then_some(v);
    o.defaults.write(&vm.heap, some(defaults));
    o.closure.write(&vm.heap, some(closure));
    Ok(f.value())
}
