//! The header of a document that the project has already.

use crate::base::Id;
use crate::exchange::import::account::Fate;
use crate::exchange::import::build::difference::DIFFERS;
use crate::exchange::import::build::lines::written;
use crate::exchange::import::build::{Builder, key};
use crate::exchange::import::table::{Left, Table, TitleFact, TitleField};
use crate::model::document::{Document, DocumentKind};
use crate::model::field::Field;
use crate::model::item::{AnyId, Entity};

/// The fields of a header, and what a form calls them.
pub(in crate::exchange::import::build) const FIELDS: [(Field, TitleField); 11] = [
    (Field::Number, TitleField::DocumentNumber),
    (Field::Phase, TitleField::Phase),
    (Field::Responsibility, TitleField::Responsibility),
    (Field::PreparedBy, TitleField::PreparedBy),
    (Field::KeyContact, TitleField::KeyContact),
    (Field::Programme, TitleField::Programme),
    (Field::Confidentiality, TitleField::Confidentiality),
    (Field::StartDate, TitleField::StartDate),
    (Field::RevisionDate, TitleField::RevisionDate),
    (Field::KeyDate, TitleField::KeyDate),
    (Field::Scope, TitleField::Subject),
];

impl Builder<'_> {
    /// Compares the header above a process flow with that of the flow of the project.
    pub fn meet_flow(&mut self, table: &Table, known: Id<Document>, title: &str) {
        let before = self.used();
        let new = self.new_document(DocumentKind::ProcessFlow, title);
        self.header(new, table);
        self.meet_header(table, new, known);
        let of_header = self.used();
        self.documents.retain(|document| document.id != new);
        self.drop_unused(&of_header.difference(&before).copied().collect());
    }

    /// Compares the header above a table with that of the document of the project.
    pub(super) fn meet_header(&mut self, table: &Table, new: Id<Document>, known: Id<Document>) {
        let Some(new) = self.documents.get(new).cloned() else { return };
        let Some(known) = self.project.get(known) else { return };
        let (sheet, id) = (table.sheet, AnyId::from(known.id));
        let item = new.clone().item();
        for fact in &table.title {
            let fields = FIELDS.iter().filter(|(_, title)| *title == fact.field);
            for (field, _) in fields {
                let there = self.project.text_in(&item, *field).unwrap_or_default();
                let here = self.project.field_text(id, *field).unwrap_or_default();
                if !there.trim().is_empty() && key(&there) != key(&here) {
                    self.account.decide(sheet, fact.at, Fate::Left(Left::Other(DIFFERS.to_owned())));
                    self.note_difference((sheet, fact.at), (id, *field), there, None);
                }
            }
            if !stands_in_header(&new, known, fact) {
                let reason = "the document of the project says something else in its header, which is not changed";
                self.account.decide(sheet, fact.at, Fate::Left(Left::Other(reason.to_owned())));
            }
        }
        if new.rating_profile != known.rating_profile && new.kind.is_fmea() {
            let text = "the form rates by other tables than the document of the project: ratings are compared by their numbers";
            self.account.remark(sheet, None, text);
        }
    }
}

/// Whether the project has what a header says of team and approvals, or in words that have no field.
fn stands_in_header(new: &Document, known: &Document, fact: &TitleFact) -> bool {
    match fact.field {
        TitleField::Team => new.team.iter().all(|member| known.team.iter().any(|known| known.id() == member.id())),
        TitleField::ApprovedBy => {
            let text = key(&written(&fact.value));
            known.approvals.iter().any(|approval| key(&approval.name) == text)
        }
        _ => {
            let Some(line) = new.meta.as_ref().and_then(|meta| {
                let text = written(&fact.value);
                meta.note.lines().find(|line| line.ends_with(&text)).map(str::to_owned)
            }) else {
                return true;
            };
            known.meta.as_ref().is_some_and(|meta| key(&meta.note).contains(&key(&line)))
        }
    }
}
