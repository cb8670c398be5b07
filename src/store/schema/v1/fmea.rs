//! Items of an FMEA: structure, functions, failures and controls.

use serde::{Deserialize, Serialize};

use crate::base::{Id, OrderKey, Text};
use crate::model::applicability::Applicability;
use crate::model::characteristic::Characteristic;
use crate::model::equipment::Equipment;
use crate::model::flow::Step;
use crate::model::fmea::{
    Anchor, Control, ControlKind, ControlMeans, Detects, Element, ElementKind, Failure, FailureRole, Function,
    LevelEffects, ModeEffects, WorkCategory,
};
use crate::model::rating::Rating;
use crate::model::reference::{Link, Ref};
use crate::store::schema::v1::common::LinkFile;
use crate::store::schema::v1::record::{Home, Stored, choice, record};

record! {
    /// A structure element. It belongs to the FMEA of its file.
    ElementFile of Element home fmea = document {
        id: Id<Element>,
        order: OrderKey,
        kind: ElementKind,
        ;
        parent: Option<Id<Element>>,
        name: Text,
        steps: Vec<Link<Step>>,
        ; meta
    }
}

/// The level of a structure element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the variants are those of the model")]
pub enum ElementKindFile {
    Higher,
    Focus,
    Work(WorkCategoryFile),
    Lower,
}

impl Stored for ElementKind {
    type File = ElementKindFile;
    fn to_file(&self) -> ElementKindFile {
        match self {
            Self::Higher => ElementKindFile::Higher,
            Self::Focus => ElementKindFile::Focus,
            Self::Work(category) => ElementKindFile::Work(category.to_file()),
            Self::Lower => ElementKindFile::Lower,
        }
    }
    fn from_file(file: ElementKindFile, home: &Home) -> Self {
        match file {
            ElementKindFile::Higher => Self::Higher,
            ElementKindFile::Focus => Self::Focus,
            ElementKindFile::Work(category) => Self::Work(WorkCategory::from_file(category, home)),
            ElementKindFile::Lower => Self::Lower,
        }
    }
}

choice! {
    /// The kind of influence of a work element.
    WorkCategoryFile of WorkCategory { Man, Machine, Material, Environment, Method, Measurement }
}

record! {
    /// A function.
    FunctionFile of Function {
        id: Id<Function>,
        element: Id<Element>,
        order: OrderKey,
        ;
        text: Text,
        requirements: Vec<Text>,
        characteristics: Vec<Link<Characteristic>>,
        ; meta
    }
}

record! {
    /// A failure: effect, mode or cause.
    FailureFile of Failure {
        id: Id<Failure>,
        anchor: Anchor,
        order: OrderKey,
        role: FailureRole,
        ;
        text: Text,
        severity: Option<Rating>,
        class: Text,
        characteristic: Option<Link<Characteristic>>,
        effects: ModeEffects,
        ; meta
    }
}

/// Where a failure is anchored.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the variants are those of the model")]
pub enum AnchorFile {
    Function(Id<Function>),
    Element(Id<Element>),
}

impl Stored for Anchor {
    type File = AnchorFile;
    fn to_file(&self) -> AnchorFile {
        match *self {
            Self::Function(function) => AnchorFile::Function(function),
            Self::Element(element) => AnchorFile::Element(element),
        }
    }
    fn from_file(file: AnchorFile, _: &Home) -> Self {
        match file {
            AnchorFile::Function(function) => Self::Function(function),
            AnchorFile::Element(element) => Self::Element(element),
        }
    }
}

choice! {
    /// The part a failure mainly plays.
    FailureRoleFile of FailureRole { Effect, Mode, Cause }
}

/// The effects of a mode at one level; left out while nobody has considered it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the variants are those of the model")]
pub enum LevelEffectsFile {
    #[default]
    NotConsidered,
    Effects(Vec<LinkFile<Failure>>),
    NotKnown,
    NotApplicable {
        because: Text,
    },
}

impl Stored for LevelEffects {
    type File = LevelEffectsFile;
    fn to_file(&self) -> LevelEffectsFile {
        match self {
            Self::NotConsidered => LevelEffectsFile::NotConsidered,
            Self::Effects(links) => LevelEffectsFile::Effects(links.to_file()),
            Self::NotKnown => LevelEffectsFile::NotKnown,
            Self::NotApplicable { because } => LevelEffectsFile::NotApplicable { because: because.clone() },
        }
    }
    fn from_file(file: LevelEffectsFile, home: &Home) -> Self {
        match file {
            LevelEffectsFile::NotConsidered => Self::NotConsidered,
            LevelEffectsFile::Effects(links) => Self::Effects(Stored::from_file(links, home)),
            LevelEffectsFile::NotKnown => Self::NotKnown,
            LevelEffectsFile::NotApplicable { because } => Self::NotApplicable { because },
        }
    }
}

record! {
    /// The effects of a mode, level by level.
    ModeEffectsFile of ModeEffects {
        ;
        your_plant: LevelEffects,
        ship_to_plant: LevelEffects,
        end_user: LevelEffects,
    }
}

impl Default for ModeEffectsFile {
    fn default() -> Self {
        ModeEffects::default().to_file()
    }
}

record! {
    /// A control. It belongs to the FMEA of its file.
    ControlFile of Control home fmea = document {
        id: Id<Control>,
        kind: ControlKind,
        ;
        text: Text,
        means: Option<ControlMeans>,
        detects: Option<Detects>,
        equipment: Option<Ref<Equipment>>,
        evidence: Text,
        no_plan_row_because: Text,
        applicability: Applicability,
        ; meta
    }
}

choice! {
    /// What a control does.
    ControlKindFile of ControlKind { Prevention, Detection }
}

choice! {
    /// By what means a control works.
    ControlMeansFile of ControlMeans {
        Behavioural, Technical, ErrorProofing, Human, SemiAutomatic, Automatic, Audit,
    }
}

choice! {
    /// What a detection control finds.
    DetectsFile of Detects { Mode, Cause }
}
