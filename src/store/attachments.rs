//! Files that a person adds to a project: copies in its folder `attachments`.
//!
//! *Invariant:* a file that is there already is never written over.

use std::fs;
use std::io;
use std::path::{Component, Path};

use sha2::{Digest, Sha256};

use crate::base::hex;
use crate::store::error::{READING, StoreError};
use crate::store::folder::Folder;

/// The folder for files that belong to a project, below its own.
pub const ATTACHMENTS: &str = "attachments";

/// A file that belongs to the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its path below the project folder, with forward slashes.
    pub path: String,
    /// Its name without the ending.
    pub title: String,
    /// SHA-256 of its contents in hexadecimal digits.
    pub hash: String,
}

/// SHA-256 in hexadecimal digits.
pub fn hash_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

impl Folder {
    /// Copies a file into the folder of attachments under its own name, or under that name with a number if another file has
    /// it. A file that lies below the project folder already stays where it is, and
    /// one whose contents are there already is not copied again.
    ///
    /// # Errors
    /// If the file cannot be read, has more than `at_most` bytes or a name that is no text, or if the copy cannot be written.
    pub fn attach(&self, file: &Path, at_most: u64) -> Result<Attached, StoreError> {
        let bytes = self.disk.read(file, at_most).map_err(StoreError::system(READING, file))?;
        let title = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let attached = |path| Attached { path, title, hash: hash_of(&bytes) };
        if let Some(inside) = path_below(file, &self.path) {
            return Ok(attached(inside));
        }
        if self.read_only {
            return Err(StoreError::ReadOnly(self.path.clone()));
        }
        let folder = self.path.join(ATTACHMENTS);
        self.disk.make_folder(&folder).map_err(StoreError::system("Making the folder", &folder))?;
        let part = |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).map(safe).unwrap_or_default();
        let (stem, ending) = (part(file.file_stem()), part(file.extension()));
        for copy in 1_u32.. {
            let number = if copy == 1 { String::new() } else { format!("-{copy}") };
            let name = format!("{stem}{number}.{ending}");
            let target = folder.join(&name);
            let is_free = match fs::symlink_metadata(&target) {
                Ok(_) => false,
                Err(error) => error.kind() == io::ErrorKind::NotFound,
            };
            if is_free {
                self.disk.write(&target, &bytes).map_err(StoreError::system("Writing", &target))?;
            } else if self.disk.read(&target, at_most).ok().as_ref() != Some(&bytes) {
                continue;
            }
            return Ok(attached(format!("{ATTACHMENTS}/{name}")));
        }
        Err(StoreError::system("Writing", &folder)(io::ErrorKind::AlreadyExists.into()))
    }
}

/// A part of a name that every system takes.
fn safe(part: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.') { c } else { '-' };
    let part: String = part.trim_start_matches('.').chars().map(safe).collect();
    if part.trim().is_empty() { "file".to_owned() } else { part }
}

/// The path of a file below a folder with forward slashes, if it lies there and its names are text and not hidden.
fn path_below(file: &Path, folder: &Path) -> Option<String> {
    let (file, folder) = (fs::canonicalize(file).ok()?, fs::canonicalize(folder).ok()?);
    let parts = file.strip_prefix(folder).ok()?.components().map(|part| match part {
        Component::Normal(name) => name.to_str().map(str::to_owned),
        _ => None,
    });
    let path = parts.collect::<Option<Vec<String>>>()?.join("/");
    crate::model::report_profile::is_path_below(&path).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Library, Project};
    use crate::store::create::create;

    #[test]
    fn nothing_is_written_over_and_nothing_twice() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = create(&scratch.path().join("project"), &Project::new(Library::default())).unwrap();
        let elsewhere = |name: &str, bytes: &[u8]| {
            let file = scratch.path().join(name);
            fs::write(&file, bytes).unwrap();
            file
        };
        let attach = |file: &Path| folder.attach(file, 100).map(|attached| attached.path);
        assert_eq!(attach(&elsewhere("logo.png", b"one")).unwrap(), "attachments/logo.png");
        assert_eq!(attach(&elsewhere("logo.png", b"two")).unwrap(), "attachments/logo-2.png");
        assert_eq!(attach(&elsewhere("logo.png", b"two")).unwrap(), "attachments/logo-2.png");
        assert_eq!(attach(&elsewhere("logo.png", b"one")).unwrap(), "attachments/logo.png");
        let inside = folder.path().join("attachments").join("logo-2.png");
        assert_eq!(attach(&inside).unwrap(), "attachments/logo-2.png");
        assert_eq!(fs::read(folder.path().join("attachments/logo.png")).unwrap(), b"one");
        assert_eq!(fs::read_dir(folder.path().join("attachments")).unwrap().count(), 2);
        let of_two = folder.attach(&elsewhere("logo.png", b"one"), 100).unwrap();
        assert_eq!(of_two.title, "logo");
        assert_eq!(of_two.hash, "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
        assert!(attach(&elsewhere("large.png", &[0; 101])).is_err());
        let error = attach(&scratch.path().join("none.png")).unwrap_err().to_string();
        assert!(error.contains("none.png"), "{error}");
        assert_eq!((safe(".bashrc"), safe("a:b?"), safe("")), ("bashrc".into(), "a-b-".into(), "file".into()));
    }
}
