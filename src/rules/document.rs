//! Documents and their headers.

use std::collections::BTreeSet;

use crate::base::Text;
use crate::base::text::{normalized, quoted};
use crate::model::applicability::Applicability;
use crate::model::document::{Document, DocumentKind, DocumentState};
use crate::model::field::Field;
use crate::model::finding::Severity;
use crate::model::message::{Term, says};
use crate::model::project_data::{Part, ProjectData};

use super::rule::{Check, Context, Docs, Report, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "DOC-03",
        title: "Cross-functional team missing",
        severity: Severity::Error,
        clause: "8.3.2.1; 8.3.3.3; AIAG-VDA 2019, step 1",
        docs: Docs {
            what: "A released FMEA or control plan names people of at least two disciplines as its team.",
            why: "Both are the work of a cross-functional team; one person alone overlooks what other functions know.",
            example: "The PFMEA is released, and its team is one process engineer.",
            mend: "Add people of other disciplines to the team in the header of the document.",
        },
        checks: &[Check::Document(team)],
    },
    Rule {
        code: "DOC-04",
        title: "Control plan header incomplete",
        severity: Severity::Error,
        clause: "Annex A.2",
        docs: Docs {
            what: "A released control plan names its number, phase, date and key contact, the plant and the part.",
            why: "Annex A lists these fields; without them nobody can tell which plan holds for which part and where.",
            example: "The control plan is released without a key contact.",
            mend: "Fill the field in the properties of the document, the project or the part.",
        },
        checks: &[Check::Document(plan_header)],
    },
    Rule {
        code: "DOC-12",
        title: "Released document changed since its release",
        severity: Severity::Warning,
        clause: "7.5.3.2.2; data integrity",
        docs: Docs {
            what: "What a released document prints now is compared with what its latest revision froze.",
            why: "Documents share their facts: a step renamed in the flow is renamed in a released PFMEA too.",
            example: "After the release of the control plan, the name of step 30 was changed.",
            mend: "Start the next draft of the document and release it again, or undo the change.",
        },
        checks: &[Check::Contents(changed_since_release)],
    },
];

fn team(context: &Context<'_>, document: &Document, report: &mut Report<'_>) {
    let needs_team = document.kind.is_fmea() || document.kind == DocumentKind::ControlPlan;
    if document.state != DocumentState::Released || !needs_team {
        return;
    }
    let people = document.team.iter().filter_map(|person| context.project.get(person.present()?));
    let disciplines: BTreeSet<String> =
        people.filter(|person| !person.discipline.is_blank()).map(|person| normalized(&person.discipline)).collect();
    if disciplines.len() < 2 {
        let name = quoted(&context.project.document_label(document));
        let message = match document.team.len() {
            0 => says!("{name} is released without a team", name),
            _ => says!("The team of {name} does not name two different disciplines", name),
        };
        report.add(document.id, message, "Add people of at least two disciplines to the team.");
    }
}

fn plan_header(context: &Context<'_>, plan: &Document, report: &mut Report<'_>) {
    if plan.state != DocumentState::Released || plan.kind != DocumentKind::ControlPlan {
        return;
    }
    let project = context.project;
    let name = quoted(&project.document_label(plan));
    let dated = plan.header.revision_date.is_some() || plan.latest_revision().is_some_and(|last| last.date.is_some());
    let fields = [
        (plan.number.is_blank(), Field::Number, "number"),
        (plan.phase.is_none(), Field::Phase, "phase"),
        (!dated, Field::RevisionDate, "date of its revision"),
        (plan.header.key_contact.is_blank(), Field::KeyContact, "key contact"),
    ];
    for (missing, field, words) in fields {
        if missing {
            let help = says!("Fill the {words} in the properties of the control plan.", words = Term(words));
            report
                .add(plan.id, says!("{name} is released without a {words}", name = &name, words = Term(words)), help)
                .field(field);
        }
    }
    if project.data().plant.is_blank() {
        let message = says!("{name} is released without the plant", name = &name);
        report
            .add(ProjectData::ID, message, "Fill the plant in the properties of the project.")
            .field(Field::Plant)
            .related(plan.id);
    }
    let parts: Vec<&Part> = match &plan.applicability {
        Applicability::AllParts => project.all_in_order(),
        Applicability::Parts(parts) => parts.iter().filter_map(|part| project.get(part.present()?)).collect(),
    };
    if !parts.iter().any(|part| !part.name.is_blank()) {
        let message = says!("{name} is released without a part name", name);
        report.add(plan.id, message, "Name the part that the control plan is for in the properties of the project.");
    }
}

fn changed_since_release(context: &Context<'_>, document: &Document, report: &mut Report<'_>) {
    let released = document
        .latest_revision()
        .filter(|last| document.state == DocumentState::Released && !last.content_hash.is_blank());
    let Some(last) = released else { return };
    let now = context.project.content_hash(document);
    if *last.content_hash != *now {
        let revision = if last.number.is_blank() { Text::from("its latest revision") } else { last.number.clone() };
        let name = quoted(&context.project.document_label(document));
        let message = says!("{name} prints something else than revision {revision} that was released", name, revision);
        report.add(document.id, message, "Start the next draft and release it again, or undo the change.");
    }
}
