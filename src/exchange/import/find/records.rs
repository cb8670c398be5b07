//! The lines of a table with what merged cells, ditto marks and cells left blank say.

use crate::exchange::import::table::{Column, Entry, Field, Given, Meaning, Record, TableKind};
use crate::exchange::import::workbook::{At, Sheet, Value};

/// Signs and words that stand for what stands above.
const DITTO: [&str; 20] = [
    "\"",
    "''",
    "´´",
    "〃",
    "″",
    "”",
    "“",
    "-\"-",
    "-''-",
    "--\"--",
    "ditto",
    "do.",
    "idem",
    "id.",
    "dto.",
    "dto",
    "s.o.",
    "同上",
    "as above",
    "same as above",
];

/// The lines in these rows.
pub fn records(sheet: &Sheet, kind: TableKind, columns: &[Column], rows: &[u32]) -> Vec<Record> {
    let levels: Vec<Option<u8>> = columns.iter().map(|column| level(column, kind)).collect();
    let mut above: Vec<Option<Entry>> = vec![None; columns.len()];
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        let mut entries: Vec<Option<Entry>> = own(sheet, columns, *row, &above);
        fill(&mut entries, &above, &levels);
        remember(&mut above, &entries, &levels);
        records.push(Record { row: *row, entries });
    }
    records
}

/// What stands in the row itself, in merged areas that reach into it, and behind its ditto marks.
fn own(sheet: &Sheet, columns: &[Column], row: u32, above: &[Option<Entry>]) -> Vec<Option<Entry>> {
    let mut taken: Option<At> = None;
    columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            if column.meaning == Meaning::Ignored {
                return None;
            }
            let at = At::new(row, column.column);
            let (source, cell) = sheet.seen(at)?;
            // A cell merged over several columns is said once, in the first of them.
            if source.column != column.column
                && (taken == Some(source) || columns.iter().any(|c| c.column == source.column))
            {
                return None;
            }
            taken = Some(source);
            if is_ditto(&cell.value) {
                return above[index].clone().map(|entry| Entry { given: Given::Above, ..entry });
            }
            let given = if source.row == row { Given::Here } else { Given::Merged };
            Some(Entry { value: cell.value.clone(), at: source, given })
        })
        .collect()
}

/// Whether a cell only points to what stands above.
pub fn is_ditto(value: &Value) -> bool {
    let Value::Text(text) = value else { return false };
    let text = text.trim();
    text.chars().count() <= 14 && DITTO.iter().any(|mark| text.eq_ignore_ascii_case(mark))
}

/// Fills what is left blank because it is as above: down to the level at which the line says something new.
fn fill(entries: &mut [Option<Entry>], above: &[Option<Entry>], levels: &[Option<u8>]) {
    let is_new = |index: usize| {
        let Some(entry) = &entries[index] else { return false };
        entry.given == Given::Here && above[index].as_ref().is_none_or(|before| before.at != entry.at)
    };
    let new_level = (0..entries.len()).filter(|index| is_new(*index)).filter_map(|index| levels[index]).min();
    for index in 0..entries.len() {
        let Some(level) = levels[index] else { continue };
        if entries[index].is_none() && new_level.is_none_or(|new| level < new) {
            entries[index] = above[index].clone().map(|entry| Entry { given: Given::Above, ..entry });
        }
    }
}

/// Keeps what the next line may refer to.
fn remember(above: &mut [Option<Entry>], entries: &[Option<Entry>], levels: &[Option<u8>]) {
    for (index, entry) in entries.iter().enumerate() {
        // What a level no longer says is not said for the lines below either.
        if entry.is_some() || levels[index].is_some() {
            above[index].clone_from(entry);
        }
    }
}

/// How far up in the form a column stands: a blank cell means "as above" if nothing new is said at its level or above it.
/// `None` for what belongs to the line alone.
fn level(column: &Column, kind: TableKind) -> Option<u8> {
    use Field as F;
    let Meaning::Field(field) = column.meaning else { return None };
    if kind.is_fmea() {
        return Some(match field {
            F::HigherElement | F::HigherFunction => 0,
            F::StepNumber | F::Step | F::StepDescription | F::Area => 1,
            F::StepAndFunction
            | F::Function
            | F::Characteristic
            | F::ProductCharacteristic
            | F::CharacteristicNumber => 2,
            F::Requirement => 3,
            F::Mode => 4,
            F::Effect
            | F::EffectYourPlant
            | F::EffectShipToPlant
            | F::EffectEndUser
            | F::WorkElement
            | F::WorkCategory => 5,
            F::Severity | F::LowerFunction | F::ProcessCharacteristic => 6,
            F::Cause => 7,
            _ => return None,
        });
    }
    Some(match field {
        F::StepNumber | F::Step | F::StepDescription | F::Area => 1,
        F::Equipment if kind == TableKind::ControlPlan => 2,
        F::CharacteristicNumber | F::Characteristic | F::ProductCharacteristic | F::ProcessCharacteristic => 3,
        F::Class | F::Specification | F::Nominal | F::LowerLimit | F::UpperLimit | F::Unit
            if kind == TableKind::ControlPlan =>
        {
            4
        }
        _ => return None,
    })
}
