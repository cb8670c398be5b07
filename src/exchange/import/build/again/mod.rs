//! Documents that the project has already: what a file says again is not made again.
//!
//! The lines of a table are read as those of a new document, whatever there is. Only in the end are they compared with the
//! document that the project has already: what is there is dropped, what is new goes below what is there, and what the file says
//! otherwise of it is a difference, which the project keeps unless a person takes it over.
//!
//! Things are the same by what people call them: an element by its steps or its name, a function, a failure mode and a failure
//! cause by their words below the same thing, controls and actions by their words, a control-plan row by step and subject.

mod failures;
mod header;
mod order;
mod otherwise;
mod plan;
mod rest;
mod risks;
mod structure;

use std::collections::{HashMap, HashSet};

use crate::base::Id;
use crate::base::text::{counted, quoted};
use crate::exchange::import::table::{Field as Column, Table, TitleField, Understood};
use crate::model::control_plan::PlanRow;
use crate::model::document::{Document, DocumentKind, DocumentState};
use crate::model::fmea::{Control, EffectLevel, Element, Failure, Function};
use crate::model::meta::Origin;
use crate::model::risk::{Action, Risk};

use super::{Builder, Counts, Made, key};
pub(super) use header::FIELDS;
use order::Places;

/// A document as a table says it, beside the one of the project.
struct Meeting<'t> {
    /// The tables, each on a sheet of its own.
    tables: Vec<&'t Table>,
    /// The document that was made of them.
    new: Id<Document>,
    /// The one of the project.
    known: Id<Document>,
    /// What was made, and what the project has instead.
    same: Same,
    /// Where further items go.
    places: Places,
}

/// What was made, and what the project has instead.
#[derive(Default)]
struct Same {
    elements: HashMap<Id<Element>, Id<Element>>,
    functions: HashMap<Id<Function>, Id<Function>>,
    /// Elements and functions of the project that the file names.
    elements_met: HashSet<Id<Element>>,
    functions_met: HashSet<Id<Function>>,
    failures: HashMap<Id<Failure>, Id<Failure>>,
    /// Effects that a failure mode has in the project already: mode, level and effect as they were made.
    effects_met: HashSet<(Id<Failure>, EffectLevel, Id<Failure>)>,
    risks: HashMap<Id<Risk>, Id<Risk>>,
    controls: HashMap<Id<Control>, Id<Control>>,
    actions: HashMap<Id<Action>, Id<Action>>,
    rows: HashMap<Id<PlanRow>, Id<PlanRow>>,
}

impl<'t> Meeting<'t> {
    /// Whether one of the tables has a column for a field.
    fn has(&self, column: Column) -> bool {
        self.tables.iter().any(|table| table.position(column).is_some())
    }

    /// The table on a sheet.
    fn table_on(&self, sheet: usize) -> Option<&'t Table> {
        self.tables.iter().copied().find(|table| table.sheet == sheet)
    }
}

impl Same {
    /// Notes that the project has an element.
    fn element(&mut self, new: Id<Element>, known: Id<Element>) {
        self.elements.insert(new, known);
        self.elements_met.insert(known);
    }

    /// Notes that the project has a function.
    fn function(&mut self, new: Id<Function>, known: Id<Function>) {
        self.functions.insert(new, known);
        self.functions_met.insert(known);
    }
}

impl Builder<'_> {
    /// Compares the documents that were made with those that the project has already.
    pub fn meet_known_documents(&mut self, understood: &Understood, made: &mut [Made]) {
        if self.is_new() {
            return;
        }
        let mut met: HashSet<Id<Document>> = HashSet::new();
        // Control plans name controls of FMEAs, so these come first.
        let is_plan = |made: &Made, builder: &Self| {
            builder.documents.get(made.document).is_some_and(|new| new.kind == DocumentKind::ControlPlan)
        };
        let mut order: Vec<usize> = (0..made.len()).collect();
        order.sort_by_key(|at| is_plan(&made[*at], self));
        for at in order {
            let new = made[at].document;
            let Some(table) = understood.tables.get(made[at].table) else { continue };
            let Some(known) = self.known_document(new, table, &met) else {
                self.remark_further(new, table);
                continue;
            };
            let label = quoted(&self.project.document_label(known));
            if known.state == DocumentState::Released {
                let text = format!(
                    "the project has {label} already, which is released: this becomes a further document; to compare with it, start its next draft first"
                );
                self.account.remark(table.sheet, None, text);
                continue;
            }
            let (known, kind) = (known.id, known.kind);
            met.insert(known);
            // Several sheets may make up the document.
            let of_new = |made: &Made| Some(understood.tables.get(made.table)?).filter(|_| made.document == new);
            let tables: Vec<&Table> = made.iter().filter_map(of_new).collect();
            let mut meeting = Meeting { tables, new, known, same: Same::default(), places: Places::default() };
            if kind == DocumentKind::ControlPlan {
                self.meet_rows(&mut meeting);
            } else {
                self.meet_fmea(&mut meeting);
            }
            for table in &meeting.tables {
                self.meet_header(table, new, known);
            }
            let sheets = meeting.tables.iter().map(|table| (table.sheet, self.counts_on(Some(table.sheet))));
            let before: HashMap<usize, Counts> = sheets.collect();
            self.drop_same(meeting);
            for part in made.iter_mut() {
                let Some(table) = of_new(part) else { continue };
                let before = before.get(&table.sheet).copied().unwrap_or_default();
                let dropped = before.since(self.counts_on(Some(table.sheet)));
                part.document = known;
                part.counts = Counts { steps: part.counts.steps, ..part.counts.since(dropped) };
                self.remark_met(table, &label, dropped);
            }
        }
    }

    fn meet_fmea(&mut self, meeting: &mut Meeting<'_>) {
        self.meet_controls(meeting);
        self.meet_elements(meeting);
        self.meet_functions(meeting);
        self.meet_modes(meeting);
        self.meet_risks(meeting);
        self.meet_effects(meeting);
        self.place_failures(meeting);
    }

    /// The document of the project that a table speaks of: of the same kind, with the same number; where one of them has no number,
    /// the one that came from this sheet, or the one of the same title.
    fn known_document(&self, new: Id<Document>, table: &Table, met: &HashSet<Id<Document>>) -> Option<&Document> {
        let new = self.documents.get(new).filter(|new| self.project.get(new.id).is_none())?;
        let candidates: Vec<&Document> = self.project.documents_of(new.kind);
        let mut candidates: Vec<&Document> = candidates.into_iter().filter(|known| !met.contains(&known.id)).collect();
        if !new.number.is_blank() {
            let same = |known: &&&Document| key(&known.number) == key(&new.number);
            let titled = |known: &&&Document| same(known) && key(&known.title) == key(&new.title);
            if let Some(known) = candidates.iter().find(titled).or_else(|| candidates.iter().find(same)) {
                return Some(known);
            }
            candidates.retain(|known| known.number.is_blank());
        }
        let sheet = self.sheets.get(table.sheet);
        let from_here = |known: &&&Document| {
            let origin = known.meta.as_ref().and_then(|meta| meta.origin.as_ref());
            matches!(origin, Some(Origin::Cell { file, sheet: of, .. }) if *file == self.file && Some(of) == sheet)
        };
        let is_titled = table.title.iter().any(|fact| matches!(fact.field, TitleField::Subject | TitleField::PartName));
        let titled = |known: &&&Document| is_titled && key(&known.title) == key(&new.title);
        candidates.iter().find(from_here).or_else(|| candidates.iter().find(titled)).copied()
    }

    /// Says of a document that becomes a further one of its number: another sheet is compared with the one of the project.
    fn remark_further(&mut self, new: Id<Document>, table: &Table) {
        let Some(new) = self.documents.get(new).filter(|new| !new.number.is_blank()) else { return };
        let known = self.project.documents_of(new.kind);
        let known = known.into_iter().find(|known| known.id != new.id && key(&known.number) == key(&new.number));
        let text = known.map(|known| {
            let label = quoted(&self.project.document_label(known));
            format!(
                "another sheet is compared with {label}, which has the same number: this one becomes a further document"
            )
        });
        if let Some(text) = text {
            self.account.remark(table.sheet, None, text);
        }
    }

    fn remark_met(&mut self, table: &Table, label: &str, dropped: Counts) {
        let counts = [
            (dropped.failure_modes, "failure mode"),
            (dropped.causes, "failure cause"),
            (dropped.plan_rows, "control-plan row"),
        ];
        let counts: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun)).collect();
        let there =
            if counts.is_empty() { "nothing of it is".to_owned() } else { format!("{} are", counts.join(", ")) };
        let text = format!("the lines are compared with {label} of the project, where {there} there already");
        self.account.remark(table.sheet, None, text);
    }
}
