//! The loss report: every cell that is not imported, with its address, what it says and why; and what else is to be known.

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::preview::fate_words;
use crate::app::import::outcome::{LeftCell, Outcome};
use crate::app::import::session::Session;
use crate::base::text::counted;
use crate::exchange::import::account::Fate;
use crate::exchange::import::workbook::At;
use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::{caption, list_row, row_ground};

/// Height of a row.
const ROW: f32 = 22.0;
/// Breadth of the list of reasons.
const REASONS: f32 = 300.0;

/// What is shown of the report.
#[derive(Debug, Default)]
pub(super) struct LeftList {
    /// The reason whose cells are shown; none for all.
    reason: Option<usize>,
}

impl LeftList {
    /// Starts over with another outcome.
    pub(super) fn renew(&mut self) {
        self.reason = None;
    }

    /// Shows the report; the cell to show, if one was chosen.
    pub(super) fn show(&mut self, ui: &mut Ui, outcome: &Outcome, session: Option<&Session>) -> Option<(usize, At)> {
        let session = session?;
        if outcome.left.is_empty() {
            caption(ui, "Every cell is imported.");
            return None;
        }
        let rect = ui.available_rect_before_wrap();
        let reasons = rect.with_max_x(rect.left() + REASONS);
        super::within(ui, reasons, "reasons", |ui| self.reasons(ui, outcome));
        let list = rect.with_min_x(reasons.right() + 8.0);
        let cells = match self.reason {
            None => outcome.left.as_slice(),
            Some(reason) => {
                let from = outcome.left.partition_point(|cell| cell.reason < reason);
                let to = outcome.left.partition_point(|cell| cell.reason <= reason);
                &outcome.left[from..to]
            }
        };
        super::within(ui, list, "left", |ui| {
            let mut chosen = None;
            ui.spacing_mut().item_spacing.y = 0.0;
            let area = ScrollArea::vertical().id_salt("left cells").auto_shrink([false, false]);
            area.show_rows(ui, ROW, cells.len(), |ui, range| {
                for cell in cells.get(range).unwrap_or_default() {
                    if show_cell(ui, outcome, session, *cell) {
                        chosen = Some((cell.sheet, cell.at));
                    }
                }
            });
            chosen
        })
    }

    fn reasons(&mut self, ui: &mut Ui, outcome: &Outcome) {
        ScrollArea::vertical().id_salt("left reasons").auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if list_row(ui, None, "All reasons", &outcome.left.len().to_string(), self.reason.is_none()).clicked() {
                self.reason = None;
            }
            for (index, reason) in outcome.reasons.iter().enumerate() {
                let chosen = self.reason == Some(index);
                if ui
                    .push_id(index, |ui| list_row(ui, None, &reason.text, &reason.count.to_string(), chosen))
                    .inner
                    .clicked()
                {
                    self.reason = if chosen { None } else { Some(index) };
                }
            }
        });
    }
}

/// A cell that is not imported; whether it was chosen.
fn show_cell(ui: &mut Ui, outcome: &Outcome, session: &Session, cell: LeftCell) -> bool {
    let workbook = &session.opened.workbook;
    let Some(sheet) = workbook.sheets.get(cell.sheet) else { return false };
    let value = sheet.cell(cell.at).map(|cell| cell.value.to_string()).unwrap_or_default();
    let reason = match outcome.fate(cell.sheet, cell.at) {
        Some(Fate::Left(left)) => left.to_string(),
        fate => fate_words(fate),
    };
    let place = if workbook.sheets.len() > 1 { format!("{} · {}", sheet.name, cell.at) } else { cell.at.to_string() };
    let parts = [(place.as_str(), 0.2), (value.as_str(), 0.42), (reason.as_str(), 0.38)];
    columns(ui, ("left", cell.sheet, cell.at), parts)
}

/// What else is to be known: assumptions and values that were kept as they are written.
pub(super) fn remarks(ui: &mut Ui, outcome: &Outcome, session: Option<&Session>) -> Option<(usize, At)> {
    let remarks = &outcome.built.account.remarks;
    let session = session?;
    if remarks.is_empty() {
        caption(ui, "Nothing was assumed, and every value fits its field.");
        return None;
    }
    caption(
        ui,
        &format!(
            "{}: what was assumed, and values that were kept as they are written.",
            counted(remarks.len(), "remark")
        ),
    );
    let mut chosen = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    let sheets = &session.opened.workbook.sheets;
    let area = ScrollArea::vertical().id_salt("remarks").auto_shrink([false, false]);
    area.show_rows(ui, ROW, remarks.len(), |ui, range| {
        for index in range {
            let Some(remark) = remarks.get(index) else { continue };
            let name = sheets.get(remark.sheet).map(|sheet| sheet.name.as_str()).unwrap_or_default();
            let place = match remark.at {
                Some(at) if sheets.len() > 1 => format!("{name} · {at}"),
                Some(at) => at.to_string(),
                None => name.to_owned(),
            };
            let is_chosen =
                columns(ui, ("remark", index), [(place.as_str(), 0.16), (remark.text.as_str(), 0.84), ("", 0.0)]);
            if let (true, Some(at)) = (is_chosen, remark.at) {
                chosen = Some((remark.sheet, at));
            }
        }
    });
    chosen
}

/// A row of texts in columns of these shares; whether it was chosen.
fn columns(ui: &mut Ui, id: impl eframe::egui::AsIdSalt, parts: [(&str, f32); 3]) -> bool {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(id), Sense::click());
    row_ground(ui, &response, false);
    let mut left = rect.left() + 6.0;
    let room = rect.width() - 20.0;
    for (index, (text, share)) in parts.iter().enumerate().filter(|(_, (text, _))| !text.is_empty()) {
        let place = Rect::from_min_size(pos2(left, rect.top()), vec2(room * share, ROW));
        let color = if index == 1 { tokens.text } else { tokens.quiet };
        let text: String = text.chars().take(300).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mut job =
            LayoutJob::single_section(text, TextFormat::simple(font(Weight::Regular, size::HEADING_TEXT), color));
        job.wrap = TextWrapping::truncate_at_width((place.width() - 10.0).max(8.0));
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, color);
        left += place.width();
    }
    let words = || parts.iter().map(|(text, _)| *text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words()));
    let clicked = response.clicked();
    response.on_hover_ui(|ui| {
        ui.set_max_width(460.0);
        for (text, _) in parts.iter().filter(|(text, _)| !text.is_empty()) {
            ui.label(*text);
        }
    });
    clicked
}
