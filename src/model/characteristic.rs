//! Product and process characteristics and the role each has at a step.

use crate::base::{Id, OrderKey, Text};
use crate::model::applicability::Applicability;
use crate::model::flow::Step;
use crate::model::item::{AnyId, entity};
use crate::model::meta::Meta;
use crate::model::reference::Reference;
use crate::model::relation::Relation;
use crate::model::specification::Specification;

/// Whether a characteristic belongs to the product or to the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CharacteristicKind {
    /// A dimension or property of the product; it lives on the drawing.
    Product,
    /// A parameter of the process; it lives in the PFMEA and the control plan.
    Process,
}

impl CharacteristicKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Product, Self::Process];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Product => "Product",
            Self::Process => "Process",
        }
    }
}

/// A characteristic. FMEAs and control plans refer to it and never copy it.
#[derive(Debug, Clone, PartialEq)]
pub struct Characteristic {
    /// Identity.
    pub id: Id<Self>,
    /// Place in the list.
    pub order: OrderKey,
    /// Product or process.
    pub kind: CharacteristicKind,
    /// Number as people see it.
    pub number: Text,
    /// Name.
    pub name: Text,
    /// What it has to fulfil; more than one entry if it differs by part.
    pub specifications: Vec<PartSpecification>,
    /// Code of the special-characteristic class, such as `CC`; blank if it is not special.
    pub class: Text,
    /// The customer relies on it and does not check it again (pass-through characteristic).
    pub pass_through: bool,
    /// Drawing or document it comes from.
    pub source: Text,
    /// Balloon number on the drawing.
    pub balloon: Text,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Characteristic, characteristics, order: order; specifications => AppliesToPart);

impl Characteristic {
    /// Number and name, as a label.
    pub fn label(&self) -> String {
        if self.number.is_blank() { self.name.to_string() } else { format!("{} {}", self.number, self.name) }
    }

    /// The specifications as forms print them, a line per part where they differ.
    pub fn specification_text(&self) -> String {
        self.specifications.iter().map(|entry| entry.specification.to_string()).collect::<Vec<_>>().join("\n")
    }
}

/// A specification and the parts it holds for.
#[derive(Debug, Clone, PartialEq)]
pub struct PartSpecification {
    /// Which parts.
    pub applicability: Applicability,
    /// What they have to fulfil.
    pub specification: Specification,
}

impl Reference for PartSpecification {
    fn visit(&self, relation: Relation, found: &mut dyn FnMut(Relation, AnyId)) {
        self.applicability.visit(relation, found);
    }

    fn detach(&mut self, target: AnyId, label: &Text) {
        self.applicability.detach(target, label);
    }

    fn reconcile(&mut self, exists: &dyn Fn(AnyId) -> bool) -> bool {
        self.applicability.reconcile(exists)
    }
}

/// What happens to a characteristic at a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CharacteristicRole {
    /// The step creates it, or is driven by it if it is a process characteristic.
    Created,
    /// The step changes it.
    Changed,
    /// The step measures it.
    Measured,
    /// The step passes it on untouched.
    PassedThrough,
}

impl CharacteristicRole {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Created, Self::Changed, Self::Measured, Self::PassedThrough];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "Created",
            Self::Changed => "Changed",
            Self::Measured => "Measured",
            Self::PassedThrough => "Passed through",
        }
    }

    /// The letter that stands for it in the characteristic matrix.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Created => "C",
            Self::Changed => "X",
            Self::Measured => "M",
            Self::PassedThrough => "P",
        }
    }
}

/// The role of a characteristic at a step, with a local specification where the step needs another one.
#[derive(Debug, Clone, PartialEq)]
pub struct StepCharacteristic {
    /// Identity.
    pub id: Id<Self>,
    /// The step.
    pub step: Id<Step>,
    /// The characteristic.
    pub characteristic: Id<Characteristic>,
    /// Place among the characteristics of the step.
    pub order: OrderKey,
    /// What the step does to it.
    pub role: CharacteristicRole,
    /// A specification that holds at this step only, such as a dimension before plating.
    pub local_specification: Option<Specification>,
    /// Why the local specification differs.
    pub local_reason: Text,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(StepCharacteristic, step_characteristics, order: order;
    step => CharacteristicAtStep, characteristic => RoleOfCharacteristic);
