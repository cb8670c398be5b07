//! The day and time numbers of spreadsheets.

use super::super::workbook::Value;
use crate::base::clock::{Date, Span};

/// From when a workbook counts its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Epoch {
    /// Day 1 is 1 January 1900, and the day 29 February 1900, which never was, counts.
    #[default]
    From1900,
    /// Day 0 is 1 January 1904: workbooks that began on a Macintosh.
    From1904,
}

impl Epoch {
    /// The day of a number; `None` for numbers that are no day.
    pub fn day(self, number: f64) -> Option<Date> {
        let whole = number.floor();
        // The last day that spreadsheet programs know is 31 December 9999.
        if !(0.0..2_958_466.0).contains(&whole) {
            return None;
        }
        let days = whole as i64;
        let first = match self {
            Self::From1904 => Date::constant(1904, 1, 1),
            Self::From1900 if days == 0 => return None,
            Self::From1900 if days < 60 => Date::constant(1899, 12, 31),
            Self::From1900 => Date::constant(1899, 12, 30),
        };
        first.checked_add(Span::new().try_days(days).ok()?).ok()
    }

    /// The day, with the time of the day behind it if there is one to show.
    pub fn moment(self, number: f64, shows_time: bool) -> Option<Value> {
        let day = self.day(number)?;
        let seconds = (number.fract() * 86_400.0).round() as u64;
        Some(if shows_time && (1..86_400).contains(&seconds) {
            Value::Text(format!("{day} {}", clock(seconds)))
        } else {
            Value::Date(day)
        })
    }
}

/// A time of the day or a duration as `H:MM`, with seconds if there are some.
pub fn clock(seconds: u64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{rest:02}") }
}

/// A day as the XML formats write it, with a time behind it if that is not midnight: `2024-03-01T06:30:00`.
pub fn written(text: &str) -> Option<Value> {
    let text = text.trim();
    let (day, time) = text.split_once(['T', ' ']).map_or((text, ""), |(day, time)| (day, time));
    let day: Date = day.trim_end_matches('Z').parse().ok()?;
    let time = time.trim_end_matches('Z').split('.').next().unwrap_or_default();
    Some(if time.chars().all(|c| matches!(c, '0' | ':')) {
        Value::Date(day)
    } else {
        Value::Text(format!("{day} {}", time.strip_suffix(":00").unwrap_or(time)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_spreadsheets_do() {
        for (epoch, number, day) in [
            (Epoch::From1900, 1.0, Some(Date::constant(1900, 1, 1))),
            (Epoch::From1900, 59.0, Some(Date::constant(1900, 2, 28))),
            (Epoch::From1900, 61.0, Some(Date::constant(1900, 3, 1))),
            (Epoch::From1900, 45_352.99, Some(Date::constant(2024, 3, 1))),
            (Epoch::From1900, 2_958_465.0, Some(Date::constant(9999, 12, 31))),
            (Epoch::From1904, 43_890.0, Some(Date::constant(2024, 3, 1))),
            (Epoch::From1904, 0.0, Some(Date::constant(1904, 1, 1))),
            (Epoch::From1900, 0.5, None),
            (Epoch::From1900, -3.0, None),
            (Epoch::From1900, f64::NAN, None),
            (Epoch::From1904, 2_958_465.0, None),
            (Epoch::From1900, 1e300, None),
        ] {
            assert_eq!(epoch.day(number), day, "{epoch:?} {number}");
        }
    }

    #[test]
    fn a_time_is_kept_where_it_is_shown() {
        let text = |text: &str| Some(Value::Text(text.into()));
        assert_eq!(Epoch::From1900.moment(45_352.75, true), text("2024-03-01 18:00"));
        assert_eq!(Epoch::From1900.moment(45_352.75, false), Some(Value::Date(Date::constant(2024, 3, 1))));
        assert_eq!(written("2024-03-01T00:00:00"), Some(Value::Date(Date::constant(2024, 3, 1))));
        assert_eq!(written("2024-03-01T06:30:00.000"), text("2024-03-01 06:30"));
        assert_eq!(written("PT3H"), None);
    }
}
