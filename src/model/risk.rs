//! Risks: what a cause of a mode is rated, which controls it relies on, what is done about it.

use crate::base::clock::Date;
use crate::base::{Id, OrderKey, Text};
use crate::model::applicability::Applicability;
use crate::model::document::Document;
use crate::model::fmea::{Control, Failure};
use crate::model::item::{AnyId, entity};
use crate::model::meta::Meta;
use crate::model::project_data::{Attachment, Person};
use crate::model::rating::Rating;
use crate::model::reference::{Ref, Reference};
use crate::model::relation::Relation;

/// The line of an FMEA: one failure cause of one failure mode. It is the link of the failure net between the two.
#[derive(Debug, Clone, PartialEq)]
pub struct Risk {
    /// Identity.
    pub id: Id<Self>,
    /// The FMEA it belongs to.
    pub fmea: Id<Document>,
    /// The failure mode.
    pub mode: Id<Failure>,
    /// The failure cause.
    pub cause: Id<Failure>,
    /// Place among the causes of the mode.
    pub order: OrderKey,
    /// Controls in place, prevention and detection, in the order of the form.
    pub controls: Vec<Ref<Control>>,
    /// Remarks.
    pub remarks: Text,
    /// Issue number (step 0 of the form).
    pub issue_number: Text,
    /// History or change authorisation (step 0 of the form).
    pub history: Text,
    /// Filter code.
    pub filter_code: Text,
    /// Code of the special-characteristic class on this line, if no characteristic carries one.
    pub class: Text,
    /// Why an action priority is left open.
    pub justification: Option<Statement>,
    /// Review by the management (recommended for severity 9–10 with AP high or medium).
    pub management_review: Option<Statement>,
    /// Ratings: the first, the current and those after actions, in order of time.
    pub assessments: Vec<Assessment>,
    /// Which parts the line applies to.
    pub applicability: Applicability,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Risk, risks, order: order;
    fmea => RiskInFmea, mode => RiskOfMode, cause => RiskOfCause, controls => RiskControl,
    assessments => RiskAction, applicability => AppliesToPart);

impl Risk {
    /// A line that nobody has rated yet.
    pub fn unrated(id: Id<Self>, fmea: Id<Document>, mode: Id<Failure>, cause: Id<Failure>, order: OrderKey) -> Self {
        Self {
            id,
            fmea,
            mode,
            cause,
            order,
            controls: Vec::new(),
            remarks: Text::default(),
            issue_number: Text::default(),
            history: Text::default(),
            filter_code: Text::default(),
            class: Text::default(),
            justification: None,
            management_review: None,
            assessments: Vec::new(),
            applicability: Applicability::AllParts,
            meta: None,
        }
    }

    /// The ratings in force.
    pub fn current(&self) -> Option<&Assessment> {
        self.assessments.iter().find(|assessment| assessment.state == AssessmentState::Current)
    }

    /// The ratings planned or reached by actions, in order of time.
    pub fn later(&self) -> impl Iterator<Item = (usize, &Assessment)> {
        self.assessments.iter().enumerate().filter(|(_, assessment)| assessment.state.is_later())
    }
}

/// A statement of a person, with name and date.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Statement {
    /// The words.
    pub text: Text,
    /// Who made it.
    pub by: Text,
    /// When.
    pub on: Option<Date>,
}

/// Where an assessment stands in the life of a risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssessmentState {
    /// In force once; kept because the first rating is never lost.
    Former,
    /// In force. At most one per risk.
    Current,
    /// Expected after the actions.
    Planned,
    /// Reached: the actions are completed and the ratings confirmed.
    Reached,
}

impl AssessmentState {
    /// Whether it stands for the time after actions.
    pub fn is_later(self) -> bool {
        matches!(self, Self::Planned | Self::Reached)
    }
}

/// One rating of a risk.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Where it stands.
    pub state: AssessmentState,
    /// When it was made.
    pub date: Option<Date>,
    /// Identity of the rating profile it was made with; blank for the profile of the document.
    pub profile: Text,
    /// Occurrence of the cause.
    pub occurrence: Option<Rating>,
    /// Why.
    pub occurrence_rationale: Text,
    /// Detection of cause or mode.
    pub detection: Option<Rating>,
    /// Why.
    pub detection_rationale: Text,
    /// Ratings of an FMEA-MSR.
    pub monitoring: Option<Box<MonitoringAssessment>>,
    /// Severity, where an action changed the design so that the effect is another one.
    pub severity_override: Option<Rating>,
    /// Controls that come with the actions.
    pub controls: Vec<Ref<Control>>,
    /// The actions it rests on.
    pub actions: Vec<Ref<Action>>,
}

impl Assessment {
    /// An assessment without any rating.
    pub fn blank(state: AssessmentState) -> Self {
        Self {
            state,
            date: None,
            profile: Text::default(),
            occurrence: None,
            occurrence_rationale: Text::default(),
            detection: None,
            detection_rationale: Text::default(),
            monitoring: None,
            severity_override: None,
            controls: Vec::new(),
            actions: Vec::new(),
        }
    }
}

impl Reference for Assessment {
    fn visit(&self, _: Relation, found: &mut dyn FnMut(Relation, AnyId)) {
        self.controls.visit(Relation::RiskControl, found);
        self.actions.visit(Relation::RiskAction, found);
    }

    fn detach(&mut self, target: AnyId, label: &Text) {
        self.controls.detach(target, label);
        self.actions.detach(target, label);
    }

    fn reconcile(&mut self, exists: &dyn Fn(AnyId) -> bool) -> bool {
        let controls = self.controls.reconcile(exists);
        self.actions.reconcile(exists) || controls
    }
}

/// Ratings of monitoring and system response (AIAG-VDA 2019, FMEA-MSR).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MonitoringAssessment {
    /// Frequency of the cause in the relevant operating situations.
    pub frequency: Option<Rating>,
    /// Why.
    pub frequency_rationale: Text,
    /// Ability to detect the fault and to respond in time.
    pub monitoring: Option<Rating>,
    /// Current diagnostic monitoring.
    pub diagnostic_monitoring: Text,
    /// Current system response.
    pub system_response: Text,
    /// Most severe failure effect after the response.
    pub mitigated_effect: Text,
    /// Severity of that effect.
    pub mitigated_severity: Option<Rating>,
}

/// What an action is meant to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionKind {
    /// Better prevention.
    Prevention,
    /// Better detection.
    Detection,
    /// Better diagnostic monitoring (FMEA-MSR).
    Monitoring,
    /// Better system response (FMEA-MSR).
    Response,
}

impl ActionKind {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prevention => "prevention action",
            Self::Detection => "detection action",
            Self::Monitoring => "diagnostic monitoring action",
            Self::Response => "system response action",
        }
    }
}

/// How far an action is (AIAG-VDA 2019, step 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionStatus {
    /// Open: nothing is decided.
    Open,
    /// A decision is pending.
    DecisionPending,
    /// Decided, not yet implemented.
    ImplementationPending,
    /// Implemented and effective.
    Completed,
    /// Discarded, with a reason.
    NotImplemented,
}

impl ActionStatus {
    /// Every status.
    pub const ALL: [Self; 5] =
        [Self::Open, Self::DecisionPending, Self::ImplementationPending, Self::Completed, Self::NotImplemented];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::DecisionPending => "Decision pending",
            Self::ImplementationPending => "Implementation pending",
            Self::Completed => "Completed",
            Self::NotImplemented => "Not implemented",
        }
    }

    /// Whether work is still to be done.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Completed | Self::NotImplemented)
    }
}

/// Something to be done about one or several risks.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// Identity.
    pub id: Id<Self>,
    /// The FMEA it belongs to.
    pub fmea: Id<Document>,
    /// What it is meant to change.
    pub kind: ActionKind,
    /// The action in words.
    pub text: Text,
    /// Who is responsible.
    pub owner: Option<Ref<Person>>,
    /// Target completion date.
    pub target_date: Option<Date>,
    /// How far it is.
    pub status: ActionStatus,
    /// What was done, with a pointer to the evidence.
    pub action_taken: Text,
    /// Files that prove it.
    pub evidence: Vec<Ref<Attachment>>,
    /// When it was completed.
    pub completion_date: Option<Date>,
    /// Remarks, such as why it was not implemented and who accepted the risk.
    pub remarks: Text,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Action, actions; fmea => ActionInFmea, owner => ActionOwner, evidence => ActionEvidence);

impl Action {
    /// An open action without words.
    pub fn open(id: Id<Self>, fmea: Id<Document>, kind: ActionKind) -> Self {
        Self {
            id,
            fmea,
            kind,
            text: Text::default(),
            owner: None,
            target_date: None,
            status: ActionStatus::Open,
            action_taken: Text::default(),
            evidence: Vec::new(),
            completion_date: None,
            remarks: Text::default(),
            meta: None,
        }
    }
}
