//! The files of format 1 as a whole: header, lists of items, and the canonical writer.

use std::sync::Arc;

use ron::error::SpannedError;
use serde::{Deserialize, Serialize};

use crate::base::Text;
use crate::model::characteristic::{Characteristic, StepCharacteristic};
use crate::model::control_plan::PlanRow;
use crate::model::document::{Document, DocumentKind};
use crate::model::equipment::Equipment;
use crate::model::flow::{FlowEdge, Step};
use crate::model::fmea::{Control, Element, Failure, Function};
use crate::model::item::{Item, Kind};
use crate::model::ppap::{PpapElement, Submission, TestResult, Warrant};
use crate::model::project_data::{
    Attachment, CustomerRequirement, FindingApproval, Part, Person, ProjectData, UserField,
};
use crate::model::report_profile::ReportProfile;
use crate::model::risk::{Action, Risk};
use crate::store::schema::quick::{self, GaveUp};
use crate::store::schema::v1::characteristic::{CharacteristicFile, StepCharacteristicFile};
use crate::store::schema::v1::control_plan::PlanRowFile;
use crate::store::schema::v1::document::DocumentFile;
use crate::store::schema::v1::equipment::EquipmentFile;
use crate::store::schema::v1::flow::{FlowEdgeFile, StepFile};
use crate::store::schema::v1::fmea::{ControlFile, ElementFile, FailureFile, FunctionFile};
use crate::store::schema::v1::ppap::{PpapElementFile, SubmissionFile, TestResultFile, WarrantFile};
use crate::store::schema::v1::project_data::{
    AttachmentFile, CustomerRequirementFile, FindingApprovalFile, PartFile, PersonFile, ProjectDataFile, UserFieldFile,
};
use crate::store::schema::v1::record::{Home, Stored};
use crate::store::schema::v1::report_profile::ReportProfileFile;
use crate::store::schema::v1::risk::{ActionFile, RiskFile};
use crate::store::schema::writer::{self, Unwritable};

/// The number of this format.
pub const FORMAT: u32 = 1;

/// What a file is; it follows from its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// `project.ron`.
    Project,
    /// `characteristics.ron`.
    Characteristics,
    /// `equipment.ron`.
    Equipment,
    /// `process-flow.ron`.
    ProcessFlow,
    /// `fmea-<slug>.ron`.
    Fmea,
    /// `control-plan.ron` or `control-plan-<slug>.ron`.
    ControlPlan,
    /// `ppap.ron`.
    Ppap,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Project,
        Self::Characteristics,
        Self::Equipment,
        Self::ProcessFlow,
        Self::Fmea,
        Self::ControlPlan,
        Self::Ppap,
    ];

    /// Whether files of this kind hold items of that kind.
    pub fn may_hold(self, item: Kind) -> bool {
        match item {
            Kind::ProjectData
            | Kind::Part
            | Kind::Person
            | Kind::CustomerRequirement
            | Kind::UserField
            | Kind::Attachment
            | Kind::FindingApproval
            | Kind::ReportProfile => self == Self::Project,
            Kind::Characteristic => self == Self::Characteristics,
            Kind::Equipment => self == Self::Equipment,
            Kind::Document => matches!(self, Self::ProcessFlow | Self::Fmea | Self::ControlPlan),
            Kind::Step | Kind::FlowEdge | Kind::StepCharacteristic => self == Self::ProcessFlow,
            Kind::Element | Kind::Function | Kind::Failure | Kind::Risk | Kind::Control | Kind::Action => {
                self == Self::Fmea
            }
            Kind::PlanRow => self == Self::ControlPlan,
            Kind::Submission | Kind::Warrant | Kind::PpapElement | Kind::TestResult => self == Self::Ppap,
        }
    }

    /// The kind of the file with this name, if it is one of the project files.
    pub fn of(name: &str) -> Option<Self> {
        let stem = name.strip_suffix(".ron")?;
        match stem {
            "project" => Some(Self::Project),
            "characteristics" => Some(Self::Characteristics),
            "equipment" => Some(Self::Equipment),
            "process-flow" => Some(Self::ProcessFlow),
            "control-plan" => Some(Self::ControlPlan),
            "ppap" => Some(Self::Ppap),
            _ if stem.starts_with("fmea-") => Some(Self::Fmea),
            _ if stem.starts_with("control-plan-") => Some(Self::ControlPlan),
            _ => None,
        }
    }

    /// Whether the file may hold a document of this kind.
    pub fn holds(self, document: DocumentKind) -> bool {
        match self {
            Self::Project | Self::Characteristics | Self::Equipment | Self::Ppap => false,
            Self::ProcessFlow => document == DocumentKind::ProcessFlow,
            Self::Fmea => document.is_fmea(),
            Self::ControlPlan => document == DocumentKind::ControlPlan,
        }
    }
}

/// Which save wrote a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stamp {
    /// The save: a number that counts up, a dash, random characters.
    pub save: String,
    /// The other files that the same save wrote.
    pub saved_with: Vec<String>,
}

impl Stamp {
    /// The number of the save; 0 if it has none.
    pub fn number(&self) -> u64 {
        let digits = self.save.split('-').next().unwrap_or_default();
        digits.parse().unwrap_or(0)
    }
}

/// A file as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// Which save wrote it.
    pub stamp: Stamp,
    /// Its items, in the order of the file.
    pub items: Vec<Item>,
}

macro_rules! files {
    ($($(#[$doc:meta])* $file:ident { $($head:ident: $head_type:ty = $head_model:ident,)? ; $($list:ident: $form:ty = $model:ident,)* })*) => { $(
        $(#[$doc])*
        #[derive(Debug, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $file {
            format: u32,
            save: String,
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            saved_with: Vec<String>,
            $($head: $head_type,)?
            $(#[serde(default, skip_serializing_if = "Vec::is_empty")]
            $list: Vec<$form>,)*
        }

        impl $file {
            fn into_contents(self, stem: &str) -> Contents {
                let home = Home { document: None, file: Text::from(stem) };
                let mut items = Vec::new();
                $(let $head = Item::from($head_model::from_file(self.$head, &home));
                let home = home.with_document(&$head);
                items.push($head);)?
                $(items.extend(self.$list.into_iter().map(|form| Item::from($model::from_file(form, &home))));)*
                Contents { stamp: Stamp { save: self.save, saved_with: self.saved_with }, items }
            }

            fn of(contents: &Contents) -> Option<Self> {
                $(let mut $head = None;)?
                $(let mut $list: Vec<&Arc<$model>> = Vec::new();)*
                for item in &contents.items {
                    match item {
                        // A second one has no place.
                        $(Item::$head_model(item) if $head.is_none() => $head = Some(item.to_file()),)?
                        $(Item::$model(item) => $list.push(item),)*
                        _ => return None,
                    }
                }
                $($list.sort_by_key(|item| item.id);)*
                Some(Self {
                    format: FORMAT,
                    save: contents.stamp.save.clone(),
                    saved_with: contents.stamp.saved_with.clone(),
                    $($head: $head?,)?
                    $($list: $list.into_iter().map(|item| item.to_file()).collect(),)*
                })
            }
        }
    )* };
}

files! {
    ProjectFile {
        project: ProjectDataFile = ProjectData,
        ;
        parts: PartFile = Part,
        people: PersonFile = Person,
        customer_requirements: CustomerRequirementFile = CustomerRequirement,
        user_fields: UserFieldFile = UserField,
        attachments: AttachmentFile = Attachment,
        finding_approvals: FindingApprovalFile = FindingApproval,
        report_profiles: ReportProfileFile = ReportProfile,
    }
    CharacteristicsFile { ; characteristics: CharacteristicFile = Characteristic, }
    EquipmentListFile { ; equipment: EquipmentFile = Equipment, }
    ProcessFlowFile {
        document: DocumentFile = Document,
        ;
        steps: StepFile = Step,
        flow_edges: FlowEdgeFile = FlowEdge,
        step_characteristics: StepCharacteristicFile = StepCharacteristic,
    }
    FmeaFile {
        document: DocumentFile = Document,
        ;
        elements: ElementFile = Element,
        functions: FunctionFile = Function,
        failures: FailureFile = Failure,
        risks: RiskFile = Risk,
        controls: ControlFile = Control,
        actions: ActionFile = Action,
    }
    ControlPlanFile { document: DocumentFile = Document, ; plan_rows: PlanRowFile = PlanRow, }
    PpapFile {
        ;
        submissions: SubmissionFile = Submission,
        warrants: WarrantFile = Warrant,
        ppap_elements: PpapElementFile = PpapElement,
        test_results: TestResultFile = TestResult,
    }
}

/// Reads a file of format 1. `stem` is its name without the ending.
///
/// # Errors
/// If the text is not what the kind of file asks for, with line and column.
pub fn read(kind: FileKind, stem: &str, text: &str) -> Result<Contents, SpannedError> {
    read_quickly(kind, stem, text).map_or_else(|_| read_in_full(kind, stem, text), Ok)
}

/// Reads a file of format 1 in the form that the program writes.
///
/// # Errors
/// If the text is in another form, or not what the kind of file asks for.
pub fn read_quickly(kind: FileKind, stem: &str, text: &str) -> Result<Contents, GaveUp> {
    fn file<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, GaveUp> {
        quick::from_str(text)
    }
    Ok(match kind {
        FileKind::Project => file::<ProjectFile>(text)?.into_contents(stem),
        FileKind::Characteristics => file::<CharacteristicsFile>(text)?.into_contents(stem),
        FileKind::Equipment => file::<EquipmentListFile>(text)?.into_contents(stem),
        FileKind::ProcessFlow => file::<ProcessFlowFile>(text)?.into_contents(stem),
        FileKind::Fmea => file::<FmeaFile>(text)?.into_contents(stem),
        FileKind::ControlPlan => file::<ControlPlanFile>(text)?.into_contents(stem),
        FileKind::Ppap => file::<PpapFile>(text)?.into_contents(stem),
    })
}

/// Reads a file of format 1 in whatever form the syntax allows.
///
/// # Errors
/// If the text is not what the kind of file asks for, with line and column.
pub fn read_in_full(kind: FileKind, stem: &str, text: &str) -> Result<Contents, SpannedError> {
    Ok(match kind {
        FileKind::Project => ron::from_str::<ProjectFile>(text)?.into_contents(stem),
        FileKind::Characteristics => ron::from_str::<CharacteristicsFile>(text)?.into_contents(stem),
        FileKind::Equipment => ron::from_str::<EquipmentListFile>(text)?.into_contents(stem),
        FileKind::ProcessFlow => ron::from_str::<ProcessFlowFile>(text)?.into_contents(stem),
        FileKind::Fmea => ron::from_str::<FmeaFile>(text)?.into_contents(stem),
        FileKind::ControlPlan => ron::from_str::<ControlPlanFile>(text)?.into_contents(stem),
        FileKind::Ppap => ron::from_str::<PpapFile>(text)?.into_contents(stem),
    })
}

/// Why contents cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// An item stands in a file that has no place for it, or the item at the head of the file is missing.
    #[error("the items do not belong into this kind of file")]
    Misplaced,
    /// A value has no place in a file.
    #[error("{0}")]
    Value(#[from] Unwritable),
}

/// Writes the canonical bytes of a file.
///
/// # Errors
/// If an item does not belong into this kind of file.
pub fn write(kind: FileKind, contents: &Contents) -> Result<String, WriteError> {
    match kind {
        FileKind::Project => written(ProjectFile::of(contents)),
        FileKind::Characteristics => written(CharacteristicsFile::of(contents)),
        FileKind::Equipment => written(EquipmentListFile::of(contents)),
        FileKind::ProcessFlow => written(ProcessFlowFile::of(contents)),
        FileKind::Fmea => written(FmeaFile::of(contents)),
        FileKind::ControlPlan => written(ControlPlanFile::of(contents)),
        FileKind::Ppap => written(PpapFile::of(contents)),
    }
}

/// The same file as if another save had written it. `text` is canonical and carries `before`.
///
/// # Errors
/// If `text` does not begin with `before`.
pub fn restamped(text: &str, before: &Stamp, after: &Stamp) -> Result<String, WriteError> {
    let rest = text.strip_prefix(&header(before)?).ok_or(WriteError::Misplaced)?;
    Ok(header(after)? + rest)
}

/// The fields that every file begins with.
fn header(stamp: &Stamp) -> Result<String, WriteError> {
    let mut text = written(Some(Header { format: FORMAT, save: &stamp.save, saved_with: &stamp.saved_with }))?;
    // What closes the root comes after the fields that follow.
    text.truncate(text.len() - ")\n".len());
    Ok(text)
}

#[derive(Serialize)]
struct Header<'a> {
    format: u32,
    save: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    saved_with: &'a [String],
}

fn written<T: Serialize>(file: Option<T>) -> Result<String, WriteError> {
    let mut text = writer::to_string(&file.ok_or(WriteError::Misplaced)?)?;
    text.push('\n');
    Ok(text)
}
