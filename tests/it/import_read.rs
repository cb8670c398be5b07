//! Reading of files: every format, encoding and separator, what people see in cells, and what is refused.

mod markup;
mod ods;
mod refused;
mod text;
mod xls;
mod xlsx;

use std::io::{Cursor, Write};

use goldthread::exchange::import::read::{Fault, read};
use goldthread::exchange::import::workbook::{Sheet, Workbook};
use zip::write::SimpleFileOptions;

/// The workbook in the bytes.
fn workbook(file: &str, bytes: &[u8]) -> Workbook {
    read(file, bytes).unwrap_or_else(|error| panic!("{error}"))
}

/// The only sheet in the bytes.
fn only_sheet(file: &str, bytes: &[u8]) -> Sheet {
    let mut sheets = workbook(file, bytes).sheets;
    assert_eq!(sheets.len(), 1, "{file}");
    sheets.remove(0)
}

/// What is the matter with the bytes.
fn fault(file: &str, bytes: &[u8]) -> Fault {
    match read(file, bytes) {
        Ok(workbook) => panic!("{file} was read: {:?}", workbook.sheets.iter().map(cells).collect::<Vec<_>>()),
        Err(error) => error.fault,
    }
}

/// Every cell of a sheet as `place kind value`: kinds are a text, a number, a day, a truth, a fault; `=` marks a formula.
fn cells(sheet: &Sheet) -> Vec<String> {
    use goldthread::exchange::import::workbook::Value;
    let line = |(at, cell): (_, &goldthread::exchange::import::workbook::Cell)| {
        let kind = match cell.value {
            Value::Text(_) => "text",
            Value::Number(_) => "number",
            Value::Date(_) => "day",
            Value::Truth(_) => "truth",
            Value::Fault(_) => "fault",
        };
        let formula = if cell.formula { "=" } else { "" };
        format!("{at} {formula}{kind} {}", cell.value)
    };
    sheet.cells().map(line).collect()
}

/// The merged areas of a sheet as `first:last`.
fn merges(sheet: &Sheet) -> Vec<String> {
    sheet.merges().iter().map(|area| format!("{}:{}", area.first, area.last)).collect()
}

/// A zip container with these parts.
fn container(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
