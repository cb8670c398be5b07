//! Which rows are lines, what blank and merged cells say, and what becomes of everything else.

use std::collections::BTreeSet;

use goldthread::exchange::import::find::understand;
use goldthread::exchange::import::table::{Field, Given, Left, Meaning, TableKind, TitleField};
use goldthread::exchange::import::wish::Wish;
use goldthread::exchange::import::workbook::{At, Value, Workbook};

use super::sheets::{mapping, merged, sheet, understood, workbook};

const HEADING: [&str; 9] = [
    "Process Step",
    "Potential Failure Mode",
    "Potential Effects",
    "S",
    "Potential Cause",
    "O",
    "Current Controls",
    "D",
    "RPN",
];

fn line<'t>(step: &'t str, mode: &'t str, effect: &'t str, cause: &'t str) -> Vec<&'t str> {
    vec![step, mode, effect, "7", cause, "4", "Visual inspection of each part", "6", "=168"]
}

#[test]
fn a_table_below_a_header_block_with_printed_pages_is_one_table() {
    let mut rows = vec![
        vec!["", "PROCESS FMEA"],
        vec!["FMEA Number:", "PF-12", "", "Customer", "Nordwind Motors"],
        vec!["Key Date : 10/12/2025", "", "Core team: A. Kim, J. Miller"],
        vec![],
        HEADING.to_vec(),
        line("10 Press", "Not seated", "Leak", "Force too low"),
        line("", "", "", "Tool worn"),
        vec![],
        vec!["Page 1 of 2"],
        HEADING.to_vec(),
        line("20 Weld", "Porosity", "Leak", "Gas flow too low"),
        vec!["", "", "", "", "", "", "", "", "=0"],
        vec![],
        vec!["Prepared by:", "A. Kim"],
    ];
    rows[5].push("Legend");
    let understood = understood(sheet("PFMEA", &rows));
    let [table] = &understood.tables[..] else { panic!("{} tables", understood.tables.len()) };
    assert_eq!((table.kind, table.heading_rows.clone()), (TableKind::ProcessFmea, 4..=4));
    assert_eq!(table.records.iter().map(|record| record.row).collect::<Vec<_>>(), [5, 6, 10]);
    let fact = |field| table.title.iter().find(|fact| fact.field == field).map(|fact| fact.value.to_string());
    assert_eq!(fact(TitleField::DocumentNumber).as_deref(), Some("PF-12"));
    assert_eq!(fact(TitleField::Customer).as_deref(), Some("Nordwind Motors"));
    assert_eq!(fact(TitleField::KeyDate).as_deref(), Some("10/12/2025"));
    assert_eq!(fact(TitleField::Team).as_deref(), Some("A. Kim, J. Miller"));
    let left = |row, column| {
        understood.left.iter().find(|(_, at, _)| *at == At::new(row, column)).map(|(_, _, left)| left.clone())
    };
    assert_eq!(left(0, 1), Some(Left::AboveTable));
    assert_eq!(left(1, 0), Some(Left::Label));
    assert_eq!(left(4, 3), Some(Left::Heading));
    assert_eq!(left(9, 3), Some(Left::Heading), "repeated on the second page");
    assert_eq!(left(8, 0), Some(Left::Footer));
    assert_eq!(left(11, 8), Some(Left::EmptyFormula));
    assert_eq!(left(13, 0), Some(Left::Footer));
    assert_eq!(left(5, 9), Some(Left::BesideTable));
}

#[test]
fn blank_merged_and_ditto_cells_say_what_stands_above() {
    let rows = [
        HEADING.to_vec(),
        line("10 Press", "Not seated", "Leak", "Force too low"),
        line("", "", "", "Tool worn"),
        line("\"", "Tilted", "", "Part inserted askew"),
        line("20 Weld", "Porosity", "Leak", "Gas flow"),
    ];
    let understood = understood(merged(sheet("s", &rows), &[[1, 1, 2, 1]]));
    let table = &understood.tables[0];
    let entry = |record: usize, field| table.entry(&table.records[record], field).cloned();
    let mode = entry(1, Field::Mode).unwrap();
    assert_eq!((mode.value, mode.given, mode.at), (Value::Text("Not seated".into()), Given::Merged, At::new(1, 1)));
    assert_eq!(entry(1, Field::Step).unwrap().given, Given::Above);
    assert_eq!(entry(1, Field::Effect).unwrap().at, At::new(1, 2));
    let step = entry(2, Field::Step).unwrap();
    assert_eq!((step.value, step.given), (Value::Text("10 Press".into()), Given::Above), "a ditto mark");
    assert_eq!(entry(2, Field::Effect), None, "a new mode has its own effects");
    assert_eq!(entry(3, Field::Cause).unwrap().given, Given::Here);
}

#[test]
fn detection_is_what_its_values_are() {
    let with = |values: [&'static str; 3]| {
        let mut rows = vec![vec!["Item", "Failure Mode", "Effect", "Severity", "Cause", "Detection"]];
        rows.extend(
            values.map(|value| vec!["Pump", "Seal leaks", "Oil is lost on the road", "8", "Wear of the lip", value]),
        );
        mapping(&understood(sheet("s", &rows)).tables[0])[5].1
    };
    assert_eq!(with(["3", "7", "5"]), "detection");
    assert_eq!(with(["Pressure drop is seen", "Visual check", "Oil level sensor warns"]), "detection_control");
    assert_eq!(with(["high", "low", "medium"]), "detection");
}

#[test]
fn shifted_lines_are_reported_and_not_guessed() {
    let mut rows = vec![HEADING.to_vec()];
    rows.extend((0..9).map(|_| line("10 Press", "Not seated", "Leak of oil", "Force too low")));
    rows.push(vec![
        "10 Press",
        "Not seated",
        "7",
        "Force is much too low",
        "4",
        "Visual inspection of each",
        "6",
        "168",
    ]);
    let understood = understood(sheet("s", &rows));
    assert_eq!(understood.tables[0].records.len(), 9);
    let shifted = understood.left.iter().filter(|(_, at, left)| at.row == 10 && matches!(left, Left::Other(_)));
    assert_eq!(shifted.count(), 8);
}

#[test]
fn a_second_table_on_the_sheet_is_another_table() {
    let mut rows = vec![HEADING.to_vec(), line("10 Press", "Not seated", "Leak", "Force too low"), vec![], vec![]];
    rows.push(vec![
        "Process Step",
        "Characteristic",
        "Specification",
        "Measurement Technique",
        "Sample Size",
        "Frequency",
        "Control Method",
        "Reaction Plan",
    ]);
    rows.push(vec!["10 Press", "Depth", "12 ±0.1 mm", "Depth gauge", "5", "per hour", "SPC chart", "Stop and sort"]);
    let understood = understood(sheet("s", &rows));
    let kinds: Vec<TableKind> = understood.tables.iter().map(|table| table.kind).collect();
    assert_eq!(kinds, [TableKind::ProcessFmea, TableKind::ControlPlan]);
}

#[test]
fn what_a_person_wishes_goes_before_what_is_found() {
    let rows = [HEADING.to_vec(), line("10 Press", "Not seated", "Leak", "Force too low")];
    let columns = [(2, Meaning::Ignored), (6, Meaning::Field(Field::PreventionControl))].into();
    let wish = Wish { kind: Some(TableKind::DesignFmea), columns, ..Wish::default() };
    let understood = understand(&workbook(sheet("s", &rows)), &[wish]);
    let table = &understood.tables[0];
    assert_eq!(table.kind, TableKind::DesignFmea);
    assert_eq!(mapping(table)[2].1, "ignored");
    assert_eq!(mapping(table)[6].1, "prevention_control");
    assert!(understood.left.contains(&(0, At::new(1, 2), Left::Column)), "the cell is accounted for");
}

#[test]
fn every_cell_is_in_a_line_a_fact_or_left_with_a_reason() {
    let rows = [
        vec!["Company:", "Acme", "x"],
        HEADING.to_vec(),
        line("10 Press", "Not seated", "Leak", "Force too low"),
        line("", "", "", "\""),
        vec!["note"],
    ];
    let book =
        Workbook { sheets: vec![sheet("a", &rows), sheet("b", &[vec!["nothing", "known"]])], ..Workbook::default() };
    let understood = understand(&book, &[]);
    for (index, sheet) in book.sheets.iter().enumerate() {
        let mut held: BTreeSet<At> = BTreeSet::new();
        for table in understood.tables.iter().filter(|table| table.sheet == index) {
            held.extend(table.title.iter().map(|fact| fact.at));
            held.extend(table.records.iter().flat_map(|record| record.entries.iter().flatten().map(|entry| entry.at)));
        }
        let left: Vec<At> = understood.left.iter().filter(|(of, _, _)| *of == index).map(|(_, at, _)| *at).collect();
        let unique: BTreeSet<At> = left.iter().copied().collect();
        assert_eq!(unique.len(), left.len(), "a cell has one fate");
        assert!(unique.is_disjoint(&held));
        let all: BTreeSet<At> = sheet.cells().map(|(at, _)| at).collect();
        assert_eq!(unique.union(&held).copied().collect::<BTreeSet<_>>(), all, "sheet {index}");
    }
}

#[test]
fn texts_across_the_table_head_the_lines_below_them() {
    let heading = vec!["Failure Mode", "Effect", "S", "Cause", "O", "Current Controls", "D", "RPN"];
    let line = |mode| vec![mode, "Leak", "7", "Force too low", "4", "Visual inspection of each part", "6", "=168"];
    let rows = [
        heading,
        vec!["OP 10 Receiving"],
        line("Mixed lots"),
        line("Wrong grade"),
        vec!["OP 20 Press"],
        line("Not seated"),
    ];
    let understood = understood(merged(sheet("s", &rows), &[[1, 0, 1, 7], [4, 0, 4, 7]]));
    let table = &understood.tables[0];
    let steps: Vec<String> =
        table.records.iter().map(|record| table.entry(record, Field::Step).unwrap().value.to_string()).collect();
    assert_eq!(steps, ["OP 10 Receiving", "OP 10 Receiving", "OP 20 Press"]);
}

#[test]
fn steps_that_stand_alone_head_the_lines_below_them() {
    let heading =
        vec!["Char No.", "Characteristic", "Spec/Tolerance", "Eval Method", "Control Method", "Reaction Plan"];
    let line = |number, name| vec![number, name, "20 mm", "Caliper", "Check sheet", "Stop"];
    let rows = [
        vec!["Operation: 10 - Turning"],
        heading.clone(),
        line("1", "Diameter"),
        line("2", "Length"),
        vec!["Operation: 20 - Washing"],
        heading,
        line("3", "Dirt"),
    ];
    let understood = understood(sheet("s", &rows));
    let [table] = &understood.tables[..] else { panic!("{} tables", understood.tables.len()) };
    let steps: Vec<String> =
        table.records.iter().map(|record| table.entry(record, Field::Step).unwrap().value.to_string()).collect();
    assert_eq!(steps, ["Operation: 10 - Turning", "Operation: 10 - Turning", "Operation: 20 - Washing"]);
}

#[test]
fn questions_below_the_headings_are_no_line() {
    let questions = vec![
        "What is the step?",
        "In what ways could it go wrong?",
        "What is the impact on the customer?",
        "",
        "What causes it?",
        "",
        "What controls exist?",
    ];
    let rows = [HEADING.to_vec(), questions, line("10 Press", "Not seated", "Leak", "Force too low")];
    let understood = understood(sheet("s", &rows));
    let [table] = &understood.tables[..] else { panic!("{} tables", understood.tables.len()) };
    assert_eq!(table.records.iter().map(|record| record.row).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_list_of_risks_is_no_fmea() {
    let rows = [
        vec!["Risk ID", "Risk Description", "Category", "Cause", "Impact", "Probability", "Impact Score", "Risk Score"],
        vec!["R1", "Supplier late", "Supply", "Single source", "Delay", "3", "4", "12"],
        vec!["R2", "Budget overrun", "Finance", "Scope creep", "Cost", "2", "5", "10"],
        vec!["R3", "Key person leaves", "People", "Market", "Delay", "2", "4", "8"],
    ];
    assert_eq!(understood(sheet("s", &rows)).tables.len(), 0);
}

#[test]
fn a_title_merged_over_the_columns_is_no_heading() {
    let rows = [
        vec!["PROCESS FAILURE MODE AND EFFECTS ANALYSIS"],
        vec!["Item:", "Bracket", "", "Key Date:", "2026-02-01"],
        vec!["FMEA Date (Orig.):", "12.01.2026", "", "(Rev.)", "15.03.2026"],
        HEADING.to_vec(),
        line("10 Press", "Not seated", "Leak", "Force too low"),
    ];
    let understood = understood(merged(sheet("s", &rows), &[[0, 0, 0, 8]]));
    let [table] = &understood.tables[..] else { panic!("{} tables", understood.tables.len()) };
    assert_eq!(table.heading_rows, 3..=3);
    let fields: Vec<TitleField> = table.title.iter().map(|fact| fact.field).collect();
    let expected = [TitleField::Subject, TitleField::KeyDate, TitleField::StartDate, TitleField::RevisionDate];
    assert_eq!(fields, expected);
}

#[test]
fn a_ticked_box_names_the_phase_of_a_control_plan() {
    let rows = [
        vec!["☐ Prototype", "☐ Pre-Launch", "☑ Production"],
        vec![
            "Process Step",
            "Characteristic",
            "Specification",
            "Measurement Technique",
            "Sample Size",
            "Frequency",
            "Control Method",
        ],
        vec!["10 Press", "Depth", "12 ±0.1 mm", "Depth gauge", "5", "per hour", "SPC chart"],
    ];
    let understood = understood(sheet("s", &rows));
    let phase = understood.tables[0].title.iter().find(|fact| fact.field == TitleField::Phase).unwrap();
    assert_eq!((phase.value.to_string().as_str(), phase.at), ("Production", At::new(0, 2)));
}
