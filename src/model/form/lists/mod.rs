//! Lists over the whole project in the shape of forms: the actions of all FMEAs, the characteristics, the matrix of
//! characteristics and steps, and what stands in the PPAP submission.

mod actions;
mod characteristics;
mod matrix;
mod ppap_elements;
mod results;

pub use matrix::{CONTROLLED, STEP};

use crate::model::field::Field;
use crate::model::item::AnyId;
use crate::model::project::Project;

use super::shared::{user_field, user_value};
use super::table::{Block, Column, Filled, Group};
use super::{Form, FormOptions, ListKind};

/// Heading groups and columns.
pub(super) fn columns(project: &Project, kind: ListKind, options: FormOptions) -> (Vec<Group>, Vec<Column>) {
    match kind {
        ListKind::Actions => actions::columns(project),
        ListKind::Characteristics => characteristics::columns(project),
        ListKind::CharacteristicMatrix => matrix::columns(project),
        ListKind::PpapElements => ppap_elements::columns(project, options),
        ListKind::Results(results) => results::columns(project, results, options),
    }
}

/// A block per action, characteristic, element or result.
pub(super) fn blocks(project: &Project, kind: ListKind, options: FormOptions) -> Vec<AnyId> {
    match kind {
        ListKind::Actions => actions::blocks(project),
        ListKind::Characteristics | ListKind::CharacteristicMatrix => characteristics::blocks(project),
        ListKind::PpapElements => ppap_elements::blocks(project),
        ListKind::Results(results) => results::blocks(project, results, options),
    }
}

/// Rows and cells of a block.
pub(super) fn block(project: &Project, form: &Form, kind: ListKind, key: AnyId) -> Block {
    match (kind, key) {
        (ListKind::Actions, AnyId::Action(action)) => actions::block(project, form, action),
        (ListKind::Characteristics, AnyId::Characteristic(id)) => characteristics::block(project, form, id),
        (ListKind::CharacteristicMatrix, AnyId::Characteristic(id)) => matrix::block(project, form, id),
        (ListKind::PpapElements, AnyId::PpapElement(id)) => ppap_elements::block(project, form, id),
        (ListKind::Results(_), AnyId::TestResult(id)) => results::block(project, form, id),
        (ListKind::Results(results), AnyId::Submission(id)) => results::open_block(form, results, id),
        _ => Block::empty(key),
    }
}

/// How many rows a block has.
pub(super) fn row_count(project: &Project, kind: ListKind, key: AnyId) -> usize {
    match (kind, key) {
        (ListKind::Actions, AnyId::Action(action)) => actions::row_count(project, action),
        _ => 1,
    }
}

/// A cell that shows a field of an item in the words of the project.
fn field(project: &Project, item: impl Into<AnyId>, field: Field) -> Filled {
    let item = item.into();
    Filled::field(item, field, project.field_text(item, field).unwrap_or_default())
}

/// The cell of a user-defined field.
fn own_field(project: &Project, key: &str, item: impl Into<AnyId>) -> Filled {
    user_field(key).map_or_else(Filled::empty, |own| user_value(project, item, own))
}

fn group(heading: &str, step: Option<u8>) -> Group {
    Group { heading: heading.to_owned(), step }
}
