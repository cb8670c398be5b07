//! Links whose target changed after they were reviewed.

use crate::base::Id;
use crate::base::text::quoted;
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::field::Field;
use crate::model::finding::{Applicability, Fix};
use crate::model::fmea::{EffectLevel, Element, Failure, Function, LevelEffects};
use crate::model::item::Entity;
use crate::model::message::{Argument, Message, Term, says};
use crate::model::op::Op;
use crate::model::reference::{Link, Review};
use crate::model::review::{Reviewed, SuspectField, review};
use crate::rules::rule::{Check, Context, Report};

pub(super) const CHECKS: &[Check] =
    &[Check::Element(element), Check::Function(function), Check::Failure(failure), Check::PlanRow(row)];

/// Reports a suspect link. `accept` writes a review of the target as it is now into a copy of the holder.
fn suspect<H: Entity, T: Reviewed>(
    context: &Context<'_>,
    holder: &H,
    link: &Link<T>,
    field: Option<Field>,
    accept: fn(&mut H, Id<T>, Review),
    report: &mut Report<'_>,
) {
    let changed = context.project.suspect_fields(link);
    let Some(target) = link.to.present().and_then(|id| context.project.get(id)).filter(|_| !changed.is_empty()) else {
        return;
    };
    let holder_name = quoted(&context.project.label(H::any(holder.id())));
    let target_name = quoted(&context.project.label(T::any(target.id())));
    let changes =
        Message::joined(changed.iter().map(in_words), |first, next| says!("{first}, and {next}", first, next));
    let message = says!(
        "The {holder} {holder_name} was not reviewed since the {target} {target_name} changed: {changes}",
        holder = Term(H::KIND.noun()),
        holder_name,
        target = Term(T::KIND.noun()),
        target_name,
        changes
    );
    let mut accepted = holder.clone();
    accept(&mut accepted, target.id(), review(target, context.reviewer, Some(context.today)));
    let help = "Look at the place, correct it where needed, and accept the change.";
    let mut added = report.add(H::any(holder.id()), message, help);
    if let Some(field) = field {
        added = added.field(field);
    }
    added.related(T::any(target.id())).fix(Fix {
        title: "Accept the change".to_owned(),
        applicability: Applicability::Suggested,
        ops: vec![Op::Put(accepted.item())],
        gap: None,
    });
}

fn in_words(changed: &SuspectField) -> Message {
    // Equipment is compared by identity, which is never shown.
    if &*changed.field == "equipment" {
        return "another equipment".into();
    }
    let value = |text: &str| match text.trim() {
        "" => Argument::from(Term("blank")),
        _ => Argument::from(quoted(text)),
    };
    says!(
        "{field} {now} instead of {before}",
        field = Term(&changed.field),
        now = value(&changed.now),
        before = value(&changed.reviewed)
    )
}

fn accept_in<T>(links: &mut [Link<T>], target: Id<T>, review: &Review) {
    for link in links.iter_mut().filter(|link| link.to.present() == Some(target)) {
        link.reviewed = review.clone();
    }
}

fn element(context: &Context<'_>, element: &Element, report: &mut Report<'_>) {
    for link in &element.steps {
        suspect(context, element, link, None, |item, id, review| accept_in(&mut item.steps, id, &review), report);
    }
}

fn function(context: &Context<'_>, function: &Function, report: &mut Report<'_>) {
    for link in &function.characteristics {
        let accept: fn(&mut Function, _, _) = |item, id, review| accept_in(&mut item.characteristics, id, &review);
        suspect(context, function, link, None, accept, report);
    }
}

fn failure(context: &Context<'_>, failure: &Failure, report: &mut Report<'_>) {
    if let Some(link) = &failure.characteristic {
        let accept: fn(&mut Failure, _, _) = |item, _, review| {
            if let Some(link) = &mut item.characteristic {
                link.reviewed = review;
            }
        };
        suspect(context, failure, link, None, accept, report);
    }
    for (_, link) in failure.effects.links() {
        let accept: fn(&mut Failure, _, _) = |item, id, review| {
            for level in EffectLevel::ALL {
                if let LevelEffects::Effects(links) = item.effects.at_mut(level) {
                    accept_in(links, id, &review);
                }
            }
        };
        suspect(context, failure, link, None, accept, report);
    }
}

fn row(context: &Context<'_>, row: &PlanRow, report: &mut Report<'_>) {
    suspect(context, row, &row.step, None, |item, _, review| item.step.reviewed = review, report);
    if let Subject::Characteristic(link) = &row.subject {
        let accept: fn(&mut PlanRow, _, _) = |item, _, review| {
            if let Subject::Characteristic(link) = &mut item.subject {
                link.reviewed = review;
            }
        };
        suspect(context, row, link, Some(Field::Subject), accept, report);
    }
    for link in &row.controls {
        let accept: fn(&mut PlanRow, _, _) = |item, id, review| accept_in(&mut item.controls, id, &review);
        suspect(context, row, link, None, accept, report);
    }
}
