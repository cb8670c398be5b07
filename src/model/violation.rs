//! What must hold in every project, however it came about. Rules judge contents; this guards the structure beneath.

use std::fmt;

use rayon::prelude::*;

use crate::base::text::quoted;
use crate::base::{Id, Text};
use crate::model::document::DocumentKind;
use crate::model::fmea::{Anchor, Element, Failure};
use crate::model::item::{AnyId, Item};
use crate::model::project::Project;
use crate::model::relation::{OnDelete, Relation};
use crate::model::risk::{AssessmentState, Risk};

/// A breach of the structure.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// The item that breaks the structure.
    pub item: AnyId,
    /// What is wrong with it.
    pub fault: Fault,
    /// What people call the item.
    pub label: Text,
}

/// What is wrong with the structure.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// The item refers to something that does not exist.
    Dangling {
        /// By which relation.
        relation: Relation,
        /// To what.
        target: AnyId,
    },
    /// The item lies inside itself.
    Cycle,
    /// The failure causes itself, directly or by others.
    FailureCycle,
    /// The item and its container belong to different documents.
    Straddles,
    /// The document is of a kind that cannot hold the item.
    WrongDocument,
    /// The same cause of the same mode stands twice in one FMEA.
    DuplicateRisk,
    /// More than one assessment is in force.
    SeveralCurrent,
    /// A failure refers to itself or a step connects to itself.
    SelfReference,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = self.item.kind().noun();
        let label = quoted(&self.label);
        match &self.fault {
            Fault::Dangling { target, .. } => {
                write!(f, "The {noun} {label} refers to a {} that does not exist", target.kind().noun())
            }
            Fault::Cycle => write!(f, "The {noun} {label} would lie inside itself"),
            Fault::FailureCycle => write!(f, "The failure {label} would cause itself"),
            Fault::Straddles => write!(f, "The {noun} {label} and what it belongs to are in different documents"),
            Fault::WrongDocument => write!(f, "The {noun} {label} stands in a document that cannot hold it"),
            Fault::DuplicateRisk => write!(f, "The failure cause {label} stands twice at the same failure mode"),
            Fault::SeveralCurrent => write!(f, "The risk {label} has more than one current assessment"),
            Fault::SelfReference => write!(f, "The {noun} {label} refers to itself"),
        }
    }
}

impl Project {
    /// Every breach of the structure by an item. A project that was changed only by [`Project::apply`] has none.
    pub fn violations_of(&self, id: AnyId) -> Vec<Violation> {
        let Some(item) = self.item(id) else { return Vec::new() };
        let mut faults = Vec::new();
        item.visit(&mut |relation, target| {
            if !self.contains(target) {
                faults.push(Fault::Dangling { relation, target });
            }
        });
        // The checks below walk along references and need them whole.
        if !faults
            .iter()
            .any(|fault| matches!(fault, Fault::Dangling { relation, .. } if relation.on_delete() == OnDelete::Cascade))
        {
            self.structural_faults(&item, true, &mut faults);
        }
        faults.into_iter().map(|fault| Violation { item: id, fault, label: Text::from(self.label(id)) }).collect()
    }

    /// Every breach of the structure in the whole project but references to what does not exist, which are none any more
    /// once they were reconciled. On every core, because whoever opens a project waits for it.
    pub fn structural_violations(&self) -> Vec<Violation> {
        let items: Vec<Item> = self.items().collect();
        // As a rule there is no cycle at all, and one look at the whole net costs less than one at each failure.
        let may_cycle = self.failure_net_has_cycle();
        let of_item = |item: &Item| {
            let mut faults = Vec::new();
            self.structural_faults(item, may_cycle, &mut faults);
            let id = item.id();
            faults.into_iter().map(move |fault| Violation { item: id, fault, label: Text::from(self.label(id)) })
        };
        items.par_iter().flat_map_iter(of_item).collect()
    }

    /// Whether some failure is among its own effects: takes failures that lead nowhere away until none is left, or only those
    /// of cycles and what leads into them.
    fn failure_net_has_cycle(&self) -> bool {
        let failures: Vec<&Failure> = self.all().collect();
        let place = |id: Id<Failure>| failures.binary_search_by_key(&id, |failure| failure.id).ok();
        let effects = failures.iter().enumerate().flat_map(|(from, failure)| {
            failure.effects.links().filter_map(move |(_, link)| Some((from, place(link.to.present()?)?)))
        });
        let modes = self.all::<Risk>().filter_map(|risk| Some((place(risk.cause)?, place(risk.mode)?)));
        let mut edges: Vec<(usize, usize)> = effects.chain(modes).collect();
        let mut leads_to = vec![0_usize; failures.len()];
        for (from, _) in &edges {
            leads_to[*from] += 1;
        }
        edges.sort_unstable_by_key(|(_, to)| *to);
        let mut open: Vec<usize> = (0..failures.len()).filter(|at| leads_to[*at] == 0).collect();
        let mut taken = 0;
        while let Some(at) = open.pop() {
            taken += 1;
            let first = edges.partition_point(|(_, to)| *to < at);
            for (from, _) in edges[first..].iter().take_while(|(_, to)| *to == at) {
                leads_to[*from] -= 1;
                if leads_to[*from] == 0 {
                    open.push(*from);
                }
            }
        }
        taken < failures.len()
    }

    /// The faults of an item whose references are whole; without `may_cycle` the failure net is known to have no cycle.
    fn structural_faults(&self, item: &Item, may_cycle: bool, faults: &mut Vec<Fault>) {
        let is_kind = |document, allowed: fn(DocumentKind) -> bool| {
            self.get::<crate::model::document::Document>(document).is_some_and(|document| allowed(document.kind))
        };
        let is_flow = |kind| kind == DocumentKind::ProcessFlow;
        match item {
            Item::Step(step) => {
                check(faults, !is_kind(step.flow, is_flow), Fault::WrongDocument);
                check(
                    faults,
                    loops(step.id, |id| self.get(id).and_then(|above: &crate::model::flow::Step| above.parent)),
                    Fault::Cycle,
                );
                let above = step.parent.and_then(|parent| self.get(parent));
                check(faults, above.is_some_and(|above| above.flow != step.flow), Fault::Straddles);
            }
            Item::FlowEdge(edge) => {
                let flows = [edge.from, edge.to].map(|end| self.get(end).map(|step| step.flow));
                check(faults, flows.iter().any(|flow| *flow != Some(edge.flow)), Fault::Straddles);
                check(faults, edge.from == edge.to, Fault::SelfReference);
            }
            Item::Element(element) => {
                check(faults, !is_kind(element.fmea, DocumentKind::is_fmea), Fault::WrongDocument);
                check(
                    faults,
                    loops(element.id, |id| self.get(id).and_then(|above: &Element| above.parent)),
                    Fault::Cycle,
                );
                let above = element.parent.and_then(|parent| self.get(parent));
                check(faults, above.is_some_and(|above| above.fmea != element.fmea), Fault::Straddles);
            }
            Item::Failure(failure) => {
                check(faults, may_cycle && self.causes_itself(failure.id), Fault::FailureCycle);
            }
            Item::Risk(risk) => {
                check(faults, !is_kind(risk.fmea, DocumentKind::is_fmea), Fault::WrongDocument);
                check(faults, may_cycle && self.causes_itself(risk.mode), Fault::FailureCycle);
                let twin = self.sources(risk.mode, Relation::RiskOfMode).iter().any(|source| match source.id {
                    AnyId::Risk(other) => {
                        other != risk.id
                            && self.get(other).is_some_and(|other| other.cause == risk.cause && other.fmea == risk.fmea)
                    }
                    _ => false,
                });
                check(faults, twin, Fault::DuplicateRisk);
                let current = risk.assessments.iter().filter(|entry| entry.state == AssessmentState::Current).count();
                check(faults, current > 1, Fault::SeveralCurrent);
            }
            Item::Control(control) => {
                check(faults, !is_kind(control.fmea, DocumentKind::is_fmea), Fault::WrongDocument);
            }
            Item::Action(action) => check(faults, !is_kind(action.fmea, DocumentKind::is_fmea), Fault::WrongDocument),
            Item::PlanRow(row) => {
                check(faults, !is_kind(row.plan, |kind| kind == DocumentKind::ControlPlan), Fault::WrongDocument);
            }
            _ => {}
        }
    }

    /// Whether a failure is among its own effects, directly or by others. Follows effects upwards and from a cause to its modes.
    fn causes_itself(&self, start: Id<Failure>) -> bool {
        let mut seen = std::collections::HashSet::new();
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let Some(failure) = self.get(at) else { continue };
            let upwards = failure.effects.links().filter_map(|(_, link)| link.to.present());
            let modes = self.sources(at, Relation::RiskOfCause).iter().filter_map(|source| match source.id {
                AnyId::Risk(risk) => self.get(risk).map(|risk| risk.mode),
                _ => None,
            });
            for above in upwards.chain(modes) {
                if above == start {
                    return true;
                }
                if seen.insert(above) {
                    open.push(above);
                }
            }
        }
        false
    }

    /// The element a failure is anchored on, directly or by its function.
    pub fn element_of(&self, failure: &Failure) -> Option<&Element> {
        match failure.anchor {
            Anchor::Element(element) => self.get(element),
            Anchor::Function(function) => self.get(function).and_then(|function| self.get(function.element)),
        }
    }
}

/// Whether following `next` from `start` comes back to where it was.
fn loops<T>(start: Id<T>, next: impl Fn(Id<T>) -> Option<Id<T>>) -> bool {
    // Two walkers, one twice as fast: they meet exactly if there is a loop.
    let (mut slow, mut fast) = (Some(start), Some(start));
    loop {
        fast = fast.and_then(&next).and_then(&next);
        slow = slow.and_then(&next);
        match (slow, fast) {
            (_, None) => return false,
            (slow, fast) if slow == fast => return true,
            _ => {}
        }
    }
}

fn check(faults: &mut Vec<Fault>, broken: bool, fault: Fault) {
    if broken {
        faults.push(fault);
    }
}
