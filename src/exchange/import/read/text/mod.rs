//! Text with separators: csv, tsv and what programs call so.

mod decode;
mod numbers;
mod separator;

use super::super::workbook::{At, Sheet, Value};
use super::budget::Budget;
use super::error::Fault;
use numbers::Numbers;
use separator::Layout;

/// Reads a text as a sheet that is named like the file.
pub fn read(file: &str, bytes: &[u8], budget: &mut Budget) -> Result<Sheet, Fault> {
    let text = decode::text(bytes)?;
    let (layout, text) = Layout::of(&text, file);
    let rows = rows(text, layout)?;
    let numbers = Numbers::of(rows.iter().flat_map(|(_, fields)| fields.iter()), layout.separator);
    let name = file.rsplit_once('.').map_or(file, |(name, _)| name);
    let mut sheet = Sheet::named(name);
    for (row, fields) in &rows {
        for (column, field) in fields.iter().enumerate() {
            let at = At::new(*row, column as u32);
            Budget::fits(&sheet, at, field)?;
            let value = numbers.number(field).map_or_else(|| Value::Text(field.to_owned()), Value::Number);
            budget.write(&mut sheet, at, value, false)?;
        }
    }
    Ok(sheet)
}

/// The records with their row numbers, which count blank lines as spreadsheet programs do.
fn rows(text: &str, layout: Layout) -> Result<Vec<(u32, csv::StringRecord)>, Fault> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(layout.separator)
        .quoting(layout.quoted)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut row = 0_u32;
    let mut record = csv::StringRecord::new();
    loop {
        let start = reader.position().byte() as usize;
        let more =
            reader.read_record(&mut record).map_err(|error| Fault::damaged(format!("row {}", row + 1), error))?;
        if !more {
            return Ok(rows);
        }
        // The reader passes over blank lines.
        row = row.saturating_add(text[start..].bytes().take_while(|b| *b == b'\n').count() as u32);
        rows.push((row, record.clone()));
        row = row.saturating_add(1);
    }
}
