//! A risk with what its rules look at, looked up once for all of them.

use crate::base::text::quoted;
use crate::model::Project;
use crate::model::characteristic::Characteristic;
use crate::model::fmea::{Control, ControlKind, Failure};
use crate::model::message::{Argument, Message, says};
use crate::model::need::Need;
use crate::model::profile::{Evaluation, RatingProfile, ScaleRole};
use crate::model::rating::Rating;
use crate::model::risk::{Action, ActionKind, ActionStatus, Assessment, Risk};
use crate::model::severity::Evaluated;

/// A risk and its surroundings.
pub struct RiskCase<'p> {
    pub(super) risk: &'p Risk,
    /// The ratings in force.
    pub(super) current: Option<&'p Assessment>,
    /// What follows from them.
    pub(super) evaluated: Evaluated,
    /// The profile they were made with.
    pub(super) profile: Option<&'p RatingProfile>,
    pub(super) mode: Option<&'p Failure>,
    pub(super) cause: Option<&'p Failure>,
    /// The controls in place.
    pub(super) controls: Vec<&'p Control>,
}

impl<'p> RiskCase<'p> {
    pub(super) fn new(project: &'p Project, risk: &'p Risk) -> Self {
        let current = risk.current();
        let profile = match current {
            Some(assessment) => project.assessment_profile(risk, assessment),
            None => project.profile(risk.fmea),
        };
        let controls = risk.controls.iter().filter_map(|control| project.get(control.present()?));
        Self {
            risk,
            current,
            evaluated: project.evaluate_current(risk),
            profile,
            mode: project.get(risk.mode),
            cause: project.get(risk.cause),
            controls: controls.collect(),
        }
    }

    /// The line by its cause and mode, as the start of a sentence.
    pub(super) fn name(&self) -> Message {
        let (cause, mode) = self.named();
        says!("The cause {cause} of {mode}", cause, mode)
    }

    /// The line in the middle of a sentence.
    pub(super) fn subject(&self) -> Message {
        let (cause, mode) = self.named();
        says!("the cause {cause} of {mode}", cause, mode)
    }

    fn named(&self) -> (Argument, Argument) {
        let words = |failure: Option<&Failure>, unnamed: &'static str| match failure {
            Some(failure) if !failure.text.is_blank() => Argument::from(quoted(&failure.text)),
            _ => Argument::from(Message::from(unnamed)),
        };
        (words(self.cause, "without words"), words(self.mode, "a mode without words"))
    }

    /// Whether the profile evaluates by action priority (AIAG-VDA 2019).
    pub(super) fn rates_by_priority(&self) -> bool {
        self.profile.is_some_and(|profile| matches!(profile.evaluation(), Evaluation::ActionPriority { .. }))
    }

    /// The need for action by the profile's own evaluation. Where that is the RPN, there is a need from the threshold of the
    /// profile, if it has one; the handbook has none.
    pub(super) fn need(&self) -> Option<Need> {
        Need::of(self.profile?, self.current, &self.evaluated)
    }

    /// The rank of a rating from 1, the best, on a scale of ten; `None` on other scales and for values off the scale.
    pub(super) fn rank_of_ten(&self, role: ScaleRole, rating: &Rating) -> Option<usize> {
        let scale = self.profile?.scale(role).filter(|scale| scale.levels().len() == 10)?;
        scale.position(rating).map(|place| place + 1)
    }

    /// The severity in force, if it is one of the two highest of a scale of ten: safety or law.
    pub(super) fn grave_severity(&self) -> Option<&Rating> {
        self.evaluated
            .severity
            .as_ref()
            .filter(|severity| self.rank_of_ten(ScaleRole::Severity, severity).is_some_and(|rank| rank >= 9))
    }

    /// The controls in place of one kind.
    pub(super) fn controls_of(&self, kind: ControlKind) -> impl Iterator<Item = &'p Control> {
        self.controls.iter().copied().filter(move |control| control.kind == kind)
    }

    /// Whether an action was planned or taken for this line, or its absence was justified.
    pub(super) fn is_answered(&self, project: &Project) -> bool {
        let justified = self.risk.justification.as_ref().is_some_and(|words| !words.text.is_blank());
        justified
            || self
                .risk
                .assessments
                .iter()
                .flat_map(|assessment| actions(project, assessment))
                .any(|action| action.status != ActionStatus::NotImplemented)
    }

    /// The characteristics that mode and cause name.
    pub(super) fn characteristics(&self, project: &'p Project) -> impl Iterator<Item = &'p Characteristic> {
        [self.mode, self.cause].into_iter().flatten().filter_map(|failure| {
            let link = failure.characteristic.as_ref()?;
            project.get(link.to.present()?)
        })
    }
}

/// The actions an assessment rests on.
pub(super) fn actions<'p>(project: &'p Project, assessment: &'p Assessment) -> impl Iterator<Item = &'p Action> {
    assessment.actions.iter().filter_map(|action| project.get(action.present()?))
}

/// Whether an assessment rests on an action of a kind that was or will be done: `done` asks for completed ones.
pub(super) fn rests_on(project: &Project, assessment: &Assessment, kind: ActionKind, done: Done) -> bool {
    actions(project, assessment).any(|action| {
        action.kind == kind
            && match done {
                Done::Completed => action.status == ActionStatus::Completed,
                Done::Intended => action.status != ActionStatus::NotImplemented,
            }
    })
}

/// How far actions have to be to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    /// Completed.
    Completed,
    /// Anything but discarded.
    Intended,
}
