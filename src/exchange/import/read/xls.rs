//! Workbooks of Excel 97 to 2003, through calamine.

use std::io::Cursor;

use calamine::{CellErrorType, Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::super::workbook::{Area, At, Sheet, Value};
use super::budget::Budget;
use super::days::{Epoch, clock, written};
use super::error::Fault;
use super::xml::line_feeds;

/// Reads every sheet of a workbook.
pub fn read(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, Fault> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(fault)?;
    let epoch = if book.has_1904_epoch() { Epoch::From1904 } else { Epoch::From1900 };
    let mut sheets = Vec::new();
    for tab in book.sheets_metadata().to_vec() {
        if tab.typ != SheetType::WorkSheet {
            continue;
        }
        let mut sheet = Sheet::named(&tab.name);
        sheet.hidden = tab.visible != SheetVisible::Visible;
        let formulas = book.worksheet_formula(&tab.name).map_err(fault)?;
        let cells = book.worksheet_range(&tab.name).map_err(fault)?;
        let (row, column) = cells.start().unwrap_or_default();
        for (down, right, value) in cells.used_cells() {
            let at = At::new(row + down as u32, column + right as u32);
            let formula = formulas.get_value((at.row, at.column)).is_some_and(|formula| !formula.is_empty());
            budget.write(&mut sheet, at, convert(value, epoch), formula)?;
        }
        let (row, column) = formulas.start().unwrap_or_default();
        for (down, right, _) in formulas.used_cells() {
            let at = At::new(row + down as u32, column + right as u32);
            if sheet.cell(at).is_none() {
                budget.write(&mut sheet, at, Value::Text(String::new()), true)?;
            }
        }
        for area in book.merge_cells_by_sheet_name(&tab.name).map_err(fault)? {
            let (first, last) = (At::new(area.start.0, area.start.1), At::new(area.end.0, area.end.1));
            budget.merge(&mut sheet, Area { first, last })?;
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn convert(value: &Data, epoch: Epoch) -> Value {
    match value {
        Data::Int(number) => Value::Number(*number as f64),
        Data::Float(number) => Value::Number(*number),
        Data::String(text) => Value::Text(line_feeds(text.clone())),
        Data::Bool(truth) => Value::Truth(*truth),
        Data::DateTime(moment) if moment.is_datetime() && moment.as_f64() >= 1.0 => {
            epoch.moment(moment.as_f64(), false).unwrap_or(Value::Number(moment.as_f64()))
        }
        Data::DateTime(time) if (0.0..1e6).contains(&time.as_f64()) => {
            Value::Text(clock((time.as_f64() * 86_400.0).round() as u64))
        }
        Data::DateTime(time) => Value::Number(time.as_f64()),
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
