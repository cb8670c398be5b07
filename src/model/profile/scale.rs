//! A rating scale: its values from best to worst, and what each of them means.

use crate::base::Text;
use crate::model::profile::ProfileError;
use crate::model::rating::Rating;

/// What a scale rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScaleRole {
    /// How bad the effect is.
    Severity,
    /// How often the cause occurs (process and design FMEA).
    Occurrence,
    /// How well the controls find mode or cause (process and design FMEA).
    Detection,
    /// How often the cause occurs in relevant operating situations (FMEA-MSR).
    Frequency,
    /// How well the system notices and responds (FMEA-MSR).
    Monitoring,
}

impl ScaleRole {
    /// The word for people, in small letters.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Occurrence => "occurrence",
            Self::Detection => "detection",
            Self::Frequency => "frequency",
            Self::Monitoring => "monitoring",
        }
    }

    /// The letter of forms and formulas.
    pub const fn letter(self) -> char {
        match self {
            Self::Severity => 'S',
            Self::Occurrence => 'O',
            Self::Detection => 'D',
            Self::Frequency => 'F',
            Self::Monitoring => 'M',
        }
    }

    /// The place among the three scales of a profile, from 0.
    pub const fn place(self) -> usize {
        match self {
            Self::Severity => 0,
            Self::Occurrence | Self::Frequency => 1,
            Self::Detection | Self::Monitoring => 2,
        }
    }
}

/// One value of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// The value that is written into the form.
    pub value: Rating,
    /// Its name, such as "Moderate"; several levels may share one.
    pub label: Text,
    /// What has to hold, one text per column of the scale; a column that says nothing at this level is blank.
    pub criteria: Vec<Text>,
    /// Examples of the company or product line; blank as shipped.
    pub examples: Text,
    /// What nobody has confirmed about this level.
    pub unverified: Option<Text>,
}

/// A rating scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    role: ScaleRole,
    name: Text,
    columns: Vec<Text>,
    levels: Vec<Level>,
    note: Option<Text>,
    unverified: Option<Text>,
    /// The first value, if all values are numbers in unbroken sequence; then a position is a subtraction.
    unbroken_from: Option<i64>,
}

impl Scale {
    /// A scale from its levels, best first.
    ///
    /// # Errors
    /// If there is no level or no column, a value occurs twice, or a level lacks its label or all criteria or has more or
    /// fewer criteria than there are columns.
    pub fn new(role: ScaleRole, name: Text, columns: Vec<Text>, levels: Vec<Level>) -> Result<Self, ProfileError> {
        let bad = |problem: String| ProfileError::BadScale { scale: role.word(), problem };
        if levels.is_empty() || columns.is_empty() {
            return Err(bad("needs at least one level and one column of criteria".to_owned()));
        }
        for (at, level) in levels.iter().enumerate() {
            let value = &level.value;
            if levels[..at].iter().any(|earlier| earlier.value == *value) {
                return Err(bad(format!("has the value {value} twice")));
            }
            if level.criteria.len() != columns.len() {
                let (found, wanted) = (level.criteria.len(), columns.len());
                return Err(bad(format!("has {found} criteria at {value}, but {wanted} columns")));
            }
            if level.label.trim().is_empty() || level.criteria.iter().all(|text| text.trim().is_empty()) {
                return Err(bad(format!("lacks the label or every criterion at {value}")));
            }
        }
        let first = levels[0].value.number();
        let unbroken_from = first
            .filter(|first| (*first..).zip(&levels).all(|(expected, level)| level.value.number() == Some(expected)));
        Ok(Self { role, name, columns, levels, note: None, unverified: None, unbroken_from })
    }

    /// The same scale with a hint for its use and a mark of what nobody has confirmed.
    pub fn with_notes(self, note: Option<Text>, unverified: Option<Text>) -> Self {
        Self { note, unverified, ..self }
    }

    /// What the scale rates.
    pub fn role(&self) -> ScaleRole {
        self.role
    }

    /// Name for people, such as "Occurrence".
    pub fn name(&self) -> &Text {
        &self.name
    }

    /// The headings of the criteria.
    pub fn columns(&self) -> &[Text] {
        &self.columns
    }

    /// The levels from best to worst.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// How the scale is used.
    pub fn note(&self) -> Option<&Text> {
        self.note.as_ref()
    }

    /// What nobody has confirmed about the scale.
    pub fn unverified(&self) -> Option<&Text> {
        self.unverified.as_ref()
    }

    /// The place of the rating on the scale, 0 for the best; `None` if it is not one of its values.
    pub fn position(&self, rating: &Rating) -> Option<usize> {
        match (self.unbroken_from, rating) {
            (Some(first), Rating::Number(number)) => {
                let place = usize::try_from(number.checked_sub(first)?).ok()?;
                (place < self.levels.len()).then_some(place)
            }
            _ => self.levels.iter().position(|level| level.value == *rating),
        }
    }

    /// Whether the rating is a value of the scale.
    pub fn fits(&self, rating: &Rating) -> bool {
        self.position(rating).is_some()
    }

    /// The level of the rating.
    pub fn level(&self, rating: &Rating) -> Option<&Level> {
        self.levels.get(self.position(rating)?)
    }

    /// The worst of the ratings that fit the scale: the severity of a mode is that of its gravest effect.
    pub fn worst<'a>(&self, ratings: impl IntoIterator<Item = &'a Rating>) -> Option<&'a Rating> {
        let placed = ratings.into_iter().filter_map(|rating| Some((self.position(rating)?, rating)));
        placed.max_by_key(|(place, _)| *place).map(|(_, rating)| rating)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(values: &[&str]) -> Result<Scale, ProfileError> {
        let level = |value: &&str| Level {
            value: Rating::parse(value).unwrap_or(Rating::Number(0)),
            label: "label".into(),
            criteria: vec!["criterion".into()],
            examples: Text::default(),
            unverified: None,
        };
        Scale::new(ScaleRole::Severity, "Severity".into(), vec!["Effect".into()], values.iter().map(level).collect())
    }

    #[test]
    fn numbers_and_letters_have_places() {
        for values in [&["1", "2", "3"][..], &["2", "4", "6"], &["A", "B", "C"], &["E", "1", "9"]] {
            let scale = scale(values).unwrap();
            for (place, value) in values.iter().enumerate() {
                assert_eq!(scale.position(&Rating::parse(value).unwrap()), Some(place));
            }
            for stranger in ["0", "10", "-1", "Z", "9223372036854775807", "-9223372036854775808"] {
                assert!(!scale.fits(&Rating::parse(stranger).unwrap()), "{stranger} on {values:?}");
            }
        }
    }

    #[test]
    fn the_worst_rating_is_found_among_those_that_fit() {
        let scale = scale(&["A", "B", "C"]).unwrap();
        let ratings = ["B", "Z", "C", "A"].map(|text| Rating::parse(text).unwrap());
        assert_eq!(scale.worst(&ratings), Some(&ratings[2]));
        assert_eq!(scale.worst(&ratings[1..2]), None);
    }

    #[test]
    fn a_value_twice_is_refused() {
        let error = scale(&["1", "2", "1"]).unwrap_err();
        assert_eq!(error.to_string(), "the severity scale has the value 1 twice");
        assert!(scale(&[]).is_err());
    }
}
