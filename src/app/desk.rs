//! The open project: its state, history and findings, and the one path for every change.

use std::path::{Path, PathBuf};

use crate::base::Id;
use crate::edit::{Author, Command, Committed, History, Refusal, can, plan};
use crate::model::document::{Document, DocumentState};
use crate::model::form::{Form, FormOptions};
use crate::model::op::Changes;
use crate::model::{OpError, Project};

/// An open project.
pub struct Desk {
    project: Project,
    history: History,
    author: Author,
    folder: PathBuf,
    unseen: Changes,
}

impl Desk {
    /// A desk for a project that was read from, or shall be written to, a folder.
    pub fn new(project: Project, folder: PathBuf, author: Author) -> Self {
        Self { project, history: History::default(), author, folder, unseen: Changes::default() }
    }

    /// The project.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The folder of the project.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Undo and redo.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Who edits.
    pub fn author(&self) -> &Author {
        &self.author
    }

    /// Whether a command can be done now.
    ///
    /// # Errors
    /// The reason why not.
    pub fn can(&self, command: &Command) -> Result<(), Refusal> {
        can(&self.project, command, &self.author)
    }

    /// Does a command.
    ///
    /// # Errors
    /// The reason why it cannot be done; nothing has changed then.
    pub fn run(&mut self, command: &Command) -> Result<Committed, Refusal> {
        let transaction = plan(&self.project, command, &mut self.author)?;
        let committed = self.history.commit(&mut self.project, transaction).map_err(refusal)?;
        self.follow(&committed.changes);
        Ok(committed)
    }

    /// Takes the latest change back.
    ///
    /// # Errors
    /// If there is none.
    pub fn undo(&mut self) -> Result<Committed, Refusal> {
        let undone = self.history.undo(&mut self.project).map_err(refusal)?;
        let undone = undone.ok_or_else(|| Refusal::new("There is nothing to undo"))?;
        self.follow(&undone.changes);
        Ok(undone)
    }

    /// Makes the change that was taken back again.
    ///
    /// # Errors
    /// If there is none.
    pub fn redo(&mut self) -> Result<Committed, Refusal> {
        let redone = self.history.redo(&mut self.project).map_err(refusal)?;
        let redone = redone.ok_or_else(|| Refusal::new("There is nothing to redo"))?;
        self.follow(&redone.changes);
        Ok(redone)
    }

    fn follow(&mut self, changes: &Changes) {
        self.unseen.merge(changes.clone());
    }

    /// What changed since this was asked last, for whoever keeps derived values.
    pub fn take_changes(&mut self) -> Changes {
        std::mem::take(&mut self.unseen)
    }

    /// SHA-256 over what the usual form of a document prints now.
    pub fn content_hash(&self, document: Id<Document>) -> Option<String> {
        let document = self.project.get(document)?;
        let kind = Form::usual_kind(&self.project, document);
        Some(Form::new(&self.project, document, kind, FormOptions::default()).content_hash(&self.project))
    }

    /// Whether a document is what its latest revision froze.
    pub fn is_as_released(&self, document: &Document) -> bool {
        document.state == DocumentState::Released
            && document.latest_revision().is_some_and(|revision| {
                self.content_hash(document.id).is_some_and(|hash| *hash == *revision.content_hash)
            })
    }
}

fn refusal(error: OpError) -> Refusal {
    Refusal::new(error.to_string())
}
