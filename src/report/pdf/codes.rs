//! Which characters a report uses, and the two-byte code that each has in the PDF.
//!
//! Every character of a face has a code of its own, even where two share a glyph (a space and a no-break space, a
//! missing character and the next): so the map back to text is exact.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::base::fonts::{Face, Glyph, Style, fonts};
use crate::base::shaping::{Ink, Shaped};

use super::super::display::{Item, Page};

/// A code, with the face that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Code {
    /// The font to select.
    pub face: Face,
    /// The code of the character.
    pub code: u16,
}

/// One used character of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Used {
    /// The character.
    pub character: char,
    /// What draws it.
    pub glyph: Glyph,
}

/// Codes of the first characters, and of the others.
type Table = (Vec<Option<Code>>, HashMap<char, Code>);

/// The codes of a report.
pub(super) struct Codes {
    /// Per style.
    tables: [Table; 4],
    /// Per face the used characters; the code of the first is 1.
    pub used: BTreeMap<Face, Vec<Used>>,
}

const FLAT: usize = 0x2000;

impl Codes {
    /// Codes for all characters on the pages.
    pub fn of_pages(pages: &[Page]) -> Self {
        let sets =
            pages.par_iter().fold(Characters::new, Characters::with_page).reduce(Characters::new, Characters::and);
        let mut used: BTreeMap<Face, Vec<Used>> = BTreeMap::new();
        let tables = Style::ALL.map(|style| {
            let mut table = (vec![None; FLAT], HashMap::new());
            for character in sets.of_style(style) {
                let Some(glyph) = fonts().glyph(style, character) else { continue };
                let list = used.entry(glyph.face).or_default();
                // Only the symbol fonts serve several styles; their characters are few.
                let shared = matches!(glyph.face, Face::Math | Face::Symbols);
                let known = list.iter().position(|known| shared && known.character == character);
                let at = known.unwrap_or_else(|| {
                    list.push(Used { character, glyph });
                    list.len() - 1
                });
                // 65,535 different characters in one face: more than any font has. The rest shares the empty box.
                let code = Code { face: glyph.face, code: u16::try_from(at + 1).unwrap_or(0) };
                match table.0.get_mut(character as usize) {
                    Some(place) => *place = Some(code),
                    None => {
                        table.1.insert(character, code);
                    }
                }
            }
            table
        });
        Self { tables, used }
    }

    /// The code of a character, or `None` for one that shows nothing.
    pub fn get(&self, style: Style, character: char) -> Option<Code> {
        let (flat, high) = &self.tables[style as usize];
        flat.get(character as usize).copied().flatten().or_else(|| high.get(&character).copied())
    }
}

/// Sets of characters per style.
struct Characters([Vec<u64>; 4]);

const WORDS: usize = 0x11_0000 / 64;

impl Characters {
    fn new() -> Self {
        Self([const { Vec::new() }; 4])
    }

    fn with_page(mut self, page: &Page) -> Self {
        for item in &page.items {
            match item {
                Item::Text(text) => {
                    match &text.shaped {
                        Some(shaped) => self.add_bundled(text.style, &text.text, shaped),
                        None => self.add(text.style, &text.text),
                    }
                    if text.hyphen {
                        self.add(text.style, "-");
                    }
                }
                Item::Symbol { shape, .. } => {
                    if let Some(label) = shape.label() {
                        self.add(super::content::LABEL_STYLE, label);
                    }
                }
                Item::Line { .. } | Item::Rect { .. } | Item::Picture { .. } => {}
            }
        }
        self
    }

    fn add(&mut self, style: Style, text: &str) {
        let set = &mut self.0[style as usize];
        if set.is_empty() {
            set.resize(WORDS, 0);
        }
        for character in text.chars() {
            set[character as usize / 64] |= 1 << (character as usize % 64);
        }
    }

    /// Adds what shaped words draw with bundled glyphs.
    fn add_bundled(&mut self, style: Style, text: &str, shaped: &Shaped) {
        for part in &shaped.parts {
            match part.ink {
                Ink::Text => self.add(style, text.get(part.range.clone()).unwrap_or_default()),
                Ink::Mirrored(character) => self.add(style, character.encode_utf8(&mut [0; 4])),
                Ink::Glyphs { .. } => {}
            }
        }
    }

    fn and(mut self, other: Self) -> Self {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            if mine.is_empty() {
                *mine = theirs;
            } else {
                mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine |= theirs);
            }
        }
        self
    }

    fn of_style(&self, style: Style) -> impl Iterator<Item = char> {
        self.0[style as usize].iter().enumerate().filter(|(_, word)| **word != 0).flat_map(|(at, word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .filter_map(move |bit| char::from_u32((at * 64 + bit) as u32))
        })
    }
}
