//! The links between process flow, FMEA and control plan.

mod coverage;
mod missing;
mod suspect;

pub(super) use coverage::{row_in_sentence, row_name};

use super::rule::{Check, Docs, Rule};
use crate::model::finding::Severity;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "LNK-02",
        title: "Step without control-plan row",
        severity: Severity::Warning,
        clause: "8.5.1.1",
        docs: Docs {
            what: "Every operation, inspection and rework of the flow has a control-plan row, or says why it needs none.",
            why: "The control plan follows the process; a step without a row is a step without control.",
            example: "Step 60 \"Grease\" stands in flow and PFMEA and not in the control plan.",
            mend: "Add a row at the step, or give the reason at the step of the flow.",
        },
        checks: &[Check::Step(coverage::step)],
    },
    Rule {
        code: "LNK-03",
        title: "Control-plan row without source",
        severity: Severity::Warning,
        clause: "8.5.1.1; 8.3.5.2",
        docs: Docs {
            what: "A control-plan row carries out a control of an FMEA, or its subject comes from the flow, an FMEA or a drawing. \
                   Set-up and restart checks need no source.",
            why: "A control that answers no risk and no requirement is either unnecessary or the sign of a gap in the PFMEA.",
            example: "A row controls \"Gloss\", which no step creates and no failure names.",
            mend: "Link the row to the control it carries out, or place its characteristic at the step that makes it.",
        },
        checks: &[Check::PlanRow(coverage::row)],
    },
    Rule {
        code: "LNK-04",
        title: "Control missing in the control plan",
        severity: Severity::Warning,
        clause: "8.5.1.1; AIAG-VDA 2019",
        docs: Docs {
            what: "A control that a risk of the PFMEA relies on is carried out by a control-plan row, or says why it needs none.",
            why: "The rating counts on the control; only what stands in the control plan is done every day.",
            example: "\"Leak test 100 %\" earns detection 3 in the PFMEA, and no row carries it out.",
            mend: "Link a row to the control, or give the reason at the control, such as the maintenance plan.",
        },
        checks: &[Check::Control(coverage::control)],
    },
    Rule {
        code: "LNK-06",
        title: "Characteristic without control-plan row",
        severity: Severity::Warning,
        clause: "8.3.5.2; Annex A.2",
        docs: Docs {
            what: "A characteristic that a step creates, changes or measures has a control-plan row. Steps that give a reason for \
                   having no row are excused; special characteristics are reported as SC-02.",
            why: "Flow and control plan name the same characteristics, or one of them is out of date.",
            example: "Step 40 creates \"Depth of the bearing\", and the control plan does not know it.",
            mend: "Add a row for the characteristic.",
        },
        checks: &[Check::Characteristic(coverage::characteristic)],
    },
    Rule {
        code: "LNK-07",
        title: "Characteristic controlled at a step that does not own it",
        severity: Severity::Error,
        clause: "8.3.5.2",
        docs: Docs {
            what: "A control-plan row stands at a step that creates, changes, measures or passes on its characteristic, if any \
                   step does.",
            why: "The control would be done where the characteristic does not exist.",
            example: "\"Torque\" belongs to step 40, and its row stands at step 20.",
            mend: "Move the row to the step, or give the characteristic a role at the step of the row.",
        },
        checks: &[Check::PlanRow(coverage::owner)],
    },
    Rule {
        code: "LNK-09",
        title: "Urgent risk not covered by the control plan",
        severity: Severity::Warning,
        clause: "8.5.1.1; 6.1.2.1",
        docs: Docs {
            what: "A line of the PFMEA with action priority H or M — or at the limit of the rating profile — is covered by the \
                   control plan: a row carries out one of its controls, or controls the characteristic of its mode or cause.",
            why: "What is most urgent in the analysis has to arrive at the line.",
            example: "A cause has action priority H, and no row covers it.",
            mend: "Link a row to one of its controls, or name the characteristic at mode or cause.",
        },
        checks: &[Check::Risk(coverage::urgent)],
    },
    Rule {
        code: "LNK-15",
        title: "Link to something that was deleted",
        severity: Severity::Error,
        clause: "data integrity",
        docs: Docs {
            what: "No reference points to something that does not exist any more. The last name of a lost target is kept until \
                   a person decides.",
            why: "The document prints a hole where a fact was.",
            example: "A gauge was deleted that a step still lists.",
            mend: "Link to something else, or remove the reference.",
        },
        checks: missing::CHECKS,
    },
    Rule {
        code: "LNK-20",
        title: "Link not reviewed since its target changed",
        severity: Severity::Warning,
        clause: "8.5.1.1; 8.5.6.1",
        docs: Docs {
            what: "A link between the documents was reviewed after the last change of what it points at. Only what carries \
                   meaning counts: kind, equipment and outsourcing of a step; specification and class of a characteristic; text \
                   and kind of a control; severity and class of an effect. Names and numbers change everywhere by themselves.",
            why: "Whoever changes the specification in one document does not see what rests on it in the others.",
            example: "The torque was raised from 8 to 9 Nm, and nobody has looked at the control-plan row since.",
            mend: "Look at the place, correct it where needed, and accept the change. Undoing the change withdraws the mark.",
        },
        checks: suspect::CHECKS,
    },
];
