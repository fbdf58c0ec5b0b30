//! Why native code was left: one row a reason.

/// Calls `$m! { rows }`: `Name "message";`, one row a reason.
#[macro_export]
macro_rules! for_each_reason {
    ($m:ident) => {
        $m! {
            NotInt "a value is no int of 64 bits";
            NotFloat "a value is no float";
            NotBool "a value is no bool";
            NotRangeIter "an iterator is not a range's";
            Overflow "an int result does not fit 64 bits";
            DivByZero "division by zero";
            ShiftCount "a shift count is out of range";
            Inexact "an int has no exact float";
            GlobalChanged "a global was deleted, or now hides a builtin";
            WrongCallee "a callee is not the one seen before";
            ColdPath "a path that had never been taken";
            UnboundLocal "a variable is not bound";
            Poll "the limit word asks for attention";
            Fuel "fuel is short";
            Throw "an exception goes to a handler of this function";
        }
    };
}

macro_rules! define_reasons {
    ($($name:ident $msg:literal;)*) => {
        /// Why native code was left for the interpreter.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u8)]
        pub enum Reason { $(#[doc = $msg] $name),* }
        impl Reason {
            /// Every reason, in the order of its number.
            pub const ALL: &'static [Reason] = &[$(Reason::$name),*];
            /// The name in SSA text and in statistics.
            pub const fn name(self) -> &'static str {
                match self { $(Reason::$name => stringify!($name)),* }
            }
            /// What happened, for people.
            pub const fn message(self) -> &'static str {
                match self { $(Reason::$name => $msg),* }
            }
            /// The reason of this name.
            pub fn from_name(s: &str) -> Option<Reason> {
                match s { $(stringify!($name) => Some(Reason::$name),)* _ => None }
            }
        }
    };
}
for_each_reason!(define_reasons);
