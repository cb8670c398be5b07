//! The PFMEA of a generated project: structure, functions, failure net, controls and ratings.

mod controls;

use std::collections::BTreeMap;

use crate::base::{Id, OrderKey, Text};
use crate::model::characteristic::Characteristic;
use crate::model::fmea::{
    Anchor, ControlKind, EffectLevel, Element, ElementKind, Failure, FailureRole, Function, LevelEffects, ModeEffects,
    WorkCategory,
};
use crate::model::rating::{Priority, Rating};
use crate::model::reference::{Link, Ref};
use crate::model::risk::{Action, ActionKind, ActionStatus, Assessment, AssessmentState, Risk, Statement};

use super::flow::{Gravity, Station};
use super::words::{DEVIATIONS, EFFECTS, LOAD_MODES, causes};
use super::{Maker, PROFILE};
pub(super) use controls::{Carrier, KnownControl};

/// The process item of a line with the effects that its stations share.
pub(super) struct ProcessItem {
    element: Id<Element>,
    function: Id<Function>,
    /// Made when the first mode needs them, by level and place in the list.
    effects: BTreeMap<(EffectLevel, usize), Failure>,
    last_focus: Option<OrderKey>,
}

/// What the control plan needs to know of the analysis of a station.
pub(super) struct Analysed {
    /// The controls that risks rely on.
    pub controls: Vec<KnownControl>,
}

/// A work element with its function and the causes it got so far.
struct Work {
    category: WorkCategory,
    function: Id<Function>,
    used: usize,
    last: Option<OrderKey>,
}

const CATEGORIES: [WorkCategory; 4] =
    [WorkCategory::Man, WorkCategory::Machine, WorkCategory::Material, WorkCategory::Environment];

impl Maker {
    /// Makes the process item of a line.
    pub(super) fn process_item(&mut self, line: &[Station]) -> ProcessItem {
        let number = line.first().map_or(0, |station| station.line) + 1;
        let order = OrderKey::after(self.last_element.as_ref());
        self.last_element = Some(order.clone());
        let element = Element {
            id: self.ids.next_id(),
            fmea: self.fmea,
            parent: None,
            order,
            kind: ElementKind::Higher,
            name: Text::from(format!("Actuator, line {number}")),
            steps: Vec::new(),
            meta: None,
        };
        let id = element.id;
        self.put(element);
        let function = self.function(id, OrderKey::first(), "Deliver actuators that fulfil the drawing", None);
        ProcessItem { element: id, function, effects: BTreeMap::new(), last_focus: None }
    }

    /// Makes the analysis of a station.
    pub(super) fn analysis(&mut self, station: &Station, item: &mut ProcessItem) -> Analysed {
        if station.causes == 0 {
            return Analysed { controls: Vec::new() };
        }
        let order = OrderKey::after(item.last_focus.as_ref());
        item.last_focus = Some(order.clone());
        let focus = Element {
            id: self.ids.next_id(),
            fmea: self.fmea,
            parent: Some(item.element),
            order,
            kind: ElementKind::Focus,
            name: Text::default(),
            steps: vec![self.link(&station.step)],
            meta: None,
        };
        let focus_id = focus.id;
        self.put(focus);
        let mut works = self.work_elements(station, focus_id);
        let mut controls = controls::of_station(self, station);
        let count = station.features.len();
        let mut order = None;
        for (at, (feature, gravity)) in station.features.iter().enumerate() {
            let key = OrderKey::after(order.as_ref());
            order = Some(key.clone());
            let text = format!("Keep the {}", lower_first(&feature.name));
            let function = self.function(focus_id, key, &text, Some(feature));
            let share = station.causes / count + usize::from(at < station.causes % count);
            self.modes(station, item, function, (feature, *gravity), share, &mut works, &mut controls);
        }
        controls.retain(|control| control.used);
        for control in &controls {
            self.put(control.control.clone());
        }
        Analysed { controls }
    }

    fn function(
        &mut self,
        element: Id<Element>,
        order: OrderKey,
        text: &str,
        characteristic: Option<&Characteristic>,
    ) -> Id<Function> {
        let requirements = characteristic.map(|found| Text::from(found.specification_text()));
        let function = Function {
            id: self.ids.next_id(),
            element,
            order,
            text: Text::from(text),
            requirements: requirements.into_iter().collect(),
            characteristics: characteristic.map(|found| self.link(found)).into_iter().collect(),
            meta: None,
        };
        let id = function.id;
        self.put(function);
        id
    }

    /// People, machine, material and environment of a station; not more than there are causes.
    fn work_elements(&mut self, station: &Station, focus: Id<Element>) -> Vec<Work> {
        let number = &station.step.number;
        let mut order = None;
        let mut works = Vec::new();
        for category in CATEGORIES.into_iter().take(station.causes) {
            let key = OrderKey::after(order.as_ref());
            order = Some(key.clone());
            let (name, text) = match category {
                WorkCategory::Man => {
                    (format!("Operator at {number}"), "Insert, start and remove by the work instruction")
                }
                WorkCategory::Machine => (format!("Station {number}"), "Work within the window of its parameter"),
                WorkCategory::Material => (format!("Process material at {number}"), "Keep tool and part clean"),
                _ => (format!("Surroundings of {number}"), "Leave part and measurement undisturbed"),
            };
            let element = Element {
                id: self.ids.next_id(),
                fmea: self.fmea,
                parent: Some(focus),
                order: key,
                kind: ElementKind::Work(category),
                name: Text::from(name),
                steps: Vec::new(),
                meta: None,
            };
            let id = element.id;
            self.put(element);
            let parameter = station.parameter.as_ref().filter(|_| category == WorkCategory::Machine);
            let function = self.function(id, OrderKey::first(), text, parameter);
            works.push(Work { category, function, used: self.below(100), last: None });
        }
        works
    }

    /// The modes of a function, with two to five causes each.
    fn modes(
        &mut self,
        station: &Station,
        item: &mut ProcessItem,
        function: Id<Function>,
        (feature, gravity): (&Characteristic, Gravity),
        causes: usize,
        works: &mut [Work],
        controls: &mut [KnownControl],
    ) {
        let (mut rest, mut at, mut order) = (causes, 0, None);
        while rest > 0 {
            let key = OrderKey::after(order.as_ref());
            order = Some(key.clone());
            let mut here = (2 + self.below(4)).min(rest);
            if rest - here == 1 {
                here = if here < 5 { here + 1 } else { here - 1 };
            }
            rest -= here;
            let (effects, severity) = self.effects(station, item, gravity);
            let mode = Failure {
                id: self.ids.next_id(),
                anchor: Anchor::Function(function),
                order: key,
                role: FailureRole::Mode,
                text: Text::from(mode_text(station, feature, at)),
                severity: None,
                class: Text::default(),
                characteristic: Some(self.link(feature)),
                effects,
                meta: None,
            };
            let mode_id = mode.id;
            self.put(mode);
            let mut last = None;
            for _ in 0..here {
                let key = OrderKey::after(last.as_ref());
                last = Some(key.clone());
                let work = self.next_work(works);
                let cause = self.cause(station, &mut works[work]);
                self.risk(mode_id, cause, key, works[work].category, severity, controls);
            }
            at += 1;
        }
    }

    /// The work element that the next cause stands at: one without a cause first, then any.
    fn next_work(&mut self, works: &[Work]) -> usize {
        let bare = works.iter().position(|work| work.last.is_none());
        bare.unwrap_or_else(|| self.below(works.len()))
    }

    /// The effects of a mode at the three levels, and the severity that follows.
    fn effects(&mut self, station: &Station, item: &mut ProcessItem, gravity: Gravity) -> (ModeEffects, i64) {
        let (plant, ship_to) = match gravity {
            Gravity::Critical => (self.below(2), Some(self.below(2))),
            Gravity::Significant => (1, Some(1 + self.below(2))),
            Gravity::Plain => (2 + self.below(2), Some(2 + self.below(2))),
        };
        let user = match gravity {
            Gravity::Critical => Some(0),
            Gravity::Significant => Some(1 + self.below(2)),
            Gravity::Plain => Some(3).filter(|_| !station.handles_loads()),
        };
        let mut severity = 0;
        let mut at = |maker: &mut Self, level: EffectLevel, place: Option<usize>| match place {
            Some(place) => {
                severity = severity.max(EFFECTS[level as usize][place].severity);
                LevelEffects::Effects(vec![maker.effect(item, level, place)])
            }
            None if level == EffectLevel::EndUser => {
                LevelEffects::NotApplicable { because: Text::from("A wrong load is found before it is built in") }
            }
            None => LevelEffects::NotKnown,
        };
        let effects = ModeEffects {
            your_plant: at(self, EffectLevel::YourPlant, Some(plant)),
            ship_to_plant: at(self, EffectLevel::ShipToPlant, ship_to),
            end_user: at(self, EffectLevel::EndUser, user),
        };
        (effects, severity)
    }

    fn effect(&mut self, item: &mut ProcessItem, level: EffectLevel, place: usize) -> Link<Failure> {
        if let Some(known) = item.effects.get(&(level, place)) {
            return self.link(known);
        }
        let known = &EFFECTS[level as usize][place];
        let count = item.effects.len() + 1;
        let effect = Failure {
            id: self.ids.next_id(),
            anchor: Anchor::Function(item.function),
            order: OrderKey::run(None, count).pop().unwrap_or_else(OrderKey::first),
            role: FailureRole::Effect,
            text: Text::from(known.text),
            severity: Some(Rating::Number(known.severity)),
            class: Text::from(known.class),
            characteristic: None,
            effects: ModeEffects::default(),
            meta: None,
        };
        self.put(effect.clone());
        let link = self.link(&effect);
        item.effects.insert((level, place), effect);
        link
    }

    fn cause(&mut self, station: &Station, work: &mut Work) -> Id<Failure> {
        let (subjects, predicates) = causes(work.category);
        // Every pair once before any comes again.
        let (subject, round) = (work.used % subjects.len(), work.used / subjects.len());
        let text = format!("{} {}", subjects[subject], predicates[(subject + round) % predicates.len()]);
        let order = OrderKey::after(work.last.as_ref());
        work.last = Some(order.clone());
        work.used += 1;
        let deviates = work.category == WorkCategory::Machine && work.used.is_multiple_of(3);
        let parameter = station.parameter.as_ref().filter(|_| deviates);
        let cause = Failure {
            id: self.ids.next_id(),
            anchor: Anchor::Function(work.function),
            order,
            role: FailureRole::Cause,
            text: Text::from(text),
            severity: None,
            class: Text::default(),
            characteristic: parameter.map(|found| self.link(found)),
            effects: ModeEffects::default(),
            meta: None,
        };
        let id = cause.id;
        self.put(cause);
        id
    }

    /// The line of a cause: controls, ratings, and what the priority asks for.
    fn risk(
        &mut self,
        mode: Id<Failure>,
        cause: Id<Failure>,
        order: OrderKey,
        category: WorkCategory,
        severity: i64,
        controls: &mut [KnownControl],
    ) {
        let mut risk = Risk::unrated(self.ids.next_id(), self.fmea, mode, cause, order);
        let (mut occurrence, mut detection) = (10, 10);
        for at in controls::chosen(self, controls, category) {
            let chosen = &mut controls[at];
            chosen.used = true;
            risk.controls.push(Ref::Item(chosen.control.id));
            let rating = if chosen.control.kind == ControlKind::Prevention { &mut occurrence } else { &mut detection };
            *rating = chosen.rating.min(*rating);
        }
        let rated = self.assessment(AssessmentState::Current, occurrence, detection, -90);
        risk.assessments.push(rated);
        let priority = self.priority(severity, occurrence, detection);
        if priority > Priority::Low {
            let justified = match self.below(3) {
                0 => self.action(&mut risk, severity, (occurrence, detection)),
                _ => true,
            };
            if justified {
                risk.justification =
                    Some(self.statement("Controls proved themselves on the line before; reviewed with the next audit"));
            }
            if severity >= 9 {
                risk.management_review = Some(self.statement("Reviewed in the steering meeting of the programme"));
            }
        }
        self.put(risk);
    }

    fn statement(&self, text: &str) -> Statement {
        Statement { text: Text::from(text), by: self.reviewer(), on: Some(self.day(-30)) }
    }

    fn assessment(&self, state: AssessmentState, occurrence: i64, detection: i64, day: i64) -> Assessment {
        Assessment {
            date: Some(self.day(day)),
            occurrence: Some(Rating::Number(occurrence)),
            occurrence_rationale: Text::from("Rate of the line before"),
            detection: Some(Rating::Number(detection)),
            detection_rationale: Text::from("Gauge study of the line before"),
            ..Assessment::blank(state)
        }
    }

    fn priority(&self, severity: i64, occurrence: i64, detection: i64) -> Priority {
        let [severity, occurrence, detection] = [severity, occurrence, detection].map(Rating::Number);
        let profile = self.library.profiles.get(PROFILE);
        profile.and_then(|profile| profile.action_priority(&severity, &occurrence, &detection)).unwrap_or(Priority::Low)
    }

    /// An action in some state, with the ratings it is to reach or has reached; whether the line needs a justification besides.
    fn action(&mut self, risk: &mut Risk, severity: i64, (occurrence, detection): (i64, i64)) -> bool {
        let prevents = self.below(2) == 0;
        let kind = if prevents { ActionKind::Prevention } else { ActionKind::Detection };
        let mut action = Action::open(self.ids.next_id(), self.fmea, kind);
        action.text = Text::from(if prevents {
            "Fit a positive stop to the fixture and release it with a capability study"
        } else {
            "Add an automatic check in the station that stops the part"
        });
        let owner = self.below(self.people.len());
        action.owner = self.people.get(owner).map(|person| Ref::Item(person.id));
        let due = 20 + self.below(160) as i64;
        action.target_date = Some(self.day(due));
        let better = if prevents { (occurrence - 2).max(2) } else { (detection - 2).max(3) };
        let (after_o, after_d) =
            if prevents { (better.min(occurrence), detection) } else { (occurrence, better.min(detection)) };
        let mut later = self.assessment(AssessmentState::Planned, after_o, after_d, -15);
        let mut justified = false;
        match self.below(5) {
            0 => action.status = ActionStatus::Open,
            1 => action.status = ActionStatus::DecisionPending,
            2 => action.status = ActionStatus::ImplementationPending,
            3 => {
                action.status = ActionStatus::NotImplemented;
                action.remarks = Text::from("Space in the station does not allow it; accepted by the plant manager");
                later = Assessment::blank(AssessmentState::Planned);
                justified = true;
            }
            _ => {
                action.status = ActionStatus::Completed;
                action.target_date = Some(self.day(-25));
                action.completion_date = Some(self.day(-28));
                action.action_taken = Text::from("Done and released with the report of the trial run");
                later.state = AssessmentState::Reached;
                justified = self.priority(severity, after_o, after_d) > Priority::Low;
            }
        }
        later.actions.push(Ref::Item(action.id));
        risk.assessments.push(later);
        self.put(action);
        justified
    }
}

fn mode_text(station: &Station, feature: &Characteristic, at: usize) -> String {
    let (text, list) = if station.handles_loads() {
        (LOAD_MODES[at % LOAD_MODES.len()].to_owned(), LOAD_MODES.len())
    } else {
        (format!("{} {}", feature.name, DEVIATIONS[at % DEVIATIONS.len()]), DEVIATIONS.len())
    };
    match at / list {
        0 => text,
        again => format!("{text}, nest {}", again + 1),
    }
}

fn lower_first(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}
