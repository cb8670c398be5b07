//! Which columns of a form are printed, where a report profile leaves some out.
//!
//! *Invariant:* what is left out is named on the same paper: nothing is hidden from who reads it.

use std::collections::BTreeSet;

use crate::base::fonts::Style;
use crate::model::form::{Form, FormKind, ListKind};
use crate::model::report_profile::ReportProfile;
use crate::report::doc::{Cell, Paragraph, Piece, Rgb, Row, Section, Table};

/// What is not printed of a form.
#[derive(Debug, Default)]
pub(super) struct PrintedColumns {
    left_out: BTreeSet<usize>,
    /// Upper heading by upper heading: its words, and the headings below it; no headings if all of them are left out.
    named: Vec<(String, Vec<String>)>,
}

impl PrintedColumns {
    /// What a profile says of a form. One that would leave nothing leaves everything. The matrix of characteristics and
    /// steps is printed whole: its columns are the steps.
    pub fn of(form: &Form, profile: Option<&ReportProfile>) -> Self {
        let keys = profile.map_or(&[][..], |profile| profile.left_out_of(form.kind));
        let is_left_out = |key: &str| keys.iter().any(|left_out| left_out.as_str() == key);
        let all = form.columns.iter().enumerate();
        let left_out: BTreeSet<usize> = all.filter(|(_, column)| is_left_out(&column.key)).map(|(at, _)| at).collect();
        let is_matrix = form.kind == FormKind::List(ListKind::CharacteristicMatrix);
        if left_out.is_empty() || left_out.len() == form.columns.len() || is_matrix {
            return Self::default();
        }
        let mut named = Vec::new();
        for (group, declared) in form.groups.iter().enumerate() {
            let mut members = form.columns.iter().enumerate().filter(|(_, column)| column.group == group).peekable();
            if members.peek().is_none() {
                continue;
            }
            let (out, kept): (Vec<_>, Vec<_>) = members.partition(|(at, _)| left_out.contains(at));
            if !out.is_empty() {
                let is_whole = kept.is_empty() && !declared.heading.trim().is_empty();
                let headings = out.iter().filter(|_| !is_whole).map(|(_, column)| column.heading.to_string()).collect();
                named.push((declared.heading.clone(), headings));
            }
        }
        Self { left_out, named }
    }

    /// The columns of the form that are printed.
    pub fn kept(&self, form: &Form) -> Vec<usize> {
        (0..form.columns.len()).filter(|column| !self.left_out.contains(column)).collect()
    }

    /// The section of the form without what is left out.
    pub fn printed(&self, section: Section) -> Section {
        if self.left_out.is_empty() {
            return section;
        }
        let table = section.table;
        let kept: Vec<usize> = (0..table.columns.len()).filter(|column| !self.left_out.contains(column)).collect();
        let place = |column: usize| kept.iter().position(|kept| *kept == column);
        let cell = |cell: Cell| Some(Cell { column: place(cell.column)?, ..cell });
        let rows = table.rows.into_iter();
        let rows = rows.map(|row| Row { cells: row.cells.into_iter().filter_map(cell).collect(), ..row }).collect();
        let band = |band: &Vec<usize>| band.iter().filter_map(|column| place(*column)).collect::<Vec<usize>>();
        let mut bands: Vec<Vec<usize>> = table.bands.iter().map(band).collect();
        // A band that has nothing of its own is no band.
        let has_own = |at: usize| bands[at].iter().any(|column| (0..at).all(|before| !bands[before].contains(column)));
        if !(0..bands.len()).all(has_own) {
            bands.clear();
        }
        let columns = table.columns.into_iter().enumerate();
        let columns = columns.filter(|(at, _)| !self.left_out.contains(at)).map(|(_, column)| column).collect();
        Section { table: Table { columns, rows, bands, ..table }, ..section }
    }

    /// What the legend says of it.
    pub fn note(&self) -> Option<Paragraph> {
        if self.named.is_empty() {
            return None;
        }
        let mut note = Paragraph::styled("Columns that are not on this paper:", Style::Medium, Rgb::TEXT);
        let mut say = |text: &str| {
            note.pieces.push(Piece::Text { text: text.into(), style: Style::Regular, colour: Rgb::TEXT });
        };
        for (at, (group, headings)) in self.named.iter().enumerate() {
            say(if at == 0 { " " } else { " · " });
            if !group.trim().is_empty() {
                say(group);
                if !headings.is_empty() {
                    say(": ");
                }
            }
            for (at, heading) in headings.iter().enumerate() {
                if at > 0 {
                    say(", ");
                }
                say(heading);
            }
        }
        Some(note)
    }
}
