//! Characteristics, shared by flow, FMEA and control plan where step and number, or step, kind and name agree.

use crate::base::{Id, Text};
use crate::exchange::import::table::{Field, Record};
use crate::exchange::import::workbook::At;
use crate::model::applicability::Applicability;
use crate::model::characteristic::{
    Characteristic, CharacteristicKind, CharacteristicRole, PartSpecification, StepCharacteristic,
};
use crate::model::field;
use crate::model::flow::{Step, StepKind};
use crate::model::item::Kind;
use crate::model::meta::Meta;
use crate::model::specification::Specification;

use super::lines::{Lines, Said};
use super::numbers::number_key;
use super::specifications::SpecificationSaid;
use super::{Builder, key};

impl Builder<'_> {
    /// The characteristic at some steps, made if it is new, with its role there.
    pub fn characteristic(
        &mut self,
        origin: (usize, At),
        steps: &[Id<Step>],
        kind: CharacteristicKind,
        number: &str,
        name: &str,
    ) -> Id<Characteristic> {
        let first = steps.first().copied();
        let (number_k, name_k) = (number_key(number), key(name));
        let book = &self.characteristic_book;
        let by_name = || book.by_name.get(&(first, kind, name_k.clone())).copied();
        let by_number = || {
            let found = book.by_number.get(&(first, kind, number_k.clone())).copied();
            found.filter(|id| name_k.is_empty() || !book.seen.contains(id))
        };
        let by_both = || book.by_both.get(&(kind, number_k.clone(), name_k.clone())).copied();
        // A line without step and number has nothing but the name.
        let by_name_alone = || {
            let name = (kind, name_k.clone());
            let found = book.latest.get(&name).or_else(|| book.at_no_step.get(&name)).copied();
            let found = found.or_else(|| book.by_name_alone.get(&name).copied().flatten());
            found.filter(|_| first.is_none() && number_k.is_empty())
        };
        // At one step, equal names with different numbers are two characteristics.
        let named = by_name().filter(|id| {
            let known =
                self.characteristics.look(self.project, *id).map(|known| number_key(&known.number)).unwrap_or_default();
            number_k.is_empty() || known.is_empty() || known == number_k
        });
        // The same cell of the same file with the same name means the same.
        let from_here = || {
            let origin = self.origin(origin.0, origin.1)?.origin?;
            let id = book.by_origin.get(&(origin, kind)).copied()?;
            let known = self.characteristics.look(self.project, id)?;
            first.is_none_or(|step| book.roles.contains_key(&(step, id))).then_some(())?;
            let fits = |said: &str, known: &str| said.is_empty() || known == said;
            (fits(&name_k, &key(&known.name)) && fits(&number_k, &number_key(&known.number))).then_some(id)
        };
        let named_key = ((first, kind, number_k.clone()), name_k.clone());
        let found = book.named.get(&named_key).copied().or_else(from_here).or_else(|| {
            if name_k.is_empty() {
                return by_number();
            }
            by_both().or(named).or_else(by_number).or_else(by_name_alone)
        });
        let id = found.unwrap_or_else(|| {
            let made = Characteristic {
                id: self.ids.next_id(),
                order: self.next_in_list::<Characteristic>(),
                kind,
                number: Text::from(number),
                name: Text::from(name),
                specifications: Vec::new(),
                class: Text::default(),
                pass_through: false,
                source: Text::default(),
                balloon: Text::default(),
                meta: self.origin(origin.0, origin.1),
            };
            self.characteristics.put(made)
        });
        if let Some(known) = self.characteristics.get_mut(id) {
            if known.number.is_empty() {
                known.number = Text::from(number);
            }
            if known.name.is_empty() {
                known.name = Text::from(name);
            }
        }
        if let Some(known) = self.characteristics.look(self.project, id).cloned() {
            let book = &mut self.characteristic_book;
            book.seen.insert(id);
            book.named.insert(named_key, id);
            book.latest.insert((known.kind, key(&known.name)), id);
            if steps.is_empty() {
                book.list(None, &known);
                book.at_no_step.entry((known.kind, key(&known.name))).or_insert(id);
            }
            for step in steps {
                book.list(Some(*step), &known);
            }
        }
        for step in steps {
            self.role(origin, *step, id);
        }
        id
    }

    fn role(
        &mut self,
        origin: (usize, At),
        step: Id<Step>,
        characteristic: Id<Characteristic>,
    ) -> Id<StepCharacteristic> {
        if let Some(known) = self.characteristic_book.roles.get(&(step, characteristic)) {
            return *known;
        }
        let inspects = self.steps.look(self.project, step).is_some_and(|step| step.kind == StepKind::Inspection);
        let role = if inspects || self.characteristic_book.created.contains(&characteristic) {
            CharacteristicRole::Measured
        } else {
            self.characteristic_book.created.insert(characteristic);
            CharacteristicRole::Created
        };
        let list = (step.into(), Kind::StepCharacteristic);
        if !self.orders.contains_key(&list) {
            use crate::model::relation::Relation;
            let there = self.project.sources(step, Relation::CharacteristicAtStep);
            if let Some(last) = there.last().and_then(|last| last.order.clone()) {
                self.orders.insert(list, last);
            }
        }
        let meta = self.origin(origin.0, origin.1);
        let made = self.new_role(step, characteristic, role, meta);
        self.characteristic_book.roles.insert((step, characteristic), made);
        made
    }

    /// Tells of the cell that names a characteristic: the project may call the one of the number otherwise.
    pub fn tell_name(&mut self, sheet: usize, said: &Said<'_>, id: Id<Characteristic>, item: Kind) {
        if !self.differs(sheet, said, id, field::Field::Name, &said.text) {
            self.take(sheet, said, item);
        }
    }

    /// A characteristic at a step.
    pub fn new_role(
        &mut self,
        step: Id<Step>,
        characteristic: Id<Characteristic>,
        role: CharacteristicRole,
        meta: Option<Box<Meta>>,
    ) -> Id<StepCharacteristic> {
        let made = StepCharacteristic {
            id: self.ids.next_id(),
            step,
            characteristic,
            order: self.next_order(step, Kind::StepCharacteristic),
            role,
            local_specification: None,
            local_reason: Text::default(),
            meta,
        };
        self.roles.put(made)
    }

    /// Writes what a new characteristic is to a step, or compares it with what it is in the project; whether the cell is told of.
    pub fn play(
        &mut self,
        (sheet, said): (usize, &Said<'_>),
        step: Id<Step>,
        id: Id<Characteristic>,
        role: CharacteristicRole,
    ) -> bool {
        let Some(known) = self.characteristic_book.roles.get(&(step, id)).copied() else { return false };
        let is_said = self.agreed.contains(&(known.into(), field::Field::Role));
        if let Some(known) = self.roles.get_mut(known) {
            if is_said && known.role != role {
                return false;
            }
            known.role = role;
        } else if self.project.get(known).is_some_and(|known| known.role != role) {
            return self.differs(sheet, said, known, field::Field::Role, role.name());
        }
        self.agrees(known, field::Field::Role);
        self.take(sheet, said, Kind::StepCharacteristic);
        true
    }

    /// Writes a specification: at the characteristic, or at the steps if it has another one; whether it stands there now.
    pub fn specify(&mut self, id: Id<Characteristic>, steps: &[Id<Step>], specification: &Specification) -> bool {
        let shown = specification.to_string();
        if let Some(known) = self.characteristics.get_mut(id)
            && known.specifications.is_empty()
        {
            let entry =
                PartSpecification { applicability: Applicability::AllParts, specification: specification.clone() };
            known.specifications.push(entry);
            return true;
        }
        let known =
            self.characteristics.look(self.project, id).map(Characteristic::specification_text).unwrap_or_default();
        if key(&known) == key(&shown) {
            self.agrees(id, field::Field::Specification);
            return true;
        }
        let mut stands = !steps.is_empty();
        for step in steps {
            let role = self.characteristic_book.roles.get(&(*step, id)).copied();
            let there = role.and_then(|role| self.project.get(role)?.local_specification.as_ref());
            if there.is_some_and(|local| key(&local.to_string()) == key(&shown)) {
                continue;
            }
            match role.and_then(|role| self.roles.get_mut(role)) {
                Some(role) if role.local_specification.is_none() => {
                    role.local_specification = Some(specification.clone());
                }
                Some(role) if role.local_specification.as_ref().is_some_and(|local| local.to_string() == shown) => {}
                _ => stands = false,
            }
        }
        stands
    }

    /// Writes a class at a characteristic; whether it stands there now.
    pub fn classify(&mut self, id: Id<Characteristic>, class: &str) -> bool {
        let class = self.class_code(class);
        if let Some(known) = self.characteristics.get_mut(id)
            && known.class.is_empty()
        {
            known.class = Text::from(class);
            return true;
        }
        let is_same =
            self.characteristics.look(self.project, id).is_some_and(|known| known.class.eq_ignore_ascii_case(&class));
        if is_same {
            self.agrees(id, field::Field::SpecialClass);
        }
        is_same
    }

    /// Whether a characteristic of the project is specified otherwise there; its cells are told of then.
    pub fn specified_otherwise(&mut self, sheet: usize, id: Id<Characteristic>, said: &SpecificationSaid<'_>) -> bool {
        let there = said.specification.to_string();
        let told = said.cells.iter().filter(|cell| self.differs(sheet, cell, id, field::Field::Specification, &there));
        told.count() > 0
    }

    /// Whether a characteristic of the project is of another class there; the cell is told of then.
    pub fn classified_otherwise(&mut self, sheet: usize, id: Id<Characteristic>, said: &Said<'_>) -> bool {
        let class = self.class_code(&said.text);
        self.differs(sheet, said, id, field::Field::SpecialClass, &class)
    }

    /// The code of a class by its code or by the signs that stand for its symbol in plain text.
    pub fn class_code(&self, text: &str) -> String {
        let text = text.trim();
        let set = self.project.library().class_sets.set(&self.data.class_set);
        let by_signs = set.and_then(|set| set.classes.iter().find(|class| *class.text_fallback == *text));
        by_signs.map_or_else(|| text.to_owned(), |class| class.code.to_string())
    }

    /// What kind the characteristic is that a line names without saying which by its column; of the product, if no other column does.
    /// What that column says and is neither is left to be kept.
    pub fn named_kind<'t>(&mut self, lines: &Lines<'t>, record: &'t Record) -> CharacteristicKind {
        let undivided = lines.said(record, Field::ProductCharacteristic).is_none()
            && lines.said(record, Field::Characteristic).is_some();
        let said = lines.said(record, Field::CharacteristicKind);
        let kind = said.as_ref().and_then(|said| super::words::characteristic_kind(&said.text));
        match (kind, said) {
            (Some(kind), Some(said)) if undivided => {
                self.take(lines.sheet, &said, Kind::Characteristic);
                kind
            }
            _ => CharacteristicKind::Product,
        }
    }
}
