//! Specifications: limits with a unit where they can be read, words where not.

use std::fmt;

use crate::base::{Decimal, Text};

/// What a characteristic has to fulfil.
#[derive(Debug, Clone, PartialEq)]
pub enum Specification {
    /// Limits of a measurable characteristic. At least one of the three numbers is given.
    Limits {
        /// Target value.
        nominal: Option<Decimal>,
        /// Lower limit, included.
        lower: Option<Decimal>,
        /// Upper limit, included.
        upper: Option<Decimal>,
        /// Unit, such as `N·m`; blank for counts and ratios.
        unit: Text,
    },
    /// Words, such as "no visible burr" or a standard.
    Words(Text),
}

impl Specification {
    /// Reads what a person types: `8.0 ± 0.5 Nm`, `8.0 +0.5/-0.2 mm`, `7.5 – 8.5 Nm`, `8.0 (7.5 – 8.5) Nm`, `≥ 20 N`, `max 0.2 mm`;
    /// everything else is kept as words.
    pub fn parse(text: &str) -> Self {
        parse_limits(text).unwrap_or_else(|| Self::Words(Text::from(text.trim())))
    }

    /// Whether nothing is specified.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Limits { nominal, lower, upper, .. } => nominal.is_none() && lower.is_none() && upper.is_none(),
            Self::Words(words) => words.is_blank(),
        }
    }
}

impl fmt::Display for Specification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (nominal, lower, upper, unit) = match self {
            Self::Words(words) => return f.write_str(words),
            Self::Limits { nominal, lower, upper, unit } => (nominal, lower, upper, unit),
        };
        match (nominal, lower, upper) {
            (Some(nominal), Some(lower), Some(upper)) => match symmetric(nominal, lower, upper) {
                Some(tolerance) => write!(f, "{nominal} ± {tolerance}")?,
                None => write!(f, "{nominal} ({lower} – {upper})")?,
            },
            (Some(nominal), Some(lower), None) => write!(f, "{nominal} (≥ {lower})")?,
            (Some(nominal), None, Some(upper)) => write!(f, "{nominal} (≤ {upper})")?,
            (Some(nominal), None, None) => write!(f, "{nominal}")?,
            (None, Some(lower), Some(upper)) => write!(f, "{lower} – {upper}")?,
            (None, Some(lower), None) => write!(f, "≥ {lower}")?,
            (None, None, Some(upper)) => write!(f, "≤ {upper}")?,
            (None, None, None) => {}
        }
        // A no-break space keeps number and unit on one line.
        if unit.is_empty() { Ok(()) } else { write!(f, "\u{a0}{unit}") }
    }
}

/// The tolerance, if both limits are equally far from the nominal in the digits that were written.
fn symmetric(nominal: &Decimal, lower: &Decimal, upper: &Decimal) -> Option<Decimal> {
    let places = [nominal, lower, upper]
        .iter()
        .map(|number| number.as_str().split_once('.').map_or(0, |(_, digits)| digits.len()))
        .max()?;
    let scaled = |number: &Decimal| (number.value() * 10_f64.powi(places as i32)).round();
    let (above, below) = (scaled(upper) - scaled(nominal), scaled(nominal) - scaled(lower));
    let equal = (above - below).abs() < 0.5 && above > 0.5;
    let written = format!("{:.places$}", above / 10_f64.powi(places as i32));
    equal.then(|| Decimal::parse(&written).ok()).flatten()
}

fn parse_limits(text: &str) -> Option<Specification> {
    let text = text.trim().replace('\u{a0}', " ");
    let limits = |nominal, lower, upper, unit: &str| {
        let unit = unit.trim();
        let plausible =
            unit.chars().count() <= 12 && !unit.contains(|c: char| c.is_ascii_digit() && c != '2' && c != '3');
        plausible.then(|| Specification::Limits { nominal, lower, upper, unit: Text::from(unit) })
    };
    for (signs, is_lower) in [(["≥", ">=", "min.", "min"], true), (["≤", "<=", "max.", "max"], false)] {
        let rest = signs.iter().find_map(|sign| {
            let (head, rest) = text.split_at_checked(sign.len())?;
            head.eq_ignore_ascii_case(sign).then_some(rest)
        });
        if let Some(rest) = rest {
            let (number, unit) = leading_number(rest)?;
            return if is_lower {
                limits(None, Some(number), None, unit)
            } else {
                limits(None, None, Some(number), unit)
            };
        }
    }
    let (first, rest) = leading_number(&text)?;
    let rest = rest.trim_start();
    if let Some(tolerance) = rest.strip_prefix('±').or_else(|| rest.strip_prefix("+/-")) {
        let (tolerance, unit) = leading_number(tolerance)?;
        return limits(
            Some(first.clone()),
            Some(sum(&first, &tolerance, -1.0)?),
            Some(sum(&first, &tolerance, 1.0)?),
            unit,
        );
    }
    if let Some(range) = rest.strip_prefix('(') {
        let (inside, unit) = range.split_once(')')?;
        let (lower, upper) = range_of(inside)?;
        return limits(Some(first), Some(lower), Some(upper), unit);
    }
    if let Some(above) = rest.strip_prefix('+') {
        let (above, rest) = leading_number(above)?;
        let (below, unit) = leading_number(rest.trim_start().trim_start_matches('/'))?;
        return limits(Some(first.clone()), Some(sum(&first, &below, 1.0)?), Some(sum(&first, &above, 1.0)?), unit);
    }
    for dash in ["–", "-", "...", "…", "to "] {
        if let Some(upper) = rest.strip_prefix(dash) {
            let (upper, unit) = leading_number(upper)?;
            return limits(None, Some(first), Some(upper), unit);
        }
    }
    None
}

fn range_of(text: &str) -> Option<(Decimal, Decimal)> {
    let (lower, rest) = leading_number(text)?;
    let rest = rest.trim_start();
    let rest = ["–", "-", "...", "…", "to "].iter().find_map(|dash| rest.strip_prefix(dash))?;
    let (upper, rest) = leading_number(rest)?;
    rest.trim().is_empty().then_some((lower, upper))
}

fn sum(first: &Decimal, second: &Decimal, sign: f64) -> Option<Decimal> {
    let places = |number: &Decimal| number.as_str().split_once('.').map_or(0, |(_, digits)| digits.len());
    let digits = places(first).max(places(second));
    let total = sign.mul_add(second.value(), first.value());
    Decimal::parse(&format!("{total:.digits$}")).ok()
}

/// The number at the start of a text and what follows it.
fn leading_number(text: &str) -> Option<(Decimal, &str)> {
    let text = text.trim_start();
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let sign = at == 0 && matches!(c, '+' | '-' | '−');
        let point = matches!(c, '.' | ',') && text[at + 1..].starts_with(|next: char| next.is_ascii_digit());
        if !(sign || point || c.is_ascii_digit()) {
            break;
        }
        end = at + c.len_utf8();
    }
    Decimal::parse(&text[..end]).ok().map(|number| (number, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_limits_are_understood_and_printed() {
        for (typed, printed) in [
            ("8.0 ± 0.5 Nm", "8.0 ± 0.5\u{a0}Nm"),
            ("8,0 +/- 0,5 Nm", "8.0 ± 0.5\u{a0}Nm"),
            ("8 ± 0.5 Nm", "8 ± 0.5\u{a0}Nm"),
            ("12.0 +0.2/-0.1 mm", "12.0 (11.9 – 12.2)\u{a0}mm"),
            ("7.5 - 8.5 Nm", "7.5 – 8.5\u{a0}Nm"),
            ("8.0 (7.4 – 8.5) Nm", "8.0 (7.4 – 8.5)\u{a0}Nm"),
            (">= 20 N", "≥ 20\u{a0}N"),
            ("max. 0,2 mm", "≤ 0.2\u{a0}mm"),
            ("min 3", "≥ 3"),
        ] {
            let specification = Specification::parse(typed);
            assert!(matches!(specification, Specification::Limits { .. }), "{typed}");
            assert_eq!(specification.to_string(), printed);
            assert_eq!(Specification::parse(printed), specification, "printed form is read back");
        }
    }

    #[test]
    fn words_stay_words() {
        for words in
            ["no visible burr", "ISO 2768-mK", "8.8", "M6 x 20", "max burr height as sample 3, area 2", "", "0 defects"]
        {
            assert_eq!(Specification::parse(words), Specification::Words(Text::from(words)), "{words}");
        }
    }
}
