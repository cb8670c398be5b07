//! Texts of an FMEA line that belong to its step, and everything that no field holds.

use crate::exchange::import::table::{Field, Left, Record};
use crate::model::item::{AnyId, Kind};
use crate::model::meta::Meta;

use super::fmea::Fmea;
use super::lines::Said;
use super::shared::{add_note, add_values};
use super::specifications::OF_CHARACTERISTIC;
use super::structure::Place;
use super::{Builder, key};

impl Builder<'_> {
    /// Texts of a line that belong to its step, and everything that is kept beside.
    pub fn line_texts<'t>(
        &mut self,
        f: &mut Fmea<'t>,
        record: &'t Record,
        place: &Place,
        holder: AnyId,
        has_characteristic: bool,
    ) {
        let sheet = f.lines.sheet;
        for field in [Field::StepDescription, Field::Area, Field::Equipment] {
            let said = f.lines.said(record, field);
            for said in said.iter().flat_map(|said| f.lines.entries(said)) {
                if !self.step_text(sheet, &place.steps, &said) {
                    self.keep_beside(f, &said, holder);
                }
            }
        }
        if let Some(said) = f.lines.said(record, Field::LaterClass)
            && !self.is_told(sheet, &said)
        {
            // The class of a line does not change by its actions; another one is kept.
            match f.lines.said(record, Field::Class).filter(|class| key(&class.text) == key(&said.text)) {
                Some(_) => self.account.left(sheet, said.at, Left::Computed),
                None => self.keep_beside(f, &said, holder),
            }
        }
        if !has_characteristic {
            for field in OF_CHARACTERISTIC {
                if let Some(said) = f.lines.said(record, field)
                    && !self.is_told(sheet, &said)
                {
                    self.keep_beside(f, &said, holder);
                }
            }
        }
        if !matches!(holder, AnyId::Risk(_)) {
            let fields = [
                Field::IssueNumber,
                Field::History,
                Field::FilterCode,
                Field::Remarks,
                Field::Responsible,
                Field::TargetDate,
                Field::ResponsibleAndDate,
                Field::Status,
                Field::CompletionDate,
                Field::Class,
            ];
            for field in fields {
                if let Some(said) = f.lines.said(record, field)
                    && self.is_news(f, &said)
                    && !self.is_told(sheet, &said)
                {
                    self.keep_beside(f, &said, holder);
                }
            }
            self.leave_nothings(f, record);
            self.leave_computed(f, record);
        }
        let values = self.own_values(&f.lines, record, holder.kind());
        if let Some(meta) = self.meta_of(holder) {
            add_values(meta, values);
        }
    }

    /// Keeps a value that has no field, at the item of its line under the heading of its column.
    pub fn keep_beside(&mut self, f: &Fmea<'_>, said: &Said<'_>, holder: AnyId) {
        if let AnyId::Risk(_) = holder {
            let value = self.kept(&f.lines, said, Kind::Risk);
            if let Some(meta) = self.meta_of(holder) {
                add_values(meta, vec![value]);
            }
            return;
        }
        let note = format!("{}: {}", f.lines.heading(said.field), said.text);
        self.take(f.lines.sheet, said, holder.kind());
        if let Some(meta) = self.meta_of(holder) {
            add_note(meta, &note);
        }
    }

    /// Note and user-defined values of what a line of an FMEA holds.
    fn meta_of(&mut self, holder: AnyId) -> Option<&mut Option<Box<Meta>>> {
        match holder {
            AnyId::Risk(risk) => self.risks.get_mut(risk).map(|risk| &mut risk.meta),
            AnyId::Failure(failure) => self.failures.get_mut(failure).map(|failure| &mut failure.meta),
            AnyId::Function(function) => self.functions.get_mut(function).map(|function| &mut function.meta),
            AnyId::Element(element) => self.elements.get_mut(element).map(|element| &mut element.meta),
            _ => None,
        }
    }
}
