//! What is built of tables, and what becomes of every cell. The tables are made by hand, as if they had been found.

mod again;
mod control_plans;
mod fmeas;
mod laws;
mod shared;

use goldthread::base::{IdSource, Text};
use goldthread::edit::{Author, Command, History, plan};
use goldthread::exchange::import::account::{As, Fate};
use goldthread::exchange::import::build::{Built, Stamp, build};
use goldthread::exchange::import::table::{
    Certainty, Column, Entry, Field, Given, Left, Meaning, Record, Table, TableKind, TitleFact, TitleField, Understood,
};
use goldthread::exchange::import::workbook::{At, Cell, Sheet, Value, Workbook};
use goldthread::model::Project;
use goldthread::model::fmea::{EffectLevel, Element, Failure, FailureRole, Function};
use goldthread::model::risk::Risk;

/// A sheet made by hand: headings in row 5, lines below. `^` in a cell is left blank and means the same as above, `|` belongs to
/// the merged cell above.
pub struct Sheets {
    pub workbook: Workbook,
    pub understood: Understood,
}

impl Sheets {
    pub fn new() -> Self {
        let workbook = Workbook { file: "made.xlsx".to_owned(), sheets: Vec::new() };
        Self { workbook, understood: Understood::default() }
    }

    /// A sheet with one table.
    pub fn sheet(mut self, kind: TableKind, columns: &[(&str, Meaning)], rows: &[&[&str]]) -> Self {
        const HEADINGS: u32 = 4;
        let index = self.workbook.sheets.len();
        let mut sheet = Sheet::named(format!("S{index}"));
        for (at, (heading, _)) in (0..).zip(columns) {
            let at = At::new(HEADINGS, at);
            sheet.write(at, Cell { value: Value::Text((*heading).to_owned()), formula: false });
            self.understood.left.push((index, at, Left::Heading));
        }
        let mut records: Vec<Record> = Vec::new();
        for (row, cells) in (HEADINGS + 1..).zip(rows) {
            let mut entries = Vec::new();
            for (position, text) in cells.iter().enumerate() {
                let at = At::new(row, position as u32);
                let above = records.last().and_then(|record| record.entries[position].clone());
                entries.push(match *text {
                    "" => None,
                    "^" => above.map(|entry: Entry| Entry { given: Given::Above, ..entry }),
                    "|" => above.map(|entry: Entry| Entry { given: Given::Merged, ..entry }),
                    text => {
                        let value = match text.parse::<f64>() {
                            Ok(number) => Value::Number(number),
                            Err(_) => Value::Text(text.to_owned()),
                        };
                        sheet.write(at, Cell { value: value.clone(), formula: false });
                        Some(Entry { value, at, given: Given::Here })
                    }
                });
            }
            records.push(Record { row, entries });
        }
        let columns = (0..).zip(columns).map(|(column, (heading, meaning))| Column {
            column,
            heading: (*heading).to_owned(),
            meaning: *meaning,
            certainty: Certainty::Sure,
            why: "by hand".to_owned(),
        });
        self.understood.tables.push(Table {
            sheet: index,
            kind,
            heading_rows: HEADINGS..=HEADINGS,
            columns: columns.collect(),
            records,
            title: Vec::new(),
            split_lines: false,
            own_form: None,
        });
        self.workbook.sheets.push(sheet);
        self
    }

    /// A sheet whose columns go by the names of their fields.
    pub fn form(self, kind: TableKind, fields: &[Field], rows: &[&[&str]]) -> Self {
        let columns: Vec<(&str, Meaning)> = fields.iter().map(|field| (field.name(), Meaning::Field(*field))).collect();
        self.sheet(kind, &columns, rows)
    }

    /// A fact in the header of the last sheet.
    pub fn fact(mut self, field: TitleField, label: &str, text: &str) -> Self {
        let table = self.understood.tables.last_mut().unwrap();
        let sheet = self.workbook.sheets.last_mut().unwrap();
        let row = table.title.len() as u32;
        let at = At::new(row % 4, 20 + row);
        let value = Value::Text(text.to_owned());
        sheet.write(at, Cell { value: value.clone(), formula: false });
        table.title.push(TitleFact { field, label: label.to_owned(), label_at: at, value, at });
        self
    }

    /// Builds upon a project and applies it as a person would.
    pub fn import_into(&self, project: &Project) -> Imported {
        let mut ids = IdSource::seeded(7 + project.items().count() as u64);
        let stamp = Stamp { by: Text::from("Jana"), on: "2026-11-24".parse().unwrap() };
        let built = build(project, &self.workbook, &self.understood, &stamp, &mut ids);
        check_account(&self.workbook, &built);
        let mut author = Author { name: stamp.by, today: stamp.on, ids };
        let command = Command::Import { label: "Import made.xlsx".to_owned(), items: built.items.clone() };
        let transaction = plan(project, &command, &mut author).unwrap();
        let (mut after, mut history) = (project.clone(), History::default());
        history.commit(&mut after, transaction).unwrap();
        assert_eq!(after.violations(), []);
        Imported { project: after, built, history }
    }

    /// Builds a new project.
    pub fn import(&self) -> Imported {
        self.import_into(&Project::new(goldthread::app::library().unwrap()))
    }
}

/// A project with what came into it.
pub struct Imported {
    pub project: Project,
    pub built: Built,
    pub history: History,
}

impl Imported {
    /// The fate of a cell by its address on the first sheet.
    pub fn fate(&self, cell: &str) -> &Fate {
        self.fate_on(0, cell)
    }

    pub fn fate_on(&self, sheet: usize, cell: &str) -> &Fate {
        let fates = self.built.account.fates(sheet);
        fates.into_iter().find(|(at, _)| at.to_string() == cell).map(|(_, fate)| fate).unwrap()
    }

    /// The reason why a cell was left.
    pub fn left(&self, cell: &str) -> String {
        match self.fate(cell) {
            Fate::Left(left) => left.to_string(),
            Fate::Imported { into, .. } => panic!("{cell} is imported as {}", into.key()),
        }
    }

    /// Whether a remark says this.
    pub fn remarks(&self, words: &str) -> bool {
        self.built.account.remarks.iter().any(|remark| remark.text.contains(words))
    }

    pub fn failures(&self, role: FailureRole) -> Vec<&Failure> {
        let mut found: Vec<&Failure> = self.project.all::<Failure>().filter(|failure| failure.role == role).collect();
        found.sort_by(|left, right| left.text.cmp(&right.text));
        found
    }

    pub fn texts(&self, role: FailureRole) -> Vec<String> {
        self.failures(role).iter().map(|failure| failure.text.to_string()).collect()
    }

    /// The lines of the FMEA as `mode | cause | S O D`.
    pub fn lines(&self) -> Vec<String> {
        let mut found: Vec<String> = self
            .project
            .all::<Risk>()
            .map(|risk| {
                let text = |id| self.project.get::<Failure>(id).unwrap().text.to_string();
                let evaluated = self.project.evaluate_current(risk);
                let rating = |rating: Option<&goldthread::model::rating::Rating>| {
                    rating.map_or_else(|| "-".to_owned(), ToString::to_string)
                };
                let current = risk.current();
                format!(
                    "{} | {} | {} {} {}",
                    text(risk.mode),
                    text(risk.cause),
                    rating(evaluated.severity.as_ref()),
                    rating(current.and_then(|current| current.occurrence.as_ref())),
                    rating(current.and_then(|current| current.detection.as_ref())),
                )
            })
            .collect();
        found.sort();
        found
    }

    pub fn risk(&self, cause: &str) -> &Risk {
        self.project.all::<Risk>().find(|risk| *self.project.get(risk.cause).unwrap().text == *cause).unwrap()
    }

    pub fn element(&self, name: &str) -> &Element {
        self.project.all::<Element>().find(|element| *element.name == *name).unwrap()
    }

    pub fn functions(&self) -> Vec<String> {
        let mut found: Vec<String> = self
            .project
            .all::<Function>()
            .map(|function| {
                let requirements: Vec<&str> = function.requirements.iter().map(Text::as_str).collect();
                format!("{} [{}]", function.text, requirements.join(" / "))
            })
            .collect();
        found.sort();
        found
    }

    /// Effects of a mode as `level: text (S)`.
    pub fn effects_of(&self, mode: &str) -> Vec<String> {
        let mode = self.failures(FailureRole::Mode).into_iter().find(|failure| *failure.text == *mode).unwrap();
        let show = |(level, link): (EffectLevel, &goldthread::model::reference::Link<Failure>)| {
            let effect = self.project.get(link.to.present().unwrap()).unwrap();
            let severity = effect.severity.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
            format!("{}: {} ({severity})", level.name(), effect.text)
        };
        mode.effects.links().map(show).collect()
    }
}

/// Every cell has one fate, and the import knows of each what it did.
pub fn check_account(workbook: &Workbook, built: &Built) {
    let untold: Vec<String> = (0..workbook.sheets.len())
        .flat_map(|sheet| built.account.fates(sheet))
        .filter(|(_, fate)| matches!(fate, Fate::Left(Left::Other(text)) if text == "no place was found for it"))
        .map(|(at, _)| at.to_string())
        .collect();
    assert_eq!((built.untold, untold), (0, Vec::new()), "cells of lines were not told about");
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        let fates = built.account.fates(index);
        assert_eq!(fates.len(), sheet.len());
        assert!(fates.iter().all(|(at, _)| sheet.cell(*at).is_some()));
        let left = fates.iter().filter(|(_, fate)| matches!(fate, Fate::Left(_))).count();
        assert_eq!(built.account.imported_count(index) + left, sheet.len());
    }
}

/// Whether a cell was imported as this field.
pub fn is_imported(fate: &Fate, wanted: Field) -> bool {
    matches!(fate, Fate::Imported { into: As::Field(field), .. } if *field == wanted)
}
