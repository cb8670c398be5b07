//! The results of measurements and tests of the PPAP submission, a list for each of its three result forms.

use crate::base::Id;
use crate::model::field::Field;
use crate::model::item::{AnyId, Kind};
use crate::model::ppap::{ResultKind, Submission, TestResult};
use crate::model::project::Project;
use crate::model::reference::Ref;
use crate::model::relation::Relation;

use super::super::shared::user_columns;
use super::super::table::{Block, Column, ColumnKind, Filled, FormRow, Group, NewItem, Part, RowId, Rule, Target};
use super::super::tip::Tip;
use super::super::{Form, FormOptions};
use super::{field, group, own_field};

pub(super) fn columns(project: &Project, kind: ResultKind, options: FormOptions) -> (Vec<Group>, Vec<Column>) {
    use ColumnKind::{Choice, Class, Date};
    let (requirement, laboratory, readings) = match kind {
        ResultKind::Dimensional => ("Dimension / specification", "Inspection facility", "Measurement results"),
        ResultKind::Material => ("Material specification, revision, date", "Laboratory", "Test results"),
        ResultKind::Performance => {
            ("Test specification, revision, date", "Laboratory", "Test results / test conditions")
        }
    };
    let groups = vec![group("Requirement", None), group("Test", None), group("Result", None)];
    let mut columns = vec![
        Column::text("item_number", "Item no.", 0, 6.0),
        Column::text("requirement", requirement, 0, 26.0),
        Column::value("special_class", "Class", 0, 5.0, Class),
        Column::text("specification_limits", "Specification / limits", 0, 20.0),
    ];
    if options.prompts {
        columns.push(Column::text("characteristic", "Characteristic", 0, 20.0));
    }
    columns.push(Column::choice("part", "Part", 1, 13.0, Choice));
    columns.push(Column::text("stream", "Cavity / machine", 1, 11.0));
    if kind == ResultKind::Material {
        columns.push(Column::text("material_supplier", "Material supplier", 1, 16.0));
    }
    columns.extend([
        Column::text("laboratory", laboratory, 1, 16.0),
        Column::choice("test_date", "Test date", 1, 9.0, Date),
        Column::text("quantity", "Qty. tested", 1, 6.0),
        Column::text("readings", readings, 2, 34.0),
        Column::value("verdict", "OK / NOK", 2, 6.0, Choice),
        Column::text("comments", "Remarks", 2, 16.0),
    ]);
    columns.extend(user_columns(project, 2, &[Kind::TestResult]));
    (groups, columns)
}

/// The results in their order; in an editor an open row behind them, in which another one is begun.
pub(super) fn blocks(project: &Project, kind: ResultKind, options: FormOptions) -> Vec<AnyId> {
    let Some(submission) = project.submission() else { return Vec::new() };
    let of_kind = |id: &AnyId| match id {
        AnyId::TestResult(result) => project.get(*result).is_some_and(|result| result.kind == kind),
        _ => false,
    };
    let listed = project.sources(submission.id, Relation::ResultInSubmission).iter().map(|source| source.id);
    let open = options.prompts.then_some(AnyId::from(submission.id));
    listed.filter(of_kind).chain(open).collect()
}

pub(super) fn block(project: &Project, form: &Form, id: Id<TestResult>) -> Block {
    let Some(result) = project.get(id) else { return Block::empty(id.into()) };
    let rows = vec![FormRow { id: RowId { item: id.into(), part: None }, rule: Rule::Hair }];
    let columns = form.columns.iter().enumerate();
    let cells = columns.map(|(at, column)| cell(project, &column.key, result).cell(at, 0, 1)).collect();
    Block { key: id.into(), rows, cells }
}

/// The open row: whatever is typed in it begins a result.
pub(super) fn open_block(form: &Form, kind: ResultKind, id: Id<Submission>) -> Block {
    let rows = vec![FormRow { id: RowId { item: id.into(), part: None }, rule: Rule::Mode }];
    let cell = |(at, column): (usize, &Column)| {
        let filled = match (&*column.key, field_of(&column.key)) {
            ("item_number", Some(field)) => Filled::create(id, NewItem::Result { kind, field }, "+"),
            ("requirement", Some(field)) => Filled::create(id, NewItem::Result { kind, field }, "+ result"),
            (_, Some(field)) => {
                Filled::new(Vec::new(), Target::Create { under: id.into(), what: NewItem::Result { kind, field } })
            }
            (_, None) => Filled::empty(),
        };
        filled.cell(at, 0, 1)
    };
    Block { key: id.into(), rows, cells: form.columns.iter().enumerate().map(cell).collect() }
}

/// The field that a column shows.
fn field_of(key: &str) -> Option<Field> {
    Some(match key {
        "item_number" => Field::Number,
        "requirement" => Field::Requirement,
        "specification_limits" => Field::Specification,
        "characteristic" => Field::Characteristic,
        "part" => Field::Part,
        "stream" => Field::Stream,
        "material_supplier" => Field::MaterialSupplier,
        "laboratory" => Field::Laboratory,
        "test_date" => Field::TestDate,
        "quantity" => Field::Quantity,
        "readings" => Field::Readings,
        "verdict" => Field::Verdict,
        "comments" => Field::Note,
        _ => return None,
    })
}

fn cell(project: &Project, key: &str, result: &TestResult) -> Filled {
    let id = result.id;
    let shown = |field: Field, text: String| Filled::field(id, field, text);
    match key {
        "item_number" => shown(Field::Number, project.result_number(result)),
        "requirement" => {
            let mut filled = shown(Field::Requirement, project.result_requirement(result));
            if result.requirement.is_blank() {
                for part in &mut filled.parts {
                    part.item = result.characteristic.as_ref().and_then(Ref::present).map(AnyId::from);
                    part.missing = part.item.is_none();
                }
            }
            filled
        }
        "special_class" => {
            let class = project.result_characteristic(result).map(|known| known.class.to_string()).unwrap_or_default();
            let part = Part { symbol: Some(class.clone()), ..Part::plain(class.as_str()) };
            Filled::new(if class.is_empty() { Vec::new() } else { vec![part] }, Target::Derived)
        }
        "specification_limits" => shown(Field::Specification, project.result_specification(result)),
        "characteristic" => {
            let mut filled = field(project, id, Field::Characteristic);
            for part in &mut filled.parts {
                part.item = result.characteristic.as_ref().and_then(Ref::present).map(AnyId::from);
                part.missing = part.item.is_none();
            }
            filled
        }
        "part" => shown(Field::Part, result.part.as_ref().map(|part| project.part_text(part)).unwrap_or_default()),
        "verdict" => verdict(project, result),
        key => match field_of(key) {
            Some(of_column) => field(project, id, of_column),
            None => own_field(project, key, id),
        },
    }
}

/// What the numbers say, else what a person says.
fn verdict(project: &Project, result: &TestResult) -> Filled {
    let derived = project.derived_verdict(result);
    let text = project.verdict(result).map_or("", |verdict| verdict.name());
    let words = match (derived, project.contradicts_readings(result)) {
        (Some(_), true) => "Follows from limits and results; somebody wrote the opposite",
        (Some(_), false) => "Follows from limits and results",
        (None, _) => "As somebody judged: limits and results do not decide",
    };
    Filled::field(result.id, Field::Verdict, text).tipped(Tip::Words(words.to_owned()))
}
