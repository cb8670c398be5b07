//! What a spreadsheet holds, wherever it came from: sheets of cells with addresses, merged areas, hidden rows and columns.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use crate::base::clock::Date;

/// The place of a cell, counted from zero. Shown as spreadsheets do: `C12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Row from the top.
    pub row: u32,
    /// Column from the left.
    pub column: u32,
}

impl At {
    /// The cell in this row and column.
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// The cell of an address such as `C12`.
    pub fn parse(address: &str) -> Option<Self> {
        let (letters, digits) = address.split_at(address.find(|c: char| c.is_ascii_digit())?);
        let row: u32 = digits.parse().ok()?;
        Some(Self::new(row.checked_sub(1)?, column_of(letters)?))
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), u64::from(self.row) + 1)
    }
}

/// The letters of a column counted from zero: `A` … `Z`, `AA` …
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The column, counted from zero, that goes by these letters; none if they are no letters of a column.
pub fn column_of(letters: &str) -> Option<u32> {
    let letters = letters.trim();
    if letters.is_empty() || letters.len() > 6 {
        return None;
    }
    let column = letters.bytes().try_fold(0_u64, |column, byte| {
        let letter = byte.to_ascii_uppercase();
        letter.is_ascii_uppercase().then(|| column * 26 + u64::from(letter - b'A') + 1)
    })?;
    u32::try_from(column - 1).ok()
}

/// A rectangle of cells, both corners within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Upper left corner.
    pub first: At,
    /// Lower right corner.
    pub last: At,
}

impl Area {
    /// Whether the cell lies within.
    pub fn contains(&self, at: At) -> bool {
        (self.first.row..=self.last.row).contains(&at.row)
            && (self.first.column..=self.last.column).contains(&at.column)
    }
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words, as they are written.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// Yes or no.
    Truth(bool),
    /// What a formula says that could not be computed, such as `#REF!`.
    Fault(String),
}

impl Value {
    /// The number, if it is one or a text that is nothing but one, with decimal point or comma.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.trim().replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite()),
            Self::Date(_) | Self::Truth(_) | Self::Fault(_) => None,
        }
    }

    /// Whether there is nothing to read: no text, or white space alone.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.chars().all(|c| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}'))
    }
}

impl fmt::Display for Value {
    /// As it would be written into a cell: whole numbers without decimals, days as YYYY-MM-DD.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Fault(text) => f.write_str(text),
            Self::Number(number) => f.write_str(&number_text(*number)),
            Self::Date(date) => write!(f, "{date}"),
            Self::Truth(truth) => f.write_str(if *truth { "TRUE" } else { "FALSE" }),
        }
    }
}

/// A number as spreadsheet programs write it: with at most 15 significant digits, for more are an accident of the binary
/// arithmetic (0.1 + 0.2 is 0.3, not 0.30000000000000004).
pub fn number_text(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    // Without the sign of a negative zero.
    format!("{}", rounded + 0.0)
}

/// A cell that holds something.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What it says.
    pub value: Value,
    /// Whether a formula says it.
    pub formula: bool,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Name on its tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// Hidden rows.
    pub hidden_rows: BTreeSet<u32>,
    /// Hidden columns.
    pub hidden_columns: BTreeSet<u32>,
    /// The cells of each row from left to right.
    rows: BTreeMap<u32, Vec<(u32, Cell)>>,
    len: usize,
    empty_formulas: BTreeSet<At>,
    merges: Vec<Area>,
    merged: HashMap<At, u32>,
}

impl Sheet {
    /// An empty sheet.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Writes a cell. Nothing is kept of one that is empty, but for the place of a formula without result
    /// ([`Self::empty_formulas`]).
    pub fn write(&mut self, at: At, cell: Cell) {
        if cell.value.is_empty() {
            if cell.formula {
                self.empty_formulas.insert(at);
            }
            return;
        }
        // Rows with one cell are many in some files, and a list grows to four at once.
        let row = self.rows.entry(at.row).or_insert_with(|| Vec::with_capacity(1));
        // Files write from left to right.
        if row.last().is_none_or(|(column, _)| *column < at.column) {
            row.push((at.column, cell));
        } else {
            match row.binary_search_by_key(&at.column, |(column, _)| *column) {
                Ok(index) => {
                    row[index].1 = cell;
                    return;
                }
                Err(index) => row.insert(index, (at.column, cell)),
            }
        }
        self.len += 1;
    }

    /// Merges an area and returns how many cells it covers. Cells below its first column or beside its first row count as
    /// parts of the first cell.
    ///
    /// An area of more than `MOST_MERGED` cells is a painted background rather than a cell of a form, and is left out.
    pub fn merge(&mut self, area: Area) -> u64 {
        const MOST_MERGED: u64 = 1 << 16;
        let rows = u64::from(area.last.row.saturating_sub(area.first.row)) + 1;
        let columns = u64::from(area.last.column.saturating_sub(area.first.column)) + 1;
        let covered = rows.saturating_mul(columns);
        if !(2..=MOST_MERGED).contains(&covered) {
            return 0;
        }
        let index = self.merges.len() as u32;
        self.merges.push(area);
        for row in area.first.row..=area.last.row {
            for column in area.first.column..=area.last.column {
                self.merged.insert(At::new(row, column), index);
            }
        }
        covered
    }

    /// Where formulas stand that have no result or an empty one, from top to bottom. They are no cells with contents, but
    /// tell a line prepared for filling in from no line.
    pub fn empty_formulas(&self) -> impl Iterator<Item = At> {
        self.empty_formulas.iter().copied()
    }

    /// What is written in a cell itself.
    pub fn cell(&self, at: At) -> Option<&Cell> {
        let row = self.rows.get(&at.row)?;
        let index = row.binary_search_by_key(&at.column, |(column, _)| *column).ok()?;
        Some(&row[index].1)
    }

    /// The merged area a cell belongs to.
    pub fn merge_of(&self, at: At) -> Option<Area> {
        self.merged.get(&at).map(|index| self.merges[*index as usize])
    }

    /// The merged areas.
    pub fn merges(&self) -> &[Area] {
        &self.merges
    }

    /// What a person sees at a cell: what is written there, or in the first cell of the merged area it belongs to.
    pub fn seen(&self, at: At) -> Option<(At, &Cell)> {
        let at = self.merge_of(at).map_or(at, |area| area.first);
        self.cell(at).map(|cell| (at, cell))
    }

    /// Every cell that holds something, row by row.
    pub fn cells(&self) -> impl Iterator<Item = (At, &Cell)> {
        self.rows.iter().flat_map(|(row, cells)| cells.iter().map(|(column, cell)| (At::new(*row, *column), cell)))
    }

    /// The cells of a row that hold something, from left to right.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (At, &Cell)> {
        self.rows.get(&row).into_iter().flatten().map(move |(column, cell)| (At::new(row, *column), cell))
    }

    /// The last row that holds something.
    pub fn last_row(&self) -> Option<u32> {
        self.rows.last_key_value().map(|(row, _)| *row)
    }

    /// How many cells hold something.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

/// A workbook, or a text file read as one sheet.
#[derive(Debug, Clone, Default)]
pub struct Workbook {
    /// Name of the file without its folder.
    pub file: String,
    /// Its sheets in order.
    pub sheets: Vec<Sheet>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_as_spreadsheets_do() {
        for (at, name) in [
            (At::new(0, 0), "A1"),
            (At::new(11, 2), "C12"),
            (At::new(0, 25), "Z1"),
            (At::new(0, 26), "AA1"),
            (At::new(0, 701), "ZZ1"),
            (At::new(1_048_575, 16_383), "XFD1048576"),
        ] {
            assert_eq!(at.to_string(), name);
            let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
            assert_eq!(column_of(letters), Some(at.column));
        }
        assert_eq!(column_of("A1"), None);
        assert_eq!(column_of(""), None);
    }

    #[test]
    fn a_merged_cell_shows_what_its_first_cell_says() {
        let mut sheet = Sheet::named("s");
        sheet.write(At::new(1, 1), Cell { value: Value::Text("Press".into()), formula: false });
        sheet.merge(Area { first: At::new(1, 1), last: At::new(3, 2) });
        assert_eq!(sheet.seen(At::new(3, 2)).map(|(at, _)| at), Some(At::new(1, 1)));
        assert_eq!(sheet.cell(At::new(3, 2)), None);
        assert!(sheet.seen(At::new(4, 1)).is_none());
    }

    #[test]
    fn cells_come_in_order_however_they_were_written() {
        let mut sheet = Sheet::named("s");
        let number = |number| Cell { value: Value::Number(number), formula: false };
        for (row, column, value) in [(2, 5, 1.0), (2, 1, 2.0), (0, 3, 3.0), (2, 3, 4.0), (2, 1, 5.0)] {
            sheet.write(At::new(row, column), number(value));
        }
        sheet.write(At::new(9, 9), Cell { value: Value::Text(" ".into()), formula: true });
        let written: Vec<String> = sheet.cells().map(|(at, cell)| format!("{at}={}", cell.value)).collect();
        assert_eq!(written, ["D1=3", "B3=5", "D3=4", "F3=1"]);
        assert_eq!((sheet.len(), sheet.last_row(), sheet.row(2).count()), (4, Some(2), 3));
        assert_eq!(sheet.cell(At::new(9, 9)), None);
        assert_eq!(sheet.empty_formulas().collect::<Vec<_>>(), [At::new(9, 9)]);
    }

    #[test]
    fn numbers_are_written_without_the_dust_of_binary_arithmetic() {
        for (number, text) in [
            (0.1 + 0.2, "0.3"),
            (7.0, "7"),
            (-0.0, "0"),
            (1.005, "1.005"),
            (123_456_789.123, "123456789.123"),
            (1e15, "1000000000000000"),
        ] {
            assert_eq!(number_text(number), text);
        }
    }
}
