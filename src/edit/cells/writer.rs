//! Writes texts into cells of a copy of the project, cell by cell, and notes what was refused.
//!
//! First the rows get what they lack (a text in an empty cell makes what belongs there), then new rows are made, then all
//! other cells are written. So a row can be filled whatever the order of its columns.

use std::collections::{HashMap, HashSet};

use crate::base::text::quoted;
use crate::model::field::Field;
use crate::model::form::{Block, Cell, NewItem, RowId, Target};
use crate::model::item::AnyId;
use crate::model::op::Op;
use crate::model::project::Project;

use super::super::Command;
use super::super::plan::{Author, Refusal, Transaction, plan};
use super::super::shared::{SharedFact, shared_facts, uses};
use super::rows::{NewRow, plan_row};
use super::{BatchKind, CellBatch, MOST_NEW_ROWS, MOST_ROWS, Reach, RefusedCell, WrittenCells, reading};

/// Rows are given what they lack level by level: step, function, mode, cause, action.
const LEVELS: usize = 6;

/// A row on its way: it may become another one when it gets its mode or cause.
struct Spot {
    block: AnyId,
    row: RowId,
    texts: Vec<(usize, String)>,
}

struct Shown {
    block: Block,
    places: HashMap<RowId, usize>,
}

/// Columns that say something of a failure mode, whichever of its rows is written.
const OF_MODE: &[&str] = &["failure_mode", "failure_effect", "severity"];

impl Shown {
    /// The first row of a failure mode, which has none of its own as soon as it has a cause.
    fn first_of_mode(&self, mode: AnyId) -> Option<usize> {
        let names = |cell: &&Cell| matches!(cell.target, Target::Field { item, field: Field::Text } if item == mode);
        self.block.cells.iter().find(names).map(|cell| cell.row)
    }
}

struct Writer<'a> {
    batch: &'a CellBatch,
    author: &'a mut Author,
    project: Project,
    shown: HashMap<AnyId, Shown>,
    spots: Vec<Spot>,
    /// Rows to be made: texts by column of the form.
    beyond: Vec<Vec<(usize, String)>>,
    /// The open row at the end of a list, if something is written there.
    open: Option<(AnyId, RowId)>,
    ops: Vec<Op>,
    cells: usize,
    rows: usize,
    elsewhere: HashSet<AnyId>,
    refused: Vec<RefusedCell>,
    shared: Vec<SharedFact>,
    /// Merged cells that were written, with the text.
    written: HashMap<(AnyId, usize, usize), String>,
}

pub(super) fn write(
    project: &Project,
    batch: &CellBatch,
    author: &mut Author,
    is_current: &dyn Fn() -> bool,
) -> Option<WrittenCells> {
    let mut writer = Writer {
        batch,
        author,
        project: project.clone(),
        shown: HashMap::new(),
        spots: Vec::new(),
        beyond: Vec::new(),
        open: None,
        ops: Vec::new(),
        cells: 0,
        rows: 0,
        elsewhere: HashSet::new(),
        refused: Vec::new(),
        shared: Vec::new(),
        written: HashMap::new(),
    };
    if batch.rows.len() + batch.beyond.len() > MOST_ROWS || batch.beyond.len() > MOST_NEW_ROWS {
        writer.refuse_all();
        return Some(writer.end());
    }
    for (row, text) in &batch.outside {
        let (place, reason) = (format!("Row {} of the paste", row + 1), "There is no column for it here".to_owned());
        writer.refused.push(RefusedCell { at: None, place, text: text.clone(), reason });
    }
    let spot = |row: &super::TextRow| Spot { block: row.block, row: row.row, texts: row.texts.clone() };
    // The open row at the end of a list is none yet: what is written there makes rows.
    let is_open = |row: &&super::TextRow| matches!(row.row.item, AnyId::Submission(_));
    writer.spots = batch.rows.iter().filter(|row| !is_open(row)).map(spot).collect();
    writer.open = batch.rows.iter().filter(is_open).map(|row| (row.block, row.row)).next();
    let beyond = batch.rows.iter().filter(is_open).map(|row| row.texts.clone());
    writer.beyond = beyond.chain(batch.beyond.iter().cloned()).collect();
    writer.make_what_lacks(is_current)?;
    writer.add_rows(is_current)?;
    writer.make_what_lacks(is_current)?;
    for at in 0..writer.spots.len() {
        if at % 64 == 0 && !is_current() {
            return None;
        }
        writer.write_row(at);
    }
    Some(writer.end())
}

impl Writer<'_> {
    fn end(self) -> WrittenCells {
        let plural = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
        let verb = match self.batch.kind {
            BatchKind::Paste => "Paste",
            BatchKind::Fill => "Fill",
            BatchKind::Clear => "Clear",
        };
        let cells = plural(self.cells, "cell");
        let label = match self.rows {
            0 => format!("{verb} {cells}"),
            rows => format!("{verb} {cells} and add {}", plural(rows, "row")),
        };
        WrittenCells {
            transaction: Transaction { label, ops: self.ops, focus: None },
            cells: self.cells,
            rows: self.rows,
            elsewhere: self.elsewhere.len(),
            refused: self.refused,
            shared: self.shared,
        }
    }

    fn refuse_all(&mut self) {
        let (rows, beyond) = (self.batch.rows.len() + self.batch.beyond.len(), self.batch.beyond.len());
        let reason = if rows > MOST_ROWS {
            format!("At most {MOST_ROWS} rows are written at once. Do it in parts")
        } else {
            format!("At most {MOST_NEW_ROWS} rows are added at once. Do it in parts")
        };
        let text = match beyond {
            0 => format!("more than {} rows", rows.min(MOST_ROWS)),
            new => format!("{rows} rows, {new} of them new"),
        };
        self.refused.push(RefusedCell { at: None, place: "All rows".to_owned(), text, reason });
    }

    fn shown(&mut self, key: AnyId) -> &Shown {
        let (form, project) = (&self.batch.form, &self.project);
        self.shown.entry(key).or_insert_with(|| {
            let block = form.block(project, key);
            let places = block.rows.iter().enumerate().map(|(at, row)| (row.id, at)).collect();
            Shown { block, places }
        })
    }

    /// The cell of a row and a column, with its place and the items of the rows it covers.
    fn cell(&mut self, block: AnyId, row: RowId, column: usize) -> Option<(Cell, usize, Vec<AnyId>)> {
        let of_mode = self.batch.form.columns.get(column).is_some_and(|column| OF_MODE.contains(&&*column.key));
        let shown = self.shown(block);
        let at = shown.places.get(&row).copied().or_else(|| shown.first_of_mode(row.item).filter(|_| of_mode))?;
        let cell = shown.block.cell_at(at, column)?.clone();
        let covered = &shown.block.rows[cell.row..cell.row + cell.rows];
        let rows = covered.iter().flat_map(|row| [Some(row.id.item), row.id.part]).flatten().collect();
        Some((cell, at, rows))
    }

    /// Makes, level by level, what the empty cells of the rows invite to.
    fn make_what_lacks(&mut self, is_current: &dyn Fn() -> bool) -> Option<()> {
        for _ in 0..LEVELS {
            let mut changed: HashSet<AnyId> = HashSet::new();
            for at in 0..self.spots.len() {
                if at % 64 == 0 && !is_current() {
                    return None;
                }
                if self.make_at(at) {
                    changed.insert(self.spots[at].block);
                }
            }
            if changed.is_empty() {
                break;
            }
            self.find_again(&changed);
        }
        Some(())
    }

    /// Makes at most one thing in a row: what follows may look different then.
    fn make_at(&mut self, at: usize) -> bool {
        let Spot { block, row, texts } = &self.spots[at];
        let (block, row, texts) = (*block, *row, texts.clone());
        for (column, text) in texts.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
            let Some((cell, place, rows)) = self.cell(block, row, column) else { continue };
            let (command, is_text) = match (cell.target.clone(), row.part) {
                (Target::Create { under, what }, _) if cell.row == place => {
                    (Command::Create { under, what, text: text.clone(), after: None }, true)
                }
                // A step without control-plan rows: whatever is written there needs one first.
                (Target::Derived, Some(AnyId::Document(plan))) if cell.parts.is_empty() => (
                    Command::Create {
                        under: row.item,
                        what: NewItem::PlanRow { plan, phase: self.batch.form.options.phase },
                        text: String::new(),
                        after: None,
                    },
                    false,
                ),
                _ => continue,
            };
            let read = reading::read(&self.project, &self.batch.form, &cell, &text);
            let made = if is_text { read.and_then(|_| self.run(&command, &rows)) } else { self.run(&command, &rows) };
            match made {
                Ok(_) if is_text => {
                    self.cells += 1;
                    self.done(at, column);
                }
                Ok(_) => {}
                Err(refusal) => {
                    self.refuse(at, column, &text, refusal);
                    self.done(at, column);
                    continue;
                }
            }
            return true;
        }
        false
    }

    fn done(&mut self, at: usize, column: usize) {
        self.spots[at].texts.retain(|(known, _)| *known != column);
    }

    /// Finds the rows of changed blocks again: by what they are, or else in their place.
    fn find_again(&mut self, changed: &HashSet<AnyId>) {
        let before: HashMap<AnyId, Shown> =
            changed.iter().filter_map(|key| Some((*key, self.shown.remove(key)?))).collect();
        for at in 0..self.spots.len() {
            let Spot { block, row, .. } = self.spots[at];
            let Some(place) = before.get(&block).and_then(|shown| shown.places.get(&row)).copied() else { continue };
            let shown = self.shown(block);
            if !shown.places.contains_key(&row)
                && let Some(now) = shown.block.rows.get(place)
            {
                self.spots[at].row = now.id;
            }
        }
    }

    fn add_rows(&mut self, is_current: &dyn Fn() -> bool) -> Option<()> {
        let mut changed = HashSet::new();
        let last = self.spots.last().map(|spot| (spot.block, spot.row));
        let Some(mut near) = last.or(self.batch.behind).or(self.open) else { return Some(()) };
        for (at, texts) in std::mem::take(&mut self.beyond).iter().enumerate() {
            if at % 64 == 0 && !is_current() {
                return None;
            }
            if texts.iter().all(|(_, text)| text.trim().is_empty()) {
                continue;
            }
            match plan_row(&self.project, &self.batch.form, near, texts, self.author) {
                Ok(made) => {
                    let mut spot = Spot { block: made.block, row: made.row, texts: texts.clone() };
                    if let Err(refusal) = self.made(&mut spot, made) {
                        self.refuse_row(at, texts, &refusal);
                        continue;
                    }
                    self.rows += 1;
                    self.add_cause(&mut spot);
                    near = (spot.block, spot.row);
                    changed.insert(spot.block);
                    self.spots.push(spot);
                }
                Err(refusal) => self.refuse_row(at, texts, &refusal),
            }
        }
        for key in &changed {
            self.shown.remove(key);
        }
        Some(())
    }

    /// Takes over a row that was planned for a spot.
    fn made(&mut self, spot: &mut Spot, made: NewRow) -> Result<(), Refusal> {
        self.apply(made.transaction)?;
        (spot.block, spot.row) = (made.block, made.row);
        self.cells += usize::from(spot.texts.iter().any(|(at, text)| *at == made.column && !text.trim().is_empty()));
        spot.texts.retain(|(at, _)| *at != made.column);
        Ok(())
    }

    /// A new failure mode gets its cause at once: the next row may be another cause of it, and would stand in its row.
    fn add_cause(&mut self, spot: &mut Spot) {
        let cause = self.batch.form.column("failure_cause");
        let is_named = |(at, text): &(usize, String)| Some(*at) == cause && !text.trim().is_empty();
        if !matches!(spot.row.item, AnyId::Failure(_)) || !spot.texts.iter().any(is_named) {
            return;
        }
        let near = (spot.block, spot.row);
        if let Ok(made) = plan_row(&self.project, &self.batch.form, near, &spot.texts, self.author) {
            // What is refused is told when the cell is written.
            let _refused = self.made(spot, made);
        }
    }

    fn refuse_row(&mut self, at: usize, texts: &[(usize, String)], refusal: &Refusal) {
        let words: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).filter(|text| !text.is_empty()).collect();
        let place = format!("Row {} of the paste", self.batch.rows.len() + at + 1 - usize::from(self.open.is_some()));
        let reason = refusal.reason.clone();
        self.refused.push(RefusedCell { at: None, place, text: words.join(" · "), reason });
    }

    fn write_row(&mut self, at: usize) {
        let Spot { block, row, .. } = self.spots[at];
        for (column, text) in std::mem::take(&mut self.spots[at].texts) {
            let Some((cell, place, rows)) = self.cell(block, row, column) else {
                self.refuse(
                    at,
                    column,
                    &text,
                    Refusal::new("The row is gone: another text of the paste took its place"),
                );
                continue;
            };
            let says = text.trim();
            // A line below the first of a merged cell says nothing of its own, or the same.
            let key = (block, cell.row, column);
            if let Some(known) = self.written.get(&key) {
                if !says.is_empty() && says != known.trim() {
                    let reason = "The cell is one with the one above, which has another text";
                    self.refuse(at, column, &text, Refusal::new(reason));
                }
                continue;
            }
            if cell.row != place && says.is_empty() {
                continue;
            }
            if cell.rows > 1 {
                self.written.insert(key, text.clone());
            }
            let written = self.edited(&cell);
            if says == cell.text().trim() || written.is_some_and(|written| written.trim() == says) {
                continue;
            }
            if says.is_empty()
                && (matches!(cell.target, Target::Derived | Target::Create { .. }) || cell.parts.is_empty())
            {
                continue;
            }
            match self.write_cell(&cell, &rows, row, &text) {
                Ok(true) => self.cells += 1,
                Ok(false) => {}
                Err(refusal) => self.refuse(at, column, &text, refusal),
            }
        }
    }

    /// What an editor of the cell begins with.
    fn edited(&self, cell: &Cell) -> Option<String> {
        match cell.target {
            Target::Field { item, field } => self.project.field_text(item, field),
            _ => None,
        }
    }

    fn write_cell(&mut self, cell: &Cell, rows: &[AnyId], row: RowId, text: &str) -> Result<bool, Refusal> {
        let text = reading::read(&self.project, &self.batch.form, cell, text)?;
        let command = match cell.target.clone() {
            Target::Derived => return Ok(false),
            Target::Field { item, field } => Command::SetField { item, field, text, via: Some(row.item) },
            Target::List { owner, list } => {
                Command::SetList { owner, list, lines: text.lines().map(str::to_owned).collect() }
            }
            Target::Create { under, what } => Command::Create { under, what, text, after: None },
        };
        self.run(&command, rows)
    }

    /// Does a command in the copy; whether that changed anything.
    fn run(&mut self, command: &Command, rows: &[AnyId]) -> Result<bool, Refusal> {
        let planned = plan(&self.project, command, self.author)?;
        let facts = shared_facts(&self.project, &planned.ops, rows);
        let planned = match (facts.first(), self.batch.reach) {
            (None, _) => planned,
            (Some(fact), _) if self.batch.kind == BatchKind::Clear => {
                let name = quoted(&self.project.label(fact.item));
                return Err(Refusal::new(format!("{name} shows in {} places. Open the cell to change it", fact.uses)));
            }
            (Some(_), None) => {
                self.shared.extend(facts);
                return Ok(false);
            }
            (Some(_), Some(Reach::Everywhere)) => {
                self.elsewhere.extend(facts.iter().map(|fact| fact.item));
                planned
            }
            (Some(_), Some(Reach::OnlyHere)) => {
                let here = Command::OnlyHere { command: Box::new(command.clone()), rows: rows.to_vec() };
                plan(&self.project, &here, self.author)?
            }
        };
        // A row that is the fact itself, such as a step in the process flow, is written for every document.
        let at_home = planned.ops.iter().map(Op::id).filter(|id| rows.contains(id) && uses(&self.project, *id) > 1);
        self.elsewhere.extend(at_home);
        self.apply(planned)
    }

    fn apply(&mut self, transaction: Transaction) -> Result<bool, Refusal> {
        let applied = self.project.apply(&transaction.ops).map_err(|error| Refusal::new(error.to_string()))?;
        self.ops.extend(transaction.ops);
        Ok(!applied.changes.is_empty())
    }

    fn refuse(&mut self, at: usize, column: usize, text: &str, refusal: Refusal) {
        let Spot { block, row, .. } = self.spots[at];
        let line = self.shown(block).places.get(&row).map_or(0, |at| at + 1);
        let label = self.project.label(block);
        let heading = self.batch.form.columns.get(column).map_or("", |column| &*column.heading).replace('\u{ad}', "");
        let place = format!("{label}, line {line} · {heading}");
        self.refused.push(RefusedCell {
            at: Some((block, row, column)),
            place,
            text: text.to_owned(),
            reason: refusal.reason,
        });
    }
}
