//! A family of parts: steps, causes and rows that hold for some of them only.

use eframe::egui::Key;
use goldthread::model::applicability::Applicability;
use goldthread::model::flow::Step;

use super::rig::Window;

const STEP: &str = "20 ";

/// The numbers of the parts that the step applies to; none for all parts.
fn of_step(window: &Window) -> Vec<String> {
    let project = window.desk().project();
    let step = project.all::<Step>().find(|step| step.number.as_str() == "20").unwrap();
    step.applicability.parts().iter().map(|part| project.part_text(part)).collect()
}

#[test]
fn a_step_is_restricted_in_its_cell_and_in_the_dialog_that_every_row_has() {
    let mut window = Window::on_sample("electric-parking-brake");
    window.show("Process flow");
    assert_eq!(window.cell("Applies to", STEP).as_deref(), Some("All parts"));
    window.write("Applies to", STEP, "31.0472.01");
    assert_eq!(of_step(&window), ["31.0472.01"]);
    assert_eq!(window.cell("Applies to", STEP).as_deref(), Some("31.0472.01"));

    window.select("Operation", STEP);
    window.menu("Review", "Applies to parts…");
    assert_eq!(window.tick_all("31.0472.02"), 1);
    assert!(of_step(&window).is_empty(), "both parts are all parts");
    assert_eq!(window.tick_all("31.0472.01"), 1);
    assert_eq!(of_step(&window), ["31.0472.02"]);
    window.click_button("Close");
    window.press(Key::End);
    let cursor = window.cursor().unwrap();
    assert!(cursor.starts_with("Remarks"), "the keyboard is back in the table: {cursor}");
    for _ in 0..3 {
        window.command(Key::Z);
    }
    let project = window.desk().project();
    assert!(project.all::<Step>().all(|step| step.applicability == Applicability::AllParts));
}

#[test]
fn a_part_that_the_project_does_not_have_is_refused_with_those_it_has() {
    let mut window = Window::on_sample("electric-parking-brake");
    window.show("Control plan");
    window.select("Applies to", STEP);
    window.enter("31.9999");
    window.press(Key::Enter);
    assert!(window.says("The project has no part “31.9999”"), "{:?}", window.names());
    assert!(window.says("31.0472.01"));
}
