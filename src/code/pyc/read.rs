//! Marshal bytes → an arena of nodes. What is shared in the data is shared here: no input makes more nodes
//! than it has bytes.

use super::{MAX_DEPTH, PycError};
use crate::code::object::{Const, Version};
use crate::code::wtf8::Wtf8Buf;
use num_bigint::{BigInt, BigUint, Sign};

/// Index into [`Tree::nodes`].
pub type NodeId = u32;
/// The end of a dict, in the place of a key.
const NULL: NodeId = NodeId::MAX;

/// A marshalled object.
#[derive(Clone, Debug)]
pub enum Node {
    /// Anything without parts: a constant that is neither tuple nor frozenset nor code.
    Atom(Const),
    StopIteration,
    Tuple(Vec<NodeId>),
    List(Vec<NodeId>),
    Set(Vec<NodeId>),
    FrozenSet(Vec<NodeId>),
    /// Keys and values in turn.
    Dict(Vec<NodeId>),
    /// `fields` as they lie in the file: code, consts, names, varnames, freevars, cellvars, filename, name, lnotab.
    Code {
        version: Version,
        counts: [i32; 6],
        fields: Vec<NodeId>,
        firstlineno: i32,
    },
}

/// What was read.
#[derive(Clone, Debug)]
pub struct Tree {
    pub nodes: Vec<Node>,
    /// The nodes in the order in which they were completed: parts before what they are part of,
    /// except where an object contains itself.
    pub completed: Vec<NodeId>,
    pub root: NodeId,
    /// Bytes used.
    pub used: usize,
}
impl Tree {
    /// A node of this tree.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }
}

/// An object whose parts are being read.
struct Open {
    id: NodeId,
    /// Parts still to come; of a dict, `usize::MAX`.
    left: usize,
    parts: Vec<NodeId>,
    /// Where a reference will find it once it is complete, if only then.
    reserved: Option<usize>,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    version: Version,
    nodes: Vec<Node>,
    completed: Vec<NodeId>,
    /// `None`: reserved for an object that is not complete.
    refs: Vec<Option<NodeId>>,
    open: Vec<Open>,
}

/// Reads one object; what follows it is left alone. Code objects have the layout of `version`.
///
/// # Errors
/// As CPython's `marshal.loads`.
pub fn read(bytes: &[u8], version: Version) -> Result<Tree, PycError> {
    let mut r = Reader {
        bytes,
        at: 0,
        version,
        nodes: Vec::new(),
        completed: Vec::new(),
        refs: Vec::new(),
        open: Vec::new(),
    };
    let root = r.object()?;
    Ok(Tree {
        nodes: r.nodes,
        completed: r.completed,
        root,
        used: r.at,
    })
}

/// What the parts of an object are called in "NULL object in marshal data for …".
fn called(n: &Node) -> &'static str {
    match n {
        Node::Tuple(_) => "tuple",
        Node::List(_) => "list",
        Node::Set(_) | Node::FrozenSet(_) => "set",
        Node::Dict(_) => "dict",
        Node::Code { .. } => "code object",
        Node::Atom(_) | Node::StopIteration => "object",
    }
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], PycError> {
        let end = self.at.checked_add(n).ok_or_else(PycError::eof)?;
        let b = self.bytes.get(self.at..end).ok_or_else(PycError::eof)?;
        self.at = end;
        Ok(b)
    }
    fn byte(&mut self) -> Result<u8, PycError> {
        Ok(self.take(1)?[0])
    }
    fn short(&mut self) -> Result<i16, PycError> {
        let b = self.take(2)?;
        Ok(i16::from_le_bytes([b[0], b[1]]))
    }
    fn long(&mut self) -> Result<i32, PycError> {
        let b = self.take(4)?;
        Ok(i32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }
    fn double(&mut self) -> Result<f64, PycError> {
        let b = self.take(8)?;
        Ok(f64::from_le_bytes([
            b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7],
        ]))
    }
    /// A float in digits.
    fn text_double(&mut self) -> Result<f64, PycError> {
        let n = self.byte()? as usize;
        let b = self.take(n)?;
        let text = std::str::from_utf8(b).unwrap_or_default();
        text.parse().map_err(|_| {
            PycError::new(
                super::ErrorKind::Value,
                format!("could not convert string to float: '{}'", b.escape_ascii()),
            )
        })
    }
    fn size(&mut self, what: &str) -> Result<usize, PycError> {
        let n = self.long()?;
        usize::try_from(n).map_err(|_| PycError::bad(&format!("{what} size out of range")))
    }

    fn add(&mut self, n: Node) -> NodeId {
        self.nodes.push(n);
        self.nodes.len() as NodeId - 1
    }

    /// Reads one whole object. The stack of half-read objects is explicit.
    fn object(&mut self) -> Result<NodeId, PycError> {
        loop {
            let mut done = self.next()?;
            // Completes what this was the last part of.
            while let Some(id) = done {
                let Some(top) = self.open.last_mut() else {
                    if id == NULL {
                        return Err(PycError::new(
                            super::ErrorKind::Type,
                            "NULL object in marshal data for object",
                        ));
                    }
                    return Ok(id);
                };
                let dict = top.left == usize::MAX;
                if id == NULL && !(dict && top.parts.len() % 2 == 0) {
                    let what = called(&self.nodes[top.id as usize]);
                    return Err(PycError::new(
                        super::ErrorKind::Type,
                        format!("NULL object in marshal data for {what}"),
                    ));
                }
                if id != NULL {
                    top.parts.push(id);
                    if !dict {
                        top.left -= 1;
                    }
                    if top.left > 0 {
                        if let Node::Code { .. } = self.nodes[top.id as usize]
                            && top.left == 1
                        {
                            // Before the last field, lnotab, stands a plain number.
                            let line = self.long()?;
                            let id = self.open.last().map_or(0, |o| o.id);
                            if let Node::Code { firstlineno, .. } = &mut self.nodes[id as usize] {
                                *firstlineno = line;
                            }
                        }
                        break;
                    }
                }
                done = self.close();
            }
        }
    }

    /// The innermost open object is complete.
    fn close(&mut self) -> Option<NodeId> {
        let o = self.open.pop()?;
        match &mut self.nodes[o.id as usize] {
            Node::Tuple(p)
            | Node::List(p)
            | Node::Set(p)
            | Node::FrozenSet(p)
            | Node::Dict(p)
            | Node::Code { fields: p, .. } => *p = o.parts,
            Node::Atom(_) | Node::StopIteration => {}
        }
        if let Some(i) = o.reserved {
            self.refs[i] = Some(o.id);
        }
        self.completed.push(o.id);
        Some(o.id)
    }

    /// Begins an object with `n` parts; the object, if it has none. `late`: a reference may only be made
    /// to it when it is complete.
    fn begin(
        &mut self,
        node: Node,
        n: usize,
        flag: bool,
        late: bool,
    ) -> Result<Option<NodeId>, PycError> {
        let dict = matches!(node, Node::Dict(_));
        if self.open.len() >= MAX_DEPTH {
            return Err(PycError::new(
                super::ErrorKind::Value,
                "recursion limit exceeded",
            ));
        }
        // Each part takes a byte at least.
        if !dict && n > self.bytes.len() - self.at {
            return Err(expected());
        }
        let id = self.add(node);
        let reserved = flag.then(|| {
            self.refs.push(if late { None } else { Some(id) });
            self.refs.len() - 1
        });
        self.open.push(Open {
            id,
            left: if dict { usize::MAX } else { n },
            parts: Vec::new(),
            reserved: reserved.filter(|_| late),
        });
        Ok(if n == 0 && !dict { self.close() } else { None })
    }

    /// An object without parts.
    fn atom(&mut self, c: Const, flag: bool) -> NodeId {
        let id = self.add(Node::Atom(c));
        if flag {
            self.refs.push(Some(id));
        }
        self.completed.push(id);
        id
    }

    /// Reads an object up to its first part: the object if that is all of it.
    fn next(&mut self) -> Result<Option<NodeId>, PycError> {
        if self.at >= self.bytes.len() {
            return Err(expected());
        }
        let code = self.byte()?;
        let flag = code & 0x80 != 0;
        let c = match code & 0x7F {
            b'0' => return Ok(Some(NULL)),
            // These are never referred to.
            b'N' => return Ok(Some(self.atom(Const::None, false))),
            b'T' => return Ok(Some(self.atom(Const::Bool(true), false))),
            b'F' => return Ok(Some(self.atom(Const::Bool(false), false))),
            b'.' => return Ok(Some(self.atom(Const::Ellipsis, false))),
            b'S' => {
                let id = self.add(Node::StopIteration);
                self.completed.push(id);
                return Ok(Some(id));
            }
            b'i' => Const::Int(self.long()?.into()),
            b'I' => {
                let b = self.take(8)?;
                let mut n = [0; 8];
                n.copy_from_slice(b);
                Const::Int(i64::from_le_bytes(n).into())
            }
            b'l' => Const::Int(self.big()?),
            b'f' => Const::Float(self.text_double()?),
            b'g' => Const::Float(self.double()?),
            b'x' => Const::Complex(self.text_double()?, self.text_double()?),
            b'y' => Const::Complex(self.double()?, self.double()?),
            b's' => {
                let n = self.size("bytes object")?;
                Const::Bytes(self.take(n)?.into())
            }
            b'a' | b'A' => {
                let n = self.size("string")?;
                Const::Str(latin1(self.take(n)?))
            }
            b'z' | b'Z' => {
                let n = self.byte()? as usize;
                Const::Str(latin1(self.take(n)?))
            }
            b'u' | b't' => {
                let n = self.size("string")?;
                Const::Str(utf8(self.take(n)?)?)
            }
            b')' => {
                let n = self.byte()? as usize;
                return self.begin(Node::Tuple(Vec::new()), n, flag, false);
            }
            b'(' => {
                let n = self.size("tuple")?;
                return self.begin(Node::Tuple(Vec::new()), n, flag, false);
            }
            b'[' => {
                let n = self.size("list")?;
                return self.begin(Node::List(Vec::new()), n, flag, false);
            }
            b'<' => {
                let n = self.size("set")?;
                return self.begin(Node::Set(Vec::new()), n, flag, false);
            }
            b'>' => {
                let n = self.size("set")?;
                return self.begin(Node::FrozenSet(Vec::new()), n, flag, true);
            }
            b'{' => return self.begin(Node::Dict(Vec::new()), 0, flag, false),
            b'c' => {
                let mut counts = [0; 6];
                for (i, n) in counts.iter_mut().enumerate() {
                    // 3.7 has no positional-only parameters.
                    if i != 1 || self.version == Version::V38 {
                        *n = self.long()?;
                    }
                }
                let node = Node::Code {
                    version: self.version,
                    counts,
                    fields: Vec::new(),
                    firstlineno: 0,
                };
                return self.begin(node, 9, flag, true);
            }
            b'r' => {
                let n = self.long()?;
                let found = usize::try_from(n).ok().and_then(|n| self.refs.get(n));
                return match found {
                    Some(Some(id)) => Ok(Some(*id)),
                    _ => Err(PycError::bad("invalid reference")),
                };
            }
            _ => return Err(PycError::bad("unknown type code")),
        };
        Ok(Some(self.atom(c, flag)))
    }

    /// An int of 15-bit digits, the lowest first.
    fn big(&mut self) -> Result<BigInt, PycError> {
        let n = self.long()?;
        let count = n.unsigned_abs() as usize;
        if n == i32::MIN {
            return Err(PycError::bad("long size out of range"));
        }
        if count > (self.bytes.len() - self.at) / 2 {
            return Err(PycError::eof());
        }
        let mut digits = Vec::with_capacity(count / 2 + 1);
        let (mut acc, mut bits, mut last) = (0u64, 0, 1);
        for _ in 0..count {
            last = self.short()?;
            if last < 0 {
                return Err(PycError::bad("digit out of range in long"));
            }
            acc |= (last as u64) << bits;
            bits += 15;
            if bits >= 32 {
                digits.push(acc as u32);
                acc >>= 32;
                bits -= 32;
            }
        }
        if last == 0 {
            return Err(PycError::bad("unnormalized long data"));
        }
        digits.push(acc as u32);
        let sign = if n < 0 { Sign::Minus } else { Sign::Plus };
        Ok(BigInt::from_biguint(sign, BigUint::new(digits)))
    }
}

fn expected() -> PycError {
    PycError::new(super::ErrorKind::Eof, "EOF read where object expected")
}

/// Bytes that are meant to be ASCII; CPython takes them for Latin-1.
fn latin1(b: &[u8]) -> Wtf8Buf {
    match std::str::from_utf8(b) {
        Ok(s) if s.is_ascii() => s.into(),
        _ => {
            let mut out = Wtf8Buf::new();
            b.iter().for_each(|&c| out.push_code_point(c as u32));
            out
        }
    }
}

/// UTF-8 in which surrogates may stand, too.
fn utf8(b: &[u8]) -> Result<Wtf8Buf, PycError> {
    if let Ok(s) = std::str::from_utf8(b) {
        return Ok(s.into());
    }
    let mut out = Wtf8Buf::new();
    let mut rest = b;
    while !rest.is_empty() {
        let good = match std::str::from_utf8(rest) {
            Ok(s) => s,
            Err(e) => std::str::from_utf8(&rest[..e.valid_up_to()]).unwrap_or_default(),
        };
        out.push_str(good);
        rest = &rest[good.len()..];
        match *rest {
            [] => {}
            [0xED, x @ 0xA0..=0xBF, y @ 0x80..=0xBF, ..] => {
                let low = (x as u32 & 0x3F) << 6 | (y as u32 & 0x3F);
                out.push_code_point(0xD000 | low);
                rest = &rest[3..];
            }
            [c, ..] => {
                let at = b.len() - rest.len();
                let why = match c {
                    0xC2..=0xF4 if rest.len() < width(c) => "unexpected end of data",
                    0xC2..=0xF4 => "invalid continuation byte",
                    _ => "invalid start byte",
                };
                return Err(PycError::new(
                    super::ErrorKind::Unicode,
                    format!("'utf-8' codec can't decode byte {c:#04x} in position {at}: {why}"),
                ));
            }
        }
    }
    Ok(out)
}
fn width(c: u8) -> usize {
    match c {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}
