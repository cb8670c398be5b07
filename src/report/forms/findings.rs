//! Findings and approvals: what the rules say of the project on the day of printing, and what was accepted, by whom and why.

use crate::base::clock::Date;
use crate::model::finding::Severity;
use crate::model::project::Project;
use crate::report::doc::{Cell, Column, Paragraph, Report, Row, Section, Table};

use super::{FormPaper, of_project};

/// What people call it.
pub const FINDINGS: &str = "Findings and approvals";

/// A finding as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingLine {
    /// How grave it is.
    pub severity: Severity,
    /// Its code.
    pub code: &'static str,
    /// The document it lies in; blank for what the documents share.
    pub document: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Why it was accepted, if it was.
    pub approval: Option<ApprovalLine>,
}

/// An approval as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct ApprovalLine {
    /// Why the finding is acceptable.
    pub reason: String,
    /// Who says so.
    pub by: String,
    /// Since when.
    pub on: Option<Date>,
}

/// The findings of a project as a report.
pub fn findings_report(project: &Project, lines: &[FindingLine], paper: &FormPaper<'_>) -> Report {
    let word = |words: &str| paper.language.word(words).into_owned();
    let (approved, open): (Vec<&FindingLine>, Vec<&FindingLine>) =
        lines.iter().partition(|line| line.approval.is_some());
    let mut sections = Vec::new();
    if open.is_empty() {
        sections.push(Section::prose(Some("Open findings"), vec![Paragraph::plain(&word("There are none."))]));
    } else {
        let table = table(&open, ("What to do", &|line| line.help.clone()), &word);
        sections.push(Section { title: Some("Open findings".to_owned()), table, ..Section::default() });
    }
    if !approved.is_empty() {
        let because = |line: &FindingLine| {
            let Some(approval) = &line.approval else { return String::new() };
            let on = approval.on.map(|date| date.to_string()).unwrap_or_default();
            let who = [approval.by.as_str(), on.as_str()];
            let who = who.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
            if who.is_empty() { approval.reason.clone() } else { format!("{} ({who})", approval.reason) }
        };
        let table = table(&approved, ("Accepted because", &because), &word);
        sections.push(Section { title: Some("Accepted findings".to_owned()), table, ..Section::default() });
    }
    of_project(project, FINDINGS, sections, paper)
}

/// The findings with a last column of one's own.
fn table(
    lines: &[&FindingLine],
    (heading, last): (&str, &dyn Fn(&FindingLine) -> String),
    word: &dyn Fn(&str) -> String,
) -> Table {
    let narrow = |title: &str, characters: f32| Column { characters, ..Column::text(title, None, 0.0) };
    let columns = vec![
        narrow("Gravity", 9.0),
        narrow("Code", 8.0),
        Column { characters: 20.0, ..Column::text("Document", None, 1.0) },
        Column { characters: 40.0, ..Column::text("Finding", None, 3.0) },
        Column { characters: 40.0, ..Column::text(heading, None, 3.0) },
    ];
    let row = |line: &&FindingLine| Row {
        cells: vec![
            Cell::plain(0, &word(line.severity.word())),
            Cell::plain(1, line.code),
            Cell::plain(2, &line.document),
            Cell::plain(3, &line.message),
            Cell::plain(4, &last(line)),
        ],
        starts_group: true,
        ..Row::default()
    };
    Table { columns, rows: lines.iter().map(row).collect(), ..Table::default() }
}
