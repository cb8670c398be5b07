//! The forms on paper agree with the flat export, say how they stand to their release, and are the same every time.

use std::collections::BTreeSet;

use goldthread::app::export::{ExportError, Format, PdfOptions, all_to_folder, csv_bytes, pdf_bytes, pdf_to_file};
use goldthread::app::lookup::Question;
use goldthread::app::preview::PagesOf;
use goldthread::app::printing::Printable;
use goldthread::app::samples::SAMPLES;
use goldthread::base::clock::Date;
use goldthread::base::marks::composed;
use goldthread::base::{Id, Text};
use goldthread::model::characteristic::{Characteristic, StepCharacteristic};
use goldthread::model::control_plan::PlanRow;
use goldthread::model::document::{Document, DocumentKind, DocumentState, Phase, Revision};
use goldthread::model::flow::Step;
use goldthread::model::form::{Form, FormKind, FormOptions, ListKind};
use goldthread::model::item::Entity;
use goldthread::model::op::Op;
use goldthread::model::overview::Overview;
use goldthread::model::project::Project;
use goldthread::model::project_data::{Approved, FindingApproval};
use goldthread::report::display::Item;
use goldthread::report::forms::PaperList;
use goldthread::report::lay_out;
use goldthread::report::paper::{PageSetup, Paper};
use goldthread::report::{FormPaper, Progress, form_report};
use goldthread::rules::{Checker, fingerprint};
use goldthread::store::assets;

use super::fixture::random_project;
use super::generate::generated;
use super::report_engine::in_file::extracted;
use super::samples::{in_work, opened};

const TODAY: Date = Date::constant(2026, 11, 24);

fn named(name: &str) -> Project {
    in_work(name)
}

fn first(project: &Project, kind: DocumentKind) -> Document {
    (*project.documents_of(kind).first().unwrap()).clone()
}

fn printed(project: &Project, document: &Document, options: &PdfOptions) -> Vec<String> {
    extracted(&pdf_bytes(project, document.id, TODAY, options).unwrap())
}

/// What one sees of a text, without white space, soft hyphens and marks of direction; letters with their marks.
fn visible(text: &str) -> String {
    composed(text).chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{206f}')).collect()
}

/// Up to so many characters a line of a cell must be a run of text of its own.
const SHORT: usize = 3;

/// The text of a file, for finding cells in it.
struct Sheets {
    pages: Vec<String>,
    runs: BTreeSet<String>,
}

impl Sheets {
    fn new(pages: &[String]) -> Self {
        let mut runs = BTreeSet::new();
        for page in pages {
            let of_page: Vec<String> = page.lines().map(visible).collect();
            // A word too long for a column of single values is broken.
            runs.extend(of_page.windows(2).map(<[String]>::concat).filter(|both| both.chars().count() <= SHORT));
            runs.extend(of_page);
        }
        Self { pages: pages.iter().map(|page| visible(page)).collect(), runs }
    }

    /// Whether a line of a cell stands on paper: a short one as a run of its own, a long one as text that goes on from line
    /// to line, and a cut one as its parts on pages that follow each other.
    fn finds(&self, line: &str) -> Found {
        let line = visible(line);
        if line.chars().count() <= SHORT && self.runs.contains(&line) {
            return Found::Whole;
        }
        if line.chars().count() > SHORT && self.pages.iter().any(|page| page.contains(&line)) {
            return Found::Whole;
        }
        let cuts = line.char_indices().map(|(at, _)| at).skip(4);
        let is_cut = |at: usize| {
            let (head, tail) = line.split_at(at);
            tail.chars().count() >= 4
                && self.pages.windows(2).any(|pages| pages[0].contains(head) && pages[1].contains(tail))
        };
        if cuts.into_iter().any(is_cut) { Found::Cut } else { Found::No }
    }
}

#[derive(PartialEq)]
enum Found {
    Whole,
    Cut,
    No,
}

/// Every line of every cell of the flat export stands on paper.
fn assert_paper_holds_the_flat_form(project: &Project, document: &Document, options: &PdfOptions) {
    let paper = Sheets::new(&printed(project, document, options));
    let flat = csv_bytes(project, document.id, None).unwrap();
    let mut lines = 0;
    let mut cut = 0;
    for record in csv::Reader::from_reader(flat.as_slice()).records() {
        for line in record.unwrap().iter().flat_map(str::lines).filter(|line| !visible(line).is_empty()) {
            lines += 1;
            match paper.finds(line) {
                Found::Whole => {}
                Found::Cut => cut += 1,
                Found::No => panic!("“{line}” of {} is not on paper", project.document_label(document)),
            }
        }
    }
    assert!(lines > 0 || document.kind != DocumentKind::ProcessFlow);
    assert!(cut * 20 <= lines, "{cut} of {lines} lines are found only in parts");
}

#[test]
fn paper_holds_every_line_of_the_flat_form() {
    for sample in SAMPLES {
        let project = opened(sample);
        for document in project.documents() {
            assert_paper_holds_the_flat_form(&project, document, &PdfOptions::default());
        }
    }
}

#[test]
fn bands_on_small_paper_hold_every_line_too() {
    let project = named("stamped-bracket");
    for document in project.documents() {
        let page = PageSetup::landscape(Paper::Letter);
        assert_paper_holds_the_flat_form(&project, document, &PdfOptions { page, ..PdfOptions::default() });
    }
}

#[test]
fn whatever_people_write_stands_on_paper() {
    for seed in 0..6 {
        let project = random_project(seed, 4);
        for document in project.documents() {
            assert_paper_holds_the_flat_form(&project, document, &PdfOptions::default());
        }
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let project = named("stamped-bracket");
    for document in project.documents() {
        let bytes = || pdf_bytes(&project, document.id, TODAY, &PdfOptions::default()).unwrap();
        assert_eq!(bytes(), bytes());
    }
}

#[test]
fn every_size_of_paper_is_printed_or_refused_with_a_proposal() {
    for sample in SAMPLES {
        let project = opened(sample);
        for document in project.documents() {
            for paper in Paper::ALL {
                for page in [PageSetup::landscape(paper), PageSetup::portrait(paper)] {
                    let options = PdfOptions { page, ..PdfOptions::default() };
                    match pdf_bytes(&project, document.id, TODAY, &options) {
                        Ok(bytes) => assert!(bytes.starts_with(b"%PDF-1.7")),
                        Err(refused @ ExportError::TooNarrow { .. }) => {
                            let words = refused.to_string();
                            assert!(words.contains("larger paper") || words.contains("print it on"), "{words}");
                            assert!(!page.landscape || paper < Paper::A3, "{words}");
                        }
                        Err(other) => panic!("{}: {other}", project.document_label(document)),
                    }
                }
            }
        }
    }
}

#[test]
fn draft_release_and_change_are_told_apart_on_paper() {
    let mut project = named("stamped-bracket");
    let mut plan = first(&project, DocumentKind::ControlPlan);
    let draft = printed(&project, &plan, &PdfOptions::default());
    assert!(draft.iter().all(|page| page.contains("DRAFT")));

    let form = Form::new(&project, &plan, FormKind::ControlPlan, FormOptions::default());
    let hash = form.content_hash(&project);
    plan.state = DocumentState::Released;
    plan.revisions.push(Revision {
        number: Text::from("Z9"),
        date: Some(TODAY),
        author: Text::from("A. Author"),
        note: Text::from("Limits of the press force"),
        content_hash: Text::from(hash.as_str()),
    });
    project.apply(&[Op::Put(plan.clone().item())]).unwrap();
    let released = printed(&project, &plan, &PdfOptions::default());
    let identity = format!("revision Z9 · content {}", &hash[..12]);
    for page in &released {
        assert!(!page.contains("DRAFT") && !page.contains("CHANGED"));
        assert!(page.contains(&identity) && page.contains("Revision Z9 · 2026-11-24"));
    }
    assert!(visible(&released.concat()).contains("Limitsofthepressforce"));

    let mut step: Step = (*project.all_in_order::<Step>().first().unwrap()).clone();
    step.name = Text::from("Unwind the coil");
    project.apply(&[Op::Put(step.item())]).unwrap();
    let changed = printed(&project, &plan, &PdfOptions::default());
    assert!(changed.iter().all(|page| page.contains("CHANGED SINCE RELEASE")));
    assert!(changed[0].contains("Changed since revision Z9"));
    assert!(visible(&changed.concat()).contains("Unwindthecoil"));
}

#[test]
fn each_form_has_its_own_header_and_headings() {
    let (brake, housing) = (named("electric-parking-brake"), named("connector-housing"));
    let page = |project: &Project, kind| visible(&printed(project, &first(project, kind), &PdfOptions::default())[0]);
    let holds =
        |page: &str, words: &[&str]| words.iter().for_each(|word| assert!(page.contains(&visible(word)), "{word}"));
    let aiag_vda = page(&brake, DocumentKind::ProcessFmea);
    holds(&aiag_vda, &["Manufacturing location", "PFMEA ID number", "Cross-functional team", "Optimization (step 6)"]);
    assert!(!aiag_vda.contains("RPN"));
    let fourth = page(&housing, DocumentKind::ProcessFmea);
    holds(&fourth, &["Key date", "FMEA date (orig.)", "Core team", "Potential failure mode", "RPN"]);
    assert!(!fourth.contains("(step6)"));
    let plan = page(&brake, DocumentKind::ControlPlan);
    holds(&plan, &["Control plan type", "Key contact / phone", "Customer quality approval", "Reaction plan"]);
    let flow = page(&brake, DocumentKind::ProcessFlow);
    holds(&flow, &["Flow number", "Process flow diagram", "Receive purchased parts", "Rework return"]);
    let all = printed(&brake, &first(&brake, DocumentKind::ProcessFlow), &PdfOptions::default());
    let worksheet = all.iter().map(|page| visible(page)).find(|page| page.contains("Worksheet"));
    holds(&worksheet.expect("a worksheet behind the diagram"), &["Machine, device, equipment", "Receiving"]);
}

#[test]
fn the_type_of_a_control_plan_is_ticked_once() {
    let project = named("electric-parking-brake");
    let plan = first(&project, DocumentKind::ControlPlan);
    for phase in Phase::ALL {
        let options = PdfOptions { phase: Some(phase), ..PdfOptions::default() };
        let page = visible(&printed(&project, &plan, &options)[0]);
        assert_eq!(page.matches("[x]").count(), 1);
        assert_eq!(page.matches("[]").count(), Phase::ALL.len() - 1);
        assert!(page.contains(&format!("[x]{}", visible(phase.name()))));
    }
    let rows = |phase| printed(&project, &plan, &PdfOptions { phase, ..PdfOptions::default() }).concat().len();
    assert!(rows(Some(Phase::Prototype)) < rows(Some(Phase::Production)) && rows(Some(Phase::Production)) < rows(None));
}

#[test]
fn every_step_has_a_bookmark() {
    let symbols = assets::process_flow_symbols().unwrap();
    for sample in SAMPLES {
        let project = opened(sample);
        let flow = first(&project, DocumentKind::ProcessFlow);
        let display = lay_out(&form_report(&project, &flow, &FormPaper::new(TODAY, &symbols))).unwrap();
        let bookmarks: BTreeSet<&str> = display.outlines.iter().map(|outline| outline.title.as_str()).collect();
        for step in project.all::<Step>() {
            assert!(bookmarks.contains(step.label().as_str()), "{}", step.label());
        }
    }
}

#[test]
fn output_that_rests_on_unverified_criteria_says_so() {
    let mut project = named("connector-housing");
    let mut fmea = first(&project, DocumentKind::ProcessFmea);
    let note = "Notverified:Detectionisratedbycriteriathatarenotyetcomparedwiththemanual.";
    assert!(!visible(&printed(&project, &fmea, &PdfOptions::default()).concat()).contains(note));
    fmea.rating_profile = Text::from("aiag-4-dfmea");
    project.apply(&[Op::Put(fmea.clone().item())]).unwrap();
    assert!(visible(&printed(&project, &fmea, &PdfOptions::default()).concat()).contains(note));
}

#[test]
fn values_of_another_method_are_marked() {
    let project = named("connector-housing");
    let fmea = first(&project, DocumentKind::ProcessFmea);
    let options = PdfOptions { kind: Some(FormKind::FmeaAiagVda), ..PdfOptions::default() };
    let form = Form::new(&project, &fmea, FormKind::FmeaAiagVda, FormOptions::default());
    let cells = form.blocks(&project).into_iter().flat_map(|key| form.block(&project, key).cells);
    let marked = cells.filter(|cell| cell.indicative).count();
    let text = visible(&printed(&project, &fmea, &options).concat());
    assert_eq!(marked > 0, text.contains("*indicative:"));
    assert!(marked > 0, "the 4th edition has an indicative action priority");
}

#[test]
fn all_documents_go_into_a_folder() {
    let project = named("stamped-bracket");
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("new/submission");
    let written =
        all_to_folder(&project, Format::Pdf, TODAY, &PdfOptions::default(), &target, &Progress::default()).unwrap();
    let names: BTreeSet<String> =
        written.iter().map(|file| file.path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    let expected = [
        "control-plan.pdf",
        "fmea-stamped-bracket-planning.pdf",
        "fmea-stamped-bracket-results.pdf",
        "fmea-stamped-bracket.pdf",
        "process-flow.pdf",
    ];
    assert_eq!(names, expected.into_iter().map(str::to_owned).collect());
    assert_eq!(std::fs::read_dir(&target).unwrap().count(), 5);
    for (file, what) in written.iter().zip(Printable::of_documents(&project)) {
        let bytes = pdf_bytes(&project, what, TODAY, &PdfOptions::default()).unwrap();
        assert_eq!(std::fs::read(&file.path).unwrap(), bytes);
    }
    let flat = all_to_folder(&project, Format::Csv, TODAY, &PdfOptions::default(), &target, &Progress::default());
    assert_eq!(flat.unwrap().len(), 3);
}

#[test]
fn an_export_that_is_ended_leaves_the_old_file_as_it_was() {
    let project = named("electric-parking-brake");
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("fmea.pdf");
    std::fs::write(&target, b"the old file").unwrap();
    let what = Printable::Document(first(&project, DocumentKind::ProcessFmea).id);
    let export = |progress: &Progress| pdf_to_file(&project, what, TODAY, &PdfOptions::default(), &target, progress);
    // Wherever it is ended: in the form, in the lines, while pages are painted, while they are written.
    for hundredth in [1, 19, 21, 40, 51, 60, 70, 90] {
        let progress = Progress::new(move |progress| {
            if progress.percent() >= hundredth {
                progress.end();
            }
        });
        let ended = export(&progress);
        assert!(matches!(ended, Err(ExportError::Ended)), "{hundredth}: {ended:?}");
        assert_eq!(std::fs::read(&target).unwrap(), b"the old file");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no half file stays");
    let told = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let tells = std::sync::Arc::clone(&told);
    let progress = Progress::new(move |progress| {
        tells.fetch_max(progress.percent(), std::sync::atomic::Ordering::Relaxed);
    });
    export(&progress).unwrap();
    assert_eq!(told.load(std::sync::atomic::Ordering::Relaxed), 100);
    assert!(std::fs::read(&target).unwrap().starts_with(b"%PDF"));
}

/// What is said when a control plan is printed that has these words as a reaction plan, a line each.
pub fn warnings_of(words: Option<&str>) -> Vec<String> {
    let mut project = named("stamped-bracket");
    let document = project.documents_of(DocumentKind::ControlPlan)[0].id;
    if let Some(words) = words {
        let mut row = (*project.all_in_order::<PlanRow>()[2]).clone();
        row.reaction_plan = Text::from(words);
        project.apply(&[Op::Put(row.into())]).unwrap();
    }
    let options = PdfOptions::default();
    goldthread::app::export::printed(&project, document, TODAY, &options, &Progress::default()).unwrap().warnings
}

#[test]
fn what_no_font_can_show_is_said_with_its_place() {
    assert_eq!(warnings_of(None), Vec::<String>::new());
    let warnings = warnings_of(Some("Stop, 停止 and sort"));
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    let all = warnings.join("\n");
    assert!(all.contains("“停” (U+505C) prints as an empty box, first in") && all.contains("Reaction plan"), "{all}");
}

/// The runs of words on the pages that a preview shows.
fn runs(project: &Project, what: Printable) -> Vec<String> {
    let folder = std::path::PathBuf::new();
    let question = PagesOf { what, phase: None, today: TODAY, language: "en", profile: None, folder };
    let display = question.answer(project, &|| true).unwrap().unwrap().display;
    let texts = display.pages.into_iter().flat_map(|page| page.items).filter_map(|item| match item {
        Item::Text(text) => Some(visible(&text.text)),
        _ => None,
    });
    texts.collect()
}

/// All of them as one.
fn previewed(project: &Project, what: Printable) -> String {
    runs(project, what).concat()
}

#[test]
fn the_preview_says_what_the_file_says() {
    let project = named("connector-housing");
    for document in project.documents() {
        let file = visible(&printed(&project, document, &PdfOptions::default()).concat());
        let shown = runs(&project, document.id.into());
        assert!(shown.len() > 100);
        for words in shown {
            assert!(file.contains(&words), "{}: {words}", document.kind.name());
        }
    }
}

#[test]
fn lists_are_printed_and_written_flat_like_documents() {
    let brake = named("electric-parking-brake");
    for list in PaperList::ALL {
        let what = Printable::List(list);
        let bytes = pdf_bytes(&brake, what, TODAY, &PdfOptions::default()).unwrap();
        assert!(bytes.starts_with(b"%PDF"), "{}", list.name());
        let page = previewed(&brake, what);
        assert!(page.contains(&visible(list.name())), "{}", list.name());
        let flat = String::from_utf8(csv_bytes(&brake, what, None).unwrap()).unwrap();
        let rows = csv::Reader::from_reader(flat.as_bytes()).records().count();
        assert!(rows > 5, "{}: {rows}", list.name());
    }
    let special = previewed(&brake, Printable::List(PaperList::SpecialCharacteristics));
    let all: Vec<&Characteristic> = brake.all_in_order();
    let (with, without): (Vec<_>, Vec<_>) = all.into_iter().partition(|found| !found.class.is_blank());
    assert!(with.iter().all(|found| special.contains(&visible(&found.name))));
    assert!(without.iter().any(|found| !special.contains(&visible(&found.name))));
    let matrix = previewed(&brake, ListKind::CharacteristicMatrix.into());
    assert!(matrix.contains(&visible("Ccreated")) && matrix.contains("●"), "{matrix}");
}

#[test]
fn the_matrix_of_a_long_flow_is_printed_in_turns() {
    let project = generated(3_000, 5);
    let display = previewed(&project, ListKind::CharacteristicMatrix.into());
    for step in project.all::<Step>() {
        assert!(display.contains(&visible(&step.name)), "{}", step.label());
    }
    for characteristic in project.all::<Characteristic>() {
        assert!(display.contains(&visible(&characteristic.name)), "{}", characteristic.label());
    }
    let roles = project.all::<StepCharacteristic>().count();
    let whole = Form::list(&project, ListKind::CharacteristicMatrix, FormOptions::default());
    let filled: usize = whole
        .blocks(&project)
        .into_iter()
        .flat_map(|key| whole.block(&project, key).cells)
        .filter(|cell| whole.columns[cell.column].key.starts_with("step:") && !cell.parts.is_empty())
        .count();
    let report = Printable::from(ListKind::CharacteristicMatrix).report(&project, TODAY, &PdfOptions::default());
    let printed: usize = report
        .unwrap()
        .sections
        .iter()
        .filter(|section| !section.table.bare)
        .flat_map(|section| {
            section.table.rows.iter().flat_map(|row| &row.cells).map(|cell| &section.table.columns[cell.column])
        })
        .filter(|column| column.turned && column.title != "Class")
        .count();
    assert!(printed >= roles && printed == filled, "{roles} roles, {filled} cells, {printed} printed");
}

#[test]
fn the_risk_summary_counts_what_the_forms_say() {
    let brake = named("electric-parking-brake");
    let runs = runs(&brake, Printable::RiskSummary);
    let says = |words: &str| runs.iter().any(|run| *run == visible(words));
    let overview = Overview::of(&brake, TODAY, &|| true).unwrap();
    for (moment, priorities, _) in &overview.fmeas[0].moments {
        let (high, medium, low) = (priorities.high, priorities.medium, priorities.low);
        assert!(says(moment) && says(&format!("High {high} · Medium {medium} · Low {low}")), "{moment}: {runs:?}");
    }
    for step in &overview.fmeas[0].steps {
        assert!(says(&step.label), "{}", step.label);
    }
    let error = csv_bytes(&brake, Printable::RiskSummary, None).unwrap_err().to_string();
    assert!(error.contains("risk summary has no flat form"), "{error}");
}

#[test]
fn findings_are_printed_with_what_to_do_or_why_they_were_accepted() {
    let mut brake = named("electric-parking-brake");
    assert!(runs(&brake, Printable::Findings).contains(&visible("There are none.")));
    let mut row = brake.all::<PlanRow>().next().unwrap().clone();
    row.reaction_plan = Text::default();
    brake.apply(&[Op::Put(row.item())]).unwrap();
    let checker = Checker::full(&brake, TODAY);
    let found = checker.findings(&brake);
    let first = found.first().expect("a row without reaction plan is a finding");
    let shown = previewed(&brake, Printable::Findings);
    assert!(shown.contains(first.finding.code) && shown.contains(&visible(&first.finding.message)), "{shown}");

    let approval = FindingApproval {
        id: Id::MIN,
        code: Text::from(first.finding.code),
        item: Approved(first.finding.item().unwrap()),
        fingerprint: Text::from(fingerprint(&first.finding).as_str()),
        reason: Text::from("Named by the customer later"),
        by: Text::from("Q. Lead"),
        on: Some(TODAY),
        meta: None,
    };
    brake.apply(&[Op::Put(approval.item())]).unwrap();
    let shown = previewed(&brake, Printable::Findings);
    assert!(shown.contains(&visible("Named by the customer later (Q. Lead, 2026-11-24)")), "{shown}");
}
