//! Where the columns stand, and the sizes that follow the zoom of the grid.

use eframe::egui::Rect;

use super::source::Column;
use super::state::Kept;
use crate::ui::kit::size;

/// The narrowest a column can be dragged, in points at 100 %.
pub(super) const NARROWEST: f32 = 28.0;

/// Sizes of text and space at the zoom of the grid, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Metrics {
    pub(super) zoom: f32,
    pub(super) text: f32,
    pub(super) line_height: f32,
    pub(super) heading: f32,
    pub(super) pad_x: f32,
    pub(super) pad_y: f32,
    pub(super) margin: f32,
}

impl Metrics {
    pub(super) fn new(zoom: f32) -> Self {
        let text = size::GRID_TEXT * zoom;
        Self {
            zoom,
            text,
            line_height: (text * size::GRID_LINE_HEIGHT).round(),
            heading: (size::HEADING_TEXT * zoom).max(size::CAPTION_TEXT),
            pad_x: size::CELL_PAD_X * zoom,
            pad_y: size::CELL_PAD_Y * zoom,
            margin: size::GRID_MARGIN,
        }
    }

    /// The height of a row with one line of text.
    pub(super) fn lowest_row(&self) -> f32 {
        (self.line_height + 2.0 * self.pad_y).ceil()
    }
}

/// Lefts and breadths of the columns, measured from the left edge of the first.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Columns {
    pub(super) lefts: Vec<f32>,
    pub(super) widths: Vec<f32>,
    pub(super) frozen: usize,
    pub(super) frozen_width: f32,
    pub(super) total: f32,
}

impl Columns {
    /// Places `columns` in `room` points; fewer are frozen than asked for if they would take more than half of it.
    pub(super) fn new(columns: &[Column], frozen: usize, kept: &Kept, room: f32) -> Self {
        let zoom = kept.zoom();
        let mut left = 0.0;
        let mut lefts = Vec::with_capacity(columns.len());
        let mut widths = Vec::with_capacity(columns.len());
        for column in columns {
            let width = kept.widths.get(column.key).copied().unwrap_or(column.width).max(NARROWEST);
            let width = (width * zoom).round();
            lefts.push(left);
            widths.push(width);
            left += width;
        }
        let mut frozen = frozen.min(columns.len());
        let right = |count: usize| if count == 0 { 0.0 } else { lefts[count - 1] + widths[count - 1] };
        while frozen > 0 && right(frozen) > room * 0.5 && left > room {
            frozen -= 1;
        }
        let frozen_width = right(frozen);
        Self { lefts, widths, frozen, frozen_width, total: left }
    }

    pub(super) fn len(&self) -> usize {
        self.widths.len()
    }
}

/// The parts of the grid on the screen.
#[derive(Clone, Debug)]
pub(super) struct Geometry {
    /// Headings of columns, without the margin.
    pub(super) heading: Rect,
    /// How much of the heading the group headings take.
    pub(super) group_height: f32,
    /// The margin left of the cells.
    pub(super) margin: Rect,
    /// The cells.
    pub(super) body: Rect,
    /// The track of the vertical scroll bar.
    pub(super) vertical_bar: Rect,
    /// The track of the horizontal scroll bar; empty if everything fits.
    pub(super) horizontal_bar: Rect,
    pub(super) columns: Columns,
    pub(super) metrics: Metrics,
    /// How far the columns that are not frozen are scrolled.
    pub(super) scroll_x: f32,
}

impl Geometry {
    /// Left and right edge of a column on the screen.
    pub(super) fn column_x(&self, column: usize) -> (f32, f32) {
        let left = self.body.left() + self.columns.lefts[column];
        let left = if column < self.columns.frozen { left } else { left - self.scroll_x };
        (left, left + self.columns.widths[column])
    }

    /// The cells that scroll sideways.
    pub(super) fn scrolled_body(&self) -> Rect {
        let mut rect = self.body;
        rect.min.x = (rect.min.x + self.columns.frozen_width).min(rect.max.x);
        rect
    }

    /// The part of `rect` in which `column` may paint.
    pub(super) fn clip(&self, rect: Rect, column: usize) -> Rect {
        let mut clip = rect;
        if column < self.columns.frozen {
            clip.max.x = clip.max.x.min(self.body.left() + self.columns.frozen_width);
        } else {
            clip.min.x = clip.min.x.max(self.body.left() + self.columns.frozen_width);
        }
        clip
    }

    /// Whether any of `column` can be seen.
    pub(super) fn is_column_visible(&self, column: usize) -> bool {
        let (left, right) = self.column_x(column);
        let clip = self.clip(self.body, column);
        right > clip.left() && left < clip.right()
    }

    /// The column below `x`.
    pub(super) fn column_at(&self, x: f32) -> Option<usize> {
        (0..self.columns.len()).find(|&column| {
            let (left, right) = self.column_x(column);
            let clip = self.clip(self.body, column);
            x >= left.max(clip.left()) && x < right.min(clip.right())
        })
    }

    /// The farthest the columns can scroll.
    pub(super) fn longest_scroll_x(&self) -> f32 {
        (self.columns.total - self.body.width()).max(0.0)
    }
}
