//! Single values in a file: identities, order keys, words, decimal numbers, days. Their form is the same in every format.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use ron::value::RawValue;
use serde::de::Visitor;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::base::clock::Date;
use crate::base::{Decimal, Id, OrderKey, Prefixed, Text};
use crate::model::item::AnyId;

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
        if self.chars().all(is_plain) {
            // Nothing that the format's own writer would put a backslash before.
            return serializer.serialize_str(self);
        }
        let literal = RawValue::from_boxed_ron(escaped(self).into_boxed_str()).map_err(S::Error::custom)?;
        literal.serialize(serializer)
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

fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' if !matches!(c, '"' | '\\' | '\''))
}

/// The words in quotes. Only what would end the text or break a line, or cannot be seen, gets a backslash: umlauts, signs
/// and apostrophes stay readable in a diff.
fn escaped(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + text.len() / 8 + 2);
    literal.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            _ if c.is_control() || is_invisible(c) => literal.extend(c.escape_unicode()),
            _ => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// Marks without width, line separators and those that turn the direction of the text.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_stay_readable() {
        for (words, file) in [
            ("plain", "\"plain\""),
            ("operator's Größe ±0.5\u{a0}µm – “ok”", "\"operator's Größe ±0.5\u{a0}µm – “ok”\""),
            ("a \"b\" \\ c", "\"a \\\"b\\\" \\\\ c\""),
            ("two\nlines\r\n\tand a tab", "\"two\\nlines\\r\\n\\tand a tab\""),
            ("\u{202e}\0\u{feff}", "\"\\u{202e}\\u{0}\\u{feff}\""),
        ] {
            let text = Text::from(words);
            assert_eq!(ron::to_string(&text).unwrap(), file);
            assert_eq!(ron::from_str::<Text>(file).unwrap(), text);
        }
    }

    #[test]
    fn a_day_must_exist_and_be_written_in_full() {
        let day: DateFile = ron::from_str("\"2026-02-28\"").unwrap();
        assert_eq!(ron::to_string(&day).unwrap(), "\"2026-02-28\"");
        for file in ["\"2026-02-30\"", "\"28.02.2026\"", "\"20260228\"", "\"2026-02-28T10:00\"", "20260228"] {
            assert!(ron::from_str::<DateFile>(file).is_err(), "{file}");
        }
    }

    proptest! {
        #[test]
        fn any_words_survive(words in any::<String>()) {
            let text = Text::from(words);
            let file = ron::to_string(&text).unwrap();
            prop_assert!(!file.contains('\n'));
            prop_assert_eq!(ron::from_str::<Text>(&file).unwrap(), text);
        }
    }
}
