//! Why a file could not be read: what is the matter, and what a person can do about it.

use std::fmt;

use thiserror::Error;

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file} {fault}")]
pub struct ReadError {
    /// Name of the file.
    pub file: String,
    /// What is the matter.
    pub fault: Fault,
}

/// What is the matter with a file. Shown as the rest of a sentence that begins with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// There are no contents.
    Empty,
    /// The contents are encrypted.
    Protected,
    /// It is something else than a spreadsheet.
    Foreign {
        /// What it seems to be, with its article.
        what: &'static str,
        /// What to do instead.
        remedy: &'static str,
    },
    /// It holds more than the limits allow.
    TooLarge {
        /// What is too large, found and allowed, as a sentence without full stop.
        what: String,
    },
    /// It breaks the rules of its format.
    Damaged {
        /// Part, sheet or cell.
        place: String,
        /// What was found there.
        problem: String,
    },
}

impl Fault {
    /// A breach of the format.
    pub(super) fn damaged(place: impl Into<String>, problem: impl fmt::Display) -> Self {
        Self::Damaged { place: place.into(), problem: problem.to_string() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::Protected => f.write_str(
                "is protected with a password: open it in the spreadsheet program, save a copy without password and import that",
            ),
            Self::Foreign { what, remedy } => write!(f, "is {what}, not a spreadsheet: {remedy}"),
            Self::TooLarge { what } => write!(
                f,
                "is too large to import: {what}. Delete what is not needed in the spreadsheet program, or split the file"
            ),
            Self::Damaged { place, problem } => write!(
                f,
                "cannot be read ({place}: {problem}): open it in the spreadsheet program, save it anew as xlsx and import that"
            ),
        }
    }
}
