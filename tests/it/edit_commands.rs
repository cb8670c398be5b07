//! What single commands do: to cells of effects and controls, to what is deleted, promoted, inserted and released.

use goldthread::base::{Id, Text};
use goldthread::edit::{Command, Destination, History, Refusal, destinations, plan};
use goldthread::model::characteristic::Characteristic;
use goldthread::model::control_plan::PlanRow;
use goldthread::model::document::{Document, DocumentKind, DocumentState};
use goldthread::model::field::Field;
use goldthread::model::flow::{FlowEdge, Route, Step};
use goldthread::model::fmea::{
    Control, ControlKind, EffectLevel, Element, ElementKind, Failure, FailureRole, Function, LevelEffects,
};
use goldthread::model::form::{List, NewItem};
use goldthread::model::item::{AnyId, Entity, Kind};
use goldthread::model::project_data::{UserField, UserFieldType};
use goldthread::model::rating::Rating;
use goldthread::model::relation::Relation;
use goldthread::model::risk::{Action, ActionKind, ActionStatus, Assessment, AssessmentState, Risk};
use goldthread::model::{Op, Project};

use crate::edit_laws::author;
use crate::generate::generated;

/// A project that is being edited.
struct Desk {
    project: Project,
    history: History,
}

impl Desk {
    fn new(causes: usize) -> Self {
        Self { project: generated(causes, 11), history: History::default() }
    }

    fn try_run(&mut self, command: &Command) -> Result<String, Refusal> {
        let mut author = author();
        // Identities differ from those of earlier commands.
        author.ids = goldthread::base::IdSource::seeded(self.project.revision() + 1000);
        let transaction = plan(&self.project, command, &mut author)?;
        let label = transaction.label.clone();
        self.history.commit(&mut self.project, transaction).expect("what is planned can be made");
        Ok(label)
    }

    fn run(&mut self, command: &Command) -> String {
        self.try_run(command).unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"))
    }

    fn set(&mut self, item: impl Into<AnyId>, field: Field, text: &str) -> String {
        self.run(&Command::SetField { item: item.into(), field, text: text.to_owned(), via: None })
    }

    fn list(&mut self, owner: impl Into<AnyId>, list: List, lines: &[&str]) {
        let lines = lines.iter().map(ToString::to_string).collect();
        self.run(&Command::SetList { owner: owner.into(), list, lines });
    }

    fn create(&mut self, under: impl Into<AnyId>, what: NewItem, text: &str, after: Option<AnyId>) {
        self.run(&Command::Create { under: under.into(), what, text: text.to_owned(), after });
    }

    fn delete(&mut self, item: impl Into<AnyId>) -> String {
        self.run(&Command::Delete { items: vec![item.into()] })
    }

    fn undo(&mut self) {
        self.history.undo(&mut self.project).unwrap().expect("there is something to undo");
    }

    fn get<T: Entity>(&self, id: Id<T>) -> &T {
        self.project.get(id).expect("it exists")
    }

    fn first_risk(&self) -> &Risk {
        self.project.all::<Risk>().next().expect("there is a risk")
    }

    fn document(&self, kind: DocumentKind) -> Id<Document> {
        self.project.documents_of(kind)[0].id
    }

    /// The steps of the flow in order.
    fn steps(&self) -> Vec<Id<Step>> {
        let flow = self.document(DocumentKind::ProcessFlow);
        self.project.children::<Step>(flow, Relation::TopStepInFlow).map(|step| step.id).collect()
    }

    fn count_causes(&self) -> usize {
        self.project.all::<Failure>().filter(|failure| failure.role == FailureRole::Cause).count()
    }
}

fn texts(desk: &Desk, effects: &LevelEffects) -> Vec<String> {
    effects.links().iter().map(|link| desk.project.target_text(&link.to)).collect()
}

#[test]
fn lines_of_an_effects_cell_become_effects_with_level_and_severity() {
    let mut desk = Desk::new(20);
    let mode = desk.first_risk().mode;
    desk.list(
        mode,
        List::Effects,
        &[
            "Your plant: Press damaged (6)",
            "ship-to plant: not known",
            "Vehicle rolls away (9)",
            "EU: Alarm sounds",
            "",
        ],
    );
    let effects = desk.get(mode).effects.clone();
    assert_eq!(texts(&desk, &effects.your_plant), ["Press damaged"]);
    assert_eq!(effects.ship_to_plant, LevelEffects::NotKnown);
    assert_eq!(texts(&desk, &effects.end_user), ["Vehicle rolls away", "Alarm sounds"]);
    let severity = desk.project.mode_severity(desk.get(mode), None).expect("it is rated");
    assert_eq!((severity.rating, severity.level), (Rating::Number(9), EffectLevel::EndUser));
    for (_, link) in effects.links() {
        let effect = desk.get(link.to.present().unwrap());
        assert!(!desk.project.is_suspect(link), "a new link is born reviewed");
        assert_eq!(effect.role, FailureRole::Effect);
    }
    desk.list(mode, List::Effects, &["End user: not applicable: not built in"]);
    let LevelEffects::NotApplicable { because } = &desk.get(mode).effects.end_user else { panic!("not applicable") };
    assert_eq!(&**because, "not built in");
    assert_eq!(desk.get(mode).effects.your_plant, LevelEffects::NotConsidered);
    assert!(!desk.project.all::<Failure>().any(|failure| *failure.text == *"Alarm sounds"), "nobody uses it any more");
}

#[test]
fn an_effect_that_is_known_is_linked_and_not_copied() {
    let mut desk = Desk::new(20);
    let modes: Vec<Id<Failure>> = desk
        .project
        .all::<Failure>()
        .filter(|failure| failure.role == FailureRole::Mode)
        .map(|mode| mode.id)
        .take(2)
        .collect();
    let [first, second] = modes[..] else { panic!("two modes") };
    desk.list(first, List::Effects, &["End user: Unexpected noise (4)"]);
    desk.list(second, List::Effects, &["End user: unexpected NOISE.", "End user: unexpected noise"]);
    let effect = desk.get(first).effects.end_user.links()[0].to.present();
    assert_eq!(desk.get(second).effects.end_user.links().len(), 1, "one effect, once");
    assert_eq!(desk.get(second).effects.end_user.links()[0].to.present(), effect);
}

#[test]
fn a_control_that_is_known_is_linked_and_not_copied() {
    let mut desk = Desk::new(40);
    let risk = desk.first_risk().id;
    let other = desk.project.all::<Risk>().nth(1).expect("a second risk").id;
    let kind = List::Controls(ControlKind::Prevention);
    desk.list(risk, kind, &["Torque watched by the tool", "Torque watched by the tool"]);
    let before = desk.project.count::<Control>();
    desk.list(other, kind, &["torque watched by the tool"]);
    assert!(desk.project.count::<Control>() <= before, "no copy is made");
    let of = |desk: &Desk, risk: Id<Risk>| {
        let controls = desk.get(risk).controls.iter().filter_map(|control| desk.project.get(control.present()?));
        controls.filter(|control| control.kind == ControlKind::Prevention).map(|control| control.id).collect::<Vec<_>>()
    };
    assert_eq!(of(&desk, risk).len(), 1, "equal lines are one control");
    assert_eq!(of(&desk, risk), of(&desk, other));
    // A detection control with the same words is another control.
    desk.list(risk, List::Controls(ControlKind::Detection), &["Torque watched by the tool"]);
    assert_eq!(desk.get(risk).controls.len(), 2);
}

#[test]
fn rewriting_a_line_renames_the_control_everywhere() {
    let mut desk = Desk::new(40);
    let control = desk.project.all::<Control>().find(|control| {
        control.kind == ControlKind::Detection && desk.project.sources(control.id, Relation::RiskControl).len() > 1
    });
    let control = control.expect("a shared control").id;
    let risk = desk.project.children::<Risk>(control, Relation::RiskControl).next().expect("a risk").id;
    let lines: Vec<String> = desk
        .get(risk)
        .controls
        .iter()
        .filter_map(|found| desk.project.get(found.present()?))
        .filter(|found| found.kind == ControlKind::Detection)
        .map(|found| if found.id == control { "Checked by camera 7".to_owned() } else { found.text.to_string() })
        .collect();
    desk.list(risk, List::Controls(ControlKind::Detection), &lines.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(&*desk.get(control).text, "Checked by camera 7");
    assert!(desk.get(risk).controls.iter().any(|found| found.present() == Some(control)));
}

#[test]
fn deleting_a_cause_removes_what_nobody_uses_any_more() {
    let mut desk = Desk::new(40);
    let risk = desk.first_risk().id;
    let known = desk.get(risk).controls.iter().filter_map(|control| desk.project.get(control.present()?));
    let known = known.filter(|control| control.kind == ControlKind::Prevention).map(|control| control.text.to_string());
    let lines: Vec<String> = known.chain(["Only here".to_owned()]).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    desk.list(risk, List::Controls(ControlKind::Prevention), &lines);
    assert!(desk.project.all::<Control>().any(|control| *control.text == *"Only here"));
    desk.create(risk, NewItem::Action(ActionKind::Detection), "Only for this", None);
    let (causes, before) = (desk.count_causes(), desk.project.clone());
    let label = desk.delete(risk);
    assert!(label.starts_with("Delete failure cause"), "{label}");
    assert_eq!(desk.count_causes(), causes - 1);
    assert!(!desk.project.all::<Control>().any(|control| *control.text == *"Only here"));
    assert!(!desk.project.all::<Action>().any(|action| *action.text == *"Only for this"));
    let shared = before.get(risk).unwrap().controls.iter().filter_map(|control| before.get(control.present()?));
    for control in shared.filter(|control| before.sources(control.id, Relation::RiskControl).len() > 1) {
        assert!(desk.project.get(control.id).is_some(), "{} is used by others", control.text);
    }
    desk.undo();
    assert!(desk.project.items().eq(before.items()));
}

#[test]
fn deleting_a_step_leaves_its_last_label_to_those_that_refer_to_it() {
    let mut desk = Desk::new(400);
    let step = desk.steps()[2];
    let label = desk.get(step).label();
    let element = desk.project.children::<Element>(step, Relation::ElementStep).next().expect("it is analysed").id;
    let rows: Vec<Id<PlanRow>> = desk.project.children::<PlanRow>(step, Relation::RowStep).map(|row| row.id).collect();
    assert!(!rows.is_empty());
    desk.delete(step);
    assert_eq!(desk.get(element).steps[0].to.present(), None);
    assert_eq!(desk.get(element).steps[0].to.last_label().map(ToString::to_string), Some(label.clone()));
    for row in &rows {
        assert_eq!(desk.get(*row).step.to.last_label().map(ToString::to_string), Some(label.clone()));
    }
    assert!(desk.project.all::<FlowEdge>().all(|edge| edge.from != step && edge.to != step));
    desk.undo();
    assert_eq!(desk.get(element).steps[0].to.present(), Some(step));
    assert_eq!(desk.project.children::<PlanRow>(step, Relation::RowStep).count(), rows.len());
}

#[test]
fn a_lost_effect_or_equipment_stays_as_long_as_its_line_does() {
    let mut desk = Desk::new(40);
    let mode = desk.first_risk().mode;
    desk.list(mode, List::Effects, &["End user: Keeps (5)", "End user: Goes away (6)"]);
    let lost = desk.get(mode).effects.end_user.links()[1].to.present().expect("an effect");
    desk.delete(lost);
    desk.list(mode, List::Effects, &["End user: Keeps (5)", "End user: Goes away", "End user: Comes (2)"]);
    let effects = desk.get(mode).effects.end_user.clone();
    assert_eq!(effects.links().len(), 3);
    assert_eq!(effects.links().iter().filter(|link| link.to.present().is_none()).count(), 1);
    desk.list(mode, List::Effects, &["End user: Keeps (5)"]);
    assert_eq!(texts(&desk, &desk.get(mode).effects.end_user), ["Keeps"]);

    let step = desk.steps()[2];
    let equipment = desk.get(step).equipment[0].present().expect("equipment");
    let label = desk.get(equipment).label();
    desk.delete(equipment);
    desk.list(step, List::Equipment, &[&label, "Press 9 (4711)"]);
    assert_eq!(desk.get(step).equipment[0].present(), None, "the lost one is not made anew");
    let press = desk.get(step).equipment[1].present().map(|id| desk.get(id).label());
    assert_eq!(press.as_deref(), Some("Press 9 (4711)"));
}

#[test]
fn a_row_goes_on_showing_the_equipment_of_its_step() {
    let mut desk = Desk::new(40);
    let step = desk.steps()[2];
    let row = desk.project.children::<PlanRow>(step, Relation::RowStep).next().expect("a row").id;
    let shown: Vec<String> = desk
        .project
        .manufacturing_equipment(desk.get(row))
        .iter()
        .map(|equipment| desk.project.target_text(*equipment))
        .collect();
    assert!(!shown.is_empty());
    desk.list(row, List::Equipment, &shown.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(desk.get(row).equipment.is_empty());
    assert_eq!(desk.history.entries().count(), 0);
    desk.list(row, List::Equipment, &["Hand press"]);
    assert_eq!(desk.get(row).equipment.len(), 1);
}

/// A risk with ratings and a planned action that has reached better ones.
fn reached(desk: &mut Desk) -> (Id<Risk>, Assessment, Id<Control>) {
    let risk = desk.project.all::<Risk>().find(|risk| risk.later().next().is_none()).expect("one without actions").id;
    let first = desk.get(risk).current().expect("it is rated").clone();
    desk.create(risk, NewItem::Action(ActionKind::Prevention), "Fit a stop", None);
    desk.set(risk, Field::OccurrenceAfter(1), "2");
    assert_eq!(desk.get(risk).assessments[1].state, AssessmentState::Planned, "the action is still open");
    // The action brings a control.
    let control = desk
        .project
        .all::<Control>()
        .find(|control| !desk.get(risk).controls.iter().any(|known| known.present() == Some(control.id)));
    let control = control.expect("another control").id;
    let mut changed = desk.get(risk).clone();
    changed.assessments[1].controls.push(control.into());
    desk.run(&Command::Fix { title: "Bring a control".to_owned(), ops: vec![Op::Put(changed.into())] });
    let action = desk.get(risk).assessments[1].actions[0].present().expect("an action");
    desk.set(action, Field::Status, "Completed");
    assert_eq!(desk.get(action).status, ActionStatus::Completed);
    assert_eq!(desk.get(risk).assessments[1].state, AssessmentState::Reached);
    (risk, first, control)
}

#[test]
fn promotion_keeps_the_first_rating_and_moves_the_controls() {
    let mut desk = Desk::new(40);
    let (risk, first, control) = reached(&mut desk);
    desk.run(&Command::Promote { risk });
    let now = desk.get(risk);
    assert_eq!(now.assessments[0], Assessment { state: AssessmentState::Former, ..first });
    assert_eq!(now.current().and_then(|current| current.occurrence.clone()), Some(Rating::Number(2)));
    assert!(now.controls.iter().any(|known| known.present() == Some(control)));
    assert!(desk.try_run(&Command::Promote { risk }).is_err(), "there is nothing more to promote");
}

#[test]
fn clearing_what_is_blank_leaves_no_entry() {
    let mut desk = Desk::new(20);
    desk.create(desk.first_risk().mode, NewItem::Cause, "New cause", None);
    let risk = desk.project.all::<Risk>().find(|risk| risk.assessments.is_empty()).expect("an unrated line").id;
    let step = desk.steps()[0];
    let entries = desk.history.entries().count();
    for field in [Field::Occurrence, Field::Detection, Field::DetectionRationale, Field::Justification, Field::Note] {
        desk.set(risk, field, " ");
    }
    desk.set(step, Field::Note, "");
    assert_eq!(desk.history.entries().count(), entries);
    let before = desk.get(step).clone();
    desk.set(step, Field::Note, "seen");
    desk.set(step, Field::Note, "");
    assert_eq!(*desk.get(step), before);
}

#[test]
fn a_single_specification_keeps_the_parts_it_holds_for() {
    use goldthread::model::applicability::Applicability;
    use goldthread::model::characteristic::PartSpecification;
    use goldthread::model::project_data::Part;
    use goldthread::model::reference::Ref;
    use goldthread::model::specification::Specification;
    let mut desk = Desk::new(20);
    let part = desk.project.all::<Part>().next().expect("a part").id;
    let mut characteristic = desk.project.all::<Characteristic>().next().expect("one").clone();
    let applicability = Applicability::Parts(vec![Ref::Item(part)]);
    let specification = Specification::Words(Text::from("no burr"));
    characteristic.specifications = vec![PartSpecification { applicability: applicability.clone(), specification }];
    let id = characteristic.id;
    desk.run(&Command::Fix { title: "Narrow".to_owned(), ops: vec![Op::Put(characteristic.into())] });
    desk.set(id, Field::Specification, "max 0.1 mm");
    assert_eq!(desk.get(id).specifications[0].applicability, applicability);
    assert!(matches!(desk.get(id).specifications[0].specification, Specification::Limits { .. }));
}

#[test]
fn a_new_cause_stands_behind_the_one_it_was_inserted_at() {
    let mut desk = Desk::new(60);
    let mode = desk
        .project
        .all::<Failure>()
        .find(|failure| desk.project.sources(failure.id, Relation::RiskOfMode).len() > 2)
        .expect("a mode with three causes")
        .id;
    let risks = |desk: &Desk| desk.project.children::<Risk>(mode, Relation::RiskOfMode).map(|risk| risk.id).collect();
    let before: Vec<Id<Risk>> = risks(&desk);
    let document = desk.document(DocumentKind::ProcessFmea);
    desk.run(&Command::Insert { near: before[0].into(), what: NewItem::Cause, document, above: false });
    let after: Vec<Id<Risk>> = risks(&desk);
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!((after[0], &after[2..]), (before[0], &before[1..]));
    desk.run(&Command::Move { item: after[1].into(), up: true });
    let moved: Vec<Id<Risk>> = risks(&desk);
    assert_eq!((moved[0], moved[1]), (after[1], after[0]));
    let refusal = desk.try_run(&Command::Move { item: moved[0].into(), up: true }).unwrap_err();
    assert_eq!(refusal.reason, "It is the first already");
}

#[test]
fn a_step_inserted_keeps_the_main_line_connected() {
    let mut desk = Desk::new(600);
    let flow = desk.document(DocumentKind::ProcessFlow);
    let steps = desk.steps();
    let follows = |desk: &Desk, step: Id<Step>| {
        desk.project
            .children::<FlowEdge>(step, Relation::EdgeFrom)
            .filter(|edge| edge.route == Route::Main)
            .map(|edge| edge.to)
            .collect::<Vec<_>>()
    };
    let next = follows(&desk, steps[2]);
    desk.create(flow, NewItem::Step, "Clean", Some(steps[2].into()));
    let new = desk.steps()[3];
    assert_eq!(&*desk.get(new).name, "Clean");
    assert_eq!(desk.get(new).number.parse::<u32>(), Ok(35), "between 30 and 40");
    assert_eq!((follows(&desk, steps[2]), follows(&desk, new)), (vec![new], next));
    // At the end.
    let last = *steps.last().unwrap();
    desk.create(flow, NewItem::Step, "Invoice", None);
    let invoice = *desk.steps().last().unwrap();
    assert_eq!(follows(&desk, last), [invoice]);
    desk.run(&Command::Renumber { flow });
    let numbers: Vec<String> = desk.steps().iter().map(|step| desk.get(*step).number.to_string()).collect();
    let expected: Vec<String> = (1..=numbers.len()).map(|at| (at * 10).to_string()).collect();
    assert_eq!(numbers, expected);
}

/// The main line from a step on, by what follows first.
fn line_from(desk: &Desk, first: Id<Step>) -> Vec<Id<Step>> {
    let mut line = vec![first];
    while let Some(edge) = desk
        .project
        .children::<FlowEdge>(*line.last().unwrap(), Relation::EdgeFrom)
        .find(|edge| edge.route == Route::Main && !line.contains(&edge.to))
    {
        line.push(edge.to);
    }
    line
}

fn main_edge(desk: &Desk, from: Id<Step>, to: Id<Step>) -> Id<FlowEdge> {
    let mut edges = desk.project.children::<FlowEdge>(from, Relation::EdgeFrom);
    edges.find(|edge| edge.to == to && edge.route == Route::Main).expect("they are connected").id
}

#[test]
fn the_main_line_follows_steps_that_are_moved_and_closes_over_deleted_ones() {
    let mut desk = Desk::new(600);
    let first = desk.steps()[0];
    let line = line_from(&desk, first);
    assert!(line.len() > 6, "{line:?}");
    desk.run(&Command::Move { item: line[2].into(), up: false });
    let mut swapped = line.clone();
    swapped.swap(2, 3);
    assert_eq!(line_from(&desk, first), swapped);
    desk.run(&Command::Move { item: line[2].into(), up: true });
    assert_eq!(line_from(&desk, first), line);
    // Into a connection further down.
    let edge = main_edge(&desk, line[4], line[5]);
    desk.run(&Command::MoveStepInto { step: line[1], edge });
    let mut moved = line.clone();
    let step = moved.remove(1);
    moved.insert(4, step);
    assert_eq!(line_from(&desk, first), moved);
    let steps = desk.steps();
    let place = |wanted: Id<Step>| steps.iter().position(|step| *step == wanted).unwrap();
    assert_eq!(place(line[4]) + 1, place(line[1]), "it stands there in the table, too");
    let refusal = desk.try_run(&Command::MoveStepInto { step: line[4], edge }).unwrap_err();
    assert_eq!(refusal.reason, "The step stands at this connection already");
    desk.delete(line[1]);
    moved.remove(4);
    assert_eq!(line_from(&desk, first), moved);
}

#[test]
fn a_step_made_in_a_connection_takes_its_route_over() {
    let mut desk = Desk::new(600);
    let line = line_from(&desk, desk.steps()[0]);
    let edge = main_edge(&desk, line[1], line[2]);
    desk.set(edge, Field::Label, "OK");
    desk.run(&Command::InsertStepInto { edge });
    let new = line_from(&desk, line[0])[2];
    assert_eq!(line_from(&desk, line[0])[3], line[2]);
    assert_eq!(desk.get(edge).label.as_str(), "OK", "what leaves the step before is called as before");
    let between = |step: Id<Step>| desk.get(step).number.parse::<u32>().unwrap();
    assert!(between(line[1]) < between(new) && between(new) < between(line[2]));
    let back = Command::Connect { from: line[5], to: line[3], route: Route::ReworkReturn, label: String::new() };
    desk.run(&back);
    let returning = desk.project.all::<FlowEdge>().find(|edge| edge.route == Route::ReworkReturn).unwrap().clone();
    desk.run(&Command::InsertStepInto { edge: returning.id });
    let (first, to) = (desk.get(returning.id).route, desk.get(returning.id).to);
    let onward: Vec<_> =
        desk.project.children::<FlowEdge>(to, Relation::EdgeFrom).map(|edge| (edge.route, edge.to)).collect();
    assert_eq!((first, onward), (Route::Main, vec![(Route::ReworkReturn, returning.to)]));
}

#[test]
fn values_of_own_fields_are_read_by_their_type_and_keep_it_from_changing() {
    let mut desk = Desk::new(20);
    let step = desk.steps()[0];
    let choice = UserFieldType::Choice(vec![Text::from("Early"), Text::from("Late")]);
    let mut declare = |name: &str, value_type: UserFieldType| {
        desk.run(&Command::AddUserField { on: Kind::Step, name: name.to_owned(), value_type });
        desk.project.all::<UserField>().find(|field| field.name.as_str() == name).unwrap().id
    };
    let (number, date, shift) =
        (declare("Cycle", UserFieldType::Number), declare("Audit", UserFieldType::Date), declare("Shift", choice));
    let value = |desk: &Desk, own| desk.project.field_text(step.into(), Field::User(own)).unwrap();
    for (own, typed, kept) in [(number, "12,50", "12.50"), (date, "24.11.2026", "2026-11-24"), (shift, "late", "Late")]
    {
        desk.set(step, Field::User(own), typed);
        assert_eq!(value(&desk, own), kept);
    }
    for (own, typed, reason) in [
        (number, "about 12", "“about 12” is not a number. Write it as 12.5"),
        (shift, "Night", "“Night” is none of the choices: Early, Late"),
    ] {
        let (item, text) = (step.into(), typed.to_owned());
        let refusal = desk.try_run(&Command::SetField { item, field: Field::User(own), text, via: None }).unwrap_err();
        assert_eq!(refusal.reason, reason);
    }
    // A type that what is there does not fit is refused; one that it fits is not.
    let kind = |own: Id<UserField>, text: &str| Command::SetField {
        item: own.into(),
        field: Field::ValueType,
        text: text.to_owned(),
        via: None,
    };
    let refusal = desk.try_run(&kind(shift, "Number")).unwrap_err();
    assert_eq!(refusal.reason, "“Late” would not fit. Change what they say first");
    desk.set(shift, Field::Choices, "Late; Night; late");
    assert_eq!(desk.project.field_text(shift.into(), Field::Choices).unwrap(), "Late; Night");
    desk.run(&kind(number, "choice"));
    assert_eq!(desk.project.field_text(number.into(), Field::Choices).unwrap(), "12.50", "begun with what is there");
    desk.set(step, Field::User(number), "");
    assert_eq!(value(&desk, number), "");
}

#[test]
fn a_row_inserted_above_stands_before_the_one_it_was_asked_at() {
    let mut desk = Desk::new(600);
    let document = desk.document(DocumentKind::ProcessFlow);
    let line = line_from(&desk, desk.steps()[0]);
    desk.run(&Command::Insert { near: line[2].into(), what: NewItem::Step, document, above: true });
    let now = line_from(&desk, line[0]);
    assert_eq!((now[1], now[3]), (line[1], line[2]), "the main line runs through it");
    let fmea = desk.document(DocumentKind::ProcessFmea);
    let mode = desk.project.all::<Risk>().next().unwrap().mode;
    let rows =
        |desk: &Desk| desk.project.children::<Risk>(mode, Relation::RiskOfMode).map(|risk| risk.id).collect::<Vec<_>>();
    let before = rows(&desk);
    desk.run(&Command::Insert { near: before[0].into(), what: NewItem::Cause, document: fmea, above: true });
    assert_eq!(rows(&desk)[1..], before[..]);
}

#[test]
fn a_copy_shares_the_facts_of_its_original_and_leaves_its_actions() {
    let mut desk = Desk::new(600);
    let with_action = |risk: &&Risk| risk.assessments.iter().any(|assessment| !assessment.actions.is_empty());
    let risk = desk.project.all::<Risk>().find(with_action).expect("some risk has an action").clone();
    let mode = desk.get(risk.mode).clone();
    let (modes, risks) = (desk.project.count::<Failure>(), desk.project.count::<Risk>());
    desk.run(&Command::Duplicate { item: mode.id.into() });
    let same_place =
        |failure: &&Failure| failure.anchor == mode.anchor && failure.text == mode.text && failure.id != mode.id;
    let copy = desk.project.all::<Failure>().find(same_place).expect("the copy").clone();
    assert_eq!((&copy.effects, copy.role), (&mode.effects, FailureRole::Mode));
    let of = |desk: &Desk, mode| desk.project.children::<Risk>(mode, Relation::RiskOfMode).cloned().collect::<Vec<_>>();
    let (originals, copies) = (of(&desk, mode.id), of(&desk, copy.id));
    assert_eq!(desk.project.count::<Risk>(), risks + originals.len());
    assert_eq!(desk.project.count::<Failure>(), modes + 1, "causes are the same facts");
    for (original, copy) in originals.iter().zip(&copies) {
        assert_eq!((original.cause, &original.controls), (copy.cause, &copy.controls));
        assert_eq!(original.current().map(|now| &now.occurrence), copy.current().map(|now| &now.occurrence));
        assert!(copy.assessments.iter().all(|assessment| assessment.actions.is_empty()));
    }
    // A copied line has a cause of its own.
    desk.run(&Command::Duplicate { item: risk.id.into() });
    let rows = of(&desk, mode.id);
    let at = rows.iter().position(|row| row.id == risk.id).unwrap();
    assert_ne!(rows[at + 1].cause, risk.cause);
    assert_eq!(desk.get(rows[at + 1].cause).text, desk.get(risk.cause).text);
    // A copied step stands in the line behind its original.
    let line = line_from(&desk, desk.steps()[0]);
    desk.run(&Command::Duplicate { item: line[1].into() });
    let now = line_from(&desk, line[0]);
    assert_eq!((now[1], now[3]), (line[1], line[2]));
    assert_eq!(desk.get(now[2]).name, desk.get(line[1]).name);
}

#[test]
fn causes_modes_rows_and_steps_go_to_other_places_with_what_belongs_to_them() {
    let mut desk = Desk::new(600);
    let focus = |desk: &Desk, failure: Id<Failure>| {
        let element = desk.project.element_of(desk.get(failure)).unwrap();
        if element.kind.is_lower() { element.parent.unwrap() } else { element.id }
    };
    // A cause to a mode of another step: it goes there with the line, or a copy does where other lines rest on it.
    let risk = desk.project.all::<Risk>().next().unwrap().clone();
    let from = focus(&desk, risk.mode);
    let risks: Vec<Id<Risk>> = desk.project.all::<Risk>().map(|risk| risk.id).collect();
    let other = *risks.iter().find(|other| focus(&desk, desk.get(**other).mode) != from).expect("another step");
    let mode = desk.get(other).mode;
    desk.run(&Command::MoveTo { item: risk.id.into(), to: Destination::Before(other.into()) });
    let moved = desk.get(risk.id).clone();
    assert_eq!((moved.mode, focus(&desk, moved.cause)), (mode, focus(&desk, mode)));
    assert_eq!(
        desk.get(moved.cause).text,
        desk.project.get(risk.cause).map_or(desk.get(moved.cause).text.clone(), |cause| cause.text.clone())
    );
    let rows: Vec<_> = desk.project.children::<Risk>(mode, Relation::RiskOfMode).map(|risk| risk.id).collect();
    let place = |wanted| rows.iter().position(|row| *row == wanted).unwrap();
    assert_eq!(place(risk.id) + 1, place(other));
    // A mode to a function of another step takes its causes along.
    let target = desk.project.all::<Function>().find(|function| {
        let element = desk.get(function.element);
        element.kind == ElementKind::Focus && element.id != focus(&desk, mode)
    });
    let target = target.unwrap().id;
    desk.run(&Command::MoveTo { item: mode.into(), to: Destination::Into(target.into()) });
    let goal = desk.get(target).element;
    assert_eq!(focus(&desk, mode), goal);
    let causes: Vec<_> = desk.project.children::<Risk>(mode, Relation::RiskOfMode).map(|risk| risk.cause).collect();
    assert!(causes.iter().all(|cause| focus(&desk, *cause) == goal));
    // A control-plan row to another step.
    let row = desk.project.all::<PlanRow>().next().unwrap().clone();
    let step = *desk.steps().last().unwrap();
    desk.run(&Command::MoveTo { item: row.id.into(), to: Destination::Into(step.into()) });
    assert_eq!(desk.get(row.id).step.to.present(), Some(step));
    // A step behind another, in the line and in the table.
    let line = line_from(&desk, desk.steps()[0]);
    desk.run(&Command::MoveTo { item: line[1].into(), to: Destination::Behind(line[4].into()) });
    let mut expected = line.clone();
    let step = expected.remove(1);
    expected.insert(4, step);
    assert_eq!(line_from(&desk, line[0]), expected);
    // To the end, behind which nothing follows.
    let last = *expected.last().unwrap();
    desk.run(&Command::MoveTo { item: line[2].into(), to: Destination::Behind(last.into()) });
    assert_eq!(line_from(&desk, line[0]).last(), Some(&line[2]));
    let refusal =
        desk.try_run(&Command::MoveTo { item: risk.id.into(), to: Destination::Into(step.into()) }).unwrap_err();
    assert_eq!(refusal.reason, "A failure cause can only be moved to a failure mode");
    for item in [AnyId::from(risk.id), mode.into(), row.id.into(), line[3].into()] {
        let places = destinations(&desk.project, item);
        assert!(places.len() > 1, "{item:?}");
        for (to, text) in places.into_iter().take(5) {
            assert!(!text.trim().is_empty());
            assert!(desk.try_run(&Command::MoveTo { item, to }).is_ok(), "{text}");
        }
    }
}

#[test]
fn sub_steps_are_lettered_beyond_z() {
    let mut desk = Desk::new(20);
    let (flow, parent) = (desk.document(DocumentKind::ProcessFlow), desk.steps()[0]);
    let mut ids = goldthread::base::IdSource::seeded(5);
    let keys = goldthread::base::OrderKey::run(None, 28);
    let ops = keys.into_iter().map(|order| {
        let step = Step { parent: Some(parent), ..Step::operation(ids.next_id(), flow, order, "", "part") };
        Op::Put(step.into())
    });
    desk.run(&Command::Fix { title: "Sub-steps".to_owned(), ops: ops.collect() });
    desk.run(&Command::Renumber { flow });
    let numbers: Vec<&str> =
        desk.project.children::<Step>(parent, Relation::SubStep).map(|step| step.number.as_str()).collect();
    assert_eq!((numbers[0], numbers[25], numbers[26], numbers[27]), ("10A", "10Z", "10AA", "10AB"));
}

#[test]
fn a_released_document_stays_until_its_next_draft() {
    let mut desk = Desk::new(40);
    let fmea = desk.document(DocumentKind::ProcessFmea);
    let release = |number: &str| Command::Release {
        document: fmea,
        number: number.to_owned(),
        date: crate::generate::today(),
        author: "Jana".to_owned(),
        note: "First issue".to_owned(),
        content_hash: "0".repeat(64),
    };
    assert!(desk.try_run(&release(" ")).is_err(), "a release has a number");
    desk.run(&release("1"));
    assert_eq!(desk.get(fmea).state, DocumentState::Released);
    let risk = desk.first_risk().id;
    let people = vec![];
    for command in [
        Command::SetField { item: risk.into(), field: Field::Occurrence, text: "9".to_owned(), via: None },
        Command::SetField { item: fmea.into(), field: Field::Title, text: "Other".to_owned(), via: None },
        Command::SetTeam { document: fmea, people },
        Command::Delete { items: vec![risk.into()] },
        Command::Delete { items: vec![fmea.into()] },
        Command::Delete { items: vec![desk.steps()[2].into()] },
    ] {
        let refusal = desk.try_run(&command).expect_err("it is released");
        assert!(refusal.reason.contains("is released as revision 1"), "{refusal}");
    }
    // The flow is another document, and its names are shared.
    let step = desk.steps()[2];
    desk.set(step, Field::Name, "Press");
    assert!(desk.try_run(&release("2")).is_err(), "it is released already");
    desk.run(&Command::StartDraft { document: fmea });
    desk.set(risk, Field::Occurrence, "9");
    assert!(desk.try_run(&release("1")).is_err(), "revision 1 exists");
    desk.run(&release("2"));
    assert_eq!(desk.get(fmea).revisions.len(), 2);
}

#[test]
fn a_suspect_mark_goes_with_the_change_that_caused_it() {
    let mut desk = Desk::new(60);
    let row = desk.project.all::<PlanRow>().find(|row| !row.controls.is_empty()).expect("a row with controls").id;
    let control = desk.get(row).controls[0].to.present().expect("a control");
    let suspect = |desk: &Desk| desk.project.is_suspect(&desk.get(row).controls[0]);
    assert!(!suspect(&desk));
    desk.set(control, Field::Text, "Something else");
    assert!(suspect(&desk));
    desk.undo();
    assert!(!suspect(&desk));
    // Typing the old words again is as good as undoing.
    let text = desk.get(control).text.to_string();
    desk.set(control, Field::Text, "Something else");
    desk.set(control, Field::Text, &text);
    assert!(!suspect(&desk));
    // Accepting reviews it; undoing that brings the mark back.
    desk.set(control, Field::Text, "Something else");
    desk.run(&Command::AcceptLinks { item: row.into() });
    assert!(!suspect(&desk));
    desk.undo();
    assert!(suspect(&desk));
}

#[test]
fn a_renamed_step_raises_no_suspicion_and_another_kind_does() {
    let mut desk = Desk::new(60);
    let step = desk.steps()[2];
    let element = desk.project.children::<Element>(step, Relation::ElementStep).next().expect("an element").id;
    let suspect = |desk: &Desk| desk.project.is_suspect(&desk.get(element).steps[0]);
    desk.set(step, Field::Name, "Other name");
    desk.set(step, Field::Number, "31");
    assert!(!suspect(&desk));
    desk.set(step, Field::Outsourced, "yes");
    assert!(suspect(&desk));
    // Leaving a cell of the row as it was does not review what the row links to.
    let text = desk.get(step).area.to_string();
    desk.run(&Command::SetField { item: step.into(), field: Field::Area, text, via: Some(element.into()) });
    assert!(suspect(&desk));
    desk.undo();
    assert!(!suspect(&desk));
}

#[test]
fn what_would_break_the_structure_is_refused_with_a_reason() {
    let mut desk = Desk::new(60);
    let other =
        Document { kind: DocumentKind::ControlPlan, ..desk.get(desk.document(DocumentKind::ProcessFmea)).clone() };
    let fix = Command::Fix { title: "Turn it into a plan".to_owned(), ops: vec![Op::Put(other.into())] };
    let refusal = desk.try_run(&fix).expect_err("its contents do not fit");
    assert!(refusal.reason.contains("stands in a document that cannot hold it"), "{refusal}");
    let step = desk.steps()[1];
    let gone = Id::from_raw(12);
    let connect = Command::Connect { from: step, to: gone, route: Route::Main, label: String::new() };
    assert_eq!(desk.try_run(&connect).unwrap_err().reason, "The process step does not exist any more");
    assert_eq!(desk.history.entries().count(), 0);
}
