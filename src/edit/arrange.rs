//! Order among siblings.

use crate::base::OrderKey;
use crate::base::text::quoted;
use crate::model::document::Document;
use crate::model::fmea::Anchor;
use crate::model::item::{AnyId, Item};
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::relation::Relation;

use super::flow;
use super::plan::{Refusal, Transaction, gone};

/// The list in which an item has its place: its container and the relation to it.
pub(super) fn place(project: &Project, id: AnyId) -> Option<(AnyId, Relation)> {
    Some(match project.item(id)? {
        Item::Step(step) => match step.parent {
            Some(parent) => (parent.into(), Relation::SubStep),
            None => (step.flow.into(), Relation::TopStepInFlow),
        },
        Item::FlowEdge(edge) => (edge.from.into(), Relation::EdgeFrom),
        Item::StepCharacteristic(at_step) => (at_step.step.into(), Relation::CharacteristicAtStep),
        Item::Element(element) => match element.parent {
            Some(parent) => (parent.into(), Relation::SubElement),
            None => (element.fmea.into(), Relation::RootElement),
        },
        Item::Function(function) => (function.element.into(), Relation::FunctionOfElement),
        Item::Failure(failure) => match failure.anchor {
            Anchor::Function(function) => (function.into(), Relation::FailureOfFunction),
            Anchor::Element(element) => (element.into(), Relation::FailureOfElement),
        },
        Item::Risk(risk) => (risk.mode.into(), Relation::RiskOfMode),
        Item::PlanRow(row) => (row.step.to.present()?.into(), Relation::RowStep),
        Item::Warrant(warrant) => (warrant.submission.into(), Relation::WarrantInSubmission),
        Item::PpapElement(element) => (element.submission.into(), Relation::PpapElementInSubmission),
        Item::TestResult(result) => (result.submission.into(), Relation::ResultInSubmission),
        _ => return None,
    })
}

/// The siblings of an item, itself included, in order; only those people see as one list.
fn siblings(project: &Project, id: AnyId) -> Vec<(OrderKey, AnyId)> {
    let Some((container, relation)) = place(project, id) else { return ordered(project, id) };
    let same_list = |other: AnyId| match (project.item(id), project.item(other)) {
        (Some(Item::PlanRow(row)), Some(Item::PlanRow(other))) => row.plan == other.plan,
        (Some(Item::TestResult(result)), Some(Item::TestResult(other))) => result.kind == other.kind,
        (Some(Item::Failure(failure)), Some(Item::Failure(other))) => failure.role == other.role,
        (Some(Item::Element(element)), Some(Item::Element(other))) => element.kind.is_lower() == other.kind.is_lower(),
        (Some(_), Some(_)) => true,
        _ => false,
    };
    let sources = project.sources(container, relation).iter();
    sources
        .filter(|source| same_list(source.id))
        .filter_map(|source| Some((source.order.clone()?, source.id)))
        .collect()
}

/// Records of the lists of the project.
fn ordered(project: &Project, id: AnyId) -> Vec<(OrderKey, AnyId)> {
    fn keys<T: crate::model::item::Entity>(project: &Project) -> Vec<(OrderKey, AnyId)> {
        project
            .all_in_order::<T>()
            .into_iter()
            .filter_map(|item| Some((item.order()?.clone(), T::any(item.id()))))
            .collect()
    }
    match id {
        AnyId::Part(_) => keys::<crate::model::project_data::Part>(project),
        AnyId::Person(_) => keys::<crate::model::project_data::Person>(project),
        AnyId::CustomerRequirement(_) => keys::<crate::model::project_data::CustomerRequirement>(project),
        AnyId::ReportProfile(_) => keys::<crate::model::report_profile::ReportProfile>(project),
        AnyId::UserField(_) => keys::<crate::model::project_data::UserField>(project),
        AnyId::Characteristic(_) => keys::<crate::model::characteristic::Characteristic>(project),
        AnyId::Equipment(_) => keys::<crate::model::equipment::Equipment>(project),
        AnyId::Document(_) => keys::<Document>(project),
        _ => Vec::new(),
    }
}

/// A key behind `after` among the items of a list, or at its end.
pub(super) fn key_behind(project: &Project, container: AnyId, relation: Relation, after: Option<AnyId>) -> OrderKey {
    let sources = project.sources(container, relation);
    let at = after.and_then(|after| sources.iter().position(|source| source.id == after));
    match at {
        Some(at) => match sources.get(at + 1).and_then(|next| next.order.as_ref()) {
            Some(next) => OrderKey::between(sources[at].order.as_ref(), Some(next)),
            None => OrderKey::after(sources[at].order.as_ref()),
        },
        None => OrderKey::after(sources.last().and_then(|last| last.order.as_ref())),
    }
}

/// Plans to move an item by one place.
pub(super) fn plan_move(project: &Project, id: AnyId, up: bool) -> Result<Transaction, Refusal> {
    let item = project.item(id).ok_or_else(|| gone(id))?;
    let siblings = siblings(project, id);
    let at = siblings.iter().position(|(_, sibling)| *sibling == id);
    let Some(at) = at else { return Err(Refusal::new(format!("A {} has no place to move", id.kind().noun()))) };
    let bounds = if up {
        let above = at.checked_sub(1).ok_or_else(|| Refusal::new("It is the first already"))?;
        (above.checked_sub(1).map(|before| &siblings[before].0), Some(&siblings[above].0))
    } else {
        let below = siblings.get(at + 1).ok_or_else(|| Refusal::new("It is the last already"))?;
        (Some(&below.0), siblings.get(at + 2).map(|after| &after.0))
    };
    let key = match bounds {
        (before, None) => OrderKey::after(before),
        (before, after) => OrderKey::between(before, after),
    };
    let direction = if up { "up" } else { "down" };
    let label = format!("Move {} {direction}", quoted(&project.label(id)));
    let mut ops = vec![Op::Put(with_order(item, key))];
    let neighbours = if up { (siblings[at - 1].1, id) } else { (id, siblings[at + 1].1) };
    if let (AnyId::Step(upper), AnyId::Step(lower)) = neighbours {
        ops.extend(flow::swapped(project, upper, lower));
    }
    Ok(Transaction::new(label, ops).focus(id, None))
}

/// What was inserted behind its sibling moved above it.
pub(super) fn above(project: &Project, inserted: Transaction) -> Result<Transaction, Refusal> {
    let Some(new) = inserted.focus.map(|focus| focus.item) else { return Ok(inserted) };
    let mut after = project.clone();
    after.apply(&inserted.ops).map_err(|error| Refusal::new(error.to_string()))?;
    // Where there is nothing above, it stands first already.
    let moved = plan_move(&after, new, true).map(|moved| moved.ops).unwrap_or_default();
    let ops = inserted.ops.into_iter().chain(moved).collect();
    Ok(Transaction { ops, ..inserted })
}

fn with_order(item: Item, key: OrderKey) -> Item {
    macro_rules! ordered {
        ($item:expr, $($kind:ident),*) => {
            match $item {
                $(Item::$kind(mut inner) => { std::sync::Arc::make_mut(&mut inner).order = key; Item::$kind(inner) })*
                other => other,
            }
        };
    }
    ordered!(
        item,
        Part,
        Person,
        CustomerRequirement,
        UserField,
        ReportProfile,
        Document,
        Step,
        FlowEdge,
        Characteristic,
        StepCharacteristic,
        Equipment,
        Element,
        Function,
        Failure,
        Risk,
        PlanRow,
        Warrant,
        PpapElement,
        TestResult
    )
}
