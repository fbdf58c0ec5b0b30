//! How sites learn: what a lookup in the general way has found becomes an entry, where the shape and the
//! version of the class say that it will be found again.

use super::{Found, Sites, Way};
use crate::interp::executable::{HEAT, QInstr, SPEC_BASE, Spec};
use crate::object::{ClassId, Gc, Kind, Value};
use crate::protocol::special::{self, Special};
use crate::types::builtin::value::MethodDescrObj;
use crate::types::class::make::plain_exception;
use crate::types::class::ops as class;
use crate::types::class::shape;
use crate::types::class::value::ClassObj;
use crate::types::descr::property::PropertyObj;
use crate::types::descr::value::{ClassMethodObj, GetSetObj, MemberObj, StaticMethodObj};
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::value::ExceptionObj;
use crate::types::function::value::FunctionObj;
use crate::types::instance::ops as instance;
use crate::types::instance::value::InstanceObj;
use crate::types::module::value::ModuleObj;
use crate::types::str::value::StrObj;
use crate::vm::{Raised, Vm};

/// Notes what a LOAD_ATTR, or a LOAD_METHOD (`method`), has found in the general way.
///
/// # Errors
/// MemoryError.
#[inline]
pub fn learn_load(
    vm: &mut Vm,
    sites: &Sites,
    i: &QInstr,
    o: Value,
    name: Value,
    method: bool,
) -> Result<(), Raised> {
    if i.poly.get() || !wants(i) {
        return Ok(());
    }
    let found = found_by_load(vm, o, name, method)?;
    let spec = match method {
        true => Spec::LOAD_METHOD_SITE,
        false => Spec::LOAD_ATTR_SITE,
    };
    enter(vm, sites, i, found, spec, name);
    Ok(())
}
/// The same of a STORE_ATTR that is done; `before` is the shape that the object had.
///
/// # Errors
/// MemoryError.
#[inline]
pub fn learn_store(
    vm: &mut Vm,
    sites: &Sites,
    i: &QInstr,
    o: Value,
    name: Value,
    before: u32,
) -> Result<(), Raised> {
    if i.poly.get() || !wants(i) {
        return Ok(());
    }
    let found = found_by_store(vm, o, name, before)?;
    enter(vm, sites, i, found, Spec::STORE_ATTR_SITE, name);
    Ok(())
}

/// Whether the instruction has run before.
fn wants(i: &QInstr) -> bool {
    let cold = i.heat.get() == HEAT && i.spec().is_none();
    if cold {
        i.heat.set(HEAT - 1);
    }
    !cold
}

fn enter(vm: &Vm, sites: &Sites, i: &QInstr, found: Option<Found>, spec: Spec, name: Value) {
    let settle = || {
        i.poly.set(true);
        i.op.set(i.opcode() as u8);
        i.cache0.set(0);
        i.cache1.set(0);
        crate::call::dispatch::count(&vm.stats.settled);
    };
    if i.spec() != Some(spec) {
        let Some(e) = found else {
            let heat = i.heat.get().saturating_sub(1);
            i.heat.set(heat);
            if heat == 0 {
                settle();
            }
            return;
        };
        let Some(at) = sites.add(vm, name) else {
            return;
        };
        i.cache0.set(0);
        i.cache1.set(at as u64);
        i.op.set(SPEC_BASE + spec as u8);
        crate::call::dispatch::count(&vm.stats.learnt);
        sites.with(i, |s| s.enter(&e));
        return;
    }
    let fits = sites.with(i, |s| match &found {
        Some(e) => s.enter(e),
        None => !s.missed(),
    });
    match fits {
        Some(true) => crate::call::dispatch::count(&vm.stats.learnt),
        // What it knows serves on.
        Some(false) => {
            i.poly.set(true);
            crate::call::dispatch::count(&vm.stats.settled);
        }
        None => {}
    }
}

/// Whether a value that a class has is given as it is, whatever happens to its class.
fn is_plain(v: Value) -> bool {
    if v.is_user() {
        return false;
    }
    match v.kind() {
        None => true,
        Some(k) => matches!(
            k,
            Kind::Int64
                | Kind::BigInt
                | Kind::Str
                | Kind::Tuple
                | Kind::List
                | Kind::Dict
                | Kind::Set
                | Kind::Bytes
                | Kind::Builtin
                | Kind::BoundMethod
                | Kind::Class
                | Kind::Complex
                | Kind::Range
                | Kind::Plain
        ),
    }
}
fn is_interned(vm: &Vm, name: Value) -> bool {
    name.exact::<StrObj>()
        .is_some_and(|s| s.get(vm).is_interned())
}

fn found_by_load(
    vm: &mut Vm,
    o: Value,
    name: Value,
    method: bool,
) -> Result<Option<Found>, Raised> {
    if !is_interned(vm, name) {
        return Ok(None);
    }
    match o.kind() {
        Some(Kind::Instance) => of_instance(vm, o, name, method),
        Some(Kind::Class) if !o.is_user() => of_class(vm, o, name, method),
        Some(Kind::Module) if !o.is_user() => of_module(vm, o, name),
        Some(Kind::Exception) => of_exception(vm, o, name),
        Some(Kind::Function) => of_function(vm, o, name),
        Some(_) if method && !o.is_user() => of_builtin(vm, o, name),
        Some(_) | None => Ok(None),
    }
}

/// An instance's shape, its class and that one's version.
fn known(vm: &Vm, o: Value) -> Option<(Gc<shape::ShapeObj>, Value, u64)> {
    let s = instance::shape_of(vm, o)?;
    let c = s.get(vm).class.get()?;
    let o = c.get::<ClassObj>(vm)?;
    (o.id == ClassId::Object).then_some((s, c, o.version.get()))
}

fn of_instance(vm: &mut Vm, o: Value, name: Value, method: bool) -> Result<Option<Found>, Raised> {
    if !o.is_user() || special::overridden(vm, o, Special::GetAttribute)?.is_some() {
        return Ok(None);
    }
    let Some((s, c, version)) = known(vm, o) else {
        return Ok(None);
    };
    let members = c.get::<ClassObj>(vm).map_or(0, |c| c.nslots as usize);
    let own = match s.get(vm).dictful {
        true => entry_of(vm, s, c, version, Way::Dict, 0, Some(name)),
        false => shape::index_of(vm, s, name)
            .and_then(|k| entry_of(vm, s, c, version, Way::Slot, members + k, None)),
    };
    let Some(d) = class::lookup(vm, c, name)? else {
        return Ok(own);
    };
    if d.is_user() {
        let data = special::find(vm, d, Special::Set)?.is_some()
            || special::find(vm, d, Special::Delete)?.is_some();
        if data {
            return Ok(None);
        }
        // Its class may become that of a data descriptor, of which this class's version says nothing.
        if own.is_some() {
            return Ok(None);
        }
        return Ok(match special::find(vm, d, Special::Get)? {
            None => entry_of(vm, s, c, version, Way::Object, 0, Some(d)),
            Some(_) => None,
        });
    }
    match d.kind() {
        Some(Kind::Member) => {
            let Some((owner, at)) = d
                .get::<MemberObj>(vm)
                .map(|m| (m.owner.get_or_none(), m.index as usize))
            else {
                return Ok(None);
            };
            return Ok(match class::is_subtype(vm, c, owner) {
                true => entry_of(vm, s, c, version, Way::Slot, at, None),
                false => None,
            });
        }
        Some(Kind::Property) => {
            let getter = d.get::<PropertyObj>(vm).and_then(|p| p.get.get());
            let python = getter.is_some_and(|f| f.exact::<FunctionObj>().is_some());
            if method || !python || special::find(vm, o, Special::GetAttr)?.is_some() {
                return Ok(None);
            }
            return Ok(entry_of(vm, s, c, version, Way::Property, 0, Some(d)));
        }
        Some(Kind::GetSet | Kind::TupleGetter) => return Ok(None),
        Some(_) | None => {}
    }
    if own.is_some() {
        return Ok(own);
    }
    Ok(match d.kind() {
        Some(Kind::Function) => entry_of(vm, s, c, version, Way::Method, 0, Some(d)),
        Some(Kind::MethodDescr) if method && special::is_builtin_slot(vm, d) => {
            entry_of(vm, s, c, version, Way::Method, 0, Some(d))
        }
        Some(Kind::StaticMethod) => {
            let f = d.get::<StaticMethodObj>(vm).and_then(|m| m.func.get());
            f.and_then(|f| entry_of(vm, s, c, version, Way::Value, 0, Some(f)))
        }
        Some(Kind::ClassMethod) if method => {
            let f = d.get::<ClassMethodObj>(vm).and_then(|m| m.func.get());
            f.filter(|f| f.exact::<FunctionObj>().is_some())
                .and_then(|f| entry_of(vm, s, c, version, Way::ClassMethod, 0, Some(f)))
        }
        _ if is_plain(d) => entry_of(vm, s, c, version, Way::Value, 0, Some(d)),
        _any => None,
    })
}

fn entry_of(
    vm: &Vm,
    s: Gc<shape::ShapeObj>,
    class: Value,
    version: u64,
    way: Way,
    index: usize,
    value: Option<Value>,
) -> Option<Found> {
    Some(Found {
        way,
        shape: s.get(vm).number,
        index: index as u32,
        next: 0,
        class,
        version,
        value,
    })
}

/// An attribute of a class object whose metaclass is `type`.
fn of_class(vm: &mut Vm, o: Value, name: Value, method: bool) -> Result<Option<Found>, Raised> {
    let meta = vm.class_object(ClassId::Type)?;
    if class::lookup(vm, meta, name)?.is_some() {
        return Ok(None);
    }
    let Some(version) = o.get::<ClassObj>(vm).map(|c| c.version.get()) else {
        return Ok(None);
    };
    let Some(d) = class::lookup(vm, o, name)? else {
        return Ok(None);
    };
    let entry = |way, v| {
        Some(Found {
            way,
            shape: ClassId::Type as u32,
            index: 0,
            next: 0,
            class: o,
            version,
            value: Some(v),
        })
    };
    if d.is_user() {
        return Ok(match special::find(vm, d, Special::Get)? {
            None => entry(Way::ObjectOfClass, d),
            Some(_) => None,
        });
    }
    Ok(match d.kind() {
        Some(Kind::Function) => entry(Way::OfClass, d),
        Some(Kind::StaticMethod) => {
            let f = d.get::<StaticMethodObj>(vm).and_then(|m| m.func.get());
            f.and_then(|f| entry(Way::OfClass, f))
        }
        Some(Kind::ClassMethod) if method => {
            let f = d.get::<ClassMethodObj>(vm).and_then(|m| m.func.get());
            f.filter(|f| f.exact::<FunctionObj>().is_some())
                .and_then(|f| entry(Way::MethodOfClass, f))
        }
        _ if is_plain(d) => entry(Way::OfClass, d),
        _any => None,
    })
}

/// A global of a module.
fn of_module(vm: &mut Vm, o: Value, name: Value) -> Result<Option<Found>, Raised> {
    let c = vm.class_object(ClassId::Module)?;
    if class::lookup(vm, c, name)?.is_some() {
        return Ok(None);
    }
    let d = o.get::<ModuleObj>(vm).and_then(|m| m.dict.get());
    let Some(d) = d.and_then(|d| d.cast::<DictObj>()) else {
        return Ok(None);
    };
    let cell = dict::global_cell(vm, d, name)?;
    Ok(cell.map(|cell| Found {
        way: Way::Global,
        shape: ClassId::Module as u32,
        index: 0,
        next: 0,
        class: o,
        version: 0,
        value: Some(cell.value()),
    }))
}

/// The attribute of a function that is in its dict.
fn of_function(vm: &mut Vm, o: Value, name: Value) -> Result<Option<Found>, Raised> {
    let c = vm.class_object(ClassId::Function)?;
    let Some(version) = c.get::<ClassObj>(vm).map(|c| c.version.get()) else {
        return Ok(None);
    };
    if class::lookup(vm, c, name)?.is_some() {
        return Ok(None);
    }
    let d = o.get::<FunctionObj>(vm).and_then(|f| f.dict.get());
    let Some(d) = d.and_then(|d| d.cast::<DictObj>()) else {
        return Ok(None);
    };
    let at = dict::find_str(vm, d.get(vm), name);
    let at = at.filter(|i| dict::plain_entry(vm, d, *i, name).is_some());
    Ok(at.map(|i| Found {
        way: Way::Item,
        shape: ClassId::Function as u32,
        index: i as u32,
        next: 0,
        class: c,
        version,
        value: Some(name),
    }))
}

/// An exception's arguments, or an attribute of its own.
fn of_exception(vm: &mut Vm, o: Value, name: Value) -> Result<Option<Found>, Raised> {
    if o.is_user() && special::overridden(vm, o, Special::GetAttribute)?.is_some() {
        return Ok(None);
    }
    let c = class::type_of(vm, o)?;
    let Some(version) = c.get::<ClassObj>(vm).map(|c| c.version.get()) else {
        return Ok(None);
    };
    let Some(shape) = o.header(vm).map(|h| h.shape()) else {
        return Ok(None);
    };
    let entry = |way, index, next| {
        Some(Found {
            way,
            shape,
            index,
            next,
            class: c,
            version,
            value: None,
        })
    };
    let found = class::lookup(vm, c, name)?;
    if let Some(d) = found.and_then(|d| d.get::<GetSetObj>(vm)) {
        let args = d.class == ClassId::BaseException && d.getter.name == "args";
        return Ok(entry(Way::Args, 0, 0).filter(|_| args));
    }
    if let Some(d) = found
        && (d.is_user() || !is_plain(d) && !d.is_kind(Kind::Function))
    {
        return Ok(None);
    }
    let store = o.get::<ExceptionObj>(vm).and_then(|e| e.dict.get());
    let Some(store) = store.and_then(|s| s.cast::<InstanceObj>()) else {
        return Ok(None);
    };
    let Some(s) = instance::shape_of(vm, store.value()).filter(|s| !s.get(vm).dictful) else {
        return Ok(None);
    };
    // Of one class, so that what is known of that is known of the attributes.
    if s.get(vm).class.get() != Some(c) {
        return Ok(None);
    }
    let at = shape::index_of(vm, s, name);
    Ok(at.and_then(|i| entry(Way::Held, i as u32, s.get(vm).number)))
}

/// A method of a builtin class whose instances have nothing of their own.
fn of_builtin(vm: &mut Vm, o: Value, name: Value) -> Result<Option<Found>, Raised> {
    const PLAIN: [ClassId; 7] = [
        ClassId::List,
        ClassId::Dict,
        ClassId::Set,
        ClassId::Str,
        ClassId::Bytes,
        ClassId::Tuple,
        ClassId::Generator,
    ];
    let id = vm.class_of(o);
    if !PLAIN.contains(&id) {
        return Ok(None);
    }
    let c = vm.class_object(id)?;
    let Some(version) = c.get::<ClassObj>(vm).map(|c| c.version.get()) else {
        return Ok(None);
    };
    let d = class::lookup(vm, c, name)?;
    Ok(d.filter(|d| special::is_builtin_slot(vm, *d))
        .map(|d| Found {
            way: Way::Method,
            shape: id as u32,
            index: 0,
            next: 0,
            class: c,
            version,
            value: Some(d),
        }))
}

fn found_by_store(
    vm: &mut Vm,
    o: Value,
    name: Value,
    before: u32,
) -> Result<Option<Found>, Raised> {
    if !is_interned(vm, name)
        || o.is_user() && special::overridden(vm, o, Special::SetAttr)?.is_some()
    {
        return Ok(None);
    }
    match o.kind() {
        Some(Kind::Function) => return of_function(vm, o, name),
        Some(Kind::Exception) => {
            let found = of_exception(vm, o, name)?;
            return Ok(found.filter(|e| e.way == Way::Held));
        }
        _other => {}
    }
    if !o.is_kind(Kind::Instance) || !o.is_user() {
        return Ok(None);
    }
    let Some((s, c, version)) = known(vm, o) else {
        return Ok(None);
    };
    let members = c.get::<ClassObj>(vm).map_or(0, |c| c.nslots as usize);
    if let Some(d) = class::lookup(vm, c, name)? {
        if d.is_user() {
            return Ok(None);
        }
        match d.kind() {
            Some(Kind::Member) => {
                let member = d.get::<MemberObj>(vm);
                let Some((owner, at)) = member.map(|m| (m.owner.get_or_none(), m.index)) else {
                    return Ok(None);
                };
                return Ok(match class::is_subtype(vm, c, owner) {
                    true => entry_of(vm, s, c, version, Way::Slot, at as usize, None),
                    false => None,
                });
            }
            Some(Kind::GetSet | Kind::Property | Kind::TupleGetter) => return Ok(None),
            Some(_) | None => {}
        }
    }
    let x = s.get(vm);
    if x.dictful {
        return Ok(None);
    }
    if x.number == before {
        let at = shape::index_of(vm, s, name);
        return Ok(at.and_then(|k| entry_of(vm, s, c, version, Way::Slot, members + k, None)));
    }
    // The attribute was added, if the shape is the next one.
    let parent = x.parent.get().and_then(|p| p.cast::<shape::ShapeObj>());
    let grown = parent.is_some_and(|p| p.get(vm).number == before && !p.get(vm).dictful)
        && x.name.get() == Some(name);
    Ok(grown.then(|| Found {
        way: Way::Add,
        shape: before,
        index: (members + x.len as usize - 1) as u32,
        next: x.number,
        class: c,
        version,
        value: None,
    }))
}

/// Points a CALL_FUNCTION with `n` arguments at a class. False: calling it is no matter of `__init__` alone.
///
/// # Errors
/// MemoryError.
pub fn learn_class(
    vm: &mut Vm,
    sites: &Sites,
    i: &QInstr,
    class: Value,
    n: usize,
) -> Result<bool, Raised> {
    let Some(e) = found_by_call(vm, class, n)? else {
        return Ok(false);
    };
    let Some(at) = sites.add(vm, class) else {
        return Ok(false);
    };
    i.cache0.set(class.bits());
    i.cache1.set(at as u64);
    crate::interp::ops::arith::set_spec(i, Spec::CALL_CLASS);
    if i.spec() != Some(Spec::CALL_CLASS) {
        return Ok(false);
    }
    crate::call::dispatch::count(&vm.stats.learnt);
    sites.with(i, |s| s.enter(&e));
    Ok(true)
}

fn found_by_call(vm: &mut Vm, class: Value, n: usize) -> Result<Option<Found>, Raised> {
    let Some(c) = class.cast::<ClassObj>().filter(|_| !class.is_user()) else {
        return Ok(None);
    };
    let o = c.get(vm);
    let exception = plain_exception(o);
    let known = o.id == ClassId::Object || exception;
    if !o.user || !known || o.finalizes.get() || o.abstract_.get() {
        return Ok(None);
    }
    let version = o.version.get();
    let (new, init) = (vm.special(Special::New)?, vm.special(Special::Init)?);
    let new = class::lookup(vm, class, new)?;
    let builtin = new.and_then(|f| crate::types::class::make::builtin_new(vm, f));
    if !builtin
        .is_some_and(|id| id == ClassId::Object && !exception || exception && id.is_exception())
    {
        return Ok(None);
    }
    let init = class::lookup(vm, class, init)?;
    // That of an exception gets what its `__new__` has got.
    let again = |vm: &Vm, f: Value| {
        let d = f.get::<MethodDescrObj>(vm);
        exception && d.is_some_and(|d| d.class.is_exception())
    };
    let value = match init {
        Some(f) if f.exact::<FunctionObj>().is_some() => Some(f),
        Some(f) if special::is_builtin_slot(vm, f) && (again(vm, f) || n == 0 && !exception) => {
            None
        }
        Some(_) | None => return Ok(None),
    };
    let number = shape::root(vm, c)?.get(vm).number;
    Ok(Some(Found {
        way: Way::Make,
        shape: number,
        index: 0,
        next: 0,
        class,
        version,
        value,
    }))
}
