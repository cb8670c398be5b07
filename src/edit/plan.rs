//! From a command to a transaction, or to the reason why not.

use crate::base::clock::Date;
use crate::base::text::quoted;
use crate::base::{Id, IdSource, Text};
use crate::model::document::{Document, DocumentState};
use crate::model::field::Field;
use crate::model::form::NewItem;
use crate::model::home::Home;
use crate::model::item::{AnyId, Item};
use crate::model::op::Op;
use crate::model::project::Project;

use super::{
    Command, arrange, assess, create, delete, documents, duplicate, flow, import, ppap, propose, records, relocate,
    report_profiles, set_field, set_list, shared,
};

/// Why a command cannot be done now, and what to do about it. Shown as tooltip, in dialogs and on the command line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Refusal {
    /// One sentence without a full stop.
    pub reason: String,
}

impl Refusal {
    /// A refusal for this reason.
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }
}

/// Who edits, on which day, and where fresh identities come from.
#[derive(Debug, Clone)]
pub struct Author {
    /// Name, as reviews and statements print it.
    pub name: Text,
    /// The day.
    pub today: Date,
    /// Fresh identities.
    pub ids: IdSource,
}

/// Where the cursor belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Focus {
    /// The item.
    pub item: AnyId,
    /// The field, if it is known.
    pub field: Option<Field>,
}

/// Changes that belong together: all of them or none, and one entry of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct Transaction {
    /// What it does, readable as "Undo: …".
    pub label: String,
    /// The changes.
    pub ops: Vec<Op>,
    /// Where the cursor belongs afterwards.
    pub focus: Option<Focus>,
}

impl Transaction {
    /// A transaction that leaves the cursor where it is.
    pub(super) fn new(label: impl Into<String>, ops: Vec<Op>) -> Self {
        Self { label: label.into(), ops, focus: None }
    }

    /// Puts the cursor on an item.
    pub(super) fn focus(mut self, item: impl Into<AnyId>, field: Option<Field>) -> Self {
        self.focus = Some(Focus { item: item.into(), field });
        self
    }
}

/// Plans a command.
///
/// # Errors
/// The reason why the command cannot be done.
pub fn plan(project: &Project, command: &Command, author: &mut Author) -> Result<Transaction, Refusal> {
    let transaction = dispatch(project, command, author)?;
    if !matches!(command, Command::Release { .. } | Command::StartDraft { .. }) {
        refuse_released(project, &transaction.ops)?;
    }
    check_structure(project, transaction)
}

/// Plans to insert something at the row of an item, with its text.
pub(super) fn plan_insert(
    project: &Project,
    near: AnyId,
    what: NewItem,
    document: Id<Document>,
    text: &str,
    author: &mut Author,
) -> Result<Transaction, Refusal> {
    let transaction = create::insert(project, near, what, document, text, author)?;
    refuse_released(project, &transaction.ops)?;
    check_structure(project, transaction)
}

/// What would break the structure is refused here already, so that whatever can be planned can be made.
fn check_structure(project: &Project, transaction: Transaction) -> Result<Transaction, Refusal> {
    project.clone().apply(&transaction.ops).map_err(|error| Refusal::new(error.to_string()))?;
    Ok(transaction)
}

/// Whether a command can be done now, by the same check that plans it.
///
/// # Errors
/// The reason why the command cannot be done.
pub fn can(project: &Project, command: &Command, author: &Author) -> Result<(), Refusal> {
    plan(project, command, &mut author.clone()).map(|_| ())
}

fn dispatch(project: &Project, command: &Command, author: &mut Author) -> Result<Transaction, Refusal> {
    match command {
        Command::SetField { item, field, text, via } => set_field::plan(project, *item, *field, text, *via, author),
        Command::SetList { owner, list, lines } => set_list::plan(project, *owner, *list, lines, author),
        Command::OnlyHere { command, rows } => {
            let inner = dispatch(project, command, author)?;
            shared::only_here(project, inner, rows, author)
        }
        Command::Several { label, commands } => several(project, label, commands, author),
        Command::Create { under, what, text, after } => create::plan(project, *under, *what, text, *after, author),
        Command::Insert { near, what, document, above } => {
            let inserted = create::insert(project, *near, *what, *document, "", author)?;
            if *above { arrange::above(project, inserted) } else { Ok(inserted) }
        }
        Command::Duplicate { item } => duplicate::plan(project, *item, author),
        Command::Delete { items } => delete::plan(project, items),
        Command::Move { item, up } => arrange::plan_move(project, *item, *up),
        Command::MoveTo { item, to } => relocate::plan(project, *item, *to, author),
        Command::Renumber { flow } => flow::renumber(project, *flow),
        Command::Connect { from, to, route, label } => flow::connect(project, *from, *to, *route, label, author),
        Command::InsertStepInto { edge } => flow::insert_into(project, *edge, author),
        Command::MoveStepInto { step, edge } => flow::move_into(project, *step, *edge, author),
        Command::Disconnect { edge } => delete::plan(project, &[(*edge).into()]),
        Command::AnalyseMissingSteps { fmea } => create::analyse_missing_steps(project, *fmea, author),
        Command::SetEffectLevel { mode, level, not_applicable_because } => {
            set_list::effect_level(project, *mode, *level, not_applicable_because.as_deref())
        }
        Command::SetPhases { row, phases } => records::set_phases(project, *row, phases),
        Command::SetSubject { row, characteristic } => records::set_subject(project, *row, *characteristic, author),
        Command::SetDevice { row, device } => records::set_device(project, *row, *device),
        Command::SetCheck { row, restart, text } => records::set_check(project, *row, *restart, text),
        Command::SetCarriedOut { row, controls } => records::set_carried_out(project, *row, controls, author),
        Command::AcceptProposals { plan, phase, gaps } => propose::accept(project, *plan, *phase, gaps, author),
        Command::DismissProposal { gap, reason } => propose::dismiss(project, *gap, reason, author),
        Command::ProposeAgain { gap } => propose::propose_again(project, *gap),
        Command::SetFailureCharacteristic { failure, characteristic } => {
            records::set_failure_characteristic(project, *failure, *characteristic, author)
        }
        Command::Justify { risk, text } => assess::justify(project, *risk, text, author),
        Command::ReviewByManagement { risk, text } => assess::review_by_management(project, *risk, text, author),
        Command::Promote { risk } => assess::promote(project, *risk),
        Command::AcceptLinks { item } => assess::accept_links(project, *item, author),
        Command::Fix { title, ops } => Ok(Transaction::new(title.clone(), ops.clone())),
        Command::Import { label, items } => Ok(import::plan(project, label, items)),
        Command::SetLeftOut { profile, form, columns } => {
            report_profiles::set_left_out(project, *profile, *form, columns)
        }
        Command::AddRecord { kind } => records::add(project, *kind, author),
        Command::Attach { element, path, title, hash } => ppap::attach(project, *element, (path, title, hash), author),
        Command::AddUserField { on, name, value_type } => {
            records::add_user_field(project, *on, name, value_type, author)
        }
        Command::AddDocument { kind, title } => documents::add(project, *kind, title, author),
        Command::SetTeam { document, people } => documents::set_team(project, *document, people),
        Command::SetApprovals { document, approvals } => documents::set_approvals(project, *document, approvals),
        Command::Release { document, number, date, author: by, note, content_hash } => {
            let revision = documents::revision(number, *date, by, note, content_hash);
            documents::release(project, *document, revision)
        }
        Command::StartDraft { document } => documents::start_draft(project, *document),
    }
}

fn several(project: &Project, label: &str, commands: &[Command], author: &mut Author) -> Result<Transaction, Refusal> {
    let mut scratch = project.clone();
    let mut ops = Vec::new();
    let mut focus = None;
    for command in commands {
        let part = plan(&scratch, command, author)?;
        scratch.apply(&part.ops).map_err(|error| Refusal::new(error.to_string()))?;
        ops.extend(part.ops);
        focus = focus.or(part.focus);
    }
    Ok(Transaction { label: label.to_owned(), ops, focus })
}

/// What was released stays as it is until somebody starts the next draft.
fn refuse_released(project: &Project, ops: &[Op]) -> Result<(), Refusal> {
    for op in ops {
        let (before, after) = match op {
            Op::Put(item) if project.item(item.id()).as_ref() == Some(item) || is_reordered(project, item) => continue,
            Op::Put(item) => (project.home(item.id()), project.home_of(item)),
            Op::Remove(id) => (project.home(*id), None),
        };
        let documents = [before, after].into_iter().flatten().filter_map(|home| match home {
            Home::Document(document) => project.get(document),
            Home::Project | Home::Characteristics | Home::Equipment | Home::Ppap => None,
        });
        if let Some(document) = documents.into_iter().find(|document| document.state == DocumentState::Released) {
            let revision = document.latest_revision().map(|revision| revision.number.to_string()).unwrap_or_default();
            return Err(Refusal::new(format!(
                "{} is released as revision {revision}. Start its next draft to change it",
                project.document_label(document)
            )));
        }
    }
    Ok(())
}

/// Whether only the place of a document among the others changes, which no document prints.
fn is_reordered(project: &Project, item: &Item) -> bool {
    let Item::Document(new) = item else { return false };
    project.get(new.id).is_some_and(|old| Document { order: old.order.clone(), ..(**new).clone() } == *old)
}

/// The item, or the refusal that it is gone.
pub(super) fn existing<T: crate::model::item::Entity>(project: &Project, id: Id<T>) -> Result<&T, Refusal> {
    project.get(id).ok_or_else(|| gone(T::any(id)))
}

/// The refusal to change something that does not exist any more.
pub(super) fn gone(id: AnyId) -> Refusal {
    Refusal::new(format!("The {} does not exist any more", id.kind().noun()))
}

/// `Set occurrence of “Bit worn” to 4`.
pub(super) fn set_label(project: &Project, id: AnyId, field: Field, text: &str) -> String {
    let label = match field {
        Field::User(own) => project.label(own.into()),
        _ => field.label().to_owned(),
    };
    let name = quoted(&project.label(id));
    let text = text.trim();
    match (field, text.is_empty()) {
        (Field::Name | Field::Text | Field::Title, false) => format!("Rename {name} to {}", quoted(text)),
        (_, true) => format!("Clear {label} of {name}"),
        _ if text.chars().count() <= 24 && !text.contains('\n') => format!("Set {label} of {name} to {text}"),
        _ => format!("Change {label} of {name}"),
    }
}
