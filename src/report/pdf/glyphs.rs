//! Which glyphs of fonts of the system a report uses, and what each of them says.
//!
//! A glyph has one code in the file, and its code one text. Where it stands for other words, or several glyphs stand for
//! some together, the words are written beside them (`ActualText`).

use std::collections::BTreeMap;

use rayon::prelude::*;
use subsetter::GlyphRemapper;

use crate::base::shaping::Ink;
use crate::base::system_fonts::{Rights, SystemFace};

use super::super::display::{Item, Page};

/// The glyphs in use by number, each with its text; blank for one that never stands alone.
type Glyphs = BTreeMap<u16, String>;

/// The glyphs in use of all fonts of the system.
#[derive(Debug, Default)]
pub(super) struct SystemGlyphs(BTreeMap<SystemFace, Used>);

/// The glyphs in use of a face.
#[derive(Debug)]
pub(super) struct Used {
    /// The place of the face among those of the system in the file.
    pub number: usize,
    /// By their number in the font.
    pub glyphs: BTreeMap<u16, Written>,
    /// Their numbers in the font that is embedded.
    pub remapper: GlyphRemapper,
}

/// How a glyph is written.
#[derive(Debug)]
pub(super) struct Written {
    /// The number of the glyph in the font that is embedded.
    pub code: u16,
    /// What it says.
    pub text: String,
    /// How far it moves the pen, in thousandths of the font size.
    pub advance: u16,
}

impl SystemGlyphs {
    /// The glyphs of all pages.
    pub fn of_pages(pages: &[Page]) -> Self {
        let found = pages.par_iter().fold(BTreeMap::new, with_page).reduce(BTreeMap::new, and);
        let faces = found.into_iter().enumerate().map(|(number, (face, glyphs))| {
            let mut remapper = GlyphRemapper::new();
            let is_whole = face.rights() == Rights::Whole;
            let mut code = |glyph| if is_whole { glyph } else { remapper.remap(glyph) };
            let code = |(glyph, text)| (glyph, Written { code: code(glyph), text, advance: face.advance(glyph) });
            let glyphs = glyphs.into_iter().map(code).collect();
            (face, Used { number, glyphs, remapper })
        });
        Self(faces.collect())
    }

    /// The faces in use, in order.
    pub fn faces(&self) -> impl Iterator<Item = (SystemFace, &Used)> {
        self.0.iter().map(|(face, used)| (*face, used))
    }

    /// The place of a face in the file, and how one of its glyphs is written.
    pub fn get(&self, face: SystemFace, glyph: u16) -> Option<(usize, &Written)> {
        let used = self.0.get(&face)?;
        Some((used.number, used.glyphs.get(&glyph)?))
    }
}

fn with_page(mut found: BTreeMap<SystemFace, Glyphs>, page: &Page) -> BTreeMap<SystemFace, Glyphs> {
    for item in &page.items {
        let Item::Text(text) = item else { continue };
        for part in text.shaped.iter().flat_map(|shaped| &shaped.parts) {
            let Ink::Glyphs { face, glyphs } = &part.ink else { continue };
            let words = text.text.get(part.range.clone()).unwrap_or_default();
            let known = found.entry(*face).or_default();
            match glyphs.as_slice() {
                [only] => keep(known, only.id, words),
                several => several.iter().for_each(|glyph| keep(known, glyph.id, "")),
            }
        }
    }
    found
}

/// Of several texts of a glyph the shortest is kept, and of these the first by its characters: whichever page comes first.
fn keep(known: &mut Glyphs, glyph: u16, text: &str) {
    let current = known.entry(glyph).or_default();
    if current.is_empty() || (!text.is_empty() && (text.len(), text) < (current.len(), current.as_str())) {
        text.clone_into(current);
    }
}

fn and(mut one: BTreeMap<SystemFace, Glyphs>, other: BTreeMap<SystemFace, Glyphs>) -> BTreeMap<SystemFace, Glyphs> {
    for (face, glyphs) in other {
        let known = one.entry(face).or_default();
        for (glyph, text) in glyphs {
            keep(known, glyph, &text);
        }
    }
    one
}
