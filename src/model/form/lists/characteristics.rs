//! The list of characteristics: what each is, where it is made, and how it is controlled.

use crate::base::Id;
use crate::model::characteristic::{Characteristic, CharacteristicRole, StepCharacteristic};
use crate::model::control_plan::PlanRow;
use crate::model::field::Field;
use crate::model::fmea::Failure;
use crate::model::item::{AnyId, Kind};
use crate::model::project::Project;
use crate::model::relation::Relation;

use super::super::Form;
use super::super::shared::{characteristic_field, user_columns};
use super::super::table::{Block, Column, ColumnKind, Filled, FormRow, Group, Part, RowId, Rule, Target};
use super::{field, group, own_field};

pub(super) fn columns(project: &Project) -> (Vec<Group>, Vec<Column>) {
    use ColumnKind::{Choice, Class};
    let groups = vec![group("Characteristic", None), group("Origin", None), group("Where it matters", None)];
    let mut columns = vec![
        Column::text("characteristic_number", "No.", 0, 6.0),
        Column::text("characteristic", "Characteristic", 0, 24.0),
        Column::choice("characteristic_kind", "Kind", 0, 8.0, Choice),
        Column::value("special_class", "Class", 0, 6.0, Class),
        Column::choice("pass_through", "Pass-through", 0, 9.0, Choice),
        Column::text("specification", "Specification / tolerance", 0, 22.0),
        Column::text("source", "Drawing or document", 1, 16.0),
        Column::text("balloon", "Balloon no.", 1, 7.0),
        Column::text("created_at", "Created or changed at", 2, 22.0),
        Column::text("measured_at", "Measured at", 2, 18.0),
        Column::text("failures", "Failure modes and causes", 2, 28.0),
        Column::text("controlled_by", "Controlled by", 2, 30.0),
        Column::text("remarks", "Remarks", 2, 16.0),
    ];
    columns.extend(user_columns(project, 2, &[Kind::Characteristic]));
    (groups, columns)
}

/// Every characteristic in the order of the list.
pub(super) fn blocks(project: &Project) -> Vec<AnyId> {
    project.members::<Characteristic>().into_iter().map(AnyId::from).collect()
}

pub(super) fn block(project: &Project, form: &Form, id: Id<Characteristic>) -> Block {
    let Some(characteristic) = project.get(id) else { return Block::empty(id.into()) };
    let rows = vec![FormRow { id: RowId { item: id.into(), part: None }, rule: Rule::Hair }];
    let columns = form.columns.iter().enumerate();
    let cells = columns.map(|(at, column)| cell(project, &column.key, characteristic).cell(at, 0, 1)).collect();
    Block { key: id.into(), rows, cells }
}

fn cell(project: &Project, key: &str, characteristic: &Characteristic) -> Filled {
    let id = characteristic.id;
    match key {
        "characteristic_number" | "specification" | "special_class" => {
            characteristic_field(project, characteristic, key)
        }
        "characteristic" => named(project, characteristic),
        "characteristic_kind" => field(project, id, Field::Kind),
        "pass_through" => {
            let shown = if characteristic.pass_through { "Yes" } else { "" };
            Filled::field(id, Field::PassThrough, shown)
        }
        "source" => field(project, id, Field::Source),
        "balloon" => field(project, id, Field::Balloon),
        "created_at" => {
            at_steps(project, id, |role| matches!(role, CharacteristicRole::Created | CharacteristicRole::Changed))
        }
        "measured_at" => at_steps(project, id, |role| role == CharacteristicRole::Measured),
        "failures" => failures(project, id),
        "controlled_by" => controlled_by(project, id),
        "remarks" => field(project, id, Field::Note),
        key => own_field(project, key, id),
    }
}

/// The name, marked as the one fact it is in every document.
pub(super) fn named(project: &Project, characteristic: &Characteristic) -> Filled {
    let key = match characteristic.kind {
        crate::model::characteristic::CharacteristicKind::Product => "product_characteristic",
        crate::model::characteristic::CharacteristicKind::Process => "process_characteristic",
    };
    characteristic_field(project, characteristic, key)
}

fn at_steps(project: &Project, id: Id<Characteristic>, fits: impl Fn(CharacteristicRole) -> bool) -> Filled {
    let roles = project.children::<StepCharacteristic>(id, Relation::RoleOfCharacteristic);
    listed(roles.filter(|role| fits(role.role)).map(|role| item_part(project, role.step.into())))
}

fn failures(project: &Project, id: Id<Characteristic>) -> Filled {
    let failures = project.children::<Failure>(id, Relation::FailureCharacteristic);
    listed(failures.map(|failure| item_part(project, failure.id.into())))
}

fn controlled_by(project: &Project, id: Id<Characteristic>) -> Filled {
    listed(project.children::<PlanRow>(id, Relation::RowCharacteristic).map(|row| {
        let number = project.row_number(row);
        let words =
            [number.as_str(), row.control_method.as_str(), row.sample_size.as_str(), row.sample_frequency.as_str()];
        let words: Vec<&str> = words.into_iter().filter(|word| !word.trim().is_empty()).collect();
        Part { item: Some(row.id.into()), ..Part::plain(words.join(" · ")) }
    }))
}

fn item_part(project: &Project, item: AnyId) -> Part {
    Part { item: Some(item), ..Part::plain(project.label(item)) }
}

fn listed(parts: impl Iterator<Item = Part>) -> Filled {
    Filled::new(parts.collect(), Target::Derived)
}
