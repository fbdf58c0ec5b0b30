//! Types of SSA values, and the typed indices of everything in a `Func`.

use std::fmt;

/// How a value is represented in a register.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ty {
    /// A Python int that fits 64 bits.
    I64,
    /// A Python float.
    F64,
    /// A Python bool, or the outcome of a test: 0 or 1 in 8 bits.
    Bool,
    /// A `Value` word, or 0 for "nothing here" (an unbound variable, an exhausted iterator).
    Val,
}

impl Ty {
    /// Every type.
    pub const ALL: [Ty; 4] = [Ty::I64, Ty::F64, Ty::Bool, Ty::Val];
    /// Its name in SSA text.
    pub const fn name(self) -> &'static str {
        match self {
            Ty::I64 => "i64",
            Ty::F64 => "f64",
            Ty::Bool => "bool",
            Ty::Val => "val",
        }
    }
    /// The type of this name.
    pub fn from_name(s: &str) -> Option<Ty> {
        Ty::ALL.into_iter().find(|t| t.name() == s)
    }
}

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);
        impl $name {
            /// The position in its table.
            #[inline(always)]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    )* };
}
index! {
    /// An SSA value: a block parameter or a result.
    Val "v";
    /// A basic block.
    Block "block";
    /// An instruction.
    Inst "i";
    /// A FrameState.
    StateId "s";
    /// A function whose frame a FrameState describes: the unit's own, or an inlined one.
    FrameId "f";
    /// An entry of the constant pool.
    ConstId "c";
    /// A signature of a native entry.
    SigId "g";
}

/// A comparison of numbers, and Python's rich comparison of values.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Cmp {
    Lt,
    Le,
    Eq,
    Ne,
    Gt,
    Ge,
}

impl Cmp {
    /// In the order of `COMPARE_OP`'s operand.
    pub const ALL: [Cmp; 6] = [Cmp::Lt, Cmp::Le, Cmp::Eq, Cmp::Ne, Cmp::Gt, Cmp::Ge];
    /// Its name in SSA text.
    pub const fn name(self) -> &'static str {
        match self {
            Cmp::Lt => "lt",
            Cmp::Le => "le",
            Cmp::Eq => "eq",
            Cmp::Ne => "ne",
            Cmp::Gt => "gt",
            Cmp::Ge => "ge",
        }
    }
    /// The comparison of this name.
    pub fn from_name(s: &str) -> Option<Cmp> {
        Cmp::ALL.into_iter().find(|c| c.name() == s)
    }
    /// `a op b` is `b op.swap() a`.
    pub const fn swap(self) -> Cmp {
        match self {
            Cmp::Lt => Cmp::Gt,
            Cmp::Le => Cmp::Ge,
            Cmp::Eq => Cmp::Eq,
            Cmp::Ne => Cmp::Ne,
            Cmp::Gt => Cmp::Lt,
            Cmp::Ge => Cmp::Le,
        }
    }
    /// `not (a op b)` is `a op.negate() b`, for ints (a NaN spoils it for floats).
    pub const fn negate(self) -> Cmp {
        match self {
            Cmp::Lt => Cmp::Ge,
            Cmp::Le => Cmp::Gt,
            Cmp::Eq => Cmp::Ne,
            Cmp::Ne => Cmp::Eq,
            Cmp::Gt => Cmp::Le,
            Cmp::Ge => Cmp::Lt,
        }
    }
    /// Decides it for two ordered things; floats with NaN go through `PartialOrd` too.
    pub fn eval<T: PartialOrd>(self, a: T, b: T) -> bool {
        match self {
            Cmp::Lt => a < b,
            Cmp::Le => a <= b,
            Cmp::Eq => a == b,
            Cmp::Ne => a != b,
            Cmp::Gt => a > b,
            Cmp::Ge => a >= b,
        }
    }
}
