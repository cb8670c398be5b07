//! An edit that is refused: what was typed stays, the reason stands beside it.

use eframe::egui::Key;
use egui_kittest::kittest::{NodeT, Queryable};

use super::STEP;
use super::rig::Window;

const HEADING: &str = "Target completion date";

/// What the editor of the cell holds; none if it is closed.
fn typed(window: &Window) -> Option<String> {
    let name = format!("Edit {HEADING}");
    let editor = window.harness.query_all_by_label_contains(&name).next()?;
    editor.accesskit_node().value()
}

fn refused() -> Window {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("PFMEA");
    window.write(HEADING, STEP, "soon");
    window
}

#[test]
fn what_was_typed_stays_in_the_cell_with_the_reason_beside_it() {
    let mut window = refused();
    assert_eq!(typed(&window).as_deref(), Some("soon"));
    assert!(window.says("“soon” is not a date"));
    assert!(window.cursor().unwrap().starts_with(HEADING));
    // Again, and again refused.
    window.press(Key::Enter);
    assert_eq!(typed(&window).as_deref(), Some("soon"));
    window.press(Key::Escape);
    assert_eq!(typed(&window), None);
    assert!(!window.says("“soon”"));
    assert!(!window.desk().is_dirty());
}

#[test]
fn it_can_be_put_right_where_it_stands() {
    let mut window = refused();
    window.command(Key::A);
    window.enter("2027-02-30");
    assert!(!window.says("“soon”"), "the reason was about something else");
    window.press(Key::Enter);
    assert!(window.says("“2027-02-30” is not a date"));
    window.command(Key::A);
    window.enter("2027-02-28");
    window.press(Key::Enter);
    assert_eq!(typed(&window), None);
    assert_eq!(window.cell(HEADING, STEP).as_deref(), Some("2027-02-28"));
}

#[test]
fn leaving_by_pointer_or_closing_the_window_loses_nothing() {
    let mut window = refused();
    window.select("Remarks", STEP);
    assert_eq!(typed(&window).as_deref(), Some("soon"));
    assert!(!window.close(), "the cell says why");
    assert_eq!(typed(&window).as_deref(), Some("soon"));
    window.command(Key::S);
    assert_eq!(typed(&window).as_deref(), Some("soon"));
    window.press(Key::Escape);
    assert!(window.close());
}
