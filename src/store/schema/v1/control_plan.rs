//! Items of a control plan.

use serde::{Deserialize, Serialize};

use crate::base::{Id, OrderKey, Text};
use crate::model::applicability::Applicability;
use crate::model::characteristic::Characteristic;
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::document::Phase;
use crate::model::equipment::Equipment;
use crate::model::flow::Step;
use crate::model::fmea::Control;
use crate::model::reference::{Link, Ref};
use crate::store::schema::v1::common::{LinkFile, RefFile};
use crate::store::schema::v1::record::{Home, Stored, record};

record! {
    /// A row. It belongs to the control plan of its file.
    PlanRowFile of PlanRow home plan = document {
        id: Id<PlanRow>,
        step: Link<Step>,
        order: OrderKey,
        subject: Subject,
        ;
        equipment: Vec<Ref<Equipment>>,
        measurement_technique: Text,
        sample_size: Text,
        sample_frequency: Text,
        control_method: Text,
        responsible: Text,
        reaction_plan: Text,
        reaction_plan_owner: Text,
        phases: Vec<Phase>,
        controls: Vec<Link<Control>>,
        applicability: Applicability,
        ; meta
    }
}

/// What a row controls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the variants are those of the model")]
pub enum SubjectFile {
    Characteristic(LinkFile<Characteristic>),
    ErrorProofing(RefFile<Equipment>),
    SetUp(Text),
    Restart(Text),
    Open,
}

impl Stored for Subject {
    type File = SubjectFile;
    fn to_file(&self) -> SubjectFile {
        match self {
            Self::Characteristic(link) => SubjectFile::Characteristic(link.to_file()),
            Self::ErrorProofing(device) => SubjectFile::ErrorProofing(device.to_file()),
            Self::SetUp(text) => SubjectFile::SetUp(text.clone()),
            Self::Restart(text) => SubjectFile::Restart(text.clone()),
            Self::Open => SubjectFile::Open,
        }
    }
    fn from_file(file: SubjectFile, home: &Home) -> Self {
        match file {
            SubjectFile::Characteristic(link) => Self::Characteristic(Link::from_file(link, home)),
            SubjectFile::ErrorProofing(device) => Self::ErrorProofing(Ref::from_file(device, home)),
            SubjectFile::SetUp(text) => Self::SetUp(text),
            SubjectFile::Restart(text) => Self::Restart(text),
            SubjectFile::Open => Self::Open,
        }
    }
}
