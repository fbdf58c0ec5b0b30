//! Making values, and asking what a value is.

use super::{Raised, Vm, work};
use crate::gc::{Buf, NoMemory};
use crate::object::header::FLAG_A;
use crate::object::{ClassId, Gc, Header, Kind, Object, Slot, Value};
use crate::types::complex::value::ComplexObj;
use crate::types::dict::value::DictObj;
use crate::types::int::value::{BigIntObj, Int64Obj};
use crate::types::list::value::ListObj;
use crate::types::set::value::SetObj;
use crate::types::slice::value::SliceObj;
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::cell::Cell;

impl Vm {
    /// Makes a heap object; MemoryError when the cap is reached and collecting does not help.
    #[inline(always)]
    pub fn alloc<T: Object>(&mut self, init: T) -> Result<Gc<T>, Raised> {
        match self.heap.try_alloc(init) {
            Ok(g) => Ok(g),
            Err(init) => self.alloc_slow(init),
        }
    }
    #[cold]
    #[inline(never)]
    fn alloc_slow<T: Object>(&mut self, init: T) -> Result<Gc<T>, Raised> {
        if self.make_room(std::mem::size_of::<T>())
            && let Ok(g) = self.heap.alloc(init)
        {
            return Ok(g);
        }
        Err(self.raise_memory())
    }
    /// Collects because `bytes` did not fit. False when it is no use to try again: so much would
    /// not fit even into an empty heap, or no collection is possible here. A safepoint.
    #[cold]
    pub fn make_room(&mut self, bytes: usize) -> bool {
        if bytes > self.heap.cap() {
            return false;
        }
        let use_it = !self.heap.take_injected();
        self.await_compiler();
        self.collect();
        self.heap.finish_sweep();
        use_it
    }
    /// Makes sure that `bytes` would fit now, for work whose memory is accounted later or not at all.
    ///
    /// # Errors
    /// MemoryError.
    pub fn ensure_room(&mut self, bytes: usize) -> Result<(), Raised> {
        if self.heap.has_room(bytes) || (self.make_room(bytes) && self.heap.has_room(bytes)) {
            return Ok(());
        }
        Err(self.raise_memory())
    }
    /// Runs `f`, which allocates; if there is no room, collects and runs it once more, then raises
    /// MemoryError. `bytes` is about what it wants. How every allocation that can fail is made,
    /// growing a list's buffer included. A safepoint: values that live on are in local variables
    /// or roots, and no `&T` of an object is held.
    ///
    /// # Errors
    /// MemoryError.
    #[inline]
    pub fn with_room<R>(
        &mut self,
        bytes: usize,
        mut f: impl FnMut(&Vm) -> Result<R, NoMemory>,
    ) -> Result<R, Raised> {
        if let Ok(r) = f(self) {
            return Ok(r);
        }
        if self.make_room(bytes)
            && let Ok(r) = f(self)
        {
            return Ok(r);
        }
        Err(self.raise_memory())
    }
    /// A buffer of `n` copies of `v`, which is no object.
    ///
    /// # Errors
    /// MemoryError; why the engine stops.
    pub fn filled<T: Copy>(&mut self, n: usize, v: T) -> Result<Buf<T>, Raised> {
        let bytes = n.saturating_mul(size_of::<T>());
        if bytes <= work::PIECE {
            return self.with_room(bytes, |vm| Buf::filled(&vm.heap, n, v));
        }
        let buf = self.with_room(bytes, |vm| Buf::with_capacity(&vm.heap, n))?;
        let piece = work::PIECE / size_of::<T>().max(1);
        while buf.len() < n {
            let (at, some) = (buf.len(), piece.min(n - buf.len()));
            let done = self.with_room(0, |vm| buf.replace_range(&vm.heap, at, at, some, |_| v));
            if let Err(r) = done.and_then(|()| self.poll()) {
                buf.free(&self.heap);
                return Err(r);
            }
        }
        Ok(buf)
    }
    /// An int of any i64.
    #[inline]
    pub fn new_int(&mut self, i: i64) -> Result<Value, Raised> {
        match Value::small_int(i) {
            Some(v) => Ok(v),
            None => self
                .alloc(Int64Obj {
                    h: Header::new(Kind::Int64, ClassId::Int as u32),
                    value: i,
                })
                .map(Gc::value),
        }
    }
    /// An int of any size, in its canonical form.
    pub fn new_bigint(&mut self, b: BigInt) -> Result<Value, Raised> {
        if let Some(i) = b.to_i64() {
            return self.new_int(i);
        }
        let bytes = b.bits() as usize / 8 + 16;
        self.with_room(bytes, |vm| vm.heap.account(bytes))?;
        let init = BigIntObj {
            h: Header::new(Kind::BigInt, ClassId::Int as u32),
            value: b,
            accounted: bytes,
        };
        match self.alloc(init) {
            Ok(g) => Ok(g.value()),
            Err(r) => {
                self.heap.unaccount(bytes);
                Err(r)
            }
        }
    }
    /// A str of UTF-8 text.
    pub fn new_str(&mut self, s: &str) -> Result<Value, Raised> {
        self.new_str_wtf8(s.as_bytes())
    }
    /// A str of well-formed WTF-8.
    pub fn new_str_wtf8(&mut self, b: &[u8]) -> Result<Value, Raised> {
        if let &[c] = b
            && c < 128
            && let Some(v) = self.chars[c as usize].get()
        {
            return Ok(v);
        }
        if b.len() > work::PIECE {
            return self.long_str(b);
        }
        let ascii = b.is_ascii();
        let chars = if ascii {
            b.len()
        } else {
            b.iter().filter(|&&c| c & 0xC0 != 0x80).count()
        };
        let g = self.with_room(b.len(), |vm| {
            let init = StrObj {
                h: Header::new(Kind::Str, ClassId::Str as u32),
                len: b.len(),
                chars,
                hash: Cell::new(0),
                index: Buf::new(),
            };
            init.h.set(FLAG_A, ascii);
            vm.heap.alloc_copy(init, b)
        })?;
        if let (&[c], true) = (b, ascii) {
            self.chars[c as usize].write(&self.heap, Some(g.value()));
        }
        Ok(g.value())
    }
    #[cold]
    fn long_str(&mut self, b: &[u8]) -> Result<Value, Raised> {
        let (ascii, chars) = self.working(|vm| match work::is_ascii(vm, b) {
            true => (true, b.len()),
            false => (false, crate::types::str::ops::chars(vm, b)),
        })?;
        crate::types::str::ops::build(self, b.len(), chars, ascii, |vm, t| work::copy(vm, t, b))
    }
    /// A tuple of these values.
    pub fn new_tuple(&mut self, items: &[Value]) -> Result<Value, Raised> {
        if items.is_empty()
            && let Some(t) = self.empty_tuple.get()
        {
            return Ok(t);
        }
        let g = self.with_room(size_of_val(items), |vm| {
            let init = TupleObj {
                h: Header::new(Kind::Tuple, ClassId::Tuple as u32),
                len: items.len(),
            };
            // A `Slot` that holds a value has the value's bits.
            vm.heap.alloc_copy(init, items)
        })?;
        if items.is_empty() {
            self.empty_tuple.write(&self.heap, Some(g.value()));
        }
        Ok(g.value())
    }
    /// A list of these values.
    pub fn new_list(&mut self, items: &[Value]) -> Result<Gc<ListObj>, Raised> {
        let list = self.alloc(ListObj {
            h: Header::new(Kind::List, ClassId::List as u32),
            items: Buf::new(),
        })?;
        if !items.is_empty() {
            self.with_room(size_of_val(items), |vm| {
                list.get(vm).items.extend_from_slice(&vm.heap, items)
            })?;
        }
        Ok(list)
    }
    /// A tuple of a list's items.
    pub fn tuple_of_list(&mut self, list: Gc<ListObj>) -> Result<Gc<TupleObj>, Raised> {
        self.with_room(8 * list.get(self).items.len(), |vm| {
            let items = list.get(vm).items.cells();
            let init = TupleObj {
                h: Header::new(Kind::Tuple, ClassId::Tuple as u32),
                len: items.len(),
            };
            vm.heap.alloc_tail(init, items.len(), |t: &mut [Slot]| {
                for (s, v) in t.iter_mut().zip(items) {
                    *s = Slot::of(v.get());
                }
            })
        })
    }
    /// An empty dict.
    pub fn new_dict(&mut self) -> Result<Gc<DictObj>, Raised> {
        let version = self.new_version();
        self.alloc(DictObj::empty(ClassId::Dict, version))
    }

    /// An empty set.
    pub fn new_set(&mut self) -> Result<Gc<SetObj>, Raised> {
        crate::types::set::ops::new(self, ClassId::Set)
    }
    /// A frozenset of whatever an iterable gives; the empty one is always the same.
    pub fn new_frozenset(&mut self, items: Value) -> Result<Value, Raised> {
        let s = crate::types::set::ops::from_iterable(self, ClassId::FrozenSet, items)?;
        if s.get(self).used.get() > 0 {
            return Ok(s.value());
        }
        match self.empty_frozenset.get() {
            Some(v) => Ok(v),
            None => {
                self.empty_frozenset.write(&self.heap, Some(s.value()));
                Ok(s.value())
            }
        }
    }
    /// `slice(start, stop, step)`
    pub fn new_slice(&mut self, start: Value, stop: Value, step: Value) -> Result<Value, Raised> {
        let s = self.alloc(SliceObj {
            h: Header::new(Kind::Slice, ClassId::Slice as u32),
            start: Slot::of(start),
            stop: Slot::of(stop),
            step: Slot::of(step),
        })?;
        Ok(s.value())
    }
    /// `complex(re, im)`
    pub fn new_complex(&mut self, re: f64, im: f64) -> Result<Value, Raised> {
        let c = self.alloc(ComplexObj {
            h: Header::new(Kind::Complex, ClassId::Complex as u32),
            re,
            im,
        })?;
        Ok(c.value())
    }

    /// What `id()` gives: a number no other live object has, never an address.
    pub fn identity(&mut self, v: Value) -> Result<u64, Raised> {
        match self.heap.identity(v) {
            Ok(n) => Ok(n),
            Err(_) => Err(self.raise_memory()),
        }
    }
    /// The builtin class of a value: of an instance of a program's class, the one whose layout it has.
    #[inline]
    pub fn class_of(&self, v: Value) -> ClassId {
        if v.is_small_int() {
            return ClassId::Int;
        }
        if v.is_float() {
            return ClassId::Float;
        }
        match v.as_ptr() {
            Some(_) => match ClassId::from_shape(crate::object::header::shape_of(v)) {
                Some(c) => c,
                None => self.layout_class(v),
            },
            None => match v {
                Value::NONE => ClassId::NoneType,
                Value::ELLIPSIS => ClassId::EllipsisType,
                Value::NOT_IMPLEMENTED => ClassId::NotImplementedType,
                Value::MARK => ClassId::Object,
                _ => ClassId::Bool,
            },
        }
    }
    #[cold]
    fn layout_class(&self, v: Value) -> ClassId {
        crate::types::instance::ops::class_of(self, v)
            .and_then(|c| crate::types::class::ops::id_of(self, c))
            .unwrap_or(ClassId::Object)
    }
    /// A str's text for a message; lone surrogates become U+FFFD, other values nothing.
    pub fn text(&self, v: Value) -> String {
        v.get::<StrObj>(self)
            .map(|s| String::from_utf8_lossy(s.as_bytes()).into_owned())
            .unwrap_or_default()
    }
}
