//! Items that are the same to a reader although they are not linked: steps with one number, effects with one text.
//!
//! Kept up to date item by item, so that a rule about "the same elsewhere" costs a look-up and not a walk over everything.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::base::Id;
use crate::base::text::normalized;
use crate::model::Project;
use crate::model::document::Document;
use crate::model::flow::Step;
use crate::model::fmea::Failure;
use crate::model::item::{AnyId, Item};
use crate::model::op::Changes;
use crate::model::rating::Rating;

/// What makes items peers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum PeerKey {
    /// The number of a step in a flow.
    StepNumber(Id<Document>, String),
    /// The words of a rated effect.
    EffectText(String),
}

/// Peers by the value in which they may differ; steps have none.
type Group = BTreeMap<Option<Rating>, BTreeSet<AnyId>>;

/// Every group of peers.
#[derive(Debug, Clone, Default)]
pub(super) struct Peers {
    groups: HashMap<PeerKey, Group>,
    entries: HashMap<AnyId, (PeerKey, Option<Rating>)>,
}

impl Peers {
    /// The peers of a project.
    pub(super) fn of(project: &Project) -> Self {
        let mut peers = Self::default();
        for step in project.arenas().steps.values() {
            peers.insert(step.id.into(), entry_of_step(step));
        }
        for failure in project.arenas().failures.values() {
            peers.insert(failure.id.into(), entry_of_effect(failure));
        }
        peers
    }

    /// Follows a change; the items whose group looks different to its members now.
    pub(super) fn update(&mut self, project: &Project, changes: &Changes) -> BTreeSet<AnyId> {
        let mut affected = BTreeSet::new();
        for id in changes.items.iter().filter(|id| matches!(id, AnyId::Step(_) | AnyId::Failure(_))) {
            let now = match project.arenas().get(*id) {
                Some(Item::Step(step)) => entry_of_step(&step),
                Some(Item::Failure(failure)) => entry_of_effect(&failure),
                _ => None,
            };
            if self.entries.get(id) == now.as_ref() {
                continue;
            }
            let keys = [self.entries.get(id).map(|(key, _)| key.clone()), now.as_ref().map(|(key, _)| key.clone())];
            let before = keys.each_ref().map(|key| self.shape(key.as_ref()));
            self.remove(*id);
            self.insert(*id, now);
            for (key, before) in keys.iter().zip(before) {
                if self.shape(key.as_ref()) != before {
                    let group = key.as_ref().and_then(|key| self.groups.get(key));
                    affected.extend(group.into_iter().flat_map(BTreeMap::values).flatten());
                }
            }
        }
        affected
    }

    /// Whether another step of the flow has this number.
    pub(super) fn number_is_shared(&self, step: &Step) -> bool {
        entry_of_step(step).and_then(|(key, _)| self.groups.get(&key)).is_some_and(is_crowded)
    }

    /// The ratings that effects of the same words have, from the lowest to the highest.
    pub(super) fn severities_of(&self, effect: &Failure) -> impl Iterator<Item = &Rating> {
        entry_of_effect(effect)
            .and_then(|(key, _)| self.groups.get(&key))
            .into_iter()
            .flat_map(BTreeMap::keys)
            .flatten()
    }

    /// What the members of a group see of it: the values, and whether there is more than one member.
    fn shape(&self, key: Option<&PeerKey>) -> (Vec<Option<Rating>>, bool) {
        let group = key.and_then(|key| self.groups.get(key));
        group.map_or_else(Default::default, |group| (group.keys().cloned().collect(), is_crowded(group)))
    }

    fn insert(&mut self, id: AnyId, entry: Option<(PeerKey, Option<Rating>)>) {
        let Some((key, value)) = entry else { return };
        self.groups.entry(key.clone()).or_default().entry(value.clone()).or_default().insert(id);
        self.entries.insert(id, (key, value));
    }

    fn remove(&mut self, id: AnyId) {
        let Some((key, value)) = self.entries.remove(&id) else { return };
        let Some(group) = self.groups.get_mut(&key) else { return };
        if let Some(members) = group.get_mut(&value) {
            members.remove(&id);
            if members.is_empty() {
                group.remove(&value);
            }
        }
        if group.is_empty() {
            self.groups.remove(&key);
        }
    }
}

fn is_crowded(group: &Group) -> bool {
    group.values().map(BTreeSet::len).sum::<usize>() > 1
}

fn entry_of_step(step: &Step) -> Option<(PeerKey, Option<Rating>)> {
    let number = step.number.trim().to_lowercase();
    (!step.number.is_blank()).then_some((PeerKey::StepNumber(step.flow, number), None))
}

fn entry_of_effect(failure: &Failure) -> Option<(PeerKey, Option<Rating>)> {
    let severity = failure.severity.clone()?;
    (!failure.text.is_blank()).then(|| (PeerKey::EffectText(normalized(&failure.text)), Some(severity)))
}
