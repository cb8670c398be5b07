//! Elements and functions of an FMEA: only the levels that the form has.

use crate::base::{Id, Text};
use crate::exchange::import::table::{Field, Record};
use crate::model::document::Document;
use crate::model::flow::Step;
use crate::model::fmea::{Anchor, Element, ElementKind, Function, WorkCategory};
use crate::model::item::Kind;
use crate::model::meta::Meta;
use crate::model::reference::Link;

use super::fmea::Fmea;
use super::lines::Said;
use super::{Builder, key, link, words};

/// Where a line stands in the structure.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The focus element.
    pub focus: Id<Element>,
    /// The element that effects stand at: the one above, else the focus element itself.
    pub effects_at: Id<Element>,
    /// The process steps.
    pub steps: Vec<Id<Step>>,
}

impl Builder<'_> {
    fn element(
        &mut self,
        fmea: Id<Document>,
        parent: Option<Id<Element>>,
        kind: ElementKind,
        name: &str,
        meta: Option<Box<Meta>>,
    ) -> Id<Element> {
        let order = match parent {
            Some(parent) => self.next_order(parent, Kind::Element),
            None => self.next_order(fmea, Kind::Element),
        };
        let id = self.ids.next_id();
        self.elements.put(Element { id, fmea, parent, order, kind, name: Text::from(name), steps: Vec::new(), meta })
    }

    /// The place of a line in the structure, made if it is new.
    pub fn place<'t>(&mut self, f: &mut Fmea<'t>, record: &'t Record) -> Place {
        let sheet = f.lines.sheet;
        let higher = f.lines.said(record, Field::HigherElement);
        let said = f.reader.read(&f.lines, record);
        let above = match (&higher, &said) {
            (Some(higher), Some(_)) => Some(self.higher(f, higher)),
            (None, Some(_)) if f.lines.said(record, Field::HigherFunction).is_some() => Some(self.nameless_higher(f)),
            _ => None,
        };
        let Some(said) = said else { return self.place_without_step(f, higher.as_ref()) };
        let steps = if f.process { self.steps_of(&mut f.reader, &f.lines, &said, &f.title) } else { Vec::new() };
        let name = if f.process {
            said.text.name.clone()
        } else {
            let numbers = said.text.numbers.join(", ");
            format!("{numbers} {}", said.text.name).trim().to_owned()
        };
        let focus_key = (above, format!("{}\u{1}{name}", said.text.numbers.join("\u{1}")));
        if let Some(place) = f.places.get(&focus_key) {
            let place = place.clone();
            self.tell_place(f, &said, &place);
            return place;
        }
        let is_step_name = match steps.as_slice() {
            [] => false,
            [only] => self.steps.look(self.project, *only).is_some_and(|step| key(&step.name) == key(&name)),
            _ => name.is_empty(),
        };
        let own_name = if is_step_name { "" } else { &name };
        let at = said.number.as_ref().or(said.name.as_ref()).map(|said| said.at);
        let meta = at.and_then(|at| self.origin(sheet, at));
        let focus = self.element(f.document, above, ElementKind::Focus, own_name, meta);
        if let Some(element) = self.elements.get_mut(focus) {
            element.steps = steps.iter().map(|step| link(*step)).collect::<Vec<Link<Step>>>();
        }
        let place = Place { focus, effects_at: above.unwrap_or(focus), steps };
        f.places.insert(focus_key, place.clone());
        self.tell_place(f, &said, &place);
        place
    }

    fn tell_place(&mut self, f: &Fmea<'_>, said: &super::steps::StepSaid<'_>, place: &Place) {
        if f.process {
            self.tell_step(f.lines.sheet, said, &place.steps, true);
        } else {
            for said in [&said.number, &said.name].into_iter().flatten() {
                self.take(f.lines.sheet, said, Kind::Element);
            }
        }
    }

    fn higher(&mut self, f: &mut Fmea<'_>, said: &Said<'_>) -> Id<Element> {
        self.take(f.lines.sheet, said, Kind::Element);
        let higher_key = key(&said.text);
        if let Some(known) = f.higher.get(&higher_key) {
            return *known;
        }
        let meta = self.origin(f.lines.sheet, said.at);
        let element = self.element(f.document, None, ElementKind::Higher, &said.text, meta);
        f.higher.insert(higher_key, element);
        element
    }

    /// The form has a function of the higher level but no name of it.
    fn nameless_higher(&mut self, f: &mut Fmea<'_>) -> Id<Element> {
        if let Some(known) = f.higher.get("") {
            return *known;
        }
        let element = self.element(f.document, None, ElementKind::Higher, "", None);
        f.higher.insert(String::new(), element);
        element
    }

    /// A line that names no step stands at the higher element, or else at an element named as the whole.
    fn place_without_step(&mut self, f: &mut Fmea<'_>, higher: Option<&Said<'_>>) -> Place {
        let name = higher.map_or_else(|| f.title.clone(), |higher| higher.text.clone());
        if let Some(higher) = higher {
            self.take(f.lines.sheet, higher, Kind::Element);
        }
        let place_key = (None, format!("\u{2}{name}"));
        if let Some(place) = f.places.get(&place_key) {
            return place.clone();
        }
        if higher.is_none() {
            let text =
                "there are lines that name no step or element: they stand at an element named as the whole analysis";
            self.account.remark(f.lines.sheet, None, text);
        }
        let meta = higher.and_then(|higher| self.origin(f.lines.sheet, higher.at));
        let focus = self.element(f.document, None, ElementKind::Focus, &name, meta);
        let place = Place { focus, effects_at: focus, steps: Vec::new() };
        f.places.insert(place_key, place.clone());
        place
    }

    /// The function of an element with these words and requirements, made if it is new.
    fn function(
        &mut self,
        f: &mut Fmea<'_>,
        element: Id<Element>,
        text: &str,
        requirements: &[Text],
        at: crate::exchange::import::workbook::At,
    ) -> Id<Function> {
        let requirement_key = requirements.iter().map(|text| key(text)).collect::<Vec<_>>().join("\n");
        let function_key = (element, key(text), requirement_key);
        if let Some(known) = f.functions.get(&function_key) {
            return *known;
        }
        let function = Function {
            id: self.ids.next_id(),
            element,
            order: self.next_order(element, Kind::Function),
            text: Text::from(text),
            requirements: requirements.to_vec(),
            characteristics: Vec::new(),
            meta: self.origin(f.lines.sheet, at),
        };
        f.functions.insert(function_key, function.id);
        self.functions.put(function)
    }

    /// The function of the focus element that a line names. A requirement without a function is one without words.
    pub fn focus_function<'t>(&mut self, f: &mut Fmea<'t>, record: &'t Record, place: &Place) -> Option<Id<Function>> {
        let sheet = f.lines.sheet;
        let mut said = f.lines.said(record, Field::Function);
        let mut text = said.as_ref().map(|said| said.text.clone()).unwrap_or_default();
        if said.is_none()
            && let Some(step) = f.reader.read(&f.lines, record).filter(|step| !step.function.is_empty())
        {
            text = step.function;
            said = step.name;
        }
        let requirement = f.lines.said(record, Field::Requirement);
        let at = said.as_ref().or(requirement.as_ref())?.at;
        for said in [&said, &requirement].into_iter().flatten() {
            self.take(sheet, said, Kind::Function);
        }
        let entries = requirement.iter().flat_map(|requirement| f.lines.entries(requirement));
        let requirements: Vec<Text> = entries.map(|entry| Text::from(entry.text)).collect();
        Some(self.function(f, place.focus, &text, &requirements, at))
    }

    /// The function of the higher element that a line names.
    pub fn higher_function<'t>(&mut self, f: &mut Fmea<'t>, record: &'t Record, place: &Place) -> Option<Id<Function>> {
        let said = f.lines.said(record, Field::HigherFunction)?;
        self.take(f.lines.sheet, &said, Kind::Function);
        Some(self.function(f, place.effects_at, &said.text, &[], said.at))
    }

    /// Where the cause of a line stands: at the function of its work element, at the work element, or at the step where the form
    /// has neither.
    pub fn cause_anchor<'t>(&mut self, f: &mut Fmea<'t>, record: &'t Record, place: &Place) -> Anchor {
        let sheet = f.lines.sheet;
        let named = f.lines.said(record, Field::WorkElement);
        let category = f.lines.said(record, Field::WorkCategory);
        let function = f.lines.said(record, Field::LowerFunction);
        let Some(first) = named.as_ref().or(category.as_ref()).or(function.as_ref()) else {
            return Anchor::Element(place.focus);
        };
        for said in [&named, &category].into_iter().flatten() {
            self.take(sheet, said, Kind::Element);
        }
        let (kind, name) = work(
            named.as_ref().map(|said| said.text.as_str()),
            category.as_ref().map(|said| said.text.as_str()),
            f.process,
        );
        let work_key = (place.focus, format!("{kind:?}\u{1}{}", key(&name)));
        let element = match f.works.get(&work_key) {
            Some(known) => *known,
            None => {
                let meta = self.origin(sheet, first.at);
                let element = self.element(f.document, Some(place.focus), kind, &name, meta);
                f.works.insert(work_key, element);
                element
            }
        };
        match function {
            Some(said) => {
                self.take(sheet, &said, Kind::Function);
                Anchor::Function(self.function(f, element, &said.text, &[], said.at))
            }
            None => Anchor::Element(element),
        }
    }
}

/// Kind and name of a work element: the category by its own column, or by the word in front of the name. A category that is none
/// of the known ones stays in front of the name.
fn work(name: Option<&str>, category: Option<&str>, process: bool) -> (ElementKind, String) {
    let name = name.unwrap_or_default();
    if !process {
        return (ElementKind::Lower, [category.unwrap_or_default(), name].join(" ").trim().to_owned());
    }
    if let Some(category) = category {
        let known: Option<WorkCategory> = words::category(category);
        return match (known, name.is_empty()) {
            (Some(known), _) => (ElementKind::Work(known), name.to_owned()),
            (None, true) => (ElementKind::Lower, category.to_owned()),
            (None, false) => (ElementKind::Lower, format!("{category}: {name}")),
        };
    }
    if let Some(known) = words::category(name) {
        // The bare word for the category is no name; any other word is.
        let is_bare = key(known.name()) == key(name);
        return (ElementKind::Work(known), if is_bare { String::new() } else { name.to_owned() });
    }
    let split = name.split_once([':', '：']).or_else(|| name.split_once(" - ")).or_else(|| name.split_once(" – "));
    match split.and_then(|(head, rest)| Some((words::category(head)?, rest.trim()))) {
        Some((known, rest)) => (ElementKind::Work(known), rest.to_owned()),
        None => (ElementKind::Lower, name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_are_read_and_never_made_up() {
        use ElementKind::{Lower, Work};
        for (name, category, wanted) in [
            (Some("Press 3"), Some("Machine"), (Work(WorkCategory::Machine), "Press 3")),
            (Some("Machine: Press 3"), None, (Work(WorkCategory::Machine), "Press 3")),
            (Some("Operator"), None, (Work(WorkCategory::Man), "Operator")),
            (Some("Man"), None, (Work(WorkCategory::Man), "")),
            (Some("Press 3"), Some("Tooling"), (Lower, "Tooling: Press 3")),
            (None, Some("Tooling"), (Lower, "Tooling")),
            (None, Some("Mensch"), (Work(WorkCategory::Man), "")),
            (Some("Press: upper die"), None, (Lower, "Press: upper die")),
        ] {
            let (kind, text) = work(name, category, true);
            assert_eq!((kind, text.as_str()), wanted, "{name:?} {category:?}");
        }
        assert_eq!(work(Some("Housing"), None, false), (Lower, "Housing".to_owned()));
    }
}
