//! The lists over the whole project: actions, characteristics and their matrix.

use goldthread::edit::{Command, plan};
use goldthread::model::Project;
use goldthread::model::characteristic::{Characteristic, CharacteristicRole, StepCharacteristic};
use goldthread::model::field::Field;
use goldthread::model::form::{Block, Form, FormOptions, ListKind, Target};
use goldthread::model::risk::Action;

use crate::edit_laws::author;
use crate::samples::in_work;

fn brake() -> Project {
    in_work("electric-parking-brake")
}

fn list(project: &Project, list: ListKind) -> (Form, Vec<Block>) {
    let form = Form::list(project, list, FormOptions::default());
    let blocks = form.blocks(project).into_iter().map(|key| form.block(project, key)).collect();
    (form, blocks)
}

fn text(form: &Form, block: &Block, row: usize, column: &str) -> String {
    block.cell_at(row, form.column(column).unwrap()).unwrap().text()
}

fn change(project: &mut Project, command: &Command) {
    let transaction = plan(project, command, &mut author()).unwrap();
    project.apply(&transaction.ops).unwrap();
}

#[test]
fn open_actions_come_first_and_the_most_urgent_on_top() {
    let project = brake();
    let (form, blocks) = list(&project, ListKind::Actions);
    assert_eq!(blocks.len(), project.count::<Action>());
    let shown = |block: &Block, column: &str| text(&form, block, 0, column);
    let closed = |block: &Block| matches!(&*shown(block, "status"), "Completed" | "Not implemented");
    let first_closed = blocks.iter().position(closed).unwrap();
    assert!(first_closed > 0 && blocks[first_closed..].iter().all(closed));
    let dates: Vec<String> = blocks[..first_closed].iter().map(|block| shown(block, "target_date")).collect();
    assert!(dates.is_sorted(), "{dates:?}");
}

#[test]
fn an_action_shows_the_ratings_before_and_after() {
    let project = brake();
    let (form, blocks) = list(&project, ListKind::Actions);
    let done = blocks.iter().find(|block| text(&form, block, 0, "status") == "Completed").unwrap();
    let number = |column| text(&form, done, 0, column).parse::<u8>().unwrap();
    assert!((number("occurrence_after"), number("detection_after")) < (number("occurrence"), number("detection")));
    assert!(matches!(&*text(&form, done, 0, "action_priority"), "H" | "M" | "L"));
    assert!(!text(&form, done, 0, "failure_cause").is_empty());
}

#[test]
fn a_role_is_written_and_cleared_in_the_matrix() {
    let mut project = brake();
    let (form, blocks) = list(&project, ListKind::CharacteristicMatrix);
    let before = project.count::<StepCharacteristic>();
    let empty = blocks[0].cells.iter().find(|cell| matches!(cell.target, Target::Create { .. })).unwrap();
    let Target::Create { under, what } = empty.target else { unreachable!() };
    change(&mut project, &Command::Create { under, what, text: "m".to_owned(), after: None });
    let (_, blocks) = list(&project, ListKind::CharacteristicMatrix);
    let filled = blocks[0].cell_at(0, empty.column).unwrap();
    assert_eq!(filled.text(), CharacteristicRole::Measured.letter());
    let Target::Field { item, field: Field::Role } = filled.target else { panic!("{:?}", filled.target) };
    let set = |text: &str| Command::SetField { item, field: Field::Role, text: text.to_owned(), via: None };
    change(&mut project, &set("Changed"));
    change(&mut project, &set(""));
    assert_eq!(project.count::<StepCharacteristic>(), before);
    assert!(form.columns.len() > 20);
}

#[test]
fn a_characteristic_is_added_behind_another() {
    use goldthread::model::characteristic::CharacteristicKind;
    use goldthread::model::form::NewItem;
    use goldthread::model::project_data::ProjectData;
    let mut project = brake();
    let first = project.members::<Characteristic>()[0];
    let what = NewItem::Characteristic(CharacteristicKind::Process);
    let (under, text) = (ProjectData::ID.into(), "Oven temperature".to_owned());
    change(&mut project, &Command::Create { under, what, text, after: Some(first.into()) });
    let (form, blocks) = list(&project, ListKind::Characteristics);
    assert_eq!(text_of(&form, &blocks[1]), "Oven temperature");
    assert_eq!(self::text(&form, &blocks[1], 0, "characteristic_kind"), "Process");
}

fn text_of(form: &Form, block: &Block) -> String {
    text(form, block, 0, "characteristic")
}
