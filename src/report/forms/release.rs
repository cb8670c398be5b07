//! How a document stands to its latest release, as header, footer and watermark say it.

use crate::model::document::{Document, DocumentState, Revision};
use crate::model::form::{Form, FormOptions};
use crate::model::project::Project;

/// How many digits of the content hash identify a revision on paper.
const DIGITS: usize = 12;

/// What is printed: a draft, a revision, or something in between.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Release {
    /// Being worked on, after the revision if there was one.
    Draft(Option<Revision>),
    /// What the revision froze.
    Released(Revision),
    /// Released, but something that it shows changed in another document since.
    Changed(Revision),
}

impl Release {
    /// How the document stands. The hash is that of its usual form, which is what a release freezes.
    pub fn of(project: &Project, document: &Document) -> Self {
        match (document.state, document.latest_revision()) {
            (DocumentState::Released, Some(revision)) => {
                let kind = Form::usual_kind(project, document);
                let hash = Form::new(project, document, kind, FormOptions::default()).content_hash(project);
                if *hash == *revision.content_hash {
                    Self::Released(revision.clone())
                } else {
                    Self::Changed(revision.clone())
                }
            }
            (_, latest) => Self::Draft(latest.cloned()),
        }
    }

    /// The word across the pages.
    pub fn watermark(&self) -> Option<&'static str> {
        match self {
            Self::Draft(_) => Some("DRAFT"),
            Self::Changed(_) => Some("CHANGED SINCE RELEASE"),
            Self::Released(_) => None,
        }
    }

    /// The line above the page number.
    pub fn corner(&self) -> String {
        match self {
            Self::Draft(None) => "Draft".to_owned(),
            Self::Draft(Some(revision)) => format!("Draft after revision {}", dated(revision)),
            Self::Released(revision) => format!("Revision {}", dated(revision)),
            Self::Changed(revision) => format!("Changed since revision {}", dated(revision)),
        }
    }

    /// The line in the foot of every page, by which one print is told from another.
    pub fn identity(&self, number: &str) -> String {
        let state = match self {
            Self::Draft(None) => "draft".to_owned(),
            Self::Draft(Some(revision)) => format!("draft after revision {}", revision.number),
            Self::Released(revision) => format!("revision {} · content {}", revision.number, digits(revision)),
            Self::Changed(revision) => {
                format!("changed since revision {} · content {}", revision.number, digits(revision))
            }
        };
        if number.is_empty() { state } else { format!("{number} · {state}") }
    }
}

fn dated(revision: &Revision) -> String {
    revision.date.map_or_else(|| revision.number.to_string(), |date| format!("{} · {date}", revision.number))
}

fn digits(revision: &Revision) -> &str {
    revision.content_hash.get(..DIGITS).unwrap_or(&revision.content_hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Text;
    use crate::base::clock::Date;

    fn revision() -> Revision {
        Revision {
            number: Text::from("B"),
            date: Some(Date::constant(2026, 3, 31)),
            author: Text::default(),
            note: Text::default(),
            content_hash: Text::from("0123456789abcdef"),
        }
    }

    #[test]
    fn each_state_says_what_it_is() {
        let released = Release::Released(revision());
        assert_eq!(released.watermark(), None);
        assert_eq!(released.corner(), "Revision B · 2026-03-31");
        assert_eq!(released.identity("CP-1"), "CP-1 · revision B · content 0123456789ab");
        let changed = Release::Changed(revision());
        assert_eq!(changed.watermark(), Some("CHANGED SINCE RELEASE"));
        assert_eq!(Release::Draft(None).identity(""), "draft");
        assert_eq!(Release::Draft(Some(revision())).corner(), "Draft after revision B · 2026-03-31");
        assert_eq!(Release::Draft(None).watermark(), Some("DRAFT"));
    }
}
