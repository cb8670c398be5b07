//! The part submission warrant: what it says of one part.

use crate::base::clock::Date;
use crate::base::{Decimal, Id, OrderKey, Text};
use crate::model::item::entity;
use crate::model::meta::Meta;
use crate::model::ppap::Submission;
use crate::model::project::Project;
use crate::model::project_data::Part;
use crate::model::reference::Ref;

/// The warrant of a part. Number, name, drawing and change level are those of the part, unless the warrant says otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Warrant {
    /// Identity.
    pub id: Id<Self>,
    /// The submission.
    pub submission: Id<Submission>,
    /// Place among the warrants.
    pub order: OrderKey,
    /// The part; its number is the one that the customer uses.
    pub part: Option<Ref<Part>>,
    /// Part number of the organisation, where it differs.
    pub own_number: Text,
    /// Drawing on which the part is shown; blank for that of the part.
    pub drawing: Text,
    /// Engineering change level; blank for that of the part.
    pub change_level: Text,
    /// Date of the change level; none for that of the part.
    pub change_date: Option<Date>,
    /// Approved changes that are built in but not yet on the drawing.
    pub further_changes: Text,
    /// Their date.
    pub further_changes_date: Option<Date>,
    /// Whether the part falls under a safety or government regulation.
    pub safety_regulation: Option<bool>,
    /// Purchase order number.
    pub purchase_order: Text,
    /// Weight of the part as shipped, without packaging, in kilograms.
    pub weight: Option<Decimal>,
    /// Number of the checking aid, if one was used.
    pub checking_aid: Text,
    /// Engineering change level of the checking aid.
    pub checking_aid_level: Text,
    /// Date of that level.
    pub checking_aid_date: Option<Date>,
    /// Mould, cavity, production process.
    pub streams: Text,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Warrant, warrants, order: order; submission => WarrantInSubmission, part => WarrantPart);

impl Warrant {
    /// A warrant that says nothing but which part it is for.
    pub fn of(id: Id<Self>, submission: Id<Submission>, order: OrderKey, part: Option<Id<Part>>) -> Self {
        Self {
            id,
            submission,
            order,
            part: part.map(Ref::Item),
            own_number: Text::default(),
            drawing: Text::default(),
            change_level: Text::default(),
            change_date: None,
            further_changes: Text::default(),
            further_changes_date: None,
            safety_regulation: None,
            purchase_order: Text::default(),
            weight: None,
            checking_aid: Text::default(),
            checking_aid_level: Text::default(),
            checking_aid_date: None,
            streams: Text::default(),
            meta: None,
        }
    }
}

impl Project {
    /// The part of a warrant, if it is chosen and exists.
    pub fn warranted_part(&self, warrant: &Warrant) -> Option<&Part> {
        warrant.part.as_ref().and_then(Ref::present).and_then(|part| self.get(part))
    }

    /// The drawing that a warrant names: its own, or that of the part.
    pub fn warrant_drawing(&self, warrant: &Warrant) -> Text {
        let of_part = || self.warranted_part(warrant).map(|part| part.drawing.clone()).unwrap_or_default();
        if warrant.drawing.is_blank() { of_part() } else { warrant.drawing.clone() }
    }

    /// The change level that a warrant names and its date: its own, or that of the part. The date goes with its level.
    pub fn warrant_level(&self, warrant: &Warrant) -> (Text, Option<Date>) {
        if !warrant.change_level.is_blank() {
            return (warrant.change_level.clone(), warrant.change_date);
        }
        let part = self.warranted_part(warrant);
        let level = part.map(|part| part.change_level.clone()).unwrap_or_default();
        (level, warrant.change_date.or(part.and_then(|part| part.change_date)))
    }
}
