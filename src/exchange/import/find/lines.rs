//! Which rows below the headings are lines of the table, and what the others are.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::sections::names_step;
use super::vocabulary::Vocabulary;
use crate::exchange::import::table::{Column, Field, Left, Meaning};
use crate::exchange::import::workbook::{At, Cell, Sheet, Value};

/// More blank rows than this end a table.
const MOST_BLANK: u32 = 30;

/// The rows below some headings.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// Rows that are lines of the table.
    pub rows: Vec<u32>,
    /// Rows that belong to the table and are no lines, and why.
    pub others: BTreeMap<u32, Left>,
    /// The row behind the last that belongs to the table.
    pub end: u32,
}

/// What the rows of a table are told apart by.
pub struct Rows<'s> {
    /// The sheet.
    pub sheet: &'s Sheet,
    /// Rows of the headings.
    pub headings: RangeInclusive<u32>,
    /// The columns of the table.
    pub columns: &'s [Column],
    /// The last row that may belong to it.
    pub last: u32,
}

/// What a row is.
enum Row {
    Line,
    Other(Left),
    Blank,
    /// The headings of another table.
    End,
}

impl Rows<'_> {
    /// Goes through the rows from the headings down.
    pub fn lines(&self) -> Lines {
        let mut lines = Lines { end: self.headings.end() + 1, ..Lines::default() };
        let mut blank = 0;
        let mut is_below = false;
        for row in self.headings.end() + 1..=self.last {
            match self.row(row, is_below, lines.rows.is_empty()) {
                Row::Blank => {
                    blank += 1;
                    if blank > MOST_BLANK {
                        break;
                    }
                    continue;
                }
                Row::End => break,
                Row::Line => {
                    is_below = false;
                    lines.rows.push(row);
                }
                Row::Other(left) => {
                    is_below |= left == Left::Footer;
                    lines.others.insert(row, left);
                }
            }
            blank = 0;
            lines.end = row + 1;
        }
        lines
    }

    fn row(&self, row: u32, is_below: bool, is_first: bool) -> Row {
        let (Some(first), Some(last)) = (self.columns.first(), self.columns.last()) else { return Row::End };
        let block = first.column..=last.column;
        let cells: Vec<(At, &Cell)> = self.sheet.row(row).filter(|(at, _)| block.contains(&at.column)).collect();
        if cells.is_empty() {
            return Row::Blank;
        }
        if self.repeats_headings(&cells) || (is_first && (is_numbering(&cells) || asks(&cells))) {
            return Row::Other(Left::Heading);
        }
        if begins_other_table(&cells) {
            return Row::End;
        }
        if let [(at, cell)] = cells[..]
            && (self.is_across(at) || (!self.has_steps() && names_step(&cell.value.to_string())))
        {
            let is_foot = Vocabulary::get().is_footer(&cell.value.to_string());
            return Row::Other(if is_foot { Left::Footer } else { Left::Across });
        }
        if cells.iter().all(|(_, cell)| cell.formula && says_nothing(&cell.value)) {
            return Row::Other(Left::EmptyFormula);
        }
        let said: Vec<(&Column, &Cell)> = cells
            .iter()
            .filter(|(_, cell)| !(cell.formula && says_nothing(&cell.value)))
            .filter_map(|(at, cell)| Some((self.column(at.column)?, *cell)))
            .collect();
        let counts = |column: &Column| !matches!(column.meaning, Meaning::Field(Field::LineNumber));
        let is_number = |cell: &Cell| cell.value.number().is_some();
        let with_contents =
            said.iter().filter(|(column, _)| counts(column) && column.meaning != Meaning::Ignored).count();
        let foot = cells.iter().take(2).any(|(_, cell)| Vocabulary::get().is_footer(&cell.value.to_string()));
        let main = said.iter().filter(|(column, cell)| is_main(column) && !is_number(cell)).count();
        if (foot && main <= 2 && cells.len() <= 5 && !looks_like_line(&said)) || (is_below && main < 2) {
            return Row::Other(Left::Footer);
        }
        if with_contents == 0 {
            return Row::Other(Left::Other("a line that holds nothing but its number".to_owned()));
        }
        // Numbers filled down in advance, in lines that say nothing else.
        let only_number = said.iter().all(|(column, cell)| {
            !counts(column) || (matches!(column.meaning, Meaning::Field(Field::StepNumber)) && is_number(cell))
        });
        let zeros = |(column, cell): &(&Column, &Cell)| is_computed(column) && says_nothing(&cell.value);
        if only_number || said.iter().all(zeros) {
            return Row::Other(Left::Other("a line that holds nothing but its number".to_owned()));
        }
        Row::Line
    }

    fn column(&self, column: u32) -> Option<&Column> {
        self.columns.iter().find(|known| known.column == column)
    }

    /// Whether a column of the table names steps.
    fn has_steps(&self) -> bool {
        let is_step = |field| matches!(field, Field::Step | Field::StepNumber | Field::StepAndFunction);
        self.columns.iter().any(|column| matches!(column.meaning, Meaning::Field(field) if is_step(field)))
    }

    /// Whether the cell is merged over most of the table.
    fn is_across(&self, at: At) -> bool {
        self.sheet.merge_of(at).is_some_and(|area| {
            let covered = self.columns.iter().filter(|column| (at.column..=area.last.column).contains(&column.column));
            area.first.row == area.last.row && covered.count() * 2 > self.columns.len().max(4)
        })
    }

    /// Whether the row says again what the headings say, as on each printed page.
    fn repeats_headings(&self, cells: &[(At, &Cell)]) -> bool {
        if cells.len() < 2 {
            return false;
        }
        let same = cells.iter().filter(|(at, cell)| {
            let says =
                |row| self.sheet.seen(At::new(row, at.column)).is_some_and(|(_, heading)| heading.value == cell.value);
            matches!(cell.value, Value::Text(_)) && self.headings.clone().any(says)
        });
        same.count() * 10 >= cells.len() * 7
    }
}

/// A row that asks below its headings what is to be filled in: "What causes the step to go wrong?".
fn asks(cells: &[(At, &Cell)]) -> bool {
    let asks = |cell: &Cell| matches!(&cell.value, Value::Text(text) if text.trim_end().ends_with(['?', '？']));
    let asking = cells.iter().filter(|(_, cell)| asks(cell)).count();
    asking >= 3 && asking * 10 >= cells.len() * 6
}

/// A row that numbers the columns: 1, 2, 3 … or a, b, c …
pub fn is_numbering(cells: &[(At, &Cell)]) -> bool {
    let numbers: Vec<f64> = cells
        .iter()
        .map_while(|(_, cell)| match &cell.value {
            Value::Text(text) => text.trim().trim_matches(['(', ')', '.']).parse().ok(),
            value => value.number(),
        })
        .collect();
    cells.len() >= 4
        && numbers.len() == cells.len()
        && numbers.windows(2).all(|pair| (pair[1] - pair[0] - 1.0).abs() < f64::EPSILON)
}

/// What a formula says in a line without contents.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Number(number) => *number == 0.0,
        Value::Fault(_) => true,
        Value::Text(text) => matches!(text.trim(), "" | "0" | "-"),
        Value::Truth(truth) => !truth,
        Value::Date(_) => false,
    }
}

fn is_main(column: &Column) -> bool {
    use Field as F;
    matches!(
        column.meaning,
        Meaning::Field(
            F::Mode
                | F::Effect
                | F::Cause
                | F::Step
                | F::StepAndFunction
                | F::Function
                | F::Characteristic
                | F::ProductCharacteristic
                | F::ProcessCharacteristic
                | F::Specification
                | F::ControlMethod
                | F::MeasurementTechnique
                | F::Control
                | F::PreventionControl
                | F::DetectionControl
                | F::EffectYourPlant
                | F::EffectEndUser
                | F::Equipment
        )
    )
}

fn is_rating(column: &Column) -> bool {
    matches!(column.meaning, Meaning::Field(Field::Severity | Field::Occurrence | Field::Detection))
}

fn is_computed(column: &Column) -> bool {
    matches!(
        column.meaning,
        Meaning::Field(Field::Rpn | Field::LaterRpn | Field::ActionPriority | Field::LaterActionPriority)
    )
}

/// A line has its words in more than its first columns, and ratings where ratings belong.
fn looks_like_line(said: &[(&Column, &Cell)]) -> bool {
    said.iter().any(|(column, cell)| is_rating(column) && cell.value.number().is_some())
}

/// Whether other headings stand in the row.
fn begins_other_table(cells: &[(At, &Cell)]) -> bool {
    let texts = cells.iter().filter(|(_, cell)| cell.value.number().is_none());
    let vocabulary = Vocabulary::get();
    let says = |cell: &Cell| {
        let text = cell.value.to_string();
        text.len() <= 120 && vocabulary.is_heading(&text)
    };
    let (mut all, mut known) = (0, 0);
    for (_, cell) in texts {
        all += 1;
        // Few rows come near it; the others are given up after their first cells.
        if all - known > 3 && known < 3 {
            return false;
        }
        known += usize::from(says(cell));
    }
    known >= 4 && known * 10 >= all * 6 && all == cells.len()
}
