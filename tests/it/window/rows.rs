//! Rows dragged, moved by name, duplicated and inserted above.

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use goldthread::model::control_plan::PlanRow;
use goldthread::model::relation::Relation;
use goldthread::model::risk::Risk;

use super::rig::Window;

/// Where a cell stands.
fn cell(window: &Window, heading: &str, row: &str) -> Rect {
    let found = window.harness.query_all_by_role(Role::GridCell).find(|node| {
        node.accesskit_node().label().is_some_and(|label| label.starts_with(heading) && label.contains(row))
    });
    found.unwrap_or_else(|| panic!("no cell {heading}, {row}")).rect()
}

fn button(window: &mut Window, pos: Pos2, pressed: bool) {
    let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
    window.harness.event(Event::PointerMoved(pos));
    window.harness.event(Event::PointerButton { pos, button, pressed, modifiers });
    window.harness.run();
}

#[test]
fn a_control_plan_row_is_dragged_by_the_margin_to_another_step() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("Control plan");
    let rows = |window: &Window| {
        let project = window.desk().project();
        let by_step = project.all::<PlanRow>().map(|row| {
            let step = row.step.to.present().and_then(|step| project.get(step)).unwrap();
            (step.number.to_string(), row.id)
        });
        let mut found: Vec<_> = by_step.collect();
        found.sort();
        found.iter().filter(|(number, _)| number == "40").count()
    };
    let before = rows(&window);
    let margin = cell(&window, "Part / process no.", "20 Stamp and bend bracket, line 1").left() - 8.0;
    let from = pos2(margin, cell(&window, "Control method", "20 Stamp and bend bracket, line 1").center().y);
    let to = pos2(margin, cell(&window, "Control method", "40 Pack and ship brackets, line 1").bottom() - 3.0);
    button(&mut window, from, true);
    for part in 1..=4 {
        window.harness.event(Event::PointerMoved(from + (to - from) * part as f32 / 4.0));
        window.harness.run();
    }
    button(&mut window, to, false);
    assert_eq!(rows(&window), before + 1);
    window.command(Key::Z);
    assert_eq!(rows(&window), before);
}

#[test]
fn a_cause_is_moved_by_the_name_of_its_new_mode_and_rows_are_copied_and_put_above() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("PFMEA");
    window.select("3. Failure cause", "20 Stamp and bend bracket, line 1");
    let project = window.desk().project();
    let mode_of = |window: &Window, risk| window.desk().project().get::<Risk>(risk).unwrap().mode;
    let first = project.all_in_order::<Risk>().into_iter().find(|risk| {
        let cause = project.get(risk.cause).unwrap();
        window.cursor().unwrap().contains(cause.text.as_str())
    });
    let risk = first.expect("the line of the cursor").id;
    let before = mode_of(&window, risk);
    window.menu("Edit", "Move to…");
    window.enter("40");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    if window.says("Find the place it goes to") {
        window.click("Move");
    }
    assert_ne!(mode_of(&window, risk), before);
    window.command(Key::Z);
    assert_eq!(mode_of(&window, risk), before);

    window.select("3. Failure cause", "20 Stamp and bend bracket, line 1");
    let count = |window: &Window| window.desk().project().children::<Risk>(before, Relation::RiskOfMode).count();
    let lines = count(&window);
    window.harness.key_press_modifiers(Modifiers::ALT | Modifiers::SHIFT, Key::ArrowDown);
    window.harness.run();
    assert_eq!(count(&window), lines + 1, "copied");
    window.press(Key::Escape);
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
    window.harness.run();
    window.enter("Die worn");
    window.press(Key::Enter);
    assert_eq!(count(&window), lines + 2, "put above");
}

#[test]
fn effects_and_controls_are_added_by_one_key_each() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("PFMEA");
    let row = "20 Stamp and bend bracket, line 1";
    for (key, column, text) in [
        (Key::E, "1. Failure effects", "End user: Sensor loosens"),
        (Key::P, "Current prevention control", "Die inspected at each change"),
        (Key::D, "Current detection control", "Camera after the last stage"),
    ] {
        window.select("3. Failure cause", row);
        window.harness.key_press_modifiers(Modifiers::ALT, key);
        window.harness.run();
        window.enter(text);
        window.press(Key::Enter);
        let shown = window.cell(column, row).unwrap();
        let words = text.rsplit(": ").next().unwrap();
        assert!(shown.contains(words), "{column}: {shown}");
        assert!(shown.len() > text.len() + 3, "what was there stays: {shown}");
    }
}

#[test]
fn a_failure_mode_is_dragged_beside_its_cell_to_another_step_with_its_causes() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("PFMEA");
    let heading = "2. Failure mode";
    let modes = |window: &Window, step: &str| {
        let project = window.desk().project();
        let of_step = |risk: &&Risk| {
            let element = project.get(risk.mode).and_then(|mode| project.element_of(mode));
            element.is_some_and(|element| project.element_label(element).starts_with(step))
        };
        let mut modes: Vec<_> = project.all::<Risk>().filter(of_step).map(|risk| risk.mode).collect();
        modes.sort();
        modes
    };
    let merged = (1..12).map(|at| format!("20 Stamp and bend bracket, line {at}")).find(|row| {
        let nodes = window.harness.query_all_by_role(Role::GridCell);
        let is_here = |label: &str| label.starts_with(heading) && label.contains(&**row);
        let node = nodes.into_iter().find(|node| node.accesskit_node().label().is_some_and(|label| is_here(&label)));
        let single = cell(&window, "Occurrence", row).height();
        node.is_some_and(|node| node.rect().height() > 1.5 * single)
    });
    let merged = merged.expect("a mode with several causes");
    let name = window.cell(heading, &merged).unwrap();
    window.select(heading, &merged);
    let (before, target) = (modes(&window, "20"), modes(&window, "30"));
    let from_cell = cell(&window, heading, &merged);
    let margin = cell(&window, "1. Process item", "20 Stamp and bend bracket, line 1").left() - 8.0;
    let from = pos2(margin, from_cell.center().y);
    let to = pos2(margin, cell(&window, heading, "30 ").bottom() - 3.0);
    button(&mut window, from, true);
    for part in 1..=4 {
        window.harness.event(Event::PointerMoved(from + (to - from) * part as f32 / 4.0));
        window.harness.run();
    }
    button(&mut window, to, false);
    let moved = before.len() - modes(&window, "20").len();
    assert!(moved > 1, "“{name}” went with its causes");
    assert_eq!(modes(&window, "30").len(), target.len() + moved);
    window.command(Key::Z);
    assert_eq!((modes(&window, "20"), modes(&window, "30")), (before, target));
}
