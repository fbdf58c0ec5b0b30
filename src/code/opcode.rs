//! THE TABLE: one row for each opcode of CPython 3.8.
//!
//! A row is `NUMBER NAME argument-kind (pops → pushes) [jump (pops → pushes)] flags`.
//! The counts are functions of the operand `a`; where the operand jumps, the second pair is
//! the effect along the jump. They agree with CPython's `stack_effect` (3.8,
//! `Python/compile.c`), which only gives the difference. Everything that has to know
//! an opcode derives from `for_each_opcode!` or matches on `Opcode` without a `_` arm.

/// What the operand of an opcode means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArgKind {
    /// No operand (opcodes below `HAVE_ARGUMENT`).
    None,
    /// A count or a set of flags.
    Num,
    /// Index into `co_consts`.
    Const,
    /// Index into `co_names`.
    Name,
    /// Index into `co_varnames`.
    Local,
    /// Index into `co_cellvars` followed by `co_freevars`.
    Free,
    /// Index into [`CMP_OPS`].
    Compare,
    /// Jump to `next offset + operand`.
    Rel,
    /// Jump to `operand`.
    Abs,
}

/// May raise an exception.
pub const RAISES: u16 = 1;
/// May run Python code (so anything outside the frame may have changed after it).
pub const CALLS: u16 = 2;
/// The operand is a jump target that this instruction itself may go to.
pub const JUMPS: u16 = 4;
/// Never goes on to the next instruction.
pub const NOFALL: u16 = 8;
/// Pushes a block whose handler is the operand.
pub const PUSHES_BLOCK: u16 = 16;
/// Pops a block.
pub const POPS_BLOCK: u16 = 32;
/// Changes the variable that the operand names.
pub const SETS_LOCAL: u16 = 128;
/// Not interpreted yet: the verifier refuses it by name.
pub const LATER: u16 = 64;

/// The first opcode that uses its operand.
pub const HAVE_ARGUMENT: u8 = 90;

/// `COMPARE_OP`'s operand, spelled as `dis` does.
pub const CMP_OPS: [&str; 12] = [
    "<",
    "<=",
    "==",
    "!=",
    ">",
    ">=",
    "in",
    "not in",
    "is",
    "is not",
    "exception match",
    "BAD",
];

/// Calls `$m! { a; rows }` with every row of the table; `a` is the operand's name in the counts.
#[macro_export]
macro_rules! for_each_opcode {
    ($m:ident) => {
        $m! {
            a;
            1 POP_TOP None (1 => 0) [];
            2 ROT_TWO None (2 => 2) [];
            3 ROT_THREE None (3 => 3) [];
            4 DUP_TOP None (1 => 2) [];
            5 DUP_TOP_TWO None (2 => 4) [];
            6 ROT_FOUR None (4 => 4) [];
            9 NOP None (0 => 0) [];
            10 UNARY_POSITIVE None (1 => 1) [RAISES | CALLS];
            11 UNARY_NEGATIVE None (1 => 1) [RAISES | CALLS];
            12 UNARY_NOT None (1 => 1) [RAISES | CALLS];
            15 UNARY_INVERT None (1 => 1) [RAISES | CALLS];
            16 BINARY_MATRIX_MULTIPLY None (2 => 1) [RAISES | CALLS];
            17 INPLACE_MATRIX_MULTIPLY None (2 => 1) [RAISES | CALLS];
            19 BINARY_POWER None (2 => 1) [RAISES | CALLS];
            20 BINARY_MULTIPLY None (2 => 1) [RAISES | CALLS];
            22 BINARY_MODULO None (2 => 1) [RAISES | CALLS];
            23 BINARY_ADD None (2 => 1) [RAISES | CALLS];
            24 BINARY_SUBTRACT None (2 => 1) [RAISES | CALLS];
            25 BINARY_SUBSCR None (2 => 1) [RAISES | CALLS];
            26 BINARY_FLOOR_DIVIDE None (2 => 1) [RAISES | CALLS];
            27 BINARY_TRUE_DIVIDE None (2 => 1) [RAISES | CALLS];
            28 INPLACE_FLOOR_DIVIDE None (2 => 1) [RAISES | CALLS];
            29 INPLACE_TRUE_DIVIDE None (2 => 1) [RAISES | CALLS];
            50 GET_AITER None (1 => 1) [RAISES | CALLS];
            51 GET_ANEXT None (1 => 2) [RAISES | CALLS];
            52 BEFORE_ASYNC_WITH None (1 => 2) [RAISES | CALLS];
            53 BEGIN_FINALLY None (0 => 6) [];
            54 END_ASYNC_FOR None (7 => 0) [RAISES];
            55 INPLACE_ADD None (2 => 1) [RAISES | CALLS];
            56 INPLACE_SUBTRACT None (2 => 1) [RAISES | CALLS];
            57 INPLACE_MULTIPLY None (2 => 1) [RAISES | CALLS];
            59 INPLACE_MODULO None (2 => 1) [RAISES | CALLS];
            60 STORE_SUBSCR None (3 => 0) [RAISES | CALLS];
            61 DELETE_SUBSCR None (2 => 0) [RAISES | CALLS];
            62 BINARY_LSHIFT None (2 => 1) [RAISES | CALLS];
            63 BINARY_RSHIFT None (2 => 1) [RAISES | CALLS];
            64 BINARY_AND None (2 => 1) [RAISES | CALLS];
            65 BINARY_XOR None (2 => 1) [RAISES | CALLS];
            66 BINARY_OR None (2 => 1) [RAISES | CALLS];
            67 INPLACE_POWER None (2 => 1) [RAISES | CALLS];
            68 GET_ITER None (1 => 1) [RAISES | CALLS];
            69 GET_YIELD_FROM_ITER None (1 => 1) [RAISES | CALLS];
            70 PRINT_EXPR None (1 => 0) [RAISES | CALLS];
            71 LOAD_BUILD_CLASS None (0 => 1) [RAISES];
            72 YIELD_FROM None (2 => 1) [RAISES | CALLS];
            73 GET_AWAITABLE None (1 => 1) [RAISES | CALLS];
            75 INPLACE_LSHIFT None (2 => 1) [RAISES | CALLS];
            76 INPLACE_RSHIFT None (2 => 1) [RAISES | CALLS];
            77 INPLACE_AND None (2 => 1) [RAISES | CALLS];
            78 INPLACE_XOR None (2 => 1) [RAISES | CALLS];
            79 INPLACE_OR None (2 => 1) [RAISES | CALLS];
            81 WITH_CLEANUP_START None (0 => 2) [RAISES | CALLS];
            82 WITH_CLEANUP_FINISH None (3 => 0) [RAISES | CALLS];
            83 RETURN_VALUE None (1 => 0) [NOFALL];
            84 IMPORT_STAR None (1 => 0) [RAISES | CALLS];
            85 SETUP_ANNOTATIONS None (0 => 0) [RAISES | CALLS];
            86 YIELD_VALUE None (1 => 1) [RAISES | CALLS];
            87 POP_BLOCK None (0 => 0) [POPS_BLOCK];
            88 END_FINALLY None (6 => 0) [RAISES];
            89 POP_EXCEPT None (3 => 0) [POPS_BLOCK];
            90 STORE_NAME Name (1 => 0) [RAISES | CALLS];
            91 DELETE_NAME Name (0 => 0) [RAISES | CALLS];
            92 UNPACK_SEQUENCE Num (1 => a) [RAISES | CALLS];
            93 FOR_ITER Rel (1 => 2) jump (1 => 0) [RAISES | CALLS | JUMPS];
            94 UNPACK_EX Num (1 => (a & 0xff) + (a >> 8) + 1) [RAISES | CALLS];
            95 STORE_ATTR Name (2 => 0) [RAISES | CALLS];
            96 DELETE_ATTR Name (1 => 0) [RAISES | CALLS];
            97 STORE_GLOBAL Name (1 => 0) [RAISES | CALLS];
            98 DELETE_GLOBAL Name (0 => 0) [RAISES | CALLS];
            100 LOAD_CONST Const (0 => 1) [];
            101 LOAD_NAME Name (0 => 1) [RAISES | CALLS];
            102 BUILD_TUPLE Num (a => 1) [RAISES];
            103 BUILD_LIST Num (a => 1) [RAISES];
            104 BUILD_SET Num (a => 1) [RAISES | CALLS];
            105 BUILD_MAP Num (2 * a => 1) [RAISES | CALLS];
            106 LOAD_ATTR Name (1 => 1) [RAISES | CALLS];
            107 COMPARE_OP Compare (2 => 1) [RAISES | CALLS];
            108 IMPORT_NAME Name (2 => 1) [RAISES | CALLS];
            109 IMPORT_FROM Name (1 => 2) [RAISES | CALLS];
            110 JUMP_FORWARD Rel (0 => 0) jump (0 => 0) [JUMPS | NOFALL];
            111 JUMP_IF_FALSE_OR_POP Abs (1 => 0) jump (1 => 1) [RAISES | CALLS | JUMPS];
            112 JUMP_IF_TRUE_OR_POP Abs (1 => 0) jump (1 => 1) [RAISES | CALLS | JUMPS];
            113 JUMP_ABSOLUTE Abs (0 => 0) jump (0 => 0) [RAISES | CALLS | JUMPS | NOFALL];
            114 POP_JUMP_IF_FALSE Abs (1 => 0) jump (1 => 0) [RAISES | CALLS | JUMPS];
            115 POP_JUMP_IF_TRUE Abs (1 => 0) jump (1 => 0) [RAISES | CALLS | JUMPS];
            116 LOAD_GLOBAL Name (0 => 1) [RAISES | CALLS];
            122 SETUP_FINALLY Rel (0 => 0) jump (0 => 6) [PUSHES_BLOCK];
            124 LOAD_FAST Local (0 => 1) [RAISES];
            125 STORE_FAST Local (1 => 0) [SETS_LOCAL];
            126 DELETE_FAST Local (0 => 0) [RAISES | SETS_LOCAL];
            130 RAISE_VARARGS Num (a => 0) [RAISES | CALLS | NOFALL];
            131 CALL_FUNCTION Num (a + 1 => 1) [RAISES | CALLS];
            132 MAKE_FUNCTION Num (2 + (a & 1) + ((a >> 1) & 1) + ((a >> 2) & 1) + ((a >> 3) & 1) => 1) [RAISES];
            133 BUILD_SLICE Num (if a == 3 { 3 } else { 2 } => 1) [RAISES];
            135 LOAD_CLOSURE Free (0 => 1) [];
            136 LOAD_DEREF Free (0 => 1) [RAISES];
            137 STORE_DEREF Free (1 => 0) [];
            138 DELETE_DEREF Free (0 => 0) [RAISES];
            141 CALL_FUNCTION_KW Num (a + 2 => 1) [RAISES | CALLS];
            142 CALL_FUNCTION_EX Num (2 + (a & 1) => 1) [RAISES | CALLS];
            143 SETUP_WITH Rel (1 => 2) jump (0 => 6) [RAISES | CALLS | PUSHES_BLOCK];
            144 EXTENDED_ARG Num (0 => 0) [];
            145 LIST_APPEND Num (1 => 0) [RAISES];
            146 SET_ADD Num (1 => 0) [RAISES | CALLS];
            147 MAP_ADD Num (2 => 0) [RAISES | CALLS];
            148 LOAD_CLASSDEREF Free (0 => 1) [RAISES | CALLS];
            149 BUILD_LIST_UNPACK Num (a => 1) [RAISES | CALLS];
            150 BUILD_MAP_UNPACK Num (a => 1) [RAISES | CALLS];
            151 BUILD_MAP_UNPACK_WITH_CALL Num (a => 1) [RAISES | CALLS];
            152 BUILD_TUPLE_UNPACK Num (a => 1) [RAISES | CALLS];
            153 BUILD_SET_UNPACK Num (a => 1) [RAISES | CALLS];
            154 SETUP_ASYNC_WITH Rel (0 => 0) jump (0 => 5) [RAISES | CALLS | PUSHES_BLOCK];
            155 FORMAT_VALUE Num (if a & 4 != 0 { 2 } else { 1 } => 1) [RAISES | CALLS];
            156 BUILD_CONST_KEY_MAP Num (a + 1 => 1) [RAISES | CALLS];
            157 BUILD_STRING Num (a => 1) [RAISES];
            158 BUILD_TUPLE_UNPACK_WITH_CALL Num (a => 1) [RAISES | CALLS];
            160 LOAD_METHOD Name (1 => 2) [RAISES | CALLS];
            161 CALL_METHOD Num (a + 2 => 1) [RAISES | CALLS];
            162 CALL_FINALLY Rel (0 => 0) jump (0 => 1) [JUMPS];
            163 POP_FINALLY Num (6 => 0) [];
        }
    };
}

macro_rules! define_opcodes {
    ($a:ident; $($num:literal $name:ident $kind:ident ($pop:expr => $push:expr) $(jump ($jpop:expr => $jpush:expr))? [$($flag:ident)|*];)*) => {
        /// An opcode of CPython 3.8, under CPython's name and number.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u8)]
        pub enum Opcode { $($name = $num),* }

        impl Opcode {
            /// Every opcode, in the order of its number.
            pub const ALL: &'static [Opcode] = &[$(Opcode::$name),*];

            /// The opcode of this number, if CPython 3.8 has one.
            pub const fn from_u8(n: u8) -> Option<Opcode> {
                match n { $($num => Some(Opcode::$name),)* _ => None }
            }
            /// CPython's name.
            pub const fn name(self) -> &'static str {
                match self { $(Opcode::$name => stringify!($name)),* }
            }
            /// What the operand means.
            pub const fn arg_kind(self) -> ArgKind {
                match self { $(Opcode::$name => ArgKind::$kind),* }
            }
            /// `RAISES | CALLS | …`
            pub const fn flags(self) -> u16 {
                match self { $(Opcode::$name => 0 $(| $flag)*),* }
            }
        }

        impl Opcode {
            /// Values taken from and put on the stack when execution goes on to the next instruction.
            #[allow(unused_variables)]
            pub const fn pops_pushes(self, $a: u32) -> (u32, u32) {
                match self { $(Opcode::$name => ($pop, $push)),* }
            }
            /// The same along the operand's jump, or into the handler of the block it pushes.
            #[allow(unused_variables)]
            pub const fn pops_pushes_jump(self, $a: u32) -> (u32, u32) {
                match self { $(Opcode::$name => define_opcodes!(@jump [$pop, $push] $([$jpop, $jpush])?)),* }
            }
        }
    };
    (@jump [$p:expr, $q:expr] [$jp:expr, $jq:expr]) => { ($jp, $jq) };
    (@jump [$p:expr, $q:expr]) => { ($p, $q) };
}
for_each_opcode!(define_opcodes);

impl Opcode {
    /// Whether the flag is set in this opcode's row.
    pub const fn has(self, flag: u16) -> bool {
        self.flags() & flag != 0
    }

    /// CPython's `stack_effect(opcode, arg, jump)`. It differs from the pairs above for
    /// the `finally` opcodes, whose effects CPython states for its own depth estimate.
    pub const fn stack_effect(self, a: u32, jump: bool) -> i32 {
        match self {
            // A call's return address is accounted for at the target (jump), six slots wide
            // in our quickened copy; CPython counts one.
            Opcode::CALL_FINALLY => jump as i32,
            // CPython counts the hidden re-pushed exception: with + without.
            Opcode::SETUP_WITH => {
                if jump {
                    6
                } else {
                    1
                }
            }
            Opcode::FORMAT_VALUE => {
                if a & 4 != 0 {
                    -1
                } else {
                    0
                }
            }
            _ => {
                let (pop, push) = if jump {
                    self.pops_pushes_jump(a)
                } else {
                    self.pops_pushes(a)
                };
                push as i32 - pop as i32
            }
        }
    }
}
