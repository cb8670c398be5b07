//! Texts across a table that head the lines below them: "OP 10 Receiving", "Housing". They are merged over it, or stand alone in
//! their row and name a numbered step.

use std::collections::BTreeMap;

use super::words::words;
use crate::exchange::import::table::{Certainty, Column, Entry, Field, Given, Left, Meaning, Record};
use crate::exchange::import::workbook::{At, Cell, Sheet};

/// Longer texts are remarks.
const LONGEST: usize = 80;

/// Words in front of the number of a step.
const STEPS: [&str; 22] = [
    "op",
    "opn",
    "operation",
    "step",
    "process",
    "station",
    "stage",
    "arbeitsgang",
    "ag",
    "schritt",
    "prozess",
    "prozessschritt",
    "etape",
    "poste",
    "operacion",
    "paso",
    "proceso",
    "fase",
    "operazione",
    "operacao",
    "operacja",
    "工序",
];

/// Whether a text names a step by a word and a number: "Operation: 20 - Washing", "OP20", "Process step 3".
pub fn names_step(text: &str) -> bool {
    let words = words(text);
    let is_number = |word: &String| word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().count() <= 5;
    let (Some(first), short) = (words.first(), text.chars().count() <= LONGEST) else { return false };
    let joined = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let behind = words.iter().skip(1).find(|word| !matches!(word.as_str(), "step" | "no" | "nr" | "number"));
    let is_step = |word: &str| STEPS.contains(&word);
    short && (is_step(first) && behind.is_some_and(is_number) || joined != first && is_step(joined))
}

/// The rows above the headings in which a step may stand alone.
const ABOVE: u32 = 3;

/// The text above the headings that heads the first lines, if texts further down do so, too.
fn above(sheet: &Sheet, headings: u32) -> Option<(u32, At, &Cell)> {
    let rows = (headings.saturating_sub(ABOVE)..headings).rev();
    let alone = rows.filter_map(|row| {
        let mut cells = sheet.row(row);
        let (at, cell) = cells.next()?;
        cells.next().is_none().then_some((row, at, cell))
    });
    alone.into_iter().find(|(_, _, cell)| names_step(&cell.value.to_string()))
}

/// Takes the texts across the table in as a column of its own, if they head lines and the table has no such column. Gives the
/// rows in which they stand.
pub fn take(
    sheet: &Sheet,
    headings: u32,
    columns: &mut Vec<Column>,
    records: &mut [Record],
    others: &BTreeMap<u32, Left>,
) -> Vec<u32> {
    let rows: Vec<u32> = others.iter().filter(|(_, left)| **left == Left::Across).map(|(row, _)| *row).collect();
    let mut texts: Vec<(u32, At, &Cell)> = rows
        .iter()
        .filter_map(|row| {
            let (at, cell) = sheet.row(*row).find(|(at, _)| columns.iter().any(|column| column.column == at.column))?;
            (cell.value.to_string().chars().count() <= LONGEST).then_some((*row, at, cell))
        })
        .collect();
    let counts = texts.len() == rows.len();
    let name_steps = !texts.is_empty() && texts.iter().all(|(_, _, cell)| names_step(&cell.value.to_string()));
    if let Some(first) = above(sheet, headings).filter(|_| name_steps) {
        texts.insert(0, first);
    }
    let heads_lines = |index: usize| {
        let end = texts.get(index + 1).map_or(u32::MAX, |(row, _, _)| *row);
        records.iter().any(|record| record.row > texts[index].0 && record.row < end)
    };
    let (Some(field), Some((first, at, _))) = (free_field(columns), texts.first()) else { return Vec::new() };
    let begins = name_steps || records.first().is_some_and(|record| record.row > *first);
    if !counts || !begins || !(0..texts.len()).all(heads_lines) {
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
