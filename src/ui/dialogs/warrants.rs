//! The warrants of a PPAP submission: a list of parts, and beside it what the warrant says of the chosen one.

use eframe::egui::{ScrollArea, Ui, vec2};

use super::fields::{Drafts, Look, choice};
use super::submission::with_blank;
use crate::app::desk::Desk;
use crate::base::Id;
use crate::edit::Command;
use crate::model::field::Field;
use crate::model::form::NewItem;
use crate::model::ppap::{Submission, Warrant};
use crate::model::relation::Relation;
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::{caption, field_row, list_row, text_button};
use crate::ui::request::Request;

/// Breadth of the list of parts.
const LIST: f32 = 260.0;

/// The fields of a warrant besides its part.
const FIELDS: [(Field, &str, &str, bool); 13] = [
    (Field::OwnNumber, "Organisation's part number", "Where it differs from the part number", false),
    (Field::Drawing, "Shown on drawing", "Where it differs from the drawing of the part", false),
    (Field::ChangeLevel, "Engineering change level", "Where it differs from that of the part", false),
    (Field::ChangeDate, "Date of the level", "2026-11-24", false),
    (Field::FurtherChanges, "Additional changes", "Approved, built in, not yet on the drawing", false),
    (Field::FurtherChangesDate, "Date of these changes", "2026-11-24", false),
    (Field::SafetyRegulation, "Safety or government rule", "", true),
    (Field::PurchaseOrder, "Purchase order number", "", false),
    (Field::Weight, "Weight in kg", "0.1234", false),
    (Field::CheckingAid, "Checking aid number", "If one was used", false),
    (Field::CheckingAidLevel, "Its change level", "", false),
    (Field::CheckingAidDate, "Date of that level", "2026-11-24", false),
    (Field::Streams, "Mould, cavity, process", "Every stream that parts come from", false),
];

/// What the page remembers between frames.
#[derive(Debug)]
pub(super) struct Warrants {
    chosen: Option<Id<Warrant>>,
    /// The warrants there were when one was asked for.
    before: Option<Vec<Id<Warrant>>>,
}

impl Warrants {
    /// The list with a warrant chosen; without one the first is.
    pub(super) fn at(chosen: Option<Id<Warrant>>) -> Self {
        Self { chosen, before: None }
    }

    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        submission: Id<Submission>,
        drafts: &mut Drafts,
        queue: &mut Vec<Request>,
    ) {
        let all: Vec<&Warrant> = desk.project().children(submission, Relation::WarrantInSubmission).collect();
        if let Some(new) = self.before.as_ref().and_then(|before| all.iter().find(|one| !before.contains(&one.id))) {
            (self.chosen, self.before) = (Some(new.id), None);
        }
        if !all.iter().any(|warrant| Some(warrant.id) == self.chosen) {
            self.chosen = all.first().map(|warrant| warrant.id);
        }
        let height = ui.available_height();
        ui.horizontal_top(|ui| {
            ui.allocate_ui(vec2(LIST, height), |ui| {
                ui.vertical(|ui| self.list(ui, desk, submission, &all, drafts, queue))
            });
            ui.separator();
            ui.vertical(|ui| {
                let Some(warrant) = all.iter().find(|warrant| Some(warrant.id) == self.chosen) else {
                    caption(ui, "A warrant is made for each part that is submitted.");
                    return;
                };
                ScrollArea::vertical()
                    .auto_shrink([false, false])
                    .show(ui, |ui| fields(ui, desk, warrant, drafts, queue));
            });
        });
    }

    fn list(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        submission: Id<Submission>,
        all: &[&Warrant],
        drafts: &mut Drafts,
        queue: &mut Vec<Request>,
    ) {
        for warrant in all {
            let label = desk.project().label(warrant.id.into());
            let chosen = Some(warrant.id) == self.chosen;
            if ui.push_id(warrant.id.raw(), |ui| list_row(ui, None, &label, "", chosen)).inner.clicked() {
                drafts.settle(desk, queue);
                self.chosen = Some(warrant.id);
            }
        }
        ui.add_space(size::STEP);
        ui.horizontal(|ui| {
            if text_button(ui, "Add warrant", "For the next part that has none").clicked() {
                drafts.settle(desk, queue);
                let (what, text) = (NewItem::Warrant, String::new());
                let create = Command::Create { under: submission.into(), what, text, after: None };
                queue.push(Request::Run(create));
                self.before = Some(all.iter().map(|warrant| warrant.id).collect());
            }
            if let Some(chosen) = self.chosen
                && text_button(ui, "Delete", "Delete the chosen warrant").clicked()
            {
                drafts.settle(desk, queue);
                queue.push(Request::Run(Command::Delete { items: vec![chosen.into()] }));
            }
        });
    }
}

fn fields(ui: &mut Ui, desk: &Desk, warrant: &Warrant, drafts: &mut Drafts, queue: &mut Vec<Request>) {
    let id = warrant.id.into();
    let parts = with_blank(desk, (id, Field::Part));
    let named = |text: &str| desk.project().part_called(text).map(|part| desk.project().label(part.id.into()));
    let parts: Vec<_> = parts
        .into_iter()
        .map(|(value, shown)| {
            let label = named(&value).unwrap_or(shown);
            (value, label)
        })
        .collect();
    field_row(ui, "Part", |ui| choice(ui, desk, (id, Field::Part), "Part", &parts, queue));
    for (field, name, hint, chosen) in FIELDS {
        let at = (id, field);
        if chosen {
            field_row(ui, name, |ui| choice(ui, desk, at, name, &with_blank(desk, at), queue));
        } else {
            let from_part = match field {
                Field::Drawing => desk.project().warrant_drawing(warrant).to_string(),
                Field::ChangeLevel => desk.project().warrant_level(warrant).0.to_string(),
                Field::ChangeDate => desk.shown_date(desk.project().warrant_level(warrant).1),
                _ => String::new(),
            };
            let hint = if from_part.is_empty() { hint } else { from_part.as_str() };
            drafts.row(ui, desk, at, Look { name, hint, rows: 1 }, queue);
        }
    }
}
