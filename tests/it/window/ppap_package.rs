//! The PPAP package in the window: what stands in its way, and the way there.

use eframe::egui::{Key, Modifiers};

use super::navigation::wait_for;
use super::rig::Window;

fn opened(sample: &str) -> Window {
    asked(Window::on_sample(sample))
}

fn asked(mut window: Window) -> Window {
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.harness.run();
    window.enter("ppap package");
    window.press(Key::Enter);
    window
}

#[test]
fn an_obstacle_is_chosen_and_leads_to_its_place() {
    let mut window = opened("electric-parking-brake");
    wait_for(&mut window, "This stands in the way of the submission");
    let obstacles: Vec<String> = window.names().into_iter().filter(|name| name.contains("is not released")).collect();
    assert!(obstacles.len() >= 3, "{obstacles:?}");
    assert!(window.says("Export as draft…"));
    let plan = obstacles.iter().find(|name| name.contains("CP-31.0472")).expect("the control plan").clone();
    window.click(&plan);
    assert!(!window.says("This stands in the way"), "the dialog is closed");
    assert!(window.says("Reaction plan"), "the control plan is shown");
    let project = window.desk().project();
    assert!(project.documents().iter().all(|document| document.revisions.len() < 5), "nothing was changed");
    assert!(!window.desk().is_dirty());
}

#[test]
fn a_submission_that_is_ready_says_so() {
    for sample in ["connector-housing", "electric-parking-brake"] {
        is_ready(asked(Window::on_shipped(sample)));
    }
}

fn is_ready(mut window: Window) {
    wait_for(&mut window, "Nothing stands in the way: the package can be submitted.");
    assert!(window.says("Export package…") && !window.says("Export as draft…"));
    window.press(Key::Escape);
    assert!(!window.says("Nothing stands in the way"));
}

#[test]
fn without_a_submission_it_says_how_to_make_one() {
    let window = opened("stamped-bracket");
    assert!(window.says("make one with File → PPAP submission"), "the palette stays open and says why");
    assert!(!window.says("Export as draft…"), "there is nothing to export");
}
