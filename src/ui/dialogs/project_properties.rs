//! What all documents of a project share.

use eframe::egui::{Context, ScrollArea, Ui};

use super::DialogContext;
use super::class_legend;
use super::fields::{Drafts, Look, choice};
use super::frame::{self, First, LARGE};
use super::own_fields::OwnFields;
use super::records::{Edit, RecordColumn, RecordState, RecordTable};
use crate::app::desk::Desk;
use crate::model::field::Field;
use crate::model::item::Kind;
use crate::model::project_data::ProjectData;
use crate::ui::kit::widgets::{field_row, section};
use crate::ui::request::Request;

/// A page of the dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Tab {
    /// The project itself.
    #[default]
    Project,
    /// Parts.
    Parts,
    /// People.
    People,
    /// Customer-specific requirements.
    Requirements,
    /// Characteristics.
    Characteristics,
    /// Equipment.
    Equipment,
    /// User-defined fields.
    OwnFields,
}

const TABS: [(Tab, &str); 7] = [
    (Tab::Project, "Project"),
    (Tab::Parts, "Parts"),
    (Tab::People, "People"),
    (Tab::Requirements, "Customer requirements"),
    (Tab::Characteristics, "Characteristics"),
    (Tab::Equipment, "Equipment"),
    (Tab::OwnFields, "Own fields"),
];

const fn column(field: Field, heading: &'static str, breadth: f32, edit: Edit) -> RecordColumn {
    RecordColumn { field, heading, breadth, edit }
}

const PARTS: RecordTable = RecordTable {
    kind: Kind::Part,
    columns: &[
        column(Field::Number, "Part number", 190.0, Edit::Text),
        column(Field::Name, "Part name", 0.0, Edit::Text),
        column(Field::ChangeLevel, "Change level", 110.0, Edit::Text),
        column(Field::ChangeDate, "Change date", 120.0, Edit::Text),
        column(Field::Drawing, "Drawing number", 190.0, Edit::Text),
    ],
    add: Some("Add part"),
    purpose: "The parts that the documents are about. The forms print them in their headers.",
    arranged: true,
};

const PEOPLE: RecordTable = RecordTable {
    kind: Kind::Person,
    columns: &[
        column(Field::Name, "Name", 240.0, Edit::Text),
        column(Field::Role, "Role", 230.0, Edit::Text),
        column(Field::Discipline, "Discipline", 230.0, Edit::Text),
        column(Field::Contact, "Phone or mail", 0.0, Edit::Text),
    ],
    add: Some("Add person"),
    purpose: "The cross-functional team and the owners of actions are chosen from these people.",
    arranged: true,
};

const REQUIREMENTS: RecordTable = RecordTable {
    kind: Kind::CustomerRequirement,
    columns: &[
        column(Field::Customer, "Customer", 170.0, Edit::Text),
        column(Field::Clause, "Clause or document", 220.0, Edit::Text),
        column(Field::Requirement, "Requirement", 0.0, Edit::Text),
    ],
    add: Some("Add requirement"),
    purpose: "What a customer asks for beyond the standard.",
    arranged: true,
};

const CHARACTERISTICS: RecordTable = RecordTable {
    kind: Kind::Characteristic,
    columns: &[
        column(Field::Kind, "Kind", 88.0, Edit::Choice),
        column(Field::Number, "Number", 64.0, Edit::Text),
        column(Field::Name, "Name", 0.0, Edit::Text),
        column(Field::Specification, "Specification", 250.0, Edit::Text),
        column(Field::SpecialClass, "Class", 78.0, Edit::Choice),
        column(Field::PassThrough, "Pass-through", 78.0, Edit::Flag),
        column(Field::Source, "Drawing or document", 140.0, Edit::Text),
        column(Field::Balloon, "Balloon", 56.0, Edit::Text),
    ],
    add: Some("Add characteristic"),
    purpose: "Process flow, FMEA and control plan show these and never copy them.",
    arranged: true,
};

const EQUIPMENT: RecordTable = RecordTable {
    kind: Kind::Equipment,
    columns: &[
        column(Field::Kind, "Kind", 180.0, Edit::Choice),
        column(Field::Name, "Name", 0.0, Edit::Text),
        column(Field::AssetNumber, "Asset number", 130.0, Edit::Text),
        column(Field::ChallengePart, "Challenge part", 200.0, Edit::Text),
        column(Field::VerificationFrequency, "Verification frequency", 170.0, Edit::Text),
    ],
    add: Some("Add equipment"),
    purpose: "Steps and control-plan rows pick from these. Error-proofing devices are verified with a challenge part.",
    arranged: true,
};

/// The dialog with what was typed into it.
#[derive(Debug, Default)]
pub(super) struct ProjectProperties {
    tab: Tab,
    shown: Tab,
    drafts: Drafts,
    records: RecordState,
    own_fields: OwnFields,
    first: First,
}

impl ProjectProperties {
    /// The dialog on one of its pages.
    pub(super) fn on(tab: Tab) -> Self {
        Self { tab, ..Self::default() }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let shown = frame::show(ctx, "project properties", "Project properties", LARGE, |ui| {
            frame::tabs(ui, &TABS, &mut self.tab);
            if self.shown != self.tab {
                self.drafts.settle(desk, queue);
                self.drafts = Drafts::default();
                self.shown = self.tab;
            }
            frame::steady_body(ui, 470.0, |ui| self.page(ui, desk, queue));
            frame::stays_open(ui)
        });
        let stays = shown.inner && !shown.closed;
        if !stays {
            self.drafts.settle(desk, queue);
        }
        stays
    }

    fn page(&mut self, ui: &mut Ui, desk: &Desk, queue: &mut Vec<Request>) {
        let table = match self.tab {
            Tab::Project => return self.project(ui, desk, queue),
            Tab::OwnFields => return self.own_fields.show(ui, desk, &mut self.records, &mut self.drafts, queue),
            Tab::Parts => PARTS,
            Tab::People => PEOPLE,
            Tab::Requirements => REQUIREMENTS,
            Tab::Characteristics => CHARACTERISTICS,
            Tab::Equipment => EQUIPMENT,
        };
        table.show(ui, desk, &mut self.records, &mut self.drafts, queue);
    }

    fn project(&mut self, ui: &mut Ui, desk: &Desk, queue: &mut Vec<Request>) {
        let id = ProjectData::ID.into();
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            for (field, name, hint) in [
                (Field::Name, "Project name", ""),
                (Field::Organisation, "Organisation", "The supplier who owns the documents"),
                (Field::Plant, "Plant", "Manufacturing location"),
                (Field::EngineeringLocation, "Engineering location", "For design FMEAs"),
                (Field::SupplierCode, "Supplier code", "The code the customer knows you by"),
                (Field::Customer, "Customer", ""),
                (Field::Programme, "Model year and programme", ""),
            ] {
                let look = Look { name, hint, rows: 1 };
                let response = self.drafts.row(ui, desk, (id, field), look, queue);
                self.first.claim(&response);
            }
            let note = Look { name: "Notes", hint: "", rows: 3 };
            self.drafts.row(ui, desk, (id, Field::Note), note, queue);
            section(ui, "Special-characteristic classes");
            let sets: Vec<_> =
                desk.project().library().class_sets.iter().map(|set| (set.id.clone(), set.name.to_string())).collect();
            field_row(ui, "Class set", |ui| choice(ui, desk, (id, Field::ClassSet), "Class set", &sets, queue));
            if let Some(set) = desk.project().class_set() {
                class_legend::show(ui, set);
            }
        });
    }
}
