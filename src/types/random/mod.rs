//! `_random.Random`: the Mersenne twister MT19937, seeded as CPython seeds it.
pub mod methods;
pub mod value;
