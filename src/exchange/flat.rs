//! The flat form: a form as comma-separated values, one line per failure cause (per row for the other documents).

use std::collections::BTreeSet;
use std::io::Write;

use crate::base::text::normalized;
use crate::model::form::{Block, Column, Form, RowId};
use crate::model::{AnyId, Project};

use super::json::IDENTITIES;

/// Why the flat form could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the flat form could not be written: {0}")]
pub struct FlatError(#[from] csv::Error);

/// The headings: full trade terms in snake_case; own fields by their name, with a number behind it where a heading of that
/// name is there already, here or in the JSON export.
pub fn headings(form: &Form) -> Vec<String> {
    let mut taken: BTreeSet<String> = IDENTITIES.iter().map(|(key, _)| (*key).to_owned()).collect();
    let unique = |heading: String| {
        let mut copy = 1;
        let mut name = heading.clone();
        while !taken.insert(name.clone()) {
            copy += 1;
            name = format!("{heading}_{copy}");
        }
        name
    };
    form.columns.iter().map(heading).map(unique).collect()
}

fn heading(column: &Column) -> String {
    if column.key.starts_with("user:") { normalized(&column.heading).replace(' ', "_") } else { column.key.to_string() }
}

/// The lines of a block: words and dates as the form prints them; merged cells are repeated in every line, and what stands in
/// several rows of one cause stands in one cell, a line each.
pub fn lines(form: &Form, block: &Block) -> Vec<Vec<String>> {
    records(form, block).into_iter().map(|(_, line)| line).collect()
}

/// The lines of a block with the first row of each.
pub fn records(form: &Form, block: &Block) -> Vec<(RowId, Vec<String>)> {
    let mut lines = Vec::new();
    let mut first = 0;
    while first < block.rows.len() {
        // Actions give a cause further rows; the second item of a row identity tells them apart. A worksheet row per
        // characteristic is a line of its own.
        let item = block.rows[first].id.item;
        let is_risk = matches!(item, AnyId::Risk(_));
        let more = block.rows[first + 1..].iter().take_while(|row| is_risk && row.id.item == item).count();
        let line = (0..form.columns.len()).map(|column| text(block, first..=first + more, column)).collect();
        lines.push((block.rows[first].id, line));
        first += more + 1;
    }
    lines
}

fn text(block: &Block, rows: std::ops::RangeInclusive<usize>, column: usize) -> String {
    let mut texts: Vec<String> = Vec::new();
    let mut last = None;
    for row in rows {
        let Some(cell) = block.cell_at(row, column) else { continue };
        if last != Some(cell.row) {
            last = Some(cell.row);
            texts.push(cell.text());
        }
    }
    texts.retain(|text| !text.is_empty());
    texts.join("\n")
}

/// Writes blocks of a form under its headings, in UTF-8 with LF line ends.
///
/// # Errors
/// If the target cannot be written to.
pub fn write(project: &Project, form: &Form, blocks: &[AnyId], target: &mut dyn Write) -> Result<(), FlatError> {
    let mut writer = csv::Writer::from_writer(target);
    writer.write_record(headings(form))?;
    for key in blocks {
        for line in lines(form, &form.block(project, *key)) {
            writer.write_record(line)?;
        }
    }
    writer.flush().map_err(csv::Error::from)?;
    Ok(())
}
