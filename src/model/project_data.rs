//! What the documents of a project share: organisation and customer, parts, people, requirements, own fields, attachments.

use crate::base::clock::Date;
use crate::base::{Id, OrderKey, Text};
use crate::model::item::{AnyId, Kind, entity};
use crate::model::meta::Meta;
use crate::model::reference::{Ref, Reference};
use crate::model::relation::Relation;

/// Who makes what for whom. There is exactly one per project.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectData {
    /// Always [`ProjectData::ID`].
    pub id: Id<Self>,
    /// Name of the project.
    pub name: Text,
    /// Organisation (supplier) that owns the documents.
    pub organisation: Text,
    /// Plant (manufacturing location).
    pub plant: Text,
    /// Engineering location, for design FMEAs.
    pub engineering_location: Text,
    /// Code of the supplier at the customer.
    pub supplier_code: Text,
    /// Customer.
    pub customer: Text,
    /// Model year or programme.
    pub programme: Text,
    /// Identity of the class set in use, such as `generic`.
    pub class_set: Text,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

impl ProjectData {
    /// The identity of the one record.
    pub const ID: Id<Self> = Id::MIN;
}

impl Default for ProjectData {
    fn default() -> Self {
        Self {
            id: Self::ID,
            name: Text::default(),
            organisation: Text::default(),
            plant: Text::default(),
            engineering_location: Text::default(),
            supplier_code: Text::default(),
            customer: Text::default(),
            programme: Text::default(),
            class_set: Text::from("generic"),
            meta: None,
        }
    }
}

entity!(ProjectData, project_data;);

/// A part that the documents are about.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Identity.
    pub id: Id<Self>,
    /// Place among the parts.
    pub order: OrderKey,
    /// Part number.
    pub number: Text,
    /// Part name or description.
    pub name: Text,
    /// Latest engineering change level.
    pub change_level: Text,
    /// Date of the change level.
    pub change_date: Option<Date>,
    /// Drawing number.
    pub drawing: Text,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Part, parts, order: order;);

/// Somebody who works on the documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Identity.
    pub id: Id<Self>,
    /// Place among the people.
    pub order: OrderKey,
    /// Name.
    pub name: Text,
    /// Role, such as moderator, process owner, team member.
    pub role: Text,
    /// Discipline (function in the organisation), such as quality, process engineering.
    pub discipline: Text,
    /// Phone or mail, printed for the key contact.
    pub contact: Text,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Person, people, order: order;);

/// A requirement of a customer beyond the standard (IATF 16949, 4.3.2).
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerRequirement {
    /// Identity.
    pub id: Id<Self>,
    /// Place among the requirements.
    pub order: OrderKey,
    /// Customer.
    pub customer: Text,
    /// Clause or document reference.
    pub clause: Text,
    /// What is required, in our own words.
    pub requirement: Text,
    /// Documents that prove it.
    pub attachments: Vec<Ref<Attachment>>,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(CustomerRequirement, customer_requirements, order: order; attachments => AttachedTo);

/// The type of a user-defined field.
#[derive(Debug, Clone, PartialEq)]
pub enum UserFieldType {
    /// Any words.
    Text,
    /// A decimal number.
    Number,
    /// A calendar date.
    Date,
    /// One of a list.
    Choice(Vec<Text>),
}

impl UserFieldType {
    /// What people call the types.
    pub fn names() -> [&'static str; 4] {
        ["Text", "Number", "Date", "Choice"]
    }

    /// What people call it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Number => "Number",
            Self::Date => "Date",
            Self::Choice(_) => "Choice",
        }
    }
}

/// A field that a company adds to a kind of item; it shows as a column wherever the kind does.
#[derive(Debug, Clone, PartialEq)]
pub struct UserField {
    /// Identity.
    pub id: Id<Self>,
    /// Place among the fields.
    pub order: OrderKey,
    /// The kind of item that carries the field.
    pub on: Kind,
    /// Name, which is the heading of the column.
    pub name: Text,
    /// What values look like.
    pub value_type: UserFieldType,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(UserField, user_fields, order: order;);

/// A file that belongs to the project.
#[derive(Debug, Clone, PartialEq)]
pub struct Attachment {
    /// Identity.
    pub id: Id<Self>,
    /// Path below the project folder, with forward slashes.
    pub path: Text,
    /// Title.
    pub title: Text,
    /// SHA-256 of the contents in hexadecimal digits.
    pub hash: Text,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Attachment, attachments;);

/// A finding that somebody looked at and accepted, with the reason. It lapses when the content changes.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingApproval {
    /// Identity.
    pub id: Id<Self>,
    /// Code of the finding.
    pub code: Text,
    /// The item the finding is about.
    pub item: Approved,
    /// Fingerprint of the content that was approved.
    pub fingerprint: Text,
    /// Why it is acceptable.
    pub reason: Text,
    /// Who approved.
    pub by: Text,
    /// When.
    pub on: Option<Date>,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(FindingApproval, finding_approvals; item => ApprovedFinding);

/// The item that an approval is about: contained in it, so the approval goes with the item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Approved(pub AnyId);

impl Reference for Approved {
    fn visit(&self, relation: Relation, found: &mut dyn FnMut(Relation, AnyId)) {
        found(relation, self.0);
    }

    fn detach(&mut self, _: AnyId, _: &Text) {}

    fn reconcile(&mut self, _: &dyn Fn(AnyId) -> bool) -> bool {
        false
    }
}
