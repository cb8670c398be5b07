//! Rows that a control plan of the project has already: known by step and subject; among several, by what they say.

use std::collections::{HashMap, HashSet};

use crate::base::{Id, Text};
use crate::exchange::import::build::{Builder, key};
use crate::exchange::import::table::Field as Column;
use crate::model::applicability::Applicability;
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::equipment::Equipment;
use crate::model::field::Field;
use crate::model::flow::Step;
use crate::model::item::{AnyId, Entity, Kind};
use crate::model::reference::Ref;
use crate::model::relation::Relation;

use super::Meeting;
use super::structure::orders;

const TEXTS: [Field; 7] = [
    Field::MeasurementTechnique,
    Field::SampleSize,
    Field::SampleFrequency,
    Field::ControlMethod,
    Field::Responsible,
    Field::ReactionPlan,
    Field::ReactionPlanOwner,
];

/// Step and subject of a row.
type Place = (Id<Step>, &'static str, Option<AnyId>, String);

fn place(row: &PlanRow) -> Place {
    let (kind, item, words) = match &row.subject {
        Subject::Characteristic(link) => ("characteristic", Some(AnyId::from(link.to.id())), String::new()),
        Subject::ErrorProofing(device) => ("error-proofing", Some(device.id().into()), String::new()),
        Subject::SetUp(text) => ("set-up", None, key(text)),
        Subject::Restart(text) => ("restart", None, key(text)),
        Subject::Open => ("open", None, String::new()),
    };
    (row.step.to.id(), kind, item, words)
}

fn texts(row: &PlanRow) -> [&Text; 7] {
    [
        &row.measurement_technique,
        &row.sample_size,
        &row.sample_frequency,
        &row.control_method,
        &row.responsible,
        &row.reaction_plan,
        &row.reaction_plan_owner,
    ]
}

/// How two rows of one subject may agree, from the closest to the loosest.
const CLOSENESS: [fn(&PlanRow, &PlanRow) -> bool; 3] = [
    // All that the file says stands in the project.
    |said, known| texts(said).iter().zip(texts(known)).all(|(said, known)| said.is_blank() || key(said) == key(known)),
    // The control is the same.
    |said, known| {
        let control = |row: &PlanRow| (key(&row.control_method), key(&row.measurement_technique));
        control(said) != (String::new(), String::new()) && control(said) == control(known)
    },
    // The subject is the same, and there is one.
    |said, _| said.subject != Subject::Open,
];

impl Builder<'_> {
    pub(super) fn meet_rows(&mut self, meeting: &mut Meeting<'_>) {
        let project = self.project;
        let mut known: HashMap<Place, Vec<&PlanRow>> = HashMap::new();
        for row in project.children::<PlanRow>(meeting.known, Relation::RowInPlan) {
            known.entry(place(row)).or_default().push(row);
        }
        let new: Vec<PlanRow> = self.rows.iter().filter(|row| row.plan == meeting.new).cloned().collect();
        let mut same: HashMap<Id<PlanRow>, &PlanRow> = HashMap::new();
        let mut taken: HashSet<Id<PlanRow>> = HashSet::new();
        for agree in CLOSENESS {
            for row in &new {
                if same.contains_key(&row.id) {
                    continue;
                }
                let found = known.get(&place(row)).into_iter().flatten();
                let found = found.copied().find(|known| !taken.contains(&known.id) && agree(row, known));
                if let Some(found) = found {
                    taken.insert(found.id);
                    same.insert(row.id, found);
                }
            }
        }
        for row in new {
            let step = row.step.to.id();
            let siblings = || orders::<PlanRow>(project, step.into(), Relation::RowStep);
            if let Some(same) = same.get(&row.id) {
                meeting.same.rows.insert(row.id, same.id);
                meeting.places.met(step.into(), Kind::PlanRow, &same.order, siblings);
                self.meet_row(meeting, row, same);
            } else {
                let order = meeting.places.next(step.into(), Kind::PlanRow, siblings);
                if let Some(row) = self.rows.get_mut(row.id) {
                    row.order = order;
                }
            }
        }
    }

    /// What a line says of a row that the project has already.
    fn meet_row(&mut self, meeting: &Meeting<'_>, said: PlanRow, same: &PlanRow) {
        let mut after = same.clone();
        for link in &said.controls {
            if after.controls.iter().all(|known| known.to.id() != link.to.id()) {
                after.controls.push(link.clone());
            }
        }
        if after != *same {
            self.rows.put(after);
        }
        let there = self.project.manufacturing_equipment(same);
        let has = |said: &Ref<Equipment>| {
            let name = self.equipment.look(self.project, said.id()).map(|said| said.name.as_str()).unwrap_or_default();
            there.iter().any(|known| known.id() == said.id()) || self.lists(&there, name)
        };
        let has_equipment = said.equipment.iter().all(has);
        let applies = said.applicability == same.applicability || said.applicability == Applicability::AllParts;
        let says_phases = meeting.has(Column::Phases);
        let item = said.item();
        self.otherwise(meeting, same.id.into(), &item, &TEXTS);
        if says_phases {
            self.otherwise(meeting, same.id.into(), &item, &[Field::Phases]);
        }
        if !has_equipment {
            self.leave_otherwise(meeting, &item, Column::Equipment);
        }
        if !applies {
            self.leave_otherwise(meeting, &item, Column::AppliesTo);
        }
    }
}
