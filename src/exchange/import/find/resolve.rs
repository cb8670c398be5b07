//! What one heading can mean in a form: its words, what stands above and beside it, and the values below.

use std::collections::{BTreeSet, HashMap};

use super::assign::later;
use super::fit::fit;
use super::headings::Heading;
use super::meaning::{Form, LEAST};
use super::profile::Profile;
use super::vocabulary::{Concept, Group, Vocabulary};
use crate::exchange::import::table::Field;

/// The letters that stand alone in a row of headings: which language they are of shows only together.
pub struct Letters(HashMap<String, Field>);

impl Letters {
    /// The letters of these headings.
    pub fn of(headings: &[Heading]) -> Self {
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
pub struct Context<'h> {
    /// All headings.
    pub headings: &'h [Heading],
    /// The values below each.
    pub profiles: &'h [Profile],
    /// Which one.
    pub index: usize,
    /// As a column of which form.
    pub form: Form,
    /// What single letters mean.
    pub letters: &'h Letters,
}

impl Context<'_> {
    fn heading(&self) -> &Heading {
        &self.headings[self.index]
    }

    fn profile(&self) -> &Profile {
        &self.profiles[self.index]
    }

    /// What the heading can mean in the form, best first; and whether the best speaks of a component.
    pub fn candidates(&self) -> (Vec<(Field, f32)>, bool) {
        /// A cell merged over more columns than this heads them all, and says what none of them holds.
        const WIDEST: u32 = 3;
        if self.heading().leaf().is_empty() || self.heading().span > WIDEST {
            return (Vec::new(), false);
        }
        let groups = self.groups();
        if let Some(field) = self.letters.field(self.heading()).filter(|_| self.form == Form::Fmea) {
            let field = if groups.contains(&Group::Results) { later(field).unwrap_or(field) } else { field };
            return (vec![(field, 0.95 * fit(field, self.profile()))], false);
        }
        if self.form == Form::Fmea && self.is_class_letter() {
            return (vec![(Field::Class, 0.75)], false);
        }
        let mut found: Vec<(Field, f32)> = Vec::new();
        let mut item = (0.0, false);
        for (concept, score) in concepts(self.heading()) {
            let Some((field, factor)) = self.resolve(concept, &groups) else { continue };
            let points = score * factor * fit(field, self.profile());
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

    /// A lone C between severity and cause that holds no numbers is the class.
    fn is_class_letter(&self) -> bool {
        self.heading().leaf().trim().trim_end_matches('.').eq_ignore_ascii_case("c")
            && (self.profile().number_share() < 0.3 || self.profile().filled == 0)
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
                | F::NokDisposition
                | F::CharacteristicRole
                | F::CharacteristicKind
                | F::Phases
                | F::FmeaControls
                | F::AppliesTo
                | F::ErrorProofing => return None,
                F::Equipment => (F::Step, 0.6),
                F::StepNumber if self.is_running_number() => (F::LineNumber, 0.9),
                F::Step if self.profile().number_share() > 0.8 => (F::StepNumber, 0.85),
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
            Concept::Number if self.heads_several_lines() => (F::StepNumber, 0.8),
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
            beside.parents().eq(self.heading().parents()) && Vocabulary::get().concepts(beside.leaf()).iter().any(says)
        })
    }

    fn in_control_plan(&self, concept: Concept, groups: &BTreeSet<Group>) -> Option<(Field, f32)> {
        use Field as F;
        let characteristics = groups.contains(&Group::Characteristics);
        Some(match concept {
            Concept::Field(F::CharacteristicKind) => return self.kind_of_characteristic(),
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
                | F::Phases
                | F::FmeaControls
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
                F::Step if self.profile().number_share() > 0.8 => (F::StepNumber, 0.85),
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

    /// A column that says again and again which of two a characteristic is.
    fn kind_of_characteristic(&self) -> Option<(Field, f32)> {
        let profile = self.profile();
        (profile.filled > 0 && profile.distinct <= 4 && profile.sentence_share() < 0.1)
            .then_some((Field::CharacteristicKind, 0.95))
    }

    /// Whether the next heading is that of a characteristic, and not of a step as well.
    fn is_before_characteristic(&self) -> bool {
        let Some(next) = self.headings.get(self.index + 1) else { return false };
        let concepts = Vocabulary::get().concepts(next.leaf());
        let best = |means: &dyn Fn(Concept) -> bool| {
            let scores = concepts.iter().filter(|(concept, _)| means(*concept)).map(|(_, score)| *score);
            scores.fold(0.0, f32::max)
        };
        let characteristic = best(&|concept| {
            matches!(
                concept,
                Concept::Product
                    | Concept::Field(
                        Field::Characteristic | Field::ProductCharacteristic | Field::ProcessCharacteristic
                    )
            )
        });
        let step = best(&|concept| matches!(concept, Concept::Field(Field::Step | Field::StepNumber)));
        characteristic >= 0.85 && characteristic > step
    }

    fn in_process_flow(&self, concept: Concept, groups: &BTreeSet<Group>) -> Option<(Field, f32)> {
        use Field as F;
        let characteristics = groups.contains(&Group::Characteristics);
        Some(match concept {
            // "Item #" in front of the characteristics is their number.
            Concept::Item | Concept::Field(F::StepNumber)
                if self.is_before_characteristic() && self.profile().sentence_share() < 0.3 =>
            {
                (F::CharacteristicNumber, 0.85)
            }
            Concept::Field(F::CharacteristicKind) => return self.kind_of_characteristic(),
            Concept::Field(field) => match field {
                F::StepNumber
                | F::StepDescription
                | F::StepKind
                | F::Equipment
                | F::Area
                | F::VariationSource
                | F::NextStep
                | F::NokDisposition
                | F::CharacteristicRole
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
                F::Step if self.profile().number_share() > 0.8 => (F::StepNumber, 0.85),
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

    /// Whether far fewer cells are filled than in other columns: a number that heads several lines.
    fn heads_several_lines(&self) -> bool {
        let most = self.profiles.iter().map(|profile| profile.filled).max().unwrap_or(0);
        self.profile().filled * 10 < most * 7
    }

    /// Whether what calls itself a number of the step only counts the lines.
    fn is_running_number(&self) -> bool {
        let profile = self.profile();
        let repeats = |other: &Profile| other.filled >= 5 && other.distinct * 10 <= other.filled * 9;
        let beside = self.profiles.get(self.index + 1).is_some_and(repeats);
        profile.filled >= 5 && profile.is_unique() && profile.is_running() && beside
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
        for (concept, score) in vocabulary.whole(&text).into_iter().filter(|(_, score)| *score >= 0.86) {
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
    if names_step_and_function(heading.leaf()) {
        found = vec![(Concept::Field(Field::StepAndFunction), 1.0)];
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found
}

/// "Process / Function": a step and its function in one column, parted by a slash.
fn names_step_and_function(heading: &str) -> bool {
    let Some((step, function)) = heading.split_once('/') else { return false };
    let says = |text: &str, meant: &[Concept]| {
        Vocabulary::get().whole(text).iter().any(|(concept, score)| *score >= 0.88 && meant.contains(concept))
    };
    says(step, &[Concept::Field(Field::Step), Concept::Process, Concept::Item])
        && says(function, &[Concept::Field(Field::Function)])
}
