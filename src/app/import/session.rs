//! An import while a person looks at it: the file as it was read, and what the person says of its sheets.

use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::sync::Arc;

use crate::app::lookup::{IsCurrent, Question};
use crate::exchange::import::table::{Meaning, TableKind, Understood};
use crate::exchange::import::wish::Wish;
use crate::exchange::import::workbook::Workbook;
use crate::model::Project;

use super::english;
use super::mappings::{self, KeptMapping, Signature};

/// A file that was read, and what is found in it if nobody says anything.
#[derive(Debug)]
pub struct Opened {
    /// What it holds.
    pub workbook: Workbook,
    /// What was found.
    pub found: Understood,
    /// By sheet, the headings of its first table.
    pub signatures: Vec<Option<Signature>>,
}

/// The question what a file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadFile {
    /// The file.
    pub path: PathBuf,
    /// Another number reads it again.
    pub attempt: u32,
}

impl Question for ReadFile {
    type Answer = Result<Arc<Opened>, String>;

    fn answer(&self, _: &Project, is_current: IsCurrent<'_>) -> Option<Self::Answer> {
        // A fault of the reader must not leave the person waiting.
        let read = catch_unwind(|| super::open(&self.path).map(|workbook| Arc::new(Opened::of(workbook))));
        let fault =
            || Err("There is a fault in the program that this file brings to light; please send it to us".to_owned());
        is_current().then(|| read.unwrap_or_else(|_| fault()))
    }
}

impl Opened {
    /// Understands a workbook as far as nobody says anything.
    pub fn of(workbook: Workbook) -> Self {
        let found = english::understood(&workbook, &[]);
        let signature = |index: usize| {
            let table = found.tables.iter().find(|table| table.sheet == index)?;
            Signature::of(workbook.sheets.get(index)?, table)
        };
        let signatures = (0..workbook.sheets.len()).map(signature).collect();
        Self { workbook, found, signatures }
    }
}

/// What a person says of a sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Choice {
    /// Whether it is imported.
    pub is_wanted: bool,
    /// Which form it holds, if that is not to be found.
    pub kind: Option<TableKind>,
    /// First and last row of the headings, from zero.
    pub heading_rows: Option<(u32, u32)>,
    /// What columns are taken for.
    pub columns: BTreeMap<u32, Meaning>,
    /// Whether each line of a cell that holds several things is an entry of its own.
    pub split_lines: bool,
    /// Whether it was said of a file with the same headings before.
    pub is_recalled: bool,
}

impl Choice {
    /// Whether everything is left to be found.
    pub fn says_nothing(&self) -> bool {
        self.kind.is_none() && self.heading_rows.is_none() && self.columns.is_empty() && !self.split_lines
    }
}

/// An import while a person looks at it.
#[derive(Debug, Clone)]
pub struct Session {
    /// The file.
    pub opened: Arc<Opened>,
    /// What the person says, by sheet.
    pub choices: Vec<Choice>,
}

impl Session {
    /// Begins with what was said of the same headings before. Every sheet is wanted that is not hidden.
    pub fn new(opened: Arc<Opened>, kept: &[KeptMapping]) -> Self {
        let sheets = opened.workbook.sheets.iter().zip(&opened.signatures);
        let choice = |(sheet, signature): (&_, &Option<Signature>)| {
            let sheet: &crate::exchange::import::workbook::Sheet = sheet;
            let mut choice = Choice { is_wanted: !sheet.hidden, ..Choice::default() };
            if let Some(signature) = signature {
                mappings::recall(kept, signature, &mut choice);
            }
            choice
        };
        let choices = sheets.map(choice).collect();
        Self { opened, choices }
    }

    /// Ticks a sheet, or no longer.
    pub fn want(&mut self, sheet: usize, is_wanted: bool) {
        if let Some(choice) = self.choices.get_mut(sheet) {
            choice.is_wanted = is_wanted;
        }
    }

    /// Says which form a sheet holds. What was said of its columns meant another form, and is taken back.
    pub fn choose_kind(&mut self, sheet: usize, kind: Option<TableKind>) {
        if let Some(choice) = self.choices.get_mut(sheet)
            && choice.kind != kind
        {
            choice.columns.clear();
            (choice.kind, choice.is_recalled) = (kind, false);
        }
    }

    /// Says where the headings of a sheet stand. Rows in the wrong order are put right.
    pub fn choose_headings(&mut self, sheet: usize, first: u32, last: u32) {
        if let Some(choice) = self.choices.get_mut(sheet) {
            (choice.heading_rows, choice.is_recalled) = (Some((first, last.max(first))), false);
        }
    }

    /// Says what a column holds. A field is held by one column: another that was said to hold it is left to be found.
    pub fn choose_column(&mut self, sheet: usize, column: u32, meaning: Meaning) {
        if let Some(choice) = self.choices.get_mut(sheet) {
            if matches!(meaning, Meaning::Field(_)) {
                choice.columns.retain(|_, known| *known != meaning);
            }
            choice.columns.insert(column, meaning);
            choice.is_recalled = false;
        }
    }

    /// Says whether the lines of a cell are entries of their own.
    pub fn choose_split(&mut self, sheet: usize, split_lines: bool) {
        if let Some(choice) = self.choices.get_mut(sheet) {
            (choice.split_lines, choice.is_recalled) = (split_lines, false);
        }
    }

    /// Takes back what was said of a sheet, but for the tick.
    pub fn forget(&mut self, sheet: usize) {
        if let Some(choice) = self.choices.get_mut(sheet) {
            *choice = Choice { is_wanted: choice.is_wanted, ..Choice::default() };
        }
    }

    /// Keeps what was said of the sheets that are imported for the next file with the same headings.
    pub fn keep(&self, kept: &mut Vec<KeptMapping>) {
        for (choice, signature) in self.choices.iter().zip(&self.opened.signatures) {
            if let (true, Some(signature)) = (choice.is_wanted, signature) {
                mappings::keep(kept, signature, choice);
            }
        }
    }
}

/// What a person says of sheets, as the understanding of a workbook takes it.
pub fn wishes(workbook: &Workbook, choices: &[Choice]) -> Vec<Wish> {
    let said = workbook.sheets.iter().zip(choices);
    let said = said.filter(|(sheet, choice)| !choice.says_nothing() || (sheet.hidden && choice.is_wanted));
    said.map(|(sheet, choice)| Wish {
        sheet: Some(sheet.name.clone()),
        kind: choice.kind,
        heading_rows: choice.heading_rows,
        columns: choice.columns.clone(),
        split_lines: choice.split_lines,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::import::read::read;
    use crate::exchange::import::table::Field;

    fn session(kept: &[KeptMapping]) -> Session {
        let text = "Step;Failure mode;Effect;S;Cause;O;Detection control;D\n\
                    10 Press;Bore too small;Rotor blocks;8;Tool worn;4;Gauge;3\n\
                    20 Screw;Torque too low;Comes loose;9;Bit worn;3;Angle check;2\n";
        let workbook = read("pfmea.csv", text.as_bytes()).unwrap();
        Session::new(Arc::new(Opened::of(workbook)), kept)
    }

    #[test]
    fn what_was_said_of_headings_is_known_again() {
        let mut kept = Vec::new();
        session(&kept).keep(&mut kept);
        assert!(kept.is_empty(), "nothing was said");
        let mut said = session(&kept);
        said.choose_column(0, 1, Meaning::Field(Field::Requirement));
        said.choose_column(0, 2, Meaning::Ignored);
        said.keep(&mut kept);
        assert_eq!(kept.len(), 1);
        let again = session(&kept);
        assert!(again.choices[0].is_recalled);
        assert_eq!(again.choices[0].columns, said.choices[0].columns);
        let mut taken_back = again;
        taken_back.forget(0);
        taken_back.keep(&mut kept);
        assert!(kept.is_empty(), "taken back is forgotten");
    }

    #[test]
    fn a_field_is_held_by_one_column() {
        let mut session = session(&[]);
        session.choose_column(0, 1, Meaning::Field(Field::Mode));
        session.choose_column(0, 2, Meaning::Field(Field::Mode));
        assert_eq!(session.choices[0].columns, BTreeMap::from([(2, Meaning::Field(Field::Mode))]));
        session.choose_kind(0, Some(TableKind::ControlPlan));
        assert!(session.choices[0].columns.is_empty());
    }

    #[test]
    fn only_so_many_are_kept() {
        let mut kept: Vec<KeptMapping> = (0..mappings::MOST_KEPT)
            .map(|number| KeptMapping {
                headings: number.to_string(),
                found: "pfmea".to_owned(),
                kind: "dfmea".to_owned(),
                heading_rows: None,
                columns: BTreeMap::new(),
                split_lines: false,
            })
            .collect();
        let mut session = session(&kept);
        session.choose_column(0, 1, Meaning::Own);
        session.keep(&mut kept);
        assert_eq!(kept.len(), mappings::MOST_KEPT);
        assert_eq!(kept[0].headings, "1", "the oldest went");
    }
}
