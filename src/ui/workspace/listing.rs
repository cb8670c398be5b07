//! The findings as they are listed, and stepping through them.

use crate::model::AnyId;
use crate::model::field::Field;
use crate::model::finding::Place;
use crate::rules::Reported;

use super::Workspace;

/// The findings of a project at one of its revisions.
#[derive(Default)]
pub(super) struct Listing {
    revision: Option<u64>,
    /// Those of the files first, then those of the contents.
    pub findings: Vec<Reported>,
    /// The one that was gone to last.
    pub chosen: Option<usize>,
}

impl Listing {
    /// Lets the findings be listed again although the project is the same.
    pub fn renew(&mut self) {
        self.revision = None;
    }
}

impl Workspace {
    /// Lists the findings again if the project changed.
    pub(super) fn list_findings(&mut self) {
        let revision = self.desk.project().revision();
        if self.listing.revision == Some(revision) {
            return;
        }
        let of_files =
            self.desk.file_findings().iter().map(|finding| Reported { finding: finding.clone(), approved: None });
        let of_contents = self.desk.checker().findings(self.desk.project()).into_iter().cloned();
        self.listing.findings = of_files.chain(of_contents).collect();
        self.listing.revision = Some(revision);
    }

    /// Goes to the next finding, or to the one before.
    pub(super) fn step_findings(&mut self, by: isize) {
        self.list_findings();
        let places: Vec<(usize, AnyId, Option<Field>)> = self
            .listing
            .findings
            .iter()
            .enumerate()
            .filter(|(_, reported)| reported.approved.is_none())
            .filter_map(|(at, reported)| match &reported.finding.place {
                Place::Item { item, field } => Some((at, *item, *field)),
                Place::File { .. } => None,
            })
            .collect();
        if places.is_empty() {
            self.status.notice = Some("There are no findings".to_owned());
            return;
        }
        let count = places.len() as isize;
        let known = places.iter().position(|(at, ..)| Some(*at) == self.listing.chosen);
        let next = match known {
            Some(place) => (place as isize + by).rem_euclid(count),
            None if by > 0 => 0,
            None => count - 1,
        } as usize;
        let (at, item, field) = places[next];
        self.listing.chosen = Some(at);
        self.show_item(item, field);
    }
}
