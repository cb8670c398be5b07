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
    let scope = "Intent, timing, team, tasks and tools of the analysis";
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
