//! Records of the lists of the project, and what control-plan rows and failures choose from them.

use crate::base::text::quoted;
use crate::base::{Id, OrderKey, Text};
use crate::model::characteristic::{Characteristic, CharacteristicKind};
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::document::Phase;
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::model::field::Field;
use crate::model::fmea::{Control, Failure};
use crate::model::item::{Entity, Item, Kind};
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::project_data::{CustomerRequirement, Part, Person, UserField, UserFieldType};
use crate::model::reference::Ref;
use crate::model::report_profile::ReportProfile;
use crate::model::review::reviewed_link;

use super::delete::with_orphans;
use super::plan::{Author, Refusal, Transaction, existing};
use super::report_profiles;

fn next_order<T: Entity>(project: &Project) -> OrderKey {
    OrderKey::after(project.all_in_order::<T>().last().and_then(|last| last.order()))
}

/// Plans to add an empty record.
pub(super) fn add(project: &Project, kind: Kind, author: &mut Author) -> Result<Transaction, Refusal> {
    if kind == Kind::Submission {
        return super::ppap::add_submission(project, author);
    }
    let ids = &mut author.ids;
    let blank = Text::default;
    let (item, field): (Item, Field) = match kind {
        Kind::Part => {
            let part = Part {
                id: ids.next_id(),
                order: next_order::<Part>(project),
                number: blank(),
                name: blank(),
                change_level: blank(),
                change_date: None,
                drawing: blank(),
                meta: None,
            };
            (part.into(), Field::Number)
        }
        Kind::Person => {
            let order = next_order::<Person>(project);
            let (name, role, discipline, contact) = (blank(), blank(), blank(), blank());
            (Person { id: ids.next_id(), order, name, role, discipline, contact, meta: None }.into(), Field::Name)
        }
        Kind::CustomerRequirement => {
            let requirement = CustomerRequirement {
                id: ids.next_id(),
                order: next_order::<CustomerRequirement>(project),
                customer: project.data().customer.clone(),
                clause: blank(),
                requirement: blank(),
                attachments: Vec::new(),
                meta: None,
            };
            (requirement.into(), Field::Clause)
        }
        Kind::Characteristic => {
            let characteristic = Characteristic {
                id: ids.next_id(),
                order: next_order::<Characteristic>(project),
                kind: CharacteristicKind::Product,
                number: blank(),
                name: blank(),
                specifications: Vec::new(),
                class: blank(),
                pass_through: false,
                source: blank(),
                balloon: blank(),
                meta: None,
            };
            (characteristic.into(), Field::Name)
        }
        Kind::Equipment => {
            let equipment = Equipment {
                id: ids.next_id(),
                order: next_order::<Equipment>(project),
                kind: EquipmentKind::Machine,
                name: blank(),
                asset_number: blank(),
                challenge_part: blank(),
                verification_frequency: blank(),
                meta: None,
            };
            (equipment.into(), Field::Name)
        }
        Kind::ReportProfile => {
            let order = next_order::<ReportProfile>(project);
            let name = report_profiles::new_name(project);
            (ReportProfile::new(ids.next_id(), order, &name).into(), Field::Name)
        }
        _ => return Err(Refusal::new(format!("A {} is not a record of the project", kind.noun()))),
    };
    let id = item.id();
    Ok(Transaction::new(format!("Add {}", kind.noun()), vec![Op::Put(item)]).focus(id, Some(field)))
}

/// Plans to declare a user-defined field.
pub(super) fn add_user_field(
    project: &Project,
    on: Kind,
    name: &str,
    value_type: &UserFieldType,
    author: &mut Author,
) -> Result<Transaction, Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::new("Give the field a name"));
    }
    if *value_type == UserFieldType::Choice(Vec::new()) {
        return Err(Refusal::new("Name at least one choice"));
    }
    let field = UserField {
        id: author.ids.next_id(),
        order: next_order::<UserField>(project),
        on,
        name: Text::from(name.trim()),
        value_type: value_type.clone(),
        meta: None,
    };
    Ok(Transaction::new(format!("Add own field {}", quoted(name)), vec![Op::Put(field.into())]))
}

fn change_row(
    project: &Project,
    id: Id<PlanRow>,
    what: &str,
    change: impl FnOnce(&mut PlanRow),
) -> Result<Transaction, Refusal> {
    let mut row = existing(project, id)?.clone();
    change(&mut row);
    let label = format!("{what} of {}", project.label(id.into()));
    Ok(Transaction::new(label, with_orphans(project, vec![Op::Put(row.into())])).focus(id, None))
}

pub(super) fn set_phases(project: &Project, id: Id<PlanRow>, phases: &[Phase]) -> Result<Transaction, Refusal> {
    let mut phases = phases.to_vec();
    phases.sort_unstable();
    phases.dedup();
    change_row(project, id, "Set phases", |row| row.phases = phases)
}

pub(super) fn set_subject(
    project: &Project,
    id: Id<PlanRow>,
    characteristic: Id<Characteristic>,
    author: &Author,
) -> Result<Transaction, Refusal> {
    let link = reviewed_link(existing(project, characteristic)?, &author.name, Some(author.today));
    change_row(project, id, "Set characteristic", |row| row.subject = Subject::Characteristic(link))
}

pub(super) fn set_device(project: &Project, id: Id<PlanRow>, device: Id<Equipment>) -> Result<Transaction, Refusal> {
    if existing(project, device)?.kind != EquipmentKind::ErrorProofing {
        return Err(Refusal::new(format!("{} is not an error-proofing device", quoted(&project.label(device.into())))));
    }
    change_row(project, id, "Set error-proofing device", |row| row.subject = Subject::ErrorProofing(Ref::Item(device)))
}

pub(super) fn set_check(project: &Project, id: Id<PlanRow>, restart: bool, text: &str) -> Result<Transaction, Refusal> {
    let text = Text::from(text.trim());
    let what = if restart { "Set restart check" } else { "Set set-up check" };
    change_row(project, id, what, |row| {
        row.subject = if restart { Subject::Restart(text) } else { Subject::SetUp(text) };
    })
}

pub(super) fn set_carried_out(
    project: &Project,
    id: Id<PlanRow>,
    controls: &[Id<Control>],
    author: &Author,
) -> Result<Transaction, Refusal> {
    let before = existing(project, id)?.controls.clone();
    let links = controls
        .iter()
        .map(|control| {
            // What is chosen already keeps its review, and stays chosen even if its target is gone.
            match before.iter().find(|link| link.to.id() == *control) {
                Some(known) => Ok(known.clone()),
                None => Ok(reviewed_link(existing(project, *control)?, &author.name, Some(author.today))),
            }
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    change_row(project, id, "Choose the FMEA controls", |row| row.controls = links)
}

pub(super) fn set_failure_characteristic(
    project: &Project,
    id: Id<Failure>,
    characteristic: Option<Id<Characteristic>>,
    author: &Author,
) -> Result<Transaction, Refusal> {
    let mut failure = existing(project, id)?.clone();
    failure.characteristic = match characteristic {
        Some(target) => Some(reviewed_link(existing(project, target)?, &author.name, Some(author.today))),
        None => None,
    };
    let label = match characteristic {
        Some(target) => format!("Link {} to {}", quoted(&failure.text), quoted(&project.label(target.into()))),
        None => format!("Unlink the characteristic of {}", quoted(&failure.text)),
    };
    Ok(Transaction::new(label, vec![Op::Put(failure.into())]).focus(id, None))
}
