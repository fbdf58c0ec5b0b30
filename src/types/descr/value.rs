//! Layouts of descriptors that are no functions, and of `mappingproxy`.

use crate::object::method::R;
use crate::object::{ClassId, Header, Kind, Object, Slot, Tracer, Value};
use crate::types::{Getter, Setter};
use crate::vm::Vm;

/// `getset_descriptor` or `member_descriptor`, by the class in its header.
#[repr(C)]
pub struct GetSetObj {
    pub h: Header,
    pub getter: &'static Getter,
    pub class: ClassId,
    /// The class that has it, if a program made that.
    pub owner: Slot,
}
impl Object for GetSetObj {
    const KIND: Kind = Kind::GetSet;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.owner);
    }
}

/// `member_descriptor` of a name in `__slots__`.
#[repr(C)]
pub struct MemberObj {
    pub h: Header,
    pub name: Slot,
    pub owner: Slot,
    /// Which slot of the instance it is.
    pub index: u32,
}
impl Object for MemberObj {
    const KIND: Kind = Kind::Member;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.name);
        t.slot(&self.owner);
    }
}

/// `classmethod`
#[repr(C)]
pub struct ClassMethodObj {
    pub h: Header,
    pub func: Slot,
}
impl Object for ClassMethodObj {
    const KIND: Kind = Kind::ClassMethod;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.func);
    }
}

/// `staticmethod`
#[repr(C)]
pub struct StaticMethodObj {
    pub h: Header,
    pub func: Slot,
}
impl Object for StaticMethodObj {
    const KIND: Kind = Kind::StaticMethod;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.func);
    }
}

/// `mappingproxy`: a view of a dict that cannot be written through.
#[repr(C)]
pub struct MappingProxyObj {
    pub h: Header,
    pub dict: Slot,
}
impl Object for MappingProxyObj {
    const KIND: Kind = Kind::MappingProxy;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.dict);
    }
}

/// The descriptor of a computed attribute.
pub fn new(vm: &mut Vm, getter: &'static Getter, class: ClassId) -> R {
    let id = match getter.set {
        Setter::Member | Setter::MemberFn(_) => ClassId::MemberDescriptor,
        Setter::None | Setter::Fn(_) => ClassId::GetSetDescriptor,
    };
    let d = vm.alloc(GetSetObj {
        h: Header::new(Kind::GetSet, id as u32),
        getter,
        class,
        owner: Slot::new(None),
    })?;
    Ok(d.value())
}
/// The same, of a class that a program made.
pub fn new_of(vm: &mut Vm, getter: &'static Getter, owner: Value) -> R {
    let d = vm.alloc(GetSetObj {
        h: Header::new(Kind::GetSet, ClassId::GetSetDescriptor as u32),
        getter,
        class: ClassId::Object,
        owner: Slot::of(owner),
    })?;
    Ok(d.value())
}
/// The descriptor of a name in `__slots__`.
pub fn new_member(vm: &mut Vm, owner: Value, name: Value, index: u32) -> R {
    let d = vm.alloc(MemberObj {
        h: Header::new(Kind::Member, ClassId::MemberDescriptor as u32),
        name: Slot::of(name),
        owner: Slot::of(owner),
        index,
    })?;
    Ok(d.value())
}
/// `classmethod(func)`
pub fn new_class_method(vm: &mut Vm, func: Value) -> R {
    let d = vm.alloc(ClassMethodObj {
        h: Header::new(Kind::ClassMethod, ClassId::ClassMethod as u32),
        func: Slot::of(func),
    })?;
    Ok(d.value())
}
/// `staticmethod(func)`
pub fn new_static(vm: &mut Vm, func: Value) -> R {
    let d = vm.alloc(StaticMethodObj {
        h: Header::new(Kind::StaticMethod, ClassId::StaticMethod as u32),
        func: Slot::of(func),
    })?;
    Ok(d.value())
}
/// `mappingproxy(dict)`
pub fn new_proxy(vm: &mut Vm, dict: Value) -> R {
    let d = vm.alloc(MappingProxyObj {
        h: Header::new(Kind::MappingProxy, ClassId::MappingProxy as u32),
        dict: Slot::of(dict),
    })?;
    Ok(d.value())
}
/// The dict behind a proxy; anything else is itself.
pub fn proxied(vm: &Vm, v: Value) -> Value {
    let mut v = v;
    // However deep they lie in each other.
    while let Some(p) = v.get::<MappingProxyObj>(vm) {
        v = p.dict.get_or_none();
    }
    v
}
/// The same, if that may be a proxy again.
pub fn held(vm: &Vm, v: Value) -> Value {
    match v.get::<MappingProxyObj>(vm) {
        Some(p) => p.dict.get_or_none(),
        None => v,
    }
}
