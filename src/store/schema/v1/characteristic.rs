//! Items of `characteristics.ron`, and their roles at steps, which stand in `process-flow.ron`.

use crate::base::{Id, OrderKey, Text};
use crate::model::applicability::Applicability;
use crate::model::characteristic::{
    Characteristic, CharacteristicKind, CharacteristicRole, PartSpecification, StepCharacteristic,
};
use crate::model::flow::Step;
use crate::model::specification::Specification;
use crate::store::schema::v1::record::{choice, record};

record! {
    /// A characteristic.
    CharacteristicFile of Characteristic {
        id: Id<Characteristic>,
        order: OrderKey,
        kind: CharacteristicKind,
        ;
        number: Text,
        name: Text,
        specifications: Vec<PartSpecification>,
        class: Text,
        pass_through: bool,
        source: Text,
        balloon: Text,
        ; meta
    }
}

choice! {
    /// Product or process.
    CharacteristicKindFile of CharacteristicKind { Product, Process }
}

record! {
    /// A specification and the parts it holds for.
    PartSpecificationFile of PartSpecification {
        specification: Specification,
        ;
        applicability: Applicability,
    }
}

record! {
    /// The role of a characteristic at a step.
    StepCharacteristicFile of StepCharacteristic {
        id: Id<StepCharacteristic>,
        step: Id<Step>,
        characteristic: Id<Characteristic>,
        order: OrderKey,
        role: CharacteristicRole,
        ;
        local_specification: Option<Specification>,
        local_reason: Text,
        ; meta
    }
}

choice! {
    /// What a step does to a characteristic.
    CharacteristicRoleFile of CharacteristicRole { Created, Changed, Measured, PassedThrough }
}
