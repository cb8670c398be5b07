//! An FMEA, line by line.

use std::collections::HashMap;
use std::sync::Arc;

use crate::base::{Id, Text};
use crate::exchange::import::table::{Field, Left, Record, Table, TableKind};
use crate::model::document::{Document, DocumentKind};
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::model::field;
use crate::model::flow::Step;
use crate::model::fmea::{Control, ControlKind, Element, Function};
use crate::model::item::{AnyId, Kind};
use crate::model::profile::RatingProfile;
use crate::model::risk::Action;

use super::effects::Mode;
use super::lines::{Lines, Said};
use super::risks::Line;
use super::shared::{add_note, add_values};
use super::steps::StepReader;
use super::structure::Place;
use super::{Builder, key};
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

    /// Texts of a line that belong to its step, and everything that is kept beside.
    fn line_texts<'t>(
        &mut self,
        f: &mut Fmea<'t>,
        record: &'t Record,
        place: &Place,
        holder: AnyId,
        has_characteristic: bool,
    ) {
        let sheet = f.lines.sheet;
        for field in [Field::StepDescription, Field::Area, Field::Equipment] {
            if let Some(said) = f.lines.said(record, field)
                && !self.step_text(sheet, &place.steps, &said)
            {
                self.keep_beside(f, &said, holder);
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
            let fields = [
                Field::CharacteristicNumber,
                Field::Specification,
                Field::Nominal,
                Field::LowerLimit,
                Field::UpperLimit,
                Field::Unit,
            ];
            for field in fields {
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
        match holder {
            AnyId::Risk(risk) => {
                let values = self.own_values(&f.lines, record, Kind::Risk);
                if let Some(risk) = self.risks.get_mut(risk) {
                    add_values(&mut risk.meta, values);
                }
            }
            AnyId::Failure(failure) => {
                let values = self.own_values(&f.lines, record, Kind::Failure);
                if let Some(failure) = self.failures.get_mut(failure) {
                    add_values(&mut failure.meta, values);
                }
            }
            AnyId::Function(function) => {
                let values = self.own_values(&f.lines, record, Kind::Function);
                if let Some(function) = self.functions.get_mut(function) {
                    add_values(&mut function.meta, values);
                }
            }
            AnyId::Element(element) => {
                let values = self.own_values(&f.lines, record, Kind::Element);
                if let Some(element) = self.elements.get_mut(element) {
                    add_values(&mut element.meta, values);
                }
            }
            _ => {}
        }
    }

    /// Keeps a value that has no field, at the item of its line under the heading of its column.
    pub fn keep_beside(&mut self, f: &Fmea<'_>, said: &Said<'_>, holder: AnyId) {
        match holder {
            AnyId::Risk(risk) => {
                let value = self.kept(&f.lines, said, Kind::Risk);
                if let Some(risk) = self.risks.get_mut(risk) {
                    add_values(&mut risk.meta, vec![value]);
                }
            }
            AnyId::Failure(failure) => {
                let note = format!("{}: {}", f.lines.heading(said.field), said.text);
                self.take(f.lines.sheet, said, Kind::Failure);
                if let Some(failure) = self.failures.get_mut(failure) {
                    add_note(&mut failure.meta, &note);
                }
            }
            AnyId::Function(function) => {
                let note = format!("{}: {}", f.lines.heading(said.field), said.text);
                self.take(f.lines.sheet, said, Kind::Function);
                if let Some(function) = self.functions.get_mut(function) {
                    add_note(&mut function.meta, &note);
                }
            }
            AnyId::Element(element) => {
                let note = format!("{}: {}", f.lines.heading(said.field), said.text);
                self.take(f.lines.sheet, said, Kind::Element);
                if let Some(element) = self.elements.get_mut(element) {
                    add_note(&mut element.meta, &note);
                }
            }
            _ => {}
        }
    }

    /// Writes a text into the steps of a line, where they are new and say nothing else; whether it stands there now.
    pub fn step_text(&mut self, sheet: usize, steps: &[Id<Step>], said: &Said<'_>) -> bool {
        if let [step] = steps
            && let Some(field) = field_of(said.field)
            && self.steps.get(*step).is_none()
            && self.project.contains((*step).into())
        {
            if self.differs(sheet, said, *step, field, &said.text) {
                return true;
            }
            let stands = self.step_says(*step, said);
            if stands {
                self.take(sheet, said, Kind::Step);
            }
            return stands;
        }
        if said.field == Field::Equipment && self.lists_equipment(steps, &said.text) {
            self.take(sheet, said, Kind::Step);
            return true;
        }
        let mut stands = !steps.is_empty();
        let equipment = (said.field == Field::Equipment && !steps.is_empty()).then(|| {
            let by_hand = super::words::is_by_hand(&said.text);
            let origin = self.origin(sheet, said.at);
            (!by_hand).then(|| self.equipment(&said.text, EquipmentKind::Machine, origin))
        });
        for id in steps {
            let Some(step) = self.steps.get_mut(*id) else {
                stands &= match equipment {
                    Some(equipment) => self.step_has(*id, equipment),
                    None => self.step_says(*id, said),
                };
                continue;
            };
            if let Some(equipment) = equipment {
                match equipment {
                    Some(equipment) if step.equipment.iter().all(|known| known.id() != equipment) => {
                        step.equipment.push(equipment.into());
                    }
                    Some(_) => {}
                    None => step.manual = true,
                }
                continue;
            }
            let text = match said.field {
                Field::StepDescription => &mut step.description,
                Field::Area => &mut step.area,
                Field::VariationSource => &mut step.sources_of_variation,
                Field::ControlMethod => &mut step.work_instruction,
                Field::NokDisposition => &mut step.nok_disposition,
                _ => return false,
            };
            if text.is_empty() {
                *text = Text::from(said.text.as_str());
            } else if key(text) != key(&said.text) {
                stands = false;
            }
        }
        if stands {
            self.take(sheet, said, Kind::Step);
        }
        stands
    }

    /// Whether a step of the project says the same already.
    fn step_says(&self, step: Id<Step>, said: &Said<'_>) -> bool {
        let known = field_of(said.field).and_then(|field| self.project.field_text(step.into(), field));
        known.is_some_and(|known| key(&known) == key(&said.text))
    }

    /// Whether a cell lists, line by line, equipment that steps of the project have.
    fn lists_equipment(&self, steps: &[Id<Step>], text: &str) -> bool {
        let lists = |step: &Id<Step>| {
            let step = self.project.get(*step).filter(|step| self.steps.get(step.id).is_none());
            let there = step
                .into_iter()
                .flat_map(|step| &step.equipment)
                .filter_map(|known| self.project.get(known.present()?));
            let there: Vec<String> = there.flat_map(|known| [key(&known.name), key(&known.label())]).collect();
            text.lines().all(|line| there.contains(&key(line)))
        };
        !steps.is_empty() && steps.iter().all(lists)
    }

    /// Whether a step of the project has this equipment, or is done by hand.
    fn step_has(&self, step: Id<Step>, equipment: Option<Id<Equipment>>) -> bool {
        let has = |step: &Step| match equipment {
            Some(equipment) => step.equipment.iter().any(|known| known.id() == equipment),
            None => step.manual,
        };
        self.project.get(step).is_some_and(has)
    }
}

/// The field of a step that a column speaks of.
fn field_of(field: Field) -> Option<field::Field> {
    Some(match field {
        Field::StepDescription => field::Field::Description,
        Field::Area => field::Field::Area,
        Field::VariationSource => field::Field::SourcesOfVariation,
        Field::ControlMethod => field::Field::WorkInstruction,
        Field::NokDisposition => field::Field::NokDisposition,
        _ => return None,
    })
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
