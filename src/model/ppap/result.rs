//! Results of measurements and tests, one line of a result form each (CFG-1003, CFG-1004 and CFG-1005 of AIAG PPAP).

use crate::base::clock::Date;
use crate::base::{Id, OrderKey, Text};
use crate::model::characteristic::Characteristic;
use crate::model::item::entity;
use crate::model::meta::Meta;
use crate::model::ppap::{Submission, Verdict};
use crate::model::project::Project;
use crate::model::project_data::Part;
use crate::model::reference::Ref;

/// What was measured or tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResultKind {
    /// A dimension.
    Dimensional,
    /// A property of the material.
    Material,
    /// What the part does: function, strength, endurance.
    Performance,
}

impl ResultKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Dimensional, Self::Material, Self::Performance];

    /// What people call the results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dimensional => "Dimensional results",
            Self::Material => "Material results",
            Self::Performance => "Performance results",
        }
    }
}

/// A line of a result form.
#[derive(Debug, Clone, PartialEq)]
pub struct TestResult {
    /// Identity.
    pub id: Id<Self>,
    /// The submission.
    pub submission: Id<Submission>,
    /// Place among the results.
    pub order: OrderKey,
    /// On which form it stands.
    pub kind: ResultKind,
    /// The part; none if it holds for every part of the submission.
    pub part: Option<Ref<Part>>,
    /// The characteristic that was measured; its name, balloon number and limits are shown where the line has none.
    pub characteristic: Option<Ref<Characteristic>>,
    /// Item or balloon number on the marked-up drawing; blank for that of the characteristic.
    pub number: Text,
    /// Dimension, material specification or test with its revision; blank for the name of the characteristic.
    pub requirement: Text,
    /// Specification or limits; blank for those of the characteristic.
    pub specification: Text,
    /// Inspection facility or laboratory.
    pub laboratory: Text,
    /// Supplier of the material, on the material form.
    pub material_supplier: Text,
    /// Day of the test.
    pub test_date: Option<Date>,
    /// Number of parts or samples tested.
    pub quantity: Text,
    /// The readings as they were typed, several separated by semicolons or blanks.
    pub readings: Text,
    /// The process stream the parts came from: machine, line, cavity.
    pub stream: Text,
    /// What a person says where limits and readings do not decide.
    pub verdict: Option<Verdict>,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(TestResult, test_results, order: order;
    submission => ResultInSubmission, part => ResultPart, characteristic => ResultCharacteristic);

impl TestResult {
    /// A line without anything in it.
    pub fn blank(id: Id<Self>, submission: Id<Submission>, order: OrderKey, kind: ResultKind) -> Self {
        Self {
            id,
            submission,
            order,
            kind,
            part: None,
            characteristic: None,
            number: Text::default(),
            requirement: Text::default(),
            specification: Text::default(),
            laboratory: Text::default(),
            material_supplier: Text::default(),
            test_date: None,
            quantity: Text::default(),
            readings: Text::default(),
            stream: Text::default(),
            verdict: None,
            meta: None,
        }
    }
}

impl Project {
    /// The characteristic of a result, if one is named and exists.
    pub fn result_characteristic(&self, result: &TestResult) -> Option<&Characteristic> {
        result.characteristic.as_ref().and_then(Ref::present).and_then(|id| self.get(id))
    }

    /// The item or balloon number of a result: its own, or that of its characteristic.
    pub fn result_number(&self, result: &TestResult) -> String {
        if !result.number.is_blank() {
            return result.number.to_string();
        }
        let known = self.result_characteristic(result);
        known
            .map(|known| if known.balloon.is_blank() { &known.number } else { &known.balloon }.to_string())
            .unwrap_or_default()
    }

    /// What was measured or tested: the words of the line, or the name of its characteristic.
    pub fn result_requirement(&self, result: &TestResult) -> String {
        if !result.requirement.is_blank() {
            return result.requirement.to_string();
        }
        match &result.characteristic {
            Some(Ref::Missing { last_label, .. }) => last_label.to_string(),
            _ => self.result_characteristic(result).map(|known| known.name.to_string()).unwrap_or_default(),
        }
    }

    /// The limits in words: those of the line, or those of its characteristic for its part.
    pub fn result_specification(&self, result: &TestResult) -> String {
        if !result.specification.is_blank() {
            return result.specification.to_string();
        }
        let known = self.result_characteristic(result);
        known.map(|known| specifications_for(result, known)).unwrap_or_default().join("\n")
    }
}

/// The specifications of a characteristic that hold for the part of a result.
fn specifications_for(result: &TestResult, characteristic: &Characteristic) -> Vec<String> {
    let part = result.part.as_ref().and_then(Ref::present);
    let holds =
        |parts: &[Ref<Part>]| part.is_none() || parts.is_empty() || parts.iter().any(|named| named.present() == part);
    let fitting = characteristic.specifications.iter().filter(|entry| holds(entry.applicability.parts()));
    fitting.map(|entry| entry.specification.to_string()).collect()
}
