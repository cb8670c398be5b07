//! A workbook that comes home: what somebody changed in it is found cell by cell, and taken over as one change.

use std::collections::BTreeSet;

use goldthread::app::export::PdfOptions;
use goldthread::app::printing::Printable;
use goldthread::app::returned::{AddedRow, Chosen, Returned, accept, compare, is_stamped};
use goldthread::app::samples::{SAMPLES, sample};
use goldthread::app::workbook::{forms, xlsx_bytes};
use goldthread::base::clock::Date;
use goldthread::base::{Id, IdSource, Text};
use goldthread::edit::{Author, Command, History, plan};
use goldthread::exchange::import::read::read;
use goldthread::exchange::import::workbook::{At, Cell, Sheet, Value, Workbook};
use goldthread::exchange::xlsx::stamp;
use goldthread::model::control_plan::PlanRow;
use goldthread::model::document::{DocumentKind, DocumentState};
use goldthread::model::field::Field;
use goldthread::model::project::Project;
use goldthread::model::risk::{Action, ActionStatus, Risk};
use goldthread::report::Progress;

use super::cli::{code, goldthread as run, stderr, stdout};
use super::fixture::random_project;
use super::samples::opened;

const TODAY: Date = Date::constant(2026, 11, 24);

fn author() -> Author {
    Author { name: Text::from("T"), today: TODAY, ids: IdSource::seeded(1) }
}

/// The workbook of forms as it is read from its file.
fn left(project: &Project, what: &[Printable], language: &'static str) -> Workbook {
    let options = PdfOptions { language, ..PdfOptions::default() };
    let made = xlsx_bytes(project, what, TODAY, &options, &Progress::default()).unwrap();
    read("book.xlsx", &made.bytes).unwrap()
}

/// The row of the form that shows an item, and the column with a heading, on a sheet.
fn place(sheet: &Sheet, id: &str, heading: &str) -> At {
    let row = sheet.cells().find(|(_, cell)| cell.value.to_string().split(' ').next() == Some(id)).unwrap().0.row;
    let column = sheet.cells().find(|(_, cell)| cell.value.to_string() == heading).unwrap().0.column;
    At::new(row, column)
}

fn text(text: &str) -> Cell {
    Cell { value: Value::Text(text.to_owned()), formula: false }
}

fn taken_over(project: &Project, returned: &Returned) -> Project {
    let accepted = accept(project, returned, &Chosen::all_cells(returned), &mut author());
    assert!(accepted.refused.is_empty(), "{:?}", accepted.refused);
    let mut after = project.clone();
    History::default().commit(&mut after, accepted.transaction).unwrap();
    after
}

fn set(project: &mut Project, item: Id<Risk>, field: Field, text: &str) {
    let command = Command::SetField { item: item.into(), field, text: text.to_owned(), via: None };
    let transaction = plan(project, &command, &mut author()).unwrap();
    History::default().commit(project, transaction).unwrap();
}

#[test]
fn a_workbook_that_nobody_changed_differs_in_nothing() {
    let random = (0..6).map(|seed| random_project(seed, 120));
    for project in SAMPLES.iter().map(opened).chain(random) {
        for language in ["en", "de"] {
            let all = forms(&project);
            if all.is_empty() {
                continue;
            }
            let book = left(&project, &all, language);
            assert!(is_stamped(&book));
            let returned = compare(&project, &book, TODAY).unwrap();
            assert_eq!(returned.differences, vec![], "{language}");
            assert_eq!((returned.added, returned.lacking, returned.changed_here), (vec![], vec![], 0));
            assert_eq!(returned.remarks, Vec::<String>::new());
        }
    }
}

#[test]
fn what_was_changed_there_is_taken_over_and_what_was_changed_here_stays() {
    let mut project = opened(sample("stamped-bracket").unwrap());
    let fmea = project.documents_of(DocumentKind::ProcessFmea)[0].id;
    let mut book = left(&project, &[fmea.into()], "en");
    let risks: Vec<&Risk> = project.all::<Risk>().collect();
    let [there, here, both] = [risks[0].id, risks[1].id, risks[2].id];
    let heading = "Filter code";
    for (risk, words) in [(there, "there"), (both, "of both there")] {
        let at = place(&book.sheets[0], &risk.to_string(), heading);
        book.sheets[0].write(at, text(words));
    }
    let occurrence = place(&book.sheets[0], &there.to_string(), "Occurrence (O) of FC");
    book.sheets[0].write(occurrence, Cell { value: Value::Number(9.0), formula: false });
    let priority = place(&book.sheets[0], &there.to_string(), "AP");
    book.sheets[0].write(priority, text("?"));
    set(&mut project, here, Field::FilterCode, "here");
    set(&mut project, both, Field::FilterCode, "of both here");
    let returned = compare(&project, &book, TODAY).unwrap();
    let mut found: Vec<_> = returned
        .differences
        .iter()
        .map(|found| (found.heading.as_str(), found.there.as_str(), found.both, found.refused.is_some()))
        .collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("AP", "?", false, true),
            (heading, "of both there", true, false),
            (heading, "there", false, false),
            ("Occurrence (O) of FC", "9", false, false),
        ]
    );
    assert!(returned.changed_here >= 1);
    let after = taken_over(&project, &returned);
    let code = |risk| after.get::<Risk>(risk).unwrap().filter_code.to_string();
    assert_eq!([code(there), code(here), code(both)], ["there", "here", "of both there"]);
    assert_eq!(after.field_text(there.into(), Field::Occurrence).unwrap_or_default(), "9");
    // Nothing but what was chosen.
    let none = accept(&project, &returned, &Chosen::default(), &mut author());
    assert_eq!((none.cells, none.transaction.ops.len()), (0, 0));
}

#[test]
fn values_of_the_program_come_home_from_another_language() {
    let project = (SAMPLES.iter().map(opened))
        .find(|project| {
            project.all::<Action>().any(|action| project.get(action.fmea).unwrap().state == DocumentState::Draft)
        })
        .unwrap();
    let list = goldthread::model::form::ListKind::Actions;
    let mut book = left(&project, &[list.into()], "de");
    let is_open = |action: &&Action| project.get(action.fmea).unwrap().state == DocumentState::Draft;
    let action = project.all::<Action>().filter(is_open).find(|action| action.status != ActionStatus::NotImplemented);
    let action = action.unwrap();
    let at = place(&book.sheets[0], &action.id.to_string(), "Status");
    book.sheets[0].write(at, text("Nicht umgesetzt"));
    let returned = compare(&project, &book, TODAY).unwrap();
    assert_eq!(returned.differences.len(), 1, "{:?}", returned.differences);
    let after = taken_over(&project, &returned);
    assert_eq!(after.get::<Action>(action.id).unwrap().status, ActionStatus::NotImplemented);
}

#[test]
fn columns_of_their_own_added_and_deleted_rows_are_told() {
    let project = opened(sample("stamped-bracket").unwrap());
    let plan = project.documents_of(DocumentKind::ControlPlan)[0].id;
    let book = left(&project, &[plan.into()], "en");
    let old = &book.sheets[0];
    let heading = old.cells().find(|(_, cell)| cell.value.to_string() == stamp::HIDDEN[0]).unwrap().0;
    // A column before the third one, the first row deleted, a row added behind it.
    let mut sheet = Sheet::named(old.name.clone());
    for (at, cell) in old.cells() {
        if at.row == heading.row + 1 {
            continue;
        }
        sheet.write(At::new(at.row, at.column + u32::from(at.column >= 2)), cell.clone());
    }
    sheet.write(At::new(heading.row, 2), text("Our remarks"));
    sheet.write(At::new(heading.row + 2, 2), text("ask the setter"));
    sheet.write(At::new(heading.row + 1, 5), text("Burr height"));
    let changed = Workbook { sheets: vec![sheet, book.sheets[1].clone()], ..book.clone() };
    let returned = compare(&project, &changed, TODAY).unwrap();
    assert_eq!(returned.differences, vec![]);
    assert_eq!(returned.added.len(), 1);
    assert_eq!(returned.added[0].texts[0].1, "Burr height");
    assert!(returned.lacking.len() == 1 && returned.lacking[0].deleted_there, "{:?}", returned.lacking);
    // Without its stamp it is a spreadsheet like any other, and another project does not know it.
    assert!(!is_stamped(&Workbook { sheets: vec![book.sheets[0].clone()], ..book.clone() }));
    let error = compare(&Project::default(), &book, TODAY).unwrap_err();
    assert!(error.contains("does not come from this project"), "{error}");
}

#[test]
fn what_is_reckoned_in_the_workbook_is_no_change_of_its_own() {
    let project = opened(sample("stamped-bracket").unwrap());
    let fmea = project.documents_of(DocumentKind::ProcessFmea)[0].id;
    let options = PdfOptions { formulas: true, ..PdfOptions::default() };
    let made = xlsx_bytes(&project, &[fmea.into()], TODAY, &options, &Progress::default()).unwrap();
    let mut book = read("book.xlsx", &made.bytes).unwrap();
    let risk = project.all::<Risk>().next().unwrap().id.to_string();
    let priority = place(&book.sheets[0], &risk, "AP");
    assert!(book.sheets[0].cell(priority).unwrap().formula);
    let occurrence = place(&book.sheets[0], &risk, "Occurrence (O) of FC");
    book.sheets[0].write(occurrence, Cell { value: Value::Number(10.0), formula: false });
    // Another program reckoned it again.
    book.sheets[0].write(priority, Cell { value: Value::Text("H".to_owned()), formula: true });
    let returned = compare(&project, &book, TODAY).unwrap();
    let headings: Vec<&str> = returned.differences.iter().map(|found| found.heading.as_str()).collect();
    assert_eq!(headings, ["Occurrence (O) of FC"]);
}

/// A sheet with a blank row behind the row of an item; the row of the sheet that is blank now.
fn with_row_behind(old: &Sheet, id: &str) -> (Sheet, u32) {
    let behind = old.cells().find(|(_, cell)| cell.value.to_string().split(' ').next() == Some(id)).unwrap().0.row;
    let mut sheet = Sheet::named(old.name.clone());
    for (at, cell) in old.cells() {
        sheet.write(At::new(at.row + u32::from(at.row > behind), at.column), cell.clone());
    }
    (sheet, behind + 1)
}

fn column(sheet: &Sheet, heading: &str) -> u32 {
    sheet.cells().find(|(_, cell)| cell.value.to_string() == heading).unwrap().0.column
}

#[test]
fn rows_that_were_added_there_are_made_here_and_those_deleted_there_go() {
    let mut project = opened(sample("stamped-bracket").unwrap());
    let [fmea, plan] =
        [DocumentKind::ProcessFmea, DocumentKind::ControlPlan].map(|kind| project.documents_of(kind)[0].id);
    for document in [fmea, plan] {
        let draft = project.get(document).unwrap().clone();
        let draft = goldthread::model::document::Document { state: DocumentState::Draft, ..draft };
        project.apply(&[goldthread::model::Op::Put(draft.into())]).unwrap();
    }
    let book = left(&project, &[fmea.into(), plan.into()], "en");
    let risk = project.all::<Risk>().next().unwrap().id;
    let (mut of_fmea, row) = with_row_behind(&book.sheets[0], &risk.to_string());
    let cause = column(&of_fmea, "3. Failure cause (FC) of the work element");
    of_fmea.write(At::new(row, cause), text("Coil edge wavy"));
    of_fmea.write(At::new(row, cause + 2), Cell { value: Value::Number(4.0), formula: false });
    let rows: Vec<PlanRow> = project.all::<PlanRow>().cloned().collect();
    let (mut of_plan, row) = with_row_behind(&book.sheets[1], &rows[0].id.to_string());
    let method = column(&of_plan, "Control method");
    of_plan.write(At::new(row, method), text("Edge checked at each coil"));
    // Another row is gone.
    let gone =
        of_plan.cells().find(|(_, cell)| cell.value.to_string().split(' ').next() == Some(&rows[1].id.to_string()));
    let gone = gone.unwrap().0.row;
    let mut without = Sheet::named(of_plan.name.clone());
    of_plan.cells().filter(|(at, _)| at.row != gone).for_each(|(at, cell)| without.write(at, cell.clone()));
    let changed = Workbook { sheets: vec![of_fmea, without, book.sheets[2].clone()], ..book };
    let returned = compare(&project, &changed, TODAY).unwrap();
    assert_eq!(returned.differences, vec![]);
    assert!(returned.added.len() == 2 && returned.added.iter().all(AddedRow::has_place), "{:?}", returned.added);
    assert_eq!(returned.lacking.len(), 1, "{:?}", returned.lacking);
    let chosen = Chosen { added: [0, 1].into(), deleted: [0].into(), ..Chosen::default() };
    let accepted = accept(&project, &returned, &chosen, &mut author());
    assert!(accepted.refused.is_empty(), "{:?}", accepted.refused);
    assert_eq!((accepted.cells, accepted.rows), (0, 3));
    assert_eq!(accepted.transaction.label, "Take over 3 rows from book.xlsx");
    let mut after = project.clone();
    let mut history = History::default();
    history.commit(&mut after, accepted.transaction).unwrap();
    let new = after.all::<Risk>().find(|new| project.get(new.id).is_none()).unwrap();
    assert_eq!(new.mode, project.get(risk).unwrap().mode, "a further cause of the same failure mode");
    assert_eq!(after.label(new.cause.into()), "Coil edge wavy");
    assert_eq!(after.field_text(new.id.into(), Field::Occurrence).as_deref(), Some("4"));
    let new = after.all::<PlanRow>().find(|new| project.get(new.id).is_none()).unwrap();
    assert_eq!(new.control_method.as_str(), "Edge checked at each coil");
    assert_eq!(new.step.to, rows[0].step.to);
    assert!(after.get(rows[1].id).is_none());
    // One step back.
    history.undo(&mut after).unwrap();
    assert!(after.items().eq(project.items()));
}

#[test]
fn the_command_line_compares_and_takes_over() {
    let (folder, path) = super::cli::sample("stamped-bracket");
    let book = folder.path().join("book.xlsx").display().to_string();
    assert_eq!(code(&run(&["export", &path, "--to", "xlsx", "-o", &book, "--today", "2026-11-24"])), 0);
    let same = run(&["import", &book, "--into", &path, "--check"]);
    assert_eq!(code(&same), 0, "{}{}", stdout(&same), stderr(&same));
    assert!(stdout(&same).ends_with("changed in the workbook: 0\n"), "{}", stdout(&same));
    let again = run(&["import", &book, "-o", &path]);
    assert!(code(&again) == 2 && stderr(&again).contains("--into"), "{}", stderr(&again));
    let accepted = run(&["import", &book, "--into", &path, "--accept"]);
    assert_eq!(code(&accepted), 0, "{}", stderr(&accepted));
    assert!(stderr(&accepted).contains("nothing was taken over"), "{}", stderr(&accepted));
}

#[test]
fn what_stands_beside_a_field_in_its_cell_does_not_become_part_of_it() {
    let mut project = opened(sample("stamped-bracket").unwrap());
    let fmea = project.documents_of(DocumentKind::ProcessFmea)[0].id;
    let justified: Vec<_> =
        project.all::<Risk>().filter(|risk| risk.justification.is_some()).map(|risk| risk.id).take(2).collect();
    set(&mut project, justified[0], Field::Remarks, "old words");
    let mut book = left(&project, &[fmea.into()], "de");
    let at = place(&book.sheets[0], &justified[0].to_string(), "Bemerkungen");
    let shown = book.sheets[0].cell(at).unwrap().value.to_string();
    assert!(shown.starts_with("old words\nBegründung: "), "{shown}");
    book.sheets[0].write(at, text(&shown.replace("old words", "new words\nand more")));
    let returned = compare(&project, &book, TODAY).unwrap();
    let after = taken_over(&project, &returned);
    assert_eq!(after.get::<Risk>(justified[0]).unwrap().remarks.as_str(), "new words\nand more");
    assert_eq!(compare(&after, &book, TODAY).unwrap().differences, vec![]);
    // A justification that was changed there is none of the remarks.
    book.sheets[0].write(at, text("only this"));
    let refused = &compare(&project, &book, TODAY).unwrap().differences[0];
    assert!(refused.refused.as_ref().is_some_and(|reason| reason.contains("stands elsewhere")), "{refused:?}");
}

#[test]
fn words_of_the_program_are_found_again_from_another_language() {
    let mut lost = BTreeSet::new();
    for project in SAMPLES.iter().map(opened) {
        let german = goldthread::store::assets::language("de").unwrap();
        for what in forms(&project) {
            let form = what.form(&project, &PdfOptions::default()).unwrap().unwrap();
            for cell in what.blocks(&project, &form).into_iter().flat_map(|key| form.block(&project, key).cells) {
                if !goldthread::report::forms::has_words_of_program(&form.columns[cell.column]) {
                    continue;
                }
                for part in &cell.parts {
                    let back = german.english_of(&german.list(&part.text));
                    if back != part.text {
                        lost.insert((form.columns[cell.column].key.to_string(), part.text.clone(), back));
                    }
                }
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}
