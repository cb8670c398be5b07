//! The display list: what stands where on each page. The PDF and the preview on screen paint the same list.
//!
//! Positions are points from the upper left corner of the sheet, y down. Items are in painting order, and the texts of
//! one cell follow each other in reading order.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::fonts::{Style, fonts};
use crate::base::shaping::{self, Ink, Part, Shaped};
use crate::base::system_fonts::SystemFace;
use crate::model::symbol::SymbolShape;

use super::doc::Rgb;
use super::picture::Picture;

/// What a part of a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Region {
    /// Header, footer, watermark, titles: what the page needs to be a page.
    Page,
    /// A column heading.
    Heading {
        /// The section, counted from 0.
        section: u32,
        /// The column of the table.
        column: u32,
    },
    /// A cell, by where it starts in the table of its section.
    Cell {
        /// The section, counted from 0.
        section: u32,
        /// The row of the table.
        row: u32,
        /// The column of the table.
        column: u32,
    },
}

/// Which way a text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the right.
    Across,
    /// Upwards, for headings of narrow columns.
    Up,
    /// From the lower left to the upper right, for watermarks.
    Diagonal,
}

impl Direction {
    /// Cosine and sine of the angle from the direction to the right, counter-clockwise.
    pub fn vector(self) -> (f32, f32) {
        match self {
            Self::Across => (1.0, 0.0),
            Self::Up => (0.0, 1.0),
            Self::Diagonal => (0.866_025_4, 0.5),
        }
    }
}

/// A text on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct TextItem {
    /// Where the baseline starts.
    pub x: f32,
    /// See `x`.
    pub y: f32,
    /// Size in points.
    pub size: f32,
    /// How it is set.
    pub style: Style,
    /// The ink.
    pub colour: Rgb,
    /// Which way it runs.
    pub direction: Direction,
    /// The words.
    pub text: String,
    /// Whether a hyphen follows that is not in the words: it is drawn, but neither searched nor copied.
    pub hyphen: bool,
    /// What it belongs to.
    pub region: Region,
    /// How the words are drawn, where they are more than a bundled glyph for each character.
    pub shaped: Option<Box<Shaped>>,
}

/// What a text on a line of its own needs to be drawn.
pub fn composed(style: Style, text: &str) -> Option<Box<Shaped>> {
    shaping::line(style, text).map(Box::new)
}

impl TextItem {
    /// How wide the words are, without a hyphen.
    pub fn width(&self) -> f32 {
        let width = |shaped: &Shaped| shaped.width;
        self.size * self.shaped.as_deref().map_or_else(|| fonts().width(self.style, &self.text), width)
    }
}

/// Something to paint.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Words.
    Text(TextItem),
    /// A straight line.
    Line {
        /// Both ends as x, y, x, y.
        ends: [f32; 4],
        /// Width in points.
        width: f32,
        /// The ink.
        colour: Rgb,
    },
    /// A filled rectangle.
    Rect {
        /// Left, top, width, height.
        area: [f32; 4],
        /// The ink.
        colour: Rgb,
    },
    /// A drawn symbol in a square.
    Symbol {
        /// Left, top and the side of the square.
        x: f32,
        /// See `x`.
        y: f32,
        /// See `x`.
        side: f32,
        /// What is drawn.
        shape: Arc<SymbolShape>,
        /// What a search finds.
        text: Arc<str>,
        /// The ink.
        colour: Rgb,
        /// What it belongs to.
        region: Region,
    },
    /// A picture.
    Picture {
        /// Left, top, width, height.
        area: [f32; 4],
        /// What is shown.
        picture: Arc<Picture>,
    },
}

impl Item {
    /// The same somewhere else.
    #[must_use]
    pub fn moved(mut self, by_x: f32, by_y: f32) -> Self {
        match &mut self {
            Self::Line { ends: [x0, y0, x1, y1], .. } => {
                *x0 += by_x;
                *x1 += by_x;
                *y0 += by_y;
                *y1 += by_y;
            }
            Self::Text(TextItem { x, y, .. })
            | Self::Symbol { x, y, .. }
            | Self::Rect { area: [x, y, ..], .. }
            | Self::Picture { area: [x, y, ..], .. } => {
                *x += by_x;
                *y += by_y;
            }
        }
        self
    }
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Width of the sheet in points.
    pub width: f32,
    /// Height of the sheet in points.
    pub height: f32,
    /// What is painted, in this order.
    pub items: Vec<Item>,
}

impl Display {
    /// The fonts of the system that the pages use.
    pub fn system_faces(&self) -> BTreeSet<SystemFace> {
        let items = self.pages.iter().flat_map(|page| &page.items);
        let shaped = items.filter_map(|item| if let Item::Text(text) = item { text.shaped.as_ref() } else { None });
        let face = |part: &Part| if let Ink::Glyphs { face, .. } = &part.ink { Some(*face) } else { None };
        shaped.flat_map(|shaped| shaped.parts.iter().filter_map(face)).collect()
    }
}

/// An entry of the list of bookmarks, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// 0 is outermost.
    pub level: usize,
    /// The words in the list.
    pub title: String,
    /// The page, counted from 0.
    pub page: usize,
    /// The place on the page, y down.
    pub y: f32,
}

/// A report on pages.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Display {
    /// The pages.
    pub pages: Vec<Page>,
    /// The list of bookmarks in order.
    pub outlines: Vec<Outline>,
    /// Characters that no font has, sorted; they are drawn as empty boxes.
    pub missing: Vec<char>,
}
