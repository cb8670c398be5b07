//! Documents: new ones, team and approvals, release and the next draft.

use crate::base::clock::Date;
use crate::base::text::quoted;
use crate::base::{Id, OrderKey, Text};
use crate::model::document::{Approval, Document, DocumentKind, DocumentState, Revision};
use crate::model::field::Field;
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::project_data::Person;
use crate::model::reference::Ref;

use super::plan::{Author, Refusal, Transaction, existing};

/// Plans to add a document.
pub(super) fn add(
    project: &Project,
    kind: DocumentKind,
    title: &str,
    author: &mut Author,
) -> Result<Transaction, Refusal> {
    if kind == DocumentKind::ProcessFlow && !project.documents_of(kind).is_empty() {
        return Err(Refusal::new("The project has a process flow already"));
    }
    let order = OrderKey::after(project.documents().last().map(|last| &last.order));
    let mut document =
        Document::draft(author.ids.next_id(), order, kind, &project.free_file(kind, title), title.trim());
    document.header.start_date = Some(author.today);
    let id = document.id;
    let label = format!("Add {} {}", kind.name(), quoted(title));
    Ok(Transaction::new(label, vec![Op::Put(document.into())]).focus(id, Some(Field::Title)))
}

pub(super) fn set_team(project: &Project, id: Id<Document>, people: &[Id<Person>]) -> Result<Transaction, Refusal> {
    let mut document = existing(project, id)?.clone();
    document.team = people.iter().map(|person| Ref::Item(*person)).collect();
    let label = format!("Set the team of {}", project.document_label(&document));
    Ok(Transaction::new(label, vec![Op::Put(document.into())]))
}

pub(super) fn set_approvals(
    project: &Project,
    id: Id<Document>,
    approvals: &[Approval],
) -> Result<Transaction, Refusal> {
    let mut document = existing(project, id)?.clone();
    document.approvals = approvals.to_vec();
    let label = format!("Set the approvals of {}", project.document_label(&document));
    Ok(Transaction::new(label, vec![Op::Put(document.into())]))
}

pub(super) fn revision(number: &str, date: Date, author: &str, note: &str, content_hash: &str) -> Revision {
    Revision {
        number: Text::from(number.trim()),
        date: Some(date),
        author: Text::from(author.trim()),
        note: Text::from(note.trim()),
        content_hash: Text::from(content_hash),
    }
}

/// Plans to release a document.
pub(super) fn release(project: &Project, id: Id<Document>, revision: Revision) -> Result<Transaction, Refusal> {
    let mut document = existing(project, id)?.clone();
    if document.state == DocumentState::Released {
        return Err(Refusal::new(format!("{} is released already", project.document_label(&document))));
    }
    for (value, name) in
        [(&revision.number, "revision number"), (&revision.author, "author"), (&revision.note, "change note")]
    {
        if value.is_blank() {
            return Err(Refusal::new(format!("A release needs a {name}")));
        }
    }
    if document.revisions.iter().any(|known| known.number == revision.number) {
        return Err(Refusal::new(format!("There is a revision {} already", revision.number)));
    }
    let label = format!("Release {} as revision {}", project.document_label(&document), revision.number);
    document.header.revision_date = revision.date;
    document.revisions.push(revision);
    document.state = DocumentState::Released;
    Ok(Transaction::new(label, vec![Op::Put(document.into())]))
}

/// Plans to start the next draft of a released document.
pub(super) fn start_draft(project: &Project, id: Id<Document>) -> Result<Transaction, Refusal> {
    let mut document = existing(project, id)?.clone();
    if document.state == DocumentState::Draft {
        return Err(Refusal::new(format!("{} is a draft already", project.document_label(&document))));
    }
    document.state = DocumentState::Draft;
    let label = format!("Start the next draft of {}", project.document_label(&document));
    Ok(Transaction::new(label, vec![Op::Put(document.into())]))
}
