//! The window driven by label, as a person or a screen reader would drive it.

mod broken;
mod clipboard;
mod columns;
mod control_plan;
mod ending;
mod filters;
mod flow;
mod home;
mod import;
mod inspector;
mod local;
mod looks;
mod navigation;
mod new_project;
mod overview;
mod parts;
mod ppap;
mod ppap_package;
mod preview;
mod refused;
mod released;
mod report_profiles;
mod rig;
mod rows;
mod save_as;
mod side_by_side;
mod typing;

use eframe::egui::{Key, Modifiers};
use goldthread::app::desk::author;
use goldthread::app::settings::Settings;
use goldthread::edit::{Command, plan};
use goldthread::model::document::DocumentKind;
use goldthread::model::field::Field;
use goldthread::model::flow::Step;
use goldthread::store::open::{Opened, open};
use rig::{Start, Window};

const STEP: &str = "20 Stamp and bend bracket, line 1";

#[test]
fn a_step_renamed_in_the_flow_is_renamed_everywhere_and_comes_back_from_the_disk() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("Process flow");
    window.write("Operation", STEP, "Stamp, trim and bend bracket");
    let step = "20 Stamp, trim and bend bracket, line 1";
    window.show("PFMEA");
    assert_eq!(window.cell("2. Process step", step).as_deref(), Some("Stamp, trim and bend bracket"));
    window.show("Control plan");
    assert!(window.cell("Process name", step).unwrap().starts_with("Stamp, trim and bend bracket"));

    window.show("PFMEA");
    let cause = "3. Failure cause";
    let line =
        |window: &Window, step: &str| [cause, "Occurrence", "AP"].map(|column| window.cell(column, step).unwrap());
    let (before_at, at) = ("20 Stamp and bend bracket, line 2", "20 Stamp, trim and bend bracket, line 2");
    let before = line(&window, at);
    window.write(cause, at, "Clearance above 12 %");
    window.write("Occurrence", at, "10");
    let after = line(&window, at);
    assert_eq!((before[1].as_str(), before[2].as_str()), ("3", "L"));
    assert_eq!(after, ["Clearance above 12 %", "10", "H"], "the action priority follows the occurrence");

    for _ in 0..3 {
        window.command(Key::Z);
    }
    assert!(window.cell("Operation", STEP).is_some(), "undo shows where it was");
    window.show("PFMEA");
    assert_eq!(line(&window, before_at), before);
    assert!(!window.desk().is_dirty());
    for _ in 0..3 {
        window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
        window.harness.run();
    }
    assert_eq!(line(&window, at), after);
    assert!(window.says("Not saved"));
    window.command(Key::S);
    assert!(!window.says("Not saved"));

    let folder = window.folder();
    let scratch = window.crash();
    let mut window = Window::start(scratch, Start { folder: Some(folder), ..Start::default() });
    window.show("PFMEA");
    assert_eq!(line(&window, at), after);
    window.show("Control plan");
    assert!(window.cell("Process name", step).is_some());
}

#[test]
fn rows_are_added_and_deleted_in_every_document() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("Process flow");
    window.select("Operation", STEP);
    window.menu("Insert", "Process step");
    window.enter("Wash bracket");
    window.press(Key::Enter);
    assert!(window.says("Wash bracket"));
    window.select("Operation", "Wash bracket");
    window.menu("Edit", "Delete row");
    assert!(window.cell("Operation", "Wash bracket").is_none());

    window.show("PFMEA");
    window.select("3. Failure cause", STEP);
    window.command(Key::Enter);
    window.enter("Die closed too fast");
    window.press(Key::Enter);
    assert!(window.cell("3. Failure cause", "Die closed too fast").is_some());
    window.select("3. Failure cause", "Die closed too fast");
    window.command(Key::Minus);
    assert!(window.cell("3. Failure cause", "Die closed too fast").is_none());

    window.show("Control plan");
    window.select("Control method", STEP);
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    window.harness.run();
    window.enter("Last-off check of five brackets");
    window.press(Key::Enter);
    assert!(window.says("Last-off check of five brackets"));
    window.select("Control method", "Last-off check of five brackets");
    window.menu("Edit", "Delete row");
    assert!(!window.says(": Last-off check of five brackets"));
}

#[test]
fn closing_with_unsaved_changes_asks_first() {
    let mut window = Window::on_sample("stamped-bracket");
    assert!(window.close(), "nothing to save");
    window.show("Process flow");
    window.write("Area / line", STEP, "Press shop 2");
    assert!(!window.close());
    assert!(window.says("before quitting?"));
    window.click("Cancel");
    assert!(!window.says("before quitting?"));
    assert!(window.desk().is_dirty());
    assert!(!window.close());
    window.click("Save");
    assert!(window.harness.state().as_ref().unwrap().desk().is_none(), "saved and left");
    let folder = window.scratch().join("stamped-bracket");
    let scratch = window.crash();
    let mut window = Window::start(scratch, Start { folder: Some(folder.clone()), ..Start::default() });
    window.show("Process flow");
    assert_eq!(window.cell("Area / line", STEP).as_deref(), Some("Press shop 2"));
    window.write("Area / line", STEP, "Press shop 3");
    window.command(Key::W);
    window.click("Discard changes");
    assert!(window.says("Recent projects"), "the start screen");
    window.click_button("stamped-bracket");
    window.show("Process flow");
    assert_eq!(window.cell("Area / line", STEP).as_deref(), Some("Press shop 2"));
}

#[test]
fn a_missing_reaction_plan_is_listed_and_the_list_leads_there() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("Control plan");
    window.select("Reaction plan", STEP);
    let before = window.desk().counts();
    window.press(Key::Delete);
    let after = window.desk().counts();
    assert!(after.errors + after.warnings > before.errors + before.warnings);
    window.show("Process flow");
    window.press(Key::F8);
    let finding = window.names().into_iter().find(|name| name.starts_with("Error, ") && name.contains("eaction plan"));
    window.click(&finding.expect("a finding about the reaction plan"));
    let cursor = window.cursor().unwrap();
    assert!(cursor.starts_with("Reaction plan, 20 Stamp and bend bracket"), "{cursor}");
    window.command(Key::Z);
    assert_eq!(window.desk().counts(), before);
}

#[test]
fn a_released_document_is_not_edited_until_its_next_draft() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("Control plan");
    window.menu("Review", "Release document");
    window.click("What changed");
    window.enter("Frequency of the audit doubled");
    window.click("Release");
    assert!(window.says("Control plan, rev. "), "{}", window.names().join("\n"));
    let before = window.cell("Control method", STEP);
    window.write("Control method", STEP, "Something else");
    assert_eq!(window.cell("Control method", STEP), before);
    assert!(window.says("released"));
    window.press(Key::Escape);
    window.menu("Review", "Start next draft");
    assert!(window.says("Control plan, draft"));
    window.write("Control method", STEP, "Something else");
    assert_eq!(window.cell("Control method", STEP).as_deref(), Some("Something else"));
}

/// A sample with a change that was kept aside and never saved.
fn crashed() -> (tempfile::TempDir, std::path::PathBuf) {
    let (scratch, folder) = rig::copy_of("stamped-bracket");
    let library = || goldthread::app::library().unwrap();
    let Opened { mut project, folder: files, .. } = open(&folder, library()).unwrap();
    let flow = project.documents_of(DocumentKind::ProcessFlow)[0].id;
    let step =
        project.all_in_order::<Step>().into_iter().find(|step| step.flow == flow && *step.number == *"20").unwrap().id;
    let command = Command::SetField { item: step.into(), field: Field::Area, text: "Kept aside".into(), via: None };
    let mut author = author(&Settings::default(), goldthread::base::clock::today()).unwrap();
    let transaction = plan(&project, &command, &mut author).unwrap();
    project.apply(&transaction.ops).unwrap();
    files.autosave(&project, "14:02").unwrap();
    (scratch, folder)
}

#[test]
fn what_a_crash_left_is_offered_and_taken_over() {
    let (scratch, folder) = crashed();
    let mut window = Window::start(scratch, Start { folder: Some(folder.clone()), ..Start::default() });
    assert!(window.says("14:02"));
    window.click("Decide later");
    window.show("Process flow");
    assert_eq!(window.cell("Area / line", STEP).as_deref(), Some("Press shop"));
    let scratch = window.crash();

    let mut window = Window::start(scratch, Start { folder: Some(folder.clone()), ..Start::default() });
    window.click("Restore changes");
    window.show("Process flow");
    assert_eq!(window.cell("Area / line", STEP).as_deref(), Some("Kept aside"));
    assert!(window.says("Not saved"));
    window.command(Key::S);
    let scratch = window.crash();

    let mut window = Window::start(scratch, Start { folder: Some(folder), ..Start::default() });
    assert!(!window.says("14:02"), "it is saved and offered no more");
    window.show("Process flow");
    assert_eq!(window.cell("Area / line", STEP).as_deref(), Some("Kept aside"));
}

#[test]
fn what_a_crash_left_can_be_dropped() {
    let (scratch, folder) = crashed();
    let mut window = Window::start(scratch, Start { folder: Some(folder.clone()), ..Start::default() });
    window.click("Drop them");
    assert!(!window.says("Not saved"));
    let scratch = window.crash();
    let window = Window::start(scratch, Start { folder: Some(folder), ..Start::default() });
    assert!(!window.says("14:02"));
}

#[test]
fn unsaved_changes_are_asked_about_before_another_project_is_made() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("Process flow");
    window.write("Area / line", STEP, "Press shop 2");
    window.command(Key::N);
    assert!(window.says("before making another project?"));
    window.click("Save");
    assert!(window.says("Create project"), "the wish is not forgotten");
    window.click("Cancel");
    window.click_button("stamped-bracket");
    window.show("Process flow");
    assert_eq!(window.cell("Area / line", STEP).as_deref(), Some("Press shop 2"));
}
