//! The dialogs in a window without a screen: what is typed and chosen becomes commands, and refusals are told in place.

mod ppap;
mod window;

use eframe::egui::{Key, Theme};
use egui_kittest::SnapshotOptions;
use egui_kittest::kittest::Queryable;
use goldthread::app::desk::Desk;
use goldthread::base::Text;
use goldthread::base::clock::Date;
use goldthread::edit::Command;
use goldthread::model::AnyId;
use goldthread::model::characteristic::{Characteristic, CharacteristicRole, StepCharacteristic};
use goldthread::model::control_plan::{PlanRow, Subject};
use goldthread::model::document::DocumentKind;
use goldthread::model::equipment::{Equipment, EquipmentKind};
use goldthread::model::field::Field;
use goldthread::model::flow::{FlowEdge, Route, Step};
use goldthread::model::fmea::{Control, ControlMeans, Failure, FailureRole};
use goldthread::model::item::Kind;
use goldthread::model::project_data::{Part, Person, ProjectData, UserFieldType};
use goldthread::model::relation::Relation;
use goldthread::model::risk::Risk;
use goldthread::ui::dialogs::Dialog;
use goldthread::ui::request::{After, Request};

use window::{desk, document, field, fill, key, light, press, window, write};

fn set(item: impl Into<AnyId>, field: Field, text: &str) -> Command {
    Command::SetField { item: item.into(), field, text: text.to_owned(), via: None }
}

#[test]
fn a_field_of_the_project_is_one_change_when_it_is_left() {
    let mut harness = light(|_, _| Dialog::project_properties());
    assert!(field(&harness, "Project name").is_focused(), "the first field has the keyboard");
    write(&mut harness, "Customer", "Corvanta");
    assert_eq!(harness.state().commands(), Vec::<&Command>::new(), "typing alone changes nothing");
    key(&mut harness, Key::Tab);
    let window = harness.state_mut();
    assert_eq!(window.commands(), [&set(ProjectData::ID, Field::Customer, "Corvanta")]);
    assert_eq!(&*window.desk.project().data().customer, "Corvanta");
    window.desk.undo().unwrap();
    assert_ne!(&*window.desk.project().data().customer, "Corvanta");
}

#[test]
fn escape_takes_back_what_is_typed_and_then_closes() {
    let mut harness = light(|_, _| Dialog::project_properties());
    write(&mut harness, "Plant", "Nowhere");
    key(&mut harness, Key::Escape);
    assert!(harness.state().dialog.is_some());
    assert_ne!(field(&harness, "Plant").value().as_deref(), Some("Nowhere"));
    key(&mut harness, Key::Escape);
    assert!(harness.state().dialog.is_none());
    assert_eq!(harness.state().commands(), Vec::<&Command>::new());
}

#[test]
fn closing_commits_the_field_that_is_still_open() {
    let mut harness = light(|_, _| Dialog::project_properties());
    write(&mut harness, "Plant", "Hall 4");
    press(&mut harness, "Close");
    assert!(harness.state().dialog.is_none());
    assert_eq!(harness.state().commands(), [&set(ProjectData::ID, Field::Plant, "Hall 4")]);
}

#[test]
fn a_part_is_added_filled_moved_and_deleted() {
    let mut harness = light(|_, _| Dialog::project_properties());
    press(&mut harness, "Parts");
    let before = harness.state().desk.project().count::<Part>();
    press(&mut harness, "Add part");
    let row = before + 1;
    assert!(field(&harness, &format!("Part number, row {row}")).is_focused(), "a new row can be typed into at once");
    fill(&mut harness, &format!("Part number, row {row}"), "77.1");
    fill(&mut harness, &format!("Change date, row {row}"), "24.11.2026");
    let parts = harness.state().desk.project().all_in_order::<Part>();
    let part = parts[before];
    assert_eq!(&*part.number, "77.1");
    assert_eq!(part.change_date, Date::new(2026, 11, 24).ok());
    let id = part.id;
    press(&mut harness, &format!("Move row {row} up"));
    assert_eq!(harness.state().commands().last(), Some(&&Command::Move { item: id.into(), up: true }));
    press(&mut harness, &format!("Delete row {before}"));
    assert!(harness.state().desk.project().get(id).is_none());
}

#[test]
fn what_the_project_refuses_stays_in_its_field_with_the_reason() {
    let mut harness = light(|_, _| Dialog::project_properties());
    press(&mut harness, "Parts");
    let date = "Change date, row 1";
    fill(&mut harness, date, "soon");
    assert_eq!(harness.state().commands(), Vec::<&Command>::new());
    assert_eq!(field(&harness, date).value().as_deref(), Some("soon"));
    harness.get_by_label_contains("is not a date");
    fill(&mut harness, date, "2026-12-01");
    assert_eq!(harness.state().commands().len(), 1);
    assert!(harness.query_by_label_contains("is not a date").is_none());
}

#[test]
fn characteristics_have_their_class_and_their_pass_through_mark() {
    let mut harness = light(|_, _| Dialog::project_properties());
    press(&mut harness, "Characteristics");
    let id = harness.state().desk.project().all_in_order::<Characteristic>()[0].id;
    let passed = harness.state().desk.project().get(id).unwrap().pass_through;
    press(&mut harness, "Pass-through, row 1");
    press(&mut harness, "Class, row 1");
    press(&mut harness, "KC");
    let found = harness.state().desk.project().get(id).unwrap();
    assert_eq!(found.pass_through, !passed);
    assert_eq!(&*found.class, "KC");
}

#[test]
fn an_own_field_needs_a_name() {
    let mut harness = light(|_, _| Dialog::project_properties());
    press(&mut harness, "Own fields");
    press(&mut harness, "Add field");
    assert_eq!(harness.state().commands(), Vec::<&Command>::new());
    write(&mut harness, "Name of a new field", "Station owner");
    press(&mut harness, "Add field");
    let added =
        Command::AddUserField { on: Kind::Risk, name: "Station owner".to_owned(), value_type: UserFieldType::Text };
    assert_eq!(harness.state().commands(), [&added]);
    assert_eq!(field(&harness, "Field name, row 1").value().as_deref(), Some("Station owner"));
}

#[test]
fn a_new_project_needs_a_name_and_an_empty_folder() {
    let mut harness = light(|_, settings| Dialog::new_project(settings));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bracket");
    fill(&mut harness, "Folder", path.to_str().unwrap());
    harness.get_by_label("Give the project a name");
    press(&mut harness, "Create project");
    assert!(harness.state().requests.is_empty());
    write(&mut harness, "Project name", "Bracket");
    key(&mut harness, Key::Enter);
    assert!(harness.state().dialog.is_none(), "Enter is the coloured button");
    let [Request::CreateProject(new)] = harness.state().requests.as_slice() else { panic!("a project is asked for") };
    assert_eq!((new.folder.as_path(), new.name.as_str()), (path.as_path(), "Bracket"));
    assert_eq!(new.rating_profile, "aiag-vda-2019-pfmea");
}

#[test]
fn the_header_of_a_document_is_edited_and_its_scales_are_read_over_it() {
    let mut harness = light(|desk, _| Dialog::document_properties(document(desk, DocumentKind::ProcessFmea)));
    let id = document(&harness.state().desk, DocumentKind::ProcessFmea);
    fill(&mut harness, "Process responsibility", "R. Adeyemi");
    assert_eq!(harness.state().commands(), [&set(id, Field::Responsibility, "R. Adeyemi")]);
    press(&mut harness, "Read the scales");
    harness.get_by_label("Rating scales");
    key(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Rating scales").is_none());
    harness.get_by_label("PFMEA properties");
    press(&mut harness, "Rating profile");
    press(&mut harness, "AIAG 4th edition, process FMEA");
    assert_eq!(harness.state().commands().last(), Some(&&set(id, Field::RatingProfile, "aiag-4-pfmea")));
}

#[test]
fn the_planning_of_an_fmea_is_written_on_a_page_of_its_own() {
    let mut harness = light(|desk, _| Dialog::document_properties(document(desk, DocumentKind::ProcessFmea)));
    let id = document(&harness.state().desk, DocumentKind::ProcessFmea);
    press(&mut harness, "Planning");
    for (name, its_field) in [
        ("Intent", Field::Intent),
        ("Timing", Field::Timing),
        ("Tasks", Field::Tasks),
        ("Tools", Field::Tools),
        ("In scope", Field::InScope),
        ("Out of scope", Field::OutOfScope),
        ("Baseline and lessons learned", Field::Baseline),
    ] {
        write(&mut harness, name, "Written here");
        press(&mut harness, "Header");
        assert_eq!(harness.state().commands().last(), Some(&&set(id, its_field, "Written here")), "{name}");
        press(&mut harness, "Planning");
    }
    assert_eq!(&*harness.state().desk.project().get(id).unwrap().header.planning.tools, "Written here");
    let plan = light(|desk, _| Dialog::document_properties(document(desk, DocumentKind::ControlPlan)));
    assert!(plan.query_by_label("Planning").is_none(), "a control plan has no step of planning");
}

#[test]
fn team_and_approvals_are_set() {
    let mut harness = light(|desk, _| Dialog::document_properties(document(desk, DocumentKind::ControlPlan)));
    press(&mut harness, "Team and approvals");
    let id = document(&harness.state().desk, DocumentKind::ControlPlan);
    let person = harness.state().desk.project().all_in_order::<Person>()[0].clone();
    let member = |desk: &Desk| desk.project().get(id).unwrap().team.iter().any(|member| member.id() == person.id);
    let before = member(&harness.state().desk);
    let words: Vec<&str> = [&person.name, &person.role, &person.discipline].map(Text::as_str).to_vec();
    press(&mut harness, &words.join(", "));
    assert_eq!(member(&harness.state().desk), !before);
    let count = harness.state().desk.project().get(id).unwrap().approvals.len();
    press(&mut harness, "Add approval");
    let row = count + 1;
    fill(&mut harness, &format!("Approval, row {row}"), "Customer approval");
    fill(&mut harness, &format!("Date, row {row}"), "never");
    harness.get_by_label_contains("is not a date");
    fill(&mut harness, &format!("Date, row {row}"), "2026-11-20");
    let approvals = &harness.state().desk.project().get(id).unwrap().approvals;
    assert_eq!(&*approvals[count].role, "Customer approval");
    assert_eq!(approvals[count].date, Date::new(2026, 11, 20).ok());
}

#[test]
fn a_project_has_one_flow_and_may_have_more_plans() {
    let mut harness = light(|_, _| Dialog::add_document());
    press(&mut harness, "Process flow");
    press(&mut harness, "Control plan");
    write(&mut harness, "Title", "Spare parts");
    press(&mut harness, "Process flow");
    key(&mut harness, Key::Enter);
    let added = Command::AddDocument { kind: DocumentKind::ControlPlan, title: "Spare parts".to_owned() };
    assert_eq!(harness.state().commands(), [&added]);
}

#[test]
fn a_release_needs_a_note_and_freezes_the_contents() {
    let mut harness =
        light(|desk, settings| Dialog::release(desk, settings, document(desk, DocumentKind::ProcessFlow)));
    let id = document(&harness.state().desk, DocumentKind::ProcessFlow);
    write(&mut harness, "What changed", "");
    key(&mut harness, Key::Delete);
    harness.get_by_label("A release needs a change note");
    fill(&mut harness, "What changed", "Station 20 added");
    fill(&mut harness, "Revision", "X1");
    press(&mut harness, "Release");
    let desk = &harness.state().desk;
    let document = desk.project().get(id).unwrap();
    assert!(desk.is_as_released(document));
    let latest = document.latest_revision().unwrap();
    assert_eq!((&*latest.number, &*latest.note, &*latest.author), ("X1", "Station 20 added", "A. Muster"));
}

#[test]
fn errors_stand_in_the_way_of_a_release_and_lead_to_their_place() {
    let mut rig = desk("stamped-bracket");
    let row = rig.desk.project().all_in_order::<PlanRow>()[0].id;
    rig.desk.run(&set(row, Field::ReactionPlan, "")).unwrap();
    let mut harness = window(rig, Theme::Light, |desk, settings| {
        Dialog::release(desk, settings, document(desk, DocumentKind::ControlPlan))
    });
    harness.get_by_label_contains("first");
    assert!(harness.query_by_label("What changed").is_none(), "there is nothing to fill in yet");
    let error = harness.get_all_by_label_contains("Error, ").next().unwrap();
    error.click();
    harness.run();
    let [Request::ShowItem(item, _)] = harness.state().requests.as_slice() else { panic!("the place is shown") };
    assert_eq!(*item, row.into());
}

#[test]
fn unsaved_changes_are_saved_discarded_or_kept() {
    let ask = || light(|_, _| Dialog::unsaved(After::Quit));
    let mut harness = ask();
    key(&mut harness, Key::Enter);
    assert!(matches!(harness.state().requests.as_slice(), [Request::SaveAnd(After::Quit)]));
    let mut harness = ask();
    press(&mut harness, "Discard changes");
    assert!(matches!(harness.state().requests.as_slice(), [Request::Discard(After::Quit)]));
    let mut harness = ask();
    press(&mut harness, "Cancel");
    assert!(matches!(harness.state().requests.as_slice(), [Request::Nothing]));
}

#[test]
fn a_justification_is_recorded_and_withdrawn() {
    let rig = desk("stamped-bracket");
    let risk = rig.desk.project().all::<Risk>().find(|risk| risk.justification.is_none()).unwrap().id;
    let mut harness = window(rig, Theme::Light, |desk, _| Dialog::justify(desk, risk));
    write(&mut harness, "Justification", "Proven over three years");
    key(&mut harness, Key::Tab);
    press(&mut harness, "Record justification");
    let given = harness.state().desk.project().get(risk).unwrap().justification.clone().unwrap();
    assert_eq!((&*given.text, &*given.by), ("Proven over three years", "A. Muster"));
    let dialog = Dialog::justify(&harness.state().desk, risk);
    harness.state_mut().dialog = Some(dialog);
    harness.run();
    assert_eq!(field(&harness, "Justification").value().as_deref(), Some("Proven over three years"));
    write(&mut harness, "Justification", "");
    key(&mut harness, Key::Delete);
    press(&mut harness, "Withdraw justification");
    assert_eq!(harness.state().desk.project().get(risk).unwrap().justification, None);
}

#[test]
fn a_characteristic_is_found_and_linked_by_the_keyboard() {
    let rig = desk("stamped-bracket");
    let project = rig.desk.project();
    let wanted =
        project.all_in_order::<Characteristic>().last().map(|found| (found.id, found.name.to_string())).unwrap();
    let row = project
        .all_in_order::<PlanRow>()
        .into_iter()
        .find(|row| !matches!(&row.subject, Subject::Characteristic(link) if link.to.id() == wanted.0))
        .unwrap()
        .id;
    let mut harness = window(rig, Theme::Light, |_, _| Dialog::choose_characteristic_of_row(row));
    write(&mut harness, "Find a characteristic", &wanted.1);
    key(&mut harness, Key::ArrowDown);
    key(&mut harness, Key::Enter);
    assert_eq!(harness.state().commands(), [&Command::SetSubject { row, characteristic: wanted.0 }]);
}

#[test]
fn the_characteristic_of_a_failure_is_linked_by_a_double_click_and_unlinked() {
    let rig = desk("stamped-bracket");
    let modes = rig.desk.project().all::<Failure>().filter(|failure| failure.role == FailureRole::Mode);
    let failure = modes.into_iter().find(|mode| mode.characteristic.is_some()).unwrap().id;
    let mut harness = window(rig, Theme::Light, |_, _| Dialog::choose_characteristic_of_failure(failure));
    press(&mut harness, "Remove link");
    let unlinked = Command::SetFailureCharacteristic { failure, characteristic: None };
    assert_eq!(harness.state().commands(), [&unlinked]);
    assert!(harness.state().dialog.is_none());
}

#[test]
fn controls_are_ticked() {
    let rig = desk("stamped-bracket");
    let project = rig.desk.project();
    let row = project.all_in_order::<PlanRow>()[0].clone();
    let before: Vec<_> = row.controls.iter().map(|link| link.to.id()).collect();
    let control = project.all::<Control>().find(|control| !before.contains(&control.id)).unwrap().clone();
    let mut harness = window(rig, Theme::Light, |desk, _| Dialog::choose_controls(desk, row.id));
    write(&mut harness, "Find a control", &control.text);
    harness.get_by_label_contains(&format!("{}, ", &*control.text)).click();
    harness.run();
    harness.get_by_label_contains("Carry out ").click();
    harness.run();
    let controls = before.into_iter().chain([control.id]).collect();
    assert_eq!(harness.state().commands(), [&Command::SetCarriedOut { row: row.id, controls }]);
}

#[test]
fn a_row_verifies_a_device_or_a_restart() {
    let rig = desk("electric-parking-brake");
    let project = rig.desk.project();
    let row = project
        .all_in_order::<PlanRow>()
        .into_iter()
        .find(|row| matches!(row.subject, Subject::Characteristic(_)))
        .unwrap()
        .id;
    let devices = project.all::<Equipment>().filter(|found| found.kind == EquipmentKind::ErrorProofing);
    let device = devices.into_iter().next().unwrap().clone();
    let mut harness = window(rig, Theme::Light, |_, _| Dialog::choose_check(row));
    write(&mut harness, "Find a device", &device.asset_number);
    harness.get_by_label_contains(&device.label()).click();
    harness.run();
    press(&mut harness, "Set check");
    assert_eq!(harness.state().commands(), [&Command::SetDevice { row, device: device.id }]);
    harness.state_mut().dialog = Some(Dialog::choose_check(row));
    harness.run();
    press(&mut harness, "Restart check");
    harness.get_by_label("Write what is checked");
    write(&mut harness, "What is checked", "First five parts");
    key(&mut harness, Key::Enter);
    let check = Command::SetCheck { row, restart: true, text: "First five parts".to_owned() };
    assert_eq!(harness.state().commands().last(), Some(&&check));
}

#[test]
fn steps_are_connected_and_disconnected() {
    let rig = desk("stamped-bracket");
    let steps: Vec<_> = rig.desk.project().all_in_order::<Step>().into_iter().cloned().collect();
    let (from, to) = (steps.last().unwrap().clone(), steps[0].clone());
    let mut harness = window(rig, Theme::Light, |_, _| Dialog::connect_steps(from.id));
    press(&mut harness, "Rework return");
    write(&mut harness, "Label of the connection", "Returned");
    write(&mut harness, "Find the step it leads to", &to.name);
    key(&mut harness, Key::ArrowDown);
    press(&mut harness, "Connect");
    let (route, label) = (Route::ReworkReturn, "Returned".to_owned());
    assert_eq!(harness.state().commands(), [&Command::Connect { from: from.id, to: to.id, route, label }]);
    press(&mut harness, &format!("Remove the connection to {}", to.label()));
    let left = harness.state().desk.project().children::<FlowEdge>(from.id, Relation::EdgeFrom);
    assert!(left.into_iter().all(|edge| edge.to != to.id));
}

#[test]
fn the_places_of_a_fact_lead_there() {
    let rig = desk("stamped-bracket");
    let row = rig.desk.project().all_in_order::<PlanRow>()[0].clone();
    let step = row.step.to.id();
    let label = format!("Row at {}", rig.desk.project().label(row.id.into()));
    let mut harness = window(rig, Theme::Light, |_, _| Dialog::used_in(step));
    harness.get_all_by_label_contains(&label).next().unwrap().click();
    harness.run();
    let [Request::ShowItem(AnyId::PlanRow(shown), None)] = harness.state().requests.as_slice() else {
        panic!("a row is shown")
    };
    assert_eq!(
        harness.state().desk.project().label((*shown).into()),
        harness.state().desk.project().label(row.id.into())
    );
}

#[test]
fn the_priority_table_is_read_out_band_by_band() {
    let mut harness = light(|_, _| Dialog::rating_scales("aiag-vda-2019-pfmea".to_owned()));
    press(&mut harness, "Action priority");
    harness.get_by_label("S 9–10, O 4–5: D 2–10 High, D 1 Medium");
}

#[test]
fn doubts_about_a_scale_are_told() {
    let harness = light(|_, _| Dialog::rating_scales("aiag-vda-2019-msr".to_owned()));
    assert!(harness.get_all_by_label_contains("Not verified").next().is_some());
}

#[test]
fn a_step_says_why_it_is_not_analysed() {
    let rig = desk("stamped-bracket");
    let step = rig.desk.project().all_in_order::<Step>()[0].id;
    let outsourced = rig.desk.project().get(step).unwrap().outsourced;
    let mut harness = window(rig, Theme::Light, |_, _| Dialog::step_properties(step));
    press(&mut harness, "Outsourced");
    fill(&mut harness, "No risk analysis because", "Covered by the supplier");
    let found = harness.state().desk.project().get(step).unwrap();
    assert_eq!(found.outsourced, !outsourced);
    assert_eq!(&*found.no_analysis_because, "Covered by the supplier");
}

#[test]
fn a_characteristic_has_a_role_and_a_local_specification_at_a_step() {
    let rig = desk("electric-parking-brake");
    let at_step = rig.desk.project().all::<StepCharacteristic>().next().unwrap().clone();
    let here: Vec<_> = rig
        .desk
        .project()
        .children::<StepCharacteristic>(at_step.step, Relation::CharacteristicAtStep)
        .map(|role| role.id)
        .collect();
    let row = here.iter().position(|id| *id == at_step.id).unwrap() + 1;
    let mut harness = window(rig, Theme::Light, |_, _| Dialog::step_properties(at_step.step));
    press(&mut harness, "Characteristics at the step");
    fill(&mut harness, &format!("Local specification, row {row}"), "10.2 ± 0.1 mm");
    press(&mut harness, &format!("Role at the step, row {row}"));
    press(&mut harness, "Passed through");
    let found = harness.state().desk.project().get(at_step.id).unwrap();
    assert_eq!(found.role, CharacteristicRole::PassedThrough);
    assert!(found.local_specification.is_some());
}

#[test]
fn the_means_of_a_control_are_stated() {
    let rig = desk("stamped-bracket");
    let risk = rig.desk.project().all::<Risk>().find(|risk| !risk.controls.is_empty()).unwrap().clone();
    let control = risk.controls[0].id();
    let mut harness = window(rig, Theme::Light, |_, _| Dialog::risk_controls(risk.id));
    press(&mut harness, "Means, row 1");
    press(&mut harness, "None");
    assert_eq!(harness.state().desk.project().get(control).unwrap().means, None);
    press(&mut harness, "Means, row 1");
    press(&mut harness, "Error-proofing");
    fill(&mut harness, "No control-plan row because, row 1", "Maintenance plan");
    let found = harness.state().desk.project().get(control).unwrap();
    assert_eq!(found.means, Some(ControlMeans::ErrorProofing));
    assert_eq!(&*found.no_plan_row_because, "Maintenance plan");
}

#[test]
fn escape_closes_every_dialog_and_changes_nothing() {
    type Make = fn(&Desk, &goldthread::app::settings::Settings) -> Dialog;
    let all: [Make; 12] = [
        |_, settings| Dialog::new_project(settings),
        |desk, _| Dialog::document_properties(document(desk, DocumentKind::ProcessFlow)),
        |_, _| Dialog::add_document(),
        |desk, settings| Dialog::release(desk, settings, document(desk, DocumentKind::ControlPlan)),
        |_, _| Dialog::unsaved(After::Start),
        |_, _| Dialog::restore("14:02".to_owned()),
        |desk, _| Dialog::management_review(desk, desk.project().all::<Risk>().next().unwrap().id),
        |desk, _| Dialog::choose_controls(desk, desk.project().all::<PlanRow>().next().unwrap().id),
        |_, _| Dialog::rating_scales(String::new()),
        |_, _| Dialog::shortcuts(),
        |_, _| Dialog::about(),
        |_, _| Dialog::message("Nothing was written", "The disk is full."),
    ];
    for (place, make) in all.into_iter().enumerate() {
        let mut harness = light(make);
        assert!(harness.state().dialog.is_some(), "dialog {place}");
        key(&mut harness, Key::Escape);
        assert!(harness.state().dialog.is_none(), "dialog {place}");
        assert!(harness.state().requests.is_empty(), "dialog {place}");
    }
}

/// Pictures are the same on every machine: hardly anything may differ.
fn exact() -> SnapshotOptions {
    SnapshotOptions::new().threshold(0.1)
}

#[test]
fn tables_of_records_look_as_they_should() {
    let mut harness = window(desk("electric-parking-brake"), Theme::Light, |_, _| Dialog::project_properties());
    press(&mut harness, "Characteristics");
    harness.snapshot_options("dialog_characteristics_light", &exact());
}

#[test]
fn the_priority_table_looks_as_it_should() {
    let make = |_: &Desk, _: &_| Dialog::rating_scales("aiag-vda-2019-pfmea".to_owned());
    let mut harness = window(desk("stamped-bracket"), Theme::Dark, make);
    press(&mut harness, "Action priority");
    harness.snapshot_options("dialog_action_priority_dark", &exact());
}
