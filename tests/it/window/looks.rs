//! Pictures of the window: the three forms of the small sample and the start screen, in both themes.

use std::path::PathBuf;

use eframe::egui::vec2;
use egui_kittest::SnapshotOptions;
use goldthread::app::settings::Theme;

use tempfile::TempDir;

use super::navigation::wait_for;
use super::rig::{self, Start, Window};

fn window(theme: Theme, (scratch, folder): (TempDir, Option<PathBuf>)) -> Window {
    Window::start(scratch, Start { size: vec2(900.0, 500.0), theme, folder, ..Start::default() })
}

/// Pictures are the same on every machine: hardly anything may differ.
pub fn look(window: &mut Window, name: &str) {
    window.harness.remove_cursor();
    window.harness.run();
    window.harness.snapshot_options(name, &SnapshotOptions::new().threshold(0.25));
}

fn forms(theme: Theme, name: &str) {
    let (scratch, folder) = rig::copy_of("stamped-bracket");
    let mut window = window(theme, (scratch, Some(folder)));
    for (kind, picture) in [("Process flow", "process_flow"), ("PFMEA", "pfmea"), ("Control plan", "control_plan")] {
        window.show(kind);
        if kind == "PFMEA" {
            // Counted off the frame.
            wait_for(&mut window, "AP H ");
        }
        look(&mut window, &format!("{picture}_{name}"));
    }
}

#[test]
fn the_forms_look_as_they_should_in_light() {
    forms(Theme::Light, "light");
}

#[test]
fn the_forms_look_as_they_should_in_dark() {
    forms(Theme::Dark, "dark");
}

/// The pages over the whole project, of the sample with the most in it.
fn lists(theme: Theme, name: &str) {
    let (scratch, folder) = rig::copy_of("electric-parking-brake");
    let mut window = window(theme, (scratch, Some(folder)));
    for (page, picture) in [
        ("Actions", "actions"),
        ("Characteristic matrix", "matrix"),
        ("Overview", "overview"),
        ("PPAP elements", "ppap_elements"),
        ("Dimensional results", "results"),
    ] {
        window.click(page);
        if page == "Overview" {
            wait_for(&mut window, "Severity 10");
        }
        look(&mut window, &format!("{picture}_{name}"));
    }
}

#[test]
fn the_lists_look_as_they_should_in_light() {
    lists(Theme::Light, "light");
}

#[test]
fn the_lists_look_as_they_should_in_dark() {
    lists(Theme::Dark, "dark");
}

#[test]
fn the_start_screen_looks_as_it_should_in_light() {
    look(&mut window(Theme::Light, (tempfile::tempdir().unwrap(), None)), "start_light");
}

#[test]
fn the_start_screen_looks_as_it_should_in_dark() {
    look(&mut window(Theme::Dark, (tempfile::tempdir().unwrap(), None)), "start_dark");
}
