//! Scrolling. The place is kept as a row and an offset within it, so that it stays exact however many rows there are.

use std::sync::Arc;

use super::address::Position;
use super::rows::Rows;
use super::source::{Block, GridSource};
use super::text::{Setter, TextCache};

/// The row at the top of the view, and how much of it is above the view.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(super) struct Anchor {
    pub(super) position: Position,
    pub(super) offset: f32,
}

/// A block of which something is in sight.
pub(super) struct VisibleBlock {
    pub(super) index: usize,
    pub(super) block: Arc<Block>,
    /// Where its first row begins, below the top of the view; negative if above.
    pub(super) top: f32,
    /// Its rows in sight.
    pub(super) rows: std::ops::Range<usize>,
}

/// Everything needed to walk over rows and measure them on the way.
pub(super) struct Walker<'a> {
    pub(super) source: &'a dyn GridSource,
    pub(super) setter: &'a Setter<'a>,
    pub(super) rows: &'a mut Rows,
    pub(super) texts: &'a mut TextCache,
    /// Height of the view.
    pub(super) height: f32,
}

impl Walker<'_> {
    pub(super) fn measure(&mut self, position: Position) -> f32 {
        self.rows.measure(self.source, self.setter, self.texts, position)
    }

    /// Moves the view by `delta` points, downwards if positive, and stops at both ends.
    pub(super) fn scroll(&mut self, anchor: Anchor, delta: f32) -> Anchor {
        let Some(position) = self.rows.clamp(anchor.position) else { return Anchor::default() };
        let mut anchor = Anchor { position, ..anchor };
        if delta.abs() > 4.0 * self.height + 1000.0 {
            let y = self.rows.y_of(position) + f64::from(anchor.offset) + f64::from(delta);
            return self.scroll_to_y(y);
        }
        anchor.offset += delta;
        self.settle(anchor)
    }

    /// Moves the view to `y` points below the first row.
    pub(super) fn scroll_to_y(&mut self, y: f64) -> Anchor {
        let Some((position, offset)) = self.rows.at(y) else { return Anchor::default() };
        let share = offset / self.rows.height(position).max(1.0);
        let height = self.measure(position);
        // The row was an estimate until now: keep the share of it that is above the view.
        let offset = if share <= 1.0 { share * height } else { offset };
        self.settle(Anchor { position, offset })
    }

    /// Brings the offset into the row it belongs to, and the end of the rows to the end of the view.
    pub(super) fn settle(&mut self, mut anchor: Anchor) -> Anchor {
        let Some(position) = self.rows.clamp(anchor.position) else { return Anchor::default() };
        if position != anchor.position {
            anchor = Anchor { position, offset: 0.0 };
        }
        anchor = self.normalize(anchor);
        let below = self.distance_to_end(anchor);
        if below < self.height {
            anchor.offset -= self.height - below;
            anchor = self.normalize(anchor);
        }
        anchor
    }

    fn normalize(&mut self, mut anchor: Anchor) -> Anchor {
        while anchor.offset < 0.0 {
            let Some(previous) = self.rows.previous(anchor.position) else {
                anchor.offset = 0.0;
                break;
            };
            // Measured before it comes into sight, so that what is in sight does not jump. Measuring may also change
            // rows of the same merged cell that are in sight already; the anchor keeps the edge between them.
            anchor.offset += self.measure(previous);
            anchor.position = previous;
        }
        loop {
            let height = self.measure(anchor.position);
            if anchor.offset < height {
                return anchor;
            }
            let Some(next) = self.rows.next(anchor.position) else {
                anchor.offset = height;
                return anchor;
            };
            anchor.offset -= height;
            anchor.position = next;
        }
    }

    /// How much lies below the top of the view, counted no farther than the height of the view.
    fn distance_to_end(&mut self, anchor: Anchor) -> f32 {
        let mut found = -anchor.offset;
        let mut position = Some(anchor.position);
        while let Some(here) = position {
            found += self.measure(here);
            if found >= self.height {
                return self.height;
            }
            position = self.rows.next(here);
        }
        found
    }

    /// The smallest move of the view after which the rows from `first` to `last` are in sight; if they do not fit
    /// together, `kept` is.
    pub(super) fn reveal(&mut self, anchor: Anchor, first: Position, last: Position, kept: Position) -> Anchor {
        let anchor = self.settle(anchor);
        let fits = first.block == last.block && {
            let mut height = 0.0;
            let mut row = Some(first);
            while let Some(here) = row.filter(|here| *here <= last && height <= self.height) {
                height += self.measure(here);
                row = self.rows.next(here);
            }
            height <= self.height
        };
        let (first, last) = if fits { (first, last) } else { (kept, kept) };
        if first < anchor.position || (first == anchor.position && anchor.offset > 0.0) {
            return self.settle(Anchor { position: first, offset: 0.0 });
        }
        let height = self.measure(last);
        let mut top = Anchor { position: last, offset: height - self.height };
        if height > self.height {
            top.offset = 0.0;
        }
        let top = self.normalize(top);
        let further = top.position > anchor.position || (top.position == anchor.position && top.offset > anchor.offset);
        if further { self.settle(top) } else { anchor }
    }

    /// The blocks in sight, measured.
    pub(super) fn visible(&mut self, anchor: Anchor) -> Vec<VisibleBlock> {
        let mut found: Vec<VisibleBlock> = Vec::new();
        let Some(mut here) = self.rows.clamp(anchor.position) else { return found };
        let mut top = -anchor.offset;
        while top < self.height {
            let height = self.measure(here);
            match found.last_mut() {
                Some(last) if last.index == here.block => last.rows.end = here.row + 1,
                _ => {
                    let block = self.source.block(here.block);
                    found.push(VisibleBlock { index: here.block, block, top, rows: here.row..here.row + 1 });
                }
            }
            top += height;
            let Some(next) = self.rows.next(here) else { break };
            here = next;
        }
        // Measuring a row can move the edges of rows before it in the same merged cell: place blocks by the final ones.
        let mut top = -anchor.offset;
        for block in &mut found {
            let starts = self.rows.starts(block.index);
            let at = |row: usize| starts.get(row).copied().unwrap_or(0.0);
            block.top = top - at(block.rows.start);
            top += at(block.rows.end) - at(block.rows.start);
        }
        found
    }
}
