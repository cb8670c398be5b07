//! What stands in the way of a submission: a package is only as good as what it is made of.

use std::path::{Path, PathBuf};

use crate::app::lookup::{IsCurrent, Question};
use crate::base::Id;
use crate::base::clock::Date;
use crate::model::Project;
use crate::model::document::{Document, Revision};
use crate::model::field::Field;
use crate::model::finding::{Finding, Place, Severity};
use crate::model::item::AnyId;
use crate::model::message::{Message, says};
use crate::model::ppap::{ElementStatus, Level, PpapElement, Retention, Submission};
use crate::model::reference::Ref;
use crate::model::relation::Relation;
use crate::model::release::ReleaseState;
use crate::rules::Checker;

use super::evidence;

/// Findings that stop a submission although they are no errors: links that nobody reviewed since their target changed, a
/// warrant at another change level than its part, and elements that are not ready.
const STOPPING: [&str; 3] = ["LNK-20", "PPA-12", "PPA-20"];

/// Something that stands in the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Obstacle {
    /// Code of the finding; blank for what is no finding.
    pub code: &'static str,
    /// What is wrong, and where.
    pub text: Message,
    /// Where it is mended.
    pub place: Option<(AnyId, Option<Field>)>,
}

/// The gate of a package.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Gate {
    /// What stops it, in the order in which to go through it.
    pub obstacles: Vec<Obstacle>,
}

impl Gate {
    /// Looks at the project as it is, at what is wrong with its files, and at the attachments in its folder.
    pub fn of(project: &Project, folder: &Path, today: Date, of_files: &[Finding]) -> Self {
        let Some(submission) = project.submission() else {
            let text = "The project has no PPAP submission yet; make one under File → PPAP submission".into();
            return Self { obstacles: vec![Obstacle { code: "", text, place: None }] };
        };
        let checker = Checker::full(project, today);
        let open = checker.findings(project).into_iter().filter(|reported| reported.approved.is_none());
        let findings = of_files.iter().chain(open.map(|reported| &reported.finding));
        let mut obstacles: Vec<Obstacle> = findings.filter(|finding| stops(finding)).map(obstacle).collect();
        obstacles.extend(of_documents(project, submission));
        obstacles.extend(of_attachments(project, submission, folder));
        Self { obstacles }
    }

    /// Whether nothing stands in the way.
    pub fn is_open(&self) -> bool {
        self.obstacles.is_empty()
    }
}

/// Asks for the gate.
#[derive(Debug, Clone, PartialEq)]
pub struct GateOf {
    /// The folder of the project.
    pub folder: PathBuf,
    /// The day that rules count from.
    pub today: Date,
    /// What is wrong with the files of the project.
    pub of_files: Vec<Finding>,
}

impl Question for GateOf {
    type Answer = Gate;

    fn answer(&self, project: &Project, _: IsCurrent<'_>) -> Option<Gate> {
        Some(Gate::of(project, &self.folder, self.today, &self.of_files))
    }
}

/// The elements of a submission in their order.
pub(super) fn elements<'p>(project: &'p Project, submission: &Submission) -> Vec<&'p PpapElement> {
    project.children::<PpapElement>(submission.id, Relation::PpapElementInSubmission).collect()
}

/// The elements that are handed over, in their order.
pub(super) fn bound<'p>(project: &'p Project, submission: &Submission) -> Vec<&'p PpapElement> {
    let mut elements = asked_for(project, submission);
    elements.retain(|element| element.status != ElementStatus::NotApplicable);
    elements
}

/// The elements that the level asks for, in their order, whether they apply or not; at level 5 everything is laid out for a
/// review at the manufacturing site.
pub(super) fn asked_for<'p>(project: &'p Project, submission: &Submission) -> Vec<&'p PpapElement> {
    let is_asked_for = |element: &PpapElement| {
        submission.level == Level::Five || element.required_at(submission.level) == Retention::Submit
    };
    let mut elements = elements(project, submission);
    elements.retain(|element| is_asked_for(element));
    elements
}

fn stops(finding: &Finding) -> bool {
    finding.severity == Severity::Error || STOPPING.contains(&finding.code)
}

fn obstacle(finding: &Finding) -> Obstacle {
    let (text, place) = match &finding.place {
        Place::Item { item, field } => (finding.message.clone(), Some((*item, *field))),
        Place::File { .. } => (finding.message.clone(), None),
    };
    Obstacle { code: finding.code, text, place }
}

/// The documents that are handed over, each once.
pub(super) fn documents(project: &Project, submission: &Submission) -> Vec<Id<Document>> {
    let linked = bound(project, submission).into_iter().flat_map(|element| &element.documents);
    let mut documents: Vec<Id<Document>> = linked.filter_map(Ref::present).collect();
    let mut seen = std::collections::HashSet::new();
    documents.retain(|document| project.contains((*document).into()) && seen.insert(*document));
    documents
}

fn of_documents(project: &Project, submission: &Submission) -> Vec<Obstacle> {
    let unreleased = |id: Id<Document>| -> Option<Obstacle> {
        let document = project.get(id)?;
        let name = project.document_name(&id.into());
        let text = match project.release_state(document) {
            ReleaseState::Released(_) => return None,
            ReleaseState::Draft(_) => says!("{name} is not released; release it under Review → Release", name),
            ReleaseState::Changed(Revision { number, .. }) => {
                says!("{name} has changed since revision {number} was released; release it again", name, number)
            }
        };
        Some(Obstacle { code: "", text, place: Some((id.into(), None)) })
    };
    documents(project, submission).into_iter().filter_map(unreleased).collect()
}

fn of_attachments(project: &Project, submission: &Submission, folder: &Path) -> Vec<Obstacle> {
    let of_element = |element: &PpapElement| -> Vec<Obstacle> {
        let broken = evidence::attachments(project, element).filter_map(|attachment| {
            let text = match evidence::read(folder, attachment) {
                Err(reason) => reason,
                Ok(_) if evidence::was_changed(folder, attachment) => {
                    let title = evidence::title(attachment);
                    says!(
                        "The attachment “{title}” was changed since it was attached; look at it and attach it again",
                        title
                    )
                }
                Ok(_) => return None,
            };
            Some(Obstacle { code: "", text, place: Some((element.id.into(), None)) })
        });
        broken.collect()
    };
    bound(project, submission).into_iter().flat_map(of_element).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_that_stop_a_submission_exist_and_are_no_errors_anyway() {
        for code in STOPPING {
            let rule = crate::rules::rule(code).unwrap();
            assert_ne!(rule.severity, Severity::Error, "{code}");
        }
    }
}
