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

use super::Form;
use super::shared::{user_field, user_value};
use super::table::{Block, Column, Filled, runs};

pub(super) use columns::{aiag_vda_columns, fourth_edition_columns};
pub(super) use risk::{is_rated, priority, rpn};
pub(super) use rows::{blocks, entries};

use rows::{Entry, Level, rows};
use structure::requirements;

/// Rows and cells of a focus element.
pub(super) fn block(project: &Project, form: &Form, element: Id<Element>) -> Block {
    let Some(focus) = project.get(element) else { return Block::empty(element.into()) };
    let entries = entries(project, focus);
    let cx = Context { project, form, focus, plan_rows: RowNumbers::new(project) };
    let mut cells = Vec::with_capacity(form.columns.len() * entries.len() / 2);
    for (at, column) in form.columns.iter().enumerate() {
        let level = level_of(&column.key);
        for (row, count) in runs(entries.len(), |row| entries[row].groups[level as usize]) {
            cells.push(cx.fill(column, &entries[row]).cell(at, row, count));
        }
    }
    Block { key: element.into(), rows: rows(focus, &entries), cells }
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
