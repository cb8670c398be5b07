//! The process flow.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Id;
use crate::base::text::quoted;
use crate::model::document::{Document, DocumentKind};
use crate::model::field::Field;
use crate::model::finding::Severity;
use crate::model::flow::{FlowEdge, Route, Step, StepKind};
use crate::model::item::AnyId;
use crate::model::message::{Message, says};
use crate::model::relation::Relation;

use super::rule::{Check, Context, Docs, Report, Rule};
use super::structure::is_analysed;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "PFD-01",
        title: "Operation number missing or not unique",
        severity: Severity::Error,
        clause: "8.3.5.2",
        docs: Docs {
            what: "Every step has a number of its own in the flow.",
            why: "Flow, PFMEA and control plan are read side by side by these numbers.",
            example: "Two steps are numbered 30.",
            mend: "Give the step another number; links between the documents do not depend on it.",
        },
        checks: &[Check::Step(number)],
    },
    Rule {
        code: "PFD-03",
        title: "Step not connected",
        severity: Severity::Error,
        clause: "good practice",
        docs: Docs {
            what: "Every step can be reached from a start of the flow and leads to an end. A flow may start at any step that \
                   receives or stores material or is outsourced, and at the first one; it ends at shipping, scrap and the last one.",
            why: "A step beside the flow is a step that nobody knows when to do, and product that ends nowhere is lost.",
            example: "Step 50 was deleted, and step 60 has no predecessor any more.",
            mend: "Connect the step with the ones before and behind it.",
        },
        checks: &[Check::Document(connected)],
    },
    Rule {
        code: "PFD-05",
        title: "Decision without a second route",
        severity: Severity::Warning,
        clause: "8.7.1.3",
        docs: Docs {
            what: "A decision has at least two ways out, and one of them is not the main line.",
            why: "Where product can be found bad, the flow has to say where it goes.",
            example: "A decision \"OK?\" has one connection, to the next step.",
            mend: "Draw the NOK route to rework, scrap or quarantine.",
        },
        checks: &[Check::Step(decision)],
    },
    Rule {
        code: "PFD-06",
        title: "Inspection without disposition",
        severity: Severity::Warning,
        clause: "8.7.1.3",
        docs: Docs {
            what: "An inspection says what happens to nonconforming product, in words or by a NOK route.",
            why: "Product that was found bad and has no way to go tends to find its way back into the line.",
            example: "The final inspection has one connection, to packing.",
            mend: "Fill the disposition of the step, or draw a NOK route.",
        },
        checks: &[Check::Step(inspection)],
    },
    Rule {
        code: "PFD-07",
        title: "Rework without return point or analysis",
        severity: Severity::Warning,
        clause: "8.7.1.4; 8.7.1.5",
        docs: Docs {
            what: "A rework step says where product returns to the line, and is analysed in the PFMEA whatever reasons speak \
                   against it.",
            why: "Reworked product has to pass the checks again, and rework has failure modes of its own.",
            example: "Rework step 95 has no connection back to the inspection.",
            mend: "Draw the return to a step before the next inspection, and add the step to the PFMEA.",
        },
        checks: &[Check::Step(rework)],
    },
    Rule {
        code: "PFD-08",
        title: "Equipment unknown",
        severity: Severity::Warning,
        clause: "8.3.5.2; Annex A.2",
        docs: Docs {
            what: "Operations, inspections and rework name their equipment or are marked as manual or outsourced.",
            why: "Machine, device and tool are a column of the control plan, and a source of causes in the PFMEA.",
            example: "Step 40 \"Press bearing\" lists no press.",
            mend: "Add the equipment to the step, or mark it as manual.",
        },
        checks: &[Check::Step(equipment)],
    },
];

/// A step as messages name it.
pub(super) fn step_name(step: &Step) -> Message {
    let label = step.label();
    if label.trim().is_empty() {
        Message::from("A step without number and name")
    } else {
        says!("Step {step}", step = quoted(&label))
    }
}

fn number(context: &Context<'_>, step: &Step, report: &mut Report<'_>) {
    if step.number.is_blank() {
        let message = says!("{step} has no operation number", step = step_name(step));
        report.add(step.id, message, "Give it a number of its own.").field(Field::Number);
    } else if context.peers.number_is_shared(step) {
        let message = says!("{step} shares its operation number with another step", step = step_name(step));
        report.add(step.id, message, "Give one of the steps another number.").field(Field::Number);
    }
}

/// Looks at connections only, and at those steps alone that have none before or behind them: an edit of a step costs nothing
/// here.
fn connected(context: &Context<'_>, flow: &Document, report: &mut Report<'_>) {
    if flow.kind != DocumentKind::ProcessFlow {
        return;
    }
    let project = context.project;
    let steps: Vec<Id<Step>> = project
        .sources(flow.id, Relation::TopStepInFlow)
        .iter()
        .filter_map(|source| if let AnyId::Step(step) = source.id { Some(step) } else { None })
        .collect();
    let (mut onward, mut back): (Graph, Graph) = (Graph::new(), Graph::new());
    for edge in project.children::<FlowEdge>(flow.id, Relation::EdgeInFlow) {
        onward.entry(edge.from).or_default().push(edge.to);
        back.entry(edge.to).or_default().push(edge.from);
    }
    if steps.len() < 2 {
        return;
    }
    if onward.is_empty() {
        let message = says!("The steps of {flow} are not connected", flow = quoted(&project.document_label(flow)));
        report.add(flow.id, message, "Connect each step with the ones before and behind it.");
        return;
    }
    let starts = |at: usize, step: &Step| {
        at == 0 || matches!(step.kind, StepKind::Receiving | StepKind::Storage) || step.outsourced
    };
    let ends =
        |at: usize, step: &Step| at + 1 == steps.len() || matches!(step.kind, StepKind::Shipping | StepKind::Scrap);
    // Whatever has nothing before it is a source of the flow, also where it should not be: its followers are not to blame.
    let reached = reach(&onward, steps.iter().filter(|step| !back.contains_key(step)));
    let leaving = reach(&back, steps.iter().filter(|step| !onward.contains_key(step)));
    for (at, id) in steps.iter().enumerate() {
        let (has_before, has_behind) = (back.contains_key(id), onward.contains_key(id));
        let cut_off = !reached.contains(id) || !leaving.contains(id);
        if has_before && has_behind && !cut_off {
            continue;
        }
        let Some(step) = project.get(*id) else { continue };
        let name = || step_name(step);
        let (starts, ends) = (starts(at, step), ends(at, step));
        let message = match (has_before || starts, has_behind || ends) {
            (false, false) => says!("{step} is not connected to the flow", step = name()),
            (false, true) => says!("No step leads to {step}", step = quoted(&step.label())),
            (true, false) => says!("{step} leads nowhere", step = name()),
            (true, true) if !has_before && !has_behind => {
                says!("{step} is not connected to the flow", step = name())
            }
            (true, true) if !reached.contains(id) => {
                says!("No way leads from the start of the flow to {step}", step = quoted(&step.label()))
            }
            (true, true) if !leaving.contains(id) => {
                says!("No way leads from {step} to the end of the flow", step = quoted(&step.label()))
            }
            (true, true) => continue,
        };
        report.add(*id, message, "Connect the step with the ones before and behind it.");
    }
}

type Graph = BTreeMap<Id<Step>, Vec<Id<Step>>>;

fn reach<'s>(graph: &Graph, from: impl Iterator<Item = &'s Id<Step>>) -> BTreeSet<Id<Step>> {
    let mut open: Vec<Id<Step>> = from.copied().collect();
    let mut seen: BTreeSet<Id<Step>> = open.iter().copied().collect();
    while let Some(at) = open.pop() {
        for next in graph.get(&at).into_iter().flatten() {
            if seen.insert(*next) {
                open.push(*next);
            }
        }
    }
    seen
}

fn routes<'p>(context: &Context<'p>, step: &Step) -> impl Iterator<Item = Route> + use<'p> {
    context.project.children::<FlowEdge>(step.id, Relation::EdgeFrom).map(|edge| edge.route)
}

fn decision(context: &Context<'_>, step: &Step, report: &mut Report<'_>) {
    if step.kind != StepKind::Decision {
        return;
    }
    let routes: Vec<Route> = routes(context, step).collect();
    if routes.len() < 2 || routes.iter().all(|route| *route == Route::Main) {
        let message = says!("{step} decides nothing: a second route is missing", step = step_name(step));
        report.add(step.id, message, "Draw the route of nonconforming product to rework, scrap or quarantine.");
    }
}

fn inspection(context: &Context<'_>, step: &Step, report: &mut Report<'_>) {
    let inspects = step.kind == StepKind::Inspection || step.further_kinds.contains(&StepKind::Inspection);
    if inspects && step.nok_disposition.is_blank() && !routes(context, step).any(|route| route == Route::Nok) {
        let message = says!("{step} does not say what happens to nonconforming product", step = step_name(step));
        report.add(step.id, message, "Fill the disposition, or draw a NOK route.").field(Field::NokDisposition);
    }
}

fn rework(context: &Context<'_>, step: &Step, report: &mut Report<'_>) {
    if step.kind != StepKind::Rework {
        return;
    }
    if routes(context, step).next().is_none() {
        let message = says!("{step} has no return point", step = step_name(step));
        report.add(step.id, message, "Draw the return to a step before the next inspection.");
    }
    if !step.no_analysis_because.is_blank() && context.has_process_fmea() && !is_analysed(context, step) {
        let message = says!(
            "{step} is excluded from the risk analysis, although rework always needs one",
            step = step_name(step)
        );
        report.add(step.id, message, "Add the step to the PFMEA.").field(Field::NoAnalysisBecause);
    }
}

fn equipment(context: &Context<'_>, step: &Step, report: &mut Report<'_>) {
    let makes = matches!(step.kind, StepKind::Operation | StepKind::Inspection | StepKind::Rework);
    let excused = step.manual || step.outsourced || !step.equipment.is_empty();
    // A step that is made of sub-steps has its equipment there.
    if makes && !excused && context.project.sources(step.id, Relation::SubStep).is_empty() {
        let message = says!("{step} names no equipment and is not marked as manual", step = step_name(step));
        report.add(step.id, message, "Add the equipment, or mark the step as manual.");
    }
}
