//! What a cell of a form is to a spreadsheet: a number where the column holds numbers, a day where it holds days, else text.

use std::borrow::Cow;

use crate::base::clock::Date;
use crate::base::decimal::Decimal;
use crate::model::form::{Cell, ColumnKind};

/// The contents of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Typed<'t> {
    /// Nothing.
    Empty,
    /// Words.
    Text(Cow<'t, str>),
    /// A number with so many decimals.
    Number(f64, u8),
    /// A day, as spreadsheets count them.
    Day(u32),
}

/// The most digits that a spreadsheet keeps.
const MOST_DIGITS: usize = 15;

/// The first day that spreadsheets agree about: they have a 29 February 1900.
const FIRST_DAY: Date = Date::constant(1900, 3, 1);

/// The number of [`FIRST_DAY`].
const FIRST_NUMBER: u32 = 61;

/// What a cell holds in a column of this kind. A value is only taken for a number or a day if it reads back the same.
pub(super) fn typed(cell: &Cell, kind: ColumnKind) -> Typed<'_> {
    match cell.parts.as_slice() {
        [] => Typed::Empty,
        [only] if only.text.is_empty() => Typed::Empty,
        [only] => value(&only.text, kind).unwrap_or(Typed::Text(Cow::Borrowed(&only.text))),
        _ => Typed::Text(Cow::Owned(cell.text())),
    }
}

fn value(text: &str, kind: ColumnKind) -> Option<Typed<'static>> {
    match kind {
        ColumnKind::Rating | ColumnKind::Number => number(text),
        ColumnKind::Date => day(text),
        _ => None,
    }
}

/// A number as it would be written: no sign but the minus, no zeros in front, a point.
fn number(text: &str) -> Option<Typed<'static>> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_plain = whole == "0" || !whole.starts_with('0');
    let digits = whole.len() + fraction.len();
    if !is_plain || unsigned.ends_with('.') || digits > MOST_DIGITS {
        return None;
    }
    let number = Decimal::parse(text).ok().filter(|number| number.as_str() == text)?;
    if number.value() == 0.0 && text.starts_with('-') {
        return None;
    }
    Some(Typed::Number(number.value(), u8::try_from(fraction.len()).ok()?))
}

/// A day in the form of the files.
pub(super) fn day(text: &str) -> Option<Typed<'static>> {
    let day: Date = text.parse().ok()?;
    if day < FIRST_DAY || day.year() > 9999 || day.to_string() != text {
        return None;
    }
    let since = FIRST_DAY.until(day).ok()?.get_days();
    Some(Typed::Day(FIRST_NUMBER + u32::try_from(since).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_numbers_if_they_read_back_the_same() {
        for (text, expected) in [
            ("7", Some((7.0, 0))),
            ("10", Some((10.0, 0))),
            ("-0.25", Some((-0.25, 2))),
            ("-0", None),
            ("-0.0", None),
            ("-1.25", Some((-1.25, 2))),
            ("8.50", Some((8.5, 2))),
            ("0", Some((0.0, 0))),
            ("007", None),
            ("8,5", None),
            ("A", None),
            ("7*", None),
            ("1e3", None),
            ("1234567890123456", None),
            ("5.", None),
        ] {
            let expected = expected.map(|(number, decimals)| Typed::Number(number, decimals));
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn days_are_counted_as_spreadsheets_do() {
        for (text, expected) in [
            ("1900-03-01", Some(61)),
            ("2026-11-24", Some(46350)),
            ("2000-01-01", Some(36526)),
            ("1899-12-31", None),
            ("2026-11-31", None),
            ("24.11.2026", None),
            ("open", None),
        ] {
            assert_eq!(day(text), expected.map(Typed::Day), "{text}");
        }
    }
}
