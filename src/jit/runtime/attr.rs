//! Attributes by what the interpreter's site of the instruction knows: for places that see too many shapes to
//! bet on one.

use super::{Items, Many, Out};
use crate::interp::attr::{self as sites, Load, Site};
use crate::object::method::R;
use crate::object::{Args, ClassId, Header, Kind, Slot, Value};
use crate::protocol::attr;
use crate::raise;
use crate::types::builtin::methods::bind;
use crate::types::class::make as class;
use crate::types::exception::value::ExceptionObj;
use crate::types::instance::ops as instance;
use crate::vm::{Raised, Vm};

/// The site at an address.
fn site_at<'a>(site: u64) -> &'a Site {
    // SAFETY: the code that a unit is made from keeps its sites, and the unit keeps that.
    unsafe { &*(site as *const Site) }
}

pub(super) fn new_instance(vm: &mut Vm, asked: u64, items: Items, n: u64) -> R {
    instance::with_slots(vm, asked as u32, (asked >> 32) as u32, items.words(n))
}
pub(super) fn new_exception(vm: &mut Vm, shape: u64, args: Value, store: Option<Value>) -> R {
    let h = match shape < ClassId::COUNT as u64 {
        true => Header::new(Kind::Exception, shape as u32),
        false => Header::user(Kind::Exception, shape as u32),
    };
    let e = ExceptionObj::new(h, Slot::of(args), Slot::new(store));
    Ok(vm.alloc(e)?.value())
}
pub(super) fn bind_method(vm: &mut Vm, f: Value, o: Value) -> R {
    bind(vm, f, o)
}
/// A call of a class: the first item is the class.
pub(super) fn make(vm: &mut Vm, site: u64, items: Items, n: u64) -> R {
    const N: usize = 8;
    let [class, args @ ..] = items.values(n) else {
        return Err(raise!(vm, SystemError, "no class"));
    };
    let site = site_at(site);
    let known = sites::make(vm, site).filter(|_| {
        args.len() < N
            && !vm.watched.get()
            && site.entries().next().and_then(|e| e.class()) == Some(*class)
    });
    let Some(known) = known else {
        return vm.call(*class, Args::pos(args));
    };
    let depth = vm.depth.get();
    let o = class::begin(vm, *class, args)?;
    let r = match known {
        sites::Make::Nothing => Ok(Value::NONE),
        sites::Make::Init(f) => {
            let mut all = [o; N];
            all[1..=args.len()].copy_from_slice(args);
            vm.call(f.value(), Args::pos(&all[..=args.len()]))
        }
    };
    vm.depth.set(depth);
    let r = r?;
    match r.is_none() {
        true => Ok(o),
        false => Err(class::bad_init(vm, r)),
    }
}

pub(super) fn get_site(vm: &mut Vm, site: u64, o: Value) -> R {
    let site = site_at(site);
    match sites::load(vm, site, o) {
        Load::Value(v) => Ok(v),
        Load::Method(f, receiver) => bind(vm, f, receiver),
        Load::Property(getter) => vm.call(getter, Args::pos(&[o])),
        Load::Miss => attr::get_attr(vm, o, site.name()),
    }
}
pub(super) fn set_site(vm: &mut Vm, site: u64, o: Value, v: Value) -> Result<(), Raised> {
    let site = site_at(site);
    match sites::store(vm, site, o, v)? {
        true => Ok(()),
        false => attr::set_attr(vm, o, site.name(), v),
    }
}
pub(super) fn method_site(vm: &mut Vm, site: u64, o: Value, out: Out) -> Result<Many, Raised> {
    let site = site_at(site);
    let (lower, upper) = match sites::load(vm, site, o) {
        Load::Value(v) => (Value::MARK, v),
        Load::Method(f, receiver) => (f, receiver),
        Load::Property(_) | Load::Miss => match attr::load_method(vm, o, site.name())? {
            (f, Some(receiver)) => (f, receiver),
            (v, None) => (Value::MARK, v),
        },
    };
    out.set(0, lower);
    out.set(1, upper);
    Ok(out.many(2))
}
