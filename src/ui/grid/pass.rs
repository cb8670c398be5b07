//! One frame of the grid: what its parts share.

use eframe::egui::{Id, Rect, Response, Ui, pos2};

use super::address::{CellAddress, CellRange, Place, Position};
use super::columns::Geometry;
use super::draft::{Ask, Editing, Leave};
use super::event::GridEvent;
use super::scroll::{Anchor, VisibleBlock, Walker};
use super::source::{Cell, EditKind, GridSource};
use super::state::{Cursor, GridState};
use super::text::Setter;
use crate::ui::kit::Tokens;

pub(super) struct Pass<'u, 'a> {
    pub(super) ui: &'u Ui,
    pub(super) id: Id,
    pub(super) response: &'a Response,
    pub(super) source: &'a dyn GridSource,
    pub(super) state: &'a mut GridState,
    pub(super) geometry: Geometry,
    pub(super) tokens: &'static Tokens,
    pub(super) visible: Vec<VisibleBlock>,
    pub(super) events: Vec<GridEvent>,
}

/// A visible cell on the screen.
pub(super) struct Seen<'b> {
    pub(super) visible: &'b VisibleBlock,
    pub(super) cell_index: usize,
    pub(super) cell: &'b Cell,
    pub(super) rect: Rect,
}

impl Pass<'_, '_> {
    /// Walks over the rows, measuring on the way.
    pub(super) fn walk<R>(&mut self, act: impl FnOnce(&mut Walker<'_>, Anchor) -> R) -> R {
        let setter = Setter {
            ui: self.ui,
            source_columns: self.source.columns(),
            columns: &self.geometry.columns,
            metrics: self.geometry.metrics,
        };
        let anchor = self.state.anchor;
        let mut walker = Walker {
            source: self.source,
            setter: &setter,
            rows: &mut self.state.rows,
            texts: &mut self.state.texts,
            height: self.geometry.body.height(),
        };
        act(&mut walker, anchor)
    }

    /// Moves the view and keeps the name of the row at its top.
    pub(super) fn set_anchor(&mut self, anchor: Anchor) {
        self.state.anchor = anchor;
        self.state.anchor_row = self.state.rows.row_id(self.source, anchor.position);
    }

    /// Finds the rows in sight.
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method alone is not general enough in its lifetimes"
    )]
    pub(super) fn look(&mut self) {
        let anchor = self.walk(|walker, anchor| walker.settle(anchor));
        if anchor != self.state.anchor || self.state.anchor_row.is_none() {
            self.set_anchor(anchor);
        }
        self.visible = self.walk(|walker, anchor| walker.visible(anchor));
    }

    /// The address of a place.
    pub(super) fn address(&self, place: Place) -> Option<CellAddress> {
        let row = self.state.rows.row_id(self.source, place.position)?;
        let column = self.source.columns().get(place.column)?.key;
        Some(CellAddress { row, column })
    }

    /// The place of an address, if the source has it.
    pub(super) fn place(&self, at: &CellAddress) -> Option<Place> {
        let position = self.state.rows.position(self.source, at.row)?;
        let column = self.source.columns().iter().position(|column| column.key == at.column)?;
        Some(Place { position, column })
    }

    /// The rows of the cell at a place: more than one if it is merged.
    pub(super) fn cell_rows(&self, place: Place) -> (Position, Position) {
        let Position { block, row } = place.position;
        if block >= self.state.rows.block_count() {
            return (place.position, place.position);
        }
        match self.source.block(block).cell(row, place.column) {
            Some(cell) => (Position { block, row: cell.rows.start }, Position { block, row: cell.rows.end - 1 }),
            None => (place.position, place.position),
        }
    }

    /// The address by which events name the cell at a place: that of its first row.
    pub(super) fn cell_address(&self, place: Place) -> Option<CellAddress> {
        self.address(Place { position: self.cell_rows(place).0, ..place })
    }

    /// Moves the cursor; with `extend` the other corner of the range stays.
    pub(super) fn move_cursor(&mut self, place: Place, extend: bool) {
        let Some(address) = self.address(place) else { return };
        let before = self.state.cursor;
        self.state.tabs_from = None;
        if !extend {
            self.state.corner = None;
        } else if self.state.corner.is_none() {
            self.state.corner = before;
        }
        self.state.cursor = Some(Cursor { address, place });
        if before.map(|cursor| cursor.address) != Some(address) {
            self.events.push(GridEvent::CursorMoved(address));
        }
    }

    /// Moves the cursor and brings it into sight.
    pub(super) fn go(&mut self, place: Place, extend: bool) {
        self.move_cursor(place, extend);
        self.reveal(place);
    }

    /// Scrolls by the least that brings a cell into sight.
    pub(super) fn reveal(&mut self, place: Place) {
        let (first, last) = self.cell_rows(place);
        let anchor = self.walk(|walker, anchor| walker.reveal(anchor, first, last, place.position));
        self.set_anchor(anchor);
        if place.column < self.geometry.columns.frozen || place.column >= self.geometry.columns.len() {
            return;
        }
        let view = self.geometry.scrolled_body();
        let (left, right) = self.geometry.column_x(place.column);
        let mut scroll_x = self.geometry.scroll_x;
        if right > view.right() {
            scroll_x += right - view.right();
        }
        let left = left - (scroll_x - self.geometry.scroll_x);
        if left < view.left() {
            scroll_x -= view.left() - left;
        }
        self.set_scroll_x(scroll_x);
    }

    pub(super) fn set_scroll_x(&mut self, scroll_x: f32) {
        let scroll_x = scroll_x.clamp(0.0, self.geometry.longest_scroll_x());
        self.state.scroll_x = scroll_x;
        self.geometry.scroll_x = scroll_x;
    }

    /// The selected rectangle: upper left and lower right place, covering whole merged cells in its corners.
    pub(super) fn selected(&self) -> Option<(Place, Place)> {
        let cursor = self.state.cursor?.place;
        let corner = self.state.corner.map_or(cursor, |corner| corner.place);
        let (from, to) = (self.cell_rows(cursor), self.cell_rows(corner));
        let first = Place { position: from.0.min(to.0), column: cursor.column.min(corner.column) };
        let last = Place { position: from.1.max(to.1), column: cursor.column.max(corner.column) };
        Some((first, last))
    }

    /// The selected rectangle by names.
    pub(super) fn selected_range(&self) -> Option<CellRange> {
        let (first, last) = self.selected()?;
        let columns = self.source.columns().get(first.column..=last.column)?;
        Some(CellRange {
            first: self.state.rows.row_id(self.source, first.position)?,
            last: self.state.rows.row_id(self.source, last.position)?,
            columns: columns.iter().map(|column| column.key).collect(),
            row_count: self.state.rows.count_between(first.position, last.position),
        })
    }

    /// Opens the editor of a cell. `typed` replaces its text; otherwise the text is kept.
    pub(super) fn begin_edit(&mut self, place: Place, typed: Option<String>) {
        let Some(at) = self.cell_address(place) else { return };
        let block = self.source.block(place.position.block);
        let Some(cell) = block.cell(place.position.row, place.column) else { return };
        if cell.content.edit == EditKind::None {
            if typed.is_none() {
                self.events.push(GridEvent::Activate(at));
            }
            return;
        }
        self.reveal(place);
        let original = self.source.edit_text(&at).unwrap_or_else(|| cell.content.plain_text());
        self.state.serial += 1;
        let editing = Editing::new(at, place, cell.content.edit, original, typed, self.state.serial);
        self.state.editing = Some(editing);
    }

    /// Ends the edit under way and reports what changed, with the answer to what was asked about it.
    pub(super) fn commit(&mut self, answer: usize) {
        if let Some((at, text)) = self.state.take_draft() {
            self.events.push(GridEvent::Commit { at, text, answer });
        }
    }

    /// Whether something has to be answered before the edit under way ends; then its editor asks, and stays until it knows.
    pub(super) fn asks(&mut self, leave: Leave) -> bool {
        let Some(editing) = &mut self.state.editing else { return false };
        if editing.ask.is_none() && leave != Leave::Fill && editing.changed() {
            let question = self.source.question(&editing.at, &editing.value());
            editing.ask = question.map(|question| Ask::new(question, leave));
        }
        if editing.ask.is_some() {
            editing.take_focus_back();
            self.ui.ctx().request_repaint();
        }
        editing.ask.is_some()
    }

    /// The visible cell of a place on the screen.
    pub(super) fn seen(&self, place: Place) -> Option<Seen<'_>> {
        let visible = self.visible.iter().find(|visible| visible.index == place.position.block)?;
        let cell_index = visible.block.cell_index(place.position.row, place.column)?;
        self.seen_cell(visible, cell_index)
    }

    pub(super) fn seen_cell<'b>(&self, visible: &'b VisibleBlock, cell_index: usize) -> Option<Seen<'b>> {
        let cell = visible.block.cells().get(cell_index)?;
        if cell.column >= self.geometry.columns.len() {
            return None;
        }
        let starts = self.state.rows.starts(visible.index);
        let (top, bottom) = (*starts.get(cell.rows.start)?, *starts.get(cell.rows.end)?);
        let (left, right) = self.geometry.column_x(cell.column);
        let y = self.geometry.body.top() + visible.top;
        let rect = Rect::from_min_max(pos2(left, y + top), pos2(right, y + bottom));
        Some(Seen { visible, cell_index, cell, rect: snap(self.ui, rect) })
    }

    /// All cells in sight.
    pub(super) fn seen_cells(&self) -> impl Iterator<Item = Seen<'_>> {
        let columns: Vec<usize> =
            (0..self.geometry.columns.len()).filter(|&column| self.geometry.is_column_visible(column)).collect();
        self.visible.iter().flat_map(move |visible| {
            let columns = columns.clone();
            columns.into_iter().flat_map(move |column| {
                let range = visible.block.column_range(column);
                let cells = &visible.block.cells()[range.clone()];
                let from = range.start + cells.partition_point(|cell| cell.rows.end <= visible.rows.start);
                let to = range.start + cells.partition_point(|cell| cell.rows.start < visible.rows.end);
                (from..to).filter_map(move |index| self.seen_cell(visible, index))
            })
        })
    }

    /// The row below `y`, the first or last in sight if `y` is outside.
    pub(super) fn row_at(&self, y: f32) -> Option<Position> {
        let first = self.visible.first()?;
        let mut found = Position { block: first.index, row: first.rows.start };
        for visible in &self.visible {
            let starts = self.state.rows.starts(visible.index);
            for row in visible.rows.clone() {
                if self.geometry.body.top() + visible.top + starts.get(row)? > y {
                    return Some(found);
                }
                found = Position { block: visible.index, row };
            }
        }
        Some(found)
    }
}

/// Rounds the edges to pixels, so that lines are crisp and neighbours meet.
pub(super) fn snap(ui: &Ui, rect: Rect) -> Rect {
    let scale = ui.pixels_per_point();
    let round = |value: f32| (value * scale).round() / scale;
    Rect::from_min_max(pos2(round(rect.min.x), round(rect.min.y)), pos2(round(rect.max.x), round(rect.max.y)))
}
