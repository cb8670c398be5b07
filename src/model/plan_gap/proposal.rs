//! The row that would close a gap, filled with what the model knows; what nobody wrote yet stays blank.

use crate::base::Id;
use crate::base::text::quoted;
use crate::model::characteristic::{Characteristic, CharacteristicKind, StepCharacteristic};
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::model::flow::Step;
use crate::model::fmea::{Anchor, Control, ControlKind, ControlMeans};
use crate::model::project::Project;
use crate::model::reference::Ref;
use crate::model::relation::Relation;
use crate::model::risk::Risk;

use super::Gap;

/// What a proposed row controls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProposedSubject {
    /// A characteristic.
    Characteristic(Id<Characteristic>),
    /// An error-proofing device.
    Device(Id<Equipment>),
    /// A set-up check.
    SetUp(String),
    /// For a person to choose.
    Open,
}

/// A row that would close a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What it is for.
    pub gap: Gap,
    /// Where it belongs.
    pub step: Id<Step>,
    /// What it controls.
    pub subject: ProposedSubject,
    /// The controls it carries out.
    pub controls: Vec<Id<Control>>,
    /// Evaluation or measurement technique.
    pub measurement_technique: String,
    /// Sample size.
    pub sample_size: String,
    /// Sample frequency.
    pub sample_frequency: String,
    /// Control method.
    pub control_method: String,
    /// Who performs the control, as other rows of the step say.
    pub responsible: String,
    /// Reaction plan, as other rows of the step say.
    pub reaction_plan: String,
    /// Owner of the reaction plan, as other rows of the step say.
    pub reaction_plan_owner: String,
}

impl Project {
    /// The row that would close a gap; none if it is closed, or if flow and FMEA do not say where the row belongs.
    pub fn gap_proposal(&self, gap: Gap) -> Option<Proposal> {
        if !self.is_gap(gap) {
            return None;
        }
        let step = self.gap_step(gap)?;
        let mut proposal = Proposal {
            gap,
            step,
            subject: ProposedSubject::Open,
            controls: Vec::new(),
            measurement_technique: String::new(),
            sample_size: String::new(),
            sample_frequency: String::new(),
            control_method: String::new(),
            responsible: String::new(),
            reaction_plan: String::new(),
            reaction_plan_owner: String::new(),
        };
        match gap {
            Gap::Device(device) => self.propose_device(&mut proposal, device)?,
            Gap::Control(control) => self.propose_control(&mut proposal, self.get(control)?, None),
            Gap::Characteristic(characteristic) => {
                proposal.subject = ProposedSubject::Characteristic(characteristic);
            }
            Gap::Cause(risk) => self.propose_for_cause(&mut proposal, self.get(risk)?)?,
            Gap::SetUp(_) => {
                proposal.subject = ProposedSubject::SetUp("First-off check after set-up".to_owned());
                "Comparison with the set-up sheet".clone_into(&mut proposal.measurement_technique);
                "1 first-off part".clone_into(&mut proposal.sample_size);
                "At each set-up".clone_into(&mut proposal.sample_frequency);
                "First-off release".clone_into(&mut proposal.control_method);
            }
        }
        self.learn_from_rows(&mut proposal);
        Some(proposal)
    }

    fn propose_device(&self, proposal: &mut Proposal, id: Id<Equipment>) -> Option<()> {
        let device = self.get(id)?;
        proposal.subject = ProposedSubject::Device(id);
        let controls = self.children::<Control>(id, Relation::ControlEquipment);
        proposal.controls = controls.map(|control| control.id).filter(|id| self.is_gap(Gap::Control(*id))).collect();
        if !device.challenge_part.is_blank() {
            proposal.measurement_technique = format!("Challenge part: {}", device.challenge_part);
        }
        proposal.sample_frequency = device.verification_frequency.to_string();
        "Verification of the error-proofing device".clone_into(&mut proposal.control_method);
        Some(())
    }

    /// Fills a row that carries out a control, for one of the risks that rely on it.
    fn propose_control(&self, proposal: &mut Proposal, control: &Control, risk: Option<&Risk>) {
        proposal.controls = vec![control.id];
        let device = control.equipment.as_ref().and_then(Ref::present).and_then(|id| self.get(id));
        let gauge = device.filter(|device| !matches!(device.kind, EquipmentKind::Machine));
        let means = means_in_words(control);
        (proposal.measurement_technique, proposal.control_method) = match gauge {
            Some(gauge) => (gauge.label(), control.text.to_string()),
            None => (control.text.to_string(), means.to_owned()),
        };
        let is_complete = control.text.contains("100 %") || control.text.contains("100%");
        if is_complete || matches!(control.means, Some(ControlMeans::Automatic | ControlMeans::ErrorProofing)) {
            "100 %".clone_into(&mut proposal.sample_size);
            "Each part".clone_into(&mut proposal.sample_frequency);
        }
        let relying = self.children::<Risk>(control.id, Relation::RiskControl);
        let here = |risk: &&Risk| self.steps_of_risk(risk).contains(&proposal.step);
        let risks: Vec<&Risk> = risk.into_iter().chain(relying.filter(here)).take(8).collect();
        let subject = risks.iter().find_map(|risk| self.subject_at(proposal.step, risk, control.kind));
        proposal.subject = match (subject, gauge) {
            (Some(characteristic), _) => ProposedSubject::Characteristic(characteristic),
            (None, Some(gauge)) if gauge.kind == EquipmentKind::ErrorProofing => ProposedSubject::Device(gauge.id),
            (None, _) => ProposedSubject::Open,
        };
    }

    fn propose_for_cause(&self, proposal: &mut Proposal, risk: &Risk) -> Option<()> {
        let controls = || risk.controls.iter().filter_map(|control| self.get(control.present()?));
        let chosen = controls().find(|control| control.kind == ControlKind::Detection).or_else(|| controls().next());
        if let Some(control) = chosen {
            self.propose_control(proposal, control, Some(risk));
            return Some(());
        }
        // Without a control only its characteristic makes a row cover the cause.
        let mut named = self.characteristics_of_risk(risk).into_iter();
        let characteristic = named.find(|characteristic| self.is_owned_at(*characteristic, proposal.step))?;
        proposal.subject = ProposedSubject::Characteristic(characteristic);
        Some(())
    }

    /// What a control of a risk is about at a step: for prevention what the cause deviates from, for detection what the
    /// mode violates; else what the function of the mode creates.
    fn subject_at(&self, step: Id<Step>, risk: &Risk, kind: ControlKind) -> Option<Id<Characteristic>> {
        let failures = match kind {
            ControlKind::Prevention => [risk.cause, risk.mode],
            ControlKind::Detection => [risk.mode, risk.cause],
        };
        let failures = failures.into_iter().filter_map(|failure| self.get(failure));
        let named = failures.filter_map(|failure| failure.characteristic.as_ref()?.to.present());
        let function = self.get(risk.mode).and_then(|mode| match mode.anchor {
            Anchor::Function(function) => self.get(function),
            Anchor::Element(_) => None,
        });
        let links = function.into_iter().flat_map(|function| &function.characteristics);
        let of_function = links.filter_map(|link| link.to.present());
        named.chain(of_function).find(|characteristic| self.is_owned_at(*characteristic, step)).or_else(|| {
            let at_step = self.children::<StepCharacteristic>(step, Relation::CharacteristicAtStep);
            let known: Vec<&Characteristic> = at_step.filter_map(|entry| self.get(entry.characteristic)).collect();
            let wanted = match kind {
                ControlKind::Prevention => CharacteristicKind::Process,
                ControlKind::Detection => CharacteristicKind::Product,
            };
            // Where the step has one only, there is no choice.
            let mut fitting = known.iter().filter(|found| found.kind == wanted);
            fitting.next().filter(|_| fitting.next().is_none()).map(|only| only.id)
        })
    }

    /// Whether a row for a characteristic may stand at a step: the step owns it, or no step does.
    fn is_owned_at(&self, characteristic: Id<Characteristic>, step: Id<Step>) -> bool {
        let Some(at) = self.get(step) else { return false };
        let mut roles = self.children::<StepCharacteristic>(characteristic, Relation::RoleOfCharacteristic).peekable();
        roles.peek().is_none()
            || roles
                .filter_map(|role| self.get(role.step))
                .any(|owner| owner.id == step || owner.parent == Some(step) || at.parent == Some(owner.id))
    }

    /// Who checks and what happens then, as the rows of the step say: those of the same subject first.
    fn learn_from_rows(&self, proposal: &mut Proposal) {
        let mut rows: Vec<&PlanRow> = self.children(proposal.step, Relation::RowStep).collect();
        rows.sort_by_key(|row| !is_alike(&row.subject, &proposal.subject));
        let first = |text: fn(&PlanRow) -> &str| {
            rows.iter().map(|row| text(row)).find(|text| !text.trim().is_empty()).unwrap_or_default().to_owned()
        };
        proposal.responsible = first(|row| &row.responsible);
        proposal.reaction_plan = first(|row| &row.reaction_plan);
        proposal.reaction_plan_owner = first(|row| &row.reaction_plan_owner);
    }

    /// Why a row is proposed, in a sentence without a full stop.
    pub fn gap_reason(&self, gap: Gap) -> String {
        let name = quoted(&self.label(gap.item()));
        match gap {
            Gap::Device(_) => format!("The error-proofing device {name} is verified by no row"),
            Gap::Control(control) => {
                let kind = self.get(control).map_or("control", |control| control.kind.name());
                format!("The {kind} {name} is carried out by no row")
            }
            Gap::Characteristic(id) => match self.get(id).and_then(|found| self.special_class(found)) {
                Some(class) => format!("{name} of class {} is controlled by no row", class.code),
                None => format!("{name} is controlled by no row"),
            },
            Gap::Cause(risk) => {
                let need = self.get(risk).and_then(|risk| self.need_for_action(risk));
                let need = need.map_or_else(String::new, |need| format!(" has {},", need.reason()));
                format!("The cause {name}{need} and no row covers it")
            }
            Gap::SetUp(_) => "The set-up of tools and fixtures is verified by no row".to_owned(),
        }
    }
}

fn is_alike(subject: &Subject, proposed: &ProposedSubject) -> bool {
    match (subject, proposed) {
        (Subject::Characteristic(link), ProposedSubject::Characteristic(id)) => link.to.present() == Some(*id),
        (Subject::ErrorProofing(_), ProposedSubject::Device(_)) | (Subject::SetUp(_), ProposedSubject::SetUp(_)) => {
            true
        }
        _ => false,
    }
}

fn means_in_words(control: &Control) -> &'static str {
    match (control.means, control.kind) {
        (Some(ControlMeans::Behavioural), _) => "Work instruction",
        (Some(ControlMeans::Technical), _) => "Technical prevention",
        (Some(ControlMeans::ErrorProofing), _) => "Error-proofing",
        (Some(ControlMeans::Human), _) => "Manual inspection",
        (Some(ControlMeans::SemiAutomatic), _) => "Semi-automatic inspection",
        (Some(ControlMeans::Automatic), _) => "Automatic inspection",
        (Some(ControlMeans::Audit), _) => "Audit",
        (None, ControlKind::Prevention) => "Prevention",
        (None, ControlKind::Detection) => "Inspection",
    }
}
