//! Decoding `co_code`: two bytes an instruction, EXTENDED_ARG folded.

use super::opcode::{ArgKind, Opcode};

/// One decoded instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instr {
    /// Byte offset in `co_code` of the opcode itself (after its EXTENDED_ARGs).
    pub offset: u32,
    /// Byte offset of its first EXTENDED_ARG, or `offset`.
    pub start: u32,
    pub op: Opcode,
    pub arg: u32,
}

impl Instr {
    /// Byte offset of the instruction after this one.
    pub fn next(&self) -> u32 {
        self.offset + 2
    }
    /// Where the operand points, if it is a jump target or a handler.
    pub fn target(&self) -> Option<u32> {
        match self.op.arg_kind() {
            ArgKind::Rel => Some(self.next().saturating_add(self.arg)),
            ArgKind::Abs => Some(self.arg),
            ArgKind::None
            | ArgKind::Num
            | ArgKind::Const
            | ArgKind::Name
            | ArgKind::Local
            | ArgKind::Free
            | ArgKind::Compare => None,
        }
    }
}

/// Why `co_code` does not decode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// An odd number of bytes, or none.
    Length(usize),
    /// No opcode of this number: (offset, number).
    Unknown(u32, u8),
    /// EXTENDED_ARG before the end, before another of four, or before an odd place: offset.
    Extended(u32),
}

/// Decodes all of `co_code`.
pub fn decode(code: &[u8]) -> Result<Vec<Instr>, DecodeError> {
    if code.is_empty() || !code.len().is_multiple_of(2) || code.len() > u32::MAX as usize / 4 {
        return Err(DecodeError::Length(code.len()));
    }
    let mut out = Vec::with_capacity(code.len() / 2);
    let mut ext = 0u32;
    let mut start: Option<u32> = None;
    for (i, pair) in code.chunks_exact(2).enumerate() {
        let offset = 2 * i as u32;
        let op = Opcode::from_u8(pair[0]).ok_or(DecodeError::Unknown(offset, pair[0]))?;
        if ext > 0xFF_FFFF {
            return Err(DecodeError::Extended(offset));
        }
        let arg = ext << 8 | pair[1] as u32;
        if op == Opcode::EXTENDED_ARG {
            start.get_or_insert(offset);
            ext = arg;
            continue;
        }
        out.push(Instr {
            offset,
            start: start.take().unwrap_or(offset),
            op,
            arg,
        });
        ext = 0;
    }
    match start {
        Some(s) => Err(DecodeError::Extended(s)),
        None => Ok(out),
    }
}
