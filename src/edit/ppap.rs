//! Making a PPAP submission with all its elements, warrants for parts, and lines of the result forms.

use crate::base::text::{normalized, quoted};
use crate::base::{Id, IdSource, OrderKey, Text};
use crate::model::characteristic::Characteristic;
use crate::model::document::Document;
use crate::model::field::Field;
use crate::model::item::{AnyId, Item};
use crate::model::op::Op;
use crate::model::ppap::{
    ElementStatus, PpapElement, ResultKind, Retention, STANDARD_ELEMENTS, StandardElement, Submission, TestResult,
    Warrant,
};
use crate::model::project::Project;
use crate::model::project_data::{Attachment, Part};
use crate::model::reference::Ref;
use crate::model::relation::Relation;

use super::arrange::key_behind;
use super::plan::{Author, Refusal, Transaction, existing};
use super::set_field;

/// The number of the checklist that only bulk material needs.
const BULK_ONLY: &str = "BMRC";

/// Plans a submission with every element, the documents of the project at theirs, and a warrant for each part.
pub(super) fn add_submission(project: &Project, author: &mut Author) -> Result<Transaction, Refusal> {
    if project.submission().is_some() {
        return Err(Refusal::new("The project has a PPAP submission already"));
    }
    let submission = Submission::draft(author.ids.next_id(), OrderKey::first(), &project.data().name);
    let id = submission.id;
    let mut ops = vec![Op::Put(submission.into())];
    let keys = OrderKey::run(None, STANDARD_ELEMENTS.len());
    for (standard, order) in STANDARD_ELEMENTS.iter().zip(keys) {
        ops.push(Op::Put(new_element(project, id, standard, order, &mut author.ids).into()));
    }
    let parts = project.members::<Part>();
    for (part, order) in parts.iter().zip(OrderKey::run(None, parts.len())) {
        ops.push(Op::Put(Warrant::of(author.ids.next_id(), id, order, Some(*part)).into()));
    }
    Ok(Transaction::new("Add PPAP submission", ops).focus(id, Some(Field::Title)))
}

fn new_element(
    project: &Project,
    submission: Id<Submission>,
    standard: &StandardElement,
    order: OrderKey,
    ids: &mut IdSource,
) -> PpapElement {
    let documents = standard.document.map(|kind| project.documents_of(kind)).unwrap_or_default();
    let mut element = PpapElement::open(ids.next_id(), submission, order, standard.key);
    element.documents = documents.into_iter().map(|document| Ref::Item(document.id)).collect();
    if !element.documents.is_empty() {
        element.status = ElementStatus::InWork;
    }
    if standard.key == BULK_ONLY {
        element.status = ElementStatus::NotApplicable;
        element.not_applicable_because = Text::from("No bulk material");
    }
    element
}

/// The first number of an element that the manual does not know.
const FIRST_OWN: u32 = 19;

/// An element that the customer asks for beyond those of the manual, with the next free number; it is sent, or nobody would ask.
pub(super) fn own_element(
    project: &Project,
    submission: Id<Submission>,
    title: &str,
    after: Option<AnyId>,
    author: &mut Author,
) -> Result<PpapElement, Refusal> {
    existing(project, submission)?;
    // One of so many numbers is free.
    let most = FIRST_OWN + project.count::<PpapElement>() as u32;
    let key = (FIRST_OWN..=most).map(|number| number.to_string()).find(|key| !is_taken(project, submission, key, None));
    let order = key_behind(project, submission.into(), Relation::PpapElementInSubmission, after);
    let element = PpapElement::open(author.ids.next_id(), submission, order, &key.unwrap_or_default());
    Ok(PpapElement { title: Text::from(title.trim()), retention: Some(Retention::Submit), ..element })
}

/// Whether another element of a submission has this number.
fn is_taken(project: &Project, submission: Id<Submission>, key: &str, but: Option<Id<PpapElement>>) -> bool {
    let mut all = project.children::<PpapElement>(submission, Relation::PpapElementInSubmission);
    all.any(|known| Some(known.id) != but && known.key.trim().eq_ignore_ascii_case(key.trim()))
}

/// Whether an element may have this number: those of the manual keep theirs, and no two have the same.
pub(super) fn allow_number(project: &Project, element: &PpapElement, key: &str) -> Result<(), Refusal> {
    let key = key.trim();
    if key.is_empty() {
        return Err(Refusal::new("An element has a number, such as 9"));
    }
    if key == element.key.trim() {
        return Ok(());
    }
    if let Some(standard) = StandardElement::of(&element.key) {
        return Err(Refusal::new(format!("{} is the number of “{}” in the manual", standard.key, standard.title)));
    }
    if let Some(standard) = StandardElement::of(key) {
        return Err(Refusal::new(format!(
            "{} is “{}” in the manual. Choose another number",
            standard.key, standard.title
        )));
    }
    if is_taken(project, element.submission, key, Some(element.id)) {
        return Err(Refusal::new(format!("Another element has the number {key}")));
    }
    Ok(())
}

/// Why an element may not be deleted by itself: those of the manual are on record, even if they do not apply.
pub(super) fn refuse_deletion(project: &Project, id: Id<PpapElement>) -> Result<(), Refusal> {
    let element = existing(project, id)?;
    if element.is_own() || is_taken(project, element.submission, &element.key, Some(id)) {
        return Ok(());
    }
    let name = quoted(&project.label(id.into()));
    Err(Refusal::new(format!(
        "The manual asks for {name} to be on record. Set its status to “Not applicable” and say why"
    )))
}

/// A warrant for the part that goes by these words; without words for the first part that has none.
pub(super) fn new_warrant(
    project: &Project,
    submission: Id<Submission>,
    words: &str,
    after: Option<AnyId>,
    author: &mut Author,
) -> Result<Warrant, Refusal> {
    existing(project, submission)?;
    let part = if words.is_empty() {
        let has_warrant = |part: &Id<Part>| {
            let mut warrants = project.children::<Warrant>(*part, Relation::WarrantPart);
            warrants.any(|warrant| warrant.submission == submission)
        };
        project.members::<Part>().into_iter().find(|part| !has_warrant(part))
    } else {
        Some(part_called(project, words)?)
    };
    let order = key_behind(project, submission.into(), Relation::WarrantInSubmission, after);
    Ok(Warrant::of(author.ids.next_id(), submission, order, part))
}

/// A line of a result form, of which one field is known already. Where the words name a characteristic they link it.
pub(super) fn new_result(
    project: &Project,
    submission: Id<Submission>,
    (kind, field): (ResultKind, Field),
    text: &str,
    after: Option<AnyId>,
    author: &mut Author,
) -> Result<TestResult, Refusal> {
    existing(project, submission)?;
    let order = key_behind(project, submission.into(), Relation::ResultInSubmission, after);
    let mut result = TestResult::blank(author.ids.next_id(), submission, order, kind);
    if text.is_empty() {
        return Ok(result);
    }
    if field == Field::Requirement
        && let Some(known) = characteristic_called(project, text)
    {
        result.characteristic = Some(Ref::Item(known.id));
        return Ok(result);
    }
    let mut item = Item::from(result);
    set_field::set(project, &mut item, field, text, author)?;
    match item {
        Item::TestResult(result) => Ok((*result).clone()),
        _ => Err(Refusal::new("A test result has no such field")),
    }
}

/// The part that goes by these words.
pub(super) fn part_called(project: &Project, words: &str) -> Result<Id<Part>, Refusal> {
    project.part_called(words).map(|part| part.id).ok_or_else(|| {
        Refusal::new(format!("{} is not a part of the project. Add it in the project properties", quoted(words)))
    })
}

/// The characteristic that goes by these words: its label, its name, its number or its balloon number. Where several do,
/// none is meant.
pub(super) fn characteristic_called<'p>(project: &'p Project, words: &str) -> Option<&'p Characteristic> {
    let wanted = normalized(words);
    let all = project.all_in_order::<Characteristic>();
    let only = |says: &dyn Fn(&Characteristic) -> String| {
        let mut fitting = all.iter().filter(|known| normalized(&says(known)) == wanted);
        let first = fitting.next()?;
        fitting.next().is_none().then_some(*first)
    };
    if wanted.is_empty() {
        return None;
    }
    only(&|known| known.label())
        .or_else(|| only(&|known| known.name.to_string()))
        .or_else(|| only(&|known| known.number.to_string()))
        .or_else(|| only(&|known| known.balloon.to_string()))
}

/// Plans to link a file of the project folder to an element.
pub(super) fn attach(
    project: &Project,
    id: Id<PpapElement>,
    (path, title, hash): (&str, &str, &str),
    author: &mut Author,
) -> Result<Transaction, Refusal> {
    let mut element = existing(project, id)?.clone();
    if path.trim().is_empty() {
        return Err(Refusal::new("Name the file to attach"));
    }
    let known = project.all::<Attachment>().find(|known| *known.path == *path && *known.hash == *hash);
    let mut ops = Vec::new();
    let attachment = match known {
        Some(known) => known.id,
        None => {
            let (path, title, hash) = (Text::from(path), Text::from(title.trim()), Text::from(hash));
            let made = Attachment { id: author.ids.next_id(), path, title, hash, meta: None };
            let id = made.id;
            ops.push(Op::Put(made.into()));
            id
        }
    };
    if !element.attachments.contains(&Ref::Item(attachment)) {
        element.attachments.push(Ref::Item(attachment));
        ops.push(Op::Put(element.into()));
    }
    let label = format!("Attach {} to {}", quoted(title), quoted(&project.label(id.into())));
    Ok(Transaction::new(label, ops).focus(id, None))
}

/// Plans to write the documents that prove an element, a line each.
pub(super) fn documents(project: &Project, id: Id<PpapElement>, lines: &[&str]) -> Result<Vec<Op>, Refusal> {
    let mut element = existing(project, id)?.clone();
    let called = |words: &str| {
        let wanted = normalized(words);
        let all = project.documents();
        let only = |says: &dyn Fn(&Document) -> String| {
            let mut fitting = all.iter().filter(|document| normalized(&says(document)) == wanted);
            let first = fitting.next()?;
            fitting.next().is_none().then_some(first.id)
        };
        only(&|document| project.document_name(&Ref::Item(document.id)))
            .or_else(|| only(&|document| project.document_label(document)))
            .or_else(|| only(&|document| document.number.to_string()))
            .or_else(|| only(&|document| document.kind.name().to_owned()))
            .or_else(|| only(&|document| document.file.to_string()))
    };
    let known = |reference: &Ref<Document>, line: &str| project.document_name(reference).trim() == line;
    element.documents = read_lines(&element.documents, lines, known, called, |line| {
        format!("{} is not a document of the project", quoted(line))
    })?;
    Ok(vec![Op::Put(element.into())])
}

/// Plans to write the files that prove an element, a line each, in the order in which they are handed over.
pub(super) fn attachments(project: &Project, id: Id<PpapElement>, lines: &[&str]) -> Result<Vec<Op>, Refusal> {
    let mut element = existing(project, id)?.clone();
    let called = |words: &str| {
        let wanted = normalized(words);
        let says = |known: &&Attachment| normalized(&known.title) == wanted || normalized(&known.path) == wanted;
        project.all::<Attachment>().find(says).map(|known| known.id)
    };
    let known = |reference: &Ref<Attachment>, line: &str| project.target_text(reference).trim() == line;
    element.attachments = read_lines(&element.attachments, lines, known, called, |line| {
        format!("{} is not attached to the project. Add the file with “Evidence of the element…”", quoted(line))
    })?;
    Ok(vec![Op::Put(element.into())])
}

/// The references that lines stand for: those that are held already keep what they are, also if their target is gone.
fn read_lines<T: crate::model::item::Entity>(
    before: &[Ref<T>],
    lines: &[&str],
    known: impl Fn(&Ref<T>, &str) -> bool,
    called: impl Fn(&str) -> Option<Id<T>>,
    refusal: impl Fn(&str) -> String,
) -> Result<Vec<Ref<T>>, Refusal> {
    let mut left: Vec<&Ref<T>> = before.iter().collect();
    let mut found: Vec<Ref<T>> = Vec::new();
    for line in lines {
        let reference = match left.iter().position(|held| known(held, line)) {
            Some(at) => left.remove(at).clone(),
            None => Ref::Item(called(line).ok_or_else(|| Refusal::new(refusal(line)))?),
        };
        if !found.iter().any(|other| other.id() == reference.id()) {
            found.push(reference);
        }
    }
    Ok(found)
}
