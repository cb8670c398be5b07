//! Texts for many cells at once: what is clear is written, the rest is refused cell by cell.

use goldthread::edit::{BatchKind, CellBatch, Reach, TextRow, WrittenCells, uses, write_cells};
use goldthread::model::Project;
use goldthread::model::document::DocumentKind;
use goldthread::model::field::Field;
use goldthread::model::form::{Block, Form, FormOptions, ListKind, Target};
use goldthread::model::item::AnyId;

use crate::edit_laws::author;
use crate::generate::generated;

const PROMPTS: FormOptions = FormOptions { prompts: true, phase: None };

fn form(project: &Project, kind: DocumentKind) -> Form {
    let document = project.documents_of(kind)[0];
    Form::new(project, document, Form::usual_kind(project, document), PROMPTS)
}

fn blocks(project: &Project, form: &Form) -> Vec<Block> {
    form.blocks(project).into_iter().map(|key| form.block(project, key)).collect()
}

/// Every row from the first of a block on.
fn rows_from(blocks: &[Block], first: usize) -> Vec<(AnyId, goldthread::model::form::RowId)> {
    blocks[first..].iter().flat_map(|block| block.rows.iter().map(|row| (block.key, row.id))).collect()
}

/// A paste of lines with tabs at a column, from the first row of a block on.
fn batch(project: &Project, form: &Form, block: usize, column: &str, text: &str) -> CellBatch {
    let first = form.column(column).unwrap();
    let mut texts: Vec<Vec<(usize, String)>> = text
        .lines()
        .map(|line| line.split('\t').enumerate().map(|(at, text)| (first + at, text.replace('|', "\n"))).collect())
        .collect();
    let targets = rows_from(&blocks(project, form), block);
    let beyond = if texts.len() > targets.len() { texts.split_off(targets.len()) } else { Vec::new() };
    let rows = targets.into_iter().zip(texts).map(|((block, row), texts)| TextRow { block, row, texts }).collect();
    CellBatch {
        form: form.clone(),
        kind: BatchKind::Paste,
        rows,
        beyond,
        behind: None,
        outside: Vec::new(),
        reach: None,
    }
}

fn write(project: &Project, batch: &CellBatch) -> (WrittenCells, Project) {
    let written = write_cells(project, batch, &mut author(), &|| true).unwrap();
    let mut after = project.clone();
    after.apply(&written.transaction.ops).unwrap();
    (written, after)
}

/// What the cells of a column say, from the first row of a block on.
fn column(project: &Project, form: &Form, block: usize, key: &str) -> Vec<String> {
    let column = form.column(key).unwrap();
    let blocks = blocks(project, form);
    let cells = blocks[block..].iter().flat_map(|block| block.cells.iter().filter(|cell| cell.column == column));
    cells.map(goldthread::model::form::Cell::text).collect()
}

fn reasons(written: &WrittenCells) -> Vec<&str> {
    written.refused.iter().map(|cell| cell.reason.as_str()).collect()
}

#[test]
fn clear_ratings_are_written_and_others_refused_cell_by_cell() {
    let project = generated(40, 2);
    let form = form(&project, DocumentKind::ProcessFmea);
    let paste = batch(&project, &form, 1, "occurrence", "10\n7-8\nH\n 3.0 \n11");
    let before = column(&project, &form, 1, "occurrence");
    let (written, after) = write(&project, &paste);
    let now = column(&after, &form, 1, "occurrence");
    assert_eq!(now[..5], ["10", &before[1], &before[2], "3", &before[4]]);
    assert_eq!(now[5..], before[5..]);
    assert_eq!(written.refused.len(), 3);
    assert!(reasons(&written).iter().all(|reason| reason.contains("not a value of the scale from 1 to 10")));
    assert!(
        written.refused[0].place.ends_with("line 2 · Occurrence (O) of FC")
            || written.refused[0].place.contains("line 2 · ")
    );
    assert!(written.refused[0].at.is_some());
    assert_eq!(
        written.transaction.label,
        format!("Paste {} cell{}", written.cells, if written.cells == 1 { "" } else { "s" })
    );
}

#[test]
fn derived_cells_and_dates_that_are_not_clear_are_refused() {
    let project = generated(400, 2);
    let fmea = form(&project, DocumentKind::ProcessFmea);
    let (written, after) = write(&project, &batch(&project, &fmea, 1, "action_priority", "Z"));
    assert_eq!((written.cells, reasons(&written)), (0, vec!["The cell follows from others"]));
    assert_eq!(after.revision(), project.revision());

    let actions = Form::list(&project, ListKind::Actions, PROMPTS);
    let mut paste = batch(&project, &actions, 0, "target_date", "2027-01-31\n31/12/2026\n03/04/26\nsoon");
    // An action of several risks has several lines: one text for each action.
    let all = blocks(&project, &actions);
    for (row, block) in paste.rows.iter_mut().zip(&all) {
        (row.block, row.row) = (block.key, block.rows[0].id);
    }
    let (written, after) = write(&project, &paste);
    let dates = column(&after, &actions, 0, "target_date");
    assert!(dates.contains(&"2027-01-31".to_owned()) && dates.contains(&"2026-12-31".to_owned()), "{dates:?}");
    assert_eq!(written.refused.len(), 2, "{:?}", written.refused);
    assert!(written.refused.iter().all(|cell| cell.at.is_some()), "{:?}", written.refused);
    let reason = |words: &str| written.refused.iter().any(|cell| cell.reason.contains(words));
    assert!(reason("may be 2026-04-03 or 2026-03-04"), "{:?}", written.refused);
    assert!(reason("“soon” is not a date"));
}

#[test]
fn more_causes_than_there_are_rows_are_added_behind_the_last() {
    let project = generated(12, 2);
    let form = form(&project, DocumentKind::ProcessFmea);
    let last = blocks(&project, &form).len() - 1;
    let rows = blocks(&project, &form)[last].rows.len();
    let lines: Vec<String> = (0..rows + 3).map(|at| format!("Cause {at}")).collect();
    let mut paste = batch(&project, &form, last, "failure_cause", &lines.join("\n"));
    paste.reach = Some(Reach::OnlyHere);
    assert_eq!(paste.beyond.len(), 3);
    let (written, after) = write(&project, &paste);
    assert_eq!(written.rows, 3, "{:?}", written.refused);
    let causes = column(&after, &form, last, "failure_cause");
    assert_eq!(causes[causes.len() - 3..], lines[rows..]);
    assert!(written.transaction.label.ends_with("and add 3 rows"), "{}", written.transaction.label);
    // One undo brings everything back.
    let mut undone = project.clone();
    let applied = undone.apply(&written.transaction.ops).unwrap();
    undone.apply(&applied.inverse).unwrap();
    assert!(project.items().eq(undone.items()));
}

#[test]
fn steps_plan_rows_and_characteristics_are_added_with_all_their_columns() {
    let project = generated(12, 2);
    let flow = form(&project, DocumentKind::ProcessFlow);
    let last = blocks(&project, &flow).len() - 1;
    let rows = blocks(&project, &flow)[last].rows.len();
    let skip = "\t\t\t\t\n".repeat(rows - 1);
    let number = &column(&project, &flow, last, "process_step_number")[0];
    let kind = &column(&project, &flow, last, "step_kind")[0];
    let name = &column(&project, &flow, last, "process_step")[0];
    let text = format!("{number}\t\t{name}\t{kind}\t\n{skip}901\t\tWash\tOperation\tTwice\n902\t\tDry\tStorage\t\n");
    let (written, after) = write(&project, &batch(&project, &flow, last, "process_step_number", &text));
    assert_eq!((written.rows, written.refused.as_slice()), (2, [].as_slice()));
    let end = |key: &str| column(&after, &flow, last, key).into_iter().rev().take(2).collect::<Vec<_>>();
    assert_eq!(end("process_step"), ["Dry", "Wash"]);
    assert_eq!(end("process_step_number"), ["902", "901"]);
    assert_eq!(end("step_kind")[0], "Storage");
    assert_eq!(end("description")[1], "Twice");

    let plan = form(&project, DocumentKind::ControlPlan);
    let last = blocks(&project, &plan).len() - 1;
    let rows = blocks(&project, &plan)[last].rows.len();
    let text = format!("{}5\tonce a shift\tLook\n3\thourly\tMeasure", "\t\t\n".repeat(rows));
    let mut paste = batch(&project, &plan, last, "sample_size", &text);
    // Blank lines would empty the rows there are.
    paste.rows.iter_mut().for_each(|row| row.texts.clear());
    let (written, after) = write(&project, &paste);
    assert_eq!((written.rows, written.refused.as_slice()), (2, [].as_slice()));
    let ends =
        |key: &str, text: &str| assert_eq!(column(&after, &plan, last, key).last().map(String::as_str), Some(text));
    ends("sample_size", "3");
    ends("sample_frequency", "hourly");
    ends("control_method", "Measure");

    let list = Form::list(&project, ListKind::Characteristics, PROMPTS);
    let count = blocks(&project, &list).len();
    let mut paste = batch(&project, &list, count - 1, "characteristic", "x\nBore\tProduct\nSpeed\tProcess");
    paste.rows.clear();
    paste.rows.push(TextRow {
        block: blocks(&project, &list)[count - 1].key,
        row: blocks(&project, &list)[count - 1].rows[0].id,
        texts: Vec::new(),
    });
    let (written, after) = write(&project, &paste);
    assert_eq!(written.rows, 2, "{:?}", written.refused);
    let names = column(&after, &list, 0, "characteristic");
    assert_eq!(names[names.len() - 2..], ["Bore", "Speed"]);
}

#[test]
fn a_row_gets_its_mode_its_cause_and_its_ratings_in_one_paste() {
    let empty = generated(0, 1);
    let (project, form) = (&empty, form(&empty, DocumentKind::ProcessFmea));
    let at = |key: &str| form.column(key).unwrap();
    let cells = blocks(project, &form);
    let row = cells.iter().find(|block| block.cell_at(0, at("failure_mode")).is_some_and(|cell| cell.parts.is_empty()));
    let Some(block) = row else { panic!("a step that is not analysed yet") };
    let texts =
        |cells: &[(&str, &str)]| cells.iter().map(|(key, text)| (at(key), (*text).to_owned())).collect::<Vec<_>>();
    let first = [
        ("occurrence", "4"),
        ("detection", "5"),
        ("failure_cause", "Bit worn"),
        ("failure_mode", "Torque too low"),
        ("failure_effect", "End user: cover comes loose (9)"),
        ("prevention_control", "Bit changed every shift\nTorque monitored"),
    ];
    let block = (block.key, block.rows[0].id);
    let rows = vec![TextRow { block: block.0, row: block.1, texts: texts(&first) }];
    let beyond = vec![
        texts(&[("failure_cause", "Wrong programme"), ("occurrence", "2")]),
        texts(&[("failure_mode", "Screw missing"), ("failure_cause", "Feeder empty"), ("detection", "3")]),
    ];
    let batch = CellBatch {
        form: form.clone(),
        kind: BatchKind::Paste,
        rows,
        beyond,
        behind: None,
        outside: vec![(0, "x".into())],
        reach: None,
    };
    let (written, after) = write(project, &batch);
    assert_eq!(written.refused.len(), 1, "{:?}", written.refused);
    assert!(written.refused[0].reason.contains("no column"));
    let block = form.block(&after, block.0);
    let said = |row: usize, key: &str| block.cell_at(row, at(key)).unwrap().text();
    let mut lines: Vec<_> =
        (0..block.rows.len()).map(|row| (said(row, "failure_mode"), said(row, "failure_cause"))).collect();
    lines.truncate(3);
    let line = |mode: &str, cause: &str| (mode.to_owned(), cause.to_owned());
    assert_eq!(
        lines,
        [
            line("Torque too low", "Bit worn"),
            line("Torque too low", "Wrong programme"),
            line("Screw missing", "Feeder empty")
        ]
    );
    assert_eq!(
        (said(0, "occurrence"), said(1, "occurrence"), said(2, "detection")),
        ("4".into(), "2".into(), "3".into())
    );
    assert_eq!(said(0, "prevention_control"), "Bit changed every shift\nTorque monitored");
    assert_eq!((said(0, "severity"), said(0, "action_priority").len()), ("9".into(), 1));
    assert_eq!(written.rows, 2);
}

#[test]
fn shared_facts_are_asked_about_and_split_or_changed_everywhere() {
    let project = generated(60, 2);
    let form = form(&project, DocumentKind::ProcessFmea);
    let column = form.column("severity").unwrap();
    let found = blocks(&project, &form).into_iter().find_map(|block| {
        let shared = block.cells.iter().find_map(|cell| match cell.target {
            Target::Field { item, .. } if cell.column == column && uses(&project, item) > 1 => Some((cell.row, item)),
            _ => None,
        });
        shared.map(|(row, item)| (block.key, block.rows[row].id, item))
    });
    let (block, row, item) = found.expect("a shared effect");
    let shown = uses(&project, item);
    let mut paste = batch(&project, &form, 0, "severity", "");
    paste.rows = vec![TextRow { block, row, texts: vec![(column, "2".into())] }];
    let (written, _) = write(&project, &paste);
    assert_eq!((written.cells, written.shared.len()), (0, 1));
    assert_eq!((written.shared[0].item, written.shared[0].uses), (item, shown));

    let severity = |project: &Project| project.field_text(item, Field::Severity).unwrap();
    let (written, after) = write(&project, &CellBatch { reach: Some(Reach::OnlyHere), ..paste.clone() });
    assert_eq!((written.cells, written.elsewhere), (1, 0));
    assert_eq!((severity(&after), uses(&after, item)), (severity(&project), shown - 1));
    let (written, after) = write(&project, &CellBatch { reach: Some(Reach::Everywhere), ..paste.clone() });
    assert_eq!((written.cells, written.elsewhere), (1, 1));
    assert_eq!((severity(&after).as_str(), uses(&after, item)), ("2", shown));

    let rows = vec![TextRow { block, row, texts: vec![(column, String::new())] }];
    let (written, _) = write(&project, &CellBatch { kind: BatchKind::Clear, rows, ..paste });
    assert!(reasons(&written)[0].contains("Open the cell to change it"), "{:?}", written.refused);
}

#[test]
fn lines_below_the_first_of_a_merged_cell_say_nothing_or_the_same() {
    let project = generated(60, 2);
    let form = form(&project, DocumentKind::ProcessFmea);
    let mode = form.column("failure_mode").unwrap();
    let all = blocks(&project, &form);
    let (at, cell) = all
        .iter()
        .enumerate()
        .find_map(|(at, block)| {
            block.cells.iter().find(|cell| cell.column == mode && cell.rows > 2).map(|cell| (at, cell.clone()))
        })
        .expect("a mode over several lines");
    let mut paste = batch(&project, &form, at, "failure_mode", "");
    let row = |line: usize, text: &str| TextRow {
        block: all[at].key,
        row: all[at].rows[cell.row + line].id,
        texts: vec![(mode, text.to_owned())],
    };
    paste.rows = vec![row(0, "New mode"), row(1, ""), row(2, "Another")];
    let (written, after) = write(&project, &paste);
    assert_eq!((written.cells, written.refused.len()), (1, 1));
    assert!(written.refused[0].reason.contains("one with the one above"));
    assert!(column(&after, &form, at, "failure_mode").contains(&"New mode".to_owned()));
}

#[test]
fn words_of_every_script_survive_and_control_characters_do_not() {
    let project = generated(12, 2);
    let form = form(&project, DocumentKind::ProcessFlow);
    let texts = "Größe ≥ 5 µm|\u{202b}עברית\u{202c}|漢字 仮名|👩\u{200d}🏭 e\u{301}|a\u{0}b\u{7}c";
    let (written, after) = write(&project, &batch(&project, &form, 0, "description", texts));
    assert_eq!(written.cells, 1);
    let expected = texts.replace('|', "\n").replace(['\u{0}', '\u{7}'], "");
    assert_eq!(column(&after, &form, 0, "description")[0], expected);
    let long = "x".repeat(40_000);
    let (written, _) = write(&project, &batch(&project, &form, 0, "description", &long));
    assert!(reasons(&written)[0].contains("at most 32767 characters"));
}

#[test]
fn a_paste_beyond_all_measure_is_refused_as_a_whole() {
    let project = generated(12, 2);
    let form = form(&project, DocumentKind::ProcessFmea);
    let (written, after) = write(&project, &batch(&project, &form, 0, "failure_cause", &"cause\n".repeat(50_000)));
    assert_eq!((written.cells, written.refused.len()), (0, 1));
    assert!(written.refused[0].reason.contains("Do it in parts"));
    assert_eq!(after.revision(), project.revision());
    let ended = write_cells(&project, &batch(&project, &form, 0, "occurrence", "5"), &mut author(), &|| false);
    assert!(ended.is_none(), "who does not wait any more gets nothing");
}

#[test]
fn rows_of_a_paste_go_behind_any_row_and_overwrite_nothing() {
    let project = generated(40, 11);
    let form = form(&project, DocumentKind::ProcessFmea);
    let before = blocks(&project, &form);
    let block = before.iter().find(|block| block.rows.len() > 3).expect("a step with several rows");
    let column = |key: &str| form.column(key).unwrap();
    let mode_of = |block: &Block, row: usize| block.cell_at(row, column("failure_mode")).unwrap().text();
    let row = |texts: &[(&str, &str)]| texts.iter().map(|(key, text)| (column(key), (*text).to_owned())).collect();
    let beyond = vec![
        row(&[("failure_cause", "Feeder empty"), ("occurrence", "3")]),
        row(&[("failure_mode", "Clip missing"), ("failure_cause", "Forgotten"), ("detection", "4")]),
        row(&[("failure_cause", "Clip broken")]),
        row(&[("failure_effect", "End user: rattles (4)"), ("failure_mode", "Clip loose")]),
        row(&[("failure_cause", "Force too low")]),
    ];
    let paste = CellBatch {
        form: form.clone(),
        kind: BatchKind::Paste,
        rows: Vec::new(),
        beyond,
        behind: Some((block.key, block.rows[0].id)),
        outside: Vec::new(),
        reach: None,
    };
    let (written, after) = write(&project, &paste);
    assert!(written.refused.is_empty(), "{:?}", written.refused);
    assert_eq!(written.rows, 5);
    let now = form.block(&after, block.key);
    assert_eq!(now.rows.len(), block.rows.len() + 4, "a mode stands in the row of its cause");
    for known in &block.rows {
        assert!(now.rows.iter().any(|row| row.id == known.id), "every row is still there");
    }
    let causes: Vec<String> =
        (0..now.rows.len()).map(|row| now.cell_at(row, column("failure_cause")).unwrap().text()).collect();
    let at =
        |cause: &str| causes.iter().position(|known| known == cause).unwrap_or_else(|| panic!("{cause}: {causes:?}"));
    assert_eq!(at("Feeder empty"), 1, "right behind the row that was named");
    assert_eq!(mode_of(&now, at("Feeder empty")), mode_of(block, 0));
    assert_eq!(mode_of(&now, at("Forgotten")), "Clip missing");
    assert_eq!(mode_of(&now, at("Clip broken")), "Clip missing");
    assert_eq!(now.cell_at(at("Forgotten"), column("detection")).unwrap().text(), "4");
    let effect = now.cell_at(at("Force too low"), column("failure_effect")).unwrap().text();
    assert!(effect.contains("rattles"), "{effect}");
    let others = |blocks: Vec<Block>| blocks.into_iter().filter(|other| other.key != block.key).collect::<Vec<_>>();
    assert_eq!(others(blocks(&after, &form)), others(before.clone()), "no other step changed");
}
