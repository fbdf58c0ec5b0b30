//! `frame`: what a program sees of a call that runs or has run.
//!
//! A frame on the VM stack has no object until somebody asks for one (`interp::frames`); the object
//! then looks at the stack while the frame is there, and takes its values over when it is popped.
pub mod methods;
pub mod ops;
pub mod value;
