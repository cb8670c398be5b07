//! The control plan: one row is one control of one subject at one step.

use crate::base::{Id, OrderKey, Text};
use crate::model::applicability::Applicability;
use crate::model::characteristic::Characteristic;
use crate::model::document::{Document, Phase};
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::model::flow::Step;
use crate::model::fmea::Control;
use crate::model::item::{AnyId, entity};
use crate::model::meta::Meta;
use crate::model::project::Project;
use crate::model::reference::{Link, Ref, Reference};
use crate::model::relation::Relation;

/// What a row controls.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// A product or process characteristic. Name, specification and class come from it.
    Characteristic(Link<Characteristic>),
    /// An error-proofing device that is verified with its challenge part.
    ErrorProofing(Ref<Equipment>),
    /// Verification of the set-up (first-off, last-off).
    SetUp(Text),
    /// Verification after a shutdown (IATF 16949, 8.5.1.4).
    Restart(Text),
    /// Nothing chosen yet.
    Open,
}

impl Reference for Subject {
    fn visit(&self, _: Relation, found: &mut dyn FnMut(Relation, AnyId)) {
        match self {
            Self::Characteristic(link) => link.visit(Relation::RowCharacteristic, found),
            Self::ErrorProofing(device) => device.visit(Relation::RowDevice, found),
            Self::SetUp(_) | Self::Restart(_) | Self::Open => {}
        }
    }

    fn detach(&mut self, target: AnyId, label: &Text) {
        match self {
            Self::Characteristic(link) => link.detach(target, label),
            Self::ErrorProofing(device) => device.detach(target, label),
            Self::SetUp(_) | Self::Restart(_) | Self::Open => {}
        }
    }

    fn reconcile(&mut self, exists: &dyn Fn(AnyId) -> bool) -> bool {
        match self {
            Self::Characteristic(link) => link.reconcile(exists),
            Self::ErrorProofing(device) => device.reconcile(exists),
            Self::SetUp(_) | Self::Restart(_) | Self::Open => false,
        }
    }
}

/// A row of a control plan. What a person wrote into it is never regenerated.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRow {
    /// Identity.
    pub id: Id<Self>,
    /// The control plan.
    pub plan: Id<Document>,
    /// The step.
    pub step: Link<Step>,
    /// Place among the rows of the step.
    pub order: OrderKey,
    /// What is controlled.
    pub subject: Subject,
    /// Machines, devices, jigs and tools for manufacturing; empty for those of the step.
    pub equipment: Vec<Ref<Equipment>>,
    /// Evaluation or measurement technique.
    pub measurement_technique: Text,
    /// Sample size.
    pub sample_size: Text,
    /// Sample frequency.
    pub sample_frequency: Text,
    /// Control method.
    pub control_method: Text,
    /// Who performs the control (AIAG control plan manual, 2024).
    pub responsible: Text,
    /// Reaction plan.
    pub reaction_plan: Text,
    /// Who owns the reaction plan (AIAG control plan manual, 2024).
    pub reaction_plan_owner: Text,
    /// The phases the row serves; empty for all.
    pub phases: Vec<Phase>,
    /// The controls of FMEAs that the row carries out.
    pub controls: Vec<Link<Control>>,
    /// Which parts the row applies to.
    pub applicability: Applicability,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(PlanRow, plan_rows, order: order;
    plan => RowInPlan, step => RowStep, subject => RowCharacteristic, equipment => RowEquipment,
    controls => RowControl, applicability => AppliesToPart);

impl PlanRow {
    /// An empty row at a step.
    pub fn empty(id: Id<Self>, plan: Id<Document>, step: Link<Step>, order: OrderKey) -> Self {
        Self {
            id,
            plan,
            step,
            order,
            subject: Subject::Open,
            equipment: Vec::new(),
            measurement_technique: Text::default(),
            sample_size: Text::default(),
            sample_frequency: Text::default(),
            control_method: Text::default(),
            responsible: Text::default(),
            reaction_plan: Text::default(),
            reaction_plan_owner: Text::default(),
            phases: Vec::new(),
            controls: Vec::new(),
            applicability: Applicability::AllParts,
            meta: None,
        }
    }

    /// Whether the row serves a phase.
    pub fn serves(&self, phase: Phase) -> bool {
        self.phases.is_empty() || self.phases.contains(&phase)
    }
}

impl Project {
    /// The equipment that a row shows: its own; where it names none, that of its step without gauges and software.
    pub fn manufacturing_equipment<'p>(&'p self, row: &'p PlanRow) -> Vec<&'p Ref<Equipment>> {
        if !row.equipment.is_empty() {
            return row.equipment.iter().collect();
        }
        let makes = |reference: &&Ref<Equipment>| {
            let known = reference.present().and_then(|id| self.get(id));
            known.is_none_or(|equipment| !matches!(equipment.kind, EquipmentKind::Gauge | EquipmentKind::Software))
        };
        let step = row.step.to.present().and_then(|step| self.get(step));
        step.into_iter().flat_map(|step| &step.equipment).filter(makes).collect()
    }
}
