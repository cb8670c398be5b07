//! Rating profiles: the scales, their criteria and the way ratings are evaluated, as data.
//!
//! A profile answers three questions: which values exist, what each of them means, and what follows from a set of
//! ratings. Nothing else in the program knows that severity runs from 1 to 10.
//!
//! *Invariant:* a profile is checked when it is made, so that every look-up costs the same few steps and cannot fail
//! later: a priority table gives every combination of ratings exactly one priority.

mod scale;
mod set;
mod table;

pub use scale::{Level, Scale, ScaleRole};
pub use set::{Evaluated, ProfileSet};
pub use table::{PriorityBlock, PriorityTable, RatingSpan, TableError};

use crate::base::Text;
use crate::model::rating::{Priority, Rating};

/// A method of failure analysis, each with its own scales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Process FMEA.
    ProcessFmea,
    /// Design FMEA.
    DesignFmea,
    /// Supplemental FMEA for monitoring and system response (FMEA-MSR).
    MonitoringSystemResponse,
}

/// How a set of ratings is evaluated.
#[derive(Debug, Clone, PartialEq)]
pub enum Evaluation {
    /// Action priority from a table (AIAG & VDA 2019).
    ActionPriority {
        /// The table.
        table: PriorityTable,
        /// The value of the third scale at which the severity of the effect *after* the system's response counts: 1 in
        /// FMEA-MSR, where monitoring then replaces the original effect.
        mitigated_severity_at: Option<Rating>,
    },
    /// Risk priority number and severity × occurrence (AIAG 4th edition).
    RiskPriorityNumber {
        /// The number from which a customer asks for action. The handbook advises against any fixed one.
        rpn_threshold: Option<i64>,
        /// The severity × occurrence from which a customer asks for action.
        severity_occurrence_threshold: Option<i64>,
        /// The profile whose priority table may be shown beside the numbers, marked as indicative.
        indicative_priority_from: Option<String>,
    },
}

/// A named way to rate: scales with criteria and an evaluation.
#[derive(Debug, Clone, PartialEq)]
pub struct RatingProfile {
    id: String,
    name: Text,
    edition: Text,
    source: Text,
    applies_to: Vec<Method>,
    scales: [Scale; 3],
    evaluation: Evaluation,
    unverified: Vec<Text>,
    output_note: Option<Text>,
}

/// What a profile is made of, before it is checked. The fields are those of [`RatingProfile`]'s accessors.
#[derive(Debug, Clone, PartialEq)]
pub struct ProfileParts {
    /// See [`RatingProfile::id`].
    pub id: String,
    /// See [`RatingProfile::name`].
    pub name: Text,
    /// See [`RatingProfile::edition`].
    pub edition: Text,
    /// See [`RatingProfile::source`].
    pub source: Text,
    /// See [`RatingProfile::applies_to`].
    pub applies_to: Vec<Method>,
    /// Severity; occurrence or frequency; detection or monitoring.
    pub scales: [Scale; 3],
    /// How ratings are evaluated.
    pub evaluation: EvaluationParts,
    /// See [`RatingProfile::unverified`].
    pub unverified: Vec<Text>,
    /// See [`RatingProfile::output_note`].
    pub output_note: Option<Text>,
}

/// [`Evaluation`] before its table is checked against the scales.
#[derive(Debug, Clone, PartialEq)]
pub enum EvaluationParts {
    /// See [`Evaluation::ActionPriority`].
    ActionPriority {
        /// The blocks of the table.
        blocks: Vec<PriorityBlock>,
        /// See [`Evaluation::ActionPriority`].
        mitigated_severity_at: Option<Rating>,
    },
    /// See [`Evaluation::RiskPriorityNumber`].
    RiskPriorityNumber {
        /// See [`Evaluation::RiskPriorityNumber`].
        rpn_threshold: Option<i64>,
        /// See [`Evaluation::RiskPriorityNumber`].
        severity_occurrence_threshold: Option<i64>,
        /// See [`Evaluation::RiskPriorityNumber`].
        indicative_priority_from: Option<String>,
    },
}

/// What is wrong with a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// The id is empty or holds something else than small letters, digits and hyphens.
    #[error("`{0}` is no profile id: use small letters, digits and hyphens")]
    BadId(String),
    /// Another profile has the same id.
    #[error("there are two rating profiles with the id `{0}`")]
    DuplicateId(String),
    /// The profile is for no method.
    #[error("`applies_to` names no method")]
    NoMethod,
    /// A scale stands in the place of another.
    #[error(
        "the scales are severity, then occurrence or frequency, then detection or monitoring; found {0} out of place"
    )]
    WrongRole(&'static str),
    /// A scale has no levels, or one of them twice.
    #[error("the {scale} scale {problem}")]
    BadScale {
        /// The scale.
        scale: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// The priority table does not give every combination exactly one priority.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A rating that the evaluation names is not on its scale.
    #[error("`{0}` is not on the third scale, but the severity after the system's response is said to count at it")]
    UnknownMitigation(Rating),
    /// Risk priority numbers need numbers.
    #[error("a risk priority number needs scales of positive numbers")]
    NotNumeric,
}

impl RatingProfile {
    /// Checks the parts and makes the profile.
    ///
    /// # Errors
    /// If the id is malformed, a scale is empty, has a level twice or lacks words, the scales are not in their order, the
    /// table leaves a combination out or gives it two priorities, or numbers are asked of a scale without numbers.
    pub fn new(parts: ProfileParts) -> Result<Self, ProfileError> {
        let ProfileParts { id, name, edition, source, applies_to, scales, evaluation, unverified, output_note } = parts;
        let id_is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(id_is_plain) {
            return Err(ProfileError::BadId(id));
        }
        if applies_to.is_empty() {
            return Err(ProfileError::NoMethod);
        }
        for (place, scale) in scales.iter().enumerate() {
            if scale.role().place() != place {
                return Err(ProfileError::WrongRole(scale.role().word()));
            }
        }
        let evaluation = match evaluation {
            EvaluationParts::ActionPriority { blocks, mitigated_severity_at } => {
                if let Some(rating) = mitigated_severity_at.as_ref().filter(|rating| !scales[2].fits(rating)) {
                    return Err(ProfileError::UnknownMitigation(rating.clone()));
                }
                let table = PriorityTable::new(blocks, &scales)?;
                Evaluation::ActionPriority { table, mitigated_severity_at }
            }
            EvaluationParts::RiskPriorityNumber {
                rpn_threshold,
                severity_occurrence_threshold,
                indicative_priority_from,
            } => {
                let values = scales.iter().flat_map(Scale::levels).map(|level| level.value.number());
                if values.into_iter().any(|value| value.is_none_or(|value| value <= 0)) {
                    return Err(ProfileError::NotNumeric);
                }
                Evaluation::RiskPriorityNumber {
                    rpn_threshold,
                    severity_occurrence_threshold,
                    indicative_priority_from,
                }
            }
        };
        Ok(Self { id, name, edition, source, applies_to, scales, evaluation, unverified, output_note })
    }

    /// Stable name, such as `aiag-vda-2019-pfmea`; files refer to it and people never see it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Name for people.
    pub fn name(&self) -> &Text {
        &self.name
    }

    /// The edition of the handbook, or the customer's document.
    pub fn edition(&self) -> &Text {
        &self.edition
    }

    /// Where the words and the tables come from.
    pub fn source(&self) -> &Text {
        &self.source
    }

    /// The methods that may use the profile.
    pub fn applies_to(&self) -> &[Method] {
        &self.applies_to
    }

    /// What nobody has compared with the licensed handbook yet, in sentences for people; empty if all is confirmed.
    /// Scales, levels and blocks of the table may carry a mark of their own, see [`RatingProfile::unverified_parts`].
    pub fn unverified(&self) -> &[Text] {
        &self.unverified
    }

    /// What every output that rests on the profile has to say, such as that its priorities are not verified yet.
    pub fn output_note(&self) -> Option<&Text> {
        self.output_note.as_ref()
    }

    /// Severity; occurrence or frequency; detection or monitoring.
    pub fn scales(&self) -> &[Scale; 3] {
        &self.scales
    }

    /// The scale with this role, if the profile has it.
    pub fn scale(&self, role: ScaleRole) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.role() == role)
    }

    /// How ratings are evaluated.
    pub fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }

    /// Whether the rating is a value of the scale with this role; false if the profile has no such scale.
    pub fn fits(&self, role: ScaleRole, rating: &Rating) -> bool {
        self.scale(role).is_some_and(|scale| scale.fits(rating))
    }

    /// The priority of the three ratings; `None` if the profile knows no priorities or a rating is not on its scale.
    ///
    /// For FMEA-MSR, where the severity to use depends on the monitoring rating, see
    /// [`RatingProfile::monitoring_priority`].
    pub fn action_priority(&self, severity: &Rating, second: &Rating, third: &Rating) -> Option<Priority> {
        let Evaluation::ActionPriority { table, .. } = &self.evaluation else { return None };
        table.get([
            self.scales[0].position(severity)?,
            self.scales[1].position(second)?,
            self.scales[2].position(third)?,
        ])
    }

    /// The severity that the priority of an FMEA-MSR row rests on: that of the original effect, or that of the effect
    /// after the system's response where monitoring is good enough to replace it (M = 1). `None` while that one is blank.
    pub fn effective_severity<'a>(
        &self,
        original: &'a Rating,
        mitigated: Option<&'a Rating>,
        monitoring: &Rating,
    ) -> Option<&'a Rating> {
        match &self.evaluation {
            Evaluation::ActionPriority { mitigated_severity_at: Some(at), .. } if at == monitoring => mitigated,
            _ => Some(original),
        }
    }

    /// The priority of an FMEA-MSR row, by the severity that counts there.
    pub fn monitoring_priority(
        &self,
        original: &Rating,
        mitigated: Option<&Rating>,
        frequency: &Rating,
        monitoring: &Rating,
    ) -> Option<Priority> {
        let severity = self.effective_severity(original, mitigated, monitoring)?;
        self.action_priority(severity, frequency, monitoring)
    }

    /// Severity × occurrence × detection; `None` for FMEA-MSR and for ratings that are no numbers of their scales. Where
    /// the profile evaluates by priority instead, the number is only indicative, see [`ProfileSet::rpn`].
    pub fn rpn(&self, severity: &Rating, occurrence: &Rating, detection: &Rating) -> Option<i64> {
        self.s_times_o(severity, occurrence)?.checked_mul(self.number_on(ScaleRole::Detection, detection)?)
    }

    /// Severity × occurrence; `None` for FMEA-MSR and for ratings that are no numbers of their scales.
    pub fn s_times_o(&self, severity: &Rating, occurrence: &Rating) -> Option<i64> {
        self.number_on(ScaleRole::Severity, severity)?.checked_mul(self.number_on(ScaleRole::Occurrence, occurrence)?)
    }

    /// Everything that carries a mark of doubt: where it stands, and what is doubtful.
    pub fn unverified_parts(&self) -> Vec<(String, Text)> {
        let mut parts: Vec<_> = self.unverified.iter().map(|note| (self.name.to_string(), note.clone())).collect();
        for scale in &self.scales {
            parts.extend(scale.unverified().map(|note| (scale.name().to_string(), note.clone())));
            for level in scale.levels() {
                let place = || format!("{} {}", scale.name(), level.value);
                parts.extend(level.unverified.iter().map(|note| (place(), note.clone())));
            }
        }
        if let Evaluation::ActionPriority { table, .. } = &self.evaluation {
            for block in table.blocks() {
                parts.extend(block.unverified.iter().map(|note| (block.place(&self.scales), note.clone())));
            }
        }
        parts
    }

    fn number_on(&self, role: ScaleRole, rating: &Rating) -> Option<i64> {
        rating.number().filter(|_| self.fits(role, rating))
    }
}
