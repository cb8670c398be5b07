//! What the columns below some headings mean, for one form of the trade: words, what stands above and beside, and the values.

use std::collections::BTreeSet;

use super::assign::{assign, first_action, part_merged_steps, second_set, several_items};
use super::headings::Heading;
use super::profile::Profile;
use super::resolve::{Context, Letters};
use crate::exchange::import::table::{Certainty, Column, Field, Meaning};

/// The forms that differ in what their columns can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// FMEA of any type.
    Fmea,
    /// Control plan.
    ControlPlan,
    /// Process flow worksheet.
    ProcessFlow,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Fmea, Self::ControlPlan, Self::ProcessFlow];
}

/// The least score at which a meaning is believed.
pub const LEAST: f32 = 0.5;

/// What was made of some headings.
#[derive(Debug, Clone)]
pub struct Reading {
    /// As which form.
    pub form: Form,
    /// The columns that mean something, from left to right.
    pub columns: Vec<Column>,
    /// How much was understood.
    pub score: f32,
    /// Whether the column of the step speaks of a component rather than of a process step.
    pub by_component: bool,
}

impl Reading {
    /// Whether some column is taken for the field.
    pub fn has(&self, field: Field) -> bool {
        self.columns.iter().any(|column| column.meaning == Meaning::Field(field))
    }

    fn count(&self, fields: &[Field]) -> usize {
        fields.iter().filter(|field| self.has(**field)).count()
    }

    /// Whether what was understood makes up the form, or is a handful of common words.
    pub fn is_form(&self) -> bool {
        use Field as F;
        let strong = |field: F| {
            self.columns.iter().any(|c| c.meaning == Meaning::Field(field) && c.certainty >= Certainty::Likely)
        };
        match self.form {
            Form::Fmea => {
                let ratings = self.count(&[F::Severity, F::Occurrence, F::Detection, F::Rpn, F::ActionPriority]);
                let effects =
                    self.count(&[F::Effect, F::EffectYourPlant, F::EffectShipToPlant, F::EffectEndUser]).min(1);
                let causes = usize::from(self.has(F::Cause));
                if strong(F::Mode) {
                    effects + causes + ratings.min(2) >= 1 && self.columns.len() >= 3
                } else if self.has(F::Mode) {
                    (effects + causes == 2 && ratings >= 1) || (effects + causes >= 1 && ratings >= 3)
                } else {
                    // A list of risks has causes, effects and a score, too.
                    effects + causes == 2 && self.count(&[F::Severity, F::Occurrence, F::Detection]) >= 2
                }
            }
            Form::ControlPlan => {
                let likely = |fields: &[Field]| fields.iter().filter(|field| strong(**field)).count();
                let methods = likely(&[F::ControlMethod, F::ReactionPlan, F::MeasurementTechnique])
                    + likely(&[F::SampleSize, F::SampleFrequency, F::SampleSizeAndFrequency]).min(1);
                let subjects =
                    self.count(&[F::Characteristic, F::ProductCharacteristic, F::ProcessCharacteristic]).min(1)
                        + self.count(&[F::Specification, F::LowerLimit, F::UpperLimit]).min(1)
                        + self.count(&[F::Step, F::StepNumber]).min(1);
                methods >= 2 && subjects >= 1 && methods + subjects >= 4
            }
            Form::ProcessFlow => {
                let ticks = [F::StepOperation, F::StepTransport, F::StepStorage, F::StepInspection, F::StepDelay];
                let facts = usize::from(self.count(&ticks) >= 2)
                    + self.count(&[
                        F::StepKind,
                        F::Equipment,
                        F::Area,
                        F::VariationSource,
                        F::ProductCharacteristic,
                        F::ProcessCharacteristic,
                        F::NextStep,
                        F::StepDescription,
                        F::Characteristic,
                    ]);
                strong(F::Step) && self.has(F::StepNumber) && facts >= 2
                    || self.has(F::Step) && (self.count(&ticks) >= 3 || self.has(F::StepKind)) && facts >= 2
            }
        }
    }
}

/// Reads headings as those of a form. `profiles` holds the values below each heading.
pub fn read(headings: &[Heading], profiles: &[Profile], form: Form) -> Reading {
    let mut candidates: Vec<Vec<(Field, f32)>> = Vec::with_capacity(headings.len());
    let mut items = BTreeSet::new();
    let letters = Letters::of(headings);
    for index in 0..headings.len() {
        let context = Context { headings, profiles, index, form, letters: &letters };
        let (fields, by_item) = context.candidates();
        if by_item {
            items.insert(index);
        }
        candidates.push(fields);
    }
    part_merged_steps(headings, profiles, &mut candidates);
    let before_actions = first_action(&candidates);
    second_set(&mut candidates, before_actions);
    several_items(&mut candidates, &items, form);
    let assigned = assign(&candidates, form);
    let mut score = 0.0;
    let columns = headings.iter().zip(&assigned).zip(profiles).filter_map(|((heading, assigned), profile)| {
        let (field, points) = (*assigned)?;
        score += points * weight(field, form);
        let certainty = if points >= 0.85 && profile.filled > 0 {
            Certainty::Sure
        } else if points >= 0.62 {
            Certainty::Likely
        } else {
            Certainty::Guessed
        };
        Some(Column {
            column: heading.column,
            heading: heading.shown(),
            meaning: Meaning::Field(field),
            certainty,
            why: why(field, profile, points),
        })
    });
    let columns: Vec<Column> = columns.collect();
    let step =
        columns.iter().find(|column| matches!(column.meaning, Meaning::Field(Field::Step | Field::StepAndFunction)));
    let by_component = step.is_some_and(|step| items.iter().any(|index| headings[*index].column == step.column));
    Reading { form, columns, score, by_component }
}

fn why(field: Field, profile: &Profile, points: f32) -> String {
    let words = if points >= 0.85 { "the heading says so" } else { "the heading comes near it" };
    if profile.filled == 0 {
        return format!("{words}; there are no values");
    }
    let values = if is_rating(field) && profile.rating_share() >= 0.6 {
        ", and the values are ratings"
    } else if profile.date_share() >= 0.5 {
        ", and the values are days"
    } else if profile.word_share() >= 0.6 {
        ", and the values are words"
    } else {
        ""
    };
    format!("{words}{values}")
}

/// How much a field says for its form.
fn weight(field: Field, form: Form) -> f32 {
    use Field as F;
    match form {
        Form::Fmea => match field {
            F::Mode => 3.0,
            F::Effect | F::Cause => 2.0,
            F::Severity | F::Occurrence | F::Detection | F::Rpn => 1.5,
            _ => 1.0,
        },
        Form::ControlPlan => match field {
            F::ControlMethod | F::ReactionPlan | F::MeasurementTechnique => 2.0,
            F::SampleSize | F::SampleFrequency | F::Specification => 1.5,
            _ => 1.0,
        },
        Form::ProcessFlow => match field {
            F::StepKind | F::VariationSource => 1.5,
            _ => 0.8,
        },
    }
}

fn is_rating(field: Field) -> bool {
    use Field as F;
    matches!(
        field,
        F::Severity | F::Occurrence | F::Detection | F::LaterSeverity | F::LaterOccurrence | F::LaterDetection
    )
}
