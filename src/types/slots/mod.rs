//! The slots of the builtin types: `__add__`, `__repr__`, `__call__` … as descriptors.
//!
//! [`slots_of`] says which names a class itself defines, as CPython 3.8 does. A name has one row in
//! `kernels::TABLE`, whatever the class: the kernel asks `protocol`, which goes by the receiver.
//! `object` has rows of its own (`root`), because what it does is what no class overrides.
pub mod kernels;
pub mod reduce;
pub mod root;

use crate::object::{ClassId, MethodDef};

type Names = &'static [&'static str];

const COMPARE: Names = &["__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"];
const GET: Names = &["__getattribute__"];
const SET: Names = &["__getattribute__", "__setattr__", "__delattr__"];
const REPR: Names = &["__repr__"];
const HASH: Names = &["__hash__"];
const ITERATOR: Names = &["__getattribute__", "__iter__", "__next__"];
const SIZED: Names = &["__len__", "__iter__", "__contains__"];
const SEQUENCE: Names = &[
    "__len__",
    "__iter__",
    "__contains__",
    "__getitem__",
    "__add__",
    "__mul__",
    "__rmul__",
];
const NUMBER: Names = &[
    "__add__",
    "__radd__",
    "__sub__",
    "__rsub__",
    "__mul__",
    "__rmul__",
    "__mod__",
    "__rmod__",
    "__divmod__",
    "__rdivmod__",
    "__pow__",
    "__rpow__",
    "__floordiv__",
    "__rfloordiv__",
    "__truediv__",
    "__rtruediv__",
    "__neg__",
    "__pos__",
    "__abs__",
    "__bool__",
    "__int__",
    "__float__",
];
const BITS: Names = &[
    "__and__", "__rand__", "__or__", "__ror__", "__xor__", "__rxor__",
];
const INTEGER: Names = &[
    "__lshift__",
    "__rlshift__",
    "__rshift__",
    "__rrshift__",
    "__invert__",
    "__index__",
];
const SET_OPS: Names = &[
    "__and__", "__rand__", "__or__", "__ror__", "__xor__", "__rxor__", "__sub__", "__rsub__",
];
const REMAINDER: Names = &["__mod__", "__rmod__"];
const DESCRIPTOR: Names = &["__call__", "__get__", "__getattribute__", "__repr__"];

/// The names of the slots that a class itself defines.
pub fn slots_of(c: ClassId) -> &'static [Names] {
    match c {
        ClassId::Type => &[SET, REPR, &["__call__", "__init__"]],
        ClassId::NoneType => &[REPR, &["__bool__"]],
        ClassId::NotImplementedType => &[REPR],
        ClassId::EllipsisType => &[REPR, GET],
        ClassId::Int => &[NUMBER, BITS, INTEGER, COMPARE, GET, REPR, HASH],
        ClassId::Bool => &[BITS, REPR],
        ClassId::Float => &[NUMBER, COMPARE, GET, REPR, HASH],
        ClassId::Str => &[SEQUENCE, REMAINDER, COMPARE, GET, REPR, HASH, &["__str__"]],
        ClassId::Tuple => &[SEQUENCE, COMPARE, GET, REPR, HASH],
        ClassId::List => &[
            SIZED,
            COMPARE,
            GET,
            REPR,
            &[
                "__add__",
                "__mul__",
                "__rmul__",
                "__iadd__",
                "__imul__",
                "__setitem__",
                "__delitem__",
                "__init__",
            ],
        ],
        ClassId::Dict => &[
            COMPARE,
            GET,
            REPR,
            &[
                "__len__",
                "__iter__",
                "__setitem__",
                "__delitem__",
                "__init__",
            ],
        ],
        ClassId::DictKeys | ClassId::DictItems => &[SIZED, SET_OPS, COMPARE, GET, REPR],
        ClassId::DictValues => &[GET, REPR, &["__len__", "__iter__"]],
        ClassId::Range => &[
            SIZED,
            COMPARE,
            GET,
            REPR,
            HASH,
            &["__getitem__", "__bool__"],
        ],
        ClassId::DictKeyIter
        | ClassId::DictValueIter
        | ClassId::DictItemIter
        | ClassId::DictReverseKeyIter
        | ClassId::DictReverseValueIter
        | ClassId::DictReverseItemIter
        | ClassId::RangeIter
        | ClassId::LongRangeIter
        | ClassId::TupleIter
        | ClassId::ListIter
        | ClassId::SetIter
        | ClassId::BytesIter
        | ClassId::ByteArrayIter
        | ClassId::ListReverseIter
        | ClassId::StrIter
        | ClassId::SeqIter
        | ClassId::CallableIter
        | ClassId::Enumerate
        | ClassId::Zip
        | ClassId::Map
        | ClassId::Filter
        | ClassId::Reversed => &[ITERATOR],
        ClassId::CoroutineWrapper | ClassId::AsyncGenASend | ClassId::AsyncGenAThrow => &[ITERATOR],
        ClassId::Generator => &[ITERATOR, REPR],
        ClassId::Coroutine | ClassId::AsyncGenerator => &[GET, REPR],
        ClassId::Function => &[REPR, &["__call__", "__get__"]],
        ClassId::BuiltinFunction | ClassId::MethodWrapper => {
            &[COMPARE, GET, REPR, HASH, &["__call__"]]
        }
        ClassId::MethodDescriptor | ClassId::WrapperDescriptor | ClassId::ClassMethodDescriptor => {
            &[DESCRIPTOR]
        }
        ClassId::GetSetDescriptor | ClassId::MemberDescriptor => {
            &[GET, REPR, &["__get__", "__set__", "__delete__"]]
        }
        ClassId::StaticMethod | ClassId::ClassMethod => &[&["__get__", "__init__"]],
        ClassId::Property => &[GET, &["__get__", "__set__", "__delete__", "__init__"]],
        ClassId::Super => &[GET, REPR, &["__get__", "__init__"]],
        ClassId::MappingProxy => &[SIZED, COMPARE, GET, REPR, &["__getitem__", "__str__"]],
        ClassId::Method => &[COMPARE, SET, REPR, HASH, &["__call__", "__get__"]],
        ClassId::Cell => &[COMPARE, GET, REPR],
        ClassId::Code => &[COMPARE, GET, REPR, HASH],
        ClassId::Traceback => &[GET],
        ClassId::Frame => &[SET, REPR],
        ClassId::Module => &[SET, REPR, &["__init__"]],
        ClassId::WeakRef => &[COMPARE, REPR, HASH, &["__call__", "__init__"]],
        ClassId::VersionInfo => &[REPR],
        ClassId::BaseException => &[SET, REPR, &["__str__", "__init__"]],
        ClassId::Set => &[
            SET_OPS,
            COMPARE,
            GET,
            REPR,
            &[
                "__len__", "__iter__", "__init__", "__iand__", "__ior__", "__isub__", "__ixor__",
            ],
        ],
        ClassId::FrozenSet => &[SET_OPS, COMPARE, GET, REPR, HASH, &["__len__", "__iter__"]],
        ClassId::Slice => &[COMPARE, GET, REPR],
        ClassId::Bytes => &[SEQUENCE, REMAINDER, COMPARE, GET, REPR, HASH, &["__str__"]],
        ClassId::ByteArray => &[
            SEQUENCE,
            REMAINDER,
            COMPARE,
            GET,
            REPR,
            &[
                "__str__",
                "__iadd__",
                "__imul__",
                "__setitem__",
                "__delitem__",
                "__init__",
            ],
        ],
        ClassId::MemoryView => &[
            COMPARE,
            GET,
            REPR,
            HASH,
            &["__len__", "__getitem__", "__setitem__", "__delitem__"],
        ],
        ClassId::Complex => &[NUMBER, COMPARE, GET, REPR, HASH],
        ClassId::Lock | ClassId::RLock => &[REPR],
        ClassId::HostFunction => &[REPR, &["__call__"]],
        ClassId::Deque => &[
            SIZED,
            COMPARE,
            GET,
            REPR,
            &[
                "__add__",
                "__mul__",
                "__rmul__",
                "__iadd__",
                "__imul__",
                "__getitem__",
                "__setitem__",
                "__delitem__",
                "__init__",
                "__bool__",
            ],
        ],
        ClassId::DequeIter | ClassId::DequeReverseIter | ClassId::OdictIter => &[ITERATOR],
        ClassId::DefaultDict => &[GET, REPR, &["__init__"]],
        ClassId::OrderedDict => &[
            COMPARE,
            REPR,
            &["__iter__", "__init__", "__setitem__", "__delitem__"],
        ],
        ClassId::OdictKeys | ClassId::OdictValues | ClassId::OdictItems => &[&["__iter__"]],
        ClassId::Random => &[GET],
        ClassId::Partial => &[SET, REPR, &["__call__"]],
        ClassId::KeyWrapper => &[COMPARE, GET, &["__call__"]],
        ClassId::LruCache => &[&["__call__", "__get__"]],
        ClassId::Count | ClassId::Repeat => &[ITERATOR, REPR],
        ClassId::TeeData => &[GET],
        c if crate::types::itertools::is_class(c) => &[ITERATOR],
        ClassId::TupleGetter => &[&["__get__", "__set__", "__delete__"]],
        _ => &[],
    }
}

/// The row of a slot of a class.
pub fn row(c: ClassId, name: &str) -> Option<&'static MethodDef> {
    let own: &[MethodDef] = match c {
        ClassId::Str | ClassId::Tuple | ClassId::List | ClassId::Bytes | ClassId::ByteArray => {
            kernels::REPEAT
        }
        ClassId::Dict => super::dict::methods::SLOTS,
        ClassId::Deque => {
            let own = super::deque::methods::SLOTS;
            return own
                .iter()
                .chain(kernels::REPEAT)
                .chain(kernels::TABLE)
                .find(|r| r.name == name);
        }
        _ => &[],
    };
    own.iter().chain(kernels::TABLE).find(|r| r.name == name)
}
