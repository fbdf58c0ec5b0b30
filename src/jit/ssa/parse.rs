//! Text to SSA. Reads what `print` writes; indices are kept, so printing gives the text back.
//!
//! `;` starts a comment. One statement a line.

use super::frame_state::{FrameState, Kind};
use super::func::{BlockData, Const, Def, Entry, Frame, Func, Imm, InstData, NO_PC, Sig, ValData};
use super::op::{ImmKind, Op};
use super::types::{Block, Cmp, ConstId, FrameId, Inst, SigId, StateId, Ty, Val};
use crate::code::opcode::Opcode;
use crate::jit::deopt::reason::Reason;
use crate::object::Value;

/// What is wrong with a text, and in which line (from 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    pub line: usize,
    pub message: String,
}
impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}
type R<T> = Result<T, String>;

/// Indices past this are a slip of the pen, not a function.
const MAX_INDEX: u32 = 1 << 20;

/// Reads one function.
///
/// # Errors
/// The first line that is not SSA text.
pub fn parse(text: &str) -> Result<Func, ParseError> {
    let mut p = Parser {
        func: Func::new(
            "",
            Entry::Function,
            Sig {
                params: Vec::new(),
                ret: Ty::Val,
            },
        ),
        defined: Vec::new(),
        block: None,
        begun: false,
        ended: false,
    };
    for (i, line) in text.lines().enumerate() {
        p.line(line).map_err(|message| ParseError {
            line: i + 1,
            message,
        })?;
    }
    if !p.ended {
        return Err(ParseError {
            line: text.lines().count(),
            message: "the closing brace is missing".into(),
        });
    }
    Ok(p.func)
}

struct Parser {
    func: Func,
    /// Values that have a definition.
    defined: Vec<bool>,
    block: Option<Block>,
    begun: bool,
    ended: bool,
}

/// Words of a line: strings in quotes, names and numbers, single marks.
fn words(line: &str) -> R<Vec<&str>> {
    let b = line.as_bytes();
    let mut out = Vec::new();
    let mut i = 0;
    while i < b.len() {
        let start = i;
        match b[i] {
            b' ' | b'\t' | b'\r' => {
                i += 1;
                continue;
            }
            b';' => break,
            b'"' => {
                i += 1;
                loop {
                    match b.get(i) {
                        None => return Err("a string is not closed".into()),
                        Some(b'\\') => i += 2,
                        Some(b'"') => break,
                        Some(_) => i += 1,
                    }
                }
                i += 1;
            }
            b'-' if b.get(i + 1) == Some(&b'>') => i += 2,
            c if c.is_ascii_alphanumeric()
                || matches!(c, b'_' | b'-' | b'.' | b'#' | b'!' | b'@') =>
            {
                i += 1;
                while i < b.len()
                    && (b[i].is_ascii_alphanumeric()
                        || matches!(b[i], b'_' | b'.')
                        // The sign of an exponent: 1e-7.
                        || (matches!(b[i], b'-' | b'+')
                            && b[i - 1] == b'e'
                            && (b[start].is_ascii_digit() || b[start] == b'-')))
                {
                    i += 1;
                }
            }
            c if c.is_ascii() => i += 1,
            _ => return Err("text outside ASCII".into()),
        }
        let word = line.get(start..i).ok_or("a string is not closed")?;
        out.push(word);
    }
    Ok(out)
}

fn number(prefix: &str, w: &str) -> R<u32> {
    w.strip_prefix(prefix)
        .and_then(|d| d.parse::<u32>().ok())
        .filter(|n| *n < MAX_INDEX)
        .ok_or_else(|| format!("expected {prefix}N, found {w}"))
}

fn unquote(w: &str) -> R<String> {
    let body = w
        .strip_prefix('"')
        .and_then(|w| w.strip_suffix('"'))
        .ok_or_else(|| format!("expected a string, found {w}"))?;
    let mut out = String::new();
    let mut it = body.chars();
    while let Some(c) = it.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match it.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('0') => out.push('\0'),
            Some('u') => {
                let hex: String = it.by_ref().skip(1).take_while(|c| *c != '}').collect();
                let n = u32::from_str_radix(&hex, 16).map_err(|_| "a bad escape")?;
                out.push(char::from_u32(n).ok_or("a bad escape")?);
            }
            Some(c) => out.push(c),
            None => return Err("a bad escape".into()),
        }
    }
    Ok(out)
}

fn float(w: &str) -> R<u64> {
    match w {
        "nan" => Ok(crate::object::value::NAN_POS),
        "-nan" => Ok(crate::object::value::NAN_NEG),
        _ => w
            .parse::<f64>()
            .map(f64::to_bits)
            .map_err(|_| format!("expected a float, found {w}")),
    }
}

/// The words of a line that are not read yet.
struct Words<'a> {
    w: Vec<&'a str>,
    at: usize,
}
impl<'a> Words<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.w.get(self.at).copied()
    }
    fn next(&mut self) -> R<&'a str> {
        let w = self.peek().ok_or("the line ends too early")?;
        self.at += 1;
        Ok(w)
    }
    fn eat(&mut self, s: &str) -> bool {
        let yes = self.peek() == Some(s);
        self.at += yes as usize;
        yes
    }
    fn expect(&mut self, s: &str) -> R<()> {
        let w = self.next()?;
        if w == s {
            Ok(())
        } else {
            Err(format!("expected {s}, found {w}"))
        }
    }
    fn end(&self) -> R<()> {
        match self.peek() {
            None => Ok(()),
            Some(w) => Err(format!("{w} does not belong here")),
        }
    }
    fn int(&mut self) -> R<i64> {
        let w = self.next()?;
        w.parse().map_err(|_| format!("expected an int, found {w}"))
    }
    fn ty(&mut self) -> R<Ty> {
        let w = self.next()?;
        Ty::from_name(w).ok_or_else(|| format!("no type {w}"))
    }
    fn indexed(&mut self, prefix: &str) -> R<u32> {
        number(prefix, self.next()?)
    }
    /// Whether the next word is this letter and a number.
    fn is_indexed(&self, prefix: &str) -> bool {
        self.peek().is_some_and(|w| number(prefix, w).is_ok())
    }
    fn count(&mut self, name: &str) -> R<u32> {
        self.expect(name)?;
        self.indexed("")
    }
}

impl Parser {
    fn line(&mut self, line: &str) -> R<()> {
        let mut w = Words {
            w: words(line)?,
            at: 0,
        };
        let Some(first) = w.peek() else { return Ok(()) };
        if self.ended {
            return Err("text after the closing brace".into());
        }
        if !self.begun {
            self.begun = true;
            return self.head(&mut w);
        }
        if first == "}" {
            self.ended = true;
            w.next()?;
            return w.end();
        }
        if first.starts_with("block") && w.w.get(1) == Some(&"(") {
            return self.block_head(&mut w);
        }
        if w.w.get(1) == Some(&"=") && self.block.is_none() {
            return self.pool(&mut w);
        }
        self.inst(&mut w)
    }

    fn head(&mut self, w: &mut Words<'_>) -> R<()> {
        w.expect("func")?;
        self.func.name = unquote(w.next()?)?;
        self.func.entry = match w.next()? {
            "function" => Entry::Function,
            "loop" => Entry::Loop { pc: w.indexed("")? },
            "resume" => Entry::Resume { pc: w.indexed("")? },
            e => return Err(format!("no entry {e}")),
        };
        self.func.sig = sig(w)?;
        if w.peek() == Some("room") {
            self.func.room = w.count("room")?;
        }
        if w.peek() == Some("up") {
            w.next()?;
            self.func.up = true;
        }
        w.expect("{")?;
        w.end()
    }

    fn pool(&mut self, w: &mut Words<'_>) -> R<()> {
        let name = w.next()?;
        w.expect("=")?;
        let f = &mut self.func;
        let in_order = |n: usize, i: u32| {
            if n == i as usize {
                Ok(())
            } else {
                Err(format!("{name} is out of order"))
            }
        };
        match name.as_bytes()[0] {
            b'c' => {
                in_order(f.consts.len(), number("c", name)?)?;
                f.consts.push(constant(w)?);
            }
            b'g' => {
                in_order(f.sigs.len(), number("g", name)?)?;
                f.sigs.push(sig(w)?);
            }
            b'f' => {
                in_order(f.frames.len(), number("f", name)?)?;
                f.frames.push(Frame {
                    code: ConstId(w.indexed("c")?),
                    locals: w.count("locals")?,
                    cells: w.count("cells")?,
                    frees: w.count("frees")?,
                    stack: w.count("stack")?,
                });
            }
            _ => return Err(format!("{name} outside a block")),
        }
        w.end()
    }

    fn block_head(&mut self, w: &mut Words<'_>) -> R<()> {
        let b = Block(w.indexed("block")?);
        if self.func.order.contains(&b) {
            return Err(format!("{b} is there twice"));
        }
        let blocks = &mut self.func.blocks;
        if blocks.len() <= b.index() {
            blocks.resize(b.index() + 1, BlockData::default());
        }
        self.func.order.push(b);
        self.block = Some(b);
        w.expect("(")?;
        while !w.eat(")") {
            let v = Val(w.indexed("v")?);
            w.expect(":")?;
            let ty = w.ty()?;
            let at = self.func.blocks[b.index()].params.len() as u32;
            self.define(v, ty, Def::Param(b, at))?;
            self.func.blocks[b.index()].params.push(v);
            if !w.eat(",") && w.peek() != Some(")") {
                return Err("expected , or )".into());
            }
        }
        self.func.blocks[b.index()].cold = w.eat("cold");
        w.expect(":")?;
        w.end()
    }

    fn define(&mut self, v: Val, ty: Ty, def: Def) -> R<()> {
        let n = v.index() + 1;
        if self.func.vals.len() < n {
            let gone = ValData {
                ty: Ty::Val,
                def: Def::Gone,
            };
            self.func.vals.resize(n, gone);
            self.defined.resize(n, false);
        }
        if std::mem::replace(&mut self.defined[v.index()], true) {
            return Err(format!("{v} is defined twice"));
        }
        self.func.vals[v.index()] = ValData { ty, def };
        Ok(())
    }

    fn inst(&mut self, w: &mut Words<'_>) -> R<()> {
        let block = self.block.ok_or("an instruction outside a block")?;
        if w.is_indexed("s") && w.w.get(w.at + 1) == Some(&"=") {
            return self.state(block, w);
        }
        let mut results = Vec::new();
        if w.is_indexed("v") {
            results.push(Val(w.indexed("v")?));
            while w.eat(",") {
                results.push(Val(w.indexed("v")?));
            }
            w.expect("=")?;
        }
        let name = w.next()?;
        let op = Op::from_name(name).ok_or_else(|| format!("no instruction {name}"))?;
        let mut d = InstData::new(op, &[]);
        for k in op.imms() {
            d = d.imm(imm(*k, w)?);
        }
        if w.is_indexed("v") {
            d.args.push(Val(w.indexed("v")?));
            while w.eat(",") {
                if !w.is_indexed("v") {
                    w.at -= 1;
                    break;
                }
                d.args.push(Val(w.indexed("v")?));
            }
        }
        for i in 0..op.targets() {
            if i > 0 || !d.args.is_empty() {
                w.expect(",")?;
            }
            let block = Block(w.indexed("block")?);
            let mut args = Vec::new();
            w.expect("(")?;
            while !w.eat(")") {
                args.push(Val(w.indexed("v")?));
                if !w.eat(",") && w.peek() != Some(")") {
                    return Err("expected , or )".into());
                }
            }
            d = d.target(block, &args);
        }
        if let Some(r) = w.peek().and_then(|r| r.strip_prefix('!')) {
            w.next()?;
            d.reason = Some(Reason::from_name(r).ok_or_else(|| format!("no reason {r}"))?);
        }
        if w.is_indexed("s") {
            d.state = Some(StateId(w.indexed("s")?));
        }
        d.pc = match w.peek() {
            Some(p) if p.starts_with("@f") => {
                let (frame, pc) = w.next()?.split_once('.').ok_or("expected @fN.N")?;
                d.frame = FrameId(number("@f", frame)?);
                number("", pc)?
            }
            Some(p) if p.starts_with('@') => w.indexed("@")?,
            Some(_) | None => NO_PC,
        };
        w.end()?;
        let tys = self.func.result_types(&d);
        if tys.len() != results.len() {
            return Err(format!("{name} has {} results", tys.len()));
        }
        let i = Inst(self.func.insts.len() as u32);
        for (k, (&v, ty)) in results.iter().zip(tys).enumerate() {
            self.define(v, ty, Def::Result(i, k as u32))?;
        }
        d.results = results;
        self.func.insts.push(d);
        self.func.blocks[block.index()].insts.push(i);
        Ok(())
    }

    /// `s1 = state at f0 12 [v1 - | v2] handler parent s0 sets v3 v4`
    fn state(&mut self, block: Block, w: &mut Words<'_>) -> R<()> {
        let id = StateId(w.indexed("s")?);
        w.expect("=")?;
        w.expect("state")?;
        let k = w.next()?;
        let kind = Kind::ALL
            .into_iter()
            .find(|x| x.name() == k)
            .ok_or_else(|| format!("no kind of state {k}"))?;
        let frame = FrameId(w.indexed("f")?);
        let pc = w.indexed("")?;
        let mut s = FrameState {
            frame,
            kind,
            pc,
            slots: Vec::new(),
            stack: Vec::new(),
            handler: false,
            parent: None,
            cells: Vec::new(),
        };
        w.expect("[")?;
        for (end, list) in [("|", &mut s.slots), ("]", &mut s.stack)] {
            while !w.eat(end) {
                list.push(if w.eat("-") {
                    None
                } else {
                    Some(Val(w.indexed("v")?))
                });
            }
        }
        s.handler = w.eat("handler");
        if w.eat("parent") {
            s.parent = Some(StateId(w.indexed("s")?));
        }
        while w.eat("sets") {
            s.cells.push((Val(w.indexed("v")?), Val(w.indexed("v")?)));
        }
        w.end()?;
        let states = &mut self.func.states;
        while states.len() <= id.index() {
            // A number that the text leaves out: never referred to.
            states.push(FrameState {
                frame: FrameId(u32::MAX),
                kind: Kind::At,
                pc: 0,
                slots: Vec::new(),
                stack: Vec::new(),
                handler: false,
                parent: None,
                cells: Vec::new(),
            });
        }
        states[id.index()] = s;
        let i = Inst(self.func.insts.len() as u32);
        self.func
            .insts
            .push(InstData::new(Op::State, &[]).state(id));
        self.func.blocks[block.index()].insts.push(i);
        Ok(())
    }
}

fn sig(w: &mut Words<'_>) -> R<Sig> {
    let mut params = Vec::new();
    w.expect("(")?;
    while !w.eat(")") {
        params.push(w.ty()?);
        if !w.eat(",") && w.peek() != Some(")") {
            return Err("expected , or )".into());
        }
    }
    w.expect("->")?;
    Ok(Sig {
        params,
        ret: w.ty()?,
    })
}

fn constant(w: &mut Words<'_>) -> R<Const> {
    let v = match w.next()? {
        "object" => {
            return Ok(Const::Object {
                bits: 0,
                text: unquote(w.next()?)?,
            });
        }
        "empty" => return Ok(Const::Imm(0)),
        "none" => Value::NONE,
        "true" => Value::TRUE,
        "false" => Value::FALSE,
        "int" => Value::small_int(w.int()?).ok_or("an int of a constant has 49 bits")?,
        "float" => Value::float(f64::from_bits(float(w.next()?)?)),
        "word" => {
            let t = w.next()?;
            let bits = t
                .strip_prefix("0x")
                .and_then(|h| u64::from_str_radix(h, 16).ok())
                .ok_or("expected 0x…")?;
            return Ok(Const::Imm(bits));
        }
        k => return Err(format!("no kind of constant {k}")),
    };
    Ok(Const::Imm(v.bits()))
}

fn imm(k: ImmKind, w: &mut Words<'_>) -> R<Imm> {
    Ok(match k {
        ImmKind::Int => Imm::Int(w.int()?),
        ImmKind::Float => Imm::Float(float(w.next()?)?),
        ImmKind::Bool => match w.next()? {
            "true" => Imm::Bool(true),
            "false" => Imm::Bool(false),
            b => return Err(format!("expected true or false, found {b}")),
        },
        ImmKind::Const => Imm::Const(ConstId(w.indexed("c")?)),
        ImmKind::Cmp => {
            let c = w.next()?;
            Imm::Cmp(Cmp::from_name(c).ok_or_else(|| format!("no comparison {c}"))?)
        }
        ImmKind::Opc => {
            let o = w.next()?;
            let found = Opcode::ALL.iter().find(|x| x.name() == o);
            Imm::Opc(*found.ok_or_else(|| format!("no opcode {o}"))?)
        }
        ImmKind::Idx => Imm::Idx(w.indexed("#")?),
        ImmKind::Sig => Imm::Sig(SigId(w.indexed("g")?)),
    })
}
