//! New project folders: for a new project, a generated one, and *save as*.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::model::project::Project;
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
            return Err(StoreError::NotEmpty(path.to_owned()));
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
        if path.starts_with(&self.path) {
            // It would be copied into itself.
            return Err(StoreError::NotEmpty(path.to_owned()));
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
