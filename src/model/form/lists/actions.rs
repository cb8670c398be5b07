//! The actions of all FMEAs: what, who, until when, how far, and the ratings before and after.

use crate::base::Id;
use crate::model::field::Field;
use crate::model::item::{AnyId, Kind};
use crate::model::profile::Evaluation;
use crate::model::project::Project;
use crate::model::relation::Relation;
use crate::model::risk::{Action, Assessment, Risk};

use super::super::Form;
use super::super::fmea::{is_rated, priority, rpn};
use super::super::shared::user_columns;
use super::super::table::{Block, Column, ColumnKind, Filled, FormRow, Group, Part, RowId, Rule, Target};
use super::{field, group, own_field};

pub(super) fn columns(project: &Project) -> (Vec<Group>, Vec<Column>) {
    use ColumnKind::{Choice, Date, Priority, Rating};
    let groups = vec![
        group("Action", Some(6)),
        group("Progress", Some(6)),
        group("Failure", Some(4)),
        group("Before", Some(5)),
        group("After", Some(6)),
    ];
    let (by_priority, by_number) = evaluations(project);
    let mut columns = vec![
        Column::text("action", "Action", 0, 28.0),
        Column::choice("action_kind", "Kind", 0, 11.0, Choice),
        Column::choice("responsible", "Respon\u{AD}sible person", 1, 14.0, Choice),
        Column::choice("target_date", "Target completion date", 1, 9.0, Date),
        Column::choice("status", "Status", 1, 13.0, Choice),
        Column::text("action_taken", "Action taken with pointer to evidence", 1, 24.0),
        Column::choice("completion_date", "Completion date", 1, 9.0, Date),
        Column::text("remarks", "Remarks", 1, 16.0),
        Column::text("fmea", "FMEA", 2, 11.0),
        Column::text("process_step", "Process step", 2, 16.0),
        Column::text("failure_mode", "Failure mode", 2, 18.0),
        Column::text("failure_cause", "Failure cause", 2, 20.0),
        Column::value("severity", "S", 3, 3.0, Rating),
        Column::value("occurrence", "O", 3, 3.0, Rating),
        Column::value("detection", "D", 3, 3.0, Rating),
    ];
    let evaluated = |columns: &mut Vec<Column>, group, priority, rpn| {
        if by_priority {
            columns.push(Column::value(priority, "AP", group, 3.5, Priority));
        }
        if by_number {
            columns.push(Column::value(rpn, "RPN", group, 4.0, Rating));
        }
    };
    evaluated(&mut columns, 3, "action_priority", "rpn");
    columns.extend([
        Column::value("severity_after", "S", 4, 3.0, Rating),
        Column::value("occurrence_after", "O", 4, 3.0, Rating),
        Column::value("detection_after", "D", 4, 3.0, Rating),
    ]);
    evaluated(&mut columns, 4, "action_priority_after", "rpn_after");
    columns.extend(user_columns(project, 1, &[Kind::Action]));
    (groups, columns)
}

/// Whether some FMEA is evaluated by action priority, and whether some is by risk priority number.
fn evaluations(project: &Project) -> (bool, bool) {
    let documents = project.documents().into_iter().filter(|document| document.kind.is_fmea());
    let of = |document: Id<_>| project.profile(document).map(crate::model::profile::RatingProfile::evaluation);
    let found: Vec<_> = documents.map(|document| of(document.id)).collect();
    let by_number = found.iter().any(|found| matches!(found, Some(Evaluation::RiskPriorityNumber { .. })));
    let by_priority = found.iter().any(|found| !matches!(found, Some(Evaluation::RiskPriorityNumber { .. })));
    (by_priority || !by_number, by_number)
}

/// Open actions first, the most urgent on top, then the closed ones. The order holds while one edits and is made again when
/// actions come or go, so that no row runs away from under the hands.
pub(super) fn blocks(project: &Project) -> Vec<AnyId> {
    let mut found: Vec<&Action> = project
        .members::<Action>()
        .into_iter()
        .filter_map(|id| project.arenas().actions.get(&id))
        .map(AsRef::as_ref)
        .collect();
    found.sort_by(|left, right| {
        let key = |action: &Action| (!action.status.is_open(), action.target_date.is_none(), action.target_date);
        key(left).cmp(&key(right)).then_with(|| left.text.cmp(&right.text)).then_with(|| left.id.cmp(&right.id))
    });
    found.into_iter().map(|action| action.id.into()).collect()
}

/// A row per risk that rests on the action, at least one.
pub(super) fn row_count(project: &Project, action: Id<Action>) -> usize {
    project.sources(action, Relation::RiskAction).len().max(1)
}

pub(super) fn block(project: &Project, form: &Form, id: Id<Action>) -> Block {
    let Some(action) = project.get(id) else { return Block::empty(id.into()) };
    let risks: Vec<&Risk> = project.children(id, Relation::RiskAction).collect();
    let count = risks.len().max(1);
    let rows = (0..count).map(|row| FormRow {
        id: RowId { item: id.into(), part: risks.get(row).map(|risk| risk.id.into()) },
        rule: if row == 0 { Rule::Mode } else { Rule::Hair },
    });
    let mut cells = Vec::new();
    for (column, declared) in form.columns.iter().enumerate() {
        if is_of_action(&declared.key) {
            cells.push(action_cell(project, &declared.key, action).cell(column, 0, count));
        } else {
            cells.extend((0..count).map(|row| {
                let filled = risks.get(row).map(|risk| risk_cell(project, &declared.key, risk, id));
                filled.unwrap_or_else(Filled::empty).cell(column, row, 1)
            }));
        }
    }
    Block { key: id.into(), rows: rows.collect(), cells }
}

fn is_of_action(key: &str) -> bool {
    key.starts_with("user:")
        || matches!(
            key,
            "action"
                | "action_kind"
                | "responsible"
                | "target_date"
                | "status"
                | "action_taken"
                | "completion_date"
                | "remarks"
                | "fmea"
        )
}

fn action_cell(project: &Project, key: &str, action: &Action) -> Filled {
    match key {
        "action" => {
            let mut filled = field(project, action.id, Field::Text);
            for part in &mut filled.parts {
                part.item = Some(action.id.into());
                part.uses = 1 + project.sources(action.id, Relation::RiskAction).len();
            }
            filled
        }
        "action_kind" => derived(capitalised(action.kind.name())),
        "responsible" => field(project, action.id, Field::Owner),
        "target_date" => field(project, action.id, Field::TargetDate),
        "status" => field(project, action.id, Field::Status),
        "action_taken" => field(project, action.id, Field::ActionTaken),
        "completion_date" => field(project, action.id, Field::CompletionDate),
        "remarks" => field(project, action.id, Field::Remarks),
        "fmea" => {
            let fmea = project.get(action.fmea);
            let is_only = || project.documents().iter().filter(|document| document.kind.is_fmea()).count() < 2;
            derived(fmea.map_or_else(String::new, |fmea| {
                if is_only() { fmea.kind.name().to_owned() } else { project.document_label(fmea) }
            }))
        }
        key => own_field(project, key, action.id),
    }
}

fn risk_cell(project: &Project, key: &str, risk: &Risk, action: Id<Action>) -> Filled {
    let later = risk.later().find(|(_, later)| later.actions.iter().any(|used| used.present() == Some(action)));
    match key {
        "process_step" => process_step(project, risk),
        "failure_mode" => field(project, risk.mode, Field::Text),
        "failure_cause" => field(project, risk.cause, Field::Text),
        "severity" => {
            derived(project.evaluate_current(risk).severity.map(|rating| rating.to_string()).unwrap_or_default())
        }
        "occurrence" => field(project, risk.id, Field::Occurrence),
        "detection" => field(project, risk.id, Field::Detection),
        "action_priority" => priority(&project.evaluate_current(risk)),
        "rpn" => rpn(&project.evaluate_current(risk)),
        _ => later.map_or_else(Filled::empty, |(at, later)| after_cell(project, key, risk, at, later)),
    }
}

fn after_cell(project: &Project, key: &str, risk: &Risk, at: usize, later: &Assessment) -> Filled {
    let index = u8::try_from(at).unwrap_or(u8::MAX);
    let evaluated = project.evaluate(risk, later);
    match key {
        "severity_after" => {
            // Severity stays unless the design changed; it is shown as soon as the assessment is rated.
            let shown = evaluated.severity.filter(|_| is_rated(later)).map(|rating| rating.to_string());
            Filled::field(risk.id, Field::SeverityAfter(index), shown.unwrap_or_default())
        }
        "occurrence_after" => field(project, risk.id, Field::OccurrenceAfter(index)),
        "detection_after" => field(project, risk.id, Field::DetectionAfter(index)),
        "action_priority_after" => priority(&evaluated),
        "rpn_after" => rpn(&evaluated),
        _ => Filled::empty(),
    }
}

/// The step, or the focus element, at which the failure mode happens.
fn process_step(project: &Project, risk: &Risk) -> Filled {
    let element = project.get(risk.mode).and_then(|mode| project.element_of(mode));
    let Some(element) = element else { return Filled::empty() };
    let label = project.element_label(element);
    let part = Part { item: Some(element.id.into()), ..Part::plain(label) };
    Filled::new(vec![part], Target::Derived)
}

fn derived(text: impl Into<String>) -> Filled {
    let text = text.into();
    let parts = if text.is_empty() { Vec::new() } else { vec![Part::plain(text)] };
    Filled::new(parts, Target::Derived)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
