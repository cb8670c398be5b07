//! What the columns below some headings mean, for one form of the trade: words, what stands above and beside, and the values.

use std::collections::{BTreeSet, HashMap};

use super::headings::Heading;
use super::profile::Profile;
use super::vocabulary::{Concept, Group, Vocabulary};
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
const LEAST: f32 = 0.5;

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
                    effects + causes == 2 && ratings >= 2
                }
            }
            Form::ControlPlan => {
                let methods = self.count(&[F::ControlMethod, F::ReactionPlan, F::MeasurementTechnique])
                    + self.count(&[F::SampleSize, F::SampleFrequency, F::SampleSizeAndFrequency]).min(1);
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
    let assigned = assign(&candidates);
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
    match (form, field) {
        (Form::Fmea, F::Mode) => 3.0,
        (Form::Fmea, F::Effect | F::Cause) => 2.0,
        (Form::Fmea, F::Severity | F::Occurrence | F::Detection | F::Rpn) => 1.5,
        (Form::ControlPlan, F::ControlMethod | F::ReactionPlan | F::MeasurementTechnique) => 2.0,
        (Form::ControlPlan, F::SampleSize | F::SampleFrequency | F::Specification) => 1.5,
        (Form::ProcessFlow, F::StepKind | F::VariationSource) => 1.5,
        (Form::ProcessFlow, _) => 0.8,
        _ => 1.0,
    }
}

fn is_rating(field: Field) -> bool {
    use Field as F;
    matches!(
        field,
        F::Severity | F::Occurrence | F::Detection | F::LaterSeverity | F::LaterOccurrence | F::LaterDetection
    )
}

/// The letters that stand alone in a row of headings: which language they are of shows only together.
struct Letters(HashMap<String, Field>);

impl Letters {
    fn of(headings: &[Heading]) -> Self {
        use Field as F;
        let leaf = |heading: &Heading| {
            let text = heading.leaf().trim().trim_end_matches(['.', ':']).to_lowercase();
            (text.chars().count() <= 2).then_some(text)
        };
        let present: BTreeSet<String> = headings.iter().filter_map(leaf).collect();
        let sets: [&[(&str, Field)]; 8] = [
            &[("g", F::Severity), ("f", F::Occurrence), ("d", F::Detection), ("c", F::Rpn)],
            &[("g", F::Severity), ("o", F::Occurrence), ("d", F::Detection), ("c", F::Rpn)],
            &[("g", F::Severity), ("f", F::Occurrence), ("n", F::Detection), ("c", F::Rpn)],
            &[("g", F::Severity), ("p", F::Occurrence), ("r", F::Detection)],
            &[("b", F::Severity), ("a", F::Occurrence), ("e", F::Detection)],
            &[("z", F::Severity), ("r", F::Occurrence), ("w", F::Detection)],
            &[("z", F::Severity), ("p", F::Occurrence), ("t", F::Detection)],
            &[("s", F::Severity), ("p", F::Occurrence), ("d", F::Detection)],
        ];
        let fits = |set: &&&[(&str, Field)]| set.iter().take(3).all(|(letter, _)| present.contains(*letter));
        let found = sets.iter().find(fits);
        Self(found.map_or_else(HashMap::new, |set| {
            set.iter().map(|(letter, field)| ((*letter).to_owned(), *field)).collect()
        }))
    }

    fn field(&self, heading: &Heading) -> Option<Field> {
        let text = heading.leaf().trim().trim_end_matches(['.', ':']).to_lowercase();
        self.0.get(&text).copied()
    }
}

/// A heading among its neighbours.
struct Context<'h> {
    headings: &'h [Heading],
    profiles: &'h [Profile],
    index: usize,
    form: Form,
    letters: &'h Letters,
}

impl Context<'_> {
    fn heading(&self) -> &Heading {
        &self.headings[self.index]
    }

    fn profile(&self) -> &Profile {
        &self.profiles[self.index]
    }

    /// What the heading can mean in the form, best first; and whether the best speaks of a component.
    fn candidates(&self) -> (Vec<(Field, f32)>, bool) {
        if self.heading().leaf().is_empty() {
            return (Vec::new(), false);
        }
        let groups = self.groups();
        if let Some(field) = self.letters.field(self.heading()).filter(|_| self.form == Form::Fmea) {
            let field = if groups.contains(&Group::Results) { later(field).unwrap_or(field) } else { field };
            return (vec![(field, 0.95 * self.fit(field))], false);
        }
        let mut found: Vec<(Field, f32)> = Vec::new();
        let mut item = (0.0, false);
        for (concept, score) in concepts(self.heading()) {
            let Some((field, factor)) = self.resolve(concept, &groups) else { continue };
            let points = score * factor * self.fit(field);
            if points > item.0 {
                item = (points, matches!(concept, Concept::Item | Concept::ItemAndFunction));
            }
            match found.iter_mut().find(|(known, _)| *known == field) {
                Some((_, known)) => *known = known.max(points),
                None => found.push((field, points)),
            }
        }
        found.retain(|(_, points)| *points >= LEAST * 0.8);
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        (found, item.1)
    }

    fn groups(&self) -> BTreeSet<Group> {
        let vocabulary = Vocabulary::get();
        self.heading().parents().flat_map(|parent| vocabulary.groups(parent)).map(|(group, _)| group).collect()
    }

    /// The field that a concept stands for here, and how much that is believed.
    fn resolve(&self, concept: Concept, groups: &BTreeSet<Group>) -> Option<(Field, f32)> {
        match self.form {
            Form::Fmea => self.in_fmea(concept, groups),
            Form::ControlPlan => self.in_control_plan(concept, groups),
            Form::ProcessFlow => self.in_process_flow(concept, groups),
        }
    }

    fn in_fmea(&self, concept: Concept, groups: &BTreeSet<Group>) -> Option<(Field, f32)> {
        use Field as F;
        let results = groups.contains(&Group::Results);
        let actions = groups.contains(&Group::Actions) && !groups.contains(&Group::Controls);
        Some(match concept {
            Concept::Field(field) => match field {
                F::SampleSize
                | F::SampleFrequency
                | F::SampleSizeAndFrequency
                | F::MeasurementTechnique
                | F::ControlMethod
                | F::ReactionPlan
                | F::ReactionPlanOwner
                | F::Specification
                | F::Nominal
                | F::LowerLimit
                | F::UpperLimit
                | F::Unit
                | F::StepKind
                | F::StepOperation
                | F::StepTransport
                | F::StepStorage
                | F::StepInspection
                | F::StepDelay
                | F::Area
                | F::VariationSource
                | F::NextStep
                | F::ErrorProofing => return None,
                F::Equipment => (F::Step, 0.6),
                F::StepNumber if self.is_running_number() => (F::LineNumber, 0.9),
                F::Effect if groups.contains(&Group::Effects) => (F::Effect, 1.0),
                F::PreventionControl if results => (F::ImplementedPrevention, 0.95),
                F::DetectionControl if results => (F::ImplementedDetection, 0.95),
                F::PreventionControl if actions => (F::PreventionAction, 0.95),
                F::DetectionControl if actions && self.profile().rating_share() < 0.5 => (F::DetectionAction, 0.95),
                F::DetectionControl if self.profile().rating_share() >= 0.7 => (F::Detection, 0.8),
                F::Action if results => (F::ActionTaken, 0.85),
                F::Control if actions => (F::Action, 0.6),
                field if results => later(field).map_or((field, 0.9), |later| (later, 1.0)),
                field => (field, 1.0),
            },
            Concept::Item => (F::Step, 0.9),
            Concept::ItemAndFunction => (F::StepAndFunction, 1.0),
            Concept::CorrectiveAction if results => (F::ActionTaken, 0.85),
            Concept::CorrectiveAction => (F::Action, 0.92),
            Concept::Number if self.profile().is_running() || self.profile().is_unique() => (F::LineNumber, 0.85),
            Concept::Number => (F::StepNumber, 0.75),
            Concept::Detection | Concept::Detective => self.detection(concept, results, actions),
            Concept::Prevention if results => (F::ImplementedPrevention, 0.9),
            Concept::Prevention if actions => (F::PreventionAction, 0.92),
            Concept::Prevention => (F::PreventionControl, 0.92),
            Concept::Product if groups.contains(&Group::Characteristics) => (F::ProductCharacteristic, 0.95),
            Concept::Product => (F::Step, 0.6),
            Concept::Process if groups.contains(&Group::Characteristics) => (F::ProcessCharacteristic, 0.95),
            Concept::Process => (F::Step, 0.85),
            Concept::Impact if self.profile().rating_share() >= 0.6 => (F::Severity, 0.7),
            Concept::Impact => (F::Effect, 0.72),
        })
    }

    /// "Detection" is a rating, a control or an action: the values decide, and without values the neighbours.
    fn detection(&self, concept: Concept, results: bool, actions: bool) -> (Field, f32) {
        use Field as F;
        let profile = self.profile();
        let rating = if profile.filled > 0 {
            profile.rating_share() >= 0.6
        } else {
            concept == Concept::Detection && !self.stands_beside_prevention()
        };
        match (rating, results, actions) {
            (true, true, _) => (F::LaterDetection, 1.0),
            (true, false, _) => (F::Detection, 1.0),
            (false, true, _) => (F::ImplementedDetection, 0.9),
            (false, false, true) => (F::DetectionAction, 0.92),
            (false, false, false) => (F::DetectionControl, 0.95),
        }
    }

    /// Whether one of the next two columns on either side is about prevention below the same parent.
    fn stands_beside_prevention(&self) -> bool {
        let from = self.index.saturating_sub(2);
        let until = (self.index + 3).min(self.headings.len());
        (from..until).filter(|index| *index != self.index).any(|index| {
            let beside = &self.headings[index];
            let says = |(concept, score): &(Concept, f32)| {
                matches!(concept, Concept::Prevention | Concept::Field(Field::PreventionControl)) && *score >= 0.8
            };
            beside.parents().eq(self.heading().parents())
                && Vocabulary::get().concepts(beside.leaf()).iter().any(|found| says(found))
        })
    }

    fn in_control_plan(&self, concept: Concept, groups: &BTreeSet<Group>) -> Option<(Field, f32)> {
        use Field as F;
        let characteristics = groups.contains(&Group::Characteristics);
        Some(match concept {
            Concept::Field(field) => match field {
                F::SampleFrequency
                | F::SampleSize
                | F::SampleSizeAndFrequency
                | F::MeasurementTechnique
                | F::ControlMethod
                | F::ReactionPlan
                | F::ReactionPlanOwner
                | F::Specification
                | F::Nominal
                | F::LowerLimit
                | F::UpperLimit
                | F::Unit
                | F::Equipment
                | F::ErrorProofing
                | F::Characteristic
                | F::CharacteristicNumber
                | F::ProductCharacteristic
                | F::ProcessCharacteristic
                | F::Class
                | F::StepNumber
                | F::StepDescription
                | F::Remarks
                | F::LineNumber
                | F::Area => (field, 1.0),
                F::Step if characteristics => (F::ProcessCharacteristic, 0.9),
                F::Step => (F::Step, 1.0),
                F::StepAndFunction => (F::Step, 0.8),
                F::Responsible if groups.contains(&Group::Reaction) => (F::ReactionPlanOwner, 0.95),
                F::Responsible => (F::Responsible, 1.0),
                F::Requirement => (F::Specification, 0.7),
                F::Control => (F::ControlMethod, 0.7),
                F::Action if groups.contains(&Group::Reaction) => (F::ReactionPlan, 0.9),
                F::Action => (F::ReactionPlan, 0.6),
                F::DetectionControl => (F::MeasurementTechnique, 0.6),
                _ => return None,
            },
            Concept::CorrectiveAction => (F::ReactionPlan, 0.85),
            Concept::Number if characteristics || self.is_before_characteristic() => (F::CharacteristicNumber, 0.9),
            Concept::Number if self.profile().is_running() => (F::LineNumber, 0.75),
            Concept::Number => (F::StepNumber, 0.7),
            Concept::Product => (F::ProductCharacteristic, if characteristics { 0.98 } else { 0.8 }),
            Concept::Process if characteristics => (F::ProcessCharacteristic, 0.98),
            Concept::Process => (F::Step, 0.85),
            Concept::Item => (F::Step, 0.55),
            _ => return None,
        })
    }

    /// Whether the next heading is that of a characteristic.
    fn is_before_characteristic(&self) -> bool {
        let Some(next) = self.headings.get(self.index + 1) else { return false };
        Vocabulary::get().concepts(next.leaf()).iter().any(|(concept, score)| {
            *score >= 0.85
                && matches!(
                    concept,
                    Concept::Product
                        | Concept::Field(
                            Field::Characteristic | Field::ProductCharacteristic | Field::ProcessCharacteristic
                        )
                )
        })
    }

    fn in_process_flow(&self, concept: Concept, groups: &BTreeSet<Group>) -> Option<(Field, f32)> {
        use Field as F;
        let characteristics = groups.contains(&Group::Characteristics);
        Some(match concept {
            Concept::Field(field) => match field {
                F::StepNumber
                | F::StepDescription
                | F::StepKind
                | F::Equipment
                | F::Area
                | F::VariationSource
                | F::NextStep
                | F::ProductCharacteristic
                | F::ProcessCharacteristic
                | F::Characteristic
                | F::CharacteristicNumber
                | F::Specification
                | F::Class
                | F::Remarks
                | F::LineNumber => (field, 1.0),
                F::StepOperation | F::StepTransport | F::StepStorage | F::StepInspection | F::StepDelay => {
                    (field, if self.profile().filled == 0 || self.profile().tick_share() > 0.5 { 1.0 } else { 0.4 })
                }
                F::Step if characteristics => (F::ProcessCharacteristic, 0.9),
                F::Step if self.profile().tick_share() > 0.8 => (F::StepOperation, 0.95),
                F::Step => (F::Step, 1.0),
                F::StepAndFunction => (F::Step, 0.8),
                F::ControlMethod => (F::ControlMethod, 0.9),
                _ => return None,
            },
            Concept::Number if characteristics || self.is_before_characteristic() => (F::CharacteristicNumber, 0.85),
            Concept::Number => (F::StepNumber, 0.75),
            Concept::Product => (F::ProductCharacteristic, if characteristics { 0.98 } else { 0.7 }),
            Concept::Process if characteristics => (F::ProcessCharacteristic, 0.98),
            Concept::Process => (F::Step, 0.85),
            _ => return None,
        })
    }

    /// Whether what calls itself a number of the step only counts the lines.
    fn is_running_number(&self) -> bool {
        let profile = self.profile();
        let repeats = |other: &Profile| other.filled >= 5 && other.distinct * 10 <= other.filled * 9;
        let beside = self.profiles.get(self.index + 1).is_some_and(repeats);
        profile.filled >= 5 && profile.is_unique() && profile.is_running() && beside
    }

    /// How well the values go with a field: 1 if nothing speaks against it.
    fn fit(&self, field: Field) -> f32 {
        use Field as F;
        let profile = self.profile();
        if profile.filled == 0 {
            return 0.95;
        }
        match field {
            F::Severity | F::Occurrence | F::Detection | F::LaterSeverity | F::LaterOccurrence | F::LaterDetection => {
                if profile.rating_share() >= 0.6 {
                    1.0
                } else if profile.sentence_share() > 0.5 {
                    0.35
                } else {
                    0.8
                }
            }
            F::Rpn | F::LaterRpn | F::ActionPriority | F::LaterActionPriority => {
                if profile.sentence_share() > 0.5 {
                    0.4
                } else {
                    1.0
                }
            }
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
            | F::ActionTaken => {
                if profile.number_share() > 0.7 {
                    0.3
                } else {
                    1.0
                }
            }
            F::StepNumber | F::CharacteristicNumber | F::LineNumber => {
                if profile.sentence_share() > 0.6 {
                    0.45
                } else {
                    1.0
                }
            }
            F::Step => {
                if profile.number_share() > 0.8 {
                    0.55
                } else {
                    1.0
                }
            }
            F::TargetDate | F::CompletionDate => {
                if profile.sentence_share() > 0.8 && profile.date_share() < 0.1 {
                    0.75
                } else {
                    1.0
                }
            }
            F::Class => {
                if profile.sentence_share() > 0.7 {
                    0.5
                } else {
                    1.0
                }
            }
            _ => 1.0,
        }
    }
}

/// What a heading says by its lowest piece, and by its pieces read on.
fn concepts(heading: &Heading) -> Vec<(Concept, f32)> {
    let vocabulary = Vocabulary::get();
    let mut found: Vec<(Concept, f32)> = Vec::new();
    let mut say = |text: &str, weight: f32| {
        for (concept, score) in vocabulary.concepts(text) {
            match found.iter_mut().find(|(known, _)| *known == concept) {
                Some((_, known)) => *known = known.max(score * weight),
                None => found.push((concept, score * weight)),
            }
        }
    };
    say(heading.leaf(), 1.0);
    let count = heading.pieces.len();
    for from in (0..count.saturating_sub(1)).rev() {
        let text = heading.pieces[from..].join(" ");
        // Read on, words must make up a phrase; a part of it would be what stands above other columns too.
        for (concept, score) in vocabulary.concepts(&text).into_iter().filter(|(_, score)| *score >= 0.86) {
            match found.iter_mut().find(|(known, _)| *known == concept) {
                Some((_, known)) => *known = known.max(score),
                None => found.push((concept, score)),
            }
        }
    }
    if found.iter().all(|(_, score)| *score < LEAST) && count >= 2 {
        for (concept, score) in vocabulary.concepts(&heading.pieces[count - 2]) {
            found.push((concept, score * 0.62));
        }
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found
}

/// The field of the time after actions.
fn later(field: Field) -> Option<Field> {
    use Field as F;
    Some(match field {
        F::Severity => F::LaterSeverity,
        F::Occurrence => F::LaterOccurrence,
        F::Detection => F::LaterDetection,
        F::Rpn => F::LaterRpn,
        F::ActionPriority => F::LaterActionPriority,
        _ => return None,
    })
}

fn best(candidates: &[(Field, f32)]) -> Option<Field> {
    candidates.first().map(|(field, _)| *field)
}

/// The first column that is about actions.
fn first_action(candidates: &[Vec<(Field, f32)>]) -> Option<usize> {
    use Field as F;
    candidates.iter().position(|found| {
        matches!(
            best(found),
            Some(
                F::Action
                    | F::PreventionAction
                    | F::DetectionAction
                    | F::ActionTaken
                    | F::ActionTakenAndDate
                    | F::Responsible
                    | F::ResponsibleAndDate
                    | F::TargetDate
            )
        )
    })
}

/// The same headings a second time are those after the actions.
fn second_set(candidates: &mut [Vec<(Field, f32)>], first_action: Option<usize>) {
    use Field as F;
    for field in [F::Severity, F::Occurrence, F::Detection, F::Rpn, F::ActionPriority] {
        let Some(after) = later(field) else { continue };
        if candidates.iter().any(|found| best(found) == Some(after)) {
            continue;
        }
        let columns: Vec<usize> =
            (0..candidates.len()).filter(|index| best(&candidates[*index]) == Some(field)).collect();
        for index in columns.into_iter().skip(1) {
            if first_action.is_none_or(|action| index > action) {
                candidates[index][0].0 = after;
            }
        }
    }
}

/// One heading merged over a number and a name.
fn part_merged_steps(headings: &[Heading], profiles: &[Profile], candidates: &mut [Vec<(Field, f32)>]) {
    for index in 1..headings.len() {
        let same = !headings[index].is_own && headings[index].pieces == headings[index - 1].pieces;
        let is_step =
            matches!(best(&candidates[index]), Some(Field::Step | Field::StepNumber | Field::StepAndFunction));
        let filled = profiles[index - 1].filled > 0 && profiles[index].filled > 0;
        if same && is_step && filled && profiles[index - 1].short_share() > 0.7 && profiles[index].word_share() > 0.5 {
            let name =
                if best(&candidates[index]) == Some(Field::StepNumber) { Field::Step } else { candidates[index][0].0 };
            let score = candidates[index][0].1;
            candidates[index - 1] = vec![(Field::StepNumber, score)];
            candidates[index] = vec![(name, score)];
        }
    }
}

/// Several columns of systems and components: the last is what is analysed, the one before it the level above. Where a column
/// names the process step, a component is what works in it.
fn several_items(candidates: &mut [Vec<(Field, f32)>], items: &BTreeSet<usize>, form: Form) {
    if form != Form::Fmea {
        return;
    }
    let has_step = candidates.iter().enumerate().any(|(index, found)| {
        !items.contains(&index) && matches!(best(found), Some(Field::Step | Field::StepAndFunction))
    });
    let items: Vec<usize> =
        items.iter().copied().filter(|index| best(&candidates[*index]) == Some(Field::Step)).collect();
    if has_step {
        for index in items {
            let score = candidates[index][0].1 * 0.65;
            candidates[index] = vec![(Field::WorkElement, score)];
        }
    } else if let [.., above, _] = items[..] {
        let score = candidates[above][0].1;
        candidates[above] = vec![(Field::HigherElement, score)];
        // Those further up have no level of their own.
        for index in &items[..items.len() - 2] {
            candidates[*index].clear();
        }
    }
}

/// Gives each column the field it fits best, and each field to the column that fits it best.
fn assign(candidates: &[Vec<(Field, f32)>]) -> Vec<Option<(Field, f32)>> {
    let mut all: Vec<(usize, Field, f32)> = candidates
        .iter()
        .enumerate()
        .flat_map(|(index, found)| found.iter().map(move |(field, score)| (index, *field, *score)))
        .filter(|(_, _, score)| *score >= LEAST)
        .collect();
    all.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    let mut taken = BTreeSet::new();
    let mut assigned = vec![None; candidates.len()];
    for (index, field, score) in all {
        // What a column says second is believed only if it says it nearly as loud: else the column is one more of the first.
        let loudest = candidates[index].first().map_or(0.0, |(_, score)| *score);
        if assigned[index].is_none() && score >= loudest * 0.7 && taken.insert(field) {
            assigned[index] = Some((field, score));
        }
    }
    assigned
}
