//! The elements of the PPAP submission: what is asked for at its level, what proves it, who brings it until when.

use crate::base::Id;
use crate::model::field::Field;
use crate::model::item::{AnyId, Entity, Kind};
use crate::model::ppap::PpapElement;
use crate::model::project::Project;
use crate::model::reference::Ref;
use crate::model::relation::Relation;

use super::super::shared::user_columns;
use super::super::table::{Block, Column, ColumnKind, Filled, FormRow, Group, List, Part, RowId, Rule, Target};
use super::super::tip::Tip;
use super::super::{Form, FormOptions};
use super::{field, group, own_field};

pub(super) fn columns(project: &Project, _: FormOptions) -> (Vec<Group>, Vec<Column>) {
    use ColumnKind::{Choice, Date};
    let groups = vec![group("Element", None), group("Evidence", None), group("Progress", None)];
    let mut columns = vec![
        Column::text("element_number", "No.", 0, 6.0),
        Column::text("ppap_element", "PPAP element", 0, 30.0),
        Column::value("submit_or_retain", "S / R / *", 0, 6.0, ColumnKind::Text),
        Column::choice("element_status", "Status", 0, 12.0, Choice),
        Column::text("documents", "Documents", 1, 26.0),
        Column::text("attachments", "Attachments", 1, 26.0),
        Column::text("comments", "Remarks", 1, 26.0),
        Column::text("responsible", "Responsible", 2, 14.0),
        Column::choice("due_date", "Due", 2, 9.0, Date),
        Column::text("not_applicable_because", "Not applicable because", 2, 22.0),
    ];
    columns.extend(user_columns(project, 2, &[Kind::PpapElement]));
    (groups, columns)
}

/// The elements in their order.
pub(super) fn blocks(project: &Project) -> Vec<AnyId> {
    let Some(submission) = project.submission() else { return Vec::new() };
    let listed = project.sources(submission.id, Relation::PpapElementInSubmission);
    listed.iter().map(|source| source.id).collect()
}

pub(super) fn block(project: &Project, form: &Form, id: Id<PpapElement>) -> Block {
    let Some(element) = project.get(id) else { return Block::empty(id.into()) };
    let rows = vec![FormRow { id: RowId { item: id.into(), part: None }, rule: Rule::Hair }];
    let columns = form.columns.iter().enumerate();
    let cells = columns.map(|(at, column)| cell(project, &column.key, element).cell(at, 0, 1)).collect();
    Block { key: id.into(), rows, cells }
}

fn cell(project: &Project, key: &str, element: &PpapElement) -> Filled {
    let id = element.id;
    match key {
        "element_number" if element.is_own() => field(project, id, Field::Number),
        "element_number" => Filled::new(vec![Part::plain(element.key.as_str())], Target::Derived),
        "ppap_element" if element.has_own_title() => field(project, id, Field::Title),
        "ppap_element" => Filled::new(vec![Part::plain(element.name())], Target::Derived),
        "submit_or_retain" => required(project, element),
        "element_status" => field(project, id, Field::Status),
        "documents" => {
            linked(id, List::Documents, &element.documents, |held| project.document_name(held)).prompted("+ document")
        }
        "attachments" => linked(id, List::Attachments, &element.attachments, |held| project.target_text(held))
            .prompted("+ attachment"),
        "comments" => field(project, id, Field::Remarks),
        "responsible" => field(project, id, Field::Responsible),
        "due_date" => field(project, id, Field::TargetDate),
        "not_applicable_because" => field(project, id, Field::NotApplicableBecause),
        key => own_field(project, key, id),
    }
}

/// The letter of the table; at level 4 and of elements of his own the customer decides, so it can be chosen there.
fn required(project: &Project, element: &PpapElement) -> Filled {
    let Some(submission) = project.get(element.submission) else { return Filled::empty() };
    let letter = element.required_at(submission.level);
    let target = if element.has_own_retention(submission.level) {
        Target::Field { item: element.id.into(), field: Field::Retention }
    } else {
        Target::Derived
    };
    let words = match letter.name() {
        "S" => "Sent to the customer, a copy is kept",
        "R" => "Kept, and shown on request",
        _ => "Kept, and sent on request",
    };
    Filled::new(vec![Part::plain(letter.name())], target).tipped(Tip::Words(words.to_owned()))
}

fn linked<T: Entity>(id: Id<PpapElement>, list: List, held: &[Ref<T>], name: impl Fn(&Ref<T>) -> String) -> Filled {
    let part = |reference: &Ref<T>| Part {
        item: reference.present().map(T::any),
        missing: reference.present().is_none(),
        ..Part::plain(name(reference))
    };
    Filled::new(held.iter().map(part).collect(), Target::List { owner: id.into(), list })
}
