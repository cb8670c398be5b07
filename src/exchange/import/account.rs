//! What became of every cell of a workbook: imported, or left and why.
//!
//! A cell has one fate. What was imported once is imported, whatever else is said of it later; a cell merged over several lines
//! is told of by each of them and counts once.

use std::collections::HashMap;

use super::table::{Field, Left, TitleField};
use super::workbook::{At, Workbook};
use crate::model::item::Kind;

/// What a cell was imported as.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum As {
    /// A field of the form.
    Field(Field),
    /// A field of the header.
    Title(TitleField),
    /// A user-defined field of this name.
    Own(String),
}

impl As {
    /// The word in reports.
    pub fn key(&self) -> &str {
        match self {
            Self::Field(field) => field.key(),
            Self::Title(field) => field.key(),
            Self::Own(name) => name,
        }
    }
}

/// What became of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It stands in the project.
    Imported {
        /// As what.
        into: As,
        /// At which kind of item.
        item: Kind,
    },
    /// It does not, for this reason.
    Left(Left),
}

/// Something to know about the import: an assumption, a value kept as it is written, a date that may be two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Index of the sheet.
    pub sheet: usize,
    /// The cell, if it is about one.
    pub at: Option<At>,
    /// One sentence for people.
    pub text: String,
}

/// The fate of every cell that holds something.
#[derive(Debug, Clone, Default)]
pub struct Account {
    fates: Vec<HashMap<At, Fate>>,
    /// What to know beside, in the order of the import.
    pub remarks: Vec<Remark>,
}

impl Account {
    /// An account without entries.
    pub fn of(workbook: &Workbook) -> Self {
        let fates = workbook.sheets.iter().map(|sheet| HashMap::with_capacity(sheet.len())).collect();
        Self { fates, remarks: Vec::new() }
    }

    /// Notes that a cell stands in the project.
    pub fn imported(&mut self, sheet: usize, at: At, into: As, item: Kind) {
        if let Some(fates) = self.fates.get_mut(sheet)
            && !matches!(fates.get(&at), Some(Fate::Imported { .. }))
        {
            fates.insert(at, Fate::Imported { into, item });
        }
    }

    /// Notes that a cell does not stand in the project, unless it does.
    pub fn left(&mut self, sheet: usize, at: At, left: Left) {
        if let Some(fates) = self.fates.get_mut(sheet) {
            let fate = fates.entry(at).or_insert_with(|| Fate::Left(left.clone()));
            // A difference says more than that the value is computed.
            if matches!(fate, Fate::Left(Left::Computed)) {
                *fate = Fate::Left(left);
            }
        }
    }

    /// Notes what a person decided of a cell, whatever was made of it.
    pub fn decide(&mut self, sheet: usize, at: At, fate: Fate) {
        if let Some(fates) = self.fates.get_mut(sheet) {
            fates.insert(at, fate);
        }
    }

    /// Notes something to know.
    pub fn remark(&mut self, sheet: usize, at: Option<At>, text: impl Into<String>) {
        self.remarks.push(Remark { sheet, at, text: text.into() });
    }

    /// What became of a cell; none if it holds nothing, or before it was told.
    pub fn fate(&self, sheet: usize, at: At) -> Option<&Fate> {
        self.fates.get(sheet)?.get(&at)
    }

    /// The cells of a sheet that have a fate, row by row.
    pub fn fates(&self, sheet: usize) -> Vec<(At, &Fate)> {
        let mut fates: Vec<(At, &Fate)> =
            self.fates.get(sheet).into_iter().flatten().map(|(at, fate)| (*at, fate)).collect();
        fates.sort_unstable_by_key(|(at, _)| *at);
        fates
    }

    /// How many cells of a sheet were imported.
    pub fn imported_count(&self, sheet: usize) -> usize {
        let fates = self.fates.get(sheet).into_iter().flatten();
        fates.filter(|(_, fate)| matches!(fate, Fate::Imported { .. })).count()
    }

    /// Forgets what was noted of cells that hold nothing, and leaves every cell that nothing was noted of for `reason`.
    /// How many those were: none, if the import knows what it does.
    pub(super) fn close(&mut self, workbook: &Workbook, reason: impl Fn(usize, At) -> Left) -> usize {
        let mut missed = 0;
        for (index, (sheet, fates)) in workbook.sheets.iter().zip(&mut self.fates).enumerate() {
            fates.retain(|at, _| sheet.cell(*at).is_some());
            if fates.len() == sheet.len() {
                continue;
            }
            for (at, _) in sheet.cells() {
                fates.entry(at).or_insert_with(|| {
                    missed += 1;
                    Fate::Left(reason(index, at))
                });
            }
        }
        missed
    }
}
