//! Where an item stands in a form: its block, its cell, the column of one of its fields.

use crate::app::desk::Desk;
use crate::model::AnyId;
use crate::model::field::Field;
use crate::model::form::{Block, Cell, Form, FormKind, RowId, Target};

/// The block in which an item stands, found upwards instead of by looking at every row.
pub fn likely_block(desk: &Desk, form: &Form, item: AnyId) -> Option<AnyId> {
    use crate::model::relation::Relation;
    let project = desk.project();
    if let FormKind::List(_) = form.kind {
        // An entry of a list is its own block.
        return Some(item);
    }
    let of_mode = |mode| {
        let element = project.element_of(project.get::<crate::model::fmea::Failure>(mode)?)?;
        if element.kind.is_lower() { element.parent.map(AnyId::from) } else { Some(element.id.into()) }
    };
    let risk_of = |relation| {
        project
            .children::<crate::model::risk::Risk>(item, relation)
            .find(|risk| Some(risk.fmea) == form.document)
            .map(|risk| risk.mode)
    };
    match item {
        AnyId::Risk(risk) => of_mode(project.get(risk)?.mode),
        AnyId::Failure(failure) => risk_of(Relation::RiskOfCause).and_then(of_mode).or_else(|| of_mode(failure)),
        AnyId::Action(_) => of_mode(risk_of(Relation::RiskAction)?),
        AnyId::Control(_) => of_mode(risk_of(Relation::RiskControl)?),
        AnyId::Function(function) => Some(project.get(function)?.element.into()),
        AnyId::PlanRow(row) => project.get(row)?.step.to.present().map(AnyId::from),
        AnyId::StepCharacteristic(at_step) => Some(project.get(at_step)?.step.into()),
        AnyId::Element(_) | AnyId::Step(_) => Some(item),
        _ => None,
    }
    .filter(|key| matches!(key, AnyId::Element(_) | AnyId::Step(_)))
}

/// The first cell that shows an item: the cell of the field, else one that belongs to the item, else its row.
pub fn find(block: &Block, form: &Form, item: AnyId, field: Option<Field>) -> Option<(usize, usize)> {
    let is_row = |row: &RowId| row.item == item || row.part == Some(item);
    let exact = block.cells.iter().find(|cell| match (&cell.target, field) {
        (Target::Field { item: at, field: shown }, Some(field)) => *at == item && *shown == field,
        _ => false,
    });
    let belonging = || {
        let row = block.rows.iter().position(|row| is_row(&row.id))?;
        let by_field = field.and_then(|field| field_column(form, field));
        let column = by_field.or_else(|| form.column(main_column(form, item)))?;
        Some((row, column))
    };
    let shown = || {
        block.cells.iter().find(|cell| {
            let target = matches!(&cell.target, Target::Field { item: at, .. } | Target::List { owner: at, .. } | Target::Create { under: at, .. } if *at == item);
            target || cell.parts.iter().any(|part| part.item == Some(item))
        })
    };
    let place = |cell: &Cell| (cell.row, cell.column);
    exact.map(place).or_else(belonging).or_else(|| shown().map(place)).or_else(|| {
        (block.key == item && !block.rows.is_empty()).then(|| (0, form.column("process_step").unwrap_or(0)))
    })
}

/// The column in which a finding of a field belongs, where the field has no cell of its own.
pub fn field_column(form: &Form, field: Field) -> Option<usize> {
    let key = match field {
        Field::Occurrence => "occurrence",
        Field::Detection => "detection",
        Field::Severity => "severity",
        Field::Justification | Field::ManagementReview => "remarks",
        Field::Specification => "specification",
        Field::SpecialClass => "special_class",
        Field::ControlMethod => "control_method",
        Field::MeasurementTechnique => "measurement_technique",
        Field::SampleSize => "sample_size",
        Field::SampleFrequency => "sample_frequency",
        Field::ReactionPlan => "reaction_plan",
        Field::ReactionPlanOwner => "reaction_plan_owner",
        Field::Responsible => "responsible",
        _ => return None,
    };
    form.column(key)
}

/// The column in which an item that has a row is named.
pub fn main_column(form: &Form, item: AnyId) -> &'static str {
    match item {
        AnyId::Risk(_) => "failure_cause",
        AnyId::Failure(_) => "failure_mode",
        AnyId::Action(_) => {
            if form.column("action").is_some() {
                "action"
            } else if form.column("prevention_action").is_some() {
                "prevention_action"
            } else {
                "recommended_action"
            }
        }
        AnyId::PlanRow(_) => "control_method",
        AnyId::StepCharacteristic(_) => "product_characteristic",
        AnyId::Characteristic(_) => "characteristic",
        AnyId::PpapElement(_) => "element_status",
        AnyId::TestResult(_) => "requirement",
        _ => "process_step",
    }
}
