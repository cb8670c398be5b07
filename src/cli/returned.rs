//! `import --into`: a workbook comes home.

use std::fmt::Write;
use std::path::Path;

use crate::app::desk::{self, Desk};
use crate::app::returned::{Chosen, Difference, Returned, accept, compare, is_stamped};
use crate::app::{import, settings};
use crate::base::clock::Date;
use crate::base::text::quoted;
use crate::exchange::import::workbook::Workbook;
use crate::store;

use super::{Verdict, output};

/// What of a workbook is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TakeOver {
    /// Nothing.
    Nothing,
    /// Every cell that was changed.
    Cells,
    /// The rows that were added and deleted, too.
    CellsAndRows,
}

/// Compares a workbook with the project of a folder, and takes over what was changed if asked.
pub(super) fn returned(file: &Path, folder: &Path, take_over: TakeOver, today: Date) -> Result<Verdict, String> {
    let workbook = import::open(file)?;
    let mut author = desk::author(&settings::Settings::default(), today)?;
    if take_over == TakeOver::Nothing {
        let opened = store::open::open(folder, crate::app::library()?).map_err(|error| error.to_string())?;
        let returned = compare(&opened.project, &workbook, today)?;
        output::data(said(&returned).as_bytes())?;
        let is_same = returned.differences.is_empty()
            && returned.added.is_empty()
            && returned.lacking.iter().all(|lacking| !lacking.deleted_there);
        return Ok(if is_same { Verdict::Clean } else { Verdict::Findings });
    }
    let mut desk = Desk::open(folder, author.clone())?;
    if desk.is_read_only() {
        return Err(desk.notices().join(" "));
    }
    let returned = compare(desk.project(), &workbook, today)?;
    let mut chosen = Chosen::all_cells(&returned);
    if take_over == TakeOver::CellsAndRows {
        chosen.added = (0..returned.added.len()).collect();
        let deleted = returned.lacking.iter().enumerate().filter(|(_, lacking)| lacking.deleted_there);
        chosen.deleted = deleted.map(|(at, _)| at).collect();
    }
    let accepted = accept(desk.project(), &returned, &chosen, &mut author);
    output::data(said(&returned).as_bytes())?;
    for refused in &accepted.refused {
        output::progress(&format!("goldthread: warning: not taken over: {}: {}", refused.place, refused.reason));
    }
    let (changes, label) = (accepted.cells + accepted.rows, accepted.transaction.label.clone());
    if changes > 0 {
        desk.commit(accepted.transaction).map_err(|refusal| refusal.reason)?;
        desk.save()?;
    }
    desk.close();
    output::progress(&if changes > 0 { label } else { "nothing was taken over".to_owned() });
    let is_whole = accepted.refused.is_empty()
        && (returned.added.is_empty() || take_over == TakeOver::CellsAndRows)
        && returned.differences.iter().all(|difference| difference.refused.is_none());
    Ok(if is_whole { Verdict::Clean } else { Verdict::Findings })
}

/// Keeps a workbook that comes from the project of the folder from becoming a second copy of its documents.
pub(super) fn refuse_second_copy(workbook: &Workbook, folder: &Path, today: Date) -> Result<(), String> {
    if !is_stamped(workbook) || !folder.join("project.ron").exists() {
        return Ok(());
    }
    let opened = store::open::open(folder, crate::app::library()?).map_err(|error| error.to_string())?;
    if compare(&opened.project, workbook, today).is_err() {
        return Ok(());
    }
    let folder = folder.display();
    Err(format!(
        "{} was exported from this project; see what was changed in it with --into {folder} --check, and take it over with \
         --into {folder} --accept",
        workbook.file
    ))
}

/// What came of the comparison, for people.
fn said(returned: &Returned) -> String {
    let mut text = String::new();
    let mut line = |words: String| writeln!(text, "{words}").unwrap_or_default();
    let stamp = &returned.stamp;
    line(format!("{}: exported from {} on {}", returned.file, quoted(&stamp.project_name), stamp.day));
    for difference in &returned.differences {
        line(of(difference));
    }
    for added in &returned.added {
        let texts: Vec<String> =
            added.texts.iter().map(|(heading, text)| format!("{}: {}", one_line(heading), quoted(text))).collect();
        line(format!("{}, {}: added row, not taken over: {}", added.sheet, added.cell, texts.join(", ")));
    }
    for lacking in &returned.lacking {
        let why =
            if lacking.deleted_there { "deleted in the workbook; the project keeps it" } else { "not in the workbook" };
        line(format!("{}: {}: {why}", lacking.sheet, quoted(&lacking.row)));
    }
    for remark in &returned.remarks {
        line(remark.clone());
    }
    if returned.changed_here > 0 {
        line(format!("changed in the project only, since the export: {}", returned.changed_here));
    }
    line(format!("changed in the workbook: {}", returned.differences.len()));
    text
}

fn of(difference: &Difference) -> String {
    let Difference { sheet, cell, row, heading, here, there, both, refused, .. } = difference;
    let both = if *both { " (changed in the project, too)" } else { "" };
    let refused = refused.as_ref().map(|reason| format!(" (not taken over: {reason})")).unwrap_or_default();
    let (row, heading) = (quoted(row), one_line(heading));
    format!("{sheet}, {cell}: {row}, {heading}: {} → {}{both}{refused}", quoted(here), quoted(there))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
