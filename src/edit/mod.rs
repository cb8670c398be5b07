//! What a person means: commands, planned without side effects into transactions of primitive changes, and their history.
//!
//! Menu, palette, keyboard, paste, import, fixes and the command line all go through [`plan`], so that a permission is
//! checked once and its reason serves as tooltip, dialog and error alike.
//!
//! *Invariant:* planning never changes a project, and nothing here knows of files or of a screen.

mod applicability;
mod arrange;
mod assess;
mod cells;
mod characteristic;
mod create;
mod dates;
mod delete;
mod documents;
mod duplicate;
mod flow;
mod history;
mod import;
mod own_field;
mod plan;
mod ppap;
mod ppap_fields;
mod propose;
mod records;
mod relocate;
mod report_profiles;
mod set_field;
mod set_list;
mod shared;
mod via;

pub use cells::{BatchKind, CellBatch, MOST_ROWS, Reach, RefusedCell, TextRow, WrittenCells, write_cells};
pub use dates::parse_date;
pub use history::{Committed, Entry, History};
pub use plan::{Author, Focus, Refusal, Transaction, can, plan};
pub use relocate::{Destination, destinations};
pub use set_field::choices;
pub use shared::{SharedFact, shared_facts, uses};

use crate::base::clock::Date;
use crate::base::{Id, Text};
use crate::model::characteristic::Characteristic;
use crate::model::control_plan::PlanRow;
use crate::model::document::{Approval, Document, DocumentKind, Phase};
use crate::model::equipment::Equipment;
use crate::model::field::Field;
use crate::model::flow::{FlowEdge, Route, Step};
use crate::model::fmea::{Control, EffectLevel, Failure};
use crate::model::form::{FormKind, List, NewItem};
use crate::model::item::{AnyId, Item, Kind};
use crate::model::op::Op;
use crate::model::plan_gap::Gap;
use crate::model::ppap::PpapElement;
use crate::model::project_data::{Person, UserFieldType};
use crate::model::report_profile::ReportProfile;
use crate::model::risk::Risk;

/// What a person wants to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Write a text into a field. Ratings, dates and choices are read from the text.
    SetField {
        /// The item.
        item: AnyId,
        /// The field.
        field: Field,
        /// What was typed.
        text: String,
        /// The row in which it was typed: links of that row to the item count as reviewed, because the person saw them.
        via: Option<AnyId>,
    },
    /// Write a list, one entry per line. A line that names something the project knows already links it.
    SetList {
        /// The item that holds the list.
        owner: AnyId,
        /// The list.
        list: List,
        /// The lines.
        lines: Vec<String>,
    },
    /// Do something for some rows only: facts that also show elsewhere are copied first, and the rows refer to the copies.
    OnlyHere {
        /// What to do.
        command: Box<Command>,
        /// The items of the rows.
        rows: Vec<AnyId>,
    },
    /// Do several things as one, such as a paste. Each is planned on what the ones before left behind.
    Several {
        /// What they do together.
        label: String,
        /// The commands in order.
        commands: Vec<Command>,
    },
    /// Make something below an item, behind a sibling or at the end.
    Create {
        /// Below which item.
        under: AnyId,
        /// What.
        what: NewItem,
        /// Its text.
        text: String,
        /// Behind which sibling.
        after: Option<AnyId>,
    },
    /// Make something of this kind at the row of an item: where it belongs follows from the item.
    Insert {
        /// The item of the row.
        near: AnyId,
        /// What.
        what: NewItem,
        /// The document that shows the row.
        document: Id<Document>,
        /// Above the row instead of behind it.
        above: bool,
    },
    /// Copy an item with what belongs to it, right behind it.
    Duplicate {
        /// The item.
        item: AnyId,
    },
    /// Delete items with all that belongs to them.
    Delete {
        /// The items.
        items: Vec<AnyId>,
    },
    /// Move an item before its upper or behind its lower sibling.
    Move {
        /// The item.
        item: AnyId,
        /// Up, or down.
        up: bool,
    },
    /// Move an item to another place of its document.
    MoveTo {
        /// The item.
        item: AnyId,
        /// Where it goes.
        to: Destination,
    },
    /// Number the steps of a flow 10, 20, 30 and so on.
    Renumber {
        /// The flow.
        flow: Id<Document>,
    },
    /// Connect two steps.
    Connect {
        /// From where.
        from: Id<Step>,
        /// To where.
        to: Id<Step>,
        /// The route.
        route: Route,
        /// What is written at it.
        label: String,
    },
    /// Make a step in the middle of a connection.
    InsertStepInto {
        /// The connection.
        edge: Id<FlowEdge>,
    },
    /// Take a step out of its place in the line and put it into a connection.
    MoveStepInto {
        /// The step.
        step: Id<Step>,
        /// The connection.
        edge: Id<FlowEdge>,
    },
    /// Take a connection out.
    Disconnect {
        /// The connection.
        edge: Id<FlowEdge>,
    },
    /// Add every step of the flow that an FMEA has to analyse and does not yet.
    AnalyseMissingSteps {
        /// The FMEA.
        fmea: Id<Document>,
    },
    /// Say that the effects of a mode at a level are not known, or not applicable for a reason.
    SetEffectLevel {
        /// The failure mode.
        mode: Id<Failure>,
        /// The level.
        level: EffectLevel,
        /// Why they are not applicable; without a reason they are not known.
        not_applicable_because: Option<String>,
    },
    /// Set the phases a control-plan row serves; none for all.
    SetPhases {
        /// The row.
        row: Id<PlanRow>,
        /// The phases.
        phases: Vec<Phase>,
    },
    /// Let a control-plan row control a characteristic.
    SetSubject {
        /// The row.
        row: Id<PlanRow>,
        /// The characteristic.
        characteristic: Id<Characteristic>,
    },
    /// Let a control-plan row verify an error-proofing device.
    SetDevice {
        /// The row.
        row: Id<PlanRow>,
        /// The device.
        device: Id<Equipment>,
    },
    /// Let a control-plan row stand for a set-up or restart check.
    SetCheck {
        /// The row.
        row: Id<PlanRow>,
        /// A check after a shutdown instead of one at set-up.
        restart: bool,
        /// What is checked.
        text: String,
    },
    /// Choose the FMEA controls that a control-plan row carries out.
    SetCarriedOut {
        /// The row.
        row: Id<PlanRow>,
        /// The controls.
        controls: Vec<Id<Control>>,
    },
    /// Add the control-plan rows that are proposed for gaps.
    AcceptProposals {
        /// The control plan; none for the first of the project.
        plan: Option<Id<Document>>,
        /// The phase the rows shall serve; none for all of them.
        phase: Option<Phase>,
        /// What the rows are proposed for.
        gaps: Vec<Gap>,
    },
    /// Say why the row that is proposed for a gap is not needed.
    DismissProposal {
        /// What the row is proposed for.
        gap: Gap,
        /// Why it is not needed.
        reason: String,
    },
    /// Propose a dismissed row again.
    ProposeAgain {
        /// What the row is proposed for.
        gap: Gap,
    },
    /// Name the characteristic that a failure violates or deviates from, or none.
    SetFailureCharacteristic {
        /// The failure.
        failure: Id<Failure>,
        /// The characteristic.
        characteristic: Option<Id<Characteristic>>,
    },
    /// Say why an open action priority is acceptable.
    Justify {
        /// The risk.
        risk: Id<Risk>,
        /// The reason; blank takes the justification away.
        text: String,
    },
    /// Record that the management reviewed a risk.
    ReviewByManagement {
        /// The risk.
        risk: Id<Risk>,
        /// The result; blank takes the review away.
        text: String,
    },
    /// Make the ratings reached by actions the ones in force and move their controls over. The former ratings stay.
    Promote {
        /// The risk.
        risk: Id<Risk>,
    },
    /// Accept every suspect link that an item holds.
    AcceptLinks {
        /// The item.
        item: AnyId,
    },
    /// Make a fix that a finding offers.
    Fix {
        /// What it does.
        title: String,
        /// The changes.
        ops: Vec<Op>,
    },
    /// Bring in what was read from another program: new items, and known ones with new links.
    Import {
        /// What it does, with the name of the file.
        label: String,
        /// The items.
        items: Vec<Item>,
    },
    /// Add a record to one of the lists of the project: part, person, requirement, own field, characteristic, equipment, report
    /// profile; or a PPAP submission with all its elements, of which a project has one.
    AddRecord {
        /// The kind.
        kind: Kind,
    },
    /// Let a file of the project folder prove a PPAP element.
    Attach {
        /// The element.
        element: Id<PpapElement>,
        /// Path below the project folder, with forward slashes.
        path: String,
        /// What people call the file.
        title: String,
        /// SHA-256 of its contents in hexadecimal digits.
        hash: String,
    },
    /// Declare a user-defined field.
    AddUserField {
        /// The kind of item that carries it.
        on: Kind,
        /// Its name.
        name: String,
        /// What its values look like.
        value_type: UserFieldType,
    },
    /// Choose the columns of a form that reports of a profile leave out, by their keys; none to print all.
    SetLeftOut {
        /// The profile.
        profile: Id<ReportProfile>,
        /// The form.
        form: FormKind,
        /// The columns.
        columns: Vec<Text>,
    },
    /// Add a document.
    AddDocument {
        /// The kind.
        kind: DocumentKind,
        /// The title.
        title: String,
    },
    /// Choose the team of a document.
    SetTeam {
        /// The document.
        document: Id<Document>,
        /// The people.
        people: Vec<Id<Person>>,
    },
    /// Write the approvals of a document.
    SetApprovals {
        /// The document.
        document: Id<Document>,
        /// The approvals.
        approvals: Vec<Approval>,
    },
    /// Release a document: freeze its contents as a revision.
    Release {
        /// The document.
        document: Id<Document>,
        /// Revision number.
        number: String,
        /// Date.
        date: Date,
        /// Who releases.
        author: String,
        /// What changed.
        note: String,
        /// SHA-256 over the printed contents.
        content_hash: String,
    },
    /// Start the next draft of a released document.
    StartDraft {
        /// The document.
        document: Id<Document>,
    },
}
