//! Lines of the risk analysis, controls and actions that an FMEA of the project has already.

use std::collections::{HashMap, HashSet};

use crate::base::{Id, OrderKey, Text};
use crate::exchange::import::build::{Builder, key};
use crate::exchange::import::table::Field as Column;
use crate::model::applicability::Applicability;
use crate::model::field::Field;
use crate::model::fmea::{Control, ControlKind, ElementKind, Failure};
use crate::model::item::{AnyId, Entity, Item, Kind};
use crate::model::reference::Ref;
use crate::model::relation::Relation;
use crate::model::risk::{Action, ActionStatus, Assessment, AssessmentState, Risk};

use super::Meeting;
use super::failures::element_of;
use super::otherwise::Otherwise;
use super::structure::orders;

/// What a line says of itself.
const OF_RISK: [Field; 8] = [
    Field::Occurrence,
    Field::Detection,
    Field::Remarks,
    Field::IssueNumber,
    Field::History,
    Field::FilterCode,
    Field::Justification,
    Field::ManagementReview,
];

/// What an action says of itself, but for its status and its owner.
const OF_ACTION: [Field; 4] = [Field::TargetDate, Field::ActionTaken, Field::CompletionDate, Field::Remarks];

impl Builder<'_> {
    pub(super) fn meet_controls(&mut self, meeting: &mut Meeting<'_>) {
        let mut known: HashMap<(ControlKind, String), Id<Control>> = HashMap::new();
        for control in self.project.children::<Control>(meeting.known, Relation::ControlInFmea) {
            known.entry((control.kind, key(&control.text))).or_insert(control.id);
        }
        for control in self.controls.iter().filter(|control| control.fmea == meeting.new) {
            if let Some(same) = known.get(&(control.kind, key(&control.text))) {
                meeting.same.controls.insert(control.id, *same);
            }
        }
    }

    pub(super) fn meet_risks(&mut self, meeting: &mut Meeting<'_>) {
        let project = self.project;
        let mut by_mode: HashMap<Id<Failure>, Vec<Risk>> = HashMap::new();
        let mut modes: Vec<Id<Failure>> = Vec::new();
        for risk in self.risks.iter().filter(|risk| risk.fmea == meeting.new) {
            let of_mode = by_mode.entry(risk.mode).or_default();
            if of_mode.is_empty() {
                modes.push(risk.mode);
            }
            of_mode.push(risk.clone());
        }
        for mode in modes {
            let Some(place) = meeting.same.failures.get(&mode).copied() else { continue };
            let new = by_mode.remove(&mode).unwrap_or_default();
            let known: Vec<&Risk> = project.children(place, Relation::RiskOfMode).collect();
            let same = self.same_risks(meeting, &new, &known);
            let siblings = || orders::<Risk>(project, place.into(), Relation::RiskOfMode);
            for (risk, same) in new.iter().zip(same) {
                match same {
                    Some(same) => {
                        meeting.places.met(place.into(), Kind::Risk, &same.order, siblings);
                        meeting.same.risks.insert(risk.id, same.id);
                        meeting.same.failures.entry(risk.cause).or_insert(same.cause);
                    }
                    None => {
                        let order: OrderKey = meeting.places.next(place.into(), Kind::Risk, siblings);
                        if let Some(risk) = self.risks.get_mut(risk.id) {
                            risk.order = order;
                        }
                    }
                }
            }
            for risk in &new {
                if let Some(same) = meeting.same.risks.get(&risk.id).and_then(|known| project.get(*known)) {
                    let said = self.as_promoted(risk, same);
                    self.meet_risk(meeting, &said, same);
                }
            }
        }
    }

    /// For each new line of a failure mode the one of the project with the same cause; among several, the one with the same
    /// ratings first.
    fn same_risks<'p>(&self, meeting: &Meeting<'_>, new: &[Risk], known: &[&'p Risk]) -> Vec<Option<&'p Risk>> {
        let mut same: Vec<Option<&'p Risk>> = vec![None; new.len()];
        let mut taken: HashSet<Id<Risk>> = HashSet::new();
        let ratings = |risk: &Risk| {
            let current = risk.current();
            (current.and_then(|now| now.occurrence.clone()), current.and_then(|now| now.detection.clone()))
        };
        for (by_ratings, is_renamed) in [(true, false), (false, false), (false, true)] {
            for (risk, slot) in new.iter().zip(&mut same).filter(|(_, slot)| slot.is_none()) {
                let fits = |known: &&&Risk| {
                    !taken.contains(&known.id)
                        && (!by_ratings || ratings(known) == ratings(risk))
                        && self.is_same_cause(meeting, risk.cause, known.cause, is_renamed)
                };
                *slot = known.iter().find(fits).copied();
                taken.extend(slot.iter().map(|known| known.id));
            }
        }
        same
    }

    /// Whether two causes have the same words and stand at the same element; a file without work elements does not say where. Or
    /// whether the project may call the element otherwise, which the file does not name then.
    fn is_same_cause(&self, meeting: &Meeting<'_>, new: Id<Failure>, known: Id<Failure>, is_renamed: bool) -> bool {
        let (Some(new), Some(known)) = (self.failures.get(new), self.project.get(known)) else { return false };
        if key(&new.text) != key(&known.text) {
            return false;
        }
        let Some(element) = self.element_of(new.anchor).and_then(|element| self.elements.get(element)) else {
            return false;
        };
        let place = element_of(self.project, known.anchor);
        match meeting.same.elements.get(&element.id) {
            _ if element.kind == ElementKind::Focus => true,
            Some(met) => Some(*met) == place,
            None => {
                let known = place.and_then(|place| self.project.get(place)).filter(|known| known.kind.is_lower());
                let above = element.parent.and_then(|parent| meeting.same.elements.get(&parent));
                is_renamed
                    && known.is_some_and(|known| {
                        known.parent == above.copied() && !meeting.same.elements_met.contains(&known.id)
                    })
            }
        }
    }

    /// A line as the project has it where the ratings after its actions were promoted since: these are the ones in force, and the
    /// actions belong to them.
    fn as_promoted(&self, said: &Risk, same: &Risk) -> Risk {
        let in_force = same.assessments.iter().filter(|assessment| !assessment.state.is_later());
        let actions = in_force.flat_map(|assessment| &assessment.actions);
        let actions: HashSet<String> =
            actions.filter_map(|action| self.project.get(action.present()?)).map(|action| key(&action.text)).collect();
        let is_done = |action: &Ref<Action>| {
            self.actions.get(action.id()).is_some_and(|action| actions.contains(&key(&action.text)))
        };
        let mut said = said.clone();
        let promoted = said.assessments.iter().position(|assessment| {
            assessment.state.is_later() && !assessment.actions.is_empty() && assessment.actions.iter().all(is_done)
        });
        let Some(promoted) = promoted else { return said };
        let mut later = said.assessments.remove(promoted);
        said.controls.append(&mut later.controls);
        match said.assessments.iter_mut().find(|assessment| assessment.state == AssessmentState::Current) {
            Some(current) => {
                current.occurrence = later.occurrence.or(current.occurrence.take());
                current.detection = later.detection.or(current.detection.take());
                current.actions.append(&mut later.actions);
            }
            None => said.assessments.push(Assessment { state: AssessmentState::Current, ..later }),
        }
        said
    }

    /// What a line says of one that the project has already.
    fn meet_risk(&mut self, meeting: &mut Meeting<'_>, said: &Risk, same: &Risk) {
        if let (Some(cause), Some(known)) = (self.failures.get(said.cause).cloned(), self.project.get(same.cause)) {
            self.meet_renamed(meeting, cause.anchor, known.anchor);
            self.add_characteristic(known, &cause);
            self.otherwise(meeting, known.id.into(), &cause.item(), &[Field::SpecialClass]);
        }
        self.otherwise(meeting, same.id.into(), &said.clone().item(), &OF_RISK);
        if key(&self.class_there(same)) != key(&said.class) {
            self.otherwise(meeting, same.id.into(), &said.clone().item(), &[Field::SpecialClass]);
        }
        if said.applicability != same.applicability && said.applicability != Applicability::AllParts {
            self.leave_otherwise(meeting, &said.clone().item(), Column::AppliesTo);
        }
        let mut after = same.clone();
        for control in said.controls.iter().filter(|control| !self.lists_known(control.id(), same)) {
            let control = self.met_control(meeting, same, control.id());
            if after.controls.iter().all(|known| known.id() != control) {
                after.controls.push(Ref::Item(control));
            }
        }
        if let Some(current) = said.current() {
            self.meet_actions(meeting, same, current);
        }
        let later: Vec<(usize, Assessment)> = same.later().map(|(at, later)| (at, later.clone())).collect();
        for (nth, (_, assessment)) in said.later().enumerate() {
            let Some((at, known)) = later.get(nth) else {
                after.assessments.push(assessment.clone());
                self.meet_actions(meeting, same, assessment);
                continue;
            };
            self.meet_actions(meeting, same, assessment);
            self.rated_otherwise(meeting, said, (same, *at, known), assessment);
            let Some(entry) = after.assessments.get_mut(*at) else { continue };
            for action in &assessment.actions {
                let action = meeting.same.actions.get(&action.id()).copied().unwrap_or(action.id());
                // An action may have gone to another assessment since.
                let has = |known: &Assessment| known.actions.iter().any(|known| known.id() == action);
                if !same.assessments.iter().any(has) {
                    entry.actions.push(Ref::Item(action));
                    entry.state = AssessmentState::Planned;
                }
            }
            for control in &assessment.controls {
                let control = self.met_control(meeting, same, control.id());
                if entry.controls.iter().all(|known| known.id() != control) {
                    entry.controls.push(Ref::Item(control));
                }
            }
        }
        if after != *same {
            self.risks.put(after);
        }
    }

    /// The class of a line of the project: that of the characteristic of its cause or mode, else its own.
    fn class_there(&self, risk: &Risk) -> Text {
        let of_failure = |id| {
            let link = self.project.get::<Failure>(id)?.characteristic.as_ref()?;
            self.project.get(link.to.present()?).map(|characteristic| characteristic.class.clone())
        };
        let classes = [risk.cause, risk.mode].into_iter().filter_map(of_failure);
        classes.into_iter().find(|class| !class.is_blank()).unwrap_or_else(|| risk.class.clone())
    }

    /// Whether a cell lists, line by line, what the line of the project has as controls of their own.
    fn lists_known(&self, control: Id<Control>, same: &Risk) -> bool {
        let Some(said) = self.controls.get(control).filter(|said| said.text.contains('\n')) else { return false };
        let there = same.controls.iter().filter_map(|known| self.project.get(known.present()?));
        let there: HashSet<String> =
            there.filter(|known| known.kind == said.kind).map(|known| key(&known.text)).collect();
        said.text.lines().all(|line| there.contains(&key(line)))
    }

    /// The control of a line, or the one that the project has instead. A column that does not tell the kinds apart means the
    /// control of the other kind, too.
    fn met_control(&self, meeting: &Meeting<'_>, same: &Risk, control: Id<Control>) -> Id<Control> {
        let undivided = meeting.has(Column::Control);
        let Some(said) = self.controls.get(control) else { return control };
        // The line may have a control of its own with words that others have, too.
        let mut of_line = same.controls.iter().filter_map(|known| self.project.get(known.present()?));
        let is_same = |known: &&Control| key(&known.text) == key(&said.text) && (known.kind == said.kind || undivided);
        let of_line = of_line.find(is_same).map(|known| known.id);
        of_line.or_else(|| meeting.same.controls.get(&control).copied()).unwrap_or(control)
    }

    /// Ratings after actions that the file says otherwise.
    fn rated_otherwise(
        &mut self,
        meeting: &Meeting<'_>,
        said: &Risk,
        (same, at, known): (&Risk, usize, &Assessment),
        assessment: &Assessment,
    ) {
        let Ok(at) = u8::try_from(at) else { return };
        for (field, here, there) in [
            (Field::SeverityAfter(at), &known.severity_override, &assessment.severity_override),
            (Field::OccurrenceAfter(at), &known.occurrence, &assessment.occurrence),
            (Field::DetectionAfter(at), &known.detection, &assessment.detection),
        ] {
            if let Some(there) = there.as_ref().filter(|there| here.as_ref() != Some(there)) {
                let (item, field, text) = (AnyId::from(same.id), field, there.to_string());
                self.note_otherwise(meeting, &said.clone().item(), Otherwise { item, field, text, with: None });
            }
        }
    }

    /// Finds the actions of a line among those of the project.
    fn meet_actions(&mut self, meeting: &mut Meeting<'_>, same: &Risk, assessment: &Assessment) {
        let project = self.project;
        let known: Vec<&Action> = same
            .assessments
            .iter()
            .flat_map(|assessment| &assessment.actions)
            .filter_map(|action| project.get(action.present()?))
            .collect();
        let mut taken: HashSet<Id<Action>> = meeting.same.actions.values().copied().collect();
        for action in &assessment.actions {
            let Some(said) = self.actions.get(action.id()).cloned() else { continue };
            if meeting.same.actions.contains_key(&said.id) {
                continue;
            }
            let same = known.iter().find(|known| !taken.contains(&known.id) && key(&known.text) == key(&said.text));
            let Some(same) = same else { continue };
            taken.insert(same.id);
            meeting.same.actions.insert(said.id, same.id);
            let item = said.clone().item();
            self.otherwise(meeting, same.id.into(), &item, &OF_ACTION);
            // A form without a status says of an action only that it is done.
            if meeting.has(Column::Status) || said.status == ActionStatus::Completed {
                self.otherwise(meeting, same.id.into(), &item, &[Field::Status]);
            }
            let Some(owner) = said.owner.as_ref().and_then(Ref::present) else { continue };
            let Some(person) = self.people.look(project, owner) else { continue };
            let (name, is_new) = (person.name.to_string(), project.get(owner).is_none());
            let with: Option<Item> = is_new.then(|| person.clone().item());
            let here = project.field_text(same.id.into(), Field::Owner).unwrap_or_default();
            if key(&here) != key(&name) {
                let (item_id, field) = (AnyId::from(same.id), Field::Owner);
                self.note_otherwise(meeting, &item, Otherwise { item: item_id, field, text: name, with });
            }
        }
    }
}
