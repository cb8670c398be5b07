//! The characteristic matrix: a line per characteristic, a column per process step, and what the step does to it (APQP,
//! characteristics matrix).

use crate::base::Id;
use crate::model::characteristic::{Characteristic, StepCharacteristic};
use crate::model::control_plan::PlanRow;
use crate::model::document::DocumentKind;
use crate::model::field::Field;
use crate::model::flow::Step;
use crate::model::item::AnyId;
use crate::model::project::Project;
use crate::model::relation::Relation;

use super::super::shared::characteristic_field;
use super::super::table::{
    Align, Block, Column, ColumnKind, Filled, FormRow, Group, NewItem, Part, RowId, Rule, Target,
};
use super::super::tip::Tip;
use super::super::{Form, flow_steps};
use super::characteristics::named;
use super::group;

/// What precedes the identity of a step in the key of its column.
pub const STEP: &str = "step:";
/// Behind the role, where the control plan controls the characteristic at the step.
pub const CONTROLLED: &str = "●";

pub(super) fn columns(project: &Project) -> (Vec<Group>, Vec<Column>) {
    let groups = vec![group("Characteristic", None), group("Process steps", None)];
    let mut columns = vec![
        Column::text("characteristic_number", "No.", 0, 6.0),
        Column::text("characteristic", "Characteristic", 0, 24.0),
        Column::value("special_class", "Class", 0, 6.0, ColumnKind::Class),
    ];
    for flow in project.documents_of(DocumentKind::ProcessFlow) {
        columns.extend(flow_steps(project, flow.id).into_iter().map(|step| Column {
            key: format!("{STEP}{}", AnyId::from(step.id)).into(),
            heading: step.label().into(),
            align: Align::Centre,
            kind: ColumnKind::Choice,
            ..Column::text("", "", 1, 7.0)
        }));
    }
    (groups, columns)
}

pub(super) fn block(project: &Project, form: &Form, id: Id<Characteristic>) -> Block {
    let Some(characteristic) = project.get(id) else { return Block::empty(id.into()) };
    let rows = vec![FormRow { id: RowId { item: id.into(), part: None }, rule: Rule::Hair }];
    let roles: Vec<&StepCharacteristic> = project.children(id, Relation::RoleOfCharacteristic).collect();
    let controlled: Vec<(Id<Step>, String)> = project
        .children::<PlanRow>(id, Relation::RowCharacteristic)
        .filter_map(|row| Some((row.step.to.present()?, project.row_number(row))))
        .collect();
    let columns = form.columns.iter().enumerate();
    let cells = columns.map(|(at, column)| {
        let filled = match (&*column.key, step_of(&column.key)) {
            ("characteristic", _) => named(project, characteristic),
            (_, Some(step)) => at_step(characteristic, step, &roles, &controlled),
            (key, None) => characteristic_field(project, characteristic, key),
        };
        filled.cell(at, 0, 1)
    });
    Block { key: id.into(), rows, cells: cells.collect() }
}

fn step_of(key: &str) -> Option<Id<Step>> {
    match key.strip_prefix(STEP)?.parse() {
        Ok(AnyId::Step(step)) => Some(step),
        _ => None,
    }
}

/// The role at a step by its first letter, and a dot where the control plan controls the characteristic there.
fn at_step(
    characteristic: &Characteristic,
    step: Id<Step>,
    roles: &[&StepCharacteristic],
    controlled: &[(Id<Step>, String)],
) -> Filled {
    let role = roles.iter().find(|role| role.step == step);
    let rows: Vec<&str> = controlled.iter().filter(|(at, _)| *at == step).map(|(_, number)| number.as_str()).collect();
    let dot = (!rows.is_empty()).then_some(CONTROLLED);
    let text: Vec<&str> = role.map(|role| role.role.letter()).into_iter().chain(dot).collect();
    let parts = if text.is_empty() { Vec::new() } else { vec![Part::plain(text.join(" "))] };
    let target = match role {
        Some(role) => Target::Field { item: role.id.into(), field: Field::Role },
        None => Target::Create { under: step.into(), what: NewItem::RoleOf { characteristic: characteristic.id } },
    };
    let name = characteristic.label();
    let says = role.map(|role| format!("{name}: {} here", role.role.name().to_lowercase()));
    let by_rows = (!rows.is_empty()).then(|| format!("Controlled by control-plan row {}", rows.join(", ")));
    let lines: Vec<String> = says.into_iter().chain(by_rows).collect();
    Filled::new(parts, target).tipped(Tip::Words(lines.join("\n")))
}
