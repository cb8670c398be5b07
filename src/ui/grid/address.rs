//! How rows and cells are named: by what they are, never by where they stand.

/// Names a column; the same in every session, so that widths can be kept.
pub type ColumnKey = &'static str;

/// The stable name of a row: its block and itself. Sorting, filtering or inserting never changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowId {
    /// The block (a process step, for instance).
    pub block: u64,
    /// The row within the block.
    pub row: u64,
}

/// The stable name of a cell. Any row of a merged cell names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellAddress {
    /// The row.
    pub row: RowId,
    /// The column.
    pub column: ColumnKey,
}

impl CellAddress {
    /// The cell of `column` in row `row` of block `block`.
    pub const fn new(block: u64, row: u64, column: ColumnKey) -> Self {
        Self { row: RowId { block, row }, column }
    }
}

/// A rectangle of cells, in the order the grid showed them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellRange {
    /// The first row.
    pub first: RowId,
    /// The last row, inclusive.
    pub last: RowId,
    /// The columns from left to right.
    pub columns: Vec<ColumnKey>,
    /// How many rows lie between the first and the last, both included.
    pub row_count: usize,
}

/// Where a row stands at the moment; only valid until the source changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Position {
    pub(super) block: usize,
    pub(super) row: usize,
}

/// A cell by its present place.
#[derive(Default, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) position: Position,
    pub(super) column: usize,
}
