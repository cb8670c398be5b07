//! Process steps: found by number, else by name, and shared by all tables.

use std::collections::{BTreeSet, HashMap};

use crate::base::text::quoted;
use crate::base::{Id, OrderKey, Text};
use crate::exchange::import::table::{Field, Record, Understood};
use crate::exchange::import::workbook::At;
use crate::model::document::{Document, DocumentKind};
use crate::model::flow::Step;
use crate::model::item::Kind;
use crate::model::{Project, field};

use super::lines::{Lines, Said, written};
use super::numbers::{StepText, is_number, number_key, range, split_name, split_numbers};
use super::{Builder, key};

/// What steps are found by, and their order.
pub(super) struct StepBook {
    by_number: HashMap<String, Vec<Id<Step>>>,
    by_name: HashMap<String, Id<Step>>,
    /// Every whole number that some step goes by, here or in the workbook, for ranges.
    whole: BTreeSet<u64>,
    flow: Option<Id<Document>>,
    /// The project or the workbook has a flow, so that every step is known before other documents speak of it.
    is_given: bool,
    /// Which step follows which, as far as it is known; `None` stands for the beginning.
    next: HashMap<Option<Id<Step>>, Id<Step>>,
    last: Option<Id<Step>>,
}

impl StepBook {
    pub fn new(project: &Project, understood: &Understood) -> Self {
        let flow = project.documents_of(DocumentKind::ProcessFlow).first().map(|flow| flow.id);
        let mut book = Self {
            by_number: HashMap::new(),
            by_name: HashMap::new(),
            whole: BTreeSet::new(),
            flow,
            is_given: flow.is_some()
                || understood.tables.iter().any(|table| table.kind == super::TableKind::ProcessFlow),
            next: HashMap::new(),
            last: None,
        };
        let mut steps: Vec<&Step> = project.all_in_order();
        steps.retain(|step| Some(step.flow) == flow);
        for step in &steps {
            book.list(step.id, &step.number, &step.name);
            if step.parent.is_none() {
                book.next.insert(book.last, step.id);
                book.last = Some(step.id);
            }
        }
        let numbers =
            understood.tables.iter().filter(|table| table.kind != super::TableKind::DesignFmea).flat_map(|table| {
                let column = table.position(Field::StepNumber);
                table.records.iter().filter_map(move |record| record.entries.get(column?)?.as_ref())
            });
        book.whole.extend(numbers.filter_map(|entry| number_key(&written(&entry.value)).parse::<u64>().ok()));
        book
    }

    /// The flow, if there is one.
    pub fn flow(&self) -> Option<Id<Document>> {
        self.flow
    }

    /// Whether there is a flow that names every step, be it in the project or in the workbook.
    pub fn is_given(&self) -> bool {
        self.is_given
    }

    /// Puts a step behind all others.
    pub fn append(&mut self, id: Id<Step>, number: &str, name: &str) {
        self.list(id, number, name);
        self.insert(id, self.last);
    }

    /// The first step of this number.
    pub fn numbered(&self, number: &str) -> Option<Id<Step>> {
        self.by_number.get(&number_key(number))?.first().copied()
    }

    fn list(&mut self, id: Id<Step>, number: &str, name: &str) {
        let number = number_key(number);
        let is_nameless = number.is_empty() && key(name).is_empty();
        if !number.is_empty() {
            self.whole.extend(number.parse::<u64>().ok());
            self.by_number.entry(number).or_default().push(id);
        }
        let name = key(name);
        // Lines that name no step stand at one without number and name.
        if !name.is_empty() || is_nameless {
            self.by_name.entry(name).or_insert(id);
        }
    }

    /// Puts a step behind another, or in front of all.
    fn insert(&mut self, id: Id<Step>, behind: Option<Id<Step>>) {
        if let Some(after) = self.next.insert(behind, id) {
            self.next.insert(Some(id), after);
        }
        if behind == self.last {
            self.last = Some(id);
        }
    }
}

/// How a table speaks of steps.
pub(super) struct StepReader {
    /// Numbers without a word in front are split off names.
    bare: bool,
    /// The column that holds the name.
    name_field: Field,
    /// The function stands below the step in the same cell.
    splits: bool,
    known: HashMap<(String, String), Vec<Id<Step>>>,
    /// Steps the table speaks of, with the name it gives them.
    seen: HashMap<Id<Step>, String>,
    last: Option<Id<Step>>,
}

/// What a line says of its step.
pub(super) struct StepSaid<'t> {
    /// Number and name, split.
    pub text: StepText,
    /// What is left of a text that holds step and function.
    pub function: String,
    /// The cell of the number.
    pub number: Option<Said<'t>>,
    /// The cell of the name.
    pub name: Option<Said<'t>>,
}

impl StepReader {
    /// `splits`: the form has functions, which may stand below the step in one cell.
    pub fn new(lines: &Lines<'_>, splits: bool) -> Self {
        let name_field = if lines.has(Field::Step) { Field::Step } else { Field::StepAndFunction };
        let mut texts: BTreeSet<String> = BTreeSet::new();
        for record in &lines.table.records {
            texts.extend(lines.said(record, name_field).map(|said| said.text));
        }
        let numbered = texts.iter().filter(|text| split_name(text, true).is_some()).count();
        Self {
            bare: !texts.is_empty() && numbered * 10 >= texts.len() * 6,
            name_field,
            splits: name_field == Field::StepAndFunction && splits && !lines.has(Field::Function),
            known: HashMap::new(),
            seen: HashMap::new(),
            last: None,
        }
    }

    /// How many steps the table named so far.
    pub fn named(&self) -> usize {
        self.seen.len()
    }

    /// What a line says of its step; nothing if it names none.
    pub fn read<'t>(&self, lines: &Lines<'t>, record: &'t Record) -> Option<StepSaid<'t>> {
        let number = lines.said(record, Field::StepNumber);
        let name = lines.said(record, self.name_field);
        if number.is_none() && name.is_none() {
            return None;
        }
        let whole = name.as_ref().map_or("", |name| &name.text);
        let (whole, function) = if self.splits { first_line(whole, self.bare) } else { (whole, "") };
        let text = match &number {
            Some(number) => {
                let numbers = split_numbers(&number.text);
                // The name may say its number again.
                let again = split_name(whole, true).filter(|found| {
                    found.numbers.iter().map(|n| number_key(n)).eq(numbers.iter().map(|n| number_key(n)))
                });
                let name = again.map_or_else(|| whole.to_owned(), |found| found.name);
                StepText { numbers, name }
            }
            None => split_name(whole, self.bare || is_number(whole))
                .unwrap_or_else(|| StepText { numbers: Vec::new(), name: whole.to_owned() }),
        };
        Some(StepSaid { text, function: function.to_owned(), number, name })
    }
}

/// The first line, if it names a numbered step, and what stands below it.
fn first_line(text: &str, bare: bool) -> (&str, &str) {
    match text.split_once('\n') {
        Some((first, rest)) if split_name(first, bare || first.starts_with(|c: char| c.is_ascii_digit())).is_some() => {
            (first.trim(), rest.trim())
        }
        _ => (text, ""),
    }
}

impl Builder<'_> {
    /// The process flow of the project; a new one if there is none.
    pub fn flow(&mut self, title: &str) -> Id<Document> {
        if let Some(flow) = self.step_book.flow {
            return flow;
        }
        let flow = self.new_document(DocumentKind::ProcessFlow, title);
        self.step_book.flow = Some(flow);
        flow
    }

    /// The steps that a line names, made if they are new.
    pub fn steps_of(
        &mut self,
        reader: &mut StepReader,
        lines: &Lines<'_>,
        said: &StepSaid<'_>,
        title: &str,
    ) -> Vec<Id<Step>> {
        let text = &said.text;
        let memory = (text.numbers.join("\u{1}"), text.name.clone());
        if let Some(known) = reader.known.get(&memory) {
            return known.clone();
        }
        let mut steps: Vec<Id<Step>> = Vec::new();
        for number in self.ranged(&text.numbers) {
            let step = self.step(reader, lines, said, &number, title);
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        if text.numbers.is_empty() {
            steps.push(self.step(reader, lines, said, "", title));
        }
        reader.known.insert(memory, steps.clone());
        steps
    }

    /// Numbers with ranges written out, if steps go by the numbers at both ends.
    fn ranged(&self, numbers: &[String]) -> Vec<String> {
        let whole = &self.step_book.whole;
        let mut found = Vec::new();
        for number in numbers {
            match range(number) {
                // A step may go by what looks like a range.
                Some((first, last))
                    if whole.contains(&first) && whole.contains(&last) && self.step_book.numbered(number).is_none() =>
                {
                    found.extend(whole.range(first..=last).map(u64::to_string));
                }
                _ => found.push(number.clone()),
            }
        }
        found
    }

    fn step(
        &mut self,
        reader: &mut StepReader,
        lines: &Lines<'_>,
        said: &StepSaid<'_>,
        number: &str,
        title: &str,
    ) -> Id<Step> {
        let (name, wanted) = (said.text.name.as_str(), number_key(number));
        let name_key = key(name);
        let from = said.number.as_ref().or(said.name.as_ref()).map(|said| (lines.sheet, said.at));
        let id = match self.find_step(reader, &wanted, &name_key, from) {
            Some(id) => id,
            None => {
                let at = said.number.as_ref().or(said.name.as_ref()).map(|said| said.at);
                let flow = self.flow(title);
                let id = self.ids.next_id();
                let meta = at.and_then(|at| self.origin(lines.sheet, at));
                let step = Step { meta, ..Step::operation(id, flow, OrderKey::first(), number, name) };
                self.steps.put(step);
                self.step_book.list(id, number, name);
                let behind = reader.last.or_else(|| self.first_behind(&wanted));
                self.step_book.insert(id, behind);
                id
            }
        };
        if let Some(step) = self.steps.get_mut(id) {
            if step.name.is_empty() && !name.is_empty() {
                step.name = Text::from(name);
                self.step_book.by_name.entry(name_key.clone()).or_insert(id);
            }
            if step.number.is_empty() && !number.is_empty() {
                step.number = Text::from(number);
                self.step_book.by_number.entry(wanted).or_default().push(id);
            }
        }
        reader.seen.entry(id).or_insert(name_key);
        let is_top = self.steps.look(self.project, id).is_some_and(|step| step.parent.is_none());
        if is_top {
            reader.last = Some(id);
        }
        id
    }

    /// Where the first step of a table goes that is new: in front of all if its number is smaller than theirs, else to the end.
    fn first_behind(&self, number: &str) -> Option<Id<Step>> {
        let first = self.step_book.next.get(&None).and_then(|first| self.steps.look(self.project, *first));
        let first: Option<u64> = first.and_then(|step| number_key(&step.number).parse().ok());
        match (first, number.parse::<u64>()) {
            (Some(first), Ok(number)) if number < first => None,
            _ => self.step_book.last,
        }
    }

    fn find_step(&self, reader: &StepReader, number: &str, name: &str, from: Option<(usize, At)>) -> Option<Id<Step>> {
        let book = &self.step_book;
        let look = |id: &Id<Step>| self.steps.look(self.project, *id);
        if number.is_empty() {
            return book.by_name.get(name).copied();
        }
        let Some(candidates) = book.by_number.get(number) else {
            // A step that was named without a number before.
            let named = book.by_name.get(name).filter(|_| !name.is_empty());
            return named.filter(|id| self.steps.get(**id).is_some_and(|step| step.number.is_empty())).copied();
        };
        // Among several, the one that came from this very cell.
        let origin = from.and_then(|(sheet, at)| self.origin(sheet, at)?.origin);
        let from_here = |id: &&Id<Step>| {
            let known = self.project.get(**id).and_then(|step| step.meta.as_ref()?.origin.as_ref());
            candidates.len() > 1 && known.is_some() && known == origin.as_ref()
        };
        let same = |id: &&Id<Step>| !name.is_empty() && look(id).is_some_and(|step| key(&step.name) == name);
        let any = |_: &&Id<Step>| name.is_empty();
        let unnamed = |id: &&Id<Step>| self.steps.get(**id).is_some_and(|step| step.name.is_empty());
        // Within a table the same number with another name is another step; between tables it is the same one.
        let of_others = |id: &&Id<Step>| reader.seen.get(*id).is_none_or(|seen| seen.is_empty() || *seen == name);
        let mut found = candidates.iter().find(same).or_else(|| candidates.iter().find(from_here));
        found = found.or_else(|| candidates.iter().find(any)).or_else(|| candidates.iter().find(unnamed));
        found.or_else(|| candidates.iter().find(of_others)).copied()
    }

    /// Tells what became of number and name of a step. `named_here`: the document has a place of its own for the name.
    pub fn tell_step(&mut self, sheet: usize, said: &StepSaid<'_>, steps: &[Id<Step>], named_here: bool) {
        if let Some(number) = &said.number {
            self.take(sheet, number, Kind::Step);
        }
        let Some(name) = &said.name else { return };
        let names: Vec<&Text> =
            steps.iter().filter_map(|id| self.steps.look(self.project, *id)).map(|step| &step.name).collect();
        let wanted = key(&said.text.name);
        if named_here || wanted.is_empty() || names.iter().any(|name| key(name) == wanted) {
            if let ([step], false) = (steps, wanted.is_empty() || named_here) {
                self.agrees(*step, field::Field::Name);
            }
            self.take(sheet, name, Kind::Step);
        } else {
            let known = names.first().map_or_else(String::new, |name| quoted(name));
            if let [step] = steps
                && self.differs(sheet, name, *step, field::Field::Name, &said.text.name)
            {
                return;
            }
            self.leave(sheet, name, format!("the step of this number is called {known} in the project"));
        }
    }

    /// Gives new steps their places between those that are there.
    pub(super) fn order_steps(&mut self) {
        let mut chain: Vec<(Id<Step>, Option<OrderKey>)> = Vec::new();
        let mut at = self.step_book.next.get(&None).copied();
        while let Some(id) = at {
            let known =
                if self.steps.get(id).is_some() { None } else { self.project.get(id).map(|step| step.order.clone()) };
            // A known step with other changes keeps its place.
            let known = known.or_else(|| self.project.get(id).map(|step| step.order.clone()));
            chain.push((id, known));
            at = self.step_book.next.get(&Some(id)).copied();
        }
        let mut before: Option<OrderKey> = None;
        // From behind: the key of the next step that has one.
        let mut above: Vec<Option<OrderKey>> = vec![None; chain.len()];
        let mut next: Option<OrderKey> = None;
        for (place, (_, known)) in chain.iter().enumerate().rev() {
            above[place].clone_from(&next);
            if known.is_some() {
                next.clone_from(known);
            }
        }
        for ((id, known), above) in chain.into_iter().zip(above) {
            let order = match (known, above) {
                (Some(known), _) => known,
                (None, Some(above)) => OrderKey::between(before.as_ref(), Some(&above)),
                (None, None) => OrderKey::after(before.as_ref()),
            };
            if let Some(step) = self.steps.get_mut(id) {
                step.order = order.clone();
            }
            before = Some(order);
        }
    }
}
