//! Floats are immediates: see `object::value`. There is no layout.
