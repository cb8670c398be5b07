//! Which forms of the trade a workbook holds, where their headings stand, what their columns mean, and which rows are lines.
//!
//! Structure says more than words: the block of rows in which most columns make sense holds the headings, whatever stands
//! above it; the values of a column decide what its heading leaves open; the second set of the same headings is that after
//! the actions. What does not fit is left, with its reason.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{Certainty, Column, Left, Meaning, Table, TableKind, Understood};
use super::wish::Wish;
use super::workbook::{At, Sheet, Workbook};

mod assign;
mod fit;
mod headings;
mod kind;
mod lines;
mod meaning;
mod own_form;
mod profile;
mod records;
mod resolve;
mod sections;
mod shape;
mod title;
mod vocabulary;
mod window;
mod words;

use lines::Rows;
use meaning::Form;
use shape::Shape;
use window::{Region, Window};

/// A sheet does not hold more tables than this; what is beyond is reported as left.
const MOST_TABLES: usize = 12;

/// Understands a workbook. What a person wishes goes before what is found.
pub fn understand(workbook: &Workbook, wishes: &[Wish]) -> Understood {
    let mut understood = Understood::default();
    let ours = own_form::OwnBook::of(workbook);
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        let wish = wishes.iter().find(|wish| wish.is_about(&sheet.name));
        let asked_for = wish.is_some_and(|wish| wish.sheet.is_some());
        let own = ours.as_ref().filter(|_| wish.is_none_or(Wish::says_nothing));
        let (found, reason) = match own.and_then(|ours| ours.sheet(workbook, index)) {
            Some(own_form::OwnSheet::Form(found)) => (vec![*found], None),
            Some(own_form::OwnSheet::Other(reason)) => (Vec::new(), Some(reason)),
            None if sheet.hidden && !asked_for => (Vec::new(), Some("the sheet is hidden")),
            None => (tables(workbook, index, wish), None),
        };
        let mut fates = Fates::default();
        for found in &found {
            fates.of_table(sheet, found);
        }
        let left = fates.finish(sheet, &found, reason);
        understood.left.extend(left.into_iter().map(|(at, left)| (index, at, left)));
        understood.tables.extend(found.into_iter().map(|found| found.table));
    }
    understood
}

/// A table and the rows it takes up.
struct Found {
    table: Table,
    /// Rows that are no lines, and why.
    others: BTreeMap<u32, Left>,
    /// The row behind its last.
    end: u32,
}

fn tables(workbook: &Workbook, index: usize, wish: Option<&Wish>) -> Vec<Found> {
    let sheet = &workbook.sheets[index];
    let Some(region) = Region::of(sheet) else { return Vec::new() };
    let mut found = Vec::new();
    search(workbook, index, &region, wish, &mut found);
    found
}

/// Finds the tables of a region from top to bottom: the one that stands out, those above it and those below it.
fn search(workbook: &Workbook, index: usize, region: &Region, wish: Option<&Wish>, found: &mut Vec<Found>) {
    if found.len() >= MOST_TABLES || region.rows.is_empty() {
        return;
    }
    let sheet = &workbook.sheets[index];
    let forms = forms(wish);
    let window = match wish.and_then(|wish| wish.heading_rows) {
        // A person who names the headings of a table means the only one.
        Some((first, last)) if found.is_empty() => wished(sheet, region, first..=last, &forms),
        Some(_) => None,
        None => window::find(sheet, region, &forms),
    };
    let Some(window) = window else { return };
    if wish.is_none_or(|wish| wish.heading_rows.is_none())
        && let Some(last) = window.rows.start().checked_sub(1)
    {
        search(workbook, index, &region.part(*region.rows.start()..=last), wish, found);
    }
    let above = found.last().map_or(*region.rows.start(), |found| found.end.max(*region.rows.start()));
    let table = table(workbook, index, region, &window, wish, above);
    let next = table.end.max(table.table.heading_rows.end() + 1);
    found.push(table);
    search(workbook, index, &region.part(next..=*region.rows.end()), wish, found);
}

fn forms(wish: Option<&Wish>) -> Vec<Form> {
    match wish.and_then(|wish| wish.kind) {
        Some(TableKind::ProcessFmea | TableKind::DesignFmea) => vec![Form::Fmea],
        Some(TableKind::ControlPlan) => vec![Form::ControlPlan],
        Some(TableKind::ProcessFlow) => vec![Form::ProcessFlow],
        None => Form::ALL.to_vec(),
    }
}

/// The window whose rows a person named.
fn wished(sheet: &Sheet, region: &Region, rows: std::ops::RangeInclusive<u32>, forms: &[Form]) -> Option<Window> {
    let windows = window::at(sheet, region, &rows, forms);
    windows.into_iter().max_by(|a, b| a.reading.score.total_cmp(&b.reading.score))
}

fn table(
    workbook: &Workbook,
    index: usize,
    region: &Region,
    window: &Window,
    wish: Option<&Wish>,
    above: u32,
) -> Found {
    let sheet = &workbook.sheets[index];
    let kind = wish.and_then(|wish| wish.kind).unwrap_or_else(|| kind::kind(workbook, sheet, window, above));
    let mut columns = columns(window);
    own_form::take_keys(&mut columns);
    wish_columns(&mut columns, window, wish);
    let mut rows = Rows { sheet, headings: window.rows.clone(), columns: &columns, last: *region.rows.end() }.lines();
    let shape = Shape::of(sheet, &columns, &rows.rows);
    if let Some(first) = rows.rows.first().copied().filter(|row| shape.is_guidance(sheet, *row)) {
        rows.others.insert(first, Left::Heading);
        rows.rows.remove(0);
    }
    rows.rows.retain(|row| match shape.misfit(sheet, *row) {
        Some(reason) => {
            rows.others.insert(*row, Left::Other(reason));
            false
        }
        None => true,
    });
    // A row that numbers the columns belongs to the headings.
    let mut headings = window.rows.clone();
    while rows.others.get(&(headings.end() + 1)) == Some(&Left::Heading) {
        headings = *headings.start()..=headings.end() + 1;
    }
    columns.retain(|column| {
        column.meaning != Meaning::Own || rows.rows.iter().any(|row| sheet.cell(At::new(*row, column.column)).is_some())
    });
    let mut records = records::records(sheet, kind, &columns, &rows.rows);
    for row in sections::take(sheet, *window.rows.start(), &mut columns, &mut records, &rows.others) {
        rows.others.remove(&row);
    }
    let title = match window.rows.start().checked_sub(1) {
        Some(last) if last >= above => title::facts(sheet, above..=last),
        _ => Vec::new(),
    };
    let split_lines = wish.is_some_and(|wish| wish.split_lines);
    let table =
        Table { sheet: index, kind, heading_rows: headings, columns, records, title, split_lines, own_form: None };
    Found { table, others: rows.others, end: rows.end }
}

/// The columns that mean something, and those among and right beside them that a company adds.
fn columns(window: &Window) -> Vec<Column> {
    let block = window::block(window);
    let is_there = |index: usize| !window.headings[index].leaf().is_empty() && window.profiles[index].filled > 0;
    let at = |column: u32| window.headings.iter().position(|heading| heading.column == column);
    let mut first = *block.start();
    while let Some(index) = first.checked_sub(1).and_then(at).filter(|index| is_there(*index)) {
        first = window.headings[index].column;
    }
    let mut last = *block.end();
    while let Some(index) = at(last + 1).filter(|index| is_there(*index)) {
        last = window.headings[index].column;
    }
    let mut columns = window.reading.columns.clone();
    for (heading, profile) in window.headings.iter().zip(&window.profiles) {
        let inside = (first..=last).contains(&heading.column);
        if !inside || profile.filled == 0 || columns.iter().any(|column| column.column == heading.column) {
            continue;
        }
        let shown = heading.shown();
        // Our own workbooks have columns that say which row is which; they are no contents.
        let is_identity = shown.starts_with("goldthread:");
        let heading_words = if shown.is_empty() {
            format!("Column {}", super::workbook::column_letters(heading.column))
        } else {
            shown
        };
        let repeated = columns.iter().filter(|column| column.heading == heading_words).count();
        columns.push(Column {
            column: heading.column,
            heading: if repeated > 0 { format!("{heading_words} ({})", repeated + 1) } else { heading_words },
            meaning: if is_identity { Meaning::Ignored } else { Meaning::Own },
            certainty: if is_identity { Certainty::Sure } else { Certainty::Guessed },
            why: if is_identity {
                "it says which row of the project a line is".to_owned()
            } else {
                "no field of the form goes by this heading".to_owned()
            },
        });
    }
    unheaded_numbers(window, first, &mut columns);
    columns.sort_by_key(|column| column.column);
    columns
}

/// Numbers of the lines or steps that stand left of a table without any heading.
fn unheaded_numbers(window: &Window, first: u32, columns: &mut Vec<Column>) {
    use super::table::Field;
    let Some(left) = first.checked_sub(1) else { return };
    let Some(index) = window.headings.iter().position(|heading| heading.column == left) else { return };
    let profile = &window.profiles[index];
    let has_number = columns.iter().any(|column| column.meaning == Meaning::Field(Field::StepNumber));
    if !window.headings[index].leaf().is_empty() || profile.filled < 2 || profile.short_share() < 0.9 {
        return;
    }
    let field = if profile.is_unique() || has_number { Field::LineNumber } else { Field::StepNumber };
    columns.push(Column {
        column: left,
        heading: String::new(),
        meaning: Meaning::Field(field),
        certainty: Certainty::Guessed,
        why: "short numbers left of the table, without a heading".to_owned(),
    });
}

/// Takes over what a person says about columns.
fn wish_columns(columns: &mut Vec<Column>, window: &Window, wish: Option<&Wish>) {
    let Some(wish) = wish else { return };
    for (column, meaning) in &wish.columns {
        if let Meaning::Field(_) = meaning {
            // A field is said by one column: the one that the person names.
            for other in columns.iter_mut().filter(|other| other.meaning == *meaning && other.column != *column) {
                other.meaning = Meaning::Own;
                other.certainty = Certainty::Guessed;
            }
        }
        let heading = window.headings.iter().find(|heading| heading.column == *column);
        let wished = Column {
            column: *column,
            heading: heading.map_or_else(String::new, headings::Heading::shown),
            meaning: *meaning,
            certainty: Certainty::Sure,
            why: "as you said".to_owned(),
        };
        match columns.iter_mut().find(|known| known.column == *column) {
            Some(known) => *known = Column { heading: known.heading.clone(), ..wished },
            None => columns.push(wished),
        }
    }
    columns.sort_by_key(|column| column.column);
}

/// The fates of the cells that no line of a table holds.
#[derive(Default)]
struct Fates {
    /// Cells that lines and header facts hold: the builder says what becomes of them.
    held: BTreeSet<At>,
    left: BTreeMap<At, Left>,
}

impl Fates {
    fn of_table(&mut self, sheet: &Sheet, found: &Found) {
        let table = &found.table;
        for fact in &table.title {
            self.held.insert(fact.at);
            if fact.label_at != fact.at {
                self.left.insert(fact.label_at, Left::Label);
            }
        }
        let (first, last) = match (table.columns.first(), table.columns.last()) {
            (Some(first), Some(last)) => (first.column, last.column),
            _ => return,
        };
        for row in table.heading_rows.clone() {
            for (at, _) in sheet.row(row).filter(|(at, _)| (first..=last).contains(&at.column)) {
                self.left.insert(at, Left::Heading);
            }
        }
        for record in &table.records {
            self.held.extend(
                record.entries.iter().flatten().filter(|entry| entry.at.row < record.row).map(|entry| entry.at),
            );
        }
        for (row, left) in &found.others {
            for (at, _) in sheet.row(*row).filter(|(at, _)| (first..=last).contains(&at.column)) {
                self.left.insert(at, left.clone());
            }
        }
        let mut entries: BTreeSet<At> = BTreeSet::new();
        for record in &table.records {
            entries.extend(record.entries.iter().flatten().map(|entry| entry.at));
        }
        for record in &table.records {
            for (at, cell) in sheet.row(record.row).filter(|(at, _)| (first..=last).contains(&at.column)) {
                if entries.contains(&at) {
                    self.held.insert(at);
                } else if records::is_ditto(&cell.value) {
                    self.left.insert(at, Left::AsAbove);
                } else {
                    self.left.insert(at, Left::Column);
                }
            }
        }
    }

    /// The fates of the other cells, too; `reason` says why the sheet has no table, if that is known.
    fn finish(mut self, sheet: &Sheet, found: &[Found], reason: Option<&str>) -> Vec<(At, Left)> {
        for (at, _) in sheet.cells() {
            if self.held.contains(&at) || self.left.contains_key(&at) {
                continue;
            }
            let left = match found {
                [] => reason.map_or(Left::NoTable, |reason| Left::Other(reason.to_owned())),
                found => {
                    let within = |found: &&Found| (*found.table.heading_rows.start()..found.end).contains(&at.row);
                    if found.iter().find(within).is_some() {
                        Left::BesideTable
                    } else if found.iter().any(|found| at.row < *found.table.heading_rows.start()) {
                        Left::AboveTable
                    } else {
                        Left::Footer
                    }
                }
            };
            self.left.insert(at, left);
        }
        self.left.into_iter().filter(|(at, _)| !self.held.contains(at)).collect()
    }
}
