//! Layouts of builtin functions, method descriptors and bound methods.

use crate::object::{ClassId, Header, Kind, MethodDef, Object, Slot, Tracer};

/// `builtin_function_or_method`: `len`, or `[].append`.
#[repr(C)]
pub struct BuiltinObj {
    pub h: Header,
    pub def: &'static MethodDef,
    /// The receiver; for a function of a module, the module.
    pub self_: Slot,
    /// `__module__`: a str or empty.
    pub module: Slot,
}
impl Object for BuiltinObj {
    const KIND: Kind = Kind::Builtin;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.self_);
        t.slot(&self.module);
    }
}

/// `method_descriptor`: `str.upper`.
#[repr(C)]
pub struct MethodDescrObj {
    pub h: Header,
    pub def: &'static MethodDef,
    pub class: ClassId,
}
impl Object for MethodDescrObj {
    const KIND: Kind = Kind::MethodDescr;
    const LEAF: bool = true;
    fn trace(&self, _: &mut Tracer<'_>) {}
}

/// `method`: a callable bound to its first argument.
#[repr(C)]
pub struct BoundMethodObj {
    pub h: Header,
    pub func: Slot,
    pub self_: Slot,
}
impl Object for BoundMethodObj {
    const KIND: Kind = Kind::BoundMethod;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.func);
        t.slot(&self.self_);
    }
}
