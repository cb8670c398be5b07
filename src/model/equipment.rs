//! Machines, tools, fixtures, gauges, error-proofing devices and software.

use crate::base::{Id, OrderKey, Text};
use crate::model::item::entity;
use crate::model::meta::Meta;

/// What a piece of equipment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EquipmentKind {
    /// Machine or station.
    Machine,
    /// Tool.
    Tool,
    /// Jig or fixture.
    Fixture,
    /// Gauge or measuring equipment.
    Gauge,
    /// Error-proofing (poka-yoke) device.
    ErrorProofing,
    /// Software.
    Software,
}

impl EquipmentKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Machine, Self::Tool, Self::Fixture, Self::Gauge, Self::ErrorProofing, Self::Software];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Machine => "Machine",
            Self::Tool => "Tool",
            Self::Fixture => "Fixture",
            Self::Gauge => "Gauge",
            Self::ErrorProofing => "Error-proofing device",
            Self::Software => "Software",
        }
    }
}

/// A piece of equipment. Steps list it and control-plan rows pick from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Equipment {
    /// Identity.
    pub id: Id<Self>,
    /// Place in the list.
    pub order: OrderKey,
    /// What it is.
    pub kind: EquipmentKind,
    /// Name.
    pub name: Text,
    /// Asset or gauge number.
    pub asset_number: Text,
    /// Challenge part (master) by which an error-proofing device is verified (IATF 16949, 10.2.4).
    pub challenge_part: Text,
    /// How often an error-proofing device is verified.
    pub verification_frequency: Text,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Equipment, equipment, order: order;);

impl Equipment {
    /// Name with asset number, as forms print it.
    pub fn label(&self) -> String {
        if self.asset_number.is_blank() {
            self.name.to_string()
        } else {
            format!("{} ({})", self.name, self.asset_number)
        }
    }
}
