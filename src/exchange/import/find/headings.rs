//! The headings of a block of rows: per column what stands there from top to bottom, and what stands above several columns.

use std::ops::RangeInclusive;

use crate::exchange::import::workbook::{At, Sheet};

/// Longest text that is taken for a heading: the guiding words that some forms print below a heading included.
const LONGEST: usize = 220;

/// The heading of a column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Heading {
    /// Column of the sheet.
    pub column: u32,
    /// What stands in the column, from top to bottom; merged parents included.
    pub pieces: Vec<String>,
    /// Parents that are not merged over the column but stand to the left of it with nothing in between.
    pub spread: Vec<String>,
    /// Whether the lowest piece stands in this very column: not in one to the left that is merged over it.
    pub is_own: bool,
    /// Over how many columns the cell of the lowest piece is merged.
    pub span: u32,
}

impl Heading {
    /// The lowest piece.
    pub fn leaf(&self) -> &str {
        self.pieces.last().map_or("", String::as_str)
    }

    /// The pieces above the lowest one, merged or not.
    pub fn parents(&self) -> impl Iterator<Item = &str> {
        let above = self.pieces.len().saturating_sub(1);
        self.pieces[..above].iter().chain(&self.spread).map(String::as_str)
    }

    /// All pieces joined by a slash, for people.
    pub fn shown(&self) -> String {
        let lines = self.pieces.iter().map(|piece| piece.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.collect::<Vec<_>>().join(" / ")
    }
}

/// Whether a text can be a heading or a piece of one.
pub fn is_heading_text(text: &str) -> bool {
    text.chars().count() <= LONGEST && text.chars().any(|c| c.is_alphabetic() || c == '#')
}

/// The headings of a window of rows between two columns.
pub fn headings(sheet: &Sheet, rows: RangeInclusive<u32>, columns: RangeInclusive<u32>) -> Vec<Heading> {
    let grid: Vec<Vec<Option<(At, String)>>> = rows
        .clone()
        .map(|row| {
            let seen = |column| {
                let (at, cell) = sheet.seen(At::new(row, column))?;
                // A title that is merged down from above the window is no heading.
                let text = cell.value.to_string();
                (rows.contains(&at.row) && is_heading_text(&text)).then(|| (at, text.trim().to_owned()))
            };
            columns.clone().map(seen).collect()
        })
        .collect();
    let width = grid.first().map_or(0, Vec::len);
    (0..width).map(|index| heading(sheet, &grid, index, *columns.start() + index as u32)).collect()
}

fn heading(sheet: &Sheet, grid: &[Vec<Option<(At, String)>>], index: usize, column: u32) -> Heading {
    let mut pieces: Vec<String> = Vec::new();
    let mut last = None;
    let mut spread = Vec::new();
    let mut is_own = false;
    let mut span = 1;
    for (depth, row) in grid.iter().enumerate() {
        match &row[index] {
            Some((at, text)) => {
                if last != Some(*at) {
                    pieces.push(text.clone());
                    is_own = at.column == column;
                    span = sheet.merge_of(*at).map_or(1, |area| area.last.column - area.first.column + 1);
                }
                last = Some(*at);
            }
            None => spread.extend(parent_to_the_left(grid, depth, index)),
        }
    }
    // Vertical lettering: S, e, v in three cells.
    if pieces.len() >= 2 && pieces.iter().all(|piece| piece.chars().count() <= 2) {
        pieces = vec![pieces.concat()];
    }
    Heading { column, pieces, spread, is_own, span }
}

/// A parent that somebody wrote into the first of its columns without merging: blank cells follow it, and in its own column
/// something stands below.
fn parent_to_the_left(grid: &[Vec<Option<(At, String)>>], depth: usize, index: usize) -> Option<String> {
    const FARTHEST: usize = 8;
    grid.get(depth + 1..)?.iter().find_map(|row| row[index].as_ref())?;
    let (left, (_, text)) =
        (index.saturating_sub(FARTHEST)..index).rev().find_map(|left| Some((left, grid[depth][left].as_ref()?)))?;
    let has_child = |column: usize| grid[depth + 1..].iter().any(|row| row[column].is_some());
    (left..index).all(has_child).then(|| text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::import::workbook::{Area, Cell, Value};

    pub fn sheet(rows: &[&[&str]]) -> Sheet {
        let mut sheet = Sheet::named("s");
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate() {
                let value = text.parse().map_or_else(|_| Value::Text((*text).to_owned()), Value::Number);
                sheet.write(At::new(row as u32, column as u32), Cell { value, formula: false });
            }
        }
        sheet
    }

    #[test]
    fn merged_and_spread_parents_are_found() {
        let mut sheet = sheet(&[
            &["Failure mode", "Controls", "", "Results", "", ""],
            &["", "Prevention", "Detection", "S", "O", "D"],
        ]);
        sheet.merge(Area { first: At::new(0, 0), last: At::new(1, 0) });
        sheet.merge(Area { first: At::new(0, 1), last: At::new(0, 2) });
        let found = headings(&sheet, 0..=1, 0..=5);
        assert_eq!(found[0].pieces, ["Failure mode"]);
        assert_eq!(found[2].pieces, ["Controls", "Detection"]);
        assert_eq!(found[5].parents().collect::<Vec<_>>(), ["Results"], "not merged");
        assert!(found[1].spread.is_empty());
    }

    #[test]
    fn letters_below_each_other_are_one_word() {
        let found = headings(&sheet(&[&["S", "R"], &["e", "P"], &["v", "N"]]), 0..=2, 0..=1);
        assert_eq!(found[0].leaf(), "Sev");
        assert_eq!(found[1].leaf(), "RPN");
    }
}
