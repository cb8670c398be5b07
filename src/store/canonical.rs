//! The canonical form of files, for `fmt` and for strict checks.

use std::path::Path;

use rayon::prelude::*;

use crate::model::finding::Finding;
use crate::store::codes::NOT_CANONICAL;
use crate::store::disk::{Disk, SystemDisk};
use crate::store::error::{READING, StoreError};
use crate::store::homes::FileName;
use crate::store::lock::{self, LockState};
use crate::store::read::{bytes_of, contents_of};
use crate::store::schema::v1::files::write;

/// The canonical bytes of a file.
///
/// # Errors
/// A finding, if the file cannot be read.
pub fn canonical(name: &FileName, bytes: &[u8]) -> Result<Vec<u8>, Box<Finding>> {
    let contents = contents_of(name, bytes)?;
    // What was read from this kind of file always fits into it.
    write(name.kind(), &contents).map(String::into_bytes).map_err(|error| {
        let message = format!("{name} cannot be written: {error}");
        Box::new(NOT_CANONICAL.at(name.as_str(), None, message))
    })
}

/// A file of a folder and how it stands.
#[derive(Debug)]
pub struct Form {
    /// The file.
    pub name: FileName,
    /// Its canonical bytes if it has others now, nothing if it is canonical, or what is wrong with it.
    pub state: Result<Option<Vec<u8>>, Box<Finding>>,
}

/// How the files of a project folder stand.
///
/// # Errors
/// If the folder cannot be listed, or holds no project.
pub fn forms(folder: &Path) -> Result<Vec<Form>, StoreError> {
    if !folder.is_dir() {
        return Err(StoreError::no_folder(folder));
    }
    let listed = SystemDisk.files(folder).map_err(StoreError::system(READING, folder))?;
    let names: Vec<FileName> = listed.iter().filter_map(|name| FileName::new(name)).collect();
    if !names.contains(&FileName::project()) {
        return Err(StoreError::NoProject(folder.to_owned()));
    }
    let form = |name: FileName| {
        let state = bytes_of(&SystemDisk, folder, &name)
            .and_then(|bytes| canonical(&name, &bytes).map(|form| (form != bytes).then_some(form)));
        Form { name, state }
    };
    Ok(names.into_par_iter().map(form).collect())
}

/// Findings for the files of a folder that are not canonical. Broken files are left to [`crate::store::open::open`].
///
/// # Errors
/// See [`forms`].
pub fn not_canonical(folder: &Path) -> Result<Vec<Finding>, StoreError> {
    let differing = forms(folder)?.into_iter().filter(|form| matches!(form.state, Ok(Some(_))));
    Ok(differing
        .map(|form| NOT_CANONICAL.at(form.name.as_str(), None, format!("{} is not in canonical form", form.name)))
        .collect())
}

/// Writes canonical bytes into the place of a file.
///
/// # Errors
/// If another program holds the project, the file is write-protected, or the system refuses; the file is then as it was.
pub fn put_in_form(folder: &Path, name: &FileName, bytes: &[u8]) -> Result<(), StoreError> {
    if let LockState::Other(holder) = lock::state(folder) {
        let holder = holder.map_or_else(|| "somebody".to_owned(), |holder| holder.to_string());
        return Err(StoreError::Held { folder: folder.to_owned(), holder });
    }
    let path = folder.join(name.as_str());
    if SystemDisk.is_read_only(&path) {
        return Err(StoreError::Protected(path));
    }
    let temporary = folder.join(format!(".{name}.saving"));
    let written = SystemDisk.write(&temporary, bytes).and_then(|()| SystemDisk.replace(&temporary, &path));
    written.map_err(|error| {
        let _ = SystemDisk.remove(&temporary);
        StoreError::system("Writing", &path)(error)
    })
}
