//! The files of a project: their schemas, safe saving, locks and autosaves, and the data that ships with the program.
//!
//! - [`open::open`] reads a folder into a project, a [`folder::Folder`] and findings; [`folder::Folder::save`] writes what changed.
//! - [`create::create`] makes a new folder, also for *save as*.
//! - [`lock`] says who holds a folder, [`autosave`] keeps unsaved changes aside, [`canonical`] serves `fmt`.
//! - [`attachments`] copies files into the project folder.
//! - `schema` holds what stands in the files, [`codes`] every finding about them.
//!
//! *Invariant:* nothing here knows rules, commands or windows, and nothing on disk is changed unless a save asks for it.

pub mod assets;
pub mod attachments;
pub mod autosave;
pub mod canonical;
pub mod codes;
pub mod create;
pub mod disk;
pub mod error;
pub mod folder;
pub mod homes;
pub mod lock;
pub mod migrate;
pub mod open;
pub mod own_data;
pub mod read;
pub mod render;
pub mod save;
pub mod schema;
