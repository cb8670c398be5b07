//! An FMEA, line by line.

use std::collections::HashMap;
use std::sync::Arc;

use crate::base::{Id, Text};
use crate::exchange::import::table::{Field, Record, Table, TableKind};
use crate::model::document::{Document, DocumentKind};
use crate::model::fmea::{Control, ControlKind, Element, Function};
use crate::model::item::AnyId;
use crate::model::profile::RatingProfile;
use crate::model::risk::Action;

use super::Builder;
use super::effects::Mode;
use super::lines::{Lines, Said};
use super::risks::Line;
use super::steps::StepReader;
use super::structure::Place;
use crate::exchange::import::workbook::At;

/// The fields that an FMEA has a place for.
const HANDLED: &[Field] = &[
    Field::IssueNumber,
    Field::History,
    Field::HigherElement,
    Field::StepNumber,
    Field::Step,
    Field::StepDescription,
    Field::WorkElement,
    Field::WorkCategory,
    Field::HigherFunction,
    Field::Function,
    Field::LowerFunction,
    Field::StepAndFunction,
    Field::Requirement,
    Field::Effect,
    Field::EffectYourPlant,
    Field::EffectShipToPlant,
    Field::EffectEndUser,
    Field::Severity,
    Field::Class,
    Field::Mode,
    Field::Cause,
    Field::PreventionControl,
    Field::Occurrence,
    Field::DetectionControl,
    Field::Control,
    Field::Detection,
    Field::Rpn,
    Field::ActionPriority,
    Field::FilterCode,
    Field::PreventionAction,
    Field::DetectionAction,
    Field::Action,
    Field::Responsible,
    Field::TargetDate,
    Field::ResponsibleAndDate,
    Field::Status,
    Field::ActionTaken,
    Field::CompletionDate,
    Field::ActionTakenAndDate,
    Field::ImplementedPrevention,
    Field::ImplementedDetection,
    Field::LaterSeverity,
    Field::LaterOccurrence,
    Field::LaterDetection,
    Field::LaterRpn,
    Field::LaterActionPriority,
    Field::Remarks,
    Field::CharacteristicNumber,
    Field::Characteristic,
    Field::ProductCharacteristic,
    Field::ProcessCharacteristic,
    Field::Specification,
    Field::Nominal,
    Field::LowerLimit,
    Field::UpperLimit,
    Field::Unit,
    Field::Area,
    Field::Equipment,
    Field::LaterClass,
];

/// Fields whose contents belong to a failure mode or to what hangs on it.
const OF_MODE: &[Field] = &[
    Field::Mode,
    Field::Effect,
    Field::EffectYourPlant,
    Field::EffectShipToPlant,
    Field::EffectEndUser,
    Field::Severity,
];

/// Fields that ask for a line of the risk analysis.
const OF_RISK: &[Field] = &[
    Field::Cause,
    Field::PreventionControl,
    Field::Occurrence,
    Field::DetectionControl,
    Field::Control,
    Field::Detection,
    Field::PreventionAction,
    Field::DetectionAction,
    Field::Action,
    Field::ActionTaken,
    Field::ActionTakenAndDate,
    Field::ImplementedPrevention,
    Field::ImplementedDetection,
    Field::LaterOccurrence,
    Field::LaterDetection,
    Field::LaterSeverity,
];

/// An FMEA while its lines are read.
pub(super) struct Fmea<'t> {
    pub lines: Lines<'t>,
    pub document: Id<Document>,
    /// Of a process, with steps of its flow.
    pub process: bool,
    /// Title of the whole.
    pub title: String,
    pub reader: StepReader,
    pub profile: Option<Arc<RatingProfile>>,
    pub higher: HashMap<String, Id<Element>>,
    pub places: HashMap<(Option<Id<Element>>, String), Place>,
    pub works: HashMap<(Id<Element>, String), Id<Element>>,
    pub functions: HashMap<(Id<Element>, String, String), Id<Function>>,
    pub modes: Vec<Mode>,
    pub mode_places: HashMap<(AnyId, String), usize>,
    pub risks: Vec<Line>,
    pub controls: HashMap<(ControlKind, String), Id<Control>>,
    pub actions: HashMap<(At, String), Id<Action>>,
    /// Days are written with the month in front: known from those of the column that can only be read so.
    pub month_first: HashMap<Field, bool>,
    pub remarked_levels: bool,
    pub remarked_actions: bool,
}

/// Builds the FMEA of a table.
pub(super) fn build(builder: &mut Builder<'_>, table: &Table) -> Id<Document> {
    let process = table.kind == TableKind::ProcessFmea;
    let kind = if process { DocumentKind::ProcessFmea } else { DocumentKind::DesignFmea };
    let title = builder.title_of(table);
    let fmea = builder.new_document(kind, &title);
    builder.header(fmea, table);
    let lines = Lines::new(table, HANDLED);
    let by_number = lines.has(Field::Rpn) && !lines.has(Field::ActionPriority);
    if let (true, Some(document)) = (by_number, builder.documents.get_mut(fmea)) {
        document.rating_profile = Text::from(if process { "aiag-4-pfmea" } else { "aiag-4-dfmea" });
    }
    let profile = builder.documents.get(fmea).map(|document| document.rating_profile.clone());
    let profile = profile.and_then(|name| builder.project.library().profiles.get(&name).cloned());
    let reader = StepReader::new(&lines, true);
    let month_first = super::actions::month_first(&lines);
    let mut f = Fmea {
        lines,
        document: fmea,
        process,
        title,
        reader,
        profile,
        higher: HashMap::new(),
        places: HashMap::new(),
        works: HashMap::new(),
        functions: HashMap::new(),
        modes: Vec::new(),
        mode_places: HashMap::new(),
        risks: Vec::new(),
        controls: HashMap::new(),
        actions: HashMap::new(),
        month_first,
        remarked_levels: false,
        remarked_actions: false,
    };
    builder.remark_controls(&f);
    for record in &table.records {
        builder.fmea_line(&mut f, record);
    }
    builder.steps_named = f.places.len();
    builder.finish_effects(&mut f);
    builder.finish_risks(&mut f);
    fmea
}

impl Builder<'_> {
    fn fmea_line<'t>(&mut self, f: &mut Fmea<'t>, record: &'t Record) {
        let place = self.place(f, record);
        let function = self.focus_function(f, record, &place);
        let said: Vec<Said<'t>> =
            OF_MODE.iter().chain(OF_RISK).filter_map(|field| f.lines.said(record, *field)).collect();
        // What merged cells said to the lines above makes nothing new here.
        let asks_for_risk =
            said.iter().any(|said| OF_RISK.contains(&said.field) && !says_none(said) && self.is_news(f, said));
        let asks_for_mode = asks_for_risk || said.iter().any(|said| self.is_news(f, said) || said.field == Field::Mode);
        if !asks_for_mode {
            let holder = function.map_or_else(|| AnyId::from(place.focus), AnyId::from);
            self.structure_line(f, record, &place, function, holder);
            return;
        }
        let mode = self.mode(f, record, &place, function);
        self.effects(f, record, &place, mode);
        let has_cause = f.lines.said(record, Field::Cause).is_some();
        if asks_for_risk || has_cause {
            let line = self.risk_line(f, record, &place, mode);
            self.risk_details(f, record, line);
            let risk = f.risks[line].id;
            let characteristics = self.fmea_characteristics(f, record, &place, function, mode, Some(line));
            self.line_texts(f, record, &place, AnyId::from(risk), characteristics);
        } else {
            self.work_of_line(f, record, &place);
            let id = f.modes[mode].id;
            let characteristics = self.fmea_characteristics(f, record, &place, function, mode, None);
            self.line_texts(f, record, &place, AnyId::from(id), characteristics);
        }
    }

    /// Whether a cell says something that no line above has taken in.
    pub fn is_news(&self, f: &Fmea<'_>, said: &Said<'_>) -> bool {
        said.given == crate::exchange::import::table::Given::Here || !self.is_told(f.lines.sheet, said)
    }

    /// Whether a cell was imported already.
    pub fn is_told(&self, sheet: usize, said: &Said<'_>) -> bool {
        use crate::exchange::import::account::Fate;
        matches!(self.account.fate(sheet, said.at), Some(Fate::Imported { .. }))
    }

    /// A line that names no failure.
    fn structure_line<'t>(
        &mut self,
        f: &mut Fmea<'t>,
        record: &'t Record,
        place: &Place,
        function: Option<Id<Function>>,
        holder: AnyId,
    ) {
        self.higher_function(f, record, place);
        self.work_of_line(f, record, place);
        self.structure_characteristics(f, record, place, function);
        self.line_texts(f, record, place, holder, false);
    }

    /// The work element that a line without a cause names.
    fn work_of_line<'t>(&mut self, f: &mut Fmea<'t>, record: &'t Record, place: &Place) {
        let fields = [Field::WorkElement, Field::WorkCategory, Field::LowerFunction];
        let said = fields.iter().filter_map(|field| f.lines.said(record, *field));
        if said.into_iter().any(|said| self.is_news(f, &said)) {
            self.cause_anchor(f, record, place);
        }
    }
}

/// Whether a cell of controls or actions says that there is none.
fn says_none(said: &Said<'_>) -> bool {
    let is_rating = matches!(
        said.field,
        Field::Cause
            | Field::Occurrence
            | Field::Detection
            | Field::LaterSeverity
            | Field::LaterOccurrence
            | Field::LaterDetection
    );
    !is_rating && super::words::is_none(&said.text)
}
