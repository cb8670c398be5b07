//! Deleting: what belongs to an item goes with it, what refers to it remembers what it was called, and what nobody uses any
//! more goes too.

use std::collections::{BTreeSet, HashMap};

use crate::base::Text;
use crate::base::text::quoted;
use crate::model::fmea::FailureRole;
use crate::model::item::{AnyId, Item, Kind};
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::relation::{OnDelete, Relation};

use super::flow;
use super::plan::{Refusal, Transaction, gone};

/// Plans to delete items.
pub(super) fn plan(project: &Project, items: &[AnyId]) -> Result<Transaction, Refusal> {
    let [first, ..] = items else { return Err(Refusal::new("Nothing is selected")) };
    for id in items {
        if !project.contains(*id) {
            return Err(gone(*id));
        }
        if id.kind() == Kind::ProjectData {
            return Err(Refusal::new("The project itself cannot be deleted"));
        }
        if let AnyId::PpapElement(element) = id {
            super::ppap::refuse_deletion(project, *element)?;
        }
    }
    let ops = with_orphans(project, closed_and_removed(project, items)?);
    let label = match items {
        [only] => {
            let more = ops.iter().filter(|op| matches!(op, Op::Remove(_))).count() - 1;
            let belonging = if more == 0 { String::new() } else { format!(" with {more} that belong to it") };
            format!("Delete {} {}{belonging}", noun(project, *only), quoted(&project.label(*only)))
        }
        _ => format!("Delete {} × {}", items.len(), noun(project, *first)),
    };
    Ok(Transaction::new(label, ops))
}

fn noun(project: &Project, id: AnyId) -> &'static str {
    match id {
        AnyId::Failure(failure) => project.get(failure).map_or("failure", |failure| failure.role.name()),
        AnyId::Risk(_) => FailureRole::Cause.name(),
        _ => id.kind().noun(),
    }
}

/// The changes that remove items; where a step goes, the line of the process flow is closed over it.
fn closed_and_removed(project: &Project, items: &[AnyId]) -> Result<Vec<Op>, Refusal> {
    let mut closed = project.clone();
    let mut ops = Vec::new();
    for item in items {
        let AnyId::Step(step) = *item else { continue };
        let bridge = flow::bridged(&closed, step);
        closed.apply(&bridge).map_err(|error| Refusal::new(error.to_string()))?;
        ops.extend(bridge);
    }
    ops.extend(removal(&closed, items));
    Ok(ops)
}

/// The changes that remove items: their contents first, references to them turned into missing ones.
pub(super) fn removal(project: &Project, items: &[AnyId]) -> Vec<Op> {
    let mut gone: BTreeSet<AnyId> = BTreeSet::new();
    let mut open: Vec<AnyId> = items.to_vec();
    let mut referring: BTreeSet<AnyId> = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !gone.insert(id) {
            continue;
        }
        for (relation, source) in project.referrers(id) {
            match relation.on_delete() {
                OnDelete::Cascade => open.push(source),
                OnDelete::KeepMissing => {
                    referring.insert(source);
                }
            }
        }
    }
    let mut ops = Vec::new();
    for holder in referring.difference(&gone) {
        let Some(mut item) = project.item(*holder) else { continue };
        item.visit_targets(&gone, &mut |item, target| item.detach(target, &Text::from(project.label(target))));
        ops.push(Op::Put(item));
    }
    ops.extend(gone.into_iter().map(Op::Remove));
    ops
}

/// Adds the removal of causes, effects, controls and actions that only the removed or changed items used.
pub(super) fn with_orphans(project: &Project, ops: Vec<Op>) -> Vec<Op> {
    let mut ops = ops;
    loop {
        let mut after = project.clone();
        if after.apply(&ops).is_err() {
            // The caller's transaction will be refused with the reason; there is nothing to tidy.
            return ops;
        }
        let mut before_and_after: HashMap<AnyId, Option<Item>> = HashMap::new();
        for op in &ops {
            before_and_after.insert(op.id(), project.item(op.id()));
        }
        let mut candidates = BTreeSet::new();
        for item in before_and_after.values().flatten() {
            item.visit(&mut |relation, target| {
                if matches!(
                    relation,
                    Relation::RiskOfCause | Relation::ModeEffect | Relation::RiskControl | Relation::RiskAction
                ) {
                    candidates.insert(target);
                }
            });
        }
        let orphans: Vec<AnyId> = candidates.into_iter().filter(|id| is_orphan(&after, *id)).collect();
        if orphans.is_empty() {
            return ops;
        }
        let more = removal(&after, &orphans);
        ops.extend(more);
    }
}

fn is_orphan(project: &Project, id: AnyId) -> bool {
    let unused = |relations: &[Relation]| relations.iter().all(|relation| project.sources(id, *relation).is_empty());
    match id {
        AnyId::Failure(failure) => project.get(failure).is_some_and(|failure| {
            failure.role != FailureRole::Mode
                && unused(&[Relation::RiskOfCause, Relation::RiskOfMode, Relation::ModeEffect])
        }),
        AnyId::Control(control) => {
            project.get(control).is_some() && unused(&[Relation::RiskControl, Relation::RowControl])
        }
        AnyId::Action(action) => project.get(action).is_some() && unused(&[Relation::RiskAction]),
        _ => false,
    }
}

impl Item {
    /// Calls `change` for every target among `targets` that this item refers to.
    fn visit_targets(&mut self, targets: &BTreeSet<AnyId>, change: &mut dyn FnMut(&mut Self, AnyId)) {
        let mut found = Vec::new();
        self.visit(&mut |_, target| {
            if targets.contains(&target) {
                found.push(target);
            }
        });
        for target in found {
            change(self, target);
        }
    }
}
