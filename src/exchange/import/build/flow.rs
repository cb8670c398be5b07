//! A process flow worksheet: steps in their order, with what each says of itself.

use std::collections::HashSet;

use crate::base::Id;
use crate::exchange::import::account::As;
use crate::exchange::import::table::{Field, Record, Table};
use crate::exchange::import::workbook::At;
use crate::model::characteristic::CharacteristicKind;
use crate::model::document::Document;
use crate::model::flow::{Step, StepKind};
use crate::model::item::Kind;

use super::lines::{Lines, Said};
use super::shared::{add_note, add_values};
use super::specifications::{OF_CHARACTERISTIC, specification};
use super::steps::StepReader;
use super::{Builder, key, words};
use crate::base::text::quoted;

const HANDLED: &[Field] = &[
    Field::StepNumber,
    Field::Step,
    Field::StepAndFunction,
    Field::StepDescription,
    Field::StepKind,
    Field::StepOperation,
    Field::StepTransport,
    Field::StepStorage,
    Field::StepInspection,
    Field::StepDelay,
    Field::Area,
    Field::Equipment,
    Field::VariationSource,
    Field::NextStep,
    Field::Class,
    Field::CharacteristicNumber,
    Field::Characteristic,
    Field::CharacteristicKind,
    Field::ProductCharacteristic,
    Field::ProcessCharacteristic,
    Field::Specification,
    Field::Nominal,
    Field::LowerLimit,
    Field::UpperLimit,
    Field::Unit,
    Field::ControlMethod,
    Field::CharacteristicRole,
    Field::NokDisposition,
    Field::Remarks,
];

const TICKS: [(Field, StepKind); 5] = [
    (Field::StepOperation, StepKind::Operation),
    (Field::StepTransport, StepKind::Transport),
    (Field::StepStorage, StepKind::Storage),
    (Field::StepInspection, StepKind::Inspection),
    (Field::StepDelay, StepKind::Delay),
];

/// Builds the flow of a table, or adds to that of the project.
pub(super) fn build(builder: &mut Builder<'_>, table: &Table) -> Id<Document> {
    let title = builder.title_of(table);
    let is_new = builder.step_book.flow().is_none();
    let flow = builder.flow(&title);
    if is_new {
        builder.header(flow, table);
    } else if builder.project.get(flow).is_some() {
        builder.meet_flow(table, flow, &title);
    } else {
        for fact in &table.title {
            let reason = "the workbook has another process flow, with a header of its own".to_owned();
            builder.account.left(table.sheet, fact.at, super::Left::Other(reason));
        }
    }
    builder.characteristic_book.begin_table();
    let lines = Lines::new(table, HANDLED);
    let mut reader = StepReader::new(&lines, false);
    let mut sequence: Vec<(Id<Step>, At)> = Vec::new();
    let mut next: Vec<(Id<Step>, Said<'_>)> = Vec::new();
    let mut kinds: HashSet<Id<Step>> = HashSet::new();
    for record in &table.records {
        let Some(said) = reader.read(&lines, record) else {
            let above: Vec<Id<Step>> = sequence.last().map(|(step, _)| *step).into_iter().collect();
            builder.flow_line(&lines, record, &above, &mut kinds);
            next.extend(above.first().and_then(|step| Some((*step, lines.said(record, Field::NextStep)?))));
            continue;
        };
        let steps = builder.steps_of(&mut reader, &lines, &said, &title);
        builder.tell_step(lines.sheet, &said, &steps, false);
        for step in &steps {
            if sequence.last().is_none_or(|(last, _)| last != step) {
                let at = said.number.as_ref().or(said.name.as_ref()).map_or(At::new(record.row, 0), |said| said.at);
                sequence.push((*step, at));
            }
        }
        builder.flow_line(&lines, record, &steps, &mut kinds);
        if let (Some(step), Some(said)) = (steps.last(), lines.said(record, Field::NextStep)) {
            next.push((*step, said));
        }
    }
    builder.steps_named = reader.named();
    if next.is_empty() {
        builder.connect_in_order(&lines, flow, &sequence);
    } else {
        builder.connect(&lines, flow, next);
    }
    flow
}

impl Builder<'_> {
    fn flow_line<'t>(
        &mut self,
        lines: &Lines<'t>,
        record: &'t Record,
        steps: &[Id<Step>],
        kinds: &mut HashSet<Id<Step>>,
    ) {
        if steps.is_empty() {
            self.leave_line(lines, record, "the line names no step, and none stands above it");
        }
        for step in steps {
            self.flow_step(lines, record, *step, kinds);
        }
    }

    fn flow_step<'t>(&mut self, lines: &Lines<'t>, record: &'t Record, step: Id<Step>, kinds: &mut HashSet<Id<Step>>) {
        let sheet = lines.sheet;
        self.kinds(lines, record, step, kinds);
        for field in [
            Field::StepDescription,
            Field::Area,
            Field::Equipment,
            Field::VariationSource,
            Field::ControlMethod,
            Field::NokDisposition,
        ] {
            let said = lines.said(record, field);
            for said in said.iter().flat_map(|said| lines.entries(said)) {
                if !self.step_text(sheet, &[step], &said) {
                    self.note_at_step(lines, step, &said);
                }
            }
        }
        if let Some(said) = lines.said(record, Field::Remarks) {
            let is_noted = self.notes(step, &said.text);
            match self.steps.get_mut(step) {
                Some(known) => {
                    add_note(&mut known.meta, &said.text);
                    self.take(sheet, &said, Kind::Step);
                }
                None if is_noted => self.take(sheet, &said, Kind::Step),
                None => self.leave(sheet, &said, "the step is in the project already, and its note is not changed"),
            }
        }
        let told = self.flow_characteristics(lines, record, step);
        for field in [Field::CharacteristicRole, Field::CharacteristicKind] {
            if let Some(said) = lines.said(record, field)
                && !self.is_told(sheet, &said)
            {
                self.note_at_step(lines, step, &said);
            }
        }
        if !told {
            for field in OF_CHARACTERISTIC.into_iter().chain([Field::Class]) {
                if let Some(said) = lines.said(record, field)
                    && !self.is_told(sheet, &said)
                {
                    self.note_at_step(lines, step, &said);
                }
            }
        }
        if self.steps.get(step).is_some() {
            let values = self.own_values(lines, record, Kind::Step);
            if let Some(known) = self.steps.get_mut(step) {
                add_values(&mut known.meta, values);
            }
        } else {
            for (position, name) in &lines.own {
                let Some(said) = Lines::own(record, *position) else { continue };
                let field = self.user_field_of(Kind::Step, name);
                let known = self.project.get(step).and_then(|step| step.meta.as_ref()?.value(field?));
                if known.is_some_and(|known| key(known) == key(&said.text)) {
                    self.account.imported(sheet, said.at, As::Own(name.clone()), Kind::Step);
                } else {
                    self.leave(sheet, &said, "the step is in the project already, and its own fields are not changed");
                }
            }
        }
    }

    /// Keeps a text that has no field under its heading in the note of the step.
    pub fn note_at_step(&mut self, lines: &Lines<'_>, step: Id<Step>, said: &Said<'_>) {
        let note = format!("{}: {}", lines.heading(said.field), said.text);
        let is_noted = self.notes(step, &note);
        match self.steps.get_mut(step) {
            Some(known) => {
                add_note(&mut known.meta, &note);
                self.take(lines.sheet, said, Kind::Step);
            }
            None if is_noted => self.take(lines.sheet, said, Kind::Step),
            None => self.leave(lines.sheet, said, "the step is in the project already and says something else there"),
        }
    }

    /// Whether the note of a step of the project says something already.
    fn notes(&self, step: Id<Step>, line: &str) -> bool {
        let note = self.project.get(step).and_then(|step| step.meta.as_ref()).map(|meta| &meta.note);
        note.is_some_and(|note| key(note).contains(&key(line)))
    }

    /// Kinds of a step from a column of words or symbols, and from columns of ticks.
    fn kinds<'t>(&mut self, lines: &Lines<'t>, record: &'t Record, step: Id<Step>, known: &mut HashSet<Id<Step>>) {
        let sheet = lines.sheet;
        let mut found: Vec<StepKind> = Vec::new();
        if let Some(said) = lines.said(record, Field::StepKind) {
            let pieces: Vec<Option<StepKind>> = match words::step_kind(&said.text) {
                Some(kind) => vec![Some(kind)],
                None => said
                    .text
                    .split(['\n', ',', '/', '+', '&', ' '])
                    .filter(|piece| !piece.trim().is_empty())
                    .map(words::step_kind)
                    .collect(),
            };
            if pieces.iter().all(Option::is_some) && !pieces.is_empty() {
                let kinds: Vec<StepKind> = pieces.into_iter().flatten().collect();
                self.tell_kind(sheet, &said, step, &kinds);
                found.extend(kinds);
            } else {
                self.note_at_step(lines, step, &said);
                self.account.remark(
                    sheet,
                    Some(said.at),
                    format!(
                        "{} is no kind of step that is known; it is kept in the note of the step",
                        quoted(&said.text)
                    ),
                );
            }
        }
        for (field, kind) in TICKS {
            let Some(said) = lines.said(record, field) else { continue };
            if words::is_tick(&said.text) {
                found.push(kind);
                self.tell_kind(sheet, &said, step, &[kind]);
            } else {
                self.leave(sheet, &said, "says that the step is not of this kind");
            }
        }
        let Some(draft) = self.steps.get_mut(step) else { return };
        for kind in found {
            if known.insert(step) {
                draft.kind = kind;
            } else if draft.kind != kind && !draft.further_kinds.contains(&kind) {
                draft.further_kinds.push(kind);
            }
        }
    }

    fn tell_kind(&mut self, sheet: usize, said: &Said<'_>, step: Id<Step>, kinds: &[StepKind]) {
        let is_new = self.steps.get(step).is_some();
        let known = self.project.get(step);
        if is_new
            || known
                .is_some_and(|step| kinds.iter().all(|kind| step.kind == *kind || step.further_kinds.contains(kind)))
        {
            self.take(sheet, said, Kind::Step);
        } else {
            self.leave(sheet, said, "the step is in the project already and is of another kind there");
        }
    }

    /// Characteristics of a line; whether it names one.
    fn flow_characteristics<'t>(&mut self, lines: &Lines<'t>, record: &'t Record, step: Id<Step>) -> bool {
        let sheet = lines.sheet;
        let product =
            lines.said(record, Field::ProductCharacteristic).or_else(|| lines.said(record, Field::Characteristic));
        let process = lines.said(record, Field::ProcessCharacteristic);
        let number = lines.said(record, Field::CharacteristicNumber);
        let mut main = None;
        let named_kind = self.named_kind(lines, record);
        for (said, kind) in [(&product, named_kind), (&process, CharacteristicKind::Process)] {
            let Some(said) = said else { continue };
            let text = number.as_ref().filter(|_| main.is_none()).map(|number| number.text.clone()).unwrap_or_default();
            let id = self.characteristic((sheet, said.at), &[step], kind, &text, &said.text);
            self.tell_name(sheet, said, id, Kind::Characteristic);
            main = main.or(Some(id));
        }
        let Some(main) = main else { return false };
        if let Some(number) = &number {
            self.take(sheet, number, Kind::Characteristic);
        }
        if let Some(said) = lines.said(record, Field::CharacteristicRole)
            && let Some(role) = words::role(&said.text)
        {
            self.play((sheet, &said), step, main, role);
        }
        let mut told = lines.said(record, Field::Unit).is_none();
        if let Some(said) = specification(lines, record) {
            told = self.specify(main, &[step], &said.specification);
            for cell in said.cells.iter().filter(|_| told) {
                self.take(sheet, cell, Kind::Characteristic);
            }
            told = told || self.specified_otherwise(sheet, main, &said);
        }
        if let Some(class) = lines.said(record, Field::Class) {
            if self.classify(main, &class.text) {
                self.take(sheet, &class, Kind::Characteristic);
            } else if !self.classified_otherwise(sheet, main, &class) {
                told = false;
            }
        }
        told
    }
}
