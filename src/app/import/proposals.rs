//! What an import makes are proposals: each can be left out. What belongs to it goes with it, and so does what nothing else
//! would use.

use std::collections::{BTreeSet, HashSet};

use super::outcome::{Outcome, left};
use crate::exchange::import::account::{As, Fate};
use crate::exchange::import::table::Left;
use crate::exchange::import::workbook::{At, Workbook};
use crate::model::item::{AnyId, Item, Kind};
use crate::model::meta::Origin;
use crate::model::relation::{OnDelete, Relation};

/// Why a cell is not imported whose item a person leaves out.
const NOT_WANTED: &str = "the proposal was not taken over";

impl Outcome {
    /// Everything that stays out if some items do. An item that the project has stays as it is there.
    pub fn stays_out(&self, left_out: &HashSet<AnyId>) -> HashSet<AnyId> {
        let mut out: HashSet<AnyId> = HashSet::new();
        let mut next: Vec<AnyId> = left_out.iter().copied().collect();
        while let Some(id) = next.pop() {
            if !out.insert(id) {
                continue;
            }
            if self.is_new(id) {
                let part = |(relation, source): &(Relation, AnyId)| {
                    relation.on_delete() == OnDelete::Cascade && self.is_new(*source) && !out.contains(source)
                };
                next.extend(self.after.referrers(id).into_iter().filter(part).map(|(_, source)| source));
            }
            if let Some(item) = self.after.item(id) {
                item.visit(&mut |_, target| {
                    if self.is_unused(target, &out) {
                        next.push(target);
                    }
                });
            }
        }
        out
    }

    /// Why an item cannot be left out; none if it can.
    pub fn is_needed(&self, id: AnyId, out: &HashSet<AnyId>) -> Option<String> {
        if id.kind() != Kind::Step {
            return None;
        }
        let needs = |(relation, source): &(Relation, AnyId)| {
            relation.on_delete() == OnDelete::KeepMissing && !out.contains(source)
        };
        let users = self.after.referrers(id).into_iter().filter(needs).count();
        (users > 0).then(|| format!("{users} other items refer to the step: leave those out, and it goes with them"))
    }

    /// The outcome as a person chose it: without some of its items, whose cells are not imported, and with what is taken over
    /// of what the project says otherwise, by places in the list of differences.
    pub fn as_chosen(&self, workbook: &Workbook, left_out: &HashSet<AnyId>, taken: &BTreeSet<usize>) -> Self {
        let out = self.stays_out(left_out);
        let mut chosen = self.clone();
        let account = &mut chosen.built.account;
        // Where an item of the project came from is no cell of this file.
        for item in self.built.items.iter().filter(|item| out.contains(&item.id()) && self.is_new(item.id())) {
            if let Some((sheet, at)) = self.cell_of(item) {
                account.decide(sheet, at, Fate::Left(Left::Other(NOT_WANTED.to_owned())));
            }
        }
        for found in taken.iter().filter_map(|at| self.built.differences.get(*at)) {
            let into = As::Own(found.field_label.clone());
            account.decide(found.sheet, found.at, Fate::Imported { into, item: found.item.kind() });
        }
        // Several items may share a cell.
        chosen.cells.imported = (0..workbook.sheets.len()).map(|sheet| account.imported_count(sheet)).sum();
        chosen.built.items.retain(|item| !out.contains(&item.id()));
        (chosen.left, chosen.reasons) = left(workbook, &chosen.built);
        chosen
    }

    /// Whether the project does not have an item yet.
    fn is_new(&self, id: AnyId) -> bool {
        self.news.contains(&id)
    }

    /// Whether nothing that stays in uses an item that is there for others.
    fn is_unused(&self, id: AnyId, out: &HashSet<AnyId>) -> bool {
        let is_shared = matches!(
            id.kind(),
            Kind::Failure
                | Kind::Control
                | Kind::Action
                | Kind::Person
                | Kind::Equipment
                | Kind::Step
                | Kind::Characteristic
        );
        if !is_shared || !self.is_new(id) || out.contains(&id) {
            return false;
        }
        // Steps and characteristics that a worksheet names are there on their own account.
        let is_of_flow = matches!(id.kind(), Kind::Step | Kind::Characteristic);
        if is_of_flow && self.has_flow {
            return false;
        }
        let counts = |source: AnyId| !is_of_flow || !matches!(source.kind(), Kind::FlowEdge | Kind::StepCharacteristic);
        self.after.referrers(id).into_iter().all(|(_, source)| out.contains(&source) || !counts(source))
    }

    /// The cell in which an item begins.
    fn cell_of(&self, item: &Item) -> Option<(usize, At)> {
        let Origin::Cell { sheet, cell, .. } = item.meta()?.origin.clone()? else { return None };
        let sheet = self.sheets.iter().position(|name| *name == *sheet)?;
        Some((sheet, At::parse(&cell)?))
    }
}
