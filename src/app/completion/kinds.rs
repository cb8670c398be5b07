//! Which texts complete which: effects complete effects, reaction plans complete reaction plans.

use crate::app::find::texts_of;
use crate::model::characteristic::CharacteristicKind;
use crate::model::field::Field;
use crate::model::fmea::{ControlKind, FailureRole};
use crate::model::form::{List, NewItem, Target};
use crate::model::project_data::UserField;
use crate::model::{AnyId, Item, Kind, Project};

/// A kind of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextKind {
    /// Effects, modes, causes.
    Failure(FailureRole),
    /// Functions.
    Function,
    /// Requirements of functions.
    Requirement,
    /// Prevention or detection controls.
    Control(ControlKind),
    /// Names of product or process characteristics.
    Characteristic(CharacteristicKind),
    /// Equipment with its asset number.
    Equipment,
    /// Any other field of a kind of item.
    Field(Kind, Field),
}

impl TextKind {
    /// The kind of text that a cell takes; none if it takes no words.
    pub fn of(project: &Project, target: &Target) -> Option<Self> {
        Some(match target {
            Target::Derived => return None,
            Target::List { list, .. } => match list {
                List::Functions => Self::Function,
                List::Requirements => Self::Requirement,
                List::Effects => Self::Failure(FailureRole::Effect),
                List::Controls(kind) => Self::Control(*kind),
                List::Equipment => Self::Equipment,
                List::CarriedOut | List::Parts | List::Documents | List::Attachments => return None,
            },
            Target::Create { what, .. } => match what {
                NewItem::ProcessItem | NewItem::WorkElement => Self::Field(Kind::Element, Field::Name),
                NewItem::Function => Self::Function,
                NewItem::Mode => Self::Failure(FailureRole::Mode),
                NewItem::Cause => Self::Failure(FailureRole::Cause),
                NewItem::Effect(_) => Self::Failure(FailureRole::Effect),
                NewItem::Action(_) => Self::Field(Kind::Action, Field::Text),
                NewItem::Step => Self::Field(Kind::Step, Field::Name),
                NewItem::ProductCharacteristic | NewItem::ProductSubject => {
                    Self::Characteristic(CharacteristicKind::Product)
                }
                NewItem::ProcessCharacteristic | NewItem::ProcessSubject => {
                    Self::Characteristic(CharacteristicKind::Process)
                }
                NewItem::Characteristic(kind) => Self::Characteristic(*kind),
                NewItem::PlanRow { .. } => Self::Field(Kind::PlanRow, Field::ControlMethod),
                NewItem::Result { field, .. } if texts_of(Kind::TestResult).contains(field) => {
                    Self::Field(Kind::TestResult, *field)
                }
                NewItem::RoleOf { .. } | NewItem::Warrant | NewItem::PpapElement | NewItem::Result { .. } => {
                    return None;
                }
            },
            Target::Field { item, field } => return Self::of_field(&project.item(*item)?, *field),
        })
    }

    fn of_field(item: &Item, field: Field) -> Option<Self> {
        Some(match (item, field) {
            (Item::Failure(failure), Field::Text) => Self::Failure(failure.role),
            (Item::Function(_), Field::Text) => Self::Function,
            (Item::Control(control), Field::Text) => Self::Control(control.kind),
            (Item::Characteristic(characteristic), Field::Name) => Self::Characteristic(characteristic.kind),
            (Item::Equipment(_), Field::Name) => Self::Equipment,
            (_, Field::User(_)) => Self::Field(item.id().kind(), field),
            _ if texts_of(item.id().kind()).contains(&field) => Self::Field(item.id().kind(), field),
            _ => return None,
        })
    }
}

/// What an item says, by kind of text.
pub(super) fn texts(project: &Project, id: AnyId) -> Vec<(TextKind, String)> {
    let Some(item) = project.item(id) else { return Vec::new() };
    let own: Vec<Field> = match item.meta() {
        Some(meta) => {
            meta.values.iter().map(|(field, _): &(crate::base::Id<UserField>, _)| Field::User(*field)).collect()
        }
        None => Vec::new(),
    };
    let mut found = Vec::new();
    for field in texts_of(id.kind()).iter().chain(&own) {
        let Some(kind) = TextKind::of_field(&item, *field) else { continue };
        let text = if kind == TextKind::Equipment { Some(project.label(id)) } else { project.field_text(id, *field) };
        found.extend(text.filter(|text| !text.trim().is_empty()).map(|text| (kind, text)));
    }
    if let Item::Function(function) = &item {
        found.extend(function.requirements.iter().map(|text| (TextKind::Requirement, text.to_string())));
    }
    found
}
