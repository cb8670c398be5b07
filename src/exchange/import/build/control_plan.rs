//! A control plan, a row per line and subject.

use crate::base::{Id, Text};
use crate::exchange::import::table::{Field, Given, Record, Table, TitleField};
use crate::exchange::import::workbook::At;
use crate::model::characteristic::CharacteristicKind;
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::document::{Document, DocumentKind, Phase};
use crate::model::equipment::EquipmentKind;
use crate::model::flow::Step;
use crate::model::item::Kind;
use crate::model::reference::Ref;

use super::lines::{Lines, Said};
use super::numbers::StepText;
use super::specifications::specification;
use super::steps::{StepReader, StepSaid};
use super::{Builder, key, link};

const HANDLED: &[Field] = &[
    Field::StepNumber,
    Field::Step,
    Field::StepAndFunction,
    Field::StepDescription,
    Field::Area,
    Field::Equipment,
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
    Field::MeasurementTechnique,
    Field::SampleSize,
    Field::SampleFrequency,
    Field::SampleSizeAndFrequency,
    Field::ControlMethod,
    Field::Responsible,
    Field::ReactionPlan,
    Field::ReactionPlanOwner,
    Field::ErrorProofing,
    Field::Phases,
    Field::FmeaControls,
    Field::Remarks,
];

/// Fields of the row itself.
pub(super) const OF_ROW: [Field; 8] = [
    Field::MeasurementTechnique,
    Field::SampleSize,
    Field::SampleSizeAndFrequency,
    Field::SampleFrequency,
    Field::ControlMethod,
    Field::Responsible,
    Field::ReactionPlan,
    Field::ReactionPlanOwner,
];

/// Fields of the subject.
const OF_SUBJECT: [Field; 10] = [
    Field::CharacteristicNumber,
    Field::Characteristic,
    Field::ProductCharacteristic,
    Field::ProcessCharacteristic,
    Field::Specification,
    Field::Nominal,
    Field::LowerLimit,
    Field::UpperLimit,
    Field::Unit,
    Field::Class,
];

/// A control plan while its lines are read.
pub(super) struct Plan<'t> {
    pub lines: Lines<'t>,
    pub document: Id<Document>,
    pub title: String,
    pub reader: StepReader,
    pub phase: Option<Phase>,
    pub remarked_both: bool,
    /// Cells of the line in hand that its characteristic has no place for.
    pub kept: Vec<Said<'t>>,
}

/// Builds the control plan of a table.
pub(super) fn build(builder: &mut Builder<'_>, table: &Table) -> Id<Document> {
    let title = builder.title_of(table);
    let plan = builder.new_document(DocumentKind::ControlPlan, &title);
    builder.header(plan, table);
    builder.characteristic_book.begin_table();
    let lines = Lines::new(table, HANDLED);
    let reader = StepReader::new(&lines, false);
    let says_phase = table.title.iter().any(|fact| fact.field == TitleField::Phase);
    let phase = builder.documents.get(plan).and_then(|document| document.phase).filter(|_| says_phase);
    let phase = phase.or_else(|| builder.ticked_phase(plan, table));
    let mut p = Plan { lines, document: plan, title, reader, phase, remarked_both: false, kept: Vec::new() };
    for record in &table.records {
        builder.plan_line(&mut p, record);
    }
    builder.steps_named = p.reader.named();
    plan
}

impl Builder<'_> {
    fn plan_line<'t>(&mut self, p: &mut Plan<'t>, record: &'t Record) {
        let sheet = p.lines.sheet;
        let steps = match p.reader.read(&p.lines, record) {
            Some(said) => {
                let steps = self.steps_of(&mut p.reader, &p.lines, &said, &p.title);
                self.tell_step(sheet, &said, &steps, false);
                steps
            }
            None => {
                // A row needs a step: this one has neither number nor name.
                let text = StepText::default();
                let said = StepSaid { text, function: String::new(), number: None, name: None };
                self.steps_of(&mut p.reader, &p.lines, &said, &p.title)
            }
        };
        for field in [Field::StepDescription, Field::Area] {
            if let Some(said) = p.lines.said(record, field)
                && !self.step_text(sheet, &steps, &said)
            {
                self.leave(sheet, &said, "the step says something else there already");
            }
        }
        let said: Vec<Said<'t>> = OF_ROW
            .iter()
            .chain(&OF_SUBJECT)
            .chain(&[
                Field::CharacteristicKind,
                Field::Phases,
                Field::FmeaControls,
                Field::ErrorProofing,
                Field::Remarks,
            ])
            .filter_map(|field| p.lines.said(record, *field))
            .collect();
        let is_row = said.iter().any(|said| said.given == Given::Here || !self.is_told(sheet, said))
            || p.lines.own.iter().any(|(position, _)| Lines::own(record, *position).is_some());
        if !is_row {
            let said = p.lines.said(record, Field::Equipment);
            for said in said.iter().flat_map(|said| p.lines.entries(said)) {
                if !self.step_text(sheet, &steps, &said) {
                    self.leave(sheet, &said, "stands in a line without a control");
                }
            }
            return;
        }
        if steps.len() > 1 && said.iter().any(|said| said.given == Given::Here) {
            let at = said.first().map(|said| said.at);
            self.account.remark(
                sheet,
                at,
                format!("the line names {} steps: it became a row at each of them", steps.len()),
            );
        }
        let mut made = Vec::new();
        for step in &steps {
            let subjects = self.subjects(p, record, *step);
            for subject in subjects {
                made.push(self.plan_row(p, record, *step, subject));
            }
        }
        self.row_details(p, record, &steps, &made);
    }

    /// The subjects of a line: its characteristics, or none chosen.
    fn subjects<'t>(&mut self, p: &mut Plan<'t>, record: &'t Record, step: Id<Step>) -> Vec<Subject> {
        let sheet = p.lines.sheet;
        let product =
            p.lines.said(record, Field::ProductCharacteristic).or_else(|| p.lines.said(record, Field::Characteristic));
        let process = p.lines.said(record, Field::ProcessCharacteristic);
        let number = p.lines.said(record, Field::CharacteristicNumber);
        if product.is_some() && process.is_some() && !p.remarked_both {
            p.remarked_both = true;
            let text = "lines that name a product and a process characteristic became two rows with the same control; number, class and specification belong to the product characteristic";
            self.account.remark(sheet, process.as_ref().map(|said| said.at), text);
        }
        let mut subjects = Vec::new();
        let mut main = None;
        let named_kind = self.named_kind(&p.lines, record);
        for (said, kind) in [(&product, named_kind), (&process, CharacteristicKind::Process)] {
            let Some(said) = said else { continue };
            if let Some(check) = self.check(sheet, said, step) {
                self.take(sheet, said, Kind::PlanRow);
                subjects.push(check);
                continue;
            }
            let text = number.as_ref().filter(|_| main.is_none()).map(|number| number.text.clone()).unwrap_or_default();
            let id = self.characteristic((sheet, said.at), &[step], kind, &text, &said.text);
            self.tell_name(sheet, said, id, Kind::PlanRow);
            main = main.or(Some(id));
            subjects.push(Subject::Characteristic(link(id)));
        }
        if subjects.is_empty()
            && let Some(number) = &number
        {
            // A number alone names a characteristic, too.
            let id = self.characteristic((sheet, number.at), &[step], CharacteristicKind::Product, &number.text, "");
            self.take(sheet, number, Kind::Characteristic);
            main = Some(id);
            subjects.push(Subject::Characteristic(link(id)));
        }
        let mut beside: Vec<Said<'t>> = Vec::new();
        match main {
            Some(main) => {
                if let Some(number) = &number {
                    self.take(sheet, number, Kind::Characteristic);
                }
                if let Some(said) = specification(&p.lines, record) {
                    if self.specify(main, &[step], &said.specification) {
                        for cell in &said.cells {
                            self.take(sheet, cell, Kind::Characteristic);
                        }
                    } else if !self.specified_otherwise(sheet, main, &said) {
                        beside.extend(said.cells);
                    }
                } else {
                    beside.extend(p.lines.said(record, Field::Unit));
                }
                if let Some(class) = p.lines.said(record, Field::Class) {
                    if self.classify(main, &class.text) {
                        self.take(sheet, &class, Kind::Characteristic);
                    } else if !self.classified_otherwise(sheet, main, &class) {
                        beside.push(class);
                    }
                }
            }
            None => beside.extend(OF_SUBJECT.iter().filter_map(|field| p.lines.said(record, *field))),
        }
        let kind = p.lines.said(record, Field::CharacteristicKind);
        beside.extend(kind.filter(|said| !self.is_told(sheet, said)));
        p.kept.extend(beside);
        if subjects.is_empty() {
            subjects.push(Subject::Open);
        }
        subjects
    }

    /// Error-proofing, set-up and restart, where the label in front says so.
    fn check(&mut self, sheet: usize, said: &Said<'_>, step: Id<Step>) -> Option<Subject> {
        let (label, rest) = said.text.split_once(':')?;
        let rest = rest.trim();
        match key(label).as_str() {
            "error-proofing" | "error proofing" | "poka-yoke" | "poka yoke" => {
                let origin = self.origin(sheet, said.at);
                let device = self.equipment(rest, EquipmentKind::ErrorProofing, origin);
                if let Some(step) = self.steps.get_mut(step)
                    && step.equipment.iter().all(|known| known.id() != device)
                {
                    step.equipment.push(Ref::Item(device));
                }
                Some(Subject::ErrorProofing(Ref::Item(device)))
            }
            "set-up" | "setup" | "set up" => Some(Subject::SetUp(Text::from(rest))),
            "restart" => Some(Subject::Restart(Text::from(rest))),
            _ => None,
        }
    }

    fn plan_row<'t>(&mut self, p: &Plan<'t>, record: &'t Record, step: Id<Step>, subject: Subject) -> Id<PlanRow> {
        let order = self.next_order(step, Kind::PlanRow);
        let mut row = PlanRow::empty(self.ids.next_id(), p.document, link(step), order);
        row.subject = subject;
        row.phases = p.phase.into_iter().collect();
        let at = OF_ROW
            .iter()
            .chain(&OF_SUBJECT)
            .filter_map(|field| p.lines.said(record, *field))
            .find(|said| said.given == Given::Here)
            .map_or(At::new(record.row, p.lines.table.columns.first().map_or(0, |column| column.column)), |said| {
                said.at
            });
        row.meta = self.origin(p.lines.sheet, at);
        self.rows.put(row)
    }
}
