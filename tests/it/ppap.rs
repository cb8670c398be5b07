//! The PPAP submission: made and edited by commands, kept in a file of its own, shown in lists, printed.

use std::collections::BTreeSet;
use std::fs;

use goldthread::app::export::{PdfOptions, pdf_bytes};
use goldthread::app::printing::Printable;
use goldthread::app::samples::sample;
use goldthread::base::clock::Date;
use goldthread::base::{Id, IdSource};
use goldthread::edit::{BatchKind, CellBatch, Command, History, Refusal, TextRow, choices, plan, write_cells};
use goldthread::model::Project;
use goldthread::model::characteristic::Characteristic;
use goldthread::model::document::DocumentKind;
use goldthread::model::field::Field;
use goldthread::model::form::{Block, Cell, Form, FormOptions, List, ListKind, NewItem};
use goldthread::model::item::{AnyId, Kind};
use goldthread::model::ppap::{
    Answer, ElementStatus, Level, PpapElement, Reason, ResultKind, Retention, Submission, TestResult, Verdict, Warrant,
};
use goldthread::model::project_data::{Attachment, Part};
use goldthread::model::reference::Ref;
use goldthread::model::relation::Relation;
use goldthread::report::display::{Display, Item};
use goldthread::report::lay_out;
use goldthread::report::paper::{PageSetup, Paper};
use goldthread::store::create::create;
use goldthread::store::open::open;

use crate::edit_laws::author;
use crate::generate::generated;
use crate::samples::{in_work, opened};

const TODAY: Date = Date::constant(2026, 11, 24);
const PROMPTS: FormOptions = FormOptions { prompts: true, phase: None };

/// A project that is being submitted.
struct Desk {
    project: Project,
    history: History,
}

impl Desk {
    fn new() -> Self {
        Self { project: generated(30, 11), history: History::default() }
    }

    fn submitting() -> Self {
        let mut desk = Self::new();
        desk.run(&Command::AddRecord { kind: Kind::Submission });
        desk
    }

    fn try_run(&mut self, command: &Command) -> Result<(), Refusal> {
        let mut author = author();
        author.ids = IdSource::seeded(self.project.revision() + 1000);
        let transaction = plan(&self.project, command, &mut author)?;
        self.history.commit(&mut self.project, transaction).expect("what is planned can be made");
        Ok(())
    }

    fn run(&mut self, command: &Command) {
        self.try_run(command).unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"));
    }

    fn try_set(&mut self, item: impl Into<AnyId>, field: Field, text: &str) -> Result<(), Refusal> {
        self.try_run(&Command::SetField { item: item.into(), field, text: text.to_owned(), via: None })
    }

    fn set(&mut self, item: impl Into<AnyId>, field: Field, text: &str) {
        self.try_set(item, field, text).unwrap_or_else(|refusal| panic!("{field:?} {text}: {refusal}"));
    }

    fn submission(&self) -> &Submission {
        self.project.submission().expect("there is one")
    }

    fn element(&self, key: &str) -> &PpapElement {
        let id = self.submission().id;
        let mut all = self.project.children::<PpapElement>(id, Relation::PpapElementInSubmission);
        all.find(|element| *element.key == *key).expect("the element")
    }

    fn results(&self) -> Vec<&TestResult> {
        self.project.children(self.submission().id, Relation::ResultInSubmission).collect()
    }

    /// Begins a result as typing into the open row does.
    fn result(&mut self, field: Field, text: &str) -> Id<TestResult> {
        let what = NewItem::Result { kind: ResultKind::Dimensional, field };
        let under = self.submission().id.into();
        self.run(&Command::Create { under, what, text: text.to_owned(), after: None });
        self.results().last().unwrap().id
    }
}

#[test]
fn a_submission_brings_its_elements_documents_and_warrants_along_as_one_change() {
    let mut desk = Desk::new();
    let before = desk.project.clone();
    desk.run(&Command::AddRecord { kind: Kind::Submission });
    let keys: Vec<String> = {
        let all = desk.project.children::<PpapElement>(desk.submission().id, Relation::PpapElementInSubmission);
        all.map(|element| element.key.to_string()).collect()
    };
    assert_eq!(keys.join(" "), "1 1a 1b 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 BMRC");
    for (key, kind) in
        [("5", DocumentKind::ProcessFlow), ("6", DocumentKind::ProcessFmea), ("7", DocumentKind::ControlPlan)]
    {
        let linked: Vec<_> = desk.element(key).documents.iter().filter_map(Ref::present).collect();
        let known: Vec<_> = desk.project.documents_of(kind).iter().map(|document| document.id).collect();
        assert_eq!(linked, known, "{key}");
        assert!(!linked.is_empty() && desk.element(key).status == ElementStatus::InWork);
    }
    assert_eq!(desk.element("BMRC").status, ElementStatus::NotApplicable);
    assert_eq!(desk.project.count::<Warrant>(), desk.project.count::<Part>());
    let refused = desk.try_run(&Command::AddRecord { kind: Kind::Submission }).unwrap_err();
    assert_eq!(refused.reason, "The project has a PPAP submission already");
    desk.history.undo(&mut desk.project).unwrap().expect("one entry");
    assert!(desk.project.items().eq(before.items()) && desk.history.undo(&mut desk.project).unwrap().is_none());
}

#[test]
fn fields_of_the_warrant_are_read_as_people_write_them() {
    let mut desk = Desk::submitting();
    let id = desk.submission().id;
    desk.set(id, Field::SubmissionLevel, "Level 4");
    desk.set(id, Field::Reasons, "Other; initial submission\nOther");
    desk.set(id, Field::RateParts, "300");
    desk.set(id, Field::RateHours, "2,5");
    desk.set(id, Field::ToolsTagged, "not applicable");
    desk.set(id, Field::RequirementsMet, "no");
    let submission = desk.submission();
    assert_eq!((submission.level, submission.tools_tagged), (Level::Four, Some(Answer::NotApplicable)));
    assert_eq!(submission.reasons, [Reason::Initial, Reason::Other], "in the order of the form");
    assert_eq!(submission.rate_hours.as_ref().unwrap().as_str(), "2.5");
    assert_eq!(submission.requirements_met, Some(false));
    for (field, text) in [
        (Field::SubmissionLevel, "6"),
        (Field::Reasons, "because"),
        (Field::RateParts, "many"),
        (Field::RequirementsMet, "n/a"),
        (Field::WeightDecimals, "9"),
        (Field::WeightParts, "0"),
        (Field::Weight, "1"),
    ] {
        assert!(desk.try_set(id, field, text).is_err(), "{field:?} {text}");
    }
    let warrant = desk.project.all_in_order::<Warrant>()[0].id;
    desk.set(warrant, Field::Weight, "0,1250 kg");
    assert_eq!(desk.project.get(warrant).unwrap().weight.as_ref().unwrap().as_str(), "0.1250");
    assert!(desk.try_set(warrant, Field::Part, "no such part").unwrap_err().reason.contains("is not a part"));
    assert_eq!(choices(&desk.project, warrant.into(), Field::SafetyRegulation), ["Yes", "No"]);
}

#[test]
fn a_warrant_takes_drawing_and_level_from_its_part_unless_it_says_otherwise() {
    let mut desk = Desk::submitting();
    let warrant = desk.project.all_in_order::<Warrant>()[0].id;
    let part = desk.project.get(warrant).unwrap().part.clone().unwrap().present().unwrap();
    desk.set(part, Field::Drawing, "D-17");
    desk.set(part, Field::ChangeLevel, "F");
    desk.set(part, Field::ChangeDate, "2026-05-01");
    let shown = |desk: &Desk| {
        let warrant = desk.project.get(warrant).unwrap();
        (desk.project.warrant_drawing(warrant).to_string(), desk.project.warrant_level(warrant).0.to_string())
    };
    assert_eq!(shown(&desk), ("D-17".to_owned(), "F".to_owned()));
    desk.set(warrant, Field::ChangeLevel, "E");
    assert_eq!(shown(&desk).1, "E");
    let own = desk.project.get(warrant).unwrap();
    assert_eq!(desk.project.warrant_level(own).1, None, "the date of the part belongs to another level");
    desk.run(&Command::Delete { items: vec![part.into()] });
    assert_eq!(desk.project.violations(), []);
    assert!(desk.project.get(warrant).unwrap().part.as_ref().unwrap().last_label().is_some());
}

#[test]
fn documents_and_files_prove_an_element_by_name() {
    let mut desk = Desk::submitting();
    let element = desk.element("1").id;
    let list = |list, lines: &[&str]| Command::SetList {
        owner: element.into(),
        list,
        lines: lines.iter().map(ToString::to_string).collect(),
    };
    let plan = desk.project.documents_of(DocumentKind::ControlPlan)[0].clone();
    desk.run(&list(List::Documents, &["Control plan", &plan.number]));
    assert_eq!(desk.element("1").documents.len(), 1, "the same document once");
    let refused = desk.try_run(&list(List::Documents, &["no such document"])).unwrap_err();
    assert!(refused.reason.contains("is not a document"), "{refused}");
    let attach = |path: &str, title: &str| Command::Attach {
        element,
        path: path.to_owned(),
        title: title.to_owned(),
        hash: "0".repeat(64),
    };
    desk.run(&attach("attachments/drawing.pdf", "drawing"));
    desk.run(&attach("attachments/second.pdf", "second"));
    desk.run(&attach("attachments/drawing.pdf", "drawing"));
    assert_eq!((desk.element("1").attachments.len(), desk.project.count::<Attachment>()), (2, 2));
    desk.run(&list(List::Attachments, &["second", "attachments/drawing.pdf"]));
    let order: Vec<String> = desk.element("1").attachments.iter().map(|file| desk.project.target_text(file)).collect();
    assert_eq!(order, ["second", "drawing"], "they are handed over in this order");
    desk.run(&Command::Delete { items: vec![plan.id.into()] });
    assert!(!desk.element("1").documents[0].last_label().unwrap().is_empty(), "the lost document keeps its name");
}

#[test]
fn a_result_is_judged_by_its_limits_and_else_by_a_person() {
    let mut desk = Desk::submitting();
    let known = desk.project.all_in_order::<Characteristic>()[0].clone();
    desk.set(known.id, Field::Specification, "8.0 ± 0.5 Nm");
    let label = desk.project.get(known.id).unwrap().label();
    let result = desk.result(Field::Requirement, &label);
    let now = |desk: &Desk| desk.project.get(result).unwrap().clone();
    assert_eq!(now(&desk).characteristic.as_ref().and_then(Ref::present), Some(known.id));
    assert_eq!(desk.project.result_specification(&now(&desk)), "8.0 ± 0.5\u{a0}Nm");
    desk.set(result, Field::Readings, "7,9; 8,2");
    assert_eq!(desk.project.verdict(&now(&desk)), Some(Verdict::Ok));
    desk.set(known.id, Field::Specification, "8.0 ± 0.1 Nm");
    assert_eq!(desk.project.verdict(&now(&desk)), Some(Verdict::NotOk), "the limits are those of the characteristic");
    desk.set(result, Field::Verdict, "ok");
    assert!(desk.project.contradicts_readings(&now(&desk)));
    assert_eq!(desk.project.verdict(&now(&desk)), Some(Verdict::NotOk), "the numbers decide");
    desk.set(result, Field::Specification, "no visible burr");
    assert_eq!(desk.project.verdict(&now(&desk)), Some(Verdict::Ok), "a person decides where numbers do not");
    let own = desk.result(Field::Readings, "3.2");
    assert_eq!(&*desk.project.get(own).unwrap().readings, "3.2");
    desk.run(&Command::Duplicate { item: result.into() });
    let copy = desk.results()[1];
    assert!(copy.readings.is_blank() && copy.verdict.is_none() && copy.characteristic.is_some());
}

#[test]
fn a_specification_that_differs_by_part_judges_the_part() {
    let brake = in_work("electric-parking-brake");
    let mut desk = Desk { project: brake, history: History::default() };
    let parts: Vec<Id<Part>> = desk.project.members();
    let result = desk.results()[0].clone();
    let characteristic = desk.project.result_characteristic(&result).unwrap().clone();
    let mut changed = characteristic.clone();
    let specification = |text: &str| goldthread::model::specification::Specification::parse(text);
    let for_part = |part: Id<Part>, text: &str| goldthread::model::characteristic::PartSpecification {
        applicability: goldthread::model::applicability::Applicability::Parts(vec![part.into()]),
        specification: specification(text),
    };
    changed.specifications = vec![for_part(parts[0], "10.4 – 10.5 mm"), for_part(parts[1], "1 – 2 mm")];
    desk.project.apply(&[goldthread::model::Op::Put(changed.into())]).unwrap();
    let judged = |part| desk.project.derived_verdict(&TestResult { part, ..result.clone() });
    assert_eq!(judged(Some(parts[0].into())), Some(Verdict::Ok));
    assert_eq!(judged(Some(parts[1].into())), Some(Verdict::NotOk));
    assert_eq!(judged(None), None, "they do not agree, so somebody has to say for which part it is");
}

fn blocks(project: &Project, form: &Form) -> Vec<Block> {
    form.blocks(project).into_iter().map(|key| form.block(project, key)).collect()
}

fn column(project: &Project, form: &Form, key: &str) -> Vec<String> {
    let at = form.column(key).unwrap();
    blocks(project, form).iter().map(|block| block.cell_at(0, at).map(Cell::text).unwrap_or_default()).collect()
}

#[test]
fn the_elements_are_listed_with_what_their_level_asks_for() {
    let mut desk = Desk::submitting();
    let form = Form::list(&desk.project, ListKind::PpapElements, PROMPTS);
    let letters = column(&desk.project, &form, "submit_or_retain").concat();
    assert_eq!(letters, "SRSSSSSSSSSSSSSSRRSSS");
    let id = desk.submission().id;
    desk.set(id, Field::SubmissionLevel, "4");
    assert_eq!(column(&desk.project, &form, "submit_or_retain").concat(), "*******************SS");
    let element = desk.element("1").id;
    desk.set(element, Field::Retention, "R");
    assert_eq!(desk.project.required(desk.element("1")), Some(Retention::Retain));
    assert!(column(&desk.project, &form, "ppap_element").iter().all(|title| !title.is_empty()));
    let nothing = Desk::new();
    for list in ListKind::ALL.into_iter().filter(|list| list.is_of_submission()) {
        assert!(Form::list(&nothing.project, list, PROMPTS).blocks(&nothing.project).is_empty(), "{list:?}");
    }
}

#[test]
fn pasted_rows_become_results_from_the_open_row_on() {
    let desk = Desk::submitting();
    let list = ListKind::Results(ResultKind::Dimensional);
    let form = Form::list(&desk.project, list, PROMPTS);
    let open = blocks(&desk.project, &form).pop().expect("the open row");
    assert_eq!(open.key, desk.submission().id.into());
    let at = |key: &str| form.column(key).unwrap();
    let texts = |number: &str, requirement: &str, limits: &str, readings: &str| {
        vec![
            (at("item_number"), number.to_owned()),
            (at("requirement"), requirement.to_owned()),
            (at("specification_limits"), limits.to_owned()),
            (at("readings"), readings.to_owned()),
        ]
    };
    let batch = CellBatch {
        form: form.clone(),
        kind: BatchKind::Paste,
        rows: vec![TextRow {
            block: open.key,
            row: open.rows[0].id,
            texts: texts("1", "Diameter", "8 ± 0.1 mm", "8,02 7,98"),
        }],
        beyond: vec![texts("2", "Length", "20 ± 0.2 mm", "20.3"), texts("3", "Burr", "none", "none seen")],
        behind: None,
        outside: Vec::new(),
        reach: None,
    };
    let written = write_cells(&desk.project, &batch, &mut author(), &|| true).unwrap();
    assert_eq!((written.rows, written.refused.as_slice()), (3, [].as_slice()));
    let mut after = desk.project.clone();
    after.apply(&written.transaction.ops).unwrap();
    assert_eq!(column(&after, &form, "requirement"), ["Diameter", "Length", "Burr", ""]);
    assert_eq!(column(&after, &form, "verdict"), ["OK", "NOK", "", ""]);
    let paper = Form::list(&after, list, FormOptions::default());
    assert_eq!(column(&after, &paper, "item_number"), ["1", "2", "3"], "paper has no open row");
    let material = Form::list(&after, ListKind::Results(ResultKind::Material), FormOptions::default());
    assert!(material.blocks(&after).is_empty());
}

#[test]
fn a_submission_has_a_file_of_its_own_that_goes_with_it() {
    let mut desk = Desk::submitting();
    desk.result(Field::Requirement, "Diameter");
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().join("project");
    let mut folder = create(&path, &desk.project).unwrap();
    let again = open(&path, desk.project.library().clone()).unwrap();
    assert_eq!(again.findings, []);
    assert!(again.project.items().eq(desk.project.items()));
    let file = path.join("ppap.ron");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("submissions: [") && text.contains("test_results: ["));

    fs::write(&file, text.replace("level: Three", "level: Three, grade: 1")).unwrap();
    let broken = open(&path, desk.project.library().clone()).unwrap();
    assert_eq!(broken.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["FIL-01"]);
    assert!(broken.findings[0].message.contains("grade"), "{}", broken.findings[0].message);
    assert!(broken.project.submission().is_none() && broken.project.may_be_unread(Kind::Submission));
    fs::write(&file, &text).unwrap();

    let id = desk.submission().id;
    desk.run(&Command::Delete { items: vec![id.into()] });
    assert_eq!((desk.project.count::<PpapElement>(), desk.project.count::<TestResult>()), (0, 0));
    let saved = folder.save(&desk.project).unwrap();
    assert_eq!(saved.removed.iter().map(ToString::to_string).collect::<Vec<_>>(), ["ppap.ron"]);
    assert!(!file.exists() && folder.save(&desk.project).unwrap().removed.is_empty());
    desk.history.undo(&mut desk.project).unwrap().unwrap();
    folder.save(&desk.project).unwrap();
    assert!(file.exists());
}

fn pages(project: &Project, what: Printable, options: &PdfOptions) -> Display {
    lay_out(&what.report(project, TODAY, options).unwrap()).unwrap()
}

fn words(display: &Display, page: usize) -> Vec<String> {
    let text = |item: &Item| match item {
        Item::Text(text) => Some(text.text.clone()),
        Item::Symbol { text, .. } => Some(text.to_string()),
        _ => None,
    };
    display.pages[page].items.iter().filter_map(text).collect()
}

#[test]
fn each_part_has_a_warrant_on_one_page() {
    let brake = opened(sample("electric-parking-brake").unwrap());
    for paper in [Paper::A4, Paper::Letter] {
        let options = PdfOptions { page: PageSetup::landscape(paper), ..PdfOptions::default() };
        for language in ["en", "de"] {
            let display = pages(&brake, Printable::Warrant, &PdfOptions { language, ..options.clone() });
            assert_eq!(display.pages.len(), 2, "{} {language}", paper.name());
            let (short, long) = paper.sides();
            assert!(display.pages.iter().all(|page| (page.width, page.height) == (short, long)), "upright");
        }
    }
    let display = pages(&brake, Printable::Warrant, &PdfOptions::default());
    let (first, second) = (words(&display, 0), words(&display, 1));
    let says = |page: &[String], text: &str| page.iter().any(|words| words.contains(text));
    for text in ["31.0472.01", "1.8460", "LA-31.0472", "4500118732", "612384011 / 2", "Stefan Brock", "320"] {
        assert!(says(&first, text), "{text}");
    }
    assert!(says(&second, "31.0472.02") && says(&second, "1.8455"));
    // Regulation, substances, format, marking, reason, level, three sets of results, requirements, tools.
    assert_eq!(first.iter().filter(|words| *words == "[x]").count(), 11);
    assert!(says(&first, "Customer signature") && says(&first, "For customer use only"));
}

#[test]
fn a_german_warrant_has_no_english_word() {
    let desk = Desk::submitting();
    let of = |language| {
        let options = PdfOptions { language, ..PdfOptions::default() };
        let display = pages(&desk.project, Printable::Warrant, &options);
        words(&display, 0).into_iter().filter(|words| words.chars().any(char::is_alphabetic)).collect::<BTreeSet<_>>()
    };
    let mut same: BTreeSet<String> = of("en").intersection(&of("de")).cloned().collect();
    let project = desk.project.data();
    let part = &desk.project.all_in_order::<Part>()[0];
    let label = desk.project.label(part.id.into());
    same.remove(&label);
    let data = [&project.name, &project.organisation, &project.plant, &project.customer, &project.programme];
    same.retain(|words| !data.iter().any(|data| data.contains(words.as_str()) || words.contains(data.as_str())));
    same.retain(|words| !part.name.contains(words.as_str()) && !part.number.contains(words.as_str()));
    same.retain(|words| !["IMDS", "Fax", "Region", "[x]", "CFG-1001"].contains(&words.as_str()));
    same.retain(|words| !project.supplier_code.contains(words.as_str()) && !part.change_level.contains(words.as_str()));
    same.retain(|words| !part.drawing.contains(words.as_str()));
    assert!(same.is_empty(), "{same:?}");
}

#[test]
fn the_forms_of_the_submission_are_printed_with_header_and_signature() {
    let brake = opened(sample("electric-parking-brake").unwrap());
    let is_other = |what: &Printable| what.document().is_none();
    for what in Printable::all(&brake).into_iter().filter(is_other) {
        let name = what.file_name(&brake);
        if !Printable::is_of_submission(&name) {
            continue;
        }
        assert!(pdf_bytes(&brake, what, TODAY, &PdfOptions::default()).unwrap().starts_with(b"%PDF"), "{name}");
        let display = pages(&brake, what, &PdfOptions::default());
        let all: Vec<String> = (0..display.pages.len()).flat_map(|page| words(&display, page)).collect();
        let says = |text: &str| all.iter().any(|words| words.contains(text));
        assert!(says("31.0472.01") && says("48213-07"), "{name}");
        assert!(says("Stefan Brock"), "{name}");
        assert_eq!(display.missing, Vec::<char>::new(), "{name}");
    }
    // Letters of the table and words of people stay what they are.
    let german = PdfOptions { language: "de", ..PdfOptions::default() };
    let elements = pages(&brake, ListKind::PpapElements.into(), &german);
    let said = words(&elements, 0);
    assert_eq!(said.iter().filter(|words| *words == "S").count(), 18);
    for text in ["Fertig", "Konstruktionsunterlagen", "DFMEA-31.0472, revision C, development centre"] {
        assert!(said.iter().any(|words| words == text), "{text}: {said:?}");
    }
    let bracket = opened(sample("stamped-bracket").unwrap());
    let names: Vec<String> = Printable::all(&bracket).iter().map(|what| what.file_name(&bracket)).collect();
    assert!(!names.iter().any(|name| Printable::is_of_submission(name)), "{names:?}");
}
