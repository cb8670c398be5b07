//! Optimisation: the action of a row, and the ratings after it.

use crate::base::{Id, Text};
use crate::exchange::import::build::Builder;
use crate::exchange::import::table::{Field, Record};
use crate::model::item::{AnyId, Kind};
use crate::model::project_data::Person;
use crate::model::reference::Ref;
use crate::model::risk::{Action, ActionKind, ActionStatus, Assessment, AssessmentState};

use super::effects::rating;
use super::fmea::OwnFmea;
use super::risk::computed;

const ACTIONS: [(Field, ActionKind); 3] = [
    (Field::PreventionAction, ActionKind::Prevention),
    (Field::DetectionAction, ActionKind::Detection),
    (Field::Action, ActionKind::Prevention),
];
const OF_ACTION: [Field; 5] =
    [Field::Responsible, Field::TargetDate, Field::Status, Field::ActionTaken, Field::CompletionDate];
const RATINGS: [Field; 3] = [Field::LaterSeverity, Field::LaterOccurrence, Field::LaterDetection];

impl<'t> Builder<'t> {
    /// Action and later ratings of a row of the line in hand.
    pub(super) fn own_optimisation(&mut self, f: &mut OwnFmea<'t>, record: &'t Record) {
        self.told(&f.cells, record, &RATINGS, Kind::Risk);
        self.told(&f.cells, record, &[Field::LaterClass], Kind::Risk);
        self.told(&f.cells, record, &OF_ACTION, Kind::Action);
        self.told(&f.cells, record, &ACTIONS.map(|(field, _)| field), Kind::Action);
        let action = self.own_action(f, record);
        let begins = f.cells.begins(record, Field::LaterSeverity);
        let rated = RATINGS.map(|field| rating(&f.cells.text(record, field)).filter(|_| begins));
        let is_rated = rated.iter().any(Option::is_some);
        let results =
            if begins { computed(f, record, [Field::LaterRpn, Field::LaterActionPriority]) } else { Vec::new() };
        let Some(line) = f.lines.last_mut() else { return };
        let Some(risk) = self.risks.get_mut(line.id) else { return };
        let has_later = risk.later().next().is_some();
        if is_rated || (action.is_some() && !has_later) {
            let [severity, occurrence, detection] = rated;
            // The severity is shown as soon as anything is rated; another one than that of the mode is an override.
            let says_more = occurrence.is_some() || detection.is_some();
            let severity_override = severity.filter(|said| !says_more || Some(said) != line.severity.as_ref());
            let planned = Assessment::blank(AssessmentState::Planned);
            risk.assessments.push(Assessment { occurrence, detection, severity_override, ..planned });
            line.computed_later.push(results);
        }
        let Some(action) = action else { return };
        line.actions.push(action);
        let is_done =
            |id: &Id<Action>| self.actions.get(*id).is_some_and(|action| action.status == ActionStatus::Completed);
        if let Some(last) = risk.assessments.iter_mut().rev().find(|assessment| assessment.state.is_later()) {
            last.actions.push(Ref::Item(action));
            let ratings = last.occurrence.is_some() || last.detection.is_some() || last.severity_override.is_some();
            let is_reached = ratings && last.actions.iter().all(|action| is_done(&action.id()));
            last.state = if is_reached { AssessmentState::Reached } else { AssessmentState::Planned };
        }
    }

    /// The action of a row, if it has one.
    fn own_action(&mut self, f: &OwnFmea<'t>, record: &'t Record) -> Option<Id<Action>> {
        let text = |field| f.cells.text(record, field);
        let said = ACTIONS.into_iter().find(|(field, _)| !text(*field).is_empty());
        if said.is_none() && !f.cells.says(record, &OF_ACTION) {
            return None;
        }
        let (field, kind) = said.unwrap_or((Field::Responsible, ActionKind::Prevention));
        let mut action = Action::open(self.ids.next_id(), f.document, kind);
        action.text = said.map(|(field, _)| Text::from(text(field))).unwrap_or_default();
        let owner = text(Field::Responsible);
        if !owner.is_empty() {
            action.owner = Some(Ref::Item(self.own_person(f, record, &owner)));
        }
        action.target_date = f.cells.day(record, Field::TargetDate);
        action.completion_date = f.cells.day(record, Field::CompletionDate);
        action.action_taken = Text::from(text(Field::ActionTaken));
        let status = text(Field::Status);
        action.status =
            ActionStatus::ALL.into_iter().find(|known| known.name() == status).unwrap_or(ActionStatus::Open);
        action.meta = self.begun(&f.cells, record, field);
        Some(self.actions.put(action))
    }

    /// The person who is called exactly so.
    fn own_person(&mut self, f: &OwnFmea<'t>, record: &'t Record, name: &str) -> Id<Person> {
        if let Some(AnyId::Person(known)) = self.labelled(name, |person: &Person| person.name.to_string()) {
            return known;
        }
        let meta = self.begun(&f.cells, record, Field::Responsible);
        let person = self.new_person(name, meta);
        self.known.labels.insert((Kind::Person, name.to_owned()), person.into());
        person
    }
}
