//! Texts for many cells at once: pasted, filled or cleared. What is clear is written, the rest is refused cell by cell, and
//! the whole is one transaction.
//!
//! *Invariant:* nothing outside the rows that were named changes, unless it was asked for.

mod reading;
mod rows;
mod writer;

use crate::model::form::{Form, RowId};
use crate::model::item::AnyId;
use crate::model::project::Project;

use super::plan::{Author, Transaction};
use super::shared::SharedFact;

/// The most rows that one paste may have.
pub const MOST_ROWS: usize = 10_000;
/// The most rows that one paste may add.
pub const MOST_NEW_ROWS: usize = 2_000;
/// The most characters that a cell takes, as in the spreadsheets it may go back to.
pub const MOST_CHARACTERS: usize = 32_767;

/// Texts for cells of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct CellBatch {
    /// The form that shows the cells.
    pub form: Form,
    /// What the texts are for.
    pub kind: BatchKind,
    /// Rows that exist, from top to bottom.
    pub rows: Vec<TextRow>,
    /// Rows to be made behind the last one: texts by column of the form.
    pub beyond: Vec<Vec<(usize, String)>>,
    /// The row behind which rows are made if `rows` names none.
    pub behind: Option<(AnyId, RowId)>,
    /// Texts for which there is no column, with the number of their row.
    pub outside: Vec<(usize, String)>,
    /// What becomes of facts that also show elsewhere; none if that has to be asked first.
    pub reach: Option<Reach>,
}

/// Why texts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchKind {
    /// They come from the clipboard.
    Paste,
    /// They come from the first selected row or column.
    Fill,
    /// The cells shall be empty.
    Clear,
}

/// A row with what shall be written into it.
#[derive(Debug, Clone, PartialEq)]
pub struct TextRow {
    /// The block.
    pub block: AnyId,
    /// The row.
    pub row: RowId,
    /// Texts by column of the form.
    pub texts: Vec<(usize, String)>,
}

/// What becomes of facts that also show in other rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// They change wherever they show.
    Everywhere,
    /// The rows get copies of their own.
    OnlyHere,
}

/// What writing texts into cells comes to.
#[derive(Debug, Clone)]
pub struct WrittenCells {
    /// The changes, as one.
    pub transaction: Transaction,
    /// How many cells were written.
    pub cells: usize,
    /// How many rows were made.
    pub rows: usize,
    /// Of the facts in the cells, how many show in other rows too and change there.
    pub elsewhere: usize,
    /// What could not be written.
    pub refused: Vec<RefusedCell>,
    /// Facts that also show in other rows; not empty only if what becomes of them has to be asked.
    pub shared: Vec<SharedFact>,
}

/// A text that a cell did not take.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedCell {
    /// The cell, by block, row and column of the form; none if there is no such row.
    pub at: Option<(AnyId, RowId, usize)>,
    /// Where, in words.
    pub place: String,
    /// The text.
    pub text: String,
    /// Why.
    pub reason: String,
}

/// Plans to write texts into cells. Whoever waits may end it by `is_current`; then there is no result.
pub fn write_cells(
    project: &Project,
    batch: &CellBatch,
    author: &mut Author,
    is_current: &dyn Fn() -> bool,
) -> Option<WrittenCells> {
    writer::write(project, batch, author, is_current)
}
