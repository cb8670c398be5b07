//! The drawn symbols that a form needs: classes of the project's class set, and steps of the flow.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::form::{Block, ColumnKind, Form, Part};
use crate::model::project::Project;
use crate::model::symbol::{SymbolSet, SymbolShape};

/// The symbols that some cell of a form shows, by what the cells call them.
#[derive(Debug, Default)]
pub(super) struct Symbols {
    /// Special-characteristic classes by code; without a shape where the class has none or is not known.
    pub classes: BTreeMap<String, Option<Arc<SymbolShape>>>,
    /// Process-flow symbols by key.
    pub steps: BTreeMap<String, Option<Arc<SymbolShape>>>,
}

impl Symbols {
    /// The symbols that the blocks show.
    pub fn of(project: &Project, form: &Form, blocks: &[Block], flow_symbols: &SymbolSet) -> Self {
        let mut symbols = Self::default();
        for cell in blocks.iter().flat_map(|block| &block.cells) {
            for name in cell.parts.iter().filter_map(|part| part.symbol.as_deref()) {
                let is_step = form.columns.get(cell.column).is_some_and(|column| column.kind == ColumnKind::Symbol);
                let known = if is_step { &mut symbols.steps } else { &mut symbols.classes };
                if !known.contains_key(name) {
                    let shape = if is_step {
                        flow_symbols.get(name).map(|symbol| symbol.shape.clone())
                    } else {
                        project.class(name).and_then(|class| class.symbol.clone())
                    };
                    known.insert(name.to_owned(), shape.map(Arc::new));
                }
            }
        }
        symbols
    }

    /// The drawing of a part, if it has one.
    pub fn shape(&self, kind: ColumnKind, part: &Part) -> Option<&Arc<SymbolShape>> {
        let known = if kind == ColumnKind::Symbol { &self.steps } else { &self.classes };
        known.get(part.symbol.as_deref()?)?.as_ref()
    }
}
