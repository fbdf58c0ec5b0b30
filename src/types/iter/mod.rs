//! Iterators: one layout, a class each. What its fields mean, by class:
//!
//! | class | a | b | c | i | j |
//! |---|---|---|---|---|---|
//! | list, tuple, `reversed` | sequence | | | next index | |
//! | bytes | bytes | | | next index | |
//! | set | set | its keys when made | | next place | keys left |
//! | str | string | | | next byte | |
//! | dict (all six) | dict | | | next entry, or one past it | items left |
//! | deque (both) | deque | | | items left | the deque's state |
//! | OrderedDict | dict | what it gives | | entry of the next item, or -1 | version of the keys |
//! | longrange | next number | step | numbers left | | |
//! | callable | callable | sentinel | | | |
//! | enumerate | iterator | number, once too large for `i` | | next number | |
//! | zip | tuple of iterators | | | | |
//! | map | function | tuple of iterators | | | |
//! | filter | function | iterator | | | |
//!
//! `a` is emptied by the iterator that has ended and may not start again.

pub mod make;
pub mod methods;
pub mod next;
mod state;
pub mod value;

pub use state::sequence_left;
