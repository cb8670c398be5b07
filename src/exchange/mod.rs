//! Other formats in and out.
//!
//! *Invariant:* nothing here knows of project files or of a screen.

pub mod flat;
pub mod import;
pub mod json;
pub mod schema;
pub mod xlsx;
