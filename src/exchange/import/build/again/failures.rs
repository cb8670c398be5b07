//! Failure modes and effects that an FMEA of the project has already.

use std::collections::{HashMap, HashSet};

use crate::base::{Id, OrderKey};
use crate::exchange::import::build::effects::holder;
use crate::exchange::import::build::{Builder, key};
use crate::exchange::import::table::Field as Column;
use crate::model::Project;
use crate::model::document::Document;
use crate::model::field::Field;
use crate::model::fmea::{Anchor, EffectLevel, Element, Failure, FailureRole, Function, LevelEffects};
use crate::model::item::{AnyId, Entity, Kind};
use crate::model::reference::Link;
use crate::model::relation::Relation;

use super::structure::orders;
use super::{Meeting, Same};

/// The failures that stand at an item.
fn failures_at(project: &Project, holder: AnyId) -> impl Iterator<Item = &Failure> {
    let relation = match holder {
        AnyId::Function(_) => Relation::FailureOfFunction,
        _ => Relation::FailureOfElement,
    };
    project.children(holder, relation)
}

/// The places of the failures at an item.
fn places_at(project: &Project, holder: AnyId) -> Vec<OrderKey> {
    let relation = match holder {
        AnyId::Function(_) => Relation::FailureOfFunction,
        _ => Relation::FailureOfElement,
    };
    orders::<Failure>(project, holder, relation)
}

impl Same {
    /// Where the project has what a failure stands at.
    pub fn holder(&self, anchor: Anchor) -> Option<AnyId> {
        match anchor {
            Anchor::Function(function) => self.functions.get(&function).map(|known| AnyId::from(*known)),
            Anchor::Element(element) => self.elements.get(&element).map(|known| AnyId::from(*known)),
        }
    }
}

impl Builder<'_> {
    /// The failures of a role that were made for a document.
    pub(super) fn failures_made(&self, document: Id<Document>, role: FailureRole) -> Vec<Failure> {
        let is_of = |failure: &&Failure| {
            let element = match failure.anchor {
                Anchor::Element(element) => Some(element),
                Anchor::Function(function) => self.functions.get(function).map(|function| function.element),
            };
            element.and_then(|element| self.elements.get(element)).is_some_and(|element| element.fmea == document)
        };
        self.failures.iter().filter(|failure| failure.role == role).filter(is_of).cloned().collect()
    }

    pub(super) fn meet_modes(&mut self, meeting: &mut Meeting<'_>) {
        let project = self.project;
        let mut taken: HashSet<Id<Failure>> = HashSet::new();
        for mode in self.failures_made(meeting.new, FailureRole::Mode) {
            let Some(place) = meeting.same.holder(mode.anchor) else { continue };
            let words = self.mode_words(&mode);
            let same = modes_near(project, place)
                .into_iter()
                .find(|known| !taken.contains(&known.id) && self.mode_words(known) == words);
            let Some(same) = same else { continue };
            taken.insert(same.id);
            meeting.same.failures.insert(mode.id, same.id);
            self.add_characteristic(same, &mode);
            self.otherwise(meeting, same.id.into(), &mode.item(), &[Field::SpecialClass]);
        }
    }

    /// What a failure mode is known by: its words, or those of its effects if it has none.
    fn mode_words(&self, mode: &Failure) -> Vec<String> {
        if !mode.text.is_blank() {
            return vec![key(&mode.text)];
        }
        let effects = mode.effects.links().filter_map(|(_, link)| self.failures.look(self.project, link.to.id()));
        let mut words: Vec<String> = effects.map(|effect| key(&effect.text)).collect();
        words.sort_unstable();
        words.insert(0, String::new());
        words
    }

    /// Links the characteristic of a failure to the one of the project that is the same, if that names none.
    pub(super) fn add_characteristic(&mut self, same: &Failure, said: &Failure) {
        if said.characteristic.is_some() && same.characteristic.is_none() {
            let mut failure = self.failures.get(same.id).unwrap_or(same).clone();
            failure.characteristic.clone_from(&said.characteristic);
            self.failures.put(failure);
        }
    }

    pub(super) fn meet_effects(&mut self, meeting: &mut Meeting<'_>) {
        let effects: HashMap<Id<Failure>, Failure> = self
            .failures_made(meeting.new, FailureRole::Effect)
            .into_iter()
            .map(|effect| (effect.id, effect))
            .collect();
        let modes = self.failures_made(meeting.new, FailureRole::Mode);
        // First those of modes that are there already, which say what is the same.
        for mode in &modes {
            if let Some(known) = meeting.same.failures.get(&mode.id).and_then(|known| self.project.get(*known)) {
                self.meet_effects_of(meeting, mode, known, &effects);
            }
        }
        for effect in effects.values() {
            if !meeting.same.failures.contains_key(&effect.id)
                && let Some(known) = self.effect_there(meeting, effect)
            {
                meeting.same.failures.insert(effect.id, known);
            }
        }
        for mode in &modes {
            if let Some(known) = meeting.same.failures.get(&mode.id).copied() {
                self.link_effects(meeting, mode, known);
            }
        }
    }

    /// Finds the effects of a failure mode among those that it has in the project.
    fn meet_effects_of(
        &mut self,
        meeting: &mut Meeting<'_>,
        mode: &Failure,
        known: &Failure,
        effects: &HashMap<Id<Failure>, Failure>,
    ) {
        let project = self.project;
        let mut taken: HashSet<Id<Failure>> = HashSet::new();
        // A column of effects without levels says nothing of the level.
        let says_level = meeting.table.position(Column::Effect).is_none();
        for (level, link) in mode.effects.links() {
            let Some(effect) = effects.get(&link.to.id()) else { continue };
            if meeting.same.failures.contains_key(&effect.id) {
                continue;
            }
            let there: Vec<(EffectLevel, &Failure)> = known
                .effects
                .links()
                .filter_map(|(level, link)| Some((level, project.get(link.to.present()?)?)))
                .collect();
            let mut fitting: Vec<&(EffectLevel, &Failure)> = there
                .iter()
                .filter(|(at, found)| (*at == level || !says_level) && !taken.contains(&found.id))
                .filter(|(_, found)| effect.text.is_blank() || key(&found.text) == key(&effect.text))
                .collect();
            fitting.sort_by_key(|(at, found)| (found.severity != effect.severity, *at != level));
            if let Some((_, same)) = fitting.first() {
                taken.insert(same.id);
                meeting.same.failures.insert(effect.id, same.id);
                self.otherwise(meeting, same.id.into(), &effect.clone().item(), &[Field::Severity]);
            }
        }
    }

    /// An effect with the same words and severity at the same place of the project.
    fn effect_there(&self, meeting: &Meeting<'_>, effect: &Failure) -> Option<Id<Failure>> {
        let place = meeting.same.holder(effect.anchor).filter(|_| !effect.text.is_blank())?;
        let same = |known: &&Failure| {
            known.role == FailureRole::Effect
                && key(&known.text) == key(&effect.text)
                && (effect.severity.is_none() || known.severity == effect.severity)
        };
        failures_at(self.project, place).find(same).map(|known| known.id)
    }

    /// Links the effects of a failure mode that the one of the project does not have yet.
    fn link_effects(&mut self, meeting: &Meeting<'_>, mode: &Failure, known: Id<Failure>) {
        let Some(before) = self.failures.look(self.project, known).cloned() else { return };
        let mut after = before.clone();
        for (level, link) in mode.effects.links() {
            let to = meeting.same.failures.get(&link.to.id()).copied().unwrap_or(link.to.id());
            let is_there = |(at, known): (EffectLevel, &Link<Failure>)| {
                known.to.id() == to && (at == level || meeting.table.position(Column::Effect).is_some())
            };
            if after.effects.links().any(is_there) {
                continue;
            }
            let link = self.relinked(link, &meeting.same.failures);
            match after.effects.at_mut(level) {
                LevelEffects::Effects(links) => links.push(link),
                blank => *blank = LevelEffects::Effects(vec![link]),
            }
        }
        if after != before {
            self.failures.put(after);
        }
    }

    /// Gives the failures that are new their places at what is there already.
    pub(super) fn place_failures(&mut self, meeting: &mut Meeting<'_>) {
        let project = self.project;
        for role in [FailureRole::Effect, FailureRole::Mode, FailureRole::Cause] {
            for failure in self.failures_made(meeting.new, role) {
                let Some(at) = meeting.same.holder(failure.anchor) else { continue };
                match meeting.same.failures.get(&failure.id).and_then(|known| project.get(*known)) {
                    Some(known) => {
                        let at = holder(known.anchor);
                        meeting.places.met(at, Kind::Failure, &known.order, || places_at(project, at));
                    }
                    None => {
                        let order = meeting.places.next(at, Kind::Failure, || places_at(project, at));
                        if let Some(failure) = self.failures.get_mut(failure.id) {
                            failure.order = order;
                        }
                    }
                }
            }
        }
    }
}

/// The failure modes at an item of the project; and where only one of file and project has functions, those at the element or
/// at its functions.
fn modes_near(project: &Project, place: AnyId) -> Vec<&Failure> {
    let mut found: Vec<&Failure> = failures_at(project, place).collect();
    match place {
        AnyId::Function(function) => {
            let element = project.get(function).map(|function| function.element);
            found.extend(element.into_iter().flat_map(|element| failures_at(project, element.into())));
        }
        AnyId::Element(element) => {
            let functions = project.children::<Function>(element, Relation::FunctionOfElement);
            found.extend(functions.flat_map(|function| failures_at(project, function.id.into())));
        }
        _ => {}
    }
    found.retain(|failure| failure.role == FailureRole::Mode);
    found
}

/// The element that a failure of the project stands at, itself or by its function.
pub(super) fn element_of(project: &Project, anchor: Anchor) -> Option<Id<Element>> {
    match anchor {
        Anchor::Element(element) => Some(element),
        Anchor::Function(function) => project.get(function).map(|function| function.element),
    }
}
