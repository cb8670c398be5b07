//! The zip container of xlsx and ods, unpacked part by part within the budget.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::budget::Budget;
use super::error::Fault;

/// An opened container.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Place of each part by its normalised name.
    parts: HashMap<String, usize>,
}

impl<'b> Package<'b> {
    /// Reads the directory of the container.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Fault::damaged("container", error))?;
        let parts = (0..archive.len())
            .filter_map(|index| Some((normal(&archive.name_for_index(index)?.ok()?), index)))
            .collect();
        Ok(Self { archive, parts })
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&normal(name))
    }

    /// Whether there is a part below this folder.
    pub fn has_below(&self, folder: &str) -> bool {
        self.parts.keys().any(|name| name.starts_with(folder))
    }

    /// The bytes of a part, or `None` if there is none of the name.
    ///
    /// The size that the directory declares is not trusted: what is really unpacked is counted.
    pub fn bytes(&mut self, name: &str, budget: &mut Budget) -> Result<Option<Vec<u8>>, Fault> {
        let Some(index) = self.parts.get(&normal(name)).copied() else { return Ok(None) };
        let part = match self.archive.by_index(index) {
            Ok(part) => part,
            Err(ZipError::UnsupportedArchive(reason)) if reason == ZipError::PASSWORD_REQUIRED => {
                return Err(Fault::Protected);
            }
            Err(error) => return Err(Fault::damaged(name, error)),
        };
        let limit = budget.left_to_unpack() + 1;
        let mut bytes = Vec::with_capacity(part.size().min(limit).min(1 << 24) as usize);
        let read = part.take(limit).read_to_end(&mut bytes);
        budget.unpack(bytes.len() as u64)?;
        read.map_err(|error| Fault::damaged(name, error))?;
        Ok(Some(bytes))
    }

    /// The text of an XML part, or `None` if there is none of the name.
    pub fn text(&mut self, name: &str, budget: &mut Budget) -> Result<Option<String>, Fault> {
        let Some(bytes) = self.bytes(name, budget)? else { return Ok(None) };
        super::xml::decode(bytes).map(Some).ok_or_else(|| Fault::damaged(name, "text that is neither UTF-8 nor UTF-16"))
    }
}

/// Names are compared without case and with either slash: some programs write them otherwise than they refer to them.
fn normal(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}
