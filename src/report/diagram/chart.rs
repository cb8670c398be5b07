//! What is drawn: the steps of a flow and their connections, read from a project.

use std::collections::HashMap;

use crate::base::{Id, OrderKey};
use crate::model::characteristic::{CharacteristicKind, StepCharacteristic};
use crate::model::document::Document;
use crate::model::flow::{FlowEdge, Route, Step, StepKind};
use crate::model::form::flow_steps;
use crate::model::project::Project;
use crate::model::relation::Relation;

/// A process flow to be drawn. It names nothing that it does not show, so that it is out of date only when the drawing is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// The steps in the order of the flow, each sub-step behind its step.
    pub steps: Vec<ChartStep>,
    /// The connections.
    pub edges: Vec<ChartEdge>,
}

/// A step to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartStep {
    /// Which one.
    pub id: Id<Step>,
    /// The step it is a part of, as an index before its own.
    pub parent: Option<usize>,
    /// Main kind.
    pub kind: StepKind,
    /// Further kinds.
    pub further_kinds: Vec<StepKind>,
    /// Operation number.
    pub number: String,
    /// Operation name.
    pub name: String,
    /// Remarks such as "Outsourced".
    pub remarks: Vec<String>,
    /// Characteristics in order.
    pub characteristics: Vec<ChartCharacteristic>,
}

/// A characteristic at a step.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartCharacteristic {
    /// Which one.
    pub id: Id<StepCharacteristic>,
    /// Its number and name.
    pub text: String,
    /// Whether it is one of the process.
    pub of_process: bool,
    /// The code of its special class; blank for none.
    pub class: String,
}

/// A connection to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartEdge {
    /// Which one.
    pub id: Id<FlowEdge>,
    /// The step it leaves, as an index of the steps.
    pub from: usize,
    /// The step it leads to.
    pub to: usize,
    /// The route.
    pub route: Route,
    /// What is written at it.
    pub label: String,
}

impl Chart {
    /// The flow as it stands in a project.
    pub fn of(project: &Project, flow: Id<Document>) -> Self {
        let steps = flow_steps(project, flow);
        let places: HashMap<Id<Step>, usize> = steps.iter().enumerate().map(|(at, step)| (step.id, at)).collect();
        let mut edges: Vec<(usize, OrderKey, ChartEdge)> = project
            .children::<FlowEdge>(flow, Relation::EdgeInFlow)
            .filter_map(|edge| {
                let (from, to) = (*places.get(&edge.from)?, *places.get(&edge.to)?);
                let label = edge.label.trim().to_owned();
                Some((from, edge.order.clone(), ChartEdge { id: edge.id, from, to, route: edge.route, label }))
            })
            .collect();
        edges.sort_by(|a, b| (a.0, &a.1, a.2.id).cmp(&(b.0, &b.1, b.2.id)));
        let step = |step: &&Step| ChartStep {
            id: step.id,
            parent: step.parent.and_then(|parent| places.get(&parent).copied()),
            kind: step.kind,
            further_kinds: step.further_kinds.clone(),
            number: step.number.trim().to_owned(),
            name: step.name.trim().to_owned(),
            remarks: remarks(project, step),
            characteristics: characteristics(project, step.id),
        };
        Self { steps: steps.iter().map(step).collect(), edges: edges.into_iter().map(|(.., edge)| edge).collect() }
    }
}

fn remarks(project: &Project, step: &Step) -> Vec<String> {
    let mut remarks = Vec::new();
    if step.outsourced {
        remarks.push("Outsourced".to_owned());
    }
    if step.manual {
        remarks.push("Manual".to_owned());
    }
    if let Some(main) = &step.alternate_for {
        remarks.push(format!("Alternate for {}", project.target_text(main)));
    }
    remarks
}

fn characteristics(project: &Project, step: Id<Step>) -> Vec<ChartCharacteristic> {
    let at_step = project.children::<StepCharacteristic>(step, Relation::CharacteristicAtStep);
    at_step
        .filter_map(|at_step| {
            let characteristic = project.get(at_step.characteristic)?;
            Some(ChartCharacteristic {
                id: at_step.id,
                text: characteristic.label(),
                of_process: characteristic.kind == CharacteristicKind::Process,
                class: characteristic.class.trim().to_owned(),
            })
        })
        .collect()
}
