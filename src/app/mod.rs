//! The open project with its history and findings, background jobs, settings and the commands of the program.
//!
//! *Invariant:* no type of a screen toolkit and none of a command line.

pub mod desk;
pub mod form_view;
pub mod registry;
pub mod samples;
pub mod settings;
