//! Saves what changed: all new files are written beside the old ones first, and only then take their places.
//!
//! Up to the first replacement nothing on disk has changed. If a replacement fails, those before it are taken back.

use std::path::PathBuf;

use crate::model::project::Project;
use crate::store::autosave;
use crate::store::error::StoreError;
use crate::store::folder::{Folder, OnDisk, Print};
use crate::store::homes::FileName;
use crate::store::read::LARGEST_FILE;
use crate::store::render::changed_files;
use crate::store::schema::v1::files::{Stamp, restamped};

/// What a save did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// Files that were written.
    pub written: Vec<FileName>,
    /// Files that were removed with their document.
    pub removed: Vec<FileName>,
    /// Files that have changes in the program but could not be read when the project was opened, and so were not written.
    pub kept_back: Vec<FileName>,
}

/// A file about to be replaced.
struct Pending {
    name: FileName,
    path: PathBuf,
    temporary: PathBuf,
    text: String,
    stamp: Stamp,
    /// What stands on the disk now.
    before: Option<Vec<u8>>,
}

impl Folder {
    /// Whether saving the project would write or remove a file. Costs what changed, not what exists.
    pub fn is_dirty(&self, project: &Project) -> bool {
        !crate::store::render::dirty_files(&self.saved, project).is_empty()
    }

    /// Saves the project: writes the files whose bytes differ, removes those whose document was deleted, and clears the
    /// autosave.
    ///
    /// # Errors
    /// If the folder is open for reading only, a file changed on disk since it was read, a document has no file of its own,
    /// or the system refuses. The files are then as they were, unless the error says that they could not be put back.
    pub fn save(&mut self, project: &Project) -> Result<Saved, StoreError> {
        if self.read_only {
            return Err(StoreError::ReadOnly(self.path.clone()));
        }
        let wanted = changed_files(self, project)?;
        let mut texts: Vec<(FileName, String)> = wanted.texts.into_iter().collect();
        texts.retain(|(name, text)| {
            let on_disk = self.files.get(name).and_then(|file| file.print);
            on_disk != Some(Print::of(text.as_bytes()))
        });
        let pending = self.pending(texts)?;
        let mut gone: Vec<FileName> = wanted.gone.into_iter().collect();
        gone.retain(|name| self.files.contains_key(name));
        for name in &gone {
            self.as_it_was(name)?;
        }
        self.write_all(&pending)?;
        for name in &gone {
            // The document is gone from all that was just written; a file that stays behind would bring it back.
            let path = self.path.join(name.as_str());
            self.disk.remove(&path).map_err(StoreError::system("Removing", &path))?;
            self.files.remove(name);
        }
        self.saved = project.clone();
        autosave::clear(self.disk.as_ref(), &self.path);
        Ok(Saved {
            written: pending.into_iter().map(|file| file.name).collect(),
            removed: gone,
            kept_back: wanted.kept_back.into_iter().collect(),
        })
    }

    /// The new bytes under the stamp of this save, after a look at what is on the disk now.
    fn pending(&self, texts: Vec<(FileName, String)>) -> Result<Vec<Pending>, StoreError> {
        let number = self.latest_save() + 1;
        let save = format!("{number}-{}", mark(&texts));
        let names: Vec<String> = texts.iter().map(|(name, _)| name.to_string()).collect();
        texts
            .into_iter()
            .map(|(name, text)| {
                let before = self.as_it_was(&name)?;
                let path = self.path.join(name.as_str());
                if self.disk.is_read_only(&path) {
                    return Err(StoreError::Protected(path));
                }
                let saved_with = names.iter().filter(|other| **other != name.as_str()).cloned().collect();
                let stamp = Stamp { save: save.clone(), saved_with };
                let old = self.files.get(&name).map_or_else(Stamp::default, |file| file.stamp.clone());
                let text = restamped(&text, &old, &stamp)
                    .map_err(|source| StoreError::Contents { file: name.to_string(), source })?;
                let temporary = self.path.join(format!(".{name}.saving"));
                Ok(Pending { name, path, temporary, text, stamp, before })
            })
            .collect()
    }

    /// The bytes of a file on disk, which must be those that were last read or written; none if there is no such file.
    fn as_it_was(&self, name: &FileName) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.path.join(name.as_str());
        let now = match self.disk.read(&path, LARGEST_FILE) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(StoreError::system("Reading", &path)(error)),
        };
        let known = self.files.get(name).and_then(|file| file.print);
        if now.as_deref().map(Print::of) == known { Ok(now) } else { Err(StoreError::ChangedOnDisk(path)) }
    }

    /// The files that another program has changed, made or deleted since they were read or written here. All of them are
    /// read for that, so it is nothing for a frame.
    pub fn changed_on_disk(&self) -> Vec<String> {
        let changed = |name: &&FileName| matches!(self.as_it_was(name), Err(StoreError::ChangedOnDisk(_)));
        self.files.keys().filter(changed).map(ToString::to_string).collect()
    }

    fn write_all(&mut self, pending: &[Pending]) -> Result<(), StoreError> {
        for (at, file) in pending.iter().enumerate() {
            if let Err(error) = self.disk.write(&file.temporary, file.text.as_bytes()) {
                self.discard(&pending[..=at]);
                return Err(StoreError::system("Writing", &file.path)(error));
            }
        }
        for (at, file) in pending.iter().enumerate() {
            if let Err(error) = self.disk.replace(&file.temporary, &file.path) {
                let still_new = self.take_back(&pending[..at]);
                self.discard(&pending[at..]);
                return Err(if still_new.is_empty() {
                    StoreError::system("Replacing", &file.path)(error)
                } else {
                    StoreError::HalfSaved { path: file.path.clone(), replaced: still_new.join(", "), source: error }
                });
            }
        }
        for file in pending {
            let state =
                OnDisk { print: Some(Print::of(file.text.as_bytes())), stamp: file.stamp.clone(), broken: false };
            self.files.insert(file.name.clone(), state);
        }
        Ok(())
    }

    /// Puts the old bytes back where new ones are already; the names of those where that failed. They are known from now on by
    /// their new bytes, so that another save may try again.
    fn take_back(&mut self, replaced: &[Pending]) -> Vec<String> {
        let mut still_new = Vec::new();
        for file in replaced {
            let undone = match &file.before {
                Some(bytes) => self
                    .disk
                    .write(&file.temporary, bytes)
                    .and_then(|()| self.disk.replace(&file.temporary, &file.path)),
                None => self.disk.remove(&file.path),
            };
            if undone.is_err() {
                still_new.push(file.name.to_string());
                let print = Some(Print::of(file.text.as_bytes()));
                self.files.insert(file.name.clone(), OnDisk { print, stamp: file.stamp.clone(), broken: false });
            }
        }
        still_new
    }

    /// Removes what a failed save left behind. A file that cannot be removed does no harm: its name is no document's.
    fn discard(&self, pending: &[Pending]) {
        for file in pending {
            let _ = self.disk.remove(&file.temporary);
        }
    }
}

/// Ten characters that follow from what is written, so that the same project gives the same files everywhere.
fn mark(texts: &[(FileName, String)]) -> String {
    let sum = texts.iter().fold(0_u64, |sum, (_, text)| {
        sum.rotate_left(7).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ Print::of(text.as_bytes()).hash()
    });
    let id = crate::base::Id::<crate::model::document::Document>::from_raw(sum).to_string();
    id.rsplit('_').next().unwrap_or_default().to_owned()
}
