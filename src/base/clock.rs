//! The only place that asks the system for the time. Everything below `app` and `cli` is handed the day.

pub use jiff::Span;
pub use jiff::civil::Date;

/// The day by the clock and the time zone of the system.
pub fn today() -> Date {
    jiff::ZonedDateTime::now().date()
}

/// The time of day as hours and minutes, for the status line.
pub fn time_of_day() -> String {
    jiff::ZonedDateTime::now().strftime("%H:%M").to_string()
}
