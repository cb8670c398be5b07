//! Getting about: the palette, going to an item, back and forward.

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use super::rig::Window;

fn palette(window: &mut Window, text: &str) {
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.harness.run();
    window.enter(text);
}

/// Waits for words that are looked up off the frame.
pub fn wait_for(window: &mut Window, words: &str) {
    wait_until(window, words, |window| window.says(words));
}

/// Waits for what is done off the frame.
pub fn wait_until(window: &mut Window, what: &str, is_done: impl Fn(&Window) -> bool) {
    for _ in 0..500 {
        if is_done(window) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.harness.run();
    }
    panic!("“{what}” never came among\n{}", window.names().join("\n"));
}

fn shown(window: &Window) -> String {
    let tabs = window.harness.query_all_by_role(Role::Tab);
    let mut shown = tabs.filter(|node| node.accesskit_node().toggled() == Some(Toggled::True));
    shown.next().and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

#[test]
fn a_command_is_run_by_a_part_of_its_name() {
    let mut window = Window::on_sample("stamped-bracket");
    palette(&mut window, "zzzz");
    assert!(window.says("Nothing has these words"));
    window.press(Key::Escape);
    palette(&mut window, "document prop");
    window.press(Key::Enter);
    assert!(window.says("Prepared by"), "the properties of the document are shown");
}

#[test]
fn what_cannot_be_done_is_listed_with_the_reason() {
    let mut window = Window::on_sample("stamped-bracket");
    palette(&mut window, "undo");
    assert!(window.says("Edit: Undo, There is nothing to undo"));
    window.press(Key::Enter);
    assert!(window.says("Edit: Undo"), "nothing happens and the palette stays open");
    window.press(Key::Escape);
    assert!(!window.says("Edit: Undo"));
}

#[test]
fn pages_and_items_are_gone_to_and_back_again() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("Process flow");
    palette(&mut window, "characteristic matrix");
    window.press(Key::Enter);
    assert_eq!(shown(&window), "Characteristic matrix");

    window.command(Key::G);
    window.enter("clearance");
    wait_for(&mut window, "failure cause · PFMEA");
    window.press(Key::Enter);
    assert!(shown(&window).starts_with("PFMEA"));
    assert!(window.cursor().unwrap().to_lowercase().contains("clearance"), "{:?}", window.cursor());

    for expected in ["Characteristic matrix", "Process flow"] {
        window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
        window.harness.run();
        assert!(shown(&window).starts_with(expected), "{} instead of {expected}", shown(&window));
    }
    window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowRight);
    window.harness.run();
    assert_eq!(shown(&window), "Characteristic matrix");
}

/// How many texts would be replaced.
fn ticked(window: &Window) -> usize {
    let names = window.names();
    let button = names.iter().find_map(|name| name.strip_prefix("Replace in ")?.strip_suffix(" texts"));
    button.and_then(|count| count.parse().ok()).unwrap_or_else(|| panic!("no count among\n{}", names.join("\n")))
}

#[test]
fn words_are_found_in_every_document_and_replaced_as_one_change() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("Control plan");
    window.command(Key::F);
    window.enter("bracket");
    wait_for(&mut window, ", name · ");
    window.fill("Replace with", "holder");
    let texts = ticked(&window);
    let first = window.names().into_iter().find(|name| name.starts_with("Replace in ") && !name.ends_with(" texts"));
    window.click(&first.expect("a text that can be spared"));
    assert_eq!(ticked(&window), texts - 1);
    let before = window.desk().project().clone();
    window.click_button("Replace in ");
    wait_for(&mut window, "Replace in 0 texts");
    window.show("Process flow");
    let step = "20 Stamp and bend holder, line 1";
    assert_eq!(window.cell("Operation", step).as_deref(), Some("Stamp and bend holder"));
    window.menu("Edit", "Undo");
    let same = |item: goldthread::model::Item| before.item(item.id()) == Some(item);
    assert!(window.desk().project().items().all(same), "one step back");
}

#[test]
fn the_first_steps_go_on_as_they_are_tried_and_are_closed() {
    let mut window = Window::on_sample("stamped-bracket");
    window.menu("Help", "First steps");
    assert!(window.says("First steps 1 of 6"));
    window.write("Operation", "30 Inspect bracket, line 1", "Inspect and count bracket");
    assert!(window.says("First steps 2 of 6"));
    window.click("Show me");
    assert!(window.says("First steps 3 of 6"), "the PFMEA is shown");
    window.write("Occurrence", "20 Stamp and bend bracket, line 1", "7");
    assert!(window.says("First steps 4 of 6"));
    window.command(Key::Z);
    assert!(window.says("First steps 5 of 6"));
    window.press(Key::F8);
    assert!(window.says("First steps 6 of 6"));
    window.click("Next");
    assert!(window.says("That is how it goes"));
    window.click("Close the first steps");
    assert!(!window.says("First steps 6 of 6"));
}
