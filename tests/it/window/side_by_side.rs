//! Two pages beside each other.

use eframe::egui::{Key, Modifiers};

use super::rig::Window;

const STEP: &str = "30 Inspect bracket, line 1";

/// The large sample with the flow at the left and the control plan at the right.
fn split() -> Window {
    let mut window = Window::on_sample("electric-parking-brake");
    window.show("Control plan");
    window.show("Process flow");
    window.press(Key::F6);
    window
}

#[test]
fn the_other_page_follows_the_step_under_the_cursor() {
    let mut window = split();
    let far = "150 Test function at end of line, line 1";
    assert!(window.cell("Process name", far).is_none(), "far below in the control plan");
    window.select("Operation", "10 Receive purchased parts, line 1");
    for _ in 0..40 {
        if window.cursor().unwrap().contains("150 ") {
            break;
        }
        window.press(Key::ArrowDown);
    }
    assert!(window.cursor().unwrap().contains("150 "), "{:?}", window.cursor());
    assert!(window.cell("Process name", far).is_some(), "the plan shows the same step");
}

#[test]
fn an_edit_shows_on_both_sides_and_commands_mean_the_active_one() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("Control plan");
    window.show("Process flow");
    window.press(Key::F6);
    window.write("Operation", STEP, "Inspect and count bracket");
    let renamed = "30 Inspect and count bracket, line 1";
    assert!(window.cell("Process name", renamed).unwrap().starts_with("Inspect and count bracket"));

    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::F6);
    window.harness.run();
    window.select("Control method", renamed);
    window.menu("Edit", "Delete row");
    let rows = window.desk().project().count::<goldthread::model::control_plan::PlanRow>();
    window.command(Key::Z);
    assert_eq!(window.desk().project().count::<goldthread::model::control_plan::PlanRow>(), rows + 1);

    window.press(Key::F6);
    assert!(window.cell("Operation", renamed).is_none(), "one page alone");
    assert!(window.cell("Process name", renamed).is_some(), "the active one");
}

#[test]
fn a_page_that_stands_beside_is_activated_by_its_tab_and_by_a_click() {
    let mut window = split();
    window.show("Control plan");
    assert!(window.says("Operation") && window.says("Control method"), "both are still shown");
    window.select("Operation", "20 Inspect incoming parts, line 1");
    assert!(window.cursor().is_some());
    window.show("PFMEA");
    assert!(window.says("3. Failure cause"));
}
