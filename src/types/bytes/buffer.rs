//! What bytes can be read from: bytes, a bytearray, a memoryview whose bytes lie side by side. The methods
//! of bytes take these, so that a bytearray has the very same ones.

use super::value::BytesObj;
use crate::object::{Gc, Kind, Value};
use crate::raise;
use crate::types::bytearray::value::ByteArrayObj;
use crate::types::memory;
use crate::vm::{Raised, Vm};

/// An object that bytes can be read from. Each look sees them as they are then: a bytearray may have
/// become shorter meanwhile, so lengths are taken after the last call into Python.
#[derive(Clone, Copy)]
pub struct Buffer(Value);

/// The bytes, for as long as nothing is called.
#[derive(Clone, Copy)]
pub struct View<'a> {
    bytes: &'a [u8],
    pub len: usize,
}
impl<'a> View<'a> {
    pub fn as_bytes(self) -> &'a [u8] {
        self.bytes
    }
}

impl Buffer {
    pub fn get(self, vm: &Vm) -> View<'_> {
        let bytes = read(vm, self.0).unwrap_or_default();
        View {
            bytes,
            len: bytes.len(),
        }
    }
    /// The object.
    pub fn value(self) -> Value {
        self.0
    }
}
impl From<Gc<BytesObj>> for Buffer {
    fn from(b: Gc<BytesObj>) -> Buffer {
        Buffer(b.value())
    }
}
impl From<Gc<ByteArrayObj>> for Buffer {
    fn from(b: Gc<ByteArrayObj>) -> Buffer {
        Buffer(b.value())
    }
}

/// The bytes of such an object.
pub fn read(vm: &Vm, v: Value) -> Option<&[u8]> {
    if let Some(b) = v.get::<BytesObj>(vm) {
        return Some(b.as_bytes());
    }
    if let Some(b) = v.get::<ByteArrayObj>(vm) {
        return Some(b.items.as_slice());
    }
    memory::ops::read(vm, v)
}

/// Whether the object has bytes to read.
pub fn is_buffer(v: Value) -> bool {
    matches!(v.kind(), Some(Kind::Bytes | Kind::ByteArray | Kind::Memory))
}

/// The object as one to read bytes from, if it is one: the bytes of a memoryview with gaps are copied.
///
/// # Errors
/// ValueError for a memoryview that was released; MemoryError.
pub fn of(vm: &mut Vm, v: Value) -> Result<Option<Buffer>, Raised> {
    match v.kind() {
        Some(Kind::Bytes | Kind::ByteArray) => Ok(Some(Buffer(v))),
        Some(Kind::Memory) => match memory::ops::read(vm, v) {
            Some(_) => Ok(Some(Buffer(v))),
            None => memory::ops::to_bytes(vm, v).map(|b| Some(Buffer(b))),
        },
        _ => Ok(None),
    }
}

/// The same for an argument that must be one.
///
/// # Errors
/// TypeError; those of [`of`].
pub fn required(vm: &mut Vm, v: Value) -> Result<Buffer, Raised> {
    match of(vm, v)? {
        Some(b) => Ok(b),
        None => {
            let t = vm.type_name(v);
            Err(raise!(
                vm,
                TypeError,
                "a bytes-like object is required, not '{t}'"
            ))
        }
    }
}

/// A bytes object of what the object has now; anything but bytearrays and memoryviews is itself.
///
/// # Errors
/// Those of [`of`].
pub fn frozen(vm: &mut Vm, v: Value) -> Result<Value, Raised> {
    if !matches!(v.kind(), Some(Kind::ByteArray | Kind::Memory)) {
        return Ok(v);
    }
    match of(vm, v)? {
        Some(b) if !b.value().is_kind(Kind::Bytes) => {
            let n = b.get(vm).len;
            super::ops::build(vm, n, |vm, t| {
                crate::vm::work::copy(vm, t, b.get(vm).as_bytes())
            })
        }
        Some(b) => Ok(b.value()),
        None => Ok(v),
    }
}
