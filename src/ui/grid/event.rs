//! What a person did in the grid. The grid itself changes no data.

use eframe::egui::{Key, Modifiers, Pos2, Response};

use super::address::{CellAddress, CellRange, ColumnKey, RowId};
use super::clipboard::Cells;

/// Something a person did.
#[derive(Clone, Debug, PartialEq)]
pub enum GridEvent {
    /// The cursor stands on another cell.
    CursorMoved(CellAddress),
    /// A cell was edited; `text` is what it shall say. Never sent when the text stayed the same.
    Commit {
        /// The cell.
        at: CellAddress,
        /// What was typed, or the value of the option that was chosen.
        text: String,
        /// Which answer was given to the question about it; the first if none was asked.
        answer: usize,
    },
    /// The contents of the range shall go.
    Delete(CellRange),
    /// A block of cells was pasted; rows of equal or different length.
    Paste {
        /// Upper left cell.
        at: CellAddress,
        /// The cells that were selected.
        range: CellRange,
        /// The pasted texts.
        rows: Cells,
    },
    /// A block of cells was pasted that shall become rows of its own.
    PasteRows {
        /// The cell behind whose row they go; its column takes the first of each row.
        at: CellAddress,
        /// The pasted texts.
        rows: Cells,
    },
    /// The first row, or the first column, of a range shall be written into the rest of it.
    Fill {
        /// The cells that are selected.
        range: CellRange,
        /// From the first row downwards; otherwise from the first column to the right.
        down: bool,
    },
    /// A block of cells went to the clipboard.
    Copied {
        /// How many rows.
        rows: usize,
        /// How many columns.
        columns: usize,
    },
    /// More rows were to be copied than go at once.
    TooMany {
        /// How many rows.
        rows: usize,
        /// How many would go.
        most: usize,
    },
    /// A key that means nothing to the grid itself but something to its view: Insert, Ctrl+Enter, Ctrl+Plus,
    /// Ctrl+Minus, Alt+Up, Alt+Down.
    Key {
        /// The key.
        key: Key,
        /// What was held with it.
        modifiers: Modifiers,
        /// The cell of the cursor.
        at: CellAddress,
    },
    /// The pointer came to the gold thread of a fact, or left it.
    Hover(Option<u64>),
    /// The gold thread of a fact was clicked.
    MarkClicked {
        /// The fact.
        fact: u64,
        /// The cell.
        at: CellAddress,
        /// Where a list of its places may open.
        position: Pos2,
    },
    /// A cell that cannot be edited here was asked to open (Enter, F2, double click).
    Activate(CellAddress),
    /// The context menu of a cell was asked for.
    ContextMenu {
        /// The cell.
        at: CellAddress,
        /// Where the menu opens.
        position: Pos2,
    },
    /// A row was dragged by the margin before another one, or behind the last one.
    RowMoved {
        /// The row.
        row: RowId,
        /// The column of a merged cell that had the cursor: what that cell stands for was dragged instead of the row.
        column: Option<ColumnKey>,
        /// The row it was dropped at.
        at: RowId,
        /// Behind it instead of before it.
        behind: bool,
    },
    /// The heading of a column was clicked.
    HeadingClicked(ColumnKey),
    /// The context menu of a heading was asked for.
    HeadingMenu {
        /// The column.
        column: ColumnKey,
        /// Where the menu opens.
        position: Pos2,
    },
    /// A column was dragged before another one, or to the end.
    ColumnMoved {
        /// The column.
        column: ColumnKey,
        /// The one behind it now.
        before: Option<ColumnKey>,
    },
    /// A finding in the margin was clicked.
    FindingClicked(CellAddress),
}

/// What one frame of the grid gave.
pub struct GridOutput {
    /// In the order in which they happened.
    pub events: Vec<GridEvent>,
    /// The grid as a widget.
    pub response: Response,
}
