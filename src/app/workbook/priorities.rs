//! The table that formulas look action priorities up in.

use crate::model::Project;
use crate::model::document::Document;
use crate::model::form::{ColumnKind, Form};
use crate::model::rating::{Priority, Rating};

/// The action priorities of a form, as far as its ratings are whole numbers from 1 to 10.
pub(super) fn priorities(project: &Project, document: Option<&Document>, form: &Form) -> Option<Vec<Option<Priority>>> {
    let has_priorities = form.columns.iter().any(|column| column.kind == ColumnKind::Priority);
    let profile = document.filter(|_| has_priorities).and_then(|document| project.profile(document.id))?;
    let profiles = &project.library().profiles;
    let ratings = || (1..=10).map(Rating::Number);
    let mut found = Vec::with_capacity(1000);
    for severity in ratings() {
        for occurrence in ratings() {
            let of = |detection| profiles.action_priority(profile, &severity, &occurrence, &detection);
            found.extend(ratings().map(|detection| of(detection).map(|found| found.value)));
        }
    }
    found.iter().any(Option::is_some).then_some(found)
}
