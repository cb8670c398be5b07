//! Undo and redo: one gesture, one entry, with a label and a place to return to.

use std::collections::VecDeque;

use crate::model::op::{Changes, Op, OpError};
use crate::model::project::Project;

use super::plan::{Focus, Transaction};

/// A change that can be taken back.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it did.
    pub label: String,
    /// Where it was made.
    pub focus: Option<Focus>,
    undo: Vec<Op>,
    redo: Vec<Op>,
    /// The state the project is in after it; states are never numbered twice.
    state: u64,
}

/// What became of a transaction.
#[derive(Debug, Clone)]
pub struct Committed {
    /// What it did.
    pub label: String,
    /// Where the cursor belongs.
    pub focus: Option<Focus>,
    /// What it touched; nothing if it had no effect.
    pub changes: Changes,
}

/// The history of a project since it was opened. It spans all documents, since one deletion may touch three.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: VecDeque<Entry>,
    undone: Vec<Entry>,
    /// The state before the oldest entry.
    base: u64,
    next_state: u64,
    saved: u64,
    /// Number of changes kept, as a measure of memory.
    kept: usize,
}

/// How many primitive changes are kept at most; the copies they hold are shared with the project and small.
const MOST_OPS: usize = 1_000_000;

impl History {
    /// Makes a transaction and remembers how to take it back. No effect leaves no trace.
    ///
    /// # Errors
    /// If the structure of the project would be broken; the project and the history are then as before.
    pub fn commit(&mut self, project: &mut Project, transaction: Transaction) -> Result<Committed, OpError> {
        let applied = project.apply(&transaction.ops)?;
        let committed =
            Committed { label: transaction.label.clone(), focus: transaction.focus, changes: applied.changes };
        if committed.changes.is_empty() {
            return Ok(committed);
        }
        self.kept -= self.undone.drain(..).map(|entry| entry.undo.len() + entry.redo.len()).sum::<usize>();
        self.next_state += 1;
        let entry = Entry {
            label: transaction.label,
            focus: transaction.focus,
            undo: applied.inverse,
            redo: transaction.ops,
            state: self.next_state,
        };
        self.kept += entry.undo.len() + entry.redo.len();
        self.done.push_back(entry);
        while self.kept > MOST_OPS && self.done.len() > 1 {
            if let Some(oldest) = self.done.pop_front() {
                self.kept -= oldest.undo.len() + oldest.redo.len();
                self.base = oldest.state;
            }
        }
        Ok(committed)
    }

    /// Takes the latest change back; `None` if there is none.
    ///
    /// # Errors
    /// If the project was changed behind the back of the history; nothing is done then.
    pub fn undo(&mut self, project: &mut Project) -> Result<Option<Committed>, OpError> {
        let Some(entry) = self.done.back() else { return Ok(None) };
        let applied = project.apply(&entry.undo)?;
        let committed = Committed { label: entry.label.clone(), focus: entry.focus, changes: applied.changes };
        self.undone.extend(self.done.pop_back());
        Ok(Some(committed))
    }

    /// Makes the latest change that was taken back again; `None` if there is none.
    ///
    /// # Errors
    /// If the project was changed behind the back of the history; nothing is done then.
    pub fn redo(&mut self, project: &mut Project) -> Result<Option<Committed>, OpError> {
        let Some(entry) = self.undone.last() else { return Ok(None) };
        let applied = project.apply(&entry.redo)?;
        let committed = Committed { label: entry.label.clone(), focus: entry.focus, changes: applied.changes };
        self.done.extend(self.undone.pop());
        Ok(Some(committed))
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.back().map(|entry| entry.label.as_str())
    }

    /// What redo would make again.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|entry| entry.label.as_str())
    }

    /// The changes that can be taken back, oldest first.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.done.iter()
    }

    /// The state the project is in.
    pub fn state(&self) -> u64 {
        self.done.back().map_or(self.base, |entry| entry.state)
    }

    /// Remembers that this state is on disk.
    pub fn mark_saved(&mut self, state: u64) {
        self.saved = state;
    }

    /// Whether the project differs from what is on disk.
    pub fn is_dirty(&self) -> bool {
        self.state() != self.saved
    }
}
