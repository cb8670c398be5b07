//! Spreadsheets in: from the bytes of a workbook to items of a project, with an account of every cell.
//!
//! ```text
//! bytes  →  Workbook        (workbook, read/)        what is written where; no opinion
//!        →  Table           (find/)                  which block is a form of the trade, what its columns mean
//!        →  Record          (records)                the lines, with merged and left-out cells filled from above
//!        →  items           (build/)                 steps, elements, failures, risks, rows; and the origin of each
//!        →  Account         (account)                every written cell: imported, or left and why
//! ```
//!
//! A form that this program exported needs no finding: the stamp of its workbook says what the columns are (`find/own_form`), and
//! every cell is where its item begins (`build/own_form`), so that it comes in as it left.
//!
//! *Invariant:* every cell that holds something has exactly one fate. Nothing is invented: a level that a form does not have
//! stays absent, and a value that no field can hold is kept as it is written and reported.

pub mod account;
pub mod build;
pub mod find;
pub mod read;
pub mod report;
pub mod table;
pub mod wish;
pub mod workbook;
