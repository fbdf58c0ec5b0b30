//! Special methods: what the class of an operand defines under `__add__`, `__len__` … The entries of
//! the other files come here when an operand's class was made by a program (`Value::is_user`);
//! for any other the layout says it all, because builtin classes cannot be changed.
//!
//! What is found may be the builtin class's own slot: then the kernel runs, which goes by the layout
//! and never comes back here (`types/slots/kernels`).

use crate::object::header::FLAG_USER;
use crate::object::method::R;
use crate::object::{Args, ClassId, Kind, Value};
use crate::protocol::attr;
use crate::types::class::ops as class;
use crate::types::function::value::FunctionObj;
use crate::vm::{Raised, Vm};

/// Calls `$m! { rows }`: `Ident "name"`.
macro_rules! for_each_special {
    ($m:ident) => {
        $m! {
            Add "__add__"; RAdd "__radd__"; IAdd "__iadd__";
            Sub "__sub__"; RSub "__rsub__"; ISub "__isub__";
            Mul "__mul__"; RMul "__rmul__"; IMul "__imul__";
            MatMul "__matmul__"; RMatMul "__rmatmul__"; IMatMul "__imatmul__";
            TrueDiv "__truediv__"; RTrueDiv "__rtruediv__"; ITrueDiv "__itruediv__";
            FloorDiv "__floordiv__"; RFloorDiv "__rfloordiv__"; IFloorDiv "__ifloordiv__";
            Mod "__mod__"; RMod "__rmod__"; IMod "__imod__";
            Pow "__pow__"; RPow "__rpow__"; IPow "__ipow__";
            LShift "__lshift__"; RLShift "__rlshift__"; ILShift "__ilshift__";
            RShift "__rshift__"; RRShift "__rrshift__"; IRShift "__irshift__";
            And "__and__"; RAnd "__rand__"; IAnd "__iand__";
            Xor "__xor__"; RXor "__rxor__"; IXor "__ixor__";
            Or "__or__"; ROr "__ror__"; IOr "__ior__";
            DivMod "__divmod__"; RDivMod "__rdivmod__";
            Pos "__pos__"; Neg "__neg__"; Invert "__invert__"; Abs "__abs__";
            Lt "__lt__"; Le "__le__"; Eq "__eq__"; Ne "__ne__"; Gt "__gt__"; Ge "__ge__";
            Hash "__hash__"; Bool "__bool__"; Len "__len__"; LengthHint "__length_hint__";
            Repr "__repr__"; Str "__str__"; Bytes "__bytes__"; Format "__format__";
            Index "__index__"; Int "__int__"; Float "__float__"; Complex "__complex__";
            Trunc "__trunc__"; Round "__round__"; Floor "__floor__"; Ceil "__ceil__";
            GetItem "__getitem__"; SetItem "__setitem__"; DelItem "__delitem__";
            Contains "__contains__"; Iter "__iter__"; Next "__next__"; Reversed "__reversed__";
            Missing "__missing__";
            Call "__call__"; New "__new__"; Init "__init__"; Del "__del__";
            Get "__get__"; Set "__set__"; Delete "__delete__"; SetName "__set_name__";
            GetAttribute "__getattribute__"; GetAttr "__getattr__";
            SetAttr "__setattr__"; DelAttr "__delattr__"; Dir "__dir__";
            ClassGetItem "__class_getitem__"; InitSubclass "__init_subclass__";
            Prepare "__prepare__"; MroEntries "__mro_entries__";
            Class "__class__"; Slots "__slots__"; Module "__module__";
            Enter "__enter__"; Exit "__exit__"; AEnter "__aenter__"; AExit "__aexit__";
        }
    };
}
macro_rules! define {
    ($($id:ident $name:literal;)*) => {
        /// The name of a special method.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(usize)]
        pub enum Special { $($id),* }
        impl Special {
            /// How many there are.
            pub const COUNT: usize = [$(Special::$id),*].len();
            /// As it is written.
            pub const fn name(self) -> &'static str { match self { $(Special::$id => $name),* } }
        }
    };
}
for_each_special!(define);

impl Vm {
    /// The name as a str, interned.
    #[inline]
    pub fn special(&mut self, s: Special) -> R {
        match self.specials[s as usize].get() {
            Some(v) => Ok(v),
            None => {
                let v = self.intern(s.name())?;
                self.specials[s as usize].write(&self.heap, Some(v));
                Ok(v)
            }
        }
    }
}

/// What the class of `o` defines under the name, not bound.
///
/// # Errors
/// MemoryError.
#[inline]
pub fn find(vm: &mut Vm, o: Value, s: Special) -> Result<Option<Value>, Raised> {
    let name = vm.special(s)?;
    let c = class::type_of(vm, o)?;
    class::lookup(vm, c, name)
}

/// Whether what was found is a slot of a builtin class.
#[inline]
pub fn is_builtin_slot(vm: &Vm, f: Value) -> bool {
    f.is_kind(Kind::MethodDescr) && vm.class_of(f) != ClassId::ClassMethodDescriptor
}

/// What a class defines, which a program has not: `None` where the builtin slot is what counts.
///
/// # Errors
/// MemoryError.
#[inline]
pub fn overridden(vm: &mut Vm, o: Value, s: Special) -> Result<Option<Value>, Raised> {
    debug_assert!(o.header(vm).is_some_and(|h| h.has(FLAG_USER)));
    Ok(find(vm, o, s)?.filter(|f| !is_builtin_slot(vm, *f)))
}

/// Calls what was found in a class with `o` as the receiver.
///
/// # Errors
/// What it raises.
pub fn call(vm: &mut Vm, f: Value, o: Value, args: &[Value]) -> R {
    const N: usize = 4;
    if args.len() < N && (f.exact::<FunctionObj>().is_some() || is_builtin_slot(vm, f)) {
        let mut buf = [Value::NONE; N];
        buf[0] = o;
        buf[1..=args.len()].copy_from_slice(args);
        return vm.call(f, Args::pos(&buf[..=args.len()]));
    }
    let f = attr::bind(vm, f, o)?;
    vm.call(f, Args::pos(args))
}

/// Calls the special method of `o`, if its class has one that is not the builtin slot.
///
/// # Errors
/// What it raises.
#[inline]
pub fn call_overridden(
    vm: &mut Vm,
    o: Value,
    s: Special,
    args: &[Value],
) -> Result<Option<Value>, Raised> {
    match overridden(vm, o, s)? {
        Some(f) => call(vm, f, o, args).map(Some),
        None => Ok(None),
    }
}
