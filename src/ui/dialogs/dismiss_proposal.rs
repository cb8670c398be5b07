//! Asks why a proposed control-plan row is not needed.

use eframe::egui::{Context, TextEdit};

use super::DialogContext;
use super::frame::{self, Answer, Buttons, First, MEDIUM, named};
use crate::edit::Command;
use crate::model::plan_gap::Gap;
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::caption;
use crate::ui::request::Request;

/// The dialog with the reason.
#[derive(Debug)]
pub(super) struct DismissProposal {
    gap: Gap,
    reason: String,
    first: First,
}

impl DismissProposal {
    pub(super) fn new(gap: Gap) -> Self {
        Self { gap, reason: String::new(), first: First::default() }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let project = desk.project();
        let shown = frame::show(ctx, "dismiss proposal", "Dismiss the proposed row", MEDIUM, |ui| {
            ui.label(format!("{}.", project.gap_reason(self.gap)));
            ui.add_space(size::STEP);
            caption(
                ui,
                "The reason is kept with your name and the date. The row is proposed again when what it rests on changes.",
            );
            let edit = TextEdit::singleline(&mut self.reason).hint_text("Covered by the maintenance plan");
            let field = named(ui.add(edit.desired_width(f32::INFINITY)), "Why no row is needed");
            self.first.claim(&field);
            let refusal = desk.can(&self.command()).err().map(|refusal| refusal.reason);
            Buttons { primary: Some("Dismiss"), refusal: refusal.as_deref(), other: None, cancel: "Cancel" }.show(ui)
        });
        match shown.inner {
            Answer::Primary => queue.push(Request::Run(self.command())),
            Answer::Open => return !shown.closed,
            Answer::Other | Answer::Cancel => {}
        }
        false
    }

    fn command(&self) -> Command {
        Command::DismissProposal { gap: self.gap, reason: self.reason.clone() }
    }
}
