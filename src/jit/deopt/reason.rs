//! Why native code was left: one row a reason.

/// What an exit for a reason leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Policy {
    /// A bet was lost: when it is lost often, the code is made anew without it.
    Recompile,
    /// The same, and losing it means an exception: one unit is enough to learn that.
    Raises,
    /// The interpreter does what native code does not; nothing was bet.
    Interpret,
}

/// Calls `$m! { rows }`: `Name policy "message";`, one row a reason.
#[macro_export]
macro_rules! for_each_reason {
    ($m:ident) => {
        $m! {
            NotInt Recompile "a value is no int of 64 bits";
            NotFloat Recompile "a value is no float";
            NotBool Recompile "a value is no bool";
            NotRangeIter Recompile "an iterator is not a range's";
            RangeDown Recompile "a range counts down, or from below zero";
            Overflow Recompile "an int result does not fit 64 bits";
            DivByZero Recompile "division by zero";
            ShiftCount Recompile "a shift count is out of range";
            Inexact Recompile "an int has no exact float";
            GlobalChanged Recompile "a global was deleted, or now hides a builtin";
            WrongCallee Recompile "a callee is not the one seen before";
            ColdPath Recompile "a path that had never been taken";
            UnboundLocal Interpret "a variable is not bound";
            Poll Interpret "the limit word asks for attention";
            Fuel Interpret "fuel is short";
            NotList Recompile "a value is no list";
            NotTuple Recompile "a value is no tuple, or one of another length";
            NotIter Recompile "an iterator is not of the class seen before, or has ended";
            OutOfRange Raises "an index or a step is out of range";
            LoopLeft Interpret "the loop that was compiled alone has ended";
            NotYet Recompile "a value is not yet where a round of the loop leaves it";
            Throw Interpret "an exception goes to a handler of this function";
            WrongShape Recompile "an object is not of the shape seen before";
            ClassChanged Recompile "a class is not as it was";
            Caught Interpret "a frame returns that a traceback knows";
            NoSlot Recompile "an attribute is in no slot of its object";
            NotComplex Recompile "a value is no complex number";
            NotWhole Recompile "a float is not whole, or too far from zero";
        }
    };
}

macro_rules! define_reasons {
    ($($name:ident $policy:ident $msg:literal;)*) => {
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
            /// What leaving for it leads to.
            pub const fn policy(self) -> Policy {
                match self { $(Reason::$name => Policy::$policy),* }
            }
            /// The reason of this name.
            pub fn from_name(s: &str) -> Option<Reason> {
                match s { $(stringify!($name) => Some(Reason::$name),)* _ => None }
            }
        }
    };
}
for_each_reason!(define_reasons);
