//! Looking at bytes through a memoryview.

use super::value::MemoryObj;
use crate::object::method::R;
use crate::object::{ClassId, Gc, Header, Kind, Slot, Value};
use crate::protocol::number;
use crate::raise;
use crate::types::bytearray::value::ByteArrayObj;
use crate::types::bytes::{buffer, ops as bytes};
use crate::types::int::big::room_bytes;
use crate::types::int::ops as int;
use crate::types::list::ops::wrap_index;
use crate::types::slice::ops::unpack;
use crate::types::slice::value::SliceObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Vm};
use std::cell::Cell;
use std::rc::Rc;

const RELEASED: &str = "operation forbidden on released memoryview object";

/// What is looked at: all but the object itself.
#[derive(Clone, Copy)]
pub struct Look {
    pub at: usize,
    pub len: usize,
    pub stride: i64,
    pub format: u8,
    pub native: bool,
    pub readonly: bool,
}
impl Look {
    pub fn size(self) -> usize {
        size_of_item(self.format).unwrap_or(1)
    }
    /// Whether the items lie side by side.
    pub fn is_contiguous(self) -> bool {
        self.len <= 1 || self.stride == self.size() as i64
    }
    /// Byte where item `i` lies.
    fn place(self, i: usize) -> usize {
        (self.at as i64 + i as i64 * self.stride) as usize
    }
}

/// Bytes of an item of this format; `None` for another character.
pub fn size_of_item(format: u8) -> Option<usize> {
    Some(match format {
        b'b' | b'B' | b'c' | b'?' => 1,
        b'h' | b'H' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' | b'P' => 8,
        _ => return None,
    })
}

/// What a view looks at.
///
/// # Errors
/// ValueError once it is released.
pub fn look(vm: &mut Vm, v: Value) -> Result<Look, Raised> {
    match peek(vm, v) {
        Some(l) => Ok(l),
        None => Err(raise!(vm, ValueError, "{RELEASED}")),
    }
}
fn peek(vm: &Vm, v: Value) -> Option<Look> {
    let m = v.get::<MemoryObj>(vm)?;
    m.owner.get()?;
    Some(Look {
        at: m.at,
        len: m.len,
        stride: m.stride,
        format: m.format,
        native: m.native,
        readonly: m.readonly,
    })
}
/// Whether the view was released.
pub fn is_released(vm: &Vm, v: Value) -> bool {
    peek(vm, v).is_none()
}
/// The object that is looked at.
pub fn owner(vm: &Vm, v: Value) -> Option<Value> {
    v.get::<MemoryObj>(vm)?.owner.get()
}

/// The bytes, where they lie side by side.
pub fn read(vm: &Vm, v: Value) -> Option<&[u8]> {
    let l = peek(vm, v).filter(|l| l.is_contiguous())?;
    let all = buffer::read(vm, owner(vm, v)?)?;
    all.get(l.at..l.at.checked_add(l.len.checked_mul(l.size())?)?)
}

/// Another look at the object of a view, or at an object.
///
/// # Errors
/// MemoryError.
pub fn view(vm: &mut Vm, owner: Value, l: Look) -> R {
    let count = owner.cast::<ByteArrayObj>().map(|b| {
        let n = b.get(vm).exports.get_or_init(|| Rc::new(Cell::new(0)));
        n.set(n.get() + 1);
        n.clone()
    });
    let made = vm.alloc(MemoryObj {
        h: Header::new(Kind::Memory, ClassId::MemoryView as u32),
        owner: Slot::of(owner),
        counted: Cell::new(count.clone()),
        at: l.at,
        len: l.len,
        stride: l.stride,
        format: l.format,
        native: l.native,
        readonly: l.readonly,
    });
    match made {
        Ok(m) => Ok(m.value()),
        Err(r) => {
            if let Some(n) = count {
                n.set(n.get() - 1);
            }
            Err(r)
        }
    }
}
/// `memoryview(v)`
///
/// # Errors
/// TypeError for what has no bytes; ValueError for a view that was released.
pub fn of(vm: &mut Vm, v: Value) -> R {
    if v.is_kind(Kind::Memory) {
        let l = look(vm, v)?;
        let owner = owner(vm, v).unwrap_or(Value::NONE);
        return view(vm, owner, l);
    }
    let Some(len) = buffer::read(vm, v).map(<[u8]>::len) else {
        let t = vm.type_name(v);
        return Err(raise!(
            vm,
            TypeError,
            "memoryview: a bytes-like object is required, not '{t}'"
        ));
    };
    let l = Look {
        at: 0,
        len,
        stride: 1,
        format: b'B',
        native: false,
        readonly: v.is_kind(Kind::Bytes),
    };
    view(vm, v, l)
}

/// The bytes of item `i`, the first ones of an array.
fn raw(vm: &Vm, v: Value, l: Look, i: usize) -> [u8; 8] {
    let mut out = [0; 8];
    let at = l.place(i);
    let all = owner(vm, v).and_then(|o| buffer::read(vm, o));
    if let Some(item) = all.and_then(|b| b.get(at..at + l.size())) {
        out[..item.len()].copy_from_slice(item);
    }
    out
}
/// Item `i` as a value.
pub fn item(vm: &mut Vm, v: Value, l: Look, i: usize) -> R {
    let b = raw(vm, v, l, i);
    let wide = u64::from_ne_bytes(b);
    let (half, quarter) = (wide as u32, wide as u16);
    match l.format {
        b'b' => vm.new_int(i64::from(b[0] as i8)),
        b'c' => vm.new_bytes(&b[..1]),
        b'?' => Ok(Value::bool(b[0] != 0)),
        b'h' => vm.new_int(i64::from(quarter as i16)),
        b'H' => vm.new_int(i64::from(quarter)),
        b'i' => vm.new_int(i64::from(half as i32)),
        b'I' => vm.new_int(i64::from(half)),
        b'l' | b'q' | b'n' => vm.new_int(wide as i64),
        b'L' | b'Q' | b'N' | b'P' => int::from_u64(vm, wide),
        b'f' => Ok(Value::float(f64::from(f32::from_bits(half)))),
        b'd' => Ok(Value::float(f64::from_bits(wide))),
        _ => vm.new_int(i64::from(b[0])),
    }
}

fn wrong(vm: &mut Vm, what: &str, format: u8) -> Raised {
    let f = char::from(format);
    let class = match what {
        "type" => ClassId::TypeError,
        _ => ClassId::ValueError,
    };
    vm.raise(
        class,
        format!("memoryview: invalid {what} for format '{f}'"),
    )
}
/// A value as the bytes of an item.
fn pack(vm: &mut Vm, format: u8, x: Value) -> Result<[u8; 8], Raised> {
    let bits = match format {
        b'f' | b'd' => {
            let f = match number::as_f64(vm, x) {
                Ok(f) => f,
                Err(r) => {
                    vm.catch(r, ClassId::TypeError)?;
                    return Err(wrong(vm, "type", format));
                }
            };
            match format {
                b'f' => u64::from((f as f32).to_bits()),
                _ => f.to_bits(),
            }
        }
        b'?' => u64::from(crate::protocol::truth::is_true(vm, x)?),
        b'c' => match x.is_kind(Kind::Bytes).then(|| bytes::get(vm, x)).flatten() {
            Some(&[c]) => u64::from(c),
            Some(_) => return Err(wrong(vm, "value", format)),
            None => return Err(wrong(vm, "type", format)),
        },
        _ => {
            let x = crate::protocol::user::try_index(vm, x)?;
            let Some(i) = int::get(vm, x) else {
                return Err(wrong(vm, "type", format));
            };
            let i = match i {
                int::Int::Small(i) => Some(i128::from(i)),
                int::Int::Big(b) => num_traits::ToPrimitive::to_i128(b),
            };
            let bits = 8 * size_of_item(format).unwrap_or(1) as u32;
            let signed = format.is_ascii_lowercase();
            let (low, high) = match signed {
                true => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
                false => (0, (1i128 << bits) - 1),
            };
            match i.filter(|i| (low..=high).contains(i)) {
                Some(i) => i as u64,
                None => return Err(wrong(vm, "value", format)),
            }
        }
    };
    Ok(bits.to_ne_bytes())
}
/// Writes bytes into the bytearray that is looked at, which has kept its length.
fn write(vm: &Vm, v: Value, at: usize, b: &[u8]) {
    let owner = owner(vm, v).and_then(|o| o.cast::<ByteArrayObj>());
    if let Some(o) = owner
        && let Some(cells) = o.get(vm).items.cells().get(at..at + b.len())
    {
        for (c, x) in cells.iter().zip(b) {
            c.set(*x);
        }
    }
}

/// An index: an int, or a tuple of one.
fn index(vm: &mut Vm, k: Value) -> Result<i64, Raised> {
    let one = k.get::<TupleObj>(vm).map(|t| (t.len, t.get(0)));
    let k = match one {
        Some((1, Some(k))) => k,
        Some((n, _)) => {
            return Err(raise!(
                vm,
                TypeError,
                "cannot index 1-dimension view with {n}-element tuple"
            ));
        }
        None => k,
    };
    let k = crate::protocol::user::try_index(vm, k)?;
    match int::get(vm, k) {
        Some(int::Int::Small(i)) => Ok(i),
        Some(_) => Err(raise!(
            vm,
            IndexError,
            "cannot fit 'int' into an index-sized integer"
        )),
        None => Err(raise!(vm, TypeError, "memoryview: invalid slice key")),
    }
}
fn place(vm: &mut Vm, i: i64, len: usize) -> Result<usize, Raised> {
    match wrap_index(i, len) {
        Some(i) => Ok(i),
        None => Err(raise!(vm, IndexError, "index out of bounds on dimension 1")),
    }
}
/// What a slice of a view looks at.
fn sliced(vm: &mut Vm, l: Look, s: Gc<SliceObj>) -> Result<Look, Raised> {
    let span = unpack(vm, s)?.adjust(l.len);
    let start = if span.len == 0 { 0 } else { span.start };
    Ok(Look {
        at: l.place(start),
        len: span.len,
        stride: l.stride.saturating_mul(span.step),
        ..l
    })
}

/// `m[k]`
pub fn get_item(vm: &mut Vm, v: Value, k: Value) -> R {
    let l = look(vm, v)?;
    if let Some(s) = k.cast::<SliceObj>() {
        let part = sliced(vm, l, s)?;
        look(vm, v)?;
        let owner = owner(vm, v).unwrap_or(Value::NONE);
        return view(vm, owner, part);
    }
    let i = index(vm, k)?;
    let l = look(vm, v).map(|_| l)?;
    let i = place(vm, i, l.len)?;
    item(vm, v, l, i)
}

/// `m[k] = x`
///
/// # Errors
/// TypeError for bytes that may not change, IndexError, what packing the value raises.
pub fn set_item(vm: &mut Vm, v: Value, k: Value, x: Value) -> Result<(), Raised> {
    let l = look(vm, v)?;
    if l.readonly {
        return Err(raise!(vm, TypeError, "cannot modify read-only memory"));
    }
    if let Some(s) = k.cast::<SliceObj>() {
        let from = of_argument(vm, x)?;
        let source = look(vm, from)?;
        let to = sliced(vm, l, s)?;
        if source.format != to.format || source.len != to.len {
            return Err(raise!(
                vm,
                ValueError,
                "memoryview assignment: lvalue and rvalue have different structures"
            ));
        }
        // Both may look at the same bytes.
        let bytes = to_vec(vm, from, source)?;
        look(vm, v)?;
        for (i, b) in bytes.chunks(to.size()).enumerate() {
            write(vm, v, to.place(i), b);
        }
        return Ok(());
    }
    let i = index(vm, k)?;
    let i = place(vm, i, l.len)?;
    let b = pack(vm, l.format, x)?;
    // Asking the value may have released the view.
    look(vm, v)?;
    write(vm, v, l.place(i), &b[..l.size()]);
    Ok(())
}
/// A view of an argument that must have bytes.
fn of_argument(vm: &mut Vm, x: Value) -> R {
    match buffer::is_buffer(x) {
        true => of(vm, x),
        false => {
            let t = vm.type_name(x);
            Err(raise!(
                vm,
                TypeError,
                "a bytes-like object is required, not '{t}'"
            ))
        }
    }
}

fn to_vec(vm: &mut Vm, v: Value, l: Look) -> Result<Vec<u8>, Raised> {
    let size = l.size();
    room_bytes(vm, l.len.saturating_mul(size))?;
    let mut out = Vec::with_capacity(l.len.saturating_mul(size));
    for i in 0..l.len {
        let b = raw(vm, v, l, i);
        out.extend_from_slice(&b[..size]);
        if i & 0xFFFF == 0xFFFF {
            vm.poll()?;
        }
    }
    Ok(out)
}
/// `m.tobytes()`
pub fn to_bytes(vm: &mut Vm, v: Value) -> R {
    let l = look(vm, v)?;
    if let Some(n) = read(vm, v).map(<[u8]>::len) {
        return bytes::build(vm, n, |vm, t| {
            crate::vm::work::copy(vm, t, read(vm, v).unwrap_or_default());
        });
    }
    let b = to_vec(vm, v, l)?;
    vm.new_bytes(&b)
}

/// `a == b`, where one is a view: the same items. One that was released equals itself only.
///
/// # Errors
/// MemoryError.
pub fn equal(vm: &mut Vm, a: Value, b: Value) -> Result<bool, Raised> {
    if a == b {
        return Ok(true);
    }
    let sees = |vm: &Vm, v: Value| match v.is_kind(Kind::Memory) {
        true => peek(vm, v),
        false => None,
    };
    for v in [a, b] {
        if v.is_kind(Kind::Memory) && sees(vm, v).is_none() {
            return Ok(false);
        }
    }
    let (a, b) = (of(vm, a)?, of(vm, b)?);
    let (l, m) = (look(vm, a)?, look(vm, b)?);
    let mut same = l.len == m.len;
    for i in 0..l.len {
        if !same {
            break;
        }
        same = if l.format == m.format && !matches!(l.format, b'f' | b'd') {
            raw(vm, a, l, i)[..l.size()] == raw(vm, b, m, i)[..m.size()]
        } else {
            let x = item(vm, a, l, i)?;
            let y = item(vm, b, m, i)?;
            crate::protocol::compare::eq(vm, x, y)?
        };
        if i & 0xFFFF == 0xFFFF {
            vm.poll()?;
        }
    }
    // They look no longer.
    release(vm, a);
    release(vm, b);
    Ok(same)
}

/// The hash of the bytes, which may not change.
///
/// # Errors
/// ValueError where they may, or are not bytes.
pub fn hash(vm: &mut Vm, v: Value) -> Result<u64, Raised> {
    let l = look(vm, v)?;
    if !l.readonly {
        return Err(raise!(
            vm,
            ValueError,
            "cannot hash writable memoryview object"
        ));
    }
    if !matches!(l.format, b'B' | b'b' | b'c') {
        return Err(raise!(
            vm,
            ValueError,
            "memoryview: hashing is restricted to formats 'B', 'b' or 'c'"
        ));
    }
    let b = to_bytes(vm, v)?;
    crate::protocol::hash::hash(vm, b)
}

/// Looks no longer.
pub fn release(vm: &Vm, v: Value) {
    if let Some(m) = v.get::<MemoryObj>(vm) {
        m.uncount();
        m.owner.write(&vm.heap, None);
    }
}
