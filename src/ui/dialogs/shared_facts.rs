//! What becomes of facts in pasted cells that also show elsewhere: asked once for the whole paste.

use eframe::egui::Context;

use super::DialogContext;
use super::frame::{self, Answer, Buttons, SMALL};
use crate::app::desk::Desk;
use crate::base::text::quoted;
use crate::edit::{BatchKind, CellBatch, Reach, WrittenCells};
use crate::model::AnyId;
use crate::ui::kit::widgets::caption;
use crate::ui::request::Request;

/// How many facts are named before the rest is counted.
const NAMED: usize = 6;

/// The question.
#[derive(Debug)]
pub(super) struct SharedFacts {
    batch: CellBatch,
    title: String,
    lines: Vec<String>,
    all_can_be_own: bool,
}

impl SharedFacts {
    pub(super) fn new(desk: &Desk, batch: CellBatch, written: &WrittenCells) -> Self {
        let project = desk.project();
        let mut facts = written.shared.clone();
        facts.sort_by_key(|fact| (std::cmp::Reverse(fact.uses), fact.item));
        facts.dedup_by_key(|fact| fact.item);
        let what = if batch.kind == BatchKind::Fill { "filled" } else { "pasted" };
        let title = match facts.len() {
            1 => format!("The {what} cells rewrite something that other rows show too"),
            count => format!("The {what} cells rewrite {count} facts that other rows show too"),
        };
        let line = |fact: &crate::edit::SharedFact| {
            let noun = match fact.item {
                AnyId::Failure(failure) => project.get(failure).map_or("failure", |failure| failure.role.name()),
                item => item.kind().noun(),
            };
            let mut letters = noun.chars();
            let noun = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>());
            format!("{} {} · used {}×", noun.unwrap_or_default(), quoted(&project.label(fact.item)), fact.uses)
        };
        let mut lines: Vec<String> = facts.iter().take(NAMED).map(line).collect();
        if facts.len() > NAMED {
            lines.push(format!("and {} more", facts.len() - NAMED));
        }
        let all_can_be_own = facts.iter().all(|fact| fact.can_be_own);
        Self { batch, title, lines, all_can_be_own }
    }

    pub(super) fn show(&mut self, ctx: &Context, _: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let shown = frame::show(ctx, "shared facts", &self.title, SMALL, |ui| {
            for line in &self.lines {
                ui.label(line);
            }
            let more = if self.all_can_be_own {
                "Only here: the rows get copies of their own, and all other rows stay as they are."
            } else {
                "Only here: the rows get copies of their own. What cannot differ from row to row, such as a process step, is \
                 not taken over."
            };
            caption(ui, more);
            Buttons { primary: Some("Only here"), refusal: None, other: Some("Change everywhere"), cancel: "Cancel" }
                .show(ui)
        });
        let reach = match shown.inner {
            Answer::Primary => Some(Reach::OnlyHere),
            Answer::Other => Some(Reach::Everywhere),
            Answer::Cancel => {
                queue.push(Request::Nothing);
                None
            }
            Answer::Open => return !shown.closed,
        };
        if reach.is_some() {
            queue.push(Request::Write(Box::new(CellBatch { reach, ..self.batch.clone() })));
        }
        false
    }
}
