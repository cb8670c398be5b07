//! Forms that this program exported: the stamp of the workbook says what every column is, so nothing has to be guessed.

use std::collections::BTreeMap;

use super::Found;
use crate::base::Text;
use crate::exchange::import::table::{
    Certainty, Column, Entry, Field, Given, Left, Meaning, OwnForm, Record, Table, TableKind, TitleFact, TitleField,
};
use crate::exchange::import::workbook::{At, Sheet, Value, Workbook};
use crate::exchange::xlsx::book::{StampOfBook, StampOfSheet};
use crate::exchange::xlsx::returned::{hidden_heading, places, stamp_of};
use crate::exchange::xlsx::stamp::{self, kind_of, own_field_of, row_of};
use crate::model::document::DocumentKind;
use crate::model::form::RowId;

/// A workbook that this program made.
pub(super) struct OwnBook {
    stamp: StampOfBook,
    /// The texts that no cell could hold, by sheet and cell.
    long: BTreeMap<String, String>,
}

/// What a sheet of such a workbook is.
pub(super) enum OwnSheet {
    /// A document.
    Form(Box<Found>),
    /// Something that is not read, for this reason.
    Other(&'static str),
}

impl OwnBook {
    /// None if the workbook has no stamp that this version knows.
    pub fn of(workbook: &Workbook) -> Option<Self> {
        let stamp = stamp_of(workbook)?;
        let long = workbook.sheets.iter().find(|sheet| sheet.name == stamp.long_texts).map(long_texts);
        Some(Self { stamp, long: long.unwrap_or_default() })
    }

    /// What a sheet is; nothing if it has to be understood like any other.
    pub fn sheet(&self, workbook: &Workbook, index: usize) -> Option<OwnSheet> {
        let sheet = &workbook.sheets[index];
        if sheet.name == stamp::SHEET {
            return Some(OwnSheet::Other("it says where the workbook comes from"));
        }
        if sheet.name == stamp::PRIORITIES {
            return Some(OwnSheet::Other("formulas look action priorities up in it"));
        }
        if sheet.name == self.stamp.long_texts {
            return Some(OwnSheet::Other("long texts are read with the cells that point to them"));
        }
        let said = self.stamp.sheets.get(&sheet.name)?;
        if said.stamp.document.is_empty() {
            return Some(OwnSheet::Other("a list that this program makes of the documents"));
        }
        self.form(index, sheet, said).map(|found| OwnSheet::Form(Box::new(found)))
    }

    fn form(&self, index: usize, sheet: &Sheet, said: &StampOfSheet) -> Option<Found> {
        let document = kind_of(&said.stamp.kind)?;
        let hidden = hidden_heading(sheet)?;
        let at = places(sheet, said, hidden)?;
        let columns = columns(sheet, said, &at, hidden);
        let own_fields = at.iter().zip(&said.own_fields);
        let own_fields = own_fields.filter_map(|(column, text)| Some((*column, own_field_of(text)?))).collect();
        let row_id = |row: u32| {
            let cell = sheet.cell(At::new(row, hidden.column))?;
            row_of(&cell.value.to_string())
        };
        let last = sheet.last_row().unwrap_or_default();
        // Legend and signatures stand behind the last row of the form.
        let end = (hidden.row + 1..=last).rev().find(|row| row_id(*row).is_some()).unwrap_or(hidden.row);
        let mut others = BTreeMap::new();
        let (mut records, mut rows): (Vec<Record>, Vec<Option<RowId>>) = (Vec::new(), Vec::new());
        for row in hidden.row + 1..=end {
            let id = row_id(row);
            let record = Record { row, entries: columns.iter().map(|column| self.entry(sheet, row, column)).collect() };
            let says_something = record.entries.iter().flatten().any(|entry| entry.given == Given::Here);
            if id.is_some() || says_something {
                records.push(record);
                rows.push(id);
            } else {
                others.insert(row, Left::Other("a line without contents".to_owned()));
            }
        }
        // Upper headings are merged over their columns, so the row above holds nothing else.
        let above = hidden.row.checked_sub(1).filter(|row| is_upper(sheet, *row, hidden.column));
        let first = above.unwrap_or(hidden.row);
        let title = facts(sheet, first);
        let own_form = OwnForm {
            document,
            rating_profile: Text::from(said.stamp.rating_profile.as_str()),
            class_set: Text::from(self.stamp.class_set.as_str()),
            language: self.stamp.language.clone(),
            rows,
            own_fields,
        };
        let table = Table {
            sheet: index,
            kind: table_kind(document),
            heading_rows: first..=hidden.row,
            columns,
            records,
            title,
            split_lines: false,
            own_form: Some(own_form),
        };
        Some(Found { table, others, end: end + 1 })
    }

    /// Whether a cell ends with a pointer to the sheet of long texts.
    fn points(&self, value: &Value) -> bool {
        matches!(value, Value::Text(text) if text.ends_with(']') && text.contains(&format!("[{}: ", self.stamp.long_texts)))
    }

    fn entry(&self, sheet: &Sheet, row: u32, column: &Column) -> Option<Entry> {
        if column.meaning == Meaning::Ignored {
            return None;
        }
        let (at, cell) = sheet.seen(At::new(row, column.column))?;
        let given = if at.row == row { Given::Here } else { Given::Merged };
        let value = match self.long.get(&format!("{}!{at}", sheet.name)).filter(|_| self.points(&cell.value)) {
            Some(whole) => Value::Text(whole.clone()),
            None => cell.value.clone(),
        };
        Some(Entry { value, at, given })
    }
}

/// Which form of the trade a document is.
fn table_kind(document: DocumentKind) -> TableKind {
    match document {
        DocumentKind::ProcessFlow => TableKind::ProcessFlow,
        DocumentKind::ProcessFmea => TableKind::ProcessFmea,
        DocumentKind::DesignFmea | DocumentKind::FmeaMsr => TableKind::DesignFmea,
        DocumentKind::ControlPlan => TableKind::ControlPlan,
    }
}

/// Whether a row holds upper headings: every cell in it is merged over columns or stands alone above one.
fn is_upper(sheet: &Sheet, row: u32, end: u32) -> bool {
    let says = sheet.row(row).filter(|(at, _)| at.column < end).count();
    let first = sheet.seen(At::new(row, 0)).is_some();
    says > 0 && first
}

/// The rows above the fields of the header: issuer, title and revision.
const STRIP: u32 = 2;

/// The fields of the header, as far as they say something: rows of labels, each with the values in the row below it.
fn facts(sheet: &Sheet, end: u32) -> Vec<TitleFact> {
    let mut facts = Vec::new();
    for row in (STRIP..end).step_by(2) {
        for (label_at, label) in sheet.row(row) {
            let at = At::new(row + 1, label_at.column);
            if let (Value::Text(label), Some(value)) = (&label.value, sheet.cell(at)) {
                let (label, value) = (label.clone(), value.value.clone());
                facts.push(TitleFact { field: TitleField::OfOwnForm, label, label_at, value, at });
            }
        }
    }
    facts
}

fn columns(sheet: &Sheet, said: &StampOfSheet, places: &[u32], hidden: At) -> Vec<Column> {
    let of_form = said.columns.iter().zip(&said.headings).zip(places).map(|((key, heading), column)| {
        let meaning = meaning(key);
        let why = match meaning {
            Meaning::Ignored => "another column says it, too",
            _ => "this program wrote the column",
        };
        let heading = heading.replace("-\n", "").replace('\n', " ");
        Column { column: *column, heading, meaning, certainty: Certainty::Sure, why: why.to_owned() }
    });
    let mut columns: Vec<Column> = of_form.collect();
    // What somebody added between the columns of the form.
    for column in (0..hidden.column).filter(|column| !places.contains(column)) {
        let Some(cell) = sheet.cell(At::new(hidden.row, column)) else { continue };
        columns.push(Column {
            column,
            heading: cell.value.to_string(),
            meaning: Meaning::Own,
            certainty: Certainty::Likely,
            why: "somebody added the column to the form".to_owned(),
        });
    }
    for column in hidden.column..hidden.column + stamp::HIDDEN.len() as u32 {
        columns.push(Column {
            column,
            heading: stamp::HIDDEN[(column - hidden.column) as usize].to_owned(),
            meaning: Meaning::Ignored,
            certainty: Certainty::Sure,
            why: "it says which row of the project a line is".to_owned(),
        });
    }
    columns.sort_by_key(|column| column.column);
    columns
}

/// Takes the headings of our tables for programs for what they are: they are the keys of our columns. Fewer than so many are an
/// accident.
pub(super) fn take_keys(columns: &mut [Column]) {
    const LEAST: usize = 6;
    let has_key = |column: &&mut Column| meaning(&column.heading) != Meaning::Own;
    let keys = columns.iter_mut().filter(has_key).count();
    // Words such as "severity" are everybody's; with underlines they are ours.
    let joined = columns.iter().filter(|column| column.heading.contains('_')).count();
    if keys < LEAST || joined < LEAST || keys * 10 < columns.len() * 6 {
        return;
    }
    for column in columns.iter_mut().filter(has_key) {
        column.meaning = meaning(&column.heading);
        column.certainty = Certainty::Sure;
        "a column of our tables for programs".clone_into(&mut column.why);
    }
}

/// What a column of a form is to an import.
fn meaning(key: &str) -> Meaning {
    use Field as F;
    Meaning::Field(match key {
        "issue_number" => F::IssueNumber,
        "history" => F::History,
        "process_item" => F::HigherElement,
        "process_step_number" => F::StepNumber,
        "process_step" => F::Step,
        "work_element" => F::WorkElement,
        "process_item_function" => F::HigherFunction,
        "process_step_function" => F::Function,
        "work_element_function" => F::LowerFunction,
        "requirement" => F::Requirement,
        "failure_effect" => F::Effect,
        "severity" => F::Severity,
        "failure_mode" => F::Mode,
        "failure_cause" => F::Cause,
        "prevention_control" => F::PreventionControl,
        "occurrence" => F::Occurrence,
        "detection_control" => F::DetectionControl,
        "detection" => F::Detection,
        "action_priority" => F::ActionPriority,
        "rpn" => F::Rpn,
        "special_class" => F::Class,
        "filter_code" => F::FilterCode,
        "prevention_action" => F::PreventionAction,
        "detection_action" => F::DetectionAction,
        "recommended_action" => F::Action,
        "responsible" => F::Responsible,
        "target_date" => F::TargetDate,
        "status" => F::Status,
        "action_taken" => F::ActionTaken,
        "completion_date" => F::CompletionDate,
        "severity_after" => F::LaterSeverity,
        "occurrence_after" => F::LaterOccurrence,
        "detection_after" => F::LaterDetection,
        "special_class_after" => F::LaterClass,
        "action_priority_after" => F::LaterActionPriority,
        "rpn_after" => F::LaterRpn,
        "remarks" => F::Remarks,
        "applies_to" => F::AppliesTo,
        "symbol" => F::StepKind,
        "description" => F::StepDescription,
        "area" => F::Area,
        "equipment" => F::Equipment,
        "sources_of_variation" => F::VariationSource,
        "characteristic_number" => F::CharacteristicNumber,
        "product_characteristic" => F::ProductCharacteristic,
        "process_characteristic" => F::ProcessCharacteristic,
        "characteristic_role" => F::CharacteristicRole,
        "specification" => F::Specification,
        "nok_disposition" => F::NokDisposition,
        "next_steps" => F::NextStep,
        "measurement_technique" => F::MeasurementTechnique,
        "sample_size" => F::SampleSize,
        "sample_frequency" => F::SampleFrequency,
        "control_method" | "work_instruction" => F::ControlMethod,
        "error_proofing" => F::ErrorProofing,
        "reaction_plan" => F::ReactionPlan,
        "reaction_plan_owner" => F::ReactionPlanOwner,
        "phases" => F::Phases,
        "covers" => F::FmeaControls,
        // The symbols of a step say its kinds.
        "step_kind" => return Meaning::Ignored,
        _ => return Meaning::Own,
    })
}

/// Texts that no cell can hold, in pieces below each other, by the cell that points to them.
fn long_texts(sheet: &Sheet) -> BTreeMap<String, String> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut cell = String::new();
    for row in 0..=sheet.last_row().unwrap_or_default() {
        let text = |column| sheet.cell(At::new(row, column)).map(|cell| cell.value.to_string());
        cell = text(0).unwrap_or(cell);
        if let Some(piece) = text(2) {
            texts.entry(cell.clone()).or_default().push_str(&piece);
        }
    }
    texts
}
