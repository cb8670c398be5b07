//! Reviewed links: which fields of a target carry its meaning, and when a link has become suspect.
//!
//! The lists hold meaning, not labels: names and numbers change everywhere at once and raise nothing.

use crate::base::Text;
use crate::base::clock::Date;
use crate::model::characteristic::Characteristic;
use crate::model::control_plan::Subject;
use crate::model::flow::Step;
use crate::model::fmea::{Control, Failure};
use crate::model::item::{AnyId, Entity, Item};
use crate::model::project::Project;
use crate::model::reference::{Link, Ref, Review};

/// The scheme by which new links are reviewed. A link reviewed by another scheme is compared in the fields both know.
pub const SCHEME: u16 = 1;

/// A target of reviewed links.
pub trait Reviewed: Entity {
    /// The declared fields with their present values, blank values included.
    fn review_values(&self) -> Vec<(&'static str, String)>;
}

impl Reviewed for Step {
    fn review_values(&self) -> Vec<(&'static str, String)> {
        let mut equipment: Vec<String> =
            self.equipment.iter().map(|equipment| AnyId::from(equipment.id()).to_string()).collect();
        equipment.sort_unstable();
        vec![
            ("kind", self.kind.name().to_owned()),
            ("equipment", equipment.join(" ")),
            ("outsourced", yes_or_no(self.outsourced)),
        ]
    }
}

impl Reviewed for Characteristic {
    fn review_values(&self) -> Vec<(&'static str, String)> {
        vec![("specification", self.specification_text()), ("class", self.class.to_string())]
    }
}

impl Reviewed for Control {
    fn review_values(&self) -> Vec<(&'static str, String)> {
        let means = self.means.map_or("", |means| means.name());
        vec![("text", self.text.to_string()), ("kind", format!("{} {means}", self.kind.name()).trim().to_owned())]
    }
}

impl Reviewed for Failure {
    fn review_values(&self) -> Vec<(&'static str, String)> {
        let severity = self.severity.as_ref().map(ToString::to_string).unwrap_or_default();
        vec![("severity", severity), ("class", self.class.to_string())]
    }
}

fn yes_or_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

/// A field whose meaning changed since the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuspectField {
    /// Name of the field.
    pub field: Text,
    /// Value at the review.
    pub reviewed: Text,
    /// Value now.
    pub now: String,
}

/// A reviewed link that an item holds, whatever kind its target is of.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldLink {
    /// The target; none if it is missing.
    pub target: Option<AnyId>,
    /// What the target is called, or was last called.
    pub label: String,
    /// Who reviewed the link, and when.
    pub reviewed: Review,
    /// What changed since; empty if the link is in order.
    pub changed: Vec<SuspectField>,
}

/// A review of `target` as it is now.
pub fn review<T: Reviewed>(target: &T, by: &Text, on: Option<Date>) -> Review {
    let values =
        target.review_values().into_iter().map(|(field, value)| (Text::from(field), Text::from(value))).collect();
    Review { scheme: SCHEME, by: by.clone(), on, values }
}

/// A link to an item, born reviewed.
pub fn reviewed_link<T: Reviewed>(target: &T, by: &Text, on: Option<Date>) -> Link<T> {
    Link { to: Ref::Item(target.id()), reviewed: review(target, by, on) }
}

impl Project {
    /// The fields in which the target of a link differs from what was reviewed; empty if the link is in order or its target
    /// is missing.
    pub fn suspect_fields<T: Reviewed>(&self, link: &Link<T>) -> Vec<SuspectField> {
        let Some(target) = link.to.present().and_then(|id| self.get(id)) else { return Vec::new() };
        let known = &link.reviewed.values;
        target
            .review_values()
            .into_iter()
            .filter_map(|(field, now)| {
                let (field, reviewed) = known.iter().find(|(name, _)| **name == *field)?;
                (**reviewed != *now).then(|| SuspectField { field: field.clone(), reviewed: reviewed.clone(), now })
            })
            .collect()
    }

    /// The reviewed links that an item holds, in the order of its fields.
    pub fn held_links(&self, holder: AnyId) -> Vec<HeldLink> {
        match self.item(holder) {
            Some(Item::Element(element)) => element.steps.iter().map(|link| self.held(link)).collect(),
            Some(Item::Function(function)) => function.characteristics.iter().map(|link| self.held(link)).collect(),
            Some(Item::Failure(failure)) => {
                let effects = failure.effects.links().map(|(_, link)| self.held(link));
                failure.characteristic.iter().map(|link| self.held(link)).chain(effects).collect()
            }
            Some(Item::PlanRow(row)) => {
                let subject = match &row.subject {
                    Subject::Characteristic(link) => Some(self.held(link)),
                    Subject::ErrorProofing(_) | Subject::SetUp(_) | Subject::Restart(_) | Subject::Open => None,
                };
                let controls = row.controls.iter().map(|link| self.held(link));
                std::iter::once(self.held(&row.step)).chain(subject).chain(controls).collect()
            }
            _ => Vec::new(),
        }
    }

    fn held<T: Reviewed>(&self, link: &Link<T>) -> HeldLink {
        HeldLink {
            target: link.to.present().map(T::any),
            label: self.target_text(&link.to),
            reviewed: link.reviewed.clone(),
            changed: self.suspect_fields(link),
        }
    }

    /// Whether the target of a link differs from what was reviewed.
    pub fn is_suspect<T: Reviewed>(&self, link: &Link<T>) -> bool {
        !self.suspect_fields(link).is_empty()
    }
}
