//! Planning and preparation (AIAG & VDA 2019, step 1): the scope of an FMEA by intent, timing, team, tasks and tools, its
//! boundaries and what it starts from. What nobody wrote yet is a line to write on.

use std::borrow::Cow;

use crate::base::clock::Date;
use crate::model::document::Document;
use crate::model::project::Project;
use crate::model::project_data::Person;
use crate::model::reference::Ref;
use crate::report::doc::{Cell, Paragraph, Report, Row, Section};

use super::sheet::{Topic, blank, narrow, row, table, texts, topics, wide};
use super::{FormPaper, sheet_of};

/// The least size of body text in points: there is little to say, and people write beside it by hand.
const PLANNING_SIZE: f32 = 8.5;
/// How many rows a team without members leaves to write into.
const MEMBERS: usize = 6;

/// Planning and preparation of an FMEA as a report.
pub fn planning_report(project: &Project, document: &Document, title: &str, paper: &FormPaper<'_>) -> Report {
    let header = &document.header;
    let planning = &header.planning;
    let sections = vec![
        topics(
            "Intent and basis",
            vec![
                Topic::text("Intent", 3.0, &planning.intent),
                Topic::text("Baseline and lessons learned", 3.0, &planning.baseline),
                Topic::text("Linked documents", 2.0, &header.linked_documents),
            ],
        ),
        topics(
            "Scope and boundaries",
            vec![
                Topic::text("Scope", 3.0, &header.scope),
                Topic::text("In scope", 3.0, &planning.in_scope),
                Topic::text("Out of scope", 2.0, &planning.out_of_scope),
            ],
        ),
        topics(
            "Timing",
            vec![
                day("Start date", header.start_date),
                day("Key date", header.key_date),
                day("Revision date", header.revision_date),
                day("Date of last review", header.review_date),
                Topic::text("Milestones", 1.0, &planning.timing),
            ],
        ),
        team(project, document),
        topics(
            "Tasks and tools",
            vec![
                Topic::text("Tasks", 3.0, &planning.tasks),
                Topic::text("Tools", 3.0, &planning.tools),
                Topic::new("Rated by", 2.0, method(project, document)),
            ],
        ),
    ];
    let report = sheet_of(project, document, title, sections, paper);
    Report { body_size: report.body_size.max(PLANNING_SIZE), ..report }
}

fn day(heading: &'static str, date: Option<Date>) -> Topic {
    Topic::text(heading, 0.0, &date.map(|date| date.to_string()).unwrap_or_default())
}

/// The rating profile by name and edition.
pub(super) fn method(project: &Project, document: &Document) -> Vec<Paragraph> {
    let known = project.profile(document.id).map(|profile| format!("{}, {}", profile.name(), profile.edition()));
    let name = known.unwrap_or_else(|| document.rating_profile.to_string());
    if name.is_empty() { Vec::new() } else { vec![Paragraph::plain(&name)] }
}

fn team(project: &Project, document: &Document) -> Section {
    let columns = vec![wide("Name", 24.0), wide("Role", 24.0), wide("Discipline", 24.0), wide("Contact", 24.0)];
    let member = |member: &Ref<Person>| -> Row {
        match member.present().and_then(|id| project.get(id)) {
            Some(person) => texts(
                [&person.name, &person.role, &person.discipline, &person.contact].map(|text| text.as_str().into()),
            ),
            None => texts([member.last_label().map(ToString::to_string).map(Cow::Owned).unwrap_or_default()]),
        }
    };
    table("Team", columns, document.team.iter().map(member).collect(), MEMBERS)
}

/// Who stands for the report, with room to sign.
pub(super) fn signatures(document: &Document, blank_rows: usize) -> Section {
    let columns = vec![wide("Role", 22.0), wide("Name", 22.0), narrow("Date", 11.0), wide("Signature", 36.0)];
    let rows = document.approvals.iter().map(|approval| {
        let date = approval.date.map(|date| date.to_string()).unwrap_or_default();
        row(vec![
            Cell::plain(0, &approval.role),
            Cell::plain(1, &approval.name),
            Cell::plain(2, &date),
            Cell::new(3, blank()),
        ])
    });
    table("Commitment", columns, rows.collect(), blank_rows)
}
