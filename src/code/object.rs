//! `CodeObject`: what CPython 3.8's `PyCodeObject` holds, as plain Rust data.

use super::wtf8::Wtf8Buf;
use num_bigint::BigInt;
use std::sync::Arc;

/// `co_flags` bits (CPython's `Include/code.h`).
pub mod flags {
    pub const OPTIMIZED: u32 = 0x1;
    pub const NEWLOCALS: u32 = 0x2;
    pub const VARARGS: u32 = 0x4;
    pub const VARKEYWORDS: u32 = 0x8;
    pub const NESTED: u32 = 0x10;
    pub const GENERATOR: u32 = 0x20;
    pub const NOFREE: u32 = 0x40;
    pub const COROUTINE: u32 = 0x80;
    pub const ITERABLE_COROUTINE: u32 = 0x100;
    pub const ASYNC_GENERATOR: u32 = 0x200;
    /// Calling it makes an object that runs it piece by piece.
    pub const RESUMABLE: u32 = GENERATOR | COROUTINE | ASYNC_GENERATOR;
    /// The `from __future__` bits, which the fast path's test leaves out.
    pub const PYCF_MASK: u32 = FUTURE | 0x2000 | 0x4000 | 0x8000 | 0x1_0000;
    /// The features of `__future__`. They had other bits up to 3.8.1, which `PYCF_MASK` holds, too.
    pub const FUTURE: u32 =
        0x2_0000 | 0x4_0000 | 0x8_0000 | 0x10_0000 | 0x20_0000 | 0x40_0000 | 0x80_0000 | 0x100_0000;
    /// `from __future__ import annotations`: annotations are kept as text.
    pub const FUTURE_ANNOTATIONS: u32 = 0x100_0000;
    /// What a function's flags less `PYCF_MASK` equal on the fast path: 67.
    pub const FAST: u32 = OPTIMIZED | NEWLOCALS | NOFREE;
}

/// A constant of `co_consts`.
#[derive(Clone, Debug)]
pub enum Const {
    None,
    Ellipsis,
    Bool(bool),
    Int(BigInt),
    Float(f64),
    Complex(f64, f64),
    Str(Wtf8Buf),
    Bytes(Box<[u8]>),
    Tuple(Box<[Const]>),
    /// In some order; equality ignores it.
    FrozenSet(Box<[Const]>),
    Code(Arc<CodeObject>),
}

impl Const {
    /// Bytes that it takes, what is inside of it included; another code object has its own.
    pub fn size(&self) -> usize {
        let inside = match self {
            Const::Int(i) => i.bits() as usize / 8,
            Const::Str(s) => s.as_bytes().len(),
            Const::Bytes(b) => b.len(),
            Const::Tuple(all) | Const::FrozenSet(all) => all.iter().map(Const::size).sum(),
            Const::None
            | Const::Ellipsis
            | Const::Bool(_)
            | Const::Float(_)
            | Const::Complex(..)
            | Const::Code(_) => 0,
        };
        size_of::<Const>() + inside
    }
}

/// Equal in type and value, recursively; floats by bits, so that -0.0 differs from 0.0 and a
/// NaN equals itself; frozenset order ignored.
impl PartialEq for Const {
    fn eq(&self, o: &Const) -> bool {
        use Const::*;
        match (self, o) {
            (None, None) | (Ellipsis, Ellipsis) => true,
            (Bool(a), Bool(b)) => a == b,
            (Int(a), Int(b)) => a == b,
            (Float(a), Float(b)) => a.to_bits() == b.to_bits(),
            (Complex(a, b), Complex(c, d)) => {
                a.to_bits() == c.to_bits() && b.to_bits() == d.to_bits()
            }
            (Str(a), Str(b)) => a == b,
            (Bytes(a), Bytes(b)) => a == b,
            (Tuple(a), Tuple(b)) => a == b,
            (FrozenSet(a), FrozenSet(b)) => a.len() == b.len() && a.iter().all(|x| b.contains(x)),
            (Code(a), Code(b)) => a == b,
            _ => false,
        }
    }
}

/// Whose instructions `co_code` holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub enum Version {
    #[default]
    V38,
    /// Out of a `.pyc` of CPython 3.7: `v37` says what differs. What runs is a translation; every `co_*` field, `f_lasti` and `dis`
    /// show the original.
    V37,
}

/// A code object: every `co_*` field of CPython 3.8.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeObject {
    pub version: Version,
    pub argcount: u32,
    pub posonlyargcount: u32,
    pub kwonlyargcount: u32,
    pub nlocals: u32,
    pub stacksize: u32,
    /// See [`flags`].
    pub flags: u32,
    /// Two bytes an instruction: opcode, operand.
    pub code: Box<[u8]>,
    pub consts: Box<[Const]>,
    pub names: Box<[Wtf8Buf]>,
    pub varnames: Box<[Wtf8Buf]>,
    pub freevars: Box<[Wtf8Buf]>,
    pub cellvars: Box<[Wtf8Buf]>,
    pub filename: Arc<str>,
    pub name: Wtf8Buf,
    pub firstlineno: u32,
    /// Pairs (byte increment: u8, line increment: i8), CPython's `Objects/lnotab_notes.txt`.
    pub lnotab: Box<[u8]>,
}

impl CodeObject {
    /// The source line of the instruction at byte offset `lasti` (`PyCode_Addr2Line`).
    /// An offset of -1 (not started) gives `co_firstlineno`.
    pub fn line_of(&self, lasti: i64) -> u32 {
        // `CodeType` takes a negative number, too.
        let mut line = self.firstlineno as i32 as i64;
        let mut addr = 0i64;
        for p in self.lnotab.chunks_exact(2) {
            addr += p[0] as i64;
            if addr > lasti {
                break;
            }
            line += p[1] as i8 as i64;
        }
        line as u32
    }

    /// The line of the instruction at byte offset `lasti`, and where that line's code starts and ends
    /// (`_PyCode_CheckLineNumber`).
    pub fn line_bounds(&self, lasti: i32) -> (u32, i32, i32) {
        let (mut line, mut addr, mut lower) = (self.firstlineno as i32 as i64, 0i32, 0i32);
        let mut pairs = self.lnotab.chunks_exact(2).peekable();
        while let Some(p) = pairs.next_if(|p| addr.saturating_add(p[0] as i32) <= lasti) {
            addr = addr.saturating_add(p[0] as i32);
            if p[1] != 0 {
                lower = addr;
            }
            line += p[1] as i8 as i64;
        }
        if pairs.peek().is_none() {
            return (line as u32, lower, i32::MAX);
        }
        for p in pairs {
            addr = addr.saturating_add(p[0] as i32);
            if p[1] != 0 {
                break;
            }
        }
        (line as u32, lower, addr)
    }

    /// Index in `f_localsplus` of the argument a cell variable stands for, if it is one
    /// (CPython's `co_cell2arg`).
    pub fn cell2arg(&self, cell: usize) -> Option<u32> {
        let total = self.total_args();
        let name = &self.cellvars[cell];
        self.varnames[..(total as usize).min(self.varnames.len())]
            .iter()
            .position(|v| v == name)
            .map(|i| i as u32)
    }

    /// All parameters, `*args` and `**kw` included: the first locals.
    pub fn total_args(&self) -> u32 {
        self.argcount
            + self.kwonlyargcount
            + (self.flags & flags::VARARGS != 0) as u32
            + (self.flags & flags::VARKEYWORDS != 0) as u32
    }

    /// Slots of `f_localsplus`: locals, cells, free variables, then the value stack as CPython sizes it.
    pub fn localsplus_len(&self) -> u32 {
        self.nlocals + (self.cellvars.len() + self.freevars.len()) as u32 + self.stacksize
    }
}
