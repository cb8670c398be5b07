//! Workbooks of Excel 97 to 2003 (MS-XLS): records in a stream of a compound file.
//!
//! calamine reads what the cells say. Before, the stream is gone through once ([`records`]): that yields what calamine does
//! not hand out (number formats, hidden rows and columns), and makes the stream safe to read. calamine keeps a dense rectangle
//! from the first to the last cell of a sheet, so that two cells in opposite corners need a gigabyte; and it reserves whatever
//! a sheet claims to hold. So the used rows and columns are moved together in what it is given, and moved back here.

mod records;

use std::io::{Cursor, Read, Write};

use calamine::{CellErrorType, Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::super::workbook::{Area, At, Sheet, Value};
use super::budget::{Budget, too_large};
use super::days::{Epoch, written};
use super::error::Fault;
use super::kind::{AS_XLSX, NO_TABLE};
use super::xml::line_feeds;
use records::Facts;

/// Bytes of the stream of records. 65,536 rows with 40 columns of text fit.
const MOST_STREAM: u64 = 40_000_000;

/// Reads every sheet of a workbook.
pub fn read(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, Fault> {
    let mut stream = stream(bytes)?;
    let all_facts = records::prepare(&mut stream)?;
    let mut book = Xls::new(Cursor::new(container(&stream)?)).map_err(fault)?;
    drop(stream);
    let epoch = if book.has_1904_epoch() { Epoch::From1904 } else { Epoch::From1900 };
    let mut sheets = Vec::new();
    for (tab, facts) in book.sheets_metadata().to_vec().into_iter().zip(all_facts) {
        if tab.typ != SheetType::WorkSheet {
            continue;
        }
        let mut sheet = Sheet::named(&tab.name);
        sheet.hidden = tab.visible != SheetVisible::Visible;
        fill(&mut sheet, &mut book, &facts, epoch, budget)?;
        sheet.hidden_rows = facts.hidden_rows;
        sheet.hidden_columns = facts.hidden_columns;
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn fill(
    sheet: &mut Sheet,
    book: &mut Xls<Cursor<Vec<u8>>>,
    facts: &Facts,
    epoch: Epoch,
    budget: &mut Budget,
) -> Result<(), Fault> {
    let formulas = book.worksheet_formula(&sheet.name).map_err(fault)?;
    let cells = book.worksheet_range(&sheet.name).map_err(fault)?;
    let (first_row, first_column) = cells.start().unwrap_or_default();
    for (row, column, value) in cells.used_cells() {
        let moved = (first_row + row as u32, first_column + column as u32);
        let formula = formulas.get_value(moved).is_some_and(|formula| !formula.is_empty());
        let at = facts.place(moved);
        budget.write(sheet, at, convert(value, at, facts, epoch), formula)?;
    }
    // A formula with an empty text for a result has no cell with a value.
    let (first_row, first_column) = formulas.start().unwrap_or_default();
    for (row, column, _) in formulas.used_cells() {
        let at = facts.place((first_row + row as u32, first_column + column as u32));
        if sheet.cell(at).is_none() {
            budget.write(sheet, at, Value::Text(String::new()), true)?;
        }
    }
    for area in book.merge_cells_by_sheet_name(&sheet.name).map_err(fault)? {
        let (first, last) = (At::new(area.start.0, area.start.1), At::new(area.end.0, area.end.1));
        if first.row <= last.row && first.column <= last.column {
            budget.merge(sheet, Area { first, last })?;
        }
    }
    Ok(())
}

/// The records of a workbook.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| Fault::damaged("container", error))?;
    for (name, fault) in [
        ("EncryptedPackage", Fault::Protected),
        ("WordDocument", Fault::Foreign { what: "a text document (Word)", remedy: NO_TABLE }),
        ("PowerPoint Document", Fault::Foreign { what: "a presentation (PowerPoint)", remedy: NO_TABLE }),
    ] {
        if file.is_stream(name) {
            return Err(fault);
        }
    }
    let Some(name) = ["Workbook", "Book"].into_iter().find(|name| file.is_stream(name)) else {
        return Err(Fault::Foreign { what: "a document of another program", remedy: AS_XLSX });
    };
    let stream = file.open_stream(name).map_err(|error| Fault::damaged("container", error))?;
    if stream.len() > MOST_STREAM {
        return Err(too_large(format!("its sheets have more than {} MB", MOST_STREAM / 1_000_000)));
    }
    let mut records = Vec::new();
    stream.take(MOST_STREAM).read_to_end(&mut records).map_err(|error| Fault::damaged("container", error))?;
    Ok(records)
}

/// A container with nothing but the records, so that calamine reads what was looked at here.
fn container(records: &[u8]) -> Result<Vec<u8>, Fault> {
    let pack = || {
        let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
        file.create_stream("Workbook")?.write_all(records)?;
        file.flush()?;
        Ok(file.into_inner().into_inner())
    };
    pack().map_err(|error: std::io::Error| Fault::damaged("container", error))
}

fn convert(value: &Data, at: At, facts: &Facts, epoch: Epoch) -> Value {
    let shown = |number: f64| facts.number_format(at).shown(number, epoch);
    match value {
        Data::Int(number) => shown(*number as f64),
        Data::Float(number) => shown(*number),
        Data::DateTime(moment) => shown(moment.as_f64()),
        Data::String(text) => Value::Text(line_feeds(text.clone())),
        Data::Bool(truth) => Value::Truth(*truth),
        Data::DateTimeIso(text) => written(text).unwrap_or_else(|| Value::Text(text.clone())),
        Data::DurationIso(text) => Value::Text(text.clone()),
        Data::Error(error) => Value::Fault(error_text(error).to_owned()),
        Data::Empty => Value::Text(String::new()),
    }
}

fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

fn fault(error: XlsError) -> Fault {
    match error {
        XlsError::Password => Fault::Protected,
        error => Fault::damaged("workbook", error),
    }
}
