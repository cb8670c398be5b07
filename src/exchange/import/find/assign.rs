//! Which column is which field, if each field is held by one column and the same headings stand twice.

use std::collections::BTreeSet;

use super::headings::Heading;
use super::meaning::{Form, LEAST};
use super::profile::Profile;
use crate::exchange::import::table::Field;

/// The field of the time after actions.
pub fn later(field: Field) -> Option<Field> {
    use Field as F;
    Some(match field {
        F::Severity => F::LaterSeverity,
        F::Occurrence => F::LaterOccurrence,
        F::Detection => F::LaterDetection,
        F::Rpn => F::LaterRpn,
        F::ActionPriority => F::LaterActionPriority,
        F::Class => F::LaterClass,
        _ => return None,
    })
}

fn best(candidates: &[(Field, f32)]) -> Option<Field> {
    candidates.first().map(|(field, _)| *field)
}

/// The first column that is about actions.
pub fn first_action(candidates: &[Vec<(Field, f32)>]) -> Option<usize> {
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
pub fn second_set(candidates: &mut [Vec<(Field, f32)>], first_action: Option<usize>) {
    use Field as F;
    for field in [F::Severity, F::Occurrence, F::Detection, F::Rpn, F::ActionPriority, F::Class] {
        let Some(after) = later(field) else { continue };
        if candidates.iter().any(|found| best(found) == Some(after)) {
            continue;
        }
        let columns: Vec<usize> =
            (0..candidates.len()).filter(|index| best(&candidates[*index]) == Some(field)).collect();
        for index in columns.into_iter().skip(1) {
            // Classes may stand twice for other reasons: that of the part, and that of the process.
            let is_behind = first_action.map_or(field != F::Class, |action| index > action);
            if is_behind {
                candidates[index][0].0 = after;
            }
        }
    }
}

/// One heading merged over a number and a name.
pub fn part_merged_steps(headings: &[Heading], profiles: &[Profile], candidates: &mut [Vec<(Field, f32)>]) {
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
pub fn several_items(candidates: &mut [Vec<(Field, f32)>], items: &BTreeSet<usize>, form: Form) {
    if form != Form::Fmea {
        return;
    }
    // What stands behind the failure mode is a task to do, if something in front of it is analysed.
    let mode = candidates.iter().position(|found| best(found) == Some(Field::Mode));
    let is_step = |found: &Vec<(Field, f32)>| matches!(best(found), Some(Field::Step | Field::StepAndFunction));
    if let Some(mode) = mode.filter(|mode| candidates[..*mode].iter().any(is_step)) {
        for found in &mut candidates[mode..] {
            found.retain(|(field, _)| *field != Field::Step);
        }
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
pub fn assign(candidates: &[Vec<(Field, f32)>], form: Form) -> Vec<Option<(Field, f32)>> {
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
    level_above(candidates, &mut assigned, form);
    assigned
}

/// Of two columns that name steps the first is the level above: "Process" before "Process step".
fn level_above(candidates: &[Vec<(Field, f32)>], assigned: &mut [Option<(Field, f32)>], form: Form) {
    let is = |wanted: Field| move |found: &Option<(Field, f32)>| matches!(found, Some((field, _)) if *field == wanted);
    if form != Form::Fmea || assigned.iter().any(is(Field::HigherElement)) {
        return;
    }
    let Some(step) = assigned.iter().position(is(Field::Step)) else { return };
    let above = (0..step).find(|index| assigned[*index].is_none() && best(&candidates[*index]) == Some(Field::Step));
    if let Some(above) = above {
        assigned[above] = Some((Field::HigherElement, candidates[above][0].1 * 0.75));
    }
}
