//! A rating in a file: a plain number where it is one, otherwise the words as they were written, in quotes.

use std::fmt;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::rating::Rating;

/// The file's form of a [`Rating`]. Blank is `None` around it; an empty text inside is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatingFile(pub Rating);

impl Serialize for RatingFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Rating::Number(number) => serializer.serialize_i64(*number),
            Rating::Other(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for RatingFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RatingVisitor).map(Self)
    }
}

struct RatingVisitor;

impl Visitor<'_> for RatingVisitor {
    type Value = Rating;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a rating: a number, or any other value in quotes")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Rating, E> {
        Ok(Rating::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Rating, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Rating, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Rating, E> {
        Rating::parse(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_kept_as_it_was_written() {
        for (file, rating) in [
            ("7", Rating::Number(7)),
            ("-1", Rating::Number(-1)),
            ("250", Rating::Number(250)),
            ("70000", Rating::Number(70_000)),
            ("\"n/a\"", Rating::Other("n/a".into())),
            ("\"18446744073709551615\"", Rating::Other("18446744073709551615".into())),
        ] {
            let read: RatingFile = ron::from_str(file).unwrap();
            assert_eq!(read.0, rating);
            assert_eq!(ron::to_string(&read).unwrap(), file);
        }
        assert_eq!(ron::from_str::<Option<RatingFile>>("Some(7)").unwrap(), Some(RatingFile(Rating::Number(7))));
        assert_eq!(ron::from_str::<Option<RatingFile>>("None").unwrap(), None);
        assert_eq!(ron::from_str::<RatingFile>("7.5").unwrap().0, Rating::Other("7.5".into()));
    }

    #[test]
    fn what_is_no_rating_is_refused() {
        for file in ["\"\"", "\" \"", "true", "(1, 2)", "[]", "Seven"] {
            assert!(ron::from_str::<RatingFile>(file).is_err(), "{file}");
        }
    }
}
