//! The few things the store asks of a disk, so that a test can stand in for one that is full or fails.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

/// A disk.
pub trait Disk: fmt::Debug + Send + Sync {
    /// The names of the files in a folder, sorted. A folder that has the name of a RON file is among them: it stands in the
    /// place of one, and reading it says so.
    ///
    /// # Errors
    /// If the folder does not exist or may not be read.
    fn files(&self, folder: &Path) -> io::Result<Vec<String>>;

    /// The contents of a file.
    ///
    /// # Errors
    /// If the file does not exist or may not be read; [`io::ErrorKind::FileTooLarge`] if it has more than `at_most` bytes.
    fn read(&self, path: &Path, at_most: u64) -> io::Result<Vec<u8>>;

    /// Writes a file and waits until it is on the disk. Replaces what was there.
    ///
    /// # Errors
    /// If the disk is full or the file may not be written.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Puts a file into the place of another, at once. The new one gets the rights of the old one.
    ///
    /// # Errors
    /// If the place may not be written, or another program holds the file.
    fn replace(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// If it does not exist or may not be removed.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes a folder with those above it. One that exists is no error.
    ///
    /// # Errors
    /// If it may not be made.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// Whether a file exists and is marked as not to be written.
    fn is_read_only(&self, path: &Path) -> bool;
}

/// The disk of the system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemDisk;

impl Disk for SystemDisk {
    fn files(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if !path.is_dir() || path.extension().is_some_and(|ending| ending == "ron") {
                names.extend(path.file_name().and_then(|name| name.to_str()).map(str::to_owned));
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    fn read(&self, path: &Path, at_most: u64) -> io::Result<Vec<u8>> {
        // To open a pipe would wait for somebody to write into it.
        let kind = fs::metadata(path)?.file_type();
        if kind.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !kind.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a device or a pipe, not a file"));
        }
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        if size > at_most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut bytes = Vec::with_capacity(size as usize);
        // A file that grows meanwhile, or a device that never ends, stops at the limit.
        file.take(at_most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > at_most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn replace(&self, from: &Path, to: &Path) -> io::Result<()> {
        // Where the place is a link to a file elsewhere, that file is meant.
        let to = fs::canonicalize(to).unwrap_or_else(|_| to.to_owned());
        if let Ok(old) = fs::metadata(&to) {
            fs::set_permissions(from, old.permissions())?;
        }
        rename_patiently(from, &to)?;
        // The new name counts only once the folder is on the disk, too. Not every system can wait for that.
        if let Some(Ok(folder)) = to.parent().map(File::open) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn is_read_only(&self, path: &Path) -> bool {
        fs::metadata(path).is_ok_and(|file| file.permissions().readonly())
    }
}

/// Windows refuses to rename over a file while a virus scanner or an indexer looks at it, which takes moments.
fn rename_patiently(from: &Path, to: &Path) -> io::Result<()> {
    const PAUSES_MS: [u64; 5] = [10, 30, 80, 200, 500];
    for pause in PAUSES_MS {
        match fs::rename(from, to) {
            Err(error) if cfg!(windows) && error.kind() == io::ErrorKind::PermissionDenied => {
                std::thread::sleep(std::time::Duration::from_millis(pause));
            }
            other => return other,
        }
    }
    fs::rename(from, to)
}
