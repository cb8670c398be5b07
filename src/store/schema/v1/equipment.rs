//! Items of `equipment.ron`.

use crate::base::{Id, OrderKey, Text};
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::store::schema::v1::record::{choice, record};

record! {
    /// A piece of equipment.
    EquipmentFile of Equipment {
        id: Id<Equipment>,
        order: OrderKey,
        kind: EquipmentKind,
        ;
        name: Text,
        asset_number: Text,
        challenge_part: Text,
        verification_frequency: Text,
        ; meta
    }
}

choice! {
    /// What a piece of equipment is.
    EquipmentKindFile of EquipmentKind { Machine, Tool, Fixture, Gauge, ErrorProofing, Software }
}
