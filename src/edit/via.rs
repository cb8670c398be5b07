//! A person who edits a shared fact in a row has seen that row: its links to the fact count as reviewed with the edit.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::control_plan::{PlanRow, Subject};
use crate::model::fmea::{EffectLevel, Element, Failure, Function, LevelEffects};
use crate::model::item::{AnyId, Item};
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::reference::Link;
use crate::model::review::{Reviewed, review};

use super::Author;

/// Reviews the links of a row to the items that `ops` change, as they will be afterwards.
pub(super) fn review_seen_links(project: &Project, via: AnyId, ops: &mut Vec<Op>, author: &Author) {
    let mut after: HashMap<AnyId, Item> = HashMap::new();
    for op in ops.iter() {
        if let Op::Put(item) = op {
            after.insert(item.id(), item.clone());
        }
    }
    for holder in holders(project, via) {
        let Some(mut item) = after.get(&holder).cloned().or_else(|| project.item(holder)) else { continue };
        if refresh(&mut item, &mut |target| after.get(&target).cloned(), author) {
            ops.push(Op::Put(item));
        }
    }
}

/// Reviews every link of an item as its target is now; whether anything changed.
pub(super) fn review_all(project: &Project, item: &mut Item, author: &Author) -> bool {
    refresh(item, &mut |target| project.item(target), author)
}

/// The items whose links a row shows.
fn holders(project: &Project, via: AnyId) -> Vec<AnyId> {
    let mut found = vec![via];
    if let AnyId::Risk(risk) = via
        && let Some(risk) = project.get(risk)
    {
        found.extend([AnyId::from(risk.mode), risk.cause.into()]);
    }
    let anchors: Vec<AnyId> = found
        .iter()
        .filter_map(|id| match id {
            AnyId::Failure(failure) => project.get(*failure),
            _ => None,
        })
        .map(|failure| match failure.anchor {
            crate::model::fmea::Anchor::Function(function) => function.into(),
            crate::model::fmea::Anchor::Element(element) => element.into(),
        })
        .collect();
    let elements: Vec<AnyId> = anchors
        .iter()
        .chain(&found)
        .filter_map(|id| match id {
            AnyId::Function(function) => project.get(*function).map(|function| function.element.into()),
            _ => None,
        })
        .collect();
    found.extend(anchors);
    found.extend(elements);
    found.sort_unstable();
    found.dedup();
    found
}

fn refresh(item: &mut Item, target: &mut dyn FnMut(AnyId) -> Option<Item>, author: &Author) -> bool {
    match item {
        Item::Element(element) => {
            let element: &mut Element = Arc::make_mut(element);
            refresh_links(&mut element.steps, target, author)
        }
        Item::Function(function) => {
            let function: &mut Function = Arc::make_mut(function);
            refresh_links(&mut function.characteristics, target, author)
        }
        Item::Failure(failure) => {
            let failure: &mut Failure = Arc::make_mut(failure);
            let mut changed = failure.characteristic.as_mut().is_some_and(|link| refresh_link(link, target, author));
            for level in EffectLevel::ALL {
                if let LevelEffects::Effects(links) = failure.effects.at_mut(level) {
                    changed |= refresh_links(links, target, author);
                }
            }
            changed
        }
        Item::PlanRow(row) => {
            let row: &mut PlanRow = Arc::make_mut(row);
            let mut changed = refresh_link(&mut row.step, target, author);
            if let Subject::Characteristic(link) = &mut row.subject {
                changed |= refresh_link(link, target, author);
            }
            changed |= refresh_links(&mut row.controls, target, author);
            changed
        }
        _ => false,
    }
}

/// Every link, even if the first changed already.
fn refresh_links<T: Reviewed>(
    links: &mut [Link<T>],
    target: &mut dyn FnMut(AnyId) -> Option<Item>,
    author: &Author,
) -> bool {
    let mut changed = false;
    for link in links {
        changed |= refresh_link(link, target, author);
    }
    changed
}

fn refresh_link<T: Reviewed>(
    link: &mut Link<T>,
    target: &mut dyn FnMut(AnyId) -> Option<Item>,
    author: &Author,
) -> bool {
    let Some(item) = link.to.present().and_then(|id| target(T::any(id))) else { return false };
    let Some(values) = review_values::<T>(&item) else { return false };
    let unchanged = link.reviewed.values.len() == values.len()
        && link
            .reviewed
            .values
            .iter()
            .zip(&values)
            .all(|((name, value), (known, now))| **name == **known && **value == **now);
    if unchanged {
        return false;
    }
    let Some(target) = downcast::<T>(&item) else { return false };
    link.reviewed = review(target, &author.name, Some(author.today));
    true
}

fn review_values<T: Reviewed>(item: &Item) -> Option<Vec<(&'static str, String)>> {
    downcast::<T>(item).map(Reviewed::review_values)
}

fn downcast<T: Reviewed>(item: &Item) -> Option<&T> {
    let any: &dyn std::any::Any = match item {
        Item::Step(step) => step.as_ref(),
        Item::Characteristic(characteristic) => characteristic.as_ref(),
        Item::Control(control) => control.as_ref(),
        Item::Failure(failure) => failure.as_ref(),
        _ => return None,
    };
    any.downcast_ref()
}
