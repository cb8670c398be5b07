//! Why the store could not do its job. Every message names the file or folder and says what to do.

use std::io;
use std::path::{Path, PathBuf};

use crate::store::schema::v1::files::WriteError;

/// The program could not open or save a project. Nothing on disk was lost or changed, unless the variant says so.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such folder.
    #[error("There is no folder {}. Check the path, or make a new project there.", .0.display())]
    NoFolder(PathBuf),
    /// There is a file where the folder should be.
    #[error("{} is a file, not a folder. A project is a folder: name the one that holds project.ron.", .0.display())]
    NotAFolder(PathBuf),
    /// The folder holds no project.
    #[error("{} holds no project: there is no project.ron in it. Open the folder that does, or make a new project.", .0.display())]
    NoProject(PathBuf),
    /// A new project needs an empty folder.
    #[error("{} is not empty. Choose a new or empty folder for the project.", .0.display())]
    NotEmpty(PathBuf),
    /// A folder within the project is no place for a copy of it.
    #[error("{} lies within the project, so the copy would hold itself. Choose a folder elsewhere.", .0.display())]
    Within(PathBuf),
    /// A file changed on disk since it was read.
    #[error(
        "{} was changed by another program since it was read here, and was not overwritten. Nothing was saved. Save the \
        project to another folder, or open it again and repeat your last changes.", .0.display()
    )]
    ChangedOnDisk(PathBuf),
    /// The project was opened for reading only.
    #[error("The project in {} is open for reading only. Keep your changes with Save as…, in another folder.", .0.display())]
    ReadOnly(PathBuf),
    /// Another program holds the project.
    #[error("The project in {} is open elsewhere: {holder}. Nothing was changed. Close it there first.", folder.display())]
    Held {
        /// The folder.
        folder: PathBuf,
        /// Who says to hold it.
        holder: String,
    },
    /// A file is write-protected.
    #[error("{} is write-protected. Nothing was saved. Remove the protection, or save to another folder.", .0.display())]
    Protected(PathBuf),
    /// Two documents want the same file.
    #[error(
        "The document {label} has no file of its own: the name “{file}” is taken or not allowed. Give it another one."
    )]
    NoFile {
        /// What people call the document.
        label: String,
        /// The name it has.
        file: String,
    },
    /// The system refused.
    #[error("{doing} {} failed: {}. {}", path.display(), reason(source), remedy(doing, source))]
    System {
        /// What was tried, such as "Writing".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Some files were replaced, others not, and the old ones could not be put back.
    #[error(
        "The save stopped at {}: {}. These files are new, the others old: {replaced}. Save again as soon as the disk works.",
        path.display(), reason(source)
    )]
    HalfSaved {
        /// The file that could not be replaced.
        path: PathBuf,
        /// The files that are new.
        replaced: String,
        /// What the system says.
        source: io::Error,
    },
    /// The contents cannot be written.
    #[error("The contents of {file} cannot be written: {source}. Nothing was saved.")]
    Contents {
        /// The file.
        file: String,
        /// Why.
        source: WriteError,
    },
}

/// What was tried when something was to be read: nothing to save then.
pub(super) const READING: &str = "Reading";

impl StoreError {
    /// No project folder at a path.
    pub(super) fn no_folder(path: &Path) -> Self {
        if path.exists() { Self::NotAFolder(path.to_owned()) } else { Self::NoFolder(path.to_owned()) }
    }

    /// The system refused to do something with a file or folder.
    pub(super) fn system(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::System { doing, path, source }
    }
}

/// What the system says, in words that do not depend on the system where that can be.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::PermissionDenied => "the rights are missing, or another program holds the file".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is write-protected".to_owned(),
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::FileTooLarge => "it is larger than 256 MB".to_owned(),
        io::ErrorKind::IsADirectory => "there is a folder where a file should be".to_owned(),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "there is a file where a folder should be".to_owned()
        }
        _ => error.to_string(),
    }
}

fn remedy(doing: &str, error: &io::Error) -> &'static str {
    match error.kind() {
        _ if doing == READING => {
            "Ask for the right to read, check that the drive is there, or close the program that holds it."
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "The files are as they were. Make room and save again, or save to another disk."
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "The files are as they were. Ask for the right to write, close other programs, or save to another folder."
        }
        _ => "The files are as they were. Try again, or save to another folder.",
    }
}
