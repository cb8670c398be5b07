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

/// Fields that hold several things.
const HOLD_SEVERAL: [Field; 14] = [
    Field::Effect,
    Field::EffectYourPlant,
    Field::EffectShipToPlant,
    Field::EffectEndUser,
    Field::Requirement,
    Field::PreventionControl,
    Field::DetectionControl,
    Field::Control,
    Field::ImplementedPrevention,
    Field::ImplementedDetection,
    Field::PreventionAction,
    Field::DetectionAction,
    Field::Action,
    Field::Equipment,
];

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

    /// The entries of a cell: its lines if a person said so and the field holds several things, else all of it.
    pub fn entries(&self, said: &Said<'t>) -> Vec<Said<'t>> {
        if !self.table.split_lines || !HOLD_SEVERAL.contains(&said.field) {
            return vec![said.clone()];
        }
        let texts = said.text.lines().map(without_bullet).filter(|text| !is_dash(text));
        let entries: Vec<Said<'t>> = texts.map(|text| Said { text: text.to_owned(), ..said.clone() }).collect();
        if entries.is_empty() { vec![said.clone()] } else { entries }
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

/// A line without the number or the sign in front of it: "1. Gauge", "- Gauge", "a) Gauge".
fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    let bare = line.trim_start_matches(['-', '–', '•', '*', '·', '▪', '●', '○']);
    if bare.len() < line.len() && bare.starts_with(char::is_whitespace) {
        return bare.trim_start();
    }
    let end = line.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(0);
    let (mark, rest) = line.split_at(end);
    let is_mark = (1..=2).contains(&mark.len())
        && (mark.bytes().all(|byte| byte.is_ascii_digit()) || (mark.len() == 1 && rest.starts_with(')')));
    match rest.strip_prefix(['.', ')']) {
        Some(rest) if is_mark && rest.starts_with(char::is_whitespace) => rest.trim_start(),
        _ => line,
    }
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

#[cfg(test)]
mod tests {
    use super::without_bullet;

    #[test]
    fn what_numbers_an_entry_is_no_part_of_it() {
        for (line, wanted) in [
            ("1. Gauge", "Gauge"),
            (" 12) Gauge", "Gauge"),
            ("- Gauge", "Gauge"),
            ("• Gauge", "Gauge"),
            ("a) Gauge", "Gauge"),
            ("100 % check", "100 % check"),
            ("5 parts", "5 parts"),
            ("-5 °C", "-5 °C"),
            ("1.5 mm", "1.5 mm"),
            ("A. Novak checks", "A. Novak checks"),
        ] {
            assert_eq!(without_bullet(line), wanted, "{line}");
        }
    }
}
