//! From understood tables to items of a project, with the fate of every cell.
//!
//! What the tables of a workbook share is made once: steps by number or name, characteristics by step and number or name,
//! equipment and people by name, controls of an FMEA by their words. What the project has already is used and not changed but
//! for what is linked to it; also the lines of a document that it has already are not made again.
//!
//! Decisions, each noted in the account where it is made:
//!
//! - A level that the form does not have stays absent: failures stand at the element if there is no function. Where the model
//!   cannot do without – the cause of a rated line, the effect of a severity – the item is made without words, which is a
//!   finding of every check.
//! - Lines with equal words below the same function are one failure mode; a cause with equal words but other ratings or controls is a
//!   line of its own.
//! - Undivided controls are detection controls if the form rates detection; undivided actions are prevention actions, unless
//!   only the detection rating changes by them.
//! - An effect without level hits the end user. One severity beside several levels belongs to the most remote of them.
//! - A cell stays one text, however many entries it seems to hold; only effects with the labels of the levels in front are
//!   told apart.

mod actions;
mod again;
mod beside;
mod characteristic_book;
mod characteristics;
mod connections;
mod control_plan;
mod difference;
mod draft;
mod effects;
mod flow;
mod fmea;
mod fmea_characteristics;
mod lines;
mod numbers;
mod own_form;
mod parts;
mod plan_details;
mod ratings;
mod reviews;
mod risks;
mod shared;
mod specifications;
mod step_texts;
mod steps;
mod structure;
mod title;
mod words;

use std::collections::{HashMap, HashSet};

use crate::base::clock::Date;
use crate::base::{Id, IdSource, OrderKey, Text};
use crate::model::Project;
use crate::model::characteristic::{Characteristic, StepCharacteristic};
use crate::model::control_plan::PlanRow;
use crate::model::document::Document;
use crate::model::equipment::Equipment;
use crate::model::field::Field;
use crate::model::flow::{FlowEdge, Step};
use crate::model::fmea::{Control, Element, Failure, FailureRole, Function};
use crate::model::item::{AnyId, Entity, Item, Kind};
use crate::model::meta::{Meta, Origin};
use crate::model::project_data::{Part, Person, ProjectData, UserField};
use crate::model::reference::Link;
use crate::model::risk::{Action, Risk};

use super::account::{Account, As};
use super::table::{Left, Table, TableKind, Understood};
use super::workbook::{At, Workbook};
pub use difference::Difference;
use draft::Drafts;
use lines::Said;

/// Who imports, and when: new links are reviewed by this name.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// Name.
    pub by: Text,
    /// Day.
    pub on: Date,
}

/// What was made of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Process steps that the table names, or elements of a design FMEA.
    pub steps: usize,
    /// Functions.
    pub functions: usize,
    /// Failure modes.
    pub failure_modes: usize,
    /// Failure effects.
    pub effects: usize,
    /// Failure causes.
    pub causes: usize,
    /// Controls.
    pub controls: usize,
    /// Actions.
    pub actions: usize,
    /// Control-plan rows.
    pub plan_rows: usize,
    /// Characteristics.
    pub characteristics: usize,
}

/// What a table became.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// Position in [`Understood::tables`].
    pub table: usize,
    /// The document.
    pub document: Id<Document>,
    /// What is new in it.
    pub counts: Counts,
}

/// What was made of a workbook.
#[derive(Debug, Clone)]
pub struct Built {
    /// New items, and known ones with new links; to be put into the project all at once.
    pub items: Vec<Item>,
    /// The documents by table, new or there already. A table without lines beside others has none.
    pub made: Vec<Made>,
    /// The fate of every cell.
    pub account: Account,
    /// What the project has already and the workbook says otherwise.
    pub differences: Vec<Difference>,
    /// How many cells of lines the import did not tell about; a fault in the import if there are any.
    pub untold: usize,
}

/// Builds what a workbook says upon a project, which is not changed.
pub fn build<'a>(
    project: &'a Project,
    workbook: &'a Workbook,
    understood: &'a Understood,
    stamp: &'a Stamp,
    ids: &'a mut IdSource,
) -> Built {
    let mut builder = Builder::new(project, workbook, understood, stamp, ids);
    let mut made = Vec::new();
    for kind in [TableKind::ProcessFlow, TableKind::ProcessFmea, TableKind::DesignFmea, TableKind::ControlPlan] {
        for (position, table) in understood.tables.iter().enumerate().filter(|(_, table)| table.kind == kind) {
            if table.records.is_empty()
                && table.own_form.is_none()
                && understood.tables.iter().any(|table| !table.records.is_empty())
            {
                builder.leave_title(table);
                continue;
            }
            let before = builder.counts();
            let own = table.own_form.as_ref().and_then(|own| own_form::build(&mut builder, table, own));
            let document = own.unwrap_or_else(|| match kind {
                TableKind::ProcessFlow => flow::build(&mut builder, table),
                TableKind::ControlPlan => control_plan::build(&mut builder, table),
                TableKind::ProcessFmea | TableKind::DesignFmea => fmea::build(&mut builder, table),
            });
            let counts = Counts { steps: builder.steps_named, ..builder.counts().since(before) };
            made.push(Made { table: position, document, counts });
        }
    }
    made.sort_by_key(|made| made.table);
    builder.finish(understood, made)
}

/// What is made, and by what it is found again.
struct Builder<'a> {
    project: &'a Project,
    workbook: &'a Workbook,
    stamp: &'a Stamp,
    ids: &'a mut IdSource,
    account: Account,
    file: Text,
    sheets: Vec<Text>,
    orders: HashMap<(AnyId, Kind), OrderKey>,
    data: ProjectData,
    documents: Drafts<Document>,
    parts: Drafts<Part>,
    people: Drafts<Person>,
    fields: Drafts<UserField>,
    steps: Drafts<Step>,
    edges: Drafts<FlowEdge>,
    characteristics: Drafts<Characteristic>,
    roles: Drafts<StepCharacteristic>,
    equipment: Drafts<Equipment>,
    elements: Drafts<Element>,
    functions: Drafts<Function>,
    failures: Drafts<Failure>,
    risks: Drafts<Risk>,
    controls: Drafts<Control>,
    actions: Drafts<Action>,
    rows: Drafts<PlanRow>,
    differences: Vec<Difference>,
    /// What is among them already: item, field and what the workbook says.
    differing: HashSet<(AnyId, Field, String)>,
    /// Of what a line says the same as the project.
    agreed: HashSet<(AnyId, Field)>,
    step_book: steps::StepBook,
    known: shared::Known,
    characteristic_book: characteristic_book::Book,
    /// What rows of our own control plans print as machines.
    own_machines: Vec<own_form::Machines>,
    /// Steps that the table in hand names.
    steps_named: usize,
}

impl<'a> Builder<'a> {
    fn new(
        project: &'a Project,
        workbook: &'a Workbook,
        understood: &Understood,
        stamp: &'a Stamp,
        ids: &'a mut IdSource,
    ) -> Self {
        Self {
            project,
            workbook,
            stamp,
            ids,
            account: Account::of(workbook),
            file: Text::from(workbook.file.as_str()),
            sheets: workbook.sheets.iter().map(|sheet| Text::from(sheet.name.as_str())).collect(),
            orders: HashMap::new(),
            data: project.data().clone(),
            documents: Drafts::default(),
            parts: Drafts::default(),
            people: Drafts::default(),
            fields: Drafts::default(),
            steps: Drafts::default(),
            edges: Drafts::default(),
            characteristics: Drafts::default(),
            roles: Drafts::default(),
            equipment: Drafts::default(),
            elements: Drafts::default(),
            functions: Drafts::default(),
            failures: Drafts::default(),
            risks: Drafts::default(),
            controls: Drafts::default(),
            actions: Drafts::default(),
            rows: Drafts::default(),
            differences: Vec::new(),
            differing: HashSet::new(),
            agreed: HashSet::new(),
            step_book: steps::StepBook::new(project, understood),
            known: shared::Known::new(project),
            characteristic_book: characteristic_book::Book::new(project),
            own_machines: Vec::new(),
            steps_named: 0,
        }
    }

    /// Whether the project has no document yet, so that facts of headers are facts of the project.
    fn is_new(&self) -> bool {
        self.project.count::<Document>() == 0
    }

    fn counts(&self) -> Counts {
        self.counts_on(None)
    }

    /// What is new, of all sheets or of one.
    fn counts_on(&self, sheet: Option<usize>) -> Counts {
        let sheet = sheet.and_then(|sheet| self.sheets.get(sheet));
        let is_here = |meta: Option<&Meta>| {
            let origin = meta.and_then(|meta| meta.origin.as_ref());
            sheet.is_none_or(|sheet| matches!(origin, Some(Origin::Cell { sheet: of, .. }) if of == sheet))
        };
        // What stands without words, because the model cannot do without, is nothing that the table says.
        let is_said = |failure: &&Failure| !failure.text.is_empty() && self.project.get(failure.id).is_none();
        let failures = |role| {
            let of_role = self.failures.iter().filter(is_said).filter(|failure| failure.role == role);
            of_role.filter(|failure| is_here(failure.meta())).count()
        };
        Counts {
            steps: self.steps.count_new(self.project, is_here),
            functions: self.functions.count_new(self.project, is_here),
            effects: failures(FailureRole::Effect),
            causes: failures(FailureRole::Cause),
            failure_modes: failures(FailureRole::Mode),
            controls: self.controls.count_new(self.project, is_here),
            actions: self.actions.count_new(self.project, is_here),
            plan_rows: self.rows.count_new(self.project, is_here),
            characteristics: self.characteristics.count_new(self.project, is_here),
        }
    }

    /// The next place among the siblings of a kind below an item.
    fn next_order(&mut self, parent: impl Into<AnyId>, kind: Kind) -> OrderKey {
        let place = self.orders.entry((parent.into(), kind));
        match place {
            std::collections::hash_map::Entry::Occupied(mut last) => {
                let key = OrderKey::after(Some(last.get()));
                last.insert(key.clone());
                key
            }
            std::collections::hash_map::Entry::Vacant(first) => first.insert(OrderKey::first()).clone(),
        }
    }

    /// The next place in a list of the project.
    fn next_in_list<T: Entity>(&mut self) -> OrderKey {
        let list = (AnyId::from(ProjectData::ID), T::KIND);
        let last = match self.orders.get(&list) {
            Some(last) => Some(last.clone()),
            None => self.project.all_in_order::<T>().last().and_then(|last| last.order().cloned()),
        };
        let key = OrderKey::after(last.as_ref());
        self.orders.insert(list, key.clone());
        key
    }

    /// The origin of an item.
    fn origin(&self, sheet: usize, at: At) -> Option<Box<Meta>> {
        let name = self.sheets.get(sheet)?;
        Some(Box::new(Meta {
            origin: Some(Origin::Cell {
                file: self.file.clone(),
                sheet: name.clone(),
                cell: Text::from(at.to_string()),
            }),
            ..Meta::default()
        }))
    }

    /// Notes that what was said stands in the project.
    fn take(&mut self, sheet: usize, said: &Said<'_>, item: Kind) {
        self.account.imported(sheet, said.at, As::Field(said.field), item);
    }

    /// Notes that what was said does not stand in the project.
    fn leave(&mut self, sheet: usize, said: &Said<'_>, reason: impl Into<String>) {
        self.account.left(sheet, said.at, Left::Other(reason.into()));
    }

    fn finish(mut self, understood: &Understood, mut made: Vec<Made>) -> Built {
        if self.is_new() && self.data.name.is_empty() {
            let first = made.first().and_then(|made| self.documents.get(made.document));
            self.data.name = first.map(|document| document.title.clone()).unwrap_or_default();
        }
        self.finish_own_machines();
        self.order_steps();
        self.join_parts(understood, &mut made);
        self.review_links();
        self.meet_known_documents(understood, &mut made);
        let Self { mut account, workbook, project, differences, .. } = self;
        for (sheet, at, left) in &understood.left {
            account.left(*sheet, *at, left.clone());
        }
        let mut untold = 0;
        let reason = |sheet: usize, at: At| {
            let table = table_at(understood, sheet, at);
            let value = workbook.sheets[sheet].cell(at).map(|cell| &cell.value);
            match (table, value) {
                (Some(table), Some(value)) => lines::reason(table, value, at),
                _ => Left::Other("no place was found for it".to_owned()),
            }
        };
        account.close(workbook, reason);
        for (index, _) in workbook.sheets.iter().enumerate() {
            let missed = |(_, fate): &(At, &super::account::Fate)| matches!(fate, super::account::Fate::Left(Left::Other(text)) if text == "no place was found for it");
            untold += account.fates(index).iter().filter(|fate| missed(fate)).count();
        }
        let mut items: Vec<Item> = Vec::new();
        if self.data != *project.data() {
            items.push(self.data.into());
        }
        items.extend(self.documents.into_items());
        items.extend(self.parts.into_items());
        items.extend(self.people.into_items());
        items.extend(self.fields.into_items());
        items.extend(self.equipment.into_items());
        items.extend(self.characteristics.into_items());
        items.extend(self.steps.into_items());
        items.extend(self.edges.into_items());
        items.extend(self.roles.into_items());
        items.extend(self.elements.into_items());
        items.extend(self.functions.into_items());
        items.extend(self.failures.into_items());
        items.extend(self.controls.into_items());
        items.extend(self.actions.into_items());
        items.extend(self.risks.into_items());
        items.extend(self.rows.into_items());
        Built { items, made, account, differences, untold }
    }
}

/// A link whose review follows when its target is finished.
fn link<T>(to: Id<T>) -> Link<T> {
    Link { to: to.into(), reviewed: crate::model::reference::Review::default() }
}

fn table_at(understood: &Understood, sheet: usize, at: At) -> Option<&Table> {
    understood.tables.iter().find(|table| {
        table.sheet == sheet
            && *table.heading_rows.end() < at.row
            && table.records.last().is_some_and(|last| at.row <= last.row)
    })
}

impl Counts {
    /// What came since.
    fn since(self, before: Self) -> Self {
        Self {
            steps: self.steps.saturating_sub(before.steps),
            functions: self.functions.saturating_sub(before.functions),
            failure_modes: self.failure_modes.saturating_sub(before.failure_modes),
            effects: self.effects.saturating_sub(before.effects),
            causes: self.causes.saturating_sub(before.causes),
            controls: self.controls.saturating_sub(before.controls),
            actions: self.actions.saturating_sub(before.actions),
            plan_rows: self.plan_rows.saturating_sub(before.plan_rows),
            characteristics: self.characteristics.saturating_sub(before.characteristics),
        }
    }
}

/// A text as comparisons see it: small letters, white space collapsed, without a stop at the end.
fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().flat_map(char::to_lowercase));
    }
    key.truncate(key.trim_end_matches(['.', ':', ';', ',']).len());
    key
}
