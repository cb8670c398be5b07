//! What a workbook that this program made says when it comes home: which forms it has, and for each of their rows the texts
//! with the marks they left with.
//!
//! Rows may have been sorted, added and deleted, columns put between those of the form; what identifies rows and columns goes
//! with them. Without the hidden sheet or the hidden columns a workbook is one like any other.

use std::collections::BTreeSet;

use crate::exchange::import::workbook::{At, Sheet, Value, Workbook};
use crate::model::form::RowId;

use super::book::{StampOfBook, StampOfSheet};
use super::stamp::{self, HIDDEN, MARK, NO_MARK};

/// A form of a workbook that came home.
#[derive(Debug, Clone)]
pub struct ReturnedSheet {
    /// The name of its tab.
    pub name: String,
    /// What it shows.
    pub stamp: StampOfSheet,
    /// The rows that left with it; one that was copied is there twice.
    pub rows: Vec<ReturnedRow>,
    /// Rows that somebody added.
    pub added: Vec<NewRow>,
    /// What is written where no cell of the form begins, with its place.
    pub beside: Vec<(At, String)>,
}

/// A row.
#[derive(Debug, Clone)]
pub struct ReturnedRow {
    /// Which it is.
    pub id: RowId,
    /// The cells of the form that begin in it.
    pub cells: Vec<ReturnedCell>,
}

/// A row that somebody added.
#[derive(Debug, Clone)]
pub struct NewRow {
    /// Its first cell.
    pub at: At,
    /// What it says, by column of the stamp.
    pub texts: Vec<(usize, String)>,
    /// The last row above it that left with the workbook.
    pub behind: Option<RowId>,
}

/// A cell.
#[derive(Debug, Clone)]
pub struct ReturnedCell {
    /// The column of the stamp.
    pub column: usize,
    /// Where it stands now.
    pub at: At,
    /// What it says now.
    pub text: String,
    /// Whether it is reckoned there. Not every program keeps what comes of it.
    pub formula: bool,
    /// The mark of what it said when it left.
    pub mark: String,
}

/// The stamp of a workbook; none if it has none that this version knows.
pub fn stamp_of(workbook: &Workbook) -> Option<StampOfBook> {
    let sheet = workbook.sheets.iter().find(|sheet| sheet.name == stamp::SHEET)?;
    let last = sheet.last_row()?;
    stamp::read((0..=last).map(|row| {
        let mut line = Vec::new();
        for (at, cell) in sheet.row(row) {
            line.resize(at.column as usize, String::new());
            line.push(cell.value.to_string());
        }
        line
    }))
}

/// The forms of a stamped workbook, and a sentence for each that cannot be compared.
pub fn sheets_of(workbook: &Workbook, stamp: &StampOfBook) -> (Vec<ReturnedSheet>, Vec<String>) {
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for (name, of_sheet) in &stamp.sheets {
        let Some(sheet) = workbook.sheets.iter().find(|sheet| sheet.name == *name) else {
            refused.push(format!("The workbook has no sheet “{name}” any more"));
            continue;
        };
        match read(sheet, of_sheet) {
            Ok(sheet) => found.push(sheet),
            Err(reason) => refused.push(format!("The sheet “{name}” cannot be compared: {reason}")),
        }
    }
    let known = |name: &String| stamp.sheets.contains_key(name) || name == stamp::SHEET || name == stamp::PRIORITIES;
    for sheet in workbook.sheets.iter().filter(|sheet| !known(&sheet.name) && !sheet.is_empty()) {
        refused.push(format!("The sheet “{}” is none that this program made; it is not compared", sheet.name));
    }
    (found, refused)
}

fn read(sheet: &Sheet, stamp: &StampOfSheet) -> Result<ReturnedSheet, &'static str> {
    let heading = hidden_heading(sheet).ok_or("its hidden columns are gone")?;
    let columns =
        places(sheet, stamp, heading).ok_or("columns of the form are gone, or their headings were changed")?;
    let mut returned = ReturnedSheet {
        name: sheet.name.clone(),
        stamp: stamp.clone(),
        rows: Vec::new(),
        added: Vec::new(),
        beside: Vec::new(),
    };
    let text =
        |row: u32, column: u32| sheet.cell(At::new(row, column)).map(|cell| cell.value.to_string()).unwrap_or_default();
    let blank_formulas: BTreeSet<At> = sheet.empty_formulas().collect();
    let last = sheet.last_row().unwrap_or_default();
    let ids: Vec<Option<RowId>> =
        (heading.row + 1..=last).map(|row| stamp::row_of(&text(row, heading.column))).collect();
    // Legend and signatures stand behind the last row of the form.
    let end = ids.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let mut above = None;
    for (row, id) in (heading.row + 1..).zip(&ids[..end]) {
        let marks = text(row, heading.column + 1);
        let marks: Vec<&str> =
            (0..columns.len()).map(|at| marks.get(at * MARK..(at + 1) * MARK).unwrap_or(NO_MARK)).collect();
        let mut cells = Vec::new();
        for (column, (place, mark)) in columns.iter().zip(marks).enumerate() {
            let at = At::new(row, *place);
            let formula = sheet.cell(at).is_some_and(|cell| cell.formula) || blank_formulas.contains(&at);
            cells.push(ReturnedCell { column, at, text: text(row, *place), formula, mark: mark.to_owned() });
        }
        let written = |cell: &ReturnedCell| !cell.text.trim().is_empty();
        let Some(id) = id else {
            let texts = cells.into_iter().filter(written).map(|cell| (cell.column, cell.text));
            let texts: Vec<(usize, String)> = texts.collect();
            if !texts.is_empty() {
                returned.added.push(NewRow { at: At::new(row, columns[0]), texts, behind: above });
            }
            continue;
        };
        above = Some(*id);
        let (of_form, beside): (Vec<_>, Vec<_>) = cells.into_iter().partition(|cell| cell.mark != NO_MARK);
        returned.beside.extend(beside.into_iter().filter(written).map(|cell| (cell.at, cell.text)));
        returned.rows.push(ReturnedRow { id: *id, cells: of_form });
    }
    Ok(returned)
}

/// Where the heading of the hidden column stands that says which row is which.
pub fn hidden_heading(sheet: &Sheet) -> Option<At> {
    sheet.cells().find(|(_, cell)| matches!(&cell.value, Value::Text(text) if text == HIDDEN[0])).map(|(at, _)| at)
}

/// Where the columns of the form stand now: in their order, with others between them.
pub fn places(sheet: &Sheet, stamp: &StampOfSheet, heading: At) -> Option<Vec<u32>> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut wanted = stamp.headings.iter().map(|heading| plain(heading)).peekable();
    let mut places = Vec::new();
    for column in 0..heading.column {
        let said = sheet.seen(At::new(heading.row, column)).map(|(_, cell)| cell.value.to_string()).unwrap_or_default();
        if wanted.peek().is_some_and(|wanted| *wanted == plain(&said)) {
            places.push(column);
            wanted.next();
        }
    }
    (wanted.next().is_none() && !places.is_empty()).then_some(places)
}
