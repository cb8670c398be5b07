//! The control plan: a row of the form is a row of the plan.

use std::collections::HashMap;

use crate::base::{Id, Text};
use crate::exchange::import::build::{Builder, link};
use crate::exchange::import::table::{Field, OwnForm, Record, Table};
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::document::{Document, DocumentKind, Phase};
use crate::model::equipment::EquipmentKind;
use crate::model::flow::Step;
use crate::model::fmea::Control;
use crate::model::item::Kind;
use crate::model::reference::{Link, Ref};

use super::cells::Cells;
use super::characteristics::{Called, Characteristics, FIELDS};
use super::machines::Machines;
use super::steps::Steps;

/// What the form prints in place of a specification, by which it is told what a row controls.
const DEVICE: (&str, &str) = ("Error-proofing: ", "Challenge part rejected");
const CHECK: &str = "First-off conforms to the control plan";
const SET_UP: &str = "Set-up: ";
const RESTART: &str = "Restart: ";

const TEXTS: [Field; 7] = [
    Field::MeasurementTechnique,
    Field::SampleSize,
    Field::SampleFrequency,
    Field::ControlMethod,
    Field::Responsible,
    Field::ReactionPlan,
    Field::ReactionPlanOwner,
];

/// A control plan while its rows are read.
struct OwnPlan<'t> {
    cells: Cells<'t>,
    document: Id<Document>,
    steps: Steps,
    step: Option<Link<Step>>,
    /// What the last row controls.
    subject: Subject,
    characteristics: Characteristics,
    /// The controls of FMEAs by their words.
    controls: HashMap<String, Id<Control>>,
}

/// Builds the control plan of a form.
pub(super) fn build<'t>(builder: &mut Builder<'t>, table: &'t Table, own: &OwnForm) -> Id<Document> {
    let title = builder.own_title(table);
    let document = builder.new_document(DocumentKind::ControlPlan, &title);
    builder.own_header(document, table);
    let mut p = OwnPlan {
        cells: Cells::new(builder, table, own, Kind::PlanRow),
        document,
        steps: Steps::of(builder, &title),
        step: None,
        subject: Subject::Open,
        characteristics: Characteristics::of(builder),
        controls: HashMap::new(),
    };
    for control in builder.controls.iter().chain(builder.project.all::<Control>()) {
        p.controls.entry(control.text.to_string()).or_insert(control.id);
    }
    let mut named = 0;
    for record in &table.records {
        if p.step.is_none() || p.cells.begins(record, Field::StepNumber) {
            builder.told(&p.cells, record, &[Field::StepNumber, Field::Step], Kind::Step);
            let [number, name] = [Field::StepNumber, Field::Step].map(|field| p.cells.text(record, field));
            p.step = Some(builder.own_step_link(&mut p.steps, (&p.cells, record), &number, &name));
            p.subject = Subject::Open;
            named += 1;
        }
        builder.own_plan_row(&mut p, record);
    }
    builder.steps_named = named;
    document
}

impl<'t> Builder<'t> {
    fn own_plan_row(&mut self, p: &mut OwnPlan<'t>, record: &'t Record) {
        let Some(step) = p.step.clone() else { return };
        self.told(&p.cells, record, &FIELDS, Kind::Characteristic);
        self.told(&p.cells, record, &TEXTS, Kind::PlanRow);
        self.told(&p.cells, record, &[Field::Phases, Field::FmeaControls, Field::Equipment], Kind::PlanRow);
        let at_step = step.to.present();
        // The list of rows of a lost step is that of the plan.
        let order = self.next_order(step.to.id(), Kind::PlanRow);
        let mut row = PlanRow::empty(self.ids.next_id(), p.document, step, order);
        row.meta = self.begun(&p.cells, record, Field::ControlMethod);
        // Rows about one subject share its cells; subjects that are not shared say so again in every row.
        let is_shared = matches!(p.subject, Subject::Characteristic(_) | Subject::ErrorProofing(_));
        if !is_shared || p.cells.begins(record, Field::ProductCharacteristic) {
            p.subject = self.own_subject(p, record, at_step);
        }
        self.challenge(p, record);
        row.subject = p.subject.clone();
        let texts = TEXTS.map(|field| Text::from(p.cells.text(record, field)));
        [
            row.measurement_technique,
            row.sample_size,
            row.sample_frequency,
            row.control_method,
            row.responsible,
            row.reaction_plan,
            row.reaction_plan_owner,
        ] = texts;
        let phases = p.cells.text(record, Field::Phases);
        let phase = |name: &str| Phase::ALL.into_iter().find(|phase| phase.name() == name);
        row.phases = phases.split(", ").filter_map(phase).collect();
        row.controls =
            p.cells.lines(record, Field::FmeaControls).iter().map(|text| self.carried_out(&p.controls, text)).collect();
        row.applicability = self.applies_to(&p.cells, record, Kind::PlanRow);
        self.own_cells(&p.cells, record, Kind::PlanRow, &mut row.meta);
        let at = (p.cells.sheet, p.cells.at(record, Field::Equipment));
        self.own_machines.push(Machines {
            row: row.id,
            step: at_step,
            printed: p.cells.lines(record, Field::Equipment),
            at,
        });
        self.rows.put(row);
    }

    /// What a row controls.
    fn own_subject(&mut self, p: &mut OwnPlan<'t>, record: &'t Record, step: Option<Id<Step>>) -> Subject {
        let (called, said) = Called::read(&p.cells, record);
        let process = p.cells.text(record, Field::ProcessCharacteristic);
        if said == DEVICE.1
            && let Some(name) = process.strip_prefix(DEVICE.0)
        {
            let device = self.own_equipment(&p.cells, record, name);
            if let Some(device) = self.equipment.get_mut(device) {
                device.kind = EquipmentKind::ErrorProofing;
            }
            return Subject::ErrorProofing(Ref::Item(device));
        }
        if said == CHECK
            && let Some(text) = process.strip_prefix(SET_UP)
        {
            return Subject::SetUp(Text::from(text));
        }
        if said == CHECK
            && let Some(text) = process.strip_prefix(RESTART)
        {
            return Subject::Restart(Text::from(text));
        }
        if called.is_blank() && said.is_empty() {
            return Subject::Open;
        }
        let at = (&p.cells, record);
        Subject::Characteristic(link(self.characteristic_of_row(&mut p.characteristics, at, step, (&called, &said))))
    }

    /// Challenge part and verification of the device that a row controls.
    fn challenge(&mut self, p: &OwnPlan<'t>, record: &'t Record) {
        let text = p.cells.text(record, Field::ErrorProofing);
        let Subject::ErrorProofing(Ref::Item(device)) = p.subject else { return };
        self.told(&p.cells, record, &[Field::ErrorProofing], Kind::Equipment);
        if let Some(device) = self.equipment.get_mut(device)
            && device.challenge_part.is_empty()
            && device.verification_frequency.is_empty()
        {
            let (part, often) = text.rsplit_once('\n').unwrap_or((&text, ""));
            (device.challenge_part, device.verification_frequency) = (Text::from(part), Text::from(often));
        }
    }

    /// The FMEA control with these words, or what is left of one that is gone.
    fn carried_out(&mut self, controls: &HashMap<String, Id<Control>>, text: &str) -> Link<Control> {
        controls.get(text).map_or_else(|| self.lost(text), |known| link(*known))
    }
}
