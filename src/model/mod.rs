//! The model layer.

pub mod class;
pub mod profile;
pub mod rating;
pub mod symbol;
