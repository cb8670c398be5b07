//! All rules in one list.

use std::sync::LazyLock;

use crate::model::item::Kind;

use super::rule::{Check, Rule};

static CATALOGUE: [&[Rule]; 9] = [
    super::document::RULES,
    super::flow::RULES,
    super::structure::RULES,
    super::rating::RULES,
    super::action::RULES,
    super::special_characteristic::RULES,
    super::linkage::RULES,
    super::control_plan::RULES,
    super::ppap::RULES,
];

/// Every rule, family by family.
pub fn catalogue() -> impl Iterator<Item = &'static Rule> {
    CATALOGUE.iter().flat_map(|family| family.iter())
}

/// The rule with this code, in capitals or not.
pub fn rule(code: &str) -> Option<&'static Rule> {
    catalogue().find(|rule| rule.code.eq_ignore_ascii_case(code.trim()))
}

/// The family of a rule by its code, in the words of lists.
pub fn family(code: &str) -> &'static str {
    match code.split_once('-').map_or(code, |(family, _)| family) {
        "DOC" => "Documents",
        "PFD" => "Process flow",
        "STR" => "Structure and chain",
        "RAT" => "Ratings",
        "ACT" => "Actions",
        "SC" => "Special characteristics",
        "LNK" => "Links between documents",
        "CP" => "Control plan",
        "PPA" => "PPAP submission",
        _ => "Others",
    }
}

/// The explanation of a rule as plain text; `None` if no rule has the code.
pub fn explain(code: &str) -> Option<String> {
    let Rule { code, title, severity, clause, docs, checks: _ } = rule(code)?;
    let (what, why, example, mend) = (docs.what, docs.why, docs.example, docs.mend);
    Some(format!(
        "{code}: {title}\nSeverity: {severity}\nSource: {clause}\n\nWhat it checks\n  {what}\n\nWhy it matters\n  {why}\n\n\
         Example\n  {example}\n\nHow to mend it\n  {mend}\n"
    ))
}

/// The checks of each kind of item, with their rules.
pub(super) fn checks_of(kind: Kind) -> &'static [(&'static Rule, Check)] {
    static BY_KIND: LazyLock<Vec<Vec<(&'static Rule, Check)>>> = LazyLock::new(|| {
        let mut by_kind = vec![Vec::new(); Kind::ALL.len()];
        for rule in catalogue() {
            for check in rule.checks {
                by_kind[check.unit() as usize].push((rule, *check));
            }
        }
        by_kind
    });
    &BY_KIND[kind as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_belongs_to_a_family() {
        for rule in catalogue() {
            assert_ne!(family(rule.code), "Others", "{}", rule.code);
        }
    }
}
