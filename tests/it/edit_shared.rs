//! Facts that show in several rows: changed in all of them, or in one only.

use std::collections::BTreeMap;

use goldthread::edit::{Command, plan, shared_facts, uses};
use goldthread::model::form::{Form, FormOptions, List, RowId, Target};
use goldthread::model::item::AnyId;
use goldthread::model::{Op, Project};

use crate::edit_laws::author;
use crate::generate::generated;

/// A cell of a document: the form, the row, the column.
type Place = (usize, RowId, usize);

/// What every cell of every document says, merged cells in each of their rows.
fn said(project: &Project) -> BTreeMap<Place, String> {
    let mut said = BTreeMap::new();
    for (at, form) in forms(project).iter().enumerate() {
        for key in form.blocks(project) {
            let block = form.block(project, key);
            for cell in &block.cells {
                for row in &block.rows[cell.row..cell.row + cell.rows] {
                    said.insert((at, row.id, cell.column), cell.text());
                }
            }
        }
    }
    said
}

fn forms(project: &Project) -> Vec<Form> {
    let documents = project.documents();
    let form = |document| Form::new(project, document, Form::usual_kind(project, document), FormOptions::default());
    documents.into_iter().map(form).collect()
}

/// A cell with a fact that other rows show too.
struct Cell {
    places: Vec<Place>,
    rows: Vec<AnyId>,
    command: Command,
    fact: AnyId,
    uses: usize,
}

/// Every cell whose fact shows elsewhere and can have a copy, with the command that writes other words into it.
fn shared_cells(project: &Project) -> Vec<Cell> {
    let mut found = Vec::new();
    for (at, form) in forms(project).iter().enumerate() {
        for key in form.blocks(project) {
            let block = form.block(project, key);
            for cell in &block.cells {
                let span = &block.rows[cell.row..cell.row + cell.rows];
                let rows: Vec<AnyId> = span.iter().flat_map(|row| [Some(row.id.item), row.id.part]).flatten().collect();
                let command = match &cell.target {
                    Target::Field { item, field } => {
                        let text = match form.columns[cell.column].key.as_ref() {
                            "severity" => "2".to_owned(),
                            _ => format!("{} otherwise", cell.text()),
                        };
                        Command::SetField { item: *item, field: *field, text, via: Some(rows[0]) }
                    }
                    Target::List { owner, list: list @ (List::Controls(_) | List::Effects) } => {
                        let mut lines: Vec<String> = cell.text().lines().map(str::to_owned).collect();
                        let Some(last) = lines.last_mut() else { continue };
                        // Behind the level of an effect, before its severity.
                        let end = last.rfind(" (").unwrap_or(last.len());
                        last.insert_str(end, " otherwise");
                        Command::SetList { owner: *owner, list: *list, lines }
                    }
                    _ => continue,
                };
                let Ok(planned) = plan(project, &command, &mut author()) else { continue };
                if let [fact] = shared_facts(project, &planned.ops, &rows).as_slice()
                    && fact.can_be_own
                {
                    let places = span.iter().map(|row| (at, row.id, cell.column)).collect();
                    found.push(Cell { places, rows, command, fact: fact.item, uses: fact.uses });
                }
            }
        }
    }
    found
}

fn done(project: &Project, command: &Command) -> (Project, Vec<Op>) {
    let planned = plan(project, command, &mut author()).unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"));
    let mut after = project.clone();
    after.apply(&planned.ops).unwrap();
    (after, planned.ops)
}

/// The rows whose words differ.
fn changed(before: &BTreeMap<Place, String>, after: &BTreeMap<Place, String>) -> Vec<Place> {
    assert!(before.keys().eq(after.keys()), "no row comes or goes");
    before.iter().filter(|(place, text)| after[place] != **text).map(|(place, _)| *place).collect()
}

/// Columns that follow from the fact within the same row.
fn is_same_row(cell: &Cell, place: &Place) -> bool {
    cell.places.iter().any(|(form, row, _)| (*form, *row) == (place.0, place.1))
}

#[test]
fn only_here_leaves_every_other_row_as_it_was() {
    let mut kinds = BTreeMap::new();
    for seed in 0..3 {
        let project = generated(20, seed);
        let before = said(&project);
        for cell in shared_cells(&project) {
            let command = Command::OnlyHere { command: Box::new(cell.command.clone()), rows: cell.rows.clone() };
            let (after, _) = done(&project, &command);
            let changed = changed(&before, &said(&after));
            assert!(!changed.is_empty(), "{command:?}");
            for place in &changed {
                assert!(is_same_row(&cell, place), "{command:?} reached {place:?}: {}", before[place]);
            }
            assert_eq!(uses(&after, cell.fact), cell.uses - in_cell(&project, &after, cell.fact), "{command:?}");
            *kinds.entry(cell.fact.kind()).or_insert(0) += 1;
        }
    }
    assert!(kinds.len() >= 3, "causes or effects, controls, characteristics: {kinds:?}");
}

/// How many references to the fact were turned to its copy.
fn in_cell(before: &Project, after: &Project, fact: AnyId) -> usize {
    before.referrers(fact).len() - after.referrers(fact).len()
}

#[test]
fn a_change_for_all_reaches_exactly_the_places_that_were_counted() {
    for seed in 0..3 {
        let project = generated(20, seed);
        for cell in shared_cells(&project) {
            let (after, ops) = done(&project, &cell.command);
            let rewritten: Vec<AnyId> = ops
                .iter()
                .filter_map(|op| match op {
                    Op::Put(item) if project.item(item.id()).is_some_and(|known| known != *item) => Some(item.id()),
                    _ => None,
                })
                .collect();
            assert!(rewritten.contains(&cell.fact), "{:?}", cell.command);
            assert_eq!(uses(&after, cell.fact), cell.uses, "the fact stays where it was");
            assert_eq!(uses(&project, cell.fact), cell.uses);
            assert!(
                after.count::<goldthread::model::fmea::Failure>()
                    == project.count::<goldthread::model::fmea::Failure>()
            );
        }
    }
}

#[test]
fn a_step_cannot_differ_in_one_document() {
    let project = generated(12, 1);
    let form = &forms(&project)[1];
    let block = form.block(&project, form.blocks(&project)[1]);
    let column = form.column("process_step").unwrap();
    let Target::Field { item, field } = block.cell_at(0, column).unwrap().target else { panic!("a step") };
    let rows = vec![block.rows[0].id.item];
    let write = Command::SetField { item, field, text: "Other".into(), via: None };
    let planned = plan(&project, &write, &mut author()).unwrap();
    let facts = shared_facts(&project, &planned.ops, &rows);
    assert!(facts.iter().any(|fact| fact.item == item && !fact.can_be_own && fact.uses > 1), "{facts:?}");
    let refused = plan(&project, &Command::OnlyHere { command: Box::new(write), rows }, &mut author());
    assert!(refused.unwrap_err().reason.contains("cannot differ"));
}
