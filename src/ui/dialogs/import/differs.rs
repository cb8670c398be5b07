//! What the project has already and the file says otherwise, with a tick for what is taken over.

use std::collections::BTreeSet;

use eframe::egui::Ui;

use super::ticked::{Piece, Tick, differing, end_of, headings, line, rows};
use crate::app::import::outcome::Outcome;
use crate::app::import::session::Session;
use crate::exchange::import::workbook::At;
use crate::ui::kit::theme::Weight;
use crate::ui::kit::tokens::Tokens;
use crate::ui::kit::widgets::{caption, text_button};

/// The shares of the columns.
const SHARES: [f32; 5] = [0.13, 0.25, 0.14, 0.24, 0.24];

/// Shows the differences; the cell to show, if a line was clicked.
pub(super) fn show(
    ui: &mut Ui,
    outcome: &Outcome,
    session: Option<&Session>,
    taken: &mut BTreeSet<usize>,
) -> Option<(usize, At)> {
    let differences = &outcome.built.differences;
    if differences.is_empty() {
        caption(ui, "The file says nothing otherwise of what the project has already.");
        return None;
    }
    ui.horizontal(|ui| {
        caption(ui, "The project keeps what it says, but for what is ticked. A fact changes wherever it shows.");
        if taken.len() < differences.len() && text_button(ui, "Take over all", "").clicked() {
            *taken = (0..differences.len()).collect();
        }
        if !taken.is_empty() && text_button(ui, "Take over none", "").clicked() {
            taken.clear();
        }
    });
    let tokens = Tokens::of(ui);
    let sheets = session.map(|session| session.opened.workbook.sheets.as_slice()).unwrap_or_default();
    headings(ui, &["Cell", "Item", "Field", "The project says", "The file says"], &SHARES);
    let mut shown = None;
    rows(ui, "differences", differences.len(), |ui, at| {
        let Some(found) = differences.get(at) else { return };
        let plain = |text, color| Piece { text, color, weight: Weight::Regular };
        let sheet = sheets.get(found.sheet).map(|sheet| sheet.name.as_str()).filter(|_| sheets.len() > 1);
        let cell = sheet.map_or_else(|| found.at.to_string(), |sheet| format!("{} · {sheet}", found.at));
        let item = format!("{} · {}", found.label, found.field_label);
        let [before, here, there, behind] = differing(&found.here, &found.there);
        let before = end_of(before);
        let strong = |own| {
            let own = Piece { text: own, color: tokens.text, weight: Weight::Medium };
            vec![plain(&before, tokens.quiet), own, plain(behind, tokens.quiet)]
        };
        let columns = [
            (SHARES[0], vec![plain(cell.as_str(), tokens.quiet)]),
            (SHARES[1], vec![plain(found.label.as_str(), tokens.text)]),
            (SHARES[2], vec![plain(found.field_label.as_str(), tokens.text)]),
            (SHARES[3], strong(here)),
            (SHARES[4], strong(there)),
        ];
        let tick = Tick { name: format!("Take over {item}"), refusal: None };
        let clicked = line(ui, at, &columns, Some((tick, taken)), |ui| {
            caption(ui, &format!("{cell} · {item}"));
            ui.label(format!("The project says: {}", found.here));
            ui.label(format!("The file says: {}", found.there));
        });
        if clicked {
            shown = Some((found.sheet, found.at));
        }
    });
    shown
}
