//! What a view keeps of a form between frames: its columns, the blocks as the grid has them, and what of them changed.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::arrange::{Filter, Sort};
use crate::app::desk::Desk;
use crate::app::form_view::FormView;
use crate::app::layout::{Layout, Preset};
use crate::app::local::Local;
use crate::model::project_data::ProjectData;
use crate::model::{AnyId, Changes};
use crate::ui::grid::{Block, Column};

use super::columns;
use super::marks::BlockMarks;

/// Of so many items with other findings, every block is looked through; of more, all are converted again.
const MOST_NEWS: usize = 256;

/// A block as the grid has it.
pub(super) struct Converted {
    pub(super) revision: u64,
    pub(super) block: Arc<Block>,
    /// The items whose findings it shows, sorted.
    pub(super) items: Box<[AnyId]>,
}

/// Which blocks the latest edits changed, so that the grid need not look at all of them.
#[derive(Default)]
pub(super) struct Lately {
    /// The revision before the first of these edits, and that after the last.
    from: u64,
    to: u64,
    /// What they changed, with repetitions.
    changed: Vec<AnyId>,
    /// What [`FormCells::marked`] was after the last of them.
    marked: u64,
}

impl Lately {
    /// Notes an edit; none changed where blocks came, went or moved, or all of them changed.
    fn note(&mut self, before: u64, after: u64, changed: Option<Vec<AnyId>>) {
        if before != self.to || changed.is_none() || self.changed.len() > MOST_NEWS {
            // What lies before this edit is another story.
            self.from = if changed.is_some() { before } else { after };
            self.changed.clear();
        }
        self.to = after;
        self.changed.extend(changed.unwrap_or_default());
    }

    pub(super) fn changed_since(&self, revision: u64, now: u64) -> Option<&[AnyId]> {
        (self.to == now && (self.from..=now).contains(&revision)).then_some(&self.changed)
    }
}

/// What a view keeps of a form between frames.
pub struct FormCells {
    /// The form with its projected blocks.
    pub view: FormView,
    /// The columns shown, and for each the place in the form.
    pub columns: Vec<Column>,
    pub(super) places: Vec<usize>,
    pub(super) frozen: usize,
    pub(super) converted: HashMap<AnyId, Converted>,
    /// Counts up when every block has to be converted again.
    pub(super) again: u64,
    /// Counts up when findings in a converted block came or went.
    pub(super) marked: u64,
    /// What [`FormCells::marked`] was when that was last so for a block.
    pub(super) marked_blocks: HashMap<AnyId, u64>,
    /// The news of the checker that were taken over.
    seen: u64,
    pub(super) marks: BlockMarks,
    /// Which blocks changed of late.
    pub(super) lately: Lately,
    /// Which columns are shown, and in which order.
    layout: Layout,
    /// The choice that this is, if it is one.
    preset: Option<Preset>,
    /// How dates and numbers are written.
    pub(super) local: Local,
}

impl FormCells {
    /// Cells of a form.
    pub fn new(view: FormView) -> Self {
        let mut cells = Self {
            view,
            columns: Vec::new(),
            places: Vec::new(),
            frozen: 0,
            converted: HashMap::new(),
            again: 0,
            marked: 0,
            marked_blocks: HashMap::new(),
            seen: 0,
            marks: BlockMarks::default(),
            lately: Lately::default(),
            layout: Layout::default(),
            preset: None,
            local: Local::default(),
        };
        cells.choose_columns();
        cells
    }

    /// Lays the columns out again, after the form got other ones.
    pub fn choose_columns(&mut self) {
        let form = self.view.form();
        let all = columns::columns(form);
        let shown = self.layout.of(form).into_iter().filter(|(_, shown)| *shown).map(|(at, _)| at);
        let shown: Vec<usize> = shown.collect();
        self.frozen = self.layout.frozen_count(form);
        self.preset = self.layout.preset(form);
        self.columns = shown.iter().map(|at| all[*at].clone()).collect();
        self.places = shown;
        self.converted.clear();
    }

    /// Which columns are shown, and in which order.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The choice of columns that is shown, if it is one.
    pub fn preset(&self) -> Option<Preset> {
        self.preset
    }

    /// Shows other columns, or in another order.
    pub fn set_layout(&mut self, layout: Layout) {
        if self.layout != layout {
            self.layout = layout;
            self.again += 1;
            self.choose_columns();
        }
    }

    /// Writes dates and numbers in another way.
    pub fn set_local(&mut self, local: Local) {
        if self.local != local {
            self.local = local;
            self.again += 1;
            self.converted.clear();
        }
    }

    /// Marks the columns by which rows are chosen and sorted.
    pub fn mark_columns(&mut self, filter: &Filter, sort: Option<&Sort>) {
        for column in &mut self.columns {
            column.filtered = filter.of(column.key).is_some();
            column.sorted = sort.filter(|sort| sort.column == column.key).map(|sort| sort.descending);
        }
    }

    /// Marks the cells again at which findings came or went.
    pub fn renew_findings(&mut self, desk: &Desk) {
        let checker = desk.checker();
        match checker.changed_since(self.seen) {
            Some(changed) if changed.len() <= MOST_NEWS => {
                for (key, converted) in &self.converted {
                    if changed.iter().any(|item| converted.items.binary_search(item).is_ok()) {
                        self.marked += 1;
                        self.marked_blocks.insert(*key, self.marked);
                    }
                }
            }
            _ => self.again += 1,
        }
        self.seen = checker.news();
    }

    /// Counts up with every change of what is shown.
    fn revision(&self) -> u64 {
        self.view.revision() + self.again + self.marked
    }

    /// Takes over a change of the project.
    pub fn update(&mut self, desk: &Desk, changes: &Changes) {
        let (revision, again) = (self.revision(), self.again);
        self.take_over(desk, changes);
        let changed = self.view.changed().filter(|_| self.again == again);
        let marked = self.marked_blocks.iter().filter(|(_, at)| **at > self.lately.marked).map(|(key, _)| *key);
        let changed = changed.map(|changed| changed.iter().copied().chain(marked).collect());
        self.lately.note(revision, self.revision(), changed);
        self.lately.marked = self.marked;
    }

    fn take_over(&mut self, desk: &Desk, changes: &Changes) {
        let before = self.view.form().columns.clone();
        self.view.update(desk.project(), changes);
        self.renew_findings(desk);
        self.marks.follow(desk, self.view.form(), changes);
        if changes.items.contains(&ProjectData::ID.into()) {
            // The drawings of the classes may be others.
            self.again += 1;
        }
        if self.view.form().columns != before {
            self.choose_columns();
        }
    }

    /// The place in the form of a column of the grid.
    pub fn form_column(&self, key: &str) -> Option<usize> {
        let at = self.columns.iter().position(|column| column.key == key)?;
        self.places.get(at).copied()
    }
}
