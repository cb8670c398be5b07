//! A block that knows what each of its rows was made from, so that a change makes those rows again that it can have touched.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::model::item::AnyId;
use crate::model::project::Project;
use crate::model::track::{Read, is_stale, track};

use super::table::{Block, Cell, FormRow};
use super::{Form, FormKind, fmea};

/// A projected block with what it was made from.
#[derive(Debug, Clone)]
pub struct KeptBlock {
    block: Arc<Block>,
    /// What decides about the rows.
    outline: Vec<Read>,
    /// What the cells that begin in a row were made from; none for a form that is made as a whole.
    rows: Vec<Vec<Read>>,
    /// The rows that a change has touched since.
    stale: BTreeSet<usize>,
    /// Whether a change has touched the rows as such since.
    is_outline_stale: bool,
}

/// The rows of a block before their cells are filled: what is made row by row.
pub(super) trait Lines {
    /// Identity and upper line of every row.
    fn rows(&self) -> Vec<FormRow>;
    /// Where the cells are, column by column.
    fn spans(&self) -> Vec<Span>;
    /// The cell at a place.
    fn fill(&self, span: Span) -> Cell;
    /// Notes what a row is made from without being looked up again.
    fn note(&self, row: usize);
}

/// The place of a cell within its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// Column.
    pub column: usize,
    /// First row.
    pub row: usize,
    /// Number of rows.
    pub rows: usize,
}

impl KeptBlock {
    /// Projects a block of a form.
    pub fn new(project: &Project, form: &Form, key: AnyId) -> Self {
        let (lines, outline) = track(|| lines(project, form, key));
        let Some(lines) = lines else {
            let (block, outline) = track(|| form.block(project, key));
            return Self::whole(block, outline);
        };
        let (rows, spans) = (lines.rows(), lines.spans());
        let mut of_row: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
        for (at, span) in spans.iter().enumerate() {
            of_row[span.row].push(at);
        }
        let mut cells: Vec<Option<Cell>> = vec![None; spans.len()];
        let mut reads = Vec::with_capacity(rows.len());
        for (row, begins) in of_row.iter().enumerate() {
            let ((), of_row) = track(|| {
                lines.note(row);
                for at in begins {
                    cells[*at] = Some(lines.fill(spans[*at]));
                }
            });
            reads.push(of_row);
        }
        let block = Block { key, rows, cells: cells.into_iter().flatten().collect() };
        Self { rows: reads, ..Self::whole(block, outline) }
    }

    /// A block that is made as a whole, from what was read for it.
    pub fn whole(block: Block, reads: Vec<Read>) -> Self {
        Self {
            block: Arc::new(block),
            outline: reads,
            rows: Vec::new(),
            stale: BTreeSet::new(),
            is_outline_stale: false,
        }
    }

    /// Everything that the block was made from, with repetitions.
    pub fn reads(&self) -> Vec<Read> {
        self.outline.iter().chain(self.rows.iter().flatten()).copied().collect()
    }

    /// Notes what a change touched; whether the block is out of date now.
    pub fn touch(&mut self, touched: &HashSet<Read>) -> bool {
        self.is_outline_stale |= is_stale(&self.outline, touched);
        let touched_rows = self.rows.iter().enumerate().filter(|(_, reads)| is_stale(reads, touched));
        self.stale.extend(touched_rows.map(|(row, _)| row));
        !self.is_current()
    }

    /// Whether it is projected again row by row, at hardly more than what counting its rows takes.
    pub fn is_by_row(&self) -> bool {
        !self.rows.is_empty()
    }

    /// What decides about the rows of the block.
    pub fn outline(&self) -> &[Read] {
        &self.outline
    }

    /// Whether nothing has touched the block since it was projected.
    pub fn is_current(&self) -> bool {
        !self.is_outline_stale && self.stale.is_empty()
    }

    /// The block as it was when it was projected last.
    pub fn block(&self) -> &Arc<Block> {
        &self.block
    }

    /// Projects again what changes have touched. Beside the block, what it was not made from before.
    #[must_use]
    pub fn renewed(self, project: &Project, form: &Form) -> (Self, Vec<Read>) {
        if self.is_current() {
            return (self, Vec::new());
        }
        let afresh = |key: AnyId| {
            let made = Self::new(project, form, key);
            let reads = made.reads();
            (made, reads)
        };
        if !self.is_by_row() {
            return afresh(self.block.key);
        }
        let (lines, outline) = track(|| lines(project, form, self.block.key));
        let Some(lines) = lines.filter(|lines| self.has_the_rows_of(lines)) else {
            return afresh(self.block.key);
        };
        let Self { block, mut rows, stale, outline: outline_before, .. } = self;
        // Whoever shows the block has let go of it by now as a rule, and then nothing is copied.
        let mut block = Arc::unwrap_or_clone(block);
        let mut fresh = if outline == outline_before { Vec::new() } else { outline.clone() };
        for row in stale {
            let ((), reads) = track(|| {
                lines.note(row);
                for cell in block.cells.iter_mut().filter(|cell| cell.row == row) {
                    *cell = lines.fill(Span { column: cell.column, row, rows: cell.rows });
                }
            });
            if reads != rows[row] {
                fresh.extend_from_slice(&reads);
            }
            rows[row] = reads;
        }
        (Self { rows, ..Self::whole(block, outline) }, fresh)
    }

    fn has_the_rows_of(&self, lines: &impl Lines) -> bool {
        let places = self.block.cells.iter().map(|cell| Span { column: cell.column, row: cell.row, rows: cell.rows });
        self.block.rows == lines.rows() && places.eq(lines.spans())
    }
}

fn lines<'p>(project: &'p Project, form: &'p Form, key: AnyId) -> Option<fmea::FmeaLines<'p>> {
    match (form.kind, key) {
        (FormKind::FmeaAiagVda | FormKind::FmeaFourthEdition, AnyId::Element(element)) => {
            fmea::FmeaLines::new(project, form, element)
        }
        _ => None,
    }
}
