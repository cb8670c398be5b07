//! Many cells written at once, off the frame: a paste of thousands of rows does not hold the window up.

use crate::app::lookup::{IsCurrent, Question};
use crate::edit::{Author, CellBatch, WrittenCells, write_cells};
use crate::model::Project;

/// Texts to be written, and by whom.
#[derive(Debug, Clone)]
pub struct Writing {
    /// The texts.
    pub batch: CellBatch,
    /// Who writes, with a source of identities of its own.
    pub author: Author,
}

impl PartialEq for Writing {
    /// Two pastes are never the same, even of the same texts.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

impl Question for Writing {
    type Answer = WrittenCells;

    fn answer(&self, project: &Project, is_current: IsCurrent<'_>) -> Option<WrittenCells> {
        write_cells(project, &self.batch, &mut self.author.clone(), is_current)
    }
}
