//! What a process step is, beyond what the worksheet shows: flags, and the reasons why it is not analysed or controlled.

use eframe::egui::{Context, ScrollArea, Ui};

use super::DialogContext;
use super::fields::{Drafts, Look, choice, flag, options_of};
use super::frame::{self, First, LARGE};
use super::parts::parts_field;
use super::records::{Edit, RecordColumn, RecordState, RecordTable};
use crate::app::desk::Desk;
use crate::base::Id;
use crate::model::field::Field;
use crate::model::flow::Step;
use crate::model::item::Kind;
use crate::model::project_data::Part;
use crate::ui::kit::widgets::field_row;
use crate::ui::request::Request;

const fn column(field: Field, heading: &'static str, breadth: f32, edit: Edit) -> RecordColumn {
    RecordColumn { field, heading, breadth, edit }
}

const CHARACTERISTICS: RecordTable = RecordTable {
    kind: Kind::StepCharacteristic,
    columns: &[
        column(Field::Name, "Characteristic", 0.0, Edit::No),
        column(Field::Role, "Role at the step", 150.0, Edit::Choice),
        column(Field::LocalSpecification, "Local specification", 220.0, Edit::Text),
        column(Field::LocalReason, "Reason for the local specification", 300.0, Edit::Text),
    ],
    add: None,
    purpose: "A local specification holds at this step only, such as a dimension before plating. Add characteristics in \
              the process flow.",
    arranged: true,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Step,
    Characteristics,
}

/// The dialog with what was typed into it.
#[derive(Debug)]
pub(super) struct StepProperties {
    step: Id<Step>,
    page: Page,
    shown: Page,
    drafts: Drafts,
    records: RecordState,
    first: First,
}

impl StepProperties {
    pub(super) fn new(step: Id<Step>) -> Self {
        Self {
            step,
            page: Page::Step,
            shown: Page::Step,
            drafts: Drafts::default(),
            records: RecordState::within(step),
            first: First::default(),
        }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let Some(step) = desk.project().get(self.step) else { return false };
        let title = format!("Process step {}", step.label());
        let shown = frame::show(ctx, "step properties", &title, LARGE, |ui| {
            let pages = [(Page::Step, "Step"), (Page::Characteristics, "Characteristics at the step")];
            frame::tabs(ui, &pages, &mut self.page);
            if self.shown != self.page {
                self.drafts.settle(desk, queue);
                self.shown = self.page;
            }
            frame::steady_body(ui, 470.0, |ui| match self.page {
                Page::Step => self.fields(ui, desk, queue),
                Page::Characteristics => {
                    CHARACTERISTICS.show(ui, desk, &mut self.records, &mut self.drafts, queue);
                }
            });
            frame::stays_open(ui)
        });
        let stays = shown.inner && !shown.closed;
        if !stays {
            self.drafts.settle(desk, queue);
        }
        stays
    }

    fn fields(&mut self, ui: &mut Ui, desk: &Desk, queue: &mut Vec<Request>) {
        let id = self.step.into();
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            for (field, name, hint, rows) in [
                (Field::Number, "Number", "30", 1),
                (Field::Name, "Name", "", 1),
                (Field::Kind, "Kind", "", 0),
                (Field::Description, "Description", "Where the name does not say it all", 2),
                (Field::Area, "Area or line", "", 1),
                (Field::Manual, "Done by hand", "No machine is expected", 0),
                (Field::Outsourced, "Outsourced", "Done by another organisation", 0),
                (Field::NoAnalysisBecause, "No risk analysis because", "Blank if the PFMEA analyses the step", 1),
                (
                    Field::NoPlanRowBecause,
                    "No control-plan row because",
                    "Blank if the control plan covers the step",
                    1,
                ),
                (Field::NokDisposition, "Nonconforming product", "What happens to it", 1),
                (Field::SourcesOfVariation, "Sources of variation", "What comes in with material and parts", 1),
                (Field::WorkInstruction, "Work instruction", "", 1),
                (Field::Note, "Remarks", "", 2),
            ] {
                let at = (id, field);
                match field {
                    Field::Kind => {
                        field_row(ui, name, |ui| choice(ui, desk, at, name, &options_of(desk, at), queue));
                    }
                    Field::Manual | Field::Outsourced => {
                        field_row(ui, name, |ui| flag(ui, desk, at, name, queue).on_hover_text(hint));
                    }
                    _ => {
                        let response = self.drafts.row(ui, desk, at, Look { name, hint, rows }, queue);
                        self.first.claim(&response);
                    }
                }
            }
            if desk.project().members::<Part>().len() > 1 {
                field_row(ui, "Applies to", |ui| parts_field(ui, desk, id, "Applies to", queue));
            }
        });
    }
}
