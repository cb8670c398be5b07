//! The process flow: its steps, their numbers, and the lines that run through them.

use crate::base::text::quoted;
use crate::base::{Id, OrderKey, Text};
use crate::model::document::Document;
use crate::model::field::Field;
use crate::model::flow::{FlowEdge, Route, Step};
use crate::model::item::AnyId;
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::relation::Relation;

use super::arrange::key_behind;
use super::plan::{Author, Refusal, Transaction, existing};

/// Plans to number the steps of a flow by tens, in their order; sub-steps by letters.
pub(super) fn renumber(project: &Project, flow: Id<Document>) -> Result<Transaction, Refusal> {
    existing(project, flow)?;
    let mut ops = Vec::new();
    for (at, step) in project.children::<Step>(flow, Relation::TopStepInFlow).enumerate() {
        let number = ((at + 1) * 10).to_string();
        for (sub, sub_step) in project.children::<Step>(step.id, Relation::SubStep).enumerate() {
            ops.push(Op::Put(
                Step { number: Text::from(format!("{number}{}", letters(sub))), ..sub_step.clone() }.into(),
            ));
        }
        ops.push(Op::Put(Step { number: Text::from(number), ..step.clone() }.into()));
    }
    if ops.is_empty() {
        return Err(Refusal::new("The process flow has no steps yet"));
    }
    Ok(Transaction::new("Number the steps by tens", ops))
}

/// A, B, … Z, AA, AB and so on.
fn letters(at: usize) -> String {
    let last = char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    if at < 26 { last.to_string() } else { format!("{}{last}", letters(at / 26 - 1)) }
}

/// Plans to connect two steps.
pub(super) fn connect(
    project: &Project,
    from: Id<Step>,
    to: Id<Step>,
    route: Route,
    label: &str,
    author: &mut Author,
) -> Result<Transaction, Refusal> {
    let (start, end) = (existing(project, from)?, existing(project, to)?);
    if from == to {
        return Err(Refusal::new("A step cannot lead to itself"));
    }
    let known = project.children::<FlowEdge>(from, Relation::EdgeFrom).any(|edge| edge.to == to && edge.route == route);
    if known {
        return Err(Refusal::new(format!("Step {} leads to step {} already", start.number, end.number)));
    }
    let edge = FlowEdge {
        id: author.ids.next_id(),
        flow: start.flow,
        from,
        to,
        order: key_behind(project, from.into(), Relation::EdgeFrom, None),
        route,
        label: Text::from(label.trim()),
        meta: None,
    };
    let label = format!("Connect step {} to step {}", start.number, end.number);
    Ok(Transaction::new(label, vec![Op::Put(edge.into())]).focus(from, None))
}

/// A step behind another, connected into the main line.
pub(super) fn new_step(
    project: &Project,
    flow: Id<Document>,
    text: &str,
    after: Option<AnyId>,
    author: &mut Author,
) -> Result<(Id<Step>, Vec<Op>), Refusal> {
    existing(project, flow)?;
    let top: Vec<&Step> = project.children(flow, Relation::TopStepInFlow).collect();
    let at = after.and_then(|after| top.iter().position(|step| AnyId::from(step.id) == after));
    let at = at.or_else(|| top.len().checked_sub(1));
    let (before, next) = (at.map(|at| top[at]), at.and_then(|at| top.get(at + 1).copied()));
    let order = key_behind(project, flow.into(), Relation::TopStepInFlow, before.map(|before| before.id.into()));
    let step = Step::operation(author.ids.next_id(), flow, order, &number_between(before, next), text);
    let id = step.id;
    let mut ops = vec![Op::Put(step.into())];
    if let Some(before) = before {
        // The main line runs through the new step.
        let main: Vec<&FlowEdge> = project
            .children::<FlowEdge>(before.id, Relation::EdgeFrom)
            .filter(|edge| edge.route == Route::Main)
            .collect();
        for edge in &main {
            let order = OrderKey::first();
            ops.push(Op::Put(FlowEdge { from: id, order, ..(*edge).clone() }.into()));
        }
        ops.push(main_line(project, flow, before.id, id, author));
    }
    Ok((id, ops))
}

/// A number between two steps: the next ten, or the middle, or a letter behind the number before.
fn number_between(before: Option<&Step>, next: Option<&Step>) -> String {
    let value = |step: Option<&Step>| step.and_then(|step| step.number.parse::<u32>().ok());
    match (before, value(before), value(next)) {
        (None, ..) => "10".to_owned(),
        (Some(_), Some(low), None) if next.is_none() => ((low / 10 + 1) * 10).to_string(),
        (Some(_), Some(low), Some(high)) if high > low + 1 => u32::midpoint(low, high).to_string(),
        (Some(before), ..) => format!("{}A", before.number),
    }
}

/// Plans a new step in the middle of a connection.
pub(super) fn insert_into(project: &Project, edge: Id<FlowEdge>, author: &mut Author) -> Result<Transaction, Refusal> {
    let edge = existing(project, edge)?;
    let (from, to) = (existing(project, edge.from)?, existing(project, edge.to)?);
    let parent = from.parent.filter(|parent| to.parent == Some(*parent));
    let behind = if parent.is_some() { from } else { top_of(project, from) };
    let (container, relation) = list_of(parent, edge.flow);
    let order = key_behind(project, container, relation, Some(behind.id.into()));
    let mut following = project.children::<Step>(container, relation).skip_while(|step| step.id != behind.id).skip(1);
    let number = number_between(Some(behind), following.next());
    let step = Step { parent, ..Step::operation(author.ids.next_id(), edge.flow, order, &number, "") };
    let id = step.id;
    let mut ops = vec![Op::Put(step.into())];
    ops.extend(through(project, edge, id, author));
    let label = format!("Add process step between {} and {}", named(from), named(to));
    Ok(Transaction::new(label, ops).focus(id, Some(Field::Name)))
}

/// Plans to take a step out of its place in the line and put it into a connection.
pub(super) fn move_into(
    project: &Project,
    step: Id<Step>,
    edge: Id<FlowEdge>,
    author: &mut Author,
) -> Result<Transaction, Refusal> {
    let (moved, target) = (existing(project, step)?, existing(project, edge)?.clone());
    let from = existing(project, target.from)?;
    if target.from == step || target.to == step {
        return Err(Refusal::new("The step stands at this connection already"));
    }
    if moved.flow != target.flow || moved.parent != from.parent {
        return Err(Refusal::new("A sub-step stays with the other sub-steps of its step"));
    }
    let (container, relation) = list_of(moved.parent, moved.flow);
    let order = key_behind(project, container, relation, Some(from.id.into()));
    let mut ops = bridged(project, step);
    ops.push(Op::Put(Step { order, ..moved.clone() }.into()));
    ops.extend(through(project, &target, step, author));
    Ok(Transaction::new(format!("Move step {} behind {}", named(moved), named(from)), ops).focus(step, None))
}

/// A connection that runs through a step: to it, and on to where it led before.
pub(super) fn through(project: &Project, edge: &FlowEdge, step: Id<Step>, author: &mut Author) -> [Op; 2] {
    let first = project.sources(step, Relation::EdgeFrom).first().and_then(|first| first.order.as_ref());
    let order = OrderKey::between(None, first);
    let mut arriving = FlowEdge { to: step, ..edge.clone() };
    let mut onward = FlowEdge { id: author.ids.next_id(), from: step, order, meta: None, ..edge.clone() };
    if edge.route == Route::ReworkReturn {
        // What is reworked returns by the last part of its way; until then it goes on like anything else.
        (arriving.route, arriving.label) = (Route::Main, Text::default());
    } else {
        onward.label = Text::default();
    }
    [Op::Put(arriving.into()), Op::Put(onward.into())]
}

/// A connection of the main line from one step to another.
pub(super) fn main_line(
    project: &Project,
    flow: Id<Document>,
    from: Id<Step>,
    to: Id<Step>,
    author: &mut Author,
) -> Op {
    let order = key_behind(project, from.into(), Relation::EdgeFrom, None);
    let (id, route, label) = (author.ids.next_id(), Route::Main, Text::default());
    Op::Put(FlowEdge { id, flow, from, to, order, route, label, meta: None }.into())
}

/// The line closed over a step: what led to it on the main line or an alternate leads to the step behind it.
pub(super) fn bridged(project: &Project, step: Id<Step>) -> Vec<Op> {
    let mut leaving = project.children::<FlowEdge>(step, Relation::EdgeFrom);
    let onward = leaving.find(|edge| edge.route == Route::Main);
    let arriving = project
        .children::<FlowEdge>(step, Relation::EdgeTo)
        .filter(|edge| matches!(edge.route, Route::Main | Route::Alternate));
    let mut ops = Vec::new();
    for edge in arriving {
        let next = onward.map(|onward| onward.to).filter(|next| *next != edge.from);
        let known = |next: Id<Step>| {
            let mut leaving = project.children::<FlowEdge>(edge.from, Relation::EdgeFrom);
            leaving.any(|other| other.to == next && other.route == edge.route)
        };
        ops.push(match next {
            Some(next) if !known(next) => Op::Put(FlowEdge { to: next, ..edge.clone() }.into()),
            _ => Op::Remove(edge.id.into()),
        });
    }
    ops.extend(onward.map(|onward| Op::Remove(onward.id.into())));
    ops
}

/// Two neighbours of the main line in the other order; nothing where the line does not lead from one to the other.
pub(super) fn swapped(project: &Project, upper: Id<Step>, lower: Id<Step>) -> Vec<Op> {
    let main = |step: Id<Step>, relation| {
        project.children::<FlowEdge>(step, relation).filter(|edge| edge.route == Route::Main)
    };
    let Some(link) = main(upper, Relation::EdgeFrom).find(|edge| edge.to == lower) else { return Vec::new() };
    let mut ops = Vec::new();
    for edge in main(upper, Relation::EdgeTo).filter(|edge| edge.from != lower) {
        ops.push(Op::Put(FlowEdge { to: lower, ..edge.clone() }.into()));
    }
    let mut order = link.order.clone();
    for edge in main(lower, Relation::EdgeFrom).filter(|edge| edge.to != upper) {
        ops.push(Op::Put(FlowEdge { from: upper, order: order.clone(), ..edge.clone() }.into()));
        let last = project.sources(upper, Relation::EdgeFrom).last().and_then(|last| last.order.as_ref());
        order = OrderKey::after(Some(&order).max(last));
    }
    let order = key_behind(project, lower.into(), Relation::EdgeFrom, None);
    ops.push(Op::Put(FlowEdge { from: lower, to: upper, order, ..link.clone() }.into()));
    ops
}

/// The list in which steps below `parent`, or of the top level, have their order.
fn list_of(parent: Option<Id<Step>>, flow: Id<Document>) -> (AnyId, Relation) {
    match parent {
        Some(parent) => (parent.into(), Relation::SubStep),
        None => (flow.into(), Relation::TopStepInFlow),
    }
}

/// The step of the top level that a step belongs to.
fn top_of<'a>(project: &'a Project, step: &'a Step) -> &'a Step {
    let mut top = step;
    while let Some(above) = top.parent.and_then(|parent| project.get(parent)) {
        top = above;
    }
    top
}

fn named(step: &Step) -> String {
    let label = step.label();
    if label.is_empty() { "the step without a name".to_owned() } else { quoted(&label) }
}
