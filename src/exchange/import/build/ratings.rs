//! Ratings as they are written, and what follows from them against what the sheet says.

use crate::base::Text;
use crate::base::text::quoted;
use crate::exchange::import::table::{Field, Left};
use crate::exchange::import::workbook::{At, Value};
use crate::model::profile::{RatingProfile, ScaleRole};
use crate::model::project::Library;
use crate::model::rating::Rating;

use super::lines::Said;
use super::words;
use super::{Builder, lines::written};

/// The largest number that a spreadsheet and a rating hold without loss.
const MOST: f64 = 9e15;

/// The rating that a cell says. A whole number is one however it is written; everything else is kept as it is.
pub(super) fn rating(value: &Value) -> Option<Rating> {
    let number = match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => {
            let text = text.trim();
            let is_plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
            if is_plain { text.parse().ok() } else { None }
        }
        Value::Date(_) | Value::Truth(_) | Value::Fault(_) => None,
    };
    match number {
        Some(number) if number.fract() == 0.0 && number.abs() < MOST => Some(Rating::Number(number as i64)),
        _ => {
            let text = written(value);
            (!text.is_empty()).then(|| Rating::Other(Text::from(text)))
        }
    }
}

/// The worst of some ratings of a scale: by the scale, else by number.
pub(super) fn worst<'r>(
    ratings: impl Iterator<Item = &'r Rating>,
    profile: Option<&RatingProfile>,
) -> Option<&'r Rating> {
    let scale = profile.and_then(|profile| profile.scale(ScaleRole::Severity));
    ratings.max_by_key(|rating| (scale.and_then(|scale| scale.position(rating)), rating.number()))
}

impl Builder<'_> {
    /// Reads a rating and remarks what its scale does not know.
    pub fn rating(
        &mut self,
        sheet: usize,
        said: &Said<'_>,
        role: ScaleRole,
        profile: Option<&RatingProfile>,
    ) -> Option<Rating> {
        let rating = rating(said.value)?;
        if said.given == crate::exchange::import::table::Given::Here
            && profile.is_some_and(|profile| !profile.fits(role, &rating))
        {
            let text =
                format!("{} is no value of the {} scale; it is kept as it is written", quoted(&said.text), role.word());
            self.account.remark(sheet, Some(said.at), text);
        }
        Some(rating)
    }
}

/// A cell whose value is computed here.
#[derive(Debug, Clone)]
pub(super) struct Computed {
    /// The cell.
    pub at: At,
    /// RPN or priority, before or after the actions.
    pub field: Field,
    /// What it says.
    pub value: Value,
}

/// What becomes of such a cell, by the ratings of the line.
pub(super) fn compare(
    cell: &Computed,
    library: &Library,
    profile: Option<&RatingProfile>,
    ratings: [Option<&Rating>; 3],
) -> Left {
    let missing = || Left::Other("not computed here, because a rating is missing or off its scale".to_owned());
    let [severity, occurrence, detection] = ratings;
    if matches!(cell.field, Field::ActionPriority | Field::LaterActionPriority) {
        let ([Some(severity), Some(occurrence), Some(detection)], Some(profile)) =
            ([severity, occurrence, detection], profile)
        else {
            return missing();
        };
        let Some(here) =
            library.profiles.action_priority(profile, severity, occurrence, detection).map(|found| found.value)
        else {
            return missing();
        };
        let same = words::priority(&cell.value.to_string()) == Some(here);
        return if same { Left::Computed } else { Left::Differs(here.letter().to_string()) };
    }
    let said = cell.value.number();
    let number = |rating: Option<&Rating>| rating.and_then(Rating::number);
    let criticality = number(severity).zip(number(occurrence)).and_then(|(s, o)| s.checked_mul(o));
    // Without ratings of detection, the product of two is what a form of this kind calls its number.
    let product = match detection {
        Some(_) => criticality.zip(number(detection)).and_then(|(product, d)| product.checked_mul(d)),
        None => criticality,
    };
    match (product, said) {
        (Some(product), Some(said)) if (said - product as f64).abs() < 0.5 => Left::Computed,
        (Some(_), Some(said)) if criticality.is_some_and(|criticality| (said - criticality as f64).abs() < 0.5) => {
            Left::Computed
        }
        (Some(product), _) => Left::Differs(product.to_string()),
        (None, _) => missing(),
    }
}
