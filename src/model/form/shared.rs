//! What several forms show alike: steps, characteristics, equipment and user-defined fields.

use crate::base::Id;
use crate::model::applicability::{ALL_PARTS, Applicability, NO_PART};
use crate::model::characteristic::{Characteristic, CharacteristicKind};
use crate::model::equipment::Equipment;
use crate::model::field::Field;
use crate::model::flow::Step;
use crate::model::item::{AnyId, Kind};
use crate::model::project::Project;
use crate::model::project_data::{self, UserField, UserFieldType};
use crate::model::reference::Ref;
use crate::model::relation::Relation;

use super::FormOptions;
use super::table::{Column, ColumnKind, Filled, List, Part, Target};

/// A column per user-defined field of the kinds, in their order. Its key is `user:` and the identity.
pub(super) fn user_columns(project: &Project, group: usize, kinds: &[Kind]) -> Vec<Column> {
    let fields = project.all_in_order::<UserField>().into_iter().filter(|field| kinds.contains(&field.on));
    fields
        .map(|field| Column {
            key: format!("user:{}", AnyId::from(field.id)).into(),
            heading: field.name.to_string().into(),
            kind: match field.value_type {
                UserFieldType::Text => ColumnKind::Text,
                UserFieldType::Number => ColumnKind::Number,
                UserFieldType::Date => ColumnKind::Date,
                UserFieldType::Choice(_) => ColumnKind::Choice,
            },
            ..Column::text("", "", group, 12.0)
        })
        .collect()
}

/// A column that says which parts something applies to: in an editor if the project has several, on paper where anything of
/// the kind applies to some of them only.
pub(super) fn parts_column(project: &Project, group: usize, kind: Kind, options: FormOptions) -> Option<Column> {
    let has_family = options.prompts && project.members::<project_data::Part>().len() > 1;
    let is_needed = has_family || project.differs_by_part(kind);
    is_needed.then(|| Column::text("applies_to", "Applies to", group, 11.0))
}

/// The parts that an item applies to.
pub(super) fn parts_cell(project: &Project, owner: AnyId, applies: &Applicability) -> Filled {
    let parts = match applies {
        Applicability::AllParts => vec![Part { quiet: true, ..Part::plain(ALL_PARTS) }],
        Applicability::Parts(parts) if parts.is_empty() => vec![Part { missing: true, ..Part::plain(NO_PART) }],
        Applicability::Parts(parts) => {
            let part = |part| Part { missing: Ref::present(part).is_none(), ..Part::plain(project.part_text(part)) };
            parts.iter().map(part).collect()
        }
    };
    Filled::new(parts, Target::List { owner, list: List::Parts })
}

/// The user-defined field that a column of [`user_columns`] shows.
pub(super) fn user_field(key: &str) -> Option<Id<UserField>> {
    match key.strip_prefix("user:")?.parse() {
        Ok(AnyId::UserField(field)) => Some(field),
        _ => None,
    }
}

/// What an item says in a user-defined field.
pub(super) fn user_value(project: &Project, item: impl Into<AnyId>, field: Id<UserField>) -> Filled {
    let item = item.into();
    let field = Field::User(field);
    Filled::field(item, field, project.field_text(item, field).unwrap_or_default())
}

/// In how many places of the documents a step shows.
pub fn uses_of_step(project: &Project, step: Id<Step>) -> usize {
    1 + project.sources(step, Relation::ElementStep).len() + project.sources(step, Relation::RowStep).len()
}

/// Number or name of a step, which the forms share.
pub(super) fn step_field(project: &Project, key: &str, step: &Step) -> Filled {
    let mut filled = match key {
        "process_step_number" => Filled::field(step.id, Field::Number, step.number.as_str()),
        "process_step" => Filled::field(step.id, Field::Name, step.name.as_str()),
        _ => Filled::empty(),
    };
    for part in &mut filled.parts {
        part.item = Some(step.id.into());
        part.uses = uses_of_step(project, step.id);
    }
    filled
}

/// A piece of equipment as forms print it.
pub(super) fn equipment_part(project: &Project, reference: &Ref<Equipment>) -> Part {
    match reference.present() {
        Some(id) => Part {
            item: Some(id.into()),
            uses: project.sources(id, Relation::StepEquipment).len()
                + project.sources(id, Relation::RowEquipment).len(),
            ..Part::plain(project.label(id.into()))
        },
        None => {
            Part { missing: true, ..Part::plain(reference.last_label().map(ToString::to_string).unwrap_or_default()) }
        }
    }
}

/// A column of a characteristic, in whichever form it stands.
pub(super) fn characteristic_field(project: &Project, characteristic: &Characteristic, key: &str) -> Filled {
    let of_kind = |kind, filled: Filled| if characteristic.kind == kind { filled } else { Filled::empty() };
    let name = || Filled::field(characteristic.id, Field::Name, characteristic.name.as_str());
    let mut filled = match key {
        "characteristic_number" => Filled::field(characteristic.id, Field::Number, characteristic.number.as_str()),
        "product_characteristic" => of_kind(CharacteristicKind::Product, name()),
        "process_characteristic" => of_kind(CharacteristicKind::Process, name()),
        "specification" => Filled::field(characteristic.id, Field::Specification, characteristic.specification_text())
            .prompted("+ specification"),
        "special_class" => {
            let mut filled = Filled::field(characteristic.id, Field::SpecialClass, characteristic.class.as_str());
            for part in &mut filled.parts {
                part.symbol = Some(characteristic.class.to_string());
            }
            if characteristic.pass_through {
                filled.parts.push(Part::plain("PTC"));
            }
            filled
        }
        _ => Filled::empty(),
    };
    let uses = project.sources(characteristic.id, Relation::RoleOfCharacteristic).len()
        + project.sources(characteristic.id, Relation::RowCharacteristic).len()
        + project.sources(characteristic.id, Relation::FunctionCharacteristic).len()
        + project.sources(characteristic.id, Relation::FailureCharacteristic).len();
    for part in &mut filled.parts {
        part.item = Some(characteristic.id.into());
        part.uses = uses;
    }
    filled
}
