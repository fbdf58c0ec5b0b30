//! The 8-byte header of every heap object, and the table of layouts.

use super::value::Value;
use std::cell::Cell;

/// `#[repr(C)]`: shape at 0, kind at 4, flags at 5. Native code reads it.
#[repr(C)]
pub struct Header {
    /// Names the class and, for instances with attributes, where each lies. The root
    /// shape of builtin class `c` is the number `c as u32`.
    shape: Cell<u32>,
    kind: Kind,
    flags: Cell<u8>,
    spare: Cell<u16>,
}

/// Offsets for native code.
pub const SHAPE_OFFSET: i32 = 0;
pub const KIND_OFFSET: i32 = 4;
pub const FLAGS_OFFSET: i32 = 5;

/// `flags`: an identity hash was given out (it lives in a side table of the heap).
pub const FLAG_ID: u8 = 1;
/// `flags` of a str: all ASCII. Of a dict: some values are GlobalCells.
pub const FLAG_A: u8 = 2;
/// `flags` of a str: interned. Of a dict: it is a namespace (cells may be made in it).
pub const FLAG_B: u8 = 4;
/// `flags`: a program made the object's class: its shape is none of the builtin classes' roots.
pub const FLAG_USER: u8 = 0x40;
/// `flags`: the last word of the cell refers to the object's own attributes (an `InstanceObj`): how
/// instances of classes that derive from a builtin layout have some.
pub const FLAG_EXT: u8 = 0x20;
/// `flags` of an object whose class a program made: its finaliser was promised once, and is not again.
pub const FLAG_WISHED: u8 = 0x10;
/// `flags`: a cell too large for a block; the heap's header stands before it. Only the heap sets it.
pub const FLAG_LARGE: u8 = 0x80;

/// Calls `$m! { rows }`: one row a layout, `Kind => path of the struct`.
#[macro_export]
macro_rules! for_each_kind {
    ($m:ident) => {
        $m! {
            Free => $crate::object::gc_ptr::FreeCell;
            Int64 => $crate::types::int::value::Int64Obj;
            BigInt => $crate::types::int::value::BigIntObj;
            Str => $crate::types::str::value::StrObj;
            Tuple => $crate::types::tuple::value::TupleObj;
            List => $crate::types::list::value::ListObj;
            Dict => $crate::types::dict::value::DictObj;
            Range => $crate::types::range::value::RangeObj;
            RangeIter => $crate::types::range::value::RangeIterObj;
            Iter => $crate::types::iter::value::IterObj;
            DictView => $crate::types::dict::value::DictViewObj;
            Function => $crate::types::function::value::FunctionObj;
            Builtin => $crate::types::builtin::value::BuiltinObj;
            MethodDescr => $crate::types::builtin::value::MethodDescrObj;
            BoundMethod => $crate::types::builtin::value::BoundMethodObj;
            Cell => $crate::types::cell::value::CellObj;
            GlobalCell => $crate::types::cell::value::GlobalCellObj;
            Code => $crate::types::code::value::CodeObj;
            Exception => $crate::types::exception::value::ExceptionObj;
            Traceback => $crate::types::exception::value::TracebackObj;
            Class => $crate::types::class::value::ClassObj;
            Module => $crate::types::module::value::ModuleObj;
            Plain => $crate::types::object::value::PlainObj;
            Set => $crate::types::set::value::SetObj;
            Bytes => $crate::types::bytes::value::BytesObj;
            Slice => $crate::types::slice::value::SliceObj;
            Complex => $crate::types::complex::value::ComplexObj;
            Frame => $crate::types::frame::value::FrameObj;
            File => $crate::types::file::value::FileObj;
            Namespace => $crate::types::namespace::value::NamespaceObj;
            GetSet => $crate::types::descr::value::GetSetObj;
            StaticMethod => $crate::types::descr::value::StaticMethodObj;
            MappingProxy => $crate::types::descr::value::MappingProxyObj;
            WeakRef => $crate::types::weak::value::WeakRefObj;
            Lock => $crate::types::lock::value::LockObj;
            Generator => $crate::types::generator::value::GenObj;
            Instance => $crate::types::instance::value::InstanceObj;
            Shape => $crate::types::class::shape::ShapeObj;
            FloatBox => $crate::types::float::value::FloatObj;
            Member => $crate::types::descr::value::MemberObj;
            Property => $crate::types::descr::property::PropertyObj;
            ClassMethod => $crate::types::descr::value::ClassMethodObj;
            Super => $crate::types::descr::zuper::SuperObj;
            Deque => $crate::types::deque::value::DequeObj;
            TupleGetter => $crate::types::descr::tuple_getter::TupleGetterObj;
            Random => $crate::types::random::value::RandomObj;
            Partial => $crate::types::functools::partial::PartialObj;
            KeyWrapper => $crate::types::functools::key::KeyWrapperObj;
            LruCache => $crate::types::functools::lru::LruObj;
            ByteArray => $crate::types::bytearray::value::ByteArrayObj;
            Memory => $crate::types::memory::value::MemoryObj;
            Host => $crate::types::host::value::HostObj;
        }
    };
}
macro_rules! define_kinds {
    ($($kind:ident => $t:ty;)*) => {
        /// The layout of a heap object.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u8)]
        pub enum Kind { $($kind),* }
        impl Kind {
            /// Every layout, in the order of its number.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind),*];
        }
    };
}
for_each_kind!(define_kinds);

impl Header {
    /// A header; flags are clear.
    pub const fn new(kind: Kind, shape: u32) -> Header {
        Header {
            shape: Cell::new(shape),
            kind,
            flags: Cell::new(0),
            spare: Cell::new(0),
        }
    }
    /// The header of an instance of a class that a program made.
    pub fn user(kind: Kind, shape: u32) -> Header {
        let h = Header::new(kind, shape);
        h.set(FLAG_USER, true);
        h
    }
    #[inline(always)]
    pub fn kind(&self) -> Kind {
        self.kind
    }
    #[inline(always)]
    pub fn shape(&self) -> u32 {
        self.shape.get()
    }
    pub fn set_shape(&self, s: u32) {
        self.shape.set(s)
    }
    #[inline(always)]
    pub fn has(&self, flag: u8) -> bool {
        self.flags.get() & flag != 0
    }
    pub fn set(&self, flag: u8, on: bool) {
        self.flags.set(if on {
            self.flags.get() | flag
        } else {
            self.flags.get() & !flag
        })
    }
    /// Spare bits, for the layout's own use.
    pub fn spare(&self) -> u16 {
        self.spare.get()
    }
    pub fn set_spare(&self, s: u16) {
        self.spare.set(s)
    }
}

/// The header of an object value. The caller has tested `is_object`.
#[inline(always)]
pub(super) fn header_of<'a>(v: Value) -> &'a Header {
    debug_assert!(v.is_object());
    // SAFETY: an object value points at a live object of this engine's heap, which never moves;
    // the reference is used at once, before any safepoint.
    unsafe { &*(v.bits() as *const Header) }
}

impl Value {
    /// Whether a program made its class. What is not, no program can give other behaviour than its
    /// layout has.
    #[inline(always)]
    pub fn is_user(self) -> bool {
        self.is_object() && header_of(self).has(FLAG_USER)
    }
    /// Whether a finaliser was never promised to it before; from now on one was. What no program made the class of
    /// keeps count itself.
    pub(crate) fn wishes_first(self) -> bool {
        if !self.is_user() {
            return true;
        }
        let h = header_of(self);
        let first = !h.has(FLAG_WISHED);
        h.set(FLAG_WISHED, true);
        first
    }
    /// The header of an object.
    #[inline(always)]
    pub fn header(self, _vm: &crate::vm::Vm) -> Option<&Header> {
        self.is_object().then(|| header_of(self))
    }
}

/// The shape of an object value (0, `object`'s, for an immediate).
#[inline(always)]
pub fn shape_of(v: Value) -> u32 {
    if v.is_object() {
        header_of(v).shape()
    } else {
        0
    }
}
