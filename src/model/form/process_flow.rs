//! The process-flow worksheet.

use crate::base::Id;
use crate::model::characteristic::StepCharacteristic;
use crate::model::document::Document;
use crate::model::field::Field;
use crate::model::flow::{FlowEdge, Route, Step};
use crate::model::item::{AnyId, Kind};
use crate::model::project::Project;
use crate::model::relation::Relation;

use super::shared::{
    characteristic_field, equipment_part, parts_cell, parts_column, step_field, user_columns, user_field, user_value,
};
use super::table::{Block, Column, ColumnKind, Filled, FormRow, Group, List, NewItem, Part, RowId, Rule, Target, runs};
use super::{Form, FormOptions};

pub(super) fn columns(project: &Project, options: FormOptions) -> (Vec<Group>, Vec<Column>) {
    let groups = ["Operation", "Resources", "Characteristics", "Control and routes"].map(Group::plain).to_vec();
    let mut columns = vec![
        Column::text("process_step_number", "No.", 0, 5.0),
        Column::value("symbol", "Symbol", 0, 6.0, ColumnKind::Symbol),
        Column::text("process_step", "Operation", 0, 20.0),
        Column::choice("step_kind", "Kind", 0, 9.0, ColumnKind::Choice),
        Column::text("description", "Description", 0, 20.0),
        Column::text("area", "Area / line", 0, 10.0),
        Column::text("equipment", "Machine, device, equipment", 1, 20.0),
        Column::text("sources_of_variation", "Incoming sources of variation", 1, 18.0),
        Column::text("characteristic_number", "Char. no.", 2, 6.0),
        Column::text("product_characteristic", "Product characteristic", 2, 17.0),
        Column::text("process_characteristic", "Process characteristic", 2, 17.0),
        Column::choice("characteristic_role", "Role at step", 2, 9.0, ColumnKind::Choice),
        Column::text("specification", "Specification / tolerance", 2, 15.0),
        Column::value("special_class", "Class", 2, 6.0, ColumnKind::Class),
        Column::text("work_instruction", "Control method / work instruction", 3, 14.0),
        Column::text("nok_disposition", "Disposition of nonconforming product", 3, 17.0),
        Column::text("next_steps", "Next steps", 3, 16.0),
    ];
    columns.extend(parts_column(project, 3, Kind::Step, options));
    columns.push(Column::text("remarks", "Remarks", 3, 16.0));
    columns.extend(user_columns(project, 3, &[Kind::Step]));
    (groups, columns)
}

/// Every step in the order of the flow, sub-steps behind their step.
pub(super) fn blocks(project: &Project, flow: Id<Document>) -> Vec<AnyId> {
    steps_in_order(project, flow).into_iter().map(|step| step.id.into()).collect()
}

pub(super) fn steps_in_order(project: &Project, flow: Id<Document>) -> Vec<&Step> {
    fn collect<'p>(project: &'p Project, step: &'p Step, found: &mut Vec<&'p Step>) {
        found.push(step);
        for sub_step in project.children::<Step>(step.id, Relation::SubStep) {
            collect(project, sub_step, found);
        }
    }
    let mut found = Vec::new();
    for step in project.children::<Step>(flow, Relation::TopStepInFlow) {
        collect(project, step, &mut found);
    }
    found
}

/// A row per characteristic, at least one.
pub(super) fn row_count(project: &Project, step: Id<Step>) -> usize {
    project.sources(step, Relation::CharacteristicAtStep).len().max(1)
}

pub(super) fn block(project: &Project, form: &Form, id: Id<Step>) -> Block {
    let Some(step) = project.get(id) else { return Block::empty(id.into()) };
    let mut at_step: Vec<Option<&StepCharacteristic>> =
        project.children(id, Relation::CharacteristicAtStep).map(Some).collect();
    if at_step.is_empty() {
        at_step.push(None);
    }
    let rows = at_step.iter().enumerate().map(|(row, entry)| FormRow {
        id: RowId { item: id.into(), part: entry.map(|entry| entry.id.into()) },
        rule: if row == 0 { Rule::Step } else { Rule::Hair },
    });
    let mut cells = Vec::new();
    for (column, declared) in form.columns.iter().enumerate() {
        let per_row = matches!(
            &*declared.key,
            "characteristic_number"
                | "product_characteristic"
                | "process_characteristic"
                | "characteristic_role"
                | "specification"
                | "special_class"
        );
        for (row, count) in runs(at_step.len(), |row| if per_row { row } else { 0 }) {
            let filled = if per_row {
                characteristic_cell(project, &declared.key, step, at_step[row])
            } else {
                step_cell(project, declared, step)
            };
            cells.push(filled.cell(column, row, count));
        }
    }
    Block { key: id.into(), rows: rows.collect(), cells }
}

fn step_cell(project: &Project, column: &Column, step: &Step) -> Filled {
    match &*column.key {
        "process_step_number" => step_field(project, &column.key, step).prompted("no."),
        "process_step" => step_field(project, &column.key, step).prompted("+ name"),
        "symbol" => {
            let kinds = std::iter::once(&step.kind).chain(&step.further_kinds);
            let parts = kinds.map(|kind| Part { symbol: Some(kind.symbol().to_owned()), ..Part::plain(kind.name()) });
            Filled::new(parts.collect(), Target::Derived)
        }
        "step_kind" => Filled::field(step.id, Field::Kind, step.kind.name()),
        "description" => Filled::field(step.id, Field::Description, step.description.as_str()),
        "area" => Filled::field(step.id, Field::Area, step.area.as_str()),
        "equipment" => equipment_cell(project, step),
        "sources_of_variation" => Filled::field(step.id, Field::SourcesOfVariation, step.sources_of_variation.as_str()),
        "work_instruction" => Filled::field(step.id, Field::WorkInstruction, step.work_instruction.as_str()),
        "nok_disposition" => Filled::field(step.id, Field::NokDisposition, step.nok_disposition.as_str()),
        "next_steps" => next_steps(project, step),
        "applies_to" => parts_cell(project, step.id.into(), &step.applicability),
        "remarks" => remarks(project, step),
        key => user_field(key).map_or_else(Filled::empty, |field| user_value(project, step.id, field)),
    }
}

fn equipment_cell(project: &Project, step: &Step) -> Filled {
    let mut parts: Vec<Part> = step.equipment.iter().map(|equipment| equipment_part(project, equipment)).collect();
    if parts.is_empty() && step.manual {
        parts.push(Part { quiet: true, ..Part::plain("Manual") });
    }
    Filled::new(parts, Target::List { owner: step.id.into(), list: List::Equipment }).prompted("+ equipment")
}

fn next_steps(project: &Project, step: &Step) -> Filled {
    let parts = project.children::<FlowEdge>(step.id, Relation::EdgeFrom).map(|edge| {
        let target = project.get(edge.to).map(|to| to.number.to_string()).unwrap_or_default();
        let label = if edge.label.is_blank() { String::new() } else { format!(" ({})", edge.label) };
        match edge.route {
            Route::Main => Part::plain(format!("→ {target}{label}")),
            route => Part::plain(format!("{} → {target}{label}", route.name())),
        }
    });
    Filled::new(parts.collect(), Target::Derived)
}

fn remarks(project: &Project, step: &Step) -> Filled {
    let mut filled =
        Filled::field(step.id, Field::Note, step.meta.as_ref().map(|meta| meta.note.to_string()).unwrap_or_default());
    let mut note = |yes: bool, text: String| {
        if yes {
            filled.parts.push(Part { quiet: true, ..Part::plain(text) });
        }
    };
    note(step.outsourced, "Outsourced".to_owned());
    if let Some(main) = &step.alternate_for {
        note(true, format!("Alternate for {}", project.target_text(main)));
    }
    note(!step.no_analysis_because.is_blank(), format!("No risk analysis: {}", step.no_analysis_because));
    note(!step.no_plan_row_because.is_blank(), format!("No control-plan row: {}", step.no_plan_row_because));
    filled
}

fn characteristic_cell(project: &Project, key: &str, step: &Step, at_step: Option<&StepCharacteristic>) -> Filled {
    let Some(at_step) = at_step else {
        return match key {
            "product_characteristic" => Filled::create(step.id, NewItem::ProductCharacteristic, "+ product char."),
            "process_characteristic" => Filled::create(step.id, NewItem::ProcessCharacteristic, "+ process char."),
            _ => Filled::empty(),
        };
    };
    let Some(characteristic) = project.get(at_step.characteristic) else { return Filled::empty() };
    match key {
        "characteristic_role" => Filled::field(at_step.id, Field::Role, at_step.role.name()),
        "specification" => match &at_step.local_specification {
            Some(local) => {
                let mut filled = Filled::field(at_step.id, Field::LocalSpecification, local.to_string());
                if !at_step.local_reason.is_blank() {
                    filled.parts.push(Part { quiet: true, ..Part::plain(at_step.local_reason.as_str()) });
                }
                filled
            }
            None => characteristic_field(project, characteristic, key),
        },
        _ => characteristic_field(project, characteristic, key),
    }
}
