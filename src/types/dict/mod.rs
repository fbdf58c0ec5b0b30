//! `dict` and its views.
pub mod methods;
pub mod ops;
pub mod value;
pub mod view;

#[cfg(test)]
mod tests;
