//! Numbers as people see them. Whether a stored 10 is read as `10`, `010`, `OP 10`, `10 mm`, `1000%` or a day in January 1900 is
//! said by the number format of the cell alone.
//!
//! Of a format only what changes the meaning is carried out: days and times, percent, leading zeros, words around the number. A
//! number is never shown with fewer digits than are stored, for nothing may be lost.

use super::super::workbook::{Value, number_text};
use super::days::{Epoch, clock};

/// What a number format makes of a number.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum NumberFormat {
    /// The number itself.
    #[default]
    Plain,
    /// A day, with the time of the day if `true`.
    Day(bool),
    /// A time of the day, or a duration.
    Time,
    /// The number with something around it.
    Dressed(Dress),
}

/// What stands around a number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dress {
    before: String,
    after: String,
    percent: bool,
    /// Least digits before the decimal point.
    whole: usize,
    /// Least digits behind it.
    decimals: usize,
    /// Whether negative numbers, and zero, have formats of their own.
    apart: (bool, bool),
}

impl NumberFormat {
    /// The format with a number of the standard (ECMA-376 part 1, 18.8.30); those that depend on the language are days.
    pub fn built_in(id: u32) -> Self {
        match id {
            9 => Self::of("0%"),
            10 => Self::of("0.00%"),
            14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Self::Day(false),
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => Self::Time,
            22 => Self::Day(true),
            _ => Self::Plain,
        }
    }

    /// The format that a code describes.
    pub fn of(code: &str) -> Self {
        let mut sections = split_sections(code);
        let apart = (sections.len() > 1, sections.len() > 2);
        let tokens = std::mem::take(&mut sections[0]);
        let letters = |wanted: &str| {
            tokens.iter().any(|token| match token {
                Token::Sign(c) => wanted.contains(c.to_ascii_lowercase()),
                Token::Bracket(inside) => {
                    wanted.contains('h')
                        && !inside.is_empty()
                        && inside.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's'))
                }
                Token::Literal(_) => false,
            })
        };
        // "General" has letters of its own.
        let general = code.to_ascii_lowercase().contains("general") || code.contains("Standard");
        if !general {
            if letters("yd") || (letters("m") && !letters("hs")) {
                return Self::Day(letters("hs"));
            }
            if letters("hs") {
                return Self::Time;
            }
        }
        dress(&tokens, apart, general).map_or(Self::Plain, Self::Dressed)
    }

    /// What a person reads in a cell with this format.
    pub fn shown(&self, number: f64, epoch: Epoch) -> Value {
        match self {
            Self::Day(time) => epoch.moment(number, *time).unwrap_or(Value::Number(number)),
            Self::Time if (0.0..1e6).contains(&number) => Value::Text(clock((number * 86_400.0).round() as u64)),
            Self::Plain | Self::Time => Value::Number(number),
            Self::Dressed(dress) => dress.shown(number),
        }
    }
}

impl Dress {
    fn shown(&self, number: f64) -> Value {
        let (negative_apart, zero_apart) = self.apart;
        let other_format = (number < 0.0 && negative_apart) || (number == 0.0 && zero_apart);
        if !number.is_finite() || (other_format && !self.percent) {
            return Value::Number(number);
        }
        let written = number_text(if self.percent { number * 100.0 } else { number });
        let (sign, digits) = written.strip_prefix('-').map_or(("", written.as_str()), |digits| ("-", digits));
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let point = if self.decimals.max(decimals.len()) > 0 { "." } else { "" };
        let Self { before, after, whole: least, decimals: fewest, .. } = self;
        let text = format!("{sign}{before}{whole:0>least$}{point}{decimals:0<fewest$}{after}");
        Value::Text(text.trim().to_owned())
    }
}

/// A piece of a format code.
enum Token {
    /// A character with a meaning.
    Sign(char),
    /// A character that is shown.
    Literal(char),
    /// `[…]`: a colour, a condition, a currency, elapsed time.
    Bracket(String),
}

/// The sections of a code for positive, negative, zero and text.
fn split_sections(code: &str) -> Vec<Vec<Token>> {
    let mut sections = vec![Vec::new()];
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        let token = match c {
            ';' => {
                sections.push(Vec::new());
                continue;
            }
            '"' => {
                let literal: Vec<Token> = chars.by_ref().take_while(|c| *c != '"').map(Token::Literal).collect();
                if let Some(section) = sections.last_mut() {
                    section.extend(literal);
                }
                continue;
            }
            '\\' | '!' => match chars.next() {
                Some(c) => Token::Literal(c),
                None => break,
            },
            // As wide as the next character, or filled with it: nothing to read.
            '_' | '*' => {
                chars.next();
                continue;
            }
            '[' => Token::Bracket(chars.by_ref().take_while(|c| *c != ']').collect()),
            c => Token::Sign(c),
        };
        if let Some(section) = sections.last_mut() {
            section.push(token);
        }
    }
    sections
}

/// What a section puts around a number; `None` if that says nothing, or is more than can be carried out here.
fn dress(tokens: &[Token], apart: (bool, bool), general: bool) -> Option<Dress> {
    let mut dress = Dress { apart, ..Dress::default() };
    let (mut in_number, mut behind, mut in_decimals) = (false, false, false);
    let mut word = 0;
    for token in tokens {
        match token {
            // The letters of the word General stand for the number as it is.
            Token::Sign(c) if general && c.is_alphabetic() => {
                word += 1;
                in_number = true;
            }
            Token::Sign('0' | '#' | '?') if behind => return None,
            Token::Sign(c @ ('0' | '#' | '?')) => {
                in_number = true;
                match (c, in_decimals) {
                    ('0', false) => dress.whole += 1,
                    ('0', true) => dress.decimals += 1,
                    _ => {}
                }
            }
            Token::Sign('.') if in_number && !behind => in_decimals = true,
            // Thousands are grouped, or scaled away.
            Token::Sign(',') if in_number && !behind => {}
            Token::Sign('%') => {
                dress.percent = true;
                behind |= in_number;
                if in_number { dress.after.push('%') } else { dress.before.push('%') }
            }
            Token::Sign('E' | 'e' | '/' | '@') => return None,
            Token::Bracket(inside) => {
                if let Some(currency) = inside.strip_prefix('$') {
                    let sign = currency.split('-').next().unwrap_or_default();
                    behind |= in_number;
                    if in_number { dress.after.push_str(sign) } else { dress.before.push_str(sign) }
                } else if inside.contains(['<', '>', '=']) {
                    return None;
                }
            }
            Token::Literal(c) | Token::Sign(c) => {
                behind |= in_number;
                if in_number { dress.after.push(*c) } else { dress.before.push(*c) }
            }
        }
    }
    if general && word < "general".len() {
        return None;
    }
    let says_something = dress.percent
        || dress.whole > 1
        || dress.before.chars().chain(dress.after.chars()).any(|c| !c.is_whitespace() && c != '-');
    (in_number && says_something).then_some(dress)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, number: f64) -> String {
        NumberFormat::of(code).shown(number, Epoch::From1900).to_string()
    }

    #[test]
    fn formats_that_change_the_meaning_are_carried_out() {
        for (code, number, text) in [
            ("General", 7.0, "7"),
            ("0.00", 7.0, "7"),
            ("#,##0;[Red]-#,##0", 7.0, "7"),
            ("0%", 0.05, "5%"),
            ("0.0%", 0.05, "5.0%"),
            ("0%", 0.125, "12.5%"),
            ("0%", 1.0, "100%"),
            ("0%", 0.07, "7%"),
            ("0%;-0%", -0.5, "-50%"),
            ("000", 7.0, "007"),
            ("000", 1234.0, "1234"),
            ("\"OP \"0", 10.0, "OP 10"),
            ("\"OP \"General", 10.0, "OP 10"),
            ("General\" mm\"", 2.5, "2.5 mm"),
            ("0.0\\ \"mm\"", 5.0, "5.0 mm"),
            ("#,##0.00 [$€-407]", 5.5, "5.50 €"),
            ("_-* #,##0.00_-;-* #,##0.00_-", 5.5, "5.5"),
            ("[>=1000]0.0,\"k\";0", 1500.0, "1500"),
            ("0.00E+00", 1500.0, "1500"),
            ("# ?/?", 0.5, "0.5"),
            ("@", 5.0, "5"),
            ("yyyy\\-mm\\-dd", 45_352.0, "2024-03-01"),
            ("[$-407]d. mmmm yyyy;@", 45_352.0, "2024-03-01"),
            ("mmm\\-yy", 45_352.0, "2024-03-01"),
            ("dd.mm.yyyy hh:mm", 45_352.5, "2024-03-01 12:00"),
            ("h:mm", 0.25, "06:00"),
            ("[h]:mm", 1.5, "36:00"),
            ("[Red]0", 5.0, "5"),
            ("0 \"Std.\"", 3.0, "3 Std."),
            ("+0;-0;0", 3.0, "+3"),
            ("+0;-0;0", -3.0, "-3"),
            ("+0;-0;0", 0.0, "0"),
            ("yyyy\"年\"m\"月\"", 45_352.0, "2024-03-01"),
            ("mm:ss.0", 0.25, "06:00"),
            (";;;", 3.0, "3"),
            ("\"n/a\"", 3.0, "3"),
            ("", 3.0, "3"),
            ("\"", 3.0, "3"),
            ("\\", 3.0, "3"),
            ("[", 3.0, "3"),
        ] {
            assert_eq!(shown(code, number), text, "{code}");
        }
    }
}
