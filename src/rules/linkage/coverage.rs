//! Whether what one document says arrives in the others.

use crate::base::text::quoted;
use crate::model::characteristic::{Characteristic, StepCharacteristic};
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::field::Field;
use crate::model::flow::{Step, StepKind};
use crate::model::fmea::Control;
use crate::model::message::{Message, Term, says};
use crate::model::plan_gap::Gap;
use crate::model::relation::Relation;
use crate::rules::flow::step_name;
use crate::rules::risk_case::RiskCase;
use crate::rules::rule::{Context, Report};
use crate::rules::structure::holds_upwards;

pub(super) fn step(context: &Context<'_>, step: &Step, report: &mut Report<'_>) {
    let project = context.project;
    let needs_row = matches!(step.kind, StepKind::Operation | StepKind::Inspection | StepKind::Rework);
    if !needs_row || !context.has_control_plan() || !project.sources(step.id, Relation::SubStep).is_empty() {
        return;
    }
    let has_row =
        |step: &Step| !step.no_plan_row_because.is_blank() || !project.sources(step.id, Relation::RowStep).is_empty();
    if !holds_upwards(context, step, has_row) {
        let message = says!("{step} has no control-plan row", step = step_name(step));
        let help = "Add a row at the step, or give the reason why it needs none.";
        report.add(step.id, message, help).field(Field::NoPlanRowBecause);
    }
}

/// A row as messages name it.
pub(in crate::rules) fn row_name(context: &Context<'_>, row: &PlanRow) -> Message {
    says!("The control-plan row {row}", row = quoted(&context.project.label(row.id.into())))
}

/// The same in the middle of a sentence.
pub(in crate::rules) fn row_in_sentence(context: &Context<'_>, row: &PlanRow) -> Message {
    says!("the control-plan row {row}", row = quoted(&context.project.label(row.id.into())))
}

pub(super) fn row(context: &Context<'_>, row: &PlanRow, report: &mut Report<'_>) {
    let project = context.project;
    if row.controls.iter().any(|link| link.to.present().is_some()) {
        return;
    }
    let is_used = |target: crate::model::AnyId, relations: &[Relation]| {
        relations.iter().any(|relation| !project.sources(target, *relation).is_empty())
    };
    let has_source = match &row.subject {
        Subject::Characteristic(link) => link.to.present().is_none_or(|id| {
            let from_documents =
                [Relation::RoleOfCharacteristic, Relation::FailureCharacteristic, Relation::FunctionCharacteristic];
            is_used(id.into(), &from_documents) || project.get(id).is_some_and(|found| !found.source.is_blank())
        }),
        Subject::ErrorProofing(device) => {
            device.present().is_none_or(|id| is_used(id.into(), &[Relation::ControlEquipment, Relation::StepEquipment]))
        }
        // Required at every job change and shutdown (8.5.1.3, 8.5.1.4); an open subject is reported as CP-07.
        Subject::SetUp(_) | Subject::Restart(_) | Subject::Open => true,
    };
    if !has_source {
        let message = says!("{row} answers no risk and no requirement", row = row_name(context, row));
        let help = "Link it to the control it carries out, or place its characteristic at the step that makes it.";
        report.add(row.id, message, help).field(Field::Subject);
    }
}

pub(super) fn control(context: &Context<'_>, control: &Control, report: &mut Report<'_>) {
    let project = context.project;
    let gap = Gap::Control(control.id);
    if context.has_control_plan() && project.is_gap(gap) {
        let kind = control.kind.name();
        let message = says!(
            "The {kind} {control} is missing in the control plan",
            kind = Term(kind),
            control = quoted(&control.text)
        );
        let help = "Link a row to the control, or give the reason why no row carries it out.";
        report.add(control.id, message, help).field(Field::NoPlanRowBecause).propose_row(context, gap);
    }
}

pub(super) fn characteristic(context: &Context<'_>, characteristic: &Characteristic, report: &mut Report<'_>) {
    let project = context.project;
    let gap = Gap::Characteristic(characteristic.id);
    if !context.has_control_plan() || project.special_class(characteristic).is_some() || !project.is_gap(gap) {
        return;
    }
    if let Some(step) = project.step_asking_for(characteristic.id) {
        let name = quoted(&project.label(characteristic.id.into()));
        let message = says!(
            "The characteristic {name} of step {step} has no control-plan row",
            name,
            step = quoted(&step.label())
        );
        let help = "Add a row for the characteristic at the step.";
        report.add(characteristic.id, message, help).related(step.id).propose_row(context, gap);
    }
}

pub(super) fn owner(context: &Context<'_>, row: &PlanRow, report: &mut Report<'_>) {
    let project = context.project;
    let Subject::Characteristic(link) = &row.subject else { return };
    let Some((characteristic, step)) = link.to.present().zip(row.step.to.present()) else { return };
    let Some(step) = project.get(step) else { return };
    let mut first_owner = None;
    for role in project.children::<StepCharacteristic>(characteristic, Relation::RoleOfCharacteristic) {
        let Some(owner) = project.get(role.step) else { continue };
        // A sub-step and the step it is a part of stand for each other.
        if owner.id == step.id || owner.parent == Some(step.id) || step.parent == Some(owner.id) {
            return;
        }
        first_owner = first_owner.or(Some(owner));
    }
    if let Some(owner) = first_owner {
        let name = quoted(&project.label(characteristic.into()));
        let message = says!(
            "The characteristic {name} belongs to step {owner}, but its control-plan row stands at step {step}",
            name,
            owner = quoted(&owner.label()),
            step = quoted(&step.label())
        );
        let help = "Move the row to the step, or give the characteristic a role at the step of the row.";
        report.add(row.id, message, help).field(Field::Subject).related(owner.id);
    }
}

pub(super) fn urgent(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    if !context.has_control_plan() || !context.is_process_fmea(case.risk.fmea) {
        return;
    }
    let Some(need) = case.need() else { return };
    if context.project.rows_covering(case.risk).is_empty() {
        let message = says!(
            "{line} has {need}, but no control-plan row covers it",
            line = case.name(),
            need = need.reason().clone()
        );
        let help = "Link a row to one of its controls, or name the characteristic at mode or cause.";
        report.add(case.risk.id, message, help).propose_row(context, Gap::Cause(case.risk.id));
    }
}
