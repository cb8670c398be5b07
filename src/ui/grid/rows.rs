//! Heights of rows: estimated at first, measured when seen, summed so that a change costs O(log n).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::address::{Position, RowId};
use super::fenwick::Fenwick;
use super::source::{Block, BlockKey, GridSource};
use super::text::{Setter, TextCache, estimate};

/// Merged cells of at most this many rows are measured as a whole and share out what their text needs.
const SHORT_SPAN: usize = 8;

/// All rows of the source with what is known of their heights.
#[derive(Default)]
pub(super) struct Rows {
    revision: Option<u64>,
    blocks: Vec<BlockRows>,
    index: HashMap<u64, usize>,
    totals: Fenwick,
}

struct BlockRows {
    key: BlockKey,
    total: f64,
    heights: Option<Heights>,
}

struct Heights {
    /// What each row needs by the cells it has alone.
    natural: Vec<f32>,
    measured: Vec<bool>,
    /// What merged cells need, the shortest first.
    spans: Vec<(Range<usize>, f32)>,
    /// Tops of the rows and the bottom of the last.
    starts: Vec<f32>,
}

impl Rows {
    /// Takes over what changed in the source; returns whether anything did.
    pub(super) fn sync(&mut self, source: &dyn GridSource, lowest: f32) -> bool {
        let revision = source.revision();
        if self.revision == Some(revision) {
            return false;
        }
        let before = self.revision.replace(revision);
        let places = before.and_then(|before| source.changed_since(before));
        if places.is_some_and(|places| self.renewed_in_place(source, &places)) {
            return true;
        }
        let mut old: Vec<Option<BlockRows>> = std::mem::take(&mut self.blocks).into_iter().map(Some).collect();
        let (height, count) = old
            .iter()
            .flatten()
            .filter(|block| block.heights.is_some())
            .fold((0.0, 0), |(height, count), block| (height + block.total, count + block.key.rows));
        let average = if count > 0 { height / count as f64 } else { f64::from(lowest) * 1.7 };
        self.blocks.reserve(source.block_count());
        for position in 0..source.block_count() {
            let key = source.block_key(position);
            let known = self.index.get(&key.id).and_then(|&index| old.get_mut(index)?.take());
            self.blocks.push(match known {
                Some(block) if block.key == key => block,
                Some(block) if block.key.rows == key.rows => BlockRows { key, total: block.total, heights: None },
                _ => BlockRows { key, total: average * key.rows as f64, heights: None },
            });
        }
        self.index.clear();
        self.index.extend(self.blocks.iter().enumerate().map(|(index, block)| (block.key.id, index)));
        self.totals = Fenwick::new(self.blocks.iter().map(|block| block.total));
        true
    }

    /// Takes over other contents of some blocks, which is what nearly every edit gives; whether they have as many rows as before.
    fn renewed_in_place(&mut self, source: &dyn GridSource, places: &[usize]) -> bool {
        let has_rows_as_before = |place: &usize| {
            let known = self.blocks.get(*place).map(|block| (block.key.id, block.key.rows));
            let now = source.block_key(*place);
            known == Some((now.id, now.rows))
        };
        if source.block_count() != self.blocks.len() || !places.iter().all(has_rows_as_before) {
            return false;
        }
        for place in places {
            self.blocks[*place].key = source.block_key(*place);
            self.blocks[*place].heights = None;
        }
        true
    }

    /// Forgets measured heights, keeping the sums as estimates: columns or sizes changed.
    pub(super) fn forget_heights(&mut self) {
        for block in &mut self.blocks {
            block.heights = None;
        }
    }

    pub(super) fn block_count(&self) -> usize {
        self.blocks.len()
    }

    pub(super) fn row_count(&self, block: usize) -> usize {
        self.blocks.get(block).map_or(0, |block| block.key.rows)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.blocks.iter().all(|block| block.key.rows == 0)
    }

    pub(super) fn total(&self) -> f64 {
        self.totals.total()
    }

    /// How many rows lie from `first` to `last`, both included.
    pub(super) fn count_between(&self, first: Position, last: Position) -> usize {
        let before: usize = self.blocks[first.block.min(self.blocks.len())..last.block.min(self.blocks.len())]
            .iter()
            .map(|block| block.key.rows)
            .sum();
        (before + last.row + 1).saturating_sub(first.row)
    }

    /// The place of a row, if the source has it.
    pub(super) fn position(&self, source: &dyn GridSource, row: RowId) -> Option<Position> {
        let block = *self.index.get(&row.block)?;
        let row = source.block(block).row_of(row.row)?;
        (row < self.row_count(block)).then_some(Position { block, row })
    }

    /// The name of the row at a place.
    pub(super) fn row_id(&self, source: &dyn GridSource, position: Position) -> Option<RowId> {
        let key = self.blocks.get(position.block)?.key;
        let row = source.block(position.block).rows().get(position.row)?.id;
        Some(RowId { block: key.id, row })
    }

    /// The nearest place that exists.
    pub(super) fn clamp(&self, position: Position) -> Option<Position> {
        if self.is_empty() {
            return None;
        }
        let block = position.block.min(self.blocks.len().saturating_sub(1));
        let rows = self.row_count(block);
        if rows > 0 {
            let row = if position.block > block { rows - 1 } else { position.row.min(rows - 1) };
            return Some(Position { block, row });
        }
        let at = Position { block, row: 0 };
        self.next(at).or_else(|| self.previous(at))
    }

    pub(super) fn first(&self) -> Option<Position> {
        self.clamp(Position::default())
    }

    pub(super) fn last(&self) -> Option<Position> {
        self.clamp(Position { block: usize::MAX, row: usize::MAX })
    }

    pub(super) fn next(&self, position: Position) -> Option<Position> {
        if position.row + 1 < self.row_count(position.block) {
            return Some(Position { row: position.row + 1, ..position });
        }
        let block = (position.block + 1..self.blocks.len()).find(|&block| self.row_count(block) > 0)?;
        Some(Position { block, row: 0 })
    }

    pub(super) fn previous(&self, position: Position) -> Option<Position> {
        if position.row > 0 {
            return Some(Position { row: position.row - 1, ..position });
        }
        let block = (0..position.block).rev().find(|&block| self.row_count(block) > 0)?;
        Some(Position { block, row: self.row_count(block) - 1 })
    }

    /// The place at `y` points below the first row, and how far `y` lies inside that row.
    pub(super) fn at(&self, y: f64) -> Option<(Position, f32)> {
        if self.is_empty() {
            return None;
        }
        let (block, rest) = self.totals.find(y);
        let place = self.clamp(Position { block, row: 0 })?;
        if place.block != block {
            return Some((place, 0.0));
        }
        let rows = self.row_count(block);
        if let Some(heights) = self.blocks.get(block).and_then(|block| block.heights.as_ref()) {
            let row = heights.starts.partition_point(|start| f64::from(*start) <= rest).saturating_sub(1).min(rows - 1);
            return Some((Position { block, row }, (rest - f64::from(heights.starts[row])) as f32));
        }
        let each = (self.blocks[block].total / rows as f64).max(1.0);
        let row = ((rest / each) as usize).min(rows - 1);
        Some((Position { block, row }, (rest - each * row as f64) as f32))
    }

    /// How far the top of a row lies below the first row.
    pub(super) fn y_of(&self, position: Position) -> f64 {
        let above = self.totals.sum(position.block);
        let Some(block) = self.blocks.get(position.block) else { return above };
        let inside = match &block.heights {
            Some(heights) => heights.starts.get(position.row).map_or(block.total, |start| f64::from(*start)),
            None => block.total * position.row as f64 / block.key.rows.max(1) as f64,
        };
        above + inside
    }

    /// Tops of the rows of a block that was measured, and the bottom of its last row.
    pub(super) fn starts(&self, block: usize) -> &[f32] {
        self.blocks.get(block).and_then(|block| block.heights.as_ref()).map_or(&[], |heights| &heights.starts)
    }

    /// The height of a row; 0 if its block was never projected.
    pub(super) fn height(&self, position: Position) -> f32 {
        let starts = self.starts(position.block);
        match (starts.get(position.row), starts.get(position.row + 1)) {
            (Some(top), Some(bottom)) => bottom - top,
            _ => 0.0,
        }
    }

    /// Measures a row and the short merged cells it belongs to; returns its height.
    pub(super) fn measure(
        &mut self,
        source: &dyn GridSource,
        setter: &Setter<'_>,
        texts: &mut TextCache,
        position: Position,
    ) -> f32 {
        let lowest = setter.metrics.lowest_row();
        let Some(entry) = self.blocks.get_mut(position.block) else { return lowest };
        let known = entry.heights.as_ref().and_then(|heights| heights.measured.get(position.row));
        if known != Some(&true) {
            let block = source.block(position.block);
            if entry.heights.is_none() {
                // The projection is the truth if it disagrees with the announced number of rows.
                entry.key.rows = block.rows().len();
                entry.heights = Some(Heights::estimated(&block, setter));
            }
            if let Some(heights) = &mut entry.heights {
                heights.measure(&block, setter, texts, position.row);
                let total = f64::from(heights.starts.last().copied().unwrap_or(0.0));
                let delta = total - entry.total;
                entry.total = total;
                self.totals.add(position.block, delta);
            }
        }
        self.height(position)
    }
}

impl Heights {
    fn estimated(block: &Arc<Block>, setter: &Setter<'_>) -> Self {
        let count = block.rows().len();
        let mut natural = vec![setter.metrics.lowest_row(); count];
        for cell in block.cells().iter().filter(|cell| cell.rows.len() == 1) {
            let width = setter.columns.widths.get(cell.column).copied().unwrap_or(100.0);
            if let Some(height) = natural.get_mut(cell.rows.start) {
                *height = height.max(estimate(&setter.metrics, &cell.content, width));
            }
        }
        let spans = block.spans().iter().map(|&index| {
            let cell = &block.cells()[index];
            let width = setter.columns.widths.get(cell.column).copied().unwrap_or(100.0);
            (cell.rows.clone(), estimate(&setter.metrics, &cell.content, width))
        });
        let spans = spans.collect();
        let mut heights = Self { natural, measured: vec![false; count], spans, starts: Vec::new() };
        heights.settle();
        heights
    }

    fn measure(&mut self, block: &Arc<Block>, setter: &Setter<'_>, texts: &mut TextCache, row: usize) {
        let need = |texts: &mut TextCache, index: usize| {
            let height = texts.get(setter, block, index).map_or(0.0, |text| text.size.y);
            (height + 2.0 * setter.metrics.pad_y).ceil()
        };
        let mut rows = row..row + 1;
        for (order, &index) in block.spans().iter().enumerate() {
            let span = &block.cells()[index].rows;
            if !span.contains(&row) {
                continue;
            }
            if span.len() <= SHORT_SPAN {
                rows = rows.start.min(span.start)..rows.end.max(span.end);
            }
            self.spans[order].1 = need(texts, index);
        }
        for row in rows {
            if self.measured.get(row).copied().unwrap_or(true) {
                continue;
            }
            let mut height = setter.metrics.lowest_row();
            for column in 0..setter.columns.len() {
                if let Some(index) = block.cell_index(row, column)
                    && block.cells()[index].rows.len() == 1
                {
                    height = height.max(need(texts, index));
                }
            }
            self.natural[row] = height;
            self.measured[row] = true;
        }
        self.settle();
    }

    /// Finds the tops: rows are as high as their own cells; a merged cell that needs more gets it from its rows.
    fn settle(&mut self) {
        let mut heights = self.natural.clone();
        for (rows, need) in &self.spans {
            let Some(spanned) = heights.get_mut(rows.clone()) else { continue };
            let missing = need - spanned.iter().sum::<f32>();
            if missing <= 0.0 {
                continue;
            }
            if spanned.len() <= SHORT_SPAN {
                let share = (missing / spanned.len() as f32).ceil();
                for height in spanned {
                    *height += share;
                }
            } else if let Some(height) = spanned.last_mut() {
                *height += missing;
            }
        }
        self.starts.clear();
        self.starts.reserve(heights.len() + 1);
        let mut top = 0.0;
        self.starts.push(top);
        for height in heights {
            top += height;
            self.starts.push(top);
        }
    }
}
