//! What has run: a byte for each opcode in each tier and for each SSA op, set when it runs. Tests
//! ask for it (`--coverage`), so that no row of a table is only believed to work.

use crate::code::opcode::{LATER, Opcode};
use crate::interp::executable::{SPEC_BASE, Spec};
use std::cell::Cell;

/// The marks; native code stores into them.
#[repr(C)]
pub struct Coverage {
    /// By `QOp`: opcodes and their specialised forms, in the interpreter (debug builds only).
    pub interp: [Cell<u8>; 256],
    /// By `Opcode`, in native code.
    pub native: [Cell<u8>; 256],
    /// By SSA op.
    pub ssa: [Cell<u8>; 256],
}

/// Offsets for native code.
pub const NATIVE_OFFSET: u64 = 256;
pub const SSA_OFFSET: u64 = 512;

impl Default for Coverage {
    fn default() -> Self {
        Coverage {
            interp: [const { Cell::new(0) }; 256],
            native: [const { Cell::new(0) }; 256],
            ssa: [const { Cell::new(0) }; 256],
        }
    }
}

impl super::Vm {
    /// What ran, a line each: `interp NAME`, `native NAME`, `ssa NAME`, `exit REASON`. A
    /// specialised form counts for its opcode, too.
    pub fn coverage_lines(&self) -> Vec<String> {
        let Some(c) = &self.coverage else {
            return Vec::new();
        };
        let mut out = Vec::new();
        for op in Opcode::ALL {
            let specialised = Spec::ALL
                .iter()
                .enumerate()
                .any(|(i, s)| s.base() == *op && c.interp[SPEC_BASE as usize + i].get() != 0);
            if c.interp[*op as usize].get() != 0 || specialised {
                out.push(format!("interp {}", op.name()));
            }
            if c.native[*op as usize].get() != 0 {
                out.push(format!("native {}", op.name()));
            }
        }
        for (i, s) in Spec::ALL.iter().enumerate() {
            if c.interp[SPEC_BASE as usize + i].get() != 0 {
                out.push(format!("spec {s:?}"));
            }
        }
        out.extend(crate::jit::coverage_lines(self, &c.ssa));
        out
    }
}

/// Every line that a whole test suite should have made.
pub fn expected() -> Vec<String> {
    // EXTENDED_ARG is folded into the instruction after it.
    let ops = Opcode::ALL
        .iter()
        .filter(|o| !o.has(LATER) && **o != Opcode::EXTENDED_ARG);
    let mut out: Vec<String> = ops
        .flat_map(|o| {
            [
                format!("interp {}", o.name()),
                format!("native {}", o.name()),
            ]
        })
        .collect();
    out.extend(Spec::ALL.iter().map(|s| format!("spec {s:?}")));
    out.extend(crate::jit::coverage_expected());
    out
}
