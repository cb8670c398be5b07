//! What a view hands to the grid: columns, and blocks of rows with merged cells.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::Context;

use super::address::{CellAddress, ColumnKey, RowId};
use crate::ui::kit::{Severity, Symbol, Tone};

/// Rows for the grid, projected block by block. Only blocks in sight are asked for.
pub trait GridSource {
    /// Changes whenever columns, blocks or their contents change; equal numbers promise equal answers.
    fn revision(&self) -> u64;
    /// The columns from left to right.
    fn columns(&self) -> &[Column];
    /// How many columns at the left stay while the others scroll.
    fn frozen_columns(&self) -> usize {
        0
    }
    /// How many blocks there are.
    fn block_count(&self) -> usize;
    /// The places of the blocks that have other contents or another number of rows than at that revision; none if this is not
    /// known, or if blocks came, went or moved.
    fn changed_since(&self, _revision: u64) -> Option<Vec<usize>> {
        None
    }

    /// What block `index` is, without projecting it.
    fn block_key(&self, index: usize) -> BlockKey;
    /// The rows and cells of block `index`. Keep the projection: this is asked every frame while the block is in sight.
    fn block(&self, index: usize) -> Arc<Block>;
    /// The text an editor starts with, if it differs from what the cell shows.
    fn edit_text(&self, at: &CellAddress) -> Option<String> {
        _ = at;
        None
    }
    /// What can be chosen in a rating or choice cell (all of it; the grid filters), or completions for `typed` in a text:
    /// the whole of it, or the line of the cursor in a cell of lines.
    fn options(&self, at: &CellAddress, typed: &str) -> Vec<EditOption> {
        _ = (at, typed);
        Vec::new()
    }
    /// Whether there will soon be more options than now; they are asked for again then.
    fn options_are_pending(&self) -> bool {
        false
    }
    /// What the editor says beside itself while it holds `text`; `line` is the line of the cursor.
    fn remarks(&self, at: &CellAddress, text: &str, line: &str) -> Vec<Remark> {
        _ = (at, text, line);
        Vec::new()
    }
    /// What has to be answered before `text` is committed.
    fn question(&self, at: &CellAddress, text: &str) -> Option<Question> {
        _ = (at, text);
        None
    }
    /// What appears while the pointer rests on a cell whose tip is to be asked for.
    fn tip(&self, at: &CellAddress) -> Option<String> {
        _ = at;
        None
    }
    /// Gets a block ready that will come into sight soon, a part of the work at a time; whether there was anything to do.
    fn prepare(&self, index: usize, ctx: &Context) -> bool {
        _ = (index, ctx);
        false
    }
    /// What is dragged with a row, or with a merged cell of it, in words; none if it stays where it is.
    fn dragged(&self, row: &RowId, column: Option<ColumnKey>) -> Option<String> {
        _ = (row, column);
        None
    }
    /// The findings for the scroll bar; asked once per revision.
    fn overview(&self) -> Vec<OverviewMark> {
        Vec::new()
    }
}

/// What identifies a block and tells whether it changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockKey {
    /// Stable name, unique in the source.
    pub id: u64,
    /// Changes with the contents of the block.
    pub revision: u64,
    /// How many rows it has.
    pub rows: usize,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Stable name, unique in the source.
    pub key: ColumnKey,
    /// Heading; soft hyphens say where its words may be broken.
    pub heading: Arc<str>,
    /// The heading above this and its neighbours of the same group.
    pub group: Option<Group>,
    /// Breadth in points until the person drags it.
    pub width: f32,
    /// Where the text stands.
    pub align: CellAlign,
    /// Whether rows are chosen by it.
    pub filtered: bool,
    /// Whether rows are sorted by it, and if so whether the largest comes first.
    pub sorted: Option<bool>,
}

impl Column {
    /// The heading without soft hyphens, for those who listen.
    pub fn spoken(&self) -> String {
        self.heading.replace('\u{ad}', "")
    }
}

/// A heading over several columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Heading.
    pub heading: Arc<str>,
    /// Which of the light grounds it has.
    pub tint: u8,
}

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CellAlign {
    /// At the left: words.
    #[default]
    Left,
    /// In the middle: ratings, letters, symbols.
    Center,
    /// At the right: dates and numbers.
    Right,
}

/// The line above a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum LineWeight {
    /// Between cells.
    #[default]
    Hair,
    /// Between failure modes.
    Mode,
    /// Between process steps.
    Step,
}

/// A row of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Stable name, unique in the block.
    pub id: u64,
    /// What a screen reader calls it, such as "30 Tighten, line 3".
    pub label: Arc<str>,
    /// The line above.
    pub line: LineWeight,
}

/// A cell over one or more rows of one column.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Rows of the block.
    pub rows: Range<usize>,
    /// Index among the columns of the source.
    pub column: usize,
    /// What it shows.
    pub content: Content,
}

/// What appears while the pointer rests on a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tip {
    /// These words.
    Words(Arc<str>),
    /// What the source answers then.
    Asked,
}

/// What a cell shows and how it can be edited.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Content {
    /// The texts, each on its own lines.
    pub parts: Vec<Part>,
    /// How it looks.
    pub look: Look,
    /// What an empty cell invites to, such as "+ cause".
    pub prompt: Option<Arc<str>>,
    /// The worst finding of the cell.
    pub finding: Option<CellFinding>,
    /// What appears while the pointer rests on the cell.
    pub tip: Option<Tip>,
    /// How it is edited.
    pub edit: EditKind,
}

impl Content {
    /// Whether its text stands as that of another: whatever else differs, such as findings and marks, is painted beside it.
    pub(super) fn is_laid_out_as(&self, other: &Self) -> bool {
        let same = |(part, other): (&Part, &Part)| {
            (&part.text, part.style, &part.symbol) == (&other.text, other.style, &other.symbol)
        };
        self.look == other.look
            && self.prompt == other.prompt
            && self.parts.len() == other.parts.len()
            && self.parts.iter().zip(&other.parts).all(same)
    }

    /// A cell with one text that can be edited.
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self { parts: vec![Part::new(text)], edit: EditKind::Text, ..Self::default() }
    }

    /// A rating, chosen from its scale; blank if it is not rated yet.
    pub fn rating(value: impl Into<Arc<str>>) -> Self {
        Self { parts: vec![Part::new(value)], look: Look::Rating, edit: EditKind::Rating, ..Self::default() }
    }

    /// A derived priority with its tone.
    pub fn priority(letter: impl Into<Arc<str>>, tone: Tone) -> Self {
        Self { parts: vec![Part::new(letter)], look: Look::Priority(tone), ..Self::default() }
    }

    /// A cell whose text is one of a list.
    pub fn choice(text: impl Into<Arc<str>>) -> Self {
        Self { parts: vec![Part::new(text)], edit: EditKind::Choice, ..Self::default() }
    }

    /// The same, read only.
    pub fn read_only(mut self) -> Self {
        self.edit = EditKind::None;
        self
    }

    /// The same with a prompt for when it is empty.
    pub fn with_prompt(mut self, prompt: impl Into<Arc<str>>) -> Self {
        self.prompt = Some(prompt.into());
        self
    }

    /// The same with the gold thread of a shared fact on every part.
    pub fn with_mark(mut self, mark: Mark) -> Self {
        for part in &mut self.parts {
            part.mark = Some(mark);
        }
        self
    }

    /// The same with a finding.
    pub fn with_finding(mut self, severity: Severity, text: impl Into<Arc<str>>) -> Self {
        self.finding = Some(CellFinding { severity, text: text.into() });
        self
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| part.text.is_empty() && part.symbol.is_none())
    }

    /// The words of the cell, a line per part, symbols by their text.
    pub fn plain_text(&self) -> String {
        let mut text = String::new();
        for part in self.parts.iter().filter(|part| !part.text.is_empty() || part.symbol.is_some()) {
            if !text.is_empty() {
                text.push('\n');
            }
            if let Some(symbol) = &part.symbol {
                text.push_str(&symbol.text);
                if !part.text.is_empty() {
                    text.push(' ');
                }
            }
            text.push_str(&part.text);
        }
        text
    }

    /// The parts that take room: all but empty ones beside others.
    pub(super) fn shown_parts(&self) -> impl Iterator<Item = &Part> {
        let only = self.parts.len() == 1;
        self.parts.iter().filter(move |part| only || !part.text.is_empty() || part.symbol.is_some())
    }

    pub(super) fn has_fact(&self, fact: u64) -> bool {
        self.parts.iter().any(|part| part.mark.is_some_and(|mark| mark.fact == fact))
    }
}

/// One text of a cell: an effect, a control, an action.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The words; line breaks are kept.
    pub text: Arc<str>,
    /// The gold thread, if this is a fact that stands elsewhere too.
    pub mark: Option<Mark>,
    /// A symbol before the words.
    pub symbol: Option<Arc<Symbol>>,
    /// How the words look.
    pub style: PartStyle,
}

impl Part {
    /// Plain words.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self { text: text.into(), mark: None, symbol: None, style: PartStyle::Normal }
    }

    /// The same with a gold thread.
    pub fn with_mark(mut self, mark: Mark) -> Self {
        self.mark = Some(mark);
        self
    }

    /// The same with a symbol before the words.
    pub fn with_symbol(mut self, symbol: Arc<Symbol>) -> Self {
        self.symbol = Some(symbol);
        self
    }

    /// The same in another style.
    pub fn with_style(mut self, style: PartStyle) -> Self {
        self.style = style;
        self
    }
}

/// How the words of a part look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PartStyle {
    /// Text.
    #[default]
    Normal,
    /// In the background: remarks such as "not applicable because …".
    Quiet,
    /// Of medium weight: headings in a cell.
    Medium,
    /// Slanted: remarks, planned values.
    Italic,
}

/// The gold thread of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Names the fact; equal numbers are the same fact.
    pub fact: u64,
    /// Whether a link behind it is suspect; drawn dashed with a question mark.
    pub suspect: bool,
}

impl Mark {
    /// A sound mark.
    pub const fn sound(fact: u64) -> Self {
        Self { fact, suspect: false }
    }

    /// A mark whose link waits for a review.
    pub const fn suspect(fact: u64) -> Self {
        Self { fact, suspect: true }
    }
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Look {
    /// Words.
    #[default]
    Text,
    /// A rating, centred.
    Rating,
    /// A letter or number on the fill of its tone.
    Priority(Tone),
}

/// A finding on a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFinding {
    /// How bad.
    pub severity: Severity,
    /// What is wrong, in a sentence.
    pub text: Arc<str>,
}

/// How a cell is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum EditKind {
    /// Not here.
    #[default]
    None,
    /// As text of any length; options are completions.
    Text,
    /// As text with an entry per line; options complete the line of the cursor.
    Lines,
    /// By its scale; what is typed counts as it stands, so that "1" can become "10".
    Rating,
    /// By a list; what is typed filters it.
    Choice,
}

/// Something that can be chosen in an editor.
#[derive(Clone, Debug, PartialEq)]
pub struct EditOption {
    /// What is committed.
    pub value: String,
    /// What it says; also searched while typing.
    pub label: String,
    /// What else to know, at the right.
    pub remark: String,
    /// Whether choosing it refers to a fact instead of copying its words: a gold thread.
    pub linked: bool,
    /// A symbol before the words.
    pub symbol: Option<Arc<Symbol>>,
}

impl EditOption {
    /// An option.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), remark: String::new(), linked: false, symbol: None }
    }
}

/// What an editor says beside itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Words, with a gold thread if they speak of a fact that stands elsewhere too.
    Words {
        /// The words.
        text: String,
        /// Whether the thread is drawn.
        linked: bool,
    },
    /// What is wrong with the text.
    Warning(String),
    /// What follows from the text: a value before and after.
    Change {
        /// Which value.
        what: String,
        /// What it is now.
        before: (String, Option<Tone>),
        /// What it will be.
        after: (String, Option<Tone>),
    },
}

impl Remark {
    /// The remark for those who listen.
    pub fn spoken(&self) -> String {
        match self {
            Self::Words { text, .. } | Self::Warning(text) => text.clone(),
            Self::Change { what, before, after } => format!("{what} {} → {}", before.0, after.0),
        }
    }
}

/// A question with a few answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What is asked about.
    pub words: String,
    /// The answers; Enter takes the first.
    pub answers: Vec<String>,
}

/// A finding for the scroll bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverviewMark {
    /// Index of the block.
    pub block: usize,
    /// Row within the block.
    pub row: usize,
    /// How bad.
    pub severity: Severity,
}

/// The rows and cells of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    key: BlockKey,
    rows: Vec<Row>,
    cells: Vec<Cell>,
    /// Where the cells of each column begin.
    columns: Vec<usize>,
    /// Cells over several rows, the shortest first.
    spans: Vec<usize>,
}

impl Block {
    /// A block. Cells of one column must not overlap: of two that do, the later one loses the rows of the earlier.
    pub fn new(id: u64, revision: u64, rows: Vec<Row>, mut cells: Vec<Cell>) -> Self {
        cells.sort_by_key(|cell| (cell.column, cell.rows.start));
        let mut free = (usize::MAX, 0);
        for cell in &mut cells {
            let from = if cell.column == free.0 { free.1 } else { 0 };
            cell.rows = cell.rows.start.max(from)..cell.rows.end.min(rows.len());
            free = (cell.column, cell.rows.end.max(from));
        }
        cells.retain(|cell| !cell.rows.is_empty());
        let count = cells.last().map_or(0, |cell| cell.column + 1);
        let columns = (0..=count).map(|column| cells.partition_point(|cell| cell.column < column)).collect();
        let mut spans: Vec<usize> = (0..cells.len()).filter(|&index| cells[index].rows.len() > 1).collect();
        spans.sort_by_key(|&index| cells[index].rows.len());
        let key = BlockKey { id, revision, rows: rows.len() };
        Self { key, rows, cells, columns, spans }
    }

    /// What identifies it.
    pub fn key(&self) -> BlockKey {
        self.key
    }

    /// Its rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Its cells by column and row.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell of `column` that covers `row`, if there is one.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.cells.get(self.cell_index(row, column)?)
    }

    pub(super) fn cell_index(&self, row: usize, column: usize) -> Option<usize> {
        let range = self.column_range(column);
        let before = self.cells[range.clone()].partition_point(|cell| cell.rows.end <= row);
        let index = range.start + before;
        (index < range.end && self.cells[index].rows.contains(&row)).then_some(index)
    }

    /// Indexes of the cells of `column`.
    pub(super) fn column_range(&self, column: usize) -> Range<usize> {
        match (self.columns.get(column), self.columns.get(column + 1)) {
            (Some(&from), Some(&to)) => from..to,
            _ => 0..0,
        }
    }

    /// Indexes of the cells over several rows, the shortest first.
    pub(super) fn spans(&self) -> &[usize] {
        &self.spans
    }

    /// Where the row named `id` stands.
    pub(super) fn row_of(&self, id: u64) -> Option<usize> {
        self.rows.iter().position(|row| row.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: u64) -> Vec<Row> {
        (0..count).map(|id| Row { id, label: "row".into(), line: LineWeight::Hair }).collect()
    }

    fn cell(rows: Range<usize>, column: usize, text: &str) -> Cell {
        Cell { rows, column, content: Content::text(text) }
    }

    #[test]
    fn a_merged_cell_is_found_from_each_of_its_rows() {
        let block = Block::new(1, 1, rows(4), vec![cell(1..3, 1, "b"), cell(0..4, 0, "a"), cell(3..4, 1, "c")]);
        let text = |row, column| block.cell(row, column).map(|cell| cell.content.plain_text());
        assert_eq!(text(0, 0).as_deref(), Some("a"));
        assert_eq!(text(3, 0).as_deref(), Some("a"));
        assert_eq!(text(0, 1), None);
        assert_eq!(text(2, 1).as_deref(), Some("b"));
        assert_eq!(text(3, 1).as_deref(), Some("c"));
        assert_eq!(text(0, 7), None);
    }

    #[test]
    fn overlapping_and_overlong_cells_are_cut() {
        let block = Block::new(1, 1, rows(3), vec![cell(0..2, 0, "a"), cell(1..9, 0, "b"), cell(2..3, 0, "c")]);
        let ranges: Vec<_> = block.cells().iter().map(|cell| cell.rows.clone()).collect();
        assert_eq!(ranges, [0..2, 2..3]);
    }

    #[test]
    fn plain_text_has_a_line_per_part() {
        let mut content = Content::text("one");
        content.parts.push(Part::new("two"));
        content.parts.push(Part::new(""));
        assert_eq!(content.plain_text(), "one\ntwo");
        assert!(!content.is_empty());
        assert!(Content::text("").is_empty());
    }
}
