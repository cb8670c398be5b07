//! Special characteristics and their classes.

use crate::base::Text;
use crate::base::text::quoted;
use crate::model::characteristic::Characteristic;
use crate::model::control_plan::PlanRow;
use crate::model::field::Field;
use crate::model::finding::Severity;
use crate::model::fmea::{Failure, Function};
use crate::model::item::AnyId;
use crate::model::message::{Message, Term, says};
use crate::model::plan_gap::Gap;
use crate::model::relation::Relation;

use super::control_plan::specification_is_blank;
use super::risk_case::RiskCase;
use super::rule::{Check, Context, Docs, Report, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "SC-01",
        title: "Special characteristic missing in the PFMEA",
        severity: Severity::Error,
        clause: "8.3.3.3; 8.3.5.2",
        docs: Docs {
            what: "Every characteristic of a critical or significant class is named by a function, a failure mode or a failure \
                   cause of a PFMEA.",
            why: "The standard asks for special characteristics in the risk analysis, and auditors follow each of them.",
            example: "\"Clamping force\" is critical, and no line of the PFMEA names it.",
            mend: "Name the characteristic at the function, or at the mode that violates it.",
        },
        checks: &[Check::Characteristic(in_process_fmea)],
    },
    Rule {
        code: "SC-02",
        title: "Special characteristic missing in the control plan",
        severity: Severity::Error,
        clause: "8.3.3.3; 8.5.1.1",
        docs: Docs {
            what: "Every characteristic of a critical or significant class has a control-plan row.",
            why: "What is special needs a control, a reaction and somebody who owns it.",
            example: "\"Clamping force\" is critical, and the control plan has no row for it.",
            mend: "Add a row for the characteristic at the step that makes or measures it.",
        },
        checks: &[Check::Characteristic(in_control_plan)],
    },
    Rule {
        code: "SC-05",
        title: "Class not defined",
        severity: Severity::Warning,
        clause: "8.3.3.3",
        docs: Docs {
            what: "Every class code in use is a class of the class set of the project, and switched on.",
            why: "A symbol that the customer's table does not explain means nothing to the people at the line.",
            example: "A characteristic is marked \"YC\", and the class set has CC and SC.",
            mend: "Choose a class of the set, choose another set, or add the class with its conversion.",
        },
        checks: &[
            Check::Characteristic(class_of_characteristic),
            Check::Failure(class_of_effect),
            Check::Risk(class_of_line),
        ],
    },
    Rule {
        code: "SC-06",
        title: "Control of a special characteristic incomplete",
        severity: Severity::Error,
        clause: "8.3.3.3; Annex A.2",
        docs: Docs {
            what: "At least one control-plan row of a special characteristic says everything: specification, technique, sample \
                   size, frequency, control method and reaction plan.",
            why: "Rows that each lack something do not add up to a control.",
            example: "The only row of a critical characteristic has no sample frequency.",
            mend: "Complete one of its rows.",
        },
        checks: &[Check::Characteristic(controlled)],
    },
    Rule {
        code: "SC-09",
        title: "High severity without class decision",
        severity: Severity::Warning,
        clause: "8.3.3.3; 4.4.1.2",
        docs: Docs {
            what: "A line of severity 9 or 10 has a class: its own, that of its characteristic or that of its effect.",
            why: "Safety and law call for a special characteristic, or for a reason against it.",
            example: "\"Loss of braking\" with severity 10 and a blank class.",
            mend: "Give the characteristic of the mode or the cause a class; if none carries it, the line.",
        },
        checks: &[Check::Risk(class_decided)],
    },
];

fn name(context: &Context<'_>, characteristic: &Characteristic) -> String {
    quoted(&context.project.label(characteristic.id.into()))
}

fn in_process_fmea(context: &Context<'_>, characteristic: &Characteristic, report: &mut Report<'_>) {
    let Some(class) = context.project.special_class(characteristic).filter(|_| context.has_process_fmea()) else {
        return;
    };
    let project = context.project;
    let of_process = |fmea| context.is_process_fmea(fmea);
    let by_failure = project
        .children::<Failure>(characteristic.id, Relation::FailureCharacteristic)
        .any(|failure| project.element_of(failure).is_some_and(|element| of_process(element.fmea)));
    let by_function = || {
        project
            .children::<Function>(characteristic.id, Relation::FunctionCharacteristic)
            .any(|function| project.get(function.element).is_some_and(|element| of_process(element.fmea)))
    };
    if !by_failure && !by_function() {
        let message = says!(
            "The characteristic {name} of class {class} is missing in the PFMEA",
            name = name(context, characteristic),
            class = &class.code
        );
        let help = "Name it at the function, or at the failure mode that violates it.";
        report.add(characteristic.id, message, help);
    }
}

fn in_control_plan(context: &Context<'_>, characteristic: &Characteristic, report: &mut Report<'_>) {
    let Some(class) = context.project.special_class(characteristic).filter(|_| context.has_control_plan()) else {
        return;
    };
    let gap = Gap::Characteristic(characteristic.id);
    if context.project.is_gap(gap) {
        let name = name(context, characteristic);
        let message = says!(
            "The characteristic {name} of class {class} is missing in the control plan",
            name,
            class = &class.code
        );
        let help = "Add a row for it at the step that makes or measures it.";
        report.add(characteristic.id, message, help).propose_row(context, gap);
    }
}

fn undefined(context: &Context<'_>, code: &Text, owner: Message) -> Option<Message> {
    if code.is_blank() {
        return None;
    }
    match context.project.class(code) {
        None => Some(says!("The class {class} of {owner} is not in the class set", class = quoted(code), owner)),
        Some(class) if !class.enabled => {
            Some(says!("The class {class} of {owner} is switched off in the class set", class = quoted(code), owner))
        }
        Some(_) => None,
    }
}

fn report_class(context: &Context<'_>, item: AnyId, owner: Message, code: &Text, report: &mut Report<'_>) {
    if let Some(message) = undefined(context, code, owner) {
        let help = "Choose a class of the set, or another class set in the properties of the project.";
        report.add(item, message, help).field(Field::SpecialClass);
    }
}

fn class_of_characteristic(context: &Context<'_>, characteristic: &Characteristic, report: &mut Report<'_>) {
    let owner = says!("the characteristic {name}", name = name(context, characteristic));
    report_class(context, characteristic.id.into(), owner, &characteristic.class, report);
}

fn class_of_effect(context: &Context<'_>, failure: &Failure, report: &mut Report<'_>) {
    if !failure.class.is_blank() {
        let owner = says!("the {role} {name}", role = Term(failure.role.name()), name = quoted(&failure.text));
        report_class(context, failure.id.into(), owner, &failure.class, report);
    }
}

fn class_of_line(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    if !case.risk.class.is_blank() {
        report_class(context, case.risk.id.into(), case.subject(), &case.risk.class, report);
    }
}

fn controlled(context: &Context<'_>, characteristic: &Characteristic, report: &mut Report<'_>) {
    let Some(class) = context.project.special_class(characteristic) else { return };
    let mut rows = context.project.children::<PlanRow>(characteristic.id, Relation::RowCharacteristic).peekable();
    if rows.peek().is_none() {
        return;
    }
    let complete = |row: &PlanRow| {
        let fields = [
            &row.measurement_technique,
            &row.sample_size,
            &row.sample_frequency,
            &row.control_method,
            &row.reaction_plan,
        ];
        fields.iter().all(|field| !field.is_blank()) && !specification_is_blank(context, row, characteristic)
    };
    if !rows.any(complete) {
        let name = name(context, characteristic);
        let message = says!("No control-plan row of {name} of class {class} is complete", name, class = &class.code);
        let help = "Complete specification, technique, sample size, frequency, method and reaction plan of a row.";
        report.add(characteristic.id, message, help);
    }
}

fn class_decided(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    let Some(severity) = case.grave_severity() else { return };
    let project = context.project;
    let by_effect = || {
        let effects = case.mode.into_iter().flat_map(|mode| mode.effects.links());
        effects.filter_map(|(_, link)| project.get(link.to.present()?)).any(|effect| !effect.class.is_blank())
    };
    let decided = !case.risk.class.is_blank()
        || case.characteristics(project).any(|characteristic| !characteristic.class.is_blank())
        || by_effect();
    if !decided {
        let message = says!("{line} has severity {severity}, but no class was decided", line = case.name(), severity);
        let help = "Give the characteristic of the mode or the cause a class; if none carries it, the line.";
        report.add(case.risk.id, message, help).field(Field::SpecialClass);
    }
}
