//! Where the headings of a table stand: the block of rows in which most columns make sense.

use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

use super::headings::{Heading, headings, is_heading_text};
use super::lines::is_numbering;
use super::meaning::{Form, Reading, read};
use super::profile::Profile;
use super::vocabulary::Vocabulary;
use crate::exchange::import::workbook::{At, Cell, Sheet};

/// Among so many rows that hold something a heading is looked for.
const SEARCHED_ROWS: usize = 100;
/// Deepest heading.
const DEEPEST: u32 = 5;
/// So many of the most promising rows are looked at closely.
const SEEDS: usize = 12;
/// More columns than this are no form.
const MOST_COLUMNS: u32 = 300;

/// The headings of a table and what they mean.
#[derive(Debug, Clone)]
pub struct Window {
    /// Rows of the headings.
    pub rows: RangeInclusive<u32>,
    /// Every column of the region with its heading.
    pub headings: Vec<Heading>,
    /// The values below each.
    pub profiles: Vec<Profile>,
    /// What they mean.
    pub reading: Reading,
}

/// A part of a sheet in which a table is looked for.
#[derive(Debug, Clone)]
pub struct Region {
    /// Rows.
    pub rows: RangeInclusive<u32>,
    /// Columns.
    pub columns: RangeInclusive<u32>,
}

impl Region {
    /// Some rows of the region.
    pub fn part(&self, rows: RangeInclusive<u32>) -> Self {
        Self { rows, columns: self.columns.clone() }
    }

    /// Everything that is written on a sheet.
    pub fn of(sheet: &Sheet) -> Option<Self> {
        let last = sheet.last_row()?;
        let mut columns = (u32::MAX, 0);
        for (at, _) in sheet.cells() {
            columns = (columns.0.min(at.column), columns.1.max(at.column));
        }
        Some(Self { rows: 0..=last, columns: columns.0..=columns.1.min(columns.0 + MOST_COLUMNS) })
    }
}

/// The best headings of a region for one of the forms, if there are any.
pub fn find(sheet: &Sheet, region: &Region, forms: &[Form]) -> Option<Window> {
    let mut found: Vec<Window> = Vec::new();
    // Headings that end in one row have the same values below.
    let mut below: HashMap<u32, Vec<Profile>> = HashMap::new();
    for OrderedRows(first, last) in windows(sheet, region) {
        let profiles = below.entry(last).or_insert_with(|| profiles(sheet, region, last));
        let here = read_at(sheet, region, &(first..=last), profiles, forms);
        found.extend(here.into_iter().filter(|window| window.reading.is_form()));
    }
    let best = found.iter().max_by(|a, b| rank(a).total_cmp(&rank(b)).then(b.rows.start().cmp(a.rows.start())))?;
    // Headings may stand on every printed page: the first of them begin the table.
    let says = |window: &Window| -> Vec<(u32, String)> {
        window.reading.columns.iter().map(|column| (column.column, column.heading.clone())).collect()
    };
    let first = found.iter().filter(|window| says(window) == says(best)).min_by_key(|window| *window.rows.start());
    first.cloned().map(|window| with_parents(sheet, region, window))
}

/// What the headings in these rows mean, as each of the forms.
pub fn at(sheet: &Sheet, region: &Region, rows: &RangeInclusive<u32>, forms: &[Form]) -> Vec<Window> {
    read_at(sheet, region, rows, &profiles(sheet, region, *rows.end()), forms)
}

fn read_at(
    sheet: &Sheet,
    region: &Region,
    rows: &RangeInclusive<u32>,
    profiles: &[Profile],
    forms: &[Form],
) -> Vec<Window> {
    let headings = headings(sheet, rows.clone(), region.columns.clone());
    let window = |form: &Form| Window {
        rows: rows.clone(),
        headings: headings.clone(),
        profiles: profiles.to_vec(),
        reading: read(&headings, profiles, *form),
    };
    forms.iter().map(window).collect()
}

/// The values of each column below the headings.
fn profiles(sheet: &Sheet, region: &Region, last_heading: u32) -> Vec<Profile> {
    const ROWS: u32 = 600;
    let end = (*region.rows.end()).min(last_heading.saturating_add(ROWS));
    let below: Vec<(At, &Cell)> =
        sheet.row(last_heading + 1).filter(|(at, _)| region.columns.contains(&at.column)).collect();
    let first = last_heading + 1 + u32::from(is_numbering(&below));
    let column = |column: u32| Profile::of((first..=end).filter_map(|row| sheet.cell(At::new(row, column))));
    region.columns.clone().map(column).collect()
}

/// How good a window is: what it says, less for each row, and less for numbers, which are no headings.
fn rank(window: &Window) -> f32 {
    let depth = window.rows.end() - window.rows.start();
    window.reading.score - 0.2 * depth as f32
}

/// Blocks of rows around those that hold most words of headings.
fn windows(sheet: &Sheet, region: &Region) -> BTreeSet<OrderedRows> {
    let vocabulary = Vocabulary::get();
    let mut known: HashMap<String, bool> = HashMap::new();
    let mut seeds: Vec<(usize, u32)> = Vec::new();
    let rows = region.rows.clone().filter(|row| sheet.row(*row).next().is_some()).take(SEARCHED_ROWS);
    for row in rows {
        let mut words = 0;
        let mut numbers = 0;
        for (at, cell) in sheet.row(row).filter(|(at, _)| region.columns.contains(&at.column)) {
            let text = cell.value.to_string();
            if cell.value.number().is_some() {
                numbers += usize::from(at.row == row);
                continue;
            }
            if text.chars().count() <= 90 && is_heading_text(&text) {
                let says = *known
                    .entry(text.trim().to_owned())
                    .or_insert_with(|| vocabulary.concepts(&text).first().is_some_and(|(_, score)| *score >= 0.6));
                words += usize::from(says);
            }
        }
        if words >= 1 && words >= numbers {
            seeds.push((words, row));
        }
    }
    seeds.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut found = BTreeSet::new();
    for (_, seed) in seeds.into_iter().take(SEEDS) {
        let first = seed.saturating_sub(DEEPEST - 1).max(*region.rows.start());
        for start in first..=seed {
            for end in seed..=(start + DEEPEST - 1).min(*region.rows.end()) {
                if are_headings(sheet, region, start..=end) {
                    found.insert(OrderedRows(start, end));
                }
            }
        }
    }
    found
}

/// Rows from first to last; ordered, so that the same sheet always gives the same window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct OrderedRows(u32, u32);

/// Whether all rows can be parts of headings: no row of numbers among them, and each says something.
fn are_headings(sheet: &Sheet, region: &Region, rows: RangeInclusive<u32>) -> bool {
    rows.into_iter().all(|row| {
        let (mut texts, mut numbers, mut labels) = (0, 0, 0);
        for (_, cell) in sheet.row(row).filter(|(at, _)| region.columns.contains(&at.column)) {
            match cell.value.number() {
                Some(_) => numbers += 1,
                None => {
                    texts += 1;
                    labels += usize::from(cell.value.to_string().trim_end().ends_with([':', '：']));
                }
            }
        }
        // Labels of a header block end in colons, headings as good as never.
        texts > 0 && numbers * 3 <= texts && labels * 3 <= texts
    })
}

/// Takes in the rows above whose cells are parents of the headings, though they say nothing about any column.
fn with_parents(sheet: &Sheet, region: &Region, mut window: Window) -> Window {
    let block = block(&window);
    while *window.rows.start() > *region.rows.start() && window.rows.end() - window.rows.start() + 1 < DEEPEST {
        let row = window.rows.start() - 1;
        let mut parents = 0;
        let mut others = 0;
        for (at, cell) in sheet.row(row).filter(|(at, _)| block.contains(&at.column)) {
            let text = cell.value.to_string();
            let is_wide = sheet.merge_of(at).is_some_and(|area| area.last.column > at.column);
            let is_label = text.contains(':') || Vocabulary::get().title(&text).is_some();
            if !is_heading_text(&text) || is_label {
                others += 1;
            } else if is_wide || !Vocabulary::get().groups(&text).is_empty() {
                parents += 1;
            } else {
                others += 1;
            }
        }
        if parents < 2 || others > parents {
            break;
        }
        window.rows = row..=*window.rows.end();
        window.headings = headings(sheet, window.rows.clone(), region.columns.clone());
        for column in &mut window.reading.columns {
            if let Some(heading) = window.headings.iter().find(|heading| heading.column == column.column) {
                column.heading = heading.shown();
            }
        }
    }
    window
}

/// The columns from the first to the last that means something.
pub fn block(window: &Window) -> RangeInclusive<u32> {
    let columns = || window.reading.columns.iter().map(|column| column.column);
    columns().min().unwrap_or(0)..=columns().max().unwrap_or(0)
}
