//! Optimisation: actions with who, when and how far, and the ratings after them.

use std::collections::HashMap;

use crate::base::clock::Date;
use crate::base::dates::{self, Reading};
use crate::base::text::{is_blank, quoted};
use crate::base::{Id, Text};
use crate::exchange::import::table::{Field, Left, Record};
use crate::exchange::import::workbook::{At, Value};
use crate::model::fmea::ControlKind;
use crate::model::item::{AnyId, Kind};
use crate::model::profile::ScaleRole;
use crate::model::rating::Rating;
use crate::model::reference::Ref;
use crate::model::risk::{Action, ActionKind, ActionStatus, Assessment, AssessmentState};

use super::fmea::Fmea;
use super::lines::{Lines, Said};
use super::risks::Later;
use super::shared::add_line;
use super::{Builder, key, words};

const DATES: [Field; 4] =
    [Field::TargetDate, Field::CompletionDate, Field::ResponsibleAndDate, Field::ActionTakenAndDate];

/// Whether the days of a column have the month in front, where its dates can only be read so.
pub(super) fn month_first(lines: &Lines<'_>) -> HashMap<Field, bool> {
    let mut known = HashMap::new();
    for field in DATES {
        let (mut month, mut day) = (0, 0);
        for record in &lines.table.records {
            let Some(said) = lines.said(record, field) else { continue };
            let Some((_, text)) = trailing_date(&said.text) else { continue };
            let numbers: Vec<u32> = text.split(['/', '-']).filter_map(|part| part.trim().parse().ok()).collect();
            if let [first, second, _] = numbers[..] {
                month += u32::from(second > 12 && first <= 12);
                day += u32::from(first > 12 && first <= 31 && second <= 12);
            }
        }
        if month > 0 && day == 0 {
            known.insert(field, true);
        } else if day > 0 && month == 0 {
            known.insert(field, false);
        }
    }
    known
}

/// What stands before a date at the end of a text, and the date; nothing if there is none.
fn trailing_date(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    if dates::read(text) != Reading::None {
        return Some(("", text));
    }
    // The latest places at which a date of one to five words may begin, the longest first.
    let starts: Vec<usize> = text
        .char_indices()
        .filter(|(at, c)| {
            !c.is_whitespace()
                && *at > 0
                && text[..*at].ends_with(|c: char| c.is_whitespace() || matches!(c, '/' | ',' | ';' | '(' | ':' | '-'))
        })
        .map(|(at, _)| at)
        .collect();
    starts.iter().rev().take(6).rev().find_map(|start| {
        let end = text[*start..].trim_end_matches([')', '.', ']']);
        let head = text[..*start].trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '/' | ',' | ';' | '(' | ':' | '-' | '–' | '|')
        });
        (dates::read(end) != Reading::None && !head.is_empty()).then_some((head, end))
    })
}

/// What a line says about its actions.
struct Attributes<'t> {
    owner: Option<String>,
    target: Option<Date>,
    completion: Option<Date>,
    status: Option<ActionStatus>,
    taken: Option<String>,
    /// What no field can hold.
    rest: Vec<String>,
    /// Every cell that says something, for the account.
    cells: Vec<Said<'t>>,
}

impl Builder<'_> {
    /// Takes in actions and later ratings of a record.
    pub fn optimisation<'t>(&mut self, f: &mut Fmea<'t>, record: &'t Record, line: usize) {
        let sheet = f.lines.sheet;
        let later = self.later_ratings(f, record);
        let actions = self.action_cells(f, record);
        let attributes = self.attributes(f, record);
        let is_taken = attributes.taken.is_some();
        let controls: Vec<_> = [
            (Field::ImplementedPrevention, ControlKind::Prevention),
            (Field::ImplementedDetection, ControlKind::Detection),
        ]
        .into_iter()
        .filter_map(|(field, kind)| Some((f.lines.said(record, field)?, kind)))
        .flat_map(|(said, kind)| f.lines.entries(&said).into_iter().map(move |said| (said, kind)))
        .collect();
        let is_rated = later.ratings.iter().any(Option::is_some);
        let mut made: Vec<Id<Action>> = Vec::new();
        if actions.is_empty() && is_taken && attributes.cells.iter().any(|said| self.is_news(f, said)) {
            let at = attributes.cells.first().map_or(At::new(record.row, 0), |said| said.at);
            made.push(self.action(f, ("", at), ActionKind::Prevention, &attributes, is_rated));
        }
        let undivided = undivided(f, record, &later);
        for (said, kind) in &actions {
            let kind = kind.unwrap_or_else(|| self.undivided_action(f, undivided, said));
            made.push(self.action(f, (&said.text, said.at), kind, &attributes, is_rated));
            self.take(sheet, said, Kind::Action);
        }
        if made.is_empty() {
            // Nothing to hang them on: the columns are kept as they are.
            let holder = AnyId::from(f.risks[line].id);
            for said in &attributes.cells {
                self.keep_beside(f, said, holder);
            }
        } else {
            for said in &attributes.cells {
                self.take(sheet, said, Kind::Action);
            }
        }
        let controls: Vec<_> = controls.into_iter().filter_map(|(said, kind)| self.control(f, &said, kind)).collect();
        if made.is_empty() && !is_rated && controls.is_empty() {
            for cell in &later.computed {
                let reason = "not computed here, because a rating is missing or off its scale";
                self.account.left(sheet, cell.at, Left::Other(reason.to_owned()));
            }
            return;
        }
        let state = self.later_state(&made, is_rated);
        let computed = later.computed.clone();
        let id = f.risks[line].id;
        let Some(risk) = self.risks.get_mut(id) else { return };
        let same = f.risks[line].later.last().is_some_and(|last| last.ratings == later.ratings || !is_rated);
        if !same || risk.later().next().is_none() {
            let [_, occurrence, detection] = later.ratings.clone();
            risk.assessments.push(Assessment { occurrence, detection, ..Assessment::blank(state) });
            f.risks[line].later.push(later);
        } else if let Some(last) = f.risks[line].later.last_mut() {
            last.computed.extend(computed);
        }
        if let Some(assessment) = risk.assessments.iter_mut().rev().find(|entry| entry.state.is_later()) {
            if state == AssessmentState::Planned {
                assessment.state = state;
            }
            for action in made {
                if assessment.actions.iter().all(|known| known.id() != action) {
                    assessment.actions.push(Ref::Item(action));
                }
            }
            for control in controls {
                if assessment.controls.iter().all(|known| known.id() != control) {
                    assessment.controls.push(Ref::Item(control));
                }
            }
        }
    }

    /// Reached if it is rated and all its actions are completed.
    fn later_state(&self, actions: &[Id<Action>], is_rated: bool) -> AssessmentState {
        let mut completed = actions
            .iter()
            .filter_map(|id| self.actions.get(*id))
            .map(|action| action.status == ActionStatus::Completed);
        if is_rated && !actions.is_empty() && completed.all(|completed| completed) {
            AssessmentState::Reached
        } else {
            AssessmentState::Planned
        }
    }

    fn later_ratings<'t>(&mut self, f: &Fmea<'t>, record: &'t Record) -> Later {
        let sheet = f.lines.sheet;
        let mut later = Later::default();
        for (place, (field, role)) in [
            (Field::LaterSeverity, ScaleRole::Severity),
            (Field::LaterOccurrence, ScaleRole::Occurrence),
            (Field::LaterDetection, ScaleRole::Detection),
        ]
        .into_iter()
        .enumerate()
        {
            if let Some(said) = f.lines.decided(record, field) {
                later.ratings[place] = self.rating(sheet, &said, role, f.profile.as_deref());
                self.take(sheet, &said, Kind::Risk);
            }
        }
        later.severity.clone_from(&later.ratings[0]);
        for field in [Field::LaterRpn, Field::LaterActionPriority] {
            if let Some(said) = f.lines.decided(record, field) {
                later.computed.push(super::ratings::Computed { at: said.at, field, value: said.value.clone() });
            }
        }
        later
    }

    /// The actions of a record, with their kind if the form tells it.
    fn action_cells<'t>(&mut self, f: &Fmea<'t>, record: &'t Record) -> Vec<(Said<'t>, Option<ActionKind>)> {
        let mut found = Vec::new();
        for (field, kind) in [
            (Field::PreventionAction, Some(ActionKind::Prevention)),
            (Field::DetectionAction, Some(ActionKind::Detection)),
            (Field::Action, None),
        ] {
            let Some(said) = f.lines.said(record, field) else { continue };
            if words::is_none(&said.text) {
                self.leave(f.lines.sheet, &said, "says that there is no action");
            } else {
                found.extend(f.lines.entries(&said).into_iter().map(|said| (said, kind)));
            }
        }
        found
    }

    fn attributes<'t>(&mut self, f: &Fmea<'t>, record: &'t Record) -> Attributes<'t> {
        let mut found = Attributes {
            owner: None,
            target: None,
            completion: None,
            status: None,
            taken: None,
            rest: Vec::new(),
            cells: Vec::new(),
        };
        let somebody = |builder: &mut Self, field| {
            let said = f.lines.said(record, field)?;
            if words::is_none(&said.text) {
                builder.leave(f.lines.sheet, &said, "says that there is nobody");
                return None;
            }
            Some(said)
        };
        if let Some(said) = somebody(self, Field::Responsible) {
            found.owner = Some(said.text.clone());
            found.cells.push(said);
        }
        if let Some(said) = somebody(self, Field::ResponsibleAndDate) {
            let (who, when) = self.words_and_day(f, &said);
            found.owner = match (found.owner.take(), who) {
                (Some(known), Some(who)) if key(&known) != key(&who) => Some(format!("{known}, {who}")),
                (known, who) => known.or(who),
            };
            found.target = when;
            found.cells.push(said);
        }
        if let Some(said) = f.lines.decided(record, Field::TargetDate) {
            match self.day(f, &said) {
                Some(day) => found.target = Some(day),
                None => found.rest.push(format!("{}: {}", Field::TargetDate.name(), said.text)),
            }
            found.cells.push(said);
        }
        if let Some(said) = f.lines.decided(record, Field::CompletionDate) {
            match self.day(f, &said) {
                Some(day) => found.completion = Some(day),
                None => found.rest.push(format!("{}: {}", Field::CompletionDate.name(), said.text)),
            }
            found.cells.push(said);
        }
        for field in [Field::ActionTaken, Field::ActionTakenAndDate] {
            let Some(said) = f.lines.said(record, field) else { continue };
            if words::is_none(&said.text) {
                self.leave(f.lines.sheet, &said, "says that nothing was done");
                continue;
            }
            if field == Field::ActionTaken {
                found.taken = Some(said.text.clone());
            } else {
                let (what, when) = self.words_and_day(f, &said);
                found.taken = match (found.taken.take(), what) {
                    (Some(known), Some(what)) => Some(format!("{known}\n{what}")),
                    (known, what) => known.or(what),
                };
                found.completion = found.completion.or(when);
            }
            found.cells.push(said);
        }
        if let Some(said) = f.lines.said(record, Field::Status) {
            found.status = words::status(&said.text);
            if found.status.is_none() {
                found.rest.push(format!("{}: {}", Field::Status.name(), said.text));
                let text = format!(
                    "{} is no state of an action that is known; it is kept in the remarks of the action",
                    quoted(&said.text)
                );
                if self.is_news(f, &said) {
                    self.account.remark(f.lines.sheet, Some(said.at), text);
                }
            }
            found.cells.push(said);
        }
        found
    }

    /// The day a cell says; remarked if there is none, or if it may be two.
    fn day(&mut self, f: &Fmea<'_>, said: &Said<'_>) -> Option<Date> {
        if let Value::Date(day) = said.value {
            return Some(*day);
        }
        let reading = dates::read(&said.text);
        let day = match (reading, f.month_first.get(&said.field)) {
            (Reading::Day(day), _) | (Reading::Either(day, _), Some(false)) | (Reading::Either(_, day), Some(true)) => {
                Some(day)
            }
            (Reading::Either(..), None) | (Reading::None, _) => None,
        };
        if day.is_none() && self.is_news(f, said) {
            let text = match reading {
                Reading::Either(one, other) => {
                    format!("{} may be {one} or {other}; it is kept in words", quoted(&said.text))
                }
                _ => format!("{} is no day; it is kept in words", quoted(&said.text)),
            };
            self.account.remark(f.lines.sheet, Some(said.at), text);
        }
        day
    }

    /// Words with a day at their end; all of it in words if there is no day that can only be one.
    fn words_and_day(&mut self, f: &Fmea<'_>, said: &Said<'_>) -> (Option<String>, Option<Date>) {
        if let Value::Date(day) = said.value {
            return (None, Some(*day));
        }
        let whole = || (!is_blank(&said.text)).then(|| said.text.clone());
        let Some((head, end)) = trailing_date(&said.text) else { return (whole(), None) };
        let day = match (dates::read(end), f.month_first.get(&said.field)) {
            (Reading::Day(day), _) | (Reading::Either(day, _), Some(false)) | (Reading::Either(_, day), Some(true)) => {
                day
            }
            (Reading::Either(one, other), None) => {
                let text = format!("{} may be {one} or {other}; it is kept in words", quoted(end));
                self.account.remark(f.lines.sheet, Some(said.at), text);
                return (whole(), None);
            }
            (Reading::None, _) => return (whole(), None),
        };
        (Some(head.to_owned()).filter(|head| !head.is_empty()), Some(day))
    }

    /// The kind of an undivided action, remarked once.
    fn undivided_action(&mut self, f: &mut Fmea<'_>, kind: ActionKind, said: &Said<'_>) -> ActionKind {
        if !f.remarked_actions {
            f.remarked_actions = true;
            let text = format!(
                "“{}” does not tell prevention from detection: actions by which only the detection rating changes are taken for detection actions, the others for prevention actions",
                f.lines.heading(Field::Action)
            );
            self.account.remark(f.lines.sheet, Some(said.at), text);
        }
        kind
    }

    /// The action of a cell, made if it is new.
    fn action(
        &mut self,
        f: &mut Fmea<'_>,
        (text, at): (&str, At),
        kind: ActionKind,
        attributes: &Attributes<'_>,
        is_rated: bool,
    ) -> Id<Action> {
        let owner_key = attributes.owner.as_deref().map(key).unwrap_or_default();
        let action_key = (at, format!("{kind:?}\u{1}{}\u{1}{owner_key}\u{1}{:?}", key(text), attributes.target));
        if let Some(known) = f.actions.get(&action_key) {
            return *known;
        }
        let mut action = Action::open(self.ids.next_id(), f.document, kind);
        action.text = Text::from(text);
        action.owner = attributes.owner.as_deref().filter(|owner| !is_blank(owner)).map(|owner| {
            let origin = attributes.cells.first().and_then(|said| self.origin(f.lines.sheet, said.at));
            Ref::Item(self.person(owner, origin))
        });
        action.target_date = attributes.target;
        action.completion_date = attributes.completion;
        action.action_taken = Text::from(attributes.taken.clone().unwrap_or_default());
        let is_done = attributes.completion.is_some() || (attributes.taken.is_some() && is_rated);
        action.status = attributes.status.unwrap_or(if is_done { ActionStatus::Completed } else { ActionStatus::Open });
        for rest in &attributes.rest {
            add_line(&mut action.remarks, rest);
        }
        action.meta = self.origin(f.lines.sheet, at);
        f.actions.insert(action_key, action.id);
        self.actions.put(action)
    }
}

/// What an undivided action is meant to change, by the rating that changes.
fn undivided<'t>(f: &Fmea<'t>, record: &'t Record, later: &Later) -> ActionKind {
    let before = |field| f.lines.decided(record, field).and_then(|said| super::ratings::rating(said.value));
    let [_, occurrence, detection] = &later.ratings;
    let changes = |after: &Option<Rating>, before: Option<Rating>| after.is_some() && *after != before;
    if changes(detection, before(Field::Detection)) && !changes(occurrence, before(Field::Occurrence)) {
        ActionKind::Detection
    } else {
        ActionKind::Prevention
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_at_the_end_is_found() {
        for (text, head, day) in [
            ("J. Novak / 2026-03-01", "J. Novak", "2026-03-01"),
            ("J. Novak 01.03.2026", "J. Novak", "01.03.2026"),
            ("Quality (24 Nov 2026)", "Quality", "24 Nov 2026"),
            ("A. Weber\n12/31/2026", "A. Weber", "12/31/2026"),
            ("2026-03-01", "", "2026-03-01"),
            ("Gauge bought, 31. Dezember 2026", "Gauge bought", "31. Dezember 2026"),
        ] {
            assert_eq!(trailing_date(text), Some((head, day)), "{text}");
        }
        for text in ["J. Novak", "Team 7", "2026-Q3", "", "Line 10/20/30 checked"] {
            assert_eq!(trailing_date(text), None, "{text}");
        }
    }
}
