//! The lists of what was changed in a workbook, with a tick for each line.

use std::collections::BTreeSet;

use eframe::egui::{Sense, Stroke, Ui, vec2};

use super::super::ticked::{Piece, ROW, Tick, differing, end_of, headings, line, paint, rows};
use crate::app::returned::{Difference, Returned};
use crate::ui::kit::theme::Weight;
use crate::ui::kit::tokens::Tokens;
use crate::ui::kit::widgets::caption;

/// The shares of the columns of changed cells.
const OF_CELLS: [f32; 4] = [0.20, 0.20, 0.30, 0.30];

/// A line of the list of changed cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// The sheet of the cells below, by the first of them.
    Sheet(usize),
    /// A cell.
    Cell(usize),
}

/// The lines of a sheet, or those of all sheets with their names.
pub(super) fn lines(returned: &Returned, sheet: Option<&str>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut last = None;
    for (at, found) in returned.differences.iter().enumerate() {
        match sheet {
            Some(sheet) if found.sheet != sheet => continue,
            None if last != Some(&found.sheet) => lines.push(Line::Sheet(at)),
            _ => {}
        }
        last = Some(&found.sheet);
        lines.push(Line::Cell(at));
    }
    lines
}

/// Cells that were changed.
pub(super) fn cells(ui: &mut Ui, returned: &Returned, lines: &[Line], chosen: &mut BTreeSet<usize>) {
    headings(ui, &["Cell", "Row", "The project says", "The workbook says"], &OF_CELLS);
    rows(ui, "home cells", lines.len(), |ui, at| match lines.get(at) {
        Some(Line::Sheet(first)) => {
            if let Some(found) = returned.differences.get(*first) {
                sheet_name(ui, &found.sheet);
            }
        }
        Some(Line::Cell(place)) => {
            if let Some(found) = returned.differences.get(*place) {
                cell(ui, *place, found, chosen);
            }
        }
        None => {}
    });
}

fn cell(ui: &mut Ui, place: usize, found: &Difference, chosen: &mut BTreeSet<usize>) {
    let tokens = Tokens::of(ui);
    let plain = |text, color| Piece { text, color, weight: Weight::Regular };
    let heading = found.heading.replace('\n', " ");
    let address = format!("{} · {heading}", found.cell);
    let [before, here, there, behind] = differing(&found.here, &found.there);
    let before = end_of(before);
    let strong = |own| {
        let own = Piece { text: own, color: tokens.text, weight: Weight::Medium };
        vec![plain(&before, tokens.quiet), own, plain(behind, tokens.quiet)]
    };
    let remark = match (&found.refused, found.both) {
        (Some(reason), _) => format!("{reason} · "),
        (None, true) => "Changed here, too · ".to_owned(),
        (None, false) => String::new(),
    };
    let row = vec![
        Piece { text: &remark, color: tokens.warning, weight: Weight::Medium },
        plain(found.row.as_str(), tokens.quiet),
    ];
    let columns = [
        (OF_CELLS[0], vec![plain(address.as_str(), tokens.text)]),
        (OF_CELLS[1], row),
        (OF_CELLS[2], strong(here)),
        (OF_CELLS[3], strong(there)),
    ];
    let tick = Tick { name: format!("Take over {} {}", found.sheet, found.cell), refusal: found.refused.as_deref() };
    line(ui, place, &columns, Some((tick, chosen)), |ui| {
        caption(ui, &format!("{}, {address}", found.sheet));
        caption(ui, &format!("{remark}{}", found.row));
        ui.label(format!("The project says: {}", said(&found.here)));
        ui.label(format!("The workbook says: {}", said(&found.there)));
    });
}

/// The name of a sheet above its cells.
fn sheet_name(ui: &mut Ui, name: &str) {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(1.0, tokens.line));
    paint(ui, rect, &[(1.0, vec![Piece { text: name, color: tokens.text, weight: Weight::Medium }])]);
}

fn said(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}

/// Rows that somebody added.
pub(super) fn added(ui: &mut Ui, returned: &Returned, sheet: Option<&str>, chosen: &mut BTreeSet<usize>) {
    let of_sheet = |at: &usize| sheet.is_none_or(|sheet| returned.added[*at].sheet == sheet);
    let shown: Vec<usize> = (0..returned.added.len()).filter(of_sheet).collect();
    if shown.is_empty() {
        caption(ui, "Nobody added a row in the workbook.");
        return;
    }
    let tokens = Tokens::of(ui);
    headings(ui, &["Cell", "Behind", "What it says"], &[0.16, 0.24, 0.6]);
    rows(ui, "home added", shown.len(), |ui, at| {
        let Some((place, found)) = shown.get(at).and_then(|place| Some((*place, returned.added.get(*place)?))) else {
            return;
        };
        let plain = |text, color| vec![Piece { text, color, weight: Weight::Regular }];
        let address = format!("{} · {}", found.sheet, found.cell);
        let texts = found.texts.iter().map(|(heading, text)| format!("{}: {text}", heading.replace('\n', " ")));
        let texts = texts.collect::<Vec<_>>().join(" · ");
        let columns = [
            (0.16, plain(address.as_str(), tokens.text)),
            (0.24, plain(found.behind.as_str(), tokens.quiet)),
            (0.6, plain(texts.as_str(), tokens.text)),
        ];
        let refusal = (!found.has_place()).then_some("No row of the project stands above it in the workbook");
        let tick = Tick { name: format!("Add row {} {}", found.sheet, found.cell), refusal };
        line(ui, place, &columns, Some((tick, chosen)), |ui| {
            found.texts.iter().for_each(|(heading, text)| {
                ui.label(format!("{}: {text}", heading.replace('\n', " ")));
            });
        });
    });
}

/// Rows of the project that the workbook does not have.
pub(super) fn lacking(ui: &mut Ui, returned: &Returned, sheet: Option<&str>, chosen: &mut BTreeSet<usize>) {
    let of_sheet = |at: &usize| sheet.is_none_or(|sheet| returned.lacking[*at].sheet == sheet);
    let shown: Vec<usize> = (0..returned.lacking.len()).filter(of_sheet).collect();
    if shown.is_empty() {
        caption(ui, "Every row of the project is in the workbook.");
        return;
    }
    caption(ui, "A tick deletes the row in the project, too.");
    let tokens = Tokens::of(ui);
    headings(ui, &["Sheet", "Row", ""], &[0.24, 0.46, 0.3]);
    rows(ui, "home lacking", shown.len(), |ui, at| {
        let Some((place, found)) = shown.get(at).and_then(|place| Some((*place, returned.lacking.get(*place)?))) else {
            return;
        };
        let plain = |text, color| vec![Piece { text, color, weight: Weight::Regular }];
        let why = if found.deleted_there { "deleted in the workbook" } else { "deleted there, or added here since" };
        let columns = [
            (0.24, plain(found.sheet.as_str(), tokens.quiet)),
            (0.46, plain(found.row.as_str(), tokens.text)),
            (0.3, plain(why, tokens.quiet)),
        ];
        let tick = Tick { name: format!("Delete {}", found.row), refusal: None };
        line(ui, place, &columns, Some((tick, chosen)), |ui| {
            ui.label(format!("{}: {}", found.sheet, found.row));
            ui.label(why);
        });
    });
}

/// What could not be compared.
pub(super) fn remarks(ui: &mut Ui, returned: &Returned) {
    if returned.remarks.is_empty() {
        caption(ui, "Everything in the workbook could be compared.");
        return;
    }
    let tokens = Tokens::of(ui);
    rows(ui, "home remarks", returned.remarks.len(), |ui, at| {
        let Some(remark) = returned.remarks.get(at) else { return };
        let piece = Piece { text: remark, color: tokens.text, weight: Weight::Regular };
        line(ui, at, &[(1.0, vec![piece])], None, |ui| {
            ui.label(remark);
        });
    });
}
