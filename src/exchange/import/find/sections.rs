//! Texts that are merged across a table and head the lines below them: "OP 10 Receiving", "Housing".

use std::collections::BTreeMap;

use crate::exchange::import::table::{Certainty, Column, Entry, Field, Given, Left, Meaning, Record};
use crate::exchange::import::workbook::{At, Cell, Sheet};

/// Longer texts are remarks.
const LONGEST: usize = 80;

/// Takes the texts across the table in as a column of its own, if they head lines and the table has no such column. Gives the
/// rows in which they stand.
pub fn take(
    sheet: &Sheet,
    columns: &mut Vec<Column>,
    records: &mut [Record],
    others: &BTreeMap<u32, Left>,
) -> Vec<u32> {
    let rows: Vec<u32> = others.iter().filter(|(_, left)| **left == Left::Across).map(|(row, _)| *row).collect();
    let texts: Vec<(u32, At, &Cell)> = rows
        .iter()
        .filter_map(|row| {
            let (at, cell) = sheet.row(*row).find(|(at, _)| columns.iter().any(|column| column.column == at.column))?;
            (cell.value.to_string().chars().count() <= LONGEST).then_some((*row, at, cell))
        })
        .collect();
    let heads_lines = |index: usize| {
        let end = texts.get(index + 1).map_or(u32::MAX, |(row, _, _)| *row);
        records.iter().any(|record| record.row > texts[index].0 && record.row < end)
    };
    let (Some(field), Some((first, at, _))) = (free_field(columns), texts.first()) else { return Vec::new() };
    let begins = records.first().is_some_and(|record| record.row > *first);
    if texts.len() != rows.len() || !begins || !(0..texts.len()).all(heads_lines) {
        return Vec::new();
    }
    let place = columns.iter().position(|column| column.column >= at.column).unwrap_or(0);
    let column = Column {
        column: at.column,
        heading: "(across the table)".to_owned(),
        meaning: Meaning::Field(field),
        certainty: Certainty::Likely,
        why: "texts across the table head the lines below them".to_owned(),
    };
    columns.insert(place, column);
    for record in records {
        let above = texts.iter().rev().find(|(row, _, _)| *row < record.row);
        let entry = above.map(|(_, at, cell)| Entry { value: cell.value.clone(), at: *at, given: Given::Above });
        record.entries.insert(place, entry);
    }
    rows
}

/// The level that the lines leave open.
fn free_field(columns: &[Column]) -> Option<Field> {
    let has = |field| columns.iter().any(|column| column.meaning == Meaning::Field(field));
    if !has(Field::Step) && !has(Field::StepAndFunction) && !has(Field::StepNumber) {
        Some(Field::Step)
    } else if !has(Field::HigherElement) {
        Some(Field::HigherElement)
    } else {
        None
    }
}
