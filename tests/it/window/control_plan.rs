//! The control plan by phases, what its rows cover, and what it lacks.

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use goldthread::model::document::Phase;

use super::navigation::wait_for;
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

/// A key with Alt, with the character that some systems report besides.
fn alt(window: &mut Window, key: Key) {
    let modifiers = Modifiers::ALT;
    let pressed = Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    // Both come in the same frame.
    let input = window.harness.input_mut();
    input.events.extend([pressed, Event::Text(key.name().to_owned())]);
    window.harness.step();
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
    assert!(window.says(": Second look at the label"), "nothing was typed into the row");
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

/// The proposals in words, in their order.
fn proposed(window: &Window) -> Vec<String> {
    let names = window.names();
    names.iter().filter_map(|name| name.strip_prefix("Accept the row: ")).map(str::to_owned).collect()
}

#[test]
fn what_the_plan_lacks_is_proposed_accepted_edited_and_dismissed() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("Control plan");
    let rows = |window: &Window| window.desk().project().count::<goldthread::model::control_plan::PlanRow>();
    let before = rows(&window);
    for _ in 0..5 {
        window.select("Control method", "20 Stamp and bend bracket, line 1");
        window.menu("Edit", "Delete row");
    }
    window.press(Key::F5);
    wait_for(&mut window, "Accept the row: ");
    let first = proposed(&window);
    assert!(first.len() >= 3, "{first:?}");

    window.click(&format!("Accept the row: {}", first[0]));
    wait_until(&mut window, |window| proposed(window).len() < first.len());
    assert_eq!(rows(&window), before - 4);
    assert!(!proposed(&window).contains(&first[0]));
    window.command(Key::Z);
    wait_until(&mut window, |window| proposed(window) == first);

    window.click(&format!("Add and edit the row: {}", first[1]));
    window.enter("Written at once");
    window.press(Key::Enter);
    wait_until(&mut window, |window| proposed(window).len() < first.len());
    assert!(window.says(": Written at once"), "the editor was open in the new row");

    let left = proposed(&window);
    window.click(&format!("Dismiss the row: {}", left[0]));
    window.fill("Why no row is needed", "The supplier does it");
    window.click("Dismiss");
    wait_until(&mut window, |window| !proposed(window).contains(&left[0]));
    window.click("Show dismissed (1)");
    assert!(window.says("The supplier does it (T. Tester, 2026-11-24)"));
    let again = window.names().into_iter().find(|name| name.starts_with("Propose again: ")).unwrap();
    window.click(&again);
    wait_until(&mut window, |window| proposed(window) == left);

    window.menu("Review", "Accept all proposed rows");
    wait_until(&mut window, |window| window.says("The plan lacks nothing that flow and FMEA ask for"));
    assert!(proposed(&window).is_empty());
    let errors: Vec<String> = window.findings().into_iter().filter(|finding| finding.starts_with("LNK-0")).collect();
    assert_eq!(errors, Vec::<String>::new());
}

fn wait_until(window: &mut Window, holds: impl Fn(&Window) -> bool) {
    for _ in 0..500 {
        if holds(window) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.harness.run();
    }
    panic!("it never came to hold among\n{}", window.names().join("\n"));
}

#[test]
fn a_characteristic_is_made_in_the_matrix_and_goes_after_a_question_only_if_it_is_used() {
    use goldthread::model::characteristic::Characteristic;
    let mut window = Window::on_sample("stamped-bracket");
    let count = |window: &Window| window.desk().project().count::<Characteristic>();
    let before = count(&window);
    window.click("Characteristic matrix");
    let first = window.desk().project().members::<Characteristic>()[0];
    let label = window.desk().project().label(first.into());
    window.select("Characteristic", &label);
    window.menu("Insert", "Process characteristic");
    window.enter("Oil film");
    window.press(Key::Enter);
    assert_eq!(count(&window), before + 1);
    window.select("Characteristic", "Oil film");
    window.menu("Edit", "Delete row");
    assert_eq!(count(&window), before, "nobody uses it");

    window.select("Characteristic", &label);
    window.menu("Edit", "Delete row");
    assert!(window.says("is used in "), "asked first");
    assert_eq!(count(&window), before);
    let button = window.names().into_iter().find(|name| name.starts_with("Delete in ")).unwrap();
    window.click(&button);
    assert_eq!(count(&window), before - 1);
    window.command(Key::Z);
    assert_eq!(count(&window), before);
}

#[test]
fn a_step_without_rows_is_not_deleted_in_the_control_plan() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("Control plan");
    let counts = |window: &Window| {
        let project = window.desk().project();
        let rows = project.count::<goldthread::model::control_plan::PlanRow>();
        (rows, project.count::<goldthread::model::flow::Step>())
    };
    let before = counts(&window);
    while !window.says("Steps are deleted in the process flow") {
        let rows = counts(&window).0;
        window.select("Control method", "20 Stamp and bend bracket, line 1");
        window.command(Key::Minus);
        assert!(counts(&window).0 < rows || window.says("Steps are deleted in the process flow"));
    }
    assert!(counts(&window).0 < before.0);
    assert_eq!(counts(&window).1, before.1);
}
