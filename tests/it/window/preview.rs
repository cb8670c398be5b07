//! The print preview: what the PDF will have, following the page that was looked at.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use goldthread::app::settings::Theme;

use super::navigation::wait_until;
use super::rig::{Start, Window, copy_of};

fn chosen(window: &Window) -> String {
    let combo = window.harness.query_all_by_role(Role::ComboBox).find(|node| {
        let node = node.accesskit_node();
        node.label().as_deref() == Some("Printed document")
    });
    combo.and_then(|combo| combo.accesskit_node().value()).unwrap_or_default()
}

#[test]
fn the_preview_shows_the_pages_of_what_was_looked_at_last() {
    let (scratch, folder) = copy_of("electric-parking-brake");
    let mut window =
        Window::start(scratch, Start { size: vec2(1366.0, 768.0), folder: Some(folder), ..Start::default() });
    window.show("Control plan");
    window.command(Key::F2);
    wait_until(&mut window, "pages", |window| window.says("Page 1 of "));
    assert!(chosen(&window).starts_with("Control plan"), "{}", chosen(&window));
    for _ in 0..3 {
        window.press(Key::PageDown);
    }
    window.harness.run_steps(8);
    assert!(!window.says("Page 1 of "), "the keys turn the pages without a click");
    window.press(Key::Home);
    wait_until(&mut window, "the first page", |window| window.says("Page 1 of "));

    // Another page is followed; a list is chosen here.
    window.click("Actions");
    window.command(Key::F2);
    wait_until(&mut window, "the list", |window| chosen(window) == "Actions" && window.says("Page 1 of 1"));
    window.click("Whole page");
    window.command(Key::Plus);
    window.harness.run_steps(3);
    assert!(window.says("Page 1 of 1"));

    // What is chosen here stays until another page is looked at.
    window.click("PFMEA");
    window.command(Key::F2);
    wait_until(&mut window, "the PFMEA", |window| chosen(window).starts_with("PFMEA") && !window.says("1 page"));
}

#[test]
fn the_pages_look_as_on_paper_in_a_dark_window_too() {
    let (scratch, folder) = copy_of("electric-parking-brake");
    let start = Start { size: vec2(900.0, 500.0), theme: Theme::Dark, folder: Some(folder), ..Start::default() };
    let mut window = Window::start(scratch, start);
    window.show("Process flow");
    window.command(Key::F2);
    wait_until(&mut window, "pages", |window| window.says("Page 1 of "));
    super::looks::look(&mut window, "preview_dark");
}
