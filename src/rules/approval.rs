//! Findings that somebody looked at and accepted.

use sha2::{Digest, Sha256};

use crate::base::{Id, hex};
use crate::model::Project;
use crate::model::finding::Finding;
use crate::model::project_data::FindingApproval;
use crate::model::relation::Relation;

/// A finding with the approval that silences it, if there is one. Approved findings are shown and counted, never hidden.
#[derive(Debug, Clone, PartialEq)]
pub struct Reported {
    /// The finding.
    pub finding: Finding,
    /// The approval.
    pub approved: Option<Id<FindingApproval>>,
}

/// What an approval remembers of a finding: it lapses as soon as the finding says something else, because then it is about
/// something else. Hexadecimal digits.
pub fn fingerprint(finding: &Finding) -> String {
    let mut hash = Sha256::new();
    hash.update(finding.code.as_bytes());
    hash.update([0]);
    hash.update(finding.message.as_bytes());
    hex(&hash.finalize()[..16])
}

/// Looks for an approval of a finding.
pub(super) fn reported(project: &Project, finding: Finding) -> Reported {
    let approved = finding.item().and_then(|item| {
        let mut approvals = project.children::<FindingApproval>(item, Relation::ApprovedFinding);
        // A dismissed proposal is an approved finding: the row that would mend it was refused with a reason.
        let gap = finding.fixes.iter().find_map(|fix| fix.gap);
        let matching = approvals.find(|approval| {
            *approval.code == *finding.code
                && (*approval.fingerprint == *fingerprint(&finding)
                    || gap.is_some_and(|gap| *approval.fingerprint == *project.gap_fingerprint(gap)))
        });
        matching.map(|approval| approval.id)
    });
    Reported { finding, approved }
}
