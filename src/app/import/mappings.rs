//! What a person said of the columns of a form, kept for the next file with the same headings.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::text::normalized;
use crate::exchange::import::table::{Meaning, Table, TableKind};
use crate::exchange::import::workbook::Sheet;

use super::session::Choice;

/// So many are kept; the one that was used longest ago goes first.
pub const MOST_KEPT: usize = 100;

/// The headings of a table as it was found, by which it is known again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Hash over the words of the headings, in their order.
    headings: String,
    /// The form that was found.
    found: TableKind,
    first_row: u32,
    first_column: u32,
}

impl Signature {
    /// The signature of a table; none if no word stands in its headings.
    pub fn of(sheet: &Sheet, table: &Table) -> Option<Self> {
        let mut first_column = None;
        let mut digest = Sha256::new();
        for row in table.heading_rows.clone() {
            for (at, cell) in sheet.row(row) {
                first_column = Some(first_column.map_or(at.column, |first: u32| first.min(at.column)));
                digest.update(normalized(&cell.value.to_string()).as_bytes());
                digest.update(b"\n");
            }
        }
        let headings = digest.finalize().iter().take(16).fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap_or_default();
            text
        });
        Some(Self { headings, found: table.kind, first_row: *table.heading_rows.start(), first_column: first_column? })
    }
}

/// What was said of a table with certain headings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptMapping {
    /// Hash over the words of the headings.
    pub headings: String,
    /// The form that was found, by its word on the command line.
    pub found: String,
    /// The form that it was said to be; blank if nobody said so.
    #[serde(default)]
    pub kind: String,
    /// First and last heading row, counted from the first that was found, if somebody named them.
    #[serde(default)]
    pub heading_rows: Option<(i64, i64)>,
    /// The word of the field by column, counted from the first that has a heading.
    #[serde(default)]
    pub columns: BTreeMap<u32, String>,
    /// Whether each line of a cell that holds several things is an entry of its own.
    #[serde(default)]
    pub split_lines: bool,
}

impl KeptMapping {
    /// What is to be kept of a choice; none if nothing was said.
    pub fn of(signature: &Signature, choice: &Choice) -> Option<Self> {
        if choice.says_nothing() {
            return None;
        }
        let from = i64::from(signature.first_row);
        let columns = choice.columns.iter().filter_map(|(column, meaning)| {
            Some((column.checked_sub(signature.first_column)?, meaning.key().to_owned()))
        });
        Some(Self {
            headings: signature.headings.clone(),
            found: signature.found.key().to_owned(),
            kind: choice.kind.map_or("", TableKind::key).to_owned(),
            heading_rows: choice.heading_rows.map(|(first, last)| (i64::from(first) - from, i64::from(last) - from)),
            columns: columns.collect(),
            split_lines: choice.split_lines,
        })
    }

    fn is_of(&self, signature: &Signature) -> bool {
        self.headings == signature.headings && self.found == signature.found.key()
    }

    /// Takes over into a choice what was said; words that are not known any more say nothing.
    fn recall(&self, signature: &Signature, choice: &mut Choice) {
        let row = |offset: i64| u32::try_from(i64::from(signature.first_row) + offset).ok();
        choice.kind = TableKind::from_key(&self.kind);
        choice.heading_rows = self
            .heading_rows
            .and_then(|(first, last)| Some((row(first)?, row(last)?)))
            .filter(|(first, last)| first <= last);
        choice.columns = self
            .columns
            .iter()
            .filter_map(|(offset, key)| Some((signature.first_column.checked_add(*offset)?, Meaning::from_key(key)?)))
            .collect();
        choice.split_lines = self.split_lines;
        choice.is_recalled = !choice.says_nothing();
    }
}

/// Takes over into a choice what was said of the same headings before.
pub fn recall(kept: &[KeptMapping], signature: &Signature, choice: &mut Choice) {
    if let Some(mapping) = kept.iter().rev().find(|mapping| mapping.is_of(signature)) {
        mapping.recall(signature, choice);
    }
}

/// Keeps what was said of headings in the place of what was said of them before.
pub fn keep(kept: &mut Vec<KeptMapping>, signature: &Signature, choice: &Choice) {
    kept.retain(|mapping| !mapping.is_of(signature));
    kept.extend(KeptMapping::of(signature, choice));
    let surplus = kept.len().saturating_sub(MOST_KEPT);
    kept.drain(..surplus);
}
