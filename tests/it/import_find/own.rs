//! Our own workbooks, read as anybody's: each document is taken for what it is.

use goldthread::app::export::PdfOptions;
use goldthread::app::samples::sample;
use goldthread::app::workbook::{forms, xlsx_bytes};
use goldthread::base::clock::Date;
use goldthread::exchange::import::find::understand;
use goldthread::exchange::import::read::read;
use goldthread::exchange::import::table::{Field, Meaning, TableKind, TitleField};
use goldthread::report::Progress;

use crate::samples::opened;

#[test]
fn documents_are_taken_for_what_they_are_and_lists_for_none() {
    let project = opened(sample("electric-parking-brake").unwrap());
    let today = Date::constant(2026, 11, 24);
    let made = xlsx_bytes(&project, &forms(&project), today, &PdfOptions::default(), &Progress::default()).unwrap();
    let workbook = read("book.xlsx", &made.bytes).unwrap();
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
    for table in &understood.tables {
        let own = table.columns.iter().filter(|column| column.heading.starts_with("goldthread:"));
        assert!(own.clone().count() == 2 && own.into_iter().all(|column| column.meaning == Meaning::Ignored));
    }
}
