//! What a release of a document froze, and whether the document still is that.

use crate::model::document::{Document, DocumentState, Revision};
use crate::model::form::{Form, FormOptions};
use crate::model::project::Project;

/// How a document stands to its latest revision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ReleaseState<'p> {
    /// Being worked on, after the revision if there was one.
    Draft(Option<&'p Revision>),
    /// What the revision froze.
    Released(&'p Revision),
    /// Released, but something that it shows changed in another document since.
    Changed(&'p Revision),
}

impl Project {
    /// SHA-256 over what the usual form of a document prints now, in hexadecimal digits: what a release freezes.
    pub fn content_hash(&self, document: &Document) -> String {
        let kind = Form::usual_kind(self, document);
        Form::new(self, document, kind, FormOptions::default()).content_hash(self)
    }

    /// How a document stands to its latest revision.
    pub fn release_state<'p>(&self, document: &'p Document) -> ReleaseState<'p> {
        match (document.state, document.latest_revision()) {
            (DocumentState::Released, Some(revision)) if self.content_hash(document) == *revision.content_hash => {
                ReleaseState::Released(revision)
            }
            (DocumentState::Released, Some(revision)) => ReleaseState::Changed(revision),
            (_, latest) => ReleaseState::Draft(latest),
        }
    }
}
