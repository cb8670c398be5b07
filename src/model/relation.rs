//! The kinds of references between items, and what happens to each when its target is deleted.

/// One kind of reference, named from the item that holds it to the item it points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// A step belongs to a process flow.
    StepInFlow,
    /// A step without a parent step belongs to a process flow at the top level.
    TopStepInFlow,
    /// A sub-step belongs to a step.
    SubStep,
    /// A step uses equipment.
    StepEquipment,
    /// A step stands in for another while that is not available.
    StepAlternateFor,
    /// A flow edge belongs to a process flow.
    EdgeInFlow,
    /// A flow edge starts at a step.
    EdgeFrom,
    /// A flow edge ends at a step.
    EdgeTo,
    /// A step–characteristic stands at a step.
    CharacteristicAtStep,
    /// A step–characteristic names a characteristic.
    RoleOfCharacteristic,
    /// A structure element belongs to an FMEA.
    ElementInFmea,
    /// A structure element without a parent is a root of an FMEA.
    RootElement,
    /// A structure element lies below another.
    SubElement,
    /// A structure element analyses a process step.
    ElementStep,
    /// A function belongs to a structure element.
    FunctionOfElement,
    /// A function serves a characteristic.
    FunctionCharacteristic,
    /// A failure is anchored on a function.
    FailureOfFunction,
    /// A failure is anchored on a structure element, where the form knows no functions.
    FailureOfElement,
    /// A failure mode violates, or a cause deviates from, a characteristic.
    FailureCharacteristic,
    /// A failure mode has an effect.
    ModeEffect,
    /// A risk belongs to an FMEA.
    RiskInFmea,
    /// A risk rates a failure mode.
    RiskOfMode,
    /// A risk rates a failure cause.
    RiskOfCause,
    /// A risk or one of its assessments relies on a control.
    RiskControl,
    /// An assessment of a risk rests on an action.
    RiskAction,
    /// A control belongs to an FMEA.
    ControlInFmea,
    /// A control works by a piece of equipment.
    ControlEquipment,
    /// An action belongs to an FMEA.
    ActionInFmea,
    /// An action is owned by a person.
    ActionOwner,
    /// An action is proved by an attachment.
    ActionEvidence,
    /// A row belongs to a control plan.
    RowInPlan,
    /// A control-plan row stands at a step.
    RowStep,
    /// A control-plan row controls a characteristic.
    RowCharacteristic,
    /// A control-plan row verifies an error-proofing device.
    RowDevice,
    /// A control-plan row uses equipment.
    RowEquipment,
    /// A control-plan row carries out a control of an FMEA.
    RowControl,
    /// A person is in the team of a document.
    TeamMember,
    /// An item applies to a part.
    AppliesToPart,
    /// A customer-specific requirement or a PPAP element is proved by an attachment.
    AttachedTo,
    /// An approval silences a finding of an item.
    ApprovedFinding,
    /// A warrant belongs to a PPAP submission.
    WarrantInSubmission,
    /// A warrant is for a part.
    WarrantPart,
    /// An element belongs to a PPAP submission.
    PpapElementInSubmission,
    /// A PPAP element is proved by a document.
    PpapElementDocument,
    /// A test result belongs to a PPAP submission.
    ResultInSubmission,
    /// A test result was found at a part.
    ResultPart,
    /// A test result was found for a characteristic.
    ResultCharacteristic,
}

/// What happens to the holder of a reference when its target is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// The holder is part of the target and goes with it.
    Cascade,
    /// The holder keeps the identity and the last label of the target.
    KeepMissing,
}

impl Relation {
    /// Every relation.
    pub const ALL: &'static [Self] = &[
        Self::StepInFlow,
        Self::TopStepInFlow,
        Self::SubStep,
        Self::StepEquipment,
        Self::StepAlternateFor,
        Self::EdgeInFlow,
        Self::EdgeFrom,
        Self::EdgeTo,
        Self::CharacteristicAtStep,
        Self::RoleOfCharacteristic,
        Self::ElementInFmea,
        Self::RootElement,
        Self::SubElement,
        Self::ElementStep,
        Self::FunctionOfElement,
        Self::FunctionCharacteristic,
        Self::FailureOfFunction,
        Self::FailureOfElement,
        Self::FailureCharacteristic,
        Self::ModeEffect,
        Self::RiskInFmea,
        Self::RiskOfMode,
        Self::RiskOfCause,
        Self::RiskControl,
        Self::RiskAction,
        Self::ControlInFmea,
        Self::ControlEquipment,
        Self::ActionInFmea,
        Self::ActionOwner,
        Self::ActionEvidence,
        Self::RowInPlan,
        Self::RowStep,
        Self::RowCharacteristic,
        Self::RowDevice,
        Self::RowEquipment,
        Self::RowControl,
        Self::TeamMember,
        Self::AppliesToPart,
        Self::AttachedTo,
        Self::ApprovedFinding,
        Self::WarrantInSubmission,
        Self::WarrantPart,
        Self::PpapElementInSubmission,
        Self::PpapElementDocument,
        Self::ResultInSubmission,
        Self::ResultPart,
        Self::ResultCharacteristic,
    ];

    /// The delete policy of this kind of reference.
    pub fn on_delete(self) -> OnDelete {
        match self {
            Self::StepInFlow
            | Self::TopStepInFlow
            | Self::SubStep
            | Self::EdgeInFlow
            | Self::EdgeFrom
            | Self::EdgeTo
            | Self::CharacteristicAtStep
            | Self::RoleOfCharacteristic
            | Self::ElementInFmea
            | Self::RootElement
            | Self::SubElement
            | Self::FunctionOfElement
            | Self::FailureOfFunction
            | Self::FailureOfElement
            | Self::RiskInFmea
            | Self::RiskOfMode
            | Self::RiskOfCause
            | Self::ControlInFmea
            | Self::ActionInFmea
            | Self::RowInPlan
            | Self::ApprovedFinding
            | Self::WarrantInSubmission
            | Self::PpapElementInSubmission
            | Self::ResultInSubmission => OnDelete::Cascade,
            Self::StepEquipment
            | Self::StepAlternateFor
            | Self::ElementStep
            | Self::FunctionCharacteristic
            | Self::FailureCharacteristic
            | Self::ModeEffect
            | Self::RiskControl
            | Self::RiskAction
            | Self::ControlEquipment
            | Self::ActionOwner
            | Self::ActionEvidence
            | Self::RowStep
            | Self::RowCharacteristic
            | Self::RowDevice
            | Self::RowEquipment
            | Self::RowControl
            | Self::TeamMember
            | Self::AppliesToPart
            | Self::AttachedTo
            | Self::WarrantPart
            | Self::PpapElementDocument
            | Self::ResultPart
            | Self::ResultCharacteristic => OnDelete::KeepMissing,
        }
    }
}
