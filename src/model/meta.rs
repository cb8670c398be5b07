//! What any item may carry besides its own fields.

use crate::base::{Id, Text};
use crate::model::project_data::UserField;

/// Note, origin, external identities and user-defined values of an item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Meta {
    /// A free note, which also takes the place of comments in the files.
    pub note: Text,
    /// Identities in other systems: source, such as `plm` or `aras`, and identity there.
    pub external: Vec<(Text, Text)>,
    /// Where the item came from, for imported items and those taken from a foundation document.
    pub origin: Option<Origin>,
    /// Values of user-defined fields, as written.
    pub values: Vec<(Id<UserField>, Text)>,
}

impl Meta {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The value of a user-defined field.
    pub fn value(&self, field: Id<UserField>) -> Option<&Text> {
        self.values.iter().find(|(declared, _)| *declared == field).map(|(_, value)| value)
    }
}

/// Where an item came from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A cell of a spreadsheet.
    Cell {
        /// File name.
        file: Text,
        /// Sheet name.
        sheet: Text,
        /// Address, such as `C12`.
        cell: Text,
    },
    /// An item of a foundation (family) document.
    Foundation {
        /// Identity in the foundation.
        id: Text,
        /// Revision it was taken from.
        revision: Text,
    },
}
