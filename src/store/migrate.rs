//! From older formats to the present one, step by step in memory. Nothing is written until a person saves.
//!
//! A new format gets its own `schema::vN` and one step, from the contents of the format before to its own. A file is read by
//! the strict types of the format it names and then taken through every later step.

use ron::error::SpannedError;

use crate::store::homes::FileName;
use crate::store::schema::v1;
use crate::store::schema::v1::files::Contents;

/// The format that this version writes.
pub const PRESENT: u64 = v1::files::FORMAT as u64;

/// Why a file cannot be brought to the present format.
#[derive(Debug)]
pub enum MigrateError {
    /// The format is newer than this version.
    Newer,
    /// There never was such a format.
    Unknown,
    /// The text is not what its format asks for.
    Syntax(SpannedError),
}

/// Reads the text of a file that says to be of `format`, and brings it to the present format.
///
/// # Errors
/// If the format is newer or never existed, or the text is not what the format asks for.
pub fn read(format: u64, name: &FileName, text: &str) -> Result<Contents, MigrateError> {
    match format {
        0 => Err(MigrateError::Unknown),
        1 => v1::files::read(name.kind(), name.stem(), text).map_err(MigrateError::Syntax),
        _ => Err(MigrateError::Newer),
    }
}
