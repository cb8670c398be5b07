//! Lines that do not fit their columns: shifted by a missing or an extra cell. They are reported, not guessed.

use super::profile::Profile;
use crate::exchange::import::table::{Column, Field, Meaning};
use crate::exchange::import::workbook::{At, Sheet, Value};

/// What the columns of a table hold by far in most of their lines.
pub struct Shape {
    columns: Vec<(u32, Expected)>,
    width: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// Numbers, none above this one.
    Numbers(u32),
    /// Words.
    Words,
    Anything,
}

impl Shape {
    /// The shape of the lines in these rows.
    pub fn of(sheet: &Sheet, columns: &[Column], rows: &[u32]) -> Self {
        // Lines with a cell in every column tell best, if there are enough of them.
        let is_full = |row: &&u32| columns.iter().all(|column| sheet.cell(At::new(**row, column.column)).is_some());
        let full: Vec<u32> = rows.iter().filter(is_full).copied().collect();
        let rows = if full.len() >= 5 && full.len() * 3 >= rows.len() { &full[..] } else { rows };
        let expected = |column: &Column| {
            let cells = rows.iter().filter_map(|row| sheet.cell(At::new(*row, column.column)));
            let profile = Profile::of(cells.clone());
            if profile.filled < 5 {
                return Expected::Anything;
            }
            let is_rating = matches!(
                column.meaning,
                Meaning::Field(
                    Field::Severity
                        | Field::Occurrence
                        | Field::Detection
                        | Field::LaterSeverity
                        | Field::LaterOccurrence
                        | Field::LaterDetection
                )
            );
            if profile.number_share() >= 0.6 && is_rating {
                // A scale beyond ten is a scale if it is used, not if a product has slipped into the column.
                let mut numbers: Vec<f64> = cells.filter_map(|cell| cell.value.number()).collect();
                numbers.sort_by(f64::total_cmp);
                let usual = numbers.get(numbers.len() * 3 / 4).copied().unwrap_or(10.0);
                return Expected::Numbers(usual.max(10.0) as u32);
            }
            if profile.number_share() >= 0.7 && matches!(column.meaning, Meaning::Field(Field::Rpn | Field::LaterRpn)) {
                return Expected::Numbers(u32::MAX);
            }
            let is_words = matches!(
                column.meaning,
                Meaning::Field(
                    Field::Mode
                        | Field::Effect
                        | Field::Cause
                        | Field::Function
                        | Field::Action
                        | Field::Control
                        | Field::PreventionControl
                        | Field::DetectionControl
                        | Field::EffectYourPlant
                        | Field::EffectEndUser
                        | Field::Step
                )
            );
            let is_failure = matches!(column.meaning, Meaning::Field(Field::Mode | Field::Effect | Field::Cause));
            let words = profile.word_share();
            // A failure that is a number is none, even if many lines are shifted.
            if is_words && (words >= 0.75 || is_failure && words > 0.5) { Expected::Words } else { Expected::Anything }
        };
        let columns: Vec<(u32, Expected)> = columns.iter().map(|column| (column.column, expected(column))).collect();
        Self { width: columns.len(), columns }
    }

    /// Whether a row has words where numbers belong, all over: below headings they are words of guidance.
    pub fn is_guidance(&self, sheet: &Sheet, row: u32) -> bool {
        let numbers = self.columns.iter().filter(|(_, expected)| matches!(expected, Expected::Numbers(_)));
        let texts = |column: u32| sheet.cell(At::new(row, column)).is_some_and(|cell| is_words(&cell.value));
        numbers.filter(|(column, _)| texts(*column)).count() >= 2
    }

    /// Why a line does not fit, if it does not.
    pub fn misfit(&self, sheet: &Sheet, row: u32) -> Option<String> {
        let mut against = 0;
        let mut filled = 0;
        for (column, expected) in &self.columns {
            let Some(cell) = sheet.cell(At::new(row, *column)) else { continue };
            filled += 1;
            against += usize::from(match (expected, cell.value.number()) {
                (Expected::Numbers(most), Some(number)) => *most != u32::MAX && number > f64::from(*most) * 3.0,
                (Expected::Numbers(_), None) => is_sentence(&cell.value),
                (Expected::Words, number) => number.is_some(),
                (Expected::Anything, _) => false,
            });
        }
        let beyond = self.columns.last().is_some_and(|(last, _)| sheet.cell(At::new(row, last + 1)).is_some());
        let is_ragged = beyond || filled + 1 == self.width || filled + 2 <= self.width;
        (against >= 2 || (against == 1 && is_ragged && filled >= 3)).then(|| {
            "the line does not fit its columns: it seems to be shifted by a missing or an extra cell".to_owned()
        })
    }
}

/// Words, longer than those of a scale.
fn is_words(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.trim().chars().count() > 8)
}

fn is_sentence(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.trim().chars().count() > 14 && text.split_whitespace().nth(1).is_some())
}
