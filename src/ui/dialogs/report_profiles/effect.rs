//! What a report profile does: the first page of a document or a list.

use eframe::egui::{ComboBox, Ui};

use super::super::fields::refusal;
use crate::app::desk::Desk;
use crate::app::printing::Printable;
use crate::base::Id;
use crate::model::report_profile::ReportProfile;
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::{caption, named};
use crate::ui::views::preview::{LaidOut, Previewed};

/// The page.
#[derive(Debug, Default)]
pub(super) struct Effect {
    what: Option<Printable>,
    pages: Option<LaidOut>,
}

impl Effect {
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &Desk, profile: Id<ReportProfile>, language: &'static str) {
        let project = desk.project();
        let mut all = Printable::all(project);
        let Some(what) = self.what.filter(|what| all.contains(what)).or(all.first().copied()) else { return };
        let combo = ComboBox::from_id_salt("shown page").width(ui.available_width().min(320.0)).truncate();
        let shown = combo.selected_text(what.name(project)).show_ui(ui, |ui| {
            for other in all.drain(..) {
                if ui.selectable_label(other == what, other.name(project)).clicked() {
                    self.what = Some(other);
                }
            }
        });
        named(shown.response, "Shown document");
        ui.add_space(size::STEP);
        let question = Previewed { what, phase: None, language, profile: Some(profile) }.pages(desk);
        let pages = self.pages.get_or_insert_with(|| LaidOut::new(ui.ctx(), desk));
        pages.ask(desk, &question);
        match pages.latest() {
            None => drop(caption(ui, "Laying out…")),
            Some(Err(reason)) => refusal(ui, reason),
            Some(Ok(found)) => {
                let count = match found.display.pages.len() {
                    1 => "1 page".to_owned(),
                    count => format!("First of {count} pages"),
                };
                for warning in found.warnings.clone() {
                    refusal(ui, &warning);
                }
                let height = ui.available_height() - 24.0;
                pages.show_first(ui, height);
                let updating = if pages.waits() { " · laying out again…" } else { "" };
                caption(ui, &format!("{count}{updating}"));
            }
        }
    }
}
