//! Files of which the project has a document already: what it has is not made again, and what the file says otherwise is told.

use std::collections::BTreeSet;

use goldthread::app::import::command_with;
use goldthread::base::{IdSource, Text};
use goldthread::edit::{Author, plan};
use goldthread::exchange::import::account::Fate;
use goldthread::exchange::import::build::Difference;
use goldthread::exchange::import::table::{Field as F, TableKind, TitleField};
use goldthread::model::Project;
use goldthread::model::characteristic::Characteristic;
use goldthread::model::control_plan::PlanRow;
use goldthread::model::document::{Document, DocumentKind, DocumentState};
use goldthread::model::fmea::{Anchor, Control, Element, Failure, FailureRole, Function, LevelEffects, ModeEffects};
use goldthread::model::item::Kind;
use goldthread::model::op::Op;
use goldthread::model::project_data::Person;
use goldthread::model::relation::Relation;
use goldthread::model::review::reviewed_link;
use goldthread::model::risk::{Action, ActionStatus, AssessmentState, Risk};

use super::{Imported, Sheets};

const PFMEA: [F; 15] = [
    F::StepNumber,
    F::Step,
    F::Function,
    F::Mode,
    F::Effect,
    F::Severity,
    F::WorkElement,
    F::Cause,
    F::PreventionControl,
    F::Occurrence,
    F::DetectionControl,
    F::Detection,
    F::Action,
    F::Responsible,
    F::Remarks,
];

const PLAN: [F; 7] = [
    F::StepNumber,
    F::Step,
    F::ProductCharacteristic,
    F::Specification,
    F::SampleSize,
    F::ControlMethod,
    F::ReactionPlan,
];

type Row<'t> = Vec<&'t str>;

fn pfmea() -> Vec<Row<'static>> {
    let row = |text: &'static str| text.split(';').collect();
    vec![
        row(
            "10;Press;Press bushing in;Too shallow;Noise;7;Press;Stop worn;Stop checked;3;Gauge;4;Hard stop;J. Novak;a",
        ),
        row("|;|;|;|;|;|;Operator;Part not seated;Training;2;Gauge;4;;;"),
        row("|;|;|;Too deep;Leak;8;Press;Stop worn;Stop checked;3;Gauge;5;;;"),
        row("20;Pack;Pack parts;Wrong label;Mix-up at customer;6;Printer;Old label file;;4;Scan;2;;;"),
    ]
}

fn plan_rows() -> Vec<Row<'static>> {
    let row = |text: &'static str| text.split(';').collect();
    vec![
        row("10;Press;Depth;8 ± 1 mm;5 per shift;SPC;Stop and sort"),
        row("10;Press;Depth;8 ± 1 mm;1 per week;Measuring room;Stop and sort"),
        row("20;Pack;Label;;100 %;Scan;Block"),
    ]
}

fn both(pfmea: &[Row<'_>], rows: &[Row<'_>]) -> Sheets {
    let pfmea: Vec<&[&str]> = pfmea.iter().map(Vec::as_slice).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    Sheets::new()
        .form(TableKind::ProcessFmea, &PFMEA, &pfmea)
        .fact(TitleField::DocumentNumber, "FMEA No.", "F-17")
        .fact(TitleField::PreparedBy, "Prepared by", "J. Novak")
        .form(TableKind::ControlPlan, &PLAN, &rows)
        .fact(TitleField::DocumentNumber, "Control plan No.", "CP-17")
}

/// What is new, by kind, and which items of the project get more.
fn news(before: &Project, imported: &Imported) -> (Vec<Kind>, Vec<Kind>) {
    let (mut new, mut extended) = (Vec::new(), Vec::new());
    for item in &imported.built.items {
        match before.item(item.id()) {
            None => new.push(item.id().kind()),
            Some(known) if known != *item => extended.push(item.id().kind()),
            Some(_) => {}
        }
    }
    (new, extended)
}

fn told(differences: &[Difference]) -> Vec<String> {
    let line = |found: &Difference| {
        format!("{}!{} {} {:?} → {:?}", found.sheet, found.at, found.field.label(), found.here, found.there)
    };
    differences.iter().map(line).collect()
}

/// Takes over some differences of what was built.
fn taken_over(before: &Project, sheets: &Sheets, imported: &Imported, taken: &BTreeSet<usize>) -> Project {
    let ids = IdSource::seeded(99);
    let mut author = Author { name: Text::from("Jana"), today: "2026-11-25".parse().unwrap(), ids };
    let command = command_with(&sheets.workbook, &imported.built, taken);
    let transaction = plan(before, &command, &mut author).unwrap();
    let mut after = before.clone();
    after.apply(&transaction.ops).unwrap();
    assert_eq!(after.violations(), []);
    after
}

#[test]
fn a_second_time_there_is_nothing_new() {
    let sheets = both(&pfmea(), &plan_rows());
    let before = sheets.import().project;
    let again = sheets.import_into(&before);
    assert_eq!(news(&before, &again), (vec![], vec![]));
    assert_eq!(told(&again.built.differences), Vec::<String>::new());
    for made in &again.built.made {
        assert!(before.get(made.document).is_some());
        let counts = made.counts;
        assert_eq!((counts.functions, counts.failure_modes, counts.effects, counts.causes), (0, 0, 0, 0));
        assert_eq!((counts.controls, counts.actions, counts.plan_rows, counts.characteristics), (0, 0, 0, 0));
    }
    assert!(again.remarks("3 failure modes, 4 failure causes are there already"));
    assert!(again.remarks("3 control-plan rows are there already"));
    assert_eq!(again.history.undo_label(), None);
}

#[test]
fn further_lines_go_where_the_file_has_them() {
    let before = both(&pfmea(), &plan_rows()).import().project;
    let (mut lines, mut rows) = (pfmea(), plan_rows());
    lines.insert(1, "|;|;|;|;|;|;Press;Force too low;Force monitored;2;Gauge;4;;;".split(';').collect());
    lines.insert(3, "|;|;|;Crooked;Noise;7;Operator;Part not seated;Training;2;Gauge;4;;;".split(';').collect());
    rows.insert(1, "10;Press;Depth;8 ± 1 mm;First part;Set-up gauge;Stop and sort".split(';').collect());
    let again = both(&lines, &rows).import_into(&before);
    assert_eq!(told(&again.built.differences), Vec::<String>::new());
    let causes = |mode: &str| -> Vec<String> {
        let mode = again.failures(FailureRole::Mode).into_iter().find(|failure| *failure.text == *mode).unwrap();
        let risks = again.project.children::<Risk>(mode.id, Relation::RiskOfMode);
        risks.map(|risk| again.project.get(risk.cause).unwrap().text.to_string()).collect()
    };
    assert_eq!(causes("Too shallow"), ["Stop worn", "Force too low", "Part not seated"]);
    assert_eq!(causes("Crooked"), ["Part not seated"]);
    let function = again.project.all::<Function>().find(|function| *function.text == *"Press bushing in").unwrap();
    let modes = again.project.children::<Failure>(function.id, Relation::FailureOfFunction);
    let modes: Vec<&str> =
        modes.filter(|failure| failure.role == FailureRole::Mode).map(|mode| mode.text.as_str()).collect();
    assert_eq!(modes, ["Too shallow", "Crooked", "Too deep"]);
    // The effect of the new mode is that of the other one, and the controls are those that are there.
    assert_eq!(again.texts(FailureRole::Effect), ["Leak", "Mix-up at customer", "Noise"]);
    assert_eq!(again.project.count::<Control>(), before.count::<Control>() + 1);
    let methods: Vec<&str> = {
        let plan = again.project.documents_of(DocumentKind::ControlPlan)[0].id;
        again.project.children::<PlanRow>(plan, Relation::RowInPlan).map(|row| row.control_method.as_str()).collect()
    };
    assert_eq!(methods.iter().filter(|method| **method == "Set-up gauge").count(), 1);
    assert_eq!(methods.len(), 4);
    assert_eq!(again.project.count::<Document>(), before.count::<Document>());
}

#[test]
fn what_the_file_says_otherwise_is_told_by_its_cell_and_can_be_taken_over() {
    let before = both(&pfmea(), &plan_rows()).import().project;
    let (mut lines, mut rows) = (pfmea(), plan_rows());
    (lines[0][5], lines[0][9], lines[0][13], lines[0][14]) = ("9", "4", "K. Berg", "b");
    rows[1][4] = "2 per week";
    rows[2][6] = "Block and call";
    let sheets = both(&lines, &rows);
    let again = sheets.import_into(&before);
    assert_eq!(news(&before, &again), (vec![], vec![]), "also nobody new");
    let mut differences = told(&again.built.differences);
    differences.sort();
    assert_eq!(
        differences,
        [
            r#"0!F6 severity "7" → "9""#,
            r#"0!J6 occurrence "3" → "4""#,
            r#"0!N6 responsible person "J. Novak" → "K. Berg""#,
            r#"0!O6 remarks "a" → "b""#,
            r#"1!E7 sample size "1 per week" → "2 per week""#,
            r#"1!G8 reaction plan "Block" → "Block and call""#,
        ]
    );
    assert!(again.left("J6").contains("unless you take over"));
    let all = (0..again.built.differences.len()).collect();
    let after = taken_over(&before, &sheets, &again, &all);
    // Then it is as the file says.
    let third = sheets.import_into(&after);
    assert_eq!(told(&third.built.differences), Vec::<String>::new());
    assert!(after.all::<Person>().any(|person| *person.name == *"K. Berg"));
    // Who is not taken over does not come in.
    let none = taken_over(&before, &sheets, &again, &BTreeSet::new());
    assert_eq!(none.items().collect::<Vec<_>>(), before.items().collect::<Vec<_>>());
}

#[test]
fn controls_effects_and_actions_are_added_to_lines_that_are_there() {
    let before = both(&pfmea(), &plan_rows()).import().project;
    let mut lines = pfmea();
    lines.insert(1, "|;|;|;|;|;|;|;|;Tool life counted;|;Camera;|;Longer stop;J. Novak;".split(';').collect());
    let sheets = both(&lines, &plan_rows());
    let again = sheets.import_into(&before);
    assert_eq!(told(&again.built.differences), Vec::<String>::new());
    let (mut new, extended) = news(&before, &again);
    new.sort_unstable();
    assert_eq!(new, [Kind::Control, Kind::Control, Kind::Action]);
    assert_eq!(extended, [Kind::Risk]);
    let risk = again.risk("Stop worn");
    let controls: Vec<&str> = risk
        .controls
        .iter()
        .map(|control| again.project.get(control.present().unwrap()).unwrap().text.as_str())
        .collect();
    assert_eq!(controls, ["Stop checked", "Gauge", "Tool life counted", "Camera"]);
    assert_eq!(again.project.count::<Action>(), 2);
    let links = again.project.held_links(risk.id.into());
    assert!(links.iter().all(|link| link.changed.is_empty()));
}

#[test]
fn another_number_is_another_document_and_a_released_one_is_left_alone() {
    let sheets = both(&pfmea(), &plan_rows());
    let before = sheets.import().project;
    let pfmea: Vec<Row<'_>> = pfmea();
    let lines: Vec<&[&str]> = pfmea.iter().map(Vec::as_slice).collect();
    let other = Sheets::new()
        .form(TableKind::ProcessFmea, &PFMEA, &lines)
        .fact(TitleField::DocumentNumber, "FMEA No.", "F-18")
        .import_into(&before);
    assert_eq!(other.project.documents_of(DocumentKind::ProcessFmea).len(), 2);
    assert!(!other.remarks("compared with"));

    let mut released = before.clone();
    let fmea = released.documents_of(DocumentKind::ProcessFmea)[0].clone();
    released.apply(&[Op::Put(Document { state: DocumentState::Released, ..fmea }.into())]).unwrap();
    let again = sheets.import_into(&released);
    assert_eq!(again.project.documents_of(DocumentKind::ProcessFmea).len(), 2);
    assert_eq!(again.project.documents_of(DocumentKind::ControlPlan).len(), 1);
    assert!(again.remarks("is released: this becomes a further document"));
}

#[test]
fn a_header_is_compared_and_not_written_over() {
    let before = both(&pfmea(), &plan_rows()).import().project;
    let pfmea: Vec<Row<'_>> = pfmea();
    let lines: Vec<&[&str]> = pfmea.iter().map(Vec::as_slice).collect();
    let sheets = Sheets::new()
        .form(TableKind::ProcessFmea, &PFMEA, &lines)
        .fact(TitleField::DocumentNumber, "FMEA No.", "f-17")
        .fact(TitleField::PreparedBy, "Prepared by", "K. Berg")
        .fact(TitleField::Team, "Team", "L. Stein, M. Roth")
        .fact(TitleField::KeyDate, "Key date", "2027-01-31");
    let again = sheets.import_into(&before);
    assert_eq!(news(&before, &again), (vec![], vec![]));
    assert_eq!(
        told(&again.built.differences),
        [r#"0!V2 prepared by "J. Novak" → "K. Berg""#, r#"0!X4 key date "" → "2027-01-31""#]
    );
    assert!(again.left("W3").contains("something else in its header"));
    assert_eq!(again.project.count::<Person>(), before.count::<Person>(), "the team is not changed");
}

#[test]
fn one_cause_at_two_work_elements_is_two_lines() {
    let imported = Sheets::new()
        .form(
            TableKind::ProcessFmea,
            &[F::Step, F::Mode, F::WorkElement, F::Cause, F::Occurrence],
            &[
                &["10 Press", "Too shallow", "Stop", "Worn", "3"],
                &["|", "|", "Punch", "Worn", "3"],
                &["|", "|", "", "Worn", "3"],
            ],
        )
        .import();
    assert_eq!(imported.project.count::<Risk>(), 2);
    let before = imported.project.clone();
    let again = Sheets::new()
        .form(
            TableKind::ProcessFmea,
            &[F::Step, F::Mode, F::WorkElement, F::Cause, F::Occurrence],
            &[&["10 Press", "Too shallow", "Punch", "Worn", "5"]],
        )
        .import_into(&before);
    let [found] = again.built.differences.as_slice() else { panic!("{:?}", again.built.differences) };
    let risk = before.all::<Risk>().find(|risk| goldthread::model::item::AnyId::from(risk.id) == found.item).unwrap();
    let at = before.get(risk.cause).unwrap().anchor;
    assert_eq!(at, Anchor::Element(imported.element("Punch").id));
    assert_eq!((found.here.as_str(), found.there.as_str()), ("3", "5"));
}

#[test]
fn functions_and_work_elements_with_another_name_are_known_by_their_failures() {
    let before = both(&pfmea(), &plan_rows()).import().project;
    let mut lines = pfmea();
    lines[0][2] = "Press the bushing into the housing";
    lines[1][6] = "Worker";
    lines.push("|;|;|;|;|;|;Printer;Ribbon empty;;2;Scan;2;;;".split(';').collect());
    let again = both(&lines, &plan_rows()).import_into(&before);
    let mut differences = told(&again.built.differences);
    differences.sort();
    assert_eq!(
        differences,
        [
            r#"0!C6 text "Press bushing in" → "Press the bushing into the housing""#,
            r#"0!G7 name "Operator" → "Worker""#,
        ]
    );
    let (new, extended) = news(&before, &again);
    assert_eq!((new, extended), (vec![Kind::Failure, Kind::Risk], vec![]), "the ribbon, and nothing else");
}

#[test]
fn a_file_without_functions_and_work_elements_means_the_same_lines() {
    let before = both(&pfmea(), &plan_rows()).import().project;
    let columns = [F::StepNumber, F::Mode, F::Cause, F::Occurrence, F::Detection];
    let rows: &[&[&str]] = &[
        &["10", "too shallow.", "Stop worn", "3", "2"],
        &["10", "Too shallow", "Part not seated", "2", "4"],
        &["20", "Wrong label", "Printer jam", "5", "5"],
    ];
    let again = Sheets::new()
        .form(TableKind::ProcessFmea, &columns, rows)
        .fact(TitleField::DocumentNumber, "FMEA No.", "F-17")
        .import_into(&before);
    assert_eq!(told(&again.built.differences), [r#"0!E6 detection "4" → "2""#]);
    assert_eq!(news(&before, &again).0, [Kind::Failure, Kind::Risk]);
    let at_pack = |element: &&Element| again.project.label(element.id.into()).contains("Pack");
    let step = again.project.all::<Element>().filter(|element| !element.steps.is_empty()).find(at_pack).unwrap();
    let jam = again.project.get(again.risk("Printer jam").cause).unwrap();
    assert_eq!(jam.anchor, Anchor::Element(step.id));
}

#[test]
fn what_a_person_stated_of_a_level_is_not_written_over() {
    let before = both(&pfmea(), &plan_rows()).import();
    let mode =
        before.failures(FailureRole::Mode).into_iter().find(|mode| *mode.text == *"Wrong label").unwrap().clone();
    let effects = ModeEffects { end_user: LevelEffects::NotKnown, ..ModeEffects::default() };
    let mut project = before.project;
    project.apply(&[Op::Put(Failure { effects, ..mode.clone() }.into())]).unwrap();
    let again = both(&pfmea(), &plan_rows()).import_into(&project);
    assert_eq!(again.project.get(mode.id).unwrap().effects.end_user, LevelEffects::NotKnown);
    assert!(again.left("E9").contains("says something else there and keeps it"), "{}", again.left("E9"));
}

#[test]
fn cells_that_list_what_the_project_has_apart_bring_nothing() {
    let before = both(&pfmea(), &plan_rows()).import().project;
    let mut lines = pfmea();
    let gauge = before.all::<Control>().find(|control| *control.text == *"Gauge").unwrap().clone();
    let mut risk = {
        let seated = |risk: &&Risk| *before.get(risk.cause).unwrap().text == *"Part not seated";
        before.all::<Risk>().find(seated).unwrap().clone()
    };
    let eye = Control { id: IdSource::seeded(5).next_id(), text: Text::from("Eye"), ..gauge };
    risk.controls.push(eye.id.into());
    let mut project = before.clone();
    project.apply(&[Op::Put(eye.into()), Op::Put(risk.into())]).unwrap();
    lines[1][10] = "Gauge\nEye";
    let again = both(&lines, &plan_rows()).import_into(&project);
    assert_eq!((news(&project, &again), told(&again.built.differences)), ((vec![], vec![]), vec![]));
}

/// A PFMEA whose steps stand on sheets of their own, below headers with the same number.
fn in_parts(lines: &[Row<'_>], rows: &[Row<'_>]) -> Sheets {
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let last = lines.len() - 1;
    Sheets::new()
        .form(TableKind::ProcessFmea, &PFMEA, &lines[..last])
        .fact(TitleField::DocumentNumber, "FMEA No.", "F-17")
        .fact(TitleField::PreparedBy, "Prepared by", "J. Novak")
        .form(TableKind::ControlPlan, &PLAN, &rows)
        .fact(TitleField::DocumentNumber, "Control plan No.", "CP-17")
        .form(TableKind::ProcessFmea, &PFMEA, &lines[last..])
        .fact(TitleField::DocumentNumber, "FMEA No.", "F-17")
        .fact(TitleField::PreparedBy, "Prepared by", "K. Berg")
}

#[test]
fn sheets_of_one_number_about_other_steps_are_one_document() {
    let mut lines = pfmea();
    lines[3][10] = "Gauge";
    let sheets = in_parts(&lines, &plan_rows());
    let imported = sheets.import();
    let whole = both(&lines, &plan_rows()).import();
    assert_eq!(imported.lines(), whole.lines());
    assert_eq!(imported.project.documents_of(DocumentKind::ProcessFmea).len(), 1);
    assert_eq!(imported.project.count::<Control>(), whole.project.count::<Control>(), "controls are shared");
    assert!(imported.remarks("the sheet goes on with"));
    let counts: Vec<usize> = imported.built.made.iter().map(|made| made.counts.causes).collect();
    assert_eq!(counts, [3, 0, 1], "each sheet says what it brings");
    let prepared = imported.fate_on(2, "V2");
    assert!(matches!(prepared, Fate::Left(left) if left.to_string().contains("first sheet")), "{prepared:?}");
    let again = sheets.import_into(&imported.project);
    assert_eq!(news(&imported.project, &again), (vec![], vec![]));
    assert_eq!(again.built.made.iter().map(|made| made.counts.causes).sum::<usize>(), 0);
    // A change on the second sheet is found there.
    lines[3][9] = "5";
    let again = in_parts(&lines, &plan_rows()).import_into(&imported.project);
    let found: Vec<String> = told(&again.built.differences).into_iter().filter(|line| line.contains("occ")).collect();
    assert_eq!(found, [r#"2!J6 occurrence "4" → "5""#]);
}

#[test]
fn sheets_of_one_number_about_the_same_steps_are_documents_of_their_own() {
    let before = both(&pfmea(), &plan_rows()).import().project;
    let lines = pfmea();
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    let sheets = Sheets::new()
        .form(TableKind::ProcessFmea, &PFMEA, &lines)
        .fact(TitleField::DocumentNumber, "FMEA No.", "F-17")
        .form(TableKind::ProcessFmea, &PFMEA, &lines[..2])
        .fact(TitleField::DocumentNumber, "FMEA No.", "F-17");
    let again = sheets.import_into(&before);
    assert_eq!(again.project.documents_of(DocumentKind::ProcessFmea).len(), 2);
    assert!(again.remarks("this one becomes a further document"));
    // The next time each has its own.
    let third = sheets.import_into(&again.project);
    assert_eq!(news(&again.project, &third), (vec![], vec![]));
}

#[test]
fn a_characteristic_with_another_name_is_known_by_its_number() {
    let columns = [F::StepNumber, F::CharacteristicNumber, F::ProductCharacteristic, F::ControlMethod];
    let rows: &[&[&str]] = &[&["10", "7", "Depth", "SPC"], &["10", "7", "Depth", "Audit"]];
    let sheets = Sheets::new().form(TableKind::ControlPlan, &columns, rows);
    let mut project = sheets.import().project;
    let depth = project.all::<Characteristic>().next().unwrap().clone();
    project.apply(&[Op::Put(Characteristic { name: Text::from("Depth of the bore"), ..depth }.into())]).unwrap();
    let again = sheets.import_into(&project);
    assert_eq!(news(&project, &again), (vec![], vec![]));
    assert_eq!(told(&again.built.differences), [r#"0!C6 name "Depth of the bore" → "Depth""#]);
}

#[test]
fn ratings_that_were_promoted_are_those_after_the_actions() {
    let mut columns = PFMEA.to_vec();
    columns.extend([F::LaterOccurrence, F::LaterDetection]);
    let lines = pfmea();
    let row: Vec<&str> = lines[0].iter().copied().chain(["1", "4"]).collect();
    let sheets = Sheets::new().form(TableKind::ProcessFmea, &columns, &[&row]).fact(
        TitleField::DocumentNumber,
        "FMEA No.",
        "F-17",
    );
    let mut project = sheets.import().project;
    let mut risk = project.all::<Risk>().next().unwrap().clone();
    let [before, after] = risk.assessments.as_mut_slice() else { panic!("{risk:?}") };
    (before.state, after.state) = (AssessmentState::Former, AssessmentState::Current);
    let mut action = project.all::<Action>().next().unwrap().clone();
    action.status = ActionStatus::Completed;
    project.apply(&[Op::Put(risk.into()), Op::Put(action.into())]).unwrap();
    // The file still has the ratings and the open action of then: it says no status.
    let again = sheets.import_into(&project);
    assert_eq!((news(&project, &again), told(&again.built.differences)), ((vec![], vec![]), vec![]));
}

#[test]
fn effects_and_controls_with_the_same_words_stay_apart() {
    let mut lines = pfmea();
    (lines[2][4], lines[2][5]) = ("Noise", "7");
    let imported = both(&lines, &plan_rows()).import();
    let mut project = imported.project.clone();
    assert_eq!(imported.texts(FailureRole::Effect), ["Mix-up at customer", "Noise"], "the file makes one of both");
    let mut ids = IdSource::seeded(8);
    // Somebody gave the second mode an effect, and its line a control, of its own.
    let effect = imported.failures(FailureRole::Effect).into_iter().find(|effect| *effect.text == *"Noise").unwrap();
    let effect = Failure { id: ids.next_id(), ..effect.clone() };
    let mut mode =
        imported.failures(FailureRole::Mode).into_iter().find(|mode| *mode.text == *"Too deep").unwrap().clone();
    let link = reviewed_link(&effect, &Text::from("Jana"), None);
    mode.effects.end_user = LevelEffects::Effects(vec![link]);
    let gauge = project.all::<Control>().find(|control| *control.text == *"Gauge").unwrap().clone();
    let own = Control { id: ids.next_id(), ..gauge.clone() };
    let mut risk = project.all::<Risk>().find(|risk| risk.mode == mode.id).unwrap().clone();
    risk.controls.retain(|control| control.id() != gauge.id);
    risk.controls.push(own.id.into());
    project.apply(&[Op::Put(effect.into()), Op::Put(own.into()), Op::Put(mode.into()), Op::Put(risk.into())]).unwrap();
    let again = both(&lines, &plan_rows()).import_into(&project);
    assert_eq!((news(&project, &again), told(&again.built.differences)), ((vec![], vec![]), vec![]));
}
