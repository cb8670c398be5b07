//! Moving something to another place of its document: a failure cause to another mode, a mode to another function, a
//! control-plan row to another step, a step to another place in the flow.

use crate::base::text::quoted;
use crate::base::{Id, OrderKey};
use crate::model::characteristic::Characteristic;
use crate::model::control_plan::PlanRow;
use crate::model::document::Document;
use crate::model::flow::{FlowEdge, Route, Step};
use crate::model::fmea::{Anchor, Element, ElementKind, Failure, FailureRole, Function};
use crate::model::item::{AnyId, Item};
use crate::model::op::Op;
use crate::model::ppap::{PpapElement, TestResult};
use crate::model::project::Project;
use crate::model::relation::Relation;
use crate::model::review::reviewed_link;
use crate::model::risk::Risk;

use super::arrange::{key_behind, place};
use super::flow;
use super::plan::{Author, Refusal, Transaction, existing, gone};

/// Where something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// Before an item of its kind.
    Before(AnyId),
    /// Behind an item of its kind.
    Behind(AnyId),
    /// To the end of what belongs to an item: the mode of a cause, the function of a mode, the step of a row.
    Into(AnyId),
}

/// Plans to move an item.
pub(super) fn plan(
    project: &Project,
    item: AnyId,
    to: Destination,
    author: &mut Author,
) -> Result<Transaction, Refusal> {
    if !project.contains(item) {
        return Err(gone(item));
    }
    if let Destination::Before(other) | Destination::Behind(other) = to
        && other == item
    {
        return Err(Refusal::new("It stands there already"));
    }
    let ops = match item {
        AnyId::Risk(risk) => move_risk(project, existing(project, risk)?, to, author)?,
        AnyId::Failure(mode) if existing(project, mode)?.role == FailureRole::Mode => {
            move_mode(project, existing(project, mode)?, to, author)?
        }
        AnyId::PlanRow(row) => vec![move_row(project, existing(project, row)?, to, author)?],
        AnyId::Step(step) => move_step(project, existing(project, step)?, to, author)?,
        AnyId::Characteristic(characteristic) => {
            vec![move_characteristic(project, existing(project, characteristic)?, to)?]
        }
        AnyId::PpapElement(_) | AnyId::TestResult(_) => vec![move_in_submission(project, item, to)?],
        _ => return Err(Refusal::new(format!("The {} stays where it is", item.kind().noun()))),
    };
    Ok(Transaction::new(format!("Move {}", quoted(&project.label(item))), ops).focus(item, None))
}

fn wrong(what: &str, into: &str) -> Refusal {
    Refusal::new(format!("A {what} can only be moved to {into}"))
}

/// A key before or behind an item in its list, or at the end of the list of a container.
fn key(project: &Project, to: Destination, end: (AnyId, Relation)) -> OrderKey {
    match to {
        Destination::Into(_) => key_behind(project, end.0, end.1, None),
        Destination::Behind(other) => key_behind(project, end.0, end.1, Some(other)),
        Destination::Before(other) => {
            let siblings = project.sources(end.0, end.1);
            let at = siblings.iter().position(|sibling| sibling.id == other).unwrap_or(siblings.len());
            let before = at.checked_sub(1).and_then(|before| siblings[before].order.as_ref());
            OrderKey::between(before, siblings.get(at).and_then(|behind| behind.order.as_ref()))
        }
    }
}

fn move_risk(project: &Project, risk: &Risk, to: Destination, author: &mut Author) -> Result<Vec<Op>, Refusal> {
    let mode = match to {
        Destination::Before(AnyId::Risk(other)) | Destination::Behind(AnyId::Risk(other)) => {
            existing(project, other)?.mode
        }
        Destination::Into(AnyId::Failure(mode)) if existing(project, mode)?.role == FailureRole::Mode => mode,
        _ => return Err(wrong("failure cause", "a failure mode")),
    };
    let mode = existing(project, mode)?;
    if project.element_of(mode).map(|element| element.fmea) != Some(risk.fmea) {
        return Err(wrong("failure cause", "a failure mode of the same FMEA"));
    }
    let order = key(project, to, (mode.id.into(), Relation::RiskOfMode));
    let (cause, mut ops) = cause_at(project, risk, focus_of(project, mode), author)?;
    ops.push(Op::Put(Risk { mode: mode.id, cause, order, ..risk.clone() }.into()));
    Ok(ops)
}

/// The step or focus element that a failure belongs to.
fn focus_of(project: &Project, failure: &Failure) -> Option<Id<Element>> {
    let element = project.element_of(failure)?;
    if element.kind.is_lower() { element.parent } else { Some(element.id) }
}

/// The cause of a line whose mode moves to a step: the same one if it belongs to the step, or goes there with the line; a
/// copy of its own if other lines rest on it where it is.
fn cause_at(
    project: &Project,
    risk: &Risk,
    focus: Option<Id<Element>>,
    author: &mut Author,
) -> Result<(Id<Failure>, Vec<Op>), Refusal> {
    let cause = existing(project, risk.cause)?;
    let Some(focus) = focus.filter(|focus| focus_of(project, cause) != Some(*focus)) else {
        return Ok((cause.id, Vec::new()));
    };
    let is_shared = project.sources(cause.id, Relation::RiskOfCause).len() > 1;
    let id = if is_shared { author.ids.next_id() } else { cause.id };
    let order = key_behind(project, focus.into(), Relation::FailureOfElement, None);
    let moved = Failure { id, order, anchor: Anchor::Element(focus), ..cause.clone() };
    Ok((id, vec![Op::Put(moved.into())]))
}

fn move_mode(project: &Project, mode: &Failure, to: Destination, author: &mut Author) -> Result<Vec<Op>, Refusal> {
    let anchor = match to {
        Destination::Before(AnyId::Failure(other)) | Destination::Behind(AnyId::Failure(other))
            if existing(project, other)?.role == FailureRole::Mode =>
        {
            existing(project, other)?.anchor
        }
        Destination::Into(AnyId::Function(function)) => {
            existing(project, function)?;
            Anchor::Function(function)
        }
        _ => return Err(wrong("failure mode", "a function")),
    };
    let end = match anchor {
        Anchor::Function(function) => (function.into(), Relation::FailureOfFunction),
        Anchor::Element(element) => (element.into(), Relation::FailureOfElement),
    };
    let moved = Failure { anchor, order: key(project, to, end), ..mode.clone() };
    let fmea = |failure: &Failure| project.element_of(failure).map(|element| element.fmea);
    if fmea(&moved) != fmea(mode) {
        return Err(wrong("failure mode", "a function of the same FMEA"));
    }
    let focus = focus_of(project, &moved);
    let mut ops = vec![Op::Put(moved.into())];
    let mut seen = Vec::new();
    for risk in project.children::<Risk>(mode.id, Relation::RiskOfMode) {
        let (cause, more) = cause_at(project, risk, focus, author)?;
        if cause != risk.cause {
            ops.extend(more);
            ops.push(Op::Put(Risk { cause, ..risk.clone() }.into()));
        } else if !seen.contains(&cause) {
            ops.extend(more);
            seen.push(cause);
        }
    }
    Ok(ops)
}

fn move_row(project: &Project, row: &PlanRow, to: Destination, author: &Author) -> Result<Op, Refusal> {
    let step = match to {
        Destination::Before(AnyId::PlanRow(other)) | Destination::Behind(AnyId::PlanRow(other)) => {
            let other = existing(project, other)?;
            if other.plan != row.plan {
                return Err(wrong("control-plan row", "a step of the same control plan"));
            }
            other.step.to.present()
        }
        Destination::Into(AnyId::Step(step)) => Some(step),
        _ => None,
    };
    let step = step.ok_or_else(|| wrong("control-plan row", "a process step"))?;
    let order = key(project, to, (step.into(), Relation::RowStep));
    let link = if row.step.to.present() == Some(step) {
        row.step.clone()
    } else {
        reviewed_link(existing(project, step)?, &author.name, Some(author.today))
    };
    Ok(Op::Put(PlanRow { step: link, order, ..row.clone() }.into()))
}

/// A characteristic goes to another place in the list that all documents share.
fn move_characteristic(project: &Project, moved: &Characteristic, to: Destination) -> Result<Op, Refusal> {
    let (other, behind) = match to {
        Destination::Before(AnyId::Characteristic(other)) => (other, false),
        Destination::Behind(AnyId::Characteristic(other)) => (other, true),
        _ => return Err(wrong("characteristic", "a place before or behind another one")),
    };
    let list: Vec<&Characteristic> =
        project.all_in_order::<Characteristic>().into_iter().filter(|listed| listed.id != moved.id).collect();
    let at = list.iter().position(|listed| listed.id == other).ok_or_else(|| gone(other.into()))?;
    let at = if behind { at + 1 } else { at };
    let before = at.checked_sub(1).map(|before| &list[before].order);
    let order = OrderKey::between(before, list.get(at).map(|next| &next.order));
    Ok(Op::Put(Characteristic { order, ..moved.clone() }.into()))
}

/// An element or a result goes to another place in its list.
fn move_in_submission(project: &Project, item: AnyId, to: Destination) -> Result<Op, Refusal> {
    let (Destination::Before(other) | Destination::Behind(other) | Destination::Into(other)) = to;
    let list = place(project, item).ok_or_else(|| gone(item))?;
    let is_beside = place(project, other) == Some(list) && !matches!(to, Destination::Into(_));
    let is_end = to == Destination::Into(list.0);
    let noun = item.kind().noun();
    if !is_beside && !is_end {
        return Err(wrong(noun, "a place before or behind another one"));
    }
    let order = key(project, to, list);
    let moved = match project.item(item) {
        Some(Item::PpapElement(element)) => PpapElement { order, ..(*element).clone() }.into(),
        Some(Item::TestResult(result)) => TestResult { order, ..(*result).clone() }.into(),
        _ => return Err(gone(item)),
    };
    Ok(Op::Put(moved))
}

/// A step goes to the connection that leads from or to its new neighbour; where there is none, to the end of the line.
fn move_step(project: &Project, step: &Step, to: Destination, author: &mut Author) -> Result<Vec<Op>, Refusal> {
    let (other, behind) = match to {
        Destination::Behind(AnyId::Step(other)) => (existing(project, other)?, true),
        Destination::Before(AnyId::Step(other)) => (existing(project, other)?, false),
        _ => return Err(wrong("process step", "a place before or behind another step")),
    };
    if (other.flow, other.parent) != (step.flow, step.parent) {
        return Err(Refusal::new("A sub-step stays with the other sub-steps of its step"));
    }
    let (container, relation) = place(project, other.id.into()).ok_or_else(|| gone(other.id.into()))?;
    let order = key(project, to, (container, relation));
    let mut ops = flow::bridged(project, step.id);
    let mut bridged = project.clone();
    bridged.apply(&ops).map_err(|error| Refusal::new(error.to_string()))?;
    let at_other = if behind { Relation::EdgeFrom } else { Relation::EdgeTo };
    let main = bridged.children::<FlowEdge>(other.id, at_other).find(|edge| edge.route == Route::Main).cloned();
    match main {
        Some(edge) => {
            let more = flow::through(&bridged, &edge, step.id, author);
            ops.extend(more);
        }
        None => {
            let (from, to) = if behind { (other.id, step.id) } else { (step.id, other.id) };
            ops.push(flow::main_line(&bridged, step.flow, from, to, author));
        }
    }
    ops.push(Op::Put(Step { order, ..step.clone() }.into()));
    Ok(ops)
}

/// Where an item can be moved to by its name: what may hold it, with words for it.
pub fn destinations(project: &Project, item: AnyId) -> Vec<(Destination, String)> {
    let into = |target: AnyId, text: String| (Destination::Into(target), text);
    match item {
        AnyId::Risk(risk) => {
            let Some(risk) = project.get(risk) else { return Vec::new() };
            let anchors = functions(project, risk.fmea);
            let modes = anchors.iter().flat_map(|(label, function)| {
                let modes = project.children::<Failure>(function.id, Relation::FailureOfFunction);
                modes.filter(|failure| failure.role == FailureRole::Mode).map(move |mode| (label, mode))
            });
            let others = modes.filter(|(_, mode)| mode.id != risk.mode);
            others.map(|(label, mode)| into(mode.id.into(), format!("{label}: {}", mode.text))).collect()
        }
        AnyId::Failure(mode) => {
            let Some(mode) = project.get(mode) else { return Vec::new() };
            let Some(fmea) = project.element_of(mode).map(|element| element.fmea) else { return Vec::new() };
            let others = functions(project, fmea).into_iter();
            let others = others.filter(|(_, function)| mode.anchor != Anchor::Function(function.id));
            others.map(|(label, function)| into(function.id.into(), format!("{label}: {}", function.text))).collect()
        }
        AnyId::PlanRow(row) => {
            let Some(row) = project.get(row) else { return Vec::new() };
            let here = row.step.to.present();
            let flows = project.documents_of(crate::model::document::DocumentKind::ProcessFlow);
            let steps = flows.iter().flat_map(|flow| crate::model::form::flow_steps(project, flow.id));
            let others = steps.filter(|step| Some(step.id) != here);
            others.map(|step| into(step.id.into(), step.label())).collect()
        }
        AnyId::Step(step) => {
            let Some(step) = project.get(step) else { return Vec::new() };
            let siblings = crate::model::form::flow_steps(project, step.flow).into_iter();
            let others = siblings.filter(|other| other.id != step.id && other.parent == step.parent);
            others.map(|other| (Destination::Behind(other.id.into()), format!("Behind {}", other.label()))).collect()
        }
        _ => Vec::new(),
    }
}

/// The functions of the steps or focus elements of an FMEA in the order of the form, with the names of their elements.
fn functions(project: &Project, fmea: Id<Document>) -> Vec<(String, &Function)> {
    let mut found = Vec::new();
    let mut open: Vec<&Element> = project.children(fmea, Relation::RootElement).collect();
    open.reverse();
    while let Some(element) = open.pop() {
        if element.kind.is_lower() {
            continue;
        }
        if element.kind == ElementKind::Focus {
            let label = project.element_label(element);
            let of_element = project.children::<Function>(element.id, Relation::FunctionOfElement);
            found.extend(of_element.map(|function| (label.clone(), function)));
        }
        let mut below: Vec<&Element> = project.children(element.id, Relation::SubElement).collect();
        below.reverse();
        open.extend(below);
    }
    found
}
