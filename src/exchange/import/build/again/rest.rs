//! What is the same goes, and what stays points at the items of the project.

use std::collections::{HashMap, HashSet};

use crate::base::Id;
use crate::exchange::import::build::Builder;
use crate::exchange::import::build::draft::Drafts;
use crate::model::fmea::{Anchor, EffectLevel, LevelEffects};
use crate::model::item::{AnyId, Entity, Kind};
use crate::model::reference::{Link, Ref};
use crate::model::review::{Reviewed, reviewed_link};

use super::{Meeting, Same};

impl Builder<'_> {
    /// Drops what the project has already, and brings the rest below it.
    pub(super) fn drop_same(&mut self, meeting: Meeting<'_>) {
        let Meeting { new, known, same, .. } = meeting;
        let before = self.used();
        self.elements.retain(|item| !same.elements.contains_key(&item.id));
        self.functions.retain(|item| !same.functions.contains_key(&item.id));
        self.failures.retain(|item| !same.failures.contains_key(&item.id));
        self.risks.retain(|item| !same.risks.contains_key(&item.id));
        self.controls.retain(|item| !same.controls.contains_key(&item.id));
        self.actions.retain(|item| !same.actions.contains_key(&item.id));
        self.rows.retain(|item| !same.rows.contains_key(&item.id));
        self.documents.retain(|item| item.id != new);
        for element in self.elements.iter_mut().filter(|element| element.fmea == new) {
            element.fmea = known;
            element.parent = element.parent.map(|parent| instead(&same.elements, parent));
        }
        for control in self.controls.iter_mut().filter(|control| control.fmea == new) {
            control.fmea = known;
        }
        for action in self.actions.iter_mut().filter(|action| action.fmea == new) {
            action.fmea = known;
        }
        for function in self.functions.iter_mut() {
            function.element = instead(&same.elements, function.element);
        }
        self.turn_failures(&same);
        for risk in self.risks.iter_mut() {
            if risk.fmea == new {
                risk.fmea = known;
            }
            risk.mode = instead(&same.failures, risk.mode);
            risk.cause = instead(&same.failures, risk.cause);
            turn(&mut risk.controls, &same.controls);
            for assessment in &mut risk.assessments {
                turn(&mut assessment.controls, &same.controls);
                turn(&mut assessment.actions, &same.actions);
            }
        }
        let mut rows = std::mem::take(&mut self.rows);
        for row in rows.iter_mut() {
            if row.plan == new {
                row.plan = known;
            }
            for link in &mut row.controls {
                *link = self.relinked(link, &same.controls);
            }
        }
        self.rows = rows;
        self.drop_unused(&before);
    }

    fn turn_failures(&mut self, same: &Same) {
        let mut failures = std::mem::take(&mut self.failures);
        for failure in failures.iter_mut() {
            failure.anchor = match failure.anchor {
                Anchor::Function(function) => Anchor::Function(instead(&same.functions, function)),
                Anchor::Element(element) => Anchor::Element(instead(&same.elements, element)),
            };
            for level in EffectLevel::ALL {
                if let LevelEffects::Effects(links) = failure.effects.at_mut(level) {
                    for link in links.iter_mut() {
                        *link = self.relinked(link, &same.failures);
                    }
                    let mut seen = HashSet::new();
                    links.retain(|link| seen.insert(link.to.id()));
                }
            }
        }
        self.failures = failures;
    }

    /// A link to what the project has instead of what was made, reviewed against that; or the link as it is.
    pub(super) fn relinked<T: Reviewed>(&self, link: &Link<T>, same: &HashMap<Id<T>, Id<T>>) -> Link<T> {
        let known = same.get(&link.to.id()).and_then(|known| self.project.get(*known));
        known.map_or_else(|| link.clone(), |known| reviewed_link(known, &self.stamp.by, Some(self.stamp.on)))
    }

    /// Failures, controls, actions, people, equipment and user-defined fields that what was made uses.
    pub(super) fn used(&self) -> HashSet<AnyId> {
        let mut used = HashSet::new();
        note_used(&self.documents, &mut used);
        note_used(&self.steps, &mut used);
        note_used(&self.elements, &mut used);
        note_used(&self.functions, &mut used);
        note_used(&self.failures, &mut used);
        note_used(&self.risks, &mut used);
        note_used(&self.controls, &mut used);
        note_used(&self.actions, &mut used);
        note_used(&self.rows, &mut used);
        used
    }

    /// Drops what only that used which was dropped.
    pub(super) fn drop_unused(&mut self, before: &HashSet<AnyId>) {
        let now = self.used();
        let stays = |id: AnyId| now.contains(&id) || !before.contains(&id);
        self.failures.retain(|failure| stays(failure.id.into()));
        self.controls.retain(|control| stays(control.id.into()));
        self.actions.retain(|action| stays(action.id.into()));
        self.people.retain(|person| stays(person.id.into()));
        self.equipment.retain(|equipment| stays(equipment.id.into()));
        self.fields.retain(|field| stays(field.id.into()));
    }
}

fn note_used<T: Entity>(drafts: &Drafts<T>, used: &mut HashSet<AnyId>) {
    for item in drafts.iter() {
        item.visit(&mut |_, id| {
            if matches!(id.kind(), Kind::Person | Kind::Equipment | Kind::Control | Kind::Action | Kind::Failure) {
                used.insert(id);
            }
        });
        used.extend(item.meta().into_iter().flat_map(|meta| &meta.values).map(|(field, _)| AnyId::from(*field)));
    }
}

fn instead<T>(same: &HashMap<Id<T>, Id<T>>, id: Id<T>) -> Id<T> {
    same.get(&id).copied().unwrap_or(id)
}

/// References to what the project has instead, each once.
fn turn<T>(references: &mut Vec<Ref<T>>, same: &HashMap<Id<T>, Id<T>>) {
    for reference in references.iter_mut() {
        if let Some(known) = same.get(&reference.id()) {
            *reference = Ref::Item(*known);
        }
    }
    let mut seen: HashSet<Id<T>> = HashSet::new();
    references.retain(|reference| seen.insert(reference.id()));
}
