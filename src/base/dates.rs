//! Dates as people write them, where only one day can be meant.

use crate::base::clock::Date;

/// What a text says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// One day.
    Day(Date),
    /// Two days, by whether the day or the month stands first: first this one with the day in front.
    Either(Date, Date),
    /// No day.
    None,
}

impl Reading {
    /// The day, if only one can be meant.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Either(..) | Self::None => None,
        }
    }
}

/// Names of months by their first letters, in English, German, French, Spanish, Italian, Portuguese and Polish.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "sty"],
    &["feb", "fév", "fev", "lut"],
    &["mar", "mär", "mrz"],
    &["apr", "avr", "abr", "kwi"],
    &["may", "mai", "mag", "maj"],
    &["jun", "juin", "giu", "cze"],
    &["jul", "juil", "lug", "lip"],
    &["aug", "aoû", "aou", "ago", "sie"],
    &["sep", "set", "wrz"],
    &["oct", "okt", "ott", "out", "paź", "paz"],
    &["nov", "lis"],
    &["dec", "dez", "déc", "dic", "gru"],
];

/// Reads a date: `2026-11-24`, `24.11.2026`, `24 Nov 2026`, `2026年11月24日`, and with strokes where one of the numbers can only
/// be the day.
pub fn read(text: &str) -> Reading {
    let text = text.trim();
    // A spreadsheet shows midnight behind a day.
    let text = ["T00:00:00", " 00:00:00", " 00:00"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    if let Some(date) = by_month_name(text) {
        return Reading::Day(date);
    }
    let one = |date: Option<Date>| date.map_or(Reading::None, Reading::Day);
    if let Some(text) = text.strip_suffix('日') {
        let Some((year, rest)) = text.split_once('年') else { return Reading::None };
        let Some((month, number)) = rest.split_once('月') else { return Reading::None };
        return match (year.trim().parse(), month.trim().parse(), number.trim().parse()) {
            (Ok(year), Ok(month), Ok(number)) => one(day(year, month, number)),
            _ => Reading::None,
        };
    }
    let Some(separator) = text.chars().find(|char| !char.is_ascii_digit()) else { return Reading::None };
    let Ok(numbers) = text.split(separator).map(|part| part.trim().parse::<i16>()).collect::<Result<Vec<i16>, _>>()
    else {
        return Reading::None;
    };
    let [first, second, third] = numbers.as_slice() else { return Reading::None };
    if *first > 31 {
        return one(day(*first, *second, *third));
    }
    match separator {
        '.' => one(day(*third, *second, *first)),
        '/' | '-' => match (day(*third, *second, *first), day(*third, *first, *second)) {
            (Some(one), Some(other)) if one != other => Reading::Either(one, other),
            (first, second) => one(first.or(second)),
        },
        _ => Reading::None,
    }
}

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    let year = if (0..100).contains(&year) { 2000 + year } else { year };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `31 Dec 2026`, `31-Dec-26`, `Dec 31, 2026`, `31. Dezember 2026`.
fn by_month_name(text: &str) -> Option<Date> {
    let words: Vec<&str> =
        text.split([' ', '-', '.', ',', '/']).filter(|word| !word.is_empty() && *word != "de").collect();
    let [first, second, third] = words.as_slice() else { return None };
    let month = |word: &str| {
        let word = word.to_lowercase();
        let fits = |names: &[&str]| names.iter().any(|name| word.starts_with(name));
        let found = MONTHS.iter().rposition(|names| fits(names))?;
        i16::try_from(found + 1).ok().filter(|_| word.chars().all(char::is_alphabetic))
    };
    let (named, number) = match (month(first), month(second)) {
        (None, Some(named)) => (named, first),
        (Some(named), None) => (named, second),
        _ => return None,
    };
    day(third.parse().ok()?, named, number.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_names_in_the_languages_of_the_forms() {
        for (text, month) in [
            ("3 ene 2026", 1),
            ("12 de marzo de 2026", 3),
            ("4 avril 2026", 4),
            ("5 maggio 2026", 5),
            ("6 giu 2026", 6),
            ("7 lipca 2026", 7),
            ("8 sierpnia 2026", 8),
            ("9 settembre 2026", 9),
            ("10 outubro 2026", 10),
            ("11 listopada 2026", 11),
            ("12 dic 2026", 12),
            ("2026年11月24日", 11),
        ] {
            assert_eq!(read(text).day().map(Date::month), Some(month), "{text}");
        }
        assert_eq!(read("2026年x月24日"), Reading::None);
    }
}
