//! `weakref.ref`. The heap's table (`gc/weak`) says which references there are to an object; a
//! collection that finds the object dead empties them and queues their callbacks.
pub mod methods;
pub mod value;
