//! Columns chosen, moved and hidden, filters kept, menus of cells and headings.

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};

use super::navigation::wait_for;
use super::rig::Window;

fn pfmea() -> Window {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("PFMEA");
    window
}

/// The headings in sight from left to right.
fn headings(window: &Window) -> Vec<String> {
    let found = window.harness.query_all_by_role(Role::ColumnHeader);
    let mut found: Vec<(f32, String)> =
        found.filter_map(|node| Some((node.rect().left(), node.accesskit_node().label()?))).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, name)| name).collect()
}

fn heading(window: &Window, name: &str) -> Pos2 {
    let found = window.harness.query_all_by_role(Role::ColumnHeader);
    let mut found = found.filter(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(name)));
    let rect = found.next().unwrap_or_else(|| panic!("no heading {name} among {:?}", headings(window))).rect();
    rect.center() + vec2(0.0, rect.height() / 4.0)
}

fn button(window: &mut Window, at: Pos2, button: PointerButton, pressed: bool) {
    window.harness.event(Event::PointerMoved(at));
    window.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
    window.harness.run();
}

fn choose_columns(window: &mut Window, preset: &str) {
    window.click_button("Columns: ");
    window.click(preset);
}

#[test]
fn a_choice_of_columns_is_shown_and_edits_meet_the_cell_they_are_made_in() {
    let mut window = pfmea();
    assert!(headings(&window).iter().any(|name| name.starts_with("3. Process work element")));
    choose_columns(&mut window, "Risk");
    let risk = headings(&window);
    assert!(!risk.iter().any(|name| name.starts_with("3. Process work element")), "{risk:?}");
    assert!(risk.iter().any(|name| name.starts_with("AP")), "{risk:?}");
    window.write("Occurrence", "20 Stamp and bend bracket, line 1", "7");
    assert_eq!(window.cell("Occurrence", "20 Stamp and bend bracket, line 1").as_deref(), Some("7"));
    window.command(Key::Z);
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    window.harness.run();
    let full = headings(&window);
    assert!(full.iter().any(|name| name.starts_with("Issue no.")), "{full:?}");
}

#[test]
fn how_a_form_was_left_is_found_again_with_the_next_project() {
    let mut window = pfmea();
    choose_columns(&mut window, "Structure");
    window.menu("View", "Zoom in");
    let before = headings(&window);
    let folder = window.folder();
    window.menu("File", "Close project");
    window.harness.state_mut().as_mut().unwrap().open_at_start(folder);
    window.harness.run();
    window.show("PFMEA");
    assert_eq!(headings(&window), before);
    assert!(!before.iter().any(|name| name.starts_with("AP")), "{before:?}");
}

#[test]
fn a_column_is_dragged_by_its_heading_and_hidden_by_its_menu() {
    let mut window = pfmea();
    let (from, to) = (heading(&window, "AP"), heading(&window, "3. Failure cause"));
    button(&mut window, from, PointerButton::Primary, true);
    for part in 1..=3 {
        window.harness.event(Event::PointerMoved(from + (to - vec2(20.0, 0.0) - from) * part as f32 / 3.0));
        window.harness.run();
    }
    button(&mut window, to - vec2(20.0, 0.0), PointerButton::Primary, false);
    let now = headings(&window);
    let place = |name: &str| now.iter().position(|known| known.starts_with(name));
    assert_eq!(place("AP").unwrap() + 1, place("3. Failure cause").unwrap(), "{now:?}");

    let at = heading(&window, "3. Failure cause");
    button(&mut window, at, PointerButton::Secondary, true);
    button(&mut window, at, PointerButton::Secondary, false);
    window.click("Hide column");
    assert!(!headings(&window).iter().any(|name| name.starts_with("3. Failure cause")));
    window.click_button("Columns: as chosen");
    window.click("Choose columns…");
    window.click("3. Failure cause (FC) of the work element");
    window.click("Show these columns");
    assert!(headings(&window).iter().any(|name| name.starts_with("3. Failure cause")));
}

#[test]
fn a_filter_is_chosen_kept_under_a_name_and_chosen_again() {
    let mut window = pfmea();
    let all = window.cell("Occurrence", "40 ").is_some();
    window.click_button("Filter");
    window.click("Severity 9 or 10");
    wait_for(&mut window, "of 10 lines");
    window.click_button("Filter");
    window.click("Keep this filter…");
    window.enter("Safety");
    window.click("Keep");
    window.menu("View", "Show all lines");
    assert_eq!(window.cell("Occurrence", "40 ").is_some(), all);
    window.click_button("Filter");
    window.click("Safety");
    wait_for(&mut window, "of 10 lines");
}

#[test]
fn a_cell_has_a_menu_of_what_can_be_done_with_it() {
    let mut window = pfmea();
    let cell = window.harness.query_all_by_role(Role::GridCell).find(|node| {
        node.accesskit_node()
            .label()
            .is_some_and(|label| label.starts_with("3. Failure cause") && label.contains("20 "))
    });
    let at = cell.expect("a cause of step 20").rect().center();
    button(&mut window, at, PointerButton::Secondary, true);
    button(&mut window, at, PointerButton::Secondary, false);
    let causes = window.desk().project().count::<goldthread::model::risk::Risk>();
    window.click_button("Add failure cause");
    assert_eq!(window.desk().project().count::<goldthread::model::risk::Risk>(), causes + 1);
}
