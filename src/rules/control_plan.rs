//! The contents of control-plan rows.

use crate::base::Text;
use crate::base::text::{normalized, quoted};
use crate::model::characteristic::{Characteristic, StepCharacteristic};
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::model::field::Field;
use crate::model::finding::Severity;
use crate::model::message::{Term, says};
use crate::model::plan_gap::Gap;
use crate::model::relation::Relation;

use super::linkage::{row_in_sentence, row_name};
use super::rule::{Check, Context, Docs, Report, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "CP-01",
        title: "Reaction plan missing",
        severity: Severity::Error,
        clause: "Annex A.2; 8.5.1.1",
        docs: Docs {
            what: "Every row says what to do when the control fails.",
            why: "Without it, the check finds bad product and nobody knows what to do with it.",
            example: "A torque check without a reaction plan.",
            mend: "Write what is stopped, what is contained and who is told.",
        },
        checks: &[Check::PlanRow(reaction_plan)],
    },
    Rule {
        code: "CP-02",
        title: "Specification missing",
        severity: Severity::Error,
        clause: "Annex A.2",
        docs: Docs {
            what: "The characteristic of a row has a specification, in general or at the step of the row.",
            why: "What has no limit cannot be checked. \"n/a\" counts as a statement.",
            example: "A row for \"Depth of the bearing\" whose characteristic has no limits.",
            mend: "Fill the specification of the characteristic.",
        },
        checks: &[Check::PlanRow(specification)],
    },
    Rule {
        code: "CP-03",
        title: "Measurement technique missing",
        severity: Severity::Error,
        clause: "Annex A.2",
        docs: Docs {
            what: "Every row says how it measures or judges. Error-proofing devices are verified by their challenge part.",
            why: "Two people who measure by different means find different things.",
            example: "A row for a dimension without a gauge.",
            mend: "Name the gauge, the device or the way of judging.",
        },
        checks: &[Check::PlanRow(technique)],
    },
    Rule {
        code: "CP-04",
        title: "Sample size or frequency missing",
        severity: Severity::Error,
        clause: "Annex A.2; 8.5.1.1",
        docs: Docs {
            what: "Every row says how many are checked, and how often. The verification frequency of an error-proofing device \
                   stands for both.",
            why: "Without them a check is done when somebody feels like it.",
            example: "Sample size 5, frequency blank.",
            mend: "Fill both.",
        },
        checks: &[Check::PlanRow(sample)],
    },
    Rule {
        code: "CP-05",
        title: "Control method missing",
        severity: Severity::Error,
        clause: "Annex A.2",
        docs: Docs {
            what: "Every row names its control method.",
            why: "The method says how the process is kept in order: chart, check sheet, automatic stop.",
            example: "A row with technique and sample, but no method.",
            mend: "Name the method.",
        },
        checks: &[Check::PlanRow(method)],
    },
    Rule {
        code: "CP-07",
        title: "Row without subject",
        severity: Severity::Warning,
        clause: "Annex A.2",
        docs: Docs {
            what: "Every row says what it controls: a product or process characteristic, an error-proofing device, a set-up or a \
                   restart.",
            why: "A row that controls nothing cannot be followed back to a risk.",
            example: "A row was added, and nothing chosen in it.",
            mend: "Choose the characteristic, or what else the row controls.",
        },
        checks: &[Check::PlanRow(subject)],
    },
    Rule {
        code: "CP-10",
        title: "Frequency not concrete",
        severity: Severity::Warning,
        clause: "Annex A.2; AIAG control plan, 2024",
        docs: Docs {
            what: "The sample frequency is not one of the phrases that leave it to the reader.",
            why: "Nobody can be late for \"regularly\".",
            example: "Frequency \"as needed\".",
            mend: "Say how often: every part, once per shift, each hour, at each set-up.",
        },
        checks: &[Check::PlanRow(frequency)],
    },
    Rule {
        code: "CP-11",
        title: "Reaction plan without containment",
        severity: Severity::Warning,
        clause: "8.5.1.1; 8.7.1.3; AIAG control plan, 2024",
        docs: Docs {
            what: "The reaction plan says that something is stopped, held, segregated, sorted, scrapped or the like, or points to \
                   a document that does. Only English is understood: plans in other languages are not judged.",
            why: "Telling somebody does not keep suspect product from leaving.",
            example: "\"Inform supervisor\".",
            mend: "Say what happens to the product since the last good check.",
        },
        checks: &[Check::PlanRow(containment)],
    },
    Rule {
        code: "CP-12",
        title: "Owner missing",
        severity: Severity::Warning,
        clause: "AIAG control plan, 2024",
        docs: Docs {
            what: "Every row names who performs the control, and who owns its reaction plan.",
            why: "The layout of 2024 has both columns, because controls without an owner are skipped.",
            example: "A row with a reaction plan that belongs to nobody.",
            mend: "Fill both.",
        },
        checks: &[Check::PlanRow(owner)],
    },
    Rule {
        code: "CP-14",
        title: "Verification of an error-proofing device missing",
        severity: Severity::Warning,
        clause: "10.2.4; AIAG control plan, 2024",
        docs: Docs {
            what: "An error-proofing device in use is verified by a control-plan row, and has a challenge part and a \
                   frequency of verification.",
            why: "A device that fails unnoticed protects nobody.",
            example: "A presence sensor in a fixture, with no row that checks it.",
            mend: "Add a row for the device; fill challenge part and frequency.",
        },
        checks: &[Check::Equipment(verified)],
    },
];

/// Whether nothing is specified for the characteristic of a row, neither at its step nor in general.
pub(super) fn specification_is_blank(context: &Context<'_>, row: &PlanRow, characteristic: &Characteristic) -> bool {
    if characteristic.specifications.iter().any(|entry| !entry.specification.is_blank()) {
        return false;
    }
    let Some(step) = row.step.to.present() else { return true };
    let mut at_step = context.project.children::<StepCharacteristic>(step, Relation::CharacteristicAtStep);
    !at_step.any(|role| {
        role.characteristic == characteristic.id
            && role.local_specification.as_ref().is_some_and(|local| !local.is_blank())
    })
}

fn device<'p>(context: &Context<'p>, row: &PlanRow) -> Option<&'p Equipment> {
    match &row.subject {
        Subject::ErrorProofing(device) => context.project.get(device.present()?),
        _ => None,
    }
}

/// Reports a blank field of a row.
fn needed(
    context: &Context<'_>,
    row: &PlanRow,
    value: &Text,
    field: Field,
    help: &'static str,
    report: &mut Report<'_>,
) {
    if value.is_blank() {
        let message = says!("{row} has no {field}", row = row_name(context, row), field = Term(field.label()));
        report.add(row.id, message, help).field(field);
    }
}

fn reaction_plan(context: &Context<'_>, row: &PlanRow, report: &mut Report<'_>) {
    let help = "Write what is stopped, what is contained and who is told.";
    needed(context, row, &row.reaction_plan, Field::ReactionPlan, help, report);
}

fn specification(context: &Context<'_>, row: &PlanRow, report: &mut Report<'_>) {
    let Subject::Characteristic(link) = &row.subject else { return };
    let Some(characteristic) = link.to.present().and_then(|id| context.project.get(id)) else { return };
    if specification_is_blank(context, row, characteristic) {
        let message = says!("{row} has no specification", row = row_name(context, row));
        let help = "Fill the specification of the characteristic.";
        report.add(row.id, message, help).field(Field::Specification).related(characteristic.id);
    }
}

fn technique(context: &Context<'_>, row: &PlanRow, report: &mut Report<'_>) {
    if !matches!(row.subject, Subject::ErrorProofing(_)) {
        let help = "Name the gauge, the device or the way of judging.";
        needed(context, row, &row.measurement_technique, Field::MeasurementTechnique, help, report);
    }
}

fn sample(context: &Context<'_>, row: &PlanRow, report: &mut Report<'_>) {
    if device(context, row).is_some_and(|device| !device.verification_frequency.is_blank()) {
        return;
    }
    needed(context, row, &row.sample_size, Field::SampleSize, "Say how many are checked.", report);
    needed(context, row, &row.sample_frequency, Field::SampleFrequency, "Say how often.", report);
}

fn method(context: &Context<'_>, row: &PlanRow, report: &mut Report<'_>) {
    needed(context, row, &row.control_method, Field::ControlMethod, "Name the control method.", report);
}

fn subject(context: &Context<'_>, row: &PlanRow, report: &mut Report<'_>) {
    let open = match &row.subject {
        Subject::Open => true,
        Subject::SetUp(text) | Subject::Restart(text) => text.is_blank(),
        Subject::Characteristic(_) | Subject::ErrorProofing(_) => false,
    };
    if open {
        let message = says!("{row} does not say what it controls", row = row_name(context, row));
        report.add(row.id, message, "Choose a characteristic, or what else the row controls.").field(Field::Subject);
    }
}

/// Phrases that leave the frequency to the reader, as [`normalized`] gives them.
const VAGUE: &[&str] = &[
    "regularly",
    "regular",
    "periodically",
    "periodic",
    "occasionally",
    "sometimes",
    "often",
    "frequently",
    "as required",
    "as needed",
    "when required",
    "when needed",
    "if required",
    "if needed",
    "if necessary",
    "on demand",
    "random",
    "randomly",
    "at random",
    "spot check",
];

fn frequency(context: &Context<'_>, row: &PlanRow, report: &mut Report<'_>) {
    if VAGUE.contains(&normalized(&row.sample_frequency).as_str()) {
        let shown = quoted(&row.sample_frequency);
        let message =
            says!("{row} has the frequency {shown}, which is not concrete", row = row_name(context, row), shown);
        let help = "Say how often: every part, once per shift, each hour, at each set-up.";
        report.add(row.id, message, help).field(Field::SampleFrequency);
    }
}

/// Beginnings of words that say that product is kept from leaving, or that another document says so.
const CONTAINS: &[&str] = &[
    "stop",
    "segregat",
    "quarantin",
    "sort",
    "hold",
    "contain",
    "block",
    "isolat",
    "lock",
    "scrap",
    "reject",
    "separat",
    "remove",
    "retain",
    "withdraw",
    "shut",
    "halt",
    "procedure",
    "instruction",
    "recall",
    "rework",
    "interrupt",
    "suspend",
    "discard",
    "dispos",
    "aside",
    "tag",
    "ocap",
    "100",
];

/// Words by which a sentence is known to be English; about others nothing can be said.
const ENGLISH: &[&str] = &[
    "the",
    "a",
    "an",
    "and",
    "or",
    "to",
    "of",
    "with",
    "if",
    "inform",
    "notify",
    "call",
    "tell",
    "report",
    "alert",
    "contact",
    "adjust",
    "correct",
    "check",
    "repeat",
    "repair",
    "operator",
    "supervisor",
    "leader",
    "engineer",
    "maintenance",
    "quality",
];

fn containment(context: &Context<'_>, row: &PlanRow, report: &mut Report<'_>) {
    if row.reaction_plan.is_blank() {
        return;
    }
    let words = normalized(&row.reaction_plan);
    let is_english = words.split(' ').any(|word| ENGLISH.contains(&word));
    if is_english && !words.split(' ').any(|word| CONTAINS.iter().any(|start| word.starts_with(start))) {
        let message = says!("The reaction plan of {row} contains nothing", row = row_in_sentence(context, row));
        let help = "Say what is stopped, and what happens to the product since the last good check.";
        report.add(row.id, message, help).field(Field::ReactionPlan);
    }
}

fn owner(context: &Context<'_>, row: &PlanRow, report: &mut Report<'_>) {
    let name = || row_name(context, row);
    let (message, field) = match (row.responsible.is_blank(), row.reaction_plan_owner.is_blank()) {
        (false, false) => return,
        (true, false) => (says!("{row} does not say who performs the control", row = name()), Field::Responsible),
        (false, true) => {
            (says!("{row} does not say who owns the reaction plan", row = name()), Field::ReactionPlanOwner)
        }
        (true, true) => {
            let message =
                says!("{row} names neither who performs the control nor who owns the reaction plan", row = name());
            (message, Field::Responsible)
        }
    };
    report.add(row.id, message, "Name the function or the person.").field(field);
}

fn verified(context: &Context<'_>, device: &Equipment, report: &mut Report<'_>) {
    if device.kind != EquipmentKind::ErrorProofing {
        return;
    }
    let project = context.project;
    let name = || says!("The error-proofing device {device}", device = quoted(&device.label()));
    let gap = Gap::Device(device.id);
    if project.is_gap(gap) && context.has_control_plan() {
        let message = says!("{device} is verified by no control-plan row", device = name());
        let help = "Add a row that verifies it with its challenge part.";
        report.add(device.id, message, help).propose_row(context, gap);
    }
    if project.sources(device.id, Relation::RowDevice).is_empty() {
        return;
    }
    if device.challenge_part.is_blank() {
        let message = says!("{device} has no challenge part", device = name());
        report.add(device.id, message, "Name the part by which it is verified.").field(Field::ChallengePart);
    }
    let mut rows = project.children::<PlanRow>(device.id, Relation::RowDevice);
    if device.verification_frequency.is_blank() && rows.all(|row| row.sample_frequency.is_blank()) {
        let message = says!("{device} has no verification frequency", device = name());
        let help = "Say how often it is verified, such as at the start of each shift.";
        report.add(device.id, message, help).field(Field::VerificationFrequency);
    }
}
