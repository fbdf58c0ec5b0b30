//! Attribute sites: what LOAD_ATTR, STORE_ATTR and LOAD_METHOD, and calls of classes, have found.
//!
//! A site knows up to [`WAYS`] receivers. An entry says what the name means for objects of one shape while
//! their class has one version: whatever changes a class, or one that it derives from, gives it a new one.
//! Classes and modules are known one by one, by identity. A site is made when its instruction runs for the
//! second time; one that meets too many receivers learns no more (`poly`): the rest take the general form.
//!
//! Entries hold words that the collector does not follow: it empties those whose class or value dies
//! (`Sites::forget`). A number of a shape is never given out again.

mod learn;

pub use learn::{learn_class, learn_load, learn_store};

use super::executable::{QInstr, Spec};
use crate::object::{ClassId, Gc, Value};
use crate::protocol::special::{self, Special};
use crate::types::class::make::plain_exception;
use crate::types::class::value::ClassObj;
use crate::types::descr::property::PropertyObj;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::value::ExceptionObj;
use crate::types::function::value::FunctionObj;
use crate::types::instance::ops as instance;
use crate::types::instance::value::InstanceObj;
use crate::vm::{Raised, Vm};
use std::cell::{Cell, RefCell};

/// Receivers that a site tells apart.
pub const WAYS: usize = 4;
/// Lookups that a site may miss before it settles.
const MISSES: u8 = 24;

/// What a name means for the receivers of an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// The entry is free.
    Empty,
    /// Slot `index` of the instance: an attribute of its own, or a member of `__slots__`.
    Slot,
    /// An item of the instance's dict; `value` is the name.
    Dict,
    /// `value`, which the class has and which is no descriptor.
    Value,
    /// `value` as well, an object whose class a program made: no descriptor while that has no `__get__`.
    Object,
    /// A function or a builtin method, `value`, to be bound to the receiver.
    Method,
    /// The function `value`, to be bound to the class.
    ClassMethod,
    /// The property `value`, whose getter is a Python function.
    Property,
    /// The receiver is the module `class`; `value` is the cell of a global.
    Global,
    /// The receiver is the class `class`: `value`.
    OfClass,
    /// The same, an object as for `Object`.
    ObjectOfClass,
    /// The same, a class method's function.
    MethodOfClass,
    /// Adding an attribute: it goes to slot `index`, and the shape becomes `next`.
    Add,
    /// The function's own attribute: entry `index` of its dict, whose key is the name, `value`.
    Item,
    /// An exception's own attribute: slot `index` of what holds those, an instance of shape `next`.
    Held,
    /// The arguments of an exception.
    Args,
    /// A call of the class: instances begin with the shape, `value` is their `__init__`, if they have one.
    Make,
}

/// What a site knows of one sort of receivers.
pub struct Entry {
    way: Cell<Way>,
    shape: Cell<u32>,
    index: Cell<u32>,
    next: Cell<u32>,
    class: Cell<u64>,
    version: Cell<u64>,
    value: Cell<u64>,
}
/// No object has a shape of this number.
const NO_SHAPE: u32 = u32::MAX;

impl Entry {
    const fn empty() -> Entry {
        Entry {
            way: Cell::new(Way::Empty),
            shape: Cell::new(NO_SHAPE),
            index: Cell::new(0),
            next: Cell::new(0),
            class: Cell::new(0),
            version: Cell::new(0),
            value: Cell::new(0),
        }
    }
    fn fill(&self, e: &Found) {
        self.way.set(e.way);
        self.shape.set(e.shape);
        self.index.set(e.index);
        self.next.set(e.next);
        self.class.set(e.class.bits());
        self.version.set(e.version);
        self.value.set(e.value.map_or(0, Value::bits));
    }
    fn clear(&self) {
        self.way.set(Way::Empty);
        self.shape.set(NO_SHAPE);
        self.class.set(0);
        self.value.set(0);
    }
    pub fn way(&self) -> Way {
        self.way.get()
    }
    pub fn shape(&self) -> u32 {
        self.shape.get()
    }
    pub fn index(&self) -> usize {
        self.index.get() as usize
    }
    pub fn next(&self) -> u32 {
        self.next.get()
    }
    pub fn version(&self) -> u64 {
        self.version.get()
    }
    #[inline(always)]
    pub fn value(&self) -> Option<Value> {
        Value::from_bits(self.value.get())
    }
    /// The class, or the module.
    #[inline(always)]
    pub fn class(&self) -> Option<Value> {
        Value::from_bits(self.class.get())
    }
    /// Whether the class is as it was.
    #[inline(always)]
    pub fn is_current(&self, vm: &Vm) -> bool {
        self.class()
            .and_then(|c| c.get::<ClassObj>(vm))
            .is_some_and(|c| c.version.get() == self.version.get())
    }
    /// Whether it speaks of this very object, whose shape it has.
    #[inline(always)]
    fn holds(&self, vm: &Vm, o: Value) -> bool {
        match self.way.get() {
            Way::Global => self.class.get() == o.bits(),
            Way::OfClass | Way::ObjectOfClass | Way::MethodOfClass => {
                self.class.get() == o.bits() && self.is_current(vm)
            }
            _any => self.is_current(vm),
        }
    }
}

/// An entry to be.
struct Found {
    way: Way,
    shape: u32,
    index: u32,
    next: u32,
    class: Value,
    version: u64,
    value: Option<Value>,
}

/// A place in the code, and what it has met.
pub struct Site {
    entries: [Entry; WAYS],
    misses: Cell<u8>,
    /// The name, which the code keeps.
    name: u64,
}

impl Site {
    fn new(name: Value) -> Site {
        Site {
            name: name.bits(),
            entries: [const { Entry::empty() }; WAYS],
            misses: Cell::new(0),
        }
    }
    /// The name that is looked up, as long as the code lives.
    pub fn name(&self) -> Value {
        Value::from_bits(self.name).unwrap_or(Value::NONE)
    }
    /// What is known, the oldest first.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|e| e.way.get() != Way::Empty)
    }
    /// The entry for a receiver.
    #[inline(always)]
    pub fn find(&self, vm: &Vm, o: Value) -> Option<&Entry> {
        if !o.is_object() {
            return None;
        }
        let s = crate::object::header::shape_of(o);
        let first = &self.entries[0];
        if first.shape.get() == s && first.holds(vm, o) {
            return Some(first);
        }
        let rest = &self.entries[1..];
        rest.iter().find(|e| e.shape.get() == s && e.holds(vm, o))
    }
    /// Enters what was found. False: it has met too much.
    fn enter(&self, e: &Found) -> bool {
        let n = self.misses.get() + 1;
        self.misses.set(n);
        if n > MISSES {
            return false;
        }
        let same = |x: &&Entry| x.shape.get() == e.shape && x.class.get() == e.class.bits();
        let free = |x: &&Entry| x.way.get() == Way::Empty;
        let mut all = self.entries.iter();
        match all.find(same).or_else(|| self.entries.iter().find(free)) {
            Some(x) => {
                x.fill(e);
                true
            }
            // One more does not make the others useless: those that it meets most are there in the end.
            None => {
                if let Some(x) = self.entries.get(n as usize % WAYS).filter(|_| n < MISSES) {
                    x.fill(e);
                }
                n < MISSES
            }
        }
    }
    fn missed(&self) -> bool {
        let n = self.misses.get().saturating_add(1);
        self.misses.set(n);
        n > MISSES
    }
}

/// The sites of one code object.
#[derive(Default)]
pub struct Sites {
    // Each keeps its address: instructions hold it.
    #[allow(clippy::vec_box)]
    all: RefCell<Vec<Box<Site>>>,
}

impl Sites {
    /// Bytes accounted for them.
    pub fn bytes(&self) -> usize {
        self.all.borrow().len() * SITE_BYTES
    }
    /// Empties what speaks of the dead.
    pub fn forget(&self, dead: &dyn Fn(Value) -> bool) {
        for s in self.all.borrow().iter() {
            for e in &s.entries {
                if e.class().is_some_and(dead) || e.value().is_some_and(dead) {
                    e.clear();
                }
            }
        }
    }
    /// The address of the site of an instruction that has one now.
    pub fn address(&self, i: &QInstr) -> Option<u64> {
        self.with(i, |s| std::ptr::from_ref(s) as u64)
    }
    /// Runs `f` with the site of an instruction, if it has one now.
    pub fn with<T>(&self, i: &QInstr, f: impl FnOnce(&Site) -> T) -> Option<T> {
        let at = i.cache1.get() as usize;
        let form = i.spec().is_some_and(|s| {
            matches!(
                s,
                Spec::LOAD_ATTR_SITE
                    | Spec::STORE_ATTR_SITE
                    | Spec::LOAD_METHOD_SITE
                    | Spec::CALL_CLASS
            )
        });
        let all = self.all.borrow();
        let s = all
            .iter()
            .find(|s| form && std::ptr::from_ref::<Site>(s) as usize == at);
        s.map(|s| f(s))
    }
    /// A new site, for the instruction's `cache1`. None: there is no memory for it.
    fn add(&self, vm: &Vm, name: Value) -> Option<usize> {
        vm.heap.account(SITE_BYTES).ok()?;
        let mut all = self.all.borrow_mut();
        let s = Box::new(Site::new(name));
        let at = std::ptr::from_ref::<Site>(&s) as usize;
        all.push(s);
        Some(at)
    }
}
const SITE_BYTES: usize = size_of::<Site>() + 8;

/// What a site knows, for native code. Words are those of `Value`s, 0 is nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    pub way: Way,
    pub shape: u32,
    pub index: u32,
    pub next: u32,
    pub class: u64,
    pub version: u64,
    pub value: u64,
    /// Slots that attributes of this shape, or the next one, need.
    pub room: u32,
    /// Of a value whose class a program made: the class, its version, and the value's shape.
    pub of_value: Option<(u64, u64, u32)>,
    /// Slots that a new instance gets, once that has settled.
    pub inline: Option<u32>,
    /// Instances are exceptions that are nothing but their arguments and their attributes.
    pub exception: bool,
}

/// What the instruction's site knows and is so now; and whether that is all it has met.
pub fn seen(vm: &Vm, sites: &Sites, i: &QInstr) -> Vec<Seen> {
    let entry = |e: &Entry| {
        let class = e.class()?;
        let c = class.get::<ClassObj>(vm);
        if e.way() != Way::Global && !e.is_current(vm) {
            return None;
        }
        let shape = match e.way() {
            Way::Add | Way::Held => e.next(),
            _any => e.shape(),
        };
        let own = crate::types::class::ops::shape_of(vm, shape).map_or(0, |s| s.get(vm).len);
        let of_value = e
            .value()
            .and_then(|v| Some((instance::class_of(vm, v)?, v.header(vm)?.shape())))
            .and_then(|(c, s)| Some((c.bits(), c.get::<ClassObj>(vm)?.version.get(), s)));
        // Its class may have become that of a descriptor since; native code asks for the version only.
        if matches!(e.way(), Way::Object | Way::ObjectOfClass)
            && e.value().is_none_or(|v| binds(vm, v))
        {
            return None;
        }
        Some(Seen {
            way: e.way(),
            shape: e.shape(),
            index: e.index() as u32,
            next: e.next(),
            class: class.bits(),
            version: e.version(),
            value: e.value().map_or(0, Value::bits),
            room: own + c.map_or(0, |c| c.nslots),
            of_value,
            inline: c
                .filter(|c| c.made.get() > 1 && c.id == ClassId::Object || is_exception(c))
                .map(|c| c.inline.get().max(c.nslots)),
            exception: c.is_some_and(is_exception),
        })
    };
    let all = sites.with(i, |s| s.entries().filter_map(entry).collect());
    all.unwrap_or_default()
}

/// Whether a program made the class of exceptions that are nothing but their arguments and their attributes.
fn is_exception(c: &ClassObj) -> bool {
    let with_value =
        c.id.is_subclass(ClassId::StopIteration) || c.id.is_subclass(ClassId::SystemExit);
    c.user && plain_exception(c) && !with_value
}

/// Whether the class of `v` has, or may have, a `__get__`.
fn binds(vm: &Vm, v: Value) -> bool {
    let name = vm.specials[Special::Get as usize].get();
    let mro = instance::class_of(vm, v)
        .and_then(|c| c.get::<ClassObj>(vm)?.mro.get())
        .and_then(|m| m.get::<crate::types::tuple::value::TupleObj>(vm));
    let (Some(name), Some(mro)) = (name, mro) else {
        return true;
    };
    mro.iter().any(|c| {
        let Some(c) = c.get::<ClassObj>(vm) else {
            return true;
        };
        match c.dict.get().and_then(|d| d.cast()) {
            Some(d) => dict::get_str(vm, d, name).is_some(),
            // A builtin class whose dict nobody has wanted yet: only `object` is without surprises.
            None => c.id != ClassId::Object,
        }
    })
}

/// What a load found.
pub enum Load {
    Value(Value),
    /// A function of the class, and what it is to be bound to.
    Method(Value, Value),
    /// Its getter is to be called.
    Property(Value),
    /// Nobody knows.
    Miss,
}

/// What `name` of `o` is, as far as the site knows.
#[inline(always)]
pub fn load(vm: &mut Vm, site: &Site, o: Value) -> Load {
    let Some(e) = site.find(vm, o) else {
        return Load::Miss;
    };
    let Some(v) = e.value() else {
        return match own(vm, o, e) {
            Some(v) => Load::Value(v),
            None => Load::Miss,
        };
    };
    match e.way.get() {
        Way::Item => match of_function(vm, o, e.index(), v) {
            Some((_, v)) => Load::Value(v),
            None => Load::Miss,
        },
        Way::Value | Way::OfClass => Load::Value(v),
        Way::Method => Load::Method(v, o),
        Way::MethodOfClass => Load::Method(v, o),
        Way::ClassMethod => match e.class() {
            Some(c) => Load::Method(v, c),
            None => Load::Miss,
        },
        Way::Property => match v.get::<PropertyObj>(vm).and_then(|p| p.get.get()) {
            Some(f) => Load::Property(f),
            None => Load::Miss,
        },
        Way::Global => match v
            .cast::<crate::types::cell::value::GlobalCellObj>()
            .and_then(|c| c.get(vm).value.get())
        {
            Some(v) => Load::Value(v),
            None => Load::Miss,
        },
        Way::Dict => match of_dict(vm, o, v) {
            Some(v) => Load::Value(v),
            None => Load::Miss,
        },
        Way::Object | Way::ObjectOfClass => match special::find(vm, v, Special::Get) {
            Ok(None) => Load::Value(v),
            // Memory is short: the general form says so.
            Ok(Some(_)) | Err(_) => Load::Miss,
        },
        Way::Slot | Way::Held | Way::Args | Way::Add | Way::Make | Way::Empty => Load::Miss,
    }
}

/// What lies in the slot of an entry.
#[inline(always)]
fn own(vm: &Vm, o: Value, e: &Entry) -> Option<Value> {
    let Some(x) = o.cast::<InstanceObj>() else {
        return of_exception(vm, o, e);
    };
    if e.way.get() != Way::Slot {
        return None;
    }
    match x.get(vm).slots().get(e.index()) {
        Some(s) => s.get(),
        None => instance::at(vm, x, e.index()),
    }
}
/// The same of an exception.
fn of_exception(vm: &Vm, o: Value, e: &Entry) -> Option<Value> {
    match e.way.get() {
        Way::Args => o.get::<ExceptionObj>(vm)?.args.get(),
        Way::Held => held(vm, o, e)?.get(vm).slots().get(e.index())?.get(),
        _other => None,
    }
}
/// What holds the attributes of an exception, if it is of the entry's shape.
fn held(vm: &Vm, o: Value, e: &Entry) -> Option<Gc<InstanceObj>> {
    let x = o.get::<ExceptionObj>(vm)?.dict.get()?;
    let x = x.cast::<InstanceObj>()?;
    (x.get(vm).h.shape() == e.next.get()).then_some(x)
}
/// The entry of that number in a function's dict, if it has the name: the dict, and the value.
fn of_function(vm: &Vm, o: Value, at: usize, name: Value) -> Option<(Gc<DictObj>, Value)> {
    let d = o.get::<FunctionObj>(vm)?.dict.get()?.cast::<DictObj>()?;
    Some((d, dict::plain_entry(vm, d, at, name)?))
}
fn of_dict(vm: &Vm, o: Value, name: Value) -> Option<Value> {
    let d = o.get::<InstanceObj>(vm)?.dict.get()?;
    dict::get_str(vm, d.cast()?, name)
}

/// Stores into what the site knows of `o`. False: nobody knows.
///
/// # Errors
/// MemoryError.
#[inline(always)]
pub fn store(vm: &mut Vm, site: &Site, o: Value, v: Value) -> Result<bool, Raised> {
    let Some(e) = site.find(vm, o) else {
        return Ok(false);
    };
    let Some(x) = o.cast::<InstanceObj>() else {
        return Ok(store_held(vm, e, o, v));
    };
    let (way, at, next) = (e.way.get(), e.index(), e.next.get());
    if way != Way::Slot && way != Way::Add {
        return Ok(false);
    }
    match x.get(vm).slots().get(at) {
        Some(s) => s.write(&vm.heap, Some(v)),
        None => instance::put(vm, x, at, Some(v))?,
    }
    if way == Way::Add {
        x.get(vm).h.set_shape(next);
    }
    Ok(true)
}

/// The same of what is no instance.
fn store_held(vm: &Vm, e: &Entry, o: Value, v: Value) -> bool {
    match (e.way.get(), e.value()) {
        (Way::Item, Some(name)) => match of_function(vm, o, e.index(), name) {
            Some((d, _)) => {
                dict::put(vm, d, e.index(), v);
                true
            }
            None => false,
        },
        (Way::Held, _) => match held(vm, o, e) {
            Some(x) => match x.get(vm).slots().get(e.index()) {
                Some(s) => {
                    s.write(&vm.heap, Some(v));
                    true
                }
                None => false,
            },
            None => false,
        },
        _other => false,
    }
}

/// What a call of a class that a program made does beyond making an object without attributes.
pub enum Make {
    Nothing,
    /// `__init__`
    Init(Gc<FunctionObj>),
}

/// What the site knows of a call of the class, if that is as it was.
#[inline(always)]
pub fn make(vm: &Vm, site: &Site) -> Option<Make> {
    let e = &site.entries[0];
    if e.way.get() != Way::Make || !e.is_current(vm) {
        return None;
    }
    match e.value() {
        None => Some(Make::Nothing),
        Some(f) => f.cast().map(Make::Init),
    }
}
