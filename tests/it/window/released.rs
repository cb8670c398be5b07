//! A released document in the window: nothing is lost that is typed into it, and one click starts its next draft.

use eframe::egui::{Key, vec2};
use goldthread::app::samples;
use goldthread::model::document::DocumentState;
use goldthread::model::risk::Risk;

use super::looks::look;
use super::rig::{Start, Window};

const BRAKE: &str = "electric-parking-brake";
const HEADING: &str = "Remarks";
const ROW: &str = "10 Receive purchased parts, line 1";

/// The states of flow, FMEA and control plan.
fn states(window: &Window) -> Vec<DocumentState> {
    window.desk().project().documents().iter().map(|document| document.state).collect()
}

#[test]
fn the_line_above_it_starts_the_next_draft() {
    let mut window = Window::on_shipped(BRAKE);
    window.show("PFMEA");
    assert!(window.says("as revision C of 2026-09-28. To change it, start its next draft."));
    window.click("Start next draft");
    assert_eq!(
        states(&window),
        [DocumentState::Released, DocumentState::Draft, DocumentState::Released],
        "only the one that is shown"
    );
    assert!(!window.says("as revision C of 2026-09-28"));
    window.show("Process flow");
    assert!(window.says("as revision C of 2026-09-14"));
}

#[test]
fn what_was_typed_into_it_is_taken_over_by_the_next_draft() {
    let mut window = Window::on_shipped(BRAKE);
    window.show("PFMEA");
    window.write(HEADING, ROW, "Looked at again");
    assert!(window.says("is released as revision C. Start its next draft to change it"));
    assert!(!window.desk().is_dirty());
    window.click("Start next draft");
    assert_eq!(window.cell(HEADING, ROW).as_deref(), Some("Looked at again"));
    window.press(Key::Escape);
    assert_eq!(states(&window)[1], DocumentState::Draft);
    let risks = window.desk().project().all::<Risk>();
    assert_eq!(risks.filter(|risk| &*risk.remarks == "Looked at again").count(), 1);
}

#[test]
fn it_looks_as_it_should() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join(BRAKE);
    samples::write_to(samples::sample(BRAKE).unwrap(), &folder).unwrap();
    let mut window =
        Window::start(scratch, Start { size: vec2(900.0, 500.0), folder: Some(folder), ..Start::default() });
    window.show("Control plan");
    look(&mut window, "released");
}
