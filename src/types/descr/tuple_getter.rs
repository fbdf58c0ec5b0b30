//! `_tuplegetter`: the attribute of a named tuple that is its item of a number.

use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Header, Kind, MethodDef, Object, Slot, Tracer, Value};
use crate::protocol::number;
use crate::raise;
use crate::types::class::ops as class;
use crate::types::tuple::value::TupleObj;
use crate::types::{Getter, Setter, args};
use crate::vm::{Raised, Vm};

/// A descriptor of item `index` of tuples.
#[repr(C)]
pub struct TupleGetterObj {
    pub h: Header,
    pub index: i64,
    pub doc: Slot,
}
impl Object for TupleGetterObj {
    const KIND: Kind = Kind::TupleGetter;
    fn trace(&self, t: &mut Tracer<'_>) {
        t.slot(&self.doc);
    }
}

/// Rows.
pub const METHODS: &[MethodDef] = &[MethodDef {
    name: "__reduce__",
    conv: Conv::NoArgs(reduce),
    doc: "What makes it again.",
}];
/// Computed attributes.
pub const GETTERS: &[Getter] = &[Getter {
    name: "__doc__",
    get: |vm, d| Ok(d.get::<TupleGetterObj>(vm).map(|d| d.doc.get_or_none())),
    set: Setter::MemberFn(|vm, d, v| {
        if let Some(d) = d.get::<TupleGetterObj>(vm) {
            d.doc.write(&vm.heap, v);
        }
        Ok(())
    }),
}];

/// `_tuplegetter(index, doc)`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "_tuplegetter", a)?;
    args::arity(vm, "_tuplegetter", a, 2, 2)?;
    let index = number::as_index_i64(vm, a[0], ClassId::OverflowError)?;
    let d = vm.alloc(TupleGetterObj {
        h: Header::new(Kind::TupleGetter, ClassId::TupleGetter as u32),
        index,
        doc: Slot::of(a[1]),
    })?;
    Ok(d.value())
}

/// What reading the attribute gives.
///
/// # Errors
/// TypeError for what is no tuple, IndexError for a short one.
pub fn get(vm: &mut Vm, d: Value, o: Value) -> R {
    let i = d.get::<TupleGetterObj>(vm).map_or(0, |d| d.index);
    let Some(t) = o.get::<TupleObj>(vm) else {
        if o.is_none() {
            return Ok(d);
        }
        let t = vm.type_name(o);
        return Err(raise!(
            vm,
            TypeError,
            "descriptor for index '{i}' for tuple subclasses doesn't apply to '{t}' object"
        ));
    };
    match usize::try_from(i).ok().and_then(|i| t.get(i)) {
        Some(v) => Ok(v),
        None => Err(raise!(vm, IndexError, "tuple index out of range")),
    }
}
/// Such an attribute cannot be bound or deleted.
pub fn refuse(vm: &mut Vm, v: Option<Value>) -> Raised {
    match v {
        Some(_) => raise!(vm, AttributeError, "can't set attribute"),
        None => raise!(vm, AttributeError, "can't delete attribute"),
    }
}

fn reduce(vm: &mut Vm, d: Value) -> R {
    let (i, doc) = match d.get::<TupleGetterObj>(vm) {
        Some(d) => (d.index, d.doc.get_or_none()),
        None => (0, Value::NONE),
    };
    let i = vm.new_int(i)?;
    let a = vm.new_tuple(&[i, doc])?;
    let c = class::type_of(vm, d)?;
    vm.new_tuple(&[c, a])
}
