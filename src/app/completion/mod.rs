//! Completion while typing: what the project says already, kind by kind.
//!
//! The index is built off the frame when somebody types for the first time. Edits add to it; when many have come together
//! it is built again.

mod kinds;
mod pool;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

pub use kinds::TextKind;

use crate::model::{AnyId, Changes, Project};

use self::kinds::texts;
use self::pool::{Fit, Pool};

/// How many edited items are searched one by one before the index is built again.
const MOST_FRESH: usize = 400;

/// A text that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The words.
    pub text: Arc<str>,
    /// The item that says so; the first of several.
    pub item: AnyId,
    /// How many items say so.
    pub times: usize,
}

#[derive(Debug, Default)]
struct Index(HashMap<TextKind, Pool>);

impl Index {
    fn new(project: &Project, items: impl Iterator<Item = AnyId>) -> Self {
        let mut found: HashMap<TextKind, Vec<(Arc<str>, AnyId)>> = HashMap::new();
        for id in items {
            for (kind, text) in texts(project, id) {
                found.entry(kind).or_default().push((Arc::from(text), id));
            }
        }
        Self(found.into_iter().map(|(kind, texts)| (kind, Pool::new(texts.into_iter()))).collect())
    }
}

/// What a person may be about to type.
#[derive(Debug, Default)]
pub struct Completion {
    /// Built off the frame.
    built: Arc<Mutex<Option<Arc<Index>>>>,
    base: Option<Arc<Index>>,
    building: bool,
    /// Items that changed since the snapshot the index is built from.
    fresh: HashSet<AnyId>,
    /// What these say, as soon as somebody types.
    changed: OnceCell<Index>,
}

impl Completion {
    /// Takes over a change.
    pub fn update(&mut self, changes: &Changes) {
        if self.base.is_none() && !self.building {
            return;
        }
        self.fresh.extend(&changes.items);
        self.changed = OnceCell::new();
    }

    fn changed(&self, project: &Project) -> &Index {
        self.changed.get_or_init(|| {
            // So many are worth a new index, which the next one who types waits for.
            let few = self.fresh.len() <= MOST_FRESH;
            Index::new(project, self.fresh.iter().copied().filter(|item| few && project.contains(*item)))
        })
    }

    /// Makes sure that there is an index, or will be one soon; whether it is there.
    pub fn prepare(&mut self, project: &Project) -> bool {
        let built = self.built.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(built) = built {
            self.base = Some(built);
            self.building = false;
        }
        let is_old = self.base.is_none() || self.fresh.len() > MOST_FRESH;
        if is_old && !self.building {
            self.building = true;
            // What changes while it is built is searched one by one beside it.
            self.fresh.clear();
            self.changed = OnceCell::new();
            let (project, built) = (project.clone(), Arc::clone(&self.built));
            thread::spawn(move || {
                let index = Index::new(&project, project.items().map(|item| item.id()));
                *built.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(index));
            });
        }
        self.base.is_some()
    }

    /// Whether the first index is on its way.
    pub fn is_pending(&self) -> bool {
        let is_built = || self.built.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        self.building && self.base.is_none() && !is_built()
    }

    /// What fits to what was typed, the best first.
    pub fn find(&self, project: &Project, kind: TextKind, typed: &str, most: usize) -> Vec<Suggestion> {
        let mut found: Vec<(Fit, Suggestion)> = Vec::new();
        let old = self.base.as_ref().and_then(|base| base.0.get(&kind));
        for (pool, is_old) in [(self.changed(project).0.get(&kind), false), (old, true)] {
            for (fit, known) in pool.into_iter().flat_map(|pool| pool.find(typed, most + 4)) {
                // Of a text that was edited since, the old words are gone unless others say them too.
                let is_gone = || !texts(project, known.item).iter().any(|(_, text)| **text == *known.text);
                let stale =
                    is_old && known.times == 1 && (self.fresh.contains(&known.item) || !project.contains(known.item));
                if (stale && is_gone()) || found.iter().any(|(_, before)| before.text == known.text) {
                    continue;
                }
                let (text, item) = (Arc::clone(&known.text), known.item);
                found.push((fit, Suggestion { text, item, times: known.times as usize }));
            }
        }
        found.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.text.cmp(&right.1.text)));
        found.truncate(most);
        found.into_iter().map(|(_, suggestion)| suggestion).collect()
    }

    /// The text of the project that says the same.
    pub fn same(&self, project: &Project, kind: TextKind, text: &str) -> Option<Suggestion> {
        let old = self.base.as_ref().and_then(|base| base.0.get(&kind));
        let pools = [self.changed(project).0.get(&kind), old];
        let known = pools.into_iter().flatten().find_map(|pool| {
            pool.same(text).filter(|known| texts(project, known.item).iter().any(|(_, text)| **text == *known.text))
        })?;
        Some(Suggestion { text: Arc::clone(&known.text), item: known.item, times: known.times as usize })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Author, Command, plan};
    use crate::model::field::Field;
    use crate::model::fmea::{Control, ControlKind, FailureRole};

    fn ready(project: &Project) -> Completion {
        let mut completion = Completion::default();
        while !completion.prepare(project) {
            thread::yield_now();
        }
        completion
    }

    #[test]
    fn what_is_edited_is_found_at_once_and_what_is_gone_is_not() {
        let today = "2026-11-24".parse().unwrap();
        let mut project = crate::app::generate::generate(crate::app::library().unwrap(), 30, 1, today);
        let mut completion = ready(&project);
        let control = project.all::<Control>().find(|control| control.kind == ControlKind::Prevention).unwrap().clone();
        let kind = TextKind::Control(ControlKind::Prevention);
        let texts = |completion: &Completion, project: &Project, typed: &str| -> Vec<String> {
            completion.find(project, kind, typed, 50).into_iter().map(|found| found.text.to_string()).collect()
        };
        assert!(texts(&completion, &project, &control.text).contains(&control.text.to_string()));
        let text = "Quite another wording".to_owned();
        let command = Command::SetField { item: control.id.into(), field: Field::Text, text: text.clone(), via: None };
        let mut author = Author { name: "T".into(), today, ids: crate::base::IdSource::seeded(1) };
        let planned = plan(&project, &command, &mut author).unwrap();
        let applied = project.apply(&planned.ops).unwrap();
        completion.update(&applied.changes);
        assert_eq!(texts(&completion, &project, "quite anoter"), std::slice::from_ref(&text));
        assert!(!texts(&completion, &project, &control.text).contains(&control.text.to_string()));
        assert_eq!(
            completion.same(&project, kind, "quite ANOTHER wording").map(|same| same.item),
            Some(control.id.into())
        );
        assert!(
            completion.find(&project, TextKind::Failure(FailureRole::Cause), "quite", 9).is_empty(),
            "another kind"
        );
        let applied = project.apply(&applied.inverse).unwrap();
        completion.update(&applied.changes);
        assert!(texts(&completion, &project, "quite another").is_empty());
        assert!(texts(&completion, &project, &control.text).contains(&control.text.to_string()));
    }
}
