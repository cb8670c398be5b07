//! References whose target was deleted.

use crate::base::Id;
use crate::base::text::{quoted, with_article};
use crate::model::applicability::Applicability;
use crate::model::characteristic::Characteristic;
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::document::Document;
use crate::model::field::Field;
use crate::model::finding::{Applicability as Fixable, Fix};
use crate::model::flow::Step;
use crate::model::fmea::{Control, EffectLevel, Element, Failure, Function, LevelEffects};
use crate::model::item::Entity;
use crate::model::message::{Term, says};
use crate::model::op::Op;
use crate::model::ppap::{PpapElement, TestResult};
use crate::model::project_data::{CustomerRequirement, Part};
use crate::model::reference::{Link, Ref};
use crate::model::risk::{Action, Risk};
use crate::rules::risk_case::RiskCase;
use crate::rules::rule::{Check, Context, Report};

pub(super) const CHECKS: &[Check] = &[
    Check::Document(document),
    Check::CustomerRequirement(requirement),
    Check::Step(step),
    Check::Characteristic(characteristic),
    Check::Element(element),
    Check::Function(function),
    Check::Failure(failure),
    Check::Risk(risk),
    Check::Control(control),
    Check::Action(action),
    Check::PlanRow(row),
    Check::PpapElement(ppap_element),
    Check::TestResult(result),
];

/// Reports those of the references that lost their target. `remove` takes such a reference out of a copy of the holder; where
/// the holder cannot be without one, there is no such fix.
fn lost<'r, H: Entity, T: Entity>(
    context: &Context<'_>,
    holder: &H,
    references: impl IntoIterator<Item = &'r Ref<T>>,
    field: Option<Field>,
    remove: Option<fn(&mut H, Id<T>)>,
    report: &mut Report<'_>,
) {
    for reference in references {
        let Ref::Missing { id, last_label } = reference else { continue };
        // Its file is broken, which is reported; to remove the reference would lose it. What was deleted left its label.
        if last_label.is_blank() && context.project.may_be_unread(T::KIND) {
            continue;
        }
        let holder_name = quoted(&context.project.label(H::any(holder.id())));
        let noun = T::KIND.noun();
        let lost = if last_label.is_blank() {
            says!("{noun}", noun = Term(&with_article(noun)))
        } else {
            says!("the {noun} {lost}", noun = Term(noun), lost = quoted(last_label))
        };
        let message = says!(
            "The {holder} {holder_name} refers to {lost}, which does not exist any more",
            holder = Term(H::KIND.noun()),
            holder_name,
            lost
        );
        let help = match remove {
            Some(_) => "Link to something else, or remove the reference.",
            None => "Link to something else, or delete what holds the reference.",
        };
        let mut added = report.add(H::any(holder.id()), message, help);
        if let Some(field) = field {
            added = added.field(field);
        }
        if let Some(remove) = remove {
            let mut without = holder.clone();
            remove(&mut without, *id);
            added.fix(Fix {
                title: "Remove the reference".to_owned(),
                applicability: Fixable::Suggested,
                ops: vec![Op::Put(without.item())],
                gap: None,
            });
        }
    }
}

fn drop_from<T>(references: &mut Vec<Ref<T>>, lost: Id<T>) {
    references.retain(|reference| reference.present().is_some() || reference.id() != lost);
}

fn drop_link<T>(links: &mut Vec<Link<T>>, lost: Id<T>) {
    links.retain(|link| link.to.present().is_some() || link.to.id() != lost);
}

fn targets<T>(links: &[Link<T>]) -> impl Iterator<Item = &Ref<T>> {
    links.iter().map(|link| &link.to)
}

fn parts(applicability: &Applicability) -> &[Ref<Part>] {
    match applicability {
        Applicability::AllParts => &[],
        Applicability::Parts(parts) => parts,
    }
}

/// Takes a part out. An empty list stays a list: to apply to all parts is another statement.
fn drop_part(applicability: &mut Applicability, lost: Id<Part>) {
    if let Applicability::Parts(parts) = applicability {
        drop_from(parts, lost);
    }
}

fn document(context: &Context<'_>, item: &Document, report: &mut Report<'_>) {
    lost(context, item, &item.team, None, Some(|item, id| drop_from(&mut item.team, id)), report);
    let drop: fn(&mut Document, Id<Part>) = |item, id| drop_part(&mut item.applicability, id);
    lost(context, item, parts(&item.applicability), None, Some(drop), report);
}

fn requirement(context: &Context<'_>, item: &CustomerRequirement, report: &mut Report<'_>) {
    lost(context, item, &item.attachments, None, Some(|item, id| drop_from(&mut item.attachments, id)), report);
}

fn step(context: &Context<'_>, item: &Step, report: &mut Report<'_>) {
    lost(context, item, &item.equipment, None, Some(|item, id| drop_from(&mut item.equipment, id)), report);
    lost(context, item, &item.alternate_for, None, Some(|item, _| item.alternate_for = None), report);
    let drop: fn(&mut Step, Id<Part>) = |item, id| drop_part(&mut item.applicability, id);
    lost(context, item, parts(&item.applicability), None, Some(drop), report);
}

fn characteristic(context: &Context<'_>, item: &Characteristic, report: &mut Report<'_>) {
    let drop: fn(&mut Characteristic, Id<Part>) = |item, id| {
        for entry in &mut item.specifications {
            drop_part(&mut entry.applicability, id);
        }
    };
    let named = item.specifications.iter().flat_map(|entry| parts(&entry.applicability));
    lost(context, item, named, Some(Field::Specification), Some(drop), report);
}

fn element(context: &Context<'_>, item: &Element, report: &mut Report<'_>) {
    lost(context, item, targets(&item.steps), None, Some(|item, id| drop_link(&mut item.steps, id)), report);
}

fn function(context: &Context<'_>, item: &Function, report: &mut Report<'_>) {
    let drop: fn(&mut Function, Id<Characteristic>) = |item, id| drop_link(&mut item.characteristics, id);
    lost(context, item, targets(&item.characteristics), None, Some(drop), report);
}

fn failure(context: &Context<'_>, item: &Failure, report: &mut Report<'_>) {
    let characteristic = item.characteristic.as_ref().map(|link| &link.to);
    lost(context, item, characteristic, None, Some(|item, _| item.characteristic = None), report);
    let drop: fn(&mut Failure, Id<Failure>) = |item, id| {
        for level in EffectLevel::ALL {
            let effects = item.effects.at_mut(level);
            if let LevelEffects::Effects(links) = effects {
                drop_link(links, id);
                if links.is_empty() {
                    *effects = LevelEffects::NotConsidered;
                }
            }
        }
    };
    lost(context, item, item.effects.links().map(|(_, link)| &link.to), None, Some(drop), report);
}

fn risk(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    let item = case.risk;
    lost(context, item, &item.controls, None, Some(|item, id| drop_from(&mut item.controls, id)), report);
    let drop_control: fn(&mut Risk, Id<Control>) = |item, id| {
        for assessment in &mut item.assessments {
            drop_from(&mut assessment.controls, id);
        }
    };
    let later = item.assessments.iter().flat_map(|assessment| &assessment.controls);
    lost(context, item, later, None, Some(drop_control), report);
    let drop_action: fn(&mut Risk, Id<Action>) = |item, id| {
        for assessment in &mut item.assessments {
            drop_from(&mut assessment.actions, id);
        }
    };
    let actions = item.assessments.iter().flat_map(|assessment| &assessment.actions);
    lost(context, item, actions, None, Some(drop_action), report);
    let drop_part: fn(&mut Risk, Id<Part>) = |item, id| drop_part(&mut item.applicability, id);
    lost(context, item, parts(&item.applicability), None, Some(drop_part), report);
}

fn control(context: &Context<'_>, item: &Control, report: &mut Report<'_>) {
    lost(context, item, &item.equipment, None, Some(|item, _| item.equipment = None), report);
    let drop: fn(&mut Control, Id<Part>) = |item, id| drop_part(&mut item.applicability, id);
    lost(context, item, parts(&item.applicability), None, Some(drop), report);
}

fn action(context: &Context<'_>, item: &Action, report: &mut Report<'_>) {
    lost(context, item, &item.owner, Some(Field::Owner), Some(|item, _| item.owner = None), report);
    let drop: fn(&mut Action, Id<_>) = |item, id| drop_from(&mut item.evidence, id);
    lost(context, item, &item.evidence, Some(Field::Evidence), Some(drop), report);
}

fn row(context: &Context<'_>, item: &PlanRow, report: &mut Report<'_>) {
    lost(context, item, [&item.step.to], None, None, report);
    match &item.subject {
        Subject::Characteristic(link) => {
            let open: fn(&mut PlanRow, Id<Characteristic>) = |item, _| item.subject = Subject::Open;
            lost(context, item, [&link.to], Some(Field::Subject), Some(open), report);
        }
        Subject::ErrorProofing(device) => {
            let open: fn(&mut PlanRow, Id<_>) = |item, _| item.subject = Subject::Open;
            lost(context, item, [device], Some(Field::Subject), Some(open), report);
        }
        Subject::SetUp(_) | Subject::Restart(_) | Subject::Open => {}
    }
    lost(context, item, &item.equipment, None, Some(|item, id| drop_from(&mut item.equipment, id)), report);
    let drop: fn(&mut PlanRow, Id<Control>) = |item, id| drop_link(&mut item.controls, id);
    lost(context, item, targets(&item.controls), None, Some(drop), report);
    let drop: fn(&mut PlanRow, Id<Part>) = |item, id| drop_part(&mut item.applicability, id);
    lost(context, item, parts(&item.applicability), None, Some(drop), report);
}

fn ppap_element(context: &Context<'_>, item: &PpapElement, report: &mut Report<'_>) {
    lost(context, item, &item.documents, None, Some(|item, id| drop_from(&mut item.documents, id)), report);
    lost(context, item, &item.attachments, None, Some(|item, id| drop_from(&mut item.attachments, id)), report);
}

fn result(context: &Context<'_>, item: &TestResult, report: &mut Report<'_>) {
    lost(context, item, &item.part, Some(Field::Part), Some(|item, _| item.part = None), report);
    let drop: fn(&mut TestResult, Id<Characteristic>) = |item, _| item.characteristic = None;
    lost(context, item, &item.characteristic, Some(Field::Characteristic), Some(drop), report);
}
