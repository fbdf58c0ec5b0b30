//! The text CPython 3.8's `dis.dis` prints for a code object.

use super::object::{CodeObject, Const, Version};
use super::opcode::{ArgKind, CMP_OPS, HAVE_ARGUMENT, Opcode};
use super::v37::Op;
use super::wtf8::Wtf8Buf;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

/// What an operand stands for where `dis` spells it out in a way of its own.
const MAKE_FUNCTION_FLAGS: [&str; 4] = ["defaults", "kwdefaults", "annotations", "closure"];
const CONVERSIONS: [&str; 4] = ["", "str", "repr", "ascii"];

/// The disassembly of a code object and of those inside it; `addr` gives the address that
/// stands in `<code object f at 0x…>`.
pub fn dis(code: &CodeObject, addr: &dyn Fn(&CodeObject) -> u64) -> String {
    let mut out = String::new();
    recurse(code, addr, &mut out);
    out
}

fn recurse(code: &CodeObject, addr: &dyn Fn(&CodeObject) -> u64, out: &mut String) {
    one(code, None, addr, out);
    for c in &code.consts {
        if let Const::Code(c) = c {
            out.push_str("\nDisassembly of ");
            repr_code(c, addr, out);
            out.push_str(":\n");
            recurse(c, addr, out);
        }
    }
}

/// The disassembly of one code object; `-->` marks the instruction at byte offset `lasti`.
pub fn disassemble(
    code: &CodeObject,
    lasti: Option<u32>,
    addr: &dyn Fn(&CodeObject) -> u64,
) -> String {
    let mut out = String::new();
    one(code, lasti, addr, &mut out);
    out
}

/// The opcode of a number, in the code object's version.
fn op_of(code: &CodeObject, number: u8) -> Option<Op> {
    match code.version {
        Version::V38 => Opcode::from_u8(number).map(Op::Same),
        Version::V37 => Op::from_u8(number),
    }
}

/// (offset, opcode number, operand), EXTENDED_ARGs shown as instructions too.
fn unpack(code: &[u8]) -> Vec<(usize, u8, Option<u32>)> {
    let mut extended = 0u32;
    let mut out = Vec::with_capacity(code.len() / 2);
    for (i, p) in code.chunks_exact(2).enumerate() {
        let arg = (p[0] >= HAVE_ARGUMENT).then(|| {
            let arg = p[1] as u32 | extended;
            let more = p[0] == Opcode::EXTENDED_ARG as u8;
            extended = if more { arg << 8 } else { 0 };
            arg
        });
        out.push((2 * i, p[0], arg));
    }
    out
}

/// Byte offsets where a line starts → the line.
pub fn line_starts(code: &CodeObject) -> HashMap<usize, i64> {
    let mut out = HashMap::new();
    let mut last = None;
    let mut line = code.firstlineno as i64;
    let mut at = 0usize;
    for p in code.lnotab.chunks_exact(2) {
        if p[0] != 0 {
            if last != Some(line) {
                out.insert(at, line);
                last = Some(line);
            }
            at += p[0] as usize;
            if at >= code.code.len() {
                // The rest of the lines was optimized away.
                return out;
            }
        }
        line += p[1] as i8 as i64;
    }
    if last != Some(line) {
        out.insert(at, line);
    }
    out
}

fn one(code: &CodeObject, lasti: Option<u32>, addr: &dyn Fn(&CodeObject) -> u64, out: &mut String) {
    let starts = line_starts(code);
    let list = unpack(&code.code);
    let mut labels = HashSet::new();
    for &(offset, op, arg) in &list {
        let (Some(arg), Some(op)) = (arg, op_of(code, op)) else {
            continue;
        };
        match op.arg_kind() {
            ArgKind::Rel => labels.insert(offset + 2 + arg as usize),
            ArgKind::Abs => labels.insert(arg as usize),
            ArgKind::None
            | ArgKind::Num
            | ArgKind::Const
            | ArgKind::Name
            | ArgKind::Local
            | ArgKind::Free
            | ArgKind::Compare => continue,
        };
    }
    let max_line = starts.values().copied().max().unwrap_or(0);
    let line_width = if max_line >= 1000 {
        max_line.to_string().len()
    } else {
        3
    };
    let max_offset = code.code.len().saturating_sub(2);
    let offset_width = if max_offset >= 10000 {
        max_offset.to_string().len()
    } else {
        4
    };
    for &(offset, number, arg) in &list {
        let start = starts.get(&offset);
        if start.is_some() && offset > 0 {
            out.push('\n');
        }
        let line = start.map_or(String::new(), |l| l.to_string());
        let current = if lasti == Some(offset as u32) {
            "-->"
        } else {
            "   "
        };
        let mark = if labels.contains(&offset) { ">>" } else { "  " };
        let op = op_of(code, number);
        let name = op.map_or_else(|| format!("<{number}>"), |op| op.name().to_owned());
        let mut row =
            format!("{line:>line_width$} {current} {mark} {offset:>offset_width$} {name:<20}");
        if let Some(arg) = arg {
            let _ = write!(row, " {arg:>5}");
            let detail = op.map_or(String::new(), |op| detail(code, op, offset, arg, addr));
            if !detail.is_empty() {
                let _ = write!(row, " ({detail})");
            }
        }
        out.push_str(row.trim_end());
        out.push('\n');
    }
}

fn detail(
    code: &CodeObject,
    op: Op,
    offset: usize,
    arg: u32,
    addr: &dyn Fn(&CodeObject) -> u64,
) -> String {
    let i = arg as usize;
    let text = |n: Option<&Wtf8Buf>| n.map_or(arg.to_string(), |n| n.to_string());
    match op.arg_kind() {
        ArgKind::Const => {
            let mut out = String::new();
            match code.consts.get(i) {
                Some(c) => repr(c, addr, &mut out),
                None => out = arg.to_string(),
            }
            out
        }
        ArgKind::Name => text(code.names.get(i)),
        ArgKind::Local => text(code.varnames.get(i)),
        ArgKind::Free => text(code.cellvars.iter().chain(&code.freevars).nth(i)),
        ArgKind::Compare => CMP_OPS.get(i).map_or(String::new(), |s| (*s).to_owned()),
        ArgKind::Rel => format!("to {}", offset + 2 + i),
        ArgKind::Abs | ArgKind::None => String::new(),
        ArgKind::Num if op == Op::Same(Opcode::FORMAT_VALUE) => {
            let conversion = CONVERSIONS[i & 3];
            match (i & 4 != 0, conversion) {
                (false, c) => c.to_owned(),
                (true, "") => "with format".to_owned(),
                (true, c) => format!("{c}, with format"),
            }
        }
        // 3.7 does not spell these out.
        ArgKind::Num if op == Op::Same(Opcode::MAKE_FUNCTION) && code.version == Version::V38 => {
            let flags = MAKE_FUNCTION_FLAGS.iter().enumerate();
            let set: Vec<&str> = flags
                .filter(|(b, _)| i & 1 << b != 0)
                .map(|f| *f.1)
                .collect();
            set.join(", ")
        }
        ArgKind::Num => String::new(),
    }
}

fn repr_code(c: &CodeObject, addr: &dyn Fn(&CodeObject) -> u64, out: &mut String) {
    let _ = write!(
        out,
        "<code object {} at {:#x}, file \"{}\", line {}>",
        c.name,
        addr(c),
        c.filename,
        c.firstlineno
    );
}

/// Python's `repr` of a constant.
pub fn repr(c: &Const, addr: &dyn Fn(&CodeObject) -> u64, out: &mut String) {
    let items = |list: &[Const], out: &mut String| {
        for (i, c) in list.iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            repr(c, addr, out);
        }
    };
    match c {
        Const::None => out.push_str("None"),
        Const::Ellipsis => out.push_str("Ellipsis"),
        Const::Bool(b) => out.push_str(if *b { "True" } else { "False" }),
        Const::Int(i) => {
            let _ = write!(out, "{i}");
        }
        Const::Float(f) => out.push_str(&repr_float(*f, true)),
        Const::Complex(re, im) => {
            let im = repr_float(*im, false);
            if *re == 0.0 && re.is_sign_positive() {
                let _ = write!(out, "{im}j");
            } else {
                let plus = if im.starts_with('-') { "" } else { "+" };
                let _ = write!(out, "({}{plus}{im}j)", repr_float(*re, false));
            }
        }
        Const::Str(s) => repr_str(s, out),
        Const::Bytes(b) => repr_bytes(b, out),
        Const::Tuple(t) => {
            out.push('(');
            items(t, out);
            out.push_str(if t.len() == 1 { ",)" } else { ")" });
        }
        Const::FrozenSet(t) if t.is_empty() => out.push_str("frozenset()"),
        Const::FrozenSet(t) => {
            out.push_str("frozenset({");
            items(t, out);
            out.push_str("})");
        }
        Const::Code(c) => repr_code(c, addr, out),
    }
}

/// The shortest text that reads back as the same float; `.0` is put to whole numbers if asked.
fn repr_float(f: f64, point: bool) -> String {
    if f.is_nan() {
        return "nan".into();
    }
    if f.is_infinite() {
        return if f < 0.0 { "-inf" } else { "inf" }.into();
    }
    let text = format!("{f:e}");
    let (mantissa, exp) = text.split_once('e').unwrap_or((&text, "0"));
    let exp: i32 = exp.parse().unwrap_or(0);
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(m) => ("-", m),
        None => ("", mantissa),
    };
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    let n = digits.len() as i32;
    let body = if !(-4..16).contains(&exp) {
        let (first, rest) = digits.split_at(1);
        let dot = if rest.is_empty() { "" } else { "." };
        let s = if exp < 0 { '-' } else { '+' };
        format!("{first}{dot}{rest}e{s}{:02}", exp.abs())
    } else if exp < 0 {
        format!("0.{}{digits}", "0".repeat((-exp - 1) as usize))
    } else if n <= exp + 1 {
        let end = if point { ".0" } else { "" };
        format!("{digits}{}{end}", "0".repeat((exp + 1 - n) as usize))
    } else {
        let (whole, rest) = digits.split_at((exp + 1) as usize);
        format!("{whole}.{rest}")
    };
    format!("{sign}{body}")
}

/// Whether Python shows a character as it is. Rust's own escaping follows the same rule
/// (controls, separators, unassigned and private characters are escaped).
fn printable(c: char) -> bool {
    if c.is_ascii() {
        return (' '..='~').contains(&c);
    }
    // After a letter, so that combining characters are not escaped for standing alone.
    format!("{:?}", format!("a{c}")) == format!("\"a{c}\"")
}

/// Double quotes where that saves escaping.
fn quote(has: impl Fn(char) -> bool) -> char {
    if has('\'') && !has('"') { '"' } else { '\'' }
}

pub(super) fn repr_str(s: &Wtf8Buf, out: &mut String) {
    let q = quote(|c| s.as_bytes().contains(&(c as u8)));
    out.push(q);
    for c in s.code_points() {
        let _ = match char::from_u32(c) {
            Some('\n') => write!(out, "\\n"),
            Some('\r') => write!(out, "\\r"),
            Some('\t') => write!(out, "\\t"),
            Some(c) if c == q || c == '\\' => write!(out, "\\{c}"),
            Some(c) if printable(c) => write!(out, "{c}"),
            _ if c <= 0xFF => write!(out, "\\x{c:02x}"),
            _ if c <= 0xFFFF => write!(out, "\\u{c:04x}"),
            _ => write!(out, "\\U{c:08x}"),
        };
    }
    out.push(q);
}

pub(super) fn repr_bytes(b: &[u8], out: &mut String) {
    let q = quote(|c| b.contains(&(c as u8)));
    out.push('b');
    out.push(q);
    for &c in b {
        let _ = match c {
            b'\n' => write!(out, "\\n"),
            b'\r' => write!(out, "\\r"),
            b'\t' => write!(out, "\\t"),
            c if c == q as u8 || c == b'\\' => write!(out, "\\{}", c as char),
            b' '..=b'~' => write!(out, "{}", c as char),
            c => write!(out, "\\x{c:02x}"),
        };
    }
    out.push(q);
}
