//! The process flow: a graph of steps from receiving to shipping.

use crate::base::{Id, OrderKey, Text};
use crate::model::applicability::Applicability;
use crate::model::document::Document;
use crate::model::equipment::Equipment;
use crate::model::item::{AnyId, entity};
use crate::model::meta::Meta;
use crate::model::reference::Ref;
use crate::model::relation::Relation;

/// What a step mainly is; the symbol of the flow diagram follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepKind {
    /// Something is made or assembled.
    Operation,
    /// Something is measured or checked.
    Inspection,
    /// Something is moved.
    Transport,
    /// Something is kept until it is needed.
    Storage,
    /// Something waits without being stored.
    Delay,
    /// The route divides.
    Decision,
    /// Nonconforming product is reworked or repaired.
    Rework,
    /// Nonconforming product is scrapped.
    Scrap,
    /// Material arrives from outside.
    Receiving,
    /// Product leaves for the customer.
    Shipping,
}

impl StepKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Operation,
        Self::Inspection,
        Self::Transport,
        Self::Storage,
        Self::Delay,
        Self::Decision,
        Self::Rework,
        Self::Scrap,
        Self::Receiving,
        Self::Shipping,
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Operation => "Operation",
            Self::Inspection => "Inspection",
            Self::Transport => "Transport",
            Self::Storage => "Storage",
            Self::Delay => "Delay",
            Self::Decision => "Decision",
            Self::Rework => "Rework",
            Self::Scrap => "Scrap",
            Self::Receiving => "Receiving",
            Self::Shipping => "Shipping",
        }
    }

    /// The identity of the symbol in the symbol assets.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Inspection => "inspection",
            Self::Transport => "transport",
            Self::Storage => "storage",
            Self::Delay => "delay",
            Self::Decision => "decision",
            Self::Rework => "rework",
            Self::Scrap => "scrap",
            Self::Receiving => "receiving",
            Self::Shipping => "shipping",
        }
    }
}

/// A step of the process flow. Its number and name are printed by every document that speaks of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Identity.
    pub id: Id<Self>,
    /// The flow it belongs to.
    pub flow: Id<Document>,
    /// The step it is a part of.
    pub parent: Option<Id<Self>>,
    /// Place among its siblings.
    pub order: OrderKey,
    /// Operation number as people see it, such as `30` or `30A`.
    pub number: Text,
    /// Operation name.
    pub name: Text,
    /// Description of the operation, where the name does not say it all.
    pub description: Text,
    /// Area, line or building.
    pub area: Text,
    /// Main kind.
    pub kind: StepKind,
    /// Further symbols, such as an inspection inside an operation.
    pub further_kinds: Vec<StepKind>,
    /// Done by hand: no machine is expected.
    pub manual: bool,
    /// Done by another organisation.
    pub outsourced: bool,
    /// Stands in for the named step while that is not available.
    pub alternate_for: Option<Ref<Self>>,
    /// Why the step needs no risk analysis; blank if it needs one.
    pub no_analysis_because: Text,
    /// Why the step needs no control-plan row; blank if it needs one.
    pub no_plan_row_because: Text,
    /// What happens to nonconforming product.
    pub nok_disposition: Text,
    /// Incoming sources of variation.
    pub sources_of_variation: Text,
    /// Control method or work instruction that the worksheet names.
    pub work_instruction: Text,
    /// Machines, tools, fixtures, gauges and devices of the step.
    pub equipment: Vec<Ref<Equipment>>,
    /// Which parts run over the step.
    pub applicability: Applicability,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Step, steps, order: order;
    flow => StepInFlow, parent => SubStep, alternate_for => StepAlternateFor, equipment => StepEquipment,
    applicability => AppliesToPart; also visit_top_level);

impl Step {
    fn visit_top_level(&self, found: &mut dyn FnMut(Relation, AnyId)) {
        if self.parent.is_none() {
            found(Relation::TopStepInFlow, self.flow.into());
        }
    }

    /// A plain operation with a number and a name.
    pub fn operation(id: Id<Self>, flow: Id<Document>, order: OrderKey, number: &str, name: &str) -> Self {
        Self {
            id,
            flow,
            parent: None,
            order,
            number: Text::from(number),
            name: Text::from(name),
            description: Text::default(),
            area: Text::default(),
            kind: StepKind::Operation,
            further_kinds: Vec::new(),
            manual: false,
            outsourced: false,
            alternate_for: None,
            no_analysis_because: Text::default(),
            no_plan_row_because: Text::default(),
            nok_disposition: Text::default(),
            sources_of_variation: Text::default(),
            work_instruction: Text::default(),
            equipment: Vec::new(),
            applicability: Applicability::AllParts,
            meta: None,
        }
    }

    /// Number and name, as a label.
    pub fn label(&self) -> String {
        match (self.number.is_blank(), self.name.is_blank()) {
            (false, false) => format!("{} {}", self.number, self.name),
            (true, false) => self.name.to_string(),
            _ => self.number.to_string(),
        }
    }
}

/// The route that a flow connection takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// The main line.
    Main,
    /// Nonconforming product leaves.
    Nok,
    /// Reworked product returns.
    ReworkReturn,
    /// An alternate route.
    Alternate,
}

impl Route {
    /// Every route.
    pub const ALL: [Self; 4] = [Self::Main, Self::Nok, Self::ReworkReturn, Self::Alternate];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Main => "Main line",
            Self::Nok => "NOK",
            Self::ReworkReturn => "Rework return",
            Self::Alternate => "Alternate",
        }
    }
}

/// A connection from one step to another.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowEdge {
    /// Identity.
    pub id: Id<Self>,
    /// The flow it belongs to.
    pub flow: Id<Document>,
    /// Where it starts.
    pub from: Id<Step>,
    /// Where it ends.
    pub to: Id<Step>,
    /// Place among the connections that leave the same step.
    pub order: OrderKey,
    /// The route.
    pub route: Route,
    /// What is written at it, such as "OK".
    pub label: Text,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(FlowEdge, flow_edges, order: order; flow => EdgeInFlow, from => EdgeFrom, to => EdgeTo);
