//! The characteristic of a failure or of a control-plan row.

use eframe::egui::Context;

use super::DialogContext;
use super::frame::{self, Answer, Buttons, MEDIUM};
use super::picker::{Entry, Picked, Picker, Purpose};
use super::project_properties::{ProjectProperties, Tab};
use crate::base::Id;
use crate::edit::Command;
use crate::model::Project;
use crate::model::characteristic::{Characteristic, CharacteristicKind, StepCharacteristic};
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::flow::Step;
use crate::model::fmea::{Failure, FailureRole};
use crate::model::relation::Relation;
use crate::ui::kit::widgets::{caption, text_button};
use crate::ui::request::Request;

/// What a characteristic is sought for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seeker {
    /// A failure mode or cause.
    Failure(Id<Failure>),
    /// A control-plan row.
    Row(Id<PlanRow>),
}

/// The dialog with what was chosen.
#[derive(Debug)]
pub(super) struct ChooseCharacteristic {
    seeker: Seeker,
    chosen: Option<Id<Characteristic>>,
    listed: Option<u64>,
    ids: Vec<Id<Characteristic>>,
    entries: Vec<Entry>,
    picker: Picker,
}

impl ChooseCharacteristic {
    pub(super) fn new(seeker: Seeker) -> Self {
        let picker = Picker::default();
        Self { seeker, chosen: None, listed: None, ids: Vec::new(), entries: Vec::new(), picker }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let project = desk.project();
        self.list(project);
        let (title, help) = match self.seeker {
            Seeker::Failure(failure) => match project.get(failure).map(|failure| failure.role) {
                Some(FailureRole::Cause) => {
                    ("Characteristic of the failure cause", "The process characteristic that deviates.")
                }
                _ => ("Characteristic of the failure mode", "The product characteristic that is violated."),
            },
            Seeker::Row(_) => ("Characteristic of the row", "The characteristic that the row controls."),
        };
        let linked = self.linked(project);
        let mut new = false;
        let mut done = false;
        let shown = frame::show(ctx, "choose characteristic", title, MEDIUM, |ui| {
            ui.horizontal(|ui| {
                caption(ui, help);
                new = text_button(ui, "Edit characteristics…", "Add one in the project properties").clicked();
            });
            let purpose = Purpose {
                filter: "Find a characteristic",
                empty: "The project has no characteristics yet. Add them in the process flow or in the project properties.",
                several: false,
                height: (frame::room(ctx) - 60.0).min(364.0),
            };
            let (ids, chosen) = (&self.ids, self.chosen);
            let picked = self.picker.show(ui, purpose, &self.entries, |at| ids.get(at).copied() == chosen);
            if let Some(Picked::Entry(at) | Picked::Done(at)) = picked {
                self.chosen = self.ids.get(at).copied();
                done = matches!(picked, Some(Picked::Done(_)));
            }
            let refusal = match self.command() {
                None => Some("Choose a characteristic".to_owned()),
                Some(command) => desk.can(&command).err().map(|refusal| refusal.reason),
            };
            let unlinks = matches!(self.seeker, Seeker::Failure(_)) && linked.is_some();
            let other = unlinks.then_some("Remove link");
            let answer =
                Buttons { primary: Some("Link"), refusal: refusal.as_deref(), other, cancel: "Cancel" }.show(ui);
            if done && refusal.is_none() { Answer::Primary } else { answer }
        });
        if new {
            queue.push(Request::Show(ProjectProperties::on(Tab::Characteristics).into()));
            return false;
        }
        match (shown.inner, self.seeker) {
            (Answer::Primary, _) => queue.extend(self.command().map(Request::Run)),
            (Answer::Other, Seeker::Failure(failure)) => {
                queue.push(Request::Run(Command::SetFailureCharacteristic { failure, characteristic: None }));
            }
            (Answer::Open, _) => return !shown.closed,
            (Answer::Other | Answer::Cancel, _) => {}
        }
        false
    }

    fn command(&self) -> Option<Command> {
        let characteristic = self.chosen?;
        Some(match self.seeker {
            Seeker::Failure(failure) => {
                Command::SetFailureCharacteristic { failure, characteristic: Some(characteristic) }
            }
            Seeker::Row(row) => Command::SetSubject { row, characteristic },
        })
    }

    fn linked(&self, project: &Project) -> Option<Id<Characteristic>> {
        match self.seeker {
            Seeker::Failure(failure) => project.get(failure)?.characteristic.as_ref().map(|link| link.to.id()),
            Seeker::Row(row) => match &project.get(row)?.subject {
                Subject::Characteristic(link) => Some(link.to.id()),
                _ => None,
            },
        }
    }

    /// Lists those of the step first, and among them the kind that is wanted.
    fn list(&mut self, project: &Project) {
        if self.listed == Some(project.revision()) {
            return;
        }
        if self.listed.is_none() {
            self.chosen = self.linked(project);
        }
        self.listed = Some(project.revision());
        let here: Vec<Id<Characteristic>> = self
            .steps(project)
            .into_iter()
            .flat_map(|step| project.children::<StepCharacteristic>(step, Relation::CharacteristicAtStep))
            .map(|at_step| at_step.characteristic)
            .collect();
        let wanted = match self.seeker {
            Seeker::Failure(failure) => project.get(failure).map(|failure| match failure.role {
                FailureRole::Cause => CharacteristicKind::Process,
                FailureRole::Mode | FailureRole::Effect => CharacteristicKind::Product,
            }),
            Seeker::Row(_) => None,
        };
        let mut all = project.all_in_order::<Characteristic>();
        all.sort_by_key(|found| (!here.contains(&found.id), wanted.is_some_and(|wanted| found.kind != wanted)));
        self.ids = all.iter().map(|found| found.id).collect();
        self.entries = all.iter().map(|found| entry(found, here.contains(&found.id))).collect();
        self.picker.renew();
    }

    fn steps(&self, project: &Project) -> Vec<Id<Step>> {
        match self.seeker {
            Seeker::Row(row) => project.get(row).and_then(|row| row.step.to.present()).into_iter().collect(),
            Seeker::Failure(failure) => {
                let element = project.get(failure).and_then(|failure| project.element_of(failure));
                let focus = element.and_then(|element| match element.parent {
                    Some(parent) if element.kind.is_lower() => project.get(parent),
                    _ => Some(element),
                });
                focus.map(|focus| focus.steps.iter().filter_map(|link| link.to.present()).collect()).unwrap_or_default()
            }
        }
    }
}

fn entry(found: &Characteristic, here: bool) -> Entry {
    let specification = found.specification_text().replace('\n', "; ");
    let parts = [
        specification,
        found.class.to_string(),
        found.kind.name().to_lowercase(),
        if here { "this step".to_owned() } else { String::new() },
    ];
    let remark = parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" · ");
    Entry { text: found.label(), remark }
}
