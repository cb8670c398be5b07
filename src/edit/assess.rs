//! Risks: justification, management review, promotion of the ratings reached, acceptance of changed links.

use std::sync::Arc;

use crate::base::text::quoted;
use crate::base::{Id, Text};
use crate::model::item::{AnyId, Item};
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::reference::Ref;
use crate::model::risk::{AssessmentState, Risk, Statement};

use super::plan::{Author, Refusal, Transaction, existing, gone};
use super::via::review_all;

/// A statement of the author; none if there are no words.
pub(super) fn statement(text: &str, author: &Author) -> Option<Statement> {
    let text = text.trim();
    (!text.is_empty()).then(|| Statement { text: Text::from(text), by: author.name.clone(), on: Some(author.today) })
}

pub(super) fn justify(project: &Project, id: Id<Risk>, text: &str, author: &Author) -> Result<Transaction, Refusal> {
    let mut risk = existing(project, id)?.clone();
    risk.justification = statement(text, author);
    let label = format!("Justify the priority of {}", quoted(&project.label(id.into())));
    Ok(Transaction::new(label, vec![Op::Put(risk.into())]).focus(id, None))
}

pub(super) fn review_by_management(
    project: &Project,
    id: Id<Risk>,
    text: &str,
    author: &Author,
) -> Result<Transaction, Refusal> {
    let mut risk = existing(project, id)?.clone();
    risk.management_review = statement(text, author);
    let label = format!("Record the management review of {}", quoted(&project.label(id.into())));
    Ok(Transaction::new(label, vec![Op::Put(risk.into())]).focus(id, None))
}

/// Plans to make the reached ratings the ones in force.
pub(super) fn promote(project: &Project, id: Id<Risk>) -> Result<Transaction, Refusal> {
    let mut risk = existing(project, id)?.clone();
    let reached = risk.assessments.iter().rposition(|entry| entry.state == AssessmentState::Reached);
    let Some(reached) = reached else {
        return Err(Refusal::new("No ratings are reached yet: complete the actions and rate again first"));
    };
    for (at, assessment) in risk.assessments.iter_mut().enumerate() {
        if assessment.state == AssessmentState::Current
            || (assessment.state == AssessmentState::Reached && at != reached)
        {
            assessment.state = AssessmentState::Former;
        }
    }
    let assessment = &mut risk.assessments[reached];
    assessment.state = AssessmentState::Current;
    let moved = std::mem::take(&mut assessment.controls);
    let known: Vec<_> = risk.controls.iter().map(Ref::id).collect();
    risk.controls.extend(moved.into_iter().filter(|control| !known.contains(&control.id())));
    let label = format!("Promote the ratings reached for {}", quoted(&project.label(id.into())));
    Ok(Transaction::new(label, vec![Op::Put(risk.into())]).focus(id, None))
}

/// Plans to accept every suspect link that an item holds.
pub(super) fn accept_links(project: &Project, id: AnyId, author: &Author) -> Result<Transaction, Refusal> {
    let mut item = project.item(id).ok_or_else(|| gone(id))?;
    if !review_all(project, &mut item, author) {
        return Err(Refusal::new("No link of this row is suspect"));
    }
    let label = format!("Accept the changes that {} refers to", quoted(&project.label(id)));
    Ok(Transaction::new(label, vec![Op::Put(item)]).focus(id, None))
}

/// Confirms planned ratings as reached as soon as all their actions are completed and they are rated.
pub(super) fn confirm_reached(project: &Project, risk: &mut Arc<Risk>) {
    let completed = |reference: &Ref<crate::model::risk::Action>| {
        let action = reference.present().and_then(|action| project.get(action));
        action.is_some_and(|action| !action.status.is_open())
    };
    let ready: Vec<bool> = risk
        .assessments
        .iter()
        .map(|entry| {
            entry.state == AssessmentState::Planned
                && (entry.occurrence.is_some() || entry.detection.is_some())
                && !entry.actions.is_empty()
                && entry.actions.iter().all(completed)
        })
        .collect();
    if ready.contains(&true) {
        for (entry, ready) in Arc::make_mut(risk).assessments.iter_mut().zip(ready) {
            if ready {
                entry.state = AssessmentState::Reached;
            }
        }
    }
}

/// Adds the confirmation of ratings to a transaction that rates a risk or completes an action.
pub(super) fn confirm_in(project: &Project, ops: &mut Vec<Op>) {
    let mut after = project.clone();
    if after.apply(ops).is_err() {
        return;
    }
    let mut risks: Vec<Id<Risk>> = Vec::new();
    for op in ops.iter() {
        match op.id() {
            AnyId::Risk(risk) => risks.push(risk),
            id @ AnyId::Action(_) => {
                risks.extend(after.sources(id, crate::model::relation::Relation::RiskAction).iter().filter_map(
                    |source| match source.id {
                        AnyId::Risk(risk) => Some(risk),
                        _ => None,
                    },
                ));
            }
            _ => {}
        }
    }
    for id in risks {
        let Some(mut risk) = after.get_shared(id) else { continue };
        let before = risk.clone();
        confirm_reached(&after, &mut risk);
        if risk != before {
            ops.push(Op::Put(Item::Risk(risk)));
        }
    }
}
