//! What the element checklist and the result forms of a PPAP submission have besides their table: header and foot.

use crate::model::form::ListKind;
use crate::model::ppap::{ResultKind, TestResult, Warrant};
use crate::model::project::Project;
use crate::model::relation::Relation;
use crate::report::doc::{Cell, Column, Field, Paragraph, Row, Section, Table};

use super::FormPaper;

/// The header of a list of the submission.
pub(super) fn fields(project: &Project, list: ListKind, paper: &FormPaper<'_>) -> Vec<Vec<Field>> {
    let data = project.data();
    let Some(submission) = project.submission() else { return Vec::new() };
    let warrants: Vec<&Warrant> = project.children(submission.id, Relation::WarrantInSubmission).collect();
    let lines = |line: &dyn Fn(&Warrant) -> String| {
        let mut found: Vec<String> = Vec::new();
        for line in warrants.iter().map(|warrant| line(warrant)).filter(|line| !line.is_empty()) {
            if !found.contains(&line) {
                found.push(line);
            }
        }
        found.join("\n")
    };
    let part = |warrant: &Warrant| project.warranted_part(warrant);
    let numbers = lines(&|warrant| part(warrant).map(|part| part.number.to_string()).unwrap_or_default());
    let names = lines(&|warrant| part(warrant).map(|part| part.name.to_string()).unwrap_or_default());
    let levels = lines(&|warrant| {
        let (level, date) = project.warrant_level(warrant);
        let (drawing, date) = (project.warrant_drawing(warrant), date.map(|date| format!("({date})")));
        let words = [drawing.to_string(), level.to_string(), date.unwrap_or_default()];
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    });
    let code = if submission.supplier_code.is_blank() { &data.supplier_code } else { &submission.supplier_code };
    let customer = if submission.division.is_blank() { &data.customer } else { &submission.division };
    let mut rows = vec![vec![
        Field::new("Organization", &data.organisation, 2.0),
        Field::new("Supplier / vendor code", code, 1.2),
        Field::new("Customer part number", &numbers, 1.6),
        Field::new("Part name", &names, 2.0),
        Field::new("Drawing and change level", &levels, 2.2),
    ]];
    rows.push(match list {
        ListKind::Results(kind) => {
            let changes = lines(&|warrant| warrant.further_changes.to_string());
            let (laboratory, supplier) = (laboratories(project, kind), "Customer");
            let label = match kind {
                ResultKind::Dimensional => "Inspection facility",
                ResultKind::Material | ResultKind::Performance => "Name of the laboratory",
            };
            vec![
                Field::new(label, &laboratory, 3.0),
                Field::new("Engineering change documents", &changes, 3.0),
                Field::new(supplier, customer, 3.0),
            ]
        }
        _ => {
            let level = format!("{} – {}", submission.level.name(), paper.language.word(submission.level.meaning()));
            let date = submission.date.map(|date| date.to_string()).unwrap_or_default();
            vec![
                Field::new("Submission", &submission.title, 3.0),
                Field::new("Requested submission level", &level, 3.0),
                Field::new("Customer", customer, 2.0),
                Field::new("Date of submission", &date, 1.0),
            ]
        }
    });
    rows
}

/// The laboratories that results of a kind name.
fn laboratories(project: &Project, kind: ResultKind) -> String {
    let Some(submission) = project.submission() else { return String::new() };
    let mut found: Vec<String> = Vec::new();
    for result in project.children::<TestResult>(submission.id, Relation::ResultInSubmission) {
        let name = result.laboratory.to_string();
        if result.kind == kind && !name.is_empty() && !found.contains(&name) {
            found.push(name);
        }
    }
    found.join(", ")
}

/// The foot of a list of the submission: what its letters mean, or what counts as a result, with the signature.
pub(super) fn foot(project: &Project, list: ListKind) -> Vec<Section> {
    const RESULTS: &str =
        "Results are given value by value; a general statement of conformity does not take their place.";
    const LETTERS: &str = "S: sent to the customer, a copy is kept. R: kept and shown on request. *: kept and sent on request; \
                           at level 4 what the customer defines.";
    let note = |words| Section::prose(None, vec![Paragraph::plain(words)]);
    match list {
        ListKind::Results(_) => vec![note(RESULTS), signature(project)],
        _ => vec![note(LETTERS)],
    }
}

/// Where the results are signed.
fn signature(project: &Project) -> Section {
    let signature = project.submission().map(|submission| submission.signature.clone()).unwrap_or_default();
    let date = signature.date.map(|date| date.to_string()).unwrap_or_default();
    let columns = [("Signature", 3.0), ("Print name", 2.0), ("Title", 2.0), ("Date", 1.0)];
    let columns = columns.map(|(title, weight)| Column::text(title, None, weight)).to_vec();
    // Room to sign.
    let blank = vec![Paragraph::plain(" "), Paragraph::plain(" ")];
    let cells = [&*signature.name, &*signature.title, &date];
    let cells = cells.into_iter().enumerate().map(|(at, text)| Cell::plain(at + 1, text));
    let row = Row {
        cells: std::iter::once(Cell::new(0, blank)).chain(cells).collect(),
        starts_group: true,
        ..Row::default()
    };
    let table = Table { columns, rows: vec![row], ..Table::default() };
    Section { table, ..Section::default() }
}
