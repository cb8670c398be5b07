//! The lists that the documents of a project share, as tables: edited in place, added to, moved and deleted.

use eframe::egui::{Align, Layout, TextWrapMode, Ui};
use egui_extras::{Column, TableBuilder};

use super::fields::{Drafts, Look, choice, flag, options_of, refusal};
use super::frame::First;
use super::parts::parts_field;
use crate::app::desk::Desk;
use crate::edit::Command;
use crate::model::characteristic::{Characteristic, StepCharacteristic};
use crate::model::equipment::Equipment;
use crate::model::field::Field;
use crate::model::item::{AnyId, Entity, Kind};
use crate::model::project::Project;
use crate::model::project_data::{CustomerRequirement, Part, Person, UserField};
use crate::model::reference::Ref;
use crate::model::relation::Relation;
use crate::ui::kit::icons::Icon;
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::{caption, icon_button, text_button};
use crate::ui::request::Request;

/// Height of a row with one line.
const ROW: f32 = 30.0;
/// What another line adds.
const LINE: f32 = 16.0;

/// How a column is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edit {
    /// As text.
    Text,
    /// By choosing.
    Choice,
    /// By ticking.
    Flag,
    /// By ticking the parts that the record applies to.
    Parts,
    /// Not at all.
    No,
}

/// A column of a table of records.
#[derive(Debug, Clone, Copy)]
pub(super) struct RecordColumn {
    /// The field; of no matter where the column is not edited as one.
    pub field: Field,
    /// The heading.
    pub heading: &'static str,
    /// The breadth at first; 0 for what is left.
    pub breadth: f32,
    /// How it is edited.
    pub edit: Edit,
}

/// A list of records.
#[derive(Debug, Clone, Copy)]
pub(super) struct RecordTable {
    /// The kind of its records.
    pub kind: Kind,
    /// The columns.
    pub columns: &'static [RecordColumn],
    /// The button that adds one; none if the list is added to in another way.
    pub add: Option<&'static str>,
    /// What belongs here.
    pub purpose: &'static str,
    /// Whether rows are moved and deleted here.
    pub arranged: bool,
}

/// What a table remembers between frames.
#[derive(Debug, Default)]
pub(super) struct RecordState {
    /// The item whose records are listed, where they are not those of the whole project.
    within: Option<AnyId>,
    listed: Option<(Kind, u64)>,
    rows: Vec<(AnyId, usize)>,
    /// How many rows there were when one was asked for.
    grows_from: Option<usize>,
    /// Gives the keyboard to the first cell of a new row.
    new_row: Option<(AnyId, First)>,
}

impl RecordState {
    /// For the records of one item: the controls of a risk, the characteristics at a step.
    pub(super) fn within(item: impl Into<AnyId>) -> Self {
        Self { within: Some(item.into()), ..Self::default() }
    }

    fn list(&mut self, project: &Project, kind: Kind) {
        let wanted = Some((kind, project.revision()));
        if self.listed == wanted {
            return;
        }
        if self.listed.is_some_and(|(listed, _)| listed != kind) {
            (self.grows_from, self.new_row) = (None, None);
        }
        self.listed = wanted;
        self.rows = ids(project, kind, self.within).into_iter().map(|id| (id, lines(project, id))).collect();
    }
}

fn ids(project: &Project, kind: Kind, within: Option<AnyId>) -> Vec<AnyId> {
    fn of<T: Entity>(project: &Project) -> Vec<AnyId> {
        project.all_in_order::<T>().iter().map(|item| T::any(item.id())).collect()
    }
    match within {
        Some(AnyId::Risk(risk)) => {
            let controls = project.get(risk).map(|risk| risk.controls.as_slice()).unwrap_or_default();
            return controls.iter().filter_map(Ref::present).map(AnyId::from).collect();
        }
        Some(AnyId::Step(step)) => {
            let at_step = project.children::<StepCharacteristic>(step, Relation::CharacteristicAtStep);
            return at_step.map(|at_step| at_step.id.into()).collect();
        }
        _ => {}
    }
    match kind {
        Kind::Part => of::<Part>(project),
        Kind::Person => of::<Person>(project),
        Kind::CustomerRequirement => of::<CustomerRequirement>(project),
        Kind::Characteristic => of::<Characteristic>(project),
        Kind::Equipment => of::<Equipment>(project),
        Kind::UserField => of::<UserField>(project),
        _ => Vec::new(),
    }
}

/// A specification that differs by part has a line for each.
fn lines(project: &Project, id: AnyId) -> usize {
    match id {
        AnyId::Characteristic(id) => project.get(id).map_or(1, |found| found.specifications.len().max(1)),
        AnyId::Control(_) => 2,
        _ => 1,
    }
}

impl RecordTable {
    /// Shows the table with the button that adds to it.
    pub(super) fn show(
        &self,
        ui: &mut Ui,
        desk: &Desk,
        state: &mut RecordState,
        drafts: &mut Drafts,
        queue: &mut Vec<Request>,
    ) {
        state.list(desk.project(), self.kind);
        let grown = state.grows_from.is_some_and(|before| state.rows.len() > before);
        if grown {
            state.grows_from = None;
            state.new_row = state.rows.last().map(|(id, _)| (*id, First::default()));
        }
        ui.horizontal(|ui| {
            if let Some(text) = self.add
                && text_button(ui, text, "").clicked()
            {
                drafts.settle(desk, queue);
                queue.push(Request::Run(Command::AddRecord { kind: self.kind }));
                state.grows_from = Some(state.rows.len());
            }
            match drafts.refusal() {
                Some(reason) => refusal(ui, reason),
                None => drop(caption(ui, self.purpose)),
            }
        });
        ui.add_space(size::STEP);
        if !state.rows.is_empty() {
            let to_row = grown.then(|| state.rows.len() - 1);
            self.table(ui, desk, state, to_row, drafts, queue);
        }
    }

    fn table(
        &self,
        ui: &mut Ui,
        desk: &Desk,
        state: &mut RecordState,
        to_row: Option<usize>,
        drafts: &mut Drafts,
        queue: &mut Vec<Request>,
    ) {
        let height = ui.available_height();
        let mut table = TableBuilder::new(ui)
            .id_salt(("records", self.kind))
            .striped(false)
            .auto_shrink([false, true])
            .min_scrolled_height(0.0)
            .max_scroll_height(height - ROW)
            .cell_layout(Layout::left_to_right(Align::Center));
        for column in self.columns {
            table = table.column(match column.breadth {
                0.0 => Column::remainder().at_least(120.0).clip(true),
                breadth => Column::initial(breadth).at_least(44.0).clip(true).resizable(true),
            });
        }
        if let Some(row) = to_row {
            table = table.scroll_to_row(row, Some(Align::BOTTOM));
        }
        let table = table.column(Column::exact(if self.arranged { 90.0 } else { 1.0 })).header(22.0, |mut header| {
            for column in self.columns {
                header.col(|ui| drop(caption(ui, column.heading)));
            }
            header.col(|_| {});
        });
        let RecordState { rows, new_row, .. } = state;
        let last = rows.len().saturating_sub(1);
        let heights = rows.iter().map(|(_, lines)| ROW + LINE * (*lines as f32 - 1.0));
        table.body(|body| {
            body.heterogeneous_rows(heights, |mut row| {
                let index = row.index();
                let Some(&(id, lines)) = rows.get(index) else { return };
                for (place, column) in self.columns.iter().enumerate() {
                    row.col(|ui| {
                        ui.style_mut().wrap_mode = Some(TextWrapMode::Truncate);
                        let name = format!("{}, row {}", column.heading, index + 1);
                        let at = (id, column.field);
                        let response = match column.edit {
                            Edit::Text => {
                                let look = Look { name: &name, rows: lines, ..Look::default() };
                                drafts.text(ui, desk, at, look, queue)
                            }
                            Edit::Choice => choice(ui, desk, at, &name, &options_of(desk, at), queue),
                            Edit::Flag => flag(ui, desk, at, &name, queue),
                            Edit::Parts => parts_field(ui, desk, id, &name, queue),
                            Edit::No => ui.label(fixed(desk.project(), id)),
                        };
                        if let Some((new, first)) = new_row
                            && *new == id
                            && place == 0
                        {
                            first.claim(&response);
                        }
                    });
                }
                row.col(|ui| {
                    if self.arranged {
                        row_buttons(ui, desk, id, (index == 0, index == last), index + 1, queue);
                    }
                });
            });
        });
    }
}

fn row_buttons(
    ui: &mut Ui,
    desk: &Desk,
    item: AnyId,
    (first, last): (bool, bool),
    number: usize,
    queue: &mut Vec<Request>,
) {
    ui.spacing_mut().item_spacing.x = 0.0;
    for (up, icon, blocked) in [(true, Icon::ChevronUp, first), (false, Icon::ChevronDown, last)] {
        let name = format!("Move row {number} {}", if up { "up" } else { "down" });
        if ui.add_enabled_ui(!blocked, |ui| icon_button(ui, icon, &name)).inner.clicked() {
            queue.push(Request::Run(Command::Move { item, up }));
        }
    }
    let uses = desk.project().referrers(item).len();
    let name = match uses {
        0 => format!("Delete row {number}"),
        1 => format!("Delete row {number}, which is used once"),
        _ => format!("Delete row {number}, which is used {uses} times"),
    };
    if icon_button(ui, Icon::Cross, &name).clicked() {
        queue.push(Request::Run(Command::Delete { items: vec![item] }));
    }
}

/// What a column shows that is not edited: the carrier of an own field, the kind of a control, the name of a
/// characteristic at a step.
fn fixed(project: &Project, id: AnyId) -> String {
    match id {
        AnyId::UserField(field) => {
            project.get(field).map_or("", |field| super::own_fields::carrier_name(field.on)).to_owned()
        }
        AnyId::Control(control) => project.get(control).map_or("", |control| control.kind.name()).to_owned(),
        _ => project.label(id),
    }
}
