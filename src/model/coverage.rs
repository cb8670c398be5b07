//! Which control-plan rows cover which failure causes, and why: asked from either side, answered by the same rule.

use std::cell::RefCell;
use std::collections::HashMap;

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

/// What a row has to carry out or control to cover a risk.
struct Need {
    controls: Vec<Id<Control>>,
    characteristics: Vec<Id<Characteristic>>,
    steps: Vec<Id<Step>>,
}

impl Need {
    fn of(project: &Project, risk: &Risk) -> Self {
        let characteristics = project.characteristics_of_risk(risk);
        // Without a characteristic no step matters.
        let steps = if characteristics.is_empty() { Vec::new() } else { project.steps_of_risk(risk) };
        Self { controls: risk.controls.iter().filter_map(Ref::present).collect(), characteristics, steps }
    }

    fn met_by(&self, row: &PlanRow) -> Option<CoverReason> {
        let mut carried_out = row.controls.iter().filter_map(|link| link.to.present());
        if let Some(control) = carried_out.find(|control| self.controls.contains(control)) {
            return Some(CoverReason::Control(control));
        }
        let Subject::Characteristic(link) = &row.subject else { return None };
        let (characteristic, step) = link.to.present().zip(row.step.to.present())?;
        let is_met = self.characteristics.contains(&characteristic) && self.steps.contains(&step);
        is_met.then_some(CoverReason::Characteristic(characteristic))
    }
}

impl Project {
    /// Why a row covers a risk, if it does. A control in place counts before the characteristic.
    pub fn cover_reason(&self, row: &PlanRow, risk: &Risk) -> Option<CoverReason> {
        Need::of(self, risk).met_by(row)
    }

    /// The control-plan rows that cover a risk, with the reason of each, in the order of the steps' rows.
    pub fn rows_covering(&self, risk: &Risk) -> Vec<(&PlanRow, CoverReason)> {
        let need = Need::of(self, risk);
        let by_control = need.controls.iter().flat_map(|control| self.sources(*control, Relation::RowControl));
        let by_characteristic = need
            .characteristics
            .iter()
            .flat_map(|characteristic| self.sources(*characteristic, Relation::RowCharacteristic));
        let mut candidates: Vec<Id<PlanRow>> =
            by_control.chain(by_characteristic).map(|source| Id::from_raw(source.id.raw())).collect();
        candidates.sort_unstable();
        candidates.dedup();
        let rows = candidates.into_iter().filter_map(|row| self.get(row));
        let mut found: Vec<_> = rows
            .filter_map(|row| {
                let reason = need.met_by(row)?;
                let step = row.step.to.present().and_then(|step| self.get(step));
                Some((step.map(|step| &step.order), row, reason))
            })
            .collect();
        found.sort_by(|(one, left, _), (other, right, _)| one.cmp(other).then_with(|| left.order.cmp(&right.order)));
        found.into_iter().map(|(_, row, reason)| (row, reason)).collect()
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

    /// The number by which documents name a control-plan row. Whoever asks for many asks [`RowNumbers`].
    pub fn row_number(&self, row: &PlanRow) -> String {
        RowNumbers::new(self).of(row)
    }
}

/// The numbers by which documents name control-plan rows: that of the step, and the place among the rows of the plan there.
/// The rows of a step are counted once, however many of them are asked for.
#[derive(Debug)]
pub struct RowNumbers<'p> {
    project: &'p Project,
    places: RefCell<HashMap<Id<Step>, Places>>,
}

/// The places of rows at a step.
type Places = HashMap<Id<PlanRow>, usize>;

impl<'p> RowNumbers<'p> {
    /// Numbers of the rows of a project.
    pub fn new(project: &'p Project) -> Self {
        Self { project, places: RefCell::default() }
    }

    /// The number of a row.
    pub fn of(&self, row: &PlanRow) -> String {
        let Some(step) = row.step.to.present() else {
            return row.step.to.last_label().map(ToString::to_string).unwrap_or_default();
        };
        let mut places = self.places.borrow_mut();
        let at_step = places.entry(step).or_insert_with(|| {
            let mut counts: HashMap<_, usize> = HashMap::new();
            let rows = self.project.children::<PlanRow>(step, Relation::RowStep);
            rows.map(|row| {
                let count = counts.entry(row.plan).or_default();
                *count += 1;
                (row.id, *count)
            })
            .collect()
        });
        let place = at_step.get(&row.id).copied().unwrap_or_default();
        let number = self.project.get(step).map(|step| step.number.to_string()).unwrap_or_default();
        if number.is_empty() { place.to_string() } else { format!("{number}-{place}") }
    }
}
