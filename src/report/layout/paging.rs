//! Cutting of sections into pages.
//!
//! A page ends between rows; rather between groups of rows, where that leaves little of the page empty; within a row
//! only where the row is higher than a page. Bands stand below each other with the same rows.

use super::super::doc::{Drawn, DrawnPart, Row};
use super::LayoutError;
use super::flow::{Flow, Strip};
use super::grid::Grid;

/// The part of a page that may stay empty to keep a group of rows together.
const EMPTY_SHARE: f32 = 0.2;
/// A table does not start on the rest of a page that is lower than this part of it.
const LEAST_START: f32 = 0.12;
/// A drawing does not start on the rest of a page that is lower than this part of it.
const LEAST_DRAWN: f32 = 0.4;
/// Room above a part of a drawing.
const ABOVE_DRAWN: f32 = 5.0;
/// A page has room for at least this many lines below the headings of a form.
const LEAST_LINES: f32 = 10.0;

/// A band on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    /// The band, as index into the list of grids.
    pub grid: usize,
    /// Upper edge of the headings.
    pub y: f32,
    /// The rows.
    pub strip: Strip,
}

/// What stands between header and footer of a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct PagePlan {
    /// Titles of sections: the section and where its block starts.
    pub titles: Vec<(usize, f32)>,
    /// Bands.
    pub strips: Vec<Placed>,
    /// Parts of drawings: what is painted, and the upper edge.
    pub drawn: Vec<(DrawnPart, f32)>,
}

/// Upper and lower edge of the room for sections, on the first page and on the others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Body {
    /// Upper edge on the first page.
    pub first_top: f32,
    /// Upper edge on the other pages.
    pub top: f32,
    /// Lower edge.
    pub bottom: f32,
}

/// Fills page after page.
pub(super) struct Pager {
    /// The pages so far.
    pub pages: Vec<PagePlan>,
    body: Body,
    y: f32,
}

impl Pager {
    /// An empty first page.
    pub fn new(body: Body) -> Self {
        Self { pages: vec![PagePlan::default()], body, y: body.first_top }
    }

    fn top(&self) -> f32 {
        if self.pages.len() == 1 { self.body.first_top } else { self.body.top }
    }

    fn is_fresh(&self) -> bool {
        self.y <= self.top()
    }

    /// Starts another page, unless this one is still empty.
    pub fn new_page(&mut self) {
        if !self.is_fresh() {
            self.pages.push(PagePlan::default());
            self.y = self.body.top;
        }
    }

    /// Leaves room below what is placed.
    pub fn space(&mut self, height: f32) {
        if !self.is_fresh() {
            self.y += height;
        }
    }

    /// Places a title of the given height with the bands of its table, `numbers` in the list of all grids.
    pub fn table(
        &mut self,
        section: usize,
        title_height: f32,
        grids: &[Grid<'_>],
        numbers: std::ops::Range<usize>,
    ) -> Result<(), LayoutError> {
        let mut flows: Vec<Flow<'_, '_>> = grids[numbers.clone()].iter().map(Flow::new).collect();
        let headings: f32 = flows.iter().map(|flow| flow.grid().heading_height()).sum::<f32>() + gaps(flows.len());
        let line = flows.iter().map(|flow| super::leading(flow.grid().size)).fold(0.0, f32::max);
        let least = headings + title_height + LEAST_LINES * line * flows.len() as f32;
        if least > self.body.bottom - self.body.top || least > self.body.bottom - self.body.first_top {
            return Err(LayoutError::NoRoom);
        }
        let rows: &[Row] = flows.first().map_or(&[], |flow| &flow.grid().table.rows);
        let rest = self.body.bottom - self.y - headings - title_height;
        if rest < LEAST_START * (self.body.bottom - self.body.top) && !is_short_note(&mut flows, rows, rest) {
            self.new_page();
        }
        let mut title = title_height;
        let mut first = 0;
        let mut goes_on = false;
        let mut started = false;
        while first < rows.len() || !started {
            let room = self.body.bottom - self.y - headings - title;
            for flow in &mut flows {
                flow.begin(first, goes_on);
            }
            let end = fill(&mut flows, rows, first, room, self.body.bottom - self.body.top - headings);
            if end == first && first < rows.len() && !self.is_fresh() {
                self.new_page();
                continue;
            }
            if title > 0.0 {
                let y = self.y;
                self.page().titles.push((section, y));
                self.y += std::mem::take(&mut title);
            }
            started = true;
            goes_on = end == first && first < rows.len();
            let heights = if goes_on { split_heights(&mut flows, first, room) } else { Vec::new() };
            let mut spare = room - flows.iter().map(Flow::height).sum::<f32>();
            for (number, flow) in flows.iter_mut().enumerate() {
                let strip = if let Some(height) = heights.get(number) {
                    flow.finish_split(*height)
                } else {
                    let before = flow.height();
                    let strip = flow.finish(spare);
                    spare -= flow.height() - before;
                    strip
                };
                let y = self.y;
                self.y += flow.grid().heading_height() + flow.height() + gaps(2);
                self.page().strips.push(Placed { grid: numbers.start + number, y, strip });
            }
            self.y -= gaps(2);
            first = end;
            if first < rows.len() {
                self.new_page();
            }
        }
        Ok(())
    }

    /// Places a title with a drawing; it begins on another page if most of this one is taken.
    pub fn drawing(&mut self, section: usize, title_height: f32, drawing: &dyn Drawn, width: f32) {
        let full = self.body.bottom - self.body.top;
        if self.body.bottom - self.y - title_height < LEAST_DRAWN * full {
            self.new_page();
        }
        let first = self.body.bottom - self.y - title_height - ABOVE_DRAWN;
        let mut title = title_height;
        for (at, part) in drawing.parts(width, first, full - ABOVE_DRAWN).into_iter().enumerate() {
            if at > 0 {
                self.new_page();
            }
            if title > 0.0 {
                let y = self.y;
                self.page().titles.push((section, y));
                self.y += std::mem::take(&mut title);
            }
            let y = self.y + ABOVE_DRAWN;
            self.y = y + part.height;
            self.page().drawn.push((part, y));
        }
    }

    fn page(&mut self) -> &mut PagePlan {
        if self.pages.is_empty() {
            self.pages.push(PagePlan::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }
}

/// Room between bands.
fn gaps(bands: usize) -> f32 {
    6.0 * bands.saturating_sub(1) as f32
}

/// Whether these are paragraphs that fit in whole: they need no page of their own.
fn is_short_note(flows: &mut [Flow<'_, '_>], rows: &[Row], room: f32) -> bool {
    if !flows.iter().all(|flow| flow.grid().table.bare) {
        return false;
    }
    for flow in &mut *flows {
        flow.begin(0, false);
    }
    fill(flows, rows, 0, room, room) == rows.len()
}

/// Adds rows while there is room. Gives the row the next page starts with.
fn fill(flows: &mut [Flow<'_, '_>], rows: &[Row], first: usize, room: f32, full: f32) -> usize {
    let height = |flows: &[Flow<'_, '_>]| flows.iter().map(Flow::height).sum::<f32>();
    let mut group = None;
    let mut next = first;
    while next < rows.len() {
        if rows[next].starts_group && next > first {
            group = Some(next);
        }
        for flow in flows.iter_mut() {
            flow.push(next);
        }
        if height(flows) > room {
            break;
        }
        next += 1;
    }
    if next < rows.len()
        && !rows[next].starts_group
        && let Some(group) = group
    {
        let above: f32 = flows.iter().map(|flow| flow.top_of(group)).sum();
        let here: f32 = flows.iter().map(|flow| flow.top_of(next)).sum::<f32>() - above;
        if here <= EMPTY_SHARE * full {
            next = group;
        }
    }
    for flow in flows.iter_mut() {
        flow.pop_to(next);
    }
    next
}

/// The height that each band gets of a page that one row does not fit on.
fn split_heights(flows: &mut [Flow<'_, '_>], row: usize, room: f32) -> Vec<f32> {
    let wanted: Vec<f32> = flows
        .iter_mut()
        .map(|flow| {
            flow.push(row);
            flow.height()
        })
        .collect();
    let fair = room / flows.len().max(1) as f32;
    let modest: f32 = wanted.iter().filter(|height| **height <= fair).sum();
    let greedy = wanted.iter().filter(|height| **height > fair).count().max(1);
    wanted.into_iter().map(|height| if height <= fair { height } else { (room - modest) / greedy as f32 }).collect()
}
