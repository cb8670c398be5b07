//! The files of a project: their schemas, safe saving, locks and autosaves, and the data that ships with the program.
//!
//! *Invariant:* nothing here knows rules, commands or windows, and nothing on disk is changed unless a save asks for it.

pub mod assets;
pub mod homes;
pub mod schema;
