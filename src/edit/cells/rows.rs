//! Rows that a paste makes below the last one.

use crate::model::field::Field;
use crate::model::form::{Form, FormKind, ListKind, NewItem, RowId};
use crate::model::item::{AnyId, Item};
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::project_data::ProjectData;

use super::super::Command;
use super::super::plan::{Author, Refusal, Transaction, plan, plan_insert};

/// A row that was planned.
pub(super) struct NewRow {
    pub transaction: Transaction,
    pub block: AnyId,
    pub row: RowId,
    /// The column whose text the row was made with.
    pub column: usize,
}

/// Plans a row behind another: what it is follows from the form, and from the columns that have a text.
pub(super) fn plan_row(
    project: &Project,
    form: &Form,
    near: (AnyId, RowId),
    texts: &[(usize, String)],
    author: &mut Author,
) -> Result<NewRow, Refusal> {
    let (block, row) = near;
    let text_of = |key: &str| {
        let column = form.column(key)?;
        let (_, text) = texts.iter().find(|(at, _)| *at == column)?;
        (!text.trim().is_empty()).then_some((column, text.as_str()))
    };
    let (what, key) = match form.kind {
        FormKind::ProcessFlow => match () {
            () if text_of("process_step").or_else(|| text_of("process_step_number")).is_some() => {
                (NewItem::Step, "process_step")
            }
            () if text_of("product_characteristic").is_some() => {
                (NewItem::ProductCharacteristic, "product_characteristic")
            }
            () if text_of("process_characteristic").is_some() => {
                (NewItem::ProcessCharacteristic, "process_characteristic")
            }
            () => (NewItem::Step, "process_step"),
        },
        FormKind::FmeaAiagVda | FormKind::FmeaFourthEdition if text_of("failure_mode").is_some() => {
            (NewItem::Mode, "failure_mode")
        }
        FormKind::FmeaAiagVda | FormKind::FmeaFourthEdition => (NewItem::Cause, "failure_cause"),
        FormKind::ControlPlan => match form.document {
            Some(plan) => (NewItem::PlanRow { plan, phase: form.options.phase }, "control_method"),
            None => return Err(no_rows()),
        },
        FormKind::List(ListKind::Characteristics) => {
            use crate::model::characteristic::CharacteristicKind;
            let is_process = text_of("characteristic_kind")
                .is_some_and(|(_, kind)| kind.trim().eq_ignore_ascii_case(CharacteristicKind::Process.name()));
            let kind = if is_process { CharacteristicKind::Process } else { CharacteristicKind::Product };
            (NewItem::Characteristic(kind), "characteristic")
        }
        FormKind::List(ListKind::Results(kind)) => (NewItem::Result { kind, field: Field::Requirement }, "requirement"),
        FormKind::List(ListKind::Actions | ListKind::CharacteristicMatrix | ListKind::PpapElements) => {
            return Err(no_rows());
        }
    };
    let column = form.column(key).ok_or_else(no_rows)?;
    let text = text_of(key).map_or("", |(_, text)| text);
    let transaction = match (what, form.document) {
        (NewItem::Characteristic(_), _) => {
            let (under, text) = (ProjectData::ID.into(), text.to_owned());
            plan(project, &Command::Create { under, what, text, after: Some(row.item) }, author)?
        }
        (NewItem::Result { .. }, _) => {
            let under = project.submission().ok_or_else(no_submission)?.id.into();
            let after = matches!(row.item, AnyId::TestResult(_)).then_some(row.item);
            plan(project, &Command::Create { under, what, text: text.to_owned(), after }, author)?
        }
        (_, Some(document)) => plan_insert(project, row.item, what, document, text, author)?,
        (_, None) => return Err(no_rows()),
    };
    let focus = transaction.focus.map(|focus| focus.item).ok_or_else(no_rows)?;
    let role = transaction.ops.iter().find_map(|op| match op {
        Op::Put(Item::StepCharacteristic(role)) => Some(role.id.into()),
        _ => None,
    });
    let is_own_block = matches!(what, NewItem::Step | NewItem::Characteristic(_) | NewItem::Result { .. });
    let part = if matches!(focus, AnyId::Step(_)) { role } else { None };
    Ok(NewRow {
        block: if is_own_block { focus } else { block },
        row: RowId { item: focus, part },
        column,
        transaction,
    })
}

fn no_submission() -> Refusal {
    Refusal::new("The project has no PPAP submission yet")
}

fn no_rows() -> Refusal {
    Refusal::new("No row can be added here")
}
