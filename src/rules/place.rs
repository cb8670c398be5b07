//! Where items stand, for the order in which findings are listed.

use std::cmp::Reverse;

use crate::base::{Id, OrderKey};
use crate::model::Project;
use crate::model::document::Document;
use crate::model::finding::{Finding, Severity};
use crate::model::fmea::Anchor;
use crate::model::home::Home;
use crate::model::item::{AnyId, Item};

/// The document an item belongs to; `None` for what all documents share.
pub fn document_of(project: &Project, id: AnyId) -> Option<Id<Document>> {
    match project.home(id)? {
        Home::Document(document) => Some(document),
        Home::Project | Home::Characteristics | Home::Equipment | Home::Ppap => None,
    }
}

/// Sorts like the page it stands on: document by document, the grave ones first, then from top to bottom. What the documents
/// share comes last.
pub(super) type Rank = (bool, Option<OrderKey>, u64, Reverse<Severity>, Vec<(Option<OrderKey>, u64)>, &'static str);

/// The rank of a finding.
pub(super) fn rank(project: &Project, finding: &Finding) -> Rank {
    let item = finding.item();
    let document = item.and_then(|item| document_of(project, item));
    let order = document.and_then(|document| project.get(document)).map(|document| document.order.clone());
    (
        document.is_none(),
        order,
        document.map_or(0, Id::raw),
        Reverse(finding.severity),
        item.map(|item| path(project, item)).unwrap_or_default(),
        finding.code,
    )
}

/// Order and identity of the item and of everything around it, from the outside in.
fn path(project: &Project, item: AnyId) -> Vec<(Option<OrderKey>, u64)> {
    // Deeper than any structure that a person can read; a guard against cycles in a project read from outside.
    const DEEPEST: usize = 64;
    let mut path = Vec::new();
    let mut at = Some(item);
    while let Some(id) = at.filter(|_| path.len() < DEEPEST) {
        let Some(found) = project.item(id) else { break };
        path.push((found.order().cloned(), id.raw()));
        at = around(&found);
    }
    path.reverse();
    path
}

fn around(item: &Item) -> Option<AnyId> {
    match item {
        Item::Step(step) => step.parent.map(AnyId::from),
        Item::FlowEdge(edge) => Some(edge.from.into()),
        Item::StepCharacteristic(role) => Some(role.step.into()),
        Item::Element(element) => element.parent.map(AnyId::from),
        Item::Function(function) => Some(function.element.into()),
        Item::Failure(failure) => Some(match failure.anchor {
            Anchor::Function(function) => function.into(),
            Anchor::Element(element) => element.into(),
        }),
        Item::Risk(risk) => Some(risk.mode.into()),
        Item::PlanRow(row) => row.step.to.present().map(AnyId::from),
        Item::Warrant(warrant) => Some(warrant.submission.into()),
        Item::PpapElement(element) => Some(element.submission.into()),
        Item::TestResult(result) => Some(result.submission.into()),
        _ => None,
    }
}
