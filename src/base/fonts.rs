//! The bundled fonts: which glyph draws a character, and how wide it is.
//!
//! Screen and paper read the same files, so that both break lines at the same places. A character is looked up in the
//! style of Goldthread Sans, then in the two symbol fonts. A character that no font has keeps its place: it is drawn as
//! the empty box of the style, and [`Fonts::is_missing`] tells so.

use std::collections::HashMap;
use std::sync::OnceLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Style {
    /// Body text.
    #[default]
    Regular,
    /// Column headings.
    Medium,
    /// Titles.
    Bold,
    /// Marks of the program within a person's words, such as "(continued)".
    Italic,
}

impl Style {
    /// Every style.
    pub const ALL: [Self; 4] = [Self::Regular, Self::Medium, Self::Bold, Self::Italic];

    /// The face that is asked first.
    pub const fn face(self) -> Face {
        match self {
            Self::Regular => Face::Regular,
            Self::Medium => Face::Medium,
            Self::Bold => Face::Bold,
            Self::Italic => Face::Italic,
        }
    }
}

/// One font file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Goldthread Sans Regular.
    Regular,
    /// Goldthread Sans Medium.
    Medium,
    /// Goldthread Sans Bold.
    Bold,
    /// Goldthread Sans Italic.
    Italic,
    /// Arrows, operators, technical signs.
    Math,
    /// Technical signs, shapes, dingbats.
    Symbols,
}

impl Face {
    /// Every face.
    pub const ALL: [Self; 6] = [Self::Regular, Self::Medium, Self::Bold, Self::Italic, Self::Math, Self::Symbols];

    /// The font file.
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../assets/fonts/GoldthreadSans-Regular.ttf"),
            Self::Medium => include_bytes!("../../assets/fonts/GoldthreadSans-Medium.ttf"),
            Self::Bold => include_bytes!("../../assets/fonts/GoldthreadSans-Bold.ttf"),
            Self::Italic => include_bytes!("../../assets/fonts/GoldthreadSans-Italic.ttf"),
            Self::Math => include_bytes!("../../assets/fonts/NotoSansMath-Subset.ttf"),
            Self::Symbols => include_bytes!("../../assets/fonts/NotoSansSymbols2-Subset.ttf"),
        }
    }

    /// The name of the font within a document that embeds it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regular => "GoldthreadSans-Regular",
            Self::Medium => "GoldthreadSans-Medium",
            Self::Bold => "GoldthreadSans-Bold",
            Self::Italic => "GoldthreadSans-Italic",
            Self::Math => "NotoSansMath-Subset",
            Self::Symbols => "NotoSansSymbols2-Subset",
        }
    }
}

/// What draws a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// The font file.
    pub face: Face,
    /// The number of the glyph in the file; 0 is the empty box.
    pub id: u16,
    /// How far the pen moves, in thousandths of the font size.
    pub advance: u16,
}

/// Vertical measures of a face, in parts of the font size.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Metrics {
    /// From the baseline up to the highest letters.
    pub ascent: f32,
    /// From the baseline down to the lowest letters, positive.
    pub descent: f32,
    /// Height of capital letters.
    pub cap_height: f32,
    /// Left, bottom, right and top of the largest glyphs.
    pub bounds: [f32; 4],
}

/// How far the ink of a glyph may reach up and down from the baseline, and out of its width at both sides, in parts of the
/// font size: a line of a form has room for so much.
pub const REACH: [f32; 3] = [1.15, 0.42, 0.3];
/// A mark that does not move the pen may reach so far to its right; one that reaches farther would cover what follows.
const MARK_REACH: f32 = 0.5;

/// Characters below this are looked up in a flat table; all of Latin, Greek, Cyrillic, arrows and shapes are.
const FLAT: usize = 0x3000;

/// The tables of all styles, built once.
#[derive(Debug)]
pub struct Fonts {
    styles: [Table; 4],
    metrics: [Metrics; 6],
    /// Ink of the glyphs that reach farther than [`REACH`], and of marks.
    reaching: HashMap<(Face, u16), [f32; 4]>,
}

#[derive(Debug)]
struct Table {
    flat: Vec<Glyph>,
    high: HashMap<char, Glyph>,
    missing: Glyph,
}

/// The bundled fonts.
pub fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(Fonts::read)
}

impl Fonts {
    fn read() -> Self {
        let faces = Face::ALL.map(FaceData::read);
        let styles = Style::ALL.map(|style| {
            let own = &faces[style.face() as usize];
            let missing = Glyph { face: style.face(), id: 0, advance: own.missing_advance };
            let mut table = Table { flat: vec![missing; FLAT], high: HashMap::new(), missing };
            // The first in the order of look-up is written last.
            for face in [&faces[Face::Symbols as usize], &faces[Face::Math as usize], own] {
                for (character, glyph) in &face.glyphs {
                    match table.flat.get_mut(*character as usize) {
                        Some(place) => *place = *glyph,
                        None => {
                            table.high.insert(*character, *glyph);
                        }
                    }
                }
            }
            table
        });
        let reaching = faces.iter().flat_map(|face| face.reaching.iter().copied()).collect();
        Self { styles, metrics: faces.map(|face| face.metrics), reaching }
    }

    /// Left, bottom, right and top of the ink of a glyph that reaches farther than [`REACH`] or does not move the pen, in
    /// parts of the font size from the pen; `None` for all the others.
    pub fn reaching(&self, glyph: Glyph) -> Option<[f32; 4]> {
        self.reaching.get(&(glyph.face, glyph.id)).copied()
    }

    /// The glyph of a character, or `None` for a character that shows nothing: controls, joiners, marks of direction.
    pub fn glyph(&self, style: Style, character: char) -> Option<Glyph> {
        if is_invisible(character) {
            return None;
        }
        let table = &self.styles[style as usize];
        let glyph = table.flat.get(character as usize).or_else(|| table.high.get(&character));
        Some(*glyph.unwrap_or(&table.missing))
    }

    /// Whether no bundled font can draw the character.
    pub fn is_missing(&self, style: Style, character: char) -> bool {
        self.glyph(style, character).is_some_and(|glyph| glyph.id == 0)
    }

    /// How far a character moves the pen, in thousandths of the font size.
    pub fn advance(&self, style: Style, character: char) -> u32 {
        self.glyph(style, character).map_or(0, |glyph| u32::from(glyph.advance))
    }

    /// The width of a text on one line, in parts of the font size.
    pub fn width(&self, style: Style, text: &str) -> f32 {
        text.chars().map(|character| self.advance(style, character)).sum::<u32>() as f32 / 1000.0
    }

    /// The vertical measures of a face.
    pub fn metrics(&self, face: Face) -> Metrics {
        self.metrics[face as usize]
    }
}

/// Characters that take no place on paper. A soft hyphen shows only where a line breaks at it.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// What is read from one file.
#[derive(Default)]
struct FaceData {
    glyphs: Vec<(char, Glyph)>,
    missing_advance: u16,
    metrics: Metrics,
    reaching: Vec<((Face, u16), [f32; 4])>,
}

impl FaceData {
    /// The bundled files are whole, as a test shows; one that is not would have no glyphs.
    fn read(face: Face) -> Self {
        let Ok(font) = FontRef::new(face.bytes()) else { return Self::default() };
        let widths = font.glyph_metrics(Size::new(1000.0), LocationRef::default());
        let thousandths = |glyph| widths.advance_width(glyph).unwrap_or(0.0).round().clamp(0.0, 65_535.0) as u16;
        let ink = |glyph: Glyph| {
            let bounds = widths.bounds(skrifa::GlyphId::from(glyph.id)).unwrap_or_default();
            [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|thousandths| thousandths / 1000.0)
        };
        let mut reaching = Vec::new();
        let glyphs = font
            .charmap()
            .mappings()
            .filter_map(|(code, id)| {
                let glyph = Glyph { face, id: u16::try_from(id.to_u32()).ok()?, advance: thousandths(id) };
                let [left, bottom, right, top] = ink(glyph);
                if glyph.advance == 0 && right > MARK_REACH {
                    return None;
                }
                let [up, down, aside] = REACH;
                let width = f32::from(glyph.advance) / 1000.0;
                let is_mark = glyph.advance == 0 && right > left;
                if is_mark || top > up || bottom < -down || left < -aside || right > width + aside {
                    reaching.push(((face, glyph.id), [left, bottom, right, top]));
                }
                (glyph.id != 0).then_some((char::from_u32(code)?, glyph))
            })
            .collect();
        let metrics = font.metrics(Size::new(1.0), LocationRef::default());
        let bounds = metrics.bounds.map_or([0.0, -0.25, 1.0, 1.0], |b| [b.x_min, b.y_min, b.x_max, b.y_max]);
        Self {
            glyphs,
            missing_advance: thousandths(skrifa::GlyphId::new(0)),
            metrics: Metrics {
                ascent: metrics.ascent,
                descent: -metrics.descent,
                cap_height: metrics.cap_height.unwrap_or(0.7),
                bounds,
            },
            reaching,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read() {
        for face in Face::ALL {
            let data = FaceData::read(face);
            assert!(data.glyphs.len() > 50, "{face:?} has {} characters", data.glyphs.len());
            assert!(data.metrics.ascent > 0.5 && data.metrics.descent > 0.1, "{:?}", data.metrics);
        }
    }

    #[test]
    fn trade_characters_have_glyphs_in_every_style() {
        let words = "Łódź Größe Žilina ±0,05 mm Ø8 ≤ ≥ ≠ µm Ω °C × → ✓ ∅ ⌀ ½ “x” – … № Ελληνικά Русский";
        for style in Style::ALL {
            for character in words.chars() {
                assert!(!fonts().is_missing(style, character), "{character} in {style:?}");
            }
        }
    }

    #[test]
    fn unknown_characters_are_boxes_and_controls_are_nothing() {
        assert!(fonts().is_missing(Style::Regular, '漢'));
        assert!(fonts().glyph(Style::Regular, '漢').is_some_and(|glyph| glyph.advance > 0));
        for character in ['\0', '\n', '\u{7f}', '\u{200d}', '\u{feff}', '\u{ad}'] {
            assert_eq!(fonts().glyph(Style::Regular, character), None);
        }
    }

    #[test]
    fn digits_are_as_wide_as_each_other() {
        for style in Style::ALL {
            let zero = fonts().advance(style, '0');
            assert!(('1'..='9').all(|digit| fonts().advance(style, digit) == zero));
        }
    }
}
