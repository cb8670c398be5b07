//! What an import would make, and what it would leave: found off the frame whenever a person says something new.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::app::lookup::{IsCurrent, Question};
use crate::base::clock::Date;
use crate::base::{IdSource, Text};
use crate::edit::{Author, plan};
use crate::exchange::import::account::Fate;
use crate::exchange::import::build::{Built, Counts};
use crate::exchange::import::table::{Left, Table, TableKind, Understood};
use crate::exchange::import::workbook::{At, Workbook};
use crate::model::Project;
use crate::model::item::{AnyId, Item, Kind};

use super::english;
use super::outline::{Row, outline};
use super::session::{Choice, Opened, wishes};

/// The question what becomes of a file upon a project.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The file.
    pub opened: Arc<Opened>,
    /// What the person says, by sheet.
    pub choices: Vec<Choice>,
    /// Who imports.
    pub author: Text,
    /// The day.
    pub today: Date,
}

impl PartialEq for Ask {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.opened, &other.opened)
            && self.choices == other.choices
            && self.author == other.author
            && self.today == other.today
    }
}

/// A cell that is not imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftCell {
    /// Index of the sheet.
    pub sheet: usize,
    /// The cell.
    pub at: At,
    /// Position in [`Outcome::reasons`].
    pub reason: usize,
}

/// Why cells are not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// In words.
    pub text: String,
    /// How many cells.
    pub count: usize,
}

/// How many cells have which fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cells {
    /// Cells of the sheets that are imported.
    pub all: usize,
    /// Of them in the project.
    pub imported: usize,
}

/// How many items there are of each kind.
pub type ByKind = Vec<(Kind, usize)>;

/// What an import would make, and leave.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The tables of the sheets that are wanted.
    pub understood: Understood,
    /// The tables of the others.
    pub unwanted: Vec<Table>,
    /// What is made of the former.
    pub built: Built,
    /// The project with it.
    pub after: Project,
    /// Why it cannot be imported.
    pub refusal: Option<String>,
    /// The items, indented.
    pub rows: Vec<Row>,
    /// What is not imported; what says most first.
    pub left: Vec<LeftCell>,
    /// Why, in the order of [`Self::left`].
    pub reasons: Vec<Reason>,
    /// Counts of cells.
    pub cells: Cells,
    /// How many items are new, by kind.
    pub new: ByKind,
    /// How many items that the project has are used, by kind.
    pub used: ByKind,
    /// The items that the project does not have yet.
    pub(super) news: HashSet<AnyId>,
    /// Whether a process flow comes in, which names its steps on its own account.
    pub(super) has_flow: bool,
    /// The names of the sheets.
    pub(super) sheets: Vec<String>,
}

impl Question for Ask {
    type Answer = Result<Arc<Outcome>, String>;

    fn answer(&self, project: &Project, is_current: IsCurrent<'_>) -> Option<Self::Answer> {
        let ids = match IdSource::random() {
            Ok(ids) => ids,
            Err(error) => return Some(Err(format!("No random numbers for new identities: {error}"))),
        };
        let author = Author { name: self.author.clone(), today: self.today, ids };
        Outcome::of(self, project, author, is_current).map(|outcome| Ok(Arc::new(outcome)))
    }
}

impl Outcome {
    /// Understands a file as a person says and builds it upon a project; none if nobody asks any more.
    pub fn of(ask: &Ask, project: &Project, mut author: Author, is_current: IsCurrent<'_>) -> Option<Self> {
        let workbook = &ask.opened.workbook;
        let said = wishes(workbook, &ask.choices);
        let mut understood =
            if said.is_empty() { ask.opened.found.clone() } else { english::understood(workbook, &said) };
        recalled(&mut understood, &ask.choices);
        let unwanted = take_unwanted(workbook, &mut understood, &ask.choices);
        if !is_current() {
            return None;
        }
        let built = super::prepare(project, workbook, &understood, &mut author);
        if !is_current() {
            return None;
        }
        let mut after = project.clone();
        let refusal = match plan(project, &super::command(workbook, &built), &mut author) {
            _ if understood.tables.is_empty() => Some(nothing_found(&unwanted)),
            Ok(transaction) => after.apply(&transaction.ops).err().map(|error| error.to_string()),
            Err(refusal) => Some(refusal.reason),
        };
        let mut seen = HashSet::new();
        let documents = built.made.iter().map(|made| made.document).filter(|document| seen.insert(*document));
        let documents: Vec<_> = documents.collect();
        let rows = outline(project, &after, &documents);
        let (left, reasons) = left(workbook, &built);
        let is_wanted = |sheet: &usize| ask.choices.get(*sheet).is_some_and(|choice| choice.is_wanted);
        let mut cells = Cells::default();
        for sheet in (0..workbook.sheets.len()).filter(is_wanted) {
            cells.all += workbook.sheets[sheet].len();
            cells.imported += built.account.imported_count(sheet);
        }
        let (new, used) = news(project, &after, &built);
        let news = built.items.iter().map(Item::id).filter(|id| !project.contains(*id)).collect();
        let has_flow = understood.tables.iter().any(|table| table.kind == TableKind::ProcessFlow);
        let sheets = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        Some(Self {
            understood,
            unwanted,
            built,
            after,
            refusal,
            rows,
            left,
            reasons,
            cells,
            new,
            used,
            news,
            has_flow,
            sheets,
        })
    }

    /// The tables of a sheet, whether it is imported or not.
    pub fn tables_of(&self, sheet: usize) -> impl Iterator<Item = &Table> {
        self.understood.tables.iter().chain(&self.unwanted).filter(move |table| table.sheet == sheet)
    }

    /// What became of a cell.
    pub fn fate(&self, sheet: usize, at: At) -> Option<&Fate> {
        self.built.account.fate(sheet, at)
    }

    /// How many lines are imported.
    pub fn lines(&self) -> usize {
        self.built
            .made
            .iter()
            .filter_map(|made| self.understood.tables.get(made.table))
            .map(|table| table.records.len())
            .sum()
    }

    /// How many cells of the sheets that are imported are not.
    pub fn not_imported(&self) -> usize {
        self.cells.all - self.cells.imported
    }

    /// What is made, all documents together.
    pub fn counts(&self) -> Counts {
        self.built.made.iter().fold(Counts::default(), |sum, made| {
            let one = made.counts;
            Counts {
                steps: sum.steps + one.steps,
                functions: sum.functions + one.functions,
                failure_modes: sum.failure_modes + one.failure_modes,
                effects: sum.effects + one.effects,
                causes: sum.causes + one.causes,
                controls: sum.controls + one.controls,
                actions: sum.actions + one.actions,
                plan_rows: sum.plan_rows + one.plan_rows,
                characteristics: sum.characteristics + one.characteristics,
            }
        })
    }
}

fn nothing_found(unwanted: &[Table]) -> String {
    if unwanted.is_empty() {
        "No FMEA, control plan or process flow was found. If there is one, choose its sheet, its form and its heading rows".to_owned()
    } else {
        "Tick a sheet to import".to_owned()
    }
}

/// Says of columns that the person said it of another file.
fn recalled(understood: &mut Understood, choices: &[Choice]) {
    for table in &mut understood.tables {
        let Some(choice) = choices.get(table.sheet).filter(|choice| choice.is_recalled) else { continue };
        for column in table.columns.iter_mut().filter(|column| choice.columns.contains_key(&column.column)) {
            "as you said last time".clone_into(&mut column.why);
        }
    }
}

/// Takes out the tables of sheets that are not wanted, whose cells are left.
fn take_unwanted(workbook: &Workbook, understood: &mut Understood, choices: &[Choice]) -> Vec<Table> {
    let is_wanted = |sheet: usize| choices.get(sheet).is_none_or(|choice| choice.is_wanted);
    let (wanted, unwanted) =
        std::mem::take(&mut understood.tables).into_iter().partition(|table| is_wanted(table.sheet));
    understood.tables = wanted;
    understood.left.retain(|(sheet, ..)| is_wanted(*sheet));
    for (index, sheet) in workbook.sheets.iter().enumerate().filter(|(index, _)| !is_wanted(*index)) {
        let reason = Left::Other(NOT_TICKED.to_owned());
        understood.left.extend(sheet.cells().map(|(at, _)| (index, at, reason.clone())));
    }
    unwanted
}

const NOT_TICKED: &str = "the sheet is not ticked";

/// The cells that are not imported and why; what may be missed comes first, and headings and empty sheets last.
pub(super) fn left(workbook: &Workbook, built: &Built) -> (Vec<LeftCell>, Vec<Reason>) {
    let mut reasons: BTreeMap<(u8, String), Vec<(usize, At)>> = BTreeMap::new();
    for sheet in 0..workbook.sheets.len() {
        for (at, fate) in built.account.fates(sheet) {
            if let Fate::Left(left) = fate {
                reasons.entry((rank(left), in_general(left))).or_default().push((sheet, at));
            }
        }
    }
    let mut cells = Vec::new();
    let mut counted = Vec::new();
    for (reason, ((_, text), of_reason)) in reasons.into_iter().enumerate() {
        counted.push(Reason { text, count: of_reason.len() });
        cells.extend(of_reason.into_iter().map(|(sheet, at)| LeftCell { sheet, at, reason }));
    }
    (cells, counted)
}

/// The reason without what is peculiar to a cell.
fn in_general(left: &Left) -> String {
    match left {
        Left::Differs(_) => "computed here with another result".to_owned(),
        left => left.to_string(),
    }
}

/// The less, the more likely somebody misses the cell.
fn rank(left: &Left) -> u8 {
    match left {
        Left::Other(reason) if reason == NOT_TICKED => 12,
        Left::Other(reason) if reason.contains("sheet is hidden") => 13,
        Left::Other(_) => 0,
        Left::Differs(_) => 1,
        Left::Column => 2,
        Left::AboveTable => 3,
        Left::BesideTable => 4,
        Left::Footer => 5,
        Left::EmptyFormula | Left::Across => 6,
        Left::AsAbove => 7,
        Left::Computed => 8,
        Left::LineNumber => 9,
        Left::Label => 10,
        Left::Heading => 11,
        Left::NoTable => 14,
    }
}

/// What is new, and what the project has that is used by it.
fn news(project: &Project, after: &Project, built: &Built) -> (ByKind, ByKind) {
    let mut new: BTreeMap<Kind, usize> = BTreeMap::new();
    for item in built.items.iter().filter(|item| !project.contains(item.id())) {
        *new.entry(item.id().kind()).or_default() += 1;
    }
    let mut used: BTreeMap<Kind, usize> = BTreeMap::new();
    let shared = |id: AnyId| {
        matches!(
            id.kind(),
            Kind::Step | Kind::Characteristic | Kind::Equipment | Kind::Control | Kind::Person | Kind::Part
        )
    };
    for id in project.items().map(|item| item.id()).filter(|id| shared(*id)) {
        if after.referrers(id).len() > project.referrers(id).len() {
            *used.entry(id.kind()).or_default() += 1;
        }
    }
    (new.into_iter().collect(), used.into_iter().collect())
}
