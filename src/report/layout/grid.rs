//! A table, or one band of it, with widths, headings and the lines of every cell.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::fonts::Style;

use crate::model::language::Language;

use super::super::doc::{Align, Cell, Column, Paragraph, Rgb, Section, Table};
use super::super::paper::PageSetup;
use super::super::progress::Progress;
use super::columns::{Extents, Need, balanced, heading, needs, widths};
use super::setting::{CellLine, set, width_of};
use super::{LayoutError, PADDING_VALUE, PADDING_X, PADDING_Y, SMALLEST, leading, padding};

/// A band of a table, ready to be cut into pages.
pub(super) struct Grid<'a> {
    /// The section it belongs to, counted from 0.
    pub section: usize,
    /// The table.
    pub table: &'a Table,
    /// The columns of the table that are shown, from left to right.
    pub columns: Vec<usize>,
    /// The edges of the columns, one more than columns.
    pub edges: Vec<f32>,
    /// Size of the text.
    pub size: f32,
    /// Height of the upper headings; 0 if there are none.
    pub group_height: f32,
    /// Height of the column headings.
    pub title_height: f32,
    /// All cells, ordered by the row they start in.
    pub cells: Vec<GridCell<'a>>,
    /// For each row the first of its cells in `cells`; one more than rows.
    pub starts: Vec<usize>,
    /// For each row the first of its entries in `ending`; one more than rows.
    pub ends: Vec<usize>,
    /// The cells that end in each row.
    pub ending: Vec<usize>,
    /// What says that a cell continues, the longer first.
    marks: [Arc<str>; 2],
}

/// A cell of a band.
pub(super) struct GridCell<'a> {
    /// What stands in it.
    pub source: &'a Cell,
    /// First row.
    pub row: usize,
    /// Last row.
    pub last_row: usize,
    /// First column of the band.
    pub slot: usize,
    /// Number of columns of the band.
    pub slots: usize,
    /// Where the text stands.
    pub align: Align,
    /// Its lines.
    pub lines: Vec<CellLine>,
    /// What says that it continues, if it is wide enough to say so.
    pub mark: Option<Arc<str>>,
}

impl<'a> Grid<'a> {
    /// The bands of a section: one if the paper is wide enough, else those the table names.
    pub fn of_section(
        index: usize,
        section: &'a Section,
        (page, body, words): (PageSetup, f32, &Language),
        progress: &Progress,
    ) -> Result<Vec<Self>, LayoutError> {
        let table = &section.table;
        if table.columns.is_empty() {
            return Ok(Vec::new());
        }
        check(index, table)?;
        let body = body.max(SMALLEST);
        let extents = Extents::of(table, body);
        if progress.is_ended() {
            return Err(LayoutError::Ended);
        }
        let at_body = needs(table, &extents, body);
        let whole = [(0..table.columns.len()).collect::<Vec<_>>()];
        let sizes = || (0_u8..).map(|step| body - 0.25 * f32::from(step)).take_while(|size| *size >= SMALLEST);
        // As large as goes without broken words; where words must be broken anyway, small, so that few are.
        let fit = |bands: &[Vec<usize>], without_breaks: bool| {
            let fits =
                |size: &f32| bands.iter().all(|band| fits(&scaled(band, &at_body, size / body), page, without_breaks));
            if without_breaks { sizes().find(fits) } else { sizes().filter(fits).last() }
        };
        let mut chosen = None;
        for bands in [&whole[..], table.bands.as_slice()] {
            if !bands.is_empty() {
                chosen = fit(bands, true).or_else(|| fit(bands, false)).map(|size| (bands, size));
            }
            if chosen.is_some() {
                break;
            }
        }
        let narrow = || LayoutError::TooNarrow {
            form: section.title.clone().unwrap_or_default(),
            paper: page.paper,
            landscape: page.landscape,
            larger: page.paper.larger(),
        };
        let (bands, size) = chosen.ok_or_else(narrow)?;
        let scale = size / body;
        let grid = |band: &Vec<usize>| {
            let needs = scaled(band, &at_body, scale);
            let widths = balanced(table, &extents, band, &needs, scale, page.width()).ok_or_else(narrow)?;
            Self::new(index, table, band, (edges(&widths, page.margin), size), (words, progress))
        };
        bands.iter().map(grid).collect()
    }

    fn new(
        section: usize,
        table: &'a Table,
        columns: &[usize],
        (edges, size): (Vec<f32>, f32),
        (words, progress): (&Language, &Progress),
    ) -> Result<Self, LayoutError> {
        let mut grid = Self {
            section,
            table,
            columns: columns.to_vec(),
            edges,
            size,
            group_height: 0.0,
            title_height: 0.0,
            cells: Vec::new(),
            starts: vec![0],
            ends: vec![0],
            ending: Vec::new(),
            marks: ["(continued)", "(cont.)"].map(|mark| Arc::from(words.word(mark))),
        };
        grid.measure_headings();
        let by_row: Vec<Vec<GridCell<'a>>> =
            (0..table.rows.len()).into_par_iter().map(|row| grid.measure_row(row, progress)).collect();
        if progress.is_ended() {
            return Err(LayoutError::Ended);
        }
        let mut ending: Vec<Vec<usize>> = vec![Vec::new(); table.rows.len()];
        for cells in by_row {
            for cell in cells {
                if let Some(row) = ending.get_mut(cell.last_row) {
                    row.push(grid.cells.len());
                }
                grid.cells.push(cell);
            }
            grid.starts.push(grid.cells.len());
        }
        for row in ending {
            grid.ending.extend(row);
            grid.ends.push(grid.ending.len());
        }
        Ok(grid)
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.table.rows.len()
    }

    /// Height of all headings.
    pub fn heading_height(&self) -> f32 {
        self.group_height + self.title_height
    }

    /// The cells that start in a row, as numbers.
    pub fn starting(&self, row: usize) -> std::ops::Range<usize> {
        self.starts[row]..self.starts[row + 1]
    }

    /// The cells that end in a row, as numbers.
    pub fn ending(&self, row: usize) -> &[usize] {
        &self.ending[self.ends[row]..self.ends[row + 1]]
    }

    /// The column of the table behind a column of the band.
    pub fn column(&self, slot: usize) -> &'a Column {
        &self.table.columns[self.columns[slot]]
    }

    /// Neighbouring columns of the band under one upper heading: first, number and the heading.
    pub fn group_runs(&self) -> Vec<(usize, usize, Option<usize>)> {
        let mut runs: Vec<(usize, usize, Option<usize>)> = Vec::new();
        for slot in 0..self.columns.len() {
            let group = self.column(slot).group.filter(|group| *group < self.table.groups.len());
            match runs.last_mut() {
                Some((_, count, known)) if *known == group && group.is_some() => *count += 1,
                _ => runs.push((slot, 1, group)),
            }
        }
        runs
    }

    /// The heading of a group as it is set.
    pub fn group_heading(title: &str) -> Paragraph {
        Paragraph::styled(title, Style::Bold, Rgb::TEXT)
    }

    /// The lines of a heading that runs upwards, wrapped so that they fill the width of the column.
    pub fn turned_lines(&self, slot: usize) -> (Paragraph, Vec<CellLine>, f32) {
        let title = heading(&self.column(slot).title);
        let width = self.edges[slot + 1] - self.edges[slot];
        let room = (width / leading(self.size)).floor().max(1.0) as usize;
        let whole = width_of(&title, self.size) + 0.1;
        let mut length = whole / room as f32;
        loop {
            let lines = set(std::slice::from_ref(&title), self.size, length);
            let broken = lines.iter().any(|line| line.line.hyphen);
            if (lines.len() <= room && !broken) || length >= whole {
                return (title, lines, length.min(whole));
            }
            length += self.size;
        }
    }

    fn measure_headings(&mut self) {
        let pitch = leading(self.size);
        for (slot, count, group) in self.group_runs() {
            if let Some(group) = group.and_then(|group| self.table.groups.get(group)) {
                let width = self.edges[slot + count] - self.edges[slot] - 2.0 * PADDING_VALUE;
                let lines = set(&[Self::group_heading(&group.title)], self.size, width).len();
                self.group_height = self.group_height.max(lines as f32 * pitch + 2.0 * PADDING_Y);
            }
        }
        for slot in 0..self.columns.len() {
            let column = self.column(slot);
            let height = if column.turned {
                self.turned_lines(slot).2 + 2.0 * PADDING_X
            } else {
                let width = self.edges[slot + 1] - self.edges[slot] - 2.0 * padding(column);
                set(&[heading(&column.title)], self.size, width).len() as f32 * pitch + 2.0 * PADDING_Y
            };
            self.title_height = self.title_height.max(height);
        }
        if self.table.columns.iter().all(|column| column.title.is_empty()) && self.table.groups.is_empty() {
            self.title_height = 0.0;
        }
    }

    fn measure_row(&self, row: usize, progress: &Progress) -> Vec<GridCell<'a>> {
        if !progress.step() {
            return Vec::new();
        }
        self.table.rows[row].cells.iter().filter_map(|cell| self.measure_cell(row, cell)).collect()
    }

    /// The cell with its lines, or `None` if the band shows none of its columns.
    fn measure_cell(&self, row: usize, source: &'a Cell) -> Option<GridCell<'a>> {
        let covered = source.column..source.column + source.columns.max(1);
        let slot = self.columns.iter().position(|column| covered.contains(column))?;
        let slots = self.columns[slot..].iter().take_while(|column| covered.contains(column)).count();
        let width = self.edges[slot + slots] - self.edges[slot] - 2.0 * padding(self.column(slot));
        let fits = |mark: &&str| width_of(&mark_paragraph(mark), self.size) <= width;
        Some(GridCell {
            source,
            row,
            last_row: (row + source.rows.max(1) - 1).min(self.rows() - 1),
            slot,
            slots,
            align: source.align.unwrap_or(self.column(slot).align),
            lines: set(&source.content, self.size, width),
            mark: if source.rows > 1 || source.content.len() > 1 || source.content.iter().any(is_long) {
                self.marks.iter().find(|mark| fits(&&***mark)).cloned()
            } else {
                None
            },
        })
    }
}

/// Whether a paragraph could ever be cut by a page end in a row of its own.
fn is_long(paragraph: &Paragraph) -> bool {
    use super::super::doc::Piece;
    paragraph.pieces.iter().any(|piece| matches!(piece, Piece::Text { text, .. } if text.len() > 12))
}

/// The mark of a continued cell as it is set.
pub(super) fn mark_paragraph(mark: &str) -> Paragraph {
    Paragraph::styled(mark, Style::Italic, Rgb::QUIET)
}

fn check(section: usize, table: &Table) -> Result<(), LayoutError> {
    for (row, cells) in table.rows.iter().enumerate() {
        for cell in &cells.cells {
            if cell.column + cell.columns.max(1) > table.columns.len() {
                return Err(LayoutError::CellOutside { section, row, column: cell.column });
            }
        }
    }
    match table.bands.iter().flatten().find(|column| **column >= table.columns.len()) {
        Some(column) => Err(LayoutError::BandOutside { section, column: *column }),
        None => Ok(()),
    }
}

/// The needs of the columns of a band at another size of text.
fn scaled(band: &[usize], at_body: &[Need], scale: f32) -> Vec<Need> {
    let scaled = |width: f32, edges: f32| (width - edges) * scale + edges;
    let scale = |need: Need| Need { hard: scaled(need.hard, need.edges), soft: scaled(need.soft, need.edges), ..need };
    band.iter().map(|column| scale(at_body[*column])).collect()
}

/// Whether columns fit on the sheet.
fn fits(needs: &[Need], page: PageSetup, without_breaks: bool) -> bool {
    let soft: f32 = needs.iter().map(|need| need.soft).sum();
    if without_breaks { soft <= page.width() } else { widths(needs, page.width()).is_some() }
}

/// The edges of columns from their widths.
fn edges(widths: &[f32], left: f32) -> Vec<f32> {
    let mut edges = vec![left];
    let mut edge = left;
    for width in widths {
        edge += width;
        edges.push(edge);
    }
    edges
}
