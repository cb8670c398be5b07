//! The few facts that nearly every rule asks for: which documents there are and how they rate.
//!
//! They are compared as a whole after each edit. If they changed, everything is checked again; if not, a check need not
//! depend on the records of the documents, and an edit of a header touches no risk.

use crate::base::{Id, Text};
use crate::model::Project;
use crate::model::document::{Document, DocumentKind};

/// Facts about the documents and the class set of a project.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Ground {
    documents: Vec<(Id<Document>, DocumentKind, Text)>,
    class_set: Text,
}

impl Ground {
    /// The facts of a project, sorted by identity.
    pub(super) fn of(project: &Project) -> Self {
        let documents = project.arenas().documents.values();
        Self {
            documents: documents
                .map(|document| (document.id, document.kind, document.rating_profile.clone()))
                .collect(),
            class_set: project.data().class_set.clone(),
        }
    }

    /// The kind of a document.
    pub(super) fn kind(&self, document: Id<Document>) -> Option<DocumentKind> {
        let at = self.documents.binary_search_by_key(&document, |(id, ..)| *id).ok()?;
        Some(self.documents[at].1)
    }

    /// Whether there is a document of this kind.
    pub(super) fn has(&self, kind: DocumentKind) -> bool {
        self.documents.iter().any(|(_, found, _)| *found == kind)
    }
}
