//! Items of `process-flow.ron`.

use crate::base::{Id, OrderKey, Text};
use crate::model::applicability::Applicability;
use crate::model::equipment::Equipment;
use crate::model::flow::{FlowEdge, Route, Step, StepKind};
use crate::model::reference::Ref;
use crate::store::schema::v1::record::{choice, record};

record! {
    /// A step. It belongs to the flow of its file.
    StepFile of Step home flow = document {
        id: Id<Step>,
        order: OrderKey,
        kind: StepKind,
        ;
        parent: Option<Id<Step>>,
        number: Text,
        name: Text,
        description: Text,
        area: Text,
        further_kinds: Vec<StepKind>,
        manual: bool,
        outsourced: bool,
        alternate_for: Option<Ref<Step>>,
        no_analysis_because: Text,
        no_plan_row_because: Text,
        nok_disposition: Text,
        sources_of_variation: Text,
        work_instruction: Text,
        equipment: Vec<Ref<Equipment>>,
        applicability: Applicability,
        ; meta
    }
}

choice! {
    /// What a step mainly is.
    StepKindFile of StepKind {
        Operation, Inspection, Transport, Storage, Delay, Decision, Rework, Scrap, Receiving, Shipping,
    }
}

record! {
    /// A connection of two steps.
    FlowEdgeFile of FlowEdge home flow = document {
        id: Id<FlowEdge>,
        from: Id<Step>,
        to: Id<Step>,
        order: OrderKey,
        route: Route,
        ;
        label: Text,
        ; meta
    }
}

choice! {
    /// The route of a connection.
    RouteFile of Route { Main, Nok, ReworkReturn, Alternate }
}
