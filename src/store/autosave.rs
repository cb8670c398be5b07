//! Unsaved changes, kept aside in `.goldthread/autosave` until they are saved or given up.
//!
//! An autosave holds the files that would be written, and `autosave.ron`, written last, which says what they are based on. It
//! is offered after a crash as long as nobody has saved the same files since.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::project::{Library, Project};
use crate::store::disk::Disk;
use crate::store::error::StoreError;
use crate::store::folder::{Folder, Print};
use crate::store::homes::FileName;
use crate::store::open::{Opened, open_with};
use crate::store::read::LARGEST_FILE;
use crate::store::render::changed_files;
use crate::store::schema::writer;

/// The folder that belongs to the program, below the project folder. It never goes into version control.
pub const OWN_FOLDER: &str = ".goldthread";
const LIST: &str = "autosave.ron";

/// An autosave that was found.
#[derive(Debug, Clone)]
pub struct Autosave {
    /// When it was written, in the words of the program that wrote it.
    pub at: String,
    files: BTreeMap<FileName, Option<Vec<u8>>>,
}

impl Autosave {
    /// The files that would change.
    pub fn files(&self) -> impl Iterator<Item = &FileName> {
        self.files.keys()
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListFile {
    format: u32,
    at: String,
    files: Vec<EntryFile>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryFile {
    name: String,
    /// The save that the file on disk was from; `None` if there was no such file.
    based_on: Option<String>,
    /// Length of the autosaved file; `None` if its document was deleted.
    length: Option<usize>,
}

/// Makes the folder that belongs to the program and keeps it out of version control.
pub(super) fn own_folder(disk: &dyn Disk, project: &Path) -> std::io::Result<PathBuf> {
    let own = project.join(OWN_FOLDER);
    disk.make_folder(&own)?;
    let ignore = own.join(".gitignore");
    if disk.read(&ignore, LARGEST_FILE).is_err() {
        disk.write(&ignore, b"*\n")?;
    }
    Ok(own)
}

fn place(project: &Path) -> PathBuf {
    project.join(OWN_FOLDER).join("autosave")
}

impl Folder {
    /// Keeps the unsaved changes of a project aside. `at` says when, for the person who is asked to restore them. If there
    /// are none, an autosave that is left is cleared.
    ///
    /// # Errors
    /// If the system refuses. The files of the project are never touched.
    pub fn autosave(&self, project: &Project, at: &str) -> Result<(), StoreError> {
        let wanted = changed_files(self, project)?;
        let place = place(&self.path);
        clear(self.disk.as_ref(), &self.path);
        let changed: Vec<(&FileName, Option<&String>)> = wanted
            .texts
            .iter()
            .filter(|(name, text)| self.print_of(name) != Some(Print::of(text.as_bytes())))
            .map(|(name, text)| (name, Some(text)))
            .chain(wanted.gone.iter().map(|name| (name, None)))
            .collect();
        if changed.is_empty() {
            return Ok(());
        }
        let failed = |path: &Path| StoreError::system("Autosaving to", path);
        own_folder(self.disk.as_ref(), &self.path).map_err(failed(&place))?;
        self.disk.make_folder(&place).map_err(failed(&place))?;
        let mut list = ListFile { format: 1, at: at.to_owned(), files: Vec::new() };
        for (name, text) in changed {
            if let Some(text) = text {
                let path = place.join(name.as_str());
                self.disk.write(&path, text.as_bytes()).map_err(failed(&path))?;
            }
            list.files.push(EntryFile {
                name: name.to_string(),
                based_on: self.files.get(name).map(|file| file.stamp.save.clone()),
                length: text.map(String::len),
            });
        }
        let path = place.join(LIST);
        let text = writer::to_string(&list)
            .map_err(|error| StoreError::Contents { file: LIST.to_owned(), source: error.into() })?;
        self.disk.write(&path, text.as_bytes()).map_err(failed(&path))
    }

    /// The autosave that a crash left, if it is newer than the saved files.
    pub fn autosaved(&self) -> Option<Autosave> {
        let place = place(&self.path);
        let list = String::from_utf8(self.disk.read(&place.join(LIST), LARGEST_FILE).ok()?).ok()?;
        let list: ListFile = ron::from_str(&list).ok().filter(|list: &ListFile| list.format == 1)?;
        let mut files = BTreeMap::new();
        for entry in list.files {
            let name = FileName::new(&entry.name)?;
            if entry.based_on != self.files.get(&name).map(|file| file.stamp.save.clone()) {
                return None;
            }
            let bytes = match entry.length {
                // A length that is not the one in the list was written in part.
                Some(length) => {
                    let bytes = self.disk.read(&place.join(name.as_str()), LARGEST_FILE).ok()?;
                    Some(bytes).filter(|bytes| bytes.len() == length).map(Some)?
                }
                None => None,
            };
            files.insert(name, bytes);
        }
        Some(Autosave { at: list.at, files }).filter(|found| !found.files.is_empty())
    }

    /// Opens the project with the changes of an autosave. They are unsaved; the files on disk stay as they are.
    ///
    /// # Errors
    /// See [`crate::store::open::open`].
    pub fn restore(&self, autosave: &Autosave, library: Library) -> Result<Opened, StoreError> {
        let before = open_with(self.disk.clone(), &self.path, library.clone(), &BTreeMap::new())?;
        let mut opened = open_with(self.disk.clone(), &self.path, library, &autosave.files)?;
        opened.folder.files = before.folder.files;
        opened.folder.saved = before.folder.saved;
        opened.folder.read_only = self.read_only;
        Ok(opened)
    }

    /// Gives up the changes of an autosave.
    pub fn discard_autosave(&self) {
        clear(self.disk.as_ref(), &self.path);
    }

    fn print_of(&self, name: &FileName) -> Option<Print> {
        self.files.get(name).and_then(|file| file.print)
    }
}

/// Removes an autosave, the list first, so that half of one is none.
pub(super) fn clear(disk: &dyn Disk, project: &Path) {
    let place = place(project);
    let _ = disk.remove(&place.join(LIST));
    for name in disk.files(&place).unwrap_or_default() {
        let _ = disk.remove(&place.join(name));
    }
}
