//! Items while they are made: to be found by identity and changed until all lines are read.

use std::collections::HashMap;

use crate::base::Id;
use crate::model::Project;
use crate::model::item::{Entity, Item};
use crate::model::meta::Meta;

/// New items of a kind, and copies of known ones that are changed.
#[derive(Debug)]
pub(super) struct Drafts<T> {
    items: Vec<T>,
    places: HashMap<Id<T>, usize>,
}

impl<T> Default for Drafts<T> {
    fn default() -> Self {
        Self { items: Vec::new(), places: HashMap::new() }
    }
}

impl<T: Entity> Drafts<T> {
    /// Adds an item.
    pub fn put(&mut self, item: T) -> Id<T> {
        let id = item.id();
        match self.places.get(&id) {
            Some(place) => self.items[*place] = item,
            None => {
                self.places.insert(id, self.items.len());
                self.items.push(item);
            }
        }
        id
    }

    /// The item, if it is new or changed.
    pub fn get(&self, id: Id<T>) -> Option<&T> {
        self.places.get(&id).map(|place| &self.items[*place])
    }

    /// The item, if it is new or changed, to be changed.
    pub fn get_mut(&mut self, id: Id<T>) -> Option<&mut T> {
        self.places.get(&id).map(|place| &mut self.items[*place])
    }

    /// The item, new, changed or as the project has it.
    pub fn look<'d>(&'d self, project: &'d Project, id: Id<T>) -> Option<&'d T> {
        self.get(id).or_else(|| project.get(id))
    }

    /// The items that are new or changed.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.items.iter()
    }

    /// The items that are new or changed, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.items.iter_mut()
    }

    /// Keeps the items of which that holds.
    pub fn retain(&mut self, keeps: impl FnMut(&T) -> bool) {
        self.items.retain(keeps);
        self.places = self.items.iter().enumerate().map(|(place, item)| (item.id(), place)).collect();
    }

    /// How many the project does not have, of those of which that holds.
    pub fn count_new(&self, project: &Project, counts: impl Fn(Option<&Meta>) -> bool) -> usize {
        self.items.iter().filter(|item| project.get(item.id()).is_none() && counts(item.meta())).count()
    }

    /// The finished items.
    pub fn into_items(self) -> impl Iterator<Item = Item> {
        self.items.into_iter().map(T::item)
    }
}
