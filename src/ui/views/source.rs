//! A form as rows of the grid: blocks are turned into cells when they come into sight, and kept until they change.

use std::cell::{Cell as Kept, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use eframe::egui::Context;

use crate::app::desk::Desk;
use crate::app::form_view::FormView;
use crate::app::local::Local;
use crate::base::Id;
use crate::base::text::quoted;
use crate::model::AnyId;
use crate::model::document::Document;
use crate::model::form::{self, ColumnKind, FormKind, ListKind, Target};
use crate::model::rating::Priority;
use crate::ui::grid::{
    Block, BlockKey, Cell, CellAddress, CellFinding, Column, ColumnKey, Content, EditKind, EditOption, GridSource,
    LineWeight, Look, Mark, OverviewMark, Part, PartStyle, Question, Remark, Row, RowId, Tip,
};
use crate::ui::kit::{Severity, Symbol, Tone};

use super::editing;
use super::form_cells::{Converted, FormCells, Lately};
use super::marks::BlockMarks;
use super::names::{number_of, row_number, row_place};

/// The grid's view of a form for one frame.
pub struct FormSource<'a> {
    desk: &'a Desk,
    columns: &'a [Column],
    places: &'a [usize],
    frozen: usize,
    /// What counts up when the cells change although the form does not.
    again: u64,
    marked: u64,
    marked_blocks: &'a HashMap<AnyId, u64>,
    local: Local,
    view: RefCell<&'a mut FormView>,
    converted: RefCell<&'a mut HashMap<AnyId, Converted>>,
    lately: &'a Lately,
    marks: RefCell<&'a mut BlockMarks>,
    /// Whether a block was made in this frame.
    made: Kept<bool>,
}

impl<'a> FormSource<'a> {
    /// A source over the cells that a view keeps.
    pub fn new(desk: &'a Desk, cells: &'a mut FormCells) -> Self {
        Self {
            desk,
            columns: &cells.columns,
            places: &cells.places,
            frozen: cells.frozen,
            again: cells.again,
            marked: cells.marked,
            marked_blocks: &cells.marked_blocks,
            local: cells.local,
            view: RefCell::new(&mut cells.view),
            converted: RefCell::new(&mut cells.converted),
            lately: &cells.lately,
            marks: RefCell::new(&mut cells.marks),
            made: Kept::new(false),
        }
    }

    /// The open project.
    pub fn desk(&self) -> &Desk {
        self.desk
    }

    /// The items of the rows that the cell at an address covers.
    pub fn items_at(&self, at: &CellAddress) -> Vec<AnyId> {
        let found = || {
            let key = super::names::item_of(at.row.block)?;
            let block = self.view.borrow_mut().block(self.desk.project(), key);
            let cell = block.cell_at(row_place(&block, at.row.row)?, self.form_column(at.column)?)?;
            let rows = block.rows[cell.row..cell.row + cell.rows].iter();
            Some(rows.flat_map(|row| [Some(row.id.item), row.id.part]).flatten().collect())
        };
        found().unwrap_or_default()
    }

    fn key(&self, index: usize) -> Option<AnyId> {
        self.view.borrow().order().get(index).copied()
    }

    /// The form's cell at an address, with the row it was found in.
    pub fn cell(&self, at: &CellAddress) -> Option<(form::Cell, form::RowId)> {
        let key = super::names::item_of(at.row.block)?;
        let column = self.columns.iter().position(|column| column.key == at.column)?;
        let block = self.view.borrow_mut().block(self.desk.project(), key);
        let row = row_place(&block, at.row.row)?;
        let cell = block.cell_at(row, *self.places.get(column)?)?;
        Some((cell.clone(), block.rows[row].id))
    }

    /// The item of a row that moves when the row is dragged: the step of a row of the process flow.
    pub fn row_item(&self, row: &RowId) -> Option<AnyId> {
        let key = super::names::item_of(row.block)?;
        let block = self.view.borrow_mut().block(self.desk.project(), key);
        let item = block.rows[row_place(&block, row.row)?].id.item;
        let of_flow = self.view.borrow().form().kind == FormKind::ProcessFlow;
        Some(if of_flow { key } else { item })
    }

    /// The block of an address, and the place of its row in it.
    pub fn row_at(&self, at: &CellAddress) -> Option<(Arc<form::Block>, usize)> {
        let key = super::names::item_of(at.row.block)?;
        let block = self.view.borrow_mut().block(self.desk.project(), key);
        let row = row_place(&block, at.row.row)?;
        Some((block, row))
    }

    /// Goes over the rows from an address on, over block borders, until `visit` has enough.
    pub fn each_row_from(&self, at: &CellAddress, visit: &mut dyn FnMut(&Arc<form::Block>, usize) -> bool) {
        let Some(first) = super::names::item_of(at.row.block).and_then(|key| self.view.borrow().place(key)) else {
            return;
        };
        let mut index = first;
        while let Some(key) = self.key(index) {
            let block = self.view.borrow_mut().block(self.desk.project(), key);
            let from = if index == first { row_place(&block, at.row.row).unwrap_or(0) } else { 0 };
            if (from..block.rows.len()).any(|row| !visit(&block, row)) {
                return;
            }
            index += 1;
        }
    }

    /// The row before an address, in its block or in the one before.
    pub fn row_before(&self, at: &CellAddress) -> Option<(Arc<form::Block>, usize)> {
        let key = super::names::item_of(at.row.block)?;
        let index = self.view.borrow().place(key)?;
        let block = self.view.borrow_mut().block(self.desk.project(), key);
        if let Some(row) = row_place(&block, at.row.row)?.checked_sub(1) {
            return Some((block, row));
        }
        let block = self.view.borrow_mut().block(self.desk.project(), self.key(index.checked_sub(1)?)?);
        let row = block.rows.len().checked_sub(1)?;
        Some((block, row))
    }

    /// The form itself.
    pub fn form(&self) -> form::Form {
        self.view.borrow().form().clone()
    }

    /// What was typed into a column as it is kept.
    pub fn read(&self, column: usize, typed: &str) -> String {
        let kind = self.view.borrow().form().columns.get(column).map(|column| column.kind);
        kind.map_or_else(|| typed.to_owned(), |kind| self.local.read(kind, typed))
    }

    /// What an editor of a cell begins with.
    pub fn written(&self, cell: &form::Cell) -> Option<String> {
        match cell.target {
            Target::Field { item, field } => {
                let kind = self.view.borrow().form().columns[cell.column].kind;
                self.desk.project().field_text(item, field).map(|text| self.local.shown(kind, &text))
            }
            Target::List { .. } => Some(cell.text()),
            Target::Create { .. } => Some(String::new()),
            Target::Derived => None,
        }
    }

    /// The place in the form of a column of the grid.
    pub fn form_column(&self, key: &str) -> Option<usize> {
        let at = self.columns.iter().position(|column| column.key == key)?;
        self.places.get(at).copied()
    }

    /// The document; none for a list over the whole project.
    pub fn document(&self) -> Option<Id<Document>> {
        self.view.borrow().document()
    }

    /// The list, if the form is one.
    pub fn list(&self) -> Option<ListKind> {
        match self.view.borrow().form().kind {
            FormKind::List(list) => Some(list),
            _ => None,
        }
    }

    /// The columns of the grid.
    pub fn shown_columns(&self) -> &[Column] {
        self.columns
    }

    fn convert(&self, block: &form::Block, id: u64, revision: u64) -> Block {
        let project = self.desk.project();
        let step = project.label(block.key);
        let rows = block.rows.iter().enumerate().map(|(line, row)| Row {
            id: row_number(&row.id),
            label: Arc::from(format!("{step}, line {}", line + 1)),
            line: match row.rule {
                form::Rule::Hair => LineWeight::Hair,
                form::Rule::Mode => LineWeight::Mode,
                form::Rule::Step => LineWeight::Step,
            },
        });
        let marked = super::marks::rows_with_findings(self.desk, block);
        let mut cells = Vec::with_capacity(block.cells.len());
        for (shown, place) in self.places.iter().enumerate() {
            let first = block.cells.partition_point(|cell| cell.column < *place);
            for cell in block.cells[first..].iter().take_while(|cell| cell.column == *place) {
                cells.push(Cell {
                    rows: Range { start: cell.row, end: cell.row + cell.rows },
                    column: shown,
                    content: self.content((block, &marked), cell),
                });
            }
        }
        Block::new(id, revision, rows.collect(), cells)
    }

    fn content(&self, block: (&form::Block, &[usize]), cell: &form::Cell) -> Content {
        let view = self.view.borrow();
        let kind = view.form().columns[cell.column].kind;
        let parts = cell.parts.iter().map(|part| self.part(part, kind)).collect();
        let edit = match (&cell.target, kind) {
            (Target::Derived, _) => EditKind::None,
            (_, ColumnKind::Rating) => EditKind::Rating,
            (_, ColumnKind::Choice | ColumnKind::Class) => EditKind::Choice,
            (Target::List { .. }, _) => EditKind::Lines,
            _ => EditKind::Text,
        };
        let look = match (cell.priority, kind) {
            (Some(priority), _) if !cell.indicative => Look::Priority(tone(priority)),
            (_, ColumnKind::Rating) => Look::Rating,
            _ => Look::Text,
        };
        let indicative = "Indicative: the ratings were made for another method";
        let tip = match &cell.tip {
            Some(_) => Some(Tip::Asked),
            None => cell.indicative.then(|| Tip::Words(Arc::from(indicative))),
        };
        let prompt = cell.prompt.filter(|prompt| !prompt.is_empty()).map(Arc::from);
        Content { parts, look, prompt, finding: self.finding(block, cell), tip, edit }
    }

    fn part(&self, part: &form::Part, kind: ColumnKind) -> Part {
        let symbol = part.symbol.as_deref().and_then(|code| super::marks::symbol(self.desk, code, kind));
        let drawn = symbol.is_some();
        let text = match (&part.symbol, part.missing) {
            (Some(_), _) if drawn => String::new(),
            // What was deleted left its name.
            (_, true) if part.text.trim().is_empty() && self.desk.project().has_unread() => {
                "(could not be read)".to_owned()
            }
            (_, true) => format!("{} (deleted)", part.text),
            _ => self.local.shown(kind, &part.text),
        };
        let mark = part.item.filter(|_| part.uses > 1 || part.suspect);
        Part {
            text: Arc::from(text),
            mark: mark.map(|item| Mark { fact: number_of(item), suspect: part.suspect }),
            symbol: symbol.map(Arc::<Symbol>::from),
            style: if part.missing {
                PartStyle::Italic
            } else if part.quiet {
                PartStyle::Quiet
            } else {
                PartStyle::Normal
            },
        }
    }

    /// The worst finding of what the cell shows.
    fn finding(&self, block: (&form::Block, &[usize]), cell: &form::Cell) -> Option<CellFinding> {
        super::marks::cell_finding(self.desk, self.view.borrow().form(), block, cell)
            .map(|(severity, text)| CellFinding { severity, text: Arc::from(text) })
    }
}

/// The tone of an action priority.
pub fn tone(priority: Priority) -> Tone {
    match priority {
        Priority::High => Tone::High,
        Priority::Medium => Tone::Medium,
        Priority::Low => Tone::Low,
    }
}

impl GridSource for FormSource<'_> {
    fn revision(&self) -> u64 {
        self.view.borrow().revision() + self.again + self.marked
    }

    fn columns(&self) -> &[Column] {
        self.columns
    }

    fn frozen_columns(&self) -> usize {
        self.frozen
    }

    fn block_count(&self) -> usize {
        self.view.borrow().order().len()
    }

    fn block_key(&self, index: usize) -> BlockKey {
        let Some(key) = self.key(index) else { return BlockKey { id: 0, revision: 0, rows: 0 } };
        let (rows, revision) = self.view.borrow().summary(key);
        let marked = self.marked_blocks.get(&key).copied().unwrap_or_default();
        BlockKey { id: number_of(key), revision: revision + self.again + marked, rows }
    }

    fn changed_since(&self, revision: u64) -> Option<Vec<usize>> {
        let changed = self.lately.changed_since(revision, self.revision())?;
        let view = self.view.borrow();
        Some(changed.iter().filter_map(|key| view.place(*key)).collect())
    }

    fn block(&self, index: usize) -> Arc<Block> {
        let Some(key) = self.key(index) else { return Arc::new(Block::new(0, 0, Vec::new(), Vec::new())) };
        let BlockKey { id, revision, .. } = self.block_key(index);
        if let Some(known) = self.converted.borrow().get(&key)
            && known.revision == revision
        {
            return Arc::clone(&known.block);
        }
        self.made.set(true);
        let projected = self.view.borrow_mut().block(self.desk.project(), key);
        let block = Arc::new(self.convert(&projected, id, revision));
        let mut converted = self.converted.borrow_mut();
        if converted.len() > 400 {
            converted.clear();
        }
        let items = super::marks::items_with_findings(&projected);
        converted.insert(key, Converted { revision, block: Arc::clone(&block), items });
        block
    }

    fn prepare(&self, index: usize, ctx: &Context) -> bool {
        let Some(key) = self.key(index) else { return false };
        // A frame that made a block has done enough.
        if self.made.get() {
            return true;
        }
        let wake = ctx.clone();
        if self.view.borrow_mut().prepare(self.desk.project(), key, move || wake.request_repaint()) {
            return false;
        }
        let BlockKey { revision, .. } = self.block_key(index);
        let is_ready = self.converted.borrow().get(&key).is_some_and(|known| known.revision == revision);
        if !is_ready {
            self.block(index);
        }
        !is_ready
    }

    fn edit_text(&self, at: &CellAddress) -> Option<String> {
        self.written(&self.cell(at)?.0)
    }

    fn options(&self, at: &CellAddress, typed: &str) -> Vec<EditOption> {
        editing::options(self, at, typed)
    }

    fn options_are_pending(&self) -> bool {
        self.desk.completion_is_pending()
    }

    fn remarks(&self, at: &CellAddress, text: &str, line: &str) -> Vec<Remark> {
        editing::remarks(self, at, text, line)
    }

    fn question(&self, at: &CellAddress, text: &str) -> Option<Question> {
        editing::question(self, at, text)
    }

    fn tip(&self, at: &CellAddress) -> Option<String> {
        let (cell, _) = self.cell(at)?;
        cell.tip.map(|tip| tip.words(self.desk.project()))
    }

    fn dragged(&self, row: &RowId, column: Option<ColumnKey>) -> Option<String> {
        let item = super::events::dragged(self.desk, self, row, column)?;
        Some(format!("Move {}", quoted(&self.desk.project().label(item))))
    }

    fn overview(&self) -> Vec<OverviewMark> {
        let view = self.view.borrow();
        let mut marks = self.marks.borrow_mut();
        let worst = marks.worst(self.desk, view.form());
        worst
            .filter_map(|(block, severity)| Some(OverviewMark { block: view.place(block)?, row: 0, severity }))
            .collect()
    }
}

/// The kit's word for how grave a finding is.
pub fn severity(severity: crate::model::finding::Severity) -> Severity {
    match severity {
        crate::model::finding::Severity::Info => Severity::Info,
        crate::model::finding::Severity::Warning => Severity::Warning,
        crate::model::finding::Severity::Error => Severity::Error,
    }
}
