//! Items of `project.ron`: what the documents share.

use crate::base::clock::Date;
use crate::base::{Id, OrderKey, Text};
use crate::model::item::{AnyId, Kind};
use crate::model::project_data::{
    Approved, Attachment, CustomerRequirement, FindingApproval, Part, Person, ProjectData, UserField, UserFieldType,
};
use crate::model::reference::Ref;
use crate::store::schema::v1::record::{Home, Stored, choice, record};

record! {
    /// The one record of the project itself. Its identity is always the same and not written.
    ProjectDataFile of ProjectData home id = project {
        name: Text,
        class_set: Text,
        ;
        organisation: Text,
        plant: Text,
        engineering_location: Text,
        supplier_code: Text,
        customer: Text,
        programme: Text,
        ; meta
    }
}

impl Default for ProjectDataFile {
    fn default() -> Self {
        ProjectData::default().to_file()
    }
}

record! {
    /// A part.
    PartFile of Part {
        id: Id<Part>,
        order: OrderKey,
        ;
        number: Text,
        name: Text,
        change_level: Text,
        change_date: Option<Date>,
        drawing: Text,
        ; meta
    }
}

record! {
    /// A person.
    PersonFile of Person {
        id: Id<Person>,
        order: OrderKey,
        ;
        name: Text,
        role: Text,
        discipline: Text,
        contact: Text,
        ; meta
    }
}

record! {
    /// A requirement of a customer.
    CustomerRequirementFile of CustomerRequirement {
        id: Id<CustomerRequirement>,
        order: OrderKey,
        ;
        customer: Text,
        clause: Text,
        requirement: Text,
        attachments: Vec<Ref<Attachment>>,
        ; meta
    }
}

record! {
    /// A user-defined field.
    UserFieldFile of UserField {
        id: Id<UserField>,
        order: OrderKey,
        on: Kind,
        value_type: UserFieldType,
        ;
        name: Text,
        ; meta
    }
}

record! {
    /// An attached file.
    AttachmentFile of Attachment {
        id: Id<Attachment>,
        ;
        path: Text,
        title: Text,
        hash: Text,
        ; meta
    }
}

record! {
    /// An approved finding.
    FindingApprovalFile of FindingApproval {
        id: Id<FindingApproval>,
        code: Text,
        item: Approved,
        ;
        fingerprint: Text,
        reason: Text,
        by: Text,
        on: Option<Date>,
        ; meta
    }
}

/// The type of a user-defined field.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[allow(missing_docs, reason = "the variants are those of the model")]
pub enum UserFieldTypeFile {
    Text,
    Number,
    Date,
    Choice(Vec<Text>),
}

impl Stored for UserFieldType {
    type File = UserFieldTypeFile;
    fn to_file(&self) -> UserFieldTypeFile {
        match self.clone() {
            Self::Text => UserFieldTypeFile::Text,
            Self::Number => UserFieldTypeFile::Number,
            Self::Date => UserFieldTypeFile::Date,
            Self::Choice(values) => UserFieldTypeFile::Choice(values),
        }
    }
    fn from_file(file: UserFieldTypeFile, _: &Home) -> Self {
        match file {
            UserFieldTypeFile::Text => Self::Text,
            UserFieldTypeFile::Number => Self::Number,
            UserFieldTypeFile::Date => Self::Date,
            UserFieldTypeFile::Choice(values) => Self::Choice(values),
        }
    }
}

impl Stored for Approved {
    type File = AnyId;
    fn to_file(&self) -> AnyId {
        self.0
    }
    fn from_file(file: AnyId, _: &Home) -> Self {
        Self(file)
    }
}

choice! {
    /// A kind of item.
    KindFile of Kind {
        ProjectData, Part, Person, CustomerRequirement, UserField, Attachment, FindingApproval, ReportProfile, Document, Step,
        FlowEdge, Characteristic, StepCharacteristic, Equipment, Element, Function, Failure, Risk, Control, Action, PlanRow,
        Submission, Warrant, PpapElement, TestResult,
    }
}
