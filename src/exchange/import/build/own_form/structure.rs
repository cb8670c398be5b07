//! The structure of an FMEA: the element of a block with that above it, its work elements, and the functions of all of them.

use std::collections::HashMap;

use crate::base::{Id, Text};
use crate::exchange::import::build::Builder;
use crate::exchange::import::table::{Field, Record};
use crate::model::fmea::{Anchor, Element, ElementKind, Function, WorkCategory};
use crate::model::item::{AnyId, Kind};

use super::characteristics::function_characteristics;
use super::fmea::OwnFmea;

/// The focus element in hand.
pub(super) struct Focus {
    pub id: Id<Element>,
    /// Where effects stand.
    pub effects_at: Anchor,
    works: HashMap<(ElementKind, String), Id<Element>>,
    work_functions: HashMap<(Id<Element>, String), Id<Function>>,
}

/// The element above the last focus element.
pub(super) struct Higher {
    id: Id<Element>,
    name: String,
    functions: Vec<String>,
    /// Where effects stand.
    effects_at: Anchor,
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

    pub(super) fn own_function(
        &mut self,
        f: &OwnFmea<'t>,
        record: &'t Record,
        element: Id<Element>,
        text: &str,
        field: Field,
    ) -> Id<Function> {
        let (text, characteristics) = function_characteristics(&f.printed, text);
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
    pub(super) fn own_focus(&mut self, f: &mut OwnFmea<'t>, record: &'t Record) {
        let fields = [Field::HigherElement, Field::StepNumber, Field::Step];
        self.told(&f.cells, record, &fields, Kind::Element);
        self.told(&f.cells, record, &[Field::HigherFunction], Kind::Function);
        let [higher, number, name] = fields.map(|field| f.cells.text(record, field));
        let functions = f.cells.lines(record, Field::HigherFunction);
        let is_same = f.higher.as_ref().is_some_and(|above| above.name == higher && above.functions == functions);
        if higher.is_empty() && functions.is_empty() {
            f.higher = None;
        } else if !is_same {
            f.higher = Some(self.own_higher(f, record, higher, functions));
        }
        let above = f.higher.as_ref().map(|above| (above.id, above.effects_at));
        let kind = (ElementKind::Focus, name.as_str());
        let id = self.own_element(f, record, above.map(|(id, _)| id), kind, Field::Step);
        self.link_steps(f, record, id, &number, &name);
        let effects_at = above.map_or(Anchor::Element(id), |(_, effects_at)| effects_at);
        f.focus = Some(Focus { id, effects_at, works: HashMap::new(), work_functions: HashMap::new() });
        (f.function, f.mode) = (None, None);
    }

    /// The element above a focus element, with its functions.
    fn own_higher(&mut self, f: &OwnFmea<'t>, record: &'t Record, name: String, functions: Vec<String>) -> Higher {
        let id = self.own_element(f, record, None, (ElementKind::Higher, &name), Field::HigherElement);
        let mut effects_at = None;
        for text in &functions {
            let function = Function {
                id: self.ids.next_id(),
                element: id,
                order: self.next_order(id, Kind::Function),
                text: Text::from(text.as_str()),
                requirements: Vec::new(),
                characteristics: Vec::new(),
                meta: self.begun(&f.cells, record, Field::HigherFunction),
            };
            effects_at = effects_at.or(Some(Anchor::Function(function.id)));
            self.functions.put(function);
        }
        Higher { id, name, functions, effects_at: effects_at.unwrap_or(Anchor::Element(id)) }
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
