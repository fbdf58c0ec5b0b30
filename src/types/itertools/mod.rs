//! The iterators of `itertools`. They have the one layout of iterators (`types/iter`); what its fields
//! mean, by class:
//!
//! | class | a | b | c | i | j |
//! |---|---|---|---|---|---|
//! | count | step | next number, once it is none of 64 bits or the step is not 1 | | next number | |
//! | cycle | iterator | list of its items | | next of them | they are kept already |
//! | repeat | object | | | times left, or -1 | |
//! | chain | iterator of iterables | the one in use | | | |
//! | accumulate | iterator | function | total | the total is `initial`, not given yet | |
//! | compress | data | selectors | | | |
//! | takewhile, dropwhile | iterator | function | | it has stopped, started | |
//! | filterfalse, starmap | iterator | function | | | |
//! | islice | iterator | stop | step | items taken | next place |
//! | zip_longest | list of iterators | what fills | | how many have not ended | |
//! | combinations (both) | pool | list of places | | r | [`choose::State`] |
//! | permutations | pool | list of places | list of turns | r | the same |
//! | product | tuple of pools | list of places | | | the same |
//! | groupby | iterator | function | list: target key, key, item | number of the last group | |
//! | _grouper | groupby | target key | | its number | |
//! | _tee | link | | | next item of it | |
//! | _tee_dataobject | iterator | list of items | next link | it is being asked | |

pub mod choose;
pub mod group;
pub mod make;
pub mod next;
pub mod reduce;
pub mod tee;

use crate::object::{ClassId, Conv, MethodDef};

/// Every class.
pub const CLASSES: &[ClassId] = &[
    ClassId::Count,
    ClassId::Cycle,
    ClassId::Repeat,
    ClassId::Chain,
    ClassId::Accumulate,
    ClassId::Compress,
    ClassId::TakeWhile,
    ClassId::DropWhile,
    ClassId::FilterFalse,
    ClassId::StarMap,
    ClassId::ISlice,
    ClassId::ZipLongest,
    ClassId::Combinations,
    ClassId::CombinationsWithReplacement,
    ClassId::Permutations,
    ClassId::Product,
    ClassId::GroupBy,
    ClassId::Grouper,
    ClassId::Tee,
    ClassId::TeeData,
];
/// Whether it is one of them.
pub fn is_class(c: ClassId) -> bool {
    (ClassId::Count as u32..=ClassId::TeeData as u32).contains(&(c as u32))
}
/// Whether a program may derive from it.
pub fn is_base(c: ClassId) -> bool {
    is_class(c) && !matches!(c, ClassId::Grouper | ClassId::Tee | ClassId::TeeData)
}
/// Whether its own constructor takes no keywords, and leaves those of derived classes alone.
pub fn ignores_keywords(c: ClassId) -> bool {
    matches!(
        c,
        ClassId::Cycle
            | ClassId::Chain
            | ClassId::TakeWhile
            | ClassId::DropWhile
            | ClassId::FilterFalse
            | ClassId::StarMap
            | ClassId::ISlice
    )
}

const REDUCE: MethodDef = MethodDef {
    name: "__reduce__",
    conv: Conv::NoArgs(reduce::reduce),
    doc: "What makes it again.",
};
const SET_STATE: MethodDef = MethodDef {
    name: "__setstate__",
    conv: Conv::One(reduce::set_state),
    doc: "Go on from there.",
};
const HINT: MethodDef = MethodDef {
    name: "__length_hint__",
    conv: Conv::NoArgs(make::repeat_hint),
    doc: "Return how many items are left.",
};
const COPY: MethodDef = MethodDef {
    name: "__copy__",
    conv: Conv::NoArgs(tee::copy),
    doc: "Return an iterator that gives the same items.",
};
/// Rows of a class.
pub fn methods_of(c: ClassId) -> &'static [MethodDef] {
    match c {
        ClassId::Repeat => &[REDUCE, HINT],
        ClassId::Count
        | ClassId::Compress
        | ClassId::FilterFalse
        | ClassId::StarMap
        | ClassId::Grouper
        | ClassId::TeeData => &[REDUCE],
        ClassId::Tee => &[REDUCE, SET_STATE, COPY],
        _ => &[REDUCE, SET_STATE],
    }
}
/// Rows of `chain` whose receiver is the class.
pub const CHAIN_CLASS_METHODS: &[MethodDef] = &[MethodDef {
    name: "from_iterable",
    conv: Conv::One(make::from_iterable),
    doc: "Return a chain of the iterables that an iterable gives.",
}];
