//! An FMEA, row by row: functions and failures. What belongs to a cause stands in `risk`, the elements in `structure`.

use std::collections::HashMap;

use crate::base::{Id, Text};
use crate::exchange::import::build::Builder;
use crate::exchange::import::table::{Field, OwnForm, Record, Table};
use crate::model::characteristic::Characteristic;
use crate::model::document::{Document, DocumentKind};
use crate::model::fmea::{Anchor, Control, ControlKind, Failure, FailureRole};
use crate::model::form::RowId;
use crate::model::item::{AnyId, Kind};

use super::cells::Cells;
use super::effects::Effects;
use super::risk::Line;
use super::steps::Steps;
use super::structure::{Focus, Higher};

/// An FMEA while its rows are read.
pub(super) struct OwnFmea<'t> {
    pub cells: Cells<'t>,
    /// What the rows show.
    rows: &'t [Option<RowId>],
    pub document: Id<Document>,
    pub process: bool,
    pub steps: Steps,
    pub higher: Option<Higher>,
    pub focus: Option<Focus>,
    /// Where failure modes stand now.
    pub function: Option<Anchor>,
    pub mode: Option<Id<Failure>>,
    effects: Effects,
    pub printed: HashMap<String, Id<Characteristic>>,
    pub controls: HashMap<(ControlKind, String), Id<Control>>,
    pub lines: Vec<Line>,
}

/// What a row shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// A cause of a mode.
    Risk,
    /// A mode without causes.
    Mode,
    /// A function without modes.
    Function,
    /// A work element, or a cause below it, that no mode has to do with.
    Work,
    /// An element with nothing below it.
    Nothing,
}

const OF_RISK: [Field; 14] = [
    Field::Cause,
    Field::PreventionControl,
    Field::Occurrence,
    Field::DetectionControl,
    Field::Detection,
    Field::Class,
    Field::PreventionAction,
    Field::DetectionAction,
    Field::Action,
    Field::Responsible,
    Field::ActionTaken,
    Field::LaterOccurrence,
    Field::LaterDetection,
    Field::Remarks,
];

/// Builds the FMEA of a form.
pub(super) fn build<'t>(builder: &mut Builder<'t>, table: &'t Table, own: &'t OwnForm) -> Id<Document> {
    let title = builder.own_title(table);
    let document = builder.new_document(own.document, &title);
    builder.own_header(document, table);
    if let Some(known) = builder.documents.get_mut(document) {
        known.rating_profile = own.rating_profile.clone();
    }
    let mut f = OwnFmea {
        cells: Cells::new(builder, table, own, Kind::Risk),
        rows: &own.rows,
        document,
        process: own.document == DocumentKind::ProcessFmea,
        steps: Steps::of(builder, &title),
        higher: None,
        focus: None,
        function: None,
        mode: None,
        effects: Effects::new(),
        printed: builder.printed_characteristics(),
        controls: HashMap::new(),
        lines: Vec::new(),
    };
    let mut named = 0;
    let mut above: Option<RowId> = None;
    for (at, record) in table.records.iter().enumerate() {
        if f.focus.is_none() || f.cells.begins(record, Field::StepNumber) {
            builder.own_focus(&mut f, record);
            named += 1;
        }
        let id = own.rows.get(at).copied().flatten();
        builder.own_line(&mut f, (at, record), id, id.is_some() && id.map(|id| id.item) == above.map(|id| id.item));
        above = id;
    }
    builder.steps_named = named;
    builder.finish_own_lines(&mut f);
    document
}

impl<'t> Builder<'t> {
    fn own_line(&mut self, f: &mut OwnFmea<'t>, (at, record): (usize, &'t Record), id: Option<RowId>, goes_on: bool) {
        let shows = shows(&f.cells, record, id);
        if matches!(shows, Shows::Risk | Shows::Mode | Shows::Function)
            && (f.function.is_none() || f.cells.begins(record, Field::Function))
        {
            self.function_group(f, (at, record), shows);
            f.mode = None;
        }
        let function = match f.function {
            Some(Anchor::Function(id)) => self.functions.get(id).and_then(|function| function.meta.clone()),
            _ => None,
        };
        self.repeated_own_cells(&f.cells, record, Kind::Function, function.as_deref());
        match shows {
            Shows::Risk | Shows::Mode => {
                if f.mode.is_none() || f.cells.begins(record, Field::Mode) {
                    self.own_mode(f, record);
                }
                let mode = f.mode.and_then(|mode| self.failures.get(mode)).and_then(|mode| mode.meta.clone());
                self.repeated_own_cells(&f.cells, record, Kind::Failure, mode.as_deref());
                if shows == Shows::Risk {
                    self.own_risk(f, record, goes_on);
                }
            }
            Shows::Work => {
                let is_cause = matches!(id.map(|id| id.item), Some(AnyId::Failure(_)));
                if let Some(anchor) = self.work_anchor(f, record, true)
                    && (is_cause || f.cells.says(record, &[Field::Cause]))
                {
                    self.told(&f.cells, record, &[Field::Cause], Kind::Failure);
                    let text = f.cells.text(record, Field::Cause);
                    let at = f.cells.at(record, Field::Cause);
                    self.failure(anchor, FailureRole::Cause, &text, f.cells.sheet, at);
                }
            }
            Shows::Function | Shows::Nothing => {}
        }
    }

    /// The function that begins in a row. Failure modes below blank cells stand at the element itself, which comes last.
    fn function_group(&mut self, f: &mut OwnFmea<'t>, (at, record): (usize, &'t Record), shows: Shows) {
        self.told(&f.cells, record, &[Field::Function, Field::Requirement], Kind::Function);
        let Some(focus) = f.focus.as_ref().map(|focus| focus.id) else { return };
        let text = f.cells.text(record, Field::Function);
        let requirements = f.cells.lines(record, Field::Requirement);
        let below = f.cells.table.records.iter().zip(f.rows).skip(at + 1);
        let in_block = |(record, _): &(&Record, _)| !f.cells.begins(record, Field::StepNumber);
        let comes_another = below.take_while(in_block).any(|(record, id)| {
            let is_function = matches!(id.map(|id| id.item), Some(AnyId::Function(_)));
            let says_something = f.cells.says(record, &[Field::Function, Field::Requirement]);
            f.cells.begins(record, Field::Function) && (is_function || says_something)
        });
        let says_something = !text.is_empty() || !requirements.is_empty() || f.cells.says_own(record, Kind::Function);
        if !says_something && !comes_another && shows != Shows::Function {
            f.function = Some(Anchor::Element(focus));
            return;
        }
        let function = self.own_function(f, record, focus, &text, Field::Function);
        let mut meta = self.functions.get(function).and_then(|function| function.meta.clone());
        self.own_cells(&f.cells, record, Kind::Function, &mut meta);
        if let Some(function) = self.functions.get_mut(function) {
            function.requirements = requirements.into_iter().map(Text::from).collect();
            function.meta = meta;
        }
        f.function = Some(Anchor::Function(function));
    }

    fn own_mode(&mut self, f: &mut OwnFmea<'t>, record: &'t Record) {
        self.told(&f.cells, record, &[Field::Mode], Kind::Failure);
        let (Some(anchor), Some(focus)) = (f.function, &f.focus) else { return };
        let effects_at = focus.effects_at;
        let text = f.cells.text(record, Field::Mode);
        let mode = self.failure(anchor, FailureRole::Mode, &text, f.cells.sheet, f.cells.at(record, Field::Mode));
        let mut meta = self.failures.get(mode).and_then(|mode| mode.meta.clone());
        self.own_cells(&f.cells, record, Kind::Failure, &mut meta);
        if let Some(mode) = self.failures.get_mut(mode) {
            mode.meta = meta;
        }
        self.own_effects((&f.cells, record), mode, effects_at, &mut f.effects);
        f.mode = Some(mode);
    }
}

fn shows<'t>(cells: &Cells<'t>, record: &'t Record, id: Option<RowId>) -> Shows {
    let says = |fields: &[Field]| cells.says(record, fields);
    match id.map(|id| id.item) {
        Some(AnyId::Risk(_)) => Shows::Risk,
        // A mode without causes has neither cause nor work element.
        Some(AnyId::Failure(_)) if says(&[Field::WorkElement, Field::Cause]) => Shows::Work,
        Some(AnyId::Failure(_)) => Shows::Mode,
        Some(AnyId::Function(_)) => Shows::Function,
        // Below the first row of a focus element there are its work elements, be they named or not.
        Some(_) if says(&[Field::WorkElement]) || !cells.begins(record, Field::StepNumber) => Shows::Work,
        // A row that somebody added.
        None if says(&OF_RISK) => Shows::Risk,
        None if says(&[Field::Mode, Field::Effect, Field::Severity]) => Shows::Mode,
        None if says(&[Field::WorkElement]) => Shows::Work,
        None if says(&[Field::Function, Field::Requirement]) => Shows::Function,
        Some(_) | None => Shows::Nothing,
    }
}
