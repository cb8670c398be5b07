//! Which header fields each form has, and what it calls them.

use crate::model::document::DocumentKind;
use crate::model::field::Field;

/// A header field in the words of a form.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeaderField {
    /// The field.
    pub field: Field,
    /// What the form calls it.
    pub name: &'static str,
    /// A prompt in the empty field.
    pub hint: &'static str,
    /// Number of lines.
    pub rows: usize,
}

const DATE: &str = "2026-11-24";

/// The header fields of a kind of document, in the order of its form.
pub(super) fn header_fields(kind: DocumentKind) -> Vec<HeaderField> {
    let fmea = kind.is_fmea();
    let plan = kind == DocumentKind::ControlPlan;
    let flow = kind == DocumentKind::ProcessFlow;
    let (number, title, owner) = match kind {
        DocumentKind::ProcessFlow => ("Flow number", "Description", "Process responsibility"),
        DocumentKind::ProcessFmea => ("PFMEA number", "Subject", "Process responsibility"),
        DocumentKind::DesignFmea => ("DFMEA number", "Subject", "Design responsibility"),
        DocumentKind::FmeaMsr => ("FMEA-MSR number", "Subject", "Design responsibility"),
        DocumentKind::ControlPlan => ("Control-plan number", "Description", "Process responsibility"),
    };
    let scope = "The analysis in a sentence; what is planned has a page of its own";
    let differs = "Where it differs from the project’s";
    let asked = |asked: bool, field, name, hint, rows| asked.then_some(HeaderField { field, name, hint, rows });
    [
        asked(true, Field::Number, number, "", 1),
        asked(true, Field::Title, title, "", 1),
        asked(plan, Field::KeyContact, "Key contact and phone", "", 1),
        asked(!plan, Field::Responsibility, owner, "", 1),
        asked(true, Field::PreparedBy, "Prepared by", "", 1),
        asked(fmea || plan, Field::Programme, "Model year and programme", differs, 1),
        asked(true, Field::StartDate, if fmea { "Start date" } else { "Date of first issue" }, DATE, 1),
        asked(true, Field::RevisionDate, "Revision date", DATE, 1),
        asked(fmea, Field::KeyDate, "Key date", DATE, 1),
        asked(true, Field::ReviewDate, "Date of last review", DATE, 1),
        asked(
            fmea || flow || plan,
            Field::Confidentiality,
            "Confidentiality",
            "Business use, proprietary or confidential",
            1,
        ),
        asked(fmea, Field::Scope, "Scope", scope, 3),
        asked(plan, Field::SafeLaunchExit, "Safe-launch exit criteria", "When the extra containment may end", 2),
        asked(
            fmea || plan,
            Field::LinkedDocuments,
            "Linked documents",
            "Family plans, foundation FMEAs, customer documents",
            2,
        ),
        asked(true, Field::Note, "Notes", "", 2),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What the first step of an FMEA asks for beside the header: the five T without the team, the boundaries and the basis
/// (AIAG & VDA 2019, step 1).
pub(super) const PLANNING: [HeaderField; 7] = [
    planned(Field::Intent, "Intent", "Why the analysis is made, and what for"),
    planned(Field::Timing, "Timing", "Milestones beside the dates of the header: gateways, samples, meetings"),
    planned(Field::Tasks, "Tasks", "What is to be done, and by whom"),
    planned(Field::Tools, "Tools", "Method and program, catalogues of failures, other sources"),
    planned(Field::InScope, "In scope", "What the analysis covers: steps, parts, interfaces"),
    planned(Field::OutOfScope, "Out of scope", "What it leaves out, and where that is treated"),
    planned(Field::Baseline, "Baseline and lessons learned", "Foundation or family FMEA, lessons that were used"),
];

const fn planned(field: Field, name: &'static str, hint: &'static str) -> HeaderField {
    HeaderField { field, name, hint, rows: 3 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(kind: DocumentKind) -> Vec<Field> {
        header_fields(kind).iter().map(|header| header.field).collect()
    }

    #[test]
    fn forms_ask_for_what_they_print() {
        let plan = fields(DocumentKind::ControlPlan);
        assert!(plan.contains(&Field::KeyContact) && plan.contains(&Field::SafeLaunchExit));
        assert!(!plan.contains(&Field::Scope));
        for kind in [DocumentKind::ProcessFmea, DocumentKind::DesignFmea, DocumentKind::FmeaMsr] {
            let fmea = fields(kind);
            assert!(fmea.contains(&Field::Responsibility) && fmea.contains(&Field::KeyDate));
            assert!(!fmea.contains(&Field::KeyContact));
        }
    }
}
