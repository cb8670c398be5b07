//! The control plan: a row of the form is a row of the plan.

use std::collections::HashSet;

use crate::base::{Id, Text};
use crate::exchange::import::build::{Builder, link};
use crate::exchange::import::table::{Field, OwnForm, Record, Table};
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::document::{Document, DocumentKind, Phase};
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::model::flow::Step;
use crate::model::fmea::Control;
use crate::model::item::Kind;
use crate::model::reference::{Link, Ref};

use super::cells::Cells;
use super::characteristics::{Called, Characteristics, FIELDS};
use super::flow::MANUAL;
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
    /// What the last row controls, and the machines that rows print, by row.
    subject: Subject,
    characteristics: Characteristics,
    machines: Vec<(Id<PlanRow>, Option<Id<Step>>, Vec<String>)>,
}

/// Builds the control plan of a form.
pub(super) fn build<'t>(builder: &mut Builder<'t>, table: &'t Table, own: &OwnForm) -> Id<Document> {
    let title = builder.title_of(table);
    let document = builder.new_document(DocumentKind::ControlPlan, &title);
    builder.header(document, table);
    let mut p = OwnPlan {
        cells: Cells::new(builder, table, own, Kind::PlanRow),
        document,
        steps: Steps::of(builder, &title),
        step: None,
        subject: Subject::Open,
        characteristics: Characteristics::of(builder),
        machines: Vec::new(),
    };
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
    builder.own_machines(&p);
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
        row.controls = p.cells.lines(record, Field::FmeaControls).iter().map(|text| self.carried_out(text)).collect();
        row.applicability = self.applies_to(&p.cells, record, Kind::PlanRow);
        self.own_cells(&p.cells, record, Kind::PlanRow, &mut row.meta);
        p.machines.push((row.id, at_step, p.cells.lines(record, Field::Equipment)));
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
    fn carried_out(&mut self, text: &str) -> Link<Control> {
        let same = |control: &&Control| *control.text == *text;
        let known = self.controls.iter().find(same).or_else(|| self.project.all::<Control>().find(same));
        let known = known.map(|known| known.id);
        known.map_or_else(|| self.lost(text), link)
    }

    /// Machines of the rows. A row prints those of its step unless it names others; gauges and software are not among them,
    /// which is how they are told from machines.
    fn own_machines(&mut self, p: &OwnPlan<'t>) {
        let of_step = |builder: &Self, step: Option<Id<Step>>| -> Vec<Id<Equipment>> {
            let step = step.and_then(|step| builder.steps.look(builder.project, step));
            step.map(|step| step.equipment.iter().map(Ref::id).collect()).unwrap_or_default()
        };
        let label = |builder: &Self, id: &Id<Equipment>| {
            builder.equipment.look(builder.project, *id).map(Equipment::label).unwrap_or_default()
        };
        let (mut printed, mut gauges): (HashSet<String>, HashSet<Id<Equipment>>) = (HashSet::new(), HashSet::new());
        for (_, step, machines) in &p.machines {
            printed.extend(machines.iter().cloned());
            if machines.is_empty() || *machines == [MANUAL] {
                gauges.extend(of_step(self, *step));
            }
        }
        for (_, step, _) in &p.machines {
            gauges.extend(of_step(self, *step).into_iter().filter(|id| !printed.contains(&label(self, id))));
        }
        for id in &gauges {
            if let Some(known) = self.equipment.get_mut(*id).filter(|known| known.kind == EquipmentKind::Machine) {
                known.kind = EquipmentKind::Gauge;
            }
        }
        for (row, step, machines) in &p.machines {
            if *machines == [MANUAL] {
                if let Some(step) = step.and_then(|step| self.steps.get_mut(step)) {
                    step.manual = true;
                }
                continue;
            }
            let makes = |id: &Id<Equipment>| {
                let known = self.equipment.look(self.project, *id);
                known.is_some_and(|known| !matches!(known.kind, EquipmentKind::Gauge | EquipmentKind::Software))
            };
            let usual: Vec<String> =
                of_step(self, *step).iter().filter(|id| makes(id)).map(|id| label(self, id)).collect();
            if usual != *machines {
                let record = p.cells.table.records.iter().find(|_| true);
                let Some(record) = record else { continue };
                let named: Vec<Ref<Equipment>> =
                    machines.iter().map(|text| Ref::Item(self.own_equipment(&p.cells, record, text))).collect();
                if let Some(row) = self.rows.get_mut(*row) {
                    row.equipment = named;
                }
            }
        }
    }
}
