//! The foot of the window: saved state, place, what undo would do.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{Align, Layout, RichText, Ui};

use crate::app::desk::Desk;
use crate::ui::dialogs::{Dialog, Imported};
use crate::ui::kit::{Tokens, Weight, font, size, widgets};
use crate::ui::request::Request;

/// What the foot of the window says besides the project itself.
#[derive(Debug, Clone, Default)]
pub struct Status {
    /// When the project was saved last, in this session.
    pub saved_at: Option<String>,
    /// The latest message.
    pub notice: Option<String>,
    /// What the message offers to open.
    pub made: Option<PathBuf>,
    /// The import that a message is about, and that message.
    pub imported: Option<(String, Arc<Imported>)>,
    /// What goes on in the background.
    pub job: Option<String>,
    /// Whether it may be ended.
    pub job_may_end: bool,
    /// How much is being written into cells off the frame.
    pub writing: Option<String>,
}

/// Shows the foot of the window.
pub fn show(ui: &mut Ui, desk: &Desk, place: &str, status: &Status, queue: &mut Vec<Request>) {
    let tokens = Tokens::of(ui);
    ui.horizontal_centered(|ui| {
        let saved = match (desk.is_dirty(), &status.saved_at) {
            (true, _) => "Not saved".to_owned(),
            (false, Some(time)) => format!("Saved {time}"),
            (false, None) => "Saved".to_owned(),
        };
        let color = if desk.is_dirty() { tokens.warning } else { tokens.quiet };
        ui.label(RichText::new(saved).font(font(Weight::Medium, size::CAPTION_TEXT)).color(color));
        ui.separator();
        widgets::caption(ui, place);
        if let Some(job) = status.writing.as_ref().or(status.job.as_ref()) {
            ui.separator();
            ui.spinner();
            widgets::caption(ui, job);
            if status.writing.is_none() && status.job_may_end {
                let end = ui.link(RichText::new("End").size(size::CAPTION_TEXT));
                if end.on_hover_text("Esc. A file that was there stays as it was").clicked() {
                    queue.push(Request::EndJob);
                }
            }
        }
        if let Some(notice) = &status.notice {
            ui.separator();
            ui.label(RichText::new(notice).font(font(Weight::Regular, size::CAPTION_TEXT)).color(tokens.text));
            if let Some((about, imported)) = &status.imported
                && about == notice
                && ui.link(RichText::new("Show").size(size::CAPTION_TEXT)).clicked()
            {
                queue.push(Request::Show(Dialog::import_account(Arc::clone(imported))));
            }
            if let Some(made) = &status.made
                && ui.link(RichText::new("Open").size(size::CAPTION_TEXT)).clicked()
            {
                queue.push(Request::OpenFile(made.clone()));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(label) = desk.history().undo_label() {
                widgets::caption(ui, &format!("Undo: {label}"));
            }
        });
    });
}
