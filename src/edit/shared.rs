//! Facts that show in several rows: in how many, which of them a change reaches, and a copy of its own for one row.
//!
//! *Invariant:* what is changed for some rows only leaves every other row as it was.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::text::quoted;
use crate::base::{Id, OrderKey};
use crate::model::control_plan::Subject;
use crate::model::fmea::{EffectLevel, ElementKind, Failure, FailureRole, LevelEffects};
use crate::model::item::{AnyId, Item};
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::reference::Ref;
use crate::model::relation::Relation;
use crate::model::review::reviewed_link;

use super::arrange::{key_behind, place};
use super::characteristic::listed;
use super::plan::{Author, Focus, Refusal, Transaction};

/// A fact that a change rewrites and that shows in several places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SharedFact {
    /// The fact.
    pub item: AnyId,
    /// In how many places it shows.
    pub uses: usize,
    /// Whether the rows where it is changed can have a copy of their own.
    pub can_be_own: bool,
}

/// In how many places of the documents a fact shows, its own row not counted where it has one.
pub fn uses(project: &Project, item: AnyId) -> usize {
    use Relation as R;
    let relations: &[Relation] = match item {
        AnyId::Failure(_) => &[R::RiskOfCause, R::ModeEffect],
        AnyId::Control(_) => &[R::RiskControl, R::RowControl],
        AnyId::Characteristic(_) => {
            &[R::RoleOfCharacteristic, R::RowCharacteristic, R::FunctionCharacteristic, R::FailureCharacteristic]
        }
        AnyId::Equipment(_) => &[R::StepEquipment, R::RowEquipment, R::RowDevice],
        AnyId::Action(_) => &[R::RiskAction],
        AnyId::Step(step) => return crate::model::form::uses_of_step(project, step),
        AnyId::Element(element) => {
            let is_higher = project.get(element).is_some_and(|element| element.kind == ElementKind::Higher);
            return if is_higher { project.sources(item, R::SubElement).len() } else { 1 };
        }
        AnyId::Function(function) => {
            return project.get(function).map_or(1, |found| uses(project, found.element.into()));
        }
        _ => &[],
    };
    relations.iter().map(|relation| project.sources(item, *relation).len()).sum()
}

/// The facts that changes rewrite and that also show elsewhere than in `rows`. A row that is the fact itself is its home:
/// there it is written for everybody.
pub fn shared_facts(project: &Project, ops: &[Op], rows: &[AnyId]) -> Vec<SharedFact> {
    let mut found = Vec::new();
    for op in ops {
        let Op::Put(after) = op else { continue };
        let id = after.id();
        let known = project.item(id);
        let is_new_function = matches!(after, Item::Function(_)) && known.is_none();
        let says_other = known.as_ref().is_some_and(|before| says_other(before, after));
        if rows.contains(&id) || !(says_other || is_new_function) {
            continue;
        }
        let uses = match after {
            Item::Function(function) => uses(project, function.element.into()),
            _ => uses(project, id),
        };
        if uses > 1 {
            let holds = |row: &&AnyId| project.item(**row).is_some_and(|holder| holds(&holder, id));
            let can_be_own = holders(project, rows).iter().any(|row| holds(&row));
            found.push(SharedFact { item: id, uses, can_be_own });
        }
    }
    found
}

/// Whether two states of a fact read differently; links and places are no words.
fn says_other(before: &Item, after: &Item) -> bool {
    match (before, after) {
        (Item::Failure(before), Item::Failure(after)) => {
            before.role != FailureRole::Mode
                && (&before.text, &before.severity, &before.class) != (&after.text, &after.severity, &after.class)
        }
        (Item::Function(before), Item::Function(after)) => {
            before.text != after.text || before.requirements != after.requirements
        }
        (Item::Element(before), Item::Element(after)) => before.name != after.name || before.kind != after.kind,
        (Item::Step(_) | Item::Control(_) | Item::Characteristic(_) | Item::Equipment(_) | Item::Action(_), _) => {
            before != after
        }
        _ => false,
    }
}

/// Plans a change so that it holds for some rows only: what it would rewrite everywhere is copied, and the rows refer to
/// the copy.
pub(super) fn only_here(
    project: &Project,
    inner: Transaction,
    rows: &[AnyId],
    author: &mut Author,
) -> Result<Transaction, Refusal> {
    let facts = shared_facts(project, &inner.ops, rows);
    let mut after: Vec<Op> = inner.ops;
    for fact in facts {
        let name = quoted(&project.label(fact.item));
        if !fact.can_be_own {
            return Err(Refusal::new(format!("{name} shows in {} places and cannot differ in one of them", fact.uses)));
        }
        let Some(at) = after.iter().position(|op| matches!(op, Op::Put(item) if item.id() == fact.item)) else {
            continue;
        };
        let Op::Put(changed) = after.remove(at) else { continue };
        let Some(copy) = copied(project, &changed, author) else { continue };
        for holder in holders(project, rows) {
            let known = after.iter().position(|op| op.id() == holder);
            let state = match known.map(|at| &after[at]) {
                Some(Op::Put(item)) => Some(item.clone()),
                Some(Op::Remove(_)) => None,
                None => project.item(holder),
            };
            let Some(mut item) = state else { continue };
            if relink(&mut item, fact.item, &copy, author) {
                match known {
                    Some(at) => after[at] = Op::Put(item),
                    None => after.push(Op::Put(item)),
                }
            }
        }
        after.push(Op::Put(copy));
    }
    let label = format!("{} here only", inner.label);
    let focus = inner.focus.map(|focus: Focus| Focus { item: rows.first().copied().unwrap_or(focus.item), ..focus });
    Ok(Transaction { label, ops: in_order(after), focus })
}

/// Copies before those that refer to them.
fn in_order(ops: Vec<Op>) -> Vec<Op> {
    let mut by_kind: BTreeMap<u8, Vec<Op>> = BTreeMap::new();
    for op in ops {
        let place = match &op {
            Op::Put(Item::Failure(failure)) if failure.role == FailureRole::Mode => 1,
            Op::Put(Item::Risk(_) | Item::PlanRow(_) | Item::StepCharacteristic(_)) => 2,
            Op::Put(_) => 0,
            Op::Remove(_) => 3,
        };
        by_kind.entry(place).or_default().push(op);
    }
    by_kind.into_values().flatten().collect()
}

/// The items whose references a row shows: the row's own, and the failure mode of a risk.
fn holders(project: &Project, rows: &[AnyId]) -> Vec<AnyId> {
    let mut found = Vec::new();
    for row in rows {
        found.push(*row);
        if let AnyId::Risk(risk) = row
            && let Some(risk) = project.get(*risk)
        {
            found.push(risk.mode.into());
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The same fact under another identity, right behind the original. Identities in other systems stay with the original.
pub(super) fn copied(project: &Project, item: &Item, author: &mut Author) -> Option<Item> {
    let mut copy = match item {
        Item::Failure(failure) => {
            let (container, relation) = place(project, failure.id.into())?;
            let order = key_behind(project, container, relation, Some(failure.id.into()));
            Item::from(Failure { id: author.ids.next_id(), order, ..(**failure).clone() })
        }
        Item::Control(control) => {
            let mut control = (**control).clone();
            control.id = author.ids.next_id();
            control.into()
        }
        Item::Characteristic(characteristic) => {
            let after = Some(characteristic.id.into());
            let order = listed(project, characteristic.kind, "", after, author).order;
            let mut characteristic = (**characteristic).clone();
            characteristic.id = author.ids.next_id();
            characteristic.order = order;
            characteristic.into()
        }
        Item::Equipment(equipment) => {
            let last =
                project.all_in_order::<crate::model::equipment::Equipment>().last().map(|last| last.order.clone());
            let mut equipment = (**equipment).clone();
            equipment.id = author.ids.next_id();
            equipment.order = OrderKey::after(last.as_ref());
            equipment.into()
        }
        Item::Action(action) => {
            let mut action = (**action).clone();
            action.id = author.ids.next_id();
            action.into()
        }
        _ => return None,
    };
    let meta = copy.meta_mut();
    meta.external.clear();
    meta.origin = None;
    copy.drop_empty_meta();
    Some(copy)
}

/// Whether an item refers to a fact in a way that can be turned to a copy.
fn holds(holder: &Item, fact: AnyId) -> bool {
    match (holder, fact) {
        (Item::Risk(risk), AnyId::Failure(cause)) => risk.cause == cause,
        (Item::Risk(risk), AnyId::Control(control)) => risk.controls.iter().any(|found| found.id() == control),
        (Item::Risk(risk), AnyId::Action(action)) => {
            risk.assessments.iter().flat_map(|assessment| &assessment.actions).any(|found| found.id() == action)
        }
        (Item::Failure(mode), AnyId::Failure(effect)) => mode.effects.links().any(|(_, link)| link.to.id() == effect),
        (Item::StepCharacteristic(role), AnyId::Characteristic(characteristic)) => {
            role.characteristic == characteristic
        }
        (Item::PlanRow(row), AnyId::Characteristic(characteristic)) => {
            matches!(&row.subject, Subject::Characteristic(link) if link.to.id() == characteristic)
        }
        (Item::PlanRow(row), AnyId::Equipment(device)) => {
            matches!(&row.subject, Subject::ErrorProofing(found) if found.id() == device)
        }
        _ => false,
    }
}

/// Turns the references of an item from a fact to its copy; whether there were some.
fn relink(holder: &mut Item, fact: AnyId, copy: &Item, author: &Author) -> bool {
    if !holds(holder, fact) {
        return false;
    }
    match (holder, copy) {
        (Item::Risk(risk), Item::Failure(cause)) => Arc::make_mut(risk).cause = cause.id,
        (Item::Risk(risk), Item::Control(control)) => {
            turn(&mut Arc::make_mut(risk).controls, fact, control.id);
        }
        (Item::Risk(risk), Item::Action(action)) => {
            for assessment in &mut Arc::make_mut(risk).assessments {
                turn(&mut assessment.actions, fact, action.id);
            }
        }
        (Item::Failure(mode), Item::Failure(effect)) => {
            let mode = Arc::make_mut(mode);
            for level in EffectLevel::ALL {
                if let LevelEffects::Effects(links) = mode.effects.at_mut(level) {
                    for link in links.iter_mut().filter(|link| AnyId::from(link.to.id()) == fact) {
                        *link = reviewed_link(&**effect, &author.name, Some(author.today));
                    }
                }
            }
        }
        (Item::StepCharacteristic(role), Item::Characteristic(characteristic)) => {
            Arc::make_mut(role).characteristic = characteristic.id;
        }
        (Item::PlanRow(row), Item::Characteristic(characteristic)) => {
            let link = reviewed_link(&**characteristic, &author.name, Some(author.today));
            Arc::make_mut(row).subject = Subject::Characteristic(link);
        }
        (Item::PlanRow(row), Item::Equipment(device)) => {
            Arc::make_mut(row).subject = Subject::ErrorProofing(Ref::Item(device.id));
        }
        _ => return false,
    }
    true
}

fn turn<T: crate::model::item::Entity>(references: &mut [Ref<T>], fact: AnyId, copy: Id<T>) {
    for reference in references.iter_mut().filter(|reference| T::any(reference.id()) == fact) {
        *reference = Ref::Item(copy);
    }
}
