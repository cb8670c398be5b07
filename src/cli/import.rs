//! `import`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::app::import::{self, Asked};
use crate::app::{desk, settings};
use crate::base::clock::Date;
use crate::base::text::quoted;
use crate::exchange::import::build::Built;
use crate::exchange::import::report::{CellReport, Report, SheetReport, TableReport, report};
use crate::exchange::import::table::{Certainty, Meaning, TableKind, Understood};
use crate::exchange::import::workbook::Workbook;

use super::{Verdict, output, returned};

/// So many addresses are named for each reason; the report has them all.
const NAMED: usize = 6;

/// So many remarks are named for each sheet.
const REMARKS: usize = 12;

/// What is asked for on the command line.
pub(super) struct Arguments {
    /// The spreadsheet.
    pub file: PathBuf,
    /// Names of sheets.
    pub sheets: Vec<String>,
    /// The form, if it is not to be found.
    pub kind: Option<TableKind>,
    /// A mapping file.
    pub mapping: Option<PathBuf>,
    /// Where the report for programs goes.
    pub report: Option<PathBuf>,
    /// The folder of the project.
    pub output: PathBuf,
    /// The day.
    pub today: Date,
}

/// Imports a spreadsheet into the project of a folder.
pub(super) fn import(arguments: Arguments) -> Result<Verdict, String> {
    let Arguments { file, sheets, kind, mapping, report: report_path, output: folder, today } = arguments;
    let workbook = import::open(&file)?;
    returned::refuse_second_copy(&workbook, &folder, today)?;
    let wishes = mapping.as_deref().map(import::open_mapping).transpose()?.unwrap_or_default();
    let understood = import::understand_as(&workbook, &Asked { sheets, kind, wishes })?;
    let mut author = desk::author(&settings::Settings::default(), today)?;
    let found = !understood.tables.is_empty();
    let built = if found {
        import::into_folder(&folder, &workbook, &understood, author)?
    } else {
        let project = crate::model::Project::new(crate::app::library()?);
        import::prepare(&project, &workbook, &understood, &mut author)
    };
    let made = report(&workbook, &understood, &built);
    if let Some(path) = report_path {
        write_report(&path, &made)?;
    }
    output::data(summary(&made, &understood, &workbook, &built).as_bytes())?;
    if found {
        output::progress(&format!("wrote {}", folder.display()));
        Ok(Verdict::Clean)
    } else {
        output::progress(&format!(
            "{}: no FMEA, control plan or process flow was found, so no project was written. If there is one, say where with --sheet, --as and --mapping",
            workbook.file
        ));
        Ok(Verdict::Findings)
    }
}

fn write_report(path: &Path, report: &Report) -> Result<(), String> {
    let mut text =
        serde_json::to_string_pretty(report).map_err(|error| format!("the report cannot be written: {error}"))?;
    text.push('\n');
    if path == Path::new("-") {
        return output::data(text.as_bytes());
    }
    fs::write(path, text).map_err(|error| format!("{} cannot be written: {error}", path.display()))
}

/// What came of it, for people.
fn summary(report: &Report, understood: &Understood, workbook: &Workbook, built: &Built) -> String {
    let mut text = String::new();
    let mut positions: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (position, table) in understood.tables.iter().enumerate() {
        positions.entry(table.sheet).or_default().push(position);
    }
    for (index, sheet) in report.sheets.iter().enumerate() {
        let hidden = if sheet.hidden { " (hidden)" } else { "" };
        line(&mut text, &format!("Sheet “{}”{hidden}: {} cells, {} imported", sheet.name, sheet.cells, sheet.imported));
        if sheet.tables.is_empty() {
            line(&mut text, "  no table found");
        }
        for (table, position) in sheet.tables.iter().zip(positions.get(&index).into_iter().flatten()) {
            table_lines(
                &mut text,
                table,
                &understood.tables[*position].columns,
                built.made.iter().any(|made| made.table == *position),
            );
        }
        left_lines(&mut text, sheet);
        difference_lines(&mut text, sheet);
    }
    let sheets = workbook.sheets.len();
    let (cells, imported) =
        report.sheets.iter().fold((0, 0), |(cells, imported), sheet| (cells + sheet.cells, imported + sheet.imported));
    line(
        &mut text,
        &format!("{} sheet{}: {imported} of {cells} cells imported", sheets, if sheets == 1 { "" } else { "s" }),
    );
    text
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").unwrap_or_default();
}

fn table_lines(
    text: &mut String,
    table: &TableReport,
    columns: &[crate::exchange::import::table::Column],
    is_made: bool,
) {
    let name = TableKind::from_key(table.kind).map_or(table.kind, TableKind::name);
    let (first, last) = table.heading_rows;
    let rows = if first == last { format!("row {first}") } else { format!("rows {first}–{last}") };
    line(text, &format!("  {name}: headings in {rows}, {} lines", table.rows));
    if !is_made {
        line(text, "    without lines, so no document was made of it");
        return;
    }
    for (column, shown) in columns.iter().zip(&table.columns) {
        let field = match column.meaning {
            Meaning::Field(field) => field.name(),
            Meaning::Own => "kept as a field of its own",
            Meaning::Ignored => "not imported",
        };
        let doubt =
            if column.certainty == Certainty::Guessed && column.meaning != Meaning::Own { " (guessed)" } else { "" };
        let heading = shown.heading.split_whitespace().collect::<Vec<_>>().join(" ");
        let heading = if heading.is_empty() { "no heading".to_owned() } else { format!("“{heading}”") };
        line(text, &format!("    {:>3}  {heading} → {field}{doubt}", shown.column));
    }
    let counts = [
        (table.steps, "step", "steps"),
        (table.functions, "function", "functions"),
        (table.failure_modes, "failure mode", "failure modes"),
        (table.effects, "failure effect", "failure effects"),
        (table.causes, "failure cause", "failure causes"),
        (table.controls, "control", "controls"),
        (table.actions, "action", "actions"),
        (table.plan_rows, "control-plan row", "control-plan rows"),
        (table.characteristics, "characteristic", "characteristics"),
    ];
    let counted: Vec<String> = counts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    if !counted.is_empty() {
        line(text, &format!("    {}", counted.join(", ")));
    }
    let facts: Vec<String> = table
        .title
        .iter()
        .map(|(key, value)| {
            format!("{} “{}”", key.replace('_', " "), value.split_whitespace().collect::<Vec<_>>().join(" "))
        })
        .collect();
    if !facts.is_empty() {
        line(text, &format!("    header: {}", facts.join(", ")));
    }
}

/// What the project says otherwise, and keeps.
fn difference_lines(text: &mut String, sheet: &SheetReport) {
    if !sheet.differences.is_empty() {
        line(text, &format!("  the project says otherwise, and keeps it: {}", sheet.differences.len()));
    }
    for found in sheet.differences.iter().take(REMARKS) {
        let (here, there) = (quoted(&found.project), quoted(&found.file));
        line(text, &format!("    {}: {}, {}: {here}; the file: {there}", found.cell, found.item, found.field));
    }
    if sheet.differences.len() > REMARKS {
        line(text, &format!("    {} more, see the report", sheet.differences.len() - REMARKS));
    }
}

/// The cells that were not imported by their reasons, and what to know.
fn left_lines(text: &mut String, sheet: &SheetReport) {
    let mut reasons: Vec<(&str, Vec<&CellReport>)> = Vec::new();
    for cell in &sheet.not_imported {
        // What differs is a reason of its own in the report; here it is one.
        let reason = if cell.reason.starts_with("computed here as") {
            "computed here with another result"
        } else {
            cell.reason.as_str()
        };
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, cells)) => cells.push(cell),
            None => reasons.push((reason, vec![cell])),
        }
    }
    if !sheet.not_imported.is_empty() {
        line(text, &format!("  not imported: {}", sheet.not_imported.len()));
    }
    for (reason, cells) in reasons {
        let named: Vec<&str> = cells.iter().take(NAMED).map(|cell| cell.cell.as_str()).collect();
        let more = if cells.len() > NAMED { ", …" } else { "" };
        line(text, &format!("    {:>5}  {reason}: {}{more}", cells.len(), named.join(", ")));
    }
    for remark in sheet.remarks.iter().take(REMARKS) {
        let place = remark.cell.as_ref().map(|cell| format!("{cell}: ")).unwrap_or_default();
        line(text, &format!("  note: {place}{}", remark.text));
    }
    if sheet.remarks.len() > REMARKS {
        line(text, &format!("  note: {} more, see the report", sheet.remarks.len() - REMARKS));
    }
}
