//! The builtin types, a folder each: `value.rs` (layout), `ops.rs` (pure kernels, below
//! `protocol`), `methods.rs` (rows of methods, above `call`), `iter.rs`.
//!
//! The tables below say what a class has. A class object is made from them on first use; its
//! methods become descriptors in its dict on the first lookup of an attribute.

pub mod args;
pub mod builtin;
pub mod bytearray;
pub mod bytes;
pub mod cell;
pub mod class;
pub mod code;
pub mod codec;
pub mod complex;
pub mod cut;
pub mod deque;
pub mod descr;
pub mod dict;
pub mod exception;
pub mod file;
pub mod float;
pub mod frame;
pub mod function;
pub mod functools;
pub mod generator;
pub mod host;
pub mod instance;
pub mod int;
pub mod iter;
pub mod itertools;
pub mod list;
pub mod lock;
pub mod memory;
pub mod module;
pub mod namespace;
pub mod object;
pub mod random;
pub mod range;
pub mod set;
pub mod slice;
pub mod slots;
pub mod str;
pub mod stream;
pub mod tuple;
pub mod weak;

use crate::object::method::R;
use crate::object::{Args, ClassId, MethodDef, Value};
use crate::vm::{Raised, Vm};

/// An attribute that is computed: CPython's getset and member descriptors.
pub struct Getter {
    pub name: &'static str,
    /// Gives the value; `Ok(None)` where the attribute is missing from this object.
    pub get: fn(&mut Vm, Value) -> Result<Option<Value>, Raised>,
    pub set: Setter,
}

impl Getter {
    /// A getset descriptor that cannot be written.
    pub const fn computed(
        name: &'static str,
        get: fn(&mut Vm, Value) -> Result<Option<Value>, Raised>,
    ) -> Getter {
        Getter::new(name, get, Setter::None)
    }
    /// A member descriptor that cannot be written.
    pub const fn member(
        name: &'static str,
        get: fn(&mut Vm, Value) -> Result<Option<Value>, Raised>,
    ) -> Getter {
        Getter::new(name, get, Setter::Member)
    }
    const fn new(
        name: &'static str,
        get: fn(&mut Vm, Value) -> Result<Option<Value>, Raised>,
        set: Setter,
    ) -> Getter {
        Getter { name, get, set }
    }
}

/// What assigning to a [`Getter`] does.
#[derive(Clone, Copy)]
pub enum Setter {
    /// "readonly attribute": CPython's member descriptors.
    Member,
    /// A member that may be written: assigns, or deletes (`None`).
    MemberFn(fn(&mut Vm, Value, Option<Value>) -> Result<(), Raised>),
    /// "attribute 'x' of 'T' objects is not writable": its getset descriptors.
    None,
    /// Assigns, or deletes (`None`).
    Fn(fn(&mut Vm, Value, Option<Value>) -> Result<(), Raised>),
}

/// Makes an instance: what calling the class does. The class is given because exceptions share one.
pub type Construct = for<'a> fn(&mut Vm, ClassId, Args<'a>) -> R;

/// Rows of the methods that a class itself defines.
pub fn methods_of(c: ClassId) -> &'static [MethodDef] {
    match c {
        ClassId::Object => object::METHODS,
        ClassId::Int => int::methods::METHODS,
        ClassId::Float => float::methods::METHODS,
        ClassId::Str => str::methods::METHODS,
        ClassId::Tuple => tuple::methods::METHODS,
        ClassId::List => list::methods::METHODS,
        ClassId::Dict => dict::methods::METHODS,
        ClassId::DictKeys | ClassId::DictItems => dict::methods::SET_VIEW_METHODS,
        ClassId::DictValues => dict::methods::VIEW_METHODS,
        ClassId::Range => range::methods::METHODS,
        ClassId::DictKeyIter
        | ClassId::DictValueIter
        | ClassId::DictItemIter
        | ClassId::DictReverseKeyIter
        | ClassId::DictReverseValueIter
        | ClassId::DictReverseItemIter
        | ClassId::RangeIter
        | ClassId::LongRangeIter
        | ClassId::SetIter => iter::methods::SIZED_METHODS,
        ClassId::TupleIter
        | ClassId::ListIter
        | ClassId::ListReverseIter
        | ClassId::StrIter
        | ClassId::BytesIter
        | ClassId::ByteArrayIter
        | ClassId::SeqIter
        | ClassId::Reversed => iter::methods::SEQUENCE_METHODS,
        ClassId::CallableIter
        | ClassId::Enumerate
        | ClassId::Zip
        | ClassId::Map
        | ClassId::Filter => iter::methods::METHODS,
        ClassId::BaseException => exception::methods::METHODS,
        ClassId::ImportError => exception::reduce::IMPORT_ERROR,
        ClassId::OSError => exception::reduce::OS_ERROR,
        ClassId::TextIo | ClassId::FileIo => file::methods::METHODS,
        ClassId::BufferedReader | ClassId::BufferedWriter | ClassId::BufferedRandom => {
            file::methods::BUFFERED_METHODS
        }
        ClassId::Property => descr::property::METHODS,
        ClassId::Slice => slice::methods::METHODS,
        ClassId::Complex => complex::methods::METHODS,
        ClassId::Bytes => bytes::methods::METHODS,
        ClassId::ByteArray => bytearray::methods::METHODS,
        ClassId::MemoryView => memory::methods::METHODS,
        ClassId::Set => set::methods::METHODS,
        ClassId::FrozenSet => set::methods::FROZEN_METHODS,
        ClassId::Type => class::methods::METHODS,
        ClassId::Lock => lock::methods::METHODS,
        ClassId::RLock => lock::methods::REENTRANT,
        ClassId::Frame => frame::methods::METHODS,
        ClassId::Code => code::make::METHODS,
        ClassId::MappingProxy => descr::methods::PROXY_METHODS,
        ClassId::Module => module::METHODS,
        ClassId::SourceFileLoader => crate::modules::finders::SOURCE,
        ClassId::Method
        | ClassId::BuiltinFunction
        | ClassId::MethodDescriptor
        | ClassId::WrapperDescriptor
        | ClassId::ClassMethodDescriptor
        | ClassId::MethodWrapper
        | ClassId::MemberDescriptor => slots::reduce::CALLABLE_METHODS,
        ClassId::Generator => generator::methods::METHODS,
        ClassId::Coroutine => generator::coroutine::METHODS,
        ClassId::AsyncGenerator => generator::coroutine::ASYNC_METHODS,
        ClassId::CoroutineWrapper => generator::coroutine::WRAPPER_METHODS,
        ClassId::AsyncGenASend | ClassId::AsyncGenAThrow => generator::coroutine::AWAITABLE_METHODS,
        ClassId::NotImplementedType | ClassId::EllipsisType => slots::reduce::SINGLETON_METHODS,
        ClassId::Deque => deque::methods::METHODS,
        ClassId::DequeIter | ClassId::DequeReverseIter => deque::methods::ITER_METHODS,
        ClassId::DefaultDict => dict::factory::METHODS,
        ClassId::OrderedDict => dict::ordered::METHODS,
        ClassId::OdictKeys | ClassId::OdictValues | ClassId::OdictItems => {
            dict::ordered::VIEW_METHODS
        }
        ClassId::OdictIter => dict::ordered::ITER_METHODS,
        ClassId::TupleGetter => descr::tuple_getter::METHODS,
        c if itertools::is_class(c) => itertools::methods_of(c),
        ClassId::Random => random::methods::METHODS,
        ClassId::Partial => functools::partial::METHODS,
        ClassId::LruCache => functools::lru::METHODS,
        _ => &[],
    }
}

/// Rows of the methods whose receiver is the class (`dict.fromkeys`).
pub fn class_methods_of(c: ClassId) -> &'static [MethodDef] {
    match c {
        ClassId::Object => object::CLASS_METHODS,
        ClassId::Type => class::methods::CLASS_METHODS,
        ClassId::Int => int::methods::CLASS_METHODS,
        ClassId::Float => float::methods::CLASS_METHODS,
        ClassId::Bytes => bytes::methods::CLASS_METHODS,
        ClassId::ByteArray => bytearray::methods::CLASS_METHODS,
        ClassId::Dict => dict::methods::CLASS_METHODS,
        ClassId::OrderedDict => dict::ordered::CLASS_METHODS,
        ClassId::Chain => itertools::CHAIN_CLASS_METHODS,
        _ => &[],
    }
}

/// Rows of the methods without a receiver (`str.maketrans`).
pub fn static_methods_of(c: ClassId) -> &'static [MethodDef] {
    match c {
        ClassId::Str => str::methods::STATIC_METHODS,
        ClassId::Bytes | ClassId::ByteArray => bytes::methods::STATIC_METHODS,
        ClassId::BuiltinImporter => crate::modules::finders::BUILTIN,
        ClassId::FrozenImporter => crate::modules::finders::FROZEN,
        ClassId::PathFinder => crate::modules::finders::PATH,
        _ => &[],
    }
}

/// Rows of the computed attributes that a class itself defines.
pub fn getters_of(c: ClassId) -> &'static [Getter] {
    match c {
        ClassId::Object => object::GETTERS,
        ClassId::Int => int::methods::GETTERS,
        ClassId::Float => float::methods::GETTERS,
        ClassId::Type => class::methods::GETTERS,
        ClassId::Range => range::methods::GETTERS,
        ClassId::Slice => slice::methods::GETTERS,
        ClassId::Complex => complex::methods::GETTERS,
        ClassId::Function => function::methods::GETTERS,
        ClassId::BuiltinFunction => builtin::methods::GETTERS,
        ClassId::MethodDescriptor | ClassId::WrapperDescriptor | ClassId::ClassMethodDescriptor => {
            builtin::methods::DESCR_GETTERS
        }
        ClassId::HostFunction => host::methods::GETTERS,
        ClassId::MethodWrapper => builtin::methods::WRAPPER_GETTERS,
        ClassId::GetSetDescriptor | ClassId::MemberDescriptor => descr::methods::GETTERS,
        ClassId::StaticMethod | ClassId::ClassMethod => descr::methods::STATIC_GETTERS,
        ClassId::Property => descr::property::GETTERS,
        ClassId::Super => descr::zuper::GETTERS,
        ClassId::WeakRef => weak::methods::GETTERS,
        ClassId::Method => builtin::methods::BOUND_GETTERS,
        ClassId::Cell => cell::methods::GETTERS,
        ClassId::Code => code::methods::GETTERS,
        ClassId::Traceback => exception::methods::TRACEBACK_GETTERS,
        ClassId::Module => module::GETTERS,
        ClassId::Frame => frame::methods::GETTERS,
        ClassId::SimpleNamespace | ClassId::SourceFileLoader => namespace::GETTERS,
        ClassId::ModuleSpec => namespace::SPEC_GETTERS,
        ClassId::BaseException => exception::methods::GETTERS,
        ClassId::StopIteration => exception::methods::STOP_ITERATION,
        ClassId::SystemExit => exception::methods::SYSTEM_EXIT,
        ClassId::ImportError => exception::methods::IMPORT_ERROR,
        ClassId::OSError => exception::methods::OS_ERROR,
        ClassId::SyntaxError => exception::methods::SYNTAX_ERROR,
        ClassId::UnicodeDecodeError
        | ClassId::UnicodeEncodeError
        | ClassId::UnicodeTranslateError => exception::methods::UNICODE_ERROR,
        ClassId::TextIo => file::methods::TEXT_GETTERS,
        ClassId::FileIo
        | ClassId::BufferedReader
        | ClassId::BufferedWriter
        | ClassId::BufferedRandom => file::methods::GETTERS,
        ClassId::Generator => generator::methods::GETTERS,
        ClassId::Coroutine => generator::coroutine::GETTERS,
        ClassId::AsyncGenerator => generator::coroutine::ASYNC_GETTERS,
        ClassId::VersionInfo => tuple::methods::VERSION_GETTERS,
        ClassId::Instruction => tuple::methods::INSTRUCTION_GETTERS,
        ClassId::SysFlags => crate::modules::sysinfo::FLAGS,
        ClassId::AsyncGenHooks => crate::modules::sysinfo::ASYNCGEN_HOOKS,
        ClassId::FloatInfo => crate::modules::sysinfo::FLOAT_INFO,
        ClassId::IntInfo => crate::modules::sysinfo::INT_INFO,
        ClassId::HashInfo => crate::modules::sysinfo::HASH_INFO,
        ClassId::Deque => deque::methods::GETTERS,
        ClassId::DefaultDict => dict::factory::GETTERS,
        ClassId::OrderedDict => dict::ordered::GETTERS,
        ClassId::TupleGetter => descr::tuple_getter::GETTERS,
        ClassId::Partial => functools::partial::GETTERS,
        ClassId::KeyWrapper => functools::key::GETTERS,
        ClassId::LruCache => functools::lru::GETTERS,
        ClassId::MemoryView => memory::methods::GETTERS,
        _ => &[],
    }
}

/// How instances are made; `None` where a program cannot make them.
pub fn constructor_of(c: ClassId) -> Option<Construct> {
    Some(match c {
        ClassId::Object => object::construct,
        ClassId::Type => class::methods::construct,
        ClassId::NoneType | ClassId::EllipsisType | ClassId::NotImplementedType => {
            object::construct_singleton
        }
        ClassId::Int => int::methods::construct,
        ClassId::Bool => object::construct_bool,
        ClassId::Float => float::methods::construct,
        ClassId::Str => str::methods::construct,
        ClassId::Tuple => tuple::methods::construct,
        ClassId::List => list::methods::construct,
        ClassId::Dict => dict::methods::construct,
        ClassId::Range => range::methods::construct,
        ClassId::Slice => slice::methods::construct,
        ClassId::Complex => complex::methods::construct,
        ClassId::Bytes => bytes::methods::construct,
        ClassId::ByteArray => bytearray::methods::construct,
        ClassId::MemoryView => memory::methods::construct,
        ClassId::Set | ClassId::FrozenSet => set::methods::construct,
        ClassId::Enumerate => iter::make::enumerate,
        ClassId::Zip => iter::make::zip,
        ClassId::Map => iter::make::map,
        ClassId::Filter => iter::make::filter,
        ClassId::Reversed => iter::make::reversed,
        ClassId::Function => function::methods::construct,
        ClassId::Cell => cell::methods::construct,
        ClassId::Code => code::make::construct,
        ClassId::Method => builtin::methods::construct_bound,
        ClassId::Traceback => exception::methods::construct_traceback,
        ClassId::Module => module::construct,
        ClassId::SimpleNamespace => namespace::construct,
        ClassId::ModuleSpec => crate::modules::spec::construct,
        ClassId::SourceFileLoader => crate::modules::finders::construct_source,
        ClassId::MappingProxy => descr::methods::construct_proxy,
        ClassId::StaticMethod => descr::methods::construct_static,
        ClassId::ClassMethod => descr::methods::construct_class_method,
        ClassId::Property => descr::property::construct,
        ClassId::Super => descr::zuper::construct,
        ClassId::WeakRef => weak::methods::construct,
        ClassId::RLock => lock::methods::construct,
        ClassId::Deque => deque::methods::construct,
        ClassId::DequeIter | ClassId::DequeReverseIter => deque::methods::construct_iter,
        ClassId::DefaultDict => dict::factory::construct,
        ClassId::OrderedDict => dict::ordered::construct,
        ClassId::TupleGetter => descr::tuple_getter::construct,
        ClassId::Random => random::methods::construct,
        ClassId::Partial => functools::partial::construct,
        ClassId::LruCache => functools::lru::construct,
        c if c.is_exception() => exception::methods::construct,
        c if itertools::is_class(c) => itertools::make::construct,
        _ => return None,
    })
}

/// `__module__` of a class.
pub fn module_name(c: ClassId) -> &'static str {
    match c {
        ClassId::TextIo
        | ClassId::FileIo
        | ClassId::BufferedReader
        | ClassId::BufferedWriter
        | ClassId::BufferedRandom => "_io",
        ClassId::UnsupportedOperation => "io",
        ClassId::Lock | ClassId::RLock => "_thread",
        ClassId::Instruction => "dis",
        ClassId::VersionInfo
        | ClassId::SysFlags
        | ClassId::FloatInfo
        | ClassId::IntInfo
        | ClassId::HashInfo => "sys",
        ClassId::SimpleNamespace => "types",
        ClassId::ModuleSpec | ClassId::BuiltinImporter | ClassId::FrozenImporter => {
            "_frozen_importlib"
        }
        ClassId::SourceFileLoader | ClassId::PathFinder => "_frozen_importlib_external",
        ClassId::Deque | ClassId::DefaultDict | ClassId::OrderedDict => "collections",
        ClassId::DequeIter | ClassId::DequeReverseIter | ClassId::TupleGetter => "_collections",
        c if itertools::is_class(c) => "itertools",
        ClassId::Random => "_random",
        ClassId::Partial | ClassId::KeyWrapper | ClassId::LruCache => "functools",
        _ => "builtins",
    }
}
/// Whether instances of a builtin class have CPython's list of weak references, also those of
/// classes that derive from it and have `__slots__`.
pub fn takes_weakrefs(c: ClassId) -> bool {
    matches!(
        c,
        ClassId::Set
            | ClassId::FrozenSet
            | ClassId::Type
            | ClassId::Module
            | ClassId::Deque
            | ClassId::OrderedDict
            | ClassId::Tee
            | ClassId::Partial
    )
}
/// The name CPython's `tp_name` has: with the module, for classes outside `builtins`.
pub fn full_name(c: ClassId) -> String {
    match module_name(c) {
        "builtins" => c.name().to_owned(),
        m => format!("{m}.{}", c.name()),
    }
}
/// The name in error texts: CPython's `tp_name`, which is short for classes that it writes in Python.
pub fn c_name(c: ClassId) -> std::borrow::Cow<'static, str> {
    match module_name(c) {
        "builtins" | "io" | "dis" | "_frozen_importlib" | "_frozen_importlib_external" => {
            c.name().into()
        }
        m => format!("{m}.{}", c.name()).into(),
    }
}
/// Whether instances have a hash.
pub fn hashable(c: ClassId) -> bool {
    !matches!(
        c,
        ClassId::List
            | ClassId::Dict
            | ClassId::Set
            | ClassId::Slice
            | ClassId::DictKeys
            | ClassId::DictItems
            | ClassId::Cell
            | ClassId::MappingProxy
            | ClassId::Deque
            | ClassId::OrderedDict
            | ClassId::KeyWrapper
            | ClassId::ByteArray
    )
}
