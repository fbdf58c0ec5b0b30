//! The passes over SSA, one a file. None reads feedback, none lists ops where the table can be asked;
//! each leaves what `ssa::verify` accepts. `pipeline` says in which order they run.

pub mod dce;
pub mod delay;
pub mod dom;
pub mod fold;
pub mod gvn;
mod interval;
pub mod late;
pub mod licm;
pub mod params;
pub mod peel;
pub mod promote;
pub mod range;
pub mod select;
pub mod simplify;
pub mod sink;
pub mod sums;
pub mod thread;
pub mod unbox;
