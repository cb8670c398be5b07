//! The structure of an FMEA of any type: elements, functions, failures and the controls they share.

use crate::base::{Id, OrderKey, Text};
use crate::model::applicability::Applicability;
use crate::model::characteristic::Characteristic;
use crate::model::document::Document;
use crate::model::equipment::Equipment;
use crate::model::flow::Step;
use crate::model::item::{AnyId, entity};
use crate::model::meta::Meta;
use crate::model::rating::Rating;
use crate::model::reference::{Link, Ref, Reference};
use crate::model::relation::Relation;

/// The kind of influence a work element has (the "4M", extended).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkCategory {
    /// People.
    Man,
    /// Machine, tool, device.
    Machine,
    /// Indirect material.
    Material,
    /// Environment.
    Environment,
    /// Method.
    Method,
    /// Measurement.
    Measurement,
}

impl WorkCategory {
    /// Every category.
    pub const ALL: [Self; 6] =
        [Self::Man, Self::Machine, Self::Material, Self::Environment, Self::Method, Self::Measurement];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Man => "Man",
            Self::Machine => "Machine",
            Self::Material => "Material",
            Self::Environment => "Environment",
            Self::Method => "Method",
            Self::Measurement => "Measurement",
        }
    }
}

/// The level of a structure element. Each level may be nested to any depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElementKind {
    /// Process item: the process as a whole, or a part of it (PFMEA); next higher level (DFMEA, FMEA-MSR).
    Higher,
    /// Process step (PFMEA); focus element (DFMEA, FMEA-MSR).
    Focus,
    /// Process work element (PFMEA) with its category.
    Work(WorkCategory),
    /// Next lower level or characteristic type (DFMEA, FMEA-MSR).
    Lower,
}

impl ElementKind {
    /// What people call it in an FMEA of a process.
    pub fn process_name(self) -> &'static str {
        match self {
            Self::Higher => "Process item",
            Self::Focus => "Process step",
            Self::Work(_) => "Work element",
            Self::Lower => "Next lower level",
        }
    }

    /// Whether causes are anchored at this level.
    pub fn is_lower(self) -> bool {
        matches!(self, Self::Work(_) | Self::Lower)
    }
}

/// An element of the structure tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Identity.
    pub id: Id<Self>,
    /// The FMEA it belongs to.
    pub fmea: Id<Document>,
    /// The element above; none for a root.
    pub parent: Option<Id<Self>>,
    /// Place among its siblings.
    pub order: OrderKey,
    /// Level.
    pub kind: ElementKind,
    /// Name. Blank where the element analyses a process step and takes its name from there.
    pub name: Text,
    /// The process steps it analyses: one, several ("30 & 40", generic handling) or none.
    pub steps: Vec<Link<Step>>,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Element, elements, order: order;
    fmea => ElementInFmea, parent => SubElement, steps => ElementStep; also visit_root);

impl Element {
    fn visit_root(&self, found: &mut dyn FnMut(Relation, AnyId)) {
        if self.parent.is_none() {
            found(Relation::RootElement, self.fmea.into());
        }
    }
}

/// What an element has to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// Identity.
    pub id: Id<Self>,
    /// The element.
    pub element: Id<Element>,
    /// Place among the functions of the element.
    pub order: OrderKey,
    /// The function in words.
    pub text: Text,
    /// Requirements the function has to meet.
    pub requirements: Vec<Text>,
    /// Characteristics that the function creates or is driven by.
    pub characteristics: Vec<Link<Characteristic>>,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Function, functions, order: order; element => FunctionOfElement, characteristics => FunctionCharacteristic);

/// Where a failure is anchored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Anchor {
    /// It negates a function.
    Function(Id<Function>),
    /// It stands at an element, where the form knows no functions.
    Element(Id<Element>),
}

impl Reference for Anchor {
    fn visit(&self, _: Relation, found: &mut dyn FnMut(Relation, AnyId)) {
        match *self {
            Self::Function(function) => found(Relation::FailureOfFunction, function.into()),
            Self::Element(element) => found(Relation::FailureOfElement, element.into()),
        }
    }

    fn detach(&mut self, _: AnyId, _: &Text) {}

    fn reconcile(&mut self, _: &dyn Fn(AnyId) -> bool) -> bool {
        false
    }
}

/// The part a failure mainly plays where it is anchored. In another FMEA it may play another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FailureRole {
    /// A failure effect.
    Effect,
    /// A failure mode.
    Mode,
    /// A failure cause.
    Cause,
}

impl FailureRole {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Effect => "failure effect",
            Self::Mode => "failure mode",
            Self::Cause => "failure cause",
        }
    }
}

/// Whom an effect hits (AIAG-VDA 2019, table P1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EffectLevel {
    /// Own plant.
    YourPlant,
    /// Ship-to plant.
    ShipToPlant,
    /// End user.
    EndUser,
}

impl EffectLevel {
    /// Every level, in the order forms print them.
    pub const ALL: [Self; 3] = [Self::YourPlant, Self::ShipToPlant, Self::EndUser];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::YourPlant => "Your plant",
            Self::ShipToPlant => "Ship-to plant",
            Self::EndUser => "End user",
        }
    }
}

/// The effects of a mode at one level.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum LevelEffects {
    /// Nobody has thought about the level yet.
    #[default]
    NotConsidered,
    /// The effects.
    Effects(Vec<Link<Failure>>),
    /// It was considered, and nobody knows.
    NotKnown,
    /// It was considered, and nothing of this level can happen.
    NotApplicable {
        /// Why.
        because: Text,
    },
}

impl LevelEffects {
    /// The links, if there are any.
    pub fn links(&self) -> &[Link<Failure>] {
        match self {
            Self::Effects(links) => links,
            Self::NotConsidered | Self::NotKnown | Self::NotApplicable { .. } => &[],
        }
    }
}

impl Reference for LevelEffects {
    fn visit(&self, relation: Relation, found: &mut dyn FnMut(Relation, AnyId)) {
        for link in self.links() {
            link.visit(relation, found);
        }
    }

    fn detach(&mut self, target: AnyId, label: &Text) {
        if let Self::Effects(links) = self {
            links.detach(target, label);
        }
    }

    fn reconcile(&mut self, exists: &dyn Fn(AnyId) -> bool) -> bool {
        match self {
            Self::Effects(links) => links.reconcile(exists),
            Self::NotConsidered | Self::NotKnown | Self::NotApplicable { .. } => false,
        }
    }
}

/// The effects of a mode, level by level.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ModeEffects {
    /// In the own plant.
    pub your_plant: LevelEffects,
    /// At the ship-to plant.
    pub ship_to_plant: LevelEffects,
    /// For the end user.
    pub end_user: LevelEffects,
}

impl ModeEffects {
    /// The effects at a level.
    pub fn at(&self, level: EffectLevel) -> &LevelEffects {
        match level {
            EffectLevel::YourPlant => &self.your_plant,
            EffectLevel::ShipToPlant => &self.ship_to_plant,
            EffectLevel::EndUser => &self.end_user,
        }
    }

    /// The effects at a level, to be changed.
    pub fn at_mut(&mut self, level: EffectLevel) -> &mut LevelEffects {
        match level {
            EffectLevel::YourPlant => &mut self.your_plant,
            EffectLevel::ShipToPlant => &mut self.ship_to_plant,
            EffectLevel::EndUser => &mut self.end_user,
        }
    }

    /// Every link with its level, in the order forms print them.
    pub fn links(&self) -> impl Iterator<Item = (EffectLevel, &Link<Failure>)> {
        EffectLevel::ALL.into_iter().flat_map(|level| self.at(level).links().iter().map(move |link| (level, link)))
    }
}

impl Reference for ModeEffects {
    fn visit(&self, relation: Relation, found: &mut dyn FnMut(Relation, AnyId)) {
        for level in EffectLevel::ALL {
            self.at(level).visit(relation, found);
        }
    }

    fn detach(&mut self, target: AnyId, label: &Text) {
        for level in EffectLevel::ALL {
            self.at_mut(level).detach(target, label);
        }
    }

    fn reconcile(&mut self, exists: &dyn Fn(AnyId) -> bool) -> bool {
        let mut changed = false;
        for level in EffectLevel::ALL {
            changed |= self.at_mut(level).reconcile(exists);
        }
        changed
    }
}

/// Something that goes wrong: an effect, a mode or a cause, depending on who asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// Identity.
    pub id: Id<Self>,
    /// Where it is anchored.
    pub anchor: Anchor,
    /// Place among the failures of its anchor.
    pub order: OrderKey,
    /// The part it mainly plays.
    pub role: FailureRole,
    /// The failure in words.
    pub text: Text,
    /// Severity, where the failure is rated as an effect.
    pub severity: Option<Rating>,
    /// Code of the special-characteristic class that an effect calls for, where it is known.
    pub class: Text,
    /// The product characteristic a mode violates, or the process characteristic a cause deviates from.
    pub characteristic: Option<Link<Characteristic>>,
    /// The effects, where the failure is a mode.
    pub effects: ModeEffects,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Failure, failures, order: order;
    anchor => FailureOfFunction, characteristic => FailureCharacteristic, effects => ModeEffect);

/// What a control does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ControlKind {
    /// Keeps the cause from happening.
    Prevention,
    /// Finds the cause or the mode.
    Detection,
}

impl ControlKind {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prevention => "prevention control",
            Self::Detection => "detection control",
        }
    }
}

/// By what means a control works (AIAG-VDA 2019, tables P2 and P3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ControlMeans {
    /// Prevention that depends on people: instruction, training, visual standard.
    Behavioural,
    /// Prevention by machine, tool, fixture, interlock.
    Technical,
    /// Error-proofing: the error cannot be made or cannot pass.
    ErrorProofing,
    /// Detection by people, with or without a gauge.
    Human,
    /// Detection by a machine that needs a person.
    SemiAutomatic,
    /// Detection by a machine alone.
    Automatic,
    /// Detection by an audit.
    Audit,
}

impl ControlMeans {
    /// Every means.
    pub const ALL: [Self; 7] = [
        Self::Behavioural,
        Self::Technical,
        Self::ErrorProofing,
        Self::Human,
        Self::SemiAutomatic,
        Self::Automatic,
        Self::Audit,
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Behavioural => "Behavioural",
            Self::Technical => "Technical",
            Self::ErrorProofing => "Error-proofing",
            Self::Human => "Human",
            Self::SemiAutomatic => "Semi-automatic",
            Self::Automatic => "Automatic",
            Self::Audit => "Audit",
        }
    }
}

/// What a detection control finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detects {
    /// The failure mode.
    Mode,
    /// The failure cause.
    Cause,
}

/// A control, shared by all the risks that rely on it and linked to the control-plan rows that carry it out.
#[derive(Debug, Clone, PartialEq)]
pub struct Control {
    /// Identity.
    pub id: Id<Self>,
    /// The FMEA it belongs to.
    pub fmea: Id<Document>,
    /// Prevention or detection.
    pub kind: ControlKind,
    /// The control in words.
    pub text: Text,
    /// By what means it works.
    pub means: Option<ControlMeans>,
    /// What a detection control finds.
    pub detects: Option<Detects>,
    /// Equipment it works by, such as an error-proofing device.
    pub equipment: Option<Ref<Equipment>>,
    /// Evidence that it works: study, experience, standard.
    pub evidence: Text,
    /// Why no control-plan row carries it out, such as "maintenance plan"; blank if one has to.
    pub no_plan_row_because: Text,
    /// Which parts it applies to.
    pub applicability: Applicability,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Control, controls; fmea => ControlInFmea, equipment => ControlEquipment, applicability => AppliesToPart);
