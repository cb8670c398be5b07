//! How well the values of a column go with a field.

use super::profile::Profile;
use crate::exchange::import::table::Field;

/// 1 if nothing speaks against the field, less if the values do.
pub fn fit(field: Field, profile: &Profile) -> f32 {
    use Field as F;
    if profile.filled == 0 {
        return 0.95;
    }
    let (against, factor) = match field {
        F::Severity | F::Occurrence | F::Detection | F::LaterSeverity | F::LaterOccurrence | F::LaterDetection => {
            let words = profile.sentence_share() > 0.5;
            (profile.rating_share() < 0.6, if words { 0.35 } else { 0.8 })
        }
        // A criticality in words is believed only where no other column holds the number.
        F::Rpn | F::LaterRpn if profile.number_share() < 0.3 && profile.sentence_share() <= 0.5 => (true, 0.7),
        F::Rpn | F::LaterRpn | F::ActionPriority | F::LaterActionPriority => (profile.sentence_share() > 0.5, 0.4),
        F::Mode
        | F::Effect
        | F::Cause
        | F::Function
        | F::EffectYourPlant
        | F::EffectShipToPlant
        | F::EffectEndUser
        | F::HigherFunction
        | F::LowerFunction
        | F::StepAndFunction
        | F::Requirement
        | F::PreventionControl
        | F::DetectionControl
        | F::Control
        | F::Action
        | F::PreventionAction
        | F::DetectionAction
        | F::ActionTaken => (profile.number_share() > 0.7, 0.3),
        F::StepNumber | F::CharacteristicNumber | F::LineNumber => (profile.sentence_share() > 0.6, 0.45),
        F::Step => (profile.number_share() > 0.8, 0.55),
        F::TargetDate | F::CompletionDate => (profile.sentence_share() > 0.8 && profile.date_share() < 0.1, 0.75),
        F::Class => (profile.sentence_share() > 0.7, 0.5),
        _ => (false, 1.0),
    };
    if against { factor } else { 1.0 }
}
