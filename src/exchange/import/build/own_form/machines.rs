//! Machines of control-plan rows, once all plans are read.
//!
//! A row prints the machines of its step unless it names others. Gauges and software of the step are not among them, which is
//! how they are told from machines.

use std::collections::HashSet;

use crate::base::Id;
use crate::exchange::import::build::Builder;
use crate::exchange::import::workbook::At;
use crate::model::control_plan::PlanRow;
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::model::flow::Step;
use crate::model::reference::Ref;

use super::flow::MANUAL;

/// What a row prints.
pub(in crate::exchange::import::build) struct Machines {
    pub row: Id<PlanRow>,
    pub step: Option<Id<Step>>,
    /// The lines of the cell.
    pub printed: Vec<String>,
    /// Sheet and cell.
    pub at: (usize, At),
}

impl Builder<'_> {
    fn at_step(&self, step: Option<Id<Step>>) -> Vec<Id<Equipment>> {
        let step = step.and_then(|step| self.steps.look(self.project, step));
        step.map(|step| step.equipment.iter().map(Ref::id).collect()).unwrap_or_default()
    }

    fn machine_label(&self, id: Id<Equipment>) -> String {
        self.equipment.look(self.project, id).map(Equipment::label).unwrap_or_default()
    }

    /// Tells gauges from machines, and names the machines of rows that are not those of their step.
    pub(in crate::exchange::import::build) fn finish_own_machines(&mut self) {
        let all = std::mem::take(&mut self.own_machines);
        let printed: HashSet<&String> = all.iter().flat_map(|row| &row.printed).collect();
        // What a row without machines has at its step is none; what no row prints is likely none.
        let (mut surely, mut likely): (HashSet<Id<Equipment>>, Vec<Id<Equipment>>) = (HashSet::new(), Vec::new());
        for row in &all {
            let of_step = self.at_step(row.step);
            if row.printed.is_empty() || row.printed == [MANUAL] {
                surely.extend(of_step);
            } else {
                likely.extend(of_step.into_iter().filter(|id| !printed.contains(&self.machine_label(*id))));
            }
        }
        for id in surely.iter().chain(&likely) {
            let is_sure = surely.contains(id);
            let known = self.equipment.get_mut(*id);
            if let Some(known) = known.filter(|known| is_sure || known.kind == EquipmentKind::Machine) {
                known.kind = EquipmentKind::Gauge;
            }
        }
        for row in &all {
            if row.printed == [MANUAL] {
                if let Some(step) = row.step.and_then(|step| self.steps.get_mut(step)) {
                    step.manual = true;
                }
                continue;
            }
            let makes = |id: &Id<Equipment>| {
                let known = self.equipment.look(self.project, *id);
                known.is_some_and(|known| !matches!(known.kind, EquipmentKind::Gauge | EquipmentKind::Software))
            };
            let usual = self.at_step(row.step).into_iter().filter(makes).map(|id| self.machine_label(id));
            if usual.eq(row.printed.iter().cloned()) {
                continue;
            }
            let named: Vec<Ref<Equipment>> =
                row.printed.iter().map(|label| Ref::Item(self.equipment_called(row.at, label))).collect();
            if let Some(row) = self.rows.get_mut(row.row) {
                row.equipment = named;
            }
        }
    }
}
