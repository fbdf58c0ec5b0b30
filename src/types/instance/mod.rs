//! Instances of classes that a program makes: their attributes, by shape or in a dict.
pub mod ops;
pub mod value;

use crate::object::Value;
use crate::raise;
use crate::types::{Getter, Setter};
use crate::vm::Vm;

/// `__dict__` of instances of a program's class.
pub static DICT: Getter = Getter {
    name: "__dict__",
    get: |vm, o| match ops::own(vm, o) {
        ops::Own::Layout(Some(d)) => Ok(Some(d.value())),
        ops::Own::Layout(None) => {
            let d = vm.new_dict()?.value();
            if let Some(s) = ops::layout_dict(vm, o) {
                s.write(&vm.heap, Some(d));
            }
            Ok(Some(d))
        }
        ops::Own::Store(s) => Ok(Some(ops::dict_of(vm, s)?.value())),
        ops::Own::Nothing => Ok(None),
    },
    // Taken away, it begins anew when somebody asks for it.
    set: Setter::Fn(|vm, o, v| {
        let d = match v {
            Some(d) => d,
            None => vm.new_dict()?.value(),
        };
        let Some(d) = d.cast() else {
            let t = vm.type_name(d);
            return Err(raise!(
                vm,
                TypeError,
                "__dict__ must be set to a dictionary, not a '{t}'"
            ));
        };
        match ops::own(vm, o) {
            ops::Own::Store(s) => ops::set_dict(vm, s, d),
            ops::Own::Layout(_) => {
                if let Some(s) = ops::layout_dict(vm, o) {
                    s.write(&vm.heap, Some(d.value()));
                }
                Ok(())
            }
            ops::Own::Nothing => Ok(()),
        }
    }),
};

/// `__weakref__`: the first weak reference to the instance.
pub static WEAKREF: Getter = Getter::computed("__weakref__", |vm: &mut Vm, o: Value| {
    Ok(Some(vm.heap.weak_ref(o, 0).unwrap_or(Value::NONE)))
});
