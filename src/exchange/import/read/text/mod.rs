//! Text with separators: csv, tsv and what programs call so.

pub mod decode;
pub mod numbers;
mod separator;

use super::super::workbook::{At, Sheet};
use super::budget::Budget;
use super::error::Fault;
use numbers::Marks;
use separator::Layout;

/// Reads a text as a sheet that is named like the file.
pub fn read(file: &str, text: &str, budget: &mut Budget) -> Result<Sheet, Fault> {
    let (layout, text) = Layout::of(text, file)?;
    let mut marks = Marks::default();
    each_row(text, layout, |_, fields| {
        for field in fields {
            marks.see(field);
        }
        Ok(())
    })?;
    let numbers = marks.numbers(layout.separator == b',');
    let mut sheet = Sheet::named(sheet_name(file));
    each_row(text, layout, |row, fields| {
        for (column, field) in fields.iter().enumerate() {
            let at = At::new(row, column as u32);
            Budget::fits(&sheet, at, field)?;
            budget.write(&mut sheet, at, numbers.value(field), false)?;
        }
        Ok(())
    })?;
    Ok(sheet)
}

/// The name of the only sheet of a file.
pub fn sheet_name(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(name, _)| name)
}

/// Hands out the records with their row numbers, which count blank lines as spreadsheet programs do.
fn each_row(
    text: &str,
    layout: Layout,
    mut row_is: impl FnMut(u32, &csv::StringRecord) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(layout.separator)
        .quoting(layout.quoted)
        .from_reader(text.as_bytes());
    let mut row = 0_u32;
    let mut record = csv::StringRecord::new();
    loop {
        let start = reader.position().byte() as usize;
        let more =
            reader.read_record(&mut record).map_err(|error| Fault::damaged(format!("row {}", row + 1), error))?;
        if !more {
            return Ok(());
        }
        // The reader passes over blank lines.
        row = row.saturating_add(text[start..].bytes().take_while(|b| *b == b'\n').count() as u32);
        row_is(row, &record)?;
        row = row.saturating_add(1);
    }
}
