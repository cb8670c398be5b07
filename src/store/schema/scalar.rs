//! Single values in a file: identities, order keys, words, decimal numbers, days. Their form is the same in every format.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::base::clock::Date;
use crate::base::{Decimal, Id, OrderKey, Prefixed, Text};
use crate::model::item::AnyId;
use crate::model::report_profile::TextSize;

/// Reads any value that a text in quotes stands for.
struct Quoted<F, T> {
    expected: &'static str,
    read: F,
    value: PhantomData<fn() -> T>,
}

impl<T, E: fmt::Display, F: FnOnce(&str) -> Result<T, E>> Visitor<'_> for Quoted<F, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<Error: serde::de::Error>(self, text: &str) -> Result<T, Error> {
        (self.read)(text).map_err(Error::custom)
    }
}

fn quoted<'de, T, E: fmt::Display, D: Deserializer<'de>>(
    deserializer: D,
    expected: &'static str,
    read: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(Quoted { expected, read, value: PhantomData })
}

impl<T: Prefixed> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, T: Prefixed> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quoted(deserializer, "an identity in quotes", Self::from_str)
    }
}

impl Serialize for AnyId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AnyId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quoted(deserializer, "an identity in quotes", Self::from_str)
    }
}

impl Serialize for OrderKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for OrderKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quoted(deserializer, "an order key in quotes", Self::parse)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quoted(deserializer, "a decimal number in quotes", Self::parse)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quoted(deserializer, "words in quotes", |text| Ok::<_, std::convert::Infallible>(Self::from(text)))
    }
}

/// A calendar day, written `"2026-05-01"`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DateFile(pub Date);

impl Serialize for DateFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for DateFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |text: &str| {
            text.parse::<Date>()
                .ok()
                .filter(|date| date.to_string() == text)
                .ok_or_else(|| format!("`{text}` is not a day of the calendar written as year-month-day"))
        };
        quoted(deserializer, "a day in quotes, such as \"2026-05-01\"", read).map(Self)
    }
}

/// A size of text in points, written `"6.5"`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TextSizeFile(pub TextSize);

impl Serialize for TextSizeFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for TextSizeFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |text: &str| {
            TextSize::parse(text).filter(|size| size.to_string() == text).ok_or_else(|| {
                let (least, most) = (TextSize::SMALLEST, TextSize::LARGEST);
                format!("`{text}` is not a size of text from {least} to {most} points, such as 6.5")
            })
        };
        quoted(deserializer, "a size of text in quotes, such as \"6.5\"", read).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_must_exist_and_be_written_in_full() {
        let day: DateFile = ron::from_str("\"2026-02-28\"").unwrap();
        assert_eq!(ron::to_string(&day).unwrap(), "\"2026-02-28\"");
        for file in ["\"2026-02-30\"", "\"28.02.2026\"", "\"20260228\"", "\"2026-02-28T10:00\"", "20260228"] {
            assert!(ron::from_str::<DateFile>(file).is_err(), "{file}");
        }
    }
}
