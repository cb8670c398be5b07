//! The bytes of a file as a [`Workbook`], whatever spreadsheet program wrote them.
//!
//! What a file is, its contents say: web systems hand out HTML and text as `.xls`, and people rename files. The ending only
//! decides where the contents leave it open.
//!
//! *Invariant:* any bytes give a workbook or a [`ReadError`], never a panic, and never need more memory than the
//! limits of `budget` allow.

mod budget;
mod days;
mod error;
mod excel_2003;
mod html;
mod kind;
mod number_format;
mod ods;
mod package;
mod text;
mod xls;
mod xlsx;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::workbook::{Sheet, Workbook};
use budget::{Budget, MOST_BYTES, too_large};
pub use error::{Fault, ReadError};
use kind::{Kind, Markup};
use package::Package;

/// Reads a file: xlsx, xlsm, xls, ods, text with separators, or a table in HTML. `file_name` goes into the workbook and into errors.
///
/// # Errors
/// [`ReadError`] says what is the matter with the file, and what to do.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Workbook, ReadError> {
    let file = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name).to_owned();
    // The readers of the binary formats index into records whose lengths they do not all check. A damaged file must not end
    // the program.
    let sheets = catch_unwind(AssertUnwindSafe(|| sheets(&file, bytes)))
        .unwrap_or_else(|_| Err(Fault::damaged("contents", "they break the rules of the format")));
    match sheets {
        Ok(sheets) => Ok(Workbook { file, sheets }),
        Err(fault) => Err(ReadError { file, fault }),
    }
}

fn sheets(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    if bytes.len() > MOST_BYTES {
        return Err(too_large(format!("it has more than {} MB", MOST_BYTES / 1_000_000)));
    }
    let budget = &mut Budget::default();
    match kind::of(bytes)? {
        Kind::Container => {
            let mut package = Package::open(bytes)?;
            match kind::inside(&mut package, budget)? {
                kind::Inside::Xlsx { main } => xlsx::read(&mut package, &main, budget),
                kind::Inside::Ods => ods::read(&mut package, budget),
            }
        }
        Kind::Xls => xls::read(bytes, budget),
        Kind::Text => {
            let text = text::decode::text(bytes)?;
            match kind::markup(&text)? {
                Some(Markup::Excel2003) => excel_2003::read(&text, budget),
                Some(Markup::FlatOds) => ods::read_flat(&text, budget),
                Some(Markup::Html) => html::read(file, &text, budget).map(|sheet| vec![sheet]),
                None => text::read(file, &text, budget).map(|sheet| vec![sheet]),
            }
        }
    }
}
