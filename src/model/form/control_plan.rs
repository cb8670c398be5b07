//! The control plan with the columns of APQP and those the 2024 manual added.

use crate::base::Id;
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::coverage::{CoverReason, RowNumbers};
use crate::model::document::{Document, DocumentKind};
use crate::model::field::Field;
use crate::model::flow::Step;
use crate::model::item::{AnyId, Kind};
use crate::model::project::Project;
use crate::model::relation::Relation;

use super::process_flow::steps_in_order;
use super::shared::{
    characteristic_field, equipment_part, parts_cell, parts_column, step_field, user_columns, user_field, user_value,
};
use super::table::{
    Align, Block, Column, ColumnKind, Filled, FormRow, Group, List, NewItem, Part, RowId, Rule, Target, plan_row_id,
    runs,
};
use super::tip::Tip;
use super::{Form, FormOptions};

pub(super) fn columns(project: &Project, options: FormOptions) -> (Vec<Group>, Vec<Column>) {
    let groups = ["Process", "Characteristics", "Methods", "Reaction"].map(Group::plain).to_vec();
    let mut columns = vec![
        Column::text("process_step_number", "Part / process no.", 0, 6.5),
        Column::text("process_step", "Process name / operation description", 0, 16.0),
        Column::text("equipment", "Machine, device, jig, tools for manufacturing", 0, 18.0),
        Column::text("characteristic_number", "No.", 1, 5.0),
        Column::text("product_characteristic", "Product", 1, 16.0),
        Column::text("process_characteristic", "Process", 1, 16.0),
        Column::value("special_class", "Special char. class", 1, 6.0, ColumnKind::Class),
        Column::text("specification", "Product / process specification / tolerance", 2, 15.0),
        Column::text("measurement_technique", "Evaluation / measurement technique", 2, 17.0),
        Column::text("sample_size", "Sample size", 2, 9.0),
        Column::text("sample_frequency", "Sample frequency", 2, 10.0),
        Column::text("control_method", "Control method", 2, 17.0),
        Column::text("error_proofing", "Error-proofing: challenge part, verification", 2, 14.0),
        Column::text("responsible", "Responsible", 2, 10.0),
        Column::text("reaction_plan", "Reaction plan", 3, 22.0),
        Column::text("reaction_plan_owner", "Owner of reaction plan", 3, 12.0),
        Column::choice("phases", "Phases", 3, 11.5, ColumnKind::Choice),
        Column::text("covers", "FMEA controls", 3, 18.0),
    ];
    if options.prompts {
        let number = Column { align: Align::Centre, ..Column::text("plan_row", "Row", 0, 6.0) };
        columns.insert(2, number);
        columns.push(Column::text("causes", "Failure causes covered", 3, 36.0));
    }
    columns.extend(parts_column(project, 3, Kind::PlanRow, options));
    columns.extend(user_columns(project, 3, &[Kind::PlanRow]));
    (groups, columns)
}

/// The steps of the flow with rows in the plan, or all of them with prompts; at the end the plan itself, if rows lost their
/// step.
pub(super) fn blocks(project: &Project, form: &Form, plan: Id<Document>) -> Vec<AnyId> {
    let mut found: Vec<AnyId> = Vec::new();
    for flow in project.documents_of(DocumentKind::ProcessFlow) {
        for step in steps_in_order(project, flow.id) {
            let invited = form.options.prompts && step.no_plan_row_because.is_blank();
            if invited || !rows_at(project, form, step.id).is_empty() {
                found.push(step.id.into());
            }
        }
    }
    if !lost_rows(project, form, plan).is_empty() {
        found.push(plan.into());
    }
    found
}

fn rows_at<'p>(project: &'p Project, form: &Form, step: Id<Step>) -> Vec<&'p PlanRow> {
    let rows = project.children::<PlanRow>(step, Relation::RowStep);
    rows.filter(|row| Some(row.plan) == form.document && form.options.phase.is_none_or(|phase| row.serves(phase)))
        .collect()
}

fn lost_rows<'p>(project: &'p Project, form: &Form, plan: Id<Document>) -> Vec<&'p PlanRow> {
    let rows = project.children::<PlanRow>(plan, Relation::RowInPlan);
    rows.filter(|row| row.step.to.present().is_none() && form.options.phase.is_none_or(|phase| row.serves(phase)))
        .collect()
}

/// A row per control; with prompts at least one.
pub(super) fn row_count(project: &Project, form: &Form, step: Id<Step>) -> usize {
    rows_at(project, form, step).len().max(usize::from(form.options.prompts))
}

pub(super) fn block(project: &Project, form: &Form, step: Id<Step>) -> Block {
    let Some(at) = project.get(step) else { return Block::empty(step.into()) };
    fill_block(project, form, step.into(), Some(at), &rows_at(project, form, step))
}

/// The rows whose step was deleted.
pub(super) fn lost_block(project: &Project, form: &Form, plan: Id<Document>) -> Block {
    fill_block(project, form, plan.into(), None, &lost_rows(project, form, plan))
}

fn fill_block(project: &Project, form: &Form, key: AnyId, step: Option<&Step>, rows: &[&PlanRow]) -> Block {
    if rows.is_empty() {
        return if form.options.prompts { prompt_block(project, form, key, step) } else { Block::empty(key) };
    }
    let mut subjects = vec![0; rows.len()];
    for at in 1..rows.len() {
        subjects[at] = subjects[at - 1] + usize::from(!same_subject(&rows[at - 1].subject, &rows[at].subject));
    }
    let form_rows = rows.iter().enumerate().map(|(at, row)| FormRow {
        id: plan_row_id(row),
        rule: match at {
            0 => Rule::Step,
            _ if subjects[at] == subjects[at - 1] => Rule::Hair,
            _ => Rule::Mode,
        },
    });
    let numbers = RowNumbers::new(project);
    let mut cells = Vec::new();
    for (column, declared) in form.columns.iter().enumerate() {
        let level = |row: usize| match &*declared.key {
            "process_step_number" | "process_step" => 0,
            "characteristic_number"
            | "product_characteristic"
            | "process_characteristic"
            | "special_class"
            | "specification" => subjects[row],
            _ => row,
        };
        for (row, count) in runs(rows.len(), level) {
            cells.push(fill(project, declared, step, rows[row], &numbers).cell(column, row, count));
        }
    }
    Block { key, rows: form_rows.collect(), cells }
}

/// A step without rows, which invites to add one.
fn prompt_block(project: &Project, form: &Form, key: AnyId, step: Option<&Step>) -> Block {
    let (Some(step), Some(plan)) = (step, form.document) else { return Block::empty(key) };
    let row = FormRow { id: RowId { item: key, part: Some(plan.into()) }, rule: Rule::Step };
    let what = NewItem::PlanRow { plan, phase: form.options.phase };
    let cells = form.columns.iter().enumerate().map(|(column, declared)| {
        let filled = match &*declared.key {
            "process_step_number" | "process_step" => step_field(project, &declared.key, step),
            "control_method" => Filled::create(step.id, what, "+ control"),
            _ => Filled::empty(),
        };
        filled.cell(column, 0, 1)
    });
    Block { key, rows: vec![row], cells: cells.collect() }
}

fn same_subject(left: &Subject, right: &Subject) -> bool {
    match (left, right) {
        (Subject::Characteristic(left), Subject::Characteristic(right)) => left.to.id() == right.to.id(),
        (Subject::ErrorProofing(left), Subject::ErrorProofing(right)) => left.id() == right.id(),
        _ => false,
    }
}

fn fill(project: &Project, column: &Column, step: Option<&Step>, row: &PlanRow, numbers: &RowNumbers<'_>) -> Filled {
    let text = |field| Filled::field(row.id, field, project.field_text(row.id.into(), field).unwrap_or_default());
    match &*column.key {
        key @ ("process_step_number" | "process_step") => match step {
            Some(step) => {
                let mut filled = step_field(project, key, step);
                for part in &mut filled.parts {
                    part.suspect = project.is_suspect(&row.step);
                }
                filled
            }
            None if key == "process_step" => {
                let label = row.step.to.last_label().map(ToString::to_string).unwrap_or_default();
                Filled::new(vec![Part { missing: true, ..Part::plain(label) }], Target::Derived)
            }
            None => Filled::empty(),
        },
        "equipment" => equipment(project, step, row),
        key @ ("characteristic_number"
        | "product_characteristic"
        | "process_characteristic"
        | "special_class"
        | "specification") => subject(project, key, row),
        "measurement_technique" => text(Field::MeasurementTechnique).prompted("+ technique"),
        "sample_size" => text(Field::SampleSize).prompted("size"),
        "sample_frequency" => text(Field::SampleFrequency).prompted("frequency"),
        "control_method" => text(Field::ControlMethod).prompted("+ method"),
        "error_proofing" => error_proofing(project, row),
        "responsible" => text(Field::Responsible),
        "reaction_plan" => text(Field::ReactionPlan).prompted("+ reaction"),
        "reaction_plan_owner" => text(Field::ReactionPlanOwner),
        "phases" => text(Field::Phases),
        "covers" => covers(project, row),
        "applies_to" => parts_cell(project, row.id.into(), &row.applicability),
        "plan_row" => Filled::new(vec![Part::plain(numbers.of(row))], Target::Derived),
        "causes" => causes(project, row),
        key => user_field(key).map_or_else(Filled::empty, |field| user_value(project, row.id, field)),
    }
}

/// The equipment of the row; where it names none, that of the step.
fn equipment(project: &Project, step: Option<&Step>, row: &PlanRow) -> Filled {
    let listed = project.manufacturing_equipment(row);
    let mut parts: Vec<Part> = listed.into_iter().map(|reference| equipment_part(project, reference)).collect();
    if parts.is_empty() && step.is_some_and(|step| step.manual) {
        parts.push(Part { quiet: true, ..Part::plain("Manual") });
    }
    Filled::new(parts, Target::List { owner: row.id.into(), list: List::Equipment }).prompted("+ equipment")
}

fn subject(project: &Project, key: &str, row: &PlanRow) -> Filled {
    match &row.subject {
        Subject::Characteristic(link) => match link.to.present().and_then(|id| project.get(id)) {
            Some(characteristic) => {
                let mut filled = characteristic_field(project, characteristic, key);
                if key == "specification"
                    && let Some((at_step, local)) = local_specification(project, row, characteristic.id)
                {
                    filled = Filled::field(at_step, Field::LocalSpecification, local);
                }
                for part in &mut filled.parts {
                    part.suspect = project.is_suspect(link);
                }
                filled
            }
            None if key == "product_characteristic" => {
                let label = link.to.last_label().map(ToString::to_string).unwrap_or_default();
                Filled::new(vec![Part { missing: true, ..Part::plain(label) }], Target::Derived)
            }
            None => Filled::empty(),
        },
        Subject::ErrorProofing(device) => match key {
            "process_characteristic" => {
                let name = format!("Error-proofing: {}", project.target_text(device));
                Filled::new(vec![Part { missing: device.present().is_none(), ..Part::plain(name) }], Target::Derived)
            }
            "specification" => Filled::new(vec![Part::plain("Challenge part rejected")], Target::Derived),
            _ => Filled::empty(),
        },
        Subject::SetUp(text) => set_up(key, row, "Set-up", text),
        Subject::Restart(text) => set_up(key, row, "Restart", text),
        Subject::Open => match key {
            "product_characteristic" => Filled::create(row.id, NewItem::ProductSubject, "+ product"),
            "process_characteristic" => Filled::create(row.id, NewItem::ProcessSubject, "+ process"),
            _ => Filled::empty(),
        },
    }
}

fn set_up(key: &str, row: &PlanRow, what: &str, text: &str) -> Filled {
    match key {
        "process_characteristic" => Filled {
            parts: vec![Part::plain(format!("{what}: {text}"))],
            ..Filled::field(row.id, Field::Subject, text)
        },
        "specification" => Filled::new(vec![Part::plain("First-off conforms to the control plan")], Target::Derived),
        _ => Filled::empty(),
    }
}

/// The specification that holds at the step of the row only.
fn local_specification(
    project: &Project,
    row: &PlanRow,
    characteristic: Id<crate::model::characteristic::Characteristic>,
) -> Option<(AnyId, String)> {
    use crate::model::characteristic::StepCharacteristic;
    let step = row.step.to.present()?;
    let mut at_step = project.children::<StepCharacteristic>(step, Relation::CharacteristicAtStep);
    let found = at_step.find(|entry| entry.characteristic == characteristic)?;
    found.local_specification.as_ref().map(|local| (found.id.into(), local.to_string()))
}

fn error_proofing(project: &Project, row: &PlanRow) -> Filled {
    let Subject::ErrorProofing(device) = &row.subject else { return Filled::empty() };
    let Some(device) = device.present().and_then(|id| project.get(id)) else { return Filled::empty() };
    let parts = [device.challenge_part.as_str(), device.verification_frequency.as_str()];
    let parts = parts.into_iter().filter(|text| !text.is_empty()).map(Part::plain).collect();
    Filled::new(parts, Target::Field { item: device.id.into(), field: Field::ChallengePart })
}

/// The FMEA controls that the row carries out.
fn covers(project: &Project, row: &PlanRow) -> Filled {
    let parts = row.controls.iter().map(|link| match link.to.present() {
        Some(control) => Part {
            item: Some(control.into()),
            uses: project.sources(control, Relation::RiskControl).len() + 1,
            suspect: project.is_suspect(link),
            ..Part::plain(project.label(control.into()))
        },
        None => Part { missing: true, ..Part::plain(project.target_text(&link.to)) },
    });
    Filled::new(parts.collect(), Target::List { owner: row.id.into(), list: List::CarriedOut })
}

/// How many causes of a reason are named in the cell; the tip names more.
const NAMED: usize = 1;

/// The failure causes that the row covers, by the reason why.
fn causes(project: &Project, row: &PlanRow) -> Filled {
    let covered = project.risks_covered(row);
    let by = |wanted: fn(&CoverReason) -> bool, words: &str| {
        let risks: Vec<_> = covered.iter().filter(|(_, reason)| wanted(reason)).map(|(risk, _)| *risk).collect();
        let mut names: Vec<String> = risks.iter().take(NAMED).map(|risk| project.label((*risk).into())).collect();
        names.extend((risks.len() > NAMED).then(|| format!("{} more", risks.len() - NAMED)));
        (!risks.is_empty()).then(|| Part::plain(format!("{} by {words}: {}", risks.len(), names.join(" · "))))
    };
    let by_control = by(|reason| matches!(reason, CoverReason::Control(_)), "control");
    let by_characteristic = by(|reason| matches!(reason, CoverReason::Characteristic(_)), "characteristic");
    Filled::new(by_control.into_iter().chain(by_characteristic).collect(), Target::Derived)
        .tipped(Tip::RisksCovered(row.id))
}
