//! The first and the last step of an FMEA on paper: what people wrote and what follows from the analysis, and nothing else.

use std::collections::BTreeSet;

use goldthread::app::export::{ExportError, PdfOptions, csv_bytes, pdf_bytes};
use goldthread::app::printing::Printable;
use goldthread::app::samples::SAMPLES;
use goldthread::base::clock::Date;
use goldthread::base::{Id, OrderKey, Text};
use goldthread::model::document::{Approval, Document, DocumentKind};
use goldthread::model::fmea::Failure;
use goldthread::model::item::Entity;
use goldthread::model::language::Language;
use goldthread::model::op::Op;
use goldthread::model::project::Project;
use goldthread::model::rating::Priority;
use goldthread::model::rating::Rating;
use goldthread::model::results::Results;
use goldthread::model::risk::{Action, ActionStatus, Assessment, AssessmentState, Risk, Statement};
use goldthread::report::doc::{Piece, Report};
use goldthread::report::forms::{FormPaper, planning_report};
use goldthread::report::paper::{PageSetup, Paper};
use goldthread::store::assets;

use super::report_engine::in_file::extracted;
use super::samples::{in_work, opened};

const TODAY: Date = Date::constant(2026, 11, 24);

fn named(name: &str) -> Project {
    in_work(name)
}

fn fmea(project: &Project) -> Document {
    project.documents().into_iter().find(|document| document.kind.is_fmea()).unwrap().clone()
}

/// What one sees, without white space and soft hyphens.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{ad}').collect()
}

/// Everything on the pages of a report.
fn printed(project: &Project, what: Printable, options: &PdfOptions) -> String {
    visible(&extracted(&pdf_bytes(project, what, TODAY, options).unwrap()).concat())
}

fn in_english(project: &Project, what: Printable) -> String {
    printed(project, what, &PdfOptions::default())
}

/// A section of a report by its title: its rows as texts by column.
fn rows(report: &Report, title: &str) -> Vec<Vec<String>> {
    let section = report.sections.iter().find(|section| section.title.as_deref() == Some(title));
    let section = section.unwrap_or_else(|| panic!("no section {title}"));
    let text = |cell: &goldthread::report::doc::Cell| {
        let lines = cell.content.iter().map(|paragraph| {
            paragraph.pieces.iter().map(|piece| match piece {
                Piece::Text { text, .. } | Piece::Symbol { text, .. } => &**text,
            })
        });
        lines.map(Iterator::collect::<String>).collect::<Vec<_>>().join("\n")
    };
    section.table.rows.iter().map(|row| row.cells.iter().map(text).collect()).collect()
}

fn results(project: &Project) -> Report {
    Printable::Results(fmea(project).id).report(project, TODAY, &PdfOptions::default()).unwrap()
}

#[test]
fn planning_prints_what_was_written_about_the_five_t() {
    let brake = named("electric-parking-brake");
    let document = fmea(&brake);
    let page = in_english(&brake, Printable::Planning(document.id));
    let planning = &document.header.planning;
    for text in [
        &planning.intent,
        &planning.timing,
        &planning.tasks,
        &planning.tools,
        &planning.in_scope,
        &planning.out_of_scope,
        &planning.baseline,
        &document.header.scope,
        &document.number,
    ] {
        assert!(!text.is_empty() && page.contains(&visible(text)), "{text}");
    }
    for member in &document.team {
        let person = brake.get(member.present().unwrap()).unwrap();
        assert!(page.contains(&visible(&format!("{}{}{}", person.name, person.role, person.discipline))), "{person:?}");
    }
    for date in [document.header.start_date, document.header.key_date] {
        assert!(page.contains(&date.unwrap().to_string()));
    }
}

#[test]
fn a_blank_plan_prints_headings_and_lines_to_write_on_and_nothing_else() {
    let mut project = Project::default();
    let mut document = Document::draft(Id::MIN, OrderKey::first(), DocumentKind::ProcessFmea, "fmea", "");
    document.rating_profile = Text::default();
    project.apply(&[Op::Put(document.clone().item())]).unwrap();
    let symbols = assets::process_flow_symbols().unwrap();
    let report = planning_report(&project, &document, "Planning", &FormPaper::new(TODAY, &symbols));
    for section in &report.sections {
        let rows = rows(&report, section.title.as_deref().unwrap());
        assert!(rows.iter().flatten().all(|text| text.trim().is_empty()), "{rows:?}");
        let has_prose = section.table.columns.iter().any(|column| column.weight > 0.0);
        assert!(has_prose && rows.len() >= 3, "{:?} leaves nothing to write on", section.title);
    }
    let page = in_english(&project, Printable::Planning(document.id));
    for heading in ["Intent", "Milestones", "Team", "Tasks", "Tools", "In scope", "Out of scope", "Baseline"] {
        assert!(page.contains(&visible(heading)), "{heading}");
    }
    let last = in_english(&project, Printable::Results(document.id));
    assert!(last.contains("Signature") && last.contains(&visible("There are none.")), "{last}");
}

#[test]
fn results_hold_every_high_risk_and_every_action() {
    let brake = named("electric-parking-brake");
    let document = fmea(&brake);
    let report = results(&brake);
    let listed = rows(&report, "High and unresolved risks");
    let mut high = 0;
    for risk in brake.all::<Risk>().filter(|risk| risk.fmea == document.id) {
        if brake.evaluate_current(risk).priority != Some(Priority::High) {
            continue;
        }
        high += 1;
        let cause = brake.get(risk.cause).unwrap();
        let found = listed.iter().find(|row| row.get(2).is_some_and(|text| *text == *cause.text));
        assert!(found.is_some_and(|row| row[6] == "H"), "{}", cause.text);
    }
    assert!(high > 0 && listed.len() >= high);
    let of = |title: &str| -> BTreeSet<String> { rows(&report, title).into_iter().map(|row| row[0].clone()).collect() };
    for action in brake.all::<Action>() {
        let title = match action.status {
            ActionStatus::Completed => "Actions taken",
            ActionStatus::NotImplemented => "Actions not implemented",
            _ => "Open actions",
        };
        assert!(of(title).contains(&*action.text), "{title}: {}", action.text);
    }
    let page = in_english(&brake, Printable::Results(document.id));
    for approval in &document.approvals {
        assert!(page.contains(&visible(&approval.name)), "{}", approval.name);
    }
    for statement in brake.all::<Risk>().filter_map(|risk| risk.management_review.as_ref()) {
        assert!(page.contains(&visible(&statement.text)), "{}", statement.text);
    }
    for statement in brake.all::<Risk>().filter_map(|risk| risk.justification.as_ref()) {
        assert!(page.contains(&visible(&statement.text)), "{}", statement.text);
    }
}

#[test]
fn results_follow_the_analysis() {
    let mut brake = named("electric-parking-brake");
    let document = fmea(&brake);
    let before = Results::of(&brake, &document, &|| true).unwrap();
    let risk = before
        .risks
        .iter()
        .find(|line| line.actions.is_empty() || line.after.is_none())
        .map_or_else(|| before.risks[0].risk.clone(), |line| line.risk.clone());
    drop(before);

    // A high priority that is left open with a reason.
    let mut high = risk.clone();
    let current = high.assessments.iter_mut().find(|known| known.state == AssessmentState::Current).unwrap();
    current.severity_override = Some(Rating::Number(10));
    current.occurrence = Some(Rating::Number(10));
    current.detection = Some(Rating::Number(10));
    high.assessments.retain(|known| !known.state.is_later());
    high.management_review = None;
    high.justification =
        Some(Statement { text: Text::from("No other process is known"), by: Text::from("P. Owner"), on: Some(TODAY) });
    brake.apply(&[Op::Put(high.clone().item())]).unwrap();
    let report = results(&brake);
    let cause = brake.get::<Failure>(high.cause).unwrap().text.to_string();
    let left = rows(&report, "Priorities left open with a justification");
    let row = left.iter().find(|row| row[2] == cause).expect("the justified cause");
    assert_eq!(row[3..], ["10", "H", "No other process is known", "P. Owner", "2026-11-24"]);
    // Severity 10 with a high priority: the management has to review it, and has not.
    let reviews = rows(&report, "Management review");
    let row = reviews.iter().find(|row| row[2] == cause).expect("the review that is due");
    assert_eq!(row.len(), 6, "a line to write on: {row:?}");
    assert!(row[5].trim().is_empty());

    // An action past its day, with a rating that is only expected.
    let mut action = Action::open(Id::MIN, document.id, goldthread::model::risk::ActionKind::Prevention);
    action.text = Text::from("Replace the gripper");
    action.target_date = Some(Date::constant(2026, 11, 1));
    let mut planned = Assessment::blank(AssessmentState::Planned);
    planned.occurrence = Some(Rating::Number(2));
    planned.detection = Some(Rating::Number(2));
    planned.severity_override = Some(Rating::Number(10));
    planned.actions = vec![goldthread::model::reference::Ref::Item(action.id)];
    high.assessments.push(planned);
    brake.apply(&[Op::Put(action.clone().item()), Op::Put(high.item())]).unwrap();
    let report = results(&brake);
    let listed = rows(&report, "High and unresolved risks");
    let row = listed.iter().find(|row| row[2] == cause).expect("the high risk");
    assert!(row.iter().any(|text| text == "(10)") && row.iter().any(|text| text == "(2)"), "{row:?}");
    let open = rows(&report, "Open actions");
    let row = open.iter().find(|row| row[0] == "Replace the gripper").expect("the open action");
    assert_eq!(row[3..], ["2026-11-01", "Open, overdue"]);
    assert!(row[1].ends_with(&cause), "{row:?}");
}

#[test]
fn a_name_without_a_date_leaves_the_date_blank() {
    let mut bracket = named("stamped-bracket");
    let mut document = fmea(&bracket);
    document.approvals = vec![Approval { role: Text::from("Plant"), name: Text::from("A. Sign"), date: None }];
    bracket.apply(&[Op::Put(document.clone().item())]).unwrap();
    let report = results(&bracket);
    let signed =
        report.sections.iter().find(|section| section.table.columns.iter().any(|column| column.title == "Signature"));
    let cells = &signed.expect("a place to sign").table.rows[0].cells;
    assert_eq!(cells.len(), 4);
    assert!(cells[2].content.is_empty(), "{:?}", cells[2]);
}

#[test]
fn an_fmea_by_numbers_speaks_of_numbers() {
    let housing = named("connector-housing");
    let document = fmea(&housing);
    let report = results(&housing);
    assert_eq!(report.title, "Results documentation");
    let listed = rows(&report, "Risks that call for attention");
    let numbers: Vec<i64> = listed.iter().filter_map(|row| row.get(6)?.parse().ok()).collect();
    assert!(!numbers.is_empty() && numbers.is_sorted_by(|left, right| left >= right), "{numbers:?}");
    for risk in housing.all::<Risk>().filter(|risk| risk.assessments.iter().any(|known| !known.actions.is_empty())) {
        let cause = housing.get(risk.cause).unwrap();
        assert!(listed.iter().any(|row| row.get(2).is_some_and(|text| *text == *cause.text)), "{}", cause.text);
    }
    let page = in_english(&housing, Printable::Results(document.id));
    assert!(page.contains("RPN") && !page.contains("APactionpriority"));
    let planning = Printable::Planning(document.id);
    assert_eq!(planning.name(&housing), "Planning and preparation");
}

#[test]
fn both_fit_on_every_paper_and_are_the_same_each_time() {
    for known in SAMPLES {
        let project = opened(known);
        let document = fmea(&project);
        for what in [Printable::Planning(document.id), Printable::Results(document.id)] {
            for paper in Paper::ALL {
                for page in [PageSetup::landscape(paper), PageSetup::portrait(paper)] {
                    let options = PdfOptions { page, ..PdfOptions::default() };
                    let bytes = pdf_bytes(&project, what, TODAY, &options);
                    let bytes = bytes.unwrap_or_else(|error| panic!("{} on {page:?}: {error}", what.name(&project)));
                    assert_eq!(bytes, pdf_bytes(&project, what, TODAY, &options).unwrap());
                }
            }
            let error = csv_bytes(&project, what, None).unwrap_err();
            assert!(matches!(error, ExportError::NoFlatForm { .. }), "{error}");
        }
    }
}

#[test]
fn every_word_of_the_program_on_them_has_a_german_one() {
    let german: std::sync::Arc<Language> = assets::language("de").unwrap();
    let mut lacking = BTreeSet::new();
    for known in SAMPLES {
        let project = opened(known);
        let document = fmea(&project);
        for what in [Printable::Planning(document.id), Printable::Results(document.id)] {
            let report = what.report(&project, TODAY, &PdfOptions::default()).unwrap();
            let mut ask = |words: &str| {
                if !words.is_empty() && !german.knows(words) {
                    lacking.insert(words.to_owned());
                }
            };
            ask(&report.title);
            for section in &report.sections {
                section.title.iter().for_each(|title| ask(title));
                section.table.columns.iter().for_each(|column| ask(&column.title));
                section.table.groups.iter().for_each(|group| ask(&group.title));
            }
        }
    }
    assert!(lacking.is_empty(), "{lacking:#?}");
    let brake = named("electric-parking-brake");
    let options = PdfOptions { language: "de", ..PdfOptions::default() };
    let page = printed(&brake, Printable::Results(fmea(&brake).id), &options);
    for german in ["HoheundoffeneRisiken", "Unterschrift", "Werunterschreibt", "Prozessschritte:", "Fehlerarten:"] {
        assert!(page.contains(german), "{german}");
    }
    for english in ["Whoeversigns", "Listedis", "Ratingsinparentheses", "Processsteps:", "Completed"] {
        assert!(!page.contains(english), "{english}");
    }
}
