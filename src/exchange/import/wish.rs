//! What a person says about a sheet, which goes before what is found.

use std::collections::BTreeMap;

use super::table::{Meaning, TableKind};

/// What a person says about the table of a sheet. What is left open is found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wish {
    /// Name of the sheet; every sheet if it is left open.
    pub sheet: Option<String>,
    /// Which form it holds.
    pub kind: Option<TableKind>,
    /// First and last row of the headings, from zero.
    pub heading_rows: Option<(u32, u32)>,
    /// What columns of the sheet, from zero, are taken for.
    pub columns: BTreeMap<u32, Meaning>,
}

impl Wish {
    /// Whether it is about the sheet of this name.
    pub fn is_about(&self, sheet: &str) -> bool {
        self.sheet.as_ref().is_none_or(|name| name == sheet)
    }
}
