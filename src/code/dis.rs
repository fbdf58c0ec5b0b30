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

/// The opcode of a number, in a version.
fn op_of(version: Version, number: u8) -> Option<Op> {
    match version {
        Version::V38 => Opcode::from_u8(number).map(Op::Same),
        Version::V37 => Op::from_u8(number),
    }
}

/// One line of a listing: CPython's `dis.Instruction` without what its operand stands for.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub offset: usize,
    /// The opcode's number.
    pub op: u8,
    pub version: Version,
    /// EXTENDED_ARGs before it included; they are lines of their own, too.
    pub arg: Option<u32>,
    /// The line that starts here.
    pub line: Option<i64>,
    /// Something jumps here.
    pub target: bool,
}

/// What an operand stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// Nothing that is shown beside the number.
    Number,
    Const(usize),
    Name(usize),
    Local(usize),
    /// Index into the cells, then the free variables.
    Free(usize),
    /// A place that is jumped to; it is shown if the jump is relative.
    Jump {
        to: usize,
        shown: bool,
    },
    /// A comparison or a set of flags.
    Text(String),
    /// How FORMAT_VALUE converts, and whether with a specification.
    Format(u32),
}

/// The name that a listing shows for an opcode's number.
pub fn opname(version: Version, op: u8) -> String {
    op_of(version, op).map_or_else(|| format!("<{op}>"), |op| op.name().to_owned())
}

/// The instructions of a code string, up to one that has lost its operand. `starts` gives the lines.
pub fn rows(code: &[u8], version: Version, starts: &HashMap<usize, i64>) -> Vec<Row> {
    let list = unpack(code);
    let labels: HashSet<usize> = labels_of(version, &list).into_iter().collect();
    list.into_iter()
        .map(|(offset, op, arg)| Row {
            offset,
            op,
            version,
            arg,
            line: starts.get(&offset).copied(),
            target: labels.contains(&offset),
        })
        .collect()
}

/// (offset, opcode number, operand), EXTENDED_ARGs shown as instructions too.
fn unpack(code: &[u8]) -> Vec<(usize, u8, Option<u32>)> {
    let mut extended = 0u32;
    let mut out = Vec::with_capacity(code.len() / 2);
    for (i, p) in code.chunks(2).enumerate() {
        let arg = match p.get(1) {
            Some(&b) if p[0] >= HAVE_ARGUMENT => {
                let arg = b as u32 | extended;
                let more = p[0] == Opcode::EXTENDED_ARG as u8;
                extended = if more { arg << 8 } else { 0 };
                Some(arg)
            }
            None if p[0] >= HAVE_ARGUMENT => break,
            Some(_) | None => None,
        };
        out.push((2 * i, p[0], arg));
    }
    out
}

fn labels_of(version: Version, list: &[(usize, u8, Option<u32>)]) -> Vec<usize> {
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    for &(offset, op, arg) in list {
        if let Some(arg) = arg
            && let Meaning::Jump { to, .. } = meaning(version, op, offset, arg)
            && seen.insert(to)
        {
            out.push(to);
        }
    }
    out
}

/// The offsets that are jumped to, in the order of the jumps (`dis.findlabels`).
pub fn labels(code: &[u8]) -> Vec<usize> {
    labels_of(Version::V38, &unpack(code))
}

/// (byte offset, line) wherever a line starts, in order (`dis.findlinestarts`).
pub fn line_start_list(lnotab: &[u8], firstlineno: i64, len: usize) -> Vec<(usize, i64)> {
    let mut out = Vec::new();
    let mut last = None;
    let mut line = firstlineno;
    let mut at = 0usize;
    for p in lnotab.chunks_exact(2) {
        if p[0] != 0 {
            if last != Some(line) {
                out.push((at, line));
                last = Some(line);
            }
            at += p[0] as usize;
            if at >= len {
                // The rest of the lines was optimized away.
                return out;
            }
        }
        line += p[1] as i8 as i64;
    }
    if last != Some(line) {
        out.push((at, line));
    }
    out
}

/// Byte offsets where a line starts → the line.
pub fn line_starts(code: &CodeObject) -> HashMap<usize, i64> {
    let first = code.firstlineno as i32 as i64;
    line_start_list(&code.lnotab, first, code.code.len())
        .into_iter()
        .collect()
}

/// Widths of a listing's columns.
#[derive(Clone, Copy)]
pub struct Widths {
    /// 0: no lines are shown.
    pub line: usize,
    pub offset: usize,
}
impl Widths {
    /// Those of a code string of this length whose greatest line is `line`, if lines are shown.
    pub fn of(len: usize, line: Option<i64>) -> Widths {
        let digits = |n: i64| n.to_string().len();
        let offset = len.saturating_sub(2) as i64;
        Widths {
            line: match line {
                None => 0,
                Some(n) if n >= 1000 => digits(n),
                Some(_) => 3,
            },
            offset: if offset >= 10000 { digits(offset) } else { 4 },
        }
    }
}

/// One line of a listing, without its end. `shown` is what the operand stands for.
pub fn format_row(row: &Row, shown: &str, w: Widths, current: bool) -> String {
    let mut out = String::new();
    if w.line > 0 {
        let line = row.line.map_or(String::new(), |l| l.to_string());
        let _ = write!(out, "{line:>0$} ", w.line);
    }
    let current = if current { "-->" } else { "   " };
    let mark = if row.target { ">>" } else { "  " };
    let (offset, name) = (row.offset, opname(row.version, row.op));
    let _ = write!(out, "{current} {mark} {offset:>0$} {name:<20}", w.offset);
    if let Some(arg) = row.arg {
        let _ = write!(out, " {arg:>5}");
        if !shown.is_empty() {
            let _ = write!(out, " ({shown})");
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn one(code: &CodeObject, lasti: Option<u32>, addr: &dyn Fn(&CodeObject) -> u64, out: &mut String) {
    let starts = line_starts(code);
    let w = Widths::of(code.code.len(), starts.values().copied().max().or(Some(0)));
    for row in rows(&code.code, code.version, &starts) {
        if row.line.is_some() && row.offset > 0 {
            out.push('\n');
        }
        let shown = row
            .arg
            .map_or(String::new(), |arg| detail(code, &row, arg, addr));
        let current = lasti == Some(row.offset as u32);
        out.push_str(&format_row(&row, &shown, w, current));
        out.push('\n');
    }
}

/// What the operand of an instruction stands for.
pub fn meaning(version: Version, op: u8, offset: usize, arg: u32) -> Meaning {
    let i = arg as usize;
    let Some(op) = op_of(version, op) else {
        return Meaning::Number;
    };
    match op.arg_kind() {
        ArgKind::Const => Meaning::Const(i),
        ArgKind::Name => Meaning::Name(i),
        ArgKind::Local => Meaning::Local(i),
        ArgKind::Free => Meaning::Free(i),
        ArgKind::Compare => {
            Meaning::Text(CMP_OPS.get(i).map_or(String::new(), |s| (*s).to_owned()))
        }
        ArgKind::Rel => Meaning::Jump {
            to: offset + 2 + i,
            shown: true,
        },
        ArgKind::Abs => Meaning::Jump {
            to: i,
            shown: false,
        },
        ArgKind::Num if op == Op::Same(Opcode::FORMAT_VALUE) => Meaning::Format(arg),
        // 3.7 does not spell these out.
        ArgKind::Num if op == Op::Same(Opcode::MAKE_FUNCTION) && version == Version::V38 => {
            let flags = MAKE_FUNCTION_FLAGS.iter().enumerate();
            let set: Vec<&str> = flags
                .filter(|(b, _)| i & 1 << b != 0)
                .map(|f| *f.1)
                .collect();
            Meaning::Text(set.join(", "))
        }
        ArgKind::Num | ArgKind::None => Meaning::Number,
    }
}

/// What a listing shows for FORMAT_VALUE's operand.
pub fn format_text(arg: u32) -> String {
    let conversion = CONVERSIONS[arg as usize & 3];
    match (arg & 4 != 0, conversion) {
        (false, c) => c.to_owned(),
        (true, "") => "with format".to_owned(),
        (true, c) => format!("{c}, with format"),
    }
}

fn detail(code: &CodeObject, row: &Row, arg: u32, addr: &dyn Fn(&CodeObject) -> u64) -> String {
    let text = |n: Option<&Wtf8Buf>| n.map_or(arg.to_string(), |n| n.to_string());
    match meaning(row.version, row.op, row.offset, arg) {
        Meaning::Const(i) => {
            let mut out = String::new();
            match code.consts.get(i) {
                Some(c) => repr(c, addr, &mut out),
                None => out = arg.to_string(),
            }
            out
        }
        Meaning::Name(i) => text(code.names.get(i)),
        Meaning::Local(i) => text(code.varnames.get(i)),
        Meaning::Free(i) => text(code.cellvars.iter().chain(&code.freevars).nth(i)),
        Meaning::Jump { to, shown: true } => format!("to {to}"),
        Meaning::Jump { shown: false, .. } | Meaning::Number => String::new(),
        Meaning::Text(t) => t,
        Meaning::Format(arg) => format_text(arg),
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
