//! (being built)
use crate::object::Tracer;

/// The JIT's state in a Vm.
#[derive(Default)]
pub struct State {}
impl State {
    pub fn trace(&self, _t: &mut Tracer<'_>) {}
}
