//! What a grid remembers between frames. None of it is part of the document.

use std::sync::Arc;

use std::collections::BTreeMap;

use eframe::egui::{Event, Rect};
use serde::{Deserialize, Serialize};

use super::address::{CellAddress, CellRange, ColumnKey, Place, Position, RowId};
use super::draft::Editing;
use super::rows::Rows;
use super::scroll::Anchor;
use super::source::OverviewMark;
use super::text::TextCache;

/// What settings keep of a grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// Breadths of columns that were dragged, in points at 100 %, by column key.
    pub widths: BTreeMap<String, f32>,
    /// Zoom of the grid, 0.5 to 2.
    pub zoom: f32,
}

impl Default for Kept {
    fn default() -> Self {
        Self { widths: BTreeMap::new(), zoom: 1.0 }
    }
}

impl Kept {
    /// A zoom larger or smaller.
    pub fn step_zoom(&mut self, larger: bool) {
        let step = if larger { 0.1 } else { -0.1 };
        self.zoom = ((self.zoom() + step) * 10.0).round().clamp(5.0, 20.0) / 10.0;
    }

    /// The zoom within its bounds.
    pub fn zoom(&self) -> f32 {
        if self.zoom.is_finite() { self.zoom.clamp(0.5, 2.0) } else { 1.0 }
    }
}

/// The state of one grid: scroll position, cursor, selection, the edit under way.
#[derive(Default)]
pub struct GridState {
    /// What settings keep.
    pub kept: Kept,
    /// The fact whose cells are lit up, in this and in other views.
    pub highlight: Option<u64>,
    pub(super) rows: Rows,
    pub(super) texts: TextCache,
    pub(super) anchor: Anchor,
    pub(super) anchor_row: Option<RowId>,
    pub(super) scroll_x: f32,
    pub(super) cursor: Option<Cursor>,
    pub(super) corner: Option<Cursor>,
    pub(super) selection: Option<CellRange>,
    /// The column where Tab was pressed first: Enter returns to it, a row further down.
    pub(super) tabs_from: Option<ColumnKey>,
    pub(super) editing: Option<Editing>,
    pub(super) deferred: Vec<Event>,
    pub(super) wanted: Wanted,
    /// How high the headings are.
    pub(super) headings: Option<Headings>,
    /// When it was asked for that the next paste makes rows: seconds of the toolkit.
    pub(super) rows_asked: Option<f64>,
    pub(super) drag: Drag,
    pub(super) hovered_fact: Option<u64>,
    pub(super) serial: u64,
    pub(super) overview: Overview,
    /// The number of the row of the cursor, with the place and the revision it was counted for.
    pub(super) line: Option<(Position, u64, usize)>,
    /// What a wheel or a pinch has gathered towards the next zoom.
    pub(super) pinched: f32,
}

/// A cell by name, with the place it had last, for when it is gone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cursor {
    pub(super) address: CellAddress,
    pub(super) place: Place,
}

/// What an editor that is opened for somebody holds.
pub(super) struct Opened {
    pub(super) text: String,
    /// Why the text was not taken before.
    pub(super) reason: Option<String>,
}

/// What the view asked for; done in the next frame.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) cursor: Option<CellAddress>,
    pub(super) reveal: Option<CellAddress>,
    pub(super) top: Option<CellAddress>,
    pub(super) edit: Option<(CellAddress, Option<Opened>)>,
    pub(super) focus: bool,
    pub(super) act: Option<GridAct>,
    /// For how many frames a cell was waited for.
    pub(super) waited: u8,
}

/// Something to be done with the selected cells, asked for by a menu instead of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GridAct {
    /// Empty them.
    Clear,
    /// Write the first row into the others.
    FillDown,
    /// Write the first column into the others.
    FillRight,
}

/// How many frames a wish waits for a cell that the source does not have yet.
pub(super) const PATIENCE: u8 = 3;

/// How high the headings are, and for what.
#[derive(Clone, Debug)]
pub(super) struct Headings {
    /// What the headings say.
    pub(super) said: Vec<Arc<str>>,
    pub(super) zoom: f32,
    pub(super) widths: Vec<f32>,
    pub(super) heights: (f32, f32),
}

/// What the pointer drags.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Drag {
    #[default]
    None,
    /// A range of cells; whether the press was on the cell that was the cursor already.
    Cells { again: bool },
    /// The edge of a column: its key, and its breadth when the drag began.
    Column { key: ColumnKey, width: f32 },
    /// A whole row, by the margin, or what a merged cell with the cursor beside the margin stands for: the row, the column of
    /// that cell, and where the drag began.
    Row { row: RowId, column: Option<ColumnKey>, from: f32 },
    /// A whole column, by its heading.
    Heading { key: ColumnKey },
    /// The thumb of the vertical bar: where it was grabbed.
    Vertical { grab: f32 },
    /// The thumb of the horizontal bar.
    Horizontal { grab: f32 },
}

/// The findings of the scroll bar, asked once per revision.
#[derive(Default)]
pub(super) struct Overview {
    pub(super) revision: Option<u64>,
    pub(super) marks: Vec<OverviewMark>,
}

impl GridState {
    /// A state with kept settings.
    pub fn new(kept: Kept) -> Self {
        Self { kept, ..Self::default() }
    }

    /// The cell of the cursor.
    pub fn cursor(&self) -> Option<&CellAddress> {
        self.cursor.as_ref().map(|cursor| &cursor.address)
    }

    /// The number of the row of the cursor, counted from 1, as of the last frame.
    pub fn line(&self) -> Option<usize> {
        self.cursor.and(self.line).map(|(.., line)| line)
    }

    /// The selected cells, as of the last frame; a single cell is a range too.
    pub fn selection(&self) -> Option<&CellRange> {
        self.selection.as_ref()
    }

    /// Whether more than the cell of the cursor is selected; a merged cell counts as one.
    pub fn is_range(&self) -> bool {
        self.corner.is_some_and(|corner| self.cursor.is_some_and(|cursor| corner.address != cursor.address))
    }

    /// Puts the cursor on a cell and brings it into sight. A cell that is not in the source is ignored.
    pub fn show_cell(&mut self, at: CellAddress) {
        self.wanted.cursor = Some(at);
        self.wanted.reveal = Some(at);
    }

    /// Puts the cursor on a cell while the grid is not shown; it is brought into sight as soon as the grid is.
    pub fn rest_on(&mut self, at: CellAddress) {
        (self.cursor, self.corner, self.selection) =
            (Some(Cursor { address: at, place: Place::default() }), None, None);
        self.wanted = Wanted { reveal: Some(at), ..Wanted::default() };
    }

    /// Scrolls the row of a cell to the top without moving the cursor.
    pub fn show_on_top(&mut self, at: CellAddress) {
        self.wanted.top = Some(at);
    }

    /// The next paste makes rows of its own, if it comes at once: `now` are the seconds of the toolkit.
    pub fn paste_as_rows(&mut self, now: f64) {
        self.rows_asked = Some(now);
    }

    /// Opens the editor of a cell with its present text, for instance in a row just added.
    pub fn edit_cell(&mut self, at: CellAddress) {
        self.wanted.edit = Some((at, None));
    }

    /// Opens the editor of a cell with a text, its cursor behind it.
    pub fn edit_cell_with(&mut self, at: CellAddress, text: String) {
        self.wanted.edit = Some((at, Some(Opened { text, reason: None })));
    }

    /// Opens the editor of a cell again with what was typed and the reason why it was refused.
    pub fn edit_again(&mut self, at: CellAddress, text: String, reason: String) {
        self.wanted.edit = Some((at, Some(Opened { text, reason: Some(reason) })));
    }

    /// Whether an edit was refused and is about to be opened again.
    pub fn is_refused(&self) -> bool {
        self.wanted
            .edit
            .as_ref()
            .is_some_and(|(_, opened)| opened.as_ref().is_some_and(|opened| opened.reason.is_some()))
    }

    /// Takes an edit that was refused and is about to be opened again, so that it can be tried once more.
    pub fn take_refused(&mut self) -> Option<(CellAddress, String)> {
        if !self.is_refused() {
            return None;
        }
        self.wanted.edit.take().and_then(|(at, opened)| Some((at, opened?.text)))
    }

    /// Does something with the selected cells in the next frame.
    pub fn act(&mut self, act: GridAct) {
        self.wanted.act = Some(act);
    }

    /// Gives the keyboard to the grid in the next frame.
    pub fn focus(&mut self) {
        self.wanted.focus = true;
    }

    /// Whether a cell is being edited.
    pub fn is_editing(&self) -> bool {
        self.editing.is_some()
    }

    /// Ends the edit under way and hands over what was typed, if it differs: saving and every other command commit the
    /// draft first.
    pub fn take_draft(&mut self) -> Option<(CellAddress, String)> {
        let editing = self.editing.take()?;
        self.wanted.focus = true;
        editing.changed().then(|| (editing.at, editing.value()))
    }

    /// Ends the edit under way and forgets what was typed.
    pub fn cancel_edit(&mut self) {
        if self.editing.take().is_some() {
            self.wanted.focus = true;
        }
    }

    /// Where the list of options was shown last.
    pub(super) fn popup_rect(&self) -> Option<Rect> {
        self.editing.as_ref().and_then(|editing| editing.popup_rect)
    }
}
