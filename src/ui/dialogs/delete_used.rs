//! Asks before a characteristic goes that documents use, and says where.

use eframe::egui::Context;

use super::DialogContext;
use super::frame::{self, Answer, Buttons, MEDIUM};
use crate::base::Id;
use crate::base::text::quoted;
use crate::edit::Command;
use crate::model::Project;
use crate::model::characteristic::Characteristic;
use crate::model::relation::Relation;
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::caption;
use crate::ui::request::Request;

/// The dialog.
#[derive(Debug)]
pub(super) struct DeleteUsed {
    characteristic: Id<Characteristic>,
}

/// Where documents use a characteristic, in words, and in how many places.
pub(super) fn uses(project: &Project, characteristic: Id<Characteristic>) -> (usize, String) {
    let named = [
        (Relation::RoleOfCharacteristic, "process step"),
        (Relation::FunctionCharacteristic, "function"),
        (Relation::FailureCharacteristic, "failure"),
        (Relation::RowCharacteristic, "control-plan row"),
    ];
    let mut total = 0;
    let mut words = Vec::new();
    for (relation, noun) in named {
        match project.sources(characteristic, relation).len() {
            0 => {}
            1 => words.push(format!("1 {noun}")),
            count => words.push(format!("{count} {noun}s")),
        }
        total += project.sources(characteristic, relation).len();
    }
    (total, words.join(", "))
}

impl DeleteUsed {
    pub(super) fn new(characteristic: Id<Characteristic>) -> Self {
        Self { characteristic }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let project = desk.project();
        if project.get(self.characteristic).is_none() {
            return false;
        }
        let command = Command::Delete { items: vec![self.characteristic.into()] };
        let (count, words) = uses(project, self.characteristic);
        let name = quoted(&project.label(self.characteristic.into()));
        let places = if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
        let shown = frame::show(ctx, "delete used", "Delete a characteristic in use", MEDIUM, |ui| {
            ui.label(format!("{name} is used in {places}: {words}."));
            ui.add_space(size::STEP);
            caption(
                ui,
                "Its roles at process steps go with it. Failures, functions and control-plan rows keep its last name and say \
                 that it was deleted. Undo brings all of it back.",
            );
            let refusal = desk.can(&command).err().map(|refusal| refusal.reason);
            let primary = format!("Delete in {places}");
            let other = Some("Show the places");
            Buttons { primary: Some(&primary), refusal: refusal.as_deref(), other, cancel: "Cancel" }.show(ui)
        });
        match shown.inner {
            Answer::Primary => queue.push(Request::Run(command)),
            Answer::Other => queue.push(Request::Show(super::Dialog::used_in(self.characteristic))),
            Answer::Open => return !shown.closed,
            Answer::Cancel => {}
        }
        false
    }
}
