//! The connections that leave a process step.

use eframe::egui::{Context, Grid, TextEdit, Ui};

use super::DialogContext;
use super::frame::{self, Answer, Buttons, MEDIUM, named};
use super::picker::{Entry, Picked, Picker, Purpose};
use crate::app::desk::Desk;
use crate::base::Id;
use crate::edit::Command;
use crate::model::Project;
use crate::model::flow::{FlowEdge, Route, Step};
use crate::model::form::flow_steps;
use crate::model::relation::Relation;
use crate::ui::kit::icons::Icon;
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::{caption, icon_button, section};
use crate::ui::request::Request;

/// The dialog with what was chosen.
#[derive(Debug)]
pub(super) struct ConnectSteps {
    step: Id<Step>,
    to: Option<Id<Step>>,
    route: Route,
    label: String,
    listed: Option<u64>,
    ids: Vec<Id<Step>>,
    entries: Vec<Entry>,
    picker: Picker,
}

impl ConnectSteps {
    pub(super) fn new(step: Id<Step>) -> Self {
        Self {
            step,
            to: None,
            route: Route::Main,
            label: String::new(),
            listed: None,
            ids: Vec::new(),
            entries: Vec::new(),
            picker: Picker::default(),
        }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let Some(step) = desk.project().get(self.step) else { return false };
        self.list(desk.project());
        let title = format!("Connections of step {}", step.label());
        let shown = frame::show(ctx, "connect steps", &title, MEDIUM, |ui| {
            existing(ui, desk, self.step, queue);
            section(ui, "New connection");
            self.target(ui);
            let refusal = match self.command() {
                None => Some("Choose the step it leads to".to_owned()),
                Some(command) => desk.can(&command).err().map(|refusal| refusal.reason),
            };
            Buttons { primary: Some("Connect"), refusal: refusal.as_deref(), other: None, cancel: "Close" }.show(ui)
        });
        match shown.inner {
            Answer::Primary => {
                queue.extend(self.command().map(Request::Run));
                (self.to, self.label) = (None, String::new());
            }
            Answer::Open => return !shown.closed,
            Answer::Other | Answer::Cancel => return false,
        }
        true
    }

    fn target(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            for route in Route::ALL {
                ui.radio_value(&mut self.route, route, route.name());
            }
            let edit = TextEdit::singleline(&mut self.label).hint_text("Label, such as OK").desired_width(170.0);
            named(ui.add(edit), "Label of the connection");
        });
        ui.add_space(size::STEP);
        let purpose = Purpose {
            filter: "Find the step it leads to",
            empty: "The process flow has no other step yet.",
            several: false,
            height: (frame::room(ui.ctx()) - 240.0).clamp(90.0, 230.0),
        };
        let (ids, to) = (&self.ids, self.to);
        let picked = self.picker.show(ui, purpose, &self.entries, |at| to.is_some() && ids.get(at).copied() == to);
        if let Some(Picked::Entry(at) | Picked::Done(at)) = picked {
            self.to = self.ids.get(at).copied();
        }
    }

    fn command(&self) -> Option<Command> {
        let (from, route, label) = (self.step, self.route, self.label.trim().to_owned());
        self.to.map(|to| Command::Connect { from, to, route, label })
    }

    fn list(&mut self, project: &Project) {
        if self.listed == Some(project.revision()) {
            return;
        }
        self.listed = Some(project.revision());
        let flow = project.get(self.step).map(|step| step.flow);
        let steps = flow.map(|flow| flow_steps(project, flow)).unwrap_or_default();
        let others = || steps.iter().filter(|step| step.id != self.step);
        self.ids = others().map(|step| step.id).collect();
        self.entries =
            others().map(|step| Entry { text: step.label(), remark: step.kind.name().to_lowercase() }).collect();
        self.picker.renew();
    }
}

/// The connections there are, each with a way to take it out.
fn existing(ui: &mut Ui, desk: &Desk, step: Id<Step>, queue: &mut Vec<Request>) {
    let project = desk.project();
    let leaving: Vec<&FlowEdge> = project.children(step, Relation::EdgeFrom).collect();
    let arriving: Vec<&FlowEdge> = project.children(step, Relation::EdgeTo).collect();
    if leaving.is_empty() && arriving.is_empty() {
        caption(ui, "The step is not connected yet.");
        return;
    }
    Grid::new("connections").num_columns(4).spacing([16.0, 2.0]).show(ui, |ui| {
        let leaving = leaving.into_iter().map(|edge| (edge, "to", edge.to));
        let arriving = arriving.into_iter().map(|edge| (edge, "from", edge.from));
        for (edge, direction, other) in leaving.chain(arriving) {
            let other = project.label(other.into());
            ui.label(format!("{direction} {other}"));
            ui.label(edge.route.name());
            ui.label(edge.label.as_str());
            let name = format!("Remove the connection {direction} {other}");
            if icon_button(ui, Icon::Cross, &name).clicked() {
                queue.push(Request::Run(Command::Disconnect { edge: edge.id }));
            }
            ui.end_row();
        }
    });
}
