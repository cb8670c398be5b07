//! Making items: typed into an empty cell, or inserted at the row of another item.

use crate::base::text::{normalized, quoted};
use crate::base::{Id, OrderKey, Text};
use crate::model::characteristic::{CharacteristicKind, CharacteristicRole};
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::document::{Document, DocumentKind, Phase};
use crate::model::field::Field;
use crate::model::flow::Step;
use crate::model::fmea::{Anchor, Element, ElementKind, Failure, FailureRole, Function, WorkCategory};
use crate::model::form::NewItem;
use crate::model::item::{AnyId, Item};
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::project_data::ProjectData;
use crate::model::reference::{Link, Ref};
use crate::model::relation::Relation;
use crate::model::review::{review, reviewed_link};
use crate::model::risk::{Action, ActionKind, Assessment, AssessmentState, Risk};

use super::arrange::key_behind;
use super::characteristic::{characteristic_at, find_or_make, listed, role, role_at};
use super::flow;
use super::plan::{Author, Refusal, Transaction, existing};
use super::ppap;
use super::set_field::split_category;
use super::set_list::{new_failure, new_function};

/// Plans to make something below an item.
pub(super) fn plan(
    project: &Project,
    under: AnyId,
    what: NewItem,
    text: &str,
    after: Option<AnyId>,
    author: &mut Author,
) -> Result<Transaction, Refusal> {
    let text = text.trim();
    let made = match (what, under) {
        (NewItem::ProcessItem, AnyId::Document(fmea)) => process_item(project, fmea, text, author)?,
        (NewItem::WorkElement, AnyId::Element(focus)) => work_element(project, focus, None, text, author)?,
        (NewItem::WorkElement, AnyId::Failure(cause)) => work_element_of_cause(project, cause, text, author)?,
        (NewItem::Function, AnyId::Element(element)) => {
            existing(project, element)?;
            let order = key_behind(project, under, Relation::FunctionOfElement, after);
            Made::one(new_function(author.ids.next_id(), element, order, text))
        }
        (NewItem::Function, AnyId::Failure(cause)) => function_of_cause(project, cause, text, author)?,
        (NewItem::Mode, AnyId::Function(function)) => {
            let order = key_behind(project, under, Relation::FailureOfFunction, after);
            Made::one(new_failure(author.ids.next_id(), Anchor::Function(function), order, FailureRole::Mode, text))
        }
        (NewItem::Mode, AnyId::Element(element)) => {
            let order = key_behind(project, under, Relation::FailureOfElement, after);
            Made::one(new_failure(author.ids.next_id(), Anchor::Element(element), order, FailureRole::Mode, text))
        }
        (NewItem::Cause, AnyId::Failure(mode)) => cause(project, mode, text, after, author)?,
        (NewItem::Action(kind), AnyId::Risk(risk)) => action(project, risk, kind, text, author)?,
        (NewItem::Step, AnyId::Document(flow)) => {
            let (step, ops) = flow::new_step(project, flow, text, after, author)?;
            Made { ops, focus: step.into(), field: Some(Field::Name) }
        }
        (NewItem::ProductCharacteristic, AnyId::Step(step)) => {
            let ops = characteristic_at(project, step, CharacteristicKind::Product, text, author)?;
            Made { ops, focus: step.into(), field: Some(Field::Name) }
        }
        (NewItem::ProcessCharacteristic, AnyId::Step(step)) => {
            let ops = characteristic_at(project, step, CharacteristicKind::Process, text, author)?;
            Made { ops, focus: step.into(), field: Some(Field::Name) }
        }
        (NewItem::RoleOf { characteristic }, AnyId::Step(step)) => {
            let role = role_at(project, step, characteristic, text, author)?;
            Made { focus: characteristic.into(), field: None, ops: vec![Op::Put(role.into())] }
        }
        (NewItem::Characteristic(kind), AnyId::ProjectData(_)) => {
            let made = listed(project, kind, text, after, author);
            Made { focus: made.id.into(), field: Some(Field::Name), ops: vec![Op::Put(made.into())] }
        }
        (NewItem::PlanRow { plan, phase }, AnyId::Step(step)) => {
            plan_row(project, (plan, phase), step, text, after, author)?
        }
        (NewItem::ProductSubject, AnyId::PlanRow(row)) => {
            subject(project, row, CharacteristicKind::Product, text, author)?
        }
        (NewItem::ProcessSubject, AnyId::PlanRow(row)) => {
            subject(project, row, CharacteristicKind::Process, text, author)?
        }
        (NewItem::Warrant, AnyId::Submission(submission)) => {
            let made = ppap::new_warrant(project, submission, text, after, author)?;
            Made { focus: made.id.into(), field: Some(Field::Part), ops: vec![Op::Put(made.into())] }
        }
        (NewItem::PpapElement, AnyId::Submission(submission)) => {
            let made = ppap::own_element(project, submission, text, after, author)?;
            Made { focus: made.id.into(), field: Some(Field::Title), ops: vec![Op::Put(made.into())] }
        }
        (NewItem::Result { kind, field }, AnyId::Submission(submission)) => {
            let made = ppap::new_result(project, submission, (kind, field), text, after, author)?;
            Made { focus: made.id.into(), field: Some(field), ops: vec![Op::Put(made.into())] }
        }
        _ => return Err(Refusal::new(format!("{} does not belong here", noun_with_article(what)))),
    };
    let label =
        if text.is_empty() { format!("Add {}", noun(what)) } else { format!("Add {} {}", noun(what), quoted(text)) };
    Ok(Transaction { focus: None, ..Transaction::new(label, made.ops) }.focus(made.focus, made.field))
}

/// What people call it.
fn noun(what: NewItem) -> &'static str {
    match what {
        NewItem::ProcessItem => "process item",
        NewItem::WorkElement => "work element",
        NewItem::Function => "function",
        NewItem::Mode => "failure mode",
        NewItem::Cause => "failure cause",
        NewItem::Effect(_) => "failure effect",
        NewItem::Action(kind) => kind.name(),
        NewItem::Step => "process step",
        NewItem::ProductCharacteristic
        | NewItem::ProductSubject
        | NewItem::Characteristic(CharacteristicKind::Product) => "product characteristic",
        NewItem::ProcessCharacteristic
        | NewItem::ProcessSubject
        | NewItem::Characteristic(CharacteristicKind::Process) => "process characteristic",
        NewItem::RoleOf { .. } => "role at the step",
        NewItem::PlanRow { .. } => "control-plan row",
        NewItem::Warrant => "part submission warrant",
        NewItem::PpapElement => "PPAP element",
        NewItem::Result { .. } => "test result",
    }
}

fn noun_with_article(what: NewItem) -> String {
    format!("A {}", noun(what))
}

struct Made {
    ops: Vec<Op>,
    focus: AnyId,
    field: Option<Field>,
}

impl Made {
    fn one(item: impl Into<Item>) -> Self {
        let item = item.into();
        Self { focus: item.id(), field: Some(Field::Text), ops: vec![Op::Put(item)] }
    }
}

/// Plans to insert something at the row of an item; where it belongs follows from the item.
pub(super) fn insert(
    project: &Project,
    near: AnyId,
    what: NewItem,
    document: Id<Document>,
    text: &str,
    author: &mut Author,
) -> Result<Transaction, Refusal> {
    let row = RowItems::of(project, near);
    let nowhere = || Refusal::new(format!("Select a row where {} can be added", noun(what)));
    let (under, after): (AnyId, Option<AnyId>) = match what {
        NewItem::ProcessItem => (document.into(), None),
        NewItem::WorkElement => (row.focus.ok_or_else(nowhere)?.into(), None),
        NewItem::Function => (row.focus.ok_or_else(nowhere)?.into(), row.function.map(Into::into)),
        NewItem::Mode => match (row.function, row.focus) {
            (Some(function), _) => (function.into(), row.mode.map(Into::into)),
            (None, Some(focus)) => (focus.into(), row.mode.map(Into::into)),
            (None, None) => return Err(nowhere()),
        },
        NewItem::Cause => (row.mode.ok_or_else(nowhere)?.into(), row.risk.map(Into::into)),
        NewItem::Action(_) => (row.risk.ok_or_else(nowhere)?.into(), None),
        NewItem::Step => (document.into(), row.step.map(Into::into)),
        NewItem::ProductCharacteristic | NewItem::ProcessCharacteristic => (row.step.ok_or_else(nowhere)?.into(), None),
        NewItem::PlanRow { .. } => (row.step.ok_or_else(nowhere)?.into(), row.plan_row.map(Into::into)),
        NewItem::Characteristic(_) => {
            (ProjectData::ID.into(), matches!(near, AnyId::Characteristic(_)).then_some(near))
        }
        NewItem::Warrant | NewItem::PpapElement | NewItem::Result { .. } => {
            let submission = project.submission().ok_or_else(nowhere)?.id;
            let is_sibling = matches!(near, AnyId::Warrant(_) | AnyId::PpapElement(_) | AnyId::TestResult(_));
            (submission.into(), is_sibling.then_some(near))
        }
        NewItem::ProductSubject | NewItem::ProcessSubject | NewItem::Effect(_) | NewItem::RoleOf { .. } => {
            return Err(nowhere());
        }
    };
    plan(project, under, what, text, after, author)
}

/// The items that a row shows, found from one of them.
#[derive(Default)]
struct RowItems {
    focus: Option<Id<Element>>,
    function: Option<Id<Function>>,
    mode: Option<Id<Failure>>,
    risk: Option<Id<Risk>>,
    step: Option<Id<Step>>,
    plan_row: Option<Id<PlanRow>>,
}

impl RowItems {
    fn of(project: &Project, near: AnyId) -> Self {
        let mut row = Self::default();
        match near {
            AnyId::Risk(risk) => {
                row.risk = Some(risk);
                row.mode = project.get(risk).map(|risk| risk.mode);
            }
            AnyId::Failure(failure)
                if project.get(failure).is_some_and(|failure| failure.role == FailureRole::Mode) =>
            {
                row.mode = Some(failure);
            }
            AnyId::Failure(failure) => {
                let element = project.get(failure).and_then(|failure| project.element_of(failure));
                row.focus = element.and_then(|element| focus_above(project, element));
            }
            AnyId::Function(function) => {
                row.function = Some(function);
                let element = project.get(function).and_then(|function| project.get(function.element));
                row.focus = element.and_then(|element| focus_above(project, element));
            }
            AnyId::Element(element) => {
                row.focus = project.get(element).and_then(|element| focus_above(project, element));
            }
            AnyId::Step(step) => row.step = Some(step),
            AnyId::StepCharacteristic(at_step) => row.step = project.get(at_step).map(|at_step| at_step.step),
            AnyId::PlanRow(plan_row) => {
                row.plan_row = Some(plan_row);
                row.step = project.get(plan_row).and_then(|row| row.step.to.present());
            }
            _ => {}
        }
        if let Some(mode) = row.mode.and_then(|mode| project.get(mode)) {
            match mode.anchor {
                Anchor::Function(function) => {
                    row.function = Some(function);
                    row.focus = project.get(function).map(|function| function.element);
                }
                Anchor::Element(element) => row.focus = Some(element),
            }
        }
        row
    }
}

/// The element itself, or the step that a work element belongs to.
fn focus_above(project: &Project, element: &Element) -> Option<Id<Element>> {
    if element.kind.is_lower() {
        element.parent.filter(|parent| project.get(*parent).is_some())
    } else {
        Some(element.id)
    }
}

fn process_item(project: &Project, fmea: Id<Document>, text: &str, author: &mut Author) -> Result<Made, Refusal> {
    existing(project, fmea)?;
    let order = key_behind(project, fmea.into(), Relation::RootElement, None);
    let mut made = Made::one(new_element(author.ids.next_id(), fmea, None, order, ElementKind::Higher, text));
    made.field = Some(Field::Name);
    Ok(made)
}

fn new_element(
    id: Id<Element>,
    fmea: Id<Document>,
    parent: Option<Id<Element>>,
    order: OrderKey,
    kind: ElementKind,
    name: &str,
) -> Element {
    Element { id, fmea, parent, order, kind, name: Text::from(name), steps: Vec::new(), meta: None }
}

fn work_element(
    project: &Project,
    focus: Id<Element>,
    after: Option<AnyId>,
    text: &str,
    author: &mut Author,
) -> Result<Made, Refusal> {
    let fmea = existing(project, focus)?.fmea;
    let lower = match project.get(fmea).map(|fmea| fmea.kind) {
        Some(DocumentKind::DesignFmea | DocumentKind::FmeaMsr) => ElementKind::Lower,
        _ => ElementKind::Work(WorkCategory::Machine),
    };
    let (category, name) = split_category(text);
    let kind = category.map_or(lower, ElementKind::Work);
    let order = key_behind(project, focus.into(), Relation::SubElement, after);
    let mut made = Made::one(new_element(author.ids.next_id(), fmea, Some(focus), order, kind, name));
    made.field = Some(Field::Name);
    Ok(made)
}

/// Moves a cause that stands at the step to a work element with this name, made if there is none.
fn work_element_of_cause(project: &Project, id: Id<Failure>, text: &str, author: &mut Author) -> Result<Made, Refusal> {
    let cause = existing(project, id)?;
    let focus = project.element_of(cause).map(|element| element.id).ok_or_else(|| super::plan::gone(id.into()))?;
    let (_, name) = split_category(text);
    let wanted = normalized(name);
    let mut existing_work =
        project.children::<Element>(focus, Relation::SubElement).filter(|work| work.kind.is_lower());
    let known = existing_work.find(|work| normalized(&work.name) == wanted && !wanted.is_empty());
    let (element, mut ops) = match known {
        Some(known) => (known.id, Vec::new()),
        None => {
            let made = work_element(project, focus, None, text, author)?;
            match made.focus {
                AnyId::Element(element) => (element, made.ops),
                _ => return Err(super::plan::gone(id.into())),
            }
        }
    };
    let order = key_behind(project, element.into(), Relation::FailureOfElement, None);
    ops.push(Op::Put(Failure { anchor: Anchor::Element(element), order, ..cause.clone() }.into()));
    Ok(Made { ops, focus: element.into(), field: Some(Field::Name) })
}

/// Gives a cause at a work element the function it negates.
fn function_of_cause(project: &Project, id: Id<Failure>, text: &str, author: &mut Author) -> Result<Made, Refusal> {
    let cause = existing(project, id)?;
    let element = project.element_of(cause).map(|element| element.id).ok_or_else(|| super::plan::gone(id.into()))?;
    let wanted = normalized(text);
    let known = project
        .children::<Function>(element, Relation::FunctionOfElement)
        .find(|function| normalized(&function.text) == wanted)
        .map(|function| function.id);
    let mut ops = Vec::new();
    let function = known.unwrap_or_else(|| {
        let order = key_behind(project, element.into(), Relation::FunctionOfElement, None);
        let made = new_function(author.ids.next_id(), element, order, text);
        let id = made.id;
        ops.push(Op::Put(made.into()));
        id
    });
    let order = key_behind(project, function.into(), Relation::FailureOfFunction, None);
    ops.push(Op::Put(Failure { anchor: Anchor::Function(function), order, ..cause.clone() }.into()));
    Ok(Made { ops, focus: function.into(), field: Some(Field::Text) })
}

fn cause(
    project: &Project,
    id: Id<Failure>,
    text: &str,
    after: Option<AnyId>,
    author: &mut Author,
) -> Result<Made, Refusal> {
    let mode = existing(project, id)?;
    let focus = project.element_of(mode).ok_or_else(|| super::plan::gone(id.into()))?;
    let known = known_cause(project, focus, text)
        .filter(|known| !project.children::<Risk>(id, Relation::RiskOfMode).any(|risk| risk.cause == *known));
    let mut ops = Vec::new();
    let cause = known.unwrap_or_else(|| {
        let order = key_behind(project, focus.id.into(), Relation::FailureOfElement, None);
        let made = new_failure(author.ids.next_id(), Anchor::Element(focus.id), order, FailureRole::Cause, text);
        let id = made.id;
        ops.push(Op::Put(made.into()));
        id
    });
    let order = key_behind(project, id.into(), Relation::RiskOfMode, after);
    let risk = Risk::unrated(author.ids.next_id(), focus.fmea, id, cause, order);
    let focus = risk.id.into();
    ops.push(Op::Put(risk.into()));
    Ok(Made { ops, focus, field: Some(Field::Text) })
}

/// A cause of the same step with these words: the same cause may lead to several modes.
fn known_cause(project: &Project, focus: &Element, text: &str) -> Option<Id<Failure>> {
    let wanted = normalized(text);
    if wanted.is_empty() {
        return None;
    }
    let is_wanted = |failure: &&Failure| failure.role == FailureRole::Cause && normalized(&failure.text) == wanted;
    let below = project.children::<Element>(focus.id, Relation::SubElement).filter(|work| work.kind.is_lower());
    for element in std::iter::once(focus).chain(below) {
        let at_element = project.children::<Failure>(element.id, Relation::FailureOfElement);
        let at_functions = project
            .children::<Function>(element.id, Relation::FunctionOfElement)
            .flat_map(|function| project.children::<Failure>(function.id, Relation::FailureOfFunction));
        if let Some(found) = at_element.chain(at_functions).find(is_wanted) {
            return Some(found.id);
        }
    }
    None
}

fn action(project: &Project, id: Id<Risk>, kind: ActionKind, text: &str, author: &mut Author) -> Result<Made, Refusal> {
    let mut risk = existing(project, id)?.clone();
    let action = Action { text: Text::from(text), ..Action::open(author.ids.next_id(), risk.fmea, kind) };
    let focus = action.id.into();
    match risk.assessments.iter_mut().rfind(|entry| entry.state == AssessmentState::Planned) {
        Some(planned) => planned.actions.push(Ref::Item(action.id)),
        None => risk
            .assessments
            .push(Assessment { actions: vec![Ref::Item(action.id)], ..Assessment::blank(AssessmentState::Planned) }),
    }
    Ok(Made { ops: vec![Op::Put(action.into()), Op::Put(risk.into())], focus, field: Some(Field::Text) })
}

fn plan_row(
    project: &Project,
    (plan, phase): (Id<Document>, Option<Phase>),
    step: Id<Step>,
    text: &str,
    after: Option<AnyId>,
    author: &mut Author,
) -> Result<Made, Refusal> {
    existing(project, plan)?;
    let link = reviewed_link(existing(project, step)?, &author.name, Some(author.today));
    let order = key_behind(project, step.into(), Relation::RowStep, after);
    let row = PlanRow {
        control_method: Text::from(text),
        phases: phase.into_iter().collect(),
        ..PlanRow::empty(author.ids.next_id(), plan, link, order)
    };
    Ok(Made { focus: row.id.into(), field: Some(Field::ControlMethod), ops: vec![Op::Put(row.into())] })
}

fn subject(
    project: &Project,
    id: Id<PlanRow>,
    kind: CharacteristicKind,
    text: &str,
    author: &mut Author,
) -> Result<Made, Refusal> {
    let row = existing(project, id)?;
    let (characteristic, made) = find_or_make(project, kind, text, author);
    let reviewed = review(&characteristic, &author.name, Some(author.today));
    let subject = Subject::Characteristic(Link { to: Ref::Item(characteristic.id), reviewed });
    let mut ops: Vec<Op> = made.into_iter().collect();
    // A characteristic that nobody names at the step yet stands there now: the plan says that it is controlled there.
    if let Some(step) = row.step.to.present()
        && let Ok(measured) = role(project, step, &characteristic, CharacteristicRole::Measured, author)
    {
        ops.push(Op::Put(measured.into()));
    }
    ops.push(Op::Put(PlanRow { subject, ..row.clone() }.into()));
    Ok(Made { ops, focus: id.into(), field: Some(Field::Name) })
}

/// Plans to add every step that an FMEA has to analyse and does not yet.
pub(super) fn analyse_missing_steps(
    project: &Project,
    fmea: Id<Document>,
    author: &mut Author,
) -> Result<Transaction, Refusal> {
    let document = existing(project, fmea)?;
    let analysed = |step: Id<Step>| {
        let sources = project.sources(step, Relation::ElementStep).iter();
        sources
            .filter_map(|source| match source.id {
                AnyId::Element(element) => project.get(element),
                _ => None,
            })
            .any(|element| element.fmea == fmea)
    };
    let missing: Vec<&Step> = project
        .documents_of(DocumentKind::ProcessFlow)
        .into_iter()
        .flat_map(|flow| crate::model::form::flow_steps(project, flow.id))
        .filter(|step| step.no_analysis_because.is_blank() && !analysed(step.id))
        .collect();
    if missing.is_empty() {
        return Err(Refusal::new("Every step of the process flow is analysed already"));
    }
    let mut ops = Vec::new();
    let roots: Vec<&Element> = project.children(fmea, Relation::RootElement).collect();
    let parent = match roots.iter().find(|root| root.kind == ElementKind::Higher) {
        Some(root) => root.id,
        None => {
            let order = key_behind(project, fmea.into(), Relation::RootElement, None);
            let root = new_element(author.ids.next_id(), fmea, None, order, ElementKind::Higher, &document.title);
            let id = root.id;
            ops.push(Op::Put(root.into()));
            id
        }
    };
    let mut order = project.sources(parent, Relation::SubElement).last().and_then(|last| last.order.clone());
    for step in &missing {
        let key = OrderKey::after(order.as_ref());
        order = Some(key.clone());
        let mut element = new_element(author.ids.next_id(), fmea, Some(parent), key, ElementKind::Focus, "");
        element.steps.push(reviewed_link(*step, &author.name, Some(author.today)));
        ops.push(Op::Put(element.into()));
    }
    Ok(Transaction::new(format!("Add {} process steps to the analysis", missing.len()), ops))
}
