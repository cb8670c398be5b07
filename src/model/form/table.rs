//! The neutral table: columns, rows, merged cells and where each comes from.

use std::borrow::Cow;

use crate::model::characteristic::{Characteristic, CharacteristicKind};
use crate::model::control_plan::PlanRow;
use crate::model::field::Field;
use crate::model::fmea::{ControlKind, EffectLevel};
use crate::model::item::AnyId;
use crate::model::ppap::ResultKind;
use crate::model::rating::Priority;
use crate::model::risk::ActionKind;

use super::tip::Tip;

/// Where the text of a column stands in its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Start,
    /// Ratings, classes, marks.
    Centre,
}

/// What a column holds, for those who edit or paint it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// A rating of a scale.
    Rating,
    /// An action priority.
    Priority,
    /// A special-characteristic class with its symbol.
    Class,
    /// A calendar date.
    Date,
    /// One of a few values.
    Choice,
    /// A decimal number.
    Number,
    /// A process-flow symbol.
    Symbol,
}

impl ColumnKind {
    /// Whether its texts are numbers that can be compared.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Rating | Self::Number)
    }
}

/// A group of columns under one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Heading.
    pub heading: String,
    /// The step of the seven-step method, 1 to 7, which gives the tint; 0 for continuous improvement, none without a tint.
    pub step: Option<u8>,
}

impl Group {
    /// A group without tint.
    pub fn plain(heading: &str) -> Self {
        Self { heading: heading.to_owned(), step: None }
    }

    /// A group in the tint of a step of the method.
    pub fn of_step(heading: &str, step: u8) -> Self {
        Self { heading: heading.to_owned(), step: Some(step) }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The full trade term in snake_case, which heads the flat export.
    pub key: Cow<'static, str>,
    /// Heading on screen and paper.
    pub heading: Cow<'static, str>,
    /// The group it stands in.
    pub group: usize,
    /// Width in characters of body text.
    pub width: f32,
    /// Where its text stands.
    pub align: Align,
    /// What it holds.
    pub kind: ColumnKind,
}

impl Column {
    /// Whether it shows a user-defined field.
    pub fn is_own(&self) -> bool {
        self.key.starts_with("user:")
    }

    /// A column of words.
    pub fn text(key: &'static str, heading: &'static str, group: usize, width: f32) -> Self {
        Self {
            key: Cow::Borrowed(key),
            heading: Cow::Borrowed(heading),
            group,
            width,
            align: Align::Start,
            kind: ColumnKind::Text,
        }
    }

    /// A narrow column of centred values.
    pub fn value(key: &'static str, heading: &'static str, group: usize, width: f32, kind: ColumnKind) -> Self {
        Self { align: Align::Centre, kind, ..Self::text(key, heading, group, width) }
    }

    /// A column of values that stand at the start of the cell.
    pub fn choice(key: &'static str, heading: &'static str, group: usize, width: f32, kind: ColumnKind) -> Self {
        Self { kind, ..Self::text(key, heading, group, width) }
    }
}

/// The identity of a row: the item it shows, and which of its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId {
    /// The item.
    pub item: AnyId,
    /// A second item, such as the action of a risk.
    pub part: Option<AnyId>,
}

/// The line above a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Between rows.
    Hair,
    /// Between failure modes, or subjects of a control plan.
    Mode,
    /// Between process steps.
    Step,
}

/// A row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FormRow {
    /// Which it is.
    pub id: RowId,
    /// The line above it.
    pub rule: Rule,
}

/// A paragraph of a cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Part {
    /// The words.
    pub text: String,
    /// The item the words belong to, if it is one fact that may show in several places.
    pub item: Option<AnyId>,
    /// In how many places that fact is used; 0 and 1 mean here only.
    pub uses: usize,
    /// The link behind it is suspect.
    pub suspect: bool,
    /// The target of the link is missing; the words are its last label.
    pub missing: bool,
    /// Drawn instead of the words: the code of a special-characteristic class or the name of a flow symbol.
    pub symbol: Option<String>,
    /// Less important than the rest of the cell.
    pub quiet: bool,
}

impl Part {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// What an edit of a cell changes.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// Nothing: the cell follows from others.
    Derived,
    /// A field of an item.
    Field {
        /// The item.
        item: AnyId,
        /// The field.
        field: Field,
    },
    /// A list, one line of text each.
    List {
        /// The item that holds the list.
        owner: AnyId,
        /// Which list.
        list: List,
    },
    /// Something that does not exist yet: typing makes it.
    Create {
        /// Below which item.
        under: AnyId,
        /// What.
        what: NewItem,
    },
}

/// A list that a cell shows line by line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    /// Functions of a structure element.
    Functions,
    /// Requirements of a function.
    Requirements,
    /// Effects of a failure mode, with level and severity.
    Effects,
    /// Controls of a risk of one kind.
    Controls(ControlKind),
    /// Equipment of a step or of a control-plan row.
    Equipment,
    /// Controls of FMEAs that a control-plan row carries out. Chosen, not typed.
    CarriedOut,
    /// Parts that something applies to.
    Parts,
    /// Documents that prove a PPAP element.
    Documents,
    /// Files that prove a PPAP element.
    Attachments,
}

/// Something that typing into an empty cell makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NewItem {
    /// A structure element: a process item of a document.
    ProcessItem,
    /// A work element of a step.
    WorkElement,
    /// A function of an element.
    Function,
    /// A failure mode of a function or of an element.
    Mode,
    /// A failure cause of a failure mode.
    Cause,
    /// An effect of a mode at a level.
    Effect(EffectLevel),
    /// An action for a risk.
    Action(ActionKind),
    /// A step of a flow.
    Step,
    /// A product characteristic at a step.
    ProductCharacteristic,
    /// A process characteristic at a step.
    ProcessCharacteristic,
    /// A row of a control plan at a step.
    PlanRow {
        /// The control plan.
        plan: crate::base::Id<crate::model::document::Document>,
        /// The phase it serves; none for all of them.
        phase: Option<crate::model::document::Phase>,
    },
    /// A characteristic in the list of characteristics.
    Characteristic(CharacteristicKind),
    /// The role of a characteristic at a step.
    RoleOf {
        /// The characteristic.
        characteristic: crate::base::Id<Characteristic>,
    },
    /// The subject of a control-plan row, a product characteristic.
    ProductSubject,
    /// The subject of a control-plan row, a process characteristic.
    ProcessSubject,
    /// The warrant of a part.
    Warrant,
    /// An element of the submission that the manual does not know.
    PpapElement,
    /// A line of a result form.
    Result {
        /// On which form.
        kind: ResultKind,
        /// The field that the text is for.
        field: Field,
    },
}

/// A merged cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Column.
    pub column: usize,
    /// First row within the block.
    pub row: usize,
    /// Number of rows it spans.
    pub rows: usize,
    /// Paragraphs.
    pub parts: Vec<Part>,
    /// What an edit changes.
    pub target: Target,
    /// The action priority it shows.
    pub priority: Option<Priority>,
    /// The value follows from another method than that of the profile.
    pub indicative: bool,
    /// What an empty cell invites to.
    pub prompt: Option<&'static str>,
    /// What an editor says beyond the words of the cell.
    pub tip: Option<Tip>,
}

impl Cell {
    /// The words of the cell, a line per paragraph.
    pub fn text(&self) -> String {
        match self.parts.as_slice() {
            [] => String::new(),
            [only] => only.text.clone(),
            parts => parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n"),
        }
    }
}

/// The rows of a process step.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The element or step.
    pub key: AnyId,
    /// Rows.
    pub rows: Vec<FormRow>,
    /// Cells, column by column.
    pub cells: Vec<Cell>,
}

impl Block {
    /// A block without rows.
    pub fn empty(key: AnyId) -> Self {
        Self { key, rows: Vec::new(), cells: Vec::new() }
    }

    /// The cell that covers a row in a column.
    pub fn cell_at(&self, row: usize, column: usize) -> Option<&Cell> {
        let after = self.cells.partition_point(|cell| (cell.column, cell.row) <= (column, row));
        let cell = self.cells.get(after.checked_sub(1)?)?;
        (cell.column == column && row < cell.row + cell.rows).then_some(cell)
    }
}

/// Fills a cell from the first of the rows it spans.
pub(super) struct Filled {
    pub parts: Vec<Part>,
    pub target: Target,
    pub priority: Option<Priority>,
    pub indicative: bool,
    pub prompt: Option<&'static str>,
    pub tip: Option<Tip>,
}

impl Filled {
    pub fn new(parts: Vec<Part>, target: Target) -> Self {
        Self { parts, target, priority: None, indicative: false, prompt: None, tip: None }
    }

    pub fn empty() -> Self {
        Self::new(Vec::new(), Target::Derived)
    }

    pub fn field(item: impl Into<AnyId>, field: Field, text: impl Into<String>) -> Self {
        let text = text.into();
        let parts = if text.is_empty() { Vec::new() } else { vec![Part::plain(text)] };
        Self::new(parts, Target::Field { item: item.into(), field })
    }

    pub fn create(under: impl Into<AnyId>, what: NewItem, prompt: &'static str) -> Self {
        Self { prompt: Some(prompt), ..Self::new(Vec::new(), Target::Create { under: under.into(), what }) }
    }

    /// A cell that says something has more to say.
    pub fn tipped(mut self, tip: Tip) -> Self {
        self.tip = (!self.parts.is_empty()).then_some(tip);
        self
    }

    pub fn prompted(mut self, prompt: &'static str) -> Self {
        if self.parts.is_empty() {
            self.prompt = Some(prompt);
        }
        self
    }

    pub fn cell(self, column: usize, row: usize, rows: usize) -> Cell {
        Cell {
            column,
            row,
            rows,
            parts: self.parts,
            target: self.target,
            priority: self.priority,
            indicative: self.indicative,
            prompt: self.prompt,
            tip: self.tip,
        }
    }
}

/// Cuts `count` rows into runs of equal group number and gives the first row and the length of each.
pub(super) fn runs(count: usize, group: impl Fn(usize) -> usize) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for row in 0..count {
        match runs.last_mut() {
            Some((first, rows)) if group(*first) == group(row) => *rows += 1,
            _ => runs.push((row, 1)),
        }
    }
    runs
}

/// The identity of a row that shows a control-plan row.
pub(super) fn plan_row_id(row: &PlanRow) -> RowId {
    RowId { item: row.id.into(), part: None }
}
