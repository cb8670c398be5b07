//! All proposals of a project: as few rows as close every gap.

use std::collections::HashSet;

use crate::base::Id;
use crate::model::characteristic::Characteristic;
use crate::model::document::DocumentKind;
use crate::model::equipment::Equipment;
use crate::model::flow::Step;
use crate::model::fmea::Control;
use crate::model::form::flow_steps;
use crate::model::item::Entity;
use crate::model::project::Project;
use crate::model::risk::Risk;

use super::{Gap, Proposal, ProposedSubject};

/// What the rows proposed so far would close.
#[derive(Default)]
struct Closed {
    devices: HashSet<Id<Equipment>>,
    controls: HashSet<Id<Control>>,
    characteristics: HashSet<Id<Characteristic>>,
    at_steps: HashSet<(Id<Characteristic>, Id<Step>)>,
}

impl Closed {
    fn add(&mut self, proposal: &Proposal) {
        self.controls.extend(&proposal.controls);
        match proposal.subject {
            ProposedSubject::Characteristic(characteristic) => {
                self.characteristics.insert(characteristic);
                self.at_steps.insert((characteristic, proposal.step));
            }
            ProposedSubject::Device(device) => {
                self.devices.insert(device);
            }
            ProposedSubject::SetUp(_) | ProposedSubject::Open => {}
        }
    }

    fn covers(&self, project: &Project, gap: Gap) -> bool {
        match gap {
            Gap::Device(device) => self.devices.contains(&device),
            Gap::Control(control) => self.controls.contains(&control),
            Gap::Characteristic(characteristic) => self.characteristics.contains(&characteristic),
            Gap::Cause(risk) => project.get(risk).is_some_and(|risk: &Risk| {
                let by_control = risk.controls.iter().filter_map(crate::model::reference::Ref::present);
                let steps = || project.steps_of_risk(risk);
                by_control.into_iter().any(|control| self.controls.contains(&control))
                    || project
                        .characteristics_of_risk(risk)
                        .into_iter()
                        .any(|named| steps().into_iter().any(|step| self.at_steps.contains(&(named, step))))
            }),
            Gap::SetUp(_) => false,
        }
    }
}

impl Project {
    /// The rows that flow and FMEA ask for and the control plans lack, in the order of the flow. A row that closes several
    /// gaps is proposed once, and what somebody dismissed is left out. None without a control plan.
    pub fn plan_proposals(&self, is_current: &dyn Fn() -> bool) -> Option<Vec<Proposal>> {
        if self.documents_of(DocumentKind::ControlPlan).is_empty() {
            return Some(Vec::new());
        }
        let mut closed = Closed::default();
        let mut found = Vec::new();
        for (at, gap) in self.possible_gaps().enumerate() {
            if at % 64 == 0 && !is_current() {
                return None;
            }
            if closed.covers(self, gap) || !self.is_gap(gap) || self.gap_dismissal(gap).is_some() {
                continue;
            }
            if let Some(proposal) = self.gap_proposal(gap) {
                closed.add(&proposal);
                found.push(proposal);
            }
        }
        let flows = self.documents_of(DocumentKind::ProcessFlow);
        let steps = flows.iter().flat_map(|flow| flow_steps(self, flow.id)).map(|step| step.id);
        let places: std::collections::HashMap<Id<Step>, usize> = steps.zip(0..).collect();
        found.sort_by_key(|proposal| places.get(&proposal.step).copied());
        Some(found)
    }

    /// The gaps whose proposals somebody dismissed, as long as the dismissals hold.
    pub fn dismissed_gaps(&self) -> Vec<Gap> {
        let approved: HashSet<_> =
            self.all::<crate::model::project_data::FindingApproval>().map(|approval| approval.item.0).collect();
        if approved.is_empty() {
            return Vec::new();
        }
        let dismissed =
            |gap: &Gap| approved.contains(&gap.item()) && self.is_gap(*gap) && self.gap_dismissal(*gap).is_some();
        self.possible_gaps().filter(dismissed).collect()
    }

    /// Everything that may lack a row. Rows for devices and controls come first: they close gaps of characteristics and
    /// causes as well.
    fn possible_gaps(&self) -> impl Iterator<Item = Gap> {
        self.ids::<Equipment>()
            .map(Gap::Device)
            .chain(self.ids::<Control>().map(Gap::Control))
            .chain(self.ids::<Characteristic>().map(Gap::Characteristic))
            .chain(self.ids::<Risk>().map(Gap::Cause))
            .chain(self.ids::<Step>().map(Gap::SetUp))
    }

    fn ids<T: Entity>(&self) -> impl Iterator<Item = Id<T>> {
        self.all::<T>().map(Entity::id)
    }
}
