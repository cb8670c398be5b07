//! The FMEA controls that a control-plan row carries out.

use std::collections::HashSet;

use eframe::egui::Context;

use super::DialogContext;
use super::frame::{self, Answer, Buttons, MEDIUM};
use super::picker::{Entry, Picked, Picker, Purpose};
use crate::app::desk::Desk;
use crate::base::Id;
use crate::edit::Command;
use crate::model::Project;
use crate::model::control_plan::PlanRow;
use crate::model::flow::Step;
use crate::model::fmea::{Anchor, Control, Element, Failure, Function};
use crate::model::reference::Ref;
use crate::model::relation::Relation;
use crate::model::risk::Risk;
use crate::ui::kit::widgets::caption;
use crate::ui::request::Request;

/// The dialog with what was ticked.
#[derive(Debug)]
pub(super) struct ChooseControls {
    row: Id<PlanRow>,
    listed: bool,
    ids: Vec<Id<Control>>,
    entries: Vec<Entry>,
    ticked: HashSet<Id<Control>>,
    before: Vec<Id<Control>>,
    picker: Picker,
}

impl ChooseControls {
    pub(super) fn new(desk: &Desk, row: Id<PlanRow>) -> Self {
        let known = desk.project().get(row);
        let before: Vec<_> =
            known.map(|row| row.controls.iter().map(|link| link.to.id()).collect()).unwrap_or_default();
        Self {
            row,
            listed: false,
            ids: Vec::new(),
            entries: Vec::new(),
            ticked: before.iter().copied().collect(),
            before,
            picker: Picker::default(),
        }
    }

    /// Lists the controls that are carried out now, then those that risks of the step rely on, then all others.
    fn list(&mut self, project: &Project) {
        if std::mem::replace(&mut self.listed, true) {
            return;
        }
        let known = project.get(self.row);
        let step = known.and_then(|row| row.step.to.present());
        let here = step.map(|step| controls_of_step(project, step)).unwrap_or_default();
        let mut all: Vec<&Control> = project.all().collect();
        all.sort_by_cached_key(|control| {
            (!self.before.contains(&control.id), !here.contains(&control.id), control.kind, control.text.to_lowercase())
        });
        let entry = |control: &&Control| {
            let place = if here.contains(&control.id) { " · this step" } else { "" };
            Entry { text: control.text.to_string(), remark: format!("{}{place}", control.kind.name()) }
        };
        self.ids = all.iter().map(|control| control.id).collect();
        self.entries = all.iter().map(entry).collect();
        self.picker.renew();
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        self.list(desk.project());
        let row = desk.project().label(self.row.into());
        let shown = frame::show(ctx, "choose controls", "FMEA controls of the row", MEDIUM, |ui| {
            caption(ui, &format!("Which controls of the FMEAs does the row at {row} carry out?"));
            let purpose = Purpose {
                filter: "Find a control",
                empty: "The FMEAs of the project have no controls yet.",
                several: true,
                height: (frame::room(ctx) - 60.0).min(364.0),
            };
            let (ids, ticked) = (&self.ids, &self.ticked);
            let is_ticked = |at: usize| ids.get(at).is_some_and(|id| ticked.contains(id));
            if let Some(Picked::Entry(at) | Picked::Done(at)) = self.picker.show(ui, purpose, &self.entries, is_ticked)
                && let Some(id) = self.ids.get(at)
                && !self.ticked.remove(id)
            {
                self.ticked.insert(*id);
            }
            let refusal = desk.can(&self.command()).err().map(|refusal| refusal.reason);
            let primary = match self.ticked.len() {
                0 => "Carry out none".to_owned(),
                1 => "Carry out 1 control".to_owned(),
                count => format!("Carry out {count} controls"),
            };
            Buttons { primary: Some(&primary), refusal: refusal.as_deref(), other: None, cancel: "Cancel" }.show(ui)
        });
        match shown.inner {
            Answer::Primary => queue.push(Request::Run(self.command())),
            Answer::Open => return !shown.closed,
            Answer::Other | Answer::Cancel => {}
        }
        false
    }

    /// Those that were carried out before keep their place; new ones follow in the order of the list.
    fn command(&self) -> Command {
        let kept = self.before.iter().filter(|id| self.ticked.contains(id));
        let new = self.ids.iter().filter(|id| self.ticked.contains(id) && !self.before.contains(id));
        Command::SetCarriedOut { row: self.row, controls: kept.chain(new).copied().collect() }
    }
}

/// The controls that the risks of a step rely on.
fn controls_of_step(project: &Project, step: Id<Step>) -> HashSet<Id<Control>> {
    let elements = project.children::<Element>(step, Relation::ElementStep);
    let modes = elements.flat_map(|element| failures_of(project, element));
    let risks = modes.flat_map(|mode| project.children::<Risk>(mode.id, Relation::RiskOfMode));
    risks.flat_map(|risk| risk.controls.iter().filter_map(Ref::present)).collect()
}

fn failures_of<'p>(project: &'p Project, element: &'p Element) -> Vec<&'p Failure> {
    let of_functions = project
        .children::<Function>(element.id, Relation::FunctionOfElement)
        .flat_map(|function| project.children::<Failure>(function.id, Relation::FailureOfFunction));
    let own = project.children::<Failure>(element.id, Relation::FailureOfElement);
    let at_element = own.filter(|failure| matches!(failure.anchor, Anchor::Element(_)));
    at_element.chain(of_functions).collect()
}
