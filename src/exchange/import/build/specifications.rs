//! What a line says that a characteristic has to fulfil.

use crate::base::{Decimal, Text};
use crate::exchange::import::table::{Field, Record};
use crate::model::specification::Specification;

use super::lines::{Lines, Said};

/// What a line says of its characteristic besides the name.
pub(super) const OF_CHARACTERISTIC: [Field; 6] = [
    Field::CharacteristicNumber,
    Field::Specification,
    Field::Nominal,
    Field::LowerLimit,
    Field::UpperLimit,
    Field::Unit,
];

/// What a line says a characteristic has to fulfil, and the cells that say it.
pub(super) struct SpecificationSaid<'t> {
    pub specification: Specification,
    pub cells: Vec<Said<'t>>,
}

/// The specification of a line: limits in columns of their own, or words.
pub(super) fn specification<'t>(lines: &Lines<'t>, record: &'t Record) -> Option<SpecificationSaid<'t>> {
    let said = |field| lines.said(record, field);
    let (words, nominal, lower, upper, unit) = (
        said(Field::Specification),
        said(Field::Nominal),
        said(Field::LowerLimit),
        said(Field::UpperLimit),
        said(Field::Unit),
    );
    let number = |said: &Option<Said<'_>>| said.as_ref().map(|said| Decimal::parse(&said.text));
    let unit_text = unit.as_ref().map(|unit| unit.text.clone()).unwrap_or_default();
    let limits = [number(&nominal), number(&lower), number(&upper)];
    let has_limits = limits.iter().any(Option::is_some);
    let all_numbers = limits.iter().flatten().all(Result::is_ok);
    let with_unit = |text: &str| {
        if unit_text.is_empty() || text.ends_with(&unit_text) { text.to_owned() } else { format!("{text} {unit_text}") }
    };
    let of_limits = || {
        let [nominal, lower, upper] = limits.clone().map(|number| number.and_then(Result::ok));
        Specification::Limits { nominal, lower, upper, unit: Text::from(unit_text.as_str()) }
    };
    let in_words = || {
        let labels = [(&nominal, "nominal"), (&lower, "min."), (&upper, "max.")];
        let parts: Vec<String> =
            labels.iter().filter_map(|(said, label)| Some(format!("{label} {}", said.as_ref()?.text))).collect();
        with_unit(&parts.join(", "))
    };
    let specification = match (&words, has_limits) {
        (None, false) => return None,
        (Some(words), false) => Specification::parse(&with_unit(&words.text)),
        (None, true) if all_numbers => of_limits(),
        (None, true) => Specification::Words(Text::from(in_words())),
        (Some(words), true) => {
            let parsed = Specification::parse(&with_unit(&words.text));
            let limits = of_limits();
            if all_numbers && says_the_same(&parsed, &limits) {
                parsed
            } else {
                Specification::Words(Text::from(format!("{} ({})", words.text, in_words())))
            }
        }
    };
    let cells = [words, nominal, lower, upper, unit].into_iter().flatten().collect();
    Some(SpecificationSaid { specification, cells })
}

/// Whether the limits in columns say nothing beyond those read from words.
fn says_the_same(parsed: &Specification, columns: &Specification) -> bool {
    let (
        Specification::Limits { nominal, lower, upper, .. },
        Specification::Limits { nominal: n, lower: l, upper: u, .. },
    ) = (parsed, columns)
    else {
        return false;
    };
    let fits = |read: &Option<Decimal>, column: &Option<Decimal>| match (read, column) {
        (_, None) => true,
        (Some(read), Some(column)) => (read.value() - column.value()).abs() < 1e-9,
        (None, Some(_)) => false,
    };
    fits(nominal, n) && fits(lower, l) && fits(upper, u)
}
