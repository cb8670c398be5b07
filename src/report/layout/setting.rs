//! Setting of paragraphs: their lines in a width, and where the pieces of a line stand.

use std::borrow::Cow;
use std::ops::Range;

use crate::base::fonts::{REACH, Style, fonts};
use crate::base::lines::{Extent, Line, Measure, break_lines, extent};
use crate::base::shaping::{Composer, Run, SYMBOL_MARK, overhang, runs};

use super::super::display::{Direction, Item, Region, TextItem};
use super::super::doc::{Align, Paragraph, Piece};

/// Side of a drawn symbol, in parts of the font size: nearly as high as a row of one line, so that letters inside can be read.
pub(super) const SYMBOL: f32 = 1.5;
/// How far the lines of an entry stand in behind its first, in parts of the font size, where a cell has several entries.
const HANGING: f32 = 0.55;

/// One line of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CellLine {
    /// The paragraph, counted from 0.
    pub paragraph: usize,
    /// The part of the paragraph's text.
    pub line: Line,
    /// How far a line at the left edge stands in.
    pub indent: f32,
}

/// The lines of some paragraphs in a width.
pub(super) fn set(content: &[Paragraph], size: f32, width: f32) -> Vec<CellLine> {
    let mut lines = Vec::with_capacity(content.len());
    let hanging = if content.len() > 1 { HANGING * size } else { 0.0 };
    for (paragraph, text) in content.iter().enumerate() {
        let words = words(text);
        let ruler = Ruler::new(text, &words, size);
        let mut broken = break_lines(&words, width, &ruler);
        if broken.len() > 1 && hanging > 0.0 {
            broken = break_lines(&words, width - hanging, &ruler);
        }
        let indent = |line| if line == 0 { 0.0 } else { hanging };
        let place = |(number, line)| CellLine { paragraph, line, indent: indent(number) };
        lines.extend(broken.into_iter().enumerate().map(place));
    }
    lines
}

/// The widest part that may not be broken, and the length of all text.
pub(super) fn extent_of(content: &[Paragraph], size: f32) -> Extent {
    let hanging = if content.len() > 1 { HANGING * size } else { 0.0 };
    let with_indent = |part: Extent| {
        let indent = if part.total > part.word { hanging } else { 0.0 };
        Extent { word: part.word + indent, ..part }
    };
    let of_paragraph = |paragraph| {
        let words = words(paragraph);
        with_indent(extent(&words, &Ruler::new(paragraph, &words, size)))
    };
    content
        .iter()
        .map(of_paragraph)
        .fold(Extent::default(), |sum, part| Extent { word: sum.word.max(part.word), total: sum.total + part.total })
}

/// The width of a paragraph on one line.
pub(super) fn width_of(paragraph: &Paragraph, size: f32) -> f32 {
    let words = words(paragraph);
    let ruler = Ruler::new(paragraph, &words, size);
    words.char_indices().map(|(at, character)| ruler.advance(at, character)).sum()
}

/// The text of a paragraph with a mark for each symbol and blanks for tabulators.
fn words(paragraph: &Paragraph) -> Cow<'_, str> {
    if let [Piece::Text { text, .. }] = paragraph.pieces.as_slice() {
        return if text.contains('\t') { Cow::Owned(text.replace('\t', " ")) } else { Cow::Borrowed(text) };
    }
    let mut words = String::new();
    for piece in &paragraph.pieces {
        match piece {
            Piece::Text { text, .. } => words.extend(text.chars().map(|c| if c == '\t' { ' ' } else { c })),
            Piece::Symbol { .. } => words.push(SYMBOL_MARK),
        }
    }
    Cow::Owned(words)
}

/// Measures a paragraph by the piece a byte belongs to.
struct Ruler<'a> {
    paragraph: &'a Paragraph,
    size: f32,
    /// By byte, in parts of the font size, where characters do not move the pen each on its own.
    advances: Option<Vec<f32>>,
}

impl<'a> Ruler<'a> {
    /// For a paragraph and its [`words`].
    fn new(paragraph: &'a Paragraph, words: &str, size: f32) -> Self {
        Self { paragraph, size, advances: composer(paragraph, words).map(|composer| composer.advances()) }
    }
}

/// What sets a paragraph, given with its [`words`], if it is not plain.
pub(super) fn composer<'t>(paragraph: &Paragraph, words: &'t str) -> Option<Composer<'t>> {
    let style = |piece: &Piece| match piece {
        Piece::Text { style, .. } => Some(*style),
        Piece::Symbol { .. } => None,
    };
    Composer::new(words, pieces(paragraph).map(|(range, piece)| (range, style(piece))), SYMBOL)
}

impl Measure for Ruler<'_> {
    fn advance(&self, at: usize, character: char) -> f32 {
        if let Some(advances) = &self.advances {
            return advances.get(at).copied().unwrap_or_default() * self.size;
        }
        match style_at(self.paragraph, at) {
            Some(style) => fonts().advance(style, character) as f32 * self.size / 1000.0,
            None => SYMBOL * self.size,
        }
    }

    fn hyphen(&self, at: usize) -> f32 {
        let style = style_at(self.paragraph, at).unwrap_or_default();
        fonts().advance(style, '-') as f32 * self.size / 1000.0
    }
}

/// The style of the text at a byte, or `None` where a symbol stands.
fn style_at(paragraph: &Paragraph, at: usize) -> Option<Style> {
    if let [Piece::Text { style, .. }] = paragraph.pieces.as_slice() {
        return Some(*style);
    }
    pieces(paragraph).find(|(range, _)| range.contains(&at)).and_then(|(_, piece)| match piece {
        Piece::Text { style, .. } => Some(*style),
        Piece::Symbol { .. } => None,
    })
}

/// The pieces with the bytes they take in [`words`].
pub(super) fn pieces(paragraph: &Paragraph) -> impl Iterator<Item = (Range<usize>, &Piece)> {
    paragraph.pieces.iter().scan(0, |from, piece| {
        let length = match piece {
            Piece::Text { text, .. } => text.len(),
            Piece::Symbol { .. } => SYMBOL_MARK.len_utf8(),
        };
        let range = *from..*from + length;
        *from = range.end;
        Some((range, piece))
    })
}

/// Where lines of text go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// Left edge.
    pub x: f32,
    /// Top of the first line.
    pub y: f32,
    /// Width for alignment.
    pub width: f32,
    /// Size of the text.
    pub size: f32,
    /// Distance of lines.
    pub leading: f32,
    /// Where the text stands.
    pub align: Align,
    /// What it belongs to.
    pub region: Region,
}

impl Frame {
    /// Paints lines, the first of them on top of the frame.
    pub fn paint(&self, content: &[Paragraph], lines: &[CellLine], items: &mut Vec<Item>) {
        let mut at = 0;
        for of_paragraph in lines.chunk_by(|one, next| one.paragraph == next.paragraph) {
            let Some(paragraph) = of_paragraph.first().and_then(|line| content.get(line.paragraph)) else { continue };
            let words = words(paragraph);
            let composer = composer(paragraph, &words);
            for (index, line) in (at..).zip(of_paragraph) {
                match &composer {
                    Some(composer) => self.paint_composed(composer, paragraph, &words, line, index, items),
                    None => self.paint_line(paragraph, &words, line, index, items),
                }
            }
            at += of_paragraph.len();
        }
    }

    /// Sets paragraphs into the frame and paints them. Gives the number of lines.
    pub fn paint_all(&self, content: &[Paragraph], items: &mut Vec<Item>) -> usize {
        let lines = set(content, self.size, self.width);
        self.paint(content, &lines, items);
        lines.len()
    }

    fn paint_line(&self, paragraph: &Paragraph, words: &str, line: &CellLine, index: usize, items: &mut Vec<Item>) {
        let CellLine { line, indent, .. } = line;
        // Capitals stand in the middle of the line.
        let capitals = fonts().metrics(Style::Regular.face()).cap_height * self.size;
        let middle = self.y + (index as f32 + 0.5) * self.leading;
        let mut x = match self.align {
            Align::Left => self.x + indent,
            Align::Center => self.x + (self.width - line.width) / 2.0,
            Align::Right => self.x + self.width - line.width,
        };
        if let Some(style) = style_at(paragraph, line.range.start) {
            let room = (self.width - line.width).max(0.0) / self.size + REACH[2];
            x += overhang(style, &words[line.range.clone()]).min(room) * self.size;
        }
        for (range, piece) in pieces(paragraph) {
            let part = range.start.max(line.range.start)..range.end.min(line.range.end);
            if part.start >= part.end {
                continue;
            }
            match piece {
                Piece::Text { style, colour, .. } => {
                    let item = |text: &str, [x, y]: [f32; 2], scale: f32| TextItem {
                        x,
                        y,
                        size: self.size * scale,
                        style: *style,
                        colour: *colour,
                        direction: Direction::Across,
                        text: text.to_owned(),
                        hyphen: false,
                        region: self.region,
                        shaped: None,
                    };
                    let baseline = middle + capitals / 2.0;
                    let mut is_plain = true;
                    for Run { text, scale, shift: [right, up] } in runs(*style, &words[part.clone()]) {
                        let at = [x + right * self.size, baseline - up * self.size];
                        items.push(Item::Text(item(text, at, scale)));
                        is_plain = scale >= 1.0 && right >= 0.0 && up <= 0.0;
                        x += fonts().width(*style, text) * self.size;
                    }
                    if line.hyphen && part.end == line.range.end {
                        match items.last_mut() {
                            // A hyphen follows the pen, which a mark that was moved has left.
                            Some(Item::Text(last)) if is_plain => last.hyphen = true,
                            _ => items.push(Item::Text(TextItem { hyphen: true, ..item("", [x, baseline], 1.0) })),
                        }
                    }
                }
                Piece::Symbol { shape, text, colour } => {
                    let side = SYMBOL * self.size;
                    items.push(Item::Symbol {
                        x,
                        y: middle - side / 2.0,
                        side,
                        shape: shape.clone(),
                        text: text.clone(),
                        colour: *colour,
                        region: self.region,
                    });
                    x += side;
                }
            }
        }
    }
}
