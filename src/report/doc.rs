//! The page model: what a report says, before anyone knows where it stands on paper.
//!
//! A builder turns a project into a [`Report`]; the layout breaks it into pages. Words, symbols and colours are here,
//! positions are not.

use std::fmt::Debug;
use std::sync::Arc;

use crate::base::clock::Date;
use crate::base::fonts::Style;
use crate::base::marks::composed;
use crate::model::language::Language;
use crate::model::report_profile::PageNumbers;
use crate::model::symbol::SymbolShape;

use super::display::Item;
use super::paper::PageSetup;
use super::picture::Picture;

/// A colour of ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Body text.
    pub const TEXT: Self = Self(0x1a, 0x1d, 0x21);
    /// Labels and marks.
    pub const QUIET: Self = Self(0x59, 0x62, 0x6d);
    /// Lines.
    pub const LINE: Self = Self(0x6b, 0x73, 0x7c);
    /// The ground of headings without a tint of their own; survives grey printing.
    pub const HEADING: Self = Self(0xe6, 0xe8, 0xeb);
}

/// A report on paper.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The title in the header, also of the file: `Process FMEA`.
    pub title: String,
    /// The number under the title.
    pub number: String,
    /// Language of the text as a BCP 47 tag, such as `en`.
    pub language: String,
    /// The words of that language.
    pub words: Arc<Language>,
    /// Author, for the properties of the file.
    pub author: String,
    /// Subject, for the properties of the file.
    pub subject: String,
    /// The day the report was made; none leaves the file without a date.
    pub date: Option<Date>,
    /// The sheet.
    pub page: PageSetup,
    /// Size of body text in points; values below 6 count as 6.
    pub body_size: f32,
    /// The block on top of the pages.
    pub header: Header,
    /// What is printed, in order.
    pub sections: Vec<Section>,
    /// The foot of every page, at the left, such as the confidentiality.
    pub footer_left: String,
    /// The foot of every page, in the middle, such as the identity of the revision.
    pub footer_center: String,
    /// A text of its own line at the foot of every page; blank for none.
    pub footer_text: String,
    /// How pages are numbered.
    pub page_numbers: PageNumbers,
    /// A word across every page, such as `DRAFT`.
    pub watermark: Option<String>,
}

/// The block on top of the pages: a strip with the names of things, then labelled fields.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// A picture at the left of the strip, before the organisation.
    pub logo: Option<Arc<Picture>>,
    /// Who issues the document, at the left of the strip.
    pub organisation: String,
    /// A line under the organisation, such as the plant.
    pub organisation_detail: String,
    /// Lines at the right of the strip, above the page number, such as the revision and its date.
    pub corner: Vec<String>,
    /// Rows of labelled fields.
    pub fields: Vec<Vec<Field>>,
    /// Whether the fields stand on every page; the strip always does.
    pub fields_on_every_page: bool,
}

/// A labelled field of the header.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// What the form calls it.
    pub label: String,
    /// What stands in it.
    pub value: Vec<Paragraph>,
    /// The share of the row's width.
    pub weight: f32,
}

impl Field {
    /// A field of plain text.
    pub fn new(label: &str, value: &str, weight: f32) -> Self {
        Self { label: label.to_owned(), value: vec![Paragraph::plain(value)], weight }
    }
}

/// Something drawn: a diagram, a chart.
pub trait Drawn: Debug + Send + Sync {
    /// The drawing cut into parts, a page for each: no wider than `width`; the first one no higher than `first`, the others
    /// no higher than `other`.
    fn parts(&self, width: f32, first: f32, other: f32) -> Vec<DrawnPart>;
}

/// A part of a drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnPart {
    /// How high it is in points.
    pub height: f32,
    /// What is painted, from 0, 0 at its upper left corner.
    pub items: Vec<Item>,
}

/// A table or a drawing with a title and a bookmark.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// The title above the table, if any.
    pub title: Option<String>,
    /// The table.
    pub table: Table,
    /// What is drawn in place of a table.
    pub drawing: Option<Arc<dyn Drawn>>,
    /// Whether the section starts on a page of its own.
    pub new_page: bool,
}

impl Section {
    /// A drawing.
    pub fn drawn(title: &str, drawing: Arc<dyn Drawn>) -> Self {
        Self { title: Some(title.to_owned()), drawing: Some(drawing), ..Self::default() }
    }

    /// A section of prose: notes, a legend, an explanation of symbols.
    pub fn prose(title: Option<&str>, paragraphs: Vec<Paragraph>) -> Self {
        let row = |paragraph| Row { cells: vec![Cell::new(0, vec![paragraph])], starts_group: true, ..Row::default() };
        let rows = paragraphs.into_iter().map(row).collect();
        let table = Table { columns: vec![Column::text("", None, 1.0)], rows, bare: true, ..Table::default() };
        Self { title: title.map(str::to_owned), table, ..Self::default() }
    }
}

/// A form: columns under two levels of headings, rows with merged cells.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// The upper headings; columns name theirs.
    pub groups: Vec<ColumnGroup>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Sets of columns to be printed one below the other where the paper is too narrow for all of them. A column may
    /// be in several sets. Empty if the form may not be taken apart.
    pub bands: Vec<Vec<usize>>,
    /// Whether it is printed without lines.
    pub bare: bool,
}

/// An upper heading over neighbouring columns.
#[derive(Debug, Clone)]
pub struct ColumnGroup {
    /// The heading.
    pub title: String,
    /// The ground of the heading and of the headings below it.
    pub tint: Rgb,
}

/// Where text stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle: ratings, symbols.
    Center,
    /// At the right edge: dates, quantities.
    Right,
}

/// A column of a form.
#[derive(Debug, Clone)]
pub struct Column {
    /// The heading. Soft hyphens say where it may be broken.
    pub title: String,
    /// Whether the heading runs upwards, for columns of single digits.
    pub turned: bool,
    /// The upper heading, as index into [`Table::groups`].
    pub group: Option<usize>,
    /// The share of the width that is left when all columns have what they need; 0 for columns that need no more.
    pub weight: f32,
    /// The least width in average characters of body text.
    pub characters: f32,
    /// Where the text stands.
    pub align: Align,
}

/// The least width of a column of prose, in characters.
pub const TEXT_CHARACTERS: f32 = 9.0;

impl Column {
    /// A column of prose.
    pub fn text(title: &str, group: Option<usize>, weight: f32) -> Self {
        let (title, turned, align) = (title.to_owned(), false, Align::Left);
        Self { title, turned, group, weight, characters: TEXT_CHARACTERS, align }
    }

    /// A column of single values, centred, under a heading that runs upwards if that saves width.
    pub fn narrow(title: &str, group: Option<usize>, characters: f32, turned: bool) -> Self {
        let (title, align) = (title.to_owned(), Align::Center);
        Self { title, turned, group, weight: 0.0, characters, align }
    }
}

/// The line above a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Rule {
    /// 0.25 points: another row of the same thing.
    #[default]
    Hairline,
    /// 0.5 points: another failure mode or characteristic.
    Mode,
    /// 0.8 points: another process step.
    Step,
}

impl Rule {
    /// Width of the line in points.
    pub const fn width(self) -> f32 {
        match self {
            Self::Hairline => 0.25,
            Self::Mode => 0.5,
            Self::Step => 0.8,
        }
    }
}

/// A row of a form. Columns without a cell are empty, or covered by a merged cell from above or from the left.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The cells that start in this row.
    pub cells: Vec<Cell>,
    /// The line above.
    pub rule: Rule,
    /// Whether a page may well end above this row; rows that follow without it are kept together if that costs little.
    pub starts_group: bool,
    /// Entries of the list of bookmarks that lead to this row, outermost first.
    pub bookmarks: Vec<Bookmark>,
}

/// An entry of the list of bookmarks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// 0 is the outermost level below the section.
    pub level: usize,
    /// The words in the list.
    pub title: String,
}

/// A cell, possibly merged over rows and columns.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// The first column, as index into [`Table::columns`].
    pub column: usize,
    /// How many rows it covers, at least 1.
    pub rows: usize,
    /// How many columns it covers, at least 1.
    pub columns: usize,
    /// What stands in it, one paragraph below the other.
    pub content: Vec<Paragraph>,
    /// The ground, if not the paper.
    pub fill: Option<Rgb>,
    /// Where the text stands, if not where the column says.
    pub align: Option<Align>,
}

impl Cell {
    /// A cell of one row and one column.
    pub fn new(column: usize, content: Vec<Paragraph>) -> Self {
        Self { column, rows: 1, columns: 1, content, fill: None, align: None }
    }

    /// A cell of plain text; line ends in it are kept.
    pub fn plain(column: usize, text: &str) -> Self {
        Self::new(column, if text.is_empty() { Vec::new() } else { vec![Paragraph::plain(text)] })
    }

    /// The same cell merged over rows.
    pub fn over_rows(mut self, rows: usize) -> Self {
        self.rows = rows;
        self
    }

    /// The same cell on a ground of its own.
    pub fn filled(mut self, fill: Rgb) -> Self {
        self.fill = Some(fill);
        self
    }
}

/// Text and symbols that are broken into lines together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paragraph {
    /// The pieces in reading order.
    pub pieces: Vec<Piece>,
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Words in one style and colour.
    Text {
        /// The words.
        text: Arc<str>,
        /// How they are set.
        style: Style,
        /// The ink.
        colour: Rgb,
    },
    /// A drawn symbol, set like one letter.
    Symbol {
        /// What is drawn.
        shape: Arc<SymbolShape>,
        /// What a search finds and a copy gives.
        text: Arc<str>,
        /// The ink.
        colour: Rgb,
    },
}

impl Paragraph {
    /// Body text.
    pub fn plain(text: &str) -> Self {
        Self::styled(text, Style::Regular, Rgb::TEXT)
    }

    /// Text in a style and a colour.
    pub fn styled(text: &str, style: Style, colour: Rgb) -> Self {
        Self { pieces: vec![Piece::Text { text: Arc::from(composed(text)), style, colour }] }
    }

    /// A single symbol.
    pub fn symbol(shape: Arc<SymbolShape>, text: &str) -> Self {
        Self::default().with_symbol(shape, text)
    }

    /// The same paragraph with body text behind.
    pub fn with_text(mut self, text: &str) -> Self {
        self.pieces.push(Piece::Text { text: Arc::from(composed(text)), style: Style::Regular, colour: Rgb::TEXT });
        self
    }

    /// The same paragraph with a symbol behind.
    pub fn with_symbol(mut self, shape: Arc<SymbolShape>, text: &str) -> Self {
        self.pieces.push(Piece::Symbol { shape, text: Arc::from(text), colour: Rgb::TEXT });
        self
    }
}
