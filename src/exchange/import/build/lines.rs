//! The lines of a table by the fields of their columns.

use std::collections::HashMap;

use crate::base::text::is_blank;
use crate::exchange::import::table::{Column, Entry, Field, Given, Left, Meaning, Record, Table};
use crate::exchange::import::workbook::{At, Value, column_letters};

/// What a line says in a field.
#[derive(Debug, Clone)]
pub(super) struct Said<'t> {
    /// The value as it is written.
    pub value: &'t Value,
    /// The value in words, without white space around it.
    pub text: String,
    /// The cell in which it is written.
    pub at: At,
    /// How the line came to it.
    pub given: Given,
    /// The field.
    pub field: Field,
}

/// A table whose columns are known by their fields.
pub(super) struct Lines<'t> {
    /// The table.
    pub table: &'t Table,
    /// Index of the sheet.
    pub sheet: usize,
    positions: HashMap<Field, usize>,
    /// Columns that become user-defined fields: position and name.
    pub own: Vec<(usize, String)>,
}

impl<'t> Lines<'t> {
    /// A table of which these fields have a place in the project. Columns of other fields, and a second column of a field, are
    /// kept under their headings.
    ///
    /// Where a form has a column for a whole and columns for its parts, the whole is kept so, too.
    pub fn new(table: &'t Table, handled: &[Field]) -> Self {
        let has = |field| table.position(field).is_some();
        let is_whole = |field| match field {
            Field::StepAndFunction => has(Field::Step),
            Field::Characteristic => has(Field::ProductCharacteristic),
            _ => false,
        };
        let mut positions = HashMap::new();
        let mut own = Vec::new();
        for (position, column) in table.columns.iter().enumerate() {
            match column.meaning {
                Meaning::Field(Field::LineNumber) | Meaning::Ignored => {}
                Meaning::Field(field)
                    if handled.contains(&field) && !is_whole(field) && !positions.contains_key(&field) =>
                {
                    positions.insert(field, position);
                }
                Meaning::Field(_) | Meaning::Own => own.push((position, name_of(column))),
            }
        }
        Self { table, sheet: table.sheet, positions, own }
    }

    /// Whether the table has a column for a field.
    pub fn has(&self, field: Field) -> bool {
        self.positions.contains_key(&field)
    }

    /// The heading of the column of a field.
    pub fn heading(&self, field: Field) -> String {
        self.positions.get(&field).map_or_else(|| field.name().to_owned(), |at| name_of(&self.table.columns[*at]))
    }

    /// What a line says in a field; nothing if the cell holds nothing, a dash, or a formula without result.
    pub fn said(&self, record: &'t Record, field: Field) -> Option<Said<'t>> {
        let entry = record.entries.get(*self.positions.get(&field)?)?.as_ref()?;
        said(entry, field)
    }

    /// What a line says in a field of ratings and dates, where also a question mark and *tbd* say nothing.
    pub fn decided(&self, record: &'t Record, field: Field) -> Option<Said<'t>> {
        self.said(record, field).filter(|said| !is_blank(&said.text))
    }

    /// What a line says in a column that becomes a user-defined field.
    pub fn own(record: &'t Record, position: usize) -> Option<Said<'t>> {
        said(record.entries.get(position)?.as_ref()?, Field::Remarks)
    }
}

fn said(entry: &Entry, field: Field) -> Option<Said<'_>> {
    if matches!(entry.value, Value::Fault(_)) {
        return None;
    }
    let text = written(&entry.value);
    (!is_dash(&text)).then_some(Said { value: &entry.value, text, at: entry.at, given: entry.given, field })
}

/// What a cell says, without white space around it.
pub(super) fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => {
            text.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}').to_owned()
        }
        value => value.to_string(),
    }
}

/// Whether a text is a stroke through an empty cell.
pub(super) fn is_dash(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '–' | '—' | '―' | '/' | '\\' | '.' | '_' | ' '))
}

/// Heading of a column, or its letters if it has none.
fn name_of(column: &Column) -> String {
    let heading = column.heading.split_whitespace().collect::<Vec<_>>().join(" ");
    if heading.is_empty() { format!("Column {}", column_letters(column.column)) } else { heading }
}

/// Why a cell of a line was left, of which the import has not told.
pub(super) fn reason(table: &Table, value: &Value, at: At) -> Left {
    let column = table.columns.iter().find(|column| column.column == at.column);
    match (column.map(|column| column.meaning), value) {
        (Some(Meaning::Ignored) | None, _) => Left::Column,
        (Some(Meaning::Field(Field::LineNumber)), _) => Left::LineNumber,
        (_, Value::Fault(_)) => Left::Other("a formula that could not be computed".to_owned()),
        (_, value) if is_blank(&value.to_string()) || is_dash(&written(value)) => {
            Left::Other("a sign that nothing is written".to_owned())
        }
        // Somebody wrote into a cell that the form leaves blank, such as the verification of a row without a device.
        _ if table.own_form.is_some() => Left::Other("what the line shows has no place for it".to_owned()),
        _ => Left::Other("no place was found for it".to_owned()),
    }
}
