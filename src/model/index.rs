//! The reverse index: who refers to an item, by which relation, in the order of siblings.

use std::sync::Arc;

use crate::base::OrderKey;
use crate::model::item::{AnyId, Arenas, Item};
use crate::model::relation::Relation;

/// An item that refers to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// Its place among its siblings; items without one come first, by identity.
    pub order: Option<OrderKey>,
    /// Its identity.
    pub id: AnyId,
}

type ListKey = (AnyId, Relation);

/// The reverse index of a project.
#[derive(Debug, Clone, Default)]
pub struct Index {
    lists: imbl::HashMap<ListKey, Arc<Vec<Source>>>,
}

impl PartialEq for Index {
    fn eq(&self, other: &Self) -> bool {
        self.lists == other.lists
    }
}

impl Index {
    /// The index of a set of items, from scratch.
    pub fn build(arenas: &Arenas) -> Self {
        let mut entries: Vec<(ListKey, Source)> = Vec::with_capacity(arenas.len() * 4);
        for item in arenas.items() {
            entries.extend(entries_of(&item));
        }
        entries.sort_unstable();
        entries.dedup();
        let mut lists = imbl::HashMap::new();
        let mut rest = entries.into_iter().peekable();
        while let Some((key, first)) = rest.next() {
            let mut sources = vec![first];
            while let Some((_, next)) = rest.next_if(|(next, _)| *next == key) {
                sources.push(next);
            }
            lists.insert(key, Arc::new(sources));
        }
        Self { lists }
    }

    /// Who refers to `target` by `relation`, in order.
    pub fn sources(&self, target: AnyId, relation: Relation) -> &[Source] {
        self.lists.get(&(target, relation)).map_or(&[], |sources| sources)
    }

    /// Everything that refers to `target`, relation by relation.
    pub fn all_sources(&self, target: AnyId) -> impl Iterator<Item = (Relation, &Source)> {
        Relation::ALL
            .iter()
            .flat_map(move |relation| self.sources(target, *relation).iter().map(move |source| (*relation, source)))
    }

    /// Takes a replaced item out and its successor in; the lists whose contents or order changed.
    pub(crate) fn exchange(&mut self, old: Option<&Item>, new: Option<&Item>) -> Vec<(AnyId, Relation)> {
        let mut before: Vec<_> = old.map(entries_of).unwrap_or_default();
        let mut after: Vec<_> = new.map(entries_of).unwrap_or_default();
        before.sort_unstable();
        before.dedup();
        after.sort_unstable();
        after.dedup();
        let mut changed = Vec::new();
        for (key, source) in before.iter().filter(|entry| after.binary_search(entry).is_err()) {
            self.remove(*key, source);
            changed.push(*key);
        }
        for (key, source) in after.into_iter().filter(|entry| before.binary_search(entry).is_err()) {
            self.insert(key, source);
            changed.push(key);
        }
        changed
    }

    fn insert(&mut self, key: ListKey, source: Source) {
        let list = Arc::make_mut(self.lists.entry(key).or_default());
        if let Err(place) = list.binary_search(&source) {
            list.insert(place, source);
        }
    }

    fn remove(&mut self, key: ListKey, source: &Source) {
        let Some(list) = self.lists.get_mut(&key) else { return };
        let list = Arc::make_mut(list);
        if let Ok(place) = list.binary_search(source) {
            list.remove(place);
        }
        if list.is_empty() {
            self.lists.remove(&key);
        }
    }
}

fn entries_of(item: &Item) -> Vec<(ListKey, Source)> {
    let mut entries = Vec::with_capacity(8);
    item.visit(&mut |relation, target| {
        entries.push(((target, relation), Source { order: item.order().cloned(), id: item.id() }));
    });
    entries
}
