//! Painting of bands: grounds first, then lines, then words cell by cell.

use super::super::display::{Direction, Item, Region, TextItem, composed};
use super::super::doc::{Align, Piece, Rgb, Rule};
use super::columns::heading;
use super::flow::{Fragment, MarkPlace, Strip};
use super::grid::{Grid, mark_paragraph};
use super::paging::Placed;
use super::setting::Frame;
use super::{PADDING_VALUE, PADDING_X, PADDING_Y, leading, padding};

use crate::base::fonts::{Style, fonts};

/// Paints one band of one page.
pub(super) fn paint_strip(grid: &Grid<'_>, placed: &Placed, items: &mut Vec<Item>) {
    let painter = Painter { grid, strip: &placed.strip, top: placed.y, rows_top: placed.y + grid.heading_height() };
    painter.grounds(items);
    if !grid.table.bare {
        painter.horizontal_lines(items);
        painter.vertical_lines(items);
    }
    painter.headings(items);
    for fragment in &placed.strip.fragments {
        painter.cell(fragment, items);
    }
}

struct Painter<'p, 'a> {
    grid: &'p Grid<'a>,
    strip: &'p Strip,
    top: f32,
    rows_top: f32,
}

impl Painter<'_, '_> {
    fn row_edge(&self, row: usize) -> f32 {
        self.rows_top + self.strip.tops[row]
    }

    fn bottom(&self) -> f32 {
        self.row_edge(self.strip.tops.len() - 1)
    }

    fn tint(&self, slot: usize) -> Rgb {
        let group = self.grid.column(slot).group.and_then(|group| self.grid.table.groups.get(group));
        group.map_or(Rgb::HEADING, |group| group.tint)
    }

    fn grounds(&self, items: &mut Vec<Item>) {
        let edges = &self.grid.edges;
        if self.grid.heading_height() > 0.0 {
            for (slot, count, _) in self.grid.group_runs() {
                let area = [edges[slot], self.top, edges[slot + count] - edges[slot], self.grid.heading_height()];
                items.push(Item::Rect { area, colour: self.tint(slot) });
            }
        }
        for fragment in &self.strip.fragments {
            let cell = &self.grid.cells[fragment.cell];
            if let Some(colour) = cell.source.fill {
                let (top, bottom) = (self.row_edge(fragment.rows.start), self.row_edge(fragment.rows.end));
                let (left, right) = (edges[cell.slot], edges[cell.slot + cell.slots]);
                items.push(Item::Rect { area: [left, top, right - left, bottom - top], colour });
            }
        }
    }

    /// The lines above the rows, left out where a merged cell goes through.
    fn horizontal_lines(&self, items: &mut Vec<Item>) {
        let slots = self.grid.columns.len();
        let rows = self.strip.tops.len() - 1;
        let mut merged = vec![false; slots * rows];
        for fragment in &self.strip.fragments {
            let cell = &self.grid.cells[fragment.cell];
            for row in fragment.rows.clone().skip(1) {
                merged[row * slots + cell.slot..row * slots + cell.slot + cell.slots].fill(true);
            }
        }
        for row in 1..rows {
            let width = self.grid.table.rows[self.strip.first + row].rule.width();
            let y = self.row_edge(row);
            let mut slot = 0;
            while slot < slots {
                let start = slot;
                while slot < slots && !merged[row * slots + slot] {
                    slot += 1;
                }
                if slot > start {
                    items.push(line([self.grid.edges[start], y, self.grid.edges[slot], y], width));
                }
                slot += 1;
            }
        }
        let (left, right) = (self.grid.edges[0], self.grid.edges[slots]);
        let mut across = |y, width| items.push(line([left, y, right, y], width));
        across(self.top, Rule::Mode.width());
        if self.grid.heading_height() > 0.0 {
            across(self.rows_top, Rule::Step.width());
        }
        if rows > 0 {
            across(self.bottom(), Rule::Mode.width());
        }
        if self.grid.group_height > 0.0 {
            let y = self.top + self.grid.group_height;
            for (slot, count, group) in self.grid.group_runs() {
                if group.is_some() {
                    let ends = [self.grid.edges[slot], y, self.grid.edges[slot + count], y];
                    items.push(line(ends, Rule::Hairline.width()));
                }
            }
        }
    }

    /// The lines between columns, left out where a cell covers both.
    fn vertical_lines(&self, items: &mut Vec<Item>) {
        let slots = self.grid.columns.len();
        let mut covered: Vec<Vec<(f32, f32)>> = vec![Vec::new(); slots + 1];
        for fragment in &self.strip.fragments {
            let cell = &self.grid.cells[fragment.cell];
            for edge in &mut covered[cell.slot + 1..cell.slot + cell.slots] {
                edge.push((self.row_edge(fragment.rows.start), self.row_edge(fragment.rows.end)));
            }
        }
        let runs = self.grid.group_runs();
        for (edge, covered) in covered.iter_mut().enumerate() {
            let x = self.grid.edges[edge];
            let outer = edge == 0 || edge == slots;
            let group = outer || runs.iter().any(|(slot, _, _)| *slot == edge);
            let width =
                if outer || (group && !self.grid.table.groups.is_empty()) { Rule::Mode } else { Rule::Hairline };
            let mut y = if group { self.top } else { self.top + self.grid.group_height };
            covered.sort_by(|a, b| a.0.total_cmp(&b.0));
            for (top, bottom) in covered.drain(..) {
                if top > y {
                    items.push(line([x, y, x, top], width.width()));
                }
                y = bottom;
            }
            if self.bottom() > y {
                items.push(line([x, y, x, self.bottom()], width.width()));
            }
        }
    }

    fn headings(&self, items: &mut Vec<Item>) {
        let grid = self.grid;
        if grid.heading_height() <= 0.0 {
            return;
        }
        for (slot, count, group) in grid.group_runs() {
            if let Some(group) = group.and_then(|group| grid.table.groups.get(group)) {
                let title = [Grid::group_heading(&group.title)];
                self.heading_frame(slot, count, self.top, grid.group_height, &title, items);
            }
        }
        for slot in 0..grid.columns.len() {
            let grouped = grid.column(slot).group.is_some_and(|group| group < grid.table.groups.len());
            let top = if grouped { self.top + grid.group_height } else { self.top };
            if grid.column(slot).turned {
                self.turned_heading(slot, top, items);
            } else {
                let title = [heading(&grid.column(slot).title)];
                self.heading_frame(slot, 1, top, self.rows_top - top, &title, items);
            }
        }
    }

    fn heading_region(&self, slot: usize) -> Region {
        Region::Heading { section: self.grid.section as u32, column: self.grid.columns[slot] as u32 }
    }

    /// A heading in the middle of its field.
    fn heading_frame(
        &self,
        slot: usize,
        count: usize,
        top: f32,
        height: f32,
        title: &[super::super::doc::Paragraph],
        items: &mut Vec<Item>,
    ) {
        let (left, right) = (self.grid.edges[slot], self.grid.edges[slot + count]);
        let pitch = leading(self.grid.size);
        let padding = if count > 1 { PADDING_VALUE } else { padding(self.grid.column(slot)) };
        let width = right - left - 2.0 * padding;
        let lines = super::setting::set(title, self.grid.size, width);
        let y = top + (height - lines.len() as f32 * pitch) / 2.0;
        let (x, size, align, region) = (left + padding, self.grid.size, Align::Center, self.heading_region(slot));
        Frame { x, y, width, size, leading: pitch, align, region }.paint(title, &lines, items);
    }

    /// A heading that runs upwards, its lines side by side in the middle of the column.
    fn turned_heading(&self, slot: usize, top: f32, items: &mut Vec<Item>) {
        let (title, lines, _) = self.grid.turned_lines(slot);
        let Some(Piece::Text { text, style, colour }) = title.pieces.first() else { return };
        let (left, right) = (self.grid.edges[slot], self.grid.edges[slot + 1]);
        let pitch = leading(self.grid.size);
        let capitals = fonts().metrics(Style::Medium.face()).cap_height * self.grid.size;
        let first = f32::midpoint(left, right) - lines.len() as f32 * pitch / 2.0;
        for (index, cell_line) in lines.iter().enumerate() {
            items.push(Item::Text(TextItem {
                x: first + (index as f32 + 0.5) * pitch + capitals / 2.0,
                y: self.rows_top.max(top) - PADDING_X,
                size: self.grid.size,
                style: *style,
                colour: *colour,
                direction: Direction::Up,
                text: text[cell_line.line.range.clone()].to_owned(),
                shaped: composed(*style, &text[cell_line.line.range.clone()]),
                hyphen: cell_line.line.hyphen,
                region: self.heading_region(slot),
            }));
        }
    }

    fn cell(&self, fragment: &Fragment, items: &mut Vec<Item>) {
        let grid = self.grid;
        let cell = &grid.cells[fragment.cell];
        let (left, right) = (grid.edges[cell.slot], grid.edges[cell.slot + cell.slots]);
        let pitch = leading(grid.size);
        let column = cell.source.column as u32;
        let padding = padding(grid.column(cell.slot));
        let frame = |line: usize| Frame {
            x: left + padding,
            y: self.row_edge(fragment.rows.start) + PADDING_Y + line as f32 * pitch,
            width: right - left - 2.0 * padding,
            size: grid.size,
            leading: pitch,
            align: cell.align,
            region: Region::Cell { section: grid.section as u32, row: cell.row as u32, column },
        };
        let mark = |line: usize, items: &mut Vec<Item>| {
            if let Some(mark) = &cell.mark {
                frame(line).paint_all(&[mark_paragraph(mark)], items);
            }
        };
        let above = usize::from(fragment.mark == MarkPlace::Above);
        if above > 0 {
            mark(0, items);
        }
        frame(above).paint(&cell.source.content, &cell.lines[fragment.lines.clone()], items);
        if fragment.mark == MarkPlace::Below {
            mark(fragment.lines.len(), items);
        }
    }
}

fn line(ends: [f32; 4], width: f32) -> Item {
    Item::Line { ends, width, colour: Rgb::LINE }
}
