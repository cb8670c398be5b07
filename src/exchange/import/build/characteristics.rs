//! Characteristics, shared by flow, FMEA and control plan where step and number, or step, kind and name agree.

use std::collections::{HashMap, HashSet};

use crate::base::{Decimal, Id, Text};
use crate::exchange::import::table::{Field, Record};
use crate::exchange::import::workbook::At;
use crate::model::Project;
use crate::model::applicability::Applicability;
use crate::model::characteristic::{
    Characteristic, CharacteristicKind, CharacteristicRole, PartSpecification, StepCharacteristic,
};
use crate::model::field;
use crate::model::flow::{Step, StepKind};
use crate::model::fmea::Function;
use crate::model::item::Kind;
use crate::model::meta::{Meta, Origin};
use crate::model::specification::Specification;

use super::fmea::Fmea;
use super::lines::{Lines, Said};
use super::numbers::number_key;
use super::structure::Place;
use super::{Builder, key, link};

type AtStep = (Option<Id<Step>>, CharacteristicKind, String);

/// What characteristics are found by.
#[derive(Default)]
pub(super) struct Book {
    by_name: HashMap<AtStep, Id<Characteristic>>,
    by_number: HashMap<AtStep, Id<Characteristic>>,
    /// Number and name together are known at every step.
    by_both: HashMap<(CharacteristicKind, String, String), Id<Characteristic>>,
    /// The only one of a name; none if there are several.
    by_name_alone: HashMap<(CharacteristicKind, String), Option<Id<Characteristic>>>,
    /// The first of a name that stands at no step.
    at_no_step: HashMap<(CharacteristicKind, String), Id<Characteristic>>,
    /// The latest of a name in the table in hand.
    latest: HashMap<(CharacteristicKind, String), Id<Characteristic>>,
    /// Those of the project by file, sheet and cell that they came from.
    by_origin: HashMap<(Origin, CharacteristicKind), Id<Characteristic>>,
    roles: HashMap<(Id<Step>, Id<Characteristic>), Id<StepCharacteristic>>,
    created: HashSet<Id<Characteristic>>,
    /// Characteristics that the table in hand speaks of: there, another name is another characteristic.
    seen: HashSet<Id<Characteristic>>,
}

impl Book {
    pub fn new(project: &Project) -> Self {
        let mut book = Self::default();
        let at_steps: HashSet<Id<Characteristic>> =
            project.all::<StepCharacteristic>().map(|role| role.characteristic).collect();
        let (at_steps, at_none): (Vec<_>, Vec<_>) =
            project.all_in_order::<Characteristic>().into_iter().partition(|found| at_steps.contains(&found.id));
        for found in at_none.iter().chain(&at_steps) {
            if let Some(origin) = found.meta.as_ref().and_then(|meta| meta.origin.clone()) {
                book.by_origin.entry((origin, found.kind)).or_insert(found.id);
            }
        }
        for found in at_none {
            book.list(None, found);
            book.at_no_step.entry((found.kind, key(&found.name))).or_insert(found.id);
        }
        for found in at_steps {
            book.list(None, found);
        }
        for role in project.all::<StepCharacteristic>() {
            book.roles.insert((role.step, role.characteristic), role.id);
            if role.role == CharacteristicRole::Created {
                book.created.insert(role.characteristic);
            }
            if let Some(found) = project.get(role.characteristic) {
                book.list(Some(role.step), found);
            }
        }
        book
    }

    fn list(&mut self, step: Option<Id<Step>>, found: &Characteristic) {
        let (number, name) = (number_key(&found.number), key(&found.name));
        if !name.is_empty() {
            let only = self.by_name_alone.entry((found.kind, name.clone())).or_insert(Some(found.id));
            *only = only.filter(|only| *only == found.id);
        }
        if !name.is_empty() && (step.is_some() || number.is_empty()) {
            self.by_name.entry((step, found.kind, name.clone())).or_insert(found.id);
        }
        if !number.is_empty() {
            self.by_number.entry((step, found.kind, number.clone())).or_insert(found.id);
            if !name.is_empty() {
                self.by_both.entry((found.kind, number, name)).or_insert(found.id);
            }
        }
    }

    /// Another table begins.
    pub fn begin_table(&mut self) {
        self.seen.clear();
        self.latest.clear();
    }
}

/// What a line says a characteristic has to fulfil, and the cells that say it.
pub(super) struct SpecificationSaid<'t> {
    pub specification: Specification,
    pub cells: Vec<Said<'t>>,
}

/// The specification of a line: limits in columns of their own, or words.
pub(super) fn specification<'t>(lines: &Lines<'t>, record: &'t Record) -> Option<SpecificationSaid<'t>> {
    let said = |field| lines.said(record, field);
    let (words, nominal, lower, upper, unit) = (
        said(Field::Specification),
        said(Field::Nominal),
        said(Field::LowerLimit),
        said(Field::UpperLimit),
        said(Field::Unit),
    );
    let number = |said: &Option<Said<'_>>| said.as_ref().map(|said| Decimal::parse(&said.text));
    let unit_text = unit.as_ref().map(|unit| unit.text.clone()).unwrap_or_default();
    let limits = [number(&nominal), number(&lower), number(&upper)];
    let has_limits = limits.iter().any(Option::is_some);
    let all_numbers = limits.iter().flatten().all(Result::is_ok);
    let with_unit = |text: &str| {
        if unit_text.is_empty() || text.ends_with(&unit_text) { text.to_owned() } else { format!("{text} {unit_text}") }
    };
    let of_limits = || {
        let [nominal, lower, upper] = limits.clone().map(|number| number.and_then(Result::ok));
        Specification::Limits { nominal, lower, upper, unit: Text::from(unit_text.as_str()) }
    };
    let in_words = || {
        let labels = [(&nominal, "nominal"), (&lower, "min."), (&upper, "max.")];
        let parts: Vec<String> =
            labels.iter().filter_map(|(said, label)| Some(format!("{label} {}", said.as_ref()?.text))).collect();
        with_unit(&parts.join(", "))
    };
    let specification = match (&words, has_limits) {
        (None, false) => return None,
        (Some(words), false) => Specification::parse(&with_unit(&words.text)),
        (None, true) if all_numbers => of_limits(),
        (None, true) => Specification::Words(Text::from(in_words())),
        (Some(words), true) => {
            let parsed = Specification::parse(&with_unit(&words.text));
            let limits = of_limits();
            if all_numbers && says_the_same(&parsed, &limits) {
                parsed
            } else {
                Specification::Words(Text::from(format!("{} ({})", words.text, in_words())))
            }
        }
    };
    let cells = [words, nominal, lower, upper, unit].into_iter().flatten().collect();
    Some(SpecificationSaid { specification, cells })
}

/// Whether the limits in columns say nothing beyond those read from words.
fn says_the_same(parsed: &Specification, columns: &Specification) -> bool {
    let (
        Specification::Limits { nominal, lower, upper, .. },
        Specification::Limits { nominal: n, lower: l, upper: u, .. },
    ) = (parsed, columns)
    else {
        return false;
    };
    let fits = |read: &Option<Decimal>, column: &Option<Decimal>| match (read, column) {
        (_, None) => true,
        (Some(read), Some(column)) => (read.value() - column.value()).abs() < 1e-9,
        (None, Some(_)) => false,
    };
    fits(nominal, n) && fits(lower, l) && fits(upper, u)
}

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
        let found = from_here().or_else(|| {
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

    /// Characteristics of a line that names no failure.
    pub fn structure_characteristics<'t>(
        &mut self,
        f: &mut Fmea<'t>,
        record: &'t Record,
        place: &Place,
        function: Option<Id<Function>>,
    ) {
        let found = self.characteristics_of(f, record, place);
        for id in found.into_iter().flatten() {
            self.link_function(function, id);
        }
    }

    fn link_function(&mut self, function: Option<Id<Function>>, id: Id<Characteristic>) {
        if let Some(function) = function.and_then(|function| self.functions.get_mut(function))
            && function.characteristics.iter().all(|known| known.to.id() != id)
        {
            function.characteristics.push(link(id));
        }
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

    /// The product and the process characteristic of an FMEA line, and whether cells of number and specification are told.
    fn characteristics_of<'t>(
        &mut self,
        f: &mut Fmea<'t>,
        record: &'t Record,
        place: &Place,
    ) -> [Option<Id<Characteristic>>; 2] {
        let sheet = f.lines.sheet;
        let product =
            f.lines.said(record, Field::ProductCharacteristic).or_else(|| f.lines.said(record, Field::Characteristic));
        let process = f.lines.said(record, Field::ProcessCharacteristic);
        let number = f.lines.said(record, Field::CharacteristicNumber);
        let number_text = number.as_ref().map(|number| number.text.as_str()).unwrap_or_default();
        let mut found = [None, None];
        for (slot, said, kind, number_text) in [
            (0, &product, CharacteristicKind::Product, number_text),
            (1, &process, CharacteristicKind::Process, if product.is_some() { "" } else { number_text }),
        ] {
            let Some(said) = said else { continue };
            self.take(sheet, said, Kind::Characteristic);
            found[slot] = Some(self.characteristic((sheet, said.at), &place.steps, kind, number_text, &said.text));
        }
        let main = found[0].or(found[1]);
        if let (Some(number), Some(_)) = (&number, main) {
            self.take(sheet, number, Kind::Characteristic);
        }
        if let (Some(main), Some(said)) = (main, specification(&f.lines, record))
            && self.specify(main, &place.steps, &said.specification)
        {
            for cell in &said.cells {
                self.take(sheet, cell, Kind::Characteristic);
            }
        }
        found
    }

    /// Characteristics and class of an FMEA line; whether the line names a characteristic, so that number and specification are told.
    pub fn fmea_characteristics<'t>(
        &mut self,
        f: &mut Fmea<'t>,
        record: &'t Record,
        place: &Place,
        function: Option<Id<Function>>,
        mode: usize,
        line: Option<usize>,
    ) -> bool {
        let found = self.characteristics_of(f, record, place);
        let [product, process] = found;
        if let Some(product) = product {
            self.link_function(function, product);
            if let Some(mode) = self.failures.get_mut(f.modes[mode].id)
                && mode.characteristic.is_none()
            {
                mode.characteristic = Some(link(product));
            }
        }
        if let Some(process) = process {
            let cause = line.and_then(|line| self.risks.get(f.risks[line].id)).map(|risk| risk.cause);
            match cause.and_then(|cause| self.failures.get_mut(cause)) {
                Some(cause) if cause.characteristic.is_none() => cause.characteristic = Some(link(process)),
                _ => self.link_function(function, process),
            }
        }
        if let Some(said) = f.lines.said(record, Field::Class) {
            self.class_of_line(f, &said, product.xor(process), line);
        }
        let spec_told = [Field::Specification, Field::Nominal, Field::LowerLimit, Field::UpperLimit, Field::Unit]
            .iter()
            .filter_map(|field| f.lines.said(record, *field))
            .all(|said| self.is_told(f.lines.sheet, &said));
        (product.is_some() || process.is_some()) && spec_told
    }

    /// The class of a line stands at its only characteristic, else at the line.
    fn class_of_line(
        &mut self,
        f: &Fmea<'_>,
        said: &Said<'_>,
        characteristic: Option<Id<Characteristic>>,
        line: Option<usize>,
    ) {
        let sheet = f.lines.sheet;
        if characteristic.is_some_and(|id| self.classify(id, &said.text)) {
            self.take(sheet, said, Kind::Characteristic);
            return;
        }
        let code = self.class_code(&said.text);
        let Some(line) = line else { return };
        let id = f.risks[line].id;
        let Some(risk) = self.risks.get_mut(id) else { return };
        if risk.class.is_empty() || *risk.class == *code {
            risk.class = Text::from(code);
            self.take(sheet, said, Kind::Risk);
        } else {
            self.keep_beside(f, said, id.into());
        }
    }
}
