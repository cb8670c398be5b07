//! A small project that every rule is content with, and the means to spoil it.

use goldthread::base::clock::Date;
use goldthread::base::{Decimal, Id, OrderKey, Text};
use goldthread::model::applicability::Applicability;
use goldthread::model::characteristic::{
    Characteristic, CharacteristicKind, CharacteristicRole, PartSpecification, StepCharacteristic,
};
use goldthread::model::control_plan::{PlanRow, Subject};
use goldthread::model::document::{Document, DocumentKind};
use goldthread::model::equipment::{Equipment, EquipmentKind};
use goldthread::model::flow::{FlowEdge, Route, Step, StepKind};
use goldthread::model::fmea::{
    Anchor, Control, ControlKind, ControlMeans, Detects, Element, ElementKind, Failure, FailureRole, Function,
    LevelEffects, ModeEffects, WorkCategory,
};
use goldthread::model::item::Entity;
use goldthread::model::op::Changes;
use goldthread::model::ppap::{
    Answer, ElementStatus, PpapElement, Reason, ResultKind, ResultSet, STANDARD_ELEMENTS, Submission, TestResult,
    Warrant,
};
use goldthread::model::project_data::{Part, Person, ProjectData};
use goldthread::model::rating::Rating;
use goldthread::model::reference::Link;
use goldthread::model::review::reviewed_link;
use goldthread::model::risk::{Action, ActionKind, ActionStatus, Assessment, AssessmentState, Risk, Statement};
use goldthread::model::specification::Specification;
use goldthread::model::{Item, Library, Op, Project};
use goldthread::store::assets;

/// The day of all rule tests.
pub fn today() -> Date {
    day(2026, 6, 15)
}

pub fn day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap()
}

pub const FLOW: Id<Document> = Id::from_raw(1);
pub const FMEA: Id<Document> = Id::from_raw(2);
pub const PLAN: Id<Document> = Id::from_raw(3);
pub const PART: Id<Part> = Id::from_raw(1);
pub const QUALITY: Id<Person> = Id::from_raw(1);
pub const PROCESS: Id<Person> = Id::from_raw(2);
pub const RECEIVE: Id<Step> = Id::from_raw(10);
pub const TIGHTEN: Id<Step> = Id::from_raw(20);
pub const INSPECT: Id<Step> = Id::from_raw(30);
pub const DECIDE: Id<Step> = Id::from_raw(35);
pub const REWORK: Id<Step> = Id::from_raw(40);
pub const SCRAP: Id<Step> = Id::from_raw(45);
pub const SHIP: Id<Step> = Id::from_raw(50);
pub const TORQUE: Id<Characteristic> = Id::from_raw(1);
pub const SPEED: Id<Characteristic> = Id::from_raw(2);
pub const SPINDLE: Id<Equipment> = Id::from_raw(1);
pub const SENSOR: Id<Equipment> = Id::from_raw(2);
pub const ROOT: Id<Element> = Id::from_raw(1);
pub const TIGHTENING: Id<Element> = Id::from_raw(2);
pub const CHECKING: Id<Element> = Id::from_raw(3);
pub const MACHINE: Id<Element> = Id::from_raw(4);
pub const ITEM_FUNCTION: Id<Function> = Id::from_raw(1);
pub const TIGHTEN_FUNCTION: Id<Function> = Id::from_raw(2);
pub const CHECK_FUNCTION: Id<Function> = Id::from_raw(3);
pub const MACHINE_FUNCTION: Id<Function> = Id::from_raw(4);
pub const IN_PLANT: Id<Failure> = Id::from_raw(1);
pub const AT_CUSTOMER: Id<Failure> = Id::from_raw(2);
pub const FOR_DRIVER: Id<Failure> = Id::from_raw(3);
pub const TOO_LOW: Id<Failure> = Id::from_raw(4);
pub const NOT_FOUND: Id<Failure> = Id::from_raw(5);
pub const WRONG_PROGRAM: Id<Failure> = Id::from_raw(6);
pub const POOR_LIGHT: Id<Failure> = Id::from_raw(7);
pub const WORN_SPINDLE: Id<Failure> = Id::from_raw(8);
/// Action priority H, with actions.
pub const HIGH: Id<Risk> = Id::from_raw(1);
/// Action priority M, justified.
pub const MEDIUM: Id<Risk> = Id::from_raw(2);
/// Action priority L.
pub const LOW: Id<Risk> = Id::from_raw(3);
pub const BARCODE: Id<Control> = Id::from_raw(1);
pub const MONITORING: Id<Control> = Id::from_raw(2);
pub const LIGHT_STANDARD: Id<Control> = Id::from_raw(3);
pub const VISUAL: Id<Control> = Id::from_raw(4);
/// Completed.
pub const INTERLOCK: Id<Action> = Id::from_raw(1);
/// Open.
pub const CAMERA: Id<Action> = Id::from_raw(2);
pub const TORQUE_ROW: Id<PlanRow> = Id::from_raw(1);
pub const AUDIT_ROW: Id<PlanRow> = Id::from_raw(2);
pub const SENSOR_ROW: Id<PlanRow> = Id::from_raw(3);
pub const SET_UP_ROW: Id<PlanRow> = Id::from_raw(4);
pub const SPEED_ROW: Id<PlanRow> = Id::from_raw(5);
pub const SUBMISSION: Id<Submission> = Id::from_raw(1);
pub const WARRANT: Id<Warrant> = Id::from_raw(1);
pub const TORQUE_RESULT: Id<TestResult> = Id::from_raw(1);

/// A project that is being spoilt.
#[derive(Clone)]
pub struct Bench {
    pub project: Project,
    /// Everything that was touched so far.
    pub changes: Changes,
}

impl Bench {
    /// Puts and removes items.
    #[track_caller]
    pub fn apply(&mut self, ops: &[Op]) {
        self.changes.merge(self.project.apply(ops).unwrap().changes);
    }

    #[track_caller]
    pub fn put(&mut self, item: impl Into<Item>) {
        self.apply(&[Op::Put(item.into())]);
    }

    /// Changes an item.
    #[track_caller]
    pub fn edit<T: Entity>(&mut self, id: Id<T>, change: impl FnOnce(&mut T)) {
        let mut item = self.project.get(id).unwrap().clone();
        change(&mut item);
        self.put(item.item());
    }

    /// Removes an item that nothing is contained in; references to it become missing ones.
    #[track_caller]
    pub fn remove<T: Entity>(&mut self, id: Id<T>) {
        let id = T::any(id);
        let label = Text::from(self.project.label(id));
        let mut ops = Vec::new();
        for (_, holder) in self.project.referrers(id) {
            let mut item = self.project.item(holder).unwrap();
            item.detach(id, &label);
            ops.push(Op::Put(item));
        }
        ops.push(Op::Remove(id));
        self.apply(&ops);
    }

    pub fn link<T: goldthread::model::review::Reviewed>(&self, id: Id<T>) -> Link<T> {
        reviewed_link(self.project.get(id).unwrap(), &Text::from("A. Moser"), Some(day(2026, 5, 1)))
    }

    fn step(&mut self, id: Id<Step>, kind: StepKind, name: &str) {
        let number = id.raw().to_string();
        let mut step = Step::operation(id, FLOW, order(id.raw()), &number, name);
        step.kind = kind;
        self.put(step);
    }

    fn edge(&mut self, id: u64, from: Id<Step>, to: Id<Step>, route: Route) {
        let (id, order) = (Id::from_raw(id), order(id));
        self.put(FlowEdge { id, flow: FLOW, from, to, order, route, label: Text::default(), meta: None });
    }

    fn characteristic(&mut self, id: Id<Characteristic>, kind: CharacteristicKind, name: &str, limits: &str) {
        let specification =
            PartSpecification { applicability: Applicability::AllParts, specification: Specification::parse(limits) };
        self.put(Characteristic {
            id,
            order: order(id.raw()),
            kind,
            number: Text::from(format!("{}", id.raw())),
            name: Text::from(name),
            specifications: vec![specification],
            class: Text::default(),
            pass_through: false,
            source: Text::default(),
            balloon: Text::default(),
            meta: None,
        });
    }

    fn role(&mut self, id: u64, step: Id<Step>, characteristic: Id<Characteristic>, role: CharacteristicRole) {
        self.put(StepCharacteristic {
            id: Id::from_raw(id),
            step,
            characteristic,
            order: order(id),
            role,
            local_specification: None,
            local_reason: Text::default(),
            meta: None,
        });
    }

    fn element(&mut self, id: Id<Element>, parent: Option<Id<Element>>, kind: ElementKind, steps: &[Id<Step>]) {
        let name = if steps.is_empty() { "Element" } else { "" };
        let steps = steps.iter().map(|step| self.link(*step)).collect();
        let order = order(id.raw());
        self.put(Element { id, fmea: FMEA, parent, order, kind, name: Text::from(name), steps, meta: None });
    }

    fn function(&mut self, id: Id<Function>, element: Id<Element>, text: &str) {
        self.put(Function {
            id,
            element,
            order: order(id.raw()),
            text: Text::from(text),
            requirements: Vec::new(),
            characteristics: Vec::new(),
            meta: None,
        });
    }

    fn failure(&mut self, id: Id<Failure>, anchor: Id<Function>, role: FailureRole, text: &str) {
        self.put(Failure {
            id,
            anchor: Anchor::Function(anchor),
            order: order(id.raw()),
            role,
            text: Text::from(text),
            severity: None,
            class: Text::default(),
            characteristic: None,
            effects: ModeEffects::default(),
            meta: None,
        });
    }

    fn control(&mut self, id: Id<Control>, kind: ControlKind, means: ControlMeans, text: &str) {
        self.put(Control {
            id,
            fmea: FMEA,
            kind,
            text: Text::from(text),
            means: Some(means),
            detects: (kind == ControlKind::Detection).then_some(Detects::Mode),
            equipment: None,
            evidence: Text::default(),
            no_plan_row_because: Text::default(),
            applicability: Applicability::AllParts,
            meta: None,
        });
    }

    fn risk(&mut self, id: Id<Risk>, net: (Id<Failure>, Id<Failure>), ratings: (i64, i64), controls: [Id<Control>; 2]) {
        let mut risk = Risk::unrated(id, FMEA, net.0, net.1, order(id.raw()));
        risk.controls = controls.into_iter().map(Into::into).collect();
        risk.assessments = vec![assessment(AssessmentState::Current, ratings.0, ratings.1)];
        self.put(risk);
    }

    fn row(&mut self, id: Id<PlanRow>, step: Id<Step>, subject: Subject) {
        let mut row = PlanRow::empty(id, PLAN, self.link(step), order(id.raw()));
        row.subject = subject;
        row.measurement_technique = Text::from("Torque transducer");
        row.sample_size = Text::from("1");
        row.sample_frequency = Text::from("Once per shift");
        row.control_method = Text::from("Check sheet");
        row.responsible = Text::from("Operator");
        row.reaction_plan = Text::from("Stop the line, segregate back to the last good check");
        row.reaction_plan_owner = Text::from("Shift lead");
        self.put(row);
    }
}

fn order(place: u64) -> OrderKey {
    OrderKey::run(None, place as usize + 1).pop().unwrap()
}

pub fn assessment(state: AssessmentState, occurrence: i64, detection: i64) -> Assessment {
    Assessment {
        date: Some(day(2026, 5, 1)),
        occurrence: Some(Rating::Number(occurrence)),
        detection: Some(Rating::Number(detection)),
        ..Assessment::blank(state)
    }
}

/// Tightening and inspection of a cover with a rework loop, analysed and controlled. No rule finds anything in it.
pub fn good() -> Bench {
    let library = Library { profiles: assets::profiles().unwrap(), class_sets: assets::class_sets().unwrap() };
    let mut bench = Bench { project: Project::new(library), changes: Changes::default() };
    documents(&mut bench);
    flow(&mut bench);
    structure(&mut bench);
    risks(&mut bench);
    plan(&mut bench);
    bench.changes = Changes::default();
    bench
}

fn documents(bench: &mut Bench) {
    bench.edit(ProjectData::ID, |data| data.plant = Text::from("Linz"));
    let text = Text::from;
    bench.put(Part {
        id: PART,
        order: order(1),
        number: text("4711"),
        name: text("Actuator"),
        change_level: text("C"),
        change_date: None,
        drawing: Text::default(),
        meta: None,
    });
    for (id, name, discipline) in [(QUALITY, "A. Moser", "Quality"), (PROCESS, "B. Huber", "Process engineering")] {
        let (order, role, contact) = (order(id.raw()), Text::default(), Text::default());
        bench.put(Person { id, order, name: text(name), role, discipline: text(discipline), contact, meta: None });
    }
    let kinds = [DocumentKind::ProcessFlow, DocumentKind::ProcessFmea, DocumentKind::ControlPlan];
    for (kind, id) in kinds.into_iter().zip([FLOW, FMEA, PLAN]) {
        let mut document = Document::draft(id, order(id.raw()), kind, &format!("file-{}", id.raw()), "Actuator");
        document.number = text("D-1");
        document.header.key_contact = text("A. Moser");
        document.header.revision_date = Some(day(2026, 5, 1));
        document.team = vec![QUALITY.into(), PROCESS.into()];
        bench.put(document);
    }
}

fn flow(bench: &mut Bench) {
    for (id, kind, name) in [
        (RECEIVE, StepKind::Receiving, "Receive"),
        (TIGHTEN, StepKind::Operation, "Tighten screws"),
        (INSPECT, StepKind::Inspection, "Inspect cover"),
        (DECIDE, StepKind::Decision, "Good?"),
        (REWORK, StepKind::Rework, "Retighten"),
        (SCRAP, StepKind::Scrap, "Scrap"),
        (SHIP, StepKind::Shipping, "Ship"),
    ] {
        bench.step(id, kind, name);
    }
    for id in [RECEIVE, DECIDE, SCRAP, SHIP] {
        bench.edit(id, |step| step.no_analysis_because = Text::from("in the logistics FMEA"));
    }
    bench.edit(INSPECT, |step| {
        step.manual = true;
        step.nok_disposition = Text::from("Red bin");
    });
    bench.edit(REWORK, |step| step.manual = true);
    for (id, from, to, route) in [
        (1, RECEIVE, TIGHTEN, Route::Main),
        (2, TIGHTEN, INSPECT, Route::Main),
        (3, INSPECT, DECIDE, Route::Main),
        (4, DECIDE, SHIP, Route::Main),
        (5, DECIDE, REWORK, Route::Nok),
        (6, REWORK, INSPECT, Route::ReworkReturn),
        (7, REWORK, SCRAP, Route::Nok),
    ] {
        bench.edge(id, from, to, route);
    }
    for (id, kind, name) in
        [(SPINDLE, EquipmentKind::Machine, "Spindle"), (SENSOR, EquipmentKind::ErrorProofing, "Presence sensor")]
    {
        let error_proofing = kind == EquipmentKind::ErrorProofing;
        let only = |text: &str| if error_proofing { Text::from(text) } else { Text::default() };
        bench.put(Equipment {
            id,
            order: order(id.raw()),
            kind,
            name: Text::from(name),
            asset_number: Text::default(),
            challenge_part: only("Master 3"),
            verification_frequency: only("Start of shift"),
            meta: None,
        });
    }
    bench.edit(TIGHTEN, |step| step.equipment = vec![SPINDLE.into(), SENSOR.into()]);
    bench.characteristic(TORQUE, CharacteristicKind::Product, "Torque", "8 ± 0.5 Nm");
    bench.edit(TORQUE, |torque| torque.class = Text::from("CC"));
    bench.characteristic(SPEED, CharacteristicKind::Process, "Spindle speed", "300 ± 20 1/min");
    bench.role(1, TIGHTEN, TORQUE, CharacteristicRole::Created);
    bench.role(2, INSPECT, TORQUE, CharacteristicRole::Measured);
    bench.role(3, TIGHTEN, SPEED, CharacteristicRole::Created);
}

fn structure(bench: &mut Bench) {
    bench.element(ROOT, None, ElementKind::Higher, &[]);
    bench.element(TIGHTENING, Some(ROOT), ElementKind::Focus, &[TIGHTEN]);
    bench.element(CHECKING, Some(ROOT), ElementKind::Focus, &[INSPECT, REWORK]);
    bench.element(MACHINE, Some(TIGHTENING), ElementKind::Work(WorkCategory::Machine), &[]);
    bench.function(ITEM_FUNCTION, ROOT, "Assemble the actuator");
    bench.function(TIGHTEN_FUNCTION, TIGHTENING, "Fasten the cover");
    bench.function(CHECK_FUNCTION, CHECKING, "Find loose covers");
    bench.function(MACHINE_FUNCTION, MACHINE, "Apply the torque");
    for (id, anchor, role, text) in [
        (IN_PLANT, ITEM_FUNCTION, FailureRole::Effect, "Rework in the line"),
        (AT_CUSTOMER, ITEM_FUNCTION, FailureRole::Effect, "Customer line stops"),
        (FOR_DRIVER, ITEM_FUNCTION, FailureRole::Effect, "Parking brake fails"),
        (TOO_LOW, TIGHTEN_FUNCTION, FailureRole::Mode, "Torque too low"),
        (NOT_FOUND, CHECK_FUNCTION, FailureRole::Mode, "Loose cover not found"),
        (WRONG_PROGRAM, MACHINE_FUNCTION, FailureRole::Cause, "Wrong program loaded"),
        (POOR_LIGHT, CHECK_FUNCTION, FailureRole::Cause, "Light too weak"),
        (WORN_SPINDLE, MACHINE_FUNCTION, FailureRole::Cause, "Spindle worn"),
    ] {
        bench.failure(id, anchor, role, text);
    }
    for (id, severity) in [(IN_PLANT, 4), (AT_CUSTOMER, 6), (FOR_DRIVER, 9)] {
        bench.edit(id, |effect| effect.severity = Some(Rating::Number(severity)));
    }
    let links = [IN_PLANT, AT_CUSTOMER, FOR_DRIVER].map(|id| LevelEffects::Effects(vec![bench.link(id)]));
    let [your_plant, ship_to_plant, end_user] = links;
    let torque = bench.link(TORQUE);
    bench.edit(TOO_LOW, |mode| {
        mode.effects = ModeEffects { your_plant, ship_to_plant: ship_to_plant.clone(), end_user };
        mode.characteristic = Some(torque);
    });
    let because = Text::from("found before the vehicle");
    let your_plant = LevelEffects::NotKnown;
    let end_user = LevelEffects::NotApplicable { because };
    let customer = LevelEffects::Effects(vec![bench.link(AT_CUSTOMER)]);
    bench.edit(NOT_FOUND, |mode| mode.effects = ModeEffects { your_plant, ship_to_plant: customer, end_user });
}

fn risks(bench: &mut Bench) {
    bench.control(BARCODE, ControlKind::Prevention, ControlMeans::Technical, "Barcode selects the program");
    bench.control(MONITORING, ControlKind::Detection, ControlMeans::Automatic, "Torque monitoring");
    bench.control(LIGHT_STANDARD, ControlKind::Prevention, ControlMeans::Behavioural, "Lighting standard");
    bench.edit(LIGHT_STANDARD, |control| control.no_plan_row_because = Text::from("maintenance plan"));
    bench.control(VISUAL, ControlKind::Detection, ControlMeans::Human, "Visual inspection");
    bench.edit(VISUAL, |control| control.no_plan_row_because = Text::from("layered audit"));
    bench.risk(HIGH, (TOO_LOW, WRONG_PROGRAM), (5, 3), [BARCODE, MONITORING]);
    bench.risk(MEDIUM, (NOT_FOUND, POOR_LIGHT), (6, 7), [LIGHT_STANDARD, VISUAL]);
    bench.risk(LOW, (TOO_LOW, WORN_SPINDLE), (2, 3), [BARCODE, MONITORING]);
    let mut interlock = Action::open(INTERLOCK, FMEA, ActionKind::Prevention);
    interlock.text = Text::from("Interlock the program with the order");
    interlock.owner = Some(PROCESS.into());
    interlock.target_date = Some(day(2026, 5, 20));
    interlock.status = ActionStatus::Completed;
    interlock.action_taken = Text::from("Interlock released, report 12");
    interlock.completion_date = Some(day(2026, 5, 18));
    bench.put(interlock);
    let mut camera = Action::open(CAMERA, FMEA, ActionKind::Detection);
    camera.text = Text::from("Camera at the station");
    camera.owner = Some(QUALITY.into());
    camera.target_date = Some(day(2026, 7, 1));
    bench.put(camera);
    bench.edit(HIGH, |risk| {
        let mut reached = assessment(AssessmentState::Reached, 2, 3);
        reached.actions = vec![INTERLOCK.into()];
        let mut planned = assessment(AssessmentState::Planned, 2, 2);
        planned.actions = vec![INTERLOCK.into(), CAMERA.into()];
        risk.assessments.extend([reached, planned]);
        risk.management_review =
            Some(Statement { text: Text::from("Accepted"), by: Text::from("C. Gruber"), on: Some(day(2026, 5, 2)) });
    });
    bench.edit(MEDIUM, |risk| {
        risk.justification = Some(Statement { text: Text::from("Next check finds it"), ..Statement::default() });
    });
    let monitored = bench.link(TORQUE);
    bench.edit(WORN_SPINDLE, |cause| cause.characteristic = Some(monitored));
}

fn plan(bench: &mut Bench) {
    let torque = Subject::Characteristic(bench.link(TORQUE));
    let speed = Subject::Characteristic(bench.link(SPEED));
    bench.row(TORQUE_ROW, TIGHTEN, torque.clone());
    bench.row(AUDIT_ROW, INSPECT, torque);
    bench.row(SENSOR_ROW, TIGHTEN, Subject::ErrorProofing(SENSOR.into()));
    bench.row(SET_UP_ROW, REWORK, Subject::SetUp(Text::from("First part after rework")));
    bench.row(SPEED_ROW, TIGHTEN, speed);
    let controls = vec![bench.link(BARCODE), bench.link(MONITORING)];
    bench.edit(TORQUE_ROW, |row| row.controls = controls);
    let visual = vec![bench.link(VISUAL)];
    bench.edit(AUDIT_ROW, |row| row.controls = visual);
}

/// The identity of the element of the submission with this number.
pub fn element(key: &str) -> Id<PpapElement> {
    let place = STANDARD_ELEMENTS.iter().position(|element| element.key == key).unwrap();
    Id::from_raw(place as u64 + 1)
}

/// Adds a complete level-3 submission that no rule finds anything in.
pub fn submit(bench: &mut Bench) {
    let mut submission = Submission::draft(SUBMISSION, OrderKey::first(), "Actuator");
    submission.reasons = vec![Reason::Initial];
    submission.substances_reported = Some(Answer::NotApplicable);
    submission.polymers_marked = Some(Answer::NotApplicable);
    submission.tools_tagged = Some(Answer::Yes);
    submission.results_for = vec![ResultSet::Dimensional];
    submission.requirements_met = Some(true);
    submission.rate_parts = Decimal::parse("300").ok();
    submission.rate_hours = Decimal::parse("4").ok();
    submission.signature.name = Text::from("A. Moser");
    bench.put(submission);
    let mut warrant = Warrant::of(WARRANT, SUBMISSION, OrderKey::first(), Some(PART));
    warrant.weight = Decimal::parse("0.1250").ok();
    warrant.safety_regulation = Some(false);
    bench.put(warrant);
    for standard in &STANDARD_ELEMENTS {
        let id = element(standard.key);
        let mut element = PpapElement::open(id, SUBMISSION, order(id.raw()), standard.key);
        element.status = ElementStatus::Ready;
        element.remarks = Text::from("Quality file 12");
        let documents = standard.document.map(|kind| bench.project.documents_of(kind)).unwrap_or_default();
        element.documents = documents.into_iter().map(|document| document.id.into()).collect();
        bench.put(element);
    }
    let mut result = TestResult::blank(TORQUE_RESULT, SUBMISSION, OrderKey::first(), ResultKind::Dimensional);
    result.characteristic = Some(TORQUE.into());
    result.readings = Text::from("7.9; 8,1 8.5");
    bench.put(result);
}
