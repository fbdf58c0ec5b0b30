//! From Cranelift functions to code in the heap: one `JITModule` a unit.
//!
//! The module compiles into a scratch buffer. Everything it emits is relative to itself or absolute
//! to something outside (helpers are called through their address), so the finished bytes
//! are copied into one chunk of the code heap of exactly their size, through its writable view, and
//! the module, with its tables, is dropped. What stays is [`Code`], which frees the chunk.

use super::heap::Chunk;
use cranelift_codegen::Context;
use cranelift_codegen::ir::{Function, LibCall, Signature, UserFuncName};
use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_jit::{BranchProtection, JITBuilder, JITMemoryKind, JITMemoryProvider, JITModule};
use cranelift_module::{FuncId, Linkage, Module, ModuleResult};
use std::io;
use std::sync::{Arc, Mutex};

/// The most code one unit may have.
const MAX_UNIT: usize = 1 << 20;
const ALIGN: usize = 64;

/// Where a module writes before its size is known. Kept from unit to unit.
#[derive(Clone, Default)]
pub struct Scratch(Arc<Mutex<Lines>>);

#[derive(Default)]
struct Lines {
    /// Cache lines, so that offsets keep the alignment they will have in the chunk.
    lines: Vec<Line>,
    used: usize,
    /// A function found no room.
    full: bool,
}
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([u8; ALIGN]);

impl Scratch {
    fn with<R>(&self, f: impl FnOnce(&mut Lines) -> R) -> R {
        f(&mut self.0.lock().unwrap_or_else(|e| e.into_inner()))
    }
    fn base(&self) -> usize {
        self.with(|l| l.lines.as_ptr() as usize)
    }
}

impl JITMemoryProvider for Scratch {
    fn allocate(&mut self, size: usize, align: u64, kind: JITMemoryKind) -> io::Result<*mut u8> {
        match kind {
            JITMemoryKind::Executable => {}
            JITMemoryKind::Writable | JITMemoryKind::ReadOnly => {
                return Err(io::Error::other("units have no data"));
            }
        }
        self.with(|l| {
            let at = l.used.next_multiple_of((align as usize).clamp(1, ALIGN));
            let end = at.checked_add(size).filter(|&e| e <= MAX_UNIT);
            let Some(end) = end else {
                l.full = true;
                return Err(io::Error::other("unit too large"));
            };
            l.used = end;
            Ok((l.lines.as_mut_ptr() as *mut u8).wrapping_add(at))
        })
    }
    // SAFETY: obliges nobody: the buffer is kept for the next unit.
    unsafe fn free_memory(&mut self) {}
    fn finalize(&mut self, _: BranchProtection) -> ModuleResult<()> {
        Ok(())
    }
}

/// A unit being compiled.
pub struct Assembler {
    module: JITModule,
    scratch: Scratch,
    ids: Vec<FuncId>,
}

/// One of a unit's functions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FnId(usize);

impl Assembler {
    /// An empty unit.
    pub fn new(isa: OwnedTargetIsa, scratch: &Scratch) -> Assembler {
        scratch.with(|l| {
            l.used = 0;
            l.full = false;
            // Reserved once: the buffer must not move while a module writes into it. Nothing touches what
            // no code is written to.
            l.lines.reserve_exact(MAX_UNIT / ALIGN);
        });
        let mut b = JITBuilder::with_isa(isa, Box::new(libcall));
        b.symbols(LIBCALLS.iter().map(|&(n, p)| (n, p as *const u8)));
        b.memory_provider(Box::new(scratch.clone()));
        Assembler {
            module: JITModule::new(b),
            scratch: scratch.clone(),
            ids: Vec::new(),
        }
    }
    /// Names a function, so that others can call it.
    pub fn declare(&mut self, name: &str, sig: &Signature) -> Result<FnId, String> {
        let id = self
            .module
            .declare_function(name, Linkage::Local, sig)
            .map_err(|e| e.to_string())?;
        self.ids.push(id);
        Ok(FnId(self.ids.len() - 1))
    }
    /// The name to give `Function::with_name_signature`.
    pub fn name_of(&self, f: FnId) -> UserFuncName {
        UserFuncName::user(0, self.ids[f.0].as_u32())
    }
    /// A reference to `callee` for calls in `func`.
    pub fn reference(
        &mut self,
        callee: FnId,
        func: &mut Function,
    ) -> cranelift_codegen::ir::FuncRef {
        self.module.declare_func_in_func(self.ids[callee.0], func)
    }
    /// Whether a function found no room: its unit is too large, which is nobody's fault.
    pub fn full(&self) -> bool {
        self.scratch.with(|l| l.full)
    }
    /// Bytes of code so far.
    pub fn bytes(&self) -> usize {
        self.scratch.with(|l| l.used)
    }
    /// Compiles a function; `ctx` holds it, and is cleared by the caller. Returns its frame's bytes.
    pub fn define(&mut self, f: FnId, ctx: &mut Context) -> Result<u32, String> {
        self.module
            .define_function(self.ids[f.0], ctx)
            .map_err(|e| format!("{e:?}"))?;
        Ok(ctx.compiled_code().map_or(0, |c| {
            c.buffer.frame_layout().map_or(0, |l| l.frame_to_fp_offset)
        }))
    }
    /// Puts the unit into the code heap.
    pub fn finish(mut self) -> Result<Code, String> {
        self.module
            .finalize_definitions()
            .map_err(|e| e.to_string())?;
        let base = self.scratch.base();
        let used = self.scratch.with(|l| l.used);
        let chunk = Chunk::new(used)?;
        // SAFETY: both are at least `used` bytes long; the chunk is nobody else's yet.
        unsafe { std::ptr::copy_nonoverlapping(base as *const u8, chunk.rw(), used) };
        chunk.flush();
        let entries = self
            .ids
            .iter()
            .map(|&id| self.module.get_finalized_function(id) as usize - base + chunk.rx())
            .collect();
        Ok(Code { chunk, entries })
    }
}

/// The code of one unit. Dropping it frees the memory.
#[derive(Debug)]
pub struct Code {
    chunk: Chunk,
    entries: Vec<usize>,
}

impl Code {
    /// The address at which a function runs.
    pub fn entry(&self, f: FnId) -> usize {
        self.entries[f.0]
    }
    /// First address, and bytes.
    pub fn range(&self) -> (usize, usize) {
        (self.chunk.rx(), self.chunk.len())
    }
    /// The machine code.
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: the executable view of the chunk is readable, and nobody writes it any more.
        unsafe { std::slice::from_raw_parts(self.chunk.rx() as *const u8, self.chunk.len()) }
    }
}

extern "C" fn floor(x: f64) -> f64 {
    x.floor()
}
extern "C" fn ceil(x: f64) -> f64 {
    x.ceil()
}
extern "C" fn trunc(x: f64) -> f64 {
    x.trunc()
}
extern "C" fn nearest(x: f64) -> f64 {
    x.round_ties_even()
}

/// What Cranelift calls where the processor has no such instruction (x86-64 before SSE4.1).
const LIBCALLS: &[(&str, extern "C" fn(f64) -> f64)] = &[
    ("floor", floor),
    ("ceil", ceil),
    ("trunc", trunc),
    ("nearest", nearest),
];

fn libcall(l: LibCall) -> String {
    match l {
        LibCall::FloorF64 => "floor".to_string(),
        LibCall::CeilF64 => "ceil".to_string(),
        LibCall::TruncF64 => "trunc".to_string(),
        LibCall::NearestF64 => "nearest".to_string(),
        other => format!("{other}"),
    }
}
