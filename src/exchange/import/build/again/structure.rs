//! Elements and functions that an FMEA of the project has already.

use std::collections::{HashMap, HashSet};

use crate::base::{Id, OrderKey};
use crate::exchange::import::build::{Builder, key};
use crate::model::Project;
use crate::model::characteristic::Characteristic;
use crate::model::document::Document;
use crate::model::field::Field;
use crate::model::flow::Step;
use crate::model::fmea::{Element, ElementKind, Function};
use crate::model::item::{AnyId, Entity, Kind};
use crate::model::reference::Link;
use crate::model::relation::Relation;

use super::Meeting;

/// What an element of the file stands below.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    /// It is a root.
    Nothing,
    /// An element that the project has.
    Known(Id<Element>),
    /// An element that it does not have.
    New,
}

/// The elements of an FMEA of the project by what they are found by.
struct Elements<'p> {
    by_steps: HashMap<Vec<Id<Step>>, Vec<&'p Element>>,
    by_name: HashMap<(Option<Id<Element>>, String), Vec<&'p Element>>,
    focus_by_name: HashMap<String, Vec<&'p Element>>,
}

impl<'p> Elements<'p> {
    fn of(project: &'p Project, fmea: Id<Document>) -> Self {
        let mut found = Self { by_steps: HashMap::new(), by_name: HashMap::new(), focus_by_name: HashMap::new() };
        for element in project.children::<Element>(fmea, Relation::ElementInFmea) {
            found.by_name.entry((element.parent, key(&element.name))).or_default().push(element);
            if element.kind == ElementKind::Focus {
                found.by_steps.entry(steps(element)).or_default().push(element);
                found.focus_by_name.entry(key(&element.name)).or_default().push(element);
            }
        }
        found
    }

    /// The element that is the same. `is_only`: no other element of the file stands for the same steps.
    fn same(
        &self,
        element: &Element,
        above: Above,
        is_only: bool,
        is_free: impl Fn(&Element) -> bool,
    ) -> Option<&'p Element> {
        let name = key(&element.name);
        let parent = match above {
            Above::Nothing => Some(None),
            Above::Known(parent) => Some(Some(parent)),
            Above::New => None,
        };
        let mut here = parent.and_then(|parent| self.by_name.get(&(parent, name.clone()))).into_iter().flatten();
        let mut here = here.by_ref().copied().filter(|known| is_free(known));
        match element.kind {
            ElementKind::Focus if !element.steps.is_empty() => {
                let at_steps = self.by_steps.get(&steps(element)).into_iter().flatten();
                let at_steps: Vec<&Element> = at_steps.copied().filter(|known| is_free(known)).collect();
                let named: Vec<&Element> = at_steps.iter().copied().filter(|known| key(&known.name) == name).collect();
                let here = named.iter().find(|known| Some(known.parent) == parent).copied();
                here.or(named.first().copied()).or_else(|| match at_steps[..] {
                    [only] if is_only => Some(only),
                    _ => None,
                })
            }
            ElementKind::Focus => here.find(|known| known.kind == ElementKind::Focus).or_else(|| {
                let named = self.focus_by_name.get(&name).into_iter().flatten().copied();
                named.filter(|known| is_free(known)).find(|known| known.steps.is_empty())
            }),
            ElementKind::Higher => here.find(|known| known.kind == ElementKind::Higher),
            // A category that one of them does not say makes no other element.
            kind => {
                let found: Vec<&Element> = here.filter(|known| known.kind.is_lower()).collect();
                let says_none = |known: &&&Element| kind == ElementKind::Lower || known.kind == ElementKind::Lower;
                found.iter().find(|known| known.kind == kind).or_else(|| found.iter().find(says_none)).copied()
            }
        }
    }
}

fn steps(element: &Element) -> Vec<Id<Step>> {
    let mut steps: Vec<Id<Step>> = element.steps.iter().map(|link| link.to.id()).collect();
    steps.sort_unstable();
    steps
}

impl Builder<'_> {
    pub(super) fn meet_elements(&mut self, meeting: &mut Meeting<'_>) {
        let project = self.project;
        let known = Elements::of(project, meeting.known);
        let new: Vec<Element> = self.elements.iter().filter(|element| element.fmea == meeting.new).cloned().collect();
        let mut standing_for: HashMap<Vec<Id<Step>>, usize> = HashMap::new();
        for element in new.iter().filter(|element| element.kind == ElementKind::Focus) {
            *standing_for.entry(steps(element)).or_default() += 1;
        }
        let mut taken: HashSet<Id<Element>> = HashSet::new();
        for element in new {
            let above = match element.parent {
                None => Above::Nothing,
                Some(parent) => meeting.same.elements.get(&parent).map_or(Above::New, |known| Above::Known(*known)),
            };
            let is_only = standing_for.get(&steps(&element)) == Some(&1);
            let same = known.same(&element, above, is_only, |known| !taken.contains(&known.id));
            let slot = |parent: Option<Id<Element>>| parent.map_or(AnyId::from(meeting.known), AnyId::from);
            let siblings = |parent: Option<Id<Element>>| match parent {
                Some(parent) => orders::<Element>(project, parent.into(), Relation::SubElement),
                None => orders::<Element>(project, meeting.known.into(), Relation::RootElement),
            };
            if let Some(same) = same {
                taken.insert(same.id);
                meeting.same.element(element.id, same.id);
                let parent = same.parent;
                meeting.places.met(slot(parent), Kind::Element, &same.order, || siblings(parent));
                self.otherwise(meeting, same.id.into(), &element.item(), &[Field::Name]);
            } else if above != Above::New {
                let parent = match above {
                    Above::Known(parent) => Some(parent),
                    Above::Nothing | Above::New => None,
                };
                let order = meeting.places.next(slot(parent), Kind::Element, || siblings(parent));
                if let Some(element) = self.elements.get_mut(element.id) {
                    element.order = order;
                }
            }
        }
    }

    pub(super) fn meet_functions(&mut self, meeting: &mut Meeting<'_>) {
        let project = self.project;
        let new: Vec<Function> = self
            .functions
            .iter()
            .filter(|function| self.elements.get(function.element).is_some_and(|of| of.fmea == meeting.new))
            .cloned()
            .collect();
        for function in new {
            let Some(element) = meeting.same.elements.get(&function.element).copied() else { continue };
            let known: Vec<&Function> = project.children(element, Relation::FunctionOfElement).collect();
            let siblings = || orders::<Function>(project, element.into(), Relation::FunctionOfElement);
            if let Some(same) = self.same_function(&known, &function) {
                meeting.same.function(function.id, same.id);
                meeting.places.met(element.into(), Kind::Function, &same.order, siblings);
                self.add_characteristics(same, &function.characteristics);
                self.otherwise(meeting, same.id.into(), &function.item(), &[]);
            } else {
                let order = meeting.places.next(element.into(), Kind::Function, siblings);
                if let Some(function) = self.functions.get_mut(function.id) {
                    function.order = order;
                }
            }
        }
    }

    /// Links further characteristics to a function of the project.
    pub(super) fn add_characteristics(&mut self, same: &Function, links: &[Link<Characteristic>]) {
        let mut function = self.functions.get(same.id).unwrap_or(same).clone();
        let before = function.characteristics.len();
        for link in links {
            if function.characteristics.iter().all(|known| known.to.id() != link.to.id()) {
                function.characteristics.push(link.clone());
            }
        }
        if function.characteristics.len() > before {
            self.functions.put(function);
        }
    }

    /// The function of an element with the same words: the one with the same requirements, or one that has them among others.
    fn same_function<'p>(&self, known: &[&'p Function], function: &Function) -> Option<&'p Function> {
        let requirements =
            |function: &Function| -> Vec<String> { function.requirements.iter().map(|text| key(text)).collect() };
        let wanted = requirements(function);
        let mut same = known.iter().filter(|known| key(&known.text) == key(&function.text));
        let exactly = same.clone().find(|known| requirements(known) == wanted);
        let among_others = || {
            same.find(|known| {
                let has = requirements(known);
                !wanted.is_empty() && wanted.iter().all(|one| has.contains(one))
            })
        };
        let spelt_out = || known.iter().find(|known| self.is_spelt_out(known, function));
        let listed = || {
            let of = |line: &str| known.iter().find(|known| key(&known.text) == key(line));
            function
                .text
                .lines()
                .all(|line| of(line).is_some())
                .then(|| function.text.lines().next().and_then(of))
                .flatten()
        };
        exactly.or_else(among_others).or_else(spelt_out).or_else(listed).copied()
    }

    /// Whether a text is that of a function of the project with its requirements and characteristics on further lines, as forms
    /// print them.
    fn is_spelt_out(&self, known: &Function, function: &Function) -> bool {
        let mut lines = function.text.lines();
        if lines.next().map(key) != Some(key(&known.text)) {
            return false;
        }
        let requirements: HashSet<String> = known.requirements.iter().map(|text| key(text)).collect();
        let names: Vec<String> = known
            .characteristics
            .iter()
            .filter_map(|link| self.project.get(link.to.present()?))
            .map(|characteristic| key(&characteristic.name))
            .filter(|name| !name.is_empty())
            .collect();
        lines.all(|line| {
            let line = key(line);
            requirements.contains(&line) || names.iter().any(|name| line.contains(name))
        })
    }
}

/// The places of the items that stand below another in the project.
pub(super) fn orders<T: Entity>(project: &Project, parent: AnyId, relation: Relation) -> Vec<OrderKey> {
    project.children::<T>(parent, relation).filter_map(|item| item.order().cloned()).collect()
}
