//! Where an item lives: in which document, or in one of the lists that all documents share.

use crate::base::Id;
use crate::model::document::Document;
use crate::model::fmea::Anchor;
use crate::model::item::{AnyId, Item};
use crate::model::project::Project;

/// The home of an item. Every home is one file of the project folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// What all documents share: data of the project, parts, people, requirements, own fields, attachments, approvals,
    /// report profiles.
    Project,
    /// The list of characteristics.
    Characteristics,
    /// The list of equipment.
    Equipment,
    /// The PPAP submission with its warrants, elements and results.
    Ppap,
    /// A document.
    Document(Id<Document>),
}

impl Project {
    /// The home of an item of this project.
    pub fn home(&self, id: AnyId) -> Option<Home> {
        self.item(id).and_then(|item| self.home_of(&item))
    }

    /// The home of an item, which need not be in the project any more, as long as what contains it is.
    pub fn home_of(&self, item: &Item) -> Option<Home> {
        let of_element = |element| self.get::<crate::model::fmea::Element>(element).map(|element| element.fmea);
        let document = match item {
            Item::ProjectData(_)
            | Item::Part(_)
            | Item::Person(_)
            | Item::CustomerRequirement(_)
            | Item::UserField(_)
            | Item::Attachment(_)
            | Item::FindingApproval(_)
            | Item::ReportProfile(_) => return Some(Home::Project),
            Item::Characteristic(_) => return Some(Home::Characteristics),
            Item::Equipment(_) => return Some(Home::Equipment),
            Item::Submission(_) | Item::Warrant(_) | Item::PpapElement(_) | Item::TestResult(_) => {
                return Some(Home::Ppap);
            }
            Item::Document(document) => document.id,
            Item::Step(step) => step.flow,
            Item::FlowEdge(edge) => edge.flow,
            Item::StepCharacteristic(at_step) => self.get(at_step.step)?.flow,
            Item::Element(element) => element.fmea,
            Item::Function(function) => of_element(function.element)?,
            Item::Failure(failure) => match failure.anchor {
                Anchor::Element(element) => of_element(element)?,
                Anchor::Function(function) => of_element(self.get(function)?.element)?,
            },
            Item::Risk(risk) => risk.fmea,
            Item::Control(control) => control.fmea,
            Item::Action(action) => action.fmea,
            Item::PlanRow(row) => row.plan,
        };
        Some(Home::Document(document))
    }
}
