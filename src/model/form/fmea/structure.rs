//! Cells of structure and function analysis (steps 2 and 3).

use crate::model::characteristic::Characteristic;
use crate::model::field::Field;
use crate::model::fmea::{Element, ElementKind, Function};
use crate::model::form::FormKind;
use crate::model::form::shared::{step_field, uses_of_step};
use crate::model::form::table::{Filled, List, NewItem, Part, Target};
use crate::model::item::{AnyId, Entity};
use crate::model::reference::Link;
use crate::model::relation::Relation;

use super::Context;
use super::rows::Entry;

impl Context<'_> {
    fn parent(&self) -> Option<&Element> {
        match self.focus.kind {
            ElementKind::Higher => Some(self.focus),
            _ => self.focus.parent.and_then(|parent| self.project.get(parent)),
        }
    }

    pub(super) fn process_item(&self) -> Filled {
        self.parent().map_or_else(Filled::empty, |parent| Filled::field(parent.id, Field::Name, parent.name.as_str()))
    }

    /// Number of the step, or numbers of the steps.
    pub(super) fn step_number(&self) -> Filled {
        if self.focus.kind == ElementKind::Higher {
            return Filled::empty();
        }
        let steps = &self.focus.steps;
        let mut part = Part::default();
        let numbers = steps.iter().map(|link| match link.to.present().and_then(|step| self.project.get(step)) {
            Some(step) => step.number.to_string(),
            None => link.to.last_label().map(ToString::to_string).unwrap_or_default(),
        });
        part.text = numbers.collect::<Vec<_>>().join(" & ");
        part.suspect = steps.iter().any(|link| self.project.is_suspect(link));
        part.missing = steps.iter().any(|link| link.to.present().is_none());
        let target = match steps.as_slice() {
            [only] => match only.to.present() {
                Some(step) => {
                    part.item = Some(step.into());
                    part.uses = uses_of_step(self.project, step);
                    Target::Field { item: step.into(), field: Field::Number }
                }
                None => Target::Derived,
            },
            _ => Target::Derived,
        };
        Filled::new(if part.text.is_empty() { Vec::new() } else { vec![part] }, target)
    }

    pub(super) fn step_name(&self) -> Filled {
        let focus = self.focus;
        if focus.kind == ElementKind::Higher {
            return Filled::empty();
        }
        match focus.steps.as_slice() {
            [only] if focus.name.is_blank() => match only.to.present().and_then(|step| self.project.get(step)) {
                Some(step) => {
                    let mut filled = step_field(self.project, "process_step", step);
                    for part in &mut filled.parts {
                        part.suspect = self.project.is_suspect(only);
                    }
                    filled
                }
                None => Filled::field(focus.id, Field::Name, self.project.element_label(focus)),
            },
            [] => Filled::field(focus.id, Field::Name, focus.name.as_str()),
            steps if focus.name.is_blank() => {
                let names = steps.iter().filter_map(|link| self.project.get(link.to.present()?));
                let names = names.map(|step| step.name.to_string()).collect::<Vec<_>>().join(" & ");
                Filled::field(focus.id, Field::Name, names)
            }
            _ => Filled::field(focus.id, Field::Name, focus.name.as_str()),
        }
    }

    pub(super) fn item_function(&self) -> Filled {
        let Some(parent) = self.parent() else { return Filled::empty() };
        let functions = self.project.children::<Function>(parent.id, Relation::FunctionOfElement);
        let parts = functions.map(|function| Part::plain(function.text.as_str())).collect();
        Filled::new(parts, Target::List { owner: parent.id.into(), list: List::Functions }).prompted("+ function")
    }

    pub(super) fn step_function(&self, entry: &Entry<'_>) -> Filled {
        if self.focus.kind == ElementKind::Higher
            || (entry.function.is_none() && (entry.mode.is_some() || entry.work.is_some()))
        {
            return Filled::empty();
        }
        match entry.function {
            Some(function) => self.function_cell(function, self.form.kind == FormKind::FmeaAiagVda),
            None => Filled::create(self.focus.id, NewItem::Function, "+ function"),
        }
    }

    /// The function, its requirements where the form has no column for them, and its characteristics.
    fn function_cell(&self, function: &Function, with_requirements: bool) -> Filled {
        let mut filled = Filled::field(function.id, Field::Text, function.text.as_str());
        if with_requirements {
            filled
                .parts
                .extend(function.requirements.iter().map(|text| Part { quiet: true, ..Part::plain(text.as_str()) }));
        }
        for link in &function.characteristics {
            filled.parts.push(self.characteristic_part(link));
        }
        filled.prompted("+ function")
    }

    fn characteristic_part(&self, link: &Link<Characteristic>) -> Part {
        let mut part = Part { quiet: true, ..Part::default() };
        match link.to.present().and_then(|id| self.project.get(id)) {
            Some(characteristic) => {
                let specification = characteristic.specification_text();
                part.text = if specification.is_empty() {
                    characteristic.label()
                } else {
                    format!("{}: {specification}", characteristic.label())
                };
                part.item = Some(characteristic.id.into());
                part.uses = self.project.sources(characteristic.id, Relation::FunctionCharacteristic).len()
                    + self.project.sources(characteristic.id, Relation::RowCharacteristic).len();
                part.suspect = self.project.is_suspect(link);
            }
            None => {
                part.text = link.to.last_label().map(ToString::to_string).unwrap_or_default();
                part.missing = true;
            }
        }
        part
    }

    pub(super) fn work_element(&self, entry: &Entry<'_>) -> Filled {
        let Some(work) = entry.work else {
            return match entry.cause {
                // A cause that stands at the step itself: naming a work element moves it there.
                Some(cause) => Filled::create(cause.id, NewItem::WorkElement, "+ work element"),
                None if entry.mode.is_none() && entry.function.is_none() => {
                    Filled::create(self.focus.id, NewItem::WorkElement, "+ work element")
                }
                None => Filled::empty(),
            };
        };
        let mut filled = Filled::field(work.id, Field::Name, self.project.element_label(work));
        if let (ElementKind::Work(category), Some(part)) = (work.kind, filled.parts.first_mut()) {
            part.text = format!("{}: {}", category.name(), part.text);
        }
        filled
    }

    pub(super) fn work_function(&self, entry: &Entry<'_>) -> Filled {
        match (entry.work_function, entry.work) {
            (Some(function), _) => self.function_cell(function, true),
            (None, Some(work)) => {
                let under = entry.cause.map_or_else(|| work.id.into(), |cause| AnyId::from(cause.id));
                Filled::create(under, NewItem::Function, "+ function")
            }
            (None, None) => Filled::empty(),
        }
    }
}

pub(super) fn requirements(function: Option<&Function>) -> Filled {
    function.map_or_else(Filled::empty, |function| {
        let parts = function.requirements.iter().map(|text| Part::plain(text.as_str())).collect();
        Filled::new(parts, Target::List { owner: Function::any(function.id), list: List::Requirements })
            .prompted("+ requirement")
    })
}
