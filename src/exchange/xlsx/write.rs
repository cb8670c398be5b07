//! A book as the bytes of a workbook.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook as File, Worksheet, XlsxError as FileError};

use super::book::{Book, Sheet, StampOfBook, StampOfSheet};
use super::sheet::{self, Left, Manner};
use super::text::{MOST_UNITS, pieces, sheet_name};
use super::{formulas, looks, stamp};

/// The most rows of a sheet.
pub const MOST_ROWS: usize = 1_048_576;
/// The most columns of a sheet.
const MOST_COLUMNS: usize = 16_384;
/// Rows that head, headings and notes may take.
const ROWS_AROUND: usize = 1_000;

/// A workbook.
#[derive(Debug, Clone)]
pub struct Workbook {
    /// The file.
    pub bytes: Vec<u8>,
    /// What is not in its place, a sentence each.
    pub warnings: Vec<String>,
}

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
pub enum XlsxError {
    /// More rows than a sheet has.
    #[error("{sheet} has {rows} rows; a sheet of a workbook has {MOST_ROWS}: export the form as CSV")]
    TooManyRows {
        /// The sheet.
        sheet: String,
        /// Its rows.
        rows: usize,
    },
    /// More columns than a sheet has.
    #[error("{sheet} has {columns} columns; a sheet of a workbook has {MOST_COLUMNS}: export the form as CSV")]
    TooManyColumns {
        /// The sheet.
        sheet: String,
        /// Its columns.
        columns: usize,
    },
    /// Nobody waits for it any more.
    #[error("the export was ended")]
    Ended,
    /// The file could not be made.
    #[error("the workbook could not be written: {0}")]
    File(#[from] FileError),
}

/// Writes a workbook. `goes_on` is asked at every block, from several threads.
///
/// # Errors
/// If a form has more rows or columns than a sheet, or if nobody waits for it any more.
pub fn write(book: &Book<'_>, goes_on: &(dyn Fn() -> bool + Sync)) -> Result<Workbook, XlsxError> {
    let mut taken: BTreeSet<String> = [stamp::SHEET, stamp::PRIORITIES].map(str::to_owned).into();
    let long_texts = sheet_name(&book.words.long_texts, &mut taken);
    let named: Vec<(String, &Sheet<'_>)> =
        book.sheets.iter().map(|sheet| (sheet_name(&sheet.name, &mut taken), sheet)).collect();
    for (name, sheet) in &named {
        within_limits(name, sheet)?;
    }
    let tables = if book.formulas { formulas::tables(book.sheets.iter()) } else { Vec::new() };
    let written = named.par_iter().map(|(name, sheet)| {
        let (formulas, page) = (book.formulas, book.words.page.as_str());
        let priorities =
            sheet.priorities.as_ref().and_then(|of_sheet| tables.iter().position(|table| *table == of_sheet));
        sheet::write(sheet, Manner { name, formulas, priorities, long_texts: &long_texts, page }, goes_on)
    });
    let written: Vec<(Worksheet, Left)> = written.collect::<Result<_, _>>()?;
    if !goes_on() {
        return Err(XlsxError::Ended);
    }
    let mut file = File::new();
    file.set_properties(&properties(book, &named)?);
    let mut left = Left::default();
    for (worksheet, of_sheet) in written {
        file.push_worksheet(worksheet);
        left.long.extend(of_sheet.long);
        left.warnings.extend(of_sheet.warnings);
    }
    if !left.long.is_empty() {
        file.push_worksheet(long_sheet(&long_texts, &left)?);
    }
    if !tables.is_empty() {
        file.push_worksheet(formulas::lookup(&tables)?);
    }
    file.push_worksheet(stamp_sheet(book, &named)?);
    let mut warnings: Vec<String> = left
        .long
        .iter()
        .map(|long| {
            format!(
                "{} ({}) has more than the {MOST_UNITS} characters that a cell holds; its whole text stands on the sheet \
                 “{long_texts}”",
                long.at, long.heading
            )
        })
        .collect();
    warnings.extend(left.warnings);
    Ok(Workbook { bytes: file.save_to_buffer()?, warnings })
}

fn within_limits(name: &str, sheet: &Sheet<'_>) -> Result<(), XlsxError> {
    let rows: usize = sheet.blocks.iter().map(|block| block.rows.len()).sum();
    if rows + ROWS_AROUND > MOST_ROWS {
        return Err(XlsxError::TooManyRows { sheet: name.to_owned(), rows });
    }
    // Two for the stamp.
    let columns = sheet.columns.len();
    if columns + stamp::HIDDEN.len() > MOST_COLUMNS {
        return Err(XlsxError::TooManyColumns { sheet: name.to_owned(), columns });
    }
    Ok(())
}

/// The properties of the file: what people look for, and the stamp once more for programs that read properties only.
fn properties(book: &Book<'_>, sheets: &[(String, &Sheet<'_>)]) -> Result<DocProperties, FileError> {
    let midnight = ExcelDateTime::from_ymd(
        u16::try_from(book.day.year()).unwrap_or(1900),
        u8::try_from(book.day.month()).unwrap_or(1),
        u8::try_from(book.day.day()).unwrap_or(1),
    )?;
    let said = &book.properties;
    let mut properties = DocProperties::new()
        .set_title(&said.title)
        .set_subject(&said.subject)
        .set_author(&said.author)
        .set_company(&said.company)
        .set_comment(format!("Goldthread {}", env!("CARGO_PKG_VERSION")))
        .set_creation_datetime(&midnight)
        .set_custom_property("Goldthread project", book.project[0].as_str());
    if let [(_, only)] = sheets {
        let stamp = &only.stamp;
        for (name, value) in [
            ("Goldthread document", &stamp.document),
            ("Goldthread state", &stamp.state),
            ("Goldthread content", &stamp.content),
        ] {
            if !value.is_empty() {
                properties = properties.set_custom_property(name, value.as_str());
            }
        }
    }
    Ok(properties)
}

fn stamp_sheet(book: &Book<'_>, sheets: &[(String, &Sheet<'_>)]) -> Result<Worksheet, FileError> {
    let of_sheet = |(name, sheet): &(String, &Sheet<'_>)| {
        let keys = sheet.columns.iter().map(|column| sheet.form.columns[column.at].key.to_string());
        let headings = sheet.columns.iter().map(|column| column.heading.clone()).collect();
        let own_fields = sheet.columns.iter().map(|column| column.own_field.clone()).collect();
        (name.clone(), StampOfSheet { stamp: sheet.stamp.clone(), columns: keys.collect(), headings, own_fields })
    };
    let [project, project_name] = book.project.clone();
    let said = StampOfBook {
        project,
        project_name,
        day: book.day.to_string(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        language: book.language.clone(),
        class_set: book.class_set.clone(),
        long_texts: book.words.long_texts.clone(),
        sheets: sheets.iter().map(of_sheet).collect::<BTreeMap<_, _>>(),
    };
    let mut worksheet = Worksheet::new();
    worksheet.set_name(stamp::SHEET)?.set_hidden(true);
    for (row, line) in stamp::lines(&said).into_iter().enumerate() {
        for (column, text) in line.into_iter().enumerate() {
            worksheet.write_string(row as u32, column as u16, pieces(&text, MOST_UNITS)[0])?;
        }
    }
    Ok(worksheet)
}

/// Texts that no cell can hold, in pieces below each other.
fn long_sheet(name: &str, left: &Left) -> Result<Worksheet, FileError> {
    let mut worksheet = Worksheet::new();
    worksheet.set_name(name)?;
    worksheet.set_column_width(0, 30)?.set_column_width(1, 24)?.set_column_width(2, 120)?;
    let (title, body) = (looks::note(true), looks::body());
    let mut row = 0;
    for long in &left.long {
        worksheet.write_string_with_format(row, 0, &long.at, &title)?;
        worksheet.write_string_with_format(row, 1, &long.heading, &title)?;
        for piece in pieces(&long.text, MOST_UNITS) {
            worksheet.write_string_with_format(row, 2, piece, &body)?;
            row += 1;
        }
    }
    Ok(worksheet)
}
