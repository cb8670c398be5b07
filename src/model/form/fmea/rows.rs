//! The lines of an FMEA: which function, mode, cause and action stand in which row, and which rows belong together.

use std::collections::HashSet;

use crate::base::Id;
use crate::model::document::Document;
use crate::model::fmea::{Anchor, Element, ElementKind, Failure, FailureRole, Function};
use crate::model::item::AnyId;
use crate::model::project::Project;
use crate::model::relation::Relation;
use crate::model::risk::{Action, Assessment, Risk};

use crate::model::form::table::{FormRow, RowId, Rule};

/// The focus elements of an FMEA in tree order, and higher elements that have nothing below them yet.
pub(in crate::model::form) fn blocks(project: &Project, fmea: Id<Document>) -> Vec<AnyId> {
    let mut found = Vec::new();
    for root in project.children::<Element>(fmea, Relation::RootElement) {
        collect(project, root, &mut found);
    }
    found
}

/// The lines of an FMEA in the order of its form.
pub(in crate::model) fn risks_in_order(project: &Project, fmea: Id<Document>) -> Vec<&Risk> {
    let mut found: Vec<&Risk> = Vec::new();
    let mut known = HashSet::new();
    for key in blocks(project, fmea) {
        let AnyId::Element(id) = key else { continue };
        let modes = project.get(id).map(|focus| entries(project, focus)).unwrap_or_default();
        found.extend(modes.iter().filter_map(|entry| entry.risk).filter(|risk| known.insert(risk.id)));
    }
    // Lines whose mode stands where the form has no row for it are lines all the same.
    found.extend(project.children::<Risk>(fmea, Relation::RiskInFmea).filter(|risk| known.insert(risk.id)));
    found
}

fn collect(project: &Project, element: &Element, found: &mut Vec<AnyId>) {
    let before = found.len();
    if element.kind == ElementKind::Focus {
        found.push(element.id.into());
    }
    for child in project.children::<Element>(element.id, Relation::SubElement).filter(|child| !child.kind.is_lower()) {
        collect(project, child, found);
    }
    if found.len() == before && !element.kind.is_lower() {
        found.push(element.id.into());
    }
}

/// What a row shows.
#[derive(Clone, Default)]
pub(in crate::model::form) struct Entry<'p> {
    pub function: Option<&'p Function>,
    pub mode: Option<&'p Failure>,
    pub risk: Option<&'p Risk>,
    pub cause: Option<&'p Failure>,
    pub work: Option<&'p Element>,
    pub work_function: Option<&'p Function>,
    /// A later assessment with its place among the assessments.
    pub later: Option<(usize, &'p Assessment)>,
    pub action: Option<&'p Action>,
    /// Equal numbers in a level mean merged cells, see [`Level`].
    pub groups: [usize; LEVELS],
}

/// The levels at which cells are merged, from the outside in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Step,
    Function,
    Mode,
    Work,
    Cause,
    Later,
    Action,
}

impl Level {
    /// Every level, from the outside in.
    pub const ALL: [Self; LEVELS] =
        [Self::Step, Self::Function, Self::Mode, Self::Work, Self::Cause, Self::Later, Self::Action];
}

const LEVELS: usize = 7;

impl Entry<'_> {
    /// The items of which the cells that begin in the row show something; `above` is the row above it.
    pub(super) fn items(&self, above: Option<&Self>) -> impl Iterator<Item = AnyId> {
        // What merged cells show of a function concerns the row in which they begin, and rows that have nothing else.
        let begins = above.is_none_or(|above| {
            above.groups[Level::Function as usize] != self.groups[Level::Function as usize] || self.risk.is_none()
        });
        let items: [Option<AnyId>; 7] = [
            self.function.filter(|_| begins).map(|function| function.id.into()),
            self.mode.map(|mode| mode.id.into()),
            self.risk.map(|risk| risk.id.into()),
            self.cause.map(|cause| cause.id.into()),
            self.work.map(|work| work.id.into()),
            self.work_function.map(|function| function.id.into()),
            self.action.map(|action| action.id.into()),
        ];
        items.into_iter().flatten()
    }
}

/// The rows of a focus element.
pub(in crate::model::form) fn entries<'p>(project: &'p Project, focus: &'p Element) -> Vec<Entry<'p>> {
    let mut entries = Vec::new();
    for function in project.children::<Function>(focus.id, Relation::FunctionOfElement) {
        let modes = modes_of(project, function.id, Relation::FailureOfFunction);
        push_modes(project, &modes, Some(function), &mut entries);
    }
    let unanchored = modes_of(project, focus.id, Relation::FailureOfElement);
    if !unanchored.is_empty() {
        push_modes(project, &unanchored, None, &mut entries);
    }
    push_open_work(project, focus, &mut entries);
    if entries.is_empty() {
        entries.push(Entry::default());
    }
    number_groups(&mut entries);
    entries
}

fn modes_of(project: &Project, anchor: impl Into<AnyId>, relation: Relation) -> Vec<&Failure> {
    project.children::<Failure>(anchor, relation).filter(|failure| failure.role == FailureRole::Mode).collect()
}

fn push_modes<'p>(
    project: &'p Project,
    modes: &[&'p Failure],
    function: Option<&'p Function>,
    entries: &mut Vec<Entry<'p>>,
) {
    if modes.is_empty() {
        entries.push(Entry { function, ..Entry::default() });
    }
    for mode in modes {
        let before = entries.len();
        for risk in project.children::<Risk>(mode.id, Relation::RiskOfMode) {
            let cause = project.get(risk.cause);
            let work_function = cause.and_then(|cause| match cause.anchor {
                Anchor::Function(anchor) => project.get(anchor),
                Anchor::Element(_) => None,
            });
            let work = cause.and_then(|cause| project.element_of(cause)).filter(|element| element.kind.is_lower());
            let line = Entry {
                function,
                mode: Some(mode),
                risk: Some(risk),
                cause,
                work,
                work_function: work_function.filter(|_| work.is_some()),
                ..Entry::default()
            };
            push_actions(project, &line, risk, entries);
        }
        if entries.len() == before {
            entries.push(Entry { function, mode: Some(mode), ..Entry::default() });
        }
    }
}

fn push_actions<'p>(project: &'p Project, line: &Entry<'p>, risk: &'p Risk, entries: &mut Vec<Entry<'p>>) {
    let before = entries.len();
    let in_force = risk.current().map(|current| (usize::MAX, current));
    for (at, assessment) in in_force.into_iter().chain(risk.later()) {
        let later = assessment.state.is_later().then_some((at, assessment));
        let actions: Vec<&Action> =
            assessment.actions.iter().filter_map(|action| project.get(action.present()?)).collect();
        for action in &actions {
            entries.push(Entry { later, action: Some(action), ..line.clone() });
        }
        if actions.is_empty() && later.is_some() {
            entries.push(Entry { later, ..line.clone() });
        }
    }
    if entries.len() == before {
        entries.push(line.clone());
    }
}

/// Work elements and causes of the step that no mode uses yet: they are part of the analysis and must not be lost from view.
fn push_open_work<'p>(project: &'p Project, focus: &'p Element, entries: &mut Vec<Entry<'p>>) {
    let loose = |failure: &&'p Failure| {
        failure.role == FailureRole::Cause && project.sources(failure.id, Relation::RiskOfCause).is_empty()
    };
    for work in project.children::<Element>(focus.id, Relation::SubElement).filter(|child| child.kind.is_lower()) {
        let shown = entries.iter().any(|entry| entry.work.is_some_and(|shown| shown.id == work.id));
        let before = entries.len();
        let functions: Vec<&Function> = project.children(work.id, Relation::FunctionOfElement).collect();
        for function in &functions {
            for cause in project.children::<Failure>(function.id, Relation::FailureOfFunction).filter(loose) {
                let line = Entry { work: Some(work), work_function: Some(function), ..Entry::default() };
                entries.push(Entry { cause: Some(cause), ..line });
            }
        }
        for cause in project.children::<Failure>(work.id, Relation::FailureOfElement).filter(loose) {
            entries.push(Entry { work: Some(work), cause: Some(cause), ..Entry::default() });
        }
        if !shown && entries.len() == before {
            entries.push(Entry { work: Some(work), work_function: functions.first().copied(), ..Entry::default() });
        }
    }
}

fn number_groups(entries: &mut [Entry<'_>]) {
    for row in 1..entries.len() {
        let (before, rest) = entries.split_at_mut(row);
        let (above, entry) = (&before[row - 1], &mut rest[0]);
        let same = [
            true,
            entry.function.map(|function| function.id) == above.function.map(|function| function.id)
                && entry.mode.is_some() == above.mode.is_some(),
            entry.mode.is_some() && entry.mode.map(|mode| mode.id) == above.mode.map(|mode| mode.id),
            entry.work.is_some() && entry.work.map(|work| work.id) == above.work.map(|work| work.id),
            entry.risk.is_some() && entry.risk.map(|risk| risk.id) == above.risk.map(|risk| risk.id),
            entry.later.is_some() && entry.later.map(|(at, _)| at) == above.later.map(|(at, _)| at),
            false,
        ];
        let mut merged = true;
        for level in 0..LEVELS {
            // A merged cell never reaches over the end of the group that encloses it; causes are lines of their own even where
            // they share a work element, so the work element encloses them only within a mode.
            merged &= same[level];
            if level == Level::Work as usize && !merged && same[Level::Mode as usize] {
                entry.groups[level] = above.groups[level] + 1;
                merged = true;
                continue;
            }
            entry.groups[level] = above.groups[level] + usize::from(!merged);
        }
    }
}

/// Identity and upper line of every row.
pub(super) fn rows(focus: &Element, entries: &[Entry<'_>]) -> Vec<FormRow> {
    let rule = |row: usize| match row.checked_sub(1).map(|above| &entries[above]) {
        None => Rule::Step,
        Some(above) if above.groups[Level::Mode as usize] != entries[row].groups[Level::Mode as usize] => Rule::Mode,
        Some(_) => Rule::Hair,
    };
    entries
        .iter()
        .enumerate()
        .map(|(row, entry)| {
            let item: AnyId = match (entry.risk, entry.cause, entry.mode, entry.work, entry.function) {
                (Some(risk), ..) => risk.id.into(),
                (None, Some(cause), ..) => cause.id.into(),
                (None, None, Some(mode), ..) => mode.id.into(),
                (None, None, None, Some(work), _) => work.id.into(),
                (None, None, None, None, Some(function)) => function.id.into(),
                (None, None, None, None, None) => focus.id.into(),
            };
            FormRow { id: RowId { item, part: entry.action.map(|action| action.id.into()) }, rule: rule(row) }
        })
        .collect()
}
