//! What stands in the files: types that mirror the model field by field, and the way between both.
//!
//! The model's own types are not serialisable, so that a change of the model cannot change a file by accident.

pub mod class_set;
pub mod language;
pub mod profile;
pub mod quick;
pub mod rating;
pub mod scalar;
pub mod symbol_set;
pub mod v1;
pub mod writer;
