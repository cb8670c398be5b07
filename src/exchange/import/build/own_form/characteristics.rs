//! Characteristics: one wherever kind, number, name and class are the same, with its specification or one of its own at a step.

use std::collections::HashMap;

use crate::base::{Id, Text};
use crate::exchange::import::build::{Builder, link};
use crate::exchange::import::table::{Field, Record};
use crate::model::applicability::Applicability;
use crate::model::characteristic::{
    Characteristic, CharacteristicKind, CharacteristicRole, PartSpecification, StepCharacteristic,
};
use crate::model::flow::Step;
use crate::model::reference::Link;
use crate::model::specification::Specification;

use super::cells::Cells;

/// The fields of a characteristic.
pub(super) const FIELDS: [Field; 5] = [
    Field::CharacteristicNumber,
    Field::ProductCharacteristic,
    Field::ProcessCharacteristic,
    Field::Class,
    Field::Specification,
];

/// The sign of a pass-through characteristic behind its class.
const PASS_THROUGH: &str = "PTC";

/// What a row says of its characteristic.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Called {
    pub kind: CharacteristicKind,
    pub number: String,
    pub name: String,
    pub class: String,
    pub pass_through: bool,
}

impl Called {
    /// What a row says; the specification stands beside it.
    pub fn read<'t>(cells: &Cells<'t>, record: &'t Record) -> (Self, String) {
        let process = cells.text(record, Field::ProcessCharacteristic);
        let (kind, name) = if process.is_empty() {
            (CharacteristicKind::Product, cells.text(record, Field::ProductCharacteristic))
        } else {
            (CharacteristicKind::Process, process)
        };
        let mut class = cells.lines(record, Field::Class);
        let pass_through = class.last().is_some_and(|last| last == PASS_THROUGH);
        class.truncate(class.len() - usize::from(pass_through));
        let number = cells.text(record, Field::CharacteristicNumber);
        (Self { kind, number, name, class: class.join("\n"), pass_through }, cells.text(record, Field::Specification))
    }

    /// Whether nothing is said.
    pub fn is_blank(&self) -> bool {
        self.number.is_empty() && self.name.is_empty() && self.class.is_empty() && !self.pass_through
    }
}

/// Characteristics by what they are called.
pub(super) struct Characteristics {
    known: HashMap<Called, Vec<Id<Characteristic>>>,
    roles: HashMap<(Id<Step>, Id<Characteristic>), Id<StepCharacteristic>>,
}

impl Characteristics {
    /// Those that the project has, and those that the workbook brought.
    pub fn of(builder: &Builder<'_>) -> Self {
        let mut found = Self { known: HashMap::new(), roles: HashMap::new() };
        let of_project = builder.project.all_in_order::<Characteristic>().into_iter();
        for known in of_project.chain(builder.characteristics.iter()) {
            let called = Called {
                kind: known.kind,
                number: known.number.to_string(),
                name: known.name.to_string(),
                class: known.class.to_string(),
                pass_through: known.pass_through,
            };
            found.known.entry(called).or_default().push(known.id);
        }
        for role in builder.project.all::<StepCharacteristic>().chain(builder.roles.iter()) {
            found.roles.insert((role.step, role.characteristic), role.id);
        }
        found
    }
}

/// The specification that a cell says: limits where they read back the same.
pub(super) fn specification(text: &str) -> Specification {
    let read = Specification::parse(text);
    if read.to_string() == text { read } else { Specification::Words(Text::from(text)) }
}

impl<'t> Builder<'t> {
    /// A characteristic with the specification that holds everywhere.
    pub(super) fn new_characteristic(
        &mut self,
        (cells, record): (&Cells<'t>, &'t Record),
        called: &Called,
        everywhere: &str,
    ) -> Id<Characteristic> {
        let everywhere = (!everywhere.is_empty()).then(|| PartSpecification {
            applicability: Applicability::AllParts,
            specification: specification(everywhere),
        });
        let made = Characteristic {
            id: self.ids.next_id(),
            order: self.next_in_list::<Characteristic>(),
            kind: called.kind,
            number: Text::from(called.number.as_str()),
            name: Text::from(called.name.as_str()),
            specifications: everywhere.into_iter().collect(),
            class: Text::from(called.class.as_str()),
            pass_through: called.pass_through,
            source: Text::default(),
            balloon: Text::default(),
            meta: self.begun(cells, record, Field::CharacteristicNumber),
        };
        self.characteristics.put(made)
    }

    /// A characteristic at a step.
    pub(super) fn own_role(
        &mut self,
        at: (&Cells<'t>, &'t Record),
        step: Id<Step>,
        characteristic: Id<Characteristic>,
        role: CharacteristicRole,
    ) -> Id<StepCharacteristic> {
        let meta = self.begun(at.0, at.1, Field::CharacteristicNumber);
        self.new_role(step, characteristic, role, meta)
    }

    /// What the control plan prints as specification of a characteristic at a step.
    fn printed(&self, known: &Characteristics, step: Option<Id<Step>>, id: Id<Characteristic>) -> String {
        let role = step.and_then(|step| known.roles.get(&(step, id)));
        let role = role.and_then(|role| self.roles.look(self.project, *role));
        match role.and_then(|role| role.local_specification.as_ref()) {
            Some(local) => local.to_string(),
            None => {
                self.characteristics.look(self.project, id).map(Characteristic::specification_text).unwrap_or_default()
            }
        }
    }

    /// The characteristic of a control-plan row.
    pub(super) fn characteristic_of_row(
        &mut self,
        known: &mut Characteristics,
        at: (&Cells<'t>, &'t Record),
        step: Option<Id<Step>>,
        (called, said): (&Called, &str),
    ) -> Id<Characteristic> {
        let candidates = known.known.get(called).cloned().unwrap_or_default();
        if let Some(found) = candidates.iter().find(|id| self.printed(known, step, **id) == said) {
            return *found;
        }
        // The worksheet also says why a specification holds at the step only, in the lines below it.
        for id in &candidates {
            let with_reason = self.printed(known, step, *id);
            let reason = with_reason.strip_prefix(said).and_then(|rest| rest.strip_prefix('\n'));
            let role = step.and_then(|step| known.roles.get(&(step, *id))).copied();
            if let (Some(reason), Some(role)) = (reason.filter(|_| !said.is_empty()), role)
                && let Some(role) = self.roles.get_mut(role)
                && role.local_specification.is_none()
            {
                role.local_specification = Some(specification(said));
                role.local_reason = Text::from(reason);
                return *id;
            }
        }
        let first = candidates.first().copied().filter(|_| !self.step_book.is_given());
        let id = first.unwrap_or_else(|| self.new_characteristic(at, called, said));
        if first.is_none() {
            known.known.entry(called.clone()).or_default().push(id);
        }
        // Without a worksheet nobody has said which characteristics a step has.
        if let Some(step) = step.filter(|_| !self.step_book.is_given())
            && !known.roles.contains_key(&(step, id))
        {
            let role = self.own_role(at, step, id, CharacteristicRole::Created);
            known.roles.insert((step, id), role);
            if first.is_some()
                && let Some(role) = self.roles.get_mut(role)
            {
                role.local_specification = Some(specification(said));
            }
        }
        id
    }

    /// Characteristics as functions print them.
    pub(super) fn printed_characteristics(&self) -> HashMap<String, Id<Characteristic>> {
        let mut printed = HashMap::new();
        for known in self.project.all::<Characteristic>().chain(self.characteristics.iter()) {
            let (label, specification) = (known.label(), known.specification_text());
            let text = if specification.is_empty() { label } else { format!("{label}: {specification}") };
            if !text.is_empty() && !text.contains('\n') {
                printed.entry(text).or_insert(known.id);
            }
        }
        printed
    }
}

/// Takes characteristics off the end of the text of a function: their numbers and names, with the specification behind.
pub(super) fn function_characteristics(
    printed: &HashMap<String, Id<Characteristic>>,
    text: &str,
) -> (String, Vec<Link<Characteristic>>) {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let mut links = Vec::new();
    while lines.len() > 1
        && let Some(id) = lines.last().and_then(|line| printed.get(*line))
    {
        lines.pop();
        links.insert(0, link(*id));
    }
    (lines.join("\n"), links)
}
