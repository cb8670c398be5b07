//! How a document stands to its latest release, as header, footer and watermark say it.

use crate::model::document::{Document, Revision};
use crate::model::project::Project;
use crate::model::release::ReleaseState;

/// How many digits of the content hash identify a revision on paper.
const DIGITS: usize = 12;

/// What is printed: a draft, a revision, or something in between.
pub(super) struct Release<'p>(ReleaseState<'p>);

impl<'p> Release<'p> {
    /// How the document stands.
    pub fn of(project: &Project, document: &'p Document) -> Self {
        Self(project.release_state(document))
    }

    /// The word across the pages.
    pub fn watermark(&self) -> Option<&'static str> {
        match self.0 {
            ReleaseState::Draft(_) => Some("DRAFT"),
            ReleaseState::Changed(_) => Some("CHANGED SINCE RELEASE"),
            ReleaseState::Released(_) => None,
        }
    }

    /// The line above the page number.
    pub fn corner(&self) -> String {
        match self.0 {
            ReleaseState::Draft(None) => "Draft".to_owned(),
            ReleaseState::Draft(Some(revision)) => format!("Draft after revision {}", dated(revision)),
            ReleaseState::Released(revision) => format!("Revision {}", dated(revision)),
            ReleaseState::Changed(revision) => format!("Changed since revision {}", dated(revision)),
        }
    }

    /// The line in the foot of every page, by which one print is told from another.
    pub fn identity(&self, number: &str) -> String {
        let state = match self.0 {
            ReleaseState::Draft(None) => "draft".to_owned(),
            ReleaseState::Draft(Some(revision)) => format!("draft after revision {}", revision.number),
            ReleaseState::Released(revision) => format!("revision {} · content {}", revision.number, digits(revision)),
            ReleaseState::Changed(revision) => {
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
        let revision = revision();
        let released = Release(ReleaseState::Released(&revision));
        assert_eq!(released.watermark(), None);
        assert_eq!(released.corner(), "Revision B · 2026-03-31");
        assert_eq!(released.identity("CP-1"), "CP-1 · revision B · content 0123456789ab");
        let changed = Release(ReleaseState::Changed(&revision));
        assert_eq!(changed.watermark(), Some("CHANGED SINCE RELEASE"));
        assert_eq!(Release(ReleaseState::Draft(None)).identity(""), "draft");
        assert_eq!(Release(ReleaseState::Draft(Some(&revision))).corner(), "Draft after revision B · 2026-03-31");
        assert_eq!(Release(ReleaseState::Draft(None)).watermark(), Some("DRAFT"));
    }
}
