//! Rows of one band on one page after the other: heights, and which lines of a cell stand where.
//!
//! A merged cell that is cut by a page end repeats its text on the next page with a mark. A cell whose lines do not all
//! fit above the page end goes on with the rest of them. So every line stands somewhere.

use std::ops::Range;

use super::grid::{Grid, GridCell};
use super::{PADDING_Y, leading};

/// A longer text is repeated on the next page only where the rows leave room for it; else the mark alone is.
const LONGEST_REPEAT: usize = 6;

/// A part of a cell on one page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fragment {
    /// The cell of the grid.
    pub cell: usize,
    /// The rows it covers on this page, counted from the first row of the page.
    pub rows: Range<usize>,
    /// The lines that are shown.
    pub lines: Range<usize>,
    /// Where the mark of a continued cell stands.
    pub mark: MarkPlace,
}

/// Where the mark of a continued cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkPlace {
    /// There is none.
    Nowhere,
    /// Above the lines, which go on from the page before.
    Above,
    /// Below the lines, which the page before has, too.
    Below,
}

/// The rows of a band on one page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Strip {
    /// The first row.
    pub first: usize,
    /// Whether the first row started on the page before.
    pub goes_on: bool,
    /// The upper edges of the rows below the headings, and the lower edge of the last.
    pub tops: Vec<f32>,
    /// The cells.
    pub fragments: Vec<Fragment>,
}

/// A band while it is cut into pages.
pub(super) struct Flow<'g, 'a> {
    grid: &'g Grid<'a>,
    /// Per cell, how many of its lines are on paper.
    printed: Vec<usize>,
    /// Cells that go on from the page before.
    carried: Vec<usize>,
    first: usize,
    goes_on: bool,
    tops: Vec<f32>,
}

impl<'g, 'a> Flow<'g, 'a> {
    /// A band before its first page.
    pub fn new(grid: &'g Grid<'a>) -> Self {
        let printed = vec![0; grid.cells.len()];
        Self { grid, printed, carried: Vec::new(), first: 0, goes_on: false, tops: vec![0.0] }
    }

    /// The band.
    pub fn grid(&self) -> &'g Grid<'a> {
        self.grid
    }

    /// Starts a page with a row.
    pub fn begin(&mut self, first: usize, goes_on: bool) {
        self.first = first;
        self.goes_on = goes_on;
        self.tops.clear();
        self.tops.push(0.0);
    }

    /// Height of the rows on the page.
    pub fn height(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// Upper edge of a row of the page.
    pub fn top_of(&self, row: usize) -> f32 {
        self.tops.get(row - self.first).copied().unwrap_or(0.0)
    }

    /// Adds the next row.
    pub fn push(&mut self, row: usize) {
        let top = self.height();
        let mut height: f32 = leading(self.grid.size) + 2.0 * PADDING_Y;
        for &index in self.grid.ending(row) {
            let cell = &self.grid.cells[index];
            let above = top - self.top_of(cell.row.max(self.first));
            height = height.max(self.need(index, cell) - above);
        }
        self.tops.push(top + height);
    }

    /// Takes rows away until `row` is the next to be added.
    pub fn pop_to(&mut self, row: usize) {
        self.tops.truncate(row - self.first + 1);
    }

    fn is_carried(&self, cell: &GridCell<'_>) -> bool {
        cell.row < self.first || (self.goes_on && cell.row == self.first)
    }

    /// The height that a cell asks for on this page.
    fn need(&self, index: usize, cell: &GridCell<'_>) -> f32 {
        let total = cell.lines.len();
        let mark = usize::from(cell.mark.is_some());
        let lines = if !self.is_carried(cell) {
            total
        } else if self.printed[index] < total {
            total - self.printed[index] + mark
        } else if total == 0 {
            0
        } else if total <= LONGEST_REPEAT {
            total + mark
        } else {
            mark
        };
        if lines == 0 { 0.0 } else { lines as f32 * leading(self.grid.size) + 2.0 * PADDING_Y }
    }

    /// Ends the page behind the rows that were added. `spare` is height that may still be taken, so that cells that are
    /// cut here show more of their lines.
    pub fn finish(&mut self, spare: f32) -> Strip {
        let rows = self.tops.len() - 1;
        let next = self.first + rows;
        let present = self.present(next);
        let mut short: f32 = 0.0;
        for &index in &present {
            let cell = &self.grid.cells[index];
            if cell.last_row >= next {
                let has = self.height() - self.top_of(cell.row.max(self.first));
                short = short.max(self.need(index, cell) - has);
            }
        }
        if let Some(bottom) = self.tops.last_mut() {
            *bottom += short.min(spare).max(0.0);
        }
        self.place(&present, next, next)
    }

    /// Ends a page that has only the first part of one row, in the given height. The row goes on on the next page.
    pub fn finish_split(&mut self, height: f32) -> Strip {
        self.tops = vec![0.0, height];
        let present = self.present(self.first + 1);
        self.place(&present, self.first + 1, self.first)
    }

    /// The cells that stand on the page, if it ends before the row `next`.
    fn present(&self, next: usize) -> Vec<usize> {
        let from = if self.goes_on { self.first + 1 } else { self.first };
        let starting = (from..next).flat_map(|row| self.grid.starting(row));
        let mut present: Vec<usize> = self.carried.iter().copied().chain(starting).collect();
        present.sort_by_key(|index| (self.grid.cells[*index].row.max(self.first), self.grid.cells[*index].slot));
        present
    }

    /// Gives lines to the cells. `resume` is the row the next page starts with.
    fn place(&mut self, present: &[usize], next: usize, resume: usize) -> Strip {
        let mut fragments = Vec::with_capacity(present.len());
        for &index in present {
            let cell = &self.grid.cells[index];
            let rows = cell.row.max(self.first) - self.first..(cell.last_row + 1).min(next) - self.first;
            let height = self.tops[rows.end] - self.tops[rows.start] - 2.0 * PADDING_Y;
            let room = (height / leading(self.grid.size) + 0.02).floor().max(0.0) as usize;
            let (lines, mark) = self.share(index, cell, room);
            fragments.push(Fragment { cell: index, rows, lines, mark });
        }
        self.carried = present.iter().copied().filter(|index| self.grid.cells[*index].last_row >= resume).collect();
        Strip { first: self.first, goes_on: self.goes_on, tops: self.tops.clone(), fragments }
    }

    /// The lines of a cell that go into room for so many.
    fn share(&mut self, index: usize, cell: &GridCell<'_>, room: usize) -> (Range<usize>, MarkPlace) {
        let total = cell.lines.len();
        let printed = self.printed[index];
        let mark = usize::from(cell.mark.is_some());
        if !self.is_carried(cell) {
            let end = total.min(room);
            self.printed[index] = end;
            (0..end, MarkPlace::Nowhere)
        } else if printed < total {
            // With room for one line only, the line is worth more than the mark.
            let mark = if room > mark { mark } else { 0 };
            let end = total.min(printed + room - mark);
            self.printed[index] = end;
            (printed..end, if mark > 0 { MarkPlace::Above } else { MarkPlace::Nowhere })
        } else if total + mark <= room {
            (0..total, if mark > 0 && total > 0 { MarkPlace::Below } else { MarkPlace::Nowhere })
        } else {
            (0..0, if mark > 0 && room > 0 && total > 0 { MarkPlace::Above } else { MarkPlace::Nowhere })
        }
    }
}
