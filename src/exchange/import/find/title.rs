//! The header block above a table: labels and what they say.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::vocabulary::Vocabulary;
use super::words::words;
use crate::exchange::import::table::{TitleFact, TitleField};
use crate::exchange::import::workbook::{At, Cell, Sheet, Value};

/// So far to the right of a label its value may stand.
const FARTHEST: u32 = 8;

/// The facts in these rows.
pub fn facts(sheet: &Sheet, rows: RangeInclusive<u32>) -> Vec<TitleFact> {
    let mut facts: Vec<TitleFact> = Vec::new();
    let mut used = BTreeSet::new();
    for row in rows.clone() {
        for (at, cell) in sheet.row(row) {
            if used.contains(&at) {
                continue;
            }
            let within = within(at, cell);
            if within.is_empty() {
                if let Some(fact) = beside(sheet, at, cell, &rows) {
                    used.insert(fact.at);
                    facts.push(fact);
                }
            } else {
                facts.extend(within);
            }
        }
    }
    // "FMEA date (orig.) … (rev.) …": what revises is a day.
    for fact in &mut facts {
        if fact.field == TitleField::Revision && is_day(&fact.value) {
            fact.field = TitleField::RevisionDate;
        }
    }
    // The same label twice, such as "Prepared by" on two places: the first that says something stands.
    let mut seen = BTreeSet::new();
    facts.retain(|fact| seen.insert(fact.field));
    facts
}

fn split(line: &str) -> Option<(&str, &str)> {
    line.split_once([':', '：']).map(|(label, value)| (label.trim(), value.trim()))
}

/// A box that is ticked before the name of a phase.
fn ticked(at: At, text: &str) -> Option<TitleFact> {
    let rest = ["☑", "☒", "✓", "✔", "■", "●", "[x]", "[X]", "(x)", "(X)"]
        .iter()
        .find_map(|tick| text.trim().strip_prefix(tick))?;
    let phase = words(rest).first().is_some_and(|word| {
        [
            "prototype",
            "pre",
            "prelaunch",
            "production",
            "safe",
            "prototyp",
            "vorserie",
            "serie",
            "prototipo",
            "produccion",
            "produzione",
        ]
        .contains(&word.as_str())
    });
    let value = Value::Text(rest.trim().to_owned());
    phase.then(|| TitleFact { field: TitleField::Phase, label: String::new(), label_at: at, value, at })
}

/// Labels and values in one cell, a line each.
fn within(at: At, cell: &Cell) -> Vec<TitleFact> {
    let Value::Text(text) = &cell.value else { return Vec::new() };
    if let Some(fact) = ticked(at, text) {
        return vec![fact];
    }
    let fact = |(label, value): (&str, &str)| {
        let field = Vocabulary::get().title(label)?;
        let value = Value::Text(value.to_owned());
        (!value.is_empty()).then(|| TitleFact { field, label: label.to_owned(), label_at: at, value, at })
    };
    let several: Vec<TitleFact> = text.lines().filter_map(split).filter_map(fact).collect();
    // "Core team:" and the names on the lines below it.
    match (split(text), &several[..]) {
        (Some((label, value)), [] | [_]) if !label.contains('\n') => fact((label, value)).into_iter().collect(),
        _ => several,
    }
}

/// A label, and its value to the right or below.
fn beside(sheet: &Sheet, at: At, cell: &Cell, rows: &RangeInclusive<u32>) -> Option<TitleFact> {
    let Value::Text(text) = &cell.value else { return None };
    let label = text.trim().trim_end_matches([':', '：']).trim();
    let field = Vocabulary::get().title(label)?;
    let last = sheet.merge_of(at).map_or(at.column, |area| area.last.column);
    let right = (last + 1..=last + FARTHEST).find_map(|column| {
        let (source, cell) = sheet.seen(At::new(at.row, column))?;
        let is_colon = matches!(&cell.value, Value::Text(text) if matches!(text.trim(), ":" | "：" | "-"));
        (!is_colon).then_some((source, cell))
    });
    let right = right.filter(|(_, cell)| !is_label(&cell.value));
    let below = || {
        let last = sheet.merge_of(at).map_or(at.row, |area| area.last.row);
        let (source, cell) = sheet.seen(At::new(last + 1, at.column))?;
        (rows.contains(&source.row) && !is_label(&cell.value)).then_some((source, cell))
    };
    // A label without a colon that stands alone over a value is rare; with words to its right it is more often a title. But in
    // a row of labels what stands to the right of one is another one, be it known or not.
    let found = if is_row_of_labels(sheet, at.row) { below().or(right) } else { right.or_else(below) };
    let (source, cell) = found?;
    Some(TitleFact { field, label: label.to_owned(), label_at: at, value: cell.value.clone(), at: source })
}

/// Whether a row holds labels whose values stand below them: more of its texts are labels that are known than not, and the
/// row below is none of that kind.
fn is_row_of_labels(sheet: &Sheet, row: u32) -> bool {
    let count = |row: u32| {
        let texts: Vec<&Value> = sheet.row(row).map(|(_, cell)| &cell.value).collect();
        let known = texts
            .iter()
            .filter(|value| matches!(value, Value::Text(text) if Vocabulary::get().title(text.trim()).is_some()));
        (known.count(), texts.len())
    };
    let ((here, all), (below, _)) = (count(row), count(row + 1));
    here >= 2 && here * 2 > all && below == 0
}

fn is_label(value: &Value) -> bool {
    let Value::Text(text) = value else { return false };
    text.trim_end().ends_with([':', '：'])
        || Vocabulary::get().is_label(text)
        || split(text).is_some_and(|(label, _)| Vocabulary::get().title(label).is_some())
}

fn is_day(value: &Value) -> bool {
    match value {
        Value::Date(_) => true,
        Value::Text(text) => {
            let numbers: Vec<&str> = text.trim().split(['.', '/', '-']).collect();
            numbers.len() == 3
                && numbers.iter().all(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
        }
        Value::Number(_) | Value::Truth(_) | Value::Fault(_) => false,
    }
}
