//! Results that follow from ratings, as formulas, so that they follow in the workbook, too.
//!
//! The action priority is looked up on a hidden sheet: a column for each table, with a line for every three whole ratings from
//! 1 to 10.

use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use crate::model::form::{Block, Cell, ColumnKind};
use crate::model::rating::Priority;

use super::book::Sheet;
use super::sheet::address;
use super::stamp::PRIORITIES;
use super::typed::{Typed, typed};

/// The greatest rating that the tables have.
const MOST: usize = 10;

/// A table of action priorities: one for all forms that have the same.
pub(super) type Table = Vec<Option<Priority>>;

/// The different tables of some forms.
pub(super) fn tables<'t>(sheets: impl Iterator<Item = &'t Sheet<'t>>) -> Vec<&'t Table> {
    let mut tables: Vec<&Table> = Vec::new();
    for table in sheets.filter_map(|sheet| sheet.priorities.as_ref()) {
        if !tables.contains(&table) {
            tables.push(table);
        }
    }
    tables
}

/// The hidden sheet that formulas look into.
pub(super) fn lookup(tables: &[&Table]) -> Result<Worksheet, XlsxError> {
    let mut worksheet = Worksheet::new();
    worksheet.set_name(PRIORITIES)?.set_hidden(true);
    for (column, table) in tables.iter().enumerate() {
        for (row, priority) in table.iter().enumerate() {
            let letter = priority.map(|priority| priority.letter().to_string()).unwrap_or_default();
            worksheet.write_string(row as u32, column as u16, letter)?;
        }
    }
    Ok(worksheet)
}

/// The formula of a cell that begins in a block, if it shows what follows from the ratings beside it. `first` is the row of the
/// sheet in which the block begins, `at` the column; `table` the column of the hidden sheet.
pub(super) fn formula(
    sheet: &Sheet<'_>,
    block: &Block,
    cell: &Cell,
    (first, at): (u32, usize),
    table: Option<usize>,
) -> Option<Formula> {
    let key = &*sheet.form.columns[sheet.columns[at].at].key;
    let end = if key.ends_with("_after") { "_after" } else { "" };
    let is_number = matches!(key, "rpn" | "rpn_after");
    if !is_number && !matches!(key, "action_priority" | "action_priority_after") {
        return None;
    }
    let (mut cells, mut ratings) = (Vec::new(), Vec::new());
    for rating in ["severity", "occurrence", "detection"] {
        let wanted = format!("{rating}{end}");
        let here = |column: &super::book::Column| sheet.form.columns[column.at].key == wanted;
        let place = sheet.columns.iter().position(here)?;
        let rated = block.cell_at(cell.row, sheet.columns[place].at)?;
        let Typed::Number(value, _) = typed(rated, ColumnKind::Rating) else { return None };
        ratings.push(value);
        cells.push(address(first + rated.row as u32, place as u16));
    }
    let [s, o, d] = cells.as_slice() else { return None };
    let text = cell.text();
    // What a profile reckons otherwise has its value written.
    if is_number {
        let product: f64 = ratings.iter().product();
        let is_product = text.parse::<f64>().is_ok_and(|said| (said - product).abs() < f64::EPSILON);
        return is_product
            .then(|| Formula::new(format!("=IF(COUNT({s},{o},{d})=3,{s}*{o}*{d},\"\")")).set_result(text.clone()));
    }
    let known = sheet.priorities.as_ref()?.get(line(&ratings)?).copied().flatten()?;
    let column = rust_xlsxwriter::utility::column_number_to_name(table? as u16);
    let most = MOST * MOST * MOST;
    let look_up =
        format!("INDEX('{PRIORITIES}'!${column}$1:${column}${most},({s}-1)*{}+({o}-1)*{MOST}+{d})", MOST * MOST);
    let is_rated = format!("AND(COUNT({s},{o},{d})=3,MIN({s},{o},{d})>=1,MAX({s},{o},{d})<={MOST})");
    (text == known.letter().to_string())
        .then(|| Formula::new(format!("=IF({is_rated},{look_up},\"\")")).set_result(text))
}

/// The line of a table that three ratings stand for.
fn line(ratings: &[f64]) -> Option<usize> {
    ratings.iter().try_fold(0, |line, rating| {
        let whole = *rating as usize;
        let fits = rating.fract() == 0.0 && (1.0..=MOST as f64).contains(rating);
        fits.then(|| line * MOST + whole - 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_have_their_lines() {
        assert_eq!(line(&[1.0, 1.0, 1.0]), Some(0));
        assert_eq!(line(&[10.0, 10.0, 10.0]), Some(999));
        assert_eq!(line(&[9.0, 2.0, 7.0]), Some(816));
        assert_eq!(line(&[0.0, 2.0, 7.0]), None);
        assert_eq!(line(&[9.5, 2.0, 7.0]), None);
        assert_eq!(line(&[9.0, 11.0, 7.0]), None);
    }
}
