//! Nodes → `CodeObject`s and their constants.

use super::read::{Node, NodeId, Tree};
use super::{ErrorKind, PycError};
use crate::code::object::{CodeObject, Const, Version, flags};
use crate::code::wtf8::Wtf8Buf;
use std::sync::Arc;

/// What shared objects may grow to when each use gets a copy: this, and so much for each byte of the input.
const ROOM: usize = 16 << 20;
const ROOM_PER_BYTE: usize = 64;

/// The code object at the root of a tree that was read from `size` bytes.
///
/// # Errors
/// It is no code object, or holds what a code object cannot.
pub fn code_of(tree: &Tree, size: usize) -> Result<Arc<CodeObject>, PycError> {
    let mut uses = vec![0u32; tree.nodes.len()];
    for n in &tree.nodes {
        let (Node::Tuple(p) | Node::FrozenSet(p) | Node::Code { fields: p, .. }) = n else {
            continue;
        };
        p.iter().for_each(|&p| uses[p as usize] += 1);
    }
    let mut b = Builder {
        tree,
        uses,
        made: vec![None; tree.nodes.len()],
        room: size.saturating_mul(ROOM_PER_BYTE).saturating_add(ROOM),
        sizes: vec![0; tree.nodes.len()],
        filename: None,
    };
    // What a list or a set of the arena is part of fails when it is asked for.
    for &id in &tree.completed {
        b.make(id)?;
    }
    match b.made[tree.root as usize].take() {
        Some(Const::Code(c)) => Ok(c),
        _ => Err(PycError::new(ErrorKind::Type, "not a code object")),
    }
}

struct Builder<'a> {
    tree: &'a Tree,
    /// In how many places each is part of something.
    uses: Vec<u32>,
    /// A list, a dict or a set is no constant.
    made: Vec<Option<Const>>,
    /// Bytes of each.
    sizes: Vec<usize>,
    room: usize,
    /// Nested code objects share their file's name.
    filename: Option<Arc<str>>,
}

impl Builder<'_> {
    fn make(&mut self, id: NodeId) -> Result<(), PycError> {
        let mut size = std::mem::size_of::<Const>();
        let c = match self.tree.node(id) {
            Node::Atom(c) => {
                size += match c {
                    Const::Int(i) => i.bits() as usize / 8,
                    Const::Str(s) => s.as_bytes().len(),
                    Const::Bytes(b) => b.len(),
                    Const::None
                    | Const::Ellipsis
                    | Const::Bool(_)
                    | Const::Float(_)
                    | Const::Complex(..)
                    | Const::Tuple(_)
                    | Const::FrozenSet(_)
                    | Const::Code(_) => 0,
                };
                Some(c.clone())
            }
            Node::StopIteration | Node::List(_) | Node::Set(_) | Node::Dict(_) => None,
            Node::Tuple(parts) => Some(Const::Tuple(self.all(parts, &mut size)?)),
            Node::FrozenSet(parts) => {
                let mut items: Vec<Const> = self.all(parts, &mut size)?.into();
                dedup(&mut items)?;
                Some(Const::FrozenSet(items.into()))
            }
            Node::Code {
                version,
                counts,
                fields,
                firstlineno,
            } => Some(Const::Code(Arc::new(self.code(
                *version,
                counts,
                fields,
                *firstlineno,
            )?))),
        };
        self.sizes[id as usize] = size;
        self.made[id as usize] = c;
        Ok(())
    }

    /// A copy of a part.
    fn part(&mut self, id: NodeId, size: &mut usize) -> Result<Const, PycError> {
        let n = self.sizes[id as usize];
        let slot = &mut self.made[id as usize];
        *size = size.saturating_add(n);
        if self.uses[id as usize] == 1
            && let Some(c) = slot.take()
        {
            return Ok(c);
        }
        let Some(c) = slot else {
            let what = match self.tree.node(id) {
                Node::StopIteration => "StopIteration",
                Node::List(_) => "a list",
                Node::Set(_) => "a set",
                Node::Dict(_) => "a dict",
                Node::Atom(_) | Node::Tuple(_) | Node::FrozenSet(_) | Node::Code { .. } => {
                    "an object that contains itself"
                }
            };
            return Err(PycError::bad(&format!("{what} in a code object")));
        };
        match self.room.checked_sub(n) {
            Some(left) => self.room = left,
            None => {
                let msg = "references make too much of marshal data";
                return Err(PycError::new(ErrorKind::Memory, msg));
            }
        }
        Ok(c.clone())
    }
    fn all(&mut self, parts: &[NodeId], size: &mut usize) -> Result<Box<[Const]>, PycError> {
        parts.iter().map(|&p| self.part(p, size)).collect()
    }

    fn code(
        &mut self,
        version: Version,
        counts: &[i32; 6],
        fields: &[NodeId],
        firstlineno: i32,
    ) -> Result<CodeObject, PycError> {
        let mut n = [0u32; 6];
        for (to, from) in n.iter_mut().zip(counts) {
            *to = u32::try_from(*from)
                .map_err(|_| PycError::bad("a code object's count is negative"))?;
        }
        let [
            argcount,
            posonlyargcount,
            kwonlyargcount,
            nlocals,
            stacksize,
            mut bits,
        ] = n;
        let &[
            code,
            consts,
            names,
            varnames,
            freevars,
            cellvars,
            filename,
            name,
            lnotab,
        ] = fields
        else {
            return Err(PycError::bad("a code object without its fields"));
        };
        let varnames = self.names(varnames, "co_varnames")?;
        let stars = (bits & flags::VARARGS != 0) as u64 + (bits & flags::VARKEYWORDS != 0) as u64;
        if argcount < posonlyargcount
            || argcount as u64 + kwonlyargcount as u64 + stars > varnames.len() as u64
        {
            return Err(PycError::new(
                ErrorKind::Value,
                "code: varnames is too small",
            ));
        }
        let freevars = self.names(freevars, "co_freevars")?;
        let cellvars = self.names(cellvars, "co_cellvars")?;
        // CPython computes this one, too.
        if freevars.is_empty() && cellvars.is_empty() {
            bits |= flags::NOFREE;
        } else {
            bits &= !flags::NOFREE;
        }
        let consts = match self.part(consts, &mut 0)? {
            Const::Tuple(t) => t,
            _ => return Err(wrong("co_consts", "tuple")),
        };
        let filename = self.str(filename, "co_filename")?.to_string();
        let filename = match &self.filename {
            Some(f) if **f == *filename => f.clone(),
            _ => {
                let f: Arc<str> = filename.into();
                self.filename = Some(f.clone());
                f
            }
        };
        Ok(CodeObject {
            version,
            argcount,
            posonlyargcount,
            kwonlyargcount,
            nlocals,
            stacksize,
            flags: bits,
            code: self.bytes(code, "co_code")?,
            consts,
            names: self.names(names, "co_names")?,
            varnames,
            freevars,
            cellvars,
            filename,
            name: self.str(name, "co_name")?,
            firstlineno: firstlineno as u32,
            lnotab: self.bytes(lnotab, "co_lnotab")?,
        })
    }

    fn bytes(&mut self, id: NodeId, field: &str) -> Result<Box<[u8]>, PycError> {
        match self.part(id, &mut 0)? {
            Const::Bytes(b) => Ok(b),
            _ => Err(wrong(field, "bytes")),
        }
    }
    fn str(&mut self, id: NodeId, field: &str) -> Result<Wtf8Buf, PycError> {
        match self.part(id, &mut 0)? {
            Const::Str(s) => Ok(s),
            _ => Err(wrong(field, "str")),
        }
    }
    fn names(&mut self, id: NodeId, field: &str) -> Result<Box<[Wtf8Buf]>, PycError> {
        let Const::Tuple(t) = self.part(id, &mut 0)? else {
            return Err(wrong(field, "tuple"));
        };
        t.into_iter()
            .map(|c| match c {
                Const::Str(s) => Ok(s),
                _ => Err(PycError::new(
                    ErrorKind::Type,
                    "name tuples must contain only strings",
                )),
            })
            .collect()
    }
}

fn wrong(field: &str, want: &str) -> PycError {
    PycError::new(ErrorKind::Type, format!("{field} is not a {want}"))
}

/// A frozenset has each element once, and only what can be hashed. The elements are compared as Python would compare them
/// when the set is made; here only what is the same constant goes, so that equality of code objects is
/// equality of sets.
fn dedup(items: &mut Vec<Const>) -> Result<(), PycError> {
    if items.len() < 2 {
        return Ok(());
    }
    let mut seen = std::collections::HashSet::new();
    let mut keep = Vec::with_capacity(items.len());
    for c in items.drain(..) {
        let key = super::write::key(&c)?;
        if seen.insert(key) {
            keep.push(c);
        }
    }
    *items = keep;
    Ok(())
}
