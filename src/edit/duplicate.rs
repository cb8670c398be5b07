//! Duplicating a branch: a copy right behind the original, to be changed where it differs.
//!
//! What the original shares with other rows (effects, controls, characteristics, causes of a mode) the copy shares too:
//! it is the same fact. Actions, statements and earlier ratings stay with the original, since nobody made them for the copy.

use crate::base::text::quoted;
use crate::base::{Id, Text};
use crate::model::Item;
use crate::model::characteristic::StepCharacteristic;
use crate::model::field::Field;
use crate::model::flow::Step;
use crate::model::fmea::{Anchor, Failure, FailureRole, Function};
use crate::model::item::AnyId;
use crate::model::op::Op;
use crate::model::ppap::TestResult;
use crate::model::project::Project;
use crate::model::relation::Relation;
use crate::model::risk::{AssessmentState, Risk};

use super::arrange::{key_behind, place};
use super::plan::{Author, Refusal, Transaction, gone};
use super::{flow, shared};

/// Plans a copy behind an item with what belongs to it.
pub(super) fn plan(project: &Project, id: AnyId, author: &mut Author) -> Result<Transaction, Refusal> {
    let item = project.item(id).ok_or_else(|| gone(id))?;
    let behind = || place(project, id).map(|(container, relation)| key_behind(project, container, relation, Some(id)));
    let no_place = || Refusal::new(format!("The {} has no place to be duplicated to", id.kind().noun()));
    let (focus, field, ops): (AnyId, Field, Vec<Op>) = match &item {
        Item::PlanRow(row) => {
            let mut copy = (**row).clone();
            (copy.id, copy.order) = (author.ids.next_id(), behind().ok_or_else(no_place)?);
            (copy.id.into(), Field::ControlMethod, vec![Op::Put(copy.into())])
        }
        Item::TestResult(result) => {
            // The same requirement for another stream or part: what was read there is not known yet.
            let order = behind().ok_or_else(no_place)?;
            let (readings, verdict) = (Text::default(), None);
            let copy = TestResult { id: author.ids.next_id(), order, readings, verdict, ..(**result).clone() };
            (copy.id.into(), Field::Readings, vec![Op::Put(copy.into())])
        }
        Item::Risk(risk) => {
            let Some(cause) = project.item(risk.cause.into()) else { return Err(gone(risk.cause.into())) };
            let Some(Item::Failure(cause)) = shared::copied(project, &cause, author) else { return Err(no_place()) };
            let copy = Risk { cause: cause.id, order: behind().ok_or_else(no_place)?, ..fresh(risk, author) };
            (copy.id.into(), Field::Text, vec![Op::Put(Item::Failure(cause)), Op::Put(copy.into())])
        }
        Item::Failure(mode) if mode.role == FailureRole::Mode => {
            let copy = Failure { id: author.ids.next_id(), order: behind().ok_or_else(no_place)?, ..(**mode).clone() };
            (copy.id.into(), Field::Text, with_risks(project, mode.id, copy, author))
        }
        Item::Function(function) => {
            let copy =
                Function { id: author.ids.next_id(), order: behind().ok_or_else(no_place)?, ..(**function).clone() };
            (copy.id.into(), Field::Text, with_modes(project, function.id, copy, author))
        }
        Item::Step(step) => step_with_characteristics(project, step, author)?,
        _ => return Err(Refusal::new(format!("The {} cannot be duplicated. Select a row", id.kind().noun()))),
    };
    let label = format!("Duplicate {} {}", noun(&item), quoted(&project.label(id)));
    let ops = ops.into_iter().map(without_origin).collect();
    Ok(Transaction::new(label, ops).focus(focus, Some(field)))
}

fn noun(item: &Item) -> &'static str {
    match item {
        Item::Failure(failure) => failure.role.name(),
        Item::Risk(_) => FailureRole::Cause.name(),
        other => other.id().kind().noun(),
    }
}

/// The same line for another mode or cause: its current ratings and controls, without what was done about it.
fn fresh(risk: &Risk, author: &mut Author) -> Risk {
    let mut copy = Risk { id: author.ids.next_id(), justification: None, management_review: None, ..risk.clone() };
    copy.assessments.retain(|assessment| assessment.state == AssessmentState::Current);
    for assessment in &mut copy.assessments {
        assessment.actions.clear();
    }
    copy
}

/// A copied mode with the lines of the original.
fn with_risks(project: &Project, original: Id<Failure>, copy: Failure, author: &mut Author) -> Vec<Op> {
    let mode = copy.id;
    let risks: Vec<&Risk> = project.children(original, Relation::RiskOfMode).collect();
    let risks = risks.into_iter().map(|risk| Op::Put(Risk { mode, ..fresh(risk, author) }.into()));
    std::iter::once(Op::Put(copy.into())).chain(risks).collect()
}

/// A copied function with the modes of the original.
fn with_modes(project: &Project, original: Id<Function>, copy: Function, author: &mut Author) -> Vec<Op> {
    let anchor = Anchor::Function(copy.id);
    let mut ops = vec![Op::Put(copy.into())];
    let modes = project.children::<Failure>(original, Relation::FailureOfFunction);
    for mode in modes.filter(|failure| failure.role == FailureRole::Mode) {
        let copy = Failure { id: author.ids.next_id(), anchor, ..mode.clone() };
        ops.extend(with_risks(project, mode.id, copy, author));
    }
    ops
}

/// A copied step in the main line behind the original, with its characteristics.
fn step_with_characteristics(
    project: &Project,
    step: &Step,
    author: &mut Author,
) -> Result<(AnyId, Field, Vec<Op>), Refusal> {
    if step.parent.is_some() {
        return Err(Refusal::new("A sub-step is not duplicated. Add one and name it"));
    }
    let (id, ops) = flow::new_step(project, step.flow, "", Some(step.id.into()), author)?;
    let like_original = |op: Op| match op {
        Op::Put(Item::Step(new)) if new.id == id => {
            let (number, order) = (new.number.clone(), new.order.clone());
            Op::Put(Step { id, order, number, ..step.clone() }.into())
        }
        other => other,
    };
    let mut ops: Vec<Op> = ops.into_iter().map(like_original).collect();
    let at_step: Vec<&StepCharacteristic> = project.children(step.id, Relation::CharacteristicAtStep).collect();
    for at_step in at_step {
        ops.push(Op::Put(StepCharacteristic { id: author.ids.next_id(), step: id, ..at_step.clone() }.into()));
    }
    Ok((id.into(), Field::Name, ops))
}

/// Where an item came from and what other systems call it stays with the original.
fn without_origin(op: Op) -> Op {
    let Op::Put(mut item) = op else { return op };
    if item.meta().is_some_and(|meta| meta.origin.is_some() || !meta.external.is_empty()) {
        let meta = item.meta_mut();
        meta.external.clear();
        meta.origin = None;
        item.drop_empty_meta();
    }
    Op::Put(item)
}
