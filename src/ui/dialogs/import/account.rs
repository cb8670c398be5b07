//! The account of an import that was made: what was left and what was assumed, once more.

use std::sync::Arc;

use eframe::egui::Context;

use super::left::{self, LeftList};
use super::{Imported, Tab};
use crate::ui::dialogs::DialogContext;
use crate::ui::dialogs::frame::{self, Answer, Buttons, LARGE};
use crate::ui::request::Request;

/// The dialog.
#[derive(Debug)]
pub(in crate::ui::dialogs) struct ImportAccount {
    imported: Arc<Imported>,
    tab: Tab,
    left: LeftList,
}

impl ImportAccount {
    pub(in crate::ui::dialogs) fn new(imported: Arc<Imported>) -> Self {
        Self { imported, tab: Tab::Left, left: LeftList::default() }
    }

    pub(in crate::ui::dialogs) fn show(
        &mut self,
        ctx: &Context,
        _: DialogContext<'_>,
        queue: &mut Vec<Request>,
    ) -> bool {
        let outcome = &self.imported.outcome;
        let session = Some(&self.imported.session);
        let title = format!("What was not imported of {}", self.imported.session.opened.workbook.file);
        let shown = frame::show(ctx, "import account", &title, LARGE, |ui| {
            let left = super::left_title(outcome);
            let remarks = super::remarks_title(outcome);
            frame::tabs(ui, &[(Tab::Left, left.as_str()), (Tab::Remarks, remarks.as_str())], &mut self.tab);
            frame::steady_body(ui, 420.0, |ui| match self.tab {
                Tab::Remarks => left::remarks(ui, outcome, session),
                Tab::Made | Tab::Differs | Tab::Left => self.left.show(ui, outcome, session),
            });
            Buttons { primary: None, refusal: None, other: Some("Save loss report…"), cancel: "Close" }.show(ui)
        });
        match shown.inner {
            Answer::Other => queue.push(Request::AskLossReport(Arc::clone(&self.imported))),
            Answer::Primary | Answer::Cancel => return false,
            Answer::Open => {}
        }
        !shown.closed
    }
}
