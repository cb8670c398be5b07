//! A document to be added.

use eframe::egui::{Context, TextEdit};

use super::DialogContext;
use super::frame::{self, Answer, Buttons, First, SMALL, named};
use crate::edit::Command;
use crate::model::document::DocumentKind;
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::{caption, field_row};
use crate::ui::request::Request;

/// Asks for kind and title.
#[derive(Debug)]
pub(super) struct AddDocument {
    kind: DocumentKind,
    title: String,
    first: First,
}

impl Default for AddDocument {
    fn default() -> Self {
        Self { kind: DocumentKind::ProcessFmea, title: String::new(), first: First::default() }
    }
}

/// What a document is for, in a sentence.
fn purpose(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::ProcessFlow => "Every step from receiving to shipping. The other documents follow it.",
        DocumentKind::ProcessFmea => "What can go wrong at each process step, why, and what is done about it.",
        DocumentKind::DesignFmea => "What can go wrong with the design of the product.",
        DocumentKind::FmeaMsr => "How the system notices and answers faults in customer operation.",
        DocumentKind::ControlPlan => "How each characteristic is controlled, and what happens if it is not met.",
    }
}

impl AddDocument {
    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let shown = frame::show(ctx, "add document", "Add document", SMALL, |ui| {
            for kind in DocumentKind::ALL {
                let command = Command::AddDocument { kind, title: String::new() };
                let refused = desk.can(&command).err();
                ui.add_enabled_ui(refused.is_none(), |ui| {
                    ui.radio_value(&mut self.kind, kind, kind.name())
                        .on_hover_text(purpose(kind))
                        .on_disabled_hover_text(refused.map(|refusal| refusal.reason).unwrap_or_default());
                });
            }
            ui.add_space(size::STEP);
            caption(ui, purpose(self.kind));
            ui.add_space(size::STEP);
            let title = field_row(ui, "Title", |ui| {
                named(ui.add(TextEdit::singleline(&mut self.title).desired_width(f32::INFINITY)), "Title")
            });
            self.first.claim(&title);
            let refused = desk.can(&self.command()).err().map(|refusal| refusal.reason);
            let unnamed = self.title.trim().is_empty().then(|| "Give the document a title".to_owned());
            let refusal = refused.or(unnamed);
            Buttons { primary: Some("Add document"), refusal: refusal.as_deref(), other: None, cancel: "Cancel" }
                .show(ui)
        });
        match shown.inner {
            Answer::Primary => queue.push(Request::Run(self.command())),
            Answer::Open => return !shown.closed,
            Answer::Other | Answer::Cancel => {}
        }
        false
    }

    fn command(&self) -> Command {
        Command::AddDocument { kind: self.kind, title: self.title.trim().to_owned() }
    }
}
