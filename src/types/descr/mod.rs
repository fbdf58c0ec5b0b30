//! Descriptors that are no functions: `getset_descriptor` and `member_descriptor` (an attribute
//! that is computed, as the class's dict holds it), `staticmethod`, and `mappingproxy`, the view
//! of a class's dict that a program gets.
pub mod methods;
pub mod property;
pub mod tuple_getter;
pub mod value;
pub mod zuper;
