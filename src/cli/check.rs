//! `check` and `explain`.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::Path;

use serde::Serialize;

use crate::app::kept_files::missing;
use crate::base::clock::Date;
use crate::base::text::quoted;
use crate::model::Project;
use crate::model::finding::{Finding, Place, Severity};
use crate::model::home::Home;
use crate::model::item::AnyId;
use crate::rules::{self, Checker};
use crate::store;
use crate::store::canonical::not_canonical;
use crate::store::codes::{FILE_CODES, FileCode};
use crate::store::disk::SystemDisk;
use crate::store::homes::{FileName, file_of};
use crate::store::read::{Places, bytes_of};

use super::{CheckFormat, Verdict, output};

/// A finding as it is printed.
#[derive(Debug, Serialize)]
struct Printed {
    code: &'static str,
    severity: &'static str,
    message: String,
    help: String,
    /// What people call the document; blank for a finding about a file.
    #[serde(skip_serializing_if = "String::is_empty")]
    document: String,
    /// The file, below the project folder.
    #[serde(skip_serializing_if = "String::is_empty")]
    file: String,
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
    let mut files = Files::new(folder);
    let mut printed: Vec<Printed> =
        opened.findings.iter().map(|finding| print(&opened.project, &mut files, finding, false)).collect();
    let gone = missing(&opened.project, folder);
    printed.extend(gone.iter().map(|finding| print(&opened.project, &mut files, finding, false)));
    if strict {
        let loose = not_canonical(folder).map_err(|error| error.to_string())?;
        printed.extend(loose.iter().map(|finding| print(&opened.project, &mut files, finding, false)));
    }
    let checker = Checker::full(&opened.project, today);
    printed.extend(
        checker
            .findings(&opened.project)
            .into_iter()
            .map(|reported| print(&opened.project, &mut files, &reported.finding, reported.approved.is_some())),
    );
    let count = |word: &str| printed.iter().filter(|finding| finding.severity == word && !finding.approved).count();
    let report = Report {
        project: name_of(&opened.project, folder),
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

/// The name of the project; where it cannot be read, that of its folder.
fn name_of(project: &Project, folder: &Path) -> String {
    let name = &project.data().name;
    if name.is_blank() { folder.display().to_string() } else { name.to_string() }
}

/// The files that findings lie in, looked through once each.
struct Files<'a> {
    folder: &'a Path,
    places: BTreeMap<FileName, HashMap<AnyId, (usize, usize)>>,
}

impl<'a> Files<'a> {
    fn new(folder: &'a Path) -> Self {
        Self { folder, places: BTreeMap::new() }
    }

    /// File, line and column of an item; blank where it has no file.
    fn place(&mut self, project: &Project, item: AnyId) -> (String, Option<(usize, usize)>) {
        let Some(file) = project.home(item).and_then(|home| file_of(project, home)) else { return Default::default() };
        let folder = self.folder;
        let places = self.places.entry(file.clone()).or_insert_with(|| {
            let bytes = bytes_of(&SystemDisk, folder, &file).unwrap_or_default();
            Places::of(&String::from_utf8_lossy(&bytes)).all_definitions()
        });
        (file.to_string(), places.get(&item).copied())
    }
}

fn print(project: &Project, files: &mut Files<'_>, finding: &Finding, approved: bool) -> Printed {
    let (document, file, position) = match &finding.place {
        Place::File { path, position } => (String::new(), path.to_string(), *position),
        Place::Item { item, .. } => {
            let document = match project.home(*item) {
                Some(Home::Document(document)) => {
                    project.get(document).map(|document| project.document_label(document))
                }
                _ => None,
            };
            let (file, position) = files.place(project, *item);
            (document.unwrap_or_default(), file, position)
        }
    };
    Printed {
        code: finding.code,
        severity: finding.severity.word(),
        message: finding.message.to_string(),
        help: finding.help.to_string(),
        document,
        file,
        line: position.map(|(line, _)| line),
        column: position.map(|(_, column)| column),
        approved,
    }
}

fn text(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        let approved = if finding.approved { " (approved)" } else { "" };
        let mut place = match (finding.line, finding.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}: ", finding.file),
            _ if finding.file.is_empty() => String::new(),
            _ => format!("{}: ", finding.file),
        };
        if !finding.document.is_empty() {
            place.push_str(&finding.document);
            place.push_str(": ");
        }
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

/// A code that differs in no more places than this was meant.
const NEAR: usize = 2;

/// Explains the code of a finding.
pub(super) fn explain(code: &str) -> Result<Verdict, String> {
    let code = code.trim().to_uppercase();
    let text = rules::explain(&code).or_else(|| file_code(&code)).ok_or_else(|| {
        let codes = || rules::catalogue().map(|rule| rule.code).chain(FILE_CODES.iter().map(|known| known.code));
        match codes().min_by_key(|known| distance(known, &code)).filter(|near| distance(near, &code) <= NEAR) {
            Some(near) => format!("there is no finding {}; did you mean {near}?", quoted(&code)),
            None => {
                let all = codes().collect::<Vec<_>>().join(", ");
                format!("there is no finding {}; there are: {all}", quoted(&code))
            }
        }
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
