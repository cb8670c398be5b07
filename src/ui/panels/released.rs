//! The line above a released document: why nothing can be typed into it, and the way to go on.

use eframe::egui::{Align, Label, Layout, Ui};

use crate::app::desk::Desk;
use crate::base::Id;
use crate::edit::Command;
use crate::model::document::{Document, DocumentState};
use crate::ui::kit::widgets::{self, badge, text_button};
use crate::ui::kit::{Tokens, Tone, size};
use crate::ui::request::Request;

/// Shows the line if the document is released.
pub fn show(ui: &mut Ui, desk: &Desk, document: Id<Document>, queue: &mut Vec<Request>) {
    let Some(shown) = desk.project().get(document).filter(|shown| shown.state == DocumentState::Released) else {
        return;
    };
    let released = shown.latest_revision().map_or_else(String::new, |revision| {
        let on = revision.date.map(|date| format!(" of {date}")).unwrap_or_default();
        format!("as revision {}{on}", revision.number)
    });
    widgets::strip(ui, size::TOOLBAR, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0 * size::STEP;
        badge(ui, "Released", Tone::Low);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if text_button(ui, "Start next draft", "Work on the document again; what was released stays on record")
                .clicked()
            {
                queue.push(Request::Run(Command::StartDraft { document }));
            }
            let text = format!("{released}. To change it, start its next draft.");
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.visuals_mut().override_text_color = Some(Tokens::of(ui).quiet);
                ui.add(Label::new(text).truncate());
            });
        });
    });
}
