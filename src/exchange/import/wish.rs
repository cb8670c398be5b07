//! What a person says about a sheet, which goes before what is found; and the files in which it is kept.
//!
//! A mapping file is a JSON or RON file of the same shape as the report of an import, of which it may be a copy:
//!
//! ```json
//! {"sheets": [{"name": "PFMEA", "kind": "pfmea", "heading_rows": [8, 9],
//!              "mapping": {"process_step": ["B"], "failure_mode": ["D"], "own": ["K"], "ignored": ["L", "M"]}}]}
//! ```
//!
//! `kind`, `heading_rows`, `mapping` and `split_lines` stand at the sheet, or in the first of its `tables`. Every part may be left out; a sheet
//! without a name stands for all. Rows count from 1. The words of the mapping are those of [`Field::key`], `own` for a
//! user-defined field and `ignored`.
//!
//! [`Field::key`]: super::table::Field::key

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::table::{Meaning, TableKind};
use super::workbook::column_of;

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
    /// Whether each line of a cell of effects, controls, actions, requirements or equipment is an entry of its own.
    pub split_lines: bool,
}

impl Wish {
    /// Whether it is about the sheet of this name.
    pub fn is_about(&self, sheet: &str) -> bool {
        self.sheet.as_ref().is_none_or(|name| name == sheet)
    }

    /// Whether everything about the table is left to be found.
    pub fn says_nothing(&self) -> bool {
        self.kind.is_none() && self.heading_rows.is_none() && self.columns.is_empty() && !self.split_lines
    }
}

/// What is wrong with a mapping file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WishError {
    /// The text is neither JSON nor RON of the shape.
    #[error("it cannot be read as JSON ({json}) nor as RON ({ron})")]
    Malformed {
        /// Why it is no JSON.
        json: String,
        /// Why it is no RON.
        ron: String,
    },
    /// A kind of form that there is not.
    #[error("there is no form `{0}`; there are pfmea, dfmea, control-plan, process-flow")]
    UnknownKind(String),
    /// A field that there is not.
    #[error("there is no field `{0}`; the report of an import names those that there are, and `own` and `ignored`")]
    UnknownField(String),
    /// Letters that name no column.
    #[error("`{0}` are no letters of a column")]
    BadColumn(String),
    /// Heading rows that are none.
    #[error("the heading rows {first} to {last} are none: write the first and the last row, counted from 1")]
    BadRows {
        /// The first.
        first: u32,
        /// The last.
        last: u32,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "file")]
    _file: IgnoredAny,
    sheets: Vec<Sheet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    heading_rows: Option<(u32, u32)>,
    #[serde(default)]
    mapping: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    split_lines: bool,
    #[serde(default)]
    tables: Vec<Table>,
    #[serde(default, rename = "hidden")]
    _hidden: IgnoredAny,
    #[serde(default, rename = "cells")]
    _cells: IgnoredAny,
    #[serde(default, rename = "imported")]
    _imported: IgnoredAny,
    #[serde(default, rename = "not_imported")]
    _not_imported: IgnoredAny,
    #[serde(default, rename = "differences")]
    _differences: IgnoredAny,
    #[serde(default, rename = "remarks")]
    _remarks: IgnoredAny,
}

/// A table in a report, of which only what can be wished is read.
#[derive(Deserialize)]
struct Table {
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    heading_rows: Option<(u32, u32)>,
    #[serde(default)]
    mapping: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    split_lines: bool,
}

/// Reads a mapping file, or the report of an import.
///
/// # Errors
/// What is wrong with it.
pub fn read_wishes(text: &str) -> Result<Vec<Wish>, WishError> {
    let text = text.trim_start_matches('\u{feff}');
    let file: File = match serde_json::from_str(text) {
        Ok(file) => file,
        Err(json) => ron::Options::default()
            .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
            .from_str(text)
            .map_err(|ron| WishError::Malformed { json: json.to_string(), ron: ron.to_string() })?,
    };
    // A sheet of a report without a table wishes nothing.
    let wishes = file.sheets.into_iter().filter_map(|sheet| wish(sheet).transpose());
    wishes.collect()
}

fn wish(sheet: Sheet) -> Result<Option<Wish>, WishError> {
    let Sheet { name, mut kind, mut heading_rows, mut mapping, mut split_lines, tables, .. } = sheet;
    if let Some(table) = tables.into_iter().next() {
        kind = kind.or(table.kind);
        heading_rows = heading_rows.or(table.heading_rows);
        split_lines |= table.split_lines;
        if mapping.is_empty() {
            mapping = table.mapping;
        }
    }
    if kind.is_none() && heading_rows.is_none() && mapping.is_empty() && !split_lines {
        return Ok(None);
    }
    let kind = match kind.as_deref() {
        None | Some("auto") => None,
        Some(word) => Some(TableKind::from_key(word).ok_or_else(|| WishError::UnknownKind(word.to_owned()))?),
    };
    let heading_rows = match heading_rows {
        None => None,
        Some((first, last)) if (1..=last).contains(&first) => Some((first - 1, last - 1)),
        Some((first, last)) => return Err(WishError::BadRows { first, last }),
    };
    let mut columns = BTreeMap::new();
    for (key, letters) in &mapping {
        let meaning = Meaning::from_key(key).ok_or_else(|| WishError::UnknownField(key.clone()))?;
        for letters in letters {
            let column = column_of(letters).ok_or_else(|| WishError::BadColumn(letters.clone()))?;
            columns.insert(column, meaning);
        }
    }
    Ok(Some(Wish { sheet: name, kind, heading_rows, columns, split_lines }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::import::table::Field;

    #[test]
    fn a_mapping_is_read_from_json_and_from_ron() {
        let json = r#"{"sheets": [{"name": "A", "kind": "pfmea", "heading_rows": [8, 9],
            "split_lines": true,
            "mapping": {"failure_mode": ["D"], "own": ["AA"], "ignored": ["b"]}}, {"name": "B"}]}"#;
        let ron = r#"(sheets: [(name: "A", kind: "pfmea", heading_rows: (8, 9), split_lines: true,
            mapping: {"failure_mode": ["D"], "own": ["AA"], "ignored": ["b"]})])"#;
        let wanted = Wish {
            sheet: Some("A".to_owned()),
            kind: Some(TableKind::ProcessFmea),
            heading_rows: Some((7, 8)),
            columns: BTreeMap::from([(1, Meaning::Ignored), (3, Meaning::Field(Field::Mode)), (26, Meaning::Own)]),
            split_lines: true,
        };
        assert_eq!(read_wishes(json), Ok(vec![wanted.clone()]));
        assert_eq!(read_wishes(ron), Ok(vec![wanted]));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, wanted) in [
            ("nonsense", "neither"),
            (r#"{"sheets": [{"kind": "gfmea"}]}"#, "no form `gfmea`"),
            (r#"{"sheets": [{"mapping": {"mode": ["A"]}}]}"#, "no field `mode`"),
            (r#"{"sheets": [{"mapping": {"own": ["1"]}}]}"#, "`1` are no letters"),
            (r#"{"sheets": [{"heading_rows": [0, 1]}]}"#, "heading rows 0 to 1"),
            (r#"{"sheets": [{"heading_rows": [3, 1]}]}"#, "heading rows 3 to 1"),
        ] {
            let error = read_wishes(text).unwrap_err().to_string();
            assert!(error.contains(wanted) || wanted == "neither" && error.contains("cannot be read"), "{error}");
        }
    }
}
