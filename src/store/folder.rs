//! What the program knows of a project folder between opening and saving.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::item::Item;
use crate::model::project::Project;
use crate::store::disk::Disk;
use crate::store::homes::FileName;
use crate::store::schema::v1::files::Stamp;

/// A project folder: which files are in it, as they were last read or written, and the project they make.
///
/// It goes to a thread that saves; a clone goes to one that autosaves.
#[derive(Debug, Clone)]
pub struct Folder {
    pub(super) disk: Arc<dyn Disk>,
    pub(super) path: PathBuf,
    pub(super) files: BTreeMap<FileName, OnDisk>,
    /// Items that could not stand without what is missing; they are written back with their file.
    pub(super) set_aside: BTreeMap<FileName, Vec<Item>>,
    /// The project that the files make.
    pub(super) saved: Project,
    pub(super) read_only: bool,
}

/// A file as it was last read or written.
#[derive(Debug, Clone)]
pub(super) struct OnDisk {
    /// Length and hash of the bytes; none if the file could not be had.
    pub print: Option<Print>,
    /// Which save wrote it.
    pub stamp: Stamp,
    /// Whether it could not be read; such a file is never written.
    pub broken: bool,
}

impl OnDisk {
    pub fn new(bytes: Option<&Vec<u8>>, stamp: Stamp, broken: bool) -> Self {
        Self { print: bytes.map(|bytes| Print::of(bytes)), stamp, broken }
    }
}

/// Tells bytes apart without keeping them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Print {
    length: usize,
    hash: u64,
}

impl Print {
    pub fn of(bytes: &[u8]) -> Self {
        // Tells one version of a file from another and guards against nobody; eight bytes at a time, because files are large.
        let mix = |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let (words, rest) = bytes.as_chunks::<8>();
        let hash = words.iter().fold(bytes.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
        let hash = rest.iter().fold(hash, |hash, byte| mix(hash, u64::from(*byte)));
        Self { length: bytes.len(), hash: hash ^ (hash >> 32) }
    }

    pub fn hash(self) -> u64 {
        self.hash
    }
}

impl Folder {
    pub(super) fn new(
        disk: Arc<dyn Disk>,
        path: &Path,
        files: BTreeMap<FileName, OnDisk>,
        set_aside: BTreeMap<FileName, Vec<Item>>,
        saved: Project,
    ) -> Self {
        Self { disk, path: path.to_owned(), files, set_aside, saved, read_only: false }
    }

    /// The path of the folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The project as it was last read or saved.
    pub fn saved(&self) -> &Project {
        &self.saved
    }

    /// The files that could not be read. They are never written.
    pub fn broken(&self) -> impl Iterator<Item = &FileName> {
        self.files.iter().filter(|(_, file)| file.broken).map(|(name, _)| name)
    }

    /// Whether the project may not be saved here.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Allows or forbids saving, as when somebody else holds the folder.
    pub fn set_read_only(&mut self, read_only: bool) {
        self.read_only = read_only;
    }

    /// The number of the latest save that a file names.
    pub(super) fn latest_save(&self) -> u64 {
        self.files.values().map(|file| file.stamp.number()).max().unwrap_or(0)
    }
}
