//! Structure, functions and failure chains of an FMEA.

use crate::base::text::quoted;
use crate::model::document::DocumentKind;
use crate::model::field::Field;
use crate::model::finding::Severity;
use crate::model::flow::Step;
use crate::model::fmea::{EffectLevel, Element, ElementKind, Failure, FailureRole, Function, LevelEffects};
use crate::model::message::{Message, Term, says};
use crate::model::profile::Evaluation;
use crate::model::relation::Relation;

use super::flow::step_name;
use super::risk_case::RiskCase;
use super::rule::{Check, Context, Docs, Report, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "STR-01",
        title: "Process step missing in the PFMEA",
        severity: Severity::Error,
        clause: "8.3.5.2; AIAG-VDA 2019, step 2",
        docs: Docs {
            what: "Every step of the flow is analysed by a process step of a PFMEA, or says why it needs no analysis.",
            why: "The PFMEA covers the whole process from receiving to shipping; what is left out has no controls.",
            example: "Step 65 \"Laser marking\" was added to the flow and not to the PFMEA.",
            mend: "Add a process step for it to the PFMEA, or give the reason at the step of the flow.",
        },
        checks: &[Check::Step(analysed)],
    },
    Rule {
        code: "STR-02",
        title: "PFMEA process step without a step of the flow",
        severity: Severity::Error,
        clause: "8.3.5.2",
        docs: Docs {
            what: "Every process step of a PFMEA refers to at least one step of the process flow.",
            why: "Number and name of the step come from the flow; without it nobody knows where the risk arises.",
            example: "The PFMEA has a process step that belongs to no step of the flow.",
            mend: "Link the process step to the step of the flow that it analyses.",
        },
        checks: &[Check::Element(has_step)],
    },
    Rule {
        code: "STR-04",
        title: "Process step without function",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, step 3",
        docs: Docs {
            what: "A process step (or focus element) has a function, unless the form in use knows none and failures stand at \
                   the step itself.",
            why: "A failure mode is the loss of a function; what is not written down is not analysed.",
            example: "Step 40 stands in the PFMEA with nothing behind it.",
            mend: "Write what the step has to achieve.",
        },
        checks: &[Check::Element(has_function)],
    },
    Rule {
        code: "STR-06",
        title: "Function without failure mode",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, step 4",
        docs: Docs {
            what: "Every function of a process step (or focus element) has at least one failure mode.",
            why: "Each function can be lost, degraded, exceeded or come at the wrong time.",
            example: "The function \"Join cover to housing\" has no failure mode.",
            mend: "Add the ways in which the function can fail.",
        },
        checks: &[Check::Function(has_mode)],
    },
    Rule {
        code: "STR-07",
        title: "Failure chain incomplete",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, step 4; AIAG 4th edition",
        docs: Docs {
            what: "A failure mode has at least one cause and one effect; a failure cause leads to a failure mode.",
            why: "Only a whole chain can be rated: severity comes from the effect, occurrence from the cause.",
            example: "The mode \"Screw not tightened\" has an effect and no cause.",
            mend: "Add the missing end of the chain.",
        },
        checks: &[Check::Failure(chain)],
    },
    Rule {
        code: "STR-08",
        title: "Effect level not considered",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, table P1",
        docs: Docs {
            what: "For a failure mode of a PFMEA by AIAG-VDA, the effects in the own plant, at the ship-to plant and for the end \
                   user are named, or marked as not known or not applicable.",
            why: "The severity is the highest of the three levels; one that nobody thought of may be the highest.",
            example: "The effect in the own plant is rated 5, and the end user is left blank.",
            mend: "Name the effect at the level, or mark it as not known or not applicable.",
        },
        checks: &[Check::Failure(levels)],
    },
    Rule {
        code: "STR-10",
        title: "Effect, mode and cause mixed up",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, step 4 (good practice)",
        docs: Docs {
            what: "Effect, mode and cause of a chain do not say the same.",
            why: "If they do, one of the three questions was not answered: what happens, what goes wrong, and why.",
            example: "Mode and cause both say \"Torque too low\".",
            mend: "Ask \"why?\" of the mode to find the cause, and \"what then?\" to find the effect.",
        },
        checks: &[Check::Risk(cause_differs), Check::Failure(effects_differ)],
    },
];

/// Whether a process step of a PFMEA analyses the step itself.
pub(super) fn is_analysed(context: &Context<'_>, step: &Step) -> bool {
    let mut elements = context.project.children::<Element>(step.id, Relation::ElementStep);
    elements.any(|element| context.is_process_fmea(element.fmea))
}

/// Whether something holds for a step or for one of the steps it is a part of.
pub(super) fn holds_upwards(context: &Context<'_>, step: &Step, holds: impl Fn(&Step) -> bool) -> bool {
    let mut at = Some(step);
    let mut depth = 0;
    while let Some(found) = at.filter(|_| depth < 64) {
        if holds(found) {
            return true;
        }
        at = found.parent.and_then(|parent| context.project.get(parent));
        depth += 1;
    }
    false
}

fn analysed(context: &Context<'_>, step: &Step, report: &mut Report<'_>) {
    if !context.has_process_fmea() || !context.project.sources(step.id, Relation::SubStep).is_empty() {
        return;
    }
    let covered = |step: &Step| !step.no_analysis_because.is_blank() || is_analysed(context, step);
    if !holds_upwards(context, step, covered) {
        let message = says!("{step} is missing in the PFMEA", step = step_name(step));
        let help = "Add a process step for it to the PFMEA, or give the reason why it needs no risk analysis.";
        report.add(step.id, message, help).field(Field::NoAnalysisBecause);
    }
}

fn has_step(context: &Context<'_>, element: &Element, report: &mut Report<'_>) {
    let needs_step = element.kind == ElementKind::Focus
        && context.is_process_fmea(element.fmea)
        && context.ground.has(DocumentKind::ProcessFlow);
    if needs_step && element.steps.is_empty() {
        let name = quoted(&context.project.label(element.id.into()));
        let message = says!("The process step {name} of the PFMEA belongs to no step of the process flow", name);
        report.add(element.id, message, "Link it to the step of the flow that it analyses.");
    }
}

fn has_function(context: &Context<'_>, element: &Element, report: &mut Report<'_>) {
    let has = |relation| !context.project.sources(element.id, relation).is_empty();
    if element.kind == ElementKind::Focus && !has(Relation::FunctionOfElement) && !has(Relation::FailureOfElement) {
        let name = quoted(&context.project.label(element.id.into()));
        let message = says!("The process step {name} has no function", name);
        report.add(element.id, message, "Write what the step has to achieve.");
    }
}

fn has_mode(context: &Context<'_>, function: &Function, report: &mut Report<'_>) {
    let project = context.project;
    let is_focus = project.get(function.element).is_some_and(|element| element.kind == ElementKind::Focus);
    if is_focus && project.sources(function.id, Relation::FailureOfFunction).is_empty() {
        let message =
            says!("The function {name} has no failure mode", name = quoted(&project.label(function.id.into())));
        report.add(function.id, message, "Add the ways in which the function can fail.").field(Field::Text);
    }
}

fn chain(context: &Context<'_>, failure: &Failure, report: &mut Report<'_>) {
    let project = context.project;
    let name = || quoted(&project.label(failure.id.into()));
    let has_risk = |relation| !project.sources(failure.id, relation).is_empty();
    match failure.role {
        FailureRole::Mode => {
            if !has_risk(Relation::RiskOfMode) {
                let message = says!("The failure mode {name} has no cause", name = name());
                report.add(failure.id, message, "Add the causes, or delete the failure mode.");
            }
            if failure.effects.links().next().is_none() {
                let message = says!("The failure mode {name} has no effect", name = name());
                report.add(
                    failure.id,
                    message,
                    "Add what happens to the own plant, the ship-to plant and the end user.",
                );
            }
        }
        FailureRole::Cause => {
            let leads_on = has_risk(Relation::RiskOfCause) || has_risk(Relation::RiskOfMode);
            if !leads_on && !has_risk(Relation::ModeEffect) {
                let message = says!("The failure cause {name} leads to no failure mode", name = name());
                report.add(failure.id, message, "Link it to the failure mode that it causes, or delete it.");
            }
        }
        FailureRole::Effect => {}
    }
}

fn levels(context: &Context<'_>, mode: &Failure, report: &mut Report<'_>) {
    let none_considered = mode.effects.links().next().is_none();
    if mode.role != FailureRole::Mode || none_considered {
        return;
    }
    let open: Vec<&'static str> = EffectLevel::ALL
        .into_iter()
        .filter(|level| *mode.effects.at(*level) == LevelEffects::NotConsidered)
        .map(EffectLevel::name)
        .collect();
    let Some(fmea) = (!open.is_empty()).then(|| context.project.element_of(mode)).flatten().map(|element| element.fmea)
    else {
        return;
    };
    let by_priority = |profile: &crate::model::profile::RatingProfile| {
        matches!(profile.evaluation(), Evaluation::ActionPriority { .. })
    };
    if context.is_process_fmea(fmea) && context.project.profile(fmea).is_some_and(by_priority) {
        let name = quoted(&context.project.label(mode.id.into()));
        let levels = open.into_iter().map(|level| says!("{level}", level = Term(&level.to_lowercase())));
        let levels = Message::joined(levels, |first, next| says!("{first}, {next}", first, next));
        let message = says!("Effects of {name} are not considered at the level: {levels}", name, levels);
        report.add(mode.id, message, "Name the effect, or mark the level as not known or not applicable.");
    }
}

/// Whether two texts have the same words, whatever their case and punctuation. Blank texts are like nothing.
fn same_words(left: &str, right: &str) -> bool {
    let words = |text: &'_ str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    // Nearly all pairs differ in the first letter already.
    let first = |text: &str| text.chars().find(|c| c.is_alphanumeric()).and_then(|c| c.to_lowercase().next());
    first(left).is_some() && first(left) == first(right) && words(left) == words(right)
}

fn cause_differs(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    let (Some(mode), Some(cause)) = (case.mode, case.cause) else { return };
    let same_as_effect = |(_, link): (EffectLevel, &crate::model::reference::Link<Failure>)| {
        let effect = link.to.present().and_then(|id| context.project.get(id));
        effect.is_some_and(|effect| same_words(&effect.text, &cause.text))
    };
    let other = if same_words(&mode.text, &cause.text) {
        "failure mode"
    } else if mode.effects.links().any(same_as_effect) {
        "failure effect"
    } else {
        return;
    };
    let message = says!(
        "The failure cause {cause} says the same as its {other}",
        cause = quoted(&cause.text),
        other = Term(other)
    );
    report.add(cause.id, message, "Ask why the failure mode happens.").field(Field::Text).related(mode.id);
}

fn effects_differ(context: &Context<'_>, mode: &Failure, report: &mut Report<'_>) {
    for (_, link) in mode.effects.links() {
        let Some(effect) = link.to.present().and_then(|id| context.project.get(id)) else { continue };
        if same_words(&effect.text, &mode.text) {
            let message =
                says!("The failure mode {mode} says the same as one of its effects", mode = quoted(&mode.text));
            report.add(mode.id, message, "Ask what the failure leads to.").field(Field::Text).related(effect.id);
            return;
        }
    }
}
