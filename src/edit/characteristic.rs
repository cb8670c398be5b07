//! Making characteristics and their roles at steps.

use crate::base::text::{normalized, quoted};
use crate::base::{Id, OrderKey, Text};
use crate::model::characteristic::{Characteristic, CharacteristicKind, CharacteristicRole, StepCharacteristic};
use crate::model::flow::Step;
use crate::model::item::AnyId;
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::relation::Relation;

use super::arrange::key_behind;
use super::plan::{Author, Refusal, existing};
use super::set_field::read_role;

/// A new characteristic in the list, behind another or at the end.
pub(super) fn listed(
    project: &Project,
    kind: CharacteristicKind,
    text: &str,
    after: Option<AnyId>,
    author: &mut Author,
) -> Characteristic {
    let all = project.all_in_order::<Characteristic>();
    let place = after.and_then(|after| all.iter().position(|known| AnyId::from(known.id) == after));
    let (before, behind) = match place {
        Some(at) => (all.get(at), all.get(at + 1)),
        None => (all.last(), None),
    };
    Characteristic {
        id: author.ids.next_id(),
        order: OrderKey::between(before.map(|known| &known.order), behind.map(|known| &known.order)),
        kind,
        number: Text::default(),
        name: Text::from(text),
        specifications: Vec::new(),
        class: Text::default(),
        pass_through: false,
        source: Text::default(),
        balloon: Text::default(),
        meta: None,
    }
}

/// A characteristic of the project with this number or name, or a new one.
pub(super) fn find_or_make(
    project: &Project,
    kind: CharacteristicKind,
    text: &str,
    author: &mut Author,
) -> (Characteristic, Option<Op>) {
    let wanted = normalized(text);
    let known = project.all::<Characteristic>().find(|found| {
        found.kind == kind
            && !wanted.is_empty()
            && [normalized(&found.name), normalized(&found.label()), normalized(&found.number)].contains(&wanted)
    });
    if let Some(known) = known {
        return (known.clone(), None);
    }
    let made = listed(project, kind, text, None, author);
    (made.clone(), Some(Op::Put(made.into())))
}

/// A characteristic, known or new, at a step that creates it.
pub(super) fn characteristic_at(
    project: &Project,
    step: Id<Step>,
    kind: CharacteristicKind,
    text: &str,
    author: &mut Author,
) -> Result<Vec<Op>, Refusal> {
    let (characteristic, made) = find_or_make(project, kind, text, author);
    let role = role(project, step, &characteristic, CharacteristicRole::Created, author)?;
    Ok(made.into_iter().chain([Op::Put(role.into())]).collect())
}

/// The role of a characteristic at a step: `text` names it, or is its letter; blank is "created".
pub(super) fn role_at(
    project: &Project,
    step: Id<Step>,
    characteristic: Id<Characteristic>,
    text: &str,
    author: &mut Author,
) -> Result<StepCharacteristic, Refusal> {
    let named = existing(project, characteristic)?;
    let kind = if text.is_empty() { CharacteristicRole::Created } else { read_role(text)? };
    role(project, step, named, kind, author)
}

/// The role of a characteristic at a step that does not have it yet.
pub(super) fn role(
    project: &Project,
    step: Id<Step>,
    characteristic: &Characteristic,
    role: CharacteristicRole,
    author: &mut Author,
) -> Result<StepCharacteristic, Refusal> {
    existing(project, step)?;
    let mut at_step = project.children::<StepCharacteristic>(step, Relation::CharacteristicAtStep);
    if at_step.any(|entry| entry.characteristic == characteristic.id) {
        return Err(Refusal::new(format!("The step has {} already", quoted(&characteristic.label()))));
    }
    Ok(StepCharacteristic {
        id: author.ids.next_id(),
        step,
        characteristic: characteristic.id,
        order: key_behind(project, step.into(), Relation::CharacteristicAtStep, None),
        role,
        local_specification: None,
        local_reason: Text::default(),
        meta: None,
    })
}
