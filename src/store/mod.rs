//! The store layer.

pub mod assets;
pub mod schema;
