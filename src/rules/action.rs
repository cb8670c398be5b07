//! Actions and what they achieved.

use crate::base::text::quoted;
use crate::model::field::Field;
use crate::model::finding::Severity;
use crate::model::message::{Message, Term, says};
use crate::model::profile::{Scale, ScaleRole};
use crate::model::rating::Rating;
use crate::model::risk::{Action, ActionKind, ActionStatus, Assessment, AssessmentState};

use super::risk_case::{Done, RiskCase, actions, rests_on};
use super::rule::{Check, Context, Docs, Report, Rule};
use crate::model::need::Need;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "ACT-01",
        title: "High priority without action or justification",
        severity: Severity::Error,
        clause: "AIAG-VDA 2019, step 6; 6.1.2.1",
        docs: Docs {
            what: "A line with action priority H — or at the limit that the rating profile sets for RPN or severity × \
                   occurrence — has an action that was not discarded, or a justification.",
            why: "The team has to improve the controls, or to record why those in place are enough.",
            example: "Severity 9, occurrence 4, detection 6, and nothing under optimisation.",
            mend: "Add an action, or write the justification into the line.",
        },
        checks: &[Check::Risk(high)],
    },
    Rule {
        code: "ACT-02",
        title: "Medium priority without decision",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, step 6",
        docs: Docs {
            what: "A line with action priority M has an action that was not discarded, or a justification.",
            why: "The team should improve the controls, or the company may record why it does not.",
            example: "Severity 7, occurrence 3, detection 7, and nothing under optimisation.",
            mend: "Add an action, or write the justification into the line.",
        },
        checks: &[Check::Risk(medium)],
    },
    Rule {
        code: "ACT-03",
        title: "High severity not reviewed by the management",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, step 6; 4.4.1.2",
        docs: Docs {
            what: "A line of severity 9 or 10 with action priority H or M names its review by the management.",
            why: "Risks for people or against the law are not for the team alone to accept.",
            example: "\"Loss of braking\", severity 10, action priority H, no review.",
            mend: "Record who reviewed the line and when.",
        },
        checks: &[Check::Risk(management)],
    },
    Rule {
        code: "ACT-04",
        title: "Action without owner or date",
        severity: Severity::Error,
        clause: "AIAG-VDA 2019, step 6",
        docs: Docs {
            what: "An action that is not finished has a responsible person and a target completion date.",
            why: "What belongs to nobody and is due at no time is not done.",
            example: "\"Add torque monitoring\", open, no date.",
            mend: "Name the person and the date.",
        },
        checks: &[Check::Action(owned)],
    },
    Rule {
        code: "ACT-05",
        title: "Action overdue",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, step 6",
        docs: Docs {
            what: "The target completion date of an action that is not finished is not in the past.",
            why: "The risk is still there, and nobody expected it to be.",
            example: "Due on 1 March, still open on 2 March.",
            mend: "Complete the action, or agree a new date.",
        },
        checks: &[Check::Action(overdue)],
    },
    Rule {
        code: "ACT-06",
        title: "Action completed without evidence",
        severity: Severity::Error,
        clause: "AIAG-VDA 2019, step 6",
        docs: Docs {
            what: "A completed action says what was done, and when it was completed.",
            why: "An action counts when its effect can be shown, not when it is ticked.",
            example: "Status completed, action taken blank.",
            mend: "Write what was done with a pointer to the evidence, and the completion date.",
        },
        checks: &[Check::Action(proved)],
    },
    Rule {
        code: "ACT-07",
        title: "Actions completed without new rating",
        severity: Severity::Error,
        clause: "AIAG-VDA 2019, step 6; AIAG 4th edition",
        docs: Docs {
            what: "When all actions of an assessment are completed, it has its ratings and counts as reached, not as planned.",
            why: "The new rating shows whether the action worked.",
            example: "The camera is installed, and detection after action is blank.",
            mend: "Rate the line after the action, and mark the assessment as reached.",
        },
        checks: &[Check::Risk(rated_again)],
    },
    Rule {
        code: "ACT-08",
        title: "New rating without completed action",
        severity: Severity::Error,
        clause: "AIAG-VDA 2019, step 6",
        docs: Docs {
            what: "An assessment counts as reached only when an action that it rests on is completed.",
            why: "Otherwise a hope is reported as a result.",
            example: "Detection 3 is reached, and the camera is still ordered.",
            mend: "Mark the assessment as planned, or complete the action.",
        },
        checks: &[Check::Risk(reached_too_early)],
    },
    Rule {
        code: "ACT-10",
        title: "Occurrence improved without prevention action",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, step 6",
        docs: Docs {
            what: "An occurrence after actions that is better than the current one rests on a prevention action: on a completed \
                   one if it is reached, on any that was not discarded if it is planned.",
            why: "Detection finds the cause, it does not make it rarer.",
            example: "A camera was added, and occurrence went from 5 to 3.",
            mend: "Correct the rating, or name the prevention action.",
        },
        checks: &[Check::Risk(occurrence_improved)],
    },
    Rule {
        code: "ACT-11",
        title: "Detection improved without detection action",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, step 6",
        docs: Docs {
            what: "A detection after actions that is better than the current one rests on a detection action: on a completed \
                   one if it is reached, on any that was not discarded if it is planned.",
            why: "Prevention makes the cause rarer, it does not find it.",
            example: "A fixture was changed, and detection went from 6 to 3.",
            mend: "Correct the rating, or name the detection action.",
        },
        checks: &[Check::Risk(detection_improved)],
    },
    Rule {
        code: "ACT-14",
        title: "Discarded action without reason",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, step 6",
        docs: Docs {
            what: "An action with the status \"not implemented\" says why in its remarks.",
            why: "Whoever looks at the risk later has to know who accepted it and why.",
            example: "\"Second torque channel\", not implemented, no remark.",
            mend: "Write the reason and who decided.",
        },
        checks: &[Check::Action(discarded)],
    },
    Rule {
        code: "ACT-15",
        title: "Completion date in the future",
        severity: Severity::Error,
        clause: "data integrity",
        docs: Docs {
            what: "The completion date of a completed action is not after today.",
            why: "It was probably typed wrong, or the action is not completed yet.",
            example: "Completed, with a date of next month.",
            mend: "Correct the date or the status.",
        },
        checks: &[Check::Action(completed_in_future)],
    },
];

fn high(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    if let Some(need @ Need::Must(_)) = case.need() {
        undecided(context, case, &need, report);
    }
}

fn medium(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    if let Some(need @ Need::Should(_)) = case.need() {
        undecided(context, case, &need, report);
    }
}

fn undecided(context: &Context<'_>, case: &RiskCase<'_>, need: &Need, report: &mut Report<'_>) {
    if !case.is_answered(context.project) {
        let message = says!(
            "{line} has {need}, but neither action nor justification",
            line = case.name(),
            need = need.reason().clone()
        );
        let help = "Add an action, or write why the controls in place are enough.";
        report.add(case.risk.id, message, help).field(Field::Justification);
    }
}

fn management(_: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    let Some(severity) = case.grave_severity() else { return };
    let reviewed =
        case.risk.management_review.as_ref().is_some_and(|review| !review.text.is_blank() || !review.by.is_blank());
    if !reviewed && let Some(need) = case.need() {
        let name = case.name();
        let message = says!(
            "{name} has severity {severity} and {need}, but no management review",
            name,
            severity,
            need = need.reason().clone()
        );
        let help = "Record who of the management reviewed the line, and when.";
        report.add(case.risk.id, message, help).field(Field::ManagementReview);
    }
}

fn name(context: &Context<'_>, action: &Action) -> Message {
    says!("The action {action}", action = quoted(&context.project.label(action.id.into())))
}

fn owned(context: &Context<'_>, action: &Action, report: &mut Report<'_>) {
    if !action.status.is_open() {
        return;
    }
    let name = || name(context, action);
    let (message, field) = match (&action.owner, action.target_date) {
        (Some(_), Some(_)) => return,
        (None, Some(_)) => (says!("{action} has no responsible person", action = name()), Field::Owner),
        (Some(_), None) => (says!("{action} has no target completion date", action = name()), Field::TargetDate),
        (None, None) => {
            let message =
                says!("{action} has neither a responsible person nor a target completion date", action = name());
            (message, Field::Owner)
        }
    };
    report.add(action.id, message, "Name who does it by when.").field(field);
}

fn overdue(context: &Context<'_>, action: &Action, report: &mut Report<'_>) {
    let Some(due) = action.target_date.filter(|due| action.status.is_open() && *due < context.today) else { return };
    let message = says!("{action} is overdue since {due}", action = name(context, action), due);
    report.add(action.id, message, "Complete the action, or agree a new date.").field(Field::TargetDate);
}

fn proved(context: &Context<'_>, action: &Action, report: &mut Report<'_>) {
    if action.status != ActionStatus::Completed {
        return;
    }
    let name = || name(context, action);
    if action.action_taken.is_blank() {
        let message = says!("{name} is completed, but does not say what was done", name = name());
        report
            .add(action.id, message, "Write what was done, with a pointer to the evidence.")
            .field(Field::ActionTaken);
    }
    if action.completion_date.is_none() {
        let message = says!("{name} is completed without a completion date", name = name());
        report.add(action.id, message, "Enter the day it was completed.").field(Field::CompletionDate);
    }
}

fn rated_again(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    for (at, later) in case.risk.later() {
        let mut statuses = actions(context.project, later).map(|action| action.status).peekable();
        let mut any_completed = false;
        let finished = statuses.peek().is_some()
            && statuses.all(|status| {
                any_completed |= status == ActionStatus::Completed;
                !status.is_open()
            });
        if !finished || !any_completed {
            continue;
        }
        let (second, third) = match &later.monitoring {
            Some(msr) => (msr.frequency.is_some(), msr.monitoring.is_some()),
            None => (later.occurrence.is_some(), later.detection.is_some()),
        };
        let field = u8::try_from(at).ok().map(if second { Field::DetectionAfter } else { Field::OccurrenceAfter });
        let (message, help) = if second && third {
            if later.state == AssessmentState::Reached {
                continue;
            }
            let message =
                says!("The actions on {line} are completed, but the new rating is still a plan", line = case.subject());
            (message, "Confirm the rating and mark the assessment as reached.")
        } else {
            let message = says!("The actions on {line} are completed, but not rated again", line = case.subject());
            (message, "Rate the line as it is after the actions.")
        };
        let added = report.add(case.risk.id, message, help);
        if let Some(field) = field {
            added.field(field);
        }
    }
}

fn reached_too_early(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    for (at, later) in case.risk.later().filter(|(_, later)| later.state == AssessmentState::Reached) {
        let rated = later.occurrence.is_some() || later.detection.is_some() || later.monitoring.is_some();
        if rated && !actions(context.project, later).any(|action| action.status == ActionStatus::Completed) {
            let message = says!("{line} is rated as reached, but no action on it is completed", line = case.name());
            let added = report.add(case.risk.id, message, "Mark the assessment as planned, or complete the action.");
            if let Ok(at) = u8::try_from(at) {
                added.field(Field::OccurrenceAfter(at));
            }
        }
    }
}

fn occurrence_improved(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    let improvement = Improvement {
        role: ScaleRole::Occurrence,
        rating: |assessment| assessment.occurrence.as_ref(),
        by: ActionKind::Prevention,
        field: Field::OccurrenceAfter,
    };
    improvement.check(context, case, report);
}

fn detection_improved(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    let improvement = Improvement {
        role: ScaleRole::Detection,
        rating: |assessment| assessment.detection.as_ref(),
        by: ActionKind::Detection,
        field: Field::DetectionAfter,
    };
    improvement.check(context, case, report);
}

/// A rating and the kind of action that can improve it.
struct Improvement {
    role: ScaleRole,
    rating: fn(&Assessment) -> Option<&Rating>,
    by: ActionKind,
    field: fn(u8) -> Field,
}

impl Improvement {
    fn check(&self, context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
        let scale = case.profile.and_then(|profile| profile.scale(self.role));
        let Some((scale, now)) = scale.zip(case.current.and_then(self.rating)) else { return };
        for (at, later) in case.risk.later() {
            let Some(then) = (self.rating)(later).filter(|then| is_better(scale, then, now)) else { continue };
            let is_reached = later.state == AssessmentState::Reached;
            let done = if is_reached { Done::Completed } else { Done::Intended };
            if rests_on(context.project, later, self.by, done) {
                continue;
            }
            let (line, role, by) = (case.name(), Term(self.role.word()), Term(self.by.name()));
            let message = if is_reached {
                says!(
                    "{line} improves its {role} from {now} to {then} without a completed {by}",
                    line,
                    role,
                    now,
                    then,
                    by
                )
            } else {
                says!("{line} improves its {role} from {now} to {then} without a {by}", line, role, now, then, by)
            };
            let added = report.add(case.risk.id, message, says!("Correct the {role}, or name the {by}.", role, by));
            if let Ok(at) = u8::try_from(at) {
                added.field((self.field)(at));
            }
        }
    }
}

fn is_better(scale: &Scale, then: &Rating, now: &Rating) -> bool {
    matches!((scale.position(then), scale.position(now)), (Some(then), Some(now)) if then < now)
}

fn discarded(context: &Context<'_>, action: &Action, report: &mut Report<'_>) {
    if action.status == ActionStatus::NotImplemented && action.remarks.is_blank() {
        let message = says!("{action} was discarded without a reason", action = name(context, action));
        report.add(action.id, message, "Write why and who decided.").field(Field::Remarks);
    }
}

fn completed_in_future(context: &Context<'_>, action: &Action, report: &mut Report<'_>) {
    let completed = action.completion_date.filter(|_| action.status == ActionStatus::Completed);
    if let Some(date) = completed.filter(|date| *date > context.today) {
        let message =
            says!("{action} is completed on {date}, which is in the future", action = name(context, action), date);
        report.add(action.id, message, "Correct the date or the status.").field(Field::CompletionDate);
    }
}
