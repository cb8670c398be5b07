//! From the page model to the display list.
//!
//! Columns get widths, cells get lines, rows get heights, pages get rows; then all pages are painted at once. Every word
//! of the model stands on some page: what is too high goes on over the page, what is too wide is broken or refused.

use rayon::prelude::*;

use crate::base::fonts::{Style, fonts};

use super::display::{Direction, Display, Item, Outline, Page, Region, TextItem, composed};
use super::doc::{Align, Bookmark, Cell, Column, Field, Report, Rgb, Row, Section, Table};
use super::paper::Paper;
use super::progress::{Part, Progress};

mod columns;
mod composed;
mod flow;
mod frame;
mod grid;
mod paging;
mod paint;
mod setting;

use frame::Furniture;
pub use frame::paint_watermark;
use grid::Grid;
use paging::{Body, PagePlan, Pager};

/// The smallest body text in points.
pub const SMALLEST: f32 = 6.0;
/// Room at both sides of the text of a cell, in points. Twice as much parts the columns for programs that tell them by
/// gaps of one font size.
const PADDING_X: f32 = 3.3;
/// The same in columns of single values, which stand in the middle and keep away from their neighbours anyway.
const PADDING_VALUE: f32 = 2.0;
/// Room above and below the text of a cell.
const PADDING_Y: f32 = 1.7;
/// Size of section titles.
const TITLE_SIZE: f32 = 9.0;
/// Room above a section.
const SECTION_GAP: f32 = 10.0;

/// Room at both sides of the text in a column.
fn padding(column: &Column) -> f32 {
    if column.align == Align::Center { PADDING_VALUE } else { PADDING_X }
}

/// Distance of lines for a size of text.
fn leading(size: f32) -> f32 {
    size * 1.24
}

/// Why a report cannot be laid out.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LayoutError {
    /// Even at the smallest text and with as few characters a line as may be, the columns do not fit.
    #[error(
        "the form {form:?} is too wide for {} {}: text would fall below 6 points or a column below nine characters{}",
        paper.name(), if *landscape { "landscape" } else { "portrait" }, proposal(*larger)
    )]
    TooNarrow {
        /// The title of the section.
        form: String,
        /// The paper that was asked for.
        paper: Paper,
        /// Whether it lay on its long side.
        landscape: bool,
        /// The larger paper to propose.
        larger: Option<Paper>,
    },
    /// Headings and header leave no room for rows.
    #[error("header and column headings leave no room for rows on this paper")]
    NoRoom,
    /// The page model is wrong: a cell outside of the columns.
    #[error("cell in column {column} of row {row} in section {section} lies outside of the table")]
    CellOutside {
        /// The section, counted from 0.
        section: usize,
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// The page model is wrong: a band names a column that is not there.
    #[error("a band of section {section} names column {column}, which the table does not have")]
    BandOutside {
        /// The section, counted from 0.
        section: usize,
        /// The column.
        column: usize,
    },
    /// Nobody waits for the report any more.
    #[error("the report was ended before it was done")]
    Ended,
}

fn proposal(larger: Option<Paper>) -> String {
    larger.map_or_else(String::new, |paper| format!("; print it on {}", paper.name()))
}

/// Lays a report out.
///
/// # Errors
/// If a form does not fit the paper even in bands, if the header leaves no room, or if the page model names columns that
/// are not there.
pub fn lay_out(report: &Report) -> Result<Display, LayoutError> {
    lay_out_watched(report, &Progress::default())
}

/// Lays a report out for somebody who watches how far it is and may end it.
///
/// # Errors
/// Those of [`lay_out`], and [`LayoutError::Ended`].
pub fn lay_out_watched(report: &Report, progress: &Progress) -> Result<Display, LayoutError> {
    match lay_out_with(report, false, progress) {
        Err(LayoutError::NoRoom) => lay_out_with(report, true, progress),
        done => done,
    }
}

/// Lays a report out, with the fields of the header in a table of their own if they are too high or if that is asked for.
fn lay_out_with(report: &Report, fields_apart: bool, progress: &Progress) -> Result<Display, LayoutError> {
    let mut furniture = Furniture::new(report);
    let mut sections: Vec<&Section> = report.sections.iter().collect();
    // The names of sections in regions are places in the report, so this one comes last and is printed first.
    let fields = fields_as_table(report);
    let mut order: Vec<usize> = (0..sections.len()).collect();
    if fields_apart || furniture.fields_are_too_high() {
        furniture.leave_out_fields();
        sections.push(&fields);
        order.insert(0, order.len());
    }
    let mut pager =
        Pager::new(Body { first_top: furniture.top(true), top: furniture.top(false), bottom: furniture.bottom() });
    let mut grids: Vec<Grid<'_>> = Vec::new();
    progress.begin(Part::Rows, sections.iter().map(|section| section.table.rows.len()).sum());
    for index in order {
        let section = sections[index];
        let first = grids.len();
        if section.drawing.is_none() {
            let setup = (report.page, report.body_size, &*report.words);
            grids.extend(Grid::of_section(index, section, setup, progress)?);
        }
        if section.new_page {
            pager.new_page();
        } else {
            pager.space(if section.title.is_some() { SECTION_GAP } else { leading(SMALLEST) });
        }
        let title_height = if section.title.is_some() { leading(TITLE_SIZE) + 3.0 } else { 0.0 };
        match &section.drawing {
            Some(drawing) => pager.drawing(index, title_height, drawing.as_ref(), report.page.width()),
            None => pager.table(index, title_height, &grids, first..grids.len())?,
        }
    }
    let plans = pager.pages;
    let count = plans.len();
    let outlines = outlines(&sections, &grids, &plans);
    let (width, height) = report.page.size();
    progress.begin(Part::Pages, count);
    let pages: Vec<Page> = plans
        .par_iter()
        .enumerate()
        .map(|(number, plan)| {
            let mut items = Vec::new();
            if !progress.step() {
                return Page { width, height, items };
            }
            furniture.paint_watermark(&mut items);
            furniture.paint(number + 1, count, &mut items);
            for (section, y) in &plan.titles {
                paint_title(report, sections[*section], *y, &mut items);
            }
            for placed in &plan.strips {
                paint::paint_strip(&grids[placed.grid], placed, &mut items);
            }
            for (part, y) in &plan.drawn {
                items.extend(part.items.iter().map(|item| item.clone().moved(report.page.margin, *y)));
            }
            Page { width, height, items }
        })
        .collect();
    if progress.is_ended() {
        return Err(LayoutError::Ended);
    }
    let missing = missing(&pages);
    Ok(Display { pages, outlines, missing })
}

fn paint_title(report: &Report, section: &Section, y: f32, items: &mut Vec<Item>) {
    let Some(title) = &section.title else { return };
    items.push(Item::Text(TextItem {
        x: report.page.margin,
        y: y + TITLE_SIZE,
        size: TITLE_SIZE,
        style: Style::Bold,
        colour: Rgb::TEXT,
        direction: Direction::Across,
        text: title.clone(),
        shaped: composed(Style::Bold, title),
        hyphen: false,
        region: Region::Page,
    }));
}

/// Header fields that are too many for a header stand in a table of their own in front.
fn fields_as_table(report: &Report) -> Section {
    let columns = vec![Column { characters: 16.0, ..Column::text("", None, 1.0) }, Column::text("", None, 4.0)];
    let row = |field: &Field| Row {
        cells: vec![Cell::plain(0, &field.label), Cell::new(1, field.value.clone())],
        starts_group: true,
        ..Row::default()
    };
    let rows = report.header.fields.iter().flatten().map(row).collect();
    Section { table: Table { columns, rows, ..Table::default() }, ..Section::default() }
}

/// The list of bookmarks: the sections with a title, below them what the rows say.
fn outlines(sections: &[&Section], grids: &[Grid<'_>], plans: &[PagePlan]) -> Vec<Outline> {
    let mut outlines = Vec::new();
    for (page, plan) in plans.iter().enumerate() {
        for (index, y) in &plan.titles {
            if let Some(title) = &sections[*index].title {
                outlines.push(Outline { level: 0, title: title.clone(), page, y: *y });
            }
        }
        for placed in &plan.strips {
            let grid = &grids[placed.grid];
            // Only the first band of a section leads to its rows.
            if placed.grid > 0 && grids[placed.grid - 1].section == grid.section {
                continue;
            }
            let below = usize::from(sections[grid.section].title.is_some());
            let skip = usize::from(placed.strip.goes_on);
            for (at, top) in placed.strip.tops[..placed.strip.tops.len() - 1].iter().enumerate().skip(skip) {
                let y = placed.y + grid.heading_height() + top;
                let entry = |bookmark: &Bookmark| Outline {
                    level: bookmark.level + below,
                    title: bookmark.title.clone(),
                    page,
                    y,
                };
                outlines.extend(grid.table.rows[placed.strip.first + at].bookmarks.iter().map(entry));
            }
        }
    }
    outlines
}

/// Characters without a glyph.
fn missing(pages: &[Page]) -> Vec<char> {
    let of_page = |page: &Page| {
        let mut missing = Vec::new();
        for item in &page.items {
            if let Item::Text(text) = item
                && !text.text.is_ascii()
            {
                match &text.shaped {
                    Some(shaped) => missing.extend(shaped.missing(text.style, &text.text)),
                    None => missing.extend(text.text.chars().filter(|c| fonts().is_missing(text.style, *c))),
                }
            }
        }
        missing.sort_unstable();
        missing.dedup();
        missing
    };
    let mut missing: Vec<char> = pages.par_iter().flat_map_iter(of_page).collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}
