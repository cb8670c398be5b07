//! The logo of a report profile: its file in the project folder, read when a report is made.
//!
//! A report whose logo is missing or broken is made without it, and says so: the form is worth more than its decoration.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use crate::model::report_profile::{ReportProfile, is_path_below};
use crate::report::picture::{Picture, PictureError};

/// The most bytes that the file of a logo may have.
pub const MOST_BYTES: u64 = 32 << 20;

/// Why a logo is not printed. It names file and remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogoError {
    /// The path leads out of the project folder.
    #[error("the logo {path} is not printed: it does not lie in the project folder; {CHOOSE}")]
    Outside {
        /// The path as the profile has it.
        path: String,
    },
    /// There is no such file.
    #[error("the logo {path} is not printed: the project folder has no such file; put it there, or {CHOOSE}")]
    Missing {
        /// The path as the profile has it.
        path: String,
    },
    /// The file has too many bytes.
    #[error("the logo {path} is not printed: it has more than {} MB; save it smaller", MOST_BYTES >> 20)]
    TooManyBytes {
        /// The path as the profile has it.
        path: String,
    },
    /// The system refuses to read it.
    #[error("the logo {path} is not printed: it cannot be read ({reason})")]
    Unreadable {
        /// The path as the profile has it.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// It is no picture that can be printed.
    #[error("the logo {path} is not printed: {reason}")]
    Picture {
        /// The path as the profile has it.
        path: String,
        /// What is wrong with it.
        reason: PictureError,
    },
}

/// What helps against a logo that is not there.
const CHOOSE: &str = "choose another one in Report > Report profiles";

/// Which state of a file: path, when it was written, how many bytes it has.
type State = (PathBuf, Option<SystemTime>, u64);

/// A file as it was, and its picture.
type Last = (State, Arc<Picture>);

/// The logo that was read last, so that a preview that is laid out again and again does not read it each time.
static LAST: Mutex<Option<Last>> = Mutex::new(None);

/// Reads the logo of a profile from the folder of its project; none if the profile has none.
///
/// # Errors
/// If the file lies elsewhere, is missing, cannot be read, or is no picture that can be printed.
pub fn logo(profile: &ReportProfile, folder: &Path) -> Result<Option<Arc<Picture>>, LogoError> {
    let path = profile.logo.to_string();
    if path.trim().is_empty() {
        return Ok(None);
    }
    if !is_path_below(&path) {
        return Err(LogoError::Outside { path });
    }
    read(&folder.join(&path), &path).map(Some)
}

/// Reads the file of a logo; `path` is what people know it by.
///
/// # Errors
/// If it is missing, cannot be read, or is no picture that can be printed.
pub fn read(file: &Path, path: &str) -> Result<Arc<Picture>, LogoError> {
    let path = path.to_owned();
    let system = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => LogoError::Missing { path: path.clone() },
        _ => LogoError::Unreadable { path: path.clone(), reason: error.to_string() },
    };
    let known = fs::metadata(file).map_err(system)?;
    if !known.is_file() {
        return Err(LogoError::Unreadable { path, reason: "it is no file".to_owned() });
    }
    if known.len() > MOST_BYTES {
        return Err(LogoError::TooManyBytes { path });
    }
    let state = (file.to_owned(), known.modified().ok(), known.len());
    if let Ok(last) = LAST.lock()
        && let Some((of, picture)) = &*last
        && *of == state
    {
        return Ok(Arc::clone(picture));
    }
    let mut bytes = Vec::new();
    File::open(file).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes)).map_err(system)?;
    let picture = Picture::read(&bytes).map_err(|reason| LogoError::Picture { path: path.clone(), reason })?;
    let picture = Arc::new(picture);
    if let Ok(mut last) = LAST.lock() {
        *last = Some((state, Arc::clone(&picture)));
    }
    Ok(picture)
}
