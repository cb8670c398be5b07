//! The open project with its history and findings, background jobs, settings and the commands of the program.
//!
//! *Invariant:* no type of a screen toolkit and none of a command line.

pub mod appearances;
pub mod arrange;
pub mod completion;
pub mod desk;
pub mod export;
pub mod failure_net;
pub mod find;
pub mod form_view;
pub mod generate;
pub mod import;
pub mod inspect;
pub mod jobs;
pub mod kept_files;
pub mod layout;
pub mod local;
pub mod logo;
pub mod lookup;
pub mod overview;
pub mod ppap;
pub mod preview;
pub mod printing;
pub mod proposals;
pub mod quick_filters;
pub mod registry;
pub mod returned;
pub mod samples;
pub mod search;
pub mod settings;
pub mod unprintable;
pub mod workbook;
pub mod writing;

use std::sync::Arc;

use crate::model::Library;

/// Rating profiles and class sets that ship with the program.
///
/// # Errors
/// If the bundled data are damaged, which a test keeps from being shipped.
pub fn library() -> Result<Library, String> {
    let profiles = crate::store::assets::profiles().map_err(|error| error.to_string())?;
    let class_sets = crate::store::assets::class_sets().map_err(|error| error.to_string())?;
    Ok(Library { profiles: Arc::clone(&profiles), class_sets: Arc::clone(&class_sets) })
}
