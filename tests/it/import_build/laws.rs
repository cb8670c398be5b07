//! Laws over random tables: nothing panics, every cell has one fate, the project is sound and survives its files.

use std::collections::HashSet;

use goldthread::exchange::import::account::Fate;
use goldthread::exchange::import::build::Difference;
use goldthread::exchange::import::table::{Field, Meaning, TableKind, TitleField};
use goldthread::model::Project;
use goldthread::model::characteristic::Characteristic;
use goldthread::model::flow::Step;
use goldthread::store;
use proptest::prelude::*;

use super::Sheets;

const WORDS: [&str; 36] = [
    "",
    "",
    "^",
    "|",
    "-",
    "A",
    "B",
    "10",
    "20",
    "10 Press",
    "30 & 40",
    "10-20",
    "7",
    "3.0",
    "0.4",
    "H",
    "M",
    "open",
    "closed",
    "2026-03-01",
    "03/04/2026",
    "J. Novak 2026-01-02",
    "Your plant: x (3)\nEnd user: y",
    "8.0 ± 0.5 mm",
    "none",
    "Machine: press",
    "Man",
    "a\nb",
    "100",
    "x",
    "○",
    "→ 20",
    "tbd",
    "CC",
    "50 %",
    "Error-proofing: PY-1",
];

/// Kind, columns and lines of a table, by their places in the lists of kinds, fields and words.
type Random = (usize, Vec<usize>, Vec<Vec<usize>>);

fn tables() -> impl Strategy<Value = Vec<Random>> {
    let table = (0..4_usize, prop::collection::vec(0..Field::ALL.len() + 2, 1..12)).prop_flat_map(|(kind, columns)| {
        let width = columns.len();
        let rows = prop::collection::vec(prop::collection::vec(0..WORDS.len(), width), 0..12);
        (Just(kind), Just(columns), rows)
    });
    prop::collection::vec(table, 1..4)
}

fn sheets(tables: &[Random]) -> Sheets {
    let mut sheets = Sheets::new();
    for (kind, columns, rows) in tables {
        let meaning = |at: usize| match Field::ALL.get(at) {
            Some(field) => (field.name(), Meaning::Field(*field)),
            None if at == Field::ALL.len() => ("Own", Meaning::Own),
            None => ("Left out", Meaning::Ignored),
        };
        let columns: Vec<(&str, Meaning)> = columns.iter().map(|at| meaning(*at)).collect();
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(|word| WORDS[*word]).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        sheets = sheets.sheet(TableKind::ALL[*kind], &columns, &rows);
        if columns.len().is_multiple_of(2) {
            sheets = sheets.fact(TitleField::DocumentNumber, "No.", "D-1");
        }
        if let Some(table) = sheets.understood.tables.last_mut() {
            table.split_lines = columns.len().is_multiple_of(3);
        }
    }
    sheets
}

/// Whether no two steps and no two characteristics go by the same number or name.
fn can_be_told_apart(project: &Project) -> bool {
    fn are_different(texts: impl Iterator<Item = String>) -> bool {
        let mut seen = HashSet::new();
        texts.filter(|text| !text.is_empty()).all(|text| seen.insert(text.to_lowercase()))
    }
    let steps = || project.all::<Step>();
    let characteristics = || project.all::<Characteristic>();
    are_different(steps().map(|step| step.number.to_string()))
        && are_different(steps().map(|step| step.name.to_string()))
        && are_different(characteristics().map(|found| found.number.to_string()))
        && are_different(characteristics().map(|found| found.name.to_string()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_global_rejects: 20_000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_table_is_accounted_for_and_gives_a_sound_project(tables in tables()) {
        // `import` checks account and structure.
        let first = sheets(&tables).import();
        let second = sheets(&tables).import_into(&first.project);
        // Connections to steps that only other tables bring are made the second time.
        let no_connections =
            |(_, columns, _): &Random| !columns.iter().any(|at| Field::ALL.get(*at) == Some(&Field::NextStep));
        prop_assume!(tables.iter().all(no_connections) && can_be_told_apart(&first.project));
        // A second time there is nothing new, and nothing is said otherwise but what found no place the first time, because another
        // line says something else.
        let new = |item: &goldthread::model::Item| first.project.item(item.id()).as_ref() != Some(item);
        let news: Vec<_> = second.built.items.into_iter().filter(new).collect();
        let is_taken = |found: &Difference| {
            matches!(first.built.account.fate(found.sheet, found.at), Some(Fate::Imported { .. }))
        };
        let differences: Vec<_> = second.built.differences.into_iter().filter(is_taken).collect();
        prop_assert_eq!((news, differences), (vec![], vec![]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn what_was_imported_is_the_same_when_it_is_opened_again(tables in tables()) {
        let imported = sheets(&tables).import();
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("project");
        store::create::create(&folder, &imported.project).unwrap();
        let opened = store::open::open(&folder, goldthread::app::library().unwrap()).unwrap();
        prop_assert_eq!(opened.findings, vec![]);
        prop_assert_eq!(items(&opened.project), items(&imported.project));
    }
}

fn items(project: &Project) -> Vec<goldthread::model::Item> {
    project.items().collect()
}
