//! Dates as people write them, where only one day can be meant.

use crate::base::clock::Date;
use crate::base::dates::{self, Reading};
use crate::base::text::quoted;

use super::plan::Refusal;

/// Reads a date: `2026-11-24`, `24.11.2026`, `24 Nov 2026`, and with strokes where one of the numbers can only be the day.
pub fn parse_date(text: &str) -> Option<Date> {
    dates::read(text).day()
}

/// Reads a date; nothing for an empty text.
pub(super) fn read_date(text: &str) -> Result<Option<Date>, Refusal> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    match dates::read(text) {
        Reading::Day(date) => Ok(Some(date)),
        Reading::None => {
            Err(Refusal::new(format!("{} is not a date. Write it as 2026-11-24 or 24.11.2026", quoted(text))))
        }
        Reading::Either(one, other) => {
            let name = quoted(text);
            Err(Refusal::new(format!("{name} may be {one} or {other}. Write it as 2026-11-24 or 24.11.2026")))
        }
    }
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
