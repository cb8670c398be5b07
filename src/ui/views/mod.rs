//! Views of documents: they read the project and queue commands.

pub mod arranging;
pub mod blank;
pub mod cells;
pub mod columns;
pub mod editing;
pub mod events;
pub mod flow;
pub mod form;
pub mod form_cells;
pub mod locate;
pub mod marks;
pub mod names;
pub mod overview;
pub mod phases;
pub mod preview;
pub mod source;
