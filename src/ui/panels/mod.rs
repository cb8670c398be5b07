//! The parts of the window around the documents.

pub mod failure_net;
pub mod find;
pub mod findings;
pub mod guide;
pub mod inspector;
pub mod menu;
pub mod proposals;
pub mod refused;
pub mod released;
pub mod start;
pub mod status;
pub mod tabs;
pub mod tree;
