//! Code in memory: the code heap (`heap`), the target (`isa`), instruction caches (`icache`).
#![allow(unsafe_code)]

pub mod heap;
pub mod icache;
pub mod isa;
