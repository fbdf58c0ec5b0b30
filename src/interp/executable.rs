//! The form of a code object that runs: quickened instructions of fixed width, with their inline
//! caches beside them, built from what `code::verify` proved.

use crate::code::object::{CodeObject, Const, Version, flags};
use crate::code::opcode::Opcode;
use crate::code::verify::{NO_TARGET, Verified, VerifyError, verify};
use crate::gc::Heap;
use crate::object::{ClassId, Tracer, Value};
use crate::types::code::value::{Attached, CodeObj};
use std::cell::Cell;
use std::sync::Arc;

use crate::for_each_opcode;

macro_rules! define_qops {
    ($($q:ident of $base:ident : $doc:literal;)*) => {
        /// A specialised instruction: which opcode it stands for, and what it expects. One that
        /// finds something else puts the general form back (`QOp::Plain`) and runs that.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum Spec { $(#[doc = $doc] $q),* }
        impl Spec {
            pub const ALL: &'static [Spec] = &[$(Spec::$q),*];
            /// The opcode it specialises.
            pub const fn base(self) -> Opcode { match self { $(Spec::$q => Opcode::$base),* } }
        }
    };
}

/// Calls `$m! { rows }` with every specialised form.
#[macro_export]
macro_rules! for_each_spec {
    ($m:ident $([$($pre:tt)*])?) => {
        $m! {
            $([$($pre)*])?
            LOAD_GLOBAL_CELL of LOAD_GLOBAL: "`cache0` is a GlobalCell of the globals";
            LOAD_GLOBAL_BUILTIN of LOAD_GLOBAL: "`cache0` is a GlobalCell of builtins, `cache1` the globals' keys_version";
            STORE_GLOBAL_CELL of STORE_GLOBAL: "`cache0` is a GlobalCell of the globals";
            ADD_INT of BINARY_ADD: "two inline ints";
            SUB_INT of BINARY_SUBTRACT: "two inline ints";
            MUL_INT of BINARY_MULTIPLY: "two inline ints";
            ADD_FLOAT of BINARY_ADD: "two floats";
            SUB_FLOAT of BINARY_SUBTRACT: "two floats";
            MUL_FLOAT of BINARY_MULTIPLY: "two floats";
            IADD_INT of INPLACE_ADD: "two inline ints";
            ISUB_INT of INPLACE_SUBTRACT: "two inline ints";
            IMUL_INT of INPLACE_MULTIPLY: "two inline ints";
            IADD_FLOAT of INPLACE_ADD: "two floats";
            ISUB_FLOAT of INPLACE_SUBTRACT: "two floats";
            IMUL_FLOAT of INPLACE_MULTIPLY: "two floats";
            COMPARE_INT of COMPARE_OP: "two inline ints, ordering or equality";
            COMPARE_FLOAT of COMPARE_OP: "two floats, ordering or equality";
            SUBSCR_LIST_INT of BINARY_SUBSCR: "a list and an inline int in range";
            CALL_PY of CALL_FUNCTION: "`cache0` is a function that takes the fast path with this many arguments, `cache1` its version";
            CALL_BUILTIN of CALL_FUNCTION: "`cache0` is a builtin function";
            FOR_RANGE of FOR_ITER: "a RangeIter";
            CALL_BOUND of CALL_FUNCTION: "`cache0` is a function whose arguments are bound the general way, `cache1` its version";
            CALL_CODE of CALL_FUNCTION: "`cache0` is the code object of functions that are made anew, `cache1` how many defaults they have";
            CALL_KW_BOUND of CALL_FUNCTION_KW: "`cache0` is a function, `cache1` its version";
            CALL_KW_CODE of CALL_FUNCTION_KW: "`cache0` is the code object of functions that are made anew, `cache1` how many defaults they have";
            LOAD_NAME_CELL of LOAD_NAME: "the namespace is the globals, `cache0` is a GlobalCell of theirs";
            LOAD_NAME_BUILTIN of LOAD_NAME: "the namespace is the globals, and as LOAD_GLOBAL_BUILTIN";
            STORE_NAME_CELL of STORE_NAME: "the namespace is the globals, `cache0` is a GlobalCell of theirs";
            LOAD_ATTR_SITE of LOAD_ATTR: "`cache1` is the address of its site (`attr`)";
            STORE_ATTR_SITE of STORE_ATTR: "`cache1` is the address of its site";
            LOAD_METHOD_SITE of LOAD_METHOD: "`cache1` is the address of its site";
            CALL_METHOD_PY of CALL_METHOD: "`cache0` is a function that takes the fast path with the receiver and this many arguments, `cache1` its version";
            CALL_CLASS of CALL_FUNCTION: "`cache0` is a class whose calls make an object and call `__init__`, `cache1` the address of a site";
            COMPARE_STR of COMPARE_OP: "two strs, equality";
        }
    };
}
for_each_spec!(define_qops);

/// Number of the first specialised form in `QInstr::op`; below it stand `Opcode`s.
pub const SPEC_BASE: u8 = QOp::NO_OPCODE as u8 + 1;

macro_rules! qop_opcodes {
    ($a:ident; $($num:literal $name:ident $kind:ident ($($e:tt)*) $(jump ($($j:tt)*))? [$($flag:tt)*];)*) => {
        for_each_spec!(qop_enum [$($num $name)*]);
    };
}
macro_rules! qop_enum {
    ([$($num:literal $name:ident)*] $($q:ident of $base:ident : $doc:literal;)*) => {
        /// What `QInstr::op` may be: an opcode or a specialised form, for one dispatch.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum QOp { $($name = $num,)* NO_OPCODE = 191, $($q),* }
    };
}
for_each_opcode!(qop_opcodes);

/// One quickened instruction: 24 bytes.
#[repr(C)]
pub struct QInstr {
    /// An `Opcode`, or `SPEC_BASE +` a `Spec`.
    pub op: Cell<u8>,
    /// Type bits of what it produced (`feedback`).
    pub fb: Cell<u8>,
    /// Times it may still be specialised: a polymorphic place settles on the general form.
    pub heat: Cell<u8>,
    /// A call site's callee changed: it has no one target.
    pub poly: Cell<bool>,
    /// The operand, EXTENDED_ARG folded; of a jump, the *instruction index* of its target.
    pub arg: u32,
    /// LOAD_CONST: the constant. Otherwise as the `Spec` says; a value that it holds is traced.
    pub cache0: Cell<u64>,
    /// A number, never a value.
    pub cache1: Cell<u64>,
}

impl QInstr {
    /// The opcode, whatever form it runs in.
    pub fn opcode(&self) -> Opcode {
        match self.spec() {
            Some(s) => s.base(),
            None => Opcode::from_u8(self.op.get()).unwrap_or(Opcode::NOP),
        }
    }
    /// The specialised form, if it is in one.
    pub fn spec(&self) -> Option<Spec> {
        self.op
            .get()
            .checked_sub(SPEC_BASE)
            .and_then(|i| Spec::ALL.get(i as usize).copied())
    }
    /// The value in `cache0`: a constant, a GlobalCell, a callee.
    pub fn cached(&self) -> Option<Value> {
        Value::from_bits(self.cache0.get())
    }
}

/// How many times an instruction is specialised anew before it stays general.
pub const HEAT: u8 = 4;

/// The runnable form of a code object. Owned by its `CodeObj`, which a frame keeps alive.
pub struct Executable {
    pub code: Arc<CodeObject>,
    pub instrs: Box<[QInstr]>,
    /// What was proved: depth and open blocks at each instruction, offsets.
    pub verified: Verified,
    pub nlocals: u32,
    /// Cells, then free variables, follow the locals.
    pub ncells: u32,
    pub nfrees: u32,
    /// Words of f_localsplus with the padded value stack.
    pub slots: u32,
    /// Flags less PyCF_MASK equal 67: plain positional calls take the fast path.
    pub fast: bool,
    /// What calling it makes, where it does not run at once: a generator or one of its kin.
    pub makes: Option<ClassId>,
    /// `co_argcount`
    pub argcount: u32,
    /// The local that is a cell variable's argument, or `u32::MAX` (CPython's `co_cell2arg`).
    pub cell2arg: Box<[u32]>,
    /// Type bits each parameter was seen with.
    pub params: Box<[Cell<u8>]>,
    /// What its attribute sites have found.
    pub sites: super::attr::Sites,
    /// Lines that were asked for, the instruction's number and 1 above each: finding one takes long, and an
    /// exception wants it of each frame.
    lines: [Cell<u64>; 4],
    /// The tier's state: native entries, deopt counts.
    pub tier: crate::jit::tier::ExecTier,
    /// Bytes accounted for this.
    pub accounted: usize,
}

impl Executable {
    /// Verifies and quickens. `constant(i)` is the word of constant `i` as a value of this engine.
    ///
    /// # Errors
    /// What the verifier refuses.
    pub fn build(
        code: &Arc<CodeObject>,
        constant: impl Fn(usize) -> u64,
    ) -> Result<Executable, VerifyError> {
        let verified = verify(code)?;
        let instrs: Box<[QInstr]> = verified
            .instrs
            .iter()
            .zip(&verified.targets)
            .map(|(i, target)| QInstr {
                op: Cell::new(i.op as u8),
                fb: Cell::new(0),
                heat: Cell::new(HEAT),
                poly: Cell::new(false),
                arg: if *target == NO_TARGET { i.arg } else { *target },
                cache0: Cell::new(match i.op {
                    Opcode::LOAD_CONST => constant(i.arg as usize),
                    _ => 0,
                }),
                cache1: Cell::new(0),
            })
            .collect();
        let ncells = code.cellvars.len() as u32;
        let nfrees = code.freevars.len() as u32;
        let accounted =
            instrs.len() * (std::mem::size_of::<QInstr>() + 24) + std::mem::size_of::<Executable>();
        Ok(Executable {
            slots: code.nlocals + ncells + nfrees + verified.max_depth,
            nlocals: code.nlocals,
            ncells,
            nfrees,
            fast: code.flags & !flags::PYCF_MASK == flags::FAST && code.kwonlyargcount == 0,
            makes: match code.flags & flags::RESUMABLE {
                0 => None,
                flags::COROUTINE => Some(ClassId::Coroutine),
                flags::ASYNC_GENERATOR => Some(ClassId::AsyncGenerator),
                _ => Some(ClassId::Generator),
            },
            argcount: code.argcount,
            params: (0..code.total_args()).map(|_| Cell::new(0)).collect(),
            cell2arg: (0..code.cellvars.len())
                .map(|c| code.cell2arg(c).unwrap_or(u32::MAX))
                .collect(),
            sites: Default::default(),
            lines: Default::default(),
            tier: Default::default(),
            accounted,
            code: code.clone(),
            instrs,
            verified,
        })
    }

    /// Byte offset in `co_code` of an instruction.
    pub fn offset(&self, index: u32) -> u32 {
        self.verified
            .instrs
            .get(index as usize)
            .map_or(0, |i| i.offset)
    }
    /// Byte offset of an instruction's first EXTENDED_ARG: what `f_lasti` shows.
    pub fn start(&self, index: u32) -> u32 {
        let i = self.verified.instrs.get(index as usize);
        i.map_or(0, |i| i.start)
    }
    /// Whether an instruction is made of the same one of the original as the one before it, which goes on
    /// with it: code of 3.7 is translated, and one instruction may have become several.
    pub fn continues(&self, index: u32) -> bool {
        self.code.version == Version::V37
            && index > 0
            && self.offset(index - 1) == self.offset(index)
    }
    /// Source line of an instruction.
    pub fn line(&self, index: u32) -> u32 {
        let place = index as u64 + 1;
        let known = &self.lines[index as usize % self.lines.len()];
        if known.get() >> 32 == place {
            return known.get() as u32;
        }
        let line = self.code.line_of(self.offset(index) as i64);
        known.set(place << 32 | line as u64);
        line
    }
}

impl Attached for Executable {
    /// Constants live in `co_consts`; the cells and callees in caches may die (`forget`).
    fn trace(&self, t: &mut Tracer<'_>) {
        self.tier.trace(t);
    }
    fn forget(&self, dead: &dyn Fn(Value) -> bool) {
        self.sites.forget(dead);
        for i in &self.instrs {
            let op = i.opcode();
            if op == Opcode::LOAD_CONST || !i.cached().is_some_and(dead) {
                continue;
            }
            i.op.set(op as u8);
            i.cache0.set(0);
            i.cache1.set(0);
        }
    }
    fn release(&mut self, heap: &Heap) {
        self.tier.release(heap);
        heap.unaccount(self.accounted + self.sites.bytes());
        self.accounted = 0;
    }
    fn address(&self) -> *const () {
        self as *const Executable as *const ()
    }
}

/// The Executable of a code object, built on first need.
///
/// # Errors
/// SystemError with the verifier's reason; MemoryError.
pub fn of_code(
    vm: &mut crate::vm::Vm,
    code: crate::object::Gc<CodeObj>,
) -> Result<*const Executable, crate::vm::Raised> {
    if let Some(e) = &*code.get(vm).exec.borrow() {
        return Ok(e.address() as *const Executable);
    }
    let consts = crate::types::code::ops::consts(vm, code)?;
    let Some(co) = code.get(vm).code.clone() else {
        return Err(crate::raise!(vm, SystemError, "code object without code"));
    };
    let built = {
        let consts = consts.get(vm);
        Executable::build(&co, |i| consts.get(i).map_or(0, Value::bits))
    };
    if !crate::jit::show::wanted(vm) && names_frames(&co) {
        crate::jit::tier::want_frames(vm);
    }
    let exec = match built {
        Ok(e) => e,
        Err(e) => {
            return Err(crate::raise!(
                vm,
                SystemError,
                "bad code object {}: {e}",
                co.name
            ));
        }
    };
    vm.with_room(exec.accounted, |vm| vm.heap.account(exec.accounted))?;
    let boxed: Box<dyn Attached> = Box::new(exec);
    let p = boxed.address() as *const Executable;
    *code.get(vm).exec.borrow_mut() = Some(boxed);
    Ok(p)
}

/// Whether code may ask a traceback for its frame: it, or what is defined in it, says the name.
fn names_frames(co: &CodeObject) -> bool {
    const NAME: &[u8] = b"tb_frame";
    fn says(c: &Const) -> bool {
        match c {
            Const::Str(s) => s.as_bytes().windows(NAME.len()).any(|w| w == NAME),
            Const::Tuple(all) | Const::FrozenSet(all) => all.iter().any(says),
            // A function's own turn comes when it is called; but what it will ask of is caught before.
            Const::Code(c) => names_frames(c),
            Const::None
            | Const::Ellipsis
            | Const::Bool(_)
            | Const::Int(_)
            | Const::Float(_)
            | Const::Complex(..)
            | Const::Bytes(_) => false,
        }
    }
    co.names.iter().any(|n| n.as_bytes() == NAME) || co.consts.iter().any(says)
}
