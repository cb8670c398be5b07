//! A form of boxes: rows of labelled fields under bars with headings, made to fill one page.
//!
//! The text takes the largest size at which the form fits the page; where even the smallest is too large, the rows go on
//! over the page.

use std::sync::Arc;

use crate::base::fonts::Style;
use crate::base::lines::break_lines;
use crate::base::shaping::{self, Ruler};
use crate::model::symbol::SymbolShape;
use crate::report::display::{Direction, Item, Region, TextItem, composed};
use crate::report::doc::{Drawn, DrawnPart, Rgb};

use super::header::tick_box;

/// The largest size of text in points.
const LARGEST: f32 = 8.5;
/// The smallest.
const SMALLEST: f32 = 6.0;
/// Size of labels, in parts of that of the text.
const LABEL: f32 = 0.82;
/// Distance of lines, in parts of the size.
const LEADING: f32 = 1.24;
/// Room around the contents of a box.
const PADDING: f32 = 2.6;

/// Something in a line of a box.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// Words.
    Words(String),
    /// A tick box with the words behind it.
    Tick(bool, String),
}

/// A labelled box.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Box {
    /// What the form calls it.
    pub label: String,
    /// What stands in it, line by line; a line goes on in the next where it is too long.
    pub lines: Vec<Vec<Mark>>,
    /// Its share of the width of the row.
    pub weight: f32,
    /// How many lines it has at least.
    pub least: usize,
}

impl Box {
    /// A box of words.
    pub fn words(label: &str, text: &str, weight: f32) -> Self {
        let lines = text.lines().map(|line| vec![Mark::Words(line.to_owned())]).collect();
        Self { label: label.to_owned(), lines, weight, least: 1 }
    }

    /// A box with tick boxes behind each other.
    pub fn ticks(label: &str, ticks: Vec<(bool, String)>, weight: f32) -> Self {
        let line = ticks.into_iter().map(|(on, words)| Mark::Tick(on, words)).collect();
        Self { label: label.to_owned(), lines: vec![line], weight, least: 1 }
    }

    /// A box with tick boxes below each other.
    pub fn list(ticks: Vec<(bool, String)>, weight: f32) -> Self {
        let lines = ticks.into_iter().map(|(on, words)| vec![Mark::Tick(on, words)]).collect();
        Self { label: String::new(), lines, weight, least: 1 }
    }

    /// The same box with room for so many lines.
    pub fn room(self, least: usize) -> Self {
        Self { least, ..self }
    }
}

/// A row of the form.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SheetRow {
    /// A heading over the rows that follow.
    Bar(String),
    /// Boxes beside each other.
    Boxes(Vec<Box>),
    /// Boxes that take the height that is left on the page.
    Growing(Vec<Box>),
}

/// The form.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    /// Its rows from top to bottom.
    pub rows: Vec<SheetRow>,
    /// The most height that a growing row takes beyond what it needs, in points.
    pub growth: f32,
}

/// A piece of a line with its place.
struct Placed {
    x: f32,
    tick: Option<bool>,
    words: String,
}

fn width(text: &str, size: f32) -> f32 {
    shaping::width(Style::Regular, text) * size
}

/// The lines of a box in a width.
fn set(boxed: &Box, room: f32, size: f32) -> Vec<Vec<Placed>> {
    let mut lines = Vec::new();
    for marks in &boxed.lines {
        let mut line: Vec<Placed> = Vec::new();
        let mut x = 0.0;
        for mark in marks {
            let (tick, words) = match mark {
                Mark::Words(words) => (None, words),
                Mark::Tick(on, words) => (Some(*on), words),
            };
            let indent = if tick.is_some() { 1.35 * size } else { 0.0 };
            let gap = if line.is_empty() { 0.0 } else { 1.4 * size };
            if !line.is_empty() && x + gap + indent + width(words, size) > room {
                lines.push(std::mem::take(&mut line));
                x = 0.0;
            }
            let start = if line.is_empty() { 0.0 } else { x + gap };
            let left = (room - start - indent).max(size);
            for (number, part) in
                break_lines(words, left, &Ruler::new(Style::Regular, size, words)).into_iter().enumerate()
            {
                if number > 0 {
                    lines.push(std::mem::take(&mut line));
                }
                let mut text = words[part.range].to_owned();
                if part.hyphen {
                    text.push('-');
                }
                line.push(Placed { x: start, tick: tick.filter(|_| number == 0), words: text });
            }
            x = start + indent + width(words, size).min(left);
        }
        lines.push(line);
    }
    lines
}

/// The boxes of a row with their left edges and breadths.
fn places(boxes: &[Box], whole: f32) -> Vec<(f32, f32)> {
    let sum: f32 = boxes.iter().map(|boxed| boxed.weight).sum();
    let mut left = 0.0;
    boxes
        .iter()
        .map(|boxed| {
            let breadth = whole * boxed.weight / sum.max(f32::EPSILON);
            left += breadth;
            (left - breadth, breadth)
        })
        .collect()
}

fn label_height(boxed: &Box, breadth: f32, size: f32) -> f32 {
    if boxed.label.is_empty() {
        return 0.0;
    }
    let small = size * LABEL;
    break_lines(&boxed.label, breadth - 2.0 * PADDING, &Ruler::new(Style::Regular, small, &boxed.label)).len() as f32
        * small
        * LEADING
}

fn height(row: &SheetRow, whole: f32, size: f32) -> f32 {
    let boxes = match row {
        SheetRow::Bar(_) => return size * LEADING + 2.4,
        SheetRow::Boxes(boxes) | SheetRow::Growing(boxes) => boxes,
    };
    let of_box = |(boxed, (_, breadth)): (&Box, (f32, f32))| {
        let lines = set(boxed, breadth - 2.0 * PADDING, size).len().max(boxed.least);
        label_height(boxed, breadth, size) + lines as f32 * size * LEADING + PADDING
    };
    boxes.iter().zip(places(boxes, whole)).map(of_box).fold(0.0, f32::max)
}

fn text(at: [f32; 2], size: f32, style: Style, colour: Rgb, words: &str) -> Item {
    let (direction, hyphen, region) = (Direction::Across, false, Region::Page);
    let shaped = composed(style, words);
    Item::Text(TextItem {
        x: at[0],
        y: at[1],
        size,
        style,
        colour,
        direction,
        text: words.to_owned(),
        hyphen,
        region,
        shaped,
    })
}

fn frame([x, y, breadth, height]: [f32; 4], items: &mut Vec<Item>) {
    let (right, bottom) = (x + breadth, y + height);
    for ends in [[x, y, right, y], [x, bottom, right, bottom], [x, y, x, bottom], [right, y, right, bottom]] {
        items.push(Item::Line { ends, width: 0.5, colour: Rgb::LINE });
    }
}

/// The drawn boxes, made once for a page.
struct Boxes {
    on: Option<Arc<SymbolShape>>,
    off: Option<Arc<SymbolShape>>,
}

impl Boxes {
    fn paint(&self, on: bool, at: [f32; 2], size: f32, items: &mut Vec<Item>) {
        let shape = if on { &self.on } else { &self.off };
        if let Some(shape) = shape.clone() {
            let words: Arc<str> = if on { "[x]".into() } else { "[ ]".into() };
            let side = 1.25 * size;
            items.push(Item::Symbol {
                x: at[0],
                y: at[1] - 0.98 * size,
                side,
                shape,
                text: words,
                colour: Rgb::TEXT,
                region: Region::Page,
            });
        }
    }
}

fn paint(row: &SheetRow, top: f32, tall: f32, whole: f32, size: f32, ticks: &Boxes, items: &mut Vec<Item>) {
    let boxes = match row {
        SheetRow::Bar(words) => {
            items.push(Item::Rect { area: [0.0, top, whole, tall], colour: Rgb::HEADING });
            frame([0.0, top, whole, tall], items);
            items.push(text([PADDING, top + size + 0.6], size * 0.94, Style::Medium, Rgb::TEXT, words));
            return;
        }
        SheetRow::Boxes(boxes) | SheetRow::Growing(boxes) => boxes,
    };
    for (boxed, (left, breadth)) in boxes.iter().zip(places(boxes, whole)) {
        frame([left, top, breadth, tall], items);
        let small = size * LABEL;
        let mut y = top + 1.0;
        if !boxed.label.is_empty() {
            for line in
                break_lines(&boxed.label, breadth - 2.0 * PADDING, &Ruler::new(Style::Regular, small, &boxed.label))
            {
                let at = [left + PADDING, y + small];
                items.push(text(at, small, Style::Regular, Rgb::QUIET, &boxed.label[line.range]));
                y += small * LEADING;
            }
        }
        for line in set(boxed, breadth - 2.0 * PADDING, size) {
            let base = y + size;
            for placed in line {
                let x = left + PADDING + placed.x;
                if let Some(on) = placed.tick {
                    ticks.paint(on, [x - 0.1 * size, base], size, items);
                }
                let indented =
                    placed.tick.is_some() || boxed.lines.iter().flatten().any(|m| matches!(m, Mark::Tick(..)));
                let x = if indented { x + 1.35 * size } else { x };
                items.push(text([x, base], size, Style::Regular, Rgb::TEXT, &placed.words));
            }
            y += size * LEADING;
        }
    }
}

impl Sheet {
    fn total(&self, whole: f32, size: f32) -> f32 {
        self.rows.iter().map(|row| height(row, whole, size)).sum()
    }

    /// The largest size at which the form fits.
    fn size(&self, whole: f32, room: f32) -> f32 {
        let mut size = LARGEST;
        while size > SMALLEST && self.total(whole, size) > room {
            size -= 0.25;
        }
        size
    }
}

impl Drawn for Sheet {
    fn parts(&self, whole: f32, first: f32, other: f32) -> Vec<DrawnPart> {
        // The width of the lines at both edges stays within the page.
        let whole = whole - 0.5;
        let size = self.size(whole, first - 1.0);
        let left = (first - 1.0 - self.total(whole, size)).clamp(0.0, self.growth);
        let ticks = Boxes { on: tick_box(true), off: tick_box(false) };
        let mut parts = Vec::new();
        let (mut items, mut top, mut room) = (Vec::new(), 0.0, first - 1.0);
        for row in &self.rows {
            let mut tall = height(row, whole, size);
            if matches!(row, SheetRow::Growing(_)) {
                tall += left;
            }
            if top > 0.0 && top + tall > room {
                parts.push(DrawnPart { height: top + 1.0, items: std::mem::take(&mut items) });
                (top, room) = (0.0, other - 1.0);
            }
            paint(row, top, tall, whole, size, &ticks, &mut items);
            top += tall;
        }
        parts.push(DrawnPart { height: top + 1.0, items });
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: usize) -> Sheet {
        let boxed = |at: usize| Box::words("Label", &format!("words of row {at}"), 1.0);
        let row = |at| {
            SheetRow::Boxes(vec![boxed(at), Box::ticks("Tick", vec![(true, "yes".into()), (false, "no".into())], 1.0)])
        };
        Sheet { rows: (0..rows).map(row).collect(), growth: 0.0 }
    }

    fn said(part: &DrawnPart) -> String {
        part.items
            .iter()
            .filter_map(|item| if let Item::Text(text) = item { Some(text.text.as_str()) } else { None })
            .collect()
    }

    #[test]
    fn a_form_takes_the_size_at_which_it_fits() {
        let few = sheet(4).parts(500.0, 700.0, 700.0);
        assert_eq!(few.len(), 1);
        let sizes = |part: &DrawnPart| {
            part.items
                .iter()
                .filter_map(|item| if let Item::Text(text) = item { Some(text.size) } else { None })
                .fold(0.0, f32::max)
        };
        assert!(sizes(&few[0]) > LARGEST - 0.01);
        let many = sheet(38).parts(500.0, 700.0, 700.0);
        assert_eq!(many.len(), 1, "smaller text fits");
        assert!(sizes(&many[0]) < LARGEST - 0.2 && many[0].height <= 700.0);
    }

    #[test]
    fn what_does_not_fit_goes_on_over_the_page() {
        let parts = sheet(100).parts(500.0, 400.0, 700.0);
        assert!(parts.len() > 1 && parts[0].height <= 400.0);
        let all: String = parts.iter().map(said).collect();
        for row in 0..100 {
            assert!(all.contains(&format!("words of row {row}")), "{row}");
        }
    }

    #[test]
    fn long_lines_are_broken_within_their_box() {
        let boxed = Box::ticks("", vec![(true, "a tick with rather many words behind it".into()); 3], 1.0);
        for line in set(&boxed, 90.0, 8.0) {
            for placed in line {
                assert!(placed.x + width(&placed.words, 8.0) <= 90.0, "{}", placed.words);
            }
        }
    }
}
