//! A form in memory: steps with failure modes and causes, merged cells, ratings, marks and findings.

use std::cell::{Cell as StdCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use goldthread::ui::grid::{
    Block, BlockKey, Cell, CellAddress, CellAlign, Column, ColumnKey, Content, EditKind, EditOption, GridSource, Group,
    LineWeight, Mark, OverviewMark, Part, PartStyle, Question, Remark, Row,
};
use goldthread::ui::kit::{Severity, Symbol, SymbolFill, SymbolShape, Tone};

/// Rows per failure mode and failure modes per step.
pub const CAUSES: usize = 4;
pub const MODES: usize = 5;
/// Rows per step.
pub const ROWS: usize = CAUSES * MODES;

/// The form. Rows of step `n` have the ids 100, 101, … in block `1000 + n`.
pub struct Form {
    columns: Vec<Column>,
    steps: Vec<u64>,
    frozen: usize,
    revision: u64,
    edits: BTreeMap<(u64, u64, ColumnKey), String>,
    gone: BTreeMap<u64, Vec<u64>>,
    blocks: RefCell<HashMap<u64, Arc<Block>>>,
    /// How often a block was projected.
    pub projected: StdCell<usize>,
}

const STEPS: [&str; 6] = [
    "Receive and check purchased parts",
    "Press bearing into housing",
    "Apply grease to the spindle nut",
    "Tighten M6 cover screws",
    "Test end of line: force, current, noise",
    "Pack and label for shipping",
];
const MODE_WORDS: [&str; 5] = [
    "Torque too low",
    "Bearing pressed in at an angle, shoulder not reached",
    "Too little grease",
    "Screw missing",
    "Wrong part number accepted at the scan because the master label was not withdrawn",
];
const CAUSE_WORDS: [&str; 4] = [
    "Bit worn",
    "Screwdriving programme of the sister part chosen after change-over",
    "Thread contaminated by grease from the step before",
    "Air pressure below 5.5 bar",
];

impl Form {
    /// A form of `steps` steps.
    pub fn new(steps: usize) -> Self {
        Self {
            columns: columns(),
            steps: (0..steps as u64).map(|step| 1000 + step).collect(),
            frozen: 1,
            revision: 1,
            edits: BTreeMap::new(),
            gone: BTreeMap::new(),
            blocks: RefCell::default(),
            projected: StdCell::new(0),
        }
    }

    /// Sets the text of a cell as a commit would.
    pub fn set(&mut self, at: CellAddress, text: &str) {
        self.edits.insert((at.row.block, at.row.row, at.column), text.to_owned());
        self.touch(at.row.block);
    }

    /// Takes a row away.
    pub fn remove_row(&mut self, block: u64, row: u64) {
        self.gone.entry(block).or_default().push(row);
        self.touch(block);
    }

    /// Reverses the order of the steps, as a sort would.
    pub fn reverse(&mut self) {
        self.steps.reverse();
        self.revision += 1;
    }

    /// Hides a step, as a filter would.
    pub fn hide(&mut self, block: u64) {
        self.steps.retain(|step| *step != block);
        self.revision += 1;
    }

    /// Hides a column.
    pub fn hide_column(&mut self, key: ColumnKey) {
        self.columns.retain(|column| column.key != key);
        self.blocks.borrow_mut().clear();
        self.revision += 1;
    }

    fn touch(&mut self, block: u64) {
        self.revision += 1;
        self.blocks.borrow_mut().remove(&block);
    }

    fn rows(&self, block: u64) -> Vec<u64> {
        let gone = self.gone.get(&block);
        (100..100 + ROWS as u64).filter(|row| gone.is_none_or(|gone| !gone.contains(row))).collect()
    }

    fn build(&self, id: u64, position: usize) -> Block {
        self.projected.set(self.projected.get() + 1);
        let step = (id - 1000) as usize;
        let number = (step + 1) * 10;
        let ids = self.rows(id);
        let mode_of = |row: u64| (row - 100) as usize / CAUSES;
        let rows = ids
            .iter()
            .enumerate()
            .map(|(index, row)| {
                let starts_mode = index == 0 || mode_of(ids[index - 1]) != mode_of(*row);
                let line = match (index, starts_mode) {
                    (0, _) => LineWeight::Step,
                    (_, true) => LineWeight::Mode,
                    (_, false) => LineWeight::Hair,
                };
                Row { id: *row, label: format!("{number} line {}", index + 1).into(), line }
            })
            .collect();
        let mut cells = Vec::new();
        for (index, column) in self.columns.iter().enumerate() {
            let mut first = 0;
            while first < ids.len() {
                let mode = mode_of(ids[first]);
                let last = match level(column.key) {
                    Level::Step => ids.len(),
                    Level::Mode => ids[first..].iter().take_while(|row| mode_of(**row) == mode).count() + first,
                    Level::Cause => first + 1,
                };
                let content = self.content(id, position, step, ids[first], column.key);
                cells.push(Cell { rows: first..last, column: index, content });
                first = last;
            }
        }
        Block::new(id, self.revision_of(id), rows, cells)
    }

    fn revision_of(&self, block: u64) -> u64 {
        let edits = self.edits.keys().filter(|key| key.0 == block).count();
        let gone = self.gone.get(&block).map_or(0, Vec::len);
        let texts: usize = self.edits.iter().filter(|(key, _)| key.0 == block).map(|(_, text)| text.len()).sum();
        (edits * 1_000_000 + gone * 1000 + texts) as u64
    }

    fn content(&self, block: u64, _position: usize, step: usize, row: u64, key: ColumnKey) -> Content {
        if let Some(text) = self.edits.get(&(block, row, key)) {
            let mut content = written(step, row, key);
            content.parts = vec![Part { text: text.as_str().into(), ..content.parts.swap_remove(0) }];
            return content;
        }
        written(step, row, key)
    }
}

enum Level {
    Step,
    Mode,
    Cause,
}

fn level(key: ColumnKey) -> Level {
    match key {
        "step" | "function" => Level::Step,
        "effect" | "severity" | "mode" | "class" => Level::Mode,
        _ => Level::Cause,
    }
}

fn written(step: usize, row: u64, key: ColumnKey) -> Content {
    let cause = (row - 100) as usize;
    let mode = cause / CAUSES;
    let seed = step * 31 + cause * 7;
    let priority = |seed: usize| match seed % 5 {
        0 => Content::priority("H", Tone::High),
        1 | 2 => Content::priority("M", Tone::Medium),
        _ => Content::priority("L", Tone::Low),
    };
    match key {
        "step" => Content::text(format!("{} {}", (step + 1) * 10, STEPS[step % 6])).with_mark(Mark::sound(step as u64)),
        "function" => {
            Content::text("Bearing sits on the shoulder of the housing within 0.05 mm, pressed with 4 to 6 kN")
        }
        "effect" => effects(seed, mode),
        "severity" => Content::rating(["8", "7", "9", "5", "10"][mode % 5]),
        "mode" => Content::text(MODE_WORDS[(mode + step) % 5]),
        "cause" => {
            let content = Content::text(CAUSE_WORDS[cause % 4]);
            if seed % 11 == 3 {
                content.with_finding(Severity::Warning, "No detection control is named")
            } else {
                content
            }
        }
        "class" => class(mode),
        "prevention" if seed % 9 == 4 => {
            Content { edit: EditKind::Text, ..Content::default() }.with_prompt("+ prevention control")
        }
        "prevention" => {
            let content = Content::text("Work instruction WI-30-4, bit change every 5,000 cycles");
            let suspect = seed % 13 == 5;
            content.with_mark(if suspect { Mark::suspect(700 + cause as u64) } else { Mark::sound(700 + cause as u64) })
        }
        "occurrence" => Content::rating(["4", "3", "2", "6"][cause % 4]),
        "detection_control" => Content::text("Torque and angle monitored in the tool, window control, line stops"),
        "detection" if seed % 17 == 2 => {
            Content::rating("").with_prompt("rate").with_finding(Severity::Error, "Detection is not rated")
        }
        "detection" => Content::rating(["3", "2", "7", "10"][(cause + mode) % 4]),
        "priority" => priority(seed).read_only(),
        "action" if seed.is_multiple_of(3) => {
            Content::text("Replace bit changer, poka-yoke for programme choice by scan of the housing")
        }
        "action" => Content { edit: EditKind::Text, ..Content::default() },
        "owner" if seed.is_multiple_of(3) => Content::text("M. Keller"),
        "date" if seed.is_multiple_of(3) => Content::text("2026-03-14"),
        "status" if seed.is_multiple_of(3) => {
            Content::choice(["Open", "Implementation pending", "Completed"][seed % 2])
        }
        "status" => Content::choice(""),
        "severity_after" | "occurrence_after" | "detection_after" if seed.is_multiple_of(6) => Content::rating("3"),
        "severity_after" | "occurrence_after" | "detection_after" => Content::rating(""),
        "priority_after" if seed.is_multiple_of(6) => priority(seed + 3).read_only(),
        _ => Content::text(""),
    }
}

fn effects(seed: usize, mode: usize) -> Content {
    let mut content = Content::text("Own plant: line stop, sorting of up to 200 parts");
    content.parts.push(Part::new("Ship-to: assembly stopped").with_mark(Mark::sound(500 + mode as u64)));
    let end_user = if seed.is_multiple_of(2) {
        "End user: parking brake does not release"
    } else {
        "End user: noise on actuation"
    };
    content.parts.push(Part::new(end_user).with_style(PartStyle::Normal).with_mark(Mark::sound(600 + mode as u64)));
    content
}

fn class(mode: usize) -> Content {
    if mode % 2 == 1 {
        return Content::choice("");
    }
    let shapes = if mode == 0 {
        vec![SymbolShape::Polygon {
            points: vec![[0.5, 0.0], [1.0, 0.5], [0.5, 1.0], [0.0, 0.5]],
            fill: SymbolFill::Ink,
        }]
    } else {
        vec![SymbolShape::Polygon { points: vec![[0.0, 0.05], [1.0, 0.05], [0.5, 0.98]], fill: SymbolFill::None }]
    };
    let symbol = Symbol { text: if mode == 0 { "CC" } else { "SC" }.into(), shapes: shapes.into(), aspect: 1.0 };
    let mut content = Content::choice("");
    content.parts = vec![Part::new("").with_symbol(Arc::new(symbol))];
    content
}

fn columns() -> Vec<Column> {
    use CellAlign::{Center, Left, Right};
    let groups: [(&str, u8); 5] =
        [("2 Structure", 1), ("3 Function", 2), ("4 Failure", 3), ("5 Risk", 4), ("6 Optimisation", 5)];
    let columns: [(ColumnKey, &str, usize, f32, CellAlign); 20] = [
        ("step", "Process step", 0, 150.0, Left),
        ("function", "Function of the step", 1, 160.0, Left),
        ("effect", "Failure effect", 2, 190.0, Left),
        ("severity", "S", 2, 34.0, Center),
        ("mode", "Failure mode", 2, 150.0, Left),
        ("cause", "Failure cause", 2, 170.0, Left),
        ("class", "Class", 3, 48.0, Center),
        ("prevention", "Current prevention control", 3, 170.0, Left),
        ("occurrence", "O", 3, 34.0, Center),
        ("detection_control", "Current detection control", 3, 170.0, Left),
        ("detection", "D", 3, 34.0, Center),
        ("priority", "AP", 3, 40.0, Center),
        ("action", "Action", 4, 180.0, Left),
        ("owner", "Responsible", 4, 90.0, Left),
        ("date", "Target date", 4, 96.0, Right),
        ("status", "Status", 4, 110.0, Left),
        ("severity_after", "S", 4, 34.0, Center),
        ("occurrence_after", "O", 4, 34.0, Center),
        ("detection_after", "D", 4, 34.0, Center),
        ("priority_after", "AP", 4, 40.0, Center),
    ];
    columns
        .into_iter()
        .map(|(key, heading, group, width, align)| Column {
            key,
            heading: heading.into(),
            group: Some(Group { heading: groups[group].0.into(), tint: groups[group].1 }),
            width,
            align,
            filtered: false,
            sorted: None,
        })
        .collect()
}

impl GridSource for Form {
    fn revision(&self) -> u64 {
        self.revision
    }

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn frozen_columns(&self) -> usize {
        self.frozen
    }

    fn block_count(&self) -> usize {
        self.steps.len()
    }

    fn block_key(&self, index: usize) -> BlockKey {
        let id = self.steps[index];
        BlockKey { id, revision: self.revision_of(id), rows: ROWS - self.gone.get(&id).map_or(0, Vec::len) }
    }

    fn block(&self, index: usize) -> Arc<Block> {
        let id = self.steps[index];
        let known = self.blocks.borrow().get(&id).cloned();
        known.unwrap_or_else(|| {
            let block = Arc::new(self.build(id, index));
            self.blocks.borrow_mut().insert(id, Arc::clone(&block));
            block
        })
    }

    fn question(&self, _: &CellAddress, text: &str) -> Option<Question> {
        let answers = vec!["Change in all 12".to_owned(), "Only here".to_owned()];
        text.contains("shared").then(|| Question { words: "It is used 12×".to_owned(), answers })
    }

    fn remarks(&self, at: &CellAddress, text: &str, _: &str) -> Vec<Remark> {
        let change = Remark::Change {
            what: "AP".to_owned(),
            before: ("H".to_owned(), Some(Tone::High)),
            after: ("M".to_owned(), Some(Tone::Medium)),
        };
        if at.column == "occurrence" && text == "4" { vec![change] } else { Vec::new() }
    }

    fn options(&self, at: &CellAddress, typed: &str) -> Vec<EditOption> {
        match at.column {
            "status" => ["Open", "Decision pending", "Implementation pending", "Completed", "Not implemented"]
                .map(|text| EditOption::new(text, text))
                .to_vec(),
            "severity" | "occurrence" | "detection" => (1..=10)
                .rev()
                .map(|rating| EditOption::new(rating.to_string(), format!("{rating} – step {rating} of the scale")))
                .collect(),
            "cause" if !typed.is_empty() => CAUSE_WORDS
                .iter()
                .filter(|word| word.to_lowercase().starts_with(&typed.to_lowercase()))
                .map(|word| EditOption::new(*word, *word))
                .collect(),
            _ => Vec::new(),
        }
    }

    fn overview(&self) -> Vec<OverviewMark> {
        let mut marks = Vec::new();
        for (block, id) in self.steps.iter().enumerate() {
            let step = (id - 1000) as usize;
            for row in (0..ROWS).filter(|row| (step * 31 + row * 7) % 17 == 2 && step % 9 == 1) {
                marks.push(OverviewMark { block, row, severity: Severity::Error });
            }
            if step % 7 == 3 {
                marks.push(OverviewMark { block, row: 4, severity: Severity::Warning });
            }
        }
        marks
    }
}
