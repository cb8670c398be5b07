//! How much a file may hold. Whatever the bytes claim, reading stays far below 1 GB: everything that grows with the
//! contents is counted here before it is kept.

use super::super::workbook::{Area, At, Cell, Sheet, Value};
use super::error::Fault;

/// Rows of a sheet, as in the spreadsheet programs.
pub const MOST_ROWS: u32 = 1 << 20;
/// Columns of a sheet, as in the spreadsheet programs.
pub const MOST_COLUMNS: u32 = 1 << 14;
/// Cells with contents in a workbook. The largest FMEAs have a few hundred thousand.
pub const MOST_CELLS: usize = 4_000_000;
/// Bytes of text in the cells of a workbook. A text written once may be shown by a million cells.
pub const MOST_TEXT: usize = 100_000_000;
/// Bytes of text in one cell. Excel allows 32,767 characters.
pub const MOST_TEXT_OF_CELL: usize = 1_000_000;
/// Cells of merged areas in a workbook.
pub const MOST_MERGED: u64 = 4_000_000;
/// Bytes of the parts that are read, unpacked.
pub const MOST_UNPACKED: u64 = 200_000_000;
/// Bytes of the file itself.
pub const MOST_BYTES: usize = 200_000_000;
/// Sheets of a workbook.
pub const MOST_SHEETS: usize = 1_000;

/// What has been used up so far.
#[derive(Debug, Default)]
pub struct Budget {
    cells: usize,
    text: usize,
    merged: u64,
    unpacked: u64,
}

impl Budget {
    /// Writes a cell if it holds something, within the limits. See [`Sheet::write`] for formulas without result.
    pub fn write(&mut self, sheet: &mut Sheet, at: At, value: Value, formula: bool) -> Result<(), Fault> {
        if value.is_empty() && !formula {
            return Ok(());
        }
        Self::place(sheet, at)?;
        self.cells += 1;
        if let Value::Text(text) | Value::Fault(text) = &value {
            Self::fits(sheet, at, text)?;
            self.text += text.len();
        }
        if self.cells > MOST_CELLS {
            return Err(too_large(format!("it has more than {MOST_CELLS} cells with contents")));
        }
        if self.text > MOST_TEXT {
            return Err(too_large(format!("its cells hold more than {} MB of text", MOST_TEXT / 1_000_000)));
        }
        sheet.write(at, Cell { value, formula });
        Ok(())
    }

    /// Merges an area within the limits.
    pub fn merge(&mut self, sheet: &mut Sheet, area: Area) -> Result<(), Fault> {
        // Areas that are left out count, too: a file may name one again and again.
        self.merged += sheet.merge(area).max(1);
        if self.merged > MOST_MERGED {
            return Err(too_large(format!("its merged cells cover more than {MOST_MERGED} cells")));
        }
        Ok(())
    }

    /// Takes note of bytes that were unpacked.
    pub fn unpack(&mut self, bytes: u64) -> Result<(), Fault> {
        self.unpacked = self.unpacked.saturating_add(bytes);
        if self.unpacked > MOST_UNPACKED {
            return Err(too_large(format!("its contents unpack to more than {} MB", MOST_UNPACKED / 1_000_000)));
        }
        Ok(())
    }

    /// How many bytes may still be unpacked.
    pub fn left_to_unpack(&self) -> u64 {
        MOST_UNPACKED - self.unpacked
    }

    /// Refuses a text that is too long for a cell, before it is copied.
    pub fn fits(sheet: &Sheet, at: At, text: &str) -> Result<(), Fault> {
        if text.len() > MOST_TEXT_OF_CELL {
            return Err(too_large(format!(
                "cell {at} of sheet “{}” holds more than {} MB of text",
                sheet.name,
                MOST_TEXT_OF_CELL / 1_000_000
            )));
        }
        Ok(())
    }

    fn place(sheet: &Sheet, at: At) -> Result<(), Fault> {
        if at.row >= MOST_ROWS {
            return Err(too_large(format!("sheet “{}” has more than {MOST_ROWS} rows", sheet.name)));
        }
        if at.column >= MOST_COLUMNS {
            return Err(too_large(format!("sheet “{}” has more than {MOST_COLUMNS} columns", sheet.name)));
        }
        Ok(())
    }
}

/// The fault of a file that holds too much.
pub fn too_large(what: String) -> Fault {
    Fault::TooLarge { what }
}
