//! What characteristics are found by.

use std::collections::{HashMap, HashSet};

use crate::base::Id;
use crate::model::Project;
use crate::model::characteristic::{Characteristic, CharacteristicKind, CharacteristicRole, StepCharacteristic};
use crate::model::flow::Step;
use crate::model::meta::Origin;

use super::key;
use super::numbers::number_key;

type AtStep = (Option<Id<Step>>, CharacteristicKind, String);

/// What characteristics are found by.
#[derive(Default)]
pub(super) struct Book {
    pub by_name: HashMap<AtStep, Id<Characteristic>>,
    pub by_number: HashMap<AtStep, Id<Characteristic>>,
    /// Number and name together are known at every step.
    pub by_both: HashMap<(CharacteristicKind, String, String), Id<Characteristic>>,
    /// The only one of a name; none if there are several.
    pub by_name_alone: HashMap<(CharacteristicKind, String), Option<Id<Characteristic>>>,
    /// The first of a name that stands at no step.
    pub at_no_step: HashMap<(CharacteristicKind, String), Id<Characteristic>>,
    /// The latest of a name in the table in hand.
    pub latest: HashMap<(CharacteristicKind, String), Id<Characteristic>>,
    /// Those of the project by file, sheet and cell that they came from.
    pub by_origin: HashMap<(Origin, CharacteristicKind), Id<Characteristic>>,
    /// What lines of the table in hand have named already, by all that they say.
    pub named: HashMap<(AtStep, String), Id<Characteristic>>,
    pub roles: HashMap<(Id<Step>, Id<Characteristic>), Id<StepCharacteristic>>,
    pub created: HashSet<Id<Characteristic>>,
    /// Characteristics that the table in hand speaks of: there, another name is another characteristic.
    pub seen: HashSet<Id<Characteristic>>,
}

impl Book {
    pub fn new(project: &Project) -> Self {
        let mut book = Self::default();
        let at_steps: HashSet<Id<Characteristic>> =
            project.all::<StepCharacteristic>().map(|role| role.characteristic).collect();
        let (at_steps, at_none): (Vec<_>, Vec<_>) =
            project.all_in_order::<Characteristic>().into_iter().partition(|found| at_steps.contains(&found.id));
        for found in at_none.iter().chain(&at_steps) {
            if let Some(origin) = found.meta.as_ref().and_then(|meta| meta.origin.clone()) {
                book.by_origin.entry((origin, found.kind)).or_insert(found.id);
            }
        }
        for found in at_none {
            book.list(None, found);
            book.at_no_step.entry((found.kind, key(&found.name))).or_insert(found.id);
        }
        for found in at_steps {
            book.list(None, found);
        }
        for role in project.all::<StepCharacteristic>() {
            book.roles.insert((role.step, role.characteristic), role.id);
            if role.role == CharacteristicRole::Created {
                book.created.insert(role.characteristic);
            }
            if let Some(found) = project.get(role.characteristic) {
                book.list(Some(role.step), found);
            }
        }
        book
    }

    pub fn list(&mut self, step: Option<Id<Step>>, found: &Characteristic) {
        let (number, name) = (number_key(&found.number), key(&found.name));
        if !name.is_empty() {
            let only = self.by_name_alone.entry((found.kind, name.clone())).or_insert(Some(found.id));
            *only = only.filter(|only| *only == found.id);
        }
        if !name.is_empty() && (step.is_some() || number.is_empty()) {
            self.by_name.entry((step, found.kind, name.clone())).or_insert(found.id);
        }
        if !number.is_empty() {
            self.by_number.entry((step, found.kind, number.clone())).or_insert(found.id);
            if !name.is_empty() {
                self.by_both.entry((found.kind, number, name)).or_insert(found.id);
            }
        }
    }

    /// Another table begins.
    pub fn begin_table(&mut self) {
        self.seen.clear();
        self.latest.clear();
        self.named.clear();
    }
}
