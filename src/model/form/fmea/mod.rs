//! The FMEA forms: AIAG & VDA 2019 and AIAG 4th edition, from the same lines.

mod columns;
mod failure;
mod risk;
mod rows;
mod structure;

use crate::base::Id;
use crate::model::coverage::RowNumbers;
use crate::model::fmea::Element;
use crate::model::item::{AnyId, Kind};
use crate::model::project::Project;
use crate::model::track::{Read, note};

use super::Form;
use super::kept::{Lines, Span};
use super::shared::{user_field, user_value};
use super::table::{Block, Cell, Column, Filled, FormRow, runs};

pub(super) use columns::{aiag_vda_columns, fourth_edition_columns};
pub(super) use risk::{is_rated, priority, rpn};
pub(in crate::model) use rows::risks_in_order;
pub(super) use rows::{blocks, entries};

use rows::{Entry, Level, rows};
use structure::requirements;

/// Rows and cells of a focus element.
pub(super) fn block(project: &Project, form: &Form, element: Id<Element>) -> Block {
    let Some(lines) = FmeaLines::new(project, form, element) else { return Block::empty(element.into()) };
    let cells = lines.spans().into_iter().map(|span| lines.fill(span)).collect();
    Block { key: element.into(), rows: lines.rows(), cells }
}

/// The rows of a focus element, cell by cell.
pub(super) struct FmeaLines<'p> {
    project: &'p Project,
    form: &'p Form,
    focus: &'p Element,
    entries: Vec<Entry<'p>>,
    levels: Vec<Level>,
}

impl<'p> FmeaLines<'p> {
    /// The rows of a focus element; none if there is no such element.
    pub fn new(project: &'p Project, form: &'p Form, element: Id<Element>) -> Option<Self> {
        let focus = project.get(element)?;
        let levels = form.columns.iter().map(|column| level_of(&column.key)).collect();
        Some(Self { project, form, focus, entries: entries(project, focus), levels })
    }
}

impl Lines for FmeaLines<'_> {
    fn rows(&self) -> Vec<FormRow> {
        rows(self.focus, &self.entries)
    }

    fn spans(&self) -> Vec<Span> {
        let of_level = |level: Level| runs(self.entries.len(), |row| self.entries[row].groups[level as usize]);
        let of_levels = Level::ALL.map(of_level);
        let of_column = |(column, level): (usize, &Level)| {
            let runs = of_levels[*level as usize].iter();
            runs.map(move |(row, rows)| Span { column, row: *row, rows: *rows })
        };
        self.levels.iter().enumerate().flat_map(of_column).collect()
    }

    fn fill(&self, Span { column, row, rows }: Span) -> Cell {
        let &Self { project, form, focus, .. } = self;
        // What is remembered between cells would hide from a row what it was made from.
        let cx = Context { project, form, focus, plan_rows: RowNumbers::new(project) };
        cx.fill(&form.columns[column], &self.entries[row]).cell(column, row, rows)
    }

    fn note(&self, row: usize) {
        note(Read::Item(self.focus.id.into()));
        let above = row.checked_sub(1).map(|above| &self.entries[above]);
        self.entries[row].items(above).for_each(|item| note(Read::Item(item)));
    }
}

fn level_of(key: &str) -> Level {
    match key {
        "process_item" | "process_step_number" | "process_step" | "process_item_function" => Level::Step,
        "process_step_function" | "requirement" => Level::Function,
        "failure_effect" | "severity" | "failure_mode" => Level::Mode,
        "work_element" => Level::Work,
        "severity_after"
        | "occurrence_after"
        | "detection_after"
        | "special_class_after"
        | "action_priority_after"
        | "rpn_after" => Level::Later,
        "prevention_action" | "detection_action" | "recommended_action" | "responsible" | "target_date" | "status"
        | "action_taken" | "completion_date" => Level::Action,
        _ => Level::Cause,
    }
}

struct Context<'p> {
    project: &'p Project,
    form: &'p Form,
    focus: &'p Element,
    plan_rows: RowNumbers<'p>,
}

impl Context<'_> {
    fn fill(&self, column: &Column, entry: &Entry<'_>) -> Filled {
        match &*column.key {
            "process_item" => self.process_item(),
            "process_step_number" => self.step_number(),
            "process_step" => self.step_name(),
            "process_item_function" => self.item_function(),
            "process_step_function" => self.step_function(entry),
            "requirement" => requirements(entry.function),
            "work_element" => self.work_element(entry),
            "work_element_function" => self.work_function(entry),
            "failure_effect" => self.effects(entry),
            "severity" => self.severity(entry),
            "failure_mode" => self.mode(entry),
            "failure_cause" => self.cause(entry),
            key if key.starts_with("user:") => self.user_value(column, entry),
            _ => match entry.risk {
                Some(risk) => self.risk_cell(&column.key, entry, risk),
                None => Filled::empty(),
            },
        }
    }

    fn user_value(&self, column: &Column, entry: &Entry<'_>) -> Filled {
        let Some(declared) = user_field(&column.key).and_then(|field| self.project.get(field)) else {
            return Filled::empty();
        };
        let item: Option<AnyId> = match declared.on {
            Kind::Risk => entry.risk.map(|risk| risk.id.into()),
            Kind::Failure => entry.mode.map(|mode| mode.id.into()),
            Kind::Function => entry.function.map(|function| function.id.into()),
            _ => None,
        };
        item.map_or_else(Filled::empty, |item| user_value(self.project, item, declared.id))
    }
}
