//! Fonts of the system, for characters that no bundled font has.
//!
//! Nothing is looked for until a text has such a character, and nothing at all unless the program allows it at its start:
//! what is tested does not depend on the machine. The choice among faces follows a fixed order of families and names, never
//! the order in which they are found, so that the same fonts give the same pages. A face whose maker does not let it be
//! embedded is passed over; [`passed_over`] names it.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use harfrust::{GlyphBuffer, ShapeOptions, ShapePlan, UnicodeBuffer};
use skrifa::GlyphId;
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use unicode_script::Script;

use super::fonts::{Metrics, Style};

mod by_number;
mod families;
mod listing;
mod rights;

pub use by_number::{character_of, numbered};
pub use families::Tradition;
pub use rights::Rights;

use listing::{Loaded, Wanted, handle, listing};

/// Where fonts may be looked for.
#[derive(Debug, Clone)]
pub enum Allowed {
    /// Where the system keeps them.
    System,
    /// In these folders only.
    Folders(Vec<PathBuf>),
    /// Font files in memory.
    Files(Vec<Vec<u8>>),
}

/// Allows to look for fonts, once for the whole run: faces that were given out stay. Says whether this was the first time.
pub fn allow(allowed: Allowed) -> bool {
    listing::allow(allowed)
}

/// Whether fonts may be looked for.
pub fn are_allowed() -> bool {
    listing::is_allowed()
}

/// Families that have a character but whose makers do not let them be embedded, sorted.
pub fn passed_over(character: char) -> Vec<&'static str> {
    listing().map(|listing| listing.passed_over(character)).unwrap_or_default()
}

/// A face of the system. Faces are ordered by their names and places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SystemFace(u16);

impl SystemFace {
    /// The face for characters that belong together, a letter with its marks: one that has them all, or else one that has
    /// the first.
    pub fn find(characters: &[char], script: Script, tradition: Tradition, style: Style) -> Option<Self> {
        let wanted = Wanted { script, tradition, style };
        let listing = listing()?;
        let all = listing.choose_for_all(wanted, characters);
        handle(all.or_else(|| listing.choose(wanted, *characters.first()?))?)
    }

    fn loaded(self) -> Option<&'static Loaded> {
        listing()?.loaded(usize::from(self.0))
    }

    /// The face with a number.
    pub fn with_number(number: u16) -> Option<Self> {
        handle(usize::from(number))
    }

    /// A number for the face that holds while the program runs.
    pub fn number(self) -> u16 {
        self.0
    }

    /// The name of the face within a document that embeds it.
    pub fn name(self) -> &'static str {
        listing().map_or("", |listing| listing.face(usize::from(self.0)).name.as_str())
    }

    /// The font file, and the number of the face in it.
    pub fn file(self) -> (&'static [u8], u32) {
        self.loaded().map_or((&[], 0), |loaded| (loaded.bytes.as_slice(), loaded.index))
    }

    /// Whether its outlines are those of TrueType; if not, they are those of PostScript.
    pub fn is_truetype(self) -> bool {
        self.loaded().is_some_and(|loaded| loaded.is_truetype)
    }

    /// How it may be embedded.
    pub fn rights(self) -> Rights {
        self.loaded().map_or(Rights::Barred, |loaded| loaded.rights)
    }

    /// Vertical measures.
    pub fn metrics(self) -> Metrics {
        self.loaded().map(|loaded| loaded.metrics).unwrap_or_default()
    }

    /// Whether it has a glyph for the character.
    pub fn covers(self, character: char) -> bool {
        listing().is_some_and(|listing| listing.covers(usize::from(self.0), character))
    }

    /// How far a glyph moves the pen, in thousandths of the font size.
    pub fn advance(self, glyph: u16) -> u16 {
        let font = self.loaded().and_then(Loaded::font);
        let metrics = font.as_ref().map(|font| font.glyph_metrics(Size::new(1000.0), LocationRef::default()));
        let advance = metrics.and_then(|metrics| metrics.advance_width(GlyphId::from(glyph)));
        advance.unwrap_or(0.0).round().clamp(0.0, 65_535.0) as u16
    }

    /// Left, bottom, right and top of the ink of a glyph from the pen, in parts of the font size; all the same if it has none.
    pub fn ink(self, glyph: u16) -> [f32; 4] {
        let Some(loaded) = self.loaded() else { return [0.0; 4] };
        if let Some(ink) = loaded.ink.read().unwrap_or_else(PoisonError::into_inner).get(&glyph) {
            return *ink;
        }
        let font = loaded.font();
        let metrics = font.as_ref().map(|font| font.glyph_metrics(Size::new(1.0), LocationRef::default()));
        let bounds = metrics.and_then(|metrics| metrics.bounds(GlyphId::from(glyph))).unwrap_or_default();
        let ink = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max];
        loaded.ink.write().unwrap_or_else(PoisonError::into_inner).insert(glyph, ink);
        ink
    }

    /// Shapes characters of one script in a language, all in one direction. Gives the glyphs, and the units of the font in its
    /// size.
    pub(super) fn shape(
        self,
        buffer: UnicodeBuffer,
        (script, runs_left, tradition): (Script, bool, Tradition),
    ) -> Option<(GlyphBuffer, f32)> {
        let loaded = self.loaded()?;
        let font = harfrust::FontRef::from_index(&loaded.bytes, loaded.index).ok()?;
        let shaper = loaded.shaper.shaper(&font).build();
        let key = (script, runs_left, tradition);
        let known = loaded.plans.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let plan = known.unwrap_or_else(|| {
            let language = buffer.language();
            let plan =
                Arc::new(ShapePlan::new(&shaper, buffer.direction(), Some(buffer.script()), language.as_ref(), &[]));
            loaded.plans.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&plan));
            plan
        });
        Some((shaper.shape(buffer, ShapeOptions::new().plan(Some(&plan))), loaded.units))
    }
}
