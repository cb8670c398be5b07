//! Sheets as tests write them.

use goldthread::exchange::import::find::understand;
use goldthread::exchange::import::table::{Field, Meaning, Table, Understood};
use goldthread::exchange::import::workbook::{Area, At, Cell, Sheet, Value, Workbook, column_letters};

/// A sheet with a row per slice. What is a number is written as one; blank texts are blank cells; `=` begins a formula whose
/// value follows.
pub fn sheet(name: &str, rows: &[Vec<&str>]) -> Sheet {
    let mut sheet = Sheet::named(name);
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            let (formula, text) = text.strip_prefix('=').map_or((false, *text), |value| (true, value));
            let value = text.parse().map_or_else(|_| Value::Text(text.to_owned()), Value::Number);
            sheet.write(At::new(row as u32, column as u32), Cell { value, formula });
        }
    }
    sheet
}

/// Merges cells, given as first and last cell of each area: row, column, row, column.
pub fn merged(mut sheet: Sheet, areas: &[[u32; 4]]) -> Sheet {
    for [top, left, bottom, right] in areas {
        sheet.merge(Area { first: At::new(*top, *left), last: At::new(*bottom, *right) });
    }
    sheet
}

pub fn workbook(sheet: Sheet) -> Workbook {
    Workbook { file: "file.xlsx".to_owned(), sheets: vec![sheet] }
}

/// What is understood of one sheet.
pub fn understood(sheet: Sheet) -> Understood {
    understand(&workbook(sheet), &[])
}

/// Letters and fields of the columns; `own` for those that a company adds.
pub fn mapping(table: &Table) -> Vec<(String, &'static str)> {
    let key = |meaning| match meaning {
        Meaning::Field(field) => Field::key(field),
        Meaning::Own => "own",
        Meaning::Ignored => "ignored",
    };
    table.columns.iter().map(|column| (column_letters(column.column), key(column.meaning))).collect()
}
