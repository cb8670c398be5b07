//! Files that prove an element, read from the project folder: pages of another PDF, or a picture.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::base::text::{is_blank, quoted};
use crate::model::Project;
use crate::model::message::{Message, Term, says};
use crate::model::ppap::PpapElement;
use crate::model::project_data::Attachment;
use crate::model::reference::Ref;
use crate::model::report_profile::is_path_below;
use crate::report::bind::{ForeignPdf, LARGEST};
use crate::report::picture::Picture;
use crate::store::attachments::hash_of;

/// A file that can be bound.
#[derive(Debug)]
pub enum Evidence {
    /// Pages of another file.
    Pdf(Box<ForeignPdf>),
    /// A picture, which gets a page of its own.
    Picture(Picture),
}

/// The attachments of an element that exist in the project.
pub(super) fn attachments<'p>(project: &'p Project, element: &'p PpapElement) -> impl Iterator<Item = &'p Attachment> {
    element.attachments.iter().filter_map(Ref::present).filter_map(|id| project.get(id))
}

/// What people call an attachment.
pub(super) fn title(attachment: &Attachment) -> &str {
    if is_blank(&attachment.title) { &attachment.path } else { &attachment.title }
}

/// Reads an attachment.
///
/// # Errors
/// In words that name the file and what to do: it is missing, outside of the project, too large, encrypted, broken, or
/// neither PDF nor picture.
pub(super) fn read(folder: &Path, attachment: &Attachment) -> Result<Evidence, Message> {
    let path: &str = &attachment.path;
    let refused = |reason: &str| {
        says!("The attachment {file} cannot be bound: {reason}", file = quoted(path), reason = Term(reason))
    };
    if !is_path_below(path) {
        return Err(refused("it does not lie in the project folder; attach the file again"));
    }
    let bytes = bytes(&folder.join(path)).map_err(|error| refused(&reason(&error)))?;
    if bytes.len() as u64 > LARGEST {
        let limit = LARGEST / (1024 * 1024);
        return Err(refused(&format!("it has more than {limit} MB; save it with smaller pictures")));
    }
    if bytes.is_empty() {
        return Err(refused("the file is empty; put the right one in its place or attach it again"));
    }
    let start = &bytes[..bytes.len().min(1024)];
    if start.windows(5).any(|window| window == b"%PDF-") {
        return ForeignPdf::read(&bytes)
            .map(|file| Evidence::Pdf(Box::new(file)))
            .map_err(|error| refused(&error.to_string()));
    }
    match Picture::read_for_page(&bytes) {
        Ok(picture) => Ok(Evidence::Picture(picture)),
        Err(crate::report::picture::PictureError::Format) => {
            Err(refused("it is neither a PDF nor a PNG or JPEG picture; save or print it as PDF"))
        }
        Err(error) => Err(refused(&error.to_string())),
    }
}

/// Whether the file is not the one that was attached: somebody changed it since.
pub(super) fn was_changed(folder: &Path, attachment: &Attachment) -> bool {
    !is_blank(&attachment.hash)
        && is_path_below(&attachment.path)
        && bytes(&folder.join(&*attachment.path)).is_ok_and(|bytes| hash_of(&bytes) != *attachment.hash)
}

/// The contents of a file, of a larger one than may be bound only the beginning.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "the file is missing; put it back or attach it again".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder; attach the file itself".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read; change its permissions".to_owned(),
        _ => error.to_string(),
    }
}
