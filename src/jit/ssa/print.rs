//! SSA as text. Stable: no addresses, indices as stored.

use super::frame_state::FrameState;
use super::func::{Const, Entry, Func, Imm, InstData, NO_PC, Sig, Target};
use super::op::Op;
use super::types::{StateId, Val};
use crate::object::Value;
use std::fmt::{self, Display, Formatter, Write as _};

impl Display for Sig {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("(")?;
        for (i, t) in self.params.iter().enumerate() {
            let sep = if i == 0 { "" } else { ", " };
            write!(f, "{sep}{}", t.name())?;
        }
        write!(f, ") -> {}", self.ret.name())
    }
}

/// A float so that it parses back to the same bits (NaNs are canonical).
pub(super) fn float_text(bits: u64) -> String {
    let x = f64::from_bits(bits);
    if x.is_nan() {
        return if x.is_sign_negative() { "-nan" } else { "nan" }.into();
    }
    format!("{x:?}")
}

impl Display for Const {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Const::Object { text, .. } => write!(f, "object {text:?}"),
            Const::Imm(bits) => match Value::from_bits(*bits) {
                None => f.write_str("empty"),
                Some(Value::NONE) => f.write_str("none"),
                Some(Value::TRUE) => f.write_str("true"),
                Some(Value::FALSE) => f.write_str("false"),
                Some(v) => match (v.as_small_int(), v.as_float()) {
                    (Some(i), _) => write!(f, "int {i}"),
                    (None, Some(x)) => write!(f, "float {}", float_text(x.to_bits())),
                    (None, None) => write!(f, "word {bits:#x}"),
                },
            },
        }
    }
}

fn vals(f: &mut Formatter<'_>, vs: &[Val]) -> fmt::Result {
    for (i, v) in vs.iter().enumerate() {
        let sep = if i == 0 { "" } else { ", " };
        write!(f, "{sep}{v}")?;
    }
    Ok(())
}

impl Display for Target {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.block)?;
        vals(f, &self.args)?;
        f.write_str(")")
    }
}

impl Display for Imm {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Imm::None => Ok(()),
            Imm::Int(i) => write!(f, "{i}"),
            Imm::Float(b) => f.write_str(&float_text(*b)),
            Imm::Bool(b) => write!(f, "{b}"),
            Imm::Const(c) => write!(f, "{c}"),
            Imm::Cmp(c) => f.write_str(c.name()),
            Imm::Opc(o) => f.write_str(o.name()),
            Imm::Idx(i) => write!(f, "#{i}"),
            Imm::Sig(g) => write!(f, "{g}"),
        }
    }
}

/// `at f0 12 [v1 - | v2] handler parent s3 sets v4 v5`
impl Display for FrameState {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} [", self.kind.name(), self.frame, self.pc)?;
        let list = |f: &mut Formatter<'_>, l: &[Option<Val>]| -> fmt::Result {
            for v in l {
                match v {
                    Some(v) => write!(f, "{v} ")?,
                    None => f.write_str("- ")?,
                }
            }
            Ok(())
        };
        list(f, &self.slots)?;
        f.write_str("|")?;
        for v in &self.stack {
            match v {
                Some(v) => write!(f, " {v}")?,
                None => f.write_str(" -")?,
            }
        }
        f.write_str("]")?;
        if self.handler {
            f.write_str(" handler")?;
        }
        if let Some(p) = self.parent {
            write!(f, " parent {p}")?;
        }
        for (cell, v) in &self.cells {
            write!(f, " sets {cell} {v}")?;
        }
        Ok(())
    }
}

impl Func {
    /// One instruction, without its newline.
    pub fn inst_text(&self, d: &InstData) -> String {
        let mut s = String::new();
        // Writing to a String cannot fail.
        let _ = self.write_inst(&mut s, d);
        s
    }

    fn write_inst(&self, w: &mut String, d: &InstData) -> fmt::Result {
        if d.op == Op::State {
            let id = d.state.unwrap_or(StateId(u32::MAX));
            write!(w, "{id} = state")?;
            if let Some(s) = self.states.get(id.index()) {
                write!(w, " {s}")?;
            }
            return Ok(());
        }
        for (i, v) in d.results.iter().enumerate() {
            let sep = if i == 0 { "" } else { ", " };
            write!(w, "{sep}{v}")?;
        }
        if !d.results.is_empty() {
            w.push_str(" = ");
        }
        w.push_str(d.op.name());
        for i in d.imms.iter().filter(|i| **i != Imm::None) {
            write!(w, " {i}")?;
        }
        for (i, v) in d.args.iter().enumerate() {
            let sep = if i == 0 { " " } else { ", " };
            write!(w, "{sep}{v}")?;
        }
        for (i, t) in d.targets.iter().enumerate() {
            let sep = if i == 0 && d.args.is_empty() {
                " "
            } else {
                ", "
            };
            write!(w, "{sep}{t}")?;
        }
        if let Some(r) = d.reason {
            write!(w, " !{}", r.name())?;
        }
        if let Some(s) = d.state {
            write!(w, " {s}")?;
        }
        if d.pc != NO_PC {
            match d.frame.0 {
                0 => write!(w, " @{}", d.pc)?,
                n => write!(w, " @f{n}.{}", d.pc)?,
            }
        }
        Ok(())
    }
}

impl Func {
    /// The text, with a comment before each instruction for which `note` has one. It is told
    /// whether the instruction is the first of its block.
    pub fn text_with(&self, note: &mut dyn FnMut(&InstData, bool) -> Option<String>) -> String {
        let mut s = String::new();
        // Writing to a String cannot fail.
        let _ = self.write_with(&mut s, note);
        s
    }

    fn write_with(
        &self,
        f: &mut dyn fmt::Write,
        note: &mut dyn FnMut(&InstData, bool) -> Option<String>,
    ) -> fmt::Result {
        write!(f, "func {:?} ", self.name)?;
        match self.entry {
            Entry::Function => f.write_str("function")?,
            Entry::Loop { pc } => write!(f, "loop {pc}")?,
            Entry::Resume { pc } => write!(f, "resume {pc}")?,
        }
        write!(f, " {}", self.sig)?;
        if self.room > 0 {
            write!(f, " room {}", self.room)?;
        }
        if self.up {
            f.write_str(" up")?;
        }
        writeln!(f, " {{")?;
        for (i, c) in self.consts.iter().enumerate() {
            writeln!(f, "  c{i} = {c}")?;
        }
        for (i, s) in self.sigs.iter().enumerate() {
            writeln!(f, "  g{i} = {s}")?;
        }
        for (i, r) in self.frames.iter().enumerate() {
            writeln!(
                f,
                "  f{i} = {} locals {} cells {} frees {} stack {}",
                r.code, r.locals, r.cells, r.frees, r.stack
            )?;
        }
        for &b in &self.order {
            let d = &self.blocks[b.index()];
            write!(f, "{b}(")?;
            for (i, &v) in d.params.iter().enumerate() {
                let sep = if i == 0 { "" } else { ", " };
                write!(f, "{sep}{v}: {}", self.ty(v).name())?;
            }
            writeln!(f, "){}:", if d.cold { " cold" } else { "" })?;
            for (n, &i) in d.insts.iter().enumerate() {
                let i = &self.insts[i.index()];
                if let Some(text) = note(i, n == 0) {
                    // A line of its own: the text of a source holds no line ends.
                    writeln!(f, "  ; {}", text.replace(['\n', '\r'], " "))?;
                }
                writeln!(f, "  {}", self.inst_text(i))?;
            }
        }
        f.write_str("}\n")
    }
}

impl Display for Func {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.write_with(f, &mut |_, _| None)
    }
}
