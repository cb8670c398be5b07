//! Ratings that follow from others: severity of a mode from its effects, action priority and RPN of a risk.

use std::collections::HashSet;

use crate::base::Id;
use crate::model::fmea::{EffectLevel, Failure};
use crate::model::profile::{Evaluation, RatingProfile, Scale, ScaleRole};
use crate::model::project::Project;
use crate::model::rating::{Priority, Rating};
use crate::model::risk::{Assessment, Risk};

/// The severity of a mode and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct ModeSeverity {
    /// The highest rating reached.
    pub rating: Rating,
    /// The level of the first effect on the path.
    pub level: EffectLevel,
    /// The failures from the first effect to the rated one.
    pub path: Vec<Id<Failure>>,
}

/// The result of rating a risk.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evaluated {
    /// Severity in force for this assessment.
    pub severity: Option<Rating>,
    /// Action priority, if the profile has a table and all ratings fit.
    pub priority: Option<Priority>,
    /// Severity × occurrence × detection, if all three are numbers of the scales.
    pub rpn: Option<i64>,
    /// The profile evaluates by another method than the priority: the priority is indicative.
    pub priority_is_indicative: bool,
    /// The profile evaluates by another method than the RPN: the RPN is indicative.
    pub rpn_is_indicative: bool,
}

impl Project {
    /// The severity of a mode: the highest over the rated effects reachable upwards, each path ending at its first rated
    /// failure (AIAG-VDA 2019, step 5; the highest effect counts).
    pub fn mode_severity(&self, mode: &Failure, scale: Option<&Scale>) -> Option<ModeSeverity> {
        let mut best: Option<ModeSeverity> = None;
        for (level, link) in mode.effects.links() {
            let Some(effect) = link.to.present() else { continue };
            let mut seen = HashSet::from([mode.id]);
            self.climb(effect, level, &mut Vec::new(), &mut seen, &mut best, scale);
        }
        best
    }

    fn climb(
        &self,
        at: Id<Failure>,
        level: EffectLevel,
        path: &mut Vec<Id<Failure>>,
        seen: &mut HashSet<Id<Failure>>,
        best: &mut Option<ModeSeverity>,
        scale: Option<&Scale>,
    ) {
        let Some(failure) = self.get(at).filter(|_| seen.insert(at)) else { return };
        path.push(at);
        if let Some(rating) = &failure.severity {
            if best.as_ref().is_none_or(|best| is_worse(rating, &best.rating, scale)) {
                *best = Some(ModeSeverity { rating: rating.clone(), level, path: path.clone() });
            }
        } else {
            for (_, link) in failure.effects.links() {
                if let Some(above) = link.to.present() {
                    self.climb(above, level, path, seen, best, scale);
                }
            }
        }
        path.pop();
    }

    /// The profile an assessment was rated with: its own, or that of the document.
    pub fn assessment_profile(&self, risk: &Risk, assessment: &Assessment) -> Option<&RatingProfile> {
        if assessment.profile.is_empty() { self.profile(risk.fmea) } else { self.profile_named(&assessment.profile) }
    }

    /// Severity, action priority and RPN of an assessment of a risk.
    pub fn evaluate(&self, risk: &Risk, assessment: &Assessment) -> Evaluated {
        let Some(profile) = self.assessment_profile(risk, assessment) else { return Evaluated::default() };
        let severity = assessment.severity_override.clone().or_else(|| {
            let mode = self.get(risk.mode)?;
            self.mode_severity(mode, profile.scale(ScaleRole::Severity)).map(|found| found.rating)
        });
        let by_priority = matches!(profile.evaluation(), Evaluation::ActionPriority { .. });
        let mut result = Evaluated {
            severity,
            priority_is_indicative: !by_priority,
            rpn_is_indicative: by_priority,
            ..Evaluated::default()
        };
        let Some(severity) = &result.severity else { return result };
        if let Some(msr) = &assessment.monitoring {
            if let (Some(frequency), Some(monitoring)) = (&msr.frequency, &msr.monitoring) {
                result.priority =
                    profile.monitoring_priority(severity, msr.mitigated_severity.as_ref(), frequency, monitoring);
            }
        } else if let (Some(occurrence), Some(detection)) = (&assessment.occurrence, &assessment.detection) {
            result.rpn = profile.rpn(severity, occurrence, detection);
            result.priority = self
                .library()
                .profiles
                .action_priority(profile, severity, occurrence, detection)
                .map(|found| found.value);
        }
        result
    }

    /// The ratings in force of a risk.
    pub fn evaluate_current(&self, risk: &Risk) -> Evaluated {
        match risk.current() {
            Some(assessment) => self.evaluate(risk, assessment),
            None => self.evaluate(risk, &Assessment::blank(crate::model::risk::AssessmentState::Current)),
        }
    }
}

/// Whether one severity is worse than another: by the scale, else by number. A value off the scale is worse than none.
fn is_worse(rating: &Rating, other: &Rating, scale: Option<&Scale>) -> bool {
    // Positions run from best to worst.
    let place = |rating: &Rating| scale.and_then(|scale| scale.position(rating));
    match (place(rating), place(other)) {
        (Some(place), Some(best)) => place > best,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => rating.number() > other.number(),
    }
}
