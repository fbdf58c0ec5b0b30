//! Attributes by what the interpreter's site of the instruction knows: for places that see too many shapes to
//! bet on one.

use super::{Many, Out};
use crate::interp::attr::{self as sites, Load, Site};
use crate::object::method::R;
use crate::object::{Args, Value};
use crate::protocol::attr;
use crate::types::builtin::methods::bind;
use crate::vm::{Raised, Vm};

/// The site at an address.
fn site_at<'a>(site: u64) -> &'a Site {
    // SAFETY: the code that a unit is made from keeps its sites, and the unit keeps that.
    unsafe { &*(site as *const Site) }
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
