//! `check` and `explain`.

use std::fmt::Write;
use std::path::Path;

use serde::Serialize;

use crate::base::clock::Date;
use crate::model::Project;
use crate::model::finding::{Finding, Place, Severity};
use crate::rules::{self, Checker};
use crate::store;
use crate::store::canonical::not_canonical;
use crate::store::codes::{FILE_CODES, FileCode};

use super::{CheckFormat, Verdict, output};

/// A finding as it is printed.
#[derive(Debug, Serialize)]
struct Printed {
    code: &'static str,
    severity: &'static str,
    message: String,
    help: String,
    /// The document or the file.
    #[serde(skip_serializing_if = "String::is_empty")]
    document: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    approved: bool,
}

#[derive(Debug, Serialize)]
struct Report {
    project: String,
    errors: usize,
    warnings: usize,
    infos: usize,
    approved: usize,
    findings: Vec<Printed>,
}

/// Checks the files and the contents of a project.
pub(super) fn check(folder: &Path, format: CheckFormat, strict: bool, today: Date) -> Result<Verdict, String> {
    let opened = store::open::open(folder, crate::app::library()?).map_err(|error| error.to_string())?;
    let mut printed: Vec<Printed> =
        opened.findings.iter().map(|finding| print(&opened.project, finding, false)).collect();
    if strict {
        let loose = not_canonical(folder).map_err(|error| error.to_string())?;
        printed.extend(loose.iter().map(|finding| print(&opened.project, finding, false)));
    }
    let checker = Checker::full(&opened.project, today);
    printed.extend(
        checker
            .findings(&opened.project)
            .into_iter()
            .map(|reported| print(&opened.project, &reported.finding, reported.approved.is_some())),
    );
    let count = |word: &str| printed.iter().filter(|finding| finding.severity == word && !finding.approved).count();
    let report = Report {
        project: opened.project.data().name.to_string(),
        errors: count(Severity::Error.word()),
        warnings: count(Severity::Warning.word()),
        infos: count(Severity::Info.word()),
        approved: printed.iter().filter(|finding| finding.approved).count(),
        findings: printed,
    };
    let failed = report.errors > 0 || strict && report.warnings > 0;
    output::data(&match format {
        CheckFormat::Text => text(&report).into_bytes(),
        CheckFormat::Json => {
            let mut json = serde_json::to_vec_pretty(&report).map_err(|error| error.to_string())?;
            json.push(b'\n');
            json
        }
    })?;
    Ok(if failed { Verdict::Findings } else { Verdict::Clean })
}

fn print(project: &Project, finding: &Finding, approved: bool) -> Printed {
    let (document, position) = match &finding.place {
        Place::File { path, position } => (path.to_string(), *position),
        Place::Item { item, .. } => {
            let document = match project.home(*item) {
                Some(crate::model::home::Home::Document(document)) => {
                    project.get(document).map(|document| project.document_label(document))
                }
                _ => None,
            };
            (document.unwrap_or_default(), None)
        }
    };
    Printed {
        code: finding.code,
        severity: finding.severity.word(),
        message: finding.message.clone(),
        help: finding.help.clone(),
        document,
        line: position.map(|(line, _)| line),
        column: position.map(|(_, column)| column),
        approved,
    }
}

fn text(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        let approved = if finding.approved { " (approved)" } else { "" };
        let place = match (finding.line, finding.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}: ", finding.document),
            _ if finding.document.is_empty() => String::new(),
            _ => format!("{}: ", finding.document),
        };
        // Writing to a string cannot fail.
        writeln!(text, "{} {}{approved}: {place}{}", finding.code, finding.severity, finding.message)
            .unwrap_or_default();
        if !finding.help.is_empty() && !finding.approved {
            writeln!(text, "    help: {}", finding.help).unwrap_or_default();
        }
    }
    let plural = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    let (errors, warnings) = (plural(report.errors, "error"), plural(report.warnings, "warning"));
    writeln!(text, "{}: {errors}, {warnings}, {} to know, {} approved", report.project, report.infos, report.approved)
        .unwrap_or_default();
    text
}

/// Explains the code of a finding.
pub(super) fn explain(code: &str) -> Result<Verdict, String> {
    let code = code.trim().to_uppercase();
    let text = rules::explain(&code).or_else(|| file_code(&code)).ok_or_else(|| {
        let known = rules::catalogue().map(|rule| rule.code).chain(FILE_CODES.iter().map(|known| known.code));
        let near = known.min_by_key(|known| distance(known, &code)).unwrap_or_default();
        format!("there is no finding {code}; did you mean {near}?")
    })?;
    output::data(text.trim_end().as_bytes())?;
    output::data(b"\n")?;
    Ok(Verdict::Clean)
}

/// The explanation of a finding about a file.
fn file_code(code: &str) -> Option<String> {
    let known = FileCode::of(code)?;
    Some(format!("{} {}: {}\n\n{}", known.code, known.severity, known.title, known.help))
}

/// How many places differ, by the shortest series of changes.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, c) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (place, other) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(c != *other);
            diagonal = row[place + 1];
            row[place + 1] = replaced.min(row[place] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}
