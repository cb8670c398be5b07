//! Says who holds a project folder, so that two people do not save over each other.
//!
//! Two files in `.goldthread`: `lock` is held open and locked by the system for as long as the program runs, so it cannot be left
//! behind by a crash; `lock.ron` says who it is in plain text.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};
use serde::{Deserialize, Serialize};

use crate::store::autosave::{OWN_FOLDER, own_folder};
use crate::store::disk::SystemDisk;
use crate::store::schema::writer;

const HELD: &str = "lock";
const INFO: &str = "lock.ron";

/// Somebody who holds a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Name of the person at the system.
    pub user: String,
    /// Name of the computer.
    pub host: String,
    /// Number of the process there.
    pub process: u32,
    /// Since when, in words.
    pub since: String,
}

impl Holder {
    /// This process. `since` is the time, for people.
    pub fn this_process(since: &str) -> Self {
        let variable = |names: &[&str]| names.iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default();
        let host = variable(&["COMPUTERNAME", "HOSTNAME"]);
        let host = if host.is_empty() { fs::read_to_string("/etc/hostname").unwrap_or_default() } else { host };
        Self {
            user: variable(&["USERNAME", "USER", "LOGNAME"]),
            host: host.trim().to_owned(),
            process: std::process::id(),
            since: since.to_owned(),
        }
    }

    fn is_this_process(&self) -> bool {
        let this = Self::this_process("");
        self.process == this.process && self.host == this.host
    }
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let known = |text: &str, otherwise: &'static str| {
            if text.is_empty() { otherwise.to_owned() } else { text.to_owned() }
        };
        write!(f, "{} at {}", known(&self.user, "somebody"), known(&self.host, "an unknown computer"))?;
        if self.since.is_empty() { Ok(()) } else { write!(f, " since {}", self.since) }
    }
}

/// Who holds a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockState {
    /// Nobody.
    Unlocked,
    /// Somebody whose program ended without letting go, as after a crash.
    Stale(Holder),
    /// This very process.
    ThisApp,
    /// Another program; who, if it says so.
    Other(Option<Holder>),
    /// Nobody can say: the system offers no locks there, or the folder may not be written.
    Unknown(String),
}

/// A folder that is held. It is let go when this is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
    folder: PathBuf,
    /// Who held the folder before and did not let go.
    pub left_by: Option<Holder>,
}

impl Lock {
    /// Takes a folder.
    ///
    /// # Errors
    /// The state of the lock, if the folder cannot be had. It may still be opened for reading.
    pub fn take(folder: &Path, holder: &Holder) -> Result<Self, LockState> {
        let unknown = |error: std::io::Error| LockState::Unknown(crate::store::error::reason(&error));
        let own = own_folder(&SystemDisk, folder).map_err(unknown)?;
        let mut options = OpenOptions::new();
        let file = options.create(true).truncate(false).read(true).write(true).open(own.join(HELD)).map_err(unknown)?;
        let said = said(folder);
        match FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if said.as_ref().is_some_and(Holder::is_this_process) => {
                return Err(LockState::ThisApp);
            }
            Err(TryLockError::WouldBlock) => return Err(LockState::Other(said)),
            Err(TryLockError::Error(error)) => return Err(unknown(error)),
        }
        let text = writer::to_string(holder).unwrap_or_default();
        fs::write(own.join(INFO), text).map_err(unknown)?;
        Ok(Self { file, folder: folder.to_owned(), left_by: said })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let own = self.folder.join(OWN_FOLDER);
        // What cannot be removed does no harm: the system's lock ends with the process.
        let _ = fs::remove_file(own.join(INFO));
        let _ = FileExt::unlock(&self.file);
    }
}

/// Who holds a folder now. Changes nothing on disk.
pub fn state(folder: &Path) -> LockState {
    let said = said(folder);
    let Ok(file) = OpenOptions::new().read(true).write(true).open(folder.join(OWN_FOLDER).join(HELD)) else {
        return said.map_or(LockState::Unlocked, LockState::Stale);
    };
    match FileExt::try_lock(&file) {
        Ok(()) => {
            let _ = FileExt::unlock(&file);
            said.map_or(LockState::Unlocked, LockState::Stale)
        }
        Err(TryLockError::WouldBlock) if said.as_ref().is_some_and(Holder::is_this_process) => LockState::ThisApp,
        Err(TryLockError::WouldBlock) => LockState::Other(said),
        Err(TryLockError::Error(error)) => LockState::Unknown(crate::store::error::reason(&error)),
    }
}

/// Who the plain text says it is.
fn said(folder: &Path) -> Option<Holder> {
    let text = fs::read_to_string(folder.join(OWN_FOLDER).join(INFO)).ok()?;
    ron::from_str(&text).ok()
}
