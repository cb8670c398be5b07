//! Which control-plan rows cover which failure causes, and why: asked from either side, answered by the same rule.

use crate::base::Id;
use crate::base::text::quoted;
use crate::model::characteristic::Characteristic;
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::flow::Step;
use crate::model::fmea::{Control, Failure};
use crate::model::project::Project;
use crate::model::reference::Ref;
use crate::model::relation::Relation;
use crate::model::risk::Risk;

/// Why a control-plan row covers a failure cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoverReason {
    /// The row carries out a control that the risk relies on.
    Control(Id<Control>),
    /// The row controls the characteristic of cause or mode at the step where they are analysed.
    Characteristic(Id<Characteristic>),
}

impl CoverReason {
    /// Why, to follow a name: `it carries out “Leak test 100 %”`.
    pub fn in_words(self, project: &Project) -> String {
        match self {
            Self::Control(control) => format!("it carries out {}", quoted(&project.label(control.into()))),
            Self::Characteristic(characteristic) => {
                format!("it controls {} at the same step", quoted(&project.label(characteristic.into())))
            }
        }
    }
}

impl Project {
    /// Why a row covers a risk, if it does. A control in place counts before the characteristic.
    pub fn cover_reason(&self, row: &PlanRow, risk: &Risk) -> Option<CoverReason> {
        let carried_out = row.controls.iter().filter_map(|link| link.to.present());
        let relied_on = |control: &Id<Control>| risk.controls.iter().any(|used| used.present() == Some(*control));
        if let Some(control) = carried_out.into_iter().find(relied_on) {
            return Some(CoverReason::Control(control));
        }
        let Subject::Characteristic(link) = &row.subject else { return None };
        let (characteristic, step) = link.to.present().zip(row.step.to.present())?;
        let named = self.characteristics_of_risk(risk).contains(&characteristic);
        (named && self.steps_of_risk(risk).contains(&step)).then_some(CoverReason::Characteristic(characteristic))
    }

    /// The control-plan rows that cover a risk, with the reason of each, in the order of the steps' rows.
    pub fn rows_covering(&self, risk: &Risk) -> Vec<(Id<PlanRow>, CoverReason)> {
        let by_control = risk.controls.iter().filter_map(Ref::present).flat_map(|control| {
            self.sources(control, Relation::RowControl).iter().map(|source| Id::<PlanRow>::from_raw(source.id.raw()))
        });
        let by_characteristic = self.characteristics_of_risk(risk).into_iter().flat_map(|characteristic| {
            let rows = self.sources(characteristic, Relation::RowCharacteristic);
            rows.iter().map(|source| Id::<PlanRow>::from_raw(source.id.raw()))
        });
        let mut found: Vec<(Id<PlanRow>, CoverReason)> = Vec::new();
        for row in by_control.chain(by_characteristic).filter_map(|row| self.get(row)) {
            if !found.iter().any(|(known, _)| *known == row.id)
                && let Some(reason) = self.cover_reason(row, risk)
            {
                found.push((row.id, reason));
            }
        }
        found.sort_by_cached_key(|(row, _)| {
            self.get(*row).map(|row| {
                let step = row.step.to.present().and_then(|step| self.get(step)).map(|step| step.order.clone());
                (step, row.order.clone())
            })
        });
        found
    }

    /// The risks that a control-plan row covers, with the reason of each: those of its controls first.
    pub fn risks_covered(&self, row: &PlanRow) -> Vec<(Id<Risk>, CoverReason)> {
        let mut found: Vec<(Id<Risk>, CoverReason)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        let mut consider = |risk: &Risk| {
            if seen.insert(risk.id)
                && let Some(reason) = self.cover_reason(row, risk)
            {
                found.push((risk.id, reason));
            }
        };
        for control in row.controls.iter().filter_map(|link| link.to.present()) {
            self.children::<Risk>(control, Relation::RiskControl).for_each(&mut consider);
        }
        if let Subject::Characteristic(link) = &row.subject
            && let Some(characteristic) = link.to.present()
        {
            for failure in self.children::<Failure>(characteristic, Relation::FailureCharacteristic) {
                self.children::<Risk>(failure.id, Relation::RiskOfMode).for_each(&mut consider);
                self.children::<Risk>(failure.id, Relation::RiskOfCause).for_each(&mut consider);
            }
        }
        found
    }

    /// The characteristics that cause and mode of a risk name.
    pub fn characteristics_of_risk(&self, risk: &Risk) -> Vec<Id<Characteristic>> {
        let failures = [risk.cause, risk.mode].into_iter().filter_map(|failure| self.get(failure));
        failures.filter_map(|failure| failure.characteristic.as_ref()?.to.present()).collect()
    }

    /// The process steps at which the mode of a risk is analysed.
    pub fn steps_of_risk(&self, risk: &Risk) -> Vec<Id<Step>> {
        let element = self.get(risk.mode).and_then(|mode| self.element_of(mode));
        element.into_iter().flat_map(|element| &element.steps).filter_map(|link| link.to.present()).collect()
    }

    /// The number by which documents name a control-plan row: that of its step, and its place among the rows there.
    pub fn row_number(&self, row: &PlanRow) -> String {
        let Some(step) = row.step.to.present() else {
            return row.step.to.last_label().map(ToString::to_string).unwrap_or_default();
        };
        let rows = self.children::<PlanRow>(step, Relation::RowStep).filter(|other| other.plan == row.plan);
        let place = rows.take_while(|other| other.id != row.id).count() + 1;
        let number = self.get(step).map(|step| step.number.to_string()).unwrap_or_default();
        if number.is_empty() { place.to_string() } else { format!("{number}-{place}") }
    }
}
