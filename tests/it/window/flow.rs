//! The process flow worked on in its diagram.

use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, accesskit::Role, pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use goldthread::app::settings::Theme;
use goldthread::base::Id;
use goldthread::model::document::DocumentKind;
use goldthread::model::flow::{FlowEdge, Route, Step};
use goldthread::model::form::flow_steps;
use goldthread::model::relation::Relation;

use super::rig::{self, Start, Window};

/// The bracket at the size of a usual window, so that the diagram has its usual breadth.
fn window() -> Window {
    let (scratch, folder) = rig::copy_of("stamped-bracket");
    let size = vec2(1366.0, 768.0);
    let mut window =
        Window::start(scratch, Start { size, theme: Theme::Light, folder: Some(folder), ..Start::default() });
    window.show("Process flow");
    window
}

/// Where a step stands in the diagram.
fn place(window: &Window, number: &str) -> Rect {
    let name = format!("Step {number} ");
    let mut found = window.harness.query_all_by_role(Role::Button);
    let found = found.find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(&name)));
    found.unwrap_or_else(|| panic!("no {name}among\n{}", window.names().join("\n"))).rect()
}

/// The middle of the symbol of a step: it stands at the upper left.
fn symbol(window: &Window, number: &str) -> Pos2 {
    place(window, number).min + vec2(27.0, 27.0)
}

fn press(window: &mut Window, at: Pos2, pressed: bool) {
    let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
    window.harness.event(Event::PointerMoved(at));
    window.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
    window.harness.run();
}

fn click_at(window: &mut Window, at: Pos2) {
    press(window, at, true);
    press(window, at, false);
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    window.harness.event(Event::PointerMoved(from));
    window.harness.run();
    press(window, from, true);
    for part in 1..=4 {
        window.harness.event(Event::PointerMoved(from + (to - from) * part as f32 / 4.0));
        window.harness.run();
    }
    press(window, to, false);
}

fn steps(window: &Window) -> Vec<(Id<Step>, String)> {
    let project = window.desk().project();
    let flow = project.documents_of(DocumentKind::ProcessFlow)[0].id;
    flow_steps(project, flow).iter().map(|step| (step.id, step.label())).collect()
}

/// The numbers of the steps that follow a step on a route.
fn follows(window: &Window, number: &str, route: Route) -> Vec<String> {
    let project = window.desk().project();
    let step = steps(window).into_iter().find(|(_, label)| label.starts_with(&format!("{number} "))).unwrap().0;
    let edges = project.children::<FlowEdge>(step, Relation::EdgeFrom).filter(|edge| edge.route == route);
    edges.map(|edge| project.get(edge.to).unwrap().number.to_string()).collect()
}

#[test]
fn a_step_chosen_in_the_diagram_is_the_row_of_the_table_and_is_renamed_in_both() {
    let mut window = window();
    let at = place(&window, "30").center();
    click_at(&mut window, at);
    assert!(window.cursor().unwrap().starts_with("Operation, 30 "), "{:?}", window.cursor());
    window.press(Key::F2);
    window.command(Key::A);
    window.enter("Inspect, count and pack");
    window.press(Key::Enter);
    assert_eq!(steps(&window)[2].1, "30 Inspect, count and pack");
    assert!(window.cell("Operation", "30 Inspect, count and pack, line 1").is_some());
    // Typing begins anew.
    window.enter("Pack");
    window.press(Key::Enter);
    assert_eq!(steps(&window)[2].1, "30 Pack");
    window.command(Key::Z);
    // Escape gives up; the arrows go on to the next step.
    window.press(Key::F2);
    window.enter(" nothing");
    window.press(Key::Escape);
    assert_eq!(steps(&window)[2].1, "30 Inspect, count and pack");
    window.press(Key::ArrowDown);
    assert!(window.cursor().unwrap().starts_with("Operation, 40 "), "{:?}", window.cursor());
    window.command(Key::Z);
    assert_ne!(steps(&window)[2].1, "30 Inspect, count and pack");
}

#[test]
fn a_step_is_made_on_the_line_under_the_pointer_and_named_there() {
    let mut window = window();
    let between =
        pos2(symbol(&window, "20").x, f32::midpoint(place(&window, "20").bottom(), place(&window, "30").top()));
    window.harness.event(Event::PointerMoved(between));
    window.harness.run();
    window.click("Add a process step between 20 and 30");
    window.enter("Deburr");
    window.press(Key::Enter);
    assert!(steps(&window).iter().any(|(_, label)| label == "25 Deburr"), "{:?}", steps(&window));
    assert_eq!(follows(&window, "20", Route::Main), ["25"]);
    assert_eq!(follows(&window, "25", Route::Main), ["30"]);
}

#[test]
fn lines_are_drawn_from_symbol_to_step_and_taken_out_again() {
    let mut window = window();
    let before = window.desk().project().count::<FlowEdge>();
    let (from, to) = (symbol(&window, "30"), place(&window, "10").center());
    drag(&mut window, from, to);
    assert_eq!(window.desk().project().count::<FlowEdge>(), before + 1);
    assert_eq!(follows(&window, "30", Route::Alternate), ["10"], "the main line leaves the step already");
    window.menu("Edit", "Undo");
    assert_eq!(window.desk().project().count::<FlowEdge>(), before);
    // The line between two steps is chosen by a click beside the sign that adds a step.
    let (upper, lower) = (place(&window, "20"), place(&window, "30"));
    let on_line = pos2(symbol(&window, "20").x, lower.top() - 1.0);
    assert!(on_line.y > upper.bottom());
    window.harness.event(Event::PointerMoved(on_line + vec2(5.0, 0.0)));
    window.harness.run();
    click_at(&mut window, on_line + vec2(5.0, 0.0));
    assert_eq!(follows(&window, "20", Route::Main), ["30"]);
    window.press(Key::Delete);
    assert!(follows(&window, "20", Route::Main).is_empty());
}

#[test]
fn a_step_dropped_on_a_line_moves_there() {
    let mut window = window();
    let line = pos2(symbol(&window, "10").x, f32::midpoint(place(&window, "10").bottom(), place(&window, "20").top()));
    let name = place(&window, "30").min + vec2(90.0, 14.0);
    drag(&mut window, name, line);
    assert_eq!(follows(&window, "10", Route::Main), ["30"]);
    assert_eq!(follows(&window, "30", Route::Main), ["20"]);
    assert_eq!(follows(&window, "20", Route::Main), ["40"]);
    let numbers: Vec<String> = steps(&window).into_iter().map(|(_, label)| label[..2].to_owned()).collect();
    assert_eq!(numbers, ["10", "30", "20", "40", "50"], "the table follows");
}

#[test]
fn the_keys_of_a_row_work_on_the_diagram_too() {
    let mut window = window();
    let at = place(&window, "20").center();
    click_at(&mut window, at);
    window.harness.key_press_modifiers(Modifiers::ALT | Modifiers::SHIFT, Key::ArrowDown);
    window.harness.run();
    window.enter("Deburr");
    window.press(Key::Enter);
    assert_eq!(follows(&window, "20", Route::Main), ["25"]);
    window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    window.harness.run();
    assert_eq!(follows(&window, "20", Route::Main), ["30"], "moved down behind the next one");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Minus);
    window.harness.run();
    assert!(!steps(&window).iter().any(|(_, label)| label.ends_with("Deburr")), "{:?}", steps(&window));
}

#[test]
fn the_diagram_alone_takes_new_steps_and_the_table_alone_has_none() {
    let mut window = window();
    window.press(Key::F3);
    assert!(window.cell("Operation", "30 ").is_none(), "no table");
    let at = place(&window, "50").center();
    click_at(&mut window, at);
    window.menu("Insert", "Process step");
    window.enter("Ship");
    window.press(Key::Enter);
    assert_eq!(steps(&window).last().unwrap().1, "60 Ship");
    let shown = place(&window, "60");
    assert!(shown.bottom() < 760.0, "{shown:?}");
    window.press(Key::F3);
    assert!(window.cell("Operation", "60 Ship").is_some());
    assert!(!window.says("Process flow diagram"));
}
