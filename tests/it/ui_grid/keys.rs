//! The keys that go somewhere, alone and with Shift and Ctrl.

use eframe::egui::{Key, Modifiers};
use goldthread::ui::grid::RowId;

use super::{at, cell, enter_text, press, press_with, window};

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

#[test]
fn home_end_and_control_go_to_the_ends_of_row_form_and_step() {
    let mut harness = at(3, 1001, 105, "cause");
    press(&mut harness, &[Key::Home]);
    let first = harness.state().cursor().2.to_owned();
    assert_eq!((harness.state().cursor().0, harness.state().cursor().1), (1001, 105));
    press(&mut harness, &[Key::End]);
    let last = harness.state().cursor().2.to_owned();
    assert_ne!(first, last);
    press_with(&mut harness, Modifiers::COMMAND, Key::Home);
    assert_eq!(harness.state().cursor(), (1000, 100, first.as_str()));
    press_with(&mut harness, Modifiers::COMMAND, Key::End);
    assert_eq!(harness.state().cursor(), (1002, 119, last.as_str()));
    press_with(&mut harness, Modifiers::COMMAND, Key::ArrowLeft);
    assert_eq!(harness.state().cursor(), (1002, 119, first.as_str()));
    press_with(&mut harness, Modifiers::COMMAND, Key::ArrowRight);
    press_with(&mut harness, Modifiers::COMMAND, Key::ArrowUp);
    assert_eq!(harness.state().cursor(), (1002, 100, last.as_str()), "the first row of the step");
    press_with(&mut harness, Modifiers::COMMAND, Key::ArrowUp);
    assert_eq!(harness.state().cursor().0, 1001, "then the step before");
    press_with(&mut harness, Modifiers::COMMAND, Key::ArrowDown);
    assert_eq!(harness.state().cursor().0, 1002);
}

#[test]
fn page_keys_go_by_what_is_in_sight() {
    let mut harness = at(200, 1000, 100, "cause");
    press(&mut harness, &[Key::PageDown]);
    let there = harness.state().cursor().1 + (harness.state().cursor().0 - 1000) * 20;
    assert!(there > 103, "{there}");
    press(&mut harness, &[Key::PageDown, Key::PageUp, Key::PageUp]);
    assert_eq!(harness.state().cursor(), (1000, 100, "cause"));
}

#[test]
fn shift_extends_with_every_key_and_the_pointer() {
    let mut harness = at(3, 1000, 102, "cause");
    press_with(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press_with(&mut harness, Modifiers::SHIFT, Key::ArrowRight);
    let range = harness.state().grid.selection().unwrap().clone();
    let all = (range.first.row, range.last.row, range.columns.len());
    assert_eq!(all, (100, 103, 2), "the merged cell at the right counts as a whole");
    press_with(&mut harness, CTRL_SHIFT, Key::End);
    let range = harness.state().grid.selection().unwrap().clone();
    assert_eq!((range.first, range.last), (RowId { block: 1000, row: 102 }, RowId { block: 1002, row: 119 }));
    press(&mut harness, &[Key::Escape]);
    assert!(!harness.state().grid.is_range());

    let mut harness = at(3, 1000, 100, "cause");
    cell(&harness, "Failure cause, 10 line 5: Bit worn").click_modifiers(Modifiers::SHIFT);
    harness.run();
    let range = harness.state().grid.selection().unwrap();
    assert_eq!((range.first.row, range.last.row), (100, 104));
}

#[test]
fn enter_after_tabs_returns_to_the_column_where_they_began() {
    let mut harness = at(3, 1000, 100, "cause");
    enter_text(&mut harness, "One");
    press(&mut harness, &[Key::Tab]);
    press(&mut harness, &[Key::Tab]);
    assert_ne!(harness.state().cursor().2, "cause");
    press(&mut harness, &[Key::F2, Key::Enter]);
    assert_eq!(harness.state().cursor(), (1000, 101, "cause"));
    // Going elsewhere forgets where the tabs began.
    press(&mut harness, &[Key::Tab, Key::ArrowDown]);
    let column = harness.state().cursor().2.to_owned();
    press(&mut harness, &[Key::F2, Key::Enter]);
    assert_eq!(harness.state().cursor().2, column);
}

#[test]
fn space_opens_a_list_and_any_letter_an_edit() {
    let mut harness = window(3);
    cell(&harness, "Failure cause, 10 line 1: Bit worn").click();
    harness.run();
    enter_text(&mut harness, " ");
    assert!(harness.state().grid.is_editing(), "in a cell of words a space is a letter");
    press(&mut harness, &[Key::Escape, Key::Escape]);
    enter_text(&mut harness, "Ж");
    press(&mut harness, &[Key::Enter]);
    assert_eq!(harness.state().commits().last().unwrap().1, "Ж");
}
