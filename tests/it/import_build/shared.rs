//! What sheets share among themselves and with the project they come into.

use goldthread::exchange::import::table::{Field as F, TableKind};
use goldthread::model::Project;
use goldthread::model::characteristic::Characteristic;
use goldthread::model::document::{Document, DocumentKind};
use goldthread::model::flow::Step;
use goldthread::model::fmea::{Element, Failure, FailureRole};
use goldthread::model::meta::Origin;
use goldthread::model::relation::Relation;

use super::Sheets;

fn three_sheets() -> Sheets {
    Sheets::new()
        .form(
            TableKind::ControlPlan,
            &[F::StepNumber, F::Step, F::ProductCharacteristic, F::Specification, F::ControlMethod],
            &[
                &["OP 10", "Pressing", "Depth", "8 ± 1 mm", "SPC"],
                &["OP 20", "Pack", "Label", "", "Scan"],
                &["15", "Wash", "Dirt", "", "Lab"],
            ],
        )
        .form(
            TableKind::ProcessFmea,
            &[F::Step, F::ProductCharacteristic, F::Mode, F::Cause],
            &[&["10 Press", "Depth", "Too shallow", "Worn"], &["20 Pack", "Label", "Wrong", "Mix-up"]],
        )
        .form(TableKind::ProcessFlow, &[F::StepNumber, F::Step], &[&["10", "Press"], &["20", "Pack"]])
}

#[test]
fn steps_and_characteristics_are_one_for_all_sheets() {
    let imported = three_sheets().import();
    let steps: Vec<String> = imported.project.all_in_order::<Step>().iter().map(|step| step.label()).collect();
    assert_eq!(steps, ["10 Press", "20 Pack", "15 Wash"]);
    assert_eq!(imported.project.count::<Characteristic>(), 3);
    // The plan gives step 10 another name, which no field can hold.
    assert_eq!(imported.left("B6"), "the step of this number is called “Press” in the project");
    let depth = imported.project.all::<Characteristic>().find(|found| *found.name == *"Depth").unwrap();
    assert_eq!(imported.project.sources(depth.id, Relation::RowCharacteristic).len(), 1);
    assert_eq!(imported.project.sources(depth.id, Relation::FailureCharacteristic).len(), 1);
    // New links are born reviewed against what their targets are in the end.
    let suspect = imported.project.items().flat_map(|item| imported.project.held_links(item.id()));
    assert!(suspect.into_iter().all(|link| link.changed.is_empty()));
}

#[test]
fn what_the_project_has_is_used_and_not_changed() {
    let first = three_sheets().import();
    let before = first.project.clone();
    let second = Sheets::new()
        .form(
            TableKind::ProcessFmea,
            &[F::StepNumber, F::Step, F::ProductCharacteristic, F::Mode, F::Cause],
            &[
                &["10", "Press again", "depth", "Too deep", "Set wrongly"],
                &["12", "Deburr", "", "Burr", "Blunt"],
                &["20", "", "", "m", "c"],
            ],
        )
        .import_into(&before);
    for item in before.items() {
        assert_eq!(second.project.item(item.id()), Some(item));
    }
    let steps: Vec<String> = second.project.all_in_order::<Step>().iter().map(|step| step.label()).collect();
    assert_eq!(steps, ["10 Press", "12 Deburr", "20 Pack", "15 Wash"]);
    assert_eq!(second.project.count::<Characteristic>(), 3);
    assert_eq!(second.project.documents_of(DocumentKind::ProcessFmea).len(), 2);
    let files: std::collections::BTreeSet<String> =
        second.project.all::<Document>().map(|document| document.file.to_string()).collect();
    assert_eq!(files.len(), second.project.count::<Document>());
    // An element has room for a name of its own.
    assert!(second.project.all::<Element>().any(|element| *element.name == *"Press again"));
}

#[test]
fn an_import_is_one_step_back() {
    let before = three_sheets().import().project;
    let rows: &[&[&str]] = &[&["10", "Press", "Too deep", "Set wrongly"]];
    let further = Sheets::new().form(TableKind::ProcessFmea, &[F::StepNumber, F::Step, F::Mode, F::Cause], rows);
    let mut imported = further.import_into(&before);
    assert!(imported.project.items().count() > before.items().count());
    imported.history.undo(&mut imported.project).unwrap();
    assert_eq!(items(&imported.project), items(&before));
    assert_eq!(imported.history.undo_label(), None);
}

fn items(project: &Project) -> Vec<goldthread::model::Item> {
    project.items().collect()
}

#[test]
fn every_imported_item_knows_its_cell() {
    let imported = three_sheets().import();
    for failure in imported.project.all::<Failure>().filter(|failure| failure.role == FailureRole::Mode) {
        let origin = failure.meta.as_ref().and_then(|meta| meta.origin.clone());
        let Some(Origin::Cell { file, sheet, cell }) = origin else { panic!("{failure:?}") };
        assert_eq!((file.as_str(), sheet.as_str()), ("made.xlsx", "S1"));
        assert!(cell.starts_with('C'), "{cell}");
    }
    assert!(imported.project.all::<Step>().all(|step| step.meta.is_some()));
}

#[test]
fn a_range_of_numbers_is_several_steps_if_its_ends_are() {
    let imported = Sheets::new()
        .form(
            TableKind::ProcessFlow,
            &[F::StepNumber, F::Step],
            &[&["10", "a"], &["20", "b"], &["30", "c"], &["40", "d"]],
        )
        .form(
            TableKind::ProcessFmea,
            &[F::StepNumber, F::Step, F::Mode],
            &[&["20-40", "Line", "m"], &["7-9", "Other", "n"]],
        )
        .import();
    assert_eq!(imported.element("Line").steps.len(), 3);
    assert_eq!(imported.project.count::<Step>(), 5);
    assert!(imported.project.all::<Step>().any(|step| *step.number == *"7-9"));
}
