//! The heart of the seeds: function, make, dispatch, fast, bind, cell, errors.
pub mod dispatch;
