//! `dict` and its views.
pub mod factory;
pub mod methods;
pub mod ops;
pub mod ordered;
pub mod quick;
pub mod value;
pub mod view;

#[cfg(test)]
mod tests;
