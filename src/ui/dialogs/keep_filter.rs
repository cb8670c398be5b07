//! Asks for the name under which a filter is kept.

use eframe::egui::{Context, TextEdit};

use super::DialogContext;
use super::frame::{self, Answer, Buttons, First, SMALL, named};
use crate::app::settings::KeptFilter;
use crate::ui::kit::widgets::caption;
use crate::ui::request::Request;

/// The dialog with the filter and the name as it was typed so far.
#[derive(Debug)]
pub(super) struct KeepFilter {
    kept: KeptFilter,
    first: First,
}

impl KeepFilter {
    pub(super) fn new(kept: KeptFilter) -> Self {
        Self { kept, first: First::default() }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let shown = frame::show(ctx, "keep filter", "Keep the filter", SMALL, |ui| {
            let edit = TextEdit::singleline(&mut self.kept.name).hint_text("Welding, open points");
            let field = named(ui.add(edit.desired_width(f32::INFINITY)), "Name of the filter");
            self.first.claim(&field);
            let known = cx.settings.filters.iter().any(|known| known.is_called(&self.kept.view, &self.kept.name));
            caption(ui, if known { "It takes the place of the filter with this name." } else { " " });
            let refusal = self.kept.name.trim().is_empty().then_some("Give it a name");
            Buttons { primary: Some("Keep"), refusal, other: None, cancel: "Cancel" }.show(ui)
        });
        match shown.inner {
            Answer::Primary => {
                self.kept.name = self.kept.name.trim().to_owned();
                queue.push(Request::KeepFilter(self.kept.clone()));
            }
            Answer::Open => return !shown.closed,
            Answer::Other | Answer::Cancel => {}
        }
        false
    }
}
