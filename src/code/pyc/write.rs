//! Code objects → marshal bytes, version 4.
//!
//! CPython writes a reference where it meets the same *object* again, which it knows by its reference count. Here equal constants of one file
//! are one object, as the compiler of CPython 3.8 has it: the identities a program can see after loading are the same.

use super::{ErrorKind, MAX_DEPTH, PycError};
use crate::code::object::{CodeObject, Const, Version};
use crate::code::wtf8::Wtf8Buf;
use num_bigint::{BigInt, Sign};
use std::collections::HashMap;

/// A code object as `marshal.dumps` writes it.
///
/// # Errors
/// It is nested too deep.
pub fn dump(code: &CodeObject) -> Result<Vec<u8>, PycError> {
    let mut w = Writer::default();
    w.code(code, 0)?;
    let mut w = Writer {
        counts: Some(w.seen.into_iter().map(|(k, n)| (k, n.0)).collect()),
        ..Writer::default()
    };
    w.code(code, 0)?;
    Ok(w.out)
}

/// The bytes of a constant without references: equal for equal constants. A frozenset's order counts.
pub(super) fn key(c: &Const) -> Result<Vec<u8>, PycError> {
    let mut w = Writer {
        plain: true,
        ..Writer::default()
    };
    w.constant(c, 0)?;
    Ok(w.out)
}

/// Writes objects in one go; without `counts` it only counts how often each occurs.
#[derive(Default)]
pub struct Writer {
    pub out: Vec<u8>,
    /// How often it occurs, and its reference once it was written.
    seen: HashMap<Vec<u8>, (u32, Option<u32>)>,
    counts: Option<HashMap<Vec<u8>, u32>>,
    refs: u32,
    /// No references at all.
    plain: bool,
}

const FLAG_REF: u8 = 0x80;

impl Writer {
    fn long(&mut self, n: i32) {
        self.out.extend(n.to_le_bytes());
    }
    /// CPython keeps sizes in 31 bits.
    fn size(&mut self, n: usize) -> Result<(), PycError> {
        match i32::try_from(n) {
            Ok(n) => {
                self.long(n);
                Ok(())
            }
            Err(_) => Err(PycError::new(ErrorKind::Value, "unmarshallable object")),
        }
    }

    /// Begins an object that may occur again: true if a reference to it was enough.
    fn shared(&mut self, key: Vec<u8>, type_code: u8) -> bool {
        if self.plain {
            self.out.push(type_code);
            return false;
        }
        let again = match &self.counts {
            None => true,
            Some(c) => c.get(&key).is_some_and(|n| *n > 1),
        };
        let known = self.seen.entry(key).or_insert((0, None));
        known.0 += 1;
        if known.0 > 1 {
            let r = known.1.unwrap_or(0);
            self.out.push(b'r');
            self.long(r as i32);
            return true;
        }
        if again {
            known.1 = Some(self.refs);
            self.refs += 1;
            self.out.push(type_code | FLAG_REF);
        } else {
            self.out.push(type_code);
        }
        false
    }

    fn code(&mut self, c: &CodeObject, depth: usize) -> Result<(), PycError> {
        self.out.push(b'c');
        self.long(c.argcount as i32);
        if c.version == Version::V38 {
            self.long(c.posonlyargcount as i32);
        }
        for n in [c.kwonlyargcount, c.nlocals, c.stacksize, c.flags] {
            self.long(n as i32);
        }
        self.bytes(&c.code)?;
        self.tuple(&c.consts, depth + 1)?;
        for names in [&c.names, &c.varnames, &c.freevars, &c.cellvars] {
            self.tuple_of(names.len(), names.iter(), |w, n| w.str(n, true))?;
        }
        self.str(&(&*c.filename).into(), false)?;
        self.str(&c.name, true)?;
        self.long(c.firstlineno as i32);
        self.bytes(&c.lnotab)
    }

    fn bytes(&mut self, b: &[u8]) -> Result<(), PycError> {
        self.out.push(b's');
        self.size(b.len())?;
        self.out.extend(b);
        Ok(())
    }

    fn tuple(&mut self, t: &[Const], depth: usize) -> Result<(), PycError> {
        self.tuple_of(t.len(), t.iter(), |w, c| w.constant(c, depth))
    }

    /// A tuple that is an object of its own, unless it is the empty one.
    fn tuple_of<T>(
        &mut self,
        n: usize,
        items: impl Iterator<Item = T>,
        mut one: impl FnMut(&mut Writer, T) -> Result<(), PycError>,
    ) -> Result<(), PycError> {
        let type_code = if n < 256 { b')' } else { b'(' };
        if n == 0 {
            if !self.shared(b")".to_vec(), type_code) {
                self.out.push(0);
            }
            return Ok(());
        }
        self.out.push(type_code);
        self.count(n)?;
        for i in items {
            one(self, i)?;
        }
        Ok(())
    }
    fn count(&mut self, n: usize) -> Result<(), PycError> {
        match u8::try_from(n) {
            Ok(n) => {
                self.out.push(n);
                Ok(())
            }
            Err(_) => self.size(n),
        }
    }

    fn str(&mut self, s: &Wtf8Buf, interned: bool) -> Result<(), PycError> {
        let b = s.as_bytes();
        let short = b.len() < 256;
        let type_code = match (b.is_ascii(), interned) {
            (true, true) => [b'A', b'Z'][short as usize],
            (true, false) => [b'a', b'z'][short as usize],
            (false, true) => b't',
            (false, false) => b'u',
        };
        let mut key = vec![type_code];
        key.extend(b);
        if self.shared(key, type_code) {
            return Ok(());
        }
        if b.is_ascii() && short {
            self.out.push(b.len() as u8);
        } else {
            self.size(b.len())?;
        }
        self.out.extend(b);
        Ok(())
    }

    fn constant(&mut self, c: &Const, depth: usize) -> Result<(), PycError> {
        if depth > MAX_DEPTH {
            return Err(PycError::new(
                ErrorKind::Value,
                "object too deeply nested to marshal",
            ));
        }
        match c {
            Const::None => self.out.push(b'N'),
            Const::Ellipsis => self.out.push(b'.'),
            Const::Bool(b) => self.out.push(if *b { b'T' } else { b'F' }),
            Const::Str(s) => return self.str(s, nameable(s)),
            Const::Code(c) => return self.code(c, depth + 1),
            Const::Tuple(t) if t.is_empty() => return self.tuple(t, depth),
            Const::Tuple(t) => {
                let type_code = if t.len() < 256 { b')' } else { b'(' };
                if !self.begin(c, type_code)? {
                    self.count(t.len())?;
                    return t.iter().try_for_each(|c| self.constant(c, depth + 1));
                }
            }
            Const::FrozenSet(t) => {
                if !self.begin(c, b'>')? {
                    self.size(t.len())?;
                    return t.iter().try_for_each(|c| self.constant(c, depth + 1));
                }
            }
            Const::Int(i) => match i32::try_from(i) {
                Ok(n) => {
                    if !self.begin(c, b'i')? {
                        self.long(n);
                    }
                }
                Err(_) => {
                    if !self.begin(c, b'l')? {
                        return self.big(i);
                    }
                }
            },
            Const::Float(f) => {
                if !self.begin(c, b'g')? {
                    self.out.extend(f.to_bits().to_le_bytes());
                }
            }
            Const::Complex(re, im) => {
                if !self.begin(c, b'y')? {
                    self.out.extend(re.to_bits().to_le_bytes());
                    self.out.extend(im.to_bits().to_le_bytes());
                }
            }
            Const::Bytes(b) => {
                if !self.begin(c, b's')? {
                    self.size(b.len())?;
                    self.out.extend(&**b);
                }
            }
        }
        Ok(())
    }

    fn begin(&mut self, c: &Const, type_code: u8) -> Result<bool, PycError> {
        let key = if self.plain { Vec::new() } else { key(c)? };
        Ok(self.shared(key, type_code))
    }

    fn big(&mut self, i: &BigInt) -> Result<(), PycError> {
        let digits = digits15(&i.magnitude().to_u32_digits());
        let n = i32::try_from(digits.len())
            .map_err(|_| PycError::new(ErrorKind::Value, "unmarshallable object"))?;
        self.long(if i.sign() == Sign::Minus { -n } else { n });
        for d in digits {
            self.out.extend(d.to_le_bytes());
        }
        Ok(())
    }
}

/// A str constant that CPython interns when the code object is made.
fn nameable(s: &Wtf8Buf) -> bool {
    s.as_bytes()
        .iter()
        .all(|b| b.is_ascii_alphanumeric() || *b == b'_')
}

/// 32-bit digits as 15-bit ones, the highest of which is not 0.
fn digits15(from: &[u32]) -> Vec<u16> {
    let mut out = Vec::with_capacity(from.len() * 32 / 15 + 1);
    let (mut acc, mut bits) = (0u64, 0);
    for &d in from {
        acc |= (d as u64) << bits;
        bits += 32;
        while bits >= 15 {
            out.push((acc & 0x7FFF) as u16);
            acc >>= 15;
            bits -= 15;
        }
    }
    out.push(acc as u16);
    while out.last() == Some(&0) {
        out.pop();
    }
    out
}
