//! What process flow and FMEA ask of a control plan and no row does yet: the gaps, and the row that would close each.
//!
//! Rules report these gaps, the control plan proposes rows for them, both by the same words here.

mod listing;
mod proposal;

pub use proposal::{Proposal, ProposedSubject};

use sha2::{Digest, Sha256};

use crate::base::{Id, hex};
use crate::model::characteristic::{Characteristic, CharacteristicRole, StepCharacteristic};
use crate::model::class::{ClassRank, SpecialClass};
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::document::DocumentKind;
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::model::flow::{Step, StepKind};
use crate::model::fmea::{Control, Failure};
use crate::model::item::AnyId;
use crate::model::project::Project;
use crate::model::project_data::FindingApproval;
use crate::model::relation::Relation;
use crate::model::review::Reviewed;
use crate::model::risk::Risk;

/// Something that a control-plan row is missing for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// An error-proofing device in use that no row verifies.
    Device(Id<Equipment>),
    /// A control in place that no row carries out.
    Control(Id<Control>),
    /// A characteristic that no row controls.
    Characteristic(Id<Characteristic>),
    /// An urgent failure cause that no row covers.
    Cause(Id<Risk>),
    /// A step with tools or fixtures whose set-up no row verifies.
    SetUp(Id<Step>),
}

impl Gap {
    /// The item that lacks a row.
    pub fn item(self) -> AnyId {
        match self {
            Self::Device(device) => device.into(),
            Self::Control(control) => control.into(),
            Self::Characteristic(characteristic) => characteristic.into(),
            Self::Cause(risk) => risk.into(),
            Self::SetUp(step) => step.into(),
        }
    }
}

impl Project {
    /// Whether the row is still missing, by whatever steps and reasons say; see [`Project::gap_step`] for where it belongs.
    pub fn is_gap(&self, gap: Gap) -> bool {
        match gap {
            Gap::Device(device) => {
                let unused = |relation| self.sources(device, relation).is_empty();
                self.get(device).is_some_and(|device| device.kind == EquipmentKind::ErrorProofing)
                    && unused(Relation::RowDevice)
                    && !(unused(Relation::StepEquipment) && unused(Relation::ControlEquipment))
            }
            Gap::Control(control) => self.get(control).is_some_and(|control| self.is_control_gap(control)),
            Gap::Characteristic(id) => {
                let Some(characteristic) = self.get(id) else { return false };
                self.sources(id, Relation::RowCharacteristic).is_empty()
                    && (self.special_class(characteristic).is_some() || self.step_asking_for(id).is_some())
            }
            Gap::Cause(risk) => self.get(risk).is_some_and(|risk| {
                self.is_of_process(risk.fmea)
                    && self.need_for_action(risk).is_some()
                    && self.rows_covering(risk).is_empty()
            }),
            Gap::SetUp(step) => self.get(step).is_some_and(|step| self.is_set_up_gap(step)),
        }
    }

    fn is_control_gap(&self, control: &Control) -> bool {
        // Controls that only come with planned actions are not in place yet.
        let in_place = || {
            self.children::<Risk>(control.id, Relation::RiskControl)
                .any(|risk| risk.controls.iter().any(|used| used.present() == Some(control.id)))
        };
        control.no_plan_row_because.is_blank()
            && self.is_of_process(control.fmea)
            && self.sources(control.id, Relation::RowControl).is_empty()
            && in_place()
    }

    fn is_set_up_gap(&self, step: &Step) -> bool {
        let is_set_up = |equipment: &Equipment| matches!(equipment.kind, EquipmentKind::Tool | EquipmentKind::Fixture);
        let mut equipment = step.equipment.iter().filter_map(|equipment| self.get(equipment.present()?));
        let verifies = |row: &PlanRow| matches!(row.subject, Subject::SetUp(_));
        step.kind == StepKind::Operation
            && equipment.any(is_set_up)
            && !self.needs_no_row(step)
            && !self.children::<PlanRow>(step.id, Relation::RowStep).any(verifies)
    }

    fn is_of_process(&self, fmea: Id<crate::model::document::Document>) -> bool {
        self.get(fmea).is_some_and(|fmea| fmea.kind == DocumentKind::ProcessFmea)
    }

    /// Whether a step, or one it is a part of, says why it needs no control-plan row.
    pub fn needs_no_row(&self, step: &Step) -> bool {
        let mut at = Some(step);
        // Deeper than any flow is drawn; a loop would be a breach of the structure.
        for _ in 0..64 {
            let Some(found) = at else { return false };
            if !found.no_plan_row_because.is_blank() {
                return true;
            }
            at = found.parent.and_then(|parent| self.get(parent));
        }
        false
    }

    /// The class of a characteristic, if it is special: critical or significant.
    pub fn special_class(&self, characteristic: &Characteristic) -> Option<&SpecialClass> {
        let code = Some(&characteristic.class).filter(|code| !code.is_blank())?;
        self.class(code).filter(|class| matches!(class.rank, ClassRank::Critical | ClassRank::Significant))
    }

    /// The step that creates, changes or measures a characteristic and asks for a row: the one that makes it first.
    pub fn step_asking_for(&self, characteristic: Id<Characteristic>) -> Option<&Step> {
        let asks = |role: CharacteristicRole| {
            self.children::<StepCharacteristic>(characteristic, Relation::RoleOfCharacteristic)
                .filter(move |entry| entry.role == role)
                .filter_map(|entry| self.get(entry.step))
                .find(|step| !self.needs_no_row(step))
        };
        [CharacteristicRole::Created, CharacteristicRole::Changed, CharacteristicRole::Measured]
            .into_iter()
            .find_map(asks)
    }

    /// The step at which the missing row belongs; none if flow and FMEA do not say, or say that the step needs no row.
    pub fn gap_step(&self, gap: Gap) -> Option<Id<Step>> {
        let of_risk = |risk: &Risk| {
            let steps = self.steps_of_risk(risk).into_iter();
            steps.filter_map(|step| self.get(step)).find(|step| !self.needs_no_row(step)).map(|step| step.id)
        };
        let of_control = |control| self.children::<Risk>(control, Relation::RiskControl).find_map(of_risk);
        match gap {
            Gap::Device(device) => {
                let steps = || self.children::<Step>(device, Relation::StepEquipment);
                let users = || self.children::<Control>(device, Relation::ControlEquipment);
                let at_step = steps().find(|step| !self.needs_no_row(step)).map(|step| step.id);
                at_step.or_else(|| users().find_map(|control| of_control(control.id)))
            }
            Gap::Control(control) => of_control(control),
            Gap::Characteristic(characteristic) => {
                let asking = self.step_asking_for(characteristic).map(|step| step.id);
                let failures = || self.children::<Failure>(characteristic, Relation::FailureCharacteristic);
                let of_failure = |failure: &Failure| {
                    let relations = [Relation::RiskOfMode, Relation::RiskOfCause];
                    let mut risks = relations.into_iter().flat_map(|by| self.children::<Risk>(failure.id, by));
                    risks.find_map(of_risk)
                };
                let owned = || {
                    let roles = self.sources(characteristic, Relation::RoleOfCharacteristic);
                    // Elsewhere than at a step that owns it a row would be wrong.
                    roles.is_empty()
                };
                asking.or_else(|| owned().then(|| failures().find_map(of_failure)).flatten())
            }
            Gap::Cause(risk) => self.get(risk).and_then(of_risk),
            Gap::SetUp(step) => self.get(step).map(|step| step.id),
        }
    }

    /// The code by which a dismissed proposal is remembered: that of the rule which reports the gap.
    pub fn gap_code(&self, gap: Gap) -> &'static str {
        match gap {
            Gap::Device(_) => "CP-14",
            Gap::Control(_) => "LNK-04",
            Gap::Characteristic(id) => {
                let is_special = self.get(id).is_some_and(|found| self.special_class(found).is_some());
                if is_special { "SC-02" } else { "LNK-06" }
            }
            Gap::Cause(_) => "LNK-09",
            Gap::SetUp(_) => "CP-16",
        }
    }

    /// What a dismissal remembers of a gap: it lapses when what the gap rests on changes. Hexadecimal digits.
    pub fn gap_fingerprint(&self, gap: Gap) -> String {
        let mut hash = Sha256::new();
        let mut add = |value: &str| {
            hash.update(value.as_bytes());
            hash.update([0]);
        };
        add(self.gap_code(gap));
        let values = match gap {
            Gap::Device(device) => self.get(device).map(|device| vec![device.label()]),
            Gap::Control(control) => self.get(control).map(values_of),
            Gap::Characteristic(characteristic) => self.get(characteristic).map(values_of),
            Gap::Cause(risk) => self.get(risk).map(|risk| {
                let need = self.need_for_action(risk).map(|need| need.reason().to_string()).unwrap_or_default();
                vec![self.label(risk.mode.into()), self.label(risk.cause.into()), need]
            }),
            Gap::SetUp(step) => self.get(step).map(values_of),
        };
        for value in values.into_iter().flatten() {
            add(&value);
        }
        hex(&hash.finalize()[..16])
    }

    /// The approval by which somebody dismissed the proposal for a gap, as long as it holds.
    pub fn gap_dismissal(&self, gap: Gap) -> Option<&FindingApproval> {
        let mut approvals = self.children::<FindingApproval>(gap.item(), Relation::ApprovedFinding).peekable();
        approvals.peek()?;
        let (code, fingerprint) = (self.gap_code(gap), self.gap_fingerprint(gap));
        approvals.find(|approval| *approval.code == *code && *approval.fingerprint == *fingerprint)
    }
}

fn values_of<T: Reviewed>(item: &T) -> Vec<String> {
    item.review_values().into_iter().map(|(_, value)| value).collect()
}
