//! The heart of the seeds: how a call finds its way.
//!
//! * `make`: MAKE_FUNCTION.
//! * `dispatch`: `call_function`'s order: builtin functions, method descriptors, bound methods,
//!   functions, everything else.
//! * `fast`: the test that sends a function down the fast path, exactly as the seeds state it.
//! * `bind`: the general path, `_PyEval_EvalCodeWithName` step for step, with its errors.
//! * `spread`: calls with `*` and `**`.
//! * `builtin`: how builtin functions check their arguments, by METH_* convention.
//!
//! Every caller goes through here: bytecode, builtins that call back, native code, the host.
//! The interpreter only keeps the frame that `prepare` gives and runs it without recursing.

pub mod bind;
pub mod builtin;
pub mod dispatch;
pub mod fast;
pub mod make;
pub mod spread;
