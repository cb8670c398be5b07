//! A workbook that comes home: what somebody changed in it is found cell by cell, and taken over as one change.

use std::collections::BTreeSet;

use goldthread::app::export::PdfOptions;
use goldthread::app::printing::Printable;
use goldthread::app::returned::{Returned, accept, compare, is_stamped};
use goldthread::app::samples::{SAMPLES, sample};
use goldthread::app::workbook::{forms, xlsx_bytes};
use goldthread::base::clock::Date;
use goldthread::base::{Id, IdSource, Text};
use goldthread::edit::{Author, Command, History, plan};
use goldthread::exchange::import::read::read;
use goldthread::exchange::import::workbook::{At, Cell, Sheet, Value, Workbook};
use goldthread::exchange::xlsx::stamp;
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
    let all: BTreeSet<usize> = (0..returned.differences.len()).collect();
    let accepted = accept(project, returned, &all, &mut author());
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
    let none = accept(&project, &returned, &BTreeSet::new(), &mut author());
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
