//! Filters and sorts the rows of a form without ever tearing a group apart.
//!
//! A merged cell stays one cell over the rows that are left; rows move only together with everything that is merged over
//! them, and process steps as wholes. Rows keep their identity, so an edit hits the same item however they are arranged.
//! What is new since the rows were judged is shown until they are judged again.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::app::lookup::{IsCurrent, Question};
use crate::base::text::normalized;
use crate::model::form::{Block, Cell, Form, FormRow, RowId, Rule, Target};
use crate::model::{AnyId, Project};

/// What a line has to say in a column to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Condition {
    /// One of its texts is one of these.
    OneOf(BTreeSet<String>),
    /// It has these words.
    Contains(String),
    /// It is a number from this one up.
    AtLeast(i64),
    /// It says anything.
    Filled,
    /// It says nothing.
    Blank,
}

impl Condition {
    fn holds(&self, text: &str) -> bool {
        match self {
            Self::OneOf(values) => {
                let lines = || text.lines().map(str::trim);
                if text.trim().is_empty() { values.contains("") } else { lines().any(|line| values.contains(line)) }
            }
            Self::Contains(words) => normalized(text).contains(&normalized(words)),
            Self::AtLeast(least) => text.trim().parse::<f64>().is_ok_and(|number| number >= *least as f64),
            Self::Filled => !text.trim().is_empty(),
            Self::Blank => text.trim().is_empty(),
        }
    }
}

/// Which lines are shown: those that fulfil everything.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// What is asked of columns, by the key of the column.
    pub columns: Vec<(String, Condition)>,
    /// Only lines with open findings.
    pub with_findings: bool,
}

impl Filter {
    /// Whether everything is shown.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty() && !self.with_findings
    }

    /// Asks this of a column instead of what was asked of it before, or nothing any more.
    pub fn set(&mut self, column: &str, condition: Option<Condition>) {
        self.columns.retain(|(known, _)| known != column);
        self.columns.extend(condition.map(|condition| (column.to_owned(), condition)));
    }

    /// What is asked of a column.
    pub fn of(&self, column: &str) -> Option<&Condition> {
        self.columns.iter().find(|(known, _)| known == column).map(|(_, condition)| condition)
    }
}

/// By which column lines are sorted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// The key of the column.
    pub column: String,
    /// The largest first.
    pub descending: bool,
}

/// Asks which rows of a form are shown, and in which order.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrange {
    /// The form.
    pub form: Form,
    /// Which lines.
    pub filter: Filter,
    /// In which order; none for that of the document.
    pub sort: Option<Sort>,
    /// The items with open findings, if the filter asks for them.
    pub marked: Arc<HashSet<AnyId>>,
}

/// Which rows of a form are shown, and in which order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Arrangement {
    blocks: HashMap<AnyId, Shown>,
    /// Where each block stands that has rows to show.
    ranks: HashMap<AnyId, usize>,
    /// Blocks of which some rows are shown and some are not.
    pub partly: usize,
}

/// The rows of one block.
#[derive(Debug, Clone, PartialEq, Default)]
struct Shown {
    /// How many rows are shown.
    left: usize,
    hidden: HashSet<RowId>,
    /// Where each row stands; empty for the order of the document.
    ranks: HashMap<RowId, usize>,
}

impl Question for Arrange {
    type Answer = Arrangement;

    fn answer(&self, project: &Project, is_current: IsCurrent<'_>) -> Option<Arrangement> {
        let mut arrangement = Arrangement::default();
        let mut placed: Vec<(Key, AnyId)> = Vec::new();
        let column = self.sort.as_ref().and_then(|sort| self.form.column(&sort.column));
        for (count, key) in self.form.blocks(project).into_iter().enumerate() {
            if count % 16 == 0 && !is_current() {
                return None;
            }
            let block = self.form.block(project, key);
            let keep: Vec<bool> = (0..block.rows.len()).map(|row| self.keeps(&block, row)).collect();
            let hidden: HashSet<RowId> =
                block.rows.iter().zip(&keep).filter(|(_, keep)| !**keep).map(|(row, _)| row.id).collect();
            let left = block.rows.len() - hidden.len();
            arrangement.partly += usize::from(left > 0 && !hidden.is_empty());
            let mut shown = Shown { left, hidden, ranks: HashMap::new() };
            if let (Some(column), Some(sort)) = (column, &self.sort) {
                let keys: Vec<Key> = (0..block.rows.len())
                    .map(|row| if keep[row] { Key::of(&block, row, column) } else { Key::Blank })
                    .collect();
                let order = sorted(&block, &|left, right| keys[left].compare(&keys[right], sort.descending));
                shown.ranks = order.iter().enumerate().map(|(rank, row)| (block.rows[*row].id, rank)).collect();
                let best = keys.into_iter().min_by(|left, right| left.compare(right, sort.descending));
                placed.push((best.unwrap_or(Key::Blank), key));
            } else {
                placed.push((Key::Blank, key));
            }
            if left > 0 {
                arrangement.ranks.insert(key, 0);
            }
            arrangement.blocks.insert(key, shown);
        }
        if let Some(sort) = &self.sort {
            placed.sort_by(|(left, _), (right, _)| left.compare(right, sort.descending));
        }
        for (rank, (_, key)) in placed.into_iter().enumerate() {
            if let Some(place) = arrangement.ranks.get_mut(&key) {
                *place = rank;
            }
        }
        Some(arrangement)
    }
}

impl Arrange {
    fn keeps(&self, block: &Block, row: usize) -> bool {
        let holds = |(key, condition): &(String, Condition)| {
            let cell = self.form.column(key).and_then(|column| block.cell_at(row, column));
            // A column that the form does not have asks for nothing.
            self.form.column(key).is_none() || condition.holds(&cell.map(Cell::text).unwrap_or_default())
        };
        self.filter.columns.iter().all(holds) && (!self.filter.with_findings || self.is_marked(block, row))
    }

    fn is_marked(&self, block: &Block, row: usize) -> bool {
        let id = block.rows[row].id;
        let of_row = self.marked.contains(&id.item) || id.part.is_some_and(|part| self.marked.contains(&part));
        of_row
            || block.cells.iter().filter(|cell| (cell.row..cell.row + cell.rows).contains(&row)).any(|cell| {
                matches!(&cell.target, Target::Field { item, .. } | Target::List { owner: item, .. } if self.marked.contains(item))
            })
    }
}

impl Arrangement {
    /// The rows of a block that are shown, in their order; groups stay whole whatever happened to the block since.
    pub fn apply(&self, block: &Block) -> Block {
        let Some(shown) = self.blocks.get(&block.key) else { return block.clone() };
        let order: Vec<usize> = if shown.ranks.is_empty() {
            (0..block.rows.len()).collect()
        } else {
            // A row that is new stands behind the one it was put behind.
            let mut last = 0;
            let ranks: Vec<(usize, usize)> = block
                .rows
                .iter()
                .enumerate()
                .map(|(at, row)| {
                    last = shown.ranks.get(&row.id).copied().unwrap_or(last);
                    (last, at)
                })
                .collect();
            sorted(block, &|left, right| ranks[left].cmp(&ranks[right]))
        };
        let order: Vec<usize> = order.into_iter().filter(|row| !shown.hidden.contains(&block.rows[*row].id)).collect();
        reduced(block, &order)
    }

    /// The blocks that have rows to show, in their order. `rows` says how many of a block are shown.
    pub fn order(&self, natural: &[AnyId], rows: impl Fn(AnyId) -> usize) -> Vec<AnyId> {
        let mut last = 0;
        let mut ranked: Vec<(usize, usize, AnyId)> = Vec::with_capacity(natural.len());
        for (at, key) in natural.iter().enumerate() {
            last = self.ranks.get(key).copied().unwrap_or(last);
            if rows(*key) > 0 {
                ranked.push((last, at, *key));
            }
        }
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, _, key)| key).collect()
    }

    /// How many rows of a block are shown, as long as nothing changed since they were judged.
    pub fn left(&self, block: AnyId) -> Option<usize> {
        self.blocks.get(&block).map(|shown| shown.left)
    }

    /// Shows a row that was hidden, for whoever goes there.
    pub fn show(&mut self, block: AnyId, row: RowId) {
        if let Some(shown) = self.blocks.get_mut(&block) {
            shown.hidden.remove(&row);
        }
    }
}

/// The rows of a block in an order in which no merged cell is torn: rows are compared, and what is merged over several of
/// them moves as one, by the best of its rows.
fn sorted(block: &Block, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let spans: Vec<Range<usize>> =
        block.cells.iter().filter(|cell| cell.rows > 1).map(|cell| cell.row..cell.row + cell.rows).collect();
    ordered(0..block.rows.len(), &spans, compare)
}

fn ordered(rows: Range<usize>, spans: &[Range<usize>], compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    // Only what is merged over a part of the rows holds them together.
    let inner: Vec<Range<usize>> = spans
        .iter()
        .filter(|span| span.start >= rows.start && span.end <= rows.end && span.len() < rows.len())
        .cloned()
        .collect();
    let is_torn = |at: usize| inner.iter().any(|span| span.start < at && at < span.end);
    let mut parts: Vec<Vec<usize>> = Vec::new();
    let mut start = rows.start;
    for at in rows.start + 1..=rows.end {
        if at < rows.end && is_torn(at) {
            continue;
        }
        let part = start..at;
        start = at;
        parts.push(if part.len() < rows.len() { ordered(part, &inner, compare) } else { part.collect() });
    }
    let best = |part: &[usize]| part.iter().copied().min_by(|left, right| compare(*left, *right));
    parts.sort_by(|left, right| match (best(left), best(right)) {
        (Some(left), Some(right)) => compare(left, right),
        _ => Ordering::Equal,
    });
    parts.concat()
}

/// A block with some of its rows, merged cells over those that are left.
fn reduced(block: &Block, order: &[usize]) -> Block {
    let mut places: Vec<Option<usize>> = vec![None; block.rows.len()];
    for (place, row) in order.iter().enumerate() {
        places[*row] = Some(place);
    }
    let mut cells: Vec<Cell> = block
        .cells
        .iter()
        .filter_map(|cell| {
            let left: Vec<usize> = places[cell.row..cell.row + cell.rows].iter().filter_map(|place| *place).collect();
            let first = *left.iter().min()?;
            Some(Cell { row: first, rows: left.len(), ..cell.clone() })
        })
        .collect();
    cells.sort_by_key(|cell| (cell.column, cell.row));
    let rows = order.iter().enumerate().map(|(place, row)| {
        let rule = if place == 0 { Rule::Step } else { rule_between(block, order[place - 1], *row) };
        FormRow { rule: if place == 0 { block.rows[0].rule } else { rule }, ..block.rows[*row] }
    });
    Block { key: block.key, rows: rows.collect(), cells }
}

/// The line between two rows that come to stand below each other: the strongest of those that lay between them.
fn rule_between(block: &Block, above: usize, below: usize) -> Rule {
    let (first, last) = (above.min(below) + 1, above.max(below));
    block.rows[first..=last].iter().map(|row| row.rule).max().unwrap_or(Rule::Hair)
}

/// What a row is sorted by.
#[derive(Debug, Clone, PartialEq)]
enum Key {
    Number(f64),
    Text(String),
    Blank,
}

impl Key {
    fn of(block: &Block, row: usize, column: usize) -> Self {
        let Some(cell) = block.cell_at(row, column) else { return Self::Blank };
        if let Some(priority) = cell.priority {
            return Self::Number(f64::from(priority as u8));
        }
        let text = cell.text();
        let text = text.trim();
        match text.parse::<f64>() {
            _ if text.is_empty() => Self::Blank,
            Ok(number) if number.is_finite() => Self::Number(number),
            _ => Self::Text(text.to_lowercase()),
        }
    }

    /// Numbers before words, blanks always last.
    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let found = match (self, other) {
            (Self::Blank, Self::Blank) => Ordering::Equal,
            (Self::Blank, _) => return Ordering::Greater,
            (_, Self::Blank) => return Ordering::Less,
            (Self::Number(left), Self::Number(right)) => left.total_cmp(right),
            (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(_)) => Ordering::Greater,
            (Self::Text(left), Self::Text(right)) => left.cmp(right),
        };
        if descending { found.reverse() } else { found }
    }
}

/// Asks which texts a column has, and how many lines have each.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    /// The form.
    pub form: Form,
    /// The key of the column.
    pub column: String,
}

impl Question for Values {
    type Answer = Vec<(String, usize)>;

    fn answer(&self, project: &Project, is_current: IsCurrent<'_>) -> Option<Vec<(String, usize)>> {
        let Some(column) = self.form.column(&self.column) else { return Some(Vec::new()) };
        let mut counts: HashMap<String, usize> = HashMap::new();
        for (count, key) in self.form.blocks(project).into_iter().enumerate() {
            if count % 16 == 0 && !is_current() {
                return None;
            }
            let block = self.form.block(project, key);
            for cell in block.cells.iter().filter(|cell| cell.column == column) {
                let text = cell.text();
                if text.trim().is_empty() {
                    *counts.entry(String::new()).or_default() += cell.rows;
                }
                let lines: BTreeSet<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
                for line in lines {
                    *counts.entry(line.to_owned()).or_default() += cell.rows;
                }
            }
        }
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by(|left, right| {
            let key = |text: &str| text.parse::<f64>().map_or(Key::Text(text.to_lowercase()), Key::Number);
            key(&left.0).compare(&key(&right.0), false)
        });
        Some(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::form_view::FormView;
    use crate::app::generate::generate;
    use crate::model::document::{Document, DocumentKind};
    use crate::model::form::{FormKind, FormOptions};

    fn pfmea(causes: usize) -> (Project, Form, Document) {
        let project = generate(crate::app::library().unwrap(), causes, 1, "2026-11-24".parse().unwrap());
        let document = project.documents_of(DocumentKind::ProcessFmea)[0].clone();
        let form = Form::new(&project, &document, FormKind::FmeaAiagVda, FormOptions::default());
        (project, form, document)
    }

    fn arranged(project: &Project, form: &Form, filter: Filter, sort: Option<Sort>) -> Arrangement {
        Arrange { form: form.clone(), filter, sort, marked: Arc::default() }.answer(project, &|| true).unwrap()
    }

    /// No cell of the whole block is torn or lost in what is left of it, and no row stands twice.
    fn whole(before: &Block, after: &Block) {
        let mut seen = HashSet::new();
        assert!(after.rows.iter().all(|row| seen.insert(row.id)));
        for cell in &after.cells {
            let rows: HashSet<RowId> = after.rows[cell.row..cell.row + cell.rows].iter().map(|row| row.id).collect();
            let source = before.cells.iter().find(|known| {
                known.column == cell.column
                    && before.rows[known.row..known.row + known.rows].iter().any(|row| rows.contains(&row.id))
            });
            let source = source.expect("the cell was there before");
            let all: HashSet<RowId> =
                before.rows[source.row..source.row + source.rows].iter().map(|row| row.id).collect();
            let left: HashSet<RowId> = all.intersection(&seen).copied().collect();
            assert_eq!(rows, left, "a cell covers just what is left of its rows");
            assert_eq!(source.parts, cell.parts);
        }
        for row in 0..after.rows.len() {
            for column in 0..40 {
                let id = after.rows[row].id;
                let at = before.rows.iter().position(|known| known.id == id).unwrap();
                let text = |block: &Block, row| block.cell_at(row, column).map(Cell::text);
                assert_eq!(text(after, row), text(before, at));
            }
        }
    }

    #[test]
    fn groups_stay_whole_however_lines_are_filtered_and_sorted() {
        let (project, form, document) = pfmea(150);
        for column in ["failure_cause", "occurrence", "action_priority", "failure_mode", "process_step_number"] {
            for descending in [false, true] {
                let mut filter = Filter::default();
                filter.set("occurrence", Some(Condition::AtLeast(4)));
                let sort = Some(Sort { column: column.to_owned(), descending });
                let arrangement = arranged(&project, &form, filter, sort);
                let mut view = FormView::new(&project, &document, FormKind::FmeaAiagVda, FormOptions::default());
                view.arrange(&project, Some(arrangement), true);
                let shown = view.row_count();
                assert!(shown > 0 && shown < view.line_count());
                let mut counted = 0;
                for key in view.order().to_vec() {
                    let (rows, _) = view.summary(key);
                    let after = view.block(&project, key);
                    assert_eq!(after.rows.len(), rows, "the count is that of the rows");
                    counted += rows;
                    whole(&form.block(&project, key), &after);
                }
                assert_eq!(counted, shown);
            }
        }
    }

    #[test]
    fn the_highest_come_first_and_blanks_last() {
        let (project, form, document) = pfmea(150);
        let sort = Some(Sort { column: "occurrence".to_owned(), descending: true });
        let arrangement = arranged(&project, &form, Filter::default(), sort);
        let mut view = FormView::new(&project, &document, FormKind::FmeaAiagVda, FormOptions::default());
        view.arrange(&project, Some(arrangement), true);
        let column = form.column("occurrence").unwrap();
        let number = |cell: &Cell| cell.text().parse().unwrap_or(0);
        let highest: Vec<i64> = view
            .order()
            .to_vec()
            .into_iter()
            .filter_map(|key| {
                view.block(&project, key).cells.iter().filter(|cell| cell.column == column).map(number).max()
            })
            .collect();
        assert!(highest.len() > 3 && highest.is_sorted_by(|left, right| left >= right), "{highest:?}");
        assert_eq!(view.row_count(), view.line_count(), "sorting hides nothing");
    }

    #[test]
    fn a_condition_reads_a_cell_line_by_line() {
        let one = Condition::OneOf(["Operator".to_owned()].into());
        assert!(one.holds("Setter\nOperator") && !one.holds("Operators") && !one.holds(""));
        assert!(Condition::OneOf([String::new()].into()).holds(" "));
        assert!(Condition::Contains("WORN bit".to_owned()).holds("The worn  bit"));
        assert!(
            Condition::AtLeast(9).holds("10") && !Condition::AtLeast(9).holds("8") && !Condition::AtLeast(1).holds("")
        );
        assert!(Condition::Blank.holds("") && Condition::Filled.holds("x"));
    }
}
