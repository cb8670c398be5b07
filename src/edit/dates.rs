//! Dates as people write them, where only one day can be meant.

use crate::base::clock::Date;
use crate::base::text::quoted;

use super::plan::Refusal;

/// Names of months by their first letters, in English, German and French.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "mrz"],
    &["apr", "avr"],
    &["may", "mai"],
    &["jun", "juin"],
    &["jul", "juil"],
    &["aug", "aoû", "aou"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez", "déc"],
];

/// Reads a date: `2026-11-24`, `24.11.2026`, `24 Nov 2026`, and with strokes where one of the numbers can only be the day.
pub fn parse_date(text: &str) -> Option<Date> {
    read(text).ok().flatten()
}

/// Reads a date; nothing for an empty text.
pub(super) fn read_date(text: &str) -> Result<Option<Date>, Refusal> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    match read(text) {
        Ok(Some(date)) => Ok(Some(date)),
        Ok(None) => Err(Refusal::new(format!("{} is not a date. Write it as 2026-11-24 or 24.11.2026", quoted(text)))),
        Err((one, other)) => {
            let name = quoted(text);
            Err(Refusal::new(format!("{name} may be {one} or {other}. Write it as 2026-11-24 or 24.11.2026")))
        }
    }
}

/// The date; none if it is none; both days if it may be either.
fn read(text: &str) -> Result<Option<Date>, (Date, Date)> {
    let text = text.trim();
    // A spreadsheet shows midnight behind a day.
    let text = ["T00:00:00", " 00:00:00", " 00:00"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    if let Some(date) = by_month_name(text) {
        return Ok(Some(date));
    }
    let Some(separator) = text.chars().find(|char| !char.is_ascii_digit()) else { return Ok(None) };
    let Ok(numbers) = text.split(separator).map(|part| part.trim().parse::<i16>()).collect::<Result<Vec<i16>, _>>()
    else {
        return Ok(None);
    };
    let [first, second, third] = numbers.as_slice() else { return Ok(None) };
    if *first > 31 {
        return Ok(day(*first, *second, *third));
    }
    match separator {
        '.' => Ok(day(*third, *second, *first)),
        '/' | '-' => match (day(*third, *second, *first), day(*third, *first, *second)) {
            (Some(one), Some(other)) if one != other => Err((one, other)),
            (one, other) => Ok(one.or(other)),
        },
        _ => Ok(None),
    }
}

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    let year = if (0..100).contains(&year) { 2000 + year } else { year };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `31 Dec 2026`, `31-Dec-26`, `Dec 31, 2026`, `31. Dezember 2026`.
fn by_month_name(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split([' ', '-', '.', ',', '/']).filter(|word| !word.is_empty()).collect();
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
    fn dates_that_can_only_be_one_day_are_read() {
        let date = Date::new(2026, 11, 24).unwrap();
        for text in [
            "2026-11-24",
            "2026/11/24",
            "2026-11-24T00:00:00",
            "24.11.2026",
            "24. 11. 2026",
            "24.11.26",
            "24/11/2026",
            "11/24/2026",
            "24-11-2026",
            "24 Nov 2026",
            "24-Nov-26",
            "24. November 2026",
            "Nov 24, 2026",
            " 24 novembre 2026 ",
        ] {
            assert_eq!(parse_date(text), Some(date), "{text}");
        }
        assert_eq!(parse_date("05/05/2026"), Date::new(2026, 5, 5).ok());
        assert_eq!(parse_date("31. März 2026"), Date::new(2026, 3, 31).ok());
        assert_eq!(parse_date("3 juil. 2026"), Date::new(2026, 7, 3).ok());
    }

    #[test]
    fn others_are_refused_with_the_reason() {
        for text in ["soon", "31.2.2026", "2026-13-01", "KW 12", "46350", "24 2026", "1/2", "24.Foo.2026", "١/٢/٣"] {
            assert_eq!(parse_date(text), None, "{text}");
            assert!(read_date(text).unwrap_err().reason.contains("is not a date"), "{text}");
        }
        let reason = read_date("03/04/26").unwrap_err().reason;
        assert!(reason.contains("2026-04-03 or 2026-03-04"), "{reason}");
        assert_eq!(parse_date("03/04/26"), None);
        assert_eq!(read_date(" "), Ok(None));
    }
}
