//! Setting of text that needs more than a glyph for each character: scripts that join, stack or run to the left, and whatever
//! only a font of the system shows.
//!
//! Nearly every text is plain: left to right, a bundled glyph for each character. [`Composer::new`] gives nothing for those,
//! and they stay on the short way. For the others a composer finds levels (right to left), faces and scripts, measures whole
//! paragraphs for the breaking of lines, and then sets line by line, because letters join anew where a line ends.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_bidi::{BidiClass, BidiDataSource, BidiInfo, HardcodedBidiData, ParagraphInfo};

use super::fonts::{REACH, Style, fonts};
use super::lines::Measure;
use super::system_fonts::{SystemFace, Tradition, are_allowed};

mod glyphs;
mod runs;
mod segments;

pub use runs::{Run, overhang, runs};

use segments::Segment;

/// Stands for a drawn symbol within a text: a letter to the rules of line breaking, nothing to those of direction.
pub const SYMBOL_MARK: char = '\u{e000}';

/// A text on one line as it is drawn. Measures are parts of the font size.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shaped {
    /// How far the pen moves.
    pub width: f32,
    /// What is drawn, from left to right.
    pub parts: Vec<Part>,
}

/// Characters that are drawn together.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Their bytes in the text.
    pub range: Range<usize>,
    /// How far right of the start of the text, and how far above its baseline the pen begins.
    pub at: [f32; 2],
    /// Their size, in parts of the font size.
    pub scale: f32,
    /// How far they move the pen.
    pub width: f32,
    /// What is drawn.
    pub ink: Ink,
}

/// What draws some characters.
#[derive(Debug, Clone, PartialEq)]
pub enum Ink {
    /// The characters themselves, each with its bundled glyph, from left to right.
    Text,
    /// Another character with a bundled glyph: a bracket of text that runs to the left.
    Mirrored(char),
    /// Glyphs of a font of the system.
    Glyphs {
        /// The font.
        face: SystemFace,
        /// The glyphs from left to right.
        glyphs: Vec<PlacedGlyph>,
    },
}

/// A glyph of a font of the system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedGlyph {
    /// The number of the glyph; 0 is the empty box.
    pub id: u16,
    /// How far right of and above the pen of its part it stands.
    pub shift: [f32; 2],
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The piece of the text, as it was given to the composer.
    pub piece: usize,
    /// The bytes of the whole text.
    pub range: Range<usize>,
    /// Where the piece begins, right of the start of the line.
    pub x: f32,
    /// What is drawn, by the bytes of the piece on this line; nothing for a drawn symbol.
    pub shaped: Option<Shaped>,
}

/// A line that is set.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ComposedLine {
    /// How far the pen moves.
    pub width: f32,
    /// How far ink reaches out at the left and at the right, beyond what a line has room for anyway.
    pub beyond: [f32; 2],
    /// Its pieces in the order of the text.
    pub pieces: Vec<Placed>,
    /// Whether what comes last in the text stands last on the line, so that a hyphen may follow.
    pub ends_at_the_right: bool,
}

/// Sets a text that is not plain.
pub struct Composer<'t> {
    text: &'t str,
    bidi: BidiInfo<'t>,
    pieces: Vec<(Range<usize>, Option<Style>)>,
    symbol: f32,
    tradition: Tradition,
}

/// Drawn symbols have no direction of their own.
struct Classes;

impl BidiDataSource for Classes {
    fn bidi_class(&self, character: char) -> BidiClass {
        if character == SYMBOL_MARK { BidiClass::ON } else { HardcodedBidiData.bidi_class(character) }
    }
}

/// Whether each character has a bundled glyph and the text runs to the right, or nothing better can be done.
fn is_plain(style: Style, text: &str) -> bool {
    text.is_ascii() || !are_allowed() || !text.chars().any(|character| needs_more(style, character))
}

fn needs_more(style: Style, character: char) -> bool {
    /// Before the first letter of a script that runs to the left.
    const FIRST: char = '\u{590}';
    let leftward = || {
        use BidiClass::{AL, R, RLE, RLI, RLO};
        character >= FIRST && matches!(HardcodedBidiData.bidi_class(character), R | AL | RLE | RLI | RLO)
    };
    fonts().is_missing(style, character) || leftward()
}

impl<'t> Composer<'t> {
    /// For a text in pieces of one style each, or of none where [`SYMBOL_MARK`] stands for a symbol of this width in parts
    /// of the font size. `None` for a plain text.
    pub fn new(
        text: &'t str,
        pieces: impl IntoIterator<Item = (Range<usize>, Option<Style>)>,
        symbol: f32,
    ) -> Option<Self> {
        if text.is_ascii() || !are_allowed() {
            return None;
        }
        let pieces: Vec<_> = pieces.into_iter().collect();
        let plain = |(range, style): &(Range<usize>, Option<Style>)| {
            style.is_none_or(|style| text.get(range.clone()).is_none_or(|text| is_plain(style, text)))
        };
        (!pieces.iter().all(plain)).then(|| Self {
            text,
            bidi: BidiInfo::new_with_data_source(&Classes, text, None),
            pieces,
            symbol,
            tradition: Tradition::of(text),
        })
    }

    /// How far the character at each byte moves the pen, in parts of the font size; what is drawn together counts for the
    /// first of its bytes.
    pub fn advances(&self) -> Vec<f32> {
        let mut advances = vec![0.0; self.text.len()];
        for paragraph in &self.bidi.paragraphs {
            for segment in self.segments(paragraph, paragraph.range.clone()) {
                let Some(style) = segment.style else {
                    advances[segment.range.start] = self.symbol;
                    continue;
                };
                let text = &self.text[segment.range.clone()];
                for part in segment.set(text, style, self.tradition).parts {
                    let from = segment.range.start + part.range.start;
                    if matches!(part.ink, Ink::Text) {
                        for (at, character) in text[part.range].char_indices() {
                            advances[from + at] = fonts().advance(style, character) as f32 / 1000.0;
                        }
                    } else {
                        advances[from] = part.width;
                    }
                }
            }
        }
        advances
    }

    /// Whether the paragraph of a byte runs to the left: its first letter does.
    pub fn runs_left(&self, at: usize) -> bool {
        self.paragraph(at).is_some_and(|paragraph| paragraph.level.is_rtl())
    }

    /// Sets the part of the text that stands on a line.
    pub fn line(&self, line: Range<usize>) -> ComposedLine {
        let Some(paragraph) = self.paragraph(line.start).filter(|_| !line.is_empty()) else {
            return ComposedLine::default();
        };
        // Line ends within the line, as a very narrow column makes them, belong to the paragraph.
        let end = line.end.min(paragraph.range.end);
        let mut composed = ComposedLine::default();
        let mut beyond = [0.0_f32, f32::MIN];
        let mut pieces: BTreeMap<usize, Placed> = BTreeMap::new();
        let mut x = 0.0;
        let segments = self.segments(paragraph, line.start..end);
        composed.ends_at_the_right = segments.last().is_some_and(|last| last.range.end == end && !last.runs_left);
        for segment in segments {
            let (from, to) = (segment.range.start, segment.range.end);
            let whole = &self.pieces[segment.piece].0;
            let range = whole.start.max(line.start)..whole.end.min(end);
            let start = range.start;
            let placed = pieces.entry(segment.piece).or_insert_with(|| Placed {
                piece: segment.piece,
                range,
                x,
                shaped: segment.style.map(|_| Shaped::default()),
            });
            let (Some(style), Some(shaped)) = (segment.style, placed.shaped.as_mut()) else {
                x += self.symbol;
                continue;
            };
            let set = segment.set(&self.text[from..to], style, self.tradition);
            beyond = [beyond[0].min(x + set.reach[0]), beyond[1].max(x + set.reach[1])];
            let moved = |part: Part| Part {
                range: part.range.start + from - start..part.range.end + from - start,
                at: [part.at[0] + x - placed.x, part.at[1]],
                ..part
            };
            shaped.parts.extend(set.parts.into_iter().map(moved));
            x += set.width;
            shaped.width = x - placed.x;
        }
        composed.width = x;
        composed.beyond = [(-beyond[0] - REACH[2]).max(0.0), (beyond[1] - x - REACH[2]).max(0.0)];
        composed.pieces = pieces.into_values().collect();
        composed
    }

    fn paragraph(&self, at: usize) -> Option<&ParagraphInfo> {
        let paragraphs = &self.bidi.paragraphs;
        paragraphs.get(paragraphs.partition_point(|paragraph| paragraph.range.end <= at))
    }

    /// What can be set at once, from left to right.
    fn segments(&self, paragraph: &ParagraphInfo, line: Range<usize>) -> Vec<Segment> {
        if line.is_empty() {
            return Vec::new();
        }
        let (levels, runs) = self.bidi.visual_runs(paragraph, line);
        let mut segments = Vec::new();
        for run in runs {
            let runs_left = levels[run.start].is_rtl();
            let from = segments.len();
            for (piece, (whole, style)) in self.pieces.iter().enumerate() {
                let part = whole.start.max(run.start)..whole.end.min(run.end);
                if part.start < part.end {
                    segments::part(self.text, part, (piece, *style), runs_left, self.tradition, &mut segments);
                }
            }
            if runs_left {
                segments[from..].reverse();
            }
        }
        segments
    }
}

/// Sets a text of one style on one line; `None` for a plain text, which needs nothing.
pub fn line(style: Style, text: &str) -> Option<Shaped> {
    let composer = Composer::new(text, [(0..text.len(), Some(style))], 0.0)?;
    let mut shaped = Shaped::default();
    // A text of several paragraphs is set one behind the other.
    for paragraph in &composer.bidi.paragraphs {
        for placed in composer.line(paragraph.range.clone()).pieces {
            let set = placed.shaped.unwrap_or_default();
            let moved = |part: Part| Part {
                range: part.range.start + placed.range.start..part.range.end + placed.range.start,
                at: [part.at[0] + shaped.width, part.at[1]],
                ..part
            };
            shaped.parts.extend(set.parts.into_iter().map(moved));
            shaped.width += set.width;
        }
    }
    Some(shaped)
}

/// The width of a text on one line, in parts of the font size.
pub fn width(style: Style, text: &str) -> f32 {
    line(style, text).map_or_else(|| fonts().width(style, text), |shaped| shaped.width)
}

/// Measures a text of one style.
#[derive(Debug)]
pub struct Ruler {
    style: Style,
    size: f32,
    advances: Option<Vec<f32>>,
}

impl Ruler {
    /// For a text in a size.
    pub fn new(style: Style, size: f32, text: &str) -> Self {
        let composer = Composer::new(text, [(0..text.len(), Some(style))], 0.0);
        Self { style, size, advances: composer.map(|composer| composer.advances()) }
    }
}

impl Measure for Ruler {
    fn advance(&self, at: usize, character: char) -> f32 {
        match &self.advances {
            Some(advances) => advances.get(at).copied().unwrap_or_default() * self.size,
            None => fonts().advance(self.style, character) as f32 * self.size / 1000.0,
        }
    }

    fn hyphen(&self, _: usize) -> f32 {
        fonts().advance(self.style, '-') as f32 * self.size / 1000.0
    }
}

impl Shaped {
    /// The characters that are drawn as empty boxes.
    pub fn missing<'a>(&'a self, style: Style, text: &'a str) -> impl Iterator<Item = char> + 'a {
        let of_part = move |part: &'a Part| {
            let text = text.get(part.range.clone()).unwrap_or_default();
            let lacks = move |character: &char| match &part.ink {
                Ink::Text => fonts().is_missing(style, *character),
                Ink::Mirrored(drawn) => fonts().is_missing(style, *drawn),
                Ink::Glyphs { face, glyphs } => {
                    glyphs.iter().any(|glyph| glyph.id == 0)
                        && fonts().glyph(style, *character).is_some()
                        && !face.covers(*character)
                }
            };
            text.chars().filter(lacks)
        };
        self.parts.iter().flat_map(of_part)
    }
}
