//! Remarks, below which forms print what else a reader has to know: statements, and what makes a step an exception.

use crate::base::Text;
use crate::base::clock::Date;
use crate::model::field::statement_text;
use crate::model::risk::{ActionStatus, Statement};

const OUTSOURCED: &str = "Outsourced";
const ALTERNATE: &str = "Alternate for ";
const NO_ANALYSIS: &str = "No risk analysis: ";
const NO_PLAN_ROW: &str = "No control-plan row: ";
const JUSTIFICATION: &str = "Justification: ";
const REVIEW: &str = "Management review: ";

/// What the remarks of a step say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct StepRemarks {
    /// The note itself.
    pub note: String,
    pub outsourced: bool,
    /// What the step is called for which it stands in.
    pub alternate_for: Option<String>,
    pub no_analysis: String,
    pub no_plan_row: String,
}

/// Reads the remarks of a step: the lines that the form adds stand below the note, in their order.
pub(super) fn step_remarks(text: &str) -> StepRemarks {
    let mut found = StepRemarks::default();
    let mut rest = text;
    if let Some((above, reason)) = last_behind(rest, NO_PLAN_ROW) {
        (rest, found.no_plan_row) = (above, reason.to_owned());
    }
    if let Some((above, reason)) = last_behind(rest, NO_ANALYSIS) {
        (rest, found.no_analysis) = (above, reason.to_owned());
    }
    if let Some((above, main)) = last_behind(rest, ALTERNATE).filter(|(_, main)| !main.contains('\n')) {
        (rest, found.alternate_for) = (above, Some(main.to_owned()));
    }
    if let Some((above, "")) = last_behind(rest, OUTSOURCED) {
        (rest, found.outsourced) = (above, true);
    }
    rest.clone_into(&mut found.note);
    found
}

/// The last line that begins with some words: what stands above it, and all that stands behind the words.
fn last_behind<'t>(text: &'t str, words: &str) -> Option<(&'t str, &'t str)> {
    let at = text.rmatch_indices(words).map(|(at, _)| at).find(|at| *at == 0 || text[..*at].ends_with('\n'))?;
    let above = text[..at].strip_suffix('\n').unwrap_or("");
    Some((above, &text[at + words.len()..]))
}

/// What the remarks of a line of an FMEA say.
#[derive(Debug, Default, PartialEq)]
pub(super) struct RiskRemarks {
    /// The remarks themselves.
    pub remarks: String,
    pub justification: Option<Statement>,
    pub review: Option<Statement>,
    /// Why actions stand as they do, by their state.
    pub of_actions: Vec<(ActionStatus, String)>,
}

/// Reads the remarks of a line whose actions are in these states, in their order. What does not read back the same stays as it
/// is written.
pub(super) fn risk_remarks(text: &str, actions: &[ActionStatus]) -> RiskRemarks {
    let mut found = RiskRemarks::default();
    let mut rest = text;
    let mut left: Vec<ActionStatus> = actions.to_vec();
    while let Some(status) = left.pop() {
        // From behind: the remark of the last action stands in the last line.
        let line = rest.rsplit('\n').next().unwrap_or_default();
        let Some(remark) = line.strip_prefix(status.name()).and_then(|rest| rest.strip_prefix(": ")) else { continue };
        found.of_actions.insert(0, (status, remark.to_owned()));
        rest = rest[..rest.len() - line.len()].strip_suffix('\n').unwrap_or("");
    }
    if let Some((above, said)) = last_behind(rest, REVIEW) {
        (rest, found.review) = (above, Some(statement(said)));
    }
    if let Some((above, said)) = last_behind(rest, JUSTIFICATION) {
        (rest, found.justification) = (above, Some(statement(said)));
    }
    rest.clone_into(&mut found.remarks);
    found
}

/// Words with name and day in brackets behind them.
fn statement(text: &str) -> Statement {
    let whole = || Statement { text: Text::from(text), ..Statement::default() };
    let Some((words, signed)) = text.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) else { return whole() };
    let (by, on) = match signed.rsplit_once(", ").map(|(by, day)| (by, day.parse::<Date>())) {
        Some((by, Ok(day))) => (by, Some(day)),
        _ => match signed.parse::<Date>() {
            Ok(day) => ("", Some(day)),
            Err(_) => (signed, None),
        },
    };
    let read = Statement { text: Text::from(words), by: Text::from(by), on };
    if statement_text(&read) == text { read } else { whole() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_prints_below_the_note_of_a_step_is_taken_apart() {
        let text = "Two lines\nof note\nOutsourced\nAlternate for 30 Press\nNo risk analysis: bought part";
        let wanted = StepRemarks {
            note: "Two lines\nof note".to_owned(),
            outsourced: true,
            alternate_for: Some("30 Press".to_owned()),
            no_analysis: "bought part".to_owned(),
            no_plan_row: String::new(),
        };
        assert_eq!(step_remarks(text), wanted);
        assert_eq!(step_remarks("Outsourced work is dear").note, "Outsourced work is dear");
        assert_eq!(step_remarks("Outsourced"), StepRemarks { outsourced: true, ..StepRemarks::default() });
    }

    #[test]
    fn statements_have_their_name_and_day() {
        let text = "See 8D\nJustification: cost (A. Weber, 2026-03-01)\nNot implemented: too slow";
        let found = risk_remarks(text, &[ActionStatus::Completed, ActionStatus::NotImplemented]);
        assert_eq!(found.remarks, "See 8D");
        let given = found.justification.unwrap();
        assert_eq!((given.text.as_str(), given.by.as_str()), ("cost", "A. Weber"));
        assert_eq!(given.on, Some(Date::constant(2026, 3, 1)));
        assert_eq!(found.of_actions, [(ActionStatus::NotImplemented, "too slow".to_owned())]);
        assert_eq!(risk_remarks("Completed: x", &[]).remarks, "Completed: x");
    }
}
