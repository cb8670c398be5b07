//! Whether the ratings of a risk ask for action, by the evaluation of its rating profile.

use crate::model::message::{Message, says};
use crate::model::profile::{Evaluation, RatingProfile};
use crate::model::project::Project;
use crate::model::rating::Priority;
use crate::model::risk::{Assessment, Risk};
use crate::model::severity::Evaluated;

/// How much an evaluation asks for action, and by what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// An action or a justification has to be there.
    Must(Message),
    /// A decision is expected.
    Should(Message),
}

impl Need {
    /// The need by the profile's own evaluation. Where that is the RPN, there is a need from the threshold of the profile, if
    /// it has one; the handbook has none.
    pub fn of(profile: &RatingProfile, current: Option<&Assessment>, evaluated: &Evaluated) -> Option<Self> {
        match profile.evaluation() {
            Evaluation::ActionPriority { .. } => match evaluated.priority? {
                Priority::High => Some(Self::Must("action priority H".into())),
                Priority::Medium => Some(Self::Should("action priority M".into())),
                Priority::Low => None,
            },
            Evaluation::RiskPriorityNumber { rpn_threshold, severity_occurrence_threshold, .. } => {
                let reached = |value: Option<i64>, threshold: &Option<i64>| {
                    value.zip(*threshold).filter(|(value, threshold)| value >= threshold)
                };
                let s_times_o = current
                    .and_then(|current| current.occurrence.as_ref())
                    .zip(evaluated.severity.as_ref())
                    .and_then(|(occurrence, severity)| profile.s_times_o(severity, occurrence));
                if let Some((rpn, limit)) = reached(evaluated.rpn, rpn_threshold) {
                    return Some(Self::Must(says!("an RPN of {rpn}, at or above the limit of {limit}", rpn, limit)));
                }
                let (product, limit) = reached(s_times_o, severity_occurrence_threshold)?;
                Some(Self::Must(says!(
                    "a severity × occurrence of {product}, at or above the limit of {limit}",
                    product,
                    limit
                )))
            }
        }
    }

    /// What asks for it, to follow "has".
    pub fn reason(&self) -> &Message {
        match self {
            Self::Must(reason) | Self::Should(reason) => reason,
        }
    }
}

impl Project {
    /// Whether the ratings in force of a risk ask for action.
    pub fn need_for_action(&self, risk: &Risk) -> Option<Need> {
        let current = risk.current();
        let profile = match current {
            Some(assessment) => self.assessment_profile(risk, assessment),
            None => self.profile(risk.fmea),
        };
        Need::of(profile?, current, &self.evaluate_current(risk))
    }
}
