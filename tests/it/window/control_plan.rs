//! The control plan by phases, what its rows cover, and what it lacks.

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use goldthread::model::document::Phase;

use super::rig::Window;

/// Which phase is shown, with the number of its rows.
fn phase(window: &Window) -> String {
    let tabs = window.harness.query_all_by_role(Role::Tab);
    let mut shown = tabs.filter(|node| {
        let node = node.accesskit_node();
        node.toggled() == Some(Toggled::True) && node.label().is_some_and(|label| label.starts_with("Phase "))
    });
    shown.next().and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

fn alt(window: &mut Window, key: Key) {
    window.harness.key_press_modifiers(Modifiers::ALT, key);
    window.harness.run();
}

#[test]
fn phases_are_tabs_and_new_rows_get_the_phase_that_is_shown() {
    let mut window = Window::on_sample("electric-parking-brake");
    window.show("Control plan");
    assert_eq!(phase(&window), "Phase All, 135 rows");
    assert!(!window.says("Phase Prototype"), "only phases in use");
    window.click("Phase Pre-launch, 128 rows");
    assert_eq!(phase(&window), "Phase Pre-launch, 128 rows");
    window.select("Control method", "10 Receive purchased parts, line 1");
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    window.harness.run();
    window.enter("Second look at the label");
    window.press(Key::Enter);
    assert_eq!(phase(&window), "Phase Pre-launch, 129 rows");
    let row = |window: &Window| {
        let rows = window.desk().project().all::<goldthread::model::control_plan::PlanRow>();
        rows.filter(|row| *row.control_method == *"Second look at the label").map(|row| row.phases.clone()).next()
    };
    assert_eq!(row(&window), Some(vec![Phase::PreLaunch]));

    window.select("Control method", "Second look at the label");
    window.menu("Review", "Phases of the row…");
    window.click("Safe launch");
    window.click("Set phases");
    assert_eq!(row(&window), Some(vec![Phase::PreLaunch, Phase::SafeLaunch]));
    alt(&mut window, Key::Num4);
    assert_eq!(phase(&window), "Phase Safe launch, 1 row");
    assert!(window.says("Exit criteria of the safe launch: none given yet"));
    alt(&mut window, Key::Num5);
    assert_eq!(phase(&window), "Phase Production, 127 rows");
    alt(&mut window, Key::Num1);
    assert_eq!(phase(&window), "Phase All, 136 rows");
}

#[test]
fn a_row_leads_to_its_causes_and_a_cause_to_its_rows() {
    let mut window = Window::on_sample("electric-parking-brake");
    window.show("Control plan");
    let line = "10 Receive purchased parts, line 1";
    assert_eq!(window.cell("Row", line).as_deref(), Some("10-1"));
    let covered = window.cell("Failure causes covered", line).unwrap();
    assert!(covered.starts_with("4 by control: "), "{covered}");
    window.select("Failure causes covered", line);
    window.press(Key::Enter);
    assert!(window.says("Failure causes that the row covers"));
    let entry = window.names().into_iter().find(|name| name.contains("by its control “")).unwrap();
    window.click(&entry);
    let shown = window.cursor().unwrap();
    assert!(shown.starts_with("3. Failure cause"), "{shown}");
    window.menu("Go", "Covered causes or rows…");
    assert!(window.says("Control-plan rows of the cause"));
    let entry = window.names().into_iter().find(|name| name.starts_with("10-1 · ")).unwrap();
    window.click(&entry);
    let shown = window.cursor().unwrap();
    assert!(shown.contains("10 Receive purchased parts, line 1"), "{shown}");
}
