//! Ratings and the priority of action that follows from them.
//!
//! A rating is a value of the scale of a rating profile. Blank is `None` and never zero: "not yet rated" is not a rating.
//! A value that no scale knows, met in a file or typed by a person, is kept as it was written and becomes a finding.

use std::fmt;

use crate::base::Text;

/// One value of a rating scale: a number in both handbooks, a letter or another sign in some customers' scales.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rating {
    /// A whole number, in or out of the range of the scale.
    Number(i64),
    /// Any other value, as it was written.
    Other(Text),
}

impl Rating {
    /// Reads what a person wrote into a rating cell; `None` if it holds nothing but white space.
    ///
    /// Only the plain form of a number becomes a number (`7`, not `07`, `+7` or `7.0`), so that the text of a rating is
    /// always what was written.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => Some(Self::Number(number)),
            _ => Some(Self::Other(Text::from(text))),
        }
    }

    /// The number, if the rating is one.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Other(_) => None,
        }
    }
}

impl From<i64> for Rating {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Other(text) => write!(f, "{text}"),
        }
    }
}

/// How urgently a cause needs action (AIAG & VDA FMEA handbook 2019, step five). It ranks the need for action, not the
/// size of the risk. Ordered from low to high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// The team may improve the controls.
    Low,
    /// The team should improve the controls, or the company may record why it does not.
    Medium,
    /// The team has to improve the controls, or to record why those in place are enough.
    High,
}

impl Priority {
    /// From high to low, the order of lists and legends.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// The letter that forms print.
    pub const fn letter(self) -> char {
        match self {
            Self::High => 'H',
            Self::Medium => 'M',
            Self::Low => 'L',
        }
    }

    /// The word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::High => "High",
            Self::Medium => "Medium",
            Self::Low => "Low",
        }
    }

    /// What the priority asks of the team, as a tooltip.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::High => {
                "Find an action that improves prevention or detection, or record why the current controls are enough."
            }
            Self::Medium => "An action should be found; otherwise record why the current controls are enough.",
            Self::Low => "Action is optional.",
        }
    }

    /// Reads the letter (either case) that forms print.
    pub fn from_letter(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.letter() == letter.to_ascii_uppercase())
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.letter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_rating_is_what_was_written() {
        for text in ["7", "10", "0", "-3", "B", "07", "+7", "7.0", "7,5", "n/a", "99999999999999999999"] {
            assert_eq!(Rating::parse(text).map(|rating| rating.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Rating::parse(" 7 "), Some(Rating::Number(7)));
        assert_eq!(Rating::parse("07").and_then(|rating| rating.number()), None);
    }

    #[test]
    fn nothing_written_is_no_rating() {
        assert_eq!(Rating::parse(""), None);
        assert_eq!(Rating::parse(" \t\n"), None);
    }

    #[test]
    fn priorities_are_ordered_by_urgency_and_read_back() {
        assert!(Priority::High > Priority::Medium && Priority::Medium > Priority::Low);
        for priority in Priority::ALL {
            assert_eq!(Priority::from_letter(priority.letter()), Some(priority));
        }
        assert_eq!(Priority::from_letter('x'), None);
    }
}
