//! What reports to be read and signed are made of: topics side by side, tables, and lines to write on where nobody wrote yet.

use std::borrow::Cow;

use crate::model::language::Language;
use crate::report::doc::{Cell, Column, Paragraph, Row, Rule, Section, Table};

/// The least size of body text in points: these reports are read in meetings.
pub(super) const SHEET_SIZE: f32 = 7.5;
/// How many lines a blank topic leaves to write on.
const WRITING_LINES: usize = 3;
/// The height of a line to write on, in lines of text.
const LINE_HEIGHT: usize = 2;
/// The least width of a topic in characters, and of all that stand side by side.
const TOPIC_CHARACTERS: [f32; 2] = [30.0, 90.0];

/// The contents of a cell to write into: nothing, two lines high.
pub(super) fn blank() -> Vec<Paragraph> {
    vec![Paragraph::default(); LINE_HEIGHT]
}

/// A heading with what stands under it.
pub(super) struct Topic {
    heading: &'static str,
    weight: f32,
    content: Vec<Paragraph>,
}

impl Topic {
    /// What a person wrote.
    pub fn text(heading: &'static str, weight: f32, text: &str) -> Self {
        Self::new(heading, weight, if text.is_empty() { Vec::new() } else { vec![Paragraph::plain(text)] })
    }

    /// Entries below each other.
    pub fn new(heading: &'static str, weight: f32, content: Vec<Paragraph>) -> Self {
        Self { heading, weight, content }
    }

    /// A single value, such as a date.
    fn is_value(&self) -> bool {
        self.weight <= 0.0
    }
}

/// Topics side by side. One that nobody wrote about has lines to write on.
pub(super) fn topics(title: &str, topics: Vec<Topic>) -> Section {
    let [widest, together] = TOPIC_CHARACTERS;
    let share = widest.min(together / topics.len().max(1) as f32);
    let column = |topic: &Topic| {
        let characters = if topic.is_value() { 11.0 } else { share };
        Column { characters, ..Column::text(topic.heading, None, topic.weight) }
    };
    let columns: Vec<Column> = topics.iter().map(column).collect();
    let has_blanks = topics.iter().any(|topic| topic.content.is_empty() && !topic.is_value());
    let count = if has_blanks { WRITING_LINES } else { 1 };
    let mut rows: Vec<Row> = (0..count).map(|_| Row::default()).collect();
    for (at, topic) in topics.into_iter().enumerate() {
        let is_written = topic.is_value() || !topic.content.is_empty();
        for (line, row) in rows.iter_mut().enumerate() {
            if !is_written {
                row.cells.push(Cell::new(at, blank()));
            } else if line == 0 {
                row.cells.push(Cell::new(at, topic.content.clone()).over_rows(count));
            }
        }
    }
    if let Some(first) = rows.first_mut() {
        first.rule = Rule::Mode;
        first.starts_group = true;
    }
    Section { title: Some(title.to_owned()), table: Table { columns, rows, ..Table::default() }, ..Section::default() }
}

/// A table of plain rows; with as many rows to write into as are asked for where it has none.
pub(super) fn table(title: &str, columns: Vec<Column>, mut rows: Vec<Row>, to_write: usize) -> Section {
    if rows.is_empty() {
        let row = || Row { cells: vec![Cell::new(0, blank())], starts_group: true, ..Row::default() };
        rows = (0..to_write).map(|_| row()).collect();
    }
    Section { title: Some(title.to_owned()), table: Table { columns, rows, ..Table::default() }, ..Section::default() }
}

/// A table, or the sentence that there is nothing to put into it.
pub(super) fn table_or_none(title: &str, columns: Vec<Column>, rows: Vec<Row>, words: &Language) -> Section {
    if rows.is_empty() {
        return Section::prose(Some(title), vec![Paragraph::plain(&words.word("There are none."))]);
    }
    table(title, columns, rows, 0)
}

/// A row of cells from left to right.
pub(super) fn row(cells: Vec<Cell>) -> Row {
    Row { cells, starts_group: true, rule: Rule::Mode, ..Row::default() }
}

/// A row of plain texts from left to right.
pub(super) fn texts<'t>(texts: impl IntoIterator<Item = Cow<'t, str>>) -> Row {
    row(texts.into_iter().enumerate().map(|(at, text)| Cell::plain(at, &text)).collect())
}

/// A column of prose with a width to begin with.
pub(super) fn wide(title: &str, characters: f32) -> Column {
    Column { characters, ..Column::text(title, None, characters / 10.0) }
}

/// A column that needs no more than its width.
pub(super) fn narrow(title: &str, characters: f32) -> Column {
    Column { characters, ..Column::text(title, None, 0.0) }
}
