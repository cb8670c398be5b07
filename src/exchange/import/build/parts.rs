//! One document on several sheets: an FMEA or control plan of which each sheet holds some steps, below headers with the same
//! number.
//!
//! Sheets that speak of the same steps are documents of their own: former issues, or variants.

use std::collections::{HashMap, HashSet};

use crate::base::Id;
use crate::base::text::quoted;
use crate::exchange::import::account::Fate;
use crate::exchange::import::table::{Left, Table, TitleField, Understood};
use crate::model::document::{Document, DocumentKind};
use crate::model::fmea::{Anchor, Control, ControlKind, Element, ElementKind, Function};
use crate::model::item::{AnyId, Entity, Kind};
use crate::model::reference::Ref;

use super::lines::written;
use super::shared::add_note;
use super::{Builder, Made, key};

impl Builder<'_> {
    /// Makes one document of those that were made of several sheets with the same number.
    pub fn join_parts(&mut self, understood: &Understood, made: &mut [Made]) {
        for at in 1..made.len() {
            let Some(table) = understood.tables.get(made[at].table).filter(|table| table.own_form.is_none()) else {
                continue;
            };
            let part = made[at].document;
            let goes_on = |before: &&Made| {
                let other = understood.tables.get(before.table);
                other.is_some_and(|other| other.own_form.is_none() && other.sheet != table.sheet)
                    && self.goes_on(part, before.document)
            };
            let Some(into) = made[..at].iter().find(goes_on).map(|before| before.document) else { continue };
            self.join_header(table, part, into);
            self.join(part, into);
            made[at].document = into;
            let label = self.documents.get(into).map(|document| self.project.document_label(document));
            let text =
                format!("the sheet goes on with {}, which has the same number", quoted(&label.unwrap_or_default()));
            self.account.remark(table.sheet, None, text);
        }
    }

    /// Whether a document goes on with another: of the same kind and number, about other steps.
    fn goes_on(&self, part: Id<Document>, before: Id<Document>) -> bool {
        let (Some(part), Some(before)) = (self.documents.get(part), self.documents.get(before)) else { return false };
        part.id != before.id
            && part.kind == before.kind
            && part.kind != DocumentKind::ProcessFlow
            && (part.phase, &part.rating_profile) == (before.phase, &before.rating_profile)
            && !part.number.is_blank()
            && key(&part.number) == key(&before.number)
            && self.subjects_of(part.id).is_disjoint(&self.subjects_of(before.id))
    }

    /// The steps that a document is about; of a design its elements by name.
    fn subjects_of(&self, document: Id<Document>) -> HashSet<(Option<AnyId>, String)> {
        let rows = self.rows.iter().filter(|row| row.plan == document);
        let rows = rows.map(|row| (Some(row.step.to.id().into()), String::new()));
        let focus = self
            .elements
            .iter()
            .filter(|element| element.fmea == document && matches!(element.kind, ElementKind::Focus));
        let named = focus.flat_map(|element| {
            let steps = element.steps.iter().map(|link| (Some(AnyId::from(link.to.id())), String::new()));
            let name = element.steps.is_empty().then(|| (None, key(&element.name)));
            steps.chain(name)
        });
        rows.chain(named).collect()
    }

    /// Brings what was made of a part below the document of another.
    fn join(&mut self, part: Id<Document>, into: Id<Document>) {
        let higher = self.join_elements(part, into);
        let functions = self.join_functions(&higher);
        let mut failures = std::mem::take(&mut self.failures);
        for failure in failures.iter_mut() {
            let moved = match failure.anchor {
                Anchor::Element(element) => higher.get(&element).copied().map(Anchor::Element),
                Anchor::Function(function) => functions.get(&function).copied().map(Anchor::Function),
            };
            if let Some(anchor) = moved {
                failure.anchor = anchor;
                failure.order = self.next_order(super::effects::holder(anchor), Kind::Failure);
            }
        }
        self.failures = failures;
        let controls = self.join_controls(part, into);
        let turn = |references: &mut Vec<Ref<Control>>| {
            for reference in references.iter_mut() {
                if let Some(known) = controls.get(&reference.id()) {
                    *reference = Ref::Item(*known);
                }
            }
        };
        for risk in self.risks.iter_mut() {
            if risk.fmea == part {
                risk.fmea = into;
            }
            turn(&mut risk.controls);
            risk.assessments.iter_mut().for_each(|assessment| turn(&mut assessment.controls));
        }
        for action in self.actions.iter_mut().filter(|action| action.fmea == part) {
            action.fmea = into;
        }
        for row in self.rows.iter_mut() {
            if row.plan == part {
                row.plan = into;
            }
            for link in &mut row.controls {
                if let Some(known) = controls.get(&link.to.id()) {
                    link.to = Ref::Item(*known);
                }
            }
        }
        self.documents.retain(|document| document.id != part);
    }

    /// Brings elements below another document; the higher elements that it has already, and what it has instead.
    fn join_elements(&mut self, part: Id<Document>, into: Id<Document>) -> HashMap<Id<Element>, Id<Element>> {
        let is_higher = |element: &&Element| element.kind == ElementKind::Higher;
        let there: HashMap<String, Id<Element>> = self
            .elements
            .iter()
            .filter(|element| element.fmea == into)
            .filter(is_higher)
            .map(|element| (key(&element.name), element.id))
            .collect();
        let of_part = self.elements.iter().filter(|element| element.fmea == part);
        let same: HashMap<Id<Element>, Id<Element>> = of_part
            .filter(is_higher)
            .filter_map(|element| Some((element.id, *there.get(&key(&element.name))?)))
            .collect();
        self.elements.retain(|element| !same.contains_key(&element.id));
        let mut elements = std::mem::take(&mut self.elements);
        for element in elements.iter_mut().filter(|element| element.fmea == part) {
            element.fmea = into;
            match element.parent {
                None => element.order = self.next_order(into, Kind::Element),
                Some(parent) => {
                    if let Some(known) = same.get(&parent) {
                        element.parent = Some(*known);
                        element.order = self.next_order(*known, Kind::Element);
                    }
                }
            }
        }
        self.elements = elements;
        same
    }

    /// Brings functions of higher elements to those that are there already; the functions that these have, and what they have
    /// instead.
    fn join_functions(&mut self, higher: &HashMap<Id<Element>, Id<Element>>) -> HashMap<Id<Function>, Id<Function>> {
        let words = |function: &Function| (function.element, key(&function.text));
        let there: HashMap<(Id<Element>, String), Id<Function>> =
            self.functions.iter().map(|function| (words(function), function.id)).collect();
        let mut same = HashMap::new();
        for function in self.functions.iter() {
            let known = higher.get(&function.element).and_then(|element| there.get(&(*element, key(&function.text))));
            same.extend(known.map(|known| (function.id, *known)));
        }
        self.functions.retain(|function| !same.contains_key(&function.id));
        let mut functions = std::mem::take(&mut self.functions);
        for function in functions.iter_mut() {
            if let Some(element) = higher.get(&function.element) {
                function.element = *element;
                function.order = self.next_order(*element, Kind::Function);
            }
        }
        self.functions = functions;
        same
    }

    /// Brings controls below another FMEA; those that it has already, and what it has instead.
    fn join_controls(&mut self, part: Id<Document>, into: Id<Document>) -> HashMap<Id<Control>, Id<Control>> {
        let there: HashMap<(ControlKind, String), Id<Control>> = self
            .controls
            .iter()
            .filter(|control| control.fmea == into)
            .map(|control| ((control.kind, key(&control.text)), control.id))
            .collect();
        let of_part = self.controls.iter().filter(|control| control.fmea == part);
        let same: HashMap<Id<Control>, Id<Control>> = of_part
            .filter_map(|control| Some((control.id, *there.get(&(control.kind, key(&control.text)))?)))
            .collect();
        self.controls.retain(|control| !same.contains_key(&control.id));
        for control in self.controls.iter_mut().filter(|control| control.fmea == part) {
            control.fmea = into;
        }
        same
    }

    /// Adds what the header of a part says besides; what it says otherwise than the first sheet is left.
    fn join_header(&mut self, table: &Table, part: Id<Document>, into: Id<Document>) {
        let Some(part) = self.documents.get(part).cloned() else { return };
        let Some(known) = self.documents.get_mut(into) else { return };
        for member in &part.team {
            if known.team.iter().all(|other| other.id() != member.id()) {
                known.team.push(member.clone());
            }
        }
        for approval in &part.approvals {
            if !known.approvals.contains(approval) {
                known.approvals.push(approval.clone());
            }
        }
        for line in part.meta.iter().flat_map(|meta| meta.note.lines()) {
            add_note(&mut known.meta, line);
        }
        let (part, known) = (part.item(), known.clone().item());
        for fact in &table.title {
            let differs = super::again::FIELDS.iter().filter(|(_, title)| *title == fact.field).any(|(field, _)| {
                let said = self.project.text_in(&part, *field).unwrap_or_default();
                !said.trim().is_empty() && key(&said) != key(&self.project.text_in(&known, *field).unwrap_or_default())
            });
            if differs && fact.field != TitleField::Subject {
                let reason = format!(
                    "the first sheet of the document says something else than {}",
                    quoted(&written(&fact.value))
                );
                self.account.decide(table.sheet, fact.at, Fate::Left(Left::Other(reason)));
            }
        }
    }
}
