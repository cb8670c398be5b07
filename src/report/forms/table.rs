//! The table of a form: columns with the widths of paper, rows from the blocks, bands for small sheets.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::base::fonts::Style;
use crate::model::form::{self, Block, ColumnKind, Form, FormKind, MATRIX_STEP};
use crate::model::rating::Priority;
use crate::report::doc::{
    Align, Bookmark, Cell, Column, ColumnGroup, Paragraph, Piece, Rgb, Row, Rule, Section, TEXT_CHARACTERS, Table,
};

use super::symbols::Symbols;
use super::used_columns;

/// Grounds of the headings: those of the seven steps where the form has steps, the same as on screen.
const TINTS: [Rgb; 7] = [
    Rgb(0xec, 0xef, 0xf2),
    Rgb(0xe9, 0xf0, 0xf9),
    Rgb(0xe6, 0xf3, 0xf0),
    Rgb(0xf8, 0xed, 0xea),
    Rgb(0xfa, 0xf2, 0xdf),
    Rgb(0xec, 0xf3, 0xe3),
    Rgb(0xf0, 0xec, 0xf7),
];
/// Behind the value of a cell that another method than that of the profile gave; the legend explains it.
pub(super) const INDICATIVE: &str = "*";
/// Columns that the handbooks leave to the company: they stay in the form, but take little room while nobody uses them.
const OPTIONAL: [&str; 4] = ["issue_number", "history", "filter_code", "special_class_after"];
/// Headings longer than this run upwards over a column of single values.
const LONGEST_LEVEL_HEADING: usize = 4;

/// The form as a section.
pub(super) fn section(form: &Form, blocks: &[Block], symbols: &Symbols) -> Section {
    let rows: Vec<Vec<Row>> = blocks.par_iter().map(|block| rows(form, block, symbols)).collect();
    let frame = frame(form, blocks);
    Section { table: Table { rows: rows.into_iter().flatten().collect(), ..frame.table }, ..frame }
}

/// The headings of the form over no rows.
pub(super) fn frame(form: &Form, blocks: &[Block]) -> Section {
    let columns = columns(form, &used_columns(blocks));
    let table = Table { columns, groups: groups(form), rows: Vec::new(), bands: bands(form), bare: false };
    Section { table, ..Section::default() }
}

fn groups(form: &Form) -> Vec<ColumnGroup> {
    let tint = |place: usize, group: &form::Group| TINTS[group.step.map_or(place, usize::from) % TINTS.len()];
    let groups = form.groups.iter().enumerate();
    groups.map(|(place, group)| ColumnGroup { title: group.heading.clone(), tint: tint(place, group) }).collect()
}

fn columns(form: &Form, used: &BTreeSet<usize>) -> Vec<Column> {
    let mut columns: Vec<Column> =
        form.columns.iter().enumerate().map(|(at, declared)| column(declared, used.contains(&at))).collect();
    // A group of narrow columns is at least as wide as the longest word of its heading.
    for (group, declared) in form.groups.iter().enumerate() {
        let longest = declared.heading.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
        let members = || form.columns.iter().filter(|column| column.group == group).count();
        let mine = |column: &&mut Column| column.group == Some(group);
        let have: f32 =
            columns.iter().filter(|column| column.group == Some(group)).map(|column| column.characters).sum();
        let lacking = longest as f32 * 1.1 - have;
        if lacking > 0.0 {
            let share = lacking / members().max(1) as f32;
            columns.iter_mut().filter(mine).for_each(|column| column.characters += share);
        }
    }
    columns
}

fn column(declared: &form::Column, used: bool) -> Column {
    let group = Some(declared.group);
    let title = &*declared.heading;
    let is_optional = OPTIONAL.contains(&&*declared.key) || declared.key.starts_with("user:");
    if !used && is_optional {
        return Column::narrow(title, group, 2.0, true);
    }
    let align = match declared.align {
        form::Align::Start => Align::Left,
        form::Align::Centre => Align::Center,
    };
    if declared.key.starts_with(MATRIX_STEP) {
        // What is left of the width parts the steps rather than the names.
        return Column { weight: 1.0, ..Column::narrow(title, group, 2.8, true) };
    }
    let turned = title.chars().count() > LONGEST_LEVEL_HEADING;
    match declared.kind {
        ColumnKind::Rating if declared.key.starts_with("rpn") => Column::narrow(title, group, 3.5, turned),
        ColumnKind::Rating | ColumnKind::Priority => Column::narrow(title, group, 1.6, turned),
        ColumnKind::Class => Column::narrow(title, group, 3.6, turned),
        ColumnKind::Symbol => Column::narrow(title, group, 7.0, false),
        ColumnKind::Date => Column { weight: 0.0, ..Column::text(title, group, 1.0) },
        // Codes and references of a company: short, and seldom there.
        ColumnKind::Text if OPTIONAL.contains(&&*declared.key) => {
            Column { turned: true, characters: 3.0, align, ..Column::text(title, group, 0.3) }
        }
        ColumnKind::Text if declared.width < TEXT_CHARACTERS => {
            Column { weight: 0.0, characters: declared.width.min(5.0), align, ..Column::text(title, group, 1.0) }
        }
        ColumnKind::Choice => Column {
            characters: declared.width.max(TEXT_CHARACTERS),
            align,
            ..Column::text(title, group, declared.width / 10.0)
        },
        ColumnKind::Number => Column { weight: 0.0, align: Align::Right, ..Column::text(title, group, 1.0) },
        ColumnKind::Text => Column { align, ..Column::text(title, group, declared.width / 10.0) },
    }
}

/// The rows of a block with their cells and a bookmark at the first.
fn rows(form: &Form, block: &Block, symbols: &Symbols) -> Vec<Row> {
    let mut rows: Vec<Row> = block
        .rows
        .iter()
        .map(|row| {
            let rule = match row.rule {
                form::Rule::Hair => Rule::Hairline,
                form::Rule::Mode => Rule::Mode,
                form::Rule::Step => Rule::Step,
            };
            Row { rule, starts_group: rule != Rule::Hairline, ..Row::default() }
        })
        .collect();
    for cell in &block.cells {
        // A merged cell keeps its ground free of lines even if nothing stands in it.
        if let Some(row) = rows.get_mut(cell.row).filter(|_| !cell.parts.is_empty() || cell.rows > 1) {
            let kind = form.columns.get(cell.column).map_or(ColumnKind::Text, |column| column.kind);
            row.cells.push(self::cell(cell, kind, symbols));
        }
    }
    if let (Some(first), Some(title)) = (rows.first_mut(), bookmark(form, block)) {
        first.bookmarks.push(Bookmark { level: 0, title });
    }
    rows
}

fn cell(cell: &form::Cell, kind: ColumnKind, symbols: &Symbols) -> Cell {
    let mut content: Vec<Paragraph> = cell.parts.iter().map(|part| paragraph(part, kind, symbols)).collect();
    if kind == ColumnKind::Symbol && content.len() > 1 {
        // The symbols of a step stand side by side: below each other they would touch.
        let mut pieces = Vec::new();
        for paragraph in content.drain(..) {
            if !pieces.is_empty() {
                pieces.push(Piece::Text { text: " ".into(), style: Style::Regular, colour: Rgb::TEXT });
            }
            pieces.extend(paragraph.pieces);
        }
        content.push(Paragraph { pieces });
    }
    if let Some(last) = content.last_mut().filter(|_| cell.indicative) {
        last.pieces.push(Piece::Text { text: INDICATIVE.into(), style: Style::Italic, colour: Rgb::TEXT });
    }
    let fill = cell.priority.map(priority_fill);
    Cell { fill, ..Cell::new(cell.column, content).over_rows(cell.rows) }
}

/// The ground of an action priority; its letter or its name stands on it.
pub(super) fn priority_fill(priority: Priority) -> Rgb {
    match priority {
        Priority::High => Rgb(0xfb, 0xe6, 0xe4),
        Priority::Medium => Rgb(0xff, 0xf0, 0xcf),
        Priority::Low => Rgb(0xe4, 0xf3, 0xe8),
    }
}

fn paragraph(part: &form::Part, kind: ColumnKind, symbols: &Symbols) -> Paragraph {
    match symbols.shape(kind, part) {
        Some(shape) => Paragraph::symbol(shape.clone(), &part.text),
        None if part.quiet => Paragraph::styled(&part.text, Style::Regular, Rgb::QUIET),
        None => Paragraph::plain(&part.text),
    }
}

/// Number and name of the process step.
fn bookmark(form: &Form, block: &Block) -> Option<String> {
    let text = |key| form.column(key).and_then(|column| block.cell_at(0, column)).map(form::Cell::text);
    let named = [text("process_step_number"), text("process_step")];
    let named: Vec<String> = named.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    if named.is_empty() { text("process_item").filter(|text| !text.is_empty()) } else { Some(named.join(" ")) }
}

/// Two bands for sheets that are too narrow: for an FMEA the steps 2 to 5, then step 6; for the others the subject, then
/// what is done about it. The second band repeats what its rows are about.
fn bands(form: &Form) -> Vec<Vec<usize>> {
    let (first_of_second, anchors): (&str, &[&str]) = match form.kind {
        FormKind::ProcessFlow => ("characteristic_number", &["process_step_number", "process_step"]),
        FormKind::FmeaAiagVda => {
            ("prevention_action", &["process_step_number", "process_step", "failure_mode", "failure_cause"])
        }
        FormKind::FmeaFourthEdition => {
            ("recommended_action", &["process_step_number", "process_step", "failure_mode", "failure_cause"])
        }
        FormKind::ControlPlan => (
            "measurement_technique",
            &[
                "process_step_number",
                "process_step",
                "characteristic_number",
                "product_characteristic",
                "process_characteristic",
            ],
        ),
        // A list that is too wide for the sheet is refused with the proposal of a larger one.
        FormKind::List(_) => return Vec::new(),
    };
    let Some(cut) = form.column(first_of_second) else { return Vec::new() };
    let anchors = anchors.iter().filter_map(|key| form.column(key));
    vec![(0..cut).collect(), anchors.chain(cut..form.columns.len()).collect()]
}

/// How many steps of the matrix stand beside each other where not all of them do.
const STEPS_BESIDE: usize = 40;

/// The matrix of characteristics and steps. A long flow takes turns: each has some of the steps, and the characteristics
/// that have to do with one of them; those that have to do with none stand in the first.
pub(super) fn matrix(form: &Form, blocks: &[Block], symbols: &Symbols) -> Vec<Section> {
    let whole = section(form, blocks, symbols);
    let is_step = |at: &usize| form.columns[*at].key.starts_with(MATRIX_STEP);
    let (steps, anchors): (Vec<usize>, Vec<usize>) = (0..form.columns.len()).partition(is_step);
    if steps.len() <= STEPS_BESIDE {
        return vec![whole];
    }
    let concerns = |row: &Row, steps: &[usize]| row.cells.iter().any(|cell| steps.contains(&cell.column));
    let turn = |(number, turn): (usize, &[usize])| {
        let columns: Vec<usize> = anchors.iter().chain(turn).copied().collect();
        let rows = whole.table.rows.iter().filter(|row| concerns(row, turn) || (number == 0 && !concerns(row, &steps)));
        let rows = rows.map(|row| {
            let place = |cell: &Cell| columns.iter().position(|column| *column == cell.column);
            let cells = row.cells.iter().filter_map(|cell| Some(Cell { column: place(cell)?, ..cell.clone() }));
            Row { cells: cells.collect(), ..row.clone() }
        });
        let table = Table {
            rows: rows.collect(),
            columns: columns.iter().map(|column| whole.table.columns[*column].clone()).collect(),
            groups: whole.table.groups.clone(),
            ..Table::default()
        };
        Section { table, ..Section::default() }
    };
    steps.chunks(STEPS_BESIDE).enumerate().map(turn).collect()
}
