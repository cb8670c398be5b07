//! The PPAP submission (AIAG, 4th edition): what is handed to the customer before series delivery.
//!
//! A submission says for what reason and at which level it is made. Under it stand a warrant per part, the elements with
//! their evidence, and the results of measurements and tests. Which element is sent at which level follows from a table
//! ([`element::STANDARD_ELEMENTS`]), and whether a result is in order from its limits ([`judgement`]).

pub mod element;
mod fields;
pub mod judgement;
pub mod result;
pub mod streams;
pub mod submission;
pub mod warrant;

pub use element::{ElementStatus, PpapElement, Retention, STANDARD_ELEMENTS, StandardElement};
pub use fields::BETWEEN;
pub use judgement::Verdict;
pub use result::{ResultKind, TestResult};
pub use submission::{Answer, Level, Reason, ReportFormat, ResultSet, Signature, Site, Submission, WeightRule};
pub use warrant::Warrant;

use crate::model::project::Project;

impl Project {
    /// The submission of the project: the first, if there should be several; none if nothing is submitted.
    pub fn submission(&self) -> Option<&Submission> {
        self.members::<Submission>().first().and_then(|id| self.get(*id))
    }
}
