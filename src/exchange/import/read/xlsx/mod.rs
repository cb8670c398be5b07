//! Workbooks of Excel 2007 and later (Office Open XML, ECMA-376): xlsx and xlsm.
//!
//! Each sheet is gone through once. That yields what calamine does not hand out together, or at all: values with their
//! number formats, formulas without results, merged areas, hidden rows and columns; and it keeps only cells with contents,
//! where a dense range of a sheet with one cell in its last row and column would need the memory of all of them.

mod book;
mod sheet;
mod strings;
mod styles;

use super::super::workbook::Sheet;
use super::budget::{Budget, MOST_SHEETS, too_large};
use super::error::Fault;
use super::package::Package;
use strings::Strings;
use styles::Styles;

pub use book::{Book, main_part};

/// Reads every sheet of a workbook.
pub fn read(package: &mut Package<'_>, main: &str, budget: &mut Budget) -> Result<Vec<Sheet>, Fault> {
    let book = Book::read(package, main, budget)?;
    if book.sheets.len() > MOST_SHEETS {
        return Err(too_large(format!("it has more than {MOST_SHEETS} sheets")));
    }
    let strings = match &book.strings {
        Some(part) => Strings::read(package, part, budget)?,
        None => Strings::default(),
    };
    let styles = match &book.styles {
        Some(part) => Styles::read(package, part, budget)?,
        None => Styles::default(),
    };
    let mut sheets = Vec::with_capacity(book.sheets.len());
    for tab in &book.sheets {
        let mut sheet = Sheet::named(&tab.name);
        sheet.hidden = tab.hidden;
        let text = package
            .text(&tab.part, budget)?
            .ok_or_else(|| Fault::damaged(format!("sheet “{}”", tab.name), "its contents are missing"))?;
        sheet::Reading { strings: &strings, styles: &styles, epoch: book.epoch }.fill(&mut sheet, &text, budget)?;
        sheets.push(sheet);
    }
    Ok(sheets)
}
