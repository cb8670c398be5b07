//! What the file says otherwise of what the project has already, and the cell that says it.

use crate::base::text::quoted;
use crate::exchange::import::account::Fate;
use crate::exchange::import::build::difference::DIFFERS;
use crate::exchange::import::build::lines::written;
use crate::exchange::import::build::{Builder, key};
use crate::exchange::import::table::{Field as Column, Left, Meaning, Record, Table};
use crate::exchange::import::workbook::{At, Value};
use crate::model::field::Field;
use crate::model::item::{AnyId, Entity, Item};
use crate::model::meta::Origin;

use super::Meeting;

/// What the file says of a field of an item of the project.
pub(super) struct Otherwise {
    pub item: AnyId,
    pub field: Field,
    pub text: String,
    /// What it names and the project does not have.
    pub with: Option<Item>,
}

impl Builder<'_> {
    /// Notes what an item that was made says otherwise than the one of the project: in some fields, in its note and in user-defined
    /// fields. What it does not say is no difference.
    pub(super) fn otherwise(&mut self, meeting: &Meeting<'_>, known: AnyId, said: &Item, fields: &[Field]) {
        for field in fields {
            let there = self.project.text_in(said, *field).unwrap_or_default();
            let here = self.project.field_text(known, *field).unwrap_or_default();
            if !there.trim().is_empty() && key(&there) != key(&here) {
                self.note_otherwise(meeting, said, Otherwise { item: known, field: *field, text: there, with: None });
            }
        }
        let Some(meta) = said.meta().cloned() else { return };
        let here = self.project.field_text(known, Field::Note).unwrap_or_default();
        let further: Vec<&str> = meta.note.lines().filter(|line| !key(&here).contains(&key(line))).collect();
        if !further.is_empty() {
            let lines = [here.as_str()].into_iter().filter(|here| !here.is_empty()).chain(further);
            let text = lines.collect::<Vec<_>>().join("\n");
            self.note_otherwise(meeting, said, Otherwise { item: known, field: Field::Note, text, with: None });
        }
        for (own, value) in meta.values {
            let field = Field::User(own);
            let here = self.project.field_text(known, field).unwrap_or_default();
            if key(&here) != key(&value) {
                let declared = self.fields.get(own).filter(|own| self.project.get(own.id).is_none());
                let with = declared.map(|own| own.clone().item());
                let text = value.to_string();
                self.note_otherwise(meeting, said, Otherwise { item: known, field, text, with });
            }
        }
    }

    /// Notes what an item that was made says otherwise.
    pub(super) fn note_otherwise(&mut self, meeting: &Meeting<'_>, said: &Item, otherwise: Otherwise) {
        let Otherwise { item, field, text: there, with } = otherwise;
        let Some((sheet, begins)) = self.begins(said) else { return };
        let found = meeting.table_on(sheet).and_then(|table| saying(table, begins, columns(field), &there));
        if let Some(at) = found {
            self.account.decide(sheet, at, Fate::Left(Left::Other(DIFFERS.to_owned())));
        }
        self.note_difference((sheet, found.unwrap_or(begins)), (item, field), there, with);
    }

    /// Leaves a cell of an item that the project has otherwise and that no single field can take over.
    pub(super) fn leave_otherwise(&mut self, meeting: &Meeting<'_>, said: &Item, column: Column) {
        let Some((sheet, begins)) = self.begins(said) else { return };
        let cell = meeting.table_on(sheet).and_then(|table| {
            let record = table.records.iter().find(|record| record.row == begins.row)?;
            Some(table.entry(record, column)?.at)
        });
        if let Some(at) = cell {
            let label = quoted(&self.project.label(meeting.known.into()));
            let reason = format!("{label} says something else there and keeps it");
            self.account.decide(sheet, at, Fate::Left(Left::Other(reason)));
        }
    }

    /// The cell in which an item that was made begins.
    fn begins(&self, said: &Item) -> Option<(usize, At)> {
        let Some(Origin::Cell { sheet, cell, .. }) = &said.meta()?.origin else { return None };
        let sheet = self.sheets.iter().position(|name| name == sheet)?;
        Some((sheet, At::parse(cell)?))
    }
}

/// The cell that says a text, in the lines of the item that begins in a cell: in one of some columns, or in any if there is none.
fn saying(table: &Table, begins: At, columns: &[Column], text: &str) -> Option<At> {
    let first = table.records.partition_point(|record| record.row < begins.row);
    let position = table.columns.iter().position(|column| column.column == begins.column);
    let goes_on = |record: &&Record| {
        let entry = position.and_then(|position| record.entries.get(position)?.as_ref());
        record.row == begins.row || entry.is_some_and(|entry| entry.at == begins)
    };
    let wanted = |position: usize| {
        let meaning = table.columns.get(position).map(|column| column.meaning);
        columns.is_empty() || matches!(meaning, Some(Meaning::Field(field)) if columns.contains(&field))
    };
    let text = key(text);
    let says = |value: &Value| {
        let value = key(&written(value));
        value == text || (columns.is_empty() && !value.is_empty() && text.ends_with(&value))
    };
    let lines = table.records.get(first..)?.iter().take_while(goes_on);
    let cells = lines.flat_map(|record| record.entries.iter().enumerate()).filter(|(position, _)| wanted(*position));
    let mut first = None;
    for entry in cells.filter_map(|(_, entry)| entry.as_ref()) {
        if says(&entry.value) {
            return Some(entry.at);
        }
        first = first.or(Some(entry.at));
    }
    first.filter(|_| !columns.is_empty())
}

/// The columns that speak of a field; none if it may be any.
const fn columns(field: Field) -> &'static [Column] {
    match field {
        Field::Name => &[Column::Step, Column::StepAndFunction, Column::WorkElement, Column::HigherElement],
        Field::Severity => &[Column::Severity],
        Field::Occurrence => &[Column::Occurrence],
        Field::Detection => &[Column::Detection],
        Field::SeverityAfter(_) => &[Column::LaterSeverity],
        Field::OccurrenceAfter(_) => &[Column::LaterOccurrence],
        Field::DetectionAfter(_) => &[Column::LaterDetection],
        Field::SpecialClass => &[Column::Class],
        Field::Remarks => &[Column::Remarks],
        Field::IssueNumber => &[Column::IssueNumber],
        Field::History => &[Column::History],
        Field::FilterCode => &[Column::FilterCode],
        Field::Owner => &[Column::Responsible, Column::ResponsibleAndDate],
        Field::TargetDate => &[Column::TargetDate, Column::ResponsibleAndDate],
        Field::Status => &[Column::Status, Column::ActionTaken, Column::CompletionDate, Column::ActionTakenAndDate],
        Field::ActionTaken => &[Column::ActionTaken, Column::ActionTakenAndDate],
        Field::CompletionDate => &[Column::CompletionDate, Column::ActionTakenAndDate],
        Field::MeasurementTechnique => &[Column::MeasurementTechnique],
        Field::SampleSize => &[Column::SampleSize, Column::SampleSizeAndFrequency],
        Field::SampleFrequency => &[Column::SampleFrequency],
        Field::ControlMethod => &[Column::ControlMethod],
        Field::Responsible => &[Column::Responsible],
        Field::ReactionPlan => &[Column::ReactionPlan],
        Field::ReactionPlanOwner => &[Column::ReactionPlanOwner],
        Field::Phases => &[Column::Phases],
        _ => &[],
    }
}
