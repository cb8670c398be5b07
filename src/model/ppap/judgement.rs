//! Whether a result is in order: derived where limits and readings are numbers, else said by a person.

use crate::base::Decimal;
use crate::model::ppap::TestResult;
use crate::model::project::Project;
use crate::model::specification::Specification;

/// Whether what was measured meets what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// In order.
    Ok,
    /// Not in order.
    NotOk,
}

impl Verdict {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ok, Self::NotOk];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::NotOk => "NOK",
        }
    }
}

/// The readings in a text: numbers separated by semicolons, blanks or line ends, with a decimal point or comma. None if
/// anything else stands there, or nothing at all.
pub fn readings(text: &str) -> Option<Vec<Decimal>> {
    let words: Vec<&str> =
        text.split(|c: char| c == ';' || c.is_whitespace()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return None;
    }
    words.into_iter().map(|word| Decimal::parse(word).ok()).collect()
}

/// Whether all readings lie within limits, the limits included; none where the specification has none.
pub fn within(specification: &Specification, readings: &[Decimal]) -> Option<bool> {
    let Specification::Limits { lower, upper, .. } = specification else { return None };
    if lower.is_none() && upper.is_none() {
        return None;
    }
    Some(readings.iter().all(|reading| {
        let value = reading.value();
        lower.as_ref().is_none_or(|lower| value >= lower.value())
            && upper.as_ref().is_none_or(|upper| value <= upper.value())
    }))
}

impl Project {
    /// The verdict that follows from limits and readings; none where they do not decide. Specifications that differ by part
    /// decide only if the part is named, or all of them agree.
    pub fn derived_verdict(&self, result: &TestResult) -> Option<Verdict> {
        let readings = readings(&result.readings)?;
        let specification = self.result_specification(result);
        let judged: Vec<bool> = specification
            .lines()
            .map(|line| within(&Specification::parse(line), &readings))
            .collect::<Option<Vec<bool>>>()?;
        let first = *judged.first()?;
        judged.iter().all(|other| *other == first).then_some(if first { Verdict::Ok } else { Verdict::NotOk })
    }

    /// Whether a result is in order: as the numbers say, else as a person says; none if neither does.
    pub fn verdict(&self, result: &TestResult) -> Option<Verdict> {
        self.derived_verdict(result).or(result.verdict)
    }

    /// Whether a person says something else than the numbers.
    pub fn contradicts_readings(&self, result: &TestResult) -> bool {
        matches!((result.verdict, self.derived_verdict(result)), (Some(said), Some(derived)) if said != derived)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_numbers_and_nothing_else() {
        let texts = |text| readings(text).map(|found| found.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(texts("8,01; 8.02  8,00\n7.99"), Some(["8.01", "8.02", "8.00", "7.99"].map(str::to_owned).to_vec()));
        assert_eq!(texts("-0,2;"), Some(vec!["-0.2".to_owned()]));
        for words in ["", " ; ", "8.01 mm", "no crack", "8.0-8.2", "< 3"] {
            assert_eq!(texts(words), None, "{words}");
        }
    }

    #[test]
    fn limits_are_included() {
        let judged = |limits: &str, text: &str| within(&Specification::parse(limits), &readings(text).unwrap());
        assert_eq!(judged("8.0 ± 0.5 Nm", "7.5; 8.50"), Some(true));
        assert_eq!(judged("8.0 ± 0.5 Nm", "7.5; 8.501"), Some(false));
        assert_eq!(judged("8.0 +0.1/-0.3 mm", "7,7 8,1"), Some(true));
        assert_eq!(judged("≥ 20 N", "19.99"), Some(false));
        assert_eq!(judged("max 0.2", "0,2"), Some(true));
        assert_eq!(judged("no burr", "0.1"), None);
    }
}
