//! Items of an FMEA: risks with their assessments, and actions.

use crate::base::clock::Date;
use crate::base::{Id, OrderKey, Text};
use crate::model::applicability::Applicability;
use crate::model::fmea::{Control, Failure};
use crate::model::project_data::{Attachment, Person};
use crate::model::rating::Rating;
use crate::model::reference::Ref;
use crate::model::risk::{
    Action, ActionKind, ActionStatus, Assessment, AssessmentState, MonitoringAssessment, Risk, Statement,
};
use crate::store::schema::v1::record::{choice, record};

record! {
    /// A risk. It belongs to the FMEA of its file.
    RiskFile of Risk home fmea = document {
        id: Id<Risk>,
        mode: Id<Failure>,
        cause: Id<Failure>,
        order: OrderKey,
        ;
        controls: Vec<Ref<Control>>,
        remarks: Text,
        issue_number: Text,
        history: Text,
        filter_code: Text,
        class: Text,
        justification: Option<Statement>,
        management_review: Option<Statement>,
        assessments: Vec<Assessment>,
        applicability: Applicability,
        ; meta
    }
}

record! {
    /// A statement with name and date.
    StatementFile of Statement {
        ;
        text: Text,
        by: Text,
        on: Option<Date>,
    }
}

choice! {
    /// Where an assessment stands.
    AssessmentStateFile of AssessmentState { Former, Current, Planned, Reached }
}

record! {
    /// An assessment.
    AssessmentFile of Assessment {
        state: AssessmentState,
        ;
        date: Option<Date>,
        profile: Text,
        occurrence: Option<Rating>,
        occurrence_rationale: Text,
        detection: Option<Rating>,
        detection_rationale: Text,
        monitoring: Option<Box<MonitoringAssessment>>,
        severity_override: Option<Rating>,
        controls: Vec<Ref<Control>>,
        actions: Vec<Ref<Action>>,
    }
}

record! {
    /// Ratings of monitoring and system response.
    MonitoringAssessmentFile of MonitoringAssessment {
        ;
        frequency: Option<Rating>,
        frequency_rationale: Text,
        monitoring: Option<Rating>,
        diagnostic_monitoring: Text,
        system_response: Text,
        mitigated_effect: Text,
        mitigated_severity: Option<Rating>,
    }
}

record! {
    /// An action. It belongs to the FMEA of its file.
    ActionFile of Action home fmea = document {
        id: Id<Action>,
        kind: ActionKind,
        status: ActionStatus,
        ;
        text: Text,
        owner: Option<Ref<Person>>,
        target_date: Option<Date>,
        action_taken: Text,
        evidence: Vec<Ref<Attachment>>,
        completion_date: Option<Date>,
        remarks: Text,
        ; meta
    }
}

choice! {
    /// What an action is meant to change.
    ActionKindFile of ActionKind { Prevention, Detection, Monitoring, Response }
}

choice! {
    /// How far an action is.
    ActionStatusFile of ActionStatus { Open, DecisionPending, ImplementationPending, Completed, NotImplemented }
}
