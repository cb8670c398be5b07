//! The pictures of a report: each is in the file once, however many pages show it.
//!
//! PDF/A-2b (ISO 19005-2): pictures are RGB of eight bits, which the output intent covers (6.2.4.3), deflated and not
//! interpolated (6.2.8); what lets the paper through is a soft mask, which part 2 of the standard allows (6.2.10).

use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::super::display::{Item, Page};
use super::super::picture::Picture;
use super::{PdfError, deflate};

/// The pictures in the order in which pages show them first.
pub(super) struct Pictures<'p>(Vec<&'p Picture>);

impl<'p> Pictures<'p> {
    /// The different pictures on the pages.
    pub fn of_pages(pages: &'p [Page]) -> Self {
        let mut found: Vec<&Arc<Picture>> = Vec::new();
        let mut different: Vec<&Picture> = Vec::new();
        for item in pages.iter().flat_map(|page| &page.items) {
            let Item::Picture { picture, .. } = item else { continue };
            if found.iter().any(|known| Arc::ptr_eq(known, picture)) {
                continue;
            }
            found.push(picture);
            if different.iter().all(|known| known.hash() != picture.hash()) {
                different.push(picture);
            }
        }
        Self(different)
    }

    /// The number of a picture among the resources of a page.
    pub fn number(&self, picture: &Picture) -> Option<usize> {
        self.0.iter().position(|known| known.hash() == picture.hash())
    }

    /// What is shown, for the identity of the file.
    pub fn hashes(&self) -> impl Iterator<Item = &[u8; 32]> {
        self.0.iter().map(|picture| picture.hash())
    }

    /// Whether the paper shows through any of them.
    pub fn are_transparent(&self) -> bool {
        self.0.iter().any(|picture| picture.alpha().is_some())
    }

    /// Writes the pictures and names them in the resources of the pages.
    pub fn add(&self, document: &mut Document, resources: ObjectId) -> Result<(), PdfError> {
        let mut named = Dictionary::new();
        for (number, picture) in self.0.iter().enumerate() {
            let mut dictionary = image(picture, "DeviceRGB");
            if let Some(alpha) = picture.alpha() {
                let mask = Stream::new(image(picture, "DeviceGray"), deflate(&alpha)?);
                dictionary.set("SMask", document.add_object(mask));
            }
            let stream = Stream::new(dictionary, deflate(&picture.rgb())?);
            named.set(name(number), Object::Reference(document.add_object(stream)));
        }
        if !self.0.is_empty() {
            document.get_dictionary_mut(resources)?.set("XObject", named);
        }
        Ok(())
    }
}

/// The name of a picture among the resources of a page.
pub(super) fn name(number: usize) -> String {
    format!("Im{}", number + 1)
}

fn image(picture: &Picture, colours: &str) -> Dictionary {
    let (width, height) = picture.size();
    let mut dictionary = Dictionary::new();
    dictionary.set("Type", "XObject");
    dictionary.set("Subtype", "Image");
    dictionary.set("Width", i64::from(width));
    dictionary.set("Height", i64::from(height));
    dictionary.set("ColorSpace", colours);
    dictionary.set("BitsPerComponent", 8);
    dictionary.set("Filter", "FlateDecode");
    dictionary
}
