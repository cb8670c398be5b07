//! What a line of a control plan writes into its rows.

use crate::base::{Id, Text};
use crate::exchange::import::table::{Field, Record};
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::model::field;
use crate::model::flow::Step;
use crate::model::fmea::Control;
use crate::model::item::Kind;
use crate::model::reference::Ref;

use super::control_plan::{OF_ROW, Plan};
use super::lines::Said;
use super::shared::{add_line, add_note, add_values};
use super::{Builder, key, link, words};

impl Builder<'_> {
    /// Writes what a line says into its rows.
    pub fn row_details<'t>(&mut self, p: &mut Plan<'t>, record: &'t Record, steps: &[Id<Step>], rows: &[Id<PlanRow>]) {
        let sheet = p.lines.sheet;
        for field in OF_ROW {
            let Some(said) = p.lines.said(record, field) else { continue };
            self.take(sheet, &said, Kind::PlanRow);
            for row in rows {
                let Some(row) = self.rows.get_mut(*row) else { continue };
                let text = match field {
                    Field::MeasurementTechnique => &mut row.measurement_technique,
                    Field::SampleSize | Field::SampleSizeAndFrequency => &mut row.sample_size,
                    Field::SampleFrequency => &mut row.sample_frequency,
                    Field::ControlMethod => &mut row.control_method,
                    Field::Responsible => &mut row.responsible,
                    Field::ReactionPlan => &mut row.reaction_plan,
                    _ => &mut row.reaction_plan_owner,
                };
                add_line(text, &said.text);
            }
        }
        if let Some(said) = p.lines.said(record, Field::Remarks) {
            self.take(sheet, &said, Kind::PlanRow);
            for row in rows {
                if let Some(row) = self.rows.get_mut(*row) {
                    add_note(&mut row.meta, &said.text);
                }
            }
        }
        self.row_equipment(p, record, steps, rows);
        self.row_links(p, record, rows);
        let mut values = self.own_values(&p.lines, record, Kind::PlanRow);
        for said in std::mem::take(&mut p.kept) {
            if !self.is_told(sheet, &said) {
                values.push(self.kept(&p.lines, &said, Kind::PlanRow));
            }
        }
        for row in rows {
            if let Some(row) = self.rows.get_mut(*row) {
                add_values(&mut row.meta, values.clone());
            }
        }
    }

    /// Phases of the rows, the FMEA controls that they carry out, and how their device is verified. What is none of these is kept
    /// beside.
    fn row_links<'t>(&mut self, p: &mut Plan<'t>, record: &'t Record, rows: &[Id<PlanRow>]) {
        let sheet = p.lines.sheet;
        if let Some(said) = p.lines.said(record, Field::Phases) {
            match words::phases(&said.text) {
                Some(phases) => {
                    self.take(sheet, &said, Kind::PlanRow);
                    for row in rows {
                        if let Some(row) = self.rows.get_mut(*row) {
                            row.phases.clone_from(&phases);
                        }
                    }
                }
                None => p.kept.push(said),
            }
        }
        if let Some(said) = p.lines.said(record, Field::FmeaControls) {
            let found: Option<Vec<Id<Control>>> = said.text.lines().map(|line| self.control_named(line)).collect();
            match found {
                Some(controls) => {
                    self.take(sheet, &said, Kind::PlanRow);
                    for row in rows {
                        if let Some(row) = self.rows.get_mut(*row) {
                            row.controls = controls.iter().map(|control| link(*control)).collect();
                        }
                    }
                }
                None => p.kept.push(said),
            }
        }
        let Some(said) = p.lines.said(record, Field::ErrorProofing) else { return };
        let device = rows.iter().find_map(|row| match &self.rows.get(*row)?.subject {
            Subject::ErrorProofing(device) => device.present(),
            _ => None,
        });
        match device {
            Some(device) if self.verify(sheet, &said, device) => {}
            _ => p.kept.push(said),
        }
    }

    /// How a device is verified: the challenge part, and how often on the next line; whether the cell is told of.
    fn verify(&mut self, sheet: usize, said: &Said<'_>, device: Id<Equipment>) -> bool {
        let (part, often) = said.text.split_once('\n').unwrap_or((&said.text, ""));
        if let Some(device) = self.equipment.get_mut(device)
            && device.challenge_part.is_empty()
        {
            device.challenge_part = Text::from(part);
            device.verification_frequency = Text::from(often);
        }
        let facts = [(field::Field::ChallengePart, part), (field::Field::VerificationFrequency, often)];
        let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
        let differing = facts.filter(|(field, text)| self.differs(sheet, said, device, *field, text)).count();
        let known = self.equipment.look(self.project, device);
        let is_same = known.is_some_and(|known| {
            key(&known.challenge_part) == key(part) && key(&known.verification_frequency) == key(often)
        });
        if is_same {
            self.take(sheet, said, Kind::Equipment);
        }
        is_same || differing > 0
    }

    /// The control of an FMEA with these words.
    fn control_named(&self, text: &str) -> Option<Id<Control>> {
        let wanted = key(text);
        let same = |control: &&Control| key(&control.text) == wanted;
        self.controls.iter().find(same).or_else(|| self.project.all::<Control>().find(same)).map(|known| known.id)
    }

    fn row_equipment<'t>(&mut self, p: &Plan<'t>, record: &'t Record, steps: &[Id<Step>], rows: &[Id<PlanRow>]) {
        let sheet = p.lines.sheet;
        let Some(said) = p.lines.said(record, Field::Equipment) else { return };
        self.take(sheet, &said, Kind::PlanRow);
        let by_hand = |step: &Id<Step>| match self.steps.get(*step) {
            Some(step) => step.equipment.is_empty(),
            None => self.project.get(*step).is_some_and(|step| step.manual),
        };
        if words::is_by_hand(&said.text) && steps.iter().all(by_hand) {
            for step in steps {
                if let Some(step) = self.steps.get_mut(*step) {
                    step.manual = true;
                }
            }
            return;
        }
        // A flow has said which equipment its steps have.
        let given = self.step_book.is_given();
        let takes = |step: &&Id<Step>| self.steps.get(**step).is_some_and(|step| !given || step.equipment.is_empty());
        let taking: Vec<Id<Step>> = steps.iter().filter(takes).copied().collect();
        for said in p.lines.entries(&said) {
            let origin = self.origin(sheet, said.at);
            let equipment = self.equipment(&said.text, EquipmentKind::Machine, origin);
            for row in rows {
                if let Some(row) = self.rows.get_mut(*row)
                    && row.equipment.iter().all(|known| known.id() != equipment)
                {
                    row.equipment.push(Ref::Item(equipment));
                }
            }
            for step in &taking {
                if let Some(step) = self.steps.get_mut(*step)
                    && step.equipment.iter().all(|known| known.id() != equipment)
                {
                    step.equipment.push(Ref::Item(equipment));
                }
            }
        }
    }
}
