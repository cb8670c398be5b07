//! Forms as workbooks that customers know: merged cells, headings that stay, page set-up, conditional colours; and with what
//! it takes to come home.
//!
//! ```text
//! book     what is written: forms with what stands around them, from whoever knows paper and language
//! typed    what a cell is to a spreadsheet: number, day or text
//! text     the limits of spreadsheets: lengths, names of sheets
//! formulas results that follow from ratings
//! looks    the formats, each made once
//! heights  how high rows have to be, which spreadsheets do not find out for merged cells
//! head     the block on top of the form
//! sheet    a form as a sheet
//! stamp    the hidden sheet and the hidden columns by which an edited workbook is recognised
//! write    the whole workbook as bytes
//! returned what an edited workbook says, row by row, when it comes home
//! ```
//!
//! *Invariants:* the same book gives the same bytes. Nothing is cut in silence: what a cell cannot hold stands on a sheet of
//! its own, and is reported. A text is never a formula.

pub mod book;
mod formulas;
mod head;
mod heights;
mod looks;
pub mod returned;
mod sheet;
pub mod stamp;
mod text;
mod typed;
mod write;

pub use write::{MOST_ROWS, Workbook, XlsxError, write};
