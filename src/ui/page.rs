//! What a tab can show.

use crate::app::desk::Desk;
use crate::base::Id;
use crate::model::document::Document;
use crate::model::form::ListKind;
use crate::ui::panels::tabs::short_name;

/// Something that fills the middle of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Page {
    /// A document in its form.
    Document(Id<Document>),
    /// A list over the whole project.
    List(ListKind),
    /// How the project stands.
    Overview,
    /// The printed pages of what was looked at last.
    Preview,
}

impl Page {
    /// The pages of a project from left to right: its documents, the lists, then the overview. Those of the PPAP submission are
    /// there only if something is submitted.
    pub fn all(desk: &Desk) -> Vec<Self> {
        let submits = desk.project().submission().is_some();
        let lists = ListKind::ALL.into_iter().filter(|list| submits || !list.is_of_submission());
        let documents = desk.project().documents().into_iter().map(|document| Self::Document(document.id));
        documents.chain(lists.map(Self::List)).chain([Self::Overview, Self::Preview]).collect()
    }

    /// Whether it has rows with a cursor: a document or a list.
    pub fn is_form(self) -> bool {
        matches!(self, Self::Document(_) | Self::List(_))
    }

    /// What people call the page; a document among several of its kind with its title.
    pub fn name(self, desk: &Desk) -> String {
        match self {
            Self::Document(document) => {
                let all = desk.project().documents();
                let shown = all.iter().find(|known| known.id == document);
                shown.map(|shown| short_name(shown, &all)).unwrap_or_default()
            }
            Self::List(list) => list.name().to_owned(),
            Self::Overview => "Overview".to_owned(),
            Self::Preview => "Preview".to_owned(),
        }
    }

    /// The document that the page shows.
    pub fn document(self) -> Option<Id<Document>> {
        match self {
            Self::Document(document) => Some(document),
            Self::List(_) | Self::Overview | Self::Preview => None,
        }
    }
}
