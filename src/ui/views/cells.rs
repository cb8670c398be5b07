//! Pasting, filling and clearing: which texts belong into which cells of a form.

use std::sync::Arc;

use crate::edit::{BatchKind, CellBatch, MOST_ROWS, TextRow};
use crate::model::form::{Block, RowId};
use crate::ui::grid::{CellAddress, CellRange, Cells};
use crate::ui::request::Request;

use super::source::FormSource;

/// Writes pasted texts from a cell on. One text fills the selected range, and a block that fits it several times is
/// repeated. A single column goes from cell to cell, however many lines each covers; several columns go line by line.
pub fn paste(source: &FormSource<'_>, at: &CellAddress, range: &CellRange, pasted: &Cells, queue: &mut Vec<Request>) {
    let Some(first) = source.shown_columns().iter().position(|column| column.key == at.column) else { return };
    let breadth = pasted.iter().map(Vec::len).max().unwrap_or(0);
    let by_cell = breadth == 1 && range.columns.len() == 1;
    let mut texts: Vec<Vec<Option<String>>> = pasted.clone();
    if by_cell {
        texts.retain(|row| row.iter().any(Option::is_some));
    }
    let column = source.form_column(at.column);
    let starts_cell = |block: &Block, row: usize| {
        !by_cell || column.and_then(|column| block.cell_at(row, column)).is_none_or(|cell| cell.row == row)
    };
    let selected = {
        let (mut lines, mut cells) = (0, 0);
        source.each_row_from(at, &mut |block, row| {
            cells += usize::from(starts_cell(block, row));
            lines += 1;
            lines < range.row_count.min(MOST_ROWS + 1)
        });
        cells
    };
    let repeats =
        |room: usize, has: usize| if has > 0 && room > has && room.is_multiple_of(has) { room / has } else { 1 };
    let (down, across) = (repeats(selected, texts.len()), repeats(range.columns.len(), breadth));
    // A block that fits in one direction only is not repeated: that would write beside the selection.
    let fits = texts.len() <= selected && breadth <= range.columns.len();
    let (down, across) = if fits { (down, across) } else { (1, 1) };
    let wanted = texts.len() * down;
    let mut rows: Vec<TextRow> = Vec::new();
    let mut outside = Vec::new();
    let columns: Vec<usize> =
        source.shown_columns()[first..].iter().filter_map(|column| source.form_column(column.key)).collect();
    let mut texts_of = |line: usize| {
        let row = &texts[line % texts.len()];
        let mut found = Vec::new();
        for place in 0..row.len() * across {
            let Some(text) = &row[place % row.len()] else { continue };
            match columns.get(place) {
                Some(column) => found.push((*column, source.read(*column, text))),
                None if text.trim().is_empty() => {}
                None => outside.push((line, text.clone())),
            }
        }
        found
    };
    if wanted > 0 {
        source.each_row_from(at, &mut |block, row| {
            if starts_cell(block, row) {
                rows.push(TextRow { block: block.key, row: block.rows[row].id, texts: texts_of(rows.len()) });
            }
            rows.len() < wanted
        });
    }
    let beyond = (rows.len()..wanted).map(&mut texts_of).collect();
    let batch =
        CellBatch { form: source.form(), kind: BatchKind::Paste, rows, beyond, behind: None, outside, reach: None };
    queue.push(Request::Write(Box::new(batch)));
}

/// Makes new rows of pasted texts, behind the row of a cell; the first column is that of the cell.
pub fn paste_rows(source: &FormSource<'_>, at: &CellAddress, pasted: &Cells, queue: &mut Vec<Request>) {
    let Some(first) = source.shown_columns().iter().position(|column| column.key == at.column) else { return };
    let Some((block, row)) = source.row_at(at) else { return };
    let columns: Vec<usize> =
        source.shown_columns()[first..].iter().filter_map(|column| source.form_column(column.key)).collect();
    let mut outside = Vec::new();
    let mut texts_of = |(line, row): (usize, &Vec<Option<String>>)| {
        let mut found = Vec::new();
        for (place, text) in row.iter().enumerate() {
            let Some(text) = text else { continue };
            match columns.get(place) {
                Some(column) => found.push((*column, source.read(*column, text))),
                None if text.trim().is_empty() => {}
                None => outside.push((line, text.clone())),
            }
        }
        found
    };
    let beyond = pasted.iter().enumerate().map(&mut texts_of).collect();
    let behind = Some((block.key, block.rows[row].id));
    let (kind, rows) = (BatchKind::Paste, Vec::new());
    let batch = CellBatch { form: source.form(), kind, rows, beyond, behind, outside, reach: None };
    queue.push(Request::Write(Box::new(batch)));
}

/// Writes the first row of a range into the others, or its first column. Of a single row, the row above is written into it.
pub fn fill(source: &FormSource<'_>, range: &CellRange, down: bool, queue: &mut Vec<Request>) {
    let shown: Vec<usize> = range.columns.iter().filter_map(|key| source.form_column(key)).collect();
    let mut lines = lines_of(source, range);
    let rows = if down {
        let Some(key) = range.columns.first() else { return };
        let is_one_cell = lines.len() == 1
            || shown.len() == 1 && {
                let column = shown.first().copied();
                let cells = |(block, row): &(Arc<Block>, usize)| Some((block.key, block.cell_at(*row, column?)?.row));
                lines.iter().all(|line| cells(line).is_some() && cells(line) == cells(&lines[0]))
            };
        let from = if is_one_cell {
            match source.row_before(&CellAddress { row: range.first, column: key }) {
                Some(before) => before,
                None => return queue.push(Request::Notice("There is no row above to fill from".to_owned())),
            }
        } else {
            lines.remove(0)
        };
        let texts: Vec<(usize, String)> =
            shown.iter().filter_map(|column| Some((*column, text_at(source, &from, *column)?))).collect();
        lines.into_iter().map(|(block, row)| text_row(&block, row, texts.clone())).collect()
    } else {
        let (from, to) = match shown.as_slice() {
            [only] => {
                let column =
                    source.shown_columns().iter().position(|column| source.form_column(column.key) == Some(*only));
                let left = column.and_then(|at| at.checked_sub(1)).and_then(|at| source.shown_columns().get(at));
                match left.and_then(|left| source.form_column(left.key)) {
                    Some(left) => (left, vec![*only]),
                    None => return queue.push(Request::Notice("There is no column before to fill from".to_owned())),
                }
            }
            [first, others @ ..] => (*first, others.to_vec()),
            [] => return,
        };
        let filled = |(block, row): (Arc<Block>, usize)| {
            let text = text_at(source, &(Arc::clone(&block), row), from)?;
            Some(text_row(&block, row, to.iter().map(|column| (*column, text.clone())).collect()))
        };
        lines.into_iter().filter_map(filled).collect()
    };
    write(source, BatchKind::Fill, rows, queue);
}

/// Empties the cells of a range.
pub fn clear(source: &FormSource<'_>, range: &CellRange, queue: &mut Vec<Request>) {
    let columns: Vec<usize> = range.columns.iter().filter_map(|key| source.form_column(key)).collect();
    let empty = |(block, row): (Arc<Block>, usize)| {
        let texts = columns.iter().map(|column| (*column, String::new()));
        text_row(&block, row, texts.collect())
    };
    let rows = lines_of(source, range).into_iter().map(empty).collect();
    write(source, BatchKind::Clear, rows, queue);
}

fn write(source: &FormSource<'_>, kind: BatchKind, rows: Vec<TextRow>, queue: &mut Vec<Request>) {
    let (beyond, outside) = (Vec::new(), Vec::new());
    let batch = CellBatch { form: source.form(), kind, rows, beyond, behind: None, outside, reach: None };
    queue.push(Request::Write(Box::new(batch)));
}

fn lines_of(source: &FormSource<'_>, range: &CellRange) -> Vec<(Arc<Block>, usize)> {
    let mut found = Vec::new();
    let Some(column) = range.columns.first() else { return found };
    source.each_row_from(&CellAddress { row: range.first, column }, &mut |block, row| {
        found.push((Arc::clone(block), row));
        // More are refused as a whole, so nobody has to see them.
        found.len() < range.row_count.min(MOST_ROWS + 1)
    });
    found
}

fn text_row(block: &Block, row: usize, texts: Vec<(usize, String)>) -> TextRow {
    let row: RowId = block.rows[row].id;
    TextRow { block: block.key, row, texts }
}

/// What the cell of a line and a column would be written as; none if it follows from others.
fn text_at(source: &FormSource<'_>, (block, row): &(Arc<Block>, usize), column: usize) -> Option<String> {
    source.written(block.cell_at(*row, column)?)
}
