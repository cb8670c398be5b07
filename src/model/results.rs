//! What an FMEA comes to (AIAG & VDA 2019, step 7): the high risks, what was done and is still to be done about them, and
//! what people stand for. All of it follows from the analysis; nothing is written for the report alone.

use std::collections::HashSet;

use crate::base::Id;
use crate::model::characteristic::Characteristic;
use crate::model::document::Document;
use crate::model::fmea::{Anchor, Failure, Function};
use crate::model::form::risks_in_order;
use crate::model::overview::{FmeaOverview, focus_of, is_by_number, is_rated};
use crate::model::profile::{Evaluation, RatingProfile, ScaleRole};
use crate::model::project::Project;
use crate::model::rating::{Priority, Rating};
use crate::model::relation::Relation;
use crate::model::risk::{Action, ActionStatus, Assessment, AssessmentState, Risk, Statement};
use crate::model::severity::Evaluated;

/// How many of the highest severities call for attention whatever the risk priority number is (AIAG 4th edition: 9 and 10).
const GRAVEST: usize = 2;

/// The results of an FMEA.
#[derive(Debug, Clone)]
pub struct Results<'p> {
    /// How many lines have which priority, at first, now and after actions.
    pub overview: FmeaOverview,
    /// How many failure modes have lines.
    pub modes: usize,
    /// How many steps or focus elements they belong to.
    pub steps: usize,
    /// The high risks and those that are not resolved, the gravest first.
    pub risks: Vec<RiskResult<'p>>,
    /// Lines whose priority is left open with a reason.
    pub justified: Vec<(RiskResult<'p>, &'p Statement)>,
    /// Lines that the management reviewed, or has to: severity 9–10 with a high or medium priority.
    pub reviews: Vec<(RiskResult<'p>, Option<&'p Statement>)>,
    /// Actions that are completed.
    pub taken: Vec<ActionResult<'p>>,
    /// Actions that are not, the most urgent first.
    pub open: Vec<ActionResult<'p>>,
    /// Actions that were discarded.
    pub discarded: Vec<ActionResult<'p>>,
    /// The special characteristics that the analysis speaks of.
    pub characteristics: Vec<SpecialResult<'p>>,
}

/// A line of the FMEA with its ratings before and after.
#[derive(Debug, Clone)]
pub struct RiskResult<'p> {
    /// The line.
    pub risk: &'p Risk,
    /// The step or focus element.
    pub step: String,
    /// The failure mode.
    pub mode: String,
    /// The failure cause.
    pub cause: String,
    /// The ratings in force.
    pub before: Ratings,
    /// Those that actions are meant to reach or have reached, if any are rated.
    pub after: Option<Ratings>,
    /// Whether the ratings after actions are reached and confirmed.
    pub reached: bool,
    /// What is done about it.
    pub actions: Vec<&'p Action>,
}

/// Severity, occurrence or frequency, detection or monitoring, and what they give.
#[derive(Debug, Clone, Default)]
pub struct Ratings {
    /// The three values as they are printed; blank where nobody rated.
    pub values: [String; 3],
    /// What they give.
    pub evaluated: Evaluated,
}

/// An action with the lines that rest on it.
#[derive(Debug, Clone)]
pub struct ActionResult<'p> {
    /// The action.
    pub action: &'p Action,
    /// Who is responsible.
    pub owner: String,
    /// Step and failure cause of each line.
    pub about: Vec<String>,
}

/// A special characteristic with where the analysis speaks of it.
#[derive(Debug, Clone)]
pub struct SpecialResult<'p> {
    /// Code of the class.
    pub class: String,
    /// The characteristic; none where a line of the FMEA has the class itself.
    pub characteristic: Option<&'p Characteristic>,
    /// The failure modes, or the functions that speak of it.
    pub about: Vec<String>,
}

impl<'p> Results<'p> {
    /// What an FMEA comes to. Whoever waits may end it by `is_current`; then there is no result.
    pub fn of(project: &'p Project, document: &Document, is_current: &dyn Fn() -> bool) -> Option<Self> {
        let overview = FmeaOverview::of(project, document, is_current)?;
        let profile = project.profile(document.id);
        let by_number = is_by_number(profile);
        let lines: Vec<RiskResult<'p>> =
            risks_in_order(project, document.id).into_iter().map(|risk| RiskResult::of(project, risk)).collect();
        let modes: HashSet<Id<Failure>> = lines.iter().map(|line| line.risk.mode).collect();
        let steps: HashSet<_> =
            lines.iter().filter_map(|line| focus_of(project, line.risk)).map(|element| element.id).collect();
        let mut risks: Vec<RiskResult<'p>> =
            lines.iter().filter(|line| line.is_reported(profile, by_number)).cloned().collect();
        risks.sort_by_key(|line| std::cmp::Reverse(line.urgency(by_number)));
        let justified = lines.iter().filter_map(|line| Some((line.clone(), line.risk.justification.as_ref()?)));
        let reviews = lines
            .iter()
            .filter(|line| line.risk.management_review.is_some() || line.wants_review(profile, by_number))
            .map(|line| (line.clone(), line.risk.management_review.as_ref()));
        let [taken, open, discarded] = actions(project, document.id);
        Some(Self {
            overview,
            modes: modes.len(),
            steps: steps.len(),
            risks,
            justified: justified.collect(),
            reviews: reviews.collect(),
            taken,
            open,
            discarded,
            characteristics: special(project, document.id, &lines),
        })
    }
}

impl<'p> RiskResult<'p> {
    fn of(project: &'p Project, risk: &'p Risk) -> Self {
        let text = |failure: Id<Failure>| project.get(failure).map(|known| known.text.to_string()).unwrap_or_default();
        let before = risk.current().map(|now| Ratings::of(project, risk, now)).unwrap_or_default();
        let after = risk.later().map(|(_, later)| later).filter(|later| is_rated(later)).last();
        let mut actions: Vec<&Action> = Vec::new();
        for action in risk.assessments.iter().flat_map(|assessment| &assessment.actions) {
            let known = action.present().and_then(|id| project.get(id));
            actions.extend(known.filter(|action| actions.iter().all(|other| other.id != action.id)));
        }
        Self {
            risk,
            step: focus_of(project, risk).map(|focus| project.element_label(focus)).unwrap_or_default(),
            mode: text(risk.mode),
            cause: text(risk.cause),
            before,
            reached: after.is_some_and(|after| after.state == AssessmentState::Reached),
            after: after.map(|after| Ratings::of(project, risk, after)),
            actions,
        }
    }

    /// The ratings that hold on the day of the report: those after actions once they are reached.
    fn in_force(&self) -> &Ratings {
        self.after.as_ref().filter(|_| self.reached).unwrap_or(&self.before)
    }

    /// Whether step 7 speaks of it: its priority is or was high, or it is medium and nobody said why it may stay. Where the
    /// risk priority number counts: the gravest severities, what is above a threshold of the customer, and what has actions.
    fn is_reported(&self, profile: Option<&RatingProfile>, by_number: bool) -> bool {
        if by_number {
            return is_grave(profile, &self.before) || is_above(profile, &self.before) || !self.actions.is_empty();
        }
        let now = self.in_force().evaluated.priority;
        self.before.evaluated.priority == Some(Priority::High)
            || now == Some(Priority::High)
            || (now == Some(Priority::Medium) && self.risk.justification.is_none())
    }

    /// Severity 9–10 with a priority that is high or medium (AIAG & VDA 2019, step 5: at a minimum, the management reviews).
    fn wants_review(&self, profile: Option<&RatingProfile>, by_number: bool) -> bool {
        let priority = self.before.evaluated.priority;
        !by_number && priority.is_some_and(|priority| priority != Priority::Low) && is_grave(profile, &self.before)
    }

    fn urgency(&self, by_number: bool) -> (i64, Option<Priority>, Option<i64>) {
        let severity = self.before.evaluated.severity.as_ref().and_then(Rating::number);
        let number = if by_number { self.before.evaluated.rpn.unwrap_or_default() } else { 0 };
        (number, self.before.evaluated.priority.filter(|_| !by_number), severity)
    }
}

impl Ratings {
    fn of(project: &Project, risk: &Risk, assessment: &Assessment) -> Self {
        let evaluated = project.evaluate(risk, assessment);
        let (second, third) = match &assessment.monitoring {
            Some(msr) => (msr.frequency.as_ref(), msr.monitoring.as_ref()),
            None => (assessment.occurrence.as_ref(), assessment.detection.as_ref()),
        };
        let values = [evaluated.severity.as_ref(), second, third];
        let values = values.map(|rating| rating.map(ToString::to_string).unwrap_or_default());
        Self { values, evaluated }
    }
}

/// Whether the severity is one of the gravest of its scale.
fn is_grave(profile: Option<&RatingProfile>, ratings: &Ratings) -> bool {
    let scale = profile.and_then(|profile| profile.scale(ScaleRole::Severity));
    let place = scale
        .zip(ratings.evaluated.severity.as_ref())
        .and_then(|(scale, severity)| scale.position(severity).map(|place| place + GRAVEST >= scale.levels().len()));
    place.unwrap_or(false)
}

/// Whether a number is at or above a threshold that a customer asks for.
fn is_above(profile: Option<&RatingProfile>, ratings: &Ratings) -> bool {
    let Some(Evaluation::RiskPriorityNumber { rpn_threshold, severity_occurrence_threshold, .. }) =
        profile.map(RatingProfile::evaluation)
    else {
        return false;
    };
    let [severity, occurrence, _] = ratings.values.each_ref().map(|value| value.parse::<i64>().ok());
    let product = severity.zip(occurrence).map(|(severity, occurrence)| severity * occurrence);
    let reaches =
        |value: Option<i64>, threshold: Option<i64>| value.zip(threshold).is_some_and(|(is, from)| is >= from);
    reaches(ratings.evaluated.rpn, *rpn_threshold) || reaches(product, *severity_occurrence_threshold)
}

/// The actions of an FMEA: taken, open and discarded.
fn actions(project: &Project, document: Id<Document>) -> [Vec<ActionResult<'_>>; 3] {
    let mut sorted: [Vec<ActionResult<'_>>; 3] = Default::default();
    for action in project.children::<Action>(document, Relation::ActionInFmea) {
        let about = project.children::<Risk>(action.id, Relation::RiskAction).map(|risk| {
            let step = focus_of(project, risk).map(|focus| project.element_label(focus)).unwrap_or_default();
            let cause = project.get(risk.cause).map(|cause| cause.text.to_string()).unwrap_or_default();
            [step, cause].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ")
        });
        // One cause of two modes has two lines, but is one thing to know.
        let mut known = HashSet::new();
        let about = about.filter(|about| known.insert(about.clone())).collect();
        let owner = action.owner.as_ref().map(|owner| project.target_text(owner)).unwrap_or_default();
        let place = match action.status {
            ActionStatus::Completed => 0,
            ActionStatus::NotImplemented => 2,
            _ => 1,
        };
        sorted[place].push(ActionResult { action, owner, about });
    }
    let when = |found: &ActionResult<'_>| {
        let action = found.action;
        let day = if action.status.is_open() { action.target_date } else { action.completion_date };
        (day.is_none(), day, action.id)
    };
    for actions in &mut sorted {
        actions.sort_by_key(when);
    }
    sorted
}

/// The special characteristics that modes, causes and functions of an FMEA speak of, then the lines that have a class
/// themselves.
fn special<'p>(project: &'p Project, document: Id<Document>, lines: &[RiskResult<'p>]) -> Vec<SpecialResult<'p>> {
    let mut found: Vec<SpecialResult<'p>> = Vec::new();
    let mut add = |characteristic: &'p Characteristic, about: &str| {
        if characteristic.class.is_blank() {
            return;
        }
        let same = |known: &&mut SpecialResult<'p>| known.characteristic.is_some_and(|own| own.id == characteristic.id);
        match found.iter_mut().find(same) {
            Some(known) if known.about.iter().any(|known| known == about) => {}
            Some(known) => known.about.push(about.to_owned()),
            None => found.push(SpecialResult {
                class: characteristic.class.to_string(),
                characteristic: Some(characteristic),
                about: vec![about.to_owned()],
            }),
        }
    };
    let present = |link: &crate::model::reference::Link<Characteristic>| project.get(link.to.present()?);
    for line in lines {
        let failures = [line.risk.mode, line.risk.cause].map(|failure| project.get(failure));
        for failure in failures.into_iter().flatten() {
            failure.characteristic.iter().filter_map(present).for_each(|known| add(known, &failure.text));
            if let Anchor::Function(function) = failure.anchor
                && let Some(function) = project.get::<Function>(function)
            {
                function.characteristics.iter().filter_map(present).for_each(|known| add(known, &failure.text));
            }
        }
    }
    let own = lines.iter().filter(|line| line.risk.fmea == document && !line.risk.class.is_blank());
    found.extend(own.map(|line| SpecialResult {
        class: line.risk.class.to_string(),
        characteristic: None,
        about: vec![[line.mode.as_str(), line.cause.as_str()].join(": ")],
    }));
    found
}
