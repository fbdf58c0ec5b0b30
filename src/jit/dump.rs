//! `--dump=ssa`: SSA text with the lines of the source it was made from, as comments, so that it
//! parses back.

use super::native::exec_of_word;
use super::ssa::func::{Func, InstData, NO_PC};
use super::ssa::op::Op;
use crate::types::exception::print::source_line;

/// The sources that a dump's lines come from.
pub struct Lines {
    /// Whether files may be read.
    files: bool,
    /// Name and text of the files met.
    texts: Vec<(String, Option<Vec<u8>>)>,
}

impl Lines {
    pub fn new(files: bool) -> Lines {
        Lines {
            files,
            texts: Vec::new(),
        }
    }

    /// The function's text; where the line changes a comment says which it is.
    pub fn beside(&mut self, f: &Func) -> String {
        let mut last = (0, 0);
        f.text_with(&mut |i, first| {
            if first {
                last = (0, 0);
            }
            let (code, line) = place(f, i)?;
            if last == (code, line) {
                return None;
            }
            last = (code, line);
            Some(self.line(code, line))
        })
    }

    fn line(&mut self, code: u64, line: u32) -> String {
        let Some(exec) = exec_of_word(code) else {
            return format!("line {line}");
        };
        let file = exec.code.filename.to_string();
        let at = match self.texts.iter().position(|t| t.0 == file) {
            Some(i) => i,
            None => {
                let text = if self.files {
                    std::fs::read(&file).ok()
                } else {
                    None
                };
                self.texts.push((file, text));
                self.texts.len() - 1
            }
        };
        let (file, text) = &self.texts[at];
        match text.as_ref().and_then(|t| source_line(t, line as i32)) {
            Some(l) => format!("{file}:{line}: {}", l.trim_end()),
            None => format!("{file}:{line}"),
        }
    }
}

/// The code object (its word) and line of an instruction.
fn place(f: &Func, i: &InstData) -> Option<(u64, u32)> {
    let (frame, pc) = match i.op == Op::State {
        true => f.states.get(i.state?.index())?.at(),
        false => (i.frame, i.pc),
    };
    if pc == NO_PC {
        return None;
    }
    let code = f
        .consts
        .get(f.frames.get(frame.index())?.code.index())?
        .bits();
    let exec = exec_of_word(code)?;
    (pc < exec.instrs.len() as u32).then(|| (code, exec.line(pc)))
}
