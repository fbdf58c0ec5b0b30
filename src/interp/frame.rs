//! Frames and the VM stack they lie on.
#![allow(unsafe_code)]

use crate::object::Tracer;

/// A frame on the VM stack, or null.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FramePtr(*mut u64);

/// The VM stack: chunks of words that never move; a frame lies within one chunk.
#[derive(Default)]
pub struct VmStack {}
impl VmStack {
    pub fn trace(&self, _t: &mut Tracer<'_>) {}
}
