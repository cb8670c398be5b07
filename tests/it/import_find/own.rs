//! Our own workbooks, read as anybody's: each document is taken for what it is.

use goldthread::app::export::PdfOptions;
use goldthread::app::samples::sample;
use goldthread::app::workbook::{forms, xlsx_bytes};
use goldthread::base::clock::Date;
use goldthread::exchange::import::find::understand;
use goldthread::exchange::import::read::read;
use goldthread::exchange::import::table::{Certainty, Field, Meaning, TableKind, TitleField};
use goldthread::exchange::import::wish::Wish;
use goldthread::exchange::import::workbook::Workbook;
use goldthread::report::Progress;

use crate::samples::opened;

/// The workbook of a sample.
fn workbook() -> Workbook {
    let project = opened(sample("electric-parking-brake").unwrap());
    let today = Date::constant(2026, 11, 24);
    let made = xlsx_bytes(&project, &forms(&project), today, &PdfOptions::default(), &Progress::default()).unwrap();
    read("book.xlsx", &made.bytes).unwrap()
}

#[test]
fn the_stamp_says_what_every_column_is() {
    let workbook = workbook();
    let understood = understand(&workbook, &[]);
    let kinds: Vec<TableKind> = understood.tables.iter().map(|table| table.kind).collect();
    assert_eq!(kinds, [TableKind::ProcessFlow, TableKind::ProcessFmea, TableKind::ControlPlan], "lists are left out");
    for table in &understood.tables {
        assert!(table.own_form.is_some());
        assert!(
            table.columns.iter().all(|column| column.certainty == Certainty::Sure && column.meaning != Meaning::Own)
        );
    }
    // What a person says goes before it.
    let wish = Wish { kind: Some(TableKind::ControlPlan), ..Wish::default() };
    assert!(understand(&workbook, &[wish]).tables.iter().all(|table| table.own_form.is_none()));
}

#[test]
fn documents_are_taken_for_what_they_are_and_lists_for_none() {
    // Without the hidden sheet it is a workbook like any other.
    let mut workbook = workbook();
    workbook.sheets.retain(|sheet| !sheet.hidden);
    let understood = understand(&workbook, &[]);
    let kinds: Vec<TableKind> = understood.tables.iter().map(|table| table.kind).collect();
    assert_eq!(kinds[..3], [TableKind::ProcessFlow, TableKind::ProcessFmea, TableKind::ControlPlan]);
    let sheet = |index: usize| workbook.sheets[understood.tables[index].sheet].name.as_str();
    assert!(
        (3..kinds.len()).all(|index| !sheet(index).contains("haracteristics")),
        "lists of characteristics are no forms"
    );
    let fmea = &understood.tables[1];
    assert!(fmea.position(Field::StepNumber).is_some(), "the number that heads several lines is that of the step");
    let fact = |field| fmea.title.iter().find(|fact| fact.field == field).map(|fact| fact.value.to_string());
    assert_eq!(fact(TitleField::DocumentNumber).as_deref(), Some("PFMEA-31.0472"));
    assert!(fact(TitleField::Team).is_some_and(|team| team.contains("Miriam Vogt")), "and not the label beside it");
    let plan = &understood.tables[2].title;
    let fact = |field| plan.iter().find(|fact| fact.field == field).map(|fact| fact.value.to_string());
    assert_eq!(
        fact(TitleField::PartName).as_deref(),
        Some("EPB actuator, left\nEPB actuator, right"),
        "below its label"
    );
    for table in &understood.tables {
        let own = table.columns.iter().filter(|column| column.heading.starts_with("goldthread:"));
        assert!(own.clone().count() == 2 && own.into_iter().all(|column| column.meaning == Meaning::Ignored));
    }
}
