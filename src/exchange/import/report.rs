//! The report of an import for programs: what each sheet was taken for, and what became of every cell.
//!
//! ```json
//! {
//!   "file": "pfmea.xlsx",
//!   "sheets": [{
//!     "name": "PFMEA",                     // name on the tab
//!     "hidden": false,
//!     "tables": [{
//!       "kind": "pfmea",                   // pfmea, dfmea, control-plan, process-flow
//!       "heading_rows": [8, 9],            // first and last, counted from 1
//!       "mapping": {"failure_mode": ["D"], "own": ["K"]},   // field → letters of columns
//!       "columns": [{"column": "D", "heading": "…", "field": "failure_mode", "certainty": "sure", "why": "…"}],
//!       "rows": 42,                        // lines of the table
//!       "steps": 9, "functions": 12, "failure_modes": 20, "effects": 18, "causes": 42, "controls": 30, "actions": 7,
//!       "plan_rows": 0, "characteristics": 0,
//!       "title": {"part_number": "4711"}   // facts of the header block
//!     }],
//!     "cells": 900,                        // cells that hold something
//!     "imported": 850,                     // of them in the project
//!     "not_imported": [{"cell": "A1", "value": "…", "reason": "heading"}],
//!     "differences": [{"cell": "B9", "item": "30 Press", "field": "name", "project": "Press", "file": "Press in"}],
//!     "remarks": [{"cell": "F12", "text": "…"}]
//!   }]
//! }
//! ```
//!
//! Keys keep their order and their names; more may come. `imported` and the entries of `not_imported` make up `cells`. `steps` are those
//! that the table names, new or known; the other counts are of what is new. A report is read as a mapping file, too, see
//! [`super::wish`].

use std::collections::BTreeMap;

use serde::Serialize;

use super::account::{Account, Fate};
use super::build::{Built, Counts, Made};
use super::table::{Table, Understood};
use super::workbook::{Workbook, column_letters};

/// The report of an import.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Name of the file.
    pub file: String,
    /// Its sheets in order.
    pub sheets: Vec<SheetReport>,
}

/// What a sheet was taken for.
#[derive(Debug, Serialize)]
pub struct SheetReport {
    /// Name on its tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// The tables on it from top to bottom.
    pub tables: Vec<TableReport>,
    /// How many cells hold something.
    pub cells: usize,
    /// How many of them stand in the project.
    pub imported: usize,
    /// The others.
    pub not_imported: Vec<CellReport>,
    /// What the project says otherwise, and keeps.
    pub differences: Vec<DifferenceReport>,
    /// What to know beside.
    pub remarks: Vec<RemarkReport>,
}

/// What a table was taken for.
#[derive(Debug, Serialize)]
pub struct TableReport {
    /// The form.
    pub kind: &'static str,
    /// First and last row of the headings, counted from 1.
    pub heading_rows: (u32, u32),
    /// Letters of the columns by field.
    pub mapping: BTreeMap<&'static str, Vec<String>>,
    /// Whether each line of a cell that holds several things is an entry of its own; left out if not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub split_lines: bool,
    /// The columns from left to right.
    pub columns: Vec<ColumnReport>,
    /// Number of lines.
    pub rows: usize,
    /// Steps that the table names.
    pub steps: usize,
    /// Functions.
    pub functions: usize,
    /// Failure modes.
    pub failure_modes: usize,
    /// Failure effects.
    pub effects: usize,
    /// Failure causes.
    pub causes: usize,
    /// Controls.
    pub controls: usize,
    /// Actions.
    pub actions: usize,
    /// Control-plan rows.
    pub plan_rows: usize,
    /// Characteristics.
    pub characteristics: usize,
    /// Facts of the header block.
    pub title: BTreeMap<&'static str, String>,
}

/// What a column was taken for.
#[derive(Debug, Serialize)]
pub struct ColumnReport {
    /// Its letters.
    pub column: String,
    /// Its headings.
    pub heading: String,
    /// The field, `own` or `ignored`.
    pub field: &'static str,
    /// `sure`, `likely` or `guessed`.
    pub certainty: &'static str,
    /// Why.
    pub why: String,
}

/// A cell that is not in the project.
#[derive(Debug, Serialize)]
pub struct CellReport {
    /// Its address.
    pub cell: String,
    /// What it says.
    pub value: String,
    /// Why it is not.
    pub reason: String,
}

/// What the project has already and the file says otherwise.
#[derive(Debug, Serialize)]
pub struct DifferenceReport {
    /// The cell.
    pub cell: String,
    /// What the project calls the item.
    pub item: String,
    /// The field.
    pub field: String,
    /// What the project says.
    pub project: String,
    /// What the file says.
    pub file: String,
}

/// Something to know.
#[derive(Debug, Serialize)]
pub struct RemarkReport {
    /// The cell, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// One sentence.
    pub text: String,
}

/// The report of an import.
pub fn report(workbook: &Workbook, understood: &Understood, built: &Built) -> Report {
    let sheets = (0..workbook.sheets.len()).map(|sheet| of_sheet(workbook, understood, built, sheet)).collect();
    Report { file: workbook.file.clone(), sheets }
}

fn of_sheet(workbook: &Workbook, understood: &Understood, built: &Built, index: usize) -> SheetReport {
    let sheet = &workbook.sheets[index];
    let tables = understood.tables.iter().enumerate().filter(|(_, table)| table.sheet == index);
    let account: &Account = &built.account;
    let not_imported = account.fates(index).into_iter().filter_map(|(at, fate)| match fate {
        Fate::Imported { .. } => None,
        Fate::Left(left) => Some(CellReport {
            cell: at.to_string(),
            value: sheet.cell(at).map(|cell| cell.value.to_string()).unwrap_or_default(),
            reason: left.to_string(),
        }),
    });
    let differences = built.differences.iter().filter(|found| found.sheet == index).map(|found| DifferenceReport {
        cell: found.at.to_string(),
        item: found.label.clone(),
        field: found.field_label.clone(),
        project: found.here.clone(),
        file: found.there.clone(),
    });
    let remarks = account.remarks.iter().filter(|remark| remark.sheet == index);
    SheetReport {
        name: sheet.name.clone(),
        hidden: sheet.hidden,
        tables: tables
            .map(|(position, table)| of_table(table, built.made.iter().find(|made| made.table == position)))
            .collect(),
        cells: sheet.len(),
        imported: account.imported_count(index),
        not_imported: not_imported.collect(),
        differences: differences.collect(),
        remarks: remarks
            .map(|remark| RemarkReport { cell: remark.at.map(|at| at.to_string()), text: remark.text.clone() })
            .collect(),
    }
}

fn of_table(table: &Table, made: Option<&Made>) -> TableReport {
    let mut mapping: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for column in &table.columns {
        mapping.entry(column.meaning.key()).or_default().push(column_letters(column.column));
    }
    let columns = table.columns.iter().map(|column| ColumnReport {
        column: column_letters(column.column),
        heading: column.heading.clone(),
        field: column.meaning.key(),
        certainty: column.certainty.key(),
        why: column.why.clone(),
    });
    let counts: Counts = made.map(|made| made.counts).unwrap_or_default();
    TableReport {
        kind: table.kind.key(),
        heading_rows: (table.heading_rows.start().saturating_add(1), table.heading_rows.end().saturating_add(1)),
        split_lines: table.split_lines,
        mapping,
        columns: columns.collect(),
        rows: table.records.len(),
        steps: counts.steps,
        functions: counts.functions,
        failure_modes: counts.failure_modes,
        effects: counts.effects,
        causes: counts.causes,
        controls: counts.controls,
        actions: counts.actions,
        plan_rows: counts.plan_rows,
        characteristics: counts.characteristics,
        title: table.title.iter().map(|fact| (fact.field.key(), fact.value.to_string())).collect(),
    }
}
