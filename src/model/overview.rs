//! How a project stands: what the FMEAs rate, where the risk lies, which actions are late.

use crate::base::Id;
use crate::base::clock::Date;
use crate::model::document::Document;
use crate::model::fmea::{Element, ElementKind};
use crate::model::profile::{Evaluation, RatingProfile};
use crate::model::project::Project;
use crate::model::rating::{Priority, Rating};
use crate::model::relation::Relation;
use crate::model::risk::{Action, ActionStatus, Assessment, AssessmentState, Risk};

/// How many steps and late actions are listed.
const MOST: usize = 12;

/// How the project stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overview {
    /// Each FMEA, in the order of the documents.
    pub fmeas: Vec<FmeaOverview>,
    /// How many actions have each status.
    pub statuses: Vec<(ActionStatus, usize)>,
    /// Open actions past their target date, the latest first; as many as are listed.
    pub overdue: Vec<LateAction>,
    /// How many open actions are past their target date.
    pub overdue_count: usize,
}

/// An open action past its target date.
#[derive(Debug, Clone, PartialEq)]
pub struct LateAction {
    /// The action.
    pub action: Id<Action>,
    /// In words.
    pub text: String,
    /// Who is responsible.
    pub owner: String,
    /// When it should have been completed.
    pub due: Date,
}

/// How many lines have each action priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Priorities {
    /// High.
    pub high: usize,
    /// Medium.
    pub medium: usize,
    /// Low.
    pub low: usize,
    /// Not fully rated yet.
    pub unrated: usize,
}

impl Priorities {
    fn add(&mut self, priority: Option<Priority>) {
        match priority {
            Some(Priority::High) => self.high += 1,
            Some(Priority::Medium) => self.medium += 1,
            Some(Priority::Low) => self.low += 1,
            None => self.unrated += 1,
        }
    }

    /// How many lines have this one.
    pub fn of(&self, priority: Option<Priority>) -> usize {
        match priority {
            Some(Priority::High) => self.high,
            Some(Priority::Medium) => self.medium,
            Some(Priority::Low) => self.low,
            None => self.unrated,
        }
    }
}

/// The severity × occurrence of the lines in force.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HeatMap {
    /// The word for the second rating: occurrence, or frequency in an FMEA-MSR.
    pub second: &'static str,
    /// The values of severity from the worst to the best.
    pub severities: Vec<String>,
    /// The values of the second rating from the best to the worst.
    pub seconds: Vec<String>,
    /// Number of lines and the highest action priority among them, by severity and second rating.
    pub cells: Vec<Vec<(usize, Option<Priority>)>>,
    /// Lines that lack one of the ratings, or have one off the scale.
    pub outside: usize,
}

/// The lines of a process step or focus element.
#[derive(Debug, Clone, PartialEq)]
pub struct StepRisk {
    /// The element.
    pub element: Id<Element>,
    /// What it is called.
    pub label: String,
    /// Its lines by the priority in force.
    pub priorities: Priorities,
    /// The sum of its risk priority numbers.
    pub rpn: i64,
}

/// How one FMEA stands.
#[derive(Debug, Clone, PartialEq)]
pub struct FmeaOverview {
    /// The document.
    pub document: Id<Document>,
    /// What it is called.
    pub title: String,
    /// It is evaluated by the risk priority number instead of the action priority.
    pub by_number: bool,
    /// How many lines it has.
    pub lines: usize,
    /// Priorities by the first rating, by the one in force, and with what actions planned or reached.
    pub moments: [(&'static str, Priorities, i64); 3],
    /// Severity × occurrence in force.
    pub heat: HeatMap,
    /// The steps with the most urgent lines first; as many as are listed.
    pub steps: Vec<StepRisk>,
    /// How many steps are not listed.
    pub more_steps: usize,
}

impl Overview {
    /// How a project stands on a day. Whoever waits may end it by `is_current`; then there is no result.
    pub fn of(project: &Project, today: Date, is_current: &dyn Fn() -> bool) -> Option<Self> {
        let mut overview = Self::default();
        for document in project.documents().into_iter().filter(|document| document.kind.is_fmea()) {
            overview.fmeas.push(fmea(project, document, is_current)?);
        }
        actions(project, today, &mut overview);
        Some(overview)
    }
}

impl FmeaOverview {
    /// How one FMEA stands. Whoever waits may end it by `is_current`; then there is no result.
    pub fn of(project: &Project, document: &Document, is_current: &dyn Fn() -> bool) -> Option<Self> {
        fmea(project, document, is_current)
    }
}

impl Priorities {
    /// How many lines of an FMEA have each priority now; none inside for an FMEA that is evaluated by the risk priority
    /// number. Whoever waits may end it by `is_current`; then there is no result.
    pub fn count(project: &Project, document: Id<Document>, is_current: &dyn Fn() -> bool) -> Option<Option<Self>> {
        if is_by_number(project.profile(document)) {
            return Some(None);
        }
        let mut counts = Self::default();
        for (count, risk) in project.children::<Risk>(document, Relation::RiskInFmea).enumerate() {
            if count % 256 == 0 && !is_current() {
                return None;
            }
            counts.add(risk.current().and_then(|now| project.evaluate(risk, now).priority));
        }
        Some(Some(counts))
    }
}

/// Whether a profile evaluates by the risk priority number instead of the action priority.
pub(in crate::model) fn is_by_number(profile: Option<&RatingProfile>) -> bool {
    matches!(profile.map(RatingProfile::evaluation), Some(Evaluation::RiskPriorityNumber { .. }))
}

fn actions(project: &Project, today: Date, overview: &mut Overview) {
    let mut late: Vec<(Date, &Action)> = Vec::new();
    overview.statuses = ActionStatus::ALL.map(|status| (status, 0)).to_vec();
    for action in project.all::<Action>() {
        for (status, count) in &mut overview.statuses {
            *count += usize::from(*status == action.status);
        }
        late.extend(action.target_date.filter(|due| action.status.is_open() && *due < today).map(|due| (due, action)));
    }
    late.sort_by(|left, right| left.0.cmp(&right.0).then_with(|| left.1.text.cmp(&right.1.text)));
    overview.overdue_count = late.len();
    overview.overdue = late
        .into_iter()
        .take(MOST)
        .map(|(due, action)| LateAction {
            action: action.id,
            text: action.text.to_string(),
            owner: action.owner.as_ref().map(|owner| project.target_text(owner)).unwrap_or_default(),
            due,
        })
        .collect();
}

fn fmea(project: &Project, document: &Document, is_current: &dyn Fn() -> bool) -> Option<FmeaOverview> {
    let profile = project.profile(document.id);
    let by_number = is_by_number(profile);
    let mut heat = HeatMap::of(profile);
    let mut moments = [
        ("First rating", Priorities::default(), 0),
        ("Now", Priorities::default(), 0),
        ("After actions", Priorities::default(), 0),
    ];
    let mut steps: Vec<StepRisk> = Vec::new();
    let mut places = std::collections::HashMap::new();
    let mut lines = 0;
    for (count, risk) in project.children::<Risk>(document.id, Relation::RiskInFmea).enumerate() {
        if count % 256 == 0 && !is_current() {
            return None;
        }
        lines += 1;
        let blank = Assessment::blank(AssessmentState::Current);
        let now = risk.current().unwrap_or(&blank);
        let first = risk.assessments.iter().find(|assessment| assessment.state == AssessmentState::Former);
        let after = risk.later().map(|(_, assessment)| assessment).filter(|later| is_rated(later)).last();
        for (moment, assessment) in moments.iter_mut().zip([first.unwrap_or(now), now, after.unwrap_or(now)]) {
            let evaluated = project.evaluate(risk, assessment);
            moment.1.add(evaluated.priority);
            moment.2 += evaluated.rpn.unwrap_or_default();
        }
        let evaluated = project.evaluate(risk, now);
        let second = now.monitoring.as_ref().map_or(now.occurrence.as_ref(), |msr| msr.frequency.as_ref());
        heat.add(evaluated.severity.as_ref(), second, evaluated.priority);
        let Some(focus) = focus_of(project, risk) else { continue };
        let place = *places.entry(focus.id).or_insert_with(|| {
            steps.push(StepRisk {
                element: focus.id,
                label: project.element_label(focus),
                priorities: Priorities::default(),
                rpn: 0,
            });
            steps.len() - 1
        });
        steps[place].priorities.add(evaluated.priority);
        steps[place].rpn += evaluated.rpn.unwrap_or_default();
    }
    steps.sort_by_key(|step| {
        let Priorities { high, medium, low, .. } = step.priorities;
        let urgency = if by_number { (step.rpn, 0, 0) } else { (high as i64, medium as i64, low as i64) };
        std::cmp::Reverse(urgency)
    });
    let more_steps = steps.len().saturating_sub(MOST);
    steps.truncate(MOST);
    Some(FmeaOverview {
        document: document.id,
        title: project.document_label(document),
        by_number,
        lines,
        moments,
        heat,
        steps,
        more_steps,
    })
}

/// Whether somebody rated anything in it.
pub(in crate::model) fn is_rated(assessment: &Assessment) -> bool {
    assessment.occurrence.is_some()
        || assessment.detection.is_some()
        || assessment.severity_override.is_some()
        || assessment.monitoring.is_some()
}

/// The step or focus element of a line: the element of its mode, or the one above a work element.
pub(in crate::model) fn focus_of<'a>(project: &'a Project, risk: &Risk) -> Option<&'a Element> {
    let mut element = project.element_of(project.get(risk.mode)?)?;
    while matches!(element.kind, ElementKind::Work(_) | ElementKind::Lower) {
        element = project.get(element.parent?)?;
    }
    Some(element)
}

impl HeatMap {
    fn of(profile: Option<&RatingProfile>) -> Self {
        let Some([severity, second, _]) = profile.map(RatingProfile::scales) else { return Self::default() };
        let values = |scale: &crate::model::profile::Scale| -> Vec<String> {
            scale.levels().iter().map(|level| level.value.to_string()).collect()
        };
        let seconds = values(second);
        let severities: Vec<String> = values(severity).into_iter().rev().collect();
        let cells = vec![vec![(0, None); seconds.len()]; severities.len()];
        Self { second: second.role().word(), severities, seconds, cells, outside: 0 }
    }

    fn add(&mut self, severity: Option<&Rating>, second: Option<&Rating>, priority: Option<Priority>) {
        let place = |values: &[String], rating: Option<&Rating>| {
            let rating = rating?.to_string();
            values.iter().position(|value| *value == rating)
        };
        match place(&self.severities, severity).zip(place(&self.seconds, second)) {
            Some((row, column)) => {
                let (count, highest) = &mut self.cells[row][column];
                *count += 1;
                *highest = (*highest).max(priority);
            }
            None => self.outside += 1,
        }
    }
}
