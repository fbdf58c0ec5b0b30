//! `_thread.lock` and `_thread.RLock`. An engine has one thread: who waits for a lock that is held waits for its timeout, or until it is interrupted.
pub mod methods;
pub mod value;
