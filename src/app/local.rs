//! Dates and numbers as people of a place write them. Files, reports and the flat export always say `2026-11-24` and `12.5`.

use serde::{Deserialize, Serialize};

use crate::app::desk::Desk;
use crate::base::clock::Date;
use crate::base::text::quoted;
use crate::edit::parse_date;
use crate::model::field::Field;
use crate::model::form::ColumnKind;
use crate::model::project_data::UserFieldType;
use crate::model::{AnyId, Project};

/// In which order people write a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum DateStyle {
    /// `2026-11-24`
    #[default]
    Iso,
    /// `24.11.2026`
    DayFirst,
    /// `24/11/2026`
    DayFirstStrokes,
    /// `11/24/2026`
    MonthFirst,
}

impl DateStyle {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Iso, Self::DayFirst, Self::DayFirstStrokes, Self::MonthFirst];

    /// A day as an example.
    pub fn example(self) -> &'static str {
        match self {
            Self::Iso => "2026-11-24",
            Self::DayFirst => "24.11.2026",
            Self::DayFirstStrokes => "24/11/2026",
            Self::MonthFirst => "11/24/2026",
        }
    }
}

/// How dates and numbers are written on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Local {
    /// Dates.
    pub dates: DateStyle,
    /// Whether a comma parts whole numbers from decimals.
    pub decimal_comma: bool,
}

impl Local {
    /// A kept text of a column as people of the place write it. What is no date or number stays as it is.
    pub fn shown(self, kind: ColumnKind, text: &str) -> String {
        match kind {
            ColumnKind::Date => text.trim().parse::<Date>().map_or_else(|_| text.to_owned(), |date| self.date(date)),
            ColumnKind::Number if self.decimal_comma => text.replace('.', ","),
            _ => text.to_owned(),
        }
    }

    fn date(self, date: Date) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        match self.dates {
            DateStyle::Iso => date.to_string(),
            DateStyle::DayFirst => format!("{day:02}.{month:02}.{year:04}"),
            DateStyle::DayFirstStrokes => format!("{day:02}/{month:02}/{year:04}"),
            DateStyle::MonthFirst => format!("{month:02}/{day:02}/{year:04}"),
        }
    }

    /// What was typed into a column as it is kept: a date with strokes means the day that people of the place mean by it.
    /// What is unclear stays as it was typed, for the project to refuse it.
    pub fn read(self, kind: ColumnKind, typed: &str) -> String {
        if kind != ColumnKind::Date {
            return typed.to_owned();
        }
        let parts: Vec<&str> = typed.trim().split('/').map(str::trim).collect();
        let numbers: Option<Vec<u16>> = parts.iter().map(|part| part.parse().ok()).collect();
        let ordered = match (numbers.as_deref(), self.dates) {
            (Some([first, second, year]), style) if style != DateStyle::Iso => {
                let (day, month) = if style == DateStyle::MonthFirst { (second, first) } else { (first, second) };
                Some((*year, *month, *day))
            }
            _ => None,
        };
        let date = ordered.and_then(|(year, month, day)| {
            let year = if year < 100 { 2000 + year } else { year };
            format!("{year:04}-{month:02}-{day:02}").parse::<Date>().ok()
        });
        date.map_or_else(|| typed.to_owned(), |date| date.to_string())
    }
}

impl Desk {
    /// A field as people of the place write it.
    pub fn shown_text(&self, item: AnyId, field: Field) -> Option<String> {
        self.project().field_text(item, field).map(|text| self.shown_value(field, &text))
    }

    /// The kept text of a field as people of the place write it.
    pub fn shown_value(&self, field: Field, text: &str) -> String {
        self.local().shown(kind_of(self.project(), field), text)
    }

    /// What was typed into a field as it is kept.
    pub fn read_text(&self, field: Field, typed: &str) -> String {
        self.local().read(kind_of(self.project(), field), typed)
    }

    /// A date as people of the place write it.
    pub fn shown_date(&self, date: Option<Date>) -> String {
        date.map(|date| self.local().date(date)).unwrap_or_default()
    }

    /// The date that was typed; none if nothing was.
    ///
    /// # Errors
    ///
    /// Says how a date is written, if it is none.
    pub fn read_date(&self, typed: &str) -> Result<Option<Date>, String> {
        match (typed.trim(), parse_date(&self.local().read(ColumnKind::Date, typed))) {
            ("", _) => Ok(None),
            (_, Some(date)) => Ok(Some(date)),
            (typed, None) => {
                let example = self.local().dates.example();
                Err(format!("{} is not a date. Write it as {example}", quoted(typed)))
            }
        }
    }
}

/// What a field holds, as far as people of a place write it in their way.
fn kind_of(project: &Project, field: Field) -> ColumnKind {
    let Field::User(own) = field else {
        return if field.is_date() { ColumnKind::Date } else { ColumnKind::Text };
    };
    match project.get(own).map(|own| &own.value_type) {
        Some(UserFieldType::Date) => ColumnKind::Date,
        Some(UserFieldType::Number) => ColumnKind::Number,
        _ => ColumnKind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_shown_and_read_as_the_place_writes_it() {
        for (dates, shown) in DateStyle::ALL.map(|style| (style, style.example())) {
            let local = Local { dates, decimal_comma: false };
            assert_eq!(local.shown(ColumnKind::Date, "2026-11-24"), shown);
            let read = local.read(ColumnKind::Date, shown);
            assert_eq!(parse_date(&read).unwrap().to_string(), "2026-11-24", "{shown}");
        }
        let american = Local { dates: DateStyle::MonthFirst, decimal_comma: false };
        assert_eq!(american.read(ColumnKind::Date, "3/4/26"), "2026-03-04");
        let european = Local { dates: DateStyle::DayFirst, decimal_comma: true };
        assert_eq!(european.read(ColumnKind::Date, "3/4/26"), "2026-04-03");
        assert_eq!(american.read(ColumnKind::Date, "13/40/26"), "13/40/26", "refused later, as it was typed");
        assert_eq!(european.read(ColumnKind::Text, "3/4/26"), "3/4/26");
    }

    #[test]
    fn a_number_has_the_comma_of_the_place_and_words_stay() {
        let local = Local { dates: DateStyle::Iso, decimal_comma: true };
        assert_eq!(local.shown(ColumnKind::Number, "12.5"), "12,5");
        assert_eq!(local.shown(ColumnKind::Text, "12.5 mm"), "12.5 mm");
        assert_eq!(local.shown(ColumnKind::Date, "week 12"), "week 12");
    }
}
