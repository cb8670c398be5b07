//! What of a workbook that came home is taken over, as one change.

use std::collections::BTreeSet;

use super::{AddedRow, Place, Returned};
use crate::base::text::quoted;
use crate::edit::{
    Author, BatchKind, CellBatch, Command, Reach, RefusedCell, TextRow, Transaction, WrittenCells, plan, write_cells,
};
use crate::model::Project;

/// What a person wants of it, by places in the lists of [`Returned`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Differences.
    pub cells: BTreeSet<usize>,
    /// Rows that were added there: they are made here, too.
    pub added: BTreeSet<usize>,
    /// Rows that are lacking there: they are deleted here, too.
    pub deleted: BTreeSet<usize>,
}

impl Chosen {
    /// Every difference, and nothing else.
    pub fn all_cells(returned: &Returned) -> Self {
        Self { cells: (0..returned.differences.len()).collect(), ..Self::default() }
    }

    /// What is safe to take over: differences of which the project says what it said when the workbook left.
    pub fn without_conflicts(returned: &Returned) -> Self {
        let safe = returned.differences.iter().enumerate().filter(|(_, found)| !found.both && found.refused.is_none());
        Self { cells: safe.map(|(at, _)| at).collect(), ..Self::default() }
    }

    /// How many changes it asks for.
    pub fn len(&self) -> usize {
        self.cells.len() + self.added.len() + self.deleted.len()
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What taking over comes to.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The changes, as one.
    pub transaction: Transaction,
    /// How many cells change in rows that there are.
    pub cells: usize,
    /// How many rows come and go.
    pub rows: usize,
    /// What the project did not take.
    pub refused: Vec<RefusedCell>,
}

/// Plans to take over what was chosen. Facts that also show elsewhere change there, too. Nothing is changed yet.
pub fn accept(project: &Project, returned: &Returned, chosen: &Chosen, author: &mut Author) -> Accepted {
    let mut taking = Taking {
        ahead: project.clone(),
        accepted: Accepted {
            transaction: Transaction { label: String::new(), ops: Vec::new(), focus: None },
            cells: 0,
            rows: 0,
            refused: Vec::new(),
        },
        author,
    };
    for number in 0..returned.forms.len() {
        taking.cells(returned, number, &chosen.cells);
    }
    // From below, so that rows behind the same row keep their order.
    for added in chosen.added.iter().rev().filter_map(|at| returned.added.get(*at)) {
        taking.row(returned, added);
    }
    for lacking in chosen.deleted.iter().filter_map(|at| returned.lacking.get(*at)) {
        let command = Command::Delete { items: vec![lacking.item] };
        match plan(&taking.ahead, &command, taking.author) {
            Ok(deleted) => taking.accepted.rows += usize::from(taking.apply(deleted)),
            Err(refusal) => {
                taking.refuse(format!("{}, {}", lacking.sheet, quoted(&lacking.row)), String::new(), refusal.reason);
            }
        }
    }
    let Taking { mut accepted, .. } = taking;
    let count = |count: usize, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{count} {noun}s")),
    };
    let parts: Vec<String> =
        [count(accepted.cells, "cell"), count(accepted.rows, "row")].into_iter().flatten().collect();
    let what = if parts.is_empty() { "nothing".to_owned() } else { parts.join(" and ") };
    accepted.transaction.label = format!("Take over {what} from {}", returned.file);
    accepted
}

/// The project as it becomes.
struct Taking<'a> {
    ahead: Project,
    accepted: Accepted,
    author: &'a mut Author,
}

impl Taking<'_> {
    fn cells(&mut self, returned: &Returned, number: usize, chosen: &BTreeSet<usize>) {
        let mut rows: Vec<TextRow> = Vec::new();
        for difference in chosen.iter().filter_map(|at| returned.differences.get(*at)) {
            let Place { form, block, row, column } = difference.place;
            if form != number || difference.refused.is_some() {
                continue;
            }
            let text = (column, difference.typed.clone());
            match rows.last_mut().filter(|last| (last.block, last.row) == (block, row)) {
                Some(last) => last.texts.push(text),
                None => rows.push(TextRow { block, row, texts: vec![text] }),
            }
        }
        if rows.is_empty() {
            return;
        }
        let batch = CellBatch { rows, ..batch(returned, number) };
        if let Some(written) = write_cells(&self.ahead, &batch, self.author, &|| true) {
            let WrittenCells { cells, refused, transaction, .. } = written;
            self.accepted.refused.extend(refused);
            if self.apply(transaction) {
                self.accepted.cells += cells;
            }
        }
    }

    fn row(&mut self, returned: &Returned, added: &AddedRow) {
        let place = format!("{}, {}", added.sheet, added.cell);
        let Some((number, block, row)) = added.place else {
            let texts: Vec<&str> = added.texts.iter().map(|(_, text)| text.as_str()).collect();
            self.refuse(place, texts.join(" · "), "No row of the project stands above it".to_owned());
            return;
        };
        let batch =
            CellBatch { beyond: vec![added.typed.clone()], behind: Some((block, row)), ..batch(returned, number) };
        if let Some(written) = write_cells(&self.ahead, &batch, self.author, &|| true) {
            let WrittenCells { rows, refused, transaction, .. } = written;
            self.accepted
                .refused
                .extend(refused.into_iter().map(|refused| RefusedCell { place: place.clone(), ..refused }));
            if self.apply(transaction) {
                self.accepted.rows += rows;
            }
        }
    }

    fn apply(&mut self, transaction: Transaction) -> bool {
        let is_done = self.ahead.apply(&transaction.ops).is_ok();
        if is_done {
            self.accepted.transaction.ops.extend(transaction.ops);
        }
        is_done
    }

    fn refuse(&mut self, place: String, text: String, reason: String) {
        self.accepted.refused.push(RefusedCell { at: None, place, text, reason });
    }
}

/// A batch of a form without any texts yet.
fn batch(returned: &Returned, number: usize) -> CellBatch {
    CellBatch {
        form: returned.forms[number].clone(),
        kind: BatchKind::Paste,
        rows: Vec::new(),
        beyond: Vec::new(),
        behind: None,
        outside: Vec::new(),
        reach: Some(Reach::Everywhere),
    }
}
