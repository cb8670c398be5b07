//! An FMEA, row by row: structure, functions and failures. What belongs to a cause stands in `risk`.

use std::collections::HashMap;

use crate::base::{Id, Text};
use crate::exchange::import::build::Builder;
use crate::exchange::import::table::{Field, OwnForm, Record, Table};
use crate::model::characteristic::Characteristic;
use crate::model::document::{Document, DocumentKind};
use crate::model::fmea::{
    Anchor, Control, ControlKind, Element, ElementKind, Failure, FailureRole, Function, WorkCategory,
};
use crate::model::form::RowId;
use crate::model::item::{AnyId, Kind};

use super::cells::Cells;
use super::effects::Effects;
use super::risk::Line;
use super::steps::Steps;

/// An FMEA while its rows are read.
pub(super) struct OwnFmea<'t> {
    pub cells: Cells<'t>,
    /// What the rows show.
    rows: &'t [Option<RowId>],
    pub document: Id<Document>,
    process: bool,
    steps: Steps,
    /// The element above the last focus element, with its name and its functions.
    higher: Option<(Id<Element>, String, Vec<String>)>,
    focus: Option<Focus>,
    /// Where failure modes stand now.
    function: Option<Anchor>,
    pub mode: Option<Id<Failure>>,
    effects: Effects,
    printed: HashMap<String, Id<Characteristic>>,
    pub controls: HashMap<(ControlKind, String), Id<Control>>,
    pub lines: Vec<Line>,
}

/// The focus element in hand.
struct Focus {
    id: Id<Element>,
    /// Where effects stand.
    effects_at: Anchor,
    works: HashMap<(ElementKind, String), Id<Element>>,
    work_functions: HashMap<(Id<Element>, String), Id<Function>>,
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
    fn own_element(
        &mut self,
        f: &OwnFmea<'t>,
        record: &'t Record,
        parent: Option<Id<Element>>,
        (kind, name): (ElementKind, &str),
        field: Field,
    ) -> Id<Element> {
        let order = self.next_order(parent.map_or(AnyId::from(f.document), AnyId::from), Kind::Element);
        let meta = self.begun(&f.cells, record, field);
        let id = self.ids.next_id();
        let name = Text::from(name);
        self.elements.put(Element { id, fmea: f.document, parent, order, kind, name, steps: Vec::new(), meta })
    }

    fn own_function(
        &mut self,
        f: &OwnFmea<'t>,
        record: &'t Record,
        element: Id<Element>,
        text: &str,
        field: Field,
    ) -> Id<Function> {
        let (text, characteristics) = self.function_characteristics(&f.printed, text);
        let function = Function {
            id: self.ids.next_id(),
            element,
            order: self.next_order(element, Kind::Function),
            text: Text::from(text),
            requirements: Vec::new(),
            characteristics,
            meta: self.begun(&f.cells, record, field),
        };
        self.functions.put(function)
    }

    /// The focus element that begins in a row, with the element above it.
    fn own_focus(&mut self, f: &mut OwnFmea<'t>, record: &'t Record) {
        let fields = [Field::HigherElement, Field::StepNumber, Field::Step];
        self.told(&f.cells, record, &fields, Kind::Element);
        self.told(&f.cells, record, &[Field::HigherFunction], Kind::Function);
        let [higher, number, name] = fields.map(|field| f.cells.text(record, field));
        let functions = f.cells.lines(record, Field::HigherFunction);
        let is_same = f.higher.as_ref().is_some_and(|(_, known, of_it)| *known == higher && *of_it == functions);
        if higher.is_empty() && functions.is_empty() {
            f.higher = None;
        } else if !is_same {
            let id = self.own_element(f, record, None, (ElementKind::Higher, &higher), Field::HigherElement);
            for text in &functions {
                // A function of the item has no characteristics behind it.
                let function = self.own_function(f, record, id, "", Field::HigherFunction);
                if let Some(function) = self.functions.get_mut(function) {
                    function.text = Text::from(text.as_str());
                }
            }
            f.higher = Some((id, higher, functions));
        }
        let above = f.higher.as_ref().map(|(id, ..)| *id);
        let id = self.own_element(f, record, above, (ElementKind::Focus, &name), Field::Step);
        self.link_steps(f, record, id, &number, &name);
        let first = above.and_then(|above| self.functions.iter().find(|function| function.element == above));
        let effects_at = first.map_or(Anchor::Element(above.unwrap_or(id)), |first| Anchor::Function(first.id));
        f.focus = Some(Focus { id, effects_at, works: HashMap::new(), work_functions: HashMap::new() });
        (f.function, f.mode) = (None, None);
    }

    /// The steps of a focus element. Its own name says what that of the steps does not.
    fn link_steps(&mut self, f: &mut OwnFmea<'t>, record: &'t Record, id: Id<Element>, number: &str, name: &str) {
        let at = (&f.cells, record);
        let is_known = f.steps.has_number(number);
        let numbers: Vec<&str> = number.split(" & ").collect();
        let (steps, is_step_name) = if number.is_empty() && !(f.process && f.steps.has_unnumbered(name)) {
            (Vec::new(), false)
        } else if is_known || numbers.len() == 1 {
            let step = self.own_step_link(&mut f.steps, at, number, name);
            let shown = step.to.present().and_then(|step| self.steps.look(self.project, step));
            let is_its_name = shown.is_some_and(|step| *step.name == *name);
            (vec![step], is_its_name)
        } else {
            let names: Vec<&str> = name.split(" & ").collect();
            let name_of = |at: usize| if names.len() == numbers.len() { names[at] } else { "" };
            let mut steps = Vec::new();
            for (position, number) in numbers.iter().enumerate() {
                steps.push(self.own_step_link(&mut f.steps, at, number, name_of(position)));
            }
            let shown = steps.iter().filter_map(|step| self.steps.look(self.project, step.to.present()?));
            let shown = shown.map(|step| step.name.as_str()).collect::<Vec<_>>().join(" & ");
            (steps, shown == name)
        };
        if let Some(element) = self.elements.get_mut(id) {
            element.steps = steps;
            if is_step_name {
                element.name = Text::default();
            }
        }
    }

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

    /// Where the cause of a row stands: at the function of its work element, at the work element, or at the focus element.
    /// `always`: also an element without a name is one.
    pub(super) fn work_anchor(&mut self, f: &mut OwnFmea<'t>, record: &'t Record, always: bool) -> Option<Anchor> {
        self.told(&f.cells, record, &[Field::WorkElement], Kind::Element);
        self.told(&f.cells, record, &[Field::LowerFunction], Kind::Function);
        let focus = f.focus.as_ref()?.id;
        let named = f.cells.text(record, Field::WorkElement);
        let text = f.cells.text(record, Field::LowerFunction);
        if named.is_empty() && text.is_empty() && !always {
            return Some(Anchor::Element(focus));
        }
        let (kind, name) = work(&named);
        let place = (kind, name.to_owned());
        let element = match f.focus.as_ref()?.works.get(&place) {
            Some(known) => *known,
            None => self.own_element(f, record, Some(focus), (kind, name), Field::WorkElement),
        };
        f.focus.as_mut()?.works.insert(place, element);
        if text.is_empty() {
            return Some(Anchor::Element(element));
        }
        let place = (element, text);
        let function = match f.focus.as_ref()?.work_functions.get(&place) {
            Some(known) => *known,
            None => self.own_function(f, record, element, &place.1, Field::LowerFunction),
        };
        f.focus.as_mut()?.work_functions.insert(place, function);
        Some(Anchor::Function(function))
    }
}

/// Kind and name of a work element: its category stands in front of it.
fn work(text: &str) -> (ElementKind, &str) {
    let known = WorkCategory::ALL.into_iter().find_map(|category| {
        let name = text.strip_prefix(category.name())?.strip_prefix(": ")?;
        Some((ElementKind::Work(category), name))
    });
    known.unwrap_or((ElementKind::Lower, text))
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
        Some(_) => Shows::Nothing,
        // A row that somebody added.
        None if says(&OF_RISK) => Shows::Risk,
        None if says(&[Field::Mode, Field::Effect, Field::Severity]) => Shows::Mode,
        None if says(&[Field::WorkElement]) => Shows::Work,
        None if says(&[Field::Function, Field::Requirement]) => Shows::Function,
        None => Shows::Nothing,
    }
}
