//! Statements about a risk that carry a name and a date: a justification, a review by the management.

use eframe::egui::{Context, TextEdit, Ui};

use super::DialogContext;
use super::frame::{self, Answer, Buttons, First, MEDIUM, named};
use crate::app::desk::Desk;
use crate::base::Id;
use crate::edit::Command;
use crate::model::risk::{Risk, Statement};
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::{caption, field_row};
use crate::ui::request::Request;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Justification,
    ManagementReview,
}

/// Asks for the words.
#[derive(Debug)]
pub(super) struct StatementDialog {
    about: About,
    risk: Id<Risk>,
    text: String,
    before: String,
    first: First,
}

impl StatementDialog {
    /// Why an open action priority is acceptable.
    pub(super) fn justification(desk: &Desk, risk: Id<Risk>) -> Self {
        let given = desk.project().get(risk).and_then(|risk| risk.justification.as_ref());
        Self::new(About::Justification, risk, given)
    }

    /// What a review by the management found.
    pub(super) fn management_review(desk: &Desk, risk: Id<Risk>) -> Self {
        let given = desk.project().get(risk).and_then(|risk| risk.management_review.as_ref());
        Self::new(About::ManagementReview, risk, given)
    }

    fn new(about: About, risk: Id<Risk>, given: Option<&Statement>) -> Self {
        let text = given.map(|given| given.text.to_string()).unwrap_or_default();
        Self { about, risk, before: text.clone(), text, first: First::default() }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let Some(risk) = desk.project().get(self.risk) else { return false };
        let (title, record, withdraw) = match self.about {
            About::Justification => ("Justify action priority", "Record justification", "Withdraw justification"),
            About::ManagementReview => ("Management review", "Record review", "Withdraw review"),
        };
        let withdraws = self.text.trim().is_empty() && !self.before.is_empty();
        let shown = frame::show(ctx, "statement", title, MEDIUM, |ui| {
            self.fields(ui, desk, risk);
            let blank = (self.text.trim().is_empty() && !withdraws).then(|| "Write a sentence".to_owned());
            let refused = desk.can(&self.command()).err().map(|refusal| refusal.reason);
            let primary = Some(if withdraws { withdraw } else { record });
            let refusal = blank.or(refused);
            Buttons { primary, refusal: refusal.as_deref(), other: None, cancel: "Cancel" }.show(ui)
        });
        match shown.inner {
            Answer::Primary => queue.push(Request::Run(self.command())),
            Answer::Open => return !shown.closed,
            Answer::Other | Answer::Cancel => {}
        }
        false
    }

    fn fields(&mut self, ui: &mut Ui, desk: &Desk, risk: &Risk) {
        let project = desk.project();
        for (name, text) in
            [("Failure mode", project.label(risk.mode.into())), ("Failure cause", project.label(risk.cause.into()))]
        {
            field_row(ui, name, |ui| ui.label(text));
        }
        ui.add_space(size::STEP);
        let (name, help) = match self.about {
            About::Justification => (
                "Justification",
                "Why the controls in place are enough, so that no further action is taken although the priority asks \
                 for one.",
            ),
            About::ManagementReview => {
                ("Result of the review", "Recommended for a severity of 9 or 10 with a high or medium action priority.")
            }
        };
        caption(ui, help);
        let edit = TextEdit::multiline(&mut self.text).desired_rows(6).desired_width(f32::INFINITY);
        let response = named(ui.add(edit), name);
        self.first.claim(&response);
        let by = &desk.author().name;
        let signed = if by.is_blank() { "without a name".to_owned() } else { format!("by {by}") };
        caption(ui, &format!("Signed {signed} on {}.", desk.author().today));
    }

    fn command(&self) -> Command {
        let (risk, text) = (self.risk, self.text.trim().to_owned());
        match self.about {
            About::Justification => Command::Justify { risk, text },
            About::ManagementReview => Command::ReviewByManagement { risk, text },
        }
    }
}
