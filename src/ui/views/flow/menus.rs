//! What can be done with a step, a line or the ground of the diagram.

use eframe::egui::{Button, Ui};

use crate::app::desk::Desk;
use crate::app::registry::{MenuCommand, Shortcut};
use crate::base::Id;
use crate::edit::Command;
use crate::model::AnyId;
use crate::model::field::Field;
use crate::model::flow::{FlowEdge, Route, Step, StepKind};
use crate::model::relation::Relation;
use crate::ui::request::Request;

/// Least breadth of a menu in points.
const BREADTH: f32 = 220.0;

/// The menu of a step; whether its name shall be edited.
pub(super) fn step(ui: &mut Ui, desk: &Desk, step: Id<Step>, queue: &mut Vec<Request>) -> bool {
    ui.set_min_width(BREADTH);
    let names = entry(ui, "Edit name", "F2");
    command(ui, MenuCommand::StepProperties, queue);
    ui.menu_button("Kind", |ui| kinds(ui, desk, step, queue));
    ui.separator();
    called(ui, "Add process step behind", MenuCommand::InsertStep, queue);
    called(ui, "Connect with another step…", MenuCommand::ConnectSteps, queue);
    called(ui, "Add product characteristic", MenuCommand::InsertProductCharacteristic, queue);
    called(ui, "Add process characteristic", MenuCommand::InsertProcessCharacteristic, queue);
    ui.separator();
    command(ui, MenuCommand::MoveUp, queue);
    command(ui, MenuCommand::MoveDown, queue);
    called(ui, "Delete process step", MenuCommand::DeleteRow, queue);
    let project = desk.project();
    let uses = [(Relation::ElementStep, "Show in the FMEA"), (Relation::RowStep, "Show in the control plan")];
    let mut is_first = true;
    for (relation, text) in uses {
        let Some(user) = project.sources(step, relation).first() else { continue };
        if std::mem::take(&mut is_first) {
            ui.separator();
        }
        if entry(ui, text, "") {
            queue.push(Request::ShowItem(user.id, None));
        }
    }
    names
}

fn kinds(ui: &mut Ui, desk: &Desk, step: Id<Step>, queue: &mut Vec<Request>) {
    let now = desk.project().get(step).map(|step| step.kind);
    for kind in StepKind::ALL {
        if ui.radio(now == Some(kind), kind.name()).clicked() {
            queue.push(set(step.into(), Field::Kind, kind.name()));
            ui.close();
        }
    }
}

/// The menu of a connection; the connection if its label shall be edited.
pub(super) fn line(ui: &mut Ui, desk: &Desk, edge: Id<FlowEdge>, queue: &mut Vec<Request>) -> Option<Id<FlowEdge>> {
    let shown = desk.project().get(edge)?;
    ui.set_min_width(BREADTH);
    if entry(ui, "Add a process step here", "") {
        queue.push(Request::RunAndEdit(Command::InsertStepInto { edge }));
    }
    let names = entry(ui, "Edit label", "F2");
    ui.separator();
    for route in Route::ALL {
        if ui.radio(shown.route == route, route.name()).clicked() {
            queue.push(set(edge.into(), Field::Route, route.name()));
            ui.close();
        }
    }
    ui.separator();
    if entry(ui, "Remove connection", "Delete") {
        queue.push(Request::Run(Command::Disconnect { edge }));
    }
    names.then_some(edge)
}

/// The menu of the ground.
pub(super) fn ground(ui: &mut Ui, queue: &mut Vec<Request>) {
    ui.set_min_width(BREADTH);
    called(ui, "Add process step", MenuCommand::InsertStep, queue);
    for shown in [MenuCommand::Renumber, MenuCommand::ZoomWidth, MenuCommand::ZoomWhole] {
        command(ui, shown, queue);
    }
}

fn set(item: AnyId, field: Field, text: &str) -> Request {
    Request::Run(Command::SetField { item, field, text: text.to_owned(), via: None })
}

fn command(ui: &mut Ui, shown: MenuCommand, queue: &mut Vec<Request>) {
    called(ui, shown.text(), shown, queue);
}

/// A command under the name that says what it does here.
fn called(ui: &mut Ui, text: &str, shown: MenuCommand, queue: &mut Vec<Request>) {
    let keys = shown.shortcut().map(Shortcut::words).unwrap_or_default();
    if entry(ui, text, &keys) {
        queue.push(Request::Menu(shown));
    }
}

fn entry(ui: &mut Ui, text: &str, keys: &str) -> bool {
    let is_chosen = ui.add(Button::new(text).shortcut_text(keys)).clicked();
    if is_chosen {
        ui.close();
    }
    is_chosen
}
