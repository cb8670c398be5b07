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

impl<'p> Builder<'p> {
    /// The failures of a role that were made for a document.
    pub(super) fn failures_made(&self, document: Id<Document>, role: FailureRole) -> Vec<Failure> {
        let is_of = |failure: &&Failure| {
            self.element_of(failure.anchor)
                .and_then(|element| self.elements.get(element))
                .is_some_and(|element| element.fmea == document)
        };
        self.failures.iter().filter(|failure| failure.role == role).filter(is_of).cloned().collect()
    }

    pub(super) fn meet_modes(&mut self, meeting: &mut Meeting<'_>) {
        let project = self.project;
        let modes = self.failures_made(meeting.new, FailureRole::Mode);
        let mut taken: HashSet<Id<Failure>> = HashSet::new();
        // First where the function is the same, then where the project calls it otherwise.
        for function_is_same in [true, false] {
            for mode in &modes {
                if meeting.same.failures.contains_key(&mode.id) {
                    continue;
                }
                let known = if function_is_same {
                    meeting.same.holder(mode.anchor).map(|place| modes_near(project, place)).unwrap_or_default()
                } else {
                    self.modes_of_renamed(meeting, mode)
                };
                let words = self.mode_words(mode);
                let is_same = |known: &&Failure| !taken.contains(&known.id) && self.mode_words(known) == words;
                let Some(same) = known.into_iter().find(is_same) else { continue };
                taken.insert(same.id);
                meeting.same.failures.insert(mode.id, same.id);
                self.add_characteristic(same, mode);
                self.otherwise(meeting, same.id.into(), &mode.clone().item(), &[Field::SpecialClass]);
            }
        }
        for mode in &modes {
            if let Some(same) = meeting.same.failures.get(&mode.id).and_then(|known| project.get(*known)) {
                self.meet_renamed(meeting, mode.anchor, same.anchor);
            }
        }
    }

    /// The failure modes at functions of the element of a failure mode that the file does not name.
    fn modes_of_renamed(&self, meeting: &Meeting<'_>, mode: &Failure) -> Vec<&'p Failure> {
        let Anchor::Function(function) = mode.anchor else { return Vec::new() };
        let element = self.functions.get(function).and_then(|function| meeting.same.elements.get(&function.element));
        let Some(element) = element.filter(|_| !meeting.same.functions.contains_key(&function)) else {
            return Vec::new();
        };
        let mut found = modes_near(self.project, (*element).into());
        found.retain(|known| match known.anchor {
            Anchor::Function(function) => !meeting.same.functions_met.contains(&function),
            Anchor::Element(_) => true,
        });
        found
    }

    /// Takes what a failure stands at for what the same failure of the project stands at, though it is called otherwise there.
    pub(super) fn meet_renamed(&mut self, meeting: &mut Meeting<'_>, new: Anchor, known: Anchor) {
        let project = self.project;
        let (Some(of_new), Some(of_known)) = (self.element_of(new), element_of(project, known)) else { return };
        if let Some(element) = self.elements.get(of_new).cloned()
            && !meeting.same.elements.contains_key(&of_new)
            && !meeting.same.elements_met.contains(&of_known)
        {
            meeting.same.element(of_new, of_known);
            self.otherwise(meeting, of_known.into(), &element.item(), &[Field::Name]);
        }
        if let (Anchor::Function(new), Anchor::Function(known)) = (new, known)
            && meeting.same.elements.get(&of_new) == Some(&of_known)
            && !meeting.same.functions.contains_key(&new)
            && !meeting.same.functions_met.contains(&known)
            && let (Some(function), Some(same)) = (self.functions.get(new).cloned(), project.get(known))
        {
            meeting.same.function(new, known);
            self.add_characteristics(same, &function.characteristics);
            self.otherwise(meeting, known.into(), &function.item(), &[Field::Text]);
        }
    }

    /// The element that a failure that was made stands at, itself or by its function.
    pub(super) fn element_of(&self, anchor: Anchor) -> Option<Id<Element>> {
        match anchor {
            Anchor::Element(element) => Some(element),
            Anchor::Function(function) => self.functions.get(function).map(|function| function.element),
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
        let says_level = !meeting.has(Column::Effect);
        for (level, link) in mode.effects.links() {
            let Some(effect) = effects.get(&link.to.id()) else { continue };
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
                // Modes may have an effect of the same words each, of which the file makes one.
                meeting.same.failures.entry(effect.id).or_insert(same.id);
                meeting.same.effects_met.insert((mode.id, level, effect.id));
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
        let is_met = |(level, link): &(EffectLevel, &Link<Failure>)| {
            meeting.same.effects_met.contains(&(mode.id, *level, link.to.id()))
        };
        for (level, link) in mode.effects.links().filter(|found| !is_met(found)) {
            let to = meeting.same.failures.get(&link.to.id()).copied().unwrap_or(link.to.id());
            let is_there = |(at, known): (EffectLevel, &Link<Failure>)| {
                known.to.id() == to && (at == level || meeting.has(Column::Effect))
            };
            if after.effects.links().any(is_there) {
                continue;
            }
            let said = self.failures.get(link.to.id()).cloned();
            let link = self.relinked(link, &meeting.same.failures);
            match after.effects.at_mut(level) {
                LevelEffects::Effects(links) => links.push(link),
                blank @ LevelEffects::NotConsidered => *blank = LevelEffects::Effects(vec![link]),
                // Somebody looked at it and said so.
                stated @ (LevelEffects::NotKnown | LevelEffects::NotApplicable { .. }) => {
                    let state = stated.clone();
                    if let Some(said) = said.filter(|said| !says_state(&said.text, &state)) {
                        self.leave_effect(meeting, level, said);
                    }
                }
            }
        }
        if after != before {
            self.failures.put(after);
        }
    }

    /// Leaves the cell of an effect at a level of which the project says that it is not known or not applicable.
    fn leave_effect(&mut self, meeting: &Meeting<'_>, level: EffectLevel, said: Failure) {
        let column = match level {
            EffectLevel::YourPlant => Column::EffectYourPlant,
            EffectLevel::ShipToPlant => Column::EffectShipToPlant,
            EffectLevel::EndUser => Column::EffectEndUser,
        };
        let column = if meeting.has(column) { column } else { Column::Effect };
        self.leave_otherwise(meeting, &said.item(), column);
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

/// Whether words say that there is no effect at a level, as the project does.
fn says_state(text: &str, state: &LevelEffects) -> bool {
    let text = key(text);
    match state {
        LevelEffects::NotKnown => matches!(text.as_str(), "not known" | "unknown"),
        LevelEffects::NotApplicable { because } => {
            matches!(text.as_str(), "not applicable" | "n/a" | "n.a")
                || text
                    .strip_prefix("not applicable")
                    .is_some_and(|rest| key(rest.trim_start_matches(':')) == key(because))
        }
        LevelEffects::NotConsidered | LevelEffects::Effects(_) => false,
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
