//! The parts of the window around the documents.

pub mod find;
pub mod findings;
pub mod menu;
pub mod start;
pub mod status;
pub mod tabs;
pub mod tree;
