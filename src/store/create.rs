//! New project folders: for a new project, a generated one, and *save as*.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::model::project::Project;
use crate::store::attachments::ATTACHMENTS;
use crate::store::autosave::OWN_FOLDER;
use crate::store::disk::{Disk, SystemDisk};
use crate::store::error::StoreError;
use crate::store::folder::Folder;
use crate::store::homes::FileName;
use crate::store::render::still_aside;

/// Makes a project folder. The folder may exist if it is empty but for hidden files, such as those of Git.
///
/// # Errors
/// If the folder holds something, cannot be made, or a file cannot be written.
pub fn create(path: &Path, project: &Project) -> Result<Folder, StoreError> {
    create_on(Arc::new(SystemDisk), path, project)
}

/// Makes a project folder on a given disk. See [`create`].
///
/// # Errors
/// See [`create`].
pub fn create_on(disk: Arc<dyn Disk>, path: &Path, project: &Project) -> Result<Folder, StoreError> {
    make_empty(disk.as_ref(), path)?;
    // Against an empty project everything is new.
    let nothing = Project::new(project.library().clone());
    let mut folder = Folder::new(disk, path, BTreeMap::new(), BTreeMap::new(), nothing);
    folder.save(project)?;
    Ok(folder)
}

/// Whether a path, of which the end may not exist yet, lies in a folder, however both are written.
fn lies_within(path: &Path, folder: &Path) -> bool {
    let (Ok(path), Ok(folder)) = (std::path::absolute(path), fs::canonicalize(folder)) else { return false };
    path.ancestors().any(|above| fs::canonicalize(above).is_ok_and(|above| above == folder))
}

/// Makes a project folder from files as they are, some of them in its folder of attachments. All of them are written, or
/// none.
///
/// # Errors
/// See [`create`].
pub fn create_from(path: &Path, files: &[(&str, &str)], attachments: &[(&str, &[u8])]) -> Result<(), StoreError> {
    let disk = SystemDisk;
    make_empty(&disk, path)?;
    let inner = path.join(ATTACHMENTS);
    if !attachments.is_empty() {
        disk.make_folder(&inner).map_err(StoreError::system("Making the folder", &inner))?;
    }
    let texts = files.iter().map(|(name, text)| (path.join(name), text.as_bytes()));
    let all: Vec<_> = texts.chain(attachments.iter().map(|(name, bytes)| (inner.join(name), *bytes))).collect();
    for (at, (file, bytes)) in all.iter().enumerate() {
        if let Err(error) = disk.write(file, bytes) {
            // What cannot be removed is found by the next attempt, which says that the folder is not empty.
            for (written, _) in &all[..=at] {
                let _ = disk.remove(written);
            }
            if !attachments.is_empty() {
                let _ = fs::remove_dir(&inner);
            }
            return Err(StoreError::system("Writing", file)(error));
        }
    }
    Ok(())
}

fn make_empty(disk: &dyn Disk, path: &Path) -> Result<(), StoreError> {
    let failed = || StoreError::system("Making the folder", path);
    match fs::read_dir(path) {
        Ok(entries) => {
            for entry in entries {
                let name = entry.map_err(failed())?.file_name();
                if !name.to_string_lossy().starts_with('.') {
                    return Err(StoreError::NotEmpty(path.to_owned()));
                }
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => disk.make_folder(path).map_err(failed())?,
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(StoreError::NotAFolder(path.to_owned()));
        }
        Err(error) => return Err(failed()(error)),
    }
    Ok(())
}

impl Folder {
    /// Saves the project to another folder, which must be new or empty. What else is in the old one goes along: attachments,
    /// own profiles and classes, and files that could not be read. The old folder stays as it is.
    ///
    /// # Errors
    /// If the folder holds something or the system refuses.
    pub fn save_as(&self, path: &Path, project: &Project) -> Result<Self, StoreError> {
        if lies_within(path, &self.path) {
            return Err(StoreError::Within(path.to_owned()));
        }
        make_empty(self.disk.as_ref(), path)?;
        let nothing = Project::new(project.library().clone());
        let aside = self.files.keys().map(|name| (name.clone(), still_aside(self, project, name).collect())).collect();
        let mut folder = Self::new(self.disk.clone(), path, BTreeMap::new(), aside, nothing);
        let broken = self.files.iter().filter(|(_, file)| file.broken);
        folder.files.extend(broken.map(|(name, file)| (name.clone(), file.clone())));
        folder.save(project)?;
        self.copy_rest(&self.path, path, 0).map_err(StoreError::system("Copying to", path))?;
        Ok(folder)
    }

    /// Copies what a save does not write, but for what belongs to the program or to Git.
    fn copy_rest(&self, from: &Path, to: &Path, depth: usize) -> io::Result<()> {
        /// Links may lead in circles.
        const DEEPEST: usize = 32;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let name = entry.file_name();
            let target = to.join(&name);
            let is_written = depth == 0
                && name
                    .to_str()
                    .and_then(FileName::new)
                    .and_then(|name| self.files.get(&name))
                    .is_some_and(|file| !file.broken);
            if is_written || name == OWN_FOLDER || name == ".git" || target.is_file() || depth > DEEPEST {
                continue;
            }
            if entry.path().is_dir() {
                fs::create_dir_all(&target)?;
                self.copy_rest(&entry.path(), &target, depth + 1)?;
            } else {
                fs::copy(entry.path(), &target)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_written_all_or_none() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("project");
        let bad = [("a.ron", "1"), ("no-such-folder/b.ron", "2")];
        let error = create_from(&folder, &bad, &[("logo.png", b"3")]).unwrap_err().to_string();
        assert!(error.contains("b.ron failed: it does not exist"), "{error}");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        create_from(&folder, &[("a.ron", "1"), ("b.ron", "2")], &[("logo.png", b"3")]).unwrap();
        assert_eq!(fs::read(folder.join("attachments/logo.png")).unwrap(), b"3");
        assert_eq!(fs::read(folder.join("b.ron")).unwrap(), b"2");
        assert!(matches!(create_from(&folder, &[], &[]), Err(StoreError::NotEmpty(_))));
    }
}
