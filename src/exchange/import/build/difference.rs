//! What the project has already and a file says otherwise: the project keeps what it says, unless a person takes over what the
//! file says.

use crate::exchange::import::build::{Builder, key};
use crate::exchange::import::workbook::At;
use crate::model::field::Field;
use crate::model::item::{AnyId, Item};

use super::lines::Said;

/// A field of an item of the project that a file says otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The item.
    pub item: AnyId,
    /// What the project calls it.
    pub label: String,
    /// Its field.
    pub field: Field,
    /// What people call the field: a user-defined one by its name.
    pub field_label: String,
    /// What the project says.
    pub here: String,
    /// What the file says.
    pub there: String,
    /// Index of the sheet.
    pub sheet: usize,
    /// The cell that says it.
    pub at: At,
    /// What comes in with it if it is taken over: the person or the user-defined field that it names, if that is new.
    pub with: Option<Item>,
}

/// Why a cell is not imported that says something else.
pub(super) const DIFFERS: &str =
    "the project says something else and keeps it, unless you take over what the file says";

impl Builder<'_> {
    /// Notes that a line says the same of an item as the project: what another line says otherwise is no difference of the file then,
    /// but of its own lines.
    pub(super) fn agrees(&mut self, item: impl Into<AnyId>, field: Field) {
        self.agreed.insert((item.into(), field));
    }

    /// Notes that a cell says something else of an item of the project than that; not if the item is new, says the same, or said
    /// the same in another line.
    pub(super) fn differs(
        &mut self,
        sheet: usize,
        said: &Said<'_>,
        item: impl Into<AnyId>,
        field: Field,
        there: &str,
    ) -> bool {
        let item = item.into();
        let Some(here) = self.project.field_text(item, field) else { return false };
        if key(&here) == key(there) {
            self.agrees(item, field);
            return false;
        }
        if self.agreed.contains(&(item, field)) {
            return false;
        }
        self.note_difference((sheet, said.at), (item, field), there.to_owned(), None);
        self.leave(sheet, said, DIFFERS);
        true
    }

    /// Adds a difference to the list, once: several lines may say the same of a step.
    pub(super) fn note_difference(
        &mut self,
        (sheet, at): (usize, At),
        (item, field): (AnyId, Field),
        there: String,
        with: Option<Item>,
    ) {
        if !self.differing.insert((item, field, there.clone())) {
            return;
        }
        let label = self.project.label(item);
        let here = self.project.field_text(item, field).unwrap_or_default();
        let field_label = match field {
            Field::User(own) => self.fields.look(self.project, own).map(|own| own.name.to_string()),
            _ => None,
        };
        let field_label = field_label.unwrap_or_else(|| field.label().to_owned());
        self.differences.push(Difference { item, label, field, field_label, here, there, sheet, at, with });
    }
}
